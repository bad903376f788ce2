"""Drive one LibreOffice for `tests.support.libreoffice`.

A virtual environment cannot import `uno`, so this file runs under the system's Python and imports nothing of the
project. It takes one JSON request a line on standard input and answers each with one JSON line on standard output.

Start: `/usr/bin/python3 uno_worker.py PROFILE_FOLDER LOCALE`. The end of standard input ends the worker, and
LibreOffice with it. The one who starts it must make it the leader of a process group, so that the group can be killed.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
import traceback
from pathlib import Path
from typing import Any

import uno  # type: ignore[import-not-found, unused-ignore]
from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found, unused-ignore]

Request = dict[str, Any]

START_SECONDS = 90.0
GRACE_SECONDS = 5.0
ERROR_RESULTS = 4  # com.sun.star.sheet.FormulaResult.ERROR
NEVER_RUN_MACROS, ALWAYS_RUN_MACROS = 0, 4  # com.sun.star.document.MacroExecMode
FIRST_RUN_DONE = "9.9"

REGISTRY = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">
<value>{locale}</value></prop></item>
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooLocale" oor:op="fuse">
<value>{locale}</value></prop></item>
<item oor:path="/org.openoffice.Office.Linguistic/General"><prop oor:name="DefaultLocale" oor:op="fuse">
<value>{locale}</value></prop></item>
<item oor:path="/org.openoffice.Setup/Product"><prop oor:name="ooSetupLastVersion" oor:op="fuse">
<value>{version}</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Misc"><prop oor:name="FirstRun" oor:op="fuse">
<value>false</value></prop></item>
<item oor:path="/org.openoffice.Office.Recovery/RecoveryInfo"><prop oor:name="Enabled" oor:op="fuse">
<value>false</value></prop></item>
</oor:items>
"""


def main() -> int:
    """Serve requests until standard input ends."""
    profile, locale = Path(sys.argv[1]), sys.argv[2]
    requests: queue.SimpleQueue[str | None] = queue.SimpleQueue()
    threading.Thread(target=_read_requests, args=(requests,), daemon=True).start()
    process = None
    try:
        process, desktop = _start(profile, locale)
        worker = Worker(desktop)
        _answer({"ok": True, "result": "ready"})
        while (line := requests.get()) is not None:
            request = json.loads(line)
            try:
                _answer({"ok": True, "result": worker.do(request)})
            except Exception:  # noqa: BLE001  the caller is told everything and decides
                _answer({"ok": False, "error": traceback.format_exc()})
        worker.terminate()
    except Exception:  # noqa: BLE001
        _answer({"ok": False, "error": traceback.format_exc()})
        return 1
    finally:
        if process is not None:
            _stop(process)
    return 0


def _read_requests(requests: queue.SimpleQueue[str | None]) -> None:
    """Hand on each line; when the parent is gone, see to it that nothing outlives it."""
    for line in sys.stdin:
        requests.put(line)
    requests.put(None)
    time.sleep(2 * GRACE_SECONDS)
    if os.getpgid(0) == os.getpid():
        os.killpg(0, signal.SIGKILL)


def _answer(message: Request) -> None:
    sys.stdout.write(json.dumps(message, ensure_ascii=True) + "\n")
    sys.stdout.flush()


