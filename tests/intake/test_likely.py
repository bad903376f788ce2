"""What was probably meant is asked only where it is likely, and what is proposed would be taken in that cell."""

from __future__ import annotations

import pickle
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.intake.offices import cell_of, check, only, with_cells
from tests.intake.plain import checked, problem
from tests.intake.test_likelihood import card_of
from xlmalekort.intake.likely import likely_day, likely_figure, likely_swapped
from xlmalekort.intake.local_sheet import LOCAL_RULES
from xlmalekort.intake.numbers import NumberRule, Reading, fits, read_number, rule_of
from xlmalekort.locale import texts_of
from xlmalekort.locale.told import NumberText, PercentText, Phrase
from xlmalekort.model.deadlines import parse_day
from xlmalekort.model.measures import Unit
from xlmalekort.problems import as_json, sentence
from xlmalekort.scorecards import built_in, load_scorecard
from xlmalekort.xlsx import RawCell
from xlmalekort.xlsx.formats import NumberFormats

if TYPE_CHECKING:
    from xlmalekort.xlsx.sheet import Kind

PLAIN, DATE, PERCENT = 0, 1, 2
FORMATS = NumberFormats(dates=frozenset({DATE}), percentages=frozenset({PERCENT}))
COUNT = NumberRule(is_percent=False, decimals=0, maximum=1e12, may_be_negative=False)
DAYS = NumberRule(is_percent=False, decimals=1, maximum=1e12, may_be_negative=False)
MONEY = NumberRule(is_percent=False, decimals=0, maximum=1e12, may_be_negative=True)
SHARE = NumberRule(is_percent=True, decimals=3, maximum=1, may_be_negative=False)
GRADE = NumberRule(is_percent=False, decimals=1, maximum=6, may_be_negative=False)
UNITS = {COUNT: Unit.COUNT, DAYS: Unit.DAYS, MONEY: Unit.MONEY, SHARE: Unit.PERCENT, GRADE: Unit.POINTS}
RULES = [
    *UNITS.items(),
    *((rule, unit) for unit, rule in LOCAL_RULES.items()),
    *{(rule_of(each), each.unit) for name in built_in() for each in load_scorecard(name).measures},
]


def asked(text: str, rule: NumberRule, kind: Kind = "text", style: int = PLAIN, unit: Unit | None = None) -> str | None:
    """The question about a cell of 2009, in English; None where none is asked."""
    found = likely(RawCell(kind, text, None, style, is_external=False), rule, unit or UNITS[rule])
    return None if found is None else str(found)


def likely(cell: RawCell, rule: NumberRule, unit: Unit) -> Phrase | None:
    reading = read_number(cell, rule, FORMATS)
    found = [likely_figure(code, cell, rule, unit, FORMATS, 2009) for code in reading.codes]
    (only,) = [*(each for each in found if each is not None), None][:1]
    assert only is None or isinstance(only, Phrase)
    return only


def proposed(phrase: Phrase | None) -> list[Fraction]:
    """The figures that a question proposes, in the unit shown."""
    said = phrase.slots.get("likely") if phrase is not None else None
    parts = list(said.slots.values()) if isinstance(said, Phrase) else [said]
    numbers = [each.percent if isinstance(each, PercentText) else each for each in parts if each is not None]
    return [Fraction(str(each)) for each in numbers]


TYPED = st.one_of(
    st.from_regex(r"\A[-(+ca. kr]{0,4}[0-9][0-9 .,'OlI]{0,8}[)*%]?( [a-zæøå]{0,9}\.?)?\Z"),
    st.text(max_size=12),
    st.sampled_from(["12 personer", "1 234", "1.234", "0,75", "75 %", "(5)", "ingen", "1O", "12,-", "3 uker"]),
)
NUMBERS = st.one_of(
    st.integers(-2000, 60_000).map(str),
    st.floats(-2000, 60_000, allow_nan=False).map(repr),
    st.integers(0, 10**7).map(lambda number: repr(number / 1000)),
    st.sampled_from(["", "abc", "nan", "-inf", "1e308", "-1e308", "1e-300", "1e5", "9" * 400]),
)
CELLS = st.one_of(
    TYPED.map(lambda text: RawCell("text", text, None, PLAIN, is_external=False)),
    st.builds(
        lambda text, style: RawCell("number", text, None, style, is_external=False),
        NUMBERS,
        st.sampled_from([PLAIN, DATE, PERCENT]),
    ),
    st.sampled_from([RawCell(kind, "x", None, PLAIN, is_external=False) for kind in ("error", "bool", "date")]),
)


@given(CELLS, st.sampled_from(RULES))
def test_what_is_proposed_would_be_taken_in_that_cell(cell: RawCell, rule: tuple[NumberRule, Unit]) -> None:
    for value in proposed(likely(cell, *rule)):
        assert fits(value, rule[0])
        typed = repr(float(value / 100 if rule[0].is_percent else value))
        style = PERCENT if rule[0].is_percent else PLAIN
        mended = RawCell("number", typed, None, style, is_external=False)
        assert read_number(mended, rule[0], FORMATS) == Reading(value)


