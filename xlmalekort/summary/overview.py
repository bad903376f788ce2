"""The first sheet: which region and period, how complete, the line that matters, and the region's line of each indicator."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from xlmalekort.judging.explain import unit_of
from xlmalekort.layout import look
from xlmalekort.locale import N_
from xlmalekort.model.figures import Status
from xlmalekort.model.measures import Level
from xlmalekort.model.measures import Unit as Quantity
from xlmalekort.summary import words
from xlmalekort.summary.styles import (
    BAND,
    BOLD,
    CELL,
    CENTER,
    HEADING,
    INDENT,
    LEAD,
    MUTED,
    NOTE,
    PLAIN,
    RIGHT,
    TITLE,
    TOTAL,
    numbers,
    status_style,
)
from xlmalekort.template.macros import ROLL_UP, ROLL_UP_MACRO, insert_button

if TYPE_CHECKING:
    from xlmalekort.model.indicators import Indicator
    from xlmalekort.rollup.results import Result, Unit
    from xlmalekort.summary.book import Book, Page
    from xlmalekort.summary.styles import Style
    from xlmalekort.summary.trend import Trends
    from xlmalekort.summary.view import View

SHEET = N_("Overview")
_WIDTHS = (7, 44, 20, 11, 13, 13, 19, 17, 19, 22)
_TREND = len(_WIDTHS) - 1
_NUMBERS = (3, 4, 5, 8)
_HEADING_ROW = 5
_RESULTS = (Status.GREEN, Status.YELLOW, Status.RED)
_NAMED_OFFICES = 3
_LINE_HEIGHT = 17
_FOLD: Style = {"text_wrap": True}
_ROWS_ON_ONE_PAPER = 50


def open_overview(book: Book) -> Page:
    """The sheet, empty, so that it comes first; `write_overview` fills it once it is known where the trends stand."""
    return book.page(book.texts(SHEET))


def write_button(page: Page) -> None:
    """The button that rolls the region up anew, at the top right."""
    insert_button(page.sheet, (0, _TREND - 1), ROLL_UP_MACRO, page.book.texts(ROLL_UP), (20, 4))


def write_overview(page: Page, trends: Trends) -> None:
    """Fill the sheet."""
    view, texts = page.book.view, page.book.texts
    page.widths(*_WIDTHS)
    page.text(0, 0, view.scorecard.title, TITLE)
    page.sheet.set_row(0, 24)
    page.text(1, 0, f"{', '.join(top.name for top in view.tops)} · {view.period_name}", LEAD)
    page.text(2, 0, delivery_line(view), PLAIN)
    page.text(3, 0, message_line(view), LEAD)
    headings = [texts("Id"), texts("Indicator"), texts("Target"), texts("Value"), texts("Numerator")]
    headings += [texts("Denominator"), texts("Status"), texts("Counted in"), texts("Since the period before")]
    page.row(_HEADING_ROW, [*headings, texts("Last twelve periods")], HEADING, CENTER)
    for column, heading in enumerate(headings):
        page.text(
            _HEADING_ROW,
            column,
            heading,
            HEADING,
            RIGHT if column in _NUMBERS else INDENT if column > _NUMBERS[0] else {},
        )
    page.sheet.set_row(_HEADING_ROW, 32)
    page.sheet.freeze_panes(_HEADING_ROW + 1, 2)
    row = _HEADING_ROW + 1
    for top in view.tops:
        row = _indicators(page, row, top, trends)
    last = _goal_kinds(page, _areas(page, row + 1))
    if last <= _ROWS_ON_ONE_PAPER:
        page.sheet.fit_to_pages(1, 1)
    else:
        page.sheet.repeat_rows(_HEADING_ROW)


def delivery_line(view: View) -> str:
    """How complete the delivery is: `19 of 20 offices have delivered; 1 rejected, 0 held`."""
    texts, rollup = view.texts, view.rollup
    delivered = sum(view.has_delivered(office) for office in view.offices)
    counts = {"rejected": rollup.count("rejected"), "held": rollup.count("held")}
    if not rollup.register.is_given:
        return texts(
            "{delivered} offices have delivered (no register says how many there are); rejected: {rejected}, held: {held}",
            delivered=delivered,
            **counts,
        )
    return texts(
        "{delivered} of {expected} offices have delivered; rejected: {rejected}, held: {held}",
        delivered=delivered,
        expected=len(view.offices),
        **counts,
    )


def message_line(view: View) -> str:
    """The one line that matters: how many are red, and where most of them are."""
    texts = view.texts
    lines = []
    for top in view.tops:
        tally = view.tally(top)
        if not any(tally[status] for status in _RESULTS):
            lines.append(texts("{unit}: no indicator has a result to judge", unit=top.name))
            continue
        slots = {"unit": top.name, "all": len(view.scorecard.active), "red": tally[Status.RED]}
        slots |= {"yellow": tally[Status.YELLOW], "green": tally[Status.GREEN]}
        lines.append(texts("{unit}: {red} of {all} red, {yellow} yellow, {green} green", **slots))
    if view.most_red:
        named = ", ".join(f"{name} ({count})" for name, count in view.most_red[:_NAMED_OFFICES])
        lines.append(texts("most red: {offices}", offices=named))
    return "; ".join(lines)


def _indicators(page: Page, row: int, top: Unit, trends: Trends) -> int:
    view = page.book.view
    if len(view.tops) > 1:
        page.row(row, [words.unit_title(view.scorecard, top, view.texts), *[""] * _TREND], HEADING)
        row += 1
    for perspective in view.scorecard.perspectives:
        indicators = [each for each in view.scorecard.of_perspective(perspective.id) if each.active]
        if not indicators:
            continue
        page.row(row, [perspective.title, *[""] * _TREND], BAND)
        for indicator in indicators:
            row += 1
            _line(page, row, indicator, top)
            _sparkline(page, row, trends, (top, indicator.id))
        row += 1
    return row


def _line(page: Page, row: int, indicator: Indicator, top: Unit) -> None:
    view, texts = page.book.view, page.book.texts
    scorecard, result = view.scorecard, view.result(indicator, top)
    own = view.own_period(indicator)
    title = indicator.title if own == view.period else f"{indicator.title} ({texts.period(own.code)})"
    target = words.target(scorecard, indicator, result, texts)
    depth = words.depth(scorecard, indicator)
    page.sheet.set_row(row, _LINE_HEIGHT)
    page.fitted(row, ["", title, target], [_WIDTHS[0], _WIDTHS[1] - 2 * depth, _WIDTHS[2]])
    page.text(row, 0, indicator.id, CELL)
    page.text(row, 1, title, CELL, _FOLD, {"indent": depth})
    band_less = result is None or all(each.band is None for each in result.judgement.conditions)
    page.text(row, 2, target, CELL, _FOLD, MUTED if band_less else {})
    quantity = unit_of(scorecard, indicator)
    value_style = numbers(quantity, indicator.decimals, texts, signed=indicator.is_signed)
    if result is not None and result.is_withheld:
        page.text(row, 3, words.symbol(result), CELL, MUTED, RIGHT)
    else:
        page.number(row, 3, words.shown_value(scorecard, result), CELL, value_style, BOLD)
    pairs = zip(words.parts(result), words.part_decimals(scorecard, indicator), strict=True)
    for column, (part, decimals) in enumerate(pairs, start=4):
        page.number(row, column, None if part is None else float(part), CELL, numbers(Quantity.COUNT, decimals, texts))
    if result is None:
        page.text(row, 6, "", CELL)
    else:
        status = result.judgement.status
        page.text(row, 6, look.status_label(status, texts), CELL, INDENT, status_style(status))
    page.text(row, 7, words.coverage(result, texts), CELL, INDENT, BOLD if result and result.is_partial else {})
    _change(page, row, indicator, result, view.rollup.result.get((indicator.id, own.previous, top)))


def _change(page: Page, row: int, indicator: Indicator, now: Result | None, before: Result | None) -> None:
    moved = words.movement(now, before)
    if moved is None:
        page.text(row, 8, "", CELL)
        return
    quantity = unit_of(page.book.view.scorecard, indicator)
    number_format = words.movement_format(indicator, quantity, moved, page.book.texts)
    page.number(row, 8, float(moved.by), CELL, INDENT, RIGHT, {"num_format": number_format})


def _sparkline(page: Page, row: int, trends: Trends, key: tuple[Unit, str]) -> None:
    page.text(row, _TREND, "", CELL)
    options = {
        "range": trends.ranges[key],
        "type": "column",
        "series_color": look.TREND_INK,
        "last_point": True,
        "last_color": look.TREND_LAST_INK,
        "empty_cells": "gaps",
    }
    if trends.is_negative(key):
        options |= {"axis": True, "negative_points": True, "negative_color": look.TREND_INK}
    else:
        options |= {"min": 0}
        if trends.is_share(key):
            options |= {"max": 1}
    page.sheet.add_sparkline(row, _TREND, options)


def _areas(page: Page, row: int) -> int:
    view, texts = page.book.view, page.book.texts
    if not view.areas:
        return row
    page.text(row, 0, texts("Areas"), TITLE)
    row += 1
    headings = ["", words.level_name(view.scorecard, Level.AREA, texts), texts("Offices delivered")]
    headings += [look.status_label(status, texts) for status in _RESULTS]
    headings += [texts("No result"), texts("Most red")]
    page.row(row, headings, HEADING)
    page.sheet.set_row(row, 32)
    for column in range(2, 7):
        page.text(row, column, headings[column], HEADING, CENTER)
    for column in (8, 9):
        page.text(row, column, "", HEADING)
    for group in view.groups:
        if group.area is None:
            continue
        row += 1
        delivered = sum(view.has_delivered(office) for office in group.offices)
        count = texts(words.COVERAGE, reported=delivered, expected=len(group.offices))
        names = {office.name for office in group.offices}
        red = [f"{name} ({number})" for name, number in view.most_red if name in names][:2]
        page.row(row, ["", group.area.name], CELL, BOLD)
        page.text(row, 2, count if view.rollup.register.is_given else str(delivered), CELL, CENTER)
        _counts(page, row, view.tally(group.area), CELL)
        _span(page, row, ", ".join(red), CELL)
    for top in reversed(view.totals):
        row += 1
        page.row(row, ["", top.name, ""], CELL, TOTAL)
        _counts(page, row, view.tally(top), TOTAL)
        _span(page, row, "", TOTAL)
    page.text(row + 1, 1, texts("Counts of indicators in {period}.", period=view.period_name), NOTE)
    return row + 2


def _goal_kinds(page: Page, row: int) -> int:
    """Count results by the kind of goal, where the scorecard tells kinds apart; the row after."""
    view, texts = page.book.view, page.book.texts
    kinds = dict.fromkeys(each.goal_kind for each in view.scorecard.active if each.goal_kind)
    if not kinds:
        return row
    page.text(row + 1, 0, texts("Kinds of goals"), TITLE)
    headings = ["", texts("Kind of goal"), texts("Indicators")]
    headings += [look.status_label(status, texts) for status in _RESULTS]
    row += 2
    page.row(row, [*headings, texts("No result")], HEADING)
    for column in range(2, 7):
        page.text(row, column, [*headings, texts("No result")][column], HEADING, CENTER)
    for top in view.tops:
        for kind in kinds:
            row += 1
            goals = [each for each in view.scorecard.active if each.goal_kind == kind]
            name = kind if len(view.tops) == 1 else f"{top.name}: {kind}"
            page.row(row, ["", name], CELL, BOLD)
            page.number(row, 2, len(goals), CELL, CENTER)
            results = (view.result(each, top) for each in goals)
            _counts(page, row, Counter(each.judgement.status for each in results if each is not None), CELL)
    return row + 2


def _counts(page: Page, row: int, tally: Counter[Status], style: Style) -> None:
    for column, status in enumerate(_RESULTS, start=3):
        count = tally[status] or None
        page.number(row, column, count, CELL, style, CENTER, status_style(status) if count else {})
    rest = sum(count for status, count in tally.items() if not status.is_result)
    page.number(row, 6, rest or None, CELL, style, CENTER)


def _span(page: Page, row: int, text: str, style: Style) -> None:
    page.text(row, 7, text, CELL, style)
    for column in (8, 9):
        page.text(row, column, "", CELL, style)
