"""The Danish scorecards judge as their tables say, at every edge."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from xlmalekort.judging.judge import judge_observed, observed_of, ready_day
from xlmalekort.model.periods import Period
from xlmalekort.model.places import NOWHERE, Place
from xlmalekort.scorecards import load_scorecard

COPENHAGEN = load_scorecard("kbh-resultatkontrakt-2007")
VEJLE = load_scorecard("vejle-2013")
LATER = date(2020, 1, 1)


def status(code: str, period: str, figures: str, place: Place = NOWHERE, today: date = LATER) -> str:
    """The status of figures written `numerator=1 denominator=2`; the scorecard is the one that has the year."""
    scorecard = COPENHAGEN if period.startswith("2007") else VEJLE
    indicator = scorecard.indicator[code]
    given: dict[str, Any] = {name: Fraction(number) for name, number in (each.split("=") for each in figures.split())}
    return judge_observed(indicator, Period.parse(period), observed_of(indicator, **given), today, place=place).status


@pytest.mark.parametrize(
    ("code", "figures", "expected"),
    [
        ("BI.R1", "value=90 reference=100", "green"),
        ("BI.R1", "value=91 reference=100", "red"),
        ("BI.R1", "value=9005 reference=10000", "green"),  # -9.95 is shown as -10.0
        ("BI.R1", "value=9006 reference=10000", "red"),
        ("BI.R1", "value=90", "not_assessable"),
        ("BI.R1", "value=90 reference=0", "not_assessable"),
        ("BI.R2", "numerator=4500 denominator=100 reference=50", "green"),
        ("BI.R2", "numerator=4510 denominator=100 reference=50", "red"),
        ("BI.R2", "numerator=0 denominator=0 reference=50", "not_assessable"),
        ("BI.R3", "numerator=30 denominator=100", "green"),
        ("BI.R3", "numerator=299 denominator=1000", "red"),
        ("BI.R3", "numerator=0 denominator=0", "not_assessable"),
        ("BI.R3", "numerator=101 denominator=100", "rejected"),
        ("BI.I1", "numerator=90 denominator=100", "green"),
        ("BI.I1", "numerator=899 denominator=1000", "red"),
        ("KS.R1", "value=5 reference=10", "green"),
        ("KS.R1", "value=501 reference=1000", "red"),
        ("KS.R1", "value=0 reference=0", "not_assessable"),
        ("KS.I1", "numerator=90 denominator=100", "green"),
        ("KS.I1", "numerator=899 denominator=1000", "red"),
        ("KS.I2", "numerator=100 denominator=100", "green"),
        ("KS.I2", "numerator=999 denominator=1000", "red"),
        ("ØK.R1", "numerator=95 denominator=100", "green"),
        ("ØK.R1", "numerator=100 denominator=100", "green"),
        ("ØK.R1", "numerator=949 denominator=1000", "red"),
        ("ØK.R1", "numerator=1001 denominator=1000", "red"),
        ("PO.R1", "numerator=45 denominator=1000 reference=5", "undecided"),
    ],
)
def test_goals_of_copenhagen(code: str, figures: str, expected: str) -> None:
    assert status(code, "2007-Q1", figures) == expected


@pytest.mark.parametrize(("errors", "expected"), [(3, "green"), (4, "red"), (0, "green")])
def test_the_samples_of_copenhagen_are_judged_by_year(errors: int, expected: str) -> None:
    assert status("ØK.I1", "2007", f"numerator={errors} denominator=100") == expected


@pytest.mark.parametrize(
    ("centre", "fall"),
    [
        ("Jobcenter Nyropsgade", 15),
        ("Jobcenter Musvågevej", 20),
        ("Jobcenter Skelbækgade", 10),
        ("Jobcenter Sygedagpenge", 25),
        ("Formidling af Job på Særlige Vilkår", 30),
        ("Center for Job og Formidling", 12),
    ],
)
def test_absence_is_held_against_the_fall_that_each_centre_agreed_on(centre: str, fall: int) -> None:
    place = Place(office=centre)
    assert status("PO.R1", "2007-Q1", f"numerator={100 - fall} denominator=1000 reference=10", place) == "green"
    assert status("PO.R1", "2007-Q1", f"numerator={101 - fall} denominator=1000 reference=10", place) == "red"
    assert status("PO.R1", "2007-Q1", "numerator=1 denominator=10", place) == "not_assessable"


@pytest.mark.parametrize(
    ("period", "done", "expected"),
    [
        ("2007-Q1", 0, "not_due"),
        ("2007-Q1", 1, "green"),
        ("2007-Q2", 0, "red"),
        ("2007-Q2", 1, "green"),
        ("2007-Q3", 1, "green"),
        ("2007-Q4", 1, "red"),
        ("2007-Q4", 2, "green"),
    ],
)
def test_the_staff_handbook_is_asked_for_step_by_step(period: str, done: int, expected: str) -> None:
    assert status("PO.I1", period, f"value={done}") == expected


@pytest.mark.parametrize(
    ("centre", "period", "done", "expected"),
    [
        ("Jobcenter Sygedagpenge", "2007-Q1", 0, "red"),
        ("Jobcenter Sygedagpenge", "2007-Q2", 2, "green"),
        ("Jobcenter Sygedagpenge", "2007-Q4", 1, "red"),
        ("Jobcenter Nyropsgade", "2007-Q1", 0, "not_due"),
        ("Jobcenter Skelbækgade", "2007-Q3", 1, "red"),
        ("Et nyt center", "2007-Q4", 2, "undecided"),
    ],
)
def test_each_centre_has_the_steps_of_its_own_goal(centre: str, period: str, done: int, expected: str) -> None:
    assert status("U.1", period, f"value={done}", Place(office=centre)) == expected


def test_those_notified_are_not_judged_before_the_notice_has_ended() -> None:
    figures = "numerator=10 denominator=100"
    assert status("BI.R3", "2007-Q1", figures, today=date(2007, 9, 30)) == "not_due"
    assert status("BI.R3", "2007-Q1", figures, today=date(2007, 10, 1)) == "red"
    assert ready_day(COPENHAGEN.indicator["BI.R3"], Period.parse("2007-Q1")) == date(2007, 10, 31)


@pytest.mark.parametrize(
    ("code", "period", "figures", "expected"),
    [
        ("Ø.1", "2013-06", "actual=100 plan=100", "green"),
        ("Ø.1", "2013-06", "actual=97 plan=100", "green"),
        ("Ø.1", "2013-06", "actual=101 plan=100", "yellow"),
        ("Ø.1", "2013-06", "actual=1011 plan=1000", "red"),
        ("Ø.1", "2013-06", "actual=95 plan=100", "yellow"),
        ("Ø.1", "2013-06", "actual=949 plan=1000", "red"),
        ("Ø.1.K", "2013-06", "actual=100 plan=0", "not_assessable"),
        ("Ø.2", "2013-06", "actual=100 plan=100", "green"),
        ("Ø.2", "2013-06", "actual=1001 plan=1000", "red"),
        ("Ø.3", "2013", "value=12000 denominator=30", "undecided"),
        ("A.1", "2013-06", "value=1000 reference=1000", "green"),
        ("A.1", "2013-06", "value=1001 reference=1000", "yellow"),
        ("A.1", "2013-06", "value=1020 reference=1000", "yellow"),
        ("A.1", "2013-06", "value=1021 reference=1000", "red"),
        ("A.1", "2013-06", "value=1000", "not_assessable"),
        ("A.2", "2013-Q2", "value=95 reference=100", "green"),
        ("A.2", "2013-Q2", "value=100 reference=100", "yellow"),
        ("A.2", "2013-Q2", "value=101 reference=100", "red"),
        ("A.3", "2013-Q2", "numerator=40 denominator=100 reference=40", "green"),
        ("A.3", "2013-Q2", "numerator=45 denominator=100 reference=45.1", "red"),
        ("A.3", "2013-Q2", "numerator=39 denominator=100 reference=30", "yellow"),
        ("A.3", "2013-Q2", "numerator=34 denominator=100 reference=30", "red"),
        ("A.3", "2013-Q2", "numerator=45 denominator=100", "not_assessable"),
        ("A.4", "2013-06", "numerator=460 denominator=1000", "green"),  # 40 + 12 * 181 / 365 is 45.95, shown as 46.0
        ("A.4", "2013-06", "numerator=459 denominator=1000", "yellow"),
        ("A.4", "2013-06", "numerator=430 denominator=1000", "yellow"),
        ("A.4", "2013-06", "numerator=429 denominator=1000", "red"),
        ("A.4", "2013-12", "numerator=52 denominator=100", "green"),
        ("A.4", "2013-12", "numerator=519 denominator=1000", "yellow"),
        ("A.4", "2013-12", "numerator=489 denominator=1000", "red"),
        ("A.5", "2013-06", "value=40 target=40", "green"),
        ("A.5", "2013-06", "value=39 target=40", "red"),
        ("A.5", "2013-06", "value=40", "undecided"),
        ("A.6", "2013-06", "numerator=90 denominator=100", "green"),
        ("A.6", "2013-06", "numerator=80 denominator=100", "yellow"),
        ("A.6", "2013-07", "numerator=90 denominator=100", "yellow"),
        ("A.6", "2013-07", "numerator=95 denominator=100", "green"),
        ("A.6", "2013-07", "numerator=849 denominator=1000", "red"),
        ("A.7", "2013-Q2", "value=100 denominator=10 reference=100", "green"),
        ("A.7", "2013-Q2", "value=105 denominator=10 reference=100", "yellow"),
        ("A.7", "2013-Q2", "value=105.1 denominator=10 reference=100", "red"),
        ("S.1", "2013-H1", "value=4 denominator=30 reference=4", "green"),
        ("S.1", "2013-H1", "value=3.99 denominator=30 reference=4", "yellow"),
        ("S.1", "2013-H1", "value=3.8 denominator=30 reference=4", "yellow"),
        ("S.1", "2013-H1", "value=3.79 denominator=30 reference=4", "red"),
        ("S.1", "2013-H1", "value=4 denominator=29 reference=4", "too_few"),
        ("S.1", "2013-H1", "value=4 denominator=30", "not_assessable"),
        ("S.2", "2013-H1", "numerator=70 denominator=100 reference=70", "green"),
        ("S.2", "2013-H1", "numerator=67 denominator=100 reference=70", "yellow"),
        ("S.2", "2013-H1", "numerator=669 denominator=1000 reference=70", "red"),
        ("S.3", "2013", "numerator=62 denominator=100 reference=60", "green"),
        ("S.3", "2013", "numerator=60 denominator=100 reference=60", "yellow"),
        ("S.3", "2013", "numerator=599 denominator=1000 reference=60", "red"),
        ("S.3", "2013", "numerator=12 denominator=19 reference=60", "too_few"),
        ("K.1", "2013-06", "numerator=90 denominator=100", "green"),
        ("K.1", "2013-07", "numerator=90 denominator=100", "yellow"),
        ("K.1", "2013-07", "numerator=899 denominator=1000", "red"),
        ("K.2", "2013-06", "numerator=90 denominator=100", "green"),
        ("K.3", "2013-Q2", "numerator=1 denominator=20", "green"),
        ("K.3", "2013-Q2", "numerator=1 denominator=19", "too_few"),
        ("K.3", "2013-Q2", "numerator=8 denominator=100", "yellow"),
        ("K.3", "2013-Q2", "numerator=81 denominator=1000", "red"),
        ("K.4", "2013-06", "value=21 denominator=10 reference=20", "green"),
        ("K.4", "2013-06", "value=22 denominator=10 reference=20", "yellow"),
        ("K.4", "2013-06", "value=22.1 denominator=10 reference=20", "red"),
    ],
)
def test_goals_of_vejle(code: str, period: str, figures: str, expected: str) -> None:
    assert status(code, period, figures) == expected
