"""The survey sheet: what is shown of a question, what is not, and why."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.libreoffice import LibreOffice
from xlmalekort.layout import look
from xlmalekort.layout.cells import a1
from xlmalekort.layout.office import Sheet, layout_of
from xlmalekort.model.figure_kinds import Distribution
from xlmalekort.model.figures import Figure, Figures, Status, Submission
from xlmalekort.model.periods import Period
from xlmalekort.scorecards import load_scorecard, parse_json
from xlmalekort.template.office_workbook import write_office_workbook
from xlmalekort.template.state import OfficeState, make_state
from xlmalekort.template.survey import MESSAGE, Column, Survey

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from xlmalekort.model.scorecard import Scorecard
    from xlmalekort.template.state import Value

    GivenAnswers = Mapping[tuple[str, str], tuple[int | None, ...]]

AAS = load_scorecard("nav-aas-2014")
VEJLE = load_scorecard("vejle-2013")
NAV = load_scorecard("nav-buskerud-2009")
DAY = {AAS: date(2015, 2, 1), VEJLE: date(2014, 2, 20)}
USUAL = (2, 4, 8, 20, 40, 26)
"""Enough answers in six categories."""

Answers = dict[tuple[str, str], "tuple[int | None, ...]"]
"""The answers to a question in a period, a count for each category; None for an empty cell."""


def figures_of(scorecard: Scorecard, answers: GivenAnswers) -> Figures:
    figures: Figures = {}
    for (indicator, code), counts in answers.items():
        figure = scorecard.indicator[indicator].figure
        assert isinstance(figure, Distribution)
        for measure, count in zip(figure.counts, counts, strict=True):
            if count is not None:
                period = Period.parse(code)
                figures[measure, period] = Figure(measure, period, Fraction(count))
    return figures


def state_of(
    scorecard: Scorecard,
    answers: GivenAnswers,
    more: Mapping[tuple[str, str], Fraction | None] | None = None,
    exempt: frozenset[str] = frozenset(),
) -> OfficeState:
    figures = figures_of(scorecard, answers)
    for (measure, code), value in (more or {}).items():
        figures[measure, Period.parse(code)] = Figure(measure, Period.parse(code), value)
    year = {place: figure for place, figure in figures.items() if place[1].year == scorecard.year}
    before = {place: figure for place, figure in figures.items() if place[1].year < scorecard.year}
    submission = Submission("f.xlsx", "Prøvekontoret", scorecard.year, year, before, exempt=exempt)
    chosen = layout_of(scorecard, scorecard.year).choosable[-1]
    return make_state(scorecard, submission, chosen, DAY.get(scorecard, date(2015, 2, 1)), ())


@dataclass(frozen=True)
class Shown:
    """What a question's row shows."""

    period: Value
    answers: Value
    result: Value
    shares: tuple[Value, ...]
    before: Value
    change: Value
    note: Value

    @property
    def is_empty(self) -> bool:
        """Whether no number is shown."""
        return {self.answers, self.result, *self.shares, self.before, self.change} == {""}


def shown(state: OfficeState, indicator: str) -> Shown:
    survey = Survey(state)
    values = {(cell.row, cell.column): cell.value for cell in survey.cells()}
    (row,) = (
        question.row
        for group in state.layout.survey
        for question in group.questions
        if indicator in [each.id for each in question.indicators]
    )
    figure = state.scorecard.indicator[indicator].figure
    count = len(figure.counts) if isinstance(figure, Distribution) else 0
    return Shown(
        values[row, Column.PERIOD],
        values[row, Column.ANSWERS],
        values[row, Column.RESULT],
        tuple(values[row, Column.FIRST_CATEGORY + place] for place in range(count)),
        values[row, survey.before_column],
        values[row, survey.change_column],
        values[row, survey.note_column],
    )


def message(state: OfficeState) -> Value:
    return {(cell.row, cell.column): cell.value for cell in Survey(state).cells()}[MESSAGE]


# Which questions there are


def test_a_scorecard_without_questions_has_no_survey_sheet() -> None:
    assert Sheet.SURVEY not in layout_of(NAV, 2009).sheets
    assert not list(
        Survey(make_state(NAV, Submission("f", "x", 2009, {}), Period.parse("2009-01"), DAY[AAS], ())).cells()
    )
    assert Sheet.SURVEY in layout_of(AAS, 2014).sheets


