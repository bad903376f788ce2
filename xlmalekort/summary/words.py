"""What the sheets say of a result in words and numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from xlmalekort.judging.explain import edge_decimals, held_against, unit_of
from xlmalekort.layout import look
from xlmalekort.layout.look import excel_number
from xlmalekort.locale import N_
from xlmalekort.model.figure_kinds import Amount, Change, Deviation, Distribution
from xlmalekort.model.figures import Status
from xlmalekort.model.measures import Level
from xlmalekort.model.measures import Unit as Quantity
from xlmalekort.model.targets import Against, Milestone
from xlmalekort.rollup.sums import Way, way_of

if TYPE_CHECKING:
    from fractions import Fraction

    from xlmalekort.judging.bands import Condition
    from xlmalekort.locale import Texts
    from xlmalekort.model.indicators import Indicator
    from xlmalekort.model.periods import Period
    from xlmalekort.model.scorecard import Scorecard
    from xlmalekort.rollup.results import Result, Unit

COVERAGE = N_("{reported} of {expected}")
PARTIAL = N_("{reported} of {expected}, partial")
PARTIAL_OF_UNKNOWN = N_("{reported}, partial")
NOT_AGREED = N_("not agreed")
NOTHING_TO_COMPARE = N_("nothing to compare with")
DIFFERS = N_("differs from unit to unit")
AGAINST_OTHERS = N_("each office against the others")
STEPS = N_("{due} of {all} steps by now")
STEPS_OF_SEVERAL = N_("{due} steps by now")
NO_STEP_YET = N_("no step is due yet")
POINTS = N_("pp")
BETTER = N_("better")
WORSE = N_("worse")

LEVEL_NAMES = {
    Level.OFFICE: N_("Office"),
    Level.AREA: N_("Area"),
    Level.REGION: N_("Region"),
    Level.COUNTRY: N_("Country"),
}


def level_name(scorecard: Scorecard, level: Level, texts: Texts) -> str:
    """What a level is called in the scorecard's own system."""
    return scorecard.level_names.get(level) or texts(LEVEL_NAMES[level])


def coverage(result: Result | None, texts: Texts) -> str:
    """How many units are in, of how many: `19 of 20, partial`; without the latter where nobody knows how many there are."""
    if result is None:
        return ""
    if result.expected is None:
        return texts(PARTIAL_OF_UNKNOWN, reported=result.reported) if result.is_partial else str(result.reported)
    message = PARTIAL if result.is_partial else COVERAGE
    return texts(message, reported=result.reported, expected=result.expected)


def target(scorecard: Scorecard, indicator: Indicator, result: Result | None, texts: Texts) -> str:
    """What a result is held against, in words: `at least 75 %`, `over 66.2 % (May 2008: 66.2 %)`; two parted by `;`."""
    if result is None:
        return ""
    return "; ".join(_condition(scorecard, indicator, result, each, texts) for each in result.judgement.conditions)


def _condition(scorecard: Scorecard, indicator: Indicator, result: Result, condition: Condition, texts: Texts) -> str:
    band = condition.band
    has_steps = any(isinstance(each, Milestone) for each in indicator.targets)
    if isinstance(condition.target, Milestone) or (has_steps and band is not None and condition.target is None):
        return _steps(condition, texts)
    if band is None:
        return texts(_without_band(scorecard, indicator, result, condition))
    return held_against(scorecard, indicator, result.period, condition, texts)


def _without_band(scorecard: Scorecard, indicator: Indicator, result: Result, condition: Condition) -> str:
    """The message for a condition that nothing can be held against."""
    if condition.lack is not None:
        return NOTHING_TO_COMPARE
    is_of_several = result.unit.level is not indicator.level and way_of(scorecard, indicator) is not Way.SUM
    if isinstance(condition.target, Against) and condition.target.reference.is_of_peers:
        return AGAINST_OTHERS
    if is_of_several and (indicator.unit_targets or isinstance(condition.target, Against)):
        return DIFFERS
    return NOT_AGREED


def _steps(condition: Condition, texts: Texts) -> str:
    """How many steps of a milestone should be done, of one office or of several."""
    if condition.waits or condition.band is None or condition.band.green.low is None:
        return texts(NO_STEP_YET)
    due = int(condition.band.green.low)
    if not isinstance(condition.target, Milestone):
        return texts(STEPS_OF_SEVERAL, due=due)
    return texts(STEPS, due=due, all=len(condition.target.steps))


