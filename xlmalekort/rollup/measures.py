"""Measures added up over units, and the totals that should equal the sum of their parts."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from xlmalekort.judging.values import sum_exactly
from xlmalekort.locale.told import NumberText
from xlmalekort.model.measures import Kind, Role, TotalOf
from xlmalekort.model.measures import Unit as Measured
from xlmalekort.model.periods import latest_ended_by, periods_of_year
from xlmalekort.problems import Problem
from xlmalekort.rollup.results import MeasureTotal

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from xlmalekort.model.measures import Measure
    from xlmalekort.model.periods import Period
    from xlmalekort.model.scorecard import Scorecard
    from xlmalekort.rollup.facts import Facts
    from xlmalekort.rollup.results import Unit
    from xlmalekort.rollup.units import Group, Holders


def is_addable(measure: Measure) -> bool:
    """Whether the measure adds up over units: counts, money, and days that are counted rather than averaged."""
    return measure.unit in (Measured.COUNT, Measured.MONEY) or (
        measure.unit is Measured.DAYS and measure.kind is Kind.FLOW
    )


def first_use(scorecard: Scorecard, measure: Measure, period: Period) -> Period:
    """The first period in which a number of a measure is needed: its own, or for what is no figure one that lies in it.

    >>> from xlmalekort.model.periods import Period
    >>> from xlmalekort.scorecards import load_scorecard
    >>> scorecard, year = load_scorecard("vejle-2013"), Period.parse("2013")
    >>> str(first_use(scorecard, scorecard.measure["budget.insured"], year))
    '2013-01'
    """
    if measure.role is Role.FIGURE:
        return period
    spans = {user.frequency.span for user, _ in scorecard.users[measure.id] if user.active}
    inside = (each for span in spans for each in periods_of_year(period.year, span) if each.start == period.start)
    return min((period, *inside), key=lambda each: each.end)


def latest_period_of(scorecard: Scorecard, measure: Measure, chosen: Period) -> Period:
    """The measure's own period that a chosen one shows: of a figure the latest that has ended, of a cohort when its window has.

    Of a target, a plan and the like it is the one that holds for the period shown of the indicator that uses it.
    """
    users = [user for user, _ in scorecard.users[measure.id] if user.active]
    if measure.role is Role.FIGURE or not users:
        window = min((user.window_months for user in users), default=0)
        return latest_ended_by(measure.frequency, chosen, window)
    own = [each for user in users for each in measure.own_periods(user.latest_period(chosen))]
    return max(own, key=lambda period: period.end)


def total_measure(
    scorecard: Scorecard,
    measure: Measure,
    period: Period,
    holders: Holders,
    facts: Facts,
    *,
    is_counted: bool,
    withheld: Container[Unit] = (),
) -> Iterator[MeasureTotal]:
    """The measure's total for each unit above those who hold it; offices that are exempt from every user are left out.

    `withheld` are the units of which it is not shown.
    """
    column = facts.column(measure.id, period)
    exempt = exempt_from_all(scorecard, measure, holders)
    values = [
        figure.value if (figure := column.get(key)) is not None and place not in exempt else None
        for place, key in enumerate(holders.keys)
    ]
    adds_up = is_addable(measure)
    for group in holders.groups:
        reported = [value for place in group.members if (value := values[place]) is not None] if column else []
        expected = sum(place not in exempt for place in group.members) if is_counted else None
        is_shown = adds_up and group.unit not in withheld
        value = sum_exactly(reported) if is_shown and reported else None
        yield MeasureTotal(measure.id, period, group.unit, value, len(reported), expected)


def exempt_from_all(scorecard: Scorecard, measure: Measure, holders: Holders) -> frozenset[int]:
    """The places of the holders that are exempt from every indicator which uses the measure."""
    users = {user.id for user, _ in scorecard.users[measure.id] if user.active}
    return frozenset.intersection(*(holders.exempt_from(user) for user in users)) if users else frozenset()


def compare_total(
    scorecard: Scorecard, relation: TotalOf, period: Period, holders: Holders, facts: Facts
) -> Iterator[Problem]:
    """REL-001 for each unit whose reported total differs from its parts, over those who report both."""
    totals = facts.column(relation.total, period)
    parts = [facts.column(part, period) for part in relation.parts]
    pairs: dict[int, tuple[Fraction, Fraction]] = {}
    for place, key in enumerate(holders.keys):
        figures = [column.get(key) for column in (*parts, totals)]
        values = [figure.value for figure in figures if figure is not None and figure.value is not None]
        if len(values) == len(figures):
            pairs[place] = values[-1], sum_exactly(values[:-1])
    for group in holders.groups:
        yield from _difference(scorecard, relation, period, group, pairs)


def _difference(
    scorecard: Scorecard, relation: TotalOf, period: Period, group: Group, pairs: dict[int, tuple[Fraction, Fraction]]
) -> Iterator[Problem]:
    members = [pairs[place] for place in group.members if place in pairs]
    total = sum((each for each, _ in members), Fraction(0))
    parts = sum((each for _, each in members), Fraction(0))
    if total != parts:
        unit, title = group.unit, scorecard.measure[relation.total].title
        yield Problem(
            "REL-001",
            measure=relation.total,
            period=period.code,
            got=NumberText.of(total),
            level=unit.level.value,
            unit=unit.name,
            slots={"total": title, "sum": NumberText.of(parts), "cells": unit.name},
        )
