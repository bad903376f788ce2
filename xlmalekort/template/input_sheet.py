"""The input sheet: what an office types or pastes, month by month.

Only what is to be filled in is unlocked, with two exceptions that let a whole column be pasted at once: the cells of a
group's heading row under the periods, and those of periods that a row has no figure for. Typing into them is refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlmalekort.layout.cells import a1
from xlmalekort.layout.office import FIRST_PERIOD_COLUMN, HEADING_ROW, READY_FOR, TITLE_COLUMN, Sheet, range_a1
from xlmalekort.layout.titles import category_of, line_title
from xlmalekort.locale import N_
from xlmalekort.model.measures import Level, Role, Unit
from xlmalekort.model.periods import Frequency, ready_date
from xlmalekort.template.figure_table import (
    BY_HAND,
    cell_value,
    figure_format,
    is_exempt,
    look_of,
    parting,
    write_block_heading,
    write_figure,
    write_frame,
    write_line_heading,
)
from xlmalekort.template.page import rule_message, rule_title, set_page, write_title
from xlmalekort.template.styles import Palette
from xlmalekort.template.view import choosable_range
from xlmalekort.template.words import level_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from xlsxwriter.worksheet import Worksheet

    from xlmalekort.layout.office import Block, Line
    from xlmalekort.locale import Texts
    from xlmalekort.model.measures import Measure
    from xlmalekort.model.periods import Period
    from xlmalekort.template.page import Book

AS_OF_NAME = "mk_as_of"
READY_NAME = "mk_ready_for"

HINT = N_(
    "Fill in the yellow cells for the month. You can paste a whole month at once: copy the figures, stand in the month's first "
    "cell and choose Paste values."
)
HINT_OF_PERIOD = N_(
    "Fill in the yellow cells for the period. You can paste a whole column at once: copy the figures, stand in the column's "
    "first cell and choose Paste values."
)
FILL_IN_UNDER = N_("{title} – fill in under {periods}")
READY_LABEL = N_("Ready for – the figures are complete up to and including:")
CHOOSE_FROM_LIST = N_("Choose a period from the list.")
READY_HELP = N_(
    "Choose the last period whose figures you have finished. Figures after it are shown, but not counted yet."
)
LEGEND_FILL = N_("fill in")
LEGEND_OWN = N_("target, plan")
LEGEND_OWN_AND_MORE = N_("target, plan …")
LEGEND_WANTED = N_("overdue")
LEGEND_LATER = N_("not yet")

LEAVE_EMPTY = N_("Leave this cell empty")
NOT_HERE = N_("Nothing is filled in here. Choose a yellow cell.")
WHOLE_NUMBER = N_("Whole number, 0 or more. Leave the cell empty if you do not know it yet; 0 means none.")
NUMBER = N_("Number, 0 or more. Leave the cell empty if you do not know it yet; 0 means none.")
ANY_NUMBER = N_("Number; a correction may be below 0. Leave the cell empty if you do not know it yet.")
WHOLE_BETWEEN = N_("Whole number from 0 to {maximum}. Leave the cell empty if you do not know it yet.")
NUMBER_BETWEEN = N_("Number from 0 to {maximum}. Leave the cell empty if you do not know it yet.")
PERCENT_BETWEEN = N_("Per cent from 0 to {maximum}. Write it with the sign: 74.9 %.")
REFUSED = N_("That figure does not fit here")
ANSWERS_TO = N_("How many answered {category} to: {question}")
OF_A_HIGHER_LEVEL = N_("To compare with. Level: {level}, the same for all.")
FILLED_IN_BY = N_("Filled in by: {who}.")
COMES_FROM = N_("Comes from {source}.")
TYPED_BY_HAND = N_("typed by hand")
_WHAT_IT_IS = {
    Role.TARGET: N_("Your own target."),
    Role.YELLOW: N_("Your own yellow zone begins here."),
    Role.PLAN: N_("What is planned, not what happened."),
    Role.REFERENCE: N_("To compare with."),
    Role.BASELINE: N_("Where the comparison starts from."),
}
COMMENT_TITLE = N_("Comment")
COMMENT_HELP = N_("A short explanation if you want to add one. At most {length} characters.")

_COMMENT_LENGTH = 1000
_LARGEST = 10**12


def write_input_sheet(book: Book, sheet: Worksheet) -> None:
    """Write the whole sheet."""
    layout = book.state.layout
    last_column = FIRST_PERIOD_COLUMN + len(layout.periods) - 1
    write_frame(book, sheet, layout.periods)
    _write_top(book, sheet)
    for block in layout.blocks:
        write_block_heading(book, sheet, block, last_column, is_open=True, title=_block_title(book, block))
        _refuse(book, sheet, [(block.row, FIRST_PERIOD_COLUMN, block.row, last_column)])
        for line in block.lines:
            write_line_heading(book, sheet, block, line, is_faint=is_exempt(book, line))
            _write_line(book, sheet, line, parting(block, line))
    _colour_by_date(book, sheet)
    set_page(book, sheet, heading_row=HEADING_ROW, zoom=90)


def _block_title(book: Book, block: Block) -> str:
    """Where the periods of a survey are columns far from the first ones, the heading names them."""
    layout, texts = book.state.layout, book.state.texts
    frequencies = {line.frequency for line in block.lines}
    if not block.is_survey or layout.frequencies[0] in frequencies:
        return block.title
    headings = [texts.period_heading(period.code) for period in layout.periods if period.frequency in frequencies]
    return texts(FILL_IN_UNDER, title=block.title, periods=", ".join(headings))


def _write_top(book: Book, sheet: Worksheet) -> None:
    styles, texts, layout = book.styles, book.state.texts, book.state.layout
    write_title(book, sheet, layout.title(Sheet.INPUT), column=TITLE_COLUMN)
    row, column = READY_FOR
    sheet.set_row(row, 22)
    sheet.set_row(row + 1, 20)
    sheet.write_string(row, column - 1, texts(READY_LABEL), styles("label bold indent"))
    ready = book.state.submission.ready_for
    sheet.write_string(row, column, ready.code if ready else "", styles("input text center bold"))
    book.workbook.define_name(READY_NAME, "=" + layout.absolute(Sheet.INPUT, READY_FOR))
    sheet.data_validation(
        row,
        column,
        row,
        column,
        {
            "validate": "list",
            "source": "=" + choosable_range(layout),
            "input_title": rule_title(layout.title(Sheet.INPUT)),
            "input_message": rule_message(texts(READY_HELP)),
            "error_title": rule_title(texts(REFUSED)),
            "error_message": rule_message(texts(CHOOSE_FROM_LIST)),
        },
    )
    is_monthly = layout.choosable[0].frequency is Frequency.MONTH
    sheet.write_string(row + 1, TITLE_COLUMN, texts(HINT if is_monthly else HINT_OF_PERIOD), styles("note"))
    measures = [line.measure for line in layout.lines if line.measure]
    is_compared = any(measure.role in (Role.REFERENCE, Role.BASELINE) for measure in measures)
    legend = [
        (LEGEND_FILL, styles("input small center", locked=True)),
        (LEGEND_WANTED, styles("input small center bold", locked=True, bg_color=Palette.WANTED)),
        (LEGEND_OWN_AND_MORE if is_compared else LEGEND_OWN, styles("own small center", locked=True)),
        (LEGEND_LATER, styles("none box small center")),
    ]
    # Where there are few periods the legend keeps within the table.
    first = column + (2 if len(layout.periods) > len(legend) + 1 else 1)
    for place, (words, style) in enumerate(legend, first):
        sheet.write_string(row, place, texts(words), style)
    if any(measure.by_hand for measure in measures):
        mark = f"{BY_HAND} {texts(TYPED_BY_HAND)}"
        sheet.write_string(row, first + len(legend), mark, styles("note indent"))


def _write_line(book: Book, sheet: Worksheet, line: Line, parted: dict[str, object]) -> None:
    layout, submission = book.state.layout, book.state.submission
    others = [layout.column_of[period] for period in layout.periods if not layout.has_cell(line, period)]
    for column in others:
        sheet.write_blank(line.row, column, None, book.styles("hatch open", **parted))
    _refuse(book, sheet, [(line.row, first, line.row, last) for first, last in _runs(others)])
    own = [period for period in layout.periods if layout.has_cell(line, period)]
    columns = [layout.column_of[period] for period in own]
    for period, column in zip(own, columns, strict=True):
        if line.measure is not None:
            look = "input none" if is_exempt(book, line) else look_of(line.measure)
            style = figure_format(book, line.measure, look, **parted)
            value = cell_value(line.measure, submission.figures.get((line.measure.id, period)))
            write_figure(sheet, line.row, column, value, style)
        elif line.indicator is not None:
            comment = submission.comments.get((line.indicator.id, period))
            write_figure(sheet, line.row, column, comment, book.styles("comment small text"))
    if columns:
        rule = _figure_rule(book, line, line.measure) if line.measure else _comment_rule(book, line)
        sheet.data_validation(line.row, columns[0], line.row, columns[-1], rule)


def _runs(columns: list[int]) -> Iterator[tuple[int, int]]:
    """Stretches of neighbouring columns."""
    start = previous = None
    for column in columns:
        if start is None or previous is None:
            start = column
        elif column != previous + 1:
            yield start, previous
            start = column
        previous = column
    if start is not None and previous is not None:
        yield start, previous


def _refuse(book: Book, sheet: Worksheet, ranges: Iterable[tuple[int, int, int, int]]) -> None:
    """Refuse what is typed into cells that only a paste may touch."""
    for where in ranges:
        sheet.data_validation(
            *where,
            {
                "validate": "custom",
                "value": "=FALSE",
                "error_title": rule_title(book.state.texts(LEAVE_EMPTY)),
                "error_message": rule_message(book.state.texts(NOT_HERE)),
            },
        )


def _figure_rule(book: Book, line: Line, measure: Measure) -> dict[str, object]:
    """The input rule of a measure's cells, with its messages."""
    texts = book.state.texts
    kind, words = _kind_and_words(measure, texts)
    lowest = -_LARGEST if measure.negative else 0
    highest: float = _LARGEST if measure.maximum is None else measure.maximum
    if measure.unit is Unit.PERCENT:
        highest = (measure.maximum or 100) / 100
    what = _what_it_is(book, line, measure)
    more = (measure.note or "", _where_from(measure, texts))
    # What needs telling comes first: the message may be cut at its end.
    message = (what, *more, words) if what else (words, *more)
    return {
        "validate": kind,
        "criteria": "between",
        "minimum": lowest,
        "maximum": highest,
        "input_title": rule_title(line_title(book.state.scorecard, line)),
        "input_message": rule_message(" ".join(each for each in message if each)),
        "error_title": rule_title(texts(REFUSED)),
        "error_message": rule_message(words),
    }


