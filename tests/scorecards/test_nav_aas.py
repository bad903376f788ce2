"""The business plan of NAV Ås holds the goals, the survey and the open questions of its source."""

from __future__ import annotations

import re
from datetime import date, timedelta
from fractions import Fraction

import pytest

from tests.support.bands import resolve_band
from xlmalekort.judging.bands import Zone
from xlmalekort.judging.judge import judge_observed, observed_of
from xlmalekort.model.figure_kinds import Amount, Change, Deviation, Distribution, Share
from xlmalekort.model.figures import Status
from xlmalekort.model.indicators import Cohort, Indicator
from xlmalekort.model.measures import Kind, Level, PartOf, Role, Unit
from xlmalekort.model.periods import Frequency, Period
from xlmalekort.model.targets import Against, AtLeast, AtMost, Reference, Undecided
from xlmalekort.scorecards import load_scorecard

AAS = load_scorecard("nav-aas-2014")
LATER = date(2015, 6, 1)
GOALS = {
    "I": ("B.20", "B.21", "B.22"),
    "II": ("B.14", "II.A", "II.C", "II.D.2", "II.D.5"),
    "III": ("BL.152", "BL.153", "BL.164", "BL.158", "BL.652", "III.F", "III.G", "III.H", "III.I"),
    "IV": ("IV.A",),
    "V": ("B.40",),
    "VI": ("VI.B", "VI.C"),
}
QUESTIONS = tuple(f"U.{number}" for number in range(1, 21))
ADVISED = ("U.6", "U.7", "U.8", "U.9")
ABOUT_WORK = ("U.12", "U.13", "U.14", "U.15")
YES_NO = ("U.13", "U.14", "U.15")
TERMLY = {*(each for each in GOALS["III"] if each != "III.I"), "IV.A", "VI.C"}
YEARLY = {"II.D.2", "II.D.5", "VI.B", *QUESTIONS}


def distribution(indicator: str) -> Distribution:
    figure = AAS.indicator[indicator].figure
    assert isinstance(figure, Distribution)
    return figure


