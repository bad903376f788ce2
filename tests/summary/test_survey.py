"""The sheet of surveys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.rollup.kinds import against, at_least
from tests.summary.kinds import answers, page, rows, survey
from tests.summary.rollups import example
from tests.summary.test_region_workbook import opened
from tests.support.ooxml import check_workbook_file
from xlmalekort.layout import look
from xlmalekort.locale import texts_of
from xlmalekort.summary import write_region_workbook

if TYPE_CHECKING:
    from pathlib import Path

FOUND = {
    "A": {"2009-01": answers(1, 2, 7), "2008-01": answers(5, 3, 2)},
    "B": {"2009-01": answers(0, 1, 2), "2008-01": answers(5, 3, 2)},
    "C": {"2009-01": answers(0, 0, 4), "2008-01": answers(1, 0, 0)},
    "D": {"2009-01": answers(5, 5, 0)},
}
UNITS = ("Land", "Hill", "Dale", "A", "B", "C", "D")


def test_a_column_for_each_unit_the_highest_first() -> None:
    assert rows(page(survey(FOUND), "Survey"))["Question"] == UNITS


def test_answers_and_means_of_the_region_stand_beside_those_of_every_office() -> None:
    found = rows(page(survey(FOUND), "Survey"))
    assert found["Answers"] == (27, "<", "<", 10, "< 5", "< 5", 10)
    assert found["Mean, from 1 to 3"] == (pytest.approx(2.3), None, None, 2.6, None, None, 1.5)


def test_the_share_of_each_category_stands_below() -> None:
    found = rows(page(survey(FOUND), "Survey"))
    shares = [found[each] for each in ("no", "perhaps", "yes")]
    assert [round(float(str(row[0])), 4) for row in shares] == [round(each / 27, 4) for each in (6, 8, 13)]
    assert [row[3] for row in shares] == [0.1, 0.2, 0.7]
    assert {row[4] for row in shares} == {None}


def test_the_year_before_stands_below_with_its_answers_unless_they_are_too_few() -> None:
    found = rows(page(survey(FOUND), "Survey"))
    assert found["January 2008"] == (None, 1.7, None, 1.7, 1.7, None, None)
    assert found["Answers in January 2008"] == (None, 20, None, 10, 10, None, None)


def test_what_was_worded_differently_is_not_compared_and_says_why() -> None:
    worded = [{"starts": "2008-06-01", "reason": "The wording was changed."}]
    found = rows(page(survey(FOUND, breaks=worded), "Survey"))
    assert "Not compared with the year before: The wording was changed." in found
    assert "January 2008" not in found


def test_the_wording_and_those_who_are_asked_stand_at_the_head() -> None:
    asked: dict[str, Any] = {"question": {"wording": "Did it help?", "asked_of": "some"}}
    extra = {"filters": [{"id": "some", "title": "those who came"}]}
    found = rows(page(survey(FOUND, extra=extra, **asked), "Survey"))
    assert "Did it help? Asked of: those who came" in found


def test_a_share_of_categories_names_them() -> None:
    found = rows(page(survey(FOUND, share_of=(2, 3)), "Survey"))
    assert found["Share of: perhaps, yes"][3] == 0.9


def test_a_judged_question_has_its_sign_and_colour() -> None:
    sheet = page(survey(FOUND, target=at_least(2)), "Survey")
    row = next(row for row in sheet.iter_rows() if row[0].value == "Mean, from 1 to 3")
    assert row[4].fill.fgColor.rgb == f"FF{look.GREEN.fill[1:]}"
    assert look.STATUS_SYMBOL["green"] in row[4].number_format  # type: ignore[index]


def test_a_question_that_nobody_answered_says_so() -> None:
    assert "No answers yet" in rows(page(survey({}), "Survey"))


def test_nothing_of_few_answers_stands_anywhere_in_the_workbook() -> None:
    shown = {"A": answers(11003, 12007, 17011), "C": answers(13001, 14009, 19013)}
    few = answers(1007, 2011, 3019)
    rollup = survey(
        {**shown, "B": {**few, "r": "3.7"}},
        target=against("peers", "r", by="points"),
        measures={"r": {"role": "reference", "unit": "points", "decimals": 1}},
        least_denominator=7000,
    )
    book = opened(write_region_workbook(rollup))
    numbers = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "n"}
    secret = {"B": few, "Hill": _sum(shown["A"], few), "Land": _sum(*shown.values(), few)}
    for found in secret.values():
        assert not numbers & {*found.values(), sum(found.values()), _worth(found)}
        assert _worth(found) / sum(found.values()) not in numbers
    assert {*shown["A"].values(), sum(shown["C"].values())} <= numbers


def _sum(*found: dict[str, int]) -> dict[str, int]:
    return {each: sum(counts[each] for counts in found) for each in ("a1", "a2", "a3")}


def _worth(found: dict[str, int]) -> int:
    return found["a1"] + 2 * found["a2"] + 3 * found["a3"]


def test_a_scorecard_without_questions_has_no_such_sheet() -> None:
    assert texts_of("nb")("Survey") not in opened(write_region_workbook(example("nav-buskerud-2009", 2))).sheetnames


def test_the_workbook_opens_without_complaint(tmp_path: Path) -> None:
    path = tmp_path / "region.xlsx"
    path.write_bytes(write_region_workbook(survey(FOUND, target=at_least(2))))
    assert check_workbook_file(path) == []
