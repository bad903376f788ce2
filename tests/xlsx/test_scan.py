from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.intake.offices import office
from tests.xlsx.books import MAIN, book, edited, first_sheet, opened, parts_of, sheet_of
from xlmalekort.xlsx import RawSheet, read_sheet
from xlmalekort.xlsx import sheet as sheet_module
from xlmalekort.xlsx.scan import scan

if TYPE_CHECKING:
    from xlmalekort.problems import Problem


def _parsed(content: bytes, title: str, monkeypatch: pytest.MonkeyPatch) -> RawSheet | Problem:
    workbook = opened(content)
    entry = workbook.sheet(title)
    assert entry is not None
    with monkeypatch.context() as patch:
        patch.setattr(sheet_module, "scan", lambda _: None)
        return read_sheet(workbook, entry)


def test_scanning_and_parsing_an_office_workbook_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    workbook = opened(office())
    scanned = 0
    for entry in workbook.sheets:
        scanned += scan(workbook.package.read(entry.part)) is not None
        assert read_sheet(workbook, entry) == _parsed(office(), entry.title, monkeypatch)
    assert scanned == len(workbook.sheets)


_NAMES = st.sampled_from(["A1", "B1", "AA7", "XFD1048576", "A0", "XFE1"])
_CELLS = st.one_of(
    st.builds(
        lambda name, style, kind, inside: f'<c r="{name}"{style}{kind}>{inside}</c>',
        _NAMES,
        st.sampled_from(["", ' s="1"', ' s="0"']),
        st.sampled_from(["", ' t="n"', ' t="s"', ' t="str"', ' t="b"', ' t="e"', ' t="q"', ' t="inlineStr"']),
        st.sampled_from(
            [
                "<v>1</v>", "<v>0</v>", "<v> 2 </v>", "<v></v>", "<v/>", "", "<f>A1</f><v>3</v>", "<f>A1&amp;1</f><v>x</v>",
                "<f>[1]S!A1</f><v>3</v>", "<f/><v>3</v>", "<v>a&lt;b</v>", "<v>_x0041_</v>", "<v>1</v><v>2</v>",
                "<f>A1</f><v></v>", "<f>A1&amp;&quot;&amp;lt;&quot;</f><v/>", "<f>A1</f>", "<v>&#65;</v>",
                '<v xml:space="preserve"> 4 </v>',
                "<is><t>_x0041_ &gt;</t></is>", '<is><t xml:space="preserve"> x </t></is>', "<is><t/></is>",
                "<is><r><t>x</t></r></is>", "<is><t>1</t></is><v>2</v>",
            ]
        ),
    ),
    st.sampled_from(['<c r="C1"/>', '<c r="D1" s="1"/>', "<c/>", '<c s="1" r="E1"><v>1</v></c>', "<!-- x -->"]),
    st.just("<c><v>9</v></c>"),
)  # fmt: skip
_ROW = '<row r="1"><c r="A1"><v>1</v></c></row>'
_ROWS = st.lists(
    st.builds(
        lambda attributes, cells: f"<row{attributes}>{''.join(cells)}</row>",
        st.sampled_from(["", ' r="1"', ' r="7" hidden="1"', ' hidden="true" r="7" ht="5"', ' r="7" hidden="0"']),
        st.lists(_CELLS, max_size=4),
    ),
    max_size=3,
)


@settings(max_examples=600, derandomize=True, deadline=None)
@given(_ROWS)
def test_whatever_can_be_scanned_is_scanned_as_it_is_parsed(rows: list[str]) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        content = sheet_of("".join(rows))
        workbook = opened(content)
        assert read_sheet(workbook, workbook.sheets[0]) == _parsed(content, "Data", monkeypatch)


@pytest.mark.parametrize(
    "xml",
    [
        f'<!-- <worksheet xmlns="{MAIN}"> --><worksheet xmlns="{MAIN}"><sheetData/></worksheet>',
        f'<worksheet xmlns="{MAIN}"><!-- <sheetData>{_ROW}</sheetData> --><sheetData/></worksheet>',
        f'<worksheet xmlns="{MAIN}"><extLst><sheetData>{_ROW}</sheetData></extLst></worksheet>',
        f'<x:worksheet xmlns:x="{MAIN}" xmlns="urn:other"><sheetData>{_ROW}</sheetData></x:worksheet>',
    ],
)
def test_rows_that_are_none_are_not_read(xml: str) -> None:
    assert first_sheet(edited(book(), lambda _: xml.encode())).cells == {}


def test_a_sheet_of_another_encoding_is_left_to_the_parser() -> None:
    xml = parts_of(book())["xl/worksheets/sheet1.xml"]
    assert scan(xml) is not None
    assert scan(xml.replace(b"UTF-8", b"windows-1252")) is None
    assert scan(xml.decode().encode("utf-16")) is None


@pytest.mark.parametrize(
    "rows",
    [
        '<row 2="1"><c r="A1"><v>1</v></c></row>',
        '<row r="1" r="2"><c r="A1"><v>1</v></c></row>',
        '<row r="1" x14ac:dyDescent="0.25"><c r="A1"><v>1</v></c></row>',
        '<row r="*" hidden="1"><c r="B4"><v>1</v></c></row>',
        '<row r="0" hidden="1"></row>',
        '<row r="2\t\t" hidden="1"><c r="A2"><v>1</v></c></row>',
    ],
)
def test_what_a_fuzzer_found_is_read_as_it_is_parsed(rows: str, monkeypatch: pytest.MonkeyPatch) -> None:
    content = sheet_of(rows)
    workbook = opened(content)
    assert read_sheet(workbook, workbook.sheets[0]) == _parsed(content, "Data", monkeypatch)
