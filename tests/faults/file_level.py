"""Faults of whole files (F01 to F12): what is no workbook, or only a part of one, is never counted as an empty one."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.faults.cases import Altered, Outcome, Spot, Tell, Variant
from tests.faults.workbooks import (
    CONTENT_TYPES,
    STRINGS,
    STYLES,
    WORKBOOK,
    WORKBOOK_RELATIONS,
    edited,
    packed,
    parts_of,
    sheet_part,
    with_relation,
    with_sheet_xml,
)
from xlmalekort.layout.office import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

Change = Callable[[Spot], bytes]


def refused(fault: str, name: str, change: Change, *codes: str, is_risky: bool = False) -> Variant:
    """A file that must not be counted."""
    return Variant(fault, name, Outcome.FILE, lambda spot: spot.rejected(change(spot), *codes), is_risky)


def harmless(fault: str, name: str, change: Change, *codes: str, is_risky: bool = False) -> Variant:
    """A file that is written in another way and says the same."""
    return Variant(fault, name, Outcome.ACCEPT, lambda spot: spot.accepted(change(spot), *codes), is_risky)


def _content(spot: Spot) -> bytes:
    return spot.office.content


# F01 to F03


def _broken() -> Iterator[Variant]:
    yield refused("F01", "empty", lambda _: b"", "FIL-001")
    for name, share in {"half": 0.5, "tenth": 0.1, "nine_tenths": 0.9, "start": 0.001}.items():
        yield refused("F02", name, _first(share), "FIL-002")
    yield refused("F02", "without_directory_end", lambda spot: _content(spot)[:-22], "FIL-002")
    yield refused("F02", "noughts_behind", _noughts_behind, "FIL-002")
    for name, sheet in {"input": Sheet.INPUT, "setup": Sheet.SETUP, "history": Sheet.HISTORY}.items():
        yield refused("F03", name, _rotten(sheet, 40), "FIL-002")
    yield refused("F03", "end_of_input", _rotten(Sheet.INPUT, -8), "FIL-002")
    yield refused("F03", "strings", lambda spot: _flipped(_content(spot), STRINGS, 40), "FIL-002")
    yield refused("F03", "workbook", lambda spot: _flipped(_content(spot), WORKBOOK, 40), "FIL-002")


def _first(share: float) -> Change:
    return lambda spot: _content(spot)[: int(len(_content(spot)) * share)]


def _constant(content: bytes) -> Change:
    return lambda _: content


def _noughts_behind(spot: Spot) -> bytes:
    """An upload that stopped and left the rest of the file as noughts."""
    content = _content(spot)
    half = len(content) // 2
    return content[:half] + bytes(len(content) - half)


def _rotten(sheet: Sheet, place: int) -> Change:
    return lambda spot: _flipped(_content(spot), sheet_part(_content(spot), spot.title(sheet)), place)


def _flipped(content: bytes, part: str, place: int) -> bytes:
    """One bit of a part's packed bytes turned over."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        info = archive.getinfo(part)
    name, extra = struct.unpack_from("<HH", content, info.header_offset + 26)
    start = info.header_offset + 30 + name + extra
    spoiled = bytearray(content)
    spoiled[start + (place if place >= 0 else info.compress_size + place)] ^= 0x10
    return bytes(spoiled)


# F04 to F06

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def compound(*streams: str) -> bytes:
    """A compound file, as old Office programs and passwords make them, with these streams in its directory."""
    header = bytearray(512)
    header[:8] = _OLE
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIIIIII", header, 40, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0, 0xFFFFFFFF)
    table = struct.pack("<III", 0xFFFFFFFD, 0xFFFFFFFE, 0xFFFFFFFE).ljust(512, b"\xff")
    directory = b"".join(_entry(name, 5 if number == 0 else 2) for number, name in enumerate(("Root Entry", *streams)))
    return bytes(header) + table + directory.ljust(512, b"\x00") + bytes(4096)


def _entry(name: str, kind: int) -> bytes:
    written = name.encode("utf-16-le")
    entry = written.ljust(64, b"\x00") + struct.pack("<HBB", len(written) + 2, kind, 1)
    return entry + struct.pack("<III", 0xFFFFFFFF, 0xFFFFFFFF, 1 if kind == 5 else 0xFFFFFFFF) + bytes(48)


