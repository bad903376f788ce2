"""What stands on an input sheet where nothing is asked for, and what is counted although nobody sees it."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from xlmalekort.intake.numbers import shown
from xlmalekort.layout.cells import a1, column_name, parse_a1
from xlmalekort.layout.office import range_a1
from xlmalekort.problems import Problem
from xlmalekort.xlsx.veils import veils_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from xlmalekort.intake.figures import ReadCells
    from xlmalekort.intake.grid import Grid
    from xlmalekort.xlsx import RawCell, RawWorkbook

_MOST = 500
"""Stray cells that are told one by one; the rest of them together."""
_LONGEST = 200


def find_strays(grid: Grid, file: str) -> Iterator[Problem]:
    """STR-007 for each unknown row with figures, STR-010 for every other filled cell where nothing is asked for.

    Left of the periods and above the headings people may write notes; numbers left of the periods are told.
    """
    unknown: dict[int, list[tuple[int, RawCell]]] = {}
    strays: list[tuple[int, int, RawCell]] = []
    for (row, column), cell in grid.sheet.cells.items():
        if row <= grid.top + 1 or not (cell.text.strip() or cell.formula is not None):
            continue
        line, period = grid.rows.get(row), grid.columns.get(column)
        if line is not None and period is not None and period.frequency is line.frequency:
            continue
        if column == grid.id_column or (column < grid.left and cell.kind != "number"):
            continue
        if line is None and period is not None and grid.sheet.text(row, grid.id_column).strip():
            unknown.setdefault(row, []).append((column, cell))
        else:
            strays.append((row, column, cell))
    yield from _unknown_rows(grid, file, unknown)
    yield from _stray_cells(grid, file, sorted(strays, key=lambda stray: stray[:2]))


def _unknown_rows(grid: Grid, file: str, unknown: dict[int, list[tuple[int, RawCell]]]) -> Iterator[Problem]:
    for row, cells in sorted(unknown.items()):
        values = ", ".join(cell.text for _, cell in sorted(cells, key=lambda each: each[0]))
        got = f"{grid.sheet.text(row, grid.id_column)}: {values}"
        yield Problem(
            "STR-007",
            file=file,
            sheet=grid.sheet.title,
            cell=a1(row, grid.id_column),
            got=got if len(got) <= _LONGEST else got[:_LONGEST] + "…",
            slots={"count": str(len(cells))},
        )


def _stray_cells(grid: Grid, file: str, strays: list[tuple[int, int, RawCell]]) -> Iterator[Problem]:
    for row, column, cell in strays[:_MOST]:
        yield Problem("STR-010", file=file, sheet=grid.sheet.title, cell=a1(row, column), got=cell.text[:_LONGEST])
    rest = strays[_MOST:]
    if rest:
        corner = (max(row for row, _, _ in rest), max(column for _, column, _ in rest))
        area = range_a1((rest[0][0], min(column for _, column, _ in rest)), corner)
        yield Problem("STR-010", file=file, sheet=grid.sheet.title, cell=area, got=f"{len(rest)}")


def find_hidden(grid: Grid, places: Iterable[tuple[int, int]], file: str) -> Iterator[Problem]:
    """STR-012 where rows or columns with figures are hidden, naming them all."""
    sheet = grid.sheet
    hidden_rows = sheet.hidden_rows & grid.rows.keys()
    hidden_columns = {
        column for column in grid.columns if any(first <= column <= last for first, last in sheet.hidden_columns)
    }
    if not hidden_rows and not hidden_columns:
        return
    filled = list(places)
    rows = sorted({row for row, _ in filled} & hidden_rows)
    columns = sorted({column for _, column in filled} & hidden_columns)
    if rows or columns:
        names = [f"{first + 1}:{last + 1}" for first, last in _runs(rows)]
        names += [f"{column_name(first)}:{column_name(last)}" for first, last in _runs(columns)]
        first = min(place for place in filled if place[0] in rows or place[1] in columns)
        yield Problem("STR-012", file=file, sheet=sheet.title, cell=a1(*first), slots={"range": ", ".join(names)})


def _runs(numbers: list[int]) -> Iterator[tuple[int, int]]:
    """Stretches of numbers that follow each other."""
    for _, group in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        members = [number for _, number in group]
        yield members[0], members[-1]


def find_veiled(workbook: RawWorkbook, grid: Grid, cells: ReadCells, file: str) -> Iterator[Problem]:
    """NUM-019 for each figure that counts and that a conditional format may hide or show as another one."""
    sheet = grid.sheet
    veils = veils_of(workbook, sheet.entry)
    for figure in cells.figures.values() if veils else ():
        if figure.value is None or figure.source is None:
            continue
        place = parse_a1(figure.source.cell)
        cell = sheet.cells[place]
        if any(veil.covers(*place) and veil.may_hide(float(cell.text)) for veil in veils):
            slots = {"shown": shown(cell, workbook.formats)}
            yield Problem("NUM-019", file=file, sheet=sheet.title, cell=figure.source.cell, got=cell.text, slots=slots)
