"""xlwings' own server for the functions of cells, without Windows: its program, with the little of COM it needs made up.

    call("MK_SHARE", [[1.0, 2.0]], [[2.0, 2.0]])

It runs in an interpreter of its own, because xlwings asks only once whether it is on Windows.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

ERROR_IN_A_CELL = -2146826246
"""How #N/A reaches Python."""
NEWER_ERROR_IN_A_CELL = -2146826243
"""How #SPILL! does."""

_COM = (
    "pythoncom",
    "pywintypes",
    "win32api",
    "win32con",
    "win32event",
    "win32gui",
    "win32process",
    "win32timezone",
    "win32com",
    "win32com.client",
    "win32com.server",
    "win32com.server.dispatcher",
    "win32com.server.policy",
    "win32com.server.util",
)


def call(function: str, *arguments: object) -> Any:
    """What a function of `udfs.functions` gives back to VBA; an error is told by its name."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.udf_server"],
        input=json.dumps([function, arguments]),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def _pretend_windows() -> None:
    import ctypes
    from unittest.mock import MagicMock

    for name in _COM:
        sys.modules[name] = MagicMock()
    com, kinds, client = sys.modules["pythoncom"], sys.modules["pywintypes"], sys.modules["win32com.client"]
    vars(com).update(__file__="pythoncom", IID_IDispatch=1, TypeIIDs={1: type("IDispatch", (), {})})
    vars(kinds).update(TimeType=type("TimeType", (), {}))
    vars(client).update({name: type(name, (), {}) for name in ("CDispatch", "CoClassBaseClass", "DispatchBaseClass")})
    # Nothing that VBA hands over here is an object of Python's.
    sys.modules["win32com"].server.util.unwrap.side_effect = ValueError
    vars(ctypes).update(oledll=MagicMock(), windll=MagicMock(), PyDLL=MagicMock())


def _serve() -> None:
    _pretend_windows()
    import xlwings
    import xlwings._xlwindows
    import xlwings.udfs
    from xlwings.com_server import XLPython
    from xlwings.main import Engine

    xlwings.engines.add(Engine(impl=xlwings._xlwindows.engine))
    vars(xlwings.engines)["active"] = xlwings.engines["excel"]
    for name in ("func", "arg", "ret"):
        setattr(xlwings, name, getattr(xlwings.udfs, f"xl{name}"))
    function, arguments = json.load(sys.stdin)
    server: Any = XLPython()
    try:
        answer = server.CallUDF("udfs.functions", function, [_as_tuples(each) for each in arguments])
    except Exception as error:  # noqa: BLE001 - COM tells VBA of any
        answer = type(error).__name__
    json.dump(answer, sys.stdout)


def _as_tuples(value: Any) -> Any:
    """Arrays come from COM as tuples of tuples."""
    return tuple(map(_as_tuples, value)) if isinstance(value, list) else value


if __name__ == "__main__":
    _serve()
