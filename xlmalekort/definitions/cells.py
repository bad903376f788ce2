"""What the cells of a definition workbook hold: values as they are written into them and as they are read from them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING

from xlmalekort.definitions.schema import Holds
from xlmalekort.definitions.words import NO, YES, choice_word, choices_by_word, flags_by_word, folded
from xlmalekort.locale import LANGUAGES, N_, month_names, short_month_names
from xlmalekort.locale.told import DayText, NumberText, Phrase, Told
from xlmalekort.model.base import exact
from xlmalekort.xlsx.days import day_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlmalekort.definitions.rows import Value
    from xlmalekort.definitions.schema import Column, Table
    from xlmalekort.locale import Texts
    from xlmalekort.xlsx import RawCell
    from xlmalekort.xlsx.workbook import NumberFormats

_SIGNIFICANT = 15
"""Digits that Excel shows and keeps; a number with more is written as text."""
_FIRST_YEAR = 1901
"""Days before it have no number that every spreadsheet program understands alike."""
_LONGEST_SHOWN = 60
DID_YOU_MEAN = N_("; did you mean {name}?")


class ExactFloat(float):
    """A number that is written with all its digits, whatever format it is asked for."""

    __slots__ = ()

    def __format__(self, format_spec: str) -> str:
        return repr(float(self))


# Writing


def written(table: Table, column: Column, value: Value, texts: Texts) -> str | ExactFloat | date:
    """What a cell holds for a value: a text, a number or a day."""
    match column.holds:
        case Holds.IDS:
            return (" + " if _is_sum(column) else "; ").join(_strings(value))
        case Holds.WHOLES:
            return "; ".join(_strings(value))
        case Holds.LINES:
            # A line that goes on within a text is set in, for texts never begin with spaces.
            return "\n".join(each.replace("\n", "\n  ") for each in _strings(value))
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


def _strings(value: Value) -> list[str]:
    return [str(each) for each in value] if isinstance(value, tuple) else [str(value)]


def _is_sum(column: Column) -> bool:
    """Whether several measures in a cell are added up, and are not a list by category."""
    return column.path[-1] != "counts"


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


# Reading


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a cell cannot be read: a code of the catalogue, and what fills its sentences."""

    code: str
    slots: Mapping[str, str] = field(default_factory=dict)


_WHOLE_NUMBER = N_("a whole number")
_NUMBER = N_("a number such as 74.9")
_DAY = N_("a date")
_START = N_("a date, or a day such as 1 July that comes back every year")
_TEXT = N_("a text")
_IDS = N_("ids with + between them")


def read_value(table: Table, column: Column, cell: RawCell, formats: NumberFormats) -> Value | Fault | None:
    """The value that a cell holds, None where it is empty, or why it cannot be read."""
    if cell.kind == "blank" or cell.is_external:
        return Fault("DEF-019")
    if cell.kind == "error":
        return Fault("DEF-009", {"expected": _expected(table, column)})
    if cell.kind == "text":
        text = cell.text.replace("\r\n", "\n").replace("\r", "\n")
        return _from_text(table, column, text) if text.strip() else None
    return _from_number(table, column, cell, formats)


def shown(cell: RawCell, formats: NumberFormats) -> str:
    """What stands in the cell, for people: days as days, texts in quotation marks."""
    day = day_of(cell, formats)
    if day is not None:
        return DayText(day.isoformat())
    text = cell.text if len(cell.text) <= _LONGEST_SHOWN else cell.text[:_LONGEST_SHOWN] + "…"
    if cell.kind == "text":
        return f'"{text}"'
    return NumberText(text) if cell.kind == "number" else text


def hint(name: str, known: Mapping[str, str]) -> str:
    """`; did you mean X?` where something known, by its folded form, is spelt like a name; else nothing."""
    found = get_close_matches(folded(name), known, n=1)
    return Phrase(DID_YOU_MEAN, name=known[found[0]]) if found else ""


