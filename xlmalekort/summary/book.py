"""The workbook under construction: its styles and its pages, on which text stays text and numbers stay numbers."""

from __future__ import annotations

import datetime as dt
import re
from io import BytesIO
from textwrap import wrap
from typing import TYPE_CHECKING

import xlsxwriter

from xlmalekort.layout import look
from xlmalekort.summary.styles import NOTE, TITLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from xlmalekort.summary.styles import Style
    from xlmalekort.summary.view import View

LONGEST_TEXT = 32_767
"""Characters in a cell."""
_LONGEST_NAME = 31
_A4 = 9
_DAY_FORMAT = 14
"""The number of Excel's format for days."""
_LINE_HEIGHT = 15
_HIGHEST_ROW = 409
_LETTERS_PER_WIDTH = 1.08
"""Widths are counted in digits; most letters are narrower."""
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_NO_CHARACTER = re.compile("[\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """The text as a cell can hold it: halves of characters replaced, what exceeds a cell's length cut with `…`."""
    text = _NO_CHARACTER.sub("\ufffd", text)
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"


class Page:
    """A sheet that is being written. Rows and columns count from 0."""

    def __init__(self, book: Book, sheet: Worksheet, position: int) -> None:
        """Wrap a new sheet; `position` is its place in the workbook, from 1."""
        self.book = book
        self.sheet = sheet
        self.position = position

    @property
    def name(self) -> str:
        """The sheet's name."""
        return str(self.sheet.get_name())

    def text(self, row: int, column: int, text: str, *styles: Style) -> None:
        """Write text, or only the style where there is none."""
        if text:
            self.sheet.write_string(row, column, clean(text), self.book.style(*styles))
        else:
            self.sheet.write_blank(row, column, None, self.book.style(*styles))

    def number(self, row: int, column: int, number: float | None, *styles: Style) -> None:
        """Write a number, or only the style where there is none."""
        if number is None:
            self.sheet.write_blank(row, column, None, self.book.style(*styles))
        else:
            self.sheet.write_number(row, column, number, self.book.style(*styles))

    def day(self, row: int, column: int, day: dt.date | None, words: str, *styles: Style) -> None:
        """Write a day as the reader's own settings show days; where there is none the words that stand instead."""
        if day is None:
            self.text(row, column, words, *styles)
        else:
            self.sheet.write_datetime(row, column, day, self.book.style(*styles, {"num_format": _DAY_FORMAT}))

    def row(self, row: int, texts: Sequence[str], *styles: Style) -> None:
        """Write texts side by side from the first column on."""
        for column, text in enumerate(texts):
            self.text(row, column, text, *styles)

    def fitted(self, row: int, texts: Sequence[str], widths: Sequence[float]) -> None:
        """Make a row as high as the longest of its wrapped texts needs in columns of these widths."""
        letters = [max(int(width * _LETTERS_PER_WIDTH), 4) for width in widths]
        long = [(text, room) for text, room in zip(texts, letters, strict=False) if len(text) > room]
        lines = max((len(wrap(text, room)) for text, room in long), default=1)
        if lines > 1:
            self.sheet.set_row(row, min(lines * _LINE_HEIGHT, _HIGHEST_ROW))

    def widths(self, *widths: float) -> None:
        """Set the columns' widths from the first on, in characters."""
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width)

    def head(self, title: str, *notes: str) -> int:
        """Write the title and lines of notes; the row after them and an empty one."""
        self.text(0, 0, title, TITLE)
        self.sheet.set_row(0, 24)
        for row, note in enumerate(notes, start=1):
            self.text(row, 0, note, NOTE)
        return len(notes) + 2


class Book:
    """A workbook whose bytes depend on the roll-up alone."""

    def __init__(self, view: View) -> None:
        """Open a workbook in memory."""
        self.view = view
        self.texts = view.texts
        self._file = BytesIO()
        self._styles: dict[tuple[tuple[str, str | int | bool], ...], Format] = {}
        self._names: set[str] = set()
        self._workbook = xlsxwriter.Workbook(
            self._file,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "default_format_properties": {"font_name": look.FONT, "font_size": look.TEXT_SIZE},
            },
        )
        made = dt.datetime.combine(view.rollup.today, dt.time())
        self._workbook.set_properties({"title": clean(view.scorecard.title), "created": made})

    def page(self, title: str, *, repeat: tuple[int, int] | None = None) -> Page:
        """A new sheet, set up to be printed on A4 landscape, one page wide; `repeat` are its heading rows."""
        sheet = self._workbook.add_worksheet(self._free_name(title))
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        left = f"{self.view.top.name} · {self.view.period_name}".replace("&", "&&")
        sheet.set_footer(f"&L&9{clean(left)[:100]}&C&9&A&R&9&P / &N")
        if repeat:
            sheet.repeat_rows(*repeat)
        return Page(self, sheet, len(self._names))

    def chart(self, kind: str, subtype: str | None = None) -> xlsxwriter.chart.Chart:
        """A new chart."""
        options = {"type": kind, "subtype": subtype} if subtype else {"type": kind}
        return self._workbook.add_chart(options)

    def style(self, *styles: Style) -> Format:
        """The format of several styles, later ones over earlier ones, made once."""
        merged = {key: value for style in styles for key, value in style.items()}
        key = tuple(sorted(merged.items()))
        if key not in self._styles:
            self._styles[key] = self._workbook.add_format(merged)
        return self._styles[key]

    @property
    def workbook(self) -> xlsxwriter.Workbook:
        """The workbook that is being written."""
        return self._workbook

    def finish(self) -> bytes:
        """The workbook's bytes."""
        self._workbook.close()
        return self._file.getvalue()

    def _free_name(self, title: str) -> str:
        base = clean(_NOT_IN_A_NAME.sub(" ", title)).strip(" '")[:_LONGEST_NAME].strip(" '") or "-"
        name, number = base, 2
        while name.casefold() in self._names or name.casefold() == "history":
            end = f" ({number})"
            name, number = base[: _LONGEST_NAME - len(end)] + end, number + 1
        self._names.add(name.casefold())
        return name
