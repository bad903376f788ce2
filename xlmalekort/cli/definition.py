"""`definition`: definitions as workbooks: `export`, `import` and `check`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlmalekort.cli.languages import language_of
from xlmalekort.cli.printing import exit_code, print_json, problems_json, say, say_problems
from xlmalekort.locale import texts_of
from xlmalekort.pipeline.definition import check_definition, export_definition, import_definition
from xlmalekort.scorecards import load_scorecard

if TYPE_CHECKING:
    import argparse

    from xlmalekort.model.scorecard import Scorecard


def run(options: argparse.Namespace) -> int:
    """Do the task that was asked for."""
    return {"export": _export, "import": _import, "check": _check}[options.task](options)


def _export(options: argparse.Namespace) -> int:
    """Write a definition workbook and say how to go on."""
    scorecard = load_scorecard(options.scorecard)
    path = export_definition(scorecard, options.out)
    if options.json:
        print_json({"file": str(path), **_named(scorecard)})
        return 0
    texts = texts_of(language_of(options, scorecard.language))
    say(str(path), texts("Change it in Excel, then: {command}", command=f"xlmalekort definition check {path}"))
    return 0


def _import(options: argparse.Namespace) -> int:
    """Write a definition file and list what there is to say about the workbook."""
    imported = import_definition(options.file, options.out)
    language = language_of(options, imported.scorecard.language)
    if options.json:
        problems = problems_json(imported.problems, language)
        print_json({"file": str(imported.path), **_named(imported.scorecard), "problems": problems})
    else:
        say_problems(imported.problems, language)
        say(str(imported.path))
    return exit_code(imported.problems)


def _check(options: argparse.Namespace) -> int:
    """Print everything that is wrong with a definition."""
    checked = check_definition(options.file, options.register)
    scorecard = checked.scorecard
    language = language_of(options, checked.language)
    if options.json:
        print_json(
            {
                "file": str(options.file),
                "accepted": scorecard is not None,
                **(_named(scorecard) if scorecard else {}),
                "problems": problems_json(checked.problems, language),
            }
        )
        return exit_code(checked.problems)
    texts = texts_of(language)
    say_problems(checked.problems, language)
    if scorecard is None:
        say(texts("{file}: the definition cannot be used.", file=options.file))
    else:
        say(
            texts(
                "{file}: {scorecard}, version {version}, can be used.",
                file=options.file,
                scorecard=scorecard.id,
                version=scorecard.version,
            )
        )
    return exit_code(checked.problems)


def _named(scorecard: Scorecard) -> dict[str, object]:
    return {
        "scorecard": scorecard.id,
        "version": scorecard.version,
        "hash": scorecard.content_hash,
        "perspectives": len(scorecard.perspectives),
        "indicators": len(scorecard.indicators),
        "measures": len(scorecard.measures),
    }
