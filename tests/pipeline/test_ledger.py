"""The two sums of a run: every file that was seen, and every cell that was filled in, is accounted for."""

from __future__ import annotations

import json
import os
import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.rollup.small import SMALL
from xlmalekort import roll_up
from xlmalekort.cli import main
from xlmalekort.intake.figures_file import FigureEntry
from xlmalekort.layout.office import OfficeLayout, layout_of
from xlmalekort.model.base import exact
from xlmalekort.model.periods import Period
from xlmalekort.model.register import Office
from xlmalekort.pipeline.build import office_workbook
from xlmalekort.pipeline.errors import NotDoneError
from xlmalekort.rollup.ledger import RULES, run_ledger
from xlmalekort.xlsx import patch_workbook

if TYPE_CHECKING:
    from collections.abc import Mapping

DAY = date(2009, 4, 10)
FIGURES = {
    "s.n": 60,
    "s.d": 100,
    "c.v": 7,
    "c.t": 6,
    "c.y": 5,
    "a.a": 50,
    "a.p": 52,
    "r.total": 9,
    "r.one": 4,
    "r.two": 5,
}
TYPED: Mapping[str, tuple[str, str, float | str]] = {
    "text": ("s.n", "2009-01", "many"),
    "negative": ("c.v", "2009-02", -4),
    "half a pair": ("d.a", "2009-01", 4),
    "later figure": ("x.v", "2009-03", 4),
    "running period": ("x.v", "2009-04", 4),
    "copy that differs": ("a.a", "2009-01", 51),
    "comment": ("comment:share", "2009-01", "why it is so"),
}
"""What an office types into its workbook: line, period and value."""
FATES = ("as it is", "twice", "cut in half", "another file that differs", "older file too", "empty", *TYPED)
OTHERS = ("note.txt", "~$A.xlsx", "folder", "old.xls", "old.xlsx")


def workbook(office: str, months: tuple[str, ...] = ("2009-01", "2009-02")) -> bytes:
    entries = [
        FigureEntry(office, measure, Period.parse(month), exact(number), line=0)
        for month in months
        for measure, number in FIGURES.items()
    ]
    return office_workbook(SMALL, Office(office, "North", "Region"), 2009, DAY, entries, f"{office}.xlsx")


CONTENT = {name: workbook(name) for name in "ABC"}
OLDER = {name: workbook(name, ("2009-01",)) for name in "ABC"}
LAYOUT: OfficeLayout = layout_of(SMALL, 2009)


def typed(content: bytes, line: str, period: str, value: float | str) -> bytes:
    place = LAYOUT.input_cell(line, Period.parse(period))
    assert place is not None, line
    return patch_workbook(content, {LAYOUT.title(place[0]): {place[1:]: value}})


