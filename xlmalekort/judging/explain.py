"""One sentence for each judgement: figure, target, zone and period.

The sentences are written once, with slots. Python fills them with numbers; the workbook's formulas fill the same ones
with cells.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xlmalekort.judging.judge import Judgement, Lack
from xlmalekort.judging.values import compared_period
from xlmalekort.locale import N_
from xlmalekort.model.figures import Status
from xlmalekort.model.measures import Unit
from xlmalekort.model.periods import ready_date
from xlmalekort.model.scorecard import Amount, Change
from xlmalekort.model.targets import OwnTarget

if TYPE_CHECKING:
    from fractions import Fraction

    from xlmalekort.judging.bands import Band, Interval
    from xlmalekort.locale import Texts
    from xlmalekort.model.periods import Period
    from xlmalekort.model.scorecard import Indicator, Scorecard

EXEMPT = N_("The office is exempt from this indicator")
REJECTED = N_("What was entered for {period} cannot be used; see {control}")
UNDECIDED = N_("No target or zone has been agreed yet")
UNDECIDED_VALUE = N_("{value}; no target or zone has been agreed yet")
NOT_DUE = N_("The figures for {period} are expected by {date}")
WHEN_HELD = N_("Entered when it is held; no figures for {period}")
MISSING = N_("The figures for {period} are missing")
NO_CASES = N_("0 of 0 cases in {period}: nothing to judge")
NO_PLAN = N_("The plan for {period} is 0, so there is no deviation to work out")
NO_REFERENCE = N_("There is no figure for {reference} to compare with")
NO_TOTAL = N_("The figures for {period} cannot be added up without weights")
REFERENCE_ZERO = N_("The figure for {reference} is 0, so there is no change to work out")
TOO_FEW = N_("Only {cases} cases in {period}; at least {least} are needed to judge")
GREEN = N_("{value} is within the target, {green}")
YELLOW = N_("{value} is in the yellow zone {yellow}")
RED_BELOW = N_("{value} is below the yellow zone {yellow}")
RED_ABOVE = N_("{value} is above the yellow zone {yellow}")
RED_OUTSIDE = N_("{value} is outside the yellow zone {yellow}")
RED_WITHOUT_YELLOW = N_("{value} does not reach the target, {green}")

AT_LEAST = N_("at least {edge}")
OVER = N_("over {edge}")
AT_MOST = N_("at most {edge}")
UNDER = N_("under {edge}")
BETWEEN = N_("{low} to {high}")

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
    """Why an indicator has its status, in one sentence: `67,9 % er under gult område 68-75 %`."""
    return sentence_of(scorecard, judgement, texts).read(texts)


def sentence_of(scorecard: Scorecard, judgement: Judgement, texts: Texts) -> Sentence:
    """The sentence that fits a judgement, its slots filled with text."""
    indicator, period = judgement.indicator, judgement.period
    unit = unit_of(scorecard, indicator)
    value = quantity(judgement.shown, indicator, unit, texts) if judgement.shown is not None else ""
    slots = {"period": texts.period(period.code), "value": value}
    match judgement.status:
        case Status.NOT_APPLICABLE:
            return Sentence(EXEMPT, {})
        case Status.REJECTED:
            return Sentence(REJECTED, {**slots, "control": texts(CONTROL_TITLE)})
        case Status.UNDECIDED:
            return Sentence(UNDECIDED_VALUE if value else UNDECIDED, slots)
        case Status.NOT_DUE:
            return not_due_sentence(indicator, period, texts)
        case Status.MISSING:
            return Sentence(MISSING, slots)
        case Status.NOT_ASSESSABLE:
            lack = judgement.lack or Lack.NO_CASES
            return Sentence(_LACKS[lack], {**slots, "reference": reference_name(indicator, period, texts)})
        case Status.TOO_FEW:
            cases = texts.number(judgement.observed.lower or 0, 0)
            return Sentence(TOO_FEW, {**slots, "cases": cases, "least": str(indicator.least_denominator)})
        case _:
            return _result_sentence(judgement, slots, unit, texts)


def _result_sentence(judgement: Judgement, slots: dict[str, str], unit: Unit, texts: Texts) -> Sentence:
    band = judgement.band
    if band is None:
        message = f"{judgement.indicator.id} is coloured without a band"
        raise AssertionError(message)
    slots = {**slots, **band_slots(judgement.indicator, band, unit, texts)}
    message = (
        GREEN
        if judgement.status is Status.GREEN
        else YELLOW
        if judgement.status is Status.YELLOW
        else red_message(band)
    )
    return Sentence(message, slots)


CONTROL_TITLE = N_("Checks")


def unit_of(scorecard: Scorecard, indicator: Indicator) -> Unit:
    """The unit that an indicator's value is shown in."""
    if isinstance(indicator.figure, Amount):
        return scorecard.measure[indicator.figure.value[0]].unit
    return Unit.PERCENT


