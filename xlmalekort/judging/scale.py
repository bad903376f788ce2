"""The statuses of an indicator along the line of numbers, so that thousands of cells are judged by looking each one up.

The statuses themselves come from `judging.judge`, asked once for each stretch of the line.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import inf, nextafter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from xlmalekort.judging.judge import Judgement
    from xlmalekort.model.figures import Status
    from xlmalekort.model.indicators import Indicator

LONG_AFTER = date.max
"""A loose value is there, so nothing is waited for."""


class Scale(NamedTuple):
    """Statuses along the line of a cell's numbers (0.749 for 74.9 per cent).

    `statuses` has one more than `bounds`: that of the numbers under the first bound, and of those from each bound on.
    """

    bounds: tuple[float, ...]
    statuses: tuple[Status, ...]

    def status(self, number: float) -> Status:
        """The status of a number; not of what is no number (`nan`)."""
        return self.statuses[bisect_right(self.bounds, number)]


def scale_of(
    indicator: Indicator, shift: int, judged: Callable[[Fraction], Judgement], edges: Iterable[Fraction]
) -> Scale | None:
    """The scale of an indicator whose values, in the unit shown, are judged by `judged`; `shift` is 2 for percentages.

    `edges` are all numbers at which a status may change, as they are compared with. None where not every number can be a
    value, such as half a step: there each one has to be judged by itself.
    """
    if indicator.most_steps is not None:
        return None
    # A number in a cell stands for the shortest decimal that it reads as, so bounds and numbers are compared as such.
    bounds = sorted({bound for edge in edges for bound in _bounds(edge, indicator.decimals, shift)})
    lowest = bounds[0] - 1 if bounds else 0.0
    statuses = tuple(judged(shown_number(bound, shift)).status for bound in (lowest, *bounds))
    return Scale(tuple(bounds), statuses)


def shown_number(number: float, shift: int) -> Fraction:
    """The number of a cell in the unit shown: `shift` is 2 for percentages.

    >>> shown_number(0.679, 2)
    Fraction(679, 10)
    """
    # Through a decimal, which is read several times faster than a fraction.
    return Fraction(Decimal(repr(number)).scaleb(shift))


def _bounds(edge: Fraction, decimals: int, shift: int) -> Iterator[float]:
    """Where numbers begin to be the edge, and to be more than the edge, as they are and as they are shown."""
    yield from (at := float(edge / 10**shift), nextafter(at, inf))
    step = Fraction(1, 10**decimals)
    for shown in (edge, edge + step):
        half = float((shown - step / 2) / 10**shift)
        # Half away from zero: up to nought the half itself still belongs to what is below.
        yield half if shown > 0 else nextafter(half, inf)
