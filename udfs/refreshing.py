"""Refreshes a workbook that is open in Excel: the same checks and judgements as `xlmalekort refresh`, written into its cells.

What is read is a copy that Excel hands out, else the values (`udfs.copies`). Everything is worked out before anything is
written, and only blocks that differ from what stands there are: a workbook in which nothing has changed keeps its undo list.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from udfs.cards import remember
from udfs.copies import copy_of, photograph_of
from xlmalekort.locale import N_
from xlmalekort.locale.told import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from xlwings import Book, Range

    from xlmalekort.pipeline.outcome import Outcome
    from xlmalekort.template.state import Value
    from xlmalekort.xlsx import RawCell

READING = N_("Reading the workbook …")
CHECKING = N_("Checking and judging the figures …")
WRITING = N_("Writing what was found …")
_NOT_TAKEN = N_(
    "{sheet}: Excel lets nobody write into this sheet, so everything stands as it was. "
    "Workbooks of an older version are locked there; ask for a new one."
)
_TEXT = "'"
"""Before a text, so that Excel takes it as it is: "juni 2009" would become a day, and "=..." a formula."""


@dataclass(frozen=True, slots=True)
class _Block:
    """Cells side by side that are written at once: what they are to hold by rows, and what stands there."""

    title: str
    first: tuple[int, int]
    wanted: list[list[Value]]
    standing: list[list[RawCell | None]]

    @property
    def differs(self) -> bool:
        return any(
            not _is_same(value, cell)
            for values, cells in zip(self.wanted, self.standing, strict=True)
            for value, cell in zip(values, cells, strict=True)
        )

    def put(self, book: Book) -> None:
        """Write what the cells are to hold."""
        self._range(book).value = [[_for_excel(value) for value in row] for row in self.wanted]

    def put_back(self, book: Book) -> None:
        """Write what stood there."""
        self._range(book).value = [[_as_it_was(cell) for cell in row] for row in self.standing]

    def _range(self, book: Book) -> Range:
        row, column = self.first
        last = row + len(self.wanted), column + len(self.wanted[0])
        found: Range = book.sheets[self.title].range((row + 1, column + 1), last)
        return found


def refresh_book(book: Book, today: date, progress: Callable[[str], None] = lambda _: None) -> Outcome:
    """Check, judge, and write what no formula works out; the workbook's own formulas work out the rest.

    `progress` is told each step in English, as the catalogues know it. A workbook with an identity number is not judged: only
    its sheet of checks tells (`Outcome.refusal`). NotDoneError where the workbook cannot be used or Excel takes nothing; then
    everything stands as it was.
    """
    # Here, for Excel waits for imports, and whoever only looks at the functions needs none of this.
    from xlmalekort.pipeline.outcome import outcome_of

    progress(READING)
    copy = copy_of(book)
    content = copy if copy is not None else photograph_of(book)
    progress(CHECKING)
    outcome = outcome_of(content, book.name, today, has_formulas=copy is not None)
    blocks = [block for block in _blocks(outcome) if block.differs]
    progress(WRITING)
    _write(book, blocks, outcome.scorecard.language)
    remember(outcome.scorecard)
    return outcome


def _blocks(outcome: Outcome) -> Iterator[_Block]:
    from xlmalekort.pipeline.template_faults import blocks_of

    for title, cells in outcome.written.items():
        standing = _cells_of(outcome, title)
        for first, last in blocks_of(cells):
            rows, columns = range(first[0], last[0] + 1), range(first[1], last[1] + 1)
            yield _Block(
                title,
                first,
                [[cells[row, column] for column in columns] for row in rows],
                [[standing.get((row, column)) for column in columns] for row in rows],
            )


def _cells_of(outcome: Outcome, title: str) -> Mapping[tuple[int, int], RawCell]:
    """What the cells of a sheet hold; nothing is known of one that cannot be read, so all of it is written."""
    from xlmalekort.xlsx import RawSheet, read_sheet

    entry = outcome.opened.raw.sheet(title)
    sheet = read_sheet(outcome.opened.raw, entry) if entry is not None else None
    return sheet.cells if isinstance(sheet, RawSheet) else {}


def _write(book: Book, blocks: list[_Block], language: str) -> None:
    """Write every block, or none: what was written before one that Excel does not take is put back."""
    from xlmalekort.pipeline.errors import NotDoneError

    done: list[_Block] = []
    for block in blocks:
        try:
            block.put(book)
        except Exception as error:
            for each in reversed(done):
                each.put_back(book)
            raise NotDoneError(Phrase(_NOT_TAKEN, sheet=block.title), language=language) from error
        done.append(block)


def _is_same(value: Value, cell: RawCell | None) -> bool:
    """Whether a cell holds the value; a formula that comes to it is something else."""
    from xlmalekort.intake.numbers import number_in

    if cell is None:
        return value is None
    if cell.formula is not None:
        return False
    if isinstance(value, str) or cell.kind != "number":
        return cell.kind == "text" and cell.text == (value or "")
    return number_in(cell.text) == value


def _for_excel(value: Value) -> Value:
    return _TEXT + value if isinstance(value, str) and value else value


def _as_it_was(cell: RawCell | None) -> Value:
    if cell is None:
        return None
    if cell.formula is not None:
        return f"={cell.formula}"
    if cell.kind == "number":
        return float(cell.text)
    return _for_excel(cell.text) if cell.kind == "text" else cell.text
