"""The sheet of deadlines: the lines of the definition, then spare ones for the office's own, each with how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xlmalekort.layout.cells import a1, column_name
from xlmalekort.layout.deadlines import (
    DEADLINES_FIRST_ROW,
    DEADLINES_HEADING_ROW,
    DEADLINES_MESSAGE,
    DEADLINES_SPARE_ROWS,
    DEADLINES_TALLY,
    HEADINGS,
    KIND_WORD,
    LOCKED,
    OFFERED_KINDS,
    Column,
    count_words,
    kind_word,
    state_label,
    what_words,
)
from xlmalekort.layout.office import Sheet
from xlmalekort.locale import N_
from xlmalekort.model.deadlines import EARLIEST, LATEST, DeadlineState, deadlines_of
from xlmalekort.model.figures import DeadlineEntry
from xlmalekort.template.deadline_formulas import (
    clock,
    colour_states,
    day_formula,
    day_value,
    has_state,
    state_formula,
    state_value,
    undated_formula,
)
from xlmalekort.template.formulas import concatenated, serial, text_literal
from xlmalekort.template.line_rows import line_rows
from xlmalekort.template.page import height_of, rule_message, rule_title, set_page, write_title
from xlmalekort.template.state import FormulaCell
from xlmalekort.template.styles import Palette

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from xlmalekort.model.deadlines import Deadline
    from xlmalekort.template.page import Book
    from xlmalekort.template.state import OfficeState, Value

HINT = N_(
    "Write the day under Done on when something is done. The empty lines are for the office's own deadlines, such as complaints."
)
NONE_YET = N_("No deadlines yet. The empty lines are for the office's own, such as complaints.")
PICK_KIND = N_("Choose the kind from the list.")
OWN_NUMBER = N_("A number or a mark of your own, if you want one.")
DUE_DAY_HELP = N_("The last day on which it is in time. Leave it empty for work without a date.")
DONE_HELP = N_("The day on which it was done. Leave it empty until then.")
LENGTH_HELP = N_("At most {length} characters.")
DAYS_LEFT, DAYS_OVER, TODAY = N_("left"), N_("over"), N_("today")

_WIDTHS = {
    Column.KIND: 15,
    Column.NUMBER: 10,
    Column.WHAT: 54,
    Column.RESPONSIBLE: 26,
    Column.DUE: 13,
    Column.DONE: 13,
    Column.REMARK: 36,
    Column.STATE: 18,
    Column.DAYS: 12,
}
_INDENT = 1.5
_LONGEST = 2000
_LONGEST_NUMBER = 40
_GAP = "    "
_QUIET = (DeadlineState.OPEN, DeadlineState.UNDATED, DeadlineState.DONE)
"""The states that ask for nothing now."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of the sheet; without an entry it is spare. `deadline` is None where it is the office's own or spare."""

    row: int
    deadline: Deadline | None = None
    entry: DeadlineEntry | None = None

    def cell(self, column: Column) -> str:
        return a1(self.row, column)

    def absolute(self, column: Column) -> str:
        return f"${column_name(column)}${self.row + 1}"


def _lines(state: OfficeState) -> tuple[_Line, ...]:
    """Every line, from top to bottom.

    A workbook that was read may lack a line of the definition, which then has no row.
    """
    submission = state.submission
    asked = {each.id: each for each in deadlines_of(state.scorecard, state.place, submission.exempt)}
    said = {each.id: each for each in submission.deadlines if not each.is_own}
    was_read = any(each.source is not None for each in submission.deadlines)
    entries = [
        said.get(each.id) or DeadlineEntry.of(each) for each in asked.values() if each.id in said or not was_read
    ]
    own = [each for each in submission.deadlines if each.is_own]
    first_spare = DEADLINES_FIRST_ROW + len(asked)
    rows = line_rows([each.source for each in entries], DEADLINES_FIRST_ROW)
    lines = {row: _Line(row, asked[each.id], each) for row, each in zip(rows, entries, strict=True)}
    sources = [each.source for each in own]
    for row, each in zip(line_rows(sources, first_spare), own, strict=True):
        lines[row] = _Line(row, None, each)
    for row in range(first_spare, first_spare + DEADLINES_SPARE_ROWS):
        lines.setdefault(row, _Line(row))
    return tuple(lines[row] for row in sorted(lines))


