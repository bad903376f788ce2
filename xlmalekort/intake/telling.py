"""How what is unlikely in a file is told: with its cell, what was got and what was likely meant."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from xlmalekort.intake.keys import key_of
from xlmalekort.intake.likely import likely_in_place_of
from xlmalekort.judging.values import rounded
from xlmalekort.locale.told import NumberText
from xlmalekort.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from xlmalekort.intake.plan import InputPlan, Key
    from xlmalekort.model.figures import Figure, Submission
    from xlmalekort.model.measures import Measure


@dataclass(frozen=True, slots=True)
class Telling:
    """Gathers the problems of a file."""

    plan: InputPlan
    submission: Submission
    problems: list[Problem] = field(default_factory=list)

    def tell(
        self,
        code: str,
        key: Key,
        slots: Mapping[str, str],
        *,
        likely: Fraction | None = None,
        got: str | None = None,
        has_measure: bool = True,
    ) -> None:
        """Tell something at a figure, with the one that was likely meant; of a whole column without the measure."""
        measure, period = key
        source = self.figure(key).source
        line = self.plan.lines[key_of(measure)]
        self.problems.append(
            Problem(
                code,
                file=self.submission.file,
                sheet=source.sheet if source else None,
                cell=source.cell if source else None,
                indicator=line.indicator if has_measure else None,
                measure=measure if has_measure else None,
                period=period.code,
                got=got,
                slots=slots,
                likely=likely_in_place_of(likely, self.number(key)) if likely is not None else None,
            )
        )

    def tell_trial(self, keys: Sequence[Key], filled: Sequence[float], *, has_measure: bool) -> None:
        """LIK-006 for one number everywhere, LIK-007 for numbers counted up."""
        code = "LIK-006" if filled[0] == filled[1] else "LIK-007"
        last = NumberText.of(self.number(keys[-1]))
        slots = {"cells": self.cells(keys[-1:]), "count": str(len(keys)), "last": last}
        self.tell(code, keys[0], slots, got=NumberText.of(self.number(keys[0])), has_measure=has_measure)

    def figure(self, key: Key) -> Figure:
        """A figure of this year or of the one before."""
        held = self.submission.figures if key[1].year == self.submission.year else self.submission.reference
        return held[key]

    def number(self, key: Key) -> Fraction:
        """The number of a figure that can be used."""
        value = self.figure(key).value
        assert value is not None  # noqa: S101 - only such figures are in the series
        return value

    def cells(self, keys: Iterable[Key]) -> str:
        """The cells of figures, or their periods where they came in no workbook."""
        return ", ".join(source.cell if (source := self.figure(key).source) else key[1].code for key in keys)


def shown_by(value: float, measure: Measure) -> NumberText:
    """A number that nobody typed, with the decimals of its measure."""
    return NumberText.of(rounded(Fraction(value), measure.decimals))
