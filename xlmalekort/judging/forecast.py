"""Where a straight line through the year's figures ends on the day by which a target is to be reached."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from xlmalekort.judging.bands import Condition, on_the_way, target_for
from xlmalekort.judging.judge import condition_as_shown
from xlmalekort.judging.values import rounded
from xlmalekort.model.figure_kinds import Change
from xlmalekort.model.periods import periods_of_year
from xlmalekort.model.targets import Path

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from fractions import Fraction

    from xlmalekort.judging.judge import Judgement
    from xlmalekort.model.indicators import Indicator
    from xlmalekort.model.periods import Period
    from xlmalekort.model.places import Place


class Forecast(NamedTuple):
    """The value to expect on a day, as shown, what is to be reached then, and whether it is."""

    day: date
    shown: Fraction
    goal: Condition
    is_reached: bool


def goal_day(indicator: Indicator, period: Period, place: Place) -> date | None:
    """The day by which the target of a period is to be reached; None where it has none, or that day has come.

    A change is compared anew in each period, so no line is drawn through it.
    """
    if isinstance(indicator.figure, Change):
        return None
    target = target_for(indicator, period, place)
    day = indicator.reach_by or (target.ends if isinstance(target, Path) else None)
    return day if day is not None and day > period.end else None


def earlier_in_year(judgements: Mapping[tuple[str, Period], Judgement], judgement: Judgement) -> list[Judgement]:
    """The judgements of the indicator's periods of the year before this one, in order."""
    indicator, period = judgement.indicator, judgement.period
    year = periods_of_year(period.year, indicator.frequency)
    return [judgements[indicator.id, each] for each in year if each.end < period.end]


def line_of(judgement: Judgement, earlier: Sequence[Judgement]) -> list[Judgement]:
    """The judgements that a line can be drawn through: those with a value that no break parts from this one."""
    indicator, end = judgement.indicator, judgement.period.end
    return [
        each
        for each in (*earlier, judgement)
        if each.value is not None and indicator.are_comparable(each.period.end, end)
    ]


def forecast(judgement: Judgement, earlier: Sequence[Judgement], place: Place) -> Forecast | None:
    """The straight line from the first of the year's values to this one, drawn on to the day of the target.

    `earlier` are the judgements of the year's periods before this one, in order. None where there is no such day, where this
    is the first value of the year, or it is not judged.
    """
    indicator, period = judgement.indicator, judgement.period
    day = goal_day(indicator, period, place)
    first = next(iter(line_of(judgement, earlier)), judgement)
    if day is None or not judgement.status.is_result or first is judgement:
        return None
    if judgement.value is None or first.value is None:
        return None
    decimals = None if judgement.is_exact else indicator.decimals
    goal = goal_of(judgement.conditions[0], decimals)
    if goal.band is None:
        return None
    ahead, gone = (day - period.end).days, (period.end - first.period.end).days
    value = judgement.value + (judgement.value - first.value) * ahead / gone
    shown = rounded(value, indicator.decimals)
    return Forecast(day, shown, goal, shown in goal.band.green)


def goal_of(condition: Condition, decimals: int | None) -> Condition:
    """What is to be reached in the end: the end of a path, else what holds now. Edges are as shown where decimals are given."""
    if not isinstance(condition.target, Path):
        return condition
    goal = Condition(condition.target, on_the_way(condition.target, condition.target.ends))
    return goal if decimals is None else condition_as_shown(goal, decimals)
