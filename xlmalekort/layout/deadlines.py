"""The sheet of deadlines: its rows and columns, and the word, symbol and colour of each state.

The sheet of actions tells how its lines stand in the same words.
"""

from __future__ import annotations

from enum import IntEnum
from functools import cache
from typing import TYPE_CHECKING

from xlmalekort.layout import look
from xlmalekort.locale import LANGUAGES, N_, texts_of
from xlmalekort.model.deadlines import DeadlineKind, DeadlineState, deadline_state

if TYPE_CHECKING:
    from datetime import date

    from xlmalekort.locale import Texts
    from xlmalekort.model.deadlines import Deadline
    from xlmalekort.model.figures import Action, DeadlineEntry


class Column(IntEnum):
    """The columns of the sheet. The last two are hidden: the days as numbers, whatever stands in the cells for them."""

    KIND = 0
    NUMBER = 1
    WHAT = 2
    RESPONSIBLE = 3
    DUE = 4
    DONE = 5
    REMARK = 6
    STATE = 7
    DAYS = 8
    DUE_DAY = 9
    DONE_DAY = 10


HEADINGS = {
    Column.KIND: N_("Kind"),
    Column.NUMBER: N_("No."),
    Column.WHAT: N_("What is to be done"),
    Column.RESPONSIBLE: N_("Responsible"),
    Column.DUE: N_("Due"),
    Column.DONE: N_("Done on"),
    Column.REMARK: N_("Remark"),
    Column.STATE: N_("State"),
    Column.DAYS: N_("Days"),
}
"""Those that people see."""
LOCKED = (Column.KIND, Column.NUMBER, Column.WHAT, Column.RESPONSIBLE, Column.DUE)
"""What the definition says of a line, and the office says of its own lines."""

DEADLINES_MESSAGE = (2, 0)
DEADLINES_TALLY = (3, 0)
DEADLINES_HEADING_ROW = 5
DEADLINES_FIRST_ROW = 6
DEADLINES_SPARE_ROWS = 40
"""The lines for the office's own deadlines, below those of the definition."""

ACTIONS_STATE_COLUMN = 6
"""How an action stands against its day, by formula."""
ACTIONS_DUE_DAY_COLUMN = 7
"""Hidden: its day as a number."""

KIND_WORD = {
    DeadlineKind.ACTIVITY: N_("activity"),
    DeadlineKind.MILESTONE: N_("milestone"),
    DeadlineKind.RECOMMENDATION: N_("recommendation"),
    DeadlineKind.COMPLAINT: N_("complaint"),
    DeadlineKind.ACTION: N_("action"),
}
OFFERED_KINDS = tuple(kind for kind in DeadlineKind if kind is not DeadlineKind.ACTION)
"""The kinds that a line of the sheet can have."""

_DONE = N_("done")
STATE_SYMBOL = {
    DeadlineState.OVERDUE: "■",
    DeadlineState.DUE_SOON: "▲",
    DeadlineState.OPEN: "□",
    DeadlineState.UNDATED: "►",
    DeadlineState.DONE: "●",
}
STATE_WORD = {
    DeadlineState.OVERDUE: N_("past due"),
    DeadlineState.DUE_SOON: N_("due soon"),
    DeadlineState.OPEN: N_("open"),
    DeadlineState.UNDATED: N_("no date"),
    DeadlineState.DONE: _DONE,
}
STATE_TONE = {
    **dict.fromkeys(DeadlineState, look.NO_RESULT),
    DeadlineState.OVERDUE: look.RED,
    DeadlineState.DUE_SOON: look.YELLOW,
    DeadlineState.DONE: look.GREEN,
}
"""Only what has come to something is coloured."""


def state_label(state: DeadlineState, texts: Texts) -> str:
    """Symbol and word of a state in the reader's language.

    >>> state_label(DeadlineState.DUE_SOON, texts_of("en"))
    '▲ due soon'
    """
    return f"{STATE_SYMBOL[state]} {texts(STATE_WORD[state])}"


def count_words(texts: Texts, due_soon_days: int, **counts: object) -> str:
    """The line that matters: `2 past due, 1 due within 30 days, of 14`. `counts` are `overdue`, `soon` and `all`."""
    return texts.plural(
        "{overdue} past due, {soon} due within {count} day, of {all}",
        "{overdue} past due, {soon} due within {count} days, of {all}",
        due_soon_days,
        **counts,
    )


@cache
def done_words() -> tuple[str, ...]:
    """The word that an action is done, in each language, in small letters."""
    return tuple(dict.fromkeys(texts_of(language)(_DONE).casefold() for language in LANGUAGES))


def is_done(action: Action) -> bool:
    """Whether an action's state says that it is done, in whatever language."""
    return action.state.strip(" ").casefold() in done_words()


def action_state(action: Action, today: date, due_soon_days: int) -> DeadlineState | None:
    """How an action stands on a day; None where words stand for its day, or nothing says what is to be done."""
    if is_done(action):
        return DeadlineState.DONE
    due = action.due_day
    if due is None and (action.due.strip(" ") or not action.action.strip(" ")):
        return None
    return deadline_state(due, None, today, due_soon_days)


def what_words(deadline: Deadline) -> str:
    """What a line of the definition says is to be done: the title, with the time frame if a day is due, then what it serves."""
    when = f" ({deadline.time_frame})" if deadline.due and deadline.time_frame else ""
    serves = " · ".join(each for each in (deadline.goal, deadline.indicator) if each)
    return f"{deadline.title}{when}\n{serves}" if serves else f"{deadline.title}{when}"


def kind_word(entry: DeadlineEntry, texts: Texts) -> str:
    """What the kind of a line is called; empty where it has none."""
    return texts(KIND_WORD[entry.kind]) if entry.kind is not None else ""
