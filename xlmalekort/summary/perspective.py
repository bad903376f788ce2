"""A sheet for each perspective: for each indicator the areas, the region, a chart, and the offices at both ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from xlmalekort.judging.explain import unit_of
from xlmalekort.layout import look
from xlmalekort.model.figure_kinds import Amount
from xlmalekort.model.figures import Status
from xlmalekort.model.measures import Level
from xlmalekort.model.measures import Unit as Quantity
from xlmalekort.rollup.results import Unit
from xlmalekort.summary import words
from xlmalekort.summary.styles import (
    BAND,
    CELL,
    HEADING,
    INDENT,
    MUTED,
    NOTE,
    RIGHT,
    TOTAL,
    WRAP,
    numbers,
    status_style,
)

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart

    from xlmalekort.model.indicators import Indicator
    from xlmalekort.model.scorecard import Perspective
    from xlmalekort.rollup.results import Result
    from xlmalekort.summary.book import Book, Page
    from xlmalekort.summary.styles import Style

_WIDTHS = (30, 11, 13, 13, 18, 17, 10, 10, 2, *[12] * 7)
_GREEN_LOW, _GREEN_HIGH = 6, 7
_CHART_COLUMN = 9
_CHART_WIDTH = 640
_CHART_ROWS = 15
_ROWS_ON_PAPER = 44
_ROW_PIXELS = 20
_NAMED_OFFICES = 3
_ENOUGH_TO_NAME = 2 * _NAMED_OFFICES
_MOST_BARS = 40
_TOTAL_BAR = "#6F8CA3"
"""Darker than the areas' bars, and pale enough for a dark number on it."""
_ORDER = {Status.RED: 0, Status.YELLOW: 1, Status.GREEN: 2}


@dataclass(frozen=True, slots=True)
class _Block:
    """Where the rows of one indicator's units stand."""

    first: int
    last: int


def write_perspective(book: Book, perspective: Perspective) -> None:
    """Write the sheet of a perspective; nothing for one without active indicators."""
    indicators = [each for each in book.view.scorecard.of_perspective(perspective.id) if each.active]
    if not indicators:
        return
    page = book.page(perspective.title)
    page.widths(*_WIDTHS)
    row = page.head(f"{perspective.title} · {book.view.period_name}", perspective.secures or "")
    breaks, top = [], 0
    for indicator in indicators:
        end = _indicator(page, row, indicator)
        if end - top > _ROWS_ON_PAPER:
            breaks.append(row)
            top = row
        row = end
    page.sheet.set_h_pagebreaks(breaks)


def _indicator(page: Page, row: int, indicator: Indicator) -> int:
    view, texts = page.book.view, page.book.texts
    own = view.own_period(indicator)
    note = words.own_period_note(view.period, own, texts)
    title = f"{indicator.id}  {indicator.title}" + (f" ({note})" if note else "")
    title = " · ".join(part for part in (title, indicator.group, indicator.goal_kind) if part)
    page.row(row, [title, *[""] * (len(_WIDTHS) - 1)], BAND)
    page.sheet.merge_range(row + 1, 0, row + 1, len(_WIDTHS) - 1, "")
    page.text(row + 1, 0, indicator.definition, NOTE, WRAP)
    page.fitted(row + 1, [indicator.definition], [sum(_WIDTHS)])
    units = [*view.areas, *reversed(view.totals)]
    block = _table(page, row + 2, indicator, units)
    last = _ends(page, block.last + 2, indicator)
    if len(units) <= _MOST_BARS and _has_values(page, indicator, units):
        last = max(last, row + 2 + _CHART_ROWS)
        _chart(page, block, indicator, (last - row - 2) * _ROW_PIXELS - 6)
    return last + 1


def _has_values(page: Page, indicator: Indicator, units: list[Unit]) -> bool:
    results = (page.book.view.result(indicator, unit) for unit in units)
    return any(result is not None and result.judgement.shown is not None for result in results)


