"""A month that was delivered and left empty is told where other months show that it should be there (DLV-009)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.intake.test_likelihood import COLUMN, OTHER, columns, many
from xlmalekort.intake.gaps import empty_months
from xlmalekort.model.figures import Figure, Submission
from xlmalekort.model.periods import Period

if TYPE_CHECKING:
    from collections.abc import Sequence

TEN = many(10)
LAST_YEAR = columns(*[COLUMN] * 12, year=2013)
NONE: tuple[None, ...] = (None,) * 10


def empty(
    *months: Sequence[int | None], before: dict[str, object] | None = None, ready: str | None = "2014-03"
) -> list[str]:
    """The codes of the months that are told in the middle of April, before last year's figures."""
    by_period: dict[Period, dict[str, Figure]] = {}
    figures = {}
    for place in columns(*months):
        measure, code = place.split("@")
        period = Period.parse(code)
        figures[measure, period] = by_period.setdefault(period, {})[measure] = Figure(measure, period, None)
    earlier = {
        (measure, period): Figure(measure, period, None)
        for place in (LAST_YEAR if before is None else before)
        for measure, period in [(place.split("@")[0], Period.parse(place.split("@")[1]))]
    }
    submission = Submission(
        "small.xlsx", "Small", 2014, figures, earlier, ready_for=Period.parse(ready) if ready else None
    )
    return [period.code for period in empty_months(TEN, by_period, submission, date(2014, 4, 15))]


def test_a_month_left_empty_before_one_that_is_still_running_is_told() -> None:
    assert empty(NONE, COLUMN, OTHER, COLUMN) == ["2014-01"]


def test_a_month_between_others_is_told_without_a_last_year_too() -> None:
    assert empty(COLUMN, NONE, OTHER, before={}) == ["2014-02"]


@pytest.mark.parametrize(
    ("months", "before", "ready"),
    [
        pytest.param((COLUMN, OTHER, COLUMN), None, "2014-03", id="all are there"),
        pytest.param((NONE, COLUMN, OTHER), {}, "2014-03", id="an office that has opened"),
        pytest.param((COLUMN, NONE, NONE), None, "2014-03", id="an office that has closed"),
        pytest.param((COLUMN, NONE, OTHER), None, None, id="nothing is said to be ready"),
        pytest.param((COLUMN, NONE, OTHER, COLUMN), None, "2014-01", id="not delivered yet"),
        pytest.param(((1, 2, *NONE[:8]), NONE, (3, *NONE[:9])), None, "2014-03", id="few figures"),
        pytest.param((COLUMN, (5, *NONE[:9]), OTHER), None, "2014-03", id="one figure is there"),
        pytest.param(
            (COLUMN, NONE, OTHER),
            columns(*[NONE if month == 1 else COLUMN for month in range(12)], year=2013),
            "2014-03",
            id="closed every February",
        ),
    ],
)
def test_what_may_well_be_empty_is_not_told(
    months: Sequence[Sequence[int | None]], before: dict[str, object] | None, ready: str | None
) -> None:
    assert empty(*months, before=before, ready=ready) == []
