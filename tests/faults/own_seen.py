"""Faults beyond the list (Y17 to Y21): what people see and what counts, formulas over several cells, and odd containers."""

from __future__ import annotations

import io
import re
import struct
import unicodedata
import zipfile
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from tests.faults.cases import Altered, Outcome, Spot, Tell, Variant
from tests.faults.cell_level import in_cell
from tests.faults.meaning_level import set_up
from tests.faults.own import MONTHS
from tests.faults.security_level import with_link
from tests.faults.workbooks import (
    RELATIONS,
    STRINGS,
    STYLES,
    WORKBOOK,
    Raw,
    cell_xml,
    edited,
    formula,
    number,
    packed,
    parts_of,
    plain_sheet,
    put,
    sheet_part,
    sheet_xml,
    text,
    with_cells,
    with_format,
    with_sheet,
    with_sheet_xml,
)
from xlmalekort.layout.cells import a1, column_name
from xlmalekort.layout.office import FIRST_PERIOD_COLUMN, HEADING, HEADING_ROW, KEY_ROW, READY_FOR

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

BLOCK = ("B.11.numerator", "B.11.denominator", "B.12.numerator", "B.12.denominator", "B.13.value")
"""Measures whose rows follow each other."""
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"


# Y17: formulas that fill several cells, or that lead outside in a roundabout way


def _over_block(spot: Spot, attributes: str, source: str) -> bytes:
    """One formula over the rows of the block: it stands in the first cell, the others hold results only."""
    cells = {spot.cell_of(measure): number(spot.office.figures[measure, spot.code]) for measure in BLOCK}
    first, last = spot.cell_of(BLOCK[0]), spot.cell_of(BLOCK[-1])
    written = f'<f {attributes} ref="{first}:{last}">{source}</f>'
    cells[first] = Raw(f"{written}<v>{spot.office.figures[BLOCK[0], spot.code]}</v>")
    return with_cells(spot.office.content, spot.sheet, cells)


def _tells(spot: Spot, code: str) -> tuple[Tell, ...]:
    return tuple(Tell((code,), spot.office.file, spot.sheet, spot.cell_of(measure)) for measure in BLOCK)


def _array_from_outside(spot: Spot) -> Altered:
    content = with_link(_over_block(spot, 't="array"', "[1]Ark1!A1:A5"))
    lost = frozenset((measure, spot.code) for measure in BLOCK)
    return Altered({spot.office.file: content}, _tells(spot, "NUM-013"), {spot.office.file: lost})


def _array_within(spot: Spot) -> Altered:
    return Altered({spot.office.file: _over_block(spot, 't="array"', "Tall!A1:A5")}, _tells(spot, "NUM-009"))


def _table_of_values(spot: Spot) -> Altered:
    content = _over_block(spot, 't="dataTable" dt2D="0" dtr="0" r1="A1"', "")
    return Altered({spot.office.file: content}, _tells(spot, "NUM-009"))


def _by_way_of(source: str, rows: str) -> Callable[[Spot], Altered]:
    """A figure from a sheet of one's own, whose cells look into another file."""

    def alter(spot: Spot) -> Altered:
        content = with_sheet(spot.office.content, "Notat", plain_sheet(rows))
        content = with_link(with_cells(content, spot.sheet, {spot.cell: formula(source, str(spot.value))}))
        return spot.cell_rejected(content, "NUM-013")

    return alter


_LINKED = '<row r="6"><c r="A6"><f>[1]Ark1!A1</f><v>5</v></c></row>'
_LINKED_ARRAY = (
    '<row r="1"><c r="A1"><f t="array" ref="A1:A5">[1]Ark1!A1:A5</f><v>5</v></c></row>'
    '<row r="3"><c r="A3"><v>5</v></c></row>'
)
_CHAIN = 2_500


def _chain() -> str:
    """A running balance: each row adds to the one below, and the last looks into another file."""
    rows = (f'<row r="{row}"><c r="A{row}"><f>A{row + 1}+1</f><v>{row}</v></c></row>' for row in range(1, _CHAIN))
    return "".join(rows) + f'<row r="{_CHAIN}"><c r="A{_CHAIN}"><f>[1]Ark1!A1</f><v>1</v></c></row>'


