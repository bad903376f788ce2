"""`scorecards`: the built-in ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlmalekort.cli.printing import print_json, say
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
    for each in scorecards:
        say(f"{each.id:28} {each.language}  {each.year}  {len(each.indicators):3} indicators  {each.title}")
    return 0
