"""What the button does: check, judge, and write the outcome back, without touching anything else."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from xlmalekort.judging.advice import advise
from xlmalekort.judging.forecast import earlier_in_year, forecast
from xlmalekort.layout.office import SCORECARD_PERIOD, Sheet
from xlmalekort.locale import N_
from xlmalekort.locale.told import Phrase
from xlmalekort.model.figures import Submission
from xlmalekort.model.places import NOWHERE
from xlmalekort.output import changing, write_whole
from xlmalekort.pipeline import clock
from xlmalekort.pipeline.check import check_content
from xlmalekort.pipeline.errors import NotDoneError, about_scorecard
from xlmalekort.pipeline.keeping import refuse_to_lose
from xlmalekort.pipeline.opened import open_workbook
from xlmalekort.pipeline.reading import read_bytes, refuse_absent_folder
from xlmalekort.pipeline.shown import shown_period
from xlmalekort.pipeline.verdict import parse_period
from xlmalekort.template.control_sheet import control_cells, control_values
from xlmalekort.template.local_steps import local_line_place
from xlmalekort.template.office_workbook import formula_values, output_values
from xlmalekort.template.state import OfficeState, make_state
from xlmalekort.xlsx import ErrorValue, Result, patch_workbook

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from xlmalekort.judging.judge import Judgement
    from xlmalekort.locale import Texts
    from xlmalekort.model.figures import CheckedFile
    from xlmalekort.model.periods import Period
    from xlmalekort.model.places import Place
    from xlmalekort.model.scorecard import Scorecard
    from xlmalekort.pipeline.opened import OpenedWorkbook
    from xlmalekort.problems import Problem
    from xlmalekort.template.state import Value as FormulaValue
    from xlmalekort.xlsx.patch import Scalar, Value


_GAP = "#N/A"
_TOLD_INSIDE = N_(
    "{file}: not judged, because it holds an identity number; its sheet of checks now says where. Nothing else was changed."
)


@dataclass(frozen=True)
class Refreshed:
    """A refreshed workbook: its content, the chosen period, and a judgement for each active indicator in its own period."""

    content: bytes
    checked: CheckedFile
    scorecard: Scorecard
    office: str
    period: Period
    judgements: tuple[Judgement, ...]
    judged: Mapping[tuple[str, Period], Judgement]
    """Every judgement of the workbook, by indicator and period."""

    def advice(self, judgement: Judgement, texts: Texts) -> str:
        """What to do now about one of the judgements, in words; empty where there is nothing to say."""
        ahead = forecast(judgement, earlier_in_year(self.judged, judgement), self.place)
        return advise(self.scorecard, judgement, ahead, texts)

    @property
    def place(self) -> Place:
        """Where the office belongs."""
        return self.checked.submission.place if self.checked.submission else NOWHERE

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What the checks found."""
        return self.checked.problems


def refresh_workbook(
    path: Path | str, *, today: date | None = None, period: Period | str | None = None, out: Path | str | None = None
) -> Refreshed:
    """Refresh a workbook, in place or as `out`. Only its output cells change, and `out` is written whole or not at all.

    NotDoneError where the file is no workbook that can be used, the period is none of its own, or a file that is there already
    would be lost. One that holds an identity
    number is not judged, and copied nowhere; in place its sheet of checks tells where the number stands (PRI-001).
    """
    source, target = Path(path), Path(out or path)
    day = today or clock.today()
    chosen = parse_period(period) if isinstance(period, str) else period
    refuse_absent_folder(target)
    # A workbook that is only read may lie where nothing can be written, not even who holds it.
    with changing(target):
        content = read_bytes(source)
        checked = check_content(content, source.name, day)
        if holds_personal_data(checked) and target.resolve() == source.resolve():
            told = told_in_control(content, checked, day)
            if told != content:
                write_whole(source, told)
                with about_scorecard(checked.scorecard.language if checked.scorecard else None):
                    raise NotDoneError(Phrase(_TOLD_INSIDE, file=checked.file), checked.problems)
        refreshed = _refreshed(content, checked, day, chosen)
        if target.resolve() != source.resolve():
            refuse_to_lose(target, refreshed.content)
        write_whole(target, refreshed.content)
    return refreshed


