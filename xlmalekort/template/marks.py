"""Marks on the cells that the sheet of checks lists: rules that look each cell's address up in that sheet.

Nothing is written into the cells, so a mark is there as long as the sheet of checks lists the cell, and is gone with the next
Refresh after the cell has been mended. The rules name the columns of that sheet by names of the workbook, because old
Excel takes no other sheet in such a rule.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlmalekort.layout import look
from xlmalekort.layout.cells import column_name
from xlmalekort.layout.office import CONTROL_FIRST_ROW, CONTROL_ROWS, Sheet
from xlmalekort.template.control_sheet import PLACE_COLUMN, SEVERITY_COLUMN, reference_to
from xlmalekort.template.formulas import text_literal

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from xlmalekort.problems import Severity
    from xlmalekort.template.styles import Styles

PLACES_NAME, SEVERITIES_NAME = "mk_control_places", "mk_control_severities"
"""The columns of the sheet of checks that say where a problem is, and how grave."""
MARKED_SHEETS = (Sheet.SCORECARD, Sheet.INPUT, Sheet.LOCAL, Sheet.ACTIONS, Sheet.DEADLINES, Sheet.HISTORY)
"""The sheets in which problems point at cells."""
_EVERYWHERE = "B1:XFD1 A2:XFD1048576"
"""All cells but the first: a problem of the whole sheet leads there without being about it."""
_ADDRESS = "ADDRESS(ROW(),COLUMN(),4)"


def column_names(title: str) -> dict[str, str]:
    """The names that the rules use, and what they stand for. `title` is that of the sheet of checks."""
    quoted = "'" + title.replace("'", "''") + "'"
    first, last = CONTROL_FIRST_ROW + 1, CONTROL_FIRST_ROW + CONTROL_ROWS
    columns = {PLACES_NAME: column_name(PLACE_COLUMN), SEVERITIES_NAME: column_name(SEVERITY_COLUMN)}
    return {name: f"{quoted}!${letters}${first}:${letters}${last}" for name, letters in columns.items()}


def mark_cells(styles: Styles, worksheet: Worksheet, title: str) -> None:
    """Let the cells of a sheet show what is listed about them, the gravest before the rules of the sheet itself.

    `title` is what the sheet of checks calls the sheet.
    """
    for severity, properties in look.MARKS.items():
        rule = {
            "type": "formula",
            "criteria": mark_formula(title, severity),
            "format": styles.part(**properties),
            "multi_range": _EVERYWHERE,
        }
        worksheet.conditional_format(1, 0, 1, 0, rule)


def mark_formula(title: str, severity: Severity) -> str:
    """Whether the sheet of checks lists the cell with such a problem."""
    # A tilde in the title would be taken as the mark before a wildcard.
    sheet = text_literal(reference_to(title, "").replace("~", "~~"))
    symbol = text_literal(f"{look.SEVERITY_SYMBOL[severity]}*")
    return f"=COUNTIFS({PLACES_NAME},{sheet}&{_ADDRESS},{SEVERITIES_NAME},{symbol})>0"