def _long_chain(spot: Spot) -> Altered:
    return replace(_by_way_of("Notat!A1", _chain())(spot), in_folder=True)


def _with_attribute(spot: Spot, raw: Raw, attribute: str) -> bytes:
    """The workbook with this in the cell of the spot, and one more attribute of the cell."""
    mark = f'<c r="{spot.cell}"'
    return with_sheet_xml(
        in_cell(spot, raw), spot.sheet, lambda xml: xml.replace(mark.encode(), f"{mark} {attribute}".encode())
    )


def _dynamic_array(spot: Spot) -> Altered:
    raw = Raw(f'<f t="array" ref="{spot.cell}">SUM(1,2)</f><v>{spot.value}</v>')
    return spot.warned(_with_attribute(spot, raw, 'cm="1"'), "NUM-009", sheet=spot.sheet, cell=spot.cell)


def _rich_value(spot: Spot) -> Altered:
    """A cell of a data type, a share or a place: its number stands in another part, the cell itself holds an error."""
    return spot.cell_rejected(_with_attribute(spot, Raw("<v>#VALUE!</v>", "e"), 'vm="1"'), "NUM-003")


def _ready_by_formula(raw: Callable[[Spot], tuple[bytes, Raw]]) -> Callable[[Spot], Altered]:
    """A formula says how far the workbook is delivered, as it came out when somebody opened it last: February."""

    def alter(spot: Spot) -> Altered:
        cell = a1(*READY_FOR)
        content, new = raw(spot)
        content = with_link(with_cells(content, spot.sheet, {cell: new}))
        lost = frozenset(key for key in spot.office.figures if key[1] == MONTHS[2] and not key[0].startswith("B.4."))
        tell = Tell((), spot.office.file, spot.sheet, cell)
        return Altered({spot.office.file: content}, (tell,), {spot.office.file: lost})

    return alter


def _from_outside(spot: Spot) -> tuple[bytes, Raw]:
    return spot.office.content, formula("[1]Ark1!A1", "2009-02", "str")


def _from_today(spot: Spot) -> tuple[bytes, Raw]:
    content, style = with_format(spot.office.content, "mmm\\ yy")
    return content, Raw("<f>TODAY()-20</f><v>39850</v>", style=style)


def _noise_under_nought(spot: Spot) -> Altered:
    """What 0.3 - 0.1 - 0.2 comes to: nought, but for the noise of binary fractions."""
    content = in_cell(spot, formula("0.3-0.1-0.2", "-2.7755575615628914E-17"))
    return spot.accepted(content, "NUM-009", cell=spot.cell, typed={spot.key: Fraction(0)})


def _formulas() -> Iterator[Variant]:
    yield Variant("Y17", "array_from_outside", Outcome.CELL, _array_from_outside)
    yield Variant("Y17", "array_within", Outcome.WARN, _array_within)
    yield Variant("Y17", "table_of_values", Outcome.WARN, _table_of_values)
    yield Variant("Y17", "array_on_another_sheet", Outcome.CELL, _by_way_of("Notat!A3", _LINKED_ARRAY))
    yield Variant("Y17", "offset", Outcome.CELL, _by_way_of("OFFSET(Notat!A1,5,0)", _LINKED))
    yield Variant("Y17", "indirect_within", Outcome.CELL, _by_way_of('INDIRECT("Notat!A6")', _LINKED))
    yield Variant("Y17", "long_chain", Outcome.CELL, _long_chain)
    yield Variant("Y17", "dynamic_array", Outcome.WARN, _dynamic_array)
    yield Variant("Y17", "rich_value", Outcome.CELL, _rich_value)
    yield Variant("Y17", "ready_from_outside", Outcome.WARN, _ready_by_formula(_from_outside))
    yield Variant("Y17", "ready_from_today", Outcome.WARN, _ready_by_formula(_from_today))
    yield Variant("Y17", "noise_under_nought", Outcome.ACCEPT, _noise_under_nought)


# Y18: people see something else than what counts


def _named_otherwise(cell: Callable[[Spot], str], words: str) -> Callable[[Spot], Altered]:
    """A heading, title or unit typed over by words that the workbook does not have."""

    def alter(spot: Spot) -> Altered:
        content = with_cells(spot.office.content, spot.sheet, {cell(spot): text(words)})
        return spot.warned(content, sheet=spot.sheet, cell=cell(spot))

    return alter


