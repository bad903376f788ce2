"""Which of an indicator's own periods a chosen period stands for."""

from __future__ import annotations

import pytest

from xlmalekort.model.figure_kinds import Share
from xlmalekort.model.indicators import Cohort, Indicator
from xlmalekort.model.periods import Frequency, Period
from xlmalekort.model.targets import Undecided


def indicator(frequency: str, window: int = 0, period_is: str = "entry") -> Indicator:
    return Indicator(
        id="A",
        title="a",
        perspective="P",
        figure=Share(kind="share", numerator=("n",), denominator=("d",)),
        target=Undecided(kind="undecided"),
        definition="d",
        better="higher",
        frequency=Frequency(frequency),
        cohort=Cohort(window_months=window, period_is=period_is) if window else None,
    )


@pytest.mark.parametrize(
    ("frequency", "window", "chosen", "latest"),
    [
        ("month", 0, "2014-06", "2014-06"),
        ("quarter", 0, "2014-05", "2014-Q1"),
        ("month", 3, "2014-06", "2014-03"),
        ("month", 3, "2014-02", "2013-11"),
        ("quarter", 6, "2014-06", "2013-Q4"),
        ("quarter", 6, "2014-05", "2013-Q3"),
        ("half_year", 12, "2014-12", "2013-H2"),
        ("year", 12, "2014-12", "2013"),
    ],
)
def test_of_a_cohort_it_is_the_latest_whose_window_has_closed(
    frequency: str, window: int, chosen: str, latest: str
) -> None:
    assert str(indicator(frequency, window).latest_period(Period.parse(chosen))) == latest


def test_a_cohort_counted_at_its_closing_is_shown_for_the_period_of_its_closing() -> None:
    assert str(indicator("year", 60, "closing").latest_period(Period.parse("2014-12"))) == "2014"


@pytest.mark.parametrize(("frequency", "latest"), [("half_year", "2013-H1"), ("quarter", "2013-Q1"), ("year", "2013")])
def test_no_period_is_shown_that_lies_before_the_year_before(frequency: str, latest: str) -> None:
    assert str(indicator(frequency, 12).latest_period(Period.parse("2014-02"))) == latest
