"""Text tables (CSV): encoding, delimiter and how numbers are written, each recognised from the whole file."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from xlmalekort.locale import N_
from xlmalekort.locale.told import Phrase
from xlmalekort.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

LARGEST = 20_000_000
"""Bytes; a year's figures of 500 offices are a fifth of it."""
_DELIMITERS = (";", "\t", ",")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")

EMPTY = N_("it is empty")
TOO_LARGE = N_("it is larger than 20 MB")
A_WORKBOOK = N_("it is a workbook or another packed file, not a text file")
NOT_TEXT = N_("it is not a text file")
UNKNOWN_ENCODING = N_("its letters are neither UTF-8 nor Windows (code page 1252)")
BAD_QUOTES = N_("a quotation mark is not closed, or something follows a closed one, in or after this line")
TOO_LONG = N_("a value in this line is longer than a cell can hold, or a quotation mark before it is not closed")
COLUMN_TWICE = N_("a heading stands twice")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: its number in the file, from 1, and its values without the blanks around them."""

    line: int
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A text table. `columns` are the headings in small letters, `_` between words; each row has a value for each.

    `problems` has a CSV-013 for each line that is too short or too long; such a line is no row. Empty lines are none
    either.
    """

    file: str
    delimiter: str
    heading_line: int
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...] = ()

    def column(self, name: str) -> int | None:
        """The place of a column, None where there is no such column."""
        return self.columns.index(name) if name in self.columns else None


def read_table(content: bytes, file: str, known: Collection[str], *, unreadable: str = "CSV-001") -> Table | Problem:
    r"""The table that a text file holds, or the one problem (its code is `unreadable`) for which it cannot be read.

    UTF-8 with or without BOM, UTF-16 with BOM and code page 1252 are read; columns are parted by semicolon, tab or
    comma, whichever gives the most `known` headings.

    >>> table = read_table(b"Office; VALUE \nTenkeby;74,9\n", "f.csv", {"office", "value"})
    >>> table.columns, table.rows
    (('office', 'value'), (Row(line=2, values=('Tenkeby', '74,9')),))
    """
    text = _decoded(content)
    if isinstance(text, _Fault):
        return Problem(unreadable, file=file, line=text.line, slots={"reason": Phrase(text.reason)})
    told, text = _told_delimiter(text)
    candidates = [_split(text, delimiter) for delimiter in ((told,) if told else _DELIMITERS)]
    best = max(candidates, key=lambda split: split.fitness(known))
    if best.fault or not best.records:
        fault = best.fault or _Fault(EMPTY)
        return Problem(unreadable, file=file, line=fault.line, slots={"reason": Phrase(fault.reason)})
    return _table(best, file, unreadable)


@dataclass(frozen=True, slots=True)
class _Fault:
    reason: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class _Split:
    """The records of a text, parted by one delimiter, as far as they could be read."""

    delimiter: str
    records: tuple[Row, ...]
    fault: _Fault | None = None

    def fitness(self, known: Collection[str]) -> tuple[int, int, bool]:
        """How well the delimiter fits: known headings, then lines as wide as the heading, then being readable."""
        if not self.records:
            return 0, 0, self.fault is None
        heading = self.records[0].values
        even = sum(len(record.values) == len(heading) for record in self.records) if len(heading) > 1 else 0
        return sum(heading_key(each) in known for each in heading), even, self.fault is None


def _decoded(content: bytes) -> str | _Fault:
    if len(content) > LARGEST:
        return _Fault(TOO_LARGE)
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x1f\x8b")):
        return _Fault(A_WORKBOOK)
    text = _text_of(content)
    if text is None:
        return _Fault(UNKNOWN_ENCODING)
    if not text.strip():
        return _Fault(EMPTY)
    if found := _NOT_TEXT.search(text):
        return _Fault(NOT_TEXT, text.count("\n", 0, found.start()) + 1)
    return text


def _text_of(content: bytes) -> str | None:
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return _attempt(content[len(bom) :], encoding)
    text = _attempt(content, "utf-8")
    return text if text is not None else _attempt(content, "cp1252")


