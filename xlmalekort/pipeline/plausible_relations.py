"""Made-up figures that owe each other something: stocks and what goes in and out, totals and parts, those who are asked."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING

from xlmalekort.model.figure_kinds import Part, Share
from xlmalekort.model.figures import Figure
from xlmalekort.model.measures import Balance, Kind, PartOf, TotalOf, Unit
from xlmalekort.pipeline.draft import Draft, shared_out

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from xlmalekort.model.periods import Period

    IsThere = Callable[[str, Period], bool]

_MONTHLY = 0.09
"""The part of a stock that goes in and out in a month."""


def fill_relations(draft: Draft, period: Period, size: float, seed: str, is_there: IsThere) -> None:
    """What has to be there before the indicators: stocks with what goes in and out, and the numbers of those asked."""
    filling = _Filling(draft, period, size, seed, is_there)
    for relation in draft.scorecard.relations:
        if all(draft.scorecard.measure[each].frequency.span is period.frequency for each in relation.measures):
            if isinstance(relation, Balance):
                filling.balance(relation)
            elif isinstance(relation, PartOf) and len(relation.part) > 1:
                filling.asked(relation.whole)


class _Filling:
    def __init__(self, draft: Draft, period: Period, size: float, seed: str, is_there: IsThere) -> None:
        self.draft, self.period, self.size, self.seed, self.is_there = draft, period, size, seed, is_there

    def random(self, *parts: object) -> Random:
        return Random("|".join((self.seed, *map(str, parts))))  # noqa: S311 - play figures

    def give(self, measure: str, value: Fraction | float) -> Fraction:
        random = self.random(measure, self.period)
        return self.draft.give(measure, self.period, value, random, lambda each: self.is_there(measure, each))

    def balance(self, relation: Balance) -> None:
        """Opening and what came in, less what went out, is closing; the next period opens with it."""
        steady, now = self.random(relation.closing), self.random(relation.closing, self.period)
        before = self.draft.held(relation.closing, self.period.previous)
        usual = self.size * steady.uniform(420, 560)
        opening = self.give(relation.opening, before if before is not None else usual)
        # From year to year less comes in; good offices bring more of them on.
        trend = (0.93 + steady.uniform(-0.04, 0.04)) ** (self.period.year % 2)
        flow = usual * _MONTHLY * self.period.frequency.months * trend
        came = self.split(relation.inflow, flow * now.uniform(0.93, 1.07), {})
        pull = 1 + 0.8 * (float(opening) - usual) / usual  # a stock that has grown lets more go
        went = self.split(relation.outflow, flow * pull * now.uniform(0.93, 1.07), self.wanted_shares(relation.outflow))
        closing = self.give(relation.closing, opening + came - went)
        for total in self.draft.scorecard.relations:
            if isinstance(total, TotalOf) and total.total == relation.closing:
                self.split(total.parts, closing, {})

    def split(self, measures: Sequence[str], value: Fraction | float, shares: dict[str, float]) -> Fraction:
        weights = [shares.get(each, self.random(each).uniform(1, 2)) for each in measures]
        wobble = self.random("split", self.period, *measures)
        weights = [weight * wobble.uniform(0.95, 1.05) for weight in weights]
        parts = shared_out(Fraction(round(value)), weights)
        return sum((self.give(each, part) for each, part in zip(measures, parts, strict=True)), Fraction(0))

    def wanted_shares(self, measures: Sequence[str]) -> dict[str, float]:
        """How a sum is divided where an indicator shows the share of some of its parts."""
        for indicator in self.draft.scorecard.active:
            figure = indicator.figure
            if isinstance(figure, Share) and set(figure.denominator) == set(measures):
                share = self.random(indicator.id).uniform(0.36, 0.48)
                inside, outside = len(figure.numerator), len(measures) - len(figure.numerator)
                return {
                    each: share / inside if each in figure.numerator else (1 - share) / max(outside, 1)
                    for each in measures
                }
        return {}

    def asked(self, whole: str) -> Fraction:
        """How many were asked; where they are a part of others, about half of those."""
        held = self.draft.held(whole, self.period)
        if held is not None:
            return held
        random = self.random(whole, self.period)
        for relation in self.draft.scorecard.relations:
            if isinstance(relation, PartOf) and relation.part == (whole,):
                return self.give(whole, round(float(self.asked(relation.whole)) * random.uniform(0.42, 0.6)))
        return self.give(whole, round(self.size * 80 * random.uniform(0.85, 1.15)))


def fill_gathered(draft: Draft, period: Period, size: float, seed: str, is_there: IsThere) -> None:
    """What no indicator uses and is asked for all the same."""
    filling = _Filling(draft, period, size, seed, is_there)
    for measure in draft.scorecard.measures:
        if measure.alone and measure.frequency.span is period.frequency and not draft.scorecard.users[measure.id]:
            year = round(size * filling.random(measure.id).uniform(180, 220))
            if measure.unit is Unit.MONEY:
                year *= 10_000 * (period.end.month if measure.kind is Kind.STOCK else measure.frequency.months) // 12
            filling.give(measure.id, year * filling.random(measure.id, period).uniform(0.97, 1.03))


def mind_relations(draft: Draft, period: Period, is_there: IsThere) -> None:
    """Make parts fit their wholes, then numerators their denominators; totals are what their parts come to."""
    scorecard = draft.scorecard
    for relation in scorecard.relations:
        if isinstance(relation, PartOf) and len(relation.part) == 1:
            whole = _value(draft, relation.whole, period)
            if whole is not None:
                _shrink(draft, relation.part[0], period, whole * Fraction(4, 5))
        if isinstance(relation, TotalOf):
            parts = [_value(draft, part, period) for part in relation.parts]
            found = [part for part in parts if part is not None]
            if len(found) == len(parts):
                _put(draft, relation.total, period, sum(found, Fraction(0)))
                if not is_there(relation.total, period):
                    draft.ahead.add((relation.total, period))
    for indicator in scorecard.active:
        figure = indicator.figure
        if (
            isinstance(figure, Share)
            and len(figure.numerator) == len(figure.denominator) == 1
            and not figure.may_exceed
        ):
            upper = _value(draft, figure.numerator[0], period)
            lower = _value(draft, figure.denominator[0], period)
            if upper is not None and lower is not None:
                _put(draft, figure.numerator[0], period, min(upper, lower))


def _value(draft: Draft, measure: str, period: Period) -> Fraction | None:
    figure = draft.figures.get((measure, period))
    return figure.value if figure is not None else None


def _put(draft: Draft, measure: str, period: Period, value: Fraction) -> None:
    draft.figures[measure, period] = Figure(measure, period, value)


def _shrink(draft: Draft, measure: str, period: Period, most: Fraction) -> None:
    """Bring a measure down to a limit, and the numerators that are counted out of it along."""
    value = _value(draft, measure, period)
    if value is None or value <= most:
        return
    factor = most / value
    most = Fraction(round(float(most)))
    _put(draft, measure, period, most)
    for indicator in draft.scorecard.active:
        parts = dict(indicator.figure.parts)
        if isinstance(indicator.figure, Share) and parts[Part.DENOMINATOR] == (measure,):
            for upper in parts[Part.NUMERATOR]:
                held = _value(draft, upper, period)
                if held is not None:
                    _put(draft, upper, period, min(Fraction(round(float(held * factor))), most))
