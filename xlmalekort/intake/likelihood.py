"""What is unlikely among the figures of one file (LIK-001 to -004, -006, -007). It is counted all the same, and told.

Nothing here is certain, so nothing is rejected. What is said has to be worth reading: a season, growth, small numbers and
offices that have just opened say nothing. Each rule's bounds stand in its own module.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from xlmalekort.intake.keys import key_of
from xlmalekort.intake.likely import likely_in_place_of
from xlmalekort.intake.numbers import fits, rule_of
from xlmalekort.intake.running_sums import running_sums
from xlmalekort.intake.series import Row, Series, series_of
from xlmalekort.intake.slips import Slip, digit_slips, is_wide, unit_slips
from xlmalekort.intake.trials import filled_of, is_counted_up, is_one_number, is_trial_number
from xlmalekort.judging.values import rounded
from xlmalekort.locale import N_
from xlmalekort.locale.told import NumberText, PeriodName, Phrase
from xlmalekort.model.measures import Kind, Role
from xlmalekort.model.periods import Frequency
from xlmalekort.problems import Problem
from xlmalekort.rollup.coincidence import LEAST_CELLS, LEAST_OF_STRETCH, copied_stretch, count_same

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from xlmalekort.intake.plan import InputPlan, Key
    from xlmalekort.model.figures import Figure, Submission
    from xlmalekort.model.measures import Measure

_MUCH = {
    Fraction(10): N_("about ten times"),
    Fraction(100): N_("about a hundred times"),
    Fraction(1000): N_("about a thousand times"),
    Fraction(1, 10): N_("about a tenth of"),
    Fraction(1, 100): N_("about a hundredth of"),
    Fraction(1, 1000): N_("about a thousandth of"),
}
_DIGITS_TOO_MANY = (10, 100)
_LEAST_BITS_OF_COLUMN = 24.0
"""What the same figures must tell: by chance once in 10^7 columns."""
_LEAST_BITS_OF_STRETCH = 32.0
"""The same for some of the figures of a column, for there are many places where a stretch of them may begin."""
_SELDOM = 4
"""A row in which one figure of so many is that of the month before does not stand still."""
_LOW_ROWS, _LOW_SHARE = 3, 0.1
"""Where so many figures of a period, and such a share of them, are low at once, it is a season or a closed office."""
_LOW_LEVEL = 0.7
"""It is too where the other figures of the period, so many at least, come to less of their own usual."""


def check_likelihood(plan: InputPlan, submission: Submission, waiting: frozenset[Key], today: date) -> list[Problem]:
    """What is unlikely among the figures that count, beside the office's other figures of this year and the last.

    `waiting` are figures that cannot be judged yet. Answers to a survey are not looked at one by one, for none may be told.
    """
    telling = _Telling(plan, submission)
    for series in series_of(plan.layout.scorecard, submission, waiting, today):
        _Checking(telling, series).check()
    return telling.problems


@dataclass(frozen=True, slots=True)
class _Telling:
    """Gathers the problems of a file."""

    plan: InputPlan
    submission: Submission
    problems: list[Problem] = field(default_factory=list)

    def tell(
        self,
        code: str,
        key: Key,
        slots: Mapping[str, str],
        *,
        likely: Fraction | None = None,
        got: str | None = None,
        has_measure: bool = True,
    ) -> None:
        """Tell something at a figure, with the one that was likely meant; of a whole column without the measure."""
        measure, period = key
        source = self.figure(key).source
        line = self.plan.lines[key_of(measure)]
        self.problems.append(
            Problem(
                code,
                file=self.submission.file,
                sheet=source.sheet if source else None,
                cell=source.cell if source else None,
                indicator=line.indicator if has_measure else None,
                measure=measure if has_measure else None,
                period=period.code,
                got=got,
                slots=slots,
                likely=likely_in_place_of(likely, self.number(key)) if likely is not None else None,
            )
        )

    def figure(self, key: Key) -> Figure:
        return self.submission.figures[key]

    def number(self, key: Key) -> Fraction:
        """The number of a figure that can be used."""
        value = self.figure(key).value
        assert value is not None  # noqa: S101 - only such figures are in the series
        return value

    def cells(self, keys: Iterable[Key]) -> str:
        return ", ".join(source.cell if (source := self.figure(key).source) else key[1].code for key in keys)


@dataclass(frozen=True, slots=True)
class _Checking:
    """The series of one frequency under every rule."""

    telling: _Telling
    series: Series

    def check(self) -> None:
        if len(self.series.periods) > self.series.first:
            self.sizes()
            self.columns()

    def key(self, row: Row, place: int) -> Key:
        return row.measure.id, self.series.periods[place]

    # One measure after the other

    def sizes(self) -> None:
        """LIK-001, LIK-002, LIK-003 and rows of trial figures."""
        digits: list[tuple[Row, Slip]] = []
        for row in self.series.rows:
            if row.asked.is_answers:
                continue
            for values in row.comparable():
                digits += ((row, slip) for slip in self.slips_of(row, values))
            if row.measure.role is Role.FIGURE and row.measure.kind is Kind.FLOW:
                self.trial_row(row)
        low = Counter(slip.place for _, slip in digits if slip.is_dip)
        for row, slip in digits:
            if not (slip.is_dip and self.is_low(row, slip.place, low[slip.place])):
                self.tell_digit(row, slip)

    def slips_of(self, row: Row, values: Sequence[float | None]) -> list[Slip]:
        """Tell what a row shows by itself; the slips of a digit are left to be held against their column."""
        measure, first = row.measure, self.series.first
        if not is_wide(values):
            return []
        units = unit_slips(values, first, measure.unit)
        if units:
            self.tell_unit(row, units)
        if units or measure.role is not Role.FIGURE:
            return []
        sums = None
        if measure.kind is Kind.FLOW and measure.frequency is not Frequency.WHEN_HELD:
            sums = running_sums(values, first)
        if sums is not None:
            self.tell_sums(row, sums.places, sums.alone)
            return []
        return digit_slips(values, first, measure.unit)

    def is_low(self, dip: Row, place: int, count: int) -> bool:
        """Whether so much of a period is low that a dip is no slip: `count` rows by far, or most others by a good deal."""
        filled = [row for row in self.series.rows if row.values[place] and row.measure.role is Role.FIGURE]
        if count >= _LOW_ROWS and count >= _LOW_SHARE * len(filled):
            return True
        others = [row.values for row in filled if row is not dip]
        levels = [(values[place] or 0.0) / median(value for value in values if value) for values in others]
        return len(levels) >= _LOW_ROWS and median(levels) < _LOW_LEVEL

    def tell_unit(self, row: Row, slips: Sequence[Slip]) -> None:
        """LIK-001 once a row, at its first cell."""
        first, keys = slips[0], [self.key(row, slip.place) for slip in slips]
        self.telling.tell(
            "LIK-001",
            keys[0],
            {
                "much": Phrase(_MUCH[first.factor]),
                "usual": _shown(first.usual, row.measure),
                "cells": self.telling.cells(keys),
            },
            likely=self.without_slip(row, first),
            got=NumberText.of(self.telling.number(keys[0])),
        )

    def without_slip(self, row: Row, slip: Slip) -> Fraction | None:
        """The figure without the slip; None where a cell of the measure could not hold it.

        In another unit it is about the same; a digit too many leaves the ones before it.
        """
        value, decimals = self.telling.number(self.key(row, slip.place)), row.measure.decimals
        likely = rounded(value / slip.factor, decimals)
        if slip.factor in _DIGITS_TOO_MANY:
            likely = Fraction(value * 10**decimals // slip.factor, 10**decimals)
        return likely if likely != value and fits(likely, rule_of(row.measure)) else None

    def tell_digit(self, row: Row, slip: Slip) -> None:
        key = self.key(row, slip.place)
        value = self.telling.number(key)
        slots = {
            "much": Phrase(_MUCH[slip.factor]),
            "usual": _shown(slip.usual, row.measure),
        }
        self.telling.tell("LIK-002", key, slots, likely=self.without_slip(row, slip), got=NumberText.of(value))

    def tell_sums(self, row: Row, places: range, alone: float) -> None:
        """LIK-003 once a row, at the first sum."""
        keys = [self.key(row, place) for place in places]
        slots = {
            "name": PeriodName(keys[0][1].code),
            "alone": _shown(alone, row.measure),
            "cells": self.telling.cells(keys),
        }
        value = self.telling.number(keys[0])
        before = [self.telling.number(self.key(row, place)) for place in range(self.series.first, places[0])]
        self.telling.tell("LIK-003", keys[0], slots, likely=value - sum(before), got=NumberText.of(value))

    def trial_row(self, row: Row) -> None:
        first = self.series.first
        filled = filled_of(row.values[first:])
        if is_trial_number(filled) or is_counted_up(filled):
            keys = [self.key(row, place) for place in range(first, len(row.values)) if row.values[place] is not None]
            self.tell_trial(keys, filled, has_measure=True)

    def tell_trial(self, keys: Sequence[Key], filled: Sequence[float], *, has_measure: bool) -> None:
        """LIK-006 for one number everywhere, LIK-007 for numbers counted up."""
        code = "LIK-006" if filled[0] == filled[1] else "LIK-007"
        last = NumberText.of(self.telling.number(keys[-1]))
        slots = {"cells": self.telling.cells(keys[-1:]), "count": str(len(keys)), "last": last}
        self.telling.tell(
            code, keys[0], slots, got=NumberText.of(self.telling.number(keys[0])), has_measure=has_measure
        )

    # One period after the other

    def columns(self) -> None:
        """LIK-004, and columns of trial figures."""
        series = self.series
        rows = [row for row in series.rows if row.measure.role is Role.FIGURE]
        if len(rows) < LEAST_CELLS:
            return
        moving = [row for row in rows if row.measure.kind is not Kind.STOCK]
        columns = list(zip(*(row.values for row in moving), strict=True))
        whole = list(zip(*(row.values[series.first :] for row in rows), strict=True))
        for place, column in enumerate(whole, series.first):
            filled = filled_of(column)
            if is_one_number(filled) or is_counted_up(filled):
                keys = [self.key(row, place) for row in rows if row.values[place] is not None]
                self.tell_trial(keys, filled, has_measure=False)
            elif columns:
                self.pasted(moving, columns, place)

    def pasted(self, rows: Sequence[Row], columns: Sequence[tuple[float | None, ...]], place: int) -> None:
        """LIK-004 where a column is that of the period before or of last year's same period; else LIK-008 where a part is."""
        for earlier in dict.fromkeys((place - 1, place - self.series.first)):
            now, before = columns[place], columns[earlier]
            counts = count_same(now, before, _LEAST_BITS_OF_COLUMN)
            if counts is not None and self.has_flows(rows, now, before):
                first = next(row for row, a, b in zip(rows, now, before, strict=True) if a and a == b)
                same, both = counts
                slots = {
                    "count": str(same),
                    "all": str(both),
                    "name": PeriodName(self.series.periods[earlier].code),
                    "own": PeriodName(self.series.periods[place].code),
                }
                self.telling.tell("LIK-004", self.key(first, place), slots, has_measure=False)
                return
        if place:
            self.pasted_in_part(rows, place)

    def pasted_in_part(self, rows: Sequence[Row], place: int) -> None:
        """LIK-008 where figures one below the other are those of the period before. Rows that stand still tell nothing."""
        if sum(row.values[place] == row.values[place - 1] for row in rows) < LEAST_OF_STRETCH:
            return
        moving = [row for row in rows if _moves(row.values[:place])]
        now, before = ([row.values[each] for row in moving] for each in (place, place - 1))
        found = copied_stretch(now, before, _LEAST_BITS_OF_STRETCH)
        if found is None:
            return
        part = slice(found[0], found[1] + 1)
        if not self.has_flows(moving[part], now[part], before[part]):
            return
        keys = [self.key(row, place) for row in moving[part]]
        slots = {
            "cells": self.telling.cells(keys),
            "count": str(len(keys)),
            "name": PeriodName(self.series.periods[place - 1].code),
            "own": PeriodName(self.series.periods[place].code),
        }
        self.telling.tell("LIK-008", keys[0], slots, has_measure=False)

    def has_flows(self, rows: Sequence[Row], now: Sequence[float | None], before: Sequence[float | None]) -> bool:
        """Whether enough of the same figures are flows: a mean of twelve months hardly moves from one to the next."""
        flows = (a and a == b for row, a, b in zip(rows, now, before, strict=True) if row.measure.kind is Kind.FLOW)
        return 2 * sum(map(bool, flows)) >= LEAST_CELLS


def _moves(values: Sequence[float | None]) -> bool:
    """Whether a row's figures differ from one period to the next, all but a few."""
    pairs = [(a, b) for a, b in pairwise(values) if a is not None and b is not None]
    return bool(pairs) and _SELDOM * sum(a == b for a, b in pairs) <= len(pairs)


def _shown(value: float, measure: Measure) -> NumberText:
    """A number that nobody typed, with the decimals of its measure."""
    return NumberText.of(rounded(Fraction(value), measure.decimals))
