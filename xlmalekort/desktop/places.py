"""Where everything of ours lies in a user's profile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from xlmalekort.desktop.machine import Machine

ADD_IN = "xlmalekort.xlam"


@dataclass(frozen=True)
class Places:
    """The folders and files of one user."""

    machine: Machine

    @property
    def home(self) -> Path:
        """Our own folder."""
        return self.machine.local / "xlmalekort"

    @property
    def environment(self) -> Path:
        """The environment; the workbooks look for its interpreter in this very place."""
        return self.home / "python"

    @property
    def manifest(self) -> Path:
        """The list of what was written."""
        return self.home / "installed.json"

    @property
    def python(self) -> Path:
        """The interpreter that tells what it does."""
        return self.environment / ("Scripts/python.exe" if self.machine.is_windows else "bin/python")

    @property
    def interpreter(self) -> Path:
        """The interpreter that Excel starts: without a window."""
        return self.environment / ("Scripts/pythonw.exe" if self.machine.is_windows else "bin/python")

    @property
    def waiting_interpreter(self) -> Path:
        """Where the interpreter stands while the environment is not complete, so that no workbook starts it."""
        return self.interpreter.with_name("pythonw.unfinished")

    @property
    def excel(self) -> Path:
        """Excel's own folder of the user."""
        return self.machine.roaming / "Microsoft" / "Excel"

    @property
    def started_add_in(self) -> Path:
        """The add-in where Excel opens whatever it finds."""
        return self.excel / "XLSTART" / ADD_IN

    @property
    def registered_add_in(self) -> Path:
        """The add-in where Excel opens what is registered."""
        return self.machine.roaming / "Microsoft" / "AddIns" / ADD_IN
