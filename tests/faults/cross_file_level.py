"""Faults across files (X01 to X09): what came twice, from elsewhere, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.faults.cases import Altered, Outcome, Spot, Tell, Variant
from tests.faults.meaning_level import set_up
from tests.faults.workbooks import EMPTY, number, packed, text, with_cells
from xlmalekort.layout.cells import a1
from xlmalekort.layout.office import READY_FOR

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def _beside(spot: Spot, tail: str) -> str:
    """Another name for a file of the office."""
    return spot.office.file.replace(".xlsx", f"{tail}.xlsx")


def _same_bytes(tail: str) -> Callable[[Spot], Altered]:
    def alter(spot: Spot) -> Altered:
        names = sorted((spot.office.file, _beside(spot, tail)), key=lambda name: (name.removesuffix(".xlsx"), name))
        return Altered({_beside(spot, tail): spot.office.content}, (Tell(("DLV-002",), names[1]),))

    return alter


def _saved_again(spot: Spot) -> Altered:
    """The same figures in other bytes."""
    content = with_cells(spot.office.content, spot.sheet, {spot.cell: number(f"{spot.value}.0")})
    return Altered({_beside(spot, " (1)"): content}, (Tell(("DLV-011",), spot.office.file),)[:0])


def _with_other_words(spot: Spot) -> Altered:
    content = with_cells(spot.office.content, spot.sheet, {spot.cell_of("comment:B.1"): text("Ferie i juli")})
    return Altered({_beside(spot, " kommentert"): content}, (Tell(("DLV-011",), spot.office.file),))


def _other_numbers(tail: str, *more: int) -> Callable[[Spot], Altered]:
    """The office's figures twice, with some that differ: nobody knows which is right."""

    def alter(spot: Spot) -> Altered:
        measures = ("B.13.value", "B.3.value")[: len(more)]
        keys = [(measure, spot.code) for measure in measures]
        cells = {spot.cell_of(*key): number(spot.office.figures[key] + by) for key, by in zip(keys, more, strict=True)}
        other = _beside(spot, tail)
        content = with_cells(spot.office.content, spot.sheet, cells)
        tells = [Tell(("DLV-004",), file) for file in (spot.office.file, other)]
        tells += [Tell(("DLV-008",), other, spot.sheet, cell) for cell in cells]
        return Altered({other: content}, tuple(tells), {spot.office.file: None, other: None})

    return alter


def _one_more_figure(spot: Spot) -> Altered:
    other = _beside(spot, " ny")
    content = with_cells(spot.office.content, spot.sheet, {spot.cell: EMPTY})
    tells = (Tell(("DLV-004",), spot.office.file), Tell(("DLV-004",), other))
    return Altered({other: content}, tells, {spot.office.file: None, other: None})


def _further(spot: Spot) -> Altered:
    """An older delivery beside the new one: the one that goes further counts, by rule, and the correction is told."""
    cells = {spot.cell: number(spot.value + 3), a1(*READY_FOR): text("2009-02")}
    cells |= {spot.cell_of(measure, code): EMPTY for measure, code in spot.office.figures if code == "2009-03"}
    content = with_cells(spot.office.content, spot.sheet, cells)
    old = _beside(spot, " februar")
    tells = (Tell(("DLV-003",), old), Tell(("DLV-005",), spot.office.file, spot.sheet, spot.cell))
    return Altered({old: content}, tells)


def _figures_of_another(share: float) -> Callable[[Spot], Altered]:
    """The figures of another office pasted into this one's workbook."""

    def alter(spot: Spot) -> Altered:
        other = spot.reference.offices[12]
        keys = [key for key in sorted(other.figures) if not key[0].startswith("B.4.")]
        typed = {key: other.figures[key] for key in keys[: round(len(keys) * share)]}
        cells = {spot.cell_of(*key): number(float(value)) for key, value in typed.items()}
        return spot.warned(with_cells(spot.office.content, spot.sheet, cells), "LIK-005", typed=typed)

    return alter


def _last_month_again(*measures: str, code: str = "LIK-004") -> Callable[[Spot], Altered]:
    """The figures of February pasted once more as those of March."""

    def alter(spot: Spot) -> Altered:
        typed = {
            (measure, "2009-03"): value
            for (measure, month), value in spot.office.figures.items()
            if month == "2009-02" and (measure in measures or not measures) and not measure.startswith("B.4.")
        }
        cells = {spot.cell_of(*key): number(float(value)) for key, value in typed.items()}
        return spot.warned(with_cells(spot.office.content, spot.sheet, cells), code, typed=typed)

    return alter


