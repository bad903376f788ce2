"""The kinds of figure that an indicator can be: what it is made of, and by which fields its parts are named."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal, NamedTuple, Self

from pydantic import Field, model_validator

from xlmalekort.locale.told import Phrase
from xlmalekort.model.base import Frozen
from xlmalekort.model.measures import Id, Sum, Text
from xlmalekort.model.targets import Reference


class Part(StrEnum):
    """The fields by which a figure of an indicator is named outside the definition."""

    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    VALUE = "value"
    WEIGHT = "weight"
    ACTUAL = "actual"
    PLAN = "plan"
    TARGET = "target"
    YELLOW = "yellow"
    REFERENCE = "reference"
    BASELINE = "baseline"
    COUNT_1 = "count_1"
    COUNT_2 = "count_2"
    COUNT_3 = "count_3"
    COUNT_4 = "count_4"
    COUNT_5 = "count_5"
    COUNT_6 = "count_6"
    DONE = "done"
    COMMENT = "comment"


COUNTS = (Part.COUNT_1, Part.COUNT_2, Part.COUNT_3, Part.COUNT_4, Part.COUNT_5, Part.COUNT_6)
Fields = tuple[tuple[Part, Sum], ...]


class Term(NamedTuple):
    """A measure in a sum, so many times."""

    measure: str
    factor: int = 1


Terms = tuple[Term, ...]


def _terms(measures: Sum | None) -> Terms:
    return tuple(Term(measure) for measure in measures or ())


class Share(Frozen):
    """Numerator over denominator, in per cent. Unless `may_exceed`, a numerator over its denominator is impossible."""

    kind: Literal["share"]
    numerator: Sum
    denominator: Sum
    may_exceed: bool = False

    @property
    def parts(self) -> Fields:
        """Its parts by field: the upper one first, then the one that it is divided by."""
        return ((Part.NUMERATOR, self.numerator), (Part.DENOMINATOR, self.denominator))

    @property
    def upper(self) -> Terms:
        """What is divided."""
        return _terms(self.numerator)

    @property
    def lower(self) -> Terms:
        """What it is divided by."""
        return _terms(self.denominator)


class Amount(Frozen):
    """A number as it is typed. With a weight (answers, cases) it is a mean, and totals are weighted by it.

    Without a weight it adds up over the units if it is a count or money; other numbers have no total unless
    `unweighted` asks for their plain mean, which the total then says.
    """

    kind: Literal["amount"]
    value: Sum
    weight: Sum | None = None
    unweighted: bool = False

    @property
    def parts(self) -> Fields:
        """Its parts by field."""
        value = (Part.VALUE, self.value)
        return (value, (Part.WEIGHT, self.weight)) if self.weight else (value,)

    @property
    def upper(self) -> Terms:
        """The number itself."""
        return _terms(self.value)

    @property
    def lower(self) -> Terms:
        """The weight; empty where there is none."""
        return _terms(self.weight)


class Deviation(Frozen):
    """How far the actual lies from the plan, in per cent of the plan: (actual - plan) / plan."""

    kind: Literal["deviation"]
    actual: Sum
    plan: Sum

    @property
    def parts(self) -> Fields:
        """Its parts by field: the upper one first, then the one that it is divided by."""
        return ((Part.ACTUAL, self.actual), (Part.PLAN, self.plan))

    @property
    def upper(self) -> Terms:
        """What was done or spent."""
        return _terms(self.actual)

    @property
    def lower(self) -> Terms:
        """What was planned."""
        return _terms(self.plan)


class Change(Frozen):
    """How far a number lies from the same number of another period, in per cent of that.

    With `per` the number is a rate, value over per (days of absence per working day). A `baseline` is a number typed in the
    unit of the value, of a rate the rate itself.
    """

    kind: Literal["change"]
    value: Sum
    per: Sum | None = None
    against: Literal[Reference.PREVIOUS, Reference.LAST_YEAR, Reference.BASELINE]
    baseline: Id | None = None

    @model_validator(mode="after")
    def _has_its_baseline(self) -> Self:
        if (self.against is Reference.BASELINE) != (self.baseline is not None):
            message = Phrase("a change against a baseline names the measure of the baseline, and only that")
            raise ValueError(message)
        return self

    @property
    def parts(self) -> Fields:
        """Its parts by field."""
        own: Fields = (
            ((Part.NUMERATOR, self.value), (Part.DENOMINATOR, self.per)) if self.per else ((Part.VALUE, self.value),)
        )
        return (*own, (Part.BASELINE, (self.baseline,))) if self.baseline else own

    @property
    def upper(self) -> Terms:
        """The number, or the upper part of the rate."""
        return _terms(self.value)

    @property
    def lower(self) -> Terms:
        """The lower part of the rate; empty where the number is no rate."""
        return _terms(self.per)


class Distribution(Frozen):
    """Answers counted by category, the first worth 1. Shown is the mean category, or the share of some categories.

    `share_of` numbers the categories, from 1, whose share is shown; without it the mean is.
    """

    kind: Literal["distribution"]
    counts: Annotated[tuple[Id, ...], Field(min_length=2, max_length=len(COUNTS))]
    categories: tuple[Text, ...]
    """What the categories are called, one for each count."""
    share_of: tuple[int, ...] = ()

    @model_validator(mode="after")
    def _names_its_categories(self) -> Self:
        if len(self.categories) != len(self.counts):
            counts, categories = len(self.counts), len(self.categories)
            message = Phrase(
                "counts has {counts} and categories has {categories}; they must have as many",
                counts=counts,
                categories=categories,
            )
            raise ValueError(message)
        if any(not 1 <= each <= len(self.counts) for each in self.share_of):
            message = Phrase("share_of numbers categories from 1 to {last}", last=len(self.counts))
            raise ValueError(message)
        return self

    @property
    def parts(self) -> Fields:
        """A field for each category."""
        return tuple((part, (measure,)) for part, measure in zip(COUNTS, self.counts, strict=False))

    @property
    def upper(self) -> Terms:
        """The answers times the worth of their category, or the answers in the categories that are shown."""
        if self.share_of:
            return tuple(Term(self.counts[each - 1]) for each in sorted(set(self.share_of)))
        return tuple(Term(measure, worth) for worth, measure in enumerate(self.counts, 1))

    @property
    def lower(self) -> Terms:
        """All answers."""
        return _terms(self.counts)


Figure = Annotated[Share | Amount | Deviation | Change | Distribution, Field(discriminator="kind")]
