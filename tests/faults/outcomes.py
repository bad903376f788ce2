"""Holds what comes out of an altered set against the truth, mechanically: nothing here knows a single fault."""

from __future__ import annotations

import gc
import tempfile
import time
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from tests.faults.cases import Altered, Outcome, Tell, Variant
from tests.faults.filled import count_filled
from xlmalekort.locale import LANGUAGES, texts_of
from xlmalekort.pipeline.consolidate import check_folder
from xlmalekort.problems import Severity, sentence
from xlmalekort.rollup.submissions import choose_scorecard
from xlmalekort.rollup.totals import roll_up

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tests.faults.reference import Parts, Reference, Totals, UnitName, Values
    from xlmalekort.model.figures import CheckedFile
    from xlmalekort.problems import Problem
    from xlmalekort.rollup.results import RollUp

SECONDS = 10.0
WORKBOOKS = (".xlsx", ".xlsm")


@dataclass
class Verdict:
    """What came of one alteration. `failures` are told in words; the score is made of the three others."""

    name: str
    level: str
    seconds: float = 0.0
    silent: list[str] = field(default_factory=list)
    """Totals that are not the truth and that nothing in the report names."""
    asked: int = 0
    """How many findings had to be told,"""
    detected: int = 0
    """how many of them were, wherever,"""
    placed: int = 0
    """and how many at the right file, sheet and cell."""
    false_alarms: int = 0
    """Cells of sound files that were rejected, and errors told of them."""
    failures: list[str] = field(default_factory=list)

    @property
    def has_passed(self) -> bool:
        """Whether everything came out as it has to."""
        return not self.failures and not self.silent


@dataclass(frozen=True)
class Run:
    """A roll-up of a set of files."""

    checked: tuple[CheckedFile, ...]
    rollup: RollUp

    @cached_property
    def totals(self) -> dict[tuple[str, str, UnitName], tuple[object, int, int | None]]:
        """Totals by measure, code of the period, and unit."""
        return {
            (each.measure, each.period.code, (str(each.unit.level), each.unit.name)): (
                each.value,
                each.reported,
                each.expected,
            )
            for each in self.rollup.totals
        }

    @cached_property
    def parts(self) -> dict[tuple[str, str, UnitName], tuple[object, object, int, int | None]]:
        """Numerator and denominator by indicator, code of the period, and unit, and how many reported of how many."""
        return {
            (each.indicator.id, each.period.code, (str(each.unit.level), each.unit.name)): (
                each.numerator,
                each.denominator,
                each.reported,
                each.expected,
            )
            for each in self.rollup.results
            if each.unit.level != "office"
        }

    @cached_property
    def office_results(self) -> dict[str, list[tuple[object, ...]]]:
        """What is said of each office: value, status and parts of every indicator and period."""
        found: dict[str, list[tuple[object, ...]]] = {}
        for each in self.rollup.results:
            if each.unit.level == "office":
                held = (each.indicator.id, each.period.code, each.numerator, each.denominator, each.judgement.status)
                found.setdefault(each.unit.name, []).append(held)
        return found


def run(reference: Reference, files: Iterable[CheckedFile]) -> Run:
    """Add up files that were checked."""
    checked = tuple(files)
    scorecard = choose_scorecard(checked)
    assert scorecard is not None, "no file was accepted"
    # As the program itself does: nothing here has cycles, and looking for them takes longer than adding up.
    gc.disable()
    try:
        return Run(checked, roll_up(scorecard, checked, reference.register, reference.today))
    finally:
        gc.enable()


def check_altered(reference: Reference, altered: Altered) -> tuple[CheckedFile, ...]:
    """The whole set after an alteration: what was changed is checked, the rest was checked before."""
    untouched = {name: checked for name, checked in reference.checked.items() if name not in altered.files}
    changed = {name: content for name, content in altered.files.items() if content is not None}
    if altered.in_folder:
        return (*untouched.values(), *checked_as_folder(reference, changed))
    return (*untouched.values(), *(reference.check(content, name) for name, content in changed.items()))


