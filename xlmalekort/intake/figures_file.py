"""Figures files (CSV): figures and comments of many offices, a line each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cached_property
from typing import TYPE_CHECKING

from xlmalekort.intake.identity_numbers import masked
from xlmalekort.intake.tables import NumberFault, Table, read_table, recognise_convention
from xlmalekort.layout.office import COMMENT_PREFIX, layout_of
from xlmalekort.locale import N_
from xlmalekort.locale.told import NumberText, Phrase
from xlmalekort.model.figure_kinds import Part
from xlmalekort.model.measures import Role, Unit
from xlmalekort.model.periods import Period
from xlmalekort.model.places import office_key
from xlmalekort.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction

    from xlmalekort.intake.tables import Convention, Row
    from xlmalekort.layout.office import Line, OfficeLayout
    from xlmalekort.model.indicators import Indicator
    from xlmalekort.model.measures import Measure
    from xlmalekort.model.scorecard import Scorecard

_KNOWN = ("office", "indicator", "field", "measure", "period", "value")
_LARGEST = 10**12
"""No figure of an office is larger; the workbook takes none either."""
_LONGEST_COMMENT = 32_767
"""What a cell of a workbook holds."""

_FEW = 5
"""So many names of other offices are told."""
_LONGEST_NAME = 40

UNDER_ZERO = N_("it is under 0")
NOT_WHOLE = N_("it is no whole number")
TOO_LARGE = N_("it is larger than can be")
TOO_PRECISE = N_("it has too many decimals")
DID_YOU_MEAN = N_("; did you mean {name}?")
TOO_LONG = N_("it is longer than a cell can hold")


@dataclass(frozen=True, slots=True)
class FigureEntry:
    """One figure or comment of a figures file.

    `line_id` is that of the layout's line: a measure's id, or `comment:` and an indicator's. `period` lies in the year,
    or in the year before for a reference figure. `value` is a number in the unit shown, or a comment's text. `line`
    counts from 1.
    """

    office: str
    line_id: str
    period: Period
    value: Fraction | str
    line: int


@dataclass(frozen=True, slots=True)
class FiguresFile:
    """What a figures file holds, in the order of its lines. Lines without a value are no entries.

    Where lines of other offices are left alone, `others` are the names of these, and `is_all_others` tells that there is
    no line besides.
    """

    file: str
    entries: tuple[FigureEntry, ...]
    problems: tuple[Problem, ...]
    others: tuple[str, ...] = ()
    is_all_others: bool = False


def read_figures(
    content: bytes,
    file: str,
    scorecard: Scorecard,
    year: int,
    offices: tuple[str, ...] | None,
    *,
    skips_others: bool = False,
) -> FiguresFile:
    r"""The usable figures of a file, and a problem (CSV-...) with its line for everything that is not.

    `offices` are the offices of the run; None takes any name. Where there is only one, the column `office` may be left
    out or empty. With `skips_others` the lines of other offices are told once (CSV-023) and not looked at any further,
    instead of line by line (CSV-003). Of a figure that is given twice with different values neither is used.

    What is no figure and is kept by a longer period, such as a county's rate of the whole year, may be given for a period
    inside it. A baseline may be given for the year before, from which it mostly is: it stands in this year's cell all the
    same. A number for the indicator's own period cannot be shared out among the shorter ones by which a figure is kept
    (CSV-021).

    >>> from xlmalekort.scorecards import load_scorecard
    >>> scorecard = load_scorecard("nav-buskerud-2009")
    >>> content = b"measure;period;value\nB.1.numerator;2009-01;12\n"
    >>> read_figures(content, "f.csv", scorecard, 2009, ("Tenkeby",)).entries[0].value
    Fraction(12, 1)
    """
    table = read_table(content, file, _KNOWN)
    if isinstance(table, Problem):
        return FiguresFile(file, (), (table,))
    fatal = _heading_problem(table, offices)
    if fatal:
        return FiguresFile(file, (), (fatal,))
    if skips_others and offices is not None:
        return _of_own_lines(_Reading(table, scorecard, year, offices))
    return _Reading(table, scorecard, year, offices).result()


def _of_own_lines(reading: _Reading) -> FiguresFile:
    """The reading of the lines of the run's offices alone; the others are counted and named."""
    table, offices = reading.table, reading.offices or ()
    others = [row for row in table.rows if not reading.is_own(row)]
    if not others:
        return reading.result()
    own = replace(table, rows=tuple(row for row in table.rows if reading.is_own(row)))
    # Numbers are written in one way throughout, which the lines of the others help to tell.
    found = replace(reading, table=own, written=tuple(table.rows)).result()
    spelt: dict[str, str] = {}
    for row in others:
        name = reading.cell(row, "office")
        spelt.setdefault(office_key(name), name)
    names = tuple(spelt.values())
    told = Problem(
        "CSV-023",
        file=table.file,
        line=others[0].line,
        slots={"count": str(len(others)), "names": few(names, offices), "office": ", ".join(offices)},
    )
    problems = tuple(sorted((*found.problems, told), key=lambda problem: problem.line or 0))
    return replace(found, problems=problems, others=names, is_all_others=not own.rows)


