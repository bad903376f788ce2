"""The hidden calculation sheet: the steps from figures to status and advice, each formula with its computed value.

The formulas follow the same rules as Python: `judging.values.observe` decides what is reported, `judging.judge` the status,
`judging.explain` the reason, `judging.advice` what to do. A real spreadsheet program proves it in the tests.

Only functions that Excel 2016 and LibreOffice 7.4 have, and no TEXT(), whose codes change with the locale.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from xlmalekort.judging.advice import advise, moved_decimals, needed_of
from xlmalekort.judging.explain import (
    BOTH,
    CONTROL_TITLE,
    EXEMPT,
    FEW_ANSWERS,
    MISSING,
    NO_CASES,
    NO_PLAN,
    REJECTED,
    TOO_FEW,
    UNDECIDED,
    UNDECIDED_LACK,
    UNDECIDED_VALUE,
    WINDOW_OPEN,
    explain,
    not_due_sentence,
    reason_of,
    reference_sentence,
)
from xlmalekort.judging.forecast import earlier_in_year, forecast, line_of
from xlmalekort.judging.judge import ready_day, verdict_of, window_end
from xlmalekort.judging.rules import BOTH_TARGETS, target_words
from xlmalekort.judging.values import compared_period, rounded, total
from xlmalekort.layout.office import Calc, OfficeLayout, Sheet
from xlmalekort.model.figure_kinds import Amount, Change, Deviation, Distribution, Share
from xlmalekort.model.figures import Status
from xlmalekort.model.measures import Unit
from xlmalekort.model.periods import Frequency
from xlmalekort.model.places import NOWHERE, Place
from xlmalekort.template.advice import OUT, advice_formulas, can_be_moved, has_forecast
from xlmalekort.template.conditions import held_of
from xlmalekort.template.figure_sheet import CLOCK
from xlmalekort.template.formulas import (
    UNUSABLE,
    all_of,
    any_of,
    chosen,
    concatenated,
    number_words,
    scaled,
    serial,
    text_literal,
)
from xlmalekort.template.row import Row
from xlmalekort.template.state import ConstantCell, FormulaCell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from xlmalekort.judging.judge import Judgement
    from xlmalekort.judging.values import Cells
    from xlmalekort.model.periods import Period
    from xlmalekort.template.conditions import Held
    from xlmalekort.template.state import OfficeState, Value


def calculation_cells(state: OfficeState) -> Iterator[FormulaCell | ConstantCell]:
    """One row for each indicator and period, one column for each step; the year before has values and no status."""
    rows = rows_of(state)
    for (indicator_id, period), number in state.layout.calc_rows.items():
        row, held, constants, formulas = rows[indicator_id, period]
        values = _values(state, row, held, state.judgements[indicator_id, period])
        for step, constant in constants.items():
            yield ConstantCell(Sheet.CALCULATION, number, step.column, constant)
        for step, formula in formulas.items():
            yield FormulaCell(Sheet.CALCULATION, number, step.column, formula, values.get(step, ""))


class CalculationRow(NamedTuple):
    """A row of the sheet: what it is about, what it is held against, its constants and its formulas."""

    row: Row
    held: tuple[Held, ...]
    constants: dict[Calc, Value]
    formulas: dict[Calc, str]


def rows_of(state: OfficeState) -> Mapping[tuple[str, Period], CalculationRow]:
    """The row of each indicator and period. Offices share them, unless targets are agreed for single units."""
    has_own = any(indicator.unit_targets for indicator in state.scorecard.indicators)
    return _rows(state.layout, state.place if has_own else NOWHERE)


@lru_cache(maxsize=8)
def _rows(layout: OfficeLayout, place: Place) -> Mapping[tuple[str, Period], CalculationRow]:
    found = {}
    for indicator_id, period in layout.calc_rows:
        row = Row(layout, layout.scorecard.indicator[indicator_id], period, place)
        held = held_of(row) if row.is_this_year else ()
        found[indicator_id, period] = CalculationRow(row, held, _constants(row, held), _formulas(row, held))
    return found


def _constants(row: Row, held: Sequence[Held]) -> dict[Calc, Value]:
    """The values of a row that no formula gives."""
    indicator, period = row.indicator, row.period
    constants: dict[Calc, Value] = {
        Calc.KEY: f"{indicator.id}|{period}",
        Calc.INDICATOR: indicator.id,
        Calc.PERIOD: period.code,
        Calc.NAME: row.texts.period(period.code),
        Calc.END: serial(period.end),
    }
    if indicator.frequency is not Frequency.WHEN_HELD:
        constants[Calc.READY] = serial(ready_day(indicator, period))
    for each in held:
        constants |= {step: edge for step, edge in each.edge_values(each.band).items() if edge is not None}
    return constants


def _formulas(row: Row, held: Sequence[Held]) -> dict[Calc, str]:
    formulas = {
        Calc.UPPER: row.total(row.upper, row.upper_scale),
        Calc.STATE: _state(row),
        Calc.VALUE: _value(row),
        Calc.SHOWN: f'IF(ISNUMBER({row.cell(Calc.VALUE)}),ROUND({row.cell(Calc.VALUE)},{row.decimals}),"")',
        Calc.CHANGE: _change(row),
    }
    if row.lower:
        formulas[Calc.LOWER] = row.total(row.lower, row.lower_scale)
    if isinstance(row.indicator.figure, Change):
        formulas |= _compared(row, row.indicator.figure)
    if not held:
        return formulas
    for each in held:
        formulas |= each.edge_formulas()
    formulas[Calc.TARGET] = _target(row, held)
    if len(held) > 1:
        for each in held:
            formulas[each.columns.verdict] = f'IF({row.cell(Calc.VALUE)}="","",{each.verdict()})'
            verdict = row.cell(each.columns.verdict)
            formulas[each.columns.reason] = f'IF({verdict}="","",{each.reason(verdict)})'
    formulas[Calc.STATUS] = _status(row, held)
    formulas[Calc.WHY] = _why(row, held)
    return formulas | advice_formulas(row, held)


# From figures to a value


def _state(row: Row) -> str:
    """0 where nothing was reported, 1 where the figure is whole, 2 where it is rejected."""
    filled = [_is_filled(row, cells) for cells in row.own]
    upper, lower = row.cell(Calc.UPPER), row.cell(Calc.LOWER)
    figure = row.indicator.figure
    state = "1"
    if isinstance(figure, Share) and not figure.may_exceed:
        state = f"IF({upper}>{lower},2,1)"
    elif isinstance(figure, Amount) and row.indicator.most_steps is not None:
        state = f"IF({upper}>{row.indicator.most_steps},2,1)"
    if row.lower and not isinstance(figure, Amount):
        state = f'IF({lower}="",2,{state})'
    elif row.lower:  # the weight of a mean: not having it is allowed, holding what is no number is not
        unusable = "+".join(f'({cell}="{UNUSABLE}")' for cell in row.references(row.lower))
        state = (
            f'IF({lower}="",IF({unusable}>0,2,{state}),{state})'
            if len(row.lower) > 1
            else f"IF({unusable}>0,2,{state})"
        )
    return f'IF({any_of(filled)},IF({upper}="",2,{state}),0)'


def _is_filled(row: Row, cells: Cells) -> str:
    return all_of([f'{cell}<>""' for cell in row.references(cells)])


def _compared(row: Row, figure: Change) -> dict[Calc, str]:
    """What a change compares with."""
    if figure.baseline:
        cell = row.typed(figure.baseline)
        return {Calc.REFERENCE: f'IF(ISNUMBER({cell}),{scaled(cell, row.reference_scale)},"")'}
    earlier = compared_period(figure.against, row.period)
    is_comparable = row.indicator.are_comparable(earlier.end, row.period.end)
    upper, lower = row.at(earlier, Calc.UPPER), row.at(earlier, Calc.LOWER)
    if upper is None or lower is None or not is_comparable:
        nothing = {Calc.REFERENCE: '""'}
        return nothing | {Calc.REFERENCE_LOWER: '""'} if figure.per else nothing
    if not figure.per:
        return {Calc.REFERENCE: f'IF(ISNUMBER({upper}),{upper},"")'}
    both = f"AND(ISNUMBER({upper}),ISNUMBER({lower}))"
    return {
        Calc.REFERENCE: f'IF({both},{upper},"")',
        Calc.REFERENCE_LOWER: f'IF({both},{lower},"")',
    }


def _value(row: Row) -> str:
    state, upper, lower = (row.cell(step) for step in (Calc.STATE, Calc.UPPER, Calc.LOWER))
    value = upper
    match row.indicator.figure:
        case Amount():
            value = f"{upper}/{10**row.upper_scale}" if row.upper_scale else upper
        case Share() | Distribution():
            value = f'IF({lower}=0,"",{upper}/{lower})'
        case Deviation():
            value = f'IF({lower}=0,"",({upper}-{lower})/{lower})'
        case Change() as figure:
            value = _changed(row, figure)
    if row.indicator.question and row.indicator.least_denominator:
        value = f'IF(N({lower})<{_least(row)},"",{value})'
    return f'IF({state}=1,{value},"")'


def _changed(row: Row, figure: Change) -> str:
    upper, lower = row.cell(Calc.UPPER), row.cell(Calc.LOWER)
    reference, reference_lower = row.cell(Calc.REFERENCE), row.cell(Calc.REFERENCE_LOWER)
    if not figure.per:
        return f'IF(ISNUMBER({reference}),IF({reference}=0,"",({upper}-{reference})/{reference}),"")'
    if figure.baseline:
        above = f"{upper}*{10 ** (row.lower_scale + row.reference_scale)}"
        below = f"{lower}*{reference}*{10**row.upper_scale}"
        has_base = f"ISNUMBER({reference})"
    else:
        above, below = f"{upper}*{reference_lower}", f"{reference}*{lower}"
        has_base = f"COUNT({reference},{reference_lower})=2"
    is_zero = f"{lower}=0,{reference}=0" + ("" if figure.baseline else f",{reference_lower}=0")
    return f'IF({has_base},IF(OR({is_zero}),"",({above}-{below})/({below})),"")'


def _least(row: Row) -> int:
    return row.indicator.least_denominator * int(10**row.lower_scale)


def _change(row: Row) -> str:
    """The value less that of the period before, as one fraction of whole numbers, rounded once."""
    before = row.period.previous
    earlier_value, earlier_upper = row.at(before, Calc.VALUE), row.at(before, Calc.UPPER)
    if earlier_value is None or earlier_upper is None or not row.indicator.are_comparable(before.end, row.period.end):
        return '""'
    figure = row.indicator.figure
    divisor = Calc.REFERENCE if isinstance(figure, Change) else Calc.LOWER
    upper, lower = row.cell(Calc.UPPER), row.cell(divisor)
    if isinstance(figure, Amount):
        change = f"({upper}-{earlier_upper})/{10**row.upper_scale}"
    elif isinstance(figure, Change) and figure.per:
        # Its parts multiply to more digits than a float has.
        change = f"{row.cell(Calc.VALUE)}-{earlier_value}"
    else:
        earlier_lower = row.at(before, divisor)
        change = f"({upper}*{earlier_lower}-{earlier_upper}*{lower})/({lower}*{earlier_lower})"
    return f'IF(AND(ISNUMBER({row.cell(Calc.VALUE)}),ISNUMBER({earlier_value})),ROUND({change},{row.decimals}),"")'


# From a value to a status


def _target(row: Row, held: Sequence[Held]) -> str:
    words = [each.target_words() for each in held]
    if len(words) == 1:
        return words[0]
    return concatenated(row.texts(BOTH_TARGETS), {"first": words[0], "second": words[1]})


def all_undecided(held: Sequence[Held]) -> str:
    """Whether nothing is agreed at all: TRUE, FALSE or a test."""
    tests = [each.is_undecided for each in held]
    if "FALSE" in tests:
        return "FALSE"
    open_tests = [test for test in tests if test != "TRUE"]
    return all_of(open_tests) if open_tests else "TRUE"


def _status(row: Row, held: Sequence[Held]) -> str:
    cases = cases_before_bands(row, held)
    if all_undecided(held) == "TRUE":
        return chosen(cases, f'"{Status.UNDECIDED}"')
    return chosen(cases, held[0].verdict() if len(held) == 1 else _worse(row, held))


def cases_before_bands(row: Row, held: Sequence[Held]) -> list[tuple[str, str]]:
    """Tests and the status where each is the first that holds; where none does, a value is held against its bands.

    A row for which nothing is agreed has only those that go before that.
    """
    indicator = row.indicator
    state, value = row.cell(Calc.STATE), row.cell(Calc.VALUE)
    cases = [(row.is_exempt, f'"{Status.NOT_APPLICABLE}"'), (f"{state}=2", f'"{Status.REJECTED}"')]
    undecided = all_undecided(held)
    if undecided == "TRUE":
        return cases
    if undecided != "FALSE":
        cases.append((undecided, f'"{Status.UNDECIDED}"'))
    clock = row.layout.absolute(Sheet.FIGURES, CLOCK)
    absent = f'"{Status.NOT_DUE}"'
    if indicator.frequency is not Frequency.WHEN_HELD and not all(each.condition.waits for each in held):
        absent = f'IF({clock}>{row.cell(Calc.READY)},"{Status.MISSING}","{Status.NOT_DUE}")'
    cases.append((f"{state}=0", absent))
    if indicator.window_months:
        cases.append((f"{clock}<={serial(window_end(indicator, row.period))}", f'"{Status.NOT_DUE}"'))
    if indicator.least_denominator and indicator.rests_on_cases:
        lower = f"N({row.cell(Calc.LOWER)})"
        cases.append((f'AND({lower}<{_least(row)},OR({lower}<>0,{value}<>""))', f'"{Status.TOO_FEW}"'))
    cases.append((f'{value}=""', f'"{Status.NOT_ASSESSABLE}"'))
    return cases


def _worse(row: Row, held: Sequence[Held]) -> str:
    """The worse of two verdicts."""
    first, second = (row.cell(each.columns.verdict) for each in held)
    worst_first = (Status.RED, Status.UNDECIDED, Status.NOT_ASSESSABLE, Status.NOT_DUE, Status.YELLOW)
    cases = [(f'OR({first}="{each}",{second}="{each}")', f'"{each}"') for each in worst_first]
    return chosen(cases, f'"{Status.GREEN}"')


# The reason, in words


def _why(row: Row, held: Sequence[Held]) -> str:
    indicator, texts = row.indicator, row.texts
    status = row.cell(Calc.STATUS)
    slots = {
        "period": text_literal(texts.period(row.period.code)),
        "value": row.quantity(Calc.SHOWN),
        "control": text_literal(texts(CONTROL_TITLE)),
        "least": text_literal(texts.number(indicator.least_denominator, 0, grouped=True)),
        "cases": number_words(f"N({row.cell(Calc.LOWER)})/{10**row.lower_scale}", 0, Unit.COUNT),
    }

    def said(message: str, **more: str) -> str:
        return concatenated(texts(message), slots | more)

    cases = [
        (f'{status}="{Status.NOT_APPLICABLE}"', said(EXEMPT)),
        (f'{status}="{Status.REJECTED}"', said(REJECTED)),
    ]
    undecided = all_undecided(held)
    no_cases, few = said(NO_CASES), said(FEW_ANSWERS if indicator.question else TOO_FEW)
    lack = "" if isinstance(indicator.figure, Amount) else _lack(row, no_cases, said(NO_PLAN))
    nothing_agreed = _nothing_agreed(row, said, few, lack)
    if undecided == "TRUE":
        return chosen(cases, nothing_agreed)
    if undecided != "FALSE":
        cases.append((undecided, nothing_agreed))
    conditions = tuple(each.condition for each in held)
    not_due = text_literal(not_due_sentence(indicator, row.period, conditions, texts).read(texts))
    cases.append((f'{status}="{Status.MISSING}"', said(MISSING)))
    cases.append((f"{row.cell(Calc.STATE)}=0", not_due))
    if indicator.window_months:
        end = window_end(indicator, row.period)
        clock = row.layout.absolute(Sheet.FIGURES, CLOCK)
        cases.append((f"{clock}<={serial(end)}", said(WINDOW_OPEN, date=text_literal(texts.date(end)))))
    if indicator.least_denominator and indicator.rests_on_cases:
        cases.append((f'{status}="{Status.TOO_FEW}"', few))
    if lack:
        cases.append((f'{row.cell(Calc.VALUE)}=""', lack))
    if len(held) == 1:
        return chosen(cases, held[0].reason(status))
    first, second = (row.cell(each.columns.reason) for each in held)
    both, turned = (
        concatenated(texts(BOTH), {"first": one, "second": other}) for one, other in ((first, second), (second, first))
    )
    return chosen(cases, f"IF({row.cell(held[0].columns.verdict)}={status},{both},{turned})")


def _nothing_agreed(row: Row, said: Callable[..., str], few: str, lack: str) -> str:
    """That there is nothing to hold a figure against; where there is no figure to show either, why there is not."""
    indicator, state = row.indicator, row.cell(Calc.STATE)
    nothing = said(UNDECIDED)
    if indicator.frequency is not Frequency.WHEN_HELD:
        clock = row.layout.absolute(Sheet.FIGURES, CLOCK)
        missing = said(UNDECIDED_LACK, reason=said(MISSING))
        nothing = f"IF({clock}>{row.cell(Calc.READY)},{missing},{nothing})"
    cases = [(f"ISNUMBER({row.cell(Calc.SHOWN)})", said(UNDECIDED_VALUE)), (f"{state}=0", nothing)]
    if indicator.question and indicator.least_denominator and indicator.rests_on_cases:
        cases.append((f"N({row.cell(Calc.LOWER)})<{_least(row)}", said(UNDECIDED_LACK, reason=few)))
    return chosen(cases, said(UNDECIDED_LACK, reason=lack) if lack else said(UNDECIDED))


def _lack(row: Row, no_cases: str, no_plan: str) -> str:
    """Why a reported figure has no value."""
    match row.indicator.figure:
        case Change() as figure:
            missing, zero = (
                text_literal(
                    reference_sentence(row.indicator, figure.against, row.period, row.texts, is_zero=is_zero).read(
                        row.texts
                    )
                )
                for is_zero in (False, True)
            )
            lack = f'IF({row.cell(Calc.REFERENCE)}="",{missing},{zero})'
            return f"IF(N({row.cell(Calc.LOWER)})=0,{no_cases},{lack})" if figure.per else lack
        case Deviation():
            return no_plan
        case _:
            return no_cases


# The computed values


def _values(state: OfficeState, row: Row, held: Sequence[Held], judgement: Judgement) -> dict[Calc, Value]:
    """What every formula of a row comes to."""
    indicator, observed = judgement.indicator, judgement.observed
    in_excel = Fraction(1, 10**row.shift)
    before = state.judgements.get((indicator.id, judgement.period.previous))
    values: dict[Calc, Value] = {
        Calc.UPPER: _whole(_sum(state, row.upper), row.upper_scale, row, row.upper),
        Calc.LOWER: _whole(_sum(state, row.lower), row.lower_scale, row, row.lower),
        Calc.STATE: 2 if observed.is_rejected else 1 if observed.is_reported else 0,
        Calc.VALUE: _number(judgement.value, in_excel),
        Calc.SHOWN: _number(judgement.shown, in_excel),
    }
    if isinstance(indicator.figure, Change):
        values |= _compared_values(state, row, indicator.figure)
    is_comparable = before is not None and indicator.are_comparable(before.period.end, judgement.period.end)
    if before is not None and is_comparable and judgement.value is not None and before.value is not None:
        change = rounded(judgement.value - before.value, indicator.decimals)
        values[Calc.CHANGE] = float(change * in_excel)
    if not held:
        return values
    for each, condition in zip(held, judgement.conditions, strict=True):
        if each.is_open:
            values |= {step: "" if edge is None else edge for step, edge in each.edge_values(condition.band).items()}
            basis = None if condition.reference is None else rounded(condition.reference, indicator.decimals)
            values[each.columns.basis] = _number(basis, in_excel)
    if len(held) > 1 and judgement.shown is not None:
        compared = judgement.value if judgement.is_exact else judgement.shown
        for each, condition in zip(held, judgement.conditions, strict=True):
            verdict = verdict_of(condition, compared or Fraction(0))
            values[each.columns.verdict] = str(verdict)
            values[each.columns.reason] = reason_of(state.scorecard, judgement, condition, verdict, state.texts)
    values[Calc.TARGET] = target_words(state.scorecard, judgement, state.texts)
    values[Calc.STATUS] = str(judgement.status)
    values[Calc.WHY] = explain(state.scorecard, judgement, state.texts)
    return values | _advice_values(state, row, held, judgement)


def _advice_values(state: OfficeState, row: Row, held: Sequence[Held], judgement: Judgement) -> dict[Calc, Value]:
    indicator = judgement.indicator
    values: dict[Calc, Value] = {}
    if can_be_moved(row, held):
        more, is_reachable = needed_of(state.scorecard, judgement)
        if is_reachable is not None:
            steps = None if more is None else more * 10 ** moved_decimals(state.scorecard, indicator)
            values[Calc.NEEDED] = OUT if steps is None or not is_reachable else float(steps)
    ahead = None
    if has_forecast(row):
        earlier = earlier_in_year(state.judgements, judgement)
        if line := line_of(judgement, earlier):
            first = line[0]
            begun = Row(row.layout, indicator, first.period, row.place)
            values[Calc.FIRST_END] = serial(first.period.end)
            values[Calc.FIRST_UPPER] = _whole(_sum(state, begun.upper), row.upper_scale, row, begun.upper)
            values[Calc.FIRST_LOWER] = _whole(_sum(state, begun.lower), row.lower_scale, row, begun.lower)
        ahead = forecast(judgement, earlier, row.place)
        if ahead is not None:
            values[Calc.FORECAST] = float(ahead.shown / 10**row.shift)
    values[Calc.NOW] = advise(state.scorecard, judgement, ahead, state.texts)
    return values


def _compared_values(state: OfficeState, row: Row, figure: Change) -> dict[Calc, Value]:
    """The cells of what a change compares with, whether or not it can be worked out."""
    if figure.baseline:
        found = state.figures.get((figure.baseline, row.period_of(figure.baseline)))
        value = found.value if found is not None else None
        return {Calc.REFERENCE: _whole_of(value, row.reference_scale, row, figure.baseline)}
    earlier = Row(row.layout, row.indicator, compared_period(figure.against, row.period), row.place)
    if not row.indicator.are_comparable(earlier.period.end, row.period.end):
        return {}
    if earlier.period.year < row.layout.year - 1:
        return {}
    upper, lower = _sum(state, earlier.upper), _sum(state, earlier.lower)
    if figure.per and (upper is None or lower is None):
        return {}
    values: dict[Calc, Value] = {Calc.REFERENCE: _whole(upper, row.upper_scale, row, earlier.upper)}
    if figure.per:
        values[Calc.REFERENCE_LOWER] = _whole(lower, row.lower_scale, row, earlier.lower)
    return values


def _sum(state: OfficeState, cells: Cells) -> Fraction | None:
    """The sum of cells as the sheet makes it, whether or not anything was reported or the pair was rejected."""
    return total(cells, lambda *place: state.figures.get(place))


def _whole(value: Fraction | None, scale: int, row: Row, cells: Cells) -> Value:
    return _whole_of(value, scale, row, cells[0].measure) if cells else ""


def _whole_of(value: Fraction | None, scale: int, row: Row, measure: str) -> Value:
    """A sum as the sheet keeps it: a whole number of its last decimal in Excel."""
    if value is None:
        return ""
    shift = 2 if row.scorecard.measure[measure].unit is Unit.PERCENT else 0
    return float(value * 10**scale / 10**shift)


def _number(value: Fraction | None, in_excel: Fraction) -> Value:
    return "" if value is None else float(value * in_excel)
