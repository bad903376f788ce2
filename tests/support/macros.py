"""The macros of a workbook, and a stand-in for the Python that they start.

path.write_bytes(with_stand_in(content))
with LibreOffice() as office, office.open(path, macros=True) as book:
    python = StandIn(book)
    python.prepare(interpreter="there", answer="green")
    book.run("Malekort.RefreshScorecard")
    assert python.commands == ["import udfs.macros; udfs.macros.refresh()"]
"""

from __future__ import annotations

import io
import warnings
import zipfile
from typing import TYPE_CHECKING

from xlmalekort.xlsx.archive import replace_members
from xlmalekort.xlsx.vba import WORKBOOK_MODULE, vba_project

if TYPE_CHECKING:
    from tests.support.libreoffice import OpenWorkbook

with warnings.catch_warnings():
    # It uses names of its parser that the parser has given up.
    warnings.simplefilter("ignore", DeprecationWarning)
    from oletools.olevba import VBA_Parser

PROJECT = "xl/vbaProject.bin"
INTERPRETER = "there"
"""The only file that the stand-in finds."""

_MESSAGE = '    MsgBox message, vbInformation, Say("title")\n'
_IN_ADD_IN = "    IsInAddIn = ThisWorkbook.IsAddin\n"
_HEARD = "    StandInTold = StandInTold & message & vbLf\n"

XLWINGS = f"""Attribute VB_Name = "xlwings"
Option Explicit
Public StandInInterpreter As String, StandInRefreshes As String, StandInAnswer As String
Public StandInCommands As String, StandInTold As String, StandInAsked As String
Public StandInCalls As Long, StandInWasRunning As Boolean, StandInHadAlerts As Boolean
Public Sub Prepare(interpreter As String, refreshes As String, answer As String)
    StandInInterpreter = interpreter
    StandInRefreshes = refreshes
    StandInAnswer = answer
End Sub
Public Sub Click(callback As String)
    Select Case callback
        Case "MalekortRefresh"
            MalekortRefresh ThisWorkbook
        Case "MalekortRollUp"
            MalekortRollUp ThisWorkbook
    End Select
End Sub
Public Function Commands() As String
    Commands = StandInCommands
End Function
Public Function Told() As String
    Told = StandInTold
End Function
Public Function Asked() As String
    Asked = StandInAsked
End Function
Public Function Calls() As Long
    Calls = StandInCalls
End Function
Public Function Running() As Boolean
    Running = Not MalekortPython Is Nothing
End Function
Public Function WasRunning() As Boolean
    WasRunning = StandInWasRunning
End Function
Public Function Screen() As Boolean
    Screen = Application.ScreenUpdating
End Function
Public Function HasEvents() As Boolean
    HasEvents = Application.EnableEvents
End Function
Public Function HasAlerts() As Boolean
    HasAlerts = Application.DisplayAlerts
End Function
Public Function HadAlerts() As Boolean
    HadAlerts = StandInHadAlerts
End Function
Public Function CalculationMode() As Long
    CalculationMode = Application.Calculation
End Function
Public Function Status() As String
    Status = CStr(Application.StatusBar)
End Function
Public Function AsText(number As Double) As String
    AsText = CStr(number)
End Function
Public Function RunPython(PythonCommand As String)
    StandInCommands = StandInCommands & PythonCommand & vbLf
    StandInWasRunning = Running()
    StandInHadAlerts = Application.DisplayAlerts
    Application.ScreenUpdating = False
    Application.EnableEvents = False
    Application.Calculation = xlCalculationManual
    If StandInRefreshes = "fails" Then RunPython = -1
    If StandInRefreshes = "raises" Then Err.Raise 1, "xlwings", "no DLL"
End Function
Public Function GetConfig(configKey As String, Optional default As String = "") As Variant
    If configKey = "INTERPRETER_WIN" Then GetConfig = StandInInterpreter
End Function
Public Function FileExists(ByVal FileSpec As String) As Boolean
    FileExists = (FileSpec = "{INTERPRETER}")
End Function
Public Function XLPy()
    Set XLPy = ThisWorkbook
End Function
"""

UDF_SERVER = """Option Explicit
Public Function CallUDF(module As String, functionName As String, arguments As Variant)
    Dim number As Long, row(1) As Variant, block(1, 1) As Variant
    StandInCalls = StandInCalls + 1
    StandInAsked = module & "." & functionName
    For number = LBound(arguments) To UBound(arguments)
        If IsArray(arguments(number)) Then
            StandInAsked = StandInAsked & "|" & UBound(arguments(number), 1) & " rows"
        Else
            StandInAsked = StandInAsked & "|" & arguments(number)
        End If
    Next number
    Select Case StandInAnswer
        Case "raises"
            Err.Raise 1004, "Python", "an argument"
        Case "is gone"
            Err.Raise 462, "Python", "gone"
        Case "nothing"
        Case "row"
            row(0) = "#N/A"
            row(1) = "green"
            CallUDF = row
        Case "block"
            block(0, 0) = "green"
            block(0, 1) = "#VALUE!"
            block(1, 1) = 0.5
            CallUDF = block
        Case Else
            CallUDF = StandInAnswer
    End Select
End Function
"""


