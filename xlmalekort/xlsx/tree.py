"""Parts of a workbook as trees that are changed and written back, with everything that they hold."""

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
    """The whole tree, with everything that the file holds."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, strip_cdata=False)
    try:
        return etree.fromstring(checked(data), parser)
    except etree.XMLSyntaxError as error:
        message = "a part of the workbook is no valid XML"
        raise PatchError(message) from error


def written(root: _Element) -> bytes:
    """The part as a file holds it."""
    return etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)


def nsmap(element: _Element) -> dict[str, str]:
    """The prefixes in force, in the form in which lxml takes them (the stubs know no default namespace)."""
    return cast("dict[str, str]", element.nsmap)


def in_namespace(element: _Element, namespace: str) -> _Element:
    """A copy of an element of another workbook, in the namespace of the one that it is put into."""
    copy = deepcopy(element)
    old = namespace_of(element)
    for each in copy.iter(f"{{{old}}}*"):
        each.tag = f"{{{namespace}}}{etree.QName(each).localname}"
    copy.tail = None
    etree.cleanup_namespaces(copy)
    return copy


def said(element: _Element) -> tuple[object, ...]:
    """What an element says, whatever its prefixes and the order of its attributes: equal for those that say the same."""
    children = tuple(said(child) for child in element.iterchildren("*"))
    attributes = tuple(sorted((str(name), str(value)) for name, value in element.items()))
    return etree.QName(element).localname, attributes, (element.text or "").strip(), children


def child_in_order(parent: _Element, name: str, order: Sequence[str]) -> _Element:
    """The child of a name; where there is none, an empty one in the place that the schema's order gives it."""
    namespace = namespace_of(parent)
    found = parent.find(f"{{{namespace}}}{name}")
    if found is not None:
        return found
    child = parent.makeelement(f"{{{namespace}}}{name}", None, nsmap(parent))
    put_in_order(parent, child, order)
    return child


def put_in_order(parent: _Element, child: _Element, order: Sequence[str]) -> None:
    """Put a child before the first one that comes after it in the schema's order, else last."""
    later = {f"{{{namespace_of(parent)}}}{each}" for each in order[order.index(etree.QName(child).localname) + 1 :]}
    after = next((each for each in parent if each.tag in later), None)
    if after is None:
        parent.append(child)
    else:
        after.addprevious(child)
