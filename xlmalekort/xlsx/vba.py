"""A workbook's VBA project, made from the text of its modules."""

from __future__ import annotations

import tempfile
import zipfile
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from xlmalekort.xlsx.archive import replace_members

if TYPE_CHECKING:
    from collections.abc import Mapping

WORKBOOK_MODULE = "ThisWorkbook"
CODE_PAGE = "cp1252"
"""VBA keeps its text in this code page; any other letter would silently become a question mark."""

_PROJECT_PART = "xl/vbaProject.bin"
_COMPILED = "_VBA_PROJECT"
_OF_NO_VERSION = b"\xcc\x61\xff\xff\x00\x00\x00"
"""No compiled code, of no version of VBA (MS-OVBA 2.3.4.1). Excel would use compiled code that says it is of its own version."""
_NO_ARCHIVE = b"PK\x05\x06" + bytes(18)
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


class VbaTextError(ValueError):
    """Text that VBA cannot keep: it has letters that code page 1252 lacks."""


def sheet_module(number: int) -> str:
    """The name of the module of a sheet, counted from 1: what its code name has to be."""
    return f"Sheet{number}"


def vba_project(modules: Mapping[str, str], sheets: int) -> bytes:
    """A VBA project for a workbook of so many sheets; the same modules give the same bytes.

    It has a module for the workbook, for each sheet, and the given ones by name; text under `ThisWorkbook` goes into the
    workbook's own module. Raises VbaTextError where a text does not fit into VBA's code page.
    """
    return _project(tuple((name, _as_vba_has_it(name, text)) for name, text in modules.items()), sheets)


@lru_cache(maxsize=16)
def _project(modules: tuple[tuple[str, str], ...], sheets: int) -> bytes:
    # Here, because only those who make workbooks need it, and Excel waits for imports.
    from pyopenvba import ExcelFile
    from pyopenvba.cfb import CFB

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "donor.xlsm"
        path.write_bytes(_donor(sheets))
        with ExcelFile(path) as book:
            project = book.add_vba_project()
            for name, text in modules:
                if name == WORKBOOK_MODULE:
                    project.get_module(name).body = text
                else:
                    project.add_module(name, text)
            book.save(path)
        with zipfile.ZipFile(path) as archive:
            made = CFB.from_bytes(archive.read(_PROJECT_PART))
    made.write_stream_in_storage("VBA", _COMPILED, _OF_NO_VERSION)
    content: bytes = made.to_bytes()
    return content


def _as_vba_has_it(name: str, text: str) -> str:
    """The text with the line ends of VBA."""
    try:
        text.encode(CODE_PAGE)
    except UnicodeEncodeError as error:
        letters = error.object[error.start : error.end]
        raise VbaTextError(f"module {name}: code page 1252 lacks {letters!r}") from None
    return text.replace("\r\n", "\n").replace("\n", "\r\n")


def _donor(sheets: int) -> bytes:
    """The least of a workbook that a project can be made for: its sheets, all empty."""
    numbers = range(1, sheets + 1)
    kinds = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml"'
        ' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        for number in numbers
    )
    entries = "".join(f'<sheet name="Sheet{number}" sheetId="{number}" r:id="rId{number}"/>' for number in numbers)
    links = "".join(_link(number, "worksheet", f"worksheets/sheet{number}.xml") for number in numbers)
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/>'
        f"{kinds}</Types>",
        "_rels/.rels": _links(_link(1, "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{entries}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _links(links),
    }
    parts |= {
        f"xl/worksheets/sheet{number}.xml": f'<worksheet xmlns="{_MAIN}"><sheetData/></worksheet>' for number in numbers
    }
    return replace_members(_NO_ARCHIVE, {name: (_XML + text).encode() for name, text in parts.items()})


def _links(links: str) -> str:
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'


def _link(number: int, kind: str, target: str) -> str:
    return f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
