"""The table that the input sheet and the history sheet share: a row for each figure, a column for each period."""

from __future__ import annotations

from textwrap import wrap
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
from xlmalekort.layout.survey import questions_of
from xlmalekort.layout.titles import line_title, line_unit
from xlmalekort.locale import N_
from xlmalekort.model.measures import Role, Unit
from xlmalekort.template.formulas import UNUSABLE
from xlmalekort.template.styles import Palette

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from xlmalekort.layout.office import Block, Line
    from xlmalekort.model.figures import Figure
    from xlmalekort.model.measures import Measure
    from xlmalekort.model.periods import Period
    from xlmalekort.model.scorecard import Scorecard
    from xlmalekort.template.page import Book
    from xlmalekort.template.state import Value

_TITLE_WIDTH = 50
_PERIOD_WIDTH, _MONEY_WIDTH = 10.3, 12.3
_USERS_WIDTH, _SOURCE_WIDTH = 13, 26
_TITLE_CHARACTERS = 56
_PER_USERS_WIDTH = 1.25
"""Characters for each unit of the width of the column of users."""
_LOW, _LINE = 18, 13

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
    sheet.set_column(USED_BY_COLUMN, USED_BY_COLUMN, _users_width(book.state.scorecard))
    last = FIRST_PERIOD_COLUMN + len(periods) - 1
    has_money = any(measure.unit is Unit.MONEY for measure in book.state.scorecard.measures)
    sheet.set_column(FIRST_PERIOD_COLUMN, last, _MONEY_WIDTH if has_money else _PERIOD_WIDTH)
    sheet.set_row(KEY_ROW, None, None, {"hidden": True})
    sheet.set_row(HEADING_ROW, 21)
    headings = _HEADINGS | ({USED_BY_COLUMN: SOURCE_HEADING} if has_sources(book.state.scorecard) else {})
    for column, heading in headings.items():
        sheet.write_string(HEADING_ROW, column, texts(heading), styles("head"))
    for column, period in enumerate(periods, FIRST_PERIOD_COLUMN):
        sheet.write_string(KEY_ROW, column, period.code, styles("text"))
        sheet.write_string(HEADING_ROW, column, texts.period_heading(period.code), styles("head right"))
    sheet.freeze_panes(FIRST_LINE_ROW, FIRST_PERIOD_COLUMN)
    sheet.repeat_columns(ID_COLUMN, USED_BY_COLUMN)


def _users_width(scorecard: Scorecard) -> float:
    return _SOURCE_WIDTH if has_sources(scorecard) else _USERS_WIDTH


def write_block_heading(
    book: Book, sheet: Worksheet, block: Block, last_column: int, *, is_open: bool, title: str | None = None
) -> None:
    """The heading of a group. Where `is_open`, its cells under the periods take a paste of a whole column."""
    styles = book.styles
    sheet.set_row(block.row, 21)
    sheet.write_string(block.row, TITLE_COLUMN, title or block.title, styles("band"))
    for column in (ID_COLUMN, UNIT_COLUMN, USED_BY_COLUMN):
        sheet.write_blank(block.row, column, None, styles("band"))
    style = styles("band open") if is_open else styles("band")
    for column in range(FIRST_PERIOD_COLUMN, last_column + 1):
        sheet.write_blank(block.row, column, None, style)


def write_line_heading(book: Book, sheet: Worksheet, block: Block, line: Line, *, is_faint: bool) -> None:
    """Code, title, unit, source and users of one row."""
    styles = book.styles
    title, users = line_title(book.state.scorecard, line), source_and_users(book, line)
    users_characters = int(_users_width(book.state.scorecard) * _PER_USERS_WIDTH)
    lines = max(-(-len(title) // _TITLE_CHARACTERS), len(wrap(users, users_characters)))
    sheet.set_row(line.row, _LOW + _LINE * max(0, lines - 1))
    parted = parting(block, line)
    look = "row none" if is_faint else "row"
    sheet.write_string(line.row, ID_COLUMN, line.id, styles("row note"))
    sheet.write_string(line.row, TITLE_COLUMN, title, styles(f"{look} wrap indent", **parted))
    sheet.write_string(line.row, UNIT_COLUMN, line_unit(line, book.state.texts), styles("row note", **parted))
    sheet.write_string(line.row, USED_BY_COLUMN, users, styles("row note wrap", **parted))


def parting(block: Block, line: Line) -> dict[str, object]:
    """A line above the first row of each question, so that the eye finds its way to a column far to the right."""
    place = block.lines.index(line)
    if not block.is_survey or place == 0 or block.lines[place - 1].indicator == line.indicator is not None:
        return {}
    return {"top": 1, "top_color": Palette.PARTING}


SOURCE_HEADING = N_("Source, used by")
BY_HAND = "✎"
"""Marks what is typed straight in where other figures come from a system."""


def has_sources(scorecard: Scorecard) -> bool:
    """Whether the rows name the systems that their figures come from."""
    return any(measure.source for measure in scorecard.measures)


def source_and_users(book: Book, line: Line) -> str:
    """Where a figure comes from, and the indicators that it is for: `KMD Data · A.1`, `✎ A.5`."""
    users = ", ".join(users_of(book, line))
    if line.measure is None:
        return users
    source = " ".join(each for each in (BY_HAND if line.measure.by_hand else "", line.measure.source) if each)
    return (" · " if line.measure.source else " ").join(each for each in (source, users) if each)


def users_of(book: Book, line: Line) -> tuple[str, ...]:
    """The ids of the active indicators that a row is for; how many were asked is for the questions that they were asked."""
    scorecard = book.state.scorecard
    if line.measure is None:
        return (line.indicator.id,) if line.indicator else ()
    users = [user for user, _ in scorecard.users[line.measure.id] if user.active]
    asked = {each.id for each in scorecard.filters if each.base == line.measure.id}
    users += [each for each in questions_of(scorecard) if each.question and each.question.asked_of in asked]
    return tuple(dict.fromkeys(user.id for user in users))


def is_exempt(book: Book, line: Line) -> bool:
    """Whether the office is exempt from everything that a row is for."""
    users = users_of(book, line)
    return bool(users) and all(user in book.state.submission.exempt for user in users)


def figure_format(book: Book, measure: Measure, look: str, **more: object) -> Format:
    """The format of a measure's cells."""
    number = looks.number_format(measure.unit, measure.decimals, percent_sign=book.state.texts.percent_sign)
    return book.styles(f"{look} right", num_format=number, **more)


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
