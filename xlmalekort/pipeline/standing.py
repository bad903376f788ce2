"""Where the rows and columns of a sheet's template stand in a file, by the texts that both have."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlmalekort.xlsx.sheet import Cells

Place = tuple[int, int]
"""Row and column, counted from 0."""


@dataclass(frozen=True)
class Standing:
    """Rows and columns of the file by those of the template.

    `headed` are the columns of the template that have texts, and whether the file has any of these anywhere.
    """

    rows: Mapping[int, int]
    columns: Mapping[int, int]
    headed: Mapping[int, bool]

    def place(self, row: int, column: int) -> Place:
        """Where a cell of the template stands: what nothing tells of has moved as far as what comes before it."""
        return _shifted(self.rows, row), _shifted(self.columns, column)

    def is_absent(self, column: int) -> bool:
        """Whether the file has nothing of a column of the template, or of the column that one without texts belongs to."""
        before = max((each for each in self.headed if each <= column), default=None)
        return before is not None and not self.headed[before]

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
    headed: dict[int, bool] = {}
    for (_, column), text in ours.items():
        headed[column] = headed.get(column, False) or text in known
    return Standing(_most(rows), _most(columns), headed)


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


def lost_formulas(formulas: Mapping[Place, str], stands: Standing, found: Cells) -> dict[Place, Place]:
    """The places of the file that should hold a formula of the template and do not, each with its place in the template.

    What was inserted, sorted or moved is no loss: the formula stands in another place of its column. Neither are columns that
    the file never had, because it was made before they were invented.
    """
    whole = {place for place, cell in found.items() if is_whole(cell.formula)}
    there = {stands.place(*place): place for place in formulas}
    without = {column for _, column in formulas} - {column for place, (_, column) in there.items() if place in whole}
    never = {column for column in without if stands.is_absent(column)}
    lost = {place for place, (_, column) in there.items() if place not in whole and column not in never}
    others: defaultdict[int, Counter[str | None]] = defaultdict(Counter)
    for place in whole - there.keys():
        others[place[1]][_kind(found[place].formula)] += 1
    for column in {column for _, column in lost}:
        kinds = {_kind(formulas[here]) for at, here in there.items() if at[1] == column}
        kinds |= {_kind(found[at].formula) for at in there if at[1] == column and at in whole}
        spare = sum(count for kind, count in others[column].items() if kind in kinds)
        # What was moved left an empty cell behind.
        lost -= set(sorted((at for at in lost if at[1] == column), key=lambda at: (at in found, at))[:spare])
    return {place: there[place] for place in sorted(lost)}


_ROWS = re.compile(r"(?<=[A-Za-z$])[0-9]+")


def _kind(formula: str | None) -> str | None:
    """The formula without the rows that it looks at, and without how a program writes it."""
    return None if formula is None else _ROWS.sub("#", formula).replace(" ", "").replace("'", "")
