"""Targets: what a value is held against. Every kind resolves to a band (`xlmalekort.judging.bands`).

All numbers are in the unit shown: 75 is 75 per cent. Where a zone is `undecided`, nobody has agreed on the yellow zone
yet, and the indicator is undecided as a whole; where it is `none`, there is no yellow and a goal is met or not.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from xlmalekort.locale import N_
from xlmalekort.locale.told import Phrase
from xlmalekort.model.base import Frozen, Number
from xlmalekort.model.measures import Id, Level, Text

NoZone = Literal["none", "undecided"]


class AtLeast(Frozen):
    """Green from `green` up (over it where strict), yellow from `yellow` up."""

    kind: Literal["at_least"]
    green: Number
    yellow: Number | NoZone
    strict: bool = False

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not isinstance(self.yellow, str) and self.yellow > self.green:
            message = Phrase("yellow must not be above green")
            raise ValueError(message)
        return self


class AtMost(Frozen):
    """Green up to `green` (under it where strict), yellow up to `yellow`."""

    kind: Literal["at_most"]
    green: Number
    yellow: Number | NoZone
    strict: bool = False

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not isinstance(self.yellow, str) and self.yellow < self.green:
            message = Phrase("yellow must not be below green")
            raise ValueError(message)
        return self


class Within(Frozen):
    """Green from `low` to `high` (between them where strict); yellow outside that, from `yellow_low` to `yellow_high`."""

    kind: Literal["within"]
    low: Number
    high: Number
    yellow_low: Number | NoZone
    yellow_high: Number | NoZone
    strict: bool = False

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.low > self.high:
            message = Phrase("low must not be above high")
            raise ValueError(message)
        if not isinstance(self.yellow_low, str) and self.yellow_low > self.low:
            message = Phrase("yellow_low must not be above low")
            raise ValueError(message)
        if not isinstance(self.yellow_high, str) and self.yellow_high < self.high:
            message = Phrase("yellow_high must not be below high")
            raise ValueError(message)
        return self


class OwnTarget(Frozen):
    """Each office has its own target and zone, typed in its workbook as the measures named here.

    Where `yellow` is None a goal is met or not. The scorecard itself agrees on no target, so the indicator is undecided
    until an office has typed its own.
    """

    kind: Literal["own_target"]
    better: Literal["higher", "lower"]
    target: Id
    yellow: Id | None = None


class Reference(StrEnum):
    """What a value can be compared with.

    `previous` and `last_year` are the indicator's own value of the period before and of the same period last year. The
    others are typed as measures: a `baseline`, a `plan`, a figure from `outside`, and the mean of the `peers`, without or
    with the office itself, which a roll-up works out and an office workbook is given.
    """

    PREVIOUS = "previous"
    LAST_YEAR = "last_year"
    BASELINE = "baseline"
    PLAN = "plan"
    OUTSIDE = "outside"
    PEERS = "peers"
    PEERS_AND_SELF = "peers_and_self"

    @property
    def is_typed(self) -> bool:
        """Whether an office workbook has a measure for it."""
        return self not in (Reference.PREVIOUS, Reference.LAST_YEAR)

    @property
    def is_of_peers(self) -> bool:
        """Whether it comes from the other offices."""
        return self in (Reference.PEERS, Reference.PEERS_AND_SELF)


class Against(Frozen):
    """Held against a reference, with edges so far from it: in per cent of it, or in points of the unit shown.

    With `better: higher` and `green: 5` in per cent a value is green from 105 per cent of the reference; with `lower` and
    `green: -10` up to 90 per cent of it; with `on_target` and `green: 2` within two per cent on either side. Without a
    reference nothing can be said, nor with one of 0 that a percentage is to be taken of.
    """

    kind: Literal["against"]
    reference: Reference
    measure: Id | None = None
    """The measure that carries the reference, for all but `previous` and `last_year`."""
    better: Literal["higher", "lower", "on_target"]
    by: Literal["percent", "points"] = "percent"
    green: Number = Field(default="0", validate_default=True)
    yellow: Number | NoZone = "none"
    strict: bool = False

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.reference.is_typed and self.measure is None:
            message = Phrase("a reference of kind {kind} needs the measure that carries it", kind=self.reference)
            raise ValueError(message)
        if not self.reference.is_typed and self.measure is not None:
            text = N_("a reference of kind {kind} is the indicator's own and needs no measure")
            message = Phrase(text, kind=self.reference)
            raise ValueError(message)
        if self.better == "on_target" and self.green < 0:
            message = Phrase("green must not be negative: it is the distance on either side")
            raise ValueError(message)
        if not isinstance(self.yellow, str):
            is_crossed = self.yellow > self.green if self.better == "higher" else self.yellow < self.green
            if is_crossed:
                message = Phrase("yellow must lie further from the goal than green")
                raise ValueError(message)
        return self


class Path(Frozen):
    """A straight line from a number on one day to another number on a later day; a period is held against its last day.

    Before the first day there is no target; after the last one its number holds. Yellow is so far off the line, in the
    unit shown.
    """

    kind: Literal["path"]
    better: Literal["higher", "lower"]
    starts: date
    start: Number
    ends: date
    end: Number
    yellow: Annotated[Number, Field(ge=0)] | NoZone = "none"

    @model_validator(mode="after")
    def _goes_on(self) -> Self:
        if self.ends <= self.starts:
            message = Phrase("ends must be after starts")
            raise ValueError(message)
        return self


class MilestoneStep(Frozen):
    """One step of a milestone and the day by which it is to be done."""

    title: Text
    due: date


class Milestone(Frozen):
    """Steps to be done by given days. The figure is the number of steps done; green when those due by then are done.

    Until the first step is due nothing is asked for; done early it is green.
    """

    kind: Literal["milestone"]
    steps: Annotated[tuple[MilestoneStep, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        days = [step.due for step in self.steps]
        if days != sorted(days):
            message = Phrase("steps must stand in the order of their days")
            raise ValueError(message)
        return self


class Undecided(Frozen):
    """No target is agreed; figures are gathered and shown, and nothing is coloured."""

    kind: Literal["undecided"]


StepTarget = Annotated[AtLeast | AtMost | Within | OwnTarget | Against | Undecided, Field(discriminator="kind")]


class Step(Frozen):
    """From a day on another target holds. `MM-DD` comes back every year, `YYYY-MM-DD` holds until the next step."""

    starts: Annotated[str, StringConstraints(pattern=r"^(\d{4}-)?\d{2}-\d{2}$")]
    target: StepTarget

    @model_validator(mode="after")
    def _a_day(self) -> Self:
        try:
            self.start_in(2001)  # no leap year: 29 February does not come back every year
        except ValueError:
            message = Phrase("there is no day {day}, or not in every year", day=self.starts)
            raise ValueError(message) from None
        return self

    def start_in(self, year: int) -> date:
        """The day on which the step begins, seen from a year."""
        return date.fromisoformat(self.starts if len(self.starts) == len("2009-01-01") else f"{year}-{self.starts}")


class Scheduled(Frozen):
    """A target that changes on given days, by half-years say.

    A period is held against the step in force on its last day. Before the first step there is no target, and the
    indicator is undecided.
    """

    kind: Literal["scheduled"]
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _one_a_day(self) -> Self:
        starts = [step.starts for step in self.steps]
        twice = sorted({each for each in starts if starts.count(each) > 1})
        if twice:
            message = Phrase("two steps start on {days}; only one can hold", days=", ".join(twice))
            raise ValueError(message)
        return self


Target = Annotated[
    AtLeast | AtMost | Within | OwnTarget | Against | Path | Milestone | Scheduled | Undecided,
    Field(discriminator="kind"),
]


class Revision(Frozen):
    """Another target from a day on. Periods that ended before keep their judgement."""

    starts: date
    target: Target
    reason: Text


class UnitTarget(Frozen):
    """The target of one office, or of all offices below an area or a region, in place of the scorecard's own.

    The office's own goes before its area's and that before its region's; of several for one unit the latest begun holds.
    Without `starts` it holds from the beginning.
    """

    level: Level = Level.OFFICE
    unit: Text
    target: Target
    starts: date | None = None
    reason: Text | None = None
