"""The styles part of a workbook while looks of another workbook are added to it.

What is there keeps its number, so no cell changes; a look that is there already is used again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from xlmalekort.xlsx.tree import child_in_order, in_namespace, parsed, said, written
from xlmalekort.xlsx.xml import namespace_of

if TYPE_CHECKING:
    from lxml.etree import _Element

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
_FIRST_OWN_FORMAT = 164
"""Number formats below it are Excel's own and the same in every workbook."""
_PARTS_OF_A_FORMAT = {"fontId": "fonts", "fillId": "fills", "borderId": "borders"}


class StyleParts:
    """The styles of a workbook. Formats are known by their number, in the order of the part."""

    def __init__(self, data: bytes) -> None:
        """Read the part; PatchError where it is no XML."""
        self._data = data
        self._root = parsed(data)
        self._namespace = namespace_of(self._root)
        self._is_changed = False

    @property
    def data(self) -> bytes:
        """The part, byte for byte as it was where nothing had to be added."""
        return written(self._root) if self._is_changed else self._data

    def add_conditional_format(self, look: _Element) -> int:
        """The number of the conditional format that looks like `look`, a `dxf` of another workbook."""
        return self._add("dxfs", look)

    def add_cell_format(self, other: StyleParts, number: int) -> int:
        """The number of the cell format that looks like format `number` of another workbook."""
        found = in_namespace(other._items("cellXfs")[number], self._namespace)
        for name, items in _PARTS_OF_A_FORMAT.items():
            part = other._items(items)[int(found.get(name) or "0")]
            found.set(name, str(self._add(items, part)))
        code = int(found.get("numFmtId") or "0")
        if code >= _FIRST_OWN_FORMAT:
            found.set("numFmtId", str(self._add_number_format(other._code(code))))
        found.set("xfId", "0")
        return self._add("cellXfs", found)

    def conditional_format(self, number: int) -> _Element:
        """The conditional format of a number."""
        return self._items("dxfs")[number]

    def _items(self, name: str) -> list[_Element]:
        parent = self._root.find(f"{{{self._namespace}}}{name}")
        return list(parent.iterchildren("*")) if parent is not None else []

    def _add(self, name: str, item: _Element) -> int:
        item = in_namespace(item, self._namespace)
        items, wanted = self._items(name), said(item)
        for number, each in enumerate(items):
            if said(each) == wanted:
                return number
        parent = child_in_order(self._root, name, _ORDER)
        parent.append(item)
        parent.set("count", str(len(items) + 1))
        self._is_changed = True
        return len(items)

    def _code(self, number: int) -> str:
        formats = self._items("numFmts")
        return next(each.get("formatCode") or "" for each in formats if each.get("numFmtId") == str(number))

    def _add_number_format(self, code: str) -> int:
        formats = self._items("numFmts")
        numbers = {int(each.get("numFmtId") or "0"): each.get("formatCode") for each in formats}
        known = next((number for number, each in numbers.items() if each == code), None)
        if known is not None:
            return known
        number = max(_FIRST_OWN_FORMAT - 1, *numbers) + 1 if numbers else _FIRST_OWN_FORMAT
        item = etree.Element(f"{{{self._namespace}}}numFmt", {"numFmtId": str(number), "formatCode": code})
        self._add("numFmts", item)
        return number
