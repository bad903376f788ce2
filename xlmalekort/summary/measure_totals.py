"""The sheet of base figures: every measure added up, by unit, for the shown period."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from xlmalekort.judging.values import rounded
from xlmalekort.layout.look import excel_number
from xlmalekort.locale import N_
from xlmalekort.model.measures import Level, TotalOf
from xlmalekort.rollup.measures import latest_period_of
from xlmalekort.rollup.results import Unit
from xlmalekort.summary.styles import CELL, HEADING, INDENT, MUTED, RIGHT, WRAP, numbers

if TYPE_CHECKING:
    from fractions import Fraction

    from xlmalekort.locale import Texts
    from xlmalekort.model.measures import Measure
    from xlmalekort.model.periods import Period
    from xlmalekort.rollup.results import MeasureTotal
    from xlmalekort.summary.book import Book, Page
    from xlmalekort.summary.view import View

SHEET = N_("Base figures")
_HEADING_ROW = 3
_WIDTHS = (22, 56, 12)
_DIFFERS = N_("≠ its parts, which come to {sum}")
_REPORTED_TOTAL = "REL-001"


def write_measure_totals(book: Book) -> None:
    """Write the sheet: a row for each measure, the highest units first, then the areas.

    What an area holds itself is no total; it is taken from the facts.
    """
    texts, view = book.texts, book.view
    page = book.page(texts(SHEET), repeat=(_HEADING_ROW, _HEADING_ROW))
    units = [*view.totals, *view.areas]
    page.widths(*_WIDTHS, *[max(13, len(unit.name) + 2 if len(unit.name) < 20 else 13) for unit in units], 40)  # noqa: PLR2004
    page.head(
        f"{texts(SHEET)} · {view.period_name}",
        texts("Sums of what the offices reported; empty where a number does not add up or nobody reported it."),
    )
    page.row(_HEADING_ROW, [texts("Id"), texts("Measure"), texts("Counted in")], HEADING)
    for column, unit in enumerate(units, start=3):
        page.text(_HEADING_ROW, column, unit.name, HEADING, RIGHT)
    page.text(_HEADING_ROW, len(units) + 3, texts("Note"), HEADING, INDENT)
    page.sheet.set_row(_HEADING_ROW, 32)
    totals = {(each.measure, each.period, each.unit): each for each in view.rollup.totals}
    own = {
        (fact.measure, fact.period, Unit(fact.level, fact.unit)): fact.value
        for fact in view.rollup.facts
        if fact.level is not Level.OFFICE
    }
    for row, measure in enumerate(view.scorecard.measures, start=_HEADING_ROW + 1):
        _line(page, row, measure, units, totals, own)
    page.sheet.freeze_panes(_HEADING_ROW + 1, 2)


_Own = dict[tuple[str, "Period", "Unit"], "Fraction"]
"""What is held by a unit itself: figures of an area, say."""
_Totals = dict[tuple[str, "Period", "Unit"], "MeasureTotal"]


def _line(page: Page, row: int, measure: Measure, units: list[Unit], totals: _Totals, own: _Own) -> None:
    view, texts = page.book.view, page.book.texts
    period = latest_period_of(view.scorecard, measure, view.period)
    page.text(row, 0, measure.id, CELL, MUTED)
    page.text(row, 1, measure.title, CELL, {"text_wrap": True})
    top = totals.get((measure.id, period, view.top))
    page.text(row, 2, _counted(top, texts), CELL)
    page.fitted(row, ("", measure.title), _WIDTHS)
    style = numbers(measure.unit, measure.decimals, texts)
    for column, unit in enumerate(units, start=3):
        total = totals.get((measure.id, period, unit))
        value = total.value if total is not None else own.get((measure.id, period, unit))
        number = None if value is None else excel_number(value, measure.unit)
        page.number(row, column, number, CELL, style, {"bold": True} if unit in view.totals else {})
    page.text(row, len(units) + 3, _note(view, measure, period, totals), CELL, WRAP, INDENT)


def _counted(total: MeasureTotal | None, texts: Texts) -> str:
    if total is None:
        return ""
    if total.expected is None:
        return str(total.reported)
    return texts("{reported} of {expected}", reported=total.reported, expected=total.expected)


def _note(view: View, measure: Measure, period: Period, totals: _Totals) -> str:
    """How a total that is reported elsewhere differs from its parts, for the highest unit and for the offices."""
    texts = view.texts
    notes = []
    relations = [each for each in view.scorecard.relations if isinstance(each, TotalOf) and each.total == measure.id]
    for relation in relations:
        whole = totals.get((measure.id, period, view.top))
        parts = [totals.get((part, period, view.top)) for part in relation.parts]
        values = [each.value for each in parts if each is not None and each.value is not None]
        if whole is None or whole.value is None or len(values) < len(parts):
            continue
        if sum(values) != whole.value:
            shown = texts.number(rounded(sum(values, start=values[0] * 0), measure.decimals), measure.decimals)
            notes.append(texts(_DIFFERS, sum=shown))
    if relations:
        at = Counter(
            problem.measure
            for problem in view.rollup.problems
            if problem.code == _REPORTED_TOTAL and problem.period == period.code
        )[measure.id]
        if at:
            notes.append(texts.plural("≠ its parts at {count} office", "≠ its parts at {count} offices", at))
    return "; ".join(notes)
