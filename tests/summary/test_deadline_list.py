"""The regional sheet of deadlines: who is behind, then every deadline with the longest overdue first."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from tests.summary.deadline_rollups import rollup_with_deadlines
from tests.summary.rollups import offices_of
from tests.summary.test_region_workbook import opened, sheet
from tests.support.ooxml import check_workbook_file
from xlmalekort.layout import look
from xlmalekort.layout.deadlines import STATE_WORD, state_label
from xlmalekort.locale import texts_of
from xlmalekort.model.deadlines import DeadlineState
from xlmalekort.model.figures import Status
from xlmalekort.summary import write_region_workbook

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from xlmalekort.rollup.results import RollUp

NB = texts_of("nb")
OFFICES = [office.name for office in offices_of(6)]


@pytest.fixture(scope="module")
def rollup() -> RollUp:
    return rollup_with_deadlines()


@pytest.fixture(scope="module")
def page(rollup: RollUp) -> Worksheet:
    return sheet(opened(write_region_workbook(rollup)), "Deadlines")


def rows_of(page: Worksheet) -> list[tuple[Any, ...]]:
    return list(page.iter_rows(values_only=True))


def list_of(page: Worksheet) -> list[tuple[Any, ...]]:
    rows = rows_of(page)
    heading = next(number for number, row in enumerate(rows) if NB("Days over") in row)
    return rows[heading + 1 :]


def test_every_deadline_has_its_line_in_the_order_of_the_roll_up(rollup: RollUp, page: Worksheet) -> None:
    lines = list_of(page)
    assert len(lines) == len(rollup.deadlines)
    for line, deadline in zip(lines, rollup.deadlines, strict=True):
        assert (line[0], line[2], line[6] or "", line[7], line[8] or "") == (
            deadline.office,
            deadline.days_over,
            deadline.id,
            deadline.title,
            deadline.responsible,
        )
        if deadline.state is not None:
            assert line[1] == state_label(deadline.state, NB)
        assert (line[3].date() if deadline.due else line[3] or "") == (deadline.due or deadline.due_words)
        assert (line[4].date() if deadline.done else line[4] or "") == (deadline.done or deadline.done_words)


def test_what_cannot_be_told_says_why(rollup: RollUp, page: Worksheet) -> None:
    labels = {
        (line[0], line[1])
        for line, deadline in zip(list_of(page), rollup.deadlines, strict=True)
        if deadline.state is None
    }
    not_reported = look.status_label(Status.MISSING, NB)
    assert labels == {(OFFICES[0], f"? {NB('no date that can be read')}"), (OFFICES[4], not_reported)}


def test_the_table_above_counts_the_list_by_office_and_state(rollup: RollUp, page: Worksheet) -> None:
    counted = Counter((each.office, each.state) for each in rollup.deadlines)
    rows = rows_of(page)
    heading = next(number for number, row in enumerate(rows) if NB(STATE_WORD[DeadlineState.OVERDUE]) in row)
    states: list[DeadlineState | None] = [*list(DeadlineState)[:2], None, *list(DeadlineState)[2:]]
    table = {row[0]: row[1:7] for row in rows[heading + 1 : heading + 8]}
    for office in OFFICES[:5]:
        assert [count or 0 for count in table[office]] == [counted[office, state] for state in states]
    assert table[OFFICES[5]] == (f"? {NB('no workbook counted')}", None, None, None, None, None)
    total = table[NB("All offices")]
    assert list(total) == [sum(counted[office, state] for office in OFFICES) for state in states]
    overdue = [table[office][0] or 0 for office in table if office in OFFICES[:5]]
    assert overdue == sorted(overdue, reverse=True)


def test_only_what_has_come_to_something_is_coloured(rollup: RollUp) -> None:
    content = write_region_workbook(rollup)
    found = sheet(opened(content), "Deadlines")
    first = found.max_row - len(rollup.deadlines) + 1
    for row, deadline in enumerate(rollup.deadlines, start=first):
        fill = found.cell(row, 2).fill.fgColor.rgb[2:]
        tones = {
            DeadlineState.OVERDUE: look.RED,
            DeadlineState.DUE_SOON: look.YELLOW,
            DeadlineState.DONE: look.GREEN,
            None: look.NO_RESULT,
        }
        tone = tones.get(deadline.state)
        assert fill == (tone.fill[1:] if tone is not None else "000000")


def test_where_no_office_has_a_deadline_there_is_no_sheet(rollup: RollUp) -> None:
    titles = [opened(write_region_workbook(each)).sheetnames for each in (rollup, replace(rollup, deadlines=()))]
    assert [NB("Deadlines") in each for each in titles] == [True, False]


def test_text_of_offices_stays_text(rollup: RollUp, tmp_path: Path) -> None:
    evil = '=HYPERLINK("http://x.example","y")'
    first, *others = rollup.deadlines
    spoilt = replace(first, title=evil, id=evil, responsible=evil, due=None, due_words=evil, done_words=evil)
    path = tmp_path / "region.xlsx"
    path.write_bytes(write_region_workbook(replace(rollup, deadlines=(spoilt, *others))))
    assert check_workbook_file(path) == []
    cells = [cell for row in sheet(opened(path.read_bytes()), "Deadlines").iter_rows() for cell in row]
    assert [cell.data_type for cell in cells if cell.value == evil] == ["s"] * 5
