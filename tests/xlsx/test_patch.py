from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.xlsx.books import MAIN, SHEET, book, edited, first_sheet, packed, parts_of, sheet_of, texts
from xlmalekort.xlsx import ErrorValue, PatchError, Plain, Result, Value, patch_workbook
from xlmalekort.xlsx.patch import LONGEST_TEXT

if TYPE_CHECKING:
    from xlsxwriter import Workbook

_C = f"{{{MAIN}}}c"


def _rich() -> bytes:
    """A workbook with what other programs lose: sparklines, x14 rules, a text box, comments, a chart, a ribbon."""

    def write(workbook: Workbook) -> None:
        sheet = workbook.add_worksheet("Data")
        for row in range(6):
            sheet.write_number(row, 0, row)
            sheet.write_formula(row, 1, f"=A{row + 1}*2", None, row * 2)
        sheet.add_sparkline("D1", {"range": "Data!A1:A6", "markers": True})
        sheet.conditional_format("A1:A6", {"type": "data_bar", "data_bar_2010": True, "bar_solid": True})
        sheet.conditional_format("B1:B6", {"type": "3_color_scale"})
        sheet.insert_textbox("F2", "a text box")
        sheet.write_comment("A1", "a comment")
        sheet.data_validation("C1:C6", {"validate": "list", "source": ["a", "b"]})
        sheet.merge_range("G1:H2", "merged")
        sheet.autofilter("A1:B6")
        sheet.protect()
        chart = workbook.add_chart({"type": "column"})
        chart.add_series({"values": "=Data!$A$1:$A$6"})
        sheet.insert_chart("F8", chart)
        workbook.add_worksheet("Other").write(0, 0, "untouched")

    parts = parts_of(book(write))
    parts["customUI/customUI14.xml"] = b"<customUI xmlns='http://schemas.microsoft.com/office/2009/07/customui'/>"
    parts["xl/threadedComments/threadedComment1.xml"] = b"<ThreadedComments/>"
    parts["xl/calcChain.xml"] = f"<calcChain xmlns='{MAIN}'><c r='B1' i='1'/></calcChain>".encode()
    parts[SHEET] = parts[SHEET].replace(b"<sheetData>", b"<!-- kept --><sheetData>")
    return packed(parts)


def _without(xml: bytes, references: set[str]) -> bytes:
    """A sheet in canonical form without some of its cells, rows that become empty and the extent."""
    root = etree.fromstring(xml)
    for cell in list(root.iter(_C)):
        if cell.get("r") in references:
            row = cell.getparent()
            assert row is not None
            row.remove(cell)
            parent = row.getparent()
            if not len(row) and parent is not None:
                parent.remove(row)
    return etree.tostring(root, method="c14n", with_comments=True)


def test_only_the_named_cells_change_and_no_other_part() -> None:
    content = _rich()
    changes: dict[tuple[int, int], Value] = {(0, 0): 99, (2, 0): "tre", (3, 1): 7.5, (4, 2): True, (5, 0): None}
    patched = patch_workbook(content, {"Data": changes}, recalculate=False)
    before, after = parts_of(content), parts_of(patched)
    assert list(before) == list(after)
    assert [name for name in before if before[name] != after[name]] == [SHEET]
    touched = {"A1", "A3", "B4", "C5", "A6"}
    assert _without(before[SHEET], touched) == _without(after[SHEET], touched)
    assert b'mc:Ignorable="x14ac"' in after[SHEET]
    assert b"<!-- kept -->" in after[SHEET]


def test_formulas_stay_and_their_results_change() -> None:
    content = _rich()
    changes: dict[tuple[int, int], Value] = {
        (0, 1): 12,
        (1, 1): "a < b",
        (2, 1): ErrorValue("#N/A"),
        (3, 1): False,
        (4, 1): None,
    }
    cells = first_sheet(patch_workbook(content, {"Data": changes})).cells
    assert [cells[row, 1][:3] for row in range(6)] == [
        ("number", "12", "A1*2"),
        ("text", "a < b", "A2*2"),
        ("error", "#N/A", "A3*2"),
        ("bool", "FALSE", "A4*2"),
        ("blank", "", "A5*2"),
        ("number", "10", "A6*2"),
    ]


def test_plain_takes_the_place_of_a_formula() -> None:
    cell = first_sheet(patch_workbook(_rich(), {"Data": {(0, 1): Plain(5)}})).cells[0, 1]
    assert cell[:3] == ("number", "5", None)


@pytest.mark.parametrize(
    "formula",
    ["<f t='shared' ref='A1:A3' si='0'>B1</f>", "<f t='array' ref='A1'>B1</f>", "<f t='dataTable' ref='A1:A2'/>"],
)
def test_formulas_that_other_cells_share_are_not_replaced_but_their_results_are(formula: str) -> None:
    content = sheet_of(f"<row r='1'><c r='A1'>{formula}<v>1</v></c></row>")
    with pytest.raises(PatchError, match="A1"):
        patch_workbook(content, {"Data": {(0, 0): Plain(1)}})
    assert texts(patch_workbook(content, {"Data": {(0, 0): 2}})) == {(0, 0): "2"}


