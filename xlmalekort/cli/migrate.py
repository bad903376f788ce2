"""`migrate`: a filled-in workbook to the template of the next year or version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlmalekort.cli.languages import language_of
from xlmalekort.cli.printing import exit_code, print_json, problems_json, say, say_problems
from xlmalekort.locale import texts_of
from xlmalekort.pipeline.errors import about_scorecard
from xlmalekort.pipeline.migrate import migrate_workbook
from xlmalekort.scorecards import load_scorecard

if TYPE_CHECKING:
    import argparse


def run(options: argparse.Namespace) -> int:
    """Write the new workbook and list what has no place in it."""
    definition = load_scorecard(options.to)
    with about_scorecard(definition.language):
        migrated = migrate_workbook(options.file, definition, today=options.today, year=options.year, out=options.out)
    language = language_of(options, definition.language)
    if options.json:
        print_json(
            {
                "file": str(migrated.out),
                "office": migrated.office,
                "year": migrated.year,
                "kept": migrated.kept,
                "problems": problems_json(migrated.problems, language),
            }
        )
        return exit_code(migrated.problems)
    texts = texts_of(language)
    say_problems(migrated.problems, language)
    say(texts.plural("{count} figure kept", "{count} figures kept", migrated.kept), str(migrated.out))
    return exit_code(migrated.problems)
