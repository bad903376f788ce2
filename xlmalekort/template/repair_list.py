"""The sheet that lists what was repaired: a line for each change, with what stood there before."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from xlsxwriter import Workbook

from xlmalekort.locale import N_
from xlmalekort.template.page import Book, PlainWorksheet, height_of, set_page, write_title
from xlmalekort.template.styles import Styles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlmalekort.template.state import OfficeState

LIST_TITLE = N_("Restored")
_COLUMNS = (
    (N_("Day"), 12),
    (N_("Where"), 24),
    (N_("What was restored"), 56),
    (N_("Before"), 32),
    (N_("Formula"), 56),
)
HEADING_ROW = 3
FIRST_ROW = HEADING_ROW + 1


def write_repair_list(state: OfficeState, title: str, lines: Sequence[Sequence[str]]) -> bytes:
    """The bytes of an .xlsx that holds nothing but the list, each line with a text for every column."""
    stream = io.BytesIO()
    workbook = Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book = Book(workbook, Styles(workbook), state)
    sheet = workbook.add_worksheet(title, PlainWorksheet)
    write_title(book, sheet, state.texts(LIST_TITLE))
    sheet.set_row(HEADING_ROW, 21)
    for column, (heading, width) in enumerate(_COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(HEADING_ROW, column, state.texts(heading), book.styles("head indent"))
    look = book.styles("row small wrap top padded")
    for row, line in enumerate(lines, FIRST_ROW):
        sheet.set_row(row, height_of(line, [width for _, width in _COLUMNS]))
        for column, text in enumerate(line):
            sheet.write_string(row, column, text, look)
    sheet.freeze_panes(FIRST_ROW, 0)
    set_page(book, sheet, heading_row=HEADING_ROW, zoom=95)
    workbook.close()
    return stream.getvalue()