def _from_text(table: Table, column: Column, text: str) -> Value | Fault | None:
    match column.holds:
        case Holds.TEXT:
            return text
        case Holds.ID:
            return text.strip()
        case Holds.IDS:
            return tuple(each for each in re.split(r"[+;,\s]+", text) if each)
        case Holds.LINES:
            return _lines(text)
        case Holds.WHOLES:
            return _wholes(text) or Fault("DEF-009", {"expected": _expected(table, column)})
        case Holds.FLAG:
            flag = flags_by_word().get(folded(text))
            return _unknown_choice(table, column, text) if flag is None else flag
        case Holds.CHOICE:
            return choices_by_word(table, column).get(folded(text)) or _unknown_choice(table, column, text)
        case Holds.NUMBER | Holds.WHOLE:
            return _number_or_word(table, column, text)
        case Holds.DAY:
            return _day(text) or Fault("DEF-009", {"expected": Told(_DAY)})
        case Holds.START:
            return _start(text) or Fault("DEF-009", {"expected": Told(_START)})


def _from_number(table: Table, column: Column, cell: RawCell, formats: NumberFormats) -> Value | Fault | None:
    """The value of a cell that holds a number, a day, or true or false."""
    day, number = day_of(cell, formats), None
    is_percentage = cell.kind == "number" and cell.style in formats.percentages
    if cell.kind == "number" and day is None and cell.style not in formats.dates:
        number = _finite(cell.text)
    match column.holds:
        case Holds.DAY | Holds.START if day is not None:
            if column.holds is Holds.DAY:
                return day
            return f"{day:%m-%d}" if cell.style in formats.dates_without_year else day.isoformat()
        case Holds.FLAG if cell.kind == "bool":
            return cell.text == "TRUE"
        case Holds.NUMBER if number is not None:
            return Fault("DEF-018") if is_percentage and not column.is_share else number
        case Holds.WHOLE if number is not None and number.denominator == 1:
            return Fault("DEF-018") if is_percentage else int(number)
        case Holds.WHOLES if number is not None and number.denominator == 1 and not is_percentage:
            return (int(number),)
        case Holds.TEXT | Holds.ID | Holds.IDS | Holds.LINES if (
            number is not None and number.denominator == 1 and not is_percentage
        ):
            text = str(number)
            return text if column.holds in (Holds.TEXT, Holds.ID) else (text,)
        case Holds.TEXT | Holds.ID | Holds.IDS | Holds.LINES | Holds.WHOLES:
            return Fault("DEF-010")
        case Holds.FLAG | Holds.CHOICE:
            return _unknown_choice(table, column, cell.text)
        case _:
            return Fault("DEF-009", {"expected": _expected(table, column)})


def _finite(text: str) -> Fraction | None:
    """A number as the file writes it; None for what is none."""
    try:
        return exact(float(text))
    except (ValueError, OverflowError):
        return None


def _expected(table: Table, column: Column) -> str:
    match column.holds:
        case Holds.CHOICE | Holds.FLAG:
            return choices(table, column)
        case Holds.NUMBER if column.choices:
            return Phrase(N_("{number}, or {choices}"), number=Told(_NUMBER), choices=choices(table, column))
        case _:
            return Told(_EXPECTED[column.holds])


_EXPECTED = {
    Holds.TEXT: _TEXT,
    Holds.LINES: _TEXT,
    Holds.ID: _TEXT,
    Holds.IDS: _IDS,
    Holds.NUMBER: _NUMBER,
    Holds.WHOLE: _WHOLE_NUMBER,
    Holds.WHOLES: N_("whole numbers such as 5; 6"),
    Holds.DAY: _DAY,
    Holds.START: _START,
}


class Choices(Told):
    """The words that may stand in a cell, told in the reader's language with commas between them."""

    __slots__ = ()

    def told(self, texts: Texts) -> str:
        """The words in the reader's language."""
        return ", ".join(texts(each) for each in self.split("\n"))


