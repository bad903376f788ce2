"""Faults beyond the list (Y15, Y16): what was pasted, dragged or typed where it does not belong."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from tests.faults.cases import Altered, Outcome, Spot, Tell, Variant
from tests.faults.own import MONTHS, moved_cells
from tests.faults.workbooks import EMPTY, Raw, moved, number, split, text, with_cells, with_format
from xlmalekort.layout.cells import a1, column_name
from xlmalekort.layout.office import FIRST_PERIOD_COLUMN, HEADING_ROW, KEY_ROW, READY_FOR, Sheet
from xlmalekort.model.measures import Kind, Level

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tests.faults.reference import Key, Values

_FEBRUARY, _MARCH = MONTHS[1:]


def _held(spot: Spot) -> list[str]:
    """The measures that the office itself holds."""
    measures = spot.reference.scorecard.measure
    return [each.id for each in spot.reference.measures if measures[each.id].level is Level.OFFICE]


def _flows(spot: Spot) -> list[str]:
    return [each for each in _held(spot) if spot.reference.scorecard.measure[each].kind is Kind.FLOW]


def _typed(spot: Spot, typed: Mapping[Key, Fraction], *codes: str) -> Altered:
    """Figures typed over those that stood there: they count, and somebody has to be told."""
    cells = {spot.cell_of(*key): number(float(value)) for key, value in typed.items()}
    return spot.warned(with_cells(spot.office.content, spot.sheet, cells), *codes, typed=dict(typed))


def _months(change: Callable[[Spot], Values], *codes: str) -> Callable[[Spot], Altered]:
    return lambda spot: _typed(spot, change(spot), *codes)


# Y15: figures of another time, another size or another office


def _of_last_year(spot: Spot) -> Values:
    """The first months of last year's sheet pasted as those of this year."""
    return {
        (measure, code): spot.office.earlier[measure, f"2008{code[4:]}"] for measure in _held(spot) for code in MONTHS
    }


def _january_everywhere(spot: Spot) -> Values:
    """January dragged to the right over February and March."""
    return {(measure, code): spot.office.figures[measure, MONTHS[0]] for measure in _held(spot) for code in MONTHS[1:]}


def _january_as_march(spot: Spot) -> Values:
    """January pasted as March; February lies between them."""
    return {(measure, _MARCH): spot.office.figures[measure, MONTHS[0]] for measure in _held(spot)}


def _december_as_march(spot: Spot) -> Values:
    """December of last year pasted as March."""
    return {(measure, _MARCH): spot.office.earlier[measure, "2008-12"] for measure in _held(spot)}


def _trend(spot: Spot) -> Values:
    """January and February chosen together and dragged to March: Excel goes on as the two began."""
    figures = spot.office.figures
    return {
        (measure, _MARCH): max(2 * figures[measure, _FEBRUARY] - figures[measure, MONTHS[0]], Fraction(0))
        for measure in _held(spot)
    }


def _series(spot: Spot) -> Values:
    """January dragged with the series turned on: each month is one more than the one before."""
    figures = spot.office.figures
    return {
        (measure, code): figures[measure, MONTHS[0]] + more
        for measure in _held(spot)
        for more, code in enumerate(MONTHS[1:], 1)
    }


def _doubled(spot: Spot) -> Values:
    """An extract that holds every case twice."""
    return {(measure, _MARCH): 2 * spot.office.figures[measure, _MARCH] for measure in _held(spot)}


def _sums(*months: str) -> Callable[[Spot], Values]:
    """Sums since January in some months, in every row that adds up over time."""

    def change(spot: Spot) -> Values:
        figures = spot.office.figures
        return {
            (measure, code): sum((figures[measure, each] for each in MONTHS if each <= code), Fraction(0))
            for measure in _flows(spot)
            for code in months
        }

    return change


def _noughts(spot: Spot) -> Values:
    """A month that nobody has counted yet, filled with noughts."""
    return {(measure, _MARCH): Fraction(0) for measure in _held(spot)}


def _one_nought(spot: Spot) -> Values:
    """A nought where every other month has about 150."""
    return {(spot.measure, _MARCH): Fraction(0)}


def _instead(value: int) -> Callable[[Spot], Values]:
    """Something else that is a number, where about 150 belongs."""
    return lambda spot: {spot.key: Fraction(value)}


def _plan_as_actual(spot: Spot) -> Values:
    """What was planned pasted as what was spent, to the krone, in every month."""
    return {("Ø.1.actual", code): spot.office.figures["Ø.1.plan", code] for code in MONTHS}


def _other_sign(*months: str) -> Callable[[Spot], Values]:
    """Costs with a minus before them, as the ledger of some systems prints them."""
    return lambda spot: {("Ø.1.actual", code): -spot.office.figures["Ø.1.actual", code] for code in months}


