"""Which of the files that came in are counted, and why the others are not."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from xlmalekort.layout.cells import a1
from xlmalekort.layout.office import COMMENT_PREFIX, layout_of
from xlmalekort.locale.told import Joined, NumberText, PeriodName
from xlmalekort.model.figures import Source
from xlmalekort.model.measures import Level, Role
from xlmalekort.model.places import office_key
from xlmalekort.model.register import Office, Register
from xlmalekort.problems import Problem
from xlmalekort.rollup.measures import first_use
from xlmalekort.rollup.results import FileReport

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from fractions import Fraction

    from xlmalekort.model.figures import Action, CheckedFile, DeadlineEntry, Figure, Submission
    from xlmalekort.model.local_goals import LocalGoal
    from xlmalekort.model.periods import Period
    from xlmalekort.model.scorecard import Scorecard
    from xlmalekort.rollup.results import FileState

_MOST_CELLS = 10
_NOTHING = "–"
"""Stands in a sentence for a cell without a figure."""


@dataclass(frozen=True)
class Delivered:
    """What was delivered for one scorecard and year.

    `register` has every place filled in that is known; without one handed in it lists the offices of the submissions.
    `counted` are in the order of the register, `held` (of several equally far that differ) by file name. `files` has every
    file by name. `problems` are those found here, not those of the files.
    """

    scorecard: Scorecard
    year: int
    register: Register
    counted: tuple[Submission, ...]
    held: tuple[Submission, ...]
    files: tuple[FileReport, ...]
    problems: tuple[Problem, ...]


def choose_scorecard(files: Iterable[CheckedFile], *, chosen: Period | None = None) -> Scorecard | None:
    """The scorecard that most of the accepted files that report figures belong to; None where no file is accepted.

    With a `chosen` period the files of its year decide, where any of them reports figures. Only where no file reports any
    do those count in which nothing is filled in. Of scorecards (and of versions of one) with equally many files that of
    the first file by name is taken.
    """
    accepted = [file for file in _by_name(files) if file.is_accepted and file.scorecard is not None]
    reporting = [file for file in accepted if _reports_figures(file)]
    of_year = [file for file in reporting if chosen is not None and _submission(file).year == chosen.year]
    found = [file.scorecard for file in of_year or reporting or accepted if file.scorecard is not None]
    if not found:
        return None
    most = Counter(scorecard.id for scorecard in found).most_common(1)[0][0]
    return Counter(scorecard for scorecard in found if scorecard.id == most).most_common(1)[0][0]


def sort_out(
    scorecard: Scorecard, files: Iterable[CheckedFile], register: Register | None, chosen: Period | None
) -> Delivered:
    """The submissions that count. The order of the files does not matter.

    IDN-002 to IDN-005 and DLV-001 to DLV-005, DLV-007, DLV-008 and DLV-011 tell what is not counted and
    why, OFF-006 what an office cannot be exempt from.
    """
    named = _by_name(files)
    sorting = _Sorting(scorecard, named, register, _year(scorecard, named, chosen))
    sorting.sort()
    return sorting.delivered()


def _by_name(files: Iterable[CheckedFile]) -> tuple[CheckedFile, ...]:
    return tuple(sorted(files, key=lambda file: (PurePath(file.file).stem, file.file, file.digest)))


def _year(scorecard: Scorecard, files: Sequence[CheckedFile], chosen: Period | None) -> int:
    if chosen is not None:
        return chosen.year
    fitting = [file for file in files if file.submission is not None and _fits(file, scorecard)]
    reporting = [file for file in fitting if _reports_figures(file, scorecard)]
    years = Counter(_submission(file).year for file in reporting or fitting)
    return max(years, key=lambda year: (years[year], year)) if years else scorecard.year


def _reports_figures(file: CheckedFile, scorecard: Scorecard | None = None) -> bool:
    """Whether anything but plans and targets is filled in. A measure that the scorecard does not know is a figure."""
    definition = file.scorecard or scorecard
    known = definition.measure if definition is not None else {}
    return any(measure not in known or known[measure].role is Role.FIGURE for measure, _ in _submission(file).figures)


def _fits(file: CheckedFile, scorecard: Scorecard) -> bool:
    return file.scorecard is None or file.scorecard.id == scorecard.id


@dataclass
class _Sorting:
    """The files on their way to a state each."""

    scorecard: Scorecard
    files: tuple[CheckedFile, ...]
    given: Register | None
    year: int
    states: dict[int, FileState] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def sort(self) -> None:
        by_office: dict[str, list[int]] = {}
        by_digest: dict[str, CheckedFile] = {}
        for index, file in enumerate(self.files):
            state = self.early_state(file, by_digest)
            if state is not None or file.submission is None:
                self.states[index] = state or "rejected"
            else:
                by_office.setdefault(office_key(file.submission.office), []).append(index)
        for indices in by_office.values():
            self.choose(indices)

    def early_state(self, file: CheckedFile, by_digest: dict[str, CheckedFile]) -> FileState | None:
        """The state of a file that does not come as far as being compared with the others of its office."""
        if file.is_ignored:
            return "ignored"
        submission = file.submission
        if submission is None:
            return "rejected"
        problem = self.misfit(file, submission)
        if problem is not None:
            self.tell(file, problem)
            return "rejected"
        if not _reports_figures(file, self.scorecard):
            self.tell(file, Problem("DLV-007", file=file.file))
            return "rejected"
        first = by_digest.setdefault(file.digest, file) if file.digest else file
        if first is not file:
            self.problems.append(Problem("DLV-002", file=file.file, slots={"other": first.file}))
            return "ignored"
        return None

    def misfit(self, file: CheckedFile, submission: Submission) -> Problem | None:
        """Why the file does not belong to this run."""
        if file.scorecard is not None and file.scorecard.id != self.scorecard.id:
            got = file.scorecard.id
            return Problem("IDN-004", file=file.file, got=got, slots={"scorecard": self.scorecard.id})
        if submission.year != self.year:
            return Problem("IDN-002", file=file.file, got=str(submission.year), slots={"year": str(self.year)})
        if self.given is not None and not self.given.lines_of(submission.office):
            return Problem("IDN-003", file=file.file, got=submission.office, slots={"hint": ""})
        return None

    def tell(self, file: CheckedFile, problem: Problem) -> None:
        """Add a problem unless the check has found it already."""
        if all(problem.code != told.code for told in file.problems):
            self.problems.append(problem)

    def choose(self, indices: list[int]) -> None:
        """Give each of an office's files its state."""
        furthest = max(_submission(self.files[index]).delivered_until for index in indices)
        ahead = [index for index in indices if _submission(self.files[index]).delivered_until == furthest]
        behind = [index for index in indices if index not in ahead]
        # The one that says most: where the figures are the same, no comment need be lost.
        first = max(ahead, key=lambda index: _words_said(_submission(self.files[index])))
        others = [index for index in ahead if index != first]
        values = _values(_submission(self.files[first])) if others else {}
        if all(_values(_submission(self.files[index])) == values for index in others):
            self.count(first, others, behind)
        else:
            self.hold(ahead)
        for index in behind:
            self.states[index] = "ignored"
            slots = {"other": self.files[first].file, "name": _until(_submission(self.files[first]))}
            self.problems.append(Problem("DLV-003", file=self.files[index].file, slots=slots))

    def count(self, first: int, same: list[int], behind: list[int]) -> None:
        counted = self.files[first]
        self.states[first] = "counted"
        for index in same:
            self.states[index] = "ignored"
            self.problems.append(_same(self.scorecard, _submission(self.files[index]), _submission(counted)))
        older = sorted((_submission(self.files[index]) for index in behind), key=_latest_first)
        self.problems += _corrections(self.scorecard, _submission(counted), older)
        if counted.scorecard is not None and counted.scorecard != self.scorecard:
            self.tell(counted, _other_edition(counted.file, counted.scorecard, self.scorecard))

    def hold(self, indices: list[int]) -> None:
        held = [_submission(self.files[index]) for index in indices]
        differing = _differing([_values(submission) for submission in held])
        for index, submission in zip(indices, held, strict=True):
            self.states[index] = "held"
            others = ", ".join(other.file for other in held if other is not submission)
            slots = {"other": others, "count": str(len(differing))}
            self.problems.append(Problem("DLV-004", file=submission.file, slots=slots))
            self.problems += _differences(self.scorecard, submission, held, differing)

    def delivered(self) -> Delivered:
        counted = self.of_state("counted")
        held = self.of_state("held")
        register = self.register([*counted, *held])
        if self.given is not None:
            self.problems += self.silent(register)
            self.problems += self.unknown_exemptions(register)
        order = {office_key(name): place for place, name in enumerate(register.names)}
        return Delivered(
            self.scorecard,
            self.year,
            register,
            tuple(sorted(counted, key=lambda submission: order[office_key(submission.office)])),
            tuple(held),
            tuple(FileReport(file, self.states[index]) for index, file in enumerate(self.files)),
            tuple(self.problems),
        )

    def of_state(self, state: FileState) -> list[Submission]:
        return [_submission(file) for index, file in enumerate(self.files) if self.states[index] == state]

    def register(self, submissions: Iterable[Submission]) -> Register:
        if self.given is not None:
            lines = self.given.offices
        else:
            by_key = {office_key(each.office): each for each in reversed(list(submissions))}
            lines = tuple(
                Office(each.office, each.area, each.region, each.country, exempt=each.exempt)
                for _, each in sorted(by_key.items())
            )
        names = _Names({indicator.id.casefold(): indicator.id for indicator in self.scorecard.indicators})
        offices = (names.tidy(office).placed(self.scorecard.top) for office in lines)
        return Register(tuple(offices), is_given=self.given is not None)

    def silent(self, register: Register) -> Iterable[Problem]:
        """A problem for each office that is open in the year and has sent nothing at all."""
        sent = {office_key(file.office) for file in self.files if file.office and not file.is_ignored}
        sent |= {office_key(_submission(file).office) for file in self.files if file.is_accepted}
        periods = layout_of(self.scorecard, self.year).periods
        for name in register.names:
            if office_key(name) not in sent and any(register.find(name, period) for period in periods):
                yield Problem("DLV-001", level=Level.OFFICE, unit=name, slots={"office": name})

    def unknown_exemptions(self, register: Register) -> Iterable[Problem]:
        """OFF-006 for each id that an office is exempt from and that the scorecard does not have."""
        known = {indicator.id for indicator in self.scorecard.indicators}
        unknown = {
            (office_key(office.name), each): office for office in register.offices for each in office.exempt - known
        }
        for (_, each), office in sorted(unknown.items(), key=lambda item: item[0]):
            yield Problem("OFF-006", level=Level.OFFICE, unit=office.name, got=each)


