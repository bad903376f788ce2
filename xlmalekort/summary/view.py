"""What the regional workbook shows of a roll-up: one period, the units in their order, and the counts of statuses."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from xlmalekort.layout.office import layout_of
from xlmalekort.model.figures import Status
from xlmalekort.model.measures import Level
from xlmalekort.model.periods import Frequency
from xlmalekort.model.places import office_key
from xlmalekort.rollup.results import Unit

if TYPE_CHECKING:
    from datetime import date

    from xlmalekort.locale import Texts
    from xlmalekort.model.figures import Submission
    from xlmalekort.model.indicators import Indicator
    from xlmalekort.model.periods import Period
    from xlmalekort.model.register import Office
    from xlmalekort.model.scorecard import Scorecard
    from xlmalekort.rollup.results import Result, RollUp

_ABOVE_AREA = (Level.COUNTRY, Level.REGION)


@dataclass(frozen=True, slots=True)
class Group:
    """An area and its offices in the order of the register; `area` is None for offices without one."""

    area: Unit | None
    offices: tuple[Office, ...]


@dataclass(frozen=True)
class View:
    """A roll-up seen for one period: the chosen one, else the latest ended one that has been reported for the most part."""

    rollup: RollUp

    @property
    def scorecard(self) -> Scorecard:
        """The definition."""
        return self.rollup.scorecard

    @cached_property
    def texts(self) -> Texts:
        """The texts in the scorecard's language."""
        return self.scorecard.texts()

    @cached_property
    def period(self) -> Period:
        """The period shown: the chosen one, else the latest ended one that has been reported for the most part.

        That is one in which somebody reported at least half as many indicators as in the fullest one. Where nobody
        reported it is the latest ended one, else the first of the year.
        """
        if self.rollup.chosen is not None:
            return self.rollup.chosen
        choosable = layout_of(self.scorecard, self.rollup.year).choosable
        ended = [period for period in choosable if period.has_ended(self.rollup.today)]
        # One early indicator would otherwise bring up a month in which all the others are not due yet.
        enough = max(self._reported_by_end.values(), default=0) / 2
        shown = [period for period in ended if self._reported_by_end[period.end] >= max(enough, 1)] or ended
        return shown[-1] if shown else choosable[0]

    @cached_property
    def _reported_by_end(self) -> Counter[date]:
        """How many indicators anybody has reported, by the last day of their periods."""
        reported = {(each.indicator.id, each.period.end) for each in self.rollup.results if each.reported}
        return Counter(end for _, end in reported)

    @cached_property
    def first_day(self) -> date:
        """The end of the first period with a value; no trend begins before it."""
        found = (each.period.end for each in self.rollup.results if each.judgement.shown is not None)
        return min(found, default=self.period.end)

    @cached_property
    def period_name(self) -> str:
        """The shown period's name."""
        return self.texts.period(self.period.code)

    @cached_property
    def _held(self) -> dict[str, list[Period]]:
        held: dict[str, set[Period]] = {}
        for each in self.rollup.results:
            if each.reported and each.indicator.frequency is Frequency.WHEN_HELD and each.period.end <= self.period.end:
                held.setdefault(each.indicator.id, set()).add(each.period)
        return {indicator: sorted(periods, key=lambda period: period.end) for indicator, periods in held.items()}

    @cached_property
    def _own_periods(self) -> dict[str, Period]:
        return {
            each.id: self._held[each.id][-1] if each.id in self._held else each.latest_period(self.period)
            for each in self.scorecard.active
        }

    def own_period(self, indicator: Indicator) -> Period:
        """The indicator's own period that the shown one shows; of what is held now and then the last time held."""
        return self._own_periods[indicator.id]

    def result(self, indicator: Indicator, unit: Unit) -> Result | None:
        """The unit's result for the indicator in the shown period; None where the roll-up has none."""
        return self.rollup.result.get((indicator.id, self._own_periods[indicator.id], unit))

    @cached_property
    def offices(self) -> tuple[Office, ...]:
        """The offices that are open in the shown period."""
        return self.rollup.register.open_in(self.period)

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The offices by area, areas in the order of the register."""
        members: dict[str, list[Office]] = {}
        for office in self.offices:
            members.setdefault(office.area, []).append(office)
        return tuple(Group(Unit(Level.AREA, area) if area else None, tuple(each)) for area, each in members.items())

    @cached_property
    def areas(self) -> tuple[Unit, ...]:
        """The areas in the order of the register."""
        return tuple(group.area for group in self.groups if group.area is not None)

    @cached_property
    def totals(self) -> tuple[Unit, ...]:
        """The units above the areas: the highest level first, each in the order of the results."""
        found = dict.fromkeys(each.unit for each in self.rollup.results if each.unit.level in _ABOVE_AREA)
        return tuple(sorted(found, key=lambda unit: _ABOVE_AREA.index(unit.level))) or (self._fallback,)

    @property
    def _fallback(self) -> Unit:
        return Unit(self.scorecard.top.level, self.scorecard.top.name)

    @cached_property
    def tops(self) -> tuple[Unit, ...]:
        """The units of the highest level that has results: mostly one, the region or the country."""
        return tuple(unit for unit in self.totals if unit.level is self.totals[0].level)

    @property
    def top(self) -> Unit:
        """The first of the highest units."""
        return self.tops[0]

    @cached_property
    def _tallies(self) -> dict[Unit, Counter[Status]]:
        tallies: dict[Unit, Counter[Status]] = {}
        for each in self.rollup.results:
            if each.period == self._own_periods.get(each.indicator.id):
                tallies.setdefault(each.unit, Counter())[each.judgement.status] += 1
        return tallies

    def tally(self, unit: Unit) -> Counter[Status]:
        """How many indicators of the unit have each status in the shown period."""
        return self._tallies.get(unit, Counter())

    @cached_property
    def occurring(self) -> frozenset[Status]:
        """The statuses that anything has in the shown period."""
        return frozenset(status for tally in self._tallies.values() for status in tally)

    @cached_property
    def most_red(self) -> tuple[tuple[str, int], ...]:
        """The offices with a red indicator and how many, most first, then in the order of the register."""
        counted = [(office.name, self.tally(Unit(Level.OFFICE, office.name))[Status.RED]) for office in self.offices]
        return tuple(sorted((each for each in counted if each[1]), key=lambda each: -each[1]))

    @cached_property
    def submissions(self) -> dict[str, Submission]:
        """The counted submissions by `office_key`."""
        return {office_key(each.office): each for each in self.rollup.submissions}

    def has_delivered(self, office: Office) -> bool:
        """Whether a counted workbook of the office reaches the shown period."""
        submission = self.submissions.get(office_key(office.name))
        return submission is not None and submission.delivered_until >= self.period.end
