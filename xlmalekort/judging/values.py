"""From figures to an indicator's value: which cells make it up, what they say, and what they come to."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from xlmalekort.model.figure_kinds import Amount, Change, Deviation, Distribution, Part, Share
from xlmalekort.model.targets import Against, Reference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from xlmalekort.model.figure_kinds import Terms
    from xlmalekort.model.figures import Figure, Figures
    from xlmalekort.model.indicators import Indicator
    from xlmalekort.model.periods import Period
    from xlmalekort.model.scorecard import Scorecard


def rounded(value: Fraction, decimals: int) -> Fraction:
    """The value with so many decimals, half away from zero, as a reader sees it.

    >>> rounded(Fraction("-2.05"), 1), rounded(Fraction("74.95"), 1)
    (Fraction(-21, 10), Fraction(75, 1))
    """
    scale = 10**decimals
    numerator, denominator = abs(value.numerator) * scale, value.denominator
    whole = (2 * numerator + denominator) // (2 * denominator)
    return Fraction(whole if value.numerator >= 0 else -whole, scale)


# Which cells an indicator needs


class Cell(NamedTuple):
    """A measure's figure for one of its own periods, taken so many times."""

    measure: str
    period: Period
    factor: int = 1


Cells = tuple[Cell, ...]


class Pair(NamedTuple):
    """The cells of an upper part, and of what it is divided by (empty where there is nothing)."""

    upper: Cells
    lower: Cells = ()


@dataclass(frozen=True, slots=True)
class Recipe:
    """The cells that say what an indicator is in a period, and what it is compared with.

    `own` has the cells of each measure whose being there means that it was reported. `compared` has the indicator's own
    parts in an earlier period, or the cell of a typed reference; one on the other side of a break is not there.
    """

    own: tuple[Cells, ...]
    parts: Pair
    target: Cells
    yellow: Cells
    compared: tuple[tuple[Reference, Pair], ...]


@lru_cache(maxsize=20_000)
def recipe_of(scorecard: Scorecard, indicator_id: str, period: Period) -> Recipe:
    """The cells of an indicator in a period."""
    indicator = scorecard.indicator[indicator_id]

    def cells(measures: Iterable[str]) -> Cells:
        return tuple(Cell(m, each) for m in measures for each in scorecard.measure[m].own_periods(period))

    return Recipe(
        own=tuple(cells((measure,)) for measure in own_measures(scorecard)[indicator.id]),
        parts=_parts(scorecard, indicator, period),
        target=cells(field_of(indicator, Part.TARGET)),
        yellow=cells(field_of(indicator, Part.YELLOW)),
        compared=tuple(_compared(scorecard, indicator, period)),
    )


def _parts(scorecard: Scorecard, indicator: Indicator, period: Period) -> Pair:
    def cells(terms: Terms) -> Cells:
        return tuple(
            Cell(term.measure, each, term.factor)
            for term in terms
            for each in scorecard.measure[term.measure].own_periods(period)
        )

    return Pair(cells(indicator.figure.upper), cells(indicator.figure.lower))


def _compared(scorecard: Scorecard, indicator: Indicator, period: Period) -> Iterable[tuple[Reference, Pair]]:
    for reference, measure in references_of(indicator):
        if measure is not None:
            cells = tuple(Cell(measure, each) for each in scorecard.measure[measure].own_periods(period))
            yield reference, Pair(cells)
        else:
            earlier = compared_period(reference, period)
            if indicator.are_comparable(earlier.end, period.end):
                yield reference, _parts(scorecard, indicator, earlier)


def references_of(indicator: Indicator) -> tuple[tuple[Reference, str | None], ...]:
    """What the indicator may be compared with, each with the measure that carries it (None: its own earlier value)."""
    found: list[tuple[Reference, str | None]] = []
    if isinstance(indicator.figure, Change):
        found.append((indicator.figure.against, indicator.figure.baseline))
    found += [(each.reference, each.measure) for each in indicator.targets if isinstance(each, Against)]
    return tuple(dict.fromkeys(found))


def compared_period(reference: Reference, period: Period) -> Period:
    """The period that an own earlier value is from."""
    return period.previous if reference is Reference.PREVIOUS else period.last_year


_SILENT = (Part.WEIGHT, Part.PLAN, Part.BASELINE)


@lru_cache(maxsize=64)
def own_measures(scorecard: Scorecard) -> dict[str, tuple[str, ...]]:
    """For each indicator the measures whose being there means that it was reported.

    These are its parts that no other indicator uses; an indicator that shares them all is reported by any of them. A weight
    alone reports nothing: it is often a count with a life of its own. Neither does a plan, which is made ahead, nor the
    number of those who entered a cohort, which is known long before anybody can tell what came of them.
    """
    found = {}
    for indicator in scorecard.indicators:
        silent = (*_SILENT, Part.DENOMINATOR) if indicator.window_months else _SILENT
        parts = tuple(
            dict.fromkeys(m for part, measures in indicator.figure.parts if part not in silent for m in measures)
        )
        own = tuple(m for m in parts if all(user.id == indicator.id for user, _ in scorecard.users[m]))
        found[indicator.id] = own or parts
    return found


