"""What all figures of a period show together is told once; what a season, growth or a new level may be is not told."""

from __future__ import annotations

import pickle
import random
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from tests.intake.plain import AFTER, cell, checked, problem
from tests.intake.test_likelihood import COLUMN, OTHER, columns, many
from tests.support.cards import AMOUNT, against, card, indicator
from xlmalekort.intake.likelihood import check_likelihood
from xlmalekort.intake.plan import plan_of
from xlmalekort.locale import texts_of
from xlmalekort.model.figures import Figure, Source, Submission
from xlmalekort.model.periods import Period
from xlmalekort.problems import sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from xlmalekort.problems import Problem

SIZES = (118, 47, 1032, 66, 93, 251, 78, 340, 129, 84)
TEN = many(10)


def year(seed: int, spread: float = 0.08) -> list[list[int]]:
    """Twelve months of ten measures, each about a size of its own."""
    chance = random.Random(seed)
    return [[round(size * chance.uniform(1 - spread, 1 + spread)) for size in SIZES] for _ in range(12)]


BEFORE = columns(*year(1), year=2013)
NOW = year(2)


def unlikely(*months: Sequence[int], before: dict[str, int | str | Fraction] | None = None) -> list[Problem]:
    """What is unlikely about months of this year beside the usual last year."""
    now, then = (held(cells) for cells in (columns(*months), BEFORE if before is None else before))
    submission = Submission("small.xlsx", "Small", 2014, now, then)
    return check_likelihood(plan_of(TEN, 2014), submission, frozenset(), AFTER)


def held(cells: dict[str, int | str | Fraction]) -> dict[tuple[str, Period], Figure]:
    """Figures in the cells that they would stand in."""
    found = {}
    for place, number in cells.items():
        measure, period = place.split("@")[0], Period.parse(place.split("@")[1])
        at = cell(TEN, place) if period.year == 2014 else "A1"
        found[measure, period] = Figure(measure, period, Fraction(number), Source("small.xlsx", "Input", at))
    return found


def only(found: list[Problem]) -> Problem:
    assert len(found) == 1, found
    return found[0]


def said(found: Problem) -> str:
    return sentence(found, texts_of("en"))


def times(factor: float, month: Sequence[int]) -> list[int]:
    return [round(factor * each) for each in month]


def test_usual_months_say_nothing() -> None:
    assert unlikely(*NOW) == []


# Noughts


def test_a_month_of_noughts_is_told_once() -> None:
    found = only(unlikely(NOW[0], NOW[1], [0] * 10))
    assert (found.code, found.cell, found.measure) == ("LIK-010", cell(TEN, "m1@2014-03"), None)
    assert "0 means none, and 10 of 10 figures of March 2014 are 0" in said(found)


def test_a_month_that_was_0_last_year_too_is_a_season() -> None:
    before = columns(*[[0] * 10 if month == 6 else each for month, each in enumerate(year(1))], year=2013)
    assert unlikely(*NOW[:6], [0] * 10, before=before) == []


def test_noughts_in_rows_that_hold_little_say_nothing() -> None:
    small = [[(row + month) % 3 for row in range(10)] for month in range(12)]
    assert unlikely(*small[:4], [0] * 10, before=columns(*small, year=2013)) == []


# Several times the usual


@pytest.mark.parametrize(("factor", "much"), [(2, "2"), (3, "3"), (2.6, "2.5"), (10, "10")])
def test_a_month_that_holds_several_times_the_usual_is_told_once(factor: float, much: str) -> None:
    found = only(unlikely(NOW[0], NOW[1], times(factor, NOW[2])))
    assert (found.code, found.cell) == ("LIK-011", cell(TEN, "m1@2014-03"))
    assert f"10 of 10 figures are about {much} times the usual (March 2014)" in said(found)


def test_a_quarter_in_march_is_about_three_times_the_usual() -> None:
    quarter = [sum(each) for each in zip(*NOW[:3], strict=True)]
    assert only(unlikely(NOW[0], NOW[1], quarter)).slots["names"] == "2014-03"


@pytest.mark.parametrize("count", [3, 6, 12])
def test_sums_since_january_are_told_once_from_the_third_month_on(count: int) -> None:
    sums = [[sum(each) for each in zip(*NOW[: month + 1], strict=True)] for month in range(count)]
    found = only(unlikely(*sums))
    assert (found.code, found.cell) == ("LIK-011", cell(TEN, "m1@2014-02"))
    assert "like sums since the beginning of the year" in said(found)


def test_a_new_level_is_told_at_its_first_month_only() -> None:
    doubled = [times(2, month) for month in NOW]
    assert only(unlikely(NOW[0], *doubled[1:6])).period == "2014-02"


def test_a_season_that_last_year_had_too_is_none() -> None:
    def seasonal(months: list[list[int]]) -> list[list[int]]:
        return [times(2.2, each) if month == 2 else each for month, each in enumerate(months)]

    assert unlikely(*seasonal(NOW)[:3], before=columns(*seasonal(year(1)), year=2013)) == []


def test_rows_that_grow_each_in_its_own_way_say_nothing() -> None:
    chance = random.Random(4)
    grown = [round(each * chance.uniform(0.8, 3.0)) for each in NOW[2]]
    assert [each.code for each in unlikely(NOW[0], NOW[1], grown)] == []