def few(names: tuple[str, ...], near: tuple[str, ...]) -> str:
    """The first of the names, those first that are spelt like one of `near`: one of them may be a slip of the pen."""
    keys = {office_key(name): name for name in names}
    alike = [keys[key] for each in near for key in get_close_matches(office_key(each), keys, n=_FEW)]
    ordered = list(dict.fromkeys((*alike, *names)))
    shown = ", ".join(masked(name)[:_LONGEST_NAME] for name in ordered[:_FEW])
    return f"{shown}, …" if len(ordered) > _FEW else shown


def _heading_problem(table: Table, offices: tuple[str, ...] | None) -> Problem | None:
    by_indicator = [name for name in ("indicator", "field") if name not in table.columns]
    by_measure = [name for name in ("measure",) if name not in table.columns]
    # What the file seems to want decides which column it is told to add.
    missing = [] if not by_measure or not by_indicator else by_indicator if len(by_indicator) == 1 else by_measure
    missing += [name for name in ("period", "value") if name not in table.columns]
    if missing:
        slots = {"missing": ", ".join(missing)}
        return Problem("CSV-002", file=table.file, line=table.heading_line, got=", ".join(table.columns), slots=slots)
    if "office" not in table.columns and not _single(offices):
        return Problem("CSV-014", file=table.file, line=table.heading_line)
    return None


def _single(offices: tuple[str, ...] | None) -> str | None:
    return offices[0] if offices is not None and len(offices) == 1 else None


class _Wrong(Exception):  # noqa: N818 - a finding about a line that ends the reading of that line, never leaves this module
    """The line cannot be used."""

    def __init__(self, code: str, got: str | None = None, **slots: str) -> None:
        super().__init__(code)
        self.code, self.got, self.slots = code, got, slots