def _noughts_shown_as_dashes(spot: Spot) -> Altered:
    """The same, and people see dashes."""
    content, style = with_format(spot.office.content, "0;-0;-")
    typed = _noughts(spot)
    cells = {spot.cell_of(*key): Raw("<v>0</v>", style=style) for key in typed}
    return spot.warned(with_cells(content, spot.sheet, cells), typed=typed)


def _other_month_of_another(spot: Spot) -> Values:
    """February of another office pasted as this one's March."""
    figures = spot.reference.offices[20].figures
    return {(measure, _MARCH): figures[measure, _FEBRUARY] for measure in _held(spot)}


def _block_of_another(spot: Spot) -> Values:
    """Five figures one below the other that are another office's of the same month."""
    block = ("B.11.numerator", "B.11.denominator", "B.12.numerator", "B.12.denominator", "B.13.value")
    return {(measure, _FEBRUARY): spot.reference.offices[20].figures[measure, _FEBRUARY] for measure in block}


def _figures() -> Iterator[Variant]:
    for name, change in {
        "last_year": _of_last_year,
        "january_everywhere": _january_everywhere,
        "january_as_march": _january_as_march,
        "december_as_march": _december_as_march,
    }.items():
        yield Variant("Y15", name, Outcome.WARN, _months(change, "LIK-004"))
    others: dict[str, Callable[[Spot], Values]] = {
        "trend": _trend,
        "series": _series,
        "doubled": _doubled,
        "sums_since_january": _sums(*MONTHS[1:]),
        "quarter_in_march": _sums(_MARCH),
        "noughts": _noughts,
        "one_nought": _one_nought,
        "telephone_number": _instead(22_334_455),
        "number_of_a_day": _instead(39_872),
        "plan_as_actual": _plan_as_actual,
        "other_sign": _other_sign(*MONTHS),
        "other_sign_once": _other_sign(_FEBRUARY),
        "other_month_of_another_office": _other_month_of_another,
        "block_of_another_office": _block_of_another,
    }
    for name, other in others.items():
        yield Variant("Y15", name, Outcome.WARN, _months(other))
    yield Variant("Y15", "noughts_shown_as_dashes", Outcome.WARN, _noughts_shown_as_dashes)
    yield Variant("Y15", "last_year_itself", Outcome.WARN, _history_typed_over)


def _history_typed_over(spot: Spot) -> Altered:
    """A figure of the year before, which is locked, typed over with one of another size."""
    title = spot.title(Sheet.HISTORY)
    content = with_cells(spot.office.content, title, {spot.cell: number(99_999)})
    return spot.warned(content, sheet=title, cell=spot.cell)


# Y16: whole blocks and names that went astray


def _one_column(by: int) -> Callable[[Spot], Altered]:
    """The three months pasted one column further left or right."""

    def alter(spot: Spot) -> Altered:
        gone = MONTHS[-1] if by < 0 else MONTHS[0]
        cells = {spot.cell_of(measure, gone): EMPTY for measure in _held(spot)}
        typed: Values = {}
        for measure in _held(spot):
            for place, code in enumerate(MONTHS):
                letters = column_name(FIRST_PERIOD_COLUMN + place + by)
                value = spot.office.figures[measure, code]
                cells[f"{letters}{split(spot.cell_of(measure))[1]}"] = number(float(value))
                if 0 <= place + by < len(MONTHS):
                    typed[measure, MONTHS[place + by]] = value
        altered = spot.warned(with_cells(spot.office.content, spot.sheet, cells), typed=typed)
        lost = frozenset((measure, gone) for measure in _held(spot))
        return replace(altered, lost={spot.office.file: lost})

    return alter


def _names_sorted_alone(first: str, second: str) -> Callable[[Spot], Altered]:
    """Ids and titles of two rows changed places, and the figures stayed: each row looks sound in itself."""

    def alter(spot: Spot) -> Altered:
        rows = [split(spot.cell_of(measure))[1] for measure in (first, second)]
        pairs = {f"{letter}{a}": f"{letter}{b}" for letter in "ABCD" for a, b in (rows, reversed(rows))}
        figures = spot.office.figures
        typed = {
            (measure, code): figures[other, code]
            for measure, other in ((first, second), (second, first))
            for code in MONTHS
        }
        content = moved_cells(spot.office.content, spot.sheet, pairs)
        tells = tuple(Tell(("STR-005",), spot.office.file, spot.sheet, f"A{row}") for row in sorted(rows))
        return Altered({spot.office.file: content}, tells, typed={spot.office.file: typed})

    return alter


def _columns(change: Callable[[int], int]) -> Callable[[Spot], Altered]:
    return lambda spot: spot.accepted(moved(spot.office.content, spot.sheet, columns=change))


def _backwards(column: int) -> int:
    first, last = FIRST_PERIOD_COLUMN + 1, FIRST_PERIOD_COLUMN + 12
    return first + last - column if first <= column <= last else column


