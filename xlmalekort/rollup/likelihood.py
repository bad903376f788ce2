"""What is unlikely between the files of a roll-up: an office with the figures of another (LIK-005). It is counted all the same.

With hundreds of offices not every pair can be compared. Offices are put together that agree in a few figures side by side, and
only those are looked at cell by cell.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from xlmalekort.locale.told import Joined, PeriodName
from xlmalekort.model.measures import Level, Role
from xlmalekort.model.places import office_key
from xlmalekort.problems import Problem
from xlmalekort.rollup.coincidence import Value, count_same

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from xlmalekort.model.figures import Figure
    from xlmalekort.model.periods import Period
    from xlmalekort.rollup.facts import Facts
    from xlmalekort.rollup.submissions import Delivered

_LEAST_BITS = 40.0
"""What must be told by figures that are the same: by chance once in 10^12 pairs, and 500 offices have 10^6 pairs and months."""
_SIDE_BY_SIDE = 4
"""So many figures in a row bring two offices together. One in ten may differ, so some of eight such figures hold."""
_LEAST_FILLED = 3
_FEW = 8
"""Of so many offices with the same figures every two are compared, of more only neighbours: each is told with another."""

Pair = tuple[int, int]
Columns = list[list[Value]]
"""The figures of each measure, by the place of the office."""


def find_alike(delivered: Delivered, facts: Facts) -> Iterator[Problem]:
    """LIK-005 for both files of two offices whose figures of a period, or of the whole year, are the same.

    Asked are figures that offices hold themselves: what is held for an area, targets, plans and the like may well be the same.
    """
    alike = _Alike.of(delivered, facts)
    files = [submission.file for submission in delivered.counted]
    for (one, other), found in alike.told().items():
        for file, beside in ((files[one], files[other]), (files[other], files[one])):
            yield Problem(
                "LIK-005",
                file=file,
                period=found.periods[0].code,
                slots={
                    "count": str(found.same),
                    "all": str(found.both),
                    "names": Joined([PeriodName(period.code) for period in found.periods], ", "),
                    "other": beside,
                },
            )


@dataclass(frozen=True, slots=True)
class _Found:
    """In which periods two offices are alike, and in how many figures of how many."""

    periods: tuple[Period, ...]
    same: int
    both: int


@dataclass(frozen=True, slots=True)
class _Alike:
    """The figures of every office that counts, by period."""

    columns: dict[Period, Columns]

    @classmethod
    def of(cls, delivered: Delivered, facts: Facts) -> _Alike:
        keys = [office_key(submission.office) for submission in delivered.counted]
        periods: dict[Period, list[dict[str, Figure]]] = defaultdict(list)
        own = {
            each.id for each in delivered.scorecard.measures if each.level is Level.OFFICE and each.role is Role.FIGURE
        }
        for (measure, period), column in sorted(facts.columns.items(), key=lambda each: each[0][0]):
            if measure in own and period.year == delivered.year:
                periods[period].append(column)
        in_order = sorted(periods, key=lambda each: (each.end, each.start))
        return cls({period: [_values(column, keys) for column in periods[period]] for period in in_order})

    def told(self) -> dict[Pair, _Found]:
        """The pairs that are alike, in the order of the offices."""
        found = ((pair, self.compare(*pair)) for pair in sorted(self.candidates()))
        return {pair: each for pair, each in found if each is not None}

    def candidates(self) -> set[Pair]:
        """The offices that agree in a few figures side by side, in any period."""
        pairs: set[Pair] = set()
        for columns in self.columns.values():
            for group in _side_by_side(columns):
                for members in _sharing(group):
                    pairs.update(combinations(members, 2) if len(members) <= _FEW else pairwise(members))
        return pairs

    def compare(self, one: int, other: int) -> _Found | None:
        """Two offices, period by period; where no period has figures enough, all of them together."""
        of_one, of_other = self.of_office(one), self.of_office(other)
        found = [(period, count_same(of_one[period], of_other[period], _LEAST_BITS)) for period in self.columns]
        periods = [(period, counts) for period, counts in found if counts is not None]
        if periods:
            same, both = (sum(counts[place] for _, counts in periods) for place in (0, 1))
            return _Found(tuple(period for period, _ in periods), same, both)
        whole = count_same(_joined(of_one), _joined(of_other), _LEAST_BITS)
        if whole is None:
            return None
        filled = (period for period in self.columns if any(of_one[period]) and any(of_other[period]))
        return _Found(tuple(filled), *whole)

    def of_office(self, place: int) -> dict[Period, list[Value]]:
        return {period: [column[place] for column in columns] for period, columns in self.columns.items()}


def _values(column: dict[str, Figure], keys: Iterable[str]) -> list[Value]:
    return [
        # Numbers of at most 15 digits are the same as fractions when they are the same as floats, which hash faster.
        value.numerator / value.denominator
        if (figure := column.get(key)) and (value := figure.value) is not None
        else None
        for key in keys
    ]


def _side_by_side(columns: Columns) -> Iterator[Columns]:
    """The columns of a period, a few at a time; what is left over goes with the last."""
    most = max(len(columns) // _SIDE_BY_SIDE, 1)
    for number in range(most):
        start = number * _SIDE_BY_SIDE
        yield columns[start : start + _SIDE_BY_SIDE] if number < most - 1 else columns[start:]


def _sharing(columns: Columns) -> Iterator[list[int]]:
    """The places of offices that have the same figures in all of the columns, most of them there and not 0."""
    members: dict[tuple[Value, ...], list[int]] = {}
    for place, values in enumerate(zip(*columns, strict=True)):
        if values in members:
            members[values].append(place)
        elif len(values) - values.count(None) - values.count(0.0) >= _LEAST_FILLED:
            members[values] = [place]
    return (places for places in members.values() if len(places) > 1)


def _joined(by_period: dict[Period, list[Value]]) -> list[Value]:
    return [value for values in by_period.values() for value in values]
