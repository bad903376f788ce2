"""Which row of the sheet of local goals is the heading, and which column is what, however they have been moved."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from xlmalekort.intake.keys import key_of
from xlmalekort.layout.local import LOCAL_FIRST_PERIOD, LOCAL_FIRST_ROW, LOCAL_HEADING_ROW, LOCAL_HEADINGS, LocalColumn
from xlmalekort.layout.office import Sheet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlmalekort.layout.office import OfficeLayout
    from xlmalekort.model.periods import Period
    from xlmalekort.xlsx import RawSheet, RawWorkbook

_DEEPEST_HEADING = 60
"""Rows from the top in which the headings are looked for."""
_FEWEST_HEADINGS = 3


@dataclass(frozen=True)
class LocalGrid:
    """Where things stand in the file. `columns` holds, by the column of the template, the column in the file."""

    sheet: RawSheet
    heading_row: int
    columns: Mapping[int, int]
    periods: Mapping[int, Period]
    """The period of each column of figures, by the column in the file."""

    def place(self, row: int, column: int) -> tuple[int, int] | None:
        """Where a cell of the template stands in the file; None where its column is gone."""
        found = self.columns.get(column)
        return (row - LOCAL_HEADING_ROW + self.heading_row, found) if found is not None else None

    def row(self, position: int) -> int:
        """The row of a line, from 1."""
        return self.heading_row + position

    @property
    def typed(self) -> dict[tuple[int, int], str]:
        """What the office has filled in, by line and by column of the template."""
        template = {found: column for column, found in self.columns.items() if is_typed(column)}
        return {
            (row - self.heading_row, template[column]): cell.text.strip()
            for (row, column), cell in self.sheet.cells.items()
            if row > self.heading_row and column in template and cell.text.strip()
        }


def find_local_grid(workbook: RawWorkbook, sheet: RawSheet, layout: OfficeLayout) -> LocalGrid | None:
    """The grid of a sheet that was found as that of local goals; None where it is another sheet of the same title.

    A column is known by its heading. One whose heading has been changed is taken for what stands there in the template,
    moved as far as the columns before it.
    """
    headings = _headings(layout)
    by_row: dict[int, dict[int, int]] = {}
    for (row, column), cell in sorted(sheet.cells.items()):
        found = headings.get(key_of(cell.text)) if row < _DEEPEST_HEADING else None
        if found is not None:
            by_row.setdefault(row, {}).setdefault(found, column)
    best = max(by_row, key=lambda row: (len(by_row[row]), -row), default=None)
    known = by_row[best] if best is not None and len(by_row[best]) >= _FEWEST_HEADINGS else {}
    if not known:
        named = workbook.names.get(Sheet.LOCAL.defined_name)
        if named is None or named[0] != sheet.title:
            return None
        best = LOCAL_HEADING_ROW + named[1][0]
    columns = _completed(known, len(headings))
    periods = {
        columns[LOCAL_FIRST_PERIOD + n]: p for n, p in enumerate(layout.choosable) if LOCAL_FIRST_PERIOD + n in columns
    }
    return LocalGrid(sheet, best if best is not None else LOCAL_FIRST_ROW - 1, columns, periods)


@lru_cache(maxsize=32)
def _headings(layout: OfficeLayout) -> dict[str, int]:
    """The column of the template by the key of its heading."""
    found = {key_of(layout.texts(heading)): int(column) for column, heading in LOCAL_HEADINGS.items()}
    for column, period in enumerate(layout.choosable, LOCAL_FIRST_PERIOD):
        found[key_of(layout.texts.period_heading(period.code))] = column
    return found


def _completed(known: Mapping[int, int], count: int) -> dict[int, int]:
    """Known columns, and the others where the ones before them lead to expect them."""
    columns: dict[int, int] = {}
    taken = set(known.values())
    shift = 0
    for column in range(count):
        if column in known:
            shift = known[column] - column
            columns[column] = known[column]
        elif column + shift not in taken and column + shift >= 0:
            columns[column] = column + shift
    return columns


def is_typed(column: int) -> bool:
    """Whether the office fills in a column of the template."""
    return column >= LOCAL_FIRST_PERIOD or LocalColumn(column).is_typed
