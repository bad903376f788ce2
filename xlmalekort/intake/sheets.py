"""Finds the sheets of an office workbook: by defined name, then by title, then by heading. Never by likeness."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xlmalekort.intake.keys import key_of
from xlmalekort.layout.office import SETUP_FORMAT, SHEET_TITLES, Sheet
from xlmalekort.locale import LANGUAGES, N_, texts_of
from xlmalekort.locale.told import Phrase
from xlmalekort.problems import Problem
from xlmalekort.xlsx import RawSheet, read_sheet

if TYPE_CHECKING:
    from xlmalekort.layout.office import OfficeLayout
    from xlmalekort.xlsx import RawWorkbook, SheetEntry

_SETTINGS = frozenset({"xlwings.conf", "_xlwings.conf"})
"""Sheets in which the macros keep their settings."""
REPAIRS_NAME = "mk_repairs"
"""The name by which the list of what was repaired is found; it is ours, and nothing is read from it."""


@dataclass(frozen=True, slots=True)
class FoundSheet:
    """What came of looking for a sheet: the sheet itself, or None, and what there is to say."""

    sheet: RawSheet | None
    problems: tuple[Problem, ...] = ()


def find_setup(workbook: RawWorkbook) -> RawSheet | None:
    """The setup sheet, in whatever language its title is; None where there is none that can be read."""
    candidates = []
    entry = _by_name(workbook, Sheet.SETUP)
    if entry is not None:
        candidates.append(entry)
    titles = {key_of(texts_of(language)(SHEET_TITLES[Sheet.SETUP])) for language in LANGUAGES}
    candidates += [entry for entry in workbook.sheets if key_of(entry.title) in titles]
    candidates += [entry for entry in workbook.sheets if entry.is_hidden]
    for entry in dict.fromkeys(candidates):
        sheet = read_sheet(workbook, entry)
        if isinstance(sheet, RawSheet) and key_of(sheet.text(0, 1)) == SETUP_FORMAT:
            return sheet
    return None


def find_sheet(workbook: RawWorkbook, sheet: Sheet, title: str) -> FoundSheet:
    """A sheet of the workbook. STR-001 where it is missing, STR-002 where it is renamed, STR-016 where it is hidden.

    FIL-008 or FIL-010 where it cannot be read.
    """
    entry = find_entry(workbook, sheet, title)
    if entry is None:
        return FoundSheet(None, (Problem("STR-001", file=workbook.file, slots={"sheet": title}),))
    raw = read_sheet(workbook, entry)
    if isinstance(raw, Problem):
        return FoundSheet(None, (raw,))
    problems = list(told_renamed(workbook, entry.title, title))
    if entry.is_hidden:
        problems.append(Problem("STR-016", file=workbook.file, sheet=entry.title, slots={"sheet": entry.title}))
    return FoundSheet(raw, tuple(problems))


def told_renamed(workbook: RawWorkbook, found: str, title: str) -> tuple[Problem, ...]:
    """STR-002 where a sheet was found under another title than its own."""
    if found == title:
        return ()
    return (Problem("STR-002", file=workbook.file, sheet=found, got=found, slots={"sheet": title}),)


_NOT_SHOWN = {
    Sheet.SCORECARD: N_("the scorecard"),
    Sheet.SURVEY: N_("how the answers of surveys are spread"),
    Sheet.CONTROL: N_("what was checked"),
    Sheet.DEFINITIONS: N_("what is counted"),
    Sheet.CLARIFICATIONS: N_("what is to be clarified"),
    Sheet.GUIDE: N_("how to fill in the workbook"),
    Sheet.FIGURES: N_("the list of figures"),
    Sheet.CALCULATION: N_("what the scorecard says"),
}
"""The sheets that only show, and what is not to be seen where they are missing."""


def find_shown(workbook: RawWorkbook, layout: OfficeLayout) -> tuple[dict[Sheet, str], tuple[Problem, ...]]:
    """The titles of the sheets that only show, as they stand in the file.

    STR-002 for each that is renamed, STR-019 for each that is missing.
    """
    titles: dict[Sheet, str] = {}
    problems: list[Problem] = []
    for sheet in (each for each in layout.sheets if each in _NOT_SHOWN):
        title = layout.title(sheet)
        entry = find_entry(workbook, sheet, title)
        if entry is not None:
            titles[sheet] = entry.title
            problems += told_renamed(workbook, entry.title, title)
        else:
            slots = {"sheet": title, "what": Phrase(_NOT_SHOWN[sheet])}
            problems.append(Problem("STR-019", file=workbook.file, slots=slots))
    return titles, tuple(problems)


_NOT_EVERYWHERE = frozenset({Sheet.LOCAL, Sheet.LOCAL_STEPS})
"""Sheets that older workbooks lack; whoever looks for their heading would read every sheet in vain."""


def find_entry(workbook: RawWorkbook, sheet: Sheet, title: str) -> SheetEntry | None:
    """Which of the workbook's sheets it is, without reading it; None where it is missing."""
    named = _by_name(workbook, sheet)
    if named is not None:
        return named
    same = [entry for entry in workbook.sheets if entry.is_worksheet and key_of(entry.title) == key_of(title)]
    if same or sheet in _NOT_EVERYWHERE:
        return same[0] if same else None
    # A sheet that the workbook's own names call another one of ours need not be read to be told apart.
    others = {workbook.names[each.defined_name][0] for each in Sheet if each.defined_name in workbook.names}
    candidates = (entry for entry in workbook.sheets if entry.title not in others)
    return next((entry for entry in candidates if _has_heading(workbook, entry, title)), None)


def _by_name(workbook: RawWorkbook, sheet: Sheet) -> SheetEntry | None:
    """The worksheet that the workbook's own name stands for."""
    named = workbook.names.get(sheet.defined_name)
    entry = workbook.sheet(named[0]) if named else None
    return entry if entry is not None and entry.is_worksheet else None


def _has_heading(workbook: RawWorkbook, entry: SheetEntry, title: str) -> bool:
    raw = read_sheet(workbook, entry)
    if not isinstance(raw, RawSheet):
        return False
    headings = [key_of(raw.text(0, column)) for column in (0, 1)]
    # The history sheet's heading ends with its year.
    return key_of(title) in (*headings, *(_YEAR.sub("", heading) for heading in headings))


_YEAR = re.compile(r" [0-9]{4}$", re.ASCII)


def other_sheets(workbook: RawWorkbook, layout: OfficeLayout, setup: SheetEntry) -> tuple[RawSheet | Problem, ...]:
    """The sheets that are no part of the scorecard and hold something; a second one of the same title is among them."""
    own = {setup} | {entry for sheet in layout.sheets if (entry := find_entry(workbook, sheet, layout.title(sheet)))}
    own |= {entry for sheet in Sheet if (entry := _by_name(workbook, sheet))}
    found = []
    for entry in workbook.sheets:
        if entry not in own and key_of(entry.title) not in _SETTINGS:
            raw = read_sheet(workbook, entry, is_head_enough=True)
            if isinstance(raw, Problem) or raw.cells or not entry.is_worksheet:
                found.append(raw)
    return tuple(found)
