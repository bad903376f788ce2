"""What keeps people from typing into the wrong cells of a sheet: protection, locked styles and input rules."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from xlmalekort.xlsx.frames import frame_of, remembered
from xlmalekort.xlsx.references import area_of, reference_of
from xlmalekort.xlsx.workbook import relations_of, workbook_part
from xlmalekort.xlsx.xml import FALSE, UnreadableError, local_name, namespace_of, parse, path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from xlmalekort.xlsx.references import Area
    from xlmalekort.xlsx.workbook import RawWorkbook, SheetEntry

Places = frozenset[tuple[int, int]]
"""Rows and columns, counted from 0."""


class SheetGuards(NamedTuple):
    """What a sheet guards: `areas` are those that an input rule holds for."""

    is_protected: bool
    areas: tuple[Area, ...]


def guards_of(workbook: RawWorkbook, entry: SheetEntry) -> SheetGuards:
    """Protection and rules of a sheet.

    Raises:
        UnreadableError: the part cannot be read.
    """
    return _guards(frame_of(workbook.package.read(entry.part)))


@remembered
def _guards(frame: bytes) -> SheetGuards:
    root = parse(frame)
    protection = root.find(f"{{{namespace_of(root)}}}sheetProtection")
    is_protected = protection is not None and protection.get("sheet", "0") not in FALSE
    return SheetGuards(is_protected, tuple(_ruled(root)))


def _ruled(root: _Element) -> Iterator[Area]:
    """The areas of every input rule, of those that Excel keeps among its extensions too."""
    for rule in root.iter("{*}dataValidation"):
        inside = "".join(child.text or "" for child in rule if local_name(child) == "sqref")
        for reference in (rule.get("sqref") or inside).split():
            area = area_of(reference)
            if area is not None:
                yield area


@lru_cache(maxsize=64)
def within(areas: tuple[Area, ...], places: Places) -> Places:
    """Those of the places that lie in one of the areas, however large these are."""
    if not places:
        return places
    last_row, last_column = max(row for row, _ in places), max(column for _, column in places)
    found: set[tuple[int, int]] = set()
    for top, left, bottom, right in areas:
        found.update(
            (row, column)
            for row in range(top, min(bottom, last_row) + 1)
            for column in range(left, min(right, last_column) + 1)
        )
    return places & found


# Locks


def open_styles(workbook: RawWorkbook) -> frozenset[int]:
    """The numbers of the cell styles that are not locked."""
    package = workbook.package
    for relation in relations_of(package, workbook_part(package) or ""):
        if relation.kind == "styles" and package.find(relation.target):
            return _open_styles(package.read(relation.target))
    return frozenset()


@lru_cache(maxsize=16)
def _open_styles(styles: bytes) -> frozenset[int]:
    root = parse(styles)
    namespace = namespace_of(root)
    protection = f"{{{namespace}}}protection"
    found = set()
    for number, style in enumerate(path("/*/m:cellXfs/m:xf", namespace)(root)):
        said = style.find(protection)
        if said is not None and said.get("locked", "1") in FALSE:
            found.add(number)
    return frozenset(found)


def are_open(workbook: RawWorkbook, entry: SheetEntry, references: frozenset[bytes], styles: frozenset[int]) -> bool:
    """Whether each of the cells (`b"K3"`) has one of the open `styles`, as far as a glance tells."""
    open_cells = _open_cells(styles)
    return references.issubset(open_cells.findall(workbook.package.read(entry.part)))


@lru_cache(maxsize=16)
def _open_cells(styles: frozenset[int]) -> re.Pattern[bytes]:
    """Finds the cells of these styles."""
    numbers = "|".join(map(str, sorted(styles)))
    return re.compile(rf'<c r="([A-Z]{{1,3}}[0-9]{{1,7}})" s="(?:{numbers})"'.encode())


def locked_among(workbook: RawWorkbook, entry: SheetEntry, places: Places, open_: frozenset[int]) -> Places:
    """Those of the cells that have none of the open styles.

    One that the file does not name has the style of its row, else of its column.

    Raises:
        UnreadableError: the part cannot be read.
    """
    styles = styles_of(parse(workbook.package.read(entry.part)))
    return frozenset(place for place in places if styles.of(*place) not in open_)


class CellStyles(NamedTuple):
    """The styles of a sheet's cells, rows and columns by their numbers."""

    cells: dict[str, int]
    rows: dict[int, int]
    columns: tuple[tuple[int, int, int], ...]

    def of(self, row: int, column: int) -> int:
        """The style in which a cell is shown."""
        held = self.cells.get(reference_of(row, column))
        if held is not None:
            return held
        if row in self.rows:
            return self.rows[row]
        return next((style for first, last, style in self.columns if first <= column <= last), 0)


def styles_of(root: _Element) -> CellStyles:
    """The styles of a sheet, whose cells say where they stand."""
    namespace = namespace_of(root)
    cells = {
        cell.get("r", ""): _number(cell.get("s")) for cell in path("/*/m:sheetData/m:row/m:c[@r]", namespace)(root)
    }
    rows = {
        _number(row.get("r")) - 1: _number(row.get("s")) for row in path("/*/m:sheetData/m:row[@s]", namespace)(root)
    }
    columns = tuple(
        (_number(column.get("min")) - 1, _number(column.get("max")) - 1, _number(column.get("style")))
        for column in path("/*/m:cols/m:col[@style]", namespace)(root)
    )
    return CellStyles(cells, rows, columns)


def _number(text: str | None) -> int:
    if text is None:
        return 0
    if not (text.isascii() and text.isdigit()):
        raise UnreadableError("FIL-010", {"reason": text[:20]})
    return int(text)
