"""Local goals in a roll-up stand by themselves: each for its office, none added up, none among the results."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rollup.small import APRIL, FEBRUARY, JANUARY, MARCH, handed_in, register, rolled
from xlmalekort.model.figures import Figure, Source
from xlmalekort.model.local_goals import LocalGoal
from xlmalekort.model.measures import Unit
from xlmalekort.model.register import Office

if TYPE_CHECKING:
    from xlmalekort.model.figures import CheckedFile
    from xlmalekort.model.periods import Period
    from xlmalekort.rollup.results import RollUp

NUMBERS = {"s.n": 80, "s.d": 100}


def goal(number: str = "L.1", values: dict[Period, int | None] | None = None, **more: object) -> LocalGoal:
    figures = {
        period: Figure(number, period, None if value is None else Fraction(value))
        for period, value in (values or {}).items()
    }
    plain = LocalGoal(1, number, "Visits", Unit.COUNT, "higher", Fraction(10), Fraction(8), figures=figures)
    return replace(plain, **more)  # type: ignore[arg-type]


def with_goals(file: CheckedFile, *goals: LocalGoal) -> CheckedFile:
    assert file.submission is not None
    return replace(file, submission=replace(file.submission, local_goals=goals))


def listed(rollup: RollUp) -> list[tuple[str, str, str, str]]:
    return [
        (each.office, each.goal.number, each.period.code, str(each.judgement.status)) for each in rollup.local_goals
    ]


def core(rollup: RollUp) -> tuple[object, ...]:
    """Everything that a roll-up says of the scorecard."""
    results = [
        (each.unit, each.judgement, each.reported, each.is_complete, each.find_sources()) for each in rollup.results
    ]
    return results, rollup.totals, rollup.facts, rollup.problems


def test_goals_are_judged_for_their_own_office_in_the_order_of_the_register() -> None:
    files = [
        with_goals(handed_in("South", NUMBERS), goal(values={JANUARY: 9}), goal("L.2", {JANUARY: 10})),
        with_goals(handed_in("North", NUMBERS), goal(values={JANUARY: 7})),
    ]
    rollup = rolled(files, register("North", "South", "West"), chosen=JANUARY)
    assert listed(rollup) == [
        ("North", "L.1", "2009-01", "red"),
        ("South", "L.1", "2009-01", "yellow"),
        ("South", "L.2", "2009-01", "green"),
    ]


def test_without_a_chosen_period_every_ended_one_is_there() -> None:
    rollup = rolled([with_goals(handed_in("North", NUMBERS), goal(values={FEBRUARY: 12}))])
    assert len(rollup.local_goals) == 12
    assert listed(rollup)[:2] == [("North", "L.1", "2009-01", "missing"), ("North", "L.1", "2009-02", "green")]


def test_what_lies_after_ready_for_is_left_aside_as_in_the_scorecard() -> None:
    file = with_goals(handed_in("North", NUMBERS, until=JANUARY), goal(values={JANUARY: 12, FEBRUARY: 12}))
    assert [status for *_, status in listed(rolled([file]))][:2] == ["green", "missing"]


def test_an_office_is_listed_only_while_it_is_open() -> None:
    given_register = register(Office("North", starts=MARCH.start))
    file = with_goals(handed_in("North", NUMBERS), goal(values={MARCH: 12}))
    assert listed(rolled([file], given_register, chosen=FEBRUARY)) == []
    assert listed(rolled([file], given_register, chosen=APRIL)) == [("North", "L.1", "2009-04", "missing")]


def test_a_workbook_that_is_not_counted_lists_no_goals() -> None:
    file = with_goals(handed_in("Elsewhere", NUMBERS), goal(values={JANUARY: 12}))
    assert listed(rolled([file], register("North"))) == []


def test_a_goal_with_an_indicators_number_changes_nothing_of_it() -> None:
    plain = handed_in("North", NUMBERS)
    named = goal("share", {JANUARY: 1}, source=Source("North.xlsx", "Local goals", "A7"))
    assert core(rolled([with_goals(plain, named)])) == core(rolled([plain]))


def test_two_workbooks_that_differ_only_in_their_goals_are_told_and_the_fuller_one_is_used() -> None:
    plain = handed_in("North", NUMBERS, file="a.xlsx")
    fuller = with_goals(handed_in("North", NUMBERS, file="b.xlsx"), goal(values={JANUARY: 12}))
    rollup = rolled([plain, fuller], chosen=JANUARY)
    assert [(problem.code, problem.file) for problem in rollup.problems if problem.code.startswith("DLV")] == [
        ("DLV-011", "a.xlsx")
    ]
    assert listed(rollup) == [("North", "L.1", "2009-01", "green")]


_VALUES = st.none() | st.integers(-5, 20)
_GOALS = st.lists(
    st.builds(
        goal,
        st.sampled_from(["L.1", "L.2", "share", "count", "s.n"]),
        st.dictionaries(st.sampled_from([JANUARY, FEBRUARY]), _VALUES),
        unit=st.sampled_from([None, *Unit]),
        better=st.sampled_from([None, "higher", "lower"]),
        target=st.none() | st.fractions(0, 20),
        yellow=st.none() | st.fractions(0, 20),
    ),
    max_size=4,
)
_NUMBERS = st.dictionaries(st.sampled_from(["s.n", "s.d", "c.v", "c.t", "c.y", "x.v"]), st.integers(0, 50), min_size=1)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(_NUMBERS, _GOALS), min_size=1, max_size=3))
def test_the_scorecard_comes_to_the_same_with_and_without_local_goals(
    offices: list[tuple[dict[str, int], list[LocalGoal]]],
) -> None:
    plain = [handed_in(f"Office {place}", numbers) for place, (numbers, _) in enumerate(offices)]
    with_own = [with_goals(file, *goals) for file, (_, goals) in zip(plain, offices, strict=True)]
    assert core(rolled(with_own)) == core(rolled(plain))
