"""Fills one workbook, or every workbook of a folder, from one figures file."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from xlmalekort.intake.figures_file import few, read_figures
from xlmalekort.intake.personal import without_numbers
from xlmalekort.locale.told import Phrase
from xlmalekort.model.places import office_key
from xlmalekort.output import changing, write_whole
from xlmalekort.pipeline import clock
from xlmalekort.pipeline.errors import NotDoneError, about_scorecard
from xlmalekort.pipeline.fill import fill_content
from xlmalekort.pipeline.listing import WORKBOOKS
from xlmalekort.pipeline.opened import OpenedWorkbook, open_workbook
from xlmalekort.pipeline.reading import read_bytes

if TYPE_CHECKING:
    from datetime import date

    from xlmalekort.intake.figures_file import FigureEntry
    from xlmalekort.problems import Problem


@dataclass(frozen=True, slots=True)
class FilledFile:
    """What was written into one workbook: how many cells."""

    file: str
    office: str
    written: int


@dataclass(frozen=True, slots=True)
class FilledFiles:
    """What was written into each workbook that got something, and what there is to say."""

    files: tuple[FilledFile, ...]
    problems: tuple[Problem, ...]
    language: str


def fill_workbook(path: Path | str, data: Path | str, *, today: date | None = None) -> FilledFiles:
    """Write the figures of `data` into a workbook, or into those of a folder by their offices.

    Each workbook is written whole or not at all, and held meanwhile, so that two runs do not lose each other's figures.
    One workbook of a folder that cannot take its figures is among the problems; NotDoneError where none can. For a single
    workbook the lines of other offices are told once (CSV-023); NotDoneError where no line is for its own. Problems:
    CSV-... of the file, CSV-011 for each cell that held something else, what the checks say of the written cells, and
    FIL-, STR- and IDN-... of workbooks that cannot be used.
    """
    path, data = Path(path), Path(data)
    with ExitStack() as held:
        opened, problems = _opened(path, held)
        if not opened:
            raise NotDoneError(
                Phrase("{folder}: there is no office workbook that can be used.", folder=path), tuple(problems)
            )
        first = opened[0][1]
        held.enter_context(about_scorecard(first.scorecard.language))
        _refuse_mixture(path, [each for _, each in opened])
        offices = tuple(dict.fromkeys(each.setup.office for _, each in opened))
        figures = read_figures(
            read_bytes(data),
            data.name,
            first.scorecard,
            first.setup.year,
            offices,
            # A workbook of its own may be filled from the figures of the whole county.
            skips_others=not path.is_dir(),
        )
        problems += without_numbers(figures.problems)
        if figures.is_all_others:
            raise NotDoneError(
                Phrase(
                    "{file}: is the workbook of {office}, and {data} has no line for it; its lines are for: {names}.",
                    file=path,
                    office=first.setup.office,
                    data=data.name,
                    names=few(figures.others, offices),
                ),
                tuple(each for each in problems if each.code != "CSV-023"),
            )
        by_office: dict[str, list[FigureEntry]] = {}
        for entry in figures.entries:
            by_office.setdefault(office_key(entry.office), []).append(entry)
        done: list[FilledFile] = []
        for where, each in opened:
            entries = by_office.get(office_key(each.setup.office), [])
            if not entries:
                continue
            try:
                result = fill_content(each.content, each.file, entries, today or clock.today())
            except NotDoneError as error:
                if not path.is_dir():
                    raise
                # One workbook that lacks a row never keeps the others from their figures.
                problems += error.problems
                continue
            write_whole(where, result.content)
            problems += (*result.overwritten, *result.problems)
            done.append(FilledFile(each.file, each.setup.office, result.written))
        if by_office and not done:
            raise NotDoneError(Phrase("{path}: no workbook could take the figures.", path=path), tuple(problems))
    return FilledFiles(tuple(done), tuple(problems), first.scorecard.language)


def _refuse_mixture(path: Path, opened: list[OpenedWorkbook]) -> None:
    first = opened[0]
    strangers = [each for each in opened if (each.scorecard, each.setup.year) != (first.scorecard, first.setup.year)]
    if strangers:
        names = ", ".join(each.file for each in strangers)
        raise NotDoneError(
            Phrase(
                "{folder}: the workbooks are not all of one scorecard and year; take these elsewhere: {names}.",
                folder=path,
                names=names,
            )
        )


def _opened(path: Path, held: ExitStack) -> tuple[list[tuple[Path, OpenedWorkbook]], list[Problem]]:
    paths = [path]
    if path.is_dir():
        paths = sorted(p for p in path.iterdir() if p.suffix.casefold() in WORKBOOKS and not p.name.startswith("~$"))
    opened: list[tuple[Path, OpenedWorkbook]] = []
    problems: list[Problem] = []
    for each in paths:
        held.enter_context(changing(each))
        try:
            opened.append((each, open_workbook(read_bytes(each), each.name)))
        except NotDoneError as error:
            if not path.is_dir():
                raise
            problems += error.problems
    return opened, problems
