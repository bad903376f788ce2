"""The sheet of actions: every line is kept, and what does not fit is told with its cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.intake.offices import LAYOUT, check, codes, office, only, resaved, with_cells
from xlmalekort.layout.cells import a1
from xlmalekort.layout.office import ACTIONS_FIRST_ROW, Sheet
from xlmalekort.locale import LANGUAGES, texts_of

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from xlmalekort.model.figures import Action, CheckedFile
    from xlmalekort.xlsx import Value

_SHEET = LAYOUT.title(Sheet.ACTIONS)
_ROW = ACTIONS_FIRST_ROW + 1


def _with_line(*fields: Value) -> bytes:
    return with_cells({(_ROW, column): value for column, value in enumerate(fields)}, sheet=_SHEET)


def _last(checked: CheckedFile) -> Action:
    assert checked.submission is not None
    assert len(checked.submission.actions) == 2
    return checked.submission.actions[-1]


@pytest.mark.parametrize(
    ("fields", "code", "column", "got"),
    [
        (("B.99", "x", "y", "z", None, None), "ACT-001", 0, "B.99"),
        ((None, "x", "y", "z", None, None), "ACT-002", 0, None),
        (("B.1", "x", "y", "z", "2009-13-45", None), "ACT-003", 4, "2009-13-45"),
        (("B.1", "x", "y", "z", None, "ferdig??"), "ACT-004", 5, "ferdig??"),
    ],
)
def test_an_action_that_does_not_fit_is_kept_and_told_with_its_cell(
    fields: tuple[str | None, ...], code: str, column: int, got: str | None
) -> None:
    checked = check(_with_line(*fields))
    problem = only(checked, code)
    assert codes(checked) == [code]
    assert (problem.sheet, problem.cell, problem.got) == (_SHEET, a1(_ROW, column), got)
    kept = _last(checked)
    held = (kept.indicator, kept.cause, kept.action, kept.responsible, kept.due, kept.state)
    assert held == tuple(field or "" for field in fields)


@pytest.mark.parametrize("typed", ["b.1", " B.1: ", "b.1 Dialogmøte", "B.1"])
def test_an_indicator_is_known_in_whatever_case_and_with_its_title(typed: str) -> None:
    checked = check(_with_line(typed, None, "y", None, None, None))
    assert (codes(checked), _last(checked).indicator) == ([], "B.1")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_state_is_known_in_every_language(language: str) -> None:
    for state in ("planned", "in progress", "done"):
        checked = check(_with_line("B.1", None, "y", None, "2009-08-01", texts_of(language)(state).upper()))
        assert codes(checked) == []


def test_actions_are_found_below_rows_that_were_inserted_above_their_heading() -> None:
    def change(workbook: Workbook, _: Worksheet) -> None:
        workbook[_SHEET].insert_rows(1, 7)

    clean, moved = check(office()).submission, check(resaved(change)).submission
    assert clean is not None
    assert moved is not None
    assert [each.action for each in moved.actions] == [each.action for each in clean.actions] == ["Kalle inn"]
    assert moved.actions[0].source is not None
    assert moved.actions[0].source.cell == a1(ACTIONS_FIRST_ROW + 7, 0)
