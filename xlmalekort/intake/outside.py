"""Formulas that lead out of the workbook by way of other cells: what they come to is as old as the other file's last visit."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from xlmalekort.intake.keys import key_of
from xlmalekort.layout.cells import column_number
from xlmalekort.xlsx import RawSheet, read_sheet
from xlmalekort.xlsx.formula_texts import without_texts, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlmalekort.problems import Problem
    from xlmalekort.xlsx import RawWorkbook

_REFERENCE = re.compile(
    r"""(?:(?:'(?P<quoted>(?:[^']|'')+)'|(?P<plain>[^\s'"!(),;+*/&=<>^{}-]+))!)?"""
    r"(?:\$?(?P<left>[A-Z]{1,3})\$?(?P<top>[0-9]{1,7})(?::\$?(?P<right>[A-Z]{1,3})\$?(?P<bottom>[0-9]{1,7}))?"
    r"|\$?(?P<first_column>[A-Z]{1,3}):\$?(?P<last_column>[A-Z]{1,3})"
    r"|\$?(?P<first_row>[0-9]{1,7}):\$?(?P<last_row>[0-9]{1,7}))(?![\w(.])",
    re.IGNORECASE,
)
_WORKED_OUT = re.compile(r"\b(?:OFFSET|INDIRECT) *\(", re.IGNORECASE)
_LAST = 10**7
_LONGEST = 8_192
"""Signs of a formula in Excel; what is longer is looked at so far."""

Cell = tuple[int, int]
Looker = tuple[str, Cell]
"""The cell of a sheet, by title."""


@dataclass(frozen=True, slots=True)
class _Area:
    """Cells of a sheet that a formula looks at."""

    title: str
    top: int
    left: int
    bottom: int
    right: int

    @property
    def is_cell(self) -> bool:
        return (self.top, self.left) == (self.bottom, self.right)

    def holds(self, place: tuple[int, int]) -> bool:
        return self.top <= place[0] <= self.bottom and self.left <= place[1] <= self.right


def marked_outside(workbook: RawWorkbook, sheet: RawSheet) -> RawSheet:
    """The sheet with every formula marked as external that looks at one which looks into another file, however far off."""
    if not any(cell.formula for cell in sheet.cells.values()):
        return sheet
    tracing = _Tracing(workbook)
    tracing.add(sheet.title, sheet)
    outside = tracing.outside()[sheet.title]
    marked = {place: sheet.cells[place]._replace(is_external=True) for place in outside}
    return replace(sheet, cells=sheet.cells | marked) if marked else sheet


@dataclass
class _Tracing:
    """The formulas of a sheet and of all the sheets that they lead to, with what each of them looks at."""

    workbook: RawWorkbook
    looks_at: dict[str, dict[Cell, tuple[_Area, ...]]] = field(default_factory=dict)
    external: dict[str, set[Cell]] = field(default_factory=dict)

    def add(self, title: str, sheet: RawSheet | Problem | None) -> None:
        """Add a sheet, and those that its formulas name; nothing is known of one that cannot be read."""
        cells = sheet.cells.items() if isinstance(sheet, RawSheet) else ()
        formulas = {place: cell for place, cell in cells if cell.formula}
        self.external[title] = {
            place for place, cell in formulas.items() if cell.is_external or self.is_roundabout(cell.formula or "")
        }
        self.looks_at[title] = {
            place: tuple(self.areas(cell.formula or "", title))
            for place, cell in formulas.items()
            if place not in self.external[title]
        }
        named = {area.title for areas in self.looks_at[title].values() for area in areas}
        for other in sorted(named - self.looks_at.keys()):
            if other not in self.looks_at:
                entry = self.workbook.sheet(other)
                self.add(other, read_sheet(self.workbook, entry) if entry else None)

    def is_roundabout(self, formula: str) -> bool:
        """Whether a formula works out where it looks, in a workbook that has links: nobody can tell where that leads."""
        return self.workbook.has_links and bool(_WORKED_OUT.search(without_texts(formula)))

    def outside(self) -> dict[str, set[Cell]]:
        """By sheet the cells whose formulas look outside, themselves or by way of others."""
        waiting = [(title, place) for title, places in self.external.items() for place in places]
        if not waiting:
            return self.external
        single, wide = self.lookers()
        while waiting:
            title, place = waiting.pop()
            found = [
                *single.get((title, place), ()),
                *(looker for area, looker in wide.get(title, ()) if area.holds(place)),
            ]
            for other, at in found:
                if at not in self.external[other]:
                    self.external[other].add(at)
                    waiting.append((other, at))
        return self.external

    def lookers(self) -> tuple[dict[Looker, list[Looker]], dict[str, list[tuple[_Area, Looker]]]]:
        """Who looks at each cell, and at each area of a sheet that is more than one cell."""
        single: dict[Looker, list[Looker]] = {}
        wide: dict[str, list[tuple[_Area, Looker]]] = {}
        for title, formulas in self.looks_at.items():
            for place, areas in formulas.items():
                for area in areas:
                    if area.is_cell:
                        single.setdefault((area.title, (area.top, area.left)), []).append((title, place))
                    else:
                        wide.setdefault(area.title, []).append((area, (title, place)))
        return single, wide

    def areas(self, formula: str, own: str) -> Iterator[_Area]:
        """What a formula of a sheet looks at, by itself and by the workbook's names."""
        bare = without_texts(formula[:_LONGEST])
        for source in (bare, *(self.workbook.name_texts.get(word, "") for word in words_of(bare))):
            for found in _REFERENCE.finditer(source):
                named = (found["quoted"] or "").replace("''", "'") or found["plain"]
                for title in self.titles(named) if named else (own,):
                    yield _area(found, title)

    def titles(self, named: str) -> list[str]:
        """The sheets that a reference names: one, or those from one to another."""
        keys = [key_of(each) for each in named.split(":")]
        places = [place for place, title in enumerate(self.keys) if title in keys]
        return [entry.title for entry in self.workbook.sheets[min(places) : max(places) + 1]] if places else []

    @cached_property
    def keys(self) -> list[str]:
        """The titles of the workbook's sheets, as they are compared."""
        return [key_of(entry.title) for entry in self.workbook.sheets]


def _area(found: re.Match[str], title: str) -> _Area:
    if found["first_column"]:
        left, right = column_number(found["first_column"].upper()), column_number(found["last_column"].upper())
        return _Area(title, 0, left, _LAST, right)
    if found["first_row"]:
        return _Area(title, int(found["first_row"]) - 1, 0, int(found["last_row"]) - 1, _LAST)
    top, left = int(found["top"]) - 1, column_number(found["left"].upper())
    bottom = int(found["bottom"]) - 1 if found["bottom"] else top
    right = column_number(found["right"].upper()) if found["right"] else left
    return _Area(title, min(top, bottom), min(left, right), max(top, bottom), max(left, right))
