"""Targets, zones and rules in words, as the sheets show them."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, assert_never

from xlmalekort.judging.bands import Band, Condition, Interval, at_least, at_most, conditions_of
from xlmalekort.judging.explain import band_slots, unit_of
from xlmalekort.judging.rules import BOTH_TARGETS, OWN_TARGET, against_words, distance_words, rule_words
from xlmalekort.locale import N_
from xlmalekort.model.periods import DayOfNextMonth, DaysAfterEnd, EndOfNextMonth, Frequency, WeekdayAfterEnd
from xlmalekort.model.places import NOWHERE, office_key
from xlmalekort.model.targets import Against, AtLeast, AtMost, OwnTarget, Path, Within

if TYPE_CHECKING:
    from xlmalekort.locale import Texts
    from xlmalekort.model.indicators import Indicator
    from xlmalekort.model.measures import Level
    from xlmalekort.model.periods import Period, ReadyRule
    from xlmalekort.model.places import Place
    from xlmalekort.model.scorecard import Scorecard
    from xlmalekort.model.targets import UnitTarget
    from xlmalekort.template.state import OfficeState

NO_YELLOW = N_("none")
ZONE_UNDECIDED = N_("not agreed")
_OF_THE_FIRST = N_("{zone} for the first target")
_OF_THE_SECOND = N_("{zone} for the second target")
_UNDER_THE_LINE = N_("up to {offset} under the line")
_OVER_THE_LINE = N_("up to {offset} over the line")

_AGREED = N_("Agreed for {unit}")
_AGREED_FROM = N_("Agreed for {unit} from {date}")
_CHANGED = N_("Changed from {date}")
_BECAUSE = N_("{words}: {reason}")
_ENTRY = N_("Figures belong to the period of entry; they are judged when {months} months are over.")
_CLOSING = N_("Figures belong to the period in which the {months} months end.")
_LEAST_CASES = N_("Judged from {least} cases on.")
_LEAST_ANSWERS = N_("Shown from {least} answers on.")
_REACH_BY = N_("To be reached by {date}.")
_BROKEN = N_("Not compared with before {date}: {reason}")

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
    """The yellow zones of the targets in force in a period, `65-75 %`."""
    words = [_zone_words(scorecard, indicator, each, texts) for each in conditions_of(indicator, period, place=place)]
    if len(set(words)) == 1:
        return words[0]
    messages = zip((_OF_THE_FIRST, _OF_THE_SECOND), words, strict=True)
    return "\n".join(texts(message, zone=zone) for message, zone in messages if zone != texts(NO_YELLOW))


def _zone_words(scorecard: Scorecard, indicator: Indicator, condition: Condition, texts: Texts) -> str:
    target = condition.target
    match target:
        case OwnTarget():
            return texts(OWN_TARGET if target.yellow is not None else NO_YELLOW)
        case Path() | Against() if target.yellow == "undecided":
            return texts(ZONE_UNDECIDED)
        case Path() | Against() if isinstance(target.yellow, str):
            return texts(NO_YELLOW)
        case Against(yellow=Fraction() as offset):
            return against_words(scorecard, indicator, target, offset, texts)
        case Path(yellow=Fraction() as offset):
            far = distance_words(scorecard, indicator, offset, texts)
            return texts(_UNDER_THE_LINE if target.better == "higher" else _OVER_THE_LINE, offset=far)
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


def agreed_words(state: OfficeState, indicator: Indicator) -> tuple[str, ...]:
    """When a target is to be reached, and where it comes from if not from the scorecard from the beginning: lines of text."""
    texts = state.texts
    own = [each for each in indicator.unit_targets if _is_of(state.place, each)]
    lines = [texts(_REACH_BY, date=texts.date(indicator.reach_by))] if indicator.reach_by else []
    for target in own:
        words = texts(_AGREED_FROM, unit=target.unit, date=texts.date(target.starts)) if target.starts else ""
        words = words or texts(_AGREED, unit=target.unit)
        lines.append(texts(_BECAUSE, words=words, reason=target.reason) if target.reason else words)
    if all(each.starts for each in own):
        changed = [(texts(_CHANGED, date=texts.date(each.starts)), each.reason) for each in indicator.revisions]
        lines += [texts(_BECAUSE, words=words, reason=reason) for words, reason in changed]
    return tuple(lines)


def _is_of(place: Place, target: UnitTarget) -> bool:
    name = place.unit(target.level)
    return bool(name) and office_key(name) == office_key(target.unit)


def special_words(indicator: Indicator, texts: Texts) -> tuple[str, ...]:
    """What else decides whether and when an indicator is judged: a line for each rule."""
    lines = []
    if indicator.cohort:
        message = _ENTRY if indicator.cohort.period_is == "entry" else _CLOSING
        lines.append(texts(message, months=indicator.cohort.window_months))
    if indicator.least_denominator:
        message = _LEAST_ANSWERS if indicator.question else _LEAST_CASES
        lines.append(texts(message, least=indicator.least_denominator))
    lines += [texts(_BROKEN, date=texts.date(each.starts), reason=each.reason) for each in indicator.breaks]
    return tuple(lines)


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