@given(CELLS, st.sampled_from(RULES))
def test_nothing_is_asked_of_a_figure_that_is_counted_as_it_stands(
    cell: RawCell, rule: tuple[NumberRule, Unit]
) -> None:
    if read_number(cell, rule[0], FORMATS).value is not None:
        assert likely(cell, *rule) is None


@pytest.mark.parametrize(
    ("typed", "rule", "question"),
    [
        ("12 personer", COUNT, '12 written as "12 personer"?'),
        ("ca. 12", COUNT, '12 written as "ca. 12"?'),
        ("12*", COUNT, '12 written as "12*"?'),
        ("1O", COUNT, '10 written as "1O"?'),
        ("ingen", COUNT, '0 written as "ingen"?'),
        ("1 234", COUNT, '1234 written as "1 234"?'),
        ("1\N{NO-BREAK SPACE}234", COUNT, '1234 written as "1\N{NO-BREAK SPACE}234"?'),
        ("1.234.567", MONEY, '1234567 written as "1.234.567"?'),
        ("kr 1.234,-", MONEY, '1234 written as "kr 1.234,-"?'),
        ("12,5", DAYS, '12.5 written as "12,5"?'),
        ("12.5", DAYS, '12.5 written as "12.5"?'),
        ("(5)", MONEY, '-5 or 5 written as "(5)"?'),
        ("(5)", COUNT, '5 written as "(5)"?'),
        ("5-", COUNT, '5 written as "5-"?'),
        ("75 %", SHARE, '0.75 (75%) written as "75 %"?'),
        ("0,75", SHARE, '0.75 (75%) written as "0,75"?'),
        ("74,9", SHARE, '0.749 (74.9%) written as "74,9"?'),
    ],
)
def test_a_number_with_something_beside_it_is_recognised(typed: str, rule: NumberRule, question: str) -> None:
    assert asked(typed, rule) == question


def test_a_point_that_may_part_thousands_or_decimals_leaves_both_open() -> None:
    days = NumberRule(is_percent=False, decimals=3, maximum=1e12, may_be_negative=False)
    assert asked("1.234", days, unit=Unit.DAYS) == '1234 or 1.234 written as "1.234"?'
    assert asked("1.234", COUNT) == '1234 written as "1.234"?'


@pytest.mark.parametrize(
    "typed",
    [
        "3 av 4",
        "12-15",
        "12 mai",
        "12 mill",
        "3 uker",
        "?",
        "-",
        "se note 3",
        "12 %",
        "1 23",
        "vet ikke",
        "B.1",
        "12,5",
    ],
)
def test_where_nothing_is_really_likely_nothing_is_asked(typed: str) -> None:
    assert asked(typed, COUNT) is None


@pytest.mark.parametrize(
    ("typed", "rule", "style", "question"),
    [
        ("75", SHARE, PERCENT, "0.75 (75%) written as 75?"),
        ("749", SHARE, PERCENT, "0.749 (74.9%) written as 749?"),
        ("0.12345", SHARE, PERCENT, "0.123 (12.3%) written as 0.12345?"),
        ("45", GRADE, PLAIN, "4.5 written as 45?"),
        ("-5", COUNT, PLAIN, "5 written as -5?"),
        ("1.234", COUNT, PLAIN, "1234 written as 1.234?"),
        ("12.5", COUNT, PLAIN, None),
        ("12.75", DAYS, PLAIN, "12.8 written as 12.75?"),
        ("0.12", COUNT, PERCENT, "12 written as 12%?"),
        ("12", COUNT, PERCENT, "12 written as 1200%?"),
        ("1", COUNT, PERCENT, "100 or 1 written as 100%?"),
    ],
)
def test_a_number_in_another_form_is_recognised(typed: str, rule: NumberRule, style: int, question: str | None) -> None:
    assert asked(typed, rule, "number", style) == question


@pytest.mark.parametrize(
    ("serial", "rule", "question"),
    [
        ("39906", COUNT, "Was 3-4 typed, and made a date by Excel?"),
        ("39906", DAYS, "3.4 that Excel has made the date 2009-04-03?"),
        ("27395", GRADE, None),
        (
            "27395",
            NumberRule(is_percent=False, decimals=2, maximum=6, may_be_negative=False),
            "1.75 that Excel has made",
        ),
        ("120", COUNT, "120 in a cell that shows numbers as dates?"),
        ("39000", COUNT, None),
    ],
)
def test_what_excel_made_a_date_is_shown_as_it_was_typed(serial: str, rule: NumberRule, question: str | None) -> None:
    found = asked(serial, rule, "number", DATE, UNITS.get(rule, Unit.POINTS))
    assert found == question if question is None else str(found).startswith(question)


