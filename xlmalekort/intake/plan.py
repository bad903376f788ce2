"""What a workbook is expected to hold, worked out once for each scorecard and year."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from xlmalekort.intake.keys import key_of
from xlmalekort.intake.numbers import range_words, rule_of
from xlmalekort.judging.values import field_of, own_measures, sums_of
from xlmalekort.layout.office import layout_of
from xlmalekort.locale import LANGUAGES, texts_of
from xlmalekort.model.measures import Role
from xlmalekort.model.scorecard import Amount, Deviation, Part, Share
from xlmalekort.model.targets import OwnTarget

if TYPE_CHECKING:
    from xlmalekort.intake.numbers import NumberRule
    from xlmalekort.layout.office import Line, OfficeLayout
    from xlmalekort.locale.told import Phrase
    from xlmalekort.model.measures import Measure
    from xlmalekort.model.periods import Frequency, Period
    from xlmalekort.model.scorecard import Indicator, Scorecard


@dataclass(frozen=True, slots=True)
class LinePlan:
    """A row of the input sheet. `measure`, `rule` and `words` are None for comments; `indicator` is the first user's id."""

    line: Line
    measure: Measure | None
    rule: NumberRule | None
    words: Phrase | None
    indicator: str | None
    frequency: Frequency
    is_result: bool
    """Whether it reports what happened, rather than a plan, a target or a comment."""


@dataclass(frozen=True, slots=True)
class PairPlan:
    """What an indicator's figures owe each other within one period.

    `own` are the measures that tell that it was reported, `exclusive` those that no other active indicator uses.
    """

    indicator: Indicator
    own: tuple[str, ...]
    upper: tuple[str, ...]
    lower: tuple[str, ...]
    exclusive: frozenset[str]
    needs_lower: bool
    has_limit: bool
    target: str | None
    yellow: str | None


@dataclass(frozen=True)
class InputPlan:
    """The rows, columns and pairs of a scorecard's workbook for a year."""

    layout: OfficeLayout
    lines: dict[str, LinePlan]
    """By the key of the line's id."""
    codes: dict[str, Period]
    """The periods of this year's columns by the key of their code."""
    headings: dict[str, Period]
    """The same by the key of what the columns' headings show."""
    earlier_codes: dict[str, Period]
    earlier_headings: dict[str, Period]
    choosable: dict[str, Period]
    """The periods that a workbook can be ready for, by the key of their code and of their names in every language."""
    pairs: tuple[PairPlan, ...]


@lru_cache(maxsize=32)
def plan_of(scorecard: Scorecard, year: int) -> InputPlan:
    """The plan of a scorecard and a year."""
    layout = layout_of(scorecard, year)
    choosable: dict[str, Period] = {}
    for period in layout.choosable:
        for language in LANGUAGES:
            choosable[key_of(texts_of(language).period(period.code))] = period
        choosable[key_of(period.code)] = period
    return InputPlan(
        layout,
        {key_of(line.id): _line_plan(scorecard, line) for line in layout.lines},
        {key_of(period.code): period for period in layout.periods},
        _headings(layout, layout.periods),
        {key_of(period.code): period for period in layout.earlier_periods},
        _headings(layout, layout.earlier_periods),
        choosable,
        tuple(_pair_plan(scorecard, indicator) for indicator in scorecard.active),
    )


def _line_plan(scorecard: Scorecard, line: Line) -> LinePlan:
    measure = line.measure
    if measure is None:
        indicator = line.indicator.id if line.indicator else None
        return LinePlan(line, None, None, None, indicator, line.frequency, is_result=False)
    users = [user.id for user, _ in scorecard.users[measure.id] if user.active]
    indicator = users[0] if users else None
    is_result = measure.role is Role.FIGURE
    return LinePlan(line, measure, rule_of(measure), range_words(measure), indicator, line.frequency, is_result)


def _headings(layout: OfficeLayout, periods: tuple[Period, ...]) -> dict[str, Period]:
    found: dict[str, Period] = {}
    for period in periods:
        for text in (layout.texts.period(period.code), layout.texts.period_heading(period.code), period.code):
            found.setdefault(key_of(text), period)
    return found


def _pair_plan(scorecard: Scorecard, indicator: Indicator) -> PairPlan:
    upper, lower = sums_of(indicator)
    parts = {*upper, *lower}
    exclusive = frozenset(
        measure
        for measure in parts
        if all(user.id == indicator.id for user, _ in scorecard.users[measure] if user.active)
    )
    is_own = isinstance(indicator.target, OwnTarget)
    return PairPlan(
        indicator,
        own_measures(scorecard)[indicator.id],
        upper,
        lower,
        exclusive,
        needs_lower=isinstance(indicator.figure, Share | Deviation),
        has_limit=isinstance(indicator.figure, Share) and not indicator.figure.may_exceed,
        target=field_of(indicator, Part.TARGET)[0] if is_own else None,
        yellow=field_of(indicator, Part.YELLOW)[0] if is_own else None,
    )


def is_weighted(pair: PairPlan) -> bool:
    """Whether the lower part is a weight."""
    return isinstance(pair.indicator.figure, Amount) and bool(pair.lower)
