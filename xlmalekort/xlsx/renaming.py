"""A sheet gets another title, and whatever in the workbook speaks of it follows, as when Excel renames it."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from lxml import etree

from xlmalekort.xlsx.trees import parsed, written
from xlmalekort.xlsx.workbook import workbook_part
from xlmalekort.xlsx.xml import local_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element

    from xlmalekort.xlsx.workbook import RawWorkbook

_FORMULAS = frozenset(
    {"f", "formula", "formula1", "formula2", "definedName", "calculatedColumnFormula", "totalsRowFormula"}
)
"""The elements whose text is a formula or a reference: of cells, rules, conditions, charts, names, tables and sparklines."""
_PIECE = re.compile(
    r'"(?:[^"]|"")*"'  # a text
    r"|'((?:[^']|'')+)'!"  # a sheet in quotes, perhaps a file or a second sheet with it
    r"|(?<![\w.\]'])([^\W\d][\w.]*(?::[^\W\d][\w.]*)?)!"  # a sheet that needs none
)
_PLAIN = re.compile(r"[^\W\d][\w.]*")
_LIKE_A_CELL = re.compile(r"[A-Za-z]{1,3}[0-9]+|[RrCc][0-9]*")


def with_titles(workbook: RawWorkbook, titles: Mapping[str, str]) -> dict[str, bytes]:
    """The parts that change where sheets get other titles, by the title that each has now.

    Formulas, names, input rules, conditions, charts, links, pivot tables and the list of titles in the properties follow.
    What was already written under the new title is left alone.
    """
    package = workbook.package
    main = workbook_part(package)
    changed: dict[str, bytes] = {}
    for name in package.names:
        if not name.lower().endswith(".xml") or not _may_speak(package.read(name), titles):
            continue
        if posixpath.basename(name).lower() in ("sharedstrings.xml", "styles.xml"):
            continue
        root = parsed(package.read(name))
        is_changed = _rename_in(root, titles, is_main=name == main)
        if is_changed:
            changed[name] = written(root)
    return changed


def _may_speak(data: bytes, titles: Mapping[str, str]) -> bool:
    """Whether a part may name one of the sheets; apostrophes and the like may be written as entities."""
    words = {re.split(r"[^\w ]", title)[0].encode() for title in titles}
    return any(not word or word in data for word in words) or b"&#" in data


def _rename_in(root: _Element, titles: Mapping[str, str], *, is_main: bool) -> bool:
    is_changed = False
    for element in root.iter("*"):
        kind = local_name(element)
        if kind in _FORMULAS and element.text and (new := renamed(element.text, titles)) != element.text:
            element.text = new
            is_changed = True
        for name, new_value in _attributes(element, kind, titles, is_main=is_main):
            element.set(name, new_value)
            is_changed = True
    if local_name(root) == "Properties":
        is_changed |= _rename_in_list(root, titles)
    return is_changed


def _attributes(element: _Element, kind: str, titles: Mapping[str, str], *, is_main: bool) -> list[tuple[str, str]]:
    """The attributes that name a sheet, as they read afterwards."""
    if kind == "sheet" and is_main and element.get("name") in titles:
        return [("name", titles[element.get("name") or ""])]
    if kind == "worksheetSource" and element.get("sheet") in titles and not _is_outside(element):
        return [("sheet", titles[element.get("sheet") or ""])]
    if kind == "hyperlink" and (location := element.get("location")):
        new = renamed(location, titles)
        return [("location", new)] if new != location else []
    return []


def _is_outside(source: _Element) -> bool:
    return any(etree.QName(name).localname == "id" for name in source.attrib)


def _rename_in_list(root: _Element, titles: Mapping[str, str]) -> bool:
    """The titles of sheets and the names that begin with one, as the properties list them."""
    is_changed = False
    for element in root.iter("{*}lpstr"):
        text = element.text or ""
        new = titles.get(text) or renamed(text, titles)
        if new != text:
            element.text = new
            is_changed = True
    return is_changed


def renamed(formula: str, titles: Mapping[str, str]) -> str:
    r"""A formula that speaks of sheets by their new titles; texts and other files in it stay.

    >>> renamed("SUM('Tall 2009'!A1:A3)&\"Tall 2009!\"", {"Tall 2009": "Registrering"})
    'SUM(\'Registrering\'!A1:A3)&"Tall 2009!"'
    """
    known = {title.casefold(): new for title, new in titles.items()}

    def replaced(found: re.Match[str]) -> str:
        quoted, plain = found[1], found[2]
        if quoted is None and plain is None:
            return found[0]
        named = quoted.replace("''", "'") if quoted is not None else plain
        if "[" in named:
            return found[0]
        new = known.get(named.casefold())
        if new is not None:
            return f"{_quoted(new) if quoted is not None else _written_title(new)}!"
        first, colon, last = named.partition(":")
        ends = [known.get(each.casefold(), each) for each in (first, last)]
        if not colon or ends == [first, last]:
            return found[0]
        return _quoted(":".join(ends)) + "!"

    return _PIECE.sub(replaced, formula)


def _written_title(title: str) -> str:
    return title if _PLAIN.fullmatch(title) and not _LIKE_A_CELL.fullmatch(title) else _quoted(title)


def _quoted(title: str) -> str:
    return "'" + title.replace("'", "''") + "'"
