"""Sheets that only show: a workbook without them is accepted, and their own cells are checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.intake.offices import INPUT, LAYOUT, check, codes, office, only, resaved, values, with_cells
from xlmalekort.layout.cells import a1
from xlmalekort.layout.office import READY_FOR, SCORECARD_AS_OF, SCORECARD_PERIOD, Sheet
from xlmalekort.locale import LANGUAGES, texts_of
from xlmalekort.xlsx import Plain

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_SCORECARD = LAYOUT.title(Sheet.SCORECARD)
_ARE_READ = (Sheet.INPUT, Sheet.LOCAL, Sheet.ACTIONS, Sheet.DEADLINES, Sheet.HISTORY, Sheet.SETUP)
_ONLY_SHOW = [sheet for sheet in LAYOUT.sheets if sheet not in _ARE_READ]


def _without(*sheets: Sheet) -> bytes:
    def change(workbook: Workbook, _: Worksheet) -> None:
        for sheet in sheets:
            del workbook[LAYOUT.title(sheet)]

    return resaved(change)


def _renamed(sheet: Sheet) -> bytes:
    def change(workbook: Workbook, _: Worksheet) -> None:
        workbook[LAYOUT.title(sheet)].title = "Ark99"
        for name in list(workbook.defined_names):
            if name.startswith("mk_"):
                del workbook.defined_names[name]

    return resaved(change)


@pytest.mark.parametrize("sheet", _ONLY_SHOW)
def test_a_missing_sheet_that_only_shows_is_told_and_the_file_is_accepted(sheet: Sheet) -> None:
    checked = check(_without(sheet))
    assert values(checked) == values(check(office()))
    assert only(checked, "STR-019").slots["sheet"] == LAYOUT.title(sheet)
    assert codes(checked) == ["STR-019"]


def test_every_missing_sheet_is_told() -> None:
    checked = check(_without(*_ONLY_SHOW, Sheet.ACTIONS, Sheet.HISTORY))
    assert sorted(codes(checked)) == ["STR-001", "STR-001", *["STR-019"] * len(_ONLY_SHOW)]
    assert checked.is_accepted


@pytest.mark.parametrize("sheet", [each for each in _ARE_READ if each is not Sheet.LOCAL])
def test_a_renamed_sheet_that_is_read_is_not_called_unread_too(sheet: Sheet) -> None:
    checked = check(_renamed(sheet))
    assert values(checked) == values(check(office()))
    problem = only(checked, "STR-002")
    assert (problem.got, problem.slots["sheet"]) == ("Ark99", LAYOUT.title(sheet))
    assert "STR-015" not in codes(checked)


@pytest.mark.parametrize("typed", ["tull", "2009-13", "2008-06", 5])
def test_a_period_chooser_that_names_no_period_of_the_workbook_is_told(typed: str | int) -> None:
    checked = check(with_cells({SCORECARD_PERIOD: typed}, sheet=_SCORECARD))
    problem = only(checked, "PER-005")
    assert (problem.sheet, problem.cell, problem.got) == (_SCORECARD, a1(*SCORECARD_PERIOD), str(typed))
    assert codes(checked) == ["PER-005"]


@pytest.mark.parametrize("typed", ["2009-02", " 2009-02 ", *(texts_of(each).period("2009-02") for each in LANGUAGES)])
def test_a_period_chooser_may_name_a_period_in_any_language(typed: str) -> None:
    assert codes(check(with_cells({SCORECARD_PERIOD: typed}, sheet=_SCORECARD))) == []


@pytest.mark.parametrize("typed", ["tull", "2009-13-45", -5, 1e9])
def test_an_as_of_that_is_no_day_is_told(typed: str | float) -> None:
    checked = check(with_cells({SCORECARD_AS_OF: typed}, sheet=_SCORECARD))
    problem = only(checked, "PER-006")
    assert (problem.sheet, problem.cell) == (_SCORECARD, a1(*SCORECARD_AS_OF))
    assert codes(checked) == ["PER-006"]


@pytest.mark.parametrize("typed", [39994, 39994.5, None])
def test_an_as_of_that_is_a_day_or_empty_is_fine(typed: float | None) -> None:
    assert codes(check(with_cells({SCORECARD_AS_OF: Plain(typed)}, sheet=_SCORECARD))) == []


def test_a_ready_for_that_is_a_formula_without_a_result_is_told() -> None:
    def change(_: Workbook, sheet: Worksheet) -> None:
        sheet.cell(READY_FOR[0] + 1, READY_FOR[1] + 1).value = "=1+1"

    problem = only(check(resaved(change)), "PER-003")
    assert (problem.sheet, problem.cell, problem.got) == (INPUT, a1(*READY_FOR), "=1+1")
