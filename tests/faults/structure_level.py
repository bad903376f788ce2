"""Faults of structure (S01 to S19): what has moved is read where it stands, and what cannot be told apart is not counted."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.faults.cases import Altered, Outcome, Spot, Tell, Variant
from tests.faults.workbooks import (
    EMPTY,
    WORKBOOK,
    Raw,
    edited,
    moved,
    number,
    packed,
    parts_of,
    plain_sheet,
    put,
    renamed_sheet,
    sheet_xml,
    text,
    with_cells,
    with_relation,
    with_sheet,
    with_sheet_xml,
    without_sheet,
)
from xlmalekort.layout.cells import a1
from xlmalekort.layout.office import FIRST_PERIOD_COLUMN, HEADING_ROW, KEY_ROW, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

Change = Callable[[Spot], bytes]


def _content(spot: Spot) -> bytes:
    return spot.office.content


def refused(fault: str, name: str, change: Change, *codes: str) -> Variant:
    """A file that must not be counted."""
    return Variant(fault, name, Outcome.FILE, lambda spot: spot.rejected(change(spot), *codes))


def told(
    fault: str, name: str, change: Change, *codes: str, cell: str | None = None, is_risky: bool = False
) -> Variant:
    """A file that is counted whole, with a warning on its input sheet."""

    def alter(spot: Spot) -> Altered:
        return spot.warned(change(spot), *codes, sheet=spot.sheet if cell else None, cell=cell)

    return Variant(fault, name, Outcome.WARN, alter, is_risky)


def harmless(fault: str, name: str, change: Change, *codes: str, is_risky: bool = False) -> Variant:
    """A file that is counted whole."""
    return Variant(fault, name, Outcome.ACCEPT, lambda spot: spot.accepted(change(spot), *codes), is_risky)


# S01 to S03


def _rename(new: str, *, with_names: bool = True) -> Change:
    return lambda spot: renamed_sheet(_content(spot), spot.sheet, new, with_names=with_names)


def _without_heading(new: str) -> Change:
    """Another title, another heading, and no name of the workbook that stands for the sheet."""

    def change(spot: Spot) -> bytes:
        content = renamed_sheet(_content(spot), spot.sheet, new)
        content = with_cells(content, new, {"A1": text("Tall"), "B1": text("Tall")})
        return edited(
            content, WORKBOOK, lambda xml: re.sub(rb"<definedName name=\"mk_input\".*?</definedName>", b"", xml)
        )

    return change


def _named() -> Iterator[Variant]:
    for name, title in {
        "blank_behind": "Registrering ",
        "small": "registrering",
        "large": "REGISTRERING",
        "nb_space": "Registrering\u00a0",
        "copy_number": "Registrering (2)",
        "other_word": "Tall 2009",
        "other_language": "Input",
    }.items():
        yield told("S01", name, _rename(title), "STR-002")
    yield told("S01", "names_left_behind", _rename("registrering ", with_names=False), "STR-002")
    yield refused("S01", "unknown", _without_heading("Registreringer"), "STR-001")
    yield refused("S01", "other_year", _without_heading("Registrering 2008"), "STR-001")
    yield refused("S02", "input", _deleted(Sheet.INPUT), "STR-001")
    yield refused("S02", "setup", _deleted(Sheet.SETUP), "STR-013")
    for sheet, code in {Sheet.SCORECARD: "STR-019", Sheet.CALCULATION: "STR-019", Sheet.FIGURES: "STR-019"}.items():
        yield told("S02", sheet.value, _deleted(sheet), code)
    yield Variant("S02", "history", Outcome.CELL, _without_history)
    yield refused("S03", "copy_behind", _copied(first=False), "STR-003")
    yield refused("S03", "copy_before", _copied(first=True), "STR-003")
    yield refused("S03", "copy_filled_instead", _filled_copy, "STR-003")
    yield told(
        "S03",
        "same_copy",
        lambda spot: with_sheet(_content(spot), "Registrering (2)", sheet_xml(_content(spot), spot.sheet)),
        "STR-015",
    )
    yield refused("S03", "names_twice", _names_twice, "STR-003")


def _deleted(sheet: Sheet) -> Change:
    return lambda spot: without_sheet(_content(spot), spot.title(sheet))


def _without_history(spot: Spot) -> Altered:
    """The year before is gone; what was reported this year counts all the same."""
    tell = Tell(("STR-001",), spot.office.file)
    content = without_sheet(_content(spot), spot.title(Sheet.HISTORY))
    return Altered({spot.office.file: content}, (tell,))


def _copied(*, first: bool) -> Change:
    def change(spot: Spot) -> bytes:
        cells = {spot.cell_of("B.13.value", code): number(999) for code in ("2009-01", "2009-02", "2009-03")}
        return with_sheet(
            _content(spot), "Registrering (2)", put(sheet_xml(_content(spot), spot.sheet), cells), first=first
        )

    return change


def _filled_copy(spot: Spot) -> bytes:
    """The sheet as it was sent out, still empty, and the figures in a copy of it."""
    full = sheet_xml(_content(spot), spot.sheet)
    cells = {spot.cell_of(*key): EMPTY for key in spot.office.figures if key[0] != "B.13.value"}
    return with_sheet(with_cells(_content(spot), spot.sheet, cells), "Registrering (2)", full)


def _names_twice(spot: Spot) -> bytes:
    """Two sheets whose titles differ in case only, which Excel forbids and other programs do not."""
    cells = {spot.cell: number(999)}
    return with_sheet(_content(spot), "REGISTRERING", put(sheet_xml(_content(spot), spot.sheet), cells))


# S04 to S09


def _inserted_column(at: int, note: str = "") -> Change:
    def change(spot: Spot) -> bytes:
        content = moved(_content(spot), spot.sheet, columns=lambda column: column + (column >= at))
        return with_cells(content, spot.sheet, {a1(spot.row - 1, at - 1): text(note)}) if note else content

    return change


def _inserted_rows(at: int, count: int) -> Change:
    return lambda spot: moved(_content(spot), spot.sheet, rows=lambda row: row + (count if row >= at else 0))


_LEFT = FIRST_PERIOD_COLUMN + 1


def _shifted() -> Iterator[Variant]:
    yield harmless("S04", "left_of_figures", _inserted_column(_LEFT, "husk"), "STR-009")
    yield harmless("S04", "between_months", _inserted_column(_LEFT + 1), "STR-009")
    yield harmless("S04", "left_of_ids", _inserted_column(1))
    yield Variant("S04", "between_months_with_figures", Outcome.WARN, _figures_in_inserted_column)
    yield harmless("S05", "above", _inserted_rows(1, 2))
    yield harmless("S05", "many_above", _inserted_rows(1, 20))
    yield harmless("S05", "above_headings", _inserted_rows(KEY_ROW + 1, 1))
    yield told("S05", "between_lines", _inserted_rows(12, 1), "STR-005")
    yield Variant("S05", "above_with_fault", Outcome.CELL, _fault_below_inserted_rows)
    yield Variant("S06", "deleted", Outcome.CELL, _deleted_row)
    yield Variant("S06", "id_cleared", Outcome.CELL, _cleared_id(""))
    yield Variant("S06", "id_changed", Outcome.CELL, _cleared_id("B.13.valu"))
    yield Variant("S06", "column_deleted", Outcome.CELL, _deleted_column)
    yield Variant("S07", "row_below", Outcome.CELL, _doubled_row(7))
    yield Variant("S07", "same_value", Outcome.CELL, _doubled_row(0))
    yield Variant("S07", "id_typed_over", Outcome.CELL, _id_of_another_row)
    yield Variant("S07", "column", Outcome.CELL, _doubled_column)
    yield Variant("S08", "unknown", Outcome.WARN, _row_below("X99"))
    yield Variant("S08", "unknown_between", Outcome.WARN, _row_between("X99"))
    for name, label in {"sum": "Sum", "total": "Total", "in_all": "I alt", "average": "Gjennomsnitt"}.items():
        yield Variant("S09", name, Outcome.WARN, _row_below(label))
        yield Variant("S09", f"{name}_between", Outcome.WARN, _row_between(label))
    yield Variant("S09", "sum_without_label", Outcome.WARN, _row_below(""))
    yield Variant("S09", "sum_column", Outcome.WARN, _sum_column)


def _figures_in_inserted_column(spot: Spot) -> Altered:
    content = _inserted_column(_LEFT + 1)(spot)
    cell = a1(spot.row - 1, _LEFT)
    return spot.warned(with_cells(content, spot.sheet, {cell: number(77)}), "STR-010", sheet=spot.sheet, cell=cell)


def _fault_below_inserted_rows(spot: Spot) -> Altered:
    content = with_cells(_content(spot), spot.sheet, {spot.cell: text("x")})
    content = moved(content, spot.sheet, rows=lambda row: row + 2)
    cell = spot.cell.replace(str(spot.row), str(spot.row + 2))
    return spot.cell_rejected(content, "NUM-001", cell=cell)


def _deleted_row(spot: Spot) -> Altered:
    content = moved(_content(spot), spot.sheet, rows=lambda row: None if row == spot.row else row - (row > spot.row))
    return _lost_row(spot, content, "STR-004")


def _lost_row(spot: Spot, content: bytes, *codes: str) -> Altered:
    tell = Tell(codes, spot.office.file, spot.sheet)
    return Altered({spot.office.file: content}, (tell,), {spot.office.file: spot.keys(spot.measure)})


def _cleared_id(new: str) -> Callable[[Spot], Altered]:
    def alter(spot: Spot) -> Altered:
        content = with_cells(_content(spot), spot.sheet, {f"A{spot.row}": text(new) if new else EMPTY})
        return _lost_row(spot, content, "STR-004")

    return alter


def _deleted_column(spot: Spot) -> Altered:
    gone = FIRST_PERIOD_COLUMN + 2
    content = moved(
        _content(spot), spot.sheet, columns=lambda column: None if column == gone else column - (column > gone)
    )
    lost = frozenset(key for key in spot.office.figures if key[1] == "2009-02")
    tell = Tell(("STR-008",), spot.office.file, spot.sheet)
    return Altered({spot.office.file: content}, (tell,), {spot.office.file: lost})


def _last_row(spot: Spot) -> int:
    return spot.reference.layout.lines[-1].row + 3


def _doubled_row(more: int) -> Callable[[Spot], Altered]:
    """The row once more at the end, with other figures or the same."""

    def alter(spot: Spot) -> Altered:
        row = _last_row(spot)
        cells = {f"A{row}": text(spot.measure)}
        for code in ("2009-01", "2009-02", "2009-03"):
            column = spot.cell_of(spot.measure, code).rstrip("0123456789")
            cells[f"{column}{row}"] = number(spot.office.figures[spot.measure, code] + more)
        return _several(spot, with_cells(_content(spot), spot.sheet, cells), spot.measure)

    return alter


def _several(spot: Spot, content: bytes, *measures: str) -> Altered:
    tell = Tell(("STR-006",), spot.office.file, spot.sheet, f"A{spot.row}")
    return Altered({spot.office.file: content}, (tell,), {spot.office.file: spot.keys(*measures)})


def _id_of_another_row(spot: Spot) -> Altered:
    """The id of the next row typed over with this one's: two rows of one name, and none of the other."""
    other = "P.1.1.numerator"
    cell = f"A{spot.cell_of(other).lstrip('ABCDEFGH')}"
    return _several(spot, with_cells(_content(spot), spot.sheet, {cell: text(spot.measure)}), spot.measure, other)


