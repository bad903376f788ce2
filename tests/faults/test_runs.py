"""Whole runs of the program over the reference set: the library, the command line, and what they write."""

from __future__ import annotations

import io
import json
import random
import re
import socket
import zipfile
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.faults.cases import Spot
from tests.faults.outcomes import Judge, check_altered, checked_as_folder, run, write_files
from tests.faults.processes import MOST_BYTES, MOST_SECONDS, command
from tests.faults.security_level import CANARY, INJECTIONS
from tests.faults.suite import VARIANTS, altered_by, judge_of
from tests.faults.workbooks import sheet_part, text, with_cells
from xlmalekort import NotDoneError, check_workbook, roll_up
from xlmalekort.pipeline.annotate import _NotGivenBackError, annotated
from xlmalekort.pipeline.check import check_content
from xlmalekort.pipeline.refresh import refresh_content
from xlmalekort.pipeline.repair import repair_content

if TYPE_CHECKING:
    from tests.faults.cases import Variant
    from tests.faults.reference import Reference
    from xlmalekort.problems import Problem
    from xlmalekort.rollup.results import RollUp

LATER = date(2009, 7, 15)
_BY_ID = {variant.id: variant for variant in VARIANTS}


@pytest.fixture(scope="session")
def judge() -> Judge:
    return judge_of()


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory, judge: Judge) -> Path:
    """The clean set and its register, as a controller has them. Nobody writes into it."""
    folder = tmp_path_factory.mktemp("reference")
    (folder / "offices").mkdir()
    write_files(folder / "offices", {each.file: each.content for each in judge.reference.offices})
    (folder / "offices.csv").write_text(judge.reference.register_text, encoding="utf-8")
    return folder


def _copied(folder: Path, to: Path, files: dict[str, bytes | None]) -> Path:
    """The set with some files changed, in a folder of its own."""
    offices = to / "offices"
    offices.mkdir()
    for path in (folder / "offices").iterdir():
        if path.name not in files:
            (offices / path.name).hardlink_to(path)
    write_files(offices, files)
    return offices


def _rolled_up(folder: Path, offices: Path, out: Path, reference: Reference) -> RollUp:
    return roll_up(offices, out=out, today=reference.today, register=folder / "offices.csv")


def _said(rollup: RollUp) -> tuple[object, ...]:
    """All that a roll-up says, in a form in which two of them can be compared."""
    results = [
        (each.indicator.id, each.period, each.unit, each.judgement, each.reported, each.expected)
        for each in rollup.results
    ]
    states = [(each.checked.file, each.state) for each in rollup.files]
    return results, rollup.totals, rollup.problems, states, rollup.facts


@pytest.mark.parametrize("names", [(), ("C05-ref", "S06-deleted", "F02-half", "X02-two_cells", "X08-zip")])
def test_a_folder_comes_to_the_same_as_its_checked_files(
    names: tuple[str, ...], folder: Path, tmp_path: Path, judge: Judge
) -> None:
    files: dict[str, bytes | None] = {}
    for office, name in zip((2, 5, 17, 20, 33), names, strict=False):
        files |= altered_by(_BY_ID[name], office).files
    offices = _copied(folder, tmp_path, files)
    whole = _rolled_up(folder, offices, tmp_path / "region.xlsx", judge.reference)
    untouched = {name: each for name, each in judge.reference.checked.items() if name not in files}
    zips = {name for name in files if not name.endswith(".xlsx")}
    changed = checked_as_folder(judge.reference, {name: each for name, each in files.items() if each is not None})
    assert _said(whole) == _said(run(judge.reference, (*untouched.values(), *changed)).rollup)
    assert len(whole.files) == len(untouched) + len(changed)
    assert bool(zips) == bool(names)


