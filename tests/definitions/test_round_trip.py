"""Exported and read again, a definition is the same, whatever stands in it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from tests.definitions.strategies import scorecards
from xlmalekort.definitions.draft import Cell, ReadRow, put_together
from xlmalekort.definitions.reading import check_definition
from xlmalekort.definitions.rows import rows_of
from xlmalekort.definitions.workbook import write_definition
from xlmalekort.locale import texts_of
from xlmalekort.model.scorecard import Scorecard
from xlmalekort.problems import sentence
from xlmalekort.scorecards import built_in, load_scorecard
from xlmalekort.scorecards.loader import parse_definition
from xlmalekort.scorecards.writer import definition_text

SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]


def read_again(scorecard: Scorecard) -> Scorecard:
    checked = check_definition(write_definition(scorecard), "own.xlsx")
    assert checked.scorecard is not None, [sentence(each, texts_of("en")) for each in checked.problems]
    assert checked.problems == ()
    return checked.scorecard


@settings(max_examples=40, deadline=None, suppress_health_check=SLOW)
@given(scorecards())
def test_any_scorecard_survives_its_rows(scorecard: Scorecard) -> None:
    rows = {
        key: [ReadRow(row, {}, Cell(key, str(number))) for number, row in enumerate(some)]
        for key, some in rows_of(scorecard).items()
    }
    draft = put_together(rows)
    assert draft.problems == []
    assert Scorecard.model_validate(draft.data).as_json == scorecard.as_json


@settings(max_examples=25, deadline=None, suppress_health_check=SLOW)
@given(scorecards())
def test_any_scorecard_survives_its_workbook(scorecard: Scorecard) -> None:
    assert read_again(scorecard).as_json == scorecard.as_json


@settings(max_examples=40, deadline=None, suppress_health_check=SLOW)
@given(scorecards())
def test_any_scorecard_survives_its_text(scorecard: Scorecard) -> None:
    assert parse_definition(definition_text(scorecard), "own.yaml").as_json == scorecard.as_json


@pytest.mark.parametrize("name", built_in())
def test_the_built_in_ones_survive_workbook_and_text(name: str) -> None:
    scorecard = load_scorecard(name)
    again = read_again(scorecard)
    assert again == scorecard
    assert again.model_dump() == scorecard.model_dump()
    assert parse_definition(definition_text(scorecard), "own.yaml").model_dump() == scorecard.model_dump()


def test_the_same_scorecard_gives_the_same_bytes() -> None:
    scorecard = load_scorecard("nav-buskerud-2009")
    assert write_definition(scorecard) == write_definition(scorecard)