def write_files(folder: Path, files: Mapping[str, bytes | None]) -> None:
    """Put files into a folder; a name with a slash lies in a folder of its own."""
    for name, content in files.items():
        path = folder / name
        if content is None:
            path.unlink(missing_ok=True)
        else:
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)


def checked_as_folder(reference: Reference, files: Mapping[str, bytes | None]) -> tuple[CheckedFile, ...]:
    """Files of a set as a folder of them is read, by the names that they have."""
    with tempfile.TemporaryDirectory() as folder:
        write_files(Path(folder), files)
        return tuple(check_folder(Path(folder), reference.today, register=reference.register))


# The conditions


@dataclass(frozen=True)
class Judge:
    """Holds runs against the truth of a reference set."""

    reference: Reference

    @cached_property
    def clean(self) -> Run:
        """The set as it was made."""
        return run(self.reference, self.reference.checked.values())

    def judge(self, variant: Variant, altered: Altered) -> Verdict:
        """Everything that is asked of an alteration."""
        return self.judge_several(variant.id, variant.level, [(variant.outcome, altered)], altered)

    def judge_several(self, name: str, level: str, parts: list[tuple[Outcome, Altered]], altered: Altered) -> Verdict:
        """The same for several alterations at a time, which come to `altered` together."""
        verdict = Verdict(name, level)
        started = time.perf_counter()
        try:
            found = run(self.reference, check_altered(self.reference, altered))
        except Exception as error:  # noqa: BLE001 - whatever it is, a clerk would see it
            verdict.asked = 1
            verdict.failures.append(f"crashed: {type(error).__name__}: {error}")
            return verdict
        verdict.seconds = time.perf_counter() - started
        if verdict.seconds > SECONDS:
            verdict.failures.append(f"took {verdict.seconds:.1f} s")
        self._balance(verdict, found, altered)
        for outcome, each in parts:
            self._outcome(verdict, found, outcome, each)
        named = _Named(found, self.reference)
        for outcome, each in parts:
            if all(any(_is_told(problem, tell, outcome) for problem in found.rollup.problems) for tell in each.tells):
                named.add(each.typed, is_told=bool(each.tells))
        self._totals(verdict, found, altered, named)
        self._others(verdict, found, altered)
        return verdict

    # (2) the ledger

    def _balance(self, verdict: Verdict, found: Run, altered: Altered) -> None:
        rollup = found.rollup
        states = [rollup.count(state) for state in ("counted", "rejected", "held", "ignored")]
        seen = len(found.checked)
        if len(rollup.files) != seen or sum(states) != seen:
            verdict.failures.append(f"{seen} files came in, and {states} were counted, rejected, held and ignored")
        for file in found.checked:
            ledger = file.ledger
            if ledger.filled != ledger.counted + ledger.rejected + ledger.provisional + ledger.reference:
                verdict.failures.append(f"the ledger of {file.file} does not balance: {ledger}")
            content = altered.files.get(file.file)
            if content is not None and file.is_accepted:
                filled = count_filled(content, self.reference.layout)
                if filled is not None and filled != ledger.filled:
                    verdict.failures.append(f"{file.file} has {filled} filled cells, the ledger {ledger.filled}")

    # (3) what is told

    def _outcome(self, verdict: Verdict, found: Run, outcome: Outcome, altered: Altered) -> None:
        problems = found.rollup.problems
        for tell in altered.tells:
            of_code = [each for each in problems if _is_told(each, tell, outcome)]
            at_place = [each for each in of_code if _is_at(each, tell)]
            if outcome is not Outcome.ACCEPT:
                verdict.asked += 1
                verdict.detected += bool(of_code)
                verdict.placed += bool(at_place)
            if not at_place:
                told = sorted(
                    {f"{each.code} {each.sheet or ''}!{each.cell or ''}" for each in problems if each.file == tell.file}
                )
                verdict.failures.append(f"{_words(tell)} is not told; told of the file: {told[:6]}")
            for each in at_place[:1]:
                verdict.failures += _untellable(each)
        states = {report.checked.file: report.state for report in found.rollup.files}
        if outcome is Outcome.FILE:
            counted = [file for file, lost in altered.lost.items() if lost is None and states.get(file) == "counted"]
            verdict.failures += [f"{file} is counted" for file in counted]
        else:
            self._no_more_than(verdict, found, outcome, altered)

    def _no_more_than(self, verdict: Verdict, found: Run, outcome: Outcome, altered: Altered) -> None:
        """A file that is accepted has no error but those that are asked for, and no more cells rejected than are lost."""
        for file in found.checked:
            if altered.files.get(file.file) is None or file.is_ignored:
                continue
            asked = {code for tell in altered.tells for code in tell.codes}
            is_sound = outcome in (Outcome.ACCEPT, Outcome.WARN)
            if is_sound:
                errors = [
                    each.code for each in file.problems if each.severity is Severity.ERROR and each.code not in asked
                ]
                verdict.false_alarms += len(errors) + file.ledger.rejected
                verdict.failures += [f"{code} is told of {file.file}, which is sound" for code in sorted(set(errors))]
                if file.ledger.rejected:
                    verdict.failures.append(f"{file.ledger.rejected} cells of {file.file} are rejected")

    # (4) the totals

    def _totals(self, verdict: Verdict, found: Run, altered: Altered, named: _Named) -> None:
        reported = self._reported(altered)
        _compare_totals(verdict, found, self.reference.truth, self.reference.totals(reported), named)
        _compare_parts(verdict, found, self.reference, self.reference.parts(reported), named)

    def _reported(self, altered: Altered) -> dict[str, Values]:
        """The figures that count after the alteration, of the files in which they are others than before."""
        reported: dict[str, Values] = {}
        by_file = self.reference.by_file
        for file, lost in altered.lost.items():
            if file in by_file:
                figures = by_file[file].figures
                reported[file] = {} if lost is None else {key: figures[key] for key in figures if key not in lost}
        for file, typed in altered.typed.items():
            reported[file] = reported.get(file, by_file[file].figures) | typed
        return reported

    # (5) the others

    def _others(self, verdict: Verdict, found: Run, altered: Altered) -> None:
        touched = {*altered.files, *altered.lost, *altered.typed}
        for office in self.reference.offices:
            if (
                office.file not in touched
                and found.office_results.get(office.name) != self.clean.office_results[office.name]
            ):
                verdict.failures.append(f"what is said of {office.name} has changed")


