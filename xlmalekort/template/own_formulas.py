"""Where the formulas of an office workbook stand, whatever its office has filled in."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from xlmalekort.layout.cells import a1
from xlmalekort.layout.office import ANSWER_COLUMN, NATIVE_COLUMN, Calc, OfficeLayout, Sheet
from xlmalekort.model.deadlines import deadlines_of
from xlmalekort.model.figures import Submission
from xlmalekort.template.deadlines_sheet import formula_places
from xlmalekort.template.office_workbook import formula_values
from xlmalekort.template.state import make_state

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from xlmalekort.model.places import Place


def own_formulas(
    layout: OfficeLayout, place: Place, exempt: frozenset[str], *, has_macros: bool = False
) -> Mapping[Sheet, frozenset[bytes]]:
    """The references (`b"K3"`) of the formulas that every workbook of a scorecard, a year and a place begins with.

    Lines that an office adds have more. Left out are the steps behind targets that hold for some offices only: what is a
    formula for one may be a number for another.
    """
    agreed = len(deadlines_of(layout.scorecard, place, exempt))
    return {**_formulas(layout, has_macros=has_macros), Sheet.DEADLINES: _of_deadlines(agreed)}


@lru_cache(maxsize=8)
def _formulas(layout: OfficeLayout, *, has_macros: bool) -> dict[Sheet, frozenset[bytes]]:
    first = layout.choosable[0]
    state = make_state(
        layout.scorecard, Submission("", "", layout.year, {}), first, first.start, (), has_macros=has_macros
    )
    differing = _may_differ(layout)
    return {
        sheet: _references(place for place in cells if sheet is not Sheet.CALCULATION or place not in differing)
        for sheet, cells in formula_values(state).items()
    }


def _may_differ(layout: OfficeLayout) -> frozenset[tuple[int, int]]:
    """The steps that are worked out in another way where an office has a target of its own."""
    own = {indicator.id for indicator in layout.scorecard.active if indicator.unit_targets}
    steps = [step.column for step in Calc if step.column >= Calc.TARGET.column] + [NATIVE_COLUMN, ANSWER_COLUMN]
    return frozenset(
        (row, column) for (indicator, _), row in layout.calc_rows.items() if indicator in own for column in steps
    )


@lru_cache(maxsize=64)
def _of_deadlines(agreed: int) -> frozenset[bytes]:
    return _references(formula_places(agreed))


def _references(places: Iterable[tuple[int, int]]) -> frozenset[bytes]:
    return frozenset(a1(*place).encode() for place in places)
