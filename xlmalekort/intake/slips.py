"""Figures of the wrong size: another unit (1000 times), a slipped digit or decimal sign (10 or 100 times), or anything else.

A figure is held against the office's other figures of the same measure: their median is what is usual. Where it grows or falls
within the year, the same period of last year is the better measure, times what the other periods have come to since.

How far a figure lies from the usual is told in logarithms, for a slip multiplies, by a scale that is 1.4826 times the median
deviation from the median (single wild figures do not move it), and never less than 15 per cent. From five times the scale on,
and about a factor that slips have, something is said. What no slip explains has to be six times the scale away and, where it is
less than five times the usual, far from each of the other figures. Of counts twice the difference of the roots has to be 5 as
well: that is how far chance never takes them, so 1 and 10 are both believed.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import log
from statistics import median
from typing import TYPE_CHECKING

from xlmalekort.model.measures import Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from xlmalekort.rollup.coincidence import Value

_LEAST_Z = 5.0
_TO_SIGMA = 1.4826
_LEAST_SCALE = 0.15
_ALIKE = 3.0
"""Figures within this factor are of one size."""
_DIPS, _RISES = 1, 2
"""What is of one size with so many other figures is no slip. Figures come near 0 by chance far more often than far up."""
_MEANS = frozenset({Unit.DAYS, Unit.POINTS, Unit.PERCENT})
_SAME_SEASON = 3.0
"""Counts whose roots lie within half of this are the same as last year's, 0 and 2 for instance."""
_NEAR = 3.0
"""Unless something lies further from the middle than this, there is nothing to look at."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of slip: its factors, how far from a factor a ratio may lie, and how many other figures must say what is usual."""

    factors: tuple[int, ...]
    tolerance: float
    least: int


_UNIT = _Kind((1000,), 3.0, 3)
"""A ratio of 333 to 3000: nothing else does that."""
_DIGIT = _Kind((10, 100), 2.0, 5)
"""A ratio of 5 to 20, or of 50 to 200."""
_WILD = _Kind((), 1.0, 5)
"""Any ratio from `_LEAST_WILD` on."""
_LEAST_WILD, _WILD_Z = 3.5, 6.0
_SURELY_WILD = 5.0
"""What is less than so many times the usual must have no figure of its own size beside it."""
_APART = 2.5
"""And no other figure within this factor."""
_LEAST_BELOW = 5.0
"""A mean of a few cases comes near 0 by chance: one too small lies as many deviations, told plainly, under what is usual."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A figure, by its place in the series, that is about `factor` times what is usual; under 1 for one that is too small.

    `factor` is None where no slip explains the figure.
    """

    place: int
    factor: Fraction | None
    usual: float
    is_dip: bool
    """Whether the figure is too small rather than too large."""


def unit_slips(values: Sequence[Value], first: int, unit: Unit) -> list[Slip]:
    """The figures of this year in another unit than last year's, or, where there are too few of those, than the others."""
    if unit not in (Unit.MONEY, Unit.COUNT, Unit.DAYS):
        return []
    before = [value for value in values[:first] if value]
    found = []
    for place, value in _of_this_year(values, first):
        others = before if len(before) >= _UNIT.least else [each for each in _others(values, place) if each]
        slip = _find(values, place, value, others, first, unit, _UNIT)
        if slip is not None:
            found.append(slip)
    return found


def digit_slips(values: Sequence[Value], first: int, unit: Unit) -> list[Slip]:
    """The figures of this year that are about 10 or 100 times the others, or a tenth or a hundredth of them, or far from them.

    Left out is what stands beside a figure of its own size (a new level, an office that grows), what was so at the same time
    of last year or in other periods (a season, a bill each quarter), and a first figure that is low: the office has just opened.
    """
    found = []
    for place, value in _of_this_year(values, first):
        others = _others(values, place)
        usual = [each for each in others if each]
        if 2 * len(usual) <= len(others):
            continue
        slip = _find(values, place, value, usual, first, unit, _DIGIT)
        if slip is None:
            slip = _wild(values, place, value, usual, first, unit)
        if slip is not None and slip.is_dip and _is_mean_of_few(others, unit):
            continue
        if slip is not None and not _is_known(values, place, value, first, unit, is_dip=slip.is_dip):
            found.append(slip)
    return found


def wild_before(values: Sequence[Value], first: int, unit: Unit) -> list[Slip]:
    """The figures of last year that are far from all others of both years, by whatever factor."""
    found = []
    for place, value in enumerate(values[:first]):
        if not value:
            continue
        others = _others(values, place)
        usual = [each for each in others if each]
        if 2 * len(usual) <= len(others) or any(_are_within(value, each, _APART) for each in usual):
            continue
        slip = _slip(place, value, median(usual), usual, unit, _WILD) if len(usual) >= _WILD.least else None
        is_no_slip = not any(values[:place]) or _is_mean_of_few(others, unit)
        if slip is not None and not (slip.is_dip and is_no_slip):
            found.append(slip)
    return found


