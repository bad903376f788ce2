"""A ribbon is added to a finished workbook, and an add-in made of it, with nothing else changed."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from lxml import etree
from xlsxwriter import Workbook

from tests.xlsx.books import book, parts_of
from xlmalekort.xlsx.ribbon import RIBBON_NAMESPACE, RIBBON_PART, RIBBON_RELATION, as_add_in, with_ribbon
from xlmalekort.xlsx.vba import vba_project

if TYPE_CHECKING:
    from lxml.etree import _Element

RIBBON = f'<customUI xmlns="{RIBBON_NAMESPACE}"><ribbon/></customUI>'
LINKS, TYPES = "_rels/.rels", "[Content_Types].xml"


def with_macros() -> bytes:
    stream = io.BytesIO()
    workbook = Workbook(stream, {"in_memory": True})
    workbook.add_worksheet("Data").set_vba_name("Sheet1")
    workbook.set_vba_name("ThisWorkbook")
    workbook.add_vba_project(io.BytesIO(vba_project({"M": "Option Explicit\n"}, 1)), is_stream=True)
    workbook.close()
    return stream.getvalue()


def links(content: bytes) -> list[_Element]:
    return list(etree.fromstring(parts_of(content)[LINKS]))


def test_the_ribbon_is_reached_by_its_relationship() -> None:
    content = with_ribbon(book(), RIBBON)
    (link,) = (each for each in links(content) if each.get("Type") == RIBBON_RELATION)
    assert parts_of(content)[str(link.get("Target"))].decode() == RIBBON
    assert link.get("Target") == RIBBON_PART


def test_the_other_relationships_stay_and_no_id_is_used_twice() -> None:
    before, after = links(book()), links(with_ribbon(book(), RIBBON))
    assert [dict(each.attrib) for each in after[:-1]] == [dict(each.attrib) for each in before]
    assert len({each.get("Id") for each in after}) == len(after)


def test_no_other_part_changes() -> None:
    before, after = parts_of(book()), parts_of(with_ribbon(book(), RIBBON))
    assert {name: data for name, data in after.items() if name not in (LINKS, RIBBON_PART)} == {
        name: data for name, data in before.items() if name != LINKS
    }


def test_a_second_ribbon_is_refused() -> None:
    with pytest.raises(ValueError, match="a ribbon already"):
        with_ribbon(with_ribbon(book(), RIBBON), RIBBON)


def test_an_add_in_differs_from_its_workbook_in_the_kind_of_the_main_part_only() -> None:
    before, after = parts_of(with_macros()), parts_of(as_add_in(with_macros()))
    (kind,) = (
        each.get("ContentType") for each in etree.fromstring(after[TYPES]) if each.get("PartName") == "/xl/workbook.xml"
    )
    assert kind == "application/vnd.ms-excel.addin.macroEnabled.main+xml"
    assert before | {TYPES: after[TYPES]} == after


def test_a_workbook_without_macros_becomes_no_add_in() -> None:
    with pytest.raises(ValueError, match="with macros"):
        as_add_in(book())


def test_the_bytes_are_the_same_every_time() -> None:
    content = book()
    assert with_ribbon(content, RIBBON) == with_ribbon(content, RIBBON)
    macros = with_macros()
    assert as_add_in(macros) == as_add_in(macros)
