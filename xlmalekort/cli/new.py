"""`new`: office workbooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlmalekort.cli.languages import language_of
from xlmalekort.cli.printing import exit_code, print_json, problems_json, say, say_problems
from xlmalekort.locale.told import Phrase
from xlmalekort.pipeline.build import build_workbook, build_workbooks
from xlmalekort.pipeline.errors import NotDoneError, about_scorecard
from xlmalekort.pipeline.suffixes import is_for_macros
from xlmalekort.scorecards import load_scorecard

if TYPE_CHECKING:
    import argparse

    from xlmalekort.model.scorecard import Scorecard
    from xlmalekort.pipeline.build import Built


def run(options: argparse.Namespace) -> int:
    """Make one workbook, or one for each office of a register."""
    scorecard = load_scorecard(options.scorecard)
    with about_scorecard(scorecard.language):
        built = _build(options, scorecard)
    language = language_of(options, scorecard.language)
    if options.json:
        files = [str(path) for path in built.paths]
        print_json({"files": files, "problems": problems_json(built.problems, language)})
    else:
        say_problems(built.problems, language)
        say(*(str(path) for path in built.paths))
    return exit_code(built.problems)


def _build(options: argparse.Namespace, scorecard: Scorecard) -> Built:
    if bool(options.office) == bool(options.register):
        raise NotDoneError(Phrase("Give either --office or --register."))
    common = {"today": options.today, "year": options.year, "data": options.data}
    if options.register:
        return build_workbooks(scorecard, options.register, options.out, has_macros=options.macros, **common)
    if options.macros and not is_for_macros(options.out):
        raise NotDoneError(Phrase("{file}: a workbook with macros has a name that ends in .xlsm.", file=options.out))
    return build_workbook(scorecard, options.office, options.out, **common)
