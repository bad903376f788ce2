"""Local goals in a register: each is read or told with its line, and the office is there whatever its goals are like."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlmalekort.intake.register_file import read_register
from xlmalekort.locale import LANGUAGES, texts_of
from xlmalekort.model.measures import Unit
from xlmalekort.problems import Problem, Severity, sentence
from xlmalekort.scorecards import load_scorecard

if TYPE_CHECKING:
    from xlmalekort.model.local_goals import LocalGoal

NAV = load_scorecard("nav-buskerud-2009")


def read(goals: str, *, delimiter: str = ",") -> tuple[tuple[LocalGoal, ...], tuple[Problem, ...]]:
    heading = delimiter.join(("office", "area", "region", "local_goals"))
    line = delimiter.join(("Liksomdal", "TO Vest", "Buskerud", f'"{goals}"'))
    register, problems = read_register(f"{heading}\n{line}\n".encode(), "offices.csv", NAV)
    assert register is not None
    assert [office.name for office in register.offices] == ["Liksomdal"]
    return register.offices[0].local_goals, problems


def edges(goal: LocalGoal) -> tuple[Fraction | None, Fraction | None]:
    return goal.target, goal.yellow


def test_goals_are_parted_by_semicolons_and_their_fields_by_bars() -> None:
    found, problems = read(
        "Brev innen fem dager|percent|higher|90|80; Ventetid | days | lower | 7.5 ;Trivsel|points|higher"
    )
    assert problems == ()
    assert [(goal.position, goal.number, goal.title) for goal in found] == [
        (1, "L.1", "Brev innen fem dager"),
        (2, "L.2", "Ventetid"),
        (3, "L.3", "Trivsel"),
    ]
    assert [(goal.unit, goal.better) for goal in found] == [
        (Unit.PERCENT, "higher"),
        (Unit.DAYS, "lower"),
        (Unit.POINTS, "higher"),
    ]
    assert [edges(goal) for goal in found] == [(90, 80), (Fraction("7.5"), None), (None, None)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_units_and_directions_may_be_written_in_any_language(language: str) -> None:
    texts = texts_of(language)
    found, problems = read(f"Besøk|{texts('number').upper()}|{texts('lower')}|10|12", delimiter=";")
    assert problems == ()
    assert (found[0].unit, found[0].better) == (Unit.COUNT, "lower")


@pytest.mark.parametrize(("written", "target"), [("74,9", "74.9"), ("74.9", "74.9"), ("75 %", "75"), ("75", "75")])
def test_targets_are_written_as_they_are_shown(written: str, target: str) -> None:
    found, problems = read(f"Brev|%|higher|{written}")
    assert (problems, found[0].target) == ((), Fraction(target))


@pytest.mark.parametrize(
    "written",
    [
        "Brev",
        "Brev|percent",
        "Brev|percent|higher|90|80|70",
        "|percent|higher|90",
        "Brev|stykk|higher|90",
        "Brev|percent|oppover|90",
        "Brev|percent|higher|nitti",
        "Brev|percent|higher|190",
        "Brev|number|higher|9.5",
        "Brev|days|lower|-2",
        "Brev|days|lower|7 %",
        "Brev|money|lower|1.234",
        "Brev|percent|higher|90|95",
        "Brev|percent|higher||80",
    ],
)
def test_a_goal_that_cannot_be_used_is_told_and_the_others_are_read(written: str) -> None:
    found, problems = read(f"Besøk|number|higher|5;{written}")
    assert [goal.title for goal in found] == ["Besøk"]
    (problem,) = problems
    assert (problem.code, problem.severity, problem.line, problem.got) == ("OFF-012", Severity.WARNING, 2, written)
    for language in LANGUAGES:
        assert "{" not in sentence(problem, texts_of(language))


def test_a_register_without_the_column_has_no_goals() -> None:
    register, problems = read_register(b"office,area,region\nLiksomdal,TO Vest,Buskerud\n", "offices.csv", NAV)
    assert register is not None
    assert (register.offices[0].local_goals, problems) == ((), ())


@given(st.text(st.characters(codec="utf-8", exclude_characters='"\r\n\x00'), max_size=40))
def test_whatever_is_written_the_office_is_read(written: str) -> None:
    content = f'office\tarea\tregion\tlocal_goals\nLiksomdal\tTO\tBuskerud\t"{written}"\n'
    register, _ = read_register(content.encode(), "offices.csv", None)
    assert register is None or [office.name for office in register.offices] == ["Liksomdal"]
