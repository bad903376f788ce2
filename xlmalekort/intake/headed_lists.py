"""Sheets that are lists below a row of headings, wherever inserted rows have moved them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from xlmalekort.intake.keys import key_of
from xlmalekort.locale import LANGUAGES, texts_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlmalekort.xlsx import RawSheet

DEEPEST_HEADING = 60
"""Rows from the top in which the headings are looked for."""
_FEWEST_HEADINGS = 3
_LONGEST_SHOWN = 60


def find_headings(sheet: RawSheet, headings: Sequence[str]) -> tuple[int, dict[str, int]] | None:
    """The row with most of the headings, in any language, and the column of each that is there.

    None where no row has at least three of them.
    """
    rows: dict[int, dict[str, int]] = {}
    known = _by_key(tuple(headings))
    for (row, column), cell in sorted(sheet.cells.items()):
        if row < DEEPEST_HEADING and cell.kind == "text" and (heading := known.get(key_of(cell.text))) is not None:
            rows.setdefault(row, {}).setdefault(heading, column)
    best = max(rows, key=lambda row: (len(rows[row]), -row), default=None)
    return (best, rows[best]) if best is not None and len(rows[best]) >= _FEWEST_HEADINGS else None


def is_one_of(text: str, *messages: str) -> bool:
    """Whether a text is one of the messages, in whatever language and case."""
    return any(key_of(text) in in_every_language(message) for message in messages)


@cache
def _by_key(headings: tuple[str, ...]) -> dict[str, str]:
    """The headings by how they read in any language; the first one where two read alike."""
    return {key: heading for heading in reversed(headings) for key in in_every_language(heading)}


@cache
def in_every_language(message: str) -> frozenset[str]:
    """The message in each language, in the form in which texts are compared."""
    return frozenset(key_of(texts_of(language)(message)) for language in LANGUAGES)


def shortened(text: str) -> str:
    """What was found, as a sentence can hold it."""
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
