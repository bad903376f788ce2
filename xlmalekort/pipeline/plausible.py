"""Made-up figures that look like an office's: seeded, near the bands, with a trend and some noise.

They serve the demonstration and the benchmarks. Only the definition is asked; no scorecard is known by name.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import TYPE_CHECKING, Literal

from xlmalekort.judging.judge import is_due
from xlmalekort.model.measures import Level
from xlmalekort.model.periods import Frequency, Period, periods_of_year
from xlmalekort.model.places import Place
from xlmalekort.model.register import Office
from xlmalekort.pipeline.draft import Draft
from xlmalekort.pipeline.plausible_kinds import Wanted, fill
from xlmalekort.pipeline.plausible_relations import fill_gathered, fill_relations, mind_relations

if TYPE_CHECKING:
    from datetime import date
    from fractions import Fraction

    from xlmalekort.model.indicators import Indicator
    from xlmalekort.model.scorecard import Scorecard

Quality = Literal["good", "middling", "bad"]
_LEAN = {"good": 0.45, "middling": -0.05, "bad": -0.85}
"""How far above the green edge an office lies, in widths of the yellow zone."""
_FORGOTTEN = 0.04
"""How often a figure is forgotten that is not reported every month."""


@dataclass(frozen=True, slots=True)
class MadeUp:
    """One made-up figure of a measure, in the unit shown."""

    measure: str
    period: Period
    value: Fraction


@dataclass(frozen=True, slots=True)
class MadeUpOffice:
    """An office that does not exist: how well it does, and how many people it looks after."""

    name: str
    area: str
    quality: Quality
    size: float


def plausible_figures(scorecard: Scorecard, office: MadeUpOffice, year: int, today: date, seed: int) -> list[MadeUp]:
    """The figures of an office for a year and the year before it, as far as they are ready on the day; one for each pair."""
    walk = _Walk(scorecard, office, year, today, seed, Draft(scorecard))
    kept = {measure.frequency.span for measure in scorecard.measures}
    frequencies = sorted(kept | {indicator.frequency.span for indicator in scorecard.indicators})
    for each in (year - 1, year):
        for frequency in frequencies:
            for period in periods_of_year(each, frequency):
                walk.fill_period(period)
    return [
        MadeUp(measure, period, figure.value)
        for (measure, period), figure in walk.draft.figures.items()
        if figure.value is not None and (measure, period) not in walk.draft.ahead
    ]


@dataclass(frozen=True)
class _Walk:
    """Goes through the periods of an office, the earlier ones first."""

    scorecard: Scorecard
    office: MadeUpOffice
    year: int
    today: date
    seed: int
    draft: Draft

    def fill_period(self, period: Period) -> None:
        """Everything that is kept by the frequency of a period."""
        fill_relations(self.draft, period, self.office.size, f"{self.seed}|{self.office.name}", self.is_there)
        for indicator in self.scorecard.active:
            if indicator.frequency.span is period.frequency and self.is_filled(indicator, period):
                fill(self.draft, self.wanted(indicator, period))
        mind_relations(self.draft, period, self.is_there)
        fill_gathered(self.draft, period, self.office.size, f"{self.seed}|{self.office.name}", self.is_there)

    def is_there(self, measure: str, period: Period) -> bool:
        """Whether the figure of a measure can have been reported by now."""
        users = [user for user, _ in self.scorecard.users[measure] if user.active]
        return period.has_ended(self.today) and (not users or any(self.is_ready(user, period) for user in users))

    def is_ready(self, indicator: Indicator, period: Period) -> bool:
        """Whether a figure of an indicator should be there; what is reported when held is, once it is held."""
        return indicator.frequency is Frequency.WHEN_HELD or is_due(indicator, period, self.today)

    def is_filled(self, indicator: Indicator, period: Period) -> bool:
        """Whether anything is made up for an indicator in a period."""
        if indicator.frequency is Frequency.WHEN_HELD:
            return period.end.month in (5, 11) and period.has_ended(self.today)
        if (
            indicator.frequency is not Frequency.MONTH
            and self.random("forgotten", indicator, period).random() < _FORGOTTEN
        ):
            return False
        # Of a period that is still running the months that have ended may be there already.
        parts = (measure for _, used in indicator.fields for measure in used)
        is_finer = any(self.scorecard.measure[each].frequency.months < indicator.frequency.months for each in parts)
        return is_finer or (period.has_ended(self.today) and is_due(indicator, period, self.today))

    def random(self, *parts: object) -> Random:
        """Chance that is the same each time."""
        return Random("|".join(map(str, (self.seed, self.who(Level.OFFICE), *parts))))  # noqa: S311 - play figures

    def who(self, level: Level) -> str:
        """Who holds the figures of a level: what is held for a whole area must be the same in every office of it."""
        return self.home.unit(level)

    @cached_property
    def home(self) -> Office:
        """Where the office belongs."""
        return Office(self.office.name, self.office.area).placed(self.scorecard.top)

    def shared(self, measure: str, *parts: object) -> Random:
        """Chance that all have in common who hold a measure."""
        who = self.who(self.scorecard.measure[measure].level)
        return Random("|".join(map(str, (self.seed, who, measure, *parts))))  # noqa: S311 - play figures

    def wanted(self, indicator: Indicator, period: Period) -> Wanted:
        """What is to be made up of an indicator in a period."""
        seed, who = self.seed, self.who(indicator.level)
        is_above = indicator.level is not Level.OFFICE
        random = Random(f"{seed}|{who}|{indicator.id}|{period}")  # noqa: S311 - play figures
        steady = Random(f"{seed}|{who}|{indicator.id}").uniform(-0.5, 0.5)  # noqa: S311
        lean = _LEAN["middling" if is_above else self.office.quality] + steady
        lean += 0.03 * (period.end.month - 6) + random.gauss(0, 0.18)
        return Wanted(
            indicator,
            period,
            size=Random(f"{seed}|{who}").uniform(4, 9) if is_above else self.office.size,  # noqa: S311
            place=Place(self.home.name, self.home.area, self.home.region, self.home.country),
            lean=lean,
            random=random,
            shared=self.shared,
            is_careless=self.office.quality == "bad" and not is_above,
            is_before=period.year < self.year,
            is_there=self.is_there,
        )
