"""Roll-ups of made-up offices, added up in the plainest way, to write workbooks of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING

from xlmalekort.judging.judge import judge_observed
from xlmalekort.judging.values import NOTHING, Observed, observe
from xlmalekort.model.figures import Action, CheckedFile, Figure, Source, Status, Submission
from xlmalekort.model.measures import Level
from xlmalekort.model.periods import Period, periods_of_year
from xlmalekort.model.register import Office, Register
from xlmalekort.model.scorecard import Amount, Change, Scorecard
from xlmalekort.pipeline.plausible import MadeUpOffice, plausible_figures
from xlmalekort.problems import Problem
from xlmalekort.rollup.results import FileReport, MeasureTotal, Result, RollUp, Unit
from xlmalekort.scorecards.loader import load_scorecard

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlmalekort.model.scorecard import Indicator

AREAS = ("Drammen", "Kongsberg", "Midt-Buskerud", "Ringerike", "Hallingdal")
NAMES = (
    *(
        "Drammen",
        "Lier",
        "Nedre Eiker",
        "Øvre Eiker",
        "Hurum",
        "Røyken",
        "Kongsberg",
        "Flesberg",
        "Rollag",
        "Nore og Uvdal",
    ),
    *("Modum", "Sigdal", "Krødsherad", "Ringerike", "Hole", "Flå", "Nes", "Gol", "Hemsedal", "Ål"),
)
QUALITIES = ("good", "middling", "good", "bad", "middling")
SHEET = "Registrering"


def offices_of(count: int, names: Sequence[str] = NAMES) -> tuple[Office, ...]:
    """Make so many offices in five areas of one region; beyond the names given they are numbered."""
    per_area = max(1, -(-count // len(AREAS)))
    return tuple(
        Office(
            f"NAV {names[n]}" if n < len(names) else f"NAV Kontor {n + 1}",
            f"{AREAS[n // per_area]}-området",
            "Buskerud",
        )
        for n in range(count)
    )


@cache
def example(
    scorecard: str = "nav-buskerud-2009", count: int = 20, *, year: int | None = None, plain: bool = False
) -> RollUp:
    """Make a roll-up of made-up offices on 15 July; one of them sent nothing and one was rejected, unless it is plain."""
    definition = load_scorecard(scorecard)
    return roll_up_offices(definition, offices_of(count), year or definition.year, plain=plain)


def roll_up_offices(scorecard: Scorecard, offices: tuple[Office, ...], year: int, *, plain: bool = False) -> RollUp:
    """Add up offices with made-up figures."""
    today = date(year, 7, 15)
    submissions = [_submission(scorecard, office, year, today, n) for n, office in enumerate(offices)]
    counted = submissions if plain else [each for n, each in enumerate(submissions) if n not in (3, 8)]
    files = [
        FileReport(CheckedFile(each.file, office=each.office, year=year, submission=each), "counted")
        for each in counted
    ]
    problems: tuple[Problem, ...] = ()
    if not plain and len(offices) > 8:
        files.append(FileReport(CheckedFile("nav_rollag_2009.xlsx", office=offices[8].name, year=year), "rejected"))
        files.append(FileReport(CheckedFile("notater.docx", is_ignored=True), "ignored"))
        problems = _problems(counted)
    results = _results(scorecard, offices, counted, today, year)
    totals = _totals(scorecard, offices, counted, year)
    register = Register(offices)
    return RollUp(scorecard, year, today, None, register, results, totals, tuple(files), tuple(counted), problems)


def _submission(scorecard: Scorecard, office: Office, year: int, today: date, number: int) -> Submission:
    made_up = MadeUpOffice(office.name, office.area, QUALITIES[number % len(QUALITIES)], 0.5 + number % 7 / 4)  # type: ignore[arg-type]
    file = f"{office.name.lower().replace(' ', '_')}_{year}.xlsx"
    figures: dict[tuple[str, Period], Figure] = {}
    earlier: dict[tuple[str, Period], Figure] = {}
    rows = {measure.id: row for row, measure in enumerate(scorecard.measures, start=8)}
    for each in plausible_figures(scorecard, made_up, year, today, 2009):
        cell = f"{'EFGHIJKLMNOPQRSTUVW'[each.period.number - 1]}{rows[each.measure]}"
        kept = figures if each.period.year == year else earlier
        kept[each.measure, each.period] = Figure(each.measure, each.period, each.value, Source(file, SHEET, cell))
    submission = Submission(file, office.name, year, figures, earlier, area=office.area, region=office.region)
    return replace(submission, actions=_actions(scorecard, number, file))


def _actions(scorecard: Scorecard, number: int, file: str) -> tuple[Action, ...]:
    chosen = (
        scorecard.active[number % len(scorecard.active)],
        scorecard.active[(number * 5 + 2) % len(scorecard.active)],
    )
    return tuple(
        Action(
            each.id,
            "Sykefravær blant veilederne i mai og juni" if number % 2 else "",
            "Egen ukedag for dialogmøter, med reserve når den ansvarlige er borte; gjennomgang i ledermøtet hver mandag",
            "Sykefraværskontakt",
            "2009-09-01" if number % 3 else "",
            "påbegynt",
            Source(file, "Tiltak", f"C{number + 6}"),
        )
        for each in chosen
    )


def _results(
    scorecard: Scorecard, offices: tuple[Office, ...], submissions: Sequence[Submission], today: date, year: int
) -> tuple[Result, ...]:
    sent = {each.office: each for each in submissions}
    found = []
    for indicator in scorecard.active:
        for period in periods_of_year(year, indicator.frequency):
            if not period.has_ended(today):
                continue
            observed = {
                office.name: observe(
                    scorecard, indicator, period, sent[office.name].figures, sent[office.name].reference
                )
                if office.name in sent
                else NOTHING
                for office in offices
            }
            found += _of_period(scorecard, indicator, period, offices, observed, today)
    return tuple(found)


def _of_period(
    scorecard: Scorecard,
    indicator: Indicator,
    period: Period,
    offices: tuple[Office, ...],
    observed: dict[str, Observed],
    today: date,
) -> list[Result]:
    def result(unit: Unit, seen: Observed, reported: int, expected: int) -> Result:
        judgement = judge_observed(indicator, period, seen, today, comparison=scorecard.comparison)
        whole = reported == expected
        return Result(indicator, period, unit, judgement, reported, expected, whole, not whole, False, tuple)

    found = []
    if indicator.level is Level.OFFICE:
        for office in offices:
            seen = observed[office.name]
            found.append(result(Unit(Level.OFFICE, office.name), seen, int(seen.is_reported), 1))
    areas = list(dict.fromkeys(office.area for office in offices))
    of_area = {area: [observed[office.name] for office in offices if office.area == area] for area in areas}
    if indicator.level is Level.AREA:
        firsts = [next((each for each in seen if each.is_reported), NOTHING) for seen in of_area.values()]
        for area, first in zip(areas, firsts, strict=True):
            found.append(result(Unit(Level.AREA, area), first, int(first.is_reported), 1))
        all_in = firsts
    else:
        for area, members in of_area.items():
            found.append(result(Unit(Level.AREA, area), added(indicator, members), _count(members), len(members)))
        all_in = list(observed.values())
    if offices:
        found.append(result(Unit(Level.REGION, "Buskerud"), added(indicator, all_in), _count(all_in), len(all_in)))
    return found


def _count(seen: list[Observed]) -> int:
    return sum(each.is_reported for each in seen)


def added(indicator: Indicator, seen: list[Observed]) -> Observed:
    """Add up what was observed: parts by sums, means by their weights."""
    usable = [each for each in seen if each.is_reported and not each.is_rejected and each.upper is not None]
    if not usable:
        return NOTHING
    upper = sum((each.upper or Fraction(0) for each in usable), Fraction(0))
    lowers = [each.lower for each in usable]
    lower = sum((each or Fraction(0) for each in lowers), Fraction(0)) if all(x is not None for x in lowers) else None
    if isinstance(indicator.figure, Amount) and indicator.figure.weight and lower:
        upper = sum(((each.upper or Fraction(0)) * (each.lower or Fraction(0)) for each in usable), Fraction(0)) / lower
    reference = None
    if isinstance(indicator.figure, Change):
        reference = sum((each.reference or Fraction(0) for each in usable), Fraction(0))
    own = [each.own_target for each in usable]
    zones = [each.own_yellow for each in usable]
    target = sum((x or Fraction(0) for x in own), Fraction(0)) if all(x is not None for x in own) else None
    yellow = sum((x or Fraction(0) for x in zones), Fraction(0)) if all(x is not None for x in zones) else None
    return Observed(upper, lower, reference, is_reported=True, own_target=target, own_yellow=yellow)


def _totals(
    scorecard: Scorecard, offices: tuple[Office, ...], submissions: Sequence[Submission], year: int
) -> tuple[MeasureTotal, ...]:
    found = []
    units = [
        (Unit(Level.AREA, area), [o.name for o in offices if o.area == area]) for area in {o.area: 0 for o in offices}
    ]
    units.append((Unit(Level.REGION, "Buskerud"), [office.name for office in offices]))
    for measure in scorecard.measures:
        for period in periods_of_year(year, measure.frequency):
            for unit, names in units:
                values = [
                    each.figures[measure.id, period].value
                    for each in submissions
                    if each.office in names and (measure.id, period) in each.figures
                ]
                numbers = [value for value in values if value is not None]
                total = sum(numbers, Fraction(0)) if numbers else None
                found.append(MeasureTotal(measure.id, period, unit, total, len(numbers), len(names)))
    return tuple(found)


def _problems(submissions: Sequence[Submission]) -> tuple[Problem, ...]:
    file = submissions[0].file
    slots = {"numerator": "31", "denominator": "27", "cells": "I9, I10"}
    return (
        Problem(
            "PAR-001",
            file,
            SHEET,
            "I9",
            indicator="B.1",
            measure="B.1.numerator",
            period="2009-05",
            got="31",
            slots=slots,
        ),
        Problem(
            "NUM-002",
            submissions[1].file,
            SHEET,
            "H12",
            measure="B.2.numerator",
            period="2009-04",
            got="44",
            slots={"shown": "44"},
        ),
        Problem("DLV-001", unit="NAV Øvre Eiker", level="office", slots={"office": "NAV Øvre Eiker"}),
        Problem("FIL-002", "nav_rollag_2009.xlsx"),
        Problem(
            "REL-002",
            submissions[2].file,
            SHEET,
            "J30",
            measure="B.8.denominator",
            period="2009-06",
            got="40",
            slots={
                "part": "Direktemeldte stillinger i alt",
                "whole": "Stillinger meldt til NAV",
                "limit": "35",
                "cells": "J30, J31",
            },
        ),
    )


def status_of(rollup: RollUp, indicator: str, period: str, unit: Unit) -> Status:
    """Tell the status of a result."""
    return rollup.result[indicator, Period.parse(period), unit].judgement.status
