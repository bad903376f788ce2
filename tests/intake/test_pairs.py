"""What figures owe each other: all parts or none, none impossible, and what becomes of them in the ledger."""

from __future__ import annotations

from datetime import date

import pytest

from tests.intake.plain import cell, checked, findings, problem
from tests.support.cards import (
    AMOUNT,
    DEVIATION,
    RATE_CHANGE,
    SHARE,
    UNDECIDED,
    Definition,
    against,
    at_least,
    card,
    indicator,
    milestone,
    survey,
)
from xlmalekort.locale import texts_of
from xlmalekort.model.periods import Period
from xlmalekort.problems import sentence

QUARTERLY = card(
    indicator("A", SHARE, at_least(50), frequency="quarter"),
    measures=[{"id": "n", "frequency": "month"}, {"id": "d", "frequency": "month"}],
)
MONTHS = ("2014-01", "2014-02", "2014-03")


def each_month(measure: str, *numbers: int) -> dict[str, int]:
    return {f"{measure}@{month}": number for month, number in zip(MONTHS, numbers, strict=False)}


class TestFiguresOfShorterPeriods:
    def test_they_are_held_against_each_other_in_sum(self) -> None:
        found = checked(QUARTERLY, each_month("n", 9, 1, 1) | each_month("d", 3, 5, 5))
        assert findings(found) == []
        assert found.ledger.counted == 6

    def test_an_impossible_sum_is_told_with_all_its_cells(self) -> None:
        found = checked(QUARTERLY, each_month("n", 9, 1, 4) | each_month("d", 3, 5, 5))
        told = problem(found, "PAR-001")
        assert (told.cell, told.period, told.got) == (cell(QUARTERLY, "n@2014-01"), "2014-Q1", "14")
        assert told.slots["cells"].count(",") == 5
        assert (found.ledger.counted, found.ledger.rejected) == (0, 6)

    def test_a_month_that_one_of_the_parts_lacks_is_told(self) -> None:
        found = checked(QUARTERLY, each_month("n", 1, 1, 1) | each_month("d", 5, 5))
        told = problem(found, "PAR-002")
        assert (told.cell, told.slots["cells"]) == (cell(QUARTERLY, "d@2014-03"),) * 2
        assert (found.ledger.counted, found.ledger.rejected) == (5, 0)

    def test_a_quarter_that_is_not_whole_yet_is_no_half_pair(self) -> None:
        found = checked(QUARTERLY, each_month("n", 1, 1) | each_month("d", 5, 5))
        assert findings(found) == []
        assert found.ledger.counted == 4


class TestAFigureOfTheWholeYear:
    BUDGET = card(indicator("A", DEVIATION, at_least(0)), measures=[{"id": "p", "frequency": "year"}])

    def test_it_holds_for_every_month(self) -> None:
        assert findings(checked(self.BUDGET, each_month("a", 1, 2, 3) | {"p@2014": 9})) == []

    def test_it_may_be_typed_before_the_year_has_begun(self) -> None:
        found = checked(self.BUDGET, {"p@2014": 9}, date(2013, 12, 1))
        assert findings(found) == []
        assert found.ledger.counted == 1

    def test_where_it_is_missing_it_is_told_once_and_the_months_stand_for_themselves(self) -> None:
        found = checked(self.BUDGET, each_month("a", 1, 2, 3))
        assert findings(found) == [f"PAR-002 {cell(self.BUDGET, 'p@2014')}"]
        assert (found.ledger.counted, found.ledger.rejected) == (3, 0)

    def test_it_stays_counted_where_one_month_cannot_be_used(self) -> None:
        figure = DEVIATION | {"plan": ["p", "q"]}
        scorecard = card(indicator("A", figure, at_least(0)), measures=[{"id": "p", "frequency": "year"}])
        found = checked(scorecard, each_month("a", 9, 1) | {"p@2014": 5, "q@2014-01": 5})
        assert findings(found) == [f"PAR-002 {cell(scorecard, 'q@2014-02')}"]
        assert (found.ledger.rejected, found.ledger.counted) == (0, 4)


