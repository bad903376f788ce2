"""`new`: office workbooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlmalekort.cli.printing import exit_code, print_json, problems_json, say, say_problems
from xlmalekort.pipeline.build import build_workbook, build_workbooks
from xlmalekort.pipeline.errors import NotDoneError
from xlmalekort.scorecards import load_scorecard

if TYPE_CHECKING:
    import argparse


def run(options: argparse.Namespace) -> int:
    """Make one workbook, or one for each office of a register."""
    scorecard = load_scorecard(options.scorecard)
    if bool(options.office) == bool(options.register):
        raise NotDoneError("Give either --office NAME or --register OFFICES.csv.")
    common = {"today": options.today, "year": options.year, "data": options.data}
    if options.register:
        built = build_workbooks(scorecard, options.register, options.out, **common)
    else:
        built = build_workbook(scorecard, options.office, options.out, **common)
    language = options.lang or scorecard.language
    if options.json:
        files = [str(path) for path in built.paths]
        print_json({"files": files, "problems": problems_json(built.problems, language)})
    else:
        say_problems(built.problems, language)
        say(*(str(path) for path in built.paths))
    return exit_code(built.problems)
