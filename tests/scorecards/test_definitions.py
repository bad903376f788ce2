"""The built-in scorecards hold what the systems that they come from hold."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from tests.support.bands import resolve_band
from xlmalekort.judging.bands import Zone
from xlmalekort.model.figure_kinds import Amount, Change, Deviation, Part, Share
from xlmalekort.model.measures import Kind, Level, PartOf, Role, TotalOf, Unit
from xlmalekort.model.periods import Frequency, Period, ready_date
from xlmalekort.model.targets import OwnTarget, Reference, Undecided
from xlmalekort.scorecards import built_in, load_scorecard, parse_json

if TYPE_CHECKING:
    from xlmalekort.model.indicators import Indicator
    from xlmalekort.model.scorecard import Scorecard

BUSKERUD = load_scorecard("nav-buskerud-2009")
PACTA = load_scorecard("uwv-pacta-2006")
ALL = [load_scorecard(name) for name in built_in()]


def zone(indicator: str, value: str, period: str = "2009-06") -> Zone:
    band = resolve_band(BUSKERUD.indicator[indicator], Period.parse(period))
    assert band
    return band.zone(Fraction(value))


def due(indicator: str, period: str) -> date:
    """The last day on which the figure may still be missing."""
    found = BUSKERUD.indicator[indicator]
    return ready_date(Period.parse(period), found.ready, found.delay_months)


@pytest.mark.parametrize("scorecard", ALL, ids=lambda each: each.id)
class TestEveryScorecard:
    def test_survives_the_way_through_json(self, scorecard: Scorecard) -> None:
        assert parse_json(scorecard.as_json).model_dump() == scorecard.model_dump()
        assert parse_json(scorecard.as_json).content_hash == scorecard.content_hash

    def test_is_found_under_its_own_id(self, scorecard: Scorecard) -> None:
        assert load_scorecard(scorecard.id) is scorecard

    def test_names_every_level(self, scorecard: Scorecard) -> None:
        assert set(scorecard.level_names) == set(Level)

    def test_measures_fit_into_a_row_of_the_workbook(self, scorecard: Scorecard) -> None:
        assert [each.title for each in scorecard.measures if len(each.title) > 60] == []

    def test_no_two_measures_read_the_same(self, scorecard: Scorecard) -> None:
        titles = [each.title.casefold() for each in scorecard.measures]
        assert len(titles) == len(set(titles))

    def test_every_perspective_has_indicators(self, scorecard: Scorecard) -> None:
        assert {each.perspective for each in scorecard.indicators} == {each.id for each in scorecard.perspectives}


class TestBuskerud:
    def test_has_the_indicators_in_the_order_of_the_source(self) -> None:
        assert [each.id for each in BUSKERUD.indicators] == [
            *(f"B.{number}" for number in range(1, 14)),
            *("P.1.1", "P.1.2", "P.L"),
            *("M.1", "M.2", "M.3", "M.4"),
            *("Ø.1", "Ø.2"),
        ]
        assert len(BUSKERUD.active) == 22

    def test_balances_four_perspectives_and_says_what_each_looks_after(self) -> None:
        assert [(each.id, each.title) for each in BUSKERUD.perspectives] == [
            ("B", "Bruker"),
            ("P", "Produksjon"),
            ("M", "Medarbeider"),
            ("Ø", "Økonomi"),
        ]
        assert all(each.secures for each in BUSKERUD.perspectives)
        assert all(each.id.startswith(f"{each.perspective}.") for each in BUSKERUD.indicators)

    def test_speaks_bokmal_and_stands_for_one_county(self) -> None:
        assert (BUSKERUD.language, BUSKERUD.year) == ("nb", 2009)
        assert (BUSKERUD.top.level, BUSKERUD.top.name) == (Level.REGION, "Buskerud")
        assert BUSKERUD.level_names == {
            Level.OFFICE: "NAV-kontor",
            Level.AREA: "TO-område",
            Level.REGION: "Fylke",
            Level.COUNTRY: "Land",
        }

    @pytest.mark.parametrize("indicator", BUSKERUD.indicators, ids=lambda each: each.id)
    def test_tells_who_answers_and_what_is_open(self, indicator: Indicator) -> None:
        assert indicator.source
        assert indicator.fetched_by
        assert indicator.entered_by
        assert indicator.responsible
        assert indicator.clarifications
        assert all(each.follow_up for each in indicator.clarifications)

    def test_goals_come_from_more_than_one_level(self) -> None:
        assert {each.origin for each in BUSKERUD.indicators} >= {"national", "county", "municipality"}
        assert BUSKERUD.indicator["P.L"].origin == "municipality"

    @pytest.mark.parametrize("indicator", ["B.3", "B.5", "B.9", "B.13", "P.L", "M.1", "M.3"])
    def test_keeps_open_questions_open(self, indicator: str) -> None:
        assert [each for each in BUSKERUD.indicator[indicator].clarifications if each.decided is None]

    @pytest.mark.parametrize("indicator", ["B.4", "B.9", "B.13", "P.1.1", "P.1.2", "P.L", "Ø.1", "Ø.2"])
    def test_records_what_was_decided(self, indicator: str) -> None:
        assert [each for each in BUSKERUD.indicator[indicator].clarifications if each.decided]

    @pytest.mark.parametrize(
        ("indicator", "better"),
        [
            *((f"B.{number}", "higher") for number in (1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13)),
            *((each, "higher") for each in ("P.1.1", "P.1.2", "M.2", "M.3", "M.4")),
            *((each, "lower") for each in ("P.L", "M.1", "Ø.1")),
            *((each, "on_target") for each in ("B.4", "Ø.2")),
        ],
    )
    def test_knows_which_way_is_better(self, indicator: str, better: str) -> None:
        assert BUSKERUD.indicator[indicator].better == better

    @pytest.mark.parametrize(
        ("indicator", "green", "yellow", "red"),
        [
            ("B.1", "75.0", "74.9 65.0", "64.9"),
            ("B.2", "75.0", "74.9 70.0", "69.9"),
            ("B.4", "-2.0 0 2.0", "-2.1 -5.0 2.1 5.0", "-5.1 5.1"),
            ("B.5", "70.1", "70.0 65.0", "64.9"),
            ("B.6", "75.0", "74.9 68.0", "67.9"),
            ("B.8", "80.0", "79.9 75.0", "74.9"),
            ("B.9", "35.0", "34.9 25.0", "24.9"),
            ("B.10", "80.0", "79.9 60.0", "59.9"),
            ("B.11", "65.0", "64.9 60.0", "59.9"),
            ("B.12", "75.0", "74.9 50.0", "49.9"),
            ("B.13", "5.0", "4.9 0.0", "-0.1"),
            ("P.1.1", "100.0", "99.9 80.0", "79.9"),
            ("P.1.2", "100.0", "99.9 80.0", "79.9"),
            ("M.1", "6.0 0", "6.1 7.0", "7.1"),
            ("M.2", "100.0", "99.9 80.0", "79.9"),
            ("M.3", "22.1", "22.0 20.0", "19.9"),
            ("M.4", "100.0", "99.9 80.0", "79.9"),
            ("Ø.1", "-30 2.0", "2.1 5.0", "5.1"),
            ("Ø.2", "-2.0 0 2.0", "-2.1 -5.0 2.1 5.0", "-5.1 5.1"),
        ],
    )
    def test_bands_have_the_edges_of_the_source(self, indicator: str, green: str, yellow: str, red: str) -> None:
        assert {value: zone(indicator, value) for value in f"{green} {yellow} {red}".split()} == {
            **dict.fromkeys(green.split(), Zone.GREEN),
            **dict.fromkeys(yellow.split(), Zone.YELLOW),
            **dict.fromkeys(red.split(), Zone.RED),
        }

    @pytest.mark.parametrize(
        ("period", "value", "expected"),
        [
            ("2009-01", "60.0", Zone.GREEN),
            ("2009-06", "60.0", Zone.GREEN),
            ("2009-06", "59.9", Zone.YELLOW),
            ("2009-06", "55.0", Zone.YELLOW),
            ("2009-06", "54.9", Zone.RED),
            ("2009-07", "60.0", Zone.RED),
            ("2009-07", "65.0", Zone.YELLOW),
            ("2009-07", "69.9", Zone.YELLOW),
            ("2009-12", "70.0", Zone.GREEN),
            ("2009-12", "64.9", Zone.RED),
        ],
    )
    def test_telephone_target_rises_at_midyear(self, period: str, value: str, expected: Zone) -> None:
        assert zone("B.7", value, period) is expected

    @pytest.mark.parametrize("indicator", ["B.6", "M.2"])
    def test_a_date_to_be_reached_by_moves_no_zone(self, indicator: str) -> None:
        found = BUSKERUD.indicator[indicator]
        assert resolve_band(found, Period.parse("2009-01")) == resolve_band(found, Period.parse("2009-12"))

    def test_dates_to_be_reached_by(self) -> None:
        assert {each.id: each.reach_by for each in BUSKERUD.indicators if each.reach_by} == {
            "B.6": date(2009, 12, 31),
            "M.2": date(2009, 6, 1),
        }

    @pytest.mark.parametrize(("indicator", "better"), [("B.3", "higher"), ("P.L", "lower")])
    def test_own_targets_are_undecided_until_target_and_zone_are_typed(self, indicator: str, better: str) -> None:
        found = BUSKERUD.indicator[indicator]
        assert found.target == OwnTarget(
            kind="own_target", better=better, target=f"{indicator}.target", yellow=f"{indicator}.yellow"
        )
        assert BUSKERUD.measure[f"{indicator}.target"].role is Role.TARGET
        assert BUSKERUD.measure[f"{indicator}.yellow"].role is Role.YELLOW
        assert resolve_band(found, Period.parse("2009-06")) is None
        assert resolve_band(found, Period.parse("2009-06"), Fraction(20)) is None
        yellow = Fraction(15 if better == "higher" else 25)
        band = resolve_band(found, Period.parse("2009-06"), Fraction(20), yellow)
        assert band
        assert [band.zone(Fraction(value)) for value in (20, yellow)] == [Zone.GREEN, Zone.YELLOW]

    @pytest.mark.parametrize(
        ("indicator", "period", "day"),
        [
            ("B.1", "2009-04", date(2009, 5, 31)),
            ("B.4", "2009-04", date(2009, 5, 4)),
            ("B.4", "2009-05", date(2009, 6, 1)),
            ("B.7", "2009-12", date(2010, 1, 5)),
            ("M.1", "2009-04", date(2009, 6, 30)),
            ("M.1", "2009-11", date(2010, 1, 31)),
            ("Ø.1", "2009-04", date(2009, 5, 10)),
            ("Ø.2", "2009-04", date(2009, 5, 7)),
        ],
    )
    def test_figures_are_due_when_their_source_is_ready(self, indicator: str, period: str, day: date) -> None:
        assert due(indicator, period) == day

    def test_only_sickness_absence_comes_late(self) -> None:
        assert {each.id: each.delay_months for each in BUSKERUD.indicators if each.delay_months} == {"M.1": 1}

    def test_only_the_staff_survey_is_not_monthly(self) -> None:
        assert [each.id for each in BUSKERUD.indicators if each.frequency is not Frequency.MONTH] == ["M.3"]
        assert BUSKERUD.indicator["M.3"].frequency is Frequency.WHEN_HELD

    def test_kinds_of_figures(self) -> None:
        kinds = {each.id: type(each.figure) for each in BUSKERUD.indicators}
        assert {each for each, kind in kinds.items() if kind is Amount} == {"B.3", "P.L", "M.3"}
        assert {each for each, kind in kinds.items() if kind is Deviation} == {"B.4", "Ø.1", "Ø.2"}
        assert {each for each, kind in kinds.items() if kind is Change} == {"B.13"}
        assert list(kinds.values()).count(Share) == 15

    def test_growth_is_held_against_the_month_before(self) -> None:
        figure = BUSKERUD.indicator["B.13"].figure
        assert isinstance(figure, Change)
        assert figure.against is Reference.PREVIOUS

    @pytest.mark.parametrize("indicator", ["P.L", "M.3"])
    def test_means_are_weighted_and_have_a_decimal(self, indicator: str) -> None:
        figure = BUSKERUD.indicator[indicator].figure
        assert isinstance(figure, Amount)
        assert figure.weight == (f"{indicator}.weight",)
        assert BUSKERUD.measure[f"{indicator}.value"].decimals == 1
        assert BUSKERUD.measure[f"{indicator}.value"].kind is Kind.ROLLING

    def test_measures_of_the_area_are_held_there_and_nowhere_else(self) -> None:
        assert BUSKERUD.indicator["B.4"].level is Level.AREA
        assert {each.id for each in BUSKERUD.measures if each.level is not Level.OFFICE} == {"B.4.actual", "B.4.plan"}

    @pytest.mark.parametrize("indicator", ["B.2", "B.12"])
    def test_three_months_back_is_rolling(self, indicator: str) -> None:
        found = BUSKERUD.indicator[indicator]
        assert {BUSKERUD.measure[each].kind for _, used in found.fields for each in used} == {Kind.ROLLING}

    def test_headcounts_are_stocks(self) -> None:
        stocks = {each.id for each in BUSKERUD.measures if each.kind is Kind.STOCK and each.role is Role.FIGURE}
        assert stocks == {
            "B.3.value",
            "B.10.numerator",
            "B.10.denominator",
            "M.2.numerator",
            "employees",
            "M.4.numerator",
        }

    def test_each_field_is_a_measure_of_its_own_name(self) -> None:
        named = {
            (indicator.id, field): measures for indicator in BUSKERUD.indicators for field, measures in indicator.fields
        }
        shared = {("M.2", Part.DENOMINATOR): ("employees",), ("M.4", Part.DENOMINATOR): ("employees",)}
        assert named == {key: shared.get(key, (f"{key[0]}.{key[1]}",)) for key in named}

    def test_the_number_of_employees_is_typed_once(self) -> None:
        shared = {measure: len(users) for measure, users in BUSKERUD.users.items() if len(users) != 1}
        assert shared == {"employees": 2}

    def test_vacancies_reported_directly_are_part_of_those_reported(self) -> None:
        assert BUSKERUD.relations == (PartOf(kind="part_of", part="B.8.denominator", whole="B.9.numerator"),)

    def test_only_money_spent_may_be_corrected_below_nought(self) -> None:
        assert {each.id for each in BUSKERUD.measures if each.negative} == {"Ø.1.actual", "Ø.2.actual"}
        assert {each.id for each in BUSKERUD.measures if each.unit is Unit.MONEY} == {
            *("Ø.1.actual", "Ø.1.plan"),
            *("Ø.2.actual", "Ø.2.plan"),
        }


CLOSED = tuple(
    f"closed.{reason}"
    for reason in ("no_inflow", "inflow", "given_up", "disability", "authority", "other", "death", "work")
)
SERVICES = tuple(
    f"services.{reason}"
    for reason in (
        *("course_ended", "market_changed", "provider_stopped", "mistake"),
        *("unsuccessful", "unmotivated", "success", "illness"),
    )
)


class TestPacta:
    def test_has_outcomes_and_processes_in_order(self) -> None:
        assert [each.id for each in PACTA.indicators] == [
            *(f"O.{number}" for number in range(1, 10)),
            *(f"PR.{number}" for number in range(1, 6)),
        ]
        assert [(each.id, each.title) for each in PACTA.perspectives] == [("O", "Uitkomst"), ("PR", "Proces")]

    def test_speaks_dutch_and_stands_for_the_country(self) -> None:
        assert (PACTA.language, PACTA.year) == ("nl", 2006)
        assert (PACTA.top.level, PACTA.top.name) == (Level.COUNTRY, "Landelijk")
        assert PACTA.level_names[Level.OFFICE] == "Regio"

    def test_what_is_being_developed_is_listed_and_not_asked_for(self) -> None:
        assert [each.id for each in PACTA.indicators if not each.active] == ["O.6", "O.7", "O.8", "O.9"]

    def test_has_no_targets(self) -> None:
        assert all(isinstance(each.target, Undecided) for each in PACTA.indicators)
        assert all(resolve_band(each, Period.parse("2006-03")) is None for each in PACTA.indicators)

    def test_has_the_measures_of_the_report(self) -> None:
        stocks = {"courses_open", "services_open", "services_open.social"}
        flows = {
            *(*CLOSED, *SERVICES, "courses_closed", "services_closed"),
            *("interventions", "interventions.within_11", "interventions.within_14"),
        }
        assert {each: PACTA.measure[each].kind for each in stocks | flows} == {
            **dict.fromkeys(stocks, Kind.STOCK),
            **dict.fromkeys(flows, Kind.FLOW),
        }

    def test_a_measure_without_an_indicator_is_asked_for_all_the_same(self) -> None:
        assert [each.id for each in PACTA.measures if each.alone] == ["courses_open"]

    def test_outflow_is_a_share_of_the_eight_reasons(self) -> None:
        numerators = {}
        for each in ("O.1", "O.2", "O.5"):
            figure = PACTA.indicator[each].figure
            assert isinstance(figure, Share)
            assert figure.denominator == CLOSED
            numerators[each] = figure.numerator
        assert numerators == {
            "O.1": ("closed.work",),
            "O.2": ("closed.given_up", "closed.disability", "closed.authority", "closed.other", "closed.death"),
            "O.5": ("closed.inflow",),
        }

    def test_the_mapping_of_other_outflow_is_labelled(self) -> None:
        other = PACTA.indicator["O.2"]
        assert "maximale duur" in other.definition
        assert any("maximale duur" in (each.decided or "") for each in other.clarifications)
        assert any("65" in each.question and each.decided is None for each in other.clarifications)

    def test_other_shares(self) -> None:
        assert PACTA.indicator["O.3"].figure == Share(
            kind="share", numerator=("services.success",), denominator=SERVICES
        )
        assert PACTA.indicator["O.4"].figure == Share(
            kind="share", numerator=("services_open.social",), denominator=("services_open",)
        )
        for indicator, days in (("PR.1", 11), ("PR.2", 14)):
            assert PACTA.indicator[indicator].figure == Share(
                kind="share", numerator=(f"interventions.within_{days}",), denominator=("interventions",)
            )

    @pytest.mark.parametrize(
        ("indicator", "value", "weight"),
        [
            (
                "PR.3",
                tuple(f"interventions.days_to_{step}" for step in ("appointment", "conversation", "signoff")),
                "interventions",
            ),
            ("PR.4", ("services_closed.days",), "services_closed"),
            ("PR.5", ("courses_closed.days",), "courses_closed"),
        ],
    )
    def test_lead_times_are_weighted_by_cases(self, indicator: str, value: tuple[str, ...], weight: str) -> None:
        assert PACTA.indicator[indicator].figure == Amount(kind="amount", value=value, weight=(weight,))
        for each in value:
            assert (PACTA.measure[each].kind, PACTA.measure[each].unit) == (Kind.ROLLING, Unit.DAYS)
            assert PACTA.measure[each].decimals == 1

    def test_relations(self) -> None:
        assert PACTA.relations == (
            TotalOf(kind="total_of", total="courses_closed", parts=CLOSED),
            TotalOf(kind="total_of", total="services_closed", parts=SERVICES),
            PartOf(kind="part_of", part="services_open.social", whole="services_open"),
            PartOf(kind="part_of", part="interventions.within_11", whole="interventions.within_14"),
            PartOf(kind="part_of", part="interventions.within_14", whole="interventions"),
        )

    def test_says_what_counts_as_outflow_and_what_a_return_does(self) -> None:
        told = " ".join(each.decided or "" for each in PACTA.indicator["O.1"].clarifications)
        assert "vier weken" in told
        assert "heropend" in told
