"""The cells of a sheet as they stand in the file, empty ones left out however many there are."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from lxml import etree

from xlmalekort.locale import N_
from xlmalekort.locale.told import Phrase
from xlmalekort.xlsx.formats import is_uneven
from xlmalekort.xlsx.formula_texts import without_texts, words_of
from xlmalekort.xlsx.frames import remembered, without_running_heads
from xlmalekort.xlsx.references import area_of, place_of, reference_of
from xlmalekort.xlsx.scan import SCANNED, scan
from xlmalekort.xlsx.workbook import rich_text
from xlmalekort.xlsx.xml import (
    STRICT,
    TRANSITIONAL,
    TRUE,
    UnreadableError,
    local_name,
    namespace_of,
    parse,
    parse_in_pieces,
    path,
    unescaped,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from xlmalekort.problems import Problem
    from xlmalekort.xlsx.references import Area
    from xlmalekort.xlsx.scan import ScannedCell
    from xlmalekort.xlsx.workbook import RawWorkbook, SheetEntry

Kind = Literal["number", "text", "error", "bool", "date", "blank", "unclear"]
"""What a cell holds. A `date` is one written as ISO text, a `blank` a formula without a result, `unclear` several values."""


class RawCell(NamedTuple):
    """A cell that holds something.

    `text` is a number as the file writes it (which may be `nan` or `abc`), the text, the error's name, `TRUE` or `FALSE`.
    `formula` is None where none stands there. `is_external` tells that the formula looks into another file, `is_uneven`
    that parts of a text are struck out, raised or of another colour (`formats.is_uneven`).
    """

    kind: Kind
    text: str
    formula: str | None
    style: int
    is_external: bool
    is_uneven: bool = False


Cells = dict[tuple[int, int], RawCell]
"""Cells by row and column, counted from 0."""


@dataclass(frozen=True)
class RawSheet:
    """A sheet. `hidden_columns` are pairs of first and last column; all rows and columns count from 0.

    Hidden is also what is too low or too narrow to be seen.
    """

    entry: SheetEntry
    cells: Cells = field(repr=False)
    merges: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: tuple[tuple[int, int], ...] = ()

    @property
    def title(self) -> str:
        """The sheet's title."""
        return self.entry.title

    def text(self, row: int, column: int) -> str:
        """What a cell says, empty where it is."""
        cell = self.cells.get((row, column))
        return cell.text if cell else ""


_TWICE = N_("a cell stands twice in it")
_NO_SHEET = N_("a sheet of it is in an unknown format")
LARGE = 4_000_000
"""Bytes of a sheet from which it is read in pieces."""
_ROWS_AT_ONCE = 2_000
LOWEST, NARROWEST = 2, 0.3
"""Points of a row's height and characters of a column's width under which nobody sees what stands there."""
_UNSEEN_ROW = f"@hidden or @ht < {LOWEST}"
_COLUMNS = f"/*/m:cols/m:col[@hidden or @width < {NARROWEST}]"


def read_sheet(workbook: RawWorkbook, entry: SheetEntry, *, is_head_enough: bool = False) -> RawSheet | Problem:
    """The sheet, or why it cannot be read (FIL-008, FIL-010). A sheet that is no worksheet has no cells.

    Of a large one whose head is enough the first 2,000 rows are read: people keep lists of their own beside their figures.
    """
    if not entry.is_worksheet:
        return RawSheet(entry, {})
    try:
        data = workbook.package.read(entry.part)
        if len(data) < LARGE:
            return _whole(workbook, entry, data)
        return _in_pieces(workbook, entry, data, is_head_enough=is_head_enough)
    except UnreadableError as error:
        return error.as_problem(workbook.file)


def _whole(workbook: RawWorkbook, entry: SheetEntry, data: bytes) -> RawSheet:
    found = _scanned(workbook, entry, data)
    return _parsed(workbook, entry, data) if found is None else found


def _scanned(workbook: RawWorkbook, entry: SheetEntry, data: bytes) -> RawSheet | None:
    """The sheet where its rows are written the usual way; None where they are not."""
    found = scan(data)
    if found is None:
        return None
    frame = _frame(without_running_heads(found.rest))
    if frame is None:
        return None
    reading = _Reading(workbook, frame.namespace)
    reading.take(found.cells)
    return RawSheet(entry, reading.cells, frame.merges, found.hidden_rows, frame.hidden_columns)


class _Frame(NamedTuple):
    """What a sheet says beside its rows."""

    namespace: str
    merges: tuple[Area, ...]
    hidden_columns: tuple[tuple[int, int], ...]


