"""Which periods count and are shown: cohorts, and what is known before its period has ended."""

from __future__ import annotations

from datetime import date

from tests.rollup.kinds import COUNT, SHARE, against, at_least, green, office, roll, scorecard_of, sent, total
from tests.rollup.small import register, rolled, told
from xlmalekort.model.figures import Status
from xlmalekort.model.measures import Level
from xlmalekort.model.periods import Period
from xlmalekort.model.register import Office
from xlmalekort.rollup.results import Unit

COHORT = {"window_months": 3, "period_is": "entry"}
MONTHS = {f"2009-0{month}": {"n": month, "d": 10} for month in range(1, 7)}
FIRST_OF_JULY = date(2009, 7, 1)


def test_the_period_shown_of_a_cohort_is_the_latest_whose_window_has_closed() -> None:
    rollup = roll(scorecard_of(SHARE, at_least(1), cohort=COHORT), {"A": MONTHS}, chosen=Period.parse("2009-06"))
    assert {result.period.code for result in rollup.shown} == {"2009-03"}
    assert {result.period.code for result in rollup.results} == {"2009-01", "2009-02", "2009-03"}
    assert total(rollup, "2009-03").numerator == 3


def test_nothing_is_shown_of_a_cohort_before_its_first_window_of_the_year_has_closed() -> None:
    rollup = roll(scorecard_of(SHARE, at_least(1), cohort=COHORT), {"A": MONTHS}, chosen=Period.parse("2009-03"))
    assert rollup.shown == ()


def test_a_cohort_counted_when_its_window_closes_is_shown_as_any_other() -> None:
    closing = {"window_months": 60, "period_is": "closing"}
    rollup = roll(scorecard_of(SHARE, at_least(1), cohort=closing), {"A": MONTHS}, chosen=Period.parse("2009-06"))
    assert {result.period.code for result in rollup.shown} == {"2009-06"}


def test_while_the_window_is_open_nothing_is_due_and_nothing_counts() -> None:
    scorecard = scorecard_of(SHARE, at_least(1), cohort=COHORT)
    rollup = roll(scorecard, {"A": MONTHS}, register("A", "B"), today=FIRST_OF_JULY)
    for period in ("2009-04", "2009-05", "2009-06"):
        result = total(rollup, period)
        assert told(result.judgement.status, result.judgement.value, result.numerator) == (Status.NOT_DUE, None, None)
        assert told(result.reported, result.expected, result.is_complete) == (0, 2, False)
        assert [office(rollup, name, period).judgement.status for name in "AB"] == [Status.NOT_DUE] * 2
    assert told(total(rollup, "2009-03").numerator, total(rollup, "2009-03").judgement.status) == (3, Status.GREEN)


def test_a_baseline_of_the_year_is_there_from_its_first_month_on() -> None:
    scorecard = scorecard_of(COUNT, against("baseline", "b"), measures={"b": {"role": "baseline", "frequency": "year"}})
    rollup = roll(scorecard, {"A": {"2009-01": {"v": 5}, "2009": {"b": 4}}}, today=date(2009, 2, 10))
    assert green(office(rollup, "A")) == (4, None)
    assert [told(fact.measure, fact.period.code, fact.value) for fact in rollup.facts] == [
        ("b", "2009", 4),
        ("v", "2009-01", 5),
    ]
    assert {told(each.measure, each.period.code, each.value) for each in rollup.totals} == {
        ("b", "2009", 4),
        ("v", "2009-01", 5),
    }


def test_a_baseline_is_not_counted_before_a_month_that_needs_it_has_ended() -> None:
    scorecard = scorecard_of(COUNT, against("baseline", "b"), measures={"b": {"role": "baseline", "frequency": "year"}})
    rollup = roll(scorecard, {"A": {"2009-01": {"v": 5}, "2009": {"b": 4}}}, today=date(2009, 1, 20))
    assert rollup.facts == ()
    assert rollup.totals == ()


