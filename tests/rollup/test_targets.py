"""What totals are held against, for every kind of target."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from tests.rollup.kinds import (
    COUNT,
    NONE,
    SHARE,
    WEIGHTED,
    against,
    at_least,
    at_most,
    green,
    office,
    roll,
    scorecard_of,
    total,
)
from tests.rollup.small import register, told
from xlmalekort.judging.bands import Lack
from xlmalekort.model.figures import Status
from xlmalekort.model.measures import Level
from xlmalekort.model.register import Office
from xlmalekort.model.targets import Reference
from xlmalekort.rollup.results import Unit

UNIT_TARGETS = [
    {"unit": "A", "target": at_most(10, 12)},
    {"unit": "B", "target": at_most(20, 25)},
]


def test_at_most_four_each_is_at_most_four_times_the_offices() -> None:
    rollup = roll(scorecard_of(COUNT, at_most(4, 6)), {"A": {"v": 3}, "B": {"v": 5}, "C": {"v": 4}})
    assert told(total(rollup).judgement.value, *green(total(rollup)), total(rollup).judgement.status) == (
        12,
        None,
        12,
        Status.GREEN,
    )
    assert office(rollup, "B").judgement.status is Status.YELLOW


def test_a_sum_is_held_against_the_sum_of_the_targets_of_those_that_are_in() -> None:
    scorecard = scorecard_of(COUNT, at_most(4))
    rollup = roll(scorecard, {"A": {"v": 3}, "B": {"v": 9}, "C": {"v": "?"}}, register("A", "B", "C", "D"))
    assert told(total(rollup).reported, *green(total(rollup))) == (2, None, 8)
    nobody = roll(scorecard, {"A": {"v": 3}}, register("A", "B"), chosen=None)
    assert green(total(nobody, "2009-02")) == (None, 8)


def test_targets_of_single_offices_add_up_edge_by_edge() -> None:
    scorecard = scorecard_of(COUNT, at_most(4, 5), unit_targets=UNIT_TARGETS)
    result = total(roll(scorecard, {"A": {"v": 3}, "B": {"v": 9}, "C": {"v": 1}}))
    band = result.judgement.band
    assert band is not None
    assert told(band.green.high, band.outer.high) == (34, 42)


def test_a_share_with_targets_that_differ_has_an_undecided_total() -> None:
    scorecard = scorecard_of(SHARE, at_most(4, 5), unit_targets=UNIT_TARGETS, better="lower")
    figures = {"n": 1, "d": 20}
    given = register(Office("A", "Hill"), Office("B", "Hill"), Office("C", "Dale"), Office("D", "Dale"))
    rollup = roll(scorecard, dict.fromkeys("ABCD", figures), given)
    assert total(rollup).judgement.status is Status.UNDECIDED
    assert total(rollup).judgement.value == 5
    assert total(rollup, unit=Unit(Level.AREA, "Hill")).judgement.status is Status.UNDECIDED
    assert total(rollup, unit=Unit(Level.AREA, "Dale")).judgement.status is Status.YELLOW
    assert office(rollup, "A").judgement.status is Status.GREEN


@pytest.mark.parametrize(("level", "name"), [("area", "Hill"), ("region", "North")])
def test_the_target_of_an_area_or_a_region_holds_for_all_its_offices(level: str, name: str) -> None:
    targets = [{"level": level, "unit": name.upper(), "target": at_least(90)}]
    scorecard = scorecard_of(SHARE, at_least(50), unit_targets=targets)
    given = register(Office("A", "Hill", "North"), Office("B", "Dale", "South"))
    rollup = roll(scorecard, {"A": {"n": 8, "d": 10}, "B": {"n": 8, "d": 10}}, given)
    assert told(*(office(rollup, each).judgement.status for each in "AB")) == (Status.RED, Status.GREEN)
    assert total(rollup).judgement.status is Status.UNDECIDED


def test_a_sum_with_one_unit_without_a_target_is_undecided() -> None:
    scorecard = scorecard_of(COUNT, NONE, unit_targets=UNIT_TARGETS)
    rollup = roll(scorecard, {"A": {"v": 3}, "B": {"v": 9}, "C": {"v": 1}})
    assert told(total(rollup).judgement.value, total(rollup).judgement.status) == (13, Status.UNDECIDED)


def test_bands_of_different_shapes_do_not_add_up() -> None:
    targets = [{"unit": "A", "target": at_least(4)}]
    rollup = roll(scorecard_of(COUNT, at_most(4), unit_targets=targets), {"A": {"v": 3}, "B": {"v": 9}})
    assert total(rollup).judgement.status is Status.UNDECIDED


def test_own_targets_without_a_zone_add_up() -> None:
    own = {"kind": "own_target", "better": "higher", "target": "t"}
    scorecard = scorecard_of(COUNT, own, measures={"t": {"role": "target"}})
    result = total(roll(scorecard, {"A": {"v": 8, "t": 10}, "B": {"v": 8, "t": 5}}))
    assert told(*green(result), result.judgement.observed.own_target) == (15, None, 15)


def test_sums_are_held_against_the_sum_of_plans() -> None:
    scorecard = scorecard_of(
        COUNT,
        against("plan", "b", better="on_target", green=10, yellow=20),
        measures={"b": {"role": "plan", "frequency": "year"}},
    )
    offices = {"A": {"2009-01": {"v": 90}, "2009": {"b": 100}}, "B": {"2009-01": {"v": 300}, "2009": {"b": 200}}}
    rollup = roll(scorecard, offices, today=date(2009, 3, 5))
    assert told(*green(office(rollup, "A")), office(rollup, "A").judgement.status) == (90, 110, Status.GREEN)
    assert told(*green(total(rollup)), total(rollup).judgement.conditions[0].reference) == (270, 330, 300)
    assert total(rollup).judgement.status is Status.RED


def test_a_sum_is_undecided_where_somebody_has_no_plan() -> None:
    scorecard = scorecard_of(COUNT, against("plan", "b"), measures={"b": {"role": "plan"}})
    rollup = roll(scorecard, {"A": {"v": 90, "b": 100}, "B": {"v": 300}})
    assert office(rollup, "B").judgement.status is Status.NOT_ASSESSABLE
    assert told(total(rollup).judgement.status, total(rollup).judgement.value) == (Status.UNDECIDED, 390)


def test_a_plan_of_nothing_adds_up_all_the_same() -> None:
    scorecard = scorecard_of(COUNT, against("plan", "b", green=10), measures={"b": {"role": "plan"}})
    rollup = roll(scorecard, {"A": {"v": 5, "b": 0}, "B": {"v": 300, "b": 100}})
    assert office(rollup, "A").judgement.conditions[0].lack is Lack.REFERENCE_ZERO
    assert green(total(rollup)) == (110, None)


def test_points_above_a_plan_are_added_for_each_office() -> None:
    target = against("plan", "b", by="points", green=2)
    rollup = roll(
        scorecard_of(COUNT, target, measures={"b": {"role": "plan"}}), {"A": {"v": 5, "b": 10}, "B": {"v": 3, "b": 20}}
    )
    assert told(*green(total(rollup)), total(rollup).judgement.conditions[0].reference) == (34, None, 30)


def test_a_rate_of_the_region_stands_once_and_holds_for_all_its_offices_and_its_total() -> None:
    scorecard = scorecard_of(
        SHARE,
        against("outside", "r", better="lower", by="points", strict=True),
        measures={"r": {"role": "reference", "level": "region", "unit": "percent", "decimals": 1}},
        better="lower",
    )
    given = register(*(Office(name, "Hill", "North") for name in "ABC"))
    rollup = roll(
        scorecard, {"A": {"n": 2, "d": 100, "r": "3.1"}, "B": {"n": 4, "d": 100}, "C": {"n": 0, "d": 9}}, given
    )
    assert [office(rollup, name).judgement.status for name in "ABC"] == [Status.GREEN, Status.RED, Status.GREEN]
    north = total(rollup, unit=Unit(Level.REGION, "North")).judgement
    assert told(north.status, north.conditions[0].reference) == (Status.GREEN, Fraction("3.1"))
    assert [(fact.level, fact.unit) for fact in rollup.facts if fact.measure == "r"] == [("region", "North")]


def test_rates_of_two_regions_leave_the_country_undecided() -> None:
    scorecard = scorecard_of(
        SHARE,
        against("outside", "r"),
        measures={"r": {"role": "reference", "level": "region", "unit": "percent", "decimals": 1}},
    )
    given = register(Office("A", "", "North"), Office("B", "", "South"))
    rollup = roll(scorecard, {"A": {"n": 2, "d": 9, "r": 3}, "B": {"n": 4, "d": 9, "r": 4}}, given)
    assert total(rollup).judgement.status is Status.UNDECIDED
    assert total(rollup, unit=Unit(Level.REGION, "South")).judgement.status is Status.GREEN


def test_copies_of_the_region_s_rate_that_differ_are_told_and_not_used() -> None:
    scorecard = scorecard_of(
        SHARE, against("outside", "r"), measures={"r": {"role": "reference", "level": "region", "unit": "percent"}}
    )
    given = register(Office("A", "", "North"), Office("B", "", "North"))
    rollup = roll(scorecard, {"A": {"n": 2, "d": 9, "r": 3}, "B": {"n": 4, "d": 9, "r": 4}}, given)
    assert {problem.code for problem in rollup.problems} == {"DLV-006"}
    assert office(rollup, "A").judgement.status is Status.NOT_ASSESSABLE


# Earlier values


def test_shares_are_held_against_the_share_of_the_same_units_a_year_ago() -> None:
    scorecard = scorecard_of(SHARE, against("last_year", by="points"))
    offices = {
        "A": {"2009-01": {"n": 1, "d": 2}, "2008-01": {"n": 1, "d": 4}},
        "B": {"2009-01": {"n": 30, "d": 100}, "2008-01": {"n": 40, "d": 96}},
        "C": {"2009-01": {"n": 9, "d": 10}},
    }
    result = total(roll(scorecard, offices, register("A", "B", "C")))
    assert told(result.numerator, result.denominator, *green(result)) == (31, 102, 41, None)
    assert told(result.reported, result.is_complete, result.is_partial) == (3, True, True)
    assert told(result.judgement.status, result.judgement.shown) == (Status.RED, Fraction("30.4"))
    assert {source.file for source in result.find_sources()} == {"A.xlsx", "B.xlsx"}


def test_where_nobody_has_the_year_before_the_total_is_shown_with_nothing_to_compare_with() -> None:
    scorecard = scorecard_of(SHARE, against("last_year", by="points"))
    result = total(roll(scorecard, {"A": {"n": 1, "d": 2}, "B": {"n": 30, "d": 100}}))
    assert told(result.numerator, result.judgement.value is not None, result.is_partial) == (31, True, False)
    assert told(result.judgement.status, result.judgement.conditions[0].lack) == (
        Status.NOT_ASSESSABLE,
        Lack.NO_REFERENCE,
    )


def test_means_of_the_year_before_are_weighted_by_the_cases_of_then() -> None:
    scorecard = scorecard_of(WEIGHTED, against("last_year", better="lower"), better="lower")
    offices = {
        "A": {"2009-01": {"m": 10, "w": 1}, "2008-01": {"m": 30, "w": 3}},
        "B": {"2009-01": {"m": 20, "w": 9}, "2008-01": {"m": 10, "w": 1}},
    }
    result = total(roll(scorecard, offices))
    assert told(result.judgement.value, result.judgement.conditions[0].reference) == (19, 25)
    assert result.judgement.observed.upper == 190


def test_a_mean_of_the_year_before_without_its_weight_is_not_compared_in_a_total() -> None:
    scorecard = scorecard_of(WEIGHTED, against("last_year", better="lower"), better="lower")
    offices = {
        "A": {"2009-01": {"m": 10, "w": 1}, "2008-01": {"m": 30, "w": 3}},
        "B": {"2009-01": {"m": 20, "w": 9}, "2008-01": {"m": 10}},
    }
    rollup = roll(scorecard, offices)
    assert office(rollup, "B").judgement.status is Status.RED
    result = total(rollup)
    assert told(result.judgement.value, result.judgement.conditions[0].reference, result.is_partial) == (10, 30, True)


def test_counts_of_the_year_before_add_up_and_one_of_nothing_does_not_stop_them() -> None:
    scorecard = scorecard_of(COUNT, against("last_year", better="lower", green=-10), better="lower")
    offices = {"A": {"2009-01": {"v": 1}, "2008-01": {"v": 0}}, "B": {"2009-01": {"v": 40}, "2008-01": {"v": 50}}}
    rollup = roll(scorecard, offices)
    assert office(rollup, "A").judgement.status is Status.NOT_ASSESSABLE
    assert told(*green(total(rollup)), total(rollup).judgement.status) == (None, 45, Status.GREEN)


def test_a_second_condition_is_held_by_its_own_rule_and_the_worse_counts() -> None:
    scorecard = scorecard_of(SHARE, at_least(40), also=against("last_year", by="points"))
    offices = {
        "A": {"2009-01": {"n": 50, "d": 100}, "2008-01": {"n": 60, "d": 100}},
        "B": {"2009-01": {"n": 50, "d": 100}, "2008-01": {"n": 50, "d": 100}},
    }
    result = total(roll(scorecard, offices))
    assert told(green(result)[0], green(result, 1)[0]) == (40, 55)
    assert told(result.judgement.status, result.judgement.verdicts) == (Status.RED, (Status.GREEN, Status.RED))


def test_a_break_parts_a_total_from_its_earlier_value() -> None:
    scorecard = scorecard_of(
        SHARE, against("last_year", by="points"), breaks=[{"starts": "2008-07-01", "reason": "counted anew"}]
    )
    offices = {"A": {"2009-01": {"n": 50, "d": 100}, "2008-01": {"n": 60, "d": 100}}}
    assert total(roll(scorecard, offices)).judgement.status is Status.NOT_ASSESSABLE


# Changes


def test_a_change_of_a_rate_compares_the_rates_of_the_sums() -> None:
    figure = {"kind": "change", "value": "n", "per": "d", "against": "last_year"}
    offices = {
        "A": {"2009-01": {"n": 5, "d": 100}, "2008-01": {"n": 8, "d": 100}},
        "B": {"2009-01": {"n": 3, "d": 300}, "2008-01": {"n": 2, "d": 100}},
    }
    result = total(roll(scorecard_of(figure, at_most(-10), better="lower"), offices))
    assert result.judgement.value == Fraction(8 * 200 - 10 * 400, 10 * 400) * 100


def test_a_baseline_of_a_rate_is_weighted_by_today_s_cases_never_averaged() -> None:
    figure = {"kind": "change", "value": "n", "per": "d", "against": "baseline", "baseline": "b"}
    scorecard = scorecard_of(
        figure,
        at_most(-10),
        measures={"b": {"role": "baseline", "frequency": "year", "kind": "rolling", "unit": "points", "decimals": 2}},
        better="lower",
    )
    offices = {
        "A": {"2009-01": {"n": 4, "d": 100}, "2009": {"b": "0.05"}},
        "B": {"2009-01": {"n": 36, "d": 300}, "2009": {"b": "0.13"}},
        "C": {"2009-01": {"n": 99, "d": 100}},
    }
    rollup = roll(scorecard, offices, register("A", "B", "C"), today=date(2009, 3, 5))
    result = total(rollup)
    expected = Fraction("0.05") * 100 + Fraction("0.13") * 300
    compared = result.judgement.observed.reference(Reference.BASELINE)
    assert compared is not None
    assert compared.upper == expected / 400
    assert result.judgement.value == (Fraction(40) - expected) / expected * 100
    assert told(result.reported, result.is_partial) == (3, True)


def test_a_baseline_of_a_number_adds_up() -> None:
    figure = {"kind": "change", "value": "v", "against": "baseline", "baseline": "b"}
    scorecard = scorecard_of(figure, at_least(5), measures={"b": {"role": "baseline"}})
    result = total(roll(scorecard, {"A": {"v": 50, "b": 100}, "B": {"v": 400, "b": 200}}))
    assert result.judgement.value == 50


def test_a_change_with_a_target_for_each_office_has_an_undecided_total() -> None:
    figure = {"kind": "change", "value": "v", "against": "last_year"}
    targets = [{"unit": "A", "target": at_most(-10)}, {"unit": "B", "target": at_most(-20)}]
    offices = {name: {"2009-01": {"v": 85}, "2008-01": {"v": 100}} for name in "AB"}
    rollup = roll(scorecard_of(figure, NONE, unit_targets=targets, better="lower"), offices)
    assert [office(rollup, name).judgement.status for name in "AB"] == [Status.GREEN, Status.RED]
    assert told(total(rollup).judgement.value, total(rollup).judgement.status) == (-15, Status.UNDECIDED)


# Milestones and answers


STEPS = {
    "kind": "milestone",
    "steps": [{"title": "plan", "due": "2009-01-31"}, {"title": "use", "due": "2009-06-30"}],
}
LATE = {"kind": "milestone", "steps": [{"title": "plan", "due": "2009-06-30"}]}


def test_steps_due_are_counted_and_none_who_is_ahead_makes_up_for_one_behind() -> None:
    scorecard = scorecard_of(COUNT, STEPS, decimals=0)
    rollup = roll(scorecard, {"A": {"v": 2}, "B": {"v": 1}, "C": {"v": 0}})
    assert told(total(rollup).judgement.value, *green(total(rollup)), total(rollup).judgement.status) == (
        2,
        3,
        None,
        Status.RED,
    )
    assert total(rollup).numerator == Fraction(3)
    assert office(rollup, "C").judgement.status is Status.RED


def test_those_who_wait_for_their_first_step_ask_nothing_of_the_total() -> None:
    scorecard = scorecard_of(COUNT, STEPS, unit_targets=[{"unit": "B", "target": LATE}], decimals=0)
    assert green(total(roll(scorecard, {"A": {"v": 1}, "B": {"v": 0}}))) == (1, None)
    waiting = scorecard_of(COUNT, LATE, decimals=0)
    result = total(roll(waiting, {"A": {"v": 0}, "B": {"v": 0}}))
    assert told(result.judgement.status, result.judgement.value) == (Status.NOT_DUE, 0)
    assert total(roll(waiting, {"A": {"v": 1}, "B": {"v": 0}})).judgement.status is Status.GREEN


def test_answers_are_added_category_by_category() -> None:
    figure = {"kind": "distribution", "counts": ["a1", "a2", "a3"], "categories": ["no", "perhaps", "yes"]}
    offices = {"A": {"a1": 1, "a2": 0, "a3": 1}, "B": {"a1": 0, "a2": 0, "a3": 8}}
    result = total(roll(scorecard_of(figure, at_least(2)), offices))
    assert told(result.numerator, result.denominator, result.judgement.value) == (28, 10, Fraction("2.8"))
    share = total(roll(scorecard_of({**figure, "share_of": [2, 3]}, at_least(2)), offices))
    assert told(share.numerator, share.denominator, share.judgement.value) == (9, 10, 90)
