"""Faults beyond the list (Y01 to Y14).

Each is an instance of a class: two names that disagree, a number that is not what it looks like, XML that can be read in two
ways, and what says the same in an unusual way.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.faults.cases import Altered, Outcome, Spot, Tell, Variant
from tests.faults.cell_level import harmless as harmless_cell
from tests.faults.cell_level import in_cell, rejected
from tests.faults.meaning_level import set_up
from tests.faults.security_level import with_link
from tests.faults.structure_level import with_merges
from tests.faults.workbooks import (
    EMPTY,
    STRINGS,
    WORKBOOK,
    WORKBOOK_RELATIONS,
    Raw,
    cell_xml,
    edited,
    formula,
    number,
    packed,
    parts_of,
    put,
    replaced,
    sheet_xml,
    split,
    text,
    with_cells,
    with_format,
    with_sheet,
    with_sheet_xml,
)
from xlmalekort.layout.cells import a1, column_name
from xlmalekort.layout.office import FIRST_PERIOD_COLUMN, HEADING_ROW, KEY_ROW, READY_FOR, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

Change = Callable[[Spot], bytes]
MONTHS = ("2009-01", "2009-02", "2009-03")


def _accepted(fault: str, name: str, change: Change, *codes: str) -> Variant:
    return Variant(fault, name, Outcome.ACCEPT, lambda spot: spot.accepted(change(spot), *codes))


def _refused(fault: str, name: str, change: Change, *codes: str) -> Variant:
    return Variant(fault, name, Outcome.FILE, lambda spot: spot.rejected(change(spot), *codes))


# Two names that disagree


def moved_cells(content: bytes, title: str, pairs: dict[str, str]) -> bytes:
    """The workbook with what stands in some cells of a sheet put into others."""
    cells = {}
    for source, target in pairs.items():
        found = re.fullmatch(
            r'<c r="[A-Z]+[0-9]+"(?: s="([0-9]+)")?(?: t="([a-z]+)")?(?:/>|>(.*)</c>)',
            cell_xml(content, title, source),
            re.DOTALL,
        )
        cells[target] = Raw(found[3] or "", found[2] or "", int(found[1]) if found[1] else None) if found else EMPTY
    return with_cells(content, title, cells)


def _sorted_without_ids(first: str, second: str) -> Callable[[Spot], Altered]:
    """Two rows that changed places from the titles on, as after sorting without the first column: the ids stayed behind."""

    def alter(spot: Spot) -> Altered:
        rows = {measure: split(spot.cell_of(measure))[1] for measure in (first, second)}
        last = FIRST_PERIOD_COLUMN + len(spot.reference.layout.periods)
        letters = [column_name(column) for column in range(1, last)]
        pairs = {f"{each}{rows[first]}": f"{each}{rows[second]}" for each in letters}
        pairs |= {target: source for source, target in pairs.items()}
        content = moved_cells(spot.office.content, spot.sheet, pairs)
        lost = spot.keys(first, second)
        return spot.cell_rejected(content, "STR-023", cell=f"B{rows[first]}", lost=lost)

    return alter


def _months_swapped(spot: Spot) -> Altered:
    """February and March changed places with the headings that people see; the hidden codes above them stayed."""
    february, march = FIRST_PERIOD_COLUMN + 1, FIRST_PERIOD_COLUMN + 2
    rows = range(HEADING_ROW, spot.reference.layout.lines[-1].row + 1)
    pairs = {a1(row, february): a1(row, march) for row in rows}
    pairs |= {target: source for source, target in pairs.items()}
    content = moved_cells(spot.office.content, spot.sheet, pairs)
    lost = frozenset(key for key in spot.office.figures if key[1] in MONTHS[1:])
    return spot.cell_rejected(content, "STR-023", cell=a1(HEADING_ROW, february), lost=lost)


def _other_figures(spot: Spot) -> bytes:
    """The XML of the input sheet with other figures."""
    return put(
        sheet_xml(spot.office.content, spot.sheet), {spot.cell_of(spot.measure, code): number(999) for code in MONTHS}
    )


def _copy_named(title: str) -> Change:
    return lambda spot: with_sheet(spot.office.content, title, _other_figures(spot))


def _name_of_the_copy(spot: Spot) -> bytes:
    """A copy with other figures, for which the workbook's own name stands."""
    content = with_sheet(spot.office.content, "Kopi", _other_figures(spot))
    return edited(content, WORKBOOK, lambda xml: re.sub(rb'(name="mk_input"[^>]*>)[^<]*<', rb"\1Kopi!$A$1<", xml))


