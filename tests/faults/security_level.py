"""Faults of security (Z01 to Z07): nothing of a received file is run, fetched, unpacked to disk or let loose in the output."""

from __future__ import annotations

import re
import tempfile
import zlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tests.faults.cases import Altered, Outcome, Spot, Tell, Variant
from tests.faults.cell_level import rejected
from tests.faults.workbooks import (
    STRINGS,
    WORKBOOK,
    Member,
    edited,
    formula,
    packed,
    packed_part,
    parts_of,
    plain_sheet,
    sheet_part,
    text,
    with_cells,
    with_relation,
    with_sheet,
    zipped,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

INJECTIONS = {
    "hyperlink": '=HYPERLINK("http://x")',
    "at": "@SUM(1)",
    "plus": "+1",
    "minus": "-1",
    "tab": "\t=1+1",
    "command": "=cmd|' /C calc'!A0",
    "line": "\n=1+1",
    "wide": "＝1+1",
}
CANARY = "canary-3f1c"


def _injections() -> Iterator[Variant]:
    for name, value in INJECTIONS.items():
        yield Variant("Z01", f"comment_{name}", Outcome.ACCEPT, _comment(value))
    yield rejected("Z01", "figure", text('=HYPERLINK("http://x")'), "NUM-001")


def _comment(value: str) -> Callable[[Spot], Altered]:
    def alter(spot: Spot) -> Altered:
        return spot.accepted(with_cells(spot.office.content, spot.sheet, {spot.cell_of("comment:B.1"): text(value)}))

    return alter


# Links

_LINK = (
    '<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<externalBook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rId1">'
    '<sheetNames><sheetName val="Ark1"/></sheetNames><sheetDataSet><sheetData sheetId="0"><row r="1"><cell r="A1">'
    "<v>31</v></cell></row></sheetData></sheetDataSet></externalBook></externalLink>"
)
_DDE = (
    '<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<ddeLink ddeService="cmd" ddeTopic="/C calc"><ddeItems><ddeItem name="A0"/></ddeItems></ddeLink></externalLink>'
)
_TARGET = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLinkPath" '
    'Target="http://127.0.0.1:9/a.xlsx" TargetMode="External"/></Relationships>'
)


def with_link(content: bytes, link: str = _LINK) -> bytes:
    """The workbook with a link to another file, as Excel keeps it."""
    parts = with_relation(parts_of(content), "externalLink", "externalLinks/externalLink1.xml", "rIdLink")
    parts["xl/externalLinks/externalLink1.xml"] = link.encode()
    parts["xl/externalLinks/_rels/externalLink1.xml.rels"] = _TARGET.encode()
    new = b'<externalReferences><externalReference r:id="rIdLink"/></externalReferences>'
    parts[WORKBOOK] = re.sub(rb"(</sheets>)", rb"\1" + new, parts[WORKBOOK])
    return packed(parts)


def _linked(source: str, link: str = _LINK) -> Callable[[Spot], Altered]:
    def alter(spot: Spot) -> Altered:
        content = with_cells(spot.office.content, spot.sheet, {spot.cell: formula(source, "31")})
        return spot.cell_rejected(with_link(content, link), "NUM-013")

    return alter


def _by_name(spot: Spot) -> Altered:
    """A figure from a name that stands for a cell of another file."""
    content = edited(
        with_link(spot.office.content),
        WORKBOOK,
        lambda xml: xml.replace(
            b"<definedNames>", b'<definedNames><definedName name="borte">[1]Ark1!$A$1</definedName>'
        ),
    )
    return spot.cell_rejected(with_cells(content, spot.sheet, {spot.cell: formula("borte*1", "31")}), "NUM-013")


def _by_way_of_another_sheet(spot: Spot) -> Altered:
    """A figure from a cell of a sheet of one's own, which itself looks into another file."""
    content = with_sheet(
        with_link(spot.office.content),
        "Mellom",
        plain_sheet('<row r="1"><c r="A1"><f>[1]Ark1!A1</f><v>31</v></c></row>'),
    )
    content = with_cells(content, spot.sheet, {spot.cell: formula("Mellom!A1", "31")})
    return spot.cell_rejected(content, "NUM-013")


