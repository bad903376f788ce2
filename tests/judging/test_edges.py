"""Every edge that the county wrote down, judged by the built-in definition."""

from __future__ import annotations

from datetime import date

import pytest

from xlmalekort.pipeline.verdict import judge

TODAY = date(2010, 6, 1)


@pytest.mark.parametrize(
    ("indicator", "period", "figure", "status"),
    [
        ("B.1", "2009-05", {"value": "75.0"}, "green"),
        ("B.1", "2009-05", {"value": "74.9"}, "yellow"),
        ("B.1", "2009-05", {"value": "65.0"}, "yellow"),
        ("B.1", "2009-05", {"value": "64.9"}, "red"),
        ("B.2", "2009-05", {"value": "75"}, "green"),
        ("B.2", "2009-05", {"value": "70"}, "yellow"),
        ("B.2", "2009-05", {"value": "69.9"}, "red"),
        ("B.5", "2009-05", {"value": "70.0"}, "yellow"),
        ("B.5", "2009-05", {"value": "70.1"}, "green"),
        ("B.5", "2009-05", {"value": "65"}, "yellow"),
        ("B.5", "2009-05", {"value": "64.9"}, "red"),
        ("B.6", "2009-05", {"value": "68"}, "yellow"),
        ("B.6", "2009-05", {"value": "67.9"}, "red"),
        ("B.7", "2009-06", {"value": "60.0"}, "green"),
        ("B.7", "2009-06", {"value": "55"}, "yellow"),
        ("B.7", "2009-07", {"value": "60.0"}, "red"),
        ("B.7", "2009-07", {"value": "65.0"}, "yellow"),
        ("B.7", "2009-12", {"value": "70"}, "green"),
        ("B.8", "2009-05", {"value": "80"}, "green"),
        ("B.8", "2009-05", {"value": "75"}, "yellow"),
        ("B.9", "2009-05", {"value": "35"}, "green"),
        ("B.9", "2009-05", {"value": "25"}, "yellow"),
        ("B.9", "2009-05", {"value": "24.9"}, "red"),
        ("B.10", "2009-05", {"value": "60"}, "yellow"),
        ("B.11", "2009-05", {"value": "60"}, "yellow"),
        ("B.12", "2009-05", {"value": "50"}, "yellow"),
        ("B.13", "2009-05", {"value": "1050", "reference": "1000"}, "green"),
        ("B.13", "2009-05", {"value": "1000", "reference": "1000"}, "yellow"),
        ("B.13", "2009-05", {"value": "999", "reference": "1000"}, "red"),
        ("B.13", "2009-05", {"value": "999"}, "not_assessable"),
        ("B.13", "2009-05", {"value": "999", "reference": "0"}, "not_assessable"),
        ("P.1.1", "2009-05", {"value": "100"}, "green"),
        ("P.1.1", "2009-05", {"value": "99.9"}, "yellow"),
        ("P.1.1", "2009-05", {"value": "79.9"}, "red"),
        ("P.1.2", "2009-05", {"value": "80"}, "yellow"),
        ("M.1", "2009-05", {"value": "6.0"}, "green"),
        ("M.1", "2009-05", {"value": "6.1"}, "yellow"),
        ("M.1", "2009-05", {"value": "7.0"}, "yellow"),
        ("M.1", "2009-05", {"value": "7.1"}, "red"),
        ("M.2", "2009-05", {"value": "80"}, "yellow"),
        ("M.3", "2009-05", {"value": "22.1"}, "green"),
        ("M.3", "2009-05", {"value": "22.0"}, "yellow"),
        ("M.3", "2009-05", {"value": "20.0"}, "yellow"),
        ("M.3", "2009-05", {"value": "19.9"}, "red"),
        ("M.4", "2009-05", {"value": "100"}, "green"),
        ("Ø.1", "2009-05", {"value": "-30"}, "green"),
        ("Ø.1", "2009-05", {"value": "2.0"}, "green"),
        ("Ø.1", "2009-05", {"value": "2.1"}, "yellow"),
        ("Ø.1", "2009-05", {"value": "5.0"}, "yellow"),
        ("Ø.1", "2009-05", {"value": "5.1"}, "red"),
        ("Ø.2", "2009-05", {"value": "-2.0"}, "green"),
        ("Ø.2", "2009-05", {"value": "-2.1"}, "yellow"),
        ("Ø.2", "2009-05", {"value": "-5.0"}, "yellow"),
        ("Ø.2", "2009-05", {"value": "-5.1"}, "red"),
        ("Ø.2", "2009-05", {"actual": "98", "plan": "100"}, "green"),
        ("B.4", "2009-05", {"actual": "105", "plan": "100"}, "yellow"),
        ("B.4", "2009-05", {"actual": "1051", "plan": "1000"}, "red"),
        ("Ø.1", "2009-05", {"actual": "5", "plan": "0"}, "not_assessable"),
        ("B.3", "2009-05", {"value": "7"}, "undecided"),
        ("B.3", "2009-05", {"value": "7", "target": "10"}, "undecided"),
        ("B.3", "2009-05", {"value": "7", "target": "10", "yellow": "7"}, "yellow"),
        ("P.L", "2009-05", {"value": "30", "target": "30", "yellow": "45"}, "green"),
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
def test_edge(indicator: str, period: str, figure: dict[str, str], status: str) -> None:
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
        ("B.6", {"value": "67.9"}, "67,9 % er under gult område 68-75 %"),
        ("B.6", {"value": "68"}, "68,0 % er i gult område 68-75 %"),
        ("B.6", {"value": "76.25"}, "76,3 % er innenfor målet, minst 75 %"),
        ("B.5", {"value": "71"}, "71,0 % er innenfor målet, over 70 %"),
        ("M.1", {"value": "7.1"}, "7,1 % er over gult område 6-7 %"),
        ("Ø.2", {"value": "-5.1"}, "-5,1 % er utenfor gult område -5 til 5 %"),
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
