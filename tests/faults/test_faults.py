"""Every fault, put into one office's workbook of the reference set, comes out as it has to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.faults.combinations import Combination, combinations
from tests.faults.combinations import verdict_of as verdict_of_combination
from tests.faults.outcomes import Judge, Score, Verdict
from tests.faults.suite import BENIGN, VARIANTS, judge_of, verdict_of

if TYPE_CHECKING:
    from tests.faults.cases import Variant


def _told(verdict: Verdict) -> str:
    return "\n".join((*(f"silent: {each}" for each in verdict.silent[:5]), *verdict.failures[:10]))


@pytest.fixture(scope="session")
def judge() -> Judge:
    return judge_of()


def test_the_truth_is_what_the_clean_set_comes_to(judge: Judge) -> None:
    totals = {place: (each.value, each.reported, each.expected) for place, each in judge.reference.truth.items()}
    assert judge.clean.totals == totals
    parts = {place: judge.clean.parts[place][:2] for place in judge.reference.true_parts}
    assert parts == judge.reference.true_parts
    assert len(totals) > 700


def test_forty_clean_workbooks_give_no_finding_at_all(judge: Judge) -> None:
    checked = judge.reference.checked
    assert len(checked) == 40
    assert [problem for each in checked.values() for problem in each.problems] == []
    assert sum(each.ledger.rejected for each in checked.values()) == 0


@pytest.mark.parametrize("variant", [pytest.param(each, id=each.id) for each in VARIANTS])
def test_a_fault_comes_out_as_it_has_to(variant: Variant) -> None:
    verdict = verdict_of(variant)
    assert verdict.has_passed, _told(verdict)


@pytest.mark.parametrize("variant", [pytest.param(each, id=each.id) for each in BENIGN])
def test_what_only_looks_different_is_no_fault(variant: Variant) -> None:
    verdict = verdict_of(variant)
    assert verdict.has_passed, _told(verdict)
    assert verdict.false_alarms == 0


@pytest.mark.parametrize("combination", [pytest.param(each, id=each.id) for each in combinations()])
def test_several_faults_come_out_as_each_does_alone(combination: Combination) -> None:
    verdict = verdict_of_combination(combination)
    assert verdict.has_passed, _told(verdict)


def test_no_two_variants_have_the_same_name() -> None:
    names = [variant.id for variant in (*VARIANTS, *BENIGN)]
    assert len(names) == len(set(names))


def test_the_score_counts_what_was_told_and_where() -> None:
    good = Verdict("a", "file", asked=3, detected=3, placed=3)
    bad = Verdict("b", "file", asked=1, detected=1, placed=0, silent=["x"], false_alarms=2)
    score = Score((good, bad), clean_cells=4_000)
    assert (score.silent, score.detected, score.placed, score.false_alarms) == (1, 100.0, 75.0, 0.5)
    assert not bad.has_passed
