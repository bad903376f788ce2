"""`rollup`: the regional summary."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from xlmalekort.cli.changes import changes_json, changes_line
from xlmalekort.cli.languages import language_of
from xlmalekort.cli.ledger import ledger_json, ledger_lines
from xlmalekort.cli.printing import exit_code, print_json, problems_json, say, say_problems
from xlmalekort.judging.local_goals import explain_local, target_words
from xlmalekort.locale import texts_of
from xlmalekort.model.base import plain_number
from xlmalekort.pipeline.consolidate import roll_up
from xlmalekort.pipeline.verdict import parse_period
from xlmalekort.rollup.ledger import run_ledger

if TYPE_CHECKING:
    import argparse
    from fractions import Fraction

    from xlmalekort.locale import Texts
    from xlmalekort.rollup.deadlines import OfficeDeadline
    from xlmalekort.rollup.local_goals import LocalResult
    from xlmalekort.rollup.results import FileState, Result, RollUp

_STATES: tuple[FileState, ...] = ("counted", "rejected", "held", "ignored")


def run(options: argparse.Namespace) -> int:
    """Roll up, and print results or how many files came to what."""
    rollup = roll_up(
        options.folder,
        out=options.out,
        today=options.today,
        register=options.register,
        period=parse_period(options.period) if options.period else None,
        tidy=options.tidy,
        against=options.against,
    )
    # The process is about to end: searching the millions of figures for cycles on the way out would only take time.
    gc.freeze()
    language = language_of(options, rollup.scorecard.language)
    if options.json:
        print_json(rollup_json(rollup, language))
    else:
        texts = texts_of(language)
        say_problems(rollup.problems, language)
        say(*ledger_lines(run_ledger(rollup), texts))
        if rollup.changes is not None:
            say(changes_line(rollup.changes, texts))
        say(*_written_lines(options, rollup, texts))
    return max(exit_code(rollup.problems), int(_was_open(options, rollup)))


def _was_open(options: argparse.Namespace, rollup: RollUp) -> bool:
    """Whether something had to be written under another name than was asked for."""
    return any(each not in (options.out, options.tidy) for each in rollup.written)


def _written_lines(options: argparse.Namespace, rollup: RollUp, texts: Texts) -> list[str]:
    """The regional workbook, and what had to be written under another name."""
    asked = [each for each in (options.out, options.tidy) if each is not None]
    told = [
        texts("{file} is open in another program and was kept; the new one is {other}.", file=file, other=other)
        for file, other in zip(asked, rollup.written, strict=True)
        if file != other
    ]
    return [*told, str(rollup.written[0])]


def file_counts(rollup: RollUp) -> dict[str, int]:
    """How many files were seen and what became of them."""
    return {"seen": len(rollup.files)} | {state: rollup.count(state) for state in _STATES}


def rollup_json(rollup: RollUp, language: str) -> dict[str, object]:
    """The roll-up as JSON has it; every total with the cells behind it."""
    return {
        "scorecard": rollup.scorecard.id,
        "year": rollup.year,
        "files": file_counts(rollup),
        "ledger": ledger_json(run_ledger(rollup)),
        "written": [str(path) for path in rollup.written],
        "file_states": [
            {"file": each.checked.file, "office": each.checked.office, "state": each.state} for each in rollup.files
        ],
        "results": [_result(each) for each in rollup.shown],
        "totals": [
            {
                "measure": each.measure,
                "period": each.period.code,
                "level": str(each.unit.level),
                "name": each.unit.name,
                "value": _plain(each.value),
                "reported": each.reported,
                "expected": each.expected,
            }
            for each in rollup.totals
        ],
        "local_goals": [_local_goal(each, rollup.scorecard.texts(language)) for each in rollup.local_goals],
        "deadlines": [_deadline(each) for each in rollup.deadlines],
        "changes": changes_json(rollup.changes, rollup.scorecard.texts(language)) if rollup.changes else None,
        "problems": problems_json(rollup.problems, language),
    }


def _result(result: Result) -> dict[str, object]:
    judgement = result.judgement
    return {
        "indicator": result.indicator.id,
        "period": result.period.code,
        "level": str(result.unit.level),
        "name": result.unit.name,
        "numerator": _plain(result.numerator),
        "denominator": _plain(result.denominator),
        "value": _plain(judgement.value),
        "shown": _plain(judgement.shown),
        "status": str(judgement.status),
        "reported": result.reported,
        "expected": result.expected,
        "complete": result.is_complete,
        "partial": result.is_partial,
        "unweighted": result.is_unweighted,
        "withheld": result.is_withheld,
        "sources": [
            {"file": source.file, "sheet": source.sheet, "cell": source.cell} for source in result.find_sources()
        ],
    }


def _local_goal(result: LocalResult, texts: Texts) -> dict[str, object]:
    goal, judgement = result.goal, result.judgement
    figure = goal.figures.get(result.period)
    source = figure.source if figure is not None and judgement.observed.is_reported else None
    return {
        "office": result.office,
        "number": goal.number,
        "title": goal.title,
        "unit": goal.unit.value if goal.unit else None,
        "better": goal.better,
        "target": target_words(goal, texts),
        "responsible": goal.responsible,
        "period": result.period.code,
        "value": _plain(judgement.value),
        "shown": _plain(judgement.shown),
        "status": str(judgement.status),
        "why": explain_local(goal, judgement, texts),
        "sources": [{"file": source.file, "sheet": source.sheet, "cell": source.cell}] if source else [],
    }


def _deadline(deadline: OfficeDeadline) -> dict[str, object]:
    """A deadline; `due` and `done` are days, or the words that stand instead. Without a state it cannot be told."""
    source = deadline.source
    return {
        "office": deadline.office,
        "kind": str(deadline.kind) if deadline.kind is not None else None,
        "id": deadline.id,
        "title": deadline.title,
        "responsible": deadline.responsible,
        "due": deadline.due.isoformat() if deadline.due is not None else deadline.due_words or None,
        "done": deadline.done.isoformat() if deadline.done is not None else deadline.done_words or None,
        "state": str(deadline.state) if deadline.state is not None else None,
        "reported": deadline.is_reported,
        "days_over": deadline.days_over,
        "remark": deadline.remark,
        "file": source.file if source is not None else None,
        "sheet": source.sheet if source is not None else None,
        "cell": source.cell if source is not None else None,
    }


def _plain(value: Fraction | int | None) -> float | int | None:
    return None if value is None else plain_number(value)  # type: ignore[arg-type]
