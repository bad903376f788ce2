"""A file is changed by one run at a time, and whoever has to wait is told by whom it is held.

While a file is held, two small files of the run stand beside it: the lock, which the system itself opens when the run ends
however it ends, and the holder, which says who it is. Both stand in the folder of the file, not in one for temporary files,
so that runs on several machines see each other on a shared drive.
"""

from __future__ import annotations

import contextlib
import errno
import getpass
import hashlib
import json
import os
import platform
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from xlmalekort.locale.told import DayText, Phrase, Told

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE = 60.0
"""Seconds to wait for another run that is changing the same file: most are done in one."""
_OF_A_RUN = ".xlmalekort-"
"""How the names of locks, holders and unfinished files begin."""


class BusyError(OSError):
    """Another run is changing the file, and was not done in time."""


def is_of_a_run(name: str) -> bool:
    """Whether a file is a lock, a holder or an unfinished file of a run, perhaps of one that was killed."""
    return name.startswith(_OF_A_RUN)


def unfinished(path: Path, token: str) -> Path:
    """The name under which a file is written before it takes the place of `path`."""
    return path.with_name(f"{_mark(path)}-{token}.tmp")


def _mark(path: Path) -> str:
    """How the names of what belongs to a file begin: of the same length whatever its name, and whatever its case."""
    name = path.name.casefold().encode(errors="surrogateescape")
    return f"{_OF_A_RUN}{hashlib.sha256(name).hexdigest()[:16]}"


@contextlib.contextmanager
def changing(path: Path, *, patience: float = PATIENCE) -> Iterator[None]:
    """Hold a file from reading it to writing it, so that no other run's change in between is lost.

    The same run may hold it several times. What a killed run left unfinished is cleared away. BusyError, which names the
    holder, where another run is not done within `patience` seconds; OSError where nothing can be written beside the file.
    """
    place = Path(path).resolve()
    if not place.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
    lock = FileLock(place.with_name(f"{_mark(place)}.lock"), is_singleton=True)
    holder = place.with_name(f"{_mark(place)}.holder")
    try:
        lock.acquire(timeout=patience, poll_interval=0.1)
    except Timeout:
        raise BusyError(0, _busy(holder), str(path)) from None
    except OSError as error:
        error.filename = str(path)  # nobody knows the lock beside it
        raise
    try:
        if lock.lock_counter == 1:
            _clear(place)
            _sign(holder)
        yield
    finally:
        if lock.lock_counter == 1:
            # While it is still held: whoever waits for it sees that it is gone and makes a new one. Windows removes no
            # open file, so there the lock removes itself when it has been let go.
            for each in (holder, Path(lock.lock_file)):
                with contextlib.suppress(OSError):
                    each.unlink(missing_ok=True)
        lock.release()


def _clear(path: Path) -> None:
    for left in path.parent.glob(f"{_mark(path)}-*.tmp"):
        with contextlib.suppress(OSError):
            left.unlink()


def _sign(holder: Path) -> None:
    """Say who holds the file. Without it nothing is lost but the name, so a full disk is no reason to stop here."""
    with contextlib.suppress(OSError):
        holder.write_text(
            json.dumps({"user": _user(), "machine": platform.node(), "process": os.getpid()}), encoding="utf-8"
        )


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no such user, or none that the system knows by name
        return "?"


def _busy(holder: Path) -> Told:
    """Who is changing the file, and since when. The time is that of the holder's file: no clock is asked."""
    try:
        said = json.loads(holder.read_text(encoding="utf-8"))
        since = datetime.fromtimestamp(holder.stat().st_mtime).astimezone()
        who = {name: str(said[name]) for name in ("user", "machine", "process")}
    except (OSError, ValueError, KeyError, TypeError):
        return Phrase("another run is changing the file; try again when it is done")
    return Phrase(
        "another run is changing the file: {user} on {machine}, process {process}, since {day} {time}; "
        "try again when it is done",
        **who,
        day=DayText(since.date().isoformat()),
        time=f"{since:%H:%M:%S}",
    )