def _heading_of_march(_: Spot) -> str:
    return a1(HEADING_ROW, FIRST_PERIOD_COLUMN + 2)


def _format(code: str, *, is_text: bool = False) -> Callable[[Spot], Altered]:
    def alter(spot: Spot) -> Altered:
        content, style = with_format(spot.office.content, code)
        return _in_style(spot, content, style, is_text=is_text)

    return alter


def _in_style(spot: Spot, content: bytes, style: int, *, is_text: bool) -> Altered:
    """The figure, as a number or as digits stored as text, in a style that the file has."""
    raw = (
        Raw(f"<is><t>{spot.value}</t></is>", "inlineStr", style)
        if is_text
        else Raw(f"<v>{spot.value}</v>", style=style)
    )
    return spot.warned(with_cells(content, spot.sheet, {spot.cell: raw}), sheet=spot.sheet, cell=spot.cell)


def _font(inner: str, alignment: str = "", *, is_text: bool = False) -> Callable[[Spot], Altered]:
    """The figure in another font, or another alignment."""
    size = "" if "<sz " in inner else '<sz val="10"/>'

    def alter(spot: Spot) -> Altered:
        styles = parts_of(spot.office.content)[STYLES].decode()
        counts = {name: int(re.findall(rf'<{name} count="([0-9]+)"', styles)[0]) for name in ("fonts", "cellXfs")}
        new = {
            "fonts": f'<font>{inner}{size}<name val="Arial"/></font>',
            "cellXfs": f'<xf numFmtId="1" fontId="{counts["fonts"]}" fillId="0" borderId="0" xfId="0" applyFont="1" '
            f'applyProtection="1">{alignment}<protection locked="0"/></xf>',
        }
        for name, count in counts.items():
            styles = styles.replace(f'<{name} count="{count}"', f'<{name} count="{count + 1}"', 1)
            styles = styles.replace(f"</{name}>", f"{new[name]}</{name}>", 1)
        content = packed(parts_of(spot.office.content) | {STYLES: styles.encode()})
        return _in_style(spot, content, counts["cellXfs"], is_text=is_text)

    return alter


def _runs(*runs: tuple[str, str]) -> Callable[[Spot], Altered]:
    """Digits stored as text in parts, each with its looks."""
    written = "".join(f"<r><rPr>{looks}</rPr><t>{digits}</t></r>" for digits, looks in runs)
    return lambda spot: spot.cell_rejected(in_cell(spot, Raw(f"<is>{written}</is>", "inlineStr")), "NUM-001")


def _look(spot: Spot, look: str) -> tuple[bytes, int]:
    """The file with one more look for conditional formats, and its number."""
    styles = parts_of(spot.office.content)[STYLES].decode()
    count = int(re.findall(r'<dxfs count="([0-9]+)"', styles)[0])
    styles = styles.replace(f'<dxfs count="{count}"', f'<dxfs count="{count + 1}"')
    styles = styles.replace("</dxfs>", f"<dxf>{look}</dxf></dxfs>")
    return packed(parts_of(spot.office.content) | {STYLES: styles.encode()}), count


def _with_condition(spot: Spot, look: str, rule: str) -> bytes:
    content, number = _look(spot, look)
    block = f'<conditionalFormatting sqref="{spot.cell}"><cfRule dxfId="{number}" priority="1" {rule}</conditionalFormatting>'
    return with_sheet_xml(
        content, spot.sheet, lambda xml: xml.replace(b"<dataValidations", block.encode() + b"<dataValidations", 1)
    )


def _condition(look: str, rule: str) -> Callable[[Spot], Altered]:
    """A conditional format under which nobody sees the figure."""
    return lambda spot: spot.warned(_with_condition(spot, look, rule), sheet=spot.sheet, cell=spot.cell)


_NOTHING = '<numFmt numFmtId="901" formatCode=";;;"/>'
_WHITE = '<font><color rgb="FFFFFFFF"/></font>'
_ALWAYS = 'type="expression"><formula>TRUE</formula></cfRule>'
_BAR_ALONE = (
    'type="dataBar"><dataBar showValue="0"><cfvo type="min"/><cfvo type="max"/><color theme="4"/></dataBar></cfRule>'
)
_FOR_NOUGHT = 'type="cellIs" operator="equal"><formula>0</formula></cfRule>'


