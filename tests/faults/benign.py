"""Twenty ways in which a sound workbook may look different: none of them is a fault."""

from __future__ import annotations

import io
import re
import warnings
from typing import TYPE_CHECKING

import openpyxl

from tests.faults.cases import Altered, Outcome, Spot, Variant
from tests.faults.workbooks import (
    STRINGS,
    WORKBOOK,
    Raw,
    edited,
    moved,
    packed,
    parts_of,
    plain_sheet,
    sheet_part,
    text,
    with_cells,
    with_format,
    with_sheet,
    with_sheet_xml,
)
from xlmalekort.layout.cells import a1
from xlmalekort.layout.office import READY_FOR

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def inline(content: bytes, title: str) -> bytes:
    """The workbook with every shared text of a sheet written into its cells."""
    strings = re.findall(r"<si>(.*?)</si>", parts_of(content)[STRINGS].decode(), re.DOTALL)

    def cell(found: re.Match[str]) -> str:
        return f'{found[1]} t="inlineStr"><is>{strings[int(found[2])]}</is></c>'

    return with_sheet_xml(
        content,
        title,
        lambda xml: re.sub(
            r'(<c r="[A-Z]+[0-9]+"(?: s="[0-9]+")?) t="s"><v>([0-9]+)</v></c>', cell, xml.decode()
        ).encode(),
    )


def light(content: bytes) -> bytes:
    """The workbook without the many formulas of its hidden sheets, which other programs take seconds to load."""
    parts = parts_of(content)
    for name, xml in parts.items():
        if len(xml) > 150_000 and name.startswith("xl/worksheets/"):
            parts[name] = re.sub(rb"<sheetData>.*</sheetData>", b"<sheetData/>", xml, flags=re.DOTALL)
    return packed(parts)


def resaved(spot: Spot) -> bytes:
    """The workbook as openpyxl loads and saves it, which drops the results of formulas."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about what that program drops
        workbook = openpyxl.load_workbook(io.BytesIO(light(spot.office.content)))
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def _reordered(spot: Spot) -> bytes:
    def change(xml: bytes) -> bytes:
        found = re.findall(rb"<sheet [^>]*/>", xml)
        return xml.replace(b"".join(found), b"".join((*found[3:], *found[:3])))

    return edited(spot.office.content, WORKBOOK, change)


def _coloured(spot: Spot) -> bytes:
    content, style = with_format(spot.office.content, "#,##0;[Red]-#,##0")
    return with_cells(content, spot.sheet, {spot.cell: Raw(f"<v>{spot.value}</v>", style=style)})


def _noted(title: str, *, first: bool) -> Callable[[Spot], bytes]:
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>husk å ringe</t></is></c></row>'
    return lambda spot: with_sheet(spot.office.content, title, plain_sheet(rows), first=first)


def _in_sheet(pattern: str, new: str) -> Callable[[Spot], bytes]:
    return lambda spot: with_sheet_xml(
        spot.office.content, spot.sheet, lambda xml: re.sub(pattern.encode(), new.encode(), xml, count=1)
    )


def _reversed_parts(spot: Spot) -> bytes:
    return packed(dict(reversed(parts_of(spot.office.content).items())))


def _spaced(spot: Spot) -> bytes:
    """The XML of the input sheet with line breaks between rows and cells."""
    return with_sheet_xml(
        spot.office.content, spot.sheet, lambda xml: xml.replace(b"<row ", b"\n<row ").replace(b"<c ", b"\n  <c ")
    )


def _all_floats(spot: Spot) -> bytes:
    """Every number with a point and a nought, as some programs write whole numbers."""
    return with_sheet_xml(
        spot.office.content,
        spot.sheet,
        lambda xml: re.sub(rb'(<c r="[A-Z]+[0-9]+"(?: s="[0-9]+")?><v>[0-9]+)(</v>)', rb"\1.0\2", xml),
    )


def _comments_of_cells(spot: Spot) -> bytes:
    """Notes that hang on cells, in parts of their own."""
    part = sheet_part(spot.office.content, spot.sheet)
    notes = (
        '<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors><author>a</author></authors>'
        f'<commentList><comment ref="{spot.cell}" authorId="0"><text><t>husk</t></text></comment></commentList></comments>'
    )
    return packed(parts_of(spot.office.content) | {f"xl/comments{len(part)}.xml": notes.encode()})


def _ready_as_day(spot: Spot) -> bytes:
    """The period that it is ready for as a date, which Excel makes of what is typed."""
    content, style = with_format(spot.office.content, "mmm\\ yy")
    return with_cells(content, spot.sheet, {a1(*READY_FOR): Raw("<v>39873</v>", style=style)})


_BENIGN: dict[str, Callable[[Spot], bytes]] = {
    "untouched": lambda spot: spot.office.content,
    "packed_again": lambda spot: packed(parts_of(spot.office.content)),
    "parts_in_other_order": _reversed_parts,
    "saved_by_openpyxl": resaved,
    "inline_texts": lambda spot: inline(spot.office.content, spot.sheet),
    "sheets_in_other_order": _reordered,
    "notes_behind": _noted("Notater", first=False),
    "notes_in_front": _noted("Til neste møte", first=True),
    "empty_sheet": lambda spot: with_sheet(spot.office.content, "Ark1", plain_sheet("")),
    "coloured_cell": _coloured,
    "notes_on_cells": _comments_of_cells,
    "comment_of_indicator": lambda spot: with_cells(
        spot.office.content, spot.sheet, {spot.cell_of("comment:B.2"): text("Mange nye i februar")}
    ),
    "note_above": lambda spot: with_cells(spot.office.content, spot.sheet, {"H2": text("Utkast")}),
    "note_left_of_figures": lambda spot: with_cells(spot.office.content, spot.sheet, {f"C{spot.row}": text("antall")}),
    "frozen_panes_gone": _in_sheet("<sheetViews>.*?</sheetViews>", ""),
    "no_dimension": _in_sheet("<dimension [^>]*/>", ""),
    "line_breaks_in_xml": _spaced,
    "whole_numbers_with_point": _all_floats,
    "ready_for_as_day": _ready_as_day,
    "rows_above": lambda spot: moved(spot.office.content, spot.sheet, rows=lambda row: row + 3),
}


def _sound(change: Callable[[Spot], bytes]) -> Callable[[Spot], Altered]:
    return lambda spot: spot.accepted(change(spot))


def _variants() -> Iterator[Variant]:
    for name, change in _BENIGN.items():
        yield Variant("S19", f"benign_{name}", Outcome.ACCEPT, _sound(change))


BENIGN: tuple[Variant, ...] = tuple(_variants())
