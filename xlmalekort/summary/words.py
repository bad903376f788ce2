"""What the sheets say of a result in words and numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from xlmalekort.judging.explain import band_slots, unit_of
from xlmalekort.layout.look import excel_number
from xlmalekort.locale import N_
from xlmalekort.model.measures import Level
from xlmalekort.model.measures import Unit as Quantity
from xlmalekort.model.scorecard import Amount, Change, Deviation

if TYPE_CHECKING:
    from fractions import Fraction

    from xlmalekort.locale import Texts
    from xlmalekort.model.periods import Period
    from xlmalekort.model.scorecard import Indicator, Scorecard
    from xlmalekort.rollup.results import Result, Unit

COVERAGE = N_("{reported} of {expected}")
PARTIAL = N_("{reported} of {expected}, partial")
PARTIAL_OF_UNKNOWN = N_("{reported}, partial")
NOT_AGREED = N_("not agreed")
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
    """The target that a result is held against, in words: `at least 75 %`."""
    if result is None:
        return ""
    band = result.judgement.band
    if band is None:
        return texts(NOT_AGREED)
    return band_slots(indicator, band, unit_of(scorecard, indicator), texts)["green"]


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
        case Change():
            return texts("Sum"), ""
        case _:
            return texts("Numerator"), texts("Denominator")


def part_decimals(scorecard: Scorecard, indicator: Indicator) -> tuple[int, int]:
    """The decimals of numerator and denominator, those of their measures."""
    found = [scorecard.measure[measures[0]].decimals for _, measures in indicator.figure.parts]
    return found[0], found[-1]


@dataclass(frozen=True, slots=True)
class Movement:
    """How far a value has moved since the period before, in the unit shown, and whether for the better, if one can say."""

    by: Fraction
    way: Literal["better", "worse"] | None


def movement(now: Result | None, before: Result | None) -> Movement | None:
    """How a value moved; None where one of the two is not there."""
    if now is None or before is None or now.judgement.shown is None or before.judgement.shown is None:
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
