"""Sign-in is that of xlwings Server: where it is configured, nothing is worked out for strangers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import xlwings

from tests.server.running import Server, free_port, running
from udfs.server.command import PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterator

CALL = {
    "func_name": "MK_STATUS",
    "args": [[["B.6"]], [[0.9]], [["2009-05"]], None, None, None, [["nav-buskerud-2009"]]],
    "version": xlwings.__version__,
    "client": "Office.js",
    "runtime": "1.4",
}
BOOK = {
    "client": "Office.js",
    "version": xlwings.__version__,
    "book": {"name": "Bok1.xlsx", "active_sheet_index": 0, "selection": "A1"},
    "names": [],
    "sheets": [{"name": "Ark1", "values": [[""]], "visibility": "Visible", "pictures": [], "tables": []}],
}
ENDPOINTS = {"/xlwings/custom-functions-call": CALL, "/xlwings/custom-scripts-call/refresh": BOOK}


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The packaged project folder under plain uvicorn, with the way to sign in that xlwings Server brings for trying out."""
    port = free_port()
    command = ["-m", "uvicorn", "xlwings_server.main:main_app", "--host", "127.0.0.1", "--port", str(port)]
    folder, ways = tmp_path_factory.mktemp("guarded"), '["custom"]'
    with running(command, port, folder, XLWINGS_PROJECT_DIR=str(PROJECT), XLWINGS_AUTH_PROVIDERS=ways) as found:
        yield found


@pytest.mark.parametrize("path", ENDPOINTS)
@pytest.mark.parametrize(("token", "answer"), [("", 401), ("wrong", 401), ("test-token", 200)])
def test_an_endpoint_asks_who_it_is(guarded: Server, path: str, token: str, answer: int) -> None:
    found = guarded.client.post(f"{path}", json=ENDPOINTS[path], headers={"Authorization": token})
    assert found.status_code == answer, found.text


def test_the_packaged_folder_is_served_as_it_is(guarded: Server) -> None:
    assert "Malekort.Refresh" in guarded.client.get("/manifest.xml").text
    assert guarded.client.get("/taskpane").is_success
