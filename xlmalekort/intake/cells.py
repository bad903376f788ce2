"""Every input cell of a workbook, filled or not, with what it is for and what it holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xlmalekort.intake.identity_numbers import masked
from xlmalekort.intake.numbers import read_number
from xlmalekort.intake.workbook_file import NotOpened, find_history, open_workbook
from xlmalekort.layout.cells import a1
from xlmalekort.locale import N_
from xlmalekort.locale.told import Phrase
from xlmalekort.model.figure_kinds import Part
from xlmalekort.model.figures import CheckedFile
from xlmalekort.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from xlmalekort.intake.grid import Grid
    from xlmalekort.intake.plan import LinePlan
    from xlmalekort.intake.workbook_file import OpenedWorkbook
    from xlmalekort.model.periods import Period
    from xlmalekort.model.scorecard import Scorecard
    from xlmalekort.xlsx import RawCell, RawWorkbook

_UNFORESEEN = N_("it holds something that the program does not understand")


@dataclass(frozen=True, slots=True)
class InputCell:
    """An input cell. `sheet` and `cell` are as they stand in the file.

    `measure` is None for comments; `indicator` and `field` are the first of `used_by`, None for what is only gathered.
    `value` is a number in the unit shown, the text of a comment, or None; `raw` is what stands in the cell, None where it is
    empty.
    """

    sheet: str
    cell: str
    measure: str | None
    period: Period
    indicator: str | None
    field: Part | None
    used_by: tuple[tuple[str, Part], ...]
    value: Fraction | str | None
    raw: str | None


def list_cells(
    content: bytes, file: str, *, with_history: bool = False, is_guarded: bool = True
) -> tuple[InputCell, ...] | CheckedFile:
    """Every input cell in the order of rows and columns; of no office workbook, and of one with personal data, why not.

    With history those of the year before follow, which are locked: the county fills them in.
    """
    try:
        opened = open_workbook(content, file, is_guarded=is_guarded)
        if isinstance(opened, NotOpened):
            return CheckedFile(masked(file), problems=opened.problems)
        return tuple(_cells(opened, with_history=with_history))
    except Exception:  # noqa: BLE001 - whatever somebody put into a file, it ends in a sentence
        told = masked(file)
        return CheckedFile(told, problems=(Problem("FIL-010", file=told, slots={"reason": Phrase(_UNFORESEEN)}),))


def _cells(opened: OpenedWorkbook, *, with_history: bool) -> Iterator[InputCell]:
    history = find_history(opened).grid if with_history else None
    yield from _cells_of(opened, opened.grid)
    if history is not None:
        yield from _cells_of(opened, history)


def _cells_of(opened: OpenedWorkbook, grid: Grid) -> Iterator[InputCell]:
    for row, line in sorted(grid.rows.items()):
        used_by = _users(opened.setup.scorecard, line)
        indicator, field = used_by[0] if used_by else (None, None)
        measure = line.measure.id if line.measure else None
        for column, period in sorted(grid.columns.items()):
            if opened.plan.layout.has_cell(line.line, period):
                held = grid.sheet.cells.get((row, column))
                raw = held.text if held is not None else None
                value = _value(opened.workbook, line, held)
                title = grid.sheet.title
                yield InputCell(title, a1(row, column), measure, period, indicator, field, used_by, value, raw)


def _users(scorecard: Scorecard, line: LinePlan) -> tuple[tuple[str, Part], ...]:
    if line.measure is None:
        return ((line.indicator, Part.COMMENT),) if line.indicator else ()
    return tuple((user.id, field) for user, field in scorecard.users[line.measure.id] if user.active)


def _value(workbook: RawWorkbook, line: LinePlan, held: RawCell | None) -> Fraction | str | None:
    if held is None:
        return None
    if line.rule is None:
        return held.text.strip() or None
    return read_number(held, line.rule, workbook.formats).value
