"""A real environment, filled by the real pip, without an index: the packages that this one depends on are lent to it."""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
import zipfile
from importlib import metadata
from pathlib import Path

import pytest

import xlmalekort
from tests.desktop.machine import ADD_IN
from tests.desktop.registry import DictRegistry
from xlmalekort.desktop.doctor import examine
from xlmalekort.desktop.environment import find_source, look_at
from xlmalekort.desktop.findings import Level
from xlmalekort.desktop.install import install
from xlmalekort.desktop.machine import ThisMachine
from xlmalekort.desktop.places import Places
from xlmalekort.desktop.uninstall import uninstall
from xlmalekort.pipeline.errors import NotDoneError

ROOT = Path(xlmalekort.__file__).parents[1]


class LendingMachine(ThisMachine):
    """A machine without a network."""

    def make_environment(self, folder: Path) -> None:
        super().make_environment(folder)
        (site,) = folder.glob("lib/python*/site-packages")
        (site / "lent.pth").write_text(str(lent_to(folder.parent)))


def lent_to(folder: Path) -> Path:
    """Everything installed here but the program itself and pip."""
    lent = folder.parent / "lent"
    shutil.rmtree(lent, ignore_errors=True)
    lent.mkdir()
    for each in Path(sysconfig.get_paths()["purelib"]).iterdir():
        if not each.name.startswith(("xlmalekort", "_editable", "pip", "__")):
            (lent / each.name).symlink_to(each)
    return lent


def wheel_in(folder: Path) -> Path:
    """The program as a wheel, with the one requirement that its workbooks insist on."""
    version = xlmalekort.__version__
    path, info = folder / f"xlmalekort-{version}-py3-none-any.whl", f"xlmalekort-{version}.dist-info"
    files = [
        each
        for package in ("xlmalekort", "udfs")
        for each in sorted((ROOT / package).rglob("*"))
        if each.is_file() and "__pycache__" not in each.parts
    ]
    names = [str(each.relative_to(ROOT)) for each in files]
    requirement = f"Requires-Dist: xlwings=={metadata.version('xlwings')}"
    with zipfile.ZipFile(path, "w") as wheel:
        for each, name in zip(files, names, strict=True):
            wheel.write(each, name)
        wheel.writestr(
            f"{info}/METADATA", f"Metadata-Version: 2.1\nName: xlmalekort\nVersion: {version}\n{requirement}\n"
        )
        wheel.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nGenerator: a test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        names += [f"{info}/{name}" for name in ("METADATA", "WHEEL", "RECORD")]
        wheel.writestr(f"{info}/RECORD", "".join(f"{name},,\n" for name in names))
    return path


@pytest.mark.slow
def test_a_real_environment_is_made_used_mended_and_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Excel's Python is not told where the sources are.
    monkeypatch.delenv("PYTHONPATH", raising=False)
    profile = tmp_path / "Kåre Ødegård"
    profile.mkdir()
    wheels = tmp_path / "hjul"
    wheels.mkdir()
    wheel_in(wheels)
    registry = DictRegistry()
    machine = LendingMachine(profile / "Local", profile / "Roaming", registry, is_windows=False)
    places = Places(machine)

    with pytest.raises(NotDoneError, match="neither the sources nor a wheel"):
        find_source(profile)
    install(machine, ADD_IN, find_source(wheels))
    found = look_at(machine, places)
    assert found is not None
    assert found.fault is None
    assert found.packages["xlmalekort"] == xlmalekort.__version__
    assert found.python == ".".join(map(str, sys.version_info[:3]))
    assert places.started_add_in.read_bytes() == ADD_IN

    command = (
        "import sys; import xlwings.utils; import xlwings; quiet = 'pandas' not in sys.modules;"
        "import udfs.functions as mk; import pandas; print(quiet, mk.MK_SHARE(1.0, 4.0), mk.__file__)"
    )
    said = subprocess.run(
        [places.interpreter, "-B", "-c", command], check=True, capture_output=True, text=True, cwd="/"
    )
    assert said.stdout.startswith("True 0.25 ")
    assert str(places.environment) in said.stdout

    about = {each.about: each.level for each in examine(machine)}
    assert about == {"excel": Level.UNKNOWN, "python": Level.OK, "add-in": Level.OK}

    (functions,) = places.environment.glob("lib/python*/site-packages/udfs/functions.py")
    functions.unlink()
    assert Level.ERROR in {each.level for each in examine(machine)}
    install(machine, ADD_IN, find_source(wheels))
    assert functions.is_file()

    assert uninstall(machine).left == ()
    assert not places.home.exists()
    assert not places.started_add_in.exists()


@pytest.mark.slow
def test_pip_says_why_it_could_not_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PYTHONPATH", raising=False)
    wheel = tmp_path / f"xlmalekort-{xlmalekort.__version__}-py3-none-any.whl"
    wheel.write_bytes(b"no wheel")
    (tmp_path / "profil").mkdir()
    machine = ThisMachine(tmp_path / "profil", tmp_path / "profil", DictRegistry(), is_windows=False)
    with pytest.raises(NotDoneError, match=r"pip could not install .*whl.*invalid"):
        install(machine, ADD_IN, find_source(wheel))
    assert not Places(machine).started_add_in.exists()
