"""The offices all of whose figures are gone since a summary was published, or are back, each told once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from xlmalekort.locale import N_
from xlmalekort.locale.told import Joined, Phrase
from xlmalekort.model.measures import Level
from xlmalekort.model.places import office_key
from xlmalekort.rollup.changed_figures import OF_WHOLE_FILES
from xlmalekort.rollup.changes import ChangedOffice, Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlmalekort.rollup.changes import ChangedFigure
    from xlmalekort.rollup.published import Published
    from xlmalekort.rollup.results import RollUp

NOT_THEN = N_("nothing of the office was counted then; this file is counted now: {files}")


@dataclass(frozen=True)
class OfficeComparison:
    """The offices of a roll-up beside those of which figures have been published."""

    rollup: RollUp
    published: Published
    figures: Sequence[ChangedFigure]

    def changed(self) -> tuple[ChangedOffice, ...]:
        """Those of which nothing is counted any more, then those of which nothing was then, in the order of the figures."""
        by_office: dict[str, list[ChangedFigure]] = {}
        for each in self.figures:
            by_office.setdefault(each.office, []).append(each)
        # What is held for an area says nothing of the rest of an office's figures.
        by_office = {office: figures for office, figures in by_office.items() if _has_own(figures)}
        gone = (self._gone(office, figures) for office, figures in by_office.items())
        back = (self._back(office, figures) for office, figures in by_office.items())
        return tuple(each for each in (*gone, *back) if each is not None)

    def _gone(self, office: str, figures: Sequence[ChangedFigure]) -> ChangedOffice | None:
        """An office without a counted file; None where one is counted, or nothing of it had been published."""
        if office_key(office) in self._counted:
            return None
        gone = tuple(each for each in figures if each.kind is Kind.WITHDRAWN)
        reasons = dict.fromkeys(
            each.reason for each in gone if isinstance(each.reason, Phrase) and each.reason.message in OF_WHOLE_FILES
        )
        return ChangedOffice(office, gone, Joined(reasons, "; "), is_gone=True) if reasons else None

    def _back(self, office: str, figures: Sequence[ChangedFigure]) -> ChangedOffice | None:
        """An office of which nothing had been counted; None where something had, or where none of it was due then."""
        key = office_key(office)
        if key not in self._counted or key in self._published:
            return None
        if any(each.value is None for each in figures) or all(each.kind is Kind.ADDED for each in figures):
            return None
        reason = Phrase(NOT_THEN, files=self._counted[key])
        return ChangedOffice(office, tuple(figures), reason, is_gone=False)

    @cached_property
    def _counted(self) -> dict[str, str]:
        """The counted file of each office, by key of the office."""
        return {office_key(each.office): each.file for each in self.rollup.submissions}

    @cached_property
    def _published(self) -> frozenset[str]:
        """The keys of the offices that had a figure of their own counted."""
        found = {
            each.unit.name
            for each in self.published.figures.values()
            if each.unit.level is Level.OFFICE and each.period.year == self.rollup.year
        }
        return frozenset(office_key(name) for name in found)


def _has_own(figures: Sequence[ChangedFigure]) -> bool:
    return any(each.unit.level is Level.OFFICE for each in figures)