class TestGoals:
    def test_stand_under_their_main_goal_with_the_numbers_of_the_plan(self) -> None:
        assert [(each.perspective, each.id) for each in AAS.indicators] == [
            *((perspective, goal) for perspective, goals in GOALS.items() for goal in goals),
            *(("U", question) for question in QUESTIONS),
        ]
        assert [each.id for each in AAS.perspectives] == [*GOALS, "U"]
        assert all(each.secures for each in AAS.perspectives)

    @pytest.mark.parametrize(
        ("indicator", "green", "red"),
        [
            ("B.20", "90.0 100", "89.9 0"),
            ("B.21", "40.0", "39.9"),
            ("B.22", "20.0", "19.9"),
            ("B.14", "42.1", "42.0 41.9"),
            ("II.A", "85.1", "85.0 84.9"),
            ("II.D.2", "50.0", "49.9"),
            ("II.D.5", "85.0", "84.9"),
            ("BL.152", "-5.0 -5.1", "-4.9 0 5"),
            ("BL.153", "-10.0", "-9.9"),
            ("BL.164", "-10.0", "-9.9"),
            ("BL.158", "-20.0", "-19.9"),
            ("BL.652", "-3.0", "-2.9"),
            ("III.G", "0", "1"),
            ("III.H", "75.0", "74.9"),
            ("III.I", "80.0", "79.9"),
            ("IV.A", "0 -12.5", "0.1"),
            ("B.40", "85.0", "84.9"),
            ("VI.C", "4 0", "5"),
        ],
    )
    def test_are_met_or_not_at_the_edges_of_the_plan(self, indicator: str, green: str, red: str) -> None:
        found = AAS.indicator[indicator]
        band = resolve_band(found, Period(2014, found.frequency.span, 1))
        assert band
        assert {value: band.zone(Fraction(value)) for value in f"{green} {red}".split()} == {
            **dict.fromkeys(green.split(), Zone.GREEN),
            **dict.fromkeys(red.split(), Zone.RED),
        }

    def test_have_no_yellow_zone(self) -> None:
        assert {
            each.yellow
            for goal in AAS.indicators
            for each in goal.targets
            if isinstance(each, AtLeast | AtMost | Against)
        } == {"none"}

    def test_only_three_edges_and_last_year_must_be_passed(self) -> None:
        strict = {
            goal.id
            for goal in AAS.indicators
            for each in goal.targets
            if isinstance(each, AtLeast | AtMost | Against) and each.strict
        }
        assert strict == {"B.14", "II.A", "II.C", "VI.B"}

    def test_unemployment_is_held_against_the_rate_of_the_county(self) -> None:
        unemployment = AAS.indicator["II.C"]
        assert unemployment.target == Against(
            kind="against",
            reference=Reference.OUTSIDE,
            measure="II.C.reference",
            better="lower",
            by="points",
            strict=True,
        )
        rate = AAS.measure["II.C.reference"]
        assert (rate.level, rate.role, rate.unit, rate.decimals) == (Level.REGION, Role.REFERENCE, Unit.PERCENT, 1)
        assert {each.id for each in AAS.measures if each.level is not Level.OFFICE} == {"II.C.reference"}

    @pytest.mark.parametrize(("indicator", "months"), [("II.D.2", 24), ("II.D.5", 60)])
    def test_long_cohorts_are_counted_in_the_year_in_which_their_window_closes(
        self, indicator: str, months: int
    ) -> None:
        found = AAS.indicator[indicator]
        assert found.cohort == Cohort(window_months=months, period_is="closing")
        assert found.frequency is Frequency.YEAR
        assert found.window_months == 0

    def test_the_training_group_is_counted_when_it_begins_and_asked_for_three_months_later(self) -> None:
        assert AAS.indicator["III.I"].cohort == Cohort(window_months=3, period_is="entry")
        assert {each.id for each in AAS.indicators if each.cohort} == {"II.D.2", "II.D.5", "III.I"}

    @pytest.mark.parametrize("indicator", ["BL.152", "BL.153", "BL.164", "BL.158", "BL.652"])
    def test_social_assistance_is_held_against_the_same_term_of_last_year(self, indicator: str) -> None:
        figure = AAS.indicator[indicator].figure
        assert isinstance(figure, Change)
        assert figure.against is Reference.LAST_YEAR
        assert AAS.indicator[indicator].better == "lower"
        assert {AAS.measure[each].kind for each in figure.value} == {Kind.STOCK}

    def test_help_for_young_people_is_undecided_because_nobody_knows_how_to_measure_it(self) -> None:
        young = AAS.indicator["III.F"]
        assert young.target == Undecided(kind="undecided")
        assert "Hvordan skal det måles?" in {each.question for each in young.clarifications if each.decided is None}
        assert [goal for goals in GOALS.values() for goal in goals if AAS.indicator[goal].is_undecided] == ["III.F"]

    def test_complaints_of_the_months_add_up_to_a_term(self) -> None:
        complaints = AAS.indicator["VI.C"]
        measure = AAS.measure["VI.C.value"]
        assert complaints.figure == Amount(kind="amount", value=("VI.C.value",))
        assert (measure.kind, measure.frequency) == (Kind.FLOW, Frequency.MONTH)
        assert [str(each) for each in measure.own_periods(Period.parse("2014-T1"))] == [
            *("2014-01", "2014-02", "2014-03", "2014-04")
        ]

    def test_measures_are_held_within_the_budget_of_the_term(self) -> None:
        assert AAS.indicator["IV.A"].figure == Deviation(kind="deviation", actual=("IV.A.actual",), plan=("IV.A.plan",))
        assert AAS.measure["IV.A.plan"].role is Role.PLAN
        assert {each.id for each in AAS.measures if each.negative} == {"IV.A.actual"}

    def test_are_reported_by_the_month_by_the_term_or_by_the_year(self) -> None:
        by_frequency = {
            frequency: {each.id for each in AAS.indicators if each.frequency is frequency} for frequency in Frequency
        }
        assert by_frequency.pop(Frequency.TERM) == TERMLY
        assert by_frequency.pop(Frequency.YEAR) == YEARLY
        assert by_frequency.pop(Frequency.MONTH) == {*AAS.indicator} - TERMLY - YEARLY
        assert not any(by_frequency.values())

    def test_come_from_the_county_the_municipality_and_the_office(self) -> None:
        goals = [AAS.indicator[goal] for goals in GOALS.values() for goal in goals]
        assert {each.id for each in goals if each.origin == "county"} == {
            each.id for each in goals if each.id[:2] == "B."
        }
        assert {each.id for each in goals if each.origin == "municipality"} == {
            *(each.id for each in goals if each.id.startswith("BL.")),
            *("II.D.2", "II.D.5"),
        }


