"""What has become of the workbook's own parts: formulas typed over, input rules lost, cells locked (STR-018, STR-020 to -022).

None of it changes a figure that an office has filled in. A sound sheet is passed at a glance; only one where something is
missing is compared with that of a new workbook of the same definition and year.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from xlmalekort.layout.cells import a1
from xlmalekort.layout.office import Sheet, range_a1
from xlmalekort.model.figures import Submission
from xlmalekort.pipeline.opened import opened_package, own_titles
from xlmalekort.pipeline.standing import lost_formulas, standing
from xlmalekort.problems import Problem
from xlmalekort.template.cells_to_fill import cells_to_fill
from xlmalekort.template.local_steps import local_line_place
from xlmalekort.template.office_workbook import write_office_workbook
from xlmalekort.template.own_formulas import own_formulas
from xlmalekort.template.state import make_state
from xlmalekort.xlsx import RawSheet, read_sheet
from xlmalekort.xlsx.formula_places import has_formulas
from xlmalekort.xlsx.guards import are_open, guards_of, locked_among, open_styles, within
from xlmalekort.xlsx.references import place_of
from xlmalekort.xlsx.xml import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from xlmalekort.intake.setup_sheet import Setup
    from xlmalekort.layout.office import OfficeLayout
    from xlmalekort.xlsx import RawWorkbook, SheetEntry
    from xlmalekort.xlsx.sheet import Cells

Cell = tuple[int, int]
"""Row and column, counted from 0."""

_MOST_BLOCKS = 10
"""Blocks of a sheet that are told one by one; more are told as one."""


def find_template_faults(workbook: RawWorkbook, setup: Setup, layout: OfficeLayout) -> Iterator[Problem]:
    """STR-018 for formulas that are gone; STR-020, -021 and -022 for input rules, locks and protection.

    Sheets that are missing or cannot be read say nothing here: others tell of them.
    """
    looking = _Looking(workbook, setup, layout)
    for sheet, title in looking.titles.items():
        try:
            yield from looking.at(sheet, title)
        except UnreadableError:
            continue


@dataclass(frozen=True)
class _Looking:
    """One workbook that is looked at."""

    workbook: RawWorkbook
    setup: Setup
    layout: OfficeLayout

    @cached_property
    def titles(self) -> dict[Sheet, str]:
        return own_titles(self.workbook, self.layout)

    @cached_property
    def formulas(self) -> Mapping[Sheet, frozenset[bytes]]:
        setup = self.setup
        return own_formulas(self.layout, setup.place, setup.exempt, has_macros=setup.has_macros)

    @property
    def new(self) -> Mapping[Sheet, Cells]:
        return new_cells(self.layout, has_macros=self.setup.has_macros)

    @cached_property
    def to_fill(self) -> Mapping[Sheet, frozenset[Cell]]:
        return cells_to_fill(self.layout, self.setup.place, self.setup.exempt)

    @cached_property
    def open_styles(self) -> frozenset[int]:
        return open_styles(self.workbook)

    def at(self, sheet: Sheet, title: str) -> Iterator[Problem]:
        entry = self.workbook.sheet(title)
        if entry is None:
            return
        formulas = self.formulas.get(sheet, frozenset())
        if not has_formulas(self.workbook, entry, formulas):
            yield from self.lost(sheet, entry, formulas)
        places = self.to_fill.get(sheet, frozenset())
        if places:
            yield from self.guards(sheet, entry, places)

    # Formulas

    def lost(self, sheet: Sheet, entry: SheetEntry, references: Iterable[bytes]) -> Iterator[Problem]:
        new = self.new[sheet]
        places = [place for each in references if (place := place_of(each.decode())) is not None]
        formulas = {place: new[place].formula or "" for place in places if place in new}
        if sheet is Sheet.SCORECARD and Sheet.LOCAL not in self.titles:
            formulas.pop(local_line_place(self.layout), None)
        found = self.cells(entry)
        yield from self._tell_blocks("STR-018", entry, lost_formulas(formulas, standing(new, found), found))

    def cells(self, entry: SheetEntry) -> Cells:
        sheet = read_sheet(self.workbook, entry)
        return sheet.cells if isinstance(sheet, RawSheet) else {}

    # What keeps people from typing into the wrong cells

    def guards(self, sheet: Sheet, entry: SheetEntry, places: frozenset[Cell]) -> Iterator[Problem]:
        guards = guards_of(self.workbook, entry)
        free = places - within(guards.areas, places)
        if free:
            moved = self.moved(sheet, entry, places)
            yield from self._tell_blocks("STR-020", entry, moved - within(guards.areas, moved))
        if not guards.is_protected:
            yield Problem("STR-022", file=self.workbook.file, sheet=entry.title, slots={"sheet": entry.title})
        elif not are_open(self.workbook, entry, _references(places), self.open_styles):
            moved = self.moved(sheet, entry, places)
            yield from self._tell_blocks("STR-021", entry, locked_among(self.workbook, entry, moved, self.open_styles))

    def moved(self, sheet: Sheet, entry: SheetEntry, places: Iterable[Cell]) -> frozenset[Cell]:
        """Where cells of the template stand in the file; those of columns that it never had are left out."""
        stands = standing(self.new[sheet], self.cells(entry))
        return frozenset(stands.place(*place) for place in places if not stands.is_absent(place[1]))

    def _tell_blocks(self, code: str, entry: SheetEntry, cells: Iterable[Cell]) -> Iterator[Problem]:
        """A finding for each block of cells, or one for all of them where there are many blocks."""
        cells = sorted(cells)
        blocks = blocks_of(cells)
        if len(blocks) > _MOST_BLOCKS:
            found = [(cells[0], len(cells), f"{a1(*cells[0])} … {a1(*cells[-1])}")]
        else:
            found = [(first, len(_within(cells, first, last)), _words(first, last)) for first, last in blocks]
        for first, count, where in found:
            slots = {"range": where, "count": str(count)}
            yield Problem(code, file=self.workbook.file, sheet=entry.title, cell=a1(*first), slots=slots)


def _within(cells: Iterable[Cell], first: Cell, last: Cell) -> list[Cell]:
    return [cell for cell in cells if first[0] <= cell[0] <= last[0] and first[1] <= cell[1] <= last[1]]


def _words(first: Cell, last: Cell) -> str:
    return a1(*first) if first == last else range_a1(first, last)


def blocks_of(cells: Iterable[Cell]) -> list[tuple[Cell, Cell]]:
    """Rectangles that hold just these cells, by their corners, in the order of rows: runs of rows side by side are one."""
    runs: dict[tuple[int, int], list[int]] = {}
    by_column = sorted(cells, key=lambda each: (each[1], each[0]))
    for column, members in groupby(by_column, key=lambda each: each[1]):
        rows = [row for row, _ in members]
        for _, run in groupby(enumerate(rows), key=lambda each: each[1] - each[0]):
            numbers = [row for _, row in run]
            runs.setdefault((numbers[0], numbers[-1]), []).append(column)
    blocks: list[tuple[Cell, Cell]] = []
    for (top, bottom), columns in runs.items():
        for _, run in groupby(enumerate(columns), key=lambda each: each[1] - each[0]):
            beside = [column for _, column in run]
            blocks.append(((top, beside[0]), (bottom, beside[-1])))
    return sorted(blocks)


@lru_cache(maxsize=16)
def _references(places: frozenset[Cell]) -> frozenset[bytes]:
    return frozenset(a1(*place).encode() for place in places)


@lru_cache(maxsize=4)
def new_cells(layout: OfficeLayout, *, has_macros: bool = False) -> Mapping[Sheet, Cells]:
    """The cells of a new workbook in which nothing is filled in, by sheet."""
    first = layout.choosable[0]
    state = make_state(
        layout.scorecard, Submission("", "", layout.year, {}), first, first.start, (), has_macros=has_macros
    )
    return template_cells(write_office_workbook(state), layout)


def template_cells(content: bytes, layout: OfficeLayout) -> dict[Sheet, Cells]:
    """The cells of a workbook that the program has just made, by sheet."""
    workbook = opened_package(content, "")
    found: dict[Sheet, Cells] = {}
    for sheet in layout.sheets:
        entry = workbook.sheet(layout.title(sheet))
        raw = read_sheet(workbook, entry) if entry is not None else None
        if isinstance(raw, RawSheet):
            found[sheet] = raw.cells
    return found
