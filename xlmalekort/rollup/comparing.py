"""A roll-up beside what has been published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlmalekort.model.measures import Level
from xlmalekort.problems import Problem
from xlmalekort.rollup.changed_figures import FigureComparison
from xlmalekort.rollup.changed_offices import OfficeComparison
from xlmalekort.rollup.changed_results import ResultComparison
from xlmalekort.rollup.changes import Changes, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlmalekort.rollup.changes import ChangedFigure
    from xlmalekort.rollup.published import Published
    from xlmalekort.rollup.results import RollUp


def find_changes(rollup: RollUp, published: Published) -> Changes:
    """What differs from an earlier regional workbook of the scorecard.

    Published is every figure that it counted, and every period that it shows. What the definition of then or of now does not
    know is not compared, nor is a period that only one of the two shows.
    """
    figures = FigureComparison(rollup, published).changed()
    results = ResultComparison(rollup, published, figures).changed()
    offices = OfficeComparison(rollup, published, figures).changed()
    return Changes(published, rollup.year, rollup.scorecard, results, figures, offices)


def tell_changes(changes: Changes) -> Iterator[Problem]:
    """CHG-001 once for each office that changed something, CHG-002 and CHG-003 for a workbook of another edition or year."""
    published, scorecard = changes.published, changes.scorecard
    if changes.is_other_year:
        slots = {"year": str(changes.year)}
        yield Problem("CHG-003", file=published.file, got=str(published.year), slots=slots)
    elif changes.is_other_edition:
        then, now = (f"{each.version} ({each.content_hash})" for each in (published, scorecard))
        yield Problem("CHG-002", file=published.file, got=then, slots={"version": now})
    by_office: dict[str, list[ChangedFigure]] = {}
    for each in changes.figures:
        by_office.setdefault(each.office, []).append(each)
    for office, figures in by_office.items():
        file = next((each.source.file for each in figures if each.source is not None), None)
        counts = {kind.value: str(sum(each.kind is kind for each in figures)) for kind in Kind}
        slots = {**counts, "published": published.file}
        yield Problem("CHG-001", file=file, level=Level.OFFICE, unit=office, slots=slots)
