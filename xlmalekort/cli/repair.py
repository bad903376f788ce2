"""`repair`: what a workbook's template has lost is put back, and what was filled in is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlmalekort.cli.languages import language_of
from xlmalekort.cli.printing import exit_code, print_json, problems_json, say, say_problems
from xlmalekort.locale import texts_of
from xlmalekort.pipeline.repair import repair_workbook
from xlmalekort.problems import as_json

if TYPE_CHECKING:
    import argparse

    from xlmalekort.locale import Texts
    from xlmalekort.pipeline.repair import Repaired
    from xlmalekort.problems import Problem


def run(options: argparse.Namespace) -> int:
    """Put the workbook right and list every change."""
    repaired = repair_workbook(options.file, today=options.today, out=options.out, is_dry=options.dry_run)
    language = language_of(options, repaired.scorecard.language)
    texts = texts_of(language)
    if options.json:
        print_json(
            {
                "file": str(repaired.out),
                "office": repaired.office,
                "year": repaired.year,
                "written": bool(repaired.changes) and not options.dry_run,
                "changes": [_change(each, texts) for each in repaired.changes],
                "problems": problems_json(repaired.left, language),
            }
        )
        return exit_code(repaired.left)
    say_problems((*repaired.changes, *repaired.left), language)
    say(_outcome(repaired, texts, is_dry=options.dry_run))
    return exit_code(repaired.left)


def _change(change: Problem, texts: Texts) -> dict[str, object]:
    """What, where, before and after; None for what no text says."""
    said = as_json(change, texts)
    kept = {name: said[name] for name in ("code", "sheet", "cell", "says")}
    return {**kept, "before": change.got, "after": change.slots.get("formula")}


def _outcome(repaired: Repaired, texts: Texts, *, is_dry: bool) -> str:
    file, count = str(repaired.out), len(repaired.changes)
    if not repaired.changes:
        return texts("{file}: nothing to put back.", file=file)
    if is_dry:
        return texts.plural(
            "{file}: {count} change would be made; nothing was written.",
            "{file}: {count} changes would be made; nothing was written.",
            count,
            file=file,
        )
    return texts.plural(
        "{file}: {count} change, listed on its last sheet; everything that was filled in is as it was.",
        "{file}: {count} changes, listed on its last sheet; everything that was filled in is as it was.",
        count,
        file=file,
    )
