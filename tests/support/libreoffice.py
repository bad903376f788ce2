"""A real LibreOffice as the spreadsheet under test.

    with LibreOffice(locale="nb-NO") as office:
        rows = office.recalculate(path, {"Målekort": "A1:H20"}, set_cells=[SetCell("Registrering", "F12", 0.749)])

For many cases on one workbook open it once:

    with LibreOffice() as office, office.open(path) as book:
        for value in values:
            book.set_cells([SetCell("Registrering", "F12", value)])
            book.calculate()
            rows = book.read({"Målekort": "A1:H20"})

Each `LibreOffice` has its own profile and pipe, so several can run at the same time. The file itself is never
touched: LibreOffice gets a copy.
"""

from __future__ import annotations

import json
import os
import queue
import shutil
import signal
import subprocess
import tempfile
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

SYSTEM_PYTHON = "/usr/bin/python3"
WORKER = Path(__file__).with_name("uno_worker.py")
START_SECONDS = 120.0
GRACE_SECONDS = 15.0

FILTERS = {
    ".csv": "Text - txt - csv (StarCalc)",
    ".ods": "calc8",
    ".pdf": "calc_pdf_Export",
    ".xls": "MS Excel 97",
    ".xlsm": "Calc MS Excel 2007 VBA XML",
    ".xlsx": "Calc MS Excel 2007 XML",
}

ERROR_NAMES = {
    503: "#NUM!",
    504: "#REF!",
    508: "Err:508",
    519: "#VALUE!",
    521: "#NULL!",
    524: "#REF!",
    525: "#NAME?",
    532: "#DIV/0!",
    32767: "#N/A",
}


class LibreOfficeError(Exception):
    """LibreOffice could not be started, did not answer in time, or refused what it was asked."""


@dataclass(frozen=True, slots=True)
class CellError:
    """An error in a cell, named as Excel names it; what Excel does not know is called `Err:` with its number."""

    name: str


CellValue = float | str | CellError | None
"""Number, text, error or nothing. TRUE and FALSE come as 1.0 and 0.0, dates as day numbers."""

Rows = list[list[CellValue]]


@dataclass(frozen=True, slots=True)
class Typed:
    """Text as a user types it, read by the rules of the locale: `Typed("12,5 %")` becomes 0.125 under nb-NO."""

    text: str


@dataclass(frozen=True, slots=True)
class SetCell:
    """A value for one cell; text stays text and None empties the cell."""

    sheet: str
    cell: str
    value: float | str | Typed | None


