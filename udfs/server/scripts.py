"""The script behind the buttons: the refresh of an open workbook, and what the pane is told of it."""

# No `from __future__ import annotations`: xlwings finds the workbook's argument by its type.
import logging
import traceback
from asyncio import to_thread
from pathlib import Path

from xlwings import Book, XlwingsError
from xlwings.server import script
from xlwings_server.config import PROJECT_DIR

from udfs.refreshing import refresh_book
from udfs.server.cards import let_go
from udfs.server.told import Told, told, told_refusal
from xlmalekort.locale import LANGUAGES
from xlmalekort.pipeline import clock
from xlmalekort.pipeline.errors import NotDoneError

SHOW = "showScorecard"
"""The pane's function that takes what it is told."""

_log = logging.getLogger(__name__)


@script
async def refresh(book: Book, language: str = "en") -> None:
    """Check and judge the figures of the workbook, write the outcome into it, and tell the pane, which speaks a language."""
    # In a thread, so that the functions of other workbooks do not wait.
    found = await to_thread(_refreshed, book, language if language in LANGUAGES else "en")
    # Not by `book.app`, which means the last workbook that anybody has sent.
    book.impl.append_json_action(func="runMacro", args=[SHOW, found])


def _refreshed(book: Book, language: str) -> Told:
    try:
        outcome = refresh_book(book, clock.today())
    except NotDoneError as error:
        return told_refusal(error, language)
    except Exception as error:  # noqa: BLE001 - whatever it is, its words may hold what stands in a cell
        last = traceback.extract_tb(error.__traceback__)[-1]
        reason = f"{type(error).__name__} ({Path(last.filename).name}, {last.lineno})"
        _log.error("refresh failed: %s", reason)
        raise XlwingsError(reason) from None
    let_go(outcome.scorecard, PROJECT_DIR)
    return told(outcome)
