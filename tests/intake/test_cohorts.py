"""Figures of those who are followed for some time after their period."""

from __future__ import annotations

from datetime import date

from tests.intake.plain import plain_workbook
from xlmalekort.intake.workbook_file import check_file
from xlmalekort.judging.judge import judge_observed
from xlmalekort.judging.values import observe
from xlmalekort.locale import texts_of
from xlmalekort.model.figures import CheckedFile, Status
from xlmalekort.model.periods import Period
from xlmalekort.problems import sentence
from xlmalekort.scorecards import load_scorecard

SCORECARD = load_scorecard("kbh-resultatkontrakt-2007")
COHORT = SCORECARD.indicator["BI.R3"]
FIRST, SECOND = Period.parse("2007-Q1"), Period.parse("2007-Q2")
AUGUST, NOVEMBER = date(2007, 8, 1), date(2007, 11, 1)


def check(today: date, **figures: int) -> CheckedFile:
    """A workbook with the figures of the second quarter, whose window closes with the year."""
    named = {f"BI.R3.{part}@2007-Q2": number for part, number in figures.items()}
    return check_file(plain_workbook(SCORECARD, named), "f.xlsx", today)


def status(found: CheckedFile, today: date) -> Status:
    assert found.submission is not None
    observed = observe(SCORECARD, COHORT, SECOND, found.submission.figures)
    return judge_observed(COHORT, SECOND, observed, today).status


def test_the_number_who_entered_may_stand_alone_until_their_time_has_passed() -> None:
    found = check(AUGUST, denominator=40)
    assert [problem.code for problem in found.problems if problem.indicator == "BI.R3"] == ["PER-007"]
    assert status(found, AUGUST) is Status.NOT_DUE


def test_when_their_time_has_passed_the_outcome_is_missing() -> None:
    later = date(2008, 3, 1)
    found = check(later, denominator=40)
    assert "PER-007" not in {problem.code for problem in found.problems}
    assert status(found, later) is Status.MISSING


def test_an_outcome_filled_in_early_waits_and_is_told() -> None:
    found = check(AUGUST, numerator=10, denominator=40)
    (problem,) = [each for each in found.problems if each.code == "PER-007"]
    assert sentence(problem, texts_of("en")) == (
        "f.xlsx!Indtastning [PER-007] BI.R3, quarter 2 of 2007: those who entered in quarter 2 of 2007 can be judged after "
        "2007-12-31; until then what is filled in waits (figures: 2). "
        "Nothing to mend; correct the figures when everybody's time has passed."
    )
    assert found.ledger is not None
    assert (found.ledger.filled, found.ledger.counted, found.ledger.provisional) == (2, 0, 2)
    assert status(found, AUGUST) is Status.NOT_DUE


def test_once_the_window_has_closed_it_counts() -> None:
    figures = {"BI.R3.numerator@2007-Q1": 10, "BI.R3.denominator@2007-Q1": 40}
    found = check_file(plain_workbook(SCORECARD, figures), "f.xlsx", NOVEMBER)
    assert found.ledger is not None
    assert (found.ledger.counted, found.ledger.provisional) == (2, 0)
    assert found.submission is not None
    observed = observe(SCORECARD, COHORT, FIRST, found.submission.figures)
    assert judge_observed(COHORT, FIRST, observed, NOVEMBER).status.is_result
