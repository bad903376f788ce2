"""What makes a workbook answer to buttons: the VBA project with its texts and settings, the ribbon, and the add-in."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from enum import Enum
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import quoteattr

from xlsxwriter import Workbook

from xlmalekort.layout.office import SHEET_TITLES, Sheet
from xlmalekort.locale import N_
from xlmalekort.xlsx.ribbon import RIBBON_NAMESPACE, as_add_in, with_ribbon
from xlmalekort.xlsx.vba import WORKBOOK_MODULE, sheet_module, vba_project

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from xlmalekort.locale import Texts

REFRESH_MACRO = "RefreshScorecard"
REFRESH = N_("Refresh scorecard")
ROLL_UP_MACRO = "RollUpRegion"
ROLL_UP = N_("Roll up region")
"""The macros that buttons on sheets start, and what the buttons say."""

TITLE = N_("Scorecard")
"""The ribbon's tab, and who speaks in a message."""

CONFIGURATION_SHEET = "xlwings.conf"
"""Where xlwings looks for its settings; the name is not ours to choose."""
TEXTS_NAME = "mk_texts"

_CREATED = datetime(2026, 1, 1, tzinfo=UTC)
"""The clock is asked nowhere, so that the same texts give the same bytes."""
_XLWINGS = "xlwings"
_MODULES = ("Malekort", "MalekortTexts", "MalekortAnswers", "MalekortFunctions")
_RIBBON_MODULE = "MalekortRibbon"
_ADD_IN_MODULE = "MalekortAddIn"
_ADD_IN_WORKBOOK = "MalekortAddInWorkbook"
_OWN_BOOK = '"BOOK_CALLER", ThisWorkbook'
_BOOK_IN_FRONT = '"BOOK_CALLER", ActiveWorkbook'
_NAMED_TWICE = 'PYTHONPATH = AddExcelDir & ";" & ThisWorkbook.FullName & ";" & ThisWorkbook.FullName & ";"'
_NAMELESS = 'PYTHONPATH = AddExcelDir & ";;;"'
"""In the command that starts Python the name of the workbook is of no use, for nothing is looked for beside it; but each
workbook would get a Python of its own by it, and whatever stands in the name would be read by cmd.exe."""

_HOME = r"%LOCALAPPDATA%\xlmalekort\python"
"""Where `xlmalekort excel install` makes the environment, for one person and without administrator rights."""
_YES, _NO = 1, 0
"""Never TRUE and FALSE: xlwings makes texts of them, in Norwegian "Sann" and "Usann", and cannot take such texts for a yes or no
again (its issue 2594)."""

_SETTINGS: dict[str, str | int] = {
    "INTERPRETER_WIN": rf"{_HOME}\Scripts\pythonw.exe",
    # One Python stays alive, so that functions know the scorecard of the workbook that was refreshed.
    "USE UDF SERVER": _YES,
    "UDF MODULES": "udfs.functions",
    "ADD_WORKBOOK_TO_PYTHONPATH": _NO,
    "SHOW CONSOLE": _NO,
    # A folder without modules. With nothing here xlwings would have Python look into the current folder, which is that of the
    # workbook where somebody has double-clicked it.
    "PYTHONPATH": _HOME,
    # Everything else that it asks for, mostly empty: else it looks into a file of settings beside the workbook, which could
    # decide what code is run.
    "ONEDRIVE_CONSUMER_WIN": "",
    "ONEDRIVE_COMMERCIAL_WIN": "",
    "SHAREPOINT_WIN": "",
    "CONDA PATH": "",
    "CONDA ENV": "",
    "LICENSE_KEY": "",
    "DEBUG UDFS": _NO,
    "SHOW_ERROR_POPUPS": "True",
}

_BUTTON_WIDTH, _BUTTON_HEIGHT = 250, 44

