"""Python and the workbook's own formulas give the same value, status and reason, through a real LibreOffice.

Figures are generated for every indicator and period of both scorecards: ordinary ones, exact ties of rounding, figures just on
an edge, half pairs, impossible pairs, text, blanks and numbers stored as text. What stands in the workbook is read and judged
by Python, and worked out by LibreOffice from the same cells; the two must agree in every formula cell.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING

import pytest

from tests.support.libreoffice import CellError, LibreOffice
from xlmalekort.intake.workbook_file import check_file
from xlmalekort.judging.bands import Band, resolve_band
from xlmalekort.layout.cells import a1
from xlmalekort.layout.office import Calc, Sheet, layout_of
from xlmalekort.model.figures import Submission
from xlmalekort.model.scorecard import Change, Deviation, Share
from xlmalekort.model.targets import OwnTarget
from xlmalekort.scorecards import load_scorecard
from xlmalekort.template.office_workbook import formula_values, write_office_workbook
from xlmalekort.template.state import OfficeState, make_state
from xlmalekort.xlsx import patch_workbook

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from xlmalekort.model.periods import Period
    from xlmalekort.model.scorecard import Indicator, Scorecard

Raw = dict[tuple[Sheet, int, int], float | str]
GARBAGE = ("abc", " ", "-", "12,5", "1 234", "#", " 17 ", "42", "3-4", "0,75")
SEEDS = {"nav-buskerud-2009": range(9), "uwv-pacta-2006": range(6)}
LEAST_JUDGED = 2_000


@dataclass(frozen=True)
class Case:
    """A filled-in workbook, and what Python makes of it."""

    path: Path
    state: OfficeState


def tied_pair(random: Random, band: Band | None, *, is_deviation: bool) -> tuple[int, int]:
    """Numerator and denominator whose value lies on an edge, or on a tie of rounding beside one."""
    edges = [Fraction(50)]
    if band is not None:
        ends = (band.green.low, band.green.high, band.outer.low, band.outer.high)
        edges = [end for end in ends if end is not None]
    beside = random.choice([Fraction(0), Fraction(0), Fraction(1, 20), -Fraction(1, 20), Fraction(1, 10)])
    aim = random.choice(edges) + beside
    lower = random.choice([20, 40, 80, 200, 400, 1000, 2000, 4000])
    upper = (aim + (100 if is_deviation else 0)) * lower / 100
    return max(round(upper), 0), lower


def figures_of(scorecard: Scorecard, seed: int) -> Raw:  # noqa: C901 - one pass after the other over the same cells
    """A value for most input cells, generated indicator by indicator."""
    random = Random(seed)
    layout = layout_of(scorecard, scorecard.year)
    raw: Raw = {}

    def put(measure: str, period: Period, value: float | str) -> None:
        place = layout.input_cell(measure, period)
        if place is not None:
            raw[place] = value

    for line in layout.lines:
        if line.measure is None:
            continue
        for period in (*layout.periods, *layout.earlier_periods):
            number = random.randrange(10_000) if random.random() < 0.2 else random.randrange(60)
            put(
                line.id,
                period,
                round(random.uniform(0, 60), line.measure.decimals) if line.measure.decimals else number,
            )
    for indicator in scorecard.active:
        for period in (*layout.periods, *layout.earlier_periods):
            tie(random, indicator, period, put)
    for place in sorted(raw):
        chance = random.random()
        if chance < 0.05:
            del raw[place]
        elif chance < 0.08:
            raw[place] = random.choice(GARBAGE)
        elif chance < 0.09:
            raw[place] = -1
    return raw


def tie(random: Random, indicator: Indicator, period: Period, put: Callable[[str, Period, float], None]) -> None:
    """Two figures of three lie on an edge or on a tie."""
    if random.random() < 0.33:
        return
    parts = dict(indicator.fields)
    measures = [parts[part] for part, _ in indicator.figure.parts]
    match indicator.figure:
        case Share() | Deviation() if len(measures[0]) == len(measures[1]) == 1:
            is_deviation = isinstance(indicator.figure, Deviation)
            upper, lower = tied_pair(random, resolve_band(indicator, period), is_deviation=is_deviation)
            put(measures[0][0], period, upper)
            put(measures[1][0], period, lower)
        case Change():
            put(measures[0][0], period.previous, base := random.choice([40, 200, 1000]))
            put(measures[0][0], period, round(base * random.choice([1.05, 1, 0.999, 1.0495, 1.045, 0.995])))
        case _ if isinstance(indicator.target, OwnTarget):
            goal = random.randrange(10, 40)
            put(indicator.target.target, period, goal)
            put(indicator.target.yellow, period, goal + random.choice([-4, 0, 4]))
            put(measures[0][0], period, goal + random.choice([-5, -4, 0, 0, 1, 4, 5]))
        case _:
            band = resolve_band(indicator, period)
            edge = float(band.target) if band and band.target is not None else 20.0
            put(measures[0][0], period, edge + random.choice([0, 0.1, 0.05, -0.05, -2, -2.1]))


def make_case(folder: Path, scorecard_id: str, seed: int) -> Case:
    scorecard = load_scorecard(scorecard_id)
    layout = layout_of(scorecard, scorecard.year)
    today = date(scorecard.year, 11, 15) if seed % 3 == 1 else date(scorecard.year + 1, 6, 1)
    exempt = frozenset({scorecard.active[seed % len(scorecard.active)].id}) if seed % 3 == 2 else frozenset()
    chosen = layout.choosable[(5 * seed + 4) % len(layout.choosable)]
    empty = Submission("f.xlsx", "Prøvedal", scorecard.year, {}, exempt=exempt)
    content = write_office_workbook(make_state(scorecard, empty, chosen, today, ()))
    changes: dict[str, dict[tuple[int, int], float | str]] = {}
    for (sheet, row, column), value in figures_of(scorecard, seed).items():
        changes.setdefault(layout.title(sheet), {})[row, column] = value
    content = patch_workbook(content, changes)
    checked = check_file(content, "f.xlsx", today)
    assert checked.submission is not None, checked.problems
    path = folder / f"{scorecard_id}-{seed}.xlsx"
    path.write_bytes(content)
    return Case(path, make_state(scorecard, checked.submission, chosen, today, ()))


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> list[Case]:
    folder = tmp_path_factory.mktemp("parity")
    return [make_case(folder, scorecard_id, seed) for scorecard_id, seeds in SEEDS.items() for seed in seeds]


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
        return got == want if has_comma else got.replace(",", ".") == want.replace(",", ".")
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
    assert every >= {"rejected", "missing", "not_due", "not_assessable"}
    ties = [each for each in judged if each.value is not None and (each.value * 20).denominator == 1]
    on_an_odd_half = [each for each in ties if each.value is not None and (each.value * 10).denominator != 1]
    assert len(on_an_odd_half) >= 100
    seen = {(case.state.scorecard.id, each.indicator.id) for case in cases for each in case.state.judgements.values()}
    for scorecard_id in SEEDS:
        assert {(scorecard_id, indicator.id) for indicator in load_scorecard(scorecard_id).active} <= seen