def _start(profile: Path, locale: str) -> tuple[subprocess.Popen[bytes], Any]:
    """Start LibreOffice on a profile and a pipe of its own; return its process and its desktop."""
    user = profile / "user"
    user.mkdir(parents=True, exist_ok=True)
    registry = REGISTRY.format(locale=locale, version=FIRST_RUN_DONE)
    (user / "registrymodifications.xcu").write_text(registry, encoding="utf-8")
    pipe = f"xlmalekort{os.getpid()}"
    with (profile / "soffice.log").open("wb") as log:
        process = subprocess.Popen(
            [
                "soffice",
                f"-env:UserInstallation={profile.as_uri()}",
                f"--accept=pipe,name={pipe};urp;StarOffice.ComponentContext",
                "--headless",
                "--invisible",
                "--nologo",
                "--nodefault",
                "--norestore",
                "--nolockcheck",
            ],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    resolver = uno.getComponentContext().ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
    end = time.monotonic() + START_SECONDS
    while True:
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception as error:
            if process.poll() is not None or time.monotonic() > end:
                said = (profile / "soffice.log").read_text(encoding="utf-8", errors="replace")
                raise RuntimeError(f"LibreOffice did not start (exit code {process.poll()}): {said}") from error
            time.sleep(0.05)
        else:
            return process, context.ServiceManager.createInstance("com.sun.star.frame.Desktop")


def _stop(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _property(name: str, value: object) -> Any:
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


class Worker:
    """The open documents of one LibreOffice, by number."""

    def __init__(self, desktop: Any) -> None:
        self._desktop = desktop
        self._documents: dict[int, Any] = {}
        self._opened = 0

    def do(self, request: Request) -> object:
        """Carry out one request and return what JSON can hold of its result."""
        actions = {
            "open": self._open,
            "set": self._set,
            "calculate": self._calculate,
            "run": self._run,
            "buttons": self._buttons,
            "read": self._read,
            "save": self._save,
            "close": self._close,
        }
        return actions[request["do"]](request)

    def terminate(self) -> None:
        """Close all and let LibreOffice end by itself."""
        for document in self._documents.values():
            document.close(True)
        self._documents.clear()
        with contextlib.suppress(Exception):  # the bridge may break before the call returns: all is ending
            self._desktop.terminate()

    def _open(self, request: Request) -> dict[str, object]:
        mode = ALWAYS_RUN_MACROS if request["macros"] else NEVER_RUN_MACROS
        options = (_property("Hidden", True), _property("MacroExecutionMode", mode))
        url = Path(request["path"]).as_uri()
        document = self._desktop.loadComponentFromURL(url, "_blank", 0, options)
        if document is None or not document.supportsService("com.sun.star.sheet.SpreadsheetDocument"):
            raise ValueError(f"LibreOffice cannot open {request['name']} as a spreadsheet")
        self._opened += 1
        self._documents[self._opened] = document
        return {"document": self._opened, "sheets": list(document.Sheets.ElementNames)}

    def _sheet(self, request: Request, name: str) -> Any:
        sheets = self._documents[request["document"]].Sheets
        if not sheets.hasByName(name):
            raise ValueError(f"no sheet {name!r}; there are {', '.join(sheets.ElementNames)}")
        return sheets.getByName(name)

    def _set(self, request: Request) -> None:
        for name, address, kind, value in request["cells"]:
            sheet = self._sheet(request, name)
            cell = sheet.getCellRangeByName(address)
            # This interface writes numbers and text into locked cells, which no user can do.
            if sheet.isProtected() and cell.CellProtection.IsLocked and not request["even_locked"]:
                raise ValueError(f"{name}!{address} is locked")
            if kind == "number":
                cell.setValue(value)
            elif kind == "text":
                cell.setString(value)
            elif kind == "typed":
                cell.FormulaLocal = value
            else:
                cell.clearContents(1 | 2 | 4 | 16)  # values, dates, text, formulas
                if cell.Formula:
                    raise ValueError(f"{name}!{address} could not be emptied")

    def _calculate(self, request: Request) -> None:
        self._documents[request["document"]].calculateAll()

    def _run(self, request: Request) -> object:
        script = f"vnd.sun.star.script:VBAProject.{request['macro']}?language=Basic&location=document"
        provider = self._documents[request["document"]].getScriptProvider()
        return provider.getScript(script).invoke(tuple(request["arguments"]), (), ())[0]

    def _buttons(self, request: Request) -> list[dict[str, str]]:
        """Every button of a sheet, with the macros that a click on it starts."""
        found = []
        forms = self._sheet(request, request["sheet"]).DrawPage.Forms
        for form in (forms.getByIndex(number) for number in range(forms.Count)):
            for number in range(form.Count):
                scripts = [event.ScriptCode for event in form.getScriptEvents(number)]
                found.append({"label": form.getByIndex(number).Label, "script": " ".join(scripts)})
        return found

    def _read(self, request: Request) -> dict[str, list[list[object]]]:
        read = _shown if request["shown"] else _values
        return {
            name: read(self._sheet(request, name).getCellRangeByName(address))
            for name, address in request["ranges"].items()
        }

    def _save(self, request: Request) -> None:
        document = self._documents[request["document"]]
        self._print_buttons(document)
        if request["show_hidden"]:
            for name in document.Sheets.ElementNames:
                document.Sheets.getByName(name).IsVisible = True
        options = (_property("FilterName", request["filter"]), _property("Overwrite", True))
        document.storeToURL(Path(request["path"]).as_uri(), options)

    def _print_buttons(self, document: Any) -> None:
        """Show buttons in pictures, though paper is better off without them."""
        for name in document.Sheets.ElementNames:
            forms = document.Sheets.getByName(name).DrawPage.Forms
            for form in (forms.getByIndex(number) for number in range(forms.Count)):
                for number in range(form.Count):
                    form.getByIndex(number).Printable = True

    def _close(self, request: Request) -> None:
        self._documents.pop(request["document"]).close(True)


def _shown(area: Any) -> list[list[object]]:
    address = area.RangeAddress
    return [
        [area.getCellByPosition(column, row).String for column in range(address.EndColumn - address.StartColumn + 1)]
        for row in range(address.EndRow - address.StartRow + 1)
    ]


def _values(area: Any) -> list[list[object]]:
    """Return numbers and text as they are, an empty cell as None, an error as `{"error": number}`."""
    left, top = area.RangeAddress.StartColumn, area.RangeAddress.StartRow
    rows: list[list[object]] = [list(row) for row in area.getDataArray()]
    for part in area.queryEmptyCells().RangeAddresses:
        for row in range(part.StartRow - top, part.EndRow - top + 1):
            for column in range(part.StartColumn - left, part.EndColumn - left + 1):
                rows[row][column] = None
    for part in area.queryFormulaCells(ERROR_RESULTS).RangeAddresses:
        for row in range(part.StartRow - top, part.EndRow - top + 1):
            for column in range(part.StartColumn - left, part.EndColumn - left + 1):
                rows[row][column] = {"error": area.getCellByPosition(column, row).getError()}
    return rows


if __name__ == "__main__":
    sys.exit(main())
