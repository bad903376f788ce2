"""The judgement of a value against its band."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from xlmalekort.judging.bands import Band, Interval, Zone, resolve_band
from xlmalekort.judging.values import Observed, is_impossible, rounded, value_of
from xlmalekort.model.figures import Status
from xlmalekort.model.periods import ready_date
from xlmalekort.model.scorecard import Amount, Change, Share

if TYPE_CHECKING:
    from datetime import date

    from xlmalekort.model.periods import Period
    from xlmalekort.model.scorecard import Indicator

_HUNDRED = Fraction(100)
_STATUS = {Zone.GREEN: Status.GREEN, Zone.YELLOW: Status.YELLOW, Zone.RED: Status.RED}


class Lack(StrEnum):
    """Why a reported value has nothing that it can be judged by."""

    NO_CASES = "no_cases"
    NO_PLAN = "no_plan"
    NO_REFERENCE = "no_reference"
    REFERENCE_ZERO = "reference_zero"
    NO_TOTAL = "no_total"


class Judgement(NamedTuple):
    """What is said of an indicator for one unit and period.

    `value` is exact and `shown` rounded as a reader sees it, both in the unit shown and None where there is no value.
    `band` is None where no target or zone is agreed, and `lack` says what is missing where nothing can be assessed.
    """

    indicator: Indicator
    period: Period
    status: Status
    value: Fraction | None
    shown: Fraction | None
    band: Band | None
    observed: Observed
    lack: Lack | None = None
    is_exact: bool = False
    """Whether `value` rather than `shown` was compared."""


def judge_observed(
    indicator: Indicator,
    period: Period,
    observed: Observed,
    today: date,
    *,
    comparison: str = "as_shown",
) -> Judgement:
    """The judgement of what was observed. `today` decides whether what is not there is missing or not due yet."""
    band = resolve_band(indicator, period, observed.own_target, observed.own_yellow)
    return judge_against(indicator, period, observed, band, today, comparison=comparison)


def judge_against(
    indicator: Indicator,
    period: Period,
    observed: Observed,
    band: Band | None,
    today: date,
    *,
    comparison: str = "as_shown",
) -> Judgement:
    """The judgement against a given band."""
    return yardstick(indicator, period, band, today, comparison=comparison).judge(observed)


@dataclass(frozen=True, slots=True)
class Yardstick:
    """What every unit's figures of an indicator and period are held against, worked out once."""

    indicator: Indicator
    period: Period
    band: Band | None
    is_due: bool
    is_exact: bool

    def judge(self, observed: Observed) -> Judgement:
        """The judgement of what was observed."""
        indicator = self.indicator
        value = value_of(indicator, observed)
        shown = rounded(value, indicator.decimals) if value is not None else None
        lack = _lack(indicator, observed) if value is None else None
        status = self._status(observed, value if self.is_exact else shown)
        return Judgement(indicator, self.period, status, value, shown, self.band, observed, lack, self.is_exact)

    def _status(self, observed: Observed, compared: Fraction | None) -> Status:
        if observed.is_exempt:
            return Status.NOT_APPLICABLE
        if observed.is_rejected:
            return Status.REJECTED
        if self.band is None:
            return Status.UNDECIDED
        if not observed.is_reported:
            return Status.MISSING if self.is_due else Status.NOT_DUE
        if compared is None:
            return Status.NOT_ASSESSABLE
        least = self.indicator.least_denominator
        if least and _cases(self.indicator, observed) < least:
            return Status.TOO_FEW
        return _STATUS[self.band.zone(compared)]


def yardstick(
    indicator: Indicator, period: Period, band: Band | None, today: date, *, comparison: str = "as_shown"
) -> Yardstick:
    """The yardstick of an indicator and period: the band as it is compared with, and whether figures should be there."""
    if comparison == "as_shown" and band is not None:
        band = band_as_shown(band, indicator.decimals)
    return Yardstick(indicator, period, band, is_due(indicator, period, today), comparison == "exact")


def is_due(indicator: Indicator, period: Period, today: date) -> bool:
    """Whether the figure of a period should be there. What is reported when held is never due."""
    if indicator.frequency == "when_held":
        return False
    return today > ready_date(period, indicator.ready, indicator.delay_months)


def _cases(indicator: Indicator, observed: Observed) -> Fraction | int:
    """The number of cases that a value rests on, where the indicator has one; else always enough."""
    rests_on_cases = isinstance(indicator.figure, Share) or (
        isinstance(indicator.figure, Amount) and indicator.figure.weight is not None
    )
    if not rests_on_cases:
        return indicator.least_denominator
    return observed.lower or 0


def _lack(indicator: Indicator, observed: Observed) -> Lack | None:
    if observed.is_rejected or not observed.is_reported:
        return None
    match indicator.figure:
        case Share():
            return Lack.NO_CASES
        case Change():
            return Lack.NO_REFERENCE if observed.reference is None else Lack.REFERENCE_ZERO
        case Amount():
            return Lack.NO_TOTAL
        case _:
            return Lack.NO_PLAN


def band_as_shown(band: Band, decimals: int) -> Band:
    """The band with its edges rounded as a reader sees them."""
    return Band(_interval_as_shown(band.green, decimals), _interval_as_shown(band.outer, decimals))


def _interval_as_shown(interval: Interval, decimals: int) -> Interval:
    low = rounded(interval.low, decimals) if interval.low is not None else None
    high = rounded(interval.high, decimals) if interval.high is not None else None
    return Interval(low, high, interval.low_open, interval.high_open)


def observed_of(  # noqa: PLR0913 - the parts by which a figure may be given
    indicator: Indicator,
    *,
    value: Fraction | None = None,
    numerator: Fraction | None = None,
    denominator: Fraction | None = None,
    actual: Fraction | None = None,
    plan: Fraction | None = None,
    target: Fraction | None = None,
    yellow: Fraction | None = None,
    reference: Fraction | None = None,
) -> Observed:
    """What loose numbers say of an indicator. A ready `value` of a share or a deviation is taken as it is.

    A share over 100 per cent or under 0, half a pair and a negative count are rejected, never clipped.
    """
    upper = next((number for number in (numerator, actual, value) if number is not None), None)
    lower = next((number for number in (denominator, plan) if number is not None), None)
    none = Observed(own_target=target, own_yellow=yellow)
    if upper is None and lower is None:
        return none
    given = none._replace(upper=upper, lower=lower, reference=reference, is_reported=True)
    figure = indicator.figure
    if isinstance(figure, Amount | Change):
        return given._replace(is_rejected=upper is None or upper < 0)
    if value is not None and numerator is None and actual is None and lower is None:
        # A ready percentage is a figure out of a hundred; a deviation of v is v above a plan of a hundred.
        upper = value if isinstance(figure, Share) else _HUNDRED + value
        is_rejected = isinstance(figure, Share) and (value < 0 or is_impossible(indicator, upper, _HUNDRED))
        return given._replace(upper=upper, lower=_HUNDRED, is_rejected=is_rejected)
    is_rejected = (
        upper is None
        or lower is None
        or lower < 0
        or (isinstance(figure, Share) and upper < 0)
        or is_impossible(indicator, upper, lower)
    )
    return given._replace(is_rejected=is_rejected)