def test_every_question_stands_once_under_those_who_are_asked_and_under_its_own_categories() -> None:
    for scorecard in (AAS, VEJLE):
        groups = layout_of(scorecard, scorecard.year).survey
        found = [each.id for group in groups for question in group.questions for each in question.indicators]
        assert sorted(found) == sorted(each.id for each in scorecard.active if each.question)
        for group in groups:
            for question in group.questions:
                asked = question.indicator.question
                figure = question.indicator.figure
                assert asked is not None
                assert asked.asked_of == (group.asked_of.id if group.asked_of else None)
                assert isinstance(figure, Distribution)
                assert (figure.categories, figure.share_of) == (group.categories, group.share_of)


def test_those_who_are_asked_stand_together_and_rows_never_meet() -> None:
    groups = layout_of(AAS, 2014).survey
    people = [group.asked_of.id if group.asked_of else "" for group in groups]
    assert [each for place, each in enumerate(people) if place == 0 or people[place - 1] != each] == [
        "",
        "advised",
        "work",
    ]
    rows = [row for group in groups for row in (group.row, *(each.row for each in group.questions))]
    assert rows == list(range(rows[0], rows[0] + len(rows)))


def test_two_goals_on_the_same_answers_share_a_row_and_others_do_not() -> None:
    rows = [question for group in layout_of(AAS, 2014).survey for question in group.questions]
    (shared,) = (each for each in rows if len(each.indicators) > 1)
    assert [each.id for each in shared.indicators] == ["VI.B", "U.2"]
    assert rows.index(shared) == 1
    definition = json.loads(AAS.as_json)
    next(each for each in definition["indicators"] if each["id"] == "U.2")["decimals"] = 2
    apart = layout_of(parse_json(json.dumps(definition)), 2014).survey
    assert all(len(question.indicators) == 1 for group in apart for question in group.questions)


# What a question shows


def test_mean_shares_answers_and_the_change_since_the_year_before() -> None:
    state = state_of(AAS, {("U.1", "2014"): USUAL, ("U.1", "2013"): (10, 10, 10, 10, 30, 30)})
    found = shown(state, "U.1")
    assert (found.period, found.answers, found.note) == ("2014", 100, "")
    assert found.shares == pytest.approx([0.02, 0.04, 0.08, 0.2, 0.4, 0.26])
    assert (found.result, found.before) == (4.7, 4.3)
    # 4.70 less 4.30; each is rounded as a reader sees it, the change once.
    assert found.change == pytest.approx(0.4)


def test_a_share_of_some_categories_and_its_change_in_percentage_points() -> None:
    state = state_of(AAS, {("U.20", "2014"): (50, 20, 10, 10, 10), ("U.20", "2013"): (40, 20, 20, 10, 10)})
    found = shown(state, "U.20")
    assert (found.result, found.before) == pytest.approx((0.3, 0.4))
    assert found.change == -10
    assert message(state) == state.texts(
        "{answered} of {all} questions have answers; {better} better and {worse} worse than the year before",
        answered=1,
        all=20,
        better=0,
        worse=0,
    ), "much contact is neither good nor bad"


@pytest.mark.parametrize("counts", [(1, 1, 0, 1, 1, 0), (0, 0, 0, 0, 0, 0)])
def test_fewer_answers_than_the_least_number_show_nothing_but_that(counts: tuple[int, ...]) -> None:
    found = shown(state_of(AAS, {("U.1", "2014"): counts, ("U.1", "2013"): USUAL}), "U.1")
    assert found.is_empty
    assert found.period == "2014"
    assert "5" in str(found.note)


def test_just_enough_answers_are_shown() -> None:
    found = shown(state_of(AAS, {("U.1", "2014"): (1, 1, 0, 1, 1, 1)}), "U.1")
    assert found.answers == 5


def test_an_empty_category_is_not_a_category_that_nobody_chose() -> None:
    blank = shown(state_of(AAS, {("U.1", "2014"): (None, 4, 8, 20, 40, 26)}), "U.1")
    assert blank.is_empty
    assert layout_of(AAS, 2014).title(Sheet.CONTROL) in str(blank.note)
    zero = shown(state_of(AAS, {("U.1", "2014"): (0, 4, 8, 20, 40, 26)}), "U.1")
    assert (zero.answers, zero.shares[0]) == (98, 0)