@dataclass(frozen=True)
class _Reading:
    """The reading of one table. `written` are the rows that tell how numbers are written, where not those of the table."""

    table: Table
    scorecard: Scorecard
    year: int
    offices: tuple[str, ...] | None
    written: tuple[Row, ...] | None = None

    @cached_property
    def layout(self) -> OfficeLayout:
        return layout_of(self.scorecard, self.year)

    @cached_property
    def convention(self) -> Convention:
        values = (self.cell(row, "value") for row in self.written or self.table.rows if not self.is_comment(row))
        return recognise_convention(values, self.table.delimiter)

    @cached_property
    def office_by_key(self) -> dict[str, str]:
        return {office_key(office): office for office in self.offices or ()}

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        return {indicator.id.casefold(): indicator for indicator in self.scorecard.indicators}

    @cached_property
    def measures(self) -> dict[str, Measure]:
        return {measure.id.casefold(): measure for measure in self.scorecard.measures}

    def cell(self, row: Row, name: str) -> str:
        place = self.table.column(name)
        return row.values[place] if place is not None else ""

    def is_comment(self, row: Row) -> bool:
        return self.cell(row, "field").casefold() == Part.COMMENT

    def is_own(self, row: Row) -> bool:
        """Whether a line is for one of the offices of the run; one that names none is, where there is only one."""
        return office_key(self.cell(row, "office")) in ("", *self.office_by_key)

    def result(self) -> FiguresFile:
        problems = [*self.table.problems, *self.unknown_columns()]
        entries: list[FigureEntry] = []
        known_offices: dict[str, str] = {}
        for row in self.table.rows:
            try:
                entry = self.entry(row, known_offices)
            except _Wrong as wrong:
                problems.append(self.problem(row, wrong))
            else:
                entries += [entry] if entry else []
        problems += self.empty_values()
        kept, doubles = _without_doubles(entries, self.table.file, self.raw_values)
        problems = sorted([*problems, *doubles], key=lambda problem: problem.line or 0)
        return FiguresFile(self.table.file, kept, tuple(problems))

    def empty_values(self) -> Iterable[Problem]:
        lines = [row.line for row in self.table.rows if not self.cell(row, "value")]
        if lines:
            yield Problem("CSV-019", file=self.table.file, line=lines[0], slots={"count": str(len(lines))})

    @cached_property
    def raw_values(self) -> dict[int, str]:
        return {row.line: self.cell(row, "value") for row in self.table.rows}

    def unknown_columns(self) -> Iterable[Problem]:
        for name in self.table.columns:
            if name and name not in _KNOWN:
                yield Problem("CSV-016", file=self.table.file, line=self.table.heading_line, got=name)

    def problem(self, row: Row, wrong: _Wrong) -> Problem:
        indicator = self.indicators.get(self.cell(row, "indicator").casefold())
        measure = self.measures.get(self.cell(row, "measure").casefold())
        return Problem(
            wrong.code,
            file=self.table.file,
            line=row.line,
            indicator=indicator.id if indicator else None,
            measure=measure.id if measure else None,
            got=wrong.got,
            slots=wrong.slots,
        )

    def entry(self, row: Row, known_offices: dict[str, str]) -> FigureEntry | None:
        """The line's figure, None where it has no value; _Wrong where it cannot be used."""
        office = self.office(self.cell(row, "office"))
        office = known_offices.setdefault(office_key(office), office)
        line = self.line(row)
        period = self.period(self.cell(row, "period"), line)
        value = self.cell(row, "value")
        if not value:
            return None
        read = self.comment(value) if line.is_comment else self.number(value, line)
        return FigureEntry(office, line.id, period, read, row.line)

    def office(self, name: str) -> str:
        if not name:
            single = _single(self.offices)
            if single is None:
                raise _Wrong("CSV-014")
            return single
        if self.offices is None:
            return name
        found = self.office_by_key.get(office_key(name))
        if found is None:
            raise _Wrong("CSV-003", name, hint=hint(office_key(name), self.office_by_key))
        return found

    def line(self, row: Row) -> Line:
        by_indicator = self.line_of_field(row) if self.cell(row, "indicator") else None
        by_measure = self.line_of_measure(row) if self.cell(row, "measure") else None
        line = by_measure or by_indicator
        if line is None or (by_indicator and by_measure and by_indicator.id != by_measure.id):
            raise _Wrong("CSV-017")
        return line

    def line_of_measure(self, row: Row) -> Line:
        name = self.cell(row, "measure")
        measure = self.measures.get(name.casefold())
        if measure is None:
            near = {known: each.id for known, each in self.measures.items()}
            raise _Wrong("CSV-006", name, hint=hint(name.casefold(), near))
        return self.asked(measure.id, name)

    def line_of_field(self, row: Row) -> Line:
        name, field = self.cell(row, "indicator"), self.cell(row, "field")
        indicator = self.indicators.get(name.casefold())
        if indicator is None:
            near = {known: each.id for known, each in self.indicators.items()}
            raise _Wrong("CSV-004", name, hint=hint(name.casefold(), near))
        if field.casefold() == Part.COMMENT:
            return self.asked(COMMENT_PREFIX + indicator.id, name)
        parts: dict[str, tuple[str, ...]] = {part.value: measures for part, measures in indicator.fields}
        measures = parts.get(field.casefold())
        if measures is None and field.casefold() == Part.VALUE:
            measures = parts.get(Part.DONE)  # steps done are a value all the same
        if measures is None:
            fields = ", ".join((*parts, Part.COMMENT.value))
            raise _Wrong("CSV-005", field, indicator=indicator.id, fields=fields)
        if len(measures) > 1:
            raise _Wrong("CSV-012", field, field=field, indicator=indicator.id, measures=", ".join(measures))
        return self.asked(measures[0], name)

    def asked(self, line_id: str, name: str) -> Line:
        line = self.layout.line.get(line_id)
        if line is None:
            raise _Wrong("CSV-018", name)
        return line

    def period(self, code: str, line: Line) -> Period:
        try:
            period = Period.parse(code)
        except ValueError:
            period = None
        if period is not None and line.measure is not None:
            period = self.own_period(line, line.measure, period)
        if period is None or not self.takes(line, period):
            periods = (*self.layout.earlier_periods, *self.layout.periods)
            taken = [each for each in periods if self.takes(line, each)]
            raise _Wrong("CSV-007", code[:40], measure=line.id, periods=f"{taken[0]} – {taken[-1]}")
        return period

    def own_period(self, line: Line, measure: Measure, period: Period) -> Period:
        """The measure's own period that is meant where another one is named."""
        own = measure.own_periods(period)
        if not own or not self.takes(line, own[0]):
            return period
        is_shorter = measure.frequency.months < period.frequency.months
        users = (user for user, _ in self.scorecard.users[measure.id])
        if is_shorter and any(user.frequency.span is period.frequency for user in users):
            raise _Wrong("CSV-021", str(period), measure=measure.id, periods=", ".join(map(str, own)))
        if measure.role is Role.FIGURE:
            return period
        if measure.role is Role.BASELINE and period.year == self.year - 1:
            return Period(self.year, own[0].frequency, own[0].number)
        return own[0]

    def takes(self, line: Line, period: Period) -> bool:
        return self.layout.input_cell(line.id, period) is not None

    def comment(self, text: str) -> str:
        if len(text) > _LONGEST_COMMENT:
            raise _Wrong("CSV-015", text[:40], reason=Phrase(TOO_LONG), range=f"≤ {_LONGEST_COMMENT}")
        return text

    def number(self, text: str, line: Line) -> Fraction:
        measure = line.measure
        if measure is None:
            message = f"{line.id} holds no numbers"
            raise AssertionError(message)
        read = self.convention.read(text)
        if read is NumberFault.TWO_READINGS:
            raise _Wrong("CSV-009", text)
        if isinstance(read, NumberFault) or (read.is_percent and measure.unit is not Unit.PERCENT):
            raise _Wrong("CSV-008", text[:40], example=NumberText("74.9" if measure.decimals else "12"))
        if reason := not_allowed(read.value, measure):
            raise _Wrong("CSV-015", text, reason=Phrase(reason), range=_range(measure))
        return read.value


