"""A workbook file as parts of XML, read without any spreadsheet library: those forgive what Excel does not."""

from __future__ import annotations

import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
EXCEL_FORMULA = "{http://schemas.microsoft.com/office/excel/2006/main}f"
EXCEL_SQREF = "{http://schemas.microsoft.com/office/excel/2006/main}sqref"

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384

_CELL = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)

BUILT_IN_FORMATS = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    14: "mm-dd-yy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    22: "m/d/yy h:mm",
    37: "#,##0 ;(#,##0)",
    49: "@",
}


@dataclass(frozen=True, slots=True, order=True)
class Area:
    """A rectangle of cells, counted from 1 and including its last row and column."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def is_one_cell(self) -> bool:
        """Whether it is a single cell."""
        return self.top == self.bottom and self.left == self.right

    def overlaps(self, other: Area) -> bool:
        """Whether the two share a cell."""
        return (
            self.top <= other.bottom
            and other.top <= self.bottom
            and self.left <= other.right
            and other.left <= self.right
        )


@dataclass(frozen=True, slots=True)
class Style:
    """What a cell format says about number format, lock and fill; `fill` is None for no fill."""

    number_format: str = "General"
    locked: bool = True
    hidden: bool = False
    fill: str | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as the file has it; `value` is the text of its value, shared strings looked up."""

    reference: str
    kind: str
    value: str | None
    formula: str | None
    formula_kind: str
    style: int
    element: etree._Element = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Relation:
    """A relationship; `target` is the name of a part, or an address outside if `external`."""

    id: str
    kind: str
    target: str
    external: bool


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet of the workbook; `part` is None where its relationship is missing."""

    name: str
    state: str
    part: str | None


def parse_cell(reference: str) -> tuple[int, int] | None:
    """Return row and column of a cell reference, or None where it is none or lies outside the sheet."""
    match = _CELL.fullmatch(reference)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    row = int(match[2])
    return (row, column) if row <= LAST_ROW and column <= LAST_COLUMN else None


def parse_area(reference: str) -> Area | None:
    """Return the rectangle of `A1` or `A1:B2`, or None where it is none or is turned round."""
    first, _, last = reference.partition(":")
    start, end = parse_cell(first), parse_cell(last or first)
    if start is None or end is None or end[0] < start[0] or end[1] < start[1]:
        return None
    return Area(start[0], start[1], end[0], end[1])


def column_letters(column: int) -> str:
    """Return the letters of a column counted from 1."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


