"""The charts under the scorecard: one for each perspective, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlmalekort.layout import look
from xlmalekort.layout.office import Sheet
from xlmalekort.locale import N_
from xlmalekort.model.figures import Status
from xlmalekort.template.styles import Palette

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.chart import Chart
    from xlsxwriter.worksheet import Worksheet

    from xlmalekort.template.page import Book
    from xlmalekort.template.view import ChartBlock, Series

HEADING = N_("Indicators by status, period by period; from the bottom: red, yellow, green, no result")
HEADING_TREND = N_("The percentages of the last twelve periods")

_TOTAL_WIDTH = 1490
_WIDEST = 700
_HEIGHT = 215
_GAP = 14
_FILLS = {
    Status.RED: (Palette.RED_COLUMN, Palette.WHITE),
    Status.YELLOW: (Palette.YELLOW_COLUMN, Palette.INK),
    Status.GREEN: (Palette.GREEN_COLUMN, Palette.INK),
    None: (Palette.NONE_COLUMN, Palette.NOTE),
}
_LINES = (
    (Palette.NAVY, "solid", "circle"),
    (Palette.RED_COLUMN, "dash", "square"),
    (Palette.GREEN_COLUMN, "solid", "triangle"),
    (Palette.YELLOW_INK, "square_dot", "diamond"),
    (Palette.NOTE, "solid", "x"),
    (Palette.OWN_LINE, "dash_dot", "plus"),
)


def insert_charts(book: Book, sheet: Worksheet, blocks: Sequence[ChartBlock], row: int) -> None:
    """Draw the charts from a row on, in one line across the width of the table."""
    if not blocks:
        return
    texts = book.state.texts
    kinds = dict.fromkeys(HEADING_TREND if block.is_trend else HEADING for block in blocks)
    sheet.write_string(
        row, 0, "  ·  ".join(texts(kind) for kind in kinds), book.styles("bold", font_color=Palette.NAVY)
    )
    width = min(_WIDEST, (_TOTAL_WIDTH - _GAP * (len(blocks) - 1)) // len(blocks))
    for place, block in enumerate(blocks):
        chart = _trend_chart(book, block) if block.is_trend else _status_chart(book, block)
        _dress(chart, block.perspective.title, width)
        sheet.insert_chart(row + 1, 0, chart, {"x_offset": place * (width + _GAP), "y_offset": 4, "object_position": 2})


def _range(book: Book, series: Series) -> list[str | int]:
    title = book.state.layout.title(Sheet.CALCULATION)
    return [title, series.row, series.first_column, series.row, series.last_column]


def _font(size: int, colour: Palette, *, is_bold: bool = False) -> dict[str, object]:
    return {"name": look.FONT, "size": size, "bold": is_bold, "color": colour.value}


def _status_chart(book: Book, block: ChartBlock) -> Chart:
    chart = book.workbook.add_chart({"type": "column", "subtype": "stacked"})
    for series in block.series:
        fill, ink = _FILLS[series.status]
        chart.add_series(
            {
                "name": series.name,
                "categories": _range(book, block.labels),
                "values": _range(book, series),
                "fill": {"color": fill.value},
                "border": {"color": Palette.WHITE.value, "width": 0.5},
                "gap": 35,
                "data_labels": {"value": True, "num_format": "0;;", "font": _font(9, ink)},
            }
        )
    chart.set_y_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0, "max": block.size})
    # The heading says what the colours are, and their order stays when they are printed in grey.
    chart.set_legend({"none": True})
    return chart


def _trend_chart(book: Book, block: ChartBlock) -> Chart:
    chart = book.workbook.add_chart({"type": "line"})
    for place, series in enumerate(block.series):
        colour, dash, marker = _LINES[place % len(_LINES)]
        chart.add_series(
            {
                "name": series.name,
                "categories": _range(book, block.labels),
                "values": _range(book, series),
                "line": {"color": colour.value, "width": 1.75, "dash_type": dash},
                "marker": {
                    "type": marker,
                    "size": 5,
                    "fill": {"color": colour.value},
                    "border": {"color": colour.value},
                },
            }
        )
    grid = {"visible": True, "line": {"color": Palette.LINE.value, "width": 0.5}}
    chart.set_y_axis(
        {
            "num_format": "0%",
            "num_font": _font(9, Palette.NOTE),
            "line": {"none": True},
            "major_gridlines": grid,
            # Without a figure yet Excel would draw an axis to 1200 per cent.
            **({"min": 0, "max": 1} if block.is_of_shares else {}),
        }
    )
    chart.set_legend({"position": "right", "font": _font(9, Palette.INK)})
    chart.show_blanks_as("span")
    return chart


def _dress(chart: Chart, title: str, width: int) -> None:
    chart.set_title({"name": title, "name_font": _font(11, Palette.NAVY, is_bold=True), "overlay": False})
    chart.set_x_axis(
        {
            "num_font": _font(9, Palette.NOTE),
            "line": {"color": Palette.LINE.value},
            "major_tick_mark": "none",
        }
    )
    chart.set_size({"width": width, "height": _HEIGHT})
    chart.set_chartarea({"border": {"color": Palette.LINE.value}, "fill": {"color": Palette.WHITE.value}})
    chart.set_plotarea({"fill": {"none": True}})
