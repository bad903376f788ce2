"""The office's own workbook back, with everything that is wrong in it listed in its sheet of checks and marked in its cells."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from xlmalekort.intake.keys import key_of
from xlmalekort.layout.cells import parse_a1
from xlmalekort.layout.office import CONTROL_FIRST_ROW, CONTROL_ROWS, Sheet
from xlmalekort.locale import N_
from xlmalekort.locale.told import Phrase
from xlmalekort.output import changing, write_whole
from xlmalekort.pipeline import clock
from xlmalekort.pipeline.errors import NotDoneError
from xlmalekort.pipeline.keeping import refuse_to_lose
from xlmalekort.pipeline.listing import check_listed, list_given
from xlmalekort.pipeline.opened import open_workbook
from xlmalekort.pipeline.outcome import holds_personal_data, unjudged_state
from xlmalekort.pipeline.reading import read_bytes, refuse_absent_folder
from xlmalekort.pipeline.refresh import control_changes
from xlmalekort.pipeline.suffixes import SUFFIXES, refuse_other_suffix
from xlmalekort.problems.problem import sort_key
from xlmalekort.template.annotation import write_annotation
from xlmalekort.template.control_sheet import JUMP_COLUMN
from xlmalekort.template.marks import MARKED_SHEETS, column_names
from xlmalekort.xlsx import PatchError, RawSheet, patch_workbook, read_sheet
from xlmalekort.xlsx.adding import Adding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from xlmalekort.locale.told import Told
    from xlmalekort.model.figures import CheckedFile
    from xlmalekort.model.register import Register
    from xlmalekort.pipeline.listing import Listed
    from xlmalekort.pipeline.opened import OpenedWorkbook
    from xlmalekort.problems import Problem

_PERSONAL = N_(
    "{file}: not given back, for every copy would hold the identity number. Delete it in the workbook; "
    "xlmalekort refresh tells in the workbook itself where it stands."
)
_NO_WORKBOOK = N_("{file}: cannot be given back, for it is no office workbook in which the problems could be listed.")
_NOT_CHANGED = N_("{file}: cannot be given back, for a part of it cannot be changed.")
_NOT_READ = N_("{file}: was not read, so there is nothing to give back.")
_MEANWHILE = N_("{file}: was changed while it was checked, and is not given back; run again.")


@dataclass(frozen=True, slots=True)
class Annotated:
    """A workbook that was checked, and where it was given back; where it was not, why not, and `written` is None."""

    checked: CheckedFile
    written: Path | None = None
    reason: Told | None = None


class _NotGivenBackError(Exception):
    """Why a workbook cannot be given back."""

    def __init__(self, reason: Told) -> None:
        super().__init__(reason)
        self.reason = reason


def annotate_workbooks(
    paths: Sequence[Path | str], out: Path | str, *, today: date | None = None, register: Register | None = None
) -> tuple[Annotated, ...]:
    """Check workbooks and give each back as `out`: unchanged but for its sheet of checks and the marks on its cells.

    Of several workbooks, of a folder, or where `out` is a folder, each is written into the folder `out` under its own name.
    `out` may be the workbook itself. A file that cannot be given back is told, and so is what is ignored by rule; a file
    with an identity number is never given back. Where `out` stands in the folder it is no part of what was received.

    NotDoneError, before anything is written, where a file that is there already would be lost.
    """
    day = today or clock.today()
    given, out = [Path(each) for each in paths], Path(out)
    listed = list_given(given, skip=frozenset({out}))
    targets = _targets(given, listed, out)
    checked = check_listed(listed, day, register=register)
    jobs = [(each.path, target, found) for each, target, found in zip(listed, targets, checked, strict=True)]
    for source, target, each in jobs:
        _refuse_to_lose(source, target, each, day)
    return tuple(_annotate(source, target, each, day) for source, target, each in jobs)


def _targets(given: Sequence[Path], listed: Sequence[Listed], out: Path) -> list[Path]:
    """Where each workbook goes."""
    if len(given) == 1 and not given[0].is_dir() and not out.is_dir():
        refuse_other_suffix(out, given[0].suffix)
        refuse_absent_folder(out)
        return [out]
    if out.suffix.casefold() in SUFFIXES and not out.is_dir():
        raise NotDoneError(Phrase("{file}: several workbooks are given back in a folder; name one.", file=out))
    if out.exists() and not out.is_dir():
        raise NotDoneError(Phrase("{file}: is there already; choose another name for what is written.", file=out))
    sources = [each.path for each in listed]
    to_read = [each.path for each in listed if each.ignored is None]
    names = Counter(path.name.casefold() for path in to_read)
    double = next((path.name for path in to_read if names[path.name.casefold()] > 1), None)
    if double is not None:
        raise NotDoneError(Phrase("{file}: two of the workbooks have this name; give them back apart.", file=double))
    return [out / path.name for path in sources]


def _refuse_to_lose(source: Path, target: Path, checked: CheckedFile, today: date) -> None:
    """Stop rather than put the workbook in the place of a file that holds something else."""
    if checked.is_ignored or not target.exists() or target.resolve() == source.resolve():
        return
    try:
        content = annotated(_as_checked(source, checked), checked, today)
    except _NotGivenBackError:
        return  # nothing will be written
    refuse_to_lose(target, content)


def _annotate(source: Path, target: Path, checked: CheckedFile, today: date) -> Annotated:
    try:
        _refuse_unfit(checked)
        target.parent.mkdir(parents=True, exist_ok=True)
        with changing(target):
            write_whole(target, annotated(_as_checked(source, checked), checked, today))
    except _NotGivenBackError as error:
        return Annotated(checked, reason=error.reason)
    return Annotated(checked, target)


def _refuse_unfit(checked: CheckedFile) -> None:
    """Whatever holds an identity number is copied nowhere; without a setup sheet nobody knows where things stand."""
    if checked.is_ignored:
        raise _NotGivenBackError(Phrase(_NOT_READ, file=checked.file))
    if holds_personal_data(checked):
        raise _NotGivenBackError(Phrase(_PERSONAL, file=checked.file))
    if checked.scorecard is None:
        raise _NotGivenBackError(Phrase(_NO_WORKBOOK, file=checked.file))


def _as_checked(source: Path, checked: CheckedFile) -> bytes:
    """The content that was checked: it has shown in a process of its own that it can be read."""
    content = read_bytes(source)
    if hashlib.sha256(content).hexdigest() != checked.digest:
        raise _NotGivenBackError(Phrase(_MEANWHILE, file=checked.file))
    return content


# One workbook


def annotated(content: bytes, checked: CheckedFile, today: date) -> bytes:
    """The workbook with its problems listed and marked. Nothing else changes, and doing it twice changes nothing more."""
    opened = open_workbook(content, checked.file, is_guarded=False)  # it has just been checked
    problems = _listed(opened, checked.problems)
    state = unjudged_state(opened, today, problems)
    titles = {sheet: opened.titles[sheet] for sheet in MARKED_SHEETS if sheet in opened.titles}
    control = _control_title(opened)
    try:
        adding = Adding(content, write_annotation(state, titles))
        title = opened.layout.title(Sheet.CONTROL)
        if control is None:
            control = _free_title(opened, title)
            adding.add_sheet(title, control, after=_before_control(opened))
        elif not _has_links(opened, control, problems):
            adding.replace_cells(control, title)
        adding.set_names({Sheet.CONTROL.defined_name: f"{_quoted(control)}!$A$1", **column_names(control)})
        for sheet, each in titles.items():
            adding.add_rules(each, sheet.value, list(_places(problems, each)))
        return patch_workbook(adding.content, {control: control_changes(state)}, recalculate=False)
    except PatchError as error:
        raise _NotGivenBackError(Phrase(_NOT_CHANGED, file=checked.file)) from error


def _listed(opened: OpenedWorkbook, problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """What is told in the workbook: all but that the sheet in which it is told is missing."""
    title = opened.layout.title(Sheet.CONTROL)
    return tuple(each for each in problems if not (each.code == "STR-019" and each.slots.get("sheet") == title))


def _places(problems: Sequence[Problem], title: str) -> Iterator[tuple[int, int]]:
    """The cells of a sheet that the sheet of checks has room to list."""
    for problem in sorted(problems, key=sort_key)[:CONTROL_ROWS]:
        if problem.sheet == title and problem.cell is not None and ":" not in problem.cell:
            yield parse_a1(problem.cell)


def _control_title(opened: OpenedWorkbook) -> str | None:
    """The title of the sheet of checks; None where there is none. A sheet that only has its title is the office's own."""
    title = opened.titles.get(Sheet.CONTROL)
    if title is None or opened.raw.names.get(Sheet.CONTROL.defined_name, ("",))[0] == title:
        return title
    sheet = _read(opened, title)
    heading = opened.layout.title(Sheet.CONTROL)
    return title if sheet is not None and key_of(sheet.text(0, 0)) == key_of(heading) else None


