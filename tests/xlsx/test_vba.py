"""A VBA project holds the modules that it was made from, and a module for the workbook and for every sheet."""

from __future__ import annotations

import io
import subprocess
import sys

import olefile  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.macros import modules_of
from xlmalekort.xlsx import vba
from xlmalekort.xlsx.vba import CODE_PAGE, VbaTextError, sheet_module, vba_project

TEXT = "Option Explicit\n' æøå ÆØÅ ë ï – ‘x’ €\nPublic Sub A()\n    Beep\nEnd Sub\n"
KEPT = "".join(
    letter
    for letter in map(chr, range(32, 0x2123))
    if letter.encode(CODE_PAGE, "ignore").decode(CODE_PAGE, "ignore") == letter and letter.isprintable()
)


@pytest.mark.parametrize("sheets", [1, 2, 17])
def test_the_project_has_a_module_for_the_workbook_and_for_every_sheet_beside_its_own(sheets: int) -> None:
    found = modules_of(vba_project({"Malekort": TEXT, "Other": "' nothing\n"}, sheets))
    own = {"Malekort": TEXT, "Other": "' nothing\n"}
    assert found == {"ThisWorkbook": ""} | {sheet_module(number): "" for number in range(1, sheets + 1)} | own


def test_text_of_the_workbooks_own_module_goes_there() -> None:
    found = modules_of(vba_project({"ThisWorkbook": "Private Sub Workbook_Open()\nEnd Sub\n"}, 1))
    assert found == {"ThisWorkbook": "Private Sub Workbook_Open()\nEnd Sub\n", "Sheet1": ""}


@settings(max_examples=25, deadline=None)
@given(st.text(KEPT, max_size=200))
def test_every_letter_of_the_code_page_comes_back(letters: str) -> None:
    text = f"Option Explicit\n' {letters}\n"
    assert modules_of(vba_project({"Malekort": text}, 1))["Malekort"] == text


@pytest.mark.parametrize("letter", ["ł", "≥", "▲", "\N{NON-BREAKING HYPHEN}", "😀"])
def test_a_letter_that_the_code_page_lacks_is_refused_by_name(letter: str) -> None:
    with pytest.raises(VbaTextError, match=f"module Malekort: .*{letter}"):
        vba_project({"Malekort": f"' {letter}\n"}, 1)


def test_the_line_ends_are_those_of_vba_whatever_the_text_has() -> None:
    assert vba_project({"M": "A\nB\n"}, 1) == vba_project({"M": "A\r\nB\r\n"}, 1)


@pytest.mark.parametrize("sheets", [1, 17])
def test_no_version_of_excel_takes_what_was_compiled_for_its_own(sheets: int) -> None:
    """The stream as MS-OVBA 2.3.4.1 wants it written, so that Excel reads the text of the modules and nothing else."""
    with olefile.OleFileIO(io.BytesIO(vba_project({"Malekort": TEXT}, sheets))) as project:
        assert project.openstream("VBA/_VBA_PROJECT").read() == bytes.fromhex("cc61ffff000000")
        assert not any("__SRP" in name for path in project.listdir() for name in path)


def test_the_bytes_are_the_same_from_run_to_run() -> None:
    program = (
        "import sys; from xlmalekort.xlsx.vba import vba_project; "
        "sys.stdout.buffer.write(vba_project({'M': 'Option Explicit\\n'}, 3))"
    )
    runs = [subprocess.run([sys.executable, "-c", program], capture_output=True, check=True).stdout for _ in range(2)]
    assert runs[0] == runs[1] == vba_project({"M": "Option Explicit\n"}, 3)


def test_a_project_is_made_once() -> None:
    vba._project.cache_clear()
    for _ in range(3):
        vba_project({"M": "Option Explicit\n"}, 2)
    assert vba._project.cache_info().misses == 1
