"""Two offices with the same figures are told, both of them; nothing of it changes a total."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from tests.intake.made_up_counties import SCORECARDS, after, as_file, county
from tests.rollup.small import rolled
from tests.support.cards import AMOUNT, against, card, indicator
from xlmalekort.locale import texts_of
from xlmalekort.model.figures import CheckedFile, Figure, Submission
from xlmalekort.model.periods import Period
from xlmalekort.problems import Severity, sentence
from xlmalekort.rollup import totals
from xlmalekort.rollup.totals import roll_up
from xlmalekort.scorecards import load_scorecard

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlmalekort.model.scorecard import Scorecard
    from xlmalekort.problems import Problem
    from xlmalekort.rollup.results import RollUp

ONE = (118, 47, 1032, 66, 93, 251, 78, 340, 129, 84)
OTHER = (109, 52, 981, 71, 88, 262, 81, 318, 133, 90)


def many(count: int, **more: Any) -> Scorecard:
    """So many measures a month, m1 and so on."""
    names = [f"m{number}" for number in range(1, count + 1)]
    return card(*(indicator(name.upper(), AMOUNT | {"value": name}, **more) for name in names))


TEN = many(10)


def sent(office: str, *columns: Sequence[int | None], scorecard: Scorecard = TEN, area: str = "") -> CheckedFile:
    """An office's file with the figures of January, February and so on, from top to bottom."""
    figures = {}
    for month, column in enumerate(columns, start=1):
        period = Period.parse(f"2014-{month:02d}")
        for measure, number in zip(scorecard.measures, column, strict=False):
            if number is not None:
                figures[measure.id, period] = Figure(measure.id, period, Fraction(number))
    return as_file(scorecard, Submission(f"{office}.xlsx", office, 2014, figures, area=area))


def of_files(*files: CheckedFile, scorecard: Scorecard = TEN) -> RollUp:
    return rolled(files, scorecard=scorecard, today=after(scorecard))


def alike(rollup: RollUp) -> list[Problem]:
    return [problem for problem in rollup.problems if problem.code == "LIK-005"]


def pairs(rollup: RollUp) -> list[tuple[str | None, str]]:
    return [(problem.file, problem.slots["other"]) for problem in alike(rollup)]


def test_both_offices_are_told_with_the_other_file() -> None:
    rollup = of_files(sent("A", OTHER, ONE), sent("B", ONE, ONE), sent("C", OTHER[::-1], ONE[::-1]))
    assert pairs(rollup) == [("A.xlsx", "B.xlsx"), ("B.xlsx", "A.xlsx")]
    first = alike(rollup)[0]
    assert (first.severity, first.period) == (Severity.WARNING, "2014-02")
    assert "10 of 10 figures are the same as in B.xlsx (February 2014)" in sentence(first, texts_of("en"))


def test_a_year_pasted_is_told_once_with_its_periods() -> None:
    rollup = of_files(sent("A", ONE, OTHER), sent("B", ONE, OTHER))
    assert pairs(rollup) == [("A.xlsx", "B.xlsx"), ("B.xlsx", "A.xlsx")]
    assert (alike(rollup)[0].slots["names"], alike(rollup)[0].slots["all"]) == ("2014-01, 2014-02", "20")


def test_nine_in_ten_are_enough_wherever_the_tenth_stands() -> None:
    for place in range(10):
        changed = [number + (index == place) for index, number in enumerate(ONE)]
        assert len(alike(of_files(sent("A", ONE), sent("B", changed)))) == 2, place


def test_eight_in_ten_are_not_where_they_lie_scattered() -> None:
    changed = [number + (index in {3, 6}) for index, number in enumerate(ONE)]
    assert not alike(of_files(sent("A", ONE), sent("B", changed)))


def test_empty_cells_are_left_out_and_noughts_beside_a_figure_are_not() -> None:
    assert len(alike(of_files(sent("A", ONE), sent("B", (*ONE[:8], None, None))))) == 2
    changed = [0 if index in {3, 6} else number for index, number in enumerate(ONE)]
    assert not alike(of_files(sent("A", ONE), sent("B", changed)))


@pytest.mark.parametrize(
    "column",
    [
        pytest.param((1, 2, 1, 1, 3, 2, 1, 1, 4, 2), id="small numbers"),
        pytest.param((0,) * 10, id="noughts"),
        pytest.param((100, 1000, 10, 200, 100, 3000, 10, 20, 500, 100), id="round numbers"),
        pytest.param((*ONE[:4], *[None] * 6), id="four figures"),
    ],
)
def test_what_may_be_the_same_is_not_told(column: Sequence[int | None]) -> None:
    assert not alike(of_files(sent("A", column), sent("B", column)))


def test_small_numbers_beside_large_ones_do_not_hide_a_copy() -> None:
    scorecard = many(20)
    column = (*ONE, 1, 0, 2, 0, 0, 1, 0, 0, 3, 0)
    rollup = of_files(*(sent(name, column, scorecard=scorecard) for name in "AB"), scorecard=scorecard)
    assert len(alike(rollup)) == 2


