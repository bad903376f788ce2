"""Writes the VBA functions that Excel sees, from the Python functions that answer.

Usage: `python -m udfs.wrappers`, whenever a function or what is said of it has changed.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import udfs.functions
from udfs.registry import CARD, FUNCTIONS

if TYPE_CHECKING:
    from udfs.registry import ExcelArgument, ExcelFunction

FOLDER = Path(__file__).parent / "vba"
MODULE = FOLDER / "MalekortFunctions.bas"
HELP = FOLDER / "function_help.json"
"""What the function wizard says, in English: by a function's name, and by `FUNCTION.argument`."""

_PYTHON_MODULE = udfs.functions.__name__
_HEAD = f"""Attribute VB_Name = "MalekortFunctions"
Option Explicit

' Made by `python -m udfs.wrappers` from {_PYTHON_MODULE}: change that, not this.
' Before a Refresh has succeeded every function is #N/A at once, so that the formula beside it answers.

Public Sub Auto_Open()
    ' The function wizard speaks the scorecard's language. Excel describes functions of an add-in only once some workbook is
    ' open, hence a little later. That is no change of the workbook's.
    Dim isInAddIn As Boolean
    On Error Resume Next
    isInAddIn = ThisWorkbook.IsAddin
    If isInAddIn Then
        Application.OnTime Now, "'" & Replace(ThisWorkbook.Name, "'", "''") & "'!DescribeFunctions"
    Else
        DescribeFunctions
    End If
End Sub

Public Sub DescribeFunctions()
    Dim isSaved As Boolean
    On Error Resume Next
    isSaved = ThisWorkbook.Saved
"""
_TAIL = """\
    ThisWorkbook.Saved = isSaved
End Sub

Private Sub Describe(ByVal functionName As String, ByVal argumentNames As String)
    Dim names() As String, number As Long
    On Error Resume Next
    names = Split(argumentNames)
    For number = LBound(names) To UBound(names)
        names(number) = Say(functionName & "." & names(number))
    Next number
    Application.MacroOptions Macro:="'" & Replace(ThisWorkbook.Name, "'", "''") & "'!" & functionName, _
        Description:=Say(functionName), Category:=Say("title"), ArgumentDescriptions:=names
End Sub
"""


def module_text() -> str:
    """The text of the VBA module: a function for each of Python's, and their descriptions."""
    functions = tuple(FUNCTIONS.values())
    described = "".join(f'    Describe "{each.name}", "{_names(each)}"\n' for each in functions)
    return _HEAD + described + _TAIL + "".join(map(_wrapper, functions))


def help_texts() -> dict[str, str]:
    """What the function wizard says of every function and argument, in English."""
    texts: dict[str, str] = {}
    for each in FUNCTIONS.values():
        texts[each.name] = each.doc
        texts |= {f"{each.name}.{argument.name}": argument.doc for argument in each.arguments}
    return texts


def help_file() -> str:
    """The same as the file that the makers of workbooks read."""
    return json.dumps(help_texts(), ensure_ascii=False, indent=2) + "\n"


def main() -> None:
    """Write both files."""
    MODULE.write_text(module_text(), encoding="utf-8", newline="\n")
    HELP.write_text(help_file(), encoding="utf-8", newline="\n")


def _names(function: ExcelFunction) -> str:
    return " ".join(each.name for each in function.arguments)


def _wrapper(function: ExcelFunction) -> str:
    name = function.name
    declared = ", ".join(map(_declared, function.arguments))
    values = ", ".join(map(_value, function.arguments))
    doc = function.doc.replace('"', '""')
    return f"""
Public Function {name}({declared}) As Variant
Attribute {name}.VB_Description = "{doc}"
    {name} = CVErr(xlErrNA)
    If Not MalekortPython Is Nothing Then {name} = AnswerOf("{name}", Array({values}))
End Function
"""


def _declared(argument: ExcelArgument) -> str:
    optional = "Optional " if argument.is_optional else ""
    return f"{optional}ByVal {argument.name} As Variant"


def _value(argument: ExcelArgument) -> str:
    return f"CardOf({argument.name})" if argument.name == CARD else f"GivenBy({argument.name})"


if __name__ == "__main__":
    main()
