"""Why a figure has its status, in a sentence for each thing that it was held against: figure, target, zone and period.

The sentences are written once, with slots. Python fills them with numbers; the workbook's formulas fill the same ones
with cells.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from xlmalekort.judging.bands import Lack
from xlmalekort.judging.judge import ready_day, window_end
from xlmalekort.judging.values import compared_period, has_few_answers, rounded
from xlmalekort.locale import N_
from xlmalekort.model.figure_kinds import Amount, Change, Distribution
from xlmalekort.model.figures import Status
from xlmalekort.model.measures import Unit
from xlmalekort.model.targets import Against, Milestone, OwnTarget, Reference

if TYPE_CHECKING:
    from fractions import Fraction

    from xlmalekort.judging.bands import Band, Condition, Interval
    from xlmalekort.judging.judge import Judgement
    from xlmalekort.locale import Texts
    from xlmalekort.model.indicators import Indicator
    from xlmalekort.model.periods import Period
    from xlmalekort.model.scorecard import Scorecard

EXEMPT = N_("The office is exempt from this indicator")
REJECTED = N_("What was entered for {period} cannot be used; see {control}")
UNDECIDED = N_("No target or zone has been agreed yet")
UNDECIDED_VALUE = N_("{value} in {period}; no target or zone has been agreed yet")
UNDECIDED_LACK = N_("{reason}; no target or zone has been agreed yet")
NOT_DUE = N_("The figures for {period} are expected by {date}")
WHEN_HELD = N_("Entered when it is held; no figures for {period}")
MISSING = N_("The figures for {period} are missing")
WINDOW_OPEN = N_("Those who entered in {period} can be judged after {date}")
NO_CASES = N_("0 of 0 cases in {period}: nothing to judge")
NO_PLAN = N_("The plan for {period} is 0, so there is no deviation to work out")
NO_REFERENCE = N_("There is no figure for {reference} to compare with")
NO_TOTAL = N_("The figures for {period} cannot be added up without weights")
REFERENCE_ZERO = N_("The figure for {reference} is 0, so there is no change to work out")
NOT_TYPED = {
    Reference.BASELINE: N_("No baseline has been entered to compare with"),
    Reference.PLAN: N_("No plan has been entered to compare with"),
    Reference.OUTSIDE: N_("The figure to compare with has not been entered"),
    Reference.PEERS: N_("There is no mean of the other offices to compare with"),
    Reference.PEERS_AND_SELF: N_("There is no mean of the offices to compare with"),
}
TYPED_ZERO = N_("What it is compared with is 0, so no percentage can be taken of it")
BROKEN = N_("Not compared with {reference}: {reason}")
TOO_FEW = N_("Only {cases} cases in {period}; at least {least} are needed to judge")
FEW_ANSWERS = N_("Fewer than {least} answers in {period}, so they are not shown")
GREEN = N_("{value} is within the target, {green}, in {period}")
YELLOW = N_("{value} is in the yellow zone {yellow} in {period}; the target is {green}")
RED_BELOW = N_("{value} is below the yellow zone {yellow} in {period}; the target is {green}")
RED_ABOVE = N_("{value} is above the yellow zone {yellow} in {period}; the target is {green}")
RED_OUTSIDE = N_("{value} is outside the yellow zone {yellow} in {period}; the target is {green}")
RED_WITHOUT_YELLOW = N_("{value} in {period} does not reach the target, {green}")
STEPS_DONE = N_("{done} of {all} steps done in {period}, as planned")
STEPS_LATE = N_("{done} of {all} steps done in {period}; by now it should be {due}: {step}")
STEPS_WAIT = N_("The first step is due by {date}: {step}")
WITH_BASIS = N_("{sentence} ({basis})")
BOTH = N_("{first}. {second}")

AT_LEAST = N_("at least {edge}")
OVER = N_("over {edge}")
AT_MOST = N_("at most {edge}")
UNDER = N_("under {edge}")
BETWEEN = N_("{low} to {high}")

BASIS = {
    Reference.PREVIOUS: N_("{period}: {reference}"),
    Reference.LAST_YEAR: N_("{period}: {reference}"),
    Reference.BASELINE: N_("baseline {reference}"),
    Reference.PLAN: N_("plan {reference}"),
    Reference.OUTSIDE: N_("compared with {reference}"),
    Reference.PEERS: N_("mean of the others {reference}"),
    Reference.PEERS_AND_SELF: N_("mean of all {reference}"),
}
"""What a target compares with, and its number."""

_LACKS = {
    Lack.NO_CASES: NO_CASES,
    Lack.NO_PLAN: NO_PLAN,
    Lack.NO_REFERENCE: NO_REFERENCE,
    Lack.REFERENCE_ZERO: REFERENCE_ZERO,
    Lack.NO_TOTAL: NO_TOTAL,
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A message with slots, and what fills them."""

    message: str
    slots: dict[str, str]

    def read(self, texts: Texts) -> str:
        """The sentence in the reader's language."""
        return texts(self.message, **self.slots)


