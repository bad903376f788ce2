"""Faults of meaning (M01 to M11): what stands there is a number, and wrong."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from tests.faults.cases import Altered, Outcome, Spot, Tell, Variant
from tests.faults.cell_level import in_cell, rejected
from tests.faults.workbooks import EMPTY, Raw, cell_xml, number, text, with_cells
from xlmalekort.layout.cells import a1
from xlmalekort.layout.office import READY_FOR, SCORECARD_FIRST_ROW, SETUP_KEYS, Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

UWV = "uwv-pacta-2006"


def _negative() -> Iterator[Variant]:
    for name, value in {"four": "-4", "one": "-1", "small": "-0.4", "large": "-1E9"}.items():
        yield rejected("M01", name, number(value), "NUM-004")


def _over(upper: str, lower: str, by: int) -> Callable[[Spot], Altered]:
    """A numerator larger than its denominator: nobody knows which of the two is wrong."""

    def alter(spot: Spot) -> Altered:
        value = spot.office.figures[lower, spot.code] + by
        cell = spot.cell_of(upper)
        content = with_cells(spot.office.content, spot.sheet, {cell: number(float(value))})
        keys = {(upper, spot.code)} | ({(lower, spot.code)} if lower != "employees" else set())
        return spot.cell_rejected(content, "PAR-001", cell=cell, lost=frozenset(keys))

    return alter


def _pairs() -> Iterator[Variant]:
    yield Variant("M02", "by_one", Outcome.CELL, _over("B.1.numerator", "B.1.denominator", 1))
    yield Variant("M02", "by_far", Outcome.CELL, _over("B.5.numerator", "B.5.denominator", 5000))
    yield Variant("M02", "days", Outcome.CELL, _over("M.1.numerator", "M.1.denominator", 3))
    yield Variant("M02", "shared", Outcome.CELL, _over("M.2.numerator", "employees", 1))
    yield Variant("M02", "stock", Outcome.CELL, _over("B.10.numerator", "B.10.denominator", 2))


# Whose it is, and when


def set_up(content: bytes, spot: Spot, **values: str) -> bytes:
    """The workbook with other values on its setup sheet."""
    cells = {a1(SETUP_KEYS.index(key), 1): text(value) if value else EMPTY for key, value in values.items()}
    return with_cells(content, spot.title(Sheet.SETUP), cells)


def _setup(name: str, fault: str, *codes: str, **values: str) -> Variant:
    def alter(spot: Spot) -> Altered:
        return spot.file_rejected(set_up(spot.office.content, spot, **values), Tell(codes))

    return Variant(fault, name, Outcome.FILE, alter)


def _periods() -> Iterator[Variant]:
    yield _setup("last_year", "M03", "IDN-002", "IDN-006", year="2008")
    yield _setup("next_year", "M03", "IDN-002", "IDN-006", year="2010")
    yield Variant("M03", "whole_workbook", Outcome.FILE, _year_before)
    yield _setup("blank", "M04", "STR-013", year="")
    yield _setup("words", "M04", "STR-013", year="mars-april")
    yield _setup("month_13", "M04", "STR-013", year="2009-13")
    for name, value in {"ready_13": "2009-13", "ready_two": "mars-april", "ready_other_year": "2008-03"}.items():
        yield Variant("M04", name, Outcome.WARN, _ready(value))
    yield Variant("M04", "ready_blank", Outcome.ACCEPT, _ready(""))


def _ready(value: str) -> Callable[[Spot], Altered]:
    def alter(spot: Spot) -> Altered:
        cell = a1(*READY_FOR)
        content = with_cells(spot.office.content, spot.sheet, {cell: text(value) if value else EMPTY})
        return spot.warned(content, "PER-003", sheet=spot.sheet, cell=cell) if value else spot.accepted(content)

    return alter


def _year_before(spot: Spot) -> Altered:
    """The workbook that the office made a year ago, sound in itself."""
    from tests.faults.reference import workbook_of

    content = workbook_of(spot.reference, spot.office, year=spot.reference.scorecard.year - 1)
    return spot.rejected(content, "IDN-002")


def _whose() -> Iterator[Variant]:
    yield _setup("unknown", "M05", "IDN-003", office="NAV Ukjent")
    yield _setup("near", "M05", "IDN-003", office="Furudalen")
    yield _setup("blank", "M05", "IDN-001", office="")
    yield _setup("blanks", "M05", "IDN-001", office="  ")
    yield _setup("definition", "M05", "STR-014", hash="0123456789abcdef")
    yield Variant("M05", "scorecard", Outcome.ACCEPT, _name_of_another_scorecard)
    yield Variant("M05", "other_office", Outcome.FILE, _name_of_another)


def _name_of_another_scorecard(spot: Spot) -> Altered:
    """Another name for the scorecard: the definition that travels with the workbook says what it is."""
    return spot.accepted(set_up(spot.office.content, spot, scorecard="uwv-pacta-2006"))


def _name_of_another(spot: Spot) -> Altered:
    """The name of another office in a file that has the office's own: it does not count, and that of the other one does."""
    content = set_up(spot.office.content, spot, office=spot.reference.offices[9].name)
    return spot.rejected(content, "IDN-009")


# What figures owe each other


