"""Files are read in processes of their own: one that takes its reader down is rejected alone."""

from __future__ import annotations

import io
import os
import pickle
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING

import psutil
import pytest

from tests.intake.offices import office
from xlmalekort.locale import texts_of
from xlmalekort.pipeline import readers
from xlmalekort.pipeline.check import check_workbook
from xlmalekort.pipeline.readers import Limits, check_isolated
from xlmalekort.problems import sentence

if TYPE_CHECKING:
    from pathlib import Path

    from xlmalekort.model.figures import CheckedFile

TODAY = date(2009, 7, 1)
MISBEHAVING = """
import os, sys, time; sys.path[:] = {path!r}
from xlmalekort.pipeline import reader_process
check = reader_process.check_workbook
def misbehave(path, **more):
    if path.name.startswith("dies"): os.abort()
    if path.name.startswith("ends"): os._exit(0)
    if path.name.startswith("sleeps"): time.sleep(600)
    if path.name.startswith("grows"): held = [bytearray(10_000_000) for _ in range(10_000) if not time.sleep(0.002)]
    if path.name.startswith("prints"): print("x" * 1000); os.write(2, b"y" * 1000)
    return check(path, **more)
reader_process.check_workbook = misbehave
reader_process.main()
"""


@pytest.fixture
def misbehaving(monkeypatch: pytest.MonkeyPatch) -> None:
    """Readers that do with a file what its name says, as a library might that meets a strange one."""
    monkeypatch.setattr(readers, "_START", MISBEHAVING)


def write(folder: Path, *names: str) -> list[Path]:
    paths = [folder / name for name in names]
    for path in paths:
        path.write_bytes(office())
    return paths


def told(checked: CheckedFile) -> str:
    (problem,) = checked.problems
    assert checked.submission is None
    return sentence(problem, texts_of("en"))


def test_what_comes_of_a_file_is_the_same_as_without_a_process_of_its_own(tmp_path: Path) -> None:
    paths = write(tmp_path, *(f"{number:02}.xlsx" for number in range(20)))
    paths[3].write_bytes(b"")
    paths[5].write_bytes(office()[:5000])
    paths[7].unlink()
    found = list(check_isolated(paths, TODAY))
    assert [each.file for each in found] == [path.name for path in paths]
    assert found == [check_workbook(path, today=TODAY) for path in paths]
    assert found[0].scorecard is found[1].scorecard


@pytest.mark.skipif(sys.platform == "win32", reason="names of files are always Unicode there")
def test_a_system_without_unicode_reads_files_of_any_name(tmp_path: Path) -> None:
    write(tmp_path, "bjørk.xlsx")
    code = (
        "import datetime, pathlib; from xlmalekort.pipeline.readers import check_isolated;"
        f"paths = [*pathlib.Path({str(tmp_path)!r}).iterdir()];"
        "print(*(each.ledger for each in check_isolated(paths, datetime.date(2009, 7, 1))))"
    )
    plain = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=plain)
    assert "Ledger(filled=" in done.stdout
    assert "filled=0" not in done.stdout


@pytest.mark.usefixtures("misbehaving")
@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("dies.xlsx", "it ends the program that reads it"),
        ("ends.xlsx", "it ends the program that reads it"),
        ("sleeps.xlsx", "it takes longer than 5 seconds"),
        ("grows.xlsx", "it takes more than 300 MB of memory"),
    ],
)
def test_a_file_that_takes_its_reader_down_is_rejected_alone(tmp_path: Path, name: str, reason: str) -> None:
    paths = write(tmp_path, "a.xlsx", name, "z.xlsx")
    found = list(check_isolated(paths, TODAY, limits=Limits(seconds=5, memory=300 << 20)))
    assert [each.is_accepted for each in found] == [True, False, True]
    assert told(found[1]).startswith(f"{name} [FIL-013] the file could not be read: {reason}.")


@pytest.mark.usefixtures("misbehaving")
def test_what_a_library_prints_is_neither_an_answer_nor_seen(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (found,) = check_isolated(write(tmp_path, "prints.xlsx"), TODAY)
    assert found.is_accepted
    assert capfd.readouterr() == ("", "")


def test_nothing_runs_on_when_nobody_takes_the_rest(tmp_path: Path) -> None:
    reading = check_isolated(write(tmp_path, *(f"{number:02}.xlsx" for number in range(12))), TODAY)
    assert next(reading).is_accepted
    reading.close()
    assert psutil.Process().children() == []


def test_readers_end_with_the_program_that_asks_them(tmp_path: Path) -> None:
    write(tmp_path, *(f"{number:02}.xlsx" for number in range(40)))
    script = f"""
import sys; sys.path[:] = {sys.path!r}
from pathlib import Path; from datetime import date
from xlmalekort.pipeline.readers import check_isolated
import psutil
for number, _ in enumerate(check_isolated(sorted(Path({str(tmp_path)!r}).iterdir()), date(2009, 7, 1))):
    if number == 0: print(*[each.pid for each in psutil.Process().children()], flush=True)
"""
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as asking:
        assert asking.stdout is not None
        workers = [psutil.Process(int(pid)) for pid in asking.stdout.readline().split()]
        asking.kill()
    assert workers
    _, alive = psutil.wait_procs(workers, timeout=10)
    assert alive == []


@pytest.mark.parametrize("strange", [os.system, print, pickle.loads, type(None), io.BytesIO])
def test_an_answer_cannot_be_made_of_anything_but_what_a_checked_file_holds(strange: object) -> None:
    with pytest.raises(pickle.UnpicklingError, match="no part of an answer"):
        readers._loads(pickle.dumps((None, strange)))
