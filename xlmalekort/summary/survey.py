"""The sheet of surveys: how each question was answered in the region, its areas and every office, and a year before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xlmalekort.judging.explain import unit_of
from xlmalekort.layout import look
from xlmalekort.locale import N_
from xlmalekort.model.figure_kinds import Distribution
from xlmalekort.model.measures import Level
from xlmalekort.model.measures import Unit as Quantity
from xlmalekort.rollup.results import Unit
from xlmalekort.summary import words
from xlmalekort.summary.styles import (
    BAND,
    BOLD,
    CELL,
    HEADING,
    INDENT,
    MUTED,
    NOTE,
    RIGHT,
    WRAP,
    marked_numbers,
    numbers,
    status_style,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlmalekort.locale import Texts
    from xlmalekort.model.indicators import Indicator
    from xlmalekort.rollup.results import Result
    from xlmalekort.rollup.surveys import Answered
    from xlmalekort.summary.book import Book, Page
    from xlmalekort.summary.styles import Style
    from xlmalekort.summary.view import View

SHEET = N_("Survey")
_ASKED_OF = N_("{wording} Asked of: {who}")
_MEAN = N_("Mean, from 1 to {most}")
_SHARE_OF = N_("Share of: {categories}")
_NOT_COMPARED = N_("Not compared with the year before: {reason}")
_HEADING_ROW = 4
_TITLE_WIDTH = 46
_UNIT_WIDTH = 8.5
_PAPER_WIDTH, _PAPER_ROWS = 125, 27
"""How wide a sheet is that is printed in its own size, and how many rows stand on a paper then, below the heading."""
_PIXELS_PER_LETTER = 6.6
_UPRIGHT: Style = {"rotation": 90, "align": "center", "valign": "bottom"}


def write_survey(book: Book) -> None:
    """Write the sheet: a block of rows for each question, a column for each unit; nothing where nothing is asked."""
    view, texts = book.view, book.texts
    questions = [each for each in view.scorecard.active if each.question is not None]
    if not questions:
        return
    page = book.page(texts(SHEET), repeat=(_HEADING_ROW, _HEADING_ROW))
    offices = [Unit(Level.OFFICE, office.name) for office in view.offices]
    units = [*view.totals, *view.areas, *offices]
    page.sheet.set_column(0, 0, _TITLE_WIDTH)
    page.sheet.set_column(1, len(units), _UNIT_WIDTH)
    page.head(
        f"{texts(SHEET)} · {view.period_name}",
        texts("All answers of a unit together, never a mean of the offices' means."),
        texts(
            "<: fewer answers than agreed. They are not shown, nor a total that would give them away; totals count them."
        ),
    )
    page.text(_HEADING_ROW, 0, texts("Question"), HEADING, {"valign": "bottom"})
    for column, unit in enumerate(units, start=1):
        page.text(_HEADING_ROW, column, unit.name, HEADING, _UPRIGHT)
    page.sheet.set_row(_HEADING_ROW, max(60, *(len(unit.name) * _PIXELS_PER_LETTER for unit in units)) * 0.75 + 8)
    answered = {(each.indicator, each.period, each.unit): each for each in view.rollup.answered}
    on_paper = _PAPER_ROWS * max(1, (_TITLE_WIDTH + len(units) * _UNIT_WIDTH) / _PAPER_WIDTH)
    row, breaks, top = _HEADING_ROW + 1, [], 0
    for question in questions:
        period = view.own_period(question)
        found = [answered.get((question.id, period, unit)) for unit in units]
        end = _Block(page, question, [view.result(question, unit) for unit in units], found).write(row)
        if end - top > on_paper:
            breaks.append(row)
            top = row
        row = end
    page.sheet.set_h_pagebreaks(breaks)
    page.sheet.freeze_panes(_HEADING_ROW + 1, 1)


@dataclass(frozen=True)
class _Block:
    """The rows of one question, with what each unit comes to, a column each."""

    page: Page
    question: Indicator
    results: Sequence[Result | None]
    answered: Sequence[Answered | None]

    @property
    def view(self) -> View:
        return self.page.book.view

    @property
    def texts(self) -> Texts:
        return self.page.book.texts

    def write(self, row: int) -> int:
        """Write the rows; the row after them."""
        note = words.own_period_note(self.view.period, self.view.own_period(self.question), self.texts)
        title = f"{self.question.id}  {self.question.title}" + (f" ({note})" if note else "")
        self.page.row(row, [title, *[""] * len(self.results)], BAND)
        self._across(row + 1, self._asked())
        if not any(result is not None and result.judgement.observed.is_reported for result in self.results):
            self.page.text(row + 2, 0, self.texts("No answers yet"), CELL, MUTED)
            return row + 3
        self._answers(row + 2)
        self._values(row + 3)
        row = self._categories(row + 4)
        return self._before(row)

    def _asked(self) -> str:
        """How the question reads and who is asked."""
        question = self.question.question
        if question is None or question.asked_of is None:
            return question.wording if question is not None else ""
        filters = {each.id: each.title for each in self.view.scorecard.filters}
        return self.texts(_ASKED_OF, wording=question.wording, who=filters[question.asked_of])

    def _across(self, row: int, text: str) -> None:
        """Write a note over the whole width."""
        last = len(self.results)
        self.page.sheet.merge_range(row, 0, row, last, "")
        self.page.text(row, 0, text, NOTE, WRAP)
        self.page.fitted(row, [text], [_TITLE_WIDTH + last * _UNIT_WIDTH])

    def _answers(self, row: int) -> None:
        self.page.text(row, 0, self.texts("Answers"), CELL)
        style = numbers(Quantity.COUNT, 0, self.texts)
        for column, result in enumerate(self.results, start=1):
            if result is None or result.is_withheld or result.denominator is None:
                self._mark(row, column, result)
            else:
                self.page.number(row, column, float(result.denominator), CELL, style)

    def _mark(self, row: int, column: int, result: Result | None) -> None:
        """A sign instead of a number: too few, not reported and so on."""
        sign = words.symbol(result) if result is not None else ""
        if result is not None and result.is_withheld and result.unit.level is Level.OFFICE:
            sign = f"{sign} {self.question.least_denominator}"
        self.page.text(row, column, sign, CELL, MUTED, RIGHT)

    def _values(self, row: int) -> None:
        self.page.text(row, 0, self._value_title(), CELL, BOLD)
        style = self._numbers()
        for column, result in enumerate(self.results, start=1):
            value = words.shown_value(self.view.scorecard, result)
            if result is None or value is None:
                self.page.text(row, column, "", CELL)
                continue
            status = result.judgement.status
            plain = marked_numbers(status, style) if status.is_result else style
            self.page.number(row, column, value, CELL, BOLD, plain, status_style(status))

    def _value_title(self) -> str:
        figure = self.question.figure
        if not isinstance(figure, Distribution):
            return self.texts("Share") if self.question.is_percent else self.texts("Mean")
        if figure.share_of:
            named = ", ".join(figure.categories[each - 1] for each in figure.share_of)
            return self.texts(_SHARE_OF, categories=named)
        return self.texts(_MEAN, most=len(figure.counts))

    def _numbers(self) -> Style:
        return numbers(unit_of(self.view.scorecard, self.question), self.question.decimals, self.texts)

    def _categories(self, row: int) -> int:
        """The share of each category; the row after them."""
        figure = self.question.figure
        categories = figure.categories if isinstance(figure, Distribution) else ()
        style = numbers(Quantity.PERCENT, 0, self.texts)
        for place, category in enumerate(categories):
            self.page.text(row, 0, category, CELL, INDENT)
            for column, each in enumerate(self.answered, start=1):
                answers = sum(each.counts) if each is not None else 0
                share = float(each.counts[place] / answers) if each is not None and answers else None
                self.page.number(row, column, share, CELL, style)
            row += 1
        return row

    def _before(self, row: int) -> int:
        """What came of the question a year before, or why it is not compared; the row after it."""
        reason = next((each.reason for each in self.answered if each is not None and each.reason), None)
        if reason is not None:
            self._across(row, self.texts(_NOT_COMPARED, reason=reason))
            return row + 1
        before = [each.before if each is not None else None for each in self.answered]
        period = next((each.period for each in before if each is not None), None)
        if period is None:
            return row
        name = self.texts.period(period.code)
        unit = unit_of(self.view.scorecard, self.question)
        self.page.text(row, 0, name, CELL, MUTED)
        self.page.text(row + 1, 0, self.texts("Answers in {period}", period=name), CELL, MUTED)
        count = numbers(Quantity.COUNT, 0, self.texts)
        for column, each in enumerate(before, start=1):
            shown = look.excel_number(each.shown, unit) if each is not None else None
            self.page.number(row, column, shown, CELL, self._numbers(), MUTED)
            answers = float(each.answers) if each is not None else None
            self.page.number(row + 1, column, answers, CELL, count, MUTED)
        return row + 2
