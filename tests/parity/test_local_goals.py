"""Python and the formulas of the sheet of local goals agree in every cell, through a real LibreOffice.

Lines are generated with what people type: figures just on an edge and on ties of rounding, zones on the wrong side, texts,
blanks and zeros, unknown units, figures in months that have not begun.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random
from typing import TYPE_CHECKING

import pytest

from tests.support.libreoffice import LibreOffice, SetCell
from tests.support.numbers import same_words
from tests.template.samples import office_state
from xlmalekort.intake.workbook_file import check_file
from xlmalekort.judging.local_goals import judge_local
from xlmalekort.layout.cells import a1
from xlmalekort.layout.local import BETTER_WORDS, LOCAL_FIRST_PERIOD, LOCAL_FIRST_ROW, LocalColumn
from xlmalekort.layout.look import UNIT_WORDS
from xlmalekort.layout.office import SCORECARD_PERIOD, Sheet
from xlmalekort.model.local_goals import LOCAL_DECIMALS, LocalGoal
from xlmalekort.model.measures import Unit
from xlmalekort.scorecards import load_scorecard
from xlmalekort.template.local_steps import local_line_place
from xlmalekort.template.office_workbook import formula_values, write_office_workbook
from xlmalekort.template.state import OfficeState, make_state
from xlmalekort.xlsx import patch_workbook

if TYPE_CHECKING:
    from pathlib import Path

    from xlmalekort.model.figures import Submission
    from xlmalekort.model.periods import Period

NAV = load_scorecard("nav-buskerud-2009")
TODAY = date(2009, 10, 15)
LINES = 240
CHOSEN = ("2009-01", "2009-06", "2009-09", "2009-10", "2009-11")
SPACES, WORD, DIGITS = "  ", "ca. 12", "17"
ODD = (SPACES, WORD, DIGITS, "-", "12,5", "0", "#", "1 000", "74,9 %", "?")
WILD: tuple[float | str, ...] = (*ODD, -3.0, 1e13, 7.77, 12.5)
Cells = dict[tuple[int, int], float | str]


def blank_state() -> OfficeState:
    """The state of an office without goals, in a workbook with room for many."""
    state = office_state(NAV, "2009-06", TODAY, filled=False)
    room = (LocalGoal(LINES, "L.1", ""),)
    return make_state(NAV, replace(state.submission, local_goals=room), state.chosen, TODAY, ())


def number_of(random: Random, unit: Unit, around: int) -> float:
    """A number as a cell holds it, near one that the whole line is near, so that edges, ties and figures meet."""
    decimals = LOCAL_DECIMALS[unit]
    steps = random.choice([0, 0, 1, -1, 2])
    off = random.choice([0, 0, 0.5, -0.5, 0.4, -0.6, 0.499, 0.05]) if unit is not Unit.COUNT else 0
    shown = around + (steps + off) / 10**decimals
    return float(round(shown / 100, 9) if unit is Unit.PERCENT else round(shown, 6))


def line_of(random: Random, row: int) -> Cells:
    """One line; some lack a part, and some hold what nobody should type."""
    state = blank_state()
    texts, layout = state.texts, state.layout
    unit, around = random.choice(list(Unit)), random.choice([-2, 0, 5, 75, 90])
    words = [texts(UNIT_WORDS[unit])] * 12 + ["", "prosent", f" {texts(UNIT_WORDS[unit]).upper()} ", "ant*"]
    directions = [texts(random.choice(list(BETTER_WORDS.values())))] * 12 + ["", "opp", "HØYERE "]
    cells: Cells = {(row, LocalColumn.TITLE): random.choice(["Et mål", "Et mål", "", SPACES])}
    cells[row, LocalColumn.UNIT] = random.choice(words)
    cells[row, LocalColumn.BETTER] = random.choice(directions)
    for column in (LocalColumn.TARGET, LocalColumn.YELLOW):
        if random.random() < 0.8:
            cells[row, column] = random.choice(ODD) if random.random() < 0.1 else number_of(random, unit, around)
    for number in range(len(layout.choosable)):
        if random.random() < 0.85:
            odd = random.random() < 0.15
            value = random.choice(WILD) if odd else number_of(random, unit, around)
            cells[row, LOCAL_FIRST_PERIOD + number] = value
    return {place: value for place, value in cells.items() if value != ""}


def typed_lines(seed: int) -> Cells:
    random = Random(seed)
    cells: Cells = {}
    for row in range(LOCAL_FIRST_ROW, LOCAL_FIRST_ROW + LINES):
        if random.random() < 0.95:
            cells |= line_of(random, row)
    return cells


def read(content: bytes) -> Submission:
    checked = check_file(content, "f.xlsx", TODAY)
    assert checked.submission is not None, checked.problems
    return checked.submission


@pytest.fixture(scope="module")
def content() -> bytes:
    state = blank_state()
    return patch_workbook(write_office_workbook(state), {state.layout.title(Sheet.LOCAL): typed_lines(1)})


def state_for(content: bytes, chosen: Period) -> OfficeState:
    return make_state(NAV, read(content), chosen, TODAY, ())


def same(got: object, want: object, *, has_comma: bool) -> bool:
    if isinstance(want, str) and isinstance(got, str):
        return same_words(got, want, has_comma=has_comma)
    if isinstance(want, int | float) and isinstance(got, int | float):
        return abs(got - want) <= 1e-12 * max(1.0, abs(want))
    return got in (None, "") and want in (None, "")


@pytest.mark.libreoffice
@pytest.mark.parametrize(("locale", "has_comma"), [("nb-NO", True), ("en-US", False)])
def test_formulas_and_python_agree_in_every_cell(content: bytes, tmp_path: Path, locale: str, has_comma: bool) -> None:
    path = tmp_path / "office.xlsx"
    path.write_bytes(content)
    layout = blank_state().layout
    wrong: list[str] = []
    with LibreOffice(locale=locale) as office, office.open(path) as book:
        for chosen in (period for period in layout.choosable if period.code in CHOSEN):
            book.set_cells([SetCell(layout.title(Sheet.SCORECARD), a1(*SCORECARD_PERIOD), chosen.code)])
            book.calculate()
            values = formula_values(state_for(content, chosen))
            expected = {sheet: values[sheet] for sheet in (Sheet.LOCAL, Sheet.LOCAL_STEPS)}
            line = local_line_place(layout)
            expected[Sheet.SCORECARD] = {line: values[Sheet.SCORECARD][line]}
            for sheet, cells in expected.items():
                corner = a1(max(row for row, _ in cells), max(column for _, column in cells))
                found = book.read({layout.title(sheet): f"A1:{corner}"})[layout.title(sheet)]
                wrong += [
                    f"{chosen} {sheet}!{a1(row, column)}: {found[row][column]!r}, not {want!r}"
                    for (row, column), want in cells.items()
                    if not same(found[row][column], want, has_comma=has_comma)
                ]
    assert wrong[:20] == []


def test_the_generated_lines_reach_every_status_and_many_ties(content: bytes) -> None:
    submission, layout = read(content), blank_state().layout
    judged = [judge_local(goal, period, TODAY) for goal in submission.local_goals for period in layout.choosable]
    statuses = {str(each.status) for each in judged}
    assert statuses == {"rejected", "undecided", "not_due", "missing", "green", "yellow", "red"}
    results = [each for each in judged if each.status.is_result and each.value is not None]
    assert len(results) > 400
    tied = [each for each in results if each.value != each.shown and (each.value * 20).denominator == 1]  # type: ignore[operator]
    on_edge = [each for each in results if each.band is not None and each.shown == each.band.target]
    assert len(tied) > 50
    assert len(on_edge) > 50
