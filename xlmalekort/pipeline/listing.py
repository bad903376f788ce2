"""What stands in a folder of received files, and which of it is read: the same for every command that is given a folder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xlmalekort.intake.identity_numbers import masked
from xlmalekort.locale import N_
from xlmalekort.locale.told import Phrase
from xlmalekort.model.figures import CheckedFile
from xlmalekort.output import is_of_a_run
from xlmalekort.pipeline.published import is_summary
from xlmalekort.pipeline.readers import check_isolated
from xlmalekort.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from xlmalekort.model.register import Register

WORKBOOKS = frozenset({".xlsx", ".xlsm"})
OTHER_SPREADSHEETS = frozenset({".xls", ".xlsb", ".ods", ".xlt", ".xltx", ".xltm"})
"""Whoever sends one of these means to deliver: it is read, and told how to be saved, rather than ignored."""
_LOCKS = (("~$", ""), (".~lock.", "#"))
"""How the files begin and end that Excel and LibreOffice keep beside an open workbook."""
_OTHER_HALF = "._"
_OF_A_MAC = N_("what a Mac keeps beside the file of that name")
_NO_FILE = N_("it is no file that can be read, but a pipe or a device")
_FOLDER = N_("it is a folder")
_OTHER = N_("it is no workbook: {suffix}")
_SUMMARY = N_("it is a regional summary")
_NO_SETUP = "STR-013"


@dataclass(frozen=True, slots=True)
class Listed:
    """A thing that was given by name or stands in a folder. `ignored` (FIL-005, FIL-009) says why it is not read."""

    path: Path
    ignored: Problem | None = None


def list_folder(folder: Path, *, skip: frozenset[Path] = frozenset()) -> list[Listed]:
    """All that a folder holds, in the order of names.

    Locks and unfinished files of a run are no files of the folder, nor are those to `skip`.
    """
    skipped = {path.resolve() for path in skip}
    return [
        Listed(path, _ignored_by_name(path) or _ignored_by_kind(path))
        for path in sorted(folder.iterdir(), key=lambda each: each.name)
        if not is_of_a_run(path.name) and _resolved(path) not in skipped
    ]


def list_given(paths: Sequence[Path], *, skip: frozenset[Path] = frozenset()) -> list[Listed]:
    """The files that were given, and all that stands in the folders among them.

    Whoever names a file means it, whatever its kind: only what a program keeps beside a workbook is ignored then.
    """
    found: list[Listed] = []
    for path in paths:
        if path.is_dir():
            found += list_folder(path, skip=skip)
        else:
            found.append(Listed(path, _ignored_by_name(path) if path.exists() else None))
    return found


def check_listed(
    listed: Sequence[Listed],
    today: date,
    *,
    register: Register | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Iterator[CheckedFile]:
    """What came of each, in their order; what is ignored is told.

    Files are read in processes of their own; one that takes its reader down is rejected alone (FIL-013).
    """
    checked = check_isolated([each.path for each in listed if each.ignored is None], today, register)
    for each in listed:
        name = masked(each.path.name)
        progress(name)
        if each.ignored is not None:
            yield CheckedFile(name, problems=(each.ignored,), is_ignored=True)
        else:
            yield _unless_summary(each.path, next(checked))


def _resolved(path: Path) -> Path | None:
    """Where a path leads; None where links lead in a circle."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return None


def _unless_summary(path: Path, checked: CheckedFile) -> CheckedFile:
    """What came of a file; a regional workbook, perhaps of the run before, is nothing that an office has to mend."""
    if any(problem.code == _NO_SETUP for problem in checked.problems) and is_summary(path):
        ignored = Problem("FIL-009", file=path.name, slots={"reason": Phrase(_SUMMARY)})
        return CheckedFile(path.name, checked.digest, problems=(ignored,), is_ignored=True)
    return checked


def _ignored_by_name(path: Path) -> Problem | None:
    """Why what a program keeps beside another file is not read, by rule; None for anything else."""
    name = masked(path.name)
    for before, behind in _LOCKS:
        if name.startswith(before) and name.endswith(behind):
            return Problem("FIL-005", file=name, slots={"name": name.removeprefix(before).removesuffix(behind)})
    if name.startswith(_OTHER_HALF):
        return Problem("FIL-009", file=name, slots={"reason": Phrase(_OF_A_MAC)})
    return None


def _ignored_by_kind(path: Path) -> Problem | None:
    """Why a thing in a folder is not read, by rule; None for a workbook."""
    name = masked(path.name)
    if path.is_dir():
        return Problem("FIL-009", file=name, slots={"reason": Phrase(_FOLDER)})
    if path.exists() and not path.is_file():
        return Problem("FIL-009", file=name, slots={"reason": Phrase(_NO_FILE)})
    if path.suffix.casefold() not in WORKBOOKS | OTHER_SPREADSHEETS:
        return Problem("FIL-009", file=name, slots={"reason": Phrase(_OTHER, suffix=masked(path.suffix) or name)})
    return None
