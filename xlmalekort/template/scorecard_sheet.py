"""The scorecard sheet: what an office looks at first.

Every formula looks up the hidden block (`xlmalekort.template.view`), which follows the period chooser; none can show an error.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from xlmalekort.judging.explain import unit_of
from xlmalekort.layout import look
from xlmalekort.layout.cells import a1, column_name
from xlmalekort.layout.deadlines import done_words, is_done
from xlmalekort.layout.office import (
    ACTIONS_FIRST_ROW,
    COMPUTED_BY,
    SCORECARD_AS_OF,
    SCORECARD_FIRST_ROW,
    SCORECARD_HEADING_ROW,
    SCORECARD_PERIOD,
    Calc,
    Sheet,
    range_a1,
)
from xlmalekort.locale import N_
from xlmalekort.model.figures import Status
from xlmalekort.model.measures import Unit
from xlmalekort.model.periods import Frequency
from xlmalekort.model.targets import Against, Milestone, Path
from xlmalekort.template.actions_sheet import ACTION_COLUMN, INDICATOR_COLUMN, STATE_COLUMN
from xlmalekort.template.asked import COMPUTED_BY_NAME, UNSURE, computed_by
from xlmalekort.template.formulas import concatenated, serial, text_literal
from xlmalekort.template.macros import REFRESH, REFRESH_MACRO, insert_button
from xlmalekort.template.page import refuse_typing, rule_message, rule_title, set_page, written
from xlmalekort.template.scorecard_charts import insert_charts
from xlmalekort.template.state import FormulaCell
from xlmalekort.template.styles import RESULTS, change_format
from xlmalekort.template.view import (
    CHOSEN_ROW,
    TREND_LENGTH,
    Col,
    View,
    choosable_range,
    labels_range,
    names_range,
    shown_indicators,
    statuses_range,
    view_range,
    view_row,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from xlsxwriter.worksheet import Worksheet

    from xlmalekort.model.indicators import Indicator
    from xlmalekort.template.page import Book
    from xlmalekort.template.state import OfficeState, Value

PERIOD_NAME = "mk_period"
AS_OF_NAME = "mk_as_of"


class Column(IntEnum):
    """The columns of the table."""

    NUMBER = 0
    TITLE = 1
    TARGET = 2
    RESULT = 3
    STATUS = 4
    PERIOD = 5
    CHANGE = 6
    TREND = 7
    WHY = 8
    NOW = 9
    RESPONSIBLE = 10
    ACTIONS = 11


_WIDTHS = {
    Column.NUMBER: 7,
    Column.TITLE: 34,
    Column.TARGET: 22,
    Column.RESULT: 12,
    Column.STATUS: 18,
    Column.PERIOD: 14,
    Column.CHANGE: 12,
    Column.TREND: 15,
    Column.WHY: 44,
    Column.NOW: 34,
    Column.RESPONSIBLE: 20,
    Column.ACTIONS: 11,
}
_HEADINGS = {
    Column.NUMBER: N_("No."),
    Column.TITLE: N_("Indicator"),
    Column.TARGET: N_("Target"),
    Column.RESULT: N_("Result"),
    Column.STATUS: N_("Status"),
    Column.PERIOD: N_("Figures from"),
    Column.CHANGE: N_("Change"),
    Column.TREND: N_("Last 12"),
    Column.WHY: N_("Why"),
    Column.NOW: N_("What now"),
    Column.RESPONSIBLE: N_("Responsible"),
    Column.ACTIONS: N_("Actions"),
}

_HEAD_LOOKS = {
    Column.RESULT: "head right indent",
    Column.STATUS: "head indent",
    Column.PERIOD: "head indent",
    Column.CHANGE: "head right indent",
    Column.TREND: "head center",
    Column.WHY: "head indent",
    Column.NOW: "head indent",
    Column.ACTIONS: "head center",
}
_LINE_HEIGHT = 13.5
_ACTION_ROWS_COUNTED = 1000

_GAP = "    "
MESSAGE = (3, 0)
SECOND_MESSAGE = (4, 0)
BUTTON = (1, Column.WHY)
STAMP = (1, Column.ACTIONS)
"""When the workbook was refreshed; Refresh writes it."""

SHOW_PERIOD = N_("Show period")
AS_OF = N_("As of")
AS_OF_HELP = N_("The day that decides which figures are overdue. Refresh scorecard sets it to today.")
CHOOSE_HELP = N_("Choose a period from the list, and the whole sheet follows.")
CHOOSE_FIRST = N_("Choose a period from the list above")
NOTHING_YET = N_("Nothing to judge yet for {period}")
RED_FIRST = N_("{red} of {all} red")
RED_SINCE = N_("{red} of {all} red; {better} better and {worse} worse since {period}")
NOTHING_AGREED = N_("No targets are agreed yet: figures are shown, nothing is coloured")
TALLY = N_("{reported} of {expected} reported")
WITHOUT_ACTION = N_("red without an action: {count}")
NO_ACTION = N_("None yet")
YEAR_BEFORE = N_("No period of this year has ended yet, so nothing is judged")
REFRESHED = N_("Refreshed {date}")
NOT_A_PERIOD = N_("That period is not in the list")
NOT_A_DAY = N_("Write a date.")


# Formulas


def scorecard_cells(view: View) -> Iterator[FormulaCell]:
    """Every formula of the sheet, with the value that it gives."""
    yield from _Table(view).cells()


class _Table:
    """The formulas of one sheet."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.state = view.state
        self.layout = view.state.layout
        self.texts = view.state.texts

    def cells(self) -> Iterator[FormulaCell]:
        for indicator in shown_indicators(self.layout):
            yield from self._row(indicator)
        yield self._message()
        yield self._second_message()

    def _cell(self, place: tuple[int, int], formula: str, value: Value) -> FormulaCell:
        return FormulaCell(Sheet.SCORECARD, *place, formula, value)

    def _row(self, indicator: Indicator) -> Iterator[FormulaCell]:
        row = self.layout.scorecard_rows[indicator.id]
        view = self.view
        position = view.shown_position(indicator, view.chosen_number)
        at = self.layout.absolute(Sheet.CALCULATION, (view_row(self.layout, indicator.id), Col.POSITION))

        def number(step: Calc) -> str:
            found = view.index(step, at)
            return f'IF({at}=0,"",IF(ISNUMBER({found}),{found},""))'

        yield self._target(row, at, position)
        yield self._cell((row, Column.RESULT), number(Calc.SHOWN), view.at(Calc.SHOWN, position))
        yield self._status(row, indicator, position)
        yield self._period(row, indicator, at, position)
        change = view.at(Calc.CHANGE, position)
        formula = number(Calc.CHANGE)
        if unit_of(self.state.scorecard, indicator) is Unit.PERCENT:
            found = view.index(Calc.CHANGE, at)
            formula = f'IF({at}=0,"",IF(ISNUMBER({found}),ROUND({found}*100,{indicator.decimals}),""))'
            change = round(change * 100, indicator.decimals) if isinstance(change, float) else change
        yield self._cell((row, Column.CHANGE), formula, change)
        yield self._why(row, indicator, at, position)
        now = self.view.index(Calc.NOW, at)
        yield self._cell((row, Column.NOW), f'IF({at}=0,"",{now}&"")', self.view.at(Calc.NOW, position))
        yield self._actions(row, indicator)

    def _why(self, row: int, indicator: Indicator, at: str, position: int) -> FormulaCell:
        """The reason; a figure of the year before has none, which is said."""
        why, value = f'{self.view.index(Calc.WHY, at)}&""', self.view.at(Calc.WHY, position)
        if self.view.can_reach_back(indicator):
            words = self.texts(YEAR_BEFORE)
            why = f'IF({self.view.index(Calc.STATUS, at)}&""="",{text_literal(words)},{why})'
            value = words if self.view.at(Calc.STATUS, position) == "" else value
        return self._cell((row, Column.WHY), f'IF({at}=0,"",{why})', value)

    def _target(self, row: int, at: str, position: int) -> FormulaCell:
        found = self.view.index(Calc.TARGET, at)
        return self._cell((row, Column.TARGET), f'IF({at}=0,"",{found}&"")', self.view.at(Calc.TARGET, position))

    def _status(self, row: int, indicator: Indicator, position: int) -> FormulaCell:
        code = self.layout.absolute(Sheet.CALCULATION, (view_row(self.layout, indicator.id), Col.NOW))
        formula = f'IFERROR(INDEX({labels_range(self.layout)},MATCH({code},{statuses_range(self.layout)},0)),"")'
        now = str(self.view.at(Calc.STATUS, position))
        return self._cell((row, Column.STATUS), formula, look.status_label(Status(now), self.texts) if now else "")

    def _period(self, row: int, indicator: Indicator, at: str, position: int) -> FormulaCell:
        """The name of the period that the figure is from, where that is not the chosen one."""
        name, chosen = self.view.index(Calc.NAME, at), f"TRIM({PERIOD_NAME})"
        differs = f"{self.view.index(Calc.PERIOD, at)}={chosen}"
        if indicator.frequency is Frequency.WHEN_HELD:
            # A month in which nothing was held is not worth naming.
            differs = f"OR({differs},{self.view.index(Calc.STATE, at)}=0)"
        formula = f'IF({at}=0,"",IF({differs},"",{name}&""))'
        is_same = self.view.at(Calc.PERIOD, position) == self.state.chosen.code
        is_idle = indicator.frequency is Frequency.WHEN_HELD and self.view.at(Calc.STATE, position) == 0
        value = "" if is_same or is_idle else self.view.at(Calc.NAME, position)
        return self._cell((row, Column.PERIOD), formula, value)

    def _actions(self, row: int, indicator: Indicator) -> FormulaCell:
        """How many actions are open; a word where a red indicator has none."""
        ids, taken, states = (
            f"{self.layout.quoted(Sheet.ACTIONS)}!${column_name(column)}${ACTIONS_FIRST_ROW + 1}"
            f":${column_name(column)}${ACTIONS_FIRST_ROW + _ACTION_ROWS_COUNTED}"
            for column in (INDICATOR_COLUMN, ACTION_COLUMN, STATE_COLUMN)
        )
        criterion = text_literal("=" + "".join(f"~{c}" if c in "*?~" else c for c in indicator.id))
        not_done = ",".join(f"{states},{text_literal('<>' + word)}" for word in done_words())
        count = f'COUNTIFS({ids},{criterion},{taken},"?*",{not_done})'
        code = self.layout.absolute(Sheet.CALCULATION, (view_row(self.layout, indicator.id), Col.NOW))
        nothing = text_literal(self.texts(NO_ACTION))
        formula = f'IF({count}>0,{count},IF({code}="{Status.RED}",{nothing},""))'
        return self._cell((row, Column.ACTIONS), formula, self._action_value(indicator))

    def _action_value(self, indicator: Indicator) -> Value:
        found = sum(
            each.indicator.casefold() == indicator.id.casefold() and bool(each.action) and not is_done(each)
            for each in self.state.submission.actions
        )
        if found:
            return found
        return self.texts(NO_ACTION) if self._now(indicator) == str(Status.RED) else ""

    def _now(self, indicator: Indicator) -> Value:
        return self.view.at(Calc.STATUS, self.view.shown_position(indicator, self.view.chosen_number))

    # The line that matters

    def _message(self) -> FormulaCell:
        layout, view, texts = self.layout, self.view, self.texts
        chosen = layout.absolute(Sheet.CALCULATION, (CHOSEN_ROW, Col.CHOSEN))
        choose = text_literal(texts(CHOOSE_FIRST))
        if all(each.is_undecided for each in shown_indicators(layout)):
            words = texts(NOTHING_AGREED)
            return self._cell(MESSAGE, f"IF({chosen}=0,{choose},{text_literal(words)})", words)
        now, step = view_range(layout, Col.NOW), view_range(layout, Col.STEP)
        slots = {
            "red": f'COUNTIF({now},"{Status.RED}")',
            "all": f'{len(shown_indicators(layout))}-COUNTIF({now},"{Status.NOT_APPLICABLE}")',
            "better": f"COUNTIF({step},1)",
            "worse": f"COUNTIF({step},-1)",
            "period": f"INDEX({names_range(layout)},{chosen}-1)",
        }
        slots["all"] = f"({slots['all']})"
        first, since = concatenated(texts(RED_FIRST), slots), concatenated(texts(RED_SINCE), slots)
        results = "+".join(f'COUNTIF({now},"{status}")' for status in RESULTS)
        nothing = concatenated(texts(NOTHING_YET), {"period": f"INDEX({names_range(layout)},{chosen})"})
        formula = f"IF({chosen}=0,{choose},IF({results}=0,{nothing},IF({chosen}<2,{first},{since})))"
        statuses = [self._now(each) for each in shown_indicators(layout)]
        steps = [view.step(each) for each in shown_indicators(layout)]
        if not any(str(status) in statuses for status in RESULTS):
            return self._cell(MESSAGE, formula, texts(NOTHING_YET, period=texts.period(self.state.chosen.code)))
        values = {
            "red": statuses.count(str(Status.RED)),
            "all": len(statuses) - statuses.count(str(Status.NOT_APPLICABLE)),
            "better": steps.count(1),
            "worse": steps.count(-1),
            "period": texts.period(layout.choosable[view.chosen_number - 2].code) if view.chosen_number > 1 else "",
        }
        message = RED_FIRST if view.chosen_number == 1 else RED_SINCE
        return self._cell(MESSAGE, formula, texts(message, **values))

    def _second_message(self) -> FormulaCell:
        """How many of each, how complete, how many cannot be used, and how many reds nobody has written an action for."""
        layout, texts = self.layout, self.texts
        now = view_range(layout, Col.NOW)
        rows = [layout.scorecard_rows[each.id] for each in shown_indicators(layout)]
        column = column_name(Column.ACTIONS)
        actions = f"${column}${min(rows) + 1}:${column}${max(rows) + 1}"
        statuses = [self._now(each) for each in shown_indicators(layout)]
        is_coloured = any(not each.is_undecided for each in shown_indicators(layout))
        pieces, words = [], []
        for status in RESULTS if is_coloured else ():
            pieces.append(f'{text_literal(look.status_label(status, texts) + " ")}&COUNTIF({now},"{status}")')
            words.append(f"{look.status_label(status, texts)} {statuses.count(str(status))}")
        pieces.append(
            concatenated(
                texts(TALLY),
                {
                    "reported": f"SUM({view_range(layout, Col.REPORTED)})",
                    "expected": f"SUM({view_range(layout, Col.EXPECTED)})",
                },
            )
        )
        words.append(texts(TALLY, **self._completeness()))
        unusable = f'COUNTIF({now},"{Status.REJECTED}")'
        label, place = look.status_label(Status.REJECTED, texts), f"({layout.title(Sheet.CONTROL)})"
        said = f"{text_literal(f'{_GAP}{label} ')}&{unusable}&{text_literal(f' {place}')}"
        pieces[-1] += f'&IF({unusable}=0,"",{said})'
        if count := statuses.count(str(Status.REJECTED)):
            words.append(f"{label} {count} {place}")
        nothing = text_literal(texts(NO_ACTION))
        if is_coloured:
            pieces.append(concatenated(texts(WITHOUT_ACTION), {"count": f"COUNTIF({actions},{nothing})"}))
            bare = [self._action_value(each) for each in shown_indicators(layout)].count(texts(NO_ACTION))
            words.append(texts(WITHOUT_ACTION, count=bare))
        chosen = layout.absolute(Sheet.CALCULATION, (CHOSEN_ROW, Col.CHOSEN))
        formula = f'IF({chosen}=0,"",{f"&{text_literal(_GAP)}&".join(pieces)})'
        return self._cell(SECOND_MESSAGE, formula, _GAP.join(words))

    def _completeness(self) -> dict[str, int]:
        reported = expected = 0
        for indicator in shown_indicators(self.layout):
            position = self.view.shown_position(indicator, self.view.chosen_number)
            has_figure = self.view.at(Calc.STATE, position) != 0
            is_exempt = self._now(indicator) == str(Status.NOT_APPLICABLE)
            reported += has_figure and not is_exempt
            expected += not is_exempt and (has_figure or indicator.frequency is not Frequency.WHEN_HELD)
        return {"reported": reported, "expected": expected}


