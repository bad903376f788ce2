"""What the workbook part says: sheets, names and shared strings."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote

from xlmalekort.locale import N_
from xlmalekort.locale.told import Phrase
from xlmalekort.xlsx.formats import NumberFormats, is_uneven, read_formats
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
class RawWorkbook:
    """A workbook before any sheet is read. Sheets stand in the order of their tabs.

    `names` gives the sheet's title and the cell, counted from 0, for each name of the workbook that stands for one cell;
    `name_texts` says what every name (in small letters) stands for, and `external_names` are those that stand for something
    in another file. `uneven` are the indices of the shared strings whose parts look different (`formats.is_uneven`).
    """

    package: Package
    namespace: str
    sheets: tuple[SheetEntry, ...]
    names: Mapping[str, tuple[str, tuple[int, int]]]
    name_texts: Mapping[str, str] = field(repr=False)
    external_names: frozenset[str]
    strings: tuple[str, ...] = field(repr=False)
    uneven: frozenset[int]
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
    styles = targets.get("styles")
    return RawWorkbook(
        package,
        namespace,
        tuple(_sheets(package, root, namespace, relations)),
        names,
        name_texts,
        frozenset(name for name, text in name_texts.items() if "[" in text),
        *_strings(package, targets.get("sharedStrings")),
        read_formats(package.read(styles)) if styles is not None and package.find(styles) else NumberFormats(),
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


def _strings(package: Package, part: str | None) -> tuple[tuple[str, ...], frozenset[int]]:
    """The shared strings, and the indices of those whose parts look different."""
    if part is None:
        return (), frozenset()
    if package.find(part) is None:
        raise UnreadableError("FIL-002")
    root = parse(package.read(part))
    namespace = namespace_of(root)
    plain = path("m:si/m:t", namespace)(root)
    if len(plain) == len(root):
        return tuple(unescaped(text.text or "") for text in plain), frozenset()
    runs = f"{{{namespace}}}r"
    uneven = (number for number, item in enumerate(root) if item.find(runs) is not None and is_uneven(item, namespace))
    return tuple(rich_text(item, namespace) for item in root), frozenset(uneven)


def rich_text(item: _Element, namespace: str) -> str:
    """The runs of a string as one text, without how it is pronounced."""
    return unescaped("".join(text.text or "" for text in path("m:t | m:r/m:t", namespace)(item)))
