"""Local goals are judged by the rules of the scorecard: as shown, with a band, and never coloured without a basis."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlmalekort.judging.bands import Zone, at_least, at_most
from xlmalekort.judging.local_goals import edge_words, explain_local, judge_local, target_words
from xlmalekort.judging.values import rounded
from xlmalekort.locale import texts_of
from xlmalekort.model.figures import Figure, Status
from xlmalekort.model.local_goals import LOCAL_DECIMALS, Better, Edge, LocalGoal, given_number
from xlmalekort.model.measures import Unit
from xlmalekort.model.periods import Period

MAY = Period.parse("2009-05")
LATER = date(2009, 9, 1)
TEXTS = texts_of("en")
AIM = "the target is at least 75.0%"


def goal(
    value: str | None,
    target: str | None = "75",
    yellow: str | None = "65",
    *,
    unit: Unit | None = Unit.PERCENT,
    better: Better | None = "higher",
    unusable: bool = False,
) -> LocalGoal:
    figures = {} if value is None else {MAY: Figure("L.1", MAY, None if value == "?" else Fraction(value))}
    green, outer = (None if edge is None else Fraction(edge) for edge in (target, yellow))
    faults: frozenset[Edge] = frozenset({"target"}) if unusable else frozenset()
    return LocalGoal(1, "L.1", "Letters", unit, better, green, outer, faults, figures=figures)


@pytest.mark.parametrize(
    ("line", "status", "why"),
    [
        (goal("74.95"), "green", "75.0% is within the target, at least 75.0%, in May 2009"),
        (goal("74.94"), "yellow", f"74.9% is in the yellow zone 65.0-75.0% in May 2009; {AIM}"),
        (goal("64.95"), "yellow", f"65.0% is in the yellow zone 65.0-75.0% in May 2009; {AIM}"),
        (goal("64.94"), "red", f"64.9% is below the yellow zone 65.0-75.0% in May 2009; {AIM}"),
        (goal("0"), "red", f"0.0% is below the yellow zone 65.0-75.0% in May 2009; {AIM}"),
        (goal("74.94", yellow=None), "red", "74.9% in May 2009 does not reach the target, at least 75.0%"),
        (
            goal("7.04", "7", "9", unit=Unit.DAYS, better="lower"),
            "green",
            "7.0 days is within the target, at most 7.0 days, in May 2009",
        ),
        (
            goal("9.1", "7", "9", unit=Unit.DAYS, better="lower"),
            "red",
            "9.1 days is above the yellow zone 7.0-9.0 days in May 2009; the target is at most 7.0 days",
        ),
        (
            goal("-3", "0", "-2", unit=Unit.MONEY),
            "red",
            "-3 is below the yellow zone -2 – 0 in May 2009; the target is at least 0",
        ),
        (goal(None), "missing", "The figures for May 2009 are missing"),
        (goal("?"), "rejected", "What was entered for May 2009 cannot be used; see Checks"),
        (goal("70", None, None), "undecided", "70.0% in May 2009; no target or zone has been agreed yet"),
        (
            goal(None, None),
            "undecided",
            "The figures for May 2009 are missing; no target or zone has been agreed yet",
        ),
        (goal("70", "75", "80"), "undecided", "The yellow zone lies on the wrong side of the target"),
        (goal("70", None, unusable=True), "undecided", "The target or the yellow zone cannot be used; see Checks"),
        (goal("70", better=None), "undecided", "Choose the unit, and whether higher or lower is better"),
        (goal(None, None, None, unit=None), "undecided", "Choose the unit, and whether higher or lower is better"),
    ],
)
def test_a_goal_has_a_status_and_says_why(line: LocalGoal, status: str, why: str) -> None:
    judgement = judge_local(line, MAY, LATER)
    assert (str(judgement.status), explain_local(line, judgement, TEXTS)) == (status, why)


def test_a_figure_is_expected_by_the_end_of_the_next_month() -> None:
    assert judge_local(goal(None), MAY, date(2009, 6, 30)).status is Status.NOT_DUE
    assert judge_local(goal(None), MAY, date(2009, 7, 1)).status is Status.MISSING


def test_what_is_not_delivered_is_left_aside() -> None:
    judgement = judge_local(goal("80"), MAY, LATER, is_delivered=False)
    assert (judgement.status, judgement.value) == (Status.MISSING, None)


def test_target_and_zone_are_said_in_words() -> None:
    crossed = goal("70", "75", "80")
    whole = goal("70")
    assert edge_words(whole, judge_local(whole, MAY, LATER), TEXTS) == ("at least 75.0%", "65.0-75.0%")
    assert edge_words(crossed, judge_local(crossed, MAY, LATER), TEXTS) == ("", "")
    assert target_words(crossed, TEXTS) == "at least 75.0%"
    assert target_words(goal("70", None), TEXTS) == ""


@given(
    value=st.fractions(-200, 200, max_denominator=400),
    target=st.fractions(-100, 100, max_denominator=40),
    step=st.none() | st.fractions(0, 30, max_denominator=40),
    unit=st.sampled_from(Unit),
    better=st.sampled_from(["higher", "lower"]),
)
def test_the_zone_is_that_of_the_band_as_shown(
    value: Fraction, target: Fraction, step: Fraction | None, unit: Unit, better: Better
) -> None:
    edge = None if step is None else target - step if better == "higher" else target + step
    line = LocalGoal(1, "L.1", "x", unit, better, target, edge, figures={MAY: Figure("L.1", MAY, value)})
    decimals = LOCAL_DECIMALS[unit]
    green, yellow = rounded(target, decimals), "none" if edge is None else rounded(edge, decimals)
    band = (at_least if better == "higher" else at_most)(green, yellow)  # type: ignore[arg-type]
    assert band is not None
    zone = band.zone(rounded(value, decimals))
    expected = {Zone.GREEN: Status.GREEN, Zone.YELLOW: Status.YELLOW, Zone.RED: Status.RED}[zone]
    assert judge_local(line, MAY, LATER).status is expected


def test_a_given_number_is_none_of_those_that_are_taken() -> None:
    assert given_number(3, ["B.1"]) == "L.3"
    assert given_number(3, ["L.3", "ll.3"]) == "LLL.3"