def _wild(
    values: Sequence[Value], place: int, value: float, usual: Sequence[float], first: int, unit: Unit
) -> Slip | None:
    """A figure that no slip explains."""
    slip = _find(values, place, value, usual, first, unit, _WILD)
    if slip is None:
        return None
    ratio = value / slip.usual
    is_sure = max(ratio, 1 / ratio) >= _SURELY_WILD
    return slip if is_sure or not any(_are_within(value, each, _APART) for each in usual) else None


def _of_this_year(values: Sequence[Value], first: int) -> Iterator[tuple[int, float]]:
    return ((place, value) for place, value in enumerate(values[first:], first) if value)


def _others(values: Sequence[Value], place: int) -> list[float]:
    return [each for index, each in enumerate(values) if each is not None and index != place]


def is_wide(values: Iterable[Value]) -> bool:
    """Whether any figure lies far from the middle: else nothing has slipped. Of figures under 0 nothing is said."""
    filled = [value for value in values if value]
    filled.sort()
    if len(filled) <= _UNIT.least or filled[0] < 0:
        return False
    middle = filled[len(filled) // 2]
    return filled[-1] > _NEAR * middle or _NEAR * filled[0] < middle


def _find(
    values: Sequence[Value], place: int, value: float, others: Sequence[float], first: int, unit: Unit, kind: _Kind
) -> Slip | None:
    """The slip that explains a figure: beside the others, or beside the same period of last year."""
    if len(others) >= kind.least and (slip := _slip(place, value, median(others), others, unit, kind)):
        return slip
    before = values[place - first]
    grown = [
        now / then for index, now in _of_this_year(values, first) if index != place and (then := values[index - first])
    ]
    if not before or len(grown) < kind.least:
        return None
    usual = before * median(grown)
    return _slip(place, value, usual, [before * each for each in grown], unit, kind)


def _slip(place: int, value: float, usual: float, others: Sequence[float], unit: Unit, kind: _Kind) -> Slip | None:
    """The slip that explains a figure beside others whose median is `usual`, all of them over 0."""
    ratio = value / usual
    size = max(ratio, 1 / ratio)
    factor = next((each for each in kind.factors if each / kind.tolerance <= size <= each * kind.tolerance), None)
    is_far = size >= _LEAST_WILD if kind is _WILD else factor is not None
    if not is_far or (unit is Unit.COUNT and 2 * abs(value**0.5 - usual**0.5) < _LEAST_Z):
        return None
    if ratio < 1 and unit in _MEANS and not is_far_below(value, usual, others):
        return None
    spread = _TO_SIGMA * median(abs(log(each / usual)) for each in others)
    if log(size) < (_WILD_Z if kind is _WILD else _LEAST_Z) * max(spread, _LEAST_SCALE):
        return None
    if factor is None:
        return Slip(place, None, usual, is_dip=ratio < 1)
    return Slip(place, Fraction(factor) if ratio > 1 else Fraction(1, factor), usual, is_dip=ratio < 1)


def _is_mean_of_few(others: Sequence[float], unit: Unit) -> bool:
    """Whether the other figures were 0 too: of so few cases that there are none at times, one may be near 0."""
    return unit in _MEANS and 0 in others


def is_far_below(value: float, usual: float, others: Iterable[float]) -> bool:
    """Whether a figure lies further under the usual than the others' own deviations explain."""
    return usual - value >= _LEAST_BELOW * _TO_SIGMA * median(abs(each - usual) for each in others)


def _is_known(values: Sequence[Value], place: int, value: float, first: int, unit: Unit, *, is_dip: bool) -> bool:
    """Whether figures of this size are nothing new, or of an office that has just begun."""
    before = next((each for each in reversed(values[:place]) if each), None)
    after = next((each for each in values[place + 1 :] if each), None)
    then = values[place - first]
    if before is None and is_dip:
        return True
    if unit is Unit.COUNT and then is not None and 2 * abs(value**0.5 - then**0.5) < _SAME_SEASON:
        return True
    if any(_are_alike(value, each) for each in (before, after, then)):
        return True
    alike = sum(index != place and _are_alike(value, each) for index, each in enumerate(values))
    return alike >= (_DIPS if is_dip else _RISES)


def _are_alike(value: float, other: Value) -> bool:
    return other is not None and _are_within(value, other, _ALIKE)


def _are_within(value: float, other: float, factor: float) -> bool:
    return value <= factor * other and other <= factor * value
