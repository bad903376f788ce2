"""Dumps say what people and programs see of a workbook, and goldens tell where a workbook changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import xlsxwriter

from tests.support.dump import assert_matches_golden, dump_workbook

if TYPE_CHECKING:
    from pathlib import Path


def make(path: Path, *, value: float = 0.749, note: str = "æøå") -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Målekort")
        unlocked = book.add_format({"num_format": "0.0%", "locked": False})
        green = book.add_format({"bg_color": "#C6EFCE", "bold": True, "font_color": "#006100"})
        sheet.write("A1", "Andel")
        sheet.write("B1", value, unlocked)
        sheet.write_formula("C1", '=IF(B1="","",B1*2)', None, 1.498)
        sheet.write_array_formula("D1:D1", "{=SUM(A1:B1)}", None, 3)
        sheet.write_boolean("E1", True)
        sheet.write_formula("F1", "=NA()", None, "#N/A")
        sheet.write_formula("G1", "=H9", None, "")
        for column in range(1, 5):
            sheet.write_blank(1, column, None, unlocked)
        sheet.write_blank("H2", None, green)
        sheet.set_column("A:A", 30)
        sheet.set_column("X:XFD", None, None, {"hidden": True})
        sheet.set_row(4, 40)
        sheet.merge_range("A10:B10", "ti")
        sheet.merge_range("A4:B4", "fire", green)
        sheet.freeze_panes(1, 1)
        sheet.protect()
        sheet.data_validation("B1", {"validate": "list", "source": ["rød", "gul"], "input_message": "Velg"})
        sheet.conditional_format("B1", {"type": "cell", "criteria": ">=", "value": 0.75, "format": green})
        sheet.conditional_format("C1", {"type": "data_bar", "data_bar_2010": True})
        sheet.add_table("J1:K3", {"name": "Tall", "columns": [{"header": "Kode"}, {"header": "Navn"}]})
        sheet.write_url("A12", "internal:'Skjult'!A1", string="hopp")
        hidden = book.add_worksheet("Skjult")
        hidden.write("A1", note)
        hidden.very_hidden()
        book.define_name("Periode", "=Skjult!$A$1")
        book.define_name("Skjult!Kontor", "=Skjult!$A$2")
    return path


def test_the_dump_says_what_is_in_the_workbook(tmp_path: Path) -> None:
    lines = dump_workbook(make(tmp_path / "a.xlsx")).splitlines()
    for expected in (
        "sheet: Målekort",
        "sheet: Skjult (veryHidden)",
        "name: Periode = Skjult!$A$1",
        "name: Kontor in Skjult = Skjult!$A$2",
        "== Målekort ==",
        "dimension: ref=A1:K12",
        "column A: width 30.71",
        "column X:XFD: width 0.00 | hidden",
        "row 5: height 39.75",
        "merges: A4:B4 A10:B10",
        "table Tall J1:K3: Kode, Navn",
        'A1: "Andel"',
        "B1: 0.749 | 0.0% | unlocked",
        '=IF(B1="","",B1*2) -> 1.498',
        "{=}SUM(A1:B1) -> 3",
        "E1: TRUE",
        "F1: =NA() -> #N/A",
        'G1: =H9 -> ""',
        "B2:E2: blank | 0.0% | unlocked",
        "H2: blank | fill C6EFCE",
        'A4: "fire" | fill C6EFCE',
        'A1: "æøå"',
    ):
        assert any(expected in line for line in lines), f"{expected} is not in\n" + "\n".join(lines)
    for start, words in (
        ("validation B1:", ["type=list", "prompt=Velg", 'formula1 "rød,gul"']),
        ("condition B1:", ["type=cellIs", "operator=greaterThanOrEqual", "[0.75]", "fill C6EFCE, font 006100, bold"]),
        ("condition C1:", ["dataBar"]),
        ("protection:", ["sheet=1"]),
        ("frozen:", ["topLeftCell=B2"]),
        ("link:", ["location='Skjult'!A1"]),
    ):
        line = next(line for line in lines if line.startswith(start))
        assert all(word in line for word in words), line


def test_the_same_contents_give_the_same_dump(tmp_path: Path) -> None:
    assert dump_workbook(make(tmp_path / "a.xlsx")) == dump_workbook(make(tmp_path / "b.xlsx"))


def test_a_golden_is_made_on_request_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book, golden = make(tmp_path / "a.xlsx"), tmp_path / "golden" / "a.txt"
    monkeypatch.delenv("UPDATE_GOLDEN", raising=False)
    with pytest.raises(AssertionError, match="UPDATE_GOLDEN=1"):
        assert_matches_golden(book, golden)
    monkeypatch.setenv("UPDATE_GOLDEN", "1")
    assert_matches_golden(book, golden)
    monkeypatch.setenv("UPDATE_GOLDEN", "0")
    assert_matches_golden(book, golden)
    assert golden.read_text(encoding="utf-8") == dump_workbook(book)


@pytest.mark.parametrize(
    ("value", "note", "place", "line"),
    [
        (0.75, "æøå", "sheet 'Målekort'", "+B1: 0.75 | 0.0% | unlocked"),
        (0.749, "annet", "sheet 'Skjult'", '+A1: "annet"'),
        (0.75, "annet", "sheet 'Målekort'", "-B1: 0.749 | 0.0% | unlocked"),
    ],
)
def test_the_first_sheet_that_differs_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: float, note: str, place: str, line: str
) -> None:
    monkeypatch.delenv("UPDATE_GOLDEN", raising=False)
    golden = tmp_path / "a.txt"
    golden.write_text(dump_workbook(make(tmp_path / "a.xlsx")), encoding="utf-8")
    with pytest.raises(AssertionError) as raised:
        assert_matches_golden(make(tmp_path / "b.xlsx", value=value, note=note), golden)
    message = str(raised.value)
    assert place in message.splitlines()[0]
    assert line in message


def test_a_long_difference_is_cut_short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("UPDATE_GOLDEN", raising=False)
    golden = tmp_path / "a.txt"
    golden.write_text("".join(f"line {number}\n" for number in range(500)), encoding="utf-8")
    with pytest.raises(AssertionError, match=r"the workbook itself(.|\n)*more lines") as raised:
        assert_matches_golden(make(tmp_path / "a.xlsx"), golden)
    assert len(str(raised.value).splitlines()) < 50
