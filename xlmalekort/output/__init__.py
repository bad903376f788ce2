"""Files are written whole or not at all, and changed by one at a time."""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from xlmalekort.locale.told import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

_PATIENCE = 60
"""Seconds to wait for another run that is changing the same file."""


class BusyError(OSError):
    """Another run is changing the file, and has been for a minute."""


@contextlib.contextmanager
def changing(path: Path) -> Iterator[None]:
    """Hold a file from reading it to writing it, so that no other run's change in between is lost.

    The lock stands in the folder for temporary files: nothing is left beside the office's workbooks. BusyError after a
    minute of waiting.
    """
    name = hashlib.sha256(str(Path(path).resolve()).casefold().encode(errors="surrogateescape")).hexdigest()[:24]
    user = getattr(os, "getuid", lambda: "")()
    lock = FileLock(Path(tempfile.gettempdir()) / f"xlmalekort-{user}-{name}.lock", timeout=_PATIENCE)
    try:
        with lock:
            yield
    except Timeout:
        reason = Phrase("another run is changing the file; try again when it is done")
        raise BusyError(0, reason, str(path)) from None


def write_whole(path: Path, content: bytes) -> Path:
    """Write the content to the path and return the path. The old file stays until the new one is complete.

    OSError where the folder is not there, the disk is full or the file is open elsewhere; then the old file is as it was.
    """
    path = Path(path)
    beside = path.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        with beside.open("xb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(path)
    except BaseException as stop:
        if isinstance(stop, OSError):
            stop.filename = str(path)  # nobody knows the file beside it
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
    return path
