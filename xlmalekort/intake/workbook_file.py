"""Reads and checks one office workbook: from bytes to a submission with everything that is to be said of it."""

from __future__ import annotations

import errno
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from xlmalekort.intake.actions_sheet import ReadActions, read_actions
from xlmalekort.intake.chooser import check_chooser
from xlmalekort.intake.deadlines_sheet import read_deadlines_of
from xlmalekort.intake.figures import ReadCells, read_cells
from xlmalekort.intake.gaps import empty_months
from xlmalekort.intake.grid import Grid, find_grid
from xlmalekort.intake.headings import check_heading
from xlmalekort.intake.identity import Expected, check_identity
from xlmalekort.intake.identity_numbers import masked
from xlmalekort.intake.likelihood import check_likelihood
from xlmalekort.intake.local_sheet import ReadLocal, read_local_goals
from xlmalekort.intake.outside import marked_outside
from xlmalekort.intake.pairs import Findings, check_earlier_pairs, check_pairs
from xlmalekort.intake.personal import find_personal_data
from xlmalekort.intake.plan import plan_of
from xlmalekort.intake.ready import read_ready_for
from xlmalekort.intake.setup_sheet import Setup, read_setup
from xlmalekort.intake.sheets import (
    REPAIRS_NAME,
    FoundSheet,
    find_entry,
    find_setup,
    find_sheet,
    find_shown,
    other_sheets,
    told_renamed,
)
from xlmalekort.intake.strays import find_hidden, find_strays, find_veiled
from xlmalekort.judging.judge import window_end
from xlmalekort.layout.cells import parse_a1
from xlmalekort.layout.office import OfficeLayout, Sheet
from xlmalekort.locale import N_
from xlmalekort.locale.told import DayText, PeriodName, Phrase
from xlmalekort.model.figures import CheckedFile, Ledger, Submission
from xlmalekort.model.measures import Role
from xlmalekort.problems import Problem
from xlmalekort.xlsx import Opinions, RawSheet, RawWorkbook, open_package, read_sheet, read_workbook
from xlmalekort.xlsx.gate import LARGEST
from xlmalekort.xlsx.workbook import relations_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from xlmalekort.intake.plan import InputPlan, Key, PairPlan
    from xlmalekort.model.periods import Period
    from xlmalekort.xlsx import SheetEntry

__all__ = ["Expected", "OpenedWorkbook", "check_file", "open_workbook", "read_path"]

_MAY_NOT = N_("it is open elsewhere, or you may not read it")
_FOLDER = N_("it is a folder")
_VANISHED = N_("it is no longer there")
_FAILED = N_("the machine could not read it")
_UNFORESEEN = N_("it holds something that the program does not understand")
_LOCAL_RESULTS = N_("how the local goals stand")
_SHARING_VIOLATION = 32


def read_path(path: Path) -> bytes | Problem:
    """The bytes of a file, or why it cannot be read: FIL-006, or FIL-007 where it is far too large."""
    try:
        size = path.stat().st_size
        if size > LARGEST and path.is_file():
            slots = {"size": f"{size / 1e6:.0f} MB", "limit": f"{LARGEST / 1e6:.0f} MB"}
            return Problem("FIL-007", file=masked(path.name), slots=slots)
        return path.read_bytes()
    except (OSError, ValueError) as error:
        return Problem("FIL-006", file=masked(path.name), slots={"reason": Phrase(_reason(error))})


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return _VANISHED
    if isinstance(error, IsADirectoryError):
        return _FOLDER
    if isinstance(error, PermissionError) or getattr(error, "winerror", None) == _SHARING_VIOLATION:
        return _MAY_NOT
    return _MAY_NOT if getattr(error, "errno", None) in (errno.EACCES, errno.EBUSY) else _FAILED


@dataclass(frozen=True)
class OpenedWorkbook:
    """An office workbook whose setup and input sheet were found. `problems` says how far they are not as expected."""

    workbook: RawWorkbook
    setup: Setup
    setup_sheet: SheetEntry
    plan: InputPlan
    input: RawSheet
    grid: Grid
    problems: tuple[Problem, ...]

    @property
    def file(self) -> str:
        """The name of the file."""
        return self.workbook.file


@dataclass(frozen=True, slots=True)
class NotOpened:
    """Why a file cannot be used, and what may be told of it all the same: `setup` is None where that is nothing."""

    problems: tuple[Problem, ...]
    setup: Setup | None = None


