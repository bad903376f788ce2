from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape
from python_calamine import CalamineWorkbook

from tests.summary.rollups import example, offices_of, roll_up_offices
from tests.summary.test_region_workbook import opened
from tests.support.ooxml import check_workbook_file
from xlmalekort.locale import LANGUAGES, texts_of
from xlmalekort.model.measures import Level, Unit
from xlmalekort.scorecards.loader import load_scorecard
from xlmalekort.summary import write_region_workbook
from xlmalekort.summary.book import Book, clean
from xlmalekort.summary.problem_list import write_problems
from xlmalekort.summary.tidy import write_tidy
from xlmalekort.summary.tidy_sheet import fill_sheets
from xlmalekort.summary.view import View

if TYPE_CHECKING:
    from pathlib import Path

    from xlmalekort.rollup.results import RollUp

NB = texts_of("nb")


def table(content: bytes, title: str) -> list[list[object]]:
    workbook = CalamineWorkbook.from_filelike(BytesIO(content))
    return [list(row) for row in workbook.get_sheet_by_name(title).to_python(skip_empty_area=False)]


@pytest.fixture(scope="module")
def rollup() -> RollUp:
    return example()


@pytest.fixture(scope="module")
def content(rollup: RollUp) -> bytes:
    return write_region_workbook(rollup)


def test_every_result_has_its_row(rollup: RollUp, content: bytes) -> None:
    rows = table(content, NB("Results"))[1:]
    assert len(rows) == len(rollup.results)
    for row, result in zip(rows, rollup.results, strict=True):
        assert row[0] == result.indicator.id
        assert row[2:5] == [result.period.code, result.unit.level, result.unit.name]
        for cell, part in ((row[5], result.numerator), (row[6], result.denominator)):
            assert cell == ("" if part is None else pytest.approx(float(part)))
        scale = 100 if result.indicator.is_percent else 1
        value = result.judgement.value
        assert row[7] == ("" if value is None else pytest.approx(float(value) / scale))
        assert row[8:10] == [result.judgement.status, result.reported]
        assert row[10] == ("" if result.expected is None else result.expected)
        assert row[11:] == ["" if result.is_complete is None else result.is_complete, result.is_partial]


def test_every_counted_figure_has_a_row_with_its_cell(rollup: RollUp, content: bytes) -> None:
    rows = {(row[1], row[4], row[6]): row for row in table(content, NB("Data"))[1:]}
    measures = rollup.scorecard.measure
    expected = 0
    for submission in rollup.submissions:
        for (measure, period), figure in submission.figures.items():
            if measures[measure].level is not Level.OFFICE or not submission.counts(period, rollup.today):
                continue
            expected += 1
            row = rows[submission.office, measure, period.code]
            assert figure.source is not None
            assert row[8:] == [figure.source.file, figure.source.sheet, figure.source.cell]
            scale = 100 if measures[measure].unit is Unit.PERCENT else 1
            assert row[7] == pytest.approx(float(figure.value or 0) / scale)
    assert expected == sum(row[0] == Level.OFFICE for row in rows.values())


def test_what_is_held_for_an_area_stands_once(rollup: RollUp, content: bytes) -> None:
    rows = [row for row in table(content, NB("Data"))[1:] if row[4] == "B.4.plan"]
    assert {row[0] for row in rows} == {"area"}
    assert len({(row[1], row[6]) for row in rows}) == len(rows)


def test_rows_beyond_a_sheet_go_on_in_the_next(rollup: RollUp, tmp_path: Path) -> None:
    view = View(rollup)
    book = Book(view)
    tidy = write_tidy(book, most_rows=3000)
    path = tmp_path / "split.xlsx"
    path.write_bytes(fill_sheets(book.finish(), tidy))
    assert check_workbook_file(path) == []
    workbook = CalamineWorkbook.from_path(path)
    counts = {name: len(workbook.get_sheet_by_name(name).to_python()) - 1 for name in workbook.sheet_names}
    assert max(counts.values()) == 3000
    data, results = NB("Data"), NB("Results")
    assert counts[data] + counts[f"{data} (2)"] == len(rollup.facts)
    assert counts[results] + counts[f"{results} (2)"] == len(rollup.results)


def test_a_table_has_every_row_below_its_heading_and_headings_that_differ_in_every_language() -> None:
    for language in LANGUAGES:
        definition = load_scorecard("nav-buskerud-2009").model_copy(update={"language": language})
        rollup = roll_up_offices(definition, offices_of(2), 2009, plain=True)
        workbook = opened(write_region_workbook(rollup))
        tables = [table for page in workbook for table in page.tables.values()]
        assert [len(set(each.column_names)) for each in tables] == [11, 13]
        assert tables[1].ref == f"A1:M{len(rollup.results) + 1}"


@settings(max_examples=12, deadline=None, derandomize=True)
@given(st.text(min_size=1, max_size=40))
def test_any_name_comes_back_as_it_was(name: str) -> None:
    rollup = roll_up_offices(load_scorecard("uwv-pacta-2006"), offices_of(1, names=()), 2006, plain=True)
    changed = tuple(fact._replace(unit=name) for fact in rollup.facts)
    book = Book(View(replace(rollup, facts=changed)))
    tidy = write_tidy(book)
    workbook = opened(fill_sheets(book.finish(), tidy))
    cell = unescape(str(workbook.worksheets[0]["B2"].value or ""))
    # Spreadsheets know one line end.
    assert cell.replace("\r\n", "\n") == clean(name).replace("\r\n", "\n")


def test_problems_that_do_not_fit_are_counted_in_the_last_line(rollup: RollUp) -> None:
    book = Book(View(replace(rollup, problems=rollup.problems * 4)))
    write_problems(book, most_rows=12)
    page = opened(book.finish()).worksheets[0]
    total = len(rollup.problems) * 4
    assert page.max_row == 12
    assert str(total - 7) in str(page["A12"].value)
