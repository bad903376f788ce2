"""The setup sheet: whose workbook it is, and the definition that travels with it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from xlmalekort.intake.keys import key_of
from xlmalekort.layout.office import SETUP_DEFINITION_ROW, SETUP_FORMAT, SETUP_KEYS, TEMPLATE_VERSION, WITH_MACROS
from xlmalekort.locale import N_
from xlmalekort.locale.told import Phrase
from xlmalekort.model.places import Place
from xlmalekort.problems import Problem
from xlmalekort.scorecards import DefinitionError, built_in, load_scorecard, parse_json

if TYPE_CHECKING:
    from xlmalekort.model.scorecard import Scorecard
    from xlmalekort.xlsx import RawSheet

_OTHER_TEMPLATE = N_("it was made by another version of the program")
_CHANGED = N_("it has been changed since the workbook was made")
_INVALID = N_("it is incomplete or no longer valid")
_FIRST_YEAR, _LAST_YEAR = 1950, 2950


@dataclass(frozen=True, slots=True)
class Setup:
    """Whose workbook it is: scorecard, office, year, and where the office belonged when the workbook was made."""

    scorecard: Scorecard
    office: str
    year: int
    area: str
    region: str
    country: str
    exempt: frozenset[str]
    has_macros: bool = False
    """Whether it was made with macros."""

    @property
    def place(self) -> Place:
        """Where the office belonged when the workbook was made."""
        return Place(self.office, self.area, self.region, self.country)


def read_setup(sheet: RawSheet, file: str) -> Setup | Problem:
    """What the setup sheet says; STR-013, STR-014 or IDN-001 where that is not enough."""
    values = _values(sheet)
    if values.get("format") != SETUP_FORMAT or not _is_year(values.get("year", "")):
        return Problem("STR-013", file=file, sheet=sheet.title)
    if values.get("template") != TEMPLATE_VERSION:
        return Problem("STR-014", file=file, sheet=sheet.title, slots={"reason": Phrase(_OTHER_TEMPLATE)})
    scorecard = _scorecard(values.get("scorecard", ""), values.get("hash", ""), sheet)
    if isinstance(scorecard, str):
        return Problem("STR-014", file=file, sheet=sheet.title, slots={"reason": Phrase(scorecard)})
    if not values.get("office"):
        return Problem("IDN-001", file=file, sheet=sheet.title)
    return Setup(
        scorecard,
        values["office"],
        int(values["year"]),
        values.get("area", ""),
        values.get("region", ""),
        values.get("country", ""),
        frozenset(part for part in values.get("exempt", "").split(";") if part),
        values.get("macros") == WITH_MACROS,
    )


def _is_year(text: str) -> bool:
    return len(text) == len("2009") and text.isdecimal() and _FIRST_YEAR <= int(text) <= _LAST_YEAR


def _values(sheet: RawSheet) -> dict[str, str]:
    """The values by key, wherever the key stands above the definition."""
    values: dict[str, str] = {}
    for row in range(SETUP_DEFINITION_ROW):
        key = key_of(sheet.text(row, 0))
        if key in SETUP_KEYS:
            values.setdefault(key, sheet.text(row, 1).strip())
    return values


def _scorecard(scorecard_id: str, content_hash: str, sheet: RawSheet) -> Scorecard | str:
    """The definition that the hash speaks of, or why it cannot be used."""
    known = _built_in(scorecard_id, content_hash)
    if known is not None:
        return known
    pieces = []
    row = SETUP_DEFINITION_ROW
    while piece := sheet.text(row, 1):
        pieces.append(piece)
        row += 1
    scorecard = _parsed("".join(pieces))
    if scorecard is None:
        return _INVALID
    return scorecard if scorecard.content_hash == content_hash else _CHANGED


@lru_cache(maxsize=64)
def _built_in(scorecard_id: str, content_hash: str) -> Scorecard | None:
    if scorecard_id not in built_in():
        return None
    scorecard = load_scorecard(scorecard_id)
    return scorecard if scorecard.content_hash == content_hash else None


@lru_cache(maxsize=16)
def _parsed(text: str) -> Scorecard | None:
    try:
        return parse_json(text)
    except DefinitionError:
        return None
