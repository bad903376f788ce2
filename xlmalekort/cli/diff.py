"""`diff`: what has changed between two definitions, and which series break."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlmalekort.cli.languages import language_of
from xlmalekort.cli.printing import print_json, say
from xlmalekort.definitions.changes import as_json, changes, says, undeclared_breaks
from xlmalekort.locale import texts_of
from xlmalekort.scorecards import load_scorecard

if TYPE_CHECKING:
    import argparse


def run(options: argparse.Namespace) -> int:
    """Print the changes, what breaks a series first; 1 where one breaks."""
    old, new = load_scorecard(options.old), load_scorecard(options.new)
    found = changes(old, new)
    breaking = [each for each in found if each.breaks_series]
    texts = texts_of(language_of(options, new.language))
    if options.json:
        print_json({"changes": [as_json(each, texts) for each in found]})
        return int(bool(breaking))
    if not found:
        say(texts("Nothing has changed."))
    if breaking:
        say(texts("What breaks a series:"), *(f"  {says(each, texts)}" for each in breaking))
    if silent := undeclared_breaks(new, found):
        say(
            texts(
                "No break is defined for {indicators}; without one their figures are compared across the change.",
                indicators=", ".join(silent),
            )
        )
    if others := found[len(breaking) :]:
        say(texts("What else has changed:"), *(f"  {says(each, texts)}" for each in others))
    return int(bool(breaking))
