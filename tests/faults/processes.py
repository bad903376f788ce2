"""The real command line in a process of its own, with what it took."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
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


def command(*arguments: str | Path) -> Ended:
    """Run the command line, and wait for its end."""
    with tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as errors:
        started = time.perf_counter()
        line = [sys.executable, "-m", "xlmalekort", *map(str, arguments)]
        with subprocess.Popen(line, stdout=output, stderr=errors) as process:
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - started
        output.seek(0)
        errors.seek(0)
        return Ended(process.returncode, output.read(), errors.read(), seconds, usage.ru_maxrss * 1024)
