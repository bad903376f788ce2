"""What a row is held against, as formulas: edges, what comes of each condition, and the reason.

The same rules as `judging.bands` and `judging.explain`, which give the computed values.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from xlmalekort.judging.bands import Band, Condition, conditions_of
from xlmalekort.judging.explain import (
    AT_LEAST,
    AT_MOST,
    BASIS,
    BETWEEN,
    GREEN,
    OVER,
    RED_ABOVE,
    RED_BELOW,
    RED_OUTSIDE,
    RED_WITHOUT_YELLOW,
    STEPS_DONE,
    STEPS_LATE,
    UNDECIDED_VALUE,
    UNDER,
    WITH_BASIS,
    YELLOW,
    band_slots,
    basis_period,
    milestone_sentence,
    red_message,
    reference_sentence,
    unit_mark,
)
from xlmalekort.judging.judge import condition_as_shown
from xlmalekort.judging.rules import rule_words, step_words
from xlmalekort.judging.values import compared_period
from xlmalekort.layout.office import Calc
from xlmalekort.model.figure_kinds import Amount, Deviation
from xlmalekort.model.figures import Status
from xlmalekort.model.measures import Unit
from xlmalekort.model.targets import Against, Milestone, OwnTarget
from xlmalekort.template.formulas import (
    all_of,
    chosen,
    concatenated,
    number_literal,
    number_words,
    scaled,
    text_literal,
)

if TYPE_CHECKING:
    from xlmalekort.template.row import Row

_FIRST = (Calc.BASIS, Calc.GREEN_LOW, Calc.GREEN_HIGH, Calc.OUTER_LOW, Calc.OUTER_HIGH, Calc.VERDICT, Calc.REASON)
_SECOND = (
    Calc.BASIS_2,
    Calc.GREEN_LOW_2,
    Calc.GREEN_HIGH_2,
    Calc.OUTER_LOW_2,
    Calc.OUTER_HIGH_2,
    Calc.VERDICT_2,
    Calc.REASON_2,
)


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the steps of a condition stand."""

    basis: Calc
    green_low: Calc
    green_high: Calc
    outer_low: Calc
    outer_high: Calc
    verdict: Calc
    reason: Calc


COLUMNS = (Columns(*_FIRST), Columns(*_SECOND))


