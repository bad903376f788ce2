"""Figures of one office that stand in another's file where they are not looked for: in another period, or a few of them only.

Brought together are places of two offices with the same figures side by side. What is the same by chance somewhere among many
offices and periods tells nothing, so what a stretch must tell grows with their number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import comb, log2
from typing import TYPE_CHECKING

from xlmalekort.rollup.coincidence import bits, copied_stretch, count_same

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xlmalekort.model.periods import Period
    from xlmalekort.rollup.coincidence import Value

_LEAST_BITS = 44.0
"""What nearly all figures of a period must tell to be those of another period elsewhere."""
_SIDE_BY_SIDE, _STEP = 4, 2
"""So many figures in a row, from every second one on, bring two places together; a stretch of five holds such a window."""
_LEAST_BITS_OF_WINDOW = 12.0
_BEYOND_CHANCE = 9.0
"""So many bits more than one stretch among all that are compared: once in 500 roll-ups of offices that are all of one size."""
_FEW_ALIKE = 8
"""Of so many with the same figures every two are compared, of more only neighbours."""
_SHARED, _SHARED_PART = 3, 10
"""A figure that more offices than these, and than one in so many, have in a period is nobody's own."""

Rows = Mapping["Period", "Sequence[tuple[Value, ...]]"]
"""By period the row of each office."""
Where = tuple["Period", int]
"""A period and the place of an office."""


@dataclass(frozen=True, slots=True)
class Borrowed:
    """Where two offices have the same figures: in which rows, of how many in which both have any."""

    one: Where
    other: Where
    rows: tuple[int, ...]
    all: int


def find_borrowed(rows: Rows) -> Iterator[Borrowed]:
    """The figures that stand elsewhere as well, by period the row of each office; every pair of offices once.

    The rows of all periods have the same measures. Whole periods that are the same in both offices are not looked for.
    """
    bound = _bounds(rows)
    told: set[tuple[int, int]] = set()
    for one, other in _candidates(rows):
        pair = min(one[1], other[1]), max(one[1], other[1])
        if pair in told:
            continue
        found = _compared(rows, one, other, bound[one[0] == other[0]])
        if found is not None:
            told.add(pair)
            yield found


def _bounds(rows: Rows) -> dict[bool, float]:
    """What a stretch must tell, of the same period (True) and of another, by how many of each are compared."""
    measures = max((len(row) for offices in rows.values() for row in offices), default=0)
    pairs_of_same = sum(comb(len(offices), 2) for offices in rows.values())
    pairs_of_all = comb(sum(map(len, rows.values())), 2)
    counts = {True: pairs_of_same * measures, False: pairs_of_all * measures}
    return {is_same: log2(max(count, 1)) + _BEYOND_CHANCE for is_same, count in counts.items()}


def _candidates(rows: Rows) -> list[tuple[Where, Where]]:
    """Two places each of different offices that have the same figures side by side."""
    found: dict[tuple[Where, Where], None] = {}
    where = [(period, office) for period, offices in rows.items() for office in range(len(offices))]
    flat = [row for offices in rows.values() for row in offices]
    for start in range(0, max(max(map(len, flat), default=0) - _SIDE_BY_SIDE, 0) + 1, _STEP):
        first: dict[tuple[Value, ...], int] = {}
        alike: dict[tuple[Value, ...], list[int]] = {}
        stop = start + _SIDE_BY_SIDE
        for number, row in enumerate(flat):
            window = row[start:stop]
            # Nearly every window is the only one of its kind, so lists are made for the others alone.
            before = first.setdefault(window, number)
            if before != number:
                alike.setdefault(window, [before]).append(number)
        for window, numbers in alike.items():
            if sum(bits(each) for each in window if each) >= _LEAST_BITS_OF_WINDOW:
                places = [where[number] for number in numbers]
                pairs = combinations(places, 2) if len(places) <= _FEW_ALIKE else pairwise(places)
                found |= {(one, other): None for one, other in pairs if one[1] != other[1]}
    return list(found)


def _compared(rows: Rows, one: Where, other: Where, least_bits: float) -> Borrowed | None:
    """What two places have in common: nearly all figures of different periods, or a stretch of one period's or another's."""
    ours, theirs = rows[one[0]][one[1]], rows[other[0]][other[1]]
    both = sum(a is not None and b is not None and bool(a or b) for a, b in zip(ours, theirs, strict=True))
    if one[0] != other[0] and count_same(ours, theirs, _LEAST_BITS) is not None:
        same = (place for place, (a, b) in enumerate(zip(ours, theirs, strict=True)) if a and a == b)
        return Borrowed(one, other, tuple(same), both)
    stretch = copied_stretch(ours, theirs, least_bits)
    if stretch is None:
        return None
    places = tuple(range(stretch[0], stretch[1] + 1))
    own = (ours[place] for place in places if not _is_shared(rows, one, other, place))
    if sum(bits(value) for value in own if value) < least_bits:
        return None
    return Borrowed(one, other, places, both)


def _is_shared(rows: Rows, one: Where, other: Where, place: int) -> bool:
    """Whether many offices have the figure in either period."""
    value = rows[one[0]][one[1]][place]
    return any(
        sum(row[place] == value for row in rows[period]) > max(_SHARED, len(rows[period]) / _SHARED_PART)
        for period in (one[0], other[0])
    )
