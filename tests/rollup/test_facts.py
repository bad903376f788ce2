"""The table of facts: every figure that counts, once, with its unit and its cell."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from hypothesis import given

from tests.rollup.small import FEBRUARY, JANUARY, SMALL, handed_in, register, rolled
from tests.rollup.test_properties import FEW, OFFICES, folders
from xlmalekort.model.figures import Source
from xlmalekort.model.measures import Level
from xlmalekort.model.register import Office
from xlmalekort.rollup.measures import is_addable
from xlmalekort.rollup.results import Fact

if TYPE_CHECKING:
    from xlmalekort.model.figures import CheckedFile
    from xlmalekort.rollup.results import RollUp


def rows(rollup: RollUp) -> list[tuple[str, str, str, Fraction | int]]:
    """Unit, measure, period and value of each fact."""
    return [(fact.unit, fact.measure, fact.period.code, fact.value) for fact in rollup.facts]


def test_a_fact_says_where_it_belongs_and_where_it_came_from() -> None:
    rollup = rolled([handed_in("a", {"s.n": 7, "s.d": 10})], register(Office("A", "North", "Region")))
    source = Source("a.xlsx", "Input", "E1")
    assert rollup.facts[0] == Fact(Level.OFFICE, "A", "North", "Region", "s.n", JANUARY, Fraction(7), source)
    assert len(rollup.facts) == 2


def test_facts_stand_in_the_order_of_the_register_then_of_the_definition_then_of_periods() -> None:
    files = [handed_in("A", {"u.v": 1, "m.v": 2}, {"m.v": 3}), handed_in("B", {"m.v": 4})]
    assert rows(rolled(files, register("B", "A"))) == [
        ("B", "m.v", "2009-01", 4),
        ("A", "m.v", "2009-01", 2),
        ("A", "m.v", "2009-02", 3),
        ("A", "u.v", "2009-01", 1),
    ]


def test_what_is_held_for_an_area_stands_once_before_its_first_office() -> None:
    held = {"a.a": 5, "a.p": 5, "m.v": 1}
    offices = register(Office("A", "North", "R"), Office("B", "South", "R"), Office("C", "North", "R"))
    rollup = rolled([handed_in(name, held) for name in "ABC"], offices)
    assert [(fact.level, fact.unit, fact.area, fact.region) for fact in rollup.facts] == [
        (Level.AREA, "North", "North", "R"),
        (Level.AREA, "North", "North", "R"),
        (Level.OFFICE, "A", "North", "R"),
        (Level.AREA, "South", "South", "R"),
        (Level.AREA, "South", "South", "R"),
        (Level.OFFICE, "B", "South", "R"),
        (Level.OFFICE, "C", "North", "R"),
    ]


def test_copies_that_differ_are_no_fact() -> None:
    files = [handed_in("A", {"a.a": 5, "a.p": 5}), handed_in("B", {"a.a": 6, "a.p": 5})]
    offices = register(Office("A", "North"), Office("B", "North"))
    assert rows(rolled(files, offices)) == [("North", "a.p", "2009-01", 5)]


def test_a_figure_that_no_indicator_can_use_still_stands_with_its_cell() -> None:
    files = [handed_in("A", {"s.n": 11, "s.d": 10}), handed_in("B", {"s.n": 1, "d.a": "?", "d.p": 1})]
    assert rows(rolled(files, register("A", "B"))) == [
        ("A", "s.n", "2009-01", 11),
        ("A", "s.d", "2009-01", 10),
        ("B", "s.n", "2009-01", 1),
        ("B", "d.p", "2009-01", 1),
    ]


def test_a_figure_without_an_indicator_is_a_fact() -> None:
    assert rows(rolled([handed_in("A", {"r.one": 3})])) == [("A", "r.one", "2009-01", 3)]


def test_what_no_indicator_asks_of_an_office_is_no_fact() -> None:
    offices = register(Office("A", exempt=frozenset({"mean"})), Office("B"))
    files = [handed_in("A", {"m.v": 1}), handed_in("B", {"m.v": 2})]
    assert [row for row in rows(rolled(files, offices)) if row[1] == "m.v"] == [("B", "m.v", "2009-01", 2)]


def test_what_is_not_delivered_held_or_closed_is_no_fact() -> None:
    late = handed_in("A", {"m.v": 1}, {"m.v": 2}, until=JANUARY)
    held = [handed_in("B", {"m.v": value}, file=f"{value}.xlsx") for value in (3, 4)]
    closed = handed_in("C", {"m.v": 5}, {"m.v": 6})
    offices = register("A", "B", Office("C", starts=FEBRUARY.start))
    assert rows(rolled([late, *held, closed], offices)) == [("A", "m.v", "2009-01", 1), ("C", "m.v", "2009-02", 6)]


def test_an_office_that_moves_has_its_area_of_the_period() -> None:
    offices = register(Office("A", "North", ends=JANUARY.end), Office("A", "South", starts=FEBRUARY.start))
    facts = rolled([handed_in("A", {"m.v": 1}, {"m.v": 2})], offices).facts
    assert {fact.area: int(fact.value) for fact in facts} == {"North": 1, "South": 2}


@FEW
@given(folders())
def test_facts_add_up_to_the_totals_of_measures(files: list[CheckedFile]) -> None:
    rollup = rolled(files, register(*OFFICES))
    for total in rollup.totals:
        measure = SMALL.measure[total.measure]
        if total.unit.level is Level.COUNTRY and is_addable(measure):
            values = [
                fact.value for fact in rollup.facts if (fact.measure, fact.period) == (total.measure, total.period)
            ]
            assert (total.value or 0, total.reported) == (sum(values), len(values))


@FEW
@given(folders())
def test_every_source_of_a_total_is_a_fact(files: list[CheckedFile]) -> None:
    rollup = rolled(files, register(*OFFICES))
    cells = {fact.source for fact in rollup.facts}
    for result in rollup.results:
        assert cells.issuperset(result.find_sources() if result.unit.level is Level.COUNTRY else ())
