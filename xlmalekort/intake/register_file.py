"""Registers of offices (CSV): an office a line, where it belongs and since when."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from xlmalekort.intake.local_register import Unread, numbers_of, read_goals
from xlmalekort.intake.tables import read_table, recognise_convention
from xlmalekort.locale import N_
from xlmalekort.locale.told import Phrase
from xlmalekort.model.places import office_key
from xlmalekort.model.register import Office, Register
from xlmalekort.problems import Problem

if TYPE_CHECKING:
    from xlmalekort.intake.tables import Convention, Row, Table
    from xlmalekort.model.local_goals import LocalGoal
    from xlmalekort.model.scorecard import Scorecard

_REQUIRED = ("office", "area", "region")
_KNOWN = (*_REQUIRED, "country", "from", "to", "successor", "email", "peer_group", "exempt", "local_goals")
NO_OFFICE = N_("it holds no office that can be used")
_UNKNOWN = N_("the register has no such office")
_ITSELF = N_("it is the office itself")
_OPEN_ENDED = N_("the line has no day in to, so the office stays open")
_IN_FIGURES = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_LONGEST_SHOWN = 60
_ID_SEPARATORS = re.compile(r"[\s,;|]+")


def read_register(
    content: bytes, file: str, scorecard: Scorecard | None
) -> tuple[Register | None, tuple[Problem, ...]]:
    r"""The register that a file holds, and what is wrong with it (OFF-001 to OFF-012, CSV-013).

    None where the file gives no office at all. Lines with an error are left out, so whoever needs to know how many
    offices there are stops at an error. With a `scorecard`, a region or country that is blank is filled in from its top
    unit, and ids of `exempt` are checked.

    >>> register, problems = read_register(b"office,area,region\nLiksom,Fantasund,Buskerud\n", "o.csv", None)
    >>> register.names, problems
    (('Liksom',), ())
    """
    table = read_table(content, file, _KNOWN, unreadable="OFF-001")
    if isinstance(table, Problem):
        return None, (table,)
    if missing := [name for name in _REQUIRED if name not in table.columns]:
        got, slots = ", ".join(table.columns), {"missing": ", ".join(missing)}
        return None, (Problem("OFF-002", file=file, line=table.heading_line, got=got, slots=slots),)
    return _Reading(table, scorecard).result()


def file_stem(office: str) -> str:
    """The name of an office as file names carry it: letters, digits and underscores, in small letters.

    >>> file_stem("NAV Øvre Prøveli / Tallvik")
    'nav_øvre_prøveli_tallvik'
    """
    return re.sub(r"[\W_]+", "_", unicodedata.normalize("NFKC", office).casefold()).strip("_")


_Regions = dict[str, list[tuple[int, Office]]]
"""The offices of an area, with their lines, by the key of their region."""


class _Wrong(Exception):  # noqa: N818 - ends the reading of one line, never leaves this module
    """The line cannot be used."""

    def __init__(self, code: str, got: str | None = None, **slots: str) -> None:
        super().__init__(code)
        self.code, self.got, self.slots = code, got, slots


@dataclass(frozen=True)
class _Reading:
    """The reading of one table."""

    table: Table
    scorecard: Scorecard | None

    def result(self) -> tuple[Register | None, tuple[Problem, ...]]:
        problems = [*self.table.problems, *self.unknown_columns()]
        offices: list[Office] = []
        lines: list[int] = []
        by_stem: dict[str, list[Office]] = {}
        by_area: dict[str, _Regions] = {}
        for row in self.table.rows:
            try:
                office = self.office(row)
                before = by_stem.setdefault(file_stem(office.name), [])
                _refuse_doubles(office, before)
                regions = by_area.setdefault(office_key(office.area), {})
                _refuse_two_regions(office, regions)
            except _Wrong as wrong:
                problems.append(
                    Problem(wrong.code, file=self.table.file, line=row.line, got=wrong.got, slots=wrong.slots)
                )
            else:
                offices.append(office)
                lines.append(row.line)
                before.append(office)
                regions.setdefault(office_key(office.region), []).append((row.line, office))
                problems += [*self.unknown_ids(row), *self.unread_goals(row)]
        problems += self.useless_successors(offices, lines)
        problems.sort(key=lambda problem: problem.line or 0)
        if not offices:
            problems.append(Problem("OFF-001", file=self.table.file, slots={"reason": Phrase(NO_OFFICE)}))
            return None, tuple(problems)
        return Register(tuple(offices)), tuple(problems)

    def unknown_columns(self) -> list[Problem]:
        unknown = [name for name in self.table.columns if name and name not in _KNOWN]
        return [Problem("OFF-008", file=self.table.file, line=self.table.heading_line, got=name) for name in unknown]

    def unknown_ids(self, row: Row) -> list[Problem]:
        if self.scorecard is None:
            return []
        unknown = [each for each in self.exempt_ids(row) if each.casefold() not in self.indicators]
        return [Problem("OFF-006", file=self.table.file, line=row.line, got=each) for each in unknown]

    def unread_goals(self, row: Row) -> list[Problem]:
        return [
            Problem(
                "OFF-012",
                file=self.table.file,
                line=row.line,
                got=each.written[:_LONGEST_SHOWN],
                slots={"reason": Phrase(each.reason)},
            )
            for each in self.goals(row)[1]
        ]

    def goals(self, row: Row) -> tuple[tuple[LocalGoal, ...], tuple[Unread, ...]]:
        return read_goals(self.cell(row, "local_goals"), self.convention, self.indicators)

    @cached_property
    def convention(self) -> Convention:
        """How the file writes the numbers of local goals."""
        values = (each for row in self.table.rows for each in numbers_of(self.cell(row, "local_goals")))
        return recognise_convention(values, self.table.delimiter)

    def useless_successors(self, offices: list[Office], lines: list[int]) -> list[Problem]:
        """OFF-011 for each successor that cannot take over."""
        known = {office_key(_tidied(self.cell(row, "office"))) for row in self.table.rows}
        return [
            Problem("OFF-011", file=self.table.file, line=line, got=office.successor, slots={"reason": Phrase(reason)})
            for office, line in zip(offices, lines, strict=True)
            if office.successor and (reason := _useless(office, known))
        ]

    @cached_property
    def indicators(self) -> dict[str, str]:
        return {each.id.casefold(): each.id for each in self.scorecard.indicators} if self.scorecard else {}

    def cell(self, row: Row, name: str) -> str:
        place = self.table.column(name)
        return row.values[place] if place is not None else ""

    def exempt_ids(self, row: Row) -> list[str]:
        return [each for each in _ID_SEPARATORS.split(self.cell(row, "exempt")) if each]

    def office(self, row: Row) -> Office:
        """The line's office; _Wrong where it cannot be used."""
        name = _tidied(self.cell(row, "office"))
        if not name:
            raise _Wrong("OFF-003")
        starts, ends = _day(self.cell(row, "from")), _day(self.cell(row, "to"))
        if starts and ends and starts > ends:
            raise _Wrong("OFF-009", f"{starts} – {ends}")
        office = Office(
            name,
            area=_tidied(self.cell(row, "area")),
            region=_tidied(self.cell(row, "region")),
            country=_tidied(self.cell(row, "country")),
            starts=starts,
            ends=ends,
            successor=_tidied(self.cell(row, "successor")),
            email=self.cell(row, "email"),
            peer_group=_tidied(self.cell(row, "peer_group")),
            exempt=frozenset(self.indicators.get(each.casefold(), each) for each in self.exempt_ids(row)),
            local_goals=self.goals(row)[0],
        )
        return office.placed(self.scorecard.top) if self.scorecard else office