def test_what_is_told_of_several_months_comes_whole_from_another_process() -> None:
    sums = [[sum(each) for each in zip(*NOW[: month + 1], strict=True)] for month in range(3)]
    found = only(unlikely(*sums))
    assert said(pickle.loads(pickle.dumps(found))) == said(found)  # noqa: S301 - made here


# A straight line


def trend(month: Sequence[int], last: Sequence[int]) -> list[int]:
    return [max(2 * b - a, 0) for a, b in zip(month, last, strict=True)]


def test_months_dragged_on_are_told_once_with_their_names() -> None:
    march = trend(NOW[0], NOW[1])
    found = only(unlikely(NOW[0], NOW[1], march, trend(NOW[1], march)))
    assert (found.code, found.cell, found.slots["names"]) == ("LIK-012", cell(TEN, "m1@2014-03"), "2014-03, 2014-04")


def test_months_that_go_up_by_one_everywhere_are_told() -> None:
    up = [[each + month for each in NOW[0]] for month in range(4)]
    assert only(unlikely(*up)).slots["names"] == "2014-02, 2014-03, 2014-04"


def test_small_numbers_go_on_straight_by_chance() -> None:
    small = [[row % 3 + month for row in range(10)] for month in range(3)]
    assert unlikely(*small, before={}) == []


# A month of elsewhere


@pytest.mark.parametrize("earlier", ["2014-01", "2013-05", "2013-12"])
def test_a_column_of_any_earlier_month_is_told(earlier: str) -> None:
    months = {f"2013-{month:02d}": each for month, each in enumerate(year(1), 1)} | {"2014-01": NOW[0]}
    found = only(unlikely(NOW[0], NOW[1], NOW[2], months[earlier]))
    assert (found.code, found.slots["name"], found.slots["own"]) == ("LIK-004", earlier, "2014-04")


def test_a_stretch_of_an_earlier_month_is_told() -> None:
    pasted = [NOW[3][0], 46, *NOW[1][2:]]
    found = only(unlikely(NOW[0], NOW[1], NOW[2], pasted))
    assert (found.code, found.slots["name"], found.slots["count"]) == ("LIK-008", "2014-02", "8")


# What was planned, as what happened


def planned(*figures: tuple[Fraction | int, Fraction | int]) -> list[str]:
    scorecard = card(indicator("A", AMOUNT, against("plan")))
    cells: dict[str, int | str | Fraction] = {}
    for month, (actual, plan) in enumerate(figures, 1):
        cells |= {f"v@2014-{month:02d}": Fraction(actual), f"r@2014-{month:02d}": Fraction(plan)}
    return [each.code for each in checked(scorecard, cells, AFTER).problems if each.code.startswith("LIK-")]


def test_a_plan_pasted_as_what_happened_is_told() -> None:
    assert planned((1_023_456, 1_023_456), (1_023_456, 1_023_456), (1_023_456, 1_023_456)) == ["LIK-013"]
    assert planned((118, 118), (103, 103), (96, 96), (121, 121)) == ["LIK-013"]


@pytest.mark.parametrize(
    "figures",
    [
        pytest.param([(22, 22)] * 6, id="places that are all filled"),
        pytest.param([(500_000, 500_000)] * 6, id="a round sum paid every month"),
        pytest.param([(118, 118), (103, 103), (96, 97)], id="one that differs"),
        pytest.param([(1_023_456, 1_023_456)] * 2, id="two months"),
    ],
)
def test_a_plan_that_was_kept_is_not_told(figures: list[tuple[int, int]]) -> None:
    assert planned(*figures) == []


# How often it is found


@pytest.mark.parametrize(
    ("change", "code"),
    [
        pytest.param(lambda months, _: times(2, months[3]), "LIK-011", id="every case twice"),
        pytest.param(lambda *_: [0] * 10, "LIK-010", id="noughts"),
        pytest.param(lambda months, _: trend(months[1], months[2]), "LIK-012", id="dragged on"),
        pytest.param(lambda months, _: months[1], "LIK-004", id="February as April"),
        pytest.param(lambda _, before: before[6], "LIK-004", id="July of last year as April"),
    ],
)
def test_a_spoilt_month_is_found_in_a_hundred_offices(
    change: Callable[[list[list[int]], list[list[int]]], list[int]], code: str
) -> None:
    found = 0
    for seed in range(100):
        before, now = year(2 * seed, 0.2), year(2 * seed + 1, 0.2)
        problems = unlikely(*now[:3], change(now, before), before=columns(*before, year=2013))
        found += [(each.code, each.period) for each in problems] == [(code, "2014-04")]
    assert found >= 97


def test_a_hundred_sound_offices_say_nothing() -> None:
    for seed in range(100):
        before, now = year(2 * seed, 0.3), year(2 * seed + 1, 0.3)
        assert unlikely(*now, before=columns(*before, year=2013)) == []


def test_the_place_of_what_is_told_of_a_month_is_a_figure_that_says_it() -> None:
    first = [None, *OTHER[1:]]
    file = checked(TEN, columns(COLUMN, first, first), AFTER)
    assert problem(file, "LIK-004").cell == cell(TEN, "m2@2014-03")
