"""Targets as rules in words, before any figure is there: `at least 5 % above the same period last year`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlmalekort.judging.bands import Condition
from xlmalekort.judging.explain import (
    AT_LEAST,
    AT_MOST,
    OVER,
    UNDER,
    amount_words,
    band_slots,
    held_against,
    number_words,
    unit_mark,
    unit_of,
)
from xlmalekort.judging.judge import band_as_shown
from xlmalekort.locale import N_
from xlmalekort.model.measures import Unit
from xlmalekort.model.targets import Against, Milestone, OwnTarget, Path, Reference

if TYPE_CHECKING:
    from fractions import Fraction

    from xlmalekort.judging.judge import Judgement
    from xlmalekort.locale import Texts
    from xlmalekort.model.indicators import Indicator
    from xlmalekort.model.periods import Period
    from xlmalekort.model.scorecard import Scorecard

NO_TARGET = N_("no target agreed")
OWN_TARGET = N_("the office's own target")
BOTH_TARGETS = N_("{first}, and {second}")
STEP_BY = N_("{step} by {date}")
ON_THE_WAY = N_("from {start} on {from_day} to {end} on {to_day}")
_NAMES = {
    Reference.PREVIOUS: N_("the period before"),
    Reference.LAST_YEAR: N_("the same period last year"),
    Reference.BASELINE: N_("the baseline"),
    Reference.PLAN: N_("the plan"),
    Reference.PEERS: N_("the mean of the other offices"),
    Reference.PEERS_AND_SELF: N_("the mean of all offices"),
}
_ABOVE = N_("at least {offset} above {name}")
_NOT_BELOW = N_("at most {offset} below {name}")
_BELOW = N_("at least {offset} below {name}")
_NOT_ABOVE = N_("at most {offset} above {name}")
_AROUND = N_("within {offset} of {name}")
_TITLE = N_("“{title}”")
_POINTS = N_("{number} percentage points")


def rule_words(scorecard: Scorecard, indicator: Indicator, condition: Condition, texts: Texts) -> str:
    """What the target of a condition asks for, whether or not the figures to compare with are there."""
    target = condition.target
    match target:
        case OwnTarget():
            return texts(OWN_TARGET)
        case Against():
            return against_words(scorecard, indicator, target, target.green, texts)
        case Path():
            unit, decimals = unit_of(scorecard, indicator), indicator.decimals
            return texts(
                ON_THE_WAY,
                start=amount_words(target.start, decimals, unit, texts),
                end=amount_words(target.end, decimals, unit, texts),
                from_day=texts.date(target.starts),
                to_day=texts.date(target.ends),
            )
        case Milestone():
            return "\n".join(texts(STEP_BY, step=step.title, date=texts.date(step.due)) for step in target.steps)
        case _:
            if condition.band is None:
                return texts(NO_TARGET)
            band = band_as_shown(condition.band, indicator.decimals)
            shown = Condition(target, band)
            return band_slots(indicator, shown, unit_of(scorecard, indicator), texts)["green"]


def target_words(scorecard: Scorecard, judgement: Judgement, texts: Texts) -> str:
    """The targets that a figure was held against: their numbers where these are known, else their rules."""
    words = [_condition_words(scorecard, judgement, condition, texts) for condition in judgement.conditions]
    return words[0] if len(words) == 1 else texts(BOTH_TARGETS, first=words[0], second=words[1])


def _condition_words(scorecard: Scorecard, judgement: Judgement, condition: Condition, texts: Texts) -> str:
    indicator, period = judgement.indicator, judgement.period
    if isinstance(condition.target, Milestone):
        return step_words(condition.target, period, texts)
    if condition.band is None:
        return rule_words(scorecard, indicator, condition, texts)
    return held_against(scorecard, indicator, period, condition, texts)


def step_words(target: Milestone, period: Period, texts: Texts) -> str:
    """The step of a milestone that a period is about: the latest one due by its end, else the first."""
    due = [step for step in target.steps if step.due <= period.end]
    step = due[-1] if due else target.steps[0]
    return texts(STEP_BY, step=step.title, date=texts.date(step.due))


def against_words(scorecard: Scorecard, indicator: Indicator, target: Against, offset: Fraction, texts: Texts) -> str:
    """A target against a reference, at a distance from it: that of green or of yellow."""
    name = texts(_NAMES[target.reference]) if target.reference in _NAMES else ""
    if not name and target.measure is not None:
        name = texts(_TITLE, title=scorecard.measure[target.measure].title)
    distance = _offset_words(scorecard, indicator, target, abs(offset), texts)
    if target.better == "on_target":
        return texts(_AROUND, offset=distance, name=name)
    if target.better == "higher":
        if not offset:
            return texts(OVER if target.strict else AT_LEAST, edge=name)
        return texts(_ABOVE if offset > 0 else _NOT_BELOW, offset=distance, name=name)
    if not offset:
        return texts(UNDER if target.strict else AT_MOST, edge=name)
    return texts(_BELOW if offset < 0 else _NOT_ABOVE, offset=distance, name=name)


def _offset_words(scorecard: Scorecard, indicator: Indicator, target: Against, offset: Fraction, texts: Texts) -> str:
    if target.by == "percent":
        return _offset_number(indicator, offset, Unit.PERCENT, texts) + texts.percent_sign
    return distance_words(scorecard, indicator, offset, texts)


def distance_words(scorecard: Scorecard, indicator: Indicator, distance: Fraction, texts: Texts) -> str:
    """A distance between two values of an indicator: `2 prosentpoeng`, `0,5 dager`."""
    unit = unit_of(scorecard, indicator)
    number = _offset_number(indicator, distance, unit, texts)
    return texts(_POINTS, number=number) if unit is Unit.PERCENT else number + unit_mark(unit, texts)


def _offset_number(indicator: Indicator, offset: Fraction, unit: Unit, texts: Texts) -> str:
    return number_words(offset, 0 if offset.denominator == 1 else max(indicator.decimals, 1), unit, texts)