def _table(page: Page, row: int, indicator: Indicator, units: list[Unit]) -> _Block:
    texts = page.book.texts
    _headings(page, row, [texts("Unit"), texts("Value"), *words.part_names(indicator, texts)])
    page.text(row, 4, texts("Status"), HEADING, INDENT)
    page.text(row, 5, texts("Counted in"), HEADING, INDENT)
    page.text(row, _GREEN_LOW, texts("Green from"), HEADING, RIGHT)
    page.text(row, _GREEN_HIGH, texts("Green to"), HEADING, RIGHT)
    for place, unit in enumerate(units, start=row + 1):
        is_total = unit.level not in (Level.OFFICE, Level.AREA)
        _line(page, place, indicator, unit, TOTAL if is_total else {})
    return _Block(row + 1, row + len(units))


def _headings(page: Page, row: int, headings: list[str]) -> None:
    for column, heading in enumerate(headings):
        page.text(row, column, heading, HEADING, RIGHT if 1 <= column <= 3 else {})  # noqa: PLR2004 - the three numbers


def _line(page: Page, row: int, indicator: Indicator, unit: Unit, style: Style) -> None:
    view, texts = page.book.view, page.book.texts
    result = view.result(indicator, unit)
    scorecard = view.scorecard
    page.text(row, 0, unit.name, CELL, style)
    value = numbers(unit_of(scorecard, indicator), indicator.decimals, texts, signed=indicator.is_signed)
    if result is not None and result.is_withheld:
        page.text(row, 1, words.symbol(result), CELL, style, MUTED, RIGHT)
    else:
        page.number(row, 1, words.shown_value(scorecard, result), CELL, value, style)
    pairs = zip(words.parts(result), words.part_decimals(scorecard, indicator), strict=True)
    for column, (part, decimals) in enumerate(pairs, start=2):
        page.number(
            row, column, None if part is None else float(part), CELL, numbers(Quantity.COUNT, decimals, texts), style
        )
    if result is None:
        page.text(row, 4, "", CELL, style)
    else:
        status = result.judgement.status
        page.text(row, 4, look.status_label(status, texts), CELL, style, INDENT, status_style(status))
    page.text(row, 5, words.coverage(result, texts), CELL, style, INDENT)
    _edges(page, row, indicator, result, style)


def _edges(page: Page, row: int, indicator: Indicator, result: Result | None, style: Style) -> None:
    view, texts = page.book.view, page.book.texts
    quantity = unit_of(view.scorecard, indicator)
    decimals = words.edges_decimals(result)
    for column, edge in zip((_GREEN_LOW, _GREEN_HIGH), words.green_edges(result), strict=True):
        number = None if edge is None else look.excel_number(edge, quantity)
        page.number(row, column, number, CELL, numbers(quantity, decimals, texts), style, MUTED)


def _ends(page: Page, row: int, indicator: Indicator) -> int:
    """Name the weakest and the best offices where there are enough of them; the row after the last one written."""
    view, texts = page.book.view, page.book.texts
    found = [view.result(indicator, Unit(Level.OFFICE, office.name)) for office in view.offices]
    judged = [each for each in found if each is not None and each.judgement.status.is_result]
    if len(judged) < _ENOUGH_TO_NAME:
        return row
    ranked = sorted(judged, key=_rank)
    for heading, results in (
        (texts("Weakest offices"), ranked[:_NAMED_OFFICES]),
        (texts("Best offices"), ranked[: -_NAMED_OFFICES - 1 : -1]),
    ):
        page.row(row, [heading, *[""] * _GREEN_HIGH], CELL, {"bold": True})
        for result in results:
            row += 1
            _line(page, row, indicator, result.unit, {})
        row += 1
    return row


def _rank(result: Result) -> tuple[int, float]:
    """The worst first: by colour, then by how far a value lies on the wrong side."""
    value = float(result.judgement.shown or 0)
    goal = result.judgement.band.target if result.judgement.band is not None else None
    if result.indicator.better == "higher":
        distance = value
    elif result.indicator.better == "lower":
        distance = -value
    else:
        distance = -abs(value - float(goal or 0))
    return _ORDER[result.judgement.status], distance


