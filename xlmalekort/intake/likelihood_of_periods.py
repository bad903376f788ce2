"""What is unlikely about the figures of a period together (LIK-004, -006 to -008, -010 to -012): told once, not by row."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from xlmalekort.intake.noughts import is_period_of_noughts
from xlmalekort.intake.trials import filled_of, is_counted_up, is_one_number
from xlmalekort.intake.whole_periods import Multiple, multiples_of, straight_on, sums_among
from xlmalekort.judging.values import rounded
from xlmalekort.locale import N_
from xlmalekort.locale.told import Joined, NumberText, PeriodName, Phrase
from xlmalekort.model.measures import Kind, Role, Unit
from xlmalekort.model.periods import Frequency
from xlmalekort.rollup.coincidence import LEAST_CELLS, LEAST_OF_STRETCH, bits, copied_stretch, count_same

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xlmalekort.intake.plan import Key
    from xlmalekort.intake.series import Row, Series
    from xlmalekort.intake.telling import Telling
    from xlmalekort.rollup.coincidence import Value

_TIMES = N_("about {times} times the usual")
_SUMS = N_("like sums since the beginning of the year")
_NONE = N_("{count} of {all} figures of {name} are 0")

_LEAST_BITS_OF_COLUMN, _LEAST_BITS_OF_STRETCH = 24.0, 32.0
"""What the same figures must tell, in a whole column or a stretch of it: by chance once in 10^7 columns."""
_FURTHER_BITS = 5.0
"""And more where the other column is neither the one before nor that of a year ago, for there are many of those."""
_SELDOM = 4
"""A row in which one figure of so many is that of the month before does not stand still."""
_MOST_TIMES = 100.0
"""What is so many times the usual is in another unit, and told row by row."""
_STEP = 1.5
"""A period that has less than so many times what the one before has is of the same new level."""
_FEW_TIMES = 5


@dataclass(frozen=True, slots=True)
class Odd:
    """The places of this year whose figures are told as a whole, so that no row has to be; and whether they are sums."""

    places: frozenset[int] = frozenset()
    are_sums: bool = False


@dataclass(frozen=True, slots=True)
class CheckingPeriods:
    """The columns of one series under every rule that asks them as a whole."""

    telling: Telling
    series: Series

    def check(self) -> Odd:
        """Tell what is odd, and return where."""
        rows = [row for row in self.series.rows if row.measure.role is Role.FIGURE]
        if len(rows) < LEAST_CELLS:
            return Odd()
        asked = [row for row in rows if not row.asked.is_answers]
        noughts = self.noughts(asked)
        multiples, are_sums = self.multiples(asked)
        lines = self.lines(asked)
        self.copies(rows, noughts | lines)
        return Odd(frozenset(noughts | multiples | lines), are_sums)

    @property
    def places(self) -> range:
        """The places of this year."""
        return range(self.series.first, len(self.series.periods))

    def key(self, row: Row, place: int) -> Key:
        """Measure and period of a place in a row."""
        return row.measure.id, self.series.periods[place]

    def name(self, place: int) -> PeriodName:
        """The name of a period."""
        return PeriodName(self.series.periods[place].code)

    def names(self, places: Sequence[int]) -> Joined:
        """The names of several."""
        return Joined([self.name(place) for place in places], ", ")

    # Noughts, multiples and straight lines

    def noughts(self, rows: Sequence[Row]) -> set[int]:
        """LIK-010 for a period in which nearly everything is 0."""
        values, found = [row.values for row in rows], set()
        for place in self.places:
            noughts = [row for row in rows if row.values[place] == 0]
            counts = is_period_of_noughts(values, place, self.series.first) if len(noughts) >= LEAST_CELLS else None
            if counts is not None:
                found.add(place)
                what = Phrase(_NONE, count=str(counts[0]), all=str(counts[1]), name=self.name(place))
                self.telling.tell("LIK-010", self.key(noughts[0], place), {"what": what}, has_measure=False)
        return found

    def multiples(self, rows: Sequence[Row]) -> tuple[set[int], bool]:
        """LIK-011 for periods that hold several times the usual, unless the one before did so too: then it is a new level."""
        flows = [
            row
            for row in rows
            if row.measure.kind is Kind.FLOW
            and row.measure.unit in (Unit.COUNT, Unit.MONEY, Unit.DAYS)
            and row.measure.frequency is not Frequency.WHEN_HELD
        ]
        if len(flows) < LEAST_CELLS:
            return set(), False
        multiples = multiples_of([row.values for row in flows], self.places)
        found = {place: each for place, each in multiples.items() if each.times < _MOST_TIMES}
        sums = sums_among(found, self.series.first)
        if sums:
            self.tell_multiple(flows, sums, found[sums[0]], Phrase(_SUMS))
        for place, multiple in found.items():
            before = found.get(place - 1)
            is_level = before is not None and multiple.times < _STEP * before.times
            if place not in sums and not is_level:
                self.tell_multiple(flows, [place], multiple, Phrase(_TIMES, times=_times(multiple.times)))
        return set(found), bool(sums)

    def tell_multiple(self, rows: Sequence[Row], places: Sequence[int], multiple: Multiple, much: Phrase) -> None:
        """LIK-011 once for all of its periods, at the first."""
        first = next(row for row in rows if row.values[places[0]])
        slots = {"count": str(multiple.count), "all": str(multiple.all), "names": self.names(places), "much": much}
        self.telling.tell("LIK-011", self.key(first, places[0]), slots, has_measure=False)

    def lines(self, rows: Sequence[Row]) -> set[int]:
        """LIK-012 once for all periods that go on from those before them in a straight line, at the first."""
        values = [row.values for row in rows]
        found = {place: on for place in self.places if (on := straight_on(values, place, self.series.first))}
        if found:
            places = sorted(found)
            count, of = found[places[0]]
            row = next(row for row in rows if row.values[places[0]])
            slots = {"count": str(count), "all": str(of), "names": self.names(places)}
            self.telling.tell("LIK-012", self.key(row, places[0]), slots, has_measure=False)
        return set(found)

    # Figures typed as a trial, and those of another period

    def copies(self, rows: Sequence[Row], told: set[int]) -> None:
        """LIK-004 and LIK-008, and columns of trial figures; what is told already is not asked."""
        first = self.series.first
        moving = [row for row in rows if row.measure.kind is not Kind.STOCK]
        columns = list(zip(*(row.values for row in moving), strict=True))
        whole = list(zip(*(row.values[first:] for row in rows), strict=True))
        same = self.same_figures(moving)
        for place, column in enumerate(whole, first):
            filled = filled_of(column)
            if is_one_number(filled) or is_counted_up(filled):
                keys = [self.key(row, place) for row in rows if row.values[place] is not None]
                self.telling.tell_trial(keys, filled, has_measure=False)
            elif columns and place not in told:
                self.pasted(moving, columns, place, same)

    def same_figures(self, rows: Sequence[Row]) -> Counter[tuple[int, int]]:
        """In how many rows a place of this year holds what an earlier place does, noughts left out."""
        found: Counter[tuple[int, int]] = Counter()
        first = self.series.first
        for row in rows:
            seen: dict[float, list[int]] = {}
            for place, value in enumerate(row.values):
                if not value:
                    continue
                if value not in seen:
                    seen[value] = [place]
                    continue
                if place >= first:
                    found.update([(place, earlier) for earlier in seen[value]])
                seen[value].append(place)
        return found

    def earlier(self, place: int, same: Counter[tuple[int, int]], least: int) -> Iterator[tuple[int, float]]:
        """The places before one in which so many rows hold the same, and how much more than usual that has to tell.

        First the one before and that of a year ago, then the others from the latest on.
        """
        near = dict.fromkeys((place - 1, place - self.series.first))
        for each in (*near, *(other for other in range(place - 2, -1, -1) if other not in near)):
            if same[place, each] >= least:
                yield each, 0.0 if each in near else _FURTHER_BITS

    def pasted(
        self,
        rows: Sequence[Row],
        columns: Sequence[tuple[Value, ...]],
        place: int,
        same: Counter[tuple[int, int]],
    ) -> None:
        """LIK-004 where a column is that of an earlier period of this year or the last; else LIK-008 where a part is."""
        for earlier, more in self.earlier(place, same, LEAST_CELLS):
            now, before = columns[place], columns[earlier]
            counts = count_same(now, before, _LEAST_BITS_OF_COLUMN + more)
            if counts is not None and _has_flows(rows, now, before):
                first = next(row for row, a, b in zip(rows, now, before, strict=True) if a and a == b)
                slots = {
                    "count": str(counts[0]),
                    "all": str(counts[1]),
                    "name": self.name(earlier),
                    "own": self.name(place),
                }
                self.telling.tell("LIK-004", self.key(first, place), slots, has_measure=False)
                return
        for earlier, more in self.earlier(place, same, LEAST_OF_STRETCH - 1):
            if self.pasted_in_part(rows, place, earlier, _LEAST_BITS_OF_STRETCH + more):
                return

    def pasted_in_part(self, rows: Sequence[Row], place: int, earlier: int, least_bits: float) -> bool:
        """LIK-008 where figures one below the other are those of an earlier period. Rows that stand still tell nothing."""
        same = (value for row in rows if (value := row.values[place]) is not None and value == row.values[earlier])
        if sum(map(bits, same)) < least_bits:
            return False
        moving = [row for row in rows if _moves(row.values[:place])]
        now, before = ([row.values[each] for row in moving] for each in (place, earlier))
        found = copied_stretch(now, before, least_bits)
        if found is None:
            return False
        part = slice(found[0], found[1] + 1)
        if not _has_flows(moving[part], now[part], before[part]):
            return False
        keys = [self.key(row, place) for row in moving[part]]
        slots = {
            "cells": self.telling.cells(keys),
            "count": str(len(keys)),
            "name": self.name(earlier),
            "own": self.name(place),
        }
        self.telling.tell("LIK-008", keys[0], slots, has_measure=False)
        return True


def _times(times: float) -> NumberText:
    """How many times: to a half where there are few, else to a whole."""
    parts = 2 if times < _FEW_TIMES else 1
    return NumberText.of(rounded(Fraction(parts * times), 0) / parts)


def _has_flows(rows: Sequence[Row], now: Sequence[Value], before: Sequence[Value]) -> bool:
    """Whether enough of the same figures are flows: a mean of twelve months hardly moves from one to the next."""
    flows = (a and a == b for row, a, b in zip(rows, now, before, strict=True) if row.measure.kind is Kind.FLOW)
    return 2 * sum(map(bool, flows)) >= LEAST_CELLS


def _moves(values: Sequence[Value]) -> bool:
    """Whether a row's figures differ from one period to the next, all but a few."""
    pairs = [(a, b) for a, b in pairwise(values) if a is not None and b is not None]
    return bool(pairs) and _SELDOM * sum(a == b for a, b in pairs) <= len(pairs)
