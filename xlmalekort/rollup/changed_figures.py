"""The figures of published periods that were corrected, withdrawn or handed in late, and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from xlmalekort.locale import N_
from xlmalekort.locale.told import Phrase, Told
from xlmalekort.model.figures import Status
from xlmalekort.model.measures import Level
from xlmalekort.model.places import office_key
from xlmalekort.rollup.changes import ChangedFigure, Kind
from xlmalekort.rollup.measures import first_use
from xlmalekort.rollup.published import is_same
from xlmalekort.rollup.results import Unit
from xlmalekort.rollup.submissions import own_cell

if TYPE_CHECKING:
    from xlmalekort.model.figures import Source, Submission
    from xlmalekort.model.periods import Period
    from xlmalekort.model.scorecard import Scorecard
    from xlmalekort.rollup.published import FigureKey, Published, PublishedFigure
    from xlmalekort.rollup.results import Fact, FileReport, RollUp

_LEVELS = tuple(Level)
WAS_UNUSABLE = N_("what stood there then could not be used")
EMPTY = N_("the cell is empty now")
UNUSABLE = N_("what stands in the cell now cannot be used")
NOT_COUNTED = N_("it still stands there, and is not counted any more")
HELD = N_("files of the office differ, and none is counted: {files}")
REJECTED = N_("the file was rejected: {files}")
NO_FILE = N_("no file of the office is counted")
OF_WHOLE_FILES = frozenset({HELD, REJECTED, NO_FILE})
"""The reasons that hold for every figure of an office at once."""


@dataclass(frozen=True)
class FigureComparison:
    """The figures of a roll-up beside those that have been published."""

    rollup: RollUp
    published: Published

    def changed(self) -> tuple[ChangedFigure, ...]:
        """What has changed, in the order of the roll-up; what is not there any more last."""
        there = (self._changed(key, fact) for key, fact in self._facts.items())
        gone = (
            self._withdrawn(each)
            for key, each in self.published.figures.items()
            if each.period.year == self.rollup.year and key not in self._facts
        )
        return (*(each for each in there if each is not None), *gone)

    @property
    def _scorecard(self) -> Scorecard:
        return self.rollup.scorecard

    @cached_property
    def _facts(self) -> dict[FigureKey, Fact]:
        keys = {name: office_key(name) for name in {fact.unit for fact in self.rollup.facts}}
        return {(fact.measure, fact.period, fact.level, keys[fact.unit]): fact for fact in self.rollup.facts}

    @cached_property
    def _office_of(self) -> dict[str, str]:
        """The office of each file that names one."""
        return {each.checked.file: each.checked.office for each in self.rollup.files if each.checked.office}

    # What is there

    def _changed(self, key: FigureKey, fact: Fact) -> ChangedFigure | None:
        """What was done to a figure; None where nothing was, or its period had not been published."""
        before = self.published.figures.get(key)
        if before is not None and is_same(before.value, fact.value):
            return None
        if before is None and not self._was_shown(fact.measure, fact.period):
            return None
        was = frozenset() if before is not None else self._statuses_then(key)
        if before is not None or Status.REJECTED in was:
            kind = Kind.CORRECTED
        else:
            kind = Kind.ADDED if Status.NOT_DUE in was else Kind.LATE
        office = self._office_of.get(fact.source.file) if fact.source is not None else None
        return ChangedFigure(
            kind,
            office or fact.unit,
            Unit(fact.level, fact.unit),
            fact.area,
            fact.region,
            fact.measure,
            fact.period,
            before.value if before is not None else None,
            fact.value,
            before.source if before is not None else None,
            fact.source,
            Phrase(WAS_UNUSABLE) if Status.REJECTED in was else None,
        )

    def _was_shown(self, measure: str, period: Period) -> bool:
        """Whether the period of a figure had been published, and the definition of then asked for it."""
        is_other = self.published.content_hash != self._scorecard.content_hash
        if is_other and measure not in self.published.measures:
            return False
        until = self.published.until
        return until is not None and first_use(self._scorecard, self._scorecard.measure[measure], period).end <= until

    def _statuses_then(self, key: FigureKey) -> frozenset[Status]:
        """What was published of the indicators that a figure is a part of, for the unit that holds it."""
        measure, period, level, unit = key
        users = {indicator.id for indicator, _ in self._scorecard.users[measure]}
        found = (
            self.published.results.get((indicator, own, level, unit))
            for indicator in sorted(users)
            for own in self.published.periods_of.get(indicator, ())
            if own.start <= period.end and period.start <= own.end
        )
        return frozenset(each.status for each in found if each is not None)

    # What is gone

    def _withdrawn(self, before: PublishedFigure) -> ChangedFigure:
        office, reason, source = self._why_gone(before)
        return ChangedFigure(
            Kind.WITHDRAWN,
            office,
            before.unit,
            before.area,
            before.region,
            before.measure,
            before.period,
            before.value,
            None,
            before.source,
            source,
            reason,
        )

    def _why_gone(self, before: PublishedFigure) -> tuple[str, Told, Source | None]:
        """The office that a figure was of, why it is not there any more, and the cell in which it should stand."""
        reports = self._reports_of(before)
        names = [report.checked.office for report in reports if report.checked.office]
        own = self._office_of.get(before.source.file) if before.source is not None else None
        office = own or (names[0] if names else before.unit.name)
        for report in reports:
            if report.state == "counted" and report.checked.submission is not None:
                return office, *self._why_not_in(report.checked.submission, before)
        for state, message in (("held", HELD), ("rejected", REJECTED)):
            files = [report.checked.file for report in reports if report.state == state]
            if files:
                return office, Phrase(message, files=", ".join(files)), None
        return office, Phrase(NO_FILE), None

    def _reports_of(self, before: PublishedFigure) -> list[FileReport]:
        """The files of the offices below the unit that held a figure, after the file of the name that it came from."""
        file = before.source.file if before.source is not None else None
        below = self._reports_below.get((before.unit.level, office_key(before.unit.name)), [])
        same = [report for report in self._reports_named.get(file or "", []) if self._may_be_of(report, before)]
        return [*same, *(report for report in below if report not in same)]

    def _may_be_of(self, report: FileReport, before: PublishedFigure) -> bool:
        """Whether a file of the old name belongs to the unit; one that cannot be read does not say."""
        below = self._reports_below.get((before.unit.level, office_key(before.unit.name)), [])
        return report.checked.office is None or report in below

    @cached_property
    def _reports_named(self) -> dict[str, list[FileReport]]:
        found: dict[str, list[FileReport]] = {}
        for each in self.rollup.files:
            found.setdefault(each.checked.file, []).append(each)
        return found

    @cached_property
    def _reports_below(self) -> dict[tuple[Level, str], list[FileReport]]:
        """The files of each unit's offices by level and key of the unit, whenever they belonged to it."""
        found: dict[tuple[Level, str], list[FileReport]] = {}
        for report in self.rollup.files:
            lines = self.rollup.register.lines_of(report.checked.office or "")
            units = {(level, office_key(line.unit(level) or line.name)) for line in lines for level in _LEVELS}
            for unit in units:
                found.setdefault(unit, []).append(report)
        return found

    def _why_not_in(self, submission: Submission, before: PublishedFigure) -> tuple[Told, Source | None]:
        figure = submission.figures.get((before.measure, before.period))
        if figure is None:
            return Phrase(EMPTY), own_cell(self._scorecard, submission, before.measure, before.period)
        return Phrase(UNUSABLE if figure.value is None else NOT_COUNTED), figure.source
