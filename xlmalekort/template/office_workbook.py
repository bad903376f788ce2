"""The whole office workbook."""

from __future__ import annotations

import io
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from xlsxwriter import Workbook

from xlmalekort.layout.office import Sheet
from xlmalekort.locale import N_
from xlmalekort.template.actions_sheet import action_cells, write_actions_sheet
from xlmalekort.template.asked import computed_by, step_cells
from xlmalekort.template.control_sheet import control_cells, control_values, write_control_sheet
from xlmalekort.template.deadlines_sheet import deadline_cells, write_deadlines_sheet
from xlmalekort.template.definitions_sheet import write_definitions_sheet
from xlmalekort.template.figure_sheet import figure_cells
from xlmalekort.template.guide_sheet import write_guide_sheet
from xlmalekort.template.hidden_sheets import write_calculation_headings, write_cells, write_setup_sheet
from xlmalekort.template.input_sheet import write_input_sheet
from xlmalekort.template.local_sheet import write_local_sheet
from xlmalekort.template.local_steps import local_cells, local_line
from xlmalekort.template.macros import add_macros, with_ribbon_of
from xlmalekort.template.marks import MARKED_SHEETS, column_names, mark_cells
from xlmalekort.template.page import Book, add_sheets
from xlmalekort.template.reference_sheets import write_clarifications_sheet, write_history_sheet
from xlmalekort.template.scorecard_sheet import scorecard_cells, scorecard_output, write_scorecard_sheet
from xlmalekort.template.state import FormulaCell
from xlmalekort.template.styles import Palette, Styles
from xlmalekort.template.survey import Survey
from xlmalekort.template.survey_sheet import write_survey_sheet
from xlmalekort.template.view import View

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlmalekort.template.state import OfficeState, Value

SUBJECT = N_("Scorecard for {office}, {year}")

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write_office_workbook(state: OfficeState) -> bytes:
    """The bytes of an .xlsx, or of an .xlsm where the state has macros; the same for the same state."""
    stream = io.BytesIO()
    workbook = Workbook(stream, _OPTIONS)
    write_sheets(workbook, state)
    if not state.has_macros:
        workbook.close()
        return stream.getvalue()
    add_macros(workbook, state.texts)
    workbook.close()
    return with_ribbon_of(stream.getvalue(), state.texts)


def write_sheets(workbook: Workbook, state: OfficeState) -> None:
    """Write every sheet into a workbook that has just been opened for writing."""
    _set_properties(workbook, state)
    book, view = Book(workbook, Styles(workbook), state), View(state)
    add_sheets(book)
    _mark(book)
    write_scorecard_sheet(book, book.sheet(Sheet.SCORECARD), view)
    write_input_sheet(book, book.sheet(Sheet.INPUT))
    _write_local_goals(book)
    write_actions_sheet(book, book.sheet(Sheet.ACTIONS))
    write_deadlines_sheet(book, book.sheet(Sheet.DEADLINES))
    if Sheet.SURVEY in state.layout.sheets:
        write_survey_sheet(book, book.sheet(Sheet.SURVEY), Survey(state))
    write_control_sheet(book, book.sheet(Sheet.CONTROL))
    write_definitions_sheet(book, book.sheet(Sheet.DEFINITIONS))
    write_clarifications_sheet(book, book.sheet(Sheet.CLARIFICATIONS))
    write_history_sheet(book, book.sheet(Sheet.HISTORY))
    write_guide_sheet(book, book.sheet(Sheet.GUIDE))
    write_cells(book.sheet(Sheet.FIGURES), figure_cells(state))
    calculation = book.sheet(Sheet.CALCULATION)
    write_calculation_headings(calculation)
    write_cells(calculation, step_cells(view))
    write_cells(calculation, view.cells())
    write_setup_sheet(book, book.sheet(Sheet.SETUP))


def _mark(book: Book) -> None:
    """The marks come before all other rules of a sheet, so that they are seen."""
    layout = book.state.layout
    for name, reference in column_names(layout.title(Sheet.CONTROL)).items():
        book.workbook.define_name(name, f"={reference}")
    for sheet in MARKED_SHEETS:
        mark_cells(book.styles, book.sheet(sheet), layout.title(sheet))


def _write_local_goals(book: Book) -> None:
    """The two sheets of local goals, and the line of the scorecard sheet that leads there."""
    cells = tuple(local_cells(book.state))
    write_local_sheet(book, book.sheet(Sheet.LOCAL), cells)
    write_cells(book.sheet(Sheet.LOCAL_STEPS), (cell for cell in cells if cell.sheet is Sheet.LOCAL_STEPS))
    line = local_line(book.state)
    link = book.styles("small", font_color=Palette.NAVY, underline=1)
    book.sheet(line.sheet).write_formula(line.row, line.column, "=" + line.formula, link, line.value)


def _set_properties(workbook: Workbook, state: OfficeState) -> None:
    scorecard, submission = state.scorecard, state.submission
    workbook.set_properties(
        {
            "title": scorecard.title,
            "subject": state.texts(SUBJECT, office=submission.office, year=submission.year),
            "author": submission.region or scorecard.top.name,
            "company": submission.region or scorecard.top.name,
            "keywords": f"{scorecard.id} {scorecard.version}",
            # The clock is asked nowhere, so that the same state gives the same bytes.
            "created": datetime.combine(state.today, time(), tzinfo=UTC),
        }
    )


def formula_values(state: OfficeState) -> dict[Sheet, dict[tuple[int, int], Value]]:
    """What every formula of the workbook comes to, by sheet, row and column."""
    values: dict[Sheet, dict[tuple[int, int], Value]] = {}
    for cell in _formula_cells(state):
        values.setdefault(cell.sheet, {})[cell.row, cell.column] = cell.value
    return values


def _formula_cells(state: OfficeState) -> Iterator[FormulaCell]:
    view = View(state)
    yield from figure_cells(state)
    yield from (cell for cell in (*step_cells(view), *view.cells()) if isinstance(cell, FormulaCell))
    yield from scorecard_cells(view)
    if state.has_macros:
        yield computed_by(state)
    yield from (cell for cell in local_cells(state) if isinstance(cell, FormulaCell))
    yield local_line(state)
    yield from action_cells(state)
    yield from deadline_cells(state)
    yield from Survey(state).cells()
    yield from control_cells(state)


def output_values(state: OfficeState) -> dict[Sheet, dict[tuple[int, int], Value]]:
    """What Refresh writes that no formula works out: the control block, the day and the stamps. None empties a cell."""
    return {Sheet.CONTROL: control_values(state), Sheet.SCORECARD: scorecard_output(state)}
