"""The reference set: made-up offices with three months of figures, and what they come to, added up by hand.

The truth comes from the figures in memory by plain sums. No file is read for it, and nothing of the roll-up is used.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from xlmalekort.intake.workbook_file import Expected
from xlmalekort.layout.cells import a1
from xlmalekort.layout.office import OfficeLayout, layout_of
from xlmalekort.model.figure_kinds import Deviation, Share
from xlmalekort.model.figures import CheckedFile, Figure, Submission
from xlmalekort.model.measures import Kind, Level, Measure, PartOf, Role, TotalOf, Unit
from xlmalekort.model.periods import Frequency, Period
from xlmalekort.model.register import Office, Register
from xlmalekort.model.targets import OwnTarget
from xlmalekort.pipeline.build import unchecked_workbook
from xlmalekort.pipeline.check import check_content
from xlmalekort.scorecards import load_scorecard

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from xlmalekort.model.scorecard import Scorecard

SCORECARD = "nav-buskerud-2009"
OFFICES = 40
AREA_SIZE = 8
SEED = 20_090_415
FIRST = "Furu Gran Bjørk Selje Hassel Rogn Osp Hegg Lind Eike"
LAST = "dal vik nes ås"

Key = tuple[str, str]
"""A measure's id and the code of a period."""
Values = dict[Key, Fraction]
"""Figures in the unit shown."""


@dataclass(frozen=True)
class ReferenceOffice:
    """An office, its figures in the unit shown, those of the year before, and the workbook that they were written to."""

    name: str
    area: str
    region: str
    file: str
    figures: Values = field(repr=False)
    earlier: Values = field(repr=False)
    content: bytes = field(repr=False)


UnitName = tuple[str, str]
"""A level and the name of a unit of it."""


@dataclass(frozen=True, slots=True)
class Total:
    """What a measure comes to for a unit: None where it does not add up or nobody reported it."""

    value: Fraction | None
    reported: int
    expected: int


Totals = dict[tuple[str, str, UnitName], Total]
"""Totals by measure, code of the period, and unit."""
Parts = dict[tuple[str, str, UnitName], tuple[Fraction, Fraction]]
"""Numerator and denominator by indicator, code of the period, and unit."""


