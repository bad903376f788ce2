"""How answers of Python's reach the cells, in an interpreter of VBA that keeps Excel's rules of types."""

from __future__ import annotations

from typing import Any

import pytest
from pyopenvba.apps.excel import ExcelApplication
from pyopenvba.interpreter import EMPTY, VBAArray, VBAErrorValue, VBAObject, VBARuntimeError, method

from udfs.wrappers import FOLDER

NOT_AVAILABLE, VALUE, DIVISION = 2042, 2015, 2007
CONNECTED = """Option Explicit
Public MalekortPython As Object
Public Sub Connect(python As Object)
    Set MalekortPython = python
End Sub
Public Function IsConnected() As Boolean
    IsConnected = Not MalekortPython Is Nothing
End Function
"""


class Python(VBAObject):  # type: ignore[misc]
    """Stands in for the Python that has refreshed a workbook."""

    vba_type_name = "Python"
    answer: Any = "green"
    asked: tuple[str, str, list[object]] | None = None

    @method  # type: ignore[untyped-decorator]
    def CallUDF(self, module: str, function: str, arguments: VBAArray) -> object:  # noqa: N802 - xlwings' own name
        self.asked = module, function, list(arguments.elements())
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


class Excel:
    """Excel with the modules of the functions, and a Python to ask."""

    def __init__(self) -> None:
        self.python = Python()
        self._excel = ExcelApplication()
        self._excel.add_workbook()
        self._excel.add_module(CONNECTED, name="Malekort")
        for name in ("MalekortTexts", "MalekortAnswers", "MalekortFunctions"):
            lines = (FOLDER / f"{name}.bas").read_text(encoding="utf-8").splitlines()
            # The interpreter does not know what a function's description is.
            self._excel.add_module("\n".join(each for each in lines if not each.startswith("Attribute MK_")), name=name)

    def connect(self) -> None:
        self._excel.run("Connect", self.python)

    @property
    def is_connected(self) -> bool:
        return bool(self._excel.run("IsConnected"))

    def share(self, *arguments: object) -> Any:
        """What MK_SHARE shows: an error as its number."""
        return _shown(self._excel.run("MK_SHARE", *arguments))


def _shown(found: Any) -> Any:
    if isinstance(found, list):
        return [_shown(each) for each in found]
    return found.number if isinstance(found, VBAErrorValue) else found


@pytest.fixture(scope="module")
def started() -> Excel:
    return Excel()


@pytest.fixture
def excel(started: Excel) -> Excel:
    started.python.answer, started.python.asked = "green", None
    started.connect()
    return started


def test_before_a_refresh_a_function_is_not_available_and_nobody_is_asked() -> None:
    excel = Excel()
    assert excel.share(1.0, 2.0) == NOT_AVAILABLE
    assert excel.python.asked is None


def test_python_is_asked_by_module_and_name_with_plain_values(excel: Excel) -> None:
    excel.share(1.0, 2.0)
    assert excel.python.asked == ("udfs.functions", "MK_SHARE", [1.0, 2.0])


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        ("green", "green"),
        (0.5, 0.5),
        (True, True),
        ("", ""),
        (EMPTY, ""),
        ("#N/A", NOT_AVAILABLE),
        ("#VALUE!", VALUE),
        ("#value!", "#value!"),
        ("#N/A ", "#N/A "),
        (VBARuntimeError(1004, "an argument"), VALUE),
    ],
)
def test_a_single_answer_reaches_the_cell(excel: Excel, answer: object, shown: object) -> None:
    excel.python.answer = answer
    assert excel.share(1.0, 2.0) == shown
    assert excel.is_connected


@pytest.mark.parametrize("first", [0, 1, -2, 7])
def test_a_row_keeps_its_shape_wherever_it_starts_to_count(excel: Excel, first: int) -> None:
    excel.python.answer = VBAArray([(first, first + 3)], items=["#N/A", EMPTY, 0.5, "#VALUE!"])
    assert excel.share(1.0, 2.0) == [NOT_AVAILABLE, "", 0.5, VALUE]


@pytest.mark.parametrize(("top", "left"), [(0, 0), (1, 1), (0, 1), (3, 5)])
def test_a_block_keeps_its_shape_wherever_it_starts_to_count(excel: Excel, top: int, left: int) -> None:
    block = VBAArray([(top, top + 1), (left, left + 2)])
    cells = [["green", "#VALUE!", EMPTY], [VBAErrorValue(DIVISION), 0.5, "#N/A"]]
    for row, values in enumerate(cells):
        for column, value in enumerate(values):
            block.set([top + row, left + column], value)
    excel.python.answer = block
    assert excel.share(1.0, 2.0) == [["green", VALUE, ""], [DIVISION, 0.5, NOT_AVAILABLE]]


def test_an_error_among_the_arguments_is_the_answer_as_in_excels_own_functions(excel: Excel) -> None:
    assert excel.share(1.0, VBAErrorValue(DIVISION)) == DIVISION
    assert excel.python.asked is None


@pytest.mark.parametrize("number", [462, -2147023174, -2147023170, -2147417848, -2147418105, -2147418094])
def test_a_python_that_has_gone_is_not_asked_again(excel: Excel, number: int) -> None:
    excel.python.answer = VBARuntimeError(number, "gone")
    assert excel.share(1.0, 2.0) == VALUE
    assert not excel.is_connected
    excel.python.answer, excel.python.asked = "green", None
    assert excel.share(1.0, 2.0) == NOT_AVAILABLE
    assert excel.python.asked is None
