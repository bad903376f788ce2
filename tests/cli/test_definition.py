"""Definitions are exported, changed in Excel, checked, compared and imported from the command line."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest

from tests.cli.test_commands import Run, run
from xlmalekort import load_scorecard
from xlmalekort.definitions.layout import FIRST_ROW, KEY_ROW
from xlmalekort.scorecards import DefinitionError, loader

__all__ = ["run"]

PACTA = "uwv-pacta-2006"


def change(path: Path, sheet: str, key: str, value: str, row: int = FIRST_ROW + 1) -> None:
    """Type into a cell, as in Excel."""
    book = openpyxl.load_workbook(path)
    found = next(each for each in book.worksheets if each.cell(KEY_ROW + 1, 1).value == sheet or each.title == sheet)
    place = next(cell.column for cell in found[KEY_ROW + 1] if cell.value == key)
    found.cell(row, place).value = value
    book.save(path)


@pytest.fixture
def book(run: Run, tmp_path: Path) -> Path:
    path = tmp_path / "scorekaart æøå.xlsx"
    assert str(path) in run("definition", "export", PACTA, "--out", path, code=0)
    return path


@pytest.fixture
def indicators(book: Path) -> str:
    """The title of the sheet of indicators."""
    sheets = openpyxl.load_workbook(book).worksheets
    return next(each.title for each in sheets if any(cell.value == "better" for cell in each[KEY_ROW + 1]))


def test_there_and_back_again(run: Run, book: Path, tmp_path: Path) -> None:
    scorecard = load_scorecard(PACTA)
    assert run.json("definition", "check", book, code=0)["hash"] == scorecard.content_hash
    out = tmp_path / "own.yaml"
    imported = run.json("definition", "import", book, "--out", out, code=0)
    assert imported["scorecard"] == PACTA
    assert imported["problems"] == []
    assert load_scorecard(out) == scorecard
    assert run.json("diff", PACTA, out, code=0) == {"changes": []}


def test_a_definition_workbook_stands_wherever_a_scorecard_does(run: Run, book: Path, tmp_path: Path) -> None:
    assert load_scorecard(book) == load_scorecard(str(book)) == load_scorecard(PACTA)
    assert run("new", book, "--office", "Noord", "--out", tmp_path / "noord.xlsx", code=0)
    assert run("diff", book, PACTA, "--lang", "en", code=0) == "Nothing has changed.\n"


def test_a_cell_that_cannot_be_used_is_named(run: Run, book: Path, indicators: str, tmp_path: Path) -> None:
    change(book, indicators, "better", "hiegher")
    told = run("definition", "check", book, "--lang", "en", code=1)
    assert f"{book.name}!{indicators}!E5 [DEF-006] " in told
    assert "did you mean higher?" in told
    found = run.json("definition", "check", book, code=1)
    assert found["accepted"] is False
    assert [(each["code"], each["cell"], each["got"]) for each in found["problems"]] == [("DEF-006", "E5", '"hiegher"')]
    # Nothing is done with it, and every command says why.
    assert run.json("definition", "import", book, "--out", tmp_path / "x.yaml", code=2)["problems"][0]["cell"] == "E5"
    assert run.json("new", book, "--office", "A", "--out", tmp_path / "x.xlsx", code=2)["problems"][0]["cell"] == "E5"
    assert not (tmp_path / "x.yaml").exists()
    with pytest.raises(DefinitionError, match=r"!E5: \[DEF-006\]"):
        load_scorecard(book)


def test_a_target_that_changes_breaks_no_series_but_a_definition_does(run: Run, book: Path, indicators: str) -> None:
    change(book, indicators, "responsible", "Iemand anders")
    found = run.json("diff", PACTA, book, code=0)["changes"]
    assert [(each["field"], each["breaks_series"]) for each in found] == [("responsible", False)]
    change(book, indicators, "definition", "Iets anders.")
    found = run.json("diff", PACTA, book, code=1)["changes"]
    assert [(each["field"], each["breaks_series"]) for each in found] == [("definition", True), ("responsible", False)]
    assert found[0]["new"] == "Iets anders."
    told = run("diff", PACTA, book, "--lang", "en", code=1)
    assert told.index("What breaks a series:") < told.index("No break is defined for") < told.index("What else")


def test_a_workbook_in_use_is_not_written_over(run: Run, book: Path, indicators: str, tmp_path: Path) -> None:
    run("definition", "export", PACTA, "--out", book, code=0)
    change(book, indicators, "responsible", "Iemand anders")
    before = book.read_bytes()
    run("definition", "export", PACTA, "--out", book, code=2)
    office = tmp_path / "office.xlsx"
    run("new", PACTA, "--office", "Noord", "--out", office, code=0)
    run("definition", "export", PACTA, "--out", office, code=2)
    assert book.read_bytes() == before


def test_remarks_in_a_definition_file_are_not_lost(run: Run, book: Path, tmp_path: Path) -> None:
    out = tmp_path / "own.yaml"
    shutil.copy(Path(loader.__file__).with_name(f"{PACTA}.yaml"), out)
    before = out.read_bytes()
    run("definition", "import", book, "--out", out, code=2)
    assert out.read_bytes() == before
    plain = tmp_path / "plain.yaml"
    run("definition", "import", book, "--out", plain, code=0)
    run("definition", "import", book, "--out", plain, code=0)


def test_a_definition_file_is_checked_too(run: Run, book: Path, tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    run("definition", "import", book, "--out", path, code=0)
    assert run.json("definition", "check", path, code=0)["accepted"]
    path.write_text(path.read_text(encoding="utf-8").replace("better: ", "beter: ", 1), encoding="utf-8")
    problems = run.json("definition", "check", path, code=1)["problems"]
    assert {each["code"] for each in problems} == {"DEF-029"}
    assert all(each["line"] for each in problems)


def test_units_with_a_target_of_their_own_are_looked_up_in_a_register(run: Run, tmp_path: Path) -> None:
    register, book = tmp_path / "offices.csv", tmp_path / "def.xlsx"
    scorecard = next(
        each
        for each in (load_scorecard(name) for name in loader.built_in())
        if any(indicator.unit_targets for indicator in each.indicators)
    )
    units = sorted(
        {each.unit for indicator in scorecard.indicators for each in indicator.unit_targets if each.level == "office"}
    )
    run("definition", "export", scorecard.id, "--out", book, code=0)
    register.write_text(f"office,area,region\n{units[0]},N,R\n", encoding="utf-8")
    found = run.json("definition", "check", book, "--register", register, code=1)
    told = [each for each in found["problems"] if each["code"] == "DEF-025"]
    assert {each["got"] for each in told} >= set(units[1:])
    assert units[0] not in {each["got"] for each in told}
    assert all(each["cell"] for each in told)
    assert found["accepted"]