def _only_noted(spot: Spot) -> Altered:
    return spot.accepted(with_link(spot.office.content), "FIL-012")


def _links() -> Iterator[Variant]:
    for name, source in {
        "number": "[1]Ark1!A1",
        "path": "'C:\\tall\\[a.xlsx]Ark 1'!$A$1",
        "in_sum": "SUM([1]Ark1!A1:A3)+2",
        "whole_book": "[1]!borte",
        "small": "vlookup(1,[1]Ark1!$A:$B,2,0)",
    }.items():
        yield Variant("Z02", name, Outcome.CELL, _linked(source))
    yield Variant("Z02", "dde", Outcome.CELL, _linked("[1]!'A0'", _DDE))
    yield Variant("Z02", "dde_written_out", Outcome.CELL, _linked("cmd|'/C calc'!A0", _DDE))
    yield Variant("Z02", "webservice", Outcome.CELL, _linked('_xlfn.WEBSERVICE("http://127.0.0.1:9/")'))
    google = 'IFERROR(__xludf.DUMMYFUNCTION("IMPORTRANGE(""https://127.0.0.1/d"",""A1"")"),12)'
    yield Variant("Z02", "google", Outcome.CELL, _linked(google))
    yield Variant("Z02", "libreoffice", Outcome.CELL, _linked("'file:///C:/other.ods'#$Ark1.A1"))
    yield Variant("Z02", "image", Outcome.CELL, _linked('_xlfn.IMAGE("http://127.0.0.1:9/")'))
    yield Variant("Z02", "rtd", Outcome.CELL, _linked('RTD("a",,"b")'))
    yield Variant("Z02", "name", Outcome.CELL, _by_name)
    yield Variant("Z02", "by_way_of_another_sheet", Outcome.CELL, _by_way_of_another_sheet)
    yield Variant("Z02", "elsewhere", Outcome.ACCEPT, _only_noted)


def _macros(spot: Spot) -> Altered:
    content = packed(parts_of(spot.office.content) | {"xl/vbaProject.bin": b"Sub Workbook_Open()\r\nEnd Sub"})
    return spot.accepted(content, "FIL-011")


def _macro_workbook(spot: Spot) -> Altered:
    """The same under the name that such workbooks have."""
    file = spot.office.file.replace(".xlsx", ".xlsm")
    content = packed(parts_of(spot.office.content) | {"xl/vbaProject.bin": b"Sub Workbook_Open()\r\nEnd Sub"})
    return Altered({spot.office.file: None, file: content}, (Tell(("FIL-011",), file),))


# Entities and bombs

_LAUGHS = (
    "<!DOCTYPE x [<!ENTITY a0 'ha'>"
    + "".join(f"<!ENTITY a{level} '{f'&a{level - 1};' * 10}'>" for level in range(1, 10))
    + "]>"
)
_QUADRATIC = f"<!DOCTYPE x [<!ENTITY a '{'a' * 50_000}'>]>"


def _with_declaration(part: str | None, declaration: str, use: str) -> Callable[[Spot], bytes]:
    def change(spot: Spot) -> bytes:
        name = part or sheet_part(spot.office.content, spot.sheet)

        def spoiled(xml: bytes) -> bytes:
            body = re.sub(rb"<\?xml.*?\?>\s*", b"", xml).decode()
            declared = f'<?xml version="1.0" encoding="UTF-8"?>{declaration}{body}'
            return re.sub(r"(<t>|<v>)[^<]*", lambda found: found[1] + use, declared, count=1).encode()

        return edited(spot.office.content, name, spoiled)

    return change


def _refused(fault: str, name: str, change: Callable[[Spot], bytes], *codes: str) -> Variant:
    return Variant(fault, name, Outcome.FILE, lambda spot: spot.rejected(change(spot), *codes), is_risky=True)


def canary_file(spot: Spot) -> Path:
    """A file outside the folder whose words must not turn up anywhere."""
    path = Path(tempfile.gettempdir()) / f"xlmalekort-{CANARY}.txt"
    path.write_text(CANARY, encoding="utf-8")
    return path


