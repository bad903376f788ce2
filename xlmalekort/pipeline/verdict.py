"""One judgement of loose numbers, with its reason and what it takes to become green."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from fractions import Fraction
from typing import TYPE_CHECKING

from xlmalekort.judging.advice import advise
from xlmalekort.judging.bands import targets_in_force
from xlmalekort.judging.explain import notation, quantity, unit_of
from xlmalekort.judging.explain_loose import explain_loose
from xlmalekort.judging.judge import judge_observed, observed_of
from xlmalekort.judging.needed import needed, step_of
from xlmalekort.judging.values import references_of, without_broken
from xlmalekort.locale.told import NumberText, PeriodName, Phrase
from xlmalekort.model.base import exact, plain_number
from xlmalekort.model.figure_kinds import Amount, Distribution, Part
from xlmalekort.model.measures import Level
from xlmalekort.model.periods import Period
from xlmalekort.model.places import Place, office_key
from xlmalekort.model.register import Office
from xlmalekort.model.scorecard import Scorecard
from xlmalekort.model.targets import Against, AtLeast, AtMost, OwnTarget, Undecided
from xlmalekort.model.targets import Path as StraightLine
from xlmalekort.pipeline import clock
from xlmalekort.pipeline.errors import NotDoneError, did_you_mean
from xlmalekort.scorecards import load_scorecard
from xlmalekort.template.words import FREQUENCIES

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from xlmalekort.judging.judge import Judgement
    from xlmalekort.locale import Texts
    from xlmalekort.model.indicators import Indicator
    from xlmalekort.model.measures import Unit

Numeric = int | float | str | Fraction
"""A number; a text such as "74.9" is taken exactly."""


@dataclass(frozen=True, slots=True)
class ConditionVerdict:
    """One thing that the value was held against: its zones in signs, and what came of it (None where it was not held).

    `reference` is the number that it compares with, None where it compares with nothing.
    """

    green: str
    yellow: str
    status: str | None
    reference: float | int | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """A judgement as people read it. Numbers are in the unit shown: 74.9 is 74.9 per cent.

    `value` is exact to a float's precision and `shown` is rounded to the indicator's decimals; both are None where there is
    no value. `to_green` says how much more of which part makes it green (less where negative), None where it is green, not
    judged, or out of reach altogether; `reachable` is None where nothing is needed. `target`, `green` and `yellow` are those of
    the first of the `conditions`; there are two where the worse of two counts. `now` says what makes it green, in words.
    """

    indicator: str
    period: str
    value: float | int | None
    shown: float | int | None
    text: str
    status: str
    target: float | int | None
    green: str
    yellow: str
    why: str
    to_green: dict[str, float | int] | None
    reachable: bool | None
    conditions: tuple[ConditionVerdict, ...] = ()
    now: str = ""


def judge(  # noqa: PLR0913 - a judgement's inputs, by name
    scorecard: Scorecard | str | Path,
    indicator: str,
    period: str | Period,
    *,
    today: date | None = None,
    value: Numeric | None = None,
    numerator: Numeric | None = None,
    denominator: Numeric | None = None,
    actual: Numeric | None = None,
    plan: Numeric | None = None,
    target: Numeric | None = None,
    yellow: Numeric | None = None,
    reference: Numeric | None = None,
    office: str = "",
    area: str = "",
    region: str = "",
    language: str | None = None,
) -> Verdict:
    """The judgement of one figure, given as a value or by its parts, in the unit shown.

    `reference` is the figure that a target or a change compares with; `target` and `yellow` are tried out in place of what is
    agreed. The numerator of a distribution is the sum of the answers times their worth. `office`, `area` and `region` say
    whose target holds, where some have their own. `today` decides whether what is not there is missing or not due yet.
    NotDoneError where scorecard, indicator, period or a number cannot be understood.

    >>> from datetime import date
    >>> judge("nav-buskerud-2009", "B.6", "2009-05", value="67.9", today=date(2009, 7, 1)).status
    'red'
    """
    definition = scorecard if isinstance(scorecard, Scorecard) else load_scorecard(scorecard)
    found = find_indicator(definition, indicator)
    when = parse_period(str(period), found)
    parts = {
        "value": value,
        "numerator": numerator,
        "denominator": denominator,
        "actual": actual,
        "plan": plan,
        "target": target,
        "yellow": yellow,
        "reference": reference,
    }
    numbers = {name: _number(name, number) for name, number in parts.items() if number is not None}
    unit = Office(office, area, region).placed(definition.top)
    place = Place(unit.name, unit.area, unit.region, unit.country)
    _refuse_misspelt(found, place)
    _refuse_strangers(found, numbers)
    _refuse_trial(found, when, place, numbers)
    may_be_negative = any(definition.measure[term.measure].negative for term in found.figure.upper)
    observed = without_broken(found, when, observed_of(found, **numbers, may_be_negative=may_be_negative))
    judgement = judge_observed(
        found, when, observed, today or clock.today(), comparison=definition.comparison, place=place
    )
    return verdict_of(definition, judgement, language or definition.language)


def _refuse_misspelt(indicator: Indicator, place: Place) -> None:
    """A unit that is spelt almost like one with a target of its own would be judged without that in silence."""
    for level in Level:
        units = {office_key(each.unit): each.unit for each in indicator.unit_targets if each.level is level}
        name = office_key(place.unit(level))
        near = get_close_matches(name, units, n=1, cutoff=0.9) if name and name not in units else ()
        if near:
            raise NotDoneError(
                Phrase(
                    "{indicator} has no target for {name}; did you mean {other}?",
                    indicator=indicator.id,
                    name=place.unit(level),
                    other=units[near[0]],
                )
            )


def verdict_of(scorecard: Scorecard, judgement: Judgement, language: str) -> Verdict:
    """A judgement as people read it."""
    texts = scorecard.texts(language)
    indicator, band = judgement.indicator, judgement.band
    unit = unit_of(scorecard, indicator)
    conditions = _conditions(judgement, unit, texts)
    lacks = needed(judgement, step_of(scorecard, indicator))
    return Verdict(
        indicator=indicator.id,
        period=judgement.period.code,
        value=_plain(judgement.value),
        shown=_plain(judgement.shown),
        text=quantity(judgement.shown, indicator, unit, texts) if judgement.shown is not None else "",
        status=str(judgement.status),
        target=_plain(band.target if band else None),
        green=conditions[0].green,
        yellow=conditions[0].yellow,
        why=explain_loose(scorecard, judgement, texts),
        to_green={str(part): plain_number(more) for part, more in lacks.by_part.items()} if lacks.by_part else None,
        reachable=lacks.reachable,
        conditions=conditions,
        now=advise(scorecard, judgement, None, texts),
    )


def _conditions(judgement: Judgement, unit: Unit, texts: Texts) -> tuple[ConditionVerdict, ...]:
    verdicts = judgement.verdicts or (None,) * len(judgement.conditions)
    return tuple(
        ConditionVerdict(
            *notation(condition, judgement.indicator, unit, texts),
            status=None if verdict is None else str(verdict),
            reference=_plain(condition.reference),
        )
        for condition, verdict in zip(judgement.conditions, verdicts, strict=True)
    )


def _plain(value: Fraction | None) -> float | int | None:
    return None if value is None else plain_number(value)


def find_indicator(scorecard: Scorecard, name: str) -> Indicator:
    """The indicator of an id, whatever its case; NotDoneError with a suggestion where there is none."""
    by_key = {indicator.id.casefold(): indicator for indicator in scorecard.indicators}
    found = by_key.get(name.strip().casefold())
    if found is None:
        raise NotDoneError(
            Phrase(
                "{scorecard} has no indicator {name}{hint}",
                scorecard=scorecard.id,
                name=repr(name),
                hint=did_you_mean(name, scorecard.indicator),
            )
        )
    return found


def parse_period(text: str, indicator: Indicator | None = None) -> Period:
    """The period of a code; NotDoneError where it is none, or none of the indicator's own."""
    try:
        period = Period.parse(text)
    except ValueError:
        raise NotDoneError(
            Phrase("{got} is no period; write 2009-06, 2009-Q2, 2009-T1, 2009-H1 or 2009.", got=repr(text))
        ) from None
    if indicator and period.frequency is not indicator.frequency.span:
        raise NotDoneError(
            Phrase(
                "{indicator} has a figure {frequency}, and {period} is no such period.",
                indicator=indicator.id,
                frequency=Phrase(FREQUENCIES[indicator.frequency.span]),
                period=period,
            )
        )
    return period