# Formulas


def deadline_cells(state: OfficeState) -> Iterator[FormulaCell]:
    """Every formula of the sheet, with the value that it gives."""
    lines = _lines(state)
    for line in lines:
        yield from _line_cells(state, line)
    yield from _top_cells(state, lines)


def formula_places(agreed: int) -> Iterator[tuple[int, int]]:
    """Where the formulas of a new sheet stand, with so many lines of the definition."""
    for row in range(DEADLINES_FIRST_ROW, DEADLINES_FIRST_ROW + agreed + DEADLINES_SPARE_ROWS):
        if row >= DEADLINES_FIRST_ROW + agreed:
            yield row, Column.DUE_DAY
        for column in (Column.STATE, Column.DAYS, Column.DONE_DAY):
            yield row, column
    yield DEADLINES_MESSAGE
    yield DEADLINES_TALLY


def _state_of(state: OfficeState, line: _Line) -> DeadlineState | None:
    return line.entry.state(state.today, state.scorecard.due_soon_days) if line.entry is not None else None


def _line_cells(state: OfficeState, line: _Line) -> Iterator[FormulaCell]:
    entry = line.entry

    def cell(column: Column, formula: str, value: Value) -> FormulaCell:
        return FormulaCell(Sheet.DEADLINES, line.row, column, formula, value)

    due_day, done_day, now = line.absolute(Column.DUE_DAY), line.absolute(Column.DONE_DAY), clock(state.layout)
    if line.deadline is None:
        yield cell(Column.DUE_DAY, day_formula(line.cell(Column.DUE)), day_value(entry.due if entry else None))
    yield cell(Column.DONE_DAY, day_formula(line.cell(Column.DONE)), day_value(entry.done if entry else None))
    is_done = f"IF(ISNUMBER({done_day}),{done_day}<={now},FALSE)"
    otherwise = (
        text_literal(state_label(DeadlineState.UNDATED, state.texts))
        if line.deadline is not None
        else undated_formula(state, due=line.cell(Column.DUE), what=line.cell(Column.WHAT))
    )
    formula = state_formula(state, is_done=is_done, due_day=due_day, otherwise=otherwise)
    found = _state_of(state, line)
    yield cell(Column.STATE, formula, state_value(found, state))
    days: Value = ""
    if entry is not None and entry.due is not None and found is not DeadlineState.DONE:
        days = (entry.due - state.today).days
    yield cell(Column.DAYS, f'IF({is_done},"",IF(ISNUMBER({due_day}),{due_day}-{now},""))', days)


def _top_cells(state: OfficeState, lines: tuple[_Line, ...]) -> Iterator[FormulaCell]:
    """The line that matters, and how many there are of what needs nothing now."""
    texts, soon = state.texts, state.scorecard.due_soon_days
    column = column_name(Column.STATE)
    everywhere = f"${column}${lines[0].row + 1}:${column}${lines[-1].row + 1}"
    count = {each: f"COUNTIF({everywhere},{text_literal(state_label(each, texts))})" for each in DeadlineState}
    found = [_state_of(state, line) for line in lines]
    number = {each: found.count(each) for each in DeadlineState}
    total = f"({'+'.join(count.values())})"
    message = count_words(texts, soon, overdue="{overdue}", soon="{soon}", all="{all}")
    slots = {"overdue": count[DeadlineState.OVERDUE], "soon": count[DeadlineState.DUE_SOON], "all": total}
    none = texts(NONE_YET)
    value = message.format(
        overdue=number[DeadlineState.OVERDUE], soon=number[DeadlineState.DUE_SOON], all=sum(number.values())
    )
    formula = f"IF({total}=0,{text_literal(none)},{concatenated(message, slots)})"
    yield FormulaCell(Sheet.DEADLINES, *DEADLINES_MESSAGE, formula, value if any(number.values()) else none)
    labels = {each: state_label(each, texts) for each in DeadlineState}
    pieces = [f"{text_literal(f'{labels[each]} ')}&{count[each]}" for each in _QUIET]
    words = [f"{labels[each]} {number[each]}" for each in _QUIET]
    formula = f'IF({total}=0,"",{f"&{text_literal(_GAP)}&".join(pieces)})'
    yield FormulaCell(Sheet.DEADLINES, *DEADLINES_TALLY, formula, _GAP.join(words) if any(number.values()) else "")


