"""Rolls a folder of office workbooks up into a regional workbook."""

from __future__ import annotations

import gc
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from xlmalekort.locale.told import Phrase
from xlmalekort.output import changing, write_all
from xlmalekort.pipeline import clock
from xlmalekort.pipeline.errors import NotDoneError
from xlmalekort.pipeline.listing import check_listed, list_folder
from xlmalekort.pipeline.opened import is_office_workbook
from xlmalekort.pipeline.published import open_summary, read_summary
from xlmalekort.pipeline.reading import load_register, refuse_absent_folder
from xlmalekort.pipeline.suffixes import SUFFIXES, is_for_macros, refuse_other_suffix
from xlmalekort.pipeline.tidy import tidy_writer
from xlmalekort.pipeline.verdict import parse_period
from xlmalekort.problems import sort_key
from xlmalekort.rollup.comparing import find_changes, tell_changes
from xlmalekort.rollup.submissions import choose_scorecard
from xlmalekort.rollup.totals import roll_up as roll_up_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from xlmalekort.model.figures import CheckedFile
    from xlmalekort.model.periods import Period
    from xlmalekort.model.register import Register
    from xlmalekort.rollup.results import RollUp


def roll_up(
    folder: Path | str,
    *,
    out: Path | str,
    today: date | None = None,
    register: Path | str | None = None,
    period: Period | str | None = None,
    tidy: Path | str | None = None,
    against: Path | str | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> RollUp:
    """Read, check, judge and add up a folder, and write the regional workbook `out` (and the table `tidy`) whole or not at all.

    `against` is an earlier regional workbook: what has changed since is in `RollUp.changes` and on a sheet of its own.
    Where `out` is open in Excel it is kept, and the new one stands beside it under its name with the day:
    `RollUp.written` tells.

    One bad file never stops the others: it is among the problems. NotDoneError where there is nothing to roll up, or
    `against` is no regional workbook of the scorecard; BusyError at once where another run is writing the same files.
    """
    folder, out, tidy = Path(folder), Path(out), Path(tidy) if tidy else None
    day = today or clock.today()
    chosen = parse_period(period) if isinstance(period, str) else period
    if not folder.is_dir():
        raise NotDoneError(Phrase("{folder}: there is no such folder.", folder=folder))
    refuse_other_suffix(out, *SUFFIXES)
    refuse_absent_folder(out)
    inputs = [Path(each) for each in (register, against) if each]
    outputs = [out, *([tidy] if tidy else [])]
    _refuse_to_lose(outputs, inputs)
    make_tidy = tidy_writer(tidy) if tidy is not None else None
    summary = open_summary(Path(against)) if against else None
    # Unknown ids of the register are looked for only when the scorecard is known, which the files tell.
    offices, register_problems = load_register(Path(register) if register else None, None)
    skip = frozenset({*outputs, *([Path(against)] if against else [])})
    with ExitStack() as held:
        for output in outputs:
            # Whoever starts the same roll-up a second time wants the outcome of the first: nothing to wait for.
            held.enter_context(changing(output, patience=0))
        held.enter_context(_without_searching_for_cycles())
        checked = tuple(check_folder(folder, day, register=offices, skip=skip, progress=progress))
        scorecard = choose_scorecard(checked, chosen=chosen)
        if scorecard is None:
            problems = tuple(problem for file in checked for problem in file.problems)
            raise NotDoneError(
                Phrase("{folder}: there is no office workbook that can be used.", folder=folder), problems
            )
        rollup = roll_up_files(scorecard, checked, offices, day, chosen)
        rollup = replace(rollup, problems=tuple(sorted((*register_problems, *rollup.problems), key=sort_key)))
        if summary is not None:
            changes = find_changes(rollup, read_summary(summary, scorecard))
            problems = (*rollup.problems, *tell_changes(changes))
            rollup = replace(rollup, changes=changes, problems=tuple(sorted(problems, key=sort_key)))
        # Only here: whoever just checks or refreshes does not wait for what writes the regional workbook.
        from xlmalekort.summary.region_workbook import Making, write_region_workbook

        making = Making(_from(out, register), str(chosen) if chosen else None, is_for_macros(out))
        contents = [write_region_workbook(rollup, making), *([make_tidy(rollup)] if make_tidy is not None else [])]
        written = write_all(list(zip(outputs, contents, strict=True)), instead=day)
    return replace(rollup, written=written)


def _from(out: Path, register: Path | str | None) -> str | None:
    """The register as the next roll-up finds it: from the folder of the regional workbook, where it lies in or under that."""
    if register is None:
        return None
    path, folder = Path(register).absolute(), out.absolute().parent
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else str(path)


def _refuse_to_lose(outputs: list[Path], inputs: list[Path]) -> None:
    """Stop rather than write over what somebody handed in, or one output over the other."""
    for number, output in enumerate(outputs):
        if any(output.resolve() == other.resolve() for other in (*inputs, *outputs[:number])):
            raise NotDoneError(Phrase("{file}: is named twice; choose another name for what is written.", file=output))
        if output.is_file() and is_office_workbook(output):
            raise NotDoneError(
                Phrase("{file}: is an office's workbook; choose another name for what is written.", file=output)
            )


@contextmanager
def _without_searching_for_cycles() -> Iterator[None]:
    """Python's search for cycles off: it would go through millions of figures and results again and again.

    That takes longer than reading them, and there are no cycles among them.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def check_folder(
    folder: Path,
    today: date,
    *,
    register: Register | None = None,
    skip: frozenset[Path] = frozenset(),
    progress: Callable[[str], None] = lambda _: None,
) -> Iterator[CheckedFile]:
    """Every file of a folder, checked, in the order of names. What is no office's workbook is told and ignored.

    That is FIL-005 and FIL-009. Locks and unfinished files of a run are no files of the folder, nor are those to `skip`.
    """
    return check_listed(list_folder(folder, skip=skip), today, register=register, progress=progress)
