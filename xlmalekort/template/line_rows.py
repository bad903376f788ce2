"""In which rows the lines of a list stand: where they were read from, new ones in the next free rows."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from xlmalekort.layout.cells import parse_a1

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlmalekort.model.figures import Source


def line_rows(sources: Sequence[Source | None], first: int) -> tuple[int, ...]:
    """The row of each line, counted from 0. Lines without a source stand below `first`, in rows that no other takes."""
    read = [parse_a1(source.cell)[0] if source is not None else None for source in sources]
    taken = set(read)
    free = (row for row in count(first) if row not in taken)
    return tuple(row if row is not None else next(free) for row in read)
