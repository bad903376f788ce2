"""What the rows of the input sheet are called, and in what they are counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from xlmalekort.layout.look import UNIT_WORDS
from xlmalekort.locale import N_
from xlmalekort.model.figure_kinds import COUNTS, Distribution

if TYPE_CHECKING:
    from xlmalekort.layout.office import Line
    from xlmalekort.locale import Texts
    from xlmalekort.model.scorecard import Scorecard


def line_title(scorecard: Scorecard, line: Line) -> str:
    """What a row is called. The categories of a question are told apart even where their titles do not do so."""
    if line.measure is None:
        return line.indicator.title if line.indicator else line.id
    title, category = line.measure.title, category_of(line)
    if category is None:
        return title
    titles = [scorecard.measure[measure].title for measure in category.question.counts]
    return title if len(set(titles)) == len(titles) else f"{title}: {category.name}"


class Category(NamedTuple):
    """One of the categories of a question, numbered from 1."""

    question: Distribution
    number: int

    @property
    def name(self) -> str:
        """What the category is called."""
        return self.question.categories[self.number - 1]


def category_of(line: Line) -> Category | None:
    """The category whose answers a row counts; None for other rows."""
    figure = line.indicator.figure if line.indicator else None
    if not isinstance(figure, Distribution) or line.part not in COUNTS:
        return None
    return Category(figure, COUNTS.index(line.part) + 1)


TEXT_UNIT = N_("text")
CATEGORY_OF = N_("{number} of {all}")


def line_unit(line: Line, texts: Texts) -> str:
    """The unit of a row in words; of the answers to a question the number of the category."""
    if line.measure is None:
        return texts(TEXT_UNIT)
    category = category_of(line)
    if category is None:
        return texts(UNIT_WORDS[line.measure.unit])
    return texts(CATEGORY_OF, number=category.number, all=len(category.question.counts))
