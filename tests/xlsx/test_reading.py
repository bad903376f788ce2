from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.xlsx.books import MAIN, SHEET, book, edited, first_sheet, opened, packed, parts_of, sheet_of, texts
from xlmalekort.problems import Problem
from xlmalekort.xlsx import open_package, read_sheet, read_workbook
from xlmalekort.xlsx import sheet as sheet_module

if TYPE_CHECKING:
    from collections.abc import Callable

    from xlsxwriter import Workbook

_STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
_RELATIONS = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_RELATIONS = b"http://purl.oclc.org/ooxml/officeDocument/relationships"
_TRUTH = {(0, 0): "12.5", (1, 1): "=text & <more>", (2, 2): "#DIV/0!", (3, 3): "TRUE", (4, 4): "25"}


@pytest.fixture(params=["scanned", "whole", "in pieces"], autouse=True)
def _every_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every rule holds for sheets written the usual way, for unusual ones and for those that are read in pieces."""
    if request.param == "whole":
        monkeypatch.setattr(sheet_module, "scan", lambda _: None)
    if request.param == "in pieces":
        monkeypatch.setattr(sheet_module, "LARGE", 0)
        monkeypatch.setattr(sheet_module, "_ROWS_AT_ONCE", 2)


def test_only_cells_that_hold_something_are_read_each_with_its_kind() -> None:
    cells = first_sheet(book()).cells
    assert {place: cell.text for place, cell in cells.items()} == _TRUTH
    assert [cell.kind for cell in cells.values()] == ["number", "text", "error", "bool", "number"]
    assert cells[4, 4].formula == "A1*2"
    assert cells[1, 1].formula is None


def test_strict_files_are_read_like_any_other() -> None:
    parts = {
        name: data.replace(MAIN.encode(), _STRICT).replace(_RELATIONS, _STRICT_RELATIONS)
        for name, data in parts_of(book()).items()
    }
    assert texts(packed(parts)) == _TRUTH


def test_prefixes_of_names_do_not_matter() -> None:
    def prefixed(xml: bytes) -> bytes:
        for name in (b"worksheet", b"sheetData", b"row", b"c", b"v", b"f"):
            for sign in (b" ", b">", b"/"):
                xml = xml.replace(b"<" + name + sign, b"<x:" + name + sign)
            xml = xml.replace(b"</" + name + b">", b"</x:" + name + b">")
        return xml.replace(b"xmlns=", b"xmlns:x=")

    assert texts(edited(book(), prefixed)) == _TRUTH


def test_cells_without_references_stand_where_their_order_says() -> None:
    rows = (
        "<row><c><v>1</v></c><c/><c><v>3</v></c></row>"
        "<row r='5'><c r='C5'><v>4</v></c><c><v>5</v></c></row><row><c><v>6</v></c></row>"
    )
    assert texts(sheet_of(rows)) == {(0, 0): "1", (0, 2): "3", (4, 2): "4", (4, 3): "5", (5, 0): "6"}


def test_rows_out_of_order_are_all_read() -> None:
    rows = "<row r='9'><c r='A9'><v>9</v></c></row><row r='2'><c r='B2'><v>2</v></c></row>"
    assert texts(sheet_of(rows)) == {(8, 0): "9", (1, 1): "2"}


def test_a_lying_dimension_is_not_believed() -> None:
    lying = edited(book(), lambda xml: xml.replace(b'<dimension ref="A1:F6"/>', b'<dimension ref="A1"/>'))
    assert texts(lying) == _TRUTH


def test_what_is_no_number_stays_as_it_was_written() -> None:
    rows = "<row r='1'><c r='A1'><v>NaN</v></c><c r='B1'><v>abc</v></c><c r='C1'><v>1e999</v></c><c r='D1'><v>3</v></c></row>"
    cells = first_sheet(sheet_of(rows)).cells
    assert [(cell.kind, cell.text) for cell in cells.values()] == [
        ("number", "NaN"),
        ("number", "abc"),
        ("number", "1e999"),
        ("number", "3"),
    ]


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        ("<c r='A1' t='inlineStr' s='4'><is><t xml:space='preserve'> a </t></is></c>", ("text", " a ", None, 4)),
        (
            "<c r='A1' t='inlineStr'><is><r><t>a</t></r><r><rPr/><t>b</t></r><rPh><t>no</t></rPh></is></c>",
            ("text", "ab", None, 0),
        ),
        ("<c r='A1' t='str'><f>B1</f><v>hi</v></c>", ("text", "hi", "B1", 0)),
        ("<c r='A1' t='str'><f>B1</f><v></v></c>", ("text", "", "B1", 0)),
        ("<c r='A1'><f>B1</f><v></v></c>", ("blank", "", "B1", 0)),
        ("<c r='A1'><f>B1</f></c>", ("blank", "", "B1", 0)),
        ("<c r='A1' t='b'><v>0</v></c>", ("bool", "FALSE", None, 0)),
        ("<c r='A1' t='e'><v>#SPILL!</v></c>", ("error", "#SPILL!", None, 0)),
        ("<c r='A1' t='d'><v>2009-06-30</v></c>", ("date", "2009-06-30", None, 0)),
        ("<c r='A1' t='s'><v>99</v></c>", ("error", "#REF!", None, 0)),
        ("<c r='A1' t='str'><v>a_x0007_b_x005F_x0041_</v></c>", ("text", "a\x07b_x0041_", None, 0)),
        ("<c r='A1'><v><![CDATA[5]]><!-- five -->5</v></c>", ("number", "55", None, 0)),
    ],
)
def test_every_type_of_cell_is_understood(xml: str, expected: tuple[str, str, str | None, int]) -> None:
    cell = first_sheet(sheet_of(f"<row r='1'>{xml}</row>")).cells[0, 0]
    assert (cell.kind, cell.text, cell.formula, cell.style) == expected


def test_an_empty_value_beside_a_split_one_moves_no_value_to_another_cell() -> None:
    rows = "<row r='1'><c r='A1'><v/></c><c r='B1'><v>1<x/>2</v></c><c r='C1'><v>3</v></c></row>"
    found = texts(sheet_of(rows))
    assert found[0, 2] == "3"
    assert (0, 0) not in found


@pytest.mark.parametrize(
    ("formula", "is_external"),
    [
        ("[1]Sheet1!A1", True),
        ("'[1]My sheet'!A1*2", True),
        ("Table1[Col]*2", False),
        ("[1]!Rate", True),
        ("SUM(A2:A9)", False),
    ],
)
def test_formulas_that_look_into_other_files_are_marked(formula: str, is_external: bool) -> None:
    cell = first_sheet(sheet_of(f"<row r='1'><c r='A1'><f>{formula}</f><v>1</v></c></row>")).cells[0, 0]
    assert cell.is_external is is_external


def test_a_shared_formula_is_external_wherever_it_is_shared() -> None:
    rows = (
        "<row r='1'><c r='A1'><f t='shared' ref='A1:A2' si='0'>[1]S!A1</f><v>1</v></c></row>"
        "<row r='2'><c r='A2'><f t='shared' si='0'/><v>2</v></c></row>"
    )
    assert all(cell.is_external for cell in first_sheet(sheet_of(rows)).cells.values())


def test_merges_and_hidden_rows_and_columns_are_read() -> None:
    xml = (
        f'<worksheet xmlns="{MAIN}"><cols><col min="2" max="16384" width="9" hidden="1"/></cols><sheetData>'
        '<row r="3" hidden="1"><c r="A3"><v>1</v></c></row><row r="4" hidden="0"/></sheetData>'
        '<mergeCells count="2"><mergeCell ref="A1:B2"/><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>'
    )
    sheet = first_sheet(edited(book(), lambda _: xml.encode()))
    assert sheet.hidden_rows == {2}
    assert sheet.hidden_columns == ((1, 16_383),)
    assert sheet.merges == ((0, 0, 1, 1), (0, 0, 1_048_575, 16_383))


def test_a_cell_that_stands_twice_makes_the_sheet_unreadable() -> None:
    content = sheet_of("<row r='1'><c r='A1'><v>1</v></c><c r='A1'><v>2</v></c></row>")
    workbook = opened(content)
    found = read_sheet(workbook, workbook.sheets[0])
    assert isinstance(found, Problem)
    assert found.code == "FIL-010"


def test_a_missing_sheet_part_makes_the_file_damaged() -> None:
    parts = parts_of(book())
    del parts[SHEET]
    package = open_package(packed(parts), "x")
    assert not isinstance(package, Problem)
    found = read_workbook(package)
    assert isinstance(found, Problem)
    assert found.code == "FIL-002"


def test_parts_are_found_whatever_the_case_and_from_the_root() -> None:
    parts = parts_of(book())
    rels = parts["xl/_rels/workbook.xml.rels"].replace(b'"worksheets/sheet1.xml"', b'"/XL/Worksheets/Sheet1.xml"')
    assert rels != parts["xl/_rels/workbook.xml.rels"]
    assert texts(packed(parts | {"xl/_rels/workbook.xml.rels": rels})) == _TRUTH


def test_what_is_only_for_looks_may_be_missing() -> None:
    parts = {name: data for name, data in parts_of(book()).items() if "docProps" not in name and "styles" not in name}
    assert texts(packed(parts)) == _TRUTH


def test_dates_and_percentages_are_known_by_their_format() -> None:
    def write(workbook: Workbook) -> None:
        sheet = workbook.add_worksheet("A")
        for row, code in enumerate(
            ["0", "d-mmm", "yyyy", "0.0 %", '0 "days"', "[Red]0", "[h]:mm", '0" %"', "General", "#,##0"]
        ):
            sheet.write_number(row, 0, 1, workbook.add_format({"num_format": code}))

    workbook = opened(book(write))
    sheet = read_sheet(workbook, workbook.sheets[0])
    assert not isinstance(sheet, Problem)
    styles = [sheet.cells[row, 0].style for row in range(10)]
    assert [row for row, style in enumerate(styles) if style in workbook.formats.dates] == [1, 2, 6]
    assert [row for row, style in enumerate(styles) if style in workbook.formats.percentages] == [3]


def test_number_formats_of_conditional_formats_are_no_formats_of_cells() -> None:
    def write(workbook: Workbook) -> None:
        sheet = workbook.add_worksheet("A")
        sheet.write_number(0, 0, 39994, workbook.add_format({"num_format": "yyyy-mm-dd"}))

    def add_conditional_format(styles: bytes) -> bytes:
        changed = b'<dxfs count="1"><dxf><numFmt numFmtId="164" formatCode="0.0 %"/></dxf></dxfs>'
        return styles.replace(b'<dxfs count="0"/>', changed)

    content = edited(book(write), add_conditional_format, "xl/styles.xml")
    workbook = opened(content)
    sheet = read_sheet(workbook, workbook.sheets[0])
    assert not isinstance(sheet, Problem)
    assert sheet.cells[0, 0].style in workbook.formats.dates
    assert not workbook.formats.percentages


def test_names_states_and_charts_are_told() -> None:
    def write(workbook: Workbook) -> None:
        workbook.add_worksheet("It's here").hide()
        workbook.add_worksheet("B").very_hidden()
        workbook.add_worksheet("C").activate()
        chart = workbook.add_chartsheet("D")
        chart.set_chart(workbook.add_chart({"type": "line"}))
        workbook.define_name("mk_input", "='It''s here'!$B$3")
        workbook.define_name("B!mk_input", "=B!$A$1")

    workbook = opened(_with_series(write))
    assert [(entry.title, entry.state, entry.is_worksheet) for entry in workbook.sheets] == [
        ("It's here", "hidden", True),
        ("B", "veryHidden", True),
        ("C", "visible", True),
        ("D", "visible", False),
    ]
    assert workbook.names["mk_input"] == ("It's here", (2, 1))


def _with_series(write: Callable[[Workbook], None]) -> bytes:
    def complete(workbook: Workbook) -> None:
        write(workbook)
        for chart in workbook.charts:
            chart.add_series({"values": "=C!$A$1:$A$2"})

    return book(complete)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("><v>1</v><v>2</v>", "1 / 2"),
        ("><v>1</v><is><t>2</t></is>", "1 / 2"),
        (' t="inlineStr"><is><t>a</t></is><v>3</v>', "a / 3"),
        (' t="inlineStr"><is><t>a</t></is><is><t>b</t></is>', "a / b"),
    ],
)
def test_a_cell_with_several_values_is_unclear(cell: str, text: str) -> None:
    found = first_sheet(sheet_of(f'<row r="1"><c r="A1"{cell}</c><c r="B1"><v>7</v></c></row>')).cells
    assert (found[0, 0].kind, found[0, 0].text) == ("unclear", text)
    assert (found[0, 1].kind, found[0, 1].text) == ("number", "7")
