"""What the package offers, and what importing it does not load."""

from __future__ import annotations

import subprocess
import sys

import pytest

import xlmalekort

HEAVY = ("pandas", "openpyxl", "xlsxwriter", "lxml", "xlwings", "rich", "numpy")


def modules_after(statement: str) -> set[str]:
    code = f"import sys\n{statement}\nprint(*sys.modules)"
    return set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split())


@pytest.mark.parametrize("name", xlmalekort.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert callable(getattr(xlmalekort, name))
    assert getattr(xlmalekort, name).__doc__


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute"):
        _ = xlmalekort.average_of_percentages


def test_importing_the_package_loads_nothing_heavy() -> None:
    assert modules_after("import xlmalekort").isdisjoint({*HEAVY, "pydantic", "yaml", "babel"})


@pytest.mark.parametrize(
    ("statement", "unwanted"),
    [
        ("from xlmalekort import judge", HEAVY),
        ("from xlmalekort import check_workbook", tuple(each for each in HEAVY if each != "lxml")),
        ("from xlmalekort import roll_up", tuple(each for each in HEAVY if each not in {"lxml", "xlsxwriter"})),
    ],
)
def test_a_job_loads_only_what_it_needs(statement: str, unwanted: tuple[str, ...]) -> None:
    assert modules_after(statement).isdisjoint(unwanted)
