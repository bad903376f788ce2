"""What changed between two definitions is told in words, and a series breaks where what is counted has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings

from tests.definitions.books import SMALL, small
from tests.definitions.strategies import scorecards
from xlmalekort.definitions.changes import as_json, changes, says, undeclared_breaks
from xlmalekort.locale import LANGUAGES, texts_of
from xlmalekort.scorecards import built_in, load_scorecard
from xlmalekort.scorecards.loader import parse_definition

if TYPE_CHECKING:
    from xlmalekort.definitions.changes import Change
    from xlmalekort.model.scorecard import Scorecard


PLAIN = SMALL.replace("    also: {kind: against, reference: last_year, better: higher}\n", "")


def changed(*pairs: tuple[str, str]) -> Scorecard:
    text = PLAIN
    for old, new in pairs:
        assert text.count(old) >= 1, old
        text = text.replace(old, new)
    return parse_definition(text, "new.yaml")


def between(*pairs: tuple[str, str]) -> tuple[Change, ...]:
    return changes(changed(), changed(*pairs))


def told(found: tuple[Change, ...]) -> list[str]:
    return [says(each, texts_of("en")) for each in found]


@pytest.mark.parametrize("name", built_in())
def test_between_a_scorecard_and_itself_nothing_has_changed(name: str) -> None:
    assert changes(load_scorecard(name), load_scorecard(name)) == ()


@pytest.mark.parametrize(
    ("old", "new", "sentence", "is_break"),
    [
        ("green: 75", "green: 80", "A.1 Answers in time, the target: Green: 80 (before: 75).", False),
        ("yellow: 65", "yellow: none", "A.1 Answers in time, the target: Yellow: none (before: 65).", False),
        (
            "kind: at_least, green: 60, yellow: none",
            "kind: undecided",
            (
                'A.1 Answers in time, of one unit, an office, "North": Target is: not agreed '
                "(before: at least, Green: 60, Yellow: none)."
            ),
            False,
        ),
        (
            "A new office.",
            "Another.",
            'A.1 Answers in time, of one unit, an office, "North": Reason: "Another." (before: "A new office.").',
            False,
        ),
        ("green: 2,", "green: 3,", "B.1 Money spent, the target, 1 July: Green: 3 (before: 2).", False),
        (
            "Answers in time",
            "Prompt answers",
            'A.1 Prompt answers: Title: "Prompt answers" (before: "Answers in time").',
            False,
        ),
        (
            "Answered of asked.",
            "Asked of answered.",
            'A.1 Answers in time: What is counted: "Asked of answered." (before: "Answered of asked.").',
            True,
        ),
        (
            "numerator: A.1.numerator, denominator: A.1.denominator",
            "numerator: A.1.denominator, denominator: A.1.numerator",
            "A.1 Answers in time: Numerator: A.1.denominator (before: A.1.numerator).",
            True,
        ),
        (
            "{kind: share, numerator: A.1.numerator, denominator: A.1.denominator}",
            "{kind: change, value: A.1.numerator, per: A.1.denominator, against: last_year}",
            (
                "A.1 Answers in time: Worked out as: change, Value: A.1.numerator, Divided by: A.1.denominator, "
                "Change since: the same period last year "
                "(before: share, Numerator: A.1.numerator, Denominator: A.1.denominator)."
            ),
            True,
        ),
        (
            "title: Steps done}",
            "title: Steps done, kind: stock}",
            "Base figure steps Steps done: Over time: the last one counts (before: adds up). Used by B.2.",
            True,
        ),
        (
            "title: Steps done}",
            "title: Steps made}",
            'Base figure steps Steps made: Title: "Steps made" (before: "Steps done"). See that it still counts the same.',
            False,
        ),
        (
            "title: Steps done}",
            "title: Steps done, note: Count well.}",
            'Base figure steps Steps done: Note: "Count well." (before: empty).',
            False,
        ),
        (
            "title: Spent, unit: money",
            "title: Spent, unit: days",
            "Base figure B.1.actual Spent: Unit: days (before: money). Used by B.1.",
            True,
        ),
        (
            "{title: End, due: 2024-09-30}",
            "{title: End, due: 2024-10-31}",
            'B.2 Steps, the target, "End": To be done by: 2024-10-31 (before: 2024-09-30).',
            False,
        ),
        (
            "    better: lower\n",
            "    better: lower\n    active: false\n",
            "B.1 Money spent: In use: no (before: yes).",
            True,
        ),
        (
            "    better: lower\n",
            "    better: lower\n    ready: {kind: days_after_end, days: 5}\n",
            (
                "B.1 Money spent: Figure ready: days after the period, Days until ready: 5 "
                "(before: last day of the next month)."
            ),
            False,
        ),
        (
            "    better: lower\n",
            "    better: lower\n    source: The ledger.\n",
            'B.1 Money spent: Source: "The ledger." (before: empty).',
            False,
        ),
        (
            "    better: lower\n",
            "    better: lower\n    breaks: [{starts: 2024-07-01, reason: New rules.}]\n",
            'B.1 Money spent, Breaks: new: 2024-07-01, Reason: "New rules.".',
            True,
        ),
        ("year: 2024", "year: 2025", "About the scorecard: Year: 2025 (before: 2024).", False),
    ],
)
def test_says_what_has_changed_and_whether_the_series_breaks(old: str, new: str, sentence: str, is_break: bool) -> None:
    found = between((old, new))
    assert sentence in told(found), told(found)
    assert [each.breaks_series for each in found if says(each, texts_of("en")) == sentence] == [is_break]


def test_what_breaks_a_series_comes_first() -> None:
    found = between(
        ("green: 75", "green: 80"),
        ("title: Steps done}", "title: Steps done, kind: stock}"),
        ("year: 2024", "year: 2025"),
    )
    assert [each.breaks_series for each in found] == [True, False, False]
    assert found[0].measure == "steps"
    assert found[0].indicators == ("B.2",)


def test_a_series_without_a_declared_break_is_named() -> None:
    new = changed(
        ("Answered of asked.", "Other."),
        ("Spent against the budget.", "Another."),
        ("    better: lower\n", "    better: lower\n    breaks: [{starts: 2024-07-01, reason: New.}]\n"),
    )
    assert undeclared_breaks(new, changes(changed(), new)) == ("A.1",)


class TestIndicators:
    def test_new_ones_and_those_that_are_gone(self) -> None:
        text = SMALL[: SMALL.index("  - id: B.2")] + SMALL[SMALL.index("relations:") :]
        fewer = parse_definition(text.replace("title: Steps done}", "title: Steps done, alone: true}"), "fewer.yaml")
        gone, come = changes(small(), fewer), changes(fewer, small())
        assert "B.2 Steps: no longer there." in told(gone)
        assert [each.kind for each in gone if each.table.key == "indicators"] == ["removed"]
        assert gone[0].breaks_series
        assert "B.2 Steps: new." in told(come)
        assert not any(each.breaks_series for each in come)

    def test_another_id_of_the_same_is_no_other_indicator(self) -> None:
        found = between(
            ("- id: B.2", "- id: B.3"), ("id: steps,", "id: steps_done,"), ("value: steps}", "value: steps_done}")
        )
        assert [(each.kind, each.name) for each in found] == [("renamed", "B.3"), ("renamed", "steps_done")]
        assert "Figures in use stand under the old one." in told(found)[0]
        assert not any(each.breaks_series for each in found)

    def test_another_order_is_told_once(self) -> None:
        new = small().model_copy(update={"indicators": tuple(reversed(small().indicators))})
        found = [each for each in changes(changed(), new) if each.table.key == "indicators"]
        assert told(tuple(found)) == ["Indicators: the order has changed."]


def test_long_texts_are_shown_where_they_differ() -> None:
    text = "Very long. " * 60
    found = between(("Answered of asked.", f"{text}The end."))
    again = changes(
        changed(("Answered of asked.", f"{text}The end.")), changed(("Answered of asked.", f"{text}Another end."))
    )
    assert "Answered of asked." in told(found)[0]
    assert 'The end."' in told(again)[0]
    assert 'Another end."' in told(again)[0]
    assert len(told(again)[0]) < 250


def test_json_has_the_values_themselves() -> None:
    (found,) = between(("green: 75", "green: 74.9"))
    assert as_json(found, texts_of("en")) == {
        "kind": "changed",
        "part": "targets",
        "name": "A.1",
        "indicator": "A.1",
        "measure": None,
        "field": "target.green",
        "old": 75,
        "new": 74.9,
        "says": "A.1 Answers in time, the target: Green: 74.9 (before: 75).",
        "breaks_series": False,
        "indicators": [],
    }


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)
@given(scorecards(), scorecards())
def test_any_two_scorecards_differ_in_sentences(old: Scorecard, new: Scorecard) -> None:
    found = changes(old, new)
    assert bool(found) == (old != new)
    for each in found:
        for language in LANGUAGES:
            assert says(each, texts_of(language))
        as_json(each, texts_of("en"))
    breaks = [each.breaks_series for each in found]
    assert breaks == sorted(breaks, reverse=True)