_SAID = {
    "title": TITLE,
    "working": N_("Python is at work. The first time takes a few seconds ..."),
    "no_python_refresh": N_(
        "Excel's own formulas have worked everything out, so the statuses hold. Further checks need Python, "
        "which is not set up on this computer. To set it up: xlmalekort excel install"
    ),
    "no_python_roll_up": N_(
        "Adding up the offices needs Python, which is not set up on this computer. "
        "To set it up: xlmalekort excel install"
    ),
    "no_scorecard": N_("The workbook in front is no scorecard. Go to the scorecard that is meant, and try again."),
    "no_sheet": N_("This workbook has no such sheet."),
    "failed": N_("Python could not be used. Excel's own formulas still hold. What to do: xlmalekort excel doctor"),
}
"""What the VBA says, by the key that it says it by; the English stands there too, as a last resort."""


class _Button(NamedTuple):
    name: str
    label: str
    tip: str
    image: str
    is_large: bool


class Kind(Enum):
    """What a tab is for: an office's workbook, a regional one, or the add-in, which serves both."""

    OFFICE = ("Refresh", "Checks", "Input")
    REGION = ("RollUp",)
    ADD_IN = ("Refresh", "RollUp", "Checks", "Input")


_BUTTONS = (
    _Button("Refresh", REFRESH, N_("Check the figures and work out every status anew."), "RefreshAll", is_large=True),
    _Button(
        "RollUp",
        ROLL_UP,
        N_("Choose a folder with the offices' workbooks and add them up."),
        "Consolidate",
        is_large=True,
    ),
    _Button(
        "Checks",
        SHEET_TITLES[Sheet.CONTROL],
        N_("Go to the list of what has to be put right."),
        "ErrorChecking",
        is_large=False,
    ),
    _Button(
        "Input",
        SHEET_TITLES[Sheet.INPUT],
        N_("Go to the sheet where figures are typed in."),
        "DataFormExcel",
        is_large=False,
    ),
)


def insert_button(sheet: Worksheet, cell: tuple[int, int], macro: str, caption: str, offset: tuple[int, int]) -> None:
    """A button that starts a macro, at a cell and so many pixels right of and below its corner."""
    (row, column), (right, down) = cell, offset
    sheet.insert_button(
        row,
        column,
        {
            "macro": macro,
            "caption": caption,
            "description": caption,
            "width": _BUTTON_WIDTH,
            "height": _BUTTON_HEIGHT,
            "x_offset": right,
            "y_offset": down,
        },
    )


def add_macros(workbook: Workbook, texts: Texts) -> None:
    """Give a workbook its macros: the last thing before it is closed, when it has all its other sheets.

    It gets a hidden sheet with the settings of xlwings in columns A and B and what the VBA says in D and E.
    """
    _write_configuration(workbook, texts).hide()
    _add_project(workbook, _modules())


def with_ribbon_of(content: bytes, texts: Texts, kind: Kind = Kind.OFFICE) -> bytes:
    """The finished workbook with its tab on the ribbon."""
    return with_ribbon(content, ribbon_xml(texts, kind))


def add_in(texts: Texts) -> bytes:
    """The add-in (.xlam): the same macros and functions for whatever scorecard is in front; the same bytes every time."""
    stream = io.BytesIO()
    workbook = Workbook(stream, {"in_memory": True})
    workbook.set_properties({"title": texts(TITLE), "created": _CREATED})
    # Excel hides the whole add-in, but a workbook has to have a sheet that is not hidden.
    _write_configuration(workbook, texts)
    _add_project(workbook, _add_in_modules())
    workbook.close()
    return as_add_in(with_ribbon(stream.getvalue(), ribbon_xml(texts, Kind.ADD_IN)))


def ribbon_xml(texts: Texts, kind: Kind) -> str:
    """The ribbon part: one tab; that of the add-in is hidden while a scorecard with a tab of its own is in front."""
    title = quoteattr(texts(TITLE))
    gives_way = kind is Kind.ADD_IN
    loaded = f' onLoad="{_ADD_IN_MODULE}Loaded"' if gives_way else ""
    shown = f' getVisible="{_ADD_IN_MODULE}IsShown"' if gives_way else ""
    # Each its own: of two macros of the same name in two open workbooks Excel may run either.
    macros = _ADD_IN_MODULE if gives_way else "Malekort"
    buttons = "".join(_button_xml(each, texts, macros) for each in _BUTTONS if each.name in kind.value)
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<customUI xmlns="{RIBBON_NAMESPACE}"{loaded}><ribbon><tabs>'
        f'<tab id="malekortTab" label={title}{shown}><group id="malekortGroup" label={title}>{buttons}</group></tab>'
        "</tabs></ribbon></customUI>\n"
    )


