"""The table of the sheets to look things up in: headings, and rows of wrapped text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlmalekort.locale import N_
from xlmalekort.template.page import height_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.worksheet import Worksheet

    from xlmalekort.template.page import Book

TABLE_HEADING_ROW = 3
TABLE_FIRST_ROW = 4
NOT_SAID = N_("not agreed yet")
_INDENT = 1.5

Columns = tuple[tuple[str, float], ...]
"""The heading and the width of each column."""


def write_headings(book: Book, sheet: Worksheet, columns: Columns) -> None:
    """Widths and headings."""
    sheet.set_row(TABLE_HEADING_ROW - 1, 22)
    sheet.set_row(TABLE_HEADING_ROW, 30)
    for column, (heading, width) in enumerate(columns):
        sheet.set_column(column, column, width)
        look = "head indent" if column > 1 else "head"
        sheet.write_string(TABLE_HEADING_ROW, column, book.state.texts(heading), book.styles(look))


def write_row(book: Book, sheet: Worksheet, row: int, values: Sequence[str], columns: Columns) -> None:
    """A row of texts, as high as the longest needs: a number, what it is about, and the rest."""
    styles = book.styles
    sheet.set_row(row, height_of(values, [width - _INDENT for _, width in columns]))
    for column, value in enumerate(values):
        look = {0: "row note top", 1: "row wrap top bold small"}.get(column, "row wrap top small padded")
        sheet.write_string(row, column, value, styles(look))
