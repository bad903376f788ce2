"""What is unlikely is told and counted all the same; what may well be is not told."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import chain
from typing import TYPE_CHECKING, TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.intake.made_up_counties import SCORECARDS, after, county, unlikely
from tests.intake.plain import AFTER, FILE, cell, checked, findings, plain_workbook, problem
from tests.support.cards import AMOUNT, against, card, indicator, survey
from xlmalekort.intake import workbook_file
from xlmalekort.intake.workbook_file import check_file
from xlmalekort.judging.values import rounded
from xlmalekort.layout.survey import survey_measures
from xlmalekort.locale import texts_of
from xlmalekort.model.measures import Role, Unit
from xlmalekort.problems import Severity, sentence
from xlmalekort.scorecards import load_scorecard

if TYPE_CHECKING:
    from xlmalekort.model.figures import Submission
    from xlmalekort.model.periods import Period
    from xlmalekort.model.scorecard import Scorecard
    from xlmalekort.problems import Problem

Number: TypeAlias = int | str | Fraction | None
Numbers: TypeAlias = Sequence[Number]
USUAL = (118, 103, 96, 121, 109, 87, 92, 114, 125, 107, 99, 111)
"""A year with normal variation, about 100 a month."""
EARLIER = (101, 112, 95, 108, 119, 90, 85, 104, 117, 122, 97, 106)


def card_of(**measure: object) -> Scorecard:
    """One number a month, the measure v."""
    return card(indicator("A", AMOUNT), measures=[{"id": "v", **measure}])


COUNT = card_of()
MONEY = card_of(unit="money")


def months(numbers: Numbers, year: int = 2014, measure: str = "v") -> dict[str, int | str | Fraction]:
    """Figures of the months from January on; None for an empty cell."""
    found = enumerate(numbers, start=1)
    return {f"{measure}@{year}-{month:02d}": number for month, number in found if number is not None}


def told(scorecard: Scorecard, numbers: Numbers, earlier: Numbers = (), today: date = AFTER) -> list[Problem]:
    """What is unlikely about a year of one measure."""
    file = checked(scorecard, months(numbers) | months(earlier, 2013), today)
    return [each for each in file.problems if each.code.startswith("LIK-")]


def in_month(number: int, value: Number, numbers: Numbers = USUAL) -> list[Number]:
    """The year with another figure in one month."""
    return [value if month == number else each for month, each in enumerate(numbers, start=1)]


def said(problem: Problem) -> str:
    return sentence(problem, texts_of("en"))


# A unit


def test_a_figure_in_another_unit_is_told_at_its_cell_and_counted() -> None:
    file = checked(MONEY, months(in_month(5, 109_000)) | months(EARLIER, 2013))
    found = problem(file, "LIK-001")
    assert (found.cell, found.severity, found.got) == (cell(MONEY, "v@2014-05"), Severity.WARNING, "109000")
    assert "109000 is about a thousand times the usual 105; was another unit used?" in said(found)
    assert file.ledger.counted == 12


@pytest.mark.parametrize("unit", ["money", "count", "days"])
def test_thousands_of_a_unit_are_told_too(unit: str) -> None:
    numbers = [1000 * each for each in USUAL]
    (found,) = told(card_of(unit=unit), in_month(12, 111, numbers))
    assert (found.code, found.cell) == ("LIK-001", cell(COUNT, "v@2014-12"))
    assert "about a thousandth of the usual 107000" in said(found)


def test_a_year_in_another_unit_than_the_last_is_told_once_with_its_cells() -> None:
    (found,) = told(MONEY, [1000 * each for each in USUAL[:4]], EARLIER)
    assert found.code == "LIK-001"
    assert found.slots["cells"] == ", ".join(cell(MONEY, f"v@2014-0{month}") for month in (1, 2, 3, 4))


def test_two_other_figures_are_too_few_to_say_which_unit_is_right() -> None:
    assert told(MONEY, [118, 103, 96_000]) == []


# A digit


@pytest.mark.parametrize(
    ("value", "much", "likely"),
    [
        (1090, "about ten times", "109"),
        (11, "about a tenth of", "110"),
        (10_900, "about a hundred times", "109"),
        (1094, "about ten times", "109"),
        (1097, "about ten times", "109"),
    ],
)
def test_a_slip_of_a_digit_is_told_with_what_was_likely_meant(value: int, much: str, likely: str) -> None:
    (found,) = told(COUNT, in_month(5, value), EARLIER)
    assert (found.code, found.cell, found.got) == ("LIK-002", cell(COUNT, "v@2014-05"), str(value))
    assert f"{value} is {much} the usual 106. {likely} written as {value}?" in said(found)


def test_a_percentage_typed_as_a_fraction_is_told() -> None:
    share = card_of(unit="percent", kind="rolling", decimals=2)
    numbers = (72, 75, 74, 78, Fraction(3, 4), 71, 77, 76)
    (found,) = told(share, numbers)
    assert "0.75 is about a hundredth of the usual 75. 75 written as 0.75?" in said(found)


def test_five_other_figures_say_what_is_usual_and_four_do_not() -> None:
    assert [each.code for each in told(COUNT, [118, 103, 96, 121, 109, 920])] == ["LIK-002"]
    assert told(COUNT, [118, 103, 96, 121, 1090]) == []


def test_last_year_says_what_is_usual_too() -> None:
    assert [each.code for each in told(COUNT, [1180], EARLIER)] == ["LIK-002"]


def test_a_figure_that_grows_through_the_year_is_held_against_last_years_same_month() -> None:
    growing = [1000 * month for month in range(1, 13)]
    stock = card_of(unit="money", kind="stock")
    (found,) = told(stock, in_month(10, 110_000, [11 * each // 10 for each in growing]), growing)
    assert (found.code, found.slots["usual"], found.likely) == ("LIK-002", "11000", "11000 written as 110000?")


def test_two_figures_that_slipped_alike_do_not_hide_each_other() -> None:
    numbers = in_month(9, 1250, in_month(3, 960))
    assert [each.cell for each in told(COUNT, numbers, EARLIER)] == [
        cell(COUNT, "v@2014-03"),
        cell(COUNT, "v@2014-09"),
    ]


# Anything else


@pytest.mark.parametrize("value", [3_700, 5_200, 26_000, 500_000, 22_334_455, 10_600_000, 26, 4])
def test_a_figure_far_from_the_usual_is_told_whatever_the_factor(value: int) -> None:
    (found,) = told(COUNT, in_month(5, value), EARLIER)
    assert (found.code, found.cell, found.got) == ("LIK-009", cell(COUNT, "v@2014-05"), str(value))
    assert f"{value} is far from the usual, 106" in said(found)


def test_amounts_far_from_the_usual_are_told() -> None:
    for factor in (4, 30, 9000, Fraction(1, 4), Fraction(1, 25)):
        (found,) = told(MONEY, in_month(5, rounded(Fraction(109_000) * factor, 0), [1000 * each for each in USUAL]))
        assert found.code == "LIK-009"


def test_a_single_nought_where_others_are_large_is_told() -> None:
    (found,) = told(COUNT, in_month(5, 0), EARLIER)
    assert (found.code, found.cell, found.got) == ("LIK-010", cell(COUNT, "v@2014-05"), "0")
    assert "0 means none, and the usual is about 106" in said(found)


def test_amounts_with_the_other_sign_are_told_once_with_what_was_likely_meant() -> None:
    signed = card_of(unit="money", negative=True)
    (found,) = told(signed, [-each for each in USUAL[:3]], EARLIER)
    assert (found.code, found.cell, found.likely) == ("LIK-014", cell(signed, "v@2014-01"), "118 written as -118?")
    assert found.slots["cells"].count(",") == 2
    (one,) = told(signed, in_month(5, -109))
    assert (one.code, one.cell) == ("LIK-014", cell(signed, "v@2014-05"))


def test_a_figure_of_last_year_that_is_far_from_all_is_told_on_its_sheet() -> None:
    (found,) = told(COUNT, USUAL, in_month(5, 99_999, EARLIER))
    assert (found.code, found.period, found.got) == ("LIK-009", "2013-05", "99999")
    assert found.sheet is not None


# What may well be

SUMMER = (1180, 1030, 960, 1210, 1090, 870, 92, 1140, 1250, 1070, 990, 1110)
BILLS = (40, 38, 410, 42, 41, 405, 39, 40, 398, 41, 40, 420)


@pytest.mark.parametrize(
    ("numbers", "earlier"),
    [
        pytest.param(USUAL, EARLIER, id="a usual year"),
        pytest.param((1, 2, 1, 1, 3, 10, 1, 0, 2, 1, 1, 12), (), id="small numbers"),
        pytest.param((0, 0, 31, 0, 0, 0, 29, 0, 4, 0, 0, 33), (), id="figures that are mostly 0"),
        pytest.param((12,), (), id="a first figure"),
        pytest.param((12, 125), (), id="a single earlier figure"),
        pytest.param((1200,), (110,), id="a single figure of last year"),
        pytest.param(SUMMER, (1120, 1080, 1010, 1190, 1060, 900, 118, 1100, 1205, 1090, 1020, 1060), id="a season"),
        pytest.param(BILLS, BILLS, id="a bill each quarter"),
        pytest.param((None, None, None, 6, 110, 104, 98, 117, 108, 95, 121, 109), (), id="an office that has opened"),
        pytest.param((0, 0, 0, 4, 15, 40, 96, 101, 93, 110, 99, 105), (), id="an office that grows into its work"),
        pytest.param((10, 16, 25, 41, 65, 105, 168, 268, 429, 687, 1100, 1760), (), id="growth"),
        pytest.param((100, 205, 310, 400, 510, 590, 700, 810, 905, 1000), (), id="growth by the same each month"),
        pytest.param((98, 104, 110, 101, 97, 1030, 990, 1055, 1010), EARLIER, id="a new level"),
        pytest.param((98, -104, 110, 101, -97, 1030, 95), (), id="corrections"),
        pytest.param((98, 104, 110, 101, -17, 103, 95), EARLIER, id="a correction"),
        pytest.param(in_month(7, 0), in_month(7, 0, EARLIER), id="nothing each July"),
        pytest.param((12, 9, 14, 8, 0, 11, 13), (), id="a nought among small numbers"),
        pytest.param((100, 40, 160, 30, 90, 0, 210, 60), (), id="a nought among numbers that vary"),
        pytest.param((400, 60, 90, 210, 50, 130, 80, 1500), (), id="numbers that vary much"),
        pytest.param((50,) * 12, (50,) * 12, id="a capacity"),
    ],
)
def test_what_may_well_be_is_not_told(numbers: Numbers, earlier: Numbers) -> None:
    scorecard = card_of(unit="money", negative=True) if any(each and str(each)[0] == "-" for each in numbers) else COUNT
    assert told(scorecard, numbers, earlier) == []


def many(count: int, **measure: object) -> Scorecard:
    """So many measures, m1 and so on, each of an indicator of its own."""
    names = [f"m{number}" for number in range(1, count + 1)]
    amounts = (indicator(name.upper(), AMOUNT | {"value": name}) for name in names)
    return card(*amounts, measures=[{"id": name, **measure} for name in names])


def columns(*numbers: Sequence[int | None], year: int = 2014) -> dict[str, int | str | Fraction]:
    """The figures of January, February and so on, each from top to bottom."""
    return lines(zip(*numbers, strict=True), year)


def lines(rows: Iterable[Numbers], year: int = 2014) -> dict[str, int | str | Fraction]:
    """The figures of m1, m2 and so on, each from January on."""
    named = enumerate(rows, start=1)
    return dict(chain.from_iterable(months(row, year, f"m{number}").items() for number, row in named))


def test_a_month_in_which_everything_is_low_is_a_season() -> None:
    rows = [[factor * each for each in USUAL] for factor in (1, 2, 3, 5)]
    low = [in_month(7, row[6] // 11, row) for row in rows]
    assert findings(checked(many(4), lines(low))) == []
    assert findings(checked(many(4), lines([low[0], *rows[1:]]))) == [f"LIK-002 {cell(many(4), 'm1@2014-07')}"]
    # One office in ten of its usual, the others at half: a quiet month, which hit the one harder.
    half = [in_month(7, row[6] // 2, row) for row in rows]
    assert findings(checked(many(4), lines([low[0], *half[1:]]))) == []


def test_what_does_not_count_yet_is_not_looked_at() -> None:
    numbers = (*USUAL[:6], 9)
    assert [each.code for each in told(COUNT, numbers, EARLIER)] == ["LIK-002"]
    assert told(COUNT, numbers, EARLIER, today=date(2014, 7, 15)) == []


def test_figures_before_a_break_say_nothing_of_those_after_it() -> None:
    broken = card(indicator("A", AMOUNT, breaks=[{"starts": "2014-03-01", "reason": "A new source"}]))
    numbers = (11, 9, 108, 97, 103, 112)
    assert told(broken, numbers, [each // 10 for each in EARLIER]) == []
    assert [each.code for each in told(broken, (*numbers, 99, 1090), ())] == ["LIK-002"]


def test_targets_and_plans_may_step() -> None:
    figures = months((*USUAL[:6],)) | months((20, 20, 20, 20, 20, 20, 20, 200), measure="r")
    scorecard = card(indicator("A", AMOUNT, against("plan")))
    assert scorecard.measure["r"].role is Role.PLAN
    assert findings(checked(scorecard, figures)) == []


def test_no_number_of_answers_is_told() -> None:
    asked = card(indicator("Q", survey(2), question={"wording": "How?"}))
    figures = months((30, 28, 33, 31, 29, 300), measure="c1") | months((30, 28, 33, 31, 29, 30), measure="c2")
    assert [each for each in findings(checked(asked, figures)) if each.startswith("LIK")] == []


# Sums since January


def sums(numbers: Sequence[int], start: int) -> list[int]:
    """From a month on the sum of the year instead of the month."""
    return [each if month < start else sum(numbers[:month]) for month, each in enumerate(numbers, start=1)]


@pytest.mark.parametrize("start", [2, 6, 9])
def test_sums_since_january_are_told_once_at_the_first(start: int) -> None:
    (found,) = told(COUNT, sums(USUAL, start), EARLIER)
    assert (found.code, found.cell) == ("LIK-003", cell(COUNT, f"v@2014-{start:02d}"))
    assert found.slots["alone"] == str(USUAL[start - 1])
    assert found.slots["cells"].count(",") == 12 - start


def test_sums_are_told_without_a_last_year_where_months_of_their_own_go_before() -> None:
    assert [each.code for each in told(COUNT, sums(USUAL, 6))] == ["LIK-003"]
    assert told(COUNT, sums(USUAL, 2)) == []


def test_two_sums_may_be_a_good_autumn() -> None:
    assert "LIK-003" not in [each.code for each in told(COUNT, sums(USUAL, 11), EARLIER)]


def test_growth_that_last_year_had_too_is_no_sum() -> None:
    assert told(COUNT, sums(USUAL, 2), sums(EARLIER, 2)) == []


def test_what_is_kept_as_a_sum_is_no_mistake() -> None:
    assert told(card_of(kind="stock"), sums(USUAL, 2), EARLIER) == []


# A period pasted again

COLUMN = (118, 47, 1032, 66, 93, 251, 78, 340, 129, 84)
OTHER = (109, 52, 981, 71, 88, 262, 81, 318, 133, 90)


def test_a_month_pasted_again_is_told_once_with_the_count() -> None:
    scorecard = many(10)
    file = checked(scorecard, columns(OTHER, COLUMN, COLUMN))
    found = problem(file, "LIK-004")
    assert (found.cell, found.period) == (cell(scorecard, "m1@2014-03"), "2014-03")
    assert "10 of 10 figures are the same as in February 2014" in said(found)
    assert file.ledger.counted == 30


def test_nine_in_ten_are_enough_and_eight_are_not() -> None:
    nine, eight = (*COLUMN[:9], 99), (*COLUMN[:8], 141, 99)
    assert [each[:7] for each in findings(checked(many(10), columns(COLUMN, nine)))] == ["LIK-004"]
    assert findings(checked(many(10), columns(COLUMN, eight))) == []


def test_january_may_be_december_and_a_month_that_of_last_year() -> None:
    december = {place.replace("2013-01", "2013-12"): n for place, n in columns(COLUMN, year=2013).items()}
    assert [each[:7] for each in findings(checked(many(10), december | columns(COLUMN)))] == ["LIK-004"]
    same = checked(many(10), columns(COLUMN, year=2013) | columns(COLUMN))
    assert problem(same, "LIK-004").slots["name"] == "2013-01"


@pytest.mark.parametrize(
    ("measure", "column"),
    [
        pytest.param({"kind": "stock"}, COLUMN, id="stocks may stay"),
        pytest.param({"kind": "rolling"}, COLUMN, id="means of a year hardly move"),
        pytest.param({}, (1, 2, 0, 1, 1, 3, 2, 0, 1, 4), id="small numbers"),
        pytest.param({}, (0,) * 10, id="noughts"),
        pytest.param({}, (*COLUMN[:7], None, None, None), id="seven figures"),
    ],
)
def test_what_may_be_the_same_is_not_told(measure: dict[str, object], column: Sequence[int | None]) -> None:
    assert findings(checked(many(10, **measure), columns(column, column))) == []


# Figures typed as a trial


def test_one_number_in_all_cells_of_a_month_is_told() -> None:
    file = checked(many(9), columns((7,) * 9, (7,) * 9))
    found = [each for each in file.problems if each.code.startswith("LIK-")]
    assert [(each.code, each.cell, each.measure) for each in found] == [
        ("LIK-006", cell(many(9), "m1@2014-01"), None),
        ("LIK-006", cell(many(9), "m1@2014-02"), None),
    ]
    assert f"7 stands in all cells from here to {cell(many(9), 'm9@2014-01')} (figures: 9)" in said(found[0])


def test_numbers_counted_up_are_told() -> None:
    assert [each[:7] for each in findings(checked(many(9), columns(range(1, 10))))] == ["LIK-007"]
    (found,) = told(COUNT, range(10, 130, 10))
    assert (found.code, found.slots["last"]) == ("LIK-007", "120")


def test_a_number_that_fingers_find_in_every_month_is_told() -> None:
    assert [each.code for each in told(COUNT, (999,) * 8)] == ["LIK-006"]
    assert told(COUNT, (999,) * 7) == []


@pytest.mark.parametrize("number", [1, 20, 22, 500])
def test_a_number_that_may_stay_is_not_told(number: int) -> None:
    assert told(COUNT, (number,) * 12) == []


# Whatever is told, everything counts

wild = st.lists(
    st.one_of(st.none(), st.integers(0, 9), st.sampled_from([50, 55, 60, 500, 50_000])), min_size=12, max_size=12
)


@settings(derandomize=True, max_examples=20, deadline=None)
@given(wild, wild, st.sampled_from([COUNT, MONEY]))
def test_what_is_told_changes_nothing_that_counts(now: Numbers, before: Numbers, scorecard: Scorecard) -> None:
    with pytest.MonkeyPatch.context() as patch:
        content = plain_workbook(scorecard, months(now) | months(before, 2013))
        file = check_file(content, FILE, AFTER)
        patch.setattr(workbook_file, "check_likelihood", lambda *_: [])
        without = check_file(content, FILE, AFTER)
    kept = tuple(each for each in file.problems if not each.code.startswith("LIK-"))
    assert replace(file, problems=kept) == without
    assert all(each.severity is Severity.WARNING for each in file.problems if each.code.startswith("LIK-"))


# How often it is right


@pytest.mark.parametrize("name", SCORECARDS)
def test_nothing_is_told_of_clean_figures(name: str) -> None:
    scorecard = load_scorecard(name)
    assert [problem for submission in county(name) for problem in unlikely(scorecard, submission)] == []


@pytest.mark.parametrize(
    ("factor", "code"),
    [
        (Fraction(10), "LIK-002"),
        (Fraction(1, 10), "LIK-002"),
        (Fraction(1000), "LIK-001"),
        (Fraction(1, 1000), "LIK-001"),
    ],
)
@pytest.mark.parametrize("name", ["nav-buskerud-2009", "uwv-pacta-2006"])
def test_planted_slips_are_found(name: str, factor: Fraction, code: str) -> None:
    scorecard = load_scorecard(name)
    cells = [each for submission in county(name) for each in plantable(scorecard, submission, factor)]
    planted = random.Random(3).sample(cells, min(len(cells), 150))
    found = sum(is_found(scorecard, *each, factor, code) for each in planted)
    assert len(planted) >= 10
    assert found >= Fraction(95, 100) * len(planted)


@pytest.mark.parametrize(
    ("factor", "least"),
    [
        (Fraction(35), 95),
        (Fraction(250), 95),
        (Fraction(5000), 95),
        (Fraction(100_000), 95),
        (Fraction(1, 25), 95),
        # Much of it is 0 then, which of days and of small counts is nothing odd.
        (Fraction(1, 500), 75),
    ],
)
@pytest.mark.parametrize("name", ["nav-buskerud-2009", "uwv-pacta-2006"])
def test_planted_figures_of_any_other_size_are_found(name: str, factor: Fraction, least: int) -> None:
    scorecard = load_scorecard(name)
    cells = [each for submission in county(name) for each in plantable(scorecard, submission, Fraction(10))]
    planted = random.Random(3).sample(cells, min(len(cells), 150))
    found = sum(is_found(scorecard, *each, factor, "LIK-001", "LIK-002", "LIK-009", "LIK-010") for each in planted)
    assert found >= Fraction(least, 100) * len(planted)


def plantable(
    scorecard: Scorecard, submission: Submission, factor: Fraction
) -> list[tuple[Submission, tuple[str, Period]]]:
    """The figures that keep their digits when they slip, are of a size to tell by, and have six others beside them."""
    answers, cells = survey_measures(scorecard), []
    for key, figure in submission.figures.items():
        measure, value = scorecard.measure[key[0]], figure.value
        others = [
            other.value
            for other in (*submission.figures.values(), *submission.reference.values())
            if other.measure == measure.id and other is not figure and other.value
        ]
        if value and len(others) >= 6 and measure.role is Role.FIGURE and measure.id not in answers:
            is_large = value >= 20 if measure.unit is Unit.COUNT else measure.unit is not Unit.POINTS
            keeps = abs(rounded(value * factor, measure.decimals) / (value * factor) - 1) < Fraction(1, 5)
            is_steady = max(others) <= 4 * min(others)
            if is_large and keeps and is_steady and submission.counts(key[1], after(scorecard)):
                cells.append((submission, key))
    return cells


def is_found(
    scorecard: Scorecard, submission: Submission, key: tuple[str, Period], factor: Fraction, *codes: str
) -> bool:
    figure = submission.figures[key]
    assert figure.value is not None
    value = rounded(figure.value * factor, scorecard.measure[key[0]].decimals)
    figures = submission.figures | {key: figure._replace(value=value)}
    problems = unlikely(scorecard, replace(submission, figures=figures))
    return any(each.code in codes and (each.measure, each.period) == (key[0], key[1].code) for each in problems)
