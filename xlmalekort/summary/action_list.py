"""The sheet of actions: what offices do about their indicators, and the red ones about which nothing is named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xlmalekort.judging.explain import unit_of
from xlmalekort.layout import look
from xlmalekort.locale import N_
from xlmalekort.model.figures import Status
from xlmalekort.model.measures import Level
from xlmalekort.model.places import office_key
from xlmalekort.rollup.results import Unit
from xlmalekort.summary import words
from xlmalekort.summary.styles import BOLD, CELL, HEADING, INDENT, LEAD, RIGHT, WRAP, numbers, status_style

if TYPE_CHECKING:
    from xlmalekort.model.figures import Action
    from xlmalekort.model.indicators import Indicator
    from xlmalekort.rollup.results import Result
    from xlmalekort.summary.book import Book, Page
    from xlmalekort.summary.view import View

SHEET = N_("Actions")
NO_ACTION = N_("no action named")
_HEADING_ROW = 4
_WIDTHS = (8, 38, 22, 15, 11, 34, 46, 20, 12, 13)
_CAUSE, _ACTION = 5, 6
_ORDER = {Status.RED: 0, Status.YELLOW: 1}


@dataclass(frozen=True, slots=True)
class _Entry:
    """A result and one action of an office about it; `action` is None where none is named.

    What is held for a whole area has the area's result, and without an action the area's name.
    """

    place: int
    indicator: Indicator | None
    """None where the office named none of the scorecard."""
    office: str
    result: Result | None
    action: Action | None

    @property
    def status(self) -> Status | None:
        return self.result.judgement.status if self.result is not None else None

    @property
    def order(self) -> tuple[int, int, bool]:
        rank = _ORDER.get(self.status, len(_ORDER)) if self.status is not None else len(_ORDER)
        return self.place, rank, self.action is not None


def write_actions(book: Book) -> None:
    """Write the sheet: by indicator, red without an action first, then what was written about red, yellow and the rest."""
    texts, view = book.texts, book.view
    page = book.page(texts(SHEET), repeat=(_HEADING_ROW, _HEADING_ROW))
    page.widths(*_WIDTHS)
    entries = sorted(_entries(view), key=lambda entry: entry.order)
    red = [entry for entry in entries if entry.status is Status.RED]
    page.head(f"{texts(SHEET)} · {view.period_name}")
    reds = {(entry.place, entry.office) for entry in red}
    bare = sum(entry.action is None for entry in red)
    if reds:
        line = texts.plural(
            "{bare} of {count} red result of the offices has no action named",
            "{bare} of {count} red results of the offices have no action named",
            len(reds),
            bare=bare,
        )
    else:
        line = texts("No office has a red result.")
    page.text(1, 0, line, LEAD)
    office = words.level_name(view.scorecard, Level.OFFICE, texts)
    headings = [texts("Id"), texts("Indicator"), office, texts("Status"), texts("Value"), texts("Cause")]
    headings += [texts("Action"), texts("Responsible"), texts("Due"), texts("State")]
    page.row(_HEADING_ROW, headings, HEADING)
    page.text(_HEADING_ROW, 4, texts("Value"), HEADING, RIGHT)
    page.text(_HEADING_ROW, _CAUSE, texts("Cause"), HEADING, INDENT)
    for row, entry in enumerate(entries, start=_HEADING_ROW + 1):
        _line(page, row, entry)
    page.sheet.freeze_panes(_HEADING_ROW + 1, 0)
    page.sheet.autofilter(_HEADING_ROW, 0, _HEADING_ROW + max(len(entries), 1), len(_WIDTHS) - 1)


def _entries(view: View) -> list[_Entry]:
    named: dict[tuple[str, str], list[Action]] = {}
    for submission in view.rollup.submissions:
        for action in submission.actions:
            named.setdefault((action.indicator, office_key(submission.office)), []).append(action)
    found: list[_Entry] = []
    for place, indicator in enumerate(view.scorecard.active):
        spoken_of = set()
        for office in view.offices:
            unit = Unit(indicator.level, office.unit(indicator.level))
            actions = named.get((indicator.id, office_key(office.name)), [])
            result = view.result(indicator, unit)
            found += [_Entry(place, indicator, office.name, result, action) for action in actions]
            spoken_of.update([unit] if actions else [])
        for unit in dict.fromkeys(Unit(indicator.level, office.unit(indicator.level)) for office in view.offices):
            result = view.result(indicator, unit)
            if unit not in spoken_of and result is not None and result.judgement.status is Status.RED:
                found.append(_Entry(place, indicator, unit.name, result, None))
    active = {indicator.id for indicator in view.scorecard.active}
    strangers = [
        _Entry(len(active), None, submission.office, None, action)
        for submission in view.rollup.submissions
        for action in submission.actions
        if action.indicator not in active
    ]
    return found + strangers


def _line(page: Page, row: int, entry: _Entry) -> None:
    view, texts = page.book.view, page.book.texts
    named = (entry.indicator.id, entry.indicator.title) if entry.indicator else (_as_written(entry), "")
    page.row(row, [*named, entry.office], CELL, WRAP)
    page.text(row, 2, entry.office, CELL, WRAP, BOLD)
    if entry.status is None:
        page.text(row, 3, "", CELL, WRAP)
    else:
        page.text(row, 3, look.status_label(entry.status, texts), CELL, WRAP, status_style(entry.status))
    if entry.indicator is not None:
        value = words.shown_value(view.scorecard, entry.result)
        unit, decimals = unit_of(view.scorecard, entry.indicator), entry.indicator.decimals
        plain = numbers(unit, decimals, texts, signed=entry.indicator.is_signed)
        page.number(row, 4, value, CELL, plain, {"valign": "top"})
    else:
        page.text(row, 4, "", CELL, WRAP)
    action = entry.action
    if action is None:
        page.fitted(row, (*named, entry.office), _WIDTHS)
        for column in range(5, len(_WIDTHS)):
            page.text(row, column, texts(NO_ACTION) if column == _ACTION else "", CELL, WRAP, {"italic": True})
        return
    said = (action.cause, action.action, action.responsible, action.due, action.state)
    for column, text in enumerate(said, start=5):
        page.text(row, column, text, CELL, WRAP, INDENT if column == _CAUSE else {})
    page.fitted(row, (*named, entry.office, "", "", *said), _WIDTHS)


def _as_written(entry: _Entry) -> str:
    return entry.action.indicator if entry.action is not None else ""
