"""Offices with plausible figures of two years, in memory: what is clean, and what mistakes are planted into."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from xlmalekort.intake.figures_file import FigureEntry
from xlmalekort.intake.likelihood import check_likelihood
from xlmalekort.intake.plan import plan_of
from xlmalekort.model.figures import CheckedFile, Submission
from xlmalekort.pipeline.build import submission_of
from xlmalekort.pipeline.county import made_up_offices, made_up_register
from xlmalekort.pipeline.plausible import plausible_figures
from xlmalekort.scorecards import load_scorecard

if TYPE_CHECKING:
    from xlmalekort.model.scorecard import Scorecard
    from xlmalekort.problems import Problem

SCORECARDS = ("kbh-resultatkontrakt-2007", "nav-aas-2014", "nav-buskerud-2009", "uwv-pacta-2006", "vejle-2013")


@cache
def county(name: str, seed: int = 1) -> tuple[Submission, ...]:
    """What every office of a made-up county hands in for the scorecard's year and the year before."""
    scorecard = load_scorecard(name)
    register, day = made_up_register(scorecard), after(scorecard)
    found = []
    for office, character in zip(register.offices, made_up_offices(register, seed), strict=True):
        entries = [
            FigureEntry(office.name, each.measure, each.period, each.value, line=0)
            for each in plausible_figures(scorecard, character, scorecard.year, day, seed)
        ]
        submission = submission_of(office, scorecard.year, entries, f"{office.name}.xlsx")
        found.append(replace(submission, ready_for=None))
    return tuple(found)


def after(scorecard: Scorecard) -> date:
    """A day on which every figure of the year is there."""
    return date(scorecard.year + 1, 2, 1)


def unlikely(scorecard: Scorecard, submission: Submission) -> list[Problem]:
    """What is said of the figures of one office."""
    return check_likelihood(plan_of(scorecard, scorecard.year), submission, frozenset(), after(scorecard))


def as_file(scorecard: Scorecard, submission: Submission) -> CheckedFile:
    """The file that a submission came in."""
    return CheckedFile(submission.file, submission.file, submission.office, submission.year, scorecard, submission)
