"""`judge`: one judgement, with the reason."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from xlmalekort.cli.printing import print_json, say
from xlmalekort.pipeline.verdict import judge

if TYPE_CHECKING:
    import argparse

_PARTS = ("value", "numerator", "denominator", "actual", "plan", "target", "yellow", "reference")
_UNITS = ("office", "area", "region")


def run(options: argparse.Namespace) -> int:
    """Print the verdict. What was given but cannot be used is a problem."""
    parts = {part: getattr(options, part) for part in _PARTS} | {unit: getattr(options, unit) or "" for unit in _UNITS}
    verdict = judge(
        options.scorecard, options.indicator, options.period, today=options.today, language=options.lang, **parts
    )
    if options.json:
        print_json(asdict(verdict))
    else:
        say(f"{verdict.indicator} {verdict.period}: {verdict.status}", verdict.why)
    return int(verdict.status == "rejected")
