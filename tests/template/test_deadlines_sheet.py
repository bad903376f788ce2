"""The sheet of deadlines, and how actions stand against their day."""

from __future__ import annotations

import io
import warnings
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.support.ooxml import check_workbook_file, formula_complaints
from tests.template.deadline_samples import (
    AGREED,
    DEADLINES,
    FIRST_SPARE,
    LAST_ROW,
    PLAN,
    TODAY,
    state_with_deadlines,
    with_deadlines,
)
from xlmalekort.layout.deadlines import (
    ACTIONS_DUE_DAY_COLUMN,
    ACTIONS_STATE_COLUMN,
    DEADLINES_FIRST_ROW,
    DEADLINES_HEADING_ROW,
    DEADLINES_MESSAGE,
    DEADLINES_TALLY,
    HEADINGS,
    KIND_WORD,
    LOCKED,
    OFFERED_KINDS,
    Column,
    state_label,
)
from xlmalekort.layout.office import ACTIONS_FIRST_ROW, Sheet, layout_of
from xlmalekort.model.deadlines import DeadlineState
from xlmalekort.model.figures import Action, Source
from xlmalekort.scorecards import load_scorecard
from xlmalekort.template.formulas import serial
from xlmalekort.template.office_workbook import formula_values, write_office_workbook
from xlmalekort.template.scorecard_sheet import Column as ScorecardColumn
from xlmalekort.template.state import make_state

if TYPE_CHECKING:
    from pathlib import Path

    from xlmalekort.model.scorecard import Scorecard
    from xlmalekort.template.state import OfficeState, Value

OVERDUE, SOON, OPEN, UNDATED, DONE = DeadlineState
LAYOUT = layout_of(PLAN, PLAN.year)


def opened(state: OfficeState, sheet: Sheet = Sheet.DEADLINES) -> Worksheet:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl says that it does not keep sparklines
        book = openpyxl.load_workbook(io.BytesIO(write_office_workbook(state)))
    found = book[state.layout.title(sheet)]
    assert isinstance(found, Worksheet)
    return found


def held(sheet: Worksheet, row: int, column: int) -> Any:
    return sheet.cell(row + 1, column + 1).value


def values(state: OfficeState, column: Column = Column.STATE) -> dict[int, Value]:
    cells = formula_values(state)[Sheet.DEADLINES]
    return {row: value for (row, each), value in cells.items() if each == column}


def label(state: OfficeState, each: DeadlineState | None) -> str:
    return state_label(each, state.texts) if each is not None else ""


def test_the_lines_of_the_definition_come_first_and_spare_ones_follow() -> None:
    sheet = opened(state_with_deadlines(is_filled=False))
    texts = LAYOUT.texts
    for column, heading in HEADINGS.items():
        assert held(sheet, DEADLINES_HEADING_ROW, column) == texts(heading)
    for row, deadline in enumerate(AGREED, DEADLINES_FIRST_ROW):
        assert held(sheet, row, Column.NUMBER) == deadline.id
        assert held(sheet, row, Column.KIND) == texts(KIND_WORD[deadline.kind])
        assert str(held(sheet, row, Column.WHAT)).startswith(deadline.title)
        assert held(sheet, row, Column.RESPONSIBLE) == deadline.responsible
        due = held(sheet, row, Column.DUE)
        assert (due.date() if deadline.due else due) == (deadline.due or deadline.time_frame)
        assert held(sheet, row, Column.REMARK) == deadline.remark
    assert held(sheet, FIRST_SPARE, Column.WHAT) is None


def test_an_office_writes_when_it_was_done_and_remarks_and_lines_of_its_own_and_nothing_else() -> None:
    sheet = opened(state_with_deadlines())
    unlocked = {
        (row, column)
        for row, cells in enumerate(sheet.iter_rows())
        for column, cell in enumerate(cells)
        if not cell.protection.locked
    }
    agreed = {
        (row, column) for row in range(DEADLINES_FIRST_ROW, FIRST_SPARE) for column in (Column.DONE, Column.REMARK)
    }
    own = {
        (row, column) for row in range(FIRST_SPARE, LAST_ROW + 1) for column in (*LOCKED, Column.DONE, Column.REMARK)
    }
    assert unlocked == agreed | own
    assert sheet.protection.sheet
    assert all(sheet.column_dimensions[letter].hidden for letter in ("J",))


