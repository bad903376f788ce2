"""What the survey sheet says: for each question how many answered, what, and what has changed since the year before.

A question is shown for the latest period of the year that it has answers for. All formulas look up the hidden sheets, where
a category without a figure and one that cannot be used leave the question without a result: a blank is not a 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from xlmalekort.judging.explain import number_words as told_number
from xlmalekort.judging.values import rounded
from xlmalekort.layout import look
from xlmalekort.layout.cells import column_name
from xlmalekort.layout.office import Calc, Sheet
from xlmalekort.locale import N_
from xlmalekort.model.figure_kinds import Amount, Change, Distribution
from xlmalekort.model.figures import Status
from xlmalekort.model.measures import Unit
from xlmalekort.model.periods import periods_of_year
from xlmalekort.template.formulas import chosen, concatenated, number_words, text_literal
from xlmalekort.template.row import Row, exempt_test
from xlmalekort.template.state import FormulaCell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from xlmalekort.judging.judge import Judgement
    from xlmalekort.layout.office import OfficeLayout
    from xlmalekort.layout.survey import SurveyGroup, SurveyRow
    from xlmalekort.model.periods import Period
    from xlmalekort.model.scorecard import Filter
    from xlmalekort.template.state import OfficeState, Value

ASKED = N_("{who} ({count} asked)")
EVERYBODY = N_("Asked of everybody")
ANSWERED = N_("{answered} of {all} questions have answers")
ANSWERED_SINCE = N_(
    "{answered} of {all} questions have answers; {better} better and {worse} worse than the year before"
)
NO_ANSWERS_YET = N_("No answers yet")
FEWER = N_("fewer than {least} answers")
NO_ANSWERS = N_("nobody answered")
NOT_USABLE = N_("A category is empty or cannot be used; see {control}")
NOT_COMPARED = N_("Not compared with {period}: {reason}")
NOTHING_BEFORE = N_("No answers of {period} to compare with")
FEWER_BEFORE = N_("Not compared: fewer than {least} answers in {period}")
NOT_USABLE_BEFORE = N_("Not compared: the answers of {period} cannot be used")

MESSAGE = (2, 2)
_REPORTED, _REJECTED = 1, 2


class Column(IntEnum):
    """The columns of the sheet, up to the first category; the others follow the last one."""

    POSITION = 0
    """Hidden: the number of the shown period within the year, from 1; 0 where nothing is shown."""
    STEP = 1
    """Hidden: 1 where the result is better than the year before, -1 where it is worse, else 0."""
    NUMBER = 2
    QUESTION = 3
    PERIOD = 4
    ANSWERS = 5
    RESULT = 6
    FIRST_CATEGORY = 7


@dataclass(frozen=True)
class Survey:
    """The sheet's formulas for an office."""

    state: OfficeState

    @property
    def layout(self) -> OfficeLayout:
        """Where everything lives."""
        return self.state.layout

    @cached_property
    def categories(self) -> int:
        """How many columns of categories there are."""
        return max((len(group.categories) for group in self.layout.survey), default=0)

    @property
    def before_column(self) -> int:
        """The column of the result of the year before."""
        return Column.FIRST_CATEGORY + self.categories

    @property
    def change_column(self) -> int:
        """The column of the change."""
        return self.before_column + 1

    @property
    def note_column(self) -> int:
        """The column that says why something is not shown or not compared; the last one."""
        return self.before_column + 2

    def cells(self) -> Iterator[FormulaCell]:
        """Every formula of the sheet, with the value that it gives."""
        for group in self.layout.survey:
            yield from self._heading(group)
            for question in group.questions:
                yield from _Question(self, question).cells()
        if self.layout.survey:
            yield self._message()

    def cell(self, place: tuple[int, int], formula: str, value: Value) -> FormulaCell:
        """A formula of the sheet."""
        return FormulaCell(Sheet.SURVEY, *place, formula, value)

    # Who is asked

    def _heading(self, group: SurveyGroup) -> Iterator[FormulaCell]:
        """Who is asked, with their number where it has been filled in."""
        asked_of = group.asked_of
        if asked_of is None or asked_of.base is None:
            return
        texts, layout = self.state.texts, self.layout
        base = self.state.scorecard.measure[asked_of.base]
        periods = periods_of_year(layout.year, base.frequency)
        cells = [layout.figure_reference(base.id, period) for period in reversed(periods)]
        found = chosen([(f"ISNUMBER({cell})", cell) for cell in cells[:-1]], cells[-1])
        count = number_words(found, base.decimals, base.unit)
        slots = {"who": text_literal(asked_of.title), "count": count}
        formula = f"IF(COUNT({','.join(cells)})=0,{text_literal(asked_of.title)},{concatenated(texts(ASKED), slots)})"
        yield self.cell((group.row, Column.QUESTION), formula, self._asked(asked_of, periods))

    def _asked(self, asked_of: Filter, periods: tuple[Period, ...]) -> str:
        base = self.state.scorecard.measure[asked_of.base or ""]
        found = [self.state.figures.get((base.id, period)) for period in periods]
        counts = [each.value for each in found if each is not None and each.value is not None]
        if not counts:
            return asked_of.title
        count = told_number(rounded(counts[-1], base.decimals), base.decimals, base.unit, self.state.texts)
        return self.state.texts(ASKED, who=asked_of.title, count=count)

    # The line that matters

    def _message(self) -> FormulaCell:
        layout, texts = self.layout, self.state.texts
        questions = [_Question(self, each) for group in layout.survey for each in group.questions]
        first, last = layout.survey[0].row + 1, questions[-1].row + 1

        def column(number: int) -> str:
            return f"${column_name(number)}${first}:${column_name(number)}${last}"

        # The headings of groups hold nothing in these columns.
        results = sum(each.result is not None for each in questions)
        steps = [each.step for each in questions]
        counts = {
            "answered": f"COUNT({column(Column.ANSWERS)})",
            "all": text_literal(str(len(questions))),
            "better": f"COUNTIF({column(Column.STEP)},1)",
            "worse": f"COUNTIF({column(Column.STEP)},-1)",
        }
        values = {"answered": results, "all": len(questions), "better": steps.count(1), "worse": steps.count(-1)}
        formula = chosen(
            [
                (f"COUNT({column(Column.ANSWERS)})=0", text_literal(texts(NO_ANSWERS_YET))),
                (f"COUNT({column(self.change_column)})=0", concatenated(texts(ANSWERED), counts)),
            ],
            concatenated(texts(ANSWERED_SINCE), counts),
        )
        has_changes = any(each.change is not None for each in questions)
        message = (ANSWERED_SINCE if has_changes else ANSWERED) if results else NO_ANSWERS_YET
        slots = values if results else {}
        return self.cell(MESSAGE, formula, texts(message, **slots))


