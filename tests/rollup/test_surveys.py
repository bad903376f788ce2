"""How questions were answered, and a year before."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rollup.kinds import NONE, SHARE, at_least, roll, scorecard_of, sent
from tests.rollup.small import register, rolled, told
from xlmalekort.model.measures import Level
from xlmalekort.model.periods import Period
from xlmalekort.model.register import Office
from xlmalekort.rollup.results import Unit

if TYPE_CHECKING:
    from xlmalekort.model.scorecard import Scorecard
    from xlmalekort.rollup.results import RollUp
    from xlmalekort.rollup.surveys import Answered

FIGURE = {"kind": "distribution", "counts": ["a1", "a2"], "categories": ["no", "yes"]}
LAND = Unit(Level.COUNTRY, "Land")
A, B = (Unit(Level.OFFICE, name) for name in "AB")


def question(**more: Any) -> Scorecard:
    asked: dict[str, Any] = {"question": {"wording": "Well?"}, "least_denominator": 5}
    return scorecard_of(FIGURE, NONE, **(asked | more))


def of(rollup: RollUp, unit: Unit, period: str = "2009-01") -> Answered:
    (found,) = (each for each in rollup.answered if (each.unit, each.period) == (unit, Period.parse(period)))
    return found


def test_answers_are_counted_by_category_for_offices_and_all_above() -> None:
    rollup = roll(question(), {"A": {"a1": 2, "a2": 4}, "B": {"a1": 1, "a2": 8}})
    assert told(of(rollup, A).counts, of(rollup, LAND).counts) == ((2, 4), (3, 12))


def test_answers_that_are_not_all_there_are_not_counted() -> None:
    rollup = roll(question(), {"A": {"a1": 2, "a2": 4}, "B": {"a1": 9}})
    assert told(of(rollup, B).counts, of(rollup, LAND).counts) == ((), (2, 4))


def test_few_answers_are_counted_nowhere_but_in_totals_that_give_nobody_away() -> None:
    rollup = roll(question(), {"A": {"a1": 2, "a2": 4}, "B": {"a1": 1, "a2": 1}, "C": {"a1": 0, "a2": 3}})
    assert told(of(rollup, B).counts, of(rollup, LAND).counts) == ((), (3, 8))
    alone = roll(question(), {"A": {"a1": 2, "a2": 4}, "B": {"a1": 1, "a2": 1}})
    assert of(alone, LAND).counts == ()


def test_the_year_before_is_one_mean_of_all_answers_of_then() -> None:
    offices = {
        "A": {"2009-01": {"a1": 2, "a2": 4}, "2008-01": {"a1": 5, "a2": 5}},
        "B": {"2009-01": {"a1": 2, "a2": 4}, "2008-01": {"a1": 0, "a2": 30}},
    }
    before = of(roll(question(), offices), LAND).before
    assert before is not None
    assert told(before.shown, before.answers, before.period.code) == (Fraction("1.9"), 40, "2008-01")


def test_few_answers_of_the_year_before_are_not_shown_nor_a_total_that_gives_them_away() -> None:
    offices = {
        "A": {"2009-01": {"a1": 2, "a2": 4}, "2008-01": {"a1": 5, "a2": 5}},
        "B": {"2009-01": {"a1": 2, "a2": 4}, "2008-01": {"a1": 0, "a2": 3}},
    }
    rollup = roll(question(), offices)
    assert [of(rollup, unit).before is not None for unit in (A, B, LAND)] == [True, False, False]


def test_a_question_that_was_changed_is_not_compared_with_the_year_before() -> None:
    offices = {"A": {"2009-01": {"a1": 2, "a2": 4}, "2008-01": {"a1": 5, "a2": 5}}}
    changed = [{"starts": "2008-07-01", "reason": "reworded"}]
    found = of(roll(question(breaks=changed), offices), LAND)
    assert (found.before, found.reason) == (None, "reworded")
    later = [{"starts": "2009-07-01", "reason": "reworded"}]
    assert of(roll(question(breaks=later), offices), LAND).before is not None


def test_what_is_asked_when_it_is_held_is_compared_with_the_last_time_of_the_year_before() -> None:
    offices = {"A": {"2009-10": {"a1": 2, "a2": 4}, "2008-11": {"a1": 5, "a2": 5}, "2008-03": {"a1": 9, "a2": 9}}}
    before = of(roll(question(frequency="when_held"), offices), LAND, "2009-10").before
    assert before is not None
    assert before.period.code == "2008-11"


def test_a_question_of_two_answers_has_no_categories_and_may_have_a_year_before() -> None:
    scorecard = scorecard_of(SHARE, at_least(1), question={"wording": "Well?"}, least_denominator=5)
    found = of(roll(scorecard, {"A": {"2009-01": {"n": 2, "d": 9}, "2008-01": {"n": 5, "d": 10}}}), LAND)
    assert told(found.counts, found.before and found.before.shown) == ((), 50)


def test_what_is_no_question_was_not_answered() -> None:
    assert roll(question(question=None), {"A": {"a1": 2, "a2": 4}}).answered == ()


counts = st.fixed_dictionaries({"a1": st.integers(0, 9), "a2": st.integers(0, 9)})
PLACES = register(*(Office(name, "Hill" if name in "ABC" else "Dale") for name in "ABCDE"))


@settings(derandomize=True, max_examples=30, deadline=None)
@given(st.lists(counts, min_size=5, max_size=5), st.randoms(use_true_random=False))
def test_the_order_of_files_does_not_matter(found: list[dict[str, int]], random: Any) -> None:
    scorecard = question()
    files = [sent(scorecard, name, each) for name, each in zip("ABCDE", found, strict=True)]
    shuffled = list(files)
    random.shuffle(shuffled)
    one, other = (rolled(each, PLACES, scorecard=scorecard) for each in (files, shuffled))
    assert (one.answered, one.facts, one.totals) == (other.answered, other.facts, other.totals)
    assert [result[:-2] for result in one.results] == [result[:-2] for result in other.results]


@settings(derandomize=True, max_examples=30, deadline=None)
@given(st.lists(counts, min_size=5, max_size=5))
def test_shown_counts_of_areas_add_up_to_those_of_the_country(found: list[dict[str, int]]) -> None:
    rollup = roll(question(least_denominator=0), dict(zip("ABCDE", found, strict=True)), PLACES)
    areas = [of(rollup, Unit(Level.AREA, name)).counts for name in ("Hill", "Dale")]
    assert tuple(map(sum, zip(*areas, strict=True))) == of(rollup, LAND).counts