def _gone(spot: Spot) -> Altered:
    return Altered({spot.office.file: None}, (Tell(("DLV-001",)),), {spot.office.file: None})


def _of_another_region(spot: Spot) -> Altered:
    file = "fremmed_2009.xlsx"
    content = set_up(spot.office.content, spot, office="Fremmedvik", area="TO 9", region="Telemark")
    return Altered({file: content}, (Tell(("IDN-003",), file),), {file: None})


def _under_the_name_of_another(spot: Spot) -> Altered:
    """One office's workbook under the name of another one's file, which is not there itself."""
    other = spot.reference.offices[13]
    files = {spot.office.file: None, other.file: spot.office.content}
    tells = (Tell((), other.file), Tell(("DLV-001",)))
    return Altered(files, tells, {spot.office.file: None, other.file: None})


def _swapped(spot: Spot) -> Altered:
    """Two workbooks, each under the name of the other."""
    other = spot.reference.offices[13]
    files = {spot.office.file: other.content, other.file: spot.office.content}
    return Altered(
        files, (Tell((), spot.office.file), Tell((), other.file)), {spot.office.file: None, other.file: None}
    )


def _in_a_folder(name: str, content: bytes | None) -> Callable[[Spot], Altered]:
    """The office's workbook where nobody looks: the office is missing, and what is not read is named."""

    def alter(spot: Spot) -> Altered:
        inside = packed({spot.office.file: spot.office.content}) if content is None else content
        files: dict[str, bytes | None] = {spot.office.file: None, name: inside}
        tells = (Tell(("FIL-009",), name), Tell(("DLV-001",)))
        return Altered(files, tells, {spot.office.file: None}, in_folder=True)

    return alter


def _subfolder(spot: Spot) -> Altered:
    files = {spot.office.file: None, f"sub/{spot.office.file}": spot.office.content}
    tells = (Tell(("FIL-009",), "sub"), Tell(("DLV-001",)))
    return Altered(files, tells, {spot.office.file: None}, in_folder=True)


def _variants() -> Iterator[Variant]:
    yield Variant("X01", "copy", Outcome.ACCEPT, _same_bytes(" (1)"))
    yield Variant("X01", "copy_of", Outcome.ACCEPT, _same_bytes(" - Kopi"))
    yield Variant("X01", "saved_again", Outcome.ACCEPT, _saved_again)
    yield Variant("X01", "other_words", Outcome.WARN, _with_other_words)
    yield Variant("X02", "two_cells", Outcome.FILE, _other_numbers(" final", 4, 9))
    yield Variant("X02", "one_cell", Outcome.FILE, _other_numbers("_final2", 1))
    yield Variant("X02", "one_cell_lower", Outcome.FILE, _other_numbers(" (2)", -1))
    yield Variant("X02", "one_figure_less", Outcome.FILE, _one_more_figure)
    yield Variant("X02", "older", Outcome.ACCEPT, _further)
    yield Variant("X03", "all_figures", Outcome.WARN, _figures_of_another(1))
    yield Variant("X03", "nearly_all", Outcome.WARN, _figures_of_another(0.95))
    yield Variant("X04", "all_figures", Outcome.WARN, _last_month_again())
    yield Variant(
        "X04",
        "some_rows",
        Outcome.WARN,
        _last_month_again(
            "B.5.numerator",
            "B.5.denominator",
            "B.6.numerator",
            "B.6.denominator",
            "B.7.numerator",
            "B.7.denominator",
            "B.8.numerator",
            "B.8.denominator",
            code="LIK-008",
        ),
    )
    yield Variant("X05", "nothing_sent", Outcome.WARN, _gone)
    yield Variant("X06", "other_region", Outcome.FILE, _of_another_region)
    yield Variant("X07", "name_of_another", Outcome.FILE, _under_the_name_of_another)
    yield Variant("X07", "swapped", Outcome.FILE, _swapped)
    yield Variant("X08", "zip", Outcome.ACCEPT, _in_a_folder("a.zip", None))
    yield Variant(
        "X08",
        "message",
        Outcome.ACCEPT,
        _in_a_folder("fra kontoret.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
    )
    yield Variant("X08", "mail", Outcome.ACCEPT, _in_a_folder("fra kontoret.eml", b"From: a\r\n\r\nb"))
    yield Variant("X08", "without_ending", Outcome.ACCEPT, _in_a_folder("furudal_2009", None))
    yield Variant("X08", "csv", Outcome.ACCEPT, _in_a_folder("furudal.csv", b"office;value\n"))
    yield Variant("X08", "subfolder", Outcome.ACCEPT, _subfolder)


VARIANTS: tuple[Variant, ...] = tuple(_variants())
