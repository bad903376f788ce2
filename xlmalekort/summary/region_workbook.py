"""Writes the regional workbook of a roll-up."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
from xlmalekort.summary.overview import open_overview, write_overview
from xlmalekort.summary.perspective import write_perspective
from xlmalekort.summary.problem_list import write_problems
from xlmalekort.summary.survey import write_survey
from xlmalekort.summary.tidy import write_tidy
from xlmalekort.summary.tidy_sheet import fill_sheets
from xlmalekort.summary.trend import write_trends
from xlmalekort.summary.view import View

if TYPE_CHECKING:
    from xlmalekort.rollup.results import RollUp


def write_region_workbook(rollup: RollUp) -> bytes:
    """The regional workbook (.xlsx) as bytes, the same bytes for the same roll-up.

    Sheets in their order: overview, heat map, one for each perspective, survey (where anything is asked), development, who
    has delivered, problems, changes (where it was compared with an earlier one), actions, deadlines (where an office has
    any), comments, local goals (likewise), base figures, about, and the tidy tables of figures and results. Texts are in the
    scorecard's language; percentages are stored as Excel percentages. Text from files stays text and never becomes a formula
    or a link.
    """
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
    return fill_sheets(book.finish(), tidy)