def _others() -> Iterator[Variant]:
    named: dict[str, bytes] = {
        "html": b"<html><table><tr><td>B.1</td><td>1</td></tr></table></html>",
        "html_with_mark": b"\xef\xbb\xbf<!DOCTYPE html><html><body><table></table></body></html>",
        "csv": b"a;b\n1,5;2\n",
        "csv_utf16": "office;value\nå;1\n".encode("utf-16"),
        "tabs": b"a\tb\n1\t2\n",
        "xml_2003": b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        "json": b'{"figures": [1, 2]}',
        "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
        "picture": b"\x89PNG\r\n\x1a\n" + bytes(64),
        "mail": b"From: a\r\nTo: b\r\nSubject: c\r\n\r\nd",
        "nothing_but_noughts": bytes(4096),
    }
    for name, content in named.items():
        yield refused("F04", name, _constant(content), "FIL-003", "FIL-002")
    yield refused("F04", "zip_of_workbook", lambda spot: packed({"a.xlsx": _content(spot)}), "FIL-003")
    mark = b"application/vnd.oasis.opendocument.spreadsheet"
    yield refused("F05", "xls", lambda _: compound("Workbook"), "FIL-003")
    yield refused("F05", "xls_95", lambda _: compound("Book"), "FIL-003")
    yield refused("F05", "xls_bare", lambda _: b"\x09\x08\x10\x00\x00\x06\x05\x00" + bytes(512), "FIL-003")
    yield refused("F05", "ods", lambda _: packed({"mimetype": mark, "content.xml": b"<office/>"}), "FIL-003")
    yield refused("F05", "xlsb", lambda _: packed({"_rels/.rels": b"<a/>", "xl/workbook.bin": b"\x83\x01"}), "FIL-003")
    yield refused("F05", "docx", lambda _: packed({"_rels/.rels": b"<a/>", "word/document.xml": b"<a/>"}), "FIL-003")
    for suffix, content in {".xls": compound("Workbook"), ".ods": packed({"mimetype": mark}), ".xlsb": b""}.items():
        yield Variant("F05", f"named{suffix.replace('.', '_')}", Outcome.FILE, _named(suffix, content))
    yield Variant("F05", "workbook_named_xls", Outcome.ACCEPT, _workbook_named_xls)
    yield refused("F06", "password", lambda _: compound("EncryptionInfo", "EncryptedPackage"), "FIL-004")
    yield refused("F06", "zip_password", _locked_zip, "FIL-004")
    yield harmless("F06", "sheet_protection", _protected)


def _named(suffix: str, content: bytes) -> Callable[[Spot], Altered]:
    """The office's delivery under the name of another program's file."""

    def alter(spot: Spot) -> Altered:
        file = spot.office.file.replace(".xlsx", suffix)
        tell = Tell(("FIL-003", "FIL-001"), file)
        return Altered({spot.office.file: None, file: content}, (tell,), {spot.office.file: None}, in_folder=True)

    return alter


def _workbook_named_xls(spot: Spot) -> Altered:
    file = spot.office.file.replace(".xlsx", ".xls")
    return Altered({spot.office.file: None, file: spot.office.content}, in_folder=True)


def _locked_zip(spot: Spot) -> bytes:
    """Every member marked as encrypted, as a zip program with a password leaves them."""
    content = bytearray(_content(spot))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(mark)
        while at >= 0:
            content[at + place] |= 1
            at = content.find(mark, at + 4)
    return bytes(content)


def _protected(spot: Spot) -> bytes:
    return with_sheet_xml(
        _content(spot),
        spot.sheet,
        lambda xml: re.sub(rb"<sheetProtection[^>]*/>", b"", xml).replace(
            b"</sheetData>", b'</sheetData><sheetProtection sheet="1" password="CC1A"/>'
        ),
    )


# F07


def _lock_file(spot: Spot) -> Altered:
    """Excel's own small file beside a workbook that is open. No person of this name is meant."""
    name = b"\x0bOla Eksempel".ljust(55, b" ") + "Ola Eksempel".encode("utf-16-le").ljust(110, b"\x20")
    file = f"~${spot.office.file}"
    return Altered({file: name}, (Tell(("FIL-005",), file),), in_folder=True)


