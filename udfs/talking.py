"""What a macro says: its progress in the status bar, and in a dialog what has come of it, in the reader's language."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from udfs.notes import note, notes_file
from udfs.quiet import xlwings as xw
from xlmalekort.locale import LANGUAGES, N_, texts_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlwings import App, Book

    from xlmalekort.locale.told import Told
    from xlmalekort.pipeline.errors import NotDoneError

TITLE = "Målekort"
_UNFORESEEN = N_(
    "Something went wrong that should not. Nothing in the workbook is lost. Try again; if it happens again, send the file {file} "
    "to whoever gave you the workbook. It holds no figures."
)
_MORE = N_("… and {count} more.")
_MOST_PROBLEMS = 3
_LONGEST_PROBLEM = 400
_LANGUAGE_OF_THE_MENUS = 2
"""As Excel's `LanguageSettings` numbers the language of what it says itself."""
_PRIMARY = 0x3FF
"""The part of Windows' number of a language that is the same in all countries."""
_LANGUAGES_OF_WINDOWS = {0x14: "nb", 0x06: "da", 0x13: "nl", 0x09: "en"}


class Talk:
    """A macro's talk with whoever started it, in an Excel and a language that become known on the way."""

    def __init__(self) -> None:
        """Begin with the Excel in front."""
        self._app: App | None = None
        with contextlib.suppress(Exception):
            self._app = xw.apps.active
        self.language = language_of_excel(self._app)

    def about(self, app: App, language: str | None) -> None:
        """Talk in this Excel from now on; without a language in that of its menus."""
        self._app = app
        self.language = language or language_of_excel(app)

    def progress(self, message: str, **slots: object) -> None:
        """Say in the status bar what is being done; an Excel without one is told nothing."""
        with contextlib.suppress(Exception):
            if self._app is not None:
                self._app.status_bar = texts_of(self.language)(message, **slots)

    def end_progress(self) -> None:
        """Give the status bar back to Excel."""
        with contextlib.suppress(Exception):
            if self._app is not None:
                self._app.status_bar = False

    def tell(self, text: str, *, is_grave: bool = False) -> None:
        """Show a text until the reader has closed it."""
        if self._app is not None:
            self._app.alert(text, TITLE, mode="critical" if is_grave else "info")


@contextlib.contextmanager
def talking(doing: str) -> Iterator[Talk]:
    """Whatever happens inside is told in a dialog and raised nowhere, and the status bar is Excel's again at the end."""
    talk = Talk()
    failed: Exception | None = None
    try:
        yield talk
    except Exception as error:  # noqa: BLE001 - Excel would show a traceback
        failed = error
    talk.end_progress()
    if failed is not None:
        try:
            talk.tell(_told(doing, failed, talk.language), is_grave=True)
        except Exception as error:  # noqa: BLE001 - nobody is left to tell
            note(doing, error)


def _told(doing: str, error: Exception, language: str) -> str:
    """An error in words: what stops the job where that is foreseen, else a few kind words, and a note of what it was."""
    from xlmalekort.pipeline.errors import NotDoneError, not_done_of
    from xlmalekort.scorecards import DefinitionError

    if isinstance(error, DefinitionError | OSError):
        note(doing, error)
        error = not_done_of(error)
    if isinstance(error, NotDoneError):
        return refusal_words(error, error.language or language)
    note(doing, error)
    return texts_of(language)(_UNFORESEEN, file=notes_file())


def refusal_words(error: NotDoneError, language: str) -> str:
    """Why something was not done, with the gravest of the findings behind it, a line each."""
    from textwrap import shorten

    from xlmalekort.intake.identity_numbers import masked
    from xlmalekort.problems import sentence, sort_key

    texts = texts_of(language)
    message: Told = error.message
    lines = [message.told(texts), ""]
    gravest = sorted(error.problems, key=sort_key)[:_MOST_PROBLEMS]
    lines += [shorten(sentence(problem, texts), _LONGEST_PROBLEM, placeholder=" …") for problem in gravest]
    more = len(error.problems) - _MOST_PROBLEMS
    if more > 0:
        lines.append(texts(_MORE, count=more))
    # The name of a file may hold an identity number.
    return masked("\n".join(lines).strip())


def language_of_excel(app: App | None) -> str:
    """The language of Excel's menus where it is one of the four, else English; where Excel says none, the environment's."""
    from xlmalekort.cli.languages import of_environment

    with contextlib.suppress(Exception):
        if app is not None:
            number = int(app.api.LanguageSettings.LanguageID(_LANGUAGE_OF_THE_MENUS))
            return _LANGUAGES_OF_WINDOWS.get(number & _PRIMARY, "en")
    return of_environment()


def language_of_book(book: Book) -> str | None:
    """The language of an office workbook, which its sheet of settings names; None for another workbook."""
    from xlmalekort.layout.office import SETUP_KEYS, Sheet

    with contextlib.suppress(Exception):
        setup = book.names[Sheet.SETUP.defined_name].refers_to_range.sheet
        language = setup.range((SETUP_KEYS.index("language") + 1, 2)).value
        return language if language in LANGUAGES else None
    return None
