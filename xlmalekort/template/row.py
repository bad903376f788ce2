"""One row of the calculation sheet: an indicator in a period, with the cells that its formulas name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from xlmalekort.judging.explain import unit_of
from xlmalekort.judging.values import recipe_of
from xlmalekort.model.figure_kinds import Change, Deviation, Distribution, Share
from xlmalekort.model.measures import Unit
from xlmalekort.template.formulas import all_of, amount_words, scaled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlmalekort.judging.values import Cells
    from xlmalekort.layout.office import Calc, OfficeLayout
    from xlmalekort.locale import Texts
    from xlmalekort.model.indicators import Indicator
    from xlmalekort.model.periods import Period
    from xlmalekort.model.places import Place
    from xlmalekort.model.scorecard import Scorecard


@dataclass(frozen=True)
class Row:
    """An indicator and a period in the workbook of an office that belongs to a place."""

    layout: OfficeLayout
    indicator: Indicator
    period: Period
    place: Place

    @property
    def scorecard(self) -> Scorecard:
        """The definition."""
        return self.layout.scorecard

    @property
    def texts(self) -> Texts:
        """The texts in the scorecard's language."""
        return self.layout.texts

    def cell(self, step: Calc) -> str:
        """The cell of a step in this row."""
        return self.layout.calc_reference(self.indicator.id, self.period, step)

    def at(self, period: Period, step: Calc) -> str | None:
        """The same step of another period, None where the sheet does not reach back to it."""
        if (self.indicator.id, period) not in self.layout.calc_rows:
            return None
        return self.layout.calc_reference(self.indicator.id, period, step)

    @property
    def is_this_year(self) -> bool:
        """Whether the row is judged; those of the year before only have values."""
        return self.period.year == self.layout.year

    @cached_property
    def unit(self) -> Unit:
        """The unit that the value is shown in."""
        return unit_of(self.scorecard, self.indicator)

    @property
    def shift(self) -> int:
        """How many decimals further left an Excel percentage has its point."""
        return 2 if self.unit is Unit.PERCENT else 0

    @property
    def decimals(self) -> int:
        """The decimals of the value as Excel keeps it."""
        return self.indicator.decimals + self.shift

    @cached_property
    def upper(self) -> Cells:
        """The cells of the upper part."""
        return recipe_of(self.scorecard, self.indicator.id, self.period).parts.upper

    @cached_property
    def lower(self) -> Cells:
        """The cells of the lower part."""
        return recipe_of(self.scorecard, self.indicator.id, self.period).parts.lower

    @cached_property
    def own(self) -> tuple[Cells, ...]:
        """The cells that tell whether anything was reported, those of each measure together."""
        return recipe_of(self.scorecard, self.indicator.id, self.period).own

    def quantity(self, step: Calc) -> str:
        """The value in a cell with its sign and its unit, as a formula."""
        indicator = self.indicator
        return amount_words(self.cell(step), indicator.decimals, self.unit, self.texts, signed=indicator.is_signed)

    def typed(self, measure: str) -> str:
        """The cell of a number to compare with, typed for the period or for the longer one that it lies in."""
        return self.layout.figure_reference(measure, self.period_of(measure))

    def period_of(self, measure: str) -> Period:
        """The measure's own period that a typed number of this period stands in."""
        return self.scorecard.measure[measure].own_periods(self.period)[-1]

    @property
    def is_exempt(self) -> str:
        """Whether the office is exempt from the indicator, as a formula."""
        return exempt_test(self.layout, [self.indicator])

    def references(self, cells: Cells) -> tuple[str, ...]:
        """The cells as formulas name them."""
        return tuple(self.layout.figure_reference(cell.measure, cell.period) for cell in cells)

    def total(self, cells: Cells, scale: int) -> str:
        """The sum of cells as a whole number of so many decimals, "" unless every one holds a number."""
        names = self.references(cells)
        if len(cells) == 1:
            return f'IF(ISNUMBER({names[0]}),{scaled(names[0], scale)},"")'
        listed = ",".join(dict.fromkeys(names))
        if all(cell.factor == 1 for cell in cells):
            summed = f"SUM({listed})"
        else:
            summed = "+".join(f"{cell.factor}*{name}" for cell, name in zip(cells, names, strict=True))
            # Under IF the terms are worked out only where all of them are numbers.
            summed = f"({summed})"
        return f'IF(COUNT({listed})={len(set(names))},{scaled(summed, scale)},"")'

    # The powers of ten that make parts whole numbers; floats of whole numbers are exact.

    @cached_property
    def upper_scale(self) -> int:
        """That of the upper part."""
        figure = self.indicator.figure
        own = self.decimals_of(*(term.measure for term in figure.upper))
        if isinstance(figure, Share | Deviation | Distribution):
            return max(own, self.decimals_of(*(term.measure for term in figure.lower)))
        if isinstance(figure, Change) and figure.baseline and not figure.per:
            return max(own, self.decimals_of(figure.baseline))
        return own

    @cached_property
    def lower_scale(self) -> int:
        """That of the lower part; the same as the upper one's where the two are divided."""
        figure = self.indicator.figure
        if isinstance(figure, Share | Deviation | Distribution) or not figure.lower:
            return self.upper_scale
        return self.decimals_of(*(term.measure for term in figure.lower))

    @cached_property
    def reference_scale(self) -> int:
        """That of what a change compares with."""
        figure = self.indicator.figure
        is_rate = isinstance(figure, Change) and figure.baseline is not None and figure.per is not None
        return self.decimals_of(figure.baseline or "") if isinstance(figure, Change) and is_rate else self.upper_scale

    def decimals_of(self, *measures: str) -> int:
        """The decimals in which Excel keeps the measures' figures."""
        found = [self.scorecard.measure[measure] for measure in measures]
        return max((each.decimals + (2 if each.unit is Unit.PERCENT else 0) for each in found), default=0)


def exempt_test(layout: OfficeLayout, indicators: Sequence[Indicator]) -> str:
    """Whether the office is exempt from all of these indicators, as a formula."""
    exempt = layout.setup_cell("exempt")
    return all_of([f'ISNUMBER(FIND(";{each.id};",{exempt}))' for each in indicators])
