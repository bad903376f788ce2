"""The hidden sheet that works local goals out, step by step, and what the two visible sheets show of it.

The formulas follow the same rules as Python: `intake.local_sheet` decides which cells hold a figure, `judging.local_goals`
the status and the reason. Each line of the sheet of local goals has one row; all of them follow the period chooser.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from xlmalekort.intake.local_sheet import LOCAL_RULES
from xlmalekort.intake.numbers import LARGEST, NOISE
from xlmalekort.judging.explain import (
    AT_LEAST,
    AT_MOST,
    CONTROL_TITLE,
    GREEN,
    MISSING,
    NOT_DUE,
    RED_ABOVE,
    RED_BELOW,
    RED_WITHOUT_YELLOW,
    REJECTED,
    UNDECIDED,
    UNDECIDED_LACK,
    UNDECIDED_VALUE,
    YELLOW,
    quantity,
    unit_mark,
)
from xlmalekort.judging.local_goals import (
    INCOMPLETE,
    UNUSABLE_EDGE,
    WRONG_SIDE,
    edge_words,
    explain_local,
    judge_local,
)
from xlmalekort.layout import look
from xlmalekort.layout.cells import a1, column_name
from xlmalekort.layout.local import (
    BETTER_WORDS,
    LOCAL_FIRST_PERIOD,
    LOCAL_FIRST_ROW,
    LOCAL_HEADING_ROW,
    LOCAL_STEPS_FIRST_ROW,
    LocalColumn,
    LocalStep,
    local_rows,
)
from xlmalekort.layout.office import SCORECARD_FIRST_ROW, OfficeLayout, Sheet
from xlmalekort.locale import N_
from xlmalekort.model.figures import Status
from xlmalekort.model.local_goals import LOCAL_DECIMALS
from xlmalekort.model.measures import Unit
from xlmalekort.model.periods import EndOfNextMonth, ready_date
from xlmalekort.template.figure_sheet import CLOCK
from xlmalekort.template.formulas import UNUSABLE, chosen, concatenated, count_of_digits, serial, text_literal
from xlmalekort.template.state import ConstantCell, FormulaCell

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from fractions import Fraction

    from xlmalekort.judging.judge import Judgement
    from xlmalekort.model.local_goals import Edge, LocalGoal
    from xlmalekort.template.state import OfficeState, Value

PERIOD_NAME = "mk_period"
SHOWN_PERIOD = (LOCAL_HEADING_ROW - 2, LocalColumn.RESULT)
"""The cell of the visible sheet that names the chosen period."""

NO_PERIOD = N_("Choose a period on the sheet {scorecard}")
ONE_GOAL = N_("{count} local goal: see {local}")
MORE_GOALS = N_("{count} local goals: see {local}")

_UNITS = tuple(Unit)
_PERCENT = _UNITS.index(Unit.PERCENT) + 1
_HIGHER, _LOWER = 1, 2


def local_cells(state: OfficeState) -> Iterator[FormulaCell | ConstantCell]:
    """Every cell of the hidden sheet, and the formulas of that of local goals, with what each comes to."""
    steps = _Steps(state)
    yield from steps.lists()
    for position in range(1, local_rows(state.submission.local_goals) + 1):
        yield from steps.row(position)
        yield from steps.shown(position)
    yield steps.period_cell()


def local_line(state: OfficeState) -> FormulaCell:
    """The line below the scorecard that says that there are local goals."""
    return _Steps(state).line_of_scorecard()


def local_line_place(layout: OfficeLayout) -> tuple[int, int]:
    """The cell of the scorecard sheet, right below its table, that says that there are local goals."""
    return max(layout.scorecard_rows.values(), default=SCORECARD_FIRST_ROW) + 1, 0


def _choose(by_unit: Mapping[Unit, object]) -> str:
    """The choices of a CHOOSE by the number of the unit."""
    return ",".join(str(by_unit[unit]) for unit in _UNITS)


def _stored(value: Fraction | None, unit: Unit | None) -> Value:
    return "" if value is None or unit is None else look.excel_number(value, unit)


@dataclass(frozen=True)
class _Steps:
    """The steps of one workbook."""

    state: OfficeState

    @property
    def layout(self) -> OfficeLayout:
        return self.state.layout

    @cached_property
    def goals(self) -> dict[int, LocalGoal]:
        return {goal.position: goal for goal in self.state.submission.local_goals}

    @cached_property
    def judgements(self) -> dict[int, Judgement]:
        chosen, today = self.state.chosen, self.state.today
        return {position: judge_local(goal, chosen, today) for position, goal in self.goals.items()}

    # Addresses

    def _line(self, column: LocalColumn | int, position: int) -> str:
        """A cell of the sheet of local goals, seen from the hidden one."""
        return self.layout.absolute(Sheet.LOCAL, (LOCAL_FIRST_ROW + position - 1, int(column)))

    def _figures(self, position: int) -> str:
        last = LOCAL_FIRST_PERIOD + len(self.layout.choosable) - 1
        row = LOCAL_FIRST_ROW + position
        return f"{self._line(LOCAL_FIRST_PERIOD, position)}:${column_name(last)}${row}"

    def _own(self, step: LocalStep, position: int) -> str:
        return f"${column_name(step)}{LOCAL_STEPS_FIRST_ROW + position}"

    def _from_outside(self, step: LocalStep, position: int) -> str:
        return self.layout.absolute(Sheet.LOCAL_STEPS, (LOCAL_STEPS_FIRST_ROW + position - 1, step))

    def _list(self, step: LocalStep, count: int) -> str:
        letters = column_name(step)
        return f"${letters}${LOCAL_STEPS_FIRST_ROW + 1}:${letters}${LOCAL_STEPS_FIRST_ROW + count}"

    @property
    def _chosen(self) -> str:
        return f"${column_name(LocalStep.CHOSEN)}${LOCAL_STEPS_FIRST_ROW + 1}"

    def _of_period(self, step: LocalStep) -> str:
        """What a list of periods has for the chosen one."""
        return f"INDEX({self._list(step, len(self.layout.choosable))},{self._chosen})"

    # Lists

    def lists(self) -> Iterator[FormulaCell | ConstantCell]:
        """The periods that can be chosen, the statuses, and which period is chosen."""
        layout, texts = self.layout, self.state.texts

        def constant(row: int, step: LocalStep, value: Value) -> ConstantCell:
            return ConstantCell(Sheet.LOCAL_STEPS, row, step, value)

        for step in LocalStep:
            yield constant(LOCAL_STEPS_FIRST_ROW - 1, step, step.name.lower())
        for row, period in enumerate(layout.choosable, LOCAL_STEPS_FIRST_ROW):
            ready = ready_date(period, EndOfNextMonth(), 0)
            yield constant(row, LocalStep.PERIOD, period.code)
            yield constant(row, LocalStep.PERIOD_NAME, texts.period(period.code))
            yield constant(row, LocalStep.STARTS, serial(period.start))
            yield constant(row, LocalStep.READY, serial(ready))
            yield constant(row, LocalStep.READY_DAY, texts.date(ready))
        for row, status in enumerate(Status, LOCAL_STEPS_FIRST_ROW):
            yield constant(row, LocalStep.STATUSES, str(status))
            yield constant(row, LocalStep.LABELS, look.status_label(status, texts))
        codes = self._list(LocalStep.PERIOD, len(layout.choosable))
        formula = f"IFERROR(MATCH(TRIM({PERIOD_NAME}),{codes},0),0)"
        number = layout.choosable.index(self.state.chosen) + 1
        yield FormulaCell(Sheet.LOCAL_STEPS, LOCAL_STEPS_FIRST_ROW, LocalStep.CHOSEN, formula, number)

    # One row

    def row(self, position: int) -> Iterator[FormulaCell]:
        """The steps of a line."""
        values = self._values(position)
        for step, formula in self._formulas(position).items():
            yield FormulaCell(
                Sheet.LOCAL_STEPS, LOCAL_STEPS_FIRST_ROW + position - 1, step, formula, values.get(step, "")
            )

    def _formulas(self, position: int) -> dict[LocalStep, str]:
        def own(step: LocalStep) -> str:
            return self._own(step, position)

        typed = f"{self._line(LocalColumn.TITLE, position)}:{self._end(LocalColumn.RESPONSIBLE, position)}"
        letters = f"SUMPRODUCT(LEN(TRIM({typed})))+SUMPRODUCT(LEN(TRIM({self._figures(position)})))"
        figure = f"INDEX({self._figures(position)},1,{self._chosen})"
        clock = self.layout.absolute(Sheet.FIGURES, CLOCK)
        begun = f'IF({self._of_period(LocalStep.STARTS)}>{clock},"{UNUSABLE}",{{checked}})'
        decimals = {unit: LOCAL_DECIMALS[unit] + (2 if unit is Unit.PERCENT else 0) for unit in _UNITS}
        places = f"CHOOSE({own(LocalStep.UNIT)},{_choose(decimals)})"
        return {
            LocalStep.FILLED: f"IF(IFERROR({letters},1)>0,1,0)",
            LocalStep.UNIT: self._number_of(LocalColumn.UNIT, position, [look.UNIT_WORDS[unit] for unit in _UNITS]),
            LocalStep.BETTER: self._number_of(LocalColumn.BETTER, position, list(BETTER_WORDS.values())),
            LocalStep.TARGET: self._checked(self._line(LocalColumn.TARGET, position), own(LocalStep.UNIT)),
            LocalStep.YELLOW: self._checked(self._line(LocalColumn.YELLOW, position), own(LocalStep.UNIT)),
            LocalStep.FIGURE: f'IF({self._chosen}=0,"",{self._checked(figure, own(LocalStep.UNIT), begun)})',
            LocalStep.SHOWN: f'IF(ISNUMBER({own(LocalStep.FIGURE)}),ROUND({own(LocalStep.FIGURE)},{places}),"")',
            **self._edge_formulas(position, places),
            LocalStep.STATUS: self._status(position),
            **self._word_formulas(position),
            LocalStep.WHY: self._why(position),
        }

    def _end(self, column: LocalColumn, position: int) -> str:
        return f"${column_name(column)}${LOCAL_FIRST_ROW + position}"

    def _number_of(self, column: LocalColumn, position: int, words: list[str]) -> str:
        """The number of the word of a list that a cell holds, from 1; 0 where it holds none of them."""
        listed = ",".join(text_literal(self.state.texts(word)) for word in words)
        numbers = ",".join(str(number) for number in range(1, len(words) + 1))
        return f"IFERROR(SUMPRODUCT((TRIM({self._line(column, position)})={{{listed}}})*{{{numbers}}}),0)"

    def _checked(self, cell: str, unit: str, wrapped: str = "{checked}") -> str:
        """The rule of `intake.numbers` for one cell of a line: a number, "" for nothing, "?" for what cannot be used."""
        rules = LOCAL_RULES.items()
        highest = f"CHOOSE({unit},{_choose({each: rule.maximum for each, rule in rules})})"
        lowest = _choose({each: -LARGEST if rule.may_be_negative else 0 for each, rule in rules})
        rounded = f"ROUND({cell},CHOOSE({unit},{_choose({each: rule.decimals for each, rule in rules})}))"
        bad = f"OR({cell}>{highest},{cell}<CHOOSE({unit},{lowest}),ABS({cell}-{rounded})>={NOISE:f})"
        number = f'IF({bad},"{UNUSABLE}",{rounded})'
        trimmed = f"TRIM({cell})"
        usable = f"AND(LEN({trimmed})<=9,{count_of_digits(trimmed)}=LEN({trimmed}))"
        text = f'IF({unit}={_PERCENT},"{UNUSABLE}",IF({usable},VALUE({trimmed}),"{UNUSABLE}"))'
        checked = wrapped.format(checked=f'IF(ISNUMBER({cell}),{number},IF(ISTEXT({cell}),{text},"{UNUSABLE}"))')
        is_nothing = f'IF(ISBLANK({cell}),TRUE,IF(ISTEXT({cell}),{trimmed}="",FALSE))'
        return f'IF({unit}=0,"",IF({is_nothing},"",{checked}))'

    def _edge_formulas(self, position: int, places: str) -> dict[LocalStep, str]:
        """Target and zone as they are compared, "" unless they can be used and the zone lies on the right side."""
        better, target, yellow, green = (
            self._own(step, position)
            for step in (LocalStep.BETTER, LocalStep.TARGET, LocalStep.YELLOW, LocalStep.GREEN)
        )
        edge = f"ROUND({target},{places})"
        in_order = f"IF({better}={_HIGHER},{yellow}<={target},{yellow}>={target})"
        zoned = f'IF(ISNUMBER({yellow}),IF({in_order},{edge},""),"")'
        return {
            LocalStep.GREEN: f'IF({better}=0,"",IF(ISNUMBER({target}),IF({yellow}="",{edge},{zoned}),""))',
            LocalStep.OUTER: f'IF({green}="","",IF({yellow}="",{green},ROUND({yellow},{places})))',
        }

    def _status(self, position: int) -> str:
        filled, better, figure, shown, green, outer = (
            self._own(step, position)
            for step in (
                LocalStep.FILLED,
                LocalStep.BETTER,
                LocalStep.FIGURE,
                LocalStep.SHOWN,
                LocalStep.GREEN,
                LocalStep.OUTER,
            )
        )
        clock = self.layout.absolute(Sheet.FIGURES, CLOCK)

        def reaches(edge: str) -> str:
            return f"IF({better}={_HIGHER},{shown}>={edge},{shown}<={edge})"

        judged = f'IF({reaches(green)},"{Status.GREEN}",IF({reaches(outer)},"{Status.YELLOW}","{Status.RED}"))'
        absent = f'IF({clock}>{self._of_period(LocalStep.READY)},"{Status.MISSING}","{Status.NOT_DUE}")'
        decided = f'IF({green}="","{Status.UNDECIDED}",IF({figure}="",{absent},{judged}))'
        rejected = f'IF({figure}="{UNUSABLE}","{Status.REJECTED}",{decided})'
        return f'IF({filled}=0,"",IF({self._chosen}=0,"",{rejected}))'

    def _word_formulas(self, position: int) -> dict[LocalStep, str]:
        """Value, target and zone with their unit, "" where there is none."""
        texts = self.state.texts
        unit, better, shown, green, outer = (
            self._own(step, position)
            for step in (LocalStep.UNIT, LocalStep.BETTER, LocalStep.SHOWN, LocalStep.GREEN, LocalStep.OUTER)
        )
        mark = f"CHOOSE({unit},{_choose({each: text_literal(unit_mark(each, texts)) for each in _UNITS})})"
        decimals = f"CHOOSE({unit},{_choose(LOCAL_DECIMALS)})"
        is_plain = f"CHOOSE({unit},{_choose({each: 'FALSE' if each.is_grouped else 'TRUE' for each in _UNITS})})"

        def fixed(cell: str) -> str:
            return f"FIXED({cell}*IF({unit}={_PERCENT},100,1),{decimals},{is_plain})"

        aims = [concatenated(texts(message), {"edge": fixed(green)}) for message in (AT_LEAST, AT_MOST)]
        low, high = (f"IF({better}={_HIGHER},{one},{other})" for one, other in ((outer, green), (green, outer)))
        span = f'{fixed(low)}&IF({low}<0," – ","-")&{fixed(high)}'
        return {
            LocalStep.VALUE_WORDS: f'IF(ISNUMBER({shown}),{fixed(shown)}&{mark},"")',
            LocalStep.GREEN_WORDS: f'IF({green}="","",IF({better}={_HIGHER},{aims[0]},{aims[1]})&{mark})',
            LocalStep.YELLOW_WORDS: f'IF({green}="","",IF({green}={outer},"",{span}&{mark}))',
        }

    def _why(self, position: int) -> str:
        texts = self.state.texts

        def own(step: LocalStep) -> str:
            return self._own(step, position)

        slots = {
            "period": self._of_period(LocalStep.PERIOD_NAME),
            "date": self._of_period(LocalStep.READY_DAY),
            "value": own(LocalStep.VALUE_WORDS),
            "green": own(LocalStep.GREEN_WORDS),
            "yellow": own(LocalStep.YELLOW_WORDS),
            "control": text_literal(texts(CONTROL_TITLE)),
        }

        def said(message: str) -> str:
            return concatenated(texts(message), slots)

        target, yellow, better = own(LocalStep.TARGET), own(LocalStep.YELLOW), own(LocalStep.BETTER)
        clock = self.layout.absolute(Sheet.FIGURES, CLOCK)
        missing = concatenated(texts(UNDECIDED_LACK), {"reason": said(MISSING)})
        without_figure = f"IF({clock}>{self._of_period(LocalStep.READY)},{missing},{said(UNDECIDED)})"
        without_target = f"IF(ISNUMBER({own(LocalStep.SHOWN)}),{said(UNDECIDED_VALUE)},{without_figure})"
        undecided = f'IF({target}="",{without_target},{said(WRONG_SIDE)})'
        undecided = f'IF(OR({target}="{UNUSABLE}",{yellow}="{UNUSABLE}"),{said(UNUSABLE_EDGE)},{undecided})'
        undecided = f"IF(OR({own(LocalStep.UNIT)}=0,{better}=0),{said(INCOMPLETE)},{undecided})"
        red = f"IF({better}={_HIGHER},{said(RED_BELOW)},{said(RED_ABOVE)})"
        sentences = {
            Status.REJECTED: said(REJECTED),
            Status.UNDECIDED: undecided,
            Status.MISSING: said(MISSING),
            Status.NOT_DUE: said(NOT_DUE),
            Status.GREEN: said(GREEN),
            Status.YELLOW: said(YELLOW),
            Status.RED: f"IF({own(LocalStep.GREEN)}={own(LocalStep.OUTER)},{said(RED_WITHOUT_YELLOW)},{red})",
        }
        return chosen([(f'{own(LocalStep.STATUS)}="{status}"', words) for status, words in sentences.items()], '""')

    def _values(self, position: int) -> dict[LocalStep, Value]:
        """What the steps of a line come to; those that are not there come to ""."""
        goal = self.goals.get(position)
        if goal is None:
            return {LocalStep.FILLED: 0, LocalStep.UNIT: 0, LocalStep.BETTER: 0}
        texts, judgement = self.state.texts, self.judgements[position]
        figure = goal.figures.get(self.state.chosen)
        band = judgement.band
        outer = None
        if band is not None:
            outer = band.outer.low if goal.better == "higher" else band.outer.high
        shown = judgement.shown
        unit = goal.unit or Unit.COUNT
        green_words, yellow_words = edge_words(goal, judgement, texts)
        return {
            LocalStep.FILLED: 1,
            LocalStep.UNIT: 0 if goal.unit is None else _UNITS.index(goal.unit) + 1,
            LocalStep.BETTER: 0 if goal.better is None else list(BETTER_WORDS).index(goal.better) + 1,
            LocalStep.TARGET: self._edge(goal, "target", goal.target),
            LocalStep.YELLOW: self._edge(goal, "yellow", goal.yellow),
            LocalStep.FIGURE: ""
            if figure is None
            else UNUSABLE
            if figure.value is None
            else _stored(figure.value, goal.unit),
            LocalStep.SHOWN: _stored(shown, goal.unit),
            LocalStep.GREEN: _stored(band.target if band is not None else None, goal.unit),
            LocalStep.OUTER: _stored(outer, goal.unit),
            LocalStep.STATUS: str(judgement.status),
            LocalStep.VALUE_WORDS: "" if shown is None else quantity(shown, judgement.indicator, unit, texts),
            LocalStep.GREEN_WORDS: green_words,
            LocalStep.YELLOW_WORDS: yellow_words,
            LocalStep.WHY: explain_local(goal, judgement, texts),
        }

    def _edge(self, goal: LocalGoal, edge: Edge, value: Fraction | None) -> Value:
        return UNUSABLE if edge in goal.unusable else _stored(value, goal.unit)

    # What people see

    def shown(self, position: int) -> Iterator[FormulaCell]:
        """Result, status and reason of a line."""
        values = self._values(position)
        row = LOCAL_FIRST_ROW + position - 1
        result, status, why = (
            self._from_outside(step, position) for step in (LocalStep.SHOWN, LocalStep.STATUS, LocalStep.WHY)
        )
        statuses, labels = (
            f"{self.layout.quoted(Sheet.LOCAL_STEPS)}!{self._list(step, len(Status))}"
            for step in (LocalStep.STATUSES, LocalStep.LABELS)
        )
        code = values.get(LocalStep.STATUS)
        label = look.status_label(Status(str(code)), self.state.texts) if code else ""
        yield FormulaCell(
            Sheet.LOCAL, row, LocalColumn.RESULT, f'IF({result}="","",{result})', values.get(LocalStep.SHOWN, "")
        )
        found = f'IFERROR(INDEX({labels},MATCH({status},{statuses},0)),"")'
        yield FormulaCell(Sheet.LOCAL, row, LocalColumn.STATUS, found, label)
        yield FormulaCell(Sheet.LOCAL, row, LocalColumn.WHY, f'{why}&""', values.get(LocalStep.WHY, ""))

    def period_cell(self) -> FormulaCell:
        """The name of the chosen period above the results."""
        texts, layout = self.state.texts, self.layout
        number = layout.absolute(Sheet.LOCAL_STEPS, (LOCAL_STEPS_FIRST_ROW, LocalStep.CHOSEN))
        names = f"{layout.quoted(Sheet.LOCAL_STEPS)}!{self._list(LocalStep.PERIOD_NAME, len(layout.choosable))}"
        choose = text_literal(texts(NO_PERIOD, scorecard=layout.title(Sheet.SCORECARD)))
        formula = f"IF({number}=0,{choose},INDEX({names},{number}))"
        return FormulaCell(Sheet.LOCAL, *SHOWN_PERIOD, formula, texts.period(self.state.chosen.code))

    def line_of_scorecard(self) -> FormulaCell:
        """The line below the scorecard that says that there are local goals; nothing where there are none."""
        texts, layout = self.state.texts, self.layout
        letters, rows = column_name(LocalStep.FILLED), local_rows(self.state.submission.local_goals)
        first, last = LOCAL_STEPS_FIRST_ROW + 1, LOCAL_STEPS_FIRST_ROW + rows
        count = f"SUM({layout.quoted(Sheet.LOCAL_STEPS)}!${letters}${first}:${letters}${last})"
        title = layout.title(Sheet.LOCAL)
        one, more = (
            concatenated(texts(message), {"count": count, "local": text_literal(title)})
            for message in (ONE_GOAL, MORE_GOALS)
        )
        link = text_literal(f"#{layout.quoted(Sheet.LOCAL)}!{a1(0, 0)}")
        formula = f'IF({count}=0,"",HYPERLINK({link},IF({count}=1,{one},{more})))'
        found = len(self.goals)
        value = texts(ONE_GOAL if found == 1 else MORE_GOALS, count=found, local=title) if found else ""
        return FormulaCell(Sheet.SCORECARD, *local_line_place(layout), formula, value)
