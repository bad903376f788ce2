"""The real month of UWV, through six workbooks: what a good program says about it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.pipeline.uwv_month import (
    COUNTRY,
    MONTH,
    PERIOD,
    PRINTED_FOR_THE_COUNTRY,
    REGIONS,
    write_figures,
    write_register,
)
from xlmalekort.cli import main

TODAY = ["--today", "2006-08-01"]
CLOSED = [measure for measure in MONTH if measure.startswith("closed.")]


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("uwv")
    register, figures = write_register(folder / "regions.csv"), write_figures(folder / "figures.csv")
    made = ["new", "uwv-pacta-2006", "--register", str(register), "--data", str(figures), "--out", str(folder / "in")]
    assert main([*made, *TODAY]) == 0
    rolled = ["rollup", str(folder / "in"), "--out", str(folder / "land.xlsx"), "--register", str(register)]
    return run_json([*rolled, "--period", PERIOD, *TODAY])


def run_json(arguments: list[str]) -> dict[str, Any]:
    import contextlib
    import io

    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        main([*arguments, "--json"])
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def result(month: dict[str, Any], indicator: str, level: str, name: str) -> dict[str, Any]:
    found = [r for r in month["results"] if (r["indicator"], r["level"], r["name"]) == (indicator, level, name)]
    assert len(found) == 1
    return dict(found[0])


def test_all_six_workbooks_count(month: dict[str, Any]) -> None:
    assert month["files"] == {"seen": 6, "counted": 6, "rejected": 0, "held": 0, "ignored": 0}


@pytest.mark.parametrize("measure", PRINTED_FOR_THE_COUNTRY)
def test_the_country_column_is_the_sum_of_the_regions(month: dict[str, Any], measure: str) -> None:
    totals = {t["measure"]: t["value"] for t in month["totals"] if (t["level"], t["name"]) == ("country", COUNTRY)}
    assert totals[measure] == PRINTED_FOR_THE_COUNTRY[measure] == sum(MONTH[measure])


def test_work_resumed_is_counted_out_of_the_eight_reasons(month: dict[str, Any]) -> None:
    country = result(month, "O.1", "country", COUNTRY)
    assert (country["numerator"], country["denominator"], country["shown"]) == (620, 949, 65.3)
    assert country["status"] == "undecided"
    oost = result(month, "O.1", "office", "Oost")
    assert (oost["numerator"], oost["denominator"]) == (133, 205)


def test_lead_times_are_weighted_by_cases(month: dict[str, Any]) -> None:
    country = result(month, "PR.5", "country", COUNTRY)
    assert country["denominator"] == 734
    assert round(country["value"]) == 91
    assert country["value"] != pytest.approx(sum(MONTH["courses_closed.days"]) / 6, abs=0.5)


@pytest.mark.parametrize(("number", "region"), list(enumerate(REGIONS)))
def test_a_reported_total_that_differs_from_its_parts_is_named_by_region(
    month: dict[str, Any], number: int, region: str
) -> None:
    parts = sum(MONTH[measure][number] for measure in CLOSED)
    reported = MONTH["courses_closed"][number]
    named = [
        p
        for p in month["problems"]
        if p["code"] == "REL-001"
        and p["measure"] == "courses_closed"
        and p["got"] == str(reported)
        and region.casefold() in (p["file"] or "").casefold()
    ]
    assert [p["expected"] for p in named] == [str(parts)]


def test_a_reported_total_that_differs_from_its_parts_is_named_for_the_country(month: dict[str, Any]) -> None:
    named = [p for p in month["problems"] if p["code"] == "REL-001" and p["level"] == "country"]
    assert [(p["unit"], p["got"], p["expected"]) for p in named if p["measure"] == "courses_closed"] == [
        (COUNTRY, "734", "949")
    ]


def test_a_share_whose_reasons_are_not_all_there_is_rejected_not_guessed(month: dict[str, Any]) -> None:
    assert result(month, "O.3", "office", "Noord")["status"] == "rejected"
    assert result(month, "O.3", "country", COUNTRY)["value"] is None


def test_every_total_names_its_cells(month: dict[str, Any]) -> None:
    sources = result(month, "O.1", "country", COUNTRY)["sources"]
    assert len(sources) == 6 * 8
    assert {source["file"] for source in sources} == {f"{region.casefold()}_2006.xlsx" for region in REGIONS}
