from __future__ import annotations

import io
import struct
import time
import zipfile
from typing import TYPE_CHECKING

import pytest

from tests.xlsx.books import SHEET, book, edited, packed, parts_of, texts
from xlmalekort.problems import Problem
from xlmalekort.xlsx import open_package, read_sheet, read_workbook
from xlmalekort.xlsx.gate import VERY_LARGE, Package

if TYPE_CHECKING:
    from pathlib import Path

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def _code(content: bytes) -> str | None:
    """The code of the problem for which a file is not opened or its sheets are not read."""
    package = open_package(content, "x.xlsx")
    if isinstance(package, Problem):
        return package.code
    workbook = read_workbook(package)
    if isinstance(workbook, Problem):
        return workbook.code
    sheets = [read_sheet(workbook, entry) for entry in workbook.sheets]
    return next((sheet.code for sheet in sheets if isinstance(sheet, Problem)), None)


@pytest.mark.parametrize(
    ("content", "code", "kind"),
    [
        (b"", "FIL-001", ""),
        (b"<html><table><tr><td>1</td></tr></table></html>", "FIL-003", "a web page (HTML)"),
        (b"\xef\xbb\xbf\n<!DOCTYPE html><p>", "FIL-003", "a web page (HTML)"),
        (b"a;b\n1,5;2\n", "FIL-003", "a text file (CSV, say)"),
        ("navn;tall\nå;1".encode("utf-16"), "FIL-003", "a text file (CSV, say)"),
        (b"%PDF-1.7 ...", "FIL-003", "a PDF file"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
            "FIL-003",
            "an Excel 2003 XML",
        ),
        (_OLE + "Workbook".encode("utf-16-le"), "FIL-003", "an old Excel workbook (.xls)"),
        (_OLE + "WordDocument".encode("utf-16-le"), "FIL-003", "an old Word document"),
        (_OLE + "EncryptedPackage".encode("utf-16-le"), "FIL-004", ""),
        (packed({"readme.txt": b"hello"}), "FIL-003", "a packed file (zip)"),
        (
            packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<a/>"}),
            "FIL-003",
            "(.ods)",
        ),
        (packed({"_rels/.rels": b"<a/>", "xl/workbook.bin": b"\x83\x01"}), "FIL-003", "(.xlsb)"),
        (packed({"_rels/.rels": b"<a/>", "word/document.xml": b"<a/>"}), "FIL-003", "a Word document"),
        (b"\x0bLars Hansen" + b" " * 153, "FIL-003", "a file of an unknown kind"),
    ],
)
def test_what_is_no_workbook_is_told_apart(content: bytes, code: str, kind: str) -> None:
    found = open_package(content, "x.xlsx")
    assert isinstance(found, Problem)
    assert found.code == code
    assert kind in found.slots.get("type", "")


@pytest.mark.parametrize("keep", [0.02, 0.5, 0.9])
def test_a_truncated_file_is_damaged(keep: float) -> None:
    content = book()
    assert _code(content[: int(len(content) * keep)]) == "FIL-002"
    assert _code(content[:-22]) == "FIL-002"


def _offset(content: bytes, name: str) -> int:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        info = archive.getinfo(name)
    name_length, extra = struct.unpack_from("<HH", content, info.header_offset + 26)
    return info.header_offset + 30 + int(name_length) + int(extra)


@pytest.mark.parametrize("part", [SHEET, "xl/styles.xml", "xl/theme/theme1.xml", "docProps/app.xml"])
def test_bit_rot_in_any_part_is_found_before_anything_is_counted(part: str) -> None:
    content = bytearray(book())
    content[_offset(bytes(content), part) + 40] ^= 0x10
    assert _code(bytes(content)) == "FIL-002"


