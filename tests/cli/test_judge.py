"""`judge` prints what it was held against, for the office that it is asked for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.cards import SHARE, against, at_least, card, indicator
from xlmalekort.cli import main

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def definition(tmp_path: Path) -> str:
    own = [{"unit": "Tenkeby", "target": at_least(80)}, {"level": "area", "unit": "Nord", "target": at_least(60)}]
    path = tmp_path / "small.yaml"
    path.write_text(
        card(indicator("A", SHARE, at_least(70, 65), also=against("last_year"), unit_targets=own)).as_json, "utf-8"
    )
    return str(path)


def judged(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> Any:
    capsys.readouterr()
    assert main(["judge", *arguments, "--json"]) == code
    return json.loads(capsys.readouterr().out)


def test_each_condition_has_its_zones_its_status_and_its_reference(
    capsys: pytest.CaptureFixture[str], definition: str
) -> None:
    found = judged(capsys, definition, "A", "--period", "2014-06", "--value", "71", "--reference", "72")
    assert (found["status"], found["green"], found["yellow"]) == ("red", "≥ 70", "65 – 70")
    assert found["conditions"] == [
        {"green": "≥ 70", "yellow": "65 – 70", "status": "green", "reference": None},
        {"green": "≥ 72.0", "yellow": "", "status": "red", "reference": 72},
    ]


@pytest.mark.parametrize(
    ("unit", "target"), [(["--office", "tenkeby"], 80), (["--office", "Testnes", "--area", "Nord"], 60), ([], 70)]
)
def test_the_target_is_that_of_the_office(
    capsys: pytest.CaptureFixture[str], definition: str, unit: list[str], target: int
) -> None:
    assert judged(capsys, definition, "A", "--period", "2014-06", "--value", "71", *unit)["target"] == target


def test_what_cannot_be_is_a_problem(capsys: pytest.CaptureFixture[str], definition: str) -> None:
    arguments = (definition, "A", "--period", "2014-06", "--numerator", "9", "--denominator", "8")
    assert judged(capsys, *arguments, code=1)["status"] == "rejected"