class LibreOffice:
    """A LibreOffice that starts with the `with` block and has ended when the block is left.

    Args:
        locale: what it takes numbers and dates by, such as nb-NO, da-DK, nl-NL or en-US.
        timeout: seconds that one request may take. After that LibreOffice is killed, the request raises
            `LibreOfficeError`, and the next request starts a new one.
    """

    def __init__(self, locale: str = "nb-NO", timeout: float = 120.0) -> None:
        self.locale = locale
        self.timeout = timeout
        self._folder: Path | None = None
        self._process: subprocess.Popen[str] | None = None
        self._answers: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._copies = 0

    def __enter__(self) -> Self:
        """Start it."""
        self._folder = Path(tempfile.mkdtemp(prefix="xlmalekort-office-"))
        try:
            self._start()
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        """End it, by force if it does not end by itself, and remove its profile."""
        self._end()

    @property
    def process_id(self) -> int | None:
        """The leader of the group that all its processes are in; None when it is not running."""
        return None if self._process is None else self._process.pid

    def recalculate(
        self,
        path: Path | str,
        ranges: Mapping[str, str],
        *,
        set_cells: Iterable[SetCell] = (),
        save_as: Path | str | None = None,
    ) -> dict[str, Rows]:
        """Return the values of the ranges after setting the cells and calculating every formula anew.

        Args:
            path: the workbook; it stays as it is.
            ranges: for each sheet the range to return, such as `{"Målekort": "A1:H20"}`.
            set_cells: what to fill in first.
            save_as: where to save the result; the suffix decides the format, as in `convert`.
        """
        with self.open(path) as book:
            book.set_cells(set_cells)
            book.calculate()
            if save_as is not None:
                book.save_as(save_as)
            return book.read(ranges)

    def convert(self, path: Path | str, out: Path | str, filter_name: str | None = None) -> None:
        """Save the workbook, calculated, as another file; by default the suffix of `out` decides the format."""
        with self.open(path) as book:
            book.calculate()
            book.save_as(out, filter_name)

    def pdf(self, path: Path | str, out: Path | str, *, show_hidden: bool = False) -> None:
        """Print the workbook, calculated, to PDF; hidden sheets too if asked for."""
        with self.open(path) as book:
            book.calculate()
            book.save_as(out, FILTERS[".pdf"], show_hidden=show_hidden)

    @contextmanager
    def open(self, path: Path | str, *, macros: bool = False) -> Iterator[OpenWorkbook]:
        """Open a copy of the workbook for as long as the `with` block lasts; macros do not run unless asked for."""
        if self._folder is None:
            raise LibreOfficeError("use LibreOffice in a with block")
        path = Path(path)
        self._copies += 1
        copy = self._folder / f"copy{self._copies}{path.suffix}"
        shutil.copyfile(path, copy)
        try:
            opened = self.request({"do": "open", "path": str(copy), "name": path.name, "macros": macros})
            process = self._process
            try:
                yield OpenWorkbook(self, opened["document"], tuple(opened["sheets"]))
            finally:
                if self._process is process:  # else it was killed, and its documents with it
                    self.request({"do": "close", "document": opened["document"]})
        finally:
            copy.unlink(missing_ok=True)

    def request(self, request: Mapping[str, object]) -> Any:
        """Send one request to the worker and return its result; see `uno_worker` for the requests."""
        if self._process is None:
            if self._folder is None or request["do"] != "open":
                raise LibreOfficeError("this LibreOffice is no longer running")
            self._start()
        process = self._process
        if process is None or process.stdin is None:
            raise LibreOfficeError("this LibreOffice is not running")
        try:
            process.stdin.write(json.dumps(request) + "\n")
            process.stdin.flush()
        except OSError as error:
            self._kill()
            raise LibreOfficeError("LibreOffice has ended unexpectedly") from error
        return self._answer(self.timeout)

    def _start(self) -> None:
        if self._folder is None:
            raise LibreOfficeError("use LibreOffice in a with block")
        for needed in (SYSTEM_PYTHON, "soffice"):
            if shutil.which(needed) is None:
                raise LibreOfficeError(f"{needed} is not installed: apt-get install libreoffice-calc python3-uno")
        shutil.rmtree(self._folder / "profile", ignore_errors=True)
        self._answers = queue.SimpleQueue()
        with (self._folder / "worker.log").open("wb") as log:
            self._process = subprocess.Popen(
                [SYSTEM_PYTHON, str(WORKER), str(self._folder / "profile"), self.locale],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                encoding="utf-8",
                start_new_session=True,
                env=_environment(),
            )
        threading.Thread(target=_pass_on, args=(self._process, self._answers), daemon=True).start()
        self._answer(START_SECONDS)

    def _answer(self, seconds: float) -> Any:
        try:
            line = self._answers.get(timeout=seconds)
        except queue.Empty:
            self._kill()
            raise LibreOfficeError(f"LibreOffice did not answer within {seconds:g} s and was killed") from None
        if line is None:
            said = self._log()
            self._kill()
            raise LibreOfficeError(f"LibreOffice has ended unexpectedly. {said}".strip())
        answer = json.loads(line)
        if not answer["ok"]:
            raise LibreOfficeError(answer["error"])
        return answer["result"]

    def _log(self) -> str:
        log = None if self._folder is None else self._folder / "worker.log"
        return "" if log is None or not log.exists() else log.read_text(encoding="utf-8", errors="replace")

    def _end(self) -> None:
        process = self._process
        if process is not None and process.stdin is not None:
            with suppress(OSError, subprocess.TimeoutExpired):
                process.stdin.close()
                process.wait(GRACE_SECONDS)
        self._kill()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    def _kill(self) -> None:
        """Kill what is left of the group, the worker and LibreOffice alike."""
        process, self._process = self._process, None
        if process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if process.stdin is not None:
            with suppress(OSError):
                process.stdin.close()


