"""A small scorecard with one indicator of each kind, and builders of files that were handed in."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from xlmalekort.model.figures import CheckedFile, Figure, Figures, Source, Submission
from xlmalekort.model.measures import Level
from xlmalekort.model.periods import Period
from xlmalekort.model.register import Office, Register
from xlmalekort.model.scorecard import Scorecard
from xlmalekort.rollup.results import Unit
from xlmalekort.rollup.totals import roll_up

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from xlmalekort.rollup.results import Result, RollUp

TODAY = date(2010, 3, 1)
JANUARY, FEBRUARY, MARCH, APRIL = (Period.parse(f"2009-0{month}") for month in (1, 2, 3, 4))
Number = int | str | None


def _measure(name: str, **more: object) -> dict[str, object]:
    return {"id": name, "title": name, **more}


def _indicator(name: str, figure: dict[str, object], target: dict[str, object], **more: object) -> dict[str, object]:
    common = {"title": name, "perspective": "P", "definition": name, "better": "higher"}
    return {"id": name, "figure": figure, "target": target, **common, **more}


def small_scorecard(**more: object) -> Scorecard:
    own = {"kind": "own_target", "better": "higher"}
    definition: dict[str, Any] = {
        "id": "small",
        "version": "1",
        "language": "en",
        "title": "Small",
        "short_title": "Small",
        "about": "Small",
        "year": 2009,
        "top": {"level": "country", "name": "Land"},
        "level_names": {level.value: level.value for level in Level},
        "perspectives": [{"id": "P", "title": "P"}],
        "measures": [
            _measure("s.n"),
            _measure("s.d"),
            _measure("d.a", unit="money", negative=True),
            _measure("d.p", unit="money", role="plan"),
            _measure("c.v", kind="stock"),
            _measure("c.t", kind="stock", role="target"),
            _measure("c.y", kind="stock", role="yellow"),
            _measure("w.v", kind="rolling", unit="days", decimals=1),
            _measure("w.w"),
            _measure("w.t", kind="stock", unit="days", role="target"),
            _measure("w.y", kind="stock", unit="days", role="yellow"),
            _measure("x.v"),
            _measure("m.v", kind="rolling", unit="points", decimals=1),
            _measure("u.v", kind="rolling", unit="points", decimals=1),
            _measure("h.v", kind="rolling", unit="points", frequency="when_held"),
            _measure("h.w", frequency="when_held"),
            _measure("a.a", level="area"),
            _measure("a.p", level="area", role="plan"),
            _measure("q.v", frequency="quarter"),
            _measure("r.total"),
            _measure("r.one"),
            _measure("r.two"),
        ],
        "indicators": [
            _indicator("share", {"kind": "share", "numerator": "s.n", "denominator": "s.d"}, _AT_LEAST),
            _indicator("deviation", {"kind": "deviation", "actual": "d.a", "plan": "d.p"}, _WITHIN),
            _indicator("count", {"kind": "amount", "value": "c.v"}, {**own, "target": "c.t", "yellow": "c.y"}),
            _indicator(
                "weighted",
                {"kind": "amount", "value": "w.v", "weight": "w.w"},
                {**own, "better": "lower", "target": "w.t", "yellow": "w.y"},
                better="lower",
            ),
            _indicator("change", {"kind": "change", "value": "x.v", "against": "previous"}, _AT_LEAST),
            _indicator("mean", {"kind": "amount", "value": "m.v"}, _AT_LEAST),
            _indicator("plain", {"kind": "amount", "value": "u.v", "unweighted": True}, _AT_LEAST),
            _indicator("held", {"kind": "amount", "value": "h.v", "weight": "h.w"}, _AT_LEAST, frequency="when_held"),
            _indicator("area", {"kind": "deviation", "actual": "a.a", "plan": "a.p"}, _WITHIN, level="area"),
            _indicator("quarterly", {"kind": "amount", "value": "q.v"}, _AT_LEAST, frequency="quarter"),
        ],
        "relations": [{"kind": "total_of", "total": "r.total", "parts": ["r.one", "r.two"]}],
    }
    return Scorecard.model_validate(definition | more)


_AT_LEAST: dict[str, object] = {"kind": "at_least", "green": 75, "yellow": 65}
_WITHIN: dict[str, object] = {"kind": "within", "low": -2, "high": 2, "yellow_low": -5, "yellow_high": 5}
SMALL = small_scorecard()
LENIENT = small_scorecard(least_coverage="0.5")


def figures(file: str, numbers: Mapping[str, Number], period: Period = JANUARY) -> Figures:
    """Figures of a period by measure; "?" stands for a cell that cannot be used, None for an empty one."""
    return {
        (measure, period): Figure(
            measure,
            period,
            None if number == "?" else Fraction(number),
            Source(file, "Input", f"E{SMALL.measures.index(SMALL.measure[measure]) + 1}"),
        )
        for measure, number in numbers.items()
        if number is not None
    }


def handed_in(
    office: str, *numbers: Mapping[str, Number], file: str | None = None, until: Period | None = None, **more: Any
) -> CheckedFile:
    """An office's file with a mapping of figures for January, February, and so on."""
    name = file or f"{office}.xlsx"
    found: Figures = {}
    for month, each in enumerate(numbers, start=1):
        found |= figures(name, each, Period.parse(f"2009-{month:02d}"))
    return of_figures(office, found, file=name, until=until, **more)


def of_figures(
    office: str,
    found: Figures,
    *,
    file: str | None = None,
    until: Period | None = None,
    scorecard: Scorecard = SMALL,
    year: int = 2009,
    digest: str | None = None,
    **more: Any,
) -> CheckedFile:
    name = file or f"{office}.xlsx"
    submission = Submission(name, office, year, found, ready_for=until, **more)
    return CheckedFile(name, digest if digest is not None else name, office, year, scorecard, submission)


def register(*offices: Office | str) -> Register:
    return Register(tuple(Office(each) if isinstance(each, str) else each for each in offices))


def rolled(files: Iterable[CheckedFile], given: Register | None = None, **more: Any) -> RollUp:
    return roll_up(more.pop("scorecard", SMALL), files, given, more.pop("today", TODAY), **more)


def land(rollup: RollUp, indicator: str, period: Period = JANUARY) -> Result:
    return rollup.result[indicator, period, Unit(Level.COUNTRY, "Land")]


def of_office(rollup: RollUp, indicator: str, office: str, period: Period = JANUARY) -> Result:
    return rollup.result[indicator, period, Unit(Level.OFFICE, office)]


def codes(rollup: RollUp) -> list[str]:
    return sorted(problem.code for problem in rollup.problems)


def told(*values: object) -> tuple[object, ...]:
    """Several findings side by side, so that one line compares them all."""
    return values
