"""Checks filled-in workbooks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from xlmalekort.intake.identity_numbers import masked
from xlmalekort.intake.workbook_file import Expected, check_file, read_path
from xlmalekort.model.figures import CheckedFile
from xlmalekort.pipeline import clock
from xlmalekort.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from xlmalekort.model.register import Register


def check_workbook(path: Path | str, *, today: date | None = None, register: Register | None = None) -> CheckedFile:
    """What came of reading and checking one workbook, in this process. Whatever the file holds, nothing is raised."""
    path = Path(path)
    content = read_path(path)
    if isinstance(content, Problem):
        return CheckedFile(masked(path.name), problems=(content,))
    expected = Expected(register=register) if register else None
    return check_content(content, path.name, today or clock.today(), expected=expected, is_compared=True)


def check_content(
    content: bytes, file: str, today: date, *, expected: Expected | None = None, is_compared: bool = False
) -> CheckedFile:
    """What came of reading and checking a workbook in memory, and of looking at its own formulas and input rules."""
    # Here, for the template takes its time to import, and nothing of it is needed before there is a workbook.
    from xlmalekort.pipeline.template_faults import find_template_faults

    look = find_template_faults
    return check_file(content, file, today, expected=expected, is_compared=is_compared, look=look)


def check_workbooks(
    paths: Sequence[Path | str], *, today: date | None = None, register: Register | None = None
) -> tuple[CheckedFile, ...]:
    """The same for several files, read in processes of their own; a folder stands for the workbooks in it.

    One that takes its reader down is rejected alone (FIL-013).
    """
    # Here, for the readers' processes import this module.
    from xlmalekort.pipeline.readers import check_isolated

    return tuple(
        check_isolated(
            [path for each in paths for path in workbook_files(Path(each))], today or clock.today(), register
        )
    )


def workbook_files(path: Path) -> Iterator[Path]:
    """The file itself, or the workbooks of a folder in the order of their names."""
    if path.is_dir():
        yield from sorted(each for each in path.iterdir() if each.suffix.casefold() in {".xlsx", ".xlsm"})
    else:
        yield path
