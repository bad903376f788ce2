"""The sheet of definitions: what each indicator counts, what it is held against, when it is ready and whose it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlmalekort.judging.explain import unit_of
from xlmalekort.layout.office import Sheet
from xlmalekort.locale import N_
from xlmalekort.model.measures import Level
from xlmalekort.model.periods import Frequency, periods_of_year
from xlmalekort.template.lookup_table import NOT_SAID, TABLE_FIRST_ROW, TABLE_HEADING_ROW, write_headings, write_row
from xlmalekort.template.page import set_page, write_title
from xlmalekort.template.styles import unit_word
from xlmalekort.template.words import (
    agreed_words,
    by_step,
    frequency_words,
    level_words,
    origin_words,
    ready_words,
    special_words,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.worksheet import Worksheet

    from xlmalekort.model.indicators import Indicator
    from xlmalekort.template.lookup_table import Columns
    from xlmalekort.template.page import Book

_TITLE_COLUMN = 1
_TO_NOTE = (N_("To note"), 27.0)
_HELD_FOR = (N_("Held for"), 11.0)
_COLUMNS: Columns = (
    (N_("No."), 6.5),
    (N_("Indicator"), 24),
    (N_("What is counted"), 48),
    (N_("Unit"), 7.5),
    (N_("Target"), 26),
    (N_("Yellow zone"), 21),
    _TO_NOTE,
    (N_("How often and when ready"), 22),
    (N_("Goal set by"), 11),
    _HELD_FOR,
    (N_("Source, and who fetches and enters"), 26),
    (N_("Responsible"), 21),
)
BEING_DEVELOPED = N_("Being developed: no figures are asked for yet.")
FROM_PERIOD = N_("from {period}: {words}")
WHEN_READY = N_("{frequency}; ready {rule}")
GROUP_OF = N_("{group} (part of {whole})")


def write_definitions_sheet(book: Book, sheet: Worksheet) -> None:
    """One row for each indicator, those that are still being developed included. Columns that would be empty are left out."""
    styles, state = book.styles, book.state
    write_title(book, sheet, state.layout.title(Sheet.DEFINITIONS))
    sheet.write_string(2, 0, state.scorecard.title, styles("note"))
    columns = _columns(book)
    write_headings(book, sheet, columns)
    row = TABLE_FIRST_ROW
    for perspective in state.scorecard.perspectives:
        members = state.scorecard.of_perspective(perspective.id)
        if not members:
            continue
        sheet.set_row(row, 20)
        for column in range(len(columns)):
            sheet.write_blank(row, column, None, styles("band"))
        sheet.write_string(row, 0, perspective.title, styles("band"))
        row += 1
        for indicator in members:
            _write_definition(book, sheet, row, indicator, columns)
            row += 1
    sheet.freeze_panes(TABLE_FIRST_ROW, 2)
    set_page(book, sheet, heading_row=TABLE_HEADING_ROW, zoom=80)


def _columns(book: Book) -> Columns:
    scorecard = book.state.scorecard
    empty = set()
    if not any(special_words(each, book.state.texts) for each in scorecard.indicators):
        empty.add(_TO_NOTE)
    if all(each.level is Level.OFFICE for each in scorecard.indicators):
        empty.add(_HELD_FOR)
    return tuple(column for column in _COLUMNS if column not in empty)


def _write_definition(book: Book, sheet: Worksheet, row: int, indicator: Indicator, columns: Columns) -> None:
    found = dict(zip((heading for heading, _ in _COLUMNS), _definition(book, indicator), strict=True))
    values = [found[heading] for heading, _ in columns]
    write_row(book, sheet, row, values, columns)
    if what_kind := _kind_words(book, indicator):
        bold, plain, cell = book.styles("small bold"), book.styles("note"), book.styles("row wrap top bold small")
        sheet.write_rich_string(row, _TITLE_COLUMN, bold, indicator.title, plain, f"\n{what_kind}", cell)


def _kind_words(book: Book, indicator: Indicator) -> str:
    """What kind of goal an indicator is, and whom it is about."""
    group = indicator.group or ""
    if indicator.part_of and group:
        group = book.state.texts(GROUP_OF, group=group, whole=indicator.part_of)
    return "\n".join(each for each in (indicator.goal_kind, group) if each)


def _definition(book: Book, indicator: Indicator) -> tuple[str, ...]:
    """The texts of a row, one for each column that there can be."""
    state, texts = book.state, book.state.texts
    scorecard = state.scorecard
    periods = periods_of_year(state.layout.year, indicator.frequency)
    steps = by_step(scorecard, indicator, periods, state.place, texts)
    frequency = frequency_words(indicator.frequency, texts)
    if indicator.frequency is not Frequency.WHEN_HELD:
        rule = ready_words(indicator.ready, indicator.delay_months, texts)
        frequency = texts(WHEN_READY, frequency=frequency, rule=rule)
    people = dict.fromkeys(person for person in (indicator.fetched_by, indicator.entered_by) if person)
    what = indicator.definition if indicator.active else f"{texts(BEING_DEVELOPED)} {indicator.definition}"
    target = (_stepwise(book, [(start.code, words) for start, words, _ in steps]), *agreed_words(state, indicator))
    return (
        indicator.id,
        "\n".join(each for each in (indicator.title, _kind_words(book, indicator)) if each),
        what,
        unit_word(unit_of(scorecard, indicator), texts),
        "\n".join(target),
        _stepwise(book, [(start.code, yellow) for start, _, yellow in steps]),
        "\n".join(special_words(indicator, texts)),
        frequency,
        origin_words(indicator, texts),
        level_words(scorecard, indicator.level),
        "\n".join(dict.fromkeys((indicator.source or texts(NOT_SAID), ", ".join(people) or texts(NOT_SAID)))),
        indicator.responsible or texts(NOT_SAID),
    )


def _stepwise(book: Book, steps: Sequence[tuple[str, str]]) -> str:
    """The words of each step on a line of its own, said once where they never change."""
    distinct = [step for place, step in enumerate(steps) if place == 0 or step[1] != steps[place - 1][1]]
    if len(distinct) == 1:
        return distinct[0][1]
    texts = book.state.texts
    return "\n".join(texts(FROM_PERIOD, period=texts.period(code), words=words) for code, words in distinct)
