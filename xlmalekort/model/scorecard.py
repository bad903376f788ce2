"""The scorecard: perspectives, indicators and the measures that they are made of."""

from __future__ import annotations

import hashlib
from datetime import date  # noqa: TC003 - pydantic reads it when the class is made
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from xlmalekort.model.base import Frozen, Number
from xlmalekort.model.measures import Id, Level, Measure, Relation, Role, Text, Unit
from xlmalekort.model.periods import EndOfNextMonth, Frequency, ReadyRule
from xlmalekort.model.targets import OwnTarget, Target, Undecided

Language = Literal["nb", "da", "nl", "en"]


def _ids(value: object) -> object:
    return (value,) if isinstance(value, str) else value


Sum = Annotated[tuple[Id, ...], BeforeValidator(_ids), Field(min_length=1)]
"""A part of an indicator: one measure, or the sum of several."""


class Part(StrEnum):
    """The fields by which a figure of an indicator is named outside the definition."""

    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    VALUE = "value"
    WEIGHT = "weight"
    ACTUAL = "actual"
    PLAN = "plan"
    TARGET = "target"
    YELLOW = "yellow"
    COMMENT = "comment"


class Share(Frozen):
    """Numerator over denominator, in per cent. Unless `may_exceed`, a numerator over its denominator is impossible."""

    kind: Literal["share"]
    numerator: Sum
    denominator: Sum
    may_exceed: bool = False

    @property
    def parts(self) -> tuple[tuple[Part, Sum], ...]:
        """Its parts by field: the upper one first, then the one that it is divided by."""
        return ((Part.NUMERATOR, self.numerator), (Part.DENOMINATOR, self.denominator))


class Amount(Frozen):
    """A number as it is typed. With a weight (answers, cases) it is a mean, and totals are weighted by it.

    Without a weight it adds up over the units if it is a count or money; other numbers have no total unless
    `unweighted` asks for their plain mean, which the total then says.
    """

    kind: Literal["amount"]
    value: Sum
    weight: Sum | None = None
    unweighted: bool = False

    @property
    def parts(self) -> tuple[tuple[Part, Sum], ...]:
        """Its parts by field."""
        value = (Part.VALUE, self.value)
        return (value, (Part.WEIGHT, self.weight)) if self.weight else (value,)


class Deviation(Frozen):
    """How far the actual lies from the plan, in per cent of the plan: (actual - plan) / plan."""

    kind: Literal["deviation"]
    actual: Sum
    plan: Sum

    @property
    def parts(self) -> tuple[tuple[Part, Sum], ...]:
        """Its parts by field: the upper one first, then the one that it is divided by."""
        return ((Part.ACTUAL, self.actual), (Part.PLAN, self.plan))


class Change(Frozen):
    """How far a number lies from the same number of another period, in per cent of that."""

    kind: Literal["change"]
    value: Sum
    against: Literal["previous", "last_year"]

    @property
    def parts(self) -> tuple[tuple[Part, Sum], ...]:
        """Its parts by field."""
        return ((Part.VALUE, self.value),)


Figure = Annotated[Share | Amount | Deviation | Change, Field(discriminator="kind")]


class Clarification(Frozen):
    """What must be clarified about an indicator, what has been decided, and which role follows it up."""

    question: Text
    decided: Text | None = None
    follow_up: Text | None = None


class Indicator(Frozen):
    """One line of the scorecard."""

    id: Id
    title: Text
    perspective: Id
    figure: Figure
    target: Target
    definition: Text
    """What is counted, in a sentence."""
    better: Literal["higher", "lower", "on_target"]
    origin: Literal["national", "county", "municipality", "office"] = "county"
    """Which level the goal comes from."""
    decimals: Annotated[int, Field(ge=0, le=4)] = 1
    frequency: Frequency = Frequency.MONTH
    ready: ReadyRule = EndOfNextMonth()
    delay_months: Annotated[int, Field(ge=0, le=36)] = 0
    reach_by: date | None = None
    """A day by which the target is to be reached. It does not move the zone before that day."""
    least_denominator: Annotated[int, Field(ge=0)] = 0
    level: Level = Level.OFFICE
    """The level at which the figures are held."""
    active: bool = True
    """False while an indicator is being developed: it is listed, and nobody is asked for figures."""
    source: Text | None = None
    fetched_by: Text | None = None
    entered_by: Text | None = None
    responsible: Text | None = None
    """The role that follows the indicator up."""
    clarifications: tuple[Clarification, ...] = ()

    @cached_property
    def fields(self) -> tuple[tuple[Part, Sum], ...]:
        """Its parts and its own target and zone, by field."""
        if isinstance(self.target, OwnTarget):
            own = ((Part.TARGET, (self.target.target,)), (Part.YELLOW, (self.target.yellow,)))
            return (*self.figure.parts, *own)
        return self.figure.parts

    @cached_property
    def is_percent(self) -> bool:
        """Whether the value is shown in per cent."""
        return not isinstance(self.figure, Amount)

    @property
    def is_signed(self) -> bool:
        """Whether the value is shown with its sign."""
        return isinstance(self.figure, Deviation | Change)


class Perspective(Frozen):
    """A group of indicators."""

    id: Id
    title: Text
    secures: Text | None = None
    """What the perspective looks after."""


class Top(Frozen):
    """The unit above all offices where no register says otherwise."""

    level: Literal[Level.REGION, Level.COUNTRY]
    name: Text


