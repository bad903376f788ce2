"""The list of what was written on a machine, so that exactly this is removed again.

Something is listed before it is written: what an interrupted run has left is found by it too.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from xlmalekort.locale.told import Phrase
from xlmalekort.output import write_whole
from xlmalekort.pipeline.errors import NotDoneError

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Manifest:
    """What was written: files with the hashes that they may have, folders, and the add-in that is registered with Excel."""

    program: str = ""
    """The version that wrote it."""
    environment: str | None = None
    files: dict[str, list[str]] = field(default_factory=dict)
    """By path; while a file is replaced it may be the old or the new one."""
    registered: str | None = None
    made_folders: list[str] = field(default_factory=list)
    """Folders that were not there; they are removed if nothing else has come to stand in them."""


def hash_of(content: bytes) -> str:
    """By what a file is known again."""
    return hashlib.sha256(content).hexdigest()


def read_manifest(path: Path) -> Manifest | None:
    """The list, None where nothing is installed. NotDoneError where it cannot be understood."""
    try:
        content = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    try:
        return Manifest(**json.loads(content))
    except (ValueError, TypeError):
        raise NotDoneError(
            Phrase("{file}: cannot be understood. Delete the file and run this again.", file=path)
        ) from None


def write_manifest(path: Path, manifest: Manifest) -> None:
    """Write it whole."""
    write_whole(path, json.dumps(asdict(manifest), indent=1, ensure_ascii=False).encode())
