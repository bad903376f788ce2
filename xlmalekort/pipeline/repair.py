"""A filled-in workbook whose template has suffered, put right in the same file: what the office typed stays as it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, TypeVar

from xlmalekort.intake.cells import list_cells
from xlmalekort.intake.sheets import REPAIRS_NAME
from xlmalekort.layout.cells import a1
from xlmalekort.locale import N_
from xlmalekort.locale.told import Phrase
from xlmalekort.model.figures import CheckedFile
from xlmalekort.output import changing, write_whole
from xlmalekort.pipeline import clock
from xlmalekort.pipeline.build import default_period
from xlmalekort.pipeline.check import check_content
from xlmalekort.pipeline.errors import NotDoneError, about_scorecard
from xlmalekort.pipeline.keeping import refuse_to_lose
from xlmalekort.pipeline.opened import open_workbook, opened_package
from xlmalekort.pipeline.outcome import unjudged_state
from xlmalekort.pipeline.reading import read_bytes, refuse_absent_folder
from xlmalekort.pipeline.refresh import refresh_content
from xlmalekort.pipeline.repair_plan import plan_repair
from xlmalekort.pipeline.suffixes import refuse_other_suffix
from xlmalekort.problems import Problem, as_json, sort_key
from xlmalekort.template.office_workbook import write_office_workbook
from xlmalekort.template.repair_list import FIRST_ROW, LIST_TITLE, write_repair_list
from xlmalekort.template.state import make_state
from xlmalekort.xlsx import PatchError, RawSheet, patch_workbook, read_sheet
from xlmalekort.xlsx.adding import Adding
from xlmalekort.xlsx.archive import replace_members
from xlmalekort.xlsx.renaming import with_titles

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from fractions import Fraction

    from xlmalekort.locale import Texts
    from xlmalekort.model.figures import Figure, Submission
    from xlmalekort.model.scorecard import Scorecard
    from xlmalekort.pipeline.opened import OpenedWorkbook
    from xlmalekort.xlsx import RawWorkbook
    from xlmalekort.xlsx.sheet import Cells

_TAKEN = N_("another sheet has its name, {title}")
_COLUMNS = 5
_LONGEST_SHOWN = 160
"""Signs of a formula that the list shows; the cell has it whole."""


@dataclass(frozen=True)
class Repaired:
    """A workbook that was put right: its content, each change (REP-001 to -007) and what is left (REP-008).

    Without changes the content is that of the file.
    """

    content: bytes
    out: Path
    office: str
    year: int
    scorecard: Scorecard
    changes: tuple[Problem, ...]
    left: tuple[Problem, ...]


def repair_workbook(
    path: Path | str, *, today: date | None = None, out: Path | str | None = None, is_dry: bool = False
) -> Repaired:
    """Put the template of a workbook right, in place or as `out`; nothing is written where `is_dry`, or nothing has suffered.

    NotDoneError where the file is no workbook that can be used, or where anything that the office filled in would not be read
    as before; then nothing is written.
    """
    source, target = Path(path), Path(out or path)
    day = today or clock.today()
    refuse_other_suffix(target, source.suffix)
    if is_dry:
        return replace(repair_content(read_bytes(source), source.name, day), out=target)
    refuse_absent_folder(target)
    with changing(target):
        repaired = repair_content(read_bytes(source), source.name, day)
        is_other = target.resolve() != source.resolve()
        if is_other:
            refuse_to_lose(target, repaired.content)
        if repaired.changes or is_other:
            write_whole(target, repaired.content)
    return replace(repaired, out=target)


def repair_content(content: bytes, file: str, today: date) -> Repaired:
    """The same for a workbook in memory."""
    checked = check_content(content, file, today)
    scorecard, submission = checked.scorecard, checked.submission
    with about_scorecard(scorecard.language if scorecard else None):
        if scorecard is None or submission is None:
            raise NotDoneError(Phrase("{file}: this workbook cannot be repaired.", file=file), checked.problems)
        try:
            return _Repairing(content, file, today, checked, scorecard, submission).done()
        except PatchError as error:
            raise _not_the_same(file, str(error)) from error


def _not_the_same(file: str, reason: str) -> NotDoneError:
    return NotDoneError(Phrase("{file}: not repaired, and nothing was written: {reason}.", file=file, reason=reason))


_OTHER_DATA = N_("figures, comments or lines would no longer be read as before")
_OTHER_CELLS = N_("cells would change that have nothing to do with it ({cells})")


@dataclass(frozen=True)
class _Repairing:
    """One workbook on its way."""

    content: bytes
    file: str
    today: date
    checked: CheckedFile
    scorecard: Scorecard
    submission: Submission

    def done(self) -> Repaired:
        titles, left = self.new_titles(open_workbook(self.content, self.file, is_guarded=False))
        renamed = self.content
        if titles:
            renamed = replace_members(self.content, with_titles(opened_package(self.content, self.file), titles))
        opened = open_workbook(renamed, self.file, is_guarded=False)
        plan = plan_repair(opened.raw, opened.titles, opened.layout, self.new_workbook(opened))
        told = [self.renaming(old, new) for old, new in titles.items()]
        changes = tuple(sorted([*told, *plan.changes], key=sort_key))
        left = [*left, *plan.left]
        if not changes:
            return self.repaired(self.content, changes, left)
        mended = replace_members(renamed, plan.parts) if plan.parts else renamed
        mended = patch_workbook(mended, plan.cells)
        told_cells = {(title, place) for title, cells in plan.cells.items() for place in cells}
        self.prove_cells(renamed, mended, told_cells)
        mended = self.with_list(mended, changes)
        mended = refresh_content(mended, self.file, self.today).content
        self.prove_data(mended)
        return self.repaired(mended, changes, left)

    def repaired(self, content: bytes, changes: tuple[Problem, ...], left: list[Problem]) -> Repaired:
        office, year = self.submission.office, self.submission.year
        return Repaired(content, Path(self.file), office, year, self.scorecard, changes, tuple(left))

    # Titles

    def new_titles(self, opened: OpenedWorkbook) -> tuple[dict[str, str], list[Problem]]:
        """The titles that sheets get back, by those that they have, and what keeps others from it."""
        titles: dict[str, str] = {}
        left = []
        for sheet, old in opened.titles.items():
            new = opened.layout.title(sheet)
            if old == new:
                continue
            others = {each.title.casefold() for each in opened.raw.sheets if each.title != old}
            if new.casefold() in others:
                slots = {"sheet": old, "reason": Phrase(_TAKEN, title=new)}
                left.append(Problem("REP-008", file=self.file, sheet=old, slots=slots))
            else:
                titles[old] = new
        return titles, left

    def renaming(self, old: str, new: str) -> Problem:
        return Problem("REP-005", file=self.file, sheet=new, got=old, slots={"sheet": new})

    def new_workbook(self, opened: OpenedWorkbook) -> bytes:
        """A new workbook that holds the same."""
        chosen = opened.chosen or default_period(self.scorecard, self.submission.year, self.today, set())
        has_macros = opened.setup.has_macros
        state = make_state(self.scorecard, self.submission, chosen, self.today, (), has_macros=has_macros)
        return write_office_workbook(state)

    # What was done

    def with_list(self, content: bytes, changes: tuple[Problem, ...]) -> bytes:
        """The workbook with a line for each change on a sheet of its own, which later repairs lengthen."""
        opened = open_workbook(content, self.file, is_guarded=False)
        named = opened.raw.names.get(REPAIRS_NAME)
        entry = opened.raw.sheet(named[0]) if named is not None else None
        title = entry.title if entry is not None else self.free_title(opened.raw)
        held = read_sheet(opened.raw, entry) if entry is not None else None
        old = _lines_of(held.cells) if isinstance(held, RawSheet) else []
        texts = self.scorecard.texts()
        new = [_line(change, texts, self.today) for change in changes]
        state = unjudged_state(opened, self.today, ())
        adding = Adding(content, write_repair_list(state, title, [*old, *new]))
        if entry is not None:
            adding.replace_cells(title, title)
        else:
            adding.add_sheet(title, title, after=[each.title for each in opened.raw.sheets])
            adding.set_names({REPAIRS_NAME: "'" + title.replace("'", "''") + "'!$A$1"})
        return adding.content

    def free_title(self, workbook: RawWorkbook) -> str:
        title = self.scorecard.texts()(LIST_TITLE)
        taken = {each.title.casefold() for each in workbook.sheets}
        free = (title if number == 1 else f"{title} {number}" for number in range(1, len(taken) + 2))
        return next(each for each in free if each.casefold() not in taken)

    # Proofs

    def prove_cells(self, before: bytes, after: bytes, told: set[tuple[str, tuple[int, int]]]) -> None:
        """Stop where a cell holds something else that no change tells of."""
        old, new = opened_package(before, self.file), opened_package(after, self.file)
        changed = []
        for entry in old.sheets:
            first, second = read_sheet(old, entry), read_sheet(new, new.sheet(entry.title) or entry)
            if not (isinstance(first, RawSheet) and isinstance(second, RawSheet)):
                continue
            for place in first.cells.keys() | second.cells.keys():
                held = [sheet.cells.get(place) for sheet in (first, second)]
                said = [cell and (cell.kind, cell.text, cell.formula) for cell in held]
                if said[0] != said[1] and (entry.title, place) not in told:
                    changed.append(f"{entry.title}!{a1(*place)}")
        if changed:
            raise _not_the_same(self.file, Phrase(_OTHER_CELLS, cells=", ".join(sorted(changed)[:5])))

    def prove_data(self, content: bytes) -> None:
        """Stop where the checks read anything else from the repaired workbook than from the file."""
        after = check_content(content, self.file, self.today)
        is_same = after.submission is not None and _said(after) == _said(self.checked)
        if not is_same or _typed(content, self.file) != _typed(self.content, self.file):
            raise _not_the_same(self.file, Phrase(_OTHER_DATA))


def _line(change: Problem, texts: Texts, day: date) -> list[str]:
    """Day, place, what was done, what stood there, and the formula that stands there now."""
    where = "!".join(part for part in (change.sheet, change.cell) if part)
    after = shorten(change.slots.get("formula", ""), _LONGEST_SHOWN, placeholder=" …")
    return [texts.date(day), where, str(as_json(change, texts)["says"]), change.got or "", after]


def _lines_of(cells: Cells) -> list[list[str]]:
    """The lines that a list has already."""
    rows = sorted({row for row, _ in cells if row >= FIRST_ROW})
    return [[cells[row, column].text if (row, column) in cells else "" for column in range(_COLUMNS)] for row in rows]


Key = TypeVar("Key")


def _said(checked: CheckedFile) -> tuple[object, ...]:
    """Everything that the checks read from a workbook, but for the titles of its sheets."""
    submission = checked.submission
    if submission is None:
        return ()

    def values(figures: Mapping[Key, Figure]) -> dict[Key, Fraction | None]:
        return {place: figure.value for place, figure in figures.items()}

    return (
        checked.ledger,
        submission.office,
        submission.year,
        submission.place,
        submission.exempt,
        submission.ready_for,
        values(submission.figures),
        values(submission.reference),
        submission.comments,
        [replace(each, source=None) for each in submission.actions],
        [replace(each, source=None) for each in submission.deadlines],
        [replace(each, source=None, figures={}) for each in submission.local_goals],
        [values(each.figures) for each in submission.local_goals],
    )


def _typed(content: bytes, file: str) -> list[tuple[object, ...]]:
    """What stands in every input cell, as it stands there."""
    cells = list_cells(content, file, with_history=True, is_guarded=False)
    if isinstance(cells, CheckedFile):
        return []
    return [(each.cell, each.measure, each.indicator, each.period, each.raw) for each in cells]
