"""Finds the sheets and columns of a definition workbook, wherever they were moved, and reads their rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from xlmalekort.definitions import schema
from xlmalekort.definitions.cells_read import Fault, hint, read_value, shown
from xlmalekort.definitions.draft import Cell, ReadRow
from xlmalekort.definitions.layout import LISTS_NAME, LOOKED_UP, sheet_name
from xlmalekort.definitions.schema import ABOUT
from xlmalekort.definitions.words import column_words, columns_by_heading, folded, sheet_words, tables_by_title
from xlmalekort.locale.told import Phrase, Told
from xlmalekort.problems import Problem
from xlmalekort.xlsx import RawSheet, read_sheet
from xlmalekort.xlsx.references import reference_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from xlmalekort.definitions.rows import Row
    from xlmalekort.definitions.schema import Column, Table
    from xlmalekort.xlsx import RawWorkbook, SheetEntry

_LAST_HEADING_ROW = 30
"""Headings stand above this row, whatever was put in over them."""


@dataclass
class ReadSheets:
    """The rows of every sheet that was found, and what there is to say about cells, columns and sheets."""

    rows: dict[str, list[ReadRow]] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    """What the sheets are called in the file."""
    problems: list[Problem] = field(default_factory=list)


def read_sheets(workbook: RawWorkbook) -> ReadSheets:
    """Everything that the workbook holds of a definition. Where it holds nothing of one, only DEF-001 is told."""
    found = ReadSheets()
    entries = _entries(workbook)
    if not any(schema.table(key).is_required for key in entries):
        return ReadSheets(problems=[Problem("DEF-001")])
    for table in schema.tables():
        title = Told(sheet_words(table).title)
        entry = entries.get(table.key)
        if entry is None:
            code = "DEF-002" if table.is_required else "DEF-028"
            found.problems.append(Problem(code, sheet=title, slots={"sheet": title}))
            continue
        sheet = read_sheet(workbook, entry)
        if isinstance(sheet, Problem):
            found.problems.append(sheet)
            continue
        found.titles[table.key] = entry.title
        reader = _AboutReader if table.key == ABOUT else _TableReader
        reader(workbook, sheet, table, found).read()
    known = {entry.title for entry in entries.values()}
    found.problems += _other_sheets(workbook, known)
    return found


def _entries(workbook: RawWorkbook) -> dict[str, SheetEntry]:
    """The sheets by the key of their table: found by name, else by their title in any language."""
    entries: dict[str, SheetEntry] = {}
    taken: set[str] = set()
    for table in schema.tables():
        place = workbook.names.get(sheet_name(table))
        entry = workbook.sheet(place[0]) if place else None
        if entry is not None and entry.is_worksheet and entry.title not in taken:
            entries[table.key] = entry
            taken.add(entry.title)
    by_title = tables_by_title()
    for entry in workbook.sheets:
        titled = by_title.get(folded(entry.title))
        if titled is not None and titled.key not in entries and entry.title not in taken and entry.is_worksheet:
            entries[titled.key] = entry
            taken.add(entry.title)
    for entry in workbook.sheets:
        if entry.title not in taken and entry.is_worksheet:
            key = _key_by_columns(workbook, entry)
            if key is not None and key not in entries:
                entries[key] = entry
    return entries


def _key_by_columns(workbook: RawWorkbook, entry: SheetEntry) -> str | None:
    """The table whose keys stand in a row of the sheet, most of them; None where there is none."""
    sheet = read_sheet(workbook, entry)
    if isinstance(sheet, Problem):
        return None
    held: dict[int, set[str]] = {}
    for (row, _), cell in sheet.cells.items():
        if row <= _LAST_HEADING_ROW:
            held.setdefault(row, set()).add(cell.text)
    for table in schema.tables():
        keys = {column.key for column in table.columns}
        if any(2 * len(keys & each) > len(keys) + 1 for each in held.values()):
            return table.key
    return None


def _other_sheets(workbook: RawWorkbook, known: set[str]) -> Iterator[Problem]:
    lists = workbook.names.get(LISTS_NAME)
    titles = {key: Told(sheet_words(table).title) for key, table in tables_by_title().items()}
    for entry in workbook.sheets:
        if entry.title in known or (lists is not None and lists[0] == entry.title):
            continue
        yield Problem("DEF-003", sheet=entry.title, got=entry.title, slots={"hint": hint(entry.title, titles)})


class _TableReader:
    """Reads a sheet that has a row for each thing and a column for each field."""

    def __init__(self, workbook: RawWorkbook, sheet: RawSheet, table: Table, found: ReadSheets) -> None:
        self._formats, self._sheet, self._table, self._found = workbook.formats, sheet, table, found
        self._rows: dict[int, list[int]] = {}
        for row, column in sorted(sheet.cells):
            self._rows.setdefault(row, []).append(column)

    def read(self) -> None:
        """Add the rows of the sheet, and what there is to say."""
        columns, head = self._columns()
        first = min(columns, default=0)
        rows = self._found.rows.setdefault(self._table.key, [])
        for area in self._sheet.merges:
            if area[0] > head and area[2] > head:
                name = f"{reference_of(area[0], area[1])}:{reference_of(area[2], area[3])}"
                self._say(
                    Problem("DEF-023", sheet=self._sheet.title, cell=name.partition(":")[0], slots={"range": name})
                )
        for number in (each for each in self._rows if each > head):
            if any(column in columns for column in self._rows[number]):
                row = self._row(number, columns, first)
                if row is not None:
                    rows.append(row)

    def _say(self, problem: Problem) -> None:
        self._found.problems.append(problem)

    def _cell(self, row: int, column: int) -> Cell:
        return Cell(self._sheet.title, reference_of(row, column))

    def _row(self, number: int, columns: dict[int, Column], first: int) -> ReadRow | None:
        """A row; None where none of its cells holds anything."""
        values: Row = {}
        faulty: set[str] = set()
        for place, column in columns.items():
            self._take((number, place), column, values, faulty)
        if not values and not faulty:
            return None
        cells = {column.key: self._cell(number, place) for place, column in columns.items()}
        return ReadRow(values, cells, self._cell(number, first), frozenset(faulty))

    def _take(self, place: tuple[int, int], column: Column, values: Row, faulty: set[str]) -> None:
        """Put the value of a cell where it belongs, or tell why it cannot be read."""
        raw = self._sheet.cells.get(place)
        if raw is None:
            return
        value = read_value(self._table, column, raw, self._formats)
        if value is None:
            return
        got = shown(raw, self._formats)
        if isinstance(value, Fault):
            faulty.add(column.key)
            self._say(self._cell(*place).problem(value.code, got, **value.slots))
            return
        if raw.formula is not None:
            self._say(self._cell(*place).problem("DEF-021", got))
        values[column.key] = value

    # Headings

    def _columns(self) -> tuple[dict[int, Column], int]:
        """The table's columns by where they stand, and the last row of the headings."""
        by_key = {column.key: column for column in self._table.columns}
        by_heading = columns_by_heading(self._table)
        key_row = self._best_row(by_key.keys(), is_key=True)
        heading_row = self._best_row(by_heading.keys(), is_key=False)
        head = max(key_row, heading_row)
        found: dict[int, Column] = {}
        meant: set[str] = set()
        for place in sorted({column for columns in self._rows.values() for column in columns}):
            key, heading = self._sheet.text(key_row, place).strip(), self._sheet.text(heading_row, place)
            if key == LOOKED_UP:
                continue
            column = by_key.get(key) or by_heading.get(folded(heading))
            if column is None:
                meant.add(self._tell_unknown(place, heading, head))
            elif column in found.values():
                self._say(self._cell(head, place).problem("DEF-017", field=self._heading(column)))
            else:
                found[place] = column
        for column in self._table.columns:
            if column not in found.values():
                # Where an unknown column is spelt like a missing one, its cells would be lost.
                is_lost = column.is_required or self._heading(column) in meant
                code = "DEF-004" if is_lost else "DEF-020"
                self._say(Problem(code, sheet=self._sheet.title, slots={"field": self._heading(column)}))
        return found, head

    def _best_row(self, known: Collection[str], *, is_key: bool) -> int:
        """The row with the most cells that say something known; -1 where none does."""
        best, most = -1, 0
        for row in (each for each in self._rows if each <= _LAST_HEADING_ROW):
            texts = (self._sheet.text(row, column) for column in self._rows[row])
            count = sum((text.strip() if is_key else folded(text)) in known for text in texts)
            if count > most:
                best, most = row, count
        return best

    def _tell_unknown(self, place: int, heading: str, head: int) -> str:
        """Tell of a column that nobody knows, if anything stands in it; the heading that it may be meant for."""
        if not any(row > head and (row, place) in self._sheet.cells for row in self._rows):
            return ""
        near = self._near(heading) if heading.strip() else ""
        letters = reference_of(0, place).rstrip("1")
        self._say(self._cell(max(head, 0), place).problem("DEF-022", heading.strip() or letters, hint=near))
        return str(near.slots["name"]) if isinstance(near, Phrase) else ""

    def _heading(self, column: Column) -> Told:
        return Told(column_words(self._table, column).heading)

    def _near(self, heading: str) -> str:
        """`; did you mean X?` where a heading of the sheet is spelt like this one."""
        return hint(heading, {key: self._heading(each) for key, each in columns_by_heading(self._table).items()})


