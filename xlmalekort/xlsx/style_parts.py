"""Adds cell styles to the styles part of a workbook; those that are there keep their numbers."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from lxml import etree

from xlmalekort.xlsx.trees import PatchError, child_in_order, nsmap, parsed, written
from xlmalekort.xlsx.xml import namespace_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_FIRST_OWN_FORMAT = 164
"""Number formats below are Excel's own and mean the same everywhere."""
_ORDER = (
    "numFmts",
    "fonts",
    "fills",
    "borders",
    "cellStyleXfs",
    "cellXfs",
    "cellStyles",
    "dxfs",
    "tableStyles",
    "colors",
    "extLst",
)
_LOOKS = {"fontId": ("fonts", "font"), "fillId": ("fills", "fill"), "borderId": ("borders", "border")}


class CellStyleTable:
    """The cell styles of a workbook while some are added."""

    def __init__(self, data: bytes) -> None:
        """Take the styles part."""
        self._root = parsed(data)
        self._namespace = namespace_of(self._root)
        self._styles = self._list("cellXfs")
        self._unlocked: dict[int, int] = {}
        self._taken: dict[tuple[int, int], int] = {}
        self.is_changed = False

    @property
    def content(self) -> bytes:
        """The part as it is now."""
        return written(self._root)

    def unlocked(self, number: int) -> int:
        """The number of a style that looks like another one, and whose cells can be typed in on a protected sheet."""
        if number not in self._unlocked:
            style = deepcopy(self._style(number))
            style.set("applyProtection", "1")
            protection = style.find(self._tag("protection"))
            if protection is None:
                protection = etree.SubElement(style, self._tag("protection"))
                extension = style.find(self._tag("extLst"))
                if extension is not None:
                    extension.addprevious(protection)
            protection.set("locked", "0")
            self._unlocked[number] = self._added(style)
        return self._unlocked[number]

    def taken(self, other: CellStyleTable, number: int) -> int:
        """The number that a style of another workbook has here, once it has been added with font, fill and border."""
        key = (id(other), number)
        if key not in self._taken:
            style = self._translated(other._style(number))
            for name, (table, entry) in _LOOKS.items():
                style.set(name, str(self._index_of(table, other._entry(table, entry, style.get(name)))))
            self._take_format(other, style)
            style.set("xfId", "0")
            self._taken[key] = self._added(style)
        return self._taken[key]

    def conditional(self, other: CellStyleTable, number: int) -> int:
        """The number that the look of a rule of another workbook has here, once it has been added unless it is there."""
        looks = child_in_order(self._root, "dxfs", _ORDER)
        count = len(looks)
        found = self._index_of("dxfs", other._list("dxfs").findall(other._tag("dxf"))[number])
        self.is_changed |= len(looks) > count
        return found

    def _tag(self, name: str) -> str:
        return f"{{{self._namespace}}}{name}"

    def _list(self, name: str) -> _Element:
        found = self._root.find(self._tag(name))
        if found is None:
            message = "the workbook has no list of cell styles"
            raise PatchError(message)
        return found

    def _style(self, number: int) -> _Element:
        styles = self._styles.findall(self._tag("xf"))
        return styles[number] if number < len(styles) else styles[0]

    def _entry(self, table: str, entry: str, number: str | None) -> _Element:
        entries = self._list(table).findall(self._tag(entry))
        place = int(number) if number is not None and number.isdigit() else 0
        return entries[place] if place < len(entries) else entries[0]

    def _translated(self, element: _Element) -> _Element:
        """A copy under the namespace of this workbook, which may be strict."""
        given = {str(name): str(value) for name, value in element.items()}
        copy = self._root.makeelement(self._tag(etree.QName(element).localname), given, nsmap(self._root))
        copy.text = element.text
        for child in element.iterchildren("*"):
            copy.append(self._translated(child))
        return copy

    def _index_of(self, table: str, entry: _Element) -> int:
        """Where an entry stands in a list, to which it is added unless it is there."""
        entries = self._list(table)
        entry = self._translated(entry)
        wanted = etree.tostring(entry, method="c14n")
        for index, each in enumerate(entries.iterchildren("*")):
            if etree.tostring(self._translated(each), method="c14n") == wanted:
                return index
        entries.append(entry)
        _count(entries)
        return len(list(entries.iterchildren("*"))) - 1

    def _take_format(self, other: CellStyleTable, style: _Element) -> None:
        number = style.get("numFmtId", "0")
        if not number.isdigit() or int(number) < _FIRST_OWN_FORMAT:
            return
        codes = {each.get("numFmtId"): each.get("formatCode") for each in other._root.iter(other._tag("numFmt"))}
        style.set("numFmtId", str(self._format_of(codes.get(number) or "General")))

    def _format_of(self, code: str) -> int:
        formats = self._root.find(self._tag("numFmts"))
        if formats is None:
            formats = self._root.makeelement(self._tag("numFmts"), None, nsmap(self._root))
            self._root.insert(0, formats)
        numbers = {each.get("formatCode"): int(each.get("numFmtId") or 0) for each in formats}
        if code not in numbers:
            numbers[code] = max([_FIRST_OWN_FORMAT - 1, *numbers.values()]) + 1
            given = {"numFmtId": str(numbers[code]), "formatCode": code}
            formats.append(formats.makeelement(self._tag("numFmt"), given, nsmap(formats)))
            _count(formats)
        return numbers[code]

    def _added(self, style: _Element) -> int:
        self._styles.append(style)
        _count(self._styles)
        self.is_changed = True
        return len(self._styles.findall(self._tag("xf"))) - 1


def _count(entries: _Element) -> None:
    entries.set("count", str(len(list(entries.iterchildren("*")))))
