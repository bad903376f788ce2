"""Up to which period a workbook is delivered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xlmalekort.intake.keys import key_of
from xlmalekort.layout.cells import a1
from xlmalekort.layout.office import KEY_ROW, READY_FOR
from xlmalekort.locale.told import PeriodName
from xlmalekort.problems import Problem
from xlmalekort.xlsx.days import day_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlmalekort.intake.grid import Grid
    from xlmalekort.intake.plan import InputPlan
    from xlmalekort.model.periods import Period
    from xlmalekort.xlsx import RawCell, RawWorkbook

READY_NAME = "mk_ready_for"


@dataclass(frozen=True, slots=True)
class Ready:
    """The period up to which a workbook is delivered, None where it does not say.

    PER-003 where it says none that fits, PER-008 where a formula says so.
    """

    period: Period | None
    problem: Problem | None = None


def read_ready_for(workbook: RawWorkbook, plan: InputPlan, grid: Grid) -> Ready:
    """What stands in the cell "Ready for", wherever inserted rows have moved it: a code, a name in any language, a date."""
    likeliest = next(_places(workbook, grid))
    for place in dict.fromkeys(_places(workbook, grid)):
        cell = grid.sheet.cells.get(place)
        # A formula without a result is told where the cell should be; elsewhere it is another one.
        if cell is None or not (cell.text.strip() or (cell.formula is not None and place == likeliest)):
            continue
        period = _period(workbook, plan, cell)
        if period is not None:
            return Ready(period, _by_formula(workbook, grid, place, period) if cell.formula is not None else None)
        first, last = plan.layout.choosable[0], plan.layout.choosable[-1]
        problem = Problem(
            "PER-003",
            file=workbook.file,
            sheet=grid.sheet.title,
            cell=a1(*place),
            got=cell.text.strip() or f"={cell.formula}",
            slots={"periods": f"{first.code} – {last.code}"},
        )
        return Ready(None, problem)
    return Ready(None)


def _by_formula(workbook: RawWorkbook, grid: Grid, place: tuple[int, int], period: Period) -> Problem:
    slots = {"name": PeriodName(period.code)}
    return Problem("PER-008", file=workbook.file, sheet=grid.sheet.title, cell=a1(*place), slots=slots)


def _places(workbook: RawWorkbook, grid: Grid) -> Iterator[tuple[int, int]]:
    """Where the cell may stand, the likeliest first."""
    named = workbook.names.get(READY_NAME)
    yield grid.top - KEY_ROW + READY_FOR[0], grid.left
    if named and named[0] == grid.sheet.title and named[1][0] < grid.top:
        yield named[1]
    yield from ((row, grid.left) for row in range(grid.top - 1, -1, -1))


def _period(workbook: RawWorkbook, plan: InputPlan, cell: RawCell) -> Period | None:
    day = day_of(cell, workbook.formats)
    if day is not None:
        return next((period for period in plan.layout.choosable if period.start <= day <= period.end), None)
    text = key_of(cell.text)
    # A month without its nought, 2009-6, is as clear.
    return plan.choosable.get(text) or plan.choosable.get(text.replace("-", "-0", 1))