def _hides_noughts(spot: Spot) -> Altered:
    return spot.accepted(_with_condition(spot, _WHITE, _FOR_NOUGHT))


def _condition_in_an_extension(spot: Spot) -> Altered:
    """The same among the extensions, where a rule carries its look and its cells inside."""
    block = (
        '<ext uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}" '
        'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:conditionalFormattings>'
        '<x14:conditionalFormatting xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
        f'<x14:cfRule type="expression" priority="1" id="{{0}}"><xm:f>TRUE</xm:f><x14:dxf>{_WHITE}</x14:dxf></x14:cfRule>'
        f"<xm:sqref>{spot.cell}</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext>"
    )
    content = with_sheet_xml(
        spot.office.content,
        spot.sheet,
        lambda xml: xml.replace(b"</worksheet>", f"<extLst>{block}</extLst></worksheet>".encode()),
    )
    return spot.warned(content, sheet=spot.sheet, cell=spot.cell)


_CODES = {
    "thousands": '0" tusen"',
    "millions": '#,##0" mill. kr"',
    "k": '0"k"',
    "mille": '0"‰"',
    "point": '0"."0',
    "currency": "[$TNOK] #,##0",
    "currency_digit": "0[$0]",
    "in_white": "[White]0",
    "filled": "0*0",
    "hundreds": '0" hundreder"',
}


def _seen() -> Iterator[Variant]:
    for name, words in {"so_far": "Hittil i år", "other_year": "mar 2008", "two_months": "feb+mar"}.items():
        yield Variant("Y18", f"heading_{name}", Outcome.WARN, _named_otherwise(_heading_of_march, words))
    title, unit = "Noe helt annet", "i tusen"
    yield Variant("Y18", "title", Outcome.WARN, _named_otherwise(lambda spot: f"B{spot.row}", title))
    yield Variant("Y18", "unit", Outcome.WARN, _named_otherwise(lambda spot: f"C{spot.row}", unit))
    for name, code in _CODES.items():
        yield Variant("Y18", f"format_{name}", Outcome.WARN, _format(code))
    for name, code in {"nothing": ";;;", "tenfold": '0;-0;0;@"0"'}.items():
        yield Variant("Y18", f"text_format_{name}", Outcome.WARN, _format(code, is_text=True))
    yield Variant("Y18", "text_struck_out", Outcome.WARN, _font("<strike/>", is_text=True))
    yield Variant("Y18", "text_white", Outcome.WARN, _font('<color rgb="FFFFFFFF"/>', is_text=True))
    yield Variant("Y18", "tiny", Outcome.WARN, _font('<sz val="1"/>'))
    yield Variant("Y18", "over_and_over", Outcome.WARN, _font("", '<alignment horizontal="fill"/>'))
    yield Variant("Y18", "part_struck_out", Outcome.CELL, _runs(("15", "<strike/>"), ("8", "")))
    yield Variant("Y18", "footnote", Outcome.CELL, _runs(("239", ""), ("1", '<vertAlign val="superscript"/>')))
    yield Variant("Y18", "part_white", Outcome.CELL, _runs(("15", ""), ("8", '<color rgb="FFFFFFFF"/>')))
    yield Variant("Y18", "struck_out", Outcome.WARN, _font("<strike/>"))
    yield Variant("Y18", "white", Outcome.WARN, _font('<color rgb="FFFFFFFF"/>'))
    yield Variant("Y18", "headed_by_another_office", Outcome.FILE, _headed(9, 2009, "IDN-011"))
    yield Variant("Y18", "headed_by_another_year", Outcome.FILE, _headed(-1, 2010, "IDN-011"))
    yield Variant("Y18", "headed_by_a_title", Outcome.WARN, _headed(None, 2009, None))
    yield Variant("Y18", "white_of_the_theme", Outcome.WARN, _font('<color theme="0"/>'))
    yield Variant("Y18", "hidden_by_condition", Outcome.WARN, _condition(_NOTHING, _ALWAYS))
    yield Variant("Y18", "whitened_by_condition", Outcome.WARN, _condition(_WHITE, _ALWAYS))
    yield Variant("Y18", "bar_alone", Outcome.WARN, _condition("", _BAR_ALONE))
    yield Variant("Y18", "condition_in_an_extension", Outcome.WARN, _condition_in_an_extension)
    yield Variant("Y18", "condition_for_nought", Outcome.ACCEPT, _hides_noughts)


