"""The register of offices: who there is, where each belongs and since when."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from xlmalekort.model.measures import Level
from xlmalekort.model.places import office_key

if TYPE_CHECKING:
    from xlmalekort.model.local_goals import LocalGoal
    from xlmalekort.model.periods import Period
    from xlmalekort.model.scorecard import Top


@dataclass(frozen=True, slots=True)
class Office:
    """One line of the register. A level that is not given is an empty text.

    `starts` and `ends` are the first and the last day on which the line holds, None where it is open; `successor` is
    the office that took over. `exempt` holds ids of indicators that the office is not asked for. `local_goals` are those
    that a new workbook of the office begins with; once it is made, its own sheet says what they are.
    """

    name: str
    area: str = ""
    region: str = ""
    country: str = ""
    starts: date | None = None
    ends: date | None = None
    successor: str = ""
    email: str = ""
    peer_group: str = ""
    exempt: frozenset[str] = frozenset()
    local_goals: tuple[LocalGoal, ...] = ()

    def unit(self, level: Level) -> str:
        """The name of the unit at a level that the office belongs to, empty where there is none."""
        match level:
            case Level.OFFICE:
                return self.name
            case Level.AREA:
                return self.area
            case Level.REGION:
                return self.region
            case Level.COUNTRY:
                return self.country

    def placed(self, top: Top) -> Office:
        """The office with the top unit of a scorecard in its place, where that place is blank."""
        if top.level is Level.REGION:
            return self if self.region else replace(self, region=top.name)
        return self if self.country else replace(self, country=top.name)

    def is_open_in(self, period: Period) -> bool:
        """Whether the line holds on the period's last day."""
        return (self.starts is None or self.starts <= period.end) and (self.ends is None or period.end <= self.ends)


@dataclass(frozen=True)
class Register:
    """The offices in the order of the register. An office that moved has a line for each place, told apart by dates.

    `is_given` is False where no register was handed in and the offices are just those that sent a workbook; then nobody
    knows how many are expected.
    """

    offices: tuple[Office, ...]
    is_given: bool = True
    _by_name: dict[str, tuple[Office, ...]] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Index by name."""
        for office in self.offices:
            self._by_name[office_key(office.name)] = (*self._by_name.get(office_key(office.name), ()), office)

    def lines_of(self, name: str) -> tuple[Office, ...]:
        """The lines of an office, by name without regard to case and spacing; empty where it is unknown."""
        return self._by_name.get(office_key(name), ())

    def find(self, name: str, period: Period) -> Office | None:
        """The office's line that holds in a period; None where it is unknown or closed then."""
        return next((office for office in self.lines_of(name) if office.is_open_in(period)), None)

    def find_during(self, name: str, period: Period) -> Office | None:
        """The office's line that holds at the end of a period, else the last one that holds at any time in it."""
        found = [
            office
            for office in self.lines_of(name)
            if (office.starts is None or office.starts <= period.end)
            and (office.ends is None or period.start <= office.ends)
        ]
        return max(found, key=lambda office: office.ends or date.max, default=None)

    def open_in(self, period: Period) -> tuple[Office, ...]:
        """The offices that are open in a period."""
        return tuple(office for office in self.offices if office.is_open_in(period))

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Every office's name once, in the order of the register."""
        return tuple({office_key(office.name): office.name for office in self.offices}.values())
