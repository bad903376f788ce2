"""By what a workbook names its own scorecard, and the office that it belongs to, for the functions in its cells."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from xlmalekort.model.places import Place

if TYPE_CHECKING:
    from xlmalekort.model.scorecard import Scorecard

CARD_NAME = "mk_card"
"""The workbook's name for the cell that holds it."""

# No name of a unit holds a tab.
_BETWEEN = "\t"


def key_of(scorecard: Scorecard) -> str:
    """Id and content hash, so that two versions are never mixed up: `nav-buskerud-2009#5e1f...`."""
    return f"{scorecard.id}#{scorecard.content_hash}"


def card_text(scorecard: Scorecard, place: Place) -> str:
    """The scorecard's key, then the office and the units above it, for some targets are agreed for single units."""
    return _BETWEEN.join((key_of(scorecard), *place)).rstrip()


@lru_cache(maxsize=64)
def read_card(text: str) -> tuple[str, Place]:
    """The key, or any other name of a scorecard, and the place; without one it is nowhere.

    >>> read_card("vejle-2013")
    ('vejle-2013', Place(office='', area='', region='', country=''))
    """
    key, *units = text.split(_BETWEEN)
    return key.strip(), Place(*units[: len(Place._fields)])
