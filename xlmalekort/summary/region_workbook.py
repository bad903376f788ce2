"""Writes the regional workbook of a roll-up."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from xlmalekort.layout.region import LANGUAGE_NAME, PERIOD_NAME, REGION_NAME, REGISTER_NAME
from xlmalekort.summary.about import write_about
from xlmalekort.summary.action_list import write_actions
from xlmalekort.summary.book import Book
from xlmalekort.summary.change_list import write_changes
from xlmalekort.summary.comment_list import write_comments
from xlmalekort.summary.deadline_list import write_deadlines
from xlmalekort.summary.deliveries import write_deliveries
from xlmalekort.summary.heat_map import write_heat_map
from xlmalekort.summary.local_goals import write_local_goals
from xlmalekort.summary.measure_totals import write_measure_totals
from xlmalekort.summary.overview import open_overview, write_button, write_overview
from xlmalekort.summary.perspective import write_perspective
from xlmalekort.summary.problem_list import write_problems
from xlmalekort.summary.survey import write_survey
from xlmalekort.summary.tidy import write_tidy
from xlmalekort.summary.tidy_sheet import fill_sheets
from xlmalekort.summary.trend import write_trends
from xlmalekort.summary.view import View
from xlmalekort.template.formulas import text_literal
from xlmalekort.template.macros import Kind, add_macros, with_ribbon_of

if TYPE_CHECKING:
    from xlmalekort.rollup.results import RollUp


class Making(NamedTuple):
    """How a regional workbook was asked for, which its button goes by the next time.

    `register` is the path of the register, from the workbook's folder where that is possible; `period` a code. None where
    there was none. `has_macros` makes an .xlsm of it.
    """

    register: str | None = None
    period: str | None = None
    has_macros: bool = False


def write_region_workbook(rollup: RollUp, making: Making | None = None) -> bytes:
    """The regional workbook as bytes, the same bytes for the same roll-up: an .xlsx, or an .xlsm with its button.

    Sheets in their order: overview, heat map, one for each perspective, survey (where anything is asked), development, who
    has delivered, problems, changes (where it was compared with an earlier one), actions, deadlines (where an office has
    any), comments, local goals (likewise), base figures, about, and the tidy tables of figures and results. Texts are in the
    scorecard's language; percentages are stored as Excel percentages. Text from files stays text and never becomes a formula
    or a link.
    """
    making = making or Making()
    book = Book(View(rollup))
    overview = open_overview(book)
    write_heat_map(book)
    for perspective in rollup.scorecard.perspectives:
        write_perspective(book, perspective)
    write_survey(book)
    write_overview(overview, write_trends(book))
    write_deliveries(book)
    write_problems(book)
    write_changes(book)
    write_actions(book)
    write_deadlines(book)
    write_comments(book)
    write_local_goals(book)
    write_measure_totals(book)
    write_about(book)
    tidy = write_tidy(book)
    _name_making(book, making)
    if not making.has_macros:
        return fill_sheets(book.finish(), tidy)
    write_button(overview)
    add_macros(book.workbook, book.texts)
    return with_ribbon_of(fill_sheets(book.finish(), tidy), book.texts, Kind.REGION)


def _name_making(book: Book, making: Making) -> None:
    """What the macros look up, as names that stand for a text."""
    scorecard = book.view.scorecard
    told = {
        REGION_NAME: scorecard.id,
        LANGUAGE_NAME: scorecard.language,
        REGISTER_NAME: making.register,
        PERIOD_NAME: making.period,
    }
    for name, text in told.items():
        if text:
            book.workbook.define_name(name, "=" + text_literal(text))
