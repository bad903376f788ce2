"""What every visible sheet has in common: heading, print set-up, protection and the name by which it is found."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import shorten, wrap
from typing import TYPE_CHECKING

from xlsxwriter.worksheet import Worksheet

from xlmalekort.layout.office import HEADING
from xlmalekort.locale import N_
from xlmalekort.template.macros import REFRESH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter import Workbook

    from xlmalekort.layout.office import Sheet
    from xlmalekort.template.state import OfficeState
    from xlmalekort.template.styles import Styles

_PAGE_OF = N_("Page {page} of {pages}")
_WRITTEN_HERE = N_("Refresh scorecard writes here. Nothing is to be filled in.")
_A4 = 9
_PER_WIDTH = 1.25
"""Characters of size 10 for each unit of a column's width, on the careful side."""
_ALLOWED = {"format_columns": True, "format_rows": True, "autofilter": True, "sort": True}


class PlainWorksheet(Worksheet):  # type: ignore[misc] # XlsxWriter is untyped
    """A worksheet that takes formulas as they stand.

    XlsxWriter looks for thirty newer functions in each; ours have none of them, and a workbook has thousands of formulas.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: ARG002, FBT001, FBT002
        return formula.removeprefix("=")


@dataclass(frozen=True, slots=True)
class Book:
    """The workbook that is being written, and what it shows."""

    workbook: Workbook
    styles: Styles
    state: OfficeState

    def sheet(self, sheet: Sheet) -> Worksheet:
        """The worksheet, which has been added before."""
        return self.workbook.get_worksheet_by_name(self.state.layout.title(sheet))


def add_sheets(book: Book) -> None:
    """Add the sheets in their order, each with its defined name; hidden ones are hidden."""
    layout = book.state.layout
    for sheet in layout.sheets:
        worksheet = book.workbook.add_worksheet(layout.title(sheet), PlainWorksheet)
        book.workbook.define_name(sheet.defined_name, "=" + layout.absolute(sheet, (0, 0)))
        if sheet.is_hidden:
            worksheet.hide()


def set_page(
    book: Book, sheet: Worksheet, *, heading_row: int | None = None, zoom: int = 100, is_portrait: bool = False
) -> None:
    """A4, one page wide, headings on every page; locked but for the unlocked cells, without a password."""
    texts, office = book.state.texts, book.state.submission.office
    sheet.hide_gridlines(2)
    sheet.set_paper(_A4)
    if not is_portrait:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.45, bottom=0.6)
    sheet.set_zoom(zoom)
    if heading_row is not None:
        sheet.repeat_rows(heading_row)
    name = office.replace("&", "&&")
    pages = texts(_PAGE_OF, page="&P", pages="&N")
    sheet.set_footer(f'&L&"Calibri"&9{name}&C&"Calibri"&9&A&R&"Calibri"&9{pages}')
    sheet.protect("", _ALLOWED)


def written(look: str, state: OfficeState) -> str:
    """The look of a cell that Refresh writes: unlocked where a macro does it, so that no sheet is ever unprotected."""
    return f"{look} open" if state.has_macros else look


def refuse_typing(book: Book, sheet: Worksheet, ranges: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """Refuse what people type into cells that a macro writes; each range by its first and last cell."""
    if not book.state.has_macros:
        return
    (first, last), *others = ranges
    sheet.data_validation(
        *first,
        *last,
        {
            "validate": "custom",
            "value": "=FALSE",
            "ignore_blank": False,
            "error_title": rule_title(book.state.texts(REFRESH)),
            "error_message": rule_message(book.state.texts(_WRITTEN_HERE)),
            "other_cells": [(*one, *other) for one, other in others],
        },
    )


def write_title(book: Book, sheet: Worksheet, title: str, *, column: int = 0) -> None:
    """The heading at the top left: what the sheet is, of which office and year."""
    submission = book.state.submission
    sheet.set_row(0, 27)
    sheet.write_string(0, column, title, book.styles("title"))
    sheet.write_string(HEADING[0], column, f"{submission.office}  ·  {submission.year}", book.styles("subtitle"))


def rule_title(text: str) -> str:
    """The title of an input rule's message, as long as Excel takes it."""
    return shorten(text, 32, placeholder="…")


def rule_message(text: str) -> str:
    """The message of an input rule, as long as Excel takes it."""
    return shorten(text, 255, placeholder=" …")


def height_of(values: Sequence[str], widths: Sequence[float]) -> float:
    """The height of a row whose texts of size 10 wrap within columns of these widths.

    It is set, because not every program fits rows to wrapped text when it opens a file.
    """
    lines = max(
        (
            sum(max(1, len(wrap(part, int(width * _PER_WIDTH)))) for part in value.split("\n"))
            for value, width in zip(values, widths, strict=True)
        ),
        default=1,
    )
    return 5 + 13.5 * lines
