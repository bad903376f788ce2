"""Figures for parity: ordinary ones, exact ties of rounding, figures on an edge, half pairs, text, blanks and garbage."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING

from tests.support.bands import resolve_band
from xlmalekort.layout.office import Sheet, layout_of
from xlmalekort.model.figure_kinds import Amount, Change, Deviation, Distribution, Part, Share
from xlmalekort.model.measures import Unit
from xlmalekort.model.periods import periods_of_year
from xlmalekort.model.targets import Reference

if TYPE_CHECKING:
    from collections.abc import Callable

    from xlmalekort.judging.bands import Band
    from xlmalekort.model.indicators import Indicator
    from xlmalekort.model.periods import Period
    from xlmalekort.model.scorecard import Scorecard

Raw = dict[tuple[Sheet, int, int], float | str]
GARBAGE = ("abc", " ", "-", "12,5", "1 234", "#", " 17 ", "42", "3-4", "0,75")


def tied_pair(random: Random, band: Band | None, *, is_deviation: bool) -> tuple[int, int]:
    """Numerator and denominator whose value lies on an edge, or on a tie of rounding beside one."""
    edges = [Fraction(50)]
    if band is not None:
        ends = (band.green.low, band.green.high, band.outer.low, band.outer.high)
        edges = [end for end in ends if end is not None]
    beside = random.choice([Fraction(0), Fraction(0), Fraction(1, 20), -Fraction(1, 20), Fraction(1, 10)])
    aim = random.choice(edges) + beside
    lower = random.choice([20, 40, 80, 200, 400, 1000, 2000, 4000])
    upper = (aim + (100 if is_deviation else 0)) * lower / 100
    return max(round(upper), 0), lower


def figures_of(scorecard: Scorecard, seed: int) -> Raw:  # noqa: C901 - one pass after the other over the same cells
    """A value for most input cells, generated indicator by indicator."""
    random = Random(seed)
    layout = layout_of(scorecard, scorecard.year)
    raw: Raw = {}

    def put(measure: str, period: Period, value: float | str) -> None:
        """A figure in the unit shown; of a measure that is kept more often or seldom in its own period."""
        found = scorecard.measure[measure]
        for own in found.own_periods(period)[-1:]:
            place = layout.input_cell(measure, own)
            if place is not None:
                is_percent = found.unit is Unit.PERCENT and not isinstance(value, str)
                raw[place] = value / 100 if is_percent and not isinstance(value, str) else value

    for line in layout.lines:
        measure = line.measure
        if measure is None:
            continue
        for period in (*layout.periods, *layout.earlier_periods):
            if not layout.has_cell(line, period):
                continue
            number = random.randrange(10_000) if random.random() < 0.2 else random.randrange(60)
            if measure.maximum is not None:
                number = min(number, measure.maximum)
            put(line.id, period, round(random.uniform(0, 60), measure.decimals) if measure.decimals else number)
    for indicator in scorecard.active:
        for period in (
            *periods_of_year(layout.year - 1, indicator.frequency),
            *periods_of_year(layout.year, indicator.frequency),
        ):
            tie(random, scorecard, indicator, period, put)
    for place in sorted(raw):
        chance = random.random()
        if chance < 0.04:
            del raw[place]
        elif chance < 0.06:
            raw[place] = random.choice(GARBAGE)
        elif chance < 0.07:
            raw[place] = -1
    return raw


def tie(
    random: Random,
    scorecard: Scorecard,
    indicator: Indicator,
    period: Period,
    put: Callable[[str, Period, float], None],
) -> None:
    """Four figures of five lie on an edge, on a tie of rounding, or near what they are compared with."""
    if random.random() < 0.2:
        return
    figure, band = indicator.figure, resolve_band(indicator, period)
    upper = [term.measure for term in figure.upper]
    lower = [term.measure for term in figure.lower]
    aim = 50.0
    match figure:
        case Share() | Deviation() if len(upper) == len(lower) == 1:
            above, below = tied_pair(random, band, is_deviation=isinstance(figure, Deviation))
            put(upper[0], period, above)
            put(lower[0], period, below)
            aim = 100 * above / below - (100 if isinstance(figure, Deviation) else 0)
        case Share() | Distribution():
            counts = {measure: random.choice([0, 1, 2, 3, 5, 10, 20]) for measure in lower}
            for measure, count in counts.items():
                put(measure, period, count)
            answers = sum(counts.values()) or 1
            aim = sum(counts[term.measure] * term.factor for term in figure.upper) / answers
            aim *= 100 if indicator.is_percent else 1
        case Change():
            base = random.choice([40, 200, 1000])
            changed = round(base * random.choice([1.6, 1.55, 0.4, 0.6, 1.05, 1, 0.999, 1.0495, 1.045, 0.995]))
            for measure in lower:
                put(measure, period, 20)
                put(measure, period.last_year, random.choice([20, 40]))
            if figure.baseline:
                put(figure.baseline, period, base / 20 if lower else base)
            else:
                put(upper[0], period.previous if figure.against is Reference.PREVIOUS else period.last_year, base)
            put(upper[0], period, changed)
        case _:
            edge = float(band.target) if band and band.target is not None else float(random.randrange(10, 60))
            aim = max(edge + random.choice([0, 0.1, 0.05, -0.05, -2, -2.1]), 0)
            decimals = max(scorecard.measure[measure].decimals for measure in upper)
            aim = round(aim, decimals)
            for measure in upper:
                put(measure, period, aim / len(upper))
            for measure in lower:
                put(measure, period, random.choice([5, 24, 25, 100]))
    compare_nearby(random, indicator, period, aim, put)


def compare_nearby(
    random: Random, indicator: Indicator, period: Period, aim: float, put: Callable[[str, Period, float], None]
) -> None:
    """What a value is compared with lies near it, and an office's own target and zone on either side."""
    figure = indicator.figure
    for part, measures in indicator.fields:
        if part in (Part.TARGET, Part.REFERENCE, Part.BASELINE, Part.PLAN) and part not in dict(figure.parts):
            put(measures[0], period, max(round(aim + random.choice([0, 0, 1, -1, 2.5, -5]), 1), 0))
    own = dict(indicator.fields)
    if Part.YELLOW in own:
        goal = random.randrange(10, 40)
        put(own[Part.TARGET][0], period, goal)
        put(own[Part.YELLOW][0], period, goal + random.choice([-4, 0, 4]))
        if isinstance(figure, Amount):
            put(figure.value[0], period, goal + random.choice([-5, -4, 0, 0, 1, 4, 5]))
