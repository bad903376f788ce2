"""The sheet of what Refresh found: a line for each problem, the worst first, each with a jump to its cell."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from xlmalekort.layout import look
from xlmalekort.layout.cells import column_name
from xlmalekort.layout.office import CONTROL_FIRST_ROW, CONTROL_ROWS, Sheet
from xlmalekort.locale import N_
from xlmalekort.problems.problem import Severity, as_json, sort_key
from xlmalekort.template.page import refuse_typing, set_page, write_title, written
from xlmalekort.template.scorecard_sheet import REFRESHED
from xlmalekort.template.state import FormulaCell
from xlmalekort.template.styles import Palette

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xlsxwriter.worksheet import Worksheet

    from xlmalekort.locale import Texts
    from xlmalekort.problems import Problem
    from xlmalekort.template.page import Book
    from xlmalekort.template.state import OfficeState, Value

SEVERITY_COLUMN, PLACE_COLUMN, JUMP_COLUMN, FOUND_COLUMN, EXPECTED_COLUMN, FIX_COLUMN = range(6)
_LINE_HEIGHT = 43
"""Three lines of text, for Refresh cannot set heights."""
OUTPUT_COLUMNS = ((SEVERITY_COLUMN, PLACE_COLUMN), (FOUND_COLUMN, FIX_COLUMN))
"""First and last columns of what Refresh writes for each problem; the jumps between them are formulas."""
SUMMARY = (2, 0)
STAMP = (1, FIX_COLUMN)
HEADING_ROW = CONTROL_FIRST_ROW - 1
MORE = (CONTROL_FIRST_ROW + CONTROL_ROWS, 0)
"""The line that tells how many more problems there are."""

_COLUMNS = (
    (N_("How grave"), 14),
    (N_("Where"), 22),
    ("", 9),
    (N_("What was found"), 62),
    (N_("Expected"), 32),
    (N_("How to mend it"), 56),
)
JUMP = N_("Go there")
ALL_WELL = N_("Nothing to put right. Thank you!")
COUNTS = N_("Errors: {errors}. Warnings: {warnings}. Notes: {notes}.")
AND_MORE = N_("… and {count} more. Put these right and refresh to see the rest.")
HINT = N_("Errors are not counted. Warnings are counted, but should be looked at.")
MARKS_HINT = N_("The cells are marked where they stand: errors with a solid frame, warnings dashed, notes dotted.")


def control_values(state: OfficeState) -> dict[tuple[int, int], Value]:
    """Every cell of the block that Refresh writes, by row and column; None for the ones that stay empty."""
    problems = sorted(state.problems, key=sort_key)
    texts = state.texts
    values: dict[tuple[int, int], Value] = {
        SUMMARY: summary(problems, texts),
        STAMP: texts(REFRESHED, date=texts.date(state.today)),
    }
    columns = (SEVERITY_COLUMN, PLACE_COLUMN, FOUND_COLUMN, EXPECTED_COLUMN, FIX_COLUMN)
    for index in range(CONTROL_ROWS):
        line = _line(problems[index], state) if index < len(problems) else (None,) * len(columns)
        row = CONTROL_FIRST_ROW + index
        values.update({(row, column): value for column, value in zip(columns, line, strict=True)})
    more = len(problems) - CONTROL_ROWS
    values[MORE] = texts(AND_MORE, count=more) if more > 0 else None
    return values


def summary(problems: Sequence[Problem], texts: Texts) -> str:
    """How many problems there are of each kind."""
    if not problems:
        return texts(ALL_WELL)
    found = Counter(problem.severity for problem in problems)
    return texts(COUNTS, errors=found[Severity.ERROR], warnings=found[Severity.WARNING], notes=found[Severity.NOTE])


def _line(problem: Problem, state: OfficeState) -> tuple[Value, ...]:
    said = as_json(problem, state.texts)
    about = [
        problem.indicator or problem.measure,
        state.texts.period(problem.period) if problem.period else None,
    ]
    subject = ", ".join(part for part in about if part)
    found = str(said["says"])
    return (
        f"{look.SEVERITY_SYMBOL[problem.severity]} {state.texts(look.SEVERITY_WORD[problem.severity])}",
        _place(problem) or None,
        f"{subject}: {found}" if subject else as_sentence(found, problem),
        str(said["expected"]) or None,
        " ".join(str(part) for part in (said["likely"], said["fix"]) if part) or None,
    )


def as_sentence(found: str, problem: Problem) -> str:
    """A capital at the beginning, but not where a name stands there that is written otherwise."""
    return found if problem.entry.says.startswith("{") else found[:1].upper() + found[1:]


def _place(problem: Problem) -> str:
    """The place as a link takes it, `Registrering!F12`; empty where the problem is about no cell of the workbook."""
    return reference_to(problem.sheet, problem.cell or "A1") if problem.sheet is not None else ""


def reference_to(title: str, cell: str) -> str:
    """A cell of a sheet as the lines name it.

    >>> reference_to("Registrering", "F12"), reference_to("Ola's ark", "A1")
    ('Registrering!F12', "'Ola''s ark'!A1")
    """
    sheet = title if title.isidentifier() else "'" + title.replace("'", "''") + "'"
    return f"{sheet}!{cell}"


def control_cells(state: OfficeState) -> Iterator[FormulaCell]:
    """The jumps: a link where a line names a place, nothing where it names none."""
    values = control_values(state)
    jump = state.texts(JUMP)
    letters = column_name(PLACE_COLUMN)
    for row in range(CONTROL_FIRST_ROW, CONTROL_FIRST_ROW + CONTROL_ROWS):
        place = f"${letters}{row + 1}"
        formula = f'IF({place}="","",HYPERLINK("#"&{place},"{jump}"))'
        yield FormulaCell(Sheet.CONTROL, row, JUMP_COLUMN, formula, jump if values[row, PLACE_COLUMN] else "")


def write_control_sheet(book: Book, sheet: Worksheet) -> None:
    """Write the whole sheet."""
    styles, texts, layout = book.styles, book.state.texts, book.state.layout
    write_title(book, sheet, layout.title(Sheet.CONTROL))
    sheet.set_row(SUMMARY[0], 27)
    sheet.write_string(3, 0, texts(HINT), styles("note"))
    sheet.write_string(3, EXPECTED_COLUMN, texts(MARKS_HINT), styles("note"))
    sheet.set_row(HEADING_ROW, 21)
    for column, (heading, width) in enumerate(_COLUMNS):
        sheet.set_column(column, column, width)
        base = "head indent" if column in (SEVERITY_COLUMN, PLACE_COLUMN) else "head"
        sheet.write_string(HEADING_ROW, column, texts(heading), styles(base))
    looks = {
        SEVERITY_COLUMN: "small bold indent",
        PLACE_COLUMN: "note wrap indent",
        FIX_COLUMN: "small wrap",
        FOUND_COLUMN: "small wrap",
        EXPECTED_COLUMN: "note wrap",
    }
    plain = {SUMMARY: "message", STAMP: "note right", MORE: "bold"}
    for row in range(CONTROL_FIRST_ROW, CONTROL_FIRST_ROW + CONTROL_ROWS):
        sheet.set_row(row, _LINE_HEIGHT)
    for (row, column), value in control_values(book.state).items():
        style = styles(written(plain.get((row, column)) or looks[column], book.state))
        if value is None:
            sheet.write_blank(row, column, None, style)
        else:
            sheet.write_string(row, column, str(value), style)
    link = styles("small", font_color=Palette.NAVY, underline=1)
    for cell in control_cells(book.state):
        sheet.write_formula(cell.row, cell.column, "=" + cell.formula, link, cell.value)
    top, bottom = CONTROL_FIRST_ROW, CONTROL_FIRST_ROW + CONTROL_ROWS - 1
    blocks = [((top, one), (bottom, other)) for one, other in OUTPUT_COLUMNS]
    refuse_typing(book, sheet, [*blocks, *((cell, cell) for cell in plain)])
    _colour(book, sheet)
    sheet.freeze_panes(CONTROL_FIRST_ROW, 0)
    set_page(book, sheet, heading_row=HEADING_ROW, zoom=90)
    _print_what_is_filled(book)


def _print_what_is_filled(book: Book) -> None:
    """Print down to the last line that Refresh has filled: the empty ones below hold formulas, so Excel would print them.

    LibreOffice takes no formula for a print area and prints them.
    """
    title = book.state.layout.quoted(Sheet.CONTROL)
    letters = column_name(SEVERITY_COLUMN), column_name(FIX_COLUMN)
    lines = f"{title}!${letters[0]}${CONTROL_FIRST_ROW + 1}:${letters[0]}${CONTROL_FIRST_ROW + CONTROL_ROWS}"
    last = f'INDEX({title}!${letters[1]}$1:${letters[1]}${MORE[0] + 1},COUNTIF({lines},"?*")+{CONTROL_FIRST_ROW + 1})'
    book.workbook.define_name(f"{title}!_xlnm.Print_Area", f"={title}!$A$1:{last}")


def _colour(book: Book, sheet: Worksheet) -> None:
    first, last = CONTROL_FIRST_ROW, CONTROL_FIRST_ROW + CONTROL_ROWS - 1
    cell = f"${column_name(SEVERITY_COLUMN)}{first + 1}"
    for severity in (Severity.ERROR, Severity.WARNING):
        tone = look.SEVERITY_TONE[severity]
        sheet.conditional_format(
            first,
            SEVERITY_COLUMN,
            last,
            SEVERITY_COLUMN,
            {
                "type": "formula",
                "criteria": f'=LEFT({cell},1)="{look.SEVERITY_SYMBOL[severity]}"',
                "format": book.styles.part(font_color=tone.ink, bg_color=tone.fill),
            },
        )
    filled = book.styles.part(bottom=1, bottom_color=Palette.LINE)
    sheet.conditional_format(
        first, SEVERITY_COLUMN, last, FIX_COLUMN, {"type": "formula", "criteria": f'={cell}<>""', "format": filled}
    )
