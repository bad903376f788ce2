"""A workbook as text that people can read and compare: golden files hold such dumps instead of zipped XML.

`UPDATE_GOLDEN=1 pytest ...` writes the golden files anew; look at the difference before committing it.
"""

from __future__ import annotations

import difflib
import json
import os
import re
import sys
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree

from tests.support.package import (
    EXCEL_FORMULA,
    EXCEL_SQREF,
    MAIN,
    RELATION_ID,
    Cell,
    Package,
    SheetPart,
    Style,
    column_letters,
    parse_cell,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SHOWN_DIFFERENCES = 40
UPDATE = "UPDATE_GOLDEN"


def dump_workbook(path: Path | str, *, hidden_rows: int | None = None) -> str:
    """Return the contents of an .xlsx or .xlsm as text, the same for the same contents.

    First what belongs to the workbook (its parts, sheets and defined names), then sheet by sheet its set-up and its
    cells in the order of the file, one a line: value, or formula and cached value, then number format unless General,
    `unlocked`, and fill. Blank cells are left out unless they are unlocked or filled; neighbours in a row that are
    alike share a line. Dates of making and the bytes of charts, pictures and macros are left out. Of hidden sheets at
    most `hidden_rows` lines of cells are there, if it is given.
    """
    package = Package(Path(path))
    lines = [*_workbook_lines(package)]
    for sheet in package.sheets:
        lines += ["", f"== {sheet.name} =="]
        if sheet.part is not None and sheet.part in package.names:
            cells = list(_cell_lines(package, sheet.part))
            if hidden_rows is not None and sheet.state != "visible" and len(cells) > hidden_rows:
                cells = [*cells[:hidden_rows], f"... and {len(cells) - hidden_rows} more lines"]
            lines += [*_sheet_lines(package, sheet, sheet.part), *cells]
    return "\n".join(lines) + "\n"


def assert_matches_golden(path: Path | str, golden: Path | str, *, hidden_rows: int | None = None) -> None:
    """Assert that the dump of a workbook is what the golden file says; with UPDATE_GOLDEN=1 write the golden instead.

    Raises:
        AssertionError: they differ, or there is no golden file; the message names the first sheet that differs.
    """
    __tracebackhide__ = True
    golden = Path(golden)
    found = dump_workbook(path, hidden_rows=hidden_rows)
    if os.environ.get(UPDATE) == "1":
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(found, encoding="utf-8", newline="\n")
        return
    if not golden.exists():
        raise AssertionError(f"there is no {golden}; make it with {UPDATE}=1")
    expected = golden.read_text(encoding="utf-8")
    if found != expected:
        raise AssertionError(_difference(expected, found, golden, Path(path)))


def _difference(expected: str, found: str, golden: Path, path: Path) -> str:
    old, new = expected.splitlines(), found.splitlines()
    pairs = enumerate(zip(old, new, strict=False))
    first = next((number for number, (left, right) in pairs if left != right), min(len(old), len(new)))
    longer = new if first < len(new) else old
    headings = [line[3:-3] for line in longer[: first + 1] if line.startswith("== ")]
    where = f"sheet {headings[-1]!r}" if headings else "the workbook itself"
    lines = list(difflib.unified_diff(old, new, golden.name, path.name, lineterm="", n=1))
    if len(lines) > SHOWN_DIFFERENCES:
        lines = [*lines[:SHOWN_DIFFERENCES], f"... and {len(lines) - SHOWN_DIFFERENCES} more lines"]
    return "\n".join(
        [f"{path.name} differs from {golden.name} first in {where}; if it is meant, run with {UPDATE}=1", *lines]
    )


# --- the workbook -------------------------------------------------------------------------------------------------


def _workbook_lines(package: Package) -> Iterator[str]:
    workbook = package.xml(package.workbook_part)
    yield "parts: " + ", ".join(sorted(name for name in package.names if not name.startswith("docProps/")))
    for item in workbook.iterfind(f"{MAIN}calcPr"):
        yield f"calculation: {_attributes(item)}"
    for item in workbook.iterfind(f"{MAIN}workbookProtection"):
        yield f"workbook protection: {_attributes(item)}"
    for sheet in package.sheets:
        yield f"sheet: {sheet.name}" + ("" if sheet.state == "visible" else f" ({sheet.state})")
    names = workbook.iterfind(f"{MAIN}definedNames/{MAIN}definedName")
    yield from sorted(_name_line(package, item) for item in names)


def _name_line(package: Package, item: etree._Element) -> str:
    local = item.get("localSheetId")
    scope = "" if local is None else f" in {package.sheets[int(local)].name}"
    hidden = " (hidden)" if item.get("hidden") == "1" else ""
    return f"name: {item.get('name')}{scope}{hidden} = {item.text}"


def _attributes(item: etree._Element, *, without: Iterable[str] = ()) -> str:
    left_out = set(without)
    names = sorted(str(name) for name in item.keys())  # noqa: SIM118  an element is no mapping
    shown = (f"{etree.QName(name).localname}={item.get(name)}" for name in names if name not in left_out)
    return " ".join(shown)


# --- the set-up of a sheet ----------------------------------------------------------------------------------------


_SETTINGS = {
    "sheetPr": "properties",
    "dimension": "dimension",
    "sheetProtection": "protection",
    "autoFilter": "filter",
    "printOptions": "print",
    "pageSetup": "page",
}


def _sheet_lines(package: Package, sheet: SheetPart, part: str) -> Iterator[str]:
    root = package.xml(part)
    if sheet.state != "visible":
        yield f"state: {sheet.state}"
    for name, word in _SETTINGS.items():
        for item in root.iterfind(f"{MAIN}{name}"):
            yield f"{word}: {_attributes(item, without=[RELATION_ID])}".rstrip()
    yield from (f"frozen: {_attributes(item)}" for item in root.iter(f"{MAIN}pane"))
    yield from (_column_line(item, package.styles) for item in root.iterfind(f"{MAIN}cols/{MAIN}col"))
    for item in root.iterfind(f"{MAIN}sheetData/{MAIN}row"):
        if item.get("ht") or item.get("hidden"):
            yield f"row {item.get('r')}: height {item.get('ht')}" + (" hidden" if item.get("hidden") else "")
    merges = [item.get("ref", "") for item in root.iter(f"{MAIN}mergeCell")]
    if merges:
        yield f"merges: {' '.join(sorted(merges, key=_by_place))}"
    yield from _rule_lines(package, root)
    yield from (f"link: {_attributes(item, without=[RELATION_ID])}" for item in root.iter(f"{MAIN}hyperlink"))
    yield from (_table_line(package.xml(table)) for table in package.tables(part))
    kinds = sorted(relation.kind for relation in package.relations(part) if relation.kind not in ("table", "hyperlink"))
    if kinds:
        yield f"belongs to it: {', '.join(kinds)}"


def _column_line(item: etree._Element, styles: list[Style]) -> str:
    first, last = (column_letters(int(item.get(name, "1"))) for name in ("min", "max"))
    width = f"width {float(item.get('width', '0')):.2f}"
    words = [width, *(["hidden"] if item.get("hidden") else []), *_style_words(_style(styles, item.get("style", "0")))]
    return f"column {first if first == last else f'{first}:{last}'}: {' | '.join(words)}"


def _rule_lines(package: Package, root: etree._Element) -> Iterator[str]:
    for item in root.iter("{*}dataValidation"):
        formulas = [f"{etree.QName(child).localname} {_formula(child)}" for child in item if child.tag != EXCEL_SQREF]
        sqref = item.get("sqref") or item.findtext(EXCEL_SQREF)
        yield f"validation {sqref}: {' '.join([_attributes(item, without=['sqref']), *formulas])}"
    for group in root.iter("{*}conditionalFormatting"):
        sqref = group.get("sqref") or group.findtext(EXCEL_SQREF)
        for rule in group.iterchildren("{*}cfRule"):
            number = rule.get("dxfId")
            look = "" if number is None else f" -> {package.conditional_styles[int(number)]}"
            inside = [_rule_part(child) for child in rule if child.tag != f"{MAIN}extLst"]
            yield f"condition {sqref}: {' '.join([_attributes(rule, without=['dxfId', 'id']), *inside])}{look}"


def _rule_part(child: etree._Element) -> str:
    name = etree.QName(child).localname
    if name in ("formula", "f"):
        return f"[{_formula(child)}]"
    inside = " ".join(f"{etree.QName(item).localname}({_attributes(item)})" for item in child.iter("*"))
    return f"{{{inside}}}"


def _formula(item: etree._Element) -> str:
    inner = item.find(EXCEL_FORMULA)
    return (item.text if inner is None else inner.text) or ""


def _table_line(table: etree._Element) -> str:
    headers = [item.get("name", "") for item in table.iterfind(f"{MAIN}tableColumns/{MAIN}tableColumn")]
    return f"table {table.get('displayName')} {table.get('ref')}: {', '.join(headers)}"


# --- cells --------------------------------------------------------------------------------------------------------


def _cell_lines(package: Package, part: str) -> Iterator[str]:
    def look(cell: Cell) -> tuple[int, bool, str]:
        """Tell what neighbours must have in common to share a line; a cell with contents shares with none."""
        blank = cell.value is None and cell.formula is None
        place = parse_cell(cell.reference)
        return (0 if place is None else place[0], blank, f"style {cell.style}" if blank else cell.reference)

    for (_, blank, _), group in groupby(package.cells(part), key=look):
        cells = list(group)
        first, last = cells[0].reference, cells[-1].reference
        words = _style_words(_style(package.styles, str(cells[0].style)))
        if not blank:
            yield " | ".join([f"{first}: {_contents(cells[0])}", *words])
        elif any(word.startswith(("unlocked", "fill")) for word in words):
            yield " | ".join([f"{first if first == last else f'{first}:{last}'}: blank", *words])


def _contents(cell: Cell) -> str:
    value = _value(cell)
    if cell.formula is None:
        return value
    text = cell.formula or f"as shared formula {_shared_number(cell)}"
    mark = {"normal": "=", "shared": "=", "array": "{=}"}.get(cell.formula_kind, f"{cell.formula_kind} =")
    return f"{mark}{text} -> {value}"


def _shared_number(cell: Cell) -> str | None:
    formula = cell.element.find(f"{MAIN}f")
    return None if formula is None else formula.get("si")


def _value(cell: Cell) -> str:
    if cell.value is None:
        return "no value"
    if cell.kind in ("s", "str", "inlineStr") or not cell.value:
        return json.dumps(cell.value, ensure_ascii=False)
    if cell.kind == "b":
        return "TRUE" if cell.value == "1" else "FALSE"
    if cell.kind == "e" or not re.fullmatch(r"-?[0-9.]+(?:E[-+]?[0-9]+)?", cell.value, re.IGNORECASE):
        return cell.value
    return f"{float(cell.value):.15g}"


def _style(styles: list[Style], number: str) -> Style:
    return styles[int(number)] if int(number) < len(styles) else Style()


def _style_words(style: Style) -> list[str]:
    return [
        *([style.number_format] if style.number_format != "General" else []),
        *([] if style.locked else ["unlocked"]),
        *(["formula hidden"] if style.hidden else []),
        *([f"fill {style.fill}"] if style.fill is not None else []),
    ]


def _by_place(reference: str) -> tuple[int, int]:
    return parse_cell(reference.partition(":")[0]) or (0, 0)


if __name__ == "__main__":
    sys.stdout.write(dump_workbook(sys.argv[1]))