# F08 to F10

_STRICT = (
    (b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main"),
    (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
    ),
)


def _strict(spot: Spot) -> bytes:
    parts = parts_of(_content(spot))
    for name, data in parts.items():
        for old, new in _STRICT:
            data = data.replace(old, new)  # noqa: PLW2901 - one replacement after the other
        parts[name] = data
    return packed(parts)


def _mixed_strict(spot: Spot) -> bytes:
    """The input sheet alone in the strict form."""
    return with_sheet_xml(_content(spot), spot.sheet, lambda xml: xml.replace(*_STRICT[0]))


def without(*names: Callable[[Spot], str]) -> Change:
    """The workbook without some of its parts, whatever else speaks of them."""

    def change(spot: Spot) -> bytes:
        gone = {name(spot) for name in names}
        return packed({name: data for name, data in parts_of(_content(spot)).items() if name not in gone})

    return change


def _part(sheet: Sheet) -> Callable[[Spot], str]:
    return lambda spot: sheet_part(_content(spot), spot.title(sheet))


def _named_part(name: str) -> Callable[[Spot], str]:
    return lambda _: name


def _in(part: str, old: str, new: str) -> Change:
    return lambda spot: edited(_content(spot), part, lambda data: re.sub(old.encode(), new.encode(), data, count=1))


def _parts() -> Iterator[Variant]:
    yield harmless("F08", "strict", _strict)
    yield harmless("F08", "strict_input_only", _mixed_strict)
    yield refused("F09", "input", without(_part(Sheet.INPUT)), "FIL-002")
    yield refused("F09", "setup", without(_part(Sheet.SETUP)), "FIL-002")
    yield refused("F09", "history", without(_part(Sheet.HISTORY)), "FIL-002")
    yield refused("F09", "strings", without(_named_part(STRINGS)), "FIL-002")
    yield refused("F09", "workbook", without(_named_part(WORKBOOK)), "FIL-003", "FIL-002")
    yield refused("F09", "relations", without(_named_part(WORKBOOK_RELATIONS)), "FIL-002")
    yield harmless("F10", "fill", _in(STYLES, "<fill>.*?</fill>", "<fill/>"))
    yield harmless("F10", "family", _in(STYLES, "<font>", '<font><family val="34"/>'))
    yield harmless("F10", "colour", _in(STYLES, 'rgb="[0-9A-F]{8}"', 'rgb="ZZ"'))
    yield harmless("F10", "missing_drawing", _missing_drawing)
    yield harmless("F10", "theme_gone", without(_named_part("xl/theme/theme1.xml")))
    yield harmless("F10", "odd_style_number", _odd_style)
    yield harmless("F10", "validation", _odd_validation)


def _missing_drawing(spot: Spot) -> bytes:
    part = sheet_part(_content(spot), spot.sheet)
    folder, _, name = part.rpartition("/")
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rIdGone" Type="{kind}/drawing" Target="../drawings/gone.xml"/></Relationships>'
    )
    content = with_sheet_xml(
        _content(spot), spot.sheet, lambda xml: xml.replace(b"</worksheet>", b'<drawing r:id="rIdGone"/></worksheet>')
    )
    return packed(parts_of(content) | {f"{folder}/_rels/{name}.rels": relations.encode()})


def _odd_style(spot: Spot) -> bytes:
    """A cell of a style that the workbook does not have."""
    return with_sheet_xml(
        _content(spot),
        spot.sheet,
        lambda xml: re.sub(rf'<c r="{spot.cell}" s="[0-9]+"'.encode(), f'<c r="{spot.cell}" s="9999"'.encode(), xml),
    )


def _odd_validation(spot: Spot) -> bytes:
    return with_sheet_xml(
        _content(spot),
        spot.sheet,
        lambda xml: xml.replace(b"</worksheet>", b"<extLst><ext uri='{x}'><odd value='?'/></ext></extLst></worksheet>"),
    )


# F12


