"""An office workbook that somebody handed in, opened to be changed cell by cell."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from xlmalekort.intake.chooser import read_chosen
from xlmalekort.intake.grid import Grid, find_grid
from xlmalekort.intake.plan import plan_of
from xlmalekort.intake.sheets import find_entry, find_sheet
from xlmalekort.intake.workbook_file import open_setup
from xlmalekort.layout.office import OfficeLayout, Sheet, layout_of
from xlmalekort.locale.told import Phrase
from xlmalekort.pipeline.errors import NotDoneError
from xlmalekort.problems import Problem

if TYPE_CHECKING:
    from pathlib import Path

    from xlmalekort.intake.setup_sheet import Setup
    from xlmalekort.model.periods import Period
    from xlmalekort.model.scorecard import Scorecard
    from xlmalekort.xlsx import RawSheet, RawWorkbook


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
        found = {sheet: find_entry(self.raw, sheet, self.layout.title(sheet)) for sheet in Sheet}
        return {sheet: entry.title for sheet, entry in found.items() if entry is not None}

    @cached_property
    def sheets(self) -> dict[Sheet, RawSheet]:
        """Those that people type in, read."""
        kinds = (Sheet.SCORECARD, Sheet.INPUT, Sheet.HISTORY)
        found = {sheet: find_sheet(self.raw, sheet, self.layout.title(sheet)).sheet for sheet in kinds}
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


def open_workbook(content: bytes, file: str) -> OpenedWorkbook:
    """The workbook, opened; NotDoneError with the problem where it is none that can be used."""
    found = open_setup(content, file)
    if isinstance(found, Problem):
        raise NotDoneError(Phrase("{file}: this workbook cannot be used.", file=file), (found,))
    raw, _, setup = found
    return OpenedWorkbook(content, file, raw, setup)


def is_office_workbook(path: Path) -> bool:
    """Whether the file is an office workbook that can be used."""
    try:
        open_workbook(path.read_bytes(), path.name)
    except (NotDoneError, OSError):
        return False
    return True
