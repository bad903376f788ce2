"""What to do now, as formulas: how many more make it green, and where a straight line through the year ends.

The same sums as `judging.needed` and `judging.forecast`, in whole numbers, and the messages of `judging.advice`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlmalekort.judging.advice import (
    AMOUNT_LESS,
    AMOUNT_MORE,
    FALLS_SHORT,
    FEWER,
    MORE,
    MORE_STEPS,
    OUT_OF_REACH,
    REACHES,
    is_counted_in_cases,
    moved_decimals,
    moved_unit,
)
from xlmalekort.judging.explain import BOTH, band_slots
from xlmalekort.judging.forecast import goal_day, goal_of
from xlmalekort.layout.office import Calc
from xlmalekort.model.figure_kinds import Amount, Change, Deviation, Distribution, Share
from xlmalekort.model.figures import Status
from xlmalekort.model.measures import Unit
from xlmalekort.model.targets import Milestone, Path
from xlmalekort.template.formulas import (
    all_of,
    amount_words,
    chosen,
    concatenated,
    number_literal,
    number_words,
    serial,
    text_literal,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from xlmalekort.template.conditions import Held
    from xlmalekort.template.row import Row

OUT = "x"
"""What the sheet shows where nothing can make the figure green."""


def advice_formulas(row: Row, held: Sequence[Held]) -> dict[Calc, str]:
    """The formulas of a row from what is needed to what to do."""
    formulas = {Calc.NEEDED: _needed(row, held)} if can_be_moved(row, held) else {}
    day = goal_day(row.indicator, row.period, row.place)
    if has_forecast(row):
        formulas |= _first(row)
        if day is not None and held[0].is_decided:
            formulas[Calc.FORECAST] = _forecast(row, held[0], day)
    needed_words = _needed_words(row, held) if Calc.NEEDED in formulas else ""
    ahead_words = _ahead_words(row, held[0], day) if Calc.FORECAST in formulas and day else ""
    if needed_words and ahead_words:
        both = concatenated(row.texts(BOTH), {"first": needed_words, "second": ahead_words})
        no_need, no_line = f'{row.cell(Calc.NEEDED)}=""', f'{row.cell(Calc.FORECAST)}=""'
        only_line = f'IF({no_line},"",{ahead_words})'
        formulas[Calc.NOW] = f"IF({no_need},{only_line},IF({no_line},{needed_words},{both}))"
    elif needed_words:
        formulas[Calc.NOW] = f'IF({row.cell(Calc.NEEDED)}="","",{needed_words})'
    elif ahead_words:
        formulas[Calc.NOW] = f'IF({row.cell(Calc.FORECAST)}="","",{ahead_words})'
    return formulas


# What is needed


def can_be_moved(row: Row, held: Sequence[Held]) -> bool:
    """Whether anything can be said of what is needed."""
    return not isinstance(row.indicator.figure, Distribution) and all(each.is_decided for each in held)


def _needed(row: Row, held: Sequence[Held]) -> str:
    upper, step = row.cell(Calc.UPPER), 10 ** (row.upper_scale - row.decimals_of(*(c.measure for c in row.upper)))
    lows = [_reached_from(row, each, step, is_low=True) for each in held if each.sides[0]]
    highs = [_reached_from(row, each, step, is_low=False) for each in held if each.sides[1]]
    low, high = _joined("MAX", lows), _joined("MIN", highs)
    times = f"*{step}" if step > 1 else ""
    share = row.indicator.figure
    up = f"({low}{times}-{upper})/{step}" if times else f"{low}-{upper}"
    if isinstance(share, Share) and not share.may_exceed:
        up = f'IF({low}{times}>{row.cell(Calc.LOWER)},"{OUT}",{up})'
    down = f'IF({high}<0,"{OUT}",({high}{times}-{upper})/{step})'
    formula = '""'
    if highs:
        formula = f"IF({upper}>{high}{times},{down},{formula})"
    if lows:
        formula = f"IF({upper}<{low}{times},{up},{formula})"
    if lows and highs:
        formula = f'IF({low}>{high},"{OUT}",{formula})'
    status = row.cell(Calc.STATUS)
    tests = [
        f'OR({status}="{Status.YELLOW}",{status}="{Status.RED}")',
        *(f"ISNUMBER({e.edge})" for e in held if e.is_open),
    ]
    return f'IF({all_of(tests)},{formula},"")'


def _joined(function: str, formulas: Sequence[str]) -> str:
    return f"{function}({','.join(formulas)})" if len(formulas) > 1 else "".join(formulas)


def _reached_from(row: Row, held: Held, step: int, *, is_low: bool) -> str:
    """The least upper part that is green, in steps, or the largest one: where the rounded value meets the edge."""
    columns, indicator = held.columns, row.indicator
    cell = row.cell(columns.green_low if is_low else columns.green_high)
    is_strict = held.is_strict[0 if is_low else 1]
    over = 100 if isinstance(indicator.figure, Deviation | Change) else 0
    above, below = _base(row)
    if row.scorecard.comparison == "exact":
        return _reached_exactly(row, cell, step, is_low=is_low, is_strict=is_strict)
    # A strict edge is the next shown number, closed.
    moved = (1 if is_low else -1) if is_strict else 0
    edge = f"(ROUND({cell}*{10**row.decimals},0){moved:+d})" if moved else f"ROUND({cell}*{10**row.decimals},0)"
    half = -1 if is_low else 1
    shift = 2 * over * 10**indicator.decimals + half
    bound = f"(2*{edge}{shift:+d})*{above}/({2 * 10**row.decimals * step}*{below})"
    closed, opened = (f"-INT(-{bound})", f"INT({bound})+1") if is_low else (f"INT({bound})", f"-INT(-{bound})-1")
    is_closed = f"{edge}>0" if is_low else f"{edge}<0"
    return f"IF({is_closed},{closed},{opened})"


def _reached_exactly(row: Row, edge: str, step: int, *, is_low: bool, is_strict: bool) -> str:
    """The same where values are compared exactly: of the neighbours of the quotient the first that passes the edge."""
    above, below = _base(row)
    is_over = isinstance(row.indicator.figure, Deviation | Change)
    near = f"INT(({edge}{'+1' if is_over else ''})*{above}/({step}*{below}))"
    comparison = (">" if is_low else "<") + ("" if is_strict else "=")

    def passes(steps: int) -> str:
        reached = f"({near}{steps:+d})*{step}*{below}"
        value = f"({reached}-{above})/({above})" if is_over else f"{reached}/({above})"
        return f"{value}{comparison}{edge}"

    order = (-1, 0, 1, 2) if is_low else (2, 1, 0, -1)
    return chosen([(passes(each), f"{near}{each:+d}") for each in order[:-1]], f"{near}{order[-1]:+d}")


def _base(row: Row) -> tuple[str, str]:
    """What the upper part is divided by to give the value, as a quotient of whole numbers."""
    figure, lower, reference = row.indicator.figure, row.cell(Calc.LOWER), row.cell(Calc.REFERENCE)
    if isinstance(figure, Amount):
        return str(10**row.upper_scale), "1"
    if not isinstance(figure, Change):
        return lower, "1"
    if not figure.per:
        return reference, "1"
    if figure.baseline:
        scale = 10**row.upper_scale
        return f"{reference}*{lower}*{scale}", str(10 ** (row.reference_scale + row.lower_scale))
    return f"{reference}*{lower}", row.cell(Calc.REFERENCE_LOWER)


def _needed_words(row: Row, held: Sequence[Held]) -> str:
    texts, scorecard, indicator = row.texts, row.scorecard, row.indicator
    cell = row.cell(Calc.NEEDED)
    out = concatenated(texts(OUT_OF_REACH), {"period": text_literal(texts.period(row.period.code))})
    is_milestone = isinstance(held[0].condition.target, Milestone)
    if is_counted_in_cases(scorecard, indicator):
        count = {"count": number_words(f"ABS({cell})", 0, Unit.COUNT)}
        more, fewer = (
            f"IF(ABS({cell})=1,{concatenated(one, count)},{concatenated(many, count)})"
            for one, many in (texts.forms(*(MORE_STEPS if is_milestone else MORE)), texts.forms(*FEWER))
        )
    else:
        decimals, unit = moved_decimals(scorecard, indicator), moved_unit(scorecard, indicator)
        scale = 10 ** (decimals + (2 if unit is Unit.PERCENT else 0))
        number = f"ABS({cell})/{scale}" if scale > 1 else f"ABS({cell})"
        amount = {"amount": amount_words(number, decimals, unit, texts)}
        more, fewer = concatenated(texts(AMOUNT_MORE), amount), concatenated(texts(AMOUNT_LESS), amount)
    goes_up, goes_down = any(each.sides[0] for each in held), any(each.sides[1] for each in held)
    words = f"IF({cell}>0,{more},{fewer})" if goes_up and goes_down else more if goes_up else fewer
    return f"IF(ISNUMBER({cell}),{words},{out})"


# Where it is heading


def has_forecast(row: Row) -> bool:
    """Whether a straight line is drawn through the year's figures of the indicator."""
    indicator = row.indicator
    is_dated = indicator.reach_by is not None or any(isinstance(target, Path) for target in indicator.targets)
    return is_dated and not isinstance(indicator.figure, Change)


