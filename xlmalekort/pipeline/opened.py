"""An office workbook that somebody handed in, opened to be changed cell by cell."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from xlmalekort.intake.chooser import read_chosen
from xlmalekort.intake.grid import Grid, find_grid
from xlmalekort.intake.headed_lists import find_headings
from xlmalekort.intake.identity_numbers import masked
from xlmalekort.intake.local_grid import LocalGrid, find_local_grid
from xlmalekort.intake.plan import plan_of
from xlmalekort.intake.sheets import find_entry, find_sheet
from xlmalekort.intake.workbook_file import NotOpened, open_setup
from xlmalekort.layout.deadlines import HEADINGS
from xlmalekort.layout.office import OfficeLayout, Sheet, layout_of
from xlmalekort.locale.told import Phrase
from xlmalekort.pipeline.errors import NotDoneError
from xlmalekort.problems import Problem
from xlmalekort.xlsx import open_package, read_workbook

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from xlmalekort.intake.setup_sheet import Setup
    from xlmalekort.model.periods import Period
    from xlmalekort.model.scorecard import Scorecard
    from xlmalekort.xlsx import RawSheet, RawWorkbook

T = TypeVar("T")


@dataclass(frozen=True)
class OpenedWorkbook:
    """A workbook whose setup could be read. Sheets are found as the checks find them."""

    content: bytes
    file: str
    raw: RawWorkbook
    setup: Setup

    @property
    def scorecard(self) -> Scorecard:
        """The definition that the workbook was made with."""
        return self.setup.scorecard

    @property
    def layout(self) -> OfficeLayout:
        """Where values live in it."""
        return layout_of(self.setup.scorecard, self.setup.year)

    @cached_property
    def titles(self) -> dict[Sheet, str]:
        """The titles of the sheets that are there, as they stand in the file."""
        return own_titles(self.raw, self.layout)

    @cached_property
    def sheets(self) -> dict[Sheet, RawSheet]:
        """Those that people type in, and that the local goals are worked out on, read."""
        kinds = (Sheet.SCORECARD, Sheet.INPUT, Sheet.HISTORY, Sheet.LOCAL, Sheet.LOCAL_STEPS)
        there = [sheet for sheet in kinds if sheet in self.titles]
        found = {sheet: find_sheet(self.raw, sheet, self.layout.title(sheet)).sheet for sheet in there}
        return {sheet: raw for sheet, raw in found.items() if raw is not None}

    @cached_property
    def grids(self) -> dict[Sheet, Grid]:
        """Rows and columns of the input and the history sheet, as they stand in the file."""
        plan = plan_of(self.setup.scorecard, self.setup.year)
        return {
            sheet: find_grid(plan, self.sheets[sheet], sheet, self.file)
            for sheet in (Sheet.INPUT, Sheet.HISTORY)
            if sheet in self.sheets
        }

    @cached_property
    def local_grid(self) -> LocalGrid | None:
        """Where things stand on the sheet of local goals; None where the workbook has none."""
        sheet = self.sheets.get(Sheet.LOCAL)
        return find_local_grid(self.raw, sheet, self.layout) if sheet is not None else None

    def local_formulas(self, sheet: Sheet, cells: Mapping[tuple[int, int], T]) -> dict[tuple[int, int], T]:
        """What belongs to formulas about local goals, by where those stand in the file.

        Left out is what has no formula there: older workbooks have none, and where lines have moved their place may be
        one that the office has typed in.
        """
        raw = self.sheets.get(sheet)
        found: dict[tuple[int, int], T] = {}
        for place, value in cells.items() if raw is not None else ():
            moved: tuple[int, int] | None = place
            if sheet is Sheet.LOCAL:
                moved = self.local_grid.place(*place) if self.local_grid is not None else None
            held = raw.cells.get(moved) if raw is not None and moved is not None else None
            if moved is not None and held is not None and held.formula is not None:
                found[moved] = value
        return found

    def place(self, line_id: str, period: Period) -> tuple[Sheet, tuple[int, int]] | None:
        """Sheet, row and column of a line's cell for a period as they stand in the file; None where there is none."""
        found = self.layout.input_cell(line_id, period)
        if found is None or found[0] not in self.grids:
            return None
        place = self.grids[found[0]].place(line_id, period)
        return (found[0], place) if place else None

    @property
    def chosen(self) -> Period | None:
        """The period that the scorecard sheet is set to; None where the chooser names none."""
        sheet = self.sheets.get(Sheet.SCORECARD)
        plan = plan_of(self.setup.scorecard, self.setup.year)
        return read_chosen(self.raw, plan, sheet) if sheet is not None else None


def own_titles(raw: RawWorkbook, layout: OfficeLayout) -> dict[Sheet, str]:
    """The titles of the workbook's own sheets, as they stand in the file.

    In a workbook made before there was a sheet of deadlines, one of that title is the office's own; that it is ours is told
    by its name, else by having every one of its headings.
    """
    found = {sheet: find_entry(raw, sheet, layout.title(sheet)) for sheet in layout.sheets}
    titles = {sheet: entry.title for sheet, entry in found.items() if entry is not None}
    if Sheet.DEADLINES in titles and Sheet.DEADLINES.defined_name not in raw.names:
        sheet = find_sheet(raw, Sheet.DEADLINES, layout.title(Sheet.DEADLINES)).sheet
        headings = find_headings(sheet, tuple(HEADINGS.values())) if sheet is not None else None
        if headings is None or len(headings[1]) < len(HEADINGS):
            del titles[Sheet.DEADLINES]
    return titles


def open_workbook(content: bytes, file: str, *, is_guarded: bool = True) -> OpenedWorkbook:
    """The workbook, opened; NotDoneError with the problem where it is none that can be used.

    One with an identity number anywhere is not (PRI-001), unless it is opened without the guard.
    """
    found = open_setup(content, file, is_guarded=is_guarded)
    if isinstance(found, NotOpened):
        raise NotDoneError(Phrase("{file}: this workbook cannot be used.", file=masked(file)), found.problems)
    raw, _, setup = found
    return OpenedWorkbook(content, file, raw, setup)


def opened_package(content: bytes, file: str) -> RawWorkbook:
    """A workbook of any kind before any sheet is read; NotDoneError where it cannot be opened."""
    package = open_package(content, file)
    workbook = read_workbook(package) if not isinstance(package, Problem) else package
    if isinstance(workbook, Problem):
        raise NotDoneError(Phrase("{file}: this workbook cannot be used.", file=file), (workbook,))
    return workbook


def is_office_workbook(path: Path) -> bool:
    """Whether the file is an office workbook, whatever personal data it holds: none is written over."""
    try:
        open_workbook(path.read_bytes(), path.name, is_guarded=False)
    except (NotDoneError, OSError):
        return False
    return True
