"""One problem, with its place, and how it is told."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Self

from xlmalekort.locale import texts_of
from xlmalekort.locale.told import Told
from xlmalekort.problems.catalogue import CATALOGUE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlmalekort.locale import Texts
    from xlmalekort.problems.catalogue import Entry


class Severity(StrEnum):
    """An error is not counted; a warning is counted and should be looked at; a note is for knowing."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding. `code` is one of the catalogue, `got` what was found, as it stood; `slots` fill the entry's sentences.

    `line` is the line of a text file; `level` and `unit` name the unit of a total that the finding is about. `likely` asks, in a
    whole sentence, whether something certain was meant; None where nothing is really likely.
    """

    code: str
    file: str | None = None
    sheet: str | None = None
    cell: str | None = None
    line: int | None = None
    indicator: str | None = None
    measure: str | None = None
    period: str | None = None
    got: str | None = None
    level: str | None = None
    unit: str | None = None
    slots: Mapping[str, str] = field(default_factory=dict)
    likely: str | None = None

    @property
    def entry(self) -> Entry:
        """The catalogue's entry."""
        return CATALOGUE[self.code]

    @property
    def severity(self) -> Severity:
        """How grave it is."""
        return Severity(self.entry.severity)


_GRAVITY = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


def sort_key(problem: Problem) -> tuple[object, ...]:
    """The worst first, then by place, rows and columns in Excel's order."""
    column, row = "", 0
    if problem.cell and (found := re.match(r"([A-Z]+)(\d+)", problem.cell)):
        column, row = found[1].rjust(3), int(found[2])
    return (
        _GRAVITY[problem.severity],
        problem.file or "",
        problem.sheet or "",
        row,
        column,
        problem.line or 0,
        problem.code,
        problem.period or "",
        problem.indicator or "",
        problem.measure or "",
        problem.level or "",
        problem.unit or "",
        problem.got or "",
    )


def _filled(message: str, problem: Problem, texts: Texts) -> str:
    return texts(message, got=problem.got or "", **problem.slots) if message else ""


def as_json(problem: Problem, texts: Texts) -> dict[str, object]:
    """The problem as the command line prints it: place, what was found, what was expected, how to mend it."""
    entry = problem.entry
    return {
        "code": problem.code,
        "severity": str(problem.severity),
        "file": problem.file,
        "sheet": problem.sheet,
        "cell": problem.cell,
        "line": problem.line,
        "indicator": problem.indicator,
        "measure": problem.measure,
        "period": problem.period,
        "level": problem.level,
        "unit": problem.unit,
        "got": problem.got,
        "says": _filled(entry.says, problem, texts),
        "expected": _filled(entry.expected, problem, texts),
        "likely": likely_words(problem, texts) or None,
        "fix": _filled(entry.fix, problem, texts),
    }


def likely_words(problem: Problem, texts: Texts) -> str:
    """What was probably meant, as a question in the reader's language; empty where nothing is really likely."""
    return problem.likely.told(texts) if isinstance(problem.likely, Told) else problem.likely or ""


def place(problem: Problem) -> str:
    """The place, as a reader looks it up: `file!sheet!cell` or `file, line`."""
    parts = "!".join(part for part in (problem.file, problem.sheet, problem.cell) if part)
    return f"{parts}:{problem.line}" if problem.line else parts


class Statement(Told):
    """What a problem says and how to mend it, without its place, to be told in the reader's language."""

    problem: Problem

    def __new__(cls, problem: Problem) -> Self:
        """Keep the problem beside its English form."""
        statement = super().__new__(cls, _statement(problem, texts_of("en")))
        statement.problem = problem
        return statement

    def told(self, texts: Texts) -> str:
        """The statement in the reader's language."""
        return _statement(self.problem, texts)


def _statement(problem: Problem, texts: Texts) -> str:
    return sentence(replace(problem, file=None, sheet=None, cell=None, line=None), texts)


def sentence(problem: Problem, texts: Texts) -> str:
    """The whole problem in one line, place first."""
    entry = problem.entry
    about = ", ".join(
        part
        for part in (
            problem.unit,
            problem.indicator or problem.measure,
            texts.period(problem.period) if problem.period else None,
        )
        if part
    )
    head = " ".join(part for part in (place(problem), f"[{problem.code}]") if part)
    says, fix = _filled(entry.says, problem, texts), _filled(entry.fix, problem, texts)
    says = says if says.endswith("?") else f"{says}."
    told = " ".join(part for part in (says, likely_words(problem, texts), fix) if part)
    return f"{head} {about}: {told}" if about else f"{head} {told}"
