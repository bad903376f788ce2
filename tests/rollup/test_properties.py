"""What holds of every roll-up: order does not matter, parts make the whole, nothing that is missing biases."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rollup.small import JANUARY, SMALL, TODAY, codes, figures, handed_in, land, of_office, register, rolled
from xlmalekort.judging.judge import judge_observed
from xlmalekort.judging.values import observe
from xlmalekort.model.measures import Level
from xlmalekort.model.periods import Frequency
from xlmalekort.model.register import Office

if TYPE_CHECKING:
    from xlmalekort.model.figures import CheckedFile, Figures
    from xlmalekort.rollup.results import RollUp

OFFICES = [Office(name, f"Area {index % 3}", f"Region {index % 2}") for index, name in enumerate("ABCDEF")]
MEASURES = (
    "s.n",
    "s.d",
    "d.a",
    "d.p",
    "c.v",
    "c.t",
    "c.y",
    "w.v",
    "w.w",
    "x.v",
    "a.a",
    "a.p",
    "r.total",
    "r.one",
    "r.two",
)
numbers = st.one_of(st.none(), st.just("?"), st.integers(0, 9), st.sampled_from(["2.5", "0.1"]))
months = st.dictionaries(st.sampled_from(MEASURES), numbers, max_size=len(MEASURES))


@st.composite
def folders(draw: st.DrawFn) -> list[CheckedFile]:
    """Files of six offices; some sent several, some the same twice, some nothing."""
    files = []
    for index in range(draw(st.integers(1, 9))):
        office = draw(st.sampled_from("ABCDEF"))
        digest = draw(st.sampled_from(["", f"digest of {index}", "same"]))
        found = draw(st.lists(months, min_size=1, max_size=2))
        files.append(handed_in(office, *found, file=f"{index}.xlsx", digest=digest))
    return files


def dump(rollup: RollUp) -> list[object]:
    """Everything that a roll-up says."""
    results = [
        (r.indicator.id, r.period.code, r.unit, r.judgement, r.reported, r.expected, r.is_complete, r.find_sources())
        for r in rollup.results
    ]
    return [results, rollup.totals, rollup.files, rollup.submissions, rollup.problems, rollup.register]


FEW = settings(derandomize=True, max_examples=25, deadline=None)


@FEW
@given(folders(), st.randoms(use_true_random=False), st.booleans())
def test_the_order_of_files_does_not_matter(files: list[CheckedFile], random: object, has_register: bool) -> None:
    shuffled = list(files)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    given_register = register(*OFFICES) if has_register else None
    assert dump(rolled(files, given_register)) == dump(rolled(shuffled, given_register))


@FEW
@given(folders())
def test_every_file_ends_in_one_state(files: list[CheckedFile]) -> None:
    rollup = rolled(files, register(*OFFICES))
    assert len(rollup.files) == len(files)
    counted = [report.checked.office for report in rollup.files if report.state == "counted"]
    assert len(counted) == len(set(counted)) == len(rollup.submissions)


@FEW
@given(folders())
def test_areas_make_regions_and_regions_make_the_country(files: list[CheckedFile]) -> None:
    rollup = rolled(files, register(*OFFICES))
    for indicator in ("share", "deviation", "weighted"):
        for upper in (True, False):
            sums = {
                level: sum(
                    ((r.numerator if upper else r.denominator) or Fraction(0))
                    for r in rollup.results
                    if r.indicator.id == indicator and r.unit.level is level and r.period == JANUARY and r.reported
                )
                for level in (Level.AREA, Level.REGION, Level.COUNTRY)
            }
            assert sums[Level.AREA] == sums[Level.REGION] == sums[Level.COUNTRY]


@FEW
@given(st.lists(months, min_size=6, max_size=6))
def test_a_total_share_is_that_of_the_whole_pairs_and_its_coverage_counts_them(
    found: list[dict[str, int | str | None]],
) -> None:
    files = [handed_in(office.name, {**each, "x.v": 1}) for office, each in zip(OFFICES, found, strict=True)]
    total = land(rolled(files, register(*OFFICES)), "share")
    both = [(each.get("s.n"), each.get("s.d")) for each in found]
    usable = [(Fraction(n), Fraction(d)) for n, d in both if n is not None and d is not None and "?" not in (n, d)]
    pairs = [(n, d) for n, d in usable if n <= d]
    above, below = sum(n for n, _ in pairs), sum(d for _, d in pairs)
    assert total.judgement.value == (Fraction(100 * above) / below if below else None)
    assert (total.reported, total.expected, total.is_complete) == (len(pairs), 6, len(pairs) == 6)


@FEW
@given(months, months)
def test_an_office_is_judged_as_its_own_workbook_judges_it(
    january: dict[str, int | str | None], other: dict[str, int | str | None]
) -> None:
    rollup = rolled(
        [handed_in("A", {**january, "r.one": 1}), handed_in("B", {**other, "r.one": 1})], register(*OFFICES)
    )
    own: Figures = figures("A.xlsx", {**january, "r.one": 1})
    for indicator in SMALL.active:
        if indicator.level is Level.OFFICE and indicator.frequency is Frequency.MONTH:
            observed = observe(SMALL, indicator, JANUARY, own)
            assert of_office(rollup, indicator.id, "A").judgement == judge_observed(indicator, JANUARY, observed, TODAY)


@FEW
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=6, max_size=6))
def test_totals_that_do_not_add_up_are_told_for_the_country_exactly_when_they_differ(
    pairs: list[tuple[int, int]],
) -> None:
    files = [
        handed_in(office.name, {"r.total": total, "r.one": one, "r.two": 0})
        for office, (total, one) in zip(OFFICES, pairs, strict=True)
    ]
    problems = rolled(files, register(*OFFICES)).problems
    is_told = any(problem.level == "country" for problem in problems)
    assert is_told is (sum(total for total, _ in pairs) != sum(one for _, one in pairs))


def test_offices_that_agree_and_are_whole_leave_nothing_to_say() -> None:
    files = [handed_in(office.name, {"s.n": 1, "s.d": 2, "a.a": 5, "a.p": 5}) for office in OFFICES]
    assert codes(rolled(files, register(*OFFICES))) == []
