"""What the figures of one indicator owe each other, and what measures do (PAR-001 to -006, REL-001 to -003)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xlmalekort.intake.likely import likely_swapped
from xlmalekort.intake.numbers import fits, rule_of
from xlmalekort.judging.bands import targets_in_force
from xlmalekort.judging.values import is_impossible, sum_exactly, total
from xlmalekort.layout.cells import a1
from xlmalekort.locale import N_
from xlmalekort.locale.told import NumberText, Phrase
from xlmalekort.model.figure_kinds import Distribution
from xlmalekort.model.measures import Balance, PartOf, TotalOf
from xlmalekort.model.targets import OwnTarget
from xlmalekort.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from fractions import Fraction

    from xlmalekort.intake.figures import ReadCells
    from xlmalekort.intake.grid import Grid
    from xlmalekort.intake.plan import InputPlan, Key, PairPlan
    from xlmalekort.locale.told import Told
    from xlmalekort.model.figures import Figure
    from xlmalekort.model.indicators import Indicator
    from xlmalekort.model.measures import Relation
    from xlmalekort.model.periods import Period
    from xlmalekort.model.places import Place

_BELOW, _ABOVE = N_("below"), N_("above")


@dataclass(frozen=True, slots=True)
class Findings:
    """Problems, and the figures that nothing counts because no indicator that needs them can use them."""

    problems: tuple[Problem, ...]
    unusable: frozenset[Key]


def check_pairs(plan: InputPlan, grid: Grid, cells: ReadCells, file: str, place: Place) -> Findings:
    """What is wrong between the figures of the input sheet. `place` says whose targets hold."""
    check = _Check(plan, grid, cells, file)
    for pair in plan.pairs:
        check.pair(pair)
        check.zone(pair, place)
    for relation in plan.layout.scorecard.relations:
        for period in cells.by_period:
            check.relation(relation, period)
    check.tell_without_zone()
    unusable = frozenset(key for key, count in check.dropped.items() if count == plan.users[key])
    return Findings(tuple(check.problems), unusable)


def check_earlier_pairs(plan: InputPlan, grid: Grid, cells: ReadCells, file: str) -> tuple[Problem, ...]:
    """What cannot be among the figures of the year before, which are compared with and never counted."""
    check = _Check(plan, grid, cells, file)
    for pair in plan.earlier_pairs:
        check.limit(pair)
    return tuple(check.problems)


class _Check:
    """Gathers what is wrong."""

    def __init__(self, plan: InputPlan, grid: Grid, cells: ReadCells, file: str) -> None:
        self.problems: list[Problem] = []
        self.dropped: Counter[Key] = Counter()
        """For each cell how many indicators cannot use it."""
        self._scorecard = plan.layout.scorecard
        self._plan = plan
        self._grid = grid
        self._figures = cells.figures
        self._file = file
        self._told: set[tuple[str, tuple[Key, ...]]] = set()
        self._without_zone: dict[str, dict[Key, None]] = {}

    def _find(self, measure: str, period: Period) -> Figure | None:
        return self._figures.get((measure, period))

    def _missing(self, places: Iterable[Key]) -> tuple[Key, ...]:
        return tuple(place for place in places if place not in self._figures)

    # What an indicator is worked out from

    def pair(self, pair: PairPlan) -> None:
        """The parts of one indicator in one period: all of them, or none."""
        if all(self._missing(own) for own in pair.own):
            return
        if missing := self._missing(pair.needed):
            # The half that is there is a figure in itself: its own total has it, as the counties publish it.
            self._tell_missing("PAR-002", pair, missing)
            return
        if absent := self._missing(pair.weights):
            self._tell_missing("PAR-003", pair, absent)
        if not self.limit(pair):
            self._drop(pair)

    def limit(self, pair: PairPlan) -> bool:
        """Whether the figures can be: no numerator over its denominator, no more steps done than there are."""
        if not pair.has_limit:
            return True
        parts = pair.recipe.parts
        upper, lower = total(parts.upper, self._find), total(parts.lower, self._find)
        if upper is None or not is_impossible(pair.indicator, upper, lower):
            return True
        code, slots, likely = "PAR-006", {"count": str(pair.indicator.most_steps)}, None
        if lower is not None:
            code = "PAR-001"
            slots = {"numerator": NumberText.of(upper), "denominator": NumberText.of(lower)}
            slots["cells"] = self._cells(pair.places)
            likely = self._swapped(pair, upper, lower)
        self._tell(code, pair.period, pair.needed[0], slots, indicator=pair.indicator.id, got=upper, likely=likely)
        return False

    def _swapped(self, pair: PairPlan, upper: Fraction, lower: Fraction) -> Told | None:
        """Whether the two have changed places, by what the indicator has in other periods."""
        parts = pair.recipe.parts
        if len(parts.upper) != 1 or len(parts.lower) != 1:
            return None
        measures = self._scorecard.measure
        if not fits(lower, rule_of(measures[parts.upper[0].measure])):
            return None
        if not fits(upper, rule_of(measures[parts.lower[0].measure])):
            return None
        others = []
        for other in (*self._plan.pairs, *self._plan.earlier_pairs):
            if other.indicator is pair.indicator and other.period != pair.period:
                above, below = (total(each, self._find) for each in other.recipe.parts)
                if above is not None and below is not None and above <= below:
                    others.append((above, below))
        return likely_swapped(upper, lower, others)

    def _drop(self, pair: PairPlan) -> None:
        self.dropped.update(place for place in pair.places if place in self._figures)

    def _tell_missing(self, code: str, pair: PairPlan, missing: tuple[Key, ...]) -> None:
        """What is missing; a budget of the whole year is told once and not for each month."""
        if not self._is_new(pair.indicator, missing):
            return
        titles = dict.fromkeys(self._scorecard.measure[measure].title for measure, _ in missing)
        held = self._cells(place for place in pair.places if place in self._figures)
        slots = {"missing": ", ".join(titles), "cells": self._cells(missing), "held": held}
        self._tell(code, pair.period, missing[0], slots, indicator=pair.indicator.id)

    def _is_new(self, indicator: Indicator, places: Iterable[Key]) -> bool:
        """Whether nothing was told of these cells of the indicator yet: those of a year serve many periods."""
        key = (indicator.id, tuple(places))
        is_new = key not in self._told
        self._told.add(key)
        return is_new

    # An office's own target and zone

    def zone(self, pair: PairPlan, place: Place) -> None:
        """The office's own target and zone of one indicator in one period, where they hold."""
        recipe, indicator = pair.recipe, pair.indicator
        target = total(recipe.target, self._find) if recipe.yellow else None
        if target is None:
            return
        in_force = targets_in_force(indicator, pair.period, place)
        own = next((each for each in in_force if isinstance(each, OwnTarget) and each.yellow is not None), None)
        if own is None:
            return
        cells = [(cell.measure, cell.period) for cell in recipe.yellow]
        if missing := self._missing(cells):
            self._without_zone.setdefault(indicator.id, {}).update(dict.fromkeys(missing))
            return
        yellow = total(recipe.yellow, self._find)
        if yellow is None or not (yellow > target if own.better == "higher" else yellow < target):
            return
        if self._is_new(indicator, cells):
            side = Phrase(_BELOW if yellow > target else _ABOVE)
            slots: dict[str, str] = {"target": NumberText.of(target), "side": side}
            self._tell("PAR-004", pair.period, cells[0], slots, indicator=indicator.id, got=yellow)

    def tell_without_zone(self) -> None:
        """PAR-005 once for each indicator whose own target has no zone yet, with all its cells."""
        for indicator, places in self._without_zone.items():
            first = next(iter(places))
            self._tell("PAR-005", first[1], first, {"cells": self._cells(places)}, indicator=indicator)

    # What measures owe each other

    def relation(self, relation: Relation, period: Period) -> None:
        """One relation in one period, where all its measures are there and can be used."""
        values: dict[str, Fraction] = {}
        for measure in relation.measures:
            figure = self._find(measure, period)
            if figure is None or figure.value is None:
                return
            values[measure] = figure.value
        cells = self._cells((measure, period) for measure in relation.measures)
        match relation:
            case TotalOf():
                found = sum_exactly([values[part] for part in relation.parts])
                if found != values[relation.total]:
                    slots = {"total": self._title(relation.total), "sum": NumberText.of(found), "cells": cells}
                    self._tell("REL-001", period, (relation.total, period), slots, got=values[relation.total])
            case PartOf():
                found = sum_exactly([values[part] for part in relation.part])
                if found > values[relation.whole]:
                    slots = {
                        "part": self._title_of_sum(relation.part),
                        "whole": self._title(relation.whole),
                        "limit": NumberText.of(values[relation.whole]),
                        "cells": cells,
                    }
                    self._tell("REL-002", period, (relation.part[0], period), slots, got=found)
            case Balance():
                flow = sum((values[each] for each in relation.inflow), values[relation.opening])
                found = flow - sum_exactly([values[each] for each in relation.outflow])
                if found != values[relation.closing]:
                    slots = {"closing": self._title(relation.closing), "sum": NumberText.of(found), "cells": cells}
                    self._tell("REL-003", period, (relation.closing, period), slots, got=values[relation.closing])

    def _title(self, measure: str) -> str:
        return self._scorecard.measure[measure].title

    def _title_of_sum(self, measures: tuple[str, ...]) -> str:
        """What a sum is called: the answers to a question by the name of the question."""
        for indicator in self._scorecard.active:
            if isinstance(indicator.figure, Distribution) and set(indicator.figure.counts) == set(measures):
                return indicator.title
        return " + ".join(map(self._title, measures))

    # How it is told

    def _cells(self, places: Iterable[Key]) -> str:
        """The cells of measures, by name; a measure whose row is missing by its id."""
        return ", ".join(self._cell(*place) or place[0] for place in dict.fromkeys(places))

    def _cell(self, measure: str, period: Period) -> str | None:
        place = self._grid.place(measure, period)
        return a1(*place) if place else None

    def _tell(
        self,
        code: str,
        period: Period,
        place: Key,
        slots: Mapping[str, str],
        *,
        indicator: str | None = None,
        got: Fraction | None = None,
        likely: Told | None = None,
    ) -> None:
        """Tell what is wrong in a period, at the cell of a measure and of its own period."""
        measure = place[0]
        if indicator is None:
            indicator = next((user.id for user, _ in self._scorecard.users[measure] if user.active), None)
        self.problems.append(
            Problem(
                code,
                file=self._file,
                sheet=self._grid.sheet.title,
                cell=self._cell(*place),
                indicator=indicator,
                measure=measure,
                period=period.code,
                got=NumberText.of(got) if got is not None else None,
                slots=slots,
                likely=likely,
            )
        )
