"""The survey sheet: a row for each question, with how the answers are spread and what has changed.

Its formulas are those of `xlmalekort.template.survey`.
"""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from xlmalekort.judging.explain import unit_of
from xlmalekort.layout import look
from xlmalekort.layout.office import Sheet
from xlmalekort.layout.survey import SURVEY_FIRST_ROW, SURVEY_HEADING_ROW
from xlmalekort.locale import N_
from xlmalekort.model.figure_kinds import Distribution
from xlmalekort.template.page import height_of, set_page, write_title
from xlmalekort.template.styles import Palette, change_format
from xlmalekort.template.survey import EVERYBODY, MESSAGE, Column, Survey, notes_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlsxwriter.worksheet import Worksheet

    from xlmalekort.layout.survey import SurveyGroup, SurveyRow
    from xlmalekort.template.page import Book
    from xlmalekort.template.state import FormulaCell

_WIDTHS = {
    Column.NUMBER: 10,
    Column.QUESTION: 44,
    Column.PERIOD: 12,
    Column.ANSWERS: 8.5,
    Column.RESULT: 9.5,
}
_CATEGORY_WIDTH, _RESULT_WIDTH, _NOTE_WIDTH = 10.5, 10, 34
_CATEGORY_CHARACTERS = 11
_ROOM = "(1000 xxxxxx)"
"""Room for how many were asked, which is known only once it has been filled in."""
_INDENT = 1.5
_HEADINGS = {
    Column.NUMBER: N_("No."),
    Column.QUESTION: N_("Question"),
    Column.PERIOD: N_("Figures from"),
    Column.ANSWERS: N_("Answers"),
    Column.RESULT: N_("Result"),
}
SPREAD = N_("Share of the answers in each category")
YEAR_BEFORE = N_("The year before")
CHANGE = N_("Change")
NOTE = N_("Note")
MEAN = N_("mean, 1-{last}")
SHARE = N_("share of *")
HINT = N_("Each question is shown for the latest period of {year} with answers. Shares are of those who answered it.")


def write_survey_sheet(book: Book, sheet: Worksheet, survey: Survey) -> None:
    """Write the whole sheet."""
    formulas = {(cell.row, cell.column): cell for cell in survey.cells()}
    _write_head(book, sheet, survey)
    for group in survey.layout.survey:
        _write_group(book, sheet, survey, group, formulas)
        for question in group.questions:
            _write_question(book, sheet, survey, question, formulas)
    _write_formula(sheet, formulas, MESSAGE, book.styles("message"))
    sheet.freeze_panes(SURVEY_FIRST_ROW, Column.PERIOD)
    set_page(book, sheet, heading_row=SURVEY_HEADING_ROW, zoom=85)


def _write_head(book: Book, sheet: Worksheet, survey: Survey) -> None:
    styles, texts = book.styles, book.state.texts
    sheet.set_column(Column.POSITION, Column.STEP, 4, None, {"hidden": True})
    for column, width in _WIDTHS.items():
        sheet.set_column(column, column, width)
    last = survey.before_column - 1
    if survey.categories:
        sheet.set_column(Column.FIRST_CATEGORY, last, _CATEGORY_WIDTH)
    sheet.set_column(survey.before_column, survey.change_column, _RESULT_WIDTH)
    sheet.set_column(survey.note_column, survey.note_column, _NOTE_WIDTH)
    write_title(book, sheet, survey.layout.title(Sheet.SURVEY), column=Column.NUMBER)
    sheet.set_row(MESSAGE[0], 24)
    hint = texts(HINT, year=survey.layout.year)
    sheet.write_string(MESSAGE[0] + 1, Column.NUMBER, hint, styles("note"))
    sheet.set_row(SURVEY_HEADING_ROW, 30)
    for column, heading in _HEADINGS.items():
        base = {Column.PERIOD: "head indent", Column.ANSWERS: "head right", Column.RESULT: "head right"}.get(
            column, "head"
        )
        sheet.write_string(SURVEY_HEADING_ROW, column, texts(heading), styles(base))
    head = styles("head center")
    if survey.categories > 1:
        sheet.merge_range(SURVEY_HEADING_ROW, Column.FIRST_CATEGORY, SURVEY_HEADING_ROW, last, texts(SPREAD), head)
    sheet.write_string(SURVEY_HEADING_ROW, survey.before_column, texts(YEAR_BEFORE), styles("head right"))
    sheet.write_string(SURVEY_HEADING_ROW, survey.change_column, texts(CHANGE), styles("head right"))
    sheet.write_string(SURVEY_HEADING_ROW, survey.note_column, texts(NOTE), styles("head indent"))


