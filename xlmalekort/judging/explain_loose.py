"""Reasons for numbers that stand in no workbook: those of `judge`, and of a function in a cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlmalekort.judging.explain import explain
from xlmalekort.locale import N_
from xlmalekort.locale.told import NumberText
from xlmalekort.model.figure_kinds import Distribution
from xlmalekort.model.figures import Status

if TYPE_CHECKING:
    from xlmalekort.judging.judge import Judgement
    from xlmalekort.locale import Texts
    from xlmalekort.model.scorecard import Scorecard

_HALF = N_("Only a part of the figure is there")
_OVER = N_("The numerator is larger than the denominator: {upper} of {lower}")
_UNDER_ZERO = N_("A figure under 0 cannot be")
_OUTSIDE = N_("A mean of these answers lies from 1 to {last}")
_PART_OF_A_STEP = N_("Steps are counted whole, and {done} is no whole number")
_TOO_MANY_STEPS = N_("{done} steps are done, but there are only {all}")


def explain_loose(scorecard: Scorecard, judgement: Judgement, texts: Texts) -> str:
    """Why loose numbers have their status. Where they cannot be used it is said why; a workbook points to its checks instead."""
    return _why_rejected(judgement, texts) or explain(scorecard, judgement, texts)


def _why_rejected(judgement: Judgement, texts: Texts) -> str:
    upper, lower = judgement.observed.upper, judgement.observed.lower
    if judgement.status is not Status.REJECTED:
        return ""
    indicator = judgement.indicator
    if upper is not None and indicator.most_steps is not None and upper >= 0:
        done = NumberText.of(upper)
        if upper > indicator.most_steps:
            return texts(_TOO_MANY_STEPS, done=done, all=str(indicator.most_steps))
        return texts(_PART_OF_A_STEP, done=done)
    if upper is not None and lower is not None and upper >= 0 and lower >= 0:
        if isinstance(indicator.figure, Distribution) and not indicator.is_percent:
            return texts(_OUTSIDE, last=str(len(indicator.figure.counts)))
        return texts(_OVER, upper=NumberText.of(upper).told(texts), lower=NumberText.of(lower).told(texts))
    return texts(_HALF if upper is None or (lower is None and upper >= 0) else _UNDER_ZERO)