def field_of(indicator: Indicator, part: Part) -> tuple[str, ...]:
    """The measures of a field, empty where the indicator does not have it."""
    return next((measures for field, measures in indicator.fields if field == part), ())


# What the cells say


class Compared(NamedTuple):
    """A number to compare with: the indicator's own parts at another time, or a typed number without a lower part."""

    upper: Fraction
    lower: Fraction | None = None


class Observed(NamedTuple):
    """What is known of an indicator for one unit and period, before it is judged.

    `upper` is the numerator, the value, the actual or the answers times their worth; `lower` the denominator, the weight, the
    plan or all answers, None where the indicator has none or nobody gave it. `compared` holds what there is to compare with.
    Figures are in the unit of their measures. `is_reported` tells whether anything was handed in, `is_rejected` that it
    cannot be used, `is_trial` that own target and zone are tried out in place of what is agreed.
    """

    upper: Fraction | None = None
    lower: Fraction | None = None
    compared: tuple[tuple[Reference, Compared], ...] = ()
    is_reported: bool = False
    is_rejected: bool = False
    own_target: Fraction | None = None
    own_yellow: Fraction | None = None
    is_exempt: bool = False
    is_trial: bool = False

    def reference(self, reference: Reference) -> Compared | None:
        """What there is to compare with, None where it is not there."""
        return next((found for each, found in self.compared if each is reference), None)


NOTHING = Observed()
"""Nothing was reported."""


def observe(
    scorecard: Scorecard,
    indicator: Indicator,
    period: Period,
    figures: Figures,
    exempt: frozenset[str] = frozenset(),
) -> Observed:
    """What an office's figures, those of earlier years among them, say of an indicator."""
    recipe = recipe_of(scorecard, indicator.id, period)
    return observe_recipe(indicator, recipe, lambda *place: figures.get(place), is_exempt=indicator.id in exempt)


def observe_recipe(
    indicator: Indicator,
    recipe: Recipe,
    find: Callable[[str, Period], Figure | None],
    *,
    is_exempt: bool = False,
) -> Observed:
    """What the figures that `find` gives say of an indicator."""
    found = Totals(
        upper=total(recipe.parts.upper, find),
        lower=total(recipe.parts.lower, find),
        compared=tuple((total(each.upper, find), total(each.lower, find)) for _, each in recipe.compared),
        target=total(recipe.target, find),
        yellow=total(recipe.yellow, find),
        is_reported=any(all(find(cell.measure, cell.period) is not None for cell in cells) for cells in recipe.own),
        is_lower_unusable=any(_is_unusable(find(cell.measure, cell.period)) for cell in recipe.parts.lower),
    )
    return observe_totals(indicator, recipe, found, is_exempt=is_exempt)


class Totals(NamedTuple):
    """What the cells of a recipe come to for one unit, None where one is not there or cannot be used.

    `compared` has an upper and a lower part for each thing that the recipe compares with. `is_reported` tells whether one of
    the indicator's own measures is there, `is_lower_unusable` that a cell of the lower part is filled and cannot be used.
    """

    upper: Fraction | None
    lower: Fraction | None
    compared: tuple[tuple[Fraction | None, Fraction | None], ...]
    target: Fraction | None
    yellow: Fraction | None
    is_reported: bool
    is_lower_unusable: bool


def observe_totals(indicator: Indicator, recipe: Recipe, found: Totals, *, is_exempt: bool = False) -> Observed:
    """What the totals of a recipe's cells say of an indicator."""
    upper, lower, _, own_target, own_yellow, is_reported, is_lower_unusable = found
    compared = _what_is_compared(indicator, recipe, found) if recipe.compared else ()
    if not is_reported:
        return Observed(compared=compared, own_target=own_target, own_yellow=own_yellow, is_exempt=is_exempt)
    is_rejected = (
        upper is None
        or (lower is None and (is_lower_unusable or needs_lower(indicator)))
        or is_impossible(indicator, upper, lower)
    )
    return Observed(upper, lower, compared, True, is_rejected, own_target, own_yellow, is_exempt)  # noqa: FBT003


def _what_is_compared(indicator: Indicator, recipe: Recipe, found: Totals) -> tuple[tuple[Reference, Compared], ...]:
    """The numbers that there are to compare with; answers too few to be shown are none."""
    compared = []
    for (reference, cells), (upper, lower) in zip(recipe.compared, found.compared, strict=True):
        is_whole = upper is not None and (lower is not None or not cells.lower or not needs_lower(indicator))
        if (
            upper is not None
            and is_whole
            and not is_impossible(indicator, upper, lower)
            and not (cells.lower and has_few_answers(indicator, lower))
        ):
            compared.append((reference, Compared(upper, lower)))
    return tuple(compared)


