"""Every edge that the county wrote down, judged by the built-in definition."""

from __future__ import annotations

from datetime import date

import pytest

from xlmalekort.pipeline.verdict import judge

TODAY = date(2010, 6, 1)


GREEN, YELLOW, RED = "green", "yellow", "red"

EDGES = {
    "B.1": (("75.0", GREEN), ("74.9", YELLOW), ("65.0", YELLOW), ("64.9", RED)),
    "B.2": (("75", GREEN), ("74.9", YELLOW), ("70", YELLOW), ("69.9", RED)),
    "B.4": (
        ("2", GREEN),
        ("-2", GREEN),
        ("2.1", YELLOW),
        ("-2.1", YELLOW),
        ("5", YELLOW),
        ("-5", YELLOW),
        ("5.1", RED),
    ),
    "B.5": (("70.1", GREEN), ("70.0", YELLOW), ("65", YELLOW), ("64.9", RED)),
    "B.6": (("75", GREEN), ("74.9", YELLOW), ("68", YELLOW), ("67.9", RED)),
    "B.8": (("80", GREEN), ("79.9", YELLOW), ("75", YELLOW), ("74.9", RED)),
    "B.9": (("35", GREEN), ("34.9", YELLOW), ("25", YELLOW), ("24.9", RED)),
    "B.10": (("80", GREEN), ("79.9", YELLOW), ("60", YELLOW), ("59.9", RED)),
    "B.11": (("65", GREEN), ("64.9", YELLOW), ("60", YELLOW), ("59.9", RED)),
    "B.12": (("75", GREEN), ("74.9", YELLOW), ("50", YELLOW), ("49.9", RED)),
    "P.1.1": (("100", GREEN), ("99.9", YELLOW), ("80", YELLOW), ("79.9", RED)),
    "P.1.2": (("100", GREEN), ("99.9", YELLOW), ("80", YELLOW), ("79.9", RED)),
    "M.1": (("6.0", GREEN), ("6.1", YELLOW), ("7.0", YELLOW), ("7.1", RED)),
    "M.2": (("100", GREEN), ("99.9", YELLOW), ("80", YELLOW), ("79.9", RED)),
    "M.3": (("22.1", GREEN), ("22.0", YELLOW), ("20.0", YELLOW), ("19.9", RED)),
    "M.4": (("100", GREEN), ("99.9", YELLOW), ("80", YELLOW), ("79.9", RED)),
    "Ø.1": (("-30", GREEN), ("2.0", GREEN), ("2.1", YELLOW), ("5.0", YELLOW), ("5.1", RED)),
    "Ø.2": (("2", GREEN), ("-2.0", GREEN), ("-2.1", YELLOW), ("-5.0", YELLOW), ("-5.1", RED), ("5.1", RED)),
}
"""Every edge of every zone that holds all year, and what lies just beyond it."""


@pytest.mark.parametrize(
    ("indicator", "value", "status"),
    [(indicator, value, status) for indicator, found in EDGES.items() for value, status in found],
)
def test_edge_of_the_year(indicator: str, value: str, status: str) -> None:
    assert judge("nav-buskerud-2009", indicator, "2009-05", today=TODAY, value=value).status == status


@pytest.mark.parametrize(
    ("period", "value", "status"),
    [
        ("2009-01", "60", GREEN),
        ("2009-06", "60.0", GREEN),
        ("2009-06", "59.9", YELLOW),
        ("2009-06", "55", YELLOW),
        ("2009-06", "54.9", RED),
        ("2009-07", "70", GREEN),
        ("2009-07", "69.9", YELLOW),
        ("2009-07", "65.0", YELLOW),
        ("2009-07", "64.9", RED),
        ("2009-07", "60.0", RED),
        ("2009-12", "70", GREEN),
    ],
)
def test_edge_of_the_half_year(period: str, value: str, status: str) -> None:
    assert judge("nav-buskerud-2009", "B.7", period, today=TODAY, value=value).status == status


@pytest.mark.parametrize(
    ("value", "reference", "status"),
    [
        ("1050", "1000", GREEN),
        ("1049", "1000", YELLOW),
        ("10495", "10000", GREEN),
        ("10494", "10000", YELLOW),
        ("1000", "1000", YELLOW),
        ("9995", "10000", RED),
        ("9996", "10000", YELLOW),
        ("999", "1000", RED),
        ("999", None, "not_assessable"),
        ("999", "0", "not_assessable"),
    ],
)
def test_edge_of_the_change(value: str, reference: str | None, status: str) -> None:
    verdict = judge("nav-buskerud-2009", "B.13", "2009-05", today=TODAY, value=value, reference=reference)
    assert verdict.status == status


