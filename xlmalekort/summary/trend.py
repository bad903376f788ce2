"""The sheet of development: each indicator's last twelve periods, for the highest units."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_range_abs

from xlmalekort.judging.explain import unit_of
from xlmalekort.locale import N_
from xlmalekort.model.periods import Frequency
from xlmalekort.summary import words
from xlmalekort.summary.styles import BAND, CELL, HEADING, RIGHT, marked_numbers, numbers, status_style

if TYPE_CHECKING:
    from xlmalekort.model.periods import Period
    from xlmalekort.model.scorecard import Indicator
    from xlmalekort.rollup.results import Unit
    from xlmalekort.summary.book import Book, Page

TITLE = N_("Development")
PERIODS = 12
_FIRST_PERIOD = 2
_FREQUENCIES = list(Frequency)


@dataclass(frozen=True, slots=True)
class Trends:
    """Where each trend stands: ranges by unit and indicator, and whether one holds a number under 0."""

    ranges: dict[tuple[Unit, str], str]
    negative: frozenset[tuple[Unit, str]]


def write_trends(book: Book) -> Trends:
    """Write the sheet; a block for each unit and frequency, a row for each indicator, the latest period last."""
    texts, view = book.texts, book.view
    page = book.page(texts(TITLE))
    page.widths(8, 44, *[10.5] * PERIODS)
    row = page.head(
        texts(TITLE),
        texts("The last twelve periods, the latest on the right. Colours hold against each period's own target."),
    )
    ranges: dict[tuple[Unit, str], str] = {}
    negative: set[tuple[Unit, str]] = set()
    by_frequency = sorted(view.scorecard.active, key=lambda each: _FREQUENCIES.index(each.frequency.span))
    for unit in view.tops:
        for _, indicators in groupby(by_frequency, key=lambda each: each.frequency.span):
            block = tuple(indicators)
            row = _heading(page, row, unit, block[0])
            for indicator in block:
                if _line(page, row, unit, indicator):
                    negative.add((unit, indicator.id))
                ranges[unit, indicator.id] = f"'{page.name}'!" + xl_range_abs(
                    row, _FIRST_PERIOD, row, _FIRST_PERIOD + PERIODS - 1
                )
                row += 1
            row += 1
    page.sheet.freeze_panes(0, _FIRST_PERIOD)
    return Trends(ranges, frozenset(negative))


def _periods(page: Page, indicator: Indicator) -> tuple[Period, ...]:
    own = page.book.view.own_period(indicator)
    if indicator.frequency.span is page.book.view.period.frequency:
        own = page.book.view.period
    return tuple(own.shifted(step) for step in range(1 - PERIODS, 1))


def _heading(page: Page, row: int, unit: Unit, indicator: Indicator) -> int:
    texts = page.book.texts
    page.row(row, [unit.name, *[""] * (PERIODS + 1)], BAND)
    page.row(row + 1, [texts("Id"), texts("Indicator")], HEADING)
    for column, period in enumerate(_periods(page, indicator), start=_FIRST_PERIOD):
        page.text(row + 1, column, f"{texts.period_heading(period.code)} {period.year}", HEADING, RIGHT)
    return row + 2


def _line(page: Page, row: int, unit: Unit, indicator: Indicator) -> bool:
    view, texts = page.book.view, page.book.texts
    page.text(row, 0, indicator.id, CELL)
    page.text(row, 1, indicator.title, CELL)
    quantity = unit_of(view.scorecard, indicator)
    plain = numbers(quantity, indicator.decimals, texts, signed=indicator.is_signed)
    is_negative = False
    for column, period in enumerate(_periods(page, indicator), start=_FIRST_PERIOD):
        result = view.rollup.result.get((indicator.id, period, unit))
        value = words.shown_value(view.scorecard, result)
        if result is None or value is None:
            page.text(row, column, "", CELL)
            continue
        status = result.judgement.status
        page.number(row, column, value, CELL, marked_numbers(status, plain), status_style(status))
        is_negative = is_negative or value < 0
    return is_negative