def _headed(office: int | None, year: int, code: str | None) -> Callable[[Spot], Altered]:
    """The heading of every sheet typed over: by the name of another office (None: a made-up title) and a year."""

    def alter(spot: Spot) -> Altered:
        own, offices = f"{spot.office.name}  ·  2009", spot.reference.offices
        name = "Tall til ledermøtet" if office is None else offices[office].name if office >= 0 else spot.office.name
        content = edited(
            spot.office.content, STRINGS, lambda xml: xml.replace(own.encode(), f"{name} · {year}".encode())
        )
        if code is not None:
            return spot.rejected(content, code)
        return spot.warned(content, sheet=spot.sheet, cell=a1(*HEADING))

    return alter


# Y19: settings of the workbook and spellings that change no figure


def _accepted(name: str, change: Callable[[Spot], bytes]) -> Variant:
    return Variant("Y19", name, Outcome.ACCEPT, lambda spot: spot.accepted(change(spot)))


def _setting(pattern: bytes, new: bytes) -> Callable[[Spot], bytes]:
    return lambda spot: edited(spot.office.content, WORKBOOK, lambda xml: re.sub(pattern, new, xml, count=1))


def _nothing_for_nought(spot: Spot) -> bytes:
    """A view that hides noughts and shows formulas."""
    new = b'<sheetView showZeros="0" showFormulas="1" '
    return with_sheet_xml(spot.office.content, spot.sheet, lambda xml: xml.replace(b"<sheetView ", new, 1))


def _prefix_in_the_middle(spot: Spot) -> bytes:
    """One cell with a prefix of its own for the same names."""
    old = cell_xml(spot.office.content, spot.sheet, spot.cell)
    new = re.sub(r"<(/?)([cv])(?=[ >])", r"<\1q:\2", old).replace("<q:c ", f'<q:c xmlns:q="{_main(spot)}" ')
    return with_sheet_xml(spot.office.content, spot.sheet, lambda xml: xml.replace(old.encode(), new.encode()))


def _main(spot: Spot) -> str:
    """The namespace of the input sheet."""
    found = re.search(rb'xmlns="([^"]+)"', sheet_xml(spot.office.content, spot.sheet))
    return found[1].decode() if found else ""


def _lying_counts(spot: Spot) -> bytes:
    return edited(spot.office.content, STRINGS, lambda xml: re.sub(rb'(unique)?[cC]ount="[0-9]+"', rb"", xml, count=2))


def _decomposed(spot: Spot) -> bytes:
    return set_up(spot.office.content, spot, office=unicodedata.normalize("NFD", spot.office.name))


def _look_alike(spot: Spot) -> Altered:
    """The office's name with Cyrillic letters in it."""
    name = spot.office.name.translate({ord("a"): "\u0430", ord("e"): "\u0435", ord("o"): "\u043e", ord("i"): "\u0456"})
    return spot.rejected(set_up(spot.office.content, spot, office=name), "IDN-003")


def _unusual() -> Iterator[Variant]:
    yield _accepted("other_references", _setting(rb"<calcPr", b'<calcPr refMode="R1C1" iterate="1" calcMode="manual"'))
    yield _accepted("days_from_1904", _setting(rb"<workbookPr", b'<workbookPr date1904="1"'))
    yield _accepted("nothing_for_nought", _nothing_for_nought)
    yield _accepted("prefix_in_the_middle", _prefix_in_the_middle)
    yield _accepted("lying_counts", _lying_counts)
    yield _accepted("name_decomposed", _decomposed)
    yield Variant("Y19", "name_with_look_alike", Outcome.FILE, _look_alike)


# Y20: parts and zips that can be read in two ways


