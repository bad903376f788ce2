"""What it takes to become green within the period.

The workbook's formulas do the same sums in whole numbers (`xlmalekort.template.advice`).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

from xlmalekort.judging.values import rate_of
from xlmalekort.model.figure_kinds import Amount, Change, Deviation, Distribution, Part, Share
from xlmalekort.model.figures import Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlmalekort.judging.judge import Judgement
    from xlmalekort.model.indicators import Indicator
    from xlmalekort.model.scorecard import Scorecard


@dataclass(frozen=True, slots=True)
class Needed:
    """How much more (less where negative) a part must be, the others as they are.

    `by_part` is None where nothing is needed or nothing can be said; `reachable` is None then too, and False where no
    figure of this period can become green.
    """

    by_part: dict[Part, Fraction] | None
    reachable: bool | None


NOTHING_NEEDED = Needed(None, None)


def step_of(scorecard: Scorecard, indicator: Indicator) -> Fraction:
    """The least by which the part that staff can move may move: the last decimal of its measures."""
    return Fraction(1, 10 ** max(scorecard.measure[term.measure].decimals for term in indicator.figure.upper))


def needed(judgement: Judgement, step: Fraction = Fraction(1)) -> Needed:
    """How much more of the part that staff can move makes a yellow or red value green: numerator, value or actual.

    `step` is what the part moves by (`step_of`). Answers to a question cannot be moved, so nothing is said of them.
    """
    observed, indicator = judgement.observed, judgement.indicator
    if (
        judgement.status not in (Status.YELLOW, Status.RED)
        or observed.upper is None
        or isinstance(indicator.figure, Distribution)
        or any(each.band is None for each in judgement.conditions)
    ):
        return NOTHING_NEEDED
    base = _base(judgement)
    if not base:
        return NOTHING_NEEDED
    lows, highs = list(_lowest(judgement, base, step)), list(_highest(judgement, base, step))
    low, high = max(lows, default=None), min(highs, default=None)
    if low is not None and high is not None and low > high:
        return Needed(None, reachable=False)
    if low is not None and observed.upper < low:
        goal = low
    elif high is not None and observed.upper > high:
        goal = high
    else:
        return NOTHING_NEEDED
    is_within = not isinstance(indicator.figure, Share) or indicator.figure.may_exceed or goal <= (observed.lower or 0)
    return Needed({_moved(indicator): goal - observed.upper}, is_within and goal >= 0)


def _moved(indicator: Indicator) -> Part:
    """The field of the part that staff can move."""
    return next(part for part, measures in indicator.fields if measures == indicator.figure.parts[0][1])


def _base(judgement: Judgement) -> Fraction | None:
    """What the upper part is divided by to give the value, before it is put in per cent."""
    observed, figure = judgement.observed, judgement.indicator.figure
    if isinstance(figure, Amount):
        return Fraction(1)
    if not isinstance(figure, Change):
        return observed.lower
    compared = observed.reference(figure.against)
    if compared is None:
        return None
    rate = rate_of(compared)
    return rate * (observed.lower or 0) if figure.per and rate is not None else rate


def _bound(judgement: Judgement, edge: Fraction, base: Fraction, step: Fraction) -> Fraction:
    """The upper part, in steps, at which the value is `edge`."""
    over = 100 if isinstance(judgement.indicator.figure, Deviation | Change) else 0
    scale = 100 if judgement.indicator.is_percent else 1
    return (edge + over) * base / scale / step


def _lowest(judgement: Judgement, base: Fraction, step: Fraction) -> Iterator[Fraction]:
    """The least upper part that is green, for each edge that is to be reached from below."""
    for condition in judgement.conditions:
        green = condition.band.green if condition.band else None
        if green is None or green.low is None:
            continue
        if judgement.is_exact:
            bound = _bound(judgement, green.low, base, step)
            yield (floor(bound) + 1 if green.low_open else ceil(bound)) * step
            continue
        # What looks green begins half a shown step below the edge; half a step is rounded away from zero.
        edge = green.low * 10**judgement.indicator.decimals + green.low_open
        bound = _bound(judgement, (2 * edge - 1) / (2 * 10**judgement.indicator.decimals), base, step)
        yield (ceil(bound) if edge > 0 else floor(bound) + 1) * step


def _highest(judgement: Judgement, base: Fraction, step: Fraction) -> Iterator[Fraction]:
    """The largest upper part that is green, for each edge that is to be reached from above."""
    for condition in judgement.conditions:
        green = condition.band.green if condition.band else None
        if green is None or green.high is None:
            continue
        if judgement.is_exact:
            bound = _bound(judgement, green.high, base, step)
            yield (ceil(bound) - 1 if green.high_open else floor(bound)) * step
            continue
        edge = green.high * 10**judgement.indicator.decimals - green.high_open
        bound = _bound(judgement, (2 * edge + 1) / (2 * 10**judgement.indicator.decimals), base, step)
        yield (floor(bound) if edge < 0 else ceil(bound) - 1) * step