def test_a_category_that_cannot_be_used_leaves_the_question_without_a_result() -> None:
    found = shown(state_of(AAS, {("U.1", "2014"): USUAL}, {("U.1.count_3", "2014"): None}), "U.1")
    assert found.is_empty


def test_across_a_break_nothing_is_compared_and_the_reason_is_told() -> None:
    found = shown(state_of(AAS, {("U.12", "2014"): USUAL, ("U.12", "2013"): USUAL}), "U.12")
    assert (found.answers, found.before, found.change) == (100, "", "")
    assert AAS.indicator["U.12"].breaks[0].reason in str(found.note)


def test_a_break_within_the_year_parts_only_the_periods_beside_it() -> None:
    asked = (10, 20, 40, 30)
    both = {("S.2", "2012-H1"): asked, ("S.2", "2012-H2"): asked, ("S.2", "2013-H1"): asked}
    first = shown(state_of(VEJLE, both), "S.2")
    assert (first.period, first.change, first.note) == ("1. halvår 2013", 0, "")
    second = shown(state_of(VEJLE, {**both, ("S.2", "2013-H2"): asked}), "S.2")
    assert (second.period, second.before, second.change) == ("2. halvår 2013", "", "")
    assert VEJLE.indicator["S.2"].breaks[0].reason in str(second.note)


@pytest.mark.parametrize(
    ("before", "says"),
    [
        (None, "No answers of {period} to compare with"),
        ((1, 0, 0, 1, 1, 1), "Not compared: fewer than {least} answers in {period}"),
        ((None, 4, 8, 20, 40, 26), "Not compared: the answers of {period} cannot be used"),
    ],
)
def test_why_there_is_nothing_to_compare_with(before: tuple[int | None, ...] | None, says: str) -> None:
    answers: Answers = {("U.1", "2014"): USUAL}
    if before is not None:
        answers["U.1", "2013"] = before
    state = state_of(AAS, answers)
    found = shown(state, "U.1")
    assert (found.answers, found.before, found.change) == (100, "", "")
    assert found.note == state.texts(says, period="2013", least=5)


def test_the_latest_period_with_answers_is_shown_even_if_they_cannot_be_used() -> None:
    whole = (10, 20, 40, 30)
    state = state_of(VEJLE, {("S.2", "2013-H1"): whole, ("S.2", "2013-H2"): (10, None, 40, 30)})
    found = shown(state, "S.2")
    assert found.period == "2. halvår 2013"
    assert found.is_empty


def test_without_answers_nothing_is_shown_and_an_exempt_office_is_called_so() -> None:
    state = state_of(AAS, {("U.3", "2014"): USUAL}, exempt=frozenset({"U.3", "VI.B"}))
    nothing = shown(state, "U.1")
    assert nothing.is_empty
    assert (nothing.period, nothing.note) == ("", state.texts("No answers yet"))
    exempt = shown(state, "U.3")
    assert exempt.is_empty
    assert exempt.note == look.status_label(Status.NOT_APPLICABLE, state.texts)
    assert shown(state, "VI.B").note == nothing.note, "the office is not exempt from U.2, which has the same answers"


def test_the_line_that_matters_counts_answers_and_changes_for_better_and_worse() -> None:
    higher, lower = (1, 1, 1, 1, 1, 95), (95, 1, 1, 1, 1, 1)
    answers: Answers = {("U.1", "2014"): higher, ("U.1", "2013"): USUAL, ("U.3", "2014"): lower, ("U.3", "2013"): USUAL}
    answers |= {("U.4", "2014"): USUAL, ("U.4", "2013"): USUAL, ("U.5", "2014"): (1, 0, 0, 0, 0, 0)}
    state = state_of(AAS, answers)
    since = "{answered} of {all} questions have answers; {better} better and {worse} worse than the year before"
    assert message(state) == state.texts(since, answered=3, all=20, better=1, worse=1)
    alone = state_of(AAS, {("U.1", "2014"): USUAL})
    assert message(alone) == alone.texts("{answered} of {all} questions have answers", answered=1, all=20)
    assert message(state_of(AAS, {})) == state.texts("No answers yet")


