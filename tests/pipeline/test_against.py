"""What has changed since a summary was published: who changed which figure, and why a published number moved."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction
from io import BytesIO
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.pipeline.offices import BUSKERUD
from tests.rollup.small import SMALL, handed_in, register, rolled, small_scorecard
from tests.summary.rollups import example
from xlmalekort import roll_up
from xlmalekort.cli import main
from xlmalekort.layout.office import layout_of
from xlmalekort.locale import LANGUAGES
from xlmalekort.model.figures import CheckedFile, Status
from xlmalekort.model.measures import Level
from xlmalekort.model.periods import Period
from xlmalekort.model.register import Office
from xlmalekort.pipeline.errors import NotDoneError
from xlmalekort.problems import Problem
from xlmalekort.rollup.changes import Kind
from xlmalekort.rollup.comparing import find_changes, tell_changes
from xlmalekort.rollup.published import is_same
from xlmalekort.rollup.results import Unit
from xlmalekort.scorecards import load_scorecard
from xlmalekort.summary.book import Book
from xlmalekort.summary.change_list import write_changes
from xlmalekort.summary.published import NotPublishedError, is_region_workbook, read_published
from xlmalekort.summary.region_workbook import write_region_workbook
from xlmalekort.summary.view import View
from xlmalekort.xlsx import patch_workbook

if TYPE_CHECKING:
    from pathlib import Path

    from xlmalekort.model.scorecard import Scorecard
    from xlmalekort.rollup.changes import ChangedResult, Changes
    from xlmalekort.rollup.published import Published
    from xlmalekort.rollup.results import RollUp

pytestmark = pytest.mark.filterwarnings("ignore:Sparkline Group extension:UserWarning")  # of openpyxl

OFFICES = register(Office("A", "North", "Region"), Office("B", "North", "Region"), Office("C", "South", "Region"))
FULL: dict[str, Any] = {"s.n": 60, "s.d": 100, "c.v": 7, "c.t": 6, "c.y": 5, "w.v": "2.5", "w.w": 4, "w.t": 3, "w.y": 4}
FEBRUARY_DUE = date(2009, 4, 30)


def published(rollup: RollUp, scorecard: Scorecard | None = None) -> Published:
    """The roll-up written and read back."""
    return read_published(write_region_workbook(rollup), "region.xlsx", scorecard or rollup.scorecard)


def compared(before: RollUp, now: RollUp) -> Changes:
    return find_changes(now, published(before, now.scorecard))


def of_three(*numbers: dict[str, Any], **more: Any) -> RollUp:
    """A roll-up of three offices with figures for January each; None where an office sends nothing."""
    files = [handed_in(name, each) for name, each in zip("ABC", numbers, strict=True) if each]
    return rolled(files, OFFICES, **more)


def described(changes: Changes) -> list[tuple[Kind, str, str, Fraction | None, Fraction | None]]:
    return [(each.kind, each.office, each.measure, each.value_then, each.value) for each in changes.figures]


def result(changes: Changes, indicator: str, unit: Unit) -> ChangedResult:
    found = [each for each in changes.results if (each.indicator.id, each.unit) == (indicator, unit)]
    assert len(found) == 1, found
    return found[0]


# What was published


@pytest.mark.parametrize(
    "scorecard", ["nav-buskerud-2009", "kbh-resultatkontrakt-2007", "vejle-2013", "uwv-pacta-2006", "nav-aas-2014"]
)
def test_what_is_written_is_read_back_for_every_scorecard(scorecard: str) -> None:
    rollup = example(scorecard)
    read = published(rollup)
    assert (read.scorecard, read.version, read.content_hash) == (
        rollup.scorecard.id,
        rollup.scorecard.version,
        rollup.scorecard.content_hash,
    )
    assert (read.year, read.today) == (rollup.year, rollup.today)
    assert len(read.figures) == len(rollup.facts)
    assert len(read.results) == len(rollup.results)
    figures = {(each.measure, each.period, each.unit): each for each in read.figures.values()}
    for fact in rollup.facts:
        found = figures[fact.measure, fact.period, Unit(fact.level, fact.unit)]
        assert is_same(found.value, fact.value)
        assert (found.source, found.area, found.region) == (fact.source, fact.area, fact.region)
    results = {(each.indicator, each.period, each.unit): each for each in read.results.values()}
    for each in rollup.results:
        then = results[each.indicator.id, each.period, each.unit]
        assert is_same(then.value, each.judgement.value)
        assert is_same(then.numerator, each.numerator)
        assert (then.status, then.reported, then.expected) == (each.judgement.status, each.reported, each.expected)


def test_a_run_beside_its_own_summary_has_changed_nothing() -> None:
    rollup = example("nav-buskerud-2009")
    changes = compared(rollup, rollup)
    assert (changes.figures, changes.results) == ((), ())
    assert list(tell_changes(changes)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_summary_in_any_language_is_read_back(language: str) -> None:
    scorecard = small_scorecard(language=language)
    rollup = rolled([handed_in("A", FULL)], OFFICES, scorecard=scorecard)
    read = published(rollup)
    assert (read.scorecard, read.year, len(read.figures)) == ("small", 2009, len(rollup.facts))


def test_a_summary_that_a_spreadsheet_program_has_saved_is_read_back() -> None:
    rollup = of_three(FULL, FULL, FULL)
    book = openpyxl.load_workbook(BytesIO(write_region_workbook(rollup)))
    book.move_sheet("Data", -3)
    saved = BytesIO()
    book.save(saved)
    read = read_published(saved.getvalue(), "saved.xlsx", rollup.scorecard)
    assert find_changes(rollup, read).figures == ()
    assert find_changes(rollup, read).results == ()


# What was done to figures


def test_a_corrected_figure_is_listed_with_its_office_and_both_cells() -> None:
    changes = compared(of_three(FULL, FULL, FULL), of_three(FULL, FULL | {"s.n": 80}, FULL))
    assert described(changes) == [(Kind.CORRECTED, "B", "s.n", Fraction(60), Fraction(80))]
    (figure,) = changes.figures
    assert figure.source == figure.source_then
    assert figure.source is not None
    assert (figure.source.file, figure.source.cell) == ("B.xlsx", "E1")


def test_a_published_total_moves_because_of_the_offices_that_changed_figures() -> None:
    changes = compared(of_three(FULL, FULL, FULL), of_three(FULL, FULL | {"s.n": 80}, FULL | {"s.n": 90}))
    region = result(changes, "share", Unit(Level.REGION, "Region"))
    assert (region.by, str(region.why)) == (("B", "C"), "2 changed figures")
    assert region.then is not None
    assert region.now is not None
    assert (region.then.value, region.then.status) == (Fraction(60), Status.RED)
    assert region.now.judgement.shown == Fraction("76.7")
    assert region.status is Status.GREEN
    assert result(changes, "share", Unit(Level.AREA, "North")).by == ("B",)
    assert result(changes, "share", Unit(Level.OFFICE, "C")).by == ("C",)
    assert {each.unit for each in changes.results if each.indicator.id == "share"} >= {
        Unit(Level.REGION, "Region"),
        Unit(Level.AREA, "South"),
    }
    assert not any(each.unit == Unit(Level.OFFICE, "A") for each in changes.results)


def test_the_highest_level_stands_first() -> None:
    changes = compared(of_three(FULL, FULL, FULL), of_three(FULL, FULL | {"s.n": 80}, FULL))
    levels = [list(Level).index(each.unit.level) for each in changes.results]
    assert levels == sorted(levels, reverse=True)


def test_a_figure_of_an_office_that_sent_nothing_was_late() -> None:
    before, now = of_three(FULL, FULL, {}), of_three(FULL, FULL, FULL)
    changes = compared(before, now)
    assert {(each.kind, each.office) for each in changes.figures} == {(Kind.LATE, "C")}
    assert len(changes.figures) == len(FULL)
    assert all(each.source_then is None and each.source is not None for each in changes.figures)


def test_a_figure_that_was_not_due_when_the_period_was_published_was_not_late() -> None:
    # January is due at the end of February.
    before = rolled([handed_in("A", FULL)], OFFICES, today=date(2009, 2, 10))
    now = rolled([handed_in("A", FULL), handed_in("B", FULL)], OFFICES, today=date(2009, 2, 20))
    kinds = {each.measure: each.kind for each in compared(before, now).figures}
    assert kinds["s.n"] is Kind.ADDED


def test_a_figure_that_could_not_be_used_then_was_corrected() -> None:
    before = of_three(FULL | {"s.n": "?"}, FULL, FULL)
    (figure,) = compared(before, of_three(FULL, FULL, FULL)).figures
    assert (figure.kind, figure.value_then, figure.value) == (Kind.CORRECTED, None, Fraction(60))
    assert str(figure.reason) == "what stood there then could not be used"


def test_figures_of_a_period_that_had_not_been_published_are_no_changes() -> None:
    before = rolled([handed_in("A", FULL)], OFFICES, today=date(2009, 2, 10))
    now = rolled([handed_in("A", FULL, FULL)], OFFICES, today=date(2009, 3, 10))
    assert compared(before, now).figures == ()


def test_a_summary_of_one_period_published_no_later_one() -> None:
    files = [handed_in("A", FULL)]
    before = rolled(files, OFFICES, chosen=Period.parse("2009-01"))
    now = rolled([handed_in("A", FULL, FULL)], OFFICES)
    assert compared(before, now).figures == ()
    assert {each.period.code for each in compared(before, now).results} <= {"2009-01"}


def rejected(name: str) -> CheckedFile:
    return CheckedFile(f"{name}.xlsx", "damaged", problems=(Problem("FIL-002", f"{name}.xlsx"),))


@pytest.mark.parametrize(
    ("files", "reason", "cell"),
    [
        ([], "no file of the office is counted", None),
        ([rejected("A")], "the file was rejected: A.xlsx", None),
        (
            [handed_in("A", FULL | {"s.n": 1}), handed_in("A", FULL | {"s.n": 2}, file="A2.xlsx")],
            "files of the office differ, and none is counted: A.xlsx, A2.xlsx",
            None,
        ),
        ([handed_in("A", FULL | {"s.n": None})], "the cell is empty now", "E"),
        ([handed_in("A", FULL | {"s.n": "?"})], "what stands in the cell now cannot be used", "E1"),
    ],
    ids=["no file", "rejected file", "held files", "empty cell", "unusable cell"],
)
def test_a_withdrawn_figure_says_why_it_is_gone(files: list[CheckedFile], reason: str, cell: str | None) -> None:
    before = of_three(FULL, FULL, {})
    changes = compared(before, rolled([*files, handed_in("B", FULL)], OFFICES))
    gone = [each for each in changes.figures if each.measure == "s.n"]
    assert [(each.kind, each.office, each.value_then, each.value) for each in gone] == [
        (Kind.WITHDRAWN, "A", Fraction(60), None)
    ]
    assert str(gone[0].reason) == reason
    assert (gone[0].source.cell if gone[0].source else "").startswith(cell or "")
    assert (gone[0].source is None) == (cell is None)


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ([], "no file of the office is counted"),
        ([rejected("A")], "the file was rejected: A.xlsx"),
        (
            [handed_in("A", FULL | {"s.n": 1}), handed_in("A", FULL | {"s.n": 2}, file="A2.xlsx")],
            "files of the office differ, and none is counted: A.xlsx, A2.xlsx",
        ),
    ],
    ids=["no file", "rejected file", "held files"],
)
def test_an_office_that_is_gone_as_a_whole_is_told_once_with_the_reason(files: list[CheckedFile], reason: str) -> None:
    before = of_three(FULL, FULL, {})
    (office,) = compared(before, rolled([*files, handed_in("B", FULL)], OFFICES)).offices
    assert (office.office, office.is_gone, len(office.figures), str(office.reason)) == ("A", True, len(FULL), reason)


def test_an_office_that_comes_back_as_a_whole_is_told_once_with_the_file_that_counts() -> None:
    before = rolled([rejected("A"), handed_in("B", FULL)], OFFICES)
    (office,) = compared(before, rolled([handed_in("A", FULL), handed_in("B", FULL)], OFFICES)).offices
    assert (office.office, office.is_gone, len(office.figures)) == ("A", False, len(FULL))
    assert str(office.reason) == "nothing of the office was counted then; this file is counted now: A.xlsx"


def test_an_office_that_took_some_figures_back_or_added_some_did_not_change_as_a_whole() -> None:
    some = {name: FULL[name] for name in ("s.n", "s.d")}
    assert compared(of_three(FULL, FULL, {}), of_three(some, FULL, {})).offices == ()
    assert compared(of_three(some, FULL, {}), of_three(FULL, FULL, {})).offices == ()


def test_figures_of_an_area_alone_make_no_whole_office() -> None:
    area = {"a.a": 10, "a.p": 9}
    with_area, without = of_three(FULL | area, FULL, {}), of_three(FULL, FULL, {})
    for before, now in ((with_area, without), (without, with_area)):
        changes = compared(before, now)
        assert {each.unit.level for each in changes.figures} == {Level.AREA}
        assert changes.offices == ()
    # A file that cannot be read does not say whose it was; its area has no other one.
    gone = rolled([handed_in("A", FULL), replace(rejected("C"), office=None)], OFFICES)
    offices = compared(of_three(FULL, {}, FULL | area), gone).offices
    assert [(each.office, each.is_gone) for each in offices] == [("C", True)]


def test_an_office_of_which_nothing_was_due_then_has_not_come_back() -> None:
    before = rolled([handed_in("A", FULL)], OFFICES, today=date(2009, 2, 10))
    due_later = {name: FULL[name] for name in ("s.n", "s.d")}
    now = rolled([handed_in("A", FULL), handed_in("B", due_later)], OFFICES, today=date(2009, 2, 20))
    changes = compared(before, now)
    assert {each.kind for each in changes.figures} == {Kind.ADDED}
    assert changes.offices == ()


STATES = st.tuples(*[st.sampled_from(["sent", "rejected", "nothing"])] * 2)


@settings(deadline=None, max_examples=15)
@given(before=STATES, now=STATES)
def test_an_office_changed_as_a_whole_where_its_file_counted_only_then_or_only_now(
    before: tuple[str, str], now: tuple[str, str]
) -> None:
    changes = compared(with_states(before), with_states(now))
    found = {(each.office, each.is_gone): len(each.figures) for each in changes.offices}
    counted = [("B", before[0] == "sent", now[0] == "sent"), ("C", before[1] == "sent", now[1] == "sent")]
    assert found == {(name, was): len(FULL) for name, was, is_now in counted if was != is_now}


def with_states(states: tuple[str, str]) -> RollUp:
    """A sends its figures; B and C send theirs, or a file that is rejected, or nothing."""
    files = [handed_in("A", FULL)]
    for name, state in zip("BC", states, strict=True):
        if state != "nothing":
            files.append(handed_in(name, FULL) if state == "sent" else rejected(name))
    return rolled(files, OFFICES)


def test_a_figure_of_an_office_that_is_closed_now_still_stands_and_is_not_counted() -> None:
    closed = register(Office("A", "North", "Region", ends=date(2009, 1, 15)), *OFFICES.offices[1:])
    files = [handed_in(name, FULL) for name in "ABC"]
    changes = compared(rolled(files, OFFICES), rolled(files, closed))
    reasons = {str(each.reason) for each in changes.figures if each.measure == "s.n"}
    assert reasons == {"it still stands there, and is not counted any more"}


# Why results moved


def revised(green: int) -> Scorecard:
    """The small scorecard with another target of its share."""
    card = SMALL.model_dump(mode="json", exclude_defaults=True)
    for each in card["indicators"]:
        if each["id"] == "share":
            each["target"]["green"] = green
    return small_scorecard(indicators=card["indicators"])


def test_a_status_that_changed_with_the_same_figures_is_told_as_a_revised_target() -> None:
    before = of_three(FULL | {"s.n": 76}, FULL, FULL)
    scorecard = revised(80)
    files = [handed_in("A", FULL | {"s.n": 76}), handed_in("B", FULL), handed_in("C", FULL)]
    now = rolled([replace(each, scorecard=scorecard) for each in files], OFFICES, scorecard=scorecard)
    changes = compared(before, now)
    assert changes.is_other_edition
    assert changes.figures == ()
    share = result(changes, "share", Unit(Level.OFFICE, "A"))
    assert (share.status_then, share.status) == (Status.GREEN, Status.YELLOW)
    assert str(share.why) == "the figures are the same; the target was revised"
    assert share.by == ()
    assert [problem.code for problem in tell_changes(changes)] == ["CHG-002"]


def test_a_target_that_the_office_typed_is_a_figure_that_it_changed() -> None:
    changes = compared(of_three(FULL, FULL, FULL), of_three(FULL | {"c.t": 9}, FULL, FULL))
    count = result(changes, "count", Unit(Level.OFFICE, "A"))
    assert (count.by, count.status_then) == (("A",), Status.GREEN)
    assert count.status is not Status.GREEN


def test_what_has_fallen_due_since_is_nobodys_change() -> None:
    files = [handed_in("A", FULL)]
    before = rolled(files, OFFICES, today=date(2009, 2, 10))
    assert compared(before, rolled(files, OFFICES, today=date(2009, 4, 30))).results == ()


def test_an_office_that_moved_to_another_area_changes_what_its_areas_add_up() -> None:
    moved = register(Office("A", "North", "Region"), Office("B", "South", "Region"), Office("C", "South", "Region"))
    files = [handed_in("A", FULL), handed_in("B", FULL | {"s.n": 90}), handed_in("C", FULL)]
    changes = compared(rolled(files, OFFICES), rolled(files, moved))
    assert changes.figures == ()
    north = result(changes, "share", Unit(Level.AREA, "North"))
    assert str(north.why) == "other units are counted in it"


def test_a_summary_of_another_year_cannot_be_compared() -> None:
    before = of_three(FULL, FULL, FULL)
    changes = find_changes(of_three(FULL, FULL, FULL), replace(published(before), year=2008))
    assert changes.is_other_year
    assert [problem.code for problem in tell_changes(changes)] == ["CHG-003"]


def test_each_office_is_told_once_however_much_it_changed() -> None:
    changes = compared(of_three(FULL, FULL, {}), of_three(FULL | {"s.n": 70, "s.d": 90, "c.v": None}, FULL, FULL))
    told = [(problem.code, problem.unit, dict(problem.slots)) for problem in tell_changes(changes)]
    counts = {"late": "0", "added": "0", "corrected": "0", "withdrawn": "0", "published": "region.xlsx"}
    assert sorted(told) == [
        ("CHG-001", "A", counts | {"corrected": "2", "withdrawn": "1"}),
        ("CHG-001", "C", counts | {"late": str(len(FULL))}),
    ]


NUMBERS = st.fixed_dictionaries(
    {}, optional={name: st.sampled_from([1, 2, 30, "?", "0.1"]) for name in ("s.n", "s.d", "c.v", "w.v", "w.w", "m.v")}
)


@settings(deadline=None, max_examples=25)
@given(before=st.tuples(NUMBERS, NUMBERS, NUMBERS), now=st.tuples(NUMBERS, NUMBERS, NUMBERS))
def test_the_changes_lead_from_what_was_published_to_what_is_counted_now(
    before: tuple[dict[str, Any], ...], now: tuple[dict[str, Any], ...]
) -> None:
    old, new = of_three(*before), of_three(*now)
    then = published(old, SMALL)
    changes = find_changes(new, then)
    figures = {(each.unit.name, each.measure, each.period): each.value for each in then.figures.values()}
    for each in changes.figures:
        key = (each.unit.name, each.measure, each.period)
        assert figures.pop(key, None) == each.value_then
        if each.value is not None:
            figures[key] = each.value
    counted = {(fact.unit, fact.measure, fact.period): fact.value for fact in new.facts}
    # Nothing had been published of a run in which no period has a result.
    assert figures == counted or not then.results
    moved = {(line.indicator.id, line.period, line.unit) for line in changes.results}
    for result_now in new.results:
        indicator, period, unit = result_now.indicator.id, result_now.period, result_now.unit
        was = then.results.get((indicator, period, unit.level, unit.name.casefold()))
        if was is not None and not is_same(was.value, result_now.judgement.value):
            assert (indicator, period, unit) in moved


# The file that is compared with


def test_a_file_that_is_no_regional_workbook_is_refused(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "old.xlsx").write_bytes(b"no workbook")
    with pytest.raises(NotDoneError, match="is no regional workbook"):
        roll_up(tmp_path / "in", out=tmp_path / "out.xlsx", against=tmp_path / "old.xlsx", today=date(2009, 7, 15))
    assert not is_region_workbook(b"", "empty.xlsx")


def test_a_summary_of_another_scorecard_is_refused() -> None:
    content = write_region_workbook(example("vejle-2013", 3, plain=True))
    with pytest.raises(NotPublishedError, match="it is about the scorecard vejle-2013, and this run about small"):
        read_published(content, "old.xlsx", SMALL)


def test_a_summary_that_was_changed_by_hand_is_refused_rather_than_misread() -> None:
    rollup = of_three(FULL, FULL, FULL)
    content = write_region_workbook(rollup)
    with pytest.raises(NotPublishedError, match="a row of the sheet Data cannot be read"):
        read_published(patch_workbook(content, {"Data": {(3, 7): "about 60"}}), "old.xlsx", SMALL)
    with pytest.raises(NotPublishedError, match="the sheet Data lacks the column Value"):
        read_published(patch_workbook(content, {"Data": {(0, 7): "Figure"}}), "old.xlsx", SMALL)


# The sheet


def sheet_of(rollup: RollUp) -> list[list[Any]]:
    book = openpyxl.load_workbook(BytesIO(write_region_workbook(rollup)))
    return [[cell.value for cell in row] for row in book["Changes"].iter_rows()]


def test_the_sheet_lists_figures_before_results_in_the_units_of_each() -> None:
    now = of_three(FULL, FULL | {"s.n": 80}, FULL)
    rows = sheet_of(replace(now, changes=compared(of_three(FULL, FULL, FULL), now)))
    assert rows[1][0] == f"{len(rows) - 6} results moved, 1 figure corrected"
    assert [row[0] for row in rows[5:]] == ["figure corrected"] + ["result"] * (len(rows) - 6)
    country = next(row for row in rows[5:] if row[1] == "Region" and row[3] == "share")
    assert country[2:12] == [
        "B",
        "share",
        "share",
        "January 2009",
        0.6,
        0.667,
        "■ red",
        "▲ yellow",
        "1 changed figure",
        None,
    ]
    assert rows[5][1:8] == ["B", "B", "s.n", "s.n", "January 2009", 60, 80]
    assert rows[5][11:] == ["B.xlsx, Input E1", "B.xlsx, Input E1"]


def test_an_office_whose_file_is_rejected_stands_in_one_line_at_the_top_before_all_that_follows_from_it() -> None:
    before = of_three(FULL, FULL, FULL)
    now = rolled([rejected("A"), handed_in("B", FULL | {"s.n": 80}), handed_in("C", FULL)], OFFICES)
    rows = sheet_of(replace(now, changes=compared(before, now)))
    assert rows[5] == [
        "whole office",
        "A",
        "A",
        None,
        f"{len(FULL)} figures are not counted any more",
        *[None] * 5,
        "the file was rejected: A.xlsx",
        None,
        None,
    ]
    kinds = [row[0] for row in rows[6:]]
    causes = ["figure corrected", *["figure withdrawn"] * len(FULL)]
    assert kinds == causes + ["result"] * (len(kinds) - len(causes))


def test_the_sheet_says_when_nothing_has_changed() -> None:
    now = of_three(FULL, FULL, FULL)
    rows = sheet_of(replace(now, changes=compared(now, now)))
    assert rows[1][0] == "Nothing that was published has changed."
    assert len([row for row in rows if any(row)]) == 3


def test_without_a_published_summary_there_is_no_sheet_of_changes() -> None:
    book = openpyxl.load_workbook(BytesIO(write_region_workbook(of_three(FULL, FULL, FULL))))
    assert "Changes" not in book.sheetnames


def test_changes_that_do_not_fit_on_the_sheet_are_counted() -> None:
    now = of_three(FULL, dict.fromkeys(FULL, 1), FULL)
    now = replace(now, changes=compared(of_three(FULL, FULL, FULL), now))
    book = Book(View(now))
    write_changes(book, most_rows=10)
    rows = list(openpyxl.load_workbook(BytesIO(book.finish()))["Changes"].iter_rows(values_only=True))
    assert now.changes is not None
    lines = len(now.changes.results) + len(now.changes.figures)
    assert len(rows) == 10
    assert rows[-1][0] == f"{lines - 4} more changes do not fit on the sheet"


# The command


def test_the_command_lists_what_has_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    figures = tmp_path / "figures.csv"
    figures.write_text("indicator,field,period,value\nB.1,numerator,2009-05,70\nB.1,denominator,2009-05,100\n")
    day = ["--today", "2009-07-15", "--lang", "en"]
    office, old, new = folder / "provedal.xlsx", tmp_path / "juni.xlsx", tmp_path / "juli.xlsx"
    main(["new", BUSKERUD, "--office", "Prøvedal", "--data", str(figures), "--out", str(office), *day])
    main(["rollup", str(folder), "--out", str(old), *day])
    layout = layout_of(load_scorecard(BUSKERUD), 2009)
    found = layout.input_cell("B.1.numerator", Period.parse("2009-05"))
    assert found is not None
    office.write_bytes(patch_workbook(office.read_bytes(), {layout.title(found[0]): {found[1:]: 80}}))
    capsys.readouterr()
    main(["rollup", str(folder), "--out", str(new), "--against", str(old), *day])
    said = capsys.readouterr().out
    assert "Since juni.xlsx, 2009-07-15: figures corrected 1, withdrawn 0, late 0, not due then 0" in said
    main(["rollup", str(folder), "--out", str(new), "--against", str(old), "--json", *day])
    document = json.loads(capsys.readouterr().out)
    (figure,) = document["changes"]["figures"]
    assert (figure["kind"], figure["office"], figure["value_then"], figure["value"]) == (
        "corrected",
        "Prøvedal",
        70,
        80,
    )
    assert figure["source"] == figure["source_then"]
    assert [each["code"] for each in document["problems"] if each["code"].startswith("CHG")] == ["CHG-001"]
    assert main(["rollup", str(folder), "--out", str(old), "--against", str(old), *day]) == 2
