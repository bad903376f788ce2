"""The hidden sheets: checked figures, the calculation with its view, and the setup that travels with the workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlmalekort.layout.card import CARD_NAME, card_text
from xlmalekort.layout.office import (
    CALC_HEADING_ROW,
    SETUP_DEFINITION_CHUNK,
    SETUP_DEFINITION_ROW,
    SETUP_FORMAT,
    SETUP_KEYS,
    TEMPLATE_VERSION,
    WITH_MACROS,
    Calc,
)
from xlmalekort.template.state import FormulaCell

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xlsxwriter.worksheet import Worksheet

    from xlmalekort.template.page import Book
    from xlmalekort.template.state import ConstantCell, OfficeState


def write_cells(sheet: Worksheet, cells: Iterable[FormulaCell | ConstantCell]) -> None:
    """Write formulas with their values, and constants."""
    for cell in cells:
        if isinstance(cell, FormulaCell):
            sheet.write_formula(
                cell.row, cell.column, "=" + cell.formula, None, "" if cell.value is None else cell.value
            )
        elif isinstance(cell.value, str):
            sheet.write_string(cell.row, cell.column, cell.value)
        elif cell.value is not None:
            sheet.write_number(cell.row, cell.column, cell.value)
    sheet.protect()


def write_calculation_headings(sheet: Worksheet) -> None:
    """The names of the steps, for who looks behind the scenes."""
    for step in Calc:
        sheet.write_string(CALC_HEADING_ROW, step.column, step.value)


def setup_values(state: OfficeState) -> dict[str, str]:
    """What the setup sheet holds, by key, in the order of `SETUP_KEYS`."""
    scorecard, submission = state.scorecard, state.submission
    exempt = "".join(f";{each}" for each in sorted(submission.exempt)) + ";" if submission.exempt else ""
    values = (
        SETUP_FORMAT,
        TEMPLATE_VERSION,
        scorecard.id,
        scorecard.version,
        scorecard.content_hash,
        scorecard.language,
        submission.office,
        str(submission.year),
        submission.area,
        submission.region,
        submission.country,
        exempt,
        state.today.isoformat(),
        WITH_MACROS if state.has_macros else "",
        card_text(scorecard, submission.place),
    )
    return dict(zip(SETUP_KEYS, values, strict=True))


def write_setup_sheet(book: Book, sheet: Worksheet) -> None:
    """Keys in column A, values in column B, then the definition as JSON in pieces, in column B from its own row on."""
    for row, (key, value) in enumerate(setup_values(book.state).items()):
        sheet.write_string(row, 0, key)
        sheet.write_string(row, 1, value)
    book.workbook.define_name(CARD_NAME, "=" + book.state.layout.setup_cell("card"))
    definition = book.state.scorecard.as_json
    for index, start in enumerate(range(0, len(definition), SETUP_DEFINITION_CHUNK)):
        sheet.write_string(SETUP_DEFINITION_ROW + index, 0, "definition")
        sheet.write_string(SETUP_DEFINITION_ROW + index, 1, definition[start : start + SETUP_DEFINITION_CHUNK])
    sheet.protect()
