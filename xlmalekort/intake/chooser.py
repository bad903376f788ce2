"""What the scorecard sheet is set to: the period that it shows, and the day that stands for the clock."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from xlmalekort.intake.keys import key_of
from xlmalekort.layout.cells import a1
from xlmalekort.layout.office import SCORECARD_AS_OF, SCORECARD_PERIOD
from xlmalekort.problems import Problem
from xlmalekort.xlsx.days import day_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlmalekort.intake.plan import InputPlan
    from xlmalekort.model.periods import Period
    from xlmalekort.xlsx import RawCell, RawSheet, RawWorkbook
    from xlmalekort.xlsx.formats import NumberFormats

_PERIOD_NAME, _AS_OF_NAME = "mk_period", "mk_as_of"
_LONGEST = 60
_LAST_DAY = 2_958_465
_NUMBER = re.compile(r"[0-9]{1,7}(?:\.[0-9]*)?", re.ASCII)


def read_chosen(workbook: RawWorkbook, plan: InputPlan, sheet: RawSheet) -> Period | None:
    """The period that the scorecard sheet is set to, by its code or its name; None where the chooser names none."""
    cell = sheet.cells.get(_place(workbook, sheet, _PERIOD_NAME, SCORECARD_PERIOD))
    return plan.choosable.get(key_of(cell.text)) if cell is not None else None


def check_chooser(workbook: RawWorkbook, plan: InputPlan, sheet: RawSheet) -> Iterator[Problem]:
    """PER-005 where the period chooser names no period of the workbook, PER-006 where "As of" holds no day.

    Empty cells and formulas that have not been worked out yet say nothing.
    """
    file, title = workbook.file, sheet.title
    place = _place(workbook, sheet, _PERIOD_NAME, SCORECARD_PERIOD)
    chosen = sheet.cells.get(place)
    if chosen is not None and chosen.text.strip() and key_of(chosen.text) not in plan.choosable:
        first, last = plan.layout.choosable[0], plan.layout.choosable[-1]
        slots = {"periods": f"{first.code} – {last.code}"}
        yield Problem("PER-005", file=file, sheet=title, cell=a1(*place), got=chosen.text[:_LONGEST], slots=slots)
    place = _place(workbook, sheet, _AS_OF_NAME, SCORECARD_AS_OF)
    as_of = sheet.cells.get(place)
    if as_of is not None and as_of.text.strip() and not _is_day(as_of, workbook.formats):
        yield Problem("PER-006", file=file, sheet=title, cell=a1(*place), got=as_of.text[:_LONGEST])


def _place(workbook: RawWorkbook, sheet: RawSheet, name: str, usual: tuple[int, int]) -> tuple[int, int]:
    named = workbook.names.get(name)
    return named[1] if named and named[0] == sheet.title else usual


def _is_day(cell: RawCell, formats: NumberFormats) -> bool:
    """Whether the workbook's formulas can count with it as a day, whatever it looks like."""
    if day_of(cell, formats) is not None:
        return True
    return cell.kind == "number" and bool(_NUMBER.fullmatch(cell.text)) and 0 < float(cell.text) <= _LAST_DAY