def _two_names(spot: Spot) -> bytes:
    """The workbook's own name twice, for the sheet and for a copy of it with other figures."""
    content = with_sheet(spot.office.content, "Kopi", _other_figures(spot))
    new = b'<definedName name="mk_input">Kopi!$A$1</definedName></definedNames>'
    return edited(content, WORKBOOK, lambda xml: xml.replace(b"</definedNames>", new))


def _shared_part(first: Sheet, second: Sheet) -> Change:
    """The first of two sheets of the workbook stands for the part of the second."""

    def change(spot: Spot) -> bytes:
        parts = parts_of(spot.office.content)
        workbook = parts[WORKBOOK].decode()
        numbers = {
            sheet: re.search(rf'<sheet name="{re.escape(spot.title(sheet))}"[^>]*r:id="([^"]+)"', workbook)
            for sheet in (first, second)
        }
        old, new = (found[1] for sheet in (first, second) if (found := numbers[sheet]) is not None)
        targets = dict(re.findall(r'Id="([^"]+)"[^>]*Target="([^"]+)"', parts[WORKBOOK_RELATIONS].decode()))
        relations = parts[WORKBOOK_RELATIONS].decode().replace(f'Target="{targets[old]}"', f'Target="{targets[new]}"')
        return packed(parts | {WORKBOOK_RELATIONS: relations.encode()})

    return change


def _history_is_input(spot: Spot) -> Altered:
    """This year's figures where last year's belong: nothing is compared with them, and no total of this year is touched."""
    content = _shared_part(Sheet.HISTORY, Sheet.INPUT)(spot)
    tell = Tell(("IDN-006",), spot.office.file, spot.title(Sheet.HISTORY))
    return Altered({spot.office.file: content}, (tell,), {spot.office.file: frozenset()})


def _codes_of_last_year(spot: Spot) -> bytes:
    """The hidden codes say last year; the headings that people see have no year."""
    months = range(1, 13)
    cells = {a1(KEY_ROW, FIRST_PERIOD_COLUMN + month - 1): text(f"2008-{month:02d}") for month in months}
    return with_cells(spot.office.content, spot.sheet, cells)


def _last_year_pasted_over(spot: Spot) -> bytes:
    """The whole sheet of the year before copied over the input sheet."""
    history = sheet_xml(spot.office.content, spot.title(Sheet.HISTORY))
    return with_sheet_xml(spot.office.content, spot.sheet, lambda _: history)


def _area_figure(spot: Spot) -> Altered:
    """What is held for the whole area, but another number than in the other offices' workbooks."""
    key = ("B.4.actual", spot.code)
    cell = spot.cell_of("B.4.actual")
    content = with_cells(spot.office.content, spot.sheet, {cell: number(spot.office.figures[key] + 7)})
    files = [each.file for each in spot.reference.offices if each.area == spot.office.area]
    tells = tuple(Tell(("DLV-006",), file, spot.sheet, cell) for file in files)
    return Altered({spot.office.file: content}, tells, dict.fromkeys(files, frozenset({key})))


def _names() -> Iterator[Variant]:
    yield Variant("Y01", "sorted_without_ids", Outcome.CELL, _sorted_without_ids("B.3.value", "B.13.value"))
    yield Variant("Y01", "numerators", Outcome.CELL, _sorted_without_ids("B.5.numerator", "B.7.numerator"))
    yield Variant("Y01", "months_swapped", Outcome.CELL, _months_swapped)
    yield _refused("Y02", "title_with_blank", _copy_named("Registrering "), "STR-003")
    yield _refused("Y02", "title_with_nb_space", _copy_named("Registrering\u00a0"), "STR-003")
    yield _refused("Y02", "title_with_colon", _copy_named("Registrering."), "STR-003")
    yield _refused("Y02", "same_title", _copy_named("Registrering"), "STR-003")
    yield _refused("Y02", "title_of_another_sheet", _copy_named("Forhistorie "), "STR-003")
    yield _refused("Y02", "name_of_the_copy", _name_of_the_copy, "STR-003")
    yield _refused("Y02", "two_names", _two_names, "STR-003")
    yield _refused("Y03", "codes_of_last_year", _codes_of_last_year, "IDN-006")
    yield _refused("Y03", "last_year_pasted_over", _last_year_pasted_over, "IDN-006")
    yield _refused("Y03", "input_is_history", _shared_part(Sheet.INPUT, Sheet.HISTORY), "IDN-006")
    yield _refused(
        "Y03", "input_is_scorecard", _shared_part(Sheet.INPUT, Sheet.SCORECARD), "STR-001", "STR-008", "STR-004"
    )
    yield Variant("Y03", "history_is_input", Outcome.CELL, _history_is_input)
    yield Variant("Y04", "area_figure", Outcome.CELL, _area_figure)
    yield Variant("Y04", "office_in_other_spelling", Outcome.ACCEPT, _other_spelling)


