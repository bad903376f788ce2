"""Small scorecards of one indicator each, and what offices hand in for them."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from tests.rollup.small import of_figures, rolled
from xlmalekort.model.figures import Figure, Source
from xlmalekort.model.measures import Level
from xlmalekort.model.periods import Period
from xlmalekort.model.scorecard import Scorecard
from xlmalekort.rollup.results import Unit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlmalekort.model.figures import CheckedFile, Figures
    from xlmalekort.model.register import Register
    from xlmalekort.rollup.results import Result, RollUp

Number = int | str | None
JANUARY = Period.parse("2009-01")
SHARE: dict[str, object] = {"kind": "share", "numerator": "n", "denominator": "d"}
COUNT: dict[str, object] = {"kind": "amount", "value": "v"}
WEIGHTED: dict[str, object] = {"kind": "amount", "value": "m", "weight": "w"}
NONE: dict[str, object] = {"kind": "undecided"}


def at_least(green: float, yellow: float | str = "none") -> dict[str, object]:
    return {"kind": "at_least", "green": green, "yellow": yellow}


def at_most(green: float, yellow: float | str = "none") -> dict[str, object]:
    return {"kind": "at_most", "green": green, "yellow": yellow}


def against(reference: str, measure: str | None = None, **more: object) -> dict[str, object]:
    return {"kind": "against", "reference": reference, "measure": measure, "better": "higher", **more}


_UNITS: dict[str, dict[str, object]] = {
    "m": {"unit": "days", "kind": "rolling", "decimals": 1},
    "p": {"unit": "points", "kind": "rolling"},
}


def scorecard_of(
    figure: Mapping[str, object],
    target: Mapping[str, object],
    *,
    measures: Mapping[str, Mapping[str, object]] | None = None,
    extra: Mapping[str, object] | None = None,
    **more: object,
) -> Scorecard:
    """A scorecard of one indicator, `it`. Measures are made of its fields unless something is said of them."""
    indicator: dict[str, object] = {"id": "it", "title": "It", "perspective": "P", "definition": "It"}
    indicator |= {"better": "higher", "figure": figure, "target": target, **more}
    said = dict(measures or {})
    used = _used(figure) | set(said)
    definition: dict[str, Any] = {
        "id": "kinds",
        "version": "1",
        "language": "en",
        "title": "Kinds",
        "short_title": "Kinds",
        "about": "Kinds",
        "year": 2009,
        "top": {"level": "country", "name": "Land"},
        "level_names": {level.value: level.value for level in Level},
        "perspectives": [{"id": "P", "title": "P"}],
        "measures": [
            {"id": each, "title": each, "frequency": more.get("frequency", "month")}
            | _UNITS.get(each, {})
            | dict(said.get(each, {}))
            for each in sorted(used)
        ],
        "indicators": [indicator],
    }
    return Scorecard.model_validate(definition | dict(extra or {}))


def _used(figure: Mapping[str, object]) -> set[str]:
    found: set[str] = set()
    for field, value in figure.items():
        if field in ("numerator", "denominator", "value", "weight", "per", "actual", "plan", "baseline", "counts"):
            found.update([value] if isinstance(value, str) else value if isinstance(value, list) else [])
    return found


def sent(scorecard: Scorecard, office: str, by_period: Mapping[str, Any], **more: Any) -> CheckedFile:
    """An office's file; figures by period, or just those of January. Figures of 2008 are those of the year before."""
    file = more.pop("file", f"{office}.xlsx")
    cells = {measure.id: f"E{row}" for row, measure in enumerate(scorecard.measures, start=1)}
    found: Figures = {}
    earlier: Figures = {}
    periods = by_period if all(isinstance(each, dict) for each in by_period.values()) else {"2009-01": by_period}
    for code, numbers in periods.items():
        period = Period.parse(code)
        for measure, number in numbers.items():
            if number is not None:
                value = None if number == "?" else Fraction(number)
                kept = earlier if period.year < 2009 else found
                kept[measure, period] = Figure(measure, period, value, Source(file, "Input", cells[measure]))
    return of_figures(office, found, file=file, scorecard=scorecard, reference=earlier, **more)


def roll(scorecard: Scorecard, offices: Mapping[str, Any], given: Register | None = None, **more: Any) -> RollUp:
    return rolled(
        [sent(scorecard, office, found) for office, found in offices.items()], given, scorecard=scorecard, **more
    )


def total(rollup: RollUp, period: str = "2009-01", unit: Unit | None = None) -> Result:
    return rollup.result["it", Period.parse(period), unit or Unit(Level.COUNTRY, "Land")]


def office(rollup: RollUp, name: str, period: str = "2009-01") -> Result:
    return rollup.result["it", Period.parse(period), Unit(Level.OFFICE, name)]


def green(result: Result, place: int = 0) -> tuple[object, object]:
    """Where the green of a condition begins and ends."""
    band = result.judgement.conditions[place].band
    assert band is not None
    return band.green.low, band.green.high
