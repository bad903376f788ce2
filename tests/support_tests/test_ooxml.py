"""Every planted defect is found, and a sound workbook has no complaints."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING

import pytest
import xlsxwriter

from tests.support.ooxml import (
    TOO_NEW,
    ValidatorMissingError,
    check_parts,
    check_workbook_file,
    check_workbook_files,
    formula_complaints,
)

if TYPE_CHECKING:
    from pathlib import Path

SHEET = "xl/worksheets/sheet1.xml"
TABLE = "xl/tables/table1.xml"
WORKBOOK = "xl/workbook.xml"
TYPES = "[Content_Types].xml"
RELATIONS = "xl/_rels/workbook.xml.rels"


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    """A workbook with one of everything that the checks look at."""
    path = tmp_path / "sound.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Målekort")
        percent = book.add_format({"num_format": "0.0%", "locked": False, "bg_color": "#C6EFCE"})
        sheet.write("A1", "Andel")
        sheet.write("B1", 0.749, percent)
        sheet.write_formula("C1", "=IF(B1>=0.75,\"(grønn\",'Ark 2'!A1)", None, "gul")
        sheet.write_formula("D1", '=IF(B1="","",B1)', None, "")
        sheet.merge_range("A3:B4", "Tiltak")
        sheet.merge_range("A5:B5", "Ansvarlig")
        sheet.merge_range("C3:C4", "Frist")
        sheet.data_validation("B1", {"validate": "list", "source": ["rød", "gul", "grønn"], "input_title": "Velg"})
        sheet.data_validation("B2", {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 1})
        sheet.conditional_format("B1:B2", {"type": "formula", "criteria": "=$B$1>0.5", "format": percent})
        sheet.conditional_format("C1:C9", {"type": "data_bar", "data_bar_2010": True})
        sheet.add_sparkline("E1", {"range": "Målekort!A1:D1", "type": "column"})
        sheet.add_table("A7:B9", {"name": "Indikatorer", "columns": [{"header": "Kode"}, {"header": "Navn"}]})
        sheet.print_area("A1:E9")
        sheet.protect()
        other = book.add_worksheet("Ark 2")
        other.write("A1", "rød")
        other.add_table("A3:B5", {"name": "Tallene"})
        other.print_area("A1:B2")
        book.define_name("Periode", "='Ark 2'!$A$1")
        book.define_name("'Ark 2'!Kontor", "='Ark 2'!$A$2")
    return path


def changed(path: Path, part: str, old: str, new: str, *, drop: str = "", add: dict[str, str] | None = None) -> Path:
    """Return a copy in which `old` became `new` in one part; a plan that changes nothing is a mistake of the test."""
    out = path.with_name("defect.xlsx")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == part:
                text, count = re.subn(old, new, data.decode(), count=1, flags=re.DOTALL)
                assert count == 1, f"{old} is not in {part}: {data.decode()}"
                data = text.encode()
            if name != drop:
                target.writestr(name, data)
        for name, text in (add or {}).items():
            target.writestr(name, text)
    return out


def test_a_sound_workbook_has_no_complaints(sound: Path) -> None:
    assert check_workbook_file(sound) == []


DEFECTS = [
    (WORKBOOK, '(<definedName name="Periode".*?</definedName>)', r"\1\1", "defined name 'periode' is there twice"),
    (WORKBOOK, 'name="Periode"', 'name="Per iode"', "defined name 'Per iode' is not allowed"),
    (WORKBOOK, 'name="Periode"', 'name="AB12"', "defined name 'AB12' is not allowed"),
    (WORKBOOK, 'name="Periode"', 'name="R1C1"', "defined name 'R1C1' is not allowed"),
    (WORKBOOK, 'name="Periode"', 'name="Tallene"', "table or defined name 'tallene' is there twice"),
    (WORKBOOK, r"'Ark 2'!\$A\$1<", "#REF!<", "refers to nothing"),
    (WORKBOOK, 'name="Ark 2"', 'name="MÅLEKORT"', "sheet name 'målekort' is there twice"),
    (WORKBOOK, 'name="Ark 2"', 'name="Ark/2"', "sheet name 'Ark/2' is not allowed"),
    (WORKBOOK, 'localSheetId="1"', 'localSheetId="7"', "a sheet that is not there"),
    (TABLE, ' id="1"', ' id="2"', "table id 2 is there twice"),
    (TABLE, 'displayName="Indikatorer"', 'displayName="Tallene"', "'tallene' is there twice"),
    (TABLE, 'name="Navn"', 'name="KODE"', "header 'kode' is there twice"),
    (TABLE, 'name="Navn"', 'name="Navnet"', "header 'Navnet', but B7 says 'Navn'"),
    (TABLE, 'ref="A7:B9"', 'ref="A4:B9"', "overlaps a table or a merge"),
    (TABLE, 'ref="A7:B9"', 'ref="A7:C9"', "2 headers in a range of 3 columns"),
    (SHEET, 'ref="A5:B5"', 'ref="B4:B5"', "merges overlap at B4"),
    (SHEET, 'ref="A5:B5"', 'ref="A5"', "bad merge 'A5'"),
    (SHEET, '<row r="5"', '<row r="2"', "row 2 comes after row 3"),
    (SHEET, '<row r="5"', '<row r="3"', "row 3 comes after row 3"),
    (SHEET, 'r="B1"', 'r="D1"', "Målekort!C1: comes after column D"),
    (SHEET, 'r="B1"', 'r="B2"', "Målekort!B2: stands in row 1"),
    (SHEET, 'r="B1"', 'r="XFE1"', "Målekort!XFE1: bad cell reference"),
    (SHEET, '"rød,gul,grønn"', '"' + "x" * 256 + '"', "Målekort!B1: list of 256 characters"),
    (SHEET, 'promptTitle="Velg"', f'promptTitle="{"x" * 33}"', "promptTitle of 33 characters"),
    (SHEET, 'sqref="B2"', 'sqref="B2,B3"', "bad sqref 'B2,B3' in dataValidation"),
    (SHEET, 'sqref="B2"', 'sqref="B3:B2"', "bad sqref 'B3:B2' in dataValidation"),
    (SHEET, 'sqref="B1:B2"', 'sqref=""', "bad sqref '' in conditionalFormatting"),
    (SHEET, "<xm:sqref>E1<", "<xm:sqref>E0<", "bad sqref 'E0' in sqref"),
    (SHEET, r"\$B\$1&gt;0.5<", "($B$1&gt;0.5<", "brackets are not balanced"),
    (SHEET, r"<f>IF\(B1=", "<f>IFS(B1=", "Målekort!D1: IFS is too new"),
    (SHEET, r"<f>IF\(B1=", "<f>TEXT(B1=", "Målekort!D1: TEXT changes its meaning"),
    (SHEET, "<v>gul</v>", "", "Målekort!C1: formula without a cached value"),
    (SHEET, 't="str"><f>', 't="e"><f>', "Målekort!C1: holds the error gul"),
    (SHEET, r"<f>[^<]*</f><v>gul", '<f t="shared" si="3"/><v>gul', "shared formula 3 has no first cell"),
    (SHEET, r"<f>[^<]*</f><v>gul", "<f></f><v>gul", "Målekort!C1: empty formula"),
    (SHEET, '<c r="A1" t="s"><v>0<', '<c r="A1" t="s"><v>99<', "Målekort!A1: shared string is not there"),
    (SHEET, '<c r="B1" s="1"', '<c r="B1" s="77"', "Målekort!B1: style 77 is not there"),
    (SHEET, "</sheetData>", "</sheetdata>", "malformed XML"),
    (RELATIONS, 'Target="worksheets/sheet2.xml"', 'Target="worksheets/sheet9.xml"', "a missing part"),
    (RELATIONS, 'Id="rId2"', 'Id="rId1"', "two relationships rId1"),
    (TYPES, '<Override PartName="/xl/tables/table1.xml"[^>]*/>', "", "xl/tables/table1.xml: no content type"),
    (TYPES, '(<Override PartName="/xl/tables/table1.xml"[^>]*/>)', r"\1\1", "two content types"),
    (TYPES, "/xl/tables/table1.xml", "/xl/tables/table8.xml", "has a content type but no part"),
]  # fmt: skip


@pytest.mark.parametrize(("part", "old", "new", "complaint"), DEFECTS, ids=[defect[3] for defect in DEFECTS])
def test_a_planted_defect_is_found(sound: Path, part: str, old: str, new: str, complaint: str) -> None:
    if part == TYPES and not new:  # a default for .xml would stand in for the override
        sound = changed(sound, TYPES, '<Default Extension="xml"[^>]*/>', "").rename(sound)
    found = check_parts(changed(sound, part, old, new))
    assert any(complaint in line for line in found), found


def test_a_missing_part_is_found(sound: Path) -> None:
    found = check_parts(changed(sound, WORKBOOK, "<sheets>", "<sheets>", drop="xl/worksheets/sheet2.xml"))
    assert any("relationship rId2 leads to a missing part" in line for line in found)
    assert any("sheet 'Ark 2' has no part" in line for line in found)


def test_a_part_without_content_type_is_found(sound: Path) -> None:
    found = check_parts(changed(sound, WORKBOOK, "<sheets>", "<sheets>", add={"xl/extra.bin": "x"}))
    assert found == ["own: xl/extra.bin: no content type"]


def test_a_file_that_is_no_zip_is_a_complaint(tmp_path: Path) -> None:
    path = tmp_path / "no.xlsx"
    path.write_bytes(b"not a zip")
    assert "own: not a readable zip" in check_parts(path)[0]
    assert {line.partition(":")[0] for line in check_workbook_file(path)} >= {"own", "sdk"}


def test_errors_are_complaints_unless_allowed(tmp_path: Path) -> None:
    path = tmp_path / "errors.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("S")
        sheet.write_formula("A1", "=NA()", None, "#N/A")
        sheet.write_formula("A2", "=1/0", None, "#DIV/0!")
    assert check_parts(path) == ["own: S!A1: holds the error #N/A", "own: S!A2: holds the error #DIV/0!"]
    assert check_parts(path, allowed_errors={"#N/A"}) == ["own: S!A2: holds the error #DIV/0!"]
    assert check_workbook_file(path, allowed_errors={"#N/A", "#DIV/0!"}) == []


@pytest.mark.parametrize("name", TOO_NEW)
def test_functions_that_some_programs_lack_are_found(name: str) -> None:
    assert formula_complaints(f"1+_xlfn.{name} (A1)") == [f"{name} is too new for Excel 2016 or LibreOffice 7.4"]
    assert formula_complaints(f"_xlfn._xlws.{name.lower()}(A1)") != []
    assert formula_complaints(f"MK_{name}(A1)&\"{name}(\"&'{name}('!A1") == []


@pytest.mark.parametrize(
    ("formula", "complaint"),
    [
        ("SUM(A1", "brackets"),
        ("SUM(A1))", "brackets"),
        ("{1,2]", "brackets"),
        ('A1&"x', "quotes"),
        ("'Ark 2!A1", "quotes"),
        ("=A1", "equals sign"),
        ("IF(A1;1;2)", "semicolon"),
        ("1+" * 4096 + "1", "8,193 characters"),
    ],
)
def test_formulas_that_excel_refuses_are_found(formula: str, complaint: str) -> None:
    assert any(complaint in line for line in formula_complaints(formula))


@pytest.mark.parametrize(
    "formula",
    [
        "1+" * 4095 + "1",
        "SUM({1,2;3,4})",
        '"a ""quoted"" (word; "&A1',
        "'Bob''s (1'!A1",
        "Tabell[[#This Row],[Kode]]",
        "IFERROR(INDEX(A:A,MATCH(MK_STATUS(B1),C:C,0)),FIXED(B1*100,1,TRUE))",
        "SUBTEXT(A1)+CONTEXT(A1)+IFERROR(A1,0)",
        "",
    ],
)
def test_formulas_that_every_program_takes_pass(formula: str) -> None:
    assert formula_complaints(formula) == []


def test_the_sdk_and_the_audit_are_asked(sound: Path) -> None:
    found = check_workbook_file(changed(sound, SHEET, "<sheetProtection ", "<nonsense/><sheetProtection "))
    assert any(line.startswith("sdk: ") for line in found), found
    assert any(line.startswith("audit: ") for line in found), found


def test_many_files_are_checked_at_once(sound: Path) -> None:
    other = changed(sound, SHEET, 'ref="A5:B5"', 'ref="B4:B5"')
    assert {path.name: bool(found) for path, found in check_workbook_files([sound, other]).items()} == {
        "sound.xlsx": False,
        "defect.xlsx": True,
    }


@pytest.mark.parametrize("inside", ["", "node_modules"])
def test_the_tools_may_be_elsewhere(sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, inside: str) -> None:
    command = tmp_path / "tools" / inside / ".bin" / "ooxml-validator"
    command.parent.mkdir(parents=True)
    command.write_text('#!/bin/sh\necho \'{"ok": false, "errors": []}\'\nexit 1\n')
    command.chmod(0o755)
    monkeypatch.setenv("XLMALEKORT_TOOLS", str(tmp_path / "tools"))
    assert check_workbook_file(sound) == ["sdk: not valid, without a reason given"]


def test_a_missing_validator_is_never_skipped(sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XLMALEKORT_TOOLS", str(tmp_path))
    with pytest.raises(ValidatorMissingError, match="npm install"):
        check_workbook_file(sound)


def test_a_validator_that_cannot_run_is_never_a_pass(
    sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = tmp_path / ".bin" / "ooxml-validator"
    command.parent.mkdir()
    command.write_text("#!/bin/sh\necho broken >&2\nexit 2\n")
    command.chmod(0o755)
    monkeypatch.setenv("XLMALEKORT_TOOLS", str(tmp_path))
    with pytest.raises(ValidatorMissingError, match="broken"):
        check_workbook_file(sound)
