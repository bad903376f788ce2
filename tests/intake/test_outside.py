"""A figure that comes from another file by way of other cells is one that comes from another file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.xlsx.books import book, opened
from xlmalekort.intake.outside import marked_outside
from xlmalekort.xlsx import RawSheet, read_sheet

if TYPE_CHECKING:
    from xlsxwriter import Workbook

FROM_OUTSIDE = "='[a.xlsx]Ark1'!A1"


def outside(formula: str, cells: dict[str, str], names: dict[str, str] | None = None) -> bool:
    """Whether the formula of Inn!A1 leads outside; `cells` are formulas by `sheet!cell`."""

    def write(workbook: Workbook) -> None:
        sheets = {title: workbook.add_worksheet(title) for title in ("Inn", "Mellom", "Mine tall", "Sist")}
        sheets["Inn"].write_formula("A1", formula, None, 5)
        for place, source in cells.items():
            title, _, cell = place.partition("!")
            sheets[title].write_formula(cell, source, None, 5)
        for name, target in (names or {}).items():
            workbook.define_name(name, target)

    workbook = opened(book(write))
    sheet = read_sheet(workbook, workbook.sheets[0])
    assert isinstance(sheet, RawSheet)
    return marked_outside(workbook, sheet).cells[0, 0].is_external


@pytest.mark.parametrize(
    "formula",
    [
        "=Mellom!B2", "=Mellom!$B$2+1", "=SUM(Mellom!A1:C9)", "=SUM(Mellom!B:B)", "=SUM(Mellom!2:2)", "='mellom'!b2",
        "=SUM(Mellom:Sist!B2)", '=IF(1=1,Mellom!B2,"nei")', "=VLOOKUP(1,Mellom!A1:B5,2)",
    ],
)  # fmt: skip
def test_what_looks_at_a_cell_from_outside_is_from_outside(formula: str) -> None:
    assert outside(formula, {"Mellom!B2": FROM_OUTSIDE})
    assert not outside(formula, {"Mellom!B2": "=1+1", "Mellom!D20": FROM_OUTSIDE})


def test_it_is_followed_however_far_and_through_names() -> None:
    chain = {"Mellom!B2": "='Mine tall'!C3", "Mine tall!C3": "=SUM(Sist!A1:A9)", "Sist!A5": FROM_OUTSIDE}
    assert outside("=Mellom!B2", chain)
    assert outside("=2*grunnlag", chain, {"grunnlag": "=Mellom!$B$2"})
    assert outside("=B1", {"Inn!B1": "=C1", "Inn!C1": FROM_OUTSIDE})


def test_what_looks_elsewhere_is_not_from_outside() -> None:
    assert not outside("=Mellom!B3", {"Mellom!B2": FROM_OUTSIDE})
    assert not outside('="Mellom!B2"', {"Mellom!B2": FROM_OUTSIDE})
    assert not outside("=B1+1", {"Inn!B1": "=A1"})  # a circle ends
    assert not outside("=SUM(Borte!A1)", {})


def test_thousands_of_formulas_are_followed_in_one_go() -> None:
    cells = {f"Mellom!A{row}": f"=SUM(A{row + 1}:A2000)" for row in range(1, 2000)}
    assert not outside("=Mellom!A1", cells)
