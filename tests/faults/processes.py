"""The real command line in a process of its own, with what it took."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

MOST_SECONDS = 10.0
MOST_BYTES = 1 << 30


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended: its exit code, what it printed, seconds of the clock, and the most memory that it held in bytes."""

    code: int
    output: str
    errors: str
    seconds: float
    memory: int


# A process begins with all that its parent holds, and a test may hold much: a small one in between starts it.
_IN_BETWEEN = """
import json, resource, subprocess, sys, time
started = time.perf_counter()
code = subprocess.run([sys.executable, "-m", "xlmalekort", *sys.argv[2:]]).returncode
seconds = time.perf_counter() - started
memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
with open(sys.argv[1], "w") as file:
    json.dump([code, seconds, memory], file)
"""


def command(*arguments: str | Path) -> Ended:
    """Run the command line, and wait for its end."""
    with tempfile.NamedTemporaryFile("r+") as taken:
        line = [sys.executable, "-c", _IN_BETWEEN, taken.name, *map(str, arguments)]
        ended = subprocess.run(line, capture_output=True, text=True, check=True)
        code, seconds, memory = json.load(taken)
    return Ended(code, ended.stdout, ended.stderr, seconds, memory)
