"""The band of one target, for tests that look at edges alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlmalekort.judging.bands import conditions_of
from xlmalekort.judging.values import NOTHING

if TYPE_CHECKING:
    from fractions import Fraction

    from xlmalekort.judging.bands import Band
    from xlmalekort.model.indicators import Indicator
    from xlmalekort.model.periods import Period


def resolve_band(
    indicator: Indicator,
    period: Period,
    own_target: Fraction | None = None,
    own_yellow: Fraction | None = None,
) -> Band | None:
    """The band of an indicator's first target in a period; None where none is agreed, or it compares with a figure.

    `own_target` and `own_yellow` are the office's own numbers, in the unit shown. They count where the definition leaves
    the target to the office; given for any other target of one edge, or for an undecided one, they are a trial. An own zone
    on the wrong side of the own target gives None.
    """
    observed = NOTHING._replace(own_target=own_target, own_yellow=own_yellow, is_trial=True)
    return conditions_of(indicator, period, observed)[0].band
