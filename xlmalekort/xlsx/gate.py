"""The gate: what may be opened at all. Nothing is ever unpacked to disk, fetched or run.

Limits: in thousands of real workbooks the ratio of unpacked to packed bytes stays under 70 and a workbook under 60 MB.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from xlmalekort.locale import N_
from xlmalekort.locale.told import Phrase
from xlmalekort.problems import Problem
from xlmalekort.xlsx.xml import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Mapping

LARGEST = 200_000_000
"""Bytes that a workbook may come to when it is unpacked."""
HIGHEST_RATIO = 200
"""How many times its packed size a workbook may come to."""
HARMLESS = 5_000_000
"""Bytes up to which the ratio does not matter."""
VERY_LARGE = 400_000
"""Bytes of a part from which it is unpacked only when somebody reads it, such as the sheets of formulas are."""
KEPT = 4_000_000
"""Bytes of a very large part up to which it is kept when it has been read: several look at the sheets of formulas."""
_MOST_PARTS = 10_000

_TWICE = N_("two of its parts have the same name")
_TOO_MANY = N_("it has thousands of parts")
_PACKING = N_("it is packed in a way that Excel does not use")


@dataclass(frozen=True)
class Package:
    """The parts of a workbook file. `content` is the file itself; nothing but memory ever holds what is in it.

    Parts are proved to be whole when the package is opened, very large ones when they are read.
    """

    file: str
    content: bytes = field(repr=False)
    _members: Mapping[str, zipfile.ZipInfo] = field(repr=False)
    _parts: dict[str, bytes] = field(repr=False)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the parts, in the order of the file."""
        return tuple(self._members)

    @cached_property
    def _spelling(self) -> dict[str, str]:
        return {name.lower(): name for name in self._members}

    def find(self, name: str) -> str | None:
        """The name of a part as the file spells it, whatever the case; None where there is no such part."""
        return name if name in self._members else self._spelling.get(name.lower())

    def read(self, name: str) -> bytes:
        """The content of a part that is there (`find` tells).

        Raises:
            KeyError: there is no such part.
            UnreadableError: a very large part is damaged. The readers of this package return it as a problem.
        """
        found = self.find(name)
        if found is None:
            raise KeyError(name)
        held = self._parts.get(found)
        if held is None:
            held = _inflated(self.content, self._members[found])
            if len(held) <= KEPT:
                self._parts[found] = held
        return held


def open_package(content: bytes, file: str) -> Package | Problem:
    """The parts of a workbook, or why it cannot be opened: FIL-001, -002, -003, -004, -007, -008 or -010.

    Bytes before and after the zip do no harm, and neither do names such as `../../evil.xml`, for nothing is unpacked to
    disk.
    """
    if not content:
        return Problem("FIL-001", file=file)
    members = _members(content)
    if members is None:
        return _other(content, file)
    try:
        _check_members(members, len(content))
        parts = {name: _inflated(content, info) for name, info in members if info.file_size < VERY_LARGE}
        package = Package(file, content, dict(members), parts)
        kind = _other_package(package)
    except UnreadableError as error:
        return error.as_problem(file)
    return Problem("FIL-003", file=file, slots={"type": Phrase(kind)}) if kind else package


# The zip


def _members(content: bytes) -> list[tuple[str, zipfile.ZipInfo]] | None:
    """The members of the zip but for folders, None where there is none."""
    for candidate in (content, without_tail(content)):
        try:
            with zipfile.ZipFile(io.BytesIO(candidate)) as archive:
                return [(info.filename, info) for info in archive.infolist() if not info.is_dir()]
        except Exception:  # noqa: BLE001, S112 - zipfile raises many kinds on what is no zip
            continue
    return None


def without_tail(content: bytes) -> bytes:
    """The file up to the end of the last zip in it: zipfile looks for that end in the last 64 KB only."""
    end = content.rfind(b"PK\x05\x06")
    if end < 0 or len(content) < end + 22:
        return b""
    (comment,) = struct.unpack_from("<H", content, end + 20)
    return content[: end + 22 + comment]


def _check_members(members: list[tuple[str, zipfile.ZipInfo]], packed: int) -> None:
    """Refuse by what the directory says, before anything is unpacked."""
    if len(members) > _MOST_PARTS:
        raise UnreadableError("FIL-008", {"reason": Phrase(_TOO_MANY)})
    if len({name.lower() for name, _ in members}) < len(members):
        raise UnreadableError("FIL-008", {"reason": Phrase(_TWICE)})
    total = sum(info.file_size for _, info in members)
    if total > LARGEST:
        raise _too_large(total, LARGEST)
    if total > max(HARMLESS, HIGHEST_RATIO * packed):
        raise _too_large(total, max(HARMLESS, HIGHEST_RATIO * packed))


def _too_large(size: int, limit: int) -> UnreadableError:
    return UnreadableError("FIL-007", {"size": f"{size / 1e6:.0f} MB", "limit": f"{limit / 1e6:.0f} MB"})


