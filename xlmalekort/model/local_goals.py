"""Local goals: indicators and targets that an office sets itself, beside the scorecard and never mixed up with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from xlmalekort.model.measures import Unit

if TYPE_CHECKING:
    from collections.abc import Collection
    from fractions import Fraction

    from xlmalekort.model.figures import Figure, Source
    from xlmalekort.model.periods import Period

Better = Literal["higher", "lower"]
Edge = Literal["target", "yellow"]

LOCAL_DECIMALS = {Unit.COUNT: 0, Unit.PERCENT: 1, Unit.POINTS: 1, Unit.DAYS: 1, Unit.MONEY: 0}
"""The decimals that results and edges are shown with, and so compared with."""


@dataclass(frozen=True)
class LocalGoal:
    """One line of the sheet of local goals. Numbers are in the unit shown.

    `position` is the line that it stands on, from 1, and `number` what it is called by: as typed, else given by position.
    `unit` and `better` are None where the line does not say them; then no figure is read, or nothing judged. A blank
    `target` or `yellow` is None; where the cell holds what cannot be used, the edge is also in `unusable`. Without a
    yellow edge a goal is met or not. `figures` are those of the periods that hold something; they name the goal's number
    as their measure. `source` is the cell of the number.
    """

    position: int
    number: str
    title: str
    unit: Unit | None = None
    better: Better | None = None
    target: Fraction | None = None
    yellow: Fraction | None = None
    unusable: frozenset[Edge] = frozenset()
    responsible: str = ""
    figures: dict[Period, Figure] = field(default_factory=dict, hash=False)
    source: Source | None = None

    @property
    def decimals(self) -> int:
        """The decimals of what is shown."""
        return LOCAL_DECIMALS[self.unit] if self.unit is not None else 0


def given_number(position: int, taken: Collection[str]) -> str:
    """The number of a goal that has none of its own: L.1, L.2 and so on, with more letters where `taken` holds that.

    >>> given_number(2, ()), given_number(2, {"l.2"})
    ('L.2', 'LL.2')
    """
    letters, used = "L", {each.casefold() for each in taken}
    while f"{letters}.{position}".casefold() in used:
        letters += "L"
    return f"{letters}.{position}"
