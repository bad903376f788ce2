"""Periods and when their figures are due."""

from __future__ import annotations

import pickle
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlmalekort.model.periods import (
    DayOfNextMonth,
    EndOfNextMonth,
    Frequency,
    Period,
    WeekdayAfterEnd,
    latest_ended_by,
    periods_of_year,
    ready_date,
)

FREQUENCIES = [each for each in Frequency if each is not Frequency.WHEN_HELD]


@given(st.sampled_from(FREQUENCIES), st.integers(1950, 2900), st.integers(-40, 40))
def test_writing_and_parsing_a_period_is_identity(frequency: Frequency, year: int, steps: int) -> None:
    period = periods_of_year(year, frequency)[0].shifted(steps)
    assert Period.parse(str(period)) == period
    assert period.shifted(-steps) == periods_of_year(year, frequency)[0]


@pytest.mark.parametrize(
    "text", ["2009-13", "2009-00", "2009-Q5", "2009-T4", "2009-H3", "09-06", "juni", "", "2009-6-1"]
)
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"period|does not exist"):
        Period.parse(text)


@given(st.sampled_from(FREQUENCIES), st.integers(2000, 2030))
def test_the_periods_of_a_year_cover_it_without_gaps(frequency: Frequency, year: int) -> None:
    periods = periods_of_year(year, frequency)
    assert periods[0].start == date(year, 1, 1)
    assert periods[-1].end == date(year, 12, 31)
    assert all((later.start - earlier.end).days == 1 for earlier, later in pairwise(periods))


@pytest.mark.parametrize(
    ("chosen", "frequency", "expected"),
    [
        ("2009-05", Frequency.MONTH, "2009-05"),
        ("2009-05", Frequency.QUARTER, "2009-Q1"),
        ("2009-06", Frequency.QUARTER, "2009-Q2"),
        ("2009-05", Frequency.TERM, "2009-T1"),
        ("2009-02", Frequency.TERM, "2008-T3"),
        ("2009-05", Frequency.YEAR, "2008"),
        ("2009-12", Frequency.YEAR, "2009"),
    ],
)
def test_a_chosen_period_shows_the_latest_own_period_ended_by_then(
    chosen: str, frequency: Frequency, expected: str
) -> None:
    assert str(latest_ended_by(frequency, Period.parse(chosen))) == expected


@pytest.mark.parametrize(
    ("period", "rule", "delay", "expected"),
    [
        ("2009-04", EndOfNextMonth(), 0, date(2009, 5, 31)),
        ("2009-12", EndOfNextMonth(), 0, date(2010, 1, 31)),
        ("2009-04", EndOfNextMonth(), 1, date(2009, 6, 30)),
        ("2009-06", DayOfNextMonth(kind="day_of_next_month", day=5), 0, date(2009, 7, 5)),
        ("2009-04", WeekdayAfterEnd(kind="weekday_after_end", weekday="thursday"), 0, date(2009, 5, 7)),
        ("2009-05", WeekdayAfterEnd(kind="weekday_after_end", weekday="monday"), 0, date(2009, 6, 1)),
    ],
)
def test_a_figure_is_ready_by_its_rule(period: str, rule: object, delay: int, expected: date) -> None:
    assert ready_date(Period.parse(period), rule, delay) == expected  # type: ignore[arg-type]


def test_a_period_goes_to_another_process_without_the_hash_that_holds_in_this_one() -> None:
    period = Period.parse("2009-Q2")
    assert {period, period.code}
    sent = pickle.loads(pickle.dumps(period))  # noqa: S301 - made here
    assert sent == period
    assert vars(sent).keys() == {"year", "frequency", "number"}
