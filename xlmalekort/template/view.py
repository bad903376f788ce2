"""The hidden block that the scorecard sheet reads: what it shows for the chosen period, the trends and the charts' figures.

It stands on the calculation sheet, to the right of the steps. There is one row for each active indicator, grouped by
perspective as on the scorecard sheet, and each cell is a formula that follows the period chooser.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import TYPE_CHECKING

from xlmalekort.layout import look
from xlmalekort.layout.cells import a1, column_name
from xlmalekort.layout.office import CALC_FIRST_ROW, CALC_HEADING_ROW, SCORECARD_PERIOD, Calc, Sheet, range_a1
from xlmalekort.locale import N_
from xlmalekort.model.figure_kinds import Share
from xlmalekort.model.figures import Status
from xlmalekort.model.periods import Frequency, periods_of_year
from xlmalekort.template.calculation import calculation_cells
from xlmalekort.template.formulas import any_of
from xlmalekort.template.state import NOT_AVAILABLE, ConstantCell, FormulaCell
from xlmalekort.template.styles import RESULTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from xlmalekort.layout.office import OfficeLayout
    from xlmalekort.model.indicators import Indicator
    from xlmalekort.model.scorecard import Perspective
    from xlmalekort.template.state import OfficeState, Value

TREND_LENGTH = 12
_WITHOUT_RESULT = N_("no result")
_MOST_PERIODS = 12


class Col(IntEnum):
    """The columns of the block."""

    INDICATOR = len(Calc) + 1
    POSITION = INDICATOR + 1
    """Where in the calculation sheet's ranges the shown own period stands, from 1; 0 where there is none."""
    NOW = INDICATOR + 2
    """The code of the shown status; empty in the year before, which is never coloured."""
    STEP = INDICATOR + 3
    """1 where the status is better than for the period chosen before, -1 where it is worse, else 0."""
    REPORTED = INDICATOR + 4
    EXPECTED = INDICATOR + 5
    """1 where the indicator counts among those that should be reported."""
    TREND = INDICATOR + 6
    """The first of twelve columns of values, the last one that of the chosen period."""
    STATUS = INDICATOR + 18
    """The first of the columns of statuses, one for each period that can be chosen."""
    PERIODS = INDICATOR + 31
    PERIOD_NAMES = INDICATOR + 32
    STATUSES = INDICATOR + 33
    LABELS = INDICATOR + 34
    CHOSEN = INDICATOR + 35
    """Its first row holds the number of the chosen period, from 1; 0 where the chooser holds none of the list."""


CHOSEN_ROW = CALC_FIRST_ROW


def choosable_range(layout: OfficeLayout) -> str:
    """The codes of the periods that can be chosen, as a list rule names them."""
    return _column_range(layout, Col.PERIODS, len(layout.choosable))


def names_range(layout: OfficeLayout) -> str:
    """The names of the periods that can be chosen."""
    return _column_range(layout, Col.PERIOD_NAMES, len(layout.choosable))


def statuses_range(layout: OfficeLayout) -> str:
    """The codes of every status."""
    return _column_range(layout, Col.STATUSES, len(Status))


def labels_range(layout: OfficeLayout) -> str:
    """What readers see for each status."""
    return _column_range(layout, Col.LABELS, len(Status))


def view_range(layout: OfficeLayout, column: Col) -> str:
    """A column of the block over every indicator."""
    return _column_range(layout, column, len(shown_indicators(layout)))


def _column_range(layout: OfficeLayout, column: int, count: int) -> str:
    letters = column_name(column)
    return f"{layout.quoted(Sheet.CALCULATION)}!${letters}${CALC_FIRST_ROW + 1}:${letters}${CALC_FIRST_ROW + count}"


def shown_indicators(layout: OfficeLayout) -> tuple[Indicator, ...]:
    """The active indicators in the order of the scorecard sheet."""
    return tuple(layout.scorecard.indicator[key] for key in layout.scorecard_rows if not key.startswith("perspective:"))


def shown_perspectives(layout: OfficeLayout) -> tuple[Perspective, ...]:
    """The perspectives that have an active indicator, in order."""
    return tuple(each for each in layout.scorecard.perspectives if f"perspective:{each.id}" in layout.scorecard_rows)


