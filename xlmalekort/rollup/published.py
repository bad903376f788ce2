"""What an earlier regional workbook said: the figures and results that have been published."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from xlmalekort.model.places import office_key

if TYPE_CHECKING:
    from datetime import date
    from fractions import Fraction

    from xlmalekort.model.figures import Source, Status
    from xlmalekort.model.measures import Level
    from xlmalekort.model.periods import Period
    from xlmalekort.rollup.results import Unit

FigureKey = tuple[str, "Period", "Level", str]
"""Measure, period, level and key of the unit."""
ResultKey = tuple[str, "Period", "Level", str]
"""Indicator, period, level and key of the unit."""


class PublishedFigure(NamedTuple):
    """A figure that was counted, in the unit shown, with the cell that it came from then."""

    unit: Unit
    area: str
    region: str
    measure: str
    period: Period
    value: Fraction
    source: Source | None

    @property
    def key(self) -> FigureKey:
        """What it is found by."""
        return self.measure, self.period, self.unit.level, office_key(self.unit.name)


class PublishedResult(NamedTuple):
    """A result as it stood; values in the unit shown, None where there was none."""

    indicator: str
    period: Period
    unit: Unit
    numerator: Fraction | None
    denominator: Fraction | None
    value: Fraction | None
    status: Status
    reported: int
    expected: int | None

    @property
    def key(self) -> ResultKey:
        """What it is found by."""
        return self.indicator, self.period, self.unit.level, office_key(self.unit.name)


@dataclass(frozen=True)
class Published:
    """An earlier regional workbook, read back.

    `scorecard`, `version` and `content_hash` name the definition that it was made with; `today` is the day that it was made
    for, None where the file does not say.
    """

    file: str
    scorecard: str
    version: str
    content_hash: str
    year: int
    today: date | None
    figures: dict[FigureKey, PublishedFigure] = field(repr=False)
    results: dict[ResultKey, PublishedResult] = field(repr=False)

    @cached_property
    def until(self) -> date | None:
        """The last day of the periods that it shows; None where it shows none."""
        return max((each.period.end for each in self.results.values()), default=None)

    @cached_property
    def measures(self) -> frozenset[str]:
        """The measures that it has any figure of."""
        return frozenset(measure for measure, *_ in self.figures)

    @cached_property
    def periods(self) -> frozenset[tuple[str, Period]]:
        """The indicators and periods that it shows."""
        return frozenset((indicator, period) for indicator, period, *_ in self.results)

    @cached_property
    def periods_of(self) -> dict[str, tuple[Period, ...]]:
        """The periods that it shows of each indicator."""
        found: dict[str, list[Period]] = {}
        for indicator, period in sorted(self.periods, key=lambda each: (each[0], each[1].end)):
            found.setdefault(indicator, []).append(period)
        return {indicator: tuple(periods) for indicator, periods in found.items()}


def is_same(before: Fraction | None, now: Fraction | None) -> bool:
    """Whether two numbers are the same, one of which went through the cell of a workbook, which holds some 16 digits."""
    if before is None or now is None:
        return before is now
    return before == now or math.isclose(before, now, rel_tol=5e-16)
