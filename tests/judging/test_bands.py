"""Every kind of target becomes a band that divides the line, and what a reader sees is what is compared."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.judging.made import (
    JUNE,
    NUMBERS,
    STEPS,
    TARGETS,
    comparing,
    indicator,
    judged,
    observed,
    one_sided,
    two_sided,
)
from tests.support.cards import AMOUNT, against, at_least, at_most, within
from xlmalekort.judging.bands import Zone, conditions_of
from xlmalekort.judging.values import rounded
from xlmalekort.model.figures import Status

if TYPE_CHECKING:
    from tests.support.cards import Definition
    from xlmalekort.judging.bands import Band
    from xlmalekort.model.indicators import Indicator

REFERENCE = Fraction(40)
_ORDER = [Zone.RED, Zone.YELLOW, Zone.GREEN]


def band_of(of: Indicator, reference: Fraction = REFERENCE) -> Band:
    found = conditions_of(of, JUNE, observed(of, 0, compared=reference))[0].band
    assert found is not None
    return found


def as_a_reader_sees(number: Fraction, decimals: int) -> Fraction:
    """Rounded half away from zero by another road: through decimal text."""
    exact = Decimal(number.numerator) / Decimal(number.denominator)  # quarters end after two decimals
    return Fraction(exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


@given(TARGETS | STEPS, st.lists(NUMBERS, min_size=2, max_size=12))
def test_a_band_divides_the_line_into_green_with_yellow_around_it_and_red_outside(
    target: Definition, numbers: list[Fraction]
) -> None:
    band = band_of(indicator(AMOUNT, target))
    zones = [_ORDER.index(band.zone(number)) for number in sorted(numbers)]
    best = zones.index(max(zones))
    assert zones[:best] == sorted(zones[:best])
    assert zones[best:] == sorted(zones[best:], reverse=True)
    for number in numbers:
        assert (number in band.green) <= (number in band.outer)


@given(one_sided(), NUMBERS, st.integers(0, 2))
def test_higher_or_lower_is_never_worse_where_it_is_better(target: Definition, value: Fraction, decimals: int) -> None:
    of = indicator(AMOUNT, target, decimals=decimals)
    better = 1 if target["kind"] == "at_least" else -1
    worst_first = [Status.RED, Status.YELLOW, Status.GREEN]
    here, beyond = (judged(of, observed(of, value + step)).status for step in (0, better))
    assert worst_first.index(here) <= worst_first.index(beyond)


@given(TARGETS, NUMBERS, st.integers(0, 2))
def test_what_looks_the_same_is_judged_the_same(target: Definition, value: Fraction, decimals: int) -> None:
    of = indicator(AMOUNT, target, decimals=decimals)
    shown = rounded(value, decimals)
    one, other = (judged(of, observed(of, each, compared=REFERENCE)) for each in (value, shown))
    assert (one.status, one.shown) == (other.status, other.shown)


@given(comparing(), NUMBERS, NUMBERS, st.integers(0, 2))
def test_value_and_edges_are_compared_as_they_are_shown(
    target: Definition, value: Fraction, reference: Fraction, decimals: int
) -> None:
    of = indicator(AMOUNT, target, decimals=decimals)
    green, outer, sign = Fraction(target["green"]), target["yellow"], {"higher": -1, "lower": 1}.get(target["better"])
    if target["by"] == "percent" and not reference:
        return
    unit = abs(reference) / 100 if target["by"] == "percent" else Fraction(1)
    if any((offset * unit * 4).denominator != 1 for offset in (green, Fraction(0 if outer == "none" else outer))):
        return  # such an edge does not end after two decimals, so the other road is closed
    shown = as_a_reader_sees(value, decimals)

    def is_within(offset: Fraction, *, strict: bool) -> bool:
        if sign is None:
            low, high = (as_a_reader_sees(reference + side * offset * unit, decimals) for side in (-1, 1))
            return low < shown < high if strict else low <= shown <= high
        gap = sign * (shown - as_a_reader_sees(reference + offset * unit, decimals))
        return gap < 0 if strict else gap <= 0

    expected = Status.RED
    if is_within(green, strict=target["strict"]):
        expected = Status.GREEN
    elif outer != "none" and is_within(Fraction(outer), strict=target["strict"] and Fraction(outer) == green):
        expected = Status.YELLOW
    assert judged(of, observed(of, value, compared=reference)).status is expected


@given(one_sided() | two_sided(), NUMBERS)
def test_compared_exactly_nothing_is_rounded(target: Definition, value: Fraction) -> None:
    of = indicator(AMOUNT, target, decimals=0)
    zone = band_of(of).zone(value)
    assert judged(of, observed(of, value), comparison="exact").status == zone.value


@pytest.mark.parametrize(
    ("target", "value", "status"),
    [
        (at_least(70, 65, strict=True), "70", "yellow"),
        (at_least(70, 65, strict=True), "70.04", "yellow"),
        (at_least(70, 65, strict=True), "70.05", "green"),
        (at_least(70, 65), "69.95", "green"),
        (at_least(70, 65), "69.94", "yellow"),
        (at_least(70, 70, strict=True), "70", "red"),
        (at_least(70, "none", strict=True), "70", "red"),
        (at_least(-2, -5), "-2.05", "yellow"),
        (at_least(-2, -5), "-2.04", "green"),
        (at_most(0, "none"), "0.04", "green"),
        (at_most(0, "none"), "0.05", "red"),
        (at_most(-10, "none", strict=True), "-10", "red"),
        (at_most(-10, "none", strict=True), "-10.05", "green"),
        (within(95, 100), "100.04", "green"),
        (within(95, 100), "100.05", "red"),
        (within(95, 100, 90, "none") | {"strict": True}, "95", "yellow"),
        (within(95, 100, 90, "none") | {"strict": True}, "100", "red"),
        (against("plan", "on_target", green=2, strict=True), "40.8", "red"),
        (against("plan", "on_target", green=2), "40.8", "green"),
        (against("plan", "lower", green=-10), "36", "green"),
        (against("plan", "lower", green=-10), "36.05", "red"),
        (against("plan", "higher", green="0.1"), "40.0", "green"),
    ],
)
def test_at_the_edge(target: Definition, value: str, status: str) -> None:
    of = indicator(AMOUNT, target)
    assert judged(of, observed(of, Fraction(value), compared=REFERENCE)).status == status


@pytest.mark.parametrize(
    "target",
    [
        at_least(70, "undecided"),
        at_most(70, "undecided"),
        within(1, 2, "undecided", 3),
        within(1, 2, 0, "undecided"),
        against("plan", yellow="undecided"),
        {"kind": "path", "better": "higher", "starts": "2014-01-01", "start": 1, "ends": "2015-01-01", "end": 2}
        | {"yellow": "undecided"},
        {"kind": "undecided"},
    ],
)
def test_without_a_zone_that_is_agreed_nothing_is_coloured(target: Definition) -> None:
    of = indicator(AMOUNT, target)
    found = judged(of, observed(of, 50, compared=REFERENCE))
    assert (found.status, found.shown) == (Status.UNDECIDED, Fraction(50))


@given(NUMBERS, st.sampled_from(["higher", "lower"]), st.booleans())
def test_a_negative_reference_keeps_its_direction(reference: Fraction, better: str, strict: bool) -> None:
    """Ten per cent better than minus 40 is minus 36, not minus 44."""
    of = indicator(AMOUNT, against("plan", better, green=10 if better == "higher" else -10, strict=strict))
    if not reference:
        return
    band = band_of(of, reference)
    edge = band.green.low if better == "higher" else band.green.high
    assert edge is not None
    assert edge > reference if better == "higher" else edge < reference
