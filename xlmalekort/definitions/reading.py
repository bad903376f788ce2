"""Reads a definition workbook: the gate, the sheets, the checks."""

from __future__ import annotations

from dataclasses import replace

from xlmalekort.definitions.checks import CheckedDefinition, check_sheets
from xlmalekort.definitions.sheets import read_sheets
from xlmalekort.problems import Problem
from xlmalekort.xlsx import open_package, read_workbook


def check_definition(content: bytes, file: str) -> CheckedDefinition:
    """The scorecard that a workbook defines, or what is wrong, by cell. Nothing is raised, whatever the file holds."""
    package = open_package(content, file)
    if isinstance(package, Problem):
        return CheckedDefinition(None, (package,))
    workbook = read_workbook(package)
    if isinstance(workbook, Problem):
        return CheckedDefinition(None, (workbook,))
    checked = check_sheets(read_sheets(workbook))
    return replace(checked, problems=tuple(replace(each, file=file) for each in checked.problems))