_GRAVE = {
    Outcome.FILE: (Severity.ERROR,),
    Outcome.CELL: (Severity.ERROR,),
    Outcome.WARN: (Severity.ERROR, Severity.WARNING),
    Outcome.ACCEPT: tuple(Severity),
}


def _is_told(problem: Problem, tell: Tell, outcome: Outcome) -> bool:
    if tell.file is not None and problem.file != tell.file:
        return False
    return problem.code in tell.codes if tell.codes else problem.severity in _GRAVE[outcome]


def _is_at(problem: Problem, tell: Tell) -> bool:
    return (tell.sheet is None or problem.sheet == tell.sheet) and (tell.cell is None or problem.cell == tell.cell)


def _words(tell: Tell) -> str:
    place = "!".join(part for part in (tell.file, tell.sheet, tell.cell) if part)
    return f"{' or '.join(tell.codes) or 'anything'} at {place or 'the set'}"


def _untellable(problem: Problem) -> list[str]:
    """What is wrong with the words of a finding: in each language it has to be whole and say how to mend it."""
    found = []
    for language in LANGUAGES:
        told = sentence(problem, texts_of(language))
        if "{" in told or not problem.entry.fix:
            found.append(f"{problem.code} cannot be told in {language}: {told}")
    return found


class _Named:
    """Which totals a report names: those of files that are not counted, and of figures that something is told of."""

    def __init__(self, found: Run, reference: Reference) -> None:
        self._reference = reference
        by_file = reference.by_file
        self._units: dict[UnitName, set[tuple[str | None, str | None]]] = {}
        files = {report.checked.file: report.state for report in found.rollup.files}
        cells = reference.keys_of_cells
        for problem in found.rollup.problems:
            if problem.file is None or problem.severity is Severity.NOTE:
                continue
            office = by_file.get(problem.file)
            whole = files.get(problem.file) != "counted"
            if office is None:
                continue
            # A relation names the cells of all its measures, at the first of which it is told; half a pair names both halves.
            told = ", ".join(problem.slots.get(name, "") for name in ("cells", "held"))
            beside = (cells.get(each) for each in told.split(", "))
            what = {(None, None)} if whole else {(problem.measure, problem.period), *filter(None, beside)}
            for unit in (("office", office.name), *reference.units(office)):
                self._units.setdefault(unit, set()).update(what - {(None, problem.period)})

    def add(self, typed: Mapping[str, Values], *, is_told: bool) -> None:
        """Figures that a finding about a whole file or month is told of: that they are last month's, say."""
        for file, values in typed.items() if is_told else ():
            office = self._reference.by_file[file]
            for unit in self._reference.units(office):
                self._units.setdefault(unit, set()).update(values)

    def __contains__(self, place: tuple[Iterable[str], str, UnitName]) -> bool:
        """Whether any of these measures is named for the period and the unit."""
        measures, period, unit = place
        named = self._units.get(unit, set())
        return (None, None) in named or any((measure, when) in named for measure in measures for when in (period, None))