class TestAnswers:
    ASKED = card(
        indicator("A", survey(3), UNDECIDED, frequency="year", title="Gets help"),
        measures=[{"id": "asked", "frequency": "year"}],
        relations=[{"kind": "part_of", "part": ["c1", "c2", "c3"], "whole": "asked"}],
    )

    def test_a_blank_category_is_not_nought(self) -> None:
        found = checked(self.ASKED, {"c1@2014": 1, "c3@2014": 4})
        told = problem(found, "PAR-002")
        assert (told.cell, told.indicator) == (cell(self.ASKED, "c2@2014"), "A")
        assert (found.ledger.counted, found.ledger.rejected) == (2, 0)

    def test_nought_is_an_answer(self) -> None:
        assert findings(checked(self.ASKED, {"c1@2014": 1, "c2@2014": 0, "c3@2014": 4})) == []

    def test_more_answers_than_people_asked_are_kept_and_told_by_the_name_of_the_question(self) -> None:
        found = checked(self.ASKED, {"c1@2014": 1, "c2@2014": 2, "c3@2014": 4, "asked@2014": 6})
        told = problem(found, "REL-002")
        assert (told.cell, told.got, told.slots["part"]) == (cell(self.ASKED, "c1@2014"), "7", "Gets help")
        assert told.slots["cells"].count(",") == 3
        assert found.ledger.counted == 4

    def test_all_that_were_asked_may_answer(self) -> None:
        assert findings(checked(self.ASKED, {"c1@2014": 1, "c2@2014": 2, "c3@2014": 4, "asked@2014": 7})) == []

    def test_answers_of_a_question_with_a_blank_stand_for_themselves(self) -> None:
        shared = card(indicator("A", survey(2)), indicator("B", survey(2, 1)))
        assert checked(shared, {"c1@2014-01": 3}).ledger.counted == 1
        half = card(indicator("A", survey(2)), indicator("B", {**AMOUNT, "value": "c1"}))
        assert checked(half, {"c1@2014-01": 3}).ledger.counted == 1


class TestRates:
    def test_a_rate_needs_both_its_parts(self) -> None:
        scorecard = card(indicator("A", RATE_CHANGE, at_least(0)))
        assert findings(checked(scorecard, {"n@2014-01": 9})) == [f"PAR-002 {cell(scorecard, 'd@2014-01')}"]
        assert findings(checked(scorecard, {"n@2014-01": 9, "d@2014-01": 3})) == []

    def test_a_baseline_alone_reports_nothing_and_may_be_typed_ahead(self) -> None:
        figure = RATE_CHANGE | {"against": "baseline", "baseline": "b"}
        scorecard = card(indicator("A", figure, at_least(0)), measures=[{"id": "b", "frequency": "year"}])
        found = checked(scorecard, {"b@2014": 9}, date(2013, 12, 1))
        assert findings(found) == []
        assert found.ledger.counted == 1

    def test_a_reference_may_be_typed_ahead_and_a_figure_may_not(self) -> None:
        scorecard = card(indicator("A", SHARE, against("outside")), measures=[{"id": "r", "unit": "percent"}])
        found = checked(scorecard, {"r@2014-09": 40, "n@2014-09": 1}, date(2014, 6, 1))
        assert [each.split()[0] for each in findings(found)] == ["PER-001", "PAR-002"]
        assert (found.ledger.counted, found.ledger.rejected) == (1, 1)


def test_what_is_typed_ahead_does_not_tell_how_far_the_office_has_come() -> None:
    scorecard = card(indicator("A", SHARE, against("outside")), measures=[{"id": "r", "unit": "percent"}])
    found = checked(scorecard, {"r@2014-09": 40, "n@2014-02": 1, "d@2014-02": 1}).submission
    assert found is not None
    assert found.delivered_until == date(2014, 2, 28)