@dataclass(frozen=True)
class Held:
    """One condition of a row: what the definition says of it, before any figure is known."""

    row: Row
    columns: Columns
    condition: Condition

    # Its shape

    @property
    def is_open(self) -> bool:
        """Whether its edges depend on figures of the workbook."""
        target = self.condition.target
        return isinstance(target, OwnTarget) or (isinstance(target, Against) and target.yellow != "undecided")

    @property
    def band(self) -> Band | None:
        """The band that the definition alone gives, as shown; None where there is none, or figures decide."""
        return None if self.is_open else self.condition.band

    @property
    def is_decided(self) -> bool:
        """Whether there is a band, or will be once the figures are there."""
        return self.is_open or self.band is not None

    @cached_property
    def sides(self) -> tuple[bool, bool]:
        """Whether green begins somewhere, and whether it ends somewhere."""
        if self.band is not None:
            return self.band.green.low is not None, self.band.green.high is not None
        target = self.condition.target
        better = target.better if isinstance(target, OwnTarget | Against) else ""
        return better != "lower", better != "higher"

    @property
    def is_strict(self) -> tuple[bool, bool]:
        """Whether the low and the high end of green lie outside it."""
        if self.band is not None:
            return self.band.green.low_open, self.band.green.high_open
        target = self.condition.target
        return (target.strict, target.strict) if isinstance(target, Against) else (False, False)

    @property
    def _is_outer_strict(self) -> tuple[bool, bool]:
        if self.band is not None:
            return self.band.outer.low_open, self.band.outer.high_open
        return (False, False) if self.may_have_yellow else self.is_strict

    @property
    def may_have_yellow(self) -> bool:
        """Whether there is a yellow zone, or can be one once the figures are there."""
        if self.band is not None:
            return self.band.has_yellow
        target = self.condition.target
        if isinstance(target, OwnTarget):
            return target.yellow is not None
        return isinstance(target, Against) and not isinstance(target.yellow, str) and target.yellow != target.green

    @property
    def edge(self) -> str:
        """A cell that holds a number exactly when there is a band."""
        return self.row.cell(self.columns.green_low if self.sides[0] else self.columns.green_high)

    # Edges

    def edge_values(self, band: Band | None) -> dict[Calc, float | None]:
        """The edges of a band as Excel keeps them."""
        if band is None:
            return {}
        in_excel = Fraction(1, 10**self.row.shift)
        ends = (
            (self.columns.green_low, band.green.low),
            (self.columns.green_high, band.green.high),
            (self.columns.outer_low, band.outer.low),
            (self.columns.outer_high, band.outer.high),
        )
        return {step: None if end is None else float(end * in_excel) for step, end in ends}

    def edge_formulas(self) -> dict[Calc, str]:
        """Edges that depend on figures, and what they are worked out from."""
        target = self.condition.target
        if isinstance(target, OwnTarget):
            return self._own_edges(target)
        if isinstance(target, Against) and self.is_open:
            return self._against_edges(target)
        return {}

    def _steps(self) -> tuple[tuple[Calc, Calc], ...]:
        """The green and the outer edge of each side that there is."""
        low = ((self.columns.green_low, self.columns.outer_low),) if self.sides[0] else ()
        high = ((self.columns.green_high, self.columns.outer_high),) if self.sides[1] else ()
        return low + high

    def _own_edges(self, target: OwnTarget) -> dict[Calc, str]:
        """The office's own target and zone, "" unless both are there and the zone lies on the right side."""
        own = self.row.typed(target.target)
        ((green, outer),) = self._steps()
        if target.yellow is None:
            edge = f'IF(ISNUMBER({own}),{self._as_shown(own)},"")'
            return {green: edge, outer: edge}
        zone = self.row.typed(target.yellow)
        in_order = f"{zone}<={own}" if target.better == "higher" else f"{zone}>={own}"
        return {
            step: f'IF(COUNT({own},{zone})=2,IF({in_order},{self._as_shown(cell)},""),"")'
            for step, cell in ((green, own), (outer, zone))
        }

    def _as_shown(self, edge: str) -> str:
        """An edge as values are compared with it: rounded as it is shown, unless they are compared exactly."""
        return f"ROUND({edge},{self.row.decimals})" if self.row.scorecard.comparison == "as_shown" else edge

    def _against_edges(self, target: Against) -> dict[Calc, str]:
        row = self.row
        found = self.reference(target)
        if found is None:
            return {self.columns.basis: '""'} | {step: '""' for steps in self._steps() for step in steps}
        is_there, above, below = found
        formulas = {self.columns.basis: f'IF({is_there},ROUND({above}/{below},{row.decimals}),"")'}
        offsets = (target.green, target.green if isinstance(target.yellow, str) else target.yellow)
        for steps in self._steps():
            sign = -1 if target.better == "on_target" and steps[0] is self.columns.green_low else 1
            for step, offset in zip(steps, offsets, strict=True):
                edge = self._as_shown(_moved(target, above, below, sign * offset, row.shift))
                if target.by == "percent" and any(offsets):
                    edge = f'IF({above}=0,"",{edge})'
                formulas[step] = f'IF({is_there},{edge},"")'
        return formulas

    def reference(self, target: Against) -> tuple[str, str, str] | None:
        """Whether the reference is there, and the whole numbers that it is the quotient of; None where it never can be."""
        row, indicator = self.row, self.row.indicator
        if target.measure is not None:
            cell, scale = row.typed(target.measure), row.decimals_of(target.measure)
            return f"ISNUMBER({cell})", scaled(cell, scale), str(10**scale)
        earlier = compared_period(target.reference, row.period)
        value = row.at(earlier, Calc.VALUE)
        upper, lower = row.at(earlier, Calc.UPPER), row.at(earlier, Calc.LOWER)
        if value is None or upper is None or lower is None or not indicator.are_comparable(earlier.end, row.period.end):
            return None
        if isinstance(indicator.figure, Amount):
            # Without its weight a mean can still be compared with; too few answers are not shown.
            there = value if indicator.question else upper
            return f"ISNUMBER({there})", upper, str(10**row.upper_scale)
        return f"ISNUMBER({value})", f"({upper}-{lower})" if isinstance(indicator.figure, Deviation) else upper, lower

    # What comes of it

    def verdict(self) -> str:
        """The status of the shown value held against the condition alone; the row has a value."""
        if not self.is_decided:
            return f'"{Status.UNDECIDED}"'
        compared = self.row.cell(Calc.SHOWN if self.row.scorecard.comparison == "as_shown" else Calc.VALUE)
        columns = self.columns
        green = _inside(self.row, compared, (columns.green_low, columns.green_high), self.sides, self.is_strict)
        outer = _inside(self.row, compared, (columns.outer_low, columns.outer_high), self.sides, self._is_outer_strict)
        worst = f'"{Status.NOT_DUE}"' if self.condition.waits else f'"{Status.RED}"'
        if self.may_have_yellow:
            worst = f'IF({outer},"{Status.YELLOW}",{worst})'
        zone = f'IF({green},"{Status.GREEN}",{worst})'
        if not self.is_open:
            return zone
        lack = Status.UNDECIDED if isinstance(self.condition.target, OwnTarget) else Status.NOT_ASSESSABLE
        return f'IF(ISNUMBER({self.edge}),{zone},"{lack}")'

    @property
    def is_undecided(self) -> str:
        """Whether nothing is agreed, as a formula: TRUE, FALSE or a test."""
        if not self.is_decided:
            return "TRUE"
        return f"NOT(ISNUMBER({self.edge}))" if isinstance(self.condition.target, OwnTarget) else "FALSE"

    # In words

    def reason(self, verdict: str) -> str:
        """Why the condition comes to what the cell `verdict` holds."""
        target, row, texts = self.condition.target, self.row, self.row.texts
        slots = {
            "value": row.quantity(Calc.SHOWN),
            "period": text_literal(texts.period(row.period.code)),
        }
        undecided = concatenated(texts(UNDECIDED_VALUE), slots)
        if not self.is_decided:
            return undecided
        if isinstance(target, Milestone):
            return self._milestone_reason(target, verdict)
        words = {
            message: concatenated(texts(message), slots | self.slots())
            for message in (GREEN, YELLOW, RED_WITHOUT_YELLOW, self._red)
        }
        red = words[self._red]
        if self.is_open and self.may_have_yellow and not any(self.is_strict):
            red = f"IF({self._no_yellow},{words[RED_WITHOUT_YELLOW]},{red})"
        cases = [(f'{verdict}="{Status.GREEN}"', words[GREEN])]
        if self.may_have_yellow:
            cases.append((f'{verdict}="{Status.YELLOW}"', words[YELLOW]))
        said = chosen(cases, red)
        if not self.is_open:
            return said
        if isinstance(target, Against):
            said = concatenated(texts(WITH_BASIS), {"sentence": said, "basis": self._basis(target)})
            return f"IF(ISNUMBER({self.edge}),{said},{self._lack(target)})"
        return f"IF(ISNUMBER({self.edge}),{said},{undecided})"

    @property
    def _red(self) -> str:
        if self.band is not None:
            return red_message(self.band)
        if not self.may_have_yellow:
            return RED_WITHOUT_YELLOW
        return RED_OUTSIDE if all(self.sides) else RED_BELOW if self.sides[0] else RED_ABOVE

    @property
    def _no_yellow(self) -> str:
        """Whether the zone has come to nothing, as a formula."""
        tests = [f"{self.row.cell(green)}={self.row.cell(outer)}" for green, outer in self._steps()]
        return all_of(tests)

    def slots(self) -> dict[str, str]:
        """The slots `green` and `yellow`: texts where the band is fixed, cells where figures decide."""
        row, texts = self.row, self.row.texts
        if self.band is not None:
            found = band_slots(row.indicator, self.condition, row.unit, texts)
            return {name: text_literal(words) for name, words in found.items()}
        mark = text_literal(unit_mark(row.unit, texts))
        green_low, green_high = (self._number(step) for step in (self.columns.green_low, self.columns.green_high))
        outer_low, outer_high = (self._number(step) for step in (self.columns.outer_low, self.columns.outer_high))
        if all(self.sides):
            green = concatenated(texts(BETWEEN), {"low": green_low, "high": green_high})
            yellow = concatenated(texts(BETWEEN), {"low": outer_low, "high": outer_high})
            return {"green": f"{green}&{mark}", "yellow": f"{yellow}&{mark}"}
        if self.sides[0]:
            message, edge = OVER if self.is_strict[0] else AT_LEAST, green_low
            low, high, ends = outer_low, green_low, (self.columns.outer_low, self.columns.green_low)
        else:
            message, edge = UNDER if self.is_strict[1] else AT_MOST, green_high
            low, high, ends = green_high, outer_high, (self.columns.green_high, self.columns.outer_high)
        least = f"MIN({self.row.cell(ends[0])},{self.row.cell(ends[1])})"
        joined = f'{low}&IF({least}>=0,"-"," – ")&{high}'
        return {
            "green": f"{concatenated(texts(message), {'edge': edge})}&{mark}",
            "yellow": f"{joined}&{mark}",
        }

    def _number(self, step: Calc) -> str:
        row = self.row
        return number_words(row.cell(step), row.indicator.decimals, row.unit)

    def _basis(self, target: Against) -> str:
        row, texts = self.row, self.row.texts
        number = row.quantity(self.columns.basis)
        period = text_literal(basis_period(target.reference, row.period, texts))
        return concatenated(texts(BASIS[target.reference]), {"reference": number, "period": period})

    def _lack(self, target: Against) -> str:
        """Why there is nothing to compare with."""
        row, texts = self.row, self.row.texts
        missing, zero = (
            text_literal(
                reference_sentence(row.indicator, target.reference, row.period, texts, is_zero=is_zero).read(texts)
            )
            for is_zero in (False, True)
        )
        return f"IF(ISNUMBER({row.cell(self.columns.basis)}),{zero},{missing})"

    def _milestone_reason(self, target: Milestone, verdict: str) -> str:
        row, texts = self.row, self.row.texts
        period = text_literal(texts.period(row.period.code))
        shown = row.cell(Calc.SHOWN)
        due = [step for step in target.steps if step.due <= row.period.end]
        slots = {
            "done": number_words(shown, 0, Unit.COUNT),
            "all": text_literal(str(len(target.steps))),
            "due": text_literal(str(len(due))),
            "period": period,
        }
        done = concatenated(texts(STEPS_DONE), slots)
        if not due:
            waiting = milestone_sentence(target, 0, row.period, Status.NOT_DUE, texts).read(texts)
            return f'IF({verdict}="{Status.GREEN}",{done},{text_literal(waiting)})'
        titles = ",".join(text_literal(step.title) for step in due)
        slots["step"] = f"CHOOSE(MIN(MAX({shown},0),{len(due) - 1})+1,{titles})"
        return f'IF({verdict}="{Status.GREEN}",{done},{concatenated(texts(STEPS_LATE), slots)})'

    def target_words(self) -> str:
        """The target in words, as a formula; a plain text where no figure decides."""
        row, texts = self.row, self.row.texts
        target = self.condition.target
        if isinstance(target, Milestone):
            return text_literal(step_words(target, row.period, texts))
        if self.band is not None:
            return text_literal(band_slots(row.indicator, self.condition, row.unit, texts)["green"])
        rule = text_literal(rule_words(row.scorecard, row.indicator, self.condition, texts))
        if not self.is_open:
            return rule
        words = self.slots()["green"]
        if isinstance(target, Against):
            words = concatenated(texts(WITH_BASIS), {"sentence": words, "basis": self._basis(target)})
        return f"IF(ISNUMBER({self.edge}),{words},{rule})"


