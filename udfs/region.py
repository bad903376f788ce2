"""What the button of a regional workbook goes by: settings in the workbook's names, the folder that is picked, the new name."""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from xlmalekort.layout.region import LANGUAGE_NAME, PERIOD_NAME, REGISTER_NAME
from xlmalekort.locale import LANGUAGES, N_
from xlmalekort.locale.told import Phrase

if TYPE_CHECKING:
    from datetime import datetime

    from xlwings import Book

_REGISTER = "offices.csv"
"""A register that nobody named is looked for under this name."""
TITLE_OF_DIALOG = N_("Choose the folder with the offices' workbooks")
_NO_REGISTER = N_(
    "{file}: the list of offices that this workbook goes by is not there. Put it back, or make the workbook anew."
)
_NOT_HERE = N_("{folder}: this folder is not on your machine. Choose one that is, or that is kept in step with it.")
_PICK_A_FOLDER = 4
_PICKED = -1
"""As Office numbers its dialogs, and what it answers where something was picked."""
_PIECE = re.compile(r'"((?:[^"]|"")*)"', re.DOTALL)
_TEXT = re.compile(rf"={_PIECE.pattern}(?:&{_PIECE.pattern})*", re.DOTALL)
"""A text as a formula writes it, a long one in pieces."""
_STAMP = re.compile(r" \d{4}-\d{2}-\d{2} \d{4}(?: \(\d+\))?$", re.ASCII)


@dataclass(frozen=True, slots=True)
class Settings:
    """What a roll-up is made by: the register of offices and the period, None where there is none."""

    register: Path | None
    period: str | None


def settings_of(book: Book, beside: Path, folder: Path) -> Settings:
    """The settings of a regional workbook that lies in the folder `beside`; relative paths begin there.

    A register that has been moved is looked for beside the workbook and in the `folder` that is rolled up, and so is one that
    nobody named. NotDoneError where one that is named is in none of these places: nobody would know how many offices are
    expected.
    """
    from xlmalekort.pipeline.errors import NotDoneError

    named = _setting(book, REGISTER_NAME)
    path = Path((named or _REGISTER).replace("\\", "/"))
    places = (beside / path, beside / path.name, folder / path.name)
    register = next((place for place in places if place.is_file()), None)
    if register is None and named is not None:
        raise NotDoneError(Phrase(_NO_REGISTER, file=places[0]))
    return Settings(register, _setting(book, PERIOD_NAME))


def language_of_region(book: Book) -> str | None:
    """The language that a regional workbook names; None where it names none of the four."""
    language = _setting(book, LANGUAGE_NAME)
    return language if language in LANGUAGES else None


def _setting(book: Book, name: str) -> str | None:
    """The text that a name of the workbook stands for, or its cell where somebody gave it one; None where there is none."""
    if name not in book.names:
        return None
    found = book.names[name]
    formula = found.refers_to or ""
    if _TEXT.fullmatch(formula):
        return "".join(_PIECE.findall(formula)).replace('""', '"').strip() or None
    with contextlib.suppress(Exception):  # each engine has its own error for a name that stands for no cell
        return _in_words(found.refers_to_range.value)
    return None


def _in_words(value: object) -> str | None:
    """What a cell holds as text; Excel makes a day of `2009-06` and a number of `2009`."""
    if isinstance(value, date):
        return f"{value:%Y-%m}"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip() or None if value is not None else None


def path_of(book: Book) -> Path | None:
    """The file of the workbook; None where it was never saved, or lies in the cloud and nowhere on this machine."""
    from xlmalekort.desktop.cloud_paths import local_path

    # Not `book.fullname`: of a workbook in the cloud xlwings gives a path of its own guess, or fails.
    path = local_path(str(book.api.FullName))
    return path if path is not None and path.is_file() else None


def pick_folder(book: Book, title: str, first: Path) -> Path | None:
    """The folder that somebody picks in Excel's own dialog, which begins at the folder `first`; None where nobody picks any.

    NotDoneError where it lies in the cloud and nowhere on this machine.
    """
    from xlmalekort.desktop.cloud_paths import local_path
    from xlmalekort.pipeline.errors import NotDoneError

    dialog = book.app.api.FileDialog(_PICK_A_FOLDER)
    dialog.Title = title
    dialog.InitialFileName = f"{first}\\"
    if dialog.Show() != _PICKED:
        return None
    picked = str(dialog.SelectedItems(1))
    folder = local_path(picked)
    if folder is None:
        raise NotDoneError(Phrase(_NOT_HERE, folder=picked))
    return folder


def new_name(path: Path, moment: datetime, suffix: str) -> Path:
    """A name beside a regional workbook, or a folder, that no file has: its own with day and time in place of earlier ones."""
    own = path.name if path.is_dir() else path.stem
    stem = f"{_STAMP.sub('', own)} {moment:%Y-%m-%d %H%M}"
    names = (stem if number == 1 else f"{stem} ({number})" for number in count(1))
    return next(each for each in (path.with_name(name + suffix) for name in names) if not each.exists())
