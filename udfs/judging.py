"""Numbers of cells, judged by the rules of a scorecard: the same ones as everywhere, remembered for the next cell."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from udfs.arguments import ArgumentError
from xlmalekort.judging.bands import conditions_of
from xlmalekort.judging.explain import unit_of
from xlmalekort.judging.explain_loose import explain_loose
from xlmalekort.judging.judge import Judgement, observed_of
from xlmalekort.judging.judge import Yardstick as HeldAgainst
from xlmalekort.judging.judge import yardstick as held_against
from xlmalekort.judging.scale import LONG_AFTER, Scale, scale_of, shown_number
from xlmalekort.judging.values import Compared, Observed, without_broken
from xlmalekort.model.figure_kinds import Change, Distribution
from xlmalekort.model.figures import Status
from xlmalekort.model.measures import Unit
from xlmalekort.model.periods import Period

if TYPE_CHECKING:
    from collections.abc import Iterator

    from udfs.cards import Card
    from xlmalekort.model.figure_kinds import Terms
    from xlmalekort.model.indicators import Indicator
    from xlmalekort.model.places import Place
    from xlmalekort.model.scorecard import Scorecard

_HUNDRED = Fraction(100)
_LARGEST_DIVISOR = 10**6
_MOST_REASONS = 2000
"""That are kept of one indicator and period; a share with one decimal has half as many."""


@dataclass(frozen=True, eq=False)
class Yardstick:
    """What the values of an indicator in a period are held against, and how a cell shows them: `shift` is 2 for per cent."""

    scorecard: Scorecard
    indicator: Indicator
    period: Period
    shift: int
    place: Place
    """The office that the value is of."""
    given: Observed
    """What there is to compare with, and the target that the office has set itself."""

    def judged(self, value: Fraction) -> Judgement:
        """The judgement of a value in the unit shown."""
        return self._of_values.judge(self._of(value))

    def of_parts(self, upper: float | None, lower: float | None) -> Judgement:
        """The judgement of the parts of a figure as they stand in cells."""
        figure = self.indicator.figure
        observed = observed_of(
            self.indicator,
            numerator=self._part(upper, figure.upper),
            denominator=self._part(lower, figure.lower),
            may_be_negative=_may_be_negative(self.scorecard, self.indicator),
        )
        return self._of_parts.judge(observed)

    def _of(self, value: Fraction) -> Observed:
        observed = _observed(self.scorecard, self.indicator, value, self.given)
        return without_broken(self.indicator, self.period, observed)

    # What values are held against is the same for all of them, and worked out once.

    @cached_property
    def _of_values(self) -> HeldAgainst:
        return self._held_against(self._of(Fraction(0)))

    @cached_property
    def _of_parts(self) -> HeldAgainst:
        return self._held_against(observed_of(self.indicator))

    def _held_against(self, observed: Observed) -> HeldAgainst:
        conditions = conditions_of(self.indicator, self.period, observed, self.place)
        comparison = self.scorecard.comparison
        return held_against(self.indicator, self.period, conditions, LONG_AFTER, comparison=comparison)

    def _part(self, cell: float | None, terms: Terms) -> Fraction | None:
        if cell is None:
            return None
        if not terms:
            raise ArgumentError
        return shown_number(cell, _shift(self.scorecard.measure[terms[0].measure].unit))

    def at(self, number: float) -> Judgement:
        """The judgement of a cell's number."""
        return self.judged(shown_number(number, self.shift))

    def status(self, number: float) -> str:
        """The status of a cell's number."""
        return str(self._scale.status(number) if self._scale is not None else self.at(number).status)

    def why(self, number: float) -> str:
        """Why a cell's number has its status, in the scorecard's language."""
        status = self.status(number)
        if self.scorecard.comparison != "as_shown" or status == Status.REJECTED:
            return self._explained(number)
        # Numbers that are shown alike and have the same status have it for the same reason.
        shown = Decimal(repr(number)).scaleb(self.shift).quantize(self._last_decimal, ROUND_HALF_UP)
        key = status, shown
        if key not in self._reasons:
            if len(self._reasons) >= _MOST_REASONS:
                self._reasons.clear()
            self._reasons[key] = self._explained(number)
        return self._reasons[key]

    def _explained(self, number: float) -> str:
        return explain_loose(self.scorecard, self.at(number), self.scorecard.texts())

    @cached_property
    def _reasons(self) -> dict[tuple[str, Decimal], str]:
        return {}

    @cached_property
    def _last_decimal(self) -> Decimal:
        return Decimal(1).scaleb(-self.indicator.decimals)

    @cached_property
    def _scale(self) -> Scale | None:
        return scale_of(self.indicator, self.shift, self.judged, self._edges())

    def _edges(self) -> Iterator[Fraction]:
        """Every number at which a status may change: the ends of zones, and of what can be."""
        yield from (Fraction(0), _HUNDRED)
        if isinstance(self.indicator.figure, Distribution):
            yield from map(Fraction, (1, len(self.indicator.figure.counts)))
        bands = [each.band for each in self._of_values.conditions if each.band is not None]
        for stretch in (stretch for band in bands for stretch in (band.green, band.outer)):
            yield from (end for end in (stretch.low, stretch.high) if end is not None)


