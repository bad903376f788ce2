"""The sheet of problems: every one, the worst first, with its place and how to mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlmalekort.layout import look
from xlmalekort.locale import N_
from xlmalekort.problems import Severity, as_json, sort_key
from xlmalekort.summary.styles import CELL, HEADING, INDENT, LEAD, WRAP

if TYPE_CHECKING:
    from xlmalekort.problems import Problem
    from xlmalekort.summary.book import Book, Page

SHEET = N_("Problems")
MOST_ROWS = 1_048_576
_HEADING_ROW = 3
_WIDTHS = (11, 20, 26, 14, 7, 20, 15, 46, 24, 42, 11)
_CODE = 10


def write_problems(book: Book, *, most_rows: int = MOST_ROWS) -> None:
    """Write the sheet. Where a sheet cannot hold them all, the last line says how many were left out."""
    texts = book.texts
    problems = sorted(book.view.rollup.problems, key=sort_key)
    page = book.page(texts(SHEET), repeat=(_HEADING_ROW, _HEADING_ROW))
    page.widths(*_WIDTHS)
    page.head(texts(SHEET), _summary(page, problems))
    headings = [texts("Gravity"), texts("Office or unit"), texts("File"), texts("Sheet"), texts("Cell")]
    headings += [texts("Indicator or measure"), texts("Period"), texts("Found"), texts("Expected")]
    page.row(_HEADING_ROW, [*headings, texts("How to mend it")], HEADING)
    page.text(_HEADING_ROW, _CODE, texts("Code"), HEADING, INDENT)
    page.sheet.set_row(_HEADING_ROW, 32)
    room = most_rows - _HEADING_ROW - 1
    shown = problems if len(problems) <= room else problems[: room - 1]
    offices = {report.checked.file: report.checked.office or "" for report in book.view.rollup.files}
    for row, problem in enumerate(shown, start=_HEADING_ROW + 1):
        _line(page, row, problem, offices)
    if len(shown) < len(problems):
        count = len(problems) - len(shown)
        left_out = texts.plural(
            "{count} more problem does not fit on the sheet", "{count} more problems do not fit on the sheet", count
        )
        page.text(most_rows - 1, 0, left_out, LEAD)
    page.sheet.freeze_panes(_HEADING_ROW + 1, 0)
    page.sheet.autofilter(_HEADING_ROW, 0, _HEADING_ROW + max(len(shown), 1), len(_WIDTHS) - 1)


def _summary(page: Page, problems: list[Problem]) -> str:
    texts = page.book.texts
    if not problems:
        return texts("Nothing was found.")
    counts = {severity: sum(problem.severity is severity for problem in problems) for severity in Severity}
    return ", ".join(
        (
            texts.plural("{count} error (not counted)", "{count} errors (not counted)", counts[Severity.ERROR]),
            texts.plural(
                "{count} warning (counted, should be looked at)",
                "{count} warnings (counted, should be looked at)",
                counts[Severity.WARNING],
            ),
            texts.plural("{count} note", "{count} notes", counts[Severity.NOTE]),
        )
    )


def _line(page: Page, row: int, problem: Problem, offices: dict[str, str]) -> None:
    texts = page.book.texts
    told = as_json(problem, texts)
    severity = problem.severity
    cells = [
        f"{look.SEVERITY_SYMBOL[severity]} {texts(look.SEVERITY_WORD[severity])}",
        problem.unit or offices.get(problem.file or "", ""),
        problem.file or "",
        problem.sheet or "",
        problem.cell or (str(problem.line) if problem.line else ""),
        problem.indicator or problem.measure or "",
        texts.period(problem.period) if problem.period else "",
        str(told["says"]),
        str(told["expected"]),
        " ".join(str(part) for part in (told["likely"], told["fix"]) if part),
    ]
    page.row(row, cells, CELL, WRAP)
    page.text(row, _CODE, problem.code, CELL, WRAP, INDENT)
    page.fitted(row, cells, _WIDTHS)
