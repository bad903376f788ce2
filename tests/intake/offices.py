"""Office workbooks with figures, and ways to spoil them as people and programs do."""

from __future__ import annotations

import io
import re
import warnings
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import openpyxl

from tests.template.samples import seeded_figures
from tests.xlsx.books import packed, parts_of
from xlmalekort.intake.workbook_file import Expected, check_file
from xlmalekort.layout.office import OfficeLayout, Sheet, layout_of
from xlmalekort.model.figures import Action, CheckedFile, Figure, Submission
from xlmalekort.model.periods import Period
from xlmalekort.scorecards import load_scorecard
from xlmalekort.template.office_workbook import write_office_workbook
from xlmalekort.template.state import make_state
from xlmalekort.xlsx import Plain, Result, patch_workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from xlmalekort.problems import Problem
    from xlmalekort.xlsx import Value

TODAY = date(2009, 7, 15)
JUNE = Period.parse("2009-06")
FILE = "al_2009.xlsx"
NAV = load_scorecard("nav-buskerud-2009")
LAYOUT: OfficeLayout = layout_of(NAV, 2009)
INPUT = LAYOUT.title(Sheet.INPUT)


@cache
def submission() -> Submission:
    figures = seeded_figures(NAV, 2009, JUNE.end, gaps=0)
    for (measure, period), figure in list(figures.items()):
        if measure == "B.9.numerator" and figure.value is not None:
            # Vacancies that were reported directly are a part of all reported ones.
            for part in ("B.8.numerator", "B.8.denominator"):
                held = figures[part, period].value
                if held is not None:
                    figures[part, period] = Figure(part, period, min(held, figure.value))
    reference = seeded_figures(NAV, 2008, date(2008, 12, 31), gaps=0)
    comments = {("B.1", JUNE): "Ferie", ("B.7", JUNE): "= 3 av 4"}
    actions = (Action("B.1", "Få møter", "Kalle inn", "NAV-leder", "2009-09-01", "planlagt"),)
    return Submission(
        FILE,
        "NAV Åmønster",
        2009,
        figures,
        reference,
        comments,
        actions,
        JUNE,
        frozenset({"B.12"}),
        "Fantasund",
        "Buskerud",
    )


@cache
def office() -> bytes:
    """A clean workbook, filled in up to June."""
    return write_office_workbook(make_state(NAV, submission(), JUNE, TODAY, ()))


def check(content: bytes, expected: Expected | None = None, today: date = TODAY) -> CheckedFile:
    return check_file(content, FILE, today, expected=expected)


def cell_of(line: str, month: str = "2009-06") -> tuple[int, int]:
    """Row and column of a figure in the input sheet of the template."""
    place = LAYOUT.input_cell(line, Period.parse(month))
    assert place is not None, line
    return place[1], place[2]


def with_cells(changes: Mapping[tuple[int, int], Value], content: bytes | None = None, sheet: str = INPUT) -> bytes:
    plain = {place: value if isinstance(value, Plain | Result) else Plain(value) for place, value in changes.items()}
    return patch_workbook(content or office(), {sheet: plain})


@cache
def _light() -> bytes:
    """The workbook without the many formulas of its hidden sheets, which only take time here."""
    parts = parts_of(office())
    for name, xml in parts.items():
        if len(xml) > 200_000 and name.startswith("xl/worksheets/"):
            parts[name] = re.sub(rb"<sheetData>.*</sheetData>", b"<sheetData/>", xml, flags=re.DOTALL)
    return packed(parts)


def resaved(change: Callable[[Workbook, Worksheet], object]) -> bytes:
    """The workbook after a change in another program, which drops the results of formulas."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about what that program drops
        workbook = openpyxl.load_workbook(io.BytesIO(_light()))
    change(workbook, workbook[INPUT])
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def input_part(content: bytes) -> str:
    """The name of the part that holds the input sheet, as the template writes it."""
    parts = parts_of(content)
    titles = re.findall(r'<sheet name="([^"]*)"', parts["xl/workbook.xml"].decode())
    return f"xl/worksheets/sheet{titles.index(INPUT) + 1}.xml"


def values(checked: CheckedFile) -> dict[tuple[str, str], object]:
    assert checked.submission is not None, checked.problems
    return {(figure.measure, figure.period.code): figure.value for figure in checked.submission.figures.values()}


def codes(checked: CheckedFile) -> list[str]:
    return [problem.code for problem in checked.problems]


def only(checked: CheckedFile, code: str) -> Problem:
    """The one problem of a code."""
    found = [problem for problem in checked.problems if problem.code == code]
    assert len(found) == 1, codes(checked)
    return found[0]


def balances(checked: CheckedFile) -> bool:
    ledger = checked.ledger
    return ledger.filled == ledger.counted + ledger.rejected + ledger.provisional + ledger.reference