def _tidied(name: str) -> str:
    return " ".join(name.split())


def _day(text: str) -> date | None:
    """The day that a text names, None for an empty one; _Wrong where it names none."""
    if not text:
        return None
    iso, figures = _ISO.fullmatch(text), _IN_FIGURES.fullmatch(text)
    try:
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        if figures:
            return date(int(figures[3]), int(figures[2]), int(figures[1]))
    except ValueError:
        pass
    raise _Wrong("OFF-005", text[:40])


def _refuse_doubles(office: Office, before: list[Office]) -> None:
    """Stop at an office that is there for the same time, or under another name that gives the same file name."""
    for other in before:
        if office_key(other.name) != office_key(office.name):
            raise _Wrong("OFF-007", file_stem(office.name))
        if _overlap(office, other):
            raise _Wrong("OFF-004", office.name)


def _overlap(one: Office, other: Office) -> bool:
    return (one.starts or date.min) <= (other.ends or date.max) and (other.starts or date.min) <= (one.ends or date.max)


def _refuse_two_regions(office: Office, before: _Regions) -> None:
    """Stop at an office whose area stands under another region at the same time: its figures would have no one place.

    A blank region is that of the scorecard, which may not be known yet.
    """
    if not office.area or not office.region:
        return
    for key, lines in before.items():
        if key in ("", office_key(office.region)):
            continue
        for line, other in lines:
            if _overlap(office, other):
                raise _Wrong("OFF-010", office.area, region=office.region, line=str(line), other=other.region)


def _useless(office: Office, known: set[str]) -> str | None:
    """Why the successor of an office cannot take over; None where it can."""
    if office_key(office.successor) == office_key(office.name):
        return _ITSELF
    if office_key(office.successor) not in known:
        return _UNKNOWN
    return _OPEN_ENDED if office.ends is None else None