def _read(opened: OpenedWorkbook, title: str) -> RawSheet | None:
    entry = opened.raw.sheet(title)
    sheet = read_sheet(opened.raw, entry) if entry is not None else None
    return sheet if isinstance(sheet, RawSheet) else None


def _has_links(opened: OpenedWorkbook, title: str, problems: Sequence[Problem]) -> bool:
    """Whether each line that is filled has the formula of its link; some programs keep only what formulas came to."""
    sheet = _read(opened, title)
    if sheet is None:
        return False
    rows = range(CONTROL_FIRST_ROW, CONTROL_FIRST_ROW + min(len(problems), CONTROL_ROWS))
    cells = (sheet.cells.get((row, JUMP_COLUMN)) for row in rows)
    return all(cell is not None and cell.formula is not None for cell in cells)


def _before_control(opened: OpenedWorkbook) -> list[str]:
    """The titles of the sheets that a new workbook has before its sheet of checks."""
    sheets = opened.layout.sheets
    return [opened.titles[each] for each in sheets[: sheets.index(Sheet.CONTROL)] if each in opened.titles]


def _free_title(opened: OpenedWorkbook, title: str) -> str:
    taken = {key_of(each.title) for each in opened.raw.sheets}
    titles = (title, *(f"{title} ({number})" for number in range(2, len(taken) + 3)))
    return next(each for each in titles if key_of(each) not in taken)


def _quoted(title: str) -> str:
    return "'" + title.replace("'", "''") + "'"
