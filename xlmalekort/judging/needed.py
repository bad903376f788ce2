"""What it takes to become green within the period."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

from xlmalekort.judging.values import rounded
from xlmalekort.model.figures import Status
from xlmalekort.model.scorecard import Amount, Part, Share

if TYPE_CHECKING:
    from xlmalekort.judging.judge import Judgement


@dataclass(frozen=True, slots=True)
class Needed:
    """How much more (less where negative) a part must be, the others as they are.

    `by_part` is None where nothing is needed or nothing can be said; `reachable` is None then too, and False where no
    figure of this period can become green.
    """

    by_part: dict[Part, Fraction] | None
    reachable: bool | None


def needed(judgement: Judgement) -> Needed:
    """How much more of the part that staff can move makes a yellow or red value green: numerator, value or actual."""
    band, observed = judgement.band, judgement.observed
    if judgement.status not in (Status.YELLOW, Status.RED) or band is None or observed.upper is None:
        return Needed(None, None)
    figure = judgement.indicator.figure
    part = figure.parts[0][0]
    step = Fraction(1, 10**judgement.indicator.decimals) if isinstance(figure, Amount) else Fraction(1)
    divisor = _divisor(judgement)
    offset = 0 if isinstance(figure, Amount | Share) else 100
    green = band.green
    is_short = green.low is not None and judgement.shown is not None and judgement.shown <= green.low
    edge = green.low if is_short else green.high
    if edge is None:
        return Needed(None, None)
    # What looks green once rounded begins half a shown step outside a closed edge, and half a step inside an open one.
    half = Fraction(0) if judgement.is_exact else Fraction(1, 2 * 10**judgement.indicator.decimals)
    if is_short:
        count = ceil((edge + (half if green.low_open else -half) + offset) * divisor / step)
        candidates = (count, count + 1)
    else:
        count = floor((edge + (-half if green.high_open else half) + offset) * divisor / step)
        candidates = (count, count - 1)
    goal = next((count * step for count in candidates if _is_green(judgement, count * step / divisor - offset)), None)
    if goal is None:
        return Needed(None, reachable=False)
    reachable = not isinstance(figure, Share) or figure.may_exceed or goal <= (observed.lower or 0)
    return Needed({part: goal - observed.upper}, reachable and goal >= 0)


def _divisor(judgement: Judgement) -> Fraction:
    """What one unit of the shown value is in the part's own unit."""
    if isinstance(judgement.indicator.figure, Amount):
        return Fraction(1)
    observed = judgement.observed
    base = observed.lower if observed.lower is not None else observed.reference
    return (base or Fraction(1)) / 100


def _is_green(judgement: Judgement, value: Fraction) -> bool:
    band = judgement.band
    compared = value if judgement.is_exact else rounded(value, judgement.indicator.decimals)
    return band is not None and compared in band.green