class _Question:
    """The formulas of one question's row, and what they come to."""

    def __init__(self, survey: Survey, question: SurveyRow) -> None:
        self.survey = survey
        self.state = survey.state
        self.layout = survey.layout
        self.texts = survey.state.texts
        self.question = question
        self.indicator = question.indicator
        self.row = question.row
        self.periods = periods_of_year(self.layout.year, self.indicator.frequency)

    def cells(self) -> Iterator[FormulaCell]:
        """Every cell of the row."""
        yield self._position()
        yield self._cell(Column.STEP, self._step_formula(), self.step)
        names = [self.texts.period(period.code) for period in self.periods]
        formula = f'IF({self._at}=0,"",{self._chosen([text_literal(name) for name in names])})'
        yield self._cell(Column.PERIOD, formula, self.texts.period(self.shown.code) if self.shown else "")
        yield from self._results()
        yield from self._shares()
        yield from self._comparison()
        yield self._note()

    def _cell(self, column: int, formula: str, value: Value) -> FormulaCell:
        return self.survey.cell((self.row, column), formula, value)

    # Which period is shown

    @cached_property
    def is_exempt(self) -> bool:
        """Whether the office is exempt from every indicator that shows the question."""
        return all(each.id in self.state.submission.exempt for each in self.question.indicators)

    @cached_property
    def shown(self) -> Period | None:
        """The latest period of the year with answers."""
        if self.is_exempt:
            return None
        reported = [period for period in self.periods if self._judgement(period).observed.is_reported]
        return reported[-1] if reported else None

    @property
    def _exempt_test(self) -> str:
        return exempt_test(self.layout, self.question.indicators)

    def _judgement(self, period: Period) -> Judgement:
        return self.state.judgements[self.indicator.id, period]

    def _position(self) -> FormulaCell:
        numbered = list(enumerate(self.periods, 1))
        held = [(f"{self._step_of(period, Calc.STATE)}<>0", str(number)) for number, period in reversed(numbered)]
        value = self.periods.index(self.shown) + 1 if self.shown else 0
        return self._cell(Column.POSITION, chosen([(self._exempt_test, "0"), *held], "0"), value)

    @property
    def _at(self) -> str:
        return f"${column_name(Column.POSITION)}{self.row + 1}"

    def _step_of(self, period: Period, step: Calc) -> str:
        """A cell of the calculation sheet."""
        cell = self.layout.calc_reference(self.indicator.id, period, step)
        return f"{self.layout.quoted(Sheet.CALCULATION)}!{cell}"

    def _chosen(self, pieces: list[str]) -> str:
        """The piece of the shown period; there is one for each."""
        return pieces[0] if len(set(pieces)) == 1 else f"CHOOSE({self._at},{','.join(pieces)})"

    def _of_shown(self, piece: Callable[[Period], str]) -> str:
        return self._chosen([piece(period) for period in self.periods])

    # The result

    @cached_property
    def result(self) -> Fraction | None:
        """The mean or the share of the shown period, as shown; None where there is none to show."""
        return self._judgement(self.shown).shown if self.shown else None

    @cached_property
    def _row(self) -> Row:
        return Row(self.layout, self.indicator, self.periods[0], self.state.place)

    @property
    def _shift(self) -> int:
        return int(10**self._row.shift)

    @property
    def _here(self) -> str:
        """The cell of the result."""
        return f"${column_name(Column.RESULT)}{self.row + 1}"

    def _results(self) -> Iterator[FormulaCell]:
        found = self._of_shown(lambda period: self._step_of(period, Calc.SHOWN))
        formula = f'IF({self._at}=0,"",IF(ISNUMBER({found}),{found},""))'
        yield self._cell(Column.RESULT, formula, _number(self.result, self._shift))
        count = self._of_shown(lambda period: self._step_of(period, Calc.LOWER))
        if scale := self._row.lower_scale:
            count = f"{count}/{10**scale}"
        answers = self._judgement(self.shown).observed.lower if self.shown and self.result is not None else None
        if not self.indicator.rests_on_cases:
            count, answers = '""', None
        yield self._cell(Column.ANSWERS, f'IF(ISNUMBER({self._here}),{count},"")', _number(answers))

    def _shares(self) -> Iterator[FormulaCell]:
        """The share of each category of all answers."""
        figure = self.indicator.figure
        if not isinstance(figure, Distribution):
            return
        answers = f"${column_name(Column.ANSWERS)}{self.row + 1}"
        for place, measure in enumerate(figure.counts):
            count = self._chosen([self._counted(measure, period) for period in self.periods])
            value = None
            if self.shown is not None and self.result is not None:
                value = self._count(measure, self.shown) / (self._judgement(self.shown).observed.lower or Fraction(1))
            formula = f'IF(ISNUMBER({self._here}),{count}/{answers},"")'
            yield self._cell(Column.FIRST_CATEGORY + place, formula, _number(value))

    def _counted(self, measure: str, period: Period) -> str:
        periods = self.state.scorecard.measure[measure].own_periods(period)
        cells = [self.layout.figure_reference(measure, each) for each in periods]
        return cells[0] if len(cells) == 1 else f"SUM({','.join(cells)})"

    def _count(self, measure: str, period: Period) -> Fraction:
        periods = self.state.scorecard.measure[measure].own_periods(period)
        found = [self.state.figures.get((measure, each)) for each in periods]
        return sum((each.value for each in found if each is not None and each.value is not None), Fraction(0))

    # The year before

    def _is_comparable(self, period: Period) -> bool:
        return self.indicator.are_comparable(period.last_year.end, period.end)

    @cached_property
    def before(self) -> Fraction | None:
        """The result of the year before, None where the two are not compared."""
        if self.shown is None or self.result is None or not self._is_comparable(self.shown):
            return None
        return self._judgement(self.shown.last_year).shown

    @cached_property
    def change(self) -> Fraction | None:
        """How far the result has moved, in the unit shown, rounded once."""
        if self.shown is None or self.before is None:
            return None
        now, before = self._judgement(self.shown).value, self._judgement(self.shown.last_year).value
        return rounded((now or Fraction(0)) - (before or Fraction(0)), self.indicator.decimals)

    @cached_property
    def step(self) -> int:
        """1 where the change is for the better, -1 for the worse, else 0."""
        if not self.change or self.indicator.better == "on_target":
            return 0
        return 1 if (self.change > 0) is (self.indicator.better == "higher") else -1

    def _step_formula(self) -> str:
        change = f"${column_name(self.survey.change_column)}{self.row + 1}"
        sign = {"higher": f"SIGN({change})", "lower": f"-SIGN({change})", "on_target": "0"}[self.indicator.better]
        return sign if sign == "0" else f"IF(ISNUMBER({change}),{sign},0)"

    def _comparison(self) -> Iterator[FormulaCell]:
        columns = self.survey.before_column, self.survey.change_column
        before = f"${column_name(columns[0])}{self.row + 1}"
        found = self._of_shown(
            lambda period: self._step_of(period.last_year, Calc.SHOWN) if self._is_comparable(period) else '""'
        )
        formula = f'IF(ISNUMBER({self._here}),IF(ISNUMBER({found}),{found},""),"")'
        yield self._cell(columns[0], formula, _number(self.before, self._shift))
        moved = f"ROUND({self._of_shown(self._moved)},{self.indicator.decimals})"
        yield self._cell(columns[1], f'IF(ISNUMBER({before}),{moved},"")', _number(self.change))

    def _moved(self, period: Period) -> str:
        """The exact change in the unit shown, as one fraction of whole numbers where the sheet has them."""
        value, upper, lower = (self._step_of(period, step) for step in (Calc.VALUE, Calc.UPPER, Calc.LOWER))
        earlier = [self._step_of(period.last_year, step) for step in (Calc.VALUE, Calc.UPPER, Calc.LOWER)]
        times = "100*" if self._row.unit is Unit.PERCENT else ""
        match self.indicator.figure:
            case Amount():
                scale = 10**self._row.upper_scale
                return f"{times}({upper}-{earlier[1]})" + (f"/{scale}" if scale > 1 else "")
            case Change():
                return f"{times}({value}-{earlier[0]})"
            case _:
                return f"{times}({upper}*{earlier[2]}-{earlier[1]}*{lower})/({lower}*{earlier[2]})"

    # What is not shown, and why

    def notes(self) -> tuple[str, ...]:
        """Everything that the note can say, for the height of the row."""
        pieces = [self._not_compared(period) for period in self.periods]
        return (self._few, self._not_usable, *pieces)

    @property
    def _few(self) -> str:
        least = self.indicator.least_denominator
        return self.texts(FEWER, least=least) if least else self.texts(NO_ANSWERS)

    @property
    def _not_usable(self) -> str:
        return self.texts(NOT_USABLE, control=self.layout.title(Sheet.CONTROL))

    def _not_compared(self, period: Period) -> str:
        """Why a break lies between a period and the same one of the year before; "" where none does."""
        broken = self.indicator.break_between(period.last_year.end, period.end)
        if broken is None:
            return ""
        name = self.texts.period(period.last_year.code)
        return self.texts(NOT_COMPARED, period=name, reason=broken.reason)

    def _lacks(self, period: Period) -> dict[int, str]:
        """Why there is nothing to compare with, by the state of the same period of the year before."""
        slots = {"period": self.texts.period(period.last_year.code), "least": self.indicator.least_denominator}
        few = FEWER_BEFORE if self.indicator.least_denominator else NOTHING_BEFORE
        return {
            0: self.texts(NOTHING_BEFORE, **slots),
            _REPORTED: self.texts(few, **slots),
            _REJECTED: self.texts(NOT_USABLE_BEFORE, **slots),
        }

    def _note(self) -> FormulaCell:
        exempt = text_literal(look.status_label(Status.NOT_APPLICABLE, self.texts))
        nothing = f"IF({self._exempt_test},{exempt},{text_literal(self.texts(NO_ANSWERS_YET))})"
        state = self._of_shown(lambda period: self._step_of(period, Calc.STATE))
        lack = f"IF({state}={_REJECTED},{text_literal(self._not_usable)},{text_literal(self._few)})"
        compared = self._of_shown(self._compared_note)
        formula = f"IF({self._at}=0,{nothing},IF(ISNUMBER({self._here}),{compared},{lack}))"
        return self._cell(self.survey.note_column, formula, self.note)

    def _compared_note(self, period: Period) -> str:
        if broken := self._not_compared(period):
            return text_literal(broken)
        before = f"${column_name(self.survey.before_column)}{self.row + 1}"
        state, words = self._step_of(period.last_year, Calc.STATE), self._lacks(period)
        cases = [(f"ISNUMBER({before})", '""')]
        cases += [(f"{state}={each}", text_literal(words[each])) for each in (0, _REJECTED)]
        return chosen(cases, text_literal(words[_REPORTED]))

    @property
    def note(self) -> str:
        """The note of the row."""
        if self.is_exempt:
            return look.status_label(Status.NOT_APPLICABLE, self.texts)
        if self.shown is None:
            return self.texts(NO_ANSWERS_YET)
        if self.result is None:
            return self._not_usable if self._judgement(self.shown).observed.is_rejected else self._few
        if broken := self._not_compared(self.shown):
            return broken
        if self.before is not None:
            return ""
        observed = self._judgement(self.shown.last_year).observed
        state = _REJECTED if observed.is_rejected else _REPORTED if observed.is_reported else 0
        return self._lacks(self.shown)[state]


def _number(value: Fraction | None, shift: int = 1) -> Value:
    return "" if value is None else float(value / shift)


def notes_of(survey: Survey, question: SurveyRow) -> tuple[str, ...]:
    """Everything that the note of a question can say."""
    return _Question(survey, question).notes()
