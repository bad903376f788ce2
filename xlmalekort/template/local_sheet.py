"""The sheet of local goals: what an office measures for itself, a line each, apart from the scorecard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlmalekort.layout import look
from xlmalekort.layout.cells import a1, column_name
from xlmalekort.layout.local import (
    BETTER_WORDS,
    LOCAL_END_ROW,
    LOCAL_FIRST_PERIOD,
    LOCAL_FIRST_ROW,
    LOCAL_HEADING_ROW,
    LOCAL_HEADINGS,
    LocalColumn,
    local_column,
    local_rows,
)
from xlmalekort.layout.office import Sheet
from xlmalekort.locale import N_
from xlmalekort.model.local_goals import LOCAL_DECIMALS, given_number
from xlmalekort.model.measures import Unit
from xlmalekort.template.figure_table import write_figure
from xlmalekort.template.formulas import UNUSABLE, any_of, serial
from xlmalekort.template.input_sheet import AS_OF_NAME
from xlmalekort.template.local_steps import SHOWN_PERIOD
from xlmalekort.template.page import rule_message, rule_title, set_page, write_title
from xlmalekort.template.state import FormulaCell
from xlmalekort.template.styles import RESULTS, Palette

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from xlsxwriter.worksheet import Worksheet

    from xlmalekort.locale import Texts
    from xlmalekort.model.local_goals import LocalGoal
    from xlmalekort.template.page import Book
    from xlmalekort.template.state import ConstantCell, Value

HINT = N_(
    "Goals of your own, beside the scorecard. They are shown here and listed in the county's summary, and never change a "
    "figure or a colour of the scorecard."
)
NUMBER_HELP = N_("What you call the goal by. Left empty it is numbered by its line.")
TITLE_HELP = N_("What you want to achieve, in a few words.")
UNIT_HELP = N_("Choose what the figures count.")
BETTER_HELP = N_("Choose whether a higher or a lower figure is better.")
TARGET_HELP = N_("The figure that makes the goal green. Write per cent with the sign: 74.9 %.")
YELLOW_HELP = N_("From where on it is yellow. Leave the cell empty if the goal is met or not, and nothing between.")
RESPONSIBLE_HELP = N_("The role that follows the goal up.")
FIGURE_HELP = N_("The figure of the period, if there is one. Write per cent with the sign: 74.9 %.")
REFUSED = N_("That does not fit here")
FITS = N_(
    "Choose the unit first. Per cent are written with the sign and are at most 100 %; a number has no decimals; only per cent "
    "and money may be below 0."
)
LENGTH_HELP = N_("At most {length} characters.")

_WIDTHS = {
    LocalColumn.NUMBER: 7,
    LocalColumn.TITLE: 34,
    LocalColumn.UNIT: 10,
    LocalColumn.BETTER: 11,
    LocalColumn.TARGET: 11,
    LocalColumn.YELLOW: 12,
    LocalColumn.RESPONSIBLE: 18,
    LocalColumn.RESULT: 13,
    LocalColumn.STATUS: 18,
    LocalColumn.WHY: 46,
}
_PERIOD_WIDTH = 9
_HEAD_LOOKS = {
    LocalColumn.NUMBER: "head indent",
    LocalColumn.TITLE: "head indent",
    LocalColumn.UNIT: "head indent",
    LocalColumn.BETTER: "head indent",
    LocalColumn.RESPONSIBLE: "head indent",
    LocalColumn.TARGET: "head right",
    LocalColumn.YELLOW: "head right",
    LocalColumn.RESULT: "head right indent",
    LocalColumn.STATUS: "head indent",
    LocalColumn.WHY: "head indent",
}
_ROW_HEIGHT = 30
_LARGEST = 10**12
_LONGEST = {LocalColumn.NUMBER: 20, LocalColumn.TITLE: 300, LocalColumn.RESPONSIBLE: 100}


def write_local_sheet(book: Book, sheet: Worksheet, cells: Iterable[FormulaCell | ConstantCell]) -> None:
    """Write the whole sheet; its formulas are among `cells`, those of `xlmalekort.template.local_steps`."""
    styles, texts, layout = book.styles, book.state.texts, book.state.layout
    write_title(book, sheet, layout.title(Sheet.LOCAL))
    sheet.write_string(2, 0, texts(HINT), styles("note"))
    _write_headings(book, sheet)
    goals = {goal.position: goal for goal in book.state.submission.local_goals}
    for position in range(1, _rows(book) + 1):
        _write_line(book, sheet, position, goals.get(position))
    looks = {
        LocalColumn.RESULT: styles("row right bold indent", font_size=12, shrink=True),
        LocalColumn.STATUS: styles("row indent"),
        LocalColumn.WHY: styles("row small wrap indent"),
    }
    for cell in cells:
        if cell.sheet is Sheet.LOCAL and isinstance(cell, FormulaCell):
            is_period = (cell.row, cell.column) == SHOWN_PERIOD
            style = styles("bold right indent") if is_period else looks[LocalColumn(cell.column)]
            sheet.write_formula(cell.row, cell.column, "=" + cell.formula, style, cell.value)
    _add_rules(book, sheet)
    _colour(book, sheet)
    sheet.freeze_panes(LOCAL_FIRST_ROW, LocalColumn.UNIT)
    set_page(book, sheet, heading_row=LOCAL_HEADING_ROW, zoom=80)


def _rows(book: Book) -> int:
    return local_rows(book.state.submission.local_goals)


def _write_headings(book: Book, sheet: Worksheet) -> None:
    styles, texts, layout = book.styles, book.state.texts, book.state.layout
    sheet.set_row(LOCAL_END_ROW, None, None, {"hidden": True})
    sheet.set_row(LOCAL_HEADING_ROW, 22)
    for column, width in _WIDTHS.items():
        sheet.set_column(column, column, width)
        heading = texts(LOCAL_HEADINGS[column])
        sheet.write_string(LOCAL_HEADING_ROW, column, heading, styles(_HEAD_LOOKS.get(column, "head")))
    for place, period in enumerate(layout.choosable, LOCAL_FIRST_PERIOD):
        sheet.set_column(place, place, _PERIOD_WIDTH)
        sheet.write_number(LOCAL_END_ROW, place, serial(period.end), styles("day"))
        sheet.write_string(LOCAL_HEADING_ROW, place, texts.period_heading(period.code), styles("head right"))


def _write_line(book: Book, sheet: Worksheet, position: int, goal: LocalGoal | None) -> None:
    styles, texts, layout = book.styles, book.state.texts, book.state.layout
    row = LOCAL_FIRST_ROW + position - 1
    sheet.set_row(row, _ROW_HEIGHT)
    number = goal.number if goal else given_number(position, [each.id for each in layout.scorecard.indicators])
    said = {
        LocalColumn.NUMBER: number,
        LocalColumn.TITLE: goal.title if goal else "",
        LocalColumn.UNIT: texts(look.UNIT_WORDS[goal.unit]) if goal and goal.unit else "",
        LocalColumn.BETTER: texts(BETTER_WORDS[goal.better]) if goal and goal.better else "",
        LocalColumn.RESPONSIBLE: goal.responsible if goal else "",
    }
    looks = {
        LocalColumn.NUMBER: styles("input text indent", font_color=Palette.NOTE),
        LocalColumn.TITLE: styles("input wrap text indent"),
        LocalColumn.RESPONSIBLE: styles("input small wrap text indent"),
    }
    for column, text in said.items():
        style = looks.get(column, styles("input indent"))
        write_figure(sheet, row, column, text or None, style)
    plain = styles("input right", shrink=True)
    edges = {LocalColumn.TARGET: goal.target if goal else None, LocalColumn.YELLOW: goal.yellow if goal else None}
    for column, edge in edges.items():
        value: Value = None
        if goal is not None and goal.unit is not None and edge is not None:
            value = look.excel_number(edge, goal.unit)
        write_figure(sheet, row, column, value, styles("own right", shrink=True))
    for period in layout.choosable:
        figure = goal.figures.get(period) if goal else None
        value = None
        if goal is not None and goal.unit is not None and figure is not None:
            value = UNUSABLE if figure.value is None else look.excel_number(figure.value, goal.unit)
        write_figure(sheet, row, local_column(layout, period), value, plain)


def _add_rules(book: Book, sheet: Worksheet) -> None:
    texts, layout = book.state.texts, book.state.layout
    first, last = LOCAL_FIRST_ROW, LOCAL_FIRST_ROW + _rows(book) - 1

    def rule(columns: tuple[int, int], message: str, validation: Mapping[str, object]) -> None:
        said = {"input_message": rule_message(texts(message)), "error_title": rule_title(texts(REFUSED))}
        sheet.data_validation(first, columns[0], last, columns[1], {**said, **validation})

    for column, message in (
        (LocalColumn.NUMBER, NUMBER_HELP),
        (LocalColumn.TITLE, TITLE_HELP),
        (LocalColumn.RESPONSIBLE, RESPONSIBLE_HELP),
    ):
        longest = _LONGEST[column]
        too_long = rule_message(texts(LENGTH_HELP, length=longest))
        length = {"validate": "length", "criteria": "<=", "value": longest, "error_message": too_long}
        rule((column, column), message, length)
    for column, message, words in (
        (LocalColumn.UNIT, UNIT_HELP, list(look.UNIT_WORDS.values())),
        (LocalColumn.BETTER, BETTER_HELP, list(BETTER_WORDS.values())),
    ):
        chosen = {"validate": "list", "source": [texts(word) for word in words]}
        rule((column, column), message, {**chosen, "error_message": rule_message(texts(message))})
    last_period = LOCAL_FIRST_PERIOD + len(layout.choosable) - 1
    for columns, message in (
        ((LocalColumn.TARGET, LocalColumn.TARGET), TARGET_HELP),
        ((LocalColumn.YELLOW, LocalColumn.YELLOW), YELLOW_HELP),
        ((LOCAL_FIRST_PERIOD, last_period), FIGURE_HELP),
    ):
        fits = {
            "validate": "custom",
            "value": fits_formula(texts, columns[0]),
            "error_message": rule_message(texts(FITS)),
        }
        rule(columns, message, fits)


def fits_formula(texts: Texts, column: int, row: int = LOCAL_FIRST_ROW) -> str:
    """The formula of whether a number of a line fits its unit, as `intake.local_sheet.LOCAL_RULES` says."""
    cell, unit = a1(row, column), f"${column_name(LocalColumn.UNIT)}{row + 1}"
    percent, money, count = (f'{unit}="{texts(look.UNIT_WORDS[each])}"' for each in _WITH_A_RULE)
    highest = f"IF({percent},1,{_LARGEST})"
    lowest = f"IF(OR({percent},{money}),-{_LARGEST},0)"
    return f"=IF(ISNUMBER({cell}),AND({cell}<={highest},{cell}>={lowest},IF({count},{cell}=INT({cell}),TRUE)),FALSE)"


_WITH_A_RULE = (Unit.PERCENT, Unit.MONEY, Unit.COUNT)


def _colour(book: Book, sheet: Worksheet) -> None:
    """Numbers as their unit asks for, periods that have not ended faded, statuses in their colours.

    Some programs heed only the first rule that fits a cell, so a faded cell has its number format too.
    """
    styles, layout = book.styles, book.state.layout
    first, last = LOCAL_FIRST_ROW, LOCAL_FIRST_ROW + _rows(book) - 1
    last_period = LOCAL_FIRST_PERIOD + len(layout.choosable) - 1
    faded = {"bg_color": Palette.NONE, "border": 1, "border_color": Palette.LINE}
    later = f"{AS_OF_NAME}<={column_name(LOCAL_FIRST_PERIOD)}${LOCAL_END_ROW + 1}"

    def rule(columns: tuple[int, int], criteria: str, **properties: object) -> None:
        style = {"type": "formula", "criteria": f"={criteria}", "format": styles.part(**properties)}
        sheet.conditional_format(first, columns[0], last, columns[1], style)

    formats = {criteria: {"num_format": number_format} for criteria, number_format in _number_formats(book)}
    for criteria, number_format in formats.items():
        rule((LOCAL_FIRST_PERIOD, last_period), f"AND({later},{criteria})", **number_format, **faded)
    rule((LOCAL_FIRST_PERIOD, last_period), later, **faded)
    for columns in (
        (LocalColumn.TARGET, LocalColumn.YELLOW),
        (LocalColumn.RESULT, LocalColumn.RESULT),
        (LOCAL_FIRST_PERIOD, last_period),
    ):
        for criteria, number_format in formats.items():
            rule(columns, criteria, **number_format)
    status = f"${column_name(LocalColumn.STATUS)}{first + 1}"
    for each in RESULTS:
        tone = look.STATUS_TONE[each]
        shape = f'LEFT({status},1)="{look.STATUS_SYMBOL[each]}"'
        rule((LocalColumn.STATUS,) * 2, shape, font_color=tone.ink, bg_color=tone.fill, bold=True)
    rule((LocalColumn.STATUS,) * 2, f'{status}<>""', font_color=Palette.NOTE, bg_color=Palette.NONE)


def _number_formats(book: Book) -> list[tuple[str, str]]:
    """For each number format that a unit asks for, the formula that says whether a line has such a unit."""
    texts, unit = book.state.texts, f"${column_name(LocalColumn.UNIT)}{LOCAL_FIRST_ROW + 1}"
    found: dict[str, list[str]] = {}
    for each in Unit:
        plain = look.number_format(each, LOCAL_DECIMALS[each], percent_sign=texts.percent_sign)
        found.setdefault(plain, []).append(f'TRIM({unit})="{texts(look.UNIT_WORDS[each])}"')
    return [(any_of(tests), plain) for plain, tests in found.items()]
