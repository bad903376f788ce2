"""What the holders of an indicator handed in for a period, measure by measure for all of them at once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from xlmalekort.judging.values import Totals, needs_lower, observe_totals, recipe_of, sum_of_figures

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from fractions import Fraction

    from xlmalekort.judging.values import Cells, Observed, Recipe
    from xlmalekort.model.figures import Figure, Source
    from xlmalekort.model.indicators import Indicator
    from xlmalekort.model.periods import Period
    from xlmalekort.model.scorecard import Scorecard
    from xlmalekort.rollup.facts import Facts
    from xlmalekort.rollup.units import Holders

Column = list["Figure | None"]
"""The figures of one cell of a recipe, one for each holder."""


@dataclass(frozen=True)
class Observing:
    """One indicator in one period, seen at all who hold its figures.

    A measure that is held above the indicator is looked up at the unit above the holder.
    """

    scorecard: Scorecard
    indicator: Indicator
    period: Period
    holders: Holders
    facts: Facts

    @cached_property
    def recipe(self) -> Recipe:
        """The cells that the indicator is made of."""
        return recipe_of(self.scorecard, self.indicator.id, self.period)

    @cached_property
    def observed(self) -> list[Observed]:
        """What each holder's figures say, references as they were typed."""
        recipe = self.recipe
        exempt = self.holders.exempt_from(self.indicator.id)
        rows = zip(
            self.totals(recipe.parts.upper),
            self.totals(recipe.parts.lower),
            self._compared(recipe),
            self.totals(recipe.target),
            self.totals(recipe.yellow),
            self._reported(recipe),
            self._has_unusable(recipe.parts.lower),
            strict=True,
        )
        return [
            observe_totals(self.indicator, recipe, Totals(*row), is_exempt=place in exempt)
            for place, row in enumerate(rows)
        ]

    def totals(self, cells: Cells) -> Sequence[Fraction | None]:
        """What the cells come to at each holder; None where one is not there or cannot be used."""
        columns = self._columns(cells)
        if not columns:
            return [None] * len(self.holders.keys)
        if len(cells) == 1 and cells[0].factor == 1:
            return [figure.value if figure is not None else None for figure in columns[0]]
        return [sum_of_figures(cells, figures) for figures in zip(*columns, strict=True)]

    def sources(self, cells: Cells, places: Iterable[int]) -> Iterator[Source]:
        """Where the figures of some holders were read, holder by holder."""
        for place in places:
            yield from (figure.source for figure in self.figures(cells, place) if figure.source is not None)

    def figures(self, cells: Cells, place: int) -> list[Figure]:
        """The figures of a holder that stand in the cells."""
        figures = (column[place] for column in self._columns(cells))
        return [figure for figure in figures if figure is not None]

    def figure(self, measure: str, place: int) -> Figure | None:
        """The figure of a measure that holds for a holder in the period."""
        own = self.scorecard.measure[measure].own_periods(self.period)
        return self._column(measure, own[-1])[place] if own else None

    def _columns(self, cells: Cells) -> list[Column]:
        return [self._column(cell.measure, cell.period) for cell in cells]

    def _column(self, measure: str, period: Period) -> Column:
        if (measure, period) not in self._made:
            column = self.facts.column(measure, period)
            keys = self.holders.keys_at(self.scorecard.measure[measure].level)
            self._made[measure, period] = [column.get(key) for key in keys]
        return self._made[measure, period]

    @cached_property
    def _made(self) -> dict[tuple[str, Period], Column]:
        return {}

    def _compared(self, recipe: Recipe) -> Iterable[tuple[tuple[Fraction | None, Fraction | None], ...]]:
        if not recipe.compared:
            return [()] * len(self.holders.keys)
        pairs = (zip(self.totals(pair.upper), self.totals(pair.lower), strict=True) for _, pair in recipe.compared)
        return zip(*pairs, strict=True)

    def _reported(self, recipe: Recipe) -> list[bool]:
        """Whether a measure that is the indicator's own is there, with all its periods."""
        found = [False] * len(self.holders.keys)
        for cells in recipe.own:
            columns = self._columns(cells)
            if len(columns) == 1:
                found = [was or figure is not None for was, figure in zip(found, columns[0], strict=True)]
            else:
                rows = zip(found, zip(*columns, strict=True), strict=True)
                found = [was or all(figure is not None for figure in figures) for was, figures in rows]
        return found

    def _has_unusable(self, cells: Cells) -> list[bool]:
        """Whether a cell of a part that could be left out is filled and cannot be used."""
        if not cells or needs_lower(self.indicator):
            return [False] * len(self.holders.keys)
        rows = zip(*self._columns(cells), strict=True)
        return [any(figure is not None and figure.value is None for figure in figures) for figures in rows]
