"""Which scorecard a function judges by: a built-in one, a definition file, or that of the workbook that calls."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from udfs.arguments import ArgumentError
from xlmalekort.scorecards import built_in, load_scorecard

if TYPE_CHECKING:
    from xlmalekort.model.scorecard import Scorecard

_of_workbooks: dict[str, Scorecard] = {}
"""The definitions that workbooks have brought along, by id and content hash."""


def key_of(scorecard: Scorecard) -> str:
    """By what a workbook names its own scorecard: id and content hash, so that two versions are never mixed up."""
    return f"{scorecard.id}#{scorecard.content_hash}"


def remember(scorecard: Scorecard) -> str:
    """Keep the definition of a workbook that is refreshed, for the functions in its cells; its key."""
    key = key_of(scorecard)
    _of_workbooks[key] = scorecard
    return key


def forget(scorecard: Scorecard) -> None:
    """Keep it no longer: a server keeps nothing of the workbooks that it refreshes."""
    _of_workbooks.pop(key_of(scorecard), None)


def card_of(name: str) -> Scorecard:
    """The scorecard of a key, a name or a path; ArgumentError where there is none that can be used."""
    found = _of_workbooks.get(name) or _loaded(name)
    if found is None:
        raise ArgumentError
    return found


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
