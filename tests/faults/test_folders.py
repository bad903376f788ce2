"""A folder may hold things that are no files, and files may have any name: the run goes on, and nothing gets at the screen."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.faults.suite import judge_of
from tests.faults.workbooks import Raw, with_cells
from xlmalekort.cli.main import main
from xlmalekort.layout.office import Sheet

if TYPE_CHECKING:
    from pathlib import Path

    from tests.faults.reference import Reference

ESCAPE = "\x1b"
"""What begins a command to the terminal."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two sound workbooks."""
    found = tmp_path / "in"
    found.mkdir()
    for office in _held().offices[:2]:
        (found / office.file).write_bytes(office.content)
    return found


def _held() -> Reference:
    return judge_of().reference


def _rolled_up(folder: Path, *options: str) -> int:
    out, today = str(folder.parent / "region.xlsx"), _held().today.isoformat()
    return main(["rollup", str(folder), "--out", out, "--today", today, "--lang", "en", *options])


def test_a_link_that_leads_nowhere_is_told_and_the_rest_is_counted(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (folder / "a.xlsx").symlink_to(folder / "gone.xlsx")
    assert _rolled_up(folder) == 1
    assert "a.xlsx [FIL-006]" in capfd.readouterr().out
    assert (folder.parent / "region.xlsx").is_file()


def test_links_that_lead_in_a_circle_are_told_and_the_rest_is_counted(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (folder / "a.xlsx").symlink_to(folder / "b.xlsx")
    (folder / "b.xlsx").symlink_to(folder / "a.xlsx")
    assert _rolled_up(folder) == 1
    assert "a.xlsx [FIL-006]" in capfd.readouterr().out
    assert (folder.parent / "region.xlsx").is_file()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names on this system")
def test_a_pipe_is_told_and_nobody_waits_for_it(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    os.mkfifo(folder / "a.xlsx")
    assert _rolled_up(folder) == 0
    assert "a.xlsx [FIL-009]" in capfd.readouterr().out


def test_the_name_of_a_file_cannot_command_the_terminal(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (folder / f"{ESCAPE}]0;x\x07{ESCAPE}[2Ja.xlsx").write_bytes(b"no workbook")
    assert _rolled_up(folder) == 1
    assert ESCAPE not in capfd.readouterr().out


def test_the_text_of_a_cell_cannot_command_the_terminal(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    office = _held().offices[0]
    title = _held().layout.title(Sheet.INPUT)
    text = Raw("<is><t>_x001B_]0;x_x0007_12</t></is>", "inlineStr")
    (folder / office.file).write_bytes(with_cells(office.content, title, {"F33": text}))
    assert _rolled_up(folder) == 1
    told = capfd.readouterr().out
    assert "F33 [NUM-001]" in told
    assert ESCAPE not in told


def test_an_area_that_workbook_and_register_do_not_agree_on_is_told(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    one, other = _held().offices[:2]
    register = folder.parent / "offices.csv"
    # A small L for the one: an area of its own, whose figure of the area counts once more.
    lines = ("office,area,region", f"{one.name},{one.area},{one.region}", f"{other.name},TO l,{other.region}")
    register.write_text("\n".join(lines), encoding="utf-8")
    assert _rolled_up(folder, "--register", str(register)) == 1
    assert other.file in capfd.readouterr().out