def open_setup(
    content: bytes, file: str, *, is_guarded: bool = True
) -> tuple[RawWorkbook, RawSheet, Setup] | NotOpened:
    """The workbook, its setup sheet and what that says, or what keeps the file from being an office workbook.

    A guarded file with an identity number anywhere is not opened (PRI-001), and nothing of it is told that holds one. Only
    what is looked at to see whether it would be lost, or to tell the office in its own workbook, is opened without the guard.
    """
    package = open_package(content, file)
    workbook = package if isinstance(package, Problem) else read_workbook(package)
    if isinstance(workbook, Problem):
        return NotOpened((replace(workbook, file=masked(file)),))
    sheet = find_setup(workbook)
    setup = Problem("STR-013", file=file) if sheet is None else read_setup(sheet, file)
    known = None if isinstance(setup, Problem) else setup
    if is_guarded:
        personal = find_personal_data(workbook, known, file)
        if personal.problems:
            may_be_told = sheet is not None and sheet.title not in personal.titles
            return NotOpened(personal.problems, known if may_be_told else None)
    if sheet is None or isinstance(setup, Problem):
        return NotOpened((replace(setup, file=masked(file)),) if isinstance(setup, Problem) else ())
    return workbook, sheet, setup


def open_workbook(content: bytes, file: str, *, is_guarded: bool = True) -> OpenedWorkbook | NotOpened:
    """The workbook with its input sheet laid out, or why there is none."""
    found_setup = open_setup(content, file, is_guarded=is_guarded)
    if isinstance(found_setup, NotOpened):
        return found_setup
    workbook, setup_sheet, setup = found_setup
    plan = plan_of(setup.scorecard, setup.year)
    found = find_sheet(workbook, Sheet.INPUT, plan.layout.title(Sheet.INPUT))
    if found.sheet is None:
        return NotOpened(found.problems)
    sheet = marked_outside(workbook, found.sheet)
    grid = find_grid(plan, sheet, Sheet.INPUT, file)
    problems = (*told_renamed(workbook, setup_sheet.title, plan.layout.title(Sheet.SETUP)), *found.problems)
    return OpenedWorkbook(workbook, setup, setup_sheet.entry, plan, sheet, grid, problems)


Look = Callable[[RawWorkbook, Setup, OfficeLayout], Iterable[Problem]]
"""What somebody else has to say of a workbook, such as those who know how it was made."""


def check_file(
    content: bytes,
    file: str,
    today: date,
    *,
    expected: Expected | None = None,
    is_compared: bool = False,
    look: Look | None = None,
) -> CheckedFile:
    """What an office workbook holds, and everything that is to be said of it, in the order of places.

    Where the file as a whole cannot be used, `submission` is None and the problems say why. Whatever the bytes are, this
    returns. Figures may be compared with what another reader finds in the same cells (NUM-015, FIL-014). A `look` at a workbook
    that is accepted may find more.
    """
    digest = hashlib.sha256(content).hexdigest()
    try:
        opened = open_workbook(content, file)
        if isinstance(opened, NotOpened):
            return _not_opened(opened, file, digest)
        checked = _checked(opened, today, expected or Expected(), is_compared=is_compared)
        if look is not None and checked.submission is not None:
            more = look(opened.workbook, opened.setup, opened.plan.layout)
            checked = replace(checked, problems=(*checked.problems, *more))
        return replace(checked, digest=digest)
    except Exception:  # noqa: BLE001 - a folder of workbooks is read to its end, whatever somebody put into one of them
        told = masked(file)
        unforeseen = Problem("FIL-010", file=told, slots={"reason": Phrase(_UNFORESEEN)})
        return CheckedFile(told, digest, problems=(unforeseen,))


def _not_opened(found: NotOpened, file: str, digest: str) -> CheckedFile:
    """A file that is not used: it is known by the name that its problems have."""
    told = next((problem.file for problem in found.problems if problem.file), masked(file))
    if found.setup is None:
        return CheckedFile(told, digest, problems=found.problems)
    setup = found.setup
    return CheckedFile(told, digest, setup.office, setup.year, setup.scorecard, problems=found.problems)


