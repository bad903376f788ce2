"""Lines of the sheet of local goals, as an office types them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.intake.offices import LAYOUT, check, with_cells
from xlmalekort.layout.cells import a1
from xlmalekort.layout.local import BETTER_WORDS, LOCAL_FIRST_ROW, LocalColumn, local_column
from xlmalekort.layout.look import UNIT_WORDS
from xlmalekort.layout.office import Sheet
from xlmalekort.model.measures import Unit
from xlmalekort.model.periods import Period

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlmalekort.layout.office import OfficeLayout
    from xlmalekort.model.figures import CheckedFile
    from xlmalekort.model.local_goals import LocalGoal
    from xlmalekort.xlsx import Value

LOCAL = LAYOUT.title(Sheet.LOCAL)
HIGHER, LOWER = (LAYOUT.texts(word) for word in BETTER_WORDS.values())
COUNT, PERCENT, POINTS, DAYS, MONEY = (LAYOUT.texts(UNIT_WORDS[unit]) for unit in Unit)
Cells = dict[tuple[int, int], "Value"]


def line(
    position: int = 1,
    title: Value = "Brev innen fem dager",
    unit: Value = PERCENT,
    better: Value = HIGHER,
    target: Value = 0.9,
    yellow: Value = 0.8,
    months: Mapping[int, Value] | None = None,
    *,
    number: Value = "",
    layout: OfficeLayout = LAYOUT,
) -> Cells:
    """The cells of a line; what is empty is left as the template has it, with the number already there."""
    said = {
        LocalColumn.NUMBER: number,
        LocalColumn.TITLE: title,
        LocalColumn.UNIT: unit,
        LocalColumn.BETTER: better,
        LocalColumn.TARGET: target,
        LocalColumn.YELLOW: yellow,
    }
    row = LOCAL_FIRST_ROW + position - 1
    cells: Cells = {(row, column): value for column, value in said.items() if value not in ("", None)}
    for month, value in (months or {}).items():
        cells[row, local_column(layout, Period.parse(f"{layout.year}-{month:02d}"))] = value
    return cells


def with_lines(*lines: Cells, content: bytes | None = None) -> bytes:
    """The office's workbook with these lines filled in."""
    return with_cells({place: value for cells in lines for place, value in cells.items()}, content, LOCAL)


def read(*lines: Cells) -> CheckedFile:
    return check(with_lines(*lines))


def goals(checked: CheckedFile) -> tuple[LocalGoal, ...]:
    assert checked.submission is not None, checked.problems
    return checked.submission.local_goals


def cell(column: int, position: int = 1) -> str:
    return a1(LOCAL_FIRST_ROW + position - 1, column)


def cell_of_month(month: int, position: int = 1) -> str:
    return cell(local_column(LAYOUT, Period.parse(f"2009-{month:02d}")), position)
