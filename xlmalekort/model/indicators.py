"""Indicators: the lines of a scorecard, each with its figure, its targets and who answers for it."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - pydantic reads it when the class is made
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from xlmalekort.model.base import Frozen
from xlmalekort.model.figure_kinds import Amount, Change, Deviation, Distribution, Figure, Part, Share
from xlmalekort.model.measures import Id, Level, Sum, Text
from xlmalekort.model.periods import EndOfNextMonth, Frequency, Period, ReadyRule, latest_ended_by
from xlmalekort.model.targets import (
    Against,
    Milestone,
    OwnTarget,
    Reference,
    Revision,
    Scheduled,
    Target,
    Undecided,
    UnitTarget,
)

if TYPE_CHECKING:
    from collections.abc import Iterator


class Clarification(Frozen):
    """What must be clarified about an indicator, what has been decided, and which role follows it up."""

    question: Text
    decided: Text | None = None
    follow_up: Text | None = None


class Cohort(Frozen):
    """Those who entered in a period are followed for a number of months; before that nobody can be judged.

    With `period_is: entry` a figure belongs to the period in which they entered, and is not due until the window has
    closed. With `closing` it belongs to the period in which the window closes, so that a long window fits a workbook of one
    year; the period of entry lies so many months before.
    """

    window_months: Annotated[int, Field(ge=1, le=120)]
    period_is: Literal["entry", "closing"] = "entry"


class Break(Frozen):
    """From a day on figures are counted in another way (another wording, filter or source) and not compared with earlier ones."""

    starts: date
    reason: Text


class Question(Frozen):
    """That an indicator is a question of a survey: how it reads, and who is asked (None: everybody)."""

    wording: Text
    asked_of: Id | None = None


class Indicator(Frozen):
    """One line of the scorecard.

    `also` is a second target that the same value is held against: the worse of the two counts.
    """

    id: Id
    title: Text
    perspective: Id
    figure: Figure
    target: Target
    also: Target | None = None
    revisions: tuple[Revision, ...] = ()
    unit_targets: tuple[UnitTarget, ...] = ()
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
    least_denominator: Annotated[int, Field(ge=0, le=1_000_000)] = 0
    """Under so many cases nothing is judged; of a question fewer answers are not shown at all."""
    cohort: Cohort | None = None
    breaks: tuple[Break, ...] = ()
    question: Question | None = None
    goal_kind: Text | None = None
    """What kind of goal it is, where the scorecard tells several apart (a result, an effort)."""
    part_of: Id | None = None
    """The indicator that this one breaks down, by target group say."""
    group: Text | None = None
    """The group of people that it is about, where it breaks another one down."""
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
    def targets(self) -> tuple[Target, ...]:
        """Every target that it may be held against at some time by somebody, steps of scheduled ones included."""
        given = (
            self.target,
            self.also,
            *(each.target for each in self.revisions),
            *(each.target for each in self.unit_targets),
        )
        return tuple(each for target in given if target is not None for each in _flat(target))

    @cached_property
    def fields(self) -> tuple[tuple[Part, Sum], ...]:
        """Its parts, and what its targets need to be typed, by field."""
        parts = self.figure.parts
        if any(isinstance(target, Milestone) for target in self.targets):
            parts = tuple((Part.DONE if part is Part.VALUE else part, measures) for part, measures in parts)
        needed = (field for target in self.targets for field in _fields_of(target))
        return (*parts, *(each for each in dict.fromkeys(needed) if each not in parts))

    @cached_property
    def is_percent(self) -> bool:
        """Whether the value is worked out as a percentage."""
        figure = self.figure
        return bool(figure.share_of) if isinstance(figure, Distribution) else not isinstance(figure, Amount)

    @property
    def is_signed(self) -> bool:
        """Whether the value is shown with its sign."""
        return isinstance(self.figure, Deviation | Change)

    @property
    def rests_on_cases(self) -> bool:
        """Whether the lower part counts cases, so that there can be too few."""
        figure = self.figure
        return isinstance(figure, Share | Distribution) or (isinstance(figure, Amount) and figure.weight is not None)

    @property
    def is_undecided(self) -> bool:
        """Whether no target is agreed for anybody at any time."""
        return all(isinstance(target, Undecided) for target in self.targets)

    @property
    def window_months(self) -> int:
        """How many months after its period a cohort can be judged; 0 for what is no cohort or is counted at its end."""
        return self.cohort.window_months if self.cohort and self.cohort.period_is == "entry" else 0

    @cached_property
    def most_steps(self) -> int | None:
        """The most steps of a milestone that anybody can have done; None where another target may hold."""
        decided = [each for each in self.targets if not isinstance(each, Undecided)]
        steps = [len(each.steps) for each in decided if isinstance(each, Milestone)]
        return max(steps) if steps and len(steps) == len(decided) else None

    def latest_period(self, chosen: Period) -> Period:
        """The latest own period that can be judged when the chosen one ends: of a cohort its window has closed by then.

        Never one before the year before the chosen one, for no workbook holds it.
        """
        judged = latest_ended_by(self.frequency, chosen, self.window_months)
        return judged if judged.year >= chosen.year - 1 else Period(chosen.year - 1, judged.frequency, 1)

    def break_between(self, earlier: date, later: date) -> Break | None:
        """The latest break between the figures of two periods, each named by its last day."""
        between = [each for each in self.breaks if earlier < each.starts <= later]
        return max(between, key=lambda each: each.starts, default=None)

    def are_comparable(self, earlier: date, later: date) -> bool:
        """Whether no break lies between the figures of two periods, each named by its last day."""
        return self.break_between(earlier, later) is None


def _flat(target: Target) -> tuple[Target, ...]:
    return tuple(step.target for step in target.steps) if isinstance(target, Scheduled) else (target,)


_CARRIED = {Reference.BASELINE: Part.BASELINE, Reference.PLAN: Part.PLAN}


def _fields_of(target: Target) -> Iterator[tuple[Part, Sum]]:
    """The fields of what has to be typed for a target."""
    if isinstance(target, OwnTarget):
        yield Part.TARGET, (target.target,)
        if target.yellow is not None:
            yield Part.YELLOW, (target.yellow,)
    elif isinstance(target, Against) and target.measure is not None:
        yield _CARRIED.get(target.reference, Part.REFERENCE), (target.measure,)