# The sheet


def write_scorecard_sheet(book: Book, sheet: Worksheet, view: View) -> None:
    """Write the whole sheet; its formulas are those of `scorecard_cells`."""
    _write_head(book, sheet)
    _write_frame(book, sheet)
    formulas = {(cell.row, cell.column): cell for cell in _Table(view).cells()}
    for perspective in book.state.scorecard.perspectives:
        row = book.state.layout.scorecard_rows.get(f"perspective:{perspective.id}")
        if row is not None:
            _write_perspective(book, sheet, row, perspective.title, perspective.secures or "")
    for indicator in shown_indicators(book.state.layout):
        _write_indicator(book, sheet, indicator, formulas)
    for place, base in ((MESSAGE, "message"), (SECOND_MESSAGE, "subtitle")):
        _write(sheet, formulas[place], book.styles(base))
    _colour(book, sheet)
    last = max(book.state.layout.scorecard_rows.values(), default=SCORECARD_HEADING_ROW)
    insert_charts(book, sheet, view.charts, last + 2)
    if book.state.has_macros:
        _write_button(book, sheet)
    set_page(book, sheet, heading_row=SCORECARD_HEADING_ROW, zoom=85)
    sheet.activate()


def _write(sheet: Worksheet, cell: FormulaCell, style: object) -> None:
    sheet.write_formula(cell.row, cell.column, "=" + cell.formula, style, cell.value)