# The sheet


def write_deadlines_sheet(book: Book, sheet: Worksheet) -> None:
    """Write the whole sheet; its formulas are those of `deadline_cells`."""
    styles, texts, layout = book.styles, book.state.texts, book.state.layout
    write_title(book, sheet, layout.title(Sheet.DEADLINES))
    sheet.set_row(DEADLINES_MESSAGE[0], 27)
    sheet.set_row(DEADLINES_TALLY[0], 20)
    sheet.write_string(DEADLINES_HEADING_ROW - 1, 0, texts(HINT), styles("note"))
    sheet.set_row(DEADLINES_HEADING_ROW, 21)
    for column, heading in HEADINGS.items():
        sheet.set_column(column, column, _WIDTHS[column])
        look = "head center" if column is Column.DAYS else "head indent"
        sheet.write_string(DEADLINES_HEADING_ROW, column, texts(heading), styles(look))
    sheet.set_column(Column.DUE_DAY, Column.DONE_DAY, None, None, {"hidden": True})
    formulas = {(cell.row, cell.column): cell for cell in deadline_cells(book.state)}
    for place, look in ((DEADLINES_MESSAGE, "message"), (DEADLINES_TALLY, "subtitle")):
        _write(sheet, formulas[place], styles(look))
    lines = _lines(book.state)
    for line in lines:
        _write_line(book, sheet, line, formulas)
    _add_rules(book, sheet, [line.row for line in lines if line.deadline is None], [line.row for line in lines])
    _colour(book, sheet, lines[0].row, lines[-1].row)
    sheet.autofilter(DEADLINES_HEADING_ROW, 0, lines[-1].row, Column.DAYS)
    sheet.freeze_panes(DEADLINES_FIRST_ROW, 0)
    set_page(book, sheet, heading_row=DEADLINES_HEADING_ROW, zoom=90)


def _write(sheet: Worksheet, cell: FormulaCell, style: Format) -> None:
    sheet.write_formula(cell.row, cell.column, "=" + cell.formula, style, cell.value)


def _write_line(book: Book, sheet: Worksheet, line: _Line, formulas: Mapping[tuple[int, int], FormulaCell]) -> None:
    styles = book.styles
    is_own = line.deadline is None
    entry = line.entry
    agreed, typed = "row small wrap top padded", "input small wrap top padded"
    base = typed if is_own else agreed
    looks = {
        Column.KIND: styles(base),
        Column.NUMBER: styles(f"{base} text"),
        Column.WHAT: styles(base),
        Column.RESPONSIBLE: styles(base),
        Column.DUE: styles(f"{base} day"),
        Column.DONE: styles(f"{typed} day"),
        Column.REMARK: styles(typed),
    }
    for column, style in looks.items():
        value = _shown(book.state, line, column) if entry is not None else ""
        if isinstance(value, str) and value:
            sheet.write_string(line.row, column, value, style)
        elif isinstance(value, str):
            sheet.write_blank(line.row, column, None, style)
        else:
            sheet.write_number(line.row, column, value, style)
    _write(sheet, formulas[line.row, Column.STATE], styles("row note top padded"))
    left, over, today = (book.state.texts(each).replace('"', "") for each in (DAYS_LEFT, DAYS_OVER, TODAY))
    style = styles("row small top center", num_format=f'0" {left}";0" {over}";"{today}"')
    _write(sheet, formulas[line.row, Column.DAYS], style)
    if line.deadline is None:
        _write(sheet, formulas[line.row, Column.DUE_DAY], styles())
    elif line.deadline.due is not None:
        sheet.write_number(line.row, Column.DUE_DAY, serial(line.deadline.due), styles())
    _write(sheet, formulas[line.row, Column.DONE_DAY], styles())
    if entry is not None:
        due = "" if entry.due is not None else entry.due_words
        texts = [what_words(line.deadline) if line.deadline else entry.title, entry.responsible, due, entry.remark]
        widths = [_WIDTHS[each] - _INDENT for each in (Column.WHAT, Column.RESPONSIBLE, Column.DUE, Column.REMARK)]
        sheet.set_row(line.row, height_of(texts, widths))


