"""The one table of facts that every total is a query on: measure, unit, period, value, source."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from xlmalekort.locale.told import PeriodName
from xlmalekort.model.figures import Figure
from xlmalekort.model.measures import Level
from xlmalekort.model.periods import periods_of_year
from xlmalekort.model.places import office_key
from xlmalekort.problems import Problem
from xlmalekort.rollup.measures import first_use
from xlmalekort.rollup.submissions import told

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from xlmalekort.model.figures import Submission
    from xlmalekort.model.measures import Measure
    from xlmalekort.model.periods import Period
    from xlmalekort.model.register import Office, Register
    from xlmalekort.model.scorecard import Scorecard
    from xlmalekort.rollup.submissions import Delivered

Column = dict[str, Figure]
"""The figures of one measure and period by the key of the unit that holds them."""
_NONE: Column = {}


@dataclass(frozen=True)
class Facts:
    """The figures that count, and those of earlier years for comparison.

    A figure whose value is None was reported and cannot be used: what is in held files, what stands in a pair that cannot be,
    and what an area's offices do not agree on.
    """

    columns: Mapping[tuple[str, Period], Column]
    problems: tuple[Problem, ...] = ()
    closed: Mapping[str, int] = field(default_factory=dict)
    """By file how many figures do not count because the register does not have the office open in their periods."""

    def column(self, measure: str, period: Period) -> Column:
        """The figures of a measure and period, by the key of the unit."""
        return self.columns.get((measure, period), _NONE)


def gather_facts(delivered: Delivered, today: date) -> Facts:
    """The facts of the counted and the held submissions. DLV-006 and DLV-010 tell what they do not agree on or may not say.

    A figure counts when its period has ended, is delivered, and the register has the office open then. A target, a plan and
    the like counts as soon as the first period that needs it does: a baseline of the year from January on.
    """
    gathering = _Gathering(delivered.scorecard, delivered.register, today)
    for submission in delivered.counted:
        gathering.take(submission, is_held=False)
    for submission in delivered.held:
        gathering.take(submission, is_held=True)
    gathering.agree()
    return Facts(gathering.columns, tuple(gathering.problems), gathering.closed)


def holder_key(office: Office, level: Level) -> str:
    """The key of the unit that holds an office's figures of a level: the office itself where it has no such unit."""
    return office_key(office.unit(level) or office.name)


@dataclass
class _Gathering:
    scorecard: Scorecard
    register: Register
    today: date
    columns: dict[tuple[str, Period], Column] = field(default_factory=lambda: defaultdict(dict))
    copies: dict[tuple[str, Period, str], list[Figure]] = field(default_factory=dict)
    area_names: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    closed: dict[str, int] = field(default_factory=dict)

    def take(self, submission: Submission, *, is_held: bool) -> None:
        offices: dict[Period, Office | None] = {}
        closed: dict[Period, int] = {}
        shared = {measure.id: measure for measure in self.scorecard.measures if measure.level is not Level.OFFICE}
        key = office_key(submission.office)
        for place, figure in submission.figures.items():
            measure, period = place
            if measure in self.ahead:
                office = self.office_ahead(submission, measure, period)
            else:
                if period not in offices:
                    offices[period] = self.office_in(submission, period)
                office = offices[period]
            if office is None:
                if submission.counts(period, self.today) and figure.value is not None:
                    closed[period] = closed.get(period, 0) + 1
                continue
            is_usable = not is_held and place not in submission.uncounted
            usable = figure if is_usable else Figure(measure, period, None, figure.source)
            if measure in shared:
                self.share(usable, office, shared[measure])
            else:
                self.columns[place][key] = usable
        self.take_earlier(submission, shared)
        self.tell_closed(submission, closed)

    @cached_property
    def ahead(self) -> frozenset[str]:
        """The measures that are needed before their period has ended."""
        return frozenset(
            measure.id
            for measure in self.scorecard.measures
            for period in periods_of_year(self.scorecard.year, measure.frequency)[:1]
            if first_use(self.scorecard, measure, period) != period
        )

    def office_in(self, submission: Submission, period: Period) -> Office | None:
        """The office's line in a period whose figures count; None where they do not."""
        return self.register.find(submission.office, period) if submission.counts(period, self.today) else None

    def office_ahead(self, submission: Submission, measure: str, period: Period) -> Office | None:
        """The line of an office that is open at any time of a period, where what is needed ahead counts."""
        use = first_use(self.scorecard, self.scorecard.measure[measure], period)
        return self.register.find_during(submission.office, period) if submission.counts(use, self.today) else None

    def take_earlier(self, submission: Submission, shared: Mapping[str, Measure]) -> None:
        lines, key = self.register.lines_of(submission.office), office_key(submission.office)
        for place, figure in submission.reference.items():
            if figure.measure in shared:
                office = self.register.find(submission.office, figure.period) or lines[0]
                self.share(figure, office, shared[figure.measure])
            else:
                self.columns[place].setdefault(key, figure)

    def share(self, figure: Figure, office: Office, measure: Measure) -> None:
        """Put a copy of a figure that is held above the offices beside the others."""
        key = holder_key(office, measure.level)
        self.area_names.setdefault(key, office.unit(measure.level) or office.name)
        self.copies.setdefault((figure.measure, figure.period, key), []).append(figure)

    def agree(self) -> None:
        """Make one figure of the copies; where they differ there is none that can be used."""
        for (measure, period, key), copies in self.copies.items():
            usable = [figure for figure in copies if figure.value is not None]
            if len({figure.value for figure in usable}) > 1:
                self.columns[measure, period][key] = Figure(measure, period, None, copies[0].source)
                self.problems += (_differing_copy(figure, usable, self.area_names[key]) for figure in usable)
            else:
                self.columns[measure, period][key] = usable[0] if usable else copies[0]

    def tell_closed(self, submission: Submission, closed: Mapping[Period, int]) -> None:
        for period, count in closed.items():
            slots = {"office": submission.office, "name": PeriodName(period.code), "count": str(count)}
            self.problems.append(Problem("DLV-010", file=submission.file, period=period.code, slots=slots))
            self.closed[submission.file] = self.closed.get(submission.file, 0) + count


def _differing_copy(figure: Figure, copies: Iterable[Figure], area: str) -> Problem:
    others = dict.fromkeys(told(copy) for copy in copies if copy.value != figure.value)
    source = figure.source
    return Problem(
        "DLV-006",
        file=source.file if source else None,
        sheet=source.sheet if source else None,
        cell=source.cell if source else None,
        measure=figure.measure,
        period=figure.period.code,
        got=told(figure),
        slots={"area": area, "other": ", ".join(others)},
    )