@dataclass(frozen=True, slots=True)
class OpenWorkbook:
    """A workbook that is open in LibreOffice."""

    office: LibreOffice
    number: int
    sheets: tuple[str, ...]

    def set_cells(self, cells: Iterable[SetCell], *, even_locked: bool = False) -> None:
        """Fill in cells; a locked cell of a protected sheet raises `LibreOfficeError`.

        With `even_locked` numbers and text go into locked cells too, which no user could do.
        """
        sent = [[cell.sheet, cell.cell, *_as_sent(cell.value)] for cell in cells]
        if sent:
            self.office.request({"do": "set", "document": self.number, "cells": sent, "even_locked": even_locked})

    def calculate(self) -> None:
        """Calculate every formula anew, also those that nothing has changed for."""
        self.office.request({"do": "calculate", "document": self.number})

    def run(self, macro: str, *arguments: float | str) -> Any:
        """Run a macro of the workbook's VBA project, such as `Malekort.RefreshScorecard`; what it gives back."""
        return self.office.request({"do": "run", "document": self.number, "macro": macro, "arguments": list(arguments)})

    def buttons(self, sheet: str) -> dict[str, str]:
        """The buttons of a sheet: what stands on each, and what a click on it starts."""
        found = self.office.request({"do": "buttons", "document": self.number, "sheet": sheet})
        return {each["label"]: each["script"] for each in found}

    def read(self, ranges: Mapping[str, str]) -> dict[str, Rows]:
        """Return the values of one range for each sheet, row by row."""
        return {
            sheet: [[_as_received(value) for value in row] for row in rows]
            for sheet, rows in self._read(ranges, shown=False).items()
        }

    def read_shown(self, ranges: Mapping[str, str]) -> dict[str, list[list[str]]]:
        """Return what a reader sees in the cells: formatted by number format and locale."""
        return {
            sheet: [[str(value) for value in row] for row in rows]
            for sheet, rows in self._read(ranges, shown=True).items()
        }

    def save_as(self, out: Path | str, filter_name: str | None = None, *, show_hidden: bool = False) -> None:
        """Save it under another path; the suffix decides the format unless a filter of LibreOffice is named."""
        out = Path(out).resolve()
        if filter_name is None:
            if out.suffix not in FILTERS:
                raise LibreOfficeError(f"no filter known for {out.name}; name one")
            filter_name = FILTERS[out.suffix]
        self.office.request(
            {
                "do": "save",
                "document": self.number,
                "path": str(out),
                "filter": filter_name,
                "show_hidden": show_hidden,
            }
        )

    def _read(self, ranges: Mapping[str, str], *, shown: bool) -> dict[str, list[list[Any]]]:
        answer: dict[str, list[list[Any]]] = self.office.request(
            {"do": "read", "document": self.number, "ranges": dict(ranges), "shown": shown}
        )
        return answer


def _environment() -> dict[str, str]:
    """Return an environment in which neither our interpreter nor the user's locale leads LibreOffice astray."""
    own = ("PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV", "LC_ALL", "LC_NUMERIC", "LANGUAGE", "DISPLAY")
    return {name: value for name, value in os.environ.items() if name not in own} | {
        "LANG": "C.UTF-8",
        "PYTHONIOENCODING": "utf-8",
        "SAL_USE_VCLPLUGIN": "svp",
    }


def _pass_on(process: subprocess.Popen[str], answers: queue.SimpleQueue[str | None]) -> None:
    if process.stdout is not None:
        with process.stdout:
            for line in process.stdout:
                answers.put(line)
    answers.put(None)


def _as_sent(value: float | str | Typed | None) -> tuple[str, float | str | None]:
    if isinstance(value, Typed):
        return "typed", value.text
    if isinstance(value, str):
        return "text", value
    return ("empty", None) if value is None else ("number", float(value))


def _as_received(value: Any) -> CellValue:
    if isinstance(value, dict):
        return CellError(ERROR_NAMES.get(value["error"], f"Err:{value['error']}"))
    if value is None or isinstance(value, str):
        return value
    return float(value)
