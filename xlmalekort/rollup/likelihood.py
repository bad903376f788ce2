"""What is unlikely between the files of a roll-up: an office with the figures of another (LIK-005). It is counted all the same.

Of a few dozen offices every two are compared. With hundreds that would take too long: those are compared that agree in a few
figures side by side.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from xlmalekort.locale import N_
from xlmalekort.locale.told import Joined, PeriodName, Phrase
from xlmalekort.model.measures import Level, Role
from xlmalekort.model.places import office_key
from xlmalekort.problems import Problem
from xlmalekort.rollup.borrowed import find_borrowed
from xlmalekort.rollup.coincidence import Value, count_same

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from xlmalekort.model.figures import Figure
    from xlmalekort.model.periods import Frequency, Period
    from xlmalekort.rollup.borrowed import Borrowed, Where
    from xlmalekort.rollup.facts import Facts
    from xlmalekort.rollup.submissions import Delivered

_HERE_AND_THERE = N_("{own}; there {other}")
_LEAST_BITS = 40.0
"""What must be told by figures that are the same: by chance once in 10^12 pairs, and 500 offices have 10^6 pairs and months."""
_FEW_OFFICES = 40
"""Of so many every two are compared."""
_SIDE_BY_SIDE, _STEP, _LEAST_FILLED = 4, 2, 3
"""So many figures in a row, from every second one on, bring two of more offices together; so many must be there and not 0."""
_FEW_ALIKE = 8
"""Of so many with the same figures every two are compared, of more only neighbours."""

Pair = tuple[int, int]
Columns = list[list[Value]]
"""The figures of each measure, by the place of the office."""


def find_alike(delivered: Delivered, facts: Facts) -> Iterator[Problem]:
    """LIK-005 for both files of two offices whose figures of a period, or of the whole year, are the same.

    Of many alike each is told once, with one of the others. Asked are figures that offices hold themselves: what is held for an
    area, targets, plans and the like may well be the same.
    """
    alike = _Alike.of(delivered, facts)
    files = [submission.file for submission in delivered.counted]
    told: set[int] = set()
    pairs = dict(alike.found())
    for pair, found in pairs.items():
        for one, other in (pair, reversed(pair)):
            if one in told:
                continue
            told.add(one)
            yield Problem(
                "LIK-005",
                file=files[one],
                period=found.periods[0].code,
                slots={
                    "count": str(found.same),
                    "all": str(found.both),
                    "names": Joined([PeriodName(period.code) for period in found.periods], ", "),
                    "other": files[other],
                },
            )
    for borrowed in alike.borrowed(set(pairs)):
        for own, elsewhere in ((borrowed.one, borrowed.other), (borrowed.other, borrowed.one)):
            yield alike.told(borrowed, own, elsewhere, files)


@dataclass(frozen=True, slots=True)
class _Found:
    """In which periods two offices are alike, and in how many figures of how many."""

    periods: tuple[Period, ...]
    same: int
    both: int


@dataclass(frozen=True, slots=True)
class _Alike:
    """The figures of every office that counts: by period the columns of the measures, each by the place of the office."""

    facts: Facts
    measures: dict[Period, list[str]]
    columns: dict[Period, Columns]
    offices: list[str]
    """Their keys."""

    @classmethod
    def of(cls, delivered: Delivered, facts: Facts) -> _Alike:
        keys = [office_key(submission.office) for submission in delivered.counted]
        own = {
            measure.id: place
            for place, measure in enumerate(delivered.scorecard.measures)
            if measure.level is Level.OFFICE and measure.role is Role.FIGURE
        }
        found = [key for key in facts.columns if key[0] in own and key[1].year == delivered.year]
        found.sort(key=lambda key: (key[1].end, key[1].start, own[key[0]]))
        measures: dict[Period, list[str]] = {}
        columns: dict[Period, Columns] = {}
        for measure, period in found:
            measures.setdefault(period, []).append(measure)
            columns.setdefault(period, []).append(_values(facts.column(measure, period), keys))
        return cls(facts, measures, columns, keys)

    def borrowed(self, told: set[Pair]) -> Iterator[Borrowed]:
        """The figures of one office in another period of another, or a few of them; pairs that were told are left out."""
        for periods in self.spans():
            rows = {period: list(zip(*self.columns[period], strict=True)) for period in periods}
            for found in find_borrowed(rows):
                one, other = sorted((found.one[1], found.other[1]))
                if (one, other) not in told:
                    yield found

    def spans(self) -> Iterator[list[Period]]:
        """The periods of one length that hold the same measures."""
        found: dict[tuple[Frequency, tuple[str, ...]], list[Period]] = {}
        for period, measures in self.measures.items():
            found.setdefault((period.frequency, tuple(measures)), []).append(period)
        yield from found.values()

    def told(self, found: Borrowed, own: Where, elsewhere: Where, files: Sequence[str]) -> Problem:
        """LIK-005 with the cells, and with the other period where it is another."""
        measures = [self.measures[own[0]][row] for row in found.rows]
        figures = [self.facts.column(measure, own[0])[self.offices[own[1]]] for measure in measures]
        sources = [figure.source for figure in figures if figure.source is not None]
        name: str = PeriodName(own[0].code)
        if sources:
            name = Joined([name, ", ".join(source.cell for source in sources)], ": ")
        if own[0] != elsewhere[0]:
            name = Phrase(_HERE_AND_THERE, own=name, other=PeriodName(elsewhere[0].code))
        return Problem(
            "LIK-005",
            file=files[own[1]],
            sheet=sources[0].sheet if sources else None,
            cell=sources[0].cell if sources else None,
            period=own[0].code,
            slots={
                "count": str(len(found.rows)),
                "all": str(found.all),
                "names": name,
                "other": files[elsewhere[1]],
            },
        )

    def found(self) -> Iterator[tuple[Pair, _Found]]:
        """The pairs that are alike, in the order of the offices."""
        pairs = self.candidates()
        rows = {period: list(zip(*columns, strict=True)) for period, columns in self.columns.items()} if pairs else {}
        for pair in pairs:
            found = _compared(rows, *pair)
            if found is not None:
                yield pair, found

    def candidates(self) -> list[Pair]:
        """The pairs that are worth a look, in the order of the offices."""
        if len(self.offices) <= _FEW_OFFICES:
            return list(combinations(range(len(self.offices)), 2))
        pairs: set[Pair] = set()
        for columns in self.columns.values():
            for start in range(0, max(len(columns) - _SIDE_BY_SIDE, 0) + 1, _STEP):
                for members in _sharing(columns[start : start + _SIDE_BY_SIDE]):
                    pairs.update(combinations(members, 2) if len(members) <= _FEW_ALIKE else pairwise(members))
        return sorted(pairs)


def _compared(rows: Mapping[Period, Sequence[Sequence[Value]]], one: int, other: int) -> _Found | None:
    """Two offices, period by period; where no period has figures enough, all of them together."""
    both = {period: (figures[one], figures[other]) for period, figures in rows.items()}
    counted = {period: count_same(*pair, _LEAST_BITS) for period, pair in both.items()}
    found = {period: counts for period, counts in counted.items() if counts is not None}
    if found:
        return _Found(tuple(found), sum(same for same, _ in found.values()), sum(of for _, of in found.values()))
    ours, theirs = ([figure for pair in both.values() for figure in pair[place]] for place in (0, 1))
    whole = count_same(ours, theirs, _LEAST_BITS)
    if whole is None:
        return None
    return _Found(tuple(period for period, pair in both.items() if all(map(any, pair))), *whole)


def _values(column: dict[str, Figure], keys: Iterable[str]) -> list[Value]:
    return [
        # Numbers of at most 15 digits are the same as fractions when they are the same as floats, which hash faster.
        value.numerator / value.denominator
        if (figure := column.get(key)) is not None and (value := figure.value) is not None
        else None
        for key in keys
    ]


def _sharing(columns: Columns) -> Iterator[list[int]]:
    """The places of offices that have the same figures in all of the columns, most of them there and not 0."""
    members: dict[tuple[Value, ...], list[int]] = {}
    for place, values in enumerate(zip(*columns, strict=True)):
        if values in members:
            members[values].append(place)
        elif len(values) - values.count(None) - values.count(0.0) >= _LEAST_FILLED:
            members[values] = [place]
    return (places for places in members.values() if len(places) > 1)
