"""Measures added up over units, and the totals that should equal the sum of their parts."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from xlmalekort.judging.values import sum_exactly
from xlmalekort.locale.told import NumberText
from xlmalekort.model.measures import Kind, TotalOf, Unit
from xlmalekort.problems import Problem
from xlmalekort.rollup.results import MeasureTotal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlmalekort.model.measures import Measure
    from xlmalekort.model.periods import Period
    from xlmalekort.model.scorecard import Scorecard
    from xlmalekort.rollup.facts import Facts
    from xlmalekort.rollup.units import Group, Holders


def is_addable(measure: Measure) -> bool:
    """Whether the measure adds up over units: counts, money, and days that are counted rather than averaged."""
    return measure.unit in (Unit.COUNT, Unit.MONEY) or (measure.unit is Unit.DAYS and measure.kind is Kind.FLOW)


def total_measure(
    scorecard: Scorecard, measure: Measure, period: Period, holders: Holders, facts: Facts, *, is_counted: bool
) -> Iterator[MeasureTotal]:
    """The measure's total for each unit above those who hold it; offices that are exempt from every user are left out."""
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
        value = sum_exactly(reported) if adds_up and reported else None
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
