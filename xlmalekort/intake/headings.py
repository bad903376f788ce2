"""The office and the year that people see at the top of the sheets, beside those of the hidden setup (IDN-011, IDN-012)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from xlmalekort.intake.file_names import named_in
from xlmalekort.layout.cells import a1
from xlmalekort.layout.office import HEADING, ID_COLUMN, KEY_ROW
from xlmalekort.model.places import office_key
from xlmalekort.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlmalekort.intake.grid import Grid
    from xlmalekort.intake.setup_sheet import Setup
    from xlmalekort.model.register import Register

_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])", re.ASCII)


def check_heading(setup: Setup, register: Register | None, grid: Grid, file: str) -> Iterator[Problem]:
    """What the heading of the input sheet says of another office or year; the template writes `Office  ·  Year` there.

    IDN-011, an error, where it names another office of the register or another year; IDN-012 where it says anything else
    than the office. People who look at the sheet take its figures for those of whom it names. An empty one says nothing.
    """
    sheet = grid.sheet
    above = [cell.text for (row, _), cell in sheet.cells.items() if row < grid.top and cell.kind == "text"]
    if any(_is_own(setup, text) for text in above):
        return
    place = HEADING[0] + grid.top - KEY_ROW, HEADING[1] + grid.id_column - ID_COLUMN
    text = sheet.text(*place).strip()
    if not text:
        return
    other = named_in(text, setup.place, register) if register is not None else None
    code = "IDN-011" if other is not None or _other_years(setup, text) else "IDN-012"
    slots = {"office": setup.office, "year": str(setup.year)}
    yield Problem(code, file=file, sheet=sheet.title, cell=a1(*place), got=text, slots=slots)


def _is_own(setup: Setup, text: str) -> bool:
    return office_key(setup.office) in office_key(text) and not _other_years(setup, text)


def _other_years(setup: Setup, text: str) -> bool:
    """Whether a text names a year, and not that of the workbook. A number in the office's own name is no year."""
    years = _YEAR.findall(text.replace(setup.office, ""))
    return bool(years) and str(setup.year) not in years
