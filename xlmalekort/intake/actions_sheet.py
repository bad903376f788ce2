"""The sheet of actions: what an office does about what is red."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlmalekort.intake.days import day_of
from xlmalekort.layout.cells import a1
from xlmalekort.layout.office import ACTIONS_FIRST_ROW
from xlmalekort.model.figures import Action, Source

if TYPE_CHECKING:
    from xlmalekort.model.scorecard import Scorecard
    from xlmalekort.xlsx import RawCell, RawSheet
    from xlmalekort.xlsx.workbook import NumberFormats

_COLUMNS = 6


def read_actions(sheet: RawSheet, scorecard: Scorecard, formats: NumberFormats, file: str) -> tuple[Action, ...]:
    """The lines of the sheet that say more than an indicator, from top to bottom. Days are ISO texts."""
    rows = sorted({row for row, column in sheet.cells if column < _COLUMNS and row >= ACTIONS_FIRST_ROW})
    actions = []
    for row in rows:
        cells = [sheet.cells.get((row, column)) for column in range(_COLUMNS)]
        indicator, cause, action, responsible, due, state = (_text(cell, formats) for cell in cells)
        if any((cause, action, responsible, due, state)):
            source = Source(file, sheet.title, a1(row, 0))
            known = _known(scorecard, indicator)
            actions.append(Action(known, cause, action, responsible, due, state, source))
    return tuple(actions)


def _text(cell: RawCell | None, formats: NumberFormats) -> str:
    if cell is None:
        return ""
    day = day_of(cell, formats)
    return day.isoformat() if day else cell.text.strip()


def _known(scorecard: Scorecard, text: str) -> str:
    """The indicator's id where the text is one or begins with one, as `B.1 Dialogue meetings` does."""
    if text in scorecard.indicator:
        return text
    first = text.partition(" ")[0].rstrip(":")
    return first if first in scorecard.indicator else text
