"""Registers: an office a line; what is wrong with one names its line."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xlmalekort.intake.register_file import file_stem, read_register
from xlmalekort.model.periods import Period
from xlmalekort.model.register import Office, Register
from xlmalekort.scorecards import load_scorecard

if TYPE_CHECKING:
    from xlmalekort.problems import Problem

BUSKERUD = load_scorecard("nav-buskerud-2009")
PACTA = load_scorecard("uwv-pacta-2006")
HEADING = "office;area;region;country;from;to;successor;email;peer_group;exempt\n"


def read(text: str) -> tuple[Register | None, tuple[Problem, ...]]:
    return read_register(text.encode(), "offices.csv", BUSKERUD)


def offices(text: str) -> tuple[Office, ...]:
    register, problems = read(text)
    assert register is not None
    assert problems == ()
    return register.offices


def found(text: str) -> list[tuple[str, int | None, str | None]]:
    return [(problem.code, problem.line, problem.got) for problem in read(text)[1]]


def test_every_column_is_read() -> None:
    office, _ = offices(
        HEADING
        + "NAV  Liksom;TO 1;Buskerud;Norge;2009-01-01;30.6.2009;NAV Åmønster;liksom@nav.no;små;B.1 b.2,B.3|Ø.1\n"
        + "NAV Åmønster;TO 1;Buskerud;Norge;;;;;;\n"
    )
    assert office == Office(
        "NAV Liksom",
        "TO 1",
        "Buskerud",
        "Norge",
        date(2009, 1, 1),
        date(2009, 6, 30),
        "NAV Åmønster",
        "liksom@nav.no",
        "små",
        frozenset({"B.1", "B.2", "B.3", "Ø.1"}),
    )


def test_three_columns_are_enough_in_any_order_and_spelling() -> None:
    assert offices("Region , OFFICE,Area\nBuskerud,Liksom,TO 1\n") == (Office("Liksom", "TO 1", "Buskerud"),)


def test_a_blank_top_level_is_filled_in_where_the_scorecard_has_it() -> None:
    assert offices("office,area,region\nLiksom,,\n") == (Office("Liksom", region="Buskerud"),)
    register, _ = read_register(b"office,area,region\nOost,,\n", "o.csv", PACTA)
    assert register is not None
    assert register.offices == (Office("Oost", country="Landelijk"),)
    register, _ = read_register(b"office,area,region\nOost,,\n", "o.csv", None)
    assert register is not None
    assert register.offices == (Office("Oost"),)


def test_an_office_that_moved_has_a_line_for_each_time() -> None:
    text = "office,area,region,from,to\nLiksom,TO 1,,,2009-06-30\nLiksom,TO 2,,2009-07-01,\n"
    register = Register(offices(text))
    assert [getattr(register.find("liksom", Period.parse(code)), "area", None) for code in ("2009-06", "2009-07")] == [
        "TO 1",
        "TO 2",
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("office,area\nLiksom,TO 1\n", ("OFF-002", 1, "office, area")),
        ("office,area,region\nLiksom,,\n,TO 1,\n", ("OFF-003", 3, None)),
        ("office,area,region\nLiksom,,\nliksom,,\n", ("OFF-004", 3, "liksom")),
        ("office,area,region,from\nLiksom,,,\nÅl,,,31.02.2009\n", ("OFF-005", 3, "31.02.2009")),
        ("office,area,region,from\nLiksom,,,\nÅl,,,3/4/2009\n", ("OFF-005", 3, "3/4/2009")),
        ("office,area,region,exempt\nLiksom,,,B.1 X.9\n", ("OFF-006", 2, "X.9")),
        ("office,area,region\nNAV Liksom,,\nNAV-Liksom,,\n", ("OFF-007", 3, "nav_liksom")),
        ("office,area,region,leder\nLiksom,,,\n", ("OFF-008", 1, "leder")),
        (
            "office,area,region,from,to\nLiksom,,,,\nÅl,,,2009-07-01,2009-06-30\n",
            ("OFF-009", 3, "2009-07-01 – 2009-06-30"),
        ),
        ("office,area,region\nLiksom,\nÅl,,\n", ("CSV-013", 2, "2")),
    ],
)
def test_each_mistake_has_its_code_and_line(text: str, problem: tuple[str, int, str | None]) -> None:
    assert found(text) == [problem]


def test_what_holds_no_office_is_no_register() -> None:
    for text in (
        "",
        "office,area,region\n",
        "office,area,region\n,,x\n",
        "office,area\n",
        'office,area,region\n"Liksom,,\n',
    ):
        register, problems = read(text)
        assert register is None
        assert {problem.code for problem in problems} & {"OFF-001", "OFF-002"}


def test_lines_without_mistakes_are_kept() -> None:
    register, _ = read("office,area,region\n,TO 1,\nLiksom,,\n")
    assert register is not None
    assert register.names == ("Liksom",)


def test_names_that_would_give_one_file_name_share_their_stem() -> None:
    assert file_stem("NAV Øvre-Prøveli") == file_stem("nav øvre/prøveli") == "nav_øvre_prøveli"


@settings(derandomize=True, max_examples=200, deadline=None)
@given(st.text('HoÅl,;"\n 209-.|\t', max_size=80))
def test_no_text_ends_in_an_exception(text: str) -> None:
    register, problems = read(HEADING.replace(";", ",") + text)
    assert register is not None or problems


def test_an_area_stands_under_one_region_at_a_time() -> None:
    heading = "office,area,region,from,to\n"
    assert found(heading + "Liksom,TO 1,Buskerud,,\nÅl,to  1,Telemark,,\n") == [("OFF-010", 3, "to 1")]
    _, (problem,) = read(heading + "Liksom,TO 1,Buskerud,,\nÅl,TO 1,Telemark,,\n")
    assert problem.slots == {"region": "Telemark", "line": "2", "other": "Buskerud"}
    assert found(heading + "Liksom,TO 1,Buskerud,,\nÅl,TO 1,BUSKERUD,,\nNes,TO 2,Telemark,,\nGol,,Telemark,,\n") == []
    moved = "Liksom,TO 1,Buskerud,,2009-06-30\nÅl,TO 1,Telemark,2009-07-01,\n"
    assert found(heading + moved) == []
    assert found(heading + moved.replace("07-01", "06-30")) == [("OFF-010", 3, "TO 1")]


@pytest.mark.parametrize(
    ("to", "successor", "reason"),
    [
        ("2009-06-30", "Zzz", "the register has no such office"),
        ("2009-06-30", "LIKSOM", "it is the office itself"),
        ("", "Ål", "the line has no day in to, so the office stays open"),
    ],
)
def test_a_successor_that_cannot_take_over_is_told(to: str, successor: str, reason: str) -> None:
    text = f"office,area,region,to,successor\nLiksom,,,{to},{successor}\nÅl,,,,\n"
    register, (problem,) = read(text)
    assert (problem.code, problem.line, problem.got, problem.slots["reason"]) == ("OFF-011", 2, successor, reason)
    assert register is not None
    assert register.names == ("Liksom", "Ål")
    assert found("office,area,region,to,successor\nLiksom,,,2009-06-30,ål\nÅl,,,,\n") == []
