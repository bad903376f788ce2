"""The sheet of local goals: every line is kept, what does not fit is told with its cell, and the scorecard stays as it is."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.intake.local_lines import (
    COUNT,
    DAYS,
    HIGHER,
    LOCAL,
    LOWER,
    MONEY,
    PERCENT,
    Cells,
    cell,
    cell_of_month,
    goals,
    line,
    read,
    with_lines,
)
from tests.intake.offices import LAYOUT, NAV, balances, check, codes, office, only, resaved
from xlmalekort.layout.local import LOCAL_FIRST_PERIOD, LOCAL_FIRST_ROW, LOCAL_HEADING_ROW, LocalColumn
from xlmalekort.layout.office import Sheet
from xlmalekort.locale import texts_of
from xlmalekort.model.measures import Unit
from xlmalekort.model.periods import Period
from xlmalekort.problems import sentence

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from xlmalekort.xlsx import Value

MAY, JUNE = Period.parse("2009-05"), Period.parse("2009-06")


def test_a_line_is_read_with_the_cells_that_it_stands_in() -> None:
    checked = read(line(2, months={5: 0.749, 6: 0}))
    (goal,) = goals(checked)
    assert codes(checked) == []
    assert (goal.position, goal.number, goal.title, goal.unit, goal.better) == (
        2,
        "L.2",
        "Brev innen fem dager",
        Unit.PERCENT,
        "higher",
    )
    assert (goal.target, goal.yellow) == (Fraction(90), Fraction(80))
    assert {period: figure.value for period, figure in goal.figures.items()} == {MAY: Fraction("74.9"), JUNE: 0}
    source = goal.figures[MAY].source
    assert source is not None
    assert (source.sheet, source.cell) == (LOCAL, cell_of_month(5, 2))


def test_lines_with_nothing_but_their_number_are_no_goals() -> None:
    assert goals(check(office())) == ()


@pytest.mark.parametrize("typed", [f" {PERCENT} ", PERCENT])
def test_unit_and_direction_are_known_in_whatever_case(typed: str) -> None:
    (goal,) = goals(read(line(unit=typed, better=LOWER.upper(), yellow=0.95)))
    assert (goal.unit, goal.better) == (Unit.PERCENT, "lower")


@pytest.mark.parametrize(
    ("cells", "code", "where"),
    [
        (line(title=None), "LOC-001", cell(LocalColumn.TITLE)),
        (line(unit=None), "LOC-002", cell(LocalColumn.UNIT)),
        (line(unit="stykker"), "LOC-002", cell(LocalColumn.UNIT)),
        (line(better=None), "LOC-003", cell(LocalColumn.BETTER)),
        (line(better="opp"), "LOC-003", cell(LocalColumn.BETTER)),
        (line(yellow=0.95), "LOC-006", cell(LocalColumn.YELLOW)),
        (line(better=LOWER, yellow=0.8), "LOC-006", cell(LocalColumn.YELLOW)),
        (line(target="ca. 90"), "NUM-001", cell(LocalColumn.TARGET)),
        (line(yellow="80 %"), "NUM-001", cell(LocalColumn.YELLOW)),
        (line(target=90), "NUM-006", cell(LocalColumn.TARGET)),
        (line(months={5: "12 stk"}), "NUM-001", cell_of_month(5)),
        (line(months={5: 74.9}), "NUM-006", cell_of_month(5)),
        (line(unit=COUNT, target=10, yellow=8, months={5: 7.5}), "NUM-005", cell_of_month(5)),
        (line(unit=COUNT, target=10, yellow=8, months={5: -1}), "NUM-004", cell_of_month(5)),
        (line(unit=DAYS, target=10, yellow=8, months={5: True}), "NUM-007", cell_of_month(5)),
        (line(months={8: 0.5}), "PER-001", cell_of_month(8)),
    ],
)
def test_what_does_not_fit_is_told_with_its_cell_and_the_line_is_kept(cells: Cells, code: str, where: str) -> None:
    checked = read(cells)
    problem = only(checked, code)
    assert codes(checked) == [code]
    assert (problem.sheet, problem.cell) == (LOCAL, where)
    assert len(goals(checked)) == 1
    for language in ("nb", "da", "nl", "en"):
        assert "{" not in sentence(problem, texts_of(language))


def test_what_cannot_be_used_is_told_apart_from_what_is_not_there() -> None:
    (goal,) = goals(read(line(target="ca. 90", yellow=None, months={5: "x", 6: "  "})))
    assert (goal.target, goal.yellow) == (None, None)
    assert goal.unusable == {"target"}
    assert {period: figure.value for period, figure in goal.figures.items()} == {MAY: None}


def test_without_a_unit_no_figure_is_read() -> None:
    (goal,) = goals(read(line(unit=None, months={5: 0.749})))
    assert (goal.unit, goal.target, goal.figures) == (None, None, {})


def test_numbers_that_nobody_is_asked_to_round_are_read_in_full() -> None:
    checked = read(line(unit=DAYS, better=LOWER, target=7, yellow=9, months={5: 7.0499999, 6: 10 / 7}))
    (goal,) = goals(checked)
    assert codes(checked) == []
    assert goal.figures[MAY].value == Fraction("7.0499999")
    assert goal.figures[JUNE].value == Fraction("1.428571429")


def test_money_and_percentages_may_be_below_zero() -> None:
    money = line(1, unit=MONEY, target=-100, yellow=-200, months={5: -150})
    share = line(2, target=-0.02, yellow=-0.05, months={5: -0.03})
    assert codes(read(money, share)) == []


# Numbers


@pytest.mark.parametrize("typed", ["B.1", "b.1", "Ø.2"])
def test_a_goal_is_never_mixed_up_with_an_indicator(typed: str) -> None:
    checked = read(line(3, number=typed))
    problem = only(checked, "LOC-005")
    assert (problem.cell, problem.got, problem.slots["number"]) == (cell(LocalColumn.NUMBER, 3), typed, "L.3")
    assert [goal.number for goal in goals(checked)] == ["L.3"]
    assert all(figure.measure == "L.3" for goal in goals(checked) for figure in goal.figures.values())


def test_a_number_that_stands_twice_is_told_and_each_goal_keeps_one_of_its_own() -> None:
    checked = read(line(1, number="T.1"), line(2, number="t.1"), line(3, number="L.2"))
    assert only(checked, "LOC-004").cell == cell(LocalColumn.NUMBER, 2)
    assert [goal.number for goal in goals(checked)] == ["T.1", "LL.2", "L.2"]


# The sheet itself


def test_lines_are_found_below_inserted_rows_and_right_of_inserted_columns() -> None:
    def change(workbook: Workbook, _: Worksheet) -> None:
        sheet = workbook[LOCAL]
        for (row, column), value in line(1, months={5: 0.7}).items():
            sheet.cell(row + 1, column + 1).value = value  # type: ignore[assignment]
        sheet.insert_rows(1, 4)
        sheet.insert_cols(3, 2)

    checked = check(resaved(change))
    (goal,) = goals(checked)
    assert codes(checked) == []
    assert (goal.position, goal.title, goal.target) == (1, "Brev innen fem dager", Fraction(90))
    assert goal.figures[MAY].value == 70


def test_a_column_whose_heading_was_changed_is_taken_for_what_stood_there() -> None:
    changed: Cells = {
        (LOCAL_HEADING_ROW, LocalColumn.TARGET): "Årets mål",
        (LOCAL_HEADING_ROW, LOCAL_FIRST_PERIOD + 4): "",
    }
    checked = read(line(1, months={5: 0.7}), changed)
    (goal,) = goals(checked)
    assert (goal.target, goal.figures[MAY].value) == (Fraction(90), Fraction(70))


def test_what_stands_right_of_the_periods_is_told_and_not_read() -> None:
    beyond = LOCAL_FIRST_PERIOD + len(LAYOUT.choosable) + 1
    checked = read(line(), {(LOCAL_FIRST_ROW, beyond): 12})
    assert only(checked, "STR-010").cell == cell(beyond)


def _without(*sheets: Sheet) -> bytes:
    def change(workbook: Workbook, _: Worksheet) -> None:
        for sheet in sheets:
            del workbook[LAYOUT.title(sheet)]
            workbook.defined_names.pop(sheet.defined_name, None)

    return resaved(change)


def test_an_older_workbook_without_the_sheet_is_read_without_a_word() -> None:
    checked = check(_without(Sheet.LOCAL, Sheet.LOCAL_STEPS))
    assert (codes(checked), goals(checked)) == ([], ())
    assert checked.ledger == check(office()).ledger


def test_a_sheet_without_its_calculation_is_read_and_told() -> None:
    def change(workbook: Workbook, _: Worksheet) -> None:
        del workbook[LAYOUT.title(Sheet.LOCAL_STEPS)]
        workbook[LOCAL].cell(LOCAL_FIRST_ROW + 1, LocalColumn.TITLE + 1).value = "Besøk"

    checked = check(resaved(change))
    assert only(checked, "STR-019").slots["sheet"] == LAYOUT.title(Sheet.LOCAL_STEPS)
    assert [goal.title for goal in goals(checked)] == ["Besøk"]


def test_an_offices_own_sheet_of_the_same_title_is_no_sheet_of_goals() -> None:
    def change(workbook: Workbook, _: Worksheet) -> None:
        for sheet in (Sheet.LOCAL, Sheet.LOCAL_STEPS):
            del workbook[LAYOUT.title(sheet)]
            workbook.defined_names.pop(sheet.defined_name, None)
        workbook.create_sheet(LOCAL).cell(8, 2).value = "Husk å måle"

    checked = check(resaved(change))
    assert (codes(checked), goals(checked)) == (["STR-015"], ())


# Apart from the scorecard

_TYPED: st.SearchStrategy[Value] = st.one_of(
    st.none(),
    st.booleans(),
    st.floats(-1e6, 1e14),
    st.integers(-5, 100),
    st.sampled_from([PERCENT, COUNT, HIGHER, LOWER, "B.1", "L.1", " ", "12,5", "=1+1", "B.1.numerator"]),
)
_PLACES = st.tuples(st.integers(0, 40), st.integers(0, LOCAL_FIRST_PERIOD + 15))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(_PLACES, _TYPED, max_size=25))
def test_whatever_stands_on_the_sheet_changes_nothing_of_the_scorecard(typed: dict[tuple[int, int], Value]) -> None:
    outputs = range(LocalColumn.RESULT, LOCAL_FIRST_PERIOD)
    cells = {(row + LOCAL_FIRST_ROW, column): value for (row, column), value in typed.items() if column not in outputs}
    clean, checked = check(office()), check(with_lines(cells))
    assert checked.submission is not None
    assert clean.submission is not None
    assert checked.submission.figures == clean.submission.figures
    assert checked.submission.reference == clean.submission.reference
    assert checked.submission.comments == clean.submission.comments
    assert checked.ledger == clean.ledger
    assert balances(checked)
    assert {problem.sheet for problem in checked.problems} <= {LOCAL}
    numbers = [goal.number.casefold() for goal in goals(checked)]
    assert len(set(numbers)) == len(numbers)
    assert not set(numbers) & {each.id.casefold() for each in NAV.indicators}