def _submission(file: CheckedFile) -> Submission:
    if file.submission is None:
        message = f"{file.file} is not accepted"
        raise AssertionError(message)
    return file.submission


@dataclass(frozen=True)
class _Names:
    """Units of a level whose names differ only in case and spacing are one; the first spelling holds.

    `indicators` has the scorecard's ids by their small letters: a register may be read before the scorecard is known.
    """

    indicators: dict[str, str]
    spelled: dict[tuple[Level, str], str] = field(default_factory=dict)

    def tidy(self, office: Office) -> Office:
        def name(level: Level) -> str:
            written = office.unit(level).strip()
            return self.spelled.setdefault((level, office_key(written)), written)

        return replace(
            office,
            name=name(Level.OFFICE),
            area=name(Level.AREA),
            region=name(Level.REGION),
            country=name(Level.COUNTRY),
            exempt=frozenset(self.indicators.get(each.casefold(), each) for each in office.exempt),
        )


Values = dict[tuple[str, "Period"], "Fraction | None"]


def _values(submission: Submission) -> Values:
    return {key: figure.value for key, figure in submission.figures.items()}


Said = dict[tuple[str, str], tuple[str, ...]]
"""Comments, actions, local goals and deadlines by sheet and cell."""


def _said(scorecard: Scorecard, submission: Submission) -> Said:
    found: Said = {}
    for (indicator, period), text in submission.comments.items():
        source = own_cell(scorecard, submission, COMMENT_PREFIX + indicator, period)
        found[_where(source, f"{indicator} {period.code}")] = (text,)
    for number, action in enumerate(submission.actions, start=1):
        found[_where(action.source, f"{action.indicator} ({number})")] = _told_action(action)
    for goal in submission.local_goals:
        found[_where(goal.source, goal.number)] = _told_goal(goal)
    for number, deadline in enumerate(submission.deadlines, start=1):
        found[_where(deadline.source, f"{deadline.id} ({number})")] = _told_deadline(deadline)
    return found


