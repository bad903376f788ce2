"""A workbook that is open in Excel, as the bytes of a file: just as it is at this moment, with what is not saved yet."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from udfs.notes import note
from xlmalekort.locale import N_
from xlmalekort.locale.told import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlwings import Book, Sheet

    from xlmalekort.template.photograph import SheetValues

_MOST_CELLS = 2_000_000
"""Of a sheet that are read as values: many times what any scorecard has, and what a machine can hold."""
_TOO_LARGE = N_(
    "{sheet}: the sheet reaches far beyond what is filled in, too far to be read. Delete the empty rows and columns after it, "
    "save, and try again."
)
_ZIP = b"PK"
_OURS = "mk_"


def copy_of(book: Book) -> bytes | None:
    """A copy that Excel makes itself, with formulas, formats and all; None where it makes none that can be read.

    That is so where Excel is a web page, and where the copy would be in another format or under a password. It lies in the
    user's own folder for such files only until it is read, and is never opened in Excel.
    """
    if book.app.engine.type != "desktop":
        return None
    with TemporaryDirectory(prefix="xlmalekort-", ignore_cleanup_errors=True) as folder:
        path = Path(folder, "copy").with_suffix(Path(book.name).suffix)
        try:
            # It may want to ask about properties that it would leave out.
            with book.app.properties(display_alerts=False):
                book.api.SaveCopyAs(str(path))
            content = path.read_bytes()
        except Exception as error:  # noqa: BLE001 - each engine refuses in its own way
            note("copy", error)
            return None
    return content if content.startswith(_ZIP) else None


def photograph_of(book: Book) -> bytes:
    """A workbook that holds the values of the open one, its sheets' titles and its own names, each sheet read at once.

    NotDoneError where a sheet has more cells than can be read.

    Formulas, formats and whatever else is no value are not in it (`xlmalekort.template.photograph`).
    """
    from xlmalekort.pipeline.photographed import photographed

    return photographed([_values_of(sheet) for sheet in book.sheets], dict(_names_of(book)), book.name)


def _values_of(sheet: Sheet) -> SheetValues:
    from xlmalekort.pipeline.errors import NotDoneError
    from xlmalekort.template.photograph import SheetValues

    used = sheet.used_range
    rows, columns = used.shape
    if rows * columns > _MOST_CELLS:
        raise NotDoneError(Phrase(_TOO_LARGE, sheet=sheet.name))
    values = used.options(ndim=2, err_to_str=True).value
    return SheetValues(sheet.name, (used.row - 1, used.column - 1), values, is_hidden=not sheet.visible)


def _names_of(book: Book) -> Iterator[tuple[str, str]]:
    """The names by which the template finds its sheets, and what they stand for."""
    for name in book.names:
        if name.name.startswith(_OURS) and name.refers_to:
            yield name.name, name.refers_to