def _checked(opened: OpenedWorkbook, today: date, expected: Expected, *, is_compared: bool) -> CheckedFile:
    setup, file = opened.setup, opened.file
    identity = (
        *check_identity(setup, expected, file, opened.setup_sheet.title),
        *check_heading(setup, expected.register, opened.grid, file),
    )
    shown, not_shown = find_shown(opened.workbook, opened.plan.layout)
    copies = _check_other_sheets(opened)
    against = [problem for problem in (*identity, *opened.grid.problems, *copies) if problem.code in _KEEPS_OUT]
    result = CheckedFile(file, office=setup.office, year=setup.year, scorecard=setup.scorecard)
    if against:
        return replace(result, problems=(*opened.problems, *identity, *copies, *_only(opened.grid.problems, "IDN-006")))
    opinions = Opinions(opened.workbook.package.content) if is_compared else None
    opinion = opinions.on(opened.input) if opinions else None
    cells = read_cells(opened.grid, opened.workbook.formats, file, today, opinion)
    history = _read_history(opened, opinions)
    actions = _read_actions(opened)
    local = _read_local_goals(opened, today)
    title = opened.plan.layout.title(Sheet.DEADLINES)
    place = setup.place
    deadlines = read_deadlines_of(opened.workbook, title, setup.scorecard, place, setup.exempt, today)
    ready = read_ready_for(opened.workbook, opened.plan, opened.grid)
    pairs = check_pairs(opened.plan, opened.grid, cells, file, place)
    submission = Submission(
        file,
        setup.office,
        setup.year,
        cells.figures,
        history.cells.figures,
        cells.comments,
        actions.actions,
        ready.period,
        setup.exempt,
        setup.area,
        setup.region,
        setup.country,
        frozenset(measure.id for measure in setup.scorecard.measures if measure.role is not Role.FIGURE),
        local.goals,
        deadlines=deadlines.deadlines,
        uncounted=pairs.unusable,
    )
    counting = _Counting(opened, cells, pairs, submission, today)
    problems = (
        *_about_file(opened.workbook, opened.setup),
        *([Problem("FIL-014", file=file)] if is_compared and opinion is None else []),
        *identity,
        *opened.problems,
        *opened.grid.problems,
        *copies,
        *not_shown,
        *_check_chooser(opened, shown),
        *cells.problems,
        *_fed_by_a_query(opened),
        *find_strays(opened.grid, file),
        *find_hidden(opened.grid, _places(cells), file),
        *find_veiled(opened.workbook, opened.grid, cells, file),
        *pairs.problems,
        *((ready.problem,) if ready.problem else ()),
        *counting.problems(),
        *check_likelihood(opened.plan, submission, counting.in_open_windows, today),
        *history.problems,
        *actions.problems,
        *local.problems,
        *deadlines.problems,
    )
    return replace(result, submission=submission, ledger=counting.ledger(history.cells), problems=problems)


_KEEPS_OUT = frozenset({"IDN-002", "IDN-003", "IDN-004", "IDN-006", "IDN-007", "IDN-009", "IDN-011", "STR-003"})
"""Problems for which a whole workbook is not accepted."""


def _only(problems: tuple[Problem, ...], code: str) -> tuple[Problem, ...]:
    return tuple(problem for problem in problems if problem.code == code)


def _about_file(workbook: RawWorkbook, setup: Setup) -> Iterator[Problem]:
    # A workbook that was made with macros is expected to have them; they are not run either.
    if workbook.has_macros and not setup.has_macros:
        yield Problem("FIL-011", file=workbook.file)
    if workbook.has_links:
        yield Problem("FIL-012", file=workbook.file)


_QUERIES = frozenset({"queryTable", "pivotTable"})


def _fed_by_a_query(opened: OpenedWorkbook) -> Iterator[Problem]:
    """STR-026 where something else than people fills the input sheet: a query, a pivot table, or a table with a query."""
    package, title = opened.workbook.package, opened.input.title
    relations = relations_of(package, opened.input.entry.part)
    tables = [
        each for relation in relations if relation.kind == "table" for each in relations_of(package, relation.target)
    ]
    if any(relation.kind in _QUERIES for relation in (*relations, *tables)):
        yield Problem("STR-026", file=opened.file, sheet=title, slots={"sheet": title})


def _places(cells: ReadCells) -> Iterator[tuple[int, int]]:
    for figure in cells.figures.values():
        if figure.source is not None:
            yield parse_a1(figure.source.cell)


# Other sheets


