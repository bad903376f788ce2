"""A figure that two readers of the file read in different ways is rejected; all others count."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.intake.offices import FILE, TODAY, cell_of, codes, input_part, office, only, values
from tests.xlsx.books import edited
from xlmalekort.intake.grid import Grid, find_grid
from xlmalekort.intake.workbook_file import check_file
from xlmalekort.layout.cells import a1
from xlmalekort.layout.office import Sheet

if TYPE_CHECKING:
    from datetime import date

    from xlmalekort.intake.plan import InputPlan
    from xlmalekort.model.figures import CheckedFile
    from xlmalekort.xlsx import RawSheet

PLACE = cell_of("B.1.numerator")
CELL = a1(*PLACE)


def compared(content: bytes, today: date = TODAY) -> CheckedFile:
    return check_file(content, FILE, today, is_compared=True)


def with_xml(inside: str) -> bytes:
    """The workbook with another content of one cell, as XML."""
    pattern = rf'(<c r="{CELL}"[^>]*?)(?:/>|>.*?</c>)'
    return edited(
        office(), lambda xml: re.sub(pattern, rf"\g<1>>{inside}</c>", xml.decode()).encode(), input_part(office())
    )


def test_a_clean_workbook_is_read_alike_in_every_cell() -> None:
    assert compared(office()) == check_file(office(), FILE, TODAY)


@pytest.mark.parametrize("inside", ["<v>1</v><v>2</v>", "<v>1<!-- x -->2</v>", "<v><![CDATA[7]]></v>"])
def test_a_disputed_figure_is_rejected_at_its_cell_and_the_rest_counts(inside: str) -> None:
    found, clean = compared(with_xml(inside)), compared(office())
    problem = only(found, "NUM-015")
    assert (problem.cell, problem.measure, problem.period) == (CELL, "B.1.numerator", "2009-06")
    expected = values(clean) | {("B.1.numerator", "2009-06"): None}
    assert values(found) == expected
    assert found.ledger.filled == clean.ledger.filled


def test_a_figure_that_only_the_other_reader_finds_is_told_and_rejected(monkeypatch: pytest.MonkeyPatch) -> None:
    content = with_xml("<v>5</v>")

    def blind(plan: InputPlan, sheet: RawSheet, kind: Sheet, file: str) -> Grid:
        if kind is Sheet.INPUT:
            sheet.cells.pop(PLACE)
        return find_grid(plan, sheet, kind, file)

    monkeypatch.setattr("xlmalekort.intake.workbook_file.find_grid", blind)
    found = compared(content)
    assert only(found, "NUM-015").cell == CELL
    assert values(found)["B.1.numerator", "2009-06"] is None


def test_where_the_other_reader_fails_that_is_noted_and_the_figures_count() -> None:
    # A truth that is none: the other reader gives the sheet up for it.
    stray = a1(PLACE[0], 40)
    content = edited(
        office(),
        lambda xml: re.sub(
            rf'(<row r="{PLACE[0] + 1}"[^>]*>.*?)</row>',
            rf'\g<1><c r="{stray}" t="b"><v>maybe</v></c></row>',
            xml.decode(),
            flags=re.DOTALL,
        ).encode(),
        input_part(office()),
    )
    found = compared(content)
    assert "FIL-014" in codes(found)
    assert values(found) == values(compared(office()))
