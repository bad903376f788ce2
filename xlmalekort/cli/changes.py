"""What has changed since an earlier regional workbook, for people and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlmalekort.locale.told import DayText, Joined
from xlmalekort.model.base import plain_number
from xlmalekort.rollup.changes import Kind

if TYPE_CHECKING:
    from fractions import Fraction

    from xlmalekort.locale import Texts
    from xlmalekort.locale.told import Told
    from xlmalekort.model.figures import Source
    from xlmalekort.rollup.changes import ChangedFigure, ChangedResult, Changes


def changes_line(changes: Changes, texts: Texts) -> str:
    """How many published figures and results have changed, in one line."""
    published = changes.published
    file = Joined([published.file, *([DayText(published.today.isoformat())] if published.today else [])], ", ")
    if not changes.figures and not changes.results:
        return texts("Since {published} nothing that was published has changed.", published=file)
    counts = {kind.value: texts.number(changes.count(kind), 0, grouped=True) for kind in Kind}
    results = texts.number(len(changes.results), 0, grouped=True)
    return texts(
        "Since {published}: figures corrected {corrected}, withdrawn {withdrawn}, late {late}, not due then {added}; "
        "results that moved {results}.",
        published=file,
        results=results,
        **counts,
    )


def changes_json(changes: Changes, texts: Texts) -> dict[str, object]:
    """The changes as JSON has them; values in the unit shown, null where there was or is none."""
    published = changes.published
    return {
        "against": {
            "file": published.file,
            "version": published.version,
            "hash": published.content_hash,
            "year": published.year,
            "today": published.today.isoformat() if published.today else None,
            "same_definition": not changes.is_other_edition,
            "same_year": not changes.is_other_year,
        },
        "counts": {**{kind.value: changes.count(kind) for kind in Kind}, "results": len(changes.results)},
        "figures": [_figure(each, texts) for each in changes.figures],
        "results": [_result(each, texts) for each in changes.results],
    }


def _figure(figure: ChangedFigure, texts: Texts) -> dict[str, object]:
    return {
        "kind": figure.kind.value,
        "office": figure.office,
        "level": str(figure.unit.level),
        "name": figure.unit.name,
        "measure": figure.measure,
        "period": figure.period.code,
        "value_then": _plain(figure.value_then),
        "value": _plain(figure.value),
        "source_then": _source(figure.source_then),
        "source": _source(figure.source),
        "reason": _told(figure.reason, texts),
    }


def _result(result: ChangedResult, texts: Texts) -> dict[str, object]:
    then, now = result.then, result.now
    return {
        "indicator": result.indicator.id,
        "period": result.period.code,
        "level": str(result.unit.level),
        "name": result.unit.name,
        "value_then": _plain(then.value) if then is not None else None,
        "value": _plain(now.judgement.value) if now is not None else None,
        "numerator_then": _plain(then.numerator) if then is not None else None,
        "numerator": _plain(now.numerator) if now is not None else None,
        "denominator_then": _plain(then.denominator) if then is not None else None,
        "denominator": _plain(now.denominator) if now is not None else None,
        "status_then": str(result.status_then) if result.status_then is not None else None,
        "status": str(result.status) if result.status is not None else None,
        "why": _told(result.why, texts),
        "by": list(result.by),
    }


def _told(text: Told | None, texts: Texts) -> str | None:
    return text.told(texts) if text is not None else None


def _source(source: Source | None) -> dict[str, str] | None:
    return {"file": source.file, "sheet": source.sheet, "cell": source.cell} if source is not None else None


def _plain(value: Fraction | None) -> float | int | None:
    return None if value is None else plain_number(value)
