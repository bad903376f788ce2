"""Where the year is heading: a straight line from its first value to this one, exactly."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.judging.made import LONG_AFTER, NUMBERS, indicator, observed
from tests.support.cards import AMOUNT, CHANGE, UNDECIDED, against, at_least, at_most
from xlmalekort.judging.forecast import forecast, goal_day
from xlmalekort.judging.judge import judge_observed
from xlmalekort.judging.values import NOTHING, rounded
from xlmalekort.model.periods import Frequency, Period, periods_of_year
from xlmalekort.model.places import NOWHERE, Place

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.support.cards import Definition
    from xlmalekort.judging.forecast import Forecast
    from xlmalekort.judging.judge import Judgement
    from xlmalekort.model.indicators import Indicator

MONTHS = periods_of_year(2014, Frequency.MONTH)
REACH: dict[str, Any] = {"reach_by": "2014-12-31"}
PATH: Definition = {
    "kind": "path",
    "better": "higher",
    "starts": "2013-12-31",
    "start": 0,
    "ends": "2014-12-31",
    "end": 73,
}


def judgements(of: Indicator, values: Mapping[int, Fraction | int], until: int) -> list[Judgement]:
    """The months up to one, those without a value not reported."""
    return [
        judge_observed(of, each, observed(of, values[each.number]) if each.number in values else NOTHING, LONG_AFTER)
        for each in MONTHS[:until]
    ]


def ahead(of: Indicator, values: Mapping[int, Fraction | int], until: int) -> Forecast | None:
    *earlier, now = judgements(of, values, until)
    return forecast(now, earlier, NOWHERE)


@given(
    st.dictionaries(st.integers(1, 11), NUMBERS, min_size=2),
    st.dates(date(2014, 1, 1), date(2015, 6, 30)),
    st.integers(0, 2),
    st.booleans(),
)
def test_the_line_goes_through_the_first_value_and_this_one(
    values: dict[int, Fraction], day: date, decimals: int, higher: bool
) -> None:
    target = at_least(10, 5) if higher else at_most(10, 15)
    of = indicator(AMOUNT, target, decimals=decimals, reach_by=day.isoformat())
    first, last = min(values), max(values)
    found = ahead(of, values, last)
    start, end = (MONTHS[number - 1].end for number in (first, last))
    if day <= end:
        assert found is None
        return
    # The same line, drawn from its other end.
    steps = Fraction((day - start).days, (end - start).days)
    expected = rounded(values[first] * (1 - steps) + values[last] * steps, decimals)
    assert found is not None
    assert (found.day, found.shown) == (day, expected)
    assert found.is_reached is (expected >= 10 if higher else expected <= 10)


def test_only_the_ends_count() -> None:
    of = indicator(AMOUNT, at_least(10), **REACH)
    values = {1: 1, 2: 99, 3: 0, 6: 6}
    assert ahead(of, values, 6) == ahead(of, {1: 1, 6: 6}, 6)


def test_gaps_before_are_passed_over() -> None:
    of = indicator(AMOUNT, at_least(10), **REACH)
    found = ahead(of, {2: 0, 4: Fraction(59)}, 4)  # 59 days from the end of February to the end of April would be 61
    assert found is not None
    assert found.shown == rounded(Fraction(59 * (date(2014, 12, 31) - date(2014, 2, 28)).days, 61), 1)


@pytest.mark.parametrize(
    ("values", "until"),
    [({6: 5}, 6), ({1: 1}, 6), ({}, 6), ({1: 1, 12: 9}, 12)],
    ids=["the first value of the year", "nothing this period", "nothing at all", "the day has come"],
)
def test_without_two_values_before_the_day_there_is_no_line(values: dict[int, int], until: int) -> None:
    assert ahead(indicator(AMOUNT, at_least(10), **REACH), values, until) is None


def test_without_a_day_or_anything_agreed_there_is_no_line() -> None:
    values = {1: 1, 6: 6}
    assert ahead(indicator(AMOUNT, at_least(10)), values, 6) is None
    assert ahead(indicator(AMOUNT, against("outside"), **REACH), values, 6) is None
    revised = [{"starts": "2014-07-01", "target": at_least(5), "reason": "agreed"}]
    assert ahead(indicator(AMOUNT, UNDECIDED, revisions=revised, **REACH), values, 6) is None


def test_a_change_is_compared_anew_each_time_and_has_no_line() -> None:
    assert goal_day(indicator(CHANGE, at_least(5), **REACH), MONTHS[5], NOWHERE) is None


def test_the_line_begins_after_a_break() -> None:
    values = {1: 500, 3: 0, 6: 5}
    day = date(2014, 6, 30) + (date(2014, 6, 30) - date(2014, 3, 31))
    breaks = [{"starts": "2014-03-01", "reason": "counted in another way"}]
    of = indicator(AMOUNT, at_least(10), breaks=breaks, reach_by=day.isoformat())
    found = ahead(of, values, 6)
    assert found is not None
    assert found.shown == 10
    assert ahead(of, {1: 500, 6: 5}, 6) is None


class TestPaths:
    def test_what_is_to_be_reached_is_its_end(self) -> None:
        of = indicator(AMOUNT, PATH | {"yellow": 3}, decimals=0)
        found = ahead(of, {3: 18, 6: 36}, 6)
        assert found is not None
        assert found.goal.band is not None
        assert [found.goal.band.green.low, found.goal.band.outer.low] == [73, 70]
        assert (found.day, found.shown, found.is_reached) == (date(2014, 12, 31), Fraction(72), False)

    def test_a_day_of_the_indicators_own_goes_before_its_end(self) -> None:
        of = indicator(AMOUNT, PATH, reach_by="2014-11-30")
        assert goal_day(of, MONTHS[5], NOWHERE) == date(2014, 11, 30)

    def test_the_path_of_the_office_is_meant(self) -> None:
        own = {"unit": "Tenkeby", "target": PATH | {"ends": "2015-06-30"}}
        of = indicator(AMOUNT, PATH, unit_targets=[own])
        assert goal_day(of, MONTHS[5], Place("Tenkeby")) == date(2015, 6, 30)
        assert goal_day(of, MONTHS[5], NOWHERE) == date(2014, 12, 31)


def test_what_is_expected_is_held_against_the_goal_as_it_is_shown() -> None:
    of = indicator(AMOUNT, at_least(10), decimals=0, **REACH)
    found = ahead(of, {1: 0, 6: Fraction("4.4")}, 6)  # 9.797
    assert found is not None
    assert (found.shown, found.is_reached) == (Fraction(10), True)


def test_a_period_of_another_length_is_counted_in_days_too() -> None:
    of = indicator(AMOUNT, at_least(10), frequency="quarter", reach_by="2014-12-31")
    first, second = (
        judge_observed(of, Period.parse(f"2014-Q{number}"), observed(of, number * 91), LONG_AFTER) for number in (1, 2)
    )
    found = forecast(second, [first], NOWHERE)
    assert found is not None
    assert found.shown == 182 + (date(2014, 12, 31) - date(2014, 6, 30)).days
