"""Local goals in a roll-up: each judged for its own office, none added up."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from xlmalekort.judging.local_goals import judge_local
from xlmalekort.layout.office import layout_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from xlmalekort.judging.judge import Judgement
    from xlmalekort.model.local_goals import LocalGoal
    from xlmalekort.model.periods import Period
    from xlmalekort.rollup.submissions import Delivered


class LocalResult(NamedTuple):
    """How an office's own goal stands in a period."""

    office: str
    goal: LocalGoal
    period: Period
    judgement: Judgement


def judge_local_goals(delivered: Delivered, today: date, chosen: Period | None) -> Iterator[LocalResult]:
    """The goals of the counted workbooks, in the order of the register, then of lines and periods.

    Without a `chosen` period every one that has ended is there, with one the latest that has ended by then. As with the
    scorecard, what an office has not delivered yet is left aside, and an office is there only while it is open.
    """
    periods = _shown_periods(delivered, today, chosen)
    for submission in delivered.counted:
        for goal in submission.local_goals:
            for period in periods:
                if delivered.register.find(submission.office, period) is not None:
                    is_delivered = submission.counts(period, today)
                    judgement = judge_local(goal, period, today, is_delivered=is_delivered)
                    yield LocalResult(submission.office, goal, period, judgement)


def _shown_periods(delivered: Delivered, today: date, chosen: Period | None) -> tuple[Period, ...]:
    """The periods among those that a scorecard sheet can be set to; local goals have figures for no others."""
    choosable = layout_of(delivered.scorecard, delivered.year).choosable
    if chosen is None:
        return tuple(period for period in choosable if period.has_ended(today))
    return tuple(period for period in choosable if period.end <= chosen.end)[-1:]
