"""Figures files and lists of cells name every field of every kind of figure and target."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.intake.plain import cell, plain_workbook
from tests.support.cards import (
    AMOUNT,
    CHANGE,
    RATE_CHANGE,
    SHARE,
    UNDECIDED,
    against,
    at_least,
    at_most,
    card,
    indicator,
    milestone,
    survey,
)
from xlmalekort.intake.cells import InputCell, list_cells
from xlmalekort.intake.figures_file import FiguresFile, read_figures
from xlmalekort.locale import texts_of
from xlmalekort.problems import sentence

EVERY_KIND = card(
    indicator("Rate", SHARE, against("outside", "lower"), frequency="term"),
    indicator(
        "Absence",
        RATE_CHANGE | {"value": "off", "per": "days", "against": "baseline", "baseline": "before"},
        at_most(-10),
        frequency="quarter",
    ),
    indicator("Complaints", {**AMOUNT, "value": "complaints"}, at_most(4), frequency="term", decimals=0),
    indicator("Asked", survey(6), UNDECIDED, frequency="year"),
    indicator("Yes", survey(6, 1, 2), UNDECIDED, frequency="year"),
    indicator("Handbook", {**AMOUNT, "value": "steps"}, milestone("2014-06-30"), decimals=0),
    indicator("Inflow", {**CHANGE, "value": "inflow"}, at_least(0)),
    indicator("Stock", {**AMOUNT, "value": "stock"}, at_least(0), frequency="quarter"),
    measures=[
        {"id": "r", "frequency": "year", "unit": "percent", "decimals": 1},
        {"id": "before", "frequency": "year", "unit": "points", "decimals": 1},
        {"id": "complaints", "frequency": "month"},
        {"id": "stock", "frequency": "month", "kind": "stock"},
    ],
)


def read(*lines: str) -> FiguresFile:
    content = "\n".join(["indicator,field,period,value", *lines]).encode()
    return read_figures(content, "f.csv", EVERY_KIND, 2014, ("Tenkeby",))


def cells(file: FiguresFile) -> dict[str, object]:
    assert file.problems == ()
    return {f"{entry.line_id}@{entry.period}": entry.value for entry in file.entries}


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("Rate,reference,2014,6.1", "r@2014"),
        ("Rate,reference,2014-T1,6.1", "r@2014"),
        ("Rate,reference,2014-07,6.1", "r@2014"),
        ("Rate,reference,2013-T1,6.1", "r@2013"),
        ("Absence,numerator,2014-Q1,6", "off@2014-Q1"),
        ("Absence,denominator,2013-Q1,6", "days@2013-Q1"),
        ("Absence,baseline,2014,6.1", "before@2014"),
        ("Absence,baseline,2013,6.1", "before@2014"),
        ("Absence,baseline,2014-Q3,6.1", "before@2014"),
        ("Absence,baseline,2013-Q3,6.1", "before@2014"),
        ("Asked,count_1,2014,6", "c1@2014"),
        ("Yes,count_6,2014,6", "c6@2014"),
        ("Handbook,done,2014-01,1", "steps@2014-01"),
        ("Handbook,VALUE,2014-01,1", "steps@2014-01"),
        ("Inflow,value,2013-01,6", "inflow@2013-01"),
    ],
)
def test_a_line_is_a_figure_of_its_cell(line: str, place: str) -> None:
    assert list(cells(read(line))) == [place]


def test_values_are_in_the_unit_shown() -> None:
    assert cells(read("Rate,reference,2014-T1,6.1")) == {"r@2014": Fraction(61, 10)}


@pytest.mark.parametrize(
    "lines",
    [
        ("Rate,reference,2014-T1,6.1", "Rate,reference,2014-T2,6.2"),
        ("Absence,baseline,2013,6.1", "Absence,baseline,2014,6.2"),
        ("Handbook,value,2014-01,1", "Handbook,done,2014-01,0"),
        ("Asked,count_1,2014,6", "Yes,count_1,2014,7"),
    ],
)
def test_two_lines_that_give_one_cell_different_values_are_an_error(lines: tuple[str, str]) -> None:
    file = read(*lines)
    assert (file.entries, [(each.code, each.line) for each in file.problems]) == ((), [("CSV-010", 3)])


def test_two_lines_that_give_one_cell_the_same_value_are_one_figure() -> None:
    assert len(cells(read("Rate,reference,2014-T1,6.1", "Rate,reference,2014-T2,6.1"))) == 1


@pytest.mark.parametrize(
    ("line", "periods"),
    [
        ("Complaints,value,2014-T1,4", "2014-01, 2014-02, 2014-03, 2014-04"),
        ("Stock,value,2014-Q2,4", "2014-06"),
    ],
)
def test_one_number_is_not_shared_out_among_shorter_periods(line: str, periods: str) -> None:
    (problem,) = read(line).problems
    assert problem.code == "CSV-021"
    assert sentence(problem, texts_of("en")).endswith(
        f"a single number cannot be shared out. Give a line for each of {periods}."
    )


@pytest.mark.parametrize(
    "line",
    [
        "Asked,count_1,2014-10,6",  # what was counted in a month is not that of the year
        "Rate,numerator,2014-01,6",
        "Rate,reference,2012,6",
        "Absence,baseline,2012,6",
        "Complaints,value,2012-T1,6",
        "Inflow,value,2014-Q1,4",
    ],
)
def test_what_has_no_cell_is_told(line: str) -> None:
    assert [each.code for each in read(line).problems] == ["CSV-007"]


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("Inflow,done,2014-01,6", "value, comment"),
        ("Asked,value,2014,6", "count_1, count_2, count_3, count_4, count_5, count_6, comment"),
        ("Absence,reference,2014,6", "numerator, denominator, baseline, comment"),
        ("Handbook,numerator,2014-01,6", "done, comment"),
    ],
)
def test_a_field_that_the_indicator_does_not_have_is_told_with_those_it_has(line: str, fields: str) -> None:
    (problem,) = read(line).problems
    assert (problem.code, problem.slots["fields"]) == ("CSV-005", fields)


def listed() -> dict[str, InputCell]:
    figures: dict[str, int | str | Fraction] = {
        "r@2014": "text",
        "before@2014": Fraction(61, 10),
        "c1@2014": 6,
        "off@2013-Q1": 3,
    }
    found = list_cells(plain_workbook(EVERY_KIND, figures), "f.xlsx", with_history=True)
    assert isinstance(found, tuple)
    return {f"{each.measure}@{each.period}": each for each in found}


@pytest.mark.parametrize(
    ("place", "used_by"),
    [
        ("r@2014", (("Rate", "reference"),)),
        ("before@2014", (("Absence", "baseline"),)),
        ("days@2014-Q1", (("Absence", "denominator"),)),
        ("c1@2014", (("Asked", "count_1"), ("Yes", "count_1"))),
        ("steps@2014-01", (("Handbook", "done"),)),
        ("complaints@2014-01", (("Complaints", "value"),)),
    ],
)
def test_each_cell_names_its_field_and_all_that_use_it(place: str, used_by: tuple[tuple[str, str], ...]) -> None:
    found = listed()[place]
    assert (found.used_by, (found.indicator, found.field)) == (used_by, used_by[0])
    assert found.cell == cell(EVERY_KIND, place)


def test_a_cell_has_its_value_in_the_unit_shown_and_what_stands_in_it() -> None:
    found = listed()
    assert (found["before@2014"].value, found["before@2014"].raw) == (Fraction(61, 10), "6.1")
    assert (found["r@2014"].value, found["r@2014"].raw) == (None, "text")


def test_the_cells_of_the_year_before_are_listed_on_their_own_sheet() -> None:
    before = listed()["off@2013-Q1"]
    assert before.sheet == "History"
    assert before.value == 3
    assert [str(field) for _, field in before.used_by] == ["numerator"]
