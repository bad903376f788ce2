"""Reads a large plain table row by row, such as the tidy sheets of a regional workbook: texts and numbers under a heading.

A sheet that is written the usual way is read by its grammar (`xlsx.scan`) a stretch at a time; any other by the raw reader.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlmalekort.problems import Problem
from xlmalekort.xlsx.references import reference_of
from xlmalekort.xlsx.scan import by_column, stretches
from xlmalekort.xlsx.sheet import read_sheet
from xlmalekort.xlsx.xml import UnreadableError, unescaped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlmalekort.xlsx.workbook import RawWorkbook, SheetEntry

_MOST_COLUMNS = 50
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
        truth = {"TRUE": "1", "FALSE": "0"} if cell.kind == "bool" else {}
        rows.setdefault(row, {})[column] = truth.get(cell.text, cell.text)
    return [rows[row] for row in sorted(rows)]


def _scanned(workbook: RawWorkbook, data: bytes) -> list[Row] | None:
    rows: list[Row] = []
    strings = {str(number): text for number, text in enumerate(workbook.strings)}
    columns = {reference_of(0, column).rstrip("1"): column for column in range(_MOST_COLUMNS)}
    for stretch in stretches(data):
        if stretch is None:
            return None
        try:
            rows += _rows(stretch, strings, columns)
        except KeyError:  # a text that is not there, or a column further out
            return None
    return rows


def _rows(stretch: str, strings: dict[str, str], columns: dict[str, int]) -> Iterator[Row]:
    last = ""
    cells: Row = {}
    # Millions of cells come by here: nothing is looked up twice.
    for letters, row, kind, value, inline in by_column(stretch):
        if row != last:
            if cells:
                yield cells
            last, cells = row, {}
        if kind == "s":
            cells[columns[letters]] = strings[value]
        elif inline or value:
            cells[columns[letters]] = unescaped(inline or value) if inline or kind == "str" else value
    if cells:
        yield cells
