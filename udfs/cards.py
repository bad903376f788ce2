"""Which scorecard a function judges by: a built-in one, a definition file, or that of the workbook that calls."""

from __future__ import annotations

import os
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


_OF_PATHS = frozenset("./\\")
"""What no name of a built-in scorecard has, and every path."""


class Card(NamedTuple):
    """A scorecard, and the office whose workbook asks: some targets are agreed for single offices."""

    scorecard: Scorecard
    place: Place


def card_of(text: str) -> Card:
    """The scorecard of a name, a path or what a workbook says of its own; ArgumentError where there is none to be used."""
    key, place = read_card(text)
    try:
        found = _of_workbooks.get(key) or _loaded(key, _state_of(key))
    except OSError:
        found = None
    if found is None:
        raise ArgumentError
    return Card(found, place if place.country else place._replace(country=found.top.name))


def _state_of(name: str) -> tuple[int, int] | None:
    """When a definition file was changed last, and its size: Python lives as long as Excel, and people change definitions.

    None of what is no path, which a cell asks for far more often, and of a file that is not there.
    """
    if not _OF_PATHS.intersection(name) or "#" in name:
        return None
    try:
        found = os.stat(name)  # noqa: PTH116 - a path's own way takes twice as long, and cells ask often
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size


@lru_cache(maxsize=32)
def _loaded(name: str, _state: tuple[int, int] | None) -> Scorecard | None:
    """The scorecard of a name, read anew where the state of its file is another; OSError, which may pass, where none is read."""
    bare, _, digest = name.partition("#")
    if digest and bare not in built_in():
        return None
    try:
        found = load_scorecard(bare)
    except ValueError:
        return None
    return found if not digest or found.content_hash == digest else None
