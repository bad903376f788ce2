"""The office workbook's geometry: sheets, rows and columns, computed from the scorecard and the year.

Rows and columns count from 0. Writer, reader, formulas and messages all ask here where a value lives.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from xlmalekort.layout.cells import a1, column_name
from xlmalekort.layout.survey import questions_of, survey_groups, survey_measures
from xlmalekort.locale import N_
from xlmalekort.model.figure_kinds import Part
from xlmalekort.model.periods import Frequency, Period, periods_of_year

if TYPE_CHECKING:
    from xlmalekort.layout.survey import SurveyGroup
    from xlmalekort.locale import Texts
    from xlmalekort.model.indicators import Indicator
    from xlmalekort.model.measures import Measure
    from xlmalekort.model.scorecard import Scorecard

TEMPLATE_VERSION = "2"


class Sheet(StrEnum):
    """The sheets of an office workbook, in their order. Each has a defined name `mk_<value>` on its first cell."""

    SCORECARD = "scorecard"
    INPUT = "input"
    LOCAL = "local"
    ACTIONS = "actions"
    DEADLINES = "deadlines"
    SURVEY = "survey"
    CONTROL = "control"
    DEFINITIONS = "definitions"
    CLARIFICATIONS = "clarifications"
    HISTORY = "history"
    GUIDE = "guide"
    FIGURES = "figures"
    CALCULATION = "calculation"
    LOCAL_STEPS = "local_steps"
    SETUP = "setup"

    @property
    def is_hidden(self) -> bool:
        """Whether staff never see it."""
        return self in (Sheet.FIGURES, Sheet.CALCULATION, Sheet.LOCAL_STEPS, Sheet.SETUP)

    @property
    def defined_name(self) -> str:
        """The workbook's name for the sheet's first cell."""
        return f"mk_{self.value}"


SHEET_TITLES = {
    Sheet.SCORECARD: N_("Scorecard"),
    Sheet.INPUT: N_("Input"),
    Sheet.LOCAL: N_("Local goals"),
    Sheet.ACTIONS: N_("Actions"),
    Sheet.DEADLINES: N_("Deadlines"),
    Sheet.SURVEY: N_("Survey"),
    Sheet.CONTROL: N_("Checks"),
    Sheet.DEFINITIONS: N_("Definitions"),
    Sheet.CLARIFICATIONS: N_("Clarifications"),
    Sheet.HISTORY: N_("History"),
    Sheet.GUIDE: N_("Guide"),
    Sheet.FIGURES: N_("Figures"),
    Sheet.CALCULATION: N_("Calculation"),
    Sheet.LOCAL_STEPS: N_("Local calculation"),
    Sheet.SETUP: N_("Setup"),
}

# Input and history share their geometry.
KEY_ROW = 4
"""The hidden row that holds the code of each column's period."""
HEADING_ROW = 5
FIRST_LINE_ROW = 6
ID_COLUMN = 0
TITLE_COLUMN = 1
HEADING = (1, TITLE_COLUMN)
"""Whose figures the input sheet holds, and of which year, for people to read."""
UNIT_COLUMN = 2
USED_BY_COLUMN = 3
FIRST_PERIOD_COLUMN = 4
READY_FOR = (2, FIRST_PERIOD_COLUMN)
"""The cell on the input sheet in which the office says up to which period it delivers."""

# The scorecard sheet.
SCORECARD_PERIOD = (2, 2)
"""The period chooser."""
SCORECARD_AS_OF = (2, 4)
"""The day that stands for the clock; Refresh writes it."""
COMPUTED_BY = (2, 11)
"""In a workbook with macros: whether Python or Excel has worked the statuses out."""
SCORECARD_HEADING_ROW = 5
SCORECARD_FIRST_ROW = 6

# The sheet of what Refresh found.
CONTROL_FIRST_ROW = 5
CONTROL_ROWS = 200

# The sheet of actions.
ACTIONS_HEADING_ROW = 4
ACTIONS_FIRST_ROW = 5
ACTIONS_ROWS = 60

