"""`excel install`, `doctor` and `uninstall` from the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli.test_commands import Run, run
from xlmalekort.cli import main
from xlmalekort.desktop.machine import Ran, ThisMachine
from xlmalekort.desktop.places import Places
from xlmalekort.template.macros import add_in

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from xlmalekort.locale import Texts

__all__ = ["run"]


@pytest.fixture
def profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A profile; Python environments in it are empty, and pip and the rest of them say that all is well."""
    found = tmp_path / "Kåre Ødegård"
    found.mkdir()

    def make(machine: ThisMachine, folder: Path) -> None:
        for name in ("bin/python", "lib/pyvenv.cfg"):
            (folder / name).parent.mkdir(parents=True)
            (folder / name).touch()

    def said(machine: ThisMachine, command: Sequence[str | Path], folder: Path) -> Ran:
        if "pip" in command:
            return Ran(0, "", "")
        packages = {"xlmalekort": "0.1.0", "xlwings": "0.37.8", "pywin32": None}
        site = Places(machine).environment / "lib"
        found = {
            "python": "3.11.4",
            "site": str(site),
            "packages": packages,
            "com": True,
            "fault": None,
            "seconds": 0.2,
        }
        return Ran(0, json.dumps(found), "")

    monkeypatch.setattr(ThisMachine, "make_environment", make)
    monkeypatch.setattr(ThisMachine, "run", said)
    return found


@pytest.fixture(autouse=True)
def _one_add_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """The add-in is made once for all tests and languages: how it is made is proved elsewhere."""
    made: dict[str, bytes] = {}

    def quickly(texts: Texts) -> bytes:
        if texts.language not in made:
            made[texts.language] = add_in(texts)
        return made[texts.language]

    monkeypatch.setattr("xlmalekort.template.macros.add_in", quickly)


def test_installed_checked_and_uninstalled(run: Run, profile: Path) -> None:
    at = ("--profile", profile)
    assert [each["level"] for each in run.json("excel", "doctor", *at, code=0)["findings"]] == ["unknown"]

    would = run.json("excel", "install", *at, "--dry-run", code=0)
    assert not would["done"]
    assert list(profile.iterdir()) == []
    done = run.json("excel", "install", *at, code=0)
    assert (done["done"], done["steps"]) == (True, would["steps"])
    assert done["add_in"] == str(
        profile / "AppData" / "Roaming" / "Microsoft" / "Excel" / "XLSTART" / "xlmalekort.xlam"
    )

    found = run.json("excel", "doctor", *at, code=0)
    assert found["fine"]
    assert {each["about"]: each["level"] for each in found["findings"]} == {
        "excel": "unknown",
        "python": "ok",
        "add-in": "ok",
    }
    assert done["add_in"] in run.json("excel", "uninstall", *at, "--dry-run", code=0)["removed"]
    gone = run.json("excel", "uninstall", *at, code=0)
    assert (gone["done"], gone["left"]) == (True, [])
    assert [path for path in profile.rglob("*") if path.is_file()] == []
    assert run("excel", "uninstall", *at, code=2) == ""


def test_the_same_for_people(run: Run, profile: Path) -> None:
    at = ("--profile", profile)
    assert "nothing has been written" in run("excel", "install", *at, "--dry-run", code=0)
    assert "Start Excel anew" in run("excel", "install", *at, code=0)
    said = run("excel", "doctor", *at, code=0)
    assert said.startswith("not checked: ")
    assert said.endswith("Nothing is to be done.\n")
    (profile / "AppData" / "Local" / "xlmalekort" / "mine.txt").touch()
    assert "Left:\n" in run("excel", "uninstall", *at, code=1)


def test_the_add_in_speaks_the_language_that_was_asked_for(run: Run, profile: Path) -> None:
    run("--lang", "nb", "excel", "install", "--profile", profile, code=0)
    path = Places(ThisMachine(profile / "AppData" / "Local", profile / "AppData" / "Roaming")).started_add_in
    norwegian = path.read_bytes()
    run("excel", "install", "--profile", profile, "--lang", "en", code=0)
    assert path.read_bytes() != norwegian


def test_where_there_is_no_windows_nothing_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("platform.system", lambda: "Linux")
    monkeypatch.setenv("HOME", str(tmp_path))
    for task in ("install", "uninstall"):
        assert main(["excel", task]) == 2
        assert "under Windows only" in capsys.readouterr().err
    assert main(["excel", "doctor"]) == 0
    assert main(["excel", "doctor", str(tmp_path / "finnes-ikke.xlsm")]) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_windows_that_does_not_say_where_its_folders_are(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("platform.system", lambda: "Windows")
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    assert main(["excel", "install"]) == 2
    assert "LOCALAPPDATA" in capsys.readouterr().err


def test_another_run_that_is_installing_is_waited_for_by_nobody(run: Run, profile: Path) -> None:
    from subprocess import PIPE, Popen
    from sys import executable

    home = profile / "AppData" / "Local" / "xlmalekort"
    home.mkdir(parents=True)
    held = (
        "import sys; from pathlib import Path; from xlmalekort.output import changing\n"
        "with changing(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    )
    with Popen([executable, "-c", held, str(home / "installed.json")], stdin=PIPE, stdout=PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdin is not None
        assert other.stdout.readline() == "held\n"
        assert run("excel", "install", "--profile", profile, code=2) == ""
        other.stdin.close()
