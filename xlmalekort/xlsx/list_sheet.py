"""A plain list on a sheet of its own at the end of a workbook: made once, and lengthened later."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lxml import etree

from xlmalekort.xlsx.archive import replace_members
from xlmalekort.xlsx.mending import MendedBook
from xlmalekort.xlsx.references import reference_of
from xlmalekort.xlsx.sheet import RawSheet, read_sheet
from xlmalekort.xlsx.trees import PatchError, nsmap, parsed, written
from xlmalekort.xlsx.workbook import workbook_part
from xlmalekort.xlsx.xml import STRICT, escaped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element

    from xlmalekort.xlsx.workbook import RawWorkbook

_TRANSITIONAL_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_HEADING_ROW = 2
"""Below the title and an empty row."""
_TITLE_HEIGHT = 27


@dataclass(frozen=True)
class ListSheet:
    """What a list looks like. `name` is the name of the workbook by which it is found again; styles are those of the file."""

    title: str
    name: str
    headings: tuple[str, ...]
    widths: tuple[float, ...]
    title_style: int
    heading_style: int
    text_style: int


def with_lines(content: bytes, workbook: RawWorkbook, sheet: ListSheet, lines: Sequence[Sequence[str]]) -> bytes:
    """The workbook with lines added to the list; `workbook` is the same content, read."""
    named = workbook.names.get(sheet.name)
    entry = workbook.sheet(named[0]) if named is not None else None
    if entry is None:
        return replace_members(content, _new_sheet(workbook, sheet, lines))
    held = read_sheet(workbook, entry)
    if not isinstance(held, RawSheet):
        message = f"{entry.title} cannot be read"
        raise PatchError(message)
    rows = sorted({row for row, _ in held.cells if row > _HEADING_ROW})
    old = [[held.text(row, column) for column in range(len(sheet.headings))] for row in rows]
    new = _sheet(workbook.namespace, replace(sheet, title=entry.title), [*old, *lines])
    return replace_members(content, {entry.part: written(new)})


def _new_sheet(workbook: RawWorkbook, sheet: ListSheet, lines: Sequence[Sequence[str]]) -> dict[str, bytes]:
    """The part of the sheet, and what leads to it: relationships, types, the list of sheets and the name."""
    package, main = workbook.package, workbook_part(workbook.package) or ""
    folder = posixpath.dirname(main)
    number = next(
        n for n in range(1, len(package.names) + 2) if package.find(f"{folder}/worksheets/sheet{n}.xml") is None
    )
    part = f"{folder}/worksheets/sheet{number}.xml"
    relations_part = posixpath.join(folder, "_rels", f"{posixpath.basename(main)}.rels")
    relations_part = package.find(relations_part) or relations_part
    relations = parsed(package.read(relations_part))
    taken = {each.get("Id") for each in relations}
    relation = next(f"rId{n}" for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
    kinds = _STRICT_RELATIONS if workbook.namespace == STRICT else _TRANSITIONAL_RELATIONS
    given = {"Id": relation, "Type": f"{kinds}/worksheet", "Target": f"worksheets/sheet{number}.xml"}
    relations.append(relations.makeelement(f"{{{_PACKAGE_RELATIONS}}}Relationship", given, nsmap(relations)))
    types_part = package.find("[Content_Types].xml") or "[Content_Types].xml"
    types = parsed(package.read(types_part))
    about = {"PartName": f"/{part}", "ContentType": _SHEET_TYPE}
    types.append(types.makeelement(f"{{{_TYPES}}}Override", about, nsmap(types)))
    book = MendedBook(package.read(main))
    book.add_sheet(sheet.title, relation, kinds)
    book.set_names({sheet.name: "'" + sheet.title.replace("'", "''") + "'!$A$1"})
    return {
        main: book.content,
        relations_part: written(relations),
        types_part: written(types),
        part: written(_sheet(workbook.namespace, sheet, lines)),
    }


def _height(texts: Sequence[str], widths: Sequence[float]) -> float:
    """The height of a row of wrapped texts, for not every program fits it when it opens a file."""
    return 5 + 13.5 * max(max(1, -(-len(text) // int(width))) for text, width in zip(texts, widths, strict=True))


def _sheet(namespace: str, sheet: ListSheet, lines: Sequence[Sequence[str]]) -> _Element:
    def tag(name: str) -> str:
        return f"{{{namespace}}}{name}"

    root = etree.fromstring(f'<worksheet xmlns="{namespace}"/>')
    properties = etree.SubElement(root, tag("sheetPr"))
    etree.SubElement(properties, tag("pageSetUpPr"), {"fitToPage": "1"})
    view = etree.SubElement(etree.SubElement(root, tag("sheetViews")), tag("sheetView"))
    view.set("showGridLines", "0")
    view.set("workbookViewId", "0")
    columns = etree.SubElement(root, tag("cols"))
    for number, width in enumerate(sheet.widths, 1):
        given = {"min": str(number), "max": str(number), "width": str(width), "customWidth": "1"}
        etree.SubElement(columns, tag("col"), given)
    rows = etree.SubElement(root, tag("sheetData"))
    content: dict[int, tuple[Sequence[str], int]] = {0: ((sheet.title,), sheet.title_style)}
    content[_HEADING_ROW] = (sheet.headings, sheet.heading_style)
    content |= {row: (tuple(line), sheet.text_style) for row, line in enumerate(lines, _HEADING_ROW + 1)}
    for number, (texts, style) in content.items():
        height = f"{_height(texts, sheet.widths) if number else _TITLE_HEIGHT:g}"
        row = etree.SubElement(rows, tag("row"), {"r": str(number + 1), "ht": height, "customHeight": "1"})
        for column, text in enumerate(texts):
            given = {"r": reference_of(number, column), "s": str(style), "t": "inlineStr"}
            inline = etree.SubElement(etree.SubElement(etree.SubElement(row, tag("c"), given), tag("is")), tag("t"))
            inline.text = escaped(text)
            inline.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    etree.SubElement(root, tag("sheetProtection"), {"sheet": "1", "objects": "1", "scenarios": "1"})
    margins = {"left": "0.4", "right": "0.4", "top": "0.45", "bottom": "0.6", "header": "0.3", "footer": "0.3"}
    etree.SubElement(root, tag("pageMargins"), margins)
    etree.SubElement(root, tag("pageSetup"), {"paperSize": "9", "orientation": "landscape", "fitToHeight": "0"})
    return root