def _what_it_is(book: Book, line: Line, measure: Measure) -> str:
    """Of an answer, to which question; of what is no figure of the office, what it is for and who fills it in; else ""."""
    texts, category = book.state.texts, category_of(line)
    question = line.indicator.question if line.indicator else None
    if category is not None and question is not None:
        return texts(ANSWERS_TO, category=category.name, question=question.wording)
    if measure.role is Role.FIGURE:
        return ""
    what = texts(_WHAT_IT_IS[measure.role])
    if measure.role is Role.REFERENCE and measure.level is not Level.OFFICE:
        what = texts(OF_A_HIGHER_LEVEL, level=level_words(book.state.scorecard, measure.level))
    who = line.indicator.entered_by if line.indicator else None
    return f"{what} {texts(FILLED_IN_BY, who=who)}" if who else what


def _where_from(measure: Measure, texts: Texts) -> str:
    if measure.source is None:
        return f"{BY_HAND} {texts(TYPED_BY_HAND)}." if measure.by_hand else ""
    return texts(COMES_FROM, source=measure.source)


def _kind_and_words(measure: Measure, texts: Texts) -> tuple[str, str]:
    if measure.unit is Unit.PERCENT:
        return "decimal", texts(PERCENT_BETWEEN, maximum=measure.maximum or 100)
    is_whole = measure.decimals == 0
    kind = "integer" if is_whole else "decimal"
    if measure.negative:
        return kind, texts(ANY_NUMBER)
    if measure.maximum is not None:
        return kind, texts(WHOLE_BETWEEN if is_whole else NUMBER_BETWEEN, maximum=measure.maximum)
    return kind, texts(WHOLE_NUMBER if is_whole else NUMBER)


