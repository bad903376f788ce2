"""Random pairs and triples of faults: in several offices' files, or in several cells of one."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tests.faults.cases import Altered, Outcome, Spot, Variant
from tests.faults.suite import BENIGN, VARIANTS, judge_of

if TYPE_CHECKING:
    from tests.faults.outcomes import Verdict

COUNT = 200
SEED = 8_112
MEASURES = ("B.13.value", "B.3.value", "P.L.weight", "B.11.denominator", "B.7.denominator", "B.12.denominator")
"""Counts that a fault may be put into."""
MONTHS = ("2009-01", "2009-02", "2009-03")
_APART = frozenset({9, 12, 13})
"""Offices whose files some of the faults need themselves."""


@dataclass(frozen=True)
class Combination:
    """Faults with the office and the figure that each goes to."""

    number: int
    members: tuple[tuple[Variant, int, tuple[str, str]], ...]

    @property
    def id(self) -> str:
        """Its number and its faults."""
        return f"{self.number:03d}-" + "+".join(variant.id for variant, _, _ in self.members)


def _fits(variant: Variant) -> bool:
    """Whether a fault can stand beside others: it has a file to itself and costs no seconds."""
    is_usual = variant.scorecard is None and not variant.is_risky
    return (
        is_usual
        and variant.fault not in ("X05", "X06", "X07", "X08", "F07", "Y04")
        # What comes of these hangs on the office's own figures or on those of another.
        and variant.id not in ("M05-other_office", "Y16-names_sorted_alone", "Y21-area_figure_in_one_workbook")
    )


def combinations() -> tuple[Combination, ...]:
    """The same ones every time: every other one in a single file."""
    random_ = random.Random(SEED)
    anywhere = [variant for variant in (*VARIANTS, *BENIGN) if _fits(variant)]
    in_cells = [variant for variant in anywhere if variant.any_cell]
    offices = [number for number in range(40) if number not in _APART]
    places = [(measure, code) for measure in MEASURES for code in MONTHS]
    found = []
    for number in range(COUNT):
        size = random_.choice((2, 3))
        if number % 2:
            office = random_.choice(offices)
            members = zip(random_.sample(in_cells, size), [office] * size, random_.sample(places, size), strict=True)
        else:
            spots = [("B.13.value", "2009-02")] * size
            members = zip(random_.sample(anywhere, size), random_.sample(offices, size), spots, strict=True)
        found.append(Combination(number, tuple(members)))
    return tuple(found)


def verdict_of(combination: Combination) -> Verdict:
    """What comes of faults at the same time. Every one has to be told as if it were alone."""
    judge = judge_of()
    held = judge.reference
    contents = {number: held.offices[number] for _, number, _ in combination.members}
    parts: list[tuple[Outcome, Altered]] = []
    for variant, number, key in combination.members:
        spot = Spot(held, contents[number], *(variant.spot or key))
        altered = variant.alter(spot)
        parts.append((variant.outcome, altered))
        changed = altered.files.get(contents[number].file)
        if changed is not None:
            contents[number] = replace(contents[number], content=changed)
    return judge.judge_several(combination.id, "combined", _told_once(parts), _together(parts))


def _together(parts: list[tuple[Outcome, Altered]]) -> Altered:
    """The set after all of them; later ones were made of what earlier ones left."""
    files: dict[str, bytes | None] = {}
    lost: dict[str, frozenset[tuple[str, str]] | None] = {}
    typed: dict[str, dict[tuple[str, str], object]] = {}
    for _, each in parts:
        files |= each.files
        for file, keys in each.lost.items():
            before = lost.get(file, frozenset())
            lost[file] = None if keys is None or before is None else before | keys
        for file, values in each.typed.items():
            typed.setdefault(file, {}).update(values)
    tells = tuple(tell for _, each in parts for tell in each.tells)
    in_folder = any(each.in_folder for _, each in parts)
    return Altered(files, tells, lost, typed, in_folder=in_folder)  # type: ignore[arg-type]


def _told_once(parts: list[tuple[Outcome, Altered]]) -> list[tuple[Outcome, Altered]]:
    """The parts as they are judged: a sound change beside a fault in the same file must not be held for the fault."""
    faulty = {file for outcome, each in parts for file in each.files if outcome in (Outcome.CELL, Outcome.FILE)}
    return [
        (
            Outcome.CELL
            if outcome in (Outcome.ACCEPT, Outcome.WARN) and faulty & each.files.keys() and each.tells
            else outcome,
            each,
        )
        for outcome, each in parts
        if each.tells or not faulty & each.files.keys()
    ]
