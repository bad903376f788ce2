"""Submissions in memory with plausible figures, the same ones every time."""

from __future__ import annotations

import random
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from xlmalekort.layout.office import Sheet, layout_of
from xlmalekort.locale import texts_of
from xlmalekort.model.figure_kinds import COUNTS, Part, Share
from xlmalekort.model.figures import Action, Figure, Figures, Submission
from xlmalekort.model.measures import Role, Unit
from xlmalekort.model.periods import Frequency, Period
from xlmalekort.problems import Problem
from xlmalekort.template.actions_sheet import DONE, IN_PROGRESS, PLANNED
from xlmalekort.template.state import OfficeState, make_state

if TYPE_CHECKING:
    from xlmalekort.model.indicators import Indicator
    from xlmalekort.model.measures import Measure
    from xlmalekort.model.scorecard import Scorecard

TODAY = date(2009, 7, 15)


def seeded_figures(
    scorecard: Scorecard, year: int, until: date, seed: int = 1, *, gaps: float = 0.04, every_cell: bool = False
) -> Figures:
    """Figures for every period of the year that ends by a day; parts stay within their wholes."""
    random_ = random.Random(f"{scorecard.id}{year}{seed}")
    layout = layout_of(scorecard, year)
    numerators = {
        measure: indicator.figure.denominator
        for indicator in scorecard.active
        if isinstance(indicator.figure, Share)
        for measure in indicator.figure.numerator
    }
    figures: Figures = {}
    levels: dict[str, float] = {}
    for period in layout.periods:
        for line in layout.lines:
            measure = line.measure
            if measure is None or not layout.has_cell(line, period) or (period.end > until and not every_cell):
                continue
            if not every_cell:
                if measure.frequency is Frequency.WHEN_HELD and period.number not in (3, 9):
                    continue
                if random_.random() < gaps:
                    continue
            value = _value(scorecard, measure, line.indicator, line.part, random_, levels)
            figures[measure.id, period] = Figure(measure.id, period, value)
    for measure_id, period in list(figures):
        whole = numerators.get(measure_id, ())
        if len(whole) == 1 and (whole[0], period) in figures:
            of = figures[whole[0], period].value or Fraction(0)
            share = levels.setdefault(f"share {measure_id}", random_.uniform(0.55, 1))
            drift = min(1.0, max(0.02, share + random_.uniform(-0.06, 0.06)))
            if "sykefr" in scorecard.measure[measure_id].title.lower():
                drift /= 12
            decimals = scorecard.measure[measure_id].decimals
            value = Fraction(int(of * 10**decimals * Fraction(round(drift * 1000), 1000)), 10**decimals)
            figures[measure_id, period] = Figure(measure_id, period, value)
    return figures


def _value(
    scorecard: Scorecard,
    measure: Measure,
    indicator: Indicator | None,
    part: Part | None,
    random_: random.Random,
    levels: dict[str, float],
) -> Fraction:
    base = {Unit.COUNT: 120.0, Unit.PERCENT: 75.0, Unit.POINTS: 22.0, Unit.DAYS: 18.0, Unit.MONEY: 640_000.0}[
        measure.unit
    ]
    if indicator is not None and isinstance(indicator.figure, Share) and measure.unit is Unit.DAYS:
        base = 900.0
    key = (
        indicator.id
        if indicator and part in (Part.ACTUAL, Part.PLAN, Part.TARGET, Part.YELLOW, Part.VALUE)
        else measure.id
    )
    if part in COUNTS:
        base = 12.0 * (COUNTS.index(part) + 1)
    level = levels.setdefault(key, base * random_.uniform(0.5, 1.6) if measure.unit is not Unit.POINTS else base)
    wobble = random_.uniform(0.94, 1.06)
    if measure.role is not Role.FIGURE:
        wobble = 1.0
        if part is Part.YELLOW:
            wobble = 0.85 if getattr(indicator and indicator.target, "better", "higher") == "higher" else 1.15
    value = Fraction(round(level * wobble * 10**measure.decimals), 10**measure.decimals)
    return value if measure.maximum is None else min(value, Fraction(measure.maximum))


def office_state(
    scorecard: Scorecard, chosen: str, today: date, *, office: str = "NAV Øvre Prøveli", filled: bool = True
) -> OfficeState:
    """The state of an office that has reported up to the day, with a year before, comments, actions and problems."""
    year = int(chosen[:4])
    first = next(iter(scorecard.active)).id
    reds = [each.id for each in scorecard.active][2:9:3]
    actions = tuple(
        Action(
            each,
            "For få møter ble kalt inn i tide",
            "Faste møtedager fra juni; liste hver mandag",
            "NAV-leder",
            due,
            texts_of(scorecard.language)(state),
        )
        for each, due, state in zip(
            (first, *reds), ("2009-08-31", "2009-06-15", "2009-09-01", "i høst"), _STATES, strict=False
        )
    )
    submission = Submission(
        file="x.xlsx",
        office=office,
        year=year,
        figures=seeded_figures(scorecard, year, today) if filled else {},
        reference=seeded_figures(scorecard, year - 1, date(year - 1, 12, 31), gaps=0.02) if filled else {},
        comments={(first, Period.parse(chosen)): "To møter ble flyttet til juli."} if filled else {},
        actions=actions if filled else (),
        ready_for=Period.parse(chosen) if filled else None,
        area="Nedre Buskerud",
        region="Buskerud",
    )
    return make_state(scorecard, submission, Period.parse(chosen), today, _problems(scorecard) if filled else ())


_STATES = (PLANNED, IN_PROGRESS, DONE, PLANNED)


def _problems(scorecard: Scorecard) -> tuple[Problem, ...]:
    title = layout_of(scorecard, scorecard.year).title
    first, second = scorecard.active[0].id, scorecard.active[3].id
    sheet = title(Sheet.INPUT)
    period = f"{scorecard.year}-02"
    whole = {"shown": "12,5 %", "range": "0–100"}
    return (
        Problem("NUM-001", sheet=sheet, cell="F8", indicator=first, period=period, got="12,5 %", slots=whole),
        Problem(
            "PAR-001",
            sheet=sheet,
            cell="F14",
            indicator=second,
            period=period,
            got="82",
            slots={"numerator": "82", "denominator": "78", "cells": "F14, F15"},
        ),
        Problem("NUM-009", sheet=sheet, cell="H21", indicator=second, period=period, slots={"shown": "64"}),
        Problem("FIL-005", slots={"name": "x.xlsx"}),
    )
