"""A county to look at: made-up offices with a year of figures, checked, refreshed and rolled up.

Some are good, some are not; some are late, and some have made the mistakes that people make.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from xlmalekort.intake.figures_file import FigureEntry
from xlmalekort.intake.register_file import file_stem
from xlmalekort.layout.office import Sheet, layout_of
from xlmalekort.locale import N_
from xlmalekort.locale.told import DayText, Phrase
from xlmalekort.model.figures import Action, Status
from xlmalekort.model.scorecard import Scorecard
from xlmalekort.output import changing, is_of_a_run, write_whole
from xlmalekort.pipeline.build import submission_of, unchecked_workbook
from xlmalekort.pipeline.consolidate import roll_up
from xlmalekort.pipeline.county import made_up_offices, made_up_register
from xlmalekort.pipeline.errors import NotDoneError
from xlmalekort.pipeline.keeping import refuse_to_lose
from xlmalekort.pipeline.plausible import plausible_figures
from xlmalekort.pipeline.refresh import refresh_content
from xlmalekort.pipeline.shown import shown_period
from xlmalekort.scorecards import load_scorecard
from xlmalekort.template.state import make_state
from xlmalekort.xlsx import patch_workbook

if TYPE_CHECKING:
    from collections.abc import Callable

    from xlmalekort.model.figures import Submission
    from xlmalekort.model.periods import Period
    from xlmalekort.model.register import Office, Register
    from xlmalekort.pipeline.plausible import MadeUpOffice
    from xlmalekort.rollup.results import RollUp
    from xlmalekort.xlsx.patch import Value

DEMO_SCORECARD = "nav-buskerud-2009"
SEED = 2009

_CAUSE = N_("Too few appointments in the weeks with illness among the staff")
_ACTION = N_("Two fixed half days a week for follow-up; the list is gone through every Monday")
_STATE = N_("in progress")

_ABSENT = 7
"""The office, by its place in the register, that has sent nothing."""
_DAMAGED = 13
_LATE = frozenset({3, 16})
_MANY = 20
"""Of so many offices some are silent, damaged, sent twice or wrong; of fewer only some are late."""
_SENT_TWICE = 10
_MISTAKES: dict[int, tuple[int, int, Value]] = {
    5: (0, 10, "12 stk"),
    9: (0, 11, 900),
    17: (1, 9, -4),
}
"""Which office types what into which line (counted from the top) and period of the input sheet."""


@dataclass(frozen=True, slots=True)
class Demo:
    """What was made: the folder of workbooks, the register, the regional workbook, and what they came to."""

    offices: Path
    register: Path
    region: Path
    rollup: RollUp


def make_demo(
    out: Path | str,
    scorecard: Scorecard | str | Path = DEMO_SCORECARD,
    *,
    today: date | None = None,
    progress: Callable[[str, int, int], None] = lambda *_: None,
) -> Demo:
    """Make the county in the folder `out`. `progress` is told what is being done, how much of it, and of how much.

    Unless said otherwise, it is the first of February after the scorecard's year. NotDoneError where the folder holds
    something else of the same names.
    """
    folder = Path(out)
    scorecard = scorecard if isinstance(scorecard, Scorecard) else load_scorecard(scorecard)
    day = today or date(scorecard.year + 1, 2, 1)
    offices, register_path, region = folder / "offices", folder / "offices.csv", folder / "region.xlsx"
    register = made_up_register(scorecard)
    strangers = _strangers(offices, register, scorecard)
    if strangers:
        raise NotDoneError(
            Phrase(
                "{folder}: holds files that are not the demonstration's: {names}.",
                folder=offices,
                names=", ".join(strangers),
            )
        )
    offices.mkdir(parents=True, exist_ok=True)
    with changing(region, patience=0):
        write_whole(register_path, register_csv(register))
        _write_offices(offices, scorecard, register, day, progress)
        progress(region.name, len(register.offices), len(register.offices))
        rollup = roll_up(offices, out=region, today=day, register=register_path)
    return Demo(offices, register_path, region, rollup)


def _write_offices(
    folder: Path, scorecard: Scorecard, register: Register, day: date, progress: Callable[[str, int, int], None]
) -> None:
    """The workbooks as they come back from the offices, and from some of them not as they should."""
    made_up = made_up_offices(register, SEED)
    for number, (office, character) in enumerate(zip(register.offices, made_up, strict=True)):
        progress(office.name, number, len(register.offices))
        path = folder / f"{file_stem(office.name)}_{scorecard.year}.xlsx"
        has_faults = len(register.offices) >= _MANY
        if number != _ABSENT or not has_faults:
            mistake = _MISTAKES.get(number) if has_faults else None
            content = _workbook(scorecard, office, character, _until(scorecard, day, number), mistake, day, path.name)
            if number == _DAMAGED and has_faults:
                content = content[: len(content) // 2]
            with changing(path):
                refuse_to_lose(path, content)
                write_whole(path, content)
            if number == _SENT_TWICE and has_faults:
                write_whole(path.with_stem(f"{path.stem} (1)"), content)


def _strangers(folder: Path, register: Register, scorecard: Scorecard) -> list[str]:
    if not folder.exists():
        return []
    stems = {f"{file_stem(office.name)}_{scorecard.year}" for office in register.offices}
    there = (path for path in folder.iterdir() if not is_of_a_run(path.name))
    return sorted(path.name for path in there if path.stem.removesuffix(" (1)") not in stems)


def register_csv(register: Register) -> bytes:
    """The register as a file: office, area and region."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(("office", "area", "region"))
    writer.writerows((office.name, office.area, office.region) for office in register.offices)
    return stream.getvalue().encode()


