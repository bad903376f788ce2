"""What a fault is: an alteration of the reference set, and what has to come out of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from xlmalekort.layout.cells import a1
from xlmalekort.layout.office import Sheet
from xlmalekort.model.periods import Period

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from fractions import Fraction

    from tests.faults.reference import Key, Reference, ReferenceOffice, Values


class Outcome(StrEnum):
    """What has to become of the fault."""

    FILE = "RF"
    """The file is rejected."""
    CELL = "RC"
    """The cell is rejected and the rest of the file counted."""
    WARN = "WARN"
    """It is counted and told."""
    ACCEPT = "ACCEPT"
    """It is counted, with a note at most."""


@dataclass(frozen=True, slots=True)
class Tell:
    """What has to be told: one of these codes, of a file, at a place; None where the file or the sheet as a whole is meant.

    Without codes any finding of the gravity that the outcome asks for will do.
    """

    codes: tuple[str, ...]
    file: str | None = None
    sheet: str | None = None
    cell: str | None = None


@dataclass(frozen=True)
class Altered:
    """The set after a fault.

    `files` holds what each file became, None for one that is gone. `lost` are the figures that no total may hold, by file,
    None for all of a file; `typed` are the figures that count with another value. Everything else has to be as it was.
    `either` are figures that may be counted or not.
    """

    files: Mapping[str, bytes | None]
    tells: tuple[Tell, ...] = ()
    lost: Mapping[str, frozenset[Key] | None] = field(default_factory=dict)
    typed: Mapping[str, Values] = field(default_factory=dict)
    in_folder: bool = False
    """Whether the files have to be looked at as a folder, because some of them are no workbooks by name."""


@dataclass(frozen=True)
class Spot:
    """Where a fault goes: an office of the reference set, and the figure of a measure and period in it."""

    reference: Reference
    office: ReferenceOffice
    measure: str = "B.13.value"
    code: str = "2009-02"

    @property
    def key(self) -> Key:
        """The figure."""
        return self.measure, self.code

    @property
    def value(self) -> Fraction:
        """What it is."""
        return self.office.figures[self.key]

    @property
    def sheet(self) -> str:
        """The title of the input sheet."""
        return self.title(Sheet.INPUT)

    def title(self, sheet: Sheet) -> str:
        """The title of a sheet."""
        return self.reference.layout.title(sheet)

    @property
    def cell(self) -> str:
        """The reference of the figure's cell."""
        return self.cell_of(self.measure, self.code)

    @property
    def row(self) -> int:
        """The number of its row."""
        return int(self.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))

    def cell_of(self, line: str, code: str | None = None) -> str:
        """The reference of a line's cell for a period."""
        place = self.reference.layout.input_cell(line, Period.parse(code or self.code))
        if place is None:
            message = f"{line} has no cell for {code}"
            raise KeyError(message)
        return a1(place[1], place[2])

    def keys(self, *measures: str) -> frozenset[Key]:
        """The figures of measures in every period."""
        return frozenset(key for key in self.office.figures if key[0] in measures)

    # Alterations

    def rejected(self, content: bytes, *codes: str) -> Altered:
        """The office's file after a fault for which it is not accepted."""
        return self.file_rejected(content, Tell(codes))

    def file_rejected(self, content: bytes, tell: Tell) -> Altered:
        """The same with its place."""
        return Altered({self.office.file: content}, (self.of_file(tell),), {self.office.file: None})

    def cell_rejected(
        self, content: bytes, *codes: str, cell: str | None = None, lost: frozenset[Key] | None = None
    ) -> Altered:
        """The file after a fault for which figures are not counted, told at a cell: those of the spot unless others are given."""
        tell = Tell(codes, self.office.file, self.sheet, cell or self.cell)
        return Altered({self.office.file: content}, (tell,), {self.office.file: lost or frozenset({self.key})})

    def warned(
        self,
        content: bytes,
        *codes: str,
        sheet: str | None = None,
        cell: str | None = None,
        typed: Values | None = None,
    ) -> Altered:
        """The file after a fault that is counted and told."""
        tell = Tell(codes, self.office.file, sheet, cell)
        return Altered({self.office.file: content}, (tell,), typed={self.office.file: typed or {}})

    def accepted(self, content: bytes, *codes: str, cell: str | None = None, typed: Values | None = None) -> Altered:
        """The file after what does no harm."""
        tells = (Tell(codes, self.office.file, self.sheet if cell else None, cell),) if codes else ()
        return Altered({self.office.file: content}, tells, typed={self.office.file: typed or {}})

    def of_file(self, tell: Tell) -> Tell:
        """What has to be told, of the office's file."""
        return Tell(tell.codes, self.office.file, tell.sheet, tell.cell)


@dataclass(frozen=True)
class Variant:
    """One way in which a fault comes. `fault` is its number in the list, `name` tells the variants apart.

    `is_risky` marks those that may take time and memory and are measured in a process of their own.
    """

    fault: str
    name: str
    outcome: Outcome
    alter: Callable[[Spot], Altered] = field(repr=False)
    is_risky: bool = False
    scorecard: str | None = None
    """The scorecard of the reference set, where the usual one has nothing that the fault could touch."""
    spot: Key | None = None
    """The figure that it needs, where not any will do."""
    any_cell: bool = False
    """Whether it touches the figure of its spot and nothing else, so that several go into one file."""

    @property
    def id(self) -> str:
        """Number and name."""
        return f"{self.fault}-{self.name}"

    @property
    def level(self) -> str:
        """The part of the list that the fault stands in."""
        return LEVELS[self.fault[0]]


LEVELS = {
    "F": "file",
    "S": "structure",
    "C": "cell type",
    "M": "meaning",
    "X": "across files",
    "Z": "security",
    "R": "run and output",
    "Y": "beyond the list",
}
