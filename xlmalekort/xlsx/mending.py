"""Puts back what a template's sheet guards with: input rules and protection; and what the workbook says of its sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from xlmalekort.xlsx.references import area_of, reference_of
from xlmalekort.xlsx.trees import SHEET_ORDER, WORKBOOK_ORDER, child_in_order, in_namespace, parsed, put_child, written
from xlmalekort.xlsx.xml import FALSE, namespace_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from lxml.etree import _Element

    from xlmalekort.xlsx.references import Area


def rules_of(data: bytes) -> list[tuple[_Element, tuple[Area, ...]]]:
    """The input rules of a sheet that the program has made, each with the areas that it holds for."""
    root = parsed(data)
    tag = f"{{{namespace_of(root)}}}dataValidation"
    found = []
    for rule in root.iter(tag):
        areas = (area_of(each) for each in (rule.get("sqref") or "").split())
        found.append((rule, tuple(area for area in areas if area is not None)))
    return found


class _Mended:
    """A part while it is put right."""

    def __init__(self, data: bytes) -> None:
        """Take the part as it is."""
        self._root = parsed(data)
        self._namespace = namespace_of(self._root)

    @property
    def content(self) -> bytes:
        """The part as it is now."""
        return written(self._root)

    def _tag(self, name: str) -> str:
        return f"{{{self._namespace}}}{name}"


class MendedSheet(_Mended):
    """A sheet while its guards are put back."""

    def add_rule(self, rule: _Element, areas: Sequence[Area]) -> None:
        """An input rule of another workbook, for cells that have none."""
        rules = child_in_order(self._root, "dataValidations", SHEET_ORDER)
        new = in_namespace(rule, self._namespace)
        new.set("sqref", " ".join(_reference(area) for area in areas))
        rules.append(new)
        rules.set("count", str(len(rules)))

    def protect(self, protection: _Element) -> None:
        """Protect the sheet the way in which that of another workbook is."""
        old = self._root.find(self._tag("sheetProtection"))
        if old is not None:
            self._root.remove(old)
        put_child(self._root, in_namespace(protection, self._namespace), SHEET_ORDER)


def _reference(area: Area) -> str:
    top, left, bottom, right = area
    first, last = reference_of(top, left), reference_of(bottom, right)
    return first if first == last else f"{first}:{last}"


def protection_of(data: bytes) -> _Element | None:
    """How a sheet is protected; None where it is not."""
    root = parsed(data)
    found = root.find(f"{{{namespace_of(root)}}}sheetProtection")
    return None if found is None or found.get("sheet", "0") in FALSE else found


def has_drawing(data: bytes) -> bool:
    """Whether a sheet shows charts or pictures."""
    root = parsed(data)
    return root.find(f"{{{namespace_of(root)}}}drawing") is not None


class MendedBook(_Mended):
    """The workbook part while it is put right."""

    def names(self) -> dict[str, str]:
        """What the names of the whole workbook stand for."""
        return {
            (each.get("name") or ""): (each.text or "").strip()
            for each in self._root.iter(self._tag("definedName"))
            if each.get("localSheetId") is None
        }

    def set_names(self, names: Mapping[str, str]) -> None:
        """Give names of the whole workbook a meaning, new ones or old ones."""
        if not names:
            return
        listed = child_in_order(self._root, "definedNames", WORKBOOK_ORDER)
        held = {
            (each.get("name") or "").lower(): each
            for each in listed.iterchildren(self._tag("definedName"))
            if each.get("localSheetId") is None
        }
        for name, meaning in names.items():
            element = held.get(name.lower())
            if element is None:
                element = etree.SubElement(listed, self._tag("definedName"), {"name": name})
            element.text = meaning

    def show(self, titles: Iterable[str], state: str) -> None:
        """Set the state of sheets: `visible` or `hidden`."""
        wanted = set(titles)
        for sheet in self._root.iter(self._tag("sheet")):
            if sheet.get("name") in wanted:
                sheet.set("state", state)
        self._keep_open_tab()

    def _keep_open_tab(self) -> None:
        """A workbook never opens on a sheet that is hidden."""
        sheets = list(self._root.iter(self._tag("sheet")))
        first = next((n for n, each in enumerate(sheets) if each.get("state", "visible") == "visible"), 0)
        for view in self._root.iter(self._tag("workbookView")):
            number = view.get("activeTab", "0")
            place = int(number) if number.isdigit() else 0
            if place >= len(sheets) or sheets[place].get("state", "visible") != "visible":
                view.set("activeTab", str(first))
