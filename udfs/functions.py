"""The functions of the cells: MK_STATUS, MK_TARGET, MK_WHY, MK_TO_GREEN and MK_SHARE.

Each takes a cell or a range for every argument and gives the same shape back. Numbers are as cells hold them: 0.749 for 74.9 per
cent. What cannot be used becomes `#VALUE!` in its own cell. Where there is nothing to say the cell stays empty. In Excel a last
argument that is left out means the scorecard of the workbook; in Python the scorecard has to be named.
"""

from __future__ import annotations

from functools import lru_cache
from math import inf
from typing import TYPE_CHECKING

from udfs.arguments import (
    NOT_AVAILABLE,
    Argument,
    ArgumentError,
    Cell,
    Result,
    is_empty,
    number,
    period_code,
    spread,
    text,
)
from udfs.cards import card_of
from udfs.judging import Yardstick, yardstick
from udfs.registry import excel_function
from xlmalekort.judging.bands import conditions_of
from xlmalekort.judging.needed import needed, step_of
from xlmalekort.judging.rules import rule_words
from xlmalekort.judging.values import rounded
from xlmalekort.model.figures import Status
from xlmalekort.model.places import Place, office_key

if TYPE_CHECKING:
    from collections.abc import Callable

    from udfs.cards import Card

_INDICATOR = "the number of the indicator, such as B.6"
_PERIOD = "its period: 2009-06, 2009-Q2, 2009-H1 or 2009"
_CARD = "a scorecard's name; left out, that of this workbook"
_ABOUT_A_VALUE = {
    "indicator": _INDICATOR,
    "value": "its value: 0.749 or 74.9 % for a percentage",
    "period": _PERIOD,
    "reference": "what the target compares with, where it does",
    "target": "the office's own target, or one to try out",
    "yellow": "where yellow ends, for a target of one's own",
    "scorecard": _CARD,
}


@excel_function(**_ABOUT_A_VALUE)
def MK_STATUS(  # noqa: N802 - its name in Excel
    indicator: Argument,
    value: Argument,
    period: Argument,
    reference: Argument = None,
    target: Argument = None,
    yellow: Argument = None,
    scorecard: str | None = None,
) -> Result:
    """Green, yellow, red or another status of a value, by the rules of the scorecard; empty where there is no value."""
    return _held(Yardstick.status, _card(scorecard), indicator, value, period, reference, target, yellow)


@excel_function(**_ABOUT_A_VALUE)
def MK_WHY(  # noqa: N802 - its name in Excel
    indicator: Argument,
    value: Argument,
    period: Argument,
    reference: Argument = None,
    target: Argument = None,
    yellow: Argument = None,
    scorecard: str | None = None,
) -> Result:
    """Why a value has its status, as a sentence in the scorecard's language; empty where there is no value."""
    return _held(Yardstick.why, _card(scorecard), indicator, value, period, reference, target, yellow)


@excel_function(
    indicator=_INDICATOR, period=_PERIOD, office="an office that may have a target of its own", scorecard=_CARD
)
def MK_TARGET(  # noqa: N802 - its name in Excel
    indicator: Argument, period: Argument, office: Argument = None, scorecard: str | None = None
) -> Result:
    """The number to reach in a period; in words where no single number is agreed."""

    @lru_cache(maxsize=None, typed=True)
    def target(of: Cell, when: Cell, unit: Cell) -> Cell:
        yard = yardstick(card, text(of), period_code(when))
        conditions = conditions_of(yard.indicator, yard.period, place=place_of(unit))
        only = conditions[0].band if len(conditions) == 1 else None
        if only is not None and (only.green.low is None) != (only.green.high is None) and only.target is not None:
            is_rounded = card.scorecard.comparison == "as_shown"
            shown = rounded(only.target, yard.indicator.decimals) if is_rounded else only.target
            return float(shown / 10**yard.shift)
        texts = card.scorecard.texts()
        return " · ".join(rule_words(card.scorecard, yard.indicator, each, texts) for each in conditions)

    def place_of(unit: Cell) -> Place:
        # Of its own office the workbook knows the area and the region, which may have a target; of another one nothing.
        if is_empty(unit) or office_key(text(unit)) == office_key(card.place.office):
            return card.place
        return Place(text(unit), country=card.scorecard.top.name)

    card = _card(scorecard)
    return spread(target, indicator, period, office)


@excel_function(
    indicator=_INDICATOR,
    numerator="the upper part: cases, the actual amount, or the value itself",
    denominator="what it is divided by: all cases, or the plan; empty where there is nothing",
    period=_PERIOD,
    scorecard=_CARD,
)
def MK_TO_GREEN(  # noqa: N802 - its name in Excel
    indicator: Argument, numerator: Argument, denominator: Argument, period: Argument, scorecard: str | None = None
) -> Result:
    """How much more of the upper part makes a value green (less where negative): 0 where it is green, #N/A where nothing does."""

    def to_green(of: Cell, upper: Cell, lower: Cell, when: Cell) -> Cell:
        if is_empty(upper) and is_empty(lower):
            return None
        judgement = yardstick(card, text(of), period_code(when)).of_parts(
            _number_or_none(upper), _number_or_none(lower)
        )
        if judgement.status is Status.GREEN:
            return 0.0
        if judgement.status is Status.REJECTED:
            raise ArgumentError
        found = needed(judgement, step_of(card.scorecard, judgement.indicator))
        if found.reachable is None:
            return None
        return float(next(iter(found.by_part.values()))) if found.by_part and found.reachable else NOT_AVAILABLE

    card = _card(scorecard)
    return spread(to_green, indicator, numerator, denominator, period)


@excel_function(numerators="how many of them", denominators="of how many")
def MK_SHARE(numerators: Argument, denominators: Argument) -> Result:  # noqa: N802 - its name in Excel
    """A share of each pair; empty for a pair that is not there and for none of none. Shares are never averaged."""

    def share(upper: Cell, lower: Cell) -> Cell:
        # Most cells hold numbers that make a share; those are not looked at twice.
        if type(upper) is float and type(lower) is float and 0 <= upper <= lower < inf:
            return upper / lower if lower else None
        if is_empty(upper) and is_empty(lower):
            return None
        above, below = number(upper), number(lower)
        if not 0 <= above <= below:
            raise ArgumentError
        return above / below if below else None

    return spread(share, numerators, denominators)


def _card(name: str | None) -> Card:
    return card_of(text(name))


def _held(say: Callable[[Yardstick, float], str], card: Card, *about: Argument) -> Result:
    """What is said of each value when it is held against its yardstick; most cells of a call share theirs."""

    # Typed, for TRUE is no 1.
    @lru_cache(maxsize=None, typed=True)
    def yard(of: Cell, when: Cell, *given: Cell) -> Yardstick:
        return yardstick(card, text(of), period_code(when), *map(_number_or_none, given))

    def said(of: Cell, at: Cell, when: Cell, *given: Cell) -> Cell:
        return None if is_empty(at) else say(yard(of, when, *given), number(at))

    return spread(said, *about)


def _number_or_none(cell: Cell) -> float | None:
    return None if is_empty(cell) else number(cell)
