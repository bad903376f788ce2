"""The Danish scorecards hold what the systems of Copenhagen and Vejle hold, in Danish."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from tests.support.bands import resolve_band
from xlmalekort.judging.bands import Zone
from xlmalekort.model.figure_kinds import Amount, Change, Deviation, Distribution, Part, Share
from xlmalekort.model.indicators import Cohort, Indicator
from xlmalekort.model.measures import Balance, Kind, Level, PartOf, Role, TotalOf, Unit
from xlmalekort.model.periods import Frequency, Period, ready_date
from xlmalekort.model.targets import (
    Against,
    AtLeast,
    AtMost,
    Milestone,
    OwnTarget,
    Path,
    Reference,
    Scheduled,
    Undecided,
    Within,
)
from xlmalekort.scorecards import load_scorecard

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlmalekort.model.scorecard import Scorecard

COPENHAGEN = load_scorecard("kbh-resultatkontrakt-2007")
VEJLE = load_scorecard("vejle-2013")
DANISH = (COPENHAGEN, VEJLE)
CENTRES = (
    "Jobcenter Nyropsgade",
    "Jobcenter Musvågevej",
    "Jobcenter Skelbækgade",
    "Jobcenter Sygedagpenge",
    "Formidling af Job på Særlige Vilkår",
    "Center for Job og Formidling",
)
GROUPS = ("insured", "assistance", "sick")
NOT_TEXTS = {"id", "version", "language", "perspective", "measure", "unit", "kind", "starts", "due", "day"}
FOREIGN = {
    *("the", "and", "of", "with", "which", "this", "that", "their", "was", "from", "not", "than", "share", "target"),
    *("figure", "office", "month", "quarter", "number", "people", "cases", "complaints", "average", "budgeted"),
    *("av", "etter", "innen", "antall", "uker", "tall", "brukt", "mellom", "oppfølging", "arbeidssøkere", "måltall"),
}
"""Words of English and Norwegian that are no Danish ones."""


def of(measure: str) -> tuple[str, ...]:
    """The measure of each target group."""
    return tuple(f"{measure}.{group}" for group in GROUPS)


def zones(indicator: Indicator, period: str, values: str) -> list[Zone]:
    """The zones of some values, in order."""
    band = resolve_band(indicator, Period.parse(period))
    assert band
    return [band.zone(Fraction(value)) for value in values.split()]


def texts_of(value: object) -> Iterator[str]:
    """Every text that people read, of dumped data."""
    if isinstance(value, dict):
        for key, each in value.items():
            if key not in NOT_TEXTS:
                yield from texts_of(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from texts_of(each)
    elif isinstance(value, str):
        yield value


def due(indicator: Indicator, period: str) -> date:
    """The last day on which the figure may still be missing, apart from the window of a cohort."""
    return ready_date(Period.parse(period), indicator.ready, indicator.delay_months)


@pytest.mark.parametrize("scorecard", DANISH, ids=lambda each: each.id)
class TestBoth:
    def test_speak_danish_and_nothing_else(self, scorecard: Scorecard) -> None:
        assert scorecard.language == "da"
        data = scorecard.model_dump()
        told = [
            text
            for key in ("title", "about", "level_names", "perspectives", "filters", "calendar")
            for text in texts_of(data[key])
        ]
        told += [text for measure in scorecard.measures for text in (measure.title, measure.note or "")]
        told += [text for indicator in scorecard.indicators for text in self._told_of(indicator)]
        assert {text for text in told if FOREIGN & set(re.findall(r"\w+", text.casefold()))} == set()

    @staticmethod
    def _told_of(indicator: Indicator) -> Iterator[str]:
        yield from (indicator.title, indicator.definition, indicator.goal_kind or "", indicator.group or "")
        yield from (indicator.source or "", indicator.fetched_by or "", indicator.entered_by or "")
        for clarification in indicator.clarifications:
            yield from (clarification.question, clarification.decided or "", clarification.follow_up or "")
        yield from (each.reason for each in indicator.revisions)
        yield from (each.reason for each in indicator.breaks)
        yield from (each.reason or "" for each in indicator.unit_targets)
        for target in indicator.targets:
            if isinstance(target, Milestone):
                yield from (step.title for step in target.steps)

    def test_every_indicator_tells_what_where_from_who_and_when(self, scorecard: Scorecard) -> None:
        for each in scorecard.indicators:
            assert all((each.definition, each.source, each.fetched_by, each.entered_by, each.responsible)), each.id
            assert "ready" in each.model_fields_set, each.id
            assert each.clarifications, each.id
            assert all(clarification.follow_up for clarification in each.clarifications), each.id

    def test_ids_begin_with_the_perspective(self, scorecard: Scorecard) -> None:
        assert all(each.id.startswith(f"{each.perspective}.") for each in scorecard.indicators)

    def test_every_perspective_says_what_it_looks_after(self, scorecard: Scorecard) -> None:
        assert all(each.secures for each in scorecard.perspectives)

    def test_all_is_followed_up(self, scorecard: Scorecard) -> None:
        assert all(each.active for each in scorecard.indicators)

    def test_is_followed_up_by_a_calendar(self, scorecard: Scorecard) -> None:
        assert [each.how_often for each in scorecard.calendar] == {
            COPENHAGEN.id: ["Ved årets start", "Når kontrakten er underskrevet", "Hvert kvartal", "Når året er gået"],
            VEJLE.id: ["Hver 14. dag", "Hver 14. dag", "Hver måned", "Hvert kvartal", "Hvert år"],
        }[scorecard.id]


class TestCopenhagen:
    def test_has_the_goals_of_the_contract(self) -> None:
        assert [each.id for each in COPENHAGEN.indicators] == [
            *("BI.R1", "BI.R2", "BI.R3", "BI.I1"),
            *("KS.R1", "KS.I1", "KS.I2"),
            *("PO.R1", "PO.I1"),
            *("ØK.R1", "ØK.I1"),
            "U.1",
        ]
        assert [each.id for each in COPENHAGEN.perspectives] == ["BI", "KS", "PO", "ØK", "U"]
        assert COPENHAGEN.year == 2007

    def test_the_kind_of_goal_is_that_of_its_id(self) -> None:
        kinds = {"R": "Resultatmål", "I": "Indsatsmål"}
        assert {each.id: each.goal_kind for each in COPENHAGEN.indicators} == {
            each.id: kinds.get(each.id.partition(".")[2][0], "Udviklingsmål") for each in COPENHAGEN.indicators
        }

    def test_is_followed_up_by_quarter_and_the_samples_by_year(self) -> None:
        frequencies = {each.id: each.frequency for each in COPENHAGEN.indicators}
        assert frequencies.pop("ØK.I1") is Frequency.YEAR
        assert set(frequencies.values()) == {Frequency.QUARTER}

    def test_nothing_is_ever_yellow(self) -> None:
        for target in (target for each in COPENHAGEN.indicators for target in each.targets):
            match target:
                case AtLeast() | AtMost():
                    assert target.yellow == "none"
                case Within():
                    assert (target.yellow_low, target.yellow_high) == ("none", "none")
                case Against():
                    assert target.yellow == "none"
                case _:
                    assert isinstance(target, Milestone | Undecided)

    @pytest.mark.parametrize(
        ("indicator", "better"),
        [
            *((each, "lower") for each in ("BI.R1", "BI.R2", "KS.R1", "PO.R1", "ØK.I1")),
            *((each, "higher") for each in ("BI.R3", "BI.I1", "KS.I1", "KS.I2", "PO.I1", "U.1")),
            ("ØK.R1", "on_target"),
        ],
    )
    def test_knows_which_way_is_better(self, indicator: str, better: str) -> None:
        assert COPENHAGEN.indicator[indicator].better == better

    @pytest.mark.parametrize(
        ("indicator", "met", "not_met"),
        [
            ("BI.R1", "-10.0 -40", "-9.9 0 5"),
            ("BI.R2", "-10.0 -40", "-9.9 0 5"),
            ("BI.R3", "30.0 100", "29.9 0"),
            ("BI.I1", "90.0 100", "89.9"),
            ("KS.R1", "-50.0 -100", "-49.9 0"),
            ("KS.I1", "90.0 100", "89.9"),
            ("KS.I2", "100.0", "99.9"),
            ("ØK.R1", "95.0 100.0", "94.9 100.1"),
            ("ØK.I1", "0 3.0", "3.1"),
        ],
    )
    def test_goals_are_met_or_not_at_the_edges_of_the_source(self, indicator: str, met: str, not_met: str) -> None:
        found = COPENHAGEN.indicator[indicator]
        assert set(zones(found, "2007-Q2", met)) == {Zone.GREEN}
        assert set(zones(found, "2007-Q2", not_met)) == {Zone.RED}

    def test_what_is_to_fall_is_held_against_the_same_quarter_last_year(self) -> None:
        assert {each.id: each.figure for each in COPENHAGEN.indicators if each.id in ("BI.R1", "BI.R2", "KS.R1")} == {
            "BI.R1": Change(kind="change", value="BI.R1.value", against=Reference.LAST_YEAR),
            "BI.R2": Change(
                kind="change", value="BI.R2.numerator", per="BI.R2.denominator", against=Reference.LAST_YEAR
            ),
            "KS.R1": Change(kind="change", value="KS.R1.value", against=Reference.LAST_YEAR),
        }

    def test_those_notified_are_followed_until_the_notice_ends(self) -> None:
        found = COPENHAGEN.indicator["BI.R3"]
        assert found.cohort == Cohort(window_months=6, period_is="entry")
        assert found.window_months == 6
        assert [each.id for each in COPENHAGEN.indicators if each.cohort] == ["BI.R3"]

    def test_offers_count_over_the_whole_year(self) -> None:
        found = COPENHAGEN.indicator["BI.I1"]
        assert found.reach_by == date(2007, 12, 31)
        assert {COPENHAGEN.measure[f"BI.I1.{part}"].kind for part in ("numerator", "denominator")} == {Kind.STOCK}

    def test_each_centre_has_agreed_on_its_own_fall_in_absence(self) -> None:
        found = COPENHAGEN.indicator["PO.R1"]
        assert isinstance(found.target, Undecided)
        assert tuple(each.unit for each in found.unit_targets) == CENTRES
        falls = [each.target.green for each in found.unit_targets if isinstance(each.target, Against)]
        assert len(falls) == len(set(falls)) == len(CENTRES)
        assert (max(falls), min(falls)) == (Fraction(-10), Fraction(-30))

    def test_absence_is_a_share_held_against_the_one_of_2006(self) -> None:
        found = COPENHAGEN.indicator["PO.R1"]
        assert found.fields == (
            (Part.NUMERATOR, ("PO.R1.numerator",)),
            (Part.DENOMINATOR, ("PO.R1.denominator",)),
            (Part.BASELINE, ("PO.R1.baseline",)),
        )
        baseline = COPENHAGEN.measure["PO.R1.baseline"]
        assert (baseline.frequency, baseline.role, baseline.unit) == (Frequency.YEAR, Role.BASELINE, Unit.PERCENT)

    def test_the_staff_handbook_is_a_milestone_in_two_steps(self) -> None:
        found = COPENHAGEN.indicator["PO.I1"]
        assert isinstance(found.target, Milestone)
        assert [each.due for each in found.target.steps] == [date(2007, 6, 30), date(2007, 12, 31)]
        assert found.fields == ((Part.DONE, ("PO.I1.done",)),)
        assert COPENHAGEN.measure["PO.I1.done"].maximum == 2

    def test_each_centre_has_a_development_goal_of_its_own(self) -> None:
        found = COPENHAGEN.indicator["U.1"]
        assert isinstance(found.target, Undecided)
        assert found.origin == "office"
        steps = {each.unit: len(each.target.steps) for each in found.unit_targets if isinstance(each.target, Milestone)}
        assert tuple(steps) == CENTRES
        assert max(steps.values()) == COPENHAGEN.measure["U.1.done"].maximum

    def test_the_purchasing_budget_may_be_overspent(self) -> None:
        figure = COPENHAGEN.indicator["ØK.R1"].figure
        assert isinstance(figure, Share)
        assert figure.may_exceed
        assert all(
            not each.figure.may_exceed
            for each in COPENHAGEN.indicators
            if each.id != "ØK.R1" and isinstance(each.figure, Share)
        )

    @pytest.mark.parametrize(
        ("indicator", "period", "day"),
        [
            ("BI.R1", "2007-Q1", date(2007, 4, 30)),
            ("KS.I1", "2007-Q1", date(2007, 4, 10)),
            ("PO.R1", "2007-Q1", date(2007, 5, 31)),
            ("ØK.R1", "2007-Q4", date(2008, 1, 15)),
            ("ØK.I1", "2007", date(2008, 2, 29)),
        ],
    )
    def test_figures_are_due_when_their_source_is_ready(self, indicator: str, period: str, day: date) -> None:
        assert due(COPENHAGEN.indicator[indicator], period) == day


class TestVejle:
    def test_has_four_kinds_of_goals(self) -> None:
        assert [(each.id, each.title) for each in VEJLE.perspectives] == [
            ("Ø", "Økonomi"),
            ("A", "Aktivitet"),
            ("S", "Service"),
            ("K", "Kvalitet"),
        ]
        assert [each.id for each in VEJLE.indicators] == [
            *("Ø.1", "Ø.1.D", "Ø.1.K", "Ø.1.S", "Ø.2", "Ø.3"),
            *(f"A.{number}" for number in range(1, 8)),
            *("S.1", "S.2", "S.3"),
            *("K.1", "K.2", "K.3", "K.4"),
        ]

    def test_money_is_broken_down_by_target_group_and_the_whole_is_its_sum(self) -> None:
        children = {each.id: each.group for each in VEJLE.indicators if each.part_of == "Ø.1"}
        assert children == {
            "Ø.1.D": "Dagpengemodtagere",
            "Ø.1.K": "Kontanthjælpsmodtagere",
            "Ø.1.S": "Sygedagpengemodtagere",
        }
        whole = VEJLE.indicator["Ø.1"].figure
        parts = [VEJLE.indicator[each].figure for each in children]
        assert whole == Deviation(kind="deviation", actual=of("forecast"), plan=of("budget"))
        assert parts == [
            Deviation(kind="deviation", actual=actual, plan=plan)
            for actual, plan in zip(of("forecast"), of("budget"), strict=True)
        ]
        assert len({VEJLE.indicator[each].target for each in ("Ø.1", *children)}) == 1

    def test_used_committed_and_expected_are_told_apart(self) -> None:
        assert VEJLE.indicator["Ø.2"].figure == Deviation(
            kind="deviation", actual=(*of("used"), *of("committed")), plan=of("budget")
        )
        money = [each for each in VEJLE.measures if each.unit is Unit.MONEY]
        assert {each.source for each in money} == {"ØS Indsigt"}

    def test_the_budget_is_typed_once_a_year(self) -> None:
        assert {(VEJLE.measure[each].frequency, VEJLE.measure[each].role) for each in of("budget")} == {
            (Frequency.YEAR, Role.PLAN)
        }

    @pytest.mark.parametrize(
        ("indicator", "period", "green", "yellow", "red"),
        [
            ("Ø.1", "2013-06", "-3.0 0.0", "-3.1 -5.0 0.1 1.0", "-5.1 1.1"),
            ("Ø.1.S", "2013-06", "-3.0 0.0", "-3.1 -5.0 0.1 1.0", "-5.1 1.1"),
            ("Ø.2", "2013-06", "-80 0.0", "", "0.1"),
            ("A.2", "2013-Q2", "-5.0", "-4.9 0.0", "0.1"),
            ("A.3", "2013-Q2", "40.0", "39.9 35.0", "34.9"),
            ("A.6", "2013-06", "90.0", "89.9 80.0", "79.9"),
            ("K.1", "2013-06", "90.0", "89.9 85.0", "84.9"),
            ("K.1", "2013-07", "95.0", "94.9 90.0", "89.9"),
            ("K.2", "2013-06", "90.0", "89.9 80.0", "79.9"),
            ("K.3", "2013-Q2", "5.0 0", "5.1 8.0", "8.1"),
        ],
    )
    def test_bands_of_fixed_targets(self, indicator: str, period: str, green: str, yellow: str, red: str) -> None:
        found = VEJLE.indicator[indicator]
        assert set(zones(found, period, green)) == {Zone.GREEN}
        assert set(zones(found, period, yellow)) <= {Zone.YELLOW}
        assert set(zones(found, period, red)) == {Zone.RED}

    @pytest.mark.parametrize(
        ("indicator", "reference", "measure", "better", "by", "green", "yellow"),
        [
            ("A.1", Reference.PLAN, "A.1.plan", "lower", "percent", "0", "2"),
            ("A.7", Reference.OUTSIDE, "A.7.reference", "lower", "percent", "0", "5"),
            ("S.1", Reference.BASELINE, "S.1.baseline", "higher", "points", "0", "-0.2"),
            ("S.2", Reference.LAST_YEAR, None, "higher", "points", "0", "-3"),
            ("S.3", Reference.BASELINE, "S.3.baseline", "higher", "points", "2", "0"),
            ("K.4", Reference.PEERS, "K.4.reference", "lower", "percent", "5", "10"),
        ],
    )
    def test_targets_against_a_reference(
        self, indicator: str, reference: Reference, measure: str | None, better: str, by: str, green: str, yellow: str
    ) -> None:
        target = VEJLE.indicator[indicator].target
        assert isinstance(target, Against)
        assert (target.reference, target.measure, target.better, target.by) == (reference, measure, better, by)
        assert (target.green, target.yellow) == (Fraction(green), Fraction(yellow))

    def test_outflow_must_reach_a_level_and_not_fall(self) -> None:
        found = VEJLE.indicator["A.3"]
        assert found.also == Against(kind="against", reference=Reference.LAST_YEAR, better="higher", by="points")
        assert [each.id for each in VEJLE.indicators if each.also] == ["A.3"]

    def test_placements_follow_a_straight_line_to_the_end_of_the_year(self) -> None:
        assert VEJLE.indicator["A.4"].target == Path(
            kind="path",
            better="higher",
            starts=date(2012, 12, 31),
            start=Fraction(40),
            ends=date(2013, 12, 31),
            end=Fraction(52),
            yellow=Fraction(3),
        )

    def test_each_department_has_its_own_number_of_mentors_and_no_zone(self) -> None:
        target = VEJLE.indicator["A.5"].target
        assert target == OwnTarget(kind="own_target", better="higher", target="A.5.target")
        assert VEJLE.measure["A.5.target"].frequency is Frequency.YEAR

    def test_a_target_was_raised_during_the_year_with_a_reason(self) -> None:
        (revision,) = VEJLE.indicator["A.6"].revisions
        assert revision.starts == date(2013, 7, 1)
        assert revision.target == AtLeast(kind="at_least", green=Fraction(95), yellow=Fraction(85))
        assert revision.reason

    def test_timeliness_rises_at_midyear(self) -> None:
        assert isinstance(VEJLE.indicator["K.1"].target, Scheduled)
        assert VEJLE.indicator["K.1"].origin == VEJLE.indicator["K.2"].origin == "national"

    def test_only_the_price_of_a_course_has_no_target(self) -> None:
        assert [each.id for each in VEJLE.indicators if each.is_undecided] == ["Ø.3"]

    @pytest.mark.parametrize(
        ("indicator", "categories", "share_of", "least", "asked_of"),
        [("S.1", 5, (), 30, None), ("S.2", 4, (3, 4), 30, "samtale"), ("S.3", 3, (1,), 20, "virksomhed")],
    )
    def test_surveys_count_answers_by_category(
        self, indicator: str, categories: int, share_of: tuple[int, ...], least: int, asked_of: str | None
    ) -> None:
        found = VEJLE.indicator[indicator]
        assert isinstance(found.figure, Distribution)
        assert (len(found.figure.counts), found.figure.share_of) == (categories, share_of)
        assert found.least_denominator == least
        assert found.question
        assert found.question.asked_of == asked_of

    def test_answers_before_and_after_the_new_wording_are_not_compared(self) -> None:
        found = VEJLE.indicator["S.2"]
        assert found.are_comparable(date(2012, 6, 30), date(2013, 6, 30))
        assert not found.are_comparable(date(2012, 12, 31), date(2013, 12, 31))

    def test_a_filter_knows_how_many_were_asked(self) -> None:
        assert {each.id: each.base for each in VEJLE.filters} == {"samtale": "S.2.asked", "virksomhed": "S.3.asked"}

    def test_relations(self) -> None:
        assert VEJLE.relations == (
            Balance(
                kind="balance",
                opening="opening",
                inflow=("inflow",),
                outflow=("outflow.job", "outflow.education", "outflow.other"),
                closing="closing",
            ),
            TotalOf(kind="total_of", total="closing", parts=of("closing")),
            PartOf(kind="part_of", part=tuple(f"S.2.count_{number}" for number in range(1, 5)), whole="S.2.asked"),
            PartOf(kind="part_of", part=tuple(f"S.3.count_{number}" for number in range(1, 4)), whole="S.3.asked"),
        )

    def test_every_figure_shows_its_source_or_that_it_is_typed_straight_in(self) -> None:
        assert [each.id for each in VEJLE.measures if (each.source is None) is not each.by_hand] == []
        assert {each.source for each in VEJLE.measures} == {
            *("FASIT Jobcenter", "ØS Indsigt", "Results.dk", "KMD Data", "SKS Data"),
            None,
        }

    def test_flows_of_months_make_up_a_quarter(self) -> None:
        for indicator in ("A.2", "A.3"):
            found = VEJLE.indicator[indicator]
            used = [VEJLE.measure[measure] for _, measures in found.fields for measure in measures]
            assert found.frequency is Frequency.QUARTER
            assert {(each.frequency, each.kind) for each in used} == {(Frequency.MONTH, Kind.FLOW)}

    def test_how_often(self) -> None:
        others = {each.id: each.frequency for each in VEJLE.indicators if each.frequency is not Frequency.MONTH}
        assert others == {
            **dict.fromkeys(("Ø.3", "S.3"), Frequency.YEAR),
            **dict.fromkeys(("S.1", "S.2"), Frequency.HALF_YEAR),
            **dict.fromkeys(("A.2", "A.3", "A.7", "K.3"), Frequency.QUARTER),
        }

    def test_means_are_weighted_by_cases(self) -> None:
        for indicator in ("Ø.3", "A.7", "K.4"):
            figure = VEJLE.indicator[indicator].figure
            assert figure == Amount(kind="amount", value=f"{indicator}.value", weight=f"{indicator}.weight")

    def test_the_figure_of_comparable_municipalities_is_held_once_for_all(self) -> None:
        assert {each.id: each.level for each in VEJLE.measures if each.level is not Level.OFFICE} == {
            "A.7.reference": Level.REGION
        }
