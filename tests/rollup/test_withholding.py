"""Answers that are too few to show are shown nowhere, and nobody can work them out."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rollup.kinds import JANUARY, NONE, against, at_least, office, roll, scorecard_of, total
from tests.rollup.small import register, told
from xlmalekort.judging.bands import Lack
from xlmalekort.model.figures import Status
from xlmalekort.model.measures import Level
from xlmalekort.model.register import Office
from xlmalekort.rollup.results import Unit

if TYPE_CHECKING:
    from xlmalekort.model.scorecard import Scorecard
    from xlmalekort.rollup.results import RollUp

FIGURE = {"kind": "distribution", "counts": ["a1", "a2"], "categories": ["no", "yes"]}
HILL, DALE = Unit(Level.AREA, "Hill"), Unit(Level.AREA, "Dale")
PLACES = register(Office("A", "Hill"), Office("B", "Hill"), Office("C", "Dale"), Office("D", "Dale"))


def question(target: dict[str, object] | None = None, **more: object) -> Scorecard:
    asked = {"question": {"wording": "Well?"}, "least_denominator": 5}
    return scorecard_of(FIGURE, target or at_least(1), **(asked | more))  # type: ignore[arg-type]


def answers(**counts: tuple[int, int]) -> dict[str, dict[str, int]]:
    return {name: {"a1": no, "a2": yes} for name, (no, yes) in counts.items()}


def test_fewer_answers_than_the_least_number_have_neither_value_nor_parts() -> None:
    rollup = roll(question(), answers(A=(1, 3), B=(5, 5), C=(4, 1), D=(9, 9)))
    result = office(rollup, "A")
    assert told(result.numerator, result.denominator, result.judgement.value, result.judgement.shown) == (None,) * 4
    assert told(result.judgement.status, result.is_withheld, result.reported) == (Status.TOO_FEW, True, 1)
    assert told(office(rollup, "C").denominator, office(rollup, "C").is_withheld) == (5, False)


def test_no_answers_at_all_give_nobody_away() -> None:
    rollup = roll(question(), answers(A=(0, 0), B=(5, 5)))
    assert told(office(rollup, "A").denominator, office(rollup, "A").judgement.status) == (0, Status.NOT_ASSESSABLE)
    assert total(rollup).denominator == 10


def test_an_undecided_question_is_withheld_all_the_same() -> None:
    result = office(roll(question(NONE), answers(A=(1, 3), B=(5, 5))), "A")
    assert told(result.judgement.status, result.is_withheld, result.denominator) == (Status.UNDECIDED, True, None)


def test_few_cases_of_what_is_no_question_are_shown() -> None:
    rollup = roll(question(question=None), answers(A=(1, 3), B=(5, 5)))
    assert told(office(rollup, "A").judgement.status, office(rollup, "A").denominator) == (Status.TOO_FEW, 4)


def test_a_total_counts_few_answers_where_those_of_several_offices_stand_together() -> None:
    rollup = roll(question(), answers(A=(1, 3), B=(2, 1), C=(5, 5)))
    assert told(total(rollup).denominator, total(rollup).is_withheld) == (17, False)


def test_a_total_is_withheld_where_it_would_give_one_office_away() -> None:
    rollup = roll(question(), answers(A=(1, 3), B=(5, 5), C=(9, 9)))
    result = total(rollup)
    assert told(result.judgement.status, result.denominator, result.is_withheld) == (Status.TOO_FEW, None, True)
    assert result.reported == 3


def test_a_region_is_withheld_with_the_area_whose_one_office_it_would_give_away() -> None:
    rollup = roll(question(), answers(A=(1, 3), B=(5, 5), C=(9, 9), D=(7, 7)), PLACES)
    assert [total(rollup, unit=unit).is_withheld for unit in (HILL, DALE)] == [True, False]
    assert total(rollup).is_withheld


def test_a_region_is_shown_where_two_areas_withhold_enough_together() -> None:
    rollup = roll(question(), answers(A=(1, 3), B=(5, 5), C=(1, 1), D=(7, 7)), PLACES)
    assert [total(rollup, unit=unit).is_withheld for unit in (HILL, DALE)] == [True, True]
    assert total(rollup).denominator == 30


def test_few_answers_are_in_no_fact_and_no_total_of_a_measure() -> None:
    rollup = roll(question(), answers(A=(1, 3), B=(5, 5), C=(1, 1), D=(3, 1)), PLACES)
    assert {fact.unit for fact in rollup.facts} == {"B"}
    shown = {(each.measure, each.unit): each.value for each in rollup.totals if each.period == JANUARY}
    assert told(shown["a1", HILL], shown["a1", DALE]) == (None, 4)
    assert shown["a1", Unit(Level.COUNTRY, "Land")] is None


def test_answers_that_cannot_be_used_are_withheld_as_well_when_they_are_few() -> None:
    found = answers(A=(5, 5), B=(6, 6)) | {"C": {"a1": 2, "a2": "?"}}
    rollup = roll(question(), found)
    assert told(total(rollup).denominator, total(rollup).is_withheld) == (22, False)
    assert {fact.unit for fact in rollup.facts} == {"A", "B"}
    assert {each.value for each in rollup.totals} == {None}


def test_few_answers_of_the_year_before_are_nothing_to_compare_with() -> None:
    scorecard = question(against("last_year", by="points"))
    offices = {
        "A": {"2009-01": {"a1": 5, "a2": 5}, "2008-01": {"a1": 1, "a2": 1}},
        "B": {"2009-01": {"a1": 5, "a2": 5}, "2008-01": {"a1": 9, "a2": 9}},
    }
    judgement = office(roll(scorecard, offices), "A").judgement
    assert told(judgement.status, judgement.conditions[0].lack) == (Status.NOT_ASSESSABLE, Lack.NO_REFERENCE)


def test_the_mean_of_the_others_gives_no_office_away() -> None:
    scorecard = question(
        against("peers", "r", by="points"), measures={"r": {"role": "reference", "unit": "points", "decimals": 1}}
    )
    few = roll(scorecard, answers(A=(1, 3), B=(5, 5), C=(9, 9)))
    assert [office(few, name).judgement.conditions[0].reference for name in "ABC"] == [None, None, None]
    enough = roll(scorecard, answers(A=(1, 3), B=(5, 5), C=(9, 9), D=(0, 1)))
    assert office(enough, "B").judgement.conditions[0].reference == Fraction(7 + 27 + 2, 4 + 18 + 1)


counts = st.tuples(st.integers(0, 4), st.integers(0, 4))
FIVE_PLACES = register(*(Office(name, "Hill" if name in "ABC" else "Dale") for name in "ABCDE"))


@settings(derandomize=True, max_examples=60, deadline=None)
@given(st.lists(counts, min_size=5, max_size=5))
def test_what_is_left_of_a_total_without_all_that_is_shown_below_is_nothing_or_enough(
    found: list[tuple[int, int]],
) -> None:
    rollup = roll(question(), answers(**dict(zip("ABCDE", found, strict=True))), FIVE_PLACES)
    for result in rollup.results:
        if result.unit.level is not Level.OFFICE and result.denominator is not None:
            assert _left(rollup, result.unit) == 0 or _left(rollup, result.unit) >= 5


def _left(rollup: RollUp, unit: Unit) -> Fraction:
    """The answers of a total less those of everything shown below it."""
    shown = rollup.result["it", JANUARY, unit].denominator or Fraction(0)
    for below in (HILL, DALE) if unit.level is Level.COUNTRY else ():
        area = rollup.result["it", JANUARY, below].denominator
        shown -= area if area is not None else _of_offices(rollup, below.name)
    return shown - _of_offices(rollup, unit.name) if unit.level is Level.AREA else shown


def _of_offices(rollup: RollUp, area: str) -> Fraction:
    names = [each.name for each in FIVE_PLACES.offices if each.area == area]
    return sum((office(rollup, name).denominator or Fraction(0) for name in names), Fraction(0))