def explain(scorecard: Scorecard, judgement: Judgement, texts: Texts) -> str:
    """Why an indicator has its status: `67,9 % er under gult område 68-75 % i mai 2009; målet er minst 75 %`.

    Held against two conditions both reasons are given, that of the worse first.
    """
    if not judgement.verdicts:
        return sentence_of(scorecard, judgement, texts).read(texts)
    reasons = [
        reason_of(scorecard, judgement, condition, verdict, texts)
        for condition, verdict in zip(judgement.conditions, judgement.verdicts, strict=True)
    ]
    if len(reasons) == 1:
        return reasons[0]
    first, second = reasons if judgement.verdicts[0] is judgement.status else reversed(reasons)
    return texts(BOTH, first=first, second=second)


def sentence_of(scorecard: Scorecard, judgement: Judgement, texts: Texts) -> Sentence:
    """The sentence for a judgement that was held against nothing, its slots filled with text."""
    indicator, period = judgement.indicator, judgement.period
    value = _value_words(scorecard, judgement, texts)
    slots = {"period": texts.period(period.code), "value": value}
    match judgement.status:
        case Status.NOT_APPLICABLE:
            return Sentence(EXEMPT, {})
        case Status.REJECTED:
            return Sentence(REJECTED, {**slots, "control": texts(CONTROL_TITLE)})
        case Status.UNDECIDED:
            return Sentence(UNDECIDED_VALUE, slots) if value else _undecided_sentence(judgement, texts)
        case Status.NOT_DUE if judgement.observed.is_reported:
            return Sentence(WINDOW_OPEN, {**slots, "date": texts.date(window_end(indicator, period))})
        case Status.NOT_DUE:
            return not_due_sentence(indicator, period, judgement.conditions, texts)
        case Status.MISSING:
            return Sentence(MISSING, slots)
        case Status.TOO_FEW:
            return _too_few_sentence(judgement, texts)
        case _:
            return _lack_sentence(judgement, texts)


def _undecided_sentence(judgement: Judgement, texts: Texts) -> Sentence:
    """That nothing is agreed, of what has no figure to show, with the reason why it has none."""
    if not judgement.observed.is_reported:
        if not judgement.is_due:
            return Sentence(UNDECIDED, {})
        lack = Sentence(MISSING, {"period": texts.period(judgement.period.code)})
    elif judgement.indicator.rests_on_cases and has_few_answers(judgement.indicator, judgement.observed.lower):
        lack = _too_few_sentence(judgement, texts)
    else:
        lack = _lack_sentence(judgement, texts)
    return Sentence(UNDECIDED_LACK, {"reason": lack.read(texts)})


def _too_few_sentence(judgement: Judgement, texts: Texts) -> Sentence:
    cases, least = (
        number_words(count, 0, Unit.COUNT, texts)
        for count in (judgement.observed.lower or 0, judgement.indicator.least_denominator)
    )
    slots = {"period": texts.period(judgement.period.code), "cases": cases, "least": least}
    return Sentence(FEW_ANSWERS if judgement.indicator.question else TOO_FEW, slots)


