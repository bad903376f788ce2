"""A real xlwings book on any system: the remote engine, filled as Excel on the web fills it (in tests only).

What it is sent is made from the cells of a file: numbers, texts, truth values and errors as they stand, days of date cells as
ISO texts, nothing for blanks, every sheet from A1 on. What a macro writes is listed as actions.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from udfs.quiet import xlwings as xw
from xlmalekort.layout.cells import a1
from xlmalekort.xlsx import Package, RawSheet, RawWorkbook, open_package, read_sheet, read_workbook

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlwings import Book

    from xlmalekort.xlsx import RawCell

VARIABLE = "XLWINGS_LICENSE_KEY"
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001


def _add_engine() -> None:
    """Xlwings adds the engine when it is imported with a licence; here it may have been imported without one."""
    if "remote" in [engine.name for engine in xw.engines]:
        return
    before = os.environ.get(VARIABLE)
    os.environ[VARIABLE] = "noncommercial"
    try:
        from xlwings.pro import _xlremote

        xw.engines.add(xw.Engine(impl=_xlremote.engine))
    finally:
        if before is None:
            del os.environ[VARIABLE]


_add_engine()


def opened(content: bytes) -> RawWorkbook:
    """A workbook of bytes, before any sheet is read."""
    package = open_package(content, "f.xlsx")
    assert isinstance(package, Package)
    workbook = read_workbook(package)
    assert isinstance(workbook, RawWorkbook)
    return workbook


def cells_of(content: bytes) -> dict[str, dict[tuple[int, int], RawCell]]:
    """The cells of every sheet, by its title."""
    workbook = opened(content)
    sheets = {entry.title: read_sheet(workbook, entry) for entry in workbook.sheets}
    return {title: sheet.cells for title, sheet in sheets.items() if isinstance(sheet, RawSheet)}


def payload_of(content: bytes, name: str = "f.xlsx", active: int = 0) -> dict[str, Any]:
    """What Excel on the web sends of a workbook."""
    workbook = opened(content)
    titles = [entry.title for entry in workbook.sheets]
    return {
        "client": "Office.js",
        "version": xw.__version__,
        "book": {"name": name, "active_sheet_index": active, "selection": "B2"},
        "names": [
            _name(title, text, titles.index(workbook.names[title][0]) if title in workbook.names else None)
            for title, text in workbook.name_texts.items()
            if not title.startswith("_xlnm")
        ],
        "sheets": [
            {
                "name": entry.title,
                "visibility": "Hidden" if entry.is_hidden else "Visible",
                **_values(workbook, read_sheet(workbook, entry)),
                "pictures": [],
                "tables": [],
            }
            for entry in workbook.sheets
        ],
    }


def _name(name: str, text: str, sheet: int | None) -> dict[str, Any]:
    return {
        "name": name,
        "refers_to": f"={text}",
        "type": "Range" if sheet is not None else "String",
        "sheet_index": sheet,
        "address": text.partition("!")[2].replace("$", "") if sheet is not None else None,
        "scope_sheet_name": None,
        "scope_sheet_index": None,
        "book_scope": True,
    }


def _values(workbook: RawWorkbook, sheet: object) -> dict[str, Any]:
    assert isinstance(sheet, RawSheet)
    cells = {place: _value(cell, workbook) for place, cell in sheet.cells.items()}
    cells = {place: value for place, value in cells.items() if value != ""}
    if not cells:
        return {"values": [[""]], "used_range_address": None}
    rows, columns = {row for row, _ in cells}, {column for _, column in cells}
    values = [[cells.get((row, column), "") for column in range(max(columns) + 1)] for row in range(max(rows) + 1)]
    first, last = (min(rows), min(columns)), (max(rows), max(columns))
    return {"values": values, "used_range_address": f"{a1(*first)}:{a1(*last)}"}


def _value(cell: RawCell, workbook: RawWorkbook) -> str | float | bool:
    match cell.kind:
        case "number":
            number = float(cell.text)
            if cell.style in workbook.formats.dates:
                return (_EPOCH + timedelta(days=number)).isoformat(timespec="milliseconds") + "Z"
            return int(number) if number.is_integer() else number
        case "bool":
            return cell.text == "TRUE"
        case _:
            return cell.text


def remote_book(content: bytes, name: str = "f.xlsx", active: int = 0) -> Book:
    """The workbook, open in xlwings."""
    return xw.Book(json=payload_of(content, name, active))


@dataclass(frozen=True)
class Written:
    """One block that a macro has written. Rows and columns count from 0."""

    sheet: str
    first: tuple[int, int]
    values: list[list[Any]]

    @property
    def cells(self) -> dict[tuple[int, int], Any]:
        """What the cells hold afterwards: an apostrophe before a text is Excel's sign that it is one."""
        row, column = self.first
        return {
            (row + down, column + right): _held(value)
            for down, values in enumerate(self.values)
            for right, value in enumerate(values)
        }


def _held(value: object) -> object:
    if value == "":
        return None
    return value.removeprefix("'") if isinstance(value, str) else value


def written_to(book: Book) -> list[Written]:
    """The blocks that were written, in their order; there is nothing else among the actions."""
    blocks = []
    for action in book.json()["actions"]:
        assert action["func"] == "setValues", action["func"]
        values = action["values"]
        assert (len(values), len(values[0])) == (action["row_count"], action["column_count"])
        place = action["start_row"], action["start_column"]
        blocks.append(Written(book.sheets[action["sheet_position"]].name, place, values))
    return blocks


def after(content: bytes, blocks: list[Written]) -> dict[str, dict[tuple[int, int], object]]:
    """What the cells of a workbook hold when the blocks have been written: numbers and texts, blanks left out."""
    held: dict[str, dict[tuple[int, int], object]] = {
        title: plain_values(cells) for title, cells in cells_of(content).items()
    }
    for block in blocks:
        held[block.sheet].update(block.cells)
    return {
        title: {place: value for place, value in cells.items() if value is not None} for title, cells in held.items()
    }


def plain_values(cells: Mapping[tuple[int, int], RawCell]) -> dict[tuple[int, int], object]:
    """Numbers as numbers, everything else as text, blanks left out."""
    return {
        place: float(cell.text) if cell.kind == "number" else cell.text for place, cell in cells.items() if cell.text
    }
