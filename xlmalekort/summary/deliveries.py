"""The sheet of who has delivered: every office of the register with what became of its files, the worst first."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from xlmalekort.locale import N_
from xlmalekort.model.figures import Status
from xlmalekort.model.measures import Level
from xlmalekort.model.places import office_key
from xlmalekort.problems import Severity
from xlmalekort.rollup.results import Unit
from xlmalekort.summary import words
from xlmalekort.summary.overview import delivery_line
from xlmalekort.summary.styles import BOLD, CELL, HEADING, INDENT, RIGHT

if TYPE_CHECKING:
    from xlmalekort.model.register import Office
    from xlmalekort.rollup.results import FileReport, FileState
    from xlmalekort.summary.book import Book, Page
    from xlmalekort.summary.view import View

SHEET = N_("Delivered")
_HEADING_ROW = 3
_COLUMNS = 9

State = Literal["counted", "rejected", "held", "ignored", "missing"]
_SYMBOL: dict[State, str] = {"rejected": "×", "held": "=", "missing": "?", "ignored": "–", "counted": "●"}
_WORD: dict[State, str] = {
    "counted": N_("counted"),
    "rejected": N_("rejected"),
    "held": N_("held: two that differ"),
    "ignored": N_("not counted"),
    "missing": N_("not delivered"),
}
_WORST_FIRST: tuple[State, ...] = ("missing", "rejected", "held", "counted", "ignored")
_NOT_UNTIL = N_("counted, but not up to {period}")


@dataclass(frozen=True, slots=True)
class _Delivery:
    """One line: an office and one of its files, or a file of no office."""

    office: str
    area: str
    file: str
    until: str
    reported: int | None
    expected: int | None
    errors: int
    others: int
    state: State
    is_late: bool = False

    @property
    def order(self) -> tuple[int, bool, int, int, str]:
        lacking = (self.expected or 0) - (self.reported or 0)
        return _WORST_FIRST.index(self.state), not self.is_late, -self.errors, -lacking, self.office


def write_deliveries(book: Book) -> None:
    """Write the sheet: a line for each office and file, files that belong to no office of the register among them."""
    texts, view = book.texts, book.view
    page = book.page(texts(SHEET), repeat=(_HEADING_ROW, _HEADING_ROW))
    page.head(f"{texts(SHEET)} · {view.period_name}", delivery_line(view))
    headings = [words.level_name(view.scorecard, level, texts) for level in (Level.OFFICE, Level.AREA)]
    headings += [texts("State"), texts("Delivered up to"), texts("Indicators reported"), texts("Indicators expected")]
    headings += [texts("Errors"), texts("Warnings and notes"), texts("File")]
    page.row(_HEADING_ROW, headings, HEADING)
    for column in range(4, 8):
        page.text(_HEADING_ROW, column, headings[column], HEADING, RIGHT)
    page.text(_HEADING_ROW, 8, headings[8], HEADING, INDENT)
    page.sheet.set_row(_HEADING_ROW, 32)
    lines = sorted(_deliveries(view), key=lambda each: each.order)
    for row, line in enumerate(lines, start=_HEADING_ROW + 1):
        _line(page, row, line)
    page.widths(
        max([22, *(len(line.office) + 2 for line in lines)]),
        max([18, *(len(line.area) + 2 for line in lines)]),
        max(len(_state_words(page, line)) for line in lines) + 2 if lines else 20,
        20,
        12,
        12,
        9,
        13,
        max([24, *(min(len(line.file), 70) + 2 for line in lines)]),
    )
    page.sheet.freeze_panes(_HEADING_ROW + 1, 1)
    page.sheet.autofilter(_HEADING_ROW, 0, _HEADING_ROW + max(len(lines), 1), _COLUMNS - 1)


def _line(page: Page, row: int, line: _Delivery) -> None:
    page.text(row, 0, line.office, CELL, BOLD)
    page.text(row, 1, line.area, CELL)
    page.text(row, 2, _state_words(page, line), CELL)
    page.text(row, 3, line.until, CELL)
    for column, number in enumerate((line.reported, line.expected, line.errors or None, line.others or None), start=4):
        page.number(row, column, number, CELL, RIGHT)
    page.text(row, 8, line.file, CELL, INDENT)


def _state_words(page: Page, line: _Delivery) -> str:
    texts = page.book.texts
    if line.is_late:
        return f"… {texts(_NOT_UNTIL, period=page.book.view.period_name)}"
    return f"{_SYMBOL[line.state]} {texts(_WORD[line.state])}"


def _deliveries(view: View) -> list[_Delivery]:
    by_office: dict[str, list[FileReport]] = {}
    for report in view.rollup.files:
        by_office.setdefault(office_key(report.checked.office or ""), []).append(report)
    found: list[_Delivery] = []
    severities: dict[str, Counter[bool]] = {}
    for problem in view.rollup.problems:
        severities.setdefault(problem.file or "", Counter())[problem.severity is Severity.ERROR] += 1
    for office in view.offices:
        reports = by_office.pop(office_key(office.name), [])
        best = _best(reports)
        found.append(_of_office(view, office, best, severities))
        found += [_of_file(report, severities, office) for report in reports if report is not best]
    found += [_of_file(report, severities, None) for reports in by_office.values() for report in reports]
    return found


_BEST_FIRST: tuple[FileState, ...] = ("counted", "held", "rejected", "ignored")


def _best(reports: list[FileReport]) -> FileReport | None:
    return min(reports, key=lambda report: _BEST_FIRST.index(report.state), default=None)


def _of_office(
    view: View, office: Office, report: FileReport | None, severities: dict[str, Counter[bool]]
) -> _Delivery:
    file = report.checked.file if report is not None else ""
    state: State = report.state if report is not None else "missing"
    reported, expected = _coverage(view, office)
    submission = view.submissions.get(office_key(office.name))
    until = ""
    if submission is not None and any(submission.figures):
        until = view.texts.date(submission.delivered_until)
        if submission.ready_for is not None:
            until = view.texts.period(submission.ready_for.code)
    counts = severities.get(file, Counter[bool]()) if report is not None else Counter[bool]()
    is_late = state == "counted" and not view.has_delivered(office)
    return _Delivery(
        office.name, office.area, file, until, reported, expected, counts[True], counts[False], state, is_late
    )


def _of_file(report: FileReport, severities: dict[str, Counter[bool]], office: Office | None) -> _Delivery:
    file = report.checked.file
    counts = severities.get(file, Counter[bool]())
    name = office.name if office is not None else report.checked.office or ""
    area = office.area if office is not None else ""
    return _Delivery(name, area, file, "", None, None, counts[True], counts[False], report.state)


def _coverage(view: View, office: Office) -> tuple[int, int]:
    """How many of the indicators that are held by offices, and due of it, the office has reported."""
    unit = Unit(Level.OFFICE, office.name)
    results = (view.result(each, unit) for each in view.scorecard.active if each.level is Level.OFFICE)
    expected = [
        result
        for result in results
        if result is not None and result.judgement.status not in (Status.NOT_APPLICABLE, Status.NOT_DUE)
    ]
    return sum(result.judgement.observed.is_reported for result in expected), len(expected)
