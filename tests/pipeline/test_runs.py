"""Runs: killed, on a full disk, two at once, with very many problems, elsewhere and in another environment."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.output.test_writing import refuse_to_replace
from tests.pipeline.uwv_month import write_figures, write_register
from tests.rollup.small import SMALL, handed_in, rolled
from xlmalekort import build_workbooks, roll_up
from xlmalekort.cli import main
from xlmalekort.output import BusyError, changing
from xlmalekort.problems import Problem
from xlmalekort.summary.region_workbook import write_region_workbook

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlmalekort.rollup.results import RollUp

DAY = date(2006, 8, 1)
TODAY = ["--today", "2006-08-01", "--lang", "en"]
posix_only = pytest.mark.skipif(os.name != "posix", reason="signals and limits of POSIX")


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder `in` of six workbooks, one of them sent twice and one damaged, beside a note; and their register."""
    folder = tmp_path_factory.mktemp("county")
    register, figures = write_register(folder / "regions.csv"), write_figures(folder / "figures.csv")
    paths = build_workbooks("uwv-pacta-2006", register, folder / "in", today=DAY, data=figures).paths
    copy = paths[0].read_bytes()
    (folder / "in" / f"{paths[0].stem} (1).xlsx").write_bytes(copy)
    (folder / "in" / "damaged.xlsx").write_bytes(copy[: len(copy) // 2])
    (folder / "in" / "note.txt").write_text("to be called", encoding="utf-8")
    return folder


def rollup(county: Path, out: Path, *more: str) -> list[str]:
    return ["rollup", str(county / "in"), "--register", str(county / "regions.csv"), "--out", str(out), *TODAY, *more]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def in_a_process(
    code: str, *arguments: object, cwd: Path | None = None, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    paths = os.pathsep.join([str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH", "")])
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        capture_output=True,
        check=False,
        timeout=300,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": paths, **(environment or {})},
    )


# The summary is open in Excel


def test_a_summary_that_is_open_in_excel_is_kept_and_the_new_one_is_told(
    county: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out, tidy = tmp_path / "region.xlsx", tmp_path / "tidy.csv"
    out.write_bytes(b"published")
    refuse_to_replace(monkeypatch, "region.xlsx")
    assert main(rollup(county, out, "--tidy", str(tidy))) == 1
    dated = tmp_path / "region_2006-08-01.xlsx"
    said = capsys.readouterr().out.splitlines()
    assert said[-2:] == [f"{out} is open in another program and was kept; the new one is {dated}.", str(dated)]
    assert out.read_bytes() == b"published"
    assert zipfile.ZipFile(dated).testzip() is None
    assert names(tmp_path) == ["region.xlsx", "region_2006-08-01.xlsx", "tidy.csv"]
    main(rollup(county, out, "--json"))
    assert json.loads(capsys.readouterr().out)["written"] == [str(tmp_path / "region_2006-08-01_2.xlsx")]


# The disk is full

LIMITED = """
import resource, sys
from xlmalekort.cli import main
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
sys.exit(main(sys.argv[1:]))
"""


@posix_only
def test_a_full_disk_leaves_the_summary_as_it_was(county: Path, tmp_path: Path) -> None:
    out, tidy = tmp_path / "region.xlsx", tmp_path / "tidy.csv"
    roll_up(county / "in", out=out, tidy=tidy, register=county / "regions.csv", today=DAY)
    before = out.read_bytes(), tidy.read_bytes()
    assert len(before[0]) > 20_000
    stopped = in_a_process(LIMITED, *rollup(county, out, "--tidy", str(tidy), "--period", "2006-05"))
    assert stopped.returncode == 2, stopped.stderr
    assert b"Traceback" not in stopped.stderr
    assert f"{out}: the file would be larger than is allowed there".encode() in stopped.stderr
    assert (out.read_bytes(), tidy.read_bytes()) == before
    assert names(tmp_path) == ["region.xlsx", "tidy.csv"]


# Killed while it writes

KILLED = """
import os, random, signal, sys, time
from datetime import date
from pathlib import Path
from xlmalekort import roll_up
from xlmalekort.summary.region_workbook import write_region_workbook
import pandas

folder, out, times = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
days = [date(2006, 8, 1), date(2006, 8, 2)]
random.seed(7)

def roll(day):
    roll_up(folder / "in", out=out, tidy=out.with_suffix(".csv"), register=folder / "regions.csv", today=day)

known = []
for day in days:
    started = time.monotonic()
    roll(day)
    took = time.monotonic() - started
    known.append(out.read_bytes())
assert known[0] != known[1]
half_files = 0
for number in range(times):
    child = os.fork()
    if child == 0:
        for turn in range(1000):
            roll(days[turn % 2])
        os._exit(0)
    time.sleep(random.uniform(0.6 * took, 2.2 * took))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    assert out.read_bytes() in known, number
    half_files += any(path.suffix == ".tmp" for path in out.parent.iterdir())
roll(days[0])
assert out.read_bytes() == known[0]
print(half_files, sorted(path.name for path in out.parent.iterdir()))
"""

WRITTEN = """
import os, random, signal, sys, time
from pathlib import Path
from xlmalekort.output import write_all

out, times = Path(sys.argv[1]), int(sys.argv[2])
other = out.with_suffix(".csv")
contents = [bytes([number]) * 3_000_000 for number in (1, 2)]
random.seed(7)
write_all([(out, contents[0]), (other, contents[0])])
half_files = 0
for number in range(times):
    child = os.fork()
    if child == 0:
        for turn in range(100_000):
            write_all([(out, contents[turn % 2]), (other, contents[turn % 2])])
        os._exit(0)
    time.sleep(random.uniform(0.001, 0.08))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    assert out.read_bytes() in contents, number
    assert other.read_bytes() in contents, number
    half_files += any(path.suffix == ".tmp" for path in out.parent.iterdir())
write_all([(out, contents[1]), (other, contents[0])])
assert (out.read_bytes(), other.read_bytes()) == (contents[1], contents[0])
print(half_files, sorted(path.name for path in out.parent.iterdir()))
"""


@posix_only
def test_a_writer_that_is_killed_at_any_time_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    ended = in_a_process(WRITTEN, tmp_path / "region.xlsx", 50)
    assert ended.returncode == 0, ended.stderr
    half_files, _, left = ended.stdout.decode().partition(" ")
    assert int(half_files) > 5, "never killed while it wrote"
    assert left.strip() == "['region.csv', 'region.xlsx']"


@posix_only
def test_a_roll_up_that_is_killed_at_any_time_leaves_the_old_summary_or_the_new_one(
    county: Path, tmp_path: Path
) -> None:
    ended = in_a_process(KILLED, county, tmp_path / "region.xlsx", 10)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.decode().partition(" ")[2].strip() == "['region.csv', 'region.xlsx']"


# What lies in the folder


def test_a_summary_that_is_written_into_the_folder_is_no_file_of_it(county: Path, tmp_path: Path) -> None:
    def seen() -> tuple[int, list[str]]:
        found = roll_up(folder, out=folder / "region.xlsx", tidy=folder / "tidy.csv", today=DAY)
        return len(found.files), sorted(each.checked.file for each in found.files)

    folder = tmp_path / "in"
    folder.mkdir()
    for path in (county / "in").iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    first = seen()
    assert first[0] == len(names(county / "in"))
    # What killed runs leave behind, of this summary and of another.
    with changing(folder / "region.xlsx"):
        (lock,) = folder.glob("*.lock")
    (folder / f"{lock.stem}-00ff.tmp").write_bytes(b"half")
    (folder / ".xlmalekort-0123456789abcdef.lock").write_bytes(b"")
    assert seen() == first
    assert not list(folder.glob("*.tmp"))


def test_an_earlier_summary_in_the_folder_is_ignored_and_not_an_offices_mistake(county: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    office = next(path for path in sorted((county / "in").iterdir()) if path.name != "damaged.xlsx")
    (folder / office.name).write_bytes(office.read_bytes())
    roll_up(folder, out=folder / "may.xlsx", today=DAY)
    found = roll_up(folder, out=folder / "june.xlsx", today=DAY)
    assert {each.checked.file: each.state for each in found.files} == {office.name: "counted", "may.xlsx": "ignored"}
    assert [problem.code for problem in found.problems if problem.file == "may.xlsx"] == ["FIL-009"]


# Two at once


def test_a_second_roll_up_into_the_same_summary_is_refused_at_once(
    county: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "region.xlsx"
    out.write_bytes(b"published")
    code = "import sys\nfrom pathlib import Path\nfrom xlmalekort.output import changing\n"
    code += "with changing(Path(sys.argv[1])):\n    print('held', flush=True)\n    sys.stdin.read()\n"
    command = [sys.executable, "-c", code, str(out)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "held\n"
        assert main(rollup(county, out)) == 2
        said = capsys.readouterr().err
        assert said.startswith(f"Not done: {out}: another run is changing the file: ")
        assert f"process {first.pid}, since" in said
        with pytest.raises(BusyError):
            roll_up(county / "in", out=out, today=DAY)
        first.kill()
    assert main(rollup(county, out)) == 1


# Very many problems


def with_problems(count: int) -> RollUp:
    """A roll-up of one office with so many cells that cannot be used."""
    problems = tuple(
        Problem(
            "NUM-001",
            "A.xlsx",
            "Input",
            f"E{row}",
            measure="s.n",
            period="2009-01",
            got="x",
            slots={"shown": "x", "range": "a number"},
        )
        for row in range(1, count + 1)
    )
    return rolled([replace(handed_in("A", {"s.n": 1, "s.d": 2}), problems=problems)], scorecard=SMALL)


def test_a_hundred_thousand_problems_are_all_told_and_the_screen_shows_how_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = replace(with_problems(100_000), written=(tmp_path / "region.xlsx",))
    monkeypatch.setattr("xlmalekort.cli.rollup.roll_up", lambda *_, **__: found)
    options = ["rollup", str(tmp_path), "--out", str(tmp_path / "region.xlsx"), "--lang", "en"]
    assert main([*options, "--json"]) == 1
    assert sum(each["code"] == "NUM-001" for each in json.loads(capsys.readouterr().out)["problems"]) == 100_000
    assert main(options) == 1
    said = capsys.readouterr().out.splitlines()
    assert len(said) < 60
    assert f"... and {len(found.problems) - 40} more; --json lists them all." in said
    assert any(line.startswith("100,000 errors") for line in said)


def test_very_many_problems_all_stand_on_the_sheet() -> None:
    content = write_region_workbook(with_problems(30_000))
    with zipfile.ZipFile(BytesIO(content)) as archive:
        rows = [archive.read(name).count(b"<row ") for name in archive.namelist() if "worksheets/sheet" in name]
    assert any(count > 30_000 for count in rows)


# The same bytes

RUN = "import sys\nfrom xlmalekort.cli import main\nsys.exit(main(sys.argv[1:]))\n"
ELSEWHERE: list[dict[str, Any]] = [
    {"environment": {"LC_ALL": "C", "TZ": "UTC", "PYTHONHASHSEED": "0"}},
    {
        "environment": {
            "LC_ALL": "tr_TR.UTF-8",
            "LANG": "tr_TR.UTF-8",
            "TZ": "Pacific/Kiritimati",
            "PYTHONHASHSEED": "1",
        }
    },
    {"environment": {"LC_ALL": "nb_NO.UTF-8", "TZ": "America/Adak", "PYTHONHASHSEED": "4711"}, "reverse": True},
    {
        "environment": {"LC_ALL": "", "LANG": "nl_NL.ISO-8859-1", "TZ": "", "PYTHONHASHSEED": "random"},
        "folder": "Øst – å b",
    },
]


def outputs(
    county: Path, base: Path, *, environment: dict[str, str], reverse: bool = False, folder: str = "a"
) -> list[bytes]:
    """Regional workbook, table, and JSON of the command, run in a folder of its own whose files came in another order."""
    here = base / folder
    (here / "in").mkdir(parents=True)
    for path in sorted((county / "in").iterdir(), reverse=reverse):
        (here / "in" / path.name).write_bytes(path.read_bytes())
    (here / "regions.csv").write_bytes((county / "regions.csv").read_bytes())
    found: list[bytes] = []
    for table in ("tidy.csv", "tidy.parquet"):
        options = ["rollup", "in", "--register", "regions.csv", "--out", "region.xlsx", "--tidy", table, "--json"]
        done = in_a_process(RUN, *options, "--today", "2006-08-01", cwd=here, environment=environment)
        assert done.returncode == 1, done.stderr
        found += [
            (here / "region.xlsx").read_bytes(),
            (here / table).read_bytes(),
            done.stdout.replace(table.encode(), b"T"),
        ]
    return found


def test_the_same_files_give_the_same_bytes_whatever_the_order_the_locale_and_the_time_zone(
    county: Path, tmp_path: Path
) -> None:
    first, *others = (outputs(county, tmp_path / str(number), **each) for number, each in enumerate(ELSEWHERE))
    for other in others:
        assert [one == two for one, two in zip(first, other, strict=True)] == [True] * len(first)
