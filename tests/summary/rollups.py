"""Roll-ups of made-up offices to write workbooks of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from xlmalekort.model.figures import Action, CheckedFile, Figure, Source, Submission
from xlmalekort.model.register import Office, Register
from xlmalekort.pipeline.plausible import MadeUpOffice, plausible_figures
from xlmalekort.problems import Problem
from xlmalekort.rollup.totals import roll_up
from xlmalekort.scorecards.loader import load_scorecard

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlmalekort.model.periods import Period
    from xlmalekort.model.scorecard import Scorecard
    from xlmalekort.rollup.results import RollUp


AREAS = ("Tenkeby", "Diktfjell", "Midtre", "Papirlia", "Fantasund")
NAMES = (
    *(
        "Tenkeby",
        "Øvingsås",
        "Nedre Prøveli",
        "Øvre Prøveli",
        "Skyggenes",
        "Regnestad",
        "Diktfjell",
        "Mønsterli",
        "Utkastnes",
        "Tall og Tegn",
    ),
    *(
        "Testnes",
        "Skissebakk",
        "Modellfjord",
        "Papirlia",
        "Innfallshavn",
        "Påfunnvik",
        "Liksomdal",
        "Ærligstad",
        "Oppdiktmo",
        "Eksempelvik",
    ),
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


def roll_up_offices(
    scorecard: Scorecard, offices: tuple[Office, ...], year: int, *, plain: bool = False, chosen: Period | None = None
) -> RollUp:
    """Add up offices with made-up figures."""
    today = date(year, 7, 15)
    submissions = [_submission(scorecard, office, year, today, n) for n, office in enumerate(offices)]
    files = [_file(scorecard, each) for n, each in enumerate(submissions) if plain or n not in (3, 8)]
    if not plain and len(offices) > 8:
        files[:3] = [replace(file, problems=found) for file, found in zip(files, _problems(files), strict=False)]
        damaged = (Problem("FIL-002", "nav_rollag_2009.xlsx"),)
        files.append(CheckedFile("nav_rollag_2009.xlsx", "damaged", offices[8].name, year, problems=damaged))
        files.append(CheckedFile("notater.docx", "no workbook", is_ignored=True))
    return roll_up(scorecard, files, Register(offices), today, chosen)


def _file(scorecard: Scorecard, submission: Submission) -> CheckedFile:
    file, office, year = submission.file, submission.office, submission.year
    return CheckedFile(file, file, office, year, scorecard, submission)


def _submission(scorecard: Scorecard, office: Office, year: int, today: date, number: int) -> Submission:
    size = 0.5 + len(office.area) % 5 / 4  # the same within an area, so that what is held for the area is the same
    made_up = MadeUpOffice(office.name, office.area, QUALITIES[number % len(QUALITIES)], size)  # type: ignore[arg-type]
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


def _problems(files: Sequence[CheckedFile]) -> list[tuple[Problem, ...]]:
    """Make some problems of the first three files."""
    first, second, third = (each.file for each in files[:3])
    pair = {"numerator": "31", "denominator": "27", "cells": "I9, I10"}
    part = {
        "part": "Direktemeldte stillinger i alt",
        "whole": "Stillinger meldt til NAV",
        "limit": "35",
        "cells": "J30, J31",
    }
    impossible = Problem(
        "PAR-001", first, SHEET, "I9", indicator="B.1", measure="B.1.numerator", period="2009-05", got="31", slots=pair
    )
    text = Problem(
        "NUM-002", second, SHEET, "H12", measure="B.2.numerator", period="2009-04", got="44", slots={"shown": "44"}
    )
    larger = Problem("REL-002", third, SHEET, "J30", measure="B.8.denominator", period="2009-06", got="40", slots=part)
    return [(impossible,), (text,), (larger,)]
