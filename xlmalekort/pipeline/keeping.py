"""What is there already is kept: nothing is written over a file that holds something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlmalekort.intake.cells import list_cells
from xlmalekort.locale.told import Counted, Phrase
from xlmalekort.model.figures import CheckedFile
from xlmalekort.pipeline.errors import NotDoneError
from xlmalekort.pipeline.opened import is_office_workbook, open_workbook
from xlmalekort.pipeline.reading import read_bytes

if TYPE_CHECKING:
    from pathlib import Path


def refuse_to_lose(path: Path, content: bytes) -> None:
    """A filled-in workbook belongs to the office: stop rather than put one in its place that lacks what it holds.

    Stop too where something stands there that is no office workbook, or one of which nobody can tell what it holds.
    """
    if not path.exists():
        return
    there = read_bytes(path)
    if there == content:
        return
    if not is_office_workbook(path):
        raise NotDoneError(Phrase("{file}: is there already; choose another name for what is written.", file=path))
    old, new = (list_cells(each, path.name, with_history=True, is_guarded=False) for each in (there, content))
    if isinstance(old, CheckedFile) or isinstance(new, CheckedFile):
        raise NotDoneError(
            Phrase("{file}: is an office's workbook; choose another name for what is written.", file=path)
        )
    kept = {(cell.measure, cell.indicator, cell.period): cell.raw for cell in new}
    lost = sum(
        cell.raw is not None and kept.get((cell.measure, cell.indicator, cell.period)) != cell.raw for cell in old
    )
    before, after = (_local_cells(each, path.name) for each in (there, content))
    lost += sum(after.get(place) != text for place, text in before.items())
    if lost:
        raise NotDoneError(
            Counted(
                "{file}: is a filled-in workbook with {count} cell that the new one would lose. "
                "Choose another name, or use fill to write figures into it.",
                "{file}: is a filled-in workbook with {count} cells that the new one would lose. "
                "Choose another name, or use fill to write figures into it.",
                lost,
                file=path,
            )
        )


def _local_cells(content: bytes, file: str) -> dict[tuple[int, int], str]:
    grid = open_workbook(content, file, is_guarded=False).local_grid
    return grid.typed if grid is not None else {}
