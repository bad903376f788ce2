"""Which scorecard a function judges by: a built-in one, a definition file, or that of the workbook that calls."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from udfs.arguments import ArgumentError
from xlmalekort.layout.card import key_of, read_card
from xlmalekort.scorecards import built_in, load_scorecard

if TYPE_CHECKING:
    from xlmalekort.model.places import Place
    from xlmalekort.model.scorecard import Scorecard

_of_workbooks: dict[str, Scorecard] = {}
"""The definitions that workbooks have brought along, by id and content hash."""


def remember(scorecard: Scorecard) -> str:
    """Keep the definition of a workbook that is refreshed, for the functions in its cells; its key."""
    key = key_of(scorecard)
    _of_workbooks[key] = scorecard
    return key


def forget(scorecard: Scorecard) -> None:
    """Keep it no longer: a server keeps nothing of the workbooks that it refreshes."""
    _of_workbooks.pop(key_of(scorecard), None)


class Card(NamedTuple):
    """A scorecard, and the office whose workbook asks: some targets are agreed for single offices."""

    scorecard: Scorecard
    place: Place


def card_of(text: str) -> Card:
    """The scorecard of a name, a path or what a workbook says of its own; ArgumentError where there is none to be used."""
    key, place = read_card(text)
    found = _of_workbooks.get(key) or _loaded(key)
    if found is None:
        raise ArgumentError
    return Card(found, place if place.country else place._replace(country=found.top.name))


@lru_cache(maxsize=32)
def _loaded(name: str) -> Scorecard | None:
    bare, _, digest = name.partition("#")
    if digest and bare not in built_in():
        return None
    try:
        found = load_scorecard(bare)
    except (ValueError, OSError):
        return None
    return found if not digest or found.content_hash == digest else None
