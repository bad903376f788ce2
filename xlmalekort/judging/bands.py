"""Bands: the green and the yellow region of the number line that every kind of target resolves to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from xlmalekort.model.targets import AtLeast, AtMost, OwnTarget, Scheduled, Undecided, Within

if TYPE_CHECKING:
    from fractions import Fraction

    from xlmalekort.model.periods import Period
    from xlmalekort.model.scorecard import Indicator
    from xlmalekort.model.targets import NoZone, Target


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
    return Band(Interval(target.low, target.high), Interval(low, high))


def resolve_band(
    indicator: Indicator, period: Period, own_target: Fraction | None = None, own_yellow: Fraction | None = None
) -> Band | None:
    """The band that an indicator is held against in a period; None where no target or no zone is agreed.

    `own_target` and `own_yellow` are the office's own numbers, in the unit shown. They count where the definition leaves
    the target to the office; given for another target of one edge, or for an undecided one, they are a trial. An own zone
    on the wrong side of the own target gives None.
    """
    target = target_in_force(indicator.target, period)
    match target:
        case AtLeast():
            green = target.green if own_target is None else own_target
            yellow = target.yellow if own_yellow is None else own_yellow
            return None if _crossed(yellow, green) else at_least(green, yellow, strict=target.strict)
        case AtMost():
            green = target.green if own_target is None else own_target
            yellow = target.yellow if own_yellow is None else own_yellow
            return None if _crossed(green, yellow) else at_most(green, yellow, strict=target.strict)
        case Within():
            return _within(target)
        case OwnTarget() | Undecided() if own_target is not None and own_yellow is not None:
            better = target.better if isinstance(target, OwnTarget) else indicator.better
            if better == "higher":
                return None if own_yellow > own_target else at_least(own_target, own_yellow)
            return None if own_yellow < own_target or better != "lower" else at_most(own_target, own_yellow)
        case _:
            return None


def _crossed(lower: Fraction | NoZone, upper: Fraction | NoZone) -> bool:
    return not isinstance(lower, str) and not isinstance(upper, str) and lower > upper


def target_in_force(target: Target, period: Period) -> Target | None:
    """The target itself, or of a scheduled one the step in force on the period's last day; None before the first step."""
    if not isinstance(target, Scheduled):
        return target
    begun = [(step.start_in(period.year), step.target) for step in target.steps]
    begun = [(start, step) for start, step in begun if start <= period.end]
    return max(begun, key=lambda each: each[0])[1] if begun else None
