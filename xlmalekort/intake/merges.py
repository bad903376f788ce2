"""Merged cells that lie over input cells: nobody knows which figure of several is meant."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from xlmalekort.layout.office import range_a1

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlmalekort.intake.grid import Grid
    from xlmalekort.xlsx import RawCell
    from xlmalekort.xlsx.references import Area

_MOST = 1_000
"""Merges over input cells that are told apart; where there are more, all of them count as one."""


@dataclass(eq=False)
class Merge:
    """A merged area and the filled input cells in it."""

    name: str
    filled: list[tuple[int, int, str]] = field(default_factory=list)

    def take(self, row: int, column: int, cell: RawCell) -> None:
        """Note a filled input cell."""
        self.filled.append((row, column, cell.text))


def merged_cells(grid: Grid) -> dict[tuple[int, int], Merge]:
    """For each input cell that is merged with another cell the merge that it lies in."""
    if not grid.sheet.merges or not grid.rows or not grid.columns:
        return {}
    areas = list(_over_input(grid))
    cells: dict[tuple[int, int], Merge] = {}
    if len(areas) > _MOST:
        bounds = (min(grid.rows), min(grid.columns), max(grid.rows), max(grid.columns))
        areas = [bounds]
    rows, columns = sorted(grid.rows), sorted(grid.columns)
    for top, left, bottom, right in areas:
        merge = Merge(range_a1((top, left), (bottom, right)))
        for row in (each for each in rows if top <= each <= bottom):
            for column in (each for each in columns if left <= each <= right):
                cells.setdefault((row, column), merge)
    return cells


def _over_input(grid: Grid) -> Iterator[Area]:
    first_row, last_row = min(grid.rows), max(grid.rows)
    first_column, last_column = min(grid.columns), max(grid.columns)
    for area in grid.sheet.merges:
        top, left, bottom, right = area
        is_one = top == bottom and left == right
        if not is_one and top <= last_row and bottom >= first_row and left <= last_column and right >= first_column:
            yield area
