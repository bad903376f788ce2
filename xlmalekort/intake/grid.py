"""Which row of a sheet is which line, and which column which period, however they have been moved."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from xlmalekort.intake.keys import key_of
from xlmalekort.intake.labels import Labels
from xlmalekort.layout.cells import column_name
from xlmalekort.layout.office import (
    FIRST_PERIOD_COLUMN,
    HEADING_ROW,
    ID_COLUMN,
    KEY_ROW,
    Sheet,
)
from xlmalekort.locale.told import PeriodName
from xlmalekort.model.periods import Period
from xlmalekort.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from xlmalekort.intake.plan import InputPlan, LinePlan
    from xlmalekort.xlsx import RawSheet

_DEEPEST_HEADING = 60
"""Rows from the top in which the headings are looked for."""
_WIDEST_SHIFT = 12
"""Columns from the left in which the ids are looked for."""


@dataclass(frozen=True)
class Grid:
    """Rows and columns of a sheet as they stand in the file.

    `rows` and `columns` hold those that stand several times, or beside the title or heading of another, too; such a row or
    column is in `doubtful_rows` or `doubtful_columns`, and nothing in it counts. `top` is the row of the period codes (or the
    one above the headings).
    """

    sheet: RawSheet
    rows: Mapping[int, LinePlan]
    columns: Mapping[int, Period]
    doubtful_rows: frozenset[int]
    doubtful_columns: frozenset[int]
    top: int
    left: int
    id_column: int
    problems: tuple[Problem, ...]

    def place(self, line_id: str, period: Period) -> tuple[int, int] | None:
        """Row and column of a line's cell for a period; None where the sheet lacks either."""
        row, column = self._row_of.get(line_id), self._column_of.get(period)
        return (row, column) if row is not None and column is not None else None

    def is_doubtful(self, place: tuple[int, int]) -> bool:
        """Whether nobody knows for what, or for when, a cell stands."""
        return place[0] in self.doubtful_rows or place[1] in self.doubtful_columns

    @cached_property
    def _row_of(self) -> dict[str, int]:
        return {line.line.id: row for row, line in self.rows.items()}

    @cached_property
    def _column_of(self) -> dict[Period, int]:
        return {period: column for column, period in self.columns.items()}


def find_grid(plan: InputPlan, sheet: RawSheet, kind: Sheet, file: str) -> Grid:
    """The grid of the input sheet or of the history sheet.

    Problems: IDN-006 (columns of another year), STR-004, -005, -006 (rows missing, moved, several), STR-008, -009, -017
    (columns likewise), STR-023 (the hidden id or code says one thing, the title or heading that people see another), STR-024
    (the title, unit or heading is none that the workbook has).
    """
    columns, top = _find_columns(plan, sheet, kind)
    id_column, rows = _find_rows(plan, sheet, kind, top)
    labels = Labels(plan, sheet, kind, file, rows, columns, top, id_column)
    doubtful_rows = _several({row: line.line.id for row, line in rows.items()}) | labels.rows_of_others.keys()
    doubtful_columns = _several(columns) | labels.columns_of_others.keys()
    problems = (
        *_column_problems(plan, sheet, kind, file, columns, top),
        *_row_problems(plan, sheet, kind, file, rows, top),
        *labels.problems(),
    )
    left = min(columns, default=FIRST_PERIOD_COLUMN)
    return Grid(sheet, rows, columns, doubtful_rows, doubtful_columns, top, left, id_column, problems)


def _several(found: Mapping[int, object]) -> frozenset[int]:
    """The places of what stands at several."""
    counts = Counter(found.values())
    return frozenset(place for place, what in found.items() if counts[what] > 1)


# Columns


def _find_columns(plan: InputPlan, sheet: RawSheet, kind: Sheet) -> tuple[dict[int, Period], int]:
    """The period of each column, and the row of the codes: by the hidden codes, else by the visible headings."""
    codes = plan.codes if kind is Sheet.INPUT else plan.earlier_codes
    headings = plan.headings if kind is Sheet.INPUT else plan.earlier_headings
    usual = {
        column: period
        for (row, column), cell in sheet.cells.items()
        if row == KEY_ROW and (period := codes.get(key_of(cell.text))) is not None
    }
    if len(set(usual.values())) == len(codes):
        return usual, KEY_ROW
    by_row = _matches(sheet, codes)
    top = _best(by_row, KEY_ROW, len(codes))
    if top is not None:
        columns = by_row[top]
        missing = set(codes.values()) - set(columns.values())
        if missing:
            spare = _matches(sheet, headings).get(top + 1, {})
            columns |= {
                column: period
                for column, period in spare.items()
                if period in missing and column not in columns and _parsed(sheet.text(top, column)) is None
            }
        return columns, top
    # Headings have no year of their own: those of last year's columns read like this year's.
    if _other_year(sheet, codes) is not None:
        return {}, KEY_ROW
    by_heading = _matches(sheet, headings)
    row = _best(by_heading, HEADING_ROW, len(codes))
    return (by_heading[row], row - 1) if row is not None else ({}, KEY_ROW)


def _matches(sheet: RawSheet, names: Mapping[str, Period]) -> dict[int, dict[int, Period]]:
    """For each row near the top the columns in which one of the names stands."""
    found: dict[int, dict[int, Period]] = {}
    for (row, column), cell in sheet.cells.items():
        if row < _DEEPEST_HEADING:
            period = names.get(key_of(cell.text))
            if period is not None:
                found.setdefault(row, {})[column] = period
    return found


