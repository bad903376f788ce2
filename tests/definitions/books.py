"""A small scorecard as a definition workbook, to be changed as controllers change one."""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING, Any

import openpyxl

from xlmalekort.definitions import schema
from xlmalekort.definitions.layout import FIRST_ROW, HEAD_ROW, KEY_ROW
from xlmalekort.definitions.reading import check_definition
from xlmalekort.definitions.words import sheet_words
from xlmalekort.definitions.workbook import write_definition
from xlmalekort.locale import texts_of
from xlmalekort.scorecards.loader import parse_definition

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

    from xlmalekort.definitions.checks import CheckedDefinition
    from xlmalekort.model.scorecard import Scorecard
    from xlmalekort.problems import Problem

SMALL = """\
id: small
version: "1.10"
language: en
title: A small scorecard
short_title: Small
about: For tests.
year: 2024
top: {level: region, name: Somewhere}
level_names: {office: Office, area: Area, region: Region, country: Country}
perspectives:
  - {id: A, title: Answers}
  - {id: B, title: Money}
measures:
  - {id: A.1.numerator, title: Answered}
  - {id: A.1.denominator, title: Asked}
  - {id: B.1.actual, title: Spent, unit: money}
  - {id: B.1.plan, title: Budget, unit: money, role: plan}
  - {id: steps, title: Steps done}
indicators:
  - id: A.1
    title: Answers in time
    perspective: A
    definition: Answered of asked.
    figure: {kind: share, numerator: A.1.numerator, denominator: A.1.denominator}
    target: {kind: at_least, green: 75, yellow: 65}
    also: {kind: against, reference: last_year, better: higher}
    unit_targets:
      - {unit: North, target: {kind: at_least, green: 60, yellow: none}, reason: A new office.}
    better: higher
    clarifications:
      - {question: "Who counts them?"}
  - id: B.1
    title: Money spent
    perspective: B
    definition: Spent against the budget.
    figure: {kind: deviation, actual: B.1.actual, plan: B.1.plan}
    target:
      kind: scheduled
      steps:
        - {starts: 01-01, target: {kind: at_most, green: 5, yellow: 10}}
        - {starts: 07-01, target: {kind: at_most, green: 2, yellow: 5}}
    better: lower
  - id: B.2
    title: Steps
    perspective: B
    definition: Steps that are done.
    figure: {kind: amount, value: steps}
    target:
      kind: milestone
      steps:
        - {title: Begin, due: 2024-03-31}
        - {title: End, due: 2024-09-30}
    better: higher
relations:
  - {kind: part_of, part: A.1.numerator, whole: A.1.denominator}
"""
TITLES = {table.key: texts_of("en")(sheet_words(table).title) for table in schema.tables()}
FIRST = FIRST_ROW + 1
"""The first row of the rows, as Excel counts."""


def small() -> Scorecard:
    return parse_definition(SMALL, "small.yaml")


_written = cache(write_definition)


class Book:
    """The workbook of a scorecard, with cells by the key of their sheet and of their column."""

    def __init__(self, scorecard: Scorecard) -> None:
        self.book = openpyxl.load_workbook(io.BytesIO(_written(scorecard)))

    def sheet(self, key: str) -> Worksheet:
        found = self.book[TITLES[key]]
        assert found is not None
        return found

    def column(self, sheet: str, key: str) -> int:
        for cell in self.sheet(sheet)[KEY_ROW + 1]:
            if cell.value == key:
                return int(cell.column)
        raise KeyError(key)

    def cell(self, sheet: str, key: str, row: int = FIRST) -> Cell:
        if sheet == schema.ABOUT:
            number = next(each[0].row for each in self.sheet(sheet).iter_rows(max_col=1) if each[0].value == key)
            found = self.sheet(sheet).cell(number, 3)
        else:
            found = self.sheet(sheet).cell(row, self.column(sheet, key))
        return found  # type: ignore[return-value]

    def put(self, sheet: str, key: str, value: Any, row: int = FIRST) -> str:
        """Change a cell; its name."""
        cell = self.cell(sheet, key, row)
        cell.value = value
        return f"{TITLES[sheet]}!{cell.coordinate}"

    def add(self, sheet: str, **values: Any) -> str:
        """Add a row below the last one; the name of its first cell."""
        row = max(self.sheet(sheet).max_row, HEAD_ROW + 1) + 1
        for key, value in values.items():
            self.cell(sheet, key.replace("__", "."), row).value = value
        return f"{TITLES[sheet]}!A{row}"

    def checked(self) -> CheckedDefinition:
        stream = io.BytesIO()
        self.book.save(stream)
        return check_definition(stream.getvalue(), "def.xlsx")


def found(change: Callable[[Book], object]) -> tuple[Problem, ...]:
    """What the checks say of the small scorecard's workbook when it has been changed."""
    book = Book(small())
    change(book)
    return book.checked().problems
