"""Reads a regional workbook back: the figures and results that it published, from its tidy sheets.

The tidy sheets are known by the names of their tables, their columns by their headings in any of the four languages, and the
definition by the line of the sheet "About". Nothing else of the file is looked at.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from xlmalekort.judging.explain import unit_of
from xlmalekort.locale import LANGUAGES, N_, texts_of
from xlmalekort.locale.told import Phrase
from xlmalekort.model.base import exact
from xlmalekort.model.figures import Source, Status
from xlmalekort.model.measures import Level
from xlmalekort.model.measures import Unit as Quantity
from xlmalekort.model.periods import Period
from xlmalekort.problems import Problem
from xlmalekort.rollup.published import Published, PublishedFigure, PublishedResult
from xlmalekort.rollup.results import Unit
from xlmalekort.summary.about import DEFINITION, SHEET, VERSION, YEAR
from xlmalekort.summary.tidy import DATA_HEADINGS, DATA_TABLE, RESULT_HEADINGS, RESULTS_TABLE
from xlmalekort.xlsx import open_package, read_sheet, read_workbook
from xlmalekort.xlsx.rows import read_rows
from xlmalekort.xlsx.workbook import relations_of
from xlmalekort.xlsx.xml import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from fractions import Fraction

    from xlmalekort.model.scorecard import Scorecard
    from xlmalekort.xlsx import RawWorkbook, SheetEntry
    from xlmalekort.xlsx.rows import Row

_NO_SUMMARY = N_("it is no regional workbook that this program wrote")
_NO_DEFINITION = N_("its sheet of what it was made from does not name the scorecard")
_OTHER_SCORECARD = N_("it is about the scorecard {got}, and this run about {scorecard}")
_UNREADABLE_ROW = N_("a row of the sheet {sheet} cannot be read; use the file as it was written")
_NO_COLUMN = N_("the sheet {sheet} lacks the column {name}; use the file as it was written")

Line = TypeVar("Line")

_TABLE_NAME = re.compile(rb'<table\b[^>]*?\sname="([^"]*)"')
_CREATED = re.compile(rb"<dcterms:created[^>]*>(\d{4}-\d\d-\d\d)")
_CORE = "docProps/core.xml"


class NotPublishedError(Exception):
    """Why a file cannot be read as a regional workbook of the scorecard: a reason, or the gate's problem."""

    def __init__(self, reason: str = "", problem: Problem | None = None) -> None:
        """Keep both."""
        super().__init__(reason)
        self.reason = reason
        self.problem = problem


def is_region_workbook(content: bytes, file: str) -> bool:
    """Whether a file is a regional workbook."""
    try:
        return bool(_tables(_opened(content, file)))
    except NotPublishedError:
        return False


def read_published(content: bytes, file: str, scorecard: Scorecard) -> Published:
    """What a regional workbook of the scorecard published, whatever version and year it is of.

    What the scorecard does not know any more is left out. NotPublishedError where the file is none, is one of another
    scorecard, or cannot be read.
    """
    workbook = _opened(content, file)
    tables = _tables(workbook)
    if not tables:
        raise NotPublishedError(Phrase(_NO_SUMMARY))
    name, version, content_hash, year = _definition(workbook)
    if name != scorecard.id:
        raise NotPublishedError(Phrase(_OTHER_SCORECARD, got=name, scorecard=scorecard.id))
    figures = _read(workbook, tables, DATA_TABLE, DATA_HEADINGS, lambda row: _figure(row, scorecard))
    results = _read(workbook, tables, RESULTS_TABLE, RESULT_HEADINGS, lambda row: _result(row, scorecard))
    return Published(
        file,
        name,
        version,
        content_hash,
        year,
        _made_on(workbook),
        {each.key: each for each in figures if each is not None},
        {each.key: each for each in results if each is not None},
    )


# The file


def _opened(content: bytes, file: str) -> RawWorkbook:
    package = open_package(content, file)
    workbook = package if isinstance(package, Problem) else read_workbook(package)
    if isinstance(workbook, Problem):
        raise NotPublishedError(problem=workbook)
    return workbook


def _tables(workbook: RawWorkbook) -> list[tuple[SheetEntry, str]]:
    """The tidy sheets in the order of their tabs, each with the name of its table."""
    found: list[tuple[SheetEntry, str]] = []
    try:
        for entry in workbook.sheets:
            for relation in relations_of(workbook.package, entry.part):
                part = workbook.package.find(relation.target) if relation.kind == "table" else None
                name = _TABLE_NAME.search(workbook.package.read(part)) if part else None
                if name and name[1].decode(errors="replace").startswith((DATA_TABLE, RESULTS_TABLE)):
                    found.append((entry, name[1].decode(errors="replace")))
    except UnreadableError as error:
        raise NotPublishedError(problem=error.as_problem(workbook.file)) from None
    return found


