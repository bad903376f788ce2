"""What the figures of one indicator owe each other, and what measures do (PAR-001 to -005, REL-001 to -003)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from xlmalekort.intake.plan import is_weighted
from xlmalekort.judging.values import sum_of
from xlmalekort.layout.cells import a1
from xlmalekort.locale import N_
from xlmalekort.locale.told import NumberText, Phrase
from xlmalekort.model.measures import Balance, PartOf, TotalOf
from xlmalekort.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from xlmalekort.intake.figures import Key, ReadCells
    from xlmalekort.intake.grid import Grid
    from xlmalekort.intake.plan import InputPlan, PairPlan
    from xlmalekort.model.figures import Figure
    from xlmalekort.model.measures import Relation
    from xlmalekort.model.periods import Period

_BELOW, _ABOVE = N_("below"), N_("above")


@dataclass(frozen=True, slots=True)
class Findings:
    """Problems, and the figures that nothing counts because their pair cannot be used and no other indicator needs them."""

    problems: tuple[Problem, ...]
    unusable: frozenset[Key]


def check_pairs(plan: InputPlan, grid: Grid, cells: ReadCells, file: str) -> Findings:
    """What is wrong between the figures of a sheet."""
    check = _Check(plan, grid, file)
    for period, figures in cells.by_period.items():
        for pair in plan.pairs:
            if pair.indicator.frequency.span is period.frequency:
                check.pair(pair, period, figures)
        for relation in plan.layout.scorecard.relations:
            check.relation(relation, period, figures)
    for pair in plan.pairs:
        if pair.target is not None:
            check.zone(pair, cells.by_period)
    return Findings(tuple(check.problems), frozenset(check.unusable))


class _Check:
    """Gathers what is wrong."""

    def __init__(self, plan: InputPlan, grid: Grid, file: str) -> None:
        self.problems: list[Problem] = []
        self.unusable: set[Key] = set()
        self._scorecard = plan.layout.scorecard
        self._grid = grid
        self._file = file

    def pair(self, pair: PairPlan, period: Period, figures: Mapping[str, Figure]) -> None:
        """The parts of one indicator in one period."""
        if not any(measure in figures for measure in pair.own):
            return
        needed = (*pair.upper, *pair.lower) if pair.needs_lower else pair.upper
        missing = [measure for measure in dict.fromkeys(needed) if measure not in figures]
        if missing:
            self._drop(pair, period, figures)
            self._tell_missing("PAR-002", pair, period, missing)
            return
        if is_weighted(pair) and (absent := [measure for measure in pair.lower if measure not in figures]):
            self._tell_missing("PAR-003", pair, period, absent)
        if not pair.has_limit:
            return
        upper = sum_of([figures[measure] for measure in pair.upper])
        lower = sum_of([figures[measure] for measure in pair.lower])
        if upper is not None and lower is not None and upper > lower:
            self._drop(pair, period, figures)
            slots = {
                "numerator": NumberText.of(upper),
                "denominator": NumberText.of(lower),
                "cells": self._cells((*pair.upper, *pair.lower), period),
            }
            self._tell("PAR-001", period, pair.upper[0], slots, indicator=pair.indicator.id, got=upper)

    def _drop(self, pair: PairPlan, period: Period, figures: Mapping[str, Figure]) -> None:
        self.unusable.update((measure, period) for measure in pair.exclusive if measure in figures)

    def _tell_missing(self, code: str, pair: PairPlan, period: Period, missing: list[str]) -> None:
        titles = ", ".join(self._scorecard.measure[measure].title for measure in missing)
        slots = {"missing": titles, "cells": self._cells(missing, period)}
        self._tell(code, period, missing[0], slots, indicator=pair.indicator.id)

    def zone(self, pair: PairPlan, by_period: Mapping[Period, Mapping[str, Figure]]) -> None:
        """The office's own target and zone of one indicator in every period."""
        if pair.target is None or pair.yellow is None:
            return
        without: list[Period] = []
        for period, figures in by_period.items():
            target, yellow = figures.get(pair.target), figures.get(pair.yellow)
            if target is None or target.value is None:
                continue
            if yellow is None:
                without.append(period)
            elif yellow.value is not None and self._is_wrong_side(pair, target.value, yellow.value):
                side = Phrase(_BELOW if yellow.value > target.value else _ABOVE)
                slots: dict[str, str] = {"target": NumberText.of(target.value), "side": side}
                self._tell("PAR-004", period, pair.yellow, slots, indicator=pair.indicator.id, got=yellow.value)
        if without:
            cells = ", ".join(self._cells((pair.yellow,), period) for period in without)
            self._tell("PAR-005", without[0], pair.yellow, {"cells": cells}, indicator=pair.indicator.id)

    @staticmethod
    def _is_wrong_side(pair: PairPlan, target: Fraction, yellow: Fraction) -> bool:
        own = pair.indicator.target
        return own.kind == "own_target" and (yellow > target if own.better == "higher" else yellow < target)

    def relation(self, relation: Relation, period: Period, figures: Mapping[str, Figure]) -> None:
        """One relation in one period, where all its measures are there and can be used."""
        values: dict[str, Fraction] = {}
        for measure in relation.measures:
            figure = figures.get(measure)
            if figure is None or figure.value is None:
                return
            values[measure] = figure.value
        title = {measure: self._scorecard.measure[measure].title for measure in values}
        cells = self._cells(relation.measures, period)
        match relation:
            case TotalOf():
                total = sum((values[part] for part in relation.parts), Fraction(0))
                if total != values[relation.total]:
                    slots = {"total": title[relation.total], "sum": NumberText.of(total), "cells": cells}
                    self._tell("REL-001", period, relation.total, slots, got=values[relation.total])
            case PartOf():
                if values[relation.part] > values[relation.whole]:
                    slots = {
                        "part": title[relation.part],
                        "whole": title[relation.whole],
                        "limit": NumberText.of(values[relation.whole]),
                        "cells": cells,
                    }
                    self._tell("REL-002", period, relation.part, slots, got=values[relation.part])
            case Balance():
                flow = sum((values[each] for each in relation.inflow), values[relation.opening])
                total = flow - sum((values[each] for each in relation.outflow), Fraction(0))
                if total != values[relation.closing]:
                    slots = {"closing": title[relation.closing], "sum": NumberText.of(total), "cells": cells}
                    self._tell("REL-003", period, relation.closing, slots, got=values[relation.closing])

    def _cells(self, measures: Iterable[str], period: Period) -> str:
        """The cells of measures, by name; a measure whose row is missing by its id."""
        return ", ".join(self._cell(measure, period) or measure for measure in dict.fromkeys(measures))

    def _cell(self, measure: str, period: Period) -> str | None:
        place = self._grid.place(measure, period)
        return a1(*place) if place else None

    def _tell(
        self,
        code: str,
        period: Period,
        measure: str,
        slots: Mapping[str, str],
        *,
        indicator: str | None = None,
        got: Fraction | None = None,
    ) -> None:
        if indicator is None:
            indicator = next((user.id for user, _ in self._scorecard.users[measure] if user.active), None)
        self.problems.append(
            Problem(
                code,
                file=self._file,
                sheet=self._grid.sheet.title,
                cell=self._cell(measure, period),
                indicator=indicator,
                measure=measure,
                period=period.code,
                got=NumberText.of(got) if got is not None else None,
                slots=slots,
            )
        )