def _first(row: Row) -> dict[Calc, str]:
    """The first figure of the year, handed down from row to row; after a break it begins anew."""
    before = row.period.previous
    is_value = f"ISNUMBER({row.cell(Calc.VALUE)})"
    continues = before.year == row.period.year and row.indicator.are_comparable(before.end, row.period.end)
    formulas = {}
    for first, own in (
        (Calc.FIRST_END, Calc.END),
        (Calc.FIRST_UPPER, Calc.UPPER),
        (Calc.FIRST_LOWER, Calc.LOWER),
    ):
        if first is Calc.FIRST_LOWER and isinstance(row.indicator.figure, Amount):
            continue
        formula = f'IF({is_value},{row.cell(own)},"")'
        earlier = row.at(before, first)
        if continues and earlier is not None:
            formula = f"IF(ISNUMBER({earlier}),{earlier},{formula})"
        formulas[first] = formula
    return formulas


def _forecast(row: Row, held: Held, day: date) -> str:
    upper, lower, end = (row.cell(step) for step in (Calc.UPPER, Calc.LOWER, Calc.END))
    first_end, first_upper, first_lower = (
        row.cell(step) for step in (Calc.FIRST_END, Calc.FIRST_UPPER, Calc.FIRST_LOWER)
    )
    gone, ahead = f"({end}-{first_end})", f"({serial(day)}-{end})"
    if isinstance(row.indicator.figure, Amount):
        line = f"({upper}*{gone}+({upper}-{first_upper})*{ahead})/({10**row.upper_scale}*{gone})"
    else:
        both = f"{upper}*{first_lower}"
        base = f"({lower}*{first_lower}*{gone})"
        above = f"({both}*{gone}+({both}-{first_upper}*{lower})*{ahead})"
        is_over = isinstance(row.indicator.figure, Deviation)
        line = f"({above}-{base})/{base}" if is_over else f"{above}/{base}"
    status = row.cell(Calc.STATUS)
    results = ",".join(f'{status}="{each}"' for each in (Status.GREEN, Status.YELLOW, Status.RED))
    tests = [f"OR({results})", f"ISNUMBER({row.cell(Calc.VALUE)})", f"ISNUMBER({first_end})"]
    if held.is_open:
        tests.append(f"ISNUMBER({held.edge})")
    # The days are asked of only where both are numbers: under AND all tests are worked out.
    inner = f'IF({first_end}<{end},ROUND({line},{row.decimals}),"")'
    return f'IF(AND({",".join(tests)}),{inner},"")'


