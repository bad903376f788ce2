"""What the cells of a definition workbook hold for a value of the definition."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from xlmalekort.definitions.annotations import Holds
from xlmalekort.definitions.words import NO, YES, choice_word
from xlmalekort.locale import month_names
from xlmalekort.model.base import exact

if TYPE_CHECKING:
    from xlmalekort.definitions.rows import Value
    from xlmalekort.definitions.schema import Column, Table
    from xlmalekort.locale import Texts

_SIGNIFICANT = 15
"""Digits that Excel shows and keeps; a number with more is written as text."""
_FIRST_YEAR = 1901
"""Days before it have no number that every spreadsheet program understands alike."""


class ExactFloat(float):
    """A number that is written with all its digits, whatever format it is asked for."""

    __slots__ = ()

    def __format__(self, format_spec: str) -> str:
        return repr(float(self))


def written(table: Table, column: Column, value: Value, texts: Texts) -> str | ExactFloat | date:
    """What a cell holds for a value: a text, a number or a day."""
    match column.holds:
        case _ if isinstance(value, tuple):
            return _written_list(column, [str(each) for each in value])
        case Holds.FLAG:
            return texts(YES if value else NO)
        case Holds.CHOICE:
            return texts(choice_word(table, column, str(value)))
        case Holds.NUMBER | Holds.WHOLE if isinstance(value, int | Fraction):
            return _written_number(value, texts)
        case Holds.NUMBER:
            return texts(choice_word(table, column, str(value)))
        case Holds.DAY if isinstance(value, date):
            return value if value.year >= _FIRST_YEAR else value.isoformat()
        case Holds.START:
            return _written_start(str(value), texts)
        case _:
            return str(value)


def _written_list(column: Column, values: list[str]) -> str:
    if column.holds is Holds.LINES:
        # A line that goes on within a text is set in, for texts never begin with spaces.
        return "\n".join(each.replace("\n", "\n  ") for each in values)
    # Answers by category are no sum.
    return (" + " if column.holds is Holds.IDS and column.path[-1] != "counts" else "; ").join(values)


def _written_number(value: int | Fraction, texts: Texts) -> str | ExactFloat:
    number = ExactFloat(value)
    if exact(float(f"{float(number):.{_SIGNIFICANT}G}")) == value:
        return number
    text = str(value) if isinstance(value, int) else repr(float(value)).replace(".", texts.decimal_sign)
    return text if "e" not in text else str(int(value))


def _written_start(starts: str, texts: Texts) -> str | date:
    if starts.count("-") > 1:
        day = date.fromisoformat(starts)
        return day if day.year >= _FIRST_YEAR else starts
    month, day_number = (int(part) for part in starts.split("-"))
    return day_of_month(day_number, month, texts)


def day_of_month(day: int, month: int, texts: Texts) -> str:
    """A day that comes back every year, with the month as a word, so that nobody takes the one for the other.

    >>> from xlmalekort.locale import texts_of
    >>> day_of_month(1, 7, texts_of("nb")), day_of_month(1, 7, texts_of("nl"))
    ('1. juli', '1 juli')
    """
    stop = "." if texts.language in ("nb", "da") else ""
    return f"{day}{stop} {month_names(texts.language)[month - 1]}"
