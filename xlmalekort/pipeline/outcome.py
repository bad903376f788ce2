"""What a refresh comes to before anything is written: the same for a file as for a workbook that is open in Excel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xlmalekort.judging.advice import advise
from xlmalekort.judging.forecast import earlier_in_year, forecast
from xlmalekort.layout.office import Sheet
from xlmalekort.locale import N_
from xlmalekort.locale.told import Phrase
from xlmalekort.model.figures import Submission
from xlmalekort.model.places import NOWHERE
from xlmalekort.pipeline.check import check_content
from xlmalekort.pipeline.errors import NotDoneError, about_scorecard
from xlmalekort.pipeline.opened import open_workbook
from xlmalekort.pipeline.shown import shown_period
from xlmalekort.template.control_sheet import control_values
from xlmalekort.template.office_workbook import output_values
from xlmalekort.template.state import OfficeState, make_state

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from xlmalekort.judging.judge import Judgement
    from xlmalekort.locale import Texts
    from xlmalekort.locale.told import Told
    from xlmalekort.model.figures import CheckedFile
    from xlmalekort.model.periods import Period
    from xlmalekort.model.places import Place
    from xlmalekort.model.scorecard import Scorecard
    from xlmalekort.pipeline.opened import OpenedWorkbook
    from xlmalekort.problems import Problem
    from xlmalekort.template.state import Value

_TOLD_INSIDE = N_(
    "{file}: not judged, because it holds an identity number; its sheet of checks now says where. Nothing else was changed."
)


@dataclass(frozen=True)
class Outcome:
    """A workbook checked and judged. One with an identity number is not judged: only its sheet of checks tells (PRI-001).

    `judgements` has one for each active indicator in its own period; none where nothing was judged.
    """

    opened: OpenedWorkbook
    checked: CheckedFile
    state: OfficeState
    judgements: tuple[Judgement, ...]

    @property
    def is_judged(self) -> bool:
        """Whether the workbook could be used."""
        return self.checked.submission is not None

    @property
    def scorecard(self) -> Scorecard:
        """The definition that the workbook was made with."""
        return self.state.scorecard

    @property
    def office(self) -> str:
        """Whose workbook it is."""
        return self.state.submission.office

    @property
    def place(self) -> Place:
        """Where the office belongs."""
        return self.checked.submission.place if self.checked.submission else NOWHERE

    @property
    def period(self) -> Period:
        """The period that the scorecard is shown for."""
        return self.state.chosen

    @property
    def judged(self) -> Mapping[tuple[str, Period], Judgement]:
        """Every judgement of the workbook, by indicator and period."""
        return self.state.judgements

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What the checks found."""
        return self.checked.problems

    @property
    def refusal(self) -> Told | None:
        """Why nothing was judged, for people; None where it was."""
        return None if self.is_judged else Phrase(_TOLD_INSIDE, file=self.checked.file)

    @property
    def written(self) -> dict[str, dict[tuple[int, int], Value]]:
        """What is written that no formula works out, by the sheets' titles as they stand, row and column (from 0).

        None empties a cell.
        """
        values = output_values(self.state) if self.is_judged else {Sheet.CONTROL: control_values(self.state)}
        titles = self.opened.titles
        return {titles[sheet]: cells for sheet, cells in values.items() if sheet in titles}

    def advice(self, judgement: Judgement, texts: Texts) -> str:
        """What to do now about one of the judgements, in words; empty where there is nothing to say."""
        ahead = forecast(judgement, earlier_in_year(self.judged, judgement), self.place)
        return advise(self.scorecard, judgement, ahead, texts)


def outcome_of(
    content: bytes, file: str, today: date, period: Period | None = None, *, has_formulas: bool = True
) -> Outcome:
    """What refreshing a workbook in memory comes to, for the period that it shows or another one of its own.

    A copy that holds values only has no formulas whose loss could be told. NotDoneError where the workbook cannot be used.
    """
    checked = check_content(content, file, today, has_formulas=has_formulas)
    told = told_inside(content, checked, today) if holds_personal_data(checked) else None
    return told or judged_outcome(content, checked, today, period)


def judged_outcome(content: bytes, checked: CheckedFile, today: date, period: Period | None = None) -> Outcome:
    """The outcome for a workbook that has been checked; NotDoneError where it was not accepted."""
    file = checked.file
    with about_scorecard(checked.scorecard.language if checked.scorecard else None):
        if checked.submission is None:
            raise NotDoneError(Phrase("{file}: this workbook cannot be refreshed.", file=file), checked.problems)
        opened = open_workbook(content, file, is_guarded=False)  # it has just been checked
        _refuse_other_period(opened, period)
    chosen = period or opened.chosen or opened.layout.choosable[-1]
    has_macros = opened.setup.has_macros
    state = make_state(opened.scorecard, checked.submission, chosen, today, checked.problems, has_macros=has_macros)
    judgements = tuple(
        state.judgements[indicator.id, shown_period(opened.scorecard, indicator, chosen, checked.submission)]
        for indicator in opened.scorecard.active
    )
    return Outcome(opened, checked, state, judgements)


def told_inside(content: bytes, checked: CheckedFile, today: date) -> Outcome | None:
    """The outcome for a workbook that is not judged because of an identity number; None where it has no sheet of checks."""
    opened = open_workbook(content, checked.file, is_guarded=False)
    if Sheet.CONTROL not in opened.titles:
        return None
    return Outcome(opened, checked, unjudged_state(opened, today, checked.problems), ())


def holds_personal_data(checked: CheckedFile) -> bool:
    """Whether a file was rejected for an identity number."""
    return any(problem.code == "PRI-001" for problem in checked.problems)


def unjudged_state(opened: OpenedWorkbook, today: date, problems: tuple[Problem, ...]) -> OfficeState:
    """What the sheet of checks is written from where nothing else of the workbook changes: the office and what was found."""
    nothing = Submission(opened.file, opened.setup.office, opened.setup.year, {})
    chosen, has_macros = opened.layout.choosable[-1], opened.setup.has_macros
    return OfficeState(opened.layout, nothing, {}, chosen, today, problems, has_macros)


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
