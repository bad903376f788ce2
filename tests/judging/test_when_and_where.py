"""Which target holds, for whom and when; and from when on something is judged or missed."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.judging.made import NUMBERS, OWN_TARGET, indicator, judged, observed
from tests.support.cards import AMOUNT, SHARE, UNDECIDED, at_least, at_most, card, figures, milestone
from tests.support.cards import indicator as definition_of
from tests.support.cards import judged as judged_on
from xlmalekort.judging.bands import conditions_of, target_for
from xlmalekort.judging.judge import judge_observed
from xlmalekort.judging.values import NOTHING, observe
from xlmalekort.model.figures import Status
from xlmalekort.model.periods import Frequency, Period, periods_of_year
from xlmalekort.model.places import NOWHERE, Place
from xlmalekort.model.targets import AtLeast

if TYPE_CHECKING:
    from tests.support.cards import Definition
    from xlmalekort.model.indicators import Indicator

MONTHS = periods_of_year(2014, Frequency.MONTH)


def edge(of: Indicator, period: str, place: Place = NOWHERE) -> Fraction | None:
    """The green edge of the target that holds."""
    found = target_for(of, Period.parse(period), place)
    return found.green if isinstance(found, AtLeast) else None


class TestRevisions:
    @given(st.dates(date(2013, 12, 1), date(2015, 1, 31)))
    def test_periods_that_ended_before_keep_their_judgement(self, starts: date) -> None:
        revision = {"starts": starts.isoformat(), "target": at_least(95), "reason": "all were over it"}
        before, after = indicator(SHARE, at_least(90)), indicator(SHARE, at_least(90), revisions=[revision])
        for period in MONTHS:
            statuses = [
                judge_observed(of, period, observed(of, 92, 100), date(2016, 1, 1)).status for of in (before, after)
            ]
            assert statuses == [Status.GREEN, Status.RED if period.end >= starts else Status.GREEN]

    def test_of_several_the_latest_begun_holds(self) -> None:
        revisions = [
            {"starts": f"2014-{month}-01", "target": at_least(green), "reason": "agreed"}
            for month, green in (("09", 3), ("03", 2))
        ]
        of = indicator(SHARE, at_least(1), revisions=revisions)
        assert [edge(of, each) for each in ("2014-02", "2014-03", "2014-08", "2014-09")] == [1, 2, 2, 3]

    def test_a_period_is_held_against_what_holds_on_its_last_day(self) -> None:
        revision = {"starts": "2014-02-15", "target": at_least(2), "reason": "agreed"}
        of = indicator(SHARE, at_least(1), revisions=[revision], frequency="quarter")
        assert edge(of, "2014-Q1") == 2


HALVES: Definition = {
    "kind": "scheduled",
    "steps": [{"starts": "01-01", "target": at_least(60)}, {"starts": "07-01", "target": at_least(70)}],
}


class TestSchedules:
    def test_half_years_come_back_every_year(self) -> None:
        of = indicator(SHARE, HALVES)
        assert [edge(of, each) for each in ("2014-06", "2014-07", "2015-01")] == [60, 70, 60]

    def test_before_the_first_step_nothing_is_agreed(self) -> None:
        steps = [{"starts": "2014-03-01", "target": at_least(60)}]
        of = indicator(SHARE, {"kind": "scheduled", "steps": steps})
        early, late = (judge_observed(of, each, observed(of, 1, 2), date(2016, 1, 1)) for each in MONTHS[1:3])
        assert [early.status, late.status] == [Status.UNDECIDED, Status.RED]

    def test_a_revision_may_be_a_schedule(self) -> None:
        revision = {"starts": "2014-03-01", "target": HALVES, "reason": "agreed"}
        of = indicator(SHARE, at_least(1), revisions=[revision])
        assert [edge(of, each) for each in ("2014-02", "2014-03", "2014-12")] == [1, 60, 70]


class TestOwnTargetsOfAnotherTime:
    """A number that an office has typed holds where its own target does, and nowhere else."""

    @pytest.mark.parametrize(("period", "status"), [("2014-06", "green"), ("2014-07", "red")])
    def test_typed_for_the_year_it_leaves_the_next_half_year_alone(self, period: str, status: str) -> None:
        steps = [{"starts": "01-01", "target": OWN_TARGET}, {"starts": "07-01", "target": at_least(70, 60)}]
        scorecard = card(
            definition_of("A", AMOUNT, {"kind": "scheduled", "steps": steps}),
            measures=[{"id": each, "frequency": "year"} for each in "ty"],
        )
        assert judged_on(scorecard, period, {"t@2014": 40, "y@2014": 30, f"v@{period}": 50}).status == status

    def test_where_nothing_is_agreed_yet_it_agrees_on_nothing(self) -> None:
        revision = {"starts": "2014-07-01", "target": OWN_TARGET, "reason": "agreed"}
        scorecard = card(definition_of("A", AMOUNT, UNDECIDED, revisions=[revision]))
        assert (
            judged_on(scorecard, "2014-06", {"t@2014-06": 4, "y@2014-06": 3, "v@2014-06": 5}).status is Status.UNDECIDED
        )

    @pytest.mark.parametrize(
        ("target", "yellow", "status"),
        [
            (None, None, "undecided"),
            (40, None, "undecided"),
            (40, 45, "undecided"),
            (40, 30, "green"),
            (60, 50, "yellow"),
        ],
    )
    def test_target_and_zone_are_both_needed_and_in_order(
        self, target: int | None, yellow: int | None, status: str
    ) -> None:
        numbers = {"v@2014-06": 50, "t@2014-06": target, "y@2014-06": yellow}
        scorecard = card(definition_of("A", AMOUNT, OWN_TARGET))
        there = {place: number for place, number in numbers.items() if number is not None}
        assert judged_on(scorecard, "2014-06", there).status == status

    def test_without_a_measure_for_the_zone_a_goal_is_met_or_not(self) -> None:
        scorecard = card(definition_of("A", AMOUNT, {"kind": "own_target", "better": "lower", "target": "t"}))
        for value, status in ((5, Status.GREEN), (6, Status.RED)):
            assert judged_on(scorecard, "2014-06", {"v@2014-06": value, "t@2014-06": 5}).status is status


class TestTheTargetOfAUnit:
    LEVELS = ("office", "area", "region", "country")
    HERE = Place("Tenkeby", "Nord", "Fylke", "Land")

    @given(st.sets(st.sampled_from(LEVELS)), st.permutations(LEVELS))
    def test_the_nearest_goes_first_whatever_the_order_they_stand_in(self, levels: set[str], order: list[str]) -> None:
        given_to = [
            {"level": each, "unit": self.HERE[self.LEVELS.index(each)], "target": at_least(self.LEVELS.index(each))}
            for each in order
            if each in levels
        ]
        of = indicator(SHARE, at_least(9), unit_targets=given_to)
        nearest = min((self.LEVELS.index(each) for each in levels), default=9)
        assert edge(of, "2014-06", self.HERE) == nearest
        assert edge(of, "2014-06", Place("Testnes", "Sør", "Et annet", "Utland")) == 9
        assert edge(of, "2014-06", NOWHERE) == 9

    @pytest.mark.parametrize("name", ["tenkeby", " TENKEBY ", "Tenkeby\u00a0"])
    def test_a_name_is_known_however_it_is_spelt(self, name: str) -> None:
        of = indicator(SHARE, at_least(9), unit_targets=[{"unit": "Tenkeby", "target": at_least(1)}])
        assert edge(of, "2014-06", Place(name)) == 1

    def test_before_it_begins_the_one_above_holds(self) -> None:
        given_to = [
            {"unit": "Tenkeby", "target": at_least(1), "starts": "2014-07-01"},
            {"unit": "Tenkeby", "target": at_least(2), "starts": "2014-10-01"},
            {"level": "area", "unit": "Nord", "target": at_least(3)},
        ]
        of = indicator(SHARE, at_least(9), unit_targets=given_to)
        assert [edge(of, each, self.HERE) for each in ("2014-06", "2014-07", "2014-10")] == [3, 1, 2]

    def test_it_goes_before_a_revision_for_everybody(self) -> None:
        revision = {"starts": "2014-01-01", "target": at_least(5), "reason": "agreed"}
        of = indicator(
            SHARE, at_least(9), revisions=[revision], unit_targets=[{"unit": "Tenkeby", "target": at_least(1)}]
        )
        assert [edge(of, "2014-06", each) for each in (self.HERE, NOWHERE)] == [1, 5]

    def test_the_second_condition_is_everybodys(self) -> None:
        of = indicator(SHARE, at_least(9), also=at_least(5), unit_targets=[{"unit": "Tenkeby", "target": at_least(1)}])
        first, second = conditions_of(of, MONTHS[5], NOTHING, self.HERE)
        assert [each.band.green.low for each in (first, second) if each.band] == [1, 5]


class TestPaths:
    @given(
        st.dates(date(2013, 1, 1), date(2014, 12, 31)),
        st.integers(1, 1000),
        NUMBERS,
        NUMBERS,
        st.sampled_from(MONTHS),
        st.sampled_from(["higher", "lower"]),
    )
    def test_the_line_is_straight_in_days_and_its_end_holds(
        self, starts: date, days: int, start: Fraction, end: Fraction, period: Period, better: str
    ) -> None:
        path = {"kind": "path", "better": better, "starts": starts.isoformat(), "start": float(start)}
        ends = {"ends": (starts + timedelta(days=days)).isoformat(), "end": float(end)}
        of = indicator(SHARE, path | ends)
        band = conditions_of(of, period)[0].band
        if period.end < starts:
            assert band is None
            assert judge_observed(of, period, observed(of, 1, 2), date(2016, 1, 1)).status is Status.UNDECIDED
            return
        gone = min((period.end - starts).days, days)
        point = (start * (days - gone) + end * gone) / days
        assert band is not None
        assert (band.green.low if better == "higher" else band.green.high) == point
        assert not band.has_yellow

    @pytest.mark.parametrize(("value", "status"), [("52", "green"), ("49", "yellow"), ("48.9", "red")])
    def test_the_zone_lies_so_far_off_the_line(self, value: str, status: str) -> None:
        path = {
            "kind": "path",
            "better": "higher",
            "starts": "2013-06-30",
            "start": 40,
            "ends": "2014-06-30",
            "end": 52,
        }
        of = indicator(AMOUNT, path | {"yellow": 3})
        assert judged(of, observed(of, Fraction(value))).status == status


class TestCohorts:
    def of(self, **cohort: object) -> Indicator:
        return indicator(SHARE, at_least(80), cohort=cohort)

    @pytest.mark.parametrize(
        ("today", "reported", "missing"),
        [
            ("2014-07-15", "not_due", "not_due"),
            ("2014-09-30", "not_due", "not_due"),
            ("2014-10-01", "green", "not_due"),
            ("2014-10-31", "green", "not_due"),
            ("2014-11-01", "green", "missing"),
        ],
    )
    def test_nobody_is_judged_or_missed_before_the_window_has_closed(
        self, today: str, reported: str, missing: str
    ) -> None:
        of, day = self.of(window_months=3), date.fromisoformat(today)
        assert judged(of, observed(of, 9, 10), today=day).status == reported
        assert judged(of, NOTHING, today=day).status == missing

    def test_counted_at_its_closing_it_is_judged_at_once(self) -> None:
        of = self.of(window_months=60, period_is="closing")
        assert judged(of, observed(of, 9, 10), today=date(2014, 7, 1)).status is Status.GREEN
        assert judged(of, NOTHING, today=date(2014, 8, 1)).status is Status.MISSING

    def test_an_impossible_pair_is_told_although_the_window_is_open(self) -> None:
        scorecard = card(definition_of("A", SHARE, at_least(80), cohort={"window_months": 3}))
        found = judged_on(scorecard, "2014-06", {"n@2014-06": 11, "d@2014-06": 10}, today=date(2014, 7, 15))
        assert found.status is Status.REJECTED


class TestMilestones:
    STEPS = milestone("2014-03-31", "2014-06-15")

    @pytest.mark.parametrize(
        ("period", "done", "status"),
        [
            ("2014-02", None, "not_due"),
            ("2014-02", 0, "not_due"),
            ("2014-02", 1, "green"),
            ("2014-03", None, "missing"),
            ("2014-03", 0, "red"),
            ("2014-03", 1, "green"),
            ("2014-05", 1, "green"),
            ("2014-06", 1, "red"),
            ("2014-06", 2, "green"),
            ("2014-12", 2, "green"),
            ("2014-12", 3, "rejected"),
        ],
    )
    def test_nothing_is_asked_for_until_the_first_step_is_due(self, period: str, done: int | None, status: str) -> None:
        scorecard = card(definition_of("A", AMOUNT, self.STEPS, decimals=0))
        assert judged_on(scorecard, period, {} if done is None else {f"v@{period}": done}).status == status

    def test_where_a_second_condition_asks_for_it_the_figure_is_missed(self) -> None:
        scorecard = card(definition_of("A", AMOUNT, self.STEPS, also=at_least(0), decimals=0))
        assert judged_on(scorecard, "2014-01", {}).status is Status.MISSING


class TestWhatComesFirst:
    """The first that applies: exempt, rejected, undecided, not there, window open, too few, nothing to go by, judged."""

    def test_exempt_goes_before_everything(self) -> None:
        scorecard = card(definition_of("A", SHARE, UNDECIDED))
        of = scorecard.indicator["A"]
        for numbers in ({}, {"n@2014-06": 9, "d@2014-06": 8}):
            seen = observe(scorecard, of, MONTHS[5], figures(numbers), frozenset({"A"}))
            assert judged(of, seen).status is Status.NOT_APPLICABLE

    def test_rejected_goes_before_undecided(self) -> None:
        scorecard = card(definition_of("A", SHARE, UNDECIDED))
        assert judged_on(scorecard, "2014-06", {"n@2014-06": 9, "d@2014-06": 8}).status is Status.REJECTED

    def test_undecided_goes_before_missing(self) -> None:
        assert judged_on(card(definition_of("A", SHARE, UNDECIDED)), "2014-06", {}).status is Status.UNDECIDED

    @pytest.mark.parametrize(
        ("numbers", "status"),
        [
            ({"n@2014-06": 1}, "rejected"),
            ({"d@2014-06": 1}, "rejected"),
            ({"n@2014-06": None, "d@2014-06": 1}, "rejected"),
            ({"n@2014-06": 0, "d@2014-06": 1}, "red"),
            ({"n@2014-06": 0, "d@2014-06": 0}, "not_assessable"),
            ({}, "missing"),
        ],
    )
    def test_nought_nothing_and_what_cannot_be_used_are_three_things(
        self, numbers: dict[str, int | None], status: str
    ) -> None:
        assert judged_on(card(definition_of("A", SHARE, at_least(50))), "2014-06", numbers).status == status

    def test_a_figure_that_comes_early_is_judged(self) -> None:
        scorecard = card(definition_of("A", AMOUNT, at_most(5)))
        found = judged_on(scorecard, "2014-06", {"v@2014-06": 5}, today=date(2014, 6, 10))
        assert found.status is Status.GREEN

    @pytest.mark.parametrize(("today", "status"), [("2014-07-31", "not_due"), ("2014-08-01", "missing")])
    def test_a_figure_is_missing_from_the_day_after_it_is_ready(self, today: str, status: str) -> None:
        scorecard = card(definition_of("A", AMOUNT, at_most(5)))
        assert judged_on(scorecard, "2014-06", {}, today=date.fromisoformat(today)).status == status

    def test_what_is_measured_when_held_is_never_missing(self) -> None:
        scorecard = card(definition_of("A", AMOUNT, at_most(5), frequency="when_held"))
        assert judged_on(scorecard, "2014-06", {}).status is Status.NOT_DUE
