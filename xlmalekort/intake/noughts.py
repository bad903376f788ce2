"""Noughts where the other figures are far from 0: 0 says that there was none, not that nobody has counted yet.

A row says so where it never was 0 before and keeps to its size. A period says so where nearly every row that usually holds a
figure holds 0 at once.
"""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from xlmalekort.intake.slips import is_far_below
from xlmalekort.model.measures import Unit
from xlmalekort.rollup.coincidence import LEAST_CELLS, LEAST_SHARE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xlmalekort.rollup.coincidence import Value

_LEAST_OTHERS = 5
_STEADY = 4.0
"""The least of the other figures is at least such a part of the usual one."""
_LEAST_COUNT = 16.0
"""A smaller count comes to 0 by chance and weather."""
_LEAST_USUAL = 3.0
"""What a row usually holds, for a nought in it to say something beside the others of its period."""


def unlikely_noughts(values: Sequence[Value], first: int, unit: Unit) -> list[tuple[int, float]]:
    """The places of this year's noughts in a row that never is 0 else, and what is usual.

    A mean may well be 0: there was nothing to take it of.
    """
    if 0 not in values[first:] or unit not in (Unit.COUNT, Unit.MONEY):
        return []
    others = [value for value in values if value]
    places = [place for place, value in enumerate(values[first:], first) if value == 0]
    # One nought in a row is odd; where there are several, or were some last year, they are nothing new.
    if len(places) > 1 or values[:first].count(0) or len(others) < _LEAST_OTHERS:
        return []
    usual = median(others)
    if min(others) * _STEADY < usual or (unit is Unit.COUNT and usual < _LEAST_COUNT):
        return []
    if not is_far_below(0, usual, others):
        return []
    has_begun = any(values[: places[0]])
    return [(places[0], usual)] if has_begun else []


def is_period_of_noughts(rows: Sequence[Sequence[Value]], place: int, first: int) -> tuple[int, int] | None:
    """How many rows hold 0 in a period, and of how many that usually hold more; None where it is not nearly all of them."""
    noughts = [row[place] == 0 for row in rows if row[place] is not None and _holds_more(row, place, first)]
    count = sum(noughts)
    if count < LEAST_CELLS or count < LEAST_SHARE * len(noughts):
        return None
    return count, len(noughts)


def _holds_more(row: Sequence[Value], place: int, first: int) -> bool:
    """Whether a row usually holds more than 0, and did so in the same period of last year if that is known."""
    if row[place - first] == 0:
        return False
    others = list(_others(row, place))
    return len(others) >= _LEAST_OTHERS and median(others) >= _LEAST_USUAL


def _others(row: Sequence[Value], place: int) -> Iterator[float]:
    return (value for index, value in enumerate(row) if value is not None and index != place)
