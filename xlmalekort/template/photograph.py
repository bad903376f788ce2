"""A workbook in memory that holds what somebody read from one that is open: values, titles and names, and nothing else.

It goes through the same checks as a file does where no copy of the open workbook can be had. What it cannot show, the checks
cannot see: formulas (those of the template too, and that a figure comes from one), number formats but for days, hidden rows and
columns, input rules, locked cells, comments and pictures.
"""

from __future__ import annotations

import io
import math
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from xlsxwriter import Workbook

from xlmalekort.xlsx import ErrorValue, patch_workbook

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from xlmalekort.xlsx import Value

Cell = str | float | bool | Decimal | date | datetime | None
"""What a cell of an open workbook is read as. Errors come as texts such as `#N/A`, nothing as None or an empty text."""

ERRORS = frozenset(
    {
        "#BLOCKED!",
        "#BUSY!",
        "#CALC!",
        "#CONNECT!",
        "#DATA!",
        "#DIV/0!",
        "#EXTERNAL!",
        "#FIELD!",
        "#GETTING_DATA",
        "#N/A",
        "#NAME?",
        "#NULL!",
        "#NUM!",
        "#PYTHON!",
        "#REF!",
        "#SPILL!",
        "#UNKNOWN!",
        "#VALUE!",
    }
)
"""The errors of Excel. A text that reads as one cannot be told apart from it, and is no figure either."""

_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - cells know no time zones
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_ONE_CELL = re.compile(r"=(?:'(?:[^'\[\]]|'')+'|[^'!\[\]#\"(]+)!\$[A-Z]{1,3}\$[0-9]{1,7}", re.ASCII)


@dataclass(frozen=True, slots=True)
class SheetValues:
    """The values of a sheet by rows; `first` is where the first of them stands, row and column counted from 0."""

    title: str
    first: tuple[int, int]
    values: Sequence[Sequence[Cell]]
    is_hidden: bool = False


def write_photograph(sheets: Sequence[SheetValues], names: Mapping[str, str]) -> bytes:
    """The bytes of an .xlsx with these sheets, in their order; `names` are what the names of one cell stand for, `=Input!$A$1`.

    Names that stand for anything else are left out.
    """
    stream = io.BytesIO()
    workbook = Workbook(stream, _OPTIONS)
    day = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    in_front = next((sheet for sheet in sheets if not sheet.is_hidden), None)
    for sheet in sheets:
        worksheet = workbook.add_worksheet(sheet.title)
        if sheet.is_hidden:
            worksheet.hide()
        if sheet is in_front:
            # XlsxWriter shows the sheet in front even where it is hidden, which is the first one unless another is.
            worksheet.activate()
        for row, column, value in _cells(sheet):
            _write(worksheet, row, column, value, day)
    for name, reference in names.items():
        if _ONE_CELL.fullmatch(reference):
            workbook.define_name(name, reference)
    workbook.close()
    content = stream.getvalue()
    exactly = {sheet.title: found for sheet in sheets if (found := _left_over(sheet))}
    return patch_workbook(content, exactly, recalculate=False) if exactly else content


def _cells(sheet: SheetValues) -> Iterator[tuple[int, int, Cell]]:
    top, left = sheet.first
    for row, values in enumerate(sheet.values, top):
        for column, value in enumerate(values, left):
            if value is not None and value != "":
                yield row, column, value


def _left_over(sheet: SheetValues) -> dict[tuple[int, int], Value]:
    """What XlsxWriter does not write as it stands: errors that no formula comes to, and numbers of seventeen digits."""
    found: dict[tuple[int, int], Value] = {}
    for row, column, value in _cells(sheet):
        if isinstance(value, str) and value in ERRORS:
            found[row, column] = ErrorValue(value)
        elif isinstance(value, float) and math.isfinite(value) and float(f"{value:.16G}") != value:
            found[row, column] = value
    return found


def _write(sheet: Worksheet, row: int, column: int, value: Cell, day: Format) -> None:
    if isinstance(value, str):
        if value not in ERRORS:
            sheet.write_string(row, column, value)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, date):
        sheet.write_number(row, column, _serial(value), day)
    elif value is not None and math.isfinite(value):
        sheet.write_number(row, column, float(value))


def _serial(value: date) -> float:
    """The number by which Excel keeps a day and a time of day."""
    moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)  # noqa: DTZ001
    return (moment.replace(tzinfo=None) - _EPOCH) / timedelta(days=1)
