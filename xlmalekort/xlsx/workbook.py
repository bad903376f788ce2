"""What the workbook part says: sheets, names, shared strings and number formats."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

from xlmalekort.locale import N_
from xlmalekort.locale.told import Phrase
from xlmalekort.xlsx.number_codes import is_plain
from xlmalekort.xlsx.references import place_of
from xlmalekort.xlsx.xml import (
    STRICT,
    TRANSITIONAL,
    UnreadableError,
    local_name,
    namespace_of,
    parse,
    path,
    unescaped,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element

    from xlmalekort.problems import Problem
    from xlmalekort.xlsx.gate import Package

_NO_WORKBOOK = N_("a packed file (zip)")


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A sheet as the workbook lists it. `part` is the name of its part; charts and macro sheets are no worksheets."""

    title: str
    part: str
    state: str
    is_worksheet: bool

    @property
    def is_hidden(self) -> bool:
        """Whether people do not see it."""
        return self.state != "visible"


@dataclass(frozen=True)
class NumberFormats:
    """Which cell styles, by their number, show a number as a date, as a percentage, or as another number than it is."""

    dates: frozenset[int] = frozenset()
    percentages: frozenset[int] = frozenset()
    dates_without_year: frozenset[int] = frozenset()
    """Those of the dates that show day and month only."""
    amounts: frozenset[int] = frozenset()
    """Those that show digits in groups of three, as of money."""
    odd: Mapping[int, str] = field(default_factory=dict, hash=False)
    """The codes of those that show another number than the cell holds, or may do so."""
    struck: frozenset[int] = frozenset()
    """Those that strike out what stands in the cell."""
    white: frozenset[int] = frozenset()
    """Those that write white on white."""

    @cached_property
    def doubtful(self) -> frozenset[int]:
        """Those that show something else than the cell holds, or nothing that counts."""
        return frozenset(self.odd) | self.struck | self.white


@dataclass(frozen=True)
class RawWorkbook:
    """A workbook before any sheet is read. Sheets stand in the order of their tabs.

    `names` gives the sheet's title and the cell, counted from 0, for each name of the workbook that stands for one cell;
    `name_texts` says what every name (in small letters) stands for, and `external_names` are those that stand for something
    in another file.
    """

    package: Package
    namespace: str
    sheets: tuple[SheetEntry, ...]
    names: Mapping[str, tuple[str, tuple[int, int]]]
    name_texts: Mapping[str, str] = field(repr=False)
    external_names: frozenset[str]
    strings: tuple[str, ...] = field(repr=False)
    formats: NumberFormats
    has_macros: bool
    has_links: bool

    @property
    def file(self) -> str:
        """The name of the file."""
        return self.package.file

    def sheet(self, title: str) -> SheetEntry | None:
        """The sheet of exactly this title; None where there is none."""
        return next((sheet for sheet in self.sheets if sheet.title == title), None)


def read_workbook(package: Package) -> RawWorkbook | Problem:
    """The workbook of a package, or why it cannot be read (FIL-002, -003, -008, -010)."""
    try:
        return _workbook(package)
    except UnreadableError as error:
        return error.as_problem(package.file)


@dataclass(frozen=True, slots=True)
class Relation:
    """A relationship of a part. `kind` is the last word of its type; `target` a part's name, or an address outside."""

    id: str
    kind: str
    target: str
    is_external: bool


def relations_of(package: Package, part: str) -> tuple[Relation, ...]:
    """The relationships of a part, of the package itself for the empty name."""
    folder, name = posixpath.split(part)
    found = package.find(posixpath.join(folder, "_rels", f"{name}.rels"))
    return tuple(_relations(package, found, folder)) if found else ()


def _relations(package: Package, rels: str, folder: str) -> Iterator[Relation]:
    for element in parse(package.read(rels)):
        target = (element.get("Target") or "").replace("\\", "/")
        is_external = element.get("TargetMode") == "External"
        if not is_external:
            target = posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")
            target = package.find(target) or target
        kind = (element.get("Type") or "").rpartition("/")[2]
        yield Relation(element.get("Id") or "", kind, target, is_external)


def workbook_part(package: Package) -> str | None:
    """The name of the workbook part; None where the package has none."""
    for relation in relations_of(package, ""):
        if relation.kind == "officeDocument" and package.find(relation.target):
            return relation.target
    return package.find("xl/workbook.xml")


def _workbook(package: Package) -> RawWorkbook:
    part = workbook_part(package)
    if part is None:
        raise UnreadableError("FIL-003", {"type": Phrase(_NO_WORKBOOK)})
    root = parse(package.read(part))
    namespace = namespace_of(root)
    if local_name(root) != "workbook" or namespace not in (TRANSITIONAL, STRICT):
        raise UnreadableError("FIL-003", {"type": Phrase(_NO_WORKBOOK)})
    relations = relations_of(package, part)
    targets = {relation.kind: relation.target for relation in relations if not relation.is_external}
    names, name_texts = _names(root, namespace)
    return RawWorkbook(
        package,
        namespace,
        tuple(_sheets(package, root, namespace, relations)),
        names,
        name_texts,
        frozenset(name for name, text in name_texts.items() if "[" in text),
        _strings(package, targets.get("sharedStrings")),
        _formats(package, targets.get("styles")),
        any(name.lower().endswith("vbaproject.bin") for name in package.names),
        any(relation.kind == "externalLink" for relation in relations),
    )


