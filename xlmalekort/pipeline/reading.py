"""Files at the edge of the jobs: read whole, or told why not; and folders that are to take some."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from xlmalekort.intake.figures_file import FiguresFile, read_figures
from xlmalekort.intake.personal import without_numbers
from xlmalekort.intake.register_file import read_register
from xlmalekort.locale.system import reason_of
from xlmalekort.locale.told import Phrase
from xlmalekort.pipeline.errors import NotDoneError
from xlmalekort.problems import Problem, Severity

if TYPE_CHECKING:
    from pathlib import Path

    from xlmalekort.model.register import Register
    from xlmalekort.model.scorecard import Scorecard


def read_bytes(path: Path) -> bytes:
    """The content of a file that the job cannot do without; NotDoneError where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise NotDoneError(Phrase("{file}: cannot be read: {reason}.", file=path, reason=reason_of(error))) from None


def refuse_absent_folder(out: Path) -> None:
    """Stop before a long job whose outcome could not be written in the end."""
    if not out.parent.is_dir():
        raise NotDoneError(Phrase("{file}: the folder {folder} does not exist.", file=out, folder=out.parent))


def load_register(path: Path | None, scorecard: Scorecard | None) -> tuple[Register | None, tuple[Problem, ...]]:
    """The register of a file, and its warnings; None without a path.

    NotDoneError where a line cannot be used: nobody would know how many offices are expected.
    """
    if path is None:
        return None, ()
    register, problems = read_register(read_bytes(path), path.name, scorecard)
    problems = without_numbers(problems)
    if register is None or any(problem.severity is Severity.ERROR for problem in problems):
        raise NotDoneError(Phrase("{file}: the register cannot be used.", file=path), problems)
    return register, problems


def load_figures(path: Path, scorecard: Scorecard, year: int, offices: tuple[str, ...] | None) -> FiguresFile:
    """The figures of a file. Lines that cannot be used are among its problems; NotDoneError where none can."""
    figures = read_figures(read_bytes(path), path.name, scorecard, year, offices)
    figures = replace(figures, problems=without_numbers(figures.problems))
    if not figures.entries and any(problem.severity is Severity.ERROR for problem in figures.problems):
        raise NotDoneError(Phrase("{file}: no figure of the file can be used.", file=path), figures.problems)
    return figures
