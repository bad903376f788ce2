"""How a line stands against its day, as formulas: the same rules as `model.deadlines`, in the words of the sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlmalekort.layout.cells import column_name
from xlmalekort.layout.deadlines import STATE_SYMBOL, STATE_TONE, state_label
from xlmalekort.layout.office import Sheet
from xlmalekort.model.deadlines import EARLIEST, LATEST, DeadlineState
from xlmalekort.template.figure_sheet import CLOCK
from xlmalekort.template.formulas import count_of_digits, serial, text_literal

if TYPE_CHECKING:
    from datetime import date

    from xlsxwriter.worksheet import Worksheet

    from xlmalekort.layout.office import OfficeLayout
    from xlmalekort.template.page import Book
    from xlmalekort.template.state import OfficeState, Value


def clock(layout: OfficeLayout) -> str:
    """The day that stands for the clock. A time of day in the cell "As of" does not make anything overdue."""
    return f"INT({layout.absolute(Sheet.FIGURES, CLOCK)})"


def is_blank(cell: str) -> str:
    """Whether a cell holds nothing but blanks; an error is something."""
    return f'IF(ISTEXT({cell}),TRIM({cell})="",ISBLANK({cell}))'


def day_formula(cell: str) -> str:
    """The day that a cell holds as a number, "" where it holds none: a number that is one, or a text such as 2014-06-30."""
    text = f"TRIM({cell})"
    year, month, day = f"VALUE(LEFT({text},4))", f"VALUE(MID({text},6,2))", f"VALUE(RIGHT({text},2))"
    made = f"DATE({year},{month},{day})"
    # A day that does not exist, 31 June, would come out as another one; so would the year 14, or a day before 1950.
    is_same = f"AND(YEAR({made})={year},MONTH({made})={month},DAY({made})={day},{_in_range(made)})"
    digits = f"{count_of_digits(text)}=8"
    is_iso = f'IF(LEN({text})=10,AND(MID({text},5,1)="-",MID({text},8,1)="-",{digits}),FALSE)'
    read = f'IF({is_iso},IFERROR(IF({is_same},{made},""),""),"")'
    return f'IF(ISNUMBER({cell}),IF({_in_range(cell)},INT({cell}),""),IF(ISTEXT({cell}),{read},""))'


def _in_range(number: str) -> str:
    return f"AND({number}>={serial(EARLIEST)},{number}<{serial(LATEST) + 1})"


def day_value(day: date | None) -> Value:
    """What `day_formula` comes to."""
    return serial(day) if day is not None else ""


def state_formula(state: OfficeState, *, is_done: str, due_day: str, otherwise: str) -> str:
    """The label of the state by a condition, a cell with the due day as a number or "", and what holds without one."""
    now = clock(state.layout)
    label = {each: text_literal(state_label(each, state.texts)) for each in DeadlineState}
    soon = f"IF({due_day}-{now}<={state.scorecard.due_soon_days},{label[DeadlineState.DUE_SOON]},{label[DeadlineState.OPEN]})"
    dated = f"IF({due_day}<{now},{label[DeadlineState.OVERDUE]},{soon})"
    return f"IF({is_done},{label[DeadlineState.DONE]},IF(ISNUMBER({due_day}),{dated},{otherwise}))"


def undated_formula(state: OfficeState, *, due: str, what: str) -> str:
    """What holds of a line without a day: nothing where words stand for the day, or where it does not say what is due."""
    label = text_literal(state_label(DeadlineState.UNDATED, state.texts))
    return f'IF({is_blank(due)},IF({is_blank(what)},"",{label}),"")'


def state_value(found: DeadlineState | None, state: OfficeState) -> Value:
    """What a formula of the state comes to."""
    return state_label(found, state.texts) if found is not None else ""


_COLOURED = (DeadlineState.OVERDUE, DeadlineState.DUE_SOON, DeadlineState.DONE)


def has_state(cell: str, state: DeadlineState) -> str:
    """The condition that a cell shows a state."""
    return f'=LEFT({cell},1)="{STATE_SYMBOL[state]}"'


def colour_states(book: Book, sheet: Worksheet, first: int, last: int, column: int) -> None:
    """Colour a column of states: what is overdue, due soon and done, and nothing else."""
    for state in _COLOURED:
        tone = STATE_TONE[state]
        rule = {
            "type": "formula",
            "criteria": has_state(f"${column_name(column)}{first + 1}", state),
            "format": book.styles.part(font_color=tone.ink, bg_color=tone.fill, bold=True),
        }
        sheet.conditional_format(first, column, last, column, rule)
