"""Measures: numbers that are typed once, and what they owe each other."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from xlmalekort.locale.told import Phrase
from xlmalekort.model.base import Frozen
from xlmalekort.model.periods import Frequency, Period, periods_of_year

_ID = re.compile(r"[\w.\-]{1,40}")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")


def _plain_id(value: str) -> str:
    if not _ID.fullmatch(value):
        message = Phrase("must be 1 to 40 letters, digits, full stops, hyphens and underscores")
        raise ValueError(message)
    return value


def _without_control(value: str) -> str:
    if found := _CONTROL.search(value):
        code = f"U+{ord(found[0]):04X}"
        message = Phrase("holds the control character {code}, which no workbook can hold", code=code)
        raise ValueError(message)
    return value


Id = Annotated[str, AfterValidator(_plain_id)]
"""An id of a definition. It becomes a part of formulas, so only letters, digits, `.`, `-` and `_` may stand in it."""
Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=2000),
    AfterValidator(_without_control),
]
"""A text of a definition, in the scorecard's language."""


def _ids(value: object) -> object:
    return (value,) if isinstance(value, str) else value


Sum = Annotated[tuple[Id, ...], BeforeValidator(_ids), Field(min_length=1)]
"""One measure, or the sum of several."""


class Kind(StrEnum):
    """Whether a measure adds up over time (flow), its last figure counts (stock), or neither (rolling)."""

    FLOW = "flow"
    STOCK = "stock"
    ROLLING = "rolling"


class Unit(StrEnum):
    """What a number counts. `percent` is shown as 74.9 and kept in workbooks as the Excel percentage 0.749."""

    COUNT = "count"
    PERCENT = "percent"
    POINTS = "points"
    DAYS = "days"
    MONEY = "money"

    @property
    def is_grouped(self) -> bool:
        """Whether its numbers grow large, and are written in groups of three digits."""
        return self in (Unit.COUNT, Unit.MONEY)


class Level(StrEnum):
    """The levels of a register, from the lowest."""

    OFFICE = "office"
    AREA = "area"
    REGION = "region"
    COUNTRY = "country"


class Role(StrEnum):
    """What a measure is for. Only a `figure` reports what happened; the others may be typed ahead of their period.

    The others may also be held at a higher level or for a longer period than the indicator that uses them: the county's
    own rate for every office, a baseline once a year.
    """

    FIGURE = "figure"
    PLAN = "plan"
    TARGET = "target"
    YELLOW = "yellow"
    REFERENCE = "reference"
    BASELINE = "baseline"


class Measure(Frozen):
    """A number that somebody types for a unit and a period."""

    id: Id
    title: Text
    kind: Kind = Kind.FLOW
    unit: Unit = Unit.COUNT
    decimals: Annotated[int, Field(ge=0, le=4)] = 0
    frequency: Frequency = Frequency.MONTH
    level: Level = Level.OFFICE
    role: Role = Role.FIGURE
    negative: bool = False
    """Whether the number may be under 0 (a correction of money spent, say)."""
    maximum: Annotated[int, Field(ge=-(10**12), le=10**12)] | None = None
    """The largest number that can be, in the unit shown; None where there is none."""
    alone: bool = False
    """Whether it is asked for although no indicator and no relation uses it."""
    note: Text | None = None
    source: Text | None = None
    """The system that the number comes from."""
    by_hand: bool = False
    """Whether it is typed straight in where other numbers of the scorecard come from a system; marked on the sheets."""

    def own_periods(self, period: Period) -> tuple[Period, ...]:
        """The measure's own periods that make up a longer one, or the longer one that holds for a shorter.

        Of a flow all that lie in the period, which add up; of a stock and of what is rolling the last one.

        >>> from xlmalekort.model.periods import Period
        >>> [str(each) for each in Measure(id="a", title="a").own_periods(Period.parse("2009-Q1"))]
        ['2009-01', '2009-02', '2009-03']
        """
        span = self.frequency.span
        if span is period.frequency:
            return (period,)
        own = periods_of_year(period.year, span)
        inside = tuple(each for each in own if period.start <= each.start and each.end <= period.end)
        if inside:
            return inside if self.kind is Kind.FLOW else inside[-1:]
        return tuple(each for each in own if each.start <= period.start and period.end <= each.end)


class TotalOf(Frozen):
    """A total that is reported elsewhere should equal its parts. Where they differ both stay, and it is told."""

    kind: Literal["total_of"]
    total: Id
    parts: Annotated[tuple[Id, ...], Field(min_length=2)]

    @property
    def measures(self) -> tuple[Id, ...]:
        """Every measure that the relation speaks of."""
        return (self.total, *self.parts)


class PartOf(Frozen):
    """A part cannot be larger than its whole. It may be a sum: the answers to a question are a part of those asked."""

    kind: Literal["part_of"]
    part: Sum
    whole: Id

    @property
    def measures(self) -> tuple[Id, ...]:
        """Every measure that the relation speaks of."""
        return (*self.part, self.whole)


class Balance(Frozen):
    """Opening and what came in, less what went out, is closing."""

    kind: Literal["balance"]
    opening: Id
    inflow: Annotated[tuple[Id, ...], Field(min_length=1)]
    outflow: Annotated[tuple[Id, ...], Field(min_length=1)]
    closing: Id

    @property
    def measures(self) -> tuple[Id, ...]:
        """Every measure that the relation speaks of."""
        return (self.opening, *self.inflow, *self.outflow, self.closing)


Relation = Annotated[TotalOf | PartOf | Balance, Field(discriminator="kind")]
