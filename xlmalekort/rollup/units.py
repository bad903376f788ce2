"""Who holds figures in a period, and the areas, regions and countries above them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from xlmalekort.model.measures import Level
from xlmalekort.model.places import Place, office_key
from xlmalekort.rollup.facts import holder_key
from xlmalekort.rollup.results import Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xlmalekort.model.periods import Period
    from xlmalekort.model.register import Office, Register

_LEVELS = tuple(Level)


@dataclass(frozen=True, slots=True)
class Group:
    """A unit above the holders; `members` are their places among the holders."""

    unit: Unit
    members: tuple[int, ...]


@dataclass(frozen=True)
class Holders:
    """The units that hold the figures of a level, in the order of the register, and the groups above, from the lowest.

    `units` has None for one that is not shown: an office without an area where figures are held by area, or an area of
    the same name as its region. `offices` has the offices of each.
    """

    level: Level
    keys: tuple[str, ...]
    units: tuple[Unit | None, ...]
    offices: tuple[tuple[Office, ...], ...]
    groups: tuple[Group, ...]
    _exempt: dict[str, frozenset[int]] = field(default_factory=dict, compare=False, repr=False)
    _keys: dict[Level, tuple[str, ...]] = field(default_factory=dict, compare=False, repr=False)

    def keys_at(self, level: Level) -> tuple[str, ...]:
        """The key under which each holder finds what is held at a level: its own, or that of the unit above it."""
        if level not in self._keys:
            self._keys[level] = tuple(holder_key(offices[0], level) for offices in self.offices)
        return self._keys[level]

    def exempt_from(self, indicator: str) -> frozenset[int]:
        """The places of the holders all of whose offices are exempt from an indicator."""
        if indicator not in self._exempt:
            self._exempt[indicator] = frozenset(
                place
                for place, offices in enumerate(self.offices)
                if all(indicator in office.exempt for office in offices)
            )
        return self._exempt[indicator]

    @cached_property
    def places(self) -> dict[str, tuple[str, str, str]]:
        """Name, area and region of each holder by its key; empty where it has none, as a region has no area."""
        return {key: place_of(self.level, offices[0]) for key, offices in zip(self.keys, self.offices, strict=True)}

    @cached_property
    def belongs(self) -> tuple[Place, ...]:
        """Where each holder belongs, for the targets of units. What is held above the offices belongs to no office."""
        return tuple(
            Place(*(offices[0].unit(level) if _LEVELS.index(level) >= own else "" for level in _LEVELS))
            for offices in self.offices
            for own in (_LEVELS.index(self.level),)
        )

    @cached_property
    def peers(self) -> tuple[tuple[int, ...], ...]:
        """For each holder the places of those that it is compared with, itself among them.

        These are the offices of its peer group; without one, and above the offices, all of its region, or of its country.
        """
        groups: dict[tuple[str, str], list[int]] = {}
        for place, (office, *_) in enumerate(self.offices):
            for group in dict.fromkeys((self._peer_group(office), self._surroundings(office))):
                groups.setdefault(group, []).append(place)
        found = {group: tuple(places) for group, places in groups.items()}
        return tuple(found[self._peer_group(office)] for office, *_ in self.offices)

    def _peer_group(self, office: Office) -> tuple[str, str]:
        if self.level is Level.OFFICE and office.peer_group:
            return "peers", office_key(office.peer_group)
        return self._surroundings(office)

    def _surroundings(self, office: Office) -> tuple[str, str]:
        if self.level in (Level.OFFICE, Level.AREA) and office.region:
            return "region", office_key(office.region)
        return "country", office_key(office.country)


def place_of(level: Level, office: Office) -> tuple[str, str, str]:
    """Name, area and region of the unit that holds an office's figures of a level."""
    area = office.area if level in (Level.OFFICE, Level.AREA) else ""
    region = "" if level is Level.COUNTRY else office.region
    return office.unit(level) or office.name, area, region


@dataclass(frozen=True)
class Structure:
    """The holders of each level and period; the same ones for periods in which the same offices are open."""

    register: Register
    _made: dict[tuple[Level, tuple[int, ...]], Holders] = field(default_factory=dict, compare=False, repr=False)
    _open: dict[Period, tuple[int, ...]] = field(default_factory=dict, compare=False, repr=False)

    def holders(self, level: Level, period: Period) -> Holders:
        """Who holds the figures of a level in a period."""
        if period not in self._open:
            self._open[period] = self._open_in(period)
        places = self._open[period]
        if (level, places) not in self._made:
            self._made[level, places] = _holders(level, [self.register.offices[place] for place in places])
        return self._made[level, places]

    def _open_in(self, period: Period) -> tuple[int, ...]:
        """The places of the lines that hold, one for each office."""
        found: dict[str, int] = {}
        for place, office in enumerate(self.register.offices):
            if office.is_open_in(period):
                found.setdefault(office_key(office.name), place)
        return tuple(found.values())


def _holders(level: Level, offices: Sequence[Office]) -> Holders:
    by_key: dict[str, list[Office]] = {}
    for office in offices:
        by_key.setdefault(holder_key(office, level), []).append(office)
    shown = {
        each: {name for name in {office.unit(each) for office in offices} if _is_shown(each, name, offices)}
        for each in _LEVELS
    }
    members = [tuple(each) for each in by_key.values()]
    units = tuple(_unit(level, each[0], shown[level]) for each in members)
    groups = [
        Group(Unit(above, name), tuple(place for place, each in enumerate(members) if each[0].unit(above) == name))
        for above in _LEVELS[_LEVELS.index(level) + 1 :]
        for name in dict.fromkeys(each[0].unit(above) for each in members)
        if name in shown[above]
    ]
    return Holders(level, tuple(by_key), units, tuple(members), tuple(groups))


def _unit(level: Level, office: Office, shown: set[str]) -> Unit | None:
    name = office.unit(level)
    return Unit(level, name) if name in shown else None


def _is_shown(level: Level, name: str, offices: Iterable[Office]) -> bool:
    """Whether a unit stands in the results: it has a name, and not everywhere that of the unit above it."""
    if level is Level.OFFICE or not name:
        return bool(name)
    return any(_name_above(office, level) != office_key(name) for office in offices if office.unit(level) == name)


def _name_above(office: Office, level: Level) -> str:
    above = (office.unit(each) for each in _LEVELS[_LEVELS.index(level) + 1 :])
    return office_key(next((name for name in above if name), ""))
