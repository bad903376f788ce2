"""The mean of the other offices, as the roll-up works it out."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rollup.kinds import COUNT, SHARE, WEIGHTED, Number, against, office, roll, scorecard_of, total
from tests.rollup.small import register, told
from xlmalekort.judging.bands import Lack
from xlmalekort.locale import texts_of
from xlmalekort.model.figures import Status
from xlmalekort.model.register import Office
from xlmalekort.problems import sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlmalekort.model.scorecard import Scorecard
    from xlmalekort.rollup.results import Result

PEERS = against("peers", "r", by="points")
AND_SELF = against("peers_and_self", "r", by="points")
REFERENCE: Mapping[str, Mapping[str, object]] = {
    "r": {"role": "reference", "unit": "percent", "decimals": 1, "kind": "rolling"}
}


def shares(target: dict[str, object] = PEERS) -> Scorecard:
    return scorecard_of(SHARE, target, measures=REFERENCE)


def reference(result: Result) -> Fraction | None:
    return result.judgement.conditions[0].reference


def test_an_office_is_held_against_the_others_sum_over_sum_without_itself() -> None:
    offices = {"A": {"n": 1, "d": 2}, "B": {"n": 30, "d": 100}, "C": {"n": 10, "d": 20}}
    rollup = roll(shares(), offices)
    assert reference(office(rollup, "A")) == Fraction(4000, 120)
    assert reference(office(rollup, "B")) == 50
    assert told(office(rollup, "A").judgement.status, office(rollup, "B").judgement.status) == (
        Status.GREEN,
        Status.RED,
    )


def test_a_mean_of_all_has_the_office_in_it() -> None:
    rollup = roll(shares(AND_SELF), {"A": {"n": 1, "d": 2}, "B": {"n": 30, "d": 100}})
    assert reference(office(rollup, "A")) == reference(office(rollup, "B")) == Fraction(3100, 102)
    assert reference(office(roll(shares(AND_SELF), {"A": {"n": 1, "d": 2}}), "A")) == 50


def test_counts_are_held_against_the_sum_of_the_others_by_their_number() -> None:
    scorecard = scorecard_of(COUNT, {**PEERS, "better": "lower"}, measures={"r": {"role": "reference"}}, better="lower")
    rollup = roll(scorecard, {"A": {"v": 2}, "B": {"v": 3}, "C": {"v": 5}})
    assert [reference(office(rollup, name)) for name in "ABC"] == [4, Fraction(7, 2), Fraction(5, 2)]


def test_means_of_the_others_are_weighted() -> None:
    scorecard = scorecard_of(WEIGHTED, PEERS, measures={"r": {"role": "reference", "unit": "days", "kind": "rolling"}})
    rollup = roll(scorecard, {"A": {"m": 2, "w": 1}, "B": {"m": 10, "w": 3}, "C": {"m": 30, "w": 1}, "D": {"m": 99}})
    assert reference(office(rollup, "A")) == 15
    assert reference(office(rollup, "D")) == Fraction(62, 5)


def test_changes_of_the_others_compare_sums_with_sums() -> None:
    figure = {"kind": "change", "value": "v", "against": "last_year"}
    scorecard = scorecard_of(figure, PEERS, measures=REFERENCE)
    offices = {
        "A": {"2009-01": {"v": 10}, "2008-01": {"v": 10}},
        "B": {"2009-01": {"v": 20}, "2008-01": {"v": 10}},
        "C": {"2009-01": {"v": 80}, "2008-01": {"v": 90}},
        "D": {"2009-01": {"v": 80}},
    }
    assert reference(office(roll(scorecard, offices), "A")) == 0


def test_those_who_are_not_in_are_nobody_s_peers() -> None:
    rollup = roll(shares(), {"A": {"n": 1, "d": 2}, "B": {"n": 30, "d": "?"}, "C": {"n": 9, "d": 8}})
    judgement = office(rollup, "A").judgement
    assert told(judgement.status, judgement.conditions[0].lack) == (Status.NOT_ASSESSABLE, Lack.NO_REFERENCE)
    assert judgement.shown == 50


def test_peers_are_those_of_the_group_else_of_the_region() -> None:
    given_offices = register(
        Office("A", "", "North", peer_group="Town"),
        Office("B", "", "South", peer_group="town "),
        Office("C", "", "North"),
        Office("D", "", "North"),
        Office("E", "", "South"),
    )
    found = {name: {"n": number, "d": 100} for number, name in enumerate("ABCDE", start=1)}
    rollup = roll(shares(), found, given_offices)
    assert [reference(office(rollup, name)) for name in "ABCDE"] == [2, 1, Fraction(5, 2), 2, 2]


def test_exempt_offices_are_nobody_s_peers() -> None:
    given_offices = register("A", "B", Office("C", exempt=frozenset({"it"})))
    rollup = roll(shares(), {name: {"n": n, "d": 10} for n, name in enumerate("ABC")}, given_offices)
    assert reference(office(rollup, "A")) == 10


def test_what_was_typed_is_replaced_and_told_where_it_is_another_number() -> None:
    offices = {"A": {"n": 1, "d": 2, "r": "33.3"}, "B": {"n": 1, "d": 3, "r": "49.8"}, "C": {"n": 0, "d": 0}}
    rollup = roll(shares(), offices)
    assert reference(office(rollup, "A")) == Fraction(100, 3)
    (problem,) = rollup.problems
    assert (problem.code, problem.severity, problem.file, problem.cell) == ("ROL-002", "note", "B.xlsx", "E3")
    assert (problem.got, problem.slots["found"], problem.indicator, problem.measure) == ("49.8", "50", "it", "r")
    assert "49,8" in sentence(problem, texts_of("nb"))


def test_a_typed_mean_without_other_offices_is_told_and_not_used() -> None:
    rollup = roll(shares(), {"A": {"n": 1, "d": 2, "r": 40}})
    assert office(rollup, "A").judgement.status is Status.NOT_ASSESSABLE
    assert [problem.code for problem in rollup.problems] == ["ROL-002"]


def test_totals_are_not_held_against_offices() -> None:
    rollup = roll(shares(), {"A": {"n": 1, "d": 2}, "B": {"n": 30, "d": 100}})
    assert told(total(rollup).judgement.status, total(rollup).judgement.value is None) == (Status.UNDECIDED, False)


def test_what_has_no_total_has_no_mean_of_peers() -> None:
    scorecard = scorecard_of({"kind": "amount", "value": "p"}, PEERS, measures={"r": {"role": "reference"}})
    assert reference(office(roll(scorecard, {"A": {"p": 1}, "B": {"p": 2}}), "A")) is None


numbers = st.one_of(st.none(), st.integers(0, 9))
pairs = st.fixed_dictionaries({"n": numbers, "d": numbers})


@settings(derandomize=True, max_examples=40, deadline=None)
@given(st.lists(pairs, min_size=5, max_size=5))
def test_each_office_s_reference_is_what_the_total_is_without_it(found: list[dict[str, Number]]) -> None:
    offices = dict(zip("ABCDE", found, strict=True))
    rollup = roll(shares(), offices, register(*"ABCDE"))
    for name in offices:
        others = {each: {**found, "r": None} for each, found in offices.items() if each != name}
        without = total(roll(shares(), others, register(*"ABCDE")))
        assert reference(office(rollup, name)) == without.judgement.value
