"""Local goals are judged by the same rules as indicators: each is the one indicator of a small scorecard of its own."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from xlmalekort.judging.explain import AT_LEAST, AT_MOST, CONTROL_TITLE, amount_words, band_slots, explain
from xlmalekort.judging.judge import judge_observed
from xlmalekort.judging.values import Observed, rounded
from xlmalekort.locale import N_
from xlmalekort.model.figure_kinds import Amount
from xlmalekort.model.figures import Status
from xlmalekort.model.indicators import Indicator
from xlmalekort.model.local_goals import LOCAL_DECIMALS
from xlmalekort.model.measures import Kind, Level, Measure, Role, Unit
from xlmalekort.model.scorecard import Perspective, Scorecard, Top
from xlmalekort.model.targets import OwnTarget

if TYPE_CHECKING:
    from datetime import date

    from xlmalekort.judging.judge import Judgement
    from xlmalekort.locale import Texts
    from xlmalekort.model.local_goals import Better, LocalGoal
    from xlmalekort.model.periods import Period

INCOMPLETE = N_("Choose the unit, and whether higher or lower is better")
UNUSABLE_EDGE = N_("The target or the yellow zone cannot be used; see {control}")
WRONG_SIDE = N_("The yellow zone lies on the wrong side of the target")

_VALUE, _TARGET, _YELLOW = "local.value", "local.target", "local.yellow"


@cache
def _scorecard(unit: Unit, better: Better) -> Scorecard:
    """The scorecard that every local goal of a unit and direction is judged by."""
    local = "local"
    measures = (
        Measure(id=_VALUE, title=local, kind=Kind.ROLLING, unit=unit, decimals=LOCAL_DECIMALS[unit], negative=True),
        Measure(id=_TARGET, title=local, kind=Kind.STOCK, unit=unit, role=Role.TARGET, negative=True),
        Measure(id=_YELLOW, title=local, kind=Kind.STOCK, unit=unit, role=Role.YELLOW, negative=True),
    )
    indicator = Indicator(
        id=local,
        title=local,
        perspective=local,
        figure=Amount(kind="amount", value=(_VALUE,)),
        target=OwnTarget(kind="own_target", better=better, target=_TARGET, yellow=_YELLOW),
        definition=local,
        better=better,
        origin="office",
        decimals=LOCAL_DECIMALS[unit],
    )
    return Scorecard(
        id=local,
        version="1",
        language="en",
        title=local,
        short_title=local,
        about=local,
        year=2000,
        top=Top(level=Level.COUNTRY, name=local),
        level_names={},
        perspectives=(Perspective(id=local, title=local),),
        measures=measures,
        indicators=(indicator,),
    )


def scorecard_of(goal: LocalGoal) -> Scorecard:
    """The small scorecard that a goal is the one indicator of."""
    return _scorecard(goal.unit or Unit.COUNT, goal.better or "higher")


def judge_local(goal: LocalGoal, period: Period, today: date, *, is_delivered: bool = True) -> Judgement:
    """The judgement of a goal in a period, as shown: rounded to the goal's decimals and then compared.

    Where the office has not delivered the period, what it has typed is left aside.
    """
    figure = goal.figures.get(period) if is_delivered else None
    is_whole = goal.unit is not None and goal.better is not None and not goal.unusable
    target = goal.target if is_whole else None
    observed = Observed(
        upper=figure.value if figure is not None else None,
        is_reported=figure is not None,
        is_rejected=figure is not None and figure.value is None,
        own_target=target,
        # A zone that ends where the target begins is no zone.
        own_yellow=goal.yellow if goal.yellow is not None else target,
    )
    return judge_observed(scorecard_of(goal).active[0], period, observed, today)


def explain_local(goal: LocalGoal, judgement: Judgement, texts: Texts) -> str:
    """Why a goal has its status, or what it still lacks, in one sentence."""
    if judgement.status is Status.UNDECIDED:
        if goal.unit is None or goal.better is None:
            return texts(INCOMPLETE)
        if goal.unusable:
            return texts(UNUSABLE_EDGE, control=texts(CONTROL_TITLE))
        if goal.target is not None and goal.yellow is not None:
            return texts(WRONG_SIDE)
    return explain(scorecard_of(goal), judgement, texts)


def edge_words(goal: LocalGoal, judgement: Judgement, texts: Texts) -> tuple[str, str]:
    """The green and the yellow region in words, `at least 75.0 %` and `65.0-75.0 %`; empty where there is none."""
    if judgement.band is None:
        return "", ""
    slots = band_slots(judgement.indicator, judgement.conditions[0], goal.unit or Unit.COUNT, texts)
    return slots["green"], slots["yellow"]


def target_words(goal: LocalGoal, texts: Texts) -> str:
    """The target in words, `at least 75.0 %`, whether or not its zone fits; empty where there is none."""
    if goal.unit is None or goal.target is None:
        return ""
    message = {"higher": AT_LEAST, "lower": AT_MOST, None: "{edge}"}[goal.better]
    return texts(message, edge=amount_words(rounded(goal.target, goal.decimals), goal.decimals, goal.unit, texts))