def _other_spelling(spot: Spot) -> Altered:
    return spot.accepted(set_up(spot.office.content, spot, office=f"  {spot.office.name.upper()}\u00a0"))


# A number that is not what it looks like


def _shown_otherwise(name: str, code: str) -> Variant:
    """A number format that shows another number than the one that stands there."""

    def alter(spot: Spot) -> Altered:
        content, style = with_format(spot.office.content, code)
        content = with_cells(content, spot.sheet, {spot.cell: Raw(f"<v>{spot.value}</v>", style=style)})
        return spot.warned(content, "NUM-016", sheet=spot.sheet, cell=spot.cell)

    return Variant("Y05", name, Outcome.WARN, alter)


_HONEST = {
    "accounting": '_-* #,##0.00_-;\\-* #,##0.00_-;_-* "-"??_-;_-@_-',
    "crowns": "[$kr-414] #,##0.00",
    "red_below": "#,##0;[Red]-#,##0",
    "fraction": "# ?/?",
    "unit": 'General" personer"',
    "scientific": "0.0E+00",
    "padded": "0000",
}
"""Formats that people give figures, and that show them as they are."""


def _shown_as_it_is(name: str, code: str) -> Variant:
    def alter(spot: Spot) -> Altered:
        content, style = with_format(spot.office.content, code)
        return spot.accepted(with_cells(content, spot.sheet, {spot.cell: Raw(f"<v>{spot.value}</v>", style=style)}))

    return Variant("Y05", f"as_it_is_{name}", Outcome.ACCEPT, alter)


def _unseen() -> Iterator[Variant]:
    yield _shown_otherwise("nothing", ";;;")
    yield _shown_otherwise("thousands", "#,##0,")
    yield _shown_otherwise("nought_behind", "0\\0")
    yield _shown_otherwise("fixed_text", '"12"')
    yield _shown_otherwise("other_sign", '"-"0')
    yield _shown_otherwise("nought_in_front", '"1"0')
    yield _shown_otherwise("by_condition", "[>9999]0;0,")
    yield from (_shown_as_it_is(*each) for each in _HONEST.items())
    yield Variant("Y05", "no_width", Outcome.WARN, _no_width)


def _no_width(spot: Spot) -> Altered:
    """A column so narrow that nobody sees it."""
    column = FIRST_PERIOD_COLUMN + 2
    new = f'<col min="{column}" max="{column}" width="0" customWidth="1"/></cols>'.encode()
    content = with_sheet_xml(spot.office.content, spot.sheet, lambda xml: xml.replace(b"</cols>", new))
    return spot.warned(content, "STR-012")


# Formulas


def _shared_formula(spot: Spot) -> Altered:
    """Formulas that share one text, with results that it does not give."""
    cells = {
        spot.cell_of(spot.measure, "2009-01"): Raw('<f t="shared" ref="E33:G33" si="0">1+1</f><v>{}</v>'),
        spot.cell_of(spot.measure, "2009-02"): Raw('<f t="shared" si="0"/><v>{}</v>'),
        spot.cell_of(spot.measure, "2009-03"): Raw('<f t="shared" si="0"/><v>{}</v>'),
    }
    values = dict(zip(cells, (spot.office.figures[spot.measure, code] for code in MONTHS), strict=True))
    filled = {cell: Raw(raw.inner.format(values[cell])) for cell, raw in cells.items()}
    content = with_cells(spot.office.content, spot.sheet, filled)
    tells = tuple(Tell(("NUM-009",), spot.office.file, spot.sheet, cell) for cell in cells)
    return Altered({spot.office.file: content}, tells)