def _lack_sentence(judgement: Judgement, texts: Texts) -> Sentence:
    """Why a reported figure has no value."""
    indicator, period, lack = judgement.indicator, judgement.period, judgement.lack or Lack.NO_CASES
    if isinstance(indicator.figure, Change) and lack in (Lack.NO_REFERENCE, Lack.REFERENCE_ZERO):
        return reference_sentence(
            indicator, indicator.figure.against, period, texts, is_zero=lack is not Lack.NO_REFERENCE
        )
    return Sentence(_LACKS[lack], {"period": texts.period(period.code)})


def reference_sentence(
    indicator: Indicator, reference: Reference, period: Period, texts: Texts, *, is_zero: bool
) -> Sentence:
    """Why there is nothing to compare with: it is not there, it is 0, or a break lies between."""
    if reference.is_typed:
        return Sentence(TYPED_ZERO if is_zero else NOT_TYPED[reference], {})
    earlier = compared_period(reference, period)
    slots = {"reference": texts.period(earlier.code)}
    if is_zero:
        return Sentence(REFERENCE_ZERO, slots)
    broken = indicator.break_between(earlier.end, period.end)
    return Sentence(BROKEN, {**slots, "reason": broken.reason}) if broken else Sentence(NO_REFERENCE, slots)


def reason_of(scorecard: Scorecard, judgement: Judgement, condition: Condition, verdict: Status, texts: Texts) -> str:
    """What came of one condition, with what it compares with."""
    indicator, period = judgement.indicator, judgement.period
    value = _value_words(scorecard, judgement, texts)
    slots = {"period": texts.period(period.code), "value": value}
    if isinstance(condition.target, Milestone):
        return milestone_sentence(condition.target, int(judgement.shown or 0), period, verdict, texts).read(texts)
    if condition.band is None:
        if isinstance(condition.target, Against) and condition.lack is not None:
            is_zero = condition.lack is Lack.REFERENCE_ZERO
            return reference_sentence(indicator, condition.target.reference, period, texts, is_zero=is_zero).read(texts)
        return texts(UNDECIDED_VALUE, **slots)
    words = texts(
        result_message(verdict, condition.band), **slots, **condition_slots(scorecard, judgement, condition, texts)
    )
    basis = basis_words(scorecard, indicator, period, condition, texts)
    return texts(WITH_BASIS, sentence=words, basis=basis) if basis else words


def condition_slots(scorecard: Scorecard, judgement: Judgement, condition: Condition, texts: Texts) -> dict[str, str]:
    """The slots `green` and `yellow` of a condition that has a band."""
    if condition.band is None:
        return {}
    return band_slots(judgement.indicator, condition, unit_of(scorecard, judgement.indicator), texts)


def result_message(verdict: Status, band: Band) -> str:
    """The message for a value that was held against a band."""
    if verdict is Status.GREEN:
        return GREEN
    return YELLOW if verdict is Status.YELLOW else red_message(band)


def milestone_sentence(target: Milestone, done: int, period: Period, verdict: Status, texts: Texts) -> Sentence:
    """How far the steps of a milestone are."""
    due = [step for step in target.steps if step.due <= period.end]
    if verdict is Status.NOT_DUE:
        step = target.steps[0]
        return Sentence(STEPS_WAIT, {"date": texts.date(step.due), "step": step.title})
    slots = {"done": str(done), "all": str(len(target.steps)), "period": texts.period(period.code)}
    if verdict is Status.GREEN:
        return Sentence(STEPS_DONE, slots)
    return Sentence(STEPS_LATE, {**slots, "due": str(len(due)), "step": due[min(max(done, 0), len(due) - 1)].title})


def basis_words(scorecard: Scorecard, indicator: Indicator, period: Period, condition: Condition, texts: Texts) -> str:
    """What a condition compares with, and its number: `mai 2008: 66,2 %`; empty where it compares with nothing."""
    target = condition.target
    if not isinstance(target, Against) or condition.reference is None:
        return ""
    shown = rounded(condition.reference, indicator.decimals)
    number = quantity(shown, indicator, unit_of(scorecard, indicator), texts)
    return texts(BASIS[target.reference], reference=number, period=basis_period(target.reference, period, texts))


def basis_period(reference: Reference, period: Period, texts: Texts) -> str:
    """The name of the period that is compared with; empty for what was typed."""
    return "" if reference.is_typed else texts.period(compared_period(reference, period).code)


