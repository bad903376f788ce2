"""Adding up: what the holders' figures of one indicator and period come to, for each of them and for all above."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, partial
from typing import TYPE_CHECKING

from xlmalekort.judging.bands import conditions_of
from xlmalekort.judging.judge import window_end
from xlmalekort.judging.values import NOTHING, Observed, references_of, sum_exactly
from xlmalekort.model.figure_kinds import Change
from xlmalekort.model.targets import Against
from xlmalekort.rollup.conditions import Standards
from xlmalekort.rollup.observing import Observing
from xlmalekort.rollup.peers import Peers, peer_references
from xlmalekort.rollup.results import Result
from xlmalekort.rollup.sums import Adder, Way, way_of
from xlmalekort.rollup.withholding import blanked, withheld

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from xlmalekort.judging.judge import Judgement
    from xlmalekort.judging.values import Compared
    from xlmalekort.model.figures import Source
    from xlmalekort.model.indicators import Indicator
    from xlmalekort.model.periods import Period
    from xlmalekort.model.scorecard import Scorecard
    from xlmalekort.model.targets import Reference
    from xlmalekort.problems import Problem
    from xlmalekort.rollup.conditions import Conditions, Held
    from xlmalekort.rollup.facts import Facts
    from xlmalekort.rollup.results import Unit
    from xlmalekort.rollup.units import Group, Holders
    from xlmalekort.rollup.withholding import Withheld


@dataclass(frozen=True)
class Adding:
    """One indicator in one period, over all who hold its figures. `is_counted` tells whether a register says who they are."""

    scorecard: Scorecard
    indicator: Indicator
    period: Period
    holders: Holders
    facts: Facts
    today: date
    is_counted: bool

    def results(self) -> Iterator[Result]:
        """The results of the holders that are shown, then of the units above."""
        for place, unit in enumerate(self.holders.units):
            if unit is not None:
                yield self._own_result(place, unit)
        for group in self.holders.groups:
            yield self._total(group)

    @property
    def has_total(self) -> bool:
        """Whether there is any way to make a total."""
        return self.adder.has_total

    @property
    def counts(self) -> frozenset[tuple[str, Period]]:
        """The measures that the figure is made of, each with its own periods."""
        parts = self.observing.recipe.parts
        return frozenset((cell.measure, cell.period) for cell in (*parts.upper, *parts.lower))

    @property
    def is_reported(self) -> bool:
        """Whether anybody handed in anything."""
        return any(observed.is_reported for observed in self._typed)

    @property
    def exempted(self) -> Iterator[tuple[str, str | None]]:
        """Name and first file of the holders that reported although they are exempt; None where no file is known."""
        for place in sorted(self.holders.exempt_from(self.indicator.id)):
            if self._typed[place].is_reported:
                source = next(iter(self._sources((place,))), None)
                name, _, _ = self.holders.places[self.holders.keys[place]]
                yield name, source.file if source is not None else None

    def differing_peers(self) -> Iterator[Problem]:
        """ROL-002 for each mean of peers that was typed and is another one than the roll-up finds."""
        return self._peers.differing() if self._has_peers else iter(())

    # What the holders handed in.

    @cached_property
    def observing(self) -> Observing:
        """The holders' figures."""
        return Observing(self.scorecard, self.indicator, self.period, self.holders, self.facts)

    @property
    def _typed(self) -> list[Observed]:
        return self.observing.observed

    @cached_property
    def _observed(self) -> list[Observed]:
        """What is known of each holder, the means of its peers worked out."""
        return self._peers.compared() if self._has_peers else self._typed

    @cached_property
    def _has_peers(self) -> bool:
        return bool(peer_references(self.indicator))

    @cached_property
    def _peers(self) -> Peers:
        figure = self.indicator.figure
        is_in = self.is_whole
        if isinstance(figure, Change):
            typed = zip(is_in, self._typed, strict=True)
            is_in = [is_whole and each.reference(figure.against) is not None for is_whole, each in typed]
        return Peers(self.observing, self.adder, self._typed, is_in)

    @cached_property
    def is_whole(self) -> list[bool]:
        """Whether each holder's figure is in, with all its parts. What it is compared with is none of them.

        Nothing is in before the window of a cohort has closed.
        """
        if self.indicator.window_months and self.today <= window_end(self.indicator, self.period):
            return [False] * len(self.holders.keys)
        needs_weight = self.adder.way is Way.WEIGHTED
        return [
            observed.is_reported
            and not observed.is_rejected
            and not observed.is_exempt
            and not (needs_weight and observed.lower is None)
            for observed in self._typed
        ]

    # What they are held against.

    @cached_property
    def _standards(self) -> Standards:
        return Standards(self.scorecard, self.indicator, self.period, self.today)

    @cached_property
    def _held(self) -> list[Held]:
        """The conditions and the yardstick of each holder."""
        return self._standards.of_holders(self._observed, self.holders.belongs)

    @cached_property
    def _earlier(self) -> list[tuple[Reference, ...]]:
        """The earlier values, and the baseline of a change, that each holder is compared with."""
        figure = self.indicator.figure
        own = (figure.against,) if isinstance(figure, Change) else ()
        if all(each.is_typed for each in self._references):
            return [own] * len(self.holders.keys)
        return [tuple(dict.fromkeys((*own, *_own_earlier(conditions)))) for conditions, _ in self._held]

    @cached_property
    def _is_in(self) -> list[bool]:
        """Whether each holder enters a sum: what is compared with an earlier value only with both periods."""
        rows = zip(self.is_whole, self._observed, self._earlier, strict=True)
        return [
            is_whole and all(self.adder.has_reference(observed, reference) for reference in earlier)
            for is_whole, observed, earlier in rows
        ]

    def members(self, group: Group) -> list[int]:
        """The holders that enter the total of a group.

        Where nobody has the earlier value all enter and there is nothing to compare with, but for a change, which is nothing
        without it.
        """
        members = [place for place in group.members if self._is_in[place]]
        if members or isinstance(self.indicator.figure, Change):
            return members
        return [place for place in group.members if self.is_whole[place]]

    # Results.

    def _own_result(self, place: int, unit: Unit) -> Result:
        observed = self._observed[place]
        reported = int(self.is_whole[place])
        expected = int(not observed.is_exempt) if self.is_counted else None
        judgement = self._held[place][1].judge(observed)
        is_withheld = place in self.withheld.places
        return Result(
            self.indicator,
            self.period,
            unit,
            blanked(judgement) if is_withheld else judgement,
            reported,
            expected,
            is_complete=None if expected is None else reported >= expected,
            is_partial=False,
            is_unweighted=False,
            find_sources=partial(self._sources, () if observed.is_exempt else (place,)),
            is_withheld=is_withheld,
        )

    def _total(self, group: Group) -> Result:
        exempt = self.holders.exempt_from(self.indicator.id)
        expected_members = [place for place in group.members if place not in exempt]
        members = self.members(group)
        reported = sum(self.is_whole[place] for place in group.members)
        expected = len(expected_members) if self.is_counted else None
        is_too_few = expected is not None and reported < self.scorecard.least_coverage * expected
        judgement = self._judge_total(members, expected_members)
        is_withheld = group.unit in self.withheld.units
        return Result(
            self.indicator,
            self.period,
            group.unit,
            blanked(judgement) if is_withheld else judgement,
            reported,
            expected,
            is_complete=None if expected is None else reported == expected,
            is_partial=is_too_few or len(members) < reported,
            is_unweighted=bool(members) and self.adder.way is Way.MEAN,
            find_sources=partial(self._sources, tuple(members)),
            is_withheld=is_withheld,
        )

    def _sources(self, places: tuple[int, ...]) -> tuple[Source, ...]:
        recipe = self.observing.recipe
        cells = (
            *recipe.parts.upper,
            *recipe.parts.lower,
            *(
                cell
                for reference, pair in recipe.compared
                if not reference.is_of_peers
                for cell in (*pair.upper, *pair.lower)
            ),
        )
        return tuple(dict.fromkeys(self.observing.sources(cells, places)))

    @cached_property
    def withheld(self) -> Withheld:
        """What may not be shown because there are too few answers to a question."""
        return withheld(
            self.indicator,
            self._answers,
            self.is_whole,
            ((group, self.members(group)) for group in self.holders.groups),
        )

    @property
    def _answers(self) -> dict[int, Fraction]:
        """The answers that are there of each holder that answered anything, whether or not they can be used."""
        if self.indicator.question is None:
            return {}
        found = {}
        parts = self.observing.recipe.parts
        for place in range(len(self.holders.keys)):
            if self.observing.figures((*parts.upper, *parts.lower), place):
                numbers = [each.value for each in self.observing.figures(parts.lower, place)]
                found[place] = sum_exactly([number for number in numbers if number is not None])
        return found

    # Sums.

    @cached_property
    def adder(self) -> Adder:
        """How figures are made one."""
        return Adder(self.indicator, way_of(self.scorecard, self.indicator))

    def _judge_total(self, members: Sequence[int], expected: Sequence[int]) -> Judgement:
        places = members or expected
        observed = [self._observed[place] for place in members]
        if members:
            added = self.adder.added(observed, self._summed_references(observed))
            added = added._replace(compared=(*added.compared, *self._shared_references(observed)))
        else:
            added = self._nothing_in([self._observed[place] for place in expected])
        if self.observing.recipe.target:
            target, yellow = self._own_edges(places)
            added = added._replace(own_target=target, own_yellow=yellow)
        judged = self._as_far_as_due(members, self.adder.judged(added))
        judgement = self._standards.yardstick_of(self._total_conditions(places, judged)).judge(judged)
        return judgement if added is judged else judgement._replace(observed=added)

    def _as_far_as_due(self, members: Sequence[int], judged: Observed) -> Observed:
        """Of steps only those that are due count: a unit that is ahead does not make up for one that is behind."""
        conditions = [self._held[place][0][0] for place in members]
        if self.indicator.most_steps is None or all(each.waits for each in conditions):
            return judged
        steps = [_steps_due(self._held[place][0], self._observed[place]) for place in members]
        return judged._replace(upper=sum_exactly([each for each in steps if each is not None]))

    def _total_conditions(self, places: Sequence[int], judged: Observed) -> Conditions:
        if not places:
            return conditions_of(self.indicator, self.period, judged)
        members = [self._held[place][0] for place in places]
        return self._standards.of_total(members, judged, self.holders.belongs[places[0]], adds_up=self.adder.adds_up)

    @staticmethod
    def _nothing_in(observed: Sequence[Observed]) -> Observed:
        """What is said of a total that no unit enters. `observed` are those that are not exempt."""
        if not observed:
            return NOTHING._replace(is_exempt=True)
        is_rejected = any(each.is_rejected for each in observed)
        return Observed(is_reported=any(each.is_reported for each in observed), is_rejected=is_rejected)

    @cached_property
    def _references(self) -> tuple[Reference, ...]:
        """What the indicator is compared with, but for the means of peers: a total has none."""
        return tuple(reference for reference, _ in references_of(self.indicator) if not reference.is_of_peers)

    def _summed_references(self, observed: Sequence[Observed]) -> tuple[Reference, ...]:
        """The references that add up with the figures, as far as every unit has them."""
        figure = self.indicator.figure
        against = figure.against if isinstance(figure, Change) else None
        return tuple(
            each
            for each in self._references
            if (not each.is_typed or self.adder.adds_up or each is against)
            and all(self.adder.has_reference(unit, each) for unit in observed)
        )

    def _shared_references(self, observed: Sequence[Observed]) -> Iterator[tuple[Reference, Compared]]:
        """The references that do not add up, where they are the same for every unit."""
        summed = self._summed_references(observed)
        for each in self._references:
            found = observed[0].reference(each)
            is_shared = found is not None and all(unit.reference(each) == found for unit in observed)
            if found is not None and is_shared and each.is_typed and each not in summed:
                yield each, found

    def _own_edges(self, places: Sequence[int]) -> tuple[Fraction | None, Fraction | None]:
        """Target and zone of a total where offices have their own: their sums, or for what does not add up the common ones.

        None where a unit has none, or where they differ and cannot be added.
        """
        observed = [self._observed[place] for place in places]
        return (
            self._own_edge([each.own_target for each in observed]),
            self._own_edge([each.own_yellow for each in observed]),
        )

    def _own_edge(self, edges: Sequence[Fraction | None]) -> Fraction | None:
        found = [edge for edge in edges if edge is not None]
        if not found or len(found) < len(edges):
            return None
        if self.adder.adds_up:
            return sum_exactly(found)
        return found[0] if len(set(found)) == 1 else None


def _own_earlier(conditions: Conditions) -> Iterator[Reference]:
    """The earlier values that conditions compare with."""
    targets = (each.target for each in conditions)
    return (each.reference for each in targets if isinstance(each, Against) and not each.reference.is_typed)


def _steps_due(conditions: Conditions, observed: Observed) -> Fraction | None:
    """The steps that a unit has done of those that are due by now."""
    condition = conditions[0]
    if condition.waits or condition.band is None or observed.upper is None:
        return Fraction(0)
    return min(observed.upper, condition.band.green.low or Fraction(0))