def test_figures_of_another_offices_other_month_are_told_with_both_months() -> None:
    rollup = of_files(sent("A", OTHER, ONE), sent("B", ONE[::-1], OTHER[::-1], ONE))
    assert pairs(rollup) == [("A.xlsx", "B.xlsx"), ("B.xlsx", "A.xlsx")]
    first = alike(rollup)[0]
    assert (first.period, str(first.slots["names"])) == ("2014-02", "2014-02; there 2014-03")
    assert "10 of 10 figures are the same as in B.xlsx (February 2014; there March 2014)" in sentence(
        first, texts_of("en")
    )


def test_a_stretch_of_another_offices_figures_is_told() -> None:
    mixed = (*OTHER[:4], *ONE[4:])
    rollup = of_files(sent("A", ONE), sent("B", mixed), sent("C", OTHER[::-1]))
    assert pairs(rollup) == [("A.xlsx", "B.xlsx"), ("B.xlsx", "A.xlsx")]
    assert (alike(rollup)[0].slots["count"], alike(rollup)[0].slots["all"]) == ("6", "10")


def test_a_figure_that_many_offices_have_is_nobodys_own() -> None:
    capacity = (*OTHER[:5], *ONE[5:])
    offices = [sent(name, [*(each + place for each in OTHER[:5]), *ONE[5:]]) for place, name in enumerate("ABCDE")]
    assert not alike(of_files(*offices, sent("F", [*(each + 9 for each in capacity[:5]), *capacity[5:]])))


def test_what_an_area_holds_is_the_same_in_all_its_offices() -> None:
    held = many(10, level="area")
    files = [sent(name, ONE, scorecard=held, area="North") for name in "AB"]
    assert not alike(of_files(*files, scorecard=held))


def test_plans_may_be_the_same() -> None:
    planned = card(
        *(indicator(f"I{n}", AMOUNT | {"value": f"v{n}"}, against("plan") | {"measure": f"r{n}"}) for n in range(10))
    )
    plans = {measure.id for measure in planned.measures if measure.id.startswith("r")}
    columns = [[ONE[int(each.id[1:])] + (0 if each.id in plans else k) for each in planned.measures] for k in (0, 5)]
    files = [sent(name, column, scorecard=planned) for name, column in zip("AB", columns, strict=True)]
    assert not alike(of_files(*files, scorecard=planned))


def test_few_figures_a_month_are_held_together_through_the_year() -> None:
    scorecard = many(3)
    year = [(118 + 7 * n, 47 + n * n, 1032 - 31 * n) for n in range(5)]
    rollup = of_files(*(sent(name, *year, scorecard=scorecard) for name in "AB"), scorecard=scorecard)
    assert pairs(rollup) == [("A.xlsx", "B.xlsx"), ("B.xlsx", "A.xlsx")]
    assert alike(rollup)[0].slots["count"] == "15"


def test_each_of_many_alike_is_told_with_another() -> None:
    for count in (3, 30, 60):
        names = [f"{number:02d}" for number in range(count)]
        rollup = of_files(*(sent(name, ONE) for name in names))
        assert [file for file, _ in pairs(rollup)] == [f"{name}.xlsx" for name in names]
        assert all(file != other for file, other in pairs(rollup))


@pytest.mark.parametrize("name", SCORECARDS)
def test_clean_counties_have_no_offices_alike(name: str) -> None:
    scorecard = load_scorecard(name)
    rollup = roll_up(scorecard, [as_file(scorecard, each) for each in county(name)], None, after(scorecard))
    assert not alike(rollup)


@pytest.mark.parametrize("count", [20, 200])
def test_another_offices_figures_are_found_among_few_and_many(count: int) -> None:
    scorecard, chance = many(30), random.Random(5)
    sizes = [chance.uniform(5, 400) for _ in scorecard.measures]
    offices = [
        [[round(size * chance.uniform(0.5, 1.5)) for size in sizes] for _ in range(4)]  # four months
        for _ in range(count)
    ]
    giver, taker = chance.sample(range(count), 2)
    # One figure in twenty was mended afterwards.
    offices[taker] = [[each + (chance.random() < 0.05) for each in month] for month in offices[giver]]
    files = [sent(f"{number:03d}", *months, scorecard=scorecard) for number, months in enumerate(offices)]
    both = files[giver].file, files[taker].file
    assert sorted(pairs(of_files(*files, scorecard=scorecard))) == sorted([both, (both[1], both[0])])


def test_totals_are_the_same_with_and_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    files = [sent("A", ONE, OTHER), sent("B", ONE, OTHER), sent("C", OTHER, ONE)]
    rollup = of_files(*files)
    monkeypatch.setattr(totals, "find_alike", lambda *_: ())
    without = of_files(*files)
    assert alike(rollup)
    kept = tuple(problem for problem in rollup.problems if problem.code != "LIK-005")
    assert dump(replace(rollup, problems=kept)) == dump(without)


def dump(rollup: RollUp) -> list[object]:
    """Everything that a roll-up says, but for how it would find its cells."""
    results = [
        (r.indicator.id, r.period, r.unit, r.judgement, r.reported, r.expected, r.is_complete, r.find_sources())
        for r in rollup.results
    ]
    return [results, rollup.totals, rollup.facts, rollup.files, rollup.submissions, rollup.problems, rollup.register]
