"""Parts of a workbook as trees that are changed and written again, with everything that the file holds."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, cast

from lxml import etree

from xlmalekort.xlsx.xml import checked, namespace_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element


class PatchError(ValueError):
    """A change that cannot be made: no such sheet, a text too long, a formula that others hang on."""


def parsed(data: bytes) -> _Element:
    """The whole tree; PatchError where the part is no XML, UnreadableError where it has a DTD."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, strip_cdata=False)
    try:
        return etree.fromstring(checked(data), parser)
    except etree.XMLSyntaxError as error:
        message = "a part of the workbook is no valid XML"
        raise PatchError(message) from error


def nsmap(element: _Element) -> dict[str, str]:
    """The prefixes in force, in the form in which lxml takes them (the stubs know no default namespace)."""
    return cast("dict[str, str]", element.nsmap)


def written(root: _Element) -> bytes:
    """The part."""
    return etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)


def in_namespace(element: _Element, namespace: str) -> _Element:
    """A copy of an element of another workbook, in the namespace of the one that it is put into."""
    copy = deepcopy(element)
    old = namespace_of(element)
    for each in copy.iter(f"{{{old}}}*"):
        each.tag = f"{{{namespace}}}{etree.QName(each).localname}"
    copy.tail = None
    etree.cleanup_namespaces(copy)
    return copy


def child_in_order(parent: _Element, name: str, order: Sequence[str]) -> _Element:
    """The child of a name; where there is none, an empty one in the place that the schema's order gives it."""
    namespace = namespace_of(parent)
    found = parent.find(f"{{{namespace}}}{name}")
    if found is None:
        found = parent.makeelement(f"{{{namespace}}}{name}", None, nsmap(parent))
        put_child(parent, found, order)
    return found


def put_child(root: _Element, child: _Element, order: Sequence[str]) -> None:
    """Put a child where its schema wants it: before the first of those that come after it in the `order` of names."""
    namespace = namespace_of(root)
    name = etree.QName(child).localname
    later = {f"{{{namespace}}}{each}" for each in order[order.index(name) + 1 :]}
    after = next((each for each in root if each.tag in later), None)
    if after is not None:
        after.addprevious(child)
    else:
        root.append(child)


SHEET_ORDER = (
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
)
"""The parts of a worksheet, in the order that Excel insists on."""
WORKBOOK_ORDER = (
    "fileVersion",
    "fileSharing",
    "workbookPr",
    "workbookProtection",
    "bookViews",
    "sheets",
    "functionGroups",
    "externalReferences",
    "definedNames",
    "calcPr",
    "oleSize",
    "customWorkbookViews",
    "pivotCaches",
    "smartTagPr",
    "smartTagTypes",
    "webPublishing",
    "fileRecoveryPr",
    "webPublishObjects",
    "extLst",
)
"""The same of the workbook part."""
