"""Runs programs in turn and says what each took, in seconds of the clock and of the processor."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass
class Contender:
    """A program with its arguments, run so many times, and what the runs took."""

    name: str
    command: Sequence[str]
    rounds: int
    wall: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)

    def run(self) -> None:
        """Run once, from start to exit, children included."""
        started = time.perf_counter()
        with subprocess.Popen(self.command, stdout=subprocess.DEVNULL) as process:
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        self.wall.append(time.perf_counter() - started)
        self.processor.append(usage.ru_utime + usage.ru_stime)
        assert process.returncode in (0, 1), f"{self.name} ended with {process.returncode}"


def in_turn(contenders: Sequence[Contender]) -> None:
    """A B C A B C ..., so that a busy minute of the machine falls on all of them."""
    for number in range(max(each.rounds for each in contenders)):
        for each in contenders:
            if number < each.rounds:
                each.run()
                sys.stderr.write(f"round {number + 1}: {each.name}: {each.wall[-1]:.2f} s\n")


def table(contenders: Sequence[Contender], *against: Contender) -> str:
    """Medians, and the ratios to others, as a table in Markdown."""
    heads = ["", *(f"times {each.name}" for each in against), "seconds", "of the processor", "rounds"]
    lines = [heads, ["---", *["---:"] * (len(heads) - 1)]]
    for each in contenders:
        ratios = [f"{median(each.wall) / median(other.wall):.1f}" for other in against]
        seconds = [f"{median(each.wall):.2f}", f"{median(each.processor):.2f}"]
        lines.append([each.name, *ratios, *seconds, str(len(each.wall))])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def machine() -> str:
    """The cores and the Python of the run."""
    return f"{os.cpu_count()} cores, Python {sys.version.split()[0]}, {sys.platform}"
