"""The made-up figures of an office so far, each number given once and shared by all that use it."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from xlmalekort.judging.values import rounded, sum_exactly
from xlmalekort.model.figures import Figure
from xlmalekort.model.measures import Kind, Role
from xlmalekort.model.periods import periods_of_year

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

    from xlmalekort.model.figures import Figures
    from xlmalekort.model.measures import Measure
    from xlmalekort.model.periods import Period
    from xlmalekort.model.scorecard import Scorecard

_WOBBLE = 0.03


@dataclass
class Draft:
    """Figures by measure and period. `ahead` are those that nobody can have reported yet: made up, and not handed out."""

    scorecard: Scorecard
    figures: Figures = field(default_factory=dict)
    ahead: set[tuple[str, Period]] = field(default_factory=set)

    def held(self, measure: str, period: Period) -> Fraction | None:
        """What a measure comes to in a period, its own or a longer or shorter one; None where a part of it is not there."""
        cells = [self.figures.get((measure, each)) for each in self.scorecard.measure[measure].own_periods(period)]
        values = [cell.value for cell in cells if cell is not None and cell.value is not None]
        return sum_exactly(values) if values and len(values) == len(cells) else None

    def total(self, measures: Sequence[str], period: Period) -> Fraction | None:
        """The sum of several measures; None where one is not there."""
        values = [self.held(measure, period) for measure in measures]
        found = [value for value in values if value is not None]
        return sum_exactly(found) if found and len(found) == len(values) else None

    def give(
        self, measure: str, period: Period, value: Fraction | float, random: Random, is_there: Callable[[Period], bool]
    ) -> Fraction:
        """What a measure comes to in a period: what it has already, else the value, shared out among shorter periods."""
        held = self.held(measure, period)
        if held is not None:
            return held
        found = self.scorecard.measure[measure]
        number = fitted(found, value)
        own: Sequence[Period] = found.own_periods(period)
        parts: Sequence[Fraction]
        if len(own) > 1:
            parts = shared_out(number, [1 + random.uniform(-0.2, 0.2) for _ in own], found.decimals)
        else:
            own, parts = self._with_those_before(found, period, number, random)
        for each, part in zip(own, parts, strict=True):
            if (measure, each) not in self.figures:
                self.figures[measure, each] = Figure(measure, each, part)
                if found.role is Role.FIGURE and not is_there(each):
                    self.ahead.add((measure, each))
        return number

    @staticmethod
    def _with_those_before(
        measure: Measure, period: Period, number: Fraction, random: Random
    ) -> tuple[Sequence[Period], Sequence[Fraction]]:
        """A stock of a longer period is that of its last month; the months before it lie near."""
        (last,) = measure.own_periods(period)
        if measure.kind is Kind.FLOW or last.start <= period.start:
            return [last], [number]
        inside = [
            each for each in periods_of_year(period.year, last.frequency) if period.start <= each.start <= last.start
        ]
        near = [fitted(measure, float(number) * (1 + random.uniform(-_WOBBLE, _WOBBLE))) for _ in inside[:-1]]
        return inside, [*near, number]


def fitted(measure: Measure, value: Fraction | float) -> Fraction:
    """The number as the measure can hold it: its decimals, not under 0, not over its maximum."""
    number = rounded(Fraction(value), measure.decimals)
    if number < 0 and not measure.negative:
        return Fraction(0)
    return number if measure.maximum is None else min(number, Fraction(measure.maximum))


def shared_out(number: Fraction, weights: Sequence[float], decimals: int = 0) -> list[Fraction]:
    """The number in parts by weight that add up to it, each with at most so many decimals."""
    scale = 10**decimals
    whole, all_weights = int(number * scale), sum(weights)
    edges = [round(whole * sum(weights[: place + 1]) / all_weights) for place in range(len(weights))]
    edges[-1] = whole
    return [Fraction(edge - before, scale) for before, edge in zip([0, *edges], edges, strict=False)]
