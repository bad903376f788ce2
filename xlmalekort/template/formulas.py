"""The pieces that formulas are put together from: days, texts, numbers and sentences."""

from __future__ import annotations

from string import Formatter
from typing import TYPE_CHECKING

from xlmalekort.judging.explain import unit_mark
from xlmalekort.model.measures import Unit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from fractions import Fraction

    from xlmalekort.locale import Texts

UNUSABLE = "?"
"""Stands where a figure was handed in that cannot be used."""

_DIGITS = '{"0","1","2","3","4","5","6","7","8","9"}'
_LONGEST_TEXT = 250
"""Excel takes at most 255 characters in one text of a formula."""


def serial(day: date) -> int:
    """The number by which Excel keeps a day."""
    return day.toordinal() - 693_594


def text_literal(text: str) -> str:
    """A text as a formula writes it, in pieces where it is long."""
    pieces = [text[start : start + _LONGEST_TEXT] for start in range(0, len(text), _LONGEST_TEXT)] or [""]
    return "&".join('"' + piece.replace('"', '""') + '"' for piece in pieces)


def number_literal(value: Fraction) -> str:
    """A number as a formula writes it."""
    return str(value.numerator) if value.denominator == 1 else repr(float(value))


def concatenated(message: str, slots: Mapping[str, str]) -> str:
    """A translated message as a formula, each slot filled with a formula of text."""
    pieces = []
    for literal, slot, _, _ in Formatter().parse(message):
        if literal:
            pieces.append(text_literal(literal))
        if slot:
            pieces.append(slots[slot])
    return "&".join(pieces) or '""'


def scaled(number: str, decimals: int) -> str:
    """A number of so many decimals as a whole number of its last one."""
    return f"ROUND({number}*{10**decimals},0)" if decimals else number


def number_words(cell: str, decimals: int, unit: Unit, *, signed: bool = False) -> str:
    """A number in words, without its unit: with its decimals, in groups of three digits, and its sign where it has one."""
    factor = "*100" if unit is Unit.PERCENT else ""
    sign = f'IF({cell}>0,"+","")&' if signed else ""
    return f"{sign}FIXED({cell}{factor},{decimals},{'FALSE' if unit.is_grouped else 'TRUE'})"


def amount_words(cell: str, decimals: int, unit: Unit, texts: Texts, *, signed: bool = False) -> str:
    """The same with its unit."""
    mark, words = unit_mark(unit, texts), number_words(cell, decimals, unit, signed=signed)
    return f"{words}&{text_literal(mark)}" if mark else words


def all_of(tests: Sequence[str]) -> str:
    """Whether every test holds; there is at least one."""
    return f"AND({','.join(tests)})" if len(tests) > 1 else tests[0]


def any_of(tests: Sequence[str]) -> str:
    """Whether one of the tests holds; there is at least one."""
    return f"OR({','.join(tests)})" if len(tests) > 1 else tests[0]


def count_of_digits(text: str) -> str:
    """How many of the characters of a text are digits."""
    return f'SUMPRODUCT(LEN({text})-LEN(SUBSTITUTE({text},{_DIGITS},"")))'


def chosen(cases: Sequence[tuple[str, str]], otherwise: str) -> str:
    """The value of the first condition that holds."""
    formula = otherwise
    for condition, value in reversed(cases):
        formula = f"IF({condition},{value},{formula})"
    return formula
