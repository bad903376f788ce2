"""Scorecards of every kind that the model allows, however odd, for properties that must hold for all of them."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from hypothesis import reject
from hypothesis import strategies as st
from pydantic import ValidationError

from xlmalekort.model.base import exact
from xlmalekort.model.deadlines import EARLIEST, LATEST
from xlmalekort.model.measures import Kind, Level, Role, Unit
from xlmalekort.model.periods import Frequency
from xlmalekort.model.scorecard import Scorecard
from xlmalekort.model.targets import Reference

if TYPE_CHECKING:
    from collections.abc import Callable

TRICKY = ["1.10", "2009-01", "007", "1e5", "TRUE", "ja", "-1", "1-2", "Ø.1", "æ_å", "12", "0", "jan.1", "id", "title"]
ids = st.one_of(st.sampled_from(TRICKY), st.from_regex(r"\A[A-Za-zÆØÅæøå0-9_.\-]{1,12}\Z"))
_characters = st.characters(
    codec="utf-8", exclude_characters=[chr(code) for code in (*range(9), *range(11, 32), 127, 0xFFFE, 0xFFFF)]
)
_openings = st.sampled_from(
    ["", "=", "+", "-", "@", "'", "=1+1", "1.10", "2009-01-02", "_x0041_", "æøå ", "https://x.no "]
)
texts = (
    st.builds(lambda opening, rest: opening + rest, _openings, st.text(_characters, max_size=12))
    .map(str.strip)
    .filter(lambda text: bool(text.strip()))
)
long_texts = st.one_of(texts, st.builds(lambda text, times: (text * times)[:2000].strip(), texts, st.integers(1, 20)))
days = st.dates()


def _is_exact(text: str) -> bool:
    return exact(float(text)) == Fraction(text)


_decimals = st.builds(
    "{}{}.{}".format,
    st.sampled_from(["", "-"]),
    st.integers(0, 999_999_999_999_999),
    st.text("0123456789", min_size=1, max_size=15),
).filter(_is_exact)
numbers = st.one_of(
    st.integers(-(10**15) + 1, 10**15 - 1).map(str), _decimals, st.sampled_from(["74.9", "0.1", "-2", "0"])
)


def optional(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), strategy)


def parts(**given: Any) -> dict[str, Any]:
    """The keys of a part that are given."""
    return {key: value for key, value in given.items() if value is not None}


class _Maker:
    """Draws one scorecard, making the measures that its indicators need."""

    def __init__(self, draw: Callable[..., Any]) -> None:
        self.draw = draw
        self.measures: list[dict[str, Any]] = []
        self._ids: dict[str, set[str]] = {}

    def new_id(self, group: str) -> str:
        taken = self._ids.setdefault(group, set())
        found = self.draw(ids.filter(lambda name: name.casefold() not in taken))
        taken.add(found.casefold())
        return str(found)

    def maybe(self, strategy: st.SearchStrategy[Any]) -> Any:
        return self.draw(optional(strategy))

    def flag(self) -> bool:
        return bool(self.draw(st.booleans()))

    def measure(self, role: Role, *, unit: Unit | None = None, is_divided: bool = False, **fixed: Any) -> str:
        units = [each for each in Unit if each is not Unit.PERCENT]
        self.measures.append(
            parts(
                id=self.new_id("measures"),
                title=self.draw(texts),
                kind=self.draw(st.sampled_from(Kind)),
                unit=unit or self.draw(st.sampled_from(units)),
                decimals=self.draw(st.integers(0, 4)),
                role=role,
                negative=is_divided and self.flag(),
                maximum=self.maybe(st.integers(-(10**12), 10**12)),
                alone=self.flag(),
                note=self.maybe(long_texts),
                source=self.maybe(texts),
                by_hand=self.flag(),
                **fixed,
            )
        )
        return str(self.measures[-1]["id"])

    def sum_of(self, role: Role, **fixed: Any) -> Any:
        found = tuple(self.measure(role, **fixed) for _ in range(self.draw(st.integers(1, 3))))
        return found[0] if len(found) == 1 and self.flag() else found

    def scorecard(self) -> dict[str, Any]:
        perspectives = [
            parts(id=self.new_id("perspectives"), title=self.draw(texts), secures=self.maybe(long_texts))
            for _ in range(self.draw(st.integers(1, 2)))
        ]
        filters = [
            {"id": self.new_id("filters"), "title": self.draw(texts)} for _ in range(self.draw(st.integers(0, 2)))
        ]
        indicators: list[dict[str, Any]] = []
        for _ in range(self.draw(st.integers(1, 3))):
            maker = _IndicatorMaker(self, [each["id"] for each in filters], [each["id"] for each in indicators])
            indicators.append({**maker.indicator(), "perspective": self.draw(st.sampled_from(perspectives))["id"]})
        if self.flag():
            self.measures.append({"id": self.new_id("measures"), "title": self.draw(texts), "alone": True})
        known = st.sampled_from([each["id"] for each in self.measures])
        for each in filters:
            if self.flag():
                each["base"] = self.draw(known)
        return parts(
            id=self.draw(st.sampled_from(["own", "2009-01", "1-10", "nav-x"])),
            version=self.draw(st.sampled_from(["1", "1.10", "2009-01", "007", "a-b"])),
            language=self.draw(st.sampled_from(["nb", "da", "nl", "en"])),
            title=self.draw(texts),
            short_title=self.draw(texts),
            about=self.draw(long_texts),
            year=self.draw(st.integers(1950, 2950)),
            top={"level": self.draw(st.sampled_from(["region", "country"])), "name": self.draw(texts)},
            level_names={level: self.draw(texts) for level in self.draw(st.lists(st.sampled_from(Level), unique=True))},
            currency=self.maybe(st.sampled_from(["kr", "kr.", "€", "SEK"])),
            comparison=self.draw(st.sampled_from(["as_shown", "exact"])),
            least_coverage=self.draw(st.sampled_from(["0", "0.8", "1", "0.123456789012345", "0.5"])),
            perspectives=perspectives,
            measures=self.draw(st.permutations(self.measures)),
            indicators=indicators,
            relations=self.draw(st.lists(_relations(known), max_size=3)),
            filters=filters,
            deadlines=[self.deadline([each["id"] for each in indicators]) for _ in range(self.draw(st.integers(0, 2)))],
            due_soon_days=self.maybe(st.integers(1, 366)),
            calendar=self.draw(
                st.lists(st.fixed_dictionaries({"how_often": texts, "who": texts, "answers": texts}), max_size=2)
            ),
        )

    def deadline(self, indicators: list[str]) -> dict[str, Any]:
        return parts(
            id=self.new_id("deadlines"),
            kind=self.draw(st.sampled_from(["activity", "milestone", "recommendation", "complaint"])),
            title=self.draw(texts),
            due=self.maybe(st.dates(EARLIEST, LATEST)),
            time_frame=self.maybe(texts),
            responsible=self.draw(texts),
            indicator=self.maybe(st.sampled_from(indicators)),
            goal=self.maybe(texts),
            remark=self.maybe(long_texts),
            active=self.flag(),
        )


def _relations(known: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, Any]]:
    some = st.lists(known, min_size=1, max_size=3)
    return st.one_of(
        st.fixed_dictionaries(
            {"kind": st.just("total_of"), "total": known, "parts": st.lists(known, min_size=2, max_size=4)}
        ),
        st.fixed_dictionaries({"kind": st.just("part_of"), "part": st.one_of(known, some), "whole": known}),
        st.fixed_dictionaries(
            {"kind": st.just("balance"), "opening": known, "inflow": some, "outflow": some, "closing": known}
        ),
    )


class _IndicatorMaker:
    """Draws one indicator whose figure and targets go together."""

    def __init__(self, maker: _Maker, filters: list[str], others: list[str]) -> None:
        self._maker, self._filters, self._others = maker, filters, others
        self._draw, self._maybe, self._flag = maker.draw, maker.maybe, maker.flag
        self._frequency: Frequency = self._draw(st.sampled_from(Frequency))
        self._fixed = {"frequency": self._frequency, "level": self._draw(st.sampled_from(Level))}
        self._shared: dict[Role, str] = {}

    def indicator(self) -> dict[str, Any]:
        figure = self._figure()
        self._may_be_milestone = figure["kind"] == "amount" and "weight" not in figure and self._counts(figure["value"])
        self._is_change = figure["kind"] == "change"
        target = self._target()
        question = {"wording": self._draw(long_texts)}
        if self._filters and self._flag():
            question["asked_of"] = self._draw(st.sampled_from(self._filters))
        other = st.sampled_from(self._others) if self._others else st.none()
        found = parts(
            id=self._maker.new_id("indicators"),
            title=self._draw(texts),
            figure=figure,
            target=target,
            also=self._target() if self._flag() else None,
            revisions=[
                {"starts": each, "target": self._target(), "reason": self._draw(long_texts)}
                for each in self._draw(st.lists(days, max_size=2, unique=True))
            ],
            unit_targets=[
                parts(level=level, unit=unit, starts=starts, target=self._target(), reason=self._maybe(texts))
                for level, unit, starts in self._draw(
                    st.lists(st.tuples(st.sampled_from(Level), texts, optional(days)), max_size=2, unique=True)
                )
            ],
            definition=self._draw(long_texts),
            better=self._draw(st.sampled_from(["higher", "lower", "on_target"])),
            origin=self._draw(st.sampled_from(["national", "county", "municipality", "office"])),
            decimals=self._draw(st.integers(0, 4)),
            ready=self._draw(_ready),
            delay_months=self._draw(st.integers(0, 36)),
            least_denominator=self._draw(st.integers(0, 10**6)),
            cohort=self._cohort(),
            breaks=self._draw(st.lists(st.fixed_dictionaries({"starts": days, "reason": texts}), max_size=2)),
            question=question if self._flag() else None,
            goal_kind=self._maybe(texts),
            part_of=self._draw(other),
            group=self._maybe(texts),
            active=self._flag(),
            source=self._maybe(texts),
            fetched_by=self._maybe(texts),
            entered_by=self._maybe(texts),
            responsible=self._maybe(texts),
            clarifications=self._draw(st.lists(_clarifications, max_size=3)),
            **self._fixed,
        )
        if '"undecided"' not in str(found) and target["kind"] not in ("undecided", "scheduled") and self._flag():
            found["reach_by"] = self._draw(days)
        return found

    def _counts(self, value: str | tuple[str, ...]) -> bool:
        named = {value} if isinstance(value, str) else set(value)
        return all(each["unit"] is Unit.COUNT for each in self._maker.measures if each["id"] in named)

    def _figure(self) -> dict[str, Any]:
        kind = self._draw(st.sampled_from(["share", "amount", "deviation", "change", "distribution"]))
        match kind:
            case "share":
                named = {
                    "numerator": self._sum(is_divided=True),
                    "denominator": self._sum(),
                    "may_exceed": self._flag(),
                }
            case "amount":
                unit = self._draw(optional(st.sampled_from(Unit)))
                weight = self._sum() if self._flag() else None
                named = parts(value=self._sum(unit=unit, is_divided=True), weight=weight, unweighted=self._flag())
            case "deviation":
                named = {"actual": self._sum(is_divided=True), "plan": self._one(Role.PLAN)}
            case "change":
                against = self._draw(st.sampled_from(["previous", "last_year", "baseline"]))
                baseline = self._one(Role.BASELINE) if against == "baseline" else None
                per = self._sum() if self._flag() else None
                named = parts(value=self._sum(), per=per, against=against, baseline=baseline)
            case _:
                count = self._draw(st.integers(2, 6))
                shown = self._draw(st.lists(st.integers(1, count), max_size=3))
                named = {
                    "counts": [self._maker.measure(Role.FIGURE, **self._fixed) for _ in range(count)],
                    "categories": self._draw(st.lists(texts, min_size=count, max_size=count)),
                    "share_of": shown,
                }
        return {"kind": kind, **named}

    def _sum(self, **more: Any) -> Any:
        return self._maker.sum_of(Role.FIGURE, **{**self._fixed, **more})

    def _one(self, role: Role) -> str:
        """The indicator's own measure of a role; its targets share it."""
        if role not in self._shared:
            self._shared[role] = self._maker.measure(role, **self._fixed)
        return self._shared[role]

    def _target(self) -> dict[str, Any]:
        kinds = ["step", "step", "path", "scheduled"] + (["milestone"] * 3 if self._may_be_milestone else [])
        match self._draw(st.sampled_from(kinds)):
            case "step":
                return self._step_target()
            case "path":
                starts, ends = sorted(self._draw(st.lists(days, min_size=2, max_size=2, unique=True)))
                return parts(
                    kind="path",
                    better=self._draw(st.sampled_from(["higher", "lower"])),
                    starts=starts,
                    start=self._draw(numbers),
                    ends=ends,
                    end=self._draw(numbers),
                    yellow=self._maybe(st.one_of(_zones, numbers.filter(lambda text: Fraction(text) >= 0))),
                )
            case "milestone":
                dues = sorted(self._draw(st.lists(days, min_size=1, max_size=3)))
                return {"kind": "milestone", "steps": [{"title": self._draw(texts), "due": due} for due in dues]}
            case _:
                starts = self._draw(st.lists(_starts, min_size=1, max_size=3, unique=True))
                return {
                    "kind": "scheduled",
                    "steps": [{"starts": each, "target": self._step_target()} for each in starts],
                }

    def _step_target(self) -> dict[str, Any]:
        kind = self._draw(st.sampled_from(["at_least", "at_most", "within", "own_target", "against", "undecided"]))
        low, green, high, top = sorted(self._draw(st.lists(numbers, min_size=4, max_size=4)), key=Fraction)
        zone = self._draw(_zones)
        strict = self._flag()
        match kind:
            case "at_least":
                return {
                    "kind": kind,
                    "green": high,
                    "yellow": self._draw(st.sampled_from([green, zone])),
                    "strict": strict,
                }
            case "at_most":
                return {
                    "kind": kind,
                    "green": green,
                    "yellow": self._draw(st.sampled_from([high, zone])),
                    "strict": strict,
                }
            case "within":
                return {
                    "kind": kind,
                    "low": green,
                    "high": high,
                    "yellow_low": self._draw(st.sampled_from([low, zone])),
                    "yellow_high": self._draw(st.sampled_from([top, zone])),
                    "strict": strict,
                }
            case "own_target":
                return parts(
                    kind=kind,
                    better=self._draw(st.sampled_from(["higher", "lower"])),
                    target=self._one(Role.TARGET),
                    yellow=self._one(Role.YELLOW) if self._flag() else None,
                )
            case "against":
                return self._against(green, high, zone, strict=strict)
            case _:
                return {"kind": kind}

    def _against(self, smaller: str, larger: str, zone: str, *, strict: bool) -> dict[str, Any]:
        # A change is not compared with an earlier change.
        references = [each for each in Reference if each.is_typed or not self._is_change]
        reference = self._draw(st.sampled_from(references))
        role = {Reference.PLAN: Role.PLAN, Reference.BASELINE: Role.BASELINE}.get(reference, Role.REFERENCE)
        better = self._draw(st.sampled_from(["higher", "lower", "on_target"]))
        green, yellow = (larger, smaller) if better == "higher" else (smaller, larger)
        if better == "on_target":
            green, yellow = sorted((smaller.lstrip("-"), larger.lstrip("-")), key=Fraction)
        return parts(
            kind="against",
            reference=reference,
            measure=self._one(role) if reference.is_typed else None,
            better=better,
            by=self._draw(st.sampled_from(["percent", "points"])),
            green=green,
            yellow=self._draw(st.sampled_from([yellow, zone])),
            strict=strict,
        )

    def _cohort(self) -> dict[str, Any] | None:
        if self._frequency is Frequency.WHEN_HELD or self._flag():
            return None
        if self._flag():
            return {"window_months": self._draw(st.integers(1, 120)), "period_is": "closing"}
        return {"window_months": 12}


_zones = st.sampled_from(["none", "undecided"])
_starts = st.one_of(
    st.dates(date(2001, 1, 1), date(2001, 12, 31)).map(lambda day: f"{day:%m-%d}"), days.map(date.isoformat)
)
_ready = st.one_of(
    st.none(),
    st.just({"kind": "end_of_next_month"}),
    st.fixed_dictionaries({"kind": st.just("day_of_next_month"), "day": st.integers(1, 28)}),
    st.fixed_dictionaries({"kind": st.just("weekday_after_end"), "weekday": st.sampled_from(["monday", "friday"])}),
    st.fixed_dictionaries({"kind": st.just("days_after_end"), "days": st.integers(0, 3660)}),
)
_clarifications = st.builds(
    lambda question, decided, follow_up: parts(question=question, decided=decided, follow_up=follow_up),
    texts,
    optional(long_texts),
    optional(texts),
)


@st.composite
def scorecards(draw: Callable[..., Any]) -> Scorecard:
    """A scorecard that the model takes."""
    try:
        return Scorecard.model_validate(_Maker(draw).scorecard())
    except ValidationError as error:
        # What does not go together is left to the model; what a part cannot be is a mistake here.
        if any(each["loc"] for each in error.errors()):
            raise
        reject()
