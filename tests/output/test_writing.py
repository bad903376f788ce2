"""Files are written whole or not at all, by one run at a time."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from xlmalekort.locale import texts_of
from xlmalekort.locale.system import reason_of
from xlmalekort.output import BusyError, changing, is_of_a_run, write_all, write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator

DAY = date(2009, 9, 15)
HOLD = """
import sys
from pathlib import Path
from xlmalekort.output import changing
with changing(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds `file.xlsx`."""
    command = [sys.executable, "-c", HOLD, str(tmp_path / "file.xlsx")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def refuse_to_replace(monkeypatch: pytest.MonkeyPatch, *refused: str) -> None:
    """Files of these names are open in another program, which on Windows keeps them from being replaced."""
    replace = os.replace

    def refusing(source: Path, target: Path) -> None:
        if Path(target).name in refused:
            raise PermissionError(13, "Access is denied", str(source), None, str(target))
        replace(source, target)

    monkeypatch.setattr(os, "replace", refusing)


def test_what_is_written_stands_there_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "file.xlsx"
    path.write_bytes(b"old")
    assert write_whole(path, b"new") == path
    assert path.read_bytes() == b"new"
    assert names(tmp_path) == ["file.xlsx"]


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file.xlsx"
    path.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left") as stopped:
        write_whole(path, b"new")
    assert stopped.value.filename == str(path)
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["file.xlsx"]


def test_of_several_files_none_takes_its_place_before_all_are_complete(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = tmp_path / "one.xlsx", tmp_path / "other.csv"
    one.write_bytes(b"old")
    synced: list[int] = []

    def full_at_the_second(handle: int) -> None:
        synced.append(handle)
        if len(synced) == 2:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full_at_the_second)
    with pytest.raises(OSError, match="No space left"):
        write_all([(one, b"new"), (other, b"new")])
    assert one.read_bytes() == b"old"
    assert names(tmp_path) == ["one.xlsx"]


def test_a_file_that_is_open_elsewhere_is_kept_and_the_new_one_is_dated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "region.xlsx"
    path.write_bytes(b"old")
    refuse_to_replace(monkeypatch, "region.xlsx")
    first, second, third = (write_all([(path, content)], instead=DAY)[0] for content in (b"1", b"2", b"3"))
    assert [each.name for each in (first, second, third)] == [
        "region_2009-09-15.xlsx",
        "region_2009-09-15_2.xlsx",
        "region_2009-09-15_3.xlsx",
    ]
    assert [each.read_bytes() for each in (path, first, second, third)] == [b"old", b"1", b"2", b"3"]
    assert len(names(tmp_path)) == 4


def test_an_office_workbook_that_is_open_elsewhere_is_never_saved_under_another_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "office.xlsx"
    path.write_bytes(b"old")
    refuse_to_replace(monkeypatch, "office.xlsx")
    with pytest.raises(PermissionError) as stopped:
        write_whole(path, b"new")
    assert (stopped.value.filename, stopped.value.filename2) == (str(path), None)
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["office.xlsx"]


def test_a_run_may_hold_a_file_more_than_once(tmp_path: Path) -> None:
    path = tmp_path / "file.xlsx"
    with changing(path), changing(path, patience=0):
        write_whole(path, b"new")
        assert any(is_of_a_run(name) for name in names(tmp_path))
    assert names(tmp_path) == ["file.xlsx"]


def test_a_file_may_be_held_by_any_of_its_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with changing(Path("file.xlsx")), changing(tmp_path / "sub" / ".." / "file.xlsx", patience=0):
        assert len(names(tmp_path)) == 2


@pytest.mark.parametrize("language", ["nb", "da", "nl", "en"])
def test_a_file_that_another_run_holds_is_refused_with_the_name_of_the_holder(
    tmp_path: Path, holder: subprocess.Popen[str], language: str
) -> None:
    with pytest.raises(BusyError) as busy, changing(tmp_path / "file.xlsx", patience=0):
        pytest.fail("held twice")
    assert busy.value.filename == str(tmp_path / "file.xlsx")
    told = reason_of(busy.value).told(texts_of(language))
    assert platform.node() in told
    assert str(holder.pid) in told


def test_whoever_is_patient_gets_the_file_when_the_holder_is_done(
    tmp_path: Path, holder: subprocess.Popen[str]
) -> None:
    assert holder.stdin is not None
    holder.stdin.close()
    with changing(tmp_path / "file.xlsx", patience=30):
        pass
    assert names(tmp_path) == []


def test_a_holder_that_was_killed_holds_nothing(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    holder.kill()
    holder.wait()
    with changing(tmp_path / "file.xlsx", patience=10):
        (signed,) = tmp_path.glob("*.holder")
        assert json.loads(signed.read_text(encoding="utf-8"))["process"] == os.getpid()
    assert names(tmp_path) == []


def test_a_holder_that_does_not_say_who_it_is_is_refused_all_the_same(
    tmp_path: Path, holder: subprocess.Popen[str]
) -> None:
    (signed,) = tmp_path.glob("*.holder")
    signed.write_text("{", encoding="utf-8")
    with pytest.raises(BusyError) as busy, changing(tmp_path / "file.xlsx", patience=0):
        pytest.fail("held twice")
    assert str(reason_of(busy.value)) == "another run is changing the file; try again when it is done"
    assert holder.poll() is None


def test_unfinished_files_of_killed_runs_are_cleared_away(tmp_path: Path) -> None:
    path = tmp_path / "file.xlsx"
    with changing(path):
        (lock,) = tmp_path.glob("*.lock")
    left = [tmp_path / f"{lock.stem}-{number:016x}.tmp" for number in range(3)]
    for each in left:
        each.write_bytes(b"half")
        assert is_of_a_run(each.name)
    other = tmp_path / ".xlmalekort-0123456789abcdef-00.tmp"
    other.write_bytes(b"another file's")
    write_whole(path, b"new")
    assert names(tmp_path) == [other.name, "file.xlsx"]


def test_a_folder_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as stopped:
        write_whole(tmp_path / "absent" / "file.xlsx", b"new")
    assert stopped.value.filename == str(tmp_path / "absent" / "file.xlsx")
    assert names(tmp_path) == []
