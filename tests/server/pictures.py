"""The pictures of the task pane in the documents, from a real server and a real browser.

Usage: `python -m tests.server.pictures`
"""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from tests.pipeline.offices import BUSKERUD, filled_workbook
from tests.server.conftest import own_server
from tests.server.open_workbooks import payload_of
from tests.server.panes import chromium, opened, refresh, resize
from xlmalekort.layout.office import SCORECARD_PERIOD, Sheet, layout_of
from xlmalekort.model.periods import Period
from xlmalekort.scorecards import load_scorecard
from xlmalekort.xlsx import Value, patch_workbook

DOCS = Path(__file__).parents[2] / "docs"
_ALL_IN = date(2010, 3, 1)
"""A day when every figure of the year is there."""
_WIDTH, _HEIGHT = 380, 760


def office() -> bytes:
    """An office of a whole year, with a word in place of a number and a figure of ten times its size."""
    layout = layout_of(load_scorecard(BUSKERUD), 2009)
    changes: dict[tuple[int, int], Value] = {}
    for line, month, typed in (("B.1.numerator", "2009-05", "mange"), ("B.7.denominator", "2009-12", 40_000)):
        changes[layout.line[line].row, layout.column_of[Period.parse(month)]] = typed
    title = layout.title(Sheet.INPUT)
    filled = filled_workbook("Tenkeby", day=_ALL_IN)
    return patch_workbook(filled, {title: changes, layout.title(Sheet.SCORECARD): {SCORECARD_PERIOD: "2009-12"}})


def main() -> None:
    """Refresh the office and photograph its statuses and its problems."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with own_server(folder) as server, chromium(folder / "profile") as browser:
            resize(browser, _WIDTH, _HEIGHT)
            with opened(browser, server, payload_of(office(), "tenkeby_2009.xlsx")):
                refresh(browser)
                browser.execute_script("document.documentElement.style.overflow = 'hidden'")
                browser.save_screenshot(str(DOCS / "taskpane-statuses.png"))
                browser.execute_script("document.getElementById('problems').scrollIntoView()")
                browser.save_screenshot(str(DOCS / "taskpane-problems.png"))


if __name__ == "__main__":
    main()
