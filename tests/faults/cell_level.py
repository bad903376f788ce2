"""Faults of single cells (C01 to C16): what cannot be read is rejected by itself, and never counted as something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.faults.cases import Altered, Outcome, Spot, Variant
from tests.faults.workbooks import (
    EMPTY,
    STRINGS,
    Raw,
    edited,
    formula,
    number,
    parts_of,
    replaced,
    sheet_part,
    text,
    with_cells,
    with_format,
)
from xlmalekort.layout.cells import a1
from xlmalekort.layout.office import CALC_FIRST_ROW, READY_FOR, SCORECARD_FIRST_ROW, Calc, Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NB_SPACE, NARROW_SPACE, THIN_SPACE = "\u00a0", "\u202f", "\u2009"


def in_cell(spot: Spot, raw: Raw) -> bytes:
    """The office's workbook with this in the cell of the spot."""
    return with_cells(spot.office.content, spot.sheet, {spot.cell: raw})


def rejected(fault: str, name: str, raw: Raw | Callable[[Spot], Raw], *codes: str) -> Variant:
    """A cell that holds what is no figure."""

    def alter(spot: Spot) -> Altered:
        return spot.cell_rejected(in_cell(spot, raw if isinstance(raw, Raw) else raw(spot)), *codes)

    return Variant(fault, name, Outcome.CELL, alter, any_cell=True)


def harmless(fault: str, name: str, raw: Callable[[Spot], Raw], *codes: str) -> Variant:
    """A cell that holds the true figure in an unusual way."""

    def alter(spot: Spot) -> Altered:
        return spot.accepted(in_cell(spot, raw(spot)), *codes, cell=spot.cell if codes else None)

    return Variant(fault, name, Outcome.ACCEPT, alter, any_cell=True)


def _texts(fault: str, **values: str) -> Iterator[Variant]:
    for name, value in values.items():
        yield rejected(fault, name, text(value), "NUM-001")


def _formatted(fault: str, name: str, value: str, code: str, *codes: str) -> Variant:
    """A number that its format shows as something else."""

    def alter(spot: Spot) -> Altered:
        content, style = with_format(spot.office.content, code)
        raw = Raw(f"<v>{value}</v>", style=style)
        return spot.cell_rejected(with_cells(content, spot.sheet, {spot.cell: raw}), *codes)

    return Variant(fault, name, Outcome.CELL, alter, any_cell=True)


# Texts


def _separators() -> Iterator[Variant]:
    yield from _texts(
        "C01",
        nb_space=f"1{NB_SPACE}234",
        narrow_space=f"1{NARROW_SPACE}234",
        thin_space=f"1{THIN_SPACE}234",
        space="1 234",
        apostrophe="1'234",
        curly_apostrophe="1\u2019234",
        trailing_nb_space=f"12{NB_SPACE}",
        underscore="1_234",
    )
    yield from _texts("C02", comma="0,75", comma_one="12,0", arabic_comma="12٫5", two_commas="1,234,5")
    yield from _texts("C03", point="1.234", comma="1,234", both="1.234,5", other_both="1,234.5")


def _percent() -> Iterator[Variant]:
    yield rejected("C04", "fraction", number("0.75"), "NUM-005")
    yield rejected("C04", "text", text("75 %"), "NUM-001")
    yield rejected("C04", "text_without_space", text("75%"), "NUM-001")
    yield _formatted("C04", "format_0", "75", "0%", "NUM-012")
    yield _formatted("C04", "format_0_00", "0.75", "0.00%", "NUM-012")
    yield _formatted("C04", "format_100", "1", '0" "%', "NUM-012")
    yield _formatted("C04", "per_mille_of_excel", "1", "[Red]0.0%;-0.0%", "NUM-012")


ERRORS = (
    "#DIV/0!", "#REF!", "#N/A", "#VALUE!", "#SPILL!", "#NAME?", "#NULL!", "#NUM!", "#CALC!", "#GETTING_DATA",
)  # fmt: skip


def _errors() -> Iterator[Variant]:
    for error in ERRORS:
        name = error.strip("#!?").replace("/", "_").casefold()
        yield rejected("C05", name, Raw(f"<v>{error}</v>", "e"), "NUM-003")
    yield rejected("C05", "of_formula", formula("1/0", "#DIV/0!", "e"), "NUM-003")
    yield rejected("C05", "as_text", text("#DIV/0!"), "NUM-001", "NUM-003")
    yield rejected("C05", "as_text_of_formula", formula('"#N/A"', "#N/A", "str"), "NUM-001", "NUM-003")


def _formulas() -> Iterator[Variant]:
    yield rejected("C06", "no_value", formula("15+16"), "NUM-010")
    yield rejected("C06", "empty_value", Raw("<f>15+16</f><v></v>"), "NUM-010")
    yield rejected("C06", "closed_value", Raw("<f>15+16</f><v/>"), "NUM-010")
    yield rejected("C06", "array", Raw('<f t="array" ref="F5">SUM(A1:A3)</f>'), "NUM-010")
    yield Variant("C06", "with_value", Outcome.WARN, _formula_with_value, any_cell=True)
    yield Variant("C07", "scorecard", Outcome.WARN, _typed_over_the_scorecard)
    yield Variant("C07", "calculation", Outcome.WARN, _typed_over_the_calculation)
    yield Variant("C07", "figures", Outcome.WARN, _typed_over_the_figures)


