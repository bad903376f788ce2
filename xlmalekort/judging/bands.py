"""Bands: the green and the yellow region of the number line that every kind of target resolves to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from xlmalekort.judging.values import NOTHING, reference_value
from xlmalekort.model.measures import Level
from xlmalekort.model.places import NOWHERE, office_key
from xlmalekort.model.targets import (
    Against,
    AtLeast,
    AtMost,
    Milestone,
    OwnTarget,
    Path,
    Scheduled,
    Within,
)

if TYPE_CHECKING:
    from datetime import date

    from xlmalekort.judging.values import Observed
    from xlmalekort.model.indicators import Indicator
    from xlmalekort.model.periods import Period
    from xlmalekort.model.places import Place
    from xlmalekort.model.targets import NoZone, Target, UnitTarget


@dataclass(frozen=True, slots=True)
class Interval:
    """A stretch of the number line; an end that is None is not there. `open_` ends do not belong to it."""

    low: Fraction | None
    high: Fraction | None
    low_open: bool = False
    high_open: bool = False

    def __contains__(self, value: Fraction) -> bool:
        """Whether the value lies in the stretch."""
        # Compared in whole numbers: a roll-up asks this hundreds of thousands of times.
        number, parts = value.numerator, value.denominator
        if self.low is not None:
            over = number * self.low.denominator - self.low.numerator * parts
            if over < 0 or (self.low_open and not over):
                return False
        if self.high is None:
            return True
        under = self.high.numerator * parts - number * self.high.denominator
        return under > 0 or (not under and not self.high_open)


class Zone(StrEnum):
    """Where a value lies in a band."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


@dataclass(frozen=True, slots=True)
class Band:
    """Green is `green`; yellow is what else lies in `outer`; the rest is red. Without yellow the two are the same.

    Numbers are in the unit shown.
    """

    green: Interval
    outer: Interval

    def zone(self, value: Fraction) -> Zone:
        """The one zone that a value lies in."""
        if value in self.green:
            return Zone.GREEN
        return Zone.YELLOW if value in self.outer else Zone.RED

    @property
    def has_yellow(self) -> bool:
        """Whether there is a yellow zone at all."""
        return self.green != self.outer

    @property
    def target(self) -> Fraction | None:
        """The one number to reach: the green edge, or the middle of a green stretch."""
        low, high = self.green.low, self.green.high
        if low is not None and high is not None:
            return (low + high) / 2
        return low if low is not None else high


