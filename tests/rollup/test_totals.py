"""Adding up, rule by rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from tests.rollup.small import (
    FEBRUARY,
    JANUARY,
    LENIENT,
    MARCH,
    SMALL,
    codes,
    figures,
    handed_in,
    land,
    of_figures,
    of_office,
    register,
    rolled,
    told,
)
from xlmalekort.judging.bands import Lack
from xlmalekort.judging.values import Compared
from xlmalekort.model.figures import Status
from xlmalekort.model.measures import Level
from xlmalekort.model.periods import Period
from xlmalekort.model.register import Office
from xlmalekort.model.targets import Reference
from xlmalekort.rollup.results import Unit

NORTH = [Office("A", "Hill", "North"), Office("B", "Hill", "North"), Office("C", "Dale", "North")]


def test_shares_add_numerators_and_denominators_never_percentages() -> None:
    total = land(rolled([handed_in("A", {"s.n": 1, "s.d": 2}), handed_in("B", {"s.n": 80, "s.d": 100})]), "share")
    assert told(total.numerator, total.denominator) == (81, 102)
    assert total.judgement.value == Fraction(8100, 102)
    assert total.judgement.status is Status.GREEN


def test_half_a_pair_does_not_enter_and_makes_the_total_incomplete() -> None:
    rollup = rolled([handed_in("A", {"s.n": 1, "s.d": 2}), handed_in("B", {"s.n": 80})], register("A", "B"))
    total = land(rollup, "share")
    assert told(total.numerator, total.denominator, total.reported, total.expected) == (1, 2, 1, 2)
    assert (total.is_complete, total.is_partial) == (False, True)
    assert of_office(rollup, "share", "B").judgement.status is Status.REJECTED


def test_an_impossible_pair_does_not_enter() -> None:
    total = land(rolled([handed_in("A", {"s.n": 1, "s.d": 2}), handed_in("B", {"s.n": 3, "s.d": 2})]), "share")
    assert told(total.numerator, total.reported) == (1, 1)


def test_zero_is_reported_and_blank_is_not() -> None:
    rollup = rolled([handed_in("A", {"s.n": 0, "s.d": 0}), handed_in("B", {"r.one": 1})], register("A", "B"))
    assert of_office(rollup, "share", "A").judgement.status is Status.NOT_ASSESSABLE
    assert of_office(rollup, "share", "B").judgement.status is Status.MISSING
    assert land(rollup, "share").judgement.lack is Lack.NO_CASES
    assert land(rollup, "share").reported == 1


def test_deviations_compare_summed_actual_with_summed_plan_of_the_same_units() -> None:
    files = [
        handed_in("A", {"d.a": 90, "d.p": 100}),
        handed_in("B", {"d.a": 310, "d.p": 300}),
        handed_in("C", {"d.p": 9}),
    ]
    total = land(rolled(files, register("A", "B", "C")), "deviation")
    assert told(total.numerator, total.denominator, total.judgement.value) == (400, 400, 0)
    assert (total.reported, total.is_complete) == (2, False)


def test_counts_add_up_and_are_held_against_the_summed_targets_of_the_same_units() -> None:
    files = [
        handed_in("A", {"c.v": 8, "c.t": 10, "c.y": 7}),
        handed_in("B", {"c.v": 30, "c.t": 25, "c.y": 20}),
        handed_in("C", {"c.t": 500, "c.y": 400}, {"c.v": 1}),
    ]
    total = land(rolled(files), "count")
    assert told(total.numerator, total.judgement.observed.own_target, total.judgement.observed.own_yellow) == (
        38,
        35,
        27,
    )
    assert total.judgement.status is Status.GREEN


def test_a_count_without_a_target_leaves_the_total_undecided() -> None:
    total = land(rolled([handed_in("A", {"c.v": 8, "c.t": 10, "c.y": 7}), handed_in("B", {"c.v": 30})]), "count")
    assert told(total.numerator, total.judgement.status) == (38, Status.UNDECIDED)


def test_means_are_weighted_and_a_unit_without_weight_does_not_enter() -> None:
    files = [
        handed_in("A", {"w.v": "10.5", "w.w": 2}),
        handed_in("B", {"w.v": 30, "w.w": 6}),
        handed_in("C", {"w.v": 99}),
    ]
    rollup = rolled(files, register("A", "B", "C"))
    total = land(rollup, "weighted")
    assert told(total.numerator, total.denominator, total.judgement.value) == (201, 8, Fraction(201, 8))
    assert (total.reported, total.expected, total.is_complete) == (2, 3, False)
    assert of_office(rollup, "weighted", "C").judgement.value == 99
    assert of_office(rollup, "weighted", "C").reported == 0


def test_a_weight_without_a_value_reports_nothing() -> None:
    rollup = rolled([handed_in("A", {"w.w": 5})], register("A"))
    assert land(rollup, "weighted").judgement.status is Status.UNDECIDED
    assert land(rollup, "weighted").reported == 0


def test_means_with_weights_of_nothing_cannot_be_judged() -> None:
    total = land(rolled([handed_in("A", {"w.v": 5, "w.w": 0, "w.t": 4, "w.y": 9})]), "weighted")
    assert (total.judgement.value, total.judgement.status, total.reported) == (None, Status.NOT_ASSESSABLE, 1)


@pytest.mark.parametrize(("second", "status"), [(20, Status.GREEN), (25, Status.UNDECIDED)])
def test_a_mean_is_judged_by_targets_only_where_all_units_share_them(second: int, status: Status) -> None:
    files = [
        handed_in("A", {"w.v": 10, "w.w": 1, "w.t": 20, "w.y": 30}),
        handed_in("B", {"w.v": 12, "w.w": 1, "w.t": second, "w.y": 30}),
    ]
    assert land(rolled(files), "weighted").judgement.status is status


def test_changes_compare_only_units_that_have_both_periods() -> None:
    files = [handed_in("A", {"x.v": 10}, {"x.v": 15}), handed_in("B", {}, {"x.v": 1000}), handed_in("C", {"x.v": 500})]
    total = land(rolled(files), "change", FEBRUARY)
    assert told(total.numerator, total.judgement.observed.reference(Reference.PREVIOUS), total.judgement.value) == (
        15,
        Compared(Fraction(10)),
        50,
    )
    assert (total.reported, total.is_partial) == (2, True)
    assert {source.file for source in total.find_sources()} == {"A.xlsx"}
    first = land(rolled(files), "change", JANUARY)
    assert (first.judgement.status, first.judgement.lack) == (Status.NOT_ASSESSABLE, Lack.NO_REFERENCE)


def test_a_change_is_reported_and_complete_without_an_earlier_period_to_compare_with() -> None:
    files = [handed_in("A", {"x.v": 10}, {"x.v": 15}), handed_in("B", {"x.v": 20}, {"x.v": 25})]
    rollup = rolled(files, register("A", "B"))
    office, total = of_office(rollup, "change", "A"), land(rollup, "change")
    assert told(office.reported, office.is_complete, office.is_partial) == (1, True, False)
    assert told(total.reported, total.expected, total.is_complete, total.is_partial) == (2, 2, True, True)
    whole = land(rollup, "change", FEBRUARY)
    assert told(whole.reported, whole.is_complete, whole.is_partial) == (2, True, False)


def test_a_change_that_cannot_be_used_is_neither_reported_nor_complete() -> None:
    rollup = rolled([handed_in("A", {"x.v": 10}), handed_in("B", {"x.v": "?"})], register("A", "B"))
    assert told(land(rollup, "change").reported, land(rollup, "change").is_complete) == (1, False)
    assert told(of_office(rollup, "change", "B").reported, of_office(rollup, "change", "B").is_complete) == (0, False)


def test_a_change_in_january_compares_with_the_reference_figures_which_are_no_submission() -> None:
    december = Period.parse("2008-12")
    reference = figures("A.xlsx", {"x.v": 20}, december)
    rollup = rolled([handed_in("A", {"x.v": 30}, reference=reference)])
    assert land(rollup, "change").judgement.value == 50
    assert all(result.period.year == 2009 for result in rollup.results)


def test_what_neither_adds_up_nor_has_a_weight_has_no_total_and_says_so() -> None:
    rollup = rolled([handed_in("A", {"m.v": 80}), handed_in("B", {"m.v": 60})])
    total = land(rollup, "mean")
    assert (total.judgement.value, total.judgement.status, total.judgement.lack) == (
        None,
        Status.NOT_ASSESSABLE,
        Lack.NO_TOTAL,
    )
    assert (total.reported, codes(rollup)) == (2, ["ROL-001"])
    assert of_office(rollup, "mean", "A").judgement.status is Status.GREEN


def test_a_plain_mean_is_made_where_the_definition_asks_for_it_and_is_marked() -> None:
    total = land(rolled([handed_in("A", {"u.v": 80}), handed_in("B", {"u.v": 61})]), "plain")
    assert (total.judgement.value, total.is_unweighted) == (Fraction(141, 2), True)


def test_area_figures_count_once_for_the_area() -> None:
    copy = {"a.a": 51, "a.p": 50}
    files = [handed_in("A", copy), handed_in("B", copy), handed_in("C", {"a.a": 48, "a.p": 50})]
    rollup = rolled(files, register(*NORTH))
    total = land(rollup, "area")
    assert told(total.numerator, total.denominator, total.reported, total.expected) == (99, 100, 2, 2)
    assert rollup.result["area", JANUARY, Unit(Level.AREA, "Hill")].numerator == 51
    assert not [result for result in rollup.results if result.indicator.id == "area" and result.unit.level == "office"]


def test_copies_of_an_area_figure_that_differ_are_all_told_and_none_counts() -> None:
    files = [
        handed_in("A", {"a.a": 51, "a.p": 50}),
        handed_in("B", {"a.a": 52, "a.p": 50}),
        handed_in("C", {"a.a": 48, "a.p": 50}),
    ]
    rollup = rolled(files, register(*NORTH))
    differing = [(problem.file, problem.got, problem.slots["other"]) for problem in rollup.problems]
    assert differing == [("A.xlsx", "51", "52"), ("B.xlsx", "52", "51")]
    assert set(codes(rollup)) == {"DLV-006"}
    assert rollup.result["area", JANUARY, Unit(Level.AREA, "Hill")].judgement.status is Status.REJECTED
    assert told(land(rollup, "area").numerator, land(rollup, "area").is_complete) == (48, False)


def test_a_blank_copy_of_an_area_figure_is_no_copy() -> None:
    rollup = rolled(
        [handed_in("A", {"a.a": 51, "a.p": 50}), handed_in("B", {"s.n": 1, "s.d": 1})], register(*NORTH[:2])
    )
    assert told(land(rollup, "area").numerator, land(rollup, "area").is_complete, codes(rollup)) == (51, True, [])


def test_every_open_office_of_the_register_has_a_result() -> None:
    rollup = rolled([handed_in("A", {"s.n": 1, "s.d": 2})], register("A", "B", Office("C", starts=date(2009, 2, 15))))
    assert of_office(rollup, "share", "B").judgement.status is Status.MISSING
    assert ("share", JANUARY, Unit(Level.OFFICE, "C")) not in rollup.result
    assert [land(rollup, "share", period).expected for period in (JANUARY, FEBRUARY)] == [2, 3]


def test_exempt_offices_are_neither_expected_nor_counted() -> None:
    given = register("A", Office("B", exempt=frozenset({"share"})))
    rollup = rolled([handed_in("A", {"s.n": 1, "s.d": 2}), handed_in("B", {"s.n": 5, "s.d": 5})], given)
    total = land(rollup, "share")
    assert told(total.numerator, total.reported, total.expected, total.is_complete) == (1, 1, 1, True)
    assert of_office(rollup, "share", "B").judgement.status is Status.NOT_APPLICABLE
    (problem,) = rollup.problems
    assert (problem.code, problem.file, problem.unit, problem.indicator) == ("DLV-012", "B.xlsx", "B", "share")
    everybody = rolled([handed_in("B", {"s.n": 5, "s.d": 5})], register(given.offices[1]))
    assert land(everybody, "share").judgement.status is Status.NOT_APPLICABLE


def test_figures_of_an_exempt_office_are_told_once_for_each_indicator() -> None:
    exempt = frozenset({"share", "mean", "plain"})
    file = handed_in("B", {"s.n": 5, "s.d": 5, "m.v": 1}, {"s.n": 6, "s.d": 6})
    rollup = rolled([file], register(Office("B", exempt=exempt)))
    told_of = [(each.unit, each.indicator) for each in rollup.problems if each.code == "DLV-012"]
    assert told_of == [("B", "mean"), ("B", "share")]
    assert codes(rolled([handed_in("B", {"c.v": 1})], register(Office("B", exempt=exempt)))) == []


def test_what_an_area_holds_is_exempt_only_where_all_its_offices_are() -> None:
    files = [handed_in(name, {"a.a": 51, "a.p": 50}) for name in "AB"]
    one, other = (Office(name, "Hill", "North", exempt=frozenset({"area"})) for name in "AB")
    assert codes(rolled(files, register(one, replace(other, exempt=frozenset())))) == []
    (problem,) = rolled(files, register(one, other)).problems
    assert (problem.code, problem.level, problem.unit) == ("DLV-012", "area", "Hill")


def test_exemptions_are_held_against_the_scorecard_of_the_run() -> None:
    given = register(Office("A", exempt=frozenset({"SHARE", "ALLE"})), Office("B", exempt=frozenset({"ALLE"})))
    rollup = rolled([handed_in(name, {"c.v": 5}) for name in "AB"], given)
    assert of_office(rollup, "share", "A").judgement.status is Status.NOT_APPLICABLE
    unknown = [(each.code, each.unit, each.got) for each in rollup.problems]
    assert unknown == [("OFF-006", "A", "ALLE"), ("OFF-006", "B", "ALLE")]


def test_without_a_register_nobody_knows_how_many_are_expected() -> None:
    total = land(rolled([handed_in("A", {"s.n": 1, "s.d": 2})]), "share")
    assert (total.expected, total.is_complete, total.is_partial) == (None, None, False)


def test_without_a_register_the_workbooks_say_where_offices_belong() -> None:
    rollup = rolled([handed_in("A", {"s.n": 1, "s.d": 2}, area="Hill", region="North")])
    levels = [(result.unit.level, result.unit.name) for result in rollup.results if result.indicator.id == "share"][:4]
    assert levels == [("office", "A"), ("area", "Hill"), ("region", "North"), ("country", "Land")]


def test_a_total_below_the_least_coverage_is_partial() -> None:
    files = [handed_in(name, {"s.n": 1, "s.d": 2}, scorecard=LENIENT) for name in "AB"]
    for offices, partial in (("ABCD", False), ("ABCDE", True)):
        assert land(rolled(files, register(*offices), scorecard=LENIENT), "share").is_partial is partial


def test_nothing_reported_is_missing_once_due_and_not_due_before() -> None:
    file = handed_in("A", {"r.one": 1}, {"r.one": 1}, {"r.one": 1})
    rollup = rolled([file], register("A"), today=date(2009, 4, 1))
    assert [land(rollup, "share", period).judgement.status for period in (FEBRUARY, MARCH)] == [
        Status.MISSING,
        Status.NOT_DUE,
    ]


def test_a_total_of_what_is_only_rejected_is_rejected() -> None:
    assert land(rolled([handed_in("A", {"s.n": "?", "s.d": 2})]), "share").judgement.status is Status.REJECTED


def test_a_level_named_as_the_one_above_is_not_shown_twice_but_an_office_always_is() -> None:
    given = register(Office("A", "Hill", "Hill"), Office("Land", "B", "Land"), Office("C", "", "C"))
    rollup = rolled([handed_in("A", {"s.n": 1, "s.d": 2})], given)
    units = {result.unit for result in rollup.results if result.indicator.id == "share"}
    assert units == {
        *(Unit(Level.OFFICE, name) for name in ("A", "Land", "C")),
        Unit(Level.AREA, "B"),
        Unit(Level.REGION, "Hill"),
        Unit(Level.REGION, "C"),
        Unit(Level.COUNTRY, "Land"),
    }


def test_a_chosen_period_shows_the_latest_own_period_that_has_ended_by_then() -> None:
    may = Period.parse("2009-05")
    quarter = Period.parse("2009-Q1")
    found = (
        figures("A", {"s.n": 1, "s.d": 2}, may)
        | figures("A", {"q.v": 80}, quarter)
        | figures("A", {"h.v": 9, "h.w": 1}, FEBRUARY)
    )
    found |= figures("A", {"h.v": 8, "h.w": 1}, Period.parse("2009-06"))
    rollup = rolled([of_figures("A", found)], chosen=may)
    own = {result.indicator.id: result.period for result in rollup.results}
    assert (own["share"], own["quarterly"], own["held"]) == (may, quarter, FEBRUARY)
    assert {total.period for total in rollup.totals if total.measure == "q.v"} == {quarter}


def test_what_is_measured_when_held_has_only_the_months_in_which_it_was() -> None:
    rollup = rolled([handed_in("A", {}, {"h.v": 70, "h.w": 3})], register("A", "B"))
    assert {result.period for result in rollup.results if result.indicator.id == "held"} == {FEBRUARY}
    assert of_office(rollup, "held", "B", FEBRUARY).judgement.status is Status.NOT_DUE


def test_sources_are_the_cells_of_the_units_that_are_in_found_late() -> None:
    rollup = rolled(
        [handed_in("B", {"s.n": 1, "s.d": 2}), handed_in("A", {"s.n": 3, "s.d": 4}), handed_in("C", {"s.n": 3})],
        register("B", "A", "C"),
    )
    sources = [(source.file, source.cell) for source in land(rollup, "share").find_sources()]
    assert sources == [("B.xlsx", "E1"), ("B.xlsx", "E2"), ("A.xlsx", "E1"), ("A.xlsx", "E2")]
    assert [source.cell for source in of_office(rollup, "share", "C").find_sources()] == ["E1"]


def test_measures_add_up_and_means_do_not() -> None:
    rollup = rolled(
        [handed_in("A", {"s.n": 1, "w.v": 5}), handed_in("B", {"s.n": 4, "w.v": 7})], register("A", "B", "C")
    )
    totals = {total.measure: total for total in rollup.totals if total.period == JANUARY}
    assert told(totals["s.n"].value, totals["s.n"].reported, totals["s.n"].expected) == (5, 2, 3)
    assert (totals["w.v"].value, totals["w.v"].reported) == (None, 2)
    assert (totals["x.v"].value, totals["x.v"].reported) == (None, 0)
    assert set(totals) == {measure.id for measure in SMALL.measures} - {"h.v", "h.w", "q.v"}


def test_a_reported_total_that_differs_is_told_for_each_unit_over_those_that_report_both() -> None:
    files = [
        handed_in("A", {"r.total": 10, "r.one": 6, "r.two": 6}),
        handed_in("B", {"r.total": 50}),
        handed_in("C", {"r.total": 5, "r.one": 3, "r.two": 2}),
    ]
    problems = rolled(files, register(*NORTH)).problems
    assert {problem.code for problem in problems} == {"REL-001"}
    assert {(p.level, p.unit, p.got, p.slots["sum"], p.slots["cells"]) for p in problems} == {
        ("area", "Hill", "10", "12", "Hill"),
        ("region", "North", "15", "17", "North"),
        ("country", "Land", "15", "17", "Land"),
    }


def test_results_stand_in_the_order_of_the_definition_then_periods_then_levels() -> None:
    rollup = rolled([handed_in("A", {"s.n": 1, "s.d": 2}, {"s.n": 1, "s.d": 2})], register(*NORTH))
    indicators = [indicator.id for indicator in SMALL.active]
    levels = list(Level)
    keys = [(indicators.index(r.indicator.id), r.period.end, levels.index(r.unit.level)) for r in rollup.results]
    assert keys == sorted(keys)


def test_a_roll_up_is_printed_without_its_figures() -> None:
    one = rolled([handed_in("A", {"s.n": 1, "s.d": 2})])
    many = rolled([handed_in(f"Office {n}", {"s.n": 1, "s.d": 2}) for n in range(40)])
    assert "year=2009" in repr(one)
    assert len(repr(many)) == len(repr(one))
