"""Repair puts back what is the template's and keeps what is the office's."""

from __future__ import annotations

import contextlib
import io
import json
import re
import zipfile
from functools import cache
from typing import TYPE_CHECKING

import openpyxl
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.faults.workbooks import (
    WORKBOOK,
    Raw,
    cell_xml,
    number,
    parts_of,
    sheet_part,
    sheet_xml,
    text,
    with_cells,
    with_sheet_xml,
    without_sheet,
)
from tests.pipeline import damages
from tests.pipeline.damages import ALL, TITLES
from tests.pipeline.test_refresh import LATER, LAYOUT, furnished_workbook
from tests.support.dump import dump_workbook
from tests.support.libreoffice import LibreOffice
from tests.support.ooxml import check_workbook_file
from xlmalekort.cli.main import main
from xlmalekort.intake.sheets import REPAIRS_NAME
from xlmalekort.layout.office import Sheet
from xlmalekort.pipeline.check import check_content
from xlmalekort.pipeline.errors import NotDoneError
from xlmalekort.pipeline.refresh import refresh_content
from xlmalekort.pipeline.repair import repair_content, repair_workbook

if TYPE_CHECKING:
    from pathlib import Path

    from xlmalekort.model.figures import Submission
    from xlmalekort.pipeline.repair import Repaired

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")  # of what it loses


@cache
def sound_workbook() -> bytes:
    """A furnished workbook with an action, as Refresh leaves it."""
    actions = {
        f"{column}6": text(said) for column, said in zip("ABCD", ("B.1", "Ferie", "Ringe", "Leder"), strict=True)
    }
    content = with_cells(furnished_workbook(), TITLES[Sheet.ACTIONS], actions)
    return refresh_content(content, "f.xlsx", LATER).content


@pytest.fixture
def sound() -> bytes:
    return sound_workbook()


def _list_title(content: bytes) -> str:
    found = re.search(rf"name=\"{REPAIRS_NAME}\">'([^']*)'!", parts_of(content)[WORKBOOK].decode())
    assert found
    return found[1]


def _dump(content: bytes, folder: Path, *, without: str | None = None) -> list[str]:
    """The workbook as text, without the list of repairs and what leads to it."""
    path = folder / "dumped.xlsx"
    path.write_bytes(content)
    # A title may stand in quotes or not where it needs none.
    lines = re.sub(r"'(\w+)'!", r"\1!", dump_workbook(path)).splitlines()
    if without is None:
        return lines[1:]
    start = lines.index(f"== {without} ==")
    end = next((n for n, line in enumerate(lines) if n > start and line.startswith("== ")), len(lines))
    kept = lines[: start - 1] + (lines[end - 1 :] if end < len(lines) else [])
    of_list = (f"sheet: {without}", REPAIRS_NAME, f"in {without} =")
    return [line for line in kept[1:] if not any(each in line for each in of_list)]


def _read(content: bytes) -> Submission:
    found = check_content(content, "f.xlsx", LATER).submission
    assert found is not None
    return found


def _figures(content: bytes) -> dict[object, object]:
    read = _read(content)
    return {place: each.value for place, each in {**read.figures, **read.reference}.items()}


def _codes(content: bytes) -> set[str]:
    return {each.code for each in check_content(content, "f.xlsx", LATER).problems}


def _assert_is_as_before(repaired: Repaired, sound: bytes, tmp_path: Path) -> None:
    assert repaired.changes
    assert not repaired.left
    found = _dump(repaired.content, tmp_path, without=_list_title(repaired.content))
    assert sorted(found) == sorted(_dump(sound, tmp_path))
    assert _figures(repaired.content) == _figures(sound)
    assert _codes(repaired.content) == _codes(sound)


@pytest.mark.parametrize("name", ALL)
def test_the_repaired_workbook_is_the_undamaged_one(name: str, sound: bytes, tmp_path: Path) -> None:
    damaged = ALL[name](sound)
    assert damaged != sound
    _assert_is_as_before(repair_content(damaged, "f.xlsx", LATER), sound, tmp_path)


