"""What the commands print."""

from __future__ import annotations

import json
import sys
from collections import Counter
from typing import TYPE_CHECKING

from xlmalekort.locale import texts_of
from xlmalekort.problems import Severity, as_json, sentence, sort_key

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Sequence

    from xlmalekort.pipeline.errors import NotDoneError
    from xlmalekort.problems import Problem

_SHOWN_PROBLEMS = 40
"""So many problems fit on a screen that people still read; the rest is counted, and stands in full in --json."""


def print_json(document: object) -> None:
    """The one JSON document of a command."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=1) + "\n")


def say(*lines: str) -> None:
    """Lines for people."""
    sys.stdout.write("".join(f"{line}\n" for line in lines))


def print_not_done(error: NotDoneError, options: argparse.Namespace) -> None:
    """Why nothing was done: in words on stderr, and as JSON on stdout where JSON was asked for."""
    language = options.lang or "en"
    if options.json:
        print_json({"error": str(error), "problems": problems_json(error.problems, language)})
    sys.stderr.write(f"{error}\n")
    for problem in sorted(error.problems, key=sort_key)[:_SHOWN_PROBLEMS]:
        sys.stderr.write(f"  {sentence(problem, texts_of(language))}\n")


def problems_json(problems: Iterable[Problem], language: str) -> list[dict[str, object]]:
    """The problems as JSON has them, the worst first."""
    texts = texts_of(language)
    return [as_json(problem, texts) for problem in sorted(problems, key=sort_key)]


def say_problems(problems: Sequence[Problem], language: str) -> None:
    """The problems for people: the worst first, as many as a screen holds, and how many there are."""
    texts = texts_of(language)
    for problem in sorted(problems, key=sort_key)[:_SHOWN_PROBLEMS]:
        say(sentence(problem, texts))
    if len(problems) > _SHOWN_PROBLEMS:
        say(texts("... and {count} more; --json lists them all.", count=len(problems) - _SHOWN_PROBLEMS))
    if problems:
        say(counted(problems, language))


def counted(problems: Sequence[Problem], language: str) -> str:
    """How many problems of each severity there are."""
    texts = texts_of(language)
    count = Counter(problem.severity for problem in problems)
    return ", ".join(
        (
            texts.plural("{count} error", "{count} errors", count[Severity.ERROR]),
            texts.plural("{count} warning", "{count} warnings", count[Severity.WARNING]),
            texts.plural("{count} note", "{count} notes", count[Severity.NOTE]),
        )
    )


def exit_code(problems: Iterable[Problem]) -> int:
    """1 where something should be looked at, else 0. Notes are for knowing."""
    return int(any(problem.severity is not Severity.NOTE for problem in problems))
