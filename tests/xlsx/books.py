"""Small workbooks and ways to spoil them."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from xlsxwriter import Workbook

from xlmalekort.xlsx import Package, RawSheet, RawWorkbook, open_package, read_sheet, read_workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = "xl/worksheets/sheet1.xml"


def book(write: Callable[[Workbook], None] | None = None) -> bytes:
    """A workbook; without `write` it has one sheet with a number, a text, an error, a truth and a formula."""
    stream = io.BytesIO()
    workbook = Workbook(stream, {"in_memory": True, "strings_to_formulas": False})
    (write or _plain)(workbook)
    workbook.close()
    return stream.getvalue()


def _plain(workbook: Workbook) -> None:
    sheet = workbook.add_worksheet("Data")
    sheet.write_number(0, 0, 12.5)
    sheet.write_string(1, 1, "=text & <more>")
    sheet.write_formula(2, 2, "=1/0", None, "#DIV/0!")
    sheet.write_boolean(3, 3, True)
    sheet.write_formula(4, 4, "=A1*2", None, 25)
    sheet.write_blank(5, 5, None, workbook.add_format({"bold": True}))


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def edited(content: bytes, change: Callable[[bytes], bytes], part: str = SHEET) -> bytes:
    parts = parts_of(content)
    new = change(parts[part])
    assert new != parts[part], "the change changed nothing"
    return packed(parts | {part: new})


def sheet_of(rows: str, *, around: str = "", namespace: str = MAIN) -> bytes:
    """A workbook whose only sheet has these rows, as XML."""
    xml = f'<worksheet xmlns="{namespace}"><sheetData>{rows}</sheetData>{around}</worksheet>'
    return edited(book(), lambda _: xml.encode())


def opened(content: bytes) -> RawWorkbook:
    package = open_package(content, "book.xlsx")
    assert isinstance(package, Package), package
    workbook = read_workbook(package)
    assert isinstance(workbook, RawWorkbook), workbook
    return workbook


def first_sheet(content: bytes) -> RawSheet:
    workbook = opened(content)
    sheet = read_sheet(workbook, workbook.sheets[0])
    assert isinstance(sheet, RawSheet), sheet
    return sheet


def texts(content: bytes) -> dict[tuple[int, int], str]:
    return {place: cell.text for place, cell in first_sheet(content).cells.items()}