def _write_head(book: Book, sheet: Worksheet) -> None:
    styles, texts, state = book.styles, book.state.texts, book.state
    sheet.set_row(0, 27)
    sheet.write_string(0, 0, state.submission.office, styles("title"))
    sheet.write_string(1, 0, f"{state.scorecard.title}  ·  {state.submission.year}", styles("subtitle"))
    sheet.write_string(*STAMP, str(scorecard_output(state)[STAMP]), styles(written("note right", state)))
    refuse_typing(book, sheet, [(STAMP, STAMP)])
    row, column = SCORECARD_PERIOD
    sheet.set_row(row, 24)
    sheet.set_row(MESSAGE[0], 27)
    sheet.set_row(SECOND_MESSAGE[0], 22)
    sheet.write_string(row, column - 1, texts(SHOW_PERIOD), styles("label indent"))
    sheet.write_string(row, column, state.chosen.code, styles("input text center bold", font_size=12))
    sheet.data_validation(
        row,
        column,
        row,
        column,
        {
            "validate": "list",
            "source": "=" + choosable_range(state.layout),
            "input_message": rule_message(texts(CHOOSE_HELP)),
            "error_title": rule_title(texts(NOT_A_PERIOD)),
            "error_message": rule_message(texts(CHOOSE_HELP)),
        },
    )
    row, column = SCORECARD_AS_OF
    sheet.write_string(row, column - 1, texts(AS_OF), styles("label indent"))
    sheet.write_number(row, column, serial(state.today), styles("input day center"))
    sheet.data_validation(
        row,
        column,
        row,
        column,
        {
            "validate": "date",
            "criteria": ">=",
            "value": "=DATE(1950,1,1)",
            "input_message": rule_message(texts(AS_OF_HELP)),
            "error_title": rule_title(texts(AS_OF)),
            "error_message": rule_message(texts(NOT_A_DAY)),
        },
    )
    for name, cell in ((PERIOD_NAME, SCORECARD_PERIOD), (AS_OF_NAME, SCORECARD_AS_OF)):
        book.workbook.define_name(name, "=" + state.layout.absolute(Sheet.SCORECARD, cell))