class TestComparedGoals:
    @pytest.mark.parametrize(
        ("unemployed", "expected"),
        [(23, Status.GREEN), (24, Status.RED), (25, Status.RED)],
        ids=["lower", "same", "higher"],
    )
    def test_unemployment_must_be_lower_than_in_the_county(self, unemployed: int, expected: Status) -> None:
        observed = observed_of(
            AAS.indicator["II.C"],
            numerator=Fraction(unemployed),
            denominator=Fraction(1000),
            reference=Fraction("2.4"),
        )
        assert judge_observed(AAS.indicator["II.C"], Period.parse("2014-05"), observed, LATER).status is expected

    @pytest.mark.parametrize(("mean", "expected"), [("4.6", Status.GREEN), ("4.5", Status.RED), ("4.4", Status.RED)])
    def test_the_survey_must_be_better_than_the_one_before(self, mean: str, expected: Status) -> None:
        observed = observed_of(AAS.indicator["VI.B"], value=Fraction(mean), reference=Fraction("4.5"))
        assert judge_observed(AAS.indicator["VI.B"], Period.parse("2014"), observed, LATER).status is expected

    @pytest.mark.parametrize(
        ("indicator", "period", "ready"),
        [
            ("III.I", "2014-01", date(2014, 5, 31)),
            ("II.D.2", "2014", date(2015, 1, 31)),
            ("II.D.5", "2014", date(2015, 1, 31)),
            ("VI.C", "2014-T1", date(2014, 5, 31)),
        ],
    )
    def test_figures_are_asked_for_when_their_window_has_closed(self, indicator: str, period: str, ready: date) -> None:
        found, nothing = AAS.indicator[indicator], observed_of(AAS.indicator[indicator])
        statuses = [
            judge_observed(found, Period.parse(period), nothing, day).status
            for day in (ready, ready + timedelta(days=1))
        ]
        assert statuses == [Status.NOT_DUE, Status.MISSING]