COMMENT_PREFIX = "comment:"
SURVEY_FIGURES = N_("Survey")
OTHER_FIGURES = N_("Other figures")
COMMENTS = N_("Comments (if wanted)")


class Calc(StrEnum):
    """The columns of the calculation sheet, in their order: the steps from figures to status of one indicator and period."""

    KEY = "key"
    INDICATOR = "indicator"
    PERIOD = "period"
    NAME = "name"
    END = "end"
    READY = "ready"
    UPPER = "upper"
    LOWER = "lower"
    STATE = "state"
    REFERENCE = "reference"
    REFERENCE_LOWER = "reference_lower"
    """What a change compares with, and what that is divided by."""
    VALUE = "value"
    SHOWN = "shown"
    TARGET = "target"
    """The target in words."""
    BASIS = "basis"
    """What the target compares with, as shown."""
    GREEN_LOW = "green_low"
    GREEN_HIGH = "green_high"
    OUTER_LOW = "outer_low"
    OUTER_HIGH = "outer_high"
    VERDICT = "verdict"
    REASON = "reason"
    """What comes of the first condition, and why, where there are two."""
    BASIS_2 = "basis_2"
    GREEN_LOW_2 = "green_low_2"
    GREEN_HIGH_2 = "green_high_2"
    OUTER_LOW_2 = "outer_low_2"
    OUTER_HIGH_2 = "outer_high_2"
    VERDICT_2 = "verdict_2"
    REASON_2 = "reason_2"
    STATUS = "status"
    CHANGE = "change"
    WHY = "why"
    NEEDED = "needed"
    """How much more of the upper part makes it green, as a whole number; "x" where nothing does."""
    FIRST_END = "first_end"
    FIRST_UPPER = "first_upper"
    FIRST_LOWER = "first_lower"
    """The first figure of the year that a straight line can begin at."""
    FORECAST = "forecast"
    NOW = "now"
    """What to do now, in words."""

    @cached_property
    def column(self) -> int:
        """Its column."""
        return list(Calc).index(self)


CALC_HEADING_ROW = 0
CALC_FIRST_ROW = 1
NATIVE_COLUMN, ANSWER_COLUMN = 80, 81
"""In a workbook with macros: the status by Excel's own functions, and what Python answers. To the right of all else."""

SETUP_KEYS = (
    "format",
    "template",
    "scorecard",
    "version",
    "hash",
    "language",
    "office",
    "year",
    "area",
    "region",
    "country",
    "exempt",
    "made",
    "macros",
    "card",
)
"""What the setup sheet holds, a row each: the key in column A, the value in column B. The definition follows."""
WITH_MACROS = "yes"
SETUP_FORMAT = "xlmalekort office workbook"
SETUP_DEFINITION_ROW = 20
SETUP_DEFINITION_CHUNK = 30_000


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the input sheet: a measure's figures, or the comments on an indicator."""

    id: str
    row: int
    measure: Measure | None
    indicator: Indicator | None
    """The indicator that uses it first; None for a figure that is only gathered."""
    part: Part | None

    @property
    def is_comment(self) -> bool:
        """Whether it holds text."""
        return self.measure is None

    @property
    def frequency(self) -> Frequency:
        """The periods that it has cells for."""
        if self.measure is not None:
            return self.measure.frequency.span
        return self.indicator.frequency.span if self.indicator else Frequency.MONTH


@dataclass(frozen=True, slots=True)
class Block:
    """A heading of the input sheet, in its row, and the lines under it. `title` is in the scorecard's language."""

    title: str
    row: int
    lines: tuple[Line, ...]
    is_survey: bool = False