def _shared_link(spot: Spot) -> Altered:
    """A cell that shares its formula with one that looks into another file."""
    first = spot.cell_of(spot.measure, "2009-01")
    cells = {
        first: Raw('<f t="shared" ref="E33:F33" si="7">[1]Ark1!A1</f><v>31</v>'),
        spot.cell: Raw('<f t="shared" si="7"/><v>31</v>'),
    }
    content = with_link(with_cells(spot.office.content, spot.sheet, cells))
    lost = frozenset({(spot.measure, "2009-01"), spot.key})
    return spot.cell_rejected(content, "NUM-013", lost=lost)


def _table_of_values(spot: Spot) -> Altered:
    raw = Raw(f'<f t="dataTable" ref="F33:F34" dt2D="0" dtr="0" r1="A1"/><v>{spot.value}</v>')
    return spot.warned(in_cell(spot, raw), "NUM-009", sheet=spot.sheet, cell=spot.cell)


def _array(spot: Spot) -> Altered:
    raw = Raw(f'<f t="array" ref="{spot.cell}">SUM(1,2)</f><v>{spot.value}</v>')
    return spot.warned(in_cell(spot, raw), "NUM-009", sheet=spot.sheet, cell=spot.cell)


def _formulas() -> Iterator[Variant]:
    yield Variant("Y06", "shared", Outcome.WARN, _shared_formula)
    yield Variant("Y06", "shared_link", Outcome.CELL, _shared_link)
    yield Variant("Y06", "data_table", Outcome.WARN, _table_of_values)
    yield Variant("Y06", "array", Outcome.WARN, _array)
    yield Variant("Y06", "indirect", Outcome.CELL, _indirect)
    yield Variant("Y06", "cube", Outcome.CELL, _from_a_cube)
    for name, source in {
        "random": "RANDBETWEEN(1,9)",
        "today": "TODAY()-39900",
    }.items():
        yield Variant("Y06", name, Outcome.WARN, _formula_told(source))


def _indirect(spot: Spot) -> Altered:
    """A link to another file that is put together from texts."""
    content = in_cell(spot, formula("INDIRECT(\"'[a.xlsx]Ark1'!A1\")", str(spot.value)))
    return spot.cell_rejected(content, "NUM-013")


def _from_a_cube(spot: Spot) -> Altered:
    """A figure out of a database that nobody else can ask."""
    content = in_cell(spot, formula('CUBEVALUE("a","b")', str(spot.value)))
    return spot.cell_rejected(content, "NUM-013")


def _formula_told(source: str) -> Callable[[Spot], Altered]:
    def alter(spot: Spot) -> Altered:
        content = in_cell(spot, formula(source, str(spot.value)))
        return spot.warned(content, "NUM-009", "NUM-013", sheet=spot.sheet, cell=spot.cell, typed={})

    return alter


# XML that can be read in two ways


def _ambiguous(name: str, raw: Callable[[Spot], Raw], *codes: str) -> Variant:
    """A cell that says two things: whichever is taken, it has to be told."""

    def alter(spot: Spot) -> Altered:
        return spot.cell_rejected(in_cell(spot, raw(spot)), *codes)

    return Variant("Y07", name, Outcome.CELL, alter)


def _two_ways() -> Iterator[Variant]:
    yield _ambiguous("value_and_text", lambda spot: Raw(f"<v>{spot.value}</v><is><t>77</t></is>"), "NUM-015")
    yield _ambiguous("two_values", lambda spot: Raw(f"<v>{spot.value}</v><v>77</v>"), "NUM-015")
    yield _ambiguous(
        "text_and_value", lambda spot: Raw(f"<v>77</v><is><t>{spot.value}</t></is>", "inlineStr"), "NUM-015"
    )
    yield _refused("Y07", "cell_twice", _cell_twice, "FIL-010")
    yield _refused("Y07", "row_twice", _row_twice, "FIL-010")
    yield rejected("Y07", "negative_index", Raw("<v>-1</v>", "s"), "NUM-001", "NUM-003")
    yield rejected("Y07", "index_of_letters", Raw("<v>x</v>", "s"), "NUM-001", "NUM-003")
    yield _refused("Y07", "second_table_of_rows", _second_rows, "FIL-010")


def _cell_twice(spot: Spot) -> bytes:
    old = cell_xml(spot.office.content, spot.sheet, spot.cell)
    return with_sheet_xml(
        spot.office.content,
        spot.sheet,
        lambda xml: xml.replace(old.encode(), (old + f'<c r="{spot.cell}"><v>77</v></c>').encode()),
    )


