"""Indicators made for a test, and strategies that draw every kind of target and of figure."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from tests.support.cards import AMOUNT, CHANGE, DEVIATION, RATE_CHANGE, SHARE, against, at_least, at_most, milestone
from tests.support.cards import indicator as definition_of
from xlmalekort.judging.judge import judge_observed
from xlmalekort.judging.values import Compared, Observed, references_of
from xlmalekort.model.indicators import Indicator
from xlmalekort.model.periods import Period

if TYPE_CHECKING:
    from tests.support.cards import Definition
    from xlmalekort.judging.judge import Judgement

JUNE = Period.parse("2014-06")
LONG_AFTER = date(2030, 1, 1)
NUMBERS = st.integers(-400, 400).map(lambda each: Fraction(each, 4))
"""Numbers whose ties are exact: quarters fall between tenths."""
OFFSETS = st.integers(0, 200).map(lambda each: Fraction(each, 4))
OWN_TARGET: Definition = {"kind": "own_target", "better": "higher", "target": "t", "yellow": "y"}


def indicator(figure: Definition, target: Definition, **more: Any) -> Indicator:
    return Indicator.model_validate(definition_of("A", figure, target, **more))


def _text(number: Fraction) -> str:
    return str(float(number))


@st.composite
def one_sided(draw: st.DrawFn) -> Definition:
    """At least or at most, with a zone, without, or with one of no width; strict or not."""
    green, gap = draw(NUMBERS), draw(st.none() | OFFSETS)
    strict = draw(st.booleans())
    if draw(st.booleans()):
        return at_least(_text(green), "none" if gap is None else _text(green - gap), strict=strict)
    return at_most(_text(green), "none" if gap is None else _text(green + gap), strict=strict)


@st.composite
def two_sided(draw: st.DrawFn) -> Definition:
    low, width = draw(NUMBERS), draw(OFFSETS)
    below, above = draw(st.none() | OFFSETS), draw(st.none() | OFFSETS)
    return {
        "kind": "within",
        "low": _text(low),
        "high": _text(low + width),
        "yellow_low": "none" if below is None else _text(low - below),
        "yellow_high": "none" if above is None else _text(low + width + above),
        "strict": draw(st.booleans()),
    }


@st.composite
def comparing(draw: st.DrawFn, references: tuple[str, ...] = ("outside", "plan", "peers", "baseline")) -> Definition:
    """Against a reference, in per cent or points, in every direction."""
    better = draw(st.sampled_from(["higher", "lower", "on_target"]))
    green, gap = draw(OFFSETS if better == "on_target" else NUMBERS), draw(st.none() | OFFSETS)
    outer = green - (gap or 0) if better == "higher" else green + (gap or 0)
    return against(
        draw(st.sampled_from(references)),
        better,
        by=draw(st.sampled_from(["percent", "points"])),
        green=_text(green),
        yellow="none" if gap is None else _text(outer),
        strict=draw(st.booleans()),
    )


@st.composite
def on_the_way(draw: st.DrawFn) -> Definition:
    return {
        "kind": "path",
        "better": draw(st.sampled_from(["higher", "lower"])),
        "starts": draw(st.dates(date(2013, 1, 1), date(2014, 6, 30))).isoformat(),
        "start": _text(draw(NUMBERS)),
        "ends": draw(st.dates(date(2014, 7, 1), date(2016, 1, 1))).isoformat(),
        "end": _text(draw(NUMBERS)),
        "yellow": draw(st.just("none") | OFFSETS.map(_text)),
    }


STEPS = st.lists(st.dates(date(2014, 1, 1), date(2014, 12, 31)), min_size=1, max_size=4, unique=True).map(
    lambda days: milestone(*(day.isoformat() for day in sorted(days)))
)
TARGETS = one_sided() | two_sided() | comparing() | on_the_way()
"""Every kind of target that holds against a number of its own or one that it compares with."""
DIVIDED = (SHARE | {"may_exceed": True}, SHARE, AMOUNT, DEVIATION, CHANGE, RATE_CHANGE)
"""Figures whose upper part staff can move."""


def observed(
    of: Indicator, upper: Fraction | int, lower: Fraction | int | None = None, compared: Fraction | int | None = None
) -> Observed:
    """Figures of an indicator; what it compares with is a typed number, or its own value at another time."""
    found = () if compared is None else tuple((each, Compared(Fraction(compared))) for each, _ in references_of(of))
    return Observed(Fraction(upper), None if lower is None else Fraction(lower), found, is_reported=True)


def judged(of: Indicator, seen: Observed, *, comparison: str = "as_shown", today: date = LONG_AFTER) -> Judgement:
    return judge_observed(of, JUNE, seen, today, comparison=comparison)
