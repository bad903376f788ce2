"""What all the figures of a period show together: several times the usual, or a straight line from the periods before.

A single row may do so by chance or by growth; nearly all rows at once do not.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isclose
from statistics import median
from typing import TYPE_CHECKING

from xlmalekort.rollup.coincidence import LEAST_CELLS, LEAST_SHARE, bits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlmalekort.rollup.coincidence import Value

_LEAST_TIMES = 1.7
_AGREE = 1.35
"""Nearly all rows lie within this factor of what they come to on the whole."""
_LEAST_BEFORE, _LEAST_OTHERS = 4, 3
"""Figures of last year, or else others of this year, that say what is usual in a row."""
_LEAST_USUAL = 8.0
"""Smaller figures double by chance."""
_SEASON = 1.4
"""Where last year's same period came to as many times the usual, it is a season."""
_NEAR = 1.15
"""Sums since January come to so nearly as many usual periods as have gone by."""
_LEAST_SUMS = 2
"""So many sums one after the other."""
_LEAST_BITS = 32.0
"""What a straight line must tell; the rows are foretold, each to the last digit."""


@dataclass(frozen=True, slots=True)
class Multiple:
    """How many times the usual the figures of a period are, in how many rows of how many."""

    times: float
    count: int
    all: int


def multiples_of(rows: Sequence[Sequence[Value]], places: range) -> dict[int, Multiple]:
    """The periods of this year whose figures are several times the usual ones in nearly all rows, by their place."""
    first = places.start
    before = [[value for value in row[:first] if value] for row in rows]
    usual = [median(each) if len(each) >= _LEAST_BEFORE else None for each in before]
    found = {}
    for place in places:
        multiple = _multiple(rows, usual, place, first)
        if multiple is not None:
            found[place] = multiple
    return found


def _multiple(
    rows: Sequence[Sequence[Value]], of_last_year: Sequence[float | None], place: int, first: int
) -> Multiple | None:
    ratios, seasons, misses = [], [], 0
    for row, known in zip(rows, of_last_year, strict=True):
        value = row[place]
        if not value or value < 0:
            continue
        usual = _of_this_year(row, place, first) if known is None else known
        if usual < _LEAST_USUAL:
            continue
        ratio = value / usual
        if ratio * _AGREE < _LEAST_TIMES:
            misses += 1
            # In nearly every period of nearly every file a few rows are enough to see that it is a usual one.
            if misses > (1 - LEAST_SHARE) * len(rows):
                return None
        ratios.append(ratio)
        if then := row[place - first]:
            seasons.append(then / usual)
    if len(ratios) < LEAST_CELLS:
        return None
    times = median(ratios)
    if times < _LEAST_TIMES or (seasons and median(seasons) * _SEASON > times):
        return None
    count = sum(times / _AGREE <= each <= times * _AGREE for each in ratios)
    return Multiple(times, count, len(ratios)) if count >= LEAST_SHARE * len(ratios) else None


def _of_this_year(row: Sequence[Value], place: int, first: int) -> float:
    """What is usual in a row by the other figures of this year; 0 where there are too few."""
    others = [value for index, value in enumerate(row[first:], first) if value and index != place]
    return median(others) if len(others) >= _LEAST_OTHERS else 0.0


def sums_among(multiples: dict[int, Multiple], first: int) -> list[int]:
    """The places of the first multiples that are sums since January: each comes to as many usual periods as have gone by."""
    run: list[int] = []
    for place, multiple in sorted(multiples.items()):
        gone = place - first + 1
        is_sum = gone / _NEAR <= multiple.times <= gone * _NEAR
        if is_sum and (not run or run[-1] == place - 1):
            run.append(place)
        elif len(run) >= _LEAST_SUMS:
            break
        else:
            run = [place] if is_sum else []
    return run if len(run) >= _LEAST_SUMS else []


def straight_on(rows: Sequence[Sequence[Value]], place: int, first: int) -> tuple[int, int] | None:
    """How many rows of how many go on from the periods before in a straight line; None unless that was dragged.

    Either each row by its own last step, as Excel goes on from two cells, or every row by one. Rows that stand still tell
    nothing, and neither do those of which a figure is missing.
    """
    for foretold in (_by_last_step, _by_one):
        right, count = [], 0
        most_misses = (1 - LEAST_SHARE) * len(rows)
        for row in rows:
            hoped = foretold(row, place, first)
            value = row[place]
            if hoped is None or value is None:
                continue
            count += 1
            if isclose(value, hoped, abs_tol=1e-9):
                right.append(value)
            elif count - len(right) > most_misses:
                break
        is_most = len(right) >= LEAST_CELLS and len(right) >= LEAST_SHARE * count
        if is_most and sum(map(bits, right)) >= _LEAST_BITS:
            return len(right), count
    return None


def _by_last_step(row: Sequence[Value], place: int, first: int) -> Value:
    """What the next figure would be, under 0 too; None where there is no step."""
    if place < first + 2:
        return None
    last, before = row[place - 1], row[place - 2]
    return 2 * last - before if last is not None and before is not None and last != before else None


def _by_one(row: Sequence[Value], place: int, first: int) -> Value:
    last = row[place - 1] if place > first else None
    return last + 1 if last is not None else None
