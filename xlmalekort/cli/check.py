"""`check`: filled-in workbooks."""

from __future__ import annotations

from dataclasses import asdict
from itertools import zip_longest
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
    from collections.abc import Sequence

    from xlmalekort.locale import Texts
    from xlmalekort.model.figures import CheckedFile
    from xlmalekort.model.register import Register
    from xlmalekort.pipeline.annotate import Annotated


def run(options: argparse.Namespace) -> int:
    """Print what the checks found, file by file."""
    absent = [path for path in options.files if not path.exists()]
    if len(absent) == len(options.files):
        raise NotDoneError(Joined((Phrase("{file}: there is no such file.", file=path) for path in absent), "\n"))
    register, register_problems = load_register(options.register, None)
    given_back = _given_back(options, register) if options.annotate else []
    if options.annotate:
        files = [each.checked for each in given_back]
    else:
        files = list(check_workbooks(options.files, today=options.today, register=register))
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
                        **(_annotated(found, _language(options, each)) if found is not None else {}),
                        "problems": problems_json(each.problems, _language(options, each)),
                    }
                    for each, found in zip_longest(files, given_back)
                ],
                "problems": problems_json(register_problems, of_register),
            }
        )
    else:
        say_problems(register_problems, of_register)
        for each, found in zip_longest(files, given_back):
            _say_file(each, _language(options, each))
            if found is not None:
                _say_given_back(found, texts_of(_language(options, each)))
    is_lacking = any(each.written is None for each in given_back)
    return exit_code([*register_problems, *(problem for each in files for problem in each.problems)]) or int(is_lacking)


def _given_back(options: argparse.Namespace, register: Register | None) -> Sequence[Annotated]:
    # Here, for whoever only checks does not wait for what writes workbooks.
    from xlmalekort.pipeline.annotate import annotate_workbooks

    return annotate_workbooks(options.files, options.annotate, today=options.today, register=register)


def _annotated(found: Annotated, language: str) -> dict[str, str | None]:
    reason = found.reason.told(texts_of(language)) if found.reason is not None else None
    return {"annotated": str(found.written) if found.written is not None else None, "not_annotated": reason}


def _say_given_back(found: Annotated, texts: Texts) -> None:
    if found.reason is not None:
        say(found.reason.told(texts))
    else:
        say(texts("{file}: given back as {out}.", file=found.checked.file, out=found.written))


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
