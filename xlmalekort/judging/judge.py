"""The judgement of a value against what it is held against."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from xlmalekort.judging.bands import Band, Condition, Interval, Lack, Zone, conditions_of
from xlmalekort.judging.values import (
    Compared,
    Observed,
    has_few_answers,
    is_impossible,
    references_of,
    rounded,
    value_of,
)
from xlmalekort.model.figure_kinds import Amount, Change, Deviation, Distribution, Share
from xlmalekort.model.figures import Status
from xlmalekort.model.periods import month_end_after, ready_date
from xlmalekort.model.places import NOWHERE

if TYPE_CHECKING:
    from xlmalekort.model.indicators import Indicator
    from xlmalekort.model.periods import Period
    from xlmalekort.model.places import Place
    from xlmalekort.model.targets import Reference

_HUNDRED = Fraction(100)
_STATUS = {Zone.GREEN: Status.GREEN, Zone.YELLOW: Status.YELLOW, Zone.RED: Status.RED}
_BEST_FIRST = (Status.GREEN, Status.YELLOW, Status.NOT_DUE, Status.NOT_ASSESSABLE, Status.UNDECIDED, Status.RED)
"""Of two conditions the worse counts. One that cannot be judged may turn out to be red, so it goes before yellow."""


class Judgement(NamedTuple):
    """What is said of an indicator for one unit and period.

    `value` is exact and `shown` rounded as a reader sees it, both in the unit shown and None where there is no value, and
    where there are too few answers to show. `conditions` are what it was held against, edges as shown, and `verdicts` what
    came of each of them where it was held against them. `lack` says why there is no value.
    """

    indicator: Indicator
    period: Period
    status: Status
    value: Fraction | None
    shown: Fraction | None
    conditions: tuple[Condition, ...]
    observed: Observed
    lack: Lack | None = None
    is_exact: bool = False
    """Whether `value` rather than `shown` was compared."""
    verdicts: tuple[Status, ...] = ()
    is_due: bool = False
    """Whether the figure should be there."""

    @property
    def band(self) -> Band | None:
        """The band of the first condition; None where no target or zone is agreed, or nothing is there to compare with."""
        return self.conditions[0].band


def judge_observed(
    indicator: Indicator,
    period: Period,
    observed: Observed,
    today: date,
    *,
    comparison: str = "as_shown",
    place: Place = NOWHERE,
) -> Judgement:
    """The judgement of what was observed. `today` decides whether what is not there is missing or not due yet."""
    conditions = conditions_of(indicator, period, observed, place)
    return yardstick(indicator, period, conditions, today, comparison=comparison).judge(observed)


@dataclass(frozen=True, slots=True)
class Yardstick:
    """What figures of an indicator and period are held against, edges as they are compared with.

    `is_due` tells whether the figure should be there, `is_open` whether the window of its cohort is still open,
    `is_undecided` that nothing is agreed to hold it against.
    """

    indicator: Indicator
    period: Period
    conditions: tuple[Condition, ...]
    is_due: bool
    is_open: bool
    is_undecided: bool
    is_exact: bool

    def judge(self, observed: Observed) -> Judgement:
        """The judgement of what was observed."""
        indicator = self.indicator
        value = value_of(indicator, observed)
        if indicator.rests_on_cases and has_few_answers(indicator, observed.lower):
            value = None
        shown = rounded(value, indicator.decimals) if value is not None else None
        lack = _lack(indicator, observed) if value is None else None
        status, verdicts = self._status(observed, value if self.is_exact else shown)
        return Judgement(
            indicator,
            self.period,
            status,
            value,
            shown,
            self.conditions,
            observed,
            lack,
            self.is_exact,
            verdicts,
            self.is_due,
        )

    def _status(self, observed: Observed, compared: Fraction | None) -> tuple[Status, tuple[Status, ...]]:
        """The status, and that of each condition where it was held against them."""
        if observed.is_exempt:
            return Status.NOT_APPLICABLE, ()
        if observed.is_rejected:
            return Status.REJECTED, ()
        if self.is_undecided:
            return Status.UNDECIDED, ()
        if not observed.is_reported:
            return Status.MISSING if self.is_due else Status.NOT_DUE, ()
        if self.is_open:
            return Status.NOT_DUE, ()
        least = self.indicator.least_denominator
        cases = _cases(self.indicator, observed) if least else 0
        if cases < least and (cases or compared is not None):
            return Status.TOO_FEW, ()
        if compared is None:
            return Status.NOT_ASSESSABLE, ()
        verdicts = tuple([verdict_of(each, compared) for each in self.conditions])
        return verdicts[0] if len(verdicts) == 1 else max(verdicts, key=_BEST_FIRST.index), verdicts


def verdict_of(condition: Condition, compared: Fraction) -> Status:
    """What comes of holding a value against one condition."""
    if condition.band is None:
        return Status.UNDECIDED if condition.lack is None else Status.NOT_ASSESSABLE
    status = _STATUS[condition.band.zone(compared)]
    return Status.NOT_DUE if condition.waits and status is not Status.GREEN else status


def yardstick(
    indicator: Indicator,
    period: Period,
    conditions: tuple[Condition, ...],
    today: date,
    *,
    comparison: str = "as_shown",
) -> Yardstick:
    """The yardstick of an indicator and period: edges as they are compared with, and what is due."""
    if comparison == "as_shown":
        conditions = tuple(condition_as_shown(each, indicator.decimals) for each in conditions)
    is_open = today <= window_end(indicator, period)
    is_undecided = all(each.band is None and each.lack is None for each in conditions)
    is_asked_for = is_due(indicator, period, today) and not all(each.waits for each in conditions)
    return Yardstick(indicator, period, conditions, is_asked_for, is_open, is_undecided, comparison == "exact")


def is_due(indicator: Indicator, period: Period, today: date) -> bool:
    """Whether the figure of a period should be there. What is reported when held is never due."""
    if indicator.frequency == "when_held":
        return False
    return today > ready_day(indicator, period)


def ready_day(indicator: Indicator, period: Period) -> date:
    """The last day on which the figure of a period may still be missing; of a cohort its window closes first."""
    return ready_date(period, indicator.ready, indicator.delay_months + indicator.window_months)


def window_end(indicator: Indicator, period: Period) -> date:
    """The last day on which the cohort of a period cannot be judged yet; the first day there is for what is no cohort."""
    return month_end_after(period.end, indicator.window_months) if indicator.window_months else date.min


def _cases(indicator: Indicator, observed: Observed) -> Fraction | int:
    """The number of cases that a value rests on, where the indicator has one; else always enough."""
    return observed.lower or 0 if indicator.rests_on_cases else indicator.least_denominator


def _lack(indicator: Indicator, observed: Observed) -> Lack | None:
    if observed.is_rejected or not observed.is_reported:
        return None
    match indicator.figure:
        case Share() | Distribution():
            return Lack.NO_CASES
        case Change() as figure:
            compared = observed.reference(figure.against)
            if figure.per and observed.lower is not None and not observed.lower:
                return Lack.NO_CASES
            return Lack.NO_REFERENCE if compared is None else Lack.REFERENCE_ZERO
        case Amount():
            return Lack.NO_TOTAL
        case _:
            return Lack.NO_PLAN


def condition_as_shown(condition: Condition, decimals: int) -> Condition:
    """The condition with the edges of its band rounded as a reader sees them."""
    if condition.band is None:
        return condition
    band = band_as_shown(condition.band, decimals)
    return Condition(condition.target, band, condition.lack, condition.reference, condition.waits)


@lru_cache(maxsize=4096)
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
    may_be_negative: bool = False,
) -> Observed:
    """What loose numbers say of an indicator. A ready `value` of a share, a deviation or a mean of answers is taken as it is.

    `reference` is what its targets and its change compare with, in the unit shown; `target` and `yellow` are tried out. A
    share over 100 per cent or under 0, half a pair and, unless it `may_be_negative`, a number under 0 are rejected, never
    clipped.
    """
    upper = next((number for number in (numerator, actual, value) if number is not None), None)
    lower = next((number for number in (denominator, plan) if number is not None), None)
    none = Observed(
        compared=_given_reference(indicator, reference), own_target=target, own_yellow=yellow, is_trial=True
    )
    if upper is None and lower is None:
        return none
    given = none._replace(upper=upper, lower=lower, is_reported=True)
    figure = indicator.figure
    is_ready = value is not None and numerator is None and actual is None
    if isinstance(figure, Amount) or (isinstance(figure, Change) and (is_ready or not figure.per)):
        is_under_zero = (upper or 0) < 0 and not may_be_negative
        is_rejected = upper is None or is_under_zero or (lower or 0) < 0 or is_impossible(indicator, upper, lower)
        return given._replace(is_rejected=is_rejected)
    if value is not None and is_ready and not (lower is not None and not isinstance(figure, Distribution)):
        # A ready value rests on as many cases as are needed to judge it, unless their number is given.
        pair = _as_pair(indicator, value, lower)
        is_rejected = not isinstance(figure, Deviation) and (
            value < 0 or is_impossible(indicator, pair.upper, pair.lower)
        )
        return given._replace(upper=pair.upper, lower=pair.lower, is_rejected=is_rejected)
    is_rejected = (
        upper is None
        or lower is None
        or lower < 0
        or (upper < 0 and not may_be_negative and not isinstance(figure, Deviation))
        or is_impossible(indicator, upper, lower)
    )
    return given._replace(is_rejected=is_rejected)


def _given_reference(indicator: Indicator, reference: Fraction | None) -> tuple[tuple[Reference, Compared], ...]:
    if reference is None:
        return ()
    is_own_kind = isinstance(indicator.figure, Amount | Change)
    own = Compared(reference) if is_own_kind else _as_pair(indicator, reference)
    return tuple((each, Compared(reference) if each.is_typed else own) for each, _ in references_of(indicator))


def _as_pair(indicator: Indicator, value: Fraction, cases: Fraction | None = None) -> Compared:
    """A ready value as parts that come to it: so many of a hundred, above a plan of a hundred, or a mean of so many."""
    lower = cases if cases is not None else max(_HUNDRED, Fraction(indicator.least_denominator))
    if isinstance(indicator.figure, Deviation):
        return Compared(lower * (_HUNDRED + value) / _HUNDRED, lower)
    return Compared(lower * value / _HUNDRED if indicator.is_percent else lower * value, lower)
