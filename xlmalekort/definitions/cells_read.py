"""What the cells of a definition workbook say: the value of the definition, or why it cannot be told."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING

from xlmalekort.definitions.annotations import Holds
from xlmalekort.definitions.parsing import parse_day, parse_ids, parse_lines, parse_number, parse_start, parse_wholes
from xlmalekort.definitions.words import NO, YES, choice_word, choices_by_word, flags_by_word, folded
from xlmalekort.locale import N_
from xlmalekort.locale.told import DayText, NumberText, Phrase, Told
from xlmalekort.model.base import exact
from xlmalekort.xlsx.days import day_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from fractions import Fraction

    from xlmalekort.definitions.rows import Value
    from xlmalekort.definitions.schema import Column, Table
    from xlmalekort.locale import Texts
    from xlmalekort.xlsx import RawCell
    from xlmalekort.xlsx.formats import NumberFormats

_LONGEST_SHOWN = 60
DID_YOU_MEAN = N_("; did you mean {name}?")


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


def _from_text(table: Table, column: Column, text: str) -> Value | Fault:
    if column.holds is Holds.FLAG or column.choices:
        return _word(table, column, text)
    value = _PARSERS[column.holds](text)
    return Fault("DEF-009", {"expected": _expected(table, column)}) if value in (None, ()) else value


_LARGEST = 10**15
"""No number of a definition reaches it, nor has one more decimals than it has zeros."""


def _within_bounds(number: Fraction | None) -> Fraction | None:
    fits = number is not None and abs(number) < _LARGEST and (number * _LARGEST).denominator == 1
    return number if fits else None


def _decimal(text: str) -> Fraction | None:
    return _within_bounds(parse_number(text))


def _whole(text: str) -> int | None:
    """A whole number, written without decimals."""
    number = parse_number(text) if text.strip().lstrip("+-").isdecimal() else None
    return int(number) if number is not None else None


_PARSERS: Mapping[Holds, Callable[[str], Value | None]] = {
    Holds.TEXT: str,
    Holds.ID: str.strip,
    Holds.IDS: parse_ids,
    Holds.LINES: parse_lines,
    Holds.NUMBER: _decimal,
    Holds.WHOLE: _whole,
    Holds.WHOLES: parse_wholes,
    Holds.DAY: parse_day,
    Holds.START: parse_start,
}


def _word(table: Table, column: Column, text: str) -> Value | Fault:
    """The word of the model that a text stands for, or the number where one may stand too."""
    if column.holds is Holds.FLAG:
        flag = flags_by_word().get(folded(text))
        return _unknown_choice(table, column, text) if flag is None else flag
    if column.holds is Holds.NUMBER:
        number = _decimal(text)
        if number is not None:
            return number
        if text.strip()[:1] in _DIGITS:
            return Fault("DEF-009", {"expected": _expected(table, column)})
    return choices_by_word(table, column).get(folded(text)) or _unknown_choice(table, column, text)


_DIGITS = frozenset("0123456789+-−.,")


def _from_number(table: Table, column: Column, cell: RawCell, formats: NumberFormats) -> Value | Fault:
    """The value of a cell that holds a number, a day, or true or false."""
    if column.holds in _TEXTS:
        return _text_of_number(column, cell, formats)
    if column.holds is Holds.FLAG and cell.kind == "bool":
        return cell.text == "TRUE"
    if column.holds in (Holds.FLAG, Holds.CHOICE):
        return _unknown_choice(table, column, cell.text)
    day, number = day_of(cell, formats), _number(cell, formats)
    if day is not None and column.holds in (Holds.DAY, Holds.START):
        is_yearly = column.holds is Holds.START and cell.style in formats.dates_without_year
        return day if column.holds is Holds.DAY else f"{day:%m-%d}" if is_yearly else day.isoformat()
    is_whole = number is not None and number.denominator == 1
    if number is not None and (column.holds is Holds.NUMBER or (column.holds is Holds.WHOLE and is_whole)):
        if cell.style in formats.percentages and not column.is_share:
            return Fault("DEF-018")
        return number if column.holds is Holds.NUMBER else int(number)
    return Fault("DEF-009", {"expected": _expected(table, column)})


_TEXTS = frozenset({Holds.TEXT, Holds.ID, Holds.IDS, Holds.LINES, Holds.WHOLES})


def _text_of_number(column: Column, cell: RawCell, formats: NumberFormats) -> Value | Fault:
    """What was typed as a text where a number stands now: known only of whole numbers, which show all there was."""
    number = _number(cell, formats)
    if number is None or number.denominator != 1 or cell.style in formats.percentages:
        return Fault("DEF-010")
    if column.holds is Holds.WHOLES:
        return (int(number),)
    return str(number) if column.holds in (Holds.TEXT, Holds.ID) else (str(number),)


def _number(cell: RawCell, formats: NumberFormats) -> Fraction | None:
    """The number that a cell holds; None where it holds a day, no number, or one that no definition can hold."""
    if cell.kind != "number" or cell.style in formats.dates:
        return None
    try:
        number = exact(float(cell.text))
    except (ValueError, OverflowError):
        return None
    return _within_bounds(number)


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
