"""Local goals in a roll-up: each judged for its own office, none added up."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from xlmalekort.judging.local_goals import judge_local

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
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


def judge_local_goals(delivered: Delivered, periods: Iterable[Period], today: date) -> Iterator[LocalResult]:
    """The goals of the counted workbooks, in the order of the register, then of lines and periods.

    As with the scorecard, what an office has not delivered yet is left aside, and an office is there only while it is open.
    """
    shown = tuple(periods)
    for submission in delivered.counted:
        for goal in submission.local_goals:
            for period in shown:
                if delivered.register.find(submission.office, period) is not None:
                    is_delivered = submission.counts(period, today)
                    judgement = judge_local(goal, period, today, is_delivered=is_delivered)
                    yield LocalResult(submission.office, goal, period, judgement)