def part(content: bytes, name: str) -> bytes:
    """A part of a workbook."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)


def modules_of(content: bytes) -> dict[str, str]:
    """The modules of a workbook, or of a VBA project alone, as olevba reads them, without the attributes at their heads."""
    parser = VBA_Parser("content", data=content)
    try:
        found = {name.rpartition(".")[0]: text for _, _, name, text in parser.extract_macros()}
    finally:
        parser.close()
    return {name: body_of(text) for name, text in found.items()}


def with_stand_in(content: bytes, *, in_add_in: bool = False) -> bytes:
    """The workbook with its own modules, but that xlwings and Python are stood in for, and messages are kept.

    With `in_add_in` the code takes itself for the add-in's, which LibreOffice knows nothing of.
    """
    own = modules_of(content)
    sheets = sum(name.startswith("Sheet") for name in own)
    said = own["MalekortTexts"]
    assert said.count(_MESSAGE) == 1
    modules = {name: text for name, text in own.items() if name.startswith("Malekort")}
    modules |= {
        "xlwings": XLWINGS,
        WORKBOOK_MODULE: UDF_SERVER,
        "MalekortTexts": said.replace(_MESSAGE, _HEARD),
    }
    if in_add_in:
        assert own["Malekort"].count(_IN_ADD_IN) == 1
        modules["Malekort"] = own["Malekort"].replace(_IN_ADD_IN, "    IsInAddIn = True\n")
    return replace_members(content, {PROJECT: vba_project(modules, sheets)})


class StandIn:
    """The stand-in for Python in a workbook that is open with its macros on."""

    def __init__(self, book: OpenWorkbook) -> None:
        self._book = book

    def prepare(self, *, interpreter: str = INTERPRETER, refresh: str = "", answer: str = "green") -> None:
        """Say whether there is a Python, what comes of a refresh ("", "fails", "raises"), and what its functions answer.

        An answer is a text, "nothing", "row" or "block" for arrays, or "raises" or "is gone".
        """
        self._book.run("xlwings.Prepare", interpreter, refresh, answer)

    def click(self, callback: str) -> None:
        """Click on the ribbon's button of `MalekortRefresh` or `MalekortRollUp`; LibreOffice cannot go to a sheet unseen."""
        self._book.run("xlwings.Click", callback)

    @property
    def commands(self) -> list[str]:
        """What Python has been told to run."""
        return self._lines("Commands")

    @property
    def told(self) -> list[str]:
        """The messages that the user has seen."""
        return self._lines("Told")

    @property
    def asked(self) -> list[str]:
        """The last function that was asked, and its arguments."""
        return str(self._book.run("xlwings.Asked")).split("|")

    @property
    def calls(self) -> int:
        """How often functions have been asked."""
        return int(self._book.run("xlwings.Calls"))

    @property
    def is_connected(self) -> bool:
        """Whether the functions of the cells have a Python to ask."""
        return bool(self._book.run("xlwings.Running"))

    @property
    def is_screen_updated(self) -> bool:
        """Whether the screen shows what happens."""
        return bool(self._book.run("xlwings.Screen"))

    @property
    def was_connected(self) -> bool:
        """Whether functions had a Python to ask while the last command was run."""
        return bool(self._book.run("xlwings.WasRunning"))

    @property
    def has_events(self) -> bool:
        """Whether macros that follow events would be run."""
        return bool(self._book.run("xlwings.HasEvents"))

    @property
    def has_alerts(self) -> bool:
        """Whether Excel asks and warns."""
        return bool(self._book.run("xlwings.HasAlerts"))

    @property
    def had_alerts(self) -> bool:
        """Whether it did while the last command was run."""
        return bool(self._book.run("xlwings.HadAlerts"))

    @property
    def calculation_mode(self) -> int:
        """How the workbook is calculated, by Excel's number."""
        return int(self._book.run("xlwings.CalculationMode"))

    @property
    def status(self) -> str:
        """What the status bar says."""
        return str(self._book.run("xlwings.Status"))

    def number(self, value: float) -> str:
        """A number as VBA writes it where it runs."""
        return str(self._book.run("xlwings.AsText", value))

    def _lines(self, function: str) -> list[str]:
        return str(self._book.run(f"xlwings.{function}")).splitlines()


def body_of(text: str) -> str:
    """A module without the attributes at its head, which no editor shows, and with the line ends of Python."""
    lines = text.replace("\r\n", "\n").splitlines(keepends=True)
    while lines and lines[0].startswith("Attribute VB_"):
        del lines[0]
    return "".join(lines)
