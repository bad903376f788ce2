"""A filled-in workbook moves to another template without losing anything in silence."""

from __future__ import annotations

import json
import tempfile
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.cards import AMOUNT, SHARE, against, at_least, card, figures, indicator, milestone
from xlmalekort.cli.main import main
from xlmalekort.intake.workbook_file import check_file
from xlmalekort.layout.office import layout_of
from xlmalekort.model.deadlines import deadlines_of
from xlmalekort.model.figures import Action, Submission
from xlmalekort.model.local_goals import LocalGoal
from xlmalekort.model.measures import Unit
from xlmalekort.pipeline.build import unchecked_workbook
from xlmalekort.pipeline.errors import NotDoneError
from xlmalekort.pipeline.migrate import Migrated, migrate_workbook
from xlmalekort.scorecards import built_in, definition_text, load_scorecard

if TYPE_CHECKING:
    from xlmalekort.model.scorecard import Scorecard

OLD = card(
    indicator("A", SHARE, at_least(75, 65)),
    indicator("B", AMOUNT, against("baseline"), frequency="quarter"),
    measures=[{"id": "r", "role": "baseline", "frequency": "year"}],
)
TODAY = date(2015, 3, 1)


def workbook(folder: Path, scorecard: Scorecard, submission: Submission) -> Path:
    path = folder / "øvre prøvedal 2014.xlsx"
    path.write_bytes(unchecked_workbook(scorecard, submission, TODAY))
    return path


def submission(**more: object) -> Submission:
    found = Submission("f.xlsx", "Øvre Prøvedal", 2014, {}, area="Nord", region="", country="Land")
    return replace(found, **more)  # type: ignore[arg-type]


def moved(folder: Path, sent: Submission, to: Scorecard, year: int | None = None) -> tuple[Migrated, Submission]:
    """What became of the move, and what the new workbook says."""
    migrated = migrate_workbook(
        workbook(folder, OLD, sent), to, today=TODAY, year=year, out=folder / f"new {year}.xlsx"
    )
    checked = check_file(migrated.out.read_bytes(), "new.xlsx", TODAY)
    assert checked.submission is not None, checked.problems
    return migrated, checked.submission


def values(found: Submission) -> dict[str, Fraction | None]:
    return {f"{m}@{p}": each.value for store in (found.figures, found.reference) for (m, p), each in store.items()}


CELLS = [
    (line.id, period)
    for line in layout_of(OLD, 2014).lines
    if line.measure is not None
    for period in (*layout_of(OLD, 2014).periods, *layout_of(OLD, 2014).earlier_periods)
    if layout_of(OLD, 2014).has_cell(line, period)
]
SOME_FIGURES = st.dictionaries(st.sampled_from([f"{m}@{p}" for m, p in CELLS]), st.integers(0, 10_000), max_size=30)
TEXTS = st.text(st.characters(categories=("L", "N", "P", "Zs")), min_size=1, max_size=40).map(str.strip).filter(bool)
ACTIONS = st.lists(st.builds(lambda i, t: Action(i, "", t, "", "", ""), st.sampled_from(["A", "B"]), TEXTS), max_size=4)
MANY = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@MANY
@given(SOME_FIGURES, ACTIONS, st.dictionaries(st.sampled_from(["2014-01", "2014-11"]), TEXTS))
def test_moving_to_the_same_template_keeps_everything(
    numbers: dict[str, int], actions: list[Action], comments: dict[str, str]
) -> None:
    found = figures(numbers)
    sent = submission(
        figures={place: each for place, each in found.items() if place[1].year == 2014},
        reference={place: each for place, each in found.items() if place[1].year == 2013},
        actions=tuple(actions),
        comments={("A", next(p for m, p in CELLS if p.code == code)): text for code, text in comments.items()},
    )
    with tempfile.TemporaryDirectory() as folder:
        migrated, new = moved(Path(folder), sent, OLD)
    assert (migrated.problems, migrated.kept) == ((), len(found))
    assert values(new) == values(sent)
    assert new.comments == sent.comments
    assert [(each.indicator, each.action) for each in new.actions] == [(e.indicator, e.action) for e in actions]
    assert (new.office, new.area, new.year) == (sent.office, sent.area, 2014)


@MANY
@given(SOME_FIGURES)
def test_every_figure_is_kept_or_told(numbers: dict[str, int]) -> None:
    found = figures(numbers)
    sent = submission(
        figures={place: each for place, each in found.items() if place[1].year == 2014},
        reference={place: each for place, each in found.items() if place[1].year == 2013},
    )
    with tempfile.TemporaryDirectory() as folder:
        migrated, new = moved(Path(folder), sent, OLD, 2015)
    told = {f"{each.measure}@{each.period}" for each in migrated.problems if each.code == "MIG-001"}
    assert told == {place for place in numbers if "@2013" in place}
    assert values(new) == {place: number for place, number in numbers.items() if "@2014" in place}
    assert new.figures == {}


def test_this_year_becomes_the_year_before(tmp_path: Path) -> None:
    sent = submission(figures=figures({"n@2014-05": 75, "d@2014-05": 100}))
    migrated, new = moved(tmp_path, sent, OLD, 2015)
    assert migrated.year == 2015
    assert values(new) == {"n@2014-05": 75, "d@2014-05": 100}
    assert set(new.reference) == set(sent.figures)


NEW = card(
    indicator("A", SHARE, at_least(80)),
    indicator("C", AMOUNT | {"value": "w"}),
    measures=[{"id": "d", "unit": "days"}],
    version="2",
)


