"""Answers to questions that are too few to be shown, of an office or by taking the others off a total."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from xlmalekort.judging.bands import Condition
from xlmalekort.judging.values import Observed
from xlmalekort.model.figures import Status
from xlmalekort.model.targets import Against

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from xlmalekort.judging.judge import Judgement
    from xlmalekort.model.indicators import Indicator
    from xlmalekort.rollup.results import Unit
    from xlmalekort.rollup.units import Group

_NONE = Fraction(0)


@dataclass(frozen=True, slots=True)
class Withheld:
    """Whose answers are not shown: holders by their place, and units above.

    `measures_of` are the units above of which not even the sums of single counts may be shown: those of `units`, and those
    in which somebody has too few answers that do not enter the total.
    """

    places: frozenset[int] = frozenset()
    units: frozenset[Unit] = frozenset()
    measures_of: frozenset[Unit] = frozenset()


NOTHING_WITHHELD = Withheld()


def withheld(
    indicator: Indicator,
    answers: Mapping[int, Fraction],
    is_whole: Sequence[bool],
    totals: Iterable[tuple[Group, Sequence[int]]],
) -> Withheld:
    """What may not be shown of a question. `answers` has their number for each holder of whom anything is there.

    An office with fewer answers than the least number is not shown; nothing is given away by none at all. A total counts
    them. It is shown only where the answers that are left when everything shown below it is taken off are none, or as many
    as the least number; so nobody can work out the few of one office by subtraction. `totals` are the groups from the lowest
    level, each with the holders that enter its total.
    """
    least = indicator.least_denominator
    if indicator.question is None or not least:
        return NOTHING_WITHHELD
    few = frozenset(place for place, count in answers.items() if count < least and (count or not is_whole[place]))
    hidden = {place for place in few if is_whole[place]}
    units, measures_of = set(), set()
    for group, members in totals:
        left = sum((answers[place] for place in members if place in hidden), _NONE)
        if 0 < left < least:
            units.add(group.unit)
        else:
            # Whoever takes this total off one above takes these answers off as well.
            hidden.difference_update(members)
        if group.unit in units or not few.isdisjoint(set(group.members).difference(members)):
            measures_of.add(group.unit)
    return Withheld(few, frozenset(units), frozenset(measures_of))


def blanked(judgement: Judgement) -> Judgement:
    """A judgement that says no more than that there are too few answers."""
    was = judgement.observed
    observed = Observed(is_reported=was.is_reported, is_rejected=was.is_rejected, is_exempt=was.is_exempt)
    conditions = tuple(
        Condition(each.target, None) if isinstance(each.target, Against) else each for each in judgement.conditions
    )
    is_judged = judgement.status.is_result or judgement.status is Status.NOT_ASSESSABLE
    return judgement._replace(
        status=Status.TOO_FEW if is_judged else judgement.status,
        value=None,
        shown=None,
        lack=None,
        conditions=conditions,
        observed=observed,
        verdicts=(),
    )
