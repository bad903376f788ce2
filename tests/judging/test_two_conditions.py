"""Held against two things the worse counts; what cannot be judged is never red."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.judging.made import NUMBERS, TARGETS, comparing, indicator, judged, observed
from tests.support.cards import (
    AMOUNT,
    CHANGE,
    RATE_CHANGE,
    SHARE,
    UNDECIDED,
    against,
    at_least,
    at_most,
    card,
    milestone,
    survey,
)
from tests.support.cards import indicator as definition_of
from tests.support.cards import judged as judged_on
from xlmalekort.judging.bands import Lack
from xlmalekort.model.figures import Status

if TYPE_CHECKING:
    from tests.support.cards import Definition

BEST_FIRST = (Status.GREEN, Status.YELLOW, Status.NOT_DUE, Status.NOT_ASSESSABLE, Status.UNDECIDED, Status.RED)
OF_NOUGHT: dict[Status, Definition] = {
    Status.GREEN: at_least(0),
    Status.YELLOW: at_most(-1, 1),
    Status.NOT_DUE: milestone("2014-12-31"),
    Status.NOT_ASSESSABLE: against("outside"),
    Status.UNDECIDED: UNDECIDED,
    Status.RED: at_least(1),
}
"""For each status a target that 0 has it against, in June."""


@pytest.mark.parametrize(("first", "second"), list(product(BEST_FIRST, repeat=2)))
def test_of_two_the_worse_counts(first: Status, second: Status) -> None:
    of = indicator(AMOUNT, OF_NOUGHT[first], also=OF_NOUGHT[second])
    found = judged(of, observed(of, 0))
    assert found.status is max(first, second, key=BEST_FIRST.index)
    if found.status is not Status.UNDECIDED or first is not second:
        assert found.verdicts == (first, second)


@pytest.mark.parametrize("status", BEST_FIRST)
def test_one_alone_gives_its_own(status: Status) -> None:
    of = indicator(AMOUNT, OF_NOUGHT[status])
    assert judged(of, observed(of, 0)).status is status


@given(TARGETS, TARGETS, NUMBERS, NUMBERS)
def test_the_order_of_the_two_does_not_matter(
    first: Definition, second: Definition, value: Fraction, reference: Fraction
) -> None:
    one, other = (indicator(AMOUNT, a, also=b) for a, b in ((first, second), (second, first)))
    assert (
        judged(one, observed(one, value, compared=reference)).status
        is judged(other, observed(other, value, compared=reference)).status
    )


class TestNothingToCompareWith:
    @given(comparing(), NUMBERS)
    def test_without_a_reference_nothing_is_coloured(self, target: Definition, value: Fraction) -> None:
        of = indicator(AMOUNT, target)
        found = judged(of, observed(of, value))
        assert (found.status, found.conditions[0].lack) == (Status.NOT_ASSESSABLE, Lack.NO_REFERENCE)

    @given(comparing(), NUMBERS)
    def test_no_percentage_is_taken_of_nought(self, target: Definition, value: Fraction) -> None:
        of = indicator(AMOUNT, target)
        found = judged(of, observed(of, value, compared=0))
        offsets = {target["green"], *({target["yellow"]} - {"none"})}
        if target["by"] == "percent" and offsets != {"0.0"}:
            assert (found.status, found.conditions[0].lack) == (Status.NOT_ASSESSABLE, Lack.REFERENCE_ZERO)
        else:
            assert found.status.is_result

    @given(st.sampled_from([CHANGE, RATE_CHANGE]), st.integers(0, 9), TARGETS)
    def test_a_change_from_nothing_and_from_nought_is_not_assessed(
        self, figure: Definition, upper: int, target: Definition
    ) -> None:
        of = indicator(figure, target)
        lower = 4 if figure is RATE_CHANGE else None
        for compared in (None, 0):
            found = judged(of, observed(of, upper, lower, compared))
            assert (found.status, found.value) == (Status.NOT_ASSESSABLE, None)

    @pytest.mark.parametrize(
        ("figure", "earlier"),
        [
            (SHARE, {}),
            (SHARE, {"n@2013-06": 3}),
            (SHARE, {"n@2013-06": 5, "d@2013-06": 4}),
            (SHARE, {"n@2013-06": None, "d@2013-06": 4}),
            (SHARE, {"n@2013-06": 0, "d@2013-06": 0}),
            (SHARE, {"n@2014-05": 3, "d@2014-05": 4}),
            (RATE_CHANGE, {"n@2013-06": 3}),
            (RATE_CHANGE, {"n@2013-06": 3, "d@2013-06": 0}),
        ],
    )
    def test_half_a_pair_or_an_impossible_one_is_no_reference(
        self, figure: Definition, earlier: dict[str, int | None]
    ) -> None:
        target = against("last_year") if figure is SHARE else at_least(0)
        found = judged_on(
            card(definition_of("A", figure, target)), "2014-06", {"n@2014-06": 3, "d@2014-06": 4, **earlier}
        )
        assert found.status is Status.NOT_ASSESSABLE

    def test_a_reference_that_cannot_be_used_is_none(self) -> None:
        scorecard = card(definition_of("A", SHARE, against("outside")))
        numbers = {"n@2014-06": 3, "d@2014-06": 4, "r@2014-06": None}
        assert judged_on(scorecard, "2014-06", numbers).status is Status.NOT_ASSESSABLE

    def test_nought_of_nought_is_not_assessed_and_names_no_cases(self) -> None:
        for figure, target in ((SHARE, at_least(50)), (survey(), at_least(4))):
            of = indicator(figure, target)
            found = judged(of, observed(of, 0, 0))
            assert (found.status, found.lack) == (Status.NOT_ASSESSABLE, Lack.NO_CASES)


class TestWhatIsComparedWith:
    @pytest.mark.parametrize(
        ("reference", "numbers", "status"),
        [
            ("last_year", {"v@2013-06": 50}, "green"),
            ("last_year", {"v@2013-06": 51}, "red"),
            ("previous", {"v@2014-05": 50}, "green"),
            ("previous", {"v@2014-05": 51}, "red"),
            ("baseline", {"r@2014": 50}, "green"),
            ("baseline", {"r@2014": 51}, "red"),
        ],
    )
    def test_an_own_earlier_value_or_a_typed_one(self, reference: str, numbers: dict[str, int], status: str) -> None:
        measures = [{"id": "r", "frequency": "year"}] if reference == "baseline" else []
        scorecard = card(definition_of("A", AMOUNT, against(reference)), measures=measures)
        assert judged_on(scorecard, "2014-06", {"v@2014-06": 50, **numbers}).status == status

    def test_january_follows_december(self) -> None:
        scorecard = card(definition_of("A", AMOUNT, against("previous")))
        assert judged_on(scorecard, "2014-01", {"v@2014-01": 4, "v@2013-12": 5}).status is Status.RED

    def test_a_quarter_of_months_is_compared_with_the_same_months_of_the_year_before(self) -> None:
        scorecard = card(
            definition_of("A", CHANGE, at_most(-10), frequency="quarter"), measures=[{"id": "v", "frequency": "month"}]
        )
        numbers = {f"v@201{year}-0{month}": 9 if year == 4 else 10 for year in (3, 4) for month in (1, 2, 3)}
        found = judged_on(scorecard, "2014-Q1", numbers)
        assert (found.status, found.shown) == (Status.GREEN, Fraction(-10))
        assert judged_on(scorecard, "2014-Q1", numbers | {"v@2013-02": None}).status is Status.NOT_ASSESSABLE

    def test_a_rate_is_compared_with_a_rate(self) -> None:
        figure = RATE_CHANGE | {"against": "baseline", "baseline": "b"}
        scorecard = card(
            definition_of("A", figure, at_most(-10)), measures=[{"id": "b", "frequency": "year", "decimals": 3}]
        )
        found = judged_on(scorecard, "2014-06", {"n@2014-06": 45, "d@2014-06": 1000, "b@2014": "0.05"})
        assert (found.status, found.shown) == (Status.GREEN, Fraction(-10))

    def test_the_change_of_a_rate_is_one_fraction_of_what_was_typed(self) -> None:
        scorecard = card(definition_of("A", RATE_CHANGE, at_least(0)))
        found = judged_on(scorecard, "2014-06", {"n@2014-06": 1, "d@2014-06": 3, "n@2013-06": 2, "d@2013-06": 7})
        assert found.value is not None
        assert (found.value.numerator, found.value.denominator) == (50, 3)


class TestBreaks:
    @pytest.mark.parametrize(
        ("starts", "period", "status"),
        [
            ("2014-06-30", "2014-06", "not_assessable"),
            ("2014-07-01", "2014-06", "green"),
            ("2013-06-30", "2014-06", "green"),
            ("2013-07-01", "2014-06", "not_assessable"),
            ("2013-07-01", "2014-07", "green"),
        ],
    )
    def test_nothing_is_compared_across_a_break(self, starts: str, period: str, status: str) -> None:
        breaks = [{"starts": starts, "reason": "counted in another way"}]
        scorecard = card(definition_of("A", AMOUNT, against("last_year"), breaks=breaks))
        numbers = {f"v@{year}-{period[5:]}": 5 for year in (2013, 2014)}
        assert judged_on(scorecard, period, numbers).status == status

    def test_a_typed_reference_goes_across_it(self) -> None:
        breaks = [{"starts": "2014-06-01", "reason": "counted in another way"}]
        scorecard = card(definition_of("A", AMOUNT, against("outside"), breaks=breaks))
        assert judged_on(scorecard, "2014-06", {"v@2014-06": 5, "r@2014-06": 5}).status is Status.GREEN


ASKED: Definition = {"least_denominator": 5, "question": {"wording": "How was it?"}, "frequency": "year"}
FOUR, FIVE = ({"c1@2014": 0, "c2@2014": 1, "c3@2014": last} for last in (3, 4))
FOUR_BEFORE = {"c1@2013": 1, "c2@2013": 1, "c3@2013": 2}


class TestFewAnswers:
    def test_they_are_neither_judged_nor_shown(self) -> None:
        scorecard = card(definition_of("A", survey(3), at_least(2), **ASKED))
        found = judged_on(scorecard, "2014", FOUR)
        assert (found.status, found.value, found.shown) == (Status.TOO_FEW, None, None)
        assert judged_on(scorecard, "2014", FIVE).status is Status.GREEN

    def test_too_few_a_year_ago_are_not_compared_with(self) -> None:
        scorecard = card(definition_of("A", survey(3), against("last_year"), **ASKED))
        assert judged_on(scorecard, "2014", FIVE | FOUR_BEFORE).status is Status.NOT_ASSESSABLE

    def test_of_what_is_no_question_the_value_is_shown_and_not_judged(self) -> None:
        of = indicator(SHARE, at_least(50), least_denominator=5)
        found = judged(of, observed(of, 1, 4))
        assert (found.status, found.shown) == (Status.TOO_FEW, Fraction(25))
        assert judged(of, observed(of, 1, 5)).status is Status.RED
        assert judged(of, observed(of, 0, 0)).status is Status.NOT_ASSESSABLE
