"""How the kinds of targets and figures are shown to a controller."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.rollup.kinds import COUNT, NONE, SHARE, against, at_least, at_most, office, roll, scorecard_of, total
from tests.rollup.small import register
from tests.summary.kinds import page, rows
from xlmalekort.locale import texts_of
from xlmalekort.model.periods import Period
from xlmalekort.model.scorecard import Scorecard
from xlmalekort.summary import words
from xlmalekort.summary.view import View

if TYPE_CHECKING:
    from xlmalekort.rollup.results import Result, RollUp

EN = texts_of("en")
JANUARY = Period.parse("2009-01")
STEPS: dict[str, Any] = {
    "kind": "milestone",
    "steps": [{"title": "plan", "due": "2009-01-31"}, {"title": "use", "due": "2009-06-30"}],
}
LATER: dict[str, Any] = {"kind": "milestone", "steps": [{"title": "plan", "due": "2009-06-30"}]}
POINTS = against("last_year", by="points")
TWO_YEARS = {"2009-01": {"n": 50, "d": 100}, "2008-01": {"n": 60, "d": 100}}


def told(scorecard: Scorecard, result: Result) -> str:
    return words.target(scorecard, result.indicator, result, EN)


@pytest.mark.parametrize(
    ("scorecard", "found", "of_office", "of_total"),
    [
        (scorecard_of(SHARE, at_least(75)), {"n": 1, "d": 2}, "at least 75%", "at least 75%"),
        (scorecard_of(COUNT, at_most(4)), {"v": 1}, "at most 4", "at most 8"),
        (
            scorecard_of(COUNT, against("plan", "b", green=10), measures={"b": {"role": "plan"}}),
            {"v": 1, "b": 10},
            "at least 11.0 (plan 10.0)",
            "at least 22.0 (plan 20.0)",
        ),
        (scorecard_of(SHARE, POINTS), TWO_YEARS, "at least 60.0% (January 2008: 60.0%)", None),
        (
            scorecard_of(SHARE, at_least(40), also=POINTS),
            TWO_YEARS,
            "at least 40%; at least 60.0% (January 2008: 60.0%)",
            None,
        ),
        (scorecard_of(SHARE, POINTS), {"n": 1, "d": 2}, "nothing to compare with", None),
        (scorecard_of(COUNT, STEPS, decimals=0), {"v": 1}, "1 of 2 steps by now", "2 steps by now"),
        (scorecard_of(COUNT, LATER, decimals=0), {"v": 0}, "no step is due yet", None),
        (scorecard_of(SHARE, NONE), {"n": 1, "d": 2}, "not agreed", None),
        (
            scorecard_of(SHARE, against("peers", "r"), measures={"r": {"role": "reference", "unit": "percent"}}),
            {"n": 1, "d": 2},
            "at least 50.0% (mean of the others 50.0%)",
            "each office against the others",
        ),
    ],
)
def test_a_target_is_told_with_what_it_compares_with(
    scorecard: Scorecard, found: dict[str, Any], of_office: str, of_total: str | None
) -> None:
    rollup = roll(scorecard, {"A": found, "B": found})
    assert told(scorecard, office(rollup, "A")) == of_office
    assert told(scorecard, total(rollup)) == (of_total or of_office)


def test_a_total_of_shares_with_a_target_for_each_says_that_they_differ() -> None:
    targets = [{"unit": "A", "target": at_least(10)}, {"unit": "B", "target": at_least(20)}]
    scorecard = scorecard_of(SHARE, NONE, unit_targets=targets)
    rollup = roll(scorecard, {"A": {"n": 1, "d": 2}, "B": {"n": 1, "d": 2}})
    assert told(scorecard, office(rollup, "B")) == "at least 20%"
    assert told(scorecard, total(rollup)) == "differs from unit to unit"


def test_green_begins_where_both_conditions_are_green() -> None:
    rollup = roll(scorecard_of(SHARE, at_least(40), also=POINTS), {"A": TWO_YEARS})
    assert [edge and int(edge) for edge in words.green_edges(total(rollup))] == [60, None]
    within = roll(scorecard_of(SHARE, at_least(40), also=at_most(55)), {"A": TWO_YEARS})
    assert [int(edge or 0) for edge in words.green_edges(total(within))] == [40, 55]


def _two(**more: Any) -> RollUp:
    scorecard = scorecard_of(SHARE, at_least(40), **more)
    months = {f"2009-0{month}": {"n": 10 * month, "d": 100} for month in (1, 2, 3)}
    return roll(scorecard, {"A": months}, register("A"), chosen=Period.parse("2009-03"))


def test_what_is_counted_anew_has_not_moved_since_before() -> None:
    broken = [{"starts": "2009-03-01", "reason": "a new source"}]
    for breaks, moved in (([], True), (broken, False)):
        rollup = _two(breaks=breaks)
        now, before = (total(rollup, f"2009-0{month}") for month in (3, 2))
        assert (words.movement(now, before) is not None) is moved


def test_a_trend_stops_at_a_break_which_is_told_below_it() -> None:
    rollup = _two(breaks=[{"starts": "2009-02-01", "reason": "a new source"}])
    sheet = page(rollup, "Development")
    row = next(row for row in sheet.iter_rows() if row[0].value == "it")
    assert [cell.value for cell in row[2:5]] == [0.1, 0.2, 0.3]
    assert [cell.border.left.style for cell in row[2:5]] == [None, "thick", None]
    said = [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert "it: not compared with what was counted before 2009-02-01: a new source" in said


def test_a_cohort_is_shown_for_the_period_whose_window_has_closed() -> None:
    rollup = _two(cohort={"window_months": 2, "period_is": "entry"})
    assert View(rollup).own_period(rollup.scorecard.indicator["it"]) == JANUARY
    assert rows(page(rollup, "Overview"))["it"][2] == 0.1


def test_what_breaks_an_indicator_down_stands_indented_below_it() -> None:
    whole = scorecard_of(SHARE, at_least(40)).model_dump(mode="json")
    part = {**whole["indicators"][0], "id": "part", "title": "Part", "part_of": "it", "group": "the young"}
    scorecard = Scorecard.model_validate({**whole, "indicators": [*whole["indicators"], part]})
    rollup = roll(scorecard, {"A": {"n": 1, "d": 2}})
    sheet = page(rollup, "Overview")
    indents = {row[0].value: row[1].alignment.indent for row in sheet.iter_rows() if row[0].value in ("it", "part")}
    assert indents == {"it": 0, "part": 1}
    assert "part  Part · the young" in rows(page(rollup, "P"))


def test_results_are_counted_by_the_kind_of_goal() -> None:
    rollup = roll(scorecard_of(SHARE, at_least(40), goal_kind="Effort"), {"A": {"n": 1, "d": 2}})
    sheet = page(rollup, "Overview")
    counts = [row for row in sheet.iter_rows(values_only=True) if row[1] == "Effort"]
    assert counts[0][2:6] == (1, 1, None, None)


def test_long_targets_are_not_cut() -> None:
    rollup = roll(scorecard_of(SHARE, at_least(40), also=POINTS), {"A": TWO_YEARS})
    sheet = page(rollup, "Overview")
    row = next(row for row in sheet.iter_rows() if row[0].value == "it")
    assert row[2].alignment.wrap_text
    assert (sheet.row_dimensions[row[0].row or 0].height or 0) >= 45


def test_base_figures_have_the_baseline_of_the_year() -> None:
    scorecard = scorecard_of(COUNT, against("baseline", "b"), measures={"b": {"role": "baseline", "frequency": "year"}})
    rollup = roll(scorecard, {"A": {"2009-01": {"v": 5}, "2009": {"b": 4}}}, chosen=JANUARY)
    assert rows(page(rollup, "Base figures"))["b"][1:3] == ("1", 4)
