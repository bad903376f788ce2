"""Figures of a month that are sums since January: each is the sum of those before it and a usual month."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from xlmalekort.rollup.coincidence import Value

_LEAST_MONTHS = 3
"""So many sums one after the other; two may be a season."""
_LEAST_BEFORE, _LEAST_OWN = 4, 3
"""Figures of last year, or of this year before the sums begin, that say what is usual."""
_LEVEL = 2.0
"""Those of this year must all lie within this factor of their median."""
_LEAST_USUAL = 5.0
"""A smaller figure doubles by chance."""
_LEAST_STEP, _MOST_STEP = 0.25, 2.5
_LEAST_MEAN_STEP, _MOST_MEAN_STEP = 0.7, 1.5
"""What a sum grows by, in usual months: each for itself, and on average."""
_LEAST_GROWN = 3.0
"""The last sum is at least so many usual months."""
_OVER_MOST = 1.5
"""And so many times the largest figure before the sums."""
_OVER_LAST_YEAR = 2.0
"""Together the sums are at least so many times the same months of last year; else it is a season."""


@dataclass(frozen=True, slots=True)
class RunningSums:
    """The places of the sums in the series, and what the first of them comes to by itself."""

    places: range
    alone: float


def running_sums(values: Sequence[Value], first: int) -> RunningSums | None:
    """The first sums since January among this year's figures; None where there are none, or where it may be growth.

    What is usual must be known: from last year, or from the months of this year before. Without either nothing is said.
    """
    own = list(_unbroken(values[first:]))
    if len(own) <= _LEAST_MONTHS or min(own) < 0:
        return None
    before = [value for value in values[:first] if value]
    has_before = len(before) >= _LEAST_BEFORE
    of_last_year = median(before) if has_before else 0.0
    if max(own) < _LEAST_GROWN * max(of_last_year, _LEAST_USUAL):
        return None
    # The sum of January is January, so sums begin in February at the earliest.
    for start in range(1, len(own) - _LEAST_MONTHS + 1):
        usual = of_last_year
        if not has_before:
            usual = median(own[:start]) if start >= _LEAST_OWN and _is_level(own[:start]) else 0.0
        # A first month that is no usual one says that last year is no measure.
        if usual < _LEAST_USUAL or (start == 1 and not _LEAST_STEP * usual <= own[0] <= _MOST_STEP * usual):
            continue
        steps = _steps(own, start, usual)
        end = start + len(steps)
        most = max((*own[:start], *before))
        if _is_sum(steps, usual, own[end - 1], most) and not _is_season(values, first, range(start, end)):
            return RunningSums(range(first + start, first + end), steps[0])
    return None


def _unbroken(values: Iterable[Value]) -> Iterator[float]:
    """The figures up to the first gap: what comes after it is the sum of nobody knows what."""
    for value in values:
        if value is None:
            return
        yield value


def _is_level(months: Sequence[float]) -> bool:
    """Whether months say what is usual: those that grow may go on growing."""
    return max(months) <= _LEVEL * median(months) and median(months) <= _LEVEL * min(months)


def _steps(own: Sequence[float], start: int, usual: float) -> list[float]:
    """What each sum from `start` on has more than all before it, as long as it is about a usual month."""
    steps: list[float] = []
    so_far = sum(own[:start])
    for value in own[start:]:
        step = value - so_far
        if not _LEAST_STEP * usual <= step <= _MOST_STEP * usual:
            break
        steps.append(step)
        so_far = value
    return steps


def _is_sum(steps: Sequence[float], usual: float, last: float, most: float) -> bool:
    """Whether these are sums: enough of them, grown by usual months to more than `most`, the largest figure before."""
    if len(steps) < _LEAST_MONTHS or last < _LEAST_GROWN * usual or last < _OVER_MOST * most:
        return False
    return _LEAST_MEAN_STEP * usual <= sum(steps) / len(steps) <= _MOST_MEAN_STEP * usual


def _is_season(values: Sequence[Value], first: int, months: range) -> bool:
    """Whether the same months of last year were large as well, as far as they are there."""
    pairs = [(values[first + month], values[month]) for month in months]
    known = [(now, before) for now, before in pairs if now is not None and before is not None]
    return sum(now for now, _ in known) < _OVER_LAST_YEAR * sum(before for _, before in known)
