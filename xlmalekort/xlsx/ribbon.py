"""Gives a finished workbook a ribbon of its own, or makes an add-in of it."""

from __future__ import annotations

import io
import zipfile

from xlmalekort.xlsx.archive import replace_members

RIBBON_PART = "customUI/customUI14.xml"
RIBBON_NAMESPACE = "http://schemas.microsoft.com/office/2009/07/customui"
RIBBON_RELATION = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"

_ROOT_LINKS = "_rels/.rels"
_TYPES = "[Content_Types].xml"
_WORKBOOK_TYPE = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_ADD_IN_TYPE = b"application/vnd.ms-excel.addin.macroEnabled.main+xml"
_RELATION_ID = "rIdRibbon"
_END = b"</Relationships>"


def with_ribbon(content: bytes, ribbon_xml: str) -> bytes:
    """The workbook with this ribbon part; the same input gives the same bytes.

    Meant for workbooks that XlsxWriter has just written. ValueError where there is a ribbon already.
    """
    links = _read(content, _ROOT_LINKS)
    if RIBBON_RELATION.encode() in links:
        message = "the workbook has a ribbon already"
        raise ValueError(message)
    link = f'<Relationship Id="{_RELATION_ID}" Type="{RIBBON_RELATION}" Target="{RIBBON_PART}"/>'
    head, _, tail = links.rpartition(_END)
    return replace_members(content, {_ROOT_LINKS: head + link.encode() + _END + tail, RIBBON_PART: ribbon_xml.encode()})


def as_add_in(content: bytes) -> bytes:
    """The macro-enabled workbook as an add-in: Excel keeps it hidden. ValueError for any other workbook."""
    types = _read(content, _TYPES)
    if _WORKBOOK_TYPE not in types:
        message = "only a workbook with macros can become an add-in"
        raise ValueError(message)
    return replace_members(content, {_TYPES: types.replace(_WORKBOOK_TYPE, _ADD_IN_TYPE)})


def _read(content: bytes, part: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(part)