def _row_twice(spot: Spot) -> bytes:
    new = f'<row r="{spot.row}"><c r="{spot.cell}"><v>77</v></c></row></sheetData>'.encode()
    return with_sheet_xml(spot.office.content, spot.sheet, lambda xml: xml.replace(b"</sheetData>", new))


def _second_rows(spot: Spot) -> bytes:
    new = f'</sheetData><sheetData><row r="{spot.row}"><c r="{spot.cell}"><v>77</v></c></row></sheetData>'.encode()
    return with_sheet_xml(spot.office.content, spot.sheet, lambda xml: xml.replace(b"</sheetData>", new))


# The same in an unusual way


def _unusual() -> Iterator[Variant]:
    yield harmless_cell("Y08", "cdata", lambda spot: number(f"<![CDATA[{spot.value}]]>"))
    yield harmless_cell(
        "Y08", "comment_within", lambda spot: number(f"{str(spot.value)[0]}<!-- x -->{str(spot.value)[1:]}")
    )
    yield harmless_cell(
        "Y08", "signs_by_number", lambda spot: number("".join(f"&#{ord(each)};" for each in str(spot.value)))
    )
    yield harmless_cell("Y08", "blanks", lambda spot: number(f"\n {spot.value} "))
    yield harmless_cell("Y08", "type_said", lambda spot: Raw(f"<v>{spot.value}</v>", "n"))
    yield harmless_cell("Y08", "plus", lambda spot: number(f"+{spot.value}"))
    yield harmless_cell(
        "Y08", "extension", lambda spot: Raw(f"<v>{spot.value}</v><extLst><ext uri='x'><v>77</v></ext></extLst>")
    )
    yield _accepted("Y08", "small_reference", _reference(lambda cell: cell.lower()))
    yield _accepted("Y08", "reference_with_dollars", _reference(lambda cell: "$" + cell[0] + "$" + cell[1:]))
    yield _accepted("Y09", "rows_in_other_order", _rows_reversed)
    yield _accepted("Y09", "cells_in_other_order", _cells_reversed)
    yield _accepted("Y09", "cell_in_other_row", _cell_in_other_row)
    yield _accepted("Y10", "two_views", _two_views)
    yield _accepted(
        "Y10",
        "merged_headings",
        lambda spot: with_merges(spot.office.content, spot.sheet, "E1:G1", f"A{HEADING_ROW + 1}:B{HEADING_ROW + 1}"),
    )
    yield _accepted(
        "Y10",
        "byte_order_mark",
        lambda spot: with_sheet_xml(spot.office.content, spot.sheet, lambda xml: b"\xef\xbb\xbf" + xml),
    )
    yield _accepted("Y10", "latin_1", _latin)
    yield _accepted(
        "Y10",
        "escaped_texts",
        lambda spot: replaced(spot.office.content, STRINGS, "<t>B.13.value<", "<t>B_x002E_13.value<"),
    )
    yield _accepted("Y10", "phonetic", _phonetic)
    yield _accepted("Y10", "alternative_content", _alternative)
    yield rejected("Y11", "wide_digits", text("１２"), "NUM-001")
    yield rejected("Y11", "many_digits", text("12345678901"), "NUM-001")
    yield rejected("Y11", "power_as_text", text("1E2"), "NUM-001")
    yield rejected("Y11", "truth_of_digits", Raw("<v>146</v>", "b"), "NUM-007")
    yield rejected("Y11", "too_large", number("1E13"), "NUM-006")
    yield rejected("Y11", "largest", number("1.7976931348623157E+308"), "NUM-006")


def _reference(change: Callable[[str], str]) -> Change:
    return lambda spot: with_sheet_xml(
        spot.office.content,
        spot.sheet,
        lambda xml: xml.replace(f'<c r="{spot.cell}"'.encode(), f'<c r="{change(spot.cell)}"'.encode()),
    )


def _rows_reversed(spot: Spot) -> bytes:
    def change(xml: bytes) -> bytes:
        rows = re.findall(rb"<row [^>]*?/>|<row .*?</row>", xml, re.DOTALL)
        return xml.replace(b"".join(rows), b"".join(reversed(rows)))

    return with_sheet_xml(spot.office.content, spot.sheet, change)


