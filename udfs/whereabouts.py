"""Where a workbook that is open in Excel lies on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlwings import Book

_OF_THE_WEB = ("http://", "https://")


def path_of(book: Book) -> Path | None:
    """The file of the workbook; None where it was never saved, or lies in the cloud and nowhere on this machine."""
    path = local_file(book.fullname)
    return path if path is not None and path.is_absolute() and path.is_file() else None


def local_file(name: str) -> Path | None:
    """A file or folder by the name that Excel has for it: a path, or an address of OneDrive or SharePoint."""
    if not name.lower().startswith(_OF_THE_WEB):
        return Path(name)
    from xlmalekort.desktop.cloud_paths import local_path

    return local_path(name)
