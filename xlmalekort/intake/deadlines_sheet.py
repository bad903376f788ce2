"""The sheet of deadlines: what is done of the definition's lines, and the office's own lines (DDL-001 to -009)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from xlmalekort.intake.headed_lists import find_headings, is_one_of, shortened
from xlmalekort.intake.keys import key_of
from xlmalekort.intake.likely import likely_day
from xlmalekort.intake.sheets import find_entry, find_sheet
from xlmalekort.layout.cells import a1
from xlmalekort.layout.deadlines import (
    DEADLINES_HEADING_ROW,
    HEADINGS,
    KIND_WORD,
    LOCKED,
    OFFERED_KINDS,
    Column,
    what_words,
)
from xlmalekort.layout.office import Sheet
from xlmalekort.locale import texts_of
from xlmalekort.locale.told import DayText, Phrase
from xlmalekort.model.deadlines import deadlines_of
from xlmalekort.model.figures import DeadlineEntry, Source
from xlmalekort.problems import Problem
from xlmalekort.xlsx.days import deadline_day

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from xlmalekort.model.deadlines import Deadline, DeadlineKind
    from xlmalekort.model.places import Place
    from xlmalekort.model.scorecard import Scorecard
    from xlmalekort.xlsx import RawCell, RawSheet, RawWorkbook

_TYPED = (Column.WHAT, Column.RESPONSIBLE, Column.DUE, Column.DONE, Column.REMARK)
"""A line that holds nothing in any of these says nothing."""
_NO_DAY = frozenset({"DDL-002", "DDL-003"})


@dataclass(frozen=True, slots=True)
class ReadDeadlines:
    """The lines, from top to bottom, and what there is to say about them."""

    deadlines: tuple[DeadlineEntry, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_deadlines_of(
    workbook: RawWorkbook, title: str, scorecard: Scorecard, place: Place, exempt: frozenset[str], today: date
) -> ReadDeadlines:
    """The deadlines of a workbook; DDL-008 where it was made before there was a sheet for them.

    A sheet of the same title that has none of our headings is the office's own (STR-015).
    """
    entry = find_entry(workbook, Sheet.DEADLINES, title)
    if entry is None:
        return ReadDeadlines(problems=(Problem("DDL-008", file=workbook.file, slots={"sheet": title}),))
    found = find_sheet(workbook, Sheet.DEADLINES, title)
    if found.sheet is None:
        return ReadDeadlines(problems=found.problems)
    headings = find_headings(found.sheet, tuple(HEADINGS.values()))
    if headings is None and Sheet.DEADLINES.defined_name not in workbook.names:
        own = Problem("STR-015", file=workbook.file, sheet=entry.title, slots={"sheet": entry.title})
        return ReadDeadlines(problems=(own, Problem("DDL-008", file=workbook.file, slots={"sheet": title})))
    row, columns = headings or (DEADLINES_HEADING_ROW, {})
    asked = deadlines_of(scorecard, place, exempt)
    reading = _Reading(workbook, found.sheet, row, columns, asked, scorecard.language, today)
    entries, problems = reading.read()
    return ReadDeadlines(entries, (*found.problems, *problems))


@dataclass(frozen=True)
class _Reading:
    """One sheet on its way to entries. `headings` has the column of each heading that is there."""

    workbook: RawWorkbook
    sheet: RawSheet
    heading_row: int
    headings: Mapping[str, int]
    asked: tuple[Deadline, ...]
    language: str
    today: date

    def read(self) -> tuple[tuple[DeadlineEntry, ...], tuple[Problem, ...]]:
        known = {key_of(deadline.id): deadline for deadline in self.asked}
        places: dict[str, list[int]] = {}
        entries: list[DeadlineEntry] = []
        problems: list[Problem] = []
        for row in sorted({row for row, _ in self.sheet.cells if row > self.heading_row}):
            deadline = known.get(key_of(self.text(row, Column.NUMBER)))
            if deadline is not None:
                places.setdefault(deadline.id, []).append(row)
            if deadline is not None and len(places[deadline.id]) == 1:
                entries.append(self.agreed(row, deadline))
                problems += self.about_agreed(row, deadline)
            elif any(self.text(row, column) for column in _TYPED):
                entries.append(self.own(row))
                problems += self.about_own(row)
        problems += self.about_rows(places)
        return tuple(entries), tuple(problems)

    def cell(self, row: int, column: Column) -> RawCell | None:
        return self.sheet.cells.get((row, self.column(column)))

    def column(self, column: Column) -> int:
        return self.headings.get(HEADINGS[column], column)

    def text(self, row: int, column: Column) -> str:
        """What a cell says, blanks around it set aside as formulas do."""
        cell = self.cell(row, column)
        return cell.text.strip(" ") if cell is not None else ""

    def day(self, row: int, column: Column) -> date | None:
        cell = self.cell(row, column)
        return deadline_day(cell) if cell is not None else None

    def words(self, row: int, column: Column) -> str:
        """What stands in a cell for a day that holds none."""
        return "" if self.day(row, column) is not None else self.text(row, column)

    def kind(self, row: int) -> DeadlineKind | None:
        said = self.text(row, Column.KIND)
        return next((kind for kind in OFFERED_KINDS if is_one_of(said, KIND_WORD[kind])), None)

    def source(self, row: int) -> Source:
        return Source(self.workbook.file, self.sheet.title, a1(row, self.column(Column.NUMBER)))

    # Lines of the definition

    def agreed(self, row: int, deadline: Deadline) -> DeadlineEntry:
        """What the definition says of the line stands, whatever is in the cells."""
        return replace(
            DeadlineEntry.of(deadline),
            done=self.day(row, Column.DONE),
            done_words=self.words(row, Column.DONE),
            remark=self.text(row, Column.REMARK),
            source=self.source(row),
        )

    def about_agreed(self, row: int, deadline: Deadline) -> Iterator[Problem]:
        for column in LOCKED:
            if not self.is_unchanged(row, column, deadline):
                got = self.day(row, column) if column is Column.DUE else None
                shown = DayText(got.isoformat()) if got else shortened(self.text(row, column)) or "–"
                slots = {"id": deadline.id, "column": Phrase(HEADINGS[column]), "agreed": self.told(column, deadline)}
                yield self.problem("DDL-005", row, column, shown, slots, indicator=deadline.indicator)
        yield from self.about_done(row, deadline.indicator)

    def is_unchanged(self, row: int, column: Column, deadline: Deadline) -> bool:
        said = self.text(row, column)
        match column:
            case Column.KIND:
                return is_one_of(said, KIND_WORD[deadline.kind])
            case Column.NUMBER:
                return True
            case Column.DUE if deadline.due is not None:
                return self.day(row, column) == deadline.due
            case _:
                return key_of(said) == key_of(_agreed_text(column, deadline))

    def told(self, column: Column, deadline: Deadline) -> str:
        if column is Column.KIND:
            return texts_of(self.language)(KIND_WORD[deadline.kind])
        if column is Column.DUE and deadline.due is not None:
            return DayText(deadline.due.isoformat())
        return shortened(_agreed_text(column, deadline)) or "–"

    # The office's own lines

    def own(self, row: int) -> DeadlineEntry:
        return DeadlineEntry(
            self.text(row, Column.NUMBER),
            self.kind(row),
            self.text(row, Column.WHAT),
            self.text(row, Column.RESPONSIBLE),
            self.day(row, Column.DUE),
            self.day(row, Column.DONE),
            self.text(row, Column.REMARK),
            self.words(row, Column.DUE),
            self.words(row, Column.DONE),
            source=self.source(row),
        )

    def about_own(self, row: int) -> Iterator[Problem]:
        if self.text(row, Column.KIND) and self.kind(row) is None:
            yield self.problem("DDL-001", row, Column.KIND, shortened(self.text(row, Column.KIND)))
        if not self.text(row, Column.WHAT):
            yield self.problem("DDL-009", row, Column.WHAT, None)
        if words := self.words(row, Column.DUE):
            yield self.problem("DDL-002", row, Column.DUE, shortened(words))
        yield from self.about_done(row, None)

    # Every line

    def about_done(self, row: int, indicator: str | None) -> Iterator[Problem]:
        done, words = self.day(row, Column.DONE), self.words(row, Column.DONE)
        if words:
            yield self.problem("DDL-003", row, Column.DONE, shortened(words), indicator=indicator)
        if done is not None and done > self.today:
            yield self.problem("DDL-004", row, Column.DONE, DayText(done.isoformat()), indicator=indicator)

    def about_rows(self, places: Mapping[str, list[int]]) -> Iterator[Problem]:
        for deadline in self.asked:
            rows = places.get(deadline.id, [])
            if not rows:
                slots = {"id": deadline.id}
                yield Problem(
                    "DDL-007",
                    file=self.workbook.file,
                    sheet=self.sheet.title,
                    indicator=deadline.indicator,
                    slots=slots,
                )
            elif len(rows) > 1:
                slots = {"id": deadline.id, "rows": ", ".join(str(row + 1) for row in rows)}
                yield self.problem("DDL-006", rows[1], Column.NUMBER, None, slots, indicator=deadline.indicator)

    def problem(
        self,
        code: str,
        row: int,
        column: Column,
        got: str | None,
        slots: Mapping[str, str] | None = None,
        *,
        indicator: str | None = None,
    ) -> Problem:
        cell = a1(row, self.column(column))
        return Problem(
            code,
            file=self.workbook.file,
            sheet=self.sheet.title,
            cell=cell,
            indicator=indicator,
            got=got,
            slots=slots or {},
            likely=likely_day(got) if code in _NO_DAY and got else None,
        )


def _agreed_text(column: Column, deadline: Deadline) -> str:
    """What stands in a locked cell that holds a text."""
    return {
        Column.WHAT: what_words(deadline),
        Column.RESPONSIBLE: deadline.responsible,
        Column.DUE: deadline.time_frame or "",
    }[column]