def _cells_reversed(spot: Spot) -> bytes:
    def row(found: re.Match[bytes]) -> bytes:
        cells = re.findall(rb"<c [^>]*?/>|<c .*?</c>", found[2], re.DOTALL)
        return found[1] + b"".join(reversed(cells)) + b"</row>"

    return with_sheet_xml(
        spot.office.content, spot.sheet, lambda xml: re.sub(rb"(<row [^>]*[^/]>)(.*?)</row>", row, xml, flags=re.DOTALL)
    )


def _cell_in_other_row(spot: Spot) -> bytes:
    """A cell that stands among those of another row: its own reference says where it belongs."""
    old = cell_xml(spot.office.content, spot.sheet, spot.cell).encode()
    return with_sheet_xml(
        spot.office.content,
        spot.sheet,
        lambda xml: xml.replace(old, b"").replace(b"</row></sheetData>", old + b"</row></sheetData>"),
    )


def _two_views(spot: Spot) -> bytes:
    return edited(spot.office.content, WORKBOOK, lambda xml: re.sub(rb"(<workbookView[^>]*/>)", rb"\1\1", xml))


def _latin(spot: Spot) -> bytes:
    def change(xml: bytes) -> bytes:
        body = re.sub(rb"<\?xml.*?\?>\s*", b"", xml).decode()
        declared = '<?xml version="1.0" encoding="ISO-8859-1"?>' + body
        return declared.encode("latin-1", errors="xmlcharrefreplace")

    return edited(spot.office.content, STRINGS, change)


def _phonetic(spot: Spot) -> bytes:
    new = '<t>B.13.value</t><rPh sb="0" eb="1"><t>X</t></rPh>'
    return replaced(spot.office.content, STRINGS, "<t>B.13.value</t>", new)


def _alternative(spot: Spot) -> bytes:
    new = (
        b'<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="x14">'
        b"<controls/></mc:Choice></mc:AlternateContent></worksheet>"
    )
    return with_sheet_xml(spot.office.content, spot.sheet, lambda xml: xml.replace(b"</worksheet>", new))


# Days and periods


def _days() -> Iterator[Variant]:
    yield Variant("Y12", "other_first_day", Outcome.WARN, _other_first_day)
    yield Variant("Y13", "delivered_to_february", Outcome.ACCEPT, _delivered_to_february)
    yield Variant("Y14", "running_month", Outcome.ACCEPT, _in_month("2009-04"))
    yield Variant("Y14", "month_to_come", Outcome.CELL, _in_month("2009-06"))


def _other_first_day(spot: Spot) -> Altered:
    """A workbook that counts its days from 1904: what it is ready for is another day than the number says elsewhere."""
    content, style = with_format(spot.office.content, "mmm\\ yy")
    content = edited(content, WORKBOOK, lambda xml: re.sub(rb"<workbookPr", b'<workbookPr date1904="1"', xml))
    cell = a1(*READY_FOR)
    content = with_cells(content, spot.sheet, {cell: Raw("<v>38411</v>", style=style)})
    return spot.warned(content, "PER-003", sheet=spot.sheet, cell=cell)


def _delivered_to_february(spot: Spot) -> Altered:
    """Delivered up to February: what stands in March waits, and the totals of March lack the office."""
    content = with_cells(spot.office.content, spot.sheet, {a1(*READY_FOR): text("2009-02")})
    lost = frozenset(key for key in spot.office.figures if key[1] == "2009-03" and not key[0].startswith("B.4."))
    return Altered({spot.office.file: content}, (Tell(("PER-004",), spot.office.file),), {spot.office.file: lost})


def _in_month(code: str) -> Callable[[Spot], Altered]:
    """A figure of a month that has not ended, or not begun; no total is touched."""

    def alter(spot: Spot) -> Altered:
        cell = spot.cell_of(spot.measure, code)
        cells = {cell: number(50), a1(*READY_FOR): EMPTY}
        content = with_cells(spot.office.content, spot.sheet, cells)
        if code == "2009-04":
            return Altered({spot.office.file: content}, (Tell(("PER-002",), spot.office.file),))
        return Altered({spot.office.file: content}, (Tell(("PER-001",), spot.office.file, spot.sheet, cell),))

    return alter


VARIANTS: tuple[Variant, ...] = (
    *_names(),
    *_unseen(),
    *_formulas(),
    *_two_ways(),
    *_unusual(),
    *_days(),
)
