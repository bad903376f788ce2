"""Adding up: what the holders' figures of one indicator and period come to, for each of them and for all above."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING

from xlmalekort.judging.bands import resolve_band
from xlmalekort.judging.judge import yardstick
from xlmalekort.judging.values import (
    NOTHING,
    Observed,
    compared_period,
    field_of,
    observe_parts,
    own_measures,
    sum_exactly,
    sum_of,
    sums_of,
)
from xlmalekort.model.measures import Unit as Measured
from xlmalekort.model.scorecard import Amount, Change, Part
from xlmalekort.model.targets import OwnTarget
from xlmalekort.rollup.results import Result, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date
    from fractions import Fraction

    from xlmalekort.judging.judge import Judgement, Yardstick
    from xlmalekort.model.figures import Figure, Source
    from xlmalekort.model.periods import Period
    from xlmalekort.model.scorecard import Indicator, Scorecard
    from xlmalekort.rollup.facts import Facts
    from xlmalekort.rollup.units import Group, Holders

Cells = list["Figure | None"]
"""A measure's figures for one period, one for each holder."""
_ADDABLE = (Measured.COUNT, Measured.MONEY)


def adds_up(scorecard: Scorecard, indicator: Indicator) -> bool:
    """Whether the indicator is a plain number that adds up over the units: a count or money, without a weight."""
    figure = indicator.figure
    return (
        isinstance(figure, Amount)
        and figure.weight is None
        and all(scorecard.measure[measure].unit in _ADDABLE for measure in figure.value)
    )


def has_total(scorecard: Scorecard, indicator: Indicator) -> bool:
    """Whether there is any way to make a total of the indicator."""
    figure = indicator.figure
    return (
        not isinstance(figure, Amount)
        or figure.weight is not None
        or figure.unweighted
        or adds_up(scorecard, indicator)
    )


