"""Made-up figures: the same every time, possible, and neither all good nor all bad, for any scorecard."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from functools import cache

import pytest

from tests.intake.plain import plain_workbook
from tests.support.cards import (
    AMOUNT,
    CHANGE,
    DEVIATION,
    RATE_CHANGE,
    SHARE,
    against,
    at_least,
    at_most,
    card,
    indicator,
    milestone,
    survey,
)
from xlmalekort.intake.figures_file import not_allowed
from xlmalekort.intake.workbook_file import check_file
from xlmalekort.judging.judge import judge_observed
from xlmalekort.judging.values import observe
from xlmalekort.model.figures import Figure, Status
from xlmalekort.model.measures import Level, Role
from xlmalekort.model.periods import Frequency, periods_of_year
from xlmalekort.model.places import Place
from xlmalekort.pipeline.plausible import MadeUp, MadeUpOffice, Quality, plausible_figures
from xlmalekort.problems import Severity
from xlmalekort.scorecards import built_in, load_scorecard

QUALITIES: tuple[Quality, ...] = ("good", "middling", "bad")

EVERY_KIND = card(
    indicator("share", {**SHARE, "numerator": "s.n", "denominator": "s.d"}, at_least(75, 65)),
    indicator("chain", {**SHARE, "numerator": "s.d", "denominator": "s.all"}, at_least(40)),
    indicator("mix", {**SHARE, "numerator": ["m.1", "m.2"], "denominator": ["m.1", "m.2", "m.3"]}, at_least(50, 40)),
    indicator("quarter", {**SHARE, "numerator": "q.n", "denominator": "q.d"}, at_least(75), frequency="quarter"),
    indicator("rate", {**SHARE, "numerator": "r.n", "denominator": "r.d"}, against("outside", "lower"), better="lower"),
    indicator("budget", {**DEVIATION, "actual": ["b.1", "b.2"], "plan": ["p.1", "p.2"]}, at_most(0, 3)),
    indicator("change", {**CHANGE, "value": "c"}, at_most(-10), better="lower", frequency="quarter"),
    indicator(
        "absence",
        {**RATE_CHANGE, "value": "off", "per": "days", "against": "baseline", "baseline": "before"},
        at_most(-10),
        better="lower",
        frequency="quarter",
    ),
    indicator("mean", survey(6), against("last_year"), frequency="year"),
    indicator("steps", {**AMOUNT, "value": "done"}, milestone("2014-03-31", "2014-09-30"), decimals=0),
    indicator("few", {**AMOUNT, "value": "few"}, at_most(4), better="lower", frequency="term", decimals=0),
    indicator(
        "cohort",
        {**SHARE, "numerator": "k.n", "denominator": "k.d"},
        at_least(80),
        cohort={"window_months": 3},
    ),
    indicator("own", {**AMOUNT, "value": "o"}, {"kind": "own_target", "better": "higher", "target": "o.t"}),
    measures=[
        {"id": "q.n", "frequency": "month"},
        {"id": "q.d", "frequency": "month"},
        {"id": "r", "unit": "percent", "decimals": 1, "level": "region"},
        *({"id": each, "unit": "money"} for each in ("b.1", "b.2")),
        *({"id": each, "unit": "money", "frequency": "year"} for each in ("p.1", "p.2")),
        *({"id": each, "unit": "days", "decimals": 1} for each in ("off", "days")),
        {"id": "before", "unit": "points", "decimals": 4, "frequency": "year"},
        {"id": "few", "frequency": "month"},
        {"id": "o.t", "frequency": "year"},
        {"id": "asked", "frequency": "year"},
        {"id": "opening", "kind": "stock"},
        {"id": "in"},
        {"id": "out"},
        {"id": "closing", "kind": "stock"},
        {"id": "closing.a", "kind": "stock"},
        {"id": "closing.b", "kind": "stock"},
    ],
    relations=[
        {"kind": "part_of", "part": [f"c{each}" for each in range(1, 7)], "whole": "asked"},
        {"kind": "balance", "opening": "opening", "inflow": ["in"], "outflow": ["out"], "closing": "closing"},
        {"kind": "total_of", "total": "closing", "parts": ["closing.a", "closing.b"]},
    ],
)
SCORECARDS = {each: load_scorecard(each) for each in built_in()} | {"every kind": EVERY_KIND}
ALL = pytest.mark.parametrize("name", list(SCORECARDS))


def office(quality: Quality = "middling", name: str = "Prøvedal") -> MadeUpOffice:
    return MadeUpOffice(name, "TO Midt", quality, 1.4)


@cache
def made(
    name: str, quality: Quality = "middling", who: str = "Prøvedal", today: date | None = None
) -> tuple[MadeUp, ...]:
    scorecard = SCORECARDS[name]
    day = today or date(scorecard.year + 1, 3, 15)
    return tuple(plausible_figures(scorecard, office(quality, who), scorecard.year, day, 7))


def statuses(name: str, quality: Quality, who: str = "Prøvedal") -> Counter[Status]:
    scorecard = SCORECARDS[name]
    figures = {
        (each.measure, each.period): Figure(each.measure, each.period, each.value) for each in made(name, quality, who)
    }
    return Counter(
        judge_observed(
            each,
            period,
            observe(scorecard, each, period, figures),
            date(scorecard.year + 1, 3, 15),
            comparison=scorecard.comparison,
            place=Place(who, "TO Midt"),
        ).status
        for each in scorecard.active
        for period in periods_of_year(scorecard.year, each.frequency)
    )


@ALL
def test_the_same_seed_gives_the_same_figures(name: str) -> None:
    scorecard = SCORECARDS[name]
    again = plausible_figures(scorecard, office(), scorecard.year, date(scorecard.year + 1, 3, 15), 7)
    assert tuple(again) == made(name)
    other = plausible_figures(scorecard, office(), scorecard.year, date(scorecard.year + 1, 3, 15), 8)
    assert tuple(other) != made(name)


@ALL
@pytest.mark.parametrize("quality", QUALITIES)
def test_the_checks_find_nothing_wrong(name: str, quality: Quality) -> None:
    scorecard = SCORECARDS[name]
    figures = {f"{each.measure}@{each.period}": each.value for each in made(name, quality)}
    checked = check_file(plain_workbook(scorecard, figures), "f.xlsx", date(scorecard.year + 1, 3, 15))
    wrong = [each for each in checked.problems if not each.code.startswith(("STR", "PAR-005"))]
    assert [each for each in wrong if each.severity is not Severity.NOTE] == []


@ALL
def test_every_figure_is_one_that_its_measure_can_have(name: str) -> None:
    measures = SCORECARDS[name].measure
    for quality in QUALITIES:
        assert [each for each in made(name, quality) if not_allowed(each.value, measures[each.measure])] == []


@ALL
def test_each_cell_gets_one_figure(name: str) -> None:
    places = [(each.measure, each.period) for each in made(name)]
    assert len(places) == len(set(places))


@ALL
def test_nothing_has_happened_before_it_has(name: str) -> None:
    scorecard = SCORECARDS[name]
    day = date(scorecard.year, 7, 20)
    for each in made(name, today=day):
        assert each.period.has_ended(day) or scorecard.measure[each.measure].role is not Role.FIGURE, each


@ALL
def test_there_is_a_year_before_to_compare_with(name: str) -> None:
    scorecard = SCORECARDS[name]
    years = Counter(each.period.year for each in made(name))
    assert years[scorecard.year - 1] > years[scorecard.year] / 2


@ALL
def test_good_offices_are_greener_than_bad_ones(name: str) -> None:
    good, bad = (Counter[Status](), Counter[Status]())
    for who in ("Prøvedal", "Testnes", "Tenkeby"):
        good += statuses(name, "good", who)
        bad += statuses(name, "bad", who)
    if not good[Status.GREEN] + bad[Status.RED]:
        assert {*good, *bad} <= {Status.UNDECIDED, Status.NOT_DUE, Status.MISSING, Status.REJECTED}
        return
    assert good[Status.GREEN] > 2 * good[Status.RED]
    assert bad[Status.RED] + bad[Status.YELLOW] > 2 * bad[Status.GREEN]
    assert good[Status.RED] + good[Status.YELLOW] > 0


@ALL
def test_what_is_held_above_the_offices_is_the_same_in_all_of_them(name: str) -> None:
    measures = SCORECARDS[name].measure
    here, there = (
        [each for each in made(name, quality, who) if measures[each.measure].level is not Level.OFFICE]
        for quality, who in (("good", "Prøvedal"), ("bad", "Testnes"))
    )
    assert here == there


@pytest.mark.parametrize(
    "name", [each for each, card in SCORECARDS.items() if {i.frequency.span for i in card.active} != {Frequency.MONTH}]
)
def test_what_is_not_reported_every_month_is_forgotten_now_and_then(name: str) -> None:
    scorecard = SCORECARDS[name]
    missing = sum(statuses(name, "middling", f"Office {each}")[Status.MISSING] for each in range(15))
    periods = sum(len(periods_of_year(scorecard.year, each.frequency)) for each in scorecard.active)
    assert 0 < missing < 0.15 * 15 * periods


def numbers(name: str, measure: str) -> list[float]:
    year = SCORECARDS[name].year
    return [float(each.value) for each in made(name) if each.measure == measure and each.period.year == year]


def test_what_closes_a_month_opens_the_next() -> None:
    opening, closing = numbers("every kind", "opening"), numbers("every kind", "closing")
    assert opening[1:] == closing[:-1]


def test_parts_add_up_to_their_total() -> None:
    parts = zip(numbers("every kind", "closing.a"), numbers("every kind", "closing.b"), strict=True)
    assert [a + b for a, b in parts] == numbers("every kind", "closing")


def test_steps_done_are_never_undone() -> None:
    done = numbers("every kind", "done")
    assert done == sorted(done)
    assert done[-1] >= 1


def test_a_cohort_is_there_only_when_its_window_has_closed() -> None:
    day = date(2014, 7, 20)
    periods = [each.period for each in made("every kind", today=day) if each.measure == "k.n"]
    assert max(periods, key=lambda each: each.end).end < day - timedelta(days=90)


def test_a_running_quarter_has_its_months_that_have_ended() -> None:
    periods = [str(each.period) for each in made("every kind", today=date(2014, 6, 15)) if each.measure == "few"]
    assert periods[-1] == "2014-04"


def test_most_answers_lie_about_the_mean_and_some_at_either_end() -> None:
    counts = [numbers("every kind", f"c{each}")[0] for each in range(1, 7)]
    assert max(counts) == max(counts[3:])
    assert counts[0] > 0
    assert sum(counts) <= numbers("every kind", "asked")[0]
