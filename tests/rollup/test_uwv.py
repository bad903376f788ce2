"""A real month: six regions of UWV, whose reported totals do not add up."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from tests.pipeline.uwv_month import MONTH as AS_REGISTERED
from tests.pipeline.uwv_month import REGIONS
from tests.rollup.small import of_figures, told
from xlmalekort.model.figures import Figure, Source, Status
from xlmalekort.model.measures import Level
from xlmalekort.model.periods import Period
from xlmalekort.model.register import Office, Register
from xlmalekort.rollup.results import RollUp, Unit
from xlmalekort.rollup.totals import roll_up
from xlmalekort.scorecards import load_scorecard

PACTA = load_scorecard("uwv-pacta-2006")
MONTH = Period.parse("2006-03")
COUNTRY = Unit(Level.COUNTRY, "Landelijk")


@pytest.fixture(scope="module")
def rollup() -> RollUp:
    files = []
    for place, region in enumerate(REGIONS):
        found = {
            (measure, MONTH): Figure(measure, MONTH, Fraction(row[place]), Source(f"{region}.xlsx", "Invoer", "E1"))
            for measure, row in AS_REGISTERED.items()
        }
        files.append(of_figures(region, found, year=2006, scorecard=PACTA))
    register = Register(tuple(Office(region, region=region) for region in REGIONS))
    return roll_up(PACTA, files, register, date(2006, 6, 1), MONTH)


def test_outflow_to_work_of_the_country_rests_on_the_eight_reasons(rollup: RollUp) -> None:
    result = rollup.result["O.1", MONTH, COUNTRY]
    assert told(result.numerator, result.denominator, result.judgement.shown) == (620, 949, Fraction("65.3"))
    assert (result.judgement.status, result.reported, result.is_complete) == (Status.UNDECIDED, 6, True)


def test_no_region_has_more_outflow_than_courses(rollup: RollUp) -> None:
    shares = [rollup.result["O.1", MONTH, Unit(Level.OFFICE, region)].judgement.value for region in REGIONS]
    assert all(share is not None and share < 100 for share in shares)
    assert rollup.result["O.1", MONTH, Unit(Level.OFFICE, "Oost")].denominator == 205


def test_lead_times_are_weighted_by_courses(rollup: RollUp) -> None:
    result = rollup.result["PR.5", MONTH, COUNTRY]
    days, weights = AS_REGISTERED["courses_closed.days"], AS_REGISTERED["courses_closed"]
    exact = Fraction(sum(day * weight for day, weight in zip(days, weights, strict=True)), sum(weights))
    assert told(result.judgement.value, result.judgement.shown, result.denominator) == (exact, Fraction("91.1"), 734)


def test_the_reported_total_stands_beside_the_sum_of_the_reasons_for_the_country_and_each_region(
    rollup: RollUp,
) -> None:
    differing = {(p.level, p.unit): (p.got, p.slots["sum"]) for p in rollup.problems if p.measure == "courses_closed"}
    assert differing["country", "Landelijk"] == ("734", "949")
    assert differing["region", "Oost"] == ("119", "205")
    assert {unit for level, unit in differing if level == "region"} == set(REGIONS)
    assert {p.code for p in rollup.problems} == {"REL-001"}


def test_measures_of_the_country_are_those_printed(rollup: RollUp) -> None:
    totals = {total.measure: total.value for total in rollup.totals if total.unit == COUNTRY}
    printed = {"courses_open": 36366, "courses_closed": 734, "closed.work": 620, "services_open": 29749}
    assert {measure: totals[measure] for measure in printed} == printed
    assert totals["courses_closed.days"] is None
