"""Made-up figures of one indicator and period, each kind of figure in its own way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from math import comb
from typing import TYPE_CHECKING

from xlmalekort.judging.bands import conditions_of, targets_in_force
from xlmalekort.judging.values import NOTHING, observe, references_of
from xlmalekort.model.figure_kinds import Amount, Change, Deviation, Distribution, Share
from xlmalekort.model.measures import Kind, PartOf, Unit
from xlmalekort.model.targets import Against, Milestone, OwnTarget, Reference
from xlmalekort.pipeline.draft import Draft, shared_out

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

    from xlmalekort.judging.bands import Band, Condition
    from xlmalekort.judging.values import Compared, Observed
    from xlmalekort.model.indicators import Indicator
    from xlmalekort.model.measures import Measure
    from xlmalekort.model.periods import Period
    from xlmalekort.model.places import Place

_HUNDRED = 100
_FEW_PER_CENT = 10
"""A share under this needs many cases, or a single one moves it from one side of the target to the other."""
_SOON = timedelta(days=120)
"""How long before its day a good office has done a step."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be made up: an indicator in a period, of an office so large and so good.

    `lean` is how far on the good side of the green edge it lies, in widths of the yellow zone. `shared` gives the chance that
    everybody who holds a measure has in common. An office `is_careless` that never types its own target; `is_before` marks the
    year before, which is only compared with.
    """

    indicator: Indicator
    period: Period
    size: float
    place: Place
    lean: float
    random: Random
    shared: Callable[..., Random]
    is_careless: bool
    is_before: bool
    is_there: Callable[[str, Period], bool]

    def count(self, usual: float) -> Fraction:
        """A number of people or cases, by the size of the office."""
        return Fraction(max(round(self.size * usual * self.random.uniform(0.75, 1.25)), 1))


def fill(draft: Draft, wanted: Wanted) -> None:
    """Make up the figures of an indicator in a period, what they are compared with first."""
    _Filling(draft, wanted).fill()


class _Filling:
    """The filling of one indicator and period."""

    def __init__(self, draft: Draft, wanted: Wanted) -> None:
        self.draft, self.wanted = draft, wanted
        self.indicator, self.period = wanted.indicator, wanted.period
        self.random, self.lean = wanted.random, wanted.lean

    def fill(self) -> None:
        """Every part of the figure, and what its targets need to be typed."""
        figure = self.indicator.figure
        for reference, measure in references_of(self.indicator):
            if measure is not None and self.held(measure) is None:
                self.give_reference(reference, measure)
        match figure:
            case Share():
                self.fill_share(figure)
            case Deviation():
                self.fill_deviation(figure)
            case Change():
                self.fill_change(figure)
            case Distribution():
                self.fill_distribution(figure)
            case Amount():
                self.fill_amount(figure)

    def held(self, measure: str) -> Fraction | None:
        return self.draft.held(measure, self.period)

    def measure(self, measure: str) -> Measure:
        return self.draft.scorecard.measure[measure]

    def give(self, measure: str, value: Fraction | float, period: Period | None = None) -> Fraction:
        return self.draft.give(
            measure, period or self.period, value, self.random, lambda each: self.wanted.is_there(measure, each)
        )

    def give_sum(self, measures: Sequence[str], value: Fraction | float) -> None:
        """Give measures that add up to a value, each its own share of it."""
        weights = [self.wanted.shared(measure).uniform(1, 2) for measure in measures]
        decimals = min(self.measure(measure).decimals for measure in measures)
        for measure, part in zip(measures, shared_out(Fraction(value), weights, decimals), strict=True):
            self.give(measure, part)

    # What it is held against

    def observed(self) -> Observed:
        """What is known before its own figures are: its own targets and what it compares with."""
        if not references_of(self.indicator):
            return NOTHING
        return observe(self.draft.scorecard, self.indicator, self.period, self.draft.figures)

    def condition(self) -> Condition:
        return conditions_of(self.indicator, self.period, self.observed(), self.wanted.place)[0]

    def band(self) -> Band | None:
        return self.condition().band

    def aimed(self, middle: float, width: float, side: int = 1, least: float = 1.0) -> float:
        """A value so many widths of the yellow zone on the good side of the green edge; without a band near the middle."""
        condition, lean = self.condition(), self.lean
        band, target = condition.band, condition.target
        if band is None:
            return middle + width * lean
        if self.wanted.is_before and isinstance(target, Against) and target.reference is Reference.BASELINE:
            # The baseline is mostly that of the year before itself.
            return float(condition.reference or 0) * self.random.uniform(0.96, 1.04)
        low, high, outer = band.green.low, band.green.high, band.outer
        if low is not None and high is not None:
            return float(low + high) / 2 + side * float(high - low) / 2 * (0.9 - lean * 1.2)
        edge, sign = (low, 1) if low is not None else (high or Fraction(0), -1)
        gap = abs(edge - ((outer.low if low is not None else outer.high) or 0))
        if not band.has_yellow:
            # Met or not: near enough that both happen, also where the edge is a few per cent.
            is_change = isinstance(self.indicator.figure, Change)
            reach = width / 2 if is_change or not edge else min(width / 2, 0.15 * abs(float(edge)))
            return float(edge) + sign * lean * reach
        return float(edge) + sign * lean * max(float(gap), least)

    def give_reference(self, reference: Reference, measure: str) -> None:
        """What is typed to compare with; an indicator whose figures are there already lies near it."""
        figure = self.indicator.figure
        steady, now = self.wanted.shared(measure), self.wanted.shared(measure, self.period)
        wobble = 1 + steady.uniform(-0.08, 0.08)
        if reference is not Reference.BASELINE:
            wobble *= 1 + now.uniform(-0.02, 0.02)
        value = self.draft.total(figure.value, self.period) if isinstance(figure, Amount) else None
        if value is not None:
            sign = 1 if self.indicator.better == "higher" else -1
            self.give(measure, round(float(value) / (1 + sign * (0.01 + 0.02 * self.lean)), -1))
        elif isinstance(figure, Change) and reference is figure.against:
            self.give(measure, (self.rate_base(figure) if figure.per else self.wanted.size * 60) * wobble)
        else:
            self.give(measure, self.usual() * wobble)

    def usual(self) -> float:
        """About what the indicator's value is, where nobody has agreed on anything."""
        indicator, figure = self.indicator, self.indicator.figure
        if isinstance(figure, Distribution):
            return 60.0 if figure.share_of else 1 + 0.65 * (len(figure.counts) - 1)
        if not isinstance(figure, Amount):
            is_absence = isinstance(figure, Share) and self.measure(figure.numerator[0]).unit is Unit.DAYS
            return {"higher": 58.0, "lower": 6.5 if is_absence else 3.0}.get(indicator.better, 50.0)
        unit = self.measure(figure.value[0]).unit
        return {Unit.DAYS: 24.0, Unit.POINTS: 4.0, Unit.MONEY: 22_000.0, Unit.PERCENT: 60.0}.get(
            unit, self.wanted.size * 60
        )

    # Shares

    def fill_share(self, figure: Share) -> None:
        if len(figure.numerator) == len(figure.denominator) == 1:
            self.fill_pair(figure)
        elif self.draft.total((*figure.numerator, *figure.denominator), self.period) is not None:
            return
        elif self.band() is None:
            for measure in dict.fromkeys((*figure.numerator, *figure.denominator)):
                self.give(measure, self.wanted.count(14))
        else:
            upper = Fraction(self.share(figure)) / _HUNDRED * (lower := self.wanted.count(90))
            rest = [measure for measure in figure.denominator if measure not in figure.numerator]
            self.give_sum(figure.numerator, round(upper))
            self.give_sum(rest, lower - round(upper) if len(rest) < len(figure.denominator) else lower)

    def share(self, figure: Share) -> float:
        middle = self.usual() if references_of(self.indicator) else 55.0
        side = self.random.choice((1, -1)) if figure.may_exceed else 1
        share = max(self.aimed(middle, 12.0, side), 0.0)
        return share if figure.may_exceed else min(share, 100.0)

    def fill_pair(self, figure: Share) -> None:
        (upper,), (lower,) = figure.numerator, figure.denominator
        share = self.share(figure)
        above = self.held(upper)
        if above is not None and self.held(lower) is None and share:
            # What is the upper part here is the lower part of another indicator.
            self.give(lower, round(float(above) * _HUNDRED / share))
            return
        below = self.give(lower, self.cases(lower))
        months = self.measure(upper).own_periods(self.period)
        if len(months) > 1 and months == self.measure(lower).own_periods(self.period):
            for each in months:
                self.give(upper, round(float(self.draft.held(lower, each) or 0) * share / _HUNDRED), each)
        self.give(upper, Fraction(round(float(below) * share / _HUNDRED)))

    def cases(self, measure: str) -> Fraction:
        """The number of cases, or the money, that a share is taken of."""
        found = self.measure(measure)
        if found.unit is Unit.MONEY:
            year = round(self.wanted.size * self.wanted.shared(measure).uniform(180, 220)) * 10_000
            is_growing = found.kind is Kind.STOCK
            return Fraction(year * self.period.end.month // 12 if is_growing else year * found.frequency.months // 12)
        if self.usual() < _FEW_PER_CENT and any(isinstance(each, Against) for each in self.indicator.targets):
            steady = self.wanted.size * 2_500 * self.wanted.shared(measure).uniform(0.8, 1.2)
            return Fraction(round(steady * self.random.uniform(0.99, 1.01)))
        return self.wanted.count(90)

    # Plans

    def fill_deviation(self, figure: Deviation) -> None:
        plans = [self.give(measure, self.plan(measure)) for measure in figure.plan]
        side = 1 if len(plans) > 1 else self.random.choice((1, 1, -1))
        off = self.aimed(0.0, 3.0, side)
        band = self.band()
        is_two_sided = band is not None and band.green.low is not None and band.green.high is not None
        off = off if is_two_sided else off * side
        # The same plans may be met by several kinds of money: what is used grows through the year, what is bound shrinks.
        groups = [figure.actual[place : place + len(plans)] for place in range(0, len(figure.actual), len(plans))]
        grown = self.period.end.month / 12
        shares = [grown, *([(1 - grown) / (len(groups) - 1)] * (len(groups) - 1))] if len(groups) > 1 else [1.0]
        for measures, share in zip(groups, shares, strict=True):
            for measure, plan in zip(measures, plans, strict=False):
                mine = off + (self.random.gauss(0, 0.6) if len(plans) > 1 else 0.0)
                self.give(measure, Fraction(round(float(plan) * (1 + mine / _HUNDRED) * share)))

    def plan(self, measure: str) -> Fraction:
        found, months = self.measure(measure), self.indicator.frequency.months
        number = round(self.wanted.size * self.random.uniform(180, 220)) * 100
        if found.unit is Unit.MONEY and found.frequency.months != months:
            # A budget of a whole year, or of a quarter kept month by month.
            number *= 1_200 if found.frequency.months > months else 20 * months
        return Fraction(number)

    # Changes

    def fill_change(self, figure: Change) -> None:
        if self.draft.total(figure.value, self.period) is not None:
            return
        if figure.against is Reference.PREVIOUS and not figure.per:
            grown = 1 + (0.02 + 0.03 * self.lean) * (self.period.end.month + 12 * (self.period.year % 2))
            self.give_sum(figure.value, max(round(self.wanted.size * 60 * grown), 0))
            return
        before = self.observed().reference(figure.against)
        is_start = before is None or (self.wanted.is_before and figure.against is Reference.BASELINE)
        change = self.random.uniform(0.93, 1.07) if is_start else 1 + self.aimed(0.0, 8.0) / _HUNDRED
        if not figure.per:
            base = float(before.upper) if before is not None else self.wanted.size * 60
            self.give_sum(figure.value, max(base * change, 0.0))
            return
        base = _rate(before) if before is not None else self.rate_base(figure)
        self.give_sum(figure.per, self.wanted.count(self.usual_lower(figure)))
        lower = self.draft.total(figure.per, self.period) or Fraction(1)
        self.give_sum(figure.value, max(base * change * float(lower), 0.0))

    def rate_base(self, figure: Change) -> float:
        """A rate: so much of what it is a part of, or so many weeks each."""
        upper, lower = (self.measure(each[0]).unit for each in (figure.value, figure.per or figure.value))
        return 0.065 if upper is lower is Unit.DAYS else 80.0

    def usual_lower(self, figure: Change) -> int:
        return 2_400 if figure.per and self.measure(figure.per[0]).unit is Unit.DAYS else 60

    # Surveys

    def fill_distribution(self, figure: Distribution) -> None:
        if any(self.held(measure) is not None for measure in figure.counts):
            return
        answers = round(float(self.asked(figure)) * self.random.uniform(0.72, 0.97))
        count = len(figure.counts)
        if figure.share_of:
            share = min(max(self.aimed(self.usual(), 12.0) / _HUNDRED, 0.02), 0.98)
            inside = {each - 1 for each in figure.share_of}
            weights = [
                (share / len(inside) if place in inside else (1 - share) / max(count - len(inside), 1))
                * self.random.uniform(0.7, 1.3)
                for place in range(count)
            ]
        else:
            mean = min(max(self.aimed(self.usual(), 0.5, least=0.1), 1.2), count - 0.1)
            weights = _skewed(count, mean, self.random)
        for measure, number in zip(figure.counts, shared_out(Fraction(answers), weights), strict=True):
            self.give(measure, number)

    def asked(self, figure: Distribution) -> Fraction:
        """How many could answer: those who were asked, where that is known."""
        for relation in self.draft.scorecard.relations:
            if isinstance(relation, PartOf) and set(relation.part) == set(figure.counts):
                whole = self.held(relation.whole)
                return whole if whole is not None else self.wanted.count(80)
        return self.wanted.count(80)

    # Amounts

    def fill_amount(self, figure: Amount) -> None:
        if self.draft.total(figure.value, self.period) is None:
            target = targets_in_force(self.indicator, self.period, self.wanted.place)[0]
            if self.indicator.most_steps is not None:
                value = self.steps_done(target, figure.value[0])
            elif isinstance(target, OwnTarget):
                value = self.near_own_target(target, figure)
            else:
                band = self.band()
                edge = (band.target if band else None) or Fraction(0)
                plain = self.measure(figure.value[0]).unit is not Unit.MONEY and not references_of(self.indicator)
                width = 10.0 if band is None else max(2.0, 0.8 * abs(float(edge)))
                middle = 60.0 + 30 * self.lean if plain else self.usual() * (1 + 0.1 * self.lean)
                value = self.aimed(middle, width)
            for measure in figure.value:
                decimals = self.measure(measure).decimals
                self.give(measure, _round(max(value / len(figure.value), 0.0), decimals))
        for measure in figure.weight or ():
            self.give(measure, self.wanted.count(40))

    def near_own_target(self, target: OwnTarget, figure: Amount) -> float:
        is_days = self.measure(figure.value[0]).unit is Unit.DAYS
        goal = _round(self.wanted.size * (25 if is_days else 15) + 5, 0)
        zone = goal * (Fraction(4, 5) if target.better == "higher" else Fraction(5, 4))
        if not self.wanted.is_careless:
            self.give(target.target, goal)
            if target.yellow is not None:
                self.give(target.yellow, _round(float(zone), 0))
        return float(goal) + self.lean * abs(float(goal - zone)) * (1 if target.better == "higher" else -1)

    def steps_done(self, target: object, measure: str) -> float:
        """The steps that are due, one more of the good and one less of the bad, and never fewer than before."""
        if not isinstance(target, Milestone):
            return 0.0
        good, bad = self.lean > 0.5, self.lean < -0.5  # noqa: PLR2004 - widths of a zone
        done = sum(step.due <= self.period.end + (_SOON if good else timedelta()) for step in target.steps)
        before = self.draft.held(measure, self.period.previous) if self.period.number > 1 else None
        return float(max(done - bad, before or 0))


def _rate(compared: Compared) -> float:
    return float(compared.upper / compared.lower) if compared.lower else float(compared.upper)


def _round(value: float, decimals: int) -> Fraction:
    return Fraction(round(value * 10**decimals), 10**decimals)


def _skewed(count: int, mean: float, random: Random) -> list[float]:
    """Weights of the categories: most around the mean, some at either end, as people answer."""
    chance = (mean - 1) / (count - 1)
    middle = [comb(count - 1, each) * chance**each * (1 - chance) ** (count - 1 - each) for each in range(count)]
    ends = [0.0] * count
    ends[0], ends[-1] = 0.12 * (1 - chance), 0.12 * chance
    return [(0.88 * weight + end) * random.uniform(0.9, 1.1) for weight, end in zip(middle, ends, strict=True)]
