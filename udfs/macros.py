"""The macros behind the buttons. Each is called by one line of VBA, tells what has come of it, and raises nothing to Excel."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from udfs.quiet import xlwings as xw
from xlmalekort.locale import N_, texts_of
from xlmalekort.locale.told import Phrase

if TYPE_CHECKING:
    from pathlib import Path

    from xlwings import Book

    from udfs.talking import Talk
    from xlmalekort.pipeline.outcome import Outcome
    from xlmalekort.rollup.results import RollUp

_REFRESHED_WITH_ERRORS = N_("Refreshed. {counts} The sheet {sheet} says what is wrong, where, and how to mend it.")
_NOT_SAVED = N_(
    "{file}: save this workbook on your machine or in a folder that is kept in step with it; the new one is written beside it."
)
_NO_BOOK = N_("Open a scorecard first.")
_READING_FILE = N_("Reading {file} …")
_OPENING = N_("Opening {file} …")
_NEW_ONE = N_("The new regional workbook is {file}, beside this one.")
_NOT_COMPARED = N_("It could not be compared with this one.")


def refresh() -> None:
    """Check and judge the workbook whose button was clicked, and write what was found into it."""
    from udfs.talking import language_of_book, talking

    with talking("refresh") as talk:
        book = _meant(talk)
        talk.about(book.app, language_of_book(book))
        _refresh(book, talk)


def roll_up() -> None:
    """Roll the workbooks of a folder up into a new regional workbook beside the one whose button was clicked, and open it."""
    from udfs.region import language_of_region
    from udfs.talking import talking

    with talking("roll up") as talk:
        book = _meant(talk)
        talk.about(book.app, language_of_region(book))
        _roll_up(book, talk)


def _meant(talk: Talk) -> Book:
    """The workbook that the caller is; where that is the add-in, the one in front. NotDoneError where none is open."""
    from xlmalekort.layout.office import Sheet
    from xlmalekort.layout.region import REGION_NAME
    from xlmalekort.pipeline.errors import NotDoneError

    caller = xw.Book.caller()
    talk.about(caller.app, None)
    if any(name in caller.names for name in (Sheet.SETUP.defined_name, REGION_NAME)):
        return caller
    books = caller.app.books
    if not len(books) or books.active is None:
        raise NotDoneError(Phrase(_NO_BOOK))
    return books.active


def _refresh(book: Book, talk: Talk) -> None:
    from udfs.refreshing import refresh_book
    from udfs.talking import refusal_words
    from xlmalekort.pipeline import clock
    from xlmalekort.pipeline.errors import NotDoneError

    outcome = refresh_book(book, clock.today(), talk.progress)
    talk.end_progress()
    language = outcome.scorecard.language
    if outcome.refusal is not None:
        talk.tell(refusal_words(NotDoneError(outcome.refusal, outcome.problems), language), is_grave=True)
    elif words := _words_of_errors(outcome):
        talk.tell(words)


def _words_of_errors(outcome: Outcome) -> str:
    """What to say of a workbook with errors, which are not counted; empty where there are none."""
    from xlmalekort.layout.office import Sheet
    from xlmalekort.problems import Severity
    from xlmalekort.template.control_sheet import summary

    if not any(problem.severity is Severity.ERROR for problem in outcome.problems):
        return ""
    sheet = outcome.opened.titles.get(Sheet.CONTROL) or outcome.opened.layout.title(Sheet.CONTROL)
    return outcome.state.texts(
        _REFRESHED_WITH_ERRORS, counts=summary(outcome.problems, outcome.state.texts), sheet=sheet
    )


def _roll_up(book: Book, talk: Talk) -> None:
    from udfs.region import TITLE_OF_DIALOG, new_name, path_of, pick_folder, settings_of
    from xlmalekort.pipeline.consolidate import roll_up as roll_up_folder
    from xlmalekort.pipeline.errors import NotDoneError
    from xlmalekort.pipeline.published import is_summary
    from xlmalekort.pipeline.suffixes import SUFFIXES

    path = path_of(book)
    if path is None:
        raise NotDoneError(Phrase(_NOT_SAVED, file=book.name))
    folder = pick_folder(book, texts_of(talk.language)(TITLE_OF_DIALOG), path.parent)
    if folder is None:
        return
    settings = settings_of(book, path.parent, folder)
    is_regional = is_summary(path)
    # From another workbook it stands beside the folder, under the folder's name.
    beside = path if is_regional else folder
    suffix = path.suffix.casefold()
    # Else Excel asks after a while whether to go on waiting for Python.
    with book.app.properties(display_alerts=False):
        rollup = roll_up_folder(
            folder,
            out=new_name(beside, datetime.now().astimezone(), suffix if suffix in SUFFIXES else ".xlsx"),
            register=settings.register,
            period=settings.period,
            against=path if is_regional else None,
            progress=lambda file: talk.progress(_READING_FILE, file=file),
        )
    written = rollup.written[0]
    talk.language = rollup.scorecard.language
    talk.progress(_OPENING, file=written.name)
    book.app.books.open(written)
    talk.end_progress()
    talk.tell(_words_of(rollup, written))


def _words_of(rollup: RollUp, written: Path) -> str:
    """Where the new workbook is, what has become of the files, and what has changed since the one before."""
    from xlmalekort.cli.changes import changes_line
    from xlmalekort.cli.ledger import ledger_lines
    from xlmalekort.rollup.ledger import run_ledger

    texts = texts_of(rollup.scorecard.language)
    since = changes_line(rollup.changes, texts) if rollup.changes is not None else texts(_NOT_COMPARED)
    return "\n\n".join((texts(_NEW_ONE, file=written.name), ledger_lines(run_ledger(rollup), texts)[0], since))
