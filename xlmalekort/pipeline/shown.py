"""Which of an indicator's own periods a chosen period shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlmalekort.judging.values import own_measures
from xlmalekort.model.periods import Frequency, Period, latest_ended_by

if TYPE_CHECKING:
    from xlmalekort.model.figures import Submission
    from xlmalekort.model.scorecard import Indicator, Scorecard


def shown_period(scorecard: Scorecard, indicator: Indicator, chosen: Period, submission: Submission) -> Period:
    """The latest own period ended by the chosen one; of what is measured when held the latest with a figure, if any."""
    latest = latest_ended_by(indicator.frequency, chosen)
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