def test_nothing_is_asked_of_what_a_formula_gives() -> None:
    cell = RawCell("number", "-5", "A1-A2", PLAIN, is_external=False)
    assert likely_figure("NUM-004", cell, COUNT, Unit.COUNT, FORMATS, 2009) is None


# Days


@pytest.mark.parametrize(
    ("typed", "day"), [("30/6-09", "2009-06-30"), ("30.06.2009", "2009-06-30"), ("1. 7. 09", "2009-07-01")]
)
def test_a_day_written_in_another_way_is_recognised(typed: str, day: str) -> None:
    assert str(likely_day(typed)) == f'{day} written as "{typed}"?'
    assert parse_day(day) is not None


@pytest.mark.parametrize("typed", ["i morgen", "30. juni", "31.6.2009", "2009-06-30", "uke 23", "1/2"])
def test_what_may_be_several_days_or_none_is_left_alone(typed: str) -> None:
    assert likely_day(typed) is None


# Beside other figures


OTHERS = [(Fraction(upper), Fraction(100)) for upper in (70, 75, 72)]


def test_numerator_and_denominator_in_each_others_place_are_recognised() -> None:
    assert str(likely_swapped(Fraction(104), Fraction(74), OTHERS)) == "104 and 74 swapped?"


@pytest.mark.parametrize(("upper", "lower"), [(740, 104), (104, 10), (300, 250)])
def test_another_slip_is_not_taken_for_a_swap(upper: int, lower: int) -> None:
    assert likely_swapped(Fraction(upper), Fraction(lower), OTHERS) is None


def test_without_other_periods_nobody_knows_whether_two_were_swapped() -> None:
    assert likely_swapped(Fraction(104), Fraction(74), OTHERS[:2]) is None


def test_a_swapped_pair_is_asked_about_in_the_workbook() -> None:
    changes: dict[tuple[int, int], int] = {}
    for month, (upper, lower) in enumerate([(70, 100), (75, 104), (72, 98), (73, 99), (101, 74)], 1):
        changes[cell_of("B.1.numerator", f"2009-0{month}")] = upper
        changes[cell_of("B.1.denominator", f"2009-0{month}")] = lower
    found = only(check(with_cells(changes)), "PAR-001")
    assert str(found.likely) == "101 and 74 swapped?"


def test_the_first_of_sums_since_january_is_told_with_its_own_figure() -> None:
    earlier = {f"v@2013-{month:02}": 100 + month for month in range(1, 13)}
    sums = {f"v@2014-{month:02}": 104 * month for month in range(1, 7)}
    found = problem(checked(card_of(), earlier | sums), "LIK-003")
    assert (found.period, str(found.likely)) == ("2014-02", "104 written as 208?")


def test_thousands_are_told_with_the_figure_in_the_usual_unit() -> None:
    earlier = {f"v@2013-{month:02}": 1000 + month for month in range(1, 13)}
    money = card_of(unit="money")
    found = problem(checked(money, {**earlier, "v@2014-01": 1_020_000}), "LIK-001")
    assert str(found.likely) == "1020 written as 1020000?"


# How it is told


def test_a_question_stands_between_what_was_found_and_how_to_mend_it() -> None:
    found = only(check(with_cells({cell_of("B.1.numerator"): "12 personer"})), "NUM-001")
    texts = texts_of("en")
    assert '. 12 written as "12 personer"? Enter a number' in sentence(found, texts)
    assert as_json(found, texts)["likely"] == '12 written as "12 personer"?'


def test_a_problem_without_a_likely_figure_has_none_in_json() -> None:
    found = only(check(with_cells({cell_of("B.1.numerator"): "vet ikke"})), "NUM-001")
    assert as_json(found, texts_of("en"))["likely"] is None


@pytest.mark.parametrize(
    ("language", "words"), [("nb", "0,749 (74,9 %)"), ("nl", "0,749 (74,9%)"), ("en", "0.749 (74.9%)")]
)
def test_numbers_are_written_as_the_language_writes_them(language: str, words: str) -> None:
    found = likely(RawCell("number", "749", None, PERCENT, is_external=False), SHARE, Unit.PERCENT)
    assert found is not None
    assert words in found.told(texts_of(language))


def test_a_question_comes_through_another_process() -> None:
    for value in (PercentText.of(Fraction("74.9")), PercentText.plain(Fraction(12)), NumberText.of(Fraction("1.5"))):
        again = pickle.loads(pickle.dumps(value))  # noqa: S301 - our own
        assert again.told(texts_of("nb")) == value.told(texts_of("nb"))
    found = only(check(with_cells({cell_of("B.1.numerator"): "12,0 personer"})), "NUM-001")
    again = pickle.loads(pickle.dumps(found))  # noqa: S301
    assert sentence(again, texts_of("nb")) == sentence(found, texts_of("nb"))
