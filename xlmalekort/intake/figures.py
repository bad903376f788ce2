"""From the cells of a grid to figures and comments, with what became of every cell."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from xlmalekort.intake.likely import likely_figure
from xlmalekort.intake.merges import merged_cells
from xlmalekort.intake.numbers import Reading, read_number, shown
from xlmalekort.layout.cells import a1
from xlmalekort.locale.told import NumberText, PeriodName
from xlmalekort.model.figures import Figure, Source
from xlmalekort.problems import Problem
from xlmalekort.xlsx import RawCell
from xlmalekort.xlsx.formats import NumberFormats

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from xlmalekort.intake.grid import Grid
    from xlmalekort.intake.merges import Merge
    from xlmalekort.intake.plan import Key, LinePlan
    from xlmalekort.locale.told import Told
    from xlmalekort.model.figures import Figures
    from xlmalekort.model.periods import Period
    from xlmalekort.xlsx import Opinion


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

    def add(self, figure: Figure, of_period: dict[str, Figure]) -> None:
        """Keep a figure; one that cannot be used goes before one that can, for then nobody knows which is meant."""
        held = of_period.get(figure.measure)
        if held is None or held.value is not None:
            of_period[figure.measure] = figure

    def count(self, line: LinePlan, period: Period, reading: Reading) -> None:
        """Count a filled cell by what came of it."""
        if reading.value is None:
            self.rejected += 1
        else:
            self.usable.append((line, period))


def read_cells(
    grid: Grid, formats: NumberFormats, file: str, today: date | None, opinion: Opinion | None = None
) -> ReadCells:
    """The figures and comments of a grid. Where `today` is None nothing lies ahead, as with earlier years.

    Where another reader's `opinion` differs, the figure is rejected (NUM-015), and told where only that reader has one.
    Problems: NUM-001 to NUM-018 for each cell that needs one, PER-001 for figures in periods that have not begun, STR-011
    for merged cells. Cells outside the lines and periods are left to `intake.strays`.
    """
    found = ReadCells()
    title, rows = grid.sheet.title, grid.rows
    merges = merged_cells(grid)
    # Periods hash slowly, so each column brings its own figures along.
    by_period: dict[Period, dict[str, Figure]] = {period: {} for period in grid.columns.values()}
    columns = {column: (period, by_period[period]) for column, period in grid.columns.items()}
    ahead = {period.code for period in by_period if today is not None and not period.has_begun(today)}
    for place, cell in grid.sheet.cells.items():
        line, of_column = rows.get(place[0]), columns.get(place[1])
        if line is None or of_column is None or of_column[0].frequency is not line.frequency:
            continue
        period, figures = of_column
        if line.measure is None or line.rule is None:
            _take_comment(found, grid, line, period, place, cell, file)
            continue
        reading = _compared(read_number(cell, line.rule, formats), place, cell, opinion)
        source = Source(file, title, a1(*place))
        if not reading.is_empty:
            if _is_ambiguous(grid, merges, place, cell):
                reading = UNTOLD
            elif period.code in ahead and line.is_result:
                reading = AHEAD
            found.add(Figure(line.measure.id, period, reading.value, source), figures)
            found.count(line, period, reading)
        for code in reading.codes:
            found.problems.append(_problem(code, source, line, period, cell, reading, formats))
    for line, period, place in _seen_by_one(grid, opinion):
        source = Source(file, title, a1(*place))
        found.add(Figure(line.line.id, period, None, source), by_period[period])
        found.rejected += 1
        found.problems.append(_problem("NUM-015", source, line, period, EMPTY, DISPUTED, formats))
    found.problems += _merge_problems(merges, grid, file)
    found.by_period = {period: figures for period, figures in by_period.items() if figures}
    for period, figures in found.by_period.items():
        found.figures |= {(measure, period): figure for measure, figure in figures.items()}
    return found


DISPUTED = Reading(None, ("NUM-015",))
"""A figure that two readers of the file read in different ways."""
NO_FORMATS = NumberFormats()
EMPTY = RawCell("blank", "", None, 0, is_external=False)
UNTOLD = Reading(None)
"""A figure that cannot be used for a reason that is told elsewhere."""
AHEAD = Reading(None, ("PER-001",))
"""A figure of a period that has not begun."""


def _compared(reading: Reading, place: tuple[int, int], cell: RawCell, opinion: Opinion | None) -> Reading:
    """The reading of a cell, unless the other reader reads it in another way."""
    is_disputed = reading.value is not None and opinion is not None and opinion.differs(place, cell)
    return DISPUTED if is_disputed else reading


def _seen_by_one(grid: Grid, opinion: Opinion | None) -> Iterator[tuple[LinePlan, Period, tuple[int, int]]]:
    """Cells for figures that are empty to us and not to the other reader."""
    if opinion is None:
        return
    for row, line in grid.rows.items():
        for column, period in grid.columns.items() if line.measure is not None else ():
            place = row, column
            if period.frequency is line.frequency and place not in grid.sheet.cells and opinion.differs(place, None):
                yield line, period, place


def _is_ambiguous(grid: Grid, merges: Mapping[tuple[int, int], Merge], place: tuple[int, int], cell: RawCell) -> bool:
    """Whether nobody knows which figure of several is meant."""
    merge = merges.get(place)
    if merge is not None:
        merge.take(*place, cell)
    return merge is not None or grid.is_doubtful(place)


def _take_comment(
    found: ReadCells, grid: Grid, line: LinePlan, period: Period, place: tuple[int, int], cell: RawCell, file: str
) -> None:
    text = cell.text.strip()
    if not text and cell.formula is None:
        return
    if grid.is_doubtful(place):
        found.rejected += 1
        return
    found.commented += 1
    if cell.kind == "number":
        source = Source(file, grid.sheet.title, a1(*place))
        found.problems.append(_problem("STR-025", source, line, period, cell, UNTOLD, NO_FORMATS))
    if text and line.indicator is not None:
        found.comments[line.indicator, period] = text


def _problem(
    code: str,
    source: Source,
    line: LinePlan,
    period: Period,
    cell: RawCell,
    reading: Reading,
    formats: NumberFormats,
) -> Problem:
    slots: dict[str, str] = {"shown": shown(cell, formats)}
    if line.words is not None:
        slots["range"] = line.words
    if code == "NUM-014" and reading.value is not None:
        slots["rounded"] = NumberText.of(reading.value)
    if code == "NUM-016":
        slots["format"] = formats.odd[cell.style]
    if code == "PER-001":
        slots["name"] = PeriodName(period.code)
    return Problem(
        code,
        file=source.file,
        sheet=source.sheet,
        cell=source.cell,
        indicator=line.indicator,
        measure=line.measure.id if line.measure else None,
        period=period.code,
        got=cell.text,
        slots=slots,
        likely=_likely(code, line, period, cell, formats),
    )


def _likely(code: str, line: LinePlan, period: Period, cell: RawCell, formats: NumberFormats) -> Told | None:
    if line.measure is None or line.rule is None:
        return None
    return likely_figure(code, cell, line.rule, line.measure.unit, formats, period.year)


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
