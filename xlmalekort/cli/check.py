"""`check`: filled-in workbooks."""

from __future__ import annotations

from dataclasses import asdict
from itertools import zip_longest
from typing import TYPE_CHECKING

from xlmalekort.cli.languages import language_of
from xlmalekort.cli.printing import exit_code, print_json, problems_json, say, say_problems
from xlmalekort.intake.identity_numbers import masked
from xlmalekort.locale import texts_of
from xlmalekort.locale.told import Joined, Phrase
from xlmalekort.pipeline.check import check_workbooks
from xlmalekort.pipeline.errors import NotDoneError
from xlmalekort.pipeline.listing import list_folder
from xlmalekort.pipeline.reading import load_register
from xlmalekort.problems import sentence

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from xlmalekort.locale import Texts
    from xlmalekort.locale.told import Told
    from xlmalekort.model.figures import CheckedFile
    from xlmalekort.model.register import Register
    from xlmalekort.pipeline.annotate import Annotated


def run(options: argparse.Namespace) -> int:
    """Print what the checks found, file by file."""
    absent = [path for path in options.files if not path.exists()]
    if len(absent) == len(options.files):
        raise NotDoneError(Joined((Phrase("{file}: there is no such file.", file=path) for path in absent), "\n"))
    register, register_problems = load_register(options.register, None)
    lacking = [path for path in options.files if path.is_dir() and all(each.ignored for each in list_folder(path))]
    given_back = _given_back(options, register) if options.annotate else []
    if options.annotate:
        files = [each.checked for each in given_back]
    else:
        files = list(check_workbooks(options.files, today=options.today, register=register))
    if all(each.is_ignored for each in files):
        problems = (*register_problems, *(problem for each in files for problem in each.problems))
        raise NotDoneError(_nothing_in(options.files), problems)
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
                        "ignored": each.is_ignored,
                        "ledger": asdict(each.ledger),
                        **(_annotated(found, _language(options, each)) if found is not None else {}),
                        "problems": problems_json(each.problems, _language(options, each)),
                    }
                    for each, found in zip_longest(files, given_back)
                ],
                "nothing_to_check": [masked(str(path)) for path in lacking],
                "problems": problems_json(register_problems, of_register),
            }
        )
    else:
        say_problems(register_problems, of_register)
        for each, found in zip_longest(files, given_back):
            _say_file(each, _language(options, each))
            if found is not None:
                _say_given_back(found, texts_of(_language(options, each)))
        if lacking:
            say(masked(_nothing_in(lacking).told(texts_of(language_of(options)))))
    is_kept = any(each.written is None and not each.checked.is_ignored for each in given_back)
    found_any = exit_code([*register_problems, *(problem for each in files for problem in each.problems)])
    return found_any or int(is_kept or bool(lacking))


def _nothing_in(paths: Iterable[Path]) -> Told:
    """A line for each path that gave nothing to check."""
    return Joined((Phrase("{path}: there is no workbook to check.", path=path) for path in paths), "\n")


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
    if checked.is_ignored:
        say(*(sentence(problem, texts) for problem in checked.problems))
        return
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
