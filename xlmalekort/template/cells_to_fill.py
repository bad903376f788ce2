"""The cells of an office workbook that somebody types in: unlocked, each with an input rule."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from xlmalekort.layout.deadlines import DEADLINES_FIRST_ROW, DEADLINES_SPARE_ROWS, LOCKED
from xlmalekort.layout.deadlines import Column as DeadlineColumn
from xlmalekort.layout.local import LOCAL_FIRST_PERIOD, LOCAL_FIRST_ROW, LOCAL_ROWS, LocalColumn
from xlmalekort.layout.office import (
    ACTIONS_FIRST_ROW,
    ACTIONS_ROWS,
    READY_FOR,
    SCORECARD_AS_OF,
    SCORECARD_PERIOD,
    OfficeLayout,
    Sheet,
)
from xlmalekort.model.deadlines import deadlines_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xlmalekort.model.places import Place

_ACTION_COLUMNS = 6
_DEADLINE_COLUMNS = tuple(column for column in DeadlineColumn if column <= DeadlineColumn.REMARK)


def cells_to_fill(
    layout: OfficeLayout, place: Place, exempt: frozenset[str]
) -> Mapping[Sheet, frozenset[tuple[int, int]]]:
    """Rows and columns by sheet, as every new workbook of a scorecard, a year and a place has them."""
    agreed = len(deadlines_of(layout.scorecard, place, exempt))
    return {**_cells(layout), Sheet.DEADLINES: _of_deadlines(agreed)}


@lru_cache(maxsize=8)
def _cells(layout: OfficeLayout) -> dict[Sheet, frozenset[tuple[int, int]]]:
    figures = {
        (line.row, layout.column_of[period])
        for line in layout.lines
        for period in layout.periods
        if layout.has_cell(line, period)
    }
    last_period = LOCAL_FIRST_PERIOD + len(layout.choosable)
    of_goals = [*(each for each in LocalColumn if each.is_typed), *range(LOCAL_FIRST_PERIOD, last_period)]
    return {
        Sheet.SCORECARD: frozenset({SCORECARD_PERIOD, SCORECARD_AS_OF}),
        Sheet.INPUT: frozenset({READY_FOR, *figures}),
        Sheet.LOCAL: _block(LOCAL_FIRST_ROW, LOCAL_ROWS, of_goals),
        Sheet.ACTIONS: _block(ACTIONS_FIRST_ROW, ACTIONS_ROWS, range(_ACTION_COLUMNS)),
    }


@lru_cache(maxsize=64)
def _of_deadlines(agreed: int) -> frozenset[tuple[int, int]]:
    open_ = [column for column in _DEADLINE_COLUMNS if column not in LOCKED]
    first_own = DEADLINES_FIRST_ROW + agreed
    return _block(DEADLINES_FIRST_ROW, agreed, open_) | _block(first_own, DEADLINES_SPARE_ROWS, _DEADLINE_COLUMNS)


def _block(first: int, count: int, columns: Sequence[int]) -> frozenset[tuple[int, int]]:
    return frozenset((row, int(column)) for row in range(first, first + count) for column in columns)
