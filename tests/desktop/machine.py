"""A Windows machine that stands in a folder: its programs are files, and pip is a few lines."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import xlmalekort
from tests.desktop.registry import DictRegistry
from xlmalekort.desktop.environment import wanted_xlwings
from xlmalekort.desktop.machine import Ran
from xlmalekort.desktop.places import Places

if TYPE_CHECKING:
    from collections.abc import Sequence

OFFICE = r"HKCU\Software\Microsoft\Office\16.0"
CLICK_TO_RUN = r"HKLM\Software\Microsoft\Office\ClickToRun\Configuration"
ADD_IN = b"an add-in"


@dataclass
class FolderMachine:
    """What the machine says can be changed by a test; `ran` has what was run."""

    profile: Path
    registry: DictRegistry = field(default_factory=DictRegistry)
    environ: dict[str, str] = field(default_factory=dict)
    base_python: Path = Path("C:/Python311")
    own_environment: Path = Path("C:/Python311")
    is_windows: bool = True
    running: set[str] = field(default_factory=set)
    is_python_used: bool = False
    streams: dict[tuple[Path, str], str] = field(default_factory=dict)
    pip_says: str = ""
    """Why pip fails; nothing where it does not."""
    ran: list[list[str]] = field(default_factory=list)
    fault: str | None = None
    seconds: float = 0.3

    @property
    def local(self) -> Path:
        return self.profile / "AppData" / "Local"

    @property
    def roaming(self) -> Path:
        return self.profile / "AppData" / "Roaming"

    @property
    def places(self) -> Places:
        return Places(self)

    def make_environment(self, folder: Path) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "Scripts").mkdir(parents=True)
        for name in ("pyvenv.cfg", "Scripts/python.exe", "Scripts/pythonw.exe"):
            (folder / name).write_text("x")

    def run(self, command: Sequence[str | Path], folder: Path) -> Ran:
        assert folder.is_dir()
        self.ran.append([str(each) for each in command])
        if not Path(command[0]).is_file() or not Path(command[0]).stat().st_size:
            return Ran(127, "", "there is no such program")
        if "pip" in self.ran[-1]:
            return self._pip()
        if self.ran[-1][-1] == "pass":
            return Ran(0, "", "")
        return Ran(0, "a line that something else has printed\n" + json.dumps(self._said()), "")

    def _pip(self) -> Ran:
        if self.pip_says:
            return Ran(1, "", f"WARNING: slow\nERROR: {self.pip_says}\n")
        folder = self.places.environment
        (folder / "Lib" / "site-packages").mkdir(parents=True, exist_ok=True)
        versions = {"xlmalekort": xlmalekort.__version__, "xlwings": wanted_xlwings(), "pywin32": "311"}
        (folder / "packages.json").write_text(json.dumps(versions))
        # As with the real pip, what is installed is not written again unless that is asked for.
        for bits in (64, 32):
            dll = folder / f"xlwings{bits}-{wanted_xlwings()}.dll"
            if not dll.exists() or "--force-reinstall" in self.ran[-1]:
                dll.write_bytes(b"MZ")
        return Ran(0, "", "")

    def _said(self) -> dict[str, object]:
        folder = self.places.environment
        listed = folder / "packages.json"
        none = dict.fromkeys(("xlmalekort", "xlwings", "pywin32"))
        packages: dict[str, str | None] = json.loads(listed.read_text()) if listed.exists() else none
        missing = None if packages["xlwings"] else "ModuleNotFoundError: No module named 'xlwings'"
        return {
            "python": "3.11.4",
            "site": str(folder / "Lib" / "site-packages"),
            "packages": packages,
            "com": packages["pywin32"] is not None,
            "fault": self.fault or missing,
            "seconds": self.seconds,
        }

    def is_running(self, program: str) -> bool:
        return program in self.running

    def is_used(self, folder: Path) -> bool:
        return self.is_python_used and folder == self.places.environment

    def stream(self, path: Path, name: str) -> str | None:
        return self.streams.get((path, name))

    def tree(self) -> dict[str, bytes]:
        """Every file of the profile."""
        return {
            str(path.relative_to(self.profile)): path.read_bytes()
            for path in sorted(self.profile.rglob("*"))
            if path.is_file()
        }


def windows(profile: Path) -> FolderMachine:
    """A machine with Excel, and with files of the user that are nobody else's business."""
    machine = FolderMachine(profile)
    machine.registry.content[CLICK_TO_RUN] = {"VersionToReport": "16.0.17328.20184", "Platform": "x64"}
    machine.registry.content[rf"{OFFICE}\Excel\Options"] = {
        "DefaultPath": "x",
        "OPEN": '/R "C:\\Solver\\SOLVER.XLAM"',
        "OPEN1": '"C:\\annet.xlam"',
    }
    machine.registry.content[rf"{OFFICE}\Excel\Security\Trusted Locations\Location1"] = {
        "Path": "%APPDATA%\\Microsoft\\Excel\\XLSTART",
        "AllowSubfolders": 1,
    }
    for name in ("AppData/Roaming/Microsoft/Excel/XLSTART/PERSONAL.XLSB", ".xlwings/xlwings.conf"):
        (profile / name).parent.mkdir(parents=True)
        (profile / name).write_text("the user's own")
    machine.local.mkdir(parents=True)
    return machine