def view_row(layout: OfficeLayout, indicator: str) -> int:
    """The block's row of an indicator."""
    return CALC_FIRST_ROW + [each.id for each in shown_indicators(layout)].index(indicator)


def _window(indicator: Indicator) -> int:
    """How many own periods a cohort waits before it can be judged."""
    return indicator.window_months // indicator.frequency.months


@dataclass(frozen=True)
class Series:
    """A row of figures that a chart draws, on the calculation sheet."""

    name: str
    row: int
    first_column: int
    last_column: int
    status: Status | None = None
    """The status that it counts; None for a line of values and for the indicators without a result."""


@dataclass(frozen=True)
class ChartBlock:
    """What the chart of a perspective draws. The labels of its periods stand in `labels`; `is_trend` asks for lines."""

    perspective: Perspective
    labels: Series
    series: tuple[Series, ...]
    is_trend: bool
    size: int
    """How many indicators the perspective has."""
    is_of_shares: bool = False
    """Whether every line lies between 0 and 100 per cent."""


@dataclass(frozen=True)
class View:
    """The block's cells, with what each comes to."""

    state: OfficeState

    @property
    def _layout(self) -> OfficeLayout:
        return self.state.layout

    @cached_property
    def calculation(self) -> tuple[FormulaCell | ConstantCell, ...]:
        """Every cell of the calculation sheet's steps."""
        return tuple(calculation_cells(self.state))

    @cached_property
    def calculated(self) -> Mapping[tuple[int, int], Value]:
        """Every value of the calculation sheet's steps, by row and column."""
        return {(cell.row, cell.column): cell.value for cell in self.calculation}

    @cached_property
    def chosen_number(self) -> int:
        """The number of the chosen period, from 1."""
        return self._layout.choosable.index(self.state.chosen) + 1

    def at(self, step: Calc, position: int) -> Value:
        """A step's value at a position, from 1; "" where there is nothing."""
        value = self.calculated.get((CALC_FIRST_ROW + position - 1, step.column))
        return "" if value is None else value

    # Positions

    @cached_property
    def _first_positions(self) -> Mapping[str, int]:
        firsts: dict[str, int] = {}
        for (indicator_id, _), row in self._layout.calc_rows.items():
            firsts.setdefault(indicator_id, row - CALC_FIRST_ROW + 1)
        return firsts

    def first_position(self, indicator: Indicator) -> int:
        """The position of the indicator's first period, which lies in the year before."""
        return self._first_positions[indicator.id]

    def own_position(self, indicator: Indicator, number: int) -> int:
        """The position of the latest own period that has ended when the chosen one ends; a month where it is held.

        Of a cohort it is the latest one whose window has closed by then.
        """
        per_year = self._per_year[indicator.frequency]
        ended = number * per_year // len(self._layout.choosable)
        first = self.first_position(indicator)
        return max(first, first + per_year + ended - 1 - _window(indicator))

    def _own_position_formula(self, indicator: Indicator, number: str) -> str:
        """The same for a number that a formula gives."""
        per_year = self._per_year[indicator.frequency]
        before = self.first_position(indicator) + per_year - 1 - _window(indicator)
        whole = per_year == len(self._layout.choosable)
        last = f"{before}+{number}" if whole else f"{before}+INT({number}*{per_year}/{len(self._layout.choosable)})"
        return last if _window(indicator) < per_year else f"MAX({self.first_position(indicator)},{last})"

    @cached_property
    def _per_year(self) -> Mapping[Frequency, int]:
        return {frequency: len(periods_of_year(self._layout.year, frequency)) for frequency in Frequency}

    def shown_position(self, indicator: Indicator, number: int) -> int:
        """The same; for what is reported when held the latest month with a figure, else the month itself."""
        last = self.own_position(indicator, number)
        if indicator.frequency is not Frequency.WHEN_HELD:
            return last
        first = self.first_position(indicator)
        held = [position for position in range(first, last + 1) if self.at(Calc.STATE, position) != 0]
        return held[-1] if held else last

    def _shown_position_formula(self, indicator: Indicator, number: str) -> str:
        """The position for a number that a formula gives, or that is fixed."""
        per_year = self._per_year[indicator.frequency]
        if number.isdigit():
            last = str(self.own_position(indicator, int(number)))
        else:
            last = self._own_position_formula(indicator, number)
        if indicator.frequency is not Frequency.WHEN_HELD:
            return last
        first = self.first_position(indicator)
        letters = column_name(Calc.STATE.column)
        top, bottom = CALC_FIRST_ROW + first, CALC_FIRST_ROW + first + 2 * per_year - 1
        states, rows = (
            f"${letters}${top}:${letters}${bottom}",
            f"ROW(${letters}${top}:${letters}${bottom})-{CALC_FIRST_ROW}",
        )
        latest = f"SUMPRODUCT(MAX(({states}<>0)*({rows}<={last})*({rows})))"
        return f"IF({latest}>0,{latest},{last})"

    # Cells

    def cells(self) -> Iterator[FormulaCell | ConstantCell]:
        """Every cell of the block."""
        yield from self._lists()
        for row, indicator in enumerate(shown_indicators(self._layout), CALC_FIRST_ROW):
            yield ConstantCell(Sheet.CALCULATION, row, Col.INDICATOR, indicator.id)
            yield from self._now(row, indicator)
            yield from self._trend(row, indicator)
            yield from self._statuses(row, indicator)
        yield from self._chart_cells()

    def _lists(self) -> Iterator[FormulaCell | ConstantCell]:
        layout, texts = self._layout, self.state.texts
        for column in Col:
            yield ConstantCell(Sheet.CALCULATION, CALC_HEADING_ROW, column, column.name.lower())
        for row, period in enumerate(layout.choosable, CALC_FIRST_ROW):
            yield ConstantCell(Sheet.CALCULATION, row, Col.PERIODS, period.code)
            yield ConstantCell(Sheet.CALCULATION, row, Col.PERIOD_NAMES, texts.period(period.code))
        for row, status in enumerate(Status, CALC_FIRST_ROW):
            yield ConstantCell(Sheet.CALCULATION, row, Col.STATUSES, str(status))
            yield ConstantCell(Sheet.CALCULATION, row, Col.LABELS, look.status_label(status, texts))
        chooser = f"TRIM({layout.absolute(Sheet.SCORECARD, SCORECARD_PERIOD)})"
        formula = f"IFERROR(MATCH({chooser},{choosable_range(layout)},0),0)"
        yield FormulaCell(Sheet.CALCULATION, CHOSEN_ROW, Col.CHOSEN, formula, self.chosen_number)

    @property
    def _chosen(self) -> str:
        return f"${column_name(Col.CHOSEN)}${CHOSEN_ROW + 1}"

    def index(self, step: Calc, position: str) -> str:
        """The formula of a step's value at a position."""
        return f"INDEX({self._layout.calc_range(step)},{position})"

    def can_reach_back(self, indicator: Indicator) -> bool:
        """Whether the shown period can lie in the year before."""
        return self.own_position(indicator, 1) < self.first_position(indicator) + self._per_year[indicator.frequency]

    def _now(self, row: int, indicator: Indicator) -> Iterator[FormulaCell]:
        number = self.chosen_number
        position = self.shown_position(indicator, number)
        found = self._shown_position_formula(indicator, self._chosen)
        yield self._cell(row, Col.POSITION, f"IF({self._chosen}=0,0,{found})", position)
        at = f"${column_name(Col.POSITION)}{row + 1}"
        now = self.at(Calc.STATUS, position)
        yield self._cell(row, Col.NOW, f'IF({at}=0,"",{self.index(Calc.STATUS, at)}&"")', now)
        yield self._step(row)
        state = self.at(Calc.STATE, position)
        is_exempt = now == str(Status.NOT_APPLICABLE)
        status_cell, reported_cell = (f"${column_name(column)}{row + 1}" for column in (Col.NOW, Col.REPORTED))
        there = f"IF({self.index(Calc.STATE, at)}>0,1,0)"
        reported = f'IF({at}=0,0,IF({status_cell}="{Status.NOT_APPLICABLE}",0,{there}))'
        yield self._cell(row, Col.REPORTED, reported, int(state != 0 and not is_exempt))
        otherwise, expects = ("1", True)
        if indicator.frequency is Frequency.WHEN_HELD:
            otherwise, expects = reported_cell, state != 0
        expected = f'IF({status_cell}="{Status.NOT_APPLICABLE}",0,{otherwise})'
        yield self._cell(row, Col.EXPECTED, expected, int(expects and not is_exempt))

    def _step(self, row: int) -> FormulaCell:
        """Compare the statuses of two neighbouring choices; one without a result compares with nothing."""
        codes = ",".join(f'"{status}"' for status in RESULTS)
        first, last = Col.STATUS, Col.STATUS + len(self._layout.choosable) - 1
        statuses = f"${column_name(first)}{row + 1}:${column_name(last)}{row + 1}"
        now = f"MATCH(INDEX({statuses},1,{self._chosen}),{{{codes}}},0)"
        before = f"MATCH(INDEX({statuses},1,{self._chosen}-1),{{{codes}}},0)"
        formula = f"IF({self._chosen}<2,0,IFERROR(SIGN({now}-{before}),0))"
        return self._cell(row, Col.STEP, formula, self.step(shown_indicators(self._layout)[row - CALC_FIRST_ROW]))

    def step(self, indicator: Indicator) -> int:
        """1 where an indicator's status is better than for the choice before, -1 where it is worse, else 0."""
        ranks = {str(status): rank for rank, status in enumerate(RESULTS)}
        if self.chosen_number == 1:
            return 0
        now, before = (
            ranks.get(str(self.at(Calc.STATUS, self.shown_position(indicator, number))))
            for number in (self.chosen_number, self.chosen_number - 1)
        )
        if now is None or before is None:
            return 0
        return (now > before) - (now < before)

    def _trend(self, row: int, indicator: Indicator) -> Iterator[FormulaCell]:
        first, per_year = self.first_position(indicator), self._per_year[indicator.frequency]
        own = self._own_position_formula(indicator, self._chosen)
        for place in range(TREND_LENGTH):
            back = TREND_LENGTH - 1 - place
            there = f"{own}-{back}" if back else own
            tests = [f"{self._chosen}=0"]
            # A whole year lies before the first period of this one, so months seldom reach back too far.
            if per_year <= back + _window(indicator):
                tests.append(f"{there}<{first}")
            tests += [f"AND({there}<{at},{own}>={at})" for at in self._break_positions(indicator)]
            formula = f'IF({any_of(tests)},"",{self.index(Calc.SHOWN, there)})'
            yield self._cell(row, Col.TREND + place, formula, self.trend_value(indicator, place))

    def trend_value(self, indicator: Indicator, place: int) -> Value:
        """A value of the trend; "" where there is none, or a break lies between it and the shown period."""
        own = self.own_position(indicator, self.chosen_number)
        position = own - (TREND_LENGTH - 1 - place)
        is_broken = any(position < at <= own for at in self._break_positions(indicator))
        return "" if position < self.first_position(indicator) or is_broken else self.at(Calc.SHOWN, position)

    def _break_positions(self, indicator: Indicator) -> tuple[int, ...]:
        """The positions of the first periods that are counted in another way than those before."""
        year = self._layout.year
        periods = [each for y in (year - 1, year) for each in periods_of_year(y, indicator.frequency)]
        first = self.first_position(indicator)
        found = (
            next((first + n for n, period in enumerate(periods) if period.end >= each.starts), None)
            for each in indicator.breaks
        )
        return tuple(position for position in found if position is not None and position > first)

    def _statuses(self, row: int, indicator: Indicator) -> Iterator[FormulaCell]:
        for number in range(1, len(self._layout.choosable) + 1):
            position = self._shown_position_formula(indicator, str(number))
            value = self.at(Calc.STATUS, self.shown_position(indicator, number))
            yield self._cell(row, Col.STATUS + number - 1, f'{self.index(Calc.STATUS, position)}&""', value)

    def _cell(self, row: int, column: int, formula: str, value: Value) -> FormulaCell:
        return FormulaCell(Sheet.CALCULATION, row, column, formula, value)

    # Charts

    @cached_property
    def charts(self) -> tuple[ChartBlock, ...]:
        """What the chart of each perspective draws; none for a perspective that has neither targets nor percentages."""
        layout, texts = self._layout, self.state.texts
        row = CALC_FIRST_ROW + max(len(shown_indicators(layout)), _MOST_PERIODS) + 2
        blocks = []
        for perspective in shown_perspectives(layout):
            members = [each for each in shown_indicators(layout) if each.perspective == perspective.id]
            if any(not each.is_undecided for each in members):
                last = Col.STATUS + len(layout.choosable) - 1
                kinds: tuple[Status | None, ...] = (Status.RED, Status.YELLOW, Status.GREEN, None)
                names = [texts(_WITHOUT_RESULT) if each is None else texts(look.STATUS_WORD[each]) for each in kinds]
                series = tuple(
                    Series(name, row + 1 + place, Col.STATUS, last, each)
                    for place, (name, each) in enumerate(zip(names, kinds, strict=True))
                )
                blocks.append(
                    ChartBlock(
                        perspective, Series("", row, Col.STATUS, last), series, is_trend=False, size=len(members)
                    )
                )
            else:
                percents = [each for each in members if each.is_percent]
                last = Col.TREND + TREND_LENGTH - 1
                series = tuple(
                    Series(f"{each.id} {each.title}", row + 1 + place, Col.TREND, last)
                    for place, each in enumerate(percents)
                )
                if not series:
                    continue
                blocks.append(
                    ChartBlock(
                        perspective,
                        Series("", row, Col.TREND, last),
                        series,
                        is_trend=True,
                        size=len(members),
                        is_of_shares=all(isinstance(e.figure, Share) and not e.figure.may_exceed for e in percents),
                    )
                )
            row += len(series) + 2
        return tuple(blocks)

    def _chart_cells(self) -> Iterator[FormulaCell | ConstantCell]:
        for block in self.charts:
            yield from self._lines(block) if block.is_trend else self._columns(block)

    def _columns(self, block: ChartBlock) -> Iterator[FormulaCell | ConstantCell]:
        layout, texts = self._layout, self.state.texts
        members = [each for each in shown_indicators(layout) if each.perspective == block.perspective.id]
        top, bottom = (view_row(layout, each.id) for each in (members[0], members[-1]))
        for number, period in enumerate(layout.choosable, 1):
            column = Col.STATUS + number - 1
            heading = texts.period_heading(period.code)
            yield ConstantCell(Sheet.CALCULATION, block.labels.row, column, heading)
            cells = range_a1((top, column), (bottom, column))
            found = [self.at(Calc.STATUS, self.shown_position(each, number)) for each in members]
            for series in block.series:
                if series.status is not None:
                    count, value = f'COUNTIF({cells},"{series.status}")', found.count(str(series.status))
                else:
                    above = range_a1((block.series[0].row, column), (block.series[-2].row, column))
                    count = f"{len(members)}-SUM({above})"
                    value = len(members) - sum(found.count(str(each)) for each in RESULTS)
                formula = f"IF({self._chosen}<{number},0,{count})"
                yield self._cell(series.row, column, formula, value if number <= self.chosen_number else 0)

    def _lines(self, block: ChartBlock) -> Iterator[FormulaCell]:
        """Values of percentages; a point that is not there is #N/A, which a chart leaves out where it would draw "" as 0."""
        layout = self._layout
        members = [
            each for each in shown_indicators(layout) if each.perspective == block.perspective.id and each.is_percent
        ]
        for place in range(TREND_LENGTH):
            column = Col.TREND + place
            yield self._line_label(block, place)
            for series, indicator in zip(block.series, members, strict=True):
                source = a1(view_row(layout, indicator.id), column)
                value = self.trend_value(indicator, place)
                formula = f"IF(ISNUMBER({source}),{source},NA())"
                yield self._cell(series.row, column, formula, NOT_AVAILABLE if value == "" else value)

    def _line_label(self, block: ChartBlock, place: int) -> FormulaCell:
        layout, texts = self._layout, self.state.texts
        headings = [texts.period_heading(period.code) for period in layout.choosable]
        listed = ",".join(f'"{heading}"' for heading in headings)
        count, back = len(headings), TREND_LENGTH - 1 - place
        # MOD of a negative number is positive in spreadsheets as in Python.
        formula = f'IF({self._chosen}=0,"",INDEX({{{listed}}},1,MOD({self._chosen}-{back + 1},{count})+1))'
        value = headings[(self.chosen_number - back - 1) % count]
        return self._cell(block.labels.row, Col.TREND + place, formula, value)