def _relations() -> Iterator[Variant]:
    yield Variant("M06", "total_too_high", Outcome.WARN, _total(10), scorecard=UWV, spot=("courses_closed", "2006-02"))
    yield Variant("M06", "total_too_low", Outcome.WARN, _total(-3), scorecard=UWV, spot=("services_closed", "2006-03"))
    yield Variant("M07", "rate_typed_over", Outcome.ACCEPT, _shown_rate)
    yield Variant("M09", "part_over_whole", Outcome.WARN, _part_over_whole)
    yield Variant("M09", "part_changed", Outcome.WARN, _part, scorecard=UWV, spot=("closed.work", "2006-02"))


def _total(by: int) -> Callable[[Spot], Altered]:
    """A reported total that differs from its parts: both stay, and the difference is told."""

    def alter(spot: Spot) -> Altered:
        value = spot.value + by
        content = in_cell(spot, number(value))
        return spot.warned(content, "REL-001", sheet=spot.sheet, cell=spot.cell, typed={spot.key: value})

    return alter


def _part(spot: Spot) -> Altered:
    value = spot.value + 4
    content = in_cell(spot, number(value))
    cell = spot.cell_of("courses_closed")
    return spot.warned(content, "REL-001", sheet=spot.sheet, cell=cell, typed={spot.key: value})


def _part_over_whole(spot: Spot) -> Altered:
    part, whole = "B.8.denominator", "B.9.numerator"
    value = spot.office.figures[whole, spot.code] + 5
    cell = spot.cell_of(part)
    content = with_cells(spot.office.content, spot.sheet, {cell: number(value)})
    return spot.warned(content, "REL-002", sheet=spot.sheet, cell=cell, typed={(part, spot.code): value})


def _shown_rate(spot: Spot) -> Altered:
    """Another result cached under a formula of the scorecard sheet: shown there, and read by nobody."""
    title = spot.title(Sheet.SCORECARD)
    cell = next(
        reference
        for column in "CDEFGH"
        for reference in (f"{column}{SCORECARD_FIRST_ROW + 3}",)
        if "<f>" in cell_xml(spot.office.content, title, reference)
    )
    old = cell_xml(spot.office.content, title, cell)
    source = old[old.index("<f>") : old.index("</f>") + 4]
    return spot.accepted(with_cells(spot.office.content, title, {cell: Raw(f"{source}<v>0.5</v>")}))


# Likelihood


def scaled(measures: tuple[str, ...], factor: Fraction, *codes: str) -> Callable[[Spot], Altered]:
    """Figures of one month times a factor, which every reader would take for what they are."""

    def alter(spot: Spot) -> Altered:
        typed = {(measure, spot.code): spot.office.figures[measure, spot.code] * factor for measure in measures}
        typed = {key: Fraction(round(value)) for key, value in typed.items()}
        cells = {spot.cell_of(measure): number(value) for (measure, _), value in typed.items()}
        content = with_cells(spot.office.content, spot.sheet, cells)
        first = spot.cell_of(measures[0])
        return spot.warned(content, *codes, sheet=spot.sheet, cell=first, typed=typed)

    return alter


def _likelihood() -> Iterator[Variant]:
    march = ("Ø.1.actual", "2009-03")
    thousandth, tenfold = Fraction(1, 1000), Fraction(10)
    yield Variant("M08", "thousands", Outcome.WARN, scaled(("Ø.1.actual",), thousandth, "LIK-001"), spot=march)
    yield Variant(
        "M08", "all_money", Outcome.WARN, scaled(("Ø.1.actual", "Ø.2.actual"), thousandth, "LIK-001"), spot=march
    )
    yield Variant("M08", "from_thousands", Outcome.WARN, scaled(("Ø.1.actual",), Fraction(1000), "LIK-001"), spot=march)
    count = ("B.13.value", "2009-03")
    yield Variant("M10", "tenfold", Outcome.WARN, scaled(("B.13.value",), tenfold, "LIK-002"), spot=count)
    yield Variant("M10", "tenth", Outcome.WARN, scaled(("B.13.value",), Fraction(1, 10), "LIK-002"), spot=count)
    yield Variant("M10", "pair", Outcome.WARN, scaled(("B.7.denominator",), tenfold, "LIK-002"), spot=count)
    yield Variant("M10", "stock", Outcome.WARN, scaled(("B.3.value",), tenfold, "LIK-002"), spot=count)


# Nothing


def _nothing() -> Iterator[Variant]:
    yield Variant("M11", "cleared", Outcome.FILE, _cleared(EMPTY))
    yield Variant("M11", "blanks", Outcome.FILE, _cleared(text(" ")))


def _cleared(raw: Raw) -> Callable[[Spot], Altered]:
    """Every figure gone, and the workbook handed in as ready."""

    def alter(spot: Spot) -> Altered:
        cells = {spot.cell_of(measure, code): raw for measure, code in spot.office.figures}
        content = with_cells(spot.office.content, spot.sheet, cells)
        return spot.rejected(content, "DLV-007")

    return alter


VARIANTS: tuple[Variant, ...] = (
    *_negative(),
    *_pairs(),
    *_periods(),
    *_whose(),
    *_relations(),
    *_likelihood(),
    *_nothing(),
)