@remembered
def _frame(rest: bytes) -> _Frame | None:
    """What is left of a sheet that was scanned; None where its rows stand where no program looks for them."""
    root = parse(rest)
    namespace = _namespace(root)
    # In an extension, say.
    if len(path("/*/m:sheetData", namespace)(root)) != 1 or len(path(f"//*[@{SCANNED}]", namespace)(root)) != 1:
        return None
    if len(path(f"/*/m:sheetData[@{SCANNED}]", namespace)(root)) != 1:
        return None
    merges = tuple(_merges(path("/*/m:mergeCells/m:mergeCell/@ref", namespace)(root)))
    return _Frame(namespace, merges, tuple(_hidden_columns(path(_COLUMNS, namespace)(root))))


def _parsed(workbook: RawWorkbook, entry: SheetEntry, data: bytes) -> RawSheet:
    root = parse(data)
    namespace = _namespace(root)
    reading = _Reading(workbook, namespace)
    for rows in path("/*/m:sheetData", namespace)(root):
        reading.read(rows)
    reading.spread_out()
    hidden = path(f"/*/m:sheetData/m:row[{_UNSEEN_ROW}]", namespace)(root)
    return RawSheet(
        entry,
        reading.cells,
        tuple(_merges(path("/*/m:mergeCells/m:mergeCell/@ref", namespace)(root))),
        frozenset(_hidden_rows(hidden)),
        tuple(_hidden_columns(path(_COLUMNS, namespace)(root))),
    )


def _in_pieces(workbook: RawWorkbook, entry: SheetEntry, data: bytes, *, is_head_enough: bool) -> RawSheet:
    """The same for a sheet that would fill the memory: rows are dropped when they have been read."""
    pieces = parse_in_pieces(data, "{*}row")
    reading: _Reading | None = None
    hidden_rows: set[int] = set()
    waiting: list[_Element] = []
    try:
        for _, row in pieces:
            waiting.append(row)
            if len(waiting) < _ROWS_AT_ONCE:
                continue
            reading = reading or _Reading(workbook, namespace_of(row))
            _take(reading, waiting, hidden_rows)
            if is_head_enough:
                return RawSheet(entry, reading.cells, hidden_rows=frozenset(hidden_rows))
        root = pieces.root
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError("FIL-010", {"reason": Phrase(_NO_SHEET)}) from error
    namespace = _namespace(root)
    reading = reading or _Reading(workbook, namespace)
    _take(reading, waiting, hidden_rows)
    reading.spread_out()
    return RawSheet(
        entry,
        reading.cells,
        tuple(_merges(path("/*/m:mergeCells/m:mergeCell/@ref", namespace)(root))),
        frozenset(hidden_rows),
        tuple(_hidden_columns(path(_COLUMNS, namespace)(root))),
    )


def _take(reading: _Reading, waiting: list[_Element], hidden_rows: set[int]) -> None:
    """Read the rows and take them out of the tree."""
    if not waiting:
        return
    rows = waiting[-1].getparent()
    if rows is None:
        return
    reading.read(rows)
    hidden_rows.update(_hidden_rows([row for row in waiting if row.get("hidden") or row.get("ht")]))
    del rows[:]
    waiting.clear()


def _namespace(root: _Element) -> str:
    namespace = namespace_of(root)
    if local_name(root) not in ("worksheet", "dialogsheet") or namespace not in (TRANSITIONAL, STRICT):
        raise UnreadableError("FIL-010", {"reason": Phrase(_NO_SHEET)})
    return namespace


