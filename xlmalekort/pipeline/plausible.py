"""Made-up figures that look like an office's: seeded, near the bands, with a trend and some noise.

They serve the demonstration and the benchmarks. Only the definition is asked; no scorecard is known by name.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING, Literal

from xlmalekort.judging.bands import Band, resolve_band
from xlmalekort.judging.judge import is_due
from xlmalekort.model.measures import Level, Measure, PartOf, TotalOf, Unit
from xlmalekort.model.periods import Frequency, Period, periods_of_year
from xlmalekort.model.scorecard import Amount, Change, Deviation, Part, Share
from xlmalekort.model.targets import OwnTarget

if TYPE_CHECKING:
    from datetime import date

    from xlmalekort.model.scorecard import Indicator, Scorecard

Quality = Literal["good", "middling", "bad"]
_LEAN = {"good": 0.45, "middling": -0.05, "bad": -0.85}
"""How far above the green edge an office lies, in widths of the yellow zone."""


@dataclass(frozen=True, slots=True)
class MadeUp:
    """One made-up figure of a measure, in the unit shown."""

    measure: str
    period: Period
    value: Fraction


@dataclass(frozen=True, slots=True)
class MadeUpOffice:
    """An office that does not exist: how well it does, and how many people it looks after."""

    name: str
    area: str
    quality: Quality
    size: float


def plausible_figures(scorecard: Scorecard, office: MadeUpOffice, year: int, today: date, seed: int) -> list[MadeUp]:
    """The figures of an office for a year and the year before it, as far as they are ready on the day; one for each pair."""
    found: list[MadeUp] = []
    for each in (year - 1, year):
        frequencies = {measure.frequency.span for measure in scorecard.measures}
        for frequency in sorted(frequencies):
            for period in periods_of_year(each, frequency):
                found += _of_period(scorecard, office, period, today, seed)
    return found


def _of_period(scorecard: Scorecard, office: MadeUpOffice, period: Period, today: date, seed: int) -> list[MadeUp]:
    values: dict[str, Fraction] = {}
    for indicator in scorecard.active:
        if indicator.frequency.span is not period.frequency or not _is_there(indicator, period, today):
            continue
        # What is held for a whole area must be the same in every office of it.
        who = office.area if indicator.level is Level.AREA else office.name
        random = Random(f"{seed}|{who}|{indicator.id}|{period}")  # noqa: S311 - play figures
        steady = Random(f"{seed}|{who}|{indicator.id}").uniform(-0.5, 0.5)  # noqa: S311
        lean = _LEAN["middling" if indicator.level is Level.AREA else office.quality] + steady
        lean += 0.03 * (period.end.month - 6) + random.gauss(0, 0.18)
        if indicator.level is Level.AREA:
            whole = MadeUpOffice(office.area, office.area, "middling", Random(f"{seed}|{who}").uniform(4, 9))  # noqa: S311
        else:
            whole = office
        _fill(scorecard, indicator, period, whole, lean, random, values)
    _mind_relations(scorecard, values)
    return [MadeUp(measure, period, value) for measure, value in values.items()]


def _is_there(indicator: Indicator, period: Period, today: date) -> bool:
    if indicator.frequency is Frequency.WHEN_HELD:
        return period.end.month in (5, 11) and period.has_ended(today)
    return period.has_ended(today) and is_due(indicator, period, today)


def _fill(
    scorecard: Scorecard,
    indicator: Indicator,
    period: Period,
    office: MadeUpOffice,
    lean: float,
    random: Random,
    values: dict[str, Fraction],
) -> None:
    figure = indicator.figure
    measures = scorecard.measure
    match figure:
        case Share() if len(figure.numerator) == len(figure.denominator) == 1:
            lower = values.setdefault(figure.denominator[0], _count(office, random, 90))
            rate = min(max(_aimed(_band(indicator, period), lean, 55.0, 12.0), 0.0), 100.0)
            values.setdefault(figure.numerator[0], Fraction(round(float(lower) * rate / 100)))
        case Share():
            for measure in dict.fromkeys((*figure.numerator, *figure.denominator)):
                values.setdefault(measure, _count(office, random, 14))
        case Deviation():
            plan = values.setdefault(figure.plan[0], Fraction(round(office.size * random.uniform(180, 220)) * 100))
            off = _aimed(_band(indicator, period), lean, 0.0, 3.0) * random.choice((1, 1, -1))
            values.setdefault(figure.actual[0], Fraction(round(float(plan) * (1 + off / 100))))
        case Change():
            grown = 1 + (0.02 + 0.03 * lean) * (period.end.month + 12 * (period.year % 2))
            values.setdefault(figure.value[0], Fraction(max(round(office.size * 60 * grown), 0)))
        case Amount():
            _fill_amount(indicator, period, office, lean, random, values, measures)


def _fill_amount(
    indicator: Indicator,
    period: Period,
    office: MadeUpOffice,
    lean: float,
    random: Random,
    values: dict[str, Fraction],
    measures: dict[str, Measure],
) -> None:
    figure, target = indicator.figure, indicator.target
    if not isinstance(figure, Amount):
        raise TypeError(figure)
    goal = _round(office.size * (25 if measures[figure.value[0]].unit is Unit.DAYS else 15) + 5, 0)
    if isinstance(target, OwnTarget):
        zone = goal * (Fraction(4, 5) if target.better == "higher" else Fraction(5, 4))
        if office.quality != "bad":
            values[target.target] = goal
            if target.yellow is not None:
                values[target.yellow] = _round(float(zone), 0)
        middle = float(goal) + lean * abs(float(goal - zone)) * (1 if target.better == "higher" else -1)
    else:
        middle = _aimed(_band(indicator, period), lean, 60.0 + 30 * lean, 10.0)
    for measure in figure.value:
        values.setdefault(measure, _round(max(middle / len(figure.value), 0.0), measures[measure].decimals))
    for measure in figure.weight or ():
        values.setdefault(measure, _count(office, random, 40))


def _band(indicator: Indicator, period: Period) -> Band | None:
    return resolve_band(indicator, period)


def _aimed(band: Band | None, lean: float, middle: float, width: float) -> float:
    """A value so many widths of the yellow zone on the good side of the green edge."""
    if band is None:
        return middle + width * lean
    green, outer = band.green, band.outer
    if green.low is not None and green.high is not None:
        return float(green.high) * (0.9 - lean * 1.2)
    if green.low is not None:
        return float(green.low) + lean * max(float(green.low - (outer.low or 0)), 1.0)
    return float(green.high or 0) - lean * max(float((outer.high or 0) - (green.high or 0)), 1.0)


def _count(office: MadeUpOffice, random: Random, usual: int) -> Fraction:
    return Fraction(max(round(office.size * usual * random.uniform(0.75, 1.25)), 1))


def _round(value: float, decimals: int) -> Fraction:
    return Fraction(round(value * 10**decimals), 10**decimals)


def _shrink(scorecard: Scorecard, values: dict[str, Fraction], measure: str, most: Fraction) -> None:
    """Bring a measure down to a limit, and the numerators that are counted out of it along."""
    if values[measure] <= most:
        return
    factor = most / values[measure]
    values[measure] = _round(float(most), 0)
    for indicator in scorecard.active:
        parts = dict(indicator.figure.parts)
        if isinstance(indicator.figure, Share) and parts[Part.DENOMINATOR] == (measure,):
            for upper in parts[Part.NUMERATOR]:
                values[upper] = min(_round(float(values[upper] * factor), 0), values[measure])


def _mind_relations(scorecard: Scorecard, values: dict[str, Fraction]) -> None:
    """Make parts fit their wholes, then numerators their denominators."""
    for relation in scorecard.relations:
        if isinstance(relation, PartOf) and relation.part[0] in values and relation.whole in values:
            _shrink(scorecard, values, relation.part[0], values[relation.whole] * Fraction(4, 5))
        if isinstance(relation, TotalOf) and relation.total in values and all(p in values for p in relation.parts):
            values[relation.total] = sum((values[part] for part in relation.parts), Fraction(0))
    for indicator in scorecard.active:
        parts = dict(indicator.figure.parts)
        if (
            isinstance(indicator.figure, Share)
            and len(parts[Part.NUMERATOR]) == 1
            and len(parts[Part.DENOMINATOR]) == 1
        ):
            upper, lower = parts[Part.NUMERATOR][0], parts[Part.DENOMINATOR][0]
            if upper in values and lower in values:
                values[upper] = min(values[upper], values[lower])
