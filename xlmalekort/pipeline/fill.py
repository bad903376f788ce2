"""Writes figures into workbooks that are already in use, and lists what it overwrote."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xlmalekort.layout.cells import a1
from xlmalekort.locale.told import NumberText, PeriodName, Phrase
from xlmalekort.model.base import exact, plain_number
from xlmalekort.model.measures import Unit
from xlmalekort.pipeline.errors import NotDoneError
from xlmalekort.pipeline.opened import OpenedWorkbook, open_workbook
from xlmalekort.pipeline.refresh import refresh_content
from xlmalekort.problems import Problem
from xlmalekort.xlsx import PatchError, Plain, patch_workbook

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from xlmalekort.intake.figures_file import FigureEntry
    from xlmalekort.layout.office import Sheet
    from xlmalekort.xlsx import RawCell
    from xlmalekort.xlsx.patch import Scalar, Value


@dataclass(frozen=True, slots=True)
class Filled:
    """A workbook with figures written in. `overwritten` has a note CSV-011 for each cell that held something else."""

    content: bytes
    written: int
    overwritten: tuple[Problem, ...]
    problems: tuple[Problem, ...]


def fill_content(content: bytes, file: str, entries: Sequence[FigureEntry], today: date) -> Filled:
    """The workbook with the figures in their cells, refreshed; `problems` are those that the written cells then have.

    NotDoneError where the workbook cannot be used, or lacks the row or column of a figure.
    """
    opened = open_workbook(content, file)
    changes: dict[str, dict[tuple[int, int], Value]] = {}
    overwritten: list[Problem] = []
    written: set[tuple[str, str]] = set()
    for entry in entries:
        found = opened.place(entry.line_id, entry.period)
        if found is None:
            slots = {"what": entry.line_id}
            lacking = Problem("CSV-020", file=file, measure=entry.line_id, period=entry.period.code, slots=slots)
            message = Phrase(
                "{file}: has no cell for {line} in {period}; nothing was written.",
                file=file,
                line=entry.line_id,
                period=PeriodName(entry.period.code),
            )
            raise NotDoneError(message, (lacking,))
        sheet, place = found
        value = _stored(opened, entry)
        raw = opened.sheets[sheet]
        before = raw.cells.get(place)
        if before is not None and not _is_same(before, value):
            overwritten.append(_overwritten(opened, entry, sheet, place, before))
        # A figure takes the place of a formula too, which would else work out the old one again.
        changes.setdefault(raw.title, {})[place] = Plain(value)
        written.add((raw.title, a1(*place)))
    try:
        filled = patch_workbook(content, changes)
    except PatchError:
        # A formula that was drawn over several cells cannot be taken out of one of them.
        message = Phrase("{file}: a cell holds a formula that others share; nothing was written.", file=file)
        raise NotDoneError(message, (Problem("CSV-022", file=file),)) from None
    refreshed = refresh_content(filled, file, today)
    problems = tuple(each for each in refreshed.problems if (each.sheet or "", each.cell or "") in written)
    return Filled(refreshed.content, len(entries), tuple(overwritten), problems)


def _stored(opened: OpenedWorkbook, entry: FigureEntry) -> Scalar:
    """The value as the cell holds it: percentages as shares of one."""
    if isinstance(entry.value, str):
        return entry.value
    measure = opened.scorecard.measure[entry.line_id]
    return plain_number(entry.value / 100 if measure.unit is Unit.PERCENT else entry.value)


def _is_same(before: RawCell, value: Scalar) -> bool:
    if before.formula:
        return False
    if isinstance(value, str):
        return before.kind == "text" and before.text == value
    if before.kind != "number" or not isinstance(value, int | float):
        return False
    try:
        return exact(float(before.text)) == exact(value)
    except ValueError:
        return False


def _overwritten(
    opened: OpenedWorkbook, entry: FigureEntry, sheet: Sheet, place: tuple[int, int], before: RawCell
) -> Problem:
    line = opened.layout.line[entry.line_id]
    value = entry.value if isinstance(entry.value, str) else NumberText.of(entry.value)
    return Problem(
        "CSV-011",
        file=opened.file,
        sheet=opened.sheets[sheet].title,
        cell=a1(*place),
        line=None,
        indicator=line.indicator.id if line.indicator else None,
        measure=line.measure.id if line.measure else None,
        period=entry.period.code,
        got=f"={before.formula}" if before.formula else before.text,
        slots={"cell": a1(*place), "value": value},
    )
