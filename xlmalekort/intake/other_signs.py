"""Amounts with the other sign: minus what is usual. A correction is another amount than a usual month's."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlmalekort.rollup.coincidence import Value

_LEAST_BEFORE, _LEAST_OTHERS = 4, 5
"""So many figures of last year, or others of this year, say which sign is usual."""
_SIZE = 2.0
"""Within this factor of the usual it is the same amount."""


def other_signs(values: Sequence[Value], first: int) -> list[tuple[int, float]]:
    """The figures of this year that have the other sign than all that are usual, by place, and what is usual."""
    now = [(place, value) for place, value in enumerate(values[first:], first) if value]
    if not any(value < 0 for value in values if value):
        return []
    before = [value for value in values[:first] if value]
    found = []
    for place, value in now:
        others = before
        if len(before) < _LEAST_BEFORE:
            others = [other for each, other in now if each != place]
            if len(others) < _LEAST_OTHERS:
                continue
        usual = median(others)
        is_one_sign = all((each > 0) == (usual > 0) for each in others)
        if is_one_sign and (value > 0) != (usual > 0) and abs(usual) / _SIZE <= abs(value) <= abs(usual) * _SIZE:
            found.append((place, usual))
    return found
