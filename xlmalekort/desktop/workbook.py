"""Whether one workbook can do in Excel what it is meant to: its macros, its settings, and what Windows thinks of the file."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from xlmalekort.desktop.environment import wanted_xlwings
from xlmalekort.desktop.findings import error, fine, unknown, warning
from xlmalekort.desktop.trust import expanded, is_trusted
from xlmalekort.intake.sheets import find_setup
from xlmalekort.layout.office import SETUP_KEYS, TEMPLATE_VERSION
from xlmalekort.locale.system import reason_of
from xlmalekort.locale.told import Phrase
from xlmalekort.problems import Problem
from xlmalekort.template.macros import CONFIGURATION_SHEET
from xlmalekort.xlsx import RawSheet, open_package, read_sheet, read_workbook

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlmalekort.desktop.excel import Excel
    from xlmalekort.desktop.findings import Finding
    from xlmalekort.desktop.machine import Machine
    from xlmalekort.xlsx import RawWorkbook

_INTERPRETER = "interpreter_win"
_ZONE = re.compile(r"^ZoneId\s*=\s*(\d+)", re.MULTILINE)
_VERSION = re.compile(r'XLWINGS_VERSION As String = "([0-9.]+)"')
_INTERNET = 3
"""The zone of the internet; 4 is that of sites which are not trusted at all."""


def check_workbook_file(machine: Machine, excel: Excel | None, path: Path) -> Iterator[Finding]:
    """Every finding about the file. Nothing of what people typed into it is looked at."""
    try:
        content = path.read_bytes()
    except OSError as problem:
        yield error(
            "workbook",
            Phrase("{file}: {reason}.", file=path, reason=reason_of(problem)),
            Phrase("Give the path of a workbook, or its address in the cloud."),
        )
        return
    yield from _check_mark(machine, excel, path)
    package = open_package(content, path.name)
    workbook = package if isinstance(package, Problem) else read_workbook(package)
    if isinstance(workbook, Problem):
        yield error(
            "workbook",
            Phrase("{file}: cannot be opened as a workbook.", file=path),
            Phrase("Run: {command}", command=f'xlmalekort check "{path}"'),
        )
        return
    yield from _check_template(path, workbook)
    if not workbook.has_macros:
        yield warning(
            "workbook",
            Phrase("{file}: has no macros, and so no button.", file=path),
            Phrase(
                "Make a workbook with a name that ends in .xlsm; this one can be refreshed by: {command}",
                command=f'xlmalekort refresh "{path}"',
            ),
        )
        return
    yield from _check_settings(machine, path, workbook)
    yield from _check_bridge(path)


def _check_mark(machine: Machine, excel: Excel | None, path: Path) -> Iterator[Finding]:
    if not machine.is_windows:
        yield unknown(
            "blocked",
            Phrase("{file}: whether Windows takes it for a file from the internet can be seen there only.", file=path),
        )
        return
    zone = _ZONE.search(machine.stream(path, "Zone.Identifier") or "")
    if zone is None or int(zone[1]) < _INTERNET:
        yield fine("blocked", Phrase("{file}: Windows does not take it for a file from the internet.", file=path))
    elif excel is not None and is_trusted(machine, excel, path):
        yield fine(
            "blocked", Phrase("{file}: came from the internet, but lies in a folder that Excel trusts.", file=path)
        )
    else:
        opened = "" if excel is None else _protected_view(machine, excel)
        yield error(
            "blocked",
            Phrase(
                "{file}: came from the internet or by e-mail, so Excel blocks its macros{view}.", file=path, view=opened
            ),
            Phrase(
                "Close it, right-click the file, choose Properties, tick Unblock and press OK; "
                "or move it into a folder that Excel trusts."
            ),
        )


def _protected_view(machine: Machine, excel: Excel) -> Phrase | str:
    is_off = machine.registry.values(rf"{excel.key}\Security\ProtectedView").get("disableinternetfilesinpv") == 1
    return "" if is_off else Phrase(" and opens it in Protected View, where nothing is computed")


def _check_template(path: Path, workbook: RawWorkbook) -> Iterator[Finding]:
    setup = find_setup(workbook)
    if setup is None:
        return
    version = setup.text(SETUP_KEYS.index("template"), 1)
    if version == TEMPLATE_VERSION:
        yield fine("template", Phrase("{file}: was made for this version of the program.", file=path))
    else:
        yield error(
            "template",
            Phrase(
                "{file}: was made for another version of the program (template {found}, wanted is {wanted}).",
                file=path,
                found=version,
                wanted=TEMPLATE_VERSION,
            ),
            Phrase("Run: {command}", command=f'xlmalekort migrate "{path}" --to ...'),
        )


def _check_settings(machine: Machine, path: Path, workbook: RawWorkbook) -> Iterator[Finding]:
    settings = _settings(workbook)
    interpreter = settings.get(_INTERPRETER)
    if interpreter is None:
        yield warning(
            "settings",
            Phrase("{file}: does not say which Python its macros start.", file=path),
            Phrase(
                "Its macros are not ours, or its hidden sheet {sheet} was deleted: make the workbook anew.",
                sheet=CONFIGURATION_SHEET,
            ),
        )
        return
    place = expanded(machine, interpreter)
    if not machine.is_windows and "\\" in place:
        yield unknown(
            "settings", Phrase("{file}: starts {interpreter}, a path of Windows.", file=path, interpreter=interpreter)
        )
    elif Path(place).is_file():
        yield fine("settings", Phrase("{file}: starts {interpreter}, and it is there.", file=path, interpreter=place))
    else:
        yield error(
            "settings",
            Phrase("{file}: starts {interpreter}, and it is not there.", file=path, interpreter=place),
            Phrase("Run: {command}", command="xlmalekort excel install"),
        )


def _check_bridge(path: Path) -> Iterator[Finding]:
    """Whether the workbook's VBA looks for the library that stands in the environment: it names it with its version."""
    version = _xlwings_of(path)
    if version is None:
        yield unknown("bridge", Phrase("{file}: its macros cannot be read.", file=path))
    elif version == wanted_xlwings():
        yield fine(
            "bridge", Phrase("{file}: its macros fit the Python here (xlwings {version}).", file=path, version=version)
        )
    else:
        yield error(
            "bridge",
            Phrase(
                "{file}: its macros want xlwings {found}, and the Python here has {wanted}.",
                file=path,
                found=version,
                wanted=wanted_xlwings(),
            ),
            Phrase(
                "Use the ribbon tab of the add-in meanwhile, or make the workbook anew: {command}",
                command=f'xlmalekort migrate "{path}" --to ...',
            ),
        )


def _xlwings_of(path: Path) -> str | None:
    """The version of the VBA of xlwings in a workbook; None where it has none that can be read."""
    from pyopenvba import ExcelFile, PyOpenVBAError

    try:
        with ExcelFile(path) as workbook:
            found = _VERSION.search(workbook.vba_project().get_module("xlwings").body)
    except (PyOpenVBAError, KeyError, ValueError, OSError):
        return None
    return found[1] if found is not None else None


def _settings(workbook: RawWorkbook) -> dict[str, str]:
    """The settings of the macros by their names in small letters."""
    entry = workbook.sheet(CONFIGURATION_SHEET)
    sheet = read_sheet(workbook, entry) if entry is not None else None
    if not isinstance(sheet, RawSheet):
        return {}
    rows = {row for row, column in sheet.cells if column == 0}
    return {sheet.text(row, 0).strip().lower(): sheet.text(row, 1).strip() for row in sorted(rows)}
