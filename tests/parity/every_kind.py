"""A scorecard that crosses every kind of figure with every kind of target, so that no formula is left out."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

from xlmalekort.scorecards import parse_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlmalekort.model.scorecard import Scorecard

import json

YEAR = 2013
OFFICE = "Prøvedal"
Definition = dict[str, Any]

_FIGURES: dict[str, tuple[Definition, tuple[tuple[str, Definition], ...]]] = {
    "share": (
        {"kind": "share", "numerator": "{i}.a", "denominator": "{i}.b"},
        (("a", {}), ("b", {})),
    ),
    "sums": (
        {"kind": "share", "numerator": ["{i}.a", "{i}.c"], "denominator": ["{i}.a", "{i}.b", "{i}.c"]},
        (("a", {}), ("b", {}), ("c", {})),
    ),
    "count": ({"kind": "amount", "value": "{i}.a"}, (("a", {}),)),
    "points": (
        {"kind": "amount", "value": "{i}.a", "weight": "{i}.w"},
        (("a", {"unit": "points", "decimals": 2, "kind": "rolling"}), ("w", {})),
    ),
    "percent": (
        {"kind": "amount", "value": "{i}.a"},
        (("a", {"unit": "percent", "decimals": 1, "kind": "rolling"}),),
    ),
    "deviation": (
        {"kind": "deviation", "actual": "{i}.a", "plan": "{i}.p"},
        (("a", {"unit": "money", "decimals": 2}), ("p", {"unit": "money", "role": "plan"})),
    ),
    "previous": ({"kind": "change", "value": "{i}.a", "against": "previous"}, (("a", {}),)),
    "last_year": ({"kind": "change", "value": "{i}.a", "against": "last_year"}, (("a", {}),)),
    "from_baseline": (
        {"kind": "change", "value": "{i}.a", "against": "baseline", "baseline": "{i}.base"},
        (("a", {}), ("base", {"role": "baseline", "frequency": "year", "decimals": 1, "kind": "rolling"})),
    ),
    "rate": (
        {"kind": "change", "value": "{i}.a", "per": "{i}.b", "against": "last_year"},
        (("a", {"unit": "days", "decimals": 1}), ("b", {})),
    ),
    "rate_from_baseline": (
        {"kind": "change", "value": "{i}.a", "per": "{i}.b", "against": "baseline", "baseline": "{i}.base"},
        (("a", {}), ("b", {}), ("base", {"role": "baseline", "decimals": 2, "unit": "points", "frequency": "year"})),
    ),
    "mean": (
        {"kind": "distribution", "counts": ["{i}.a", "{i}.b", "{i}.c"], "categories": ["1", "2", "3"]},
        (("a", {}), ("b", {}), ("c", {})),
    ),
    "answers": (
        {"kind": "distribution", "counts": ["{i}.a", "{i}.b"], "categories": ["ja", "nej"], "share_of": [1]},
        (("a", {}), ("b", {})),
    ),
}
_PLAIN: dict[str, Definition] = {
    "least": {"kind": "at_least", "green": 60, "yellow": 50},
    "over": {"kind": "at_least", "green": 60, "yellow": 60, "strict": True},
    "most": {"kind": "at_most", "green": 40, "yellow": 55.5},
    "under": {"kind": "at_most", "green": 40, "yellow": "none", "strict": True},
    "within": {"kind": "within", "low": -2, "high": 30, "yellow_low": -5, "yellow_high": "none"},
    "between": {"kind": "within", "low": 10, "high": 30, "yellow_low": "none", "yellow_high": 40, "strict": True},
    "unsure": {"kind": "at_least", "green": 60, "yellow": "undecided"},
    "nothing": {"kind": "undecided"},
    "steps": {
        "kind": "scheduled",
        "steps": [
            {"starts": "04-01", "target": {"kind": "at_least", "green": 30, "yellow": 20}},
            {"starts": "2013-08-15", "target": {"kind": "at_most", "green": 70, "yellow": "none"}},
        ],
    },
    "path": {
        "kind": "path",
        "better": "higher",
        "starts": "2013-03-01",
        "start": 20,
        "ends": "2014-02-01",
        "end": 70.5,
        "yellow": 3,
    },
    "way_down": {
        "kind": "path",
        "better": "lower",
        "starts": "2012-01-01",
        "start": 90,
        "ends": "2013-09-30",
        "end": 25,
    },
}
_OWN: dict[str, Definition] = {
    "own": {"kind": "own_target", "better": "higher", "target": "{i}.t", "yellow": "{i}.y"},
    "own_limit": {"kind": "own_target", "better": "lower", "target": "{i}.t"},
}
_MILESTONE: dict[str, Definition] = {
    "milestone": {
        "kind": "milestone",
        "steps": [{"title": "udarbejdet", "due": "2013-05-15"}, {"title": "i brug", "due": "2013-09-30"}],
    }
}
_CHANGES = {"previous", "last_year", "from_baseline", "rate", "rate_from_baseline"}


def _against() -> Iterator[tuple[str, Definition]]:
    """Every reference with every direction, in per cent and in points, with and without a zone, strict and not."""
    shapes: tuple[Definition, ...] = (
        {"better": "higher", "green": 5, "yellow": 0},
        {"better": "lower", "green": -10, "yellow": "none"},
        {"better": "on_target", "green": 2, "yellow": 7.5},
        {"better": "higher", "by": "points", "green": 0, "yellow": -2.5},
        {"better": "lower", "by": "points", "green": 1.5, "yellow": "none"},
        {"better": "higher", "strict": True},
        {"better": "on_target", "green": 3, "by": "points", "strict": True},
        {"better": "lower", "green": 0, "yellow": 4, "strict": True},
        {"better": "higher", "green": 5, "yellow": "undecided"},
    )
    references = ("previous", "last_year", "baseline", "plan", "outside", "peers", "peers_and_self")
    for reference, (number, shape) in product(references, enumerate(shapes)):
        measure = {} if reference in ("previous", "last_year") else {"measure": "{i}.ref"}
        yield f"{reference}{number}", {"kind": "against", "reference": reference, **measure, **shape}


_ROLES = {
    "baseline": "baseline",
    "plan": "plan",
    "outside": "reference",
    "peers": "reference",
    "peers_and_self": "reference",
}


def every_kind(comparison: str = "as_shown") -> Scorecard:
    """The scorecard: quarterly figures, one indicator for each pair that goes together, and some that stand alone."""
    measures: list[Definition] = []
    indicators: list[Definition] = []
    for figure in _FIGURES:
        targets = {**_PLAIN, **_OWN, **dict(_against())}
        for name, target in targets.items():
            reference = target.get("reference", "")
            if figure in _CHANGES and reference in ("previous", "last_year"):
                continue
            # A field of a figure and one of its target cannot be two measures.
            if (figure == "deviation" and reference == "plan") or ("baseline" in figure and reference == "baseline"):
                continue
            # Each figure meets each plain target; references are spread over the figures, each meeting all of them.
            if target["kind"] == "against" and hash_of(figure, name) % 5:
                continue
            _add(measures, indicators, f"{figure}-{name}", figure, target)
    _add(measures, indicators, "count-milestone", "count", _MILESTONE["milestone"])
    _add_special(measures, indicators)
    definition = {
        "id": "every-kind",
        "version": "1",
        "language": "nb",
        "title": "Alle slags mål",
        "short_title": "Alle slags",
        "about": "Til prøve.",
        "year": YEAR,
        "top": {"level": "region", "name": "Fylket"},
        "level_names": {"office": "Kontor", "area": "Område", "region": "Fylke", "country": "Land"},
        "comparison": comparison,
        "perspectives": [{"id": "A", "title": "Alt"}],
        "measures": measures,
        "indicators": indicators,
    }
    return parse_json(json.dumps(definition))


def hash_of(*names: str) -> int:
    """A number that is the same in every process."""
    return sum(ord(letter) * (place + 1) for place, letter in enumerate("".join(names)))


def _filled(value: Any, indicator: str) -> Any:
    if isinstance(value, str):
        return value.replace("{i}", indicator)
    if isinstance(value, list):
        return [_filled(each, indicator) for each in value]
    if isinstance(value, dict):
        return {key: _filled(each, indicator) for key, each in value.items()}
    return value


def _add(
    measures: list[Definition],
    indicators: list[Definition],
    name: str,
    figure: str,
    target: Definition,
    **more: Any,
) -> None:
    shape, parts = _FIGURES[figure]
    unit = {"points": "points", "percent": "percent", "count": "count", "mean": "points"}.get(figure, "percent")
    frequency = more.pop("measured", "quarter")
    typed = [(part, {"frequency": frequency, **kind}) for part, kind in parts]
    for given in (target, more.get("also", {})):
        held = {"unit": unit, "decimals": 0 if unit == "count" else 1, "kind": "rolling", "frequency": "quarter"}
        if given.get("kind") == "own_target":
            typed.append(("t", {**held, "role": "target"}))
            if "yellow" in given:
                typed.append(("y", {**held, "role": "yellow"}))
        elif "measure" in given:
            often = "year" if given["reference"] in ("baseline", "plan") else "quarter"
            typed.append(("ref", {**held, "role": _ROLES[given["reference"]], "frequency": often}))
    measures += [{"id": f"{name}.{part}", "title": f"{name} {part}", **kind} for part, kind in typed]
    indicators.append(
        {
            "id": name,
            "title": name,
            "perspective": "A",
            "figure": _filled(shape, name),
            "target": _filled(target, name),
            "definition": name,
            "better": "higher",
            "frequency": "quarter",
            "decimals": 0 if figure == "count" else 1,
            **_filled(more, name),
        }
    )


def _add_special(measures: list[Definition], indicators: list[Definition]) -> None:
    """Two conditions, revisions, targets of one's own, cohorts, breaks, least numbers, forecasts and sums over time."""
    least, most = _PLAIN["least"], _PLAIN["most"]
    last_year: Definition = {"kind": "against", "reference": "last_year", "better": "higher", "strict": True}
    outside: Definition = {
        "kind": "against",
        "reference": "outside",
        "measure": "{i}.ref",
        "better": "higher",
        "green": 3,
        "yellow": -3,
    }
    for figure, first, also in (
        ("share", least, last_year),
        ("share", most, outside),
        ("count", least, {"kind": "undecided"}),
        ("percent", _PLAIN["within"], last_year),
        ("deviation", _PLAIN["within"], outside),
        ("mean", {"kind": "at_least", "green": 2, "yellow": 1.5}, last_year),
        ("share", _OWN["own"], last_year),
    ):
        _add(measures, indicators, f"both-{len(indicators)}", figure, first, also=also)
    revised = [{"starts": "2013-07-01", "target": most, "reason": "Nye regler"}]
    _add(measures, indicators, "revised", "share", least, revisions=revised)
    own = [
        {"unit": OFFICE, "target": {"kind": "at_least", "green": 45, "yellow": "none"}},
        {"unit": OFFICE, "target": _PLAIN["path"], "starts": "2013-07-01", "reason": "Avtalt på nytt"},
        {"unit": "Et annet sted", "target": most},
    ]
    _add(measures, indicators, "agreed", "share", least, unit_targets=own)
    area = [{"level": "area", "unit": "Området", "target": outside}]
    _add(measures, indicators, "of_the_area", "share", {**outside}, unit_targets=area)
    for figure in ("share", "mean", "points"):
        _add(
            measures,
            indicators,
            f"few-{figure}",
            figure,
            {"kind": "at_least", "green": 2, "yellow": "none"},
            least_denominator=25,
        )
    question = {"wording": "Hvordan var det?"}
    _add(measures, indicators, "question", "mean", last_year, least_denominator=30, question=question)
    _add(measures, indicators, "yes-or-no", "answers", {"kind": "undecided"}, least_denominator=30, question=question)
    _add(measures, indicators, "cohort", "share", least, cohort={"window_months": 6})
    _add(measures, indicators, "long-cohort", "share", least, cohort={"window_months": 24, "period_is": "closing"})
    broken = [{"starts": "2013-04-01", "reason": "Nytt spørsmål"}]
    for figure, target in (
        ("share", last_year),
        ("count", outside),
        ("last_year", least),
        ("rate", most),
        ("mean", least),
    ):
        _add(measures, indicators, f"broken-{figure}", figure, target, breaks=broken)
    for figure in ("share", "count", "points", "percent", "deviation", "mean"):
        _add(
            measures,
            indicators,
            f"dated-{figure}",
            figure,
            least,
            reach_by="2013-12-20",
            breaks=broken if figure == "mean" else [],
        )
    for figure in ("share", "count", "deviation", "previous", "rate", "mean", "sums"):
        _add(measures, indicators, f"months-{figure}", figure, least, measured="month")
    for frequency in ("half_year", "year"):
        _add(measures, indicators, f"long-{frequency}", "share", least, measured="quarter", frequency=frequency)
    _add(measures, indicators, "held", "points", least, measured="when_held", frequency="when_held")