def _doubled_column(spot: Spot) -> Altered:
    """The code of February over March: two columns of one month, and none of the other."""
    march = FIRST_PERIOD_COLUMN + 2
    cells = {a1(KEY_ROW, march): text("2009-02"), a1(HEADING_ROW, march): text("feb. 2009")}
    lost = frozenset(key for key in spot.office.figures if key[1] in ("2009-02", "2009-03"))
    tell = Tell(("STR-017",), spot.office.file, spot.sheet, a1(KEY_ROW, march - 1))
    content = with_cells(_content(spot), spot.sheet, cells)
    return Altered({spot.office.file: content}, (tell,), {spot.office.file: lost})


def _sums(spot: Spot, row: int, label: str) -> dict[str, Raw]:
    cells = {f"A{row}": text(label)} if label else {}
    for code in ("2009-01", "2009-02", "2009-03"):
        column = spot.cell_of(spot.measure, code).rstrip("0123456789")
        cells[f"{column}{row}"] = number(int(spot.office.figures[spot.measure, code]) * 3)
    return cells


def _row_below(label: str) -> Callable[[Spot], Altered]:
    def alter(spot: Spot) -> Altered:
        row = _last_row(spot)
        content = with_cells(_content(spot), spot.sheet, _sums(spot, row, label))
        if not label:
            return spot.warned(content, "STR-010", sheet=spot.sheet, cell=f"E{row}")
        return spot.warned(content, "STR-007", sheet=spot.sheet, cell=f"A{row}")

    return alter


