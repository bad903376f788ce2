"""Sets the values of cells in a finished workbook and leaves everything else as it is.

Only the XML of the sheets that are named changes, and in it only the cells that are named. Where a cell has a formula, its
cached result is replaced and the formula stays.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from xlmalekort.problems import Problem
from xlmalekort.xlsx.archive import replace_members
from xlmalekort.xlsx.gate import open_package
from xlmalekort.xlsx.references import LAST_COLUMN, LAST_ROW, area_of, place_of, reference_of
from xlmalekort.xlsx.trees import WORKBOOK_ORDER, PatchError, nsmap, parsed, put_child, written
from xlmalekort.xlsx.workbook import RawWorkbook, read_workbook, workbook_part
from xlmalekort.xlsx.xml import TRUE, UnreadableError, escaped, namespace_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element

LONGEST_TEXT = 32_767


@dataclass(frozen=True, slots=True)
class ErrorValue:
    """An error of Excel, such as `#N/A`, as the result of a formula."""

    name: str


Scalar = int | float | str | bool | ErrorValue | None
"""What a cell may hold; None is nothing."""


@dataclass(frozen=True, slots=True)
class Plain:
    """A value that takes the place of whatever stands in the cell, a formula included."""

    value: Scalar


@dataclass(frozen=True, slots=True)
class Result:
    """What a formula comes to. Where no formula stands, because somebody took it away or it never was there, nothing changes."""

    value: Scalar


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula (without its equals sign) that takes the place of whatever stands in the cell, and what it comes to.

    `style` is the number of a cell style; None leaves the cell's own.
    """

    text: str
    value: Scalar
    style: int | None = None


@dataclass(frozen=True, slots=True)
class Styled:
    """Another style for a cell, by its number; what the cell holds stays."""

    style: int


Value = Scalar | Plain | Result
Change = Value | Formula | Styled
"""What may become of a cell."""


def patch_workbook(
    content: bytes, changes: Mapping[str, Mapping[tuple[int, int], Change]], *, recalculate: bool = True
) -> bytes:
    """The workbook with values set, by the title of the sheet and row and column counted from 0.

    A plain value in a cell with a formula replaces the formula's cached result only; `Plain` replaces the formula too, and a
    `Result` is set only where a formula stands. `Formula` sets a formula with its result, `Styled` nothing but the style.
    None empties the cell and keeps its style. Parts that are not touched keep their bytes, names, order and times.
    `recalculate` asks Excel to work out every formula when it opens the file.

    Raises:
        PatchError: no such workbook or sheet, a text over 32,767 characters, a number that is not finite, or a `Plain`
            over a formula that other cells share.
    """
    workbook = open_to_change(content)
    try:
        changed = _changed_parts(workbook, changes)
        part = workbook_part(workbook.package)
        if recalculate and part is not None:
            changed |= _with_full_calculation(part, workbook.package.read(part))
    except UnreadableError as error:
        message = f"the workbook cannot be read ({error.code})"
        raise PatchError(message) from error
    return replace_members(content, changed) if changed else content


def _changed_parts(workbook: RawWorkbook, changes: Mapping[str, Mapping[tuple[int, int], Change]]) -> dict[str, bytes]:
    changed: dict[str, bytes] = {}
    for title, cells in changes.items():
        entry = workbook.sheet(title)
        if entry is None or not entry.is_worksheet:
            message = f"the workbook has no worksheet {title!r}"
            raise PatchError(message)
        if cells:
            changed[entry.part] = _patched_sheet(workbook.package.read(entry.part), cells)
    return changed


def open_to_change(content: bytes) -> RawWorkbook:
    """The workbook, opened; PatchError where it is none that can be changed."""
    package = open_package(content, "")
    workbook = read_workbook(package) if not isinstance(package, Problem) else package
    if isinstance(workbook, Problem):
        message = f"the workbook cannot be opened ({workbook.code})"
        raise PatchError(message)
    return workbook


def _patched_sheet(data: bytes, cells: Mapping[tuple[int, int], Change]) -> bytes:
    root = parsed(data)
    sheet = _Sheet(root)
    by_row: dict[int, dict[int, Change]] = {}
    for (row, column), value in cells.items():
        if not (0 <= row <= LAST_ROW and 0 <= column <= LAST_COLUMN):
            message = f"row {row}, column {column} lies outside a sheet"
            raise PatchError(message)
        by_row.setdefault(row, {})[column] = value
    sheet.patch(by_row)
    _widen_dimension(root, sheet.namespace, cells)
    return written(root)


