"""`check`: filled-in workbooks."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from xlmalekort.cli.languages import language_of
from xlmalekort.cli.printing import exit_code, print_json, problems_json, say, say_problems
from xlmalekort.locale import texts_of
from xlmalekort.locale.told import Joined, Phrase
from xlmalekort.pipeline.check import check_workbooks
from xlmalekort.pipeline.errors import NotDoneError
from xlmalekort.pipeline.reading import load_register

if TYPE_CHECKING:
    import argparse

    from xlmalekort.model.figures import CheckedFile


def run(options: argparse.Namespace) -> int:
    """Print what the checks found, file by file."""
    absent = [path for path in options.files if not path.exists()]
    if len(absent) == len(options.files):
        raise NotDoneError(Joined((Phrase("{file}: there is no such file.", file=path) for path in absent), "\n"))
    register, register_problems = load_register(options.register, None)
    files = check_workbooks(options.files, today=options.today, register=register)
    # What is wrong with the register is told in the language of the workbooks that it is about.
    of_register = next((_language(options, each) for each in files if each.scorecard), language_of(options))
    if options.json:
        print_json(
            {
                "files": [
                    {
                        "file": each.file,
                        "office": each.office,
                        "year": each.year,
                        "accepted": each.is_accepted,
                        "ledger": asdict(each.ledger),
                        "problems": problems_json(each.problems, _language(options, each)),
                    }
                    for each in files
                ],
                "problems": problems_json(register_problems, of_register),
            }
        )
    else:
        say_problems(register_problems, of_register)
        for each in files:
            _say_file(each, _language(options, each))
    return exit_code([*register_problems, *(problem for each in files for problem in each.problems)])


def _language(options: argparse.Namespace, checked: CheckedFile) -> str:
    return language_of(options, checked.scorecard.language if checked.scorecard else None)


def _say_file(checked: CheckedFile, language: str) -> None:
    texts, ledger = texts_of(language), checked.ledger
    say_problems(checked.problems, language)
    if checked.is_accepted:
        say(
            texts(
                "{file}: {office}; cells filled: {filled}, counted: {counted}, rejected: {rejected}, "
                "provisional: {provisional}, of earlier years: {reference}.",
                file=checked.file,
                office=checked.office or "",
                filled=ledger.filled,
                counted=ledger.counted,
                rejected=ledger.rejected,
                provisional=ledger.provisional,
                reference=ledger.reference,
            )
        )
    else:
        say(texts("{file}: not accepted; nothing of it can be counted.", file=checked.file))
