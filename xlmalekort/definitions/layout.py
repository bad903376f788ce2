"""Where things stand in a definition workbook. Rows and columns count from 0."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlmalekort.definitions.schema import Table

TITLE_ROW, INTRO_ROW, KEY_ROW, HEAD_ROW, FIRST_ROW = range(5)
"""The rows of a sheet. That of the keys is hidden: by them columns are known wherever they are moved."""
ABOUT_KEY, ABOUT_LABEL, ABOUT_VALUE, ABOUT_NOTE = range(4)
"""The columns of the sheet about the scorecard, which has a row for each field; that of the keys is hidden."""
LOOKED_UP = "-"
"""The key of a column that only shows what stands elsewhere."""
LISTS_NAME = "mk_definition_lists"


def sheet_name(table: Table) -> str:
    """The name of the workbook that stands for the first heading of a sheet."""
    return f"mk_definition_{table.key}"
