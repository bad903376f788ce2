"""A coverage-guided fuzzer on the gate and on the reader of sheets. It is run by hand, and what it finds becomes a test.

    pip install -e .[fuzz]
    python -m tests.fuzz.reader gate FOLDER -max_total_time=600
    python -m tests.fuzz.reader sheet FOLDER -max_total_time=600

The folder keeps the inputs that reached something new; the first run begins with some of an office's workbook. A finding is an
exception that is no answer, or a sheet that the quick reader and the parser read in different ways.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import atheris

if TYPE_CHECKING:
    from collections.abc import Callable

    from xlmalekort.xlsx import RawSheet

with atheris.instrument_imports(include=["xlmalekort.xlsx"]):
    from xlmalekort.problems import Problem
    from xlmalekort.xlsx import RawWorkbook, SheetEntry, open_package, read_workbook
    from xlmalekort.xlsx import sheet as sheets
    from xlmalekort.xlsx.formats import NumberFormats
    from xlmalekort.xlsx.xml import TRANSITIONAL, UnreadableError

_LARGEST = 1 << 16
ENTRY = SheetEntry("Data", "sheet1.xml", "visible", is_worksheet=True)


def gate(data: bytes) -> None:
    """Whatever the bytes are, there is an answer."""
    package = open_package(data, "f.xlsx")
    if not isinstance(package, Problem):
        read_workbook(package)


def sheet(data: bytes) -> None:
    """What the quick reader reads, the parser reads alike."""
    package = open_package(_BOOK, "f.xlsx")
    assert not isinstance(package, Problem)
    workbook = RawWorkbook(
        package,
        TRANSITIONAL,
        (ENTRY,),
        {},
        {},
        frozenset(),
        ("a", "12", "_x0041_"),
        frozenset({1}),
        NumberFormats(),
        False,
        False,
    )
    xml = _BEFORE + data + _AFTER
    quick = _read(lambda: sheets._scanned(workbook, ENTRY, xml))
    if quick is not None:
        parsed = _read(lambda: sheets._parsed(workbook, ENTRY, xml))
        assert quick == parsed, (quick, parsed)


def _read(read: Callable[[], RawSheet | None]) -> RawSheet | str | None:
    try:
        return read()
    except UnreadableError:
        return "unreadable"


_BEFORE = f'<worksheet xmlns="{TRANSITIONAL}"><sheetData>'.encode()
_AFTER = b"</sheetData></worksheet>"
_BOOK = b""
_ROWS = (
    b'<row r="1"><c r="A1"><v>1</v></c><c r="B1" s="2" t="s"><v>0</v></c></row>',
    b'<row r="2" hidden="1"><c r="A2" t="str"><f>A1&amp;"x"</f><v>1x</v></c><c r="B2"><f>A1</f><v></v></c></row>',
    b'<row><c><v>3</v></c><c t="inlineStr"><is><t xml:space="preserve"> x </t></is></c><c t="e"><v>#N/A</v></c></row>',
    b'<row r="3"><c r="A3"><f t="shared" si="0" ref="A3:A4">B1</f><v>2</v></c></row><!-- x --><row r="4"/>',
)


def main() -> None:
    """Fuzz what is named first, with the folder and libFuzzer's own options after it."""
    global _BOOK  # noqa: PLW0603 - made once, before the loop
    from tests.xlsx.books import book

    _BOOK = book()
    target, folder = sys.argv[1], Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(_ROWS if target == "sheet" else (_BOOK, _BOOK[:-30], b"")):
        (folder / f"seed-{number}").write_bytes(seed)
    atheris.Setup([sys.argv[0], *sys.argv[2:], f"-max_len={_LARGEST}"], {"gate": gate, "sheet": sheet}[target])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
