"""Deadlines move with the workbook: what is agreed anew keeps what was said of it, and nothing is lost in silence."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from tests.template.deadline_samples import DEADLINES, OWN, PLAN, TODAY, state_with_deadlines, with_deadlines
from xlmalekort.intake.workbook_file import check_file
from xlmalekort.pipeline.migrate import migrate_workbook
from xlmalekort.scorecards import parse_json
from xlmalekort.template.office_workbook import write_office_workbook

if TYPE_CHECKING:
    from pathlib import Path

    from xlmalekort.model.figures import Submission
    from xlmalekort.model.scorecard import Scorecard
    from xlmalekort.pipeline.migrate import Migrated


def next_version(**changes: dict[str, object]) -> Scorecard:
    """The same scorecard in its next version, with other deadlines under some of the numbers; None takes one away."""
    deadlines = [each | changes.get(str(each["id"]).replace(".", "_"), {}) for each in DEADLINES]
    kept = [each for each in deadlines if each["id"] is not None]
    definition = json.loads(with_deadlines().as_json) | {"version": "2", "deadlines": kept}
    return parse_json(json.dumps(definition))


def moved(folder: Path, to: Scorecard) -> tuple[Submission, Migrated]:
    path, out = folder / "gammel.xlsx", folder / "ny.xlsx"
    path.write_bytes(write_office_workbook(state_with_deadlines()))
    migrated = migrate_workbook(path, to, today=TODAY, out=out)
    checked = check_file(out.read_bytes(), "ny.xlsx", TODAY)
    assert checked.submission is not None
    return checked.submission, migrated


def told(migrated: Migrated) -> list[tuple[str | None, str | None]]:
    return [(each.slots.get("id"), each.got) for each in migrated.problems if each.code == "MIG-006"]


def test_what_was_said_stays_with_the_same_deadline_and_the_offices_own_lines_move(tmp_path: Path) -> None:
    new, migrated = moved(tmp_path, next_version())
    found = {each.id: each for each in new.deadlines if not each.is_own}
    assert (found["M.1"].done, found["M.1"].remark) == (date(2009, 6, 2), "To dager for sent")
    assert found["R.1"].remark == next(each.remark for each in PLAN.deadlines if each.id == "R.1")
    assert [each.title for each in new.deadlines if each.is_own] == [each.title for each in OWN]
    assert told(migrated) == []


def test_what_was_said_of_another_deadline_is_told_and_not_taken_over(tmp_path: Path) -> None:
    new, migrated = moved(tmp_path, next_version(M_1={"due": "2010-05-31"}, M_2={"title": "Noe annet"}))
    found = {each.id: each for each in new.deadlines}
    assert (found["M.1"].done, found["M.1"].remark, found["M.1"].due) == (None, "", date(2010, 5, 31))
    assert told(migrated) == [("M.1", "2009-06-02; To dager for sent")]


def test_what_was_said_of_a_deadline_that_is_gone_is_told_and_an_untouched_remark_is_not(tmp_path: Path) -> None:
    new, migrated = moved(tmp_path, next_version(M_1={"id": None}, R_1={"id": None}))
    assert {"M.1", "R.1"}.isdisjoint(each.id for each in new.deadlines)
    assert told(migrated) == [("M.1", "2009-06-02; To dager for sent")]


def test_actions_begin_at_the_top_of_the_new_sheet(tmp_path: Path) -> None:
    new, _ = moved(tmp_path, next_version())
    assert [each.source.cell for each in new.actions if each.source] == ["A6", "A7", "A8", "A9"]
