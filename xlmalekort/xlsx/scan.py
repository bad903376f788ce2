"""Reads the cells of a sheet whose XML is written the usual way, in a quarter of the time that a parser takes.

The grammar below is a small part of XML: rows of cells with references, plain numbers or shared strings, plain formulas. A
sheet that is written in any other way, or that could be read in two ways, is left to the parser; what both can read they read
alike.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_PIECE = r"(?:[^<&\x00-\x08\x0b-\x1f]++|&(?:amp|lt|gt|quot|apos);)"
_SPACE = r'(?: xml:space="preserve")?'
_CELL = (
    r'<c r="[A-Z]{1,3}[0-9]{1,7}"(?: s="[0-9]+")?'
    rf'(?:(?: t="[a-z]+")?(?:/>|>(?:<f>{_PIECE}++</f>)?<v(?:/>|{_SPACE}>{_PIECE}*+</v>)</c>)'
    rf'| t="inlineStr"><is><t{_SPACE}>{_PIECE}++</t></is></c>)'
)
_NAMES = "spans|s|customFormat|ht|hidden|customHeight|outlineLevel|collapsed|thickTop|thickBot|ph|x14ac:dyDescent"
_ROW = rf'<row(?: (?:r="[1-9][0-9]{{0,6}}"|(?:{_NAMES})="[^"<&\x00-\x08\x0a-\x1f]*"))*+(?:/>|>(?:{_CELL})*+</row>)'
_ROWS = re.compile(rf"(?:{_ROW})*+")
_FILLED = re.compile(
    r'<c r="([A-Z]+[0-9]+)"(?: s="([0-9]+)")?'
    rf'(?:(?: t="([a-z]+)")?>(?:<f>([^<]+)</f>)?<v(?:/>|{_SPACE}>([^<]*)</v>)'
    rf'| t="inlineStr"><is><t{_SPACE}>([^<]+)</t>)'
)
_ROW_TAG = re.compile("<row( [^>]*)>")
_NAME = re.compile(r' ([A-Za-z0-9:]+)="')
_HIDDEN = re.compile(r'<row(?: [A-Za-z0-9:]+="[^"]*")*? (?:hidden="(?:1|true)"|ht="[01]?(?:\.[0-9]*)?")[^>]*>')
_NUMBER = re.compile(r' r="([0-9]{1,7})"')
SCANNED = "scanned"
"""The attribute by which the element that held the rows is known again, wherever in the part it stands."""
_OPENING, _CLOSING = "<sheetData>", "</sheetData>"
_BEGINNING = re.compile(
    rb"""(?:<\?xml version=["']1\.0["'] encoding=["']UTF-8["'](?: standalone=["']yes["'])?\?>\s*)?<worksheet[ >]""",
    re.IGNORECASE,
)

ScannedCell = tuple[str, str, str, str, str, str]
"""Reference, style, type, formula, value and inline text of a cell, each as it reads and empty where there is none."""


@dataclass(frozen=True, slots=True)
class Scan:
    """The filled cells of a sheet, the rows that nobody sees (counted from 0), and the sheet without its rows."""

    cells: list[ScannedCell]
    hidden_rows: frozenset[int]
    rest: bytes


def scan(data: bytes) -> Scan | None:
    """The cells of a sheet part; None where a parser has to read it."""
    if not _BEGINNING.match(data) or b"<!" in data:
        return None
    text = _decoded(data)
    if text is None:
        return None
    start, end = text.find(_OPENING), text.rfind(_CLOSING)
    if start < 0 or end < start:
        return None
    start += len(_OPENING)
    rows = text[start:end]
    if not _ROWS.fullmatch(rows) or not _has_good_attributes(rows, text[:start]):
        return None
    hidden = frozenset(_hidden(rows)) if ' hidden="' in rows or ' ht="' in rows else frozenset()
    cells = _FILLED.findall(rows)
    if "&" in rows:
        cells = [cell if "&" not in "".join(cell) else (*cell[:3], *map(_unescaped, cell[3:])) for cell in cells]
    return Scan(cells, hidden, f'{text[: start - 1]} {SCANNED}="1">{text[end:]}'.encode())


def _has_good_attributes(rows: str, head: str) -> bool:
    """Whether no row has an attribute twice, or one of a kind that the sheet does not declare: neither is XML."""
    kinds = {tuple(_NAME.findall(attributes)) for attributes in _ROW_TAG.findall(rows)}
    if any(len(set(names)) < len(names) for names in kinds):
        return False
    return not any("x14ac:dyDescent" in names for names in kinds) or " xmlns:x14ac=" in head


_BY_COLUMN = re.compile(
    r'<c r="([A-Z]+)([0-9]+)"(?: s="[0-9]+")?'
    rf'(?:(?: t="([a-z]+)")?>(?:<f>[^<]+</f>)?<v(?:/>|{_SPACE}>([^<]*)</v>)'
    rf'| t="inlineStr"><is><t{_SPACE}>([^<]+)</t>)'
)
_STRETCH = 1_000_000
_ROW_END = "</row>"


def stretches(data: bytes) -> Iterator[str | None]:
    """The rows of a sheet part a megabyte at a time; None, and nothing after it, where a parser has to read the part."""
    if not _BEGINNING.match(data) or b"<!" in data:
        yield None
        return
    start, end = data.find(_OPENING.encode()), data.rfind(_CLOSING.encode())
    if start < 0 or end < start:
        yield None
        return
    start += len(_OPENING)
    head = _decoded(data[:start]) or ""
    while start < end:
        cut = data.find(_ROW_END.encode(), min(start + _STRETCH, end), end)
        stop = cut + len(_ROW_END) if cut >= 0 else end
        rows = _decoded(data[start:stop])
        if rows is None or not _ROWS.fullmatch(rows) or not _has_good_attributes(rows, head):
            yield None
            return
        yield rows
        start = stop


def by_column(rows: str) -> list[tuple[str, str, str, str, str]]:
    """Letters of the column, number of the row, type, value and inline text of each filled cell of a stretch."""
    cells = _BY_COLUMN.findall(rows)
    if "&" in rows:
        return [cell if "&" not in "".join(cell) else (*cell[:3], *map(_unescaped, cell[3:])) for cell in cells]
    return cells


def _decoded(data: bytes) -> str | None:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return None


def _unescaped(text: str) -> str:
    """The text without the five entities that the grammar knows, that of `&` last: `&amp;lt;` reads `&lt;`."""
    if "&" not in text:
        return text
    for name, sign in (("lt", "<"), ("gt", ">"), ("quot", '"'), ("apos", "'"), ("amp", "&")):
        text = text.replace(f"&{name};", sign)
    return text


def _hidden(rows: str) -> list[int]:
    found = (_NUMBER.search(row[0]) for row in _HIDDEN.finditer(rows))
    return [int(number[1]) - 1 for number in found if number]