@dataclass(frozen=True)
class Reference:
    """The set. `today` lies after the three months, and every workbook is delivered up to the last of them."""

    scorecard: Scorecard
    today: date
    periods: tuple[Period, ...]
    offices: tuple[ReferenceOffice, ...]

    @property
    def layout(self) -> OfficeLayout:
        """Where each value lives."""
        return layout_of(self.scorecard, self.scorecard.year)

    @cached_property
    def register(self) -> Register:
        """The offices that are expected."""
        return Register(
            tuple(Office(each.name, each.area, each.region).placed(self.scorecard.top) for each in self.offices)
        )

    @cached_property
    def register_text(self) -> str:
        """The same as a file."""
        lines = (f"{each.name},{each.area},{each.region}" for each in self.offices)
        return "office,area,region\n" + "\n".join(lines) + "\n"

    @cached_property
    def by_file(self) -> dict[str, ReferenceOffice]:
        """The offices by the names of their files."""
        return {each.file: each for each in self.offices}

    def check(self, content: bytes, file: str) -> CheckedFile:
        """What the checks say of a file of this run."""
        return check_content(content, file, self.today, expected=Expected(register=self.register))

    @cached_property
    def checked(self) -> dict[str, CheckedFile]:
        """Every workbook as it was made, checked once."""
        return {each.file: self.check(each.content, each.file) for each in self.offices}

    @cached_property
    def keys_of_cells(self) -> dict[str, Key]:
        """The figure that stands in each cell of the input sheet, by reference."""
        return {
            a1(place[1], place[2]): (measure.id, period.code)
            for measure in self.measures
            for period in self.periods
            if (place := self.layout.input_cell(measure.id, period)) is not None
        }

    def units(self, office: ReferenceOffice) -> tuple[UnitName, ...]:
        """The units above an office that the register names."""
        top = str(self.scorecard.top.level)
        named = ((str(Level.AREA), office.area), (top, self.scorecard.top.name))
        return tuple(unit for unit in named if unit[1])

    @cached_property
    def truth(self) -> Totals:
        """What every measure comes to."""
        return self._totals_of({each.file: each.figures for each in self.offices}, self._cells(self.measures))

    def totals(self, reported: Mapping[str, Values]) -> Totals:
        """What every measure comes to where some files report other figures than they were made with."""
        figures = {each.file: each.figures for each in self.offices} | dict(reported)
        return self.truth | self._totals_of(figures, self._changed(reported))

    def _cells(self, measures: Iterable[Measure]) -> dict[Key, None]:
        return dict.fromkeys((measure.id, period.code) for measure in measures for period in self.periods)

    def _changed(self, reported: Mapping[str, Values]) -> dict[Key, None]:
        """The measures and periods of which some office reports another figure."""
        return dict.fromkeys(
            key
            for file, values in reported.items()
            for key in (*self.by_file[file].figures, *values)
            if values.get(key) != self.by_file[file].figures.get(key)
        )

    def _totals_of(self, figures: Mapping[str, Values], keys: Iterable[Key]) -> Totals:
        """Plain sums for every unit above those who hold the figures.

        What is held for an area stands in the workbooks of all its offices and counts once.
        """
        found: Totals = {}
        for key in keys:
            measure = self.scorecard.measure[key[0]]
            is_shared = measure.level is Level.AREA
            members: dict[UnitName, dict[str, Fraction | None]] = {}
            for office in self.offices:
                value = figures[office.file].get(key)
                for unit in self.units(office):
                    if not is_shared or unit[0] != "area":
                        held = members.setdefault(unit, {})
                        holder = office.area if is_shared else office.name
                        held[holder] = value if held.get(holder) is None else held[holder]
            for unit, values in members.items():
                given = [value for value in values.values() if value is not None]
                value = sum(given, Fraction(0)) if given and adds_up(measure) else None
                found[*key, unit] = Total(value, len(given), len(values))
        return found

    @cached_property
    def true_parts(self) -> Parts:
        """The summed numerators and denominators of the shares and deviations that offices hold, over those with both."""
        figures = {each.file: each.figures for each in self.offices}
        return self._parts_of(figures, [(each, period.code) for each in self.sides for period in self.periods])

    def parts(self, reported: Mapping[str, Values]) -> Parts:
        """The same where some files report other figures."""
        figures = {each.file: each.figures for each in self.offices} | dict(reported)
        changed = self._changed(reported)
        places = dict.fromkeys(
            (indicator, code)
            for indicator, (upper, lower) in self.sides.items()
            for measure, code in changed
            if measure in upper or measure in lower
        )
        kept = {place: value for place, value in self.true_parts.items() if place[:2] not in places}
        return kept | self._parts_of(figures, places)

    def _parts_of(self, figures: Mapping[str, Values], places: Iterable[tuple[str, str]]) -> Parts:
        found: Parts = {}
        for indicator, code in places:
            upper, lower = self.sides[indicator]
            for office in self.offices:
                values = figures[office.file]
                above = [values.get((measure, code)) for measure in upper]
                below = [values.get((measure, code)) for measure in lower]
                if None in above or None in below:
                    continue
                for unit in self.units(office):
                    held = found.get((indicator, code, unit), (Fraction(0), Fraction(0)))
                    found[indicator, code, unit] = (
                        sum((each for each in above if each is not None), held[0]),
                        sum((each for each in below if each is not None), held[1]),
                    )
        return found

    @cached_property
    def sides(self) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
        """The measures above and below the line of each monthly share and deviation that offices hold."""
        found: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
        for indicator in self.scorecard.active:
            figure = indicator.figure
            if indicator.level is Level.OFFICE and indicator.frequency is Frequency.MONTH:
                if isinstance(figure, Share):
                    found[indicator.id] = figure.numerator, figure.denominator
                elif isinstance(figure, Deviation):
                    found[indicator.id] = figure.actual, figure.plan
        return found

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        """The measures of the input sheet that are reported month by month."""
        asked = (line.measure for line in self.layout.lines)
        return tuple(each for each in asked if each is not None and each.frequency is Frequency.MONTH)


def adds_up(measure: Measure) -> bool:
    """Whether it makes sense to add the measure up over offices: counts, money and days that are counted."""
    return measure.unit in (Unit.COUNT, Unit.MONEY) or (measure.unit is Unit.DAYS and measure.kind is Kind.FLOW)


@lru_cache(maxsize=4)
def reference(scorecard_id: str = SCORECARD, count: int = OFFICES) -> Reference:
    """The set for a scorecard, the same one every time."""
    scorecard = load_scorecard(scorecard_id)
    year = scorecard.year
    periods = tuple(Period.parse(f"{year}-{month:02d}") for month in (1, 2, 3))
    today = date(year, 4, 15)
    names = [f"{first}{last}" for last in LAST.split() for first in FIRST.split()][:count]
    has_areas = scorecard.top.level is Level.REGION
    offices: list[ReferenceOffice] = []
    shared: dict[str, tuple[Values, Values]] = {}
    for number, name in enumerate(names):
        area = f"TO {number // AREA_SIZE + 1}" if has_areas else ""
        if area and number % AREA_SIZE == 0:
            shared[area] = _made_up(scorecard, area, Level.AREA, periods)
        now, before = _made_up(scorecard, name, Level.OFFICE, periods)
        above = shared.get(area, ({}, {}))
        figures, earlier = now | above[0], before | above[1]
        file = f"{name.casefold()}_{year}.xlsx"
        region = scorecard.top.name if has_areas else ""
        content = _written(scorecard, Office(name, area, region), file, figures, earlier, periods[-1], today, year)
        offices.append(ReferenceOffice(name, area, region, file, figures, earlier, content))
    return Reference(scorecard, today, periods, tuple(offices))


