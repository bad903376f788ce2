"""What several units come to: numerators over denominators, never a mean of percentages."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from xlmalekort.judging.values import Compared, Observed, sum_exactly, value_of
from xlmalekort.model.figure_kinds import Amount, Change
from xlmalekort.model.measures import Unit as Measured
from xlmalekort.model.targets import Reference

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xlmalekort.model.indicators import Indicator
    from xlmalekort.model.scorecard import Scorecard

_ADDABLE = (Measured.COUNT, Measured.MONEY)
_NOTHING = Fraction(0)


class Way(StrEnum):
    """How the figures of units are made one."""

    SUM = "sum"
    """Plain numbers add up."""
    RATIO = "ratio"
    """Upper parts over lower parts."""
    WEIGHTED = "weighted"
    """A mean by weight."""
    MEAN = "mean"
    """A plain mean, where the definition asks for it."""
    NONE = "none"
    """There is no way."""


def way_of(scorecard: Scorecard, indicator: Indicator) -> Way:
    """How the indicator's figures are made one."""
    figure = indicator.figure
    if isinstance(figure, Change):
        return Way.RATIO if figure.per else Way.SUM
    if not isinstance(figure, Amount):
        return Way.RATIO
    if figure.weight is not None:
        return Way.WEIGHTED
    if all(scorecard.measure[measure].unit in _ADDABLE for measure in figure.value):
        return Way.SUM
    return Way.MEAN if figure.unweighted else Way.NONE


class Addend(NamedTuple):
    """What a unit brings to a sum. Of a mean by weight `upper` is value times weight; a unit of 1 without a lower part.

    `compared` has the same for each number that is compared with.
    """

    upper: Fraction
    lower: Fraction
    compared: tuple[tuple[Fraction, Fraction], ...] = ()


@dataclass(frozen=True)
class Adder:
    """Adds the figures of an indicator up."""

    indicator: Indicator
    way: Way

    @property
    def adds_up(self) -> bool:
        """Whether the indicator is a plain number that adds up over the units: a count or money, without a weight."""
        return self.way is Way.SUM and isinstance(self.indicator.figure, Amount)

    @property
    def has_total(self) -> bool:
        """Whether there is any way to make a total of the indicator."""
        return self.way is not Way.NONE

    def has_reference(self, observed: Observed, reference: Reference) -> bool:
        """Whether a unit has what a sum needs of a number to compare with: of a mean by weight its weight too."""
        found = observed.reference(reference)
        needs_weight = self.way is Way.WEIGHTED and not reference.is_typed
        return found is not None and not (needs_weight and found.lower is None)

    def added(self, observed: Sequence[Observed], references: Sequence[Reference]) -> Observed:
        """The parts added up, of units that have all of them and the numbers of `references`. There is one unit or more.

        Of a mean by weight the upper part is the sum of values times weights; `judged` makes the mean of it.
        """
        return self.observed_of(self.sum_of(observed, references), references)

    def sum_of(self, observed: Sequence[Observed], references: Sequence[Reference]) -> Addend:
        """What units that have all their parts, and the numbers of the references, bring together."""
        compared = (
            [
                self._compared_parts(reference, found, each)
                for each in observed
                if (found := each.reference(reference)) is not None
            ]
            for reference in references
        )
        return Addend(
            *self._sum([(each.upper, each.lower) for each in observed]), tuple(_columns_of(pairs) for pairs in compared)
        )

    def _sum(self, pairs: Sequence[tuple[Fraction | None, Fraction | None]]) -> tuple[Fraction, Fraction]:
        """`_parts` of every unit, added up."""
        if self.way is Way.WEIGHTED:
            return _columns_of([self._parts(upper, lower) for upper, lower in pairs])
        upper = sum_exactly([upper for upper, _ in pairs if upper is not None])
        if self.way is not Way.RATIO:
            return upper, Fraction(len(pairs))
        return upper, sum_exactly([lower for _, lower in pairs if lower is not None])

    def addend(self, observed: Observed, references: Iterable[Reference]) -> Addend:
        """What a unit brings, with the numbers of the references, which are there."""
        compared = (observed.reference(reference) for reference in references)
        return Addend(
            *self._parts(observed.upper, observed.lower),
            tuple(
                self._compared_parts(reference, found, observed)
                for reference, found in zip(references, compared, strict=True)
                if found is not None
            ),
        )

    def _parts(self, upper: Fraction | None, lower: Fraction | None) -> tuple[Fraction, Fraction]:
        above, below = upper or _NOTHING, lower or _NOTHING
        if self.way is Way.WEIGHTED:
            return above * below, below
        return above, below if self.way is Way.RATIO else Fraction(1)

    def _compared_parts(self, reference: Reference, found: Compared, observed: Observed) -> tuple[Fraction, Fraction]:
        if reference is Reference.BASELINE and self._is_change_of_a_rate:
            # As if today's cases had had the rate of then: a mean of the rates would forget how large each unit is.
            cases = observed.lower or _NOTHING
            return found.upper * cases, cases
        if reference.is_typed:
            return found.upper, Fraction(1)
        return self._parts(found.upper, found.lower)

    @property
    def _is_change_of_a_rate(self) -> bool:
        return isinstance(self.indicator.figure, Change) and self.way is Way.RATIO

    def observed_of(self, total: Addend, references: Iterable[Reference]) -> Observed:
        """A sum of addends as something that was observed."""
        pairs = zip(references, total.compared, strict=True)
        compared = ((reference, self._compared(reference, *pair)) for reference, pair in pairs)
        has_lower = self.way in (Way.RATIO, Way.WEIGHTED)
        upper = total.upper
        if self.way is Way.MEAN:
            upper = upper / total.lower
        return Observed(
            upper if self.has_total else None,
            total.lower if has_lower else None,
            tuple((reference, found) for reference, found in compared if found is not None),
            is_reported=True,
        )

    def _compared(self, reference: Reference, upper: Fraction, lower: Fraction) -> Compared | None:
        if reference.is_typed:
            if not self._is_change_of_a_rate or reference is not Reference.BASELINE:
                return Compared(upper)
            return Compared(upper / lower) if lower else None
        match self.way:
            case Way.SUM:
                return Compared(upper)
            case Way.RATIO:
                return Compared(upper, lower)
            case Way.WEIGHTED | Way.MEAN:
                return Compared(upper / lower, lower) if lower else None
            case Way.NONE:
                return None

    def judged(self, added: Observed) -> Observed:
        """What is judged of parts that were added up: a mean by weight instead of the sum that it is made of."""
        if self.way is not Way.WEIGHTED or added.upper is None:
            return added
        return added._replace(upper=added.upper / added.lower if added.lower else None)

    def value(self, total: Addend, references: Iterable[Reference]) -> Fraction | None:
        """The number that a sum of addends comes to, in the unit shown; of what adds up the mean of the units."""
        if not total.lower and self.way is not Way.RATIO:
            return None
        judged = self.judged(self.observed_of(total, references))
        value = value_of(self.indicator, judged)
        return value / total.lower if value is not None and self.adds_up else value


def less(total: Addend, one: Addend) -> Addend:
    """A sum without one of its addends."""
    compared = zip(total.compared, one.compared, strict=True)
    return Addend(
        total.upper - one.upper,
        total.lower - one.lower,
        tuple((upper - own_upper, lower - own_lower) for (upper, lower), (own_upper, own_lower) in compared),
    )


def _columns_of(pairs: Sequence[tuple[Fraction, Fraction]]) -> tuple[Fraction, Fraction]:
    return sum_exactly([upper for upper, _ in pairs]), sum_exactly([lower for _, lower in pairs])
