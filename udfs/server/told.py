"""What the pane is told of a refresh: every status and every problem in ready texts, in the workbook's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlmalekort.intake.identity_numbers import masked
from xlmalekort.judging.explain import explain, quantity, unit_of
from xlmalekort.layout import look
from xlmalekort.locale import texts_of
from xlmalekort.problems import as_json, sort_key
from xlmalekort.template.control_sheet import as_sentence, reference_to, summary

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xlmalekort.judging.judge import Judgement
    from xlmalekort.locale import Texts
    from xlmalekort.locale.told import Told as LocaleTold
    from xlmalekort.pipeline.errors import NotDoneError
    from xlmalekort.pipeline.outcome import Outcome
    from xlmalekort.problems import Problem

Told = dict[str, object]
"""What JSON can hold. All of it is plain text, some of it typed by others: the pane shows it and never reads it as HTML."""


def told(outcome: Outcome) -> Told:
    """What a refresh came to; of a workbook with an identity number only what is wrong."""
    texts = outcome.scorecard.texts()
    if outcome.refusal is not None:
        return _refused(outcome.refusal, outcome.problems, texts)
    return {
        "language": texts.language,
        "heading": f"{outcome.office}, {texts.period(outcome.period.code)}",
        "statuses": [_status(each, outcome, texts) for each in outcome.judgements],
        **_about_problems(outcome.problems, texts),
    }


def told_refusal(error: NotDoneError, language: str) -> Told:
    """Why nothing was refreshed, and the findings behind it, in the scorecard's language where that is known."""
    return _refused(error.message, error.problems, texts_of(error.language or language))


def _refused(message: LocaleTold, problems: Iterable[Problem], texts: Texts) -> Told:
    return {
        "language": texts.language,
        # It names the file, and a name may hold an identity number.
        "refused": masked(message.told(texts)),
        "statuses": [],
        **_about_problems(problems, texts),
    }


def _status(judgement: Judgement, outcome: Outcome, texts: Texts) -> Told:
    indicator = judgement.indicator
    unit = unit_of(outcome.scorecard, indicator)
    return {
        "status": str(judgement.status),
        "symbol": look.STATUS_SYMBOL[judgement.status],
        "word": texts(look.STATUS_WORD[judgement.status]),
        "number": indicator.id,
        "title": indicator.title,
        "result": "" if judgement.shown is None else quantity(judgement.shown, indicator, unit, texts),
        "why": explain(outcome.scorecard, judgement, texts),
        "now": outcome.advice(judgement, texts),
    }


def _about_problems(problems: Iterable[Problem], texts: Texts) -> Told:
    worst_first = sorted(problems, key=sort_key)
    return {
        "counts": summary(worst_first, texts),
        "problems": [_problem(each, texts) for each in worst_first],
    }


def _problem(problem: Problem, texts: Texts) -> Told:
    said = as_json(problem, texts)
    period = texts.period(problem.period) if problem.period else None
    subject = [part for part in (problem.indicator or problem.measure, period) if part]
    return {
        "severity": str(problem.severity),
        "symbol": look.SEVERITY_SYMBOL[problem.severity],
        "word": texts(look.SEVERITY_WORD[problem.severity]),
        "sheet": problem.sheet,
        "cell": problem.cell or "A1",
        "place": "" if problem.sheet is None else reference_to(problem.sheet, problem.cell or "A1"),
        "subject": ", ".join(subject),
        "found": as_sentence(str(said["says"]), problem),
        "fix": " ".join(str(part) for part in (said["likely"], said["fix"]) if part),
    }
