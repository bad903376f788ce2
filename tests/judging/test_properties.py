"""What must hold of every band and every value."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from tests.support.bands import resolve_band
from xlmalekort.judging.bands import Band, Zone, at_least, at_most
from xlmalekort.judging.judge import judge_observed, observed_of
from xlmalekort.judging.needed import needed
from xlmalekort.judging.values import rounded
from xlmalekort.model.figure_kinds import Part
from xlmalekort.model.figures import Status
from xlmalekort.model.periods import Period
from xlmalekort.scorecards import built_in, load_scorecard

TODAY = date(2030, 1, 1)
TENTHS = st.integers(-2000, 2000).map(lambda tenth: Fraction(tenth, 10))


def bands() -> list[Band]:
    scorecards = [load_scorecard(name) for name in built_in()]
    found = [
        resolve_band(indicator, Period.parse(period))
        for scorecard in scorecards
        for indicator in scorecard.indicators
        for period in ("2009-03", "2009-11")
    ]
    return [band for band in found if band is not None]


@given(st.sampled_from(bands()), TENTHS)
def test_bands_partition_the_line(band: Band, value: Fraction) -> None:
    in_green, in_outer = value in band.green, value in band.outer
    assert not in_green or in_outer
    expected = Zone.GREEN if in_green else Zone.YELLOW if in_outer else Zone.RED
    assert band.zone(value) is expected


@given(TENTHS, TENTHS, TENTHS, st.booleans())
def test_more_is_never_worse_where_higher_is_better(a: Fraction, b: Fraction, value: Fraction, strict: bool) -> None:
    worst_first = [Zone.RED, Zone.YELLOW, Zone.GREEN]
    band = at_least(max(a, b), min(a, b), strict=strict)
    assert band is not None
    assert worst_first.index(band.zone(value)) <= worst_first.index(band.zone(value + 1))
    band = at_most(min(a, b), max(a, b), strict=strict)
    assert band is not None
    assert worst_first.index(band.zone(value + 1)) <= worst_first.index(band.zone(value))


@given(st.integers(-(10**9), 10**9), st.integers(0, 4), st.integers(0, 6))
def test_rounding_is_half_away_from_zero(number: int, decimals: int, places: int) -> None:
    value = Fraction(number, 10**places)
    exact = Decimal(number).scaleb(-places)
    assert rounded(value, decimals) == Fraction(exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


@given(st.sampled_from(["B.1", "B.5", "B.7", "M.1", "P.1.1"]), st.integers(0, 400), st.integers(1, 400))
def test_what_it_takes_is_the_smallest_step_that_makes_it_green(indicator_id: str, upper: int, lower: int) -> None:
    indicator = load_scorecard("nav-buskerud-2009").indicator[indicator_id]
    period = Period.parse("2009-09")

    def status(numerator: int) -> Status:
        observed = observed_of(indicator, numerator=Fraction(numerator), denominator=Fraction(lower))
        return judge_observed(indicator, period, observed, TODAY).status

    upper = min(upper, lower)
    observed = observed_of(indicator, numerator=Fraction(upper), denominator=Fraction(lower))
    found = needed(judge_observed(indicator, period, observed, TODAY))
    greens = [numerator for numerator in range(lower + 1) if status(numerator) is Status.GREEN]
    if status(upper) is Status.GREEN:
        assert found.by_part is None
    else:
        nearest = min(greens, key=lambda numerator: abs(numerator - upper))
        assert found.by_part == {Part.NUMERATOR: Fraction(nearest - upper)}
        assert found.reachable is True


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.integers(1, 50))
def test_a_share_does_not_change_when_both_parts_grow_alike(upper: int, lower: int, factor: int) -> None:
    indicator = load_scorecard("nav-buskerud-2009").indicator["B.1"]
    upper = min(upper, lower)
    once, more = (
        judge_observed(
            indicator,
            Period.parse("2009-09"),
            observed_of(indicator, numerator=Fraction(upper * times), denominator=Fraction(lower * times)),
            TODAY,
        )
        for times in (1, factor)
    )
    assert (once.shown, once.status) == (more.shown, more.status)