def _row_between(label: str) -> Callable[[Spot], Altered]:
    def alter(spot: Spot) -> Altered:
        row = spot.row + 1
        content = moved(_content(spot), spot.sheet, rows=lambda each: each + (each >= row))
        content = with_cells(content, spot.sheet, _sums(spot, row, label))
        return spot.warned(content, "STR-007", sheet=spot.sheet, cell=f"A{row}")

    return alter


def _sum_column(spot: Spot) -> Altered:
    """The months of the year added up, to the right of them."""
    column = FIRST_PERIOD_COLUMN + len(spot.reference.layout.periods)
    total = sum(spot.office.figures[spot.measure, code] for code in ("2009-01", "2009-02", "2009-03"))
    cell = a1(spot.row - 1, column)
    content = with_cells(
        _content(spot), spot.sheet, {a1(HEADING_ROW, column): text("Hittil i år"), cell: number(total)}
    )
    return spot.warned(content, "STR-010", sheet=spot.sheet, cell=cell)


# S10 to S19


def _merged(
    area: Callable[[Spot], str], lost: Callable[[Spot], frozenset[tuple[str, str]]]
) -> Callable[[Spot], Altered]:
    """Cells merged in the file, with what stood under the merge left there."""

    def alter(spot: Spot) -> Altered:
        content = with_merges(_content(spot), spot.sheet, area(spot))
        return spot.cell_rejected(content, "STR-011", cell=area(spot).partition(":")[0], lost=lost(spot))

    return alter