def test_what_has_no_place_is_listed_with_its_cell_and_why(tmp_path: Path) -> None:
    numbers = {"n@2014-05": 75, "d@2014-05": 100, "v@2014-Q1": 3, "r@2014": 4}
    sent = submission(
        figures=figures(numbers),
        comments={("B", next(p for _, p in CELLS if p.code == "2014-Q1")): "travelt"},
        actions=(Action("B", "", "ringe", "", "", ""),),
        exempt=frozenset({"B"}),
    )
    migrated, new = moved(tmp_path, sent, NEW)
    assert values(new) == {"n@2014-05": 75}
    told = {(each.code, each.measure or each.indicator, each.period) for each in migrated.problems}
    assert told == {
        ("MIG-001", "d", "2014-05"),
        ("MIG-001", "v", "2014-Q1"),
        ("MIG-001", "r", "2014"),
        ("MIG-002", "B", "2014-Q1"),
        ("MIG-003", "B", None),
        ("MIG-005", "B", None),
    }
    assert all(each.cell for each in migrated.problems if each.code == "MIG-001")
    assert [each.action for each in new.actions] == ["ringe"]


def test_local_goals_move_and_their_old_figures_are_told(tmp_path: Path) -> None:
    period = next(p for _, p in CELLS if p.code == "2014-05")
    goal = LocalGoal(1, "L.1", "Ventetid", Unit.DAYS, "lower", Fraction(20), Fraction(30), responsible="Leder")
    goal = replace(goal, figures={period: figures({"L.1@2014-05": 18})["L.1", period]})
    sent = submission(local_goals=(goal,))
    migrated, new = moved(tmp_path, sent, OLD)
    (kept,) = new.local_goals
    assert (kept.title, kept.target, kept.figures[period].value) == ("Ventetid", Fraction(20), Fraction(18))
    migrated, new = moved(tmp_path, sent, OLD, 2015)
    assert [(each.code, each.indicator, each.period) for each in migrated.problems] == [("MIG-001", "L.1", "2014-05")]
    (kept,) = new.local_goals
    assert (kept.title, kept.yellow, len(kept.figures)) == ("Ventetid", Fraction(30), 0)


def test_the_old_workbook_is_left_as_it_is(tmp_path: Path) -> None:
    path = workbook(tmp_path, OLD, submission(figures=figures({"n@2014-05": 75})))
    before = path.read_bytes()
    assert migrate_workbook(path, OLD, today=TODAY, year=2015).out.parent == tmp_path
    with pytest.raises(NotDoneError, match="choose another name"):
        migrate_workbook(path, OLD, today=TODAY, out=path)
    assert path.read_bytes() == before


def test_a_workbook_moves_one_year_at_most(tmp_path: Path) -> None:
    path = workbook(tmp_path, OLD, submission())
    with pytest.raises(NotDoneError, match="cannot be moved to 2016"):
        migrate_workbook(path, OLD, today=TODAY, year=2016)


@pytest.mark.parametrize("name", built_in())
def test_every_scorecard_moves_to_its_next_year(name: str, tmp_path: Path) -> None:
    scorecard = load_scorecard(name)
    sent = Submission("f.xlsx", "Prøvedal", scorecard.year, {})
    path = tmp_path / "a.xlsx"
    path.write_bytes(unchecked_workbook(scorecard, sent, TODAY))
    problems = migrate_workbook(path, name, today=TODAY, year=scorecard.year + 1).problems
    has_dates = any(each.due is not None for each in deadlines_of(scorecard, sent.place))
    assert [each.code for each in problems] == (["MIG-007"] if has_dates else [])


def test_the_command_prints_what_was_kept_and_what_has_no_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = workbook(tmp_path, OLD, submission(figures=figures({"n@2014-05": 75, "v@2014-Q1": 3})))
    out, definition = tmp_path / "ny.xlsx", tmp_path / "small.yaml"
    definition.write_text(definition_text(card(indicator("C", AMOUNT | {"value": "w"}), version="2")), encoding="utf-8")
    arguments = ["migrate", str(path), "--to", str(definition), "--year", "2014", "--out", str(out), "--json"]
    assert main(arguments) == 1
    printed = json.loads(capsys.readouterr().out)
    assert (printed["kept"], printed["year"], len(printed["problems"])) == (0, 2014, 2)
    assert {each["code"] for each in printed["problems"]} == {"MIG-001"}


def test_another_scorecard_is_told_once_and_not_for_each_cell(tmp_path: Path) -> None:
    sent = submission(figures=figures({"n@2014-05": 75, "d@2014-05": 100, "v@2014-Q1": 3}))
    other = card(indicator("A", AMOUNT | {"value": "w"}), id="another")
    migrated, new = moved(tmp_path, sent, other)
    (problem,) = migrated.problems
    assert (problem.code, problem.slots) == ("MIG-008", {"old": "small", "new": "another", "count": "3"})
    assert (migrated.kept, values(new)) == (0, {})


def test_deadlines_that_the_new_scorecard_has_of_an_earlier_year_are_told(tmp_path: Path) -> None:
    dated = card(
        indicator("A", SHARE, at_least(75, 65)),
        indicator("B", AMOUNT, milestone("2014-06-30", "2015-06-30"), decimals=0),
        version="2",
    )
    migrated, _ = moved(tmp_path, submission(), dated, 2015)
    assert [(each.code, each.slots) for each in migrated.problems] == [("MIG-007", {"year": "2015", "count": "1"})]
    assert moved(tmp_path, submission(), dated, 2014)[0].problems == ()
