"""Workbooks as they come back from offices: made before there were marks, without the sheet of checks, with macros."""

from __future__ import annotations

from lxml import etree

from tests.xlsx.books import packed, parts_of
from xlmalekort.template.marks import PLACES_NAME, SEVERITIES_NAME

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
WORKBOOK, RELATIONS, TYPES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"


def written(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def is_mark(block: etree._Element) -> bool:
    return PLACES_NAME in "".join(str(text) for text in block.itertext())


def without_marks(content: bytes) -> bytes:
    """The workbook without the rules, the looks that only they use, and the names, as an older version made it."""
    parts = parts_of(content)
    sheets = {name: _without_rules(data) for name, data in parts.items() if name.startswith("xl/worksheets/sheet")}
    styles, workbook = etree.fromstring(parts["xl/styles.xml"]), etree.fromstring(parts[WORKBOOK])
    dxfs = found(styles, "dxfs")
    for dxf in list(dxfs)[:_MARKS]:
        dxfs.remove(dxf)
    dxfs.set("count", str(len(dxfs)))
    names = found(workbook, "definedNames")
    for each in list(names):
        if each.get("name") in (PLACES_NAME, SEVERITIES_NAME):
            names.remove(each)
    return packed(parts | sheets | {"xl/styles.xml": written(styles), WORKBOOK: written(workbook)})


_MARKS = 3
"""The marks are made before all other looks of rules, so theirs have the first numbers."""


def _without_rules(xml: bytes) -> bytes:
    """A sheet without the marks; the looks of its other rules have moved up."""
    root = etree.fromstring(xml)
    for block in root.findall(f"{MAIN}conditionalFormatting"):
        if is_mark(block):
            assert [rule.get("dxfId") for rule in block] == ["0", "1", "2"]
            root.remove(block)
    for rule in root.iter(f"{MAIN}cfRule"):
        if rule.get("dxfId") is not None:
            rule.set("dxfId", str(int(rule.get("dxfId", "")) - _MARKS))
    return written(root)


def found(root: etree._Element, name: str) -> etree._Element:
    child = root.find(f"{MAIN}{name}")
    assert child is not None, name
    return child


def without_sheet(content: bytes, title: str) -> bytes:
    """The workbook after its sheet was deleted in Excel: what spoke of it speaks of nothing."""
    parts = parts_of(content)
    workbook = etree.fromstring(parts[WORKBOOK])
    sheets, names = found(workbook, "sheets"), found(workbook, "definedNames")
    place, entry = next((place, each) for place, each in enumerate(sheets) if each.get("name") == title)
    relation = next(value for key, value in entry.items() if str(key).endswith("}id"))
    sheets.remove(entry)
    for each in list(names):
        local = each.get("localSheetId")
        if local == str(place):
            names.remove(each)
        elif local is not None and int(local) > place:
            each.set("localSheetId", str(int(local) - 1))
        each.text = (each.text or "").replace(f"'{title}'!", "#REF!").replace(f"{title}!", "#REF!")
    relations, types = etree.fromstring(parts[RELATIONS]), etree.fromstring(parts[TYPES])
    leading = next(each for each in relations if each.get("Id") == relation)
    part = f"xl/{leading.get('Target')}"
    relations.remove(leading)
    types.remove(next(each for each in types if each.get("PartName") == f"/{part}"))
    del parts[part]
    return packed(parts | {WORKBOOK: written(workbook), RELATIONS: written(relations), TYPES: written(types)})


MACROS = b"\xd0\xcf\x11\xe0 the project of an office"


def with_macros(content: bytes) -> bytes:
    """The workbook as an office keeps it with macros of its own."""
    parts = parts_of(content)
    types, relations = etree.fromstring(parts[TYPES]), etree.fromstring(parts[RELATIONS])
    for each in types:
        if each.get("PartName") == f"/{WORKBOOK}":
            each.set("ContentType", "application/vnd.ms-excel.sheet.macroEnabled.main+xml")
    default = {"Extension": "bin", "ContentType": "application/vnd.ms-office.vbaProject"}
    types.insert(0, etree.Element(f"{{{etree.QName(types).namespace}}}Default", default))
    kind = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
    relation = {"Id": "rIdMacros", "Type": kind, "Target": "vbaProject.bin"}
    etree.SubElement(relations, f"{{{etree.QName(relations).namespace}}}Relationship", relation)
    more = {"xl/vbaProject.bin": MACROS, TYPES: written(types), RELATIONS: written(relations)}
    return packed(parts | more)