def _formula_with_value(spot: Spot) -> Altered:
    content = in_cell(spot, formula(f"{spot.value}+0", str(spot.value)))
    return spot.warned(content, "NUM-009", sheet=spot.sheet, cell=spot.cell)


def _typed_over_the_scorecard(spot: Spot) -> Altered:
    return _typed_over(spot, Sheet.SCORECARD, a1(SCORECARD_FIRST_ROW + 1, 3))


def _typed_over_the_calculation(spot: Spot) -> Altered:
    return _typed_over(spot, Sheet.CALCULATION, a1(CALC_FIRST_ROW + 1, Calc.VALUE.column))


def _typed_over_the_figures(spot: Spot) -> Altered:
    return _typed_over(spot, Sheet.FIGURES, spot.cell)


def _typed_over(spot: Spot, sheet: Sheet, cell: str) -> Altered:
    title = spot.title(sheet)
    content = with_cells(spot.office.content, title, {cell: number(99)})
    return spot.warned(content, "STR-018", sheet=title, cell=cell)


def _dates() -> Iterator[Variant]:
    for name, code in {
        "day_month": "d\\-mmm",
        "iso": "yyyy\\-mm\\-dd",
        "norwegian": "dd\\.mm\\.yyyy",
        "month": "mmm\\ yy",
        "locale": "[$-414]d. mmmm yyyy;@",
        "duration": "[h]:mm",
        "time": "hh:mm",
    }.items():
        yield _formatted("C08", name, "39906", code, "NUM-008")
    yield rejected("C08", "typed_as_date", Raw("<v>2009-04-03</v>", "d"), "NUM-008")
    yield rejected("C08", "date_and_time", Raw("<v>2009-04-03T00:00:00</v>", "d"), "NUM-008")
    yield from _texts("C08", text_short="3-4", text_point="3.4.", text_month="3. apr")


def _words() -> Iterator[Variant]:
    yield from _texts(
        "C09", dash="-", en_dash="–", na="n/a", none="none", x="x", dots="....", ellipsis="…", russian="нет", question="?",
        norwegian="ingen", nb_space=NB_SPACE, zero_word="null", nan="NaN", minus="−", no_break="\u2060",
    )  # fmt: skip
    for name, raw in {
        "space": text(" "),
        "spaces": text("   "),
        "empty_text": text(""),
        "empty_of_formula": Raw('<f>IF(TRUE,"",1)</f><v></v>', "str"),
        "cleared": EMPTY,
        "apostrophe": Raw("<is><t></t></is>", "inlineStr"),
    }.items():
        yield Variant("C09", name, Outcome.ACCEPT, _not_reported(raw), any_cell=True)
    yield from _texts(
        "C10", persons="12 persons", about="~50", more=">100", note="5 (3 m)", star="12*", unit="12 stk", plus="12+",
        range="5-7", slash="5/7", currency="kr 12", currency_after="12,-", question="12?", power="3²", two_lines="12\n13",
        trailing_line="12\n", tab="\t12", hash="#12", sum="7+5", roman="XII", half="½",
    )  # fmt: skip


def _not_reported(raw: Raw) -> Callable[[Spot], Altered]:
    """An emptied cell: nothing to reject, and the total lacks the office."""

    def alter(spot: Spot) -> Altered:
        content = in_cell(spot, raw)
        return Altered({spot.office.file: content}, (), {spot.office.file: frozenset({spot.key})})

    return alter


def _values() -> Iterator[Variant]:
    yield rejected("C11", "true", Raw("<v>1</v>", "b"), "NUM-007")
    yield rejected("C11", "false", Raw("<v>0</v>", "b"), "NUM-007")
    yield rejected("C11", "of_formula", formula("1=1", "1", "b"), "NUM-007")
    yield rejected("C11", "word", text("SANN"), "NUM-001")
    yield rejected("C12", "half", number("12.5"), "NUM-005")
    yield rejected("C12", "small", number("12.001"), "NUM-005")
    yield harmless("C12", "noise", lambda spot: number(f"{spot.value}.000000001"), "NUM-014")
    yield harmless("C12", "noise_below", lambda spot: number(f"{spot.value - 1}.9999999999"), "NUM-014")
    yield harmless("C12", "nought", lambda spot: number(f"{spot.value}.0"))
    yield harmless("C12", "exponent", lambda spot: number(f"{int(spot.value) / 100}E2"))
    for name, value in {
        "nan": "NaN", "inf": "INF", "minus_inf": "-INF", "letters": "abc", "hex": "0x10", "underscore": "1_0",
        "overflow": "1e999", "comma": "1,5", "two": "1 2", "python_inf": "Infinity", "arabic": "١٢", "sign_only": "-",
    }.items():  # fmt: skip
        yield rejected("C13", name, number(value), "NUM-001")
    yield rejected("C13", "string_index", Raw("<v>99999999</v>", "s"), "NUM-001", "NUM-003")
    yield harmless("C13", "unknown_type", lambda spot: Raw(f"<v>{spot.value}</v>", "zzz"), "NUM-002")


