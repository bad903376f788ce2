"""The hidden sheet of checked figures, each formula with its computed value.

The rule is that of `intake.numbers`. Only functions that Excel 2016 and LibreOffice 7.4 have.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from xlmalekort.intake.numbers import LARGEST, NOISE, rule_of
from xlmalekort.layout.cells import a1, column_name
from xlmalekort.layout.office import SCORECARD_AS_OF, OfficeLayout, Sheet
from xlmalekort.model.base import exact
from xlmalekort.model.measures import Role, Unit
from xlmalekort.template.formulas import UNUSABLE, count_of_digits, number_literal, serial
from xlmalekort.template.state import FormulaCell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlmalekort.layout.office import Line
    from xlmalekort.model.figures import Figure
    from xlmalekort.model.measures import Measure
    from xlmalekort.model.periods import Period
    from xlmalekort.template.state import OfficeState, Value

CLOCK = (0, 0)
"""The cell of the sheet of figures that stands for the clock: the "per dato" of the scorecard sheet, if it holds a day."""


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
    limits = [f"{{x}}-{number_literal(exact(rule.maximum))}>={NOISE:f}"]
    limits.append(f"{{x}}<-{LARGEST}" if rule.may_be_negative else f"{{x}}<=-{NOISE:f}")
    limits.append(f"ABS({{x}}-ROUND({{x}},{rule.decimals}))>={NOISE:f}")
    bad = f"OR({','.join(limits)})".format(x=cell)
    number = f'IF({bad},"{UNUSABLE}",ROUND({cell},{rule.decimals}))'
    trimmed = f"TRIM({cell})"
    read = f"VALUE({trimmed})"
    usable = f"AND(LEN({trimmed})<=9,{count_of_digits(trimmed)}=LEN({trimmed}))"
    if measure.maximum is not None:
        read = f'IF({read}>{measure.maximum},"{UNUSABLE}",{read})'
    text = f'"{UNUSABLE}"' if rule.is_percent else f'IF({usable},{read},"{UNUSABLE}")'
    checked = f'IF(ISNUMBER({cell}),{number},IF(ISTEXT({cell}),{text},"{UNUSABLE}"))'
    if sheet is Sheet.INPUT and measure.role is Role.FIGURE:
        clock = f"${column_name(CLOCK[1])}${CLOCK[0] + 1}"
        checked = f'IF({serial(period.start)}>{clock},"{UNUSABLE}",{checked})'
    # A blank is nothing, and so is a text of blanks; an error is neither.
    return f'IF(ISBLANK({cell}),"",IF(IF(ISTEXT({cell}),{trimmed}="",FALSE),"",{checked}))'
