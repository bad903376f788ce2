"""What it takes is the smallest change that makes it green: tried out, one step after the other."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.judging.made import (
    DIVIDED,
    TARGETS,
    indicator,
    judged,
    observed,
    one_sided,
    two_sided,
)
from tests.support.cards import (
    AMOUNT,
    CHANGE,
    DEVIATION,
    RATE_CHANGE,
    SHARE,
    UNDECIDED,
    against,
    at_least,
    at_most,
    card,
    milestone,
    survey,
    within,
)
from tests.support.cards import indicator as definition_of
from xlmalekort.judging.needed import NOTHING_NEEDED, Needed, needed, step_of
from xlmalekort.judging.values import Compared, Observed
from xlmalekort.model.figure_kinds import Amount, Change, Part, Share
from xlmalekort.model.figures import Status
from xlmalekort.model.targets import Reference

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.cards import Definition
    from xlmalekort.judging.judge import Judgement
    from xlmalekort.model.indicators import Indicator

STEPS = st.sampled_from([Fraction(1), Fraction(1, 10)])
REACH = 160
"""Steps on either side that are tried out; a green edge further off is not looked for."""


def tried_out(judge: Callable[[Fraction], Judgement], upper: Fraction, step: Fraction) -> Fraction | None:
    """The nearest upper part, in whole steps, that is green; None where none is in reach."""
    here = upper / step
    steps = sorted(range(int(here) - REACH, int(here) + REACH + 2), key=lambda each: abs(each - here))
    return next((each * step for each in steps if judge(each * step).status is Status.GREEN), None)


def check(of: Indicator, seen: Observed, step: Fraction, comparison: str) -> None:
    """Hold what is said to be needed against what comes of trying."""
    assert seen.upper is not None

    def judge(upper: Fraction) -> Judgement:
        return judged(of, seen._replace(upper=upper), comparison=comparison)

    judgement = judged(of, seen, comparison=comparison)
    found = needed(judgement, step)
    if judgement.status not in (Status.YELLOW, Status.RED):
        assert found == NOTHING_NEEDED
        return
    nearest = tried_out(judge, seen.upper, step)
    if nearest is None:
        assert found.by_part is None or all(abs(more) > (REACH - 2) * step for more in found.by_part.values())
        return
    assert found.by_part is not None, (nearest, seen)
    (more,) = found.by_part.values()
    assert more == nearest - seen.upper
    is_in = not isinstance(of.figure, Share) or of.figure.may_exceed or nearest <= (seen.lower or 0)
    assert found.reachable is (is_in and nearest >= 0)


def seen_by(of: Indicator, upper: Fraction, lower: int, compared: int) -> Observed:
    figure = of.figure
    below = None if isinstance(figure, Amount) or (isinstance(figure, Change) and not figure.per) else lower
    found = observed(of, upper, below, compared)
    if not isinstance(figure, Change):
        return found
    earlier = Compared(Fraction(compared), Fraction(lower + 3) if figure.per else None)
    others = tuple(each for each in found.compared if each[0] is not figure.against)
    return found._replace(compared=((figure.against, earlier), *others))


@given(
    st.sampled_from(DIVIDED),
    TARGETS,
    st.integers(0, 2),
    st.integers(0, 1600).map(lambda each: Fraction(each, 10)),
    st.integers(1, 120),
    st.integers(1, 120),
    STEPS,
    st.sampled_from(["as_shown", "exact"]),
)
def test_the_smallest_change_that_becomes_green(
    figure: Definition,
    target: Definition,
    decimals: int,
    upper: Fraction,
    lower: int,
    compared: int,
    step: Fraction,
    comparison: str,
) -> None:
    of = indicator(figure, target, decimals=decimals)
    check(of, seen_by(of, upper, lower, compared), step, comparison)


@given(
    st.sampled_from([SHARE | {"may_exceed": True}, AMOUNT, DEVIATION]),
    one_sided() | two_sided(),
    one_sided() | two_sided() | st.just(against("last_year")),
    st.integers(0, 1),
    st.integers(0, 1600).map(lambda each: Fraction(each, 10)),
    st.integers(1, 120),
    st.integers(1, 120),
    STEPS,
    st.sampled_from(["as_shown", "exact"]),
)
def test_held_against_two_conditions_both_are_met(
    figure: Definition,
    target: Definition,
    also: Definition,
    decimals: int,
    upper: Fraction,
    lower: int,
    compared: int,
    step: Fraction,
    comparison: str,
) -> None:
    of = indicator(figure, target, also=also, decimals=decimals)
    seen = seen_by(of, upper, lower, compared)
    if also["kind"] == "against" and not isinstance(of.figure, Amount):
        seen = seen._replace(compared=((Reference.LAST_YEAR, Compared(Fraction(compared), Fraction(lower + 3))),))
    check(of, seen, step, comparison)


def lacks(figure: Definition, target: Definition, upper: object, lower: int | None = None, **more: Any) -> Needed:
    of = indicator(figure, target, **{key: more.pop(key) for key in ("decimals", "also") if key in more})
    return needed(judged(of, observed(of, Fraction(str(upper)), lower, more.pop("compared", None))), **more)


@pytest.mark.parametrize(
    ("figure", "target", "upper", "lower", "part", "more"),
    [
        (SHARE, at_least(75), 70, 100, Part.NUMERATOR, 5),
        (SHARE, at_least(75, strict=True), 70, 100, Part.NUMERATOR, 6),
        (SHARE, at_most(6, 7), 8, 100, Part.NUMERATOR, -2),
        (DEVIATION, at_most(2, 5), 110, 100, Part.ACTUAL, -8),
        (DEVIATION, within(-2, 2), 90, 100, Part.ACTUAL, 8),
        (DEVIATION, at_most(-10, "none"), 100, 100, Part.ACTUAL, -10),
        (AMOUNT, at_most(4), 6, None, Part.VALUE, -2),
    ],
)
def test_what_is_to_be_moved(
    figure: Definition, target: Definition, upper: int, lower: int | None, part: Part, more: int
) -> None:
    assert lacks(figure, target, upper, lower, decimals=0) == Needed({part: Fraction(more)}, reachable=True)


def test_of_a_change_the_number_moves_and_of_a_rate_its_upper_part() -> None:
    assert lacks(CHANGE, at_least(5), 100, compared=100) == Needed({Part.VALUE: Fraction(5)}, reachable=True)
    assert lacks(CHANGE, at_most(-10), 100, compared=100).by_part == {Part.VALUE: Fraction(-10)}
    assert lacks(RATE_CHANGE, at_most(-10), 50, 10, compared=5).by_part == {Part.NUMERATOR: Fraction(-5)}


@pytest.mark.parametrize(
    ("figure", "target", "upper", "lower"),
    [
        (SHARE, at_least(100, strict=True), 9, 10),  # over a hundred per cent
        (AMOUNT, at_most(-1), 5, None),  # under nought
        (SHARE, within("10.1", "10.2"), 1, 3),  # no third lies there
    ],
)
def test_what_no_figure_of_this_period_reaches(
    figure: Definition, target: Definition, upper: int, lower: int | None
) -> None:
    assert lacks(figure, target, upper, lower).reachable is False


def test_where_two_conditions_leave_nothing_between_them_nothing_is_needed_but_it_is_out_of_reach() -> None:
    found = lacks(AMOUNT, at_least(10), 5, also=at_most(8))
    assert found == Needed(None, reachable=False)


@pytest.mark.parametrize(
    ("figure", "target", "upper", "lower"),
    [
        (SHARE, at_least(50), 50, 100),
        (SHARE, UNDECIDED, 1, 100),
        (SHARE, against("outside"), 1, 100),
        (survey(), at_least(5), 40, 10),
        (CHANGE, at_least(5), 1, None),
        (SHARE, at_least(50), 0, 0),
    ],
)
def test_where_it_is_green_or_nothing_is_judged_nothing_is_said(
    figure: Definition, target: Definition, upper: int, lower: int | None
) -> None:
    assert lacks(figure, target, upper, lower) == NOTHING_NEEDED


def test_steps_are_still_to_be_done() -> None:
    assert lacks(AMOUNT, milestone("2014-01-31", "2014-05-31", "2014-09-30"), 0).by_part == {Part.DONE: Fraction(2)}


@pytest.mark.parametrize("decimals", [0, 1, 2])
def test_the_step_is_the_last_decimal_that_is_typed(decimals: int) -> None:
    for figure, measure in ((AMOUNT, "v"), (SHARE, "n"), (DEVIATION, "a"), (RATE_CHANGE, "n")):
        scorecard = card(definition_of("A", figure, at_least(1)), measures=[{"id": measure, "decimals": decimals}])
        assert step_of(scorecard, scorecard.indicator["A"]) == Fraction(1, 10**decimals)


def test_of_a_sum_the_finest_of_its_measures_moves() -> None:
    scorecard = card(
        definition_of("A", {**AMOUNT, "value": ["v", "u"]}, at_least(1)), measures=[{"id": "u", "decimals": 1}]
    )
    assert step_of(scorecard, scorecard.indicator["A"]) == Fraction(1, 10)


def test_what_was_held_against_nothing_asks_for_nothing() -> None:
    of = indicator(SHARE, at_least(50))
    assert needed(judged(of, Observed())) == NOTHING_NEEDED