def _told_action(action: Action) -> tuple[str, ...]:
    return action.indicator, action.cause, action.action, action.responsible, action.due, action.state


def _told_goal(goal: LocalGoal) -> tuple[str, ...]:
    figures = sorted((period.code, told(figure)) for period, figure in goal.figures.items())
    edges = (goal.target, goal.yellow, *sorted(goal.unusable))
    said = (goal.number, goal.title, goal.unit, goal.better, goal.responsible, *edges)
    return (*(str(each) for each in said), *(text for figure in figures for text in figure))


def _told_deadline(deadline: DeadlineEntry) -> tuple[str, ...]:
    days = (day.isoformat() if day is not None else "" for day in (deadline.due, deadline.done))
    words = (deadline.due_words, deadline.done_words, deadline.remark)
    return deadline.id, deadline.kind or "", deadline.title, deadline.responsible, *days, *words


def _where(source: Source | None, otherwise: str) -> tuple[str, str]:
    return (source.sheet, source.cell) if source is not None else ("", otherwise)


def _words_said(submission: Submission) -> int:
    goals = sum(1 + len(goal.figures) for goal in submission.local_goals)
    deadlines = sum(bool(each.is_own or each.done or each.done_words) for each in submission.deadlines)
    return len(submission.comments) + len(submission.actions) + goals + deadlines