def test_bit_rot_in_a_very_large_part_is_found_when_it_is_read() -> None:
    large = edited(book(), lambda xml: xml.replace(b"</sheetData>", b"</sheetData>" + b" " * VERY_LARGE))
    content = bytearray(large)
    content[_offset(large, SHEET) + 40] ^= 0x10
    assert isinstance(open_package(bytes(content), "x"), Package)
    assert _code(bytes(content)) in {"FIL-002", "FIL-007"}


def test_no_flipped_byte_anywhere_raises_or_changes_what_is_read() -> None:
    content = book()
    truth = texts(content)
    for place in range(0, len(content), 3):
        spoiled = bytearray(content)
        spoiled[place] ^= 0x41
        package = open_package(bytes(spoiled), "x")
        if not isinstance(package, Problem):
            workbook = read_workbook(package)
            if not isinstance(workbook, Problem):
                sheet = read_sheet(workbook, workbook.sheets[0])
                if not isinstance(sheet, Problem):
                    assert {where: cell.text for where, cell in sheet.cells.items()} == truth


def test_a_zip_bomb_is_refused_by_what_its_directory_declares() -> None:
    start = time.perf_counter()
    bomb = packed(parts_of(book()) | {"xl/media/bomb.bin": bytes(30_000_000)})
    found = open_package(bomb, "x.xlsx")
    assert isinstance(found, Problem)
    assert found.code == "FIL-007"
    assert time.perf_counter() - start < 2


def test_a_zip_bomb_that_lies_about_its_size_is_refused_while_it_unpacks() -> None:
    data = bytes(5_000_000)
    content = bytearray(packed(parts_of(book()) | {"xl/media/bomb.bin": data}))
    real, lie = struct.pack("<I", len(data)), struct.pack("<I", 1_000)
    assert content.count(real) == 2
    assert _code(bytes(content).replace(real, lie)) == "FIL-007"


def test_what_is_larger_than_any_workbook_is_refused() -> None:
    content = bytearray(book())
    directory = content.index(b"PK\x01\x02")
    content[directory + 24 : directory + 28] = struct.pack("<I", 250_000_000)
    assert _code(bytes(content)) == "FIL-007"


_EXPANSION = b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
_OUTSIDE = b'<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("declaration", [_EXPANSION, _OUTSIDE])
@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", "_rels/.rels"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_part_with_a_dtd_is_refused_in_every_encoding(declaration: bytes, part: str, encoding: str) -> None:
    def with_dtd(xml: bytes) -> bytes:
        body = xml[xml.index(b"?>") + 2 :].strip()
        return (declaration + body).decode().encode(encoding)

    assert _code(edited(book(), with_dtd, part)) == "FIL-008"


def test_an_encoding_that_could_hide_a_dtd_is_refused() -> None:
    def in_utf7(xml: bytes) -> bytes:
        return xml.replace(b'encoding="UTF-8"', b'encoding="UTF-7"')

    assert _code(edited(book(), in_utf7)) == "FIL-008"


def test_members_outside_the_folder_do_no_harm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    content = packed(parts_of(book()) | {"../../evil.xml": b"<a/>", "/etc/evil": b"x"})
    assert texts(content) == texts(book())
    assert not list(tmp_path.iterdir())


def test_two_members_of_one_name_are_refused() -> None:
    stream = io.BytesIO(book())
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr(SHEET.upper(), b"<a/>")
    assert _code(stream.getvalue()) == "FIL-008"


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_other_ways_of_packing_are_refused(method: int) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in parts_of(book()).items():
            archive.writestr(name, data)
    assert _code(stream.getvalue()) == "FIL-010"


def test_junk_before_and_behind_the_zip_does_no_harm() -> None:
    content = book()
    for spoiled in (b"\x00junk" * 80 + content, content + b"junk" * 10, content + bytes(90_000)):
        assert texts(spoiled) == texts(content)


def test_a_stored_part_is_read_like_a_packed_one() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, data in parts_of(book()).items():
            archive.writestr(name, data)
    assert texts(stream.getvalue()) == texts(book())
