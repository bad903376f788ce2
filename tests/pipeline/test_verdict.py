"""One judgement of loose numbers: every kind of figure and of target takes the numbers that belong to it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

import pytest

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
    indicator,
    milestone,
    survey,
    within,
)
from xlmalekort.pipeline.errors import NotDoneError
from xlmalekort.pipeline.verdict import ConditionVerdict, Verdict, judge

if TYPE_CHECKING:
    from tests.support.cards import Definition

TODAY = date(2030, 1, 1)


def verdict(figure: Definition, target: Definition, period: str = "2014-06", /, **numbers: Any) -> Verdict:
    more = numbers.pop("more", {})
    scorecard = card(indicator("A", figure, target, **more), measures=numbers.pop("measures", ()))
    return judge(scorecard, "A", period, today=TODAY, **numbers)


class TestEveryKindOfFigureTakesItsOwnNumbers:
    @pytest.mark.parametrize(
        ("figure", "numbers", "shown"),
        [
            (SHARE, {"value": "74.9"}, 74.9),
            (SHARE, {"numerator": 3, "denominator": 4}, 75),
            (AMOUNT, {"value": "12.34"}, 12.3),
            (AMOUNT | {"weight": "w"}, {"value": "12.34", "denominator": 5}, 12.3),
            (DEVIATION, {"value": "-5.1"}, -5.1),
            (DEVIATION, {"actual": 95, "plan": 100}, -5),
            (CHANGE, {"value": 90, "reference": 100}, -10),
            (RATE_CHANGE, {"numerator": 90, "denominator": 10, "reference": 10}, -10),
            (RATE_CHANGE, {"value": 9, "reference": 10}, -10),
            (survey(), {"numerator": 45, "denominator": 10}, 4.5),
            (survey(), {"value": "4.5", "denominator": 10}, 4.5),
            (survey(), {"value": "4.5"}, 4.5),
            (survey(2, 1), {"numerator": 9, "denominator": 10}, 90),
        ],
    )
    def test_the_value_is_worked_out(self, figure: Definition, numbers: dict[str, Any], shown: float) -> None:
        found = verdict(figure, at_least(1000), **numbers)
        assert (found.shown, found.status) == (shown, "red")

    @pytest.mark.parametrize(
        ("figure", "numbers"),
        [
            (SHARE, {"actual": 1}),
            (SHARE, {"reference": 1}),
            (AMOUNT, {"denominator": 1}),
            (DEVIATION, {"numerator": 1}),
            (CHANGE, {"numerator": 1}),
            (RATE_CHANGE, {"value": 1, "denominator": 1}),
            (survey(), {"plan": 1}),
            (survey(), {"value": 1, "numerator": 1}),
            (SHARE, {"value": 1, "denominator": 1}),
        ],
    )
    def test_what_it_does_not_have_is_refused(self, figure: Definition, numbers: dict[str, Any]) -> None:
        with pytest.raises(NotDoneError):
            verdict(figure, at_least(1), **numbers)

    @pytest.mark.parametrize(
        ("figure", "numbers"),
        [
            (SHARE, {"numerator": 5, "denominator": 4}),
            (SHARE, {"numerator": 5}),
            (AMOUNT, {"value": -1}),
            (AMOUNT | {"weight": "w"}, {"value": 1, "denominator": -1}),
            (DEVIATION, {"actual": 5}),
            (RATE_CHANGE, {"numerator": 5, "reference": 1}),
            (survey(), {"value": "6.1", "denominator": 10}),
            (survey(), {"value": "0.9"}),
            (survey(), {"numerator": 61, "denominator": 10}),
            (survey(), {"numerator": 20}),
            (survey(2, 1), {"value": "100.1"}),
        ],
    )
    def test_what_cannot_be_is_rejected_and_never_clipped(self, figure: Definition, numbers: dict[str, Any]) -> None:
        found = verdict(figure, at_least(1), **numbers)
        assert (found.status, found.value, found.to_green) == ("rejected", None, None)

    def test_an_amount_under_zero_is_taken_where_its_measure_may_be_negative(self) -> None:
        found = verdict(AMOUNT, at_least(0), value=-1, measures=[{"id": "v", "negative": True}])
        assert found.status == "red"

    def test_too_few_answers_are_not_shown(self) -> None:
        asked = {"least_denominator": 5, "question": {"wording": "How was it?"}}
        found = verdict(survey(), at_least(4), value="4.5", denominator=4, more=asked)
        assert (found.status, found.value, found.text) == ("too_few", None, "")

    def test_a_rate_is_not_compared_with_a_baseline_in_per_cent(self) -> None:
        figure = RATE_CHANGE | {"against": "baseline", "baseline": "b"}
        measures = [{"id": "b", "unit": "percent", "frequency": "year", "decimals": 1}]
        with pytest.raises(ValueError, match="use a share against a baseline"):
            verdict(figure, at_most(-10), reference=5, measures=measures, numerator=45, denominator=1000)


class TestEveryKindOfTarget:
    @pytest.mark.parametrize(
        ("target", "numbers", "status"),
        [
            (within(95, 100), {"value": "94.9"}, "red"),
            (within(95, 100), {"value": "95"}, "green"),
            (against("last_year"), {"value": 50, "reference": 50}, "green"),
            (against("last_year", strict=True), {"value": 50, "reference": 50}, "red"),
            (against("outside", "lower", green=0, yellow=5, by="points"), {"value": 54, "reference": 50}, "yellow"),
            (against("peers", "on_target", green=10, yellow=20), {"value": 40, "reference": 50}, "yellow"),
            (against("outside"), {"value": 50}, "not_assessable"),
            (against("outside"), {"value": 50, "reference": 0}, "green"),
            (against("outside", green=5), {"value": 50, "reference": 0}, "not_assessable"),
            (against("outside", yellow="undecided"), {"value": 50, "reference": 40}, "undecided"),
            (UNDECIDED, {"value": 50}, "undecided"),
            (UNDECIDED, {"value": 50, "target": 60}, "undecided"),
            (UNDECIDED, {"value": 50, "target": 60, "yellow": 40}, "yellow"),
            (at_least(40), {"value": 50, "target": 60, "yellow": 55}, "red"),
            ({"kind": "own_target", "better": "higher", "target": "t"}, {"value": 50, "target": 60}, "red"),
            ({"kind": "own_target", "better": "higher", "target": "t"}, {"value": 50}, "undecided"),
        ],
    )
    def test_status(self, target: Definition, numbers: dict[str, Any], status: str) -> None:
        assert verdict(SHARE, target, **numbers).status == status

    def test_a_path_is_held_against_the_day_on_which_the_period_ends(self) -> None:
        path = {"kind": "path", "better": "higher", "starts": "2013-12-31", "start": 0, "ends": "2014-12-31", "end": 73}
        assert [verdict(SHARE, path, value=each).status for each in (36, "36.2")] == ["red", "green"]

    @pytest.mark.parametrize(
        ("period", "done", "status"),
        [
            ("2014-01", 0, "not_due"),
            ("2014-01", 1, "green"),
            ("2014-03", 0, "red"),
            ("2014-03", 1, "green"),
            ("2014-09", 1, "red"),
            ("2014-09", 2, "green"),
            ("2014-09", 3, "rejected"),
        ],
    )
    def test_a_milestone_counts_the_steps_done(self, period: str, done: int, status: str) -> None:
        steps = milestone("2014-03-31", "2014-06-30")
        assert verdict(AMOUNT, steps, period, value=done, more={"decimals": 0}).status == status

    def test_more_steps_than_there_are_are_told(self) -> None:
        found = verdict(AMOUNT, milestone("2014-03-31"), value=2, more={"decimals": 0})
        assert found.why == "2 steps are done, but there are only 1"

    def test_half_a_step_is_none(self) -> None:
        found = verdict(AMOUNT, milestone("2014-03-31", "2014-06-30"), value="1.5", more={"decimals": 0})
        assert (found.status, found.why) == ("rejected", "Steps are counted whole, and 1.5 is no whole number")

    @pytest.mark.parametrize("target", [within(1, 2), against("last_year", "on_target"), milestone("2014-03-31")])
    def test_a_target_of_ones_own_is_refused_where_there_is_no_single_number(self, target: Definition) -> None:
        with pytest.raises(NotDoneError):
            verdict(AMOUNT, target, value=1, target=2)

    def test_a_target_of_ones_own_takes_the_place_of_one_that_compares(self) -> None:
        found = verdict(AMOUNT, against("last_year"), value=3, target=2, reference=5)
        assert (found.status, found.green) == ("green", "≥ 2.0")
        with pytest.raises(NotDoneError):
            verdict(AMOUNT, against("last_year"), value=3, yellow=2)


class TestTwoConditions:
    ALSO = against("last_year")

    def test_the_worse_counts_and_both_reasons_are_given(self) -> None:
        found = verdict(SHARE, at_least(70, 65), value="71", reference="72", more={"also": self.ALSO})
        assert found.status == "red"
        assert found.conditions == (
            ConditionVerdict("≥ 70", "65 – 70", "green", None),
            ConditionVerdict("≥ 72.0", "", "red", 72),
        )
        assert (found.green, found.yellow, found.target) == ("≥ 70", "65 – 70", 70)
        assert found.why == (
            "71.0% in June 2014 does not reach the target, at least 72.0% (June 2013: 72.0%). "
            "71.0% is within the target, at least 70%, in June 2014"
        )

    def test_nothing_to_compare_with_is_never_red(self) -> None:
        found = verdict(SHARE, at_least(70, 65), value="71", more={"also": self.ALSO})
        assert found.status == "not_assessable"
        assert [each.status for each in found.conditions] == ["green", "not_assessable"]

    def test_what_is_not_there_is_held_against_nothing(self) -> None:
        found = verdict(SHARE, at_least(70, 65), more={"also": self.ALSO})
        assert [each.status for each in found.conditions] == [None, None]

    def test_only_the_first_is_tried_out(self) -> None:
        found = verdict(SHARE, at_least(70, 65), value=50, target=40, yellow=30, more={"also": at_least(60)})
        assert [each.green for each in found.conditions] == ["≥ 40", "≥ 60"]


class TestTheOfficesOwnTarget:
    UNITS: ClassVar = [
        {"unit": "Here", "target": at_least(10)},
        {"level": "area", "unit": "East", "target": at_least(20)},
        {"level": "region", "unit": "North", "target": at_least(30)},
        {"level": "country", "unit": "Land", "target": at_least(40)},
    ]

    @pytest.mark.parametrize(
        ("units", "target"),
        [
            ({"office": "here", "area": "East", "region": "North"}, 10),
            ({"office": "There", "area": "east", "region": "North"}, 20),
            ({"office": "There", "region": "North"}, 30),
            ({"office": "There"}, 40),
            ({}, 40),
        ],
    )
    def test_the_nearest_unit_goes_first(self, units: dict[str, str], target: int) -> None:
        found = verdict(SHARE, UNDECIDED, value=5, more={"unit_targets": self.UNITS}, **units)
        assert (found.target, found.status) == (target, "red")


class TestWhatItTakes:
    def test_an_amount_moves_by_the_decimals_that_it_is_typed_with(self) -> None:
        found = verdict(AMOUNT, at_least(20), value="19.5", more={"decimals": 1}, measures=[{"id": "v", "decimals": 2}])
        assert found.to_green == {"value": 0.45}

    def test_an_amount_shown_with_decimals_moves_by_whole_cases_where_these_are_typed(self) -> None:
        assert verdict(AMOUNT, at_least("19.5"), value=19).to_green == {"value": 1}

    def test_steps_done_are_named_so(self) -> None:
        found = verdict(AMOUNT, milestone("2014-03-31", "2014-05-31"), value=0, more={"decimals": 0})
        assert (found.to_green, found.reachable) == ({"done": 2}, True)

    def test_both_conditions_are_met(self) -> None:
        found = verdict(
            SHARE, at_least(50), numerator=1, denominator=4, reference=75, more={"also": against("last_year")}
        )
        assert (found.to_green, found.reachable) == ({"numerator": 2}, True)

    def test_answers_cannot_be_moved(self) -> None:
        found = verdict(survey(), at_least(5), numerator=40, denominator=10)
        assert (found.to_green, found.reachable) == (None, None)
