"""The geometry of local goals: the sheet that an office writes them on, and the hidden one that works them out.

Rows and columns count from 0. A line of the sheet has its row of steps on the hidden sheet, by position.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from xlmalekort.locale import N_

if TYPE_CHECKING:
    from xlmalekort.layout.office import OfficeLayout
    from xlmalekort.model.local_goals import Better, LocalGoal
    from xlmalekort.model.periods import Period

LOCAL_ROWS = 15
"""The least number of lines to fill in."""
LOCAL_END_ROW = 4
"""The hidden row that holds the last day of each column's period."""
LOCAL_HEADING_ROW = 5
LOCAL_FIRST_ROW = 6


class LocalColumn(IntEnum):
    """The columns of the sheet; those of the periods follow."""

    NUMBER = 0
    TITLE = 1
    UNIT = 2
    BETTER = 3
    TARGET = 4
    YELLOW = 5
    RESPONSIBLE = 6
    RESULT = 7
    STATUS = 8
    WHY = 9

    @property
    def is_typed(self) -> bool:
        """Whether the office fills it in."""
        return self < LocalColumn.RESULT


LOCAL_HEADINGS = {
    LocalColumn.NUMBER: N_("No."),
    LocalColumn.TITLE: N_("Local goal"),
    LocalColumn.UNIT: N_("Unit"),
    LocalColumn.BETTER: N_("Better when"),
    LocalColumn.TARGET: N_("Target"),
    LocalColumn.YELLOW: N_("Yellow zone"),
    LocalColumn.RESPONSIBLE: N_("Responsible"),
    LocalColumn.RESULT: N_("Result"),
    LocalColumn.STATUS: N_("Status"),
    LocalColumn.WHY: N_("Why"),
}

BETTER_WORDS: dict[Better, str] = {"higher": N_("higher"), "lower": N_("lower")}
"""What the office chooses from, in the order in which the hidden sheet numbers them, from 1."""

LOCAL_FIRST_PERIOD = len(LocalColumn)


class LocalStep(IntEnum):
    """The columns of the hidden sheet: the steps from a line to its status for the chosen period, then lists."""

    FILLED = 0
    UNIT = 1
    """The number of the unit, from 1; 0 where the line names none."""
    BETTER = 2
    """1 where higher is better, 2 where lower is; 0 where the line does not say."""
    TARGET = 3
    YELLOW = 4
    FIGURE = 5
    SHOWN = 6
    GREEN = 7
    OUTER = 8
    STATUS = 9
    VALUE_WORDS = 10
    GREEN_WORDS = 11
    YELLOW_WORDS = 12
    WHY = 13
    CHOSEN = 15
    """Its first row holds the number of the chosen period, from 1; 0 where the chooser names none."""
    PERIOD = 16
    PERIOD_NAME = 17
    STARTS = 18
    READY = 19
    READY_DAY = 20
    STATUSES = 21
    LABELS = 22


LOCAL_STEPS_FIRST_ROW = 1


def local_column(layout: OfficeLayout, period: Period) -> int:
    """The column of a period that the scorecard can be shown for."""
    return LOCAL_FIRST_PERIOD + layout.choosable.index(period)


def local_rows(goals: tuple[LocalGoal, ...]) -> int:
    """How many lines there are: spare ones, and none too few for what there is already."""
    return max([LOCAL_ROWS, *(goal.position for goal in goals)])