def _number(name: str, number: Numeric) -> Fraction:
    try:
        return exact(_plain_text(number) if isinstance(number, str) else number)
    except (TypeError, ValueError, OverflowError, ZeroDivisionError):
        raise NotDoneError(
            Phrase(
                "{name} must be a number such as {example}, and not {got}.",
                name=name,
                example=NumberText("74.9"),
                got=repr(number),
            )
        ) from None


_DECIMAL_COMMA = re.compile(r"([-+]?\d+),(\d{1,2}|\d{4,10})", re.ASCII)
_NUMBER = re.compile(r"[-+]?(\d{1,18}(\.\d{0,10})?|\.\d{1,10})", re.ASCII)


def _plain_text(text: str) -> str:
    """The number with a decimal point; ValueError where it is none. `1,234` may be a thousand or one: it is refused."""
    text = text.strip().replace("\N{MINUS SIGN}", "-")
    if comma := _DECIMAL_COMMA.fullmatch(text):
        text = f"{comma[1]}.{comma[2]}"
    if not _NUMBER.fullmatch(text):
        raise ValueError(text)
    return text


def _refuse_strangers(indicator: Indicator, numbers: dict[str, Fraction]) -> None:
    """Parts that the indicator does not have would be ignored in silence otherwise."""
    parts = _parts_given(indicator)
    known = {"value", "target", "yellow"} | parts | ({"reference"} if references_of(indicator) else set())
    strangers = [name for name in numbers if name not in known]
    if strangers:
        raise NotDoneError(
            Phrase(
                "{indicator} has no {strangers}; give {parts}.",
                indicator=indicator.id,
                strangers=", ".join(strangers),
                parts=", ".join(sorted(known)),
            )
        )
    # Beside a ready mean its cases may be told; of a share or a rate they would say nothing.
    lower = set() if isinstance(indicator.figure, Distribution) else {"denominator"}
    has_parts = not numbers.keys().isdisjoint({"numerator", "actual", "plan"} | lower)
    if "value" in numbers and "value" not in parts and has_parts:
        raise NotDoneError(Phrase("{indicator}: give either a value or its parts, not both.", indicator=indicator.id))


def _parts_given(indicator: Indicator) -> set[str]:
    """The names by which loose parts of an indicator are given."""
    match indicator.figure:
        case Distribution():
            return {"numerator", "denominator"}
        case Amount(weight=weight):
            return {"value", "denominator"} if weight else {"value"}
        case figure:
            return {str(part) for part, _ in figure.parts if part is not Part.BASELINE}


def _refuse_trial(indicator: Indicator, period: Period, place: Place, numbers: dict[str, Fraction]) -> None:
    """A target of one's own stands for one edge; held against anything else it would say nothing."""
    target = targets_in_force(indicator, period, place)[0]
    if isinstance(target, Against | StraightLine) and target.better != "on_target":
        is_fit = "target" in numbers or "yellow" not in numbers
    else:
        is_fit = isinstance(target, AtLeast | AtMost | OwnTarget | Undecided | None)
    if not is_fit and ("target" in numbers or "yellow" in numbers):
        raise NotDoneError(
            Phrase(
                "{indicator}: the target in {period} is no single number, so no other can be tried; "
                "leave out target and yellow.",
                indicator=indicator.id,
                period=PeriodName(period.code),
            )
        )