def test_a_result_is_set_only_where_a_formula_stands() -> None:
    before = _rich()
    cells: dict[tuple[int, int], Value] = {
        (0, 1): Result(7),
        (0, 0): Result(8),
        (40, 40): Result("x"),
        (0, 20): Result(1),
    }
    after = patch_workbook(before, {"Data": cells}, recalculate=False)
    assert first_sheet(after).cells[0, 1][:3] == ("number", "7", "A1*2")
    assert texts(after) == texts(before) | {(0, 1): "7"}
    assert _without(parts_of(after)[SHEET], {"B1"}) == _without(parts_of(before)[SHEET], {"B1"})


def test_an_emptied_cell_keeps_its_style() -> None:
    patched = patch_workbook(sheet_of("<row r='1'><c r='A1' s='1' t='s'><v>0</v></c></row>"), {"Data": {(0, 0): None}})
    assert b'<c r="A1" s="1"/>' in parts_of(patched)[SHEET]


def test_new_rows_and_cells_stand_in_order() -> None:
    rows = "<row r='2' spans='2:3'><c r='B2'><v>1</v></c></row><row r='5'/><row r='7'><c r='C7'/></row>"
    places = [(0, 0), (1, 0), (1, 2), (1, 9), (2, 0), (4, 1), (6, 1), (6, 3), (9, 0)]
    patched = patch_workbook(sheet_of(rows), {"Data": dict.fromkeys(places, 3)})
    root = etree.fromstring(parts_of(patched)[SHEET])
    numbers = [int(row.get("r") or 0) for row in root.iter(f"{{{MAIN}}}row")]
    assert numbers == sorted(set(numbers)) == [1, 2, 3, 5, 7, 10]
    found = list(texts(patched))
    assert found == sorted({*places, (1, 1)})


def test_cells_that_only_their_order_places_stay_where_they_are() -> None:
    content = sheet_of("<row><c><v>1</v></c><c><v>2</v></c></row><row><c r='C2'><v>3</v></c></row>")
    patched = patch_workbook(content, {"Data": {(0, 5): 6, (0, 1): 9, (1, 0): 4}})
    assert texts(patched) == {(0, 0): "1", (0, 1): "9", (0, 5): "6", (1, 0): "4", (1, 2): "3"}


def test_emptying_what_is_not_there_changes_nothing() -> None:
    content = sheet_of("<row r='1'><c r='A1'><v>1</v></c></row>")
    patched = patch_workbook(content, {"Data": {(8, 8): None, (0, 3): None}}, recalculate=False)
    assert texts(patched) == {(0, 0): "1"}
    assert b"I9" not in parts_of(patched)[SHEET]


def test_the_workbook_is_asked_to_calculate_everything_once() -> None:
    once = patch_workbook(book(), {"Data": {(0, 0): 1}})
    assert parts_of(once)["xl/workbook.xml"].count(b'fullCalcOnLoad="1"') == 1
    without = edited(
        book(), lambda xml: xml.replace(b'<calcPr calcId="124519" fullCalcOnLoad="1"/>', b""), "xl/workbook.xml"
    )
    assert parts_of(patch_workbook(without, {}))["xl/workbook.xml"].count(b'fullCalcOnLoad="1"') == 1
    assert patch_workbook(once, {}) == once


def test_the_same_changes_give_the_same_bytes_with_the_old_times() -> None:
    content = _rich()
    first = patch_workbook(content, {"Data": {(0, 0): 1}})
    assert first == patch_workbook(content, {"Data": {(0, 0): 1}})
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(io.BytesIO(first)) as new:
        assert [info.date_time for info in old.infolist()] == [info.date_time for info in new.infolist()]
        assert new.testzip() is None


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"Nowhere": {(0, 0): 1}}, "Nowhere"),
        ({"Data": {(0, 0): "x" * (LONGEST_TEXT + 1)}}, "32767"),
        ({"Data": {(0, 0): float("nan")}}, "nan"),
        ({"Data": {(-1, 0): 1}}, "outside"),
        ({"Data": {(0, 16_384): 1}}, "outside"),
    ],
)
def test_what_cannot_be_written_is_refused(changes: dict[str, dict[tuple[int, int], Value]], words: str) -> None:
    with pytest.raises(PatchError, match=words):
        patch_workbook(book(), changes)


_VALUES = st.one_of(
    st.integers(-(10**14), 10**14),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(codec=None), min_size=1, max_size=20),
    st.booleans(),
)
_CHANGES = st.dictionaries(st.tuples(st.integers(0, 12), st.integers(0, 12)), _VALUES, max_size=30)


@settings(max_examples=60, derandomize=True, deadline=None)
@given(_CHANGES)
def test_what_is_written_is_read_again_and_the_rest_stays(
    changes: dict[tuple[int, int], int | float | str | bool],
) -> None:
    content = book()
    truth = first_sheet(content).cells
    found = first_sheet(patch_workbook(content, {"Data": changes})).cells
    assert set(found) == set(truth) | set(changes)
    for place, value in changes.items():
        match value:
            case bool():
                assert found[place][:2] == ("bool", str(value).upper())
            case str():
                assert found[place][:2] == ("text", value)
            case _:
                assert found[place].kind == "number"
                assert float(found[place].text) == value
    assert all(found[place] == cell for place, cell in truth.items() if place not in changes)
