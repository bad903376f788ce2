"""Files are written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from xlmalekort.output.holding import changing, unfinished

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


def write_whole(path: Path, content: bytes) -> Path:
    """Write the content to the path and return the path. The old file stays until the new one is complete.

    OSError where the folder is not there, the disk is full or the file is open elsewhere, BusyError where another run holds
    it; then the old file is as it was.
    """
    return write_all([(Path(path), content)])[0]


def write_all(files: Sequence[tuple[Path, bytes]], *, instead: date | None = None) -> tuple[Path, ...]:
    """Write several files; none takes its place before all of them are complete. The paths that were written.

    With a day `instead`, a file that cannot be replaced because it is open elsewhere is kept, and the new one stands beside it
    under its name with the day (and a number where that is taken). OSError and BusyError as in `write_whole`.
    """
    with contextlib.ExitStack() as held:
        for path, _ in files:
            held.enter_context(changing(path))
        complete: list[Path] = []
        try:
            for path, content in files:
                complete.append(unfinished(path, secrets.token_hex(8)))
                _write(complete[-1], content, path)
            return tuple(_put(each, path, instead) for each, (path, _) in zip(complete, files, strict=True))
        finally:
            for each in complete:
                with contextlib.suppress(OSError):
                    each.unlink(missing_ok=True)


def _write(beside: Path, content: bytes, path: Path) -> None:
    try:
        with beside.open("xb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        error.filename = str(path)  # nobody knows the file beside it
        raise


def _put(complete: Path, path: Path, instead: date | None) -> Path:
    """Give a complete file its name; where somebody has the old one open, a name beside it."""
    try:
        complete.replace(path)
    except OSError as error:
        if instead is None or not isinstance(error, PermissionError) or not path.is_file():
            error.filename, error.filename2 = str(path), None
            raise
        return _put_beside(complete, path, instead)
    return path


def _put_beside(complete: Path, path: Path, day: date) -> Path:
    dated = f"{path.stem}_{day.isoformat()}"
    names = (f"{dated}{path.suffix}" if number == 1 else f"{dated}_{number}{path.suffix}" for number in count(1))
    free = next(each for each in map(path.with_name, names) if not each.exists())
    complete.rename(free)
    return free