class _Sheet:
    """The tree of a sheet while its cells are set."""

    def __init__(self, root: _Element) -> None:
        self.namespace = namespace_of(root)
        rows = root.find(f"{{{self.namespace}}}sheetData")
        if rows is None:
            message = "the sheet has no cells to set"
            raise PatchError(message)
        self._rows = rows
        names = ("row", "c", "v", "f", "is", "t")
        self._row, self._c, self._v, self._f, self._is, self._t = (f"{{{self.namespace}}}{name}" for name in names)

    def patch(self, by_row: dict[int, dict[int, Change]]) -> None:
        """Set the values by row and column."""
        waiting = dict(by_row)
        number = -1
        existing: list[tuple[int, _Element]] = []
        for element in self._rows.iterchildren(self._row):
            given = element.get("r")
            number = int(given) - 1 if given else number + 1
            existing.append((number, element))
            if number in waiting:
                self._patch_row(element, number, waiting.pop(number))
        for number, values in sorted(waiting.items()):
            if any(_makes_a_cell(value) for value in values.values()):
                self._patch_row(self._new_row(number, existing), number, values)

    def _new_row(self, number: int, existing: list[tuple[int, _Element]]) -> _Element:
        """An empty row, put before the first one that comes after it."""
        element = self._rows.makeelement(self._row, {"r": str(number + 1)}, nsmap(self._rows))
        for index, (each, after) in enumerate(existing):
            if each > number:
                after.addprevious(element)
                existing.insert(index, (number, element))
                return element
        self._rows.append(element)
        existing.append((number, element))
        return element

    def _patch_row(self, row: _Element, number: int, values: dict[int, Change]) -> None:
        waiting = dict(values)
        column = -1
        existing: list[tuple[int, _Element]] = []
        is_unnamed = False
        for cell in row.iterchildren(self._c):
            reference = cell.get("r")
            place = place_of(reference) if reference else None
            column = place[1] if place else column + 1
            is_unnamed |= place is None
            existing.append((column, cell))
            if column in waiting:
                self._set(cell, waiting.pop(column))
        missing = sorted(column for column, value in waiting.items() if _makes_a_cell(value))
        if not missing:
            return
        if is_unnamed:  # a new cell among cells that only their order places
            row.set("r", str(number + 1))
            for column, cell in existing:
                cell.set("r", reference_of(number, column))
        _widen_spans(row, missing)
        for column in missing:
            self._set(self._new_cell(row, number, column, existing), waiting[column])

    def _new_cell(self, row: _Element, number: int, column: int, existing: list[tuple[int, _Element]]) -> _Element:
        cell = row.makeelement(self._c, {"r": reference_of(number, column)}, nsmap(row))
        for index, (each, after) in enumerate(existing):
            if each > column:
                after.addprevious(cell)
                existing.insert(index, (column, cell))
                return cell
        if existing:
            existing[-1][1].addnext(cell)
        else:
            row.insert(0, cell)
        existing.append((column, cell))
        return cell

    def _set(self, cell: _Element, value: Change) -> None:
        formula: _Element | None = None
        held: _Element | None = None
        for child in cell:
            if child.tag == self._v:
                held = child
            elif child.tag == self._f:
                formula = child
        if isinstance(value, Styled):
            cell.set("s", str(value.style))
            return
        if isinstance(value, Result) and formula is None:
            return
        if isinstance(value, Plain | Formula) and formula is not None:
            _remove_formula(cell, formula)
            formula = None
        if isinstance(value, Formula):
            formula = self._put_formula(cell, value)
        self._put(cell, held, _scalar(value), has_formula=formula is not None)

    def _put_formula(self, cell: _Element, value: Formula) -> _Element:
        """The formula as the first thing in the cell, in the style that it asks for."""
        if value.style is not None:
            cell.set("s", str(value.style))
        formula = cell.makeelement(self._f, None, nsmap(cell))
        formula.text = value.text
        cell.insert(0, formula)
        return formula

    def _put(self, cell: _Element, held: _Element | None, value: Scalar, *, has_formula: bool) -> None:
        """Set the value of a cell in place of the element that held the old one."""
        kind, text = _kind_and_text(value)
        is_inline = kind == "str" and not has_formula
        if held is not None and (text is None or is_inline):
            cell.remove(held)
        self._forget(cell, has_formula=has_formula)
        if is_inline and text is not None:
            kind = "inlineStr"
            _set_text(etree.SubElement(self._new_child(cell, self._is), self._t), text)
        elif text is not None:
            _set_text(self._new_child(cell, self._v) if held is None else held, text)
        if kind is not None:
            cell.set("t", kind)
        elif cell.get("t") is not None:
            del cell.attrib["t"]

    def _forget(self, cell: _Element, *, has_formula: bool) -> None:
        """Take away what the cell said of its old value."""
        for name in ("vm",) if has_formula else ("vm", "cm"):
            if cell.get(name) is not None:
                del cell.attrib[name]
        if cell.get("t") == "inlineStr":
            for child in cell.findall(self._is):
                cell.remove(child)

    def _new_child(self, cell: _Element, tag: str) -> _Element:
        """After the formula, before extensions."""
        child = etree.SubElement(cell, tag)
        if len(cell) > 1 and cell[-2].tag != self._f:
            after = next(index for index, each in enumerate(cell) if each.tag != self._f)
            cell.insert(after, child)
        return child


