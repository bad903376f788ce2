"""Roll-ups of small scorecards, to write regional workbooks of."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from tests.rollup.kinds import roll, scorecard_of
from tests.rollup.small import register
from tests.summary.test_region_workbook import opened
from xlmalekort.model.register import Office
from xlmalekort.summary import write_region_workbook

if TYPE_CHECKING:
    from collections.abc import Mapping

    from openpyxl.worksheet.worksheet import Worksheet

    from xlmalekort.rollup.results import RollUp

ANSWERS = {"kind": "distribution", "counts": ["a1", "a2", "a3"], "categories": ["no", "perhaps", "yes"]}
PLACES = register(*(Office(name, "Hill" if name in "AB" else "Dale") for name in "ABCD"))


def survey(
    offices: Mapping[str, Any],
    *,
    target: Mapping[str, object] | None = None,
    share_of: tuple[int, ...] = (),
    **more: Any,
) -> RollUp:
    """A roll-up of one question of January."""
    asked: dict[str, Any] = {"question": {"wording": "Did it help?"}, "least_denominator": 5}
    scorecard = scorecard_of({**ANSWERS, "share_of": share_of}, target or {"kind": "undecided"}, **(asked | more))
    return roll(scorecard, offices, PLACES, today=date(2009, 2, 20))


def answers(no: int, perhaps: int, yes: int) -> dict[str, int]:
    return {"a1": no, "a2": perhaps, "a3": yes}


def page(rollup: RollUp, title: str) -> Worksheet:
    return opened(write_region_workbook(rollup))[title]


def rows(sheet: Worksheet) -> dict[object, tuple[object, ...]]:
    """The rows by their first cell, without it; the last of equal ones."""
    return {row[0]: row[1:] for row in sheet.iter_rows(values_only=True) if row[0] is not None}