def held_against(scorecard: Scorecard, indicator: Indicator, period: Period, condition: Condition, texts: Texts) -> str:
    """What is green by a condition that has a band, with what it compares with: `over 66,2 % (mai 2008: 66,2 %)`."""
    green = band_slots(indicator, condition, unit_of(scorecard, indicator), texts)["green"]
    basis = basis_words(scorecard, indicator, period, condition, texts)
    return texts(WITH_BASIS, sentence=green, basis=basis) if basis else green


def _value_words(scorecard: Scorecard, judgement: Judgement, texts: Texts) -> str:
    indicator = judgement.indicator
    if judgement.shown is None:
        return ""
    return quantity(judgement.shown, indicator, unit_of(scorecard, indicator), texts)


CONTROL_TITLE = N_("Checks")


def unit_of(scorecard: Scorecard, indicator: Indicator) -> Unit:
    """The unit that an indicator's value is shown in."""
    if isinstance(indicator.figure, Amount):
        return scorecard.measure[indicator.figure.value[0]].unit
    return Unit.POINTS if isinstance(indicator.figure, Distribution) and not indicator.is_percent else Unit.PERCENT


def not_due_sentence(indicator: Indicator, period: Period, conditions: tuple[Condition, ...], texts: Texts) -> Sentence:
    """The sentence for a figure that is not expected yet."""
    target = conditions[0].target
    if isinstance(target, Milestone) and all(each.waits for each in conditions):
        return milestone_sentence(target, 0, period, Status.NOT_DUE, texts)
    name = texts.period(period.code)
    if indicator.frequency == "when_held":
        return Sentence(WHEN_HELD, {"period": name})
    return Sentence(NOT_DUE, {"period": name, "date": texts.date(ready_day(indicator, period))})


def red_message(band: Band) -> str:
    """The message for a red value: it says on which side of the zone the value lies."""
    if not band.has_yellow:
        return RED_WITHOUT_YELLOW
    if band.outer.low is not None and band.outer.high is not None:
        return RED_OUTSIDE
    return RED_BELOW if band.outer.low is not None else RED_ABOVE


def band_slots(indicator: Indicator, condition: Condition, unit: Unit, texts: Texts) -> dict[str, str]:
    """The slots `green` and `yellow` of a condition that has a band, with unit: `minst 75 %` and `68-75 %`."""
    band = condition.band
    if band is None:
        return {"green": "", "yellow": ""}
    decimals = edge_decimals(indicator, condition)
    return {"green": green_words(band, decimals, unit, texts), "yellow": _yellow_words(band, decimals, unit, texts)}


def edge_decimals(indicator: Indicator, condition: Condition) -> int:
    """The decimals that edges are written with: none where all are whole. Those that depend on figures are written as these."""
    band = condition.band
    if band is None or isinstance(condition.target, OwnTarget | Against):
        return indicator.decimals
    edges = (band.green.low, band.green.high, band.outer.low, band.outer.high)
    return 0 if all(edge is None or edge.denominator == 1 for edge in edges) else indicator.decimals


def green_message(green: Interval) -> str:
    """The message that names the green region in words."""
    if green.low is not None and green.high is not None:
        return BETWEEN
    if green.low is not None:
        return OVER if green.low_open else AT_LEAST
    return UNDER if green.high_open else AT_MOST


@lru_cache(maxsize=4096)
def green_words(band: Band, decimals: int, unit: Unit, texts: Texts) -> str:
    """The green region in words, with its unit."""
    low, high = band.green.low, band.green.high
    mark = unit_mark(unit, texts)
    ends = {"low": _edge(low, decimals, unit, texts), "high": _edge(high, decimals, unit, texts)}
    if low is not None and high is not None:
        return texts(BETWEEN, **ends) + mark
    return texts(green_message(band.green), edge=ends["low"] or ends["high"]) + mark


def _edge(edge: Fraction | None, decimals: int, unit: Unit, texts: Texts) -> str:
    return number_words(rounded(edge, decimals), decimals, unit, texts) if edge is not None else ""