def with_merges(content: bytes, title: str, *areas: str) -> bytes:
    """The workbook with areas of a sheet merged."""

    def change(xml: bytes) -> bytes:
        new = "".join(f'<mergeCell ref="{area}"/>' for area in areas).encode()
        if b"<mergeCells" in xml:
            return xml.replace(b"</mergeCells>", new + b"</mergeCells>")
        return re.sub(
            rb"(</sheetData>(?:<sheetProtection[^>]*/>)?(?:<autoFilter[^>]*/>)?)",
            rb"\1<mergeCells>" + new + rb"</mergeCells>",
            xml,
        )

    return with_sheet_xml(content, title, change)


def _next_month(spot: Spot) -> str:
    return f"{spot.cell}:{spot.cell_of(spot.measure, '2009-03')}"


def _row_attributes(spot: Spot, row: int, attributes: str) -> bytes:
    def change(found: re.Match[bytes]) -> bytes:
        kept = found[0]
        for name in re.findall(r"(\w+)=", attributes):
            kept = re.sub(rf' {name}="[^"]*"'.encode(), b"", kept)
        return kept.replace(b"<row", f"<row {attributes}".encode())

    return with_sheet_xml(
        _content(spot), spot.sheet, lambda xml: re.sub(rf'<row r="{row}"[^>]*>'.encode(), change, xml)
    )


def _hidden_column(spot: Spot) -> bytes:
    def change(xml: bytes) -> bytes:
        number_ = FIRST_PERIOD_COLUMN + 2
        new = f'<col min="{number_}" max="{number_}" width="9" hidden="1"/></cols>'.encode()
        return xml.replace(b"</cols>", new)

    return with_sheet_xml(_content(spot), spot.sheet, change)


def _sheet_state(state: str) -> Change:
    return lambda spot: edited(
        _content(spot),
        WORKBOOK,
        lambda xml: xml.replace(
            f'<sheet name="{spot.sheet}"'.encode(), f'<sheet name="{spot.sheet}" state="{state}"'.encode()
        ),
    )


def _dimension(area: str) -> Change:
    return lambda spot: with_sheet_xml(
        _content(spot),
        spot.sheet,
        lambda xml: re.sub(rb'<dimension ref="[^"]*"/>', f'<dimension ref="{area}"/>'.encode(), xml),
    )


