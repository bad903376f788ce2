"""The guide: one page on how to use the workbook month by month."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from xlmalekort.layout import look
from xlmalekort.layout.office import Sheet
from xlmalekort.locale import N_
from xlmalekort.model.figures import Status
from xlmalekort.model.periods import Frequency
from xlmalekort.template.figure_table import BY_HAND
from xlmalekort.template.input_sheet import TYPED_BY_HAND
from xlmalekort.template.page import set_page, write_title

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlsxwriter.worksheet import Worksheet

    from xlmalekort.layout.office import OfficeLayout
    from xlmalekort.template.page import Book

MONTH_BY_MONTH = N_("Month by month")
PERIOD_BY_PERIOD = N_("Period by period")
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
STEPS_OF_PERIOD = {
    STEPS[0]: N_(
        "Open {input} and find the column of the period. Cells to fill in are pale yellow; those that are overdue are darker."
    ),
    STEPS[1]: N_(
        "Type the figures, or paste a whole column at once: copy it, stand in the column's first cell, right-click and choose "
        "Paste values. Keep an empty cell wherever {input} has a heading row. Empty means not known; 0 means none."
    ),
    STEPS[-1]: N_(
        "When the period is complete, choose it under Ready for in {input}, save, and send the workbook to the county."
    ),
}
"""How the steps read that speak of months, where the shortest period is none."""
SURVEY_STEP = N_(
    "Count the answers of a survey in {input}, category by category; {survey} shows how they are spread. Too few answers are "
    "not shown."
)
CALENDAR = N_("Who follows the figures up, and when")
CALENDAR_HEADINGS = (N_("How often"), N_("Who, and what"), N_("Answers for it"))
SYMBOLS = N_("Symbols and colours")
MEANINGS = {
    Status.GREEN: N_("The target is met."),
    Status.YELLOW: N_("Short of the target, but within the zone that was agreed."),
    Status.RED: N_("Outside the zone. Write an action."),
    Status.MISSING: N_("The figure is overdue."),
    Status.NOT_DUE: N_("The figure is not expected yet, or it is too early to judge it."),
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

BY_HAND_MEANING = N_("The figure is typed by hand; others come from a system or a register.")

_MARK_WIDTH, _WORD_WIDTH, _TEXT_WIDTH, _LAST_WIDTH = 4, 19, 60, 32
_LAST_COLUMN = 3
_AFTER_TYPING = 2
_CHARACTERS = 130
_WORD_CHARACTERS, _TEXT_CHARACTERS, _LAST_CHARACTERS = 24, 64, 34


def write_guide_sheet(book: Book, sheet: Worksheet) -> None:
    """Write the whole page."""
    texts, layout = book.state.texts, book.state.layout
    titles = {each.value: layout.title(each) for each in layout.sheets}
    write_title(book, sheet, layout.title(Sheet.GUIDE))
    for column, width in enumerate((_MARK_WIDTH, _WORD_WIDTH, _TEXT_WIDTH, _LAST_WIDTH)):
        sheet.set_column(column, column, width)
    is_monthly = layout.choosable[0].frequency is Frequency.MONTH
    row = _heading(book, sheet, 3, MONTH_BY_MONTH if is_monthly else PERIOD_BY_PERIOD)
    for number, step in enumerate(_steps(layout), 1):
        sheet.write_number(row, 0, number, book.styles("row bold center"))
        row = _text(book, sheet, row, texts(step, **titles))
    if book.state.scorecard.calendar:
        row = _calendar(book, sheet, row + 1)
    row = _symbols(book, sheet, row + 1, titles)
    for heading, facts in ((GOOD_TO_KNOW, FACTS), (WHO_TO_ASK, (ASK_FIGURES, ASK_RULES))):
        row = _heading(book, sheet, row + 1, heading)
        for fact in facts:
            sheet.write_string(row, 0, "·", book.styles("row center"))
            row = _text(book, sheet, row, texts(fact, **titles))
    sheet.print_area(0, 0, row, _LAST_COLUMN)
    set_page(book, sheet, is_portrait=True)
    sheet.fit_to_pages(1, 1)


def _steps(layout: OfficeLayout) -> list[str]:
    """What to do, in order."""
    steps = list(STEPS)
    if layout.choosable[0].frequency is not Frequency.MONTH:
        steps = [STEPS_OF_PERIOD.get(step, step) for step in steps]
    if layout.survey:
        steps.insert(_AFTER_TYPING, SURVEY_STEP)
    return steps


def _calendar(book: Book, sheet: Worksheet, row: int) -> int:
    """Who meets how often, a line each."""
    styles = book.styles
    row = _heading(book, sheet, row, CALENDAR)
    lines = [tuple(book.state.texts(heading) for heading in CALENDAR_HEADINGS)]
    lines += [(each.how_often, each.who, each.answers) for each in book.state.scorecard.calendar]
    for place, (how_often, who, answers) in enumerate(lines):
        look = "row wrap" if place else "row wrap note"
        sheet.set_row(row, _height(how_often, _WORD_CHARACTERS, who, _TEXT_CHARACTERS, answers, _LAST_CHARACTERS))
        sheet.merge_range(row, 0, row, 1, how_often, styles(f"{look} indent"))
        sheet.write_string(row, 2, who, styles(look))
        sheet.write_string(row, _LAST_COLUMN, answers, styles(f"{look} indent"))
        row += 1
    return row


def _symbols(book: Book, sheet: Worksheet, row: int, titles: Mapping[str, str]) -> int:
    """Each mark with its word and what it means."""
    styles, texts = book.styles, book.state.texts
    row = _heading(book, sheet, row, SYMBOLS)
    marks = [
        (look.STATUS_SYMBOL[status], look.STATUS_WORD[status], meaning, look.STATUS_TONE[status], status.is_result)
        for status, meaning in MEANINGS.items()
    ]
    if any(measure.by_hand for measure in book.state.scorecard.measures):
        marks.append((BY_HAND, TYPED_BY_HAND, BY_HAND_MEANING, look.NO_RESULT, False))
    for symbol, word, meaning, tone, is_bold in marks:
        colours = {"font_color": tone.ink, "bg_color": tone.fill, "bold": is_bold}
        sheet.set_row(row, 18)
        sheet.write_string(row, 0, symbol, styles("row center", **colours))
        sheet.write_string(row, 1, texts(word), styles("row", **colours))
        sheet.merge_range(row, 2, row, _LAST_COLUMN, texts(meaning, **titles), styles("row indent"))
        row += 1
    return row


def _heading(book: Book, sheet: Worksheet, row: int, heading: str) -> int:
    sheet.set_row(row, 21)
    for column in range(_LAST_COLUMN + 1):
        sheet.write_blank(row, column, None, book.styles("band"))
    sheet.write_string(row, 0, book.state.texts(heading), book.styles("band"))
    return row + 1


def _text(book: Book, sheet: Worksheet, row: int, text: str) -> int:
    """A text across the wide columns; rows of merged cells get no height of their own, so it is set."""
    sheet.set_row(row, _height(text, _CHARACTERS))
    sheet.merge_range(row, 1, row, _LAST_COLUMN, text, book.styles("row wrap"))
    return row + 1


def _height(*texts_and_characters: str | int) -> float:
    """The height of a row whose texts wrap after so many characters."""
    pairs = zip(texts_and_characters[::2], texts_and_characters[1::2], strict=True)
    return 5 + 15 * max(len(wrap(str(text), int(characters))) for text, characters in pairs)
