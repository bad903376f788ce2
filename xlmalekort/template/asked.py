"""What Python is asked about a status, in a workbook with macros, and what becomes of its answer.

The status is Python's wherever Python is alive and answers with one, else that of the native formula:
`IFERROR(INDEX(codes,MATCH(MK_STATUS(...),codes,0)),native)`, in three cells, so that each can be seen beside the others.
A function that is missing, fails, has nothing to say or returns the text of an error is no status, so the native one counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlmalekort.layout import look
from xlmalekort.layout.card import CARD_NAME
from xlmalekort.layout.cells import column_name
from xlmalekort.layout.office import (
    ANSWER_COLUMN,
    CALC_FIRST_ROW,
    CALC_HEADING_ROW,
    COMPUTED_BY,
    NATIVE_COLUMN,
    Calc,
    Sheet,
)
from xlmalekort.locale import N_
from xlmalekort.model.targets import Against, OwnTarget
from xlmalekort.problems.problem import Severity
from xlmalekort.template.calculation import all_undecided, cases_before_bands, rows_of
from xlmalekort.template.formulas import any_of, concatenated, text_literal
from xlmalekort.template.state import ConstantCell, FormulaCell
from xlmalekort.template.view import labels_range, statuses_range

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlmalekort.layout.office import OfficeLayout
    from xlmalekort.template.calculation import CalculationRow
    from xlmalekort.template.conditions import Held
    from xlmalekort.template.state import OfficeState
    from xlmalekort.template.view import View

COMPUTED_BY_NAME = "mk_computed_by"

BY_EXCEL = N_("Computed by Excel")
BY_PYTHON = N_("Computed by Python")
DISAGREE = N_(
    "Different results in {count} places, such as {indicator} for {period}: {python} by Python, {excel} by Excel"
)
UNSURE = look.SEVERITY_SYMBOL[Severity.ERROR]
"""With what the line begins where the two disagree."""

_NOTHING = '""'


def step_cells(view: View) -> Iterator[FormulaCell | ConstantCell]:
    """Every cell of the calculation sheet's steps; in a workbook with macros the statuses that Python may answer for too."""
    asked = _asked_rows(view.state) if view.state.has_macros else {}
    for cell in view.calculation:
        question = asked.get(cell.row) if cell.column == Calc.STATUS.column else None
        if question is None or not isinstance(cell, FormulaCell):
            yield cell
            continue
        native, answer = (f"${column_name(column)}{cell.row + 1}" for column in (NATIVE_COLUMN, ANSWER_COLUMN))
        yield FormulaCell(cell.sheet, cell.row, NATIVE_COLUMN, cell.formula, cell.value)
        # Without Python nobody answers, which is also what is written when the workbook is made.
        yield FormulaCell(cell.sheet, cell.row, ANSWER_COLUMN, question, "")
        codes = statuses_range(view.state.layout)
        formula = f"IFERROR(INDEX({codes},MATCH({answer},{codes},0)),{native})"
        yield FormulaCell(cell.sheet, cell.row, cell.column, formula, cell.value)
    if asked:
        yield ConstantCell(Sheet.CALCULATION, CALC_HEADING_ROW, NATIVE_COLUMN, "native")
        yield ConstantCell(Sheet.CALCULATION, CALC_HEADING_ROW, ANSWER_COLUMN, "python")


def _asked_rows(state: OfficeState) -> dict[int, str]:
    """What Python is asked, by the row of the calculation sheet, for the rows whose status it can answer for."""
    rows = rows_of(state)
    questions = ((number, _question(rows[key])) for key, number in state.layout.calc_rows.items())
    return {number: question for number, question in questions if question}


def _question(found: CalculationRow) -> str:
    """The formula that asks: nothing where the status does not come from holding the value against a band.

    Empty for a row without a target, and for one whose two conditions compare with two different numbers.
    """
    row, held = found.row, found.held
    if not held or all_undecided(held) == "TRUE":
        return ""
    references = {reference for each in held if (reference := _reference(each))}
    if len(references) > 1:
        return ""
    reference = references.pop() if references else _NOTHING
    first = held[0].condition.target
    own = first if isinstance(first, OwnTarget) else None
    target = row.typed(own.target) if own else _NOTHING
    yellow = row.typed(own.yellow) if own and own.yellow else _NOTHING
    about = ",".join(row.cell(step) for step in (Calc.INDICATOR, Calc.VALUE, Calc.PERIOD))
    earlier = any_of([test for test, _ in cases_before_bands(row, held)])
    asked = f"MK_STATUS({about},{reference},{target},{yellow},{CARD_NAME})"
    return f'IF({earlier},"",IFERROR({asked},""))'


def _reference(held: Held) -> str:
    """What a condition compares with, as it is and not as it is shown; empty where it compares with nothing."""
    if not isinstance(held.condition.target, Against):
        return ""
    found = held.reference(held.condition.target)
    if found is None:
        return ""
    is_there, above, below = found
    return f'IF({is_there},{above}/{below},"")'


def computed_by(state: OfficeState) -> FormulaCell:
    """The cell that says who worked the statuses out, and where the two disagree."""
    layout, texts = state.layout, state.texts
    codes, answers, natives = statuses_range(layout), _column(layout, ANSWER_COLUMN), _column(layout, NATIVE_COLUMN)
    answered = f"ISNUMBER(MATCH({answers},{codes},0))"
    other = f"{answered}*({answers}<>{natives})"
    last = f"SUMPRODUCT(MAX({other}*ROW({answers})))"

    def at(column: int) -> str:
        letters = column_name(column)
        return f"INDEX({layout.quoted(Sheet.CALCULATION)}!${letters}:${letters},{last})"

    slots = {
        "count": f"SUMPRODUCT({other})",
        "indicator": at(Calc.INDICATOR.column),
        "period": at(Calc.NAME.column),
        "python": f"INDEX({labels_range(layout)},MATCH({at(ANSWER_COLUMN)},{codes},0))",
        "excel": f"INDEX({labels_range(layout)},MATCH({at(NATIVE_COLUMN)},{codes},0))",
    }
    disagree = f"{text_literal(UNSURE + ' ')}&{concatenated(texts(DISAGREE), slots)}"
    by_excel, by_python = (text_literal(texts(words)) for words in (BY_EXCEL, BY_PYTHON))
    formula = f"IF(SUMPRODUCT(--{answered})=0,{by_excel},IF({slots['count']}=0,{by_python},{disagree}))"
    return FormulaCell(Sheet.SCORECARD, *COMPUTED_BY, formula, texts(BY_EXCEL))


def _column(layout: OfficeLayout, column: int) -> str:
    letters, last = column_name(column), CALC_FIRST_ROW + len(layout.calc_rows)
    return f"{layout.quoted(Sheet.CALCULATION)}!${letters}${CALC_FIRST_ROW + 1}:${letters}${last}"
