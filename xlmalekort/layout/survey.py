"""The questions of a scorecard's surveys: which measures are theirs, and in which rows the survey sheet shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xlmalekort.model.figure_kinds import Distribution
from xlmalekort.model.measures import PartOf

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlmalekort.model.indicators import Indicator
    from xlmalekort.model.scorecard import Filter, Scorecard

SURVEY_HEADING_ROW = 4
SURVEY_FIRST_ROW = 5


@dataclass(frozen=True, slots=True)
class SurveyRow:
    """A question in its row. Indicators that show the same answers in the same way share it; the first one stands for all."""

    indicators: tuple[Indicator, ...]
    row: int

    @property
    def indicator(self) -> Indicator:
        """The one that stands for all."""
        return self.indicators[0]


@dataclass(frozen=True, slots=True)
class SurveyGroup:
    """The questions that are asked of the same people and answered in the same categories, under a heading in its row."""

    asked_of: Filter | None
    """None: everybody."""
    categories: tuple[str, ...]
    share_of: tuple[int, ...]
    row: int
    questions: tuple[SurveyRow, ...]


def questions_of(scorecard: Scorecard) -> tuple[Indicator, ...]:
    """The active indicators that are questions, in the order of the definition."""
    return tuple(indicator for indicator in scorecard.active if indicator.question is not None)


def survey_measures(scorecard: Scorecard) -> tuple[str, ...]:
    """The measures of the questions and of who was asked, in the order in which the definition lists them.

    Those that only say how many took part are among them: the whole that answers are a part of, used by no indicator.
    """
    used = {m for each in questions_of(scorecard) for _, measures in each.fields for m in measures}
    used |= {each.base for each in scorecard.filters if each.base is not None} if used else set()
    wholes = {
        each.whole
        for each in scorecard.relations
        if isinstance(each, PartOf) and used.issuperset(each.part) and not scorecard.users[each.whole]
    }
    return tuple(measure.id for measure in scorecard.measures if measure.id in used | wholes)


def survey_groups(scorecard: Scorecard) -> tuple[SurveyGroup, ...]:
    """The survey sheet from top to bottom, groups and questions in the order in which their figures are filled in."""
    order = {measure: place for place, measure in enumerate(survey_measures(scorecard))}
    same: dict[str, list[Indicator]] = {}
    for indicator in questions_of(scorecard):
        same.setdefault(_what_is_shown(indicator), []).append(indicator)
    questions = sorted(same.values(), key=lambda each: min(order[m] for _, ms in each[0].figure.parts for m in ms))
    grouped: dict[tuple[str | None, tuple[str, ...], tuple[int, ...]], list[list[Indicator]]] = {}
    for question in questions:
        grouped.setdefault(_group_of(question[0]), []).append(question)
    # Groups that are asked of the same people stand together.
    people = list(dict.fromkeys(asked_of for asked_of, _, _ in grouped))
    keys = sorted(grouped, key=lambda key: people.index(key[0]))
    filters = {each.id: each for each in scorecard.filters}
    return tuple(_placed([(filters.get(key[0] or ""), *key[1:], grouped[key]) for key in keys]))


def _placed(
    groups: list[tuple[Filter | None, tuple[str, ...], tuple[int, ...], list[list[Indicator]]]],
) -> Iterator[SurveyGroup]:
    row = SURVEY_FIRST_ROW
    for asked_of, categories, share_of, questions in groups:
        rows = tuple(SurveyRow(tuple(each), row + 1 + place) for place, each in enumerate(questions))
        yield SurveyGroup(asked_of, categories, share_of, row, rows)
        row += len(rows) + 1


def _group_of(indicator: Indicator) -> tuple[str | None, tuple[str, ...], tuple[int, ...]]:
    figure = indicator.figure
    asked_of = indicator.question.asked_of if indicator.question else None
    if not isinstance(figure, Distribution):
        return asked_of, (), ()
    return asked_of, figure.categories, figure.share_of


def _what_is_shown(indicator: Indicator) -> str:
    """The same text for questions that would have the same row."""
    shown = ("figure", "question", "decimals", "frequency", "least_denominator", "breaks")
    return indicator.model_dump_json(include=set(shown))
