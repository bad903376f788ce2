"""Fills sheets of hundreds of thousands of plain rows straight into a finished workbook.

XlsxWriter takes some five microseconds a cell; most cells of a tidy table repeat what the row above says, so here a row is
joined from pieces of XML that were made once. XlsxWriter writes the heading, the table and, in the second row, one blank
cell for each style that the rows use; everything below the heading is put in here.

A piece is the XML of one or more cells with `#` for the number of their row.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING

from xlmalekort.layout.cells import column_name
from xlmalekort.summary.book import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from fractions import Fraction

_SHARED = "xl/sharedStrings.xml"
_TABLES = "xl/tables/"
_PACKED, _WELL = zipfile.ZIP_DEFLATED, 6
_HEADING_END = "</row>"
_STYLE = re.compile(r'<c r="[A-Z]+2" s="(\d+)"/>')
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f]")
_ESCAPE = re.compile("(_x[0-9a-fA-F]{4}_)")
_CHUNK = 5_000
"""Rows that are joined before they are compressed."""


class Cells:
    """Makes pieces. Texts are numbered from `first` on, each once."""

    def __init__(self, first: int) -> None:
        """Begin after the texts that the workbook has already."""
        self._first = first
        self._numbers: dict[str, int] = {}

    def text(self, column: int, text: str) -> str:
        """A cell with text; nothing for an empty one."""
        if not text:
            return ""
        number = self._numbers.setdefault(text, self._first + len(self._numbers))
        return f'<c r="{column_name(column)}#" t="s"><v>{number}</v></c>'

    @staticmethod
    def number(column: int, style: str = "") -> tuple[str, str]:
        """What stands before and after the digits of a number."""
        mark = f' s="{style}"' if style else ""
        return f'<c r="{column_name(column)}#"{mark}><v>', "</v></c>"

    @staticmethod
    def truth(column: int, value: bool | None) -> str:  # noqa: FBT001 - the value of a cell
        """A cell with true or false; nothing for None."""
        return "" if value is None else f'<c r="{column_name(column)}#" t="b"><v>{value:d}</v></c>'

    @property
    def xml(self) -> str:
        """The texts as items of the workbook's table of texts."""
        return "".join(f'<si><t xml:space="preserve">{_escaped(clean(text))}</t></si>' for text in self._numbers)

    @property
    def count(self) -> int:
        """How many texts the workbook has in all."""
        return self._first + len(self._numbers)


@dataclass(frozen=True, slots=True)
class TidySheet:
    """What goes into a sheet: `make` is given the cells and the styles of the second row, and yields rows of pieces."""

    number: int
    """The sheet's number in the workbook, from 1."""
    table: str
    """The name of the table on it."""
    columns: int
    rows: int
    make: Callable[[Cells, tuple[str, ...]], Iterator[str]]


def digits(value: Fraction) -> str:
    """A number as a cell writes it."""
    upper, lower = value.as_integer_ratio()
    return str(upper) if lower == 1 else repr(upper / lower)


def fill_sheets(workbook: bytes, sheets: Sequence[TidySheet]) -> bytes:
    """The workbook with the rows of the tidy sheets in it."""
    found = {f"xl/worksheets/sheet{sheet.number}.xml": sheet for sheet in sheets}
    file = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(workbook)) as old,
        # The rows repeat themselves so much that the quickest level packs them nearly as well as the best.
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        shared = old.read(_SHARED).decode()
        cells = Cells(shared.count("<si>"))
        for info in old.infolist():
            if info.filename in found:
                xml = old.read(info).decode()
                with new.open(info.filename, "w") as part:
                    part.writelines(_parts(xml, found[info.filename], cells))
            elif info.filename.startswith(_TABLES):
                new.writestr(zipfile.ZipInfo(info.filename), _grown(old.read(info).decode(), sheets), _PACKED, _WELL)
            elif info.filename != _SHARED:
                new.writestr(zipfile.ZipInfo(info.filename), old.read(info), _PACKED, _WELL)
        new.writestr(zipfile.ZipInfo(_SHARED), _with_texts(shared, cells), _PACKED, _WELL)
    return file.getvalue()


def _parts(xml: str, sheet: TidySheet, cells: Cells) -> Iterator[bytes]:
    before, data, after = re.split(r"(?<=<sheetData>)(.*)(?=</sheetData>)", xml, maxsplit=1, flags=re.DOTALL)
    heading, below = data.split(_HEADING_END, 1)
    dimension = f'<dimension ref="{_area(sheet)}"/>'
    yield (re.sub(r"<dimension [^>]*>", dimension, before) + heading + _HEADING_END).encode()
    styles = tuple(_STYLE.findall(below))
    numbered = enumerate(sheet.make(cells, styles), start=2)
    while chunk := [f'<row r="#">{row}</row>'.replace("#", str(number)) for number, row in islice(numbered, _CHUNK)]:
        yield "".join(chunk).encode()
    yield after.encode()


def _grown(table: str, sheets: Sequence[TidySheet]) -> str:
    """The table with as many rows as its sheet has."""
    sheet = next((each for each in sheets if f' name="{each.table}"' in table), None)
    if sheet is None:
        return table
    return re.sub(r' ref="[A-Z0-9:]+"', f' ref="{_area(sheet)}"', table)


def _area(sheet: TidySheet) -> str:
    # A table without any row is not allowed.
    return f"A1:{column_name(sheet.columns - 1)}{max(sheet.rows, 1) + 1}"


def _with_texts(shared: str, cells: Cells) -> bytes:
    shared = re.sub(r' count="\d+" uniqueCount="\d+"', f' uniqueCount="{cells.count}"', shared, count=1)
    return shared.replace("</sst>", f"{cells.xml}</sst>").encode()


def _escaped(text: str) -> str:
    text = _ESCAPE.sub(r"_x005F\1", text)
    text = _CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