def not_due_sentence(indicator: Indicator, period: Period, texts: Texts) -> Sentence:
    """The sentence for a figure that is not expected yet."""
    name = texts.period(period.code)
    if indicator.frequency == "when_held":
        return Sentence(WHEN_HELD, {"period": name})
    ready = ready_date(period, indicator.ready, indicator.delay_months)
    return Sentence(NOT_DUE, {"period": name, "date": texts.date(ready)})


def reference_name(indicator: Indicator, period: Period, texts: Texts) -> str:
    """The name of the period that a change compares with, empty where the indicator is no change."""
    if not isinstance(indicator.figure, Change):
        return ""
    return texts.period(compared_period(indicator.figure, period).code)


def red_message(band: Band) -> str:
    """The message for a red value: it says on which side of the zone the value lies."""
    if not band.has_yellow:
        return RED_WITHOUT_YELLOW
    if band.outer.low is not None and band.outer.high is not None:
        return RED_OUTSIDE
    return RED_BELOW if band.outer.low is not None else RED_ABOVE


def band_slots(indicator: Indicator, band: Band, unit: Unit, texts: Texts) -> dict[str, str]:
    """The slots `green` and `yellow` of a band, with unit: `minst 75 %` and `68-75 %`."""
    decimals = edge_decimals(indicator, band)
    return {"green": green_words(band, decimals, unit, texts), "yellow": _yellow_words(band, decimals, unit, texts)}


def edge_decimals(indicator: Indicator, band: Band) -> int:
    """The decimals that edges are written with: none where all are whole. An office's own are written as its figures are."""
    if isinstance(indicator.target, OwnTarget):
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


def green_words(band: Band, decimals: int, unit: Unit, texts: Texts) -> str:
    """The green region in words, with its unit."""
    low, high = band.green.low, band.green.high
    mark = unit_mark(unit, texts)
    if low is not None and high is not None:
        return texts(BETWEEN, low=texts.number(low, decimals), high=texts.number(high, decimals)) + mark
    edge = low if low is not None else high
    return texts(green_message(band.green), edge=texts.number(edge or 0, decimals)) + mark


def _yellow_words(band: Band, decimals: int, unit: Unit, texts: Texts) -> str:
    if not band.has_yellow:
        return ""
    low, high = yellow_ends(band)
    span = (texts.number(low or 0, decimals), texts.number(high or 0, decimals))
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
    return texts.percent_sign if unit is Unit.PERCENT else texts(_UNIT_MARKS[unit])


_UNIT_MARKS = {
    Unit.COUNT: "",
    Unit.POINTS: N_(" points"),
    Unit.DAYS: N_(" days"),
    Unit.MONEY: "",
}


def quantity(value: Fraction, indicator: Indicator, unit: Unit, texts: Texts) -> str:
    """A shown value with its sign, where the indicator has one, and its unit."""
    return texts.number(value, indicator.decimals, signed=indicator.is_signed) + unit_mark(unit, texts)


def notation(band: Band | None, indicator: Indicator, texts: Texts) -> tuple[str, str]:
    """The green and the yellow region in signs, without unit: `≥ 75` and `65 – 75`; empty where there is none.

    >>> from xlmalekort.judging.bands import resolve_band
    >>> from xlmalekort.locale import texts_of
    >>> from xlmalekort.model.periods import Period
    >>> from xlmalekort.scorecards import load_scorecard
    >>> indicator = load_scorecard("nav-buskerud-2009").indicator["B.1"]
    >>> notation(resolve_band(indicator, Period.parse("2009-05")), indicator, texts_of("nb"))
    ('≥ 75', '65 – 75')
    """
    if band is None:
        return "", ""
    decimals = edge_decimals(indicator, band)

    def shown(edge: Fraction | None) -> str:
        return texts.number(edge, decimals) if edge is not None else ""

    green, outer = band.green, band.outer
    if green.low is not None and green.high is not None:
        words = f"{shown(green.low)} – {shown(green.high)}"
        sides = [(outer.low, green.low), (green.high, outer.high)]
        return words, ", ".join(f"{shown(low)} – {shown(high)}" for low, high in sides if low != high)
    low, high = yellow_ends(band)
    yellow = f"{shown(low)} – {shown(high)}" if band.has_yellow else ""
    if green.low is not None:
        return f"{'>' if green.low_open else '≥'} {shown(green.low)}", yellow
    return f"{'<' if green.high_open else '≤'} {shown(green.high)}", yellow
