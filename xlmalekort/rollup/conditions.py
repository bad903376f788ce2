"""What holders and totals are held against: each office's own conditions, and those of the units above made of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from xlmalekort.judging.bands import Band, Condition, Interval, at_least, conditions_of
from xlmalekort.judging.judge import yardstick
from xlmalekort.judging.values import reference_value, sum_exactly
from xlmalekort.model.places import NOWHERE
from xlmalekort.model.targets import Against, Milestone

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from xlmalekort.judging.judge import Yardstick
    from xlmalekort.judging.values import Observed
    from xlmalekort.model.indicators import Indicator
    from xlmalekort.model.periods import Period
    from xlmalekort.model.places import Place
    from xlmalekort.model.scorecard import Scorecard
    from xlmalekort.model.targets import Reference, Target

Conditions = tuple[Condition, ...]
Held = tuple[Conditions, "Yardstick"]
_Key = tuple["Place", Fraction | None, Fraction | None, tuple[Fraction | None, ...]]


@dataclass(frozen=True)
class Standards:
    """What one indicator is held against in one period. Units that are held against the same share one yardstick."""

    scorecard: Scorecard
    indicator: Indicator
    period: Period
    today: date

    def of_holders(self, observed: Sequence[Observed], belongs: Sequence[Place]) -> list[Held]:
        """Conditions, edges exact, and yardstick of each holder."""
        if not self._depends_on_holder:
            conditions = conditions_of(self.indicator, self.period)
            return [(conditions, self.yardstick_of(conditions))] * len(observed)
        return [self._of_holder(each, place) for each, place in zip(observed, belongs, strict=True)]

    def yardstick_of(self, conditions: Conditions) -> Yardstick:
        """The yardstick of conditions."""
        if id(conditions) not in self._made:
            made = yardstick(self.indicator, self.period, conditions, self.today, comparison=self.scorecard.comparison)
            # The conditions are kept along, so that no others get their id.
            self._made[id(conditions)] = conditions, made
        return self._made[id(conditions)][1]

    def _of_holder(self, observed: Observed, place: Place) -> Held:
        compared = tuple(reference_value(self.indicator, observed, each) for each in self._references)
        belongs = place if self.indicator.unit_targets else NOWHERE
        key = (belongs, observed.own_target, observed.own_yellow, compared)
        found = self._by_key.get(key)
        if found is None:
            conditions = conditions_of(self.indicator, self.period, observed, place)
            found = self._by_key[key] = conditions, self.yardstick_of(conditions)
        return found

    @cached_property
    def _depends_on_holder(self) -> bool:
        fields = len(self.indicator.fields) > len(self.indicator.figure.parts)
        return fields or bool(self._references) or bool(self.indicator.unit_targets)

    @cached_property
    def _references(self) -> tuple[Reference, ...]:
        return tuple(dict.fromkeys(each.reference for each in self.indicator.targets if isinstance(each, Against)))

    @cached_property
    def _by_key(self) -> dict[_Key, Held]:
        return {}

    @cached_property
    def _made(self) -> dict[int, Held]:
        return {}

    # Totals

    def of_total(self, members: Sequence[Conditions], observed: Observed, place: Place, *, adds_up: bool) -> Conditions:
        """The conditions of a total of which these are the members'; it comes to what is `observed`.

        What adds up is held against the sum of the members' bands, edge by edge; what does not against the band that they
        share. Where neither can be, the total is undecided. Earlier values are compared as sums too. `place` is one member's.
        """
        counts = Counter(map(id, members))
        if len(counts) == 1 and not adds_up and not self._references:
            return members[0]
        found = {id(each): each for each in members}
        summed = conditions_of(self.indicator, self.period, observed, place)
        return tuple(
            _of_total([(found[key][number], count) for key, count in counts.items()], resolved, adds_up=adds_up)
            for number, resolved in enumerate(summed)
        )


_Counted = list[tuple[Condition, int]]
"""Conditions of members, each with the number of members that have it."""


def _of_total(members: _Counted, summed: Condition, *, adds_up: bool) -> Condition:
    target = _shared_target(members)
    if isinstance(target, Against):
        if target.reference.is_of_peers:
            return Condition(target, None)
        is_of_sums = target.by == "percent" or not adds_up
        if not target.reference.is_typed:
            if is_of_sums or summed.band is None:
                return summed
        elif is_of_sums and adds_up and all(each.reference is not None for each, _ in members):
            return summed
    if adds_up:
        return _sum_of(members, target, summed)
    first = members[0][0]
    return first if all(each == first for each, _ in members) else Condition(target, None)


def _shared_target(members: _Counted) -> Target | None:
    target = members[0][0].target
    return target if all(each.target is target or each.target == target for each, _ in members) else None


def _sum_of(members: _Counted, target: Target | None, summed: Condition) -> Condition:
    """The band of a sum; of steps the number that is due, which is none while everybody waits."""
    is_of_steps = any(isinstance(each.target, Milestone) for each, _ in members)
    waits = all(each.waits for each, _ in members)
    bands = [(_NOTHING_DUE if each.waits else each.band, count) for each, count in members]
    band = _FIRST_STEP if waits else sum_of_bands(bands)
    reference = summed.reference if isinstance(target, Against) else None
    return Condition(None if is_of_steps else target, band, reference=reference, waits=waits)


_NOTHING_DUE = at_least(Fraction(0), "none")
_FIRST_STEP = at_least(Fraction(1), "none")


def sum_of_bands(bands: Sequence[tuple[Band | None, int]]) -> Band | None:
    """So many times each band, added edge by edge; None where one is not there or they are not of one shape."""
    found = [(band, count) for band, count in bands if band is not None]
    if len(found) < len(bands):
        return None
    green = _sum_of_intervals([(band.green, count) for band, count in found])
    outer = _sum_of_intervals([(band.outer, count) for band, count in found])
    return Band(green, outer) if green is not None and outer is not None else None


def _sum_of_intervals(intervals: Sequence[tuple[Interval, int]]) -> Interval | None:
    first = intervals[0][0]
    shape = _shape(first)
    if any(_shape(each) != shape for each, _ in intervals):
        return None
    return replace(
        first,
        low=sum_exactly([each.low * count for each, count in intervals if each.low is not None]) if shape[0] else None,
        high=sum_exactly([each.high * count for each, count in intervals if each.high is not None])
        if shape[1]
        else None,
    )


def _shape(interval: Interval) -> tuple[bool, bool, bool, bool]:
    return interval.low is not None, interval.high is not None, interval.low_open, interval.high_open
