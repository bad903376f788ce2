"""The guard against personal data: a national identity number anywhere in a workbook rejects it, and is never told itself.

Every sheet is looked through, hidden ones too, and every other part that holds texts: comments, drawings, headers, names,
properties, input messages, links, number formats, charts and data that came along. Pictures, macros and files that are embedded
in the workbook are not opened. What counts as an identity number is said in `intake.identity_numbers`; of numbers in cells:

- Where a figure of a measure is expected, only eleven digits with both control digits count, unless the number is larger than
  the measure can be. An amount of money is never taken for one. The same elsewhere for what is shown in groups of three digits.
- What a formula works out is no typed number: of such results only a fødselsnummer on a sheet that is not ours counts. Texts
  that formulas give count everywhere, but are told only where the cells that they come from are not.

Most parts are cleared by `intake.digit_sieve` in one go; only what it lets through is read.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from xlmalekort.intake.digit_sieve import Sieve
from xlmalekort.intake.grid import Grid, find_grid
from xlmalekort.intake.identity_numbers import (
    Kind,
    fewest_digits,
    find_numbers,
    kind_of_number,
    masked,
    whole_digits,
)
from xlmalekort.intake.plan import plan_of
from xlmalekort.intake.seen_texts import SeenText, seen_texts
from xlmalekort.intake.sheets import find_entry
from xlmalekort.layout.cells import a1
from xlmalekort.layout.office import Sheet
from xlmalekort.locale import N_
from xlmalekort.locale.told import Phrase
from xlmalekort.model.measures import Unit
from xlmalekort.problems import Problem
from xlmalekort.xlsx import RawSheet, read_sheet
from xlmalekort.xlsx.workbook import relations_of, workbook_part
from xlmalekort.xlsx.xml import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlmalekort.intake.plan import LinePlan
    from xlmalekort.intake.setup_sheet import Setup
    from xlmalekort.xlsx import RawCell, RawWorkbook, SheetEntry

MOST_PLACES = 20
"""Places that are told one by one; the rest is counted."""

_CELL = N_("the cell")
_FORMULA = N_("the formula of the cell")
_COMMENT = N_("a comment")
_DRAWING = N_("a text box or drawing")
_CHART = N_("a chart")
_HEADER = N_("the header or footer")
_MESSAGE = N_("an input rule or its message")
_LINK = N_("a link")
_TITLE = N_("the name of the sheet")
_NAME = N_("a name that the workbook defines")
_PROPERTIES = N_("the properties of the document")
_TABLE = N_("a table or pivot table")
_OUTSIDE = N_("what the workbook keeps of another one")
_FORMAT = N_("a number format or style")
_ORPHAN = N_("a text that the file keeps although no cell shows it")
_OTHER = N_("a part of the workbook that is not shown")
_FILE = N_("the name of the file")

_BY_RELATION = {
    "comments": _COMMENT,
    "threadedComment": _COMMENT,
    "drawing": _DRAWING,
    "vmlDrawing": _DRAWING,
    "chartUserShapes": _DRAWING,
    "diagramData": _DRAWING,
    "diagramDrawing": _DRAWING,
    "chart": _CHART,
    "chartEx": _CHART,
    "core-properties": _PROPERTIES,
    "extended-properties": _PROPERTIES,
    "custom-properties": _PROPERTIES,
    "table": _TABLE,
    "pivotTable": _TABLE,
    "pivotCacheDefinition": _TABLE,
    "pivotCacheRecords": _TABLE,
    "externalLink": _OUTSIDE,
    "styles": _FORMAT,
}
"""Where a part stands for people, by the kind of the relationship that leads to it."""
_BY_ELEMENT = {
    **dict.fromkeys(("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"), _HEADER),
    **dict.fromkeys(("dataValidation", "formula1", "formula2"), _MESSAGE),
    "hyperlink": _LINK,
    "Relationship": _LINK,
    "definedName": _NAME,
    "sheet": _TITLE,
}
_TEXT_PARTS = (".xml", ".rels", ".vml", ".svg", ".json", ".txt", ".htm", ".html")
_NOBODYS_TEXT = re.compile(r"\[content_types\]\.xml|xl/(?:calcchain|theme/[^/]*)\.xml", re.IGNORECASE)
_NO_TAGS = bytes.maketrans(b"<>", b"&&")
"""In texts as people see them these are marks like any other."""
_SHARED = re.compile(r".*sharedstrings\.xml", re.IGNORECASE)
_QUOTES_OF_FORMATS = re.compile(r'["\\]')
_HEADER_CODES = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f+]{6}|[A-Z])')


@dataclass(frozen=True, slots=True)
class PersonalData:
    """What the guard found: PRI-001 and PRI-002 (or why the workbook cannot be looked through), and in which sheets."""

    problems: tuple[Problem, ...]
    titles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a number stands. `is_derived` marks what a formula of ours gives: the number itself stands elsewhere."""

    kind: Kind
    where: str
    sheet: str | None = None
    cell: str | None = None
    is_derived: bool = False


