"""The sheet of actions: what an office does about an indicator, a line each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlmalekort.layout.cells import a1, column_name
from xlmalekort.layout.deadlines import ACTIONS_DUE_DAY_COLUMN, ACTIONS_STATE_COLUMN, action_state, done_words
from xlmalekort.layout.office import ACTIONS_FIRST_ROW, ACTIONS_HEADING_ROW, ACTIONS_ROWS, Sheet
from xlmalekort.locale import N_
from xlmalekort.model.deadlines import EARLIEST, LATEST
from xlmalekort.template.deadline_formulas import (
    colour_states,
    day_formula,
    day_value,
    state_formula,
    state_value,
    undated_formula,
)
from xlmalekort.template.formulas import text_literal
from xlmalekort.template.line_rows import line_rows
from xlmalekort.template.page import rule_message, rule_title, set_page, write_title
from xlmalekort.template.state import FormulaCell
from xlmalekort.template.styles import Palette
from xlmalekort.template.view import Col, view_range

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from xlmalekort.model.figures import Action
    from xlmalekort.template.page import Book
    from xlmalekort.template.state import OfficeState

INDICATOR_COLUMN = 0
ACTION_COLUMN = 2
STATE_COLUMN = 5
_DUE_COLUMN = 4

PLANNED = N_("planned")
IN_PROGRESS = N_("in progress")
DONE = N_("done")
STATES = (PLANNED, IN_PROGRESS, DONE)

_COLUMNS = (
    (N_("Indicator"), 11),
    (N_("Cause"), 42),
    (N_("Action"), 50),
    (N_("Responsible"), 24),
    (N_("Due"), 13),
    (N_("State"), 15),
)
AGAINST_THE_DAY = N_("Deadline now")
_STATE_WIDTH = 16
HINT = N_(
    "Write at least one action for every red indicator. One line for each action; a line that is done no longer counts."
)
PICK_INDICATOR = N_("Choose the number of the indicator from the list.")
PICK_STATE = N_("Choose from the list: planned, in progress or done.")
DUE_HELP = N_("The day by which it is to be done.")
LENGTH_HELP = N_("At most {length} characters.")

_LONGEST = 2000


def write_actions_sheet(book: Book, sheet: Worksheet) -> None:
    """Write the whole sheet."""
    styles, texts, layout = book.styles, book.state.texts, book.state.layout
    write_title(book, sheet, layout.title(Sheet.ACTIONS))
    sheet.write_string(2, 0, texts(HINT), styles("note"))
    sheet.set_row(ACTIONS_HEADING_ROW, 21)
    for column, (heading, width) in enumerate(_COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(ACTIONS_HEADING_ROW, column, texts(heading), styles("head"))
    _write_state_heading(book, sheet)
    actions = _lines(book.state)
    for row, action in actions.items():
        _write_line(book, sheet, row, action)
    for cell in action_cells(book.state):
        look = "row note padded" if cell.column == ACTIONS_STATE_COLUMN else ""
        sheet.write_formula(cell.row, cell.column, "=" + cell.formula, styles(look), cell.value)
    last = max(actions)
    _add_rules(book, sheet, last)
    colour_states(book, sheet, ACTIONS_FIRST_ROW, last, ACTIONS_STATE_COLUMN)
    # Only what is unlocked: a range with formulas in it could not be sorted on a protected sheet.
    sheet.autofilter(ACTIONS_HEADING_ROW, 0, last, len(_COLUMNS) - 1)
    sheet.freeze_panes(ACTIONS_FIRST_ROW, 1)
    set_page(book, sheet, heading_row=ACTIONS_HEADING_ROW, zoom=95)


def _write_state_heading(book: Book, sheet: Worksheet) -> None:
    sheet.set_column(ACTIONS_STATE_COLUMN, ACTIONS_STATE_COLUMN, _STATE_WIDTH)
    sheet.set_column(ACTIONS_DUE_DAY_COLUMN, ACTIONS_DUE_DAY_COLUMN, None, None, {"hidden": True})
    heading = book.state.texts(AGAINST_THE_DAY)
    sheet.write_string(ACTIONS_HEADING_ROW, ACTIONS_STATE_COLUMN, heading, book.styles("head indent"))


def _lines(state: OfficeState) -> dict[int, Action | None]:
    """What stands in each row: the actions where they were read or in the first rows, and spare ones below."""
    actions = state.submission.actions
    rows = line_rows([action.source for action in actions], ACTIONS_FIRST_ROW)
    found: dict[int, Action | None] = dict(zip(rows, actions, strict=True))
    for row in range(ACTIONS_FIRST_ROW, ACTIONS_FIRST_ROW + ACTIONS_ROWS):
        found.setdefault(row, None)
    return found


def action_cells(state: OfficeState) -> Iterator[FormulaCell]:
    """How each action stands against its day, in the words of the sheet of deadlines."""
    for row, action in _lines(state).items():
        due, what, said = (a1(row, column) for column in (_DUE_COLUMN, ACTION_COLUMN, STATE_COLUMN))
        due_day = f"${column_name(ACTIONS_DUE_DAY_COLUMN)}${row + 1}"
        is_done = f"OR({','.join(f'TRIM({said})={text_literal(word)}' for word in done_words())})"
        formula = state_formula(
            state, is_done=is_done, due_day=due_day, otherwise=undated_formula(state, due=due, what=what)
        )
        found = action_state(action, state.today, state.scorecard.due_soon_days) if action is not None else None
        yield FormulaCell(Sheet.ACTIONS, row, ACTIONS_STATE_COLUMN, formula, state_value(found, state))
        day = day_value(action.due_day if action is not None else None)
        yield FormulaCell(Sheet.ACTIONS, row, ACTIONS_DUE_DAY_COLUMN, day_formula(due), day)


def _write_line(book: Book, sheet: Worksheet, row: int, action: Action | None) -> None:
    styles = book.styles
    text = styles("input small wrap")
    looks: Sequence[Format] = (
        styles("input text bold"),
        text,
        text,
        text,
        styles("input day small"),
        styles("input small"),
    )
    fields = ("",) * len(looks)
    if action is not None:
        fields = (action.indicator, action.cause, action.action, action.responsible, action.due, action.state)
    for column, (value, style) in enumerate(zip(fields, looks, strict=True)):
        if not value:
            sheet.write_blank(row, column, None, style)
        elif column == _DUE_COLUMN and action is not None and action.due_day is not None:
            sheet.write_datetime(row, column, action.due_day, style)
        else:
            sheet.write_string(row, column, value, style)


def _add_rules(book: Book, sheet: Worksheet, last: int) -> None:
    styles, texts = book.styles, book.state.texts
    first = ACTIONS_FIRST_ROW

    def rule(column: int, last_column: int, validation: dict[str, object]) -> None:
        sheet.data_validation(first, column, last, last_column, validation)

    rule(
        INDICATOR_COLUMN,
        INDICATOR_COLUMN,
        {
            "validate": "list",
            "source": "=" + view_range(book.state.layout, Col.INDICATOR),
            "input_message": rule_message(texts(PICK_INDICATOR)),
            "error_title": rule_title(texts(_COLUMNS[INDICATOR_COLUMN][0])),
            "error_message": rule_message(texts(PICK_INDICATOR)),
        },
    )
    rule(
        1,
        3,
        {
            "validate": "length",
            "criteria": "<=",
            "value": _LONGEST,
            "error_title": rule_title(book.state.layout.title(Sheet.ACTIONS)),
            "error_message": rule_message(texts(LENGTH_HELP, length=_LONGEST)),
        },
    )
    rule(
        _DUE_COLUMN,
        _DUE_COLUMN,
        {
            "validate": "date",
            "criteria": "between",
            "minimum": EARLIEST,
            "maximum": LATEST,
            "input_message": rule_message(texts(DUE_HELP)),
            "error_title": rule_title(texts(_COLUMNS[_DUE_COLUMN][0])),
            "error_message": rule_message(texts(DUE_HELP)),
        },
    )
    rule(
        STATE_COLUMN,
        STATE_COLUMN,
        {
            "validate": "list",
            "source": [texts(state) for state in STATES],
            "input_message": rule_message(texts(PICK_STATE)),
            "error_title": rule_title(texts(_COLUMNS[STATE_COLUMN][0])),
            "error_message": rule_message(texts(PICK_STATE)),
        },
    )
    state = f"${column_name(STATE_COLUMN)}{first + 1}"
    due = a1(first, _DUE_COLUMN)
    done = texts(DONE)
    everything = (first, 0, last, len(_COLUMNS) - 1)
    faded = styles.part(font_color=Palette.NOTE, bg_color=Palette.NONE)
    sheet.conditional_format(*everything, {"type": "formula", "criteria": f'={state}="{done}"', "format": faded})
    late = styles.part(font_color=Palette.RED_INK, bold=True)
    criteria = f'=AND(ISNUMBER({due}),{due}<mk_as_of,{state}<>"{done}")'
    sheet.conditional_format(
        first, _DUE_COLUMN, last, _DUE_COLUMN, {"type": "formula", "criteria": criteria, "format": late}
    )