def test_an_unfinished_figure_stays_out_while_the_plan_of_its_year_counts() -> None:
    deviation = {"kind": "deviation", "actual": "v", "plan": "b"}
    scorecard = scorecard_of(
        deviation,
        at_least(1),
        measures={"b": {"role": "plan", "frequency": "year"}, "y": {"frequency": "year", "alone": True}},
    )
    offices = {"A": {"2009-01": {"v": 5}, "2009-02": {"v": 9}, "2009": {"b": 4, "y": 7}}}
    rollup = roll(scorecard, offices, today=date(2009, 2, 10))
    assert {(fact.measure, fact.period.code) for fact in rollup.facts} == {("v", "2009-01"), ("b", "2009")}
    assert total(rollup).judgement.value == 25


def test_the_baseline_of_an_office_that_closes_within_the_year_holds_while_it_is_open() -> None:
    scorecard = scorecard_of(COUNT, against("baseline", "b"), measures={"b": {"role": "baseline", "frequency": "year"}})
    given = register(Office("A", "Hill", starts=date(2009, 1, 1), ends=date(2009, 3, 31)), Office("B", "Hill"))
    rollup = roll(scorecard, {"A": {"2009-01": {"v": 5}, "2009": {"b": 4}}}, given, today=date(2009, 7, 10))
    assert office(rollup, "A").judgement.status is Status.GREEN
    assert [(fact.unit, fact.area) for fact in rollup.facts if fact.measure == "b"] == [("A", "Hill")]
    assert [problem.code for problem in rollup.problems] == ["DLV-001"]


def test_months_of_a_quarter_add_up_and_one_that_is_missing_leaves_it_out() -> None:
    scorecard = scorecard_of(
        SHARE, at_least(1), frequency="quarter", measures={"n": {"frequency": "month"}, "d": {"frequency": "month"}}
    )
    whole = {f"2009-0{month}": {"n": month, "d": 10} for month in (1, 2, 3)}
    short = {f"2009-0{month}": {"n": month, "d": 10} for month in (1, 2)}
    rollup = roll(scorecard, {"A": whole, "B": short}, register("A", "B"))
    result = total(rollup, "2009-Q1")
    assert told(result.numerator, result.denominator, result.reported) == (6, 30, 1)
    assert office(rollup, "B", "2009-Q1").judgement.status is Status.MISSING


def test_a_chosen_period_shows_the_plan_that_holds_for_the_figure_shown() -> None:
    scorecard = scorecard_of(
        COUNT,
        against("plan", "b"),
        frequency="quarter",
        measures={"v": {"frequency": "quarter"}, "b": {"role": "plan", "frequency": "year"}},
    )
    rollup = roll(scorecard, {"A": {"2009-Q1": {"v": 5}, "2009": {"b": 4}}}, chosen=Period.parse("2009-05"))
    assert {(each.measure, each.period.code) for each in rollup.totals} == {("v", "2009-Q1"), ("b", "2009")}
    assert rollup.shown[-1].unit == Unit(Level.COUNTRY, "Land")


def test_a_baseline_that_a_later_workbook_changes_is_told_once_a_period_that_uses_it_was_delivered() -> None:
    scorecard = scorecard_of(COUNT, against("baseline", "b"), measures={"b": {"role": "baseline", "frequency": "year"}})
    first = sent(scorecard, "A", {"2009-01": {"v": 5}, "2009": {"b": 4}}, file="first.xlsx", ahead=frozenset("b"))
    found = {"2009-01": {"v": 5}, "2009-02": {"v": 6}, "2009": {"b": 9}}
    second = sent(scorecard, "A", found, file="second.xlsx", ahead=frozenset("b"))
    rollup = rolled([first, second], scorecard=scorecard)
    told_of = [(each.code, each.file, each.measure, each.slots.get("name")) for each in rollup.problems]
    assert ("DLV-005", "second.xlsx", "b", None) in told_of
    assert ("DLV-003", "first.xlsx", None, "2009-02") in told_of
