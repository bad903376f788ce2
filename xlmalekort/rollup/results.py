"""What a roll-up comes to: results, totals of measures, what became of each file, and the problems."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from fractions import Fraction
    from pathlib import Path

    from xlmalekort.judging.judge import Judgement
    from xlmalekort.model.figures import CheckedFile, Source, Submission
    from xlmalekort.model.indicators import Indicator
    from xlmalekort.model.measures import Level
    from xlmalekort.model.periods import Period
    from xlmalekort.model.register import Register
    from xlmalekort.model.scorecard import Scorecard
    from xlmalekort.problems import Problem
    from xlmalekort.rollup.changes import Changes
    from xlmalekort.rollup.deadlines import OfficeDeadline
    from xlmalekort.rollup.local_goals import LocalResult
    from xlmalekort.rollup.surveys import Answered

FileState = Literal["counted", "rejected", "held", "ignored"]


class Unit(NamedTuple):
    """An office, an area, a region or a country, by name."""

    level: Level
    name: str


class Result(NamedTuple):
    """An indicator for one unit and period.

    `judgement` holds value, status and band; its `observed.upper` and `.lower` are the summed parts: numerator and
    denominator, actual and plan, or (for a weighted mean) the sum of value times weight and the sum of weights.
    `reported` counts the units whose figure is in with all its parts, `expected` the units that should be, None without a
    register; `is_complete` is None then too. `is_partial` marks a total below the least coverage, and one that leaves out
    units for lack of the earlier period. `is_unweighted` marks a plain mean. `find_sources` gives the cells
    behind it, one for each part and unit, in the order of the register. `is_withheld` marks what is not shown because there
    are too few answers to a question: it has neither value nor parts.
    """

    indicator: Indicator
    period: Period
    unit: Unit
    judgement: Judgement
    reported: int
    expected: int | None
    is_complete: bool | None
    is_partial: bool
    is_unweighted: bool
    find_sources: Callable[[], tuple[Source, ...]]
    is_withheld: bool = False

    @property
    def numerator(self) -> Fraction | None:
        """The upper part: numerator, value or actual."""
        return self.judgement.observed.upper

    @property
    def denominator(self) -> Fraction | None:
        """The lower part: denominator, weight or plan; None where the indicator has none."""
        return self.judgement.observed.lower


@dataclass(frozen=True, slots=True)
class MeasureTotal:
    """A measure added up for a unit and period.

    `value` is None where it does not add up, nobody reported it, or it would give answers to a question away.
    """

    measure: str
    period: Period
    unit: Unit
    value: Fraction | None
    reported: int
    expected: int | None


class Fact(NamedTuple):
    """A figure that was counted, for the unit at whose level it is held.

    `area` and `region` are those that the unit belonged to in the period, empty where it has none. `value` is in the unit
    shown. `source` is the cell that it was read from.
    """

    level: Level
    unit: str
    area: str
    region: str
    measure: str
    period: Period
    value: Fraction
    source: Source | None


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file."""

    checked: CheckedFile
    state: FileState


@dataclass(frozen=True)
class RollUp:
    """A whole roll-up. Results stand in the order of the definition, then of periods, then from office to country.

    `chosen` is the period asked for, None where every ended period was. `submissions` are the counted ones, in the order
    of the register. `facts` are the year's figures that were counted, in the order of the register, then of the definition
    and of periods; what is held for an area is there once, before its first office. `deadlines` are those of the counted
    submissions, the worst first. `answered` has how the questions of a survey were answered, in the order of the results.
    `repr` leaves out all of them: whoever prints a roll-up, if only in a traceback, would wait for hundreds of megabytes.
    """

    scorecard: Scorecard
    year: int
    today: date
    chosen: Period | None
    register: Register = field(repr=False)
    results: tuple[Result, ...] = field(repr=False)
    totals: tuple[MeasureTotal, ...] = field(repr=False)
    files: tuple[FileReport, ...] = field(repr=False)
    submissions: tuple[Submission, ...] = field(repr=False)
    facts: tuple[Fact, ...] = field(repr=False)
    problems: tuple[Problem, ...] = field(repr=False)
    local_goals: tuple[LocalResult, ...] = field(default=(), repr=False)
    """The offices' own goals in the same periods; they are part of nothing else here."""
    deadlines: tuple[OfficeDeadline, ...] = field(default=(), repr=False)
    answered: tuple[Answered, ...] = field(default=(), repr=False)
    closed: Mapping[str, int] = field(default_factory=dict, repr=False)
    """By file how many figures do not count because the register does not have the office open in their periods."""
    changes: Changes | None = field(default=None, repr=False)
    """What differs from an earlier regional workbook; None where it was not compared with one."""
    written: tuple[Path, ...] = ()
    """The files that were written, in the order asked for; under another name where the old one was open elsewhere."""

    def count(self, state: FileState) -> int:
        """How many files ended in a state."""
        return sum(report.state == state for report in self.files)

    @property
    def shown(self) -> tuple[Result, ...]:
        """The results of the period asked for: each indicator's latest; all of them where none was asked for."""
        if self.chosen is None:
            return self.results
        latest: dict[str, Period] = {}
        for each in self.results:
            latest[each.indicator.id] = max(latest.get(each.indicator.id, each.period), each.period, key=_end)
        return tuple(each for each in self.results if each.period == latest[each.indicator.id])

    @cached_property
    def result(self) -> dict[tuple[str, Period, Unit], Result]:
        """Results by indicator, period and unit."""
        return {(each.indicator.id, each.period, each.unit): each for each in self.results}


def _end(period: Period) -> date:
    return period.end
