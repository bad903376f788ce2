"""How questions were answered: the answers by category, and what came of the same question a year before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from xlmalekort.judging.values import (
    Observed,
    has_few_answers,
    is_impossible,
    recipe_of,
    rounded,
    sum_exactly,
    value_of,
)
from xlmalekort.model.figure_kinds import Distribution
from xlmalekort.model.periods import Frequency, periods_of_year
from xlmalekort.rollup.withholding import withheld

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from fractions import Fraction

    from xlmalekort.judging.values import Cells
    from xlmalekort.model.periods import Period
    from xlmalekort.rollup.adding import Adding
    from xlmalekort.rollup.results import Unit


class Before(NamedTuple):
    """What a question came to a year before, as it is shown, and out of how many answers."""

    period: Period
    shown: Fraction
    answers: Fraction


class Answered(NamedTuple):
    """How a question was answered in a unit and period.

    `counts` has the answers in each category; it is empty where the question has none, nobody answered, or too few did to
    be shown. `before` is None where there is nothing, too little to show, or nothing that can be compared: `reason` then
    says what was changed in between.
    """

    indicator: str
    period: Period
    unit: Unit
    counts: tuple[Fraction, ...]
    before: Before | None
    reason: str | None = None


def answered(adding: Adding) -> Iterator[Answered]:
    """How a question was answered: by the holders that are shown, then in the units above. Nothing for what is no question."""
    if adding.indicator.question is not None:
        yield from _Question(adding).answered()


@dataclass(frozen=True)
class _Question:
    adding: Adding

    def answered(self) -> Iterator[Answered]:
        adding = self.adding
        earlier = self._period_before()
        reason = self._reason(earlier)
        before = {} if reason else self._before(earlier)
        counts = self._counts()
        shown = [
            (unit, (place,) if adding.is_whole[place] else ())
            for place, unit in enumerate(adding.holders.units)
            if unit is not None
        ]
        totals = [(group.unit, tuple(adding.members(group))) for group in adding.holders.groups]
        few = {adding.holders.units[place] for place in adding.withheld.places} | adding.withheld.units
        for unit, places in (*shown, *totals):
            found = [counts[place] for place in places if counts[place]]
            summed = tuple(sum_exactly(column) for column in zip(*found, strict=True))
            yield Answered(
                adding.indicator.id,
                adding.period,
                unit,
                () if unit in few else summed,
                before.get(unit),
                reason,
            )

    def _counts(self) -> list[tuple[Fraction, ...]]:
        """The answers of each holder by category; empty where they are not all there."""
        adding, figure = self.adding, self.adding.indicator.figure
        if not isinstance(figure, Distribution):
            return [()] * len(adding.holders.keys)
        lower = adding.observing.recipe.parts.lower
        columns = [adding.observing.totals(_cells_of(lower, measure)) for measure in figure.counts]
        return [
            tuple(number for number in numbers if number is not None) if None not in numbers else ()
            for numbers in zip(*columns, strict=True)
        ]

    def _period_before(self) -> Period:
        """The same period a year before; of what is asked when it is, the last time that it was."""
        adding = self.adding
        same = adding.period.last_year
        if adding.indicator.frequency is not Frequency.WHEN_HELD:
            return same
        held = (
            period
            for period in reversed(periods_of_year(same.year, Frequency.WHEN_HELD))
            for cell in recipe_of(adding.scorecard, adding.indicator.id, period).parts.lower
            if adding.facts.column(cell.measure, cell.period)
        )
        return next(held, same)

    def _reason(self, earlier: Period) -> str | None:
        found = self.adding.indicator.break_between(earlier.end, self.adding.period.end)
        return found.reason if found else None

    def _before(self, earlier: Period) -> dict[Unit, Before]:
        """What came of the question a year before, of each unit that it may be shown of."""
        adding, indicator = self.adding, self.adding.indicator
        parts = recipe_of(adding.scorecard, indicator.id, earlier).parts
        pairs = zip(adding.observing.totals(parts.upper), adding.observing.totals(parts.lower), strict=True)
        observed = {
            place: Observed(upper, lower, is_reported=True)
            for place, (upper, lower) in enumerate(pairs)
            if upper is not None and lower is not None and not is_impossible(indicator, upper, lower)
        }
        is_whole = [place in observed for place in range(len(adding.holders.keys))]
        groups = [(group, [place for place in group.members if is_whole[place]]) for group in adding.holders.groups]
        answers = {place: each.lower for place, each in observed.items() if each.lower is not None}
        hidden = withheld(indicator, answers, is_whole, groups).units
        holders = ((unit, [place]) for place, unit in enumerate(adding.holders.units) if unit is not None)
        totals = ((group.unit, places) for group, places in groups if group.unit not in hidden)
        found = {}
        for unit, places in (*holders, *totals):
            before = self._came_to(earlier, [observed[place] for place in places if place in observed])
            if before is not None:
                found[unit] = before
        return found

    def _came_to(self, earlier: Period, observed: Sequence[Observed]) -> Before | None:
        if not observed:
            return None
        adder, indicator = self.adding.adder, self.adding.indicator
        added = adder.added(observed, ())
        value = value_of(indicator, adder.judged(added))
        if value is None or added.lower is None or has_few_answers(indicator, added.lower):
            return None
        return Before(earlier, rounded(value, indicator.decimals), added.lower)


def _cells_of(cells: Cells, measure: str) -> Cells:
    return tuple(cell for cell in cells if cell.measure == measure)
