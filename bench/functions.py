"""What a function of a cell costs: a call for a single cell, and one for a column of ten thousand beside the least it could.

Run as `python bench/functions.py [--rounds 7]`. A call for a single cell has a number that was not asked about before, and in the
columns no two rows are alike; functions of two parts are given as many different pairs.
"""

from __future__ import annotations

import argparse
import time
from itertools import count
from statistics import median
from typing import TYPE_CHECKING

from timing import machine

from udfs.functions import MK_SHARE, MK_STATUS, MK_TARGET, MK_TO_GREEN, MK_WHY

if TYPE_CHECKING:
    from collections.abc import Callable

    from udfs.arguments import Cell

CARD, INDICATOR, PERIOD = "nav-buskerud-2009", "B.6", "2009-05"
WITHOUT_END = "Ø.1"
"""A deviation: there is no end to the numbers that are shown differently."""
ROWS = 10_000
COLUMN: list[list[Cell]] = [[row / ROWS] for row in range(ROWS)]
CASES: list[list[Cell]] = [[float(ROWS)]] * ROWS
COUNTS: list[list[Cell]] = [[float(row)] for row in range(ROWS)]
INDICATORS: list[list[Cell]] = [[INDICATOR]] * ROWS
FRESH = count(1)
"""Numbers that nobody has asked about yet."""


def floor() -> list[list[str]]:
    """A column in, a column of the same length out, with one comparison for each cell."""
    return [["green" if isinstance(value, float) and value >= 0.75 else "red"] for (value,) in COLUMN]


ONE: dict[str, Callable[[], object]] = {
    "MK_STATUS": lambda: MK_STATUS(INDICATOR, next(FRESH) / 1e7, PERIOD, scorecard=CARD),
    "MK_WHY": lambda: MK_WHY(WITHOUT_END, next(FRESH) / 1000, PERIOD, scorecard=CARD),
    "MK_TARGET": lambda: MK_TARGET(INDICATOR, PERIOD, scorecard=CARD),
    "MK_TO_GREEN": lambda: MK_TO_GREEN(INDICATOR, float(next(FRESH)), 1e7, PERIOD, CARD),
    "MK_SHARE": lambda: MK_SHARE(float(next(FRESH)), 1e7),
}
MANY: dict[str, Callable[[], object]] = {
    "MK_STATUS": lambda: MK_STATUS(INDICATOR, COLUMN, PERIOD, scorecard=CARD),
    "MK_WHY": lambda: MK_WHY(INDICATOR, COLUMN, PERIOD, scorecard=CARD),
    "MK_TARGET": lambda: MK_TARGET(INDICATORS, PERIOD, scorecard=CARD),
    "MK_TO_GREEN": lambda: MK_TO_GREEN(INDICATOR, COUNTS, CASES, PERIOD, CARD),
    "MK_SHARE": lambda: MK_SHARE(COUNTS, CASES),
}


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
    for work in ONE.values():
        work()  # the first call loads the scorecard
    floors: list[float] = []
    cells: dict[str, list[float]] = {name: [] for name in ONE}
    columns: dict[str, list[float]] = {name: [] for name in MANY}
    for _ in range(options.rounds):
        floors.append(seconds(floor, 5))
        for name, work in ONE.items():
            cells[name].append(seconds(work, 300))
        for name, work in MANY.items():
            columns[name].append(seconds(work, 1))
    least = median(floors)
    print(machine(), "\n")
    print(f"{'':12} {'one cell':>16} {'10,000 rows':>14} {'of the floor':>14}")
    for name in ONE:
        one, many = median(cells[name]) * 1e6, median(columns[name])
        print(f"{name:12} {one:9.1f} microsec {many * 1e3:11.1f} ms {many / least:13.0f} x")
    print(f"{'the floor':12} {'':16} {least * 1e3:14.1f} ms")


if __name__ == "__main__":
    main()