class _AboutReader(_TableReader):
    """Reads the sheet about the scorecard, which has a row for each field."""

    def read(self) -> None:
        """Add the one row that the sheet makes up."""
        by_key = {column.key: column for column in self._table.columns}
        by_heading = columns_by_heading(self._table)
        columns = sorted({column for row in self._rows.values() for column in row})
        keys = max(columns, key=lambda place: self._count(place, set(by_key), is_key=True), default=0)
        labels = max(columns, key=lambda place: self._count(place, set(by_heading), is_key=False), default=0)
        values: Row = {}
        faulty: set[str] = set()
        cells: dict[str, Cell] = {}
        for number in self._rows:
            key, label = self._sheet.text(number, keys).strip(), self._sheet.text(number, labels).strip()
            column = by_key.get(key) or by_heading.get(folded(label))
            place = (number, labels + 1)
            if column is None or column.key in cells:
                if label and cells and place in self._sheet.cells:
                    self._say(self._cell(number, labels).problem("DEF-026", label, hint=self._near(label)))
                continue
            cells[column.key] = self._cell(*place)
            self._take(place, column, values, faulty)
        for column in self._table.columns:
            if column.key not in cells and column.is_required:
                slots = {"sheet": Told(sheet_words(self._table).title)}
                self._say(Problem("DEF-014", sheet=self._sheet.title, got=self._heading(column), slots=slots))
        row = ReadRow(values, cells, Cell(self._sheet.title), frozenset(faulty))
        self._found.rows.setdefault(ABOUT, []).append(row)

    def _count(self, place: int, known: set[str], *, is_key: bool) -> int:
        texts = (self._sheet.text(row, place) for row in self._rows)
        return sum((text.strip() if is_key else folded(text)) in known for text in texts)