def _same(scorecard: Scorecard, submission: Submission, counted: Submission) -> Problem:
    """DLV-002 for a copy; DLV-011 where only the figures are the same, with the cells in which it says something else."""
    own, other = _said(scorecard, submission), _said(scorecard, counted)
    differing = sorted({place for place in {*own, *other} if own.get(place) != other.get(place)}, key=_cell_order)
    if not differing:
        return Problem("DLV-002", file=submission.file, slots={"other": counted.file})
    cells = ", ".join(_cell_names(differing[:_MOST_CELLS])) + (", …" if len(differing) > _MOST_CELLS else "")
    return Problem("DLV-011", file=submission.file, slots={"other": counted.file, "cells": cells})


def _cell_order(place: tuple[str, str]) -> tuple[str, int, str]:
    sheet, cell = place
    return sheet, len(cell), cell


def _cell_names(places: Sequence[tuple[str, str]]) -> list[str]:
    return [f"{sheet}!{cell}" if sheet else cell for sheet, cell in places]


def _until(submission: Submission) -> PeriodName:
    """The period up to which a submission is delivered."""
    if submission.ready_for is not None:
        return PeriodName(submission.ready_for.code)
    told_by = [period for measure, period in submission.figures if measure not in submission.ahead]
    latest = max(told_by, key=lambda period: (period.end, period.start))
    return PeriodName(latest.code)


def _latest_first(submission: Submission) -> tuple[int, str]:
    return -submission.delivered_until.toordinal(), submission.file


