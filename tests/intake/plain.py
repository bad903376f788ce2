"""Office workbooks with nothing but what is read: setup, input and history, for any scorecard."""

from __future__ import annotations

import io
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from xlsxwriter import Workbook

from xlmalekort.intake.workbook_file import check_file
from xlmalekort.layout.cells import a1
from xlmalekort.layout.office import (
    ID_COLUMN,
    KEY_ROW,
    SETUP_DEFINITION_CHUNK,
    SETUP_DEFINITION_ROW,
    SETUP_FORMAT,
    SETUP_KEYS,
    TEMPLATE_VERSION,
    Sheet,
    layout_of,
)
from xlmalekort.model.measures import Unit
from xlmalekort.model.periods import Period

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlmalekort.model.figures import CheckedFile
    from xlmalekort.model.scorecard import Scorecard
    from xlmalekort.problems import Problem

FILE = "small.xlsx"
AFTER = date(2015, 3, 1)
Figures = dict[str, "int | str | Fraction"]


def plain_workbook(scorecard: Scorecard, figures: Mapping[str, int | str | Fraction], **setup: str) -> bytes:
    """A workbook with figures by `measure@period`, in the unit shown; texts are typed as they stand."""
    year = scorecard.year
    layout = layout_of(scorecard, year)
    stream = io.BytesIO()
    workbook = Workbook(stream, {"in_memory": True})
    sheets = {}
    for kind, periods in ((Sheet.INPUT, layout.periods), (Sheet.HISTORY, layout.earlier_periods)):
        sheet = sheets[kind] = workbook.add_worksheet(layout.title(kind))
        for period in periods:
            sheet.write_string(KEY_ROW, layout.column_of[period], period.code)
        for line in layout.lines:
            sheet.write_string(line.row, ID_COLUMN, line.id)
    for place, value in figures.items():
        name, _, code = place.partition("@")
        cell = layout.input_cell(name, Period.parse(code))
        assert cell is not None, place
        line = layout.line[name]
        is_percent = line.measure is not None and line.measure.unit is Unit.PERCENT
        typed = value if isinstance(value, str) else float(Fraction(value) / (100 if is_percent else 1))
        sheets[cell[0]].write(cell[1], cell[2], typed)
    values = {
        "format": SETUP_FORMAT,
        "template": TEMPLATE_VERSION,
        "scorecard": scorecard.id,
        "version": scorecard.version,
        "hash": scorecard.content_hash,
        "language": scorecard.language,
        "office": "Tenkeby",
        "year": str(year),
        **setup,
    }
    sheet = workbook.add_worksheet(layout.title(Sheet.SETUP))
    for row, key in enumerate(SETUP_KEYS):
        sheet.write_string(row, 0, key)
        sheet.write_string(row, 1, values.get(key, ""))
    text = scorecard.as_json
    for row, start in enumerate(range(0, len(text), SETUP_DEFINITION_CHUNK), start=SETUP_DEFINITION_ROW):
        sheet.write_string(row, 1, text[start : start + SETUP_DEFINITION_CHUNK])
    workbook.close()
    return stream.getvalue()


def checked(
    scorecard: Scorecard, figures: Mapping[str, int | str | Fraction], today: date = AFTER, **setup: str
) -> CheckedFile:
    """What the checks say of such a workbook. Its ledger balances."""
    found = check_file(plain_workbook(scorecard, figures, **setup), FILE, today)
    assert found.submission is not None, found.problems
    ledger = found.ledger
    assert ledger.filled == ledger.counted + ledger.rejected + ledger.provisional + ledger.reference == len(figures)
    return found


def findings(found: CheckedFile) -> list[str]:
    """What is wrong with the figures: code and cell, sheets that are not there left aside."""
    return [f"{each.code} {each.cell}" for each in found.problems if each.code not in ("STR-001", "STR-019", "DDL-008")]


def problem(found: CheckedFile, code: str) -> Problem:
    (only,) = [each for each in found.problems if each.code == code]
    return only


def cell(scorecard: Scorecard, place: str) -> str:
    """The cell of `measure@period` as Excel names it."""
    name, _, code = place.partition("@")
    found = layout_of(scorecard, scorecard.year).input_cell(name, Period.parse(code))
    assert found is not None, place
    return a1(found[1], found[2])
