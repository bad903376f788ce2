"""Deadlines: every day has one state, and the definition says whose they are."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.template.deadline_samples import AGREED, DEADLINES, PLAN, with_deadlines
from xlmalekort.model.deadlines import (
    EARLIEST,
    LATEST,
    DeadlineKind,
    DeadlineState,
    deadline_state,
    deadlines_of,
    parse_day,
)
from xlmalekort.model.figures import Action, DeadlineEntry
from xlmalekort.model.places import NOWHERE, Place
from xlmalekort.scorecards import DefinitionError, load_scorecard, parse_json

if TYPE_CHECKING:
    from pathlib import Path

DUE = date(2014, 6, 30)
days = st.dates(EARLIEST, LATEST - timedelta(400))


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2014, 5, 30), DeadlineState.OPEN),
        (date(2014, 5, 31), DeadlineState.DUE_SOON),
        (date(2014, 6, 29), DeadlineState.DUE_SOON),
        (date(2014, 6, 30), DeadlineState.DUE_SOON),
        (date(2014, 7, 1), DeadlineState.OVERDUE),
        (date(2999, 1, 1), DeadlineState.OVERDUE),
    ],
)
def test_due_soon_begins_so_many_days_before_and_overdue_the_day_after(today: date, state: DeadlineState) -> None:
    assert deadline_state(DUE, None, today, 30) is state


def test_done_counts_from_the_day_on_which_it_was_done() -> None:
    done = DUE + timedelta(5)
    assert deadline_state(DUE, done, done, 30) is DeadlineState.DONE
    assert deadline_state(DUE, done, done - timedelta(1), 30) is DeadlineState.OVERDUE
    assert deadline_state(None, done, done, 30) is DeadlineState.DONE
    assert deadline_state(None, None, done, 30) is DeadlineState.UNDATED


def test_without_days_of_warning_only_the_due_day_itself_is_due_soon() -> None:
    states = [deadline_state(DUE, None, DUE + timedelta(days), 0) for days in (-1, 0, 1)]
    assert states == [DeadlineState.OPEN, DeadlineState.DUE_SOON, DeadlineState.OVERDUE]


@given(days, st.integers(0, 366), st.integers(-800, 800))
def test_the_states_follow_each_other_and_part_all_days_among_them(due: date, soon: int, shift: int) -> None:
    today = due + timedelta(shift) if EARLIEST.toordinal() < due.toordinal() + shift < LATEST.toordinal() else due
    left = (due - today).days
    expected = {
        DeadlineState.OVERDUE: left < 0,
        DeadlineState.DUE_SOON: 0 <= left <= soon,
        DeadlineState.OPEN: left > soon,
    }
    assert [state for state, holds in expected.items() if holds] == [deadline_state(due, None, today, soon)]


@given(st.none() | days, st.none() | days, days, st.integers(0, 366))
def test_done_is_whatever_has_a_day_that_has_come_and_nothing_else(
    due: date | None, done: date | None, today: date, soon: int
) -> None:
    state = deadline_state(due, done, today, soon)
    assert (state is DeadlineState.DONE) == (done is not None and done <= today)
    assert (state is DeadlineState.UNDATED) == (due is None and state is not DeadlineState.DONE)


@given(days)
def test_a_day_is_read_as_it_is_written(day: date) -> None:
    assert parse_day(day.isoformat()) == day


@pytest.mark.parametrize(
    "text", ["", "høst 2014", "2014", "20140630", "2014-W27-1", "2014-6-30", "30.06.2014", "1949-12-31", "3000-01-01"]
)
def test_other_texts_are_no_day(text: str) -> None:
    assert parse_day(text) is None


def test_an_own_line_with_words_for_its_day_has_no_state_until_it_is_done() -> None:
    line = DeadlineEntry("", DeadlineKind.COMPLAINT, "Klage", "", None, due_words="høst 2014")
    assert line.state(DUE, 30) is None
    assert DeadlineEntry("", None, "Klage", "", None, DUE, due_words="høst").state(DUE, 30) is DeadlineState.DONE
    assert DeadlineEntry("", None, " ", "", None).state(DUE, 30) is None
    assert DeadlineEntry("", None, "Klage", "", None).state(DUE, 30) is DeadlineState.UNDATED


def test_a_time_frame_in_words_is_work_without_a_date() -> None:
    running = next(each for each in AGREED if each.time_frame and each.due is None)
    entry = DeadlineEntry.of(running)
    assert (entry.due_words, entry.is_own) == (running.time_frame, False)
    assert entry.state(DUE, 30) is DeadlineState.UNDATED


def test_an_action_is_due_on_a_day_or_not_at_all() -> None:
    assert Action("B.1", "", "x", "", "2014-06-30", "").due_day == DUE
    assert Action("B.1", "", "x", "", "i høst", "").due_day is None


# The definition


def test_a_definition_with_deadlines_travels_as_json() -> None:
    again = parse_json(PLAN.as_json)
    assert again == PLAN
    assert again.deadlines[0].due == date(2009, 6, 14)
    assert again.deadlines[0].kind is DeadlineKind.ACTIVITY
    assert again.due_soon_days == 30


def test_a_definition_without_deadlines_is_the_same_as_before() -> None:
    plain = load_scorecard("nav-buskerud-2009")
    assert "deadline" not in plain.as_json
    assert "due_soon" not in plain.as_json


def test_what_is_no_longer_followed_up_and_what_an_office_is_exempt_from_is_not_asked_for() -> None:
    assert {each.id for each in PLAN.deadlines} - {each.id for each in deadlines_of(PLAN, NOWHERE)} == {"X.1"}
    assert {each.id for each in AGREED} - {each.id for each in deadlines_of(PLAN, NOWHERE, frozenset({"B.8"}))} == {
        "1.1"
    }


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"indicator": "B.99"}, "deadline 1.1: indicator B.99 is not defined"),
        ({"id": "m.1"}, "deadline M.1 stands twice"),
        ({"kind": "action"}, "must be one of activity, milestone, recommendation, complaint"),
        ({"due": "i høst"}, "must be a day such as 2009-06-30"),
        ({"due": "1900-01-01"}, "must be at least 1950-01-01"),
        ({"responsible": ""}, "must not be empty"),
        ({"deadline": "x"}, "is no key of a definition"),
    ],
)
def test_a_deadline_that_does_not_fit_is_told(changes: dict[str, str], says: str) -> None:
    first, *others = DEADLINES
    definition = json.loads(PLAN.as_json) | {"deadlines": [first | changes, *others]}
    with pytest.raises(DefinitionError, match=says):
        parse_json(json.dumps(definition))


def test_a_mistake_is_found_by_its_line(tmp_path: Path) -> None:
    text = json.dumps(json.loads(PLAN.as_json), indent=1).replace('"indicator": "B.8"', '"indicator": "B.99"')
    path = tmp_path / "plan.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DefinitionError) as caught:
        load_scorecard(path)
    line = next(number for number, each in enumerate(text.splitlines(), 1) if "B.99" in each)
    assert [finding.line for finding in caught.value.findings] == [line]


@pytest.mark.parametrize("number", [0, 367])
def test_the_days_of_warning_are_at_least_one_and_at_most_a_year(number: int) -> None:
    with pytest.raises(DefinitionError, match="due_soon_days"):
        with_deadlines(due_soon_days=number)


def test_steps_of_a_milestone_are_deadlines_of_the_office_that_agreed_on_them() -> None:
    copenhagen = load_scorecard("kbh-resultatkontrakt-2007")
    own = {each.id: each for each in deadlines_of(copenhagen, Place("Jobcenter Skelbækgade"))}
    assert {each for each in own if each.startswith("PO.I1")} == {"PO.I1-1", "PO.I1-2"}
    assert (own["PO.I1-2"].kind, own["PO.I1-2"].due) == ("milestone", date(2007, 12, 31))
    assert any(each.startswith("U.1-") for each in own)
    assert not any(each.startswith("U.1-") for each in (d.id for d in deadlines_of(copenhagen, NOWHERE)))
