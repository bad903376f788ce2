"""The last sheet: how totals are made, what the signs mean, and what the workbook was made from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlmalekort.layout import look
from xlmalekort.locale import N_
from xlmalekort.model.base import plain_number
from xlmalekort.model.figure_kinds import Amount
from xlmalekort.model.figures import Status
from xlmalekort.model.targets import Against
from xlmalekort.rollup.sums import Way, way_of
from xlmalekort.summary.styles import CELL, HEADING, MUTED, WRAP, status_style

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlmalekort.model.scorecard import Scorecard
    from xlmalekort.summary.book import Book, Page
    from xlmalekort.summary.view import View

SHEET = N_("About")
DEFINITION = N_("Definition")
VERSION = N_("version {number}")
YEAR = N_("Year")
"""What `summary.published` knows the definition and the year by."""
_RULES = (
    N_(
        "A share is the sum of the numerators over the sum of the denominators, never the mean of the offices' percentages."
    ),
    N_("A deviation is the sum of what was done against the sum of the plans of the same units."),
    N_("Scores and times are weighted by answers and cases; without a weight they have no total."),
    N_("A change compares only units that have both periods."),
    N_("A unit counts in a total only with all its parts; what was rejected or held is not counted."),
    N_("Counted in 19 of 20: so many of the units that should report are in the total."),
    N_("A total that fewer units are in than agreed (the least coverage, below) is marked partial."),
    N_("Values are judged as they are shown, rounded half away from zero."),
    N_("An empty cell means that there is no figure; it is never 0."),
    N_("Percentages are stored as Excel percentages: 0.749 is shown as 74.9 %."),
)
_SUMMED_TARGETS = N_(
    "A sum is held against the sum of its units' targets; shares and means are judged only where all have the same target."
)
_COMPARED = N_(
    "What is compared with an earlier figure counts only units that have both; where nobody has, nothing is compared."
)
_PEERS = N_(
    "The mean of the other offices is worked out here; a number typed for it is not used. Totals are not held against it."
)
_COHORTS = N_("Those who entered in a period are counted when their window has closed.")
_BREAKS = N_("Figures that were counted in another way are not compared with later ones.")
_QUESTIONS = N_(
    "Fewer answers to a question than agreed are not shown, nor a total that would give them away; other totals count them."
)
_MEANINGS = {
    Status.GREEN: N_("The target is met."),
    Status.YELLOW: N_("Short of the target, within the agreed zone."),
    Status.RED: N_("Outside the agreed zone."),
    Status.TOO_FEW: N_("Too few cases to judge."),
    Status.NOT_ASSESSABLE: N_("Reported, but there is nothing to divide by or to compare with."),
    Status.MISSING: N_("The figures are due and have not come."),
    Status.NOT_DUE: N_("The figures are not due yet."),
    Status.UNDECIDED: N_("No target or zone has been agreed; shown, never coloured."),
    Status.REJECTED: N_("Reported, but cannot be used; see the problems."),
    Status.NOT_APPLICABLE: N_("The register exempts the unit."),
}


def write_about(book: Book) -> None:
    """Write the sheet."""
    texts, view = book.texts, book.view
    page = book.page(texts(SHEET))
    page.widths(30, 100)
    row = page.head(texts(SHEET))
    page.row(row, [texts("How totals are made"), ""], HEADING)
    for rule in (*_RULES, *_rules_of(view.scorecard)):
        row += 1
        page.row(row, [texts(rule), ""], CELL)
    row = _legend(page, row + 2)
    page.row(row, [texts("What it was made from"), ""], HEADING)
    for name, value in _facts(view):
        row += 1
        page.text(row, 0, name, CELL, MUTED)
        page.text(row, 1, value, CELL, WRAP)


def _rules_of(scorecard: Scorecard) -> Iterator[str]:
    """The rules for what only some scorecards have."""
    active = scorecard.active
    amounts = [each for each in active if isinstance(each.figure, Amount) and not each.is_undecided]
    references = {target.reference for each in active for target in each.targets if isinstance(target, Against)}
    rules = {
        _SUMMED_TARGETS: any(way_of(scorecard, each) is Way.SUM for each in amounts),
        _COMPARED: any(not reference.is_typed for reference in references),
        _PEERS: any(reference.is_of_peers for reference in references),
        _COHORTS: any(each.window_months for each in active),
        _BREAKS: any(each.breaks for each in active),
        _QUESTIONS: any(each.question is not None and each.least_denominator for each in active),
    }
    return (rule for rule, applies in rules.items() if applies)


def _legend(page: Page, row: int) -> int:
    texts = page.book.texts
    page.row(row, [texts("What the signs mean"), ""], HEADING)
    for status, meaning in _MEANINGS.items():
        row += 1
        page.text(
            row,
            0,
            look.status_label(status, texts),
            CELL,
            status_style(status) if status in page.book.view.occurring else {},
        )
        page.text(row, 1, texts(meaning), CELL, WRAP)
    return row + 2


def _facts(view: View) -> list[tuple[str, str]]:
    texts, rollup = view.texts, view.rollup
    scorecard = rollup.scorecard
    register = texts.plural("{count} office", "{count} offices", len(rollup.register.names))
    if not rollup.register.is_given:
        register = texts("none was given; nobody knows how many offices are expected")
    files = texts(
        "{seen} seen: {counted} counted, {rejected} rejected, {held} held, {ignored} not counted",
        seen=len(rollup.files),
        counted=rollup.count("counted"),
        rejected=rollup.count("rejected"),
        held=rollup.count("held"),
        ignored=rollup.count("ignored"),
    )
    coverage = f"{plain_number(scorecard.least_coverage * 100)}{texts.percent_sign}"
    version = texts(VERSION, number=scorecard.version)
    definition = f"{scorecard.id}, {version} ({scorecard.content_hash})"
    return [
        (texts("Scorecard"), scorecard.title),
        (texts(DEFINITION), definition),
        (texts(YEAR), str(rollup.year)),
        (texts("Period shown"), view.period_name),
        (texts("Per"), texts.date(rollup.today)),
        (texts("Register"), register),
        (texts("Files"), files),
        (texts("Least coverage of a total"), coverage),
    ]