@lru_cache(maxsize=4096)
def _yellow_words(band: Band, decimals: int, unit: Unit, texts: Texts) -> str:
    if not band.has_yellow:
        return ""
    low, high = yellow_ends(band)
    span = (_edge(low, decimals, unit, texts), _edge(high, decimals, unit, texts))
    words = (
        yellow_span(low or 0, high or 0).format(*span)
        if not _is_two_sided(band)
        else texts(BETWEEN, low=span[0], high=span[1])
    )
    return words + unit_mark(unit, texts)


def yellow_span(low: Fraction | int, high: Fraction | int) -> str:
    """How two ends are joined; a hyphen would be read as a minus beside a negative number."""
    return "{}-{}" if low >= 0 and high >= 0 else "{} – {}"


def _is_two_sided(band: Band) -> bool:
    return band.outer.low is not None and band.outer.high is not None


def yellow_ends(band: Band) -> tuple[Fraction | None, Fraction | None]:
    """The two ends that the yellow zone is named by: of a one-sided band its edges, of a two-sided one the outer ends."""
    if _is_two_sided(band):
        return band.outer.low, band.outer.high
    if band.green.low is not None:
        return band.outer.low, band.green.low
    return band.green.high, band.outer.high


def unit_mark(unit: Unit, texts: Texts) -> str:
    """What follows a number of the unit."""
    if unit is Unit.MONEY:
        return f" {texts.currency}" if texts.currency else ""
    return texts.percent_sign if unit is Unit.PERCENT else texts(_UNIT_MARKS[unit])


_UNIT_MARKS = {
    Unit.COUNT: "",
    Unit.POINTS: N_(" points"),
    Unit.DAYS: N_(" days"),
}


def number_words(value: Fraction | int, decimals: int, unit: Unit, texts: Texts, *, signed: bool = False) -> str:
    """A rounded number without its unit."""
    return texts.number(value, decimals, signed=signed, grouped=unit.is_grouped)


def amount_words(value: Fraction | int, decimals: int, unit: Unit, texts: Texts, *, signed: bool = False) -> str:
    """A rounded number with its unit."""
    return number_words(value, decimals, unit, texts, signed=signed) + unit_mark(unit, texts)


def quantity(value: Fraction, indicator: Indicator, unit: Unit, texts: Texts) -> str:
    """A shown value with its sign, where the indicator has one, and its unit."""
    return amount_words(value, indicator.decimals, unit, texts, signed=indicator.is_signed)


def notation(condition: Condition, indicator: Indicator, unit: Unit, texts: Texts) -> tuple[str, str]:
    """The green and the yellow region in signs, without unit: `≥ 75` and `65 – 75`; empty where there is none.

    >>> from xlmalekort.judging.bands import conditions_of
    >>> from xlmalekort.locale import texts_of
    >>> from xlmalekort.model.measures import Unit
    >>> from xlmalekort.model.periods import Period
    >>> from xlmalekort.scorecards import load_scorecard
    >>> indicator = load_scorecard("nav-buskerud-2009").indicator["B.1"]
    >>> notation(conditions_of(indicator, Period.parse("2009-05"))[0], indicator, Unit.PERCENT, texts_of("nb"))
    ('≥ 75', '65 – 75')
    """
    band = condition.band
    if band is None:
        return "", ""
    decimals = edge_decimals(indicator, condition)

    green, outer = band.green, band.outer
    if green.low is not None and green.high is not None:
        words = f"{_edge(green.low, decimals, unit, texts)} – {_edge(green.high, decimals, unit, texts)}"
        sides = [(outer.low, green.low), (green.high, outer.high)]
        return words, ", ".join(
            f"{_edge(low, decimals, unit, texts)} – {_edge(high, decimals, unit, texts)}"
            for low, high in sides
            if low != high
        )
    low, high = yellow_ends(band)
    yellow = f"{_edge(low, decimals, unit, texts)} – {_edge(high, decimals, unit, texts)}" if band.has_yellow else ""
    if green.low is not None:
        return f"{'>' if green.low_open else '≥'} {_edge(green.low, decimals, unit, texts)}", yellow
    return f"{'<' if green.high_open else '≤'} {_edge(green.high, decimals, unit, texts)}", yellow