def _write_button(book: Book, sheet: Worksheet) -> None:
    """The button, and who has worked the statuses out; a disagreement between the two is red."""
    styles, texts = book.styles, book.state.texts
    insert_button(sheet, BUTTON, REFRESH_MACRO, texts(REFRESH), (6, 5))
    cell = computed_by(book.state)
    sheet.write_formula(cell.row, cell.column, "=" + cell.formula, styles("note right"), cell.value)
    book.workbook.define_name(COMPUTED_BY_NAME, "=" + book.state.layout.absolute(Sheet.SCORECARD, COMPUTED_BY))
    rule = {
        "type": "formula",
        "criteria": f'=LEFT({a1(*COMPUTED_BY)},1)="{UNSURE}"',
        "format": styles.part(font_color=look.RED.ink, bold=True),
    }
    sheet.conditional_format(cell.row, cell.column, cell.row, cell.column, rule)


def _write_frame(book: Book, sheet: Worksheet) -> None:
    styles, texts = book.styles, book.state.texts
    sheet.set_row(SCORECARD_HEADING_ROW, 22)
    for column, width in _WIDTHS.items():
        sheet.set_column(column, column, width)
        sheet.write_string(
            SCORECARD_HEADING_ROW, column, texts(_HEADINGS[column]), styles(_HEAD_LOOKS.get(column, "head"))
        )
    sheet.freeze_panes(SCORECARD_FIRST_ROW, Column.TARGET)