def _row_in_two_forms(spot: Spot) -> Altered:
    """A row that stands in a choice and, with another figure, in its fallback: it is in neither place for us."""
    xml = sheet_xml(spot.office.content, spot.sheet).decode()
    old = next(each for each in re.findall(r"<row .*?</row>", xml, re.DOTALL) if f'r="{spot.cell}"' in each)
    other = old.replace(f"<v>{spot.value}</v>", "<v>77</v>")
    new = (
        f'<mc:AlternateContent xmlns:mc="{_COMPATIBILITY}"><mc:Choice Requires="x14">{old}</mc:Choice>'
        f"<mc:Fallback>{other}</mc:Fallback></mc:AlternateContent>"
    )
    content = with_sheet_xml(spot.office.content, spot.sheet, lambda _: xml.replace(old, new).encode())
    tell = Tell(("STR-004",), spot.office.file, spot.sheet)
    return Altered({spot.office.file: content}, (tell,), {spot.office.file: spot.keys(spot.measure)})


_ROWS, _END = "<sheetData>", "</sheetData>"


def _other_rows_in_an_extension(spot: Spot) -> Altered:
    """Rows in which February and March have changed places, within an extension that nobody has to understand.

    The true ones stand where they belong, under a name with a blank behind it.
    """
    true = sheet_xml(spot.office.content, spot.sheet).decode()
    letters = [column_name(FIRST_PERIOD_COLUMN + place) for place in (1, 2)]
    words = {KEY_ROW: ("2009-03", "2009-02"), HEADING_ROW: ("mar", "feb")}
    cells = {
        f"{letter}{row + 1}": text(word)
        for row, two in words.items()
        for letter, word in zip(letters, two, strict=True)
    }
    false = put(true.encode(), cells).decode()
    false = false[false.index(_ROWS) : false.index(_END) + len(_END)]
    written = true.replace(_ROWS, "<sheetData >").replace(_END, "</sheetData >")
    written = written.replace("</worksheet>", f'<extLst><ext uri="x">{false}</ext></extLst></worksheet>')
    content = with_sheet_xml(spot.office.content, spot.sheet, lambda _: written.encode())
    return replace(spot.accepted(content), in_folder=True)


def _zipped(kind: int, *, as_a_stream: bool = False, is_large: bool = False) -> Callable[[Spot], bytes]:
    """The workbook zipped by another program."""

    def change(spot: Spot) -> bytes:
        stream = io.BytesIO()
        target = _Stream(stream) if as_a_stream else stream
        with zipfile.ZipFile(target, "w", kind) as archive:
            for name, data in parts_of(spot.office.content).items():
                with archive.open(name, "w", force_zip64=is_large) as member:
                    member.write(data)
        return stream.getvalue()

    return change


class _Stream(io.RawIOBase):
    """What can be written to and never gone back in: sizes follow the members then."""

    def __init__(self, stream: io.BytesIO) -> None:
        self._stream = stream

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return False

    def write(self, data: bytes) -> int:  # type: ignore[override]
        return self._stream.write(data)


def _part_twice(spot: Spot) -> Altered:
    """The part of the input sheet once more, with another figure, under a name that differs in case."""
    part = sheet_part(spot.office.content, spot.sheet)
    other = put(sheet_xml(spot.office.content, spot.sheet), {spot.cell: number(999)})
    return spot.rejected(packed(parts_of(spot.office.content) | {part.replace("sheet", "Sheet"): other}), "FIL-008")


def _locked_part(spot: Spot) -> Altered:
    """The input sheet alone marked as encrypted."""
    content, part = bytearray(spot.office.content), sheet_part(spot.office.content, spot.sheet).encode()
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        (length,) = struct.unpack_from("<H", content, at + 28)
        if content[at + 46 : at + 46 + length] == part:
            content[at + 8] |= 1
        at = content.find(b"PK\x01\x02", at + 4)
    return spot.rejected(bytes(content), "FIL-004")


def _two_in_one(spot: Spot) -> Altered:
    """Two workbooks one behind the other: the last one is the file, as every zip program has it."""
    before = with_cells(spot.office.content, spot.sheet, {spot.cell: number(spot.value + 1)})
    return spot.accepted(before + spot.office.content)


