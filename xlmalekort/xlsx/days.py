"""Days as workbooks keep them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from xlmalekort.model.deadlines import EARLIEST, LATEST, parse_day

if TYPE_CHECKING:
    from xlmalekort.xlsx import RawCell
    from xlmalekort.xlsx.formats import NumberFormats

_EPOCH = date(1899, 12, 30)
_LAST = 2_958_465
_LONGEST_NUMBER = 30


def day_of(cell: RawCell, formats: NumberFormats) -> date | None:
    """The day that a date cell holds; None where it holds something else."""
    if cell.kind == "date":
        try:
            return date.fromisoformat(cell.text[:10])
        except ValueError:
            return None
    if cell.kind != "number" or cell.style not in formats.dates:
        return None
    whole = cell.text.partition(".")[0]
    if not (whole.isascii() and whole.isdigit() and len(whole) <= len(str(_LAST))):
        return None
    days = int(whole)
    return _EPOCH + timedelta(days=days) if 0 < days <= _LAST else None


def deadline_day(cell: RawCell) -> date | None:
    """The day that a cell of a list of deadlines holds, as the formulas beside it see it; None where it holds none.

    That is a number which counts as a day, whatever it looks like, or a text such as 2014-06-30.
    """
    match cell.kind:
        case "date":
            return parse_day(cell.text[:10])
        case "text":
            return parse_day(cell.text)
        case "number":
            return _counted(cell.text)
        case _:
            return None


def _counted(text: str) -> date | None:
    """The day that Excel keeps as a number, with or without a time of day."""
    try:
        number = float(text) if len(text) <= _LONGEST_NUMBER else 0.0
    except ValueError:
        return None
    first, last = ((day - _EPOCH).days for day in (EARLIEST, LATEST))
    return _EPOCH + timedelta(int(number)) if first <= number < last + 1 else None