@dataclass(frozen=True)
class OfficeLayout:
    """Where each value lives in the workbook of a scorecard and a year."""

    scorecard: Scorecard
    year: int

    @property
    def texts(self) -> Texts:
        """The texts in the scorecard's language."""
        return self.scorecard.texts()

    def title(self, sheet: Sheet) -> str:
        """The sheet's title."""
        return self.texts(SHEET_TITLES[sheet])

    @cached_property
    def sheets(self) -> tuple[Sheet, ...]:
        """The sheets of the workbook, in their order; there is one for surveys only where the scorecard has questions."""
        has_questions = bool(questions_of(self.scorecard))
        return tuple(sheet for sheet in Sheet if sheet is not Sheet.SURVEY or has_questions)

    @cached_property
    def survey(self) -> tuple[SurveyGroup, ...]:
        """The survey sheet from top to bottom."""
        return survey_groups(self.scorecard)

    @cached_property
    def frequencies(self) -> tuple[Frequency, ...]:
        """The frequencies that the scorecard has columns for, the shortest first.

        An indicator may be kept by longer periods than its measures; its comments need columns too.
        """
        used = {measure.frequency.span for measure in self.scorecard.measures}
        used |= {indicator.frequency.span for indicator in self.scorecard.active}
        return tuple(frequency for frequency in Frequency if frequency in used)

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        """The periods of the input sheet's columns."""
        return tuple(period for frequency in self.frequencies for period in periods_of_year(self.year, frequency))

    @cached_property
    def choosable(self) -> tuple[Period, ...]:
        """The periods that the scorecard can be shown for: those of the shortest frequency."""
        return periods_of_year(self.year, self.frequencies[0])

    @cached_property
    def earlier_periods(self) -> tuple[Period, ...]:
        """The periods of the history sheet's columns: those of the year before."""
        return tuple(period.last_year for period in self.periods)

    @cached_property
    def column_of(self) -> dict[Period, int]:
        """The column of each period, on the input sheet for this year and on the history sheet for the year before."""
        columns = {period: FIRST_PERIOD_COLUMN + index for index, period in enumerate(self.periods)}
        return columns | {period.last_year: column for period, column in columns.items()}

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The input sheet from top to bottom: measures under the perspective that uses them first, surveys, then comments.

        The figures of surveys stand together, in the order of the definition.
        """
        scorecard = self.scorecard
        seen = set(survey_measures(scorecard))
        groups: list[tuple[str, list[tuple[Measure, Indicator | None, Part | None]]]] = []
        for perspective in scorecard.perspectives:
            members: list[tuple[Measure, Indicator | None, Part | None]] = []
            for indicator in scorecard.of_perspective(perspective.id):
                for part, measures in indicator.fields if indicator.active else ():
                    new = [measure for measure in dict.fromkeys(measures) if measure not in seen]
                    seen.update(new)
                    members += [(scorecard.measure[measure], indicator, part) for measure in new]
            groups.append((perspective.title, members))
        surveyed = [(scorecard.measure[measure], *self._first_user(measure)) for measure in survey_measures(scorecard)]
        groups.append((self.texts(SURVEY_FIGURES), surveyed))
        gathered = [m for m in scorecard.measures if m.id not in seen and self._is_asked_for(m)]
        groups.append((self.texts(OTHER_FIGURES), [(measure, None, None) for measure in gathered]))
        blocks: list[Block] = []
        row = FIRST_LINE_ROW
        for title, members in groups:
            if members:
                lines = tuple(Line(m.id, row + 1 + n, m, i, part) for n, (m, i, part) in enumerate(members))
                blocks.append(Block(title, row, lines, is_survey=members is surveyed))
                row += len(lines) + 1
        lines = tuple(
            Line(COMMENT_PREFIX + indicator.id, row + 1 + n, None, indicator, Part.COMMENT)
            for n, indicator in enumerate(scorecard.active)
        )
        return (*blocks, Block(self.texts(COMMENTS), row, lines))

    def _first_user(self, measure: str) -> tuple[Indicator | None, Part | None]:
        users = [(user, part) for user, part in self.scorecard.users[measure] if user.active]
        return users[0] if users else (None, None)

    def _is_asked_for(self, measure: Measure) -> bool:
        """Whether somebody is to type it: not while only indicators that are being developed use it."""
        users = self.scorecard.users[measure.id]
        return not users or any(user.active for user, _ in users)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Every row that takes input, from top to bottom."""
        return tuple(line for block in self.blocks for line in block.lines)

    @cached_property
    def line(self) -> dict[str, Line]:
        """Lines by id: a measure's id, or `comment:` and an indicator's."""
        return {line.id: line for line in self.lines}

    def has_cell(self, line: Line, period: Period) -> bool:
        """Whether the line takes input for the period."""
        return period.frequency is line.frequency and period in self.column_of

    def input_cell(self, line_id: str, period: Period) -> tuple[Sheet, int, int] | None:
        """Sheet, row and column of a line's figure for a period; None where there is no such cell."""
        line = self.line.get(line_id)
        if line is None or not self.has_cell(line, period) or (line.is_comment and period.year != self.year):
            return None
        return Sheet.INPUT if period.year == self.year else Sheet.HISTORY, line.row, self.column_of[period]

    # The hidden sheet of figures mirrors the input sheet cell by cell; the year before stands to the right of it.

    def figure_reference(self, measure: str, period: Period) -> str:
        """The cell of the hidden sheet of figures, as a formula on another sheet writes it."""
        offset = 0 if period.year == self.year else len(self.periods) + 1
        row, column = self.line[measure].row, self.column_of[period] + offset
        return f"{self.quoted(Sheet.FIGURES)}!${column_name(column)}${row + 1}"

    def quoted(self, sheet: Sheet) -> str:
        """The sheet's title as formulas write it."""
        return f"'{self.title(sheet)}'"

    @cached_property
    def calc_rows(self) -> dict[tuple[str, Period], int]:
        """The calculation sheet's row for each indicator and period: the year before, then the year itself."""
        pairs = (
            (indicator.id, period)
            for indicator in self.scorecard.active
            for year in (self.year - 1, self.year)
            for period in periods_of_year(year, indicator.frequency)
        )
        return {pair: CALC_FIRST_ROW + index for index, pair in enumerate(pairs)}

    def calc_reference(self, indicator: str, period: Period, step: Calc) -> str:
        """A cell of the calculation sheet, as a formula on that sheet writes it."""
        return f"${column_name(step.column)}{self.calc_rows[indicator, period] + 1}"

    def calc_range(self, step: Calc) -> str:
        """The whole column of a step, as a formula on another sheet writes it."""
        column = column_name(step.column)
        last = CALC_FIRST_ROW + len(self.calc_rows)
        return f"{self.quoted(Sheet.CALCULATION)}!${column}${CALC_FIRST_ROW + 1}:${column}${last}"

    def absolute(self, sheet: Sheet, cell: tuple[int, int]) -> str:
        """A cell as a formula on another sheet writes it."""
        return f"{self.quoted(sheet)}!${column_name(cell[1])}${cell[0] + 1}"

    @cached_property
    def scorecard_rows(self) -> dict[str, int]:
        """The scorecard sheet's row of each perspective (`perspective:<id>`) and each active indicator."""
        rows: dict[str, int] = {}
        row = SCORECARD_FIRST_ROW
        for perspective in self.scorecard.perspectives:
            active = [each for each in self.scorecard.of_perspective(perspective.id) if each.active]
            for key in (f"perspective:{perspective.id}", *(each.id for each in active)) if active else ():
                rows[key] = row
                row += 1
        return rows

    def setup_cell(self, key: str) -> str:
        """The cell of a key on the setup sheet, as a formula writes it."""
        return self.absolute(Sheet.SETUP, (SETUP_KEYS.index(key), 1))


@lru_cache(maxsize=32)
def layout_of(scorecard: Scorecard, year: int) -> OfficeLayout:
    """The layout of a scorecard and a year, computed once."""
    return OfficeLayout(scorecard, year)


def range_a1(first: tuple[int, int], last: tuple[int, int]) -> str:
    """A range, by its corners."""
    return f"{a1(*first)}:{a1(*last)}"
