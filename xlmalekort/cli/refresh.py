"""`refresh`: what the button in Excel does."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from xlmalekort.cli.languages import language_of
from xlmalekort.cli.printing import exit_code, print_json, problems_json, say, say_problems, say_table
from xlmalekort.judging.explain import explain
from xlmalekort.layout.look import status_label
from xlmalekort.locale import texts_of
from xlmalekort.model.base import plain_number
from xlmalekort.pipeline.refresh import refresh_workbook
from xlmalekort.pipeline.verdict import parse_period

if TYPE_CHECKING:
    import argparse
    from fractions import Fraction

    from xlmalekort.judging.judge import Judgement
    from xlmalekort.pipeline.refresh import Refreshed


def run(options: argparse.Namespace) -> int:
    """Refresh the workbook and print every status."""
    period = parse_period(options.period) if options.period else None
    refreshed = refresh_workbook(options.file, today=options.today, period=period, out=options.out)
    language = language_of(options, refreshed.scorecard.language)
    if options.json:
        print_json(
            {
                "file": str(options.out or options.file),
                "office": refreshed.office,
                "period": refreshed.period.code,
                "statuses": [_status(each, refreshed, language) for each in refreshed.judgements],
                "problems": problems_json(refreshed.problems, language),
            }
        )
        return exit_code(refreshed.problems)
    texts = texts_of(language)
    say_table(
        (texts("Indicator"), texts("Status"), texts("Why")),
        [
            (each.indicator.id, status_label(each.status, texts), explain(refreshed.scorecard, each, texts))
            for each in refreshed.judgements
        ],
    )
    count = Counter(str(each.status) for each in refreshed.judgements)
    say_problems(refreshed.problems, language)
    say(
        texts(
            "{office}, {period}: green {green}, yellow {yellow}, red {red}, without a result {other}.",
            office=refreshed.office,
            period=texts.period(refreshed.period.code),
            green=count["green"],
            yellow=count["yellow"],
            red=count["red"],
            other=count.total() - count["green"] - count["yellow"] - count["red"],
        )
    )
    return exit_code(refreshed.problems)


def _status(judgement: Judgement, refreshed: Refreshed, language: str) -> dict[str, object]:
    target = judgement.band.target if judgement.band else None
    return {
        "indicator": judgement.indicator.id,
        "period": judgement.period.code,
        "status": str(judgement.status),
        "value": _plain(judgement.value),
        "shown": _plain(judgement.shown),
        "target": _plain(target),
        "why": explain(refreshed.scorecard, judgement, refreshed.scorecard.texts(language)),
        "now": refreshed.advice(judgement, refreshed.scorecard.texts(language)),
    }


def _plain(value: Fraction | None) -> float | int | None:
    return None if value is None else plain_number(value)
