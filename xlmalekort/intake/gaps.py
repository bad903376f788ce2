"""Months that an office has delivered and left empty, although it filled others: the figures stand a column too far, say."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from xlmalekort.model.measures import Level, Role
from xlmalekort.model.periods import Frequency, periods_of_year

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from xlmalekort.model.figures import Figure, Submission
    from xlmalekort.model.periods import Period
    from xlmalekort.model.scorecard import Scorecard

_LEAST_FIGURES = 3
"""A month with fewer figures says nothing of another month: there may have been nothing to report."""
_PART = 2
"""A month is filled that has one in so many of the figures of the fullest."""


def empty_months(
    scorecard: Scorecard, by_period: Mapping[Period, Mapping[str, Figure]], submission: Submission, today: date
) -> list[Period]:
    """The months up to "Ready for" without any figure of the office's own, before a month that is filled.

    Before the first filled month an office may not have been there yet: those are told only if last year's figures show it.
    Nothing is told of a month that was empty last year too.
    """
    if submission.ready_for is None:
        return []
    monthly = _monthly(scorecard)
    counts = {
        period: sum(measure in monthly for measure in figures)
        for period, figures in by_period.items()
        if period.frequency is Frequency.MONTH
    }
    fullest = max(counts.values(), default=0)
    if fullest < _LEAST_FIGURES:
        return []
    filled = [period.number for period, count in counts.items() if _PART * count >= fullest]
    empty = set(range(1, max(filled))) - {period.number for period, count in counts.items() if count}
    if not empty:
        return []
    before = {period.number for measure, period in submission.reference if measure in monthly}
    return [
        month
        for month in periods_of_year(submission.year, Frequency.MONTH)
        if month.number in empty
        and submission.counts(month, today)
        and (month.number in before if before else month.number > min(filled))
    ]


@lru_cache(maxsize=32)
def _monthly(scorecard: Scorecard) -> frozenset[str]:
    """The measures that an office itself reports every month."""
    return frozenset(
        measure.id
        for measure in scorecard.measures
        if measure.frequency is Frequency.MONTH and measure.level is Level.OFFICE and measure.role is Role.FIGURE
    )
