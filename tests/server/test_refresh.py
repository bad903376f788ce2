"""The refresh through xlwings Server writes what `refresh` writes into the file, and keeps nothing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from tests.pipeline.offices import BUSKERUD, DAY, entries_of, filled_workbook
from tests.server.open_workbooks import after, payload_of, values_of
from xlmalekort.layout.office import Sheet, layout_of
from xlmalekort.model.periods import Period
from xlmalekort.model.register import Office
from xlmalekort.pipeline import clock
from xlmalekort.pipeline.build import office_workbook
from xlmalekort.pipeline.outcome import outcome_of
from xlmalekort.pipeline.refresh import refresh_content
from xlmalekort.scorecards import load_scorecard
from xlmalekort.xlsx import patch_workbook

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    from tests.server.running import Server

CARD = load_scorecard(BUSKERUD)
LAYOUT = layout_of(CARD, CARD.year)
TYPED = "<b onclick=alert(1)>mange</b>"


@pytest.fixture(scope="module")
def content() -> bytes:
    return mistyped(filled_workbook())


def mistyped(content: bytes) -> bytes:
    """An office's workbook, after somebody has typed a word in place of a number."""
    sheet, row, column = LAYOUT.input_cell("B.1.numerator", Period.parse("2009-05")) or pytest.fail("no such cell")
    return patch_workbook(content, {LAYOUT.title(sheet): {(row, column): TYPED}}, recalculate=False)


def with_macros() -> bytes:
    office = Office("Prøvedal", area="TO Midt", region=CARD.top.name)
    return office_workbook(CARD, office, CARD.year, DAY, entries_of("Prøvedal"), "Prøvedal.xlsm")


def refreshed(server: Server, payload: dict[str, Any], **headers: str) -> httpx.Response:
    return server.client.post("/xlwings/custom-scripts-call/refresh", json=payload, headers=headers)


def told_by(answer: httpx.Response) -> dict[str, Any]:
    (told,) = [each["args"][1] for each in answer.json()["actions"] if each["func"] == "runMacro"]
    found: dict[str, Any] = told
    return found


@pytest.mark.parametrize(("make", "file"), [(filled_workbook, "Prøvedal.xlsx"), (with_macros, "Prøvedal.xlsm")])
def test_every_cell_is_written_that_refresh_writes_into_the_file(
    server: Server, make: Callable[[], bytes], file: str
) -> None:
    content = mistyped(make())
    answer = refreshed(server, payload_of(content, file))
    assert answer.status_code == 200, answer.text
    today = clock.today()
    wanted = values_of(refresh_content(content, file, today).content)
    held = after(values_of(content), answer.json()["actions"])
    cells = outcome_of(content, file, today).written
    assert cells
    for title, places in cells.items():
        for row, column in places:
            assert held[title][row][column] == wanted[title][row][column], (title, row, column)
    control = LAYOUT.title(Sheet.CONTROL)
    assert any(TYPED in str(cell) for row in held[control] for cell in row)


def test_the_pane_is_told_every_status_and_problem(server: Server, content: bytes) -> None:
    told = told_by(refreshed(server, payload_of(content, "Prøvedal.xlsx")))
    outcome = outcome_of(content, "Prøvedal.xlsx", clock.today())
    assert told["language"] == "nb"
    assert [(each["number"], each["status"]) for each in told["statuses"]] == [
        (each.indicator.id, str(each.status)) for each in outcome.judgements
    ]
    assert [each["sheet"] for each in told["problems"]]
    assert len(told["problems"]) == len(outcome.problems)


def test_offices_that_refresh_at_the_same_time_get_their_own_outcome(server: Server) -> None:
    names = [f"Prøvedal {letter}" for letter in "AB"]
    payloads = [payload_of(filled_workbook(name), f"{name}.xlsx") for name in names]
    with ThreadPoolExecutor(len(names)) as pool:
        answers = list(pool.map(lambda payload: refreshed(server, payload), payloads * 2))
    for name, answer in zip(names * 2, answers, strict=True):
        assert told_by(answer)["heading"].startswith(f"{name},")


def test_what_is_no_scorecard_is_refused_in_the_language_of_the_pane(server: Server) -> None:
    payload = payload_of(filled_workbook(), "Bok1.xlsx")
    payload["names"] = []
    payload["sheets"] = payload["sheets"][:1]
    payload["args"] = ["nl"]
    answer = refreshed(server, payload)
    told = told_by(answer)
    assert answer.status_code == 200
    assert len(answer.json()["actions"]) == 1
    assert told["refused"]
    assert told["statuses"] == []
    assert told["language"] == "nl"


def test_nothing_of_a_workbook_is_in_the_log(server: Server, content: bytes) -> None:
    payload = payload_of(content, "Hemmelig kontor.xlsx")
    refreshed(server, payload)
    payload["sheets"] = "Prøvedal"
    assert refreshed(server, payload).status_code in (400, 500)
    assert "refresh failed" in server.log()
    for secret in ("Hemmelig", "Prøvedal", "mange", "onclick"):
        assert secret not in server.log()
