"""Python and the workbook's own formulas give the same value, status and reason, through a real LibreOffice.

Figures are generated for every indicator and period of all scorecards, and of one that crosses every kind of figure with
every kind of target: ordinary ones, exact ties of rounding, figures just on
an edge, half pairs, impossible pairs, text, blanks and numbers stored as text. What stands in the workbook is read and judged
by Python, and worked out by LibreOffice from the same cells; the two must agree in every formula cell.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.parity.every_kind import OFFICE, every_kind
from tests.parity.figures import figures_of
from tests.support.libreoffice import CellError, LibreOffice
from tests.support.numbers import same_words
from xlmalekort.intake.workbook_file import check_file
from xlmalekort.layout.cells import a1
from xlmalekort.layout.office import Calc, Sheet, layout_of
from xlmalekort.model.figures import Submission
from xlmalekort.scorecards import load_scorecard
from xlmalekort.template.office_workbook import formula_values, write_office_workbook
from xlmalekort.template.state import OfficeState, make_state
from xlmalekort.xlsx import patch_workbook

if TYPE_CHECKING:
    from pathlib import Path

    from xlmalekort.model.scorecard import Scorecard

SEEDS = {
    "nav-buskerud-2009": range(4),
    "uwv-pacta-2006": range(2),
    "kbh-resultatkontrakt-2007": range(5),
    "vejle-2013": range(4),
    "nav-aas-2014": range(4),
    "every-kind:as_shown": range(3),
    "every-kind:exact": range(2),
}
OFFICES = {"kbh-resultatkontrakt-2007": "Jobcenter Skelbækgade"}
LEAST_JUDGED = 5_000


@dataclass(frozen=True)
class Case:
    """A filled-in workbook, and what Python makes of it."""

    path: Path
    state: OfficeState


def scorecard_of(name: str) -> Scorecard:
    """A built-in scorecard, or the one of every kind, compared as shown or exactly."""
    return every_kind(name.removeprefix("every-kind:")) if name.startswith("every-kind:") else load_scorecard(name)


def make_case(folder: Path, name: str, seed: int, *, has_macros: bool = False) -> Case:
    scorecard = scorecard_of(name)
    layout = layout_of(scorecard, scorecard.year)
    today = date(scorecard.year, 11, 15) if seed % 3 == 1 else date(scorecard.year + 1, 6, 1)
    exempt = frozenset({scorecard.active[seed % len(scorecard.active)].id}) if seed % 3 == 2 else frozenset()
    chosen = layout.choosable[(5 * seed + 4) % len(layout.choosable)]
    empty = Submission("f.xlsx", OFFICES.get(name, OFFICE), scorecard.year, {}, exempt=exempt, area="Området")
    content = write_office_workbook(make_state(scorecard, empty, chosen, today, (), has_macros=has_macros))
    changes: dict[str, dict[tuple[int, int], float | str]] = {}
    for (sheet, row, column), value in figures_of(scorecard, seed).items():
        changes.setdefault(layout.title(sheet), {})[row, column] = value
    content = patch_workbook(content, changes)
    checked = check_file(content, "f.xlsx", today)
    assert checked.submission is not None, checked.problems
    path = folder / f"{name.replace(':', '-')}-{seed}{'.xlsm' if has_macros else '.xlsx'}"
    path.write_bytes(content)
    state = make_state(scorecard, checked.submission, chosen, today, (), has_macros=has_macros)
    return Case(path, state)


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> list[Case]:
    folder = tmp_path_factory.mktemp("parity")
    # Every second one has macros, which LibreOffice does not run here: then the native formulas answer.
    return [
        make_case(folder, scorecard_id, seed, has_macros=seed % 2 == 1)
        for scorecard_id, seeds in SEEDS.items()
        for seed in seeds
    ]


def differences(case: Case, office: LibreOffice, *, has_comma: bool) -> list[str]:
    layout = case.state.layout
    expected = {sheet: cells for sheet, cells in formula_values(case.state).items() if sheet is not Sheet.CONTROL}
    ranges = {
        layout.title(sheet): f"A1:{a1(max(row for row, _ in cells), max(column for _, column in cells))}"
        for sheet, cells in expected.items()
    }
    found = office.recalculate(case.path, ranges)
    wrong = []
    for sheet, cells in expected.items():
        for (row, column), want in cells.items():
            got = found[layout.title(sheet)][row][column]
            if not agree(got, want, has_comma=has_comma):
                step = list(Calc)[column] if sheet is Sheet.CALCULATION and column < len(Calc) else ""
                wrong.append(f"{case.path.stem} {sheet}!{a1(row, column)} {step}: {got!r}, not {want!r}")
    return wrong


def agree(got: object, want: object, *, has_comma: bool) -> bool:
    if isinstance(got, CellError):
        return want == got.name
    if isinstance(want, str) and isinstance(got, str):
        return same_words(got, want, has_comma=has_comma)
    if isinstance(want, int | float) and isinstance(got, int | float):
        return abs(got - want) <= 1e-12 * max(1.0, abs(want))
    return (got in (None, "")) and (want in (None, ""))


@pytest.mark.libreoffice
@pytest.mark.parametrize(("locale", "has_comma"), [("nb-NO", True), ("en-US", False)])
def test_formulas_and_python_agree_in_every_cell(cases: list[Case], locale: str, has_comma: bool) -> None:
    with LibreOffice(locale=locale) as office:
        wrong = [each for case in cases for each in differences(case, office, has_comma=has_comma)]
    assert wrong == []


def test_the_generated_figures_reach_every_status_and_many_ties(cases: list[Case]) -> None:
    judged = [
        judgement
        for case in cases
        for (_, period), judgement in case.state.judgements.items()
        if period.year == case.state.layout.year and judgement.value is not None
    ]
    assert len(judged) >= LEAST_JUDGED
    assert {str(each.status) for each in judged} >= {"green", "yellow", "red", "undecided", "not_applicable"}
    every = {str(each.status) for case in cases for each in case.state.judgements.values()}
    assert every >= {"rejected", "missing", "not_due", "not_assessable", "too_few"}
    ties = [each for each in judged if each.value is not None and (each.value * 20).denominator == 1]
    on_an_odd_half = [each for each in ties if each.value is not None and (each.value * 10).denominator != 1]
    assert len(on_an_odd_half) >= 100
    seen = {(case.state.scorecard.id, each.indicator.id) for case in cases for each in case.state.judgements.values()}
    for scorecard in map(scorecard_of, SEEDS):
        assert {(scorecard.id, indicator.id) for indicator in scorecard.active} <= seen
