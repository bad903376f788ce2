"""What was planned, pasted as what happened (LIK-013): the same to the last digit in every period of the year."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from xlmalekort.locale.told import NumberText
from xlmalekort.model.measures import Role
from xlmalekort.rollup.coincidence import bits

if TYPE_CHECKING:
    from xlmalekort.intake.series import Series
    from xlmalekort.intake.telling import Telling
    from xlmalekort.model.scorecard import Scorecard

_LEAST_PERIODS = 3
_LEAST_BITS = 9.0
"""What the different figures among them must tell: 22 places planned and 22 filled tell little, 1,023,456 kroner much."""


def tell_plans(telling: Telling, series: Series) -> None:
    """LIK-013 once for each measure whose figures of this year are all those of its plan or target."""
    first, periods = series.first, series.periods
    rows = {row.measure.id: row for row in series.rows}
    for actual, planned in _planned(telling.plan.layout.scorecard):
        if actual not in rows or planned not in rows:
            continue
        now, plan = rows[actual].values[first:], rows[planned].values[first:]
        if now != plan:
            # Nearly every office leaves here; a plan may be filled in for periods that the figures have not come to.
            pairs = [(a, b) for a, b in zip(now, plan, strict=True) if a is not None]
            if any(a != b for a, b in pairs):
                continue
        filled = [place for place, value in enumerate(now, first) if value]
        if len(filled) < _LEAST_PERIODS or sum(map(bits, {value for value in now if value})) < _LEAST_BITS:
            continue
        keys = [(actual, periods[place]) for place in filled]
        slots = {"cells": telling.cells([(planned, periods[place]) for place in filled]), "count": str(len(keys))}
        telling.tell("LIK-013", keys[0], slots, got=NumberText.of(telling.number(keys[0])))


@lru_cache(maxsize=32)
def _planned(scorecard: Scorecard) -> tuple[tuple[str, str], ...]:
    """The measures that report what happened, each with one that says what was planned or aimed at for the same indicator."""
    found: dict[tuple[str, str], None] = {}
    for indicator in scorecard.active:
        used = [scorecard.measure[each] for _, fields in indicator.fields if len(fields) == 1 for each in fields]
        aims = [each for each in used if each.role in (Role.PLAN, Role.TARGET)]
        for each in used:
            if each.role is Role.FIGURE:
                found |= {(each.id, aim.id): None for aim in aims if aim.unit is each.unit}
    return tuple(found)
