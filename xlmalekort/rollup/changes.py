"""What has changed since an earlier regional workbook was published: figures, and the results that moved with them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from xlmalekort.model.measures import Level
from xlmalekort.rollup.results import Unit

if TYPE_CHECKING:
    from fractions import Fraction

    from xlmalekort.locale.told import Told
    from xlmalekort.model.figures import Source, Status
    from xlmalekort.model.indicators import Indicator
    from xlmalekort.model.periods import Period
    from xlmalekort.model.scorecard import Scorecard
    from xlmalekort.rollup.published import Published, PublishedResult
    from xlmalekort.rollup.results import Result


class Kind(StrEnum):
    """What was done to a figure that had been published, or came into a period that had.

    `corrected` has another value, or could not be used then; `late` was missing when it was due; `added` was not due yet when
    the period was published.
    """

    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    LATE = "late"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class ChangedFigure:
    """A figure of a published period. Values in the unit shown; None where there was none then, or is none now.

    `office` is the one that changed it: that of the file that it comes from now, or came from. `reason` tells why a withdrawn
    one is not there, and that one could not be used then. `source` of a withdrawn one is the cell in which it should stand,
    None where no file has it.
    """

    kind: Kind
    office: str
    unit: Unit
    area: str
    region: str
    measure: str
    period: Period
    value_then: Fraction | None
    value: Fraction | None
    source_then: Source | None
    source: Source | None
    reason: Told | None = None

    @property
    def units(self) -> tuple[Unit, ...]:
        """The unit that holds it and those above it; the country, which is above them all, without its name."""
        above = (Unit(Level.AREA, self.area), Unit(Level.REGION, self.region), COUNTRY)
        return tuple(dict.fromkeys((self.unit if self.unit.level is not Level.COUNTRY else COUNTRY, *above)))


COUNTRY = Unit(Level.COUNTRY, "")


@dataclass(frozen=True, slots=True)
class ChangedOffice:
    """An office of which nothing is counted any more (`is_gone`), or nothing was counted then, with the figures concerned."""

    office: str
    figures: tuple[ChangedFigure, ...]
    reason: Told
    is_gone: bool


@dataclass(frozen=True, slots=True)
class ChangedResult:
    """A published result that has another value, other parts or another status now, and why.

    `then` is None for a unit that was not there, `now` for one that is not there any more. `by` are the offices that changed
    figures behind it, none where it moved for another reason.
    """

    indicator: Indicator
    period: Period
    unit: Unit
    then: PublishedResult | None
    now: Result | None
    why: Told
    by: tuple[str, ...] = ()

    @property
    def status_then(self) -> Status | None:
        """The status that was published."""
        return self.then.status if self.then is not None else None

    @property
    def status(self) -> Status | None:
        """The status now."""
        return self.now.judgement.status if self.now is not None else None


@dataclass(frozen=True)
class Changes:
    """What differs from an earlier regional workbook.

    Results stand from the highest level down, then in the order of the roll-up; figures in its order, those that are not there
    any more last. `offices` are those that changed as a whole; their figures are among `figures` too.
    """

    published: Published = field(repr=False)
    year: int
    scorecard: Scorecard = field(repr=False)
    results: tuple[ChangedResult, ...] = field(repr=False)
    figures: tuple[ChangedFigure, ...] = field(repr=False)
    offices: tuple[ChangedOffice, ...] = field(default=(), repr=False)

    def count(self, kind: Kind) -> int:
        """How many figures were changed in a way."""
        return sum(each.kind is kind for each in self.figures)

    @property
    def is_other_edition(self) -> bool:
        """Whether the definition has been changed since."""
        return self.published.content_hash != self.scorecard.content_hash

    @property
    def is_other_year(self) -> bool:
        """Whether it is about another year, so that nothing can be compared."""
        return self.published.year != self.year
