"""The scorecard: perspectives, indicators and the measures that they are made of."""

from __future__ import annotations

import hashlib
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import Field, model_validator

from xlmalekort.locale import N_, texts_of
from xlmalekort.locale.told import Joined, Phrase, Told
from xlmalekort.model.base import Frozen, Number
from xlmalekort.model.deadlines import Deadline  # noqa: TC001 - pydantic reads it when the class is made
from xlmalekort.model.figure_kinds import COUNTS, Amount, Change, Part
from xlmalekort.model.indicators import Indicator  # noqa: TC001 - the same
from xlmalekort.model.measures import Id, Kind, Level, Measure, Relation, Role, Text, Unit
from xlmalekort.model.periods import Frequency
from xlmalekort.model.targets import (
    Against,
    Milestone,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlmalekort.locale import Texts

Language = Literal["nb", "da", "nl", "en"]


class Filter(Frozen):
    """Who a question is asked of; several questions may share it. `base` is the measure that counts them, if it is known."""

    id: Id
    title: Text
    base: Id | None = None


class Meeting(Frozen):
    """A line of the follow-up calendar: how often who meets, and which role answers for it."""

    how_often: Text
    who: Text
    answers: Text


class Perspective(Frozen):
    """A group of indicators."""

    id: Id
    title: Text
    secures: Text | None = None
    """What the perspective looks after."""


class Top(Frozen):
    """The unit above all offices where no register says otherwise."""

    level: Literal[Level.REGION, Level.COUNTRY]
    name: Text


class Scorecard(Frozen):
    """A whole definition."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{1,60}$")]
    version: Annotated[str, Field(pattern=r"^[0-9A-Za-z.\-]{1,20}$")]
    language: Language
    title: Text
    short_title: Text
    about: Text
    year: Annotated[int, Field(ge=1950, le=2950)]
    """The year that a workbook is made for where none is asked for."""
    top: Top
    level_names: dict[Level, Text]
    """What the levels are called in this system."""
    currency: Annotated[str, Field(pattern=r"^[^\s\d<>&\"]{1,8}$")] | None = None
    """What is written after an amount of money, such as `kr`; None where amounts stand alone."""
    comparison: Literal["as_shown", "exact"] = "as_shown"
    least_coverage: Annotated[Number, Field(ge=0, le=1)] = Field(default="1", validate_default=True)
    """The share of expected units under which a total is marked partial."""
    perspectives: Annotated[tuple[Perspective, ...], Field(min_length=1)]
    measures: Annotated[tuple[Measure, ...], Field(min_length=1)]
    indicators: Annotated[tuple[Indicator, ...], Field(min_length=1)]
    relations: tuple[Relation, ...] = ()
    filters: tuple[Filter, ...] = ()
    """Who the questions of its surveys are asked of."""
    calendar: tuple[Meeting, ...] = ()
    """Who meets how often to follow the scorecard up."""
    deadlines: tuple[Deadline, ...] = ()
    due_soon_days: Annotated[int, Field(ge=1, le=366)] = 30
    """How many days before its due day a deadline is said to be due soon."""

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        findings = disagreements(self)
        if findings:
            raise ValueError(Joined(findings, "; "))
        return self

    def __hash__(self) -> int:
        """Two scorecards of the same content are the same."""
        return hash(self.content_hash)

    def __eq__(self, other: object) -> bool:
        """Two scorecards of the same content are the same."""
        return isinstance(other, Scorecard) and (self is other or self.content_hash == other.content_hash)

    def texts(self, language: str | None = None) -> Texts:
        """The texts of its workbooks, or what a reader of another language sees of it."""
        return texts_of(language or self.language, self.currency or "")

    @cached_property
    def measure(self) -> dict[str, Measure]:
        """Measures by id."""
        return {measure.id: measure for measure in self.measures}

    @cached_property
    def indicator(self) -> dict[str, Indicator]:
        """Indicators by id."""
        return {indicator.id: indicator for indicator in self.indicators}

    @cached_property
    def users(self) -> dict[str, tuple[tuple[Indicator, Part], ...]]:
        """For each measure the indicators and fields that use it, in the order of the definition."""
        found: dict[str, list[tuple[Indicator, Part]]] = {measure.id: [] for measure in self.measures}
        for indicator in self.indicators:
            for field, measures in indicator.fields:
                for measure in measures:
                    found[measure].append((indicator, field))
        return {measure: tuple(users) for measure, users in found.items()}

    @cached_property
    def active(self) -> tuple[Indicator, ...]:
        """The indicators that figures are asked for, in the order of the definition."""
        return tuple(indicator for indicator in self.indicators if indicator.active)

    def of_perspective(self, perspective: str) -> tuple[Indicator, ...]:
        """The indicators of a perspective, in the order of the definition."""
        return tuple(indicator for indicator in self.indicators if indicator.perspective == perspective)

    @cached_property
    def as_json(self) -> str:
        """The definition in the form that travels with a workbook; the same text for the same content."""
        return self.model_dump_json(exclude_defaults=True)

    @cached_property
    def content_hash(self) -> str:
        """A short hash of the content."""
        return hashlib.sha256(self.as_json.encode()).hexdigest()[:16]


def disagreements(scorecard: Scorecard) -> list[Told]:
    """What in a definition does not go together, a sentence each; its parts are each in order by themselves."""
    return [*_doubles(scorecard), *_unknown(scorecard), *_misfits(scorecard), *_odd_indicators(scorecard)]


def _doubles(scorecard: Scorecard) -> list[Told]:
    findings: list[Told] = []
    for what, ids in (
        (N_("perspective"), [each.id for each in scorecard.perspectives]),
        (N_("measure"), [each.id for each in scorecard.measures]),
        (N_("indicator"), [each.id for each in scorecard.indicators]),
        (N_("filter"), [each.id for each in scorecard.filters]),
        (N_("deadline"), [each.id for each in scorecard.deadlines]),
    ):
        seen: set[str] = set()
        for each in ids:
            if each.casefold() in seen:
                findings.append(Phrase("{what} {name} stands twice", what=Told(what), name=each))
            seen.add(each.casefold())
    return findings


def _unknown(scorecard: Scorecard) -> list[Told]:
    measures = {measure.id for measure in scorecard.measures}
    perspectives = {perspective.id for perspective in scorecard.perspectives}
    findings: list[Told] = [
        _of(indicator, Phrase("perspective {perspective} is not defined", perspective=indicator.perspective))
        for indicator in scorecard.indicators
        if indicator.perspective not in perspectives
    ]
    findings += [
        _of(indicator, _use(field, measure), Phrase("which is not defined"))
        for indicator in scorecard.indicators
        for field, used in indicator.fields
        for measure in used
        if measure not in measures
    ]
    findings += [
        Phrase("relation {kind}: measure {measure} is not defined", kind=relation.kind, measure=measure)
        for relation in scorecard.relations
        for measure in relation.measures
        if measure not in measures
    ]
    findings += [
        Phrase("filter {filter}: measure {measure} is not defined", filter=each.id, measure=each.base)
        for each in scorecard.filters
        if each.base is not None and each.base not in measures
    ]
    filters, indicators = {each.id for each in scorecard.filters}, {each.id for each in scorecard.indicators}
    for indicator in scorecard.indicators:
        asked_of = indicator.question.asked_of if indicator.question else None
        if asked_of is not None and asked_of not in filters:
            findings.append(_of(indicator, Phrase("filter {filter} is not defined", filter=asked_of)))
        if indicator.part_of is not None and indicator.part_of not in indicators - {indicator.id}:
            message = Phrase("part_of {other} is not another indicator", other=indicator.part_of)
            findings.append(_of(indicator, message))
    findings += [
        Phrase("deadline {deadline}: indicator {indicator} is not defined", deadline=each.id, indicator=each.indicator)
        for each in scorecard.deadlines
        if each.indicator is not None and each.indicator not in indicators
    ]
    used = {measure for indicator in scorecard.indicators for _, sums in indicator.fields for measure in sums}
    used |= {measure for relation in scorecard.relations for measure in relation.measures}
    used |= {measure.id for measure in scorecard.measures if measure.alone}
    used |= {each.base for each in scorecard.filters if each.base is not None}
    return findings + [Phrase("measure {measure} is used by nothing", measure=each) for each in sorted(measures - used)]


def _of(indicator: Indicator, *parts: Told) -> Told:
    """What is wrong with an indicator: a sentence, and the clauses that belong to it."""
    return Phrase("indicator {indicator}: {finding}", indicator=indicator.id, finding=Joined(parts, ", "))


def _use(field: Part, measure: str) -> Told:
    return Phrase("{field} uses measure {measure}", field=field, measure=measure)


_ROLES = {
    Part.TARGET: Role.TARGET,
    Part.YELLOW: Role.YELLOW,
    Part.PLAN: Role.PLAN,
    Part.REFERENCE: Role.REFERENCE,
    Part.BASELINE: Role.BASELINE,
}
_LEVELS = tuple(Level)


def _misfits(scorecard: Scorecard) -> list[Told]:
    by_id = {measure.id: measure for measure in scorecard.measures}
    findings: list[Told] = []
    for indicator in scorecard.indicators:
        for field, used in indicator.fields:
            for measure in (by_id[each] for each in used if each in by_id):
                role = _ROLES.get(field, Role.FIGURE)
                misfits = [*_wrong_time(indicator, measure), *_wrong_level(indicator, measure)]
                if measure.role is not role:
                    message = N_("whose role is {role} and should be {wanted}")
                    misfits.append(Phrase(message, role=measure.role, wanted=role))
                if measure.negative and _is_divided_by(indicator, field):
                    misfits.append(Phrase("which may be under 0, and nothing can be divided by that"))
                if measure.unit is Unit.PERCENT and indicator.is_percent and _is_counted_with(indicator, measure):
                    misfits.append(Phrase("which is a percentage already and cannot be divided"))
                findings += [_of(indicator, _use(field, measure.id), each) for each in misfits]
    return findings


def _wrong_time(indicator: Indicator, measure: Measure) -> Iterator[Told]:
    """What is wrong with how often a measure is kept."""
    measured, asked = measure.frequency.span, indicator.frequency.span
    if measured is asked:
        return
    is_finer = asked.months % measured.months == 0
    is_held = Frequency.WHEN_HELD in (measure.frequency, indicator.frequency)
    is_longer = measured.months % asked.months == 0 and measure.role is not Role.FIGURE
    if is_held or not (is_finer or is_longer):
        message = N_("whose frequency is {found}, not {wanted}")
        yield Phrase(message, found=measure.frequency, wanted=indicator.frequency)
    elif is_finer and isinstance(indicator.figure, Amount) and indicator.figure.weight is not None:
        message = N_("whose frequency is {found}: a mean cannot be added up over time")
        yield Phrase(message, found=measure.frequency)
    elif is_finer and measure.kind is Kind.FLOW and measure.unit not in (Unit.COUNT, Unit.MONEY, Unit.DAYS):
        yield Phrase("whose frequency is {found} and which does not add up over time", found=measure.frequency)


def _wrong_level(indicator: Indicator, measure: Measure) -> Iterator[Told]:
    """What is wrong with the level at which a measure is held: what is no figure may be held above the indicator."""
    if measure.level is indicator.level:
        return
    is_above = _LEVELS.index(measure.level) > _LEVELS.index(indicator.level)
    if not is_above or measure.role is Role.FIGURE or _is_counted_with(indicator, measure):
        yield Phrase("which is held at {found} level, not at {wanted}", found=measure.level, wanted=indicator.level)


def _is_counted_with(indicator: Indicator, measure: Measure) -> bool:
    """Whether the value is worked out from the measure, rather than held against it."""
    return any(measure.id == term.measure for term in (*indicator.figure.upper, *indicator.figure.lower))


def _is_divided_by(indicator: Indicator, field: Part) -> bool:
    """Whether a field becomes what something else is divided by, in this period or in a later one."""
    own = [part for part, _ in indicator.figure.parts]
    divisors = (Part.DENOMINATOR, Part.WEIGHT, Part.PLAN, *COUNTS)
    return field in (own if isinstance(indicator.figure, Change) else [each for each in own if each in divisors])


def _odd_indicators(scorecard: Scorecard) -> list[Told]:
    """What does not go together within an indicator."""
    findings: list[Told] = []
    for indicator in scorecard.indicators:
        fields = [field for field, _ in indicator.fields]
        findings += [
            _of(indicator, Phrase("its targets use two measures for the field {field}", field=field))
            for field in dict.fromkeys(fields)
            if fields.count(field) > 1
        ]
        findings += [
            _of(indicator, Phrase("two of its {field} begin on the same day for the same unit", field=name))
            for name, holders in (
                ("revisions", [each.starts for each in indicator.revisions]),
                ("unit_targets", [(each.level, each.unit, each.starts) for each in indicator.unit_targets]),
            )
            if len(set(holders)) < len(holders)
        ]
        if indicator.is_undecided and indicator.reach_by:
            findings.append(_of(indicator, Phrase("reach_by needs a target")))
        if _has_baseline_in_percent(scorecard, indicator):
            findings.append(_of(indicator, Phrase("a rate is compared with a rate; use a share against a baseline")))
        if isinstance(indicator.figure, Change) and any(
            isinstance(each, Against) and not each.reference.is_typed for each in indicator.targets
        ):
            findings.append(_of(indicator, Phrase("a change is not compared with an earlier change")))
        if any(isinstance(each, Milestone) for each in indicator.targets) and not _counts(scorecard, indicator):
            findings.append(_of(indicator, Phrase("a milestone needs an amount that counts the steps done")))
        if indicator.cohort and indicator.frequency is Frequency.WHEN_HELD:
            findings.append(_of(indicator, Phrase("a cohort needs periods of its own, not when_held")))
        elif indicator.window_months > 12 or indicator.window_months % indicator.frequency.span.months:  # noqa: PLR2004
            message = N_(
                "the window of a cohort counted at its entry must be whole periods of at most 12 months; "
                "count it at its closing"
            )
            findings.append(_of(indicator, Phrase(message)))
    return findings


def _has_baseline_in_percent(scorecard: Scorecard, indicator: Indicator) -> bool:
    figure = indicator.figure
    baseline = scorecard.measure.get(figure.baseline or "") if isinstance(figure, Change) and figure.per else None
    return baseline is not None and baseline.unit is Unit.PERCENT


def _counts(scorecard: Scorecard, indicator: Indicator) -> bool:
    figure = indicator.figure
    if not isinstance(figure, Amount) or figure.weight is not None:
        return False
    return all(scorecard.measure[each].unit is Unit.COUNT for each in figure.value if each in scorecard.measure)