def _check_chooser(opened: OpenedWorkbook, shown: dict[Sheet, str]) -> tuple[Problem, ...]:
    entry = opened.workbook.sheet(shown.get(Sheet.SCORECARD, ""))
    sheet = read_sheet(opened.workbook, entry) if entry is not None else None
    # A sheet that only shows may be damaged without any figure being lost.
    return tuple(check_chooser(opened.workbook, opened.plan, sheet)) if isinstance(sheet, RawSheet) else ()


def _check_other_sheets(opened: OpenedWorkbook) -> tuple[Problem, ...]:
    """STR-015 for sheets that are not read, STR-003 where one is a copy of the input sheet with other figures.

    The list of what was repaired says nothing.
    """
    layout, file = opened.plan.layout, opened.file
    problems: list[Problem] = []
    for other in other_sheets(opened.workbook, layout, opened.setup_sheet):
        if isinstance(other, Problem):
            problems.append(other)
        elif _is_other_input(opened, other):
            names = f"{opened.input.title}, {other.title}"
            slots = {"sheet": layout.title(Sheet.INPUT), "names": names}
            problems.append(Problem("STR-003", file=file, sheet=other.title, slots=slots))
        elif opened.workbook.names.get(REPAIRS_NAME, ("",))[0] != other.title:
            problems.append(Problem("STR-015", file=file, sheet=other.title, slots={"sheet": other.title}))
    return tuple(problems)


def _is_other_input(opened: OpenedWorkbook, other: RawSheet) -> bool:
    """Whether a sheet is laid out like the input sheet and holds other figures."""
    grid = find_grid(opened.plan, other, Sheet.INPUT, opened.file)
    if 2 * len(grid.rows) < len(opened.plan.lines) or 2 * len(grid.columns) < len(opened.plan.codes):
        return False
    return _texts(opened.grid) != _texts(grid)


def _texts(grid: Grid) -> dict[tuple[str, Period], str]:
    """What stands in the input cells."""
    cells = grid.sheet.cells
    return {
        (line.line.id, period): cells[row, column].text
        for row, line in grid.rows.items()
        for column, period in grid.columns.items()
        if (row, column) in cells
    }


@dataclass(frozen=True, slots=True)
class FoundHistory:
    """The sheet of the year before laid out, None where there is no such sheet, and what is to be said of that."""

    grid: Grid | None
    problems: tuple[Problem, ...]


def find_history(opened: OpenedWorkbook) -> FoundHistory:
    """The sheet of the year before."""
    found = _optional(opened, Sheet.HISTORY)
    if found.sheet is None:
        return FoundHistory(None, found.problems)
    grid = find_grid(opened.plan, marked_outside(opened.workbook, found.sheet), Sheet.HISTORY, opened.file)
    return FoundHistory(grid, (*found.problems, *grid.problems))


@dataclass(frozen=True, slots=True)
class _History:
    cells: ReadCells
    problems: tuple[Problem, ...]


def _read_history(opened: OpenedWorkbook, opinions: Opinions | None) -> _History:
    """The figures of the year before."""
    found = find_history(opened)
    if found.grid is None:
        return _History(ReadCells(), found.problems)
    grid = found.grid
    if not grid.columns:
        return _History(ReadCells(rejected=_filled(grid)), found.problems)
    opinion = opinions.on(grid.sheet) if opinions else None
    cells = read_cells(grid, opened.workbook.formats, opened.file, None, opinion)
    strays = tuple(find_strays(grid, opened.file))
    impossible = check_earlier_pairs(opened.plan, grid, cells, opened.file)
    return _History(cells, (*found.problems, *cells.problems, *impossible, *strays))


def _filled(grid: Grid) -> int:
    """How many cells beside the titles hold anything, where nobody knows of which period."""
    cells = grid.sheet.cells.items()
    return sum(row in grid.rows and column >= grid.left and cell.text.strip() != "" for (row, column), cell in cells)


def _read_actions(opened: OpenedWorkbook) -> ReadActions:
    found = _optional(opened, Sheet.ACTIONS)
    if found.sheet is None:
        return ReadActions(problems=found.problems)
    read = read_actions(opened.workbook, found.sheet, opened.setup.scorecard)
    return replace(read, problems=(*found.problems, *read.problems))


