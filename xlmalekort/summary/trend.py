"""The sheet of development: each indicator's last twelve periods, for the highest units."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_range_abs

from xlmalekort.judging.explain import unit_of
from xlmalekort.locale import N_
from xlmalekort.model.periods import Frequency
from xlmalekort.model.scorecard import Share
from xlmalekort.summary import words
from xlmalekort.summary.styles import BAND, CELL, HEADING, PARTED, RIGHT, marked_numbers, numbers, status_style

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
    """Where each trend stands, by unit and indicator, with its lowest and its highest number."""

    ranges: dict[tuple[Unit, str], str]
    ends: dict[tuple[Unit, str], tuple[float, float]]
    shares: frozenset[str]

    def is_negative(self, key: tuple[Unit, str]) -> bool:
        """Whether the trend goes under 0."""
        return self.ends[key][0] < 0

    def is_share(self, key: tuple[Unit, str]) -> bool:
        """Whether the trend is one of shares between 0 and 100 per cent, which all have the same scale."""
        return key[1] in self.shares and self.ends[key][1] <= 1


def write_trends(book: Book) -> Trends:
    """Write the sheet; a block for each unit and frequency, a row for each indicator, the latest period last."""
    texts, view = book.texts, book.view
    page = book.page(texts(TITLE))
    page.widths(8, 44, *[11.5] * PERIODS)
    row = page.head(
        texts(TITLE),
        texts("The last twelve periods, the latest on the right. Colours hold against each period's own target."),
    )
    ranges: dict[tuple[Unit, str], str] = {}
    ends: dict[tuple[Unit, str], tuple[float, float]] = {}
    by_frequency = sorted(view.scorecard.active, key=lambda each: _FREQUENCIES.index(each.frequency.span))
    for unit in view.tops:
        for _, indicators in groupby(by_frequency, key=lambda each: each.frequency.span):
            block = tuple(indicators)
            row = _heading(page, row, unit, block[0])
            for indicator in block:
                values = _line(page, row, unit, indicator)
                ends[unit, indicator.id] = min(values, default=0), max(values, default=0)
                last = _FIRST_PERIOD + len(_periods(page, indicator)) - 1
                cells = xl_range_abs(row, _FIRST_PERIOD, row, last)
                ranges[unit, indicator.id] = "'{}'!{}".format(page.name.replace("'", "''"), cells)
                row += 1
            row += 1
    page.sheet.freeze_panes(0, _FIRST_PERIOD)
    shares = frozenset(each.id for each in view.scorecard.active if isinstance(each.figure, Share))
    return Trends(ranges, ends, shares)


def _periods(page: Page, indicator: Indicator) -> tuple[Period, ...]:
    own = page.book.view.own_period(indicator)
    if indicator.frequency.span is page.book.view.period.frequency:
        own = page.book.view.period
    first = page.book.view.first_day
    periods = (own.shifted(step) for step in range(1 - PERIODS, 1))
    return tuple(period for period in periods if period.end >= first) or (own,)


def _heading(page: Page, row: int, unit: Unit, indicator: Indicator) -> int:
    texts = page.book.texts
    periods = _periods(page, indicator)
    page.row(row, [unit.name, *[""] * (len(periods) + 1)], BAND)
    page.row(row + 1, [texts("Id"), texts("Indicator")], HEADING)
    for column, period in enumerate(periods, start=_FIRST_PERIOD):
        page.text(row + 1, column, f"{texts.period_heading(period.code)} {period.year}", HEADING, RIGHT)
    return row + 2


def _line(page: Page, row: int, unit: Unit, indicator: Indicator) -> list[float]:
    view, texts = page.book.view, page.book.texts
    page.text(row, 0, indicator.id, CELL)
    page.text(row, 1, indicator.title, CELL)
    quantity = unit_of(view.scorecard, indicator)
    plain = numbers(quantity, indicator.decimals, texts, signed=indicator.is_signed)
    values = []
    for column, period in enumerate(_periods(page, indicator), start=_FIRST_PERIOD):
        result = view.rollup.result.get((indicator.id, period, unit))
        value = words.shown_value(view.scorecard, result)
        if result is None or value is None:
            page.text(row, column, "", CELL)
            continue
        status = result.judgement.status
        page.number(row, column, value, CELL, marked_numbers(status, plain), status_style(status), PARTED)
        values.append(value)
    return values