class _Reading:
    """Gathers the cells of one sheet. Formulas and inline texts are rare, so they are looked for by themselves."""

    def __init__(self, workbook: RawWorkbook, namespace: str) -> None:
        self.cells: Cells = {}
        self._strings = workbook.strings
        self._uneven = workbook.uneven
        self._external_names = workbook.external_names
        self._namespace = namespace
        self._shared: dict[str, str] = {}
        self._spread: list[tuple[Area, str]] = []
        self._next_row = 0
        self._names_cells = False

    def take(self, scanned: list[ScannedCell]) -> None:
        """Add cells that were scanned."""
        cells = self.cells
        count = 0
        for reference, style, kind, formula, text, inline in scanned:
            place = place_of(reference)
            if place is None:
                continue
            if inline:
                cell = RawCell("text", unescaped(inline), None, _number(style or "0"), is_external=False)
            elif kind == "s":
                cell = self._shared_text(text, style)
            elif text or kind == "str":
                cell = _plain(kind, text, style) if len(text) < _SHORT else _made(kind, text, style)
            elif formula:
                cell = RawCell("blank", "", None, _number(style or "0"), is_external=False)
            else:
                continue
            cells[place] = cell._replace(formula=formula, is_external=self._looks_outside(formula)) if formula else cell
            count += 1
        if len(cells) != count:
            raise UnreadableError("FIL-010", {"reason": Phrase(_TWICE)})

    def read(self, rows: _Element) -> None:
        """Add the cells of the rows under an element."""
        for cell in path("m:row/m:c[m:v[2] or m:is[2] or (m:v and m:is)]", self._namespace)(rows):
            _leave_unclear(cell, self._namespace)
        if self._names_cells or not self._read_values(rows):
            self._names_cells = True
            self._next_row = _name_cells(rows, self._next_row)
            self._read_values(rows)
        for inline in path("m:row/m:c/m:is", self._namespace)(rows):
            cell = inline.getparent()
            if cell is not None and cell.get("t") == "inlineStr":
                self._add(cell, inline)
        for formula in path("m:row/m:c/m:f", self._namespace)(rows):
            cell = formula.getparent()
            if cell is not None:
                self._add_formula(cell, formula)

    def _read_values(self, rows: _Element) -> bool:
        """Add the cells with a value; False, and nothing is added, where some do not say where they stand."""
        found = path("m:row/m:c[m:v]", self._namespace)(rows)
        texts = path("m:row/m:c/m:v[1]/text()[1]", self._namespace)(rows)
        if len(texts) != len(found):  # an empty value somewhere
            value = f"{{{self._namespace}}}v"
            texts = [cell.findtext(value) or "" for cell in found]
        cells: Cells = {}
        count = 0
        for cell, text in zip(found, texts, strict=True):
            get = cell.get
            reference, kind = get("r"), get("t")
            if reference is None:
                return False
            place = place_of(reference)
            if place is None:
                continue
            if kind == "s":
                cells[place] = self._shared_text(text, get("s"))
            elif text or kind == "str":
                cells[place] = _plain(kind, text, get("s")) if len(text) < _SHORT else _made(kind, text, get("s"))
            else:
                continue
            count += 1
        if len(cells) != count or not cells.keys().isdisjoint(self.cells):
            raise UnreadableError("FIL-010", {"reason": Phrase(_TWICE)})
        self.cells.update(cells)
        return True

    def _shared_text(self, index: str, style: str | None) -> RawCell:
        number = _number(index)
        if 0 <= number < len(self._strings):
            text, is_odd = self._strings[number], number in self._uneven
            return RawCell("text", text, None, _number(style or "0"), is_external=False, is_uneven=is_odd)
        return RawCell("error", "#REF!", None, _number(style or "0"), is_external=False)

    def _add(self, cell: _Element, inline: _Element) -> None:
        place = place_of(cell.get("r") or "")
        if place is None:
            return
        if place in self.cells:
            raise UnreadableError("FIL-010", {"reason": Phrase(_TWICE)})
        text, is_odd = rich_text(inline, self._namespace), is_uneven(inline, self._namespace)
        style = _number(cell.get("s") or "0")
        self.cells[place] = RawCell("text", text, None, style, is_external=False, is_uneven=is_odd)

    def _add_formula(self, cell: _Element, element: _Element) -> None:
        place = place_of(cell.get("r") or "")
        if place is None:
            return
        formula = element.text or ""
        number = element.get("si")
        if element.get("t") == "shared" and number is not None:
            formula = formula or self._shared.get(number, "")
            self._shared.setdefault(number, formula)
        area = area_of(element.get("ref") or "") if element.get("t") in ("array", "dataTable") else None
        if area is not None and area[:2] != area[2:]:
            self._spread.append((area, formula))
        held = self.cells.get(place)
        if held is not None and not self._has_value(cell):
            raise UnreadableError("FIL-010", {"reason": Phrase(_TWICE)})
        held = held or RawCell("blank", "", None, _number(cell.get("s") or "0"), is_external=False)
        self.cells[place] = held._replace(formula=formula, is_external=self._looks_outside(formula))

    def spread_out(self) -> None:
        """Give the formulas that fill several cells to all of them: they stand in the first one only."""
        for (top, left, bottom, right), formula in self._spread:
            is_external = self._looks_outside(formula)
            for (row, column), cell in self.cells.items():
                if top <= row <= bottom and left <= column <= right and cell.formula is None:
                    self.cells[row, column] = cell._replace(formula=formula, is_external=is_external)

    def _has_value(self, cell: _Element) -> bool:
        """Whether the cell itself, and not another one of the same name, was added for its value."""
        value, kind = cell.find(f"{{{self._namespace}}}v"), cell.get("t")
        if value is not None and (value.text or kind in ("s", "str")):
            return True
        return kind == "inlineStr" and cell.find(f"{{{self._namespace}}}is") is not None

    def _looks_outside(self, formula: str) -> bool:
        if _names_outside(formula):
            return True
        names = self._external_names
        return bool(names) and any(word in names for word in words_of(formula))


