"""The functions of the cells through xlwings Server: what Excel is told of them, and what it gets."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import xlwings

from tests.server.running import environment
from udfs.functions import MK_STATUS
from udfs.registry import FUNCTIONS
from xlmalekort import load_scorecard
from xlmalekort.layout.card import key_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.server.running import Server

BUSKERUD = "nav-buskerud-2009"
VALUE = {"type": "Error", "errorType": "Value"}
NOT_AVAILABLE = {"type": "Error", "errorType": "NotAvailable"}


def call(server: Server, name: str, *arguments: Any, runtime: str = "1.4") -> Any:
    """The answer for arguments as Excel hands them over: every one a list of rows, null where it is left out."""
    body = {
        "func_name": name,
        "args": [each if isinstance(each, list) or each is None else [[each]] for each in arguments],
        "caller_address": "[book.xlsx]Sheet1!A1",
        "version": xlwings.__version__,
        "client": "Office.js",
        "runtime": runtime,
    }
    answer = server.client.post("/xlwings/custom-functions-call", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()["result"]


def status(server: Server, value: Any, scorecard: str | None = BUSKERUD, **more: Any) -> Any:
    return call(server, "MK_STATUS", "B.6", value, "2009-05", None, None, None, scorecard, **more)


def test_excel_is_told_the_names_and_the_help_of_every_function(server: Server) -> None:
    told = server.client.get("/xlwings/custom-functions-meta.json").json()["functions"]
    assert {each["name"] for each in told} == set(FUNCTIONS)
    for each in told:
        function = FUNCTIONS[each["name"]]
        assert each["description"] == function.doc
        assert [(p["name"], p["description"], p.get("optional", False)) for p in each["parameters"]] == [
            (a.name, a.doc, a.is_optional) for a in function.arguments
        ]


def test_the_names_stand_without_a_prefix(server: Server) -> None:
    assert "Namespace" not in server.client.get("/manifest.xml").text


def test_a_cell_gives_a_cell_and_a_range_its_shape(server: Server) -> None:
    assert status(server, 0.749) == [["yellow"]]
    assert status(server, [[0.5, ""], [None, 0.9]]) == [["red", ""], ["", "green"]]


def test_a_thousand_rows_are_those_of_the_library(server: Server) -> None:
    values: list[list[Any]] = [[row / 1000] for row in range(1000)]
    assert status(server, values) == MK_STATUS("B.6", values, "2009-05", scorecard=BUSKERUD)


def test_nothing_is_looked_for_again_in_every_cell(tmp_path: Path) -> None:
    """Xlwings looks for the Python of browsers in each; where it is known to be absent, that costs nothing."""
    program = "import sys, udfs.server.functions; print(sys.modules['pyodide'], sys.modules['pyodide.ffi'])"
    found = subprocess.run(
        [sys.executable, "-c", program],
        env=environment(XLWINGS_PROJECT_DIR=str(tmp_path)),
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.split() == ["None", "None"]


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("MK_STATUS", ("B.99", 0.5, "2009-05", None, None, None, BUSKERUD)),
        ("MK_STATUS", ("B.6", "many", "2009-05", None, None, None, BUSKERUD)),
        ("MK_STATUS", ("B.6", 0.5, "soon", None, None, None, BUSKERUD)),
        ("MK_STATUS", ("B.6", {"type": "Error", "basicValue": "#DIV/0!"}, "2009-05", None, None, None, BUSKERUD)),
        ("MK_STATUS", ("B.6",)),
        ("MK_SHARE", ([[1], [2], [3]], [[1], [2]])),
        ("MK_SHARE", (3, 2)),
    ],
)
def test_what_cannot_be_used_is_an_excel_error(server: Server, name: str, arguments: tuple[Any, ...]) -> None:
    assert call(server, name, *arguments) == [[VALUE]]


def test_an_error_in_a_cell_stays_in_its_cell(server: Server) -> None:
    broken = {"type": "Error", "basicValue": "#N/A"}
    assert status(server, [[0.9], [broken], [0.9]]) == [["green"], [VALUE], ["green"]]


def test_where_nothing_makes_it_green_the_answer_is_not_available(server: Server) -> None:
    assert call(server, "MK_TO_GREEN", "B.6", 0, 0, "2009-05", BUSKERUD) == [[""]]
    found = [
        call(server, "MK_TO_GREEN", each.id, 1, 1, "2009-05", BUSKERUD) for each in load_scorecard(BUSKERUD).active
    ]
    assert all(rows[0][0] in (VALUE, NOT_AVAILABLE, "") or isinstance(rows[0][0], float | int) for rows in found)


def test_an_excel_that_knows_no_errors_gets_their_names(server: Server) -> None:
    assert status(server, "many", runtime="1.3") == [["#VALUE!"]]


def test_the_scorecard_is_named_by_its_id_or_by_id_and_content(server: Server) -> None:
    assert status(server, 0.9, key_of(load_scorecard(BUSKERUD))) == [["green"]]


@pytest.mark.parametrize(
    "name",
    [None, "", "no-such-scorecard", f"{BUSKERUD}#0000", "/etc/passwd", "../pyproject.toml", "\\\\host\\share\\a.yaml"],
)
def test_an_unknown_scorecard_is_an_error_and_no_path_is_opened(server: Server, name: str | None) -> None:
    assert status(server, 0.9, name) == [[VALUE]]
