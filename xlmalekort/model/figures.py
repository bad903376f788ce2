"""Figures as they were reported, and where each came from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from fractions import Fraction

    from xlmalekort.model.local_goals import LocalGoal
    from xlmalekort.model.periods import Period
    from xlmalekort.model.scorecard import Scorecard
    from xlmalekort.problems import Problem


class Status(StrEnum):
    """What is said of an indicator in a period: the first that applies. Only the last three are results."""

    NOT_APPLICABLE = "not_applicable"
    REJECTED = "rejected"
    UNDECIDED = "undecided"
    NOT_DUE = "not_due"
    MISSING = "missing"
    NOT_ASSESSABLE = "not_assessable"
    TOO_FEW = "too_few"
    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"

    @property
    def is_result(self) -> bool:
        """Whether it is coloured as a result."""
        return self in _RESULTS


_RESULTS = frozenset({Status.GREEN, Status.YELLOW, Status.RED})


class Source(NamedTuple):
    """The cell that a figure was read from. Cells are named as Excel shows them."""

    file: str
    sheet: str
    cell: str


class Figure(NamedTuple):
    """A measure's value for one period. `value` is in the unit shown; None where the cell holds what cannot be used."""

    measure: str
    period: Period
    value: Fraction | None
    source: Source | None = None

    @property
    def is_usable(self) -> bool:
        """Whether there is a number to count with."""
        return self.value is not None


Figures = dict[tuple[str, "Period"], Figure]
"""The figures of one office by measure and period. A pair that is not there was not reported."""


@dataclass(frozen=True, slots=True)
class Action:
    """One line of the sheet of actions: what an office does about an indicator."""

    indicator: str
    cause: str
    action: str
    responsible: str
    due: str
    state: str
    source: Source | None = None


@dataclass(frozen=True)
class Submission:
    """What one workbook says for an office and a year.

    `reference` holds the figures of earlier years, which are never delivered. `ready_for` is None where the office has
    not said up to which period it delivers. `exempt` names the indicators that the register exempted the office from
    when the workbook was made.
    """

    file: str
    office: str
    year: int
    figures: Figures
    reference: Figures = field(default_factory=dict)
    comments: dict[tuple[str, Period], str] = field(default_factory=dict)
    actions: tuple[Action, ...] = ()
    ready_for: Period | None = None
    exempt: frozenset[str] = frozenset()
    area: str = ""
    region: str = ""
    country: str = ""
    """Where the office belonged when its workbook was made; a register handed in later goes before it."""
    ahead: frozenset[str] = frozenset()
    """The measures that may be typed ahead of their period, such as targets: they do not tell how far the office has come."""
    local_goals: tuple[LocalGoal, ...] = ()
    """The office's own goals, which enter no total and change nothing of the scorecard."""

    def counts(self, period: Period, today: date) -> bool:
        """Whether figures of the period count in a total: it has ended, and the office has delivered it."""
        return period.has_ended(today) and (self.ready_for is None or period.end <= self.ready_for.end)

    @cached_property
    def delivered_until(self) -> date:
        """The last day of what is delivered: of `ready_for`, else of the latest period with a figure that reports."""
        if self.ready_for is not None:
            return self.ready_for.end
        return max((period.end for measure, period in self.figures if measure not in self.ahead), default=date.min)


@dataclass(frozen=True, slots=True)
class Ledger:
    """What became of every filled cell of a workbook: filled = counted + rejected + provisional + reference.

    `filled` counts the non-empty cells that figures, targets and comments are typed in and the earlier years' figures.
    What an office writes for itself, actions and local goals, is no part of it: nothing of that is ever added up.
    """

    filled: int = 0
    counted: int = 0
    rejected: int = 0
    provisional: int = 0
    reference: int = 0


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """What came of reading and checking one file. `submission` is None where the file is not accepted.

    `file` is the name that people know it by, `digest` the SHA-256 of its bytes. `is_ignored` marks what is no workbook at
    all, by rule. `scorecard` is the definition that the workbook was made with.
    """

    file: str
    digest: str = ""
    office: str | None = None
    year: int | None = None
    scorecard: Scorecard | None = None
    submission: Submission | None = None
    ledger: Ledger = Ledger()
    problems: tuple[Problem, ...] = ()
    is_ignored: bool = False

    @property
    def is_accepted(self) -> bool:
        """Whether its figures can be counted."""
        return self.submission is not None
