"""What a workbook is expected to hold, worked out once for each scorecard and year."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from xlmalekort.intake.keys import key_of
from xlmalekort.intake.numbers import range_words, rule_of
from xlmalekort.judging.values import needs_lower, recipe_of
from xlmalekort.layout.office import layout_of
from xlmalekort.layout.titles import line_title, line_unit
from xlmalekort.locale import LANGUAGES, texts_of
from xlmalekort.model.figure_kinds import Share
from xlmalekort.model.measures import Role
from xlmalekort.model.periods import periods_of_year

if TYPE_CHECKING:
    from xlmalekort.intake.numbers import NumberRule
    from xlmalekort.judging.values import Cells, Recipe
    from xlmalekort.layout.office import Line, OfficeLayout
    from xlmalekort.locale.told import Phrase
    from xlmalekort.model.indicators import Indicator
    from xlmalekort.model.measures import Measure
    from xlmalekort.model.periods import Frequency, Period
    from xlmalekort.model.scorecard import Scorecard


Key = tuple[str, "Period"]
"""A measure's id and a period."""


@dataclass(frozen=True, slots=True)
class LinePlan:
    """A row of the input sheet. `measure`, `rule` and `words` are None for comments; `indicator` is the first user's id."""

    line: Line
    measure: Measure | None
    rule: NumberRule | None
    words: Phrase | None
    indicator: str | None
    frequency: Frequency
    is_result: bool
    """Whether it reports what happened, rather than a plan, a target or a comment."""


@dataclass(frozen=True, slots=True)
class PairPlan:
    """One indicator in one of its own periods, and what its cells owe each other.

    It is reported where all the cells of one of `own` are there. Then it needs those of `needed`; without those of `weights`
    it enters no total. `has_limit` tells whether its figures may be impossible beside each other.
    """

    indicator: Indicator
    period: Period
    recipe: Recipe
    own: tuple[tuple[Key, ...], ...]
    needed: tuple[Key, ...]
    weights: tuple[Key, ...]
    has_limit: bool

    @property
    def places(self) -> tuple[Key, ...]:
        """The cells of its parts."""
        return (*self.needed, *self.weights)


@dataclass(frozen=True)
class InputPlan:
    """The rows, columns and pairs of a scorecard's workbook for a year."""

    layout: OfficeLayout
    lines: dict[str, LinePlan]
    """By the key of the line's id."""
    codes: dict[str, Period]
    """The periods of this year's columns by the key of their code."""
    headings: dict[str, Period]
    """The same by the key of what the columns' headings show."""
    earlier_codes: dict[str, Period]
    earlier_headings: dict[str, Period]
    choosable: dict[str, Period]
    """The periods that a workbook can be ready for, by the key of their code and of their names in every language."""
    titles: dict[str, frozenset[str]]
    """By the key of a row's title the keys of the lines that are called so."""
    labels: dict[str, tuple[str, str]]
    """The title and the unit of each line, by the key of its id."""
    pairs: tuple[PairPlan, ...]
    """The active indicators in each of their periods of the year."""
    earlier_pairs: tuple[PairPlan, ...]
    """The same of the year before."""

    @cached_property
    def cohorts(self) -> tuple[PairPlan, ...]:
        """Those of indicators that can be judged only some time after their period."""
        return tuple(pair for pair in self.pairs if pair.indicator.window_months)

    @cached_property
    def users(self) -> Counter[Key]:
        """How many indicators are worked out from each cell of the year."""
        return Counter(place for pair in self.pairs for place in pair.places)


@lru_cache(maxsize=32)
def plan_of(scorecard: Scorecard, year: int) -> InputPlan:
    """The plan of a scorecard and a year."""
    layout = layout_of(scorecard, year)
    choosable: dict[str, Period] = {}
    for period in layout.choosable:
        for language in LANGUAGES:
            choosable[key_of(texts_of(language).period(period.code))] = period
        choosable[key_of(period.code)] = period
    return InputPlan(
        layout,
        {key_of(line.id): _line_plan(scorecard, line) for line in layout.lines},
        {key_of(period.code): period for period in layout.periods},
        _headings(layout, layout.periods),
        {key_of(period.code): period for period in layout.earlier_periods},
        _headings(layout, layout.earlier_periods),
        choosable,
        _titles(scorecard, layout),
        {key_of(line.id): (line_title(scorecard, line), line_unit(line, layout.texts)) for line in layout.lines},
        _pairs(scorecard, year),
        _pairs(scorecard, year - 1),
    )


def _pairs(scorecard: Scorecard, year: int) -> tuple[PairPlan, ...]:
    return tuple(
        _pair_plan(scorecard, indicator, period)
        for indicator in scorecard.active
        for period in periods_of_year(year, indicator.frequency)
    )


def _pair_plan(scorecard: Scorecard, indicator: Indicator, period: Period) -> PairPlan:
    recipe = recipe_of(scorecard, indicator.id, period)
    upper, lower = recipe.parts
    is_whole = needs_lower(indicator)
    figure = indicator.figure
    return PairPlan(
        indicator,
        period,
        recipe,
        own=tuple(_places(cells) for cells in recipe.own),
        needed=_places((*upper, *lower) if is_whole else upper),
        weights=() if is_whole else _places(lower),
        has_limit=(isinstance(figure, Share) and not figure.may_exceed) or indicator.most_steps is not None,
    )


def _places(cells: Cells) -> tuple[Key, ...]:
    return tuple(dict.fromkeys((cell.measure, cell.period) for cell in cells))


def _line_plan(scorecard: Scorecard, line: Line) -> LinePlan:
    measure = line.measure
    if measure is None:
        indicator = line.indicator.id if line.indicator else None
        return LinePlan(line, None, None, None, indicator, line.frequency, is_result=False)
    users = [user.id for user, _ in scorecard.users[measure.id] if user.active]
    indicator = users[0] if users else None
    is_result = measure.role is Role.FIGURE
    return LinePlan(line, measure, rule_of(measure), range_words(measure), indicator, line.frequency, is_result)


def _titles(scorecard: Scorecard, layout: OfficeLayout) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in layout.lines:
        found.setdefault(key_of(line_title(scorecard, line)), set()).add(key_of(line.id))
    return {title: frozenset(lines) for title, lines in found.items()}


def _headings(layout: OfficeLayout, periods: tuple[Period, ...]) -> dict[str, Period]:
    found: dict[str, Period] = {}
    for period in periods:
        for text in (layout.texts.period(period.code), layout.texts.period_heading(period.code), period.code):
            found.setdefault(key_of(text), period)
    return found
