"""Workbooks taken apart and put together again, with changes that only raw XML can make.

Nothing of the project reads or writes here, so that a fault is what its name says and not what the program makes of it.
"""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORKBOOK = "xl/workbook.xml"
WORKBOOK_RELATIONS = "xl/_rels/workbook.xml.rels"
CONTENT_TYPES = "[Content_Types].xml"
STYLES = "xl/styles.xml"
STRINGS = "xl/sharedStrings.xml"

Parts = dict[str, bytes]


@lru_cache(maxsize=6)
def _unpacked(content: bytes) -> tuple[tuple[str, bytes], ...]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return tuple((info.filename, archive.read(info)) for info in archive.infolist())


def parts_of(content: bytes) -> Parts:
    """The parts of a workbook by name, in the order of the file."""
    return dict(_unpacked(content))


@lru_cache(maxsize=256)
def packed_part(data: bytes) -> tuple[bytes, int]:
    """A part packed, and its checksum. The large parts are the same in hundreds of variants."""
    packer = zlib.compressobj(1, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush(), zlib.crc32(data)


@dataclass(frozen=True, slots=True)
class Member:
    """A packed member of a zip, and what the zip says of it, true or not."""

    name: str
    data: bytes
    checksum: int
    size: int


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A workbook of these parts."""
    return zipped(Member(name, *packed_part(data), len(data)) for name, data in parts.items())


def zipped(members: Iterable[Member]) -> bytes:
    """A zip of members that are packed already."""
    written, directory, count = bytearray(), bytearray(), 0
    for member in members:
        name = member.name.encode()
        # Deflated, names in UTF-8, 1 January 1980.
        facts = struct.pack(
            "<HHHHHIIIHH", 20, 0x800, 8, 0, 33, member.checksum, len(member.data), member.size, len(name), 0
        )
        directory += b"PK\x01\x02" + struct.pack("<H", 20) + facts
        directory += struct.pack("<HHHII", 0, 0, 0, 0, len(written)) + name
        written += b"PK\x03\x04" + facts + name + member.data
        count += 1
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, count, count, len(directory), len(written), 0)
    return bytes(written + directory + end)


def edited(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one part changed; a change that changes nothing is a mistake."""
    parts = parts_of(content)
    new = change(parts[part])
    if new == parts[part]:
        message = f"{part} is as it was"
        raise ValueError(message)
    return packed(parts | {part: new})


def replaced(content: bytes, part: str, old: str, new: str, times: int = -1) -> bytes:
    """The workbook with a text of one part replaced."""
    return edited(content, part, lambda data: data.replace(old.encode(), new.encode(), times))


def sheet_part(content: bytes, title: str) -> str:
    """The name of a sheet's part."""
    parts = parts_of(content)
    sheets = etree.fromstring(parts[WORKBOOK]).iterfind(f"{{{MAIN}}}sheets/{{{MAIN}}}sheet")
    numbers = {sheet.get("name"): sheet.get(f"{{{RELATIONS}}}id") for sheet in sheets}
    targets = {each.get("Id"): each.get("Target") for each in etree.fromstring(parts[WORKBOOK_RELATIONS])}
    return posixpath.normpath(posixpath.join("xl", targets[numbers[title]] or ""))


# Cells


@dataclass(frozen=True, slots=True)
class Raw:
    """The XML of a cell: what stands between its tags, its type, and its style where that is not to stay as it was."""

    inner: str
    kind: str = ""
    style: int | None = None

    def xml(self, reference: str, style: str) -> str:
        """The whole element."""
        number = f' s="{self.style if self.style is not None else style}"' if self.style is not None or style else ""
        kind = f' t="{self.kind}"' if self.kind else ""
        return f'<c r="{reference}"{number}{kind}>{self.inner}</c>' if self.inner else f'<c r="{reference}"{number}/>'


def number(text: object) -> Raw:
    """A number as the file writes it."""
    return Raw(f"<v>{text}</v>")


def text(value: str) -> Raw:
    """A text, written into the cell."""
    return Raw(f'<is><t xml:space="preserve">{escape(value, quote=False)}</t></is>', "inlineStr")


def formula(source: str, result: str = "", kind: str = "") -> Raw:
    """A formula with its last result, none where that is empty."""
    return Raw(f"<f>{escape(source, quote=False)}</f>{f'<v>{result}</v>' if result else ''}", kind)


EMPTY = Raw("")


def with_cells(content: bytes, title: str, cells: Mapping[str, Raw]) -> bytes:
    """The workbook with cells of a sheet replaced, by reference, whatever stood there."""
    return edited(content, sheet_part(content, title), lambda xml: put(xml, cells))


def put(xml: bytes, cells: Mapping[str, Raw]) -> bytes:
    """The XML of a sheet with cells replaced or added in their places."""
    sheet = xml.decode()
    for reference, cell in cells.items():
        found = re.search(rf'<c r="{reference}"(?: s="([0-9]+)")?[^>]*?(?:/>|>.*?</c>)', sheet, re.DOTALL)
        if found:
            sheet = sheet[: found.start()] + cell.xml(reference, found[1] or "") + sheet[found.end() :]
        else:
            sheet = _added(sheet, reference, cell)
    return sheet.encode()


def _added(sheet: str, reference: str, cell: Raw) -> str:
    """The sheet with a cell that it did not have, in the order of rows and columns."""
    letters, row = split(reference)
    found = re.search(rf'<row r="{row}"[^>]*?(/?)>', sheet)
    if found is None:
        later = next((each for each in re.finditer(r'<row r="([0-9]+)"', sheet) if int(each[1]) > row), None)
        place = later.start() if later else sheet.index("</sheetData>")
        return f'{sheet[:place]}<row r="{row}">{cell.xml(reference, "")}</row>{sheet[place:]}'
    if found[1]:
        return f"{sheet[: found.end() - 2]}>{cell.xml(reference, '')}</row>{sheet[found.end() :]}"
    end = sheet.index("</row>", found.end())
    after = (
        each
        for each in re.finditer(r'<c r="([A-Z]+)[0-9]+"', sheet[found.end() : end])
        if column_number(each[1]) > column_number(letters)
    )
    place = next((found.end() + each.start() for each in after), end)
    return sheet[:place] + cell.xml(reference, "") + sheet[place:]


def cell_xml(content: bytes, title: str, reference: str) -> str:
    """The XML of a cell as it stands."""
    sheet = parts_of(content)[sheet_part(content, title)].decode()
    found = re.search(rf'<c r="{reference}"[^>]*?(?:/>|>.*?</c>)', sheet, re.DOTALL)
    return found[0] if found else ""


def split(reference: str) -> tuple[str, int]:
    """The letters and the number of a reference."""
    letters = reference.rstrip("0123456789")
    return letters, int(reference[len(letters) :])


def column_number(letters: str) -> int:
    """A column by its letters, counted from 1."""
    found = 0
    for letter in letters:
        found = found * 26 + ord(letter) - 64
    return found


def column_letters(column: int) -> str:
    """The letters of a column counted from 1."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def moved(
    content: bytes,
    title: str,
    *,
    rows: Callable[[int], int | None] = lambda row: row,
    columns: Callable[[int], int | None] = lambda column: column,
) -> bytes:
    """The workbook with rows and columns of a sheet in other places, None for those that are deleted.

    As Excel does it: the names of the workbook that stand for a cell of the sheet go along.
    """
    part = sheet_part(content, title)
    parts = parts_of(content)
    sheet = parts[part].decode()
    start, end = sheet.index("<sheetData>") + len("<sheetData>"), sheet.index("</sheetData>")
    found: list[tuple[int, str]] = []
    for row in re.finditer(r'<row r="([0-9]+)"([^>]*?)(?:/>|>(.*?)</row>)', sheet[start:end], re.DOTALL):
        new = rows(int(row[1]))
        if new is None:
            continue
        cells: list[tuple[int, str]] = []
        for cell in re.finditer(r'<c r="([A-Z]+)[0-9]+"(.*?(?:/>|</c>))', _closed(row[3] or ""), re.DOTALL):
            column = columns(column_number(cell[1]))
            if column is not None:
                cells.append((column, f'<c r="{column_letters(column)}{new}"{cell[2]}'))
        inner = "".join(cell for _, cell in sorted(cells))
        rest = re.sub(r' spans="[^"]*"', "", row[2])
        found.append((new, f'<row r="{new}"{rest}>{inner}</row>'))
    parts[part] = (sheet[:start] + "".join(row for _, row in sorted(found)) + sheet[end:]).encode()

    def named(match: re.Match[str]) -> str:
        column, row = columns(column_number(match[2])), rows(int(match[3]))
        return f"{match[1]}${column_letters(column)}${row}<" if column and row else f"{match[1]}#REF!<"

    prefix = rf"(>(?:{re.escape(title)}|'{re.escape(title)}')!)"
    parts[WORKBOOK] = re.sub(rf"{prefix}\$([A-Z]+)\$([0-9]+)<", named, parts[WORKBOOK].decode()).encode()
    return packed(parts)


def _closed(cells: str) -> str:
    """Cells that are empty elements written with an end tag, so that one pattern finds all."""
    return re.sub(r"<c ([^>]*?)/>", r"<c \1></c>", cells)


# Styles


def with_format(content: bytes, code: str) -> tuple[bytes, int]:
    """The workbook with one more cell style, of this number format, and the style's number."""
    styles = parts_of(content)[STYLES].decode()
    count = int(re.search(r'<cellXfs count="([0-9]+)"', styles)[1])  # type: ignore[index]
    known = re.search(r'<numFmts count="([0-9]+)"', styles)
    new = f'<numFmt numFmtId="900" formatCode="{escape(code)}"/>'
    if known:
        styles = styles.replace(known[0], f'<numFmts count="{int(known[1]) + 1}"').replace(
            "</numFmts>", f"{new}</numFmts>"
        )
    else:
        styles = styles.replace("<fonts", f'<numFmts count="1">{new}</numFmts><fonts', 1)
    styles = styles.replace(f'<cellXfs count="{count}"', f'<cellXfs count="{count + 1}"')
    # A cell that gets another number format in Excel stays unlocked.
    looks = 'numFmtId="900" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyProtection="1"'
    style = f'<xf {looks}><protection locked="0"/></xf>'
    styles = styles.replace("</cellXfs>", f"{style}</cellXfs>", 1)
    return packed(parts_of(content) | {STYLES: styles.encode()}), count


# Parts and sheets


def with_relation(parts: Parts, kind: str, target: str, number: str, *, outside: bool = False) -> Parts:
    """The parts with one more relation of the workbook."""
    mode = ' TargetMode="External"' if outside else ""
    new = f'<Relationship Id="{number}" Type="{RELATIONS}/{kind}" Target="{target}"{mode}/></Relationships>'
    relations = parts[WORKBOOK_RELATIONS].replace(b"</Relationships>", new.encode())
    return parts | {WORKBOOK_RELATIONS: relations}


def with_type(parts: Parts, part: str, kind: str) -> Parts:
    """The parts with the type of one more part declared."""
    new = f'<Override PartName="/{part}" ContentType="{kind}"/></Types>'
    return parts | {CONTENT_TYPES: parts[CONTENT_TYPES].replace(b"</Types>", new.encode())}


_WORKSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_CHARTSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.chartsheet+xml"


def with_sheet(content: bytes, title: str, xml: bytes, *, is_chart: bool = False, first: bool = False) -> bytes:
    """The workbook with one more sheet, behind or before the others."""
    folder, kind = ("chartsheets", "chartsheet") if is_chart else ("worksheets", "worksheet")
    part = f"xl/{folder}/added{len(title)}.xml"
    parts = with_type(parts_of(content), part, _CHARTSHEET if is_chart else _WORKSHEET)
    number = f"rIdAdded{len(parts)}"
    parts = with_relation(parts, kind, f"{folder}/added{len(title)}.xml", number)
    ids = [int(each) for each in re.findall(rb'sheetId="([0-9]+)"', parts[WORKBOOK])]
    new = f'<sheet name="{escape(title)}" sheetId="{max(ids) + 1}" r:id="{number}"/>'.encode()
    at = b"<sheets>" if first else b"</sheets>"
    parts[WORKBOOK] = parts[WORKBOOK].replace(at, at + new if first else new + at)
    return packed(parts | {part: xml})


def plain_sheet(rows: str) -> bytes:
    """The XML of a sheet with these rows."""
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'.encode()


def sheet_xml(content: bytes, title: str) -> bytes:
    """The XML of a sheet."""
    return parts_of(content)[sheet_part(content, title)]


def with_sheet_xml(content: bytes, title: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with the XML of a sheet changed."""
    return edited(content, sheet_part(content, title), change)


def without_sheet(content: bytes, title: str) -> bytes:
    """The workbook as it is after somebody deleted a sheet; names of it stand for nothing then."""
    part = sheet_part(content, title)
    parts = parts_of(content)
    del parts[part]
    workbook = parts[WORKBOOK].decode()
    number = re.search(rf'<sheet name="{re.escape(title)}"[^>]*r:id="([^"]+)"[^>]*/>', workbook)
    if number is None:
        raise KeyError(title)
    workbook = workbook.replace(number[0], "")
    workbook = re.sub(rf">(?:{re.escape(title)}|'{re.escape(title)}')![^<]*<", ">#REF!<", workbook)
    relations = re.sub(rf'<Relationship Id="{number[1]}"[^>]*/>', "", parts[WORKBOOK_RELATIONS].decode())
    types = re.sub(rf'<Override PartName="/{re.escape(part)}"[^>]*/>', "", parts[CONTENT_TYPES].decode())
    new = {WORKBOOK: workbook.encode(), WORKBOOK_RELATIONS: relations.encode(), CONTENT_TYPES: types.encode()}
    return packed(parts | new)


def renamed_sheet(content: bytes, old: str, new: str, *, with_names: bool = True) -> bytes:
    """The workbook with a sheet under another title; `with_names` tells whether the workbook's names follow, as in Excel."""
    workbook = parts_of(content)[WORKBOOK].decode()
    workbook = workbook.replace(f'<sheet name="{old}"', f'<sheet name="{escape(new)}"')
    if with_names:
        quoted = "'" + escape(new, quote=False).replace("'", "''") + "'"
        workbook = re.sub(rf">(?:{re.escape(old)}|'{re.escape(old)}')!", f">{quoted}!", workbook)
    return packed(parts_of(content) | {WORKBOOK: workbook.encode()})
