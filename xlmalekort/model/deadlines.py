"""Deadlines: what somebody has to have done by a day, and how it stands on another day."""

from __future__ import annotations

import re
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from xlmalekort.model.base import Frozen
from xlmalekort.model.measures import Id, Level, Text
from xlmalekort.model.places import office_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlmalekort.model.indicators import Indicator
    from xlmalekort.model.places import Place
    from xlmalekort.model.scorecard import Scorecard

EARLIEST, LATEST = date(1950, 1, 1), date(2999, 12, 31)
"""The days that a deadline may name. A year typed alone, 2014, is no day: as Excel counts days it would lie in 1905."""
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class DeadlineKind(StrEnum):
    """What has a deadline. An `action` comes from the sheet of actions, never from a definition."""

    ACTIVITY = "activity"
    MILESTONE = "milestone"
    RECOMMENDATION = "recommendation"
    COMPLAINT = "complaint"
    ACTION = "action"


class DeadlineState(StrEnum):
    """How a deadline stands on a day, the worst first. `undated` is work that goes on without a day to be done by."""

    OVERDUE = "overdue"
    DUE_SOON = "due_soon"
    OPEN = "open"
    UNDATED = "undated"
    DONE = "done"


DefinedKind = Literal[
    DeadlineKind.ACTIVITY, DeadlineKind.MILESTONE, DeadlineKind.RECOMMENDATION, DeadlineKind.COMPLAINT
]
Day = Annotated[date, Field(ge=EARLIEST, le=LATEST)]


class Deadline(Frozen):
    """One line of an activity plan or of a follow-up, the same for every office."""

    id: Id
    kind: DefinedKind
    title: Text
    due: Day | None = None
    """The last day on which it is in time; None for what has no date."""
    time_frame: Text | None = None
    """When, in words: `autumn 2014`, `running`. It is shown and never compared with a day."""
    responsible: Text
    """The role that sees to it."""
    indicator: Id | None = None
    """The indicator that it serves. An office that is exempt from that is not asked for it."""
    goal: Text | None = None
    """The goal or the chapter that it stands under."""
    remark: Text | None = None
    """What stands in the office's cell for remarks to begin with."""
    active: bool = True
    """False for what is no longer followed up."""


def deadlines_of(scorecard: Scorecard, place: Place, exempt: frozenset[str] = frozenset()) -> tuple[Deadline, ...]:
    """The deadlines that an office is asked for, in the order of the definition: its own list, then steps of milestones.

    `exempt` has the indicators that the office is exempt from. The one place that says which deadlines there are: whatever
    else has a day to be done by is added here.
    """
    listed = tuple(each for each in scorecard.deadlines if each.active and each.indicator not in exempt)
    steps = (
        step for indicator in scorecard.active if indicator.id not in exempt for step in _steps_of(indicator, place)
    )
    return (*listed, *steps)


def _steps_of(indicator: Indicator, place: Place) -> Iterator[Deadline]:
    """The steps of an indicator's milestone, that of the office itself before its area's, its region's and everybody's."""
    own = (
        each.target
        for level in Level
        for each in indicator.unit_targets
        if each.level is level and place.unit(level) and office_key(place.unit(level)) == office_key(each.unit)
    )
    everybody = (indicator.target, *(each.target for each in indicator.revisions))
    milestone = next((each for each in (*own, *everybody) if each.kind == "milestone"), None)
    for number, step in enumerate(milestone.steps if milestone else (), 1):
        yield Deadline(
            id=f"{indicator.id}-{number}",
            kind=DeadlineKind.MILESTONE,
            title=step.title,
            due=step.due,
            responsible=indicator.responsible or indicator.title,
            indicator=indicator.id,
            goal=indicator.title,
        )


def deadline_state(due: date | None, done: date | None, today: date, due_soon_days: int) -> DeadlineState:
    """How it stands on a day: done from the day on which it was done, overdue from the day after the one it is due.

    It is due soon from `due_soon_days` days before the due day up to and including that.

    >>> deadline_state(date(2014, 6, 30), None, date(2014, 6, 30), 30)
    <DeadlineState.DUE_SOON: 'due_soon'>
    """
    if done is not None and done <= today:
        return DeadlineState.DONE
    if due is None:
        return DeadlineState.UNDATED
    if due < today:
        return DeadlineState.OVERDUE
    return DeadlineState.DUE_SOON if due - today <= timedelta(due_soon_days) else DeadlineState.OPEN


def parse_day(text: str) -> date | None:
    """The day that a text names as `2014-06-30`, blanks around it set aside; None for any other text.

    >>> parse_day(" 2014-06-30"), parse_day("2014-06-31"), parse_day("20140630")
    (datetime.date(2014, 6, 30), None, None)
    """
    plain = text.strip(" ")
    try:
        day = date.fromisoformat(plain) if _ISO.fullmatch(plain) else None
    except ValueError:
        return None
    return day if day is not None and EARLIEST <= day <= LATEST else None
