"""The sheet of local goals: what offices measure for themselves, apart from everything that is added up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlmalekort.judging.local_goals import explain_local, target_words
from xlmalekort.layout import look
from xlmalekort.layout.look import excel_number
from xlmalekort.locale import N_
from xlmalekort.model.measures import Level
from xlmalekort.summary import words
from xlmalekort.summary.styles import BOLD, CELL, HEADING, INDENT, NOTE, RIGHT, WRAP, numbers, status_style

if TYPE_CHECKING:
    from xlmalekort.rollup.local_goals import LocalResult
    from xlmalekort.summary.book import Book, Page
    from xlmalekort.summary.view import View

SHEET = N_("Local goals")
_APART = N_(
    "Goals that offices have set themselves. They are judged for each office, and are part of no total and no count."
)
_HEADING_ROW = 3
_WIDTHS = (24, 8, 40, 20, 14, 12, 17, 54, 22)
_RESULT, _STATUS = 5, 6


def write_local_goals(book: Book) -> None:
    """Write the sheet, a line for each office and goal in the order of the register; no sheet where nobody has any."""
    texts, view = book.texts, book.view
    found = _shown(view)
    if not found:
        return
    page = book.page(texts(SHEET), repeat=(_HEADING_ROW, _HEADING_ROW))
    page.widths(*_WIDTHS)
    page.head(f"{texts(SHEET)} · {texts.period(found[0].period.code)}")
    page.text(1, 0, texts(_APART), NOTE)
    office = words.level_name(view.scorecard, Level.OFFICE, texts)
    headings = [office, texts("No."), texts("Local goal"), texts("Target"), texts("Period"), texts("Result")]
    headings += [texts("Status"), texts("Why"), texts("Responsible")]
    page.row(_HEADING_ROW, headings, HEADING)
    page.text(_HEADING_ROW, _RESULT, headings[_RESULT], HEADING, RIGHT)
    page.text(_HEADING_ROW, _STATUS, headings[_STATUS], HEADING, INDENT)
    for row, each in enumerate(found, start=_HEADING_ROW + 1):
        _line(page, row, each)
    page.sheet.freeze_panes(_HEADING_ROW + 1, 0)
    page.sheet.autofilter(_HEADING_ROW, 0, _HEADING_ROW + len(found), len(_WIDTHS) - 1)


def _shown(view: View) -> list[LocalResult]:
    """Those of the shown period, or of the latest one that ends by then."""
    results = [each for each in view.rollup.local_goals if each.period.end <= view.period.end]
    latest = max((each.period.end for each in results), default=None)
    return [each for each in results if each.period.end == latest]


def _line(page: Page, row: int, result: LocalResult) -> None:
    texts, goal, judgement = page.book.texts, result.goal, result.judgement
    target, label = target_words(goal, texts), look.status_label(judgement.status, texts)
    why = explain_local(goal, judgement, texts)
    period = texts.period(result.period.code)
    said = (result.office, goal.number, goal.title, target, period, "", label, why, goal.responsible)
    page.row(row, said, CELL, WRAP)
    page.text(row, 0, result.office, CELL, WRAP, BOLD)
    if goal.unit is not None and judgement.shown is not None:
        value = excel_number(judgement.shown, goal.unit)
        page.number(row, _RESULT, value, CELL, numbers(goal.unit, goal.decimals, texts), {"valign": "top"})
    page.text(row, _STATUS, label, CELL, WRAP, INDENT, status_style(judgement.status))
    page.fitted(row, said, _WIDTHS)
