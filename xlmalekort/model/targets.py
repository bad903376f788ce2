"""Targets: what a value is held against. Every kind resolves to a band (`xlmalekort.judging.bands`).

All numbers are in the unit shown: 75 is 75 per cent. Where a zone is `undecided`, nobody has agreed on the yellow zone
yet, and the indicator is undecided as a whole; where it is `none`, there is no yellow and a goal is met or not.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from xlmalekort.model.base import Frozen, Number
from xlmalekort.model.measures import Id  # noqa: TC001 - pydantic reads it when the class is made

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
            message = "yellow must not be above green"
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
            message = "yellow must not be below green"
            raise ValueError(message)
        return self


class Within(Frozen):
    """Green from `low` to `high`, both included; yellow outside that, from `yellow_low` to `yellow_high`."""

    kind: Literal["within"]
    low: Number
    high: Number
    yellow_low: Number | NoZone
    yellow_high: Number | NoZone

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.low > self.high:
            message = "low must not be above high"
            raise ValueError(message)
        if not isinstance(self.yellow_low, str) and self.yellow_low > self.low:
            message = "yellow_low must not be above low"
            raise ValueError(message)
        if not isinstance(self.yellow_high, str) and self.yellow_high < self.high:
            message = "yellow_high must not be below high"
            raise ValueError(message)
        return self


class OwnTarget(Frozen):
    """Each office has its own target and zone, typed in its workbook as the measures named here.

    The scorecard itself agrees on no zone, so the indicator is undecided until an office has typed one of its own.
    """

    kind: Literal["own_target"]
    better: Literal["higher", "lower"]
    target: Id
    yellow: Id


class Undecided(Frozen):
    """No target is agreed; figures are gathered and shown, and nothing is coloured."""

    kind: Literal["undecided"]


FixedTarget = Annotated[AtLeast | AtMost | Within, Field(discriminator="kind")]


class Step(Frozen):
    """From a day on another target holds. `MM-DD` comes back every year, `YYYY-MM-DD` holds until the next step."""

    starts: Annotated[str, StringConstraints(pattern=r"^(\d{4}-)?\d{2}-\d{2}$")]
    target: FixedTarget

    @model_validator(mode="after")
    def _a_day(self) -> Self:
        self.start_in(2001)  # no leap year: 29 February does not come back every year
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
            message = f"two steps start on {', '.join(twice)}; only one can hold"
            raise ValueError(message)
        return self


Target = Annotated[AtLeast | AtMost | Within | OwnTarget | Scheduled | Undecided, Field(discriminator="kind")]