def held_of(row: Row) -> tuple[Held, ...]:
    """What a row is held against."""
    conditions = conditions_of(row.indicator, row.period, place=row.place)
    if row.scorecard.comparison == "as_shown":
        conditions = tuple(condition_as_shown(each, row.indicator.decimals) for each in conditions)
    return tuple(Held(row, columns, each) for columns, each in zip(COLUMNS, conditions, strict=False))


def _moved(target: Against, above: str, below: str, offset: Fraction, shift: int) -> str:
    """The reference moved by an offset, as one quotient of whole numbers."""
    if not offset:
        return f"{above}/{below}"
    if target.by == "percent":
        parts = offset.denominator * 100
        return f"({above}*{parts}+ABS({above})*{number_literal(offset * offset.denominator)})/({below}*{parts})"
    # Points of a percentage are hundredths in Excel.
    in_excel = offset / 10**shift
    parts = in_excel.denominator
    return f"({above}*{parts}+{in_excel.numerator}*{below})/({below}*{parts})"


def _inside(
    row: Row, compared: str, steps: tuple[Calc, Calc], sides: tuple[bool, bool], is_strict: tuple[bool, bool]
) -> str:
    """Whether the compared value lies between the edges that there are."""
    tests = []
    if sides[0]:
        tests.append(f"{compared}{'>' if is_strict[0] else '>='}{row.cell(steps[0])}")
    if sides[1]:
        tests.append(f"{compared}{'<' if is_strict[1] else '<='}{row.cell(steps[1])}")
    return all_of(tests)
