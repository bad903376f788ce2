"""The sheet of deadlines: how many of each state every office has, then every deadline, the longest overdue first."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from xlmalekort.layout import look
from xlmalekort.layout.deadlines import KIND_WORD, STATE_TONE, STATE_WORD, count_words, state_label
from xlmalekort.locale import N_
from xlmalekort.model.deadlines import DeadlineState
from xlmalekort.model.figures import Status
from xlmalekort.model.measures import Level
from xlmalekort.model.places import office_key
from xlmalekort.summary import words
from xlmalekort.summary.styles import BOLD, CELL, HEADING, INDENT, LEAD, MUTED, NOTE, RIGHT, TOTAL, WRAP

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xlmalekort.locale import Texts
    from xlmalekort.rollup.deadlines import OfficeDeadline
    from xlmalekort.summary.book import Book, Page
    from xlmalekort.summary.styles import Style
    from xlmalekort.summary.view import View

SHEET = N_("Deadlines")
NO_WORKBOOK = N_("no workbook counted")
NOT_READABLE = N_("no date that can be read")
NOT_KNOWN = N_("not known")
LIST_BELOW = N_("From row {row} on every deadline has a line, the longest overdue first.")
EVERY_OFFICE = N_("All offices")

# What is short stands first, so that the counts above have the same narrow columns.
_WIDTHS = (24, 20, 11, 13, 13, 15, 12, 54, 28)
_TABLE_ROW = 4
_COUNTED: tuple[DeadlineState | None, ...] = (*list(DeadlineState)[:2], None, *list(DeadlineState)[2:])
"""The states as the table counts them; None counts what cannot be told."""

Counts = Counter[DeadlineState | None]


def write_deadlines(book: Book) -> None:
    """Write the sheet: a line that says it all, the counts by office, then the list. Without any deadline there is none."""
    texts, view = book.texts, book.view
    deadlines = view.rollup.deadlines
    if not deadlines:
        return
    counts = _counts(view)
    heading_row = _TABLE_ROW + len(counts) + 4
    page = book.page(texts(SHEET), repeat=(heading_row, heading_row))
    page.widths(*_WIDTHS)
    page.head(f"{texts(SHEET)} · {texts.date(view.rollup.today)}")
    total = sum((each for each in counts.values() if each is not None), Counts())
    overdue, soon = total[DeadlineState.OVERDUE], total[DeadlineState.DUE_SOON]
    days = view.scorecard.due_soon_days
    page.text(1, 0, count_words(texts, days, overdue=overdue, soon=soon, all=total.total()), LEAD)
    page.text(2, 0, texts(LIST_BELOW, row=heading_row + 2), NOTE)
    _table(page, counts, total)
    _list(page, heading_row, deadlines)


# Counts


def _counts(view: View) -> dict[str, Counts | None]:
    """By office the number of its deadlines in each state, None where no workbook of it is counted; most overdue first."""
    found: dict[str, Counts] = {office_key(each.office): Counts() for each in view.rollup.submissions}
    for deadline in view.rollup.deadlines:
        found[office_key(deadline.office)][deadline.state] += 1
    names = {office_key(each.name): each.name for each in view.offices}
    names |= {key: each.office for each in view.rollup.submissions if (key := office_key(each.office)) not in names}
    counts = {name: found.get(key) for key, name in names.items()}
    return dict(sorted(counts.items(), key=lambda each: _most_overdue_first(each[1])))


def _most_overdue_first(counts: Counts | None) -> tuple[int, ...]:
    return tuple(-counts[state] for state in _COUNTED) if counts is not None else (1,)


def _table(page: Page, counts: Mapping[str, Counts | None], total: Counts) -> None:
    texts, view = page.book.texts, page.book.view
    page.text(_TABLE_ROW, 0, words.level_name(view.scorecard, Level.OFFICE, texts), HEADING)
    for column, state in enumerate(_COUNTED, start=1):
        page.text(_TABLE_ROW, column, texts(STATE_WORD[state] if state else NOT_KNOWN), HEADING, RIGHT)
    page.sheet.set_row(_TABLE_ROW, 30)
    for row, (office, found) in enumerate(counts.items(), start=_TABLE_ROW + 1):
        page.text(row, 0, office, CELL, BOLD)
        if found is None:
            page.text(row, 1, f"{look.STATUS_SYMBOL[Status.MISSING]} {texts(NO_WORKBOOK)}", CELL, MUTED)
        for column, state in enumerate(_COUNTED, start=1):
            if found is not None:
                page.number(row, column, found[state] or None, CELL, RIGHT, _tone(state))
            elif column > 1:
                page.text(row, column, "", CELL)
    row = _TABLE_ROW + len(counts) + 1
    page.text(row, 0, texts(EVERY_OFFICE), TOTAL)
    for column, state in enumerate(_COUNTED, start=1):
        page.number(row, column, total[state], TOTAL, RIGHT)


def _tone(state: DeadlineState | None) -> Style:
    """The ink of what asks for something."""
    is_urgent = state in (DeadlineState.OVERDUE, DeadlineState.DUE_SOON)
    return {"font_color": STATE_TONE[state].ink, "bold": True} if state is not None and is_urgent else {}


# The list


def _list(page: Page, heading_row: int, deadlines: Sequence[OfficeDeadline]) -> None:
    texts, view = page.book.texts, page.book.view
    office = words.level_name(view.scorecard, Level.OFFICE, texts)
    headings = [office, texts("State"), texts("Days over"), texts("Due"), texts("Done on"), texts("Kind")]
    page.row(heading_row, [*headings, texts("No."), texts("What is to be done"), texts("Responsible")], HEADING)
    page.text(heading_row, 2, texts("Days over"), HEADING, RIGHT)
    page.text(heading_row, 3, texts("Due"), HEADING, INDENT)
    for row, deadline in enumerate(deadlines, start=heading_row + 1):
        _line(page, row, deadline)
    page.sheet.autofilter(heading_row, 0, heading_row + len(deadlines), len(_WIDTHS) - 1)


def _line(page: Page, row: int, deadline: OfficeDeadline) -> None:
    texts = page.book.texts
    ink = MUTED if deadline.state is DeadlineState.DONE else {}
    kind = texts(KIND_WORD[deadline.kind]) if deadline.kind is not None else ""
    label = _label(deadline, texts)
    page.text(row, 0, deadline.office, CELL, WRAP, BOLD, ink)
    page.text(row, 1, label, CELL, WRAP, _fill(deadline.state))
    page.number(row, 2, deadline.days_over, CELL, RIGHT, {"valign": "top"})
    page.day(row, 3, deadline.due, deadline.due_words, CELL, WRAP, INDENT, ink)
    page.day(row, 4, deadline.done, deadline.done_words, CELL, WRAP, ink)
    rest = (kind, deadline.id, deadline.title, deadline.responsible)
    for column, text in enumerate(rest, start=5):
        page.text(row, column, text, CELL, WRAP, ink)
    due = deadline.due_words if deadline.due is None else ""
    page.fitted(row, (deadline.office, label, "", due, deadline.done_words, *rest), _WIDTHS)


def _label(deadline: OfficeDeadline, texts: Texts) -> str:
    """Symbol and word of the state, or why there is none."""
    if deadline.state is not None:
        return state_label(deadline.state, texts)
    if not deadline.is_reported:
        return look.status_label(Status.MISSING, texts)
    return f"{look.STATUS_SYMBOL[Status.MISSING]} {texts(NOT_READABLE)}"


def _fill(state: DeadlineState | None) -> Style:
    """Ink and fill: coloured for what has come to something, grey where nothing can be told, plain for the rest."""
    if state in (DeadlineState.OPEN, DeadlineState.UNDATED):
        return {}
    tone = STATE_TONE[state] if state is not None else look.NO_RESULT
    return {"font_color": tone.ink, "bg_color": tone.fill}