def workbook_of(reference: Reference, office: ReferenceOffice, *, year: int) -> bytes:
    """A workbook of the same figures for another year, which is sound in itself."""
    apart = year - reference.scorecard.year
    figures, earlier = (
        {(measure, f"{int(code[:4]) + apart}{code[4:]}"): value for (measure, code), value in values.items()}
        for values in (office.figures, office.earlier)
    )
    ready = Period.parse(f"{year}-{reference.periods[-1].number:02d}")
    place = Office(office.name, office.area, office.region)
    return _written(reference.scorecard, place, office.file, figures, earlier, ready, reference.today, year)


def _written(
    scorecard: Scorecard,
    office: Office,
    file: str,
    figures: Values,
    earlier: Values,
    ready: Period,
    today: date,
    year: int,
) -> bytes:
    def held(values: Iterable[tuple[Key, Fraction]]) -> dict[tuple[str, Period], Figure]:
        return {
            (measure, period): Figure(measure, period, value)
            for (measure, code), value in values
            for period in (Period.parse(code),)
        }

    submission = Submission(
        file,
        office.name,
        year,
        held(figures.items()),
        held(earlier.items()),
        ready_for=ready,
        area=office.area,
        region=office.region,
    )
    return unchecked_workbook(scorecard, submission, today)


# Figures

_BASE = {Unit.COUNT: 120, Unit.PERCENT: 60, Unit.POINTS: 22, Unit.DAYS: 20, Unit.MONEY: 640_000}


def _made_up(scorecard: Scorecard, holder: str, level: Level, periods: tuple[Period, ...]) -> tuple[Values, Values]:
    """The figures of the three months and of the year before, of one who holds figures at a level.

    Every measure has a size of its own that wobbles by a few per cent from month to month, as real ones do. Numerators
    stay within their denominators, parts within their wholes, and totals equal their parts.
    """
    random_ = random.Random(f"{SEED} {scorecard.id} {holder}")
    year = scorecard.year
    earlier = tuple(Period.parse(f"{year - 1}-{month:02d}") for month in range(1, 13))
    measures = [
        line.measure
        for line in layout_of(scorecard, year).lines
        if line.measure is not None and line.measure.level is level and line.measure.frequency is Frequency.MONTH
    ]
    sizes = {measure.id: _BASE[measure.unit] * random_.uniform(0.6, 3.0) for measure in measures}
    found: tuple[Values, Values] = ({}, {})
    for values, when in zip(found, (periods, earlier), strict=True):
        for period in when:
            month: dict[str, Fraction] = {}
            for measure in measures:
                wobble = random_.uniform(0.93, 1.07) if measure.role is Role.FIGURE else 1.0
                month[measure.id] = _rounded(sizes[measure.id] * wobble, measure)
            _made_consistent(scorecard, month, random_)
            values.update({(measure, period.code): value for measure, value in month.items()})
    return found


def _rounded(value: float, measure: Measure) -> Fraction:
    return Fraction(round(value * 10**measure.decimals), 10**measure.decimals)


def _made_consistent(scorecard: Scorecard, month: dict[str, Fraction], random_: random.Random) -> None:
    """Totals equal to their parts, numerators and parts within their wholes, zones on the right side of their targets."""
    for relation in scorecard.relations:
        if isinstance(relation, TotalOf) and relation.total in month:
            month[relation.total] = sum((month[part] for part in relation.parts), Fraction(0))
    for indicator in scorecard.active:
        if isinstance(indicator.figure, Share):
            _keep_numerator_within(indicator.figure, scorecard, month, random_)
        if isinstance(indicator.target, OwnTarget):
            _put_zone_right(indicator.target, scorecard, month)
    for relation in scorecard.relations:
        if isinstance(relation, PartOf) and relation.whole in month and len(relation.part) == 1:
            month[relation.part[0]] = min(month[relation.part[0]], month[relation.whole])
    _keep_shares_possible(scorecard, month)


def _keep_shares_possible(scorecard: Scorecard, month: dict[str, Fraction]) -> None:
    """A part that became smaller may be the denominator of another share."""
    for indicator in scorecard.active:
        figure = indicator.figure
        if isinstance(figure, Share) and len(figure.numerator) == len(figure.denominator) == 1:
            upper, lower = figure.numerator[0], figure.denominator[0]
            if upper in month and lower in month:
                month[upper] = min(month[upper], month[lower])


def _keep_numerator_within(
    figure: Share, scorecard: Scorecard, month: dict[str, Fraction], random_: random.Random
) -> None:
    if len(figure.denominator) == 1 and figure.denominator[0] in month:
        whole = float(month[figure.denominator[0]])
        for part in figure.numerator:
            if part in month:
                share = random_.uniform(0.55, 0.75) / len(figure.numerator)
                month[part] = min(month[part], _rounded(whole * share, scorecard.measure[part]))


def _put_zone_right(target: OwnTarget, scorecard: Scorecard, month: dict[str, Fraction]) -> None:
    if target.yellow in month and target.target in month:
        factor = 0.85 if target.better == "higher" else 1.15
        month[target.yellow] = _rounded(float(month[target.target]) * factor, scorecard.measure[target.yellow])
