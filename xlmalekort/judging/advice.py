"""What to do now, in words: how many more make it green within the period, and where it is heading.

As with reasons, the messages are written once; the workbook's formulas fill the same ones with cells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlmalekort.judging.explain import BOTH, amount_words, band_slots, unit_of
from xlmalekort.judging.needed import needed, step_of
from xlmalekort.locale import N_, P_
from xlmalekort.model.measures import Unit
from xlmalekort.model.targets import Milestone

if TYPE_CHECKING:
    from fractions import Fraction

    from xlmalekort.judging.forecast import Forecast
    from xlmalekort.judging.judge import Judgement
    from xlmalekort.locale import Texts
    from xlmalekort.model.indicators import Indicator
    from xlmalekort.model.scorecard import Scorecard

MORE = P_("{count} more would make it green", "{count} more would make it green")
FEWER = P_("{count} fewer would make it green", "{count} fewer would make it green")
MORE_STEPS = P_("{count} more step would make it green", "{count} more steps would make it green")
AMOUNT_MORE = N_("{amount} more would make it green")
AMOUNT_LESS = N_("{amount} less would make it green")
OUT_OF_REACH = N_("It can no longer become green in {period}")
REACHES = N_("At this pace {value} on {date}: the target is reached")
FALLS_SHORT = N_("At this pace {value} on {date}: the target, {green}, is not reached")


_MOST_DECIMALS = 4


def moved_unit(scorecard: Scorecard, indicator: Indicator) -> Unit:
    """The unit of the part that staff can move."""
    return scorecard.measure[indicator.figure.upper[0].measure].unit


def moved_decimals(scorecard: Scorecard, indicator: Indicator) -> int:
    """The decimals of the least step by which that part moves."""
    return max(scorecard.measure[term.measure].decimals for term in indicator.figure.upper)


def is_counted_in_cases(scorecard: Scorecard, indicator: Indicator) -> bool:
    """Whether what is needed is a number of cases, rather than an amount."""
    return moved_unit(scorecard, indicator) is Unit.COUNT and not moved_decimals(scorecard, indicator)


def advise(scorecard: Scorecard, judgement: Judgement, ahead: Forecast | None, texts: Texts) -> str:
    """What makes the figure green, and where the year is heading; empty where there is nothing to say."""
    sentences = [
        each
        for each in (_needed_words(scorecard, judgement, texts), _ahead_words(scorecard, judgement, ahead, texts))
        if each
    ]
    if not sentences:
        return ""
    return sentences[0] if len(sentences) == 1 else texts(BOTH, first=sentences[0], second=sentences[1])


def needed_of(scorecard: Scorecard, judgement: Judgement) -> tuple[Fraction | None, bool | None]:
    """How much more of the part that can be moved (less where negative), and whether that can be."""
    lacks = needed(judgement, step_of(scorecard, judgement.indicator))
    return next(iter(lacks.by_part.values())) if lacks.by_part else None, lacks.reachable


def _needed_words(scorecard: Scorecard, judgement: Judgement, texts: Texts) -> str:
    indicator = judgement.indicator
    more, is_reachable = needed_of(scorecard, judgement)
    if is_reachable is None:
        return ""
    if not is_reachable or more is None:
        return texts(OUT_OF_REACH, period=texts.period(judgement.period.code))
    if is_counted_in_cases(scorecard, indicator) and more.denominator == 1:
        is_milestone = isinstance(judgement.conditions[0].target, Milestone)
        forms = FEWER if more < 0 else MORE_STEPS if is_milestone else MORE
        return texts.plural(*forms, abs(int(more)))
    decimals = moved_decimals(scorecard, indicator)
    while (more * 10**decimals).denominator != 1 and decimals < _MOST_DECIMALS:
        decimals += 1  # loose numbers may have more decimals than a workbook takes
    amount = amount_words(abs(more), decimals, moved_unit(scorecard, indicator), texts)
    return texts(AMOUNT_MORE if more > 0 else AMOUNT_LESS, amount=amount)


def _ahead_words(scorecard: Scorecard, judgement: Judgement, ahead: Forecast | None, texts: Texts) -> str:
    if ahead is None:
        return ""
    indicator, unit = judgement.indicator, unit_of(scorecard, judgement.indicator)
    value = amount_words(ahead.shown, indicator.decimals, unit, texts)
    slots = {"value": value, "date": texts.date(ahead.day)}
    if ahead.is_reached:
        return texts(REACHES, **slots)
    return texts(FALLS_SHORT, **slots, green=band_slots(indicator, ahead.goal, unit, texts)["green"])
