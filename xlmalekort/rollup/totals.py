"""The roll-up: every indicator judged for every office and added up for every unit above."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from xlmalekort.judging.values import own_measures
from xlmalekort.layout.office import layout_of
from xlmalekort.model.measures import TotalOf
from xlmalekort.model.periods import Frequency, latest_ended_by, periods_of_year
from xlmalekort.problems import Problem, sort_key
from xlmalekort.rollup.adding import Adding, has_total
from xlmalekort.rollup.counted import counted_facts
from xlmalekort.rollup.facts import gather_facts
from xlmalekort.rollup.measures import compare_total, total_measure
from xlmalekort.rollup.results import RollUp
from xlmalekort.rollup.submissions import sort_out
from xlmalekort.rollup.units import Structure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from xlmalekort.model.figures import CheckedFile
    from xlmalekort.model.periods import Period
    from xlmalekort.model.register import Register
    from xlmalekort.model.scorecard import Indicator, Scorecard
    from xlmalekort.rollup.facts import Facts
    from xlmalekort.rollup.results import MeasureTotal
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
    by then, of which `RollUp.shown` are each indicator's latest (none where that lies in the year before). What is
    measured when held has only months in which somebody reported. Without a register the offices are those that sent a
    workbook, and nobody knows how many are expected.

    The totals of measures are those of the units above the holders; a holder's own figures are in `submissions`. The
    problems are those of the files and IDN-002 to IDN-005, DLV-001 to DLV-008, DLV-010 to DLV-012, OFF-006, REL-001 for
    totals and ROL-001.
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
        *_without_total(scorecard, addings),
        *rolling.exempted(),
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
        facts=counted_facts(scorecard, delivered.year, facts, rolling.structure),
        problems=tuple(sorted(problems, key=sort_key)),
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
            measures = own_measures(self.scorecard)[indicator.id]
            shown = self.periods(indicator.frequency, measures)
            earlier = self.earlier_periods(indicator.frequency, measures) if self.chosen else ()
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

    def ended(self) -> Iterator[Adding]:
        """Every indicator in every period of the year that has ended, shown or not."""
        for indicator in self.scorecard.active:
            for period in periods_of_year(self.delivered.year, indicator.frequency):
                if period.has_ended(self.today):
                    yield self.adding(indicator, period)

    def periods(self, frequency: Frequency, measures: Iterable[str]) -> tuple[Period, ...]:
        """The periods that are shown of something with a frequency; `measures` tell when it was held."""
        ended = self.earlier_periods(frequency, measures)
        if self.chosen is None:
            return ended
        if frequency is Frequency.WHEN_HELD:
            return ended[-1:]
        latest = latest_ended_by(frequency, self.chosen)
        return (latest,) if latest.year == self.delivered.year else ()

    def earlier_periods(self, frequency: Frequency, measures: Iterable[str]) -> tuple[Period, ...]:
        """The periods that have ended by today and by the end of the chosen one; of what is held those when it was."""
        last = self.chosen.end if self.chosen else date.max
        ended = (
            period
            for period in periods_of_year(self.delivered.year, frequency)
            if period.has_ended(self.today) and period.end <= last
        )
        if frequency is not Frequency.WHEN_HELD:
            return tuple(ended)
        return tuple(period for period in ended if any(self.facts.column(measure, period) for measure in measures))

    def measure_totals(self) -> Iterator[MeasureTotal]:
        asked = (line.measure for line in layout_of(self.scorecard, self.delivered.year).lines)
        for measure in (each for each in asked if each is not None):
            for period in self.periods(measure.frequency, (measure.id,)):
                holders = self.structure.holders(measure.level, period)
                yield from total_measure(
                    self.scorecard, measure, period, holders, self.facts, is_counted=self.is_counted
                )

    def broken_totals(self) -> Iterator[Problem]:
        for relation in self.scorecard.relations:
            if isinstance(relation, TotalOf):
                total = self.scorecard.measure[relation.total]
                for period in self.periods(total.frequency, (total.id,)):
                    holders = self.structure.holders(total.level, period)
                    yield from compare_total(self.scorecard, relation, period, holders, self.facts)


def _without_total(scorecard: Scorecard, addings: Iterable[Adding]) -> Iterator[Problem]:
    """ROL-001 for each indicator that was reported and cannot be added up."""
    reported = [each for each in addings if not has_total(scorecard, each.indicator) and each.is_reported]
    for indicator in dict.fromkeys(adding.indicator.id for adding in reported):
        yield Problem("ROL-001", indicator=indicator, slots={"indicator": indicator})
