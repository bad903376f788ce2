"""Cells and columns as Excel names them."""

from __future__ import annotations

import re
from functools import cache

_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")


@cache
def column_name(column: int) -> str:
    """The letters of a column, counted from 0.

    >>> column_name(0), column_name(27)
    ('A', 'AB')
    """
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


@cache
def column_number(name: str) -> int:
    """The number of a column's letters, counted from 0."""
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number - 1


def a1(row: int, column: int) -> str:
    """The name of a cell whose row and column count from 0."""
    return f"{column_name(column)}{row + 1}"


def parse_a1(name: str) -> tuple[int, int]:
    """Row and column of a cell, counted from 0; ValueError where the text names none."""
    found = _CELL.fullmatch(name)
    if not found:
        message = f"{name!r} is no cell"
        raise ValueError(message)
    return int(found[2]) - 1, column_number(found[1])
