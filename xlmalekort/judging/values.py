"""From figures to an indicator's value: which parts are there, and what they come to."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from xlmalekort.model.scorecard import Amount, Change, Deviation, Part, Share

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlmalekort.model.figures import Figure, Figures
    from xlmalekort.model.periods import Period
    from xlmalekort.model.scorecard import Indicator, Scorecard


def rounded(value: Fraction, decimals: int) -> Fraction:
    """The value with so many decimals, half away from zero, as a reader sees it.

    >>> rounded(Fraction("-2.05"), 1), rounded(Fraction("74.95"), 1)
    (Fraction(-21, 10), Fraction(75, 1))
    """
    scale = 10**decimals
    numerator, denominator = abs(value.numerator) * scale, value.denominator
    whole = (2 * numerator + denominator) // (2 * denominator)
    return Fraction(whole if value.numerator >= 0 else -whole, scale)


class Observed(NamedTuple):
    """What is known of an indicator for one unit and period, before it is judged.

    `upper` is the numerator, the value or the actual; `lower` the denominator, the weight or the plan, None where the
    indicator has none or nobody gave it; `reference` the number that a change compares with. Figures are in the unit of
    their measures. `is_reported` tells whether anything was handed in, `is_rejected` that it cannot be used.
    """

    upper: Fraction | None = None
    lower: Fraction | None = None
    reference: Fraction | None = None
    is_reported: bool = False
    is_rejected: bool = False
    own_target: Fraction | None = None
    own_yellow: Fraction | None = None
    is_exempt: bool = False


NOTHING = Observed()
"""Nothing was reported."""


def value_of(indicator: Indicator, observed: Observed) -> Fraction | None:
    """The value in the unit shown, one fraction of the typed numbers; None where it cannot be worked out."""
    upper, lower = observed.upper, observed.lower
    if upper is None or observed.is_rejected:
        return None
    match indicator.figure:
        case Amount():
            return upper
        case Share():
            return _percent(upper.numerator * lower.denominator, upper.denominator * lower.numerator) if lower else None
        case Deviation():
            return _percent_over(upper, lower) if lower else None
        case Change():
            return _percent_over(upper, observed.reference) if observed.reference else None


# Written out in whole numbers: a roll-up works out hundreds of thousands of these, and each step of Fraction costs.


def _percent(numerator: int, denominator: int) -> Fraction:
    return Fraction(100 * numerator, denominator)


def _percent_over(upper: Fraction, lower: Fraction) -> Fraction:
    """How far upper lies over lower, in per cent of lower."""
    base = upper.denominator * lower.numerator
    return _percent(upper.numerator * lower.denominator - base, base)


def is_impossible(indicator: Indicator, upper: Fraction, lower: Fraction | None) -> bool:
    """Whether a pair cannot be: a numerator over its denominator, or something out of no cases."""
    return (
        isinstance(indicator.figure, Share) and not indicator.figure.may_exceed and lower is not None and upper > lower
    )


_SILENT = (Part.WEIGHT, Part.PLAN)


@lru_cache(maxsize=64)
def own_measures(scorecard: Scorecard) -> dict[str, tuple[str, ...]]:
    """For each indicator the measures whose being there means that it was reported.

    These are its parts that no other indicator uses; an indicator that shares them all is reported by any of them. A weight
    alone reports nothing: it is often a count with a life of its own. Neither does a plan, which is made ahead.
    """
    found = {}
    for indicator in scorecard.indicators:
        parts = tuple(
            dict.fromkeys(m for part, measures in indicator.figure.parts if part not in _SILENT for m in measures)
        )
        own = tuple(m for m in parts if all(user.id == indicator.id for user, _ in scorecard.users[m]))
        found[indicator.id] = own or parts
    return found


def observe(
    scorecard: Scorecard,
    indicator: Indicator,
    period: Period,
    figures: Figures,
    earlier: Figures,
    exempt: frozenset[str] = frozenset(),
) -> Observed:
    """What an office's figures say of an indicator. `earlier` holds the figures of earlier years, for comparison only."""
    upper_part, lower_part = sums_of(indicator)
    references: tuple[Figure | None, ...] = ()
    if isinstance(indicator.figure, Change):
        compared = compared_period(indicator.figure, period)
        references = _cells(upper_part, compared, figures if compared.year == period.year else earlier)
    return observe_parts(
        indicator,
        _cells(upper_part, period, figures),
        _cells(lower_part, period, figures),
        references,
        is_reported=any((m, period) in figures for m in own_measures(scorecard)[indicator.id]),
        own_target=sum_of(_cells(field_of(indicator, Part.TARGET), period, figures)),
        own_yellow=sum_of(_cells(field_of(indicator, Part.YELLOW), period, figures)),
        is_exempt=indicator.id in exempt,
    )


def observe_parts(
    indicator: Indicator,
    uppers: Sequence[Figure | None],
    lowers: Sequence[Figure | None],
    references: Sequence[Figure | None] = (),
    *,
    is_reported: bool,
    own_target: Fraction | None = None,
    own_yellow: Fraction | None = None,
    is_exempt: bool = False,
) -> Observed:
    """What the figures of an indicator's parts say, one for each measure of the part, None where there is none."""
    if not is_reported:
        return Observed(own_target=own_target, own_yellow=own_yellow, is_exempt=is_exempt)
    upper = sum_of(uppers)
    lower = sum_of(lowers)
    is_rejected = (
        upper is None
        or (lower is None and isinstance(indicator.figure, Share | Deviation))
        or any(figure is not None and figure.value is None for figure in lowers)
        or is_impossible(indicator, upper, lower)
    )
    reference = sum_of(references)
    return Observed(upper, lower, reference, True, is_rejected, own_target, own_yellow, is_exempt)  # noqa: FBT003


def compared_period(figure: Change, period: Period) -> Period:
    """The period that a change compares with."""
    return period.previous if figure.against == "previous" else period.last_year


def sums_of(indicator: Indicator) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The measures of the upper and of the lower part; the latter empty where there is none."""
    parts = indicator.figure.parts
    return parts[0][1], parts[1][1] if len(parts) > 1 else ()


def field_of(indicator: Indicator, part: Part) -> tuple[str, ...]:
    """The measures of a field, empty where the indicator does not have it."""
    return next((measures for field, measures in indicator.fields if field == part), ())


def _cells(measures: Sequence[str], period: Period, figures: Figures) -> tuple[Figure | None, ...]:
    return tuple(figures.get((measure, period)) for measure in measures)


def sum_of(figures: Sequence[Figure | None]) -> Fraction | None:
    """The sum of the figures; None where there are none, or one is not there or cannot be used."""
    if len(figures) == 1:
        return figures[0].value if figures[0] is not None else None
    values: list[Fraction] = []
    for figure in figures:
        if figure is None or figure.value is None:
            return None
        values.append(figure.value)
    return sum_exactly(values) if values else None


def sum_exactly(values: Sequence[Fraction]) -> Fraction:
    """The sum; whole numbers are added as such, which is many times faster."""
    whole = 0
    for value in values:
        if value.denominator != 1:
            return sum(values, Fraction(0))
        whole += value.numerator
    return Fraction(whole)
