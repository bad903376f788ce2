"""The guide: one page on how to use the workbook month by month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlmalekort.layout import look
from xlmalekort.layout.office import Sheet
from xlmalekort.locale import N_
from xlmalekort.model.figures import Status
from xlmalekort.template.page import set_page, write_title

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from xlmalekort.template.page import Book

MONTH_BY_MONTH = N_("Month by month")
STEPS = (
    N_(
        "Open {input} and find the column of the month. Cells to fill in are pale yellow; those that are overdue are darker."
    ),
    N_(
        "Type the figures, or paste the whole month at once: copy the column, stand in the month's first cell, right-click and "
        "choose Paste values. Keep an empty cell wherever {input} has a heading row. Empty means not known; 0 means none."
    ),
    N_(
        "The scorecard follows by itself. Where it has the button Refresh scorecard, click it and the figures are checked "
        "too; otherwise the county does that."
    ),
    N_(
        "Look at {control}: each line says what is wrong, where it is and how to mend it. Click Go there to reach the cell."
    ),
    N_("Choose the period at the top of {scorecard}. What is red comes first in what you do."),
    N_("Write at least one action for each red indicator in {actions}, with who does it and by when."),
    N_(
        "Look at the top of {deadlines}: what is past due comes first. Write the day under Done on when something is done."
    ),
    N_("When the month is complete, choose it under Ready for in {input}, save, and send the workbook to the county."),
)
SYMBOLS = N_("Symbols and colours")
MEANINGS = {
    Status.GREEN: N_("The target is met."),
    Status.YELLOW: N_("Short of the target, but within the zone that was agreed."),
    Status.RED: N_("Outside the zone. Write an action."),
    Status.MISSING: N_("The figure is overdue."),
    Status.NOT_DUE: N_("The figure is not expected yet."),
    Status.REJECTED: N_("What was typed cannot be used; see {control}."),
    Status.UNDECIDED: N_("No target or zone has been agreed; the figure is shown all the same."),
    Status.NOT_ASSESSABLE: N_("There is nothing to judge: 0 of 0 cases, or nothing to compare with."),
    Status.TOO_FEW: N_("Too few cases for the share to say anything."),
    Status.NOT_APPLICABLE: N_("The office is exempt from this indicator."),
}
GOOD_TO_KNOW = N_("Good to know")
FACTS = (
    N_("Figures are compared as they are shown: what reads 75.0 % counts as 75.0 %."),
    N_(
        "The column Figures from names the period where an indicator's latest figure is from another period than the chosen one."
    ),
    N_("Bars in Last 12 end with the chosen period, which is the dark one. Bars start at 0."),
    N_("Goals of your own go into {local}. They are shown apart and never change the scorecard."),
    N_("Figures of the year before stand in {history}. They are locked and are never sent in."),
    N_("Sheets are protected without a password, so that nobody overwrites a formula by mistake."),
)
WHO_TO_ASK = N_("Who to ask")
ASK_FIGURES = N_("About a figure: the one who fetches it, named for each indicator in {definitions}.")
ASK_RULES = N_("About a target, a zone or a definition: the one who follows the question up in {clarifications}.")

_MARK_WIDTH, _WORD_WIDTH, _TEXT_WIDTH = 4, 19, 92
_CHARACTERS = 119


def write_guide_sheet(book: Book, sheet: Worksheet) -> None:
    """Write the whole page."""
    styles, texts, layout = book.styles, book.state.texts, book.state.layout
    titles = {each.value: layout.title(each) for each in Sheet}
    write_title(book, sheet, layout.title(Sheet.GUIDE))
    for column, width in enumerate((_MARK_WIDTH, _WORD_WIDTH, _TEXT_WIDTH)):
        sheet.set_column(column, column, width)
    row = _heading(book, sheet, 3, MONTH_BY_MONTH)
    for number, step in enumerate(STEPS, 1):
        sheet.write_number(row, 0, number, styles("row bold center"))
        row = _text(book, sheet, row, texts(step, **titles))
    row = _heading(book, sheet, row + 1, SYMBOLS)
    for status, meaning in MEANINGS.items():
        tone = look.STATUS_TONE[status]
        colours = {"font_color": tone.ink, "bg_color": tone.fill, "bold": status.is_result}
        sheet.set_row(row, 18)
        sheet.write_string(row, 0, look.STATUS_SYMBOL[status], styles("row center", **colours))
        sheet.write_string(row, 1, texts(look.STATUS_WORD[status]), styles("row", **colours))
        sheet.write_string(row, 2, texts(meaning, **titles), styles("row indent"))
        row += 1
    row = _heading(book, sheet, row + 1, GOOD_TO_KNOW)
    for fact in FACTS:
        sheet.write_string(row, 0, "·", styles("row center"))
        row = _text(book, sheet, row, texts(fact, **titles))
    row = _heading(book, sheet, row + 1, WHO_TO_ASK)
    for fact in (ASK_FIGURES, ASK_RULES):
        sheet.write_string(row, 0, "·", styles("row center"))
        row = _text(book, sheet, row, texts(fact, **titles))
    sheet.print_area(0, 0, row, 2)
    set_page(book, sheet, is_portrait=True)
    sheet.fit_to_pages(1, 1)


def _heading(book: Book, sheet: Worksheet, row: int, heading: str) -> int:
    sheet.set_row(row, 21)
    for column in range(3):
        sheet.write_blank(row, column, None, book.styles("band"))
    sheet.write_string(row, 0, book.state.texts(heading), book.styles("band"))
    return row + 1


def _text(book: Book, sheet: Worksheet, row: int, text: str) -> int:
    """A text across the two wide columns; rows of merged cells get no height of their own, so it is set."""
    lines = -(-len(text) // _CHARACTERS)
    sheet.set_row(row, 5 + 15 * lines)
    sheet.merge_range(row, 1, row, 2, text, book.styles("row wrap"))
    return row + 1
