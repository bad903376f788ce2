"""References of cells as they stand in files."""

from __future__ import annotations

import re
from functools import cache, lru_cache

LAST_ROW, LAST_COLUMN = 1_048_575, 16_383
_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})", re.ASCII)

Area = tuple[int, int, int, int]
"""First row, first column, last row and last column of a range, counted from 0."""


@lru_cache(maxsize=65_536)
def place_of(reference: str) -> tuple[int, int] | None:
    """Row and column of `B7` or `$B$7`, counted from 0; None where it names no cell of a sheet.

    >>> place_of("B7"), place_of("XFE1")
    ((6, 1), None)
    """
    found = _CELL.fullmatch(reference)
    if found is None:
        return None
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - 64
    row = int(found[2])
    return (row - 1, column - 1) if row - 1 <= LAST_ROW and column - 1 <= LAST_COLUMN else None


@cache
def _letters(column: int) -> str:
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def reference_of(row: int, column: int) -> str:
    """The reference of a cell whose row and column count from 0."""
    return f"{_letters(column)}{row + 1}"


def area_of(reference: str) -> Area | None:
    """The range of `B2:C7` or of a single cell; None where it names none."""
    first, _, last = reference.partition(":")
    start, end = place_of(first), place_of(last or first)
    if start is None or end is None:
        return None
    rows, columns = sorted((start[0], end[0])), sorted((start[1], end[1]))
    return rows[0], columns[0], rows[1], columns[1]