def _shown(state: OfficeState, line: _Line, column: Column) -> str | int:
    """What stands in a cell that no formula gives: a text, or a day as a number."""
    entry = line.entry
    if entry is None:
        return ""
    match column:
        case Column.KIND:
            return kind_word(entry, state.texts)
        case Column.NUMBER:
            return entry.id
        case Column.WHAT:
            return what_words(line.deadline) if line.deadline is not None else entry.title
        case Column.RESPONSIBLE:
            return entry.responsible
        case Column.DUE:
            return serial(entry.due) if entry.due is not None else entry.due_words
        case Column.DONE:
            return serial(entry.done) if entry.done is not None else entry.done_words
        case _:
            return entry.remark


def _add_rules(book: Book, sheet: Worksheet, own: list[int], every: list[int]) -> None:
    """What may be typed: into the office's own lines, and into what is open in every line."""
    texts = book.state.texts
    kinds = [texts(KIND_WORD[kind]) for kind in OFFERED_KINDS]
    rules: dict[Column, tuple[dict[str, object], str]] = {
        Column.KIND: ({"validate": "list", "source": kinds}, texts(PICK_KIND)),
        Column.NUMBER: (_at_most(_LONGEST_NUMBER), texts(OWN_NUMBER)),
        Column.WHAT: (_at_most(_LONGEST), texts(LENGTH_HELP, length=_LONGEST)),
        Column.RESPONSIBLE: (_at_most(_LONGEST), texts(LENGTH_HELP, length=_LONGEST)),
        Column.DUE: (_A_DAY, texts(DUE_DAY_HELP)),
        Column.DONE: (_A_DAY, texts(DONE_HELP)),
        Column.REMARK: (_at_most(_LONGEST), texts(LENGTH_HELP, length=_LONGEST)),
    }
    for column, (rule, words) in rules.items():
        rows = own if column in LOCKED else every
        if rows:
            title, message = rule_title(texts(HEADINGS[column])), rule_message(words)
            said = {"error_title": title, "error_message": message}
            if column not in (Column.WHAT, Column.RESPONSIBLE, Column.REMARK):
                said["input_message"] = message
            sheet.data_validation(rows[0], column, rows[-1], column, rule | said)


_A_DAY: dict[str, object] = {"validate": "date", "criteria": "between", "minimum": EARLIEST, "maximum": LATEST}


def _at_most(length: int) -> dict[str, object]:
    return {"validate": "length", "criteria": "<=", "value": length}


def _colour(book: Book, sheet: Worksheet, first: int, last: int) -> None:
    """States as they are coloured everywhere; a line that is done fades."""
    colour_states(book, sheet, first, last, Column.STATE)
    done = {
        "type": "formula",
        "criteria": has_state(f"${column_name(Column.STATE)}{first + 1}", DeadlineState.DONE),
        "format": book.styles.part(font_color=Palette.NOTE),
    }
    sheet.conditional_format(first, Column.KIND, last, Column.REMARK, done)