def _write_perspective(book: Book, sheet: Worksheet, row: int, title: str, secures: str) -> None:
    styles = book.styles
    sheet.set_row(row, 21)
    for column in Column:
        sheet.write_blank(row, column, None, styles("band"))
    sheet.write_string(row, Column.NUMBER, title, styles("band"))
    sheet.write_string(row, Column.TARGET, secures, styles("band small", bold=False, font_color=look.MUTED_INK))


def _write_indicator(
    book: Book, sheet: Worksheet, indicator: Indicator, formulas: Mapping[tuple[int, int], FormulaCell]
) -> None:
    styles, layout, texts = book.styles, book.state.layout, book.state.texts
    row = layout.scorecard_rows[indicator.id]
    unit = unit_of(book.state.scorecard, indicator)
    sheet.set_row(row, _height(indicator))
    sheet.write_string(row, Column.NUMBER, indicator.id, styles("row note"))
    _write_title(book, sheet, row, indicator)
    sheet.write_string(row, Column.RESPONSIBLE, indicator.responsible or "", styles("row note wrap"))
    looks = {
        Column.TARGET: styles("row small wrap"),
        Column.RESULT: styles(
            "row right bold indent",
            num_format=look.number_format(unit, indicator.decimals, indicator.is_signed, texts.percent_sign),
            font_size=12,
        ),
        Column.STATUS: styles("row none indent"),
        Column.PERIOD: styles("row note wrap indent"),
        Column.CHANGE: styles("row right indent", num_format=change_format(unit, indicator.decimals, texts)),
        Column.WHY: styles("row small wrap indent"),
        Column.NOW: styles("row small wrap indent"),
        Column.ACTIONS: styles("row center"),
    }
    for column, style in looks.items():
        _write(sheet, formulas[row, column], style)
    sheet.write_blank(row, Column.TREND, None, styles("row"))
    source = (view_row(layout, indicator.id), int(Col.TREND))
    sheet.add_sparkline(
        row,
        Column.TREND,
        {
            "range": f"{layout.quoted(Sheet.CALCULATION)}!{range_a1(source, (source[0], source[1] + TREND_LENGTH - 1))}",
            "type": "column",
            "series_color": look.TREND_INK,
            "last_point": True,
            "last_color": look.TREND_LAST_INK,
            **({"axis": True, "negative_points": False} if indicator.is_signed else {"min": 0}),
        },
    )


