"""Reads a large plain table row by row, such as the tidy sheets of a regional workbook: texts and numbers under a heading.

A sheet that is written the usual way is read by its grammar (`xlsx.scan`) a stretch at a time; any other by the raw reader.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlmalekort.problems import Problem
from xlmalekort.xlsx.scan import columns_of, stretches
from xlmalekort.xlsx.sheet import read_sheet
from xlmalekort.xlsx.xml import UnreadableError, unescaped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlmalekort.xlsx.workbook import RawWorkbook, SheetEntry

Row = dict[int, str]
"""What the cells of a row say, by column counted from 0: texts, numbers as the file writes them, TRUE or FALSE as 1 or 0."""


def read_rows(workbook: RawWorkbook, entry: SheetEntry) -> list[Row] | Problem:
    """The rows of a sheet that hold anything, or why it cannot be read (FIL-002, FIL-008, FIL-010)."""
    try:
        found = _scanned(workbook, workbook.package.read(entry.part))
    except UnreadableError as error:
        return error.as_problem(workbook.file)
    if found is not None:
        return found
    sheet = read_sheet(workbook, entry)
    if isinstance(sheet, Problem):
        return sheet
    rows: dict[int, Row] = {}
    for (row, column), cell in sheet.cells.items():
        rows.setdefault(row, {})[column] = {"TRUE": "1", "FALSE": "0"}.get(cell.text, cell.text) if cell.kind == "bool" else cell.text
    return [rows[row] for row in sorted(rows)]


def _scanned(workbook: RawWorkbook, data: bytes) -> list[Row] | None:
    rows: list[Row] = []
    for stretch in stretches(data):
        if stretch is None:
            return None
        rows += _rows(workbook, stretch)
    return rows


def _rows(workbook: RawWorkbook, stretch: str) -> Iterator[Row]:
    strings = workbook.strings
    last = ""
    cells: Row = {}
    for column, row, kind, value, inline in columns_of(stretch):
        if row != last:
            if cells:
                yield cells
            last, cells = row, {}
        if kind == "s":
            cells[column] = strings[int(value)] if value.isdecimal() and int(value) < len(strings) else ""
        elif inline or value:
            cells[column] = unescaped(inline or value) if inline or kind == "str" else value
    if cells:
        yield cells
