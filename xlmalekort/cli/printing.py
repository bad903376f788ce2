"""What the commands print."""

from __future__ import annotations

import json
import sys
from collections import Counter
from typing import TYPE_CHECKING

from xlmalekort.cli.languages import language_of
from xlmalekort.intake.identity_numbers import masked
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
    sys.stdout.write("".join(f"{tame(line)}\n" for line in lines))


_KEPT = "\n\t"


def tame(line: str) -> str:
    """A line that commands no terminal and turns no reading direction round: signs that do so show as their numbers.

    Names of files and texts of cells come from others.
    """
    if line.isprintable():
        return line
    return "".join(
        char if char.isprintable() or char in _KEPT or char.isspace() else f"\\x{ord(char):02x}" for char in line
    )


def print_not_done(error: NotDoneError, options: argparse.Namespace) -> None:
    """Why nothing was done, with the findings behind it."""
    language = language_of(options, error.language)
    print_refusal(
        error.message.told(texts_of(language)),
        [f"  {line}" for line in _problem_lines(error.problems, language)],
        problems_json(error.problems, language),
        as_json=options.json,
    )


def print_refusal(
    message: str, more: Sequence[str], problems: Sequence[dict[str, object]] = (), *, as_json: bool
) -> None:
    """A message and what else there is to say in words on stderr, and as JSON on stdout where JSON was asked for."""
    # A refusal names the paths that somebody typed, and the name of a received file may hold an identity number.
    message, more = masked(message), [masked(line) for line in more]
    if as_json:
        print_json({"error": message, "problems": problems})
    sys.stderr.write("".join(f"{tame(line)}\n" for line in (message, *more)))


def problems_json(problems: Iterable[Problem], language: str) -> list[dict[str, object]]:
    """The problems as JSON has them, the worst first."""
    texts = texts_of(language)
    return [as_json(problem, texts) for problem in sorted(problems, key=sort_key)]


def say_problems(problems: Sequence[Problem], language: str) -> None:
    """The problems for people: the worst first, as many as a screen holds, and how many there are."""
    say(*_problem_lines(problems, language))
    if problems:
        say(counted(problems, language))


def _problem_lines(problems: Sequence[Problem], language: str) -> list[str]:
    texts = texts_of(language)
    lines = [sentence(problem, texts) for problem in sorted(problems, key=sort_key)[:_SHOWN_PROBLEMS]]
    if len(problems) > _SHOWN_PROBLEMS:
        lines.append(texts("... and {count} more; --json lists them all.", count=len(problems) - _SHOWN_PROBLEMS))
    return lines


def say_table(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Rows under a heading, each column as wide as its longest text."""
    lines = [heading, *rows]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    say(*("  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip() for line in lines))


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