def _chart(page: Page, block: _Block, indicator: Indicator, height: int) -> None:
    view, texts = page.book.view, page.book.texts
    results = [view.result(indicator, unit) for unit in [*view.areas, *view.totals]]
    if not is_rate(indicator) and view.areas:
        # A total that adds the areas up would dwarf them.
        results, block = results[: len(view.areas)], _Block(block.first, block.last - len(view.totals))
    quantity = unit_of(view.scorecard, indicator)
    is_dots = indicator.is_signed
    chart = page.book.chart("line" if is_dots else "column")
    chart.add_series(_values(page, block, indicator, is_dots=is_dots))
    edges = [column for column in (_GREEN_LOW, _GREEN_HIGH) if _has_edge(results, column)]
    # A chart that is made and not used would leave a hole in the workbook.
    lines = page.book.chart("line") if edges and not is_dots else chart
    words_of_target = {words.target(view.scorecard, indicator, each, texts) for each in results}
    is_shared = len(words_of_target) == 1
    for column in edges:
        lines.add_series(_target_line(page, block, column, is_shared=is_shared))
    if lines is not chart:
        chart.combine(lines)
    note = (
        texts("Dashed line: {target}", target=min(words_of_target))
        if is_shared
        else texts("Dash: each one's own target")
    )
    _dress(chart, note if edges else indicator.title)
    decimals = 0 if quantity is Quantity.PERCENT else min(indicator.decimals, 1)
    axis: dict[str, Any] = {
        "num_format": look.number_format(quantity, decimals, indicator.is_signed, texts.percent_sign),
        "num_font": _font(),
        "line": {"none": True},
        "major_gridlines": {"visible": False},
    }
    chart.set_y_axis(axis if is_dots else axis | {"min": 0, "label_position": "none", "major_tick_mark": "none"})
    chart.set_size({"width": _CHART_WIDTH, "height": height})
    options = {"x_offset": 4, "y_offset": 3, "object_position": 2, "description": indicator.title}
    page.sheet.insert_chart(block.first - 1, _CHART_COLUMN, chart, options)


def _values(page: Page, block: _Block, indicator: Indicator, *, is_dots: bool) -> dict[str, Any]:
    dark = {"fill": {"color": _TOTAL_BAR}}
    count = block.last - block.first + 1
    texts = page.book.texts
    quantity = unit_of(page.book.view.scorecard, indicator)
    series: dict[str, Any] = {
        "name": indicator.title,
        "categories": [page.name, block.first, 0, block.last, 0],
        "values": [page.name, block.first, 1, block.last, 1],
        "data_labels": {
            "value": True,
            "font": {**_font(), "color": look.INK},
            "num_format": look.number_format(quantity, indicator.decimals, indicator.is_signed, texts.percent_sign),
            "position": "right" if is_dots else "inside_base",
        },
    }
    if is_dots:
        marker = {"type": "circle", "size": 8, "fill": {"color": look.HEADING_FILL}, "border": {"none": True}}
        return {**series, "line": {"none": True}, "marker": marker}
    areas = len(page.book.view.areas)
    points = [None] * areas + [dark] * (count - areas)
    return {**series, "fill": {"color": look.TREND_INK}, "gap": 60, "points": points}


def _target_line(page: Page, block: _Block, column: int, *, is_shared: bool) -> dict[str, Any]:
    dash = {"type": "long_dash", "size": 14, "fill": {"color": look.INK}, "border": {"color": look.INK}}
    line = {"color": look.INK, "width": 1.25, "dash_type": "dash"}
    return {
        "categories": [page.name, block.first, 0, block.last, 0],
        "values": [page.name, block.first, column, block.last, column],
        "line": line if is_shared else {"none": True},
        "marker": {"type": "none"} if is_shared else dash,
    }


def _has_edge(results: list[Result | None], column: int) -> bool:
    return any(words.green_edges(each)[column - _GREEN_LOW] is not None for each in results)


def is_rate(indicator: Indicator) -> bool:
    """Whether a total lies among what it sums up: shares, changes and means do, counts add up."""
    return (
        not isinstance(indicator.figure, Amount) or indicator.figure.weight is not None or indicator.figure.unweighted
    )


def _dress(chart: Chart, note: str) -> None:
    chart.set_title({"name": note, "name_font": {**_font(), "bold": False}})
    chart.set_legend({"none": True})
    chart.set_chartarea({"border": {"none": True}})
    chart.set_x_axis({"num_font": _font(), "label_position": "low", "line": {"color": look.RULE}})


def _font() -> dict[str, Any]:
    return {"name": look.FONT, "size": 9, "color": look.MUTED_INK}
