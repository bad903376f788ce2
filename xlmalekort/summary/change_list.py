"""The sheet of changes, causes first: whole offices, then published figures that were changed, then the results that moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlmalekort.judging.explain import unit_of
from xlmalekort.judging.values import rounded
from xlmalekort.layout import look
from xlmalekort.layout.look import excel_number
from xlmalekort.locale import N_, P_
from xlmalekort.locale.told import DayText, Joined
from xlmalekort.rollup.changes import ChangedFigure, ChangedOffice, Kind
from xlmalekort.summary.styles import BOLD, CELL, HEADING, INDENT, LEAD, NOTE, RIGHT, WRAP, numbers, status_style

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from xlmalekort.locale import Texts
    from xlmalekort.model.figures import Source, Status
    from xlmalekort.model.measures import Unit as Quantity
    from xlmalekort.rollup.changes import ChangedResult, Changes
    from xlmalekort.summary.book import Book, Page
    from xlmalekort.summary.styles import Style

SHEET = N_("Changes")
RESULT = N_("result")
WHOLE_OFFICE = N_("whole office")
GONE = P_("{count} figure is not counted any more", "{count} figures are not counted any more")
BACK = P_("{count} figure is counted now that was not then", "{count} figures are counted now that were not then")
KIND_WORD = {
    Kind.CORRECTED: N_("figure corrected"),
    Kind.WITHDRAWN: N_("figure withdrawn"),
    Kind.LATE: N_("figure late"),
    Kind.ADDED: N_("figure not due then"),
}
_COUNTED = {
    Kind.CORRECTED: P_("{count} figure corrected", "{count} figures corrected"),
    Kind.WITHDRAWN: P_("{count} figure withdrawn", "{count} figures withdrawn"),
    Kind.LATE: P_("{count} figure late", "{count} figures late"),
    Kind.ADDED: P_("{count} figure that was not due then", "{count} figures that were not due then"),
}
NOTHING = N_("Nothing that was published has changed.")
OTHER_YEAR = N_("The published summary is about {year}; nothing could be compared.")
OTHER_EDITION = N_("The definition has been changed since; what both know is compared.")
MOST_ROWS = 1_048_576
_HEADING_ROW = 4
_WIDTHS = (18, 20, 20, 16, 42, 15, 11, 11, 18, 18, 28, 26, 26)
_UNIT, _TITLE, _THEN, _NOW, _STATUS, _WHY = 1, 4, 6, 7, 8, 10
_MOST_NAMES = 5
_KINDS = (Kind.WITHDRAWN, Kind.CORRECTED, Kind.LATE, Kind.ADDED)


def write_changes(book: Book, *, most_rows: int = MOST_ROWS) -> None:
    """Write the sheet, what was done before what moved because of it; none where nothing that was published is compared with.

    Where a sheet cannot hold them all, the last line says how many were left out.
    """
    changes = book.view.rollup.changes
    if changes is None:
        return
    texts = book.texts
    page = book.page(texts(SHEET), repeat=(_HEADING_ROW, _HEADING_ROW))
    page.widths(*_WIDTHS)
    page.head(f"{texts(SHEET)} · {_since(changes, texts)}")
    page.text(1, 0, _lead(changes, texts), LEAD)
    page.text(2, 0, _remark(changes, texts), NOTE)
    headings = [texts("What"), texts("Unit"), texts("Changed by"), texts("Id"), texts("Title"), texts("Period")]
    headings += [texts("Then"), texts("Now"), texts("Status then"), texts("Status now"), texts("Why")]
    page.row(_HEADING_ROW, [*headings, texts("Cell then"), texts("Cell now")], HEADING)
    page.text(_HEADING_ROW, _THEN, texts("Then"), HEADING, RIGHT)
    page.text(_HEADING_ROW, _NOW, texts("Now"), HEADING, RIGHT)
    page.text(_HEADING_ROW, _STATUS, texts("Status then"), HEADING, INDENT)
    page.text(_HEADING_ROW, _STATUS + 1, texts("Status now"), HEADING, INDENT)
    page.text(_HEADING_ROW, _WHY, texts("Why"), HEADING, INDENT)
    lines = _lines(changes)
    room = most_rows - _HEADING_ROW - 1
    shown = lines if len(lines) <= room else lines[: room - 1]
    for row, line in enumerate(shown, start=_HEADING_ROW + 1):
        if isinstance(line, ChangedOffice):
            _Line(page, row).office(line)
        elif isinstance(line, ChangedFigure):
            _Line(page, row).figure(line)
        else:
            _Line(page, row).result(line)
    if len(shown) < len(lines):
        left_out = texts.plural(
            "{count} more change does not fit on the sheet",
            "{count} more changes do not fit on the sheet",
            len(lines) - len(shown),
        )
        page.text(most_rows - 1, 0, left_out, LEAD)
    page.sheet.freeze_panes(_HEADING_ROW + 1, 2)
    page.sheet.autofilter(_HEADING_ROW, 0, _HEADING_ROW + max(len(shown), 1), len(_WIDTHS) - 1)


def _lines(changes: Changes) -> list[ChangedOffice | ChangedFigure | ChangedResult]:
    """Whole offices, the figures that none of these tells of, then those that one does, and the results last."""
    told = {figure for office in changes.offices for figure in office.figures}
    figures = sorted(changes.figures, key=lambda each: (each in told, _KINDS.index(each.kind)))
    return [*changes.offices, *figures, *changes.results]


def _since(changes: Changes, texts: Texts) -> str:
    published = changes.published
    file = Joined([published.file, *([DayText(published.today.isoformat())] if published.today else [])], ", ")
    return texts("since {published}", published=file)


def _lead(changes: Changes, texts: Texts) -> str:
    """How much has changed, in one line."""
    if changes.is_other_year:
        return texts(OTHER_YEAR, year=changes.published.year)
    if not changes.results and not changes.figures:
        return texts(NOTHING)
    results = texts.plural("{count} result moved", "{count} results moved", len(changes.results))
    counts = [(forms, changes.count(kind)) for kind, forms in _COUNTED.items()]
    return ", ".join([results, *(texts.plural(*forms, count) for forms, count in counts if count)])


def _remark(changes: Changes, texts: Texts) -> str:
    if changes.is_other_edition and not changes.is_other_year:
        return texts(OTHER_EDITION)
    return ""


class _Line:
    """One line of the list: an office, a figure and a result have the same columns."""

    def __init__(self, page: Page, row: int) -> None:
        self._page = page
        self._row = row
        self._texts = page.book.texts
        self._scorecard = page.book.view.scorecard

    def office(self, office: ChangedOffice) -> None:
        """Write in one line what became of all figures of an office."""
        texts = self._texts
        said = texts.plural(*(GONE if office.is_gone else BACK), len(office.figures))
        named = (office.office, office.office, "", said, "")
        self._start(texts(WHOLE_OFFICE), named, bold=(_UNIT, _TITLE))
        for column in range(_THEN, _WHY):
            self._page.text(self._row, column, "", CELL)
        self._end(named, office.reason.told(texts), "", "")

    def result(self, result: ChangedResult) -> None:
        """Write a result that moved, its value as it is shown."""
        indicator, texts = result.indicator, self._texts
        quantity, decimals = unit_of(self._scorecard, indicator), indicator.decimals
        then = result.then.value if result.then is not None else None
        now = result.now.judgement.value if result.now is not None else None
        values = [None if each is None else rounded(each, decimals) for each in (then, now)]
        named = (result.unit.name, _listed(result.by), indicator.id, indicator.title, texts.period(result.period.code))
        self._start(texts(RESULT), named)
        self._values(values, quantity, numbers(quantity, decimals, texts, signed=indicator.is_signed))
        self._status(_STATUS, result.status_then)
        self._status(_STATUS + 1, result.status)
        self._end(named, result.why.told(texts), "", "")

    def figure(self, figure: ChangedFigure) -> None:
        """Write a figure that was changed, with its cells."""
        measure, texts = self._scorecard.measure[figure.measure], self._texts
        named = (figure.unit.name, figure.office, measure.id, measure.title, texts.period(figure.period.code))
        self._start(texts(KIND_WORD[figure.kind]), named)
        style = numbers(measure.unit, measure.decimals, texts)
        self._values([figure.value_then, figure.value], measure.unit, style)
        self._status(_STATUS, None)
        self._status(_STATUS + 1, None)
        why = figure.reason.told(texts) if figure.reason is not None else ""
        self._end(named, why, _place(figure.source_then), _place(figure.source))

    def _start(self, what: str, named: Sequence[str], *, bold: Sequence[int] = (_UNIT,)) -> None:
        for column, text in enumerate((what, *named)):
            self._page.text(self._row, column, text, CELL, WRAP, BOLD if column in bold else {})

    def _values(self, values: Sequence[Fraction | None], quantity: Quantity, style: Style) -> None:
        for column, value in zip((_THEN, _NOW), values, strict=True):
            number = None if value is None else excel_number(value, quantity)
            self._page.number(self._row, column, number, CELL, style, {"valign": "top"})

    def _status(self, column: int, status: Status | None) -> None:
        label = look.status_label(status, self._texts) if status is not None else ""
        self._page.text(
            self._row, column, label, CELL, WRAP, INDENT, status_style(status) if status is not None else {}
        )

    def _end(self, named: Sequence[str], why: str, then: str, now: str) -> None:
        for column, text in enumerate((why, then, now), start=_WHY):
            self._page.text(self._row, column, text, CELL, WRAP, INDENT if column == _WHY else {})
        self._page.fitted(self._row, ("", *named, "", "", "", "", why, then, now), _WIDTHS)


def _listed(names: Sequence[str]) -> str:
    return ", ".join([*names[:_MOST_NAMES], *(["…"] if len(names) > _MOST_NAMES else [])])


def _place(source: Source | None) -> str:
    return f"{source.file}, {source.sheet} {source.cell}" if source is not None else ""
