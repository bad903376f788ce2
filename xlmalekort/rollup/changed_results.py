"""The published results that have another value, other parts or another status now, and why."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from xlmalekort.locale import N_, P_
from xlmalekort.locale.told import Counted, Phrase, Told
from xlmalekort.model.figures import Status
from xlmalekort.model.measures import Level
from xlmalekort.model.places import office_key
from xlmalekort.model.targets import Against
from xlmalekort.rollup.changes import COUNTRY, ChangedResult
from xlmalekort.rollup.published import is_same

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xlmalekort.model.indicators import Indicator
    from xlmalekort.model.periods import Period
    from xlmalekort.rollup.changes import ChangedFigure
    from xlmalekort.rollup.published import Published, PublishedResult
    from xlmalekort.rollup.results import Result, RollUp, Unit

TARGET_REVISED = N_("the figures are the same; the target was revised")
MEAN_OF_OTHERS = N_("the figures are the same; the mean of the other offices was changed")
HELD_AGAINST = N_("the figures are the same; what they are held against was changed")
DEFINITION = N_("the definition was changed")
OTHER_UNITS = N_("other units are counted in it")
OTHER_FIGURES = N_("figures that it is compared with were changed")
_BY_FIGURES = P_("{count} changed figure", "{count} changed figures")
_WAITING = frozenset({Status.NOT_DUE, Status.MISSING})
_LEVELS = tuple(Level)


@dataclass(frozen=True)
class ResultComparison:
    """The results of a roll-up beside those that have been published."""

    rollup: RollUp
    published: Published
    figures: Sequence[ChangedFigure]

    def changed(self) -> tuple[ChangedResult, ...]:
        """What has changed: the highest level first, then in the order of the roll-up; what is not there any more last."""
        found = [*self._there(), *self._gone()]
        return tuple(sorted(found, key=lambda each: -_LEVELS.index(each.unit.level)))

    def _there(self) -> Iterator[ChangedResult]:
        keys = {name: office_key(name) for name in {each.unit.name for each in self.rollup.results}}
        for now in self.rollup.results:
            key = (now.indicator.id, now.period, now.unit.level, keys[now.unit.name])
            then = self.published.results.get(key)
            if then is None:
                is_new = (now.indicator.id, now.period) in self.published.periods and now.reported
            else:
                is_new = not _is_unchanged(then, now)
            if is_new:
                yield self._result(now.indicator, now.period, now.unit, then, now)

    def _gone(self) -> Iterator[ChangedResult]:
        """The units that have no result any more for what this roll-up works out."""
        results = self.rollup.results
        there = {(each.indicator.id, each.period, each.unit.level, office_key(each.unit.name)) for each in results}
        periods = {(each.indicator.id, each.period) for each in results}
        for key, then in self.published.results.items():
            if key not in there and (then.indicator, then.period) in periods and then.reported:
                indicator = self.rollup.scorecard.indicator[then.indicator]
                yield self._result(indicator, then.period, then.unit, then, None)

    # Why

    def _result(
        self, indicator: Indicator, period: Period, unit: Unit, then: PublishedResult | None, now: Result | None
    ) -> ChangedResult:
        behind = self._behind(indicator, period, unit)
        why = Counted(*_BY_FIGURES, len(behind)) if behind else self._other_reason(then, now)
        offices = tuple(dict.fromkeys(each.office for each in behind))
        return ChangedResult(indicator, period, unit, then, now, why, offices)

    def _other_reason(self, then: PublishedResult | None, now: Result | None) -> Told:
        """Why a result moved that no figure was changed of."""
        if then is None or now is None:
            return Phrase(OTHER_UNITS)
        is_other = self.published.content_hash != self.rollup.scorecard.content_hash
        if _has_same_figures(then, now):
            if is_other:
                return Phrase(TARGET_REVISED)
            return Phrase(MEAN_OF_OTHERS if _is_held_against_peers(now.indicator) else HELD_AGAINST)
        if is_other:
            return Phrase(DEFINITION)
        has_same_units = (then.reported, then.expected) == (now.reported, now.expected)
        return Phrase(OTHER_FIGURES if has_same_units else OTHER_UNITS)

    def _behind(self, indicator: Indicator, period: Period, unit: Unit) -> list[ChangedFigure]:
        """The changed figures behind a result: those of its own period, else those of earlier ones that it is compared with."""
        above = COUNTRY if unit.level is Level.COUNTRY else unit
        measures = dict.fromkeys(measure for _, used in indicator.fields for measure in used)
        found = [each for measure in measures for each in self._changed_below.get((measure, above), ())]
        own = [each for each in found if each.period.start <= period.end and period.start <= each.period.end]
        return own or [each for each in found if each.period.end <= period.end]

    @cached_property
    def _changed_below(self) -> dict[tuple[str, Unit], list[ChangedFigure]]:
        """The changed figures by measure and by each unit that they are counted in."""
        found: dict[tuple[str, Unit], list[ChangedFigure]] = {}
        for figure in self.figures:
            for unit in figure.units:
                found.setdefault((figure.measure, unit), []).append(figure)
        return found


def _is_unchanged(then: PublishedResult, now: Result) -> bool:
    """Whether a result says what it said. That something has fallen due since then is nobody's change."""
    status = now.judgement.status
    has_same_status = then.status is status or {then.status, status} == _WAITING
    return has_same_status and _has_same_figures(then, now)


def _has_same_figures(then: PublishedResult, now: Result) -> bool:
    return (
        is_same(then.value, now.judgement.value)
        and is_same(then.numerator, now.numerator)
        and is_same(then.denominator, now.denominator)
    )


def _is_held_against_peers(indicator: Indicator) -> bool:
    return any(isinstance(target, Against) and target.reference.is_of_peers for target in indicator.targets)
