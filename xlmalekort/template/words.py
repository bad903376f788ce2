"""Targets, zones and rules in words, as the sheets show them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, assert_never

from xlmalekort.judging.bands import resolve_band, target_in_force
from xlmalekort.judging.explain import band_slots, unit_of
from xlmalekort.locale import N_
from xlmalekort.model.periods import DayOfNextMonth, DaysAfterEnd, EndOfNextMonth, Frequency, WeekdayAfterEnd
from xlmalekort.model.targets import AtLeast, AtMost, OwnTarget, Within

if TYPE_CHECKING:
    from xlmalekort.judging.bands import Band
    from xlmalekort.locale import Texts
    from xlmalekort.model.measures import Level
    from xlmalekort.model.periods import Period, ReadyRule
    from xlmalekort.model.scorecard import Indicator, Scorecard
    from xlmalekort.model.targets import Target

NO_TARGET = N_("no target agreed")
OWN_TARGET = N_("the office's own target")
NO_YELLOW = N_("none")
ZONE_UNDECIDED = N_("not agreed")

_FREQUENCIES = {
    Frequency.MONTH: N_("every month"),
    Frequency.QUARTER: N_("every quarter"),
    Frequency.TERM: N_("every term"),
    Frequency.HALF_YEAR: N_("every half-year"),
    Frequency.YEAR: N_("every year"),
    Frequency.WHEN_HELD: N_("when held"),
}
_ORIGINS = {
    "national": N_("national"),
    "county": N_("county"),
    "municipality": N_("municipality"),
    "office": N_("office"),
}
_WEEKDAYS = {
    "monday": N_("first Monday after the period"),
    "tuesday": N_("first Tuesday after the period"),
    "wednesday": N_("first Wednesday after the period"),
    "thursday": N_("first Thursday after the period"),
    "friday": N_("first Friday after the period"),
    "saturday": N_("first Saturday after the period"),
    "sunday": N_("first Sunday after the period"),
}


def _with_yellow_left_out(target: Target) -> Target:
    """The same target where no zone is agreed, so that its green region can still be told."""
    match target:
        case AtLeast(yellow="undecided") | AtMost(yellow="undecided"):
            return target.model_copy(update={"yellow": "none"})
        case Within():
            agreed = {name: "none" for name in ("yellow_low", "yellow_high") if getattr(target, name) == "undecided"}
            return target.model_copy(update=agreed)
        case _:
            return target


def _band_of(indicator: Indicator, period: Period) -> Band | None:
    target = target_in_force(indicator.target, period)
    if target is None:
        return None
    return resolve_band(indicator.model_copy(update={"target": _with_yellow_left_out(target)}), period)


def target_words(scorecard: Scorecard, indicator: Indicator, period: Period, texts: Texts) -> str:
    """The target in force in a period, `at least 75 %`; of an own target only that it is one."""
    if isinstance(indicator.target, OwnTarget):
        return texts(OWN_TARGET)
    band = _band_of(indicator, period)
    if band is None:
        return texts(NO_TARGET)
    return band_slots(indicator, band, unit_of(scorecard, indicator), texts)["green"]


def yellow_words(scorecard: Scorecard, indicator: Indicator, period: Period, texts: Texts) -> str:
    """The yellow zone in force in a period, `65-75 %`."""
    if isinstance(indicator.target, OwnTarget):
        return texts(OWN_TARGET)
    band = resolve_band(indicator, period)
    if band is None:
        return texts(ZONE_UNDECIDED)
    return band_slots(indicator, band, unit_of(scorecard, indicator), texts)["yellow"] or texts(NO_YELLOW)


def by_step(
    scorecard: Scorecard, indicator: Indicator, periods: tuple[Period, ...], texts: Texts
) -> tuple[tuple[Period, str, str], ...]:
    """Target and yellow zone in words for each stretch of the periods, with the first period of the stretch."""
    return _steps(scorecard, indicator.id, periods, texts)


@lru_cache(maxsize=512)
def _steps(
    scorecard: Scorecard, indicator_id: str, periods: tuple[Period, ...], texts: Texts
) -> tuple[tuple[Period, str, str], ...]:
    indicator = scorecard.indicator[indicator_id]
    steps: list[tuple[Period, str, str]] = []
    for period in periods:
        words = (
            target_words(scorecard, indicator, period, texts),
            yellow_words(scorecard, indicator, period, texts),
        )
        if not steps or steps[-1][1:] != words:
            steps.append((period, *words))
    return tuple(steps)


def frequency_words(frequency: Frequency, texts: Texts) -> str:
    """How often an indicator has a figure."""
    return texts(_FREQUENCIES[frequency])


def origin_words(indicator: Indicator, texts: Texts) -> str:
    """Which level the goal comes from."""
    return texts(_ORIGINS[indicator.origin])


def ready_words(rule: ReadyRule, delay_months: int, texts: Texts) -> str:
    """When the figure of a period is ready."""
    match rule:
        case EndOfNextMonth():
            words = texts(N_("the last day of the next month"))
        case DayOfNextMonth():
            words = texts(N_("day {day} of the next month"), day=rule.day)
        case WeekdayAfterEnd():
            words = texts(_WEEKDAYS[rule.weekday])
        case DaysAfterEnd():
            words = texts(N_("{days} days after the period"), days=rule.days)
        case _:
            assert_never(rule)
    if not delay_months:
        return words
    return texts(N_("{rule}, {months} months later"), rule=words, months=delay_months)


def level_words(scorecard: Scorecard, level: Level) -> str:
    """What a level is called in this system."""
    return scorecard.level_names.get(level, level.value)