def test_how_many_were_asked_stands_with_who_was_asked() -> None:
    state = state_of(AAS, {}, {("survey.advised", "2014"): Fraction(151)})
    headings = [cell.value for cell in Survey(state).cells() if cell.column == Column.QUESTION]
    assert headings[0] == state.texts("{who} ({count} asked)", who=AAS.filters[0].title, count="151")
    assert set(headings[1:]) == {AAS.filters[1].title}


counts_of_six = st.lists(st.integers(0, 300), min_size=6, max_size=6)


@settings(max_examples=30, deadline=None)
@given(now=counts_of_six, before=counts_of_six)
def test_shares_make_a_whole_and_the_mean_is_one_of_its_categories(now: list[int], before: list[int]) -> None:
    found = shown(state_of(AAS, {("U.1", "2014"): tuple(now), ("U.1", "2013"): tuple(before)}), "U.1")
    if sum(now) < AAS.indicator["U.1"].least_denominator:
        assert found.is_empty
        return
    assert sum(share for share in found.shares if isinstance(share, float)) == pytest.approx(1)
    assert isinstance(found.result, float)
    assert 1 <= found.result <= 6
    assert found.answers == sum(now)
    assert (found.change == "") is (found.before == "") is (sum(before) < 5)


# The same through a spreadsheet program


@cache
def states() -> Sequence[OfficeState]:
    """Every note, and every kind of result."""
    few, blank, none = (1, 0, 1, 1, 0, 1), (None, 4, 8, 20, 40, 26), (0,) * 6
    before = [USUAL, few, blank, none, (10, 10, 10, 10, 30, 30), (7, 0, 0, 0, 0, 0)]
    six = [each.id for each in AAS.active if each.question and len(each.figure.parts) == 6]
    answers: Answers = {}
    for place, indicator in enumerate(six):
        answers[indicator, "2014"] = [USUAL, USUAL, few, blank, none, (1, 1, 0, 1, 1, 1), (0, 0, 0, 0, 0, 13)][
            place % 7
        ]
        answers[indicator, "2013"] = before[place % 6]
    answers |= {("U.13", "2014"): (2, 3), ("U.14", "2014"): (0, 5), ("U.20", "2014"): (1, 1, 1, 1, 2)}
    answers |= {("U.20", "2013"): (3, 1, 1, 1, 1)}
    more = {("survey.advised", "2014"): Fraction(40), ("U.9.count_1", "2014"): None}
    half: Answers = {
        ("S.2", f"{year}-H{number}"): (3, 9, 20, 30 + number) for year in (2012, 2013) for number in (1, 2)
    }
    half |= {("S.1", "2012-H1"): (1, 2, 3, 4, 25), ("S.1", "2013-H1"): (1, 2, 3, 4, 26), ("S.3", "2013"): (20, 3, 1)}
    first: Answers = {place: counts for place, counts in half.items() if place != ("S.2", "2013-H2")}
    return (
        state_of(AAS, answers, more, frozenset({"U.4"})),
        state_of(AAS, {}),
        state_of(VEJLE, half, {("S.2.asked", "2013-H1"): Fraction(80)}),
        state_of(VEJLE, first, exempt=frozenset({"S.3"})),
    )


@pytest.mark.libreoffice
@pytest.mark.parametrize("locale", ["nb-NO", "en-US"])
def test_formulas_give_what_python_says(locale: str, tmp_path: Path) -> None:
    wrong = []
    with LibreOffice(locale=locale) as office:
        for number, state in enumerate(states()):
            path = tmp_path / f"{number}.xlsx"
            path.write_bytes(write_office_workbook(state))
            cells = {(cell.row, cell.column): cell.value for cell in Survey(state).cells()}
            title = state.layout.title(Sheet.SURVEY)
            corner = a1(max(row for row, _ in cells), max(column for _, column in cells))
            rows = office.recalculate(path, {title: f"A1:{corner}"})[title]
            for (row, column), value in cells.items():
                found = rows[row][column]
                if found != (pytest.approx(value) if isinstance(value, float) else value or None) and found != value:
                    wrong.append(f"{number} {a1(row, column)}: {found!r}, not {value!r}")
    assert wrong == []
