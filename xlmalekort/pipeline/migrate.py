"""A filled-in office workbook moved to the template of the next year, or of the next version of its scorecard."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from xlmalekort.intake.workbook_file import check_file
from xlmalekort.layout.office import layout_of
from xlmalekort.locale import N_
from xlmalekort.locale.told import DayText, Joined, NumberText, Phrase
from xlmalekort.model.deadlines import deadlines_of
from xlmalekort.model.figures import DeadlineEntry
from xlmalekort.model.scorecard import Scorecard
from xlmalekort.output import changing, write_whole
from xlmalekort.pipeline import clock
from xlmalekort.pipeline.build import unchecked_workbook
from xlmalekort.pipeline.errors import NotDoneError
from xlmalekort.pipeline.keeping import refuse_to_lose
from xlmalekort.pipeline.reading import read_bytes, refuse_absent_folder
from xlmalekort.pipeline.refresh import refresh_content
from xlmalekort.pipeline.suffixes import MACRO_SUFFIX, SUFFIXES, is_for_macros, refuse_other_suffix
from xlmalekort.problems import Problem
from xlmalekort.scorecards import load_scorecard

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from xlmalekort.layout.office import OfficeLayout
    from xlmalekort.model.figures import Action, CheckedFile, Figure, Figures, Source, Submission
    from xlmalekort.model.local_goals import LocalGoal
    from xlmalekort.model.measures import Measure
    from xlmalekort.model.periods import Period

_GONE = N_("it is not in the new scorecard")
_NO_CELL = N_("the new workbook has no cell for that period")
_OTHER_UNIT = N_("it is counted in another unit now")
_OTHER_KIND = N_("it adds up in another way now")
_UNUSABLE = N_("it cannot be used")
_NO_UNIT = N_("the local goal has no unit, so its target and figures were not read")
_OTHER_DEADLINE = N_("another deadline has its number now")


@dataclass(frozen=True)
class Migrated:
    """A workbook moved to another template: its content, how many figures it kept, and what has no place any more.

    The problems are MIG-001 for a figure, MIG-002 for a comment, MIG-003 for an action, MIG-004 for a sheet that is not ours,
    MIG-005 for an exemption and MIG-006 for what was said of a deadline; MIG-008 for all that another scorecard does not ask
    for. MIG-007 tells that deadlines of the new scorecard are those of an earlier year.
    """

    content: bytes
    out: Path
    office: str
    year: int
    kept: int
    problems: tuple[Problem, ...]


def migrate_workbook(
    path: Path | str,
    to: Scorecard | str | Path,
    *,
    today: date | None = None,
    year: int | None = None,
    out: Path | str | None = None,
) -> Migrated:
    """Move a filled-in workbook to the template of another definition; the old file is left as it is.

    Without a `year` it is that of the new scorecard, but never before the workbook's own. Figures of the year before the new
    one become its reference figures. Without `out` the new workbook stands beside the old one, with the year in its name.
    NotDoneError where the file is no workbook that can be used, or lies more than a year back.
    """
    source = Path(path)
    definition = to if isinstance(to, Scorecard) else load_scorecard(to)
    day = today or clock.today()
    checked = check_file(read_bytes(source), source.name, day)
    if checked.submission is None:
        raise NotDoneError(Phrase("{file}: this workbook cannot be moved.", file=checked.file), checked.problems)
    when = year or max(definition.year, checked.submission.year)
    if not 0 <= when - checked.submission.year <= 1:
        raise NotDoneError(
            Phrase(
                "{file}: a workbook of {year} cannot be moved to {other}.",
                file=checked.file,
                year=checked.submission.year,
                other=when,
            )
        )
    target = Path(out) if out else _beside(source, definition, when)
    refuse_other_suffix(target, *SUFFIXES)
    refuse_absent_folder(target)
    moving = _Moving(checked, definition, when)
    submission = moving.moved()
    content = unchecked_workbook(definition, submission, day, has_macros=is_for_macros(target))
    content = refresh_content(content, target.name, day).content
    if target.resolve() == source.resolve():
        raise NotDoneError(Phrase("{file}: choose another name, the old workbook is kept.", file=target))
    with changing(target):
        refuse_to_lose(target, content)
        write_whole(target, content)
    kept = len(submission.figures) + len(submission.reference)
    return Migrated(content, target, submission.office, when, kept, tuple(moving.problems))


def _beside(source: Path, definition: Scorecard, year: int) -> Path:
    """A name beside the old workbook; one with macros gets them again."""
    suffix = MACRO_SUFFIX if is_for_macros(source) else ".xlsx"
    return source.with_name(f"{source.stem}_{year}_{definition.id}_{definition.version}{suffix}")


@dataclass
class _Moving:
    """One workbook on its way, and what is left behind."""

    checked: CheckedFile
    scorecard: Scorecard
    year: int
    problems: list[Problem] = field(default_factory=list)

    @property
    def layout(self) -> OfficeLayout:
        return layout_of(self.scorecard, self.year)

    @property
    def old(self) -> Submission:
        if self.checked.submission is None:
            raise AssertionError(self.checked.file)
        return self.checked.submission

    def moved(self) -> Submission:
        """What the new workbook holds."""
        figures = [each for each in (*self.old.reference.values(), *self.old.figures.values()) if self.keeps(each)]
        self.tell_sheets()
        self.tell_deadlines_of_old()
        moved = replace(
            self.old,
            year=self.year,
            figures=_by_place(each for each in figures if each.period.year == self.year),
            reference=_by_place(each for each in figures if each.period.year != self.year),
            comments=self.comments(),
            actions=self.actions(),
            local_goals=tuple(self.local_goal(each) for each in self.old.local_goals),
            deadlines=self.deadlines(),
            ready_for=self.ready_for(),
            exempt=self.exempt(),
        )
        self.tell_other_scorecard()
        return moved

    def keeps(self, figure: Figure) -> bool:
        """Whether a figure has a place in the new workbook; it is told where it has not."""
        reason = self.why_not(figure)
        if reason is None:
            return True
        got = None if figure.value is None else NumberText.of(figure.value)
        self.problems.append(
            self.problem("MIG-001", figure.source, got=got, measure=figure.measure, period=figure.period, reason=reason)
        )
        return False

    def why_not(self, figure: Figure) -> str | None:
        """Why a figure has no place; None where it has one."""
        old = self.checked.scorecard.measure[figure.measure] if self.checked.scorecard else None
        new = self.scorecard.measure.get(figure.measure)
        if figure.value is None:
            return _UNUSABLE
        if new is None or figure.measure not in self.layout.line:
            return _GONE
        if old is not None and (changed := _changed(old, new)) is not None:
            return changed
        return None if self.layout.input_cell(figure.measure, figure.period) else _NO_CELL

    def comments(self) -> dict[tuple[str, Period], str]:
        """The comments of the year that have a cell."""
        kept = {}
        for (indicator, period), text in self.old.comments.items():
            if self.layout.input_cell(f"comment:{indicator}", period):
                kept[indicator, period] = text
            else:
                reason = _NO_CELL if indicator in self.scorecard.indicator else _GONE
                self.problems.append(
                    self.problem("MIG-002", None, got=text, indicator=indicator, period=period, reason=reason)
                )
        return kept

    def actions(self) -> tuple[Action, ...]:
        """All actions; those about what is no longer there are told."""
        for action in self.old.actions:
            if action.indicator and action.indicator not in self.scorecard.indicator:
                self.problems.append(
                    self.problem("MIG-003", action.source, got=action.action, indicator=action.indicator, reason=_GONE)
                )
        return tuple(replace(action, source=None) for action in self.old.actions)

    def deadlines(self) -> tuple[DeadlineEntry, ...]:
        """What was said of the deadlines that are agreed anew, and the office's own; what was said of others is told."""
        agreed = {
            each.id: DeadlineEntry.of(each) for each in deadlines_of(self.scorecard, self.old.place, self.exempt_from)
        }
        kept: list[DeadlineEntry] = []
        for entry in self.old.deadlines:
            new = agreed.get(entry.id)
            if entry.is_own:
                kept.append(replace(entry, source=None))
            elif new is not None and (new.kind, new.title, new.due) == (entry.kind, entry.title, entry.due):
                remark = self.own_remark(entry) or new.remark
                agreed[entry.id] = replace(new, done=entry.done, done_words=entry.done_words, remark=remark)
            elif said := self.said(entry):
                reason = _GONE if new is None else _OTHER_DEADLINE
                self.problems.append(
                    self.problem("MIG-006", entry.source, got=said, reason=reason, slots={"id": entry.id})
                )
        return (*agreed.values(), *kept)

    def local_goal(self, goal: LocalGoal) -> LocalGoal:
        """An office's own goal with the figures that have a column; its words are all kept, and what could be read of it."""
        unread = [_NO_UNIT] if goal.unit is None else [_UNUSABLE] * len(goal.unusable)
        for lack in unread:
            self.problems.append(
                self.problem("MIG-001", goal.source, got=goal.number, indicator=goal.number, reason=lack)
            )
        for period, figure in goal.figures.items():
            why = _UNUSABLE if figure.value is None else None if period in self.layout.choosable else _NO_CELL
            if why is not None:
                got = None if figure.value is None else NumberText.of(figure.value)
                self.problems.append(
                    self.problem("MIG-001", figure.source, got=got, indicator=goal.number, period=period, reason=why)
                )
        figures = {
            period: figure
            for period, figure in goal.figures.items()
            if figure.value is not None and period in self.layout.choosable
        }
        return replace(goal, figures=figures)

    def ready_for(self) -> Period | None:
        """Up to where it is delivered, if the new workbook is of the same year."""
        ready = self.old.ready_for
        return ready if ready in self.layout.choosable else None

    def own_remark(self, entry: DeadlineEntry) -> str:
        """A remark that the office wrote, not the one that its workbook came with."""
        given = self.checked.scorecard.deadlines if self.checked.scorecard else ()
        return "" if any(each.id == entry.id and each.remark == entry.remark for each in given) else entry.remark

    def said(self, entry: DeadlineEntry) -> str:
        """What an office wrote about a deadline: when it was done, and its remark."""
        done = DayText(entry.done.isoformat()) if entry.done else entry.done_words
        return Joined([each for each in (done, self.own_remark(entry)) if each], "; ")

    @property
    def exempt_from(self) -> frozenset[str]:
        """The exemptions from what is still there."""
        return self.old.exempt & self.scorecard.indicator.keys()

    def exempt(self) -> frozenset[str]:
        """The same; those from what is gone are told."""
        for each in sorted(self.old.exempt - self.scorecard.indicator.keys()):
            self.problems.append(self.problem("MIG-005", None, got=each, indicator=each, reason=_GONE))
        return self.exempt_from

    def tell_sheets(self) -> None:
        """Sheets of the office's own stay behind."""
        for each in self.checked.problems:
            if each.code == "STR-015":
                self.problems.append(
                    Problem("MIG-004", file=each.file, sheet=each.sheet, slots={"sheet": each.sheet or ""})
                )

    def tell_deadlines_of_old(self) -> None:
        """Deadlines that the new scorecard still has from an earlier year."""
        agreed = deadlines_of(self.scorecard, self.old.place, self.exempt_from)
        if count := sum(each.due is not None and each.due.year < self.year for each in agreed):
            slots = {"year": str(self.year), "count": str(count)}
            self.problems.append(Problem("MIG-007", file=self.checked.file, slots=slots))

    def tell_other_scorecard(self) -> None:
        """Told once where the new workbook is of another scorecard, in place of a line for each cell that this one lacks."""
        old = self.checked.scorecard
        if old is None or old.id == self.scorecard.id:
            return
        left = [each for each in self.problems if each.code != "MIG-003" and each.slots.get("reason") == _GONE]
        if left:
            self.problems = [each for each in self.problems if each not in left]
            slots = {"old": old.id, "new": self.scorecard.id, "count": str(len(left))}
            self.problems.append(Problem("MIG-008", file=self.checked.file, slots=slots))

    def problem(
        self,
        code: str,
        source: Source | None,
        *,
        reason: str,
        got: str | None,
        measure: str | None = None,
        indicator: str | None = None,
        period: Period | None = None,
        slots: Mapping[str, str] | None = None,
    ) -> Problem:
        """What is left behind, with its cell."""
        return Problem(
            code,
            file=self.checked.file,
            sheet=source.sheet if source else None,
            cell=source.cell if source else None,
            measure=measure,
            indicator=indicator,
            period=period.code if period else None,
            got=got,
            slots={"reason": Phrase(reason), **(slots or {})},
        )


def _by_place(figures: Iterable[Figure]) -> Figures:
    return {(each.measure, each.period): each for each in figures}


def _changed(old: Measure, new: Measure) -> str | None:
    """Why figures of a measure cannot be carried on under the same id."""
    if old.unit is not new.unit:
        return _OTHER_UNIT
    return _OTHER_KIND if old.kind is not new.kind else None