def _seen() -> Iterator[Variant]:
    yield Variant(
        "S10",
        "below_each_other",
        Outcome.CELL,
        _merged(
            lambda spot: f"{spot.cell_of('B.5.numerator')}:{spot.cell_of('B.6.numerator')}",
            lambda spot: frozenset(
                (measure, spot.code) for measure in ("B.5.numerator", "B.5.denominator", "B.6.numerator")
            ),
        ),
    )
    yield Variant(
        "S10",
        "beside_each_other",
        Outcome.CELL,
        _merged(_next_month, lambda spot: frozenset({spot.key, (spot.measure, "2009-03")})),
    )
    yield Variant("S10", "with_empty", Outcome.CELL, _merged_with_empty)
    yield told("S11", "row", lambda spot: _row_attributes(spot, spot.row, 'hidden="1"'), "STR-012")
    yield told("S11", "row_true", lambda spot: _row_attributes(spot, spot.row, 'hidden="true"'), "STR-012")
    yield told("S11", "column", _hidden_column, "STR-012")
    yield told("S11", "filtered", _filtered, "STR-012")
    yield told("S11", "no_height", lambda spot: _row_attributes(spot, spot.row, 'ht="0" customHeight="1"'), "STR-012")
    yield told("S12", "hidden", _sheet_state("hidden"), "STR-016")
    yield told("S12", "very_hidden", _sheet_state("veryHidden"), "STR-016")
    for name, area in {"one": "A1", "small": "A1:B2", "odd": "nowhere", "huge": "A1:XFD1048576"}.items():
        yield harmless("S13", name, _dimension(area))
    yield told("S14", "corner", _stray("XFD1048576"), "STR-010", cell="XFD1048576", is_risky=True)
    yield told("S14", "far_down", _stray("B1048576"), "STR-010", cell="B1048576", is_risky=True)
    yield told("S14", "far_right", _stray("XFD20"), "STR-010", cell="XFD20", is_risky=True)
    yield harmless("S15", "empty_rows", _empty_rows, is_risky=True)
    yield harmless("S15", "empty_cells", _empty_cells, is_risky=True)
    yield from _headings()
    yield refused("S17", "chart", _chart_instead, "STR-001")
    yield refused("S17", "macro_sheet", _macro_sheet_instead, "STR-001", "FIL-010")
    yield Variant("S18", "overlapping", Outcome.ACCEPT, _flood_beside, is_risky=True)
    yield Variant("S18", "whole_sheet", Outcome.CELL, _flood_over, is_risky=True)
    yield told("S19", "notes", _notes, "STR-015")
    yield harmless("S19", "order", _other_order)
    yield harmless(
        "S19",
        "comment_text",
        lambda spot: with_cells(_content(spot), spot.sheet, {spot.cell_of("comment:B.1"): text("Ferie i juli")}),
    )
    yield told("S19", "second_page", _second_page, "STR-015")


def _merged_with_empty(spot: Spot) -> Altered:
    """A figure merged with the empty months behind it."""
    area = f"{spot.cell_of(spot.measure, '2009-03')}:{spot.cell_of(spot.measure, '2009-06')}"
    content = with_merges(_content(spot), spot.sheet, area)
    return spot.cell_rejected(
        content, "STR-011", cell=area.partition(":")[0], lost=frozenset({(spot.measure, "2009-03")})
    )


def _filtered(spot: Spot) -> bytes:
    content = _row_attributes(spot, spot.row, 'hidden="1"')
    column = b'<filterColumn colId="0"><filters><filter val="B.1"/></filters></filterColumn>'
    new = b'</sheetData><autoFilter ref="A6:P60">' + column + b"</autoFilter>"
    return with_sheet_xml(content, spot.sheet, lambda xml: xml.replace(b"</sheetData>", new))


def _stray(cell: str) -> Change:
    return lambda spot: with_cells(_content(spot), spot.sheet, {cell: number(1)})


def _empty_rows(spot: Spot) -> bytes:
    rows = "".join(f'<row r="{row}" s="1" customFormat="1"/>' for row in range(200, 1_048_576)).encode()
    return with_sheet_xml(_content(spot), spot.sheet, lambda xml: xml.replace(b"</sheetData>", rows + b"</sheetData>"))


def _empty_cells(spot: Spot) -> bytes:
    rows = "".join(f'<row r="{row}"><c r="E{row}" s="1"/><c r="F{row}" s="1"/></row>' for row in range(200, 200_000))
    return with_sheet_xml(
        _content(spot), spot.sheet, lambda xml: xml.replace(b"</sheetData>", rows.encode() + b"</sheetData>")
    )


