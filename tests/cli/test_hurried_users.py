"""What hurried people do, several at a time, and what must not be lost by it."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.formula import ArrayFormula

from tests.cli.test_commands import TODAY, Run, folder, office, run, type_into
from tests.pipeline.offices import BUSKERUD
from xlmalekort.cli import main
from xlmalekort.layout.office import Sheet, layout_of
from xlmalekort.scorecards import load_scorecard
from xlmalekort.xlsx import patch_workbook

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["folder", "office", "run"]


def test_runs_at_the_same_time_do_not_lose_each_others_figures(run: Run, office: Path, folder: Path) -> None:
    running = []
    for month in range(1, 5):
        data = folder / f"{month}.csv"
        data.write_text(f"measure,period,value\nB.2.numerator,2009-0{month},{10 + month}\n", encoding="utf-8")
        command = [sys.executable, "-m", "xlmalekort", "fill", str(office), "--data", str(data), *TODAY]
        running.append(subprocess.Popen(command, stdout=subprocess.DEVNULL))
    assert {each.wait() for each in running} <= {0, 1}
    cells = run.json("cells", office, code=0)
    found = {cell["period"]: cell["value"] for cell in cells if cell["measure"] == "B.2.numerator"}
    assert [found[f"2009-0{month}"] for month in range(1, 5)] == [11, 12, 13, 14]


def test_rollup_never_writes_over_an_offices_workbook(run: Run, office: Path, folder: Path) -> None:
    before = office.read_bytes()
    run("rollup", folder, "--out", office, *TODAY, code=2)
    assert office.read_bytes() == before


def test_rollup_never_writes_over_its_own_register(run: Run, office: Path, folder: Path) -> None:
    register = folder / "offices.csv"
    register.write_text("office,area,region\nPrøvedal,TO Nord,Buskerud\n", encoding="utf-8")
    out = folder.parent / "r.xlsx"
    run("rollup", folder, "--out", out, "--register", register, "--tidy", register, *TODAY, code=2)
    assert register.read_text(encoding="utf-8").startswith("office,area,region")


def test_the_tidy_table_takes_the_place_of_an_earlier_one_and_of_nothing_else(
    run: Run, office: Path, folder: Path
) -> None:
    out, tidy, figures = folder.parent / "r.xlsx", folder.parent / "tidy.csv", folder / "tall.csv"
    before = figures.read_bytes()
    run("rollup", folder, "--out", out, "--tidy", figures, *TODAY, code=2)
    assert figures.read_bytes() == before
    assert not out.exists()
    for _ in range(2):
        run("rollup", folder, "--out", out, "--tidy", tidy, *TODAY, code=0)


def test_one_workbook_that_lacks_a_row_does_not_keep_the_others_from_their_figures(
    run: Run, office: Path, folder: Path
) -> None:
    other = folder / "testnes.xlsx"
    run("new", BUSKERUD, "--office", "Testnes", "--out", other, *TODAY, code=0)
    layout = layout_of(load_scorecard(BUSKERUD), 2009)
    row = layout.line["B.2.numerator"].row
    other.write_bytes(patch_workbook(other.read_bytes(), {layout.title(Sheet.INPUT): {(row, 0): "noe annet"}}))
    data = folder / "begge.csv"
    data.write_text(
        "office,measure,period,value\nPrøvedal,B.2.numerator,2009-05,7\nTestnes,B.2.numerator,2009-05,8\n",
        encoding="utf-8",
    )
    found = run.json("fill", folder, "--data", data, *TODAY, code=1)
    assert [each["office"] for each in found["files"]] == ["Prøvedal"]
    assert [each["file"] for each in found["problems"] if each["code"] == "CSV-020"] == ["testnes.xlsx"]


@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
def test_a_filled_figure_takes_the_place_of_a_formula(run: Run, office: Path, folder: Path) -> None:
    workbook = load_workbook(office)
    workbook["Registrering"]["I8"] = "=70+5"
    workbook.save(office)
    data = folder / "ny.csv"
    data.write_text("measure,period,value\nB.1.numerator,2009-05,60\n", encoding="utf-8")
    found = run.json("fill", office, "--data", data, *TODAY, code=0)
    assert [each["got"] for each in found["problems"] if each["code"] == "CSV-011"] == ["=70+5"]
    run("check", office, *TODAY, code=0)


@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
def test_a_formula_over_several_cells_is_not_torn_apart(run: Run, office: Path, folder: Path) -> None:
    workbook = load_workbook(office)
    workbook["Registrering"]["I8"] = ArrayFormula("I8:I9", "=H8:H9")
    workbook.save(office)
    before = office.read_bytes()
    data = folder / "ny.csv"
    data.write_text("measure,period,value\nB.1.numerator,2009-05,60\n", encoding="utf-8")
    found = run.json("fill", office, "--data", data, *TODAY, code=2)
    assert [each["code"] for each in found["problems"]] == ["CSV-022"]
    assert office.read_bytes() == before


def test_a_filled_figure_that_cannot_be_is_told(run: Run, office: Path, folder: Path) -> None:
    data = folder / "feil.csv"
    data.write_text("measure,period,value\nB.1.numerator,2009-05,600\n", encoding="utf-8")
    found = run.json("fill", office, "--data", data, *TODAY, code=1)
    assert "PAR-001" in {each["code"] for each in found["problems"]}


def test_a_workbook_of_another_program_is_a_delivery_that_cannot_be_read(run: Run, office: Path, folder: Path) -> None:
    (folder / "gammel.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000)
    found = run.json("rollup", folder, "--out", folder.parent / "r.xlsx", *TODAY, code=1)
    assert found["files"]["rejected"] == 1


@pytest.mark.parametrize("name", ["", "   ", "x" * 101, "a\x01b"])
def test_a_name_that_no_heading_can_carry_is_told_before_anything_is_written(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", BUSKERUD, "--office", name, "--out", str(tmp_path / "a.xlsx")]) == 2
    assert list(tmp_path.iterdir()) == []


def test_usage_errors_are_json_too_when_json_was_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["judge", BUSKERUD, "--json"]) == 2
    assert "required" in json.loads(capsys.readouterr().out)["error"]


@pytest.mark.parametrize("value", ["--", "", "NaN", "1e5", "٣", "1_000"])
def test_what_is_no_number_is_told(value: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["judge", BUSKERUD, "B.1", "--period", "2009-05", f"--value={value}"]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_the_demonstration_leaves_filled_in_workbooks_alone(tmp_path: Path, run: Run) -> None:
    offices = tmp_path / "demo" / "offices"
    offices.mkdir(parents=True)
    path = offices / "prøvedal_2009.xlsx"
    run("new", BUSKERUD, "--office", "Prøvedal", "--out", path, *TODAY, code=0)
    type_into(path, "B.1.numerator", "2009-05", 99_999)
    before = path.read_bytes()
    run("demo", "--out", tmp_path / "demo", code=2)
    assert path.read_bytes() == before
