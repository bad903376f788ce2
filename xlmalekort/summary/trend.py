"""The sheet of development: each indicator's last twelve periods, for the highest units.

A trend begins where its figures were last begun to be counted in another way.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_range_abs

from xlmalekort.judging.explain import unit_of
from xlmalekort.layout import look
from xlmalekort.locale import N_
from xlmalekort.model.figure_kinds import Share
from xlmalekort.model.periods import Frequency
from xlmalekort.summary import words
from xlmalekort.summary.styles import BAND, CELL, HEADING, NOTE, PARTED, RIGHT, marked_numbers, numbers, status_style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlmalekort.model.indicators import Indicator
    from xlmalekort.model.periods import Period
    from xlmalekort.rollup.results import Unit
    from xlmalekort.summary.book import Book, Page
    from xlmalekort.summary.styles import Style

TITLE = N_("Development")
PERIODS = 12
_FIRST_PERIOD = 2
_FREQUENCIES = list(Frequency)
_COUNTED_ANEW = N_("{id}: not compared with what was counted before {date}: {reason}")
_BROKEN: Style = {"left": 5, "left_color": look.INK}
"""A thick line between figures that were counted in different ways."""


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
            periods = _periods(page, block)
            row = _heading(page, row, unit, periods)
            for indicator in block:
                values = _line(page, row, unit, indicator, periods)
                ends[unit, indicator.id] = min(values, default=0), max(values, default=0)
                first = _FIRST_PERIOD + _first_comparable(indicator, periods)
                cells = xl_range_abs(row, first, row, _FIRST_PERIOD + len(periods) - 1)
                ranges[unit, indicator.id] = "'{}'!{}".format(page.name.replace("'", "''"), cells)
                row += 1
            row = _breaks(page, row, block, periods) + 1
    page.sheet.freeze_panes(0, _FIRST_PERIOD)
    shares = frozenset(each.id for each in view.scorecard.active if isinstance(each.figure, Share))
    return Trends(ranges, ends, shares)


def _periods(page: Page, block: Sequence[Indicator]) -> tuple[Period, ...]:
    """The periods of indicators of one frequency, the latest that any of them shows last."""
    view = page.book.view
    own = max((view.own_period(indicator) for indicator in block), key=lambda period: period.end)
    if block[0].frequency.span is view.period.frequency:
        own = view.period
    periods = (own.shifted(step) for step in range(1 - PERIODS, 1))
    return tuple(period for period in periods if period.end >= view.first_day) or (own,)


def _first_comparable(indicator: Indicator, periods: Sequence[Period]) -> int:
    """The place of the first period that was counted in the same way as the last."""
    last = periods[-1].end
    return next(place for place, period in enumerate(periods) if indicator.are_comparable(period.end, last))


def _heading(page: Page, row: int, unit: Unit, periods: Sequence[Period]) -> int:
    texts = page.book.texts
    page.row(row, [unit.name, *[""] * (len(periods) + 1)], BAND)
    page.row(row + 1, [texts("Id"), texts("Indicator")], HEADING)
    for column, period in enumerate(periods, start=_FIRST_PERIOD):
        heading = texts.period_heading(period.code)
        has_year = period.frequency is Frequency.YEAR
        page.text(row + 1, column, heading if has_year else f"{heading} {period.year}", HEADING, RIGHT)
    return row + 2


def _line(page: Page, row: int, unit: Unit, indicator: Indicator, periods: Sequence[Period]) -> list[float]:
    """Write the row of an indicator; the values that its trend is made of."""
    view, texts = page.book.view, page.book.texts
    page.text(row, 0, indicator.id, CELL)
    page.text(row, 1, indicator.title, CELL, {"indent": words.depth(view.scorecard, indicator)})
    quantity = unit_of(view.scorecard, indicator)
    plain = numbers(quantity, indicator.decimals, texts, signed=indicator.is_signed)
    first = _first_comparable(indicator, periods)
    values = []
    for place, period in enumerate(periods):
        column, parted = _FIRST_PERIOD + place, _BROKEN if place == first and place else {}
        result = view.rollup.result.get((indicator.id, period, unit))
        value = words.shown_value(view.scorecard, result)
        if result is None or value is None:
            page.text(row, column, "", CELL, parted)
            continue
        status = result.judgement.status
        page.number(row, column, value, CELL, marked_numbers(status, plain), status_style(status), PARTED, parted)
        if place >= first:
            values.append(value)
    return values


def _breaks(page: Page, row: int, block: Sequence[Indicator], periods: Sequence[Period]) -> int:
    """Say why figures left of a thick line are not compared with those right of it; the row after."""
    texts = page.book.texts
    for indicator in block:
        for each in indicator.breaks:
            if periods[0].end < each.starts <= periods[-1].end:
                slots = {"id": indicator.id, "date": texts.date(each.starts), "reason": each.reason}
                page.text(row, 1, texts(_COUNTED_ANEW, **slots), NOTE)
                row += 1
    return row
