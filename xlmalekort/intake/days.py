"""Days as workbooks keep them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlmalekort.xlsx import RawCell
    from xlmalekort.xlsx.workbook import NumberFormats

_EPOCH = date(1899, 12, 30)
_LAST = 2_958_465


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
