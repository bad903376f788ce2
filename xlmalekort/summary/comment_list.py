"""The sheet of comments: what offices wrote about their figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xlmalekort.judging.explain import unit_of
from xlmalekort.layout import look
from xlmalekort.locale import N_
from xlmalekort.model.figures import Status
from xlmalekort.model.measures import Level
from xlmalekort.rollup.results import Unit
from xlmalekort.summary import words
from xlmalekort.summary.styles import BOLD, CELL, HEADING, INDENT, LEAD, RIGHT, WRAP, numbers, status_style

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlmalekort.model.indicators import Indicator
    from xlmalekort.model.periods import Period
    from xlmalekort.rollup.results import Result
    from xlmalekort.summary.book import Book, Page
    from xlmalekort.summary.styles import Style
    from xlmalekort.summary.view import View

SHEET = N_("Comments")
_HEADING_ROW = 3
_WIDTHS = (8, 38, 22, 16, 15, 11, 70)
_COMMENT = 6
_ORDER = {Status.RED: 0, Status.YELLOW: 1, Status.GREEN: 2}


@dataclass(frozen=True, slots=True)
class _Comment:
    """A comment, with the result it is about: the office's, or that of the unit that holds the indicator; None without one.

    `indicator` is None where the definition does not know the id `about`.
    """

    about: str
    place: int
    indicator: Indicator | None
    office: str
    period: Period
    result: Result | None
    text: str

    @property
    def status(self) -> Status | None:
        return self.result.judgement.status if self.result is not None else None

    @property
    def order(self) -> tuple[int, int, int]:
        rank = _ORDER.get(self.status, len(_ORDER)) if self.status is not None else len(_ORDER)
        return rank, self.place, -self.period.end.toordinal()


def write_comments(book: Book) -> None:
    """Write the sheet: the comments of the counted workbooks, the worst status first, then by indicator, latest first."""
    texts, view = book.texts, book.view
    page = book.page(texts(SHEET), repeat=(_HEADING_ROW, _HEADING_ROW))
    page.widths(*_WIDTHS)
    comments = sorted(_comments(view), key=lambda comment: comment.order)
    page.head(texts(SHEET))
    if not comments:
        page.text(1, 0, texts("No office has written a comment."), LEAD)
    office = words.level_name(view.scorecard, Level.OFFICE, texts)
    headings = [texts("Id"), texts("Indicator"), office, texts("Period"), texts("Status"), texts("Value")]
    page.row(_HEADING_ROW, headings, HEADING)
    page.text(_HEADING_ROW, 5, texts("Value"), HEADING, RIGHT)
    page.text(_HEADING_ROW, _COMMENT, texts("Comment"), HEADING, INDENT)
    for row, comment in enumerate(comments, start=_HEADING_ROW + 1):
        _line(page, row, comment)
    page.sheet.freeze_panes(_HEADING_ROW + 1, 0)
    page.sheet.autofilter(_HEADING_ROW, 0, _HEADING_ROW + max(len(comments), 1), len(_WIDTHS) - 1)


def _comments(view: View) -> Iterator[_Comment]:
    """Those of one indicator and period in the order of the register."""
    places = {indicator.id: (place, indicator) for place, indicator in enumerate(view.scorecard.indicators)}
    for submission in view.rollup.submissions:
        for (about, period), text in submission.comments.items():
            place, indicator = places.get(about, (len(places), None))
            result = _result(view, indicator, submission.office, period) if indicator is not None else None
            yield _Comment(about, place, indicator, submission.office, period, result, text)


def _result(view: View, indicator: Indicator, name: str, period: Period) -> Result | None:
    office = view.rollup.register.find(name, period)
    unit = Unit(indicator.level, office.unit(indicator.level)) if office is not None else None
    return view.rollup.result.get((indicator.id, period, unit)) if unit is not None else None


def _line(page: Page, row: int, comment: _Comment) -> None:
    view, texts = page.book.view, page.book.texts
    indicator, status = comment.indicator, comment.status
    title = indicator.title if indicator is not None else ""
    period = texts.period(comment.period.code)
    label = look.status_label(status, texts) if status is not None else ""
    page.row(row, [comment.about, title, "", period], CELL, WRAP)
    page.text(row, 2, comment.office, CELL, WRAP, BOLD)
    page.text(row, 4, label, CELL, WRAP, status_style(status) if status is not None else {})
    plain: Style = {}
    if indicator is not None:
        plain = numbers(unit_of(view.scorecard, indicator), indicator.decimals, texts, signed=indicator.is_signed)
    page.number(row, 5, words.shown_value(view.scorecard, comment.result), CELL, plain, {"valign": "top"})
    page.text(row, _COMMENT, comment.text, CELL, WRAP, INDENT)
    page.fitted(row, (comment.about, title, comment.office, period, label, "", comment.text), _WIDTHS)