def _best(by_row: Mapping[int, Mapping[int, Period]], expected: int, periods: int) -> int | None:
    """The row with the most periods, the one nearest to where it should be among equals; None where it has too few.

    A third of the periods must be there: one alone may be anything, such as the period that the office is ready for.
    """
    counts = {row: len(set(found.values())) for row, found in by_row.items()}
    row = max(counts, key=lambda each: (counts[each], -abs(each - expected)), default=None)
    return row if row is not None and _THIRD * counts[row] >= periods else None


_THIRD = 3


def _column_problems(
    plan: InputPlan, sheet: RawSheet, kind: Sheet, file: str, columns: Mapping[int, Period], top: int
) -> Iterator[Problem]:
    periods = plan.layout.periods if kind is Sheet.INPUT else plan.layout.earlier_periods
    codes = plan.codes if kind is Sheet.INPUT else plan.earlier_codes
    if not columns and (year := _other_year(sheet, codes)) is not None:
        slots = {"sheet": sheet.title, "year": str(periods[0].year)}
        yield Problem("IDN-006", file=file, sheet=sheet.title, got=str(year), slots=slots)
        return
    places: dict[Period, list[int]] = {}
    for column, period in sorted(columns.items()):
        places.setdefault(period, []).append(column)
    last_shift = 0
    for period in periods:
        found = places.get(period, [])
        heading = PeriodName(period.code)
        expected = plan.layout.column_of[period]
        if not found:
            yield Problem("STR-008", file=file, sheet=sheet.title, period=period.code, slots={"heading": heading})
        elif len(found) > 1:
            slots = {"heading": heading, "columns": ", ".join(map(column_name, found))}
            cell = f"{column_name(found[0])}{top + 1}"
            yield Problem("STR-017", file=file, sheet=sheet.title, cell=cell, period=period.code, slots=slots)
        elif found[0] - expected != last_shift:
            last_shift = found[0] - expected
            if last_shift:
                slots = {"heading": heading, "column": column_name(expected)}
                cell = f"{column_name(found[0])}{top + 1}"
                yield Problem("STR-009", file=file, sheet=sheet.title, cell=cell, period=period.code, slots=slots)


def _parsed(text: str) -> Period | None:
    """The period that a code stands for, of whatever year; None where it is none."""
    try:
        return Period.parse(text) if "-" in text else None
    except ValueError:
        return None


def _other_year(sheet: RawSheet, codes: Mapping[str, Period]) -> int | None:
    """The year of the period codes near the top, where there is a row of them and it is not that of the expected codes."""
    years: dict[int, Counter[int]] = {}
    for (row, _), cell in sheet.cells.items():
        if row < _DEEPEST_HEADING and (period := _parsed(cell.text)) is not None:
            years.setdefault(row, Counter())[period.year] += 1
    best = max(years.values(), key=lambda counts: counts.total(), default=None)
    year = best.most_common(1)[0][0] if best and best.total() > 1 else None
    return None if year in {period.year for period in codes.values()} else year


# Rows


def _find_rows(plan: InputPlan, sheet: RawSheet, kind: Sheet, top: int) -> tuple[int, dict[int, LinePlan]]:
    """The column of the ids, and the line of each row below the headings."""
    found: dict[int, dict[int, LinePlan]] = {}
    for (row, column), cell in sheet.cells.items():
        if row > top and column <= _WIDEST_SHIFT and (cell.kind == "text" or column == ID_COLUMN):
            line = plan.lines.get(key_of(cell.text))
            if line is not None and (kind is Sheet.INPUT or line.measure is not None):
                found.setdefault(column, {})[row] = line
    column = max(found, key=lambda each: (len(set(map(id, found[each].values()))), -each), default=ID_COLUMN)
    return column, found.get(column, {})


def _row_problems(
    plan: InputPlan, sheet: RawSheet, kind: Sheet, file: str, rows: Mapping[int, LinePlan], top: int
) -> Iterator[Problem]:
    places: dict[str, list[int]] = {}
    for row, line in sorted(rows.items()):
        places.setdefault(line.line.id, []).append(row)
    last_shift = top - KEY_ROW
    for line in plan.lines.values():
        if line.measure is None and kind is not Sheet.INPUT:
            continue
        found = places.get(line.line.id, [])
        measure = line.measure.id if line.measure else None
        if not found:
            if line.measure is not None:
                slots = {"measure": measure or ""}
                yield Problem(
                    "STR-004", file=file, sheet=sheet.title, indicator=line.indicator, measure=measure, slots=slots
                )
        elif len(found) > 1:
            slots = {"measure": line.line.id, "rows": ", ".join(str(row + 1) for row in found)}
            cell = f"A{found[0] + 1}"
            yield Problem(
                "STR-006",
                file=file,
                sheet=sheet.title,
                cell=cell,
                indicator=line.indicator,
                measure=measure,
                slots=slots,
            )
        elif found[0] - line.line.row != last_shift:
            last_shift = found[0] - line.line.row
            slots = {"measure": line.line.id, "row": str(line.line.row + 1)}
            cell = f"A{found[0] + 1}"
            yield Problem(
                "STR-005",
                file=file,
                sheet=sheet.title,
                cell=cell,
                indicator=line.indicator,
                measure=measure,
                slots=slots,
            )