class Lack(StrEnum):
    """Why a reported value has nothing that it can be judged by."""

    NO_CASES = "no_cases"
    NO_PLAN = "no_plan"
    NO_REFERENCE = "no_reference"
    REFERENCE_ZERO = "reference_zero"
    NO_TOTAL = "no_total"


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that a value is held against in a period.

    `band` is None where no target or zone is agreed, and where there is nothing to compare with, which `lack` then says.
    `reference` is the number that an `Against` compares with. While it `waits` nothing is due yet, and only green counts.
    """

    target: Target | None
    band: Band | None
    lack: Lack | None = None
    reference: Fraction | None = None
    waits: bool = False


def conditions_of(
    indicator: Indicator, period: Period, observed: Observed = NOTHING, place: Place = NOWHERE
) -> tuple[Condition, ...]:
    """What an indicator is held against in a period: its target and, where it has one, its second target.

    `observed` brings what only an office knows: its own target and zone, and the numbers to compare with.
    """
    first = _condition(indicator, target_for(indicator, period, place), period, observed)
    if indicator.also is None:
        return (first,)
    second = target_in_force(indicator.also, period.end)
    return first, _condition(indicator, second, period, observed._replace(is_trial=False))


def targets_in_force(indicator: Indicator, period: Period, place: Place = NOWHERE) -> tuple[Target | None, ...]:
    """The target in a period, and the second one where there is one; None before the first step of a schedule."""
    first = target_for(indicator, period, place)
    return (first,) if indicator.also is None else (first, target_in_force(indicator.also, period.end))


def target_for(indicator: Indicator, period: Period, place: Place = NOWHERE) -> Target | None:
    """The first target in force on the period's last day, for a place: its own, its area's, its region's, or everybody's."""
    for level in (Level.OFFICE, Level.AREA, Level.REGION, Level.COUNTRY):
        own = [each for each in indicator.unit_targets if each.level is level and _is_of(each, place)]
        begun = [each for each in own if each.starts is None or each.starts <= period.end]
        if begun:
            latest = max(begun, key=lambda each: each.starts.toordinal() if each.starts else 0)
            return target_in_force(latest.target, period.end)
    revised = [each for each in indicator.revisions if each.starts <= period.end]
    target = max(revised, key=lambda each: each.starts).target if revised else indicator.target
    return target_in_force(target, period.end)


def _is_of(each: UnitTarget, place: Place) -> bool:
    name = place.unit(each.level)
    return bool(name) and office_key(name) == office_key(each.unit)


def target_in_force(target: Target, day: date) -> Target | None:
    """The target itself, or of a scheduled one the step in force on a day; None before the first step."""
    if not isinstance(target, Scheduled):
        return target
    begun = [(step.start_in(day.year), step.target) for step in target.steps]
    begun = [(start, step) for start, step in begun if start <= day]
    return max(begun, key=lambda each: each[0])[1] if begun else None


# Each kind of target, resolved


def _condition(indicator: Indicator, target: Target | None, period: Period, observed: Observed) -> Condition:
    own_target, own_yellow = observed.own_target, observed.own_yellow
    match target:
        case AtLeast():
            green, yellow = _edges(target, observed)
            band = None if _crossed(yellow, green) else at_least(green, yellow, strict=target.strict)
            return Condition(target, band)
        case AtMost():
            green, yellow = _edges(target, observed)
            band = None if _crossed(green, yellow) else at_most(green, yellow, strict=target.strict)
            return Condition(target, band)
        case Within():
            return Condition(target, _within(target))
        case OwnTarget():
            has_zone = target.yellow is not None or own_yellow is not None
            return Condition(target, _own(target.better, own_target, own_yellow if has_zone else "none"))
        case Against() | Path() if observed.is_trial and own_target is not None and target.better != "on_target":
            return Condition(target, _own(target.better, own_target, "none" if own_yellow is None else own_yellow))
        case Against():
            return _against(indicator, target, observed)
        case Path():
            return Condition(target, on_the_way(target, period.end))
        case Milestone():
            due = sum(step.due <= period.end for step in target.steps)
            return Condition(target, at_least(Fraction(max(due, 1)), "none"), waits=not due)
        case _:
            return Condition(target, _own(indicator.better, own_target, own_yellow) if observed.is_trial else None)


def _edges(target: AtLeast | AtMost, observed: Observed) -> tuple[Fraction, Fraction | NoZone]:
    """The edges as they are agreed, or those that are tried out: an own target typed for another period is none of these."""
    green, yellow = (observed.own_target, observed.own_yellow) if observed.is_trial else (None, None)
    return target.green if green is None else green, target.yellow if yellow is None else yellow


def _own(better: str, green: Fraction | None, yellow: Fraction | NoZone | None) -> Band | None:
    if green is None or yellow is None:
        return None
    if better == "higher":
        return None if _crossed(yellow, green) else at_least(green, yellow)
    return None if better != "lower" or _crossed(green, yellow) else at_most(green, yellow)


def _against(indicator: Indicator, target: Against, observed: Observed) -> Condition:
    reference = reference_value(indicator, observed, target.reference)
    if target.yellow == "undecided":
        return Condition(target, None, reference=reference)
    if reference is None:
        return Condition(target, None, Lack.NO_REFERENCE)
    offsets = (target.green, target.green if isinstance(target.yellow, str) else target.yellow)
    if target.by == "percent" and not reference and any(offsets):
        return Condition(target, None, Lack.REFERENCE_ZERO, reference)
    green, outer = (_distance(target, reference, offset) for offset in offsets)
    if target.better == "higher":
        band = at_least(reference + green, reference + outer, strict=target.strict)
    elif target.better == "lower":
        band = at_most(reference + green, reference + outer, strict=target.strict)
    else:
        inner = Interval(reference - green, reference + green, target.strict, target.strict)
        is_one = green == outer
        band = Band(inner, inner if is_one else Interval(reference - outer, reference + outer))
    return Condition(target, band, reference=reference)


def _distance(target: Against, reference: Fraction, offset: Fraction) -> Fraction:
    return offset if target.by == "points" else abs(reference) * offset / 100


def on_the_way(target: Path, day: date) -> Band | None:
    """The band of a path on a day; None before it starts, and where its zone is undecided."""
    if day < target.starts or target.yellow == "undecided":
        return None
    gone = min(day, target.ends) - target.starts
    point = target.start + (target.end - target.start) * Fraction(gone.days, (target.ends - target.starts).days)
    if target.better == "higher":
        return at_least(point, point if isinstance(target.yellow, str) else point - target.yellow)
    return at_most(point, point if isinstance(target.yellow, str) else point + target.yellow)


def at_least(green: Fraction, yellow: Fraction | NoZone, *, strict: bool = False) -> Band | None:
    """The band of "at least"; None where the zone is undecided."""
    if yellow == "undecided":
        return None
    inner = Interval(green, None, low_open=strict)
    return Band(
        inner, inner if isinstance(yellow, str) else Interval(yellow, None, low_open=strict and yellow == green)
    )


def at_most(green: Fraction, yellow: Fraction | NoZone, *, strict: bool = False) -> Band | None:
    """The band of "at most"; None where the zone is undecided."""
    if yellow == "undecided":
        return None
    inner = Interval(None, green, high_open=strict)
    return Band(
        inner, inner if isinstance(yellow, str) else Interval(None, yellow, high_open=strict and yellow == green)
    )


def _within(target: Within) -> Band | None:
    if "undecided" in (target.yellow_low, target.yellow_high):
        return None
    low = target.low if isinstance(target.yellow_low, str) else target.yellow_low
    high = target.high if isinstance(target.yellow_high, str) else target.yellow_high
    is_low_open, is_high_open = target.strict and low == target.low, target.strict and high == target.high
    inner = Interval(target.low, target.high, target.strict, target.strict)
    is_one = (low, high) == (target.low, target.high)
    return Band(inner, inner if is_one else Interval(low, high, is_low_open, is_high_open))


def _crossed(lower: Fraction | NoZone, upper: Fraction | NoZone) -> bool:
    return not isinstance(lower, str) and not isinstance(upper, str) and lower > upper
