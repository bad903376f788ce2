"""The deadlines of every office: those agreed, the offices' own, and the actions that are not done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xlmalekort.layout.deadlines import action_state, is_done
from xlmalekort.model.deadlines import DeadlineKind, DeadlineState, deadlines_of
from xlmalekort.model.figures import DeadlineEntry

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from xlmalekort.model.figures import Action, Source, Submission
    from xlmalekort.model.register import Register
    from xlmalekort.model.scorecard import Scorecard


@dataclass(frozen=True, slots=True)
class OfficeDeadline:
    """A deadline of one office, and how it stands.

    `kind` is None where the office named none. `due_words` and `done_words` are what stands where no day does. `state` is
    None where it cannot be told: words stand for the day, or (`is_reported` is False) the office's workbook has no line for
    what was agreed. `days_over` counts from the day after the due one, None where that has not come. `source` is the line.
    """

    office: str
    kind: DeadlineKind | None
    id: str
    title: str
    responsible: str
    due: date | None
    done: date | None
    state: DeadlineState | None
    due_words: str = ""
    done_words: str = ""
    remark: str = ""
    is_reported: bool = True
    days_over: int | None = None
    source: Source | None = None


_UNTOLD = 1.5
"""What cannot be told stands after what is due soon: somebody has to ask."""


def gather_deadlines(
    scorecard: Scorecard, submissions: tuple[Submission, ...], register: Register, today: date
) -> tuple[OfficeDeadline, ...]:
    """The deadlines of the counted submissions, the worst first: the longest overdue, then by due day; done ones last.

    Equal ones stand in the order of the offices, then of their sheets. Of the actions those are there that are not done
    and name what is to be done or by when. What serves an indicator that the register exempts an office from is left out.
    """
    found = [
        each
        for submission in submissions
        for each in _of_office(scorecard, submission, _exempt(register, submission), today)
    ]
    return tuple(sorted(found, key=_order))


def _order(deadline: OfficeDeadline) -> tuple[float, int]:
    rank = _UNTOLD if deadline.state is None else list(DeadlineState).index(deadline.state)
    day = deadline.due.toordinal() if deadline.due is not None else 0
    if deadline.state is DeadlineState.DONE and deadline.done is not None:
        day = -deadline.done.toordinal()
    return rank, day


def _exempt(register: Register, submission: Submission) -> frozenset[str]:
    """The indicators that every line of the office's in the register is exempt from."""
    lines = [office.exempt for office in register.lines_of(submission.office)]
    return frozenset.intersection(*lines) if lines else submission.exempt


def _of_office(
    scorecard: Scorecard, submission: Submission, exempt: frozenset[str], today: date
) -> Iterator[OfficeDeadline]:
    said = {each.id: each for each in submission.deadlines if not each.is_own}
    asked = deadlines_of(scorecard, submission.place, exempt)
    for deadline in asked:
        entry = said.get(deadline.id)
        if entry is not None:
            yield _of_entry(scorecard, submission.office, entry, today)
        else:
            yield _unreported(submission.office, DeadlineEntry.of(deadline))
    # What only an earlier or later version of the definition asks for is shown as well.
    known = {each.id for each in (*scorecard.deadlines, *asked)}
    for entry in submission.deadlines:
        if entry.is_own or entry.id not in known:
            yield _of_entry(scorecard, submission.office, entry, today)
    for action in submission.actions:
        if not is_done(action) and (action.action or action.due):
            yield _of_action(scorecard, submission.office, action, today)


def _of_entry(scorecard: Scorecard, office: str, entry: DeadlineEntry, today: date) -> OfficeDeadline:
    state = entry.state(today, scorecard.due_soon_days)
    return OfficeDeadline(
        office,
        entry.kind,
        entry.id,
        entry.title,
        entry.responsible,
        entry.due,
        entry.done,
        state,
        entry.due_words,
        entry.done_words,
        entry.remark,
        days_over=_days_over(state, entry.due, today),
        source=entry.source,
    )


def _unreported(office: str, entry: DeadlineEntry) -> OfficeDeadline:
    return OfficeDeadline(
        office,
        entry.kind,
        entry.id,
        entry.title,
        entry.responsible,
        entry.due,
        None,
        None,
        entry.due_words,
        is_reported=False,
    )


def _of_action(scorecard: Scorecard, office: str, action: Action, today: date) -> OfficeDeadline:
    state = action_state(action, today, scorecard.due_soon_days)
    due = action.due_day
    return OfficeDeadline(
        office,
        DeadlineKind.ACTION,
        action.indicator,
        action.action or action.cause,
        action.responsible,
        due,
        None,
        state,
        "" if due is not None else action.due,
        days_over=_days_over(state, due, today),
        source=action.source,
    )


def _days_over(state: DeadlineState | None, due: date | None, today: date) -> int | None:
    return (today - due).days if state is DeadlineState.OVERDUE and due is not None else None