def _observed(scorecard: Scorecard, indicator: Indicator, value: Fraction, given: Observed) -> Observed:
    """A ready value as what was observed. That of a change is so many per cent over a hundred."""
    figure = indicator.figure
    if isinstance(figure, Change):
        base = Compared(_HUNDRED, Fraction(1) if figure.per else None)
        compared = (*((each, of) for each, of in given.compared if each is not figure.against), (figure.against, base))
        lower = Fraction(max(1, indicator.least_denominator)) if figure.per else None
        upper = (_HUNDRED + value) * (lower or 1)
        return given._replace(upper=upper, lower=lower, compared=compared, is_reported=True)
    observed = observed_of(indicator, value=value, may_be_negative=_may_be_negative(scorecard, indicator))
    return observed._replace(
        # A loose value rests on as many cases as are needed to judge it.
        lower=Fraction(indicator.least_denominator) if observed.lower is None and figure.lower else observed.lower,
        compared=given.compared,
        own_target=given.own_target,
        own_yellow=given.own_yellow,
        is_trial=given.is_trial,
    )


def _may_be_negative(scorecard: Scorecard, indicator: Indicator) -> bool:
    return any(scorecard.measure[term.measure].negative for term in indicator.figure.upper)


def _shift(unit: Unit) -> int:
    """How many places the decimal sign stands further left in a cell than people see it."""
    return 2 if unit is Unit.PERCENT else 0


@lru_cache(maxsize=8192)
def yardstick(
    card: Card,
    indicator: str,
    period: str,
    reference: float | None = None,
    target: float | None = None,
    yellow: float | None = None,
) -> Yardstick:
    """What a value is held against; numbers as in cells. ArgumentError where there is no such indicator or period."""
    scorecard, place = card
    found = scorecard.indicator.get(indicator) or _whatever_its_case(scorecard, indicator)
    if found is None:
        raise ArgumentError
    try:
        when = Period.parse(period)
    except ValueError:
        raise ArgumentError from None
    if when.frequency is not found.frequency.span:
        raise ArgumentError
    shift = _shift(unit_of(scorecard, found))
    given = observed_of(
        found,
        target=_exactly(target, shift),
        yellow=_exactly(yellow, shift),
        reference=_exactly(reference, shift),
    )
    return Yardstick(scorecard, found, when, shift, place, given)


def _whatever_its_case(scorecard: Scorecard, name: str) -> Indicator | None:
    """The indicator of an id that is written in other letters; no two differ by case alone."""
    key = name.casefold()
    return next((each for each in scorecard.indicators if each.id.casefold() == key), None)


def _exactly(number: float | None, shift: int) -> Fraction | None:
    """A number to compare with: the fraction that it was divided from where there is a simple one, else as it reads."""
    if number is None:
        return None
    found = Fraction(number).limit_denominator(_LARGEST_DIVISOR)
    return (found if float(found) == number else Fraction(repr(number))) * Fraction(10**shift)