def _differing(all_values: Sequence[Values]) -> list[tuple[str, Period]]:
    """The figures that are not the same everywhere, in a fixed order."""
    keys = {key for values in all_values for key in values}
    missing = object()
    found = [key for key in keys if len({values.get(key, missing) for values in all_values}) > 1]
    return sorted(found, key=lambda key: (key[0], key[1].end, key[1].code))


def _differences(
    scorecard: Scorecard, submission: Submission, held: Sequence[Submission], differing: Iterable[tuple[str, Period]]
) -> Iterable[Problem]:
    for key in differing:
        own = submission.figures.get(key)
        for other in held:
            if _is_other(own, other.figures.get(key)):
                slots = {"other": other.file, "value": told(own)}
                yield _about(scorecard, "DLV-008", submission, key, told(other.figures.get(key)), slots)
                break


def _corrections(scorecard: Scorecard, counted: Submission, older: Sequence[Submission]) -> Iterable[Problem]:
    """What the counted one changes in periods that the latest of the older ones had delivered."""
    seen: set[tuple[str, Period]] = set()
    for before in older:
        keys = {*before.figures, *counted.figures} - seen
        delivered = {key for key in keys if _use(scorecard, *key).end <= before.delivered_until}
        seen |= delivered
        for key in sorted(delivered, key=lambda key: (key[0], key[1].end, key[1].code)):
            if _is_other(before.figures.get(key), counted.figures.get(key)):
                slots = {"other": before.file, "value": told(counted.figures.get(key))}
                yield _about(scorecard, "DLV-005", counted, key, told(before.figures.get(key)), slots)
        gone = [key for key in delivered if key in before.figures and key not in counted.figures]
        if gone:
            periods = sorted({period for _, period in gone}, key=lambda each: (each.end, each.start))
            names = Joined([PeriodName(period.code) for period in periods], ", ")
            slots = {"other": before.file, "count": str(len(gone)), "names": names}
            yield Problem("DLV-013", file=counted.file, slots=slots)


def _use(scorecard: Scorecard, measure: str, period: Period) -> Period:
    """The first period for which a number counts; one that the scorecard does not know counts for its own."""
    known = scorecard.measure.get(measure)
    return first_use(scorecard, known, period) if known is not None else period


def _is_other(one: Figure | None, other: Figure | None) -> bool:
    if one is None or other is None:
        return one is not other
    return one.value != other.value


def _about(
    scorecard: Scorecard, code: str, submission: Submission, key: tuple[str, Period], got: str, slots: dict[str, str]
) -> Problem:
    measure, period = key
    figure = submission.figures.get(key)
    source = figure.source if figure is not None else own_cell(scorecard, submission, measure, period)
    return Problem(
        code,
        file=submission.file,
        sheet=source.sheet if source else None,
        cell=source.cell if source else None,
        measure=measure,
        period=period.code,
        got=got,
        slots=slots,
    )


def own_cell(scorecard: Scorecard, submission: Submission, measure: str, period: Period) -> Source | None:
    """Where the figure belongs in the workbook; None where the scorecard has no cell for it."""
    layout = layout_of(scorecard, submission.year)
    found = layout.input_cell(measure, period)
    return Source(submission.file, layout.title(found[0]), a1(found[1], found[2])) if found else None


def told(figure: Figure | None) -> str:
    """A figure in a sentence: as it was typed; a dash where there is none or it cannot be used."""
    return NumberText.of(figure.value) if figure is not None and figure.value is not None else _NOTHING


def _other_edition(file: str, own: Scorecard, of_run: Scorecard) -> Problem:
    """IDN-005 where the versions differ, IDN-008 where only the contents do."""
    slots = {"version": of_run.version}
    if own.version != of_run.version:
        return Problem("IDN-005", file=file, got=own.version, slots=slots)
    return Problem("IDN-008", file=file, got=own.content_hash, slots=slots | {"hash": of_run.content_hash})
