"""Figures of the wrong size: a unit that is another (1000 times), a digit or a decimal sign that has slipped (10 or 100 times).

A figure is held against the office's other figures of the same measure. What it is usually is their median. How far it lies
from that is told in logarithms, for a slip multiplies, by a scale that is 1.4826 times the median deviation from the median:
single wild figures do not move it. The scale is never less than what chance does: 15 per cent, and of counts the root of the
number. From five times the scale on, and only about a factor that slips have, something is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import log
from statistics import median
from typing import TYPE_CHECKING

from xlmalekort.model.measures import Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xlmalekort.rollup.coincidence import Value

UNIT_FACTOR = 1000
DIGIT_FACTORS = (10, 100)
_TOLERANCE = 2.0
"""A ratio between half and twice a factor is about it: 5 to 20 for 10, 500 to 2000 for 1000."""
_LEAST_Z = 5.0
_TO_SIGMA = 1.4826
_LEAST_SCALE = 0.15
_LEAST_FOR_UNIT, _LEAST_FOR_DIGIT = 3, 5
"""So many other figures must be there to say what is usual."""
_ALIKE = 3.0
"""Figures within this factor are of one size."""
_OFTEN = 2
"""What has been of one size with so many other figures is no slip."""
_NEAR = 3.0
"""Unless something lies further from the middle than this, there is nothing to look at."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A figure, by its place in the series, that is about `factor` times what is usual. `factor` is under 1 for one too small."""

    place: int
    factor: Fraction
    usual: float

    @property
    def is_dip(self) -> bool:
        """Whether the figure is too small rather than too large."""
        return self.factor < 1


def unit_slips(values: Sequence[Value], first: int, unit: Unit) -> list[Slip]:
    """The figures of this year in another unit than last year's, or, where there are too few of those, than the others."""
    if unit not in (Unit.MONEY, Unit.COUNT, Unit.DAYS) or not _is_wide(values):
        return []
    before = [value for value in values[:first] if value]
    found = []
    for place in range(first, len(values)):
        value = values[place]
        if value:
            usual = before
            if len(before) < _LEAST_FOR_UNIT:
                usual = [each for index, each in enumerate(values) if each and index != place]
            if len(usual) >= _LEAST_FOR_UNIT and (slip := _slip(place, value, usual, (UNIT_FACTOR,), unit)):
                found.append(slip)
    return found


def digit_slips(values: Sequence[Value], first: int, unit: Unit) -> list[Slip]:
    """The figures of this year that are about 10 or 100 times the others, or a tenth or a hundredth of them.

    Left out is what stands beside a figure of its own size (a new level, an office that grows), what was so at the same time
    of last year or twice before (a season, a bill each quarter), and a first figure that is low: the office has just opened.
    """
    if not _is_wide(values):
        return []
    found = []
    for place in range(first, len(values)):
        value = values[place]
        others = [each for index, each in enumerate(values) if each is not None and index != place]
        usual = [each for each in others if each]
        if value and len(usual) >= _LEAST_FOR_DIGIT and 2 * len(usual) > len(others):
            slip = _slip(place, value, usual, DIGIT_FACTORS, unit)
            if slip is not None and not _is_known(values, place, value, first, slip):
                found.append(slip)
    return found


def _is_wide(values: Iterable[Value]) -> bool:
    """Whether any figure lies far from the middle. Of figures under 0 nothing is said."""
    filled = sorted(value for value in values if value)
    if len(filled) <= _LEAST_FOR_UNIT or filled[0] < 0:
        return False
    middle = filled[len(filled) // 2]
    return filled[-1] > _NEAR * middle or _NEAR * filled[0] < middle


def _slip(place: int, value: float, others: Sequence[float], factors: Iterable[int], unit: Unit) -> Slip | None:
    """The slip that explains a figure, beside others that are all over 0."""
    usual = median(others)
    ratio = value / usual
    size = max(ratio, 1 / ratio)
    factor = next((each for each in factors if each / _TOLERANCE <= size <= each * _TOLERANCE), None)
    if factor is None or log(size) < _LEAST_Z * _scale(others, usual, value, unit):
        return None
    return Slip(place, Fraction(factor) if ratio > 1 else Fraction(1, factor), usual)


def _scale(others: Sequence[float], usual: float, value: float, unit: Unit) -> float:
    """How far a figure lies from the usual by nature, in natural logarithms."""
    spread = _TO_SIGMA * median(abs(log(each / usual)) for each in others)
    # Chance moves a count by its root. The smaller of the two decides: a 4 tells little of what is usual.
    chance = (min(usual, value) + 1) ** -0.5 if unit is Unit.COUNT else 0.0
    return max(spread, chance, _LEAST_SCALE)


def _is_known(values: Sequence[Value], place: int, value: float, first: int, slip: Slip) -> bool:
    """Whether figures of this size are nothing new, or of an office that has just begun."""
    before = next((each for each in reversed(values[:place]) if each), None)
    after = next((each for each in values[place + 1 :] if each), None)
    if before is None and slip.is_dip:
        return True
    if any(_are_alike(value, each) for each in (before, after, values[place - first])):
        return True
    return sum(index != place and _are_alike(value, each) for index, each in enumerate(values)) >= _OFTEN


def _are_alike(value: float, other: Value) -> bool:
    return other is not None and value <= _ALIKE * other and other <= _ALIKE * value
