"""What people see beside the hidden ids and codes: titles, units and headings that have to agree with them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from xlmalekort.intake.keys import key_of
from xlmalekort.layout.cells import a1
from xlmalekort.layout.office import FIRST_PERIOD_COLUMN, ID_COLUMN, TITLE_COLUMN, UNIT_COLUMN, Sheet
from xlmalekort.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from xlmalekort.intake.plan import InputPlan, LinePlan
    from xlmalekort.model.periods import Period
    from xlmalekort.xlsx import RawSheet

Cell = tuple[int, int]


@dataclass(frozen=True)
class Labels:
    """The titles, units and headings of rows and columns that were found by their ids and codes."""

    plan: InputPlan
    sheet: RawSheet
    kind: Sheet
    file: str
    rows: Mapping[int, LinePlan]
    columns: Mapping[int, Period]
    top: int
    id_column: int

    @cached_property
    def rows_of_others(self) -> dict[int, Cell]:
        """The rows in which another row's title stands and their own in no cell, with that cell."""
        found = {}
        for row, line in self.rows.items():
            own = key_of(line.line.id)
            lines = [(column, self.plan.titles.get(text)) for column, text in enumerate(self._texts[row])]
            known = [(column, names) for column, names in lines if names is not None]
            if known and not any(own in names for _, names in known):
                found[row] = row, known[0][0]
        return found

    @cached_property
    def columns_of_others(self) -> dict[int, Cell]:
        """The columns under the heading of another period, with the heading's cell."""
        return {
            column: (self.top + 1, column)
            for column, period in self.columns.items()
            if self._headings.get(self._heading(column), period) != period
        }

    def problems(self) -> Iterator[Problem]:
        """STR-023 where a label is another row's or column's, STR-024 where it is none that the workbook has."""
        for row, line in sorted(self.rows.items()):
            if row in self.rows_of_others:
                yield self._problem("STR-023", self.rows_of_others[row], line.line.id, line)
            else:
                yield from self._unknown_in_row(row, line)
        for column, period in sorted(self.columns.items()):
            heading = self._heading(column)
            if column in self.columns_of_others:
                yield self._problem("STR-023", self.columns_of_others[column], period.code, None)
            elif heading and heading not in self._headings:
                name = self.plan.layout.texts.period_heading(period.code)
                yield self._problem("STR-024", (self.top + 1, column), name, None)

    def _unknown_in_row(self, row: int, line: LinePlan) -> Iterator[Problem]:
        held = self._texts[row]
        names = self.plan.labels[key_of(line.line.id)]
        for column, name in zip((TITLE_COLUMN, UNIT_COLUMN), names, strict=True):
            place = row, column - ID_COLUMN + self.id_column
            if key_of(name) not in held and self.sheet.text(*place).strip():
                yield self._problem("STR-024", place, name, line)

    @cached_property
    def _texts(self) -> dict[int, list[str]]:
        """What stands left of the periods in each row, as it is compared."""
        columns = range(min(self.columns, default=FIRST_PERIOD_COLUMN))
        return {row: [key_of(self.sheet.text(row, column)) for column in columns] for row in self.rows}

    def _heading(self, column: int) -> str:
        return key_of(self.sheet.text(self.top + 1, column))

    @property
    def _headings(self) -> dict[str, Period]:
        return self.plan.headings if self.kind is Sheet.INPUT else self.plan.earlier_headings

    def _problem(self, code: str, place: Cell, name: str, line: LinePlan | None) -> Problem:
        return Problem(
            code,
            file=self.file,
            sheet=self.sheet.title,
            cell=a1(*place),
            indicator=line.indicator if line else None,
            measure=line.measure.id if line and line.measure else None,
            period=self.columns[place[1]].code if line is None else None,
            got=self.sheet.text(*place),
            slots={"name": name},
        )