def _two_moved(column: int) -> int:
    february, march = FIRST_PERIOD_COLUMN + 2, FIRST_PERIOD_COLUMN + 3
    return {february: march, march: february}.get(column, column)


def _headings_again(*, with_codes: bool) -> Callable[[Spot], Altered]:
    """The headings repeated above a row in the middle, as for a page break."""

    def alter(spot: Spot) -> Altered:
        content = moved(spot.office.content, spot.sheet, rows=lambda row: row + 2 * (row >= spot.row))
        letters = [column_name(FIRST_PERIOD_COLUMN + place) for place in range(3)]
        cells = dict(zip((f"{each}{spot.row + 1}" for each in letters), map(text, ("jan", "feb", "mar")), strict=True))
        if with_codes:
            cells |= {f"{each}{spot.row}": text(code) for each, code in zip(letters, MONTHS, strict=True)}
        cell = f"{letters[0]}{spot.row + (not with_codes)}"
        return spot.warned(with_cells(content, spot.sheet, cells), "STR-010", sheet=spot.sheet, cell=cell)

    return alter


def _quarter_between(spot: Spot) -> Altered:
    """A column with the sums of the quarter between March and April."""
    at = FIRST_PERIOD_COLUMN + 4
    content = moved(spot.office.content, spot.sheet, columns=lambda column: column + (column >= at))
    letters = column_name(at - 1)
    cells = {f"{letters}{HEADING_ROW + 1}": text("1. kvartal"), f"{letters}{KEY_ROW + 1}": text("2009-K1")}
    for measure in _held(spot):
        total = sum(spot.office.figures[measure, code] for code in MONTHS)
        cells[f"{letters}{split(spot.cell_of(measure))[1]}"] = number(float(total))
    content = with_cells(content, spot.sheet, cells)
    return spot.warned(content, "STR-010", sheet=spot.sheet, cell=f"{letters}{spot.row}")


def _look_alike(spot: Spot) -> Altered:
    """An id whose first letter is a Cyrillic one."""
    content = with_cells(spot.office.content, spot.sheet, {f"A{spot.row}": text("\u0412.13.value")})
    tells = (
        Tell(("STR-004",), spot.office.file, spot.sheet),
        Tell(("STR-007",), spot.office.file, spot.sheet, f"A{spot.row}"),
    )
    return Altered({spot.office.file: content}, tells, {spot.office.file: spot.keys(spot.measure)})


def _in_the_comment(spot: Spot) -> Altered:
    """The figure typed into the cell of the comment: the office is missing in the total, and nobody says why."""
    place = spot.cell_of("comment:B.13")
    content = with_cells(spot.office.content, spot.sheet, {place: number(spot.value), spot.cell: EMPTY})
    return replace(
        spot.warned(content, sheet=spot.sheet, cell=place), lost={spot.office.file: frozenset({spot.key})}, typed={}
    )


def _month_by_month(spot: Spot) -> Altered:
    """January in one file, February and March in another, each without what the other holds."""
    figures = spot.office.figures
    january = {spot.cell_of(*key): EMPTY for key in figures if key[1] != MONTHS[0]} | {a1(*READY_FOR): text(MONTHS[0])}
    others = {spot.cell_of(*key): EMPTY for key in figures if key[1] == MONTHS[0]}
    first = spot.office.file.replace(".xlsx", " januar.xlsx")
    files: dict[str, bytes | None] = {
        first: with_cells(spot.office.content, spot.sheet, january),
        spot.office.file: with_cells(spot.office.content, spot.sheet, others),
    }
    lost = frozenset((measure, MONTHS[0]) for measure in _held(spot))
    return Altered(files, (Tell((), spot.office.file),), {spot.office.file: lost})


def _astray() -> Iterator[Variant]:
    yield Variant("Y16", "one_column_left", Outcome.WARN, _one_column(-1))
    yield Variant("Y16", "one_column_right", Outcome.WARN, _one_column(1))
    yield Variant("Y16", "names_sorted_alone", Outcome.WARN, _names_sorted_alone("B.5.denominator", "B.7.denominator"))
    yield Variant("Y16", "columns_backwards", Outcome.ACCEPT, _columns(_backwards))
    yield Variant("Y16", "two_months_moved_whole", Outcome.ACCEPT, _columns(_two_moved))
    yield Variant("Y16", "headings_again", Outcome.WARN, _headings_again(with_codes=False))
    yield Variant("Y16", "headings_and_codes_again", Outcome.WARN, _headings_again(with_codes=True))
    yield Variant("Y16", "quarter_between", Outcome.WARN, _quarter_between)
    yield Variant("Y16", "id_with_look_alike", Outcome.CELL, _look_alike)
    yield Variant("Y16", "figure_in_the_comment", Outcome.WARN, _in_the_comment)
    yield Variant("Y16", "month_by_month", Outcome.WARN, _month_by_month)


VARIANTS: tuple[Variant, ...] = (*_figures(), *_astray())
