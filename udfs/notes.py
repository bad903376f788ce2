"""The notes that a macro leaves behind when something unforeseen happens: what failed, and where in the program.

They hold no figures, no names of offices or files and no texts of cells: of an error only its kind is kept, for what it says may
quote any of them.
"""

from __future__ import annotations

import contextlib
import os
import sys
import traceback
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_LARGEST = 200_000
"""Bytes of notes; older ones are kept in a second file as large, and then forgotten."""


def notes_file() -> Path:
    """Where the notes are, in the user's own folder for the data of programs."""
    home = Path.home()
    if sys.platform == "win32":
        folder = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        folder = home / "Library" / "Logs"
    else:
        folder = Path(os.environ.get("XDG_STATE_HOME") or home / ".local" / "state")
    return folder / "xlmalekort" / "excel.log"


def note(doing: str, error: BaseException) -> None:
    """Add what failed while something was done. Where nothing can be written, nothing is."""
    path = notes_file()
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > _LARGEST:
            path.replace(path.with_suffix(".old.log"))
        with path.open("a", encoding="utf-8") as stream:
            stream.write(f"{datetime.now().astimezone():%Y-%m-%d %H:%M:%S} {doing}\n")
            stream.writelines(f"  {line}\n" for line in _lines(error))


def _lines(error: BaseException) -> Iterator[str]:
    """The kinds of the error and of those that led to it, each with the lines of the program that it came through."""
    seen: set[int] = set()
    each: BaseException | None = error
    while each is not None and id(each) not in seen:
        seen.add(id(each))
        number = getattr(each, "hresult", None) or getattr(each, "errno", None)
        yield type(each).__name__ + (f" {number}" if isinstance(number, int) else "")
        for frame in traceback.extract_tb(each.__traceback__):
            file = Path(frame.filename)
            yield f"  {file.parent.name}/{file.name}:{frame.lineno} {frame.name}"
        each = each.__cause__ or each.__context__
