"""Local goals as a register of offices names them, for the workbooks that are made from it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from xlmalekort.intake.local_sheet import LOCAL_RULES, is_wrong_side
from xlmalekort.intake.tables import Convention, NumberFault
from xlmalekort.layout.local import BETTER_WORDS
from xlmalekort.layout.look import UNIT_WORDS
from xlmalekort.locale import LANGUAGES, N_, texts_of
from xlmalekort.model.local_goals import LocalGoal, given_number
from xlmalekort.model.measures import Unit

if TYPE_CHECKING:
    from collections.abc import Collection
    from fractions import Fraction

    from xlmalekort.model.local_goals import Better

TOO_FEW = N_("it needs title, unit and higher or lower, with | between them")
TOO_MANY = N_("it has more than title, unit, higher or lower, target and yellow zone")
NO_TITLE = N_("it has no title")
NO_UNIT = N_("its unit is none of number, %, points, days and money")
NO_BETTER = N_("it does not say higher or lower")
NO_NUMBER = N_("its target or yellow zone is no number")
TWO_READINGS = N_("its target or yellow zone can be read in two ways")
NO_FIT = N_("its target or yellow zone does not fit its unit")
WRONG_SIDE = N_("its yellow zone lies on the wrong side of its target")
ZONE_ALONE = N_("it has a yellow zone and no target")

_FEWEST, _MOST = 3, 5


@dataclass(frozen=True, slots=True)
class Unread:
    """A goal that cannot be used, as it was written, and why, as a text of the catalogue."""

    written: str
    reason: str


def read_goals(
    text: str, convention: Convention, indicators: Collection[str]
) -> tuple[tuple[LocalGoal, ...], tuple[Unread, ...]]:
    """The goals of one office, `title|unit|better|target|yellow` parted by semicolons, and those that cannot be used.

    Target and yellow zone may be left out, and are in the unit shown. Unit and direction may be written in any language of
    the program, or as the definitions of scorecards write them. Goals are numbered by their place; `indicators` are the
    ids that no goal may have.

    >>> goals, _ = read_goals("Brev innen fem dager|percent|higher|90|80", Convention(None), ())
    >>> goals[0].number, goals[0].title, goals[0].target
    ('L.1', 'Brev innen fem dager', Fraction(90, 1))
    """
    goals: list[LocalGoal] = []
    unread: list[Unread] = []
    for written in (part.strip() for part in text.split(";")):
        if not written:
            continue
        found = _goal(written, len(goals) + 1, convention, indicators)
        if isinstance(found, LocalGoal):
            goals.append(found)
        else:
            unread.append(Unread(written, found))
    return tuple(goals), tuple(unread)


def _goal(written: str, position: int, convention: Convention, indicators: Collection[str]) -> LocalGoal | str:
    parts = [" ".join(part.split()) for part in written.split("|")]
    if not _FEWEST <= len(parts) <= _MOST:
        return TOO_FEW if len(parts) < _FEWEST else TOO_MANY
    title, unit, better = parts[0], _units().get(parts[1].casefold()), _betters().get(parts[2].casefold())
    if not title or unit is None or better is None:
        return NO_TITLE if not title else NO_UNIT if unit is None else NO_BETTER
    edges: list[Fraction | None] = []
    for part in (*parts[_FEWEST:], "", "")[: _MOST - _FEWEST]:
        edge = _number(part, unit, convention) if part else None
        if isinstance(edge, str):
            return edge
        edges.append(edge)
    target, yellow = edges
    if yellow is not None:
        if target is None:
            return ZONE_ALONE
        if is_wrong_side(better, target, yellow):
            return WRONG_SIDE
    return LocalGoal(position, given_number(position, indicators), title, unit, better, target, yellow)


def _number(text: str, unit: Unit, convention: Convention) -> Fraction | str:
    """The number in the unit shown, or why there is none."""
    read = convention.read(text)
    if read is NumberFault.TWO_READINGS:
        return TWO_READINGS
    if isinstance(read, NumberFault) or (read.is_percent and unit is not Unit.PERCENT):
        return NO_NUMBER
    rule = LOCAL_RULES[unit]
    stored = read.value / 100 if unit is Unit.PERCENT else read.value
    is_too_small = stored < 0 and not rule.may_be_negative
    if is_too_small or stored > rule.maximum or (stored * 10**rule.decimals).denominator != 1:
        return NO_FIT
    return read.value


def numbers_of(text: str) -> list[str]:
    """The targets and zones as they are written, from which it shows how the file writes its numbers."""
    return [part.strip() for goal in text.split(";") for part in goal.split("|")[_FEWEST:]]


@cache
def _units() -> dict[str, Unit]:
    found = {texts_of(each)(word).casefold(): unit for each in LANGUAGES for unit, word in UNIT_WORDS.items()}
    return found | {unit.value: unit for unit in Unit}


@cache
def _betters() -> dict[str, Better]:
    found = {texts_of(each)(word).casefold(): better for each in LANGUAGES for better, word in BETTER_WORDS.items()}
    return found | dict(zip(BETTER_WORDS, BETTER_WORDS, strict=True))
