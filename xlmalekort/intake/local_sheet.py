"""The sheet of local goals: what an office measures for itself (LOC-001 to -006, NUM-..., PER-001, STR-010)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from xlmalekort.intake.likely import likely_figure
from xlmalekort.intake.local_grid import find_local_grid, is_typed
from xlmalekort.intake.numbers import LARGEST, NumberRule, read_number, shown
from xlmalekort.layout.cells import a1
from xlmalekort.layout.local import BETTER_WORDS, LocalColumn
from xlmalekort.layout.look import UNIT_WORDS
from xlmalekort.locale import N_
from xlmalekort.locale.told import PeriodName, Phrase
from xlmalekort.model.figures import Figure, Source
from xlmalekort.model.local_goals import LocalGoal, given_number
from xlmalekort.model.measures import Unit
from xlmalekort.problems import Problem
from xlmalekort.xlsx.days import day_of

if TYPE_CHECKING:
    from datetime import date
    from fractions import Fraction

    from xlmalekort.intake.local_grid import LocalGrid
    from xlmalekort.layout.office import OfficeLayout
    from xlmalekort.model.local_goals import Better, Edge
    from xlmalekort.model.periods import Period
    from xlmalekort.xlsx import RawCell, RawSheet, RawWorkbook

_PLACES = 9
"""Decimals, in the unit of the cell, up to which a typed number is read; only counts must be whole."""
LOCAL_RULES: dict[Unit, NumberRule] = {
    Unit.COUNT: NumberRule(is_percent=False, decimals=0, maximum=LARGEST, may_be_negative=False),
    Unit.PERCENT: NumberRule(is_percent=True, decimals=_PLACES, maximum=1, may_be_negative=True),
    Unit.POINTS: NumberRule(is_percent=False, decimals=_PLACES, maximum=LARGEST, may_be_negative=False),
    Unit.DAYS: NumberRule(is_percent=False, decimals=_PLACES, maximum=LARGEST, may_be_negative=False),
    Unit.MONEY: NumberRule(is_percent=False, decimals=_PLACES, maximum=LARGEST, may_be_negative=True),
}
"""What the cells of a line may hold, by its unit."""
_RANGES = {
    Unit.COUNT: N_("a whole number from 0"),
    Unit.PERCENT: N_("a percentage up to 100, written with its sign"),
    Unit.POINTS: N_("a number from 0"),
    Unit.DAYS: N_("a number from 0"),
    Unit.MONEY: N_("a number"),
}
_ROUNDED = "NUM-014"
"""Nobody is asked for so many decimals, so a number with more of them is no finding."""
_LONGEST = 60


@dataclass(frozen=True)
class ReadLocal:
    """The goals, from top to bottom, and what there is to say about them. `grid` is None where the sheet is another one."""

    goals: tuple[LocalGoal, ...] = ()
    problems: tuple[Problem, ...] = ()
    grid: LocalGrid | None = None


def read_local_goals(workbook: RawWorkbook, sheet: RawSheet, layout: OfficeLayout, today: date | None) -> ReadLocal:
    """The lines of the sheet that say more than a number, wherever inserted rows and columns have moved them.

    Whatever a line says is kept. Problems: LOC-001 to -006 for what a line lacks, NUM-001 to -013 and PER-001 for cells
    that hold no number that can be used, STR-010 for what stands where nothing is asked for, STR-015 where the sheet is
    not the one that the workbook was made with. Where `today` is None no period lies ahead.
    """
    grid = find_local_grid(workbook, sheet, layout)
    if grid is None:
        return ReadLocal(
            problems=(Problem("STR-015", file=workbook.file, sheet=sheet.title, slots={"sheet": sheet.title}),)
        )
    reading = _Reading(workbook, layout, grid, today)
    goals = tuple(reading.goals())
    reading.tell_strays()
    return ReadLocal(goals, tuple(reading.problems), grid)


@dataclass
class _Reading:
    """The reading of one sheet."""

    workbook: RawWorkbook
    layout: OfficeLayout
    grid: LocalGrid
    today: date | None
    problems: list[Problem] = field(default_factory=list)

    def goals(self) -> list[LocalGoal]:
        """The lines on which anything but a number is typed; the formulas of the hidden sheet ask the same."""
        grid = self.grid
        typed = {found for column, found in grid.columns.items() if is_typed(column) and column != LocalColumn.NUMBER}
        rows = {
            row
            for (row, column), cell in grid.sheet.cells.items()
            if row > grid.heading_row and column in typed and cell.text.strip(" ")
        }
        return self._numbered([self._goal(row) for row in sorted(rows)])

    def _cell(self, row: int, column: LocalColumn) -> RawCell | None:
        found = self.grid.columns.get(column)
        return self.grid.sheet.cells.get((row, found)) if found is not None else None

    def _text(self, row: int, column: LocalColumn) -> str:
        cell = self._cell(row, column)
        if cell is None:
            return ""
        day = day_of(cell, self.workbook.formats)
        return day.isoformat() if day else cell.text.strip()

    def _tell(self, code: str, row: int, column: LocalColumn, got: str | None = None, **slots: str) -> None:
        place = (row, self.grid.columns.get(column, 0))
        short = got if got is None or len(got) <= _LONGEST else f"{got[:_LONGEST]}…"
        self.problems.append(
            Problem(code, file=self.workbook.file, sheet=self.grid.sheet.title, cell=a1(*place), got=short, slots=slots)
        )

    # One line

    def _goal(self, row: int) -> LocalGoal:
        position, number = row - self.grid.heading_row, self._text(row, LocalColumn.NUMBER)
        title = self._text(row, LocalColumn.TITLE)
        if not title:
            self._tell("LOC-001", row, LocalColumn.TITLE)
        unit, better = self._unit(row), self._better(row)
        target, yellow, unusable = None, None, _NO_EDGE
        figures: dict[Period, Figure] = {}
        if unit is not None:
            target, yellow, unusable = self._edges(row, unit)
            figures = dict(self._figures(row, unit))
        if better and target is not None and yellow is not None and is_wrong_side(better, target, yellow):
            self._tell("LOC-006", row, LocalColumn.YELLOW, self._text(row, LocalColumn.YELLOW))
        number_column = self.grid.columns.get(LocalColumn.NUMBER, 0)
        source = Source(self.workbook.file, self.grid.sheet.title, a1(row, number_column))
        responsible = self._text(row, LocalColumn.RESPONSIBLE)
        return LocalGoal(position, number, title, unit, better, target, yellow, unusable, responsible, figures, source)

    def _word(self, row: int, column: LocalColumn) -> str:
        """What was chosen from a list. As in the workbook's own formulas only plain spaces and case do not matter."""
        cell = self._cell(row, column)
        return cell.text.strip(" ") if cell is not None else ""

    def _unit(self, row: int) -> Unit | None:
        said = self._word(row, LocalColumn.UNIT).casefold()
        words = {unit: self.layout.texts(word) for unit, word in UNIT_WORDS.items()}
        found = next((unit for unit, word in words.items() if word.casefold() == said), None)
        if found is None:
            self._tell_choice("LOC-002", row, LocalColumn.UNIT, ", ".join(words.values()))
        return found

    def _better(self, row: int) -> Better | None:
        said = self._word(row, LocalColumn.BETTER).casefold()
        words = {better: self.layout.texts(word) for better, word in BETTER_WORDS.items()}
        found = next((better for better, word in words.items() if word.casefold() == said), None)
        if found is None:
            self._tell_choice("LOC-003", row, LocalColumn.BETTER, ", ".join(words.values()))
        return found

    def _tell_choice(self, code: str, row: int, column: LocalColumn, choices: str) -> None:
        said = self._word(row, column)
        self._tell(code, row, column, said or None, said=f'"{said[:_LONGEST]}"' if said else _EMPTY, choices=choices)

    def _edges(self, row: int, unit: Unit) -> tuple[Fraction | None, Fraction | None, frozenset[Edge]]:
        found: dict[Edge, Fraction | None] = {"target": None, "yellow": None}
        unusable: set[Edge] = set()
        columns: dict[Edge, LocalColumn] = {"target": LocalColumn.TARGET, "yellow": LocalColumn.YELLOW}
        for edge, column in columns.items():
            place = self.grid.columns.get(column)
            reading = self._number((row, place), unit) if place is not None else None
            if reading is not None:
                found[edge] = reading[0]
                unusable |= {edge} if reading[0] is None else set()
        return found["target"], found["yellow"], frozenset(unusable)

    def _figures(self, row: int, unit: Unit) -> list[tuple[Period, Figure]]:
        figures = []
        for column, period in sorted(self.grid.periods.items()):
            reading = self._number((row, column), unit, period)
            if reading is not None:
                source = Source(self.workbook.file, self.grid.sheet.title, a1(row, column))
                figures.append((period, Figure("", period, reading[0], source)))
        return figures

    def _number(
        self, place: tuple[int, int], unit: Unit, period: Period | None = None
    ) -> tuple[Fraction | None] | None:
        """The number of a cell, None within where it cannot be used; None where nothing stands there."""
        cell = self.grid.sheet.cells.get(place)
        if cell is None:
            return None
        formats = self.workbook.formats
        reading = read_number(cell, LOCAL_RULES[unit], formats)
        if not reading.is_empty and period is not None and self.today and not period.has_begun(self.today):
            reading = reading._replace(value=None, codes=("PER-001",))
        for code in reading.codes:
            if code != _ROUNDED:
                self.problems.append(
                    Problem(
                        code,
                        file=self.workbook.file,
                        sheet=self.grid.sheet.title,
                        cell=a1(*place),
                        period=period.code if period else None,
                        got=cell.text,
                        slots={
                            "shown": shown(cell, formats),
                            "range": Phrase(_RANGES[unit]),
                            "name": PeriodName(period.code) if period else "",
                        },
                        likely=likely_figure(code, cell, LOCAL_RULES[unit], unit, formats, self.layout.year),
                    )
                )
        return None if reading.is_empty else (reading.value,)

    # All lines

    def _numbered(self, goals: list[LocalGoal]) -> list[LocalGoal]:
        """The goals, each with a number of its own, which is none of the scorecard's (LOC-004, LOC-005)."""
        indicators = {each.id.casefold() for each in self.layout.scorecard.indicators}
        counts = Counter(goal.number.casefold() for goal in goals)
        taken = indicators | {number for number in counts if number}
        seen: set[str] = set()
        found: list[LocalGoal] = []
        for goal in goals:
            typed, number = goal.number.casefold(), goal.number
            if not typed or typed in indicators or typed in seen:
                number = given_number(goal.position, taken)
                taken.add(number.casefold())
            if typed in indicators:
                self._tell("LOC-005", self.grid.row(goal.position), LocalColumn.NUMBER, goal.number, number=number)
            elif typed in seen:
                self._tell("LOC-004", self.grid.row(goal.position), LocalColumn.NUMBER, goal.number, number=number)
            seen |= {typed} if typed else set()
            figures = {period: figure._replace(measure=number) for period, figure in goal.figures.items()}
            found.append(replace(goal, number=number, figures=figures))
        return found

    def tell_strays(self) -> None:
        """STR-010 for each filled cell below the headings in a column that is none of the sheet's."""
        known = set(self.grid.columns.values())
        for (row, column), cell in sorted(self.grid.sheet.cells.items()):
            if row > self.grid.heading_row and column not in known and cell.text.strip():
                got = cell.text[:_LONGEST]
                where = a1(row, column)
                self.problems.append(
                    Problem("STR-010", file=self.workbook.file, sheet=self.grid.sheet.title, cell=where, got=got)
                )


_NO_EDGE: frozenset[Edge] = frozenset()
_EMPTY = Phrase(N_("an empty cell"))


def is_wrong_side(better: Better, target: Fraction, yellow: Fraction) -> bool:
    """Whether the yellow zone begins where the target is already reached."""
    return yellow > target if better == "higher" else yellow < target