def _ahead_words(row: Row, held: Held, day: date) -> str:
    texts, cell, indicator = row.texts, row.cell(Calc.FORECAST), row.indicator
    slots = {
        "value": amount_words(cell, indicator.decimals, row.unit, texts),
        "date": text_literal(texts.date(day)),
    }
    tests, green = _goal(row, held)
    falls_short = concatenated(texts(FALLS_SHORT), {**slots, "green": green})
    return f"IF({all_of(tests)},{concatenated(texts(REACHES), slots)},{falls_short})"


def _goal(row: Row, held: Held) -> tuple[list[str], str]:
    """The tests of reaching what is to be reached, and that in words."""
    cell = row.cell(Calc.FORECAST)
    is_strict = held.is_strict
    ends = [row.cell(step) for step in (held.columns.green_low, held.columns.green_high)]
    green = held.slots()["green"]
    if isinstance(held.condition.target, Path):
        decimals = None if row.scorecard.comparison == "exact" else row.indicator.decimals
        goal = goal_of(held.condition, decimals)
        if goal.band is not None:
            edges = (goal.band.green.low, goal.band.green.high)
            ends = ["" if edge is None else number_literal(edge / 10**row.shift) for edge in edges]
        green = text_literal(band_slots(row.indicator, goal, row.unit, row.texts)["green"])
    tests = [f"{cell}{'>' if is_strict[0] else '>='}{ends[0]}"] if held.sides[0] else []
    tests += [f"{cell}{'<' if is_strict[1] else '<='}{ends[1]}"] if held.sides[1] else []
    return tests, green
