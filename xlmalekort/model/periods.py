"""Periods of a year and the calendar rules that say when a figure is due.

Five frequencies divide the year: month, quarter, term (four months), half-year and year. A period is written `2009-06`,
`2009-Q2`, `2009-T1`, `2009-H1` or `2009`.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from itertools import count
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from xlmalekort.model.base import Frozen

if TYPE_CHECKING:
    from collections.abc import Iterator


class Frequency(StrEnum):
    """How often an indicator or a measure has a figure. `when_held` has a cell for each month and is never missing."""

    MONTH = "month"
    QUARTER = "quarter"
    TERM = "term"
    HALF_YEAR = "half_year"
    YEAR = "year"
    WHEN_HELD = "when_held"

    @property
    def span(self) -> Frequency:
        """The periods that the figures of this frequency belong to: itself, and months for `when_held`."""
        return Frequency.MONTH if self is Frequency.WHEN_HELD else self

    @property
    def months(self) -> int:
        """How many months a period of it has."""
        return 12 // _PER_YEAR[self.span]


_PER_YEAR = {
    Frequency.MONTH: 12,
    Frequency.QUARTER: 4,
    Frequency.TERM: 3,
    Frequency.HALF_YEAR: 2,
    Frequency.YEAR: 1,
}
_LETTER = {"Q": Frequency.QUARTER, "T": Frequency.TERM, "H": Frequency.HALF_YEAR}
_PREFIX = {frequency: letter for letter, frequency in _LETTER.items()}
_CODE = re.compile(r"(\d{4})(?:-(?:(\d{1,2})|([QTH])(\d)))?", re.IGNORECASE)


@dataclass(frozen=True, slots=False, order=False)
class Period:
    """One period: a year, a frequency that divides it, and the number within the year, from 1.

    >>> Period.parse("2009-Q2").months
    (4, 5, 6)
    >>> str(Period.parse("2009-06").previous)
    '2009-05'
    """

    year: int
    frequency: Frequency
    number: int

    def __post_init__(self) -> None:
        """Refuse a number that the frequency does not have."""
        if not 1 <= self.number <= _PER_YEAR[self.frequency]:
            message = f"{self.frequency} {self.number} does not exist"
            raise ValueError(message)

    @classmethod
    def parse(cls, text: str) -> Period:
        """The period that a code names; ValueError where it names none. `2009-6` and `2009-q2` are understood."""
        found = _CODE.fullmatch(text.strip())
        if not found:
            message = f"{text!r} is no period; write 2009-06, 2009-Q2, 2009-T1, 2009-H1 or 2009"
            raise ValueError(message)
        year, month, letter, number = found.groups()
        if not 1900 <= int(year) <= 2999:  # noqa: PLR2004 - the years that a spreadsheet's dates reach
            message = f"{text!r} is no period: the year lies outside 1900-2999"
            raise ValueError(message)
        if month:
            return cls(int(year), Frequency.MONTH, int(month))
        if letter:
            return cls(int(year), _LETTER[letter.upper()], int(number))
        return cls(int(year), Frequency.YEAR, 1)

    @cached_property
    def code(self) -> str:
        """How the period is written."""
        if self.frequency is Frequency.MONTH:
            return f"{self.year}-{self.number:02d}"
        if self.frequency is Frequency.YEAR:
            return str(self.year)
        return f"{self.year}-{_PREFIX[self.frequency]}{self.number}"

    def __str__(self) -> str:
        """How the period is written."""
        return self.code

    @cached_property
    def _hash(self) -> int:
        return hash((self.year, self.frequency, self.number))

    def __hash__(self) -> int:
        """Periods are keys everywhere, so the hash is kept."""
        return self._hash

    def __reduce__(self) -> tuple[type[Period], tuple[int, Frequency, int]]:
        """A period goes to another process without its hash, which holds in one process only."""
        return Period, (self.year, self.frequency, self.number)

    @cached_property
    def months(self) -> tuple[int, ...]:
        """The numbers of its months."""
        length = 12 // _PER_YEAR[self.frequency]
        return tuple(range((self.number - 1) * length + 1, self.number * length + 1))

    @cached_property
    def start(self) -> date:
        """Its first day."""
        return date(self.year, self.months[0], 1)

    @cached_property
    def end(self) -> date:
        """Its last day."""
        return date(self.year, self.months[-1], calendar.monthrange(self.year, self.months[-1])[1])

    def shifted(self, steps: int) -> Period:
        """The period so many steps later (earlier where negative), of the same frequency."""
        year, index = divmod(self.year * _PER_YEAR[self.frequency] + self.number - 1 + steps, _PER_YEAR[self.frequency])
        return Period(year, self.frequency, index + 1)

    @property
    def previous(self) -> Period:
        """The period before."""
        return self.shifted(-1)

    @property
    def last_year(self) -> Period:
        """The same period of the year before."""
        return Period(self.year - 1, self.frequency, self.number)

    def has_begun(self, today: date) -> bool:
        """Whether its first day has come."""
        return self.start <= today

    def has_ended(self, today: date) -> bool:
        """Whether its last day is past."""
        return self.end < today


def periods_of_year(year: int, frequency: Frequency) -> tuple[Period, ...]:
    """The periods of a year, in order; those of `when_held` are the months."""
    span = frequency.span
    return tuple(Period(year, span, number) for number in range(1, _PER_YEAR[span] + 1))


def latest_ended_by(frequency: Frequency, chosen: Period, window_months: int = 0) -> Period:
    """The latest period of a frequency that has ended when the chosen one ends, and so many months with it.

    >>> str(latest_ended_by(Frequency.QUARTER, Period.parse("2009-05")))
    '2009-Q1'
    >>> str(latest_ended_by(Frequency.MONTH, Period.parse("2009-05"), 3))
    '2009-02'
    """
    return next(
        period
        for period in _backwards(chosen.year, frequency)
        if month_end_after(period.end, window_months) <= chosen.end
    )


def _backwards(year: int, frequency: Frequency) -> Iterator[Period]:
    for each in count(year, -1):
        yield from reversed(periods_of_year(each, frequency))


class EndOfNextMonth(Frozen):
    """Ready on the last day of the month after the period."""

    kind: Literal["end_of_next_month"] = "end_of_next_month"

    def ready(self, end: date) -> date:
        """The day on which the figure of a period that ends on `end` is ready."""
        return _month_end(_month_after(end))


class DayOfNextMonth(Frozen):
    """Ready on a given day of the month after the period."""

    kind: Literal["day_of_next_month"]
    day: Annotated[int, Field(ge=1, le=28)]

    def ready(self, end: date) -> date:
        """The day on which the figure of a period that ends on `end` is ready."""
        return _month_after(end).replace(day=self.day)


_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class WeekdayAfterEnd(Frozen):
    """Ready on the first such weekday after the period's last day."""

    kind: Literal["weekday_after_end"]
    weekday: Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

    def ready(self, end: date) -> date:
        """The day on which the figure of a period that ends on `end` is ready."""
        return end + timedelta(days=(_WEEKDAYS.index(self.weekday) - end.weekday() - 1) % 7 + 1)


class DaysAfterEnd(Frozen):
    """Ready a number of days after the period's last day."""

    kind: Literal["days_after_end"]
    days: Annotated[int, Field(ge=0, le=3660)]

    def ready(self, end: date) -> date:
        """The day on which the figure of a period that ends on `end` is ready."""
        return end + timedelta(days=self.days)


ReadyRule = Annotated[EndOfNextMonth | DayOfNextMonth | WeekdayAfterEnd | DaysAfterEnd, Field(discriminator="kind")]


def _month_after(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def ready_date(period: Period, rule: ReadyRule, delay_months: int) -> date:
    """The last day on which the figure of a period may still be missing; it is due from the day after.

    A delay counts from a period that ends so many months later.

    >>> ready_date(Period.parse("2009-04"), EndOfNextMonth(), 0)
    datetime.date(2009, 5, 31)
    """
    return rule.ready(month_end_after(period.end, delay_months))


def month_end_after(end: date, months: int) -> date:
    """The last day of the month so many months after one that ends on `end`.

    >>> month_end_after(date(2009, 4, 30), 1)
    datetime.date(2009, 5, 31)
    """
    for _ in range(months):
        end = _month_end(_month_after(end))
    return end
