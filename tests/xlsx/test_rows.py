"""Large plain tables are read row by row, and say what the raw reader says."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from xlmalekort.problems import Problem
from xlmalekort.xlsx import RawWorkbook, open_package, read_workbook
from xlmalekort.xlsx.archive import replace_members
from xlmalekort.xlsx.rows import read_rows

SHEET = "xl/worksheets/sheet1.xml"
VALUES = st.one_of(
    st.none(),
    st.integers(-9999, 9999),
    st.booleans(),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=8),
)


def opened(content: bytes) -> RawWorkbook:
    package = open_package(content, "table.xlsx")
    assert not isinstance(package, Problem)
    workbook = read_workbook(package)
    assert not isinstance(workbook, Problem)
    return workbook


def table(rows: list[list[object]]) -> bytes:
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"strings_to_urls": False, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        for row, values in enumerate(rows):
            for column, value in enumerate(values):
                if isinstance(value, str):
                    sheet.write_string(row, column, value)
                elif value is not None:
                    sheet.write(row, column, value)
    return stream.getvalue()


def said(rows: list[list[object]]) -> list[dict[int, str]]:
    """What the rows say, those without anything left out."""
    found = [
        {
            column: str(int(value)) if isinstance(value, bool) else str(value)
            for column, value in enumerate(row)
            if value is not None
        }
        for row in rows
    ]
    return [row for row in found if row]


def with_comment(content: bytes) -> bytes:
    """The same sheet, written in a way that only a parser reads."""
    sheet = opened(content).package.read(SHEET)
    return replace_members(content, {SHEET: re.sub(rb"(<sheetData>)", rb"\1<!-- by hand -->", sheet)})


@settings(deadline=None, max_examples=60)
@given(rows=st.lists(st.lists(VALUES, max_size=5), max_size=6))
def test_either_way_of_reading_gives_the_rows_that_were_written(rows: list[list[object]]) -> None:
    content = table(rows)
    for each in (content, with_comment(content)):
        workbook = opened(each)
        assert read_rows(workbook, workbook.sheets[0]) == said(rows)


def test_a_table_of_many_stretches_is_read_whole() -> None:
    rows: list[list[object]] = [[number, f"office {number % 7}", number * 3] for number in range(40_000)]
    workbook = opened(table(rows))
    assert len(workbook.package.read(SHEET)) > 3_000_000
    assert read_rows(workbook, workbook.sheets[0]) == said(rows)


@pytest.mark.parametrize("damage", [b"<v>", b"</row>"])
def test_a_damaged_sheet_is_a_problem(damage: bytes) -> None:
    content = table([[1, 2], [3, 4]])
    sheet = opened(content).package.read(SHEET)
    workbook = opened(replace_members(content, {SHEET: sheet.replace(damage, b"", 1)}))
    assert isinstance(read_rows(workbook, workbook.sheets[0]), Problem)