def _button_xml(button: _Button, texts: Texts, macros: str) -> str:
    size = "large" if button.is_large else "normal"
    label, tip = quoteattr(texts(button.label)), quoteattr(texts(button.tip))
    return (
        f'<button id="malekort{button.name}" label={label} screentip={label} supertip={tip}'
        f' imageMso="{button.image}" size="{size}" onAction="{macros}{button.name}"/>'
    )


# The sheet of settings and texts


def _write_configuration(workbook: Workbook, texts: Texts) -> Worksheet:
    sheet = workbook.add_worksheet(CONFIGURATION_SHEET)
    for row, (name, value) in enumerate(_SETTINGS.items()):
        sheet.write_string(row, 0, name)
        if isinstance(value, int):
            sheet.write_number(row, 1, value)
        elif value:
            sheet.write_string(row, 1, value)
    said = _said(texts)
    for row, (key, text) in enumerate(said.items()):
        sheet.write_string(row, 3, key)
        sheet.write_string(row, 4, text)
    workbook.define_name(TEXTS_NAME, f"='{CONFIGURATION_SHEET}'!$D$1:$E${len(said)}")
    sheet.protect()
    return sheet


def _said(texts: Texts) -> dict[str, str]:
    """What the VBA says to people, and what Excel's function wizard says of the functions."""
    return {key: texts(text) for key, text in (_SAID | _function_help()).items()}


@cache
def _function_help() -> dict[str, str]:
    found: dict[str, str] = json.loads(_resource("function_help.json"))
    return found


# The modules


def _add_project(workbook: Workbook, modules: dict[str, str]) -> None:
    sheets = workbook.worksheets()
    workbook.add_vba_project(io.BytesIO(vba_project(modules, len(sheets))), is_stream=True)
    workbook.set_vba_name(WORKBOOK_MODULE)
    for number, sheet in enumerate(sheets, 1):
        sheet.set_vba_name(sheet_module(number))


@cache
def _modules() -> dict[str, str]:
    return _shared_modules() | {_RIBBON_MODULE: _resource(f"{_RIBBON_MODULE}.bas")}


@cache
def _shared_modules() -> dict[str, str]:
    """What workbooks and the add-in have alike."""
    return {_XLWINGS: _xlwings_module()} | {name: _resource(f"{name}.bas") for name in _MODULES}


@cache
def _add_in_modules() -> dict[str, str]:
    """The same, but that Python is handed the workbook in front, and the tab gives way."""
    return _shared_modules() | {
        _XLWINGS: _changed(_xlwings_module(), _OWN_BOOK, _BOOK_IN_FRONT),
        _ADD_IN_MODULE: _resource(f"{_ADD_IN_MODULE}.bas"),
        WORKBOOK_MODULE: _resource(f"{_ADD_IN_WORKBOOK}.bas"),
    }


def _resource(name: str) -> str:
    # Found by the name of the package, not imported: that would start xlwings.
    return (files("udfs") / "vba" / name).read_text(encoding="utf-8")


def _xlwings_module() -> str:
    """The VBA module of the installed xlwings, which names the DLL of its own version; its licence stands in it.

    One place differs: the command that starts Python does not name the workbook.
    """
    spec = find_spec(_XLWINGS)
    if spec is None or spec.origin is None:
        message = "xlwings is not installed, and workbooks with macros carry its VBA module"
        raise ModuleNotFoundError(message)
    text = (Path(spec.origin).parent / "xlwings.bas").read_text(encoding="ascii")
    return _changed(text, _NAMED_TWICE, _NAMELESS)


def _changed(text: str, before: str, after: str) -> str:
    """The module with one place written otherwise; ValueError where that place is not there, as in another version of it."""
    if text.count(before) != 1:
        message = f"xlwings.bas has changed: {before}"
        raise ValueError(message)
    return text.replace(before, after)
