"""Figures as they were reported, and where each came from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from xlmalekort.model.deadlines import deadline_state, parse_day
from xlmalekort.model.places import Place

if TYPE_CHECKING:
    from fractions import Fraction

    from xlmalekort.model.deadlines import Deadline, DeadlineKind, DeadlineState
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

    @property
    def due_day(self) -> date | None:
        """The day that it is due; None where there is none, or words."""
        return parse_day(self.due)


@dataclass(frozen=True, slots=True)
class DeadlineEntry:
    """One line of the sheet of deadlines: one of the definition with what the office says of it, or the office's own.

    `id` is that of the definition; in a line of its own the office may number as it likes, or not at all. `due` and
    `done` are None where no day stands: then `due_words` has the time frame of the definition, or, like `done_words`, what
    the office wrote instead.
    """

    id: str
    kind: DeadlineKind | None
    title: str
    responsible: str
    due: date | None
    done: date | None = None
    remark: str = ""
    due_words: str = ""
    done_words: str = ""
    is_own: bool = True
    source: Source | None = None

    @classmethod
    def of(cls, deadline: Deadline) -> DeadlineEntry:
        """The line of a deadline about which nothing is said yet."""
        return cls(
            deadline.id,
            deadline.kind,
            deadline.title,
            deadline.responsible,
            deadline.due,
            remark=deadline.remark or "",
            due_words=deadline.time_frame or "",
            is_own=False,
        )

    def state(self, today: date, due_soon_days: int) -> DeadlineState | None:
        """How it stands on a day; None for an office's own line that holds words for its day, or does not say what is due."""
        if self.is_own and self.due is None and (self.done is None or self.done > today):
            has_words = bool(self.due_words.strip(" ")) or not self.title.strip(" ")
            return None if has_words else deadline_state(None, None, today, due_soon_days)
        return deadline_state(self.due, self.done, today, due_soon_days)


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
    deadlines: tuple[DeadlineEntry, ...] = ()
    uncounted: frozenset[tuple[str, Period]] = frozenset()
    """Figures that are numbers and enter no total, for no indicator can use them: a pair that cannot be."""

    @property
    def place(self) -> Place:
        """Where the office belonged when its workbook was made."""
        return Place(self.office, self.area, self.region, self.country)

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
