"""Adds to a finished workbook what another one has: rules for the look of cells, names, a whole sheet.

The other workbook is one that was written for the purpose. Only parts that something is added to change; in them everything
else stays as it is, but that rules which are there already give way in their order.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from lxml import etree

from xlmalekort.xlsx.archive import replace_members
from xlmalekort.xlsx.patch import open_to_change
from xlmalekort.xlsx.references import area_of
from xlmalekort.xlsx.style_parts import CellStyleTable
from xlmalekort.xlsx.trees import (
    SHEET_ORDER,
    WORKBOOK_ORDER,
    PatchError,
    child_in_order,
    in_namespace,
    nsmap,
    parsed,
    put_child,
    written,
)
from xlmalekort.xlsx.workbook import relations_of, workbook_part
from xlmalekort.xlsx.xml import escaped, local_name, namespace_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from lxml.etree import _Element

    from xlmalekort.xlsx.workbook import RawWorkbook

_TYPES = "[Content_Types].xml"
_WORKSHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"


class Adding:
    """A workbook while parts of another one are added to it. PatchError where either cannot be read."""

    def __init__(self, content: bytes, other: bytes) -> None:
        """Open both."""
        self._content = content
        self._workbook, self._other = open_to_change(content), open_to_change(other)
        self._package = self._workbook.package
        part = workbook_part(self._package)
        styles = _part_of_kind(self._workbook, "styles")
        other_styles = _part_of_kind(self._other, "styles")
        if part is None or styles is None or other_styles is None:
            message = "the workbook has no styles to add to"
            raise PatchError(message)
        self._part, self._styles_part = part, styles
        self._styles = CellStyleTable(self._package.read(styles))
        self._other_styles = CellStyleTable(self._other.package.read(other_styles))
        self._root = parsed(self._package.read(part))
        self._namespace = namespace_of(self._root)
        self._is_root_changed = False
        self._changed: dict[str, bytes] = {}
        self._added: dict[str, bytes] = {}

    @property
    def content(self) -> bytes:
        """The workbook with all that was added; the same bytes where everything was there."""
        changed = dict(self._changed)
        if self._styles.is_changed:
            changed[self._styles_part] = self._styles.content
        if self._is_root_changed:
            changed[self._part] = written(self._root)
        changed |= self._added
        return replace_members(self._content, changed) if changed else self._content

    # Rules for the look of cells

    def add_rules(self, title: str, other_title: str, places: Iterable[tuple[int, int]]) -> None:
        """Let a sheet have the rules of the other workbook's sheet, before its own, so that they are seen.

        Where it has them already, and they reach all the `places` (rows and columns from 0), nothing changes.
        """
        part = self._sheet_part(self._workbook, title)
        root = parsed(self._package.read(part))
        other = parsed(self._other.package.read(self._sheet_part(self._other, other_title)))
        blocks = other.findall(f"{{{namespace_of(other)}}}conditionalFormatting")
        formulas = {_formula(rule) for block in blocks for rule in _rules(block)}
        if _have(root, formulas, tuple(places)):
            return
        _remove_rules(root, formulas)
        new = [self._taken_over(block, root) for block in blocks]
        count = sum(len(_rules(block)) for block in new)
        for rule in root.iter("{*}cfRule"):
            if rule.get("priority"):
                rule.set("priority", str(int(rule.get("priority") or "0") + count))
        existing = root.find(f"{{{namespace_of(root)}}}conditionalFormatting")
        for block in new:
            if existing is not None:
                existing.addprevious(block)
            else:
                put_child(root, block, SHEET_ORDER)
        self._changed[part] = written(root)

    def _taken_over(self, element: _Element, root: _Element) -> _Element:
        """An element of the other workbook as a sheet of this one has it: with the numbers that its looks have here."""
        found = in_namespace(element, namespace_of(root))
        for rule in found.iter("{*}cfRule"):
            number = int(rule.get("dxfId") or "0")
            rule.set("dxfId", str(self._styles.conditional(self._other_styles, number)))
        return found

    # Names

    def set_names(self, names: Mapping[str, str]) -> None:
        """Let names of the workbook stand for these references; what they stood for before is forgotten."""
        for name, reference in names.items():
            found = next((each for each in self._names() if (each.get("name") or "").lower() == name.lower()), None)
            if found is None:
                found = self._new_name({"name": name})
            if _unquoted(found.text or "") != _unquoted(reference):
                found.text = reference
                self._is_root_changed = True

    def _names(self) -> Iterator[_Element]:
        """The names of the whole workbook; those of single sheets are left alone."""
        for each in self._root.iterfind(f"{{{self._namespace}}}definedNames/{{{self._namespace}}}definedName"):
            if each.get("localSheetId") is None:
                yield each

    def _new_name(self, attributes: Mapping[str, str]) -> _Element:
        parent = child_in_order(self._root, "definedNames", WORKBOOK_ORDER)
        self._is_root_changed = True
        return etree.SubElement(parent, f"{{{self._namespace}}}definedName", dict(attributes))

    # Sheets

    def replace_cells(self, title: str, other_title: str) -> None:
        """Let a sheet hold the cells of the other workbook's sheet, and nothing of its own."""
        part = self._sheet_part(self._workbook, title)
        root = parsed(self._changed.get(part) or self._package.read(part))
        name = f"{{{namespace_of(root)}}}sheetData"
        old, new = root.find(name), self._sheet(other_title, root).find(name)
        if old is None or new is None:
            message = f"the sheet {title!r} has no cells"
            raise PatchError(message)
        root.replace(old, new)
        self._changed[part] = written(root)

    def add_sheet(self, other_title: str, title: str, *, after: Sequence[str]) -> None:
        """Add a sheet of the other workbook behind the last of the sheets of these titles; first where none of them is there."""
        sheets = self._root.find(f"{{{self._namespace}}}sheets")
        if sheets is None or not len(sheets):
            message = "the workbook has no sheets"
            raise PatchError(message)
        entries = list(sheets.iterchildren(f"{{{self._namespace}}}sheet"))
        place = max((number for number, each in enumerate(entries, 1) if each.get("name") in after), default=0)
        part, relation = self._new_part()
        key = next(str(name) for name in entries[0].attrib if str(name).endswith("}id"))
        number = max(int(each.get("sheetId") or "0") for each in entries) + 1
        entry = sheets.makeelement(
            f"{{{self._namespace}}}sheet", {"name": title, "sheetId": str(number), key: relation}, nsmap(sheets)
        )
        sheets.insert(sheets.index(entries[place]) if place < len(entries) else len(sheets), entry)
        self._is_root_changed = True
        self._make_room(place)
        self._take_local_names(other_title, title, place)
        self._added[part] = written(self._sheet(other_title, self._root))

    def _new_part(self) -> tuple[str, str]:
        """The name of a new sheet's part, known to the package, and the id of the relation that leads to it."""
        folder = posixpath.dirname(self._part)
        names = (posixpath.join(folder, "worksheets", f"sheet{number}.xml") for number in range(1, 100_000))
        part = next(name for name in names if self._package.find(name) is None)
        rels_part = self._package.find(posixpath.join(folder, "_rels", posixpath.basename(self._part) + ".rels"))
        types_part = self._package.find(_TYPES)
        if rels_part is None or types_part is None:
            message = "the workbook does not say what its parts are"
            raise PatchError(message)
        rels = parsed(self._package.read(rels_part))
        kinds = [each.get("Type") or "" for each in rels]
        kind = next(each for each in kinds if each.endswith("/worksheet"))
        taken = {each.get("Id") for each in rels}
        relation = next(each for number in range(1, 100_000) if (each := f"rId{number}") not in taken)
        target = posixpath.relpath(part, folder or ".")
        etree.SubElement(
            rels, f"{{{namespace_of(rels)}}}Relationship", {"Id": relation, "Type": kind, "Target": target}
        )
        types = parsed(self._package.read(types_part))
        etree.SubElement(
            types, f"{{{namespace_of(types)}}}Override", {"PartName": f"/{part}", "ContentType": _WORKSHEET_TYPE}
        )
        self._changed |= {rels_part: written(rels), types_part: written(types)}
        return part, relation

    def _make_room(self, place: int) -> None:
        """What counts sheets by their place counts those behind the new one anew."""
        views = self._root.iterfind(f"{{{self._namespace}}}bookViews/{{{self._namespace}}}workbookView")
        names = self._root.iterfind(f"{{{self._namespace}}}definedNames/{{{self._namespace}}}definedName")
        for element, attributes in ((views, ("activeTab", "firstSheet")), (names, ("localSheetId",))):
            for each in element:
                for attribute in attributes:
                    value = each.get(attribute)
                    # Without the attribute it is the first sheet that is open.
                    if value is None and attribute == "activeTab" and place == 0:
                        value = "0"
                    if value is not None and int(value) >= place:
                        each.set(attribute, str(int(value) + 1))

    def _take_local_names(self, other_title: str, title: str, place: int) -> None:
        """The names of the sheet itself: what is printed, and which rows are repeated."""
        other = parsed(self._other.package.read(workbook_part(self._other.package) or ""))
        number = next(index for index, each in enumerate(self._other.sheets) if each.title == other_title)
        namespace = namespace_of(other)
        for each in other.iterfind(f"{{{namespace}}}definedNames/{{{namespace}}}definedName"):
            if each.get("localSheetId") == str(number):
                found = self._new_name({"name": each.get("name") or "", "localSheetId": str(place)})
                found.text = each.text or ""
                for old in (_quoted(other_title), other_title) if title != other_title else ():
                    found.text = found.text.replace(f"{old}!", f"{_quoted(title)}!")

    def _sheet(self, other_title: str, root: _Element) -> _Element:
        """A sheet of the other workbook as this one holds it: its looks by their numbers here, its texts in the cells."""
        given = parsed(self._other.package.read(self._sheet_part(self._other, other_title)))
        sheet = self._taken_over(given, root)
        cell, row, column = (f"{{{namespace_of(sheet)}}}{name}" for name in ("c", "row", "col"))
        for element in sheet.iter(cell, row, column):
            attribute = "style" if element.tag == column else "s"
            style = element.get(attribute)
            if style is not None:
                element.set(attribute, str(self._styles.taken(self._other_styles, int(style))))
            if element.get("t") == "s":
                self._write_text(element)
        for view in sheet.iter("{*}sheetView"):
            if view.get("tabSelected") is not None:
                del view.attrib["tabSelected"]
        return sheet

    def _write_text(self, cell: _Element) -> None:
        """A shared text as a text of its own, so that the texts that the workbook shares need not change."""
        text = self._other.strings[int(cell.findtext("{*}v") or "0")]
        for child in list(cell):
            cell.remove(child)
        cell.set("t", "inlineStr")
        inline = etree.SubElement(cell, f"{{{namespace_of(cell)}}}is")
        element = etree.SubElement(inline, f"{{{namespace_of(cell)}}}t")
        element.text = escaped(text)
        element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")

    @staticmethod
    def _sheet_part(workbook: RawWorkbook, title: str) -> str:
        entry = workbook.sheet(title)
        if entry is None or not entry.is_worksheet:
            message = f"the workbook has no worksheet {title!r}"
            raise PatchError(message)
        return entry.part


