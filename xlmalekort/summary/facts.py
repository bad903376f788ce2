"""The figures behind the results: those that were counted, each with the unit that holds it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xlmalekort.model.figures import Status
from xlmalekort.model.measures import Level
from xlmalekort.model.register import office_key

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from xlmalekort.model.figures import Figure, Submission
    from xlmalekort.model.periods import Period
    from xlmalekort.summary.view import View


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure that was counted, for the unit at whose level it is held."""

    level: Level
    unit: str
    area: str
    region: str
    figure: Figure


def counted_facts(view: View) -> Iterator[Fact]:
    """Every figure that was counted, office by office. What is held for a whole area comes once, from its first office."""
    left_out = _rejected(view)
    seen: set[tuple[str, str, Period]] = set()
    differ = _differing(view)
    measures = view.scorecard.measure
    for submission in view.rollup.submissions:
        counting = _counting(view, submission)
        for (measure, period), figure in submission.figures.items():
            place = counting.get(period)
            if place is None or figure.value is None or (submission.office, measure, period) in left_out:
                continue
            level = measures[measure].level
            if level is Level.OFFICE:
                yield Fact(level, *place, figure)
                continue
            unit = place[1] if level is Level.AREA else place[2]
            key = (unit, measure, period)
            if key not in seen and key not in differ:
                seen.add(key)
                yield Fact(level, unit, place[1] if level is Level.AREA else "", place[2], figure)


def _counting(view: View, submission: Submission) -> dict[Period, tuple[str, str, str]]:
    """Office, area and region in each period whose figures count."""
    found = {}
    for period in {period for _, period in submission.figures}:
        if submission.counts(period, view.rollup.today):
            office = view.rollup.register.find(submission.office, period)
            place = (office.area, office.region) if office is not None else (submission.area, submission.region)
            found[period] = (submission.office, *place)
    return found


def _rejected(view: View) -> frozenset[tuple[str, str, Period]]:
    """Office, measure and period of figures that every indicator which uses them has rejected."""
    rejected = {
        (office_key(each.unit.name), each.indicator.id, each.period)
        for each in view.rollup.results
        if each.judgement.status is Status.REJECTED and each.unit.level is Level.OFFICE
    }
    offices = {office_key(each.office): each.office for each in view.rollup.submissions}
    users = view.scorecard.users
    return frozenset(
        (offices[office], measure, period)
        for office, indicator, period in rejected
        for _, measures in view.scorecard.indicator[indicator].figure.parts
        for measure in measures
        if office in offices and all((office, user.id, period) in rejected for user, _ in users[measure])
    )


def _differing(view: View) -> frozenset[tuple[str, str, Period]]:
    """Unit, measure and period of what is held above the offices and differs from workbook to workbook."""
    above = {each.id: each.level for each in view.scorecard.measures if each.level is not Level.OFFICE}
    values: dict[tuple[str, str, Period], set[Fraction]] = {}
    for submission in view.rollup.submissions if above else ():
        counting = _counting(view, submission)
        for (measure, period), figure in submission.figures.items():
            place = counting.get(period)
            if measure in above and place is not None and figure.value is not None:
                unit = place[1] if above[measure] is Level.AREA else place[2]
                values.setdefault((unit, measure, period), set()).add(figure.value)
    return frozenset(key for key, found in values.items() if len(found) > 1)