def test_the_command_line_prints_the_truth(folder: Path, tmp_path: Path, judge: Judge) -> None:
    reference = judge.reference
    register, out = folder / "offices.csv", tmp_path / "region.xlsx"
    ended = command(
        "rollup", folder / "offices", "--register", register, "--today", str(reference.today), "--out", out, "--json"
    )
    assert ended.code == 0, ended.errors
    found = json.loads(ended.output)
    totals = {(each["measure"], each["period"], (each["level"], each["name"])): each for each in found["totals"]}
    assert set(totals) == set(reference.truth)
    for place, each in reference.truth.items():
        value = None if each.value is None else float(each.value)
        assert (totals[place]["value"], totals[place]["reported"], totals[place]["expected"]) == (
            value,
            each.reported,
            each.expected,
        )
    assert found["files"] == {"seen": 40, "counted": 40, "rejected": 0, "held": 0, "ignored": 0}
    assert out.stat().st_size > 10_000


_RISKY = [variant for variant in VARIANTS if variant.is_risky]


@pytest.mark.parametrize("variant", [pytest.param(each, id=each.id) for each in _RISKY])
def test_what_takes_time_and_memory_takes_little(variant: Variant, tmp_path: Path) -> None:
    altered = altered_by(variant)
    write_files(tmp_path, altered.files)
    (file,) = altered.files
    ended = command("check", tmp_path / file, "--json")
    assert ended.code in (0, 1), ended.errors
    assert "Traceback" not in ended.errors
    assert CANARY not in ended.output + ended.errors
    assert ended.seconds < MOST_SECONDS
    assert ended.memory < MOST_BYTES


# X09


def test_the_order_of_the_files_does_not_matter(judge: Judge) -> None:
    altered = altered_by(_BY_ID["X02-two_cells"])
    files = list(check_altered(judge.reference, altered))
    expected = _said(run(judge.reference, files).rollup)
    for seed in range(4):
        random.Random(seed).shuffle(files)
        assert _said(run(judge.reference, files).rollup) == expected


# R06


def test_a_hundred_problems_a_file_are_all_told(judge: Judge) -> None:
    reference = judge.reference
    office = reference.offices[2]
    spot = Spot(reference, office)
    cells = {spot.cell_of(*key): text("x") for key in office.figures}
    content = with_cells(office.content, spot.sheet, cells)
    found = [each for each in reference.check(content, office.file).problems if each.code == "NUM-001"]
    assert sorted(each.cell or "" for each in found) == sorted(cells)


def test_many_thousand_problems_are_all_in_the_workbook_of_the_region(
    folder: Path, tmp_path: Path, judge: Judge
) -> None:
    files: dict[str, bytes | None] = {}
    for office in judge.reference.offices[1:]:
        spot = Spot(judge.reference, office)
        bad = {spot.cell_of(*key): text("x") for key in office.figures}
        files[office.file] = with_cells(office.content, spot.sheet, bad)
    out = tmp_path / "region.xlsx"
    rollup = _rolled_up(folder, _copied(folder, tmp_path, files), out, judge.reference)
    told = [each for each in rollup.problems if each.code == "NUM-001"]
    assert len(told) == sum(len(office.figures) for office in judge.reference.offices[1:])
    with zipfile.ZipFile(out) as archive:
        rows = max(
            len(re.findall(rb"NUM-001|<row ", archive.read(name))) for name in archive.namelist() if "sheet" in name
        )
    assert rows >= len(told)


# F11