def not_allowed(value: Fraction, measure: Measure) -> str | None:
    """Why a measure cannot have the value, as a text of the catalogue; None where it can."""
    if value < 0 and not measure.negative:
        return UNDER_ZERO
    if (value * 10**measure.decimals).denominator != 1:
        return TOO_PRECISE if measure.decimals else NOT_WHOLE
    return TOO_LARGE if value > _maximum(measure) else None


def _maximum(measure: Measure) -> int:
    if measure.maximum is not None:
        return measure.maximum
    return 100 if measure.unit is Unit.PERCENT else _LARGEST


def _range(measure: Measure) -> str:
    """The numbers that are allowed and, in brackets, the step from one to the next, in signs."""
    numbers = f"≤ {_maximum(measure)}" if measure.negative else f"0 – {_maximum(measure)}"
    return NumberText(f"{numbers} ({1 if not measure.decimals else f'0.{1:0{measure.decimals}}'})")


def hint(key: str, near: dict[str, str]) -> str:
    """The end of a sentence that suggests the name whose key is nearest, empty where none is near."""
    found = get_close_matches(key, near, n=1)
    return Phrase(DID_YOU_MEAN, name=near[found[0]]) if found else ""


def _without_doubles(
    entries: list[FigureEntry], file: str, raw: dict[int, str]
) -> tuple[tuple[FigureEntry, ...], list[Problem]]:
    """The entries, each figure once, and a CSV-010 for each line that gives another value than the first one did."""
    groups: dict[tuple[str, str, Period], list[FigureEntry]] = {}
    for entry in entries:
        groups.setdefault((entry.office, entry.line_id, entry.period), []).append(entry)
    kept: list[FigureEntry] = []
    problems: list[Problem] = []
    for first, *others in groups.values():
        differing = [entry for entry in others if entry.value != first.value]
        if not differing:
            kept.append(first)
        for entry in differing:
            slots = {"other": str(first.line), "value": raw[first.line]}
            problem = Problem(
                "CSV-010", file=file, line=entry.line, period=entry.period.code, got=raw[entry.line], slots=slots
            )
            problems.append(problem)
    return tuple(kept), problems