class Package:
    """The parts of an .xlsx or .xlsm, parsed when they are asked for.

    Raises:
        zipfile.BadZipFile: the file is no zip.
    """

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            self.names: list[str] = [info.filename for info in archive.infolist() if not info.is_dir()]
            self._data = {name: archive.read(name) for name in self.names}
        self._trees: dict[str, etree._Element] = {}

    def xml(self, part: str) -> etree._Element:
        """Return the root of a part; raises `KeyError` without it and `etree.XMLSyntaxError` if malformed."""
        if part not in self._trees:
            self._trees[part] = etree.fromstring(self._data[part], _PARSER)
        return self._trees[part]

    @property
    def xml_parts(self) -> list[str]:
        """The names of the parts that hold XML."""
        return [name for name in self.names if name.lower().endswith((".xml", ".rels", ".vml"))]

    def relations(self, part: str) -> list[Relation]:
        """Return the relationships of a part; those of the package itself for the empty name."""
        folder, name = posixpath.split(part)
        file = posixpath.join(folder, "_rels", f"{name}.rels")
        if file not in self._data:
            return []
        found = []
        for element in self.xml(file).iter(f"{RELATIONS}Relationship"):
            external = element.get("TargetMode") == "External"
            target = element.get("Target", "")
            if not external:
                target = target.partition("#")[0]
                target = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            kind = element.get("Type", "").rpartition("/")[2]
            found.append(Relation(element.get("Id", ""), kind, target, external))
        return found

    @cached_property
    def workbook_part(self) -> str:
        """The name of the workbook part."""
        return next(relation.target for relation in self.relations("") if relation.kind == "officeDocument")

    @cached_property
    def sheets(self) -> list[SheetPart]:
        """The sheets in the order of their tabs."""
        targets = {relation.id: relation.target for relation in self.relations(self.workbook_part)}
        return [
            SheetPart(sheet.get("name", ""), sheet.get("state", "visible"), targets.get(sheet.get(RELATION_ID, "")))
            for sheet in self.xml(self.workbook_part).iterfind(f"{MAIN}sheets/{MAIN}sheet")
        ]

    def tables(self, sheet_part: str) -> list[str]:
        """Return the names of the table parts of a sheet."""
        return [relation.target for relation in self.relations(sheet_part) if relation.kind == "table"]

    @cached_property
    def shared_strings(self) -> list[str]:
        """The shared strings without their formatting."""
        for relation in self.relations(self.workbook_part):
            if relation.kind == "sharedStrings" and relation.target in self._data:
                return [_text(item) for item in self.xml(relation.target).iterfind(f"{MAIN}si")]
        return []

    @cached_property
    def _styles(self) -> etree._Element | None:
        for relation in self.relations(self.workbook_part):
            if relation.kind == "styles" and relation.target in self._data:
                return self.xml(relation.target)
        return None

    @cached_property
    def styles(self) -> list[Style]:
        """The cell formats by the number that cells give."""
        root = self._styles
        if root is None:
            return [Style()]
        formats = BUILT_IN_FORMATS | {
            int(item.get("numFmtId", "0")): item.get("formatCode", "") for item in root.iter(f"{MAIN}numFmt")
        }
        fills = [_fill(item) for item in root.iterfind(f"{MAIN}fills/{MAIN}fill")]
        styles = []
        for item in root.iterfind(f"{MAIN}cellXfs/{MAIN}xf"):
            number, fill = int(item.get("numFmtId", "0")), int(item.get("fillId", "0"))
            protection = item.find(f"{MAIN}protection")
            styles.append(
                Style(
                    formats.get(number, f"format {number}"),
                    protection is None or protection.get("locked", "1") in ("1", "true"),
                    protection is not None and protection.get("hidden", "0") in ("1", "true"),
                    fills[fill] if fill < len(fills) else None,
                )
            )
        return styles

    @cached_property
    def conditional_styles(self) -> list[str]:
        """The formats of conditional formatting, each as a few words."""
        root = self._styles
        return [] if root is None else [_conditional(item) for item in root.iterfind(f"{MAIN}dxfs/{MAIN}dxf")]

    def cells(self, sheet_part: str) -> Iterator[Cell]:
        """Yield the cells of a sheet in the order of the file."""
        for element in self.xml(sheet_part).iterfind(f"{MAIN}sheetData/{MAIN}row/{MAIN}c"):
            formula = element.find(f"{MAIN}f")
            kind = element.get("t", "n")
            yield Cell(
                element.get("r", ""),
                kind,
                self._value(element, kind),
                None if formula is None else formula.text or "",
                "" if formula is None else formula.get("t", "normal"),
                int(element.get("s", "0")),
                element,
            )

    def _value(self, element: etree._Element, kind: str) -> str | None:
        if kind == "inlineStr":
            inline = element.find(f"{MAIN}is")
            return None if inline is None else _text(inline)
        value = element.find(f"{MAIN}v")
        if value is None:
            return None
        text = value.text or ""
        if kind == "s" and text.isdigit() and int(text) < len(self.shared_strings):
            return self.shared_strings[int(text)]
        return text


def _text(item: etree._Element) -> str:
    """Join the runs of a string, leaving out how it is pronounced."""
    phonetic = f"{MAIN}rPh"
    return "".join(t.text or "" for t in item.iter(f"{MAIN}t") if next(t.iterancestors(phonetic), None) is None)


def _fill(item: etree._Element) -> str | None:
    pattern = item.find(f"{MAIN}patternFill")
    if pattern is None:
        return "gradient"
    if pattern.get("patternType", "none") == "none":
        return None
    colour = _colour(pattern.find(f"{MAIN}fgColor"))
    return colour if pattern.get("patternType") == "solid" else f"{pattern.get('patternType')} {colour or ''}".strip()


def _colour(item: etree._Element | None) -> str | None:
    """Return a colour as RRGGBB, or by the name of where it comes from."""
    if item is None:
        return None
    if (rgb := item.get("rgb")) is not None:
        return rgb[-6:]
    return ",".join(f"{name} {item.get(name)}" for name in sorted(map(str, item.keys())))


def _conditional(item: etree._Element) -> str:
    words = []
    pattern = item.find(f"{MAIN}fill/{MAIN}patternFill")
    if pattern is not None:
        words.append(f"fill {_colour(pattern.find(f'{MAIN}bgColor')) or _colour(pattern.find(f'{MAIN}fgColor'))}")
    if (colour := item.find(f"{MAIN}font/{MAIN}color")) is not None:
        words.append(f"font {_colour(colour)}")
    if item.find(f"{MAIN}font/{MAIN}b") is not None:
        words.append("bold")
    if (number := item.find(f"{MAIN}numFmt")) is not None:
        words.append(f"format {number.get('formatCode')}")
    if item.find(f"{MAIN}border") is not None:
        words.append("border")
    return ", ".join(words) or "plain"
