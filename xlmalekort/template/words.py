"""Targets, zones and rules in words, as the sheets show them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, assert_never

from xlmalekort.judging.bands import NOWHERE, Band, Condition, Interval, at_least, at_most, conditions_of
from xlmalekort.judging.explain import band_slots, unit_of
from xlmalekort.judging.rules import BOTH_TARGETS, OWN_TARGET, against_words, rule_words
from xlmalekort.locale import N_
from xlmalekort.model.periods import DayOfNextMonth, DaysAfterEnd, EndOfNextMonth, Frequency, WeekdayAfterEnd
from xlmalekort.model.targets import Against, AtLeast, AtMost, OwnTarget, Within

if TYPE_CHECKING:
    from xlmalekort.judging.bands import Place
    from xlmalekort.locale import Texts
    from xlmalekort.model.measures import Level
    from xlmalekort.model.periods import Period, ReadyRule
    from xlmalekort.model.scorecard import Indicator, Scorecard

NO_YELLOW = N_("none")
ZONE_UNDECIDED = N_("not agreed")

FREQUENCIES = {
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


def _agreed_in_part(condition: Condition) -> Condition:
    """The same condition where no zone is agreed, so that its green region can still be told."""
    target = condition.target
    match target:
        case AtLeast(yellow="undecided"):
            return Condition(target, at_least(target.green, "none", strict=target.strict))
        case AtMost(yellow="undecided"):
            return Condition(target, at_most(target.green, "none", strict=target.strict))
        case Within() if condition.band is None:
            green = Interval(target.low, target.high, target.strict, target.strict)
            return Condition(target, Band(green, green))
        case _:
            return condition


def target_rule(scorecard: Scorecard, indicator: Indicator, period: Period, place: Place, texts: Texts) -> str:
    """The targets in force in a period as rules, `at least 75 %`."""
    words = [
        rule_words(scorecard, indicator, _agreed_in_part(each), texts)
        for each in conditions_of(indicator, period, place=place)
    ]
    return words[0] if len(words) == 1 else texts(BOTH_TARGETS, first=words[0], second=words[1])


def yellow_words(scorecard: Scorecard, indicator: Indicator, period: Period, place: Place, texts: Texts) -> str:
    """The yellow zone of the first target in force in a period, `65-75 %`."""
    condition = conditions_of(indicator, period, place=place)[0]
    target = condition.target
    if isinstance(target, OwnTarget):
        return texts(OWN_TARGET if target.yellow is not None else NO_YELLOW)
    if isinstance(target, Against) and target.yellow != "undecided":
        if isinstance(target.yellow, str):
            return texts(NO_YELLOW)
        return against_words(scorecard, indicator, target, target.yellow, texts)
    if condition.band is None:
        return texts(ZONE_UNDECIDED)
    return band_slots(indicator, condition, unit_of(scorecard, indicator), texts)["yellow"] or texts(NO_YELLOW)


def by_step(
    scorecard: Scorecard, indicator: Indicator, periods: tuple[Period, ...], place: Place, texts: Texts
) -> tuple[tuple[Period, str, str], ...]:
    """Target and yellow zone in words for each stretch of the periods, with the first period of the stretch."""
    return _steps(scorecard, indicator.id, periods, place if indicator.unit_targets else NOWHERE, texts)


@lru_cache(maxsize=512)
def _steps(
    scorecard: Scorecard, indicator_id: str, periods: tuple[Period, ...], place: Place, texts: Texts
) -> tuple[tuple[Period, str, str], ...]:
    indicator = scorecard.indicator[indicator_id]
    steps: list[tuple[Period, str, str]] = []
    for period in periods:
        words = (
            target_rule(scorecard, indicator, period, place, texts),
            yellow_words(scorecard, indicator, period, place, texts),
        )
        if not steps or steps[-1][1:] != words:
            steps.append((period, *words))
    return tuple(steps)


def frequency_words(frequency: Frequency, texts: Texts) -> str:
    """How often an indicator has a figure."""
    return texts(FREQUENCIES[frequency])


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