class Scorecard(Frozen):
    """A whole definition."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{1,60}$")]
    version: Annotated[str, Field(pattern=r"^[0-9A-Za-z.\-]{1,20}$")]
    language: Language
    title: Text
    short_title: Text
    about: Text
    year: Annotated[int, Field(ge=1950, le=2950)]
    """The year that a workbook is made for where none is asked for."""
    top: Top
    level_names: dict[Level, Text]
    """What the levels are called in this system."""
    comparison: Literal["as_shown", "exact"] = "as_shown"
    least_coverage: Annotated[Number, Field(ge=0, le=1)] = Field(default="1", validate_default=True)
    """The share of expected units under which a total is marked partial."""
    perspectives: Annotated[tuple[Perspective, ...], Field(min_length=1)]
    measures: Annotated[tuple[Measure, ...], Field(min_length=1)]
    indicators: Annotated[tuple[Indicator, ...], Field(min_length=1)]
    relations: tuple[Relation, ...] = ()

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        findings = [*_doubles(self), *_unknown(self), *_misfits(self)]
        if findings:
            raise ValueError("; ".join(findings))
        return self

    def __hash__(self) -> int:
        """Two scorecards of the same content are the same."""
        return hash(self.content_hash)

    def __eq__(self, other: object) -> bool:
        """Two scorecards of the same content are the same."""
        return isinstance(other, Scorecard) and (self is other or self.content_hash == other.content_hash)

    @cached_property
    def measure(self) -> dict[str, Measure]:
        """Measures by id."""
        return {measure.id: measure for measure in self.measures}

    @cached_property
    def indicator(self) -> dict[str, Indicator]:
        """Indicators by id."""
        return {indicator.id: indicator for indicator in self.indicators}

    @cached_property
    def users(self) -> dict[str, tuple[tuple[Indicator, Part], ...]]:
        """For each measure the indicators and fields that use it, in the order of the definition."""
        found: dict[str, list[tuple[Indicator, Part]]] = {measure.id: [] for measure in self.measures}
        for indicator in self.indicators:
            for field, measures in indicator.fields:
                for measure in measures:
                    found[measure].append((indicator, field))
        return {measure: tuple(users) for measure, users in found.items()}

    @cached_property
    def active(self) -> tuple[Indicator, ...]:
        """The indicators that figures are asked for, in the order of the definition."""
        return tuple(indicator for indicator in self.indicators if indicator.active)

    def of_perspective(self, perspective: str) -> tuple[Indicator, ...]:
        """The indicators of a perspective, in the order of the definition."""
        return tuple(indicator for indicator in self.indicators if indicator.perspective == perspective)

    @cached_property
    def as_json(self) -> str:
        """The definition in the form that travels with a workbook; the same text for the same content."""
        return self.model_dump_json(exclude_defaults=True)

    @cached_property
    def content_hash(self) -> str:
        """A short hash of the content."""
        return hashlib.sha256(self.as_json.encode()).hexdigest()[:16]


def _doubles(scorecard: Scorecard) -> list[str]:
    findings = []
    for what, ids in (
        ("perspective", [each.id for each in scorecard.perspectives]),
        ("measure", [each.id for each in scorecard.measures]),
        ("indicator", [each.id for each in scorecard.indicators]),
    ):
        seen: set[str] = set()
        for each in ids:
            if each.casefold() in seen:
                findings.append(f"{what} {each} stands twice")
            seen.add(each.casefold())
    return findings


def _unknown(scorecard: Scorecard) -> list[str]:
    measures = {measure.id for measure in scorecard.measures}
    perspectives = {perspective.id for perspective in scorecard.perspectives}
    findings = [
        f"indicator {indicator.id}: perspective {indicator.perspective} is not defined"
        for indicator in scorecard.indicators
        if indicator.perspective not in perspectives
    ]
    findings += [
        f"indicator {indicator.id}: {field} uses measure {measure}, which is not defined"
        for indicator in scorecard.indicators
        for field, used in indicator.fields
        for measure in used
        if measure not in measures
    ]
    findings += [
        f"relation {relation.kind}: measure {measure} is not defined"
        for relation in scorecard.relations
        for measure in relation.measures
        if measure not in measures
    ]
    used = {measure for indicator in scorecard.indicators for _, sums in indicator.fields for measure in sums}
    used |= {measure for relation in scorecard.relations for measure in relation.measures}
    used |= {measure.id for measure in scorecard.measures if measure.alone}
    return findings + [f"measure {measure} is used by nothing" for measure in sorted(measures - used)]


_ROLES = {Part.TARGET: Role.TARGET, Part.YELLOW: Role.YELLOW, Part.PLAN: Role.PLAN}


def _misfits(scorecard: Scorecard) -> list[str]:
    by_id = {measure.id: measure for measure in scorecard.measures}
    findings = []
    for indicator in scorecard.indicators:
        for field, used in indicator.fields:
            for measure in (by_id[each] for each in used if each in by_id):
                where = f"indicator {indicator.id}: {field} uses measure {measure.id}"
                role = _ROLES.get(field, Role.FIGURE)
                if measure.role is not role:
                    findings.append(f"{where}, whose role is {measure.role} and should be {role}")
                if measure.frequency.span is not indicator.frequency.span:
                    findings.append(f"{where}, which is kept by {measure.frequency}, not by {indicator.frequency}")
                if measure.level is not indicator.level:
                    findings.append(f"{where}, which is held at {measure.level} level, not at {indicator.level}")
                if measure.unit is Unit.PERCENT and indicator.is_percent:
                    findings.append(f"{where}, which is a percentage already and cannot be divided")
        if isinstance(indicator.target, Undecided) and indicator.reach_by:
            findings.append(f"indicator {indicator.id}: reach_by needs a target")
    return findings