def refresh_content(content: bytes, file: str, today: date, period: Period | None = None) -> Refreshed:
    """The same for a workbook in memory."""
    return _refreshed(content, check_content(content, file, today), today, period)


def holds_personal_data(checked: CheckedFile) -> bool:
    """Whether a file was rejected for an identity number."""
    return any(problem.code == "PRI-001" for problem in checked.problems)


def told_in_control(content: bytes, checked: CheckedFile, today: date) -> bytes:
    """The office's own workbook, with nothing changed but its sheet of checks, which says what keeps it from being judged."""
    opened = open_workbook(content, checked.file, is_guarded=False)
    if Sheet.CONTROL not in opened.titles:
        return content
    state = unjudged_state(opened, today, checked.problems)
    return patch_workbook(content, {opened.titles[Sheet.CONTROL]: control_changes(state)})


def unjudged_state(opened: OpenedWorkbook, today: date, problems: tuple[Problem, ...]) -> OfficeState:
    """What the sheet of checks is written from where nothing else of the workbook changes: the office and what was found."""
    nothing = Submission(opened.file, opened.setup.office, opened.setup.year, {})
    return OfficeState(opened.layout, nothing, {}, opened.layout.choosable[-1], today, problems)


def control_changes(state: OfficeState) -> dict[tuple[int, int], Value]:
    """What is set in the sheet of checks: its lines, and what their links come to."""
    jumps: dict[tuple[int, int], Value] = {
        (cell.row, cell.column): _result(cell.value) for cell in control_cells(state)
    }
    return {**jumps, **control_values(state)}


def _refreshed(content: bytes, checked: CheckedFile, today: date, period: Period | None) -> Refreshed:
    file = checked.file
    with about_scorecard(checked.scorecard.language if checked.scorecard else None):
        if checked.submission is None:
            raise NotDoneError(Phrase("{file}: this workbook cannot be refreshed.", file=file), checked.problems)
        opened = open_workbook(content, file, is_guarded=False)  # it has just been checked
        _refuse_other_period(opened, period)
    chosen = period or opened.chosen or opened.layout.choosable[-1]
    has_macros = opened.setup.has_macros
    state = make_state(opened.scorecard, checked.submission, chosen, today, checked.problems, has_macros=has_macros)
    changes: dict[str, dict[tuple[int, int], Value]] = {}
    results = {
        sheet: {place: _result(v) for place, v in cells.items()}
        for sheet, cells in _as_in_the_file(formula_values(state), opened).items()
    }
    for values in (results, output_values(state)):
        for sheet, cells in values.items():
            if sheet in opened.titles:
                changes.setdefault(opened.titles[sheet], {}).update(cells)
    if period is not None and Sheet.SCORECARD in opened.titles:
        changes[opened.titles[Sheet.SCORECARD]][SCORECARD_PERIOD] = period.code
    judgements = tuple(
        state.judgements[indicator.id, shown_period(opened.scorecard, indicator, chosen, checked.submission)]
        for indicator in opened.scorecard.active
    )
    patched = patch_workbook(content, changes)
    office = checked.submission.office
    return Refreshed(patched, checked, opened.scorecard, office, chosen, judgements, state.judgements)


def _refuse_other_period(opened: OpenedWorkbook, period: Period | None) -> None:
    choosable = opened.layout.choosable
    if period is not None and period not in choosable:
        raise NotDoneError(
            Phrase(
                "{file}: {period} cannot be shown; the workbook has {first} to {last}.",
                file=opened.file,
                period=period,
                first=choosable[0],
                last=choosable[-1],
            )
        )


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
