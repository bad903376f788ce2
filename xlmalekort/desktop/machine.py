"""The machine that Excel is installed on, as far as it is asked: folders, programs, the registry, marks on files.

What is particular to Windows stands here and in `registry`; everything else is written against `Machine`.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import venv
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from xlmalekort.desktop.registry import this_registry
from xlmalekort.locale.told import Phrase
from xlmalekort.pipeline.errors import NotDoneError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xlmalekort.desktop.registry import Registry

_NOT_STARTED = 127


class Ran(NamedTuple):
    """How a program ended: its exit code, and what it said. 127 where it could not be started."""

    code: int
    out: str
    err: str


class Machine(Protocol):
    """What is asked of a machine, and done on it."""

    @property
    def is_windows(self) -> bool:
        """Whether it runs Windows: elsewhere Excel knows no add-ins with Python."""
        ...

    @property
    def local(self) -> Path:
        """The user's folder for programs' data on this machine, `%LOCALAPPDATA%`."""
        ...

    @property
    def roaming(self) -> Path:
        """The user's folder for settings, `%APPDATA%`."""
        ...

    @property
    def registry(self) -> Registry:
        """The registry."""
        ...

    @property
    def environ(self) -> Mapping[str, str]:
        """The environment's variables."""
        ...

    @property
    def base_python(self) -> Path:
        """Where the Python that runs this was installed."""
        ...

    @property
    def own_environment(self) -> Path:
        """The environment that runs this."""
        ...

    def run(self, command: Sequence[str | Path], folder: Path) -> Ran:
        """Run a program in a folder and wait for it."""
        ...

    def make_environment(self, folder: Path) -> None:
        """Make an environment of the Python that runs this, with pip; whatever stood in the folder is gone."""
        ...

    def is_running(self, program: str) -> bool:
        """Whether a program of this name runs, such as `EXCEL.EXE`."""
        ...

    def is_used(self, folder: Path) -> bool:
        """Whether a program that lies in the folder runs."""
        ...

    def stream(self, path: Path, name: str) -> str | None:
        """What a named stream of a file says, such as `Zone.Identifier`; None where it has none."""
        ...


@dataclass(frozen=True)
class ThisMachine:
    """The machine that this runs on. The folders are another's where a test stands in for a profile."""

    local: Path
    roaming: Path
    registry: Registry = field(default_factory=this_registry)
    is_windows: bool = sys.platform == "win32"

    @property
    def environ(self) -> Mapping[str, str]:
        """The environment's variables."""
        return os.environ

    @property
    def base_python(self) -> Path:
        """Where the Python that runs this was installed."""
        return Path(sys.base_prefix)

    @property
    def own_environment(self) -> Path:
        """The environment that runs this."""
        return Path(sys.prefix)

    def run(self, command: Sequence[str | Path], folder: Path) -> Ran:
        """Run a program in a folder and wait for it; what it says is read as UTF-8."""
        environ = {**os.environ, "PYTHONIOENCODING": "utf-8"}
        # Without a window: under Windows each program of this kind would open one otherwise.
        flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
        try:
            done = subprocess.run(  # noqa: S603 - the programs of our own environment
                list(map(str, command)),
                cwd=folder,
                env=environ,
                capture_output=True,
                check=False,
                creationflags=flags,
                encoding="utf-8",
                errors="replace",
                stdin=subprocess.DEVNULL,
            )
        except OSError as error:
            return Ran(_NOT_STARTED, "", str(error))
        return Ran(done.returncode, done.stdout, done.stderr)

    def make_environment(self, folder: Path) -> None:
        """Make it with the standard library."""
        try:
            venv.EnvBuilder(clear=True, with_pip=True, symlinks=not self.is_windows).create(folder)
        except subprocess.CalledProcessError as error:
            reason = str(error.output or error)
            if isinstance(error.output, bytes):
                reason = error.output.decode(errors="replace")
            raise NotDoneError(
                Phrase("{folder}: no Python environment could be made: {reason}", folder=folder, reason=reason.strip())
            ) from None

    def is_running(self, program: str) -> bool:
        """Look through the programs that run."""
        import psutil

        names = (each.info["name"] for each in psutil.process_iter(["name"]))
        return any((name or "").lower() == program.lower() for name in names)

    def is_used(self, folder: Path) -> bool:
        """Look through the programs that run, as far as the user may see where they lie."""
        import psutil

        start = os.path.normcase(folder) + os.sep
        paths = (each.info["exe"] for each in psutil.process_iter(["exe"]))
        return any(os.path.normcase(path or "").startswith(start) for path in paths)

    def stream(self, path: Path, name: str) -> str | None:
        """Read it as Windows names it: the file's name, a colon and the stream's."""
        if not self.is_windows:
            return None
        try:
            return Path(f"{path}:{name}").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return None


def this_machine(profile: Path | None = None) -> ThisMachine:
    """This machine, with the folders of the user or those below a profile that stands in for one.

    NotDoneError where there is no Windows and no such profile, and where Windows says of no folders.
    """
    if profile is not None:
        folder = profile.resolve() / "AppData"
        return ThisMachine(folder / "Local", folder / "Roaming")
    local, roaming = os.environ.get("LOCALAPPDATA"), os.environ.get("APPDATA")
    if platform.system() != "Windows":
        raise NotDoneError(
            Phrase("Excel starts Python under Windows only, so there is nothing to install on this machine.")
        )
    if not local or not roaming:
        raise NotDoneError(Phrase("Windows does not say where your settings are (LOCALAPPDATA, APPDATA)."))
    return ThisMachine(Path(local), Path(roaming))


def any_machine(profile: Path | None = None) -> ThisMachine:
    """This machine as far as it can be looked at: also one without Windows, where nothing is installed."""
    try:
        return this_machine(profile)
    except NotDoneError:
        return this_machine(Path.home())