@dataclass(frozen=True)
class Adding:
    """One indicator in one period, over all who hold its figures. `is_counted` tells whether a register says who they are."""

    scorecard: Scorecard
    indicator: Indicator
    period: Period
    holders: Holders
    facts: Facts
    today: date
    is_counted: bool

    def results(self) -> Iterator[Result]:
        """The results of the holders that are shown, then of the units above."""
        exempt = self.holders.exempt_from(self.indicator.id)
        for place, unit in enumerate(self.holders.units):
            if unit is not None:
                yield self._own_result(place, unit, is_exempt=place in exempt)
        for group in self.holders.groups:
            yield self._total(group)

    @property
    def is_reported(self) -> bool:
        """Whether anybody handed in anything."""
        return any(observed.is_reported for observed in self._observed)

    @property
    def exempted(self) -> Iterator[tuple[str, str | None]]:
        """Name and first file of the holders that reported although they are exempt; None where no file is known."""
        for place in sorted(self.holders.exempt_from(self.indicator.id)):
            if self._observed[place].is_reported:
                source = next(iter(self._sources((place,))), None)
                name, _, _ = self.holders.places[self.holders.keys[place]]
                yield name, source.file if source is not None else None

    # What the holders handed in.

    @cached_property
    def _uppers(self) -> list[Cells]:
        return self._cells(sums_of(self.indicator)[0], self.period)

    @cached_property
    def _lowers(self) -> list[Cells]:
        return self._cells(sums_of(self.indicator)[1], self.period)

    @cached_property
    def _references(self) -> list[Cells]:
        figure = self.indicator.figure
        return self._cells(figure.value, compared_period(figure, self.period)) if isinstance(figure, Change) else []

    def _cells(self, measures: Iterable[str], period: Period) -> list[Cells]:
        columns = [self.facts.column(measure, period) for measure in measures]
        return [[column.get(key) for key in self.holders.keys] for column in columns]

    @cached_property
    def _observed(self) -> list[Observed]:
        indicator = self.indicator
        exempt = self.holders.exempt_from(indicator.id)
        by_holder = zip(
            self._by_holder(self._uppers),
            self._by_holder(self._lowers),
            self._by_holder(self._references),
            self._reported,
            self._sums(field_of(indicator, Part.TARGET)),
            self._sums(field_of(indicator, Part.YELLOW)),
            strict=True,
        )
        return [
            observe_parts(
                indicator,
                uppers,
                lowers,
                references,
                is_reported=is_reported,
                own_target=own_target,
                own_yellow=own_yellow,
                is_exempt=place in exempt,
            )
            for place, (uppers, lowers, references, is_reported, own_target, own_yellow) in enumerate(by_holder)
        ]

    @property
    def _reported(self) -> list[bool]:
        found = [False] * len(self.holders.keys)
        for cells in self._cells(own_measures(self.scorecard)[self.indicator.id], self.period):
            found = [is_reported or figure is not None for is_reported, figure in zip(found, cells, strict=True)]
        return found

    def _by_holder(self, columns: list[Cells]) -> Iterable[tuple[Figure | None, ...]]:
        """The figures of each holder, one for each measure."""
        return zip(*columns, strict=True) if columns else [()] * len(self.holders.keys)

    def _sums(self, measures: tuple[str, ...]) -> list[Fraction | None]:
        if not measures:
            return [None] * len(self.holders.keys)
        return [sum_of(figures) for figures in self._by_holder(self._cells(measures, self.period))]

    @cached_property
    def _is_whole(self) -> list[bool]:
        """Whether each holder's figure is in, with all its parts. What a change compares with is none of them."""
        figure = self.indicator.figure
        needs_lower = isinstance(figure, Amount) and figure.weight is not None
        return [
            observed.is_reported
            and not observed.is_rejected
            and not observed.is_exempt
            and not (needs_lower and observed.lower is None)
            for observed in self._observed
        ]

    @cached_property
    def _is_in(self) -> list[bool]:
        """Whether each holder enters a sum: of a change only with both periods."""
        if not isinstance(self.indicator.figure, Change):
            return self._is_whole
        observed = zip(self._is_whole, self._observed, strict=True)
        return [is_whole and each.reference is not None for is_whole, each in observed]

    # Judging.

    @cached_property
    def _yardsticks(self) -> dict[tuple[Fraction | None, Fraction | None], Yardstick]:
        return {}

    def _judge(self, observed: Observed) -> Judgement:
        own = (observed.own_target, observed.own_yellow)
        found = self._yardsticks.get(own)
        if found is None:
            band = resolve_band(self.indicator, self.period, *own)
            comparison = self.scorecard.comparison
            found = yardstick(self.indicator, self.period, band, self.today, comparison=comparison)
            self._yardsticks[own] = found
        return found.judge(observed)

    def _own_result(self, place: int, unit: Unit, *, is_exempt: bool) -> Result:
        reported = int(self._is_whole[place])
        expected = int(not is_exempt) if self.is_counted else None
        return Result(
            self.indicator,
            self.period,
            unit,
            self._judge(self._observed[place]),
            reported,
            expected,
            is_complete=None if expected is None else reported >= expected,
            is_partial=False,
            is_unweighted=False,
            find_sources=partial(self._sources, () if is_exempt else (place,)),
        )

    def _total(self, group: Group) -> Result:
        exempt = self.holders.exempt_from(self.indicator.id)
        expected_members = [place for place in group.members if place not in exempt]
        members = [place for place in group.members if self._is_in[place]]
        reported = sum(self._is_whole[place] for place in group.members)
        expected = len(expected_members) if self.is_counted else None
        is_too_few = expected is not None and reported < self.scorecard.least_coverage * expected
        return Result(
            self.indicator,
            self.period,
            group.unit,
            self._judge_total(members, expected_members),
            reported,
            expected,
            is_complete=None if expected is None else reported == expected,
            is_partial=is_too_few or len(members) < reported,
            is_unweighted=bool(members) and self._is_plain_mean,
            find_sources=partial(self._sources, tuple(members)),
        )

    def _sources(self, places: tuple[int, ...]) -> tuple[Source, ...]:
        cells = [*self._uppers, *self._lowers, *self._references]
        figures = (column[place] for place in places for column in cells)
        return tuple(dict.fromkeys(figure.source for figure in figures if figure is not None and figure.source))

    # Sums.

    @property
    def _is_plain_mean(self) -> bool:
        figure = self.indicator.figure
        return isinstance(figure, Amount) and figure.unweighted and figure.weight is None and not self._adds_up

    @cached_property
    def _adds_up(self) -> bool:
        return adds_up(self.scorecard, self.indicator)

    def _judge_total(self, members: Sequence[int], expected: Sequence[int]) -> Judgement:
        target, yellow = self._own_edges(members or expected)
        observed = [self._observed[place] for place in members]
        if not observed:
            nothing = self._nothing_in([self._observed[place] for place in expected])
            return self._judge(nothing._replace(own_target=target, own_yellow=yellow))
        upper, lower, reference, value = self._sum(observed)
        judged = Observed(value, lower, reference, is_reported=True, own_target=target, own_yellow=yellow)
        judgement = self._judge(judged)
        return judgement if upper == value else judgement._replace(observed=judged._replace(upper=upper))

    @staticmethod
    def _nothing_in(observed: Sequence[Observed]) -> Observed:
        """What is said of a total that no unit enters. `observed` are those that are not exempt."""
        if not observed:
            return NOTHING._replace(is_exempt=True)
        is_rejected = any(each.is_rejected for each in observed)
        return Observed(is_reported=any(each.is_reported for each in observed), is_rejected=is_rejected)

    def _sum(
        self, observed: Sequence[Observed]
    ) -> tuple[Fraction | None, Fraction | None, Fraction | None, Fraction | None]:
        """The summed upper part, lower part and reference, and the number to be judged: the upper part, or a mean."""
        figure = self.indicator.figure
        if isinstance(figure, Amount):
            return self._sum_amounts(figure, observed)
        upper = sum_exactly([each.upper for each in observed if each.upper is not None])
        if isinstance(figure, Change):
            reference = sum_exactly([each.reference for each in observed if each.reference is not None])
            return upper, None, reference, upper
        return upper, sum_exactly([each.lower for each in observed if each.lower is not None]), None, upper

    def _sum_amounts(
        self, figure: Amount, observed: Sequence[Observed]
    ) -> tuple[Fraction | None, Fraction | None, None, Fraction | None]:
        if figure.weight is not None:
            pairs = [(each.upper, each.lower) for each in observed]
            upper = sum_exactly([value * weight for value, weight in pairs if value is not None and weight is not None])
            weights = sum_exactly([weight for _, weight in pairs if weight is not None])
            return upper, weights, None, upper / weights if weights else None
        total = sum_exactly([each.upper for each in observed if each.upper is not None])
        if self._adds_up:
            return total, None, None, total
        mean = total / len(observed) if figure.unweighted else None
        return mean, None, None, mean

    def _own_edges(self, places: Sequence[int]) -> tuple[Fraction | None, Fraction | None]:
        """Target and zone of a total where offices have their own: their sums, or for what does not add up the common ones.

        None where a unit has none, or where they differ and cannot be added.
        """
        if not isinstance(self.indicator.target, OwnTarget):
            return None, None
        observed = [self._observed[place] for place in places]
        targets = [each.own_target for each in observed if each.own_target is not None]
        yellows = [each.own_yellow for each in observed if each.own_yellow is not None]
        if not observed or len(targets) < len(observed) or len(yellows) < len(observed):
            return None, None
        if self._adds_up:
            return sum_exactly(targets), sum_exactly(yellows)
        return (targets[0], yellows[0]) if len(set(targets)) == len(set(yellows)) == 1 else (None, None)
