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


def multiple_of(rows: Sequence[Sequence[Value]], place: int, first: int) -> Multiple | None:
    """What the figures of a period are by their usual ones; None unless they are several times those in nearly all rows."""
    ratios, seasons = [], []
    for row in rows:
        value, before = row[place], row[place - first]
        if not value or value < 0:
            continue
        usual = _usual(row, place, first)
        if usual < _LEAST_USUAL:
            continue
        ratios.append(value / usual)
        if before:
            seasons.append(before / usual)
    if len(ratios) < LEAST_CELLS:
        return None
    times = median(ratios)
    if times < _LEAST_TIMES or (seasons and median(seasons) * _SEASON > times):
        return None
    count = sum(times / _AGREE <= each <= times * _AGREE for each in ratios)
    return Multiple(times, count, len(ratios)) if count >= LEAST_SHARE * len(ratios) else None


def _usual(row: Sequence[Value], place: int, first: int) -> float:
    """What is usual in a row; 0 where nobody knows."""
    before = [value for value in row[:first] if value]
    if len(before) >= _LEAST_BEFORE:
        return median(before)
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
    for foretold in (_by_last_step(rows, place, first), _by_one(rows, place, first)):
        right = [value for value, hoped in foretold if isclose(value, hoped, abs_tol=1e-9)]
        is_most = len(right) >= LEAST_CELLS and len(right) >= LEAST_SHARE * len(foretold)
        if is_most and sum(map(bits, right)) >= _LEAST_BITS:
            return len(right), len(foretold)
    return None


def _by_last_step(rows: Sequence[Sequence[Value]], place: int, first: int) -> list[tuple[float, float]]:
    """The figures of a period and what they would be; under 0 nobody goes."""
    if place < first + 2:
        return []
    found = []
    for row in rows:
        value, last, before = row[place], row[place - 1], row[place - 2]
        if value is not None and last is not None and before is not None and last != before:
            found.append((value, 2 * last - before))
    return found


def _by_one(rows: Sequence[Sequence[Value]], place: int, first: int) -> list[tuple[float, float]]:
    if place <= first:
        return []
    pairs = ((row[place], row[place - 1]) for row in rows)
    return [(value, last + 1) for value, last in pairs if value is not None and last is not None]
