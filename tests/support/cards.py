"""Small scorecards for tests: only what a test is about is written down, the rest is made to fit."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from xlmalekort.judging.judge import judge_observed
from xlmalekort.judging.values import observe
from xlmalekort.model.figure_kinds import Part
from xlmalekort.model.figures import Figure, Figures
from xlmalekort.model.indicators import Indicator
from xlmalekort.model.measures import Level, Role
from xlmalekort.model.periods import Period
from xlmalekort.model.places import NOWHERE
from xlmalekort.model.scorecard import Scorecard

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from xlmalekort.judging.judge import Judgement
    from xlmalekort.model.places import Place

LONG_AFTER = date(2030, 1, 1)
Definition = dict[str, Any]

_ROLES = {
    Part.TARGET: Role.TARGET,
    Part.YELLOW: Role.YELLOW,
    Part.PLAN: Role.PLAN,
    Part.REFERENCE: Role.REFERENCE,
    Part.BASELINE: Role.BASELINE,
}

SHARE: Definition = {"kind": "share", "numerator": "n", "denominator": "d"}
AMOUNT: Definition = {"kind": "amount", "value": "v"}
DEVIATION: Definition = {"kind": "deviation", "actual": "a", "plan": "p"}
CHANGE: Definition = {"kind": "change", "value": "v", "against": "last_year"}
RATE_CHANGE: Definition = {"kind": "change", "value": "n", "per": "d", "against": "last_year"}
UNDECIDED: Definition = {"kind": "undecided"}


def survey(categories: int = 6, *share_of: int) -> Definition:
    """A distribution over so many categories, counted by the measures c1, c2 and so on."""
    numbers = range(1, categories + 1)
    names = [f"category {each}" for each in numbers]
    counts = [f"c{each}" for each in numbers]
    return {"kind": "distribution", "counts": counts, "categories": names, "share_of": list(share_of)}


def at_least(green: object, yellow: object = "none", **more: object) -> Definition:
    return {"kind": "at_least", "green": green, "yellow": yellow, **more}


def at_most(green: object, yellow: object = "none", **more: object) -> Definition:
    return {"kind": "at_most", "green": green, "yellow": yellow, **more}


def within(low: object, high: object, yellow_low: object = "none", yellow_high: object = "none") -> Definition:
    return {"kind": "within", "low": low, "high": high, "yellow_low": yellow_low, "yellow_high": yellow_high}


def against(reference: str, better: str = "higher", **more: object) -> Definition:
    """A target against a reference; what has to be typed is carried by the measure r."""
    carried = {} if reference in ("previous", "last_year") else {"measure": "r"}
    return {"kind": "against", "reference": reference, "better": better, **carried, **more}


def milestone(*due: str) -> Definition:
    return {"kind": "milestone", "steps": [{"title": f"step {n}", "due": day} for n, day in enumerate(due, start=1)]}


def indicator(name: str, figure: Definition, target: Definition = UNDECIDED, **more: object) -> Definition:
    common = {"title": name, "perspective": "P", "definition": name, "better": "higher"}
    return {"id": name, "figure": figure, "target": target, **common, **more}


def card(*indicators: Definition, measures: Iterable[Definition] = (), **more: object) -> Scorecard:
    """A scorecard of these indicators. A measure that is not given gets the role and frequency that are asked of it."""
    given = {each["id"]: {"title": each["id"], **each} for each in measures}
    for each in map(Indicator.model_validate, indicators):
        for part, used in each.fields:
            for measure in used:
                role = _ROLES.get(part, Role.FIGURE)
                made = {"id": measure, "title": measure, "role": role, "frequency": each.frequency, "level": each.level}
                given[measure] = made | given.get(measure, {})
    definition: Definition = {
        "id": "small",
        "version": "1",
        "language": "en",
        "title": "Small",
        "short_title": "Small",
        "about": "Small",
        "year": 2014,
        "top": {"level": "country", "name": "Land"},
        "level_names": {level.value: level.value for level in Level},
        "perspectives": [{"id": "P", "title": "P"}],
        "measures": list(given.values()),
        "indicators": list(indicators),
    }
    return Scorecard.model_validate(definition | more)


def figures(numbers: Mapping[str, int | str | Fraction | None]) -> Figures:
    """Figures by `measure@period`; None stands for a cell that cannot be used."""
    found: Figures = {}
    for place, number in numbers.items():
        measure, _, code = place.partition("@")
        period = Period.parse(code)
        found[measure, period] = Figure(measure, period, None if number is None else Fraction(number))
    return found


def judged(
    scorecard: Scorecard,
    period: str,
    numbers: Mapping[str, int | str | Fraction | None],
    *,
    today: date = LONG_AFTER,
    place: Place = NOWHERE,
    name: str | None = None,
) -> Judgement:
    """The judgement of the scorecard's first indicator, or of the one that is named."""
    found, when = scorecard.indicator[name] if name else scorecard.indicators[0], Period.parse(period)
    observed = observe(scorecard, found, when, figures(numbers))
    return judge_observed(found, when, observed, today, comparison=scorecard.comparison, place=place)
