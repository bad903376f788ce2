"""The figures of one file as series: each measure's last year and this year side by side, in plain numbers."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from xlmalekort.layout.office import layout_of
from xlmalekort.layout.survey import survey_measures
from xlmalekort.model.periods import periods_of_year

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from xlmalekort.intake.plan import Key
    from xlmalekort.model.figures import Figures, Submission
    from xlmalekort.model.measures import Measure
    from xlmalekort.model.periods import Frequency, Period
    from xlmalekort.model.scorecard import Scorecard
    from xlmalekort.rollup.coincidence import Value


@dataclass(frozen=True, slots=True)
class Asked:
    """A measure of the scorecard. `breaks` are the places in its series from which on it is counted in another way.

    `is_answers` marks answers to a survey, of which no single number may be told.
    """

    measure: Measure
    is_answers: bool
    breaks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A measure with its figures, those of last year first. None where there is none that can be used."""

    asked: Asked
    values: list[Value]

    @property
    def measure(self) -> Measure:
        """The measure."""
        return self.asked.measure

    def comparable(self) -> Iterator[list[Value]]:
        """The figures that can be compared with each other: all, or those between two breaks with None for the others."""
        if not self.asked.breaks:
            yield self.values
            return
        part = [bisect_right(self.asked.breaks, place) for place in range(len(self.values))]
        for number in range(len(self.asked.breaks) + 1):
            yield [value if part[place] == number else None for place, value in enumerate(self.values)]


@dataclass(frozen=True, slots=True)
class Series:
    """All measures of one frequency, from top to bottom.

    `periods` has those of last year and then those of this year that count. `first` is the place of this year's first.
    """

    periods: tuple[Period, ...]
    first: int
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class _Plan:
    """The measures of each frequency and its periods of last year and this year."""

    spans: dict[Frequency, tuple[tuple[Period, ...], tuple[Asked, ...]]]


def series_of(scorecard: Scorecard, submission: Submission, waiting: frozenset[Key], today: date) -> list[Series]:
    """The series of a file, as far as its figures count: of a month that has not ended nobody knows yet what is usual.

    `waiting` are figures of cohorts whose window is still open.
    """
    found: list[Series] = []
    plan = _plan_of(scorecard, submission.year)
    earlier, now = _rows(plan, submission.reference), _rows(plan, submission.figures)
    for measure, period in waiting:
        now[measure][period.number - 1] = None
    for periods, asked in plan.spans.values():
        first = len(periods) // 2
        counted = sum(submission.counts(period, today) for period in periods[first:])
        rows = tuple(Row(each, earlier[each.measure.id] + now[each.measure.id][:counted]) for each in asked)
        found.append(Series(periods[: first + counted], first, rows))
    return found


def _rows(plan: _Plan, figures: Figures) -> dict[str, list[Value]]:
    """The figures of one year in plain numbers, by measure and in the order of its periods."""
    rows: dict[str, list[Value]] = {
        each.measure.id: [None] * (len(periods) // 2) for periods, asked in plan.spans.values() for each in asked
    }
    for (measure, period), figure in figures.items():
        row, value = rows.get(measure), figure.value
        if row is not None and value is not None:
            row[period.number - 1] = value.numerator / value.denominator
    return rows


@lru_cache(maxsize=32)
def _plan_of(scorecard: Scorecard, year: int) -> _Plan:
    answers = frozenset(survey_measures(scorecard))
    measures = [line.measure for line in layout_of(scorecard, year).lines if line.measure is not None]
    spans: dict[Frequency, tuple[tuple[Period, ...], tuple[Asked, ...]]] = {}
    for frequency in dict.fromkeys(measure.frequency.span for measure in measures):
        periods = (*periods_of_year(year - 1, frequency), *periods_of_year(year, frequency))
        own = (measure for measure in measures if measure.frequency.span is frequency)
        spans[frequency] = periods, tuple(_asked(scorecard, each, periods, answers) for each in own)
    return _Plan(spans)


def _asked(scorecard: Scorecard, measure: Measure, periods: tuple[Period, ...], answers: frozenset[str]) -> Asked:
    days = {each.starts for user, _ in scorecard.users[measure.id] if user.active for each in user.breaks}
    ends = [period.end for period in periods]
    # A figure is counted in the new way when the break has come by the last day of its period.
    places = {sum(end < day for end in ends) for day in days}
    return Asked(measure, measure.id in answers, tuple(sorted(places - {0, len(ends)})))