_EXTERNAL = re.compile(r"\[[^\]\[]+\][^\[\]!]*!")
"""`[1]Sheet1!A1` or `'[book.xlsx]Sheet 1'!A1`; a column of a table has no exclamation mark behind it."""
_OUTSIDE = re.compile(
    r"\w\|[^|!]*!"  # another program: Excel|Ark1!R1C1
    r"|\.xl\w{1,3}'?!"  # a macro of another workbook
    r"|'(?:file|https?|ftp)://"  # another file, as LibreOffice writes it
    r"|__xludf\.DUMMYFUNCTION"  # a function of Google's, which may fetch anything
    r"|(?<![\w.])(?:_xl\w+\.)*(?:WEBSERVICE|FILTERXML|RTD|DDE|STOCKHISTORY|SQL\.REQUEST|REGISTER\.ID|CALL|PY|CUBE\w+"
    r"|IMAGE|GOOGLEFINANCE|IMPORT(?:RANGE|DATA|HTML|XML|FEED)) *\(",
    re.IGNORECASE,
)


@lru_cache(maxsize=8_192)
def _names_outside(formula: str) -> bool:
    """Whether a formula names another file or program; the same formulas come again in every workbook."""
    return bool(_EXTERNAL.search(formula) or _OUTSIDE.search(without_texts(formula)))


@lru_cache(maxsize=4_096)
def _number(text: str) -> int:
    """A number of a style or a shared string; -1 for what is none."""
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1  # noqa: PLR2004 - 32 bits


_SHORT = 24
"""Characters up to which a value is worth remembering: the same numbers come again in every workbook."""


def _made(kind: str | None, text: str, style: str | None) -> RawCell:
    """A cell of any kind but a shared text."""
    return RawCell(*_kind_and_text(kind, text), None, _number(style or "0"), is_external=False)


_plain = lru_cache(maxsize=65_536)(_made)


def _kind_and_text(kind: str | None, text: str) -> tuple[Kind, str]:
    match kind:
        case None | "" | "n":
            return "number", text.strip()
        case "b":
            return "bool", "TRUE" if text.strip() in TRUE else "FALSE"
        case "e":
            return "error", text.strip()
        case "d":
            return "date", text.strip()
        case "unclear":
            return "unclear", text
        case _:
            return "text", unescaped(text)


def _leave_unclear(cell: _Element, namespace: str) -> None:
    """Make one value of several, of a kind that is no number: nobody knows which of them is meant."""
    value, inline = f"{{{namespace}}}v", f"{{{namespace}}}is"
    held = [child for child in cell if child.tag in (value, inline)]
    texts = [(each.text or "") if each.tag == value else rich_text(each, namespace) for each in held]
    for each in held:
        cell.remove(each)
    etree.SubElement(cell, value).text = " / ".join(texts)
    cell.set("t", "unclear")


def _name_cells(rows: _Element, next_row: int) -> int:
    """Give every row and cell the reference that its place implies; the number of the row after the last."""
    for row in rows:
        given = row.get("r")
        number = _number(given) - 1 if given else next_row
        next_row = number + 1
        next_column = 0
        for cell in row:
            place = place_of(cell.get("r") or "")
            column = place[1] if place else next_column
            if place is None and number >= 0:
                cell.set("r", reference_of(number, column))
            next_column = column + 1
    return next_row


def _merges(references: list[str]) -> Iterator[Area]:
    for reference in references:
        area = area_of(reference)
        if area:
            yield area


def _hidden_rows(rows: list[_Element]) -> Iterator[int]:
    for row in rows:
        number = _number(row.get("r") or "")
        if number > 0 and (row.get("hidden") in TRUE or _is_under(row.get("ht"), LOWEST)):
            yield number - 1


def _is_under(size: str | None, least: float) -> bool:
    try:
        return size is not None and float(size) < least
    except ValueError:
        return False


def _hidden_columns(columns: list[_Element]) -> Iterator[tuple[int, int]]:
    for column in columns:
        if column.get("hidden") in TRUE or _is_under(column.get("width"), NARROWEST):
            yield _number(column.get("min") or "") - 1, _number(column.get("max") or "") - 1
