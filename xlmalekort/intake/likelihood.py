"""What is unlikely among the figures of one file (LIK-001 to -004, -006 to -014). It is counted all the same, and told.

Nothing here is certain, so nothing is rejected. What is said has to be worth reading: a season, growth, small numbers and
offices that have just opened say nothing. Each rule's bounds stand in its own module.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from statistics import median
from typing import TYPE_CHECKING

from xlmalekort.intake.likelihood_of_periods import CheckingPeriods
from xlmalekort.intake.noughts import unlikely_noughts
from xlmalekort.intake.numbers import fits, rule_of
from xlmalekort.intake.other_signs import other_signs
from xlmalekort.intake.plan_as_actual import tell_plans
from xlmalekort.intake.running_sums import running_sums
from xlmalekort.intake.series import Row, Series, series_of
from xlmalekort.intake.slips import Slip, digit_slips, is_wide, unit_slips, wild_before
from xlmalekort.intake.telling import Telling, shown_by
from xlmalekort.intake.trials import filled_of, is_counted_up, is_trial_number
from xlmalekort.judging.values import rounded
from xlmalekort.locale import N_
from xlmalekort.locale.told import NumberText, PeriodName, Phrase
from xlmalekort.model.measures import Kind, Role
from xlmalekort.model.periods import Frequency

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from xlmalekort.intake.likelihood_of_periods import Odd
    from xlmalekort.intake.plan import InputPlan, Key
    from xlmalekort.model.figures import Submission
    from xlmalekort.problems import Problem

_MUCH = {
    Fraction(10): N_("about ten times"),
    Fraction(100): N_("about a hundred times"),
    Fraction(1000): N_("about a thousand times"),
    Fraction(1, 10): N_("about a tenth of"),
    Fraction(1, 100): N_("about a hundredth of"),
    Fraction(1, 1000): N_("about a thousandth of"),
}
_DIGITS_TOO_MANY = (10, 100)
_USUAL = N_("the usual is about {usual}")
_LOW_ROWS, _LOW_SHARE = 3, 0.1
"""Where so many figures of a period, and such a share of them, are low at once, it is a season or a closed office."""
_LOW_LEVEL = 0.7
"""It is too where the other figures of the period, so many at least, come to less of their own usual."""


def check_likelihood(plan: InputPlan, submission: Submission, waiting: frozenset[Key], today: date) -> list[Problem]:
    """What is unlikely among the figures that count, beside the office's other figures of this year and the last.

    `waiting` are figures that cannot be judged yet. Answers to a survey are not looked at one by one, for none may be told.
    """
    telling = Telling(plan, submission)
    for series in series_of(plan.layout.scorecard, submission, waiting, today):
        _Checking(telling, series).check()
        tell_plans(telling, series)
    return telling.problems


@dataclass(frozen=True, slots=True)
class _Checking:
    """The series of one frequency under every rule."""

    telling: Telling
    series: Series

    def check(self) -> None:
        if len(self.series.periods) > self.series.first:
            self.sizes(CheckingPeriods(self.telling, self.series).check())

    def key(self, row: Row, place: int) -> Key:
        return row.measure.id, self.series.periods[place]

    # One measure after the other

    def sizes(self, told: Odd) -> None:
        """LIK-001 to LIK-003, LIK-009, LIK-010, LIK-014 and rows of trial figures, but for what is told of whole periods."""
        digits: list[tuple[Row, Slip]] = []
        for row in self.series.rows:
            if row.asked.is_answers:
                continue
            for values in row.comparable():
                digits += ((row, slip) for slip in self.slips_of(row, values, told) if slip.place not in told.places)
            if row.measure.role is Role.FIGURE and row.measure.kind is Kind.FLOW:
                self.trial_row(row)
        low = Counter(slip.place for _, slip in digits if slip.is_dip)
        for row, slip in digits:
            if not (slip.is_dip and self.is_low(row, slip.place, low[slip.place])):
                self.tell_slip(row, slip)

    def slips_of(self, row: Row, values: Sequence[float | None], told: Odd) -> list[Slip]:
        """Tell what a row shows by itself; the slips that may be of a whole period are left to be held against their column."""
        measure, first = row.measure, self.series.first
        is_figure = measure.role is Role.FIGURE
        if is_figure and measure.negative:
            self.tell_signs(row, values)
        noughts = unlikely_noughts(values, first, measure.unit) if is_figure else []
        found = [Slip(place, None, usual, is_dip=True) for place, usual in noughts]
        if not is_wide(values):
            return found
        if is_figure and (wild := wild_before(values, first, measure.unit)):
            # A figure of last year that is wrong itself says nothing of this year's.
            found += wild
            odd = {slip.place for slip in wild}
            values = [None if place in odd else value for place, value in enumerate(values)]
        units = unit_slips(values, first, measure.unit)
        if units:
            self.tell_unit(row, units)
        if units or not is_figure:
            return found
        sums = None
        if measure.kind is Kind.FLOW and measure.frequency is not Frequency.WHEN_HELD:
            sums = running_sums(values, first)
        if sums is not None:
            if not told.are_sums:
                self.tell_sums(row, sums.places, sums.alone)
            return found
        return found + digit_slips(values, first, measure.unit)

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
                "much": Phrase(_MUCH[first.factor or Fraction(1000)]),
                "usual": shown_by(first.usual, row.measure),
                "cells": self.telling.cells(keys),
            },
            likely=self.without_slip(row, first),
            got=NumberText.of(self.telling.number(keys[0])),
        )

    def without_slip(self, row: Row, slip: Slip) -> Fraction | None:
        """The figure without the slip; None where a cell of the measure could not hold it.

        In another unit it is about the same; a digit too many leaves the ones before it.
        """
        if slip.factor is None:
            return None
        value, decimals = self.telling.number(self.key(row, slip.place)), row.measure.decimals
        likely = rounded(value / slip.factor, decimals)
        if slip.factor in _DIGITS_TOO_MANY:
            likely = Fraction(value * 10**decimals // slip.factor, 10**decimals)
        return likely if likely != value and fits(likely, rule_of(row.measure)) else None

    def tell_slip(self, row: Row, slip: Slip) -> None:
        """LIK-002, LIK-009 for what no slip explains, LIK-010 for 0."""
        key = self.key(row, slip.place)
        value, usual = self.telling.number(key), shown_by(slip.usual, row.measure)
        got = NumberText.of(value)
        if value == 0:
            self.telling.tell("LIK-010", key, {"what": Phrase(_USUAL, usual=usual)}, got=got)
        elif slip.factor is None:
            self.telling.tell("LIK-009", key, {"usual": usual}, got=got)
        else:
            slots = {"much": Phrase(_MUCH[slip.factor]), "usual": usual}
            self.telling.tell("LIK-002", key, slots, likely=self.without_slip(row, slip), got=got)

    def tell_signs(self, row: Row, values: Sequence[float | None]) -> None:
        """LIK-014 once a row, at its first cell."""
        found = other_signs(values, self.series.first)
        if found:
            keys = [self.key(row, place) for place, _ in found]
            value = self.telling.number(keys[0])
            likely = -value if fits(-value, rule_of(row.measure)) else None
            slots = {"usual": shown_by(found[0][1], row.measure), "cells": self.telling.cells(keys)}
            self.telling.tell("LIK-014", keys[0], slots, likely=likely, got=NumberText.of(value))

    def tell_sums(self, row: Row, places: range, alone: float) -> None:
        """LIK-003 once a row, at the first sum."""
        keys = [self.key(row, place) for place in places]
        slots = {
            "name": PeriodName(keys[0][1].code),
            "alone": shown_by(alone, row.measure),
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
            self.telling.tell_trial(keys, filled, has_measure=True)