@given(names=st.lists(st.sampled_from(sorted(set(ALL) - {"a title"})), min_size=2, max_size=4, unique=True))
@settings(max_examples=3, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
def test_several_damages_are_repaired_together(tmp_path_factory: pytest.TempPathFactory, names: list[str]) -> None:
    tmp_path, sound = tmp_path_factory.mktemp("several"), sound_workbook()
    damaged = sound
    for name in sorted(names, key=lambda each: each.endswith("title")):
        # What is damaged is found by its title, so titles come last.
        with contextlib.suppress(ValueError):  # another damage has left nothing to do
            damaged = ALL[name](damaged)
    _assert_is_as_before(repair_content(damaged, "f.xlsx", LATER), sound, tmp_path)


def test_a_second_repair_changes_nothing(sound: bytes) -> None:
    damaged = damages.renamed(damages.pasted_block(damages.without_rules(sound, Sheet.INPUT)), Sheet.INPUT)
    once = repair_content(damaged, "f.xlsx", LATER)
    twice = repair_content(once.content, "f.xlsx", LATER)
    assert once.changes
    assert not twice.changes
    assert twice.content == once.content


def test_a_later_repair_lengthens_the_list(sound: bytes) -> None:
    once = repair_content(damages.typed_over(sound, Sheet.SCORECARD, ["D8"]), "f.xlsx", LATER)
    again = damages.typed_over(once.content, Sheet.SCORECARD, ["D9"], number(41))
    twice = repair_content(again, "f.xlsx", LATER)
    sheet = openpyxl.load_workbook(io.BytesIO(twice.content))[_list_title(twice.content)]
    told = [(row[1].value, row[3].value) for row in sheet.iter_rows(min_row=5)]
    assert told == [("Målekort!D8", "99"), ("Målekort!D9", "41")]


def test_every_overwritten_value_is_in_the_list_with_its_cell(sound: bytes) -> None:
    damaged = damages.typed_over(sound, Sheet.SCORECARD, ["D8", "E8"], text("34,5 (fra Arena)"))
    repaired = repair_content(damaged, "f.xlsx", LATER)
    assert [(each.code, each.sheet, each.cell, each.got) for each in repaired.changes] == [
        ("REP-001", "Målekort", cell, "34,5 (fra Arena)") for cell in ("D8", "E8")
    ]
    listed = parts_of(repaired.content)[sheet_part(repaired.content, _list_title(repaired.content))].decode()
    assert listed.count("34,5 (fra Arena)") >= 2


def test_the_list_is_ours_and_says_nothing_in_the_checks(sound: bytes) -> None:
    repaired = repair_content(damages.typed_over(sound, Sheet.SCORECARD, ["D8"]), "f.xlsx", LATER)
    told = {(each.code, each.sheet) for each in check_content(repaired.content, "f.xlsx", LATER).problems}
    assert ("STR-015", _list_title(repaired.content)) not in told
    assert ("STR-015", "Egne notater") in told


def test_what_is_the_offices_keeps_its_bytes(sound: bytes) -> None:
    damaged = damages.with_macros(damages.pasted_block(damages.unprotected(sound, Sheet.INPUT)))
    repaired = parts_of(repair_content(damaged, "f.xlsm", LATER).content)
    before = parts_of(damaged)
    own = sheet_part(damaged, "Egne notater")
    kept = [name for name in before if "worksheets/sheet" not in name or name == own]
    ours = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"}
    assert {name for name in kept if repaired[name] != before[name]} <= ours
    assert repaired["xl/vbaProject.bin"] == before["xl/vbaProject.bin"]


def test_the_references_of_the_offices_own_sheet_follow_a_title(sound: bytes) -> None:
    own = with_cells(sound, "Egne notater", {"E1": Raw("<f>SUM('Registrering'!E8:P8)</f><v>1</v>")})
    damaged = damages.renamed(own, Sheet.INPUT)
    assert "nye" in cell_xml(damaged, "Egne notater", "E1")
    repaired = repair_content(damaged, "f.xlsx", LATER).content
    assert "SUM('Registrering'!E8:P8)" in cell_xml(repaired, "Egne notater", "E1")


def test_input_rules_are_put_back_for_the_cells_that_lack_them(sound: bytes) -> None:
    damaged = damages.with_shorter_rules(sound)
    assert "STR-020" in _codes(damaged)
    repaired = repair_content(damaged, "f.xlsx", LATER)
    found = [(each.code, each.slots["range"]) for each in repaired.changes]
    assert found == [("REP-002", area) for area in ("A6:A19", "B6:D19", "E6:E19", "F6:F19")]
    assert "STR-020" not in _codes(repaired.content)
    rules = sheet_xml(repaired.content, TITLES[Sheet.ACTIONS]).decode()
    assert rules.count('sqref="B6:D19"') == rules.count('sqref="B20:D65"') == 1


def test_locked_cells_are_unlocked_in_the_looks_that_they_have(sound: bytes) -> None:
    damaged = damages.with_locked_cells(sound)
    assert "STR-021" in _codes(damaged)
    repaired = repair_content(damaged, "f.xlsx", LATER)
    assert [(each.code, each.cell) for each in repaired.changes] == [("REP-003", "E8")]
    assert "STR-021" not in _codes(repaired.content)
    assert _figures(repaired.content) == _figures(sound)
    book = openpyxl.load_workbook(io.BytesIO(repaired.content))
    cell = book["Registrering"]["E8"]
    assert not cell.protection.locked
    assert cell.number_format == "General"


def test_a_sheet_whose_rows_were_moved_is_left_and_told(sound: bytes) -> None:
    damaged = damages.moved_scorecard(damages.typed_over(sound, Sheet.SCORECARD, ["D12"]))
    repaired = repair_content(damaged, "f.xlsx", LATER)
    assert not [each for each in repaired.changes if each.code == "REP-001"]
    assert [(each.code, each.sheet) for each in repaired.left] == [("REP-008", "Målekort")]


def test_a_sheet_that_is_missing_is_told(sound: bytes) -> None:
    repaired = repair_content(without_sheet(sound, TITLES[Sheet.CLARIFICATIONS]), "f.xlsx", LATER)
    assert [(each.code, each.sheet) for each in repaired.left] == [("REP-008", TITLES[Sheet.CLARIFICATIONS])]
    assert not repaired.changes


def test_charts_that_are_gone_are_told(sound: bytes) -> None:
    damaged = with_sheet_xml(sound, TITLES[Sheet.SCORECARD], lambda xml: xml.replace(b'<drawing r:id="rId1"/>', b""))
    repaired = repair_content(damaged, "f.xlsx", LATER)
    assert [(each.code, each.sheet) for each in repaired.left] == [("REP-008", "Målekort")]
    assert repaired.content == damaged


def test_a_workbook_saved_by_a_library_keeps_its_figures_and_gets_its_formulas(sound: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(damages.typed_over(sound, Sheet.SCORECARD, ["D8", "D9"])))
    saved = io.BytesIO()
    book.save(saved)
    # openpyxl drops every computed value; LibreOffice or Excel would work them out again.
    damaged = refresh_content(saved.getvalue(), "f.xlsx", LATER).content
    repaired = repair_content(damaged, "f.xlsx", LATER)
    assert {(each.code, each.cell) for each in repaired.changes} == {("REP-001", "D8"), ("REP-001", "D9")}
    assert _figures(repaired.content) == _figures(sound)


def test_a_sheet_does_not_take_the_title_of_another_one(sound: bytes) -> None:
    damaged = damages.renamed(sound, Sheet.CONTROL)
    own = damages.with_own_sheet(damaged, TITLES[Sheet.CONTROL])
    repaired = repair_content(own, "f.xlsx", LATER)
    assert [each.code for each in repaired.left] == ["REP-008"]


# The file


def test_a_sound_workbook_is_not_touched(sound: bytes, tmp_path: Path) -> None:
    path = tmp_path / "Prøvedal.xlsx"
    path.write_bytes(sound)
    before = path.stat().st_mtime_ns
    repaired = repair_workbook(path, today=LATER)
    assert not repaired.changes
    assert path.stat().st_mtime_ns == before
    assert main(["--lang", "en", "repair", str(path), "--today", LATER.isoformat()]) == 0


def test_a_dry_run_says_what_it_would_do_and_writes_nothing(
    sound: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(damaged := damages.typed_over(sound, Sheet.SCORECARD, ["D8"]))
    arguments = ["--lang", "en", "repair", str(path), "--dry-run", "--json", "--today", LATER.isoformat()]
    assert main(arguments) == 0
    said = json.loads(capsys.readouterr().out)
    assert not said["written"]
    assert [(each["code"], each["sheet"], each["cell"], each["before"]) for each in said["changes"]] == [
        ("REP-001", "Målekort", "D8", "99")
    ]
    assert said["changes"][0]["after"].startswith("=IF(")
    assert path.read_bytes() == damaged
    assert [each.name for each in tmp_path.iterdir()] == ["a.xlsx"]


def test_repaired_as_another_file_the_old_one_stays(sound: bytes, tmp_path: Path) -> None:
    path, out = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    path.write_bytes(damaged := damages.typed_over(sound, Sheet.SCORECARD, ["D8"]))
    assert main(["repair", str(path), "--out", str(out), "--today", LATER.isoformat()]) == 0
    assert path.read_bytes() == damaged
    assert "STR-018" not in _codes(out.read_bytes())


def test_a_file_that_is_no_workbook_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"PK")
    assert main(["repair", str(path)]) == 2
    assert path.read_bytes() == b"PK"


def test_nothing_is_written_where_the_figures_would_be_read_otherwise(
    sound: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stands in for a mistake of ours: the proof is what is proved here."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(damaged := damages.typed_over(sound, Sheet.SCORECARD, ["D8"]))
    cell = "E8"

    def spoiled(content: bytes, changes: object) -> bytes:
        return with_cells(content, TITLES[Sheet.INPUT], {cell: number(123)})

    monkeypatch.setattr("xlmalekort.pipeline.repair.patch_workbook", spoiled)
    with pytest.raises(NotDoneError, match="Registrering!E8"):
        repair_workbook(path, today=LATER)
    assert path.read_bytes() == damaged


@pytest.mark.slow
def test_excel_opens_repaired_workbooks_without_a_complaint(sound: bytes, tmp_path: Path) -> None:
    damaged = damages.without_names(damages.with_locked_cells(damages.pasted_block(sound)))
    damaged = damages.renamed(
        damages.unprotected(damages.without_rules(damaged, Sheet.INPUT), Sheet.INPUT), Sheet.INPUT
    )
    before, after = tmp_path / "before.xlsx", tmp_path / "after.xlsx"
    # The parts that only stand for what a library would lose are no real ones.
    stand_ins = {"customUI/customUI14.xml", "xl/threadedComments/threadedComment1.xml", "xl/slicers/slicer1.xml"}
    stand_ins |= {"xl/calcChain.xml"}
    for path, content in ((before, sound), (after, repair_content(damaged, "f.xlsx", LATER).content)):
        with zipfile.ZipFile(path, "w") as archive:
            for name, data in parts_of(content).items():
                if name not in stand_ins:
                    archive.writestr(name, data)
    assert check_workbook_file(before) == []
    assert check_workbook_file(after) == []


@pytest.mark.libreoffice
def test_a_recalculation_gives_the_values_that_were_put_back(sound: bytes, tmp_path: Path) -> None:
    damaged = damages.pasted_block(damages.typed_over(sound, Sheet.CALCULATION, damages.value_cells(Sheet.CALCULATION)))
    path = tmp_path / "a.xlsx"
    path.write_bytes(repair_content(damaged, "f.xlsx", LATER).content)
    last = max(LAYOUT.scorecard_rows.values()) + 1
    area = f"A1:L{last}"
    with LibreOffice(locale="nb-NO") as office:
        rows = office.recalculate(path, {TITLES[Sheet.SCORECARD]: area})[TITLES[Sheet.SCORECARD]]
    sheet = openpyxl.load_workbook(path, data_only=True)[TITLES[Sheet.SCORECARD]]
    for row, cells in zip(rows, sheet[area], strict=True):
        for found, cell in zip(row, cells, strict=True):
            held = cell.value if isinstance(cell.value, int | float | str) else None
            if isinstance(held, int | float) and isinstance(found, float):
                assert found == pytest.approx(held), cell.coordinate
            elif isinstance(held, str):
                assert (found or "") == held, cell.coordinate


@pytest.mark.libreoffice
def test_a_workbook_that_libreoffice_saved_is_repaired_too(sound: bytes, tmp_path: Path) -> None:
    path, saved = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    path.write_bytes(damages.without_rules(damages.pasted_block(sound), Sheet.INPUT))
    with LibreOffice(locale="nb-NO") as office:
        office.convert(path, saved)
        repaired = repair_content(saved.read_bytes(), "b.xlsx", LATER)
        saved.write_bytes(repaired.content)
        office.convert(saved, path)
    assert {each.code for each in repaired.changes} == {"REP-001", "REP-002"}
    assert not _codes(repaired.content) & {"STR-018", "STR-020", "STR-021", "STR-022"}
    assert _figures(path.read_bytes()) == _figures(sound)
