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
    from collections.abc import Sequence
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
    content: bytes,
    file: str,
    today: date,
    *,
    expected: Expected | None = None,
    is_compared: bool = False,
    has_formulas: bool = True,
) -> CheckedFile:
    """What came of reading and checking a workbook in memory, and of looking at its own formulas and input rules.

    A copy that holds values only has neither, and is not looked at for them.
    """
    # Here, for the template takes its time to import, and nothing of it is needed before there is a workbook.
    from xlmalekort.pipeline.template_faults import find_template_faults

    look = find_template_faults if has_formulas else None
    return check_file(content, file, today, expected=expected, is_compared=is_compared, look=look)


def check_workbooks(
    paths: Sequence[Path | str], *, today: date | None = None, register: Register | None = None
) -> tuple[CheckedFile, ...]:
    """The same for several files, read in processes of their own; a folder stands for all that it holds.

    What is ignored by rule, as the roll-up ignores it, is among them and told (FIL-005, FIL-009). One that takes its
    reader down is rejected alone (FIL-013).
    """
    # Here, for the readers' processes import this module.
    from xlmalekort.pipeline.listing import check_listed, list_given

    listed = list_given([Path(each) for each in paths])
    return tuple(check_listed(listed, today or clock.today(), register=register))