def _compare_totals(verdict: Verdict, found: Run, truth: Totals, expected: Totals, named: _Named) -> None:
    for place, asked in expected.items():
        got = found.totals.get(place)
        measure, period, unit = place
        if got is None:
            verdict.failures.append(f"{measure} {period} {unit} has no total")
            continue
        is_incomplete = got[2] is not None and got[1] < got[2]
        if got[0] != truth[place].value and not is_incomplete and ((measure,), period, unit) not in named:
            verdict.silent.append(f"{measure} {period} {unit[1]}: {truth[place].value} became {got[0]}")
        elif got != (asked.value, asked.reported, asked.expected):
            verdict.failures.append(f"{measure} {period} {unit[1]}: {got} instead of {asked}")


def _compare_parts(verdict: Verdict, found: Run, reference: Reference, expected: Parts, named: _Named) -> None:
    for place, was in reference.true_parts.items():
        indicator, period, unit = place
        got = found.parts.get(place)
        asked = expected.get(place, (None, None))
        upper, lower, reported, of = got or (None, None, 0, 0)
        if (upper, lower) == asked:
            continue
        is_incomplete = of is not None and reported < of
        measures = (*reference.sides[indicator][0], *reference.sides[indicator][1])
        if (upper, lower) != was and not is_incomplete and (measures, period, unit) not in named:
            verdict.silent.append(f"{indicator} {period} {unit[1]}: {was} became {(upper, lower)}")
        else:
            verdict.failures.append(f"{indicator} {period} {unit[1]}: {(upper, lower)} instead of {asked}")


@dataclass(frozen=True)
class Score:
    """What many verdicts come to."""

    verdicts: tuple[Verdict, ...]
    clean_cells: int

    @property
    def silent(self) -> int:
        """Faults with a silent wrong total."""
        return sum(bool(each.silent) for each in self.verdicts)

    @property
    def detected(self) -> float:
        """Per cent of what had to be told that was told."""
        return _per_cent(sum(each.detected for each in self.verdicts), sum(each.asked for each in self.verdicts))

    @property
    def placed(self) -> float:
        """Per cent of what had to be told that was told at the right place."""
        return _per_cent(sum(each.placed for each in self.verdicts), sum(each.asked for each in self.verdicts))

    @property
    def false_alarms(self) -> float:
        """False alarms for a thousand sound cells."""
        return 1000 * sum(each.false_alarms for each in self.verdicts) / self.clean_cells if self.clean_cells else 0.0


def _per_cent(count: int, of: int) -> float:
    return 100 * count / of if of else 100.0
