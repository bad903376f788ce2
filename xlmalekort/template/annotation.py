"""A workbook with what an annotated one must have, to be added to one that lacks it: the sheet of checks, and the marks."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from xlsxwriter import Workbook

from xlmalekort.layout.office import Sheet
from xlmalekort.template.control_sheet import write_control_sheet
from xlmalekort.template.marks import mark_cells
from xlmalekort.template.page import Book, PlainWorksheet
from xlmalekort.template.styles import Styles

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlmalekort.template.state import OfficeState


def write_annotation(state: OfficeState, titles: Mapping[Sheet, str]) -> bytes:
    """The bytes of an .xlsx with the sheet of checks, and one for each of `titles` with its marks and nothing else.

    These are called by the sheet's own value; `titles` are those of the workbook to be marked, as the checks name them.
    """
    stream = io.BytesIO()
    workbook = Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book = Book(workbook, Styles(workbook), state)
    for sheet, title in titles.items():
        mark_cells(book.styles, workbook.add_worksheet(sheet.value), title)
    write_control_sheet(book, workbook.add_worksheet(state.layout.title(Sheet.CONTROL), PlainWorksheet))
    workbook.close()
    return stream.getvalue()
