"""Where no target is agreed, a figure that is not there says why it is not."""

from __future__ import annotations

from datetime import date

import pytest

from tests.support.cards import AMOUNT, LONG_AFTER, SHARE, UNDECIDED, Definition, card, indicator, judged, survey
from xlmalekort.judging.explain import explain
from xlmalekort.locale import texts_of

QUESTION: Definition = {"question": {"wording": "Well?"}, "least_denominator": 5}


def why(figure: Definition, numbers: dict[str, int], today: date = LONG_AFTER, **more: object) -> str:
    scorecard = card(indicator("A", figure, UNDECIDED, frequency="quarter", **more))
    judgement = judged(scorecard, "2014-Q1", numbers, today=today)
    assert str(judgement.status) == "undecided"
    return explain(scorecard, judgement, texts_of("en"))


@pytest.mark.parametrize(
    ("numbers", "today", "said"),
    [
        ({"n@2014-Q1": 3, "d@2014-Q1": 4}, LONG_AFTER, "75.0% in quarter 1 of 2014; no target or zone"),
        ({}, LONG_AFTER, "The figures for quarter 1 of 2014 are missing; no target or zone"),
        ({}, date(2014, 4, 2), "No target or zone"),
        (
            {"n@2014-Q1": 0, "d@2014-Q1": 0},
            LONG_AFTER,
            "0 of 0 cases in quarter 1 of 2014: nothing to judge; no target",
        ),
    ],
)
def test_a_share_says_whether_it_is_there(numbers: dict[str, int], today: date, said: str) -> None:
    assert why(SHARE, numbers, today).startswith(said)


def test_a_question_with_too_few_answers_says_so_and_shows_nothing() -> None:
    answers = {f"c{each}@2014-Q1": int(each == 6) * 4 for each in range(1, 7)}
    assert why(survey(6), answers, **QUESTION) == (
        "Fewer than 5 answers in quarter 1 of 2014, so they are not shown; no target or zone has been agreed yet"
    )


def test_amounts_of_money_have_the_currency_of_the_scorecard() -> None:
    measures = [{"id": "v", "unit": "money"}]
    for currency, said in (("kr", "12\N{NO-BREAK SPACE}500 kr i januar"), (None, "12\N{NO-BREAK SPACE}500 i januar")):
        scorecard = card(
            indicator("A", AMOUNT, UNDECIDED, decimals=0), measures=measures, language="nb", currency=currency
        )
        judgement = judged(scorecard, "2014-01", {"v@2014-01": 12_500})
        assert explain(scorecard, judgement, scorecard.texts()).startswith(said)


def test_large_numbers_are_told_in_groups_as_each_language_writes_them() -> None:
    scorecard = card(indicator("A", AMOUNT, UNDECIDED, decimals=0))
    judgement = judged(scorecard, "2014-01", {"v@2014-01": 1_234_567})
    said = [explain(scorecard, judgement, texts_of(language)).split(" ")[0] for language in ("nb", "da", "nl", "en")]
    assert said == ["1\N{NO-BREAK SPACE}234\N{NO-BREAK SPACE}567", "1.234.567", "1.234.567", "1,234,567"]
