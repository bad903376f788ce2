"""The table that the input sheet and the history sheet share: a row for each figure, a column for each period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlmalekort.layout import look as looks
from xlmalekort.layout.office import (
    FIRST_LINE_ROW,
    FIRST_PERIOD_COLUMN,
    HEADING_ROW,
    ID_COLUMN,
    KEY_ROW,
    TITLE_COLUMN,
    UNIT_COLUMN,
    USED_BY_COLUMN,
)
from xlmalekort.locale import N_
from xlmalekort.model.measures import Role, Unit
from xlmalekort.template.styles import unit_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from xlmalekort.layout.office import Block, Line
    from xlmalekort.model.figures import Figure
    from xlmalekort.model.measures import Measure
    from xlmalekort.model.periods import Period
    from xlmalekort.template.page import Book
    from xlmalekort.template.state import Value

_TITLE_WIDTH = 50
_PERIOD_WIDTH = 10.3
_TITLE_CHARACTERS, _USERS_CHARACTERS = 56, 15
_LOW, _LINE = 18, 13
UNUSABLE = "?"
"""Stands where a figure was handed in that cannot be used."""

_HEADINGS = {
    ID_COLUMN: N_("Code"),
    TITLE_COLUMN: N_("Figure"),
    UNIT_COLUMN: N_("Unit"),
    USED_BY_COLUMN: N_("Used by"),
}


def write_frame(book: Book, sheet: Worksheet, periods: Sequence[Period]) -> None:
    """Column widths, the hidden row of period codes, and the headings."""
    styles, texts = book.styles, book.state.texts
    # The codes are for programs; what people need to know a row by stands in the column of users.
    sheet.set_column(ID_COLUMN, ID_COLUMN, 20, None, {"hidden": True})
    sheet.set_column(TITLE_COLUMN, TITLE_COLUMN, _TITLE_WIDTH)
    sheet.set_column(UNIT_COLUMN, UNIT_COLUMN, 8.5)
    sheet.set_column(USED_BY_COLUMN, USED_BY_COLUMN, 13)
    last = FIRST_PERIOD_COLUMN + len(periods) - 1
    sheet.set_column(FIRST_PERIOD_COLUMN, last, _PERIOD_WIDTH)
    sheet.set_row(KEY_ROW, None, None, {"hidden": True})
    sheet.set_row(HEADING_ROW, 21)
    for column, heading in _HEADINGS.items():
        sheet.write_string(HEADING_ROW, column, texts(heading), styles("head"))
    for column, period in enumerate(periods, FIRST_PERIOD_COLUMN):
        sheet.write_string(KEY_ROW, column, period.code, styles("text"))
        sheet.write_string(HEADING_ROW, column, texts.period_heading(period.code), styles("head right"))
    sheet.freeze_panes(FIRST_LINE_ROW, FIRST_PERIOD_COLUMN)
    sheet.repeat_columns(ID_COLUMN, USED_BY_COLUMN)


def write_block_heading(book: Book, sheet: Worksheet, block: Block, last_column: int, *, is_open: bool) -> None:
    """The heading of a group. Where `is_open`, its cells under the periods take a paste of a whole column."""
    styles = book.styles
    sheet.set_row(block.row, 21)
    sheet.write_string(block.row, TITLE_COLUMN, block.title, styles("band"))
    for column in (ID_COLUMN, UNIT_COLUMN, USED_BY_COLUMN):
        sheet.write_blank(block.row, column, None, styles("band"))
    style = styles("band open") if is_open else styles("band")
    for column in range(FIRST_PERIOD_COLUMN, last_column + 1):
        sheet.write_blank(block.row, column, None, style)


def write_line_heading(book: Book, sheet: Worksheet, line: Line, *, is_faint: bool) -> None:
    """Code, title, unit and users of one row."""
    styles, texts = book.styles, book.state.texts
    title = line_title(line)
    users = ", ".join(users_of(book, line))
    lines = max(-(-len(title) // _TITLE_CHARACTERS), -(-len(users) // _USERS_CHARACTERS))
    sheet.set_row(line.row, _LOW + _LINE * max(0, lines - 1))
    look = "row none" if is_faint else "row"
    sheet.write_string(line.row, ID_COLUMN, line.id, styles("row note"))
    sheet.write_string(line.row, TITLE_COLUMN, title, styles(f"{look} wrap indent"))
    unit = unit_word(line.measure.unit, texts) if line.measure else texts(TEXT_UNIT)
    sheet.write_string(line.row, UNIT_COLUMN, unit, styles("row note"))
    sheet.write_string(line.row, USED_BY_COLUMN, users, styles("row note wrap"))


TEXT_UNIT = N_("text")


def line_title(line: Line) -> str:
    """What a row is called."""
    if line.measure is not None:
        return line.measure.title
    return line.indicator.title if line.indicator else line.id


def users_of(book: Book, line: Line) -> tuple[str, ...]:
    """The ids of the active indicators that a row is for."""
    if line.measure is None:
        return (line.indicator.id,) if line.indicator else ()
    return tuple(dict.fromkeys(user.id for user, _ in book.state.scorecard.users[line.measure.id] if user.active))


def is_exempt(book: Book, line: Line) -> bool:
    """Whether the office is exempt from everything that a row is for."""
    users = users_of(book, line)
    return bool(users) and all(user in book.state.submission.exempt for user in users)


def figure_format(book: Book, measure: Measure, look: str) -> Format:
    """The format of a measure's cells."""
    return book.styles(
        f"{look} right",
        num_format=looks.number_format(measure.unit, measure.decimals, percent_sign=book.state.texts.percent_sign),
    )


def look_of(measure: Measure) -> str:
    """Figures look like input, what the office aims at or plans a little different."""
    return "input" if measure.role is Role.FIGURE else "own"


def cell_value(measure: Measure, figure: Figure | None) -> Value:
    """What stands in a figure's cell: an Excel percentage for per cent; `?` for what cannot be used."""
    if figure is None:
        return None
    if figure.value is None:
        return UNUSABLE
    value = figure.value / 100 if measure.unit is Unit.PERCENT else figure.value
    return value.numerator if value.denominator == 1 else float(value)


def write_figure(sheet: Worksheet, row: int, column: int, value: Value, style: Format) -> None:
    """Write a figure, or an empty cell that is ready for one."""
    if value is None:
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, str):
        sheet.write_string(row, column, value, style)
    else:
        sheet.write_number(row, column, value, style)
