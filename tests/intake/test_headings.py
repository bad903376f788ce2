"""The office and the year that people see at the top of the sheet are those that the workbook is counted for."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.faults.workbooks import STRINGS, edited
from tests.pipeline.offices import filled_workbook
from xlmalekort.intake.identity import Expected
from xlmalekort.intake.workbook_file import check_file
from xlmalekort.model.register import Office, Register

if TYPE_CHECKING:
    from xlmalekort.model.figures import CheckedFile

REGISTER = Register(tuple(Office(name, "TO Midt", "Buskerud") for name in ("Prøvedal", "Lillevik", "Storås")))
CONTENT = filled_workbook("Prøvedal")


def headed(text: str, register: Register | None = REGISTER) -> CheckedFile:
    pattern = re.compile("Prøvedal  ·  [0-9]{4}".encode())
    content = edited(CONTENT, STRINGS, lambda xml: pattern.sub(text.encode(), xml))
    return check_file(content, "a.xlsx", date(2009, 10, 20), expected=Expected(register=register))


@pytest.mark.parametrize(
    "text", ["Lillevik  ·  2009", "tall for lillevik", "Prøvedal  ·  2010", "Prøvedal 2008", "2010"]
)
def test_a_sheet_headed_by_another_office_or_year_does_not_count(text: str) -> None:
    checked = headed(text)
    assert checked.submission is None
    assert [(problem.code, problem.cell, problem.got) for problem in checked.problems] == [("IDN-011", "B2", text)]


@pytest.mark.parametrize("text", ["Ledermøte i juni", "Grenda  ·  2009"])
def test_a_sheet_headed_by_anything_else_counts_and_is_told(text: str) -> None:
    checked = headed(text)
    assert checked.submission is not None
    assert [problem.code for problem in checked.problems if problem.code.startswith("IDN")] == ["IDN-012"]


@pytest.mark.parametrize("text", ["PRØVEDAL - 2009", "Prøvedal, rettet utgave", "NAV Prøvedal 2009", ""])
def test_a_heading_that_names_the_office_or_nothing_says_nothing(text: str) -> None:
    checked = headed(text)
    assert checked.submission is not None
    assert not [problem for problem in checked.problems if problem.code.startswith("IDN")]


def test_without_a_register_another_name_is_told_and_another_year_does_not_count() -> None:
    assert [each.code for each in headed("Lillevik  ·  2009", None).problems if each.code.startswith("IDN")] == [
        "IDN-012"
    ]
    assert headed("Lillevik  ·  2010", None).submission is None
