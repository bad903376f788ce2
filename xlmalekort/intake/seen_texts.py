"""The texts of a part of a workbook that people see somewhere: not its ids, checksums, times and colours."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from xlmalekort.xlsx.references import area_of, reference_of
from xlmalekort.xlsx.xml import UnreadableError, local_name, parse, unescaped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element


class SeenText(NamedTuple):
    """A text. `element` is the name of the element that holds it, `cell` the cell that it is about, None for none."""

    text: str
    element: str
    cell: str | None = None


_ATTRIBUTES = frozenset({
    "alt", "altText", "author", "authors", "caption", "command", "comment", "connection", "descr", "description", "display",
    "displayName", "error", "errorTitle", "formatCode", "help", "href", "initials", "keywords", "location", "name", "prompt",
    "promptTitle", "statusBar", "string", "Target", "text", "title", "tooltip", "totalsRowLabel", "userName", "v",
})  # fmt: skip
"""Attributes that hold what people typed. All others are left alone."""
_BLOCKS = frozenset({"p", "si", "is", "text", "div"})
"""Elements whose text may be in several pieces, each in a look of its own."""
_LEFT_OUT = frozenset({"rPh", "numCache", "formatCode"})
"""How a text is pronounced, and copies of cells that a chart keeps."""


def seen_texts(data: bytes) -> Iterator[SeenText]:
    """The texts of a part. One that is no XML (old drawings may be HTML) is read without its tags."""
    try:
        root = parse(data)
    except UnreadableError:
        yield from _without_tags(data)
    else:
        yield from _texts(root, None)


def _texts(element: _Element, cell: str | None) -> Iterator[SeenText]:
    name = local_name(element)
    if name in _LEFT_OUT:
        return
    cell = _cell_of(element) or cell
    yield from _attributes(element, name, cell)
    if name in _BLOCKS:
        yield SeenText(unescaped("".join(_pieces(element))), name, cell)
        for each in element.iterdescendants("*"):
            yield from _attributes(each, local_name(each), cell)
        return
    if element.text and not element.text.isspace():
        yield SeenText(unescaped(element.text), name, cell)
    for child in element.iterchildren("*"):
        yield from _texts(child, cell)
        if child.tail and not child.tail.isspace():
            yield SeenText(child.tail, name, cell)


def _pieces(element: _Element) -> Iterator[str]:
    yield element.text or ""
    for child in element.iterchildren("*"):
        name = local_name(child)
        if name == "br":
            yield "\n"
        if name not in _LEFT_OUT:
            yield from _pieces(child)
        yield child.tail or ""


def _attributes(element: _Element, name: str, cell: str | None) -> Iterator[SeenText]:
    for key, value in element.items():
        attribute = str(key).rpartition("}")[2]
        if attribute in _ATTRIBUTES:
            yield SeenText(unescaped(str(value)), name, cell)
            if "%" in value:
                yield SeenText(unquote(str(value)), name, cell)


def _cell_of(element: _Element) -> str | None:
    """The first cell of what an element is about; None where it does not say."""
    area = area_of((element.get("ref") or element.get("sqref") or "").partition(" ")[0])
    return reference_of(area[0], area[1]) if area else None


_INLINE = re.compile(r"</?(?:\w+:)?(?:font|span|b|i|u|r|t)\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")


def _without_tags(data: bytes) -> Iterator[SeenText]:
    text = data.decode("utf-8", errors="replace")
    for line in _TAG.sub("\n", _INLINE.sub("", text)).split("\n"):
        if line and not line.isspace():
            yield SeenText(html.unescape(line), "")