def _headings() -> Iterator[Variant]:
    for name, around in {
        "nb_space": "{}\u00a0", "line_break": "{}\n", "two_blanks": "  {} ", "zero_width": "\u200b{}", "colon": "{}:",
        "bom": "\ufeff{}",
        "soft_hyphen": "{}\u00ad",
    }.items():  # fmt: skip
        yield harmless("S16", f"code_{name}", _heading(around))
        yield harmless("S16", f"id_{name}", _id(around))
    yield harmless(
        "S16",
        "id_small",
        lambda spot: with_cells(_content(spot), spot.sheet, {f"A{spot.row}": text(spot.measure.upper())}),
    )
    yield harmless(
        "S16", "id_wide", lambda spot: with_cells(_content(spot), spot.sheet, {f"A{spot.row}": text("Ｂ.１３.value")})
    )
    yield harmless("S16", "codes_gone", _codes_gone)
    yield Variant("S16", "headings_disagree", Outcome.CELL, _headings_disagree)


def _heading(around: str) -> Change:
    return lambda spot: with_cells(
        _content(spot), spot.sheet, {a1(KEY_ROW, FIRST_PERIOD_COLUMN + 1): text(around.format("2009-02"))}
    )


def _id(around: str) -> Change:
    return lambda spot: with_cells(_content(spot), spot.sheet, {f"A{spot.row}": text(around.format(spot.measure))})


def _codes_gone(spot: Spot) -> bytes:
    columns = range(FIRST_PERIOD_COLUMN, FIRST_PERIOD_COLUMN + len(spot.reference.layout.periods))
    return with_cells(_content(spot), spot.sheet, {a1(KEY_ROW, column): EMPTY for column in columns})


def _headings_disagree(spot: Spot) -> Altered:
    """The headings that people see say March before February, the hidden codes the other way round: whose figures are they?"""
    february, march = FIRST_PERIOD_COLUMN + 1, FIRST_PERIOD_COLUMN + 2
    cells = {a1(HEADING_ROW, february): text("mars 2009"), a1(HEADING_ROW, march): text("februar 2009")}
    lost = frozenset(key for key in spot.office.figures if key[1] in ("2009-02", "2009-03"))
    content = with_cells(_content(spot), spot.sheet, cells)
    return spot.cell_rejected(content, "STR-023", cell=a1(HEADING_ROW, february), lost=lost)


_CHART = b'<chartsheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews/></chartsheet>'


def _chart_instead(spot: Spot) -> bytes:
    return with_sheet(without_sheet(_content(spot), spot.sheet), spot.sheet, _CHART, is_chart=True)


def _macro_sheet_instead(spot: Spot) -> bytes:
    """A sheet of old Excel macros under the title of the input sheet."""
    parts = parts_of(without_sheet(_content(spot), spot.sheet))
    parts = with_relation(parts, "xlMacrosheet", "macrosheets/sheet1.xml", "rIdMacro")
    new = f'<sheet name="{spot.sheet}" sheetId="99" r:id="rIdMacro"/></sheets>'.encode()
    parts[WORKBOOK] = parts[WORKBOOK].replace(b"</sheets>", new)
    macro = b'<xm:macrosheet xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"/>'
    return packed(parts | {"xl/macrosheets/sheet1.xml": macro})


def _flood_beside(spot: Spot) -> Altered:
    """Two hundred merges over each other, below the figures."""
    areas = [f"A{500 + number_}:Z{1000 + number_}" for number_ in range(199)]
    return spot.accepted(with_merges(_content(spot), spot.sheet, *areas))


def _flood_over(spot: Spot) -> Altered:
    content = with_merges(_content(spot), spot.sheet, "A1:XFD1048576")
    tell = Tell(("STR-011",), spot.office.file, spot.sheet)
    return Altered({spot.office.file: content}, (tell,), {spot.office.file: None})


def _notes(spot: Spot) -> bytes:
    content = with_sheet(
        _content(spot), "Notater", plain_sheet('<row r="1"><c r="A1" t="inlineStr"><is><t>husk</t></is></c></row>')
    )
    return with_sheet(content, "Tom", plain_sheet(""))


def _second_page(spot: Spot) -> bytes:
    """A sheet of one's own with figures in it, which nobody reads."""
    cells = "".join(f'<row r="{row}"><c r="A{row}"><v>{row}</v></c></row>' for row in range(1, 40))
    return with_sheet(_content(spot), "Side 2", plain_sheet(cells), first=True)


def _other_order(spot: Spot) -> bytes:
    def change(xml: bytes) -> bytes:
        found = re.findall(rb"<sheet [^>]*/>", xml)
        return xml.replace(b"".join(found), b"".join(reversed(found)))

    return edited(_content(spot), WORKBOOK, change)


VARIANTS: tuple[Variant, ...] = (*_named(), *_shifted(), *_seen())