def _write_title(book: Book, sheet: Worksheet, row: int, indicator: Indicator) -> None:
    """The title, indented where it breaks another indicator down, and under it what kind of goal it is."""
    styles = book.styles
    style = styles("row wrap indent") if indicator.part_of else styles("row wrap")
    if indicator.goal_kind is None:
        sheet.write_string(row, Column.TITLE, indicator.title, style)
        return
    kind = styles.part(font_color=look.MUTED_INK, font_size=9)
    sheet.write_rich_string(row, Column.TITLE, f"{indicator.title}\n", kind, indicator.goal_kind, style)


def _height(indicator: Indicator) -> float:
    """The height of a row: two lines, and more where the reasons name what is compared with, or two of them are given."""
    lines = 2
    if indicator.also is not None:
        lines = 4
    elif any(isinstance(each, Against | Milestone) for each in indicator.targets):
        lines = 3
    if indicator.reach_by is not None or any(isinstance(each, Path) for each in indicator.targets):
        lines = max(lines, 3)
    return lines * _LINE_HEIGHT + 3


def _colour(book: Book, sheet: Worksheet) -> None:
    rows = book.state.layout.scorecard_rows.values()
    if not rows:
        return
    first, last = min(rows), max(rows)
    status = f"${column_name(Column.STATUS)}{first + 1}"
    for each in RESULTS:
        tone = look.STATUS_TONE[each]
        rule = {
            "type": "formula",
            "criteria": f'=LEFT({status},1)="{look.STATUS_SYMBOL[each]}"',
            "format": book.styles.part(font_color=tone.ink, bg_color=tone.fill, bold=True),
        }
        sheet.conditional_format(first, Column.STATUS, last, Column.STATUS, rule)
    tone = look.RED
    actions = a1(first, Column.ACTIONS)
    sheet.conditional_format(
        first,
        Column.ACTIONS,
        last,
        Column.ACTIONS,
        {
            "type": "formula",
            "criteria": f'={actions}="{book.state.texts(NO_ACTION)}"',
            "format": book.styles.part(
                font_color=tone.ink, bg_color=tone.fill, bold=True, border=1, border_color=tone.ink
            ),
        },
    )


def scorecard_output(state: OfficeState) -> dict[tuple[int, int], Value]:
    """What Refresh writes on the sheet beside the formulas' results: the day, and when it was refreshed."""
    return {
        SCORECARD_AS_OF: serial(state.today),
        STAMP: state.texts(REFRESHED, date=state.texts.date(state.today)),
    }
