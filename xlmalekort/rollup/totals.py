"""The roll-up: every indicator judged for every office and added up for every unit above."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from xlmalekort.judging.values import own_measures
from xlmalekort.layout.office import layout_of
from xlmalekort.model.measures import TotalOf
from xlmalekort.model.periods import Frequency, periods_of_year
from xlmalekort.problems import Problem, sort_key
from xlmalekort.rollup.adding import Adding
from xlmalekort.rollup.counted import counted_facts
from xlmalekort.rollup.deadlines import gather_deadlines
from xlmalekort.rollup.facts import gather_facts
from xlmalekort.rollup.likelihood import find_alike
from xlmalekort.rollup.local_goals import judge_local_goals
from xlmalekort.rollup.measures import compare_total, first_use, latest_period_of, total_measure
from xlmalekort.rollup.results import RollUp
from xlmalekort.rollup.submissions import sort_out
from xlmalekort.rollup.surveys import answered
from xlmalekort.rollup.units import Structure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from xlmalekort.model.figures import CheckedFile
    from xlmalekort.model.indicators import Indicator
    from xlmalekort.model.measures import Measure
    from xlmalekort.model.periods import Period
    from xlmalekort.model.register import Register
    from xlmalekort.model.scorecard import Scorecard
    from xlmalekort.rollup.counted import Withheld
    from xlmalekort.rollup.facts import Facts
    from xlmalekort.rollup.results import MeasureTotal, Unit
    from xlmalekort.rollup.submissions import Delivered


def roll_up(
    scorecard: Scorecard,
    files: Iterable[CheckedFile],
    register: Register | None,
    today: date,
    chosen: Period | None = None,
) -> RollUp:
    """What the files come to for each active indicator, its periods, and each office, area, region and country.

    Without a `chosen` period every period of the year that has ended by `today` is there; with one those that have ended
    by then, of cohorts those whose window has closed by then, of which `RollUp.shown` are each indicator's latest (none
    where that lies in the year before). What is measured when held has only months in which somebody reported. Without a
    register the offices are those that sent a workbook, and nobody knows how many are expected.

    The totals of measures are those of the units above the holders; a holder's own figures are in `submissions`. Answers to
    questions that are too few to show are in no result, fact or total of a measure (`rollup.withholding`). The problems are
    those of the files and IDN-002 to IDN-005, DLV-001 to DLV-008, DLV-010 to DLV-012, OFF-006, LIK-005, REL-001 for totals,
    ROL-001 and ROL-002.
    """
    delivered = sort_out(scorecard, files, register, chosen)
    facts = gather_facts(delivered, today)
    rolling = _Rolling(delivered, facts, today, chosen)
    addings = tuple(rolling.addings())
    problems = [
        *(problem for report in delivered.files for problem in report.checked.problems),
        *delivered.problems,
        *facts.problems,
        *rolling.broken_totals(),
        *_without_total(addings),
        *rolling.exempted(),
        *rolling.differing_peers(addings),
        *find_alike(delivered, facts),
    ]
    return RollUp(
        scorecard=scorecard,
        year=delivered.year,
        today=today,
        chosen=chosen,
        register=delivered.register,
        results=tuple(result for adding in addings for result in adding.results()),
        totals=tuple(rolling.measure_totals()),
        files=delivered.files,
        submissions=delivered.counted,
        facts=counted_facts(scorecard, delivered.year, facts, rolling.structure, rolling.withheld_facts),
        problems=tuple(sorted(problems, key=sort_key)),
        local_goals=tuple(judge_local_goals(delivered, today, chosen)),
        deadlines=gather_deadlines(scorecard, delivered.counted, delivered.register, today),
        answered=tuple(each for adding in addings for each in answered(adding)),
        closed=facts.closed,
    )


@dataclass(frozen=True)
class _Rolling:
    """One roll-up on its way."""

    delivered: Delivered
    facts: Facts
    today: date
    chosen: Period | None
    made: dict[tuple[str, Period], Adding] = field(default_factory=dict, compare=False, repr=False)

    @property
    def scorecard(self) -> Scorecard:
        return self.delivered.scorecard

    @property
    def is_counted(self) -> bool:
        return self.delivered.register.is_given

    @cached_property
    def structure(self) -> Structure:
        return Structure(self.delivered.register)

    def addings(self) -> Iterator[Adding]:
        for indicator in self.scorecard.active:
            shown = self.periods(indicator)
            earlier = self.earlier_periods(indicator) if self.chosen else ()
            for period in (*(each for each in earlier if each not in shown), *shown):
                yield self.adding(indicator, period)

    def adding(self, indicator: Indicator, period: Period) -> Adding:
        """The figures of one indicator and period, gone through once."""
        if (indicator.id, period) not in self.made:
            holders = self.structure.holders(indicator.level, period)
            self.made[indicator.id, period] = Adding(
                self.scorecard, indicator, period, holders, self.facts, self.today, self.is_counted
            )
        return self.made[indicator.id, period]

    def exempted(self) -> Iterator[Problem]:
        """DLV-012 once for each holder and indicator, whatever the period."""
        told: set[tuple[str, str]] = set()
        for adding in self.ended():
            indicator = adding.indicator
            for name, file in adding.exempted:
                if (name, indicator.id) not in told:
                    told.add((name, indicator.id))
                    slots = {"office": name, "indicator": indicator.id}
                    yield Problem(
                        "DLV-012", file=file, indicator=indicator.id, level=indicator.level, unit=name, slots=slots
                    )

    def differing_peers(self, addings: Iterable[Adding]) -> Iterator[Problem]:
        """ROL-002 for the periods that are shown."""
        for adding in addings:
            if adding.period in self.periods(adding.indicator):
                yield from adding.differing_peers()

    def ended(self) -> Iterator[Adding]:
        """Every indicator in every period of the year that has ended, shown or not."""
        for indicator in self.scorecard.active:
            for period in periods_of_year(self.delivered.year, indicator.frequency):
                if period.has_ended(self.today):
                    yield self.adding(indicator, period)

    def periods(self, indicator: Indicator) -> tuple[Period, ...]:
        """The periods that are shown of an indicator."""
        if self.chosen is None:
            return self.earlier_periods(indicator)
        if indicator.frequency is Frequency.WHEN_HELD:
            return self.earlier_periods(indicator)[-1:]
        return self.of_year(indicator.latest_period(self.chosen))

    def earlier_periods(self, indicator: Indicator) -> tuple[Period, ...]:
        """The periods that have ended by today and by the one shown of the chosen one; of what is held those when it was."""
        last = indicator.latest_period(self.chosen).end if self.chosen else date.max
        ended = self.ended_periods(indicator.frequency, last)
        if indicator.frequency is not Frequency.WHEN_HELD:
            return ended
        return tuple(period for period in ended if self.is_held(own_measures(self.scorecard)[indicator.id], period))

    def ended_periods(self, frequency: Frequency, last: date) -> tuple[Period, ...]:
        periods = periods_of_year(self.delivered.year, frequency)
        return tuple(period for period in periods if period.has_ended(self.today) and period.end <= last)

    def is_held(self, measures: Iterable[str], period: Period) -> bool:
        """Whether anybody has a figure of what is measured when it is held."""
        return any(self.facts.column(measure, period) for measure in measures)

    def of_year(self, period: Period) -> tuple[Period, ...]:
        return (period,) if period.year == self.delivered.year else ()

    def measure_periods(self, measure: Measure) -> tuple[Period, ...]:
        """The periods that are shown of a measure: of what is no figure those that hold for a period shown."""
        if measure.frequency is Frequency.WHEN_HELD:
            ended = self.ended_periods(measure.frequency, self.chosen.end if self.chosen else date.max)
            held = tuple(period for period in ended if self.is_held((measure.id,), period))
            return held[-1:] if self.chosen else held
        if self.chosen is not None:
            return self.of_year(latest_period_of(self.scorecard, measure, self.chosen))
        periods = periods_of_year(self.delivered.year, measure.frequency)
        return tuple(each for each in periods if first_use(self.scorecard, measure, each).has_ended(self.today))

    def measure_totals(self) -> Iterator[MeasureTotal]:
        asked = (line.measure for line in layout_of(self.scorecard, self.delivered.year).lines)
        for measure in (each for each in asked if each is not None):
            for period in self.measure_periods(measure):
                holders = self.structure.holders(measure.level, period)
                yield from total_measure(
                    self.scorecard,
                    measure,
                    period,
                    holders,
                    self.facts,
                    is_counted=self.is_counted,
                    withheld=self.withheld_totals.get((measure.id, period), frozenset()),
                )

    @cached_property
    def questions(self) -> tuple[Adding, ...]:
        """The questions, in the periods of the year that have ended, that some office has too few answers to."""
        asked = (indicator for indicator in self.scorecard.active if indicator.question is not None)
        addings = (
            self.adding(indicator, period)
            for indicator in asked
            for period in self.ended_periods(indicator.frequency, date.max)
        )
        return tuple(adding for adding in addings if adding.withheld.places)

    @cached_property
    def withheld_facts(self) -> Withheld:
        """The keys of the units whose figures of a measure and period are not shown."""
        found: Withheld = {}
        for adding in self.questions:
            keys = {adding.holders.keys[place] for place in adding.withheld.places}
            for cell in adding.counts:
                found[cell] = found.get(cell, frozenset()) | keys
        return found

    @cached_property
    def withheld_totals(self) -> dict[tuple[str, Period], frozenset[Unit]]:
        """The units of which the total of a measure and period is not shown."""
        found: dict[tuple[str, Period], frozenset[Unit]] = {}
        for adding in self.questions:
            for key in adding.counts:
                found[key] = found.get(key, frozenset()) | adding.withheld.measures_of
        return found

    def broken_totals(self) -> Iterator[Problem]:
        for relation in self.scorecard.relations:
            if isinstance(relation, TotalOf):
                total = self.scorecard.measure[relation.total]
                for period in self.measure_periods(total):
                    holders = self.structure.holders(total.level, period)
                    yield from compare_total(self.scorecard, relation, period, holders, self.facts)


def _without_total(addings: Iterable[Adding]) -> Iterator[Problem]:
    """ROL-001 for each indicator that was reported and cannot be added up."""
    reported = [each for each in addings if not each.has_total and each.is_reported]
    for indicator in dict.fromkeys(adding.indicator.id for adding in reported):
        yield Problem("ROL-001", indicator=indicator, slots={"indicator": indicator})
