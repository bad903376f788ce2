"""From figures to an indicator's value: which parts are there, and what they come to."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from xlmalekort.model.scorecard import Amount, Change, Deviation, Part, Share

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlmalekort.model.figures import Figures
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
    return Fraction(whole if value >= 0 else -whole, scale)


@dataclass(frozen=True, slots=True)
class Observed:
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
            return 100 * upper / lower if lower else None
        case Deviation():
            return 100 * (upper - lower) / lower if lower else None
        case Change():
            return 100 * (upper - observed.reference) / observed.reference if observed.reference else None


def is_impossible(indicator: Indicator, upper: Fraction, lower: Fraction | None) -> bool:
    """Whether a pair cannot be: a numerator over its denominator, or something out of no cases."""
    return (
        isinstance(indicator.figure, Share) and not indicator.figure.may_exceed and lower is not None and upper > lower
    )


@lru_cache(maxsize=64)
def own_measures(scorecard: Scorecard) -> dict[str, tuple[str, ...]]:
    """For each indicator the measures whose being there means that it was reported.

    These are its parts that no other indicator uses; an indicator that shares them all is reported by any of them. A weight
    alone reports nothing: it is often a count with a life of its own.
    """
    found = {}
    for indicator in scorecard.indicators:
        parts = tuple(
            dict.fromkeys(m for part, measures in indicator.figure.parts if part != Part.WEIGHT for m in measures)
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
    is_exempt = indicator.id in exempt
    own_target = _number(indicator, Part.TARGET, period, figures)
    own_yellow = _number(indicator, Part.YELLOW, period, figures)
    upper_part, lower_part = _sums(indicator)
    is_reported = any((m, period) in figures for m in own_measures(scorecard)[indicator.id])
    if not is_reported:
        return Observed(own_target=own_target, own_yellow=own_yellow, is_exempt=is_exempt)
    upper = _sum(upper_part, period, figures)
    lower = _sum(lower_part, period, figures)
    needs_lower = isinstance(indicator.figure, Share | Deviation)
    is_rejected = (
        upper is None
        or (needs_lower and lower is None)
        or any((m, period) in figures and not figures[m, period].is_usable for m in lower_part)
        or is_impossible(indicator, upper, lower)
    )
    reference = None
    if isinstance(indicator.figure, Change):
        compared = compared_period(indicator.figure, period)
        reference = _sum(upper_part, compared, figures if compared.year == period.year else earlier)
    return Observed(upper, lower, reference, True, is_rejected, own_target, own_yellow, is_exempt)  # noqa: FBT003


def compared_period(figure: Change, period: Period) -> Period:
    """The period that a change compares with."""
    return period.previous if figure.against == "previous" else period.last_year


def _sums(indicator: Indicator) -> tuple[tuple[str, ...], tuple[str, ...]]:
    parts = indicator.figure.parts
    return parts[0][1], parts[1][1] if len(parts) > 1 else ()


def _number(indicator: Indicator, part: Part, period: Period, figures: Figures) -> Fraction | None:
    measures = next((measures for field, measures in indicator.fields if field == part), ())
    return _sum(measures, period, figures)


def _sum(measures: Sequence[str], period: Period, figures: Figures) -> Fraction | None:
    """The sum of the measures; None where there are none, or one is not there or cannot be used."""
    total = Fraction(0)
    for measure in measures:
        figure = figures.get((measure, period))
        if figure is None or figure.value is None:
            return None
        total += figure.value
    return total if measures else None
