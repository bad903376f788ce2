"""The mean of the other offices, worked out instead of the number that was typed for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from xlmalekort.judging.values import Compared, has_few_answers, references_of, rounded, sum_exactly
from xlmalekort.locale import N_
from xlmalekort.locale.told import NumberText, Phrase
from xlmalekort.model.figure_kinds import Change
from xlmalekort.model.targets import Reference
from xlmalekort.problems import Problem
from xlmalekort.rollup.sums import less

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from xlmalekort.judging.values import Observed
    from xlmalekort.model.indicators import Indicator
    from xlmalekort.rollup.observing import Observing
    from xlmalekort.rollup.sums import Addend, Adder

_NOBODY = N_("nothing, as no other office is in")
_NONE = Fraction(0)


def peer_references(indicator: Indicator) -> tuple[tuple[Reference, str], ...]:
    """The means of peers that an indicator is held against, each with the measure that it is typed as."""
    found = references_of(indicator)
    return tuple((each, measure) for each, measure in found if measure is not None and each.is_of_peers)


class _Group(NamedTuple):
    """Peers that are in: their sum, how many they are, and how many answers are those of offices with too few to show."""

    total: Addend
    size: int
    few_answers: Fraction


@dataclass(frozen=True)
class Peers:
    """The means of an indicator's peers. `observed` is what was handed in, `is_in` whether it enters a sum."""

    observing: Observing
    adder: Adder
    observed: Sequence[Observed]
    is_in: Sequence[bool]
    _groups: dict[int, _Group | None] = field(default_factory=dict, compare=False, repr=False)

    def compared(self) -> list[Observed]:
        """What was handed in, with the means that are worked out in place of those that were typed."""
        references = [reference for reference, _ in peer_references(self.observing.indicator)]
        return [
            each._replace(compared=self._replaced(each, place, references)) for place, each in enumerate(self.observed)
        ]

    def _replaced(
        self, observed: Observed, place: int, references: Iterable[Reference]
    ) -> tuple[tuple[Reference, Compared], ...]:
        kept = tuple(each for each in observed.compared if not each[0].is_of_peers)
        means = ((reference, self.mean(place, reference)) for reference in references)
        return (*kept, *((reference, Compared(mean)) for reference, mean in means if mean is not None))

    def mean(self, place: int, reference: Reference) -> Fraction | None:
        """The mean of a holder's peers, in the unit shown; None where nobody else is in, or it would give answers away."""
        group = self._group(self.observing.holders.peers[place])
        if group is None:
            return None
        total, size, few_answers = group
        if self.is_in[place] and reference is Reference.PEERS:
            own = self.observed[place]
            total, size = less(total, self.adder.addend(own, self._references)), size - 1
            few_answers -= self._few_answers(own)
        if not size or 0 < few_answers < self.observing.indicator.least_denominator:
            return None
        return self.adder.value(total, self._references)

    def _group(self, peers: tuple[int, ...]) -> _Group | None:
        """What the peers come to; they are the same object for all of a group."""
        if id(peers) not in self._groups:
            observed = [self.observed[place] for place in peers if self.is_in[place]]
            self._groups[id(peers)] = (
                _Group(
                    self.adder.sum_of(observed, self._references),
                    len(observed),
                    sum_exactly([self._few_answers(each) for each in observed]),
                )
                if observed
                else None
            )
        return self._groups[id(peers)]

    def _few_answers(self, observed: Observed) -> Fraction:
        """The answers of an office that has too few to show, else none."""
        is_few = has_few_answers(self.observing.indicator, observed.lower)
        return observed.lower if is_few and observed.lower is not None else _NONE

    @property
    def _references(self) -> tuple[Reference, ...]:
        figure = self.observing.indicator.figure
        return (figure.against,) if isinstance(figure, Change) else ()

    def differing(self) -> Iterator[Problem]:
        """ROL-002 for each mean that was typed and is another one than the roll-up finds, as both are shown."""
        for reference, measure in peer_references(self.observing.indicator):
            for place in range(len(self.observed)):
                problem = self._difference(place, reference, measure)
                if problem is not None:
                    yield problem

    def _difference(self, place: int, reference: Reference, measure: str) -> Problem | None:
        figure = self.observing.figure(measure, place)
        if figure is None or figure.value is None:
            return None
        indicator = self.observing.indicator
        typed, mean = rounded(figure.value, indicator.decimals), self.mean(place, reference)
        found = rounded(mean, indicator.decimals) if mean is not None else None
        if found == typed:
            return None
        return Problem(
            "ROL-002",
            file=figure.source.file if figure.source else None,
            sheet=figure.source.sheet if figure.source else None,
            cell=figure.source.cell if figure.source else None,
            indicator=indicator.id,
            measure=measure,
            period=self.observing.period.code,
            got=NumberText.of(figure.value),
            slots={"found": NumberText.of(found) if found is not None else Phrase(_NOBODY)},
        )