def _attempt(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _told_delimiter(text: str) -> tuple[str | None, str]:
    """The delimiter that a first line such as `sep=;` names (Excel heeds it too), and the text with that line empty."""
    first, newline, rest = text.partition("\n")
    told = first.strip().strip('"').casefold()
    if told.startswith("sep=") and told[4:] in _DELIMITERS:
        return told[4:], newline + rest
    return None, text


def _split(text: str, delimiter: str) -> _Split:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    records: list[Row] = []
    line = 1
    try:
        for values in reader:
            if any(value.strip() for value in values):
                records.append(Row(line, tuple(value.strip() for value in values)))
            line = reader.line_num + 1
    except csv.Error as error:
        is_long = "field limit" in str(error)
        return _Split(delimiter, tuple(records), _Fault(TOO_LONG if is_long else BAD_QUOTES, line))
    return _Split(delimiter, tuple(records))


def _table(split: _Split, file: str, unreadable: str) -> Table | Problem:
    heading, *records = split.records
    columns = tuple(heading_key(each) for each in _without_empty_end(heading.values, 0))
    if any(count > 1 for name, count in Counter(columns).items() if name):
        return Problem(unreadable, file=file, line=heading.line, slots={"reason": Phrase(COLUMN_TWICE)})
    rows: list[Row] = []
    problems: list[Problem] = []
    for record in records:
        values = _without_empty_end(record.values, len(columns))
        if len(values) == len(columns):
            rows.append(Row(record.line, values))
        else:
            slots = {"count": str(len(columns))}
            problems.append(Problem("CSV-013", file=file, line=record.line, got=str(len(values)), slots=slots))
    return Table(file, split.delimiter, heading.line, columns, tuple(rows), tuple(problems))


def _without_empty_end(values: tuple[str, ...], least: int) -> tuple[str, ...]:
    """The values less the empty ones that a spreadsheet adds on the right."""
    end = len(values)
    while end > least and not values[end - 1]:
        end -= 1
    return values[:end]


def heading_key(heading: str) -> str:
    """The form in which headings are compared.

    >>> heading_key(" Peer  Group ")
    'peer_group'
    """
    return "_".join(heading.casefold().split())


DecimalSign = Literal[".", ","]


class NumberFault(StrEnum):
    """Why a text gives no number."""

    NO_NUMBER = "no_number"
    TWO_READINGS = "two_readings"


@dataclass(frozen=True, slots=True)
class Read:
    """A number as it was written; `is_percent` tells that a percent sign stood behind it."""

    value: Fraction
    is_percent: bool


_GROUP_SIGNS = " \u00a0\u2009\u202f'\u2019"
_MOST_DIGITS = 15
_NUMBER = re.compile(
    rf"(?P<sign>[-+\u2212]?)"
    rf"(?P<whole>[0-9]*|[0-9]{{1,3}}(?P<group>[{_GROUP_SIGNS}])[0-9]{{3}}(?:(?P=group)[0-9]{{3}})*)"
    r"(?P<rest>(?:[.,][0-9]+)*)"
    r"(?P<percent>[ \u00a0\u2009\u202f]?%)?",
    re.ASCII,
)
_THREE = 3


def _matched(text: str) -> re.Match[str] | None:
    found = _NUMBER.fullmatch(text.strip())
    digits = sum(each.isdigit() for each in text)
    return found if found and 0 < digits <= _MOST_DIGITS else None


def _readings(found: re.Match[str]) -> dict[DecimalSign, Fraction]:
    """What a number comes to where the decimal sign is a point, and where it is a comma, as far as it can be."""
    readings: dict[DecimalSign, Fraction] = {}
    for decimal, thousands in _SIGNS:
        value = _value(found, decimal, thousands)
        if value is not None:
            readings[decimal] = value
    return readings


_SIGNS: tuple[tuple[DecimalSign, str], ...] = ((".", ","), (",", "."))


def _value(found: re.Match[str], decimal: str, thousands: str) -> Fraction | None:
    written = found["whole"] + found["rest"]
    whole, _, part = written.partition(decimal)
    if decimal in part or thousands in part or (decimal in written and not part):
        return None
    if thousands in whole:
        first, *others = whole.split(thousands)
        is_grouped = 1 <= len(first) <= _THREE and all(len(each) == _THREE for each in others)
        if found["group"] or not is_grouped or first.startswith("0"):
            return None
    digits = "".join(each for each in whole if each.isdigit())
    value = Fraction(f"{digits or 0}.{part or 0}")
    return -value if found["sign"] in ("-", "\u2212") else value


@dataclass(frozen=True, slots=True)
class Convention:
    """How a file writes its numbers. `decimal` is None where nothing in it tells, or where it does both."""

    decimal: DecimalSign | None

    def read(self, text: str) -> Read | NumberFault:
        """The exact number that a text stands for, or why there is none.

        >>> Convention(",").read("1.234,5")
        Read(value=Fraction(2469, 2), is_percent=False)
        >>> Convention(None).read("1.234")
        <NumberFault.TWO_READINGS: 'two_readings'>
        """
        found = _matched(text)
        readings = _readings(found) if found else {}
        if not found or not readings:
            return NumberFault.NO_NUMBER
        values = set(readings.values())
        if len(values) == 1:
            return Read(values.pop(), found["percent"] is not None)
        if self.decimal is None:
            return NumberFault.TWO_READINGS
        return Read(readings[self.decimal], found["percent"] is not None)


def recognise_convention(values: Iterable[str], delimiter: str) -> Convention:
    """How the numbers of a file are written, from all of them together and the file's delimiter.

    A value that can be read in one way only (74,9; 1.234,5; 1.234.567) shows the decimal sign. Where none does, a file
    parted by semicolons with commas and no points in its numbers has the decimal comma: the semicolon stands there
    because of it. Where some values show a comma and others a point, the file has no convention, and what can be read in
    two ways stays so.
    """
    shown: set[DecimalSign] = set()
    has_comma = has_point = False
    for found in _numbers(values):
        readings = _readings(found)
        if len(readings) == 1 and found["rest"]:
            shown.update(readings)
        has_comma |= bool(readings) and "," in found["rest"]
        has_point |= bool(readings) and "." in found["rest"]
    if len(shown) == 1:
        return Convention(shown.pop())
    if not shown and delimiter == ";" and has_comma and not has_point:
        return Convention(",")
    return Convention(None)


def _numbers(values: Iterable[str]) -> Iterator[re.Match[str]]:
    return (found for found in map(_matched, values) if found)