def _sheets(package: Package, root: _Element, namespace: str, relations: tuple[Relation, ...]) -> Iterator[SheetEntry]:
    by_id = {relation.id: relation for relation in relations}
    for sheet in root.iterfind(f"{{{namespace}}}sheets/{{{namespace}}}sheet"):
        number = next((str(value) for key, value in sheet.items() if str(key).endswith("}id")), "")
        relation = by_id.get(number)
        if relation is None or relation.is_external or package.find(relation.target) is None:
            raise UnreadableError("FIL-002")
        state = sheet.get("state") or "visible"
        yield SheetEntry(sheet.get("name") or "", relation.target, state, relation.kind == "worksheet")


_TARGET = re.compile(r"(?:'((?:[^']|'')+)'|([^'!\[\]]+))!(\$?[A-Z]{1,3}\$?[0-9]{1,7})", re.ASCII)


def _names(root: _Element, namespace: str) -> tuple[dict[str, tuple[str, tuple[int, int]]], dict[str, str]]:
    names: dict[str, tuple[str, tuple[int, int]]] = {}
    texts: dict[str, str] = {}
    for element in root.iterfind(f"{{{namespace}}}definedNames/{{{namespace}}}definedName"):
        name, text = element.get("name") or "", (element.text or "").strip()
        if "[" in text or name.lower() not in texts:
            texts[name.lower()] = text
        if element.get("localSheetId") is not None:
            continue  # the name of one sheet only, such as a copied sheet brings along
        found = _TARGET.fullmatch(text)
        place = place_of(found[3]) if found else None
        if found and place:
            names[name.lower()] = ((found[1] or found[2]).replace("''", "'"), place)
    return names, texts


# Shared strings


def _strings(package: Package, part: str | None) -> tuple[str, ...]:
    if part is None:
        return ()
    if package.find(part) is None:
        raise UnreadableError("FIL-002")
    root = parse(package.read(part))
    namespace = namespace_of(root)
    plain = path("m:si/m:t", namespace)(root)
    if len(plain) == len(root):
        return tuple(unescaped(text.text or "") for text in plain)
    return tuple(rich_text(item, namespace) for item in root)


def rich_text(item: _Element, namespace: str) -> str:
    """The runs of a string as one text, without how it is pronounced."""
    return unescaped("".join(text.text or "" for text in path("m:t | m:r/m:t", namespace)(item)))


# Number formats

_DATE_FORMATS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_PERCENT_FORMATS = frozenset({9, 10})
_AMOUNT_FORMATS = frozenset({3, 4, *range(5, 9), *range(37, 45)})
_DAY_AND_MONTH = 16
_NOT_CODE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE)
_DATE_LETTERS = re.compile(r"[dmyhs]", re.IGNORECASE)


def _formats(package: Package, part: str | None) -> NumberFormats:
    return _read_formats(package.read(part)) if part is not None and package.find(part) else NumberFormats()


_CELL_FORMATS = "/*/m:cellXfs/m:xf"
_WHITE = ("@rgb='FFFFFFFF'", "@rgb='00FFFFFF'", "@theme='0' and not(@tint)", "@indexed='9'", "@indexed='1'")


def _unseen(root: _Element, namespace: str) -> tuple[frozenset[int], frozenset[int]]:
    """The styles that strike out, and those that write white on white."""
    fonts = path("/*/m:fonts/m:font", namespace)(root)
    fills = path("/*/m:fills/m:fill", namespace)(root)
    is_white = " or ".join(_WHITE)
    struck = {
        str(number)
        for number, font in enumerate(fonts)
        if path("m:strike[not(@val) or @val='1' or @val='true']", namespace)(font)
    }
    white = {str(number) for number, font in enumerate(fonts) if path(f"m:color[{is_white}]", namespace)(font)}
    blank = {
        str(number)
        for number, fill in enumerate(fills)
        if path(f"m:patternFill[not(@patternType) or @patternType='none' or m:fgColor[{is_white}]]", namespace)(fill)
    }
    found = [(each.get("fontId") or "0", each.get("fillId") or "0") for each in path(_CELL_FORMATS, namespace)(root)]
    return (
        frozenset(index for index, (font, _) in enumerate(found) if font in struck),
        frozenset(index for index, (font, fill) in enumerate(found) if font in white and fill in blank),
    )


@lru_cache(maxsize=16)
def _read_formats(styles: bytes) -> NumberFormats:
    """The formats of a styles part, which is the same in every workbook of one template."""
    root = parse(styles)
    namespace = namespace_of(root)
    # Conditional formats have codes too, whose numbers may mean something else.
    found = path("/*/m:numFmts/m:numFmt", namespace)(root)
    codes = {item.get("numFmtId"): item.get("formatCode") or "" for item in found}
    dates, percentages, without_year, amounts = set(), set(), set(), set()
    odd: dict[int, str] = {}
    is_odd = {name: not is_plain(code) for name, code in codes.items()}
    for index, number in enumerate(path(_CELL_FORMATS, namespace)(root)):
        name = number.get("numFmtId") or "0"
        if is_odd.get(name):
            odd[index] = codes[name]
        standard = int(name) if name.isdecimal() and len(name) <= 9 else 0  # noqa: PLR2004 - any number of a format
        code = _NOT_CODE.sub("", codes.get(name, ""))
        if (standard in _DATE_FORMATS and not code) or (_DATE_LETTERS.search(code) and "general" not in code.lower()):
            dates.add(index)
            letters = code.lower()
            if standard == _DAY_AND_MONTH or ("d" in letters and "m" in letters and "y" not in letters):
                without_year.add(index)
        elif standard in _PERCENT_FORMATS or "%" in code:
            percentages.add(index)
        elif (standard in _AMOUNT_FORMATS and not code) or "," in code:
            amounts.add(index)
    return NumberFormats(
        frozenset(dates),
        frozenset(percentages),
        frozenset(without_year),
        frozenset(amounts),
        odd,
        *_unseen(root, namespace),
    )