_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def _set_text(element: _Element, text: str) -> None:
    element.text = text
    if text != text.strip() or "\n" in text or "\t" in text or "  " in text:
        element.set(_SPACE, "preserve")


def _scalar(value: Change) -> Scalar:
    if isinstance(value, Styled):
        return None
    return value.value if isinstance(value, Plain | Result | Formula) else value


def _makes_a_cell(value: Change) -> bool:
    """Whether a cell is made for it where there is none."""
    return isinstance(value, Styled) or (not isinstance(value, Result) and _scalar(value) is not None)


def _kind_and_text(value: Scalar) -> tuple[str | None, str | None]:
    """The type that a cell gives and the text of its value; None twice for nothing."""
    match value:
        case None:
            return None, None
        case bool():
            return "b", "1" if value else "0"
        case int():
            return None, str(value)
        case float():
            if not math.isfinite(value):
                message = f"{value} is no number that a cell can hold"
                raise PatchError(message)
            return None, str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)  # noqa: PLR2004
        case ErrorValue():
            return "e", value.name
        case str():
            if len(value) > LONGEST_TEXT:
                message = f"a cell holds at most {LONGEST_TEXT} characters, not {len(value)}"
                raise PatchError(message)
            return "str", escaped(value)


def _remove_formula(cell: _Element, formula: _Element) -> None:
    """Take the formula away, unless other cells hang on it."""
    kind = formula.get("t")
    is_master = formula.get("ref") is not None and formula.get("ref") != cell.get("r")
    if kind in ("array", "dataTable") or (kind == "shared" and is_master):
        message = f"{cell.get('r')} holds a formula that other cells share; it cannot be replaced by itself"
        raise PatchError(message)
    cell.remove(formula)


def _widen_spans(row: _Element, columns: list[int]) -> None:
    """The hint about which columns a row uses, dropped where it would become wrong."""
    spans = row.get("spans")
    if spans is None:
        return
    first, _, last = spans.partition(":")
    if not (first.isdecimal() and last.isdecimal() and int(first) <= columns[0] + 1 and columns[-1] + 1 <= int(last)):
        del row.attrib["spans"]


def _widen_dimension(root: _Element, namespace: str, cells: Mapping[tuple[int, int], Change]) -> None:
    element = root.find(f"{{{namespace}}}dimension")
    area = area_of(element.get("ref") or "") if element is not None else None
    places = [place for place, value in cells.items() if _makes_a_cell(value)]
    if element is None or area is None or not places:
        return
    top = min(area[0], *(row for row, _ in places))
    left = min(area[1], *(column for _, column in places))
    bottom = max(area[2], *(row for row, _ in places))
    right = max(area[3], *(column for _, column in places))
    if (top, left, bottom, right) != area:
        element.set("ref", f"{reference_of(top, left)}:{reference_of(bottom, right)}")


def _with_full_calculation(part: str, data: bytes) -> dict[str, bytes]:
    """The workbook part, asking for a full calculation; nothing where it asks already."""
    root = parsed(data)
    namespace = namespace_of(root)
    element = root.find(f"{{{namespace}}}calcPr")
    if element is None:
        element = root.makeelement(f"{{{namespace}}}calcPr", None, nsmap(root))
        put_child(root, element, WORKBOOK_ORDER)
    elif element.get("fullCalcOnLoad") in TRUE:
        return {}
    element.set("fullCalcOnLoad", "1")
    return {part: written(root)}