def test_every_cell_that_is_typed_into_has_a_rule_in_the_scorecards_language() -> None:
    sheet = opened(state_with_deadlines())
    rules = sheet.data_validations.dataValidation
    ruled = {(row - 1, column - 1) for rule in rules for area in rule.sqref.ranges for row, column in area.cells}
    assert {(FIRST_SPARE, column) for column in (*LOCKED, Column.DONE, Column.REMARK)} <= ruled
    assert {(DEADLINES_FIRST_ROW, column) for column in (Column.DONE, Column.REMARK)} <= ruled
    assert not {(DEADLINES_FIRST_ROW, column) for column in LOCKED} & ruled
    kinds = next(rule for rule in rules if rule.type == "list")
    assert kinds.formula1 == '"' + ",".join(LAYOUT.texts(KIND_WORD[kind]) for kind in OFFERED_KINDS) + '"'
    days = [rule for rule in rules if rule.type == "date"]
    assert [(rule.formula1, rule.formula2) for rule in days] == [("18264", "401768")] * 2


def test_every_line_says_how_it_stands_and_how_many_days_are_left() -> None:
    state = state_with_deadlines()
    found, days = values(state), values(state, Column.DAYS)
    expected = [OVERDUE, SOON, OPEN, UNDATED, DONE, SOON, OVERDUE, OPEN, OVERDUE, SOON, None, UNDATED, DONE]
    rows = range(DEADLINES_FIRST_ROW, DEADLINES_FIRST_ROW + len(expected))
    assert [found[row] for row in rows] == [label(state, each) for each in expected]
    assert [days[row] for row in rows] == [-31, 0, 138, "", "", 30, -1, 31, -13, 20, "", "", ""]
    assert {found[row] for row in range(rows[-1] + 1, LAST_ROW + 1)} == {""}


def test_the_top_left_says_how_many_are_past_due_and_due_soon() -> None:
    state = state_with_deadlines()
    found = formula_values(state)[Sheet.DEADLINES]
    en = replace_language(PLAN)
    assert formula_values(state_with_deadlines(scorecard=en))[Sheet.DEADLINES][DEADLINES_MESSAGE] == (
        "3 past due, 3 due within 30 days, of 12"
    )
    assert str(found[DEADLINES_TALLY]).count("2") == 3


def test_one_day_of_warning_is_told_in_the_singular() -> None:
    state = state_with_deadlines(scorecard=replace_language(with_deadlines(due_soon_days=1)))
    assert "within 1 day," in str(formula_values(state)[Sheet.DEADLINES][DEADLINES_MESSAGE])


def replace_language(scorecard: Scorecard) -> Scorecard:
    return with_deadlines(scorecard, language="en", due_soon_days=scorecard.due_soon_days)


def test_a_scorecard_without_deadlines_has_the_sheet_for_the_offices_own() -> None:
    state = state_with_deadlines(is_filled=False, scorecard=load_scorecard("nav-buskerud-2009"))
    found = formula_values(state)[Sheet.DEADLINES]
    assert "0" not in str(found[DEADLINES_MESSAGE])
    assert found[DEADLINES_TALLY] == ""
    assert set(values(state)) == set(range(DEADLINES_FIRST_ROW, DEADLINES_FIRST_ROW + 40))


def test_a_deadline_of_an_indicator_that_the_office_is_exempt_from_is_not_asked_for() -> None:
    state = state_with_deadlines(is_filled=False)
    submission = replace(state.submission, exempt=frozenset({"B.8"}))
    sheet = opened(make_state(PLAN, submission, state.chosen, TODAY, ()))
    assert held(sheet, DEADLINES_FIRST_ROW, Column.NUMBER) == "1.2"


def test_lines_stand_where_they_were_read_and_one_that_the_file_lacks_has_no_row() -> None:
    state = state_with_deadlines()
    source = Source("f.xlsx", "Frister", f"B{LAST_ROW + 1}")
    moved = replace(state.submission.deadlines[0], source=source)
    state = make_state(PLAN, replace(state.submission, deadlines=(moved,)), state.chosen, TODAY, ())
    found = values(state)
    assert found[LAST_ROW] == label(state, OVERDUE)
    assert list(found.values()).count(label(state, OVERDUE)) == 1
    assert {each for row, each in found.items() if row != LAST_ROW} == {""}


