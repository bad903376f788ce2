"""The sheets to look things up in besides the definitions: clarifications and the figures of the year before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlmalekort.layout.office import FIRST_PERIOD_COLUMN, HEADING_ROW, TITLE_COLUMN, Sheet
from xlmalekort.locale import N_
from xlmalekort.template.figure_table import (
    cell_value,
    figure_format,
    is_exempt,
    parting,
    write_block_heading,
    write_figure,
    write_frame,
    write_line_heading,
)
from xlmalekort.template.lookup_table import NOT_SAID, TABLE_FIRST_ROW, TABLE_HEADING_ROW, write_headings, write_row
from xlmalekort.template.page import set_page, write_title
from xlmalekort.template.styles import Palette

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from xlmalekort.model.indicators import Clarification, Indicator
    from xlmalekort.template.lookup_table import Columns
    from xlmalekort.template.page import Book

_CLARIFICATION_COLUMNS: Columns = (
    (N_("No."), 8),
    (N_("Indicator"), 30),
    (N_("Status"), 14),
    (N_("What must be clarified"), 52),
    (N_("What has been decided"), 52),
    (N_("Followed up by"), 28),
)
OPEN = N_("Open")
DECIDED = N_("Decided")
OPEN_COUNT = N_("{open} of {all} questions are still open")
HISTORY_HINT = N_("The figures of {year}, for comparison only. They are locked and are never delivered.")


def write_clarifications_sheet(book: Book, sheet: Worksheet) -> None:
    """One row for each question, the open ones first."""
    state, texts, styles = book.state, book.state.texts, book.styles
    write_title(book, sheet, state.layout.title(Sheet.CLARIFICATIONS))
    questions = [(indicator, each) for indicator in state.scorecard.indicators for each in indicator.clarifications]
    waiting = sum(each.decided is None for _, each in questions)
    sheet.write_string(2, 0, texts(OPEN_COUNT, open=waiting, all=len(questions)), styles("bold"))
    write_headings(book, sheet, _CLARIFICATION_COLUMNS)
    ordered = sorted(questions, key=lambda each: each[1].decided is not None)
    for row, (indicator, question) in enumerate(ordered, TABLE_FIRST_ROW):
        write_row(book, sheet, row, _clarification(book, indicator, question), _CLARIFICATION_COLUMNS)
        look = (
            styles("row small top padded")
            if question.decided
            else styles("row small top bold padded", font_color=Palette.YELLOW_INK, bg_color=Palette.YELLOW)
        )
        sheet.write_string(row, 2, _clarification(book, indicator, question)[2], look)
    last = max(TABLE_FIRST_ROW, TABLE_FIRST_ROW + len(ordered) - 1)
    sheet.autofilter(TABLE_HEADING_ROW, 0, last, len(_CLARIFICATION_COLUMNS) - 1)
    sheet.freeze_panes(TABLE_FIRST_ROW, 2)
    set_page(book, sheet, heading_row=TABLE_HEADING_ROW, zoom=95)


def _clarification(book: Book, indicator: Indicator, question: Clarification) -> tuple[str, ...]:
    texts = book.state.texts
    state = f"● {texts(DECIDED)}" if question.decided else f"○ {texts(OPEN)}"
    return (
        indicator.id,
        indicator.title,
        state,
        question.question,
        question.decided or "",
        question.follow_up or texts(NOT_SAID),
    )


def write_history_sheet(book: Book, sheet: Worksheet) -> None:
    """The year before, in the same rows and columns as the input sheet, locked."""
    state, layout, styles = book.state, book.state.layout, book.styles
    periods = layout.earlier_periods
    last_column = FIRST_PERIOD_COLUMN + len(periods) - 1
    write_frame(book, sheet, periods)
    sheet.set_row(0, 27)
    title = f"{layout.title(Sheet.HISTORY)} {layout.year - 1}"
    sheet.write_string(0, TITLE_COLUMN, title, styles("title"))
    sheet.write_string(1, TITLE_COLUMN, state.submission.office, styles("subtitle"))
    sheet.write_string(2, TITLE_COLUMN, state.texts(HISTORY_HINT, year=layout.year - 1), styles("note"))
    for block in layout.blocks:
        lines = [line for line in block.lines if line.measure is not None]
        if lines:
            write_block_heading(book, sheet, block, last_column, is_open=False)
        for line in lines:
            write_line_heading(book, sheet, block, line, is_faint=is_exempt(book, line))
            parted = parting(block, line)
            for period in periods:
                column = layout.column_of[period]
                if line.measure is None or not layout.has_cell(line, period):
                    sheet.write_blank(line.row, column, None, styles("hatch", **parted))
                    continue
                value = cell_value(line.measure, state.submission.reference.get((line.measure.id, period)))
                write_figure(sheet, line.row, column, value, figure_format(book, line.measure, "box", **parted))
    set_page(book, sheet, heading_row=HEADING_ROW, zoom=90)