def without_broken(indicator: Indicator, period: Period, observed: Observed) -> Observed:
    """The same without an earlier value on the other side of a break, which nothing is compared with."""
    compared = tuple(
        (reference, found)
        for reference, found in observed.compared
        if reference.is_typed or indicator.are_comparable(compared_period(reference, period).end, period.end)
    )
    return observed._replace(compared=compared)


def has_few_answers(indicator: Indicator, answers: Fraction | None) -> bool:
    """Whether a question has fewer answers than may be shown."""
    return indicator.question is not None and (answers or 0) < indicator.least_denominator


def _is_unusable(figure: Figure | None) -> bool:
    return figure is not None and figure.value is None


def needs_lower(indicator: Indicator) -> bool:
    """Whether nothing can be said without the lower part. A weight is for totals only."""
    return not isinstance(indicator.figure, Amount) and bool(indicator.figure.lower)


def total(cells: Cells, find: Callable[[str, Period], Figure | None]) -> Fraction | None:
    """The sum of the cells; None where there are none, or one is not there or cannot be used."""
    return sum_of_figures(cells, [find(cell.measure, cell.period) for cell in cells])


def sum_of_figures(cells: Cells, figures: Sequence[Figure | None]) -> Fraction | None:
    """The sum of the figures that stand in the cells; None where there are none, or one is not there or cannot be used."""
    values: list[Fraction] = []
    for cell, figure in zip(cells, figures, strict=True):
        if figure is None or figure.value is None:
            return None
        values.append(figure.value if cell.factor == 1 else figure.value * cell.factor)
    if len(values) == 1:
        return values[0]
    return sum_exactly(values) if values else None


def sum_exactly(values: Sequence[Fraction]) -> Fraction:
    """The sum; whole numbers are added as such, which is many times faster."""
    whole = 0
    for value in values:
        if value.denominator != 1:
            return sum(values, Fraction(0))
        whole += value.numerator
    return Fraction(whole)


# What it comes to


def value_of(indicator: Indicator, observed: Observed) -> Fraction | None:
    """The value in the unit shown, one fraction of the typed numbers; None where it cannot be worked out."""
    if observed.upper is None or observed.is_rejected:
        return None
    figure = indicator.figure
    if isinstance(figure, Change):
        compared = observed.reference(figure.against)
        rate = rate_of(compared) if compared is not None else None
        now = rate_of(Compared(observed.upper, observed.lower if figure.per else None))
        return _percent_over(now, rate) if now is not None and rate else None
    return number_of(indicator, observed.upper, observed.lower)


def number_of(indicator: Indicator, upper: Fraction, lower: Fraction | None) -> Fraction | None:
    """What the parts of an indicator that is no change come to, in the unit shown; None out of nothing."""
    match indicator.figure:
        case Amount() | Change():
            return upper
        case Deviation():
            return _percent_over(upper, lower) if lower else None
        case Distribution() if not indicator.is_percent:
            return upper / lower if lower else None
        case _:
            return _percent(upper.numerator * lower.denominator, upper.denominator * lower.numerator) if lower else None


def reference_value(indicator: Indicator, observed: Observed, reference: Reference) -> Fraction | None:
    """The number that a target compares with, in the unit shown; None where it is not there."""
    compared = observed.reference(reference)
    if compared is None:
        return None
    return compared.upper if reference.is_typed else number_of(indicator, compared.upper, compared.lower)


def rate_of(compared: Compared) -> Fraction | None:
    """What a number to compare with comes to: itself, or its parts divided; None out of nothing."""
    if compared.lower is None:
        return compared.upper
    return compared.upper / compared.lower if compared.lower else None


# Written out in whole numbers: a roll-up works out hundreds of thousands of these, and each step of Fraction costs.


def _percent(numerator: int, denominator: int) -> Fraction:
    return Fraction(100 * numerator, denominator)


def _percent_over(upper: Fraction, lower: Fraction) -> Fraction:
    """How far upper lies over lower, in per cent of lower."""
    base = upper.denominator * lower.numerator
    return _percent(upper.numerator * lower.denominator - base, base)


def is_impossible(indicator: Indicator, upper: Fraction | None, lower: Fraction | None) -> bool:
    """Whether figures cannot be: a numerator over its denominator, a mean outside its categories, more steps than there are."""
    figure = indicator.figure
    if upper is None:
        return False
    if isinstance(figure, Amount):
        return indicator.most_steps is not None and (upper > indicator.most_steps or upper.denominator != 1)
    if lower is None:
        return False
    if isinstance(figure, Share):
        return not figure.may_exceed and upper > lower
    if isinstance(figure, Distribution):
        least, most = (0, 1) if figure.share_of else (1, len(figure.counts))
        return not least * lower <= upper <= most * lower
    return False