def _made_on(workbook: RawWorkbook) -> date | None:
    """The day that it was made for, which is the day of the file's own properties."""
    part = workbook.package.find(_CORE)
    found = _CREATED.search(workbook.package.read(part)) if part else None
    try:
        return date.fromisoformat(found[1].decode()) if found else None
    except ValueError:
        return None


def _definition(workbook: RawWorkbook) -> tuple[str, str, str, int]:
    """Id, version and hash of the definition, and the year, as the sheet "About" names them."""
    titles = tuple(texts_of(language)(SHEET) for language in LANGUAGES)
    for entry in workbook.sheets:
        sheet = read_sheet(workbook, entry) if entry.title.startswith(titles) else None
        if sheet is None or isinstance(sheet, Problem):
            continue
        said = {sheet.text(row, 0): sheet.text(row, 1) for row, column in sheet.cells if column == 0}
        for language in LANGUAGES:
            texts = texts_of(language)
            version = re.escape(texts(VERSION, number="\0")).replace("\0", r"([\w.\-]+)")
            found = re.fullmatch(rf"([\w.\-]+), {version} \(([0-9a-f]+)\)", said.get(texts(DEFINITION), ""))
            year = said.get(texts(YEAR), "")
            if found and year.isdecimal():
                return found[1], found[2], found[3], int(year)
    raise NotPublishedError(Phrase(_NO_DEFINITION))


# Rows


def _read(
    workbook: RawWorkbook,
    tables: Sequence[tuple[SheetEntry, str]],
    table: str,
    headings: Sequence[str],
    line: Callable[[Sequence[str]], Line],
) -> Iterator[Line]:
    """The lines of all sheets of one table; each is made of the texts under the headings, in their order."""
    for entry, name in tables:
        if not name.startswith(table):
            continue
        rows = read_rows(workbook, entry)
        if isinstance(rows, Problem):
            raise NotPublishedError(problem=rows)
        columns = _columns(entry, rows[0] if rows else {}, headings)
        for row in rows[1:]:
            try:
                yield line([row.get(column, "") for column in columns])
            except (ValueError, ZeroDivisionError):
                raise NotPublishedError(Phrase(_UNREADABLE_ROW, sheet=entry.title)) from None


def _columns(entry: SheetEntry, heading: Row, headings: Sequence[str]) -> list[int]:
    places = {text: column for column, text in reversed(heading.items())}
    columns: list[int] = []
    for each in headings:
        names = [texts_of(language)(each) for language in LANGUAGES]
        found = [places[name] for name in names if name in places]
        if not found:
            raise NotPublishedError(Phrase(_NO_COLUMN, sheet=entry.title, name=Phrase(each)))
        columns.append(found[0])
    return columns


def _figure(row: Sequence[str], scorecard: Scorecard) -> PublishedFigure | None:
    level, unit, area, region, measure_id, _, period, value, file, sheet, cell = row
    measure = scorecard.measure.get(measure_id)
    if measure is None:
        return None
    source = Source(file, sheet, cell) if file else None
    number = _number(value, is_percent=measure.unit is Quantity.PERCENT)
    if number is None:
        return None
    return PublishedFigure(_unit(level, unit), area, region, measure_id, _period(period), number, source)


def _result(row: Sequence[str], scorecard: Scorecard) -> PublishedResult | None:
    indicator_id, _, period, level, name, numerator, denominator, value, status, reported, expected, *_ = row
    indicator = scorecard.indicator.get(indicator_id)
    if indicator is None:
        return None
    return PublishedResult(
        indicator_id,
        _period(period),
        _unit(level, name),
        _number(numerator, is_percent=False),
        _number(denominator, is_percent=False),
        _number(value, is_percent=unit_of(scorecard, indicator) is Quantity.PERCENT),
        Status(status),
        int(float(reported or 0)),
        int(float(expected)) if expected else None,
    )


_period = lru_cache(maxsize=1_000)(Period.parse)


@lru_cache(maxsize=65_536)
def _unit(level: str, name: str) -> Unit:
    return Unit(Level(level), name)


@lru_cache(maxsize=65_536)
def _number(text: str, *, is_percent: bool) -> Fraction | None:
    """The number of a cell, in the unit shown; None for an empty one."""
    if not text:
        return None
    number = exact(float(text))
    return number * 100 if is_percent else number
