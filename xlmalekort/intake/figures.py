"""From the cells of a grid to figures and comments, with what became of every cell."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from xlmalekort.intake.merges import merged_cells
from xlmalekort.intake.numbers import read_number, shown
from xlmalekort.layout.cells import a1
from xlmalekort.locale.told import NumberText, PeriodName
from xlmalekort.model.figures import Figure, Source
from xlmalekort.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from xlmalekort.intake.grid import Grid
    from xlmalekort.intake.merges import Merge
    from xlmalekort.intake.numbers import Reading
    from xlmalekort.intake.plan import LinePlan
    from xlmalekort.model.figures import Figures
    from xlmalekort.model.periods import Period
    from xlmalekort.xlsx import RawCell
    from xlmalekort.xlsx.workbook import NumberFormats

Key = tuple[str, "Period"]
"""A measure's id and a period."""


@dataclass
class ReadCells:
    """What the cells of a grid came to.

    `by_period` holds the same figures by period and measure. `usable` are the figures that can be counted, `rejected` the
    number of filled cells that cannot, `commented` the number of cells with comments.
    """

    figures: Figures = field(default_factory=dict)
    by_period: dict[Period, dict[str, Figure]] = field(default_factory=dict)
    comments: dict[Key, str] = field(default_factory=dict)
    usable: list[tuple[LinePlan, Period]] = field(default_factory=list)
    rejected: int = 0
    commented: int = 0
    problems: list[Problem] = field(default_factory=list)

    def add(self, figure: Figure) -> None:
        """Keep a figure; one that cannot be used goes before one that can, for then nobody knows which is meant."""
        held = self.figures.get((figure.measure, figure.period))
        if held is not None and held.value is None:
            return
        self.figures[figure.measure, figure.period] = figure
        self.by_period.setdefault(figure.period, {})[figure.measure] = figure


def read_cells(grid: Grid, formats: NumberFormats, file: str, today: date | None) -> ReadCells:
    """The figures and comments of a grid. Where `today` is None nothing lies ahead, as with earlier years.

    Problems: NUM-001 to NUM-014 for each cell that needs one, PER-001 for figures in periods that have not begun, STR-011
    for merged cells. Cells outside the lines and periods are left to `intake.strays`.
    """
    found = ReadCells()
    title = grid.sheet.title
    merges = merged_cells(grid)
    ahead = {period for period in grid.columns.values() if today is not None and not period.has_begun(today)}
    rows, columns = grid.rows, grid.columns
    for (row, column), cell in grid.sheet.cells.items():
        line, period = rows.get(row), columns.get(column)
        if line is None or period is None or period.frequency is not line.frequency:
            continue
        if line.measure is None or line.rule is None:
            _take_comment(found, grid, line, period, (row, column), cell)
            continue
        reading = read_number(cell, line.rule, formats)
        if reading.is_empty:
            found.problems.append(_problem("NUM-011", file, title, line, period, a1(row, column), cell))
            continue
        name = a1(row, column)
        source = Source(file, title, name)
        codes = reading.codes
        if row in grid.double_rows or column in grid.double_columns:
            reading, codes = reading._replace(value=None), ()
        elif (row, column) in merges:
            merges[row, column].take(row, column, cell)
            reading, codes = reading._replace(value=None), ()
        elif line.is_result and period in ahead:
            reading, codes = reading._replace(value=None), ("PER-001",)
        found.add(Figure(line.measure.id, period, reading.value, source))
        if reading.value is None:
            found.rejected += 1
        else:
            found.usable.append((line, period))
        for code in codes:
            found.problems.append(_problem(code, file, title, line, period, name, cell, reading))
    found.problems += _merge_problems(merges, grid, file)
    return found


def _take_comment(
    found: ReadCells, grid: Grid, line: LinePlan, period: Period, place: tuple[int, int], cell: RawCell
) -> None:
    text = cell.text.strip()
    if not text and cell.formula is None:
        return
    if place[0] in grid.double_rows or place[1] in grid.double_columns:
        found.rejected += 1
        return
    found.commented += 1
    if text and line.indicator is not None:
        found.comments[line.indicator, period] = text


def _problem(
    code: str,
    file: str,
    sheet: str,
    line: LinePlan,
    period: Period,
    cell_name: str,
    cell: RawCell,
    reading: Reading | None = None,
) -> Problem:
    slots: dict[str, str] = {"shown": shown(cell)}
    if line.words is not None:
        slots["range"] = line.words
    if code == "NUM-014" and reading is not None and reading.value is not None:
        slots["rounded"] = NumberText.of(reading.value)
    if code == "PER-001":
        slots["name"] = PeriodName(period.code)
    return Problem(
        code,
        file=file,
        sheet=sheet,
        cell=cell_name,
        indicator=line.indicator,
        measure=line.measure.id if line.measure else None,
        period=period.code,
        got=cell.text,
        slots=slots,
    )


def _merge_problems(merges: Mapping[tuple[int, int], Merge], grid: Grid, file: str) -> list[Problem]:
    """STR-011 for each merge that holds figures, with what stands in it, the hidden cells included."""
    problems = []
    for merge in dict.fromkeys(merges.values()):
        if merge.filled:
            row, column, _ = merge.filled[0]
            line, period = grid.rows[row], grid.columns[column]
            problems.append(
                Problem(
                    "STR-011",
                    file=file,
                    sheet=grid.sheet.title,
                    cell=a1(row, column),
                    indicator=line.indicator,
                    measure=line.measure.id if line.measure else None,
                    period=period.code,
                    got="; ".join(f"{a1(row, column)}: {text}" for row, column, text in merge.filled),
                    slots={"range": merge.name},
                )
            )
    return problems
