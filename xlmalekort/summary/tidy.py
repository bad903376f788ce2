"""The tidy sheets: every figure that was counted with the cell that it came from, and every result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xlmalekort.judging.explain import unit_of
from xlmalekort.locale import N_
from xlmalekort.model.figures import Status
from xlmalekort.model.measures import Unit as Quantity
from xlmalekort.summary.styles import HEADING, numbers
from xlmalekort.summary.tidy_sheet import TidySheet, digits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from fractions import Fraction

    from xlmalekort.model.periods import Period
    from xlmalekort.rollup.results import Fact, Result
    from xlmalekort.summary.book import Book
    from xlmalekort.summary.tidy_sheet import Cells
    from xlmalekort.summary.view import View

    Number = tuple[Quantity, int]
    Make = Callable[[Cells, tuple[str, ...]], Iterator[str]]

DATA = N_("Data")
RESULTS = N_("Results")
DATA_TABLE, RESULTS_TABLE = "mk_data", "mk_results"
DATA_HEADINGS = (
    *(N_("Level"), N_("Unit"), N_("Area"), N_("Region"), N_("Measure"), N_("Title")),
    *(N_("Period"), N_("Value"), N_("File"), N_("Sheet"), N_("Cell")),
)
RESULT_HEADINGS = (
    *(N_("Indicator"), N_("Title"), N_("Period"), N_("Level"), N_("Name")),
    *(N_("Numerator"), N_("Denominator"), N_("Value"), N_("Status"), N_("Reported")),
    *(N_("Expected"), N_("Complete"), N_("Partial")),
)
"""The columns, from the first on; `summary.published` reads them back."""
MOST_ROWS = 1_048_575
"""Rows under the heading of a sheet; what exceeds them goes on in a further sheet."""
_DATA_WIDTHS = (10, 26, 22, 18, 20, 48, 11, 14, 32, 16, 9)
_RESULTS_WIDTHS = (10, 40, 11, 10, 26, 14, 14, 12, 15, 10, 10, 10, 10)
_VALUE = 7
"""The column of the value, on both sheets."""


@dataclass(frozen=True, slots=True)
class _Table:
    """What a tidy sheet looks like: title, name of the table, headings, widths, and the kinds of values in it."""

    title: str
    name: str
    headings: tuple[str, ...]
    widths: tuple[int, ...]
    kinds: tuple[Number, ...]


def write_tidy(book: Book, *, most_rows: int = MOST_ROWS) -> list[TidySheet]:
    """Add the sheets with their headings; what comes back fills them once the workbook is finished."""
    scorecard, texts, rollup = book.view.scorecard, book.texts, book.view.rollup
    kinds = tuple(dict.fromkeys((each.unit, each.decimals) for each in scorecard.measures))
    data = _Table(texts(DATA), DATA_TABLE, tuple(map(texts, DATA_HEADINGS)), _DATA_WIDTHS, kinds)
    kinds = tuple(dict.fromkeys((unit_of(scorecard, each), each.decimals) for each in scorecard.active))
    results = _Table(texts(RESULTS), RESULTS_TABLE, tuple(map(texts, RESULT_HEADINGS)), _RESULTS_WIDTHS, kinds)
    sheets = [
        _sheet(book, data, stretch, _data_rows(book.view, data, rollup.facts[stretch]))
        for stretch in _stretches(len(rollup.facts), most_rows)
    ]
    sheets += [
        _sheet(book, results, stretch, _result_rows(book.view, results, rollup.results[stretch]))
        for stretch in _stretches(len(rollup.results), most_rows)
    ]
    return sheets


def _stretches(count: int, most: int) -> list[slice]:
    return [slice(start, min(start + most, count)) for start in range(0, max(count, 1), most)]


def _sheet(book: Book, table: _Table, stretch: slice, make: Make) -> TidySheet:
    page = book.page(table.title, repeat=(0, 0))
    rows, columns = stretch.stop - stretch.start, len(table.headings)
    name = f"{table.name}_{page.position}"
    page.widths(*table.widths)
    head = book.style(HEADING)
    options = {
        "name": name,
        "style": "Table Style Light 1",
        "columns": [{"header": heading, "header_format": head} for heading in table.headings],
    }
    # XlsxWriter would visit every cell of the table; it grows to its size with the rows.
    page.sheet.add_table(0, 0, 1, columns - 1, options)
    for column, (quantity, decimals) in enumerate(table.kinds):
        page.text(1, column, "", numbers(quantity, decimals, book.texts))
    page.sheet.set_row(0, 20)
    page.sheet.freeze_panes(1, 0)
    return TidySheet(page.position, name, columns, rows, make)


def _data_rows(view: View, table: _Table, facts: Sequence[Fact]) -> Make:
    scorecard = view.scorecard

    def make(cells: Cells, styles: tuple[str, ...]) -> Iterator[str]:
        formats = dict(zip(table.kinds, styles, strict=True))
        heads: dict[tuple[str, ...], str] = {}
        middles: dict[tuple[str, Period], tuple[str, str, bool]] = {}
        tails: dict[tuple[str, str], str] = {}
        places: dict[str, str] = {}
        for fact in facts:
            where = (fact.level, fact.unit, fact.area, fact.region)
            head = heads.get(where)
            if head is None:
                head = heads[where] = "".join(cells.text(column, text) for column, text in enumerate(where))
            middle = middles.get((fact.measure, fact.period))
            if middle is None:
                measure = scorecard.measure[fact.measure]
                before, after = cells.number(_VALUE, formats[measure.unit, measure.decimals])
                about = enumerate((measure.id, measure.title, fact.period.code), start=4)
                texts = "".join(cells.text(column, text) for column, text in about)
                middle = (texts + before, after, measure.unit is Quantity.PERCENT)
                middles[fact.measure, fact.period] = middle
            source = fact.source
            tail = place = ""
            if source is not None:
                tail = tails.get((source.file, source.sheet)) or tails.setdefault(
                    (source.file, source.sheet), cells.text(8, source.file) + cells.text(9, source.sheet)
                )
                place = places.get(source.cell) or places.setdefault(source.cell, cells.text(10, source.cell))
            number = digits(fact.value / 100 if middle[2] else fact.value)
            yield f"{head}{middle[0]}{number}{middle[1]}{tail}{place}"

    return make


def _result_rows(view: View, table: _Table, results: Sequence[Result]) -> Make:
    def make(cells: Cells, styles: tuple[str, ...]) -> Iterator[str]:
        formats = dict(zip(table.kinds, styles, strict=True))
        line = _ResultLine(view, cells, formats)
        for result in results:
            yield line.of(result)

    return make


class _ResultLine:
    """Turns results into rows, keeping the pieces that come back."""

    def __init__(self, view: View, cells: Cells, formats: dict[Number, str]) -> None:
        self._cells = cells
        self._heads: dict[tuple[str, Period], str] = {}
        self._units: dict[tuple[str, str], str] = {}
        self._statuses = {status: cells.text(8, status.value) for status in Status}
        self._ends: dict[tuple[int, int | None, bool | None, bool], str] = {}
        self._parts = [cells.number(column) for column in (5, 6)]
        self._values = {
            each.id: (unit_of(view.scorecard, each) is Quantity.PERCENT, cells.number(_VALUE, style))
            for each in view.scorecard.active
            for style in (formats[unit_of(view.scorecard, each), each.decimals],)
        }

    def of(self, result: Result) -> str:
        """The row of a result."""
        judgement = result.judgement
        return "".join(
            (
                self._head(result),
                self._unit(result),
                self._part(0, judgement.observed.upper),
                self._part(1, judgement.observed.lower),
                self._value(result.indicator.id, judgement.value),
                self._statuses[judgement.status],
                self._end(result),
            )
        )

    def _head(self, result: Result) -> str:
        key = (result.indicator.id, result.period)
        if key not in self._heads:
            about = (result.indicator.id, result.indicator.title, result.period.code)
            self._heads[key] = "".join(self._cells.text(column, text) for column, text in enumerate(about))
        return self._heads[key]

    def _unit(self, result: Result) -> str:
        unit = result.unit
        if unit not in self._units:
            self._units[unit] = self._cells.text(3, unit.level) + self._cells.text(4, unit.name)
        return self._units[unit]

    def _part(self, place: int, part: Fraction | None) -> str:
        before, after = self._parts[place]
        return "" if part is None else f"{before}{digits(part)}{after}"

    def _value(self, indicator: str, value: Fraction | None) -> str:
        if value is None:
            return ""
        is_percent, (before, after) = self._values[indicator]
        return f"{before}{digits(value / 100 if is_percent else value)}{after}"

    def _end(self, result: Result) -> str:
        key = (result.reported, result.expected, result.is_complete, result.is_partial)
        if key not in self._ends:
            counts = zip((9, 10), (result.reported, result.expected), strict=True)
            pieces = [str(count).join(self._cells.number(column)) for column, count in counts if count is not None]
            pieces += [self._cells.truth(11, result.is_complete), self._cells.truth(12, result.is_partial)]
            self._ends[key] = "".join(pieces)
        return self._ends[key]