def green_edges(result: Result | None) -> tuple[Fraction | None, Fraction | None]:
    """From where to where a result is green, held against everything that it is; None where there is no such edge."""
    bands = [each.band.green for each in result.judgement.conditions if each.band is not None] if result else []
    lows = [green.low for green in bands if green.low is not None]
    highs = [green.high for green in bands if green.high is not None]
    return max(lows, default=None), min(highs, default=None)


def edges_decimals(result: Result | None) -> int:
    """The decimals that the edges of a result are shown with."""
    conditions = result.judgement.conditions if result else ()
    return max((edge_decimals(result.indicator, each) for each in conditions if each.band), default=0) if result else 0


def symbol(result: Result) -> str:
    """The sign that stands where a result has no value."""
    return look.STATUS_SYMBOL[Status.TOO_FEW if result.is_withheld else result.judgement.status]


def shown_value(scorecard: Scorecard, result: Result | None) -> float | None:
    """The rounded value as a cell holds it; None where there is none."""
    if result is None or result.judgement.shown is None:
        return None
    return excel_number(result.judgement.shown, unit_of(scorecard, result.indicator))


def parts(result: Result | None) -> tuple[Fraction | None, Fraction | None]:
    """Numerator and denominator; nothing for an amount that simply adds up, whose numerator is its value."""
    if result is None or (isinstance(result.indicator.figure, Amount) and result.denominator is None):
        return None, None
    return result.numerator, result.denominator


def part_names(indicator: Indicator, texts: Texts) -> tuple[str, str]:
    """What the two parts of a figure are called."""
    match indicator.figure:
        case Deviation():
            return texts("Actual"), texts("Plan")
        case Amount():
            return texts("Sum"), texts("Weight")
        case Change() as figure:
            return (texts("Numerator"), texts("Denominator")) if figure.per else (texts("Sum"), "")
        case Distribution() as figure if not figure.share_of:
            return texts("Sum"), texts("Answers")
        case _:
            return texts("Numerator"), texts("Denominator")


def part_decimals(scorecard: Scorecard, indicator: Indicator) -> tuple[int, int]:
    """The decimals of numerator and denominator, those of their measures."""
    terms = (indicator.figure.upper, indicator.figure.lower or indicator.figure.upper)
    upper, lower = (max(scorecard.measure[each.measure].decimals for each in part) for part in terms)
    return upper, lower


@dataclass(frozen=True, slots=True)
class Movement:
    """How far a value has moved since the period before, in the unit shown, and whether for the better, if one can say."""

    by: Fraction
    way: Literal["better", "worse"] | None


def movement(now: Result | None, before: Result | None) -> Movement | None:
    """How a value moved; None where one of the two is not there, or they were not counted in the same way."""
    if now is None or before is None or now.judgement.shown is None or before.judgement.shown is None:
        return None
    if not now.indicator.are_comparable(before.period.end, now.period.end):
        return None
    new, old = now.judgement.shown, before.judgement.shown
    goal = now.judgement.band.target if now.judgement.band is not None else None
    gain = {"higher": new - old, "lower": old - new}.get(now.indicator.better)
    if gain is None:
        gain = abs(old - goal) - abs(new - goal) if goal is not None else None
    return Movement(new - old, None if not gain else "better" if gain > 0 else "worse")


def movement_format(indicator: Indicator, quantity: Quantity, moved: Movement, texts: Texts) -> str:
    """The number format of a movement: the word at the left, the signed number at the right."""
    plain = "0" + (f".{'0' * indicator.decimals}" if indicator.decimals else "")
    unit = f'" {texts(POINTS)}"' if quantity is Quantity.PERCENT else ""
    word = {"better": texts(BETTER), "worse": texts(WORSE), None: ""}[moved.way]
    mark = f'"{word}"* ' if word else ""
    return f"{mark}+{plain}{unit};{mark}-{plain}{unit};{mark}{plain}{unit}"


def unit_title(scorecard: Scorecard, unit: Unit, texts: Texts) -> str:
    """A unit with its level: `Fylke Buskerud`."""
    return f"{level_name(scorecard, unit.level, texts)} {unit.name}"


def own_period_note(shown: Period, own: Period, texts: Texts) -> str:
    """The name of an indicator's own period where it is not the shown one."""
    return "" if own == shown else texts.period(own.code)


def depth(scorecard: Scorecard, indicator: Indicator) -> int:
    """How deep an indicator stands below one that it is a part of."""
    above, found = indicator.part_of, [indicator.id]
    while above is not None and above not in found:
        found.append(above)
        above = scorecard.indicator[above].part_of
    return len(found) - 1
