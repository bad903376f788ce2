"""Where the rows and columns of a sheet's template stand in a file, by the texts that both have."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from xlmalekort.xlsx.sheet import Cells

Place = tuple[int, int]
"""Row and column, counted from 0."""


@dataclass(frozen=True)
class Standing:
    """Rows and columns of the file by those of the template. `absent` are columns whose headings the file has nowhere."""

    rows: Mapping[int, int]
    columns: Mapping[int, int]
    absent: frozenset[int]

    def place(self, row: int, column: int) -> Place:
        """Where a cell of the template stands: what nothing tells of has moved as far as what comes before it."""
        return _shifted(self.rows, row), _shifted(self.columns, column)

    @property
    def is_unmoved(self) -> bool:
        """Whether everything stands where the template has it."""
        return all(here == there for moved in (self.rows, self.columns) for here, there in moved.items())


def _shifted(moved: Mapping[int, int], place: int) -> int:
    if place in moved:
        return moved[place]
    before = max((each for each in moved if each < place), default=None)
    return place if before is None else place + moved[before] - before


def standing(template: Cells, found: Cells) -> Standing:
    """Compare the texts of a sheet with those of its template: those in their places, and those that both have once."""
    ours, theirs = _texts(template), _texts(found)
    once_ours, once_theirs = _once(ours), _once(theirs)
    rows: defaultdict[int, Counter[int]] = defaultdict(Counter)
    columns: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for (row, column), text in ours.items():
        there = (row, column) if theirs.get((row, column)) == text else None
        if there is None and text in once_ours:
            there = once_theirs.get(text)
        if there is not None:
            rows[row][there[0]] += 1
            columns[column][there[1]] += 1
    known = set(theirs.values())
    headed = {column for _, column in ours}
    present = {column for (_, column), text in ours.items() if text in known}
    return Standing(_most(rows), _most(columns), frozenset(headed - present))


def _texts(cells: Cells) -> dict[Place, str]:
    return {
        place: cell.text
        for place, cell in cells.items()
        if cell.kind == "text" and cell.formula is None and cell.text.strip()
    }


def _once(texts: Mapping[Place, str]) -> dict[str, Place]:
    counts = Counter(texts.values())
    return {text: place for place, text in texts.items() if counts[text] == 1}


def _most(votes: Mapping[int, Counter[int]]) -> dict[int, int]:
    return {here: counts.most_common(1)[0][0] for here, counts in votes.items()}


def is_whole(formula: str | None) -> bool:
    """Whether it is a formula that nothing was taken away from: a deleted cell leaves `#REF!` behind."""
    return formula is not None and "#REF!" not in formula


def lost_formulas(expected: Iterable[Place], template: Cells, found: Cells) -> tuple[Place, ...]:
    """The places of the file that should hold a formula of the template and do not, in the order of rows.

    What was inserted, sorted or moved is no loss: the formula stands in another place of its column. Neither are columns that
    the file never had, because it was made before they were invented.
    """
    whole = {place for place, cell in found.items() if is_whole(cell.formula)}
    expected = frozenset(expected)
    if expected <= whole:
        return ()
    stands = standing(template, found)
    there = {stands.place(*place): place for place in expected}
    without = {column for _, column in expected} - {column for place, (_, column) in there.items() if place in whole}
    never = without & stands.absent
    lost = {place for place, (_, column) in there.items() if place not in whole and column not in never}
    for column in {column for _, column in lost}:
        lost -= _moved(column, lost, whole - there.keys(), there, template, found)
    return tuple(sorted(lost))


def _moved(
    column: int,
    lost: set[Place],
    others: set[Place],
    there: Mapping[Place, Place],
    template: Cells,
    found: Cells,
) -> set[Place]:
    """As many of the lost places of a column as there are formulas of its kind elsewhere in it, empty ones first."""
    kinds = {_kind(found[place].formula) for place in there if place[1] == column and place in found}
    kinds |= {_kind(template[place].formula) for at, place in there.items() if at[1] == column and place in template}
    spare = sum(place[1] == column and _kind(found[place].formula) in kinds for place in others)
    candidates = sorted((place in found, place) for place in lost if place[1] == column)
    return {place for _, place in candidates[:spare]}


_ROWS = re.compile(r"(?<=[A-Za-z$])[0-9]+")


def _kind(formula: str | None) -> str | None:
    """The formula without the rows that it looks at, and without how a program writes it."""
    return None if formula is None else _ROWS.sub("#", formula).replace(" ", "").replace("'", "")