def _prefixed(spot: Spot) -> bytes:
    """The input sheet with a prefix before every name, as other programs write it."""

    def change(xml: bytes) -> bytes:
        body = re.sub(rb"<(/?)([a-zA-Z]+)(?=[\s/>])", rb"<\1x:\2", xml)
        return body.replace(b'xmlns="', b'xmlns:x="', 1)

    return with_sheet_xml(_content(spot), spot.sheet, change)


def _without_references(spot: Spot) -> bytes:
    """Rows and cells that do not say where they stand; gaps are filled with empty cells, as such writers do."""

    def row(found: re.Match[bytes]) -> bytes:
        cells = re.findall(rb'<c r="([A-Z]+)[0-9]+"(.*?(?:/>|</c>))', found[3] or b"", re.DOTALL)
        inner, next_column = b"", 1
        for letters, rest in cells:
            column = _number(letters.decode())
            inner += b"<c/>" * (column - next_column) + b"<c" + rest
            next_column = column + 1
        return b"<row" + re.sub(rb' spans="[^"]*"', b"", found[2]) + b">" + inner + b"</row>"

    def change(xml: bytes) -> bytes:
        start, end = xml.index(b"<sheetData>") + 11, xml.index(b"</sheetData>")
        rows = re.findall(rb'<row r="([0-9]+)"', xml[start:end])
        body = re.sub(rb"<c ([^>]*?)/>", rb"<c \1></c>", xml[start:end])
        body = re.sub(rb'<row r="([0-9]+)"([^>]*?)(?:/>|>(.*?)</row>)', row, body, flags=re.DOTALL)
        pieces, next_row = re.findall(rb"<row.*?</row>", body, re.DOTALL), 1
        filled = b""
        for number, piece in zip(map(int, rows), pieces, strict=True):
            filled += b"<row/>" * (number - next_row) + piece
            next_row = number + 1
        return xml[:start] + filled + xml[end:]

    return with_sheet_xml(_content(spot), spot.sheet, change)


def _number(letters: str) -> int:
    from tests.faults.workbooks import column_number

    return column_number(letters)


def _stored(spot: Spot) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, data in parts_of(_content(spot)).items():
            archive.writestr(name, data)
    return stream.getvalue()


def _backslashes(spot: Spot) -> bytes:
    return packed({name.replace("/", "\\"): data for name, data in parts_of(_content(spot)).items()})


def _other_case(spot: Spot) -> bytes:
    parts = parts_of(_content(spot))
    return packed(
        {(name.upper() if name.startswith("xl/worksheets/sheet") else name): data for name, data in parts.items()}
    )


def _utf16(spot: Spot) -> bytes:
    def change(xml: bytes) -> bytes:
        return re.sub(rb"<\?xml.*?\?>", b"", xml).decode().encode("utf-16")

    return with_sheet_xml(_content(spot), spot.sheet, change)


def _containers() -> Iterator[Variant]:
    yield harmless("F12", "junk_before", lambda spot: b"junk" * 100 + _content(spot))
    yield harmless("F12", "junk_behind", lambda spot: _content(spot) + b"junk" * 100)
    yield harmless("F12", "long_tail", lambda spot: _content(spot) + bytes(100_000))
    yield harmless("F12", "no_properties", without(_named_part("docProps/core.xml"), _named_part("docProps/app.xml")))
    yield harmless("F12", "no_types", without(_named_part(CONTENT_TYPES)))
    yield harmless("F12", "no_styles", without(_named_part(STYLES)))
    yield harmless("F12", "prefixed", _prefixed)
    yield harmless("F12", "no_references", _without_references)
    yield harmless("F12", "stored", _stored)
    yield harmless("F12", "parts_in_other_case", _other_case)
    yield harmless("F12", "utf16", _utf16)
    yield harmless("F12", "one_more_relation", _one_more_relation)
    yield refused("F12", "backslashes", _backslashes, "FIL-002", "FIL-003")


def _one_more_relation(spot: Spot) -> bytes:
    return packed(with_relation(parts_of(_content(spot)), "customXml", "../customXml/item9.xml", "rId999"))


VARIANTS: tuple[Variant, ...] = (
    *_broken(),
    *_others(),
    Variant("F07", "lock_file", Outcome.ACCEPT, _lock_file),
    *_parts(),
    *_containers(),
)
