"""What is added to a finished workbook stands where the schema has it, and what was there keeps its place and number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from tests.support.ooxml import check_workbook_files
from tests.xlsx.books import book, edited, opened, packed, parts_of
from xlmalekort.xlsx import PatchError, read_sheet
from xlmalekort.xlsx.adding import Adding
from xlmalekort.xlsx.sheet import RawSheet
from xlmalekort.xlsx.style_parts import CellStyleTable
from xlmalekort.xlsx.xml import STRICT, TRANSITIONAL

if TYPE_CHECKING:
    from pathlib import Path

    from xlsxwriter import Workbook

WORKBOOK, STYLES, SHEET = "xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml"


def _other(workbook: Workbook) -> None:
    """The workbook that is added from: a sheet of rules, and one to be taken over whole."""
    look = workbook.add_format({"bg_color": "#E4D4F4", "bold": True, "border": 1})
    rule = {"type": "formula", "criteria": '=A1="x"', "format": look}
    workbook.add_worksheet("rules").conditional_format("B1:XFD9", rule)
    sheet = workbook.add_worksheet("List")
    style = workbook.add_format({"num_format": "0.0 %", "font_name": "Georgia", "bg_color": "#DDF2E3", "top": 2})
    sheet.set_column(0, 0, 30, style)
    sheet.write_string(0, 0, " a text with blanks ")
    sheet.write_number(1, 0, 0.5, style)
    sheet.write_formula(2, 0, "=A2*2", style, 1)
    sheet.conditional_format("A1:A3", {"type": "formula", "criteria": "=A2>0", "format": look})
    sheet.repeat_rows(0)


OTHER = book(_other)


def _own(workbook: Workbook) -> None:
    first = workbook.add_worksheet("First")
    first.write_number(0, 0, 1, workbook.add_format({"num_format": "0.000", "italic": True}))
    first.conditional_format("A1:A9", {"type": "data_bar", "data_bar_2010": True})
    first.conditional_format(
        "A1:A9", {"type": "cell", "criteria": ">", "value": 5, "format": workbook.add_format({"bold": True})}
    )
    first.data_validation("C1", {"validate": "integer", "criteria": ">", "value": 0})
    first.merge_range("D1:E1", "both")
    second = workbook.add_worksheet("Second")
    second.print_area("A1:B2")
    second.activate()
    third = workbook.add_worksheet("Third")
    third.repeat_rows(1)


OWN = book(_own)


def added(content: bytes) -> bytes:
    adding = Adding(content, OTHER)
    adding.add_rules("First", "rules", [(2, 2)])
    adding.set_names({"mk_x": "'First'!$A$1:$A$9"})
    adding.add_sheet("List", "Ny liste", after=["First"])
    return adding.content


def names_of(content: bytes) -> dict[tuple[str, str | None], str]:
    root = etree.fromstring(parts_of(content)[WORKBOOK])
    titles = [str(each.get("name")) for each in root.iter("{*}sheet")]
    return {
        (str(each.get("name")), None if (local := each.get("localSheetId")) is None else titles[int(local)]): each.text
        or ""
        for each in root.iter("{*}definedName")
    }


def test_what_counts_sheets_by_their_place_counts_them_anew() -> None:
    after = added(OWN)
    root = etree.fromstring(parts_of(after)[WORKBOOK])
    assert [each.get("name") for each in root.iter("{*}sheet")] == ["First", "Ny liste", "Second", "Third"]
    (view,) = root.iter("{*}workbookView")
    assert view.get("activeTab") == "2"
    assert names_of(after) == {
        ("_xlnm.Print_Area", "Second"): "Second!$A$1:$B$2",
        ("_xlnm.Print_Titles", "Third"): "Third!$2:$2",
        ("_xlnm.Print_Titles", "Ny liste"): "'Ny liste'!$1:$1",
        ("mk_x", None): "'First'!$A$1:$A$9",
    }


def test_an_added_sheet_holds_texts_numbers_formulas_and_looks() -> None:
    workbook = opened(added(OWN))
    entry = workbook.sheet("Ny liste")
    assert entry is not None
    sheet = read_sheet(workbook, entry)
    assert isinstance(sheet, RawSheet)
    assert sheet.cells[0, 0].text == " a text with blanks "
    assert (sheet.cells[1, 0].text, sheet.cells[2, 0].formula, sheet.cells[2, 0].text) == ("0.5", "A2*2", "1")
    assert sheet.cells[1, 0].style in workbook.formats.percentages


def test_the_looks_of_the_workbook_keep_their_numbers() -> None:
    before, after = (etree.fromstring(parts_of(each)[STYLES]) for each in (OWN, added(OWN)))
    for name in ("numFmts", "fonts", "fills", "borders", "cellXfs", "dxfs"):
        old, new = before.find(f"{{*}}{name}"), after.find(f"{{*}}{name}")
        assert old is not None
        assert new is not None
        assert [etree.tostring(each, method="c14n") for each in new][: len(old)] == [
            etree.tostring(each, method="c14n") for each in old
        ]
        assert new.get("count") == str(len(new))


def test_own_rules_give_way_and_keep_their_order() -> None:
    root = etree.fromstring(parts_of(added(OWN))[SHEET])
    rules = [
        (rule.findtext("{*}formula"), rule.get("type"), rule.get("priority"))
        for block in root.findall("{*}conditionalFormatting")
        for rule in block
    ]
    assert rules == [('A1="x"', "expression", "1"), (None, "dataBar", "2"), ("5", "cellIs", "3")]


def test_the_same_again_changes_nothing() -> None:
    once = added(OWN)
    adding = Adding(once, OTHER)
    adding.add_rules("First", "rules", [(2, 2)])
    adding.set_names({"mk_x": "First!$A$1:$A$9"})
    assert adding.content == once


def test_a_rule_that_does_not_reach_a_cell_is_made_anew() -> None:
    once = added(OWN)
    adding = Adding(once, OTHER)
    adding.add_rules("First", "rules", [(2, 2), (40, 2)])
    root = etree.fromstring(parts_of(adding.content)[SHEET])
    assert len([each for each in root.iter("{*}formula") if each.text == 'A1="x"']) == 1


def test_what_was_added_opens_without_a_repair_prompt(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(added(OWN))
    assert check_workbook_files([path]) == {path: []}


def as_other_programs_write(content: bytes) -> bytes:
    """With a prefix before every name of the schema."""
    parts = parts_of(content)
    for name in (WORKBOOK, STYLES, SHEET):
        text = parts[name].decode().replace(f'xmlns="{TRANSITIONAL}"', f'xmlns:x="{TRANSITIONAL}"')
        parts[name] = re.sub(r"<(/?)(?=[A-Za-z]+[ />])", r"<\1x:", text).encode()
    return packed(parts)


def as_strict(content: bytes) -> bytes:
    """In the namespaces of Strict Open XML."""
    transitional = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    strict = b"http://purl.oclc.org/ooxml/officeDocument/relationships"
    return packed(
        {
            name: data.replace(TRANSITIONAL.encode(), STRICT.encode()).replace(transitional, strict)
            for name, data in parts_of(content).items()
        }
    )


def test_workbooks_in_another_spelling_are_added_to_in_theirs() -> None:
    def plain(workbook: Workbook) -> None:
        workbook.add_worksheet("First").write_number(0, 0, 1)

    for content in (as_other_programs_write(book(plain)), as_strict(book(plain))):
        after = added(content)
        workbook = opened(after)
        assert [each.title for each in workbook.sheets] == ["First", "Ny liste"]
        for name in (WORKBOOK, STYLES, SHEET):
            root = etree.fromstring(parts_of(after)[name])
            assert {etree.QName(each).namespace for each in root.iter("*")} == {etree.QName(root).namespace}, name
        assert added_again(after) == after


def added_again(content: bytes) -> bytes:
    adding = Adding(content, OTHER)
    adding.add_rules("First", "rules", [(2, 2)])
    return adding.content


def test_a_look_that_is_there_is_used_again() -> None:
    other, styles = (CellStyleTable(parts_of(OTHER)[STYLES]) for _ in range(2))
    assert styles.conditional(other, 0) == 0
    assert not styles.is_changed


def test_a_number_format_of_its_own_gets_a_free_number() -> None:
    own = CellStyleTable(parts_of(OWN)[STYLES])
    number = own.taken(CellStyleTable(parts_of(OTHER)[STYLES]), 1)
    root = etree.fromstring(own.content)
    formats = {each.get("numFmtId"): each.get("formatCode") for each in root.iter("{*}numFmt")}
    assert sorted(formats.values(), key=str) == ["0.0 %", "0.000"]
    cell_formats = root.find("{*}cellXfs")
    assert cell_formats is not None
    assert formats[cell_formats[number].get("numFmtId")] == "0.0 %"


def test_a_sheet_that_is_not_there_is_not_added_to() -> None:
    with pytest.raises(PatchError, match="no worksheet"):
        Adding(OWN, OTHER).add_rules("Fourth", "rules", [])


def test_a_workbook_without_looks_is_not_added_to() -> None:
    def without(data: bytes) -> bytes:
        return re.sub(rb'<Relationship [^>]*styles.xml"/>', b"", data)

    with pytest.raises(PatchError, match="no styles"):
        Adding(edited(OWN, without, "xl/_rels/workbook.xml.rels"), OTHER)