def _read_local_goals(opened: OpenedWorkbook, today: date) -> ReadLocal:
    """The office's own goals; none, and nothing to say, where the workbook has no sheet for them."""
    layout = opened.plan.layout
    if find_entry(opened.workbook, Sheet.LOCAL, layout.title(Sheet.LOCAL)) is None:
        return ReadLocal()
    found = _optional(opened, Sheet.LOCAL)
    if found.sheet is None:
        return ReadLocal(problems=found.problems)
    read = read_local_goals(opened.workbook, found.sheet, layout, today)
    if read.grid is None:
        return read
    return replace(read, problems=(*found.problems, *_without_steps(opened), *read.problems))


def _without_steps(opened: OpenedWorkbook) -> tuple[Problem, ...]:
    """STR-019 where the sheet of local goals cannot show any result; STR-002 where what works it out is renamed."""
    title = opened.plan.layout.title(Sheet.LOCAL_STEPS)
    entry = find_entry(opened.workbook, Sheet.LOCAL_STEPS, title)
    if entry is not None:
        return told_renamed(opened.workbook, entry.title, title)
    return (Problem("STR-019", file=opened.file, slots={"sheet": title, "what": Phrase(_LOCAL_RESULTS)}),)


def _optional(opened: OpenedWorkbook, sheet: Sheet) -> FoundSheet:
    return find_sheet(opened.workbook, sheet, opened.plan.layout.title(sheet))


# What counts


@dataclass(frozen=True)
class _Counting:
    """What becomes of the figures that can be used."""

    opened: OpenedWorkbook
    cells: ReadCells
    pairs: Findings
    submission: Submission
    today: date

    def ledger(self, history: ReadCells) -> Ledger:
        """What became of every filled cell."""
        usable, unusable = self.cells.usable, self.pairs.unusable
        if unusable:
            usable = [(line, period) for line, period in usable if (line.line.id, period) not in unusable]
        dropped = len(self.cells.usable) - len(usable)
        waits = {period.code for period in self.cells.by_period if not self.submission.counts(period, self.today)}
        waiting = sum(
            line.is_result and (period.code in waits or (line.line.id, period) in self.in_open_windows)
            for line, period in usable
        )
        counted = len(usable) - waiting + self.cells.commented
        rejected = self.cells.rejected + dropped + history.rejected
        reference = len(history.usable) + history.commented
        return Ledger(counted + rejected + waiting + reference, counted, rejected, waiting, reference)

    @cached_property
    def open_cohorts(self) -> tuple[PairPlan, ...]:
        """The cohorts of periods that have ended whose window is still open."""
        return tuple(
            pair
            for pair in self.opened.plan.cohorts
            if self.submission.counts(pair.period, self.today) and self.today <= window_end(pair.indicator, pair.period)
        )

    @cached_property
    def in_open_windows(self) -> frozenset[Key]:
        """The figures that nothing but cohorts with an open window are worked out from."""
        users = Counter(place for pair in self.open_cohorts for place in pair.places)
        return frozenset(place for place, count in users.items() if count == self.opened.plan.users[place])

    def problems(self) -> Iterator[Problem]:
        """What is to be said of periods as a whole.

        PER-002 for one that is still running, PER-004 for what lies after "Ready for", PER-007 for an open cohort, DLV-009 for
        a month that was left empty.
        """
        for pair in self.open_cohorts:
            if count := sum(place in self.cells.figures for place in pair.places):
                day = DayText(window_end(pair.indicator, pair.period).isoformat())
                slots = {"name": PeriodName(pair.period.code), "date": day, "count": str(count)}
                yield replace(self._note("PER-007", pair.period, slots), indicator=pair.indicator.id)
        scorecard = self.opened.setup.scorecard
        for period in empty_months(scorecard, self.cells.by_period, self.submission, self.today):
            yield self._note("DLV-009", period, {"name": PeriodName(period.code)})
        counts = Counter(period for line, period in self.cells.usable if line.is_result)
        ready = self.submission.ready_for
        after = 0
        for period, count in sorted(counts.items(), key=lambda each: (each[0].end, each[0].start)):
            if not period.has_ended(self.today):
                slots = {"name": PeriodName(period.code), "count": str(count)}
                yield self._note("PER-002", period, slots)
            elif ready is not None and period.end > ready.end:
                after += count
        if after and ready is not None:
            yield self._note("PER-004", ready, {"name": PeriodName(ready.code), "count": str(after)})

    def _note(self, code: str, period: Period, slots: dict[str, str]) -> Problem:
        opened = self.opened
        return Problem(code, file=opened.file, sheet=opened.input.title, period=period.code, slots=slots)