def _outside(part: str | None) -> Callable[[Spot], bytes]:
    def change(spot: Spot) -> bytes:
        declaration = f"<!DOCTYPE x [<!ENTITY canary SYSTEM '{canary_file(spot).as_uri()}'>]>"
        return _with_declaration(part, declaration, "&canary;")(spot)

    return change


def _parameter(spot: Spot) -> bytes:
    declaration = f"<!DOCTYPE x [<!ENTITY % canary SYSTEM '{canary_file(spot).as_uri()}'> %canary;]>"
    return _with_declaration(STRINGS, declaration, "1")(spot)


def _entities() -> Iterator[Variant]:
    for name, part in {"strings": STRINGS, "workbook": WORKBOOK, "input": None}.items():
        yield _refused("Z04", f"laughs_{name}", _with_declaration(part, _LAUGHS, "&a9;"), "FIL-008")
        yield _refused("Z04", f"quadratic_{name}", _with_declaration(part, _QUADRATIC, "&a;" * 5_000), "FIL-008")
        yield _refused("Z05", name, _outside(part), "FIL-008")
    yield _refused("Z05", "parameter", _parameter, "FIL-008")


_CHUNK = 64 * 1024 * 1024


def bomb(content: bytes, part: str, size: int, declared: int | None = None) -> bytes:
    """The workbook with a part of so many noughts, made without ever holding them; `declared` is what its directory says."""
    data = _noughts() * (size // _CHUNK) + b"\x03\x00"
    kept = [Member(name, *packed_part(each), len(each)) for name, each in parts_of(content).items() if name != part]
    return zipped([*kept, Member(part, data, 0, declared if declared is not None else size)])


@cache
def _noughts() -> bytes:
    """Noughts packed so that the pieces can be put behind each other."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(bytes(_CHUNK)) + packer.flush(zlib.Z_FULL_FLUSH)


_GIGABYTES = 2 * 1024 * 1024 * 1024


def _bombs() -> Iterator[Variant]:
    yield _refused("Z06", "strings", lambda spot: bomb(spot.office.content, STRINGS, _GIGABYTES), "FIL-007")
    yield _refused(
        "Z06",
        "strings_that_lie",
        lambda spot: bomb(spot.office.content, STRINGS, _GIGABYTES, 90_000),
        "FIL-007",
        "FIL-002",
    )
    yield _refused(
        "Z06", "picture", lambda spot: bomb(spot.office.content, "xl/media/image1.png", _GIGABYTES), "FIL-007"
    )
    yield _refused("Z06", "input_that_lies", _lying_input, "FIL-007", "FIL-002")
    yield _refused("Z06", "many_parts", _many_parts, "FIL-008", "FIL-007")


def _lying_input(spot: Spot) -> bytes:
    part = sheet_part(spot.office.content, spot.sheet)
    return bomb(spot.office.content, part, _GIGABYTES, 5_000_000)


def _many_parts(spot: Spot) -> bytes:
    return packed(parts_of(spot.office.content) | {f"xl/media/{number}.png": b"" for number in range(20_000)})


def _outside_the_folder() -> Iterator[Variant]:
    for name, path in {
        "up": "../../evil.xml",
        "root": "/tmp/evil.xml",  # noqa: S108 - the name of a part; nothing is ever written there
        "windows": "..\\..\\evil.xml",
        "drive": "C:\\evil.xml",
    }.items():
        yield Variant("Z07", name, Outcome.ACCEPT, _one_more_part(path))


def _one_more_part(path: str) -> Callable[[Spot], Altered]:
    def alter(spot: Spot) -> Altered:
        return spot.accepted(packed(parts_of(spot.office.content) | {path: b"<evil/>"}))

    return alter


VARIANTS: tuple[Variant, ...] = (
    *_injections(),
    *_links(),
    Variant("Z03", "macros", Outcome.ACCEPT, _macros),
    Variant("Z03", "macro_workbook", Outcome.ACCEPT, _macro_workbook),
    *_entities(),
    *_bombs(),
    *_outside_the_folder(),
)