def put(folder: Path, office: str, fate: str) -> None:
    """What an office sends."""
    content, path = CONTENT[office], folder / f"{office}.xlsx"
    if fate in TYPED:
        content = typed(content, *TYPED[fate])
    elif fate == "cut in half":
        content = content[: len(content) // 2]
    elif fate == "empty":
        content = office_workbook(SMALL, Office(office, "North", "Region"), 2009, DAY, (), path.name)
    elif fate == "twice":
        (folder / f"{office} (1).xlsx").write_bytes(content)
    elif fate == "another file that differs":
        (folder / f"{office} final.xlsx").write_bytes(typed(content, "s.n", "2009-02", 61))
    elif fate == "older file too":
        (folder / f"{office} before.xlsx").write_bytes(OLDER[office])
    path.write_bytes(content)


def put_other(folder: Path, name: str) -> None:
    """What lies about in a folder."""
    if name == "folder":
        (folder / name).mkdir()
    elif name == "old.xlsx":
        with TemporaryDirectory() as made:
            (Path(made) / "A.xlsx").write_bytes(CONTENT["A"])
            roll_up(made, out=folder / name, today=DAY)
    else:
        (folder / name).write_bytes(b"something")


@settings(deadline=None, max_examples=15)
@given(fates=st.dictionaries(st.sampled_from("ABC"), st.sampled_from(FATES)), others=st.sets(st.sampled_from(OTHERS)))
@example(fates={"A": "as it is", "B": "twice", "C": "cut in half"}, others=set(OTHERS))
@example(fates={"A": "another file that differs", "B": "older file too", "C": "half a pair"}, others=set())
def test_both_sums_come_out_whatever_lies_in_the_folder(fates: dict[str, str], others: set[str]) -> None:
    with TemporaryDirectory() as made:
        folder = Path(made) / "in"
        folder.mkdir()
        for office, fate in fates.items():
            put(folder, office, fate)
        for name in others:
            put_other(folder, name)
        lying = {path.name for path in folder.iterdir()}
        try:
            rollup = roll_up(folder, out=folder.parent / "region.xlsx", today=DAY)
        except NotDoneError:
            assert set(fates.values()) <= {"cut in half"}
            return
    ledger = run_ledger(rollup)
    assert ledger.balances
    assert {each.checked.file for each in rollup.files} == lying
    assert ledger.seen == len(lying)
    assert sum(ledger.files.values()) == ledger.seen
    assert set(ledger.ignored_by) <= set(RULES)
    # No cell is counted twice, and none of a file that does not count.
    sources = [fact.source for fact in rollup.facts]
    assert len(sources) == len(set(sources))
    assert len(sources) <= ledger.cells.counted
    counted = {each.checked.file for each in rollup.files if each.state == "counted"}
    assert {source.file for source in sources if source is not None} <= counted


def test_a_cell_that_is_entered_as_rejected_is_no_fact(tmp_path: Path) -> None:
    put(tmp_path, "A", "half a pair")
    rollup = roll_up(tmp_path, out=tmp_path / "region.xlsx", today=DAY)
    assert len(rollup.facts) == run_ledger(rollup).cells.counted


def test_a_cell_of_a_month_in_which_the_office_was_closed_is_entered_as_rejected(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    put(tmp_path / "in", "A", "as it is")
    register = tmp_path / "offices.csv"
    register.write_text("office,area,region,to\nA,North,Region,2009-01-31\n", encoding="utf-8")
    rollup = roll_up(tmp_path / "in", out=tmp_path / "region.xlsx", register=register, today=DAY)
    ledger = run_ledger(rollup)
    assert ledger.balances
    assert (ledger.cells.counted, ledger.cells.rejected) == (len(FIGURES), len(FIGURES))
    assert len(rollup.facts) == ledger.cells.counted


@pytest.mark.skipif(sys.platform == "win32", reason="names of files are always Unicode there")
@pytest.mark.parametrize("table", ["tidy.csv", "tidy.parquet"])
def test_a_file_name_that_is_no_unicode_stands_in_the_table_as_far_as_it_can(tmp_path: Path, table: str) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / os.fsdecode(b"bj\xf8rk.xlsx")).write_bytes(CONTENT["A"])
    roll_up(tmp_path / "in", out=tmp_path / "region.xlsx", today=DAY, tidy=tmp_path / table)
    frame = pd.read_csv(tmp_path / table) if table.endswith("csv") else pd.read_parquet(tmp_path / table)
    assert set(frame["file"]) == {"bj?rk.xlsx"}


def test_the_cells_of_files_that_do_not_count_are_told_apart(tmp_path: Path) -> None:
    for office, fate in {"A": "as it is", "B": "another file that differs", "C": "older file too"}.items():
        put(tmp_path, office, fate)
    ledger = run_ledger(roll_up(tmp_path, out=tmp_path / "region.xlsx", today=DAY))
    filled = 2 * len(FIGURES)
    assert ledger.cells.filled == 2 * filled
    assert ledger.elsewhere == {"rejected": 0, "held": 2 * filled, "ignored": len(FIGURES)}
    assert ledger.ignored_by == {"DLV-003": 1}


def test_both_sums_are_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for office, fate in {"A": "text", "B": "twice", "C": "later figure"}.items():
        put(folder, office, fate)
    put_other(folder, "note.txt")
    options = ["rollup", str(folder), "--out", str(tmp_path / "region.xlsx"), "--today", str(DAY), "--lang", "en"]
    main(options)
    said = capsys.readouterr().out.splitlines()
    assert said[-5:-1] == [
        "5 files: 3 counted, 0 rejected, 0 held, 2 ignored.",
        "Ignored: 1 no office's workbook (FIL-009); 1 sent twice (DLV-002).",
        "61 cells filled in: 60 counted, 1 rejected, 0 not delivered yet, 0 of earlier years.",
        "20 more cells are filled in in files that are not counted.",
    ]
    main([*options, "--json"])
    ledger = json.loads(capsys.readouterr().out)["ledger"]
    assert ledger["balances"] is True
    assert ledger["files"] == {
        "seen": 5,
        "counted": 3,
        "rejected": 0,
        "held": 0,
        "ignored": 2,
        "ignored_by": {"FIL-009": 1, "DLV-002": 1},
    }
    assert ledger["cells"] == {"filled": 61, "counted": 60, "rejected": 1, "provisional": 0, "reference": 0}
