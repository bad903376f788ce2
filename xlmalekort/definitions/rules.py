"""The rules of a definition workbook's cells: lists to choose from, messages, and what a row's kind asks for."""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING, Any

from xlmalekort.definitions import schema
from xlmalekort.definitions.annotations import Holds
from xlmalekort.definitions.layout import FIRST_ROW
from xlmalekort.definitions.words import NO, YES, choice_word, column_words
from xlmalekort.layout.cells import column_name

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from xlmalekort.definitions.schema import Column, Table
    from xlmalekort.locale import Texts

_LONGEST_TITLE, _LONGEST_MESSAGE = 32, 255


class Lists:
    """The hidden sheet of the words that cells may be chosen from, one list a column, each list once."""

    def __init__(self, texts: Texts, sheet: Worksheet, last_rows: dict[str, tuple[str, int]]) -> None:
        self.sheet, self._texts, self._last_rows = sheet, texts, last_rows
        self._columns: dict[tuple[str, ...], int] = {}

    def words(self, words: tuple[str, ...]) -> str:
        """The cells of a list of words, which is written when it is first asked for."""
        if words not in self._columns:
            place = self._columns[words] = len(self._columns)
            for row, word in enumerate(words):
                self.sheet.write_string(row, place, self._texts(word))
        column = column_name(self._columns[words])
        return f"='{self.sheet.get_name()}'!${column}$1:${column}${len(words)}"

    def ids(self, table_key: str) -> str:
        """The ids that a sheet has at the time, empty rows at its end left out."""
        title, last = self._last_rows[table_key]
        first = f"'{title}'!$A${FIRST_ROW + 1}"
        return f"=OFFSET({first},0,0,MAX(1,COUNTA('{title}'!$A${FIRST_ROW + 1}:$A${last + 1})),1)"


def input_rule(table: Table, column: Column, texts: Texts, lists: Lists) -> dict[str, Any]:
    """The rule of a cell for XlsxWriter: a list where there is one, and a message when the cell is chosen."""
    words = column_words(table, column)
    rule: dict[str, Any] = {
        "validate": "any",
        "input_title": shorten(texts(words.heading), _LONGEST_TITLE, placeholder="…"),
        "input_message": shorten(texts(words.explanation), _LONGEST_MESSAGE, placeholder=" …"),
    }
    if column.holds is Holds.FLAG:
        rule |= {"validate": "list", "source": lists.words((YES, NO))}
    elif column.choices:
        words_of = tuple(choice_word(table, column, each) for each in column.choices)
        # Where a number may stand too, the list only helps.
        rule |= {"validate": "list", "source": lists.words(words_of), "show_error": column.holds is Holds.CHOICE}
    elif column.refers:
        rule |= {"validate": "list", "source": lists.ids(column.refers), "show_error": False}
    return rule


def chooser_of(table: Table, column: Column) -> str | None:
    """The column whose word decides whether a row has the column; None where every row has it."""
    if table.key in (schema.TARGETS, schema.MILESTONES) and column.key in _OF_WHICH:
        return schema.WHICH
    return column.kind_key


_OF_WHICH = {
    "starts": (schema.REVISION, schema.UNIT),
    "level": (schema.UNIT,),
    "unit": (schema.UNIT,),
    "reason": (schema.REVISION, schema.UNIT),
}
"""The kinds of targets that have what tells whose and from when they are."""


def applies_formula(table: Table, column: Column, chooser: str, texts: Texts) -> str | None:
    """The formula that is true where a row does not have the column, by the letters of its chooser; None where all do."""
    key = chooser_of(table, column)
    kinds = _OF_WHICH[column.key] if key == schema.WHICH else column.kinds
    if key is None or kinds is None:
        return None
    return _not_one_of(f"${chooser}", [texts(choice_word(table, table.column(key), each)) for each in kinds])


def _not_one_of(column: str, words: list[str]) -> str:
    cell = f"{column}{FIRST_ROW + 1}"
    alike = ",".join(f'{cell}="{word}"' for word in words)
    return f'=AND({cell}<>"",NOT(OR({alike})))'


def wanted_formula(table: Table, column: Column, place: str, kind: str, texts: Texts) -> str | None:
    """The formula that is true where a cell is empty and its row cannot do without it; None where any row can."""
    row = FIRST_ROW + 1
    if column.is_required:
        return f'=AND(${place}{row}="",COUNTA($A{row}:$AZ{row})>1)' if column.key != table.columns[0].key else None
    if not column.required_for or not column.kind_key:
        return None
    kinds = table.column(column.kind_key)
    words = [texts(choice_word(table, kinds, each)) for each in column.required_for]
    alike = ",".join(f'${kind}{row}="{word}"' for word in words)
    return f'=AND(${place}{row}="",OR({alike}))'
