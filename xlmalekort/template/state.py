"""Everything that an office workbook shows at a moment, and the cells that show it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from xlmalekort.judging.judge import judge_observed
from xlmalekort.judging.values import observe
from xlmalekort.layout.office import layout_of
from xlmalekort.model.periods import periods_of_year

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from xlmalekort.judging.judge import Judgement
    from xlmalekort.layout.office import OfficeLayout, Sheet
    from xlmalekort.locale import Texts
    from xlmalekort.model.figures import Figures, Submission
    from xlmalekort.model.periods import Period
    from xlmalekort.model.places import Place
    from xlmalekort.model.scorecard import Scorecard
    from xlmalekort.problems import Problem

Value = float | int | str | bool | None
"""What a formula comes to. None stands for a formula that gives nothing to see, the same as an empty text."""

NOT_AVAILABLE = "#N/A"
"""As a formula's value the error itself, not a text: a chart leaves such a point out. Only hidden sheets have it."""


@dataclass(frozen=True, slots=True)
class FormulaCell:
    """A formula, without its equals sign, and the value that it gives at this moment. Rows and columns count from 0."""

    sheet: Sheet
    row: int
    column: int
    formula: str
    value: Value


@dataclass(frozen=True, slots=True)
class ConstantCell:
    """A value that no formula works out. Rows and columns count from 0."""

    sheet: Sheet
    row: int
    column: int
    value: Value


@dataclass(frozen=True)
class OfficeState:
    """What an office workbook shows: the submission, judged, for a chosen period on a given day.

    `judgements` has one for every active indicator and every own period of the year and of the year before; of the year
    before only values are shown, never colours. `chosen` is one of `layout.choosable`; `today` stands for the clock;
    `problems` are those that the control sheet tells.
    """

    layout: OfficeLayout
    submission: Submission
    judgements: Mapping[tuple[str, Period], Judgement]
    chosen: Period
    today: date
    problems: tuple[Problem, ...]
    has_macros: bool = False
    """Whether the workbook carries macros and asks Python for statuses (.xlsm)."""

    @cached_property
    def figures(self) -> Figures:
        """Every figure of the workbook, those of the year before among them."""
        return {**self.submission.reference, **self.submission.figures}

    @property
    def place(self) -> Place:
        """Where the office belongs."""
        return self.submission.place

    @property
    def scorecard(self) -> Scorecard:
        """The scorecard that the workbook is made for."""
        return self.layout.scorecard

    @cached_property
    def texts(self) -> Texts:
        """The texts in the scorecard's language."""
        return self.layout.texts


def make_state(
    scorecard: Scorecard,
    submission: Submission,
    chosen: Period,
    today: date,
    problems: tuple[Problem, ...],
    *,
    has_macros: bool = False,
) -> OfficeState:
    """The state of an office's workbook: every active indicator judged for every own period of two years."""
    figures = {**submission.reference, **submission.figures}
    judgements = {
        (indicator.id, period): judge_observed(
            indicator,
            period,
            observe(scorecard, indicator, period, figures, submission.exempt),
            today,
            comparison=scorecard.comparison,
            place=submission.place,
        )
        for indicator in scorecard.active
        for year in (submission.year - 1, submission.year)
        for period in periods_of_year(year, indicator.frequency)
    }
    layout = layout_of(scorecard, submission.year)
    return OfficeState(layout, submission, judgements, chosen, today, problems, has_macros)
