"""Whether a workbook belongs to this run: its scorecard, year and office (IDN-002 to -005 and -007 to -010)."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from xlmalekort.intake.file_names import other_in_name
from xlmalekort.locale import N_
from xlmalekort.locale.told import Phrase
from xlmalekort.model.periods import Frequency, periods_of_year
from xlmalekort.model.places import office_key
from xlmalekort.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlmalekort.intake.setup_sheet import Setup
    from xlmalekort.model.places import Place
    from xlmalekort.model.register import Office, Register
    from xlmalekort.model.scorecard import Scorecard

_HINT = N_("; did you mean {name}?")


@dataclass(frozen=True, slots=True)
class Expected:
    """What a run is about; None where it does not matter."""

    scorecard: Scorecard | None = None
    year: int | None = None
    register: Register | None = None


def check_identity(setup: Setup, expected: Expected, file: str, sheet: str) -> Iterator[Problem]:
    """What speaks against the workbook. All but IDN-005 and IDN-008 are errors and keep it out."""
    scorecard = expected.scorecard
    if scorecard is not None and scorecard.id != setup.scorecard.id:
        slots = {"scorecard": scorecard.id}
        yield Problem("IDN-004", file=file, sheet=sheet, got=setup.scorecard.id, slots=slots)
    elif scorecard is not None and scorecard.content_hash != setup.scorecard.content_hash:
        yield told_edition(setup.scorecard, scorecard, file, sheet)
    if expected.year is not None and expected.year != setup.year:
        yield Problem("IDN-002", file=file, sheet=sheet, got=str(setup.year), slots={"year": str(expected.year)})
    if expected.register is not None and expected.register.is_given:
        yield from _check_office(setup, expected.register, file, sheet)


def told_edition(own: Scorecard, other: Scorecard, file: str, sheet: str) -> Problem:
    """IDN-005 where the versions differ, IDN-008 where only the contents do."""
    if own.version != other.version:
        return Problem("IDN-005", file=file, sheet=sheet, got=own.version, slots={"version": other.version})
    slots = {"version": other.version, "hash": other.content_hash}
    return Problem("IDN-008", file=file, sheet=sheet, got=own.content_hash, slots=slots)


def _agrees(place: Place, line: Office) -> bool:
    """Whether workbook and register name the same area and region, as far as both name any."""
    pairs = ((place.area, line.area), (place.region, line.region))
    return all(not own or not other or office_key(own) == office_key(other) for own, other in pairs)


def _words(place: Place | Office) -> str:
    return ", ".join(name for name in (place.area, place.region) if name)


def _check_office(setup: Setup, register: Register, file: str, sheet: str) -> Iterator[Problem]:
    lines = register.lines_of(setup.office)
    if not lines:
        keys = {office_key(name): name for name in register.names}
        near = get_close_matches(office_key(setup.office), keys, n=1)
        hint = Phrase(_HINT, name=keys[near[0]]) if near else ""
        yield Problem("IDN-003", file=file, sheet=sheet, got=setup.office, slots={"hint": hint})
        return
    if (other := other_in_name(file, setup.place, register)) is not None:
        yield Problem("IDN-009", file=file, sheet=sheet, got=setup.office, slots={"other": other})
    if not any(_agrees(setup.place, line) for line in lines):
        slots = {"office": setup.office, "place": _words(lines[-1])}
        yield Problem("IDN-010", file=file, sheet=sheet, got=_words(setup.place), slots=slots)
    months = periods_of_year(setup.year, Frequency.MONTH)
    if not any(register.find(setup.office, month) for month in months):
        yield Problem("IDN-007", file=file, sheet=sheet, got=setup.office, slots={"year": str(setup.year)})
