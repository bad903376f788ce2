"""What Excel hands to a function, and the shape that it wants back.

A cell comes as its value, a range as a list of rows. Single cells and ranges of one row or column are spread over the largest
range beside them, as Excel's own functions do it.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import chain
from math import isfinite
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Cell = float | str | bool | None
"""What a cell holds, as a function is handed it; a day is its number."""
Argument = Cell | list[list[Cell]]
Result = Cell | list[list[Cell]]

VALUE = "#VALUE!"
"""The error that a cell shows where an argument cannot be used. The wrapper in the workbook makes an error of it."""

NOT_AVAILABLE = "#N/A"
"""Where there is no answer."""

_ERRORS = range(-2146826288, -2146826188)
"""As what an error in a range comes from Excel. xlwings puts the old ones into words, and leaves #SPILL! and #CALC! numbers."""


_DAY_0 = date(1899, 12, 30)
_FIRST_DAY, _LAST_DAY = 36_526, 73_050
"""Of the years 2000 to 2099, as Excel numbers them."""


class ArgumentError(ValueError):
    """An argument that cannot be used. It becomes `#VALUE!` in the cell that it was for."""


def spread(work: Callable[..., Cell], *arguments: Argument) -> Result:
    """What the work comes to cell by cell, in the shape of the largest range, or as a single value where there is none.

    A cell whose arguments cannot be used becomes `#VALUE!`, and the others do not. Raises ArgumentError where ranges do not
    fit together.
    """
    ranges = [each for each in arguments if isinstance(each, list)]
    if not ranges:
        return _worked(work, [cast("tuple[Cell, ...]", arguments)])[0]
    height, width = max(map(len, ranges)), max((len(row) for rows in ranges for row in rows), default=0)
    if not width:
        raise ArgumentError
    columns = [chain.from_iterable(_spread_out(each, height, width)) for each in arguments]
    found = _worked(work, zip(*columns, strict=True))
    return [found[start : start + width] for start in range(0, height * width, width)]


def _worked(work: Callable[..., Cell], cells: Iterable[tuple[Cell, ...]]) -> list[Cell]:
    found: list[Cell] = []
    for each in cells:
        try:
            found.append(work(*each))
        except ArgumentError:
            found.append(VALUE)
    return found


def _spread_out(argument: Argument, height: int, width: int) -> list[list[Cell]]:
    if not isinstance(argument, list):
        return [[argument] * width] * height
    rows = [row * width if len(row) == 1 else row for row in argument]
    rows = rows * height if len(rows) == 1 else rows
    if len(rows) != height or any(len(row) != width for row in rows):
        raise ArgumentError
    return rows


def is_empty(cell: Cell) -> bool:
    """Whether nothing stands in a cell; a formula that comes to `""` is nothing too."""
    return cell is None or cell == ""


def number(cell: Cell) -> float:
    """The number in a cell; ArgumentError where there is none. A truth value is no number."""
    if isinstance(cell, bool) or _is_error(cell) or not isinstance(cell, int | float) or not isfinite(cell):
        raise ArgumentError
    return float(cell)


def text(cell: Cell) -> str:
    """The text in a cell, a year as `2009`; ArgumentError where there is none."""
    if isinstance(cell, bool) or _is_error(cell) or is_empty(cell):
        raise ArgumentError
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def period_code(cell: Cell) -> str:
    """The code of a period; ArgumentError where there is none.

    Excel makes the first day of June 2009 of `2009-06` as soon as somebody types it, so such a day stands for its month.
    """
    if isinstance(cell, int | float) and _FIRST_DAY <= cell <= _LAST_DAY and cell == int(cell):
        day = _DAY_0 + timedelta(days=cell)
        if day.day == 1:
            return f"{day:%Y-%m}"
    return text(cell)


def _is_error(cell: Cell) -> bool:
    # Numbers in cells are never whole numbers of Python's.
    return isinstance(cell, int) and cell in _ERRORS