def choices(table: Table, column: Column) -> Choices:
    """What may stand in a column of words."""
    words = (
        (YES, NO) if column.holds is Holds.FLAG else tuple(choice_word(table, column, each) for each in column.choices)
    )
    return Choices("\n".join(words))


def _unknown_choice(table: Table, column: Column, text: str) -> Fault:
    known: dict[str, str] = {word: YES if flag else NO for word, flag in flags_by_word().items()}
    if column.holds is not Holds.FLAG:
        known = {word: choice_word(table, column, choice) for word, choice in choices_by_word(table, column).items()}
    found = get_close_matches(folded(text), known, n=1)
    near = Phrase(DID_YOU_MEAN, name=Told(known[found[0]])) if found else ""
    return Fault("DEF-006", {"choices": choices(table, column), "hint": near})


_DECIMAL = re.compile(r"([-+−]?)(\d{1,18})(?:[.,](\d{1,18}))?", re.ASCII)
_TWO_WAYS = re.compile(r"[-+−]?[1-9]\d{0,2}[.,]\d{3}", re.ASCII)
"""Digits that are a thousand for one reader and a decimal number for another."""


def _number_or_word(table: Table, column: Column, text: str) -> Value | Fault:
    text = text.strip()
    found = _DECIMAL.fullmatch(text)
    if found and not _TWO_WAYS.fullmatch(text):
        sign, whole, decimals = found.groups()
        number = Fraction(f"{whole}.{decimals or '0'}") * (1 if sign in ("", "+") else -1)
        if column.holds is Holds.NUMBER:
            return number
        if number.denominator == 1 and decimals is None:
            return int(number)
    elif column.choices:
        return choices_by_word(table, column).get(folded(text)) or _unknown_choice(table, column, text)
    return Fault("DEF-009", {"expected": _expected(table, column)})


def _wholes(text: str) -> tuple[int, ...]:
    """The whole numbers of a list; empty where something else stands in it."""
    parts = [each for each in re.split(r"[;,+\s]+", text) if each]
    return tuple(int(each) for each in parts) if all(re.fullmatch(r"[0-9]{1,9}", each) for each in parts) else ()


def _lines(text: str) -> tuple[str, ...]:
    """One text a line; what is set in goes on from the line before."""
    found: list[str] = []
    for line in text.split("\n"):
        if line.startswith("  ") and found:
            found[-1] += "\n" + line[2:]
        elif line.strip():
            found.append(line)
    return tuple(found)


_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_LOCAL = re.compile(r"(\d{1,2})[.-](\d{1,2})[.-](\d{4})", re.ASCII)
_YEARLY = re.compile(r"(\d{1,2})\.?\s*([^\W\d_]+)\.?", re.UNICODE)
_YEARLY_IN_FIGURES = re.compile(r"(\d{1,2})\.(\d{1,2})\.?", re.ASCII)
_LEAPLESS = 2001


def _day(text: str) -> date | None:
    text = text.strip()
    if found := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in found.groups())
    elif found := _LOCAL.fullmatch(text):
        day, month, year = (int(part) for part in found.groups())
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _start(text: str) -> str | None:
    """A day with its year, or without: `2009-07-01` or `07-01`; None for what is neither."""
    text = text.strip()
    if (day := _day(text)) is not None:
        return day.isoformat()
    if found := _YEARLY.fullmatch(text):
        month = _months().get(found[2].casefold())
    elif found := _YEARLY_IN_FIGURES.fullmatch(text):
        month = int(found[2])
    else:
        return None
    try:
        return f"{date(_LEAPLESS, month or 0, int(found[1])):%m-%d}"
    except ValueError:
        return None


@cache
def _months() -> dict[str, int]:
    """The numbers of the months by their names, in full and short, in every language."""
    return {
        name.casefold(): number
        for language in LANGUAGES
        for names in (short_month_names(language), month_names(language))
        for number, name in enumerate(names, 1)
    }
