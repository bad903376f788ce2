"""A workbook as Excel's page tells xlwings Server of it, and what it holds after the server's answer."""

from __future__ import annotations

import io
import warnings
from datetime import datetime
from typing import TYPE_CHECKING, Any

import xlwings
from openpyxl import load_workbook
from openpyxl.utils.datetime import to_excel

from xlmalekort.layout.cells import column_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl import Workbook

VISIBILITY = {"visible": "Visible", "hidden": "Hidden", "veryHidden": "VeryHidden"}

Values = dict[str, list[list[Any]]]
"""Values by the sheets' titles, from A1."""


def values_of(content: bytes) -> Values:
    """What the cells hold: a day as its number, and an empty cell as an empty text."""
    return _values(_opened(content), to_excel)


def _opened(content: bytes) -> Workbook:
    with warnings.catch_warnings():
        # It says what it would lose if it saved the workbook.
        warnings.simplefilter("ignore", UserWarning)
        return load_workbook(io.BytesIO(content), data_only=True)


def _values(book: Workbook, day: Callable[[datetime], Any]) -> Values:
    def told(value: Any) -> Any:
        return day(value) if isinstance(value, datetime) else "" if value is None else value

    found = {sheet.title: [[told(cell) for cell in row] for row in sheet.values] for sheet in book.worksheets}
    return {title: rows or [[""]] for title, rows in found.items()}


def _iso(day: datetime) -> str:
    return day.isoformat(timespec="milliseconds") + "Z"


def payload_of(content: bytes, name: str) -> dict[str, Any]:
    """The whole workbook, as a script is handed it."""
    book = _opened(content)
    values = _values(book, _iso)
    titles = list(values)
    return {
        "client": "Office.js",
        "version": xlwings.__version__,
        "book": {"name": name, "active_sheet_index": 0, "selection": "A1", "calculation": "Automatic"},
        "names": [_name(key, each.attr_text, titles) for key, each in book.defined_names.items()],
        "sheets": [
            {
                "name": sheet.title,
                "visibility": VISIBILITY[sheet.sheet_state],
                "used_range_address": f"A1:{_last(values[sheet.title])}",
                "used_range_row_count": len(values[sheet.title]),
                "used_range_column_count": len(values[sheet.title][0]),
                "values": values[sheet.title],
                "pictures": [],
                "tables": [],
            }
            for sheet in book.worksheets
        ],
    }


def _name(key: str, text: str, titles: list[str]) -> dict[str, Any]:
    title, _, address = text.rpartition("!")
    bare = title.strip("'").replace("''", "'")
    is_range = bare in titles and "(" not in text
    return {
        "name": key,
        "refers_to": f"={text}",
        "type": "Range" if is_range else "String",
        "sheet_index": titles.index(bare) if is_range else None,
        "address": address.replace("$", "") if is_range else None,
        "scope_sheet_name": None,
        "scope_sheet_index": None,
        "book_scope": True,
    }


def _last(rows: list[list[Any]]) -> str:
    return f"{column_name(len(rows[0]) - 1)}{len(rows)}"


def after(values: Values, actions: list[dict[str, Any]]) -> Values:
    """What the cells hold when Excel has carried the answer out: an apostrophe before a text is not part of it."""
    titles = list(values)
    held = {title: [list(row) for row in rows] for title, rows in values.items()}
    for action in actions:
        if action["func"] != "setValues":
            continue
        rows = held[titles[action["sheet_position"]]]
        for down, line in enumerate(action["values"]):
            for right, value in enumerate(line):
                row, column = action["start_row"] + down, action["start_column"] + right
                while len(rows) <= row:
                    rows.append([])
                rows[row].extend([""] * (column + 1 - len(rows[row])))
                rows[row][column] = value[1:] if isinstance(value, str) and value.startswith("'") else value
    return held