def _part_of_kind(workbook: RawWorkbook, kind: str) -> str | None:
    part = workbook_part(workbook.package)
    relations = relations_of(workbook.package, part) if part is not None else ()
    found = (each.target for each in relations if each.kind == kind and not each.is_external)
    return next((each for each in found if workbook.package.find(each) is not None), None)


def _quoted(title: str) -> str:
    return "'" + title.replace("'", "''") + "'"


def _unquoted(reference: str) -> str:
    """A reference without the quotation marks that only some programs write."""
    return reference.replace("'", "")


# Rules


def _rules(element: _Element) -> list[_Element]:
    return [each for each in element.iter("{*}cfRule") if local_name(each) == "cfRule"]


def _formula(rule: _Element) -> str:
    """The formula of a rule, however it is spaced."""
    return "".join((rule.findtext("{*}formula") or "").split())


def _blocks(root: _Element) -> list[_Element]:
    return root.findall(f"{{{namespace_of(root)}}}conditionalFormatting")


def _have(root: _Element, formulas: set[str], places: Sequence[tuple[int, int]]) -> bool:
    """Whether a sheet has rules of these formulas, each of which reaches all the places."""
    areas: dict[str, list[tuple[int, int, int, int]]] = {}
    for block in _blocks(root):
        found = [area for each in (block.get("sqref") or "").split() if (area := area_of(each))]
        for rule in _rules(block):
            areas.setdefault(_formula(rule), []).extend(found)
    return all(
        formula in areas and all(any(_holds(area, place) for area in areas[formula]) for place in places)
        for formula in formulas
    )


def _holds(area: tuple[int, int, int, int], place: tuple[int, int]) -> bool:
    top, left, bottom, right = area
    return top <= place[0] <= bottom and left <= place[1] <= right


def _remove_rules(root: _Element, formulas: set[str]) -> None:
    for block in _blocks(root):
        for rule in _rules(block):
            if _formula(rule) in formulas:
                block.remove(rule)
        if not _rules(block):
            root.remove(block)
