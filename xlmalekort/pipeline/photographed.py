"""An office workbook of which only values can be read, made ready for the checks: without what its own formulas come to.

A result that stands there like a typed number would be taken for one: an amount of nine digits for somebody's identity number.
Nothing is looked for in the hidden sheets of formulas, and nobody types there.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from xlmalekort.intake.workbook_file import NotOpened, open_setup
from xlmalekort.layout.office import SETUP_FORMAT, Sheet, layout_of
from xlmalekort.pipeline.opened import own_titles
from xlmalekort.template.own_formulas import own_formulas
from xlmalekort.template.photograph import SheetValues, write_photograph
from xlmalekort.xlsx.references import place_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_HIDDEN = frozenset({Sheet.FIGURES, Sheet.CALCULATION, Sheet.LOCAL_STEPS})


def photographed(sheets: Sequence[SheetValues], names: Mapping[str, str], file: str) -> bytes:
    """The bytes of a workbook with the values that somebody read, results of the template's formulas left out.

    `names` are what the workbook's names stand for. One that is no office workbook holds all values.
    """
    formulas = _formulas(sheets, names, file)
    return write_photograph([_without(sheet, formulas.get(sheet.title, ())) for sheet in sheets], names)


def _formulas(
    sheets: Sequence[SheetValues], names: Mapping[str, str], file: str
) -> dict[str, frozenset[tuple[int, int]] | None]:
    """Where the template has formulas, by the sheets' titles as they stand; None for a sheet that has nothing else."""
    bare = [sheet if _is_setup(sheet) else replace(sheet, values=()) for sheet in sheets]
    found = open_setup(write_photograph(bare, names), file, is_guarded=False)
    if isinstance(found, NotOpened):
        return {}
    raw, _, setup = found
    layout = layout_of(setup.scorecard, setup.year)
    references = own_formulas(layout, setup.place, setup.exempt, has_macros=setup.has_macros)
    return {
        title: None if sheet in _HIDDEN else _places(references.get(sheet, frozenset()))
        for sheet, title in own_titles(raw, layout).items()
    }


def _is_setup(sheet: SheetValues) -> bool:
    return any(SETUP_FORMAT in row for row in sheet.values[:1])


def _places(references: Iterable[bytes]) -> frozenset[tuple[int, int]]:
    return frozenset(place for each in references if (place := place_of(each.decode())) is not None)


def _without(sheet: SheetValues, formulas: Iterable[tuple[int, int]] | None) -> SheetValues:
    if formulas is None:
        return replace(sheet, values=())
    top, left = sheet.first
    values = [list(row) for row in sheet.values]
    for row, column in formulas:
        if 0 <= row - top < len(values) and 0 <= column - left < len(values[row - top]):
            values[row - top][column - left] = None
    return replace(sheet, values=values)
