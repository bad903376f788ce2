"""The heat map: offices by indicators, grouped by area, with the worst at a glance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlmalekort.judging.explain import unit_of
from xlmalekort.layout import look
from xlmalekort.locale import N_
from xlmalekort.model.figures import Status
from xlmalekort.model.measures import Level
from xlmalekort.rollup.results import Unit
from xlmalekort.summary import words
from xlmalekort.summary.styles import (
    BAND,
    BOLD,
    CELL,
    CENTER,
    HEADING,
    NOTE,
    PARTED,
    TOTAL,
    marked_numbers,
    numbers,
    status_style,
)

if TYPE_CHECKING:
    from xlmalekort.summary.book import Book, Page
    from xlmalekort.summary.styles import Style

SHEET = N_("Heat map")
_BAND_ROW, _ID_ROW, _TITLE_ROW = 4, 5, 6
_FIRST_ROW = 7
_COUNTED = (Status.RED, Status.YELLOW, Status.GREEN, Status.MISSING, Status.REJECTED)
"""What was reported and cannot be used has a column of its own: nobody is to be reminded of what has come."""
_PIXELS_PER_LETTER = 5.4
_CELL_WIDTH = 10
_UPRIGHT: Style = {"rotation": 90, "align": "center", "valign": "bottom"}
_COUNT_WIDTH = 6.5


def write_heat_map(book: Book) -> None:
    """Write the sheet: one row for each office, area and unit above; one column for each active indicator."""
    page = book.page(book.texts(SHEET), repeat=(_BAND_ROW, _TITLE_ROW))
    view, texts = book.view, book.texts
    indicators = view.scorecard.active
    page.widths(max([24, *(len(office.name) + 2 for office in view.offices)]))
    page.sheet.set_column(1, len(indicators), _CELL_WIDTH)
    page.sheet.set_column(len(indicators) + 1, len(indicators) + len(_COUNTED), _COUNT_WIDTH)
    page.head(
        f"{texts(SHEET)} · {view.period_name}",
        texts("The number of red indicators of each office stands at the right."),
    )
    _legend(page)
    _headings(page)
    row = _FIRST_ROW
    for group in view.groups:
        if group.area is not None:
            _unit(page, row, group.area, BAND)
            row += 1
        for office in group.offices:
            _unit(page, row, Unit(Level.OFFICE, office.name), CELL)
            row += 1
    for unit in reversed(view.totals):
        _unit(page, row, unit, TOTAL)
        row += 1
    page.sheet.freeze_panes(_FIRST_ROW, 1)


def _legend(page: Page) -> None:
    texts = page.book.texts
    occurring = [status for status in reversed(Status) if status in page.book.view.occurring]
    for column, status in enumerate(occurring):
        start = 1 + 2 * column
        page.text(2, start, look.status_label(status, texts), NOTE, status_style(status))
        page.text(2, start + 1, "", NOTE, status_style(status))


def _headings(page: Page) -> None:
    view, texts = page.book.view, page.book.texts
    column = 1
    page.text(_BAND_ROW, 0, "", BAND)
    page.text(_ID_ROW, 0, "", HEADING)
    page.text(_TITLE_ROW, 0, words.level_name(view.scorecard, Level.OFFICE, texts), HEADING, {"valign": "bottom"})
    for perspective in view.scorecard.perspectives:
        begins = True
        for indicator in view.scorecard.of_perspective(perspective.id):
            if indicator.active:
                page.text(_BAND_ROW, column, perspective.title if begins else "", BAND, {"left": 1} if begins else {})
                page.text(_ID_ROW, column, indicator.id, HEADING, CENTER)
                page.text(_TITLE_ROW, column, indicator.title, HEADING, _UPRIGHT)
                begins = False
                column += 1
    page.text(_BAND_ROW, column, texts("Number of"), BAND, {"left": 1})
    titles = [look.status_label(status, texts) for status in _COUNTED]
    for place, title in enumerate(titles):
        if place:
            page.text(_BAND_ROW, column + place, "", BAND)
        page.text(_ID_ROW, column + place, "", HEADING)
        page.text(_TITLE_ROW, column + place, title, HEADING, _UPRIGHT)
    longest = max([12, *(len(indicator.title) for indicator in view.scorecard.active)])
    page.sheet.set_row(_TITLE_ROW, min(longest * _PIXELS_PER_LETTER / 1.55 + 12, 170))


def _unit(page: Page, row: int, unit: Unit, style: Style) -> None:
    view, texts = page.book.view, page.book.texts
    is_office = unit.level is Level.OFFICE
    base: tuple[Style, ...] = (CELL, style) if is_office else (CELL, style, BOLD)
    page.text(row, 0, unit.name, *base, {} if not is_office else {"indent": 1})
    column = 1
    for column, indicator in enumerate(view.scorecard.active, start=1):
        result = view.result(indicator, unit)
        if result is None:
            page.text(row, column, "", *base)
            continue
        status = result.judgement.status
        value = words.shown_value(view.scorecard, result)
        look_of = status_style(status)
        if value is None:
            page.text(row, column, words.symbol(result), *base, look_of, CENTER, PARTED)
            continue
        plain = numbers(unit_of(view.scorecard, indicator), indicator.decimals, texts, signed=indicator.is_signed)
        page.number(row, column, value, *base, marked_numbers(status, plain), look_of, PARTED)
    tally = view.tally(unit)
    for place, status in enumerate(_COUNTED, start=column + 1):
        count = tally[status] or None
        page.number(
            row, place, count, *base, CENTER, {**status_style(status), **BOLD} if count and place == column + 1 else {}
        )
