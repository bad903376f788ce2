"""The deadlines of a roll-up: of every office those agreed, its own and its open actions, the worst first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rollup.small import handed_in, register, rolled, small_scorecard
from xlmalekort.model.deadlines import DeadlineKind, DeadlineState, deadlines_of
from xlmalekort.model.figures import Action, DeadlineEntry, Source
from xlmalekort.model.places import NOWHERE
from xlmalekort.model.register import Office

if TYPE_CHECKING:
    from xlmalekort.model.figures import CheckedFile
    from xlmalekort.model.register import Register
    from xlmalekort.rollup.deadlines import OfficeDeadline
    from xlmalekort.rollup.results import RollUp

TODAY = date(2009, 7, 15)
PLAN = small_scorecard(
    deadlines=[
        {"id": "a", "kind": "activity", "title": "A", "due": "2009-07-01", "responsible": "R", "indicator": "share"},
        {"id": "b", "kind": "milestone", "title": "B", "due": "2009-08-01", "responsible": "R"},
        {"id": "c", "kind": "activity", "title": "C", "time_frame": "running", "responsible": "R"},
        {"id": "d", "kind": "activity", "title": "D", "responsible": "R", "active": False},
    ],
    due_soon_days=10,
)
AGREED = tuple(DeadlineEntry.of(each) for each in deadlines_of(PLAN, NOWHERE))
OVERDUE, SOON, OPEN, UNDATED, DONE = DeadlineState


def file_of(office: str, *deadlines: DeadlineEntry, actions: tuple[Action, ...] = (), **more: Any) -> CheckedFile:
    return handed_in(office, {"s.n": 1, "s.d": 2}, scorecard=PLAN, deadlines=deadlines, actions=actions, **more)


def rolled_up(*files: CheckedFile, given: Register | None = None, today: date = TODAY) -> RollUp:
    return rolled(files, given, scorecard=PLAN, today=today)


def brief(deadlines: tuple[OfficeDeadline, ...]) -> list[tuple[str, str, DeadlineState | None, int | None]]:
    return [(each.office, each.id, each.state, each.days_over) for each in deadlines]


def own(number: str, due: date | None, **more: Any) -> DeadlineEntry:
    return DeadlineEntry(number, DeadlineKind.COMPLAINT, "Complaint", "R", due, **more)


def test_the_longest_overdue_stands_first_and_what_is_done_last() -> None:
    done = replace(AGREED[1], done=date(2009, 7, 2))
    rollup = rolled_up(
        file_of("A", AGREED[0], done, AGREED[2], own("1", date(2009, 7, 20)), own("2", date(2009, 6, 1))),
        file_of("B", *AGREED),
    )
    assert brief(rollup.deadlines) == [
        ("A", "2", OVERDUE, 44),
        ("A", "a", OVERDUE, 14),
        ("B", "a", OVERDUE, 14),
        ("A", "1", SOON, None),
        ("B", "b", OPEN, None),
        ("A", "c", UNDATED, None),
        ("B", "c", UNDATED, None),
        ("A", "b", DONE, None),
    ]


def test_what_a_workbook_has_no_line_for_is_not_reported_rather_than_undone() -> None:
    rollup = rolled_up(file_of("A", AGREED[1]))
    found = {each.id: (each.state, each.is_reported) for each in rollup.deadlines}
    assert found == {"a": (None, False), "b": (OPEN, True), "c": (None, False)}


def test_words_for_a_day_are_carried_and_have_no_state() -> None:
    rollup = rolled_up(file_of("A", *AGREED, own("1", None, due_words="in autumn", done_words="yes")))
    found = next(each for each in rollup.deadlines if each.id == "1")
    assert (found.state, found.due_words, found.done_words, found.is_reported) == (None, "in autumn", "yes", True)


def test_open_actions_are_among_the_deadlines_and_those_that_are_done_are_not() -> None:
    source = Source("A.xlsx", "Actions", "A6")
    late = Action("share", "", "Ring them", "Adviser", "2009-07-01", "in progress", source)
    actions = (late, replace(late, state="Utført"), replace(late, due="soon"), replace(late, action="", due=""))
    found = [each for each in rolled_up(file_of("A", *AGREED, actions=actions)).deadlines if each.kind == "action"]
    assert [(each.id, each.title, each.state, each.due_words) for each in found] == [
        ("share", "Ring them", OVERDUE, ""),
        ("share", "Ring them", None, "soon"),
    ]
    assert found[0].source == source


def test_a_deadline_of_an_indicator_that_the_register_exempts_an_office_from_is_left_out() -> None:
    given = register(Office("A", exempt=frozenset({"share"})), Office("B"))
    rollup = rolled_up(file_of("A", *AGREED), file_of("B", *AGREED), given=given)
    assert {each.office for each in rollup.deadlines if each.id == "a"} == {"B"}


def test_a_line_that_only_another_version_of_the_definition_has_is_shown() -> None:
    other = replace(AGREED[0], id="z", title="Z")
    assert "z" in {each.id for each in rolled_up(file_of("A", *AGREED, other)).deadlines}


def test_what_is_no_longer_followed_up_is_left_out() -> None:
    gone = replace(AGREED[0], id="d", title="D")
    assert "d" not in {each.id for each in rolled_up(file_of("A", *AGREED, gone)).deadlines}


def test_a_roll_up_of_an_earlier_day_knows_nothing_of_what_was_done_later() -> None:
    done = replace(AGREED[0], done=date(2009, 7, 10))
    states = [
        next(each.state for each in rolled_up(file_of("A", done), today=today).deadlines if each.id == "a")
        for today in (date(2009, 7, 9), date(2009, 7, 10))
    ]
    assert states == [OVERDUE, DONE]


def test_two_files_that_differ_in_what_is_done_are_told_apart() -> None:
    done = replace(AGREED[0], done=date(2009, 7, 2))
    rollup = rolled_up(file_of("A", *AGREED, file="1.xlsx"), file_of("A", done, *AGREED[1:], file="2.xlsx"))
    assert [problem.code for problem in rollup.problems if problem.code.startswith("DLV-01")] == ["DLV-011"]
    assert next(each.state for each in rollup.deadlines if each.id == "a") is DONE


days = st.none() | st.dates(TODAY - timedelta(60), TODAY + timedelta(60))


@settings(max_examples=50, deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.sampled_from("ABC"), days, days), max_size=12))
def test_every_line_is_carried_once_in_an_order_that_never_gets_worse(
    lines: list[tuple[str, date | None, date | None]],
) -> None:
    entries = {
        office: [own(str(n), due, done=done) for n, (name, due, done) in enumerate(lines) if name == office]
        for office in "ABC"
    }
    found = rolled_up(*(file_of(office, *AGREED, *each) for office, each in entries.items())).deadlines
    assert sorted(each.id for each in found if each.kind == "complaint") == sorted(map(str, range(len(lines))))
    ranks = [list(DeadlineState).index(each.state) for each in found if each.state is not None]
    assert ranks == sorted(ranks)
    over = [each.days_over for each in found if each.days_over is not None]
    assert over == sorted(over, reverse=True)
    assert len(over) == sum(each.state is OVERDUE for each in found)