def _as_text() -> Iterator[Variant]:
    yield harmless("C14", "inline", lambda spot: text(str(spot.value)), "NUM-002")
    yield harmless("C14", "blanks_around", lambda spot: text(f" {spot.value} "), "NUM-002")
    yield harmless("C14", "leading_nought", lambda spot: text(f"0{spot.value}"), "NUM-002")
    yield harmless("C14", "of_formula", lambda spot: formula(f'"{spot.value}"', str(spot.value), "str"), "NUM-002")
    yield harmless("C14", "str", lambda spot: Raw(f"<v>{spot.value}</v>", "str"), "NUM-002")
    yield harmless("C14", "rich", _rich, "NUM-002")
    yield Variant("C14", "shared", Outcome.ACCEPT, _shared, any_cell=True)
    yield Variant("C14", "shared_rich", Outcome.ACCEPT, _shared_rich, any_cell=True)
    yield Variant("C14", "shared_phonetic", Outcome.ACCEPT, _shared_phonetic, any_cell=True)


def _rich(spot: Spot) -> Raw:
    digits = str(spot.value)
    runs = "".join(f"<r><rPr><b/></rPr><t>{digit}</t></r>" for digit in digits)
    return Raw(f"<is>{runs}</is>", "inlineStr")


def _shared(spot: Spot) -> Altered:
    return _as_shared(spot, f"<si><t>{spot.value}</t></si>")


def _shared_rich(spot: Spot) -> Altered:
    digits = str(spot.value)
    return _as_shared(spot, f"<si><r><t>{digits[0]}</t></r><r><t>{digits[1:]}</t></r></si>")


def _shared_phonetic(spot: Spot) -> Altered:
    return _as_shared(spot, f'<si><t>{spot.value}</t><rPh sb="0" eb="1"><t>7</t></rPh></si>')


def _as_shared(spot: Spot, item: str) -> Altered:
    count = parts_of(spot.office.content)[STRINGS].count(b"<si>")
    content = replaced(spot.office.content, STRINGS, "</sst>", f"{item}</sst>")
    content = with_cells(content, spot.sheet, {spot.cell: Raw(f"<v>{count}</v>", "s")})
    return spot.accepted(content, "NUM-002", cell=spot.cell)


# Days


def _ready_for(name: str, raw: Raw, *, is_told: bool) -> Variant:
    def alter(spot: Spot) -> Altered:
        cell = a1(*READY_FOR)
        content = with_cells(spot.office.content, spot.sheet, {cell: raw})
        if is_told:
            return spot.warned(content, "PER-003", sheet=spot.sheet, cell=cell)
        return spot.accepted(content)

    return Variant("C15", name, Outcome.WARN if is_told else Outcome.ACCEPT, alter)


def _periods() -> Iterator[Variant]:
    yield _ready_for("iso", text("2009-03"), is_told=False)
    yield _ready_for("iso_short", text("2009-3"), is_told=False)
    yield _ready_for("month_name", text("mars 2009"), is_told=False)
    yield _ready_for("other_language", text("maart 2009"), is_told=False)
    yield _ready_for("day_month", text("03/04/2009"), is_told=True)
    yield _ready_for("run_together", number("200903"), is_told=True)
    yield _ready_for("only_month", text("mars"), is_told=True)
    yield _ready_for("error", Raw("<v>#N/A</v>", "e"), is_told=True)
    yield from _texts("C15", day_in_figure="03/04/2009", month_in_figure="2009-03", words_in_figure="mars 2009")


def _signs() -> Iterator[Variant]:
    yield from _texts(
        "C16", brackets="(5)", minus_sign="\u22125", behind="5-", hyphen="-5", plus="+5", credit="5 CR",
        en_dash="–5", no_break_hyphen="\u20115",
    )  # fmt: skip


def _sheet_of_texts(spot: Spot) -> Altered:
    """Every figure of the office stored as text: a whole export that came so."""
    title = spot.sheet
    cells = {
        spot.cell_of(measure, code): text(str(int(value)))
        for (measure, code), value in spot.office.figures.items()
        if value.denominator == 1 and 0 <= value < 10**9
    }
    content = edited(spot.office.content, sheet_part(spot.office.content, title), lambda xml: _put_all(xml, cells))
    return spot.accepted(content, "NUM-002", cell=spot.cell)


def _put_all(xml: bytes, cells: dict[str, Raw]) -> bytes:
    from tests.faults.workbooks import put

    return put(xml, cells)


VARIANTS: tuple[Variant, ...] = (
    *_separators(),
    *_percent(),
    *_errors(),
    *_formulas(),
    *_dates(),
    *_words(),
    *_values(),
    *_as_text(),
    Variant("C14", "whole_sheet", Outcome.ACCEPT, _sheet_of_texts),
    *_periods(),
    *_signs(),
)
