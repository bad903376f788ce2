"""Which of an indicator's own periods a chosen period shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlmalekort.judging.values import own_measures
from xlmalekort.model.periods import Frequency

if TYPE_CHECKING:
    from xlmalekort.model.figures import Submission
    from xlmalekort.model.indicators import Indicator
    from xlmalekort.model.periods import Period
    from xlmalekort.model.scorecard import Scorecard


def shown_period(scorecard: Scorecard, indicator: Indicator, chosen: Period, submission: Submission) -> Period:
    """The latest own period that can be judged by then; of what is measured when held the latest with a figure, if any."""
    latest = indicator.latest_period(chosen)
    if indicator.frequency is not Frequency.WHEN_HELD:
        return latest
    measures = own_measures(scorecard)[indicator.id]
    held = [
        period
        for figures in (submission.reference, submission.figures)
        for measure, period in figures
        if measure in measures and period.end <= latest.end
    ]
    return max(held, key=lambda period: period.end, default=latest)