def find_personal_data(workbook: RawWorkbook, setup: Setup | None, file: str) -> PersonalData:
    """The identity numbers of a workbook and of its name; `setup` is None for what is no office workbook.

    The number itself stands in no problem, nor do names of sheets and of the file with their digits.
    """
    guard = _Guard(workbook, setup)
    try:
        found = (*guard.in_name(file), *guard.in_sheets(), *guard.in_parts())
    except UnreadableError as error:
        return PersonalData((error.as_problem(masked(file)),))
    places = tuple(dict.fromkeys(place for place in found if not place.is_derived)) or tuple(dict.fromkeys(found))
    told = masked(file, guard.language)
    problems = [guard.problem(place, told) for place in places[:MOST_PLACES]]
    if len(places) > MOST_PLACES:
        problems.append(Problem("PRI-002", file=told, slots={"count": str(len(places) - MOST_PLACES)}))
    return PersonalData(tuple(problems), frozenset(place.sheet for place in found if place.sheet))


def without_numbers(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Problems of a text file as they may be told: digits of identity numbers in what was found are masked."""
    return tuple(map(_without_numbers, problems))


def _without_numbers(problem: Problem) -> Problem:
    slots = {name: value for name, value in problem.slots.items() if masked(value) != value}
    if not slots and masked(problem.got or "") == (problem.got or ""):
        return problem
    got = masked(problem.got) if problem.got is not None else None
    return replace(problem, got=got, slots={**problem.slots, **{name: masked(slots[name]) for name in slots}})


class _Guard:
    """Looks through one workbook."""

    def __init__(self, workbook: RawWorkbook, setup: Setup | None) -> None:
        self._workbook, self._package, self._setup = workbook, workbook.package, setup
        self.language = setup.scorecard.language if setup is not None else None
        self._sieve = Sieve(fewest_digits(self.language))
        self._sieve_of_texts = Sieve(fewest_digits(self.language), is_text=True)
        names = workbook.names
        self._ours = {names[sheet.defined_name][0] for sheet in Sheet if sheet.defined_name in names}

    def problem(self, place: _Place, file: str) -> Problem:
        """PRI-001 for a place."""
        sheet = masked(place.sheet, self.language) if place.sheet else None
        slots = {"kind": str(place.kind), "where": Phrase(place.where)}
        return Problem("PRI-001", file=file, sheet=sheet, cell=place.cell, slots=slots)

    def in_name(self, file: str) -> Iterator[_Place]:
        """A number in the name of the file."""
        yield from (_Place(kind, _FILE) for kind in self._kinds(file))

    def _kinds(self, text: str) -> Iterator[Kind]:
        return (found.kind for found in find_numbers(text, self.language))

    # Sheets

    def in_sheets(self) -> Iterator[_Place]:
        """Numbers in the sheets, in the order of their tabs."""
        shared = self._shared_texts()
        used: set[str] = set()
        for entry in self._workbook.sheets:
            yield from (_Place(kind, _TITLE, entry.title) for kind in self._kinds(entry.title))
            if not entry.is_worksheet:
                continue
            data = self._package.read(entry.part)
            if shared or self._is_suspicious(data, entry):
                yield from self._in_sheet(entry, data, used)
        for text in sorted(shared - used):
            yield from (_Place(kind, _ORPHAN) for kind in self._kinds(text))

    def _shared_texts(self) -> frozenset[str]:
        """The texts of the table that the sheets share which hold a number."""
        texts = self._workbook.strings
        together = "\x01".join(texts).encode(errors="replace").translate(_NO_TAGS)
        if not self._sieve_of_texts.sift(together).may_hold_numbers:
            return frozenset()
        return frozenset(text for text in texts if any(self._kinds(text)))

    def _is_suspicious(self, data: bytes, entry: SheetEntry) -> bool:
        """Whether a sheet needs to be read."""
        if b"<worksheet" not in data[:2_000]:
            return True
        if self._sieve_of_texts.sift(_texts_in(data)).may_hold_numbers:
            return True
        is_ours = entry.title in self._ours
        for piece in _pieces(data):
            sifted = self._sieve.sift(piece)
            if sifted.is_disguised or sifted.is_rich:
                return True
            if not all(_is_computed(piece, at, is_ours=is_ours) for at in sifted.runs()):
                return True
        return False

    def _in_sheet(self, entry: SheetEntry, data: bytes, used: set[str]) -> Iterator[_Place]:
        """Numbers in the cells of a sheet, and in what else it says. The texts of its cells are added to `used`."""
        sheet = read_sheet(self._workbook, entry)
        if not isinstance(sheet, RawSheet):
            yield from self._in_texts(seen_texts(data), _CELL, entry.title)
            return
        used.update(cell.text for cell in sheet.cells.values() if cell.kind == "text")
        for (row, column), cell in sorted(sheet.cells.items()):
            yield from self._in_cell(entry.title, (row, column), cell)
        yield from self._in_texts(seen_texts(_without_cells(data)), _OTHER, entry.title)

    def _in_cell(self, title: str, place: tuple[int, int], cell: RawCell) -> Iterator[_Place]:
        where = a1(*place)
        is_ours = title in self._ours
        if cell.formula:
            yield from (_Place(kind, _FORMULA, title, where) for kind in self._kinds_of_formula(cell.formula))
        if cell.kind == "text":
            is_derived = cell.formula is not None and is_ours
            kinds = () if self._is_typed_figure(title, place, cell) else self._kinds(cell.text)
            yield from (_Place(kind, _CELL, title, where, is_derived) for kind in kinds)
        elif cell.kind == "number" and not (cell.formula is not None and is_ours):
            digits = whole_digits(cell.text)
            kind = self._kind_of_number(title, place, cell, digits) if digits else None
            if kind is not None:
                yield _Place(kind, _CELL, title, where)

    def _kinds_of_formula(self, formula: str) -> Iterator[Kind]:
        """What stands in a formula: its texts as they are, and numbers in a row, for a hyphen between two is a minus."""
        for piece in _LITERAL.split(formula):
            numbers = [piece] if piece.startswith('"') else _IN_A_ROW.findall(piece)
            for text in numbers:
                yield from self._kinds(text)

    def _kind_of_number(self, title: str, place: tuple[int, int], cell: RawCell, digits: str) -> Kind | None:
        if cell.style in self._workbook.formats.dates or cell.style in self._workbook.formats.percentages:
            return None
        is_figure = self._is_figure(title, place, digits)
        if is_figure and self._is_money(title, place):
            return None
        is_amount = cell.style in self._workbook.formats.amounts or cell.formula is not None
        return kind_of_number(digits, self.language, is_figure=is_figure or is_amount)

    def _is_typed_figure(self, title: str, place: tuple[int, int], cell: RawCell) -> bool:
        """Whether digits stored as text stand where a figure is expected, and are short enough for one."""
        digits = cell.text.strip()
        is_number = digits.isascii() and digits.isdigit() and len(digits) < len("0101010000")
        return is_number and self._is_figure(title, place, digits)

    def _is_figure(self, title: str, place: tuple[int, int], digits: str) -> bool:
        """Whether a figure is expected in a cell, and the number is not larger than it can be."""
        if title == self._local_title:
            return True
        line = self._line(title, place)
        if line is None or line.rule is None:
            return False
        return int(digits) <= line.rule.maximum

    def _is_money(self, title: str, place: tuple[int, int]) -> bool:
        line = self._line(title, place)
        return line is not None and line.measure is not None and line.measure.unit is Unit.MONEY

    def _line(self, title: str, place: tuple[int, int]) -> LinePlan | None:
        """The line whose figure belongs into a cell."""
        grid = self._grids.get(title)
        return grid.rows.get(place[0]) if grid is not None and place[1] in grid.columns else None

    @cached_property
    def _grids(self) -> dict[str, Grid]:
        """The sheets that figures are typed in, by title."""
        if self._setup is None:
            return {}
        plan = plan_of(self._setup.scorecard, self._setup.year)
        grids = {}
        for kind in (Sheet.INPUT, Sheet.HISTORY):
            entry = find_entry(self._workbook, kind, plan.layout.title(kind))
            sheet = read_sheet(self._workbook, entry) if entry is not None else None
            if isinstance(sheet, RawSheet):
                grids[sheet.title] = find_grid(plan, sheet, kind, self._workbook.file)
        return grids

    @cached_property
    def _local_title(self) -> str | None:
        """The title of the sheet of local goals, whose numbers are figures of the office's own."""
        named = self._workbook.names.get(Sheet.LOCAL.defined_name)
        return named[0] if named else None

    # Other parts

    def in_parts(self) -> Iterator[_Place]:
        """Numbers in the other parts, in the order of the file."""
        sheets = {entry.part for entry in self._workbook.sheets if entry.is_worksheet}
        for name in self._package.names:
            if name in sheets or not name.lower().endswith(_TEXT_PARTS) or _NOBODYS_TEXT.fullmatch(name):
                continue
            if _SHARED.fullmatch(name):
                continue
            data = self._package.read(name)
            if self._sieve_of_texts.sift(data).may_hold_numbers:
                where, sheet = self._homes.get(name, (_OTHER, None))
                yield from self._in_texts(seen_texts(data), where, sheet)

    @cached_property
    def _homes(self) -> dict[str, tuple[str, str | None]]:
        """For each part where it stands for people, and the title of the sheet that it belongs to."""
        homes: dict[str, tuple[str, str | None]] = {}
        main = workbook_part(self._package) or ""
        waiting = deque((entry.part, _OTHER, entry.title) for entry in self._workbook.sheets)
        waiting += [(part, _OTHER, "") for part in (main, "")]
        while waiting:
            part, where, title = waiting.popleft()
            homes.setdefault(part, (where, title or None))
            folder, _, name = part.rpartition("/")
            homes.setdefault(f"{folder}/_rels/{name}.rels".lstrip("/"), (_LINK, title or None))
            for relation in relations_of(self._package, part):
                if not relation.is_external and relation.target not in homes:
                    waiting.append((relation.target, _BY_RELATION.get(relation.kind, where), title))
        return homes

    def _in_texts(self, texts: Iterator[SeenText], where: str, sheet: str | None) -> Iterator[_Place]:
        for seen in texts:
            found = _BY_ELEMENT.get(seen.element, where) if where in (_OTHER, _LINK) else where
            if found is _TITLE and sheet is None:
                continue  # the titles of the sheets are looked at with the sheets
            text = seen.text
            if found is _HEADER:
                text = _HEADER_CODES.sub(" ", text)
            elif found is _FORMAT:
                text = _QUOTES_OF_FORMATS.sub("", text)
            yield from (_Place(kind, found, sheet, seen.cell) for kind in self._kinds(text))


_LITERAL = re.compile(r'("(?:[^"]|"")*")')
_IN_A_ROW = re.compile(r"(?<![\w.$])[0-9]{8,11}(?![\w.])")


def _texts_in(data: bytes) -> bytes:
    """The texts that stand in a sheet's cells themselves, and what the sheet says after its rows, or all of it if it has none."""
    texts = _TEXT_IN_CELL.findall(data) if b"inlineStr" in data else ()
    return b"".join(texts) + data[max(data.rfind(b"</sheetData>"), 0) :]


_TEXT_IN_CELL = re.compile(rb"<is[ >].*?</is>", re.DOTALL)


def _pieces(data: bytes) -> Iterator[bytes]:
    """A sheet from its rows on, in pieces that end between two cells. Before them nothing stands that anybody reads.

    Pieces that fit into the fast memory of the processor are gone through in half the time.
    """
    at = max(data.find(b"<sheetData"), 0)
    while len(data) - at > _PIECE:
        end = data.rfind(b"<c ", at + 1, at + _PIECE)
        if end < 0:
            break
        yield data[at:end]
        at = end
    yield data[at:]


_PIECE = 100_000


def _without_cells(data: bytes) -> bytes:
    """The part of a sheet without its rows."""
    start, end = re.search(rb"<(?:\w+:)?sheetData[ >]", data), data.rfind(b"sheetData>")
    if start is None or end < start.end():
        return data
    closing = data.rfind(b"<", 0, end)
    return data[: data.find(b">", start.start()) + 1] + data[closing:]


def _is_computed(data: bytes, at: int, *, is_ours: bool) -> bool:
    """Whether digits of a sheet's XML are a result that a formula of ours works out, or a number with decimals."""
    start = at
    while data[start - 1 : start] in _OF_NUMBERS:
        start -= 1
    number = _NUMBER.match(data, start)
    if number is None or data[start - 1 : start] + data[number.end() : number.end() + 1] not in (b'""', b"><"):
        return False
    if whole_digits(number[0].decode()) is None:
        return True
    if not is_ours or data[start - 3 : start] != b"<v>":
        return False
    cell = data[data.rfind(b"<c ", 0, start) : start]
    return b"<f" in cell and b' t="' not in cell.partition(b">")[0]


_OF_NUMBERS = frozenset(bytes([each]) for each in b"0123456789.-")
_NUMBER = re.compile(rb"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,3})?")