def test_a_file_that_may_not_be_read_is_told(tmp_path: Path, judge: Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    office = judge.reference.offices[3]
    write_files(tmp_path, {office.file: office.content})

    def refuse(_: Path) -> bytes:
        error = PermissionError(13, "used by another process")
        error.winerror = 32  # type: ignore[attr-defined]
        raise error

    monkeypatch.setattr(Path, "read_bytes", refuse)
    checked = check_workbook(tmp_path / office.file, today=judge.reference.today)
    assert [(each.code, each.file) for each in checked.problems] == [("FIL-006", office.file)]


def test_a_file_that_cannot_be_read_stops_nobody_else(folder: Path, tmp_path: Path, judge: Judge) -> None:
    offices = _copied(folder, tmp_path, {})
    gone = offices / judge.reference.offices[3].file
    gone.unlink()
    gone.symlink_to(tmp_path / "no longer there.xlsx")
    rollup = _rolled_up(folder, offices, tmp_path / "region.xlsx", judge.reference)
    assert _only(rollup, "FIL-006").file == gone.name
    assert (rollup.count("counted"), rollup.count("rejected")) == (39, 1)


def _only(rollup: RollUp, code: str) -> Problem:
    (found,) = [each for each in rollup.problems if each.code == code]
    return found


# Z01, Z02, Z05, Z07


def test_nothing_of_a_received_file_gets_loose_in_what_is_written(
    folder: Path, tmp_path: Path, judge: Judge, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        message = "a received file reached the network"
        raise AssertionError(message)

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    office = judge.reference.offices[2]
    spot = Spot(judge.reference, office)
    indicators = [each.id for each in judge.reference.scorecard.active if each.level == "office"]
    comments = {
        spot.cell_of(f"comment:{each}"): text(value)
        for each, value in zip(indicators, INJECTIONS.values(), strict=False)
    }
    comments |= {spot.cell_of("B.13.value", "2009-01"): text("=1+1")}
    injected = replace(office, content=with_cells(office.content, spot.sheet, comments))
    linked = _BY_ID["Z02-elsewhere"].alter(Spot(judge.reference, injected))
    files: dict[str, bytes | None] = dict(linked.files)
    files.update(altered_by(_BY_ID["Z05-strings"], 4).files)
    files.update(altered_by(_BY_ID["Z07-up"], 6).files)
    out, tidy = tmp_path / "region.xlsx", tmp_path / "tidy.csv"
    offices = _copied(folder, tmp_path, files)
    before = set(tmp_path.rglob("*"))
    rollup = roll_up(offices, out=out, today=judge.reference.today, register=folder / "offices.csv", tidy=tidy)
    assert set(tmp_path.rglob("*")) - before == {out, tidy}
    with zipfile.ZipFile(out) as archive:
        parts = {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}
    formulas = {found for part in parts.values() for found in re.findall(r"<f[^>]*>([^<]*)</f>", part)}
    assert formulas.isdisjoint({value.lstrip("=\t\n") for value in INJECTIONS.values()} | {*INJECTIONS.values(), "1+1"})
    assert not any("http://x" in each for each in formulas)
    assert not any("externalLink" in name or "vbaProject" in name for name in parts)
    assert not any(CANARY in part for part in parts.values())
    assert CANARY not in tidy.read_text(encoding="utf-8")
    assert not re.search(r'(?m)(?:^|,)"?[=@]', tidy.read_text(encoding="utf-8"))
    assert rollup.count("rejected") == 1


def test_the_part_of_a_sheet_is_found_as_excel_finds_it(judge: Judge) -> None:
    """The tools of this folder look at the sheet that they mean to spoil."""
    office = judge.reference.offices[0]
    assert sheet_part(office.content, Spot(judge.reference, office).sheet).startswith("xl/worksheets/sheet")
    with zipfile.ZipFile(io.BytesIO(office.content)) as archive:
        assert archive.testzip() is None


@pytest.mark.parametrize("variant", [each for each in VARIANTS if each.fault == "F12"], ids=lambda each: each.id)
def test_whatever_a_file_is_made_of_it_is_given_back_refreshed_and_repaired_or_refused(variant: Variant) -> None:
    for content in filter(None, altered_by(variant).files.values()):
        checked = check_content(content, "a.xlsx", LATER)
        if checked.submission is None:
            continue
        assert check_content(refresh_content(content, "a.xlsx", LATER).content, "a.xlsx", LATER).submission is not None
        with suppress(_NotGivenBackError):
            assert check_content(annotated(content, checked, LATER), "a.xlsx", LATER).ledger == checked.ledger
        with suppress(NotDoneError):
            assert (
                check_content(repair_content(content, "a.xlsx", LATER).content, "a.xlsx", LATER).ledger
                == checked.ledger
            )
