"""The one way in which XML of a workbook that somebody handed in is parsed: no DTD, no entities, nothing fetched."""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any, cast

from lxml import etree

from xlmalekort.locale import N_
from xlmalekort.locale.told import Phrase
from xlmalekort.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lxml.etree import _Element

_ENTITIES = N_("a part of it declares entities, which could call up files or fill the memory")
_ENCODING = N_("a part of it is written in an unusual encoding")
_MALFORMED = N_("a part of it is no valid XML")

TRANSITIONAL = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
TRUE, FALSE = ("1", "true"), ("0", "false")
"""How an attribute says yes and no."""


class UnreadableError(Exception):
    """Why a part cannot be read. Never leaves this package: the readers return it as a problem."""

    def __init__(self, code: str, slots: Mapping[str, str] | None = None) -> None:
        """Keep what the problem will say."""
        super().__init__(code)
        self.code = code
        self.slots = slots or {}

    def as_problem(self, file: str) -> Problem:
        """The problem, with the name of the file."""
        return Problem(self.code, file=file, slots=self.slots)


_DECLARATION = re.compile(rb"\s*<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)[\"']", re.IGNORECASE)
_ENCODINGS = frozenset({b"utf-8", b"utf8", b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252"})
_BOMS = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def checked(data: bytes) -> bytes:
    """The part as it may be parsed, in an encoding in which a DTD cannot hide; UnreadableError where it has one."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            text = data[len(bom) :].decode(encoding, errors="replace")
            data = re.sub(r"^\s*<\?xml[^>]*\?>", "", text).encode()
    declared = _DECLARATION.match(data[:200].removeprefix(b"\xef\xbb\xbf"))
    if b"\x00" in data[:4] or (declared and declared[1].lower() not in _ENCODINGS):
        raise UnreadableError("FIL-008", {"reason": Phrase(_ENCODING)})
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise UnreadableError("FIL-008", {"reason": Phrase(_ENTITIES)})
    return data


def parse(data: bytes) -> _Element:
    """The root of a part; UnreadableError where it is no XML or has a DTD."""
    # Comments and instructions are dropped and CDATA melts into its text, so that every value is one piece of text.
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        strip_cdata=True,
    )
    try:
        return etree.fromstring(checked(data), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError("FIL-010", {"reason": Phrase(_MALFORMED)}) from error


def parse_in_pieces(data: bytes, tag: str) -> etree.iterparse[tuple[str, _Element]]:
    """The elements of a part as their ends are read, for parts that are too large for the memory as a whole."""
    return etree.iterparse(
        BytesIO(checked(data)),
        events=("end",),
        tag=tag,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        strip_cdata=True,
    )


def local_name(element: _Element) -> str:
    """The element's name without its namespace."""
    return etree.QName(element).localname


def namespace_of(element: _Element) -> str:
    """The element's namespace, empty where it has none."""
    return etree.QName(element).namespace or ""


@cache
def path(expression: str, namespace: str) -> Callable[[_Element], list[Any]]:
    """A compiled path to elements or texts, in which `m:` stands for the namespace, one of the two of this module."""
    compiled = etree.XPath(expression, namespaces={"m": namespace}, smart_strings=False)
    return cast("Callable[[_Element], list[Any]]", compiled)


_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    """A text of a cell with its `_xHHHH_` resolved, the way in which files write what XML cannot hold."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


_UNHOLDABLE = re.compile("[\x00-\x08\x0b\x0c\x0d\x0e-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


def escaped(text: str) -> str:
    r"""A text as XML can hold it: `unescaped` gives it back.

    >>> escaped("a\x07b"), unescaped(escaped("_x0041_"))
    ('a_x0007_b', '_x0041_')
    """
    return _UNHOLDABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
