"""Roll-ups of made-up offices with deadlines."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tests.summary.rollups import SHEET, offices_of, roll_up_offices
from tests.template.deadline_samples import FIRST_SPARE, OWN, PLAN, TODAY, entries
from xlmalekort.layout.deadlines import DEADLINES_FIRST_ROW
from xlmalekort.model.figures import Action, CheckedFile, Source
from xlmalekort.model.register import Register
from xlmalekort.rollup.totals import roll_up

if TYPE_CHECKING:
    from xlmalekort.model.figures import DeadlineEntry, Submission
    from xlmalekort.rollup.results import RollUp

SHEET_OF_DEADLINES = "Frister"


def rollup_with_deadlines(count: int = 6, today: date = TODAY) -> RollUp:
    """Offices that differ in what they have done; the last has sent nothing, the one before has a workbook without the sheet."""
    offices = offices_of(count)
    plain = roll_up_offices(PLAN, offices, PLAN.year, plain=True)
    submissions = [_with_deadlines(each, n, count, today) for n, each in enumerate(plain.submissions)][: count - 1]
    files = [CheckedFile(each.file, each.file, each.office, each.year, PLAN, each) for each in submissions]
    return roll_up(PLAN, files, Register(offices), today)


def _with_deadlines(submission: Submission, number: int, count: int, today: date) -> Submission:
    if number == count - 2:
        return replace(submission, deadlines=(), actions=())
    said = entries()
    agreed, own = said[: -len(OWN)], OWN if number == 0 else ()
    lines = [_done(each, n, number, today) for n, each in enumerate(agreed)]
    places = [*range(DEADLINES_FIRST_ROW + 1, FIRST_SPARE + 1), *range(FIRST_SPARE + 1, FIRST_SPARE + 1 + len(own))]
    deadlines = tuple(
        replace(each, source=Source(submission.file, SHEET_OF_DEADLINES, f"B{row}"))
        for each, row in zip((*lines, *own), places, strict=True)
    )
    late = Action(
        "B.1", "", "Ringe alle som venter", "Veileder", "2009-06-01", "i gang", Source(submission.file, SHEET, "A6")
    )
    finished = replace(late, action="Ferdig", state="utført")
    return replace(submission, deadlines=deadlines, actions=(late, finished) if number == 0 else ())


def _done(entry: DeadlineEntry, place: int, number: int, today: date) -> DeadlineEntry:
    return replace(entry, done=today - timedelta(place + 1)) if (place + number) % 3 == 1 else entry
