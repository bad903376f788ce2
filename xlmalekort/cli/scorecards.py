"""`scorecards`: the built-in ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlmalekort.cli.languages import language_of
from xlmalekort.cli.printing import print_json, say_table
from xlmalekort.locale import texts_of
from xlmalekort.scorecards import built_in, load_scorecard

if TYPE_CHECKING:
    import argparse


def run(options: argparse.Namespace) -> int:
    """Print what there is."""
    scorecards = [load_scorecard(name) for name in built_in()]
    if options.json:
        print_json(
            [
                {
                    "id": each.id,
                    "version": each.version,
                    "hash": each.content_hash,
                    "language": each.language,
                    "title": each.title,
                    "year": each.year,
                    "perspectives": len(each.perspectives),
                    "indicators": len(each.indicators),
                    "measures": len(each.measures),
                }
                for each in scorecards
            ]
        )
        return 0
    texts = texts_of(language_of(options))
    say_table(
        (texts("Scorecard"), texts("Language"), texts("Year"), texts("Indicators"), texts("Title")),
        [(each.id, each.language, str(each.year), str(len(each.indicators)), each.title) for each in scorecards],
    )
    return 0
