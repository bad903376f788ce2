"""The sheet of actions: what an office does about what is red (ACT-001 to -004)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xlmalekort.intake.headed_lists import find_headings, is_one_of, shortened
from xlmalekort.intake.keys import key_of
from xlmalekort.intake.likely import likely_day
from xlmalekort.layout.cells import a1
from xlmalekort.layout.office import ACTIONS_HEADING_ROW, Sheet
from xlmalekort.locale import N_
from xlmalekort.model.figures import Action, Source
from xlmalekort.problems import Problem
from xlmalekort.xlsx.days import day_of, deadline_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlmalekort.model.scorecard import Scorecard
    from xlmalekort.xlsx import RawCell, RawSheet, RawWorkbook
    from xlmalekort.xlsx.formats import NumberFormats

_HEADINGS = (N_("Indicator"), N_("Cause"), N_("Action"), N_("Responsible"), N_("Due"), N_("State"))
_STATES = (N_("planned"), N_("in progress"), N_("done"))
_COLUMNS = len(_HEADINGS)
_DUE, _STATE = 4, 5


@dataclass(frozen=True, slots=True)
class ReadActions:
    """The actions, from top to bottom, and what there is to say about them. Days are ISO texts."""

    actions: tuple[Action, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_actions(workbook: RawWorkbook, sheet: RawSheet, scorecard: Scorecard) -> ReadActions:
    """The lines of the sheet that say more than an indicator, wherever inserted rows have moved them.

    Whatever a line says is kept. Problems: ACT-001 and -002 (unknown or missing indicator), -003 (no date), -004 (no state).
    """
    first = _heading_row(workbook, sheet) + 1
    known = {key_of(indicator.id): indicator.id for indicator in scorecard.indicators}
    actions: list[Action] = []
    problems: list[Problem] = []
    for row in sorted({row for row, column in sheet.cells if column < _COLUMNS and row >= first}):
        cells = [sheet.cells.get((row, column)) for column in range(_COLUMNS)]
        indicator, cause, action, responsible, _, state = (_text(cell, workbook.formats) for cell in cells)
        due = _due(cells[_DUE])
        if any((cause, action, responsible, due, state)):
            found = _known(known, indicator)
            source = Source(workbook.file, sheet.title, a1(row, 0))
            kept = Action(found or indicator, cause, action, responsible, due, state, source)
            actions.append(kept)
            problems += _problems(kept, workbook.file, sheet.title, row, is_known=found is not None)
    return ReadActions(tuple(actions), tuple(problems))


def _heading_row(workbook: RawWorkbook, sheet: RawSheet) -> int:
    """The row of the headings; else where the sheet's own name has moved it to."""
    found = find_headings(sheet, _HEADINGS)
    if found is not None:
        return found[0]
    named = workbook.names.get(Sheet.ACTIONS.defined_name)
    return ACTIONS_HEADING_ROW + (named[1][0] if named and named[0] == sheet.title else 0)


def _text(cell: RawCell | None, formats: NumberFormats) -> str:
    if cell is None:
        return ""
    day = day_of(cell, formats)
    return day.isoformat() if day else cell.text.strip()


def _due(cell: RawCell | None) -> str:
    """The day that an action is due, as an ISO text; else what stands there, blanks around it set aside as formulas do."""
    if cell is None:
        return ""
    day = deadline_day(cell)
    return day.isoformat() if day else cell.text.strip(" ")


def _known(known: dict[str, str], text: str) -> str | None:
    """The indicator's id where the text is one, in whatever case, or begins with one, as `B.1 Dialogue meetings` does."""
    return known.get(key_of(text)) or known.get(key_of(text.partition(" ")[0]))


def _problems(action: Action, file: str, sheet: str, row: int, *, is_known: bool) -> Iterator[Problem]:
    def told(code: str, column: int, got: str | None) -> Problem:
        indicator = action.indicator if is_known else None
        shown = None if got is None else shortened(got)
        cell, likely = a1(row, column), likely_day(got) if code == "ACT-003" and got else None
        return Problem(code, file=file, sheet=sheet, cell=cell, indicator=indicator, got=shown, likely=likely)

    if not is_known:
        yield told("ACT-001", 0, action.indicator) if action.indicator else told("ACT-002", 0, None)
    if action.due and action.due_day is None:
        yield told("ACT-003", _DUE, action.due)
    if action.state and not is_one_of(action.state, *_STATES):
        yield told("ACT-004", _STATE, action.state)
