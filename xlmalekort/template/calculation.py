"""The two hidden sheets: checked figures, and the steps from figures to status, each formula with its computed value.

The formulas follow the same rules as Python: `intake.numbers` decides which cells hold a figure, `judging.values.observe` what is
reported, `judging.judge` the status, `judging.explain` the reason. A real spreadsheet program proves it in the tests.

Only functions that Excel 2016 and LibreOffice 7.4 have, and no TEXT(), whose codes change with the locale.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from xlmalekort.intake.numbers import LARGEST, NOISE, rule_of
from xlmalekort.judging.bands import Band, resolve_band
from xlmalekort.judging.explain import (
    AT_LEAST,
    AT_MOST,
    CONTROL_TITLE,
    EXEMPT,
    GREEN,
    MISSING,
    NO_CASES,
    NO_PLAN,
    NO_REFERENCE,
    RED_ABOVE,
    RED_BELOW,
    RED_WITHOUT_YELLOW,
    REFERENCE_ZERO,
    REJECTED,
    TOO_FEW,
    UNDECIDED,
    UNDECIDED_VALUE,
    YELLOW,
    band_slots,
    explain,
    not_due_sentence,
    red_message,
    reference_name,
    unit_mark,
    unit_of,
)
from xlmalekort.judging.judge import band_as_shown
from xlmalekort.judging.values import compared_period, own_measures, rounded
from xlmalekort.layout.cells import a1, column_name
from xlmalekort.layout.office import SCORECARD_AS_OF, Calc, OfficeLayout, Sheet
from xlmalekort.model.base import exact
from xlmalekort.model.figures import Status
from xlmalekort.model.measures import Role, Unit
from xlmalekort.model.periods import Frequency, ready_date
from xlmalekort.model.scorecard import Amount, Change, Deviation, Share
from xlmalekort.model.targets import OwnTarget
from xlmalekort.template.formulas import concatenated, number_literal, serial, text_literal
from xlmalekort.template.state import ConstantCell, FormulaCell

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from xlmalekort.judging.judge import Judgement
    from xlmalekort.layout.office import Line
    from xlmalekort.locale import Texts
    from xlmalekort.model.figures import Figure
    from xlmalekort.model.measures import Measure
    from xlmalekort.model.periods import Period
    from xlmalekort.model.scorecard import Indicator, Scorecard
    from xlmalekort.template.state import OfficeState, Value

CLOCK = (0, 0)
"""The cell of the sheet of figures that stands for the clock: the "per dato" of the scorecard sheet, if it holds a day."""
UNUSABLE = "?"
"""What the sheet of figures shows for a cell that holds something, but no figure."""


# The sheet of figures


def figure_cells(state: OfficeState) -> Iterator[FormulaCell]:
    """The clock, and for every input cell of a measure the checked figure: a number, "" for nothing, "?" for unusable.

    A cell stands under the same address as on the input sheet; the year before stands to the right of that.
    """
    layout = state.layout
    as_of = layout.absolute(Sheet.SCORECARD, SCORECARD_AS_OF)
    yield FormulaCell(
        Sheet.FIGURES, *CLOCK, f"IF(ISNUMBER({as_of}),{as_of},{serial(state.today)})", serial(state.today)
    )
    year, earlier = state.submission.figures, state.submission.reference
    for measure, period, row, column, formula in _figure_formulas(layout):
        figures = year if period.year == layout.year else earlier
        value = _figure_value(measure, figures.get((measure.id, period)))
        yield FormulaCell(Sheet.FIGURES, row, column, formula, value)


@lru_cache(maxsize=8)
def _figure_formulas(layout: OfficeLayout) -> tuple[tuple[Measure, Period, int, int, str], ...]:
    """Measure, period, row, column and formula of every checked figure; all offices share them."""
    earlier_offset = len(layout.periods) + 1
    return tuple(
        (
            line.measure,
            period,
            line.row,
            layout.column_of[period] + offset,
            _checked_figure(layout, sheet, line, period),
        )
        for line in layout.lines
        if line.measure is not None
        for sheet, periods, offset in (
            (Sheet.INPUT, layout.periods, 0),
            (Sheet.HISTORY, layout.earlier_periods, earlier_offset),
        )
        for period in periods
        if layout.has_cell(line, period)
    )


def _figure_value(measure: Measure, figure: Figure | None) -> Value:
    if figure is None:
        return ""
    if figure.value is None:
        return UNUSABLE
    return float(figure.value / 100 if measure.unit is Unit.PERCENT else figure.value)


def _checked_figure(layout: OfficeLayout, sheet: Sheet, line: Line, period: Period) -> str:
    """The rule of `intake.numbers` for one cell."""
    measure = line.measure
    if measure is None:
        raise AssertionError(line.id)
    cell = f"{layout.quoted(sheet)}!{a1(line.row, layout.column_of[period])}"
    rule = rule_of(measure)
    limits = [f"{{x}}>{number_literal(exact(rule.maximum))}"]
    limits.append(f"{{x}}<-{LARGEST}" if rule.may_be_negative else "{x}<0")
    limits.append(f"ABS({{x}}-ROUND({{x}},{rule.decimals}))>={NOISE:f}")
    bad = f"OR({','.join(limits)})".format(x=cell)
    number = f'IF({bad},"{UNUSABLE}",ROUND({cell},{rule.decimals}))'
    trimmed = f"TRIM({cell})"
    digits = (
        f'SUMPRODUCT(LEN({trimmed})-LEN(SUBSTITUTE({trimmed},{{"0","1","2","3","4","5","6","7","8","9"}},"")))'
        f"=LEN({trimmed})"
    )
    read = f"VALUE({trimmed})"
    usable = f"AND(LEN({trimmed})<=9,{digits})"
    if measure.maximum is not None:
        read = f'IF({read}>{measure.maximum},"{UNUSABLE}",{read})'
    text = f'"{UNUSABLE}"' if rule.is_percent else f'IF({usable},{read},"{UNUSABLE}")'
    checked = f'IF(ISNUMBER({cell}),{number},IF(ISTEXT({cell}),{text},"{UNUSABLE}"))'
    if sheet is Sheet.INPUT and measure.role is Role.FIGURE:
        clock = f"${column_name(CLOCK[1])}${CLOCK[0] + 1}"
        checked = f'IF({serial(period.start)}>{clock},"{UNUSABLE}",{checked})'
    # A blank is nothing, and so is a text of blanks; an error is neither.
    return f'IF(ISBLANK({cell}),"",IF(IF(ISTEXT({cell}),{trimmed}="",FALSE),"",{checked}))'


# The calculation sheet


@dataclass(frozen=True, slots=True)
class _Row:
    """One indicator and period of the calculation sheet."""

    layout: OfficeLayout
    indicator: Indicator
    period: Period
    band: Band | None
    """The band that the definition alone gives; None where the target is undecided or the office's own."""

    def cell(self, step: Calc) -> str:
        return self.layout.calc_reference(self.indicator.id, self.period, step)

    def earlier(self, step: Calc, period: Period) -> str | None:
        """The same step of another period, None where the sheet does not reach back to it."""
        if (self.indicator.id, period) not in self.layout.calc_rows:
            return None
        return self.layout.calc_reference(self.indicator.id, period, step)

    @property
    def is_this_year(self) -> bool:
        return self.period.year == self.layout.year

    @property
    def has_own_target(self) -> bool:
        return isinstance(self.indicator.target, OwnTarget)

    @property
    def shift(self) -> int:
        """How many decimals further left an Excel percentage has its point."""
        return 2 if self.unit is Unit.PERCENT else 0

    @property
    def unit(self) -> Unit:
        return unit_of(self.layout.scorecard, self.indicator)

    @property
    def figures(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The cells of the upper and of the lower part on the sheet of figures."""
        parts = [measures for _, measures in self.indicator.figure.parts]
        upper, lower = parts[0], parts[1] if len(parts) > 1 else ()
        return self._cells(upper), self._cells(lower)

    def _cells(self, measures: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(self.layout.figure_reference(measure, self.period) for measure in measures)

    @property
    def scales(self) -> tuple[int, int]:
        """The powers of ten that make the parts whole numbers; floats of whole numbers are exact."""
        decimals = [
            max(_stored_decimals(self.layout.scorecard, measure) for measure in measures)
            for _, measures in self.indicator.figure.parts
        ]
        if isinstance(self.indicator.figure, Share | Deviation):
            return max(decimals), max(decimals)
        return decimals[0], decimals[-1]


def _stored_decimals(scorecard: Scorecard, measure: str) -> int:
    found = scorecard.measure[measure]
    return found.decimals + (2 if found.unit is Unit.PERCENT else 0)


def calculation_cells(state: OfficeState) -> Iterator[FormulaCell | ConstantCell]:
    """One row for each indicator and period, one column for each step; the year before has values and no status."""
    constants, formulas = _constants(state.layout), _formulas(state.layout)
    for (indicator_id, period), row in state.layout.calc_rows.items():
        judgement = state.judgements[indicator_id, period]
        values = _values(state, judgement)
        for step, constant in constants[indicator_id, period].items():
            yield ConstantCell(Sheet.CALCULATION, row, step.column, constant)
        for step, formula in formulas[indicator_id, period].items():
            yield FormulaCell(Sheet.CALCULATION, row, step.column, formula, values[step])


@lru_cache(maxsize=8)
def _constants(layout: OfficeLayout) -> Mapping[tuple[str, Period], dict[Calc, Value]]:
    """The values of every row that no formula gives. As with formulas, all offices share them."""
    return {
        (indicator_id, period): _row_constants(layout, layout.scorecard.indicator[indicator_id], period)
        for indicator_id, period in layout.calc_rows
    }


def _row_constants(layout: OfficeLayout, indicator: Indicator, period: Period) -> dict[Calc, Value]:
    constants: dict[Calc, Value] = {
        Calc.KEY: f"{indicator.id}|{period}",
        Calc.INDICATOR: indicator.id,
        Calc.PERIOD: period.code,
        Calc.NAME: layout.texts.period(period.code),
        Calc.END: serial(period.end),
    }
    if indicator.frequency is not Frequency.WHEN_HELD:
        constants[Calc.READY] = serial(ready_date(period, indicator.ready, indicator.delay_months))
    if period.year == layout.year and not isinstance(indicator.target, OwnTarget):
        band = _fixed_band(layout.scorecard, indicator, period)
        constants |= {
            step: edge for step, edge in _edges(band, indicator, layout.scorecard).items() if edge is not None
        }
    return constants


def _fixed_band(scorecard: Scorecard, indicator: Indicator, period: Period) -> Band | None:
    band = resolve_band(indicator, period)
    return band_as_shown(band, indicator.decimals) if band and scorecard.comparison == "as_shown" else band


def _edges(band: Band | None, indicator: Indicator, scorecard: Scorecard) -> dict[Calc, float | None]:
    if band is None:
        return {}
    in_excel = Fraction(1, 100) if unit_of(scorecard, indicator) is Unit.PERCENT else Fraction(1)
    ends = {
        Calc.GREEN_LOW: band.green.low,
        Calc.GREEN_HIGH: band.green.high,
        Calc.OUTER_LOW: band.outer.low,
        Calc.OUTER_HIGH: band.outer.high,
    }
    return {step: None if end is None else float(end * in_excel) for step, end in ends.items()}


@lru_cache(maxsize=8)
def _formulas(layout: OfficeLayout) -> Mapping[tuple[str, Period], dict[Calc, str]]:
    """The formulas of every row. They depend on the definition and the year alone, so all offices share them."""
    return {
        (indicator_id, period): _row_formulas(
            _Row(
                layout,
                layout.scorecard.indicator[indicator_id],
                period,
                _fixed_band(layout.scorecard, layout.scorecard.indicator[indicator_id], period),
            )
        )
        for indicator_id, period in layout.calc_rows
    }


def _row_formulas(row: _Row) -> dict[Calc, str]:
    upper, lower = row.figures
    formulas = {
        Calc.UPPER: _sum_formula(upper, row.scales[0]),
        Calc.STATE: _state_formula(row),
        Calc.VALUE: _value_formula(row),
        Calc.SHOWN: f"IF(ISNUMBER({row.cell(Calc.VALUE)}),ROUND({row.cell(Calc.VALUE)},"
        f'{row.indicator.decimals + row.shift}),"")',
        Calc.CHANGE: _change_formula(row),
    }
    if lower:
        formulas[Calc.LOWER] = _sum_formula(lower, row.scales[1])
    if isinstance(row.indicator.figure, Change):
        formulas[Calc.REFERENCE] = _reference_formula(row, row.indicator.figure)
    if row.is_this_year:
        if row.has_own_target:
            formulas |= _own_edges(row)
        formulas[Calc.STATUS] = _status_formula(row)
        formulas[Calc.WHY] = _why_formula(row)
    return formulas


def _sum_formula(cells: tuple[str, ...], scale: int) -> str:
    """The sum of cells as a whole number, "" unless every one holds a number."""
    factor = f"*{10**scale}" if scale else ""
    if len(cells) == 1:
        total = f"ROUND({cells[0]}{factor},0)" if scale else cells[0]
        return f'IF(ISNUMBER({cells[0]}),{total},"")'
    listed = ",".join(cells)
    total = f"ROUND(SUM({listed}){factor},0)" if scale else f"SUM({listed})"
    return f'IF(COUNT({listed})={len(cells)},{total},"")'


def _state_formula(row: _Row) -> str:
    """0 where nothing was reported, 1 where the figure is whole, 2 where it is rejected."""
    scorecard = row.layout.scorecard
    own = row._cells(own_measures(scorecard)[row.indicator.id])  # noqa: SLF001 - a method of this module's own row
    filled = [f'{cell}<>""' for cell in own]
    reported = f"OR({','.join(filled)})" if len(filled) > 1 else filled[0]
    upper, lower = row.cell(Calc.UPPER), row.cell(Calc.LOWER)
    state = "1"
    if isinstance(row.indicator.figure, Share) and not row.indicator.figure.may_exceed:
        state = f"IF({upper}>{lower},2,1)"
    if isinstance(row.indicator.figure, Share | Deviation):
        state = f'IF({lower}="",2,{state})'
    elif row.figures[1]:
        unusable = "+".join(f'({cell}="{UNUSABLE}")' for cell in row.figures[1])
        state = f"IF({unusable}>0,2,{state})"
    return f'IF({reported},IF({upper}="",2,{state}),0)'


def _reference_formula(row: _Row, figure: Change) -> str:
    cell = row.earlier(Calc.UPPER, compared_period(figure, row.period))
    return f'IF(ISNUMBER({cell}),{cell},"")' if cell else '""'


def _value_formula(row: _Row) -> str:
    state, upper, lower, reference = (row.cell(step) for step in (Calc.STATE, Calc.UPPER, Calc.LOWER, Calc.REFERENCE))
    match row.indicator.figure:
        case Amount():
            value = f"{upper}/{10 ** row.scales[0]}" if row.scales[0] else upper
        case Share():
            value = f'IF({lower}=0,"",{upper}/{lower})'
        case Deviation():
            value = f'IF({lower}=0,"",({upper}-{lower})/{lower})'
        case _:
            value = f'IF(ISNUMBER({reference}),IF({reference}=0,"",({upper}-{reference})/{reference}),"")'
    return f'IF({state}=1,{value},"")'


def _change_formula(row: _Row) -> str:
    """The value less that of the period before, as one fraction of whole numbers, rounded once."""
    before = row.period.previous
    earlier_value = row.earlier(Calc.VALUE, before)
    earlier_upper = row.earlier(Calc.UPPER, before)
    if earlier_value is None or earlier_upper is None:
        return '""'
    divisor = Calc.REFERENCE if isinstance(row.indicator.figure, Change) else Calc.LOWER
    upper, lower = row.cell(Calc.UPPER), row.cell(divisor)
    if isinstance(row.indicator.figure, Amount):
        change = f"({upper}-{earlier_upper})/{10 ** row.scales[0]}"
    else:
        earlier_lower = row.earlier(divisor, before)
        change = f"({upper}*{earlier_lower}-{earlier_upper}*{lower})/({lower}*{earlier_lower})"
    decimals = row.indicator.decimals + row.shift
    return f'IF(AND(ISNUMBER({row.cell(Calc.VALUE)}),ISNUMBER({earlier_value})),ROUND({change},{decimals}),"")'


def _own_edges(row: _Row) -> dict[Calc, str]:
    """The office's own target and zone, "" unless both are there and the zone lies on the right side."""
    target = row.indicator.target
    if not isinstance(target, OwnTarget):
        raise TypeError(target)
    own = row.layout.figure_reference(target.target, row.period)
    zone = row.layout.figure_reference(target.yellow, row.period)
    in_order = f"{zone}<={own}" if target.better == "higher" else f"{zone}>={own}"
    decimals = row.indicator.decimals + row.shift
    green, outer = (Calc.GREEN_LOW, Calc.OUTER_LOW) if target.better == "higher" else (Calc.GREEN_HIGH, Calc.OUTER_HIGH)

    def edge(cell: str) -> str:
        return f'IF(COUNT({own},{zone})=2,IF({in_order},ROUND({cell},{decimals}),""),"")'

    return {green: edge(own), outer: edge(zone)}


def _status_formula(row: _Row) -> str:
    indicator = row.indicator
    state, value = row.cell(Calc.STATE), row.cell(Calc.VALUE)
    if indicator.frequency is Frequency.WHEN_HELD:
        absent = f'"{Status.NOT_DUE}"'
    else:
        clock = row.layout.absolute(Sheet.FIGURES, CLOCK)
        absent = f'IF({clock}>{row.cell(Calc.READY)},"{Status.MISSING}","{Status.NOT_DUE}")'
    judged = f'IF({value}="","{Status.NOT_ASSESSABLE}",{_too_few(row, _zone_formula(row))})'
    decided = f"IF({state}=0,{absent},{judged})"
    if row.has_own_target:
        edge = row.cell(_own_green(row))
        decided = f'IF(ISNUMBER({edge}),{decided},"{Status.UNDECIDED}")'
    elif row.band is None:
        decided = f'"{Status.UNDECIDED}"'
    exempt = f'ISNUMBER(FIND(";{indicator.id};",{row.layout.setup_cell("exempt")}))'
    return f'IF({exempt},"{Status.NOT_APPLICABLE}",IF({state}=2,"{Status.REJECTED}",{decided}))'


def _own_green(row: _Row) -> Calc:
    target = row.indicator.target
    return Calc.GREEN_LOW if isinstance(target, OwnTarget) and target.better == "higher" else Calc.GREEN_HIGH


def _own_outer(row: _Row) -> Calc:
    return Calc.OUTER_LOW if _own_green(row) is Calc.GREEN_LOW else Calc.OUTER_HIGH


def _too_few(row: _Row, zone: str) -> str:
    least, figure = row.indicator.least_denominator, row.indicator.figure
    rests_on_cases = isinstance(figure, Share) or (isinstance(figure, Amount) and figure.weight is not None)
    if not least or not rests_on_cases:
        return zone
    cases = f"N({row.cell(Calc.LOWER)})"
    return f'IF({cases}<{least * 10 ** row.scales[1]},"{Status.TOO_FEW}",{zone})'


def _zone_formula(row: _Row) -> str:
    compared = row.cell(Calc.SHOWN if row.layout.scorecard.comparison == "as_shown" else Calc.VALUE)
    conditions = {
        name: _inside(row, compared, low, high, is_green=name == Status.GREEN)
        for name, low, high in (
            (Status.GREEN, Calc.GREEN_LOW, Calc.GREEN_HIGH),
            (Status.YELLOW, Calc.OUTER_LOW, Calc.OUTER_HIGH),
        )
    }
    red = f'"{Status.RED}"'
    if row.band is None or row.band.has_yellow:
        red = f'IF({conditions[Status.YELLOW]},"{Status.YELLOW}",{red})'
    return f'IF({conditions[Status.GREEN]},"{Status.GREEN}",{red})'


def _inside(row: _Row, compared: str, low: Calc, high: Calc, *, is_green: bool) -> str:
    """Whether the compared value lies between the edges that there are."""
    if row.band is None:
        step = low if _own_green(row) is Calc.GREEN_LOW else high
        return f"{compared}{'>=' if step is low else '<='}{row.cell(step)}"
    interval = row.band.green if is_green else row.band.outer
    tests = []
    if interval.low is not None:
        tests.append(f"{compared}{'>' if interval.low_open else '>='}{row.cell(low)}")
    if interval.high is not None:
        tests.append(f"{compared}{'<' if interval.high_open else '<='}{row.cell(high)}")
    return f"AND({','.join(tests)})" if len(tests) > 1 else tests[0]


# The reason, in words


def _fixed(cell: str, decimals: int, unit: Unit, texts: Texts, *, signed: bool = False) -> str:
    factor = "*100" if unit is Unit.PERCENT else ""
    sign = f'IF({cell}>0,"+","")&' if signed else ""
    return f"{sign}FIXED({cell}{factor},{decimals},TRUE)" + (
        f"&{text_literal(mark)}" if (mark := unit_mark(unit, texts)) else ""
    )


def _why_formula(row: _Row) -> str:
    indicator, texts, unit = row.indicator, row.layout.texts, row.unit
    shown, status = row.cell(Calc.SHOWN), row.cell(Calc.STATUS)
    slots = {
        "period": text_literal(texts.period(row.period.code)),
        "value": _fixed(shown, indicator.decimals, unit, texts, signed=indicator.is_signed),
        "control": text_literal(texts(CONTROL_TITLE)),
        "reference": text_literal(reference_name(indicator, row.period, texts)),
        "least": text_literal(str(indicator.least_denominator)),
        "cases": f"FIXED(N({row.cell(Calc.LOWER)})/{10 ** row.scales[1]},0,TRUE)",
    }

    def said(message: str, **more: str) -> str:
        return concatenated(texts(message), slots | more)

    sentences: dict[Status, str] = {}
    if row.band is not None or row.has_own_target:
        bands = _band_formulas(row)
        red = RED_BELOW if row.band is None and _own_green(row) is Calc.GREEN_LOW else RED_ABOVE
        if row.band is not None:
            red = red_message(row.band)
        sentences[Status.GREEN] = said(GREEN, **bands)
        if row.band is None or row.band.has_yellow:
            sentences[Status.YELLOW] = said(YELLOW, **bands)
        sentences[Status.RED] = said(red, **bands)
        if row.band is None:
            # An office whose zone ends at its target has no yellow.
            ends = [row.cell(step) for step in (_own_green(row), _own_outer(row))]
            sentences[Status.RED] = f"IF({ends[0]}={ends[1]},{said(RED_WITHOUT_YELLOW, **bands)},{said(red, **bands)})"
        sentences[Status.MISSING] = said(MISSING)
        sentences[Status.NOT_DUE] = text_literal(not_due_sentence(indicator, row.period, texts).read(texts))
        sentences[Status.NOT_ASSESSABLE] = _lack_formula(row, said(NO_CASES), said(NO_PLAN), said(NO_REFERENCE))
        if isinstance(indicator.figure, Change):
            missing = f'{row.cell(Calc.REFERENCE)}=""'
            sentences[Status.NOT_ASSESSABLE] = f"IF({missing},{said(NO_REFERENCE)},{said(REFERENCE_ZERO)})"
        if indicator.least_denominator:
            sentences[Status.TOO_FEW] = said(TOO_FEW)
    if row.band is None:
        undecided = f"IF(ISNUMBER({shown}),{said(UNDECIDED_VALUE)},{said(UNDECIDED)})"
        sentences[Status.UNDECIDED] = undecided
    sentences[Status.REJECTED] = said(REJECTED)
    sentences[Status.NOT_APPLICABLE] = said(EXEMPT)
    formula = '""'
    for each, words in reversed(sentences.items()):
        formula = f'IF({status}="{each}",{words},{formula})'
    return formula


def _lack_formula(row: _Row, no_cases: str, no_plan: str, no_reference: str) -> str:
    match row.indicator.figure:
        case Share():
            return no_cases
        case Change():
            return no_reference
        case _:
            return no_plan


def _band_formulas(row: _Row) -> dict[str, str]:
    """The slots `green` and `yellow`: texts where the band is fixed, cells where the office has its own."""
    texts, unit, indicator = row.layout.texts, row.unit, row.indicator
    if row.band is not None:
        slots = band_slots(indicator, row.band, unit, texts)
        return {name: text_literal(words) for name, words in slots.items()}
    is_higher = _own_green(row) is Calc.GREEN_LOW
    green = row.cell(_own_green(row))
    outer = row.cell(_own_outer(row))
    factor = "*100" if unit is Unit.PERCENT else ""
    mark = text_literal(unit_mark(unit, texts))
    edge = f"FIXED({green}{factor},{indicator.decimals},TRUE)"
    other = f"FIXED({outer}{factor},{indicator.decimals},TRUE)"
    low, high = (other, edge) if is_higher else (edge, other)
    return {
        "green": f"{concatenated(texts(AT_LEAST if is_higher else AT_MOST), {'edge': edge})}&{mark}",
        "yellow": f'{low}&"-"&{high}&{mark}',
    }


# The computed values


def _values(state: OfficeState, judgement: Judgement) -> dict[Calc, Value]:
    """What every formula of a row comes to."""
    indicator, observed, layout = judgement.indicator, judgement.observed, state.layout
    row = _Row(layout, indicator, judgement.period, None)
    in_excel = Fraction(1, 100) if row.unit is Unit.PERCENT else Fraction(1)
    upper_scale, lower_scale = row.scales
    before = state.judgements.get((indicator.id, judgement.period.previous))
    parts = _parts(state, judgement)
    values: dict[Calc, Value] = {
        Calc.UPPER: _whole(parts[0], upper_scale, row.indicator, state),
        Calc.LOWER: _whole(parts[1], lower_scale, row.indicator, state),
        Calc.STATE: 2 if observed.is_rejected else 1 if observed.is_reported else 0,
        Calc.REFERENCE: _whole(_reference(state, judgement), upper_scale, row.indicator, state),
        Calc.VALUE: "" if judgement.value is None else float(judgement.value * in_excel),
        Calc.SHOWN: "" if judgement.shown is None else float(judgement.shown * in_excel),
        Calc.CHANGE: "",
        Calc.STATUS: str(judgement.status),
        Calc.WHY: explain(state.scorecard, judgement, state.texts) if row.is_this_year else "",
    }
    if before is not None and judgement.value is not None and before.value is not None:
        change = rounded(judgement.value - before.value, indicator.decimals)
        values[Calc.CHANGE] = float(change * in_excel)
    edges = _edges(judgement.band, indicator, state.scorecard) if row.has_own_target else {}
    for step in (Calc.GREEN_LOW, Calc.GREEN_HIGH, Calc.OUTER_LOW, Calc.OUTER_HIGH):
        edge = edges.get(step)
        values[step] = "" if edge is None else edge
    return values


def _parts(state: OfficeState, judgement: Judgement) -> tuple[Fraction | None, Fraction | None]:
    """Upper and lower part as the sheet sums them, whether or not the pair was rejected or reported at all."""
    parts = [measures for _, measures in judgement.indicator.figure.parts]
    upper = _sheet_sum(state, parts[0], judgement.period)
    return upper, _sheet_sum(state, parts[1], judgement.period) if len(parts) > 1 else None


def _reference(state: OfficeState, judgement: Judgement) -> Fraction | None:
    figure = judgement.indicator.figure
    if not isinstance(figure, Change):
        return None
    return _sheet_sum(state, figure.value, compared_period(figure, judgement.period))


def _sheet_sum(state: OfficeState, measures: tuple[str, ...], period: Period) -> Fraction | None:
    submission = state.submission
    figures = submission.figures if period.year == submission.year else submission.reference
    total = Fraction(0)
    for measure in measures:
        figure = figures.get((measure, period))
        if figure is None or figure.value is None:
            return None
        total += figure.value
    return total


def _whole(value: Fraction | None, scale: int, indicator: Indicator, state: OfficeState) -> Value:
    if value is None:
        return ""
    measure = state.scorecard.measure[indicator.figure.parts[0][1][0]]
    in_excel = Fraction(1, 100) if measure.unit is Unit.PERCENT else Fraction(1)
    return float(value * in_excel * 10**scale)
