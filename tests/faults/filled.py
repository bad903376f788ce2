"""Counts the filled input cells of a workbook by itself, so that the ledger is not held against its own sum."""

from __future__ import annotations

import io
import posixpath
import zipfile
from typing import TYPE_CHECKING

from lxml import etree

from tests.faults.workbooks import MAIN, RELATIONS, STRINGS, WORKBOOK, WORKBOOK_RELATIONS
from xlmalekort.layout.office import ID_COLUMN, KEY_ROW, Sheet

if TYPE_CHECKING:
    from lxml.etree import _Element

    from xlmalekort.layout.office import OfficeLayout
    from xlmalekort.model.periods import Period

_BLANKS = " "
"""What a cell may hold and count as empty."""


class _Members:
    """The members of a zip, read when they are asked for."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive

    def __contains__(self, name: str) -> bool:
        return name in self._archive.namelist()

    def __getitem__(self, name: str) -> bytes:
        return self._archive.read(name)


def count_filled(content: bytes, layout: OfficeLayout) -> int | None:
    """The cells of figures and comments that hold something, this year's and last year's.

    None where the workbook is laid out in another way than it was made, so that nobody can count without reading headings.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = _Members(archive)
            return _count(parts, layout)
    except (zipfile.BadZipFile, RuntimeError, OSError):
        return None


def _count(parts: _Members, layout: OfficeLayout) -> int | None:
    found = 0
    strings = _strings(parts)
    for sheet, periods in ((Sheet.INPUT, layout.periods), (Sheet.HISTORY, layout.earlier_periods)):
        root = _sheet(parts, layout.title(sheet))
        if root is None:
            return None
        cells = _cells(root, strings)
        if sheet is Sheet.INPUT and not _is_as_made(cells, layout, periods):
            return None
        lines = layout.lines if sheet is Sheet.INPUT else tuple(each for each in layout.lines if not each.is_comment)
        for line in lines:
            for period in periods:
                place = line.row, layout.column_of[period]
                found += period.frequency is line.frequency and cells.get(place, "").strip(_BLANKS) != ""
    return found


def _is_as_made(cells: dict[tuple[int, int], str], layout: OfficeLayout, periods: tuple[Period, ...]) -> bool:
    lines = all(cells.get((line.row, ID_COLUMN)) == line.id for line in layout.lines)
    columns = all(cells.get((KEY_ROW, layout.column_of[period])) == period.code for period in periods)
    ids = [value for (row, column), value in cells.items() if column == ID_COLUMN]
    return lines and columns and len(ids) == len(set(ids))


def _sheet(parts: _Members, title: str) -> _Element | None:
    try:
        sheets = etree.fromstring(parts[WORKBOOK]).iterfind(f"{{{MAIN}}}sheets/{{{MAIN}}}sheet")
        number = {each.get("name"): each.get(f"{{{RELATIONS}}}id") for each in sheets}[title]
        targets = {each.get("Id"): each.get("Target") or "" for each in etree.fromstring(parts[WORKBOOK_RELATIONS])}
        return etree.fromstring(parts[posixpath.normpath(posixpath.join("xl", targets[number]))])
    except (KeyError, etree.XMLSyntaxError):
        return None


def _strings(parts: _Members) -> list[str]:
    if STRINGS not in parts:
        return []
    return ["".join(map(str, item.itertext(f"{{{MAIN}}}t"))) for item in etree.fromstring(parts[STRINGS])]


def _cells(root: _Element, strings: list[str]) -> dict[tuple[int, int], str]:
    """What each cell holds; a formula counts as something whatever it came to, unless that is an empty text."""
    found: dict[tuple[int, int], str] = {}
    for cell in root.iterfind(f"{{{MAIN}}}sheetData/{{{MAIN}}}row/{{{MAIN}}}c"):
        reference = (cell.get("r") or "").replace("$", "").upper()
        letters = reference.rstrip("0123456789")
        if not letters or letters == reference:
            continue
        column = 0
        for letter in letters:
            column = column * 26 + ord(letter) - 64
        place = int(reference[len(letters) :]) - 1, column - 1
        value = cell.findtext(f"{{{MAIN}}}v") or ""
        inline = cell.find(f"{{{MAIN}}}is")
        if cell.get("t") == "s" and value:
            is_there = value.isdigit() and int(value) < len(strings)
            found[place] = strings[int(value)] if is_there else "?"
        elif inline is not None:
            found[place] = "".join(map(str, inline.itertext(f"{{{MAIN}}}t")))
        elif value:
            found[place] = value
        elif cell.find(f"{{{MAIN}}}f") is not None and cell.get("t") != "str":
            found[place] = "?"
    return found
