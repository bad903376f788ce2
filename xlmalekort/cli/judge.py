"""`judge`: one judgement, with the reason."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from xlmalekort.cli.languages import language_of
from xlmalekort.cli.printing import print_json, say
from xlmalekort.layout.look import status_label
from xlmalekort.locale import texts_of
from xlmalekort.model.figures import Status
from xlmalekort.pipeline.errors import about_scorecard
from xlmalekort.pipeline.verdict import judge
from xlmalekort.scorecards import load_scorecard

if TYPE_CHECKING:
    import argparse

_PARTS = ("value", "numerator", "denominator", "actual", "plan", "target", "yellow", "reference")
_UNITS = ("office", "area", "region")


def run(options: argparse.Namespace) -> int:
    """Print the verdict. What was given but cannot be used is a problem."""
    parts = {part: getattr(options, part) for part in _PARTS} | {unit: getattr(options, unit) or "" for unit in _UNITS}
    scorecard = load_scorecard(options.scorecard)
    language = language_of(options, scorecard.language)
    with about_scorecard(scorecard.language):
        verdict = judge(scorecard, options.indicator, options.period, today=options.today, language=language, **parts)
    if options.json:
        print_json(asdict(verdict))
    else:
        texts, status = texts_of(language), Status(verdict.status)
        say(f"{verdict.indicator}, {texts.period(verdict.period)}: {status_label(status, texts)}")
        say(*(each for each in (verdict.why, verdict.now) if each))
    return int(verdict.status == Status.REJECTED)
