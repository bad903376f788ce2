"""Which files count: one for each office and year, whatever order they come in."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tests.rollup.small import (
    APRIL,
    FEBRUARY,
    JANUARY,
    MARCH,
    SMALL,
    TODAY,
    codes,
    figures,
    handed_in,
    land,
    of_figures,
    of_office,
    register,
    rolled,
    small_scorecard,
    told,
)
from xlmalekort.locale import texts_of
from xlmalekort.model.figures import Action, CheckedFile, Source, Status
from xlmalekort.model.periods import Period
from xlmalekort.model.register import Office
from xlmalekort.problems import sentence
from xlmalekort.rollup.submissions import choose_scorecard

if TYPE_CHECKING:
    from xlmalekort.rollup.results import RollUp

SHARE = {"s.n": 7, "s.d": 10}


def states(rollup: RollUp) -> dict[str, str]:
    return {report.checked.file: report.state for report in rollup.files}


def test_the_same_bytes_twice_count_once() -> None:
    twice = [handed_in("A", SHARE, file=f"{name}.xlsx", digest="same") for name in "ba"]
    rollup = rolled(twice)
    assert states(rollup) == {"a.xlsx": "counted", "b.xlsx": "ignored"}
    assert land(rollup, "share").numerator == 7
    (problem,) = rollup.problems
    assert (problem.code, problem.file, problem.slots["other"]) == ("DLV-002", "b.xlsx", "a.xlsx")


def test_of_several_files_the_one_delivered_furthest_counts_and_the_others_are_told() -> None:
    old = handed_in("A", SHARE, SHARE, until=FEBRUARY, file="z_old.xlsx")
    new = handed_in("A", SHARE, SHARE, SHARE, until=MARCH, file="a_new.xlsx")
    rollup = rolled([old, new])
    assert states(rollup) == {"z_old.xlsx": "ignored", "a_new.xlsx": "counted"}
    assert codes(rollup) == ["DLV-003"]
    assert rollup.problems[0].slots == {"other": "a_new.xlsx", "name": "2009-03"}


def test_without_ready_for_the_latest_figure_tells_how_far_a_file_is_delivered() -> None:
    rollup = rolled([handed_in("A", SHARE, file="1.xlsx"), handed_in("A", SHARE, SHARE, file="2.xlsx")])
    assert states(rollup) == {"1.xlsx": "ignored", "2.xlsx": "counted"}


def test_what_the_counted_file_changes_in_delivered_periods_is_a_correction() -> None:
    old = handed_in("A", {"s.n": 7, "s.d": 10, "r.one": 1}, {"s.n": 1, "s.d": 1}, until=JANUARY, file="old.xlsx")
    new = handed_in("A", {"s.n": 8, "s.d": 10}, {"s.n": 2, "s.d": 2}, until=FEBRUARY, file="new.xlsx")
    corrections = [problem for problem in rolled([old, new]).problems if problem.code == "DLV-005"]
    assert [(each.measure, each.period, each.got, each.slots["value"]) for each in corrections] == [
        ("s.n", "2009-01", "7", "8"),
        ("r.one", "2009-01", "1", "–"),
    ]
    assert (corrections[0].file, corrections[0].sheet, corrections[0].cell) == ("new.xlsx", "Input", "E1")
    assert corrections[1].cell is not None
    assert "old.xlsx had 7 here; now 8" in sentence(corrections[0], texts_of("en"))


def test_a_correction_is_told_once_against_the_latest_older_file() -> None:
    first = handed_in("A", {"s.n": 5, "s.d": 10}, until=JANUARY, file="1.xlsx")
    second = handed_in("A", {"s.n": 6, "s.d": 10}, SHARE, until=FEBRUARY, file="2.xlsx")
    third = handed_in("A", {"s.n": 7, "s.d": 10}, SHARE, SHARE, until=MARCH, file="3.xlsx")
    corrections = [problem for problem in rolled([first, second, third]).problems if problem.code == "DLV-005"]
    assert [(each.got, each.slots["other"]) for each in corrections] == [("6", "2.xlsx")]


def test_equally_far_files_that_differ_are_all_held_and_the_differing_cells_listed() -> None:
    one = handed_in("A", {"s.n": 7, "s.d": 10}, file="1.xlsx")
    two = handed_in("A", {"s.n": 8, "s.d": 10, "r.one": 3}, file="2.xlsx")
    rollup = rolled([one, two, handed_in("B", {"s.n": 1, "s.d": 2})], register("A", "B"))
    assert states(rollup) == {"1.xlsx": "held", "2.xlsx": "held", "B.xlsx": "counted"}
    assert codes(rollup) == ["DLV-004"] * 2 + ["DLV-008"] * 4
    cells = [(p.file, p.measure, p.got, p.slots["value"]) for p in rollup.problems if p.code == "DLV-008"]
    assert sorted(cells) == [
        ("1.xlsx", "r.one", "3", "–"),
        ("1.xlsx", "s.n", "8", "7"),
        ("2.xlsx", "r.one", "–", "3"),
        ("2.xlsx", "s.n", "7", "8"),
    ]
    assert all(problem.cell for problem in rollup.problems if problem.code == "DLV-008")
    assert [problem.slots["count"] for problem in rollup.problems if problem.code == "DLV-004"] == ["2", "2"]


def test_nothing_of_held_files_is_counted_and_the_total_says_so() -> None:
    held = [handed_in("A", {"s.n": n, "s.d": 10}, file=f"{n}.xlsx") for n in (7, 8)]
    rollup = rolled([*held, handed_in("B", {"s.n": 1, "s.d": 2})], register("A", "B"))
    assert of_office(rollup, "share", "A").judgement.status is Status.REJECTED
    total = land(rollup, "share")
    assert told(total.numerator, total.denominator, total.reported, total.is_complete) == (1, 2, 1, False)
    assert [submission.office for submission in rollup.submissions] == ["B"]


def test_equally_far_files_with_the_same_figures_count_once() -> None:
    rollup = rolled([handed_in("A", SHARE, file=f"{name}.xlsx") for name in "ab"])
    assert states(rollup) == {"a.xlsx": "counted", "b.xlsx": "ignored"}
    assert codes(rollup) == ["DLV-002"]


def test_files_that_differ_in_comments_or_actions_alone_count_once_and_are_not_called_the_same() -> None:
    plain = handed_in("A", SHARE, file="a.xlsx")
    action = Action("share", "cause", "action", "who", "", "", Source("b.xlsx", "Actions", "C6"))
    commented = handed_in("A", SHARE, file="b.xlsx", comments={("share", JANUARY): "why"}, actions=(action,))
    rollup = rolled([plain, commented])
    assert states(rollup) == {"a.xlsx": "ignored", "b.xlsx": "counted"}
    assert rollup.submissions[0].comments == {("share", JANUARY): "why"}
    (problem,) = rollup.problems
    assert (problem.code, problem.file, problem.slots["other"]) == ("DLV-011", "a.xlsx", "b.xlsx")
    assert problem.slots["cells"].startswith("Actions!C6, ")
    assert problem.slots["cells"].count("!") == 2


def test_the_same_comments_and_actions_in_two_files_are_the_same_whatever_file_they_stand_in() -> None:
    said = [Action("share", "c", "a", "", "", "", Source(f"{name}.xlsx", "Actions", "C6")) for name in "ab"]
    files = [
        handed_in("A", SHARE, file=action.source.file, comments={("share", JANUARY): "why"}, actions=(action,))
        for action in said
        if action.source
    ]
    assert codes(rolled(files)) == ["DLV-002"]


def test_names_of_one_office_may_differ_in_case_and_spacing() -> None:
    rollup = rolled([handed_in("nav  liksom", SHARE), handed_in("NAV Liksom", SHARE, SHARE)], register("NAV Liksom"))
    assert rollup.count("counted") == 1
    assert of_office(rollup, "share", "NAV Liksom").numerator == 7


def test_most_files_decide_the_scorecard_and_the_first_by_name_where_they_tie() -> None:
    other = small_scorecard(id="other")
    files = [
        handed_in("A", SHARE, scorecard=other, file="1"),
        handed_in("B", SHARE, file="2"),
        handed_in("C", SHARE, file="3"),
    ]
    assert choose_scorecard(files) == SMALL
    assert getattr(choose_scorecard(files[:2]), "id", None) == "other"
    assert choose_scorecard([CheckedFile("x")]) is None
    rollup = rolled(files)
    assert states(rollup) == {"1": "rejected", "2": "counted", "3": "counted"}
    assert codes(rollup) == ["IDN-004"]


def test_files_in_which_nothing_is_filled_in_decide_neither_scorecard_nor_year() -> None:
    later = Period.parse("2010-01")
    filled, targets = handed_in("A", SHARE, file="z"), figures("n", {"c.t": 5}, later)
    other = [handed_in(name, {"c.t": 5}, scorecard=small_scorecard(id="other"), file=name) for name in "BCD"]
    assert choose_scorecard([filled, *other]) == SMALL
    blank = [of_figures(name, found, year=2010, file=name) for name, found in (("B", {}), ("C", targets))]
    rollup = rolled([filled, *blank])
    assert (rollup.year, states(rollup)["z"]) == (2009, "counted")
    assert getattr(choose_scorecard(other), "id", None) == "other"
    assert rolled(blank).year == 2010


def test_the_files_of_the_year_of_a_chosen_period_decide_the_scorecard_first() -> None:
    before = Period.parse("2008-01")
    old = [
        of_figures(name, figures(name, SHARE, before), year=2008, scorecard=small_scorecard(id="other"))
        for name in "BCD"
    ]
    files = [handed_in("A", SHARE), *old]
    assert choose_scorecard(files, chosen=JANUARY) == SMALL
    assert [getattr(choose_scorecard(files, chosen=each), "id", None) for each in (None, before)] == ["other"] * 2
    assert getattr(choose_scorecard(old, chosen=JANUARY), "id", None) == "other"


def test_another_version_is_counted_and_told() -> None:
    newer = small_scorecard(version="2")
    rollup = rolled([handed_in("A", SHARE, scorecard=newer)])
    assert (codes(rollup), rollup.count("counted")) == (["IDN-005"], 1)


def test_most_files_decide_the_year_and_the_later_where_they_tie() -> None:
    later = Period.parse("2010-01")
    of_2010 = [of_figures("A", figures("n", SHARE, later), year=2010, file="n")]
    of_2009 = [handed_in("A", SHARE, file="o"), handed_in("B", SHARE, file="p")]
    rollup = rolled([*of_2010, *of_2009])
    assert (rollup.year, codes(rollup), states(rollup)["n"]) == (2009, ["IDN-002"], "rejected")
    assert rolled([*of_2010, *of_2009[:1]]).year == 2010
    assert rolled([*of_2010, *of_2009], chosen=later).year == 2010


def test_a_workbook_in_which_nothing_is_filled_in_is_rejected() -> None:
    rollup = rolled([handed_in("A", {"c.t": 5, "c.y": 4})], register("A"))
    assert (codes(rollup), rollup.count("rejected")) == (["DLV-007"], 1)
    assert of_office(rollup, "share", "A").judgement.status is Status.MISSING


def test_each_office_that_sent_nothing_is_told_once() -> None:
    closed = Office("C", ends=date(2008, 12, 31))
    rollup = rolled([handed_in("A", SHARE), CheckedFile("b.xlsx", office="B")], register("A", "B", closed, "D", "E"))
    silent = [problem.unit for problem in rollup.problems if problem.code == "DLV-001"]
    assert silent == ["D", "E"]


def test_rejected_and_ignored_files_keep_their_state() -> None:
    files = [CheckedFile("bad.xlsx"), CheckedFile("~$x.xlsx", is_ignored=True), handed_in("A", SHARE)]
    assert states(rolled(files)) == {"bad.xlsx": "rejected", "~$x.xlsx": "ignored", "A.xlsx": "counted"}


def test_an_office_that_the_register_lacks_is_not_counted() -> None:
    rollup = rolled([handed_in("A", SHARE), handed_in("X", SHARE)], register("A"))
    assert told(codes(rollup), land(rollup, "share").numerator) == (["IDN-003"], 7)


def test_figures_after_what_is_delivered_or_of_running_periods_do_not_count() -> None:
    rollup = rolled([handed_in("A", SHARE, SHARE, until=JANUARY)])
    assert land(rollup, "share", FEBRUARY).judgement.status is Status.MISSING
    running = rolled([handed_in("A", SHARE, SHARE)], today=date(2009, 2, 28))
    assert {result.period for result in running.results} == {JANUARY}


def test_figures_of_periods_in_which_the_office_was_closed_are_told_and_not_counted() -> None:
    rollup = rolled([handed_in("A", SHARE, SHARE)], register(Office("A", ends=date(2009, 1, 31)), "B"))
    assert codes(rollup) == ["DLV-001", "DLV-010"]
    assert land(rollup, "share", JANUARY).numerator == 7
    assert (land(rollup, "share", FEBRUARY).numerator, land(rollup, "share", FEBRUARY).expected) == (None, 1)


def test_without_any_file_there_is_a_roll_up_that_says_who_is_missing() -> None:
    rollup = rolled([], register("A"), today=TODAY, chosen=APRIL)
    assert land(rollup, "share", APRIL).judgement.status is Status.MISSING
    assert codes(rollup) == ["DLV-001"]
