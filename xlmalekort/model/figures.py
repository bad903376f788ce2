"""Figures as they were reported, and where each came from."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction

    from xlmalekort.model.periods import Period


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


@dataclass(frozen=True, slots=True)
class Source:
    """The cell that a figure was read from. Cells are named as Excel shows them."""

    file: str
    sheet: str
    cell: str


@dataclass(frozen=True, slots=True)
class Figure:
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


@dataclass(frozen=True, slots=True)
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