def _comment_rule(book: Book, line: Line) -> dict[str, object]:
    texts = book.state.texts
    help_words = texts(COMMENT_HELP, length=_COMMENT_LENGTH)
    return {
        "validate": "length",
        "criteria": "<=",
        "value": _COMMENT_LENGTH,
        "input_title": rule_title(f"{texts(COMMENT_TITLE)} {line_title(book.state.scorecard, line)}"),
        "input_message": rule_message(help_words),
        "error_title": rule_title(texts(COMMENT_TITLE)),
        "error_message": rule_message(help_words),
    }


def _colour_by_date(book: Book, sheet: Worksheet) -> None:
    """Periods that have not ended fade; empty cells whose figure is overdue stand out. The "as of" cell is the clock."""
    styles, layout = book.styles, book.state.layout
    wanted = styles.part(bg_color=Palette.WANTED, border=1, border_color=Palette.YELLOW_INK)
    faded = styles.part(bg_color=Palette.NONE, border=1, border_color=Palette.LINE)
    asked = [
        line for line in layout.lines if line.measure and line.measure.role is Role.FIGURE and not is_exempt(book, line)
    ]
    for period in layout.periods:
        column = layout.column_of[period]
        rows = [line.row for line in asked if layout.has_cell(line, period)]
        if rows:
            _rule(sheet, column, rows, f"={AS_OF_NAME}<=DATE({_day(period)})", faded)
    groups: dict[tuple[int, str], list[Line]] = {}
    for line in asked:
        if line.indicator and line.measure and line.measure.frequency != Frequency.WHEN_HELD:
            key = (line.indicator.delay_months, line.indicator.ready.model_dump_json())
            groups.setdefault(key, []).append(line)
    for lines in groups.values():
        indicator = lines[0].indicator
        if indicator is None:
            continue
        for period in layout.periods:
            rows = [line.row for line in lines if layout.has_cell(line, period)]
            if rows:
                ready = ready_date(period, indicator.ready, indicator.delay_months)
                first = a1(rows[0], layout.column_of[period])
                day = f"{ready.year},{ready.month},{ready.day}"
                _rule(sheet, layout.column_of[period], rows, f"=AND({AS_OF_NAME}>DATE({day}),ISBLANK({first}))", wanted)


def _day(period: Period) -> str:
    return f"{period.end.year},{period.end.month},{period.end.day}"


def _rule(sheet: Worksheet, column: int, rows: list[int], criteria: str, style: object) -> None:
    ranges = " ".join(range_a1((first, column), (last, column)) for first, last in _runs(rows))
    sheet.conditional_format(
        rows[0],
        column,
        rows[0],
        column,
        {"type": "formula", "criteria": criteria, "format": style, "multi_range": ranges},
    )
