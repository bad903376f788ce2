"""The table of facts as it is handed on: every figure that was counted, with the unit that holds it and its cell."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from xlmalekort.model.measures import Level
from xlmalekort.rollup.facts import holder_key
from xlmalekort.rollup.measures import exempt_from_all
from xlmalekort.rollup.results import Fact
from xlmalekort.rollup.units import place_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlmalekort.model.measures import Measure
    from xlmalekort.model.periods import Period
    from xlmalekort.model.register import Register
    from xlmalekort.model.scorecard import Scorecard
    from xlmalekort.rollup.facts import Column, Facts
    from xlmalekort.rollup.units import Structure


Withheld = dict[tuple[str, "Period"], frozenset[str]]
"""The keys of the units whose figures of a measure and period are not shown."""


def counted_facts(
    scorecard: Scorecard, year: int, facts: Facts, structure: Structure, withheld: Withheld
) -> tuple[Fact, ...]:
    """The figures of the year that were counted, in the order of the register, then of the definition and of periods.

    These are the figures that the totals of measures add up, whether or not an indicator could use them, but for those of
    questions that have too few answers to show. What is held above the offices stands once, before the first office below it.
    """
    found: dict[tuple[Level, str], list[Fact]] = defaultdict(list)
    for measure, period, column in _columns(scorecard, year, facts):
        holders = structure.holders(measure.level, period)
        exempt = {holders.keys[place] for place in exempt_from_all(scorecard, measure, holders)}
        left_out = exempt.union(withheld.get((measure.id, period), ()))
        places = holders.places
        for key, figure in column.items():
            if figure.value is not None and key not in left_out:
                # What is used before its period has ended may be of an office that is closed when it ends.
                place = places.get(key) or _place(structure.register, measure.level, key, period)
                fact = Fact(measure.level, *place, measure.id, period, figure.value, figure.source)
                found[measure.level, key].append(fact)
    return tuple(fact for holder in _in_order(structure.register) for fact in found.pop(holder, ()))


def _columns(scorecard: Scorecard, year: int, facts: Facts) -> Iterator[tuple[Measure, Period, Column]]:
    """The columns of the year in the order of the definition, then of periods."""
    order = {measure.id: number for number, measure in enumerate(scorecard.measures)}
    keys = [key for key in facts.columns if key[1].year == year]
    for measure, period in sorted(keys, key=lambda key: (order[key[0]], key[1].end)):
        yield scorecard.measure[measure], period, facts.columns[measure, period]


def _place(register: Register, level: Level, key: str, period: Period) -> tuple[str, str, str]:
    """Name, area and region of a unit that some office of it had at any time in the period."""
    lines = (register.find_during(office.name, period) for office in register.offices)
    return next(place_of(level, line) for line in lines if line is not None and holder_key(line, level) == key)


def _in_order(register: Register) -> Iterator[tuple[Level, str]]:
    """The holders of every level: each office after the units above it."""
    for office in register.offices:
        for level in reversed(Level):
            yield level, holder_key(office, level)