def _containers() -> Iterator[Variant]:
    yield Variant("Y20", "row_in_two_forms", Outcome.CELL, _row_in_two_forms)
    yield Variant("Y20", "other_rows_in_an_extension", Outcome.ACCEPT, _other_rows_in_an_extension)
    for name, change in {
        "sizes_behind": _zipped(zipfile.ZIP_DEFLATED, as_a_stream=True),
        "large_sizes": _zipped(zipfile.ZIP_DEFLATED, is_large=True),
    }.items():
        yield Variant("Y20", name, Outcome.ACCEPT, lambda spot, change=change: spot.accepted(change(spot)))  # type: ignore[misc]
    packing = _zipped(zipfile.ZIP_BZIP2)
    yield Variant("Y20", "other_packing", Outcome.FILE, lambda spot: spot.rejected(packing(spot), "FIL-010"))
    yield Variant("Y20", "part_twice", Outcome.FILE, _part_twice)
    yield Variant("Y20", "locked_part", Outcome.FILE, _locked_part)
    yield Variant("Y20", "two_in_one", Outcome.ACCEPT, _two_in_one)
    yield Variant("Y20", "fed_from_outside", Outcome.WARN, _fed_from_outside)


def _fed_from_outside(spot: Spot) -> Altered:
    """The cells of the figures are the result of a query: plain numbers, as old as its last run."""
    part = sheet_part(spot.office.content, spot.sheet)
    folder, _, name = part.rpartition("/")
    parts = parts_of(spot.office.content)
    relations = parts.get(f"{folder}/_rels/{name}.rels", _NO_RELATIONS.encode()).decode()
    relation = f'<Relationship Id="rIdQuery" Type="{RELATIONS}/queryTable" Target="../queryTables/queryTable1.xml"/>'
    new = {
        f"{folder}/_rels/{name}.rels": relations.replace("</Relationships>", f"{relation}</Relationships>").encode(),
        "xl/queryTables/queryTable1.xml": f'<queryTable xmlns="{_main(spot)}" name="q" connectionId="1"/>'.encode(),
    }
    return spot.warned(packed(parts | new), sheet=spot.sheet)


_NO_RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'


# Y21: what machines leave beside the workbooks, and names of files


def _beside(name: Callable[[Spot], str], content: bytes, code: str) -> Callable[[Spot], Altered]:
    """A small file of a system beside the workbook: told, and nobody's delivery."""

    def alter(spot: Spot) -> Altered:
        return Altered({name(spot): content}, (Tell((code,), name(spot)),), in_folder=True)

    return alter


def _under(name: Callable[[str], str]) -> Callable[[Spot], Altered]:
    """The workbook under another spelling of its name."""

    def alter(spot: Spot) -> Altered:
        files: dict[str, bytes | None] = {spot.office.file: None, name(spot.office.file): spot.office.content}
        return Altered(files, in_folder=True)

    return alter


def _area_in_one(spot: Spot) -> Altered:
    """What is held for the area stands in one of its workbooks only: it counts once, as it should."""
    cell = spot.cell_of("B.4.actual")
    others = [each for each in spot.reference.offices if each.area == spot.office.area and each is not spot.office]
    return Altered({each.file: with_cells(each.content, spot.sheet, {cell: Raw("")}) for each in others})


def _files() -> Iterator[Variant]:
    yield Variant("Y21", "decomposed", Outcome.ACCEPT, _under(lambda name: unicodedata.normalize("NFD", name)))
    yield Variant("Y21", "capitals", Outcome.ACCEPT, _under(str.upper))
    double = b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X        " + bytes(100)
    yield Variant(
        "Y21", "other_half_of_a_mac", Outcome.ACCEPT, _beside(lambda spot: f"._{spot.office.file}", double, "FIL-009")
    )
    lock = b",ola,pc-1,15.04.2009 12:00,file:///home/ola/.config;"
    yield Variant(
        "Y21",
        "lock_of_libreoffice",
        Outcome.ACCEPT,
        _beside(lambda spot: f".~lock.{spot.office.file}#", lock, "FIL-005"),
    )
    for name in (".DS_Store", "Thumbs.db", "desktop.ini", "~WRL0001.tmp"):
        yield Variant("Y21", name, Outcome.ACCEPT, _beside(lambda _, name=name: name, b"x", "FIL-009"))  # type: ignore[misc]
    yield Variant("Y21", "area_figure_in_one_workbook", Outcome.ACCEPT, _area_in_one)


VARIANTS: tuple[Variant, ...] = (*_formulas(), *_seen(), *_unusual(), *_containers(), *_files())
