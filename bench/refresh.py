"""Refreshes one filled-in office workbook, side by side with inflating and parsing its parts.

Run as `python bench/refresh.py [--rounds 9] [--folder DIR]`.
"""

from __future__ import annotations

import argparse
import io
import tempfile
import time
import zipfile
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from lxml import etree
from offices import TODAY, make_offices
from timing import machine

from xlmalekort.pipeline.refresh import refresh_content

if TYPE_CHECKING:
    from collections.abc import Callable


def floor(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            etree.fromstring(archive.read(name))


def seconds(job: Callable[[], object]) -> float:
    started = time.process_time()
    job()
    return time.process_time() - started


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "xlmalekort-bench")
    options = parser.parse_args()
    offices, _ = make_offices(options.folder, 20)
    contents = [(path.read_bytes(), path.name) for path in sorted(offices.iterdir())]
    first = seconds(lambda: refresh_content(*contents[0], TODAY))
    floors, refreshes = [], []
    for number in range(options.rounds):
        content, name = contents[1 + number % (len(contents) - 1)]
        floors.append(seconds(lambda content=content: floor(content)))  # type: ignore[misc]
        refreshes.append(seconds(lambda content=content, name=name: refresh_content(content, name, TODAY)))  # type: ignore[misc]
    lowest, refresh = median(floors), median(refreshes)
    print(machine(), "\n")
    print(f"floor: {1000 * lowest:.0f} ms of the processor")
    print(f"refresh: {1000 * refresh:.0f} ms, {refresh / lowest:.1f} times the floor")
    print(f"the first refresh of a process: {1000 * first:.0f} ms")


if __name__ == "__main__":
    main()
