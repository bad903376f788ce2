"""`fill`: figures into workbooks already in use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlmalekort.cli.languages import language_of
from xlmalekort.cli.printing import exit_code, print_json, problems_json, say, say_problems
from xlmalekort.locale import texts_of
from xlmalekort.pipeline.fill_files import fill_workbook

if TYPE_CHECKING:
    import argparse


def run(options: argparse.Namespace) -> int:
    """Write the figures and list what was overwritten."""
    filled = fill_workbook(options.path, options.data, today=options.today)
    language = language_of(options, filled.language)
    if options.json:
        files = [{"file": each.file, "office": each.office, "written": each.written} for each in filled.files]
        print_json({"files": files, "problems": problems_json(filled.problems, language)})
    else:
        say_problems(filled.problems, language)
        texts = texts_of(language)
        for each in filled.files:
            say(
                texts.plural(
                    "{file}: {office}; {count} cell written",
                    "{file}: {office}; {count} cells written",
                    each.written,
                    file=each.file,
                    office=each.office,
                )
            )
    return exit_code(filled.problems)
