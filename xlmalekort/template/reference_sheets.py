"""The sheets to look things up in: definitions, clarifications and the figures of the year before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlmalekort.judging.explain import unit_of
from xlmalekort.layout.office import FIRST_PERIOD_COLUMN, HEADING_ROW, TITLE_COLUMN, Sheet
from xlmalekort.locale import N_
from xlmalekort.model.periods import Frequency, periods_of_year
from xlmalekort.template.figure_table import (
    cell_value,
    figure_format,
    is_exempt,
    write_block_heading,
    write_figure,
    write_frame,
    write_line_heading,
)
from xlmalekort.template.page import height_of, set_page, write_title
from xlmalekort.template.styles import Palette, unit_word
from xlmalekort.template.words import by_step, frequency_words, level_words, origin_words, ready_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.worksheet import Worksheet

    from xlmalekort.model.scorecard import Clarification, Indicator
    from xlmalekort.template.page import Book

_HEADING_ROW = 3
_FIRST_ROW = 4
_INDENT = 1.5

_DEFINITION_COLUMNS = (
    (N_("No."), 6.5),
    (N_("Indicator"), 24),
    (N_("What is counted"), 50),
    (N_("Unit"), 7.5),
    (N_("Target"), 20),
    (N_("Yellow zone"), 19),
    (N_("How often and when ready"), 23),
    (N_("Goal set by"), 11),
    (N_("Held for"), 11),
    (N_("Source"), 20),
    (N_("Fetched, entered by"), 22),
    (N_("Responsible"), 17),
)
BEING_DEVELOPED = N_("Being developed: no figures are asked for yet.")
FROM_PERIOD = N_("from {period}: {words}")
WHEN_READY = N_("{frequency}; ready {rule}")
NOT_SAID = N_("not agreed yet")

_CLARIFICATION_COLUMNS = (
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


def write_definitions_sheet(book: Book, sheet: Worksheet) -> None:
    """One row for each indicator, those that are still being developed included."""
    styles, state = book.styles, book.state
    write_title(book, sheet, state.layout.title(Sheet.DEFINITIONS))
    sheet.write_string(2, 0, state.scorecard.title, styles("note"))
    _write_headings(book, sheet, _DEFINITION_COLUMNS)
    row = _FIRST_ROW
    for perspective in state.scorecard.perspectives:
        members = state.scorecard.of_perspective(perspective.id)
        if not members:
            continue
        sheet.set_row(row, 20)
        for column in range(len(_DEFINITION_COLUMNS)):
            sheet.write_blank(row, column, None, styles("band"))
        sheet.write_string(row, 0, perspective.title, styles("band"))
        row += 1
        for indicator in members:
            _write_row(book, sheet, row, _definition(book, indicator), [width for _, width in _DEFINITION_COLUMNS])
            row += 1
    sheet.freeze_panes(_FIRST_ROW, 2)
    set_page(book, sheet, heading_row=_HEADING_ROW, zoom=80)


def _definition(book: Book, indicator: Indicator) -> tuple[str, ...]:
    state, texts = book.state, book.state.texts
    scorecard = state.scorecard
    periods = periods_of_year(state.layout.year, indicator.frequency)
    steps = by_step(scorecard, indicator, periods, state.place, texts)
    frequency = frequency_words(indicator.frequency, texts)
    if indicator.frequency is not Frequency.WHEN_HELD:
        rule = ready_words(indicator.ready, indicator.delay_months, texts)
        frequency = texts(WHEN_READY, frequency=frequency, rule=rule)
    people = dict.fromkeys(person for person in (indicator.fetched_by, indicator.entered_by) if person)
    what = indicator.definition if indicator.active else f"{texts(BEING_DEVELOPED)} {indicator.definition}"
    return (
        indicator.id,
        indicator.title,
        what,
        unit_word(unit_of(scorecard, indicator), texts),
        _stepwise(book, [(start.code, target) for start, target, _ in steps]),
        _stepwise(book, [(start.code, yellow) for start, _, yellow in steps]),
        frequency,
        origin_words(indicator, texts),
        level_words(scorecard, indicator.level),
        indicator.source or texts(NOT_SAID),
        ", ".join(people) or texts(NOT_SAID),
        indicator.responsible or texts(NOT_SAID),
    )


def _stepwise(book: Book, steps: Sequence[tuple[str, str]]) -> str:
    """The words of each step on a line of its own, said once where they never change."""
    distinct = [step for place, step in enumerate(steps) if place == 0 or step[1] != steps[place - 1][1]]
    if len(distinct) == 1:
        return distinct[0][1]
    texts = book.state.texts
    return "\n".join(texts(FROM_PERIOD, period=texts.period(code), words=words) for code, words in distinct)


def _write_headings(book: Book, sheet: Worksheet, columns: Sequence[tuple[str, float]]) -> None:
    sheet.set_row(_HEADING_ROW - 1, 22)
    sheet.set_row(_HEADING_ROW, 30)
    for column, (heading, width) in enumerate(columns):
        sheet.set_column(column, column, width)
        look = "head indent" if column > 1 else "head"
        sheet.write_string(_HEADING_ROW, column, book.state.texts(heading), book.styles(look))


def _write_row(book: Book, sheet: Worksheet, row: int, values: Sequence[str], widths: Sequence[float]) -> None:
    styles = book.styles
    sheet.set_row(row, height_of(values, [width - _INDENT for width in widths]))
    for column, value in enumerate(values):
        look = {0: "row note top", 1: "row wrap top bold small"}.get(column, "row wrap top small padded")
        sheet.write_string(row, column, value, styles(look))


def write_clarifications_sheet(book: Book, sheet: Worksheet) -> None:
    """One row for each question, the open ones first."""
    state, texts, styles = book.state, book.state.texts, book.styles
    write_title(book, sheet, state.layout.title(Sheet.CLARIFICATIONS))
    questions = [(indicator, each) for indicator in state.scorecard.indicators for each in indicator.clarifications]
    waiting = sum(each.decided is None for _, each in questions)
    sheet.write_string(2, 0, texts(OPEN_COUNT, open=waiting, all=len(questions)), styles("bold"))
    _write_headings(book, sheet, _CLARIFICATION_COLUMNS)
    widths = [width for _, width in _CLARIFICATION_COLUMNS]
    ordered = sorted(questions, key=lambda each: each[1].decided is not None)
    for row, (indicator, question) in enumerate(ordered, _FIRST_ROW):
        _write_row(book, sheet, row, _clarification(book, indicator, question), widths)
        look = (
            styles("row small top padded")
            if question.decided
            else styles("row small top bold padded", font_color=Palette.YELLOW_INK, bg_color=Palette.YELLOW)
        )
        sheet.write_string(row, 2, _clarification(book, indicator, question)[2], look)
    last = max(_FIRST_ROW, _FIRST_ROW + len(ordered) - 1)
    sheet.autofilter(_HEADING_ROW, 0, last, len(_CLARIFICATION_COLUMNS) - 1)
    sheet.freeze_panes(_FIRST_ROW, 2)
    set_page(book, sheet, heading_row=_HEADING_ROW, zoom=95)


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
            write_line_heading(book, sheet, line, is_faint=is_exempt(book, line))
            for period in periods:
                column = layout.column_of[period]
                if line.measure is None or not layout.has_cell(line, period):
                    sheet.write_blank(line.row, column, None, styles("hatch"))
                    continue
                value = cell_value(line.measure, state.submission.reference.get((line.measure.id, period)))
                write_figure(sheet, line.row, column, value, figure_format(book, line.measure, "box"))
    set_page(book, sheet, heading_row=HEADING_ROW, zoom=90)
