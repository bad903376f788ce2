"""The sheet of local goals: rules that refuse what the checks would, and nothing that Excel cannot open."""

from __future__ import annotations

import io
import warnings
from dataclasses import replace
from typing import TYPE_CHECKING

import openpyxl
import pytest
from xlsxwriter import Workbook

from tests.parity.test_local_goals import TODAY, blank_state
from tests.support.libreoffice import LibreOffice, SetCell
from tests.support.ooxml import check_workbook_file, formula_complaints
from tests.template.samples import office_state
from xlmalekort.intake.local_sheet import LOCAL_RULES
from xlmalekort.intake.numbers import read_number
from xlmalekort.layout.cells import a1
from xlmalekort.layout.local import LOCAL_FIRST_PERIOD, LOCAL_FIRST_ROW, LOCAL_ROWS, LocalColumn
from xlmalekort.layout.look import UNIT_WORDS
from xlmalekort.layout.office import SCORECARD_PERIOD, Sheet
from xlmalekort.locale import texts_of
from xlmalekort.model.local_goals import LocalGoal
from xlmalekort.model.measures import Unit
from xlmalekort.scorecards import load_scorecard
from xlmalekort.template.local_sheet import fits_formula
from xlmalekort.template.office_workbook import formula_values, write_office_workbook
from xlmalekort.template.state import make_state
from xlmalekort.xlsx.formats import NumberFormats
from xlmalekort.xlsx.sheet import RawCell

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.workbook import Workbook as OpenedBook

NAV = load_scorecard("nav-buskerud-2009")
UWV = load_scorecard("uwv-pacta-2006")


def opened(content: bytes) -> OpenedBook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about sparklines, which openpyxl does not keep
        return openpyxl.load_workbook(io.BytesIO(content))


def test_every_line_offers_units_and_directions_and_refuses_what_does_not_fit() -> None:
    state = blank_state()
    book = opened(write_office_workbook(office_state(NAV, "2009-06", TODAY)))
    rules = book[state.layout.title(Sheet.LOCAL)].data_validations.dataValidation
    ruled = {place for rule in rules for area in rule.sqref.ranges for place in area.cells}
    typed = [column for column in LocalColumn if column.is_typed]
    columns = [*typed, *range(LOCAL_FIRST_PERIOD, LOCAL_FIRST_PERIOD + 12)]
    lines = range(LOCAL_FIRST_ROW, LOCAL_FIRST_ROW + LOCAL_ROWS)
    assert ruled == {(row + 1, column + 1) for row in lines for column in columns}
    assert all(rule.promptTitle or rule.prompt for rule in rules)


@pytest.mark.parametrize("scorecard", [NAV, UWV])
def test_it_opens_and_needs_no_more_than_excel_2016(scorecard: object, tmp_path: Path) -> None:
    state = office_state(UWV, "2006-09", TODAY) if scorecard is UWV else office_state(NAV, "2009-06", TODAY)
    goals = tuple(
        LocalGoal(position, f"L.{position}", "=1+1 & <x>", Unit.PERCENT, "higher") for position in range(1, 19)
    )
    state = make_state(state.scorecard, replace(state.submission, local_goals=goals), state.chosen, TODAY, ())
    path = tmp_path / "office.xlsx"
    path.write_bytes(write_office_workbook(state))
    assert check_workbook_file(path, allowed_errors={"#N/A"}) == []
    book = opened(path.read_bytes())
    for sheet in (Sheet.LOCAL, Sheet.LOCAL_STEPS):
        rows = book[state.layout.title(sheet)].iter_rows()
        formulas = [str(held.value) for row in rows for held in row if held.data_type == "f"]
        assert formulas
        assert not [each for formula in formulas for each in formula_complaints(formula[1:])]


@pytest.mark.libreoffice
def test_the_input_rule_takes_what_the_checks_take(tmp_path: Path) -> None:
    """The rule's formula, put into cells, is asked about numbers that the checks read as well."""
    texts = texts_of("nb")
    asked = [(unit, number) for unit in Unit for number in (0.0, 1.0, 1.01, -0.5, -3.0, 7.0, 7.5, 1e12, 1e13)]
    path, column = tmp_path / "rules.xlsx", LOCAL_FIRST_PERIOD
    book = Workbook(path)
    sheet = book.add_worksheet("A")
    for row, (unit, number) in enumerate(asked):
        sheet.write_string(row, LocalColumn.UNIT, texts(UNIT_WORDS[unit]))
        sheet.write_number(row, column, number)
        sheet.write_formula(row, column + 1, fits_formula(texts, column, row))
    book.close()
    with LibreOffice() as office:
        found = office.recalculate(path, {"A": f"{a1(0, column + 1)}:{a1(len(asked) - 1, column + 1)}"})["A"]
    cells = [RawCell("number", repr(number), None, 0, is_external=False) for _, number in asked]
    read = [
        read_number(cell, LOCAL_RULES[unit], NumberFormats()).value is not None
        for cell, (unit, _) in zip(cells, asked, strict=True)
    ]
    assert [bool(row[0]) for row in found] == read


@pytest.mark.libreoffice
def test_a_chooser_that_names_no_period_shows_no_result_and_no_error(tmp_path: Path) -> None:
    state = office_state(NAV, "2009-06", TODAY)
    goals = (LocalGoal(1, "L.1", "Besøk", Unit.COUNT, "higher"),)
    state = make_state(NAV, replace(state.submission, local_goals=goals), state.chosen, TODAY, ())
    path = tmp_path / "office.xlsx"
    path.write_bytes(write_office_workbook(state))
    title, card = (state.layout.title(sheet) for sheet in (Sheet.LOCAL, Sheet.SCORECARD))
    area = f"{a1(LOCAL_FIRST_ROW, LocalColumn.RESULT)}:{a1(LOCAL_FIRST_ROW, LocalColumn.WHY)}"
    with LibreOffice() as office:
        chosen = [SetCell(card, a1(*SCORECARD_PERIOD), "juni")]
        rows = office.recalculate(path, {title: area}, set_cells=chosen)
    assert [value or "" for value in rows[title][0]] == ["", "", ""]


def test_goals_of_every_frequency_have_a_column_for_each_choosable_period() -> None:
    state = office_state(UWV, "2006-09", TODAY)
    columns = {column for row, column in formula_values(state)[Sheet.LOCAL] if row >= LOCAL_FIRST_ROW}
    assert columns == {LocalColumn.RESULT, LocalColumn.STATUS, LocalColumn.WHY}