def test_no_formula_needs_more_than_excel_2016() -> None:
    for sheet in (Sheet.DEADLINES, Sheet.ACTIONS):
        for row in opened(state_with_deadlines(), sheet).iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    assert formula_complaints(str(cell.value)[1:]) == []
                    assert len(str(cell.value)) < 8_000


def test_excel_would_open_it(tmp_path: Path) -> None:
    path = tmp_path / "office.xlsx"
    path.write_bytes(write_office_workbook(state_with_deadlines()))
    assert check_workbook_file(path, allowed_errors={"#N/A"}) == []


# Actions


def with_actions(*actions: Action, today: date = TODAY) -> OfficeState:
    state = state_with_deadlines(today)
    return make_state(PLAN, replace(state.submission, actions=actions), state.chosen, today, ())


@pytest.mark.parametrize(
    ("due", "said", "expected"),
    [
        ("2009-07-14", "i gang", OVERDUE),
        ("2009-07-15", "i gang", SOON),
        ("2009-08-14", "", SOON),
        ("2009-08-15", "planlagt", OPEN),
        ("", "planlagt", UNDATED),
        ("i høst", "planlagt", None),
        ("2009-07-14", "Utført", DONE),
        ("i høst", "udført", DONE),
        ("", "klaar", DONE),
    ],
)
def test_an_action_is_told_in_the_words_of_deadlines(due: str, said: str, expected: DeadlineState | None) -> None:
    state = with_actions(Action("B.1", "", "Ringe", "Veileder", due, said))
    found = formula_values(state)[Sheet.ACTIONS]
    assert found[ACTIONS_FIRST_ROW, ACTIONS_STATE_COLUMN] == label(state, expected)
    assert found[ACTIONS_FIRST_ROW + 1, ACTIONS_STATE_COLUMN] == ""
    day = date.fromisoformat(due) if due.startswith("2009") else None
    assert found[ACTIONS_FIRST_ROW, ACTIONS_DUE_DAY_COLUMN] == (serial(day) if day else "")


def test_the_scorecard_counts_the_actions_that_are_not_done() -> None:
    line = Action("B.1", "", "Ringe", "Veileder", "2009-07-14", "i gang")
    state = with_actions(line, replace(line, state=""), replace(line, state="UTFØRT"), replace(line, state="klaar"))
    row = state.layout.scorecard_rows["B.1"]
    assert formula_values(state)[Sheet.SCORECARD][row, ScorecardColumn.ACTIONS] == 2


def test_an_action_stands_in_the_row_that_it_was_read_from() -> None:
    source = Source("f.xlsx", "Tiltak", f"A{ACTIONS_FIRST_ROW + 10}")
    state = with_actions(
        Action("B.1", "", "Ringe", "", "2009-07-14", "", source), Action("B.2", "", "Skrive", "", "", "")
    )
    found = formula_values(state)[Sheet.ACTIONS]
    assert found[ACTIONS_FIRST_ROW + 9, ACTIONS_STATE_COLUMN] == label(state, OVERDUE)
    assert found[ACTIONS_FIRST_ROW, ACTIONS_STATE_COLUMN] == label(state, UNDATED)


def test_what_is_past_due_tomorrow_is_due_today() -> None:
    tomorrow = state_with_deadlines(TODAY + timedelta(1))
    row = DEADLINES_FIRST_ROW + 1
    assert values(state_with_deadlines())[row] == label(tomorrow, SOON)
    assert values(tomorrow)[row] == label(tomorrow, OVERDUE)


def test_a_row_is_high_enough_for_a_time_frame_in_many_words() -> None:
    first, *others = DEADLINES
    frame = "i løpet av høsten, når det er kommet nok svar på undersøkelsen"
    words = {key: value for key, value in first.items() if key not in ("due", "goal", "indicator")}
    plain, long = (
        opened(state_with_deadlines(is_filled=False, scorecard=with_deadlines(deadlines=[words | more, *others])))
        for more in ({}, {"time_frame": frame})
    )
    row = DEADLINES_FIRST_ROW + 1
    assert (long.row_dimensions[row].height or 0) > (plain.row_dimensions[row].height or 0)
