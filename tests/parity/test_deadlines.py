"""How a line stands against its day: Python and the workbook's own formulas agree, through a real LibreOffice.

Every state on the days at its edges, days as numbers and as texts, blanks, words, and whatever else people put into a cell
for a day; the day that stands for the clock moves, is blank, or is a text.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

import pytest

from tests.parity.test_parity import agree
from tests.support.libreoffice import LibreOffice, OpenWorkbook, SetCell
from tests.template.deadline_samples import AGREED, FIRST_SPARE, LAST_ROW, PLAN, TODAY, state_with_deadlines
from xlmalekort.intake.workbook_file import check_file
from xlmalekort.layout.cells import a1
from xlmalekort.layout.deadlines import (
    ACTIONS_STATE_COLUMN,
    DEADLINES_FIRST_ROW,
    STATE_SYMBOL,
    Column,
)
from xlmalekort.layout.office import ACTIONS_FIRST_ROW, ACTIONS_ROWS, SCORECARD_AS_OF, Sheet, layout_of
from xlmalekort.locale import LANGUAGES, texts_of
from xlmalekort.model.deadlines import DeadlineState
from xlmalekort.template.actions_sheet import action_cells
from xlmalekort.template.deadlines_sheet import deadline_cells
from xlmalekort.template.formulas import serial
from xlmalekort.template.office_workbook import write_office_workbook
from xlmalekort.template.state import make_state
from xlmalekort.xlsx import ErrorValue, patch_workbook

if TYPE_CHECKING:
    from pathlib import Path

    from xlmalekort.model.figures import Submission
    from xlmalekort.template.state import FormulaCell
    from xlmalekort.xlsx.patch import Scalar

LAYOUT = layout_of(PLAN, PLAN.year)
NOW = serial(TODAY)
SOON = PLAN.due_soon_days
SEEDS = range(3)
NUMBERS: tuple[Scalar, ...] = (
    *(NOW + days for days in (-400, -1, 0, 1, SOON - 1, SOON, SOON + 1, 400)),
    *(NOW - 0.5, NOW + 0.25, NOW + SOON + 0.75),
    *(0, 1, -3, 5.5, 2014, 18263, 18263.9, 18264, 401768, 401768.5, 401769, 1e9),
)
TEXTS: tuple[Scalar, ...] = (
    *((TODAY + timedelta(days)).isoformat() for days in (-1, 0, 1, SOON, SOON + 1)),
    *(" 2009-07-14", "2009-07-14 ", "2009-02-29", "2008-02-29", "2009-13-01", "2009-00-10", "2009-01-00"),
    *("0009-07-14", "0109-07-14", "1949-12-31", "1950-01-01", "2999-12-31", "3000-01-01", "9999-12-31"),
    *("2009-7-14", "20090714", "2009/07/14", "14.07.2009", "14-07-2009", "2009-07-14T00:00", "2009-W29-2"),
    *(
        "2009‑07‑14",
        "２００９-０７-１４",
        "\u00a02009-07-14",
        "1e10-01-01",
        "+200-07-14",
        "39994",
        "høst 2014",
        "løpende",
        "-",
    ),
    *("", " ", "   "),
)
OTHERS: tuple[Scalar, ...] = (None, True, False, ErrorValue("#N/A"), ErrorValue("#DIV/0!"))
DAYS = NUMBERS + TEXTS + OTHERS
WORDS: tuple[Scalar, ...] = ("Svare på klagen", None, " ", 7, "", ErrorValue("#N/A"))
STATES: tuple[Scalar, ...] = (
    *(None, "planlagt", "i gang", "utført", " UTFØRT ", "utført!", "*", "done", "~", 3),
    *(texts_of(language)("done") for language in LANGUAGES),
)


def filled(random: Random) -> bytes:
    """A workbook in whose lines stands whatever people write there."""
    content = write_office_workbook(state_with_deadlines(is_filled=False))
    agreed = {(DEADLINES_FIRST_ROW + place, Column.DONE): random.choice(DAYS) for place in range(len(AGREED))}
    own: dict[tuple[int, int], Scalar] = {}
    for row in range(FIRST_SPARE, LAST_ROW + 1):
        own[row, Column.WHAT] = random.choice(WORDS) if random.random() < 0.3 else WORDS[0]
        own[row, Column.DUE] = random.choice(DAYS)
        own[row, Column.DONE] = random.choice(DAYS) if random.random() < 0.3 else None
        own[row, Column.REMARK] = random.choice(("", "ring", None))
    actions: dict[tuple[int, int], Scalar] = {}
    for row in range(ACTIONS_FIRST_ROW, ACTIONS_FIRST_ROW + ACTIONS_ROWS):
        line = (
            "B.1",
            random.choice(("x", None)),
            random.choice(WORDS),
            None,
            random.choice(DAYS),
            random.choice(STATES),
        )
        actions |= {(row, column): value for column, value in enumerate(line)}
    changes = {Sheet.DEADLINES: agreed | own, Sheet.ACTIONS: actions}
    return patch_workbook(content, {LAYOUT.title(sheet): cells for sheet, cells in changes.items()})


def each_day() -> list[bytes]:
    """Workbooks in which every value stands in a cell for the due day, and in one for the day when it was done."""
    content = write_office_workbook(state_with_deadlines(is_filled=False))
    rows = range(FIRST_SPARE, LAST_ROW + 1)
    made = []
    for column in (Column.DUE, Column.DONE):
        for start in range(0, len(DAYS), len(rows)):
            cells: dict[tuple[int, int], Scalar] = {}
            for row, value in zip(rows, DAYS[start:], strict=False):
                cells[row, Column.WHAT] = "Svare på klagen"
                cells[row, column] = value
            made.append(patch_workbook(content, {LAYOUT.title(Sheet.DEADLINES): cells}))
    return made


def submission_of(content: bytes) -> Submission:
    checked = check_file(content, "f.xlsx", TODAY)
    assert checked.submission is not None, checked.problems
    return checked.submission


def cells_of(submission: Submission, today: date) -> list[FormulaCell]:
    """What Python makes of every formula cell of the two sheets on a day."""
    state = make_state(PLAN, submission, LAYOUT.choosable[5], today, ())
    return [*deadline_cells(state), *action_cells(state)]


def differences(
    book: OpenWorkbook, expected: list[FormulaCell], as_of: float | str | None, *, has_comma: bool
) -> list[str]:
    book.set_cells([SetCell(LAYOUT.title(Sheet.SCORECARD), a1(*SCORECARD_AS_OF), as_of)])
    book.calculate()
    found = book.read({LAYOUT.title(sheet): f"A1:L{LAST_ROW + 30}" for sheet in (Sheet.DEADLINES, Sheet.ACTIONS)})
    return [
        f"{as_of} {cell.sheet}!{a1(cell.row, cell.column)}: {got!r}, not {cell.value!r}"
        for cell in expected
        if not agree(got := found[LAYOUT.title(cell.sheet)][cell.row][cell.column], cell.value, has_comma=has_comma)
    ]


CLOCKS: tuple[tuple[float | str | None, date], ...] = (
    (NOW, TODAY),
    (NOW + 0.6, TODAY),
    (None, TODAY),
    ("15. juli", TODAY),
    (NOW + SOON, TODAY + timedelta(SOON)),
    (NOW - 1, TODAY - timedelta(1)),
)


@pytest.mark.libreoffice
@pytest.mark.parametrize(("locale", "has_comma"), [("nb-NO", True), ("en-US", False)])
def test_formulas_and_python_agree_on_how_every_line_stands(tmp_path: Path, locale: str, has_comma: bool) -> None:
    cases = [(content, CLOCKS[:1]) for content in each_day()] + [(filled(Random(seed)), CLOCKS) for seed in SEEDS]
    path = tmp_path / "office.xlsx"
    wrong = []
    with LibreOffice(locale=locale) as office:
        for content, clocks in cases:
            path.write_bytes(content)
            submission = submission_of(content)
            with office.open(path) as book:
                for as_of, today in clocks:
                    wrong += differences(book, cells_of(submission, today), as_of, has_comma=has_comma)
    assert wrong == []


def test_what_is_compared_reaches_every_state_on_both_sheets() -> None:
    symbols = {STATE_SYMBOL[state] for state in DeadlineState}
    cells = [cell for seed in SEEDS for cell in cells_of(submission_of(filled(Random(seed))), TODAY)]
    for sheet, column in ((Sheet.DEADLINES, Column.STATE), (Sheet.ACTIONS, ACTIONS_STATE_COLUMN)):
        labels = {str(cell.value)[:1] for cell in cells if (cell.sheet, cell.column) == (sheet, column)}
        assert labels == symbols | {""}
