"""Another library reads the same cells, and says where it reads something else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.xlsx.books import book, first_sheet, opened, sheet_of
from xlmalekort.xlsx import Opinions, RawSheet, read_sheet


def read(content: bytes) -> RawSheet:
    workbook = opened(content)
    sheet = read_sheet(workbook, workbook.sheets[0])
    assert isinstance(sheet, RawSheet)
    return sheet


def differs(cell: str) -> bool:
    content = sheet_of(f'<row r="1"><c r="A1"{cell}</c></row>')
    sheet = read(content)
    opinion = Opinions(content).on(sheet)
    assert opinion is not None
    return opinion.differs((0, 0), sheet.cells.get((0, 0)))


@pytest.mark.parametrize(
    "cell",
    [
        "><v>5</v>", "><v>-0.75</v>", "><v>1E3</v>", "><v> 5 </v>", "><v>9007199254740993</v>", ' t="str"><v>12</v>',
        ' t="inlineStr"><is><t>12</t></is>', "><f>1+1</f><v>2</v>", "><v>0.1000000000000000055</v>", "><v/>",
    ],
)  # fmt: skip
def test_what_excel_writes_is_read_alike(cell: str) -> None:
    assert not differs(cell)


@pytest.mark.parametrize("cell", ["><v>1<!-- x -->2</v>", "><v><![CDATA[7]]></v>", ' t="inlineStr"><v>3</v>'])
def test_a_cell_that_can_be_read_in_two_ways_is_told(cell: str) -> None:
    assert differs(cell)


@settings(max_examples=100, deadline=None)
@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_is_read_to_the_same_last_digit(number: float) -> None:
    assert not differs(f"><v>{number!r}</v>")


def test_a_cell_that_only_the_other_reader_sees_is_told() -> None:
    content = sheet_of('<row r="1"><c r="A1"><v>5</v></c></row>')
    opinion = Opinions(content).on(read(content))
    assert opinion is not None
    assert opinion.differs((0, 0), None)
    assert not opinion.differs((7, 7), None)


def test_no_opinion_is_asked_where_it_could_end_the_process() -> None:
    content = sheet_of('<row r="1"><c r="A1"><v>5</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    assert Opinions(content).on(read(content)) is None


def test_there_is_none_where_the_other_reader_cannot_open_the_file() -> None:
    assert Opinions(b"no workbook").on(first_sheet(book())) is None