class TestSurvey:
    @pytest.mark.parametrize("question", QUESTIONS)
    def test_questions_are_yearly_undecided_and_silent_under_five_answers(self, question: str) -> None:
        found = AAS.indicator[question]
        assert found.question
        assert (found.frequency, found.least_denominator) == (Frequency.YEAR, 5)
        assert found.target == Undecided(kind="undecided")

    def test_have_six_categories_but_for_yes_or_no_and_the_number_of_contacts(self) -> None:
        lengths = {question: len(distribution(question).categories) for question in QUESTIONS}
        assert lengths == {**dict.fromkeys(QUESTIONS, 6), **dict.fromkeys(YES_NO, 2), "U.20": 5}
        assert {distribution(question).categories for question in YES_NO} == {("Ja", "Nei")}
        for question in ADVISED:
            assert (distribution(question).categories[0], distribution(question).categories[5]) == (
                "Helt uenig",
                "Helt enig",
            )

    def test_show_the_mean_or_the_share_of_some_answers(self) -> None:
        assert {
            question: distribution(question).share_of for question in QUESTIONS if distribution(question).share_of
        } == {
            **dict.fromkeys(YES_NO, (1,)),
            "U.20": (3, 4, 5),
        }

    def test_are_asked_of_everybody_of_the_advised_or_of_those_looking_for_work(self) -> None:
        asked = {each.id: each.question.asked_of for each in AAS.indicators if each.question}
        assert asked == {
            **dict.fromkeys(("VI.B", *QUESTIONS)),
            **dict.fromkeys(ADVISED, "advised"),
            **dict.fromkeys(ABOUT_WORK, "work"),
        }
        assert {each.id: each.base for each in AAS.filters} == {"advised": "survey.advised", "work": "survey.work"}

    def test_cannot_have_more_answers_than_were_asked(self) -> None:
        asked = {"advised": "survey.advised", "work": "survey.work", None: "survey.answers"}
        expected = [
            PartOf(kind="part_of", part=distribution(each.id).counts, whole=asked[each.question.asked_of])
            for each in AAS.indicators
            if each.question and each.id != "VI.B"
        ]
        assert [*AAS.relations] == [
            PartOf(kind="part_of", part=("survey.advised",), whole="survey.answers"),
            PartOf(kind="part_of", part=("survey.work",), whole="survey.answers"),
            *expected,
        ]

    def test_only_the_questions_about_work_are_not_compared_with_2013(self) -> None:
        last_year, this_year = date(2013, 12, 31), date(2014, 12, 31)
        assert {each.id for each in AAS.indicators if not each.are_comparable(last_year, this_year)} == {*ABOUT_WORK}
        assert all(each.are_comparable(this_year, date(2015, 12, 31)) for each in AAS.indicators)

    def test_the_main_question_is_to_be_answered_better_than_last_year(self) -> None:
        goal = AAS.indicator["VI.B"]
        assert goal.target == Against(
            kind="against", reference=Reference.LAST_YEAR, better="higher", by="points", strict=True
        )
        assert goal.figure == AAS.indicator["U.2"].figure
        assert (goal.question, goal.least_denominator) == (AAS.indicator["U.2"].question, 5)


class TestEveryLine:
    @pytest.mark.parametrize("indicator", AAS.indicators, ids=lambda each: each.id)
    def test_tells_what_is_counted_where_it_comes_from_and_who_answers(self, indicator: Indicator) -> None:
        assert indicator.definition.endswith(".")
        assert all((indicator.source, indicator.fetched_by, indicator.entered_by, indicator.responsible))
        assert all(each.follow_up for each in indicator.clarifications)

    def test_numbers_are_typed_once(self) -> None:
        shared = {measure: [user.id for user, _ in users] for measure, users in AAS.users.items() if len(users) > 1}
        assert shared == {
            "vacancies_reported": ["B.20", "B.21"],
            "recipients_under_25": ["BL.153", "BL.164"],
            **{f"U.2.count_{number}": ["VI.B", "U.2"] for number in range(1, 7)},
        }

    def test_shares_never_exceed_the_whole(self) -> None:
        assert not any(isinstance(each.figure, Share) and each.figure.may_exceed for each in AAS.indicators)

    def test_texts_are_norwegian(self) -> None:
        foreign = {
            *("the", "and", "with", "of", "within", "year", "answers", "goal"),
            *("af", "efter", "uddannelse", "beskæftigelse", "kontanthjælp", "ydelse", "sygdom"),
            *("het", "een", "van", "voor", "wordt"),
        }
        texts = [
            *(text for each in AAS.indicators for text in (each.title, each.definition, each.source, each.responsible)),
            *(text for each in AAS.measures for text in (each.title, each.note)),
            *(each.question.wording for each in AAS.indicators if each.question),
            *(
                text
                for goal in AAS.indicators
                for each in goal.clarifications
                for text in (each.question, each.decided)
            ),
            *(text for each in AAS.calendar for text in (each.how_often, each.who, each.answers)),
            *(each.title for each in AAS.perspectives),
            *(each.title for each in AAS.filters),
        ]
        words = {word for text in texts if text for word in re.findall(r"\w+", text.casefold())}
        assert words & foreign == set()
        assert AAS.language == "nb"

    def test_the_plan_is_followed_by_the_month_by_the_term_and_revised_every_year(self) -> None:
        assert {each.how_often for each in AAS.calendar} == {"Hver måned", "Hvert tertial", "Hver høst", "Hvert år"}
        assert "revisjon" in AAS.calendar[-1].who