def _until(scorecard: Scorecard, today: date, number: int) -> Period:
    """The period up to which an office has delivered: the latest that has ended, or one some months before."""
    ended = [each for each in layout_of(scorecard, scorecard.year).choosable if each.has_ended(today)]
    if not ended:
        raise NotDoneError(
            Phrase("No period of {year} has ended by {day}.", year=scorecard.year, day=DayText(str(today)))
        )
    return ended[-1 - len(ended) // 4] if number in _LATE else ended[-1]


def _workbook(
    scorecard: Scorecard,
    office: Office,
    character: MadeUpOffice,
    until: Period,
    mistake: tuple[int, int, Value] | None,
    today: date,
    file: str,
) -> bytes:
    """An office's workbook as it comes back: figures, actions, and the mistake that this office makes."""
    entries = [
        FigureEntry(office.name, each.measure, each.period, each.value, line=0)
        for each in plausible_figures(scorecard, character, scorecard.year, today, SEED)
        if each.period.end <= until.end
    ]
    submission = submission_of(office, scorecard.year, entries, file)
    submission = replace(submission, ready_for=until, actions=_actions(scorecard, submission, until, today))
    content = unchecked_workbook(scorecard, submission, today)
    if mistake is not None:
        layout = layout_of(scorecard, scorecard.year)
        line_number, period_number, value = mistake
        line, period = layout.lines[line_number], layout.periods[period_number - 1]
        content = patch_workbook(content, {layout.title(Sheet.INPUT): {(line.row, layout.column_of[period]): value}})
    return refresh_content(content, file, today).content


def _actions(scorecard: Scorecard, submission: Submission, until: Period, today: date) -> tuple[Action, ...]:
    """An action for most of what is red in the end; some reds stay without one, as they do."""
    state = make_state(scorecard, submission, until, today, ())
    shown = ((each, shown_period(scorecard, each, until, submission)) for each in scorecard.active)
    red = [each for each, period in shown if state.judgements[each.id, period].status is Status.RED]
    texts = state.texts
    return tuple(
        Action(each.id, texts(_CAUSE), texts(_ACTION), each.responsible or "", "", texts(_STATE))
        for each in red[: len(red) * 2 // 3 + 1]
    )