_STORED, _DEFLATED = 0, 8
_LOCAL_HEADER = 30


def _inflated(content: bytes, info: zipfile.ZipInfo) -> bytes:
    """A member's bytes, at most as many as the directory says."""
    if info.flag_bits & 1:
        raise UnreadableError("FIL-004")
    header = content[info.header_offset : info.header_offset + _LOCAL_HEADER]
    if len(header) < _LOCAL_HEADER or not header.startswith(b"PK\x03\x04"):
        raise UnreadableError("FIL-002")
    name_length, extra_length = struct.unpack_from("<HH", header, 26)
    start = info.header_offset + _LOCAL_HEADER + name_length + extra_length
    packed = content[start : start + info.compress_size]
    if info.compress_type == _STORED:
        data = packed
    elif info.compress_type == _DEFLATED:
        data = _deflated(packed, info.file_size)
    else:
        raise UnreadableError("FIL-010", {"reason": Phrase(_PACKING)})
    if len(data) != info.file_size or zlib.crc32(data) != info.CRC:
        raise UnreadableError("FIL-002")
    return data


_MOST_GROWTH = 1_032
"""Times its packed size that anything can come to, by the way in which it is packed."""


def _deflated(packed: bytes, size: int) -> bytes:
    try:
        if len(packed) * _MOST_GROWTH <= LARGEST:
            # However large it says it is, it cannot fill the memory: room is made once, which takes half the time.
            data = zlib.decompress(packed, -zlib.MAX_WBITS, max(size, 1))
        else:
            data = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, size + 1)
    except zlib.error:
        raise UnreadableError("FIL-002") from None
    if len(data) > size:
        raise _too_large(len(data), size)
    return data


# What is no workbook

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS = (
    ("Workbook", N_("an old Excel workbook (.xls)")),
    ("Book", N_("an old Excel workbook (.xls)")),
    ("WordDocument", N_("an old Word document")),
    ("PowerPoint Document", N_("an old PowerPoint presentation")),
    ("__substg1.0_", N_("a message from Outlook")),
)
_OLE_OTHER = N_("an old Office file")
_BEGINNINGS = (
    (b"%PDF", N_("a PDF file")),
    (b"{\\rtf", N_("a text document (RTF)")),
    (b"\x89PNG", N_("a picture")),
    (b"\xff\xd8\xff", N_("a picture")),
    (b"GIF8", N_("a picture")),
    (b"7z\xbc\xaf\x27\x1c", N_("a packed file")),
    (b"Rar!", N_("a packed file")),
    (b"\x1f\x8b", N_("a packed file")),
    (b"\x09\x08", N_("an old Excel workbook (.xls)")),
)
_WEB_PAGE = N_("a web page (HTML)")
_SPREADSHEET_XML = N_("an Excel 2003 XML spreadsheet")
_XML = N_("an XML file")
_TEXT = N_("a text file (CSV, say)")
_UNKNOWN = N_("a file of an unknown kind")
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|meta|style|div)\b", re.IGNORECASE)


def _other(content: bytes, file: str) -> Problem:
    """What is wrong with a file that is no zip."""
    if content.startswith(b"PK\x03\x04"):
        return Problem("FIL-002", file=file)
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            return Problem("FIL-004", file=file)
        kind = next((kind for name, kind in _OLE_STREAMS if name.encode("utf-16-le") in content), _OLE_OTHER)
    else:
        kind = _kind_of_plain(content)
    return Problem("FIL-003", file=file, slots={"type": Phrase(kind)})


def _kind_of_plain(content: bytes) -> str:
    for beginning, kind in _BEGINNINGS:
        if content.startswith(beginning):
            return kind
    start = content[:4096].removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n")
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _TEXT
    if _HTML.match(start) or (start.startswith(b"<") and _HTML.search(start)):
        return _WEB_PAGE
    if start.startswith(b"<"):
        return _SPREADSHEET_XML if b"urn:schemas-microsoft-com:office:spreadsheet" in start else _XML
    return _UNKNOWN if re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]", start) else _TEXT


_MAIN_PARTS = (
    ("xl/workbook.bin", N_("a binary Excel workbook (.xlsb)")),
    ("word/document.xml", N_("a Word document")),
    ("ppt/presentation.xml", N_("a PowerPoint presentation")),
)
_OPEN_DOCUMENTS = (
    (b"opendocument.spreadsheet", N_("an OpenDocument workbook (.ods)")),
    (b"opendocument", N_("an OpenDocument file")),
)
_ZIP = N_("a packed file (zip)")


def _other_package(package: Package) -> str | None:
    """What a zip holds that is no workbook; None where it may be one."""
    if (name := package.find("mimetype")) is not None:
        for mark, kind in _OPEN_DOCUMENTS:
            if mark in package.read(name)[:200]:
                return kind
    for name, kind in _MAIN_PARTS:
        if package.find(name) is not None:
            return kind
    return None if package.find("_rels/.rels") or package.find("xl/workbook.xml") else _ZIP
