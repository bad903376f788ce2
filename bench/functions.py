"""What a function of a cell costs: a call for a single cell, and one for a column of ten thousand beside the least it could.

Run as `python bench/functions.py [--rounds 7]`.
"""

from __future__ import annotations

import argparse
import time
from statistics import median
from typing import TYPE_CHECKING

from timing import machine

from udfs.functions import MK_SHARE, MK_STATUS, MK_WHY

if TYPE_CHECKING:
    from collections.abc import Callable

    from udfs.arguments import Cell

CARD, INDICATOR, PERIOD = "nav-buskerud-2009", "B.6", "2009-05"
ROWS = 10_000
COLUMN: list[list[Cell]] = [[row / ROWS] for row in range(ROWS)]
CASES: list[list[Cell]] = [[1000.0]] * ROWS
COUNTS: list[list[Cell]] = [[float(row % 1000)] for row in range(ROWS)]


def floor() -> list[list[str]]:
    """A column in, a column of the same length out, with one comparison for each cell."""
    return [["green" if isinstance(value, float) and value >= 0.75 else "red"] for (value,) in COLUMN]


def scalar() -> object:
    return MK_STATUS(INDICATOR, 0.679, PERIOD, scorecard=CARD)


def why() -> object:
    return MK_WHY(INDICATOR, 0.679, PERIOD, scorecard=CARD)


def column() -> object:
    return MK_STATUS(INDICATOR, COLUMN, PERIOD, scorecard=CARD)


def shares() -> object:
    return MK_SHARE(COUNTS, CASES)


def seconds(work: Callable[[], object], times: int) -> float:
    """Seconds of the processor for one call, of so many."""
    start = time.process_time()
    for _ in range(times):
        work()
    return (time.process_time() - start) / times


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    works = {
        "floor, 10,000 rows": (floor, 5),
        "MK_STATUS, 10,000 rows": (column, 2),
        "MK_SHARE, 10,000 rows": (shares, 2),
    }
    works |= {"MK_STATUS, one cell": (scalar, 2_000), "MK_WHY, one cell": (why, 500)}
    scalar(), why()  # the first call loads the scorecard
    taken: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(options.rounds):
        for name, (work, times) in works.items():
            taken[name].append(seconds(work, times))
    print(machine(), "\n")
    least = median(taken["floor, 10,000 rows"])
    for name, each in taken.items():
        found = median(each)
        beside = f", {found / least:.0f} times the floor" if "rows" in name else ""
        print(f"{name}: {found * 1e6:,.0f} microseconds{beside}")


if __name__ == "__main__":
    main()
