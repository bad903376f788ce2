"""A second opinion: what another library, that shares no code with our reader, reads in the same cells.

Python-calamine is quick, and ends the whole process on some files (a lone cell in the last row and column, say). So it is asked
only for sheets of a size that a workbook of people has, and never for the first opinion.
"""

from __future__ import annotations

import io
from datetime import date, time, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from python_calamine import CalamineWorkbook

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from xlmalekort.xlsx.sheet import RawCell, RawSheet

_MOST_CELLS = 4_000_000
"""Rows times columns up to the last filled cell: that many calamine makes room for, whether or not they are filled."""


class Opinions:
    """The sheets of a workbook as the other library reads them."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    @cached_property
    def _workbook(self) -> CalamineWorkbook | None:
        return _unless_it_fails(lambda: CalamineWorkbook.from_filelike(io.BytesIO(self._content)))

    def on(self, sheet: RawSheet) -> Opinion | None:
        """What it reads in a sheet; None where it cannot, or had better not be asked."""
        workbook = self._workbook
        rows, columns = (max((place[axis] for place in sheet.cells), default=0) + 1 for axis in (0, 1))
        if workbook is None or rows * columns > _MOST_CELLS:
            return None
        return _unless_it_fails(
            lambda: Opinion(workbook.get_sheet_by_name(sheet.title).to_python(skip_empty_area=False))
        )


class Opinion:
    """The cells of one sheet as the other library reads them."""

    def __init__(self, rows: Sequence[Sequence[object]]) -> None:
        self._rows = rows

    def differs(self, place: tuple[int, int], cell: RawCell | None) -> bool:
        """Whether it reads another number, or other digits, than stand in our cell; None stands for an empty one.

        Only numbers and texts can differ: it makes days of numbers that are shown as days, and nothing of errors.
        """
        other = self._read(*place)
        if isinstance(other, date | time | timedelta):
            return cell is None
        if cell is None:
            return other != ""
        if isinstance(other, str):
            # Blanks around a number make a text of it there.
            return cell.kind in ("number", "text") and other.strip() != cell.text.strip()
        if cell.kind == "number":
            return isinstance(other, bool) or other != _number(cell.text)
        return cell.kind == "text"

    def _read(self, row: int, column: int) -> object:
        cells = self._rows[row] if row < len(self._rows) else ()
        return cells[column] if column < len(cells) else ""


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


T = TypeVar("T")


def _unless_it_fails(read: Callable[[], T]) -> T | None:
    """What is read; None where the library cannot. It may panic, which is no Exception."""
    try:
        return read()
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # noqa: BLE001
        return None