def _write_group(
    book: Book,
    sheet: Worksheet,
    survey: Survey,
    group: SurveyGroup,
    formulas: Mapping[tuple[int, int], FormulaCell],
) -> None:
    """Who is asked, and the names of the categories over their shares."""
    styles, texts = book.styles, book.state.texts
    for column in range(Column.NUMBER, survey.note_column + 1):
        sheet.write_blank(group.row, column, None, styles("band"))
    who = texts(EVERYBODY) if group.asked_of is None else group.asked_of.title
    style = styles("band wrap")
    if (group.row, Column.QUESTION) in formulas:
        _write_formula(sheet, formulas, (group.row, Column.QUESTION), style)
    else:
        sheet.write_string(group.row, Column.QUESTION, who, style)
    plain = styles("band small wrap right", bold=False)
    if group.categories:
        words = texts(SHARE) if group.share_of else texts(MEAN, last=len(group.categories))
        sheet.write_string(group.row, Column.RESULT, words, plain)
    names = [_category_name(category, is_counted=number in group.share_of) for number, category in _numbered(group)]
    for (number, _), name in zip(_numbered(group), names, strict=True):
        is_counted = number in group.share_of
        look_of_name = styles("band small wrap right") if is_counted else plain
        sheet.write_string(group.row, Column.FIRST_CATEGORY + number - 1, name, look_of_name)
    height = height_of([f"{who} {_ROOM}", *names], [_WIDTHS[Column.QUESTION] - 3, *[_CATEGORY_WIDTH] * len(names)])
    sheet.set_row(group.row, max(20.0, height))


def _numbered(group: SurveyGroup) -> list[tuple[int, str]]:
    return list(enumerate(group.categories, 1))


def _category_name(category: str, *, is_counted: bool) -> str:
    """The name over a column, in lines so short that the names of neighbours are kept apart. A star marks what is counted."""
    # The star is kept beside the last word.
    return "\n".join(wrap(f"{category}\u00a0*" if is_counted else category, _CATEGORY_CHARACTERS))


def _write_question(
    book: Book,
    sheet: Worksheet,
    survey: Survey,
    question: SurveyRow,
    formulas: Mapping[tuple[int, int], FormulaCell],
) -> None:
    styles, texts = book.styles, book.state.texts
    indicator, row = question.indicator, question.row
    unit = unit_of(book.state.scorecard, indicator)
    wording = indicator.question.wording if indicator.question else indicator.title
    ids = ", ".join(each.id for each in question.indicators)
    heights = (*notes_of(survey, question), wording, ids)
    widths = [_NOTE_WIDTH - _INDENT] * (len(heights) - 2) + [_WIDTHS[Column.QUESTION] - 3, _WIDTHS[Column.NUMBER]]
    sheet.set_row(row, max(22.0, height_of(heights, widths)))
    sheet.write_string(row, Column.NUMBER, ids, styles("row note wrap"))
    sheet.write_string(row, Column.QUESTION, wording, styles("row wrap"))
    shown = look.number_format(unit, indicator.decimals, percent_sign=texts.percent_sign)
    whole, share = "#,##0", f"0{texts.percent_sign}"
    plain = {
        Column.POSITION: styles("note"),
        Column.STEP: styles("note"),
        Column.PERIOD: styles("row note wrap padded"),
        Column.ANSWERS: styles("row right", num_format=whole),
        Column.RESULT: styles("row right bold", num_format=shown),
        survey.before_column: styles("row right", num_format=shown, font_color=Palette.NOTE),
        survey.change_column: styles("row right", num_format=change_format(unit, indicator.decimals, texts)),
        survey.note_column: styles("row note wrap padded"),
    }
    for column, style in plain.items():
        _write_formula(sheet, formulas, (row, column), style)
    figure = indicator.figure
    used = len(figure.counts) if isinstance(figure, Distribution) else 0
    for place in range(survey.categories):
        where = (row, Column.FIRST_CATEGORY + place)
        if place < used:
            _write_formula(sheet, formulas, where, styles("row right small", num_format=share))
        else:
            sheet.write_blank(*where, None, styles("row"))
    if used:
        sheet.conditional_format(
            row,
            Column.FIRST_CATEGORY,
            row,
            Column.FIRST_CATEGORY + used - 1,
            {
                "type": "data_bar",
                "data_bar_2010": True,
                "bar_solid": True,
                "bar_color": str(Palette.BAR),
                "bar_border_color": str(Palette.OWN_LINE),
                "min_type": "num",
                "min_value": 0,
                "max_type": "num",
                "max_value": 1,
            },
        )


def _write_formula(
    sheet: Worksheet, formulas: Mapping[tuple[int, int], FormulaCell], place: tuple[int, int], style: object
) -> None:
    cell = formulas[place]
    sheet.write_formula(*place, "=" + cell.formula, style, "" if cell.value is None else cell.value)