class TestMilestones:
    STEPS = card(indicator("A", AMOUNT, milestone("2014-03-31", "2014-06-30"), decimals=0))

    def test_no_more_steps_are_done_than_there_are(self) -> None:
        found = checked(self.STEPS, {"v@2014-01": 2, "v@2014-02": 3})
        told = problem(found, "PAR-006")
        assert (told.cell, told.got) == (cell(self.STEPS, "v@2014-02"), "3")
        assert sentence(told, texts_of("en")).endswith("3 steps are done, but there are only 2. Correct the figure.")
        assert (found.ledger.counted, found.ledger.rejected) == (1, 1)

    def test_the_most_steps_of_any_office_are_the_limit(self) -> None:
        own = [{"unit": "Tenkeby", "target": milestone("2014-03-31", "2014-04-30", "2014-05-31")}]
        scorecard = card(indicator("A", AMOUNT, UNDECIDED, unit_targets=own, decimals=0))
        assert [each.split()[0] for each in findings(checked(scorecard, {"v@2014-01": 3, "v@2014-02": 4}))] == [
            "PAR-006"
        ]

    def test_where_another_office_counts_something_else_there_is_no_limit(self) -> None:
        own = [{"unit": "Tenkeby", "target": milestone("2014-03-31")}, {"unit": "Testnes", "target": at_least(40)}]
        scorecard = card(indicator("A", AMOUNT, UNDECIDED, unit_targets=own, decimals=0))
        assert findings(checked(scorecard, {"v@2014-01": 39})) == []


OWN: Definition = {"kind": "own_target", "better": "higher", "target": "t", "yellow": "y"}
YEARLY = [{"id": "t", "frequency": "year"}, {"id": "y", "frequency": "year"}]


class TestOwnTargets:
    def test_a_zone_of_the_year_on_the_wrong_side_is_told_once(self) -> None:
        scorecard = card(indicator("A", AMOUNT, OWN), measures=YEARLY)
        found = checked(scorecard, {"t@2014": 5, "y@2014": 6})
        assert findings(found) == [f"PAR-004 {cell(scorecard, 'y@2014')}"]

    def test_a_target_without_a_zone_is_noted_once_with_every_cell(self) -> None:
        scorecard = card(indicator("A", AMOUNT, OWN))
        found = checked(scorecard, {"t@2014-01": 5, "t@2014-02": 6})
        told = problem(found, "PAR-005")
        assert told.slots["cells"] == f"{cell(scorecard, 'y@2014-01')}, {cell(scorecard, 'y@2014-02')}"

    def test_where_a_goal_is_met_or_not_no_zone_is_asked_for(self) -> None:
        scorecard = card(indicator("A", AMOUNT, {"kind": "own_target", "better": "higher", "target": "t"}))
        assert findings(checked(scorecard, {"t@2014-01": 5})) == []

    @pytest.mark.parametrize(("office", "codes"), [("Tenkeby", ["PAR-004"]), ("Testnes", [])])
    def test_only_an_office_that_has_its_own_target_is_asked_for_a_zone(self, office: str, codes: list[str]) -> None:
        own = [{"unit": "Tenkeby", "target": OWN}]
        scorecard = card(indicator("A", AMOUNT, at_least(1), unit_targets=own))
        found = checked(scorecard, {"t@2014-01": 5, "y@2014-01": 6}, office=office)
        assert [each.split()[0] for each in findings(found)] == codes


class TestTheYearBefore:
    def test_only_what_cannot_be_is_told_of_it(self) -> None:
        found = checked(QUARTERLY, {"n@2013-01": 9, "n@2013-02": 9, "n@2013-03": 9} | each_month("n"))
        assert findings(found) == []
        numbers = {f"{measure}@2013-0{month}": 10 - "dn".index(measure) for measure in "nd" for month in (1, 2, 3)}
        found = checked(QUARTERLY, numbers | {"n@2013-01": 20})
        told = problem(found, "PAR-001")
        assert (told.sheet, told.period) == ("History", "2013-Q1")
        assert found.ledger.reference == 6

    def test_it_never_counts(self) -> None:
        found = checked(QUARTERLY, {"n@2013-01": 1})
        assert found.submission is not None
        assert found.submission.figures == {}
        assert ("n", Period.parse("2013-01")) in found.submission.reference
