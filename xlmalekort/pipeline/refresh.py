"""What the button does: check, judge, and write the outcome back, without touching anything else."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from xlmalekort.layout.office import SCORECARD_PERIOD, Sheet
from xlmalekort.output import changing, write_whole
from xlmalekort.pipeline import clock
from xlmalekort.pipeline.check import check_content
from xlmalekort.pipeline.errors import NotDoneError, about_scorecard
from xlmalekort.pipeline.keeping import refuse_to_lose
from xlmalekort.pipeline.outcome import Outcome, holds_personal_data, judged_outcome, told_inside
from xlmalekort.pipeline.reading import read_bytes, refuse_absent_folder
from xlmalekort.pipeline.suffixes import refuse_other_suffix
from xlmalekort.pipeline.verdict import parse_period
from xlmalekort.template.control_sheet import control_cells, control_values
from xlmalekort.template.local_steps import local_line_place
from xlmalekort.template.office_workbook import formula_values
from xlmalekort.xlsx import ErrorValue, Result, patch_workbook

if TYPE_CHECKING:
    from datetime import date

    from xlmalekort.model.figures import CheckedFile
    from xlmalekort.model.periods import Period
    from xlmalekort.pipeline.opened import OpenedWorkbook
    from xlmalekort.template.state import OfficeState
    from xlmalekort.template.state import Value as FormulaValue
    from xlmalekort.xlsx.patch import Scalar, Value


_GAP = "#N/A"


@dataclass(frozen=True)
class Refreshed(Outcome):
    """A refreshed workbook: its outcome and its content."""

    content: bytes


def refresh_workbook(
    path: Path | str, *, today: date | None = None, period: Period | str | None = None, out: Path | str | None = None
) -> Refreshed:
    """Refresh a workbook, in place or as `out`. Only its output cells change, and `out` is written whole or not at all.

    NotDoneError where the file is no workbook that can be used, the period is none of its own, `out` ends otherwise than the
    file, or a file that is there already would be lost. One that holds an identity number is not judged, and copied nowhere; in
    place its sheet of checks tells where the number stands (PRI-001).
    """
    source, target = Path(path), Path(out or path)
    day = today or clock.today()
    chosen = parse_period(period) if isinstance(period, str) else period
    refuse_other_suffix(target, source.suffix)
    refuse_absent_folder(target)
    # A workbook that is only read may lie where nothing can be written, not even who holds it.
    with changing(target):
        content = read_bytes(source)
        checked = check_content(content, source.name, day)
        if holds_personal_data(checked) and target.resolve() == source.resolve():
            _tell_inside(source, content, checked, day)
        refreshed = _refreshed(content, checked, day, chosen)
        if target.resolve() != source.resolve():
            refuse_to_lose(target, refreshed.content)
        write_whole(target, refreshed.content)
    return refreshed


def refresh_content(content: bytes, file: str, today: date, period: Period | None = None) -> Refreshed:
    """The same for a workbook in memory."""
    return _refreshed(content, check_content(content, file, today), today, period)


def _tell_inside(path: Path, content: bytes, checked: CheckedFile, today: date) -> None:
    """Write into the office's own workbook what keeps it from being judged, and stop; nothing where it cannot be written."""
    outcome = told_inside(content, checked, today)
    if outcome is None or outcome.refusal is None:
        return
    told = patch_workbook(content, {outcome.opened.titles[Sheet.CONTROL]: control_changes(outcome.state)})
    if told != content:
        write_whole(path, told)
        with about_scorecard(checked.scorecard.language if checked.scorecard else None):
            raise NotDoneError(outcome.refusal, checked.problems)


def control_changes(state: OfficeState) -> dict[tuple[int, int], Value]:
    """What is set in the sheet of checks: its lines, and what their links come to."""
    jumps: dict[tuple[int, int], Value] = {
        (cell.row, cell.column): _result(cell.value) for cell in control_cells(state)
    }
    return {**jumps, **control_values(state)}


def _refreshed(content: bytes, checked: CheckedFile, today: date, period: Period | None) -> Refreshed:
    outcome = judged_outcome(content, checked, today, period)
    opened, state = outcome.opened, outcome.state
    changes: dict[str, dict[tuple[int, int], Value]] = {}
    for sheet, cells in _as_in_the_file(formula_values(state), opened).items():
        if sheet in opened.titles:
            results = {place: _result(value) for place, value in cells.items()}
            changes.setdefault(opened.titles[sheet], {}).update(results)
    for title, written in outcome.written.items():
        changes.setdefault(title, {}).update(written)
    if period is not None and Sheet.SCORECARD in opened.titles:
        changes[opened.titles[Sheet.SCORECARD]][SCORECARD_PERIOD] = period.code
    return Refreshed(opened, checked, state, outcome.judgements, patch_workbook(content, changes))


def _as_in_the_file(
    values: dict[Sheet, dict[tuple[int, int], FormulaValue]], opened: OpenedWorkbook
) -> dict[Sheet, dict[tuple[int, int], FormulaValue]]:
    """The results of formulas, those about local goals only where the file has a formula for them."""
    line = local_line_place(opened.layout)
    scorecard = values[Sheet.SCORECARD]
    rest = {place: value for place, value in scorecard.items() if place != line}
    own = opened.local_formulas(Sheet.SCORECARD, {line: scorecard[line]})
    local = {sheet: opened.local_formulas(sheet, values[sheet]) for sheet in (Sheet.LOCAL, Sheet.LOCAL_STEPS)}
    return {**values, **local, Sheet.SCORECARD: rest | own}


def _result(value: Scalar) -> Result:
    """A formula's result; the one error that charts need (a gap in a line) is written as an error."""
    return Result(ErrorValue(value) if isinstance(value, str) and value == _GAP else value)