@pytest.mark.parametrize(
    ("indicator", "period", "figure", "status"),
    [
        ("Ø.2", "2009-05", {"actual": "98", "plan": "100"}, "green"),
        ("B.4", "2009-05", {"actual": "105", "plan": "100"}, "yellow"),
        ("B.4", "2009-05", {"actual": "1051", "plan": "1000"}, "red"),
        ("Ø.1", "2009-05", {"actual": "5", "plan": "0"}, "not_assessable"),
        ("B.3", "2009-05", {"value": "7"}, "undecided"),
        ("B.3", "2009-05", {"value": "7", "target": "10"}, "undecided"),
        ("B.3", "2009-05", {"value": "7", "target": "10", "yellow": "7"}, "yellow"),
        ("P.L", "2009-05", {"value": "30", "target": "30", "yellow": "45"}, "green"),
        ("P.L", "2009-05", {"value": "45", "target": "30", "yellow": "45"}, "yellow"),
        ("P.L", "2009-05", {"value": "45.1", "target": "30", "yellow": "45"}, "red"),
        ("B.1", "2009-05", {"numerator": "0", "denominator": "0"}, "not_assessable"),
        ("B.1", "2009-05", {"numerator": "9", "denominator": "8"}, "rejected"),
        ("B.1", "2009-05", {"numerator": "9"}, "rejected"),
        ("B.1", "2009-05", {"denominator": "9"}, "rejected"),
        ("B.1", "2009-05", {"value": "100.1"}, "rejected"),
        ("B.1", "2009-05", {"value": "-0.1"}, "rejected"),
        ("B.1", "2009-05", {}, "missing"),
        ("B.1", "2010-05", {}, "not_due"),
        ("M.3", "2009-05", {}, "not_due"),
    ],
)
def test_status(indicator: str, period: str, figure: dict[str, str], status: str) -> None:
    assert judge("nav-buskerud-2009", indicator, period, today=TODAY, **figure).status == status


@pytest.mark.parametrize(
    ("numerator", "shown", "status"),
    [("7495", 75, "green"), ("7494", 74.9, "yellow"), ("6495", 65, "yellow"), ("6494", 64.9, "red")],
)
def test_what_a_reader_sees_is_what_was_judged(numerator: str, shown: float, status: str) -> None:
    verdict = judge("nav-buskerud-2009", "B.1", "2009-05", numerator=numerator, denominator="10000", today=TODAY)
    assert (verdict.shown, verdict.status) == (shown, status)


@pytest.mark.parametrize(
    ("indicator", "figure", "why"),
    [
        ("B.6", {"value": "67.9"}, "67,9 % er under gult område 68-75 % i mai 2009; målet er minst 75 %"),
        ("B.6", {"value": "68"}, "68,0 % er i gult område 68-75 % i mai 2009; målet er minst 75 %"),
        ("B.6", {"value": "76.25"}, "76,3 % er innenfor målet, minst 75 %, i mai 2009"),
        ("B.5", {"value": "71"}, "71,0 % er innenfor målet, over 70 %, i mai 2009"),
        ("M.1", {"value": "7.1"}, "7,1 % er over gult område 6-7 % i mai 2009; målet er høyst 6 %"),
        ("Ø.2", {"value": "-5.1"}, "-5,1 % er utenfor gult område -5 til 5 % i mai 2009; målet er -2 til 2 %"),
        ("B.1", {}, "Tallene for mai 2009 mangler"),
    ],
)
def test_the_reason_names_figure_and_zone_in_norwegian(indicator: str, figure: dict[str, str], why: str) -> None:
    assert judge("nav-buskerud-2009", indicator, "2009-05", today=TODAY, **figure).why == why


@pytest.mark.parametrize(
    ("indicator", "figure", "to_green", "reachable"),
    [
        ("B.1", {"numerator": "70", "denominator": "100"}, {"numerator": 5}, True),
        ("B.1", {"numerator": "75", "denominator": "100"}, None, None),
        ("B.5", {"numerator": "70", "denominator": "100"}, {"numerator": 1}, True),
        ("P.1.1", {"numerator": "1", "denominator": "4"}, {"numerator": 3}, True),
        ("B.3", {"value": "7", "target": "10", "yellow": "5"}, {"value": 3}, True),
        ("Ø.1", {"actual": "110", "plan": "100"}, {"actual": -8}, True),
        ("Ø.2", {"actual": "90", "plan": "100"}, {"actual": 8}, True),
        ("M.1", {"numerator": "8", "denominator": "100"}, {"numerator": -2}, True),
        ("M.3", {"value": "22.0"}, {"value": 0.1}, True),
    ],
)
def test_what_it_takes_to_become_green(
    indicator: str, figure: dict[str, str], to_green: dict[str, float] | None, reachable: bool | None
) -> None:
    verdict = judge("nav-buskerud-2009", indicator, "2009-05", today=TODAY, **figure)
    assert (verdict.to_green, verdict.reachable) == (to_green, reachable)
