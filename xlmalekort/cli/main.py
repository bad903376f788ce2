"""Arguments and dispatch."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from xlmalekort.locale import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

FINE, PROBLEMS, NOT_DONE = 0, 1, 2


class _UsageError(Exception):
    """The arguments cannot be understood: what is wrong, and where to look."""


class _Parser(argparse.ArgumentParser):
    """An argument parser that says in one line what is wrong and how to go on."""

    def error(self, message: str) -> NoReturn:
        raise _UsageError(f"{self.prog}: {message}", f"Try: {self.prog} --help")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        # A name such as Øvre Prøveli must come through on a console of any code page.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        options = _parser().parse_args(arguments)
    except SystemExit as stop:
        return int(stop.code or 0)
    except _UsageError as error:
        message, hint = error.args
        if "--json" in (sys.argv[1:] if arguments is None else arguments):
            sys.stdout.write(json.dumps({"error": message, "problems": []}, ensure_ascii=False) + "\n")
        sys.stderr.write(f"{message}\n{hint}\n")
        return NOT_DONE
    from xlmalekort.pipeline.clock import today
    from xlmalekort.pipeline.errors import NotDoneError
    from xlmalekort.scorecards import DefinitionError

    # The demonstration plays in the past and brings its own day along.
    options.today = options.today or (None if options.command == "demo" else today())
    run: Callable[[argparse.Namespace], int] = import_module(f"xlmalekort.cli.{options.module}").run
    try:
        return run(options)
    except NotDoneError as error:
        from xlmalekort.cli.printing import print_not_done

        print_not_done(error, options)
        return NOT_DONE
    except BrokenPipeError:
        # Whoever read along (head, say) has seen enough.
        sys.stdout = None
        return FINE
    except (DefinitionError, OSError) as error:
        from xlmalekort.cli.printing import print_not_done

        where = f" {error.filename}" if isinstance(error, OSError) and error.filename else ""
        said = f"Not done:{where}: {error.strerror or error}." if isinstance(error, OSError) else str(error)
        print_not_done(NotDoneError(said), options)
        return NOT_DONE
    except KeyboardInterrupt:
        sys.stderr.write("Stopped. Nothing half-written was left behind.\n")
        return NOT_DONE


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day; write 2009-07-01") from None


def _year(text: str) -> int:
    if not (text.isdecimal() and 1950 <= int(text) <= 2950):  # noqa: PLR2004 - the years that a workbook can be made for
        raise argparse.ArgumentTypeError(f"{text!r} is no year; write 2009")
    return int(text)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="xlmalekort",
        description="Scorecards of public employment offices in Excel.",
        epilog="Exit codes: 0 fine; 1 done, and there are problems; 2 not done.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=_Parser)

    def command(name: str, module: str, text: str) -> argparse.ArgumentParser:
        found = commands.add_parser(name, help=text, description=text)
        found.set_defaults(module=module)
        found.add_argument("--json", action="store_true", help="print one JSON document")
        found.add_argument("--lang", choices=LANGUAGES, help="language of what people read (default: the scorecard's)")
        found.add_argument("--today", type=_day, default=None, metavar="DAY", help="the day that counts as today")
        return found

    demo = command("demo", "demo", "make a county of made-up offices, check, refresh and roll up")
    demo.add_argument("--out", type=Path, default=Path("demo"), metavar="DIR", help="where to (default: demo)")

    command("scorecards", "scorecards", "list the built-in scorecards")

    new = command("new", "new", "make an office workbook, or one for each office of a register")
    new.add_argument("scorecard", help="a built-in scorecard's name or a definition file")
    new.add_argument("--office", metavar="NAME", help="the office")
    new.add_argument("--year", type=_year, help="the year (default: the scorecard's)")
    new.add_argument("--data", type=Path, metavar="FIGURES.csv", help="figures to fill in")
    new.add_argument("--register", type=Path, metavar="OFFICES.csv", help="the offices to make workbooks for")
    new.add_argument("--out", type=Path, required=True, metavar="FILE|DIR", help="the workbook, or the folder for many")

    fill = command("fill", "fill", "write figures into workbooks already in use")
    fill.add_argument("path", type=Path, metavar="FILE|FOLDER")
    fill.add_argument("--data", type=Path, required=True, metavar="FIGURES.csv")

    cells = command("cells", "cells", "list every input cell of a workbook")
    cells.add_argument("file", type=Path, metavar="FILE")

    judge = command("judge", "judge", "judge one figure, with the reason")
    judge.add_argument("scorecard")
    judge.add_argument("indicator")
    judge.add_argument("--period", required=True, metavar="P", help="such as 2009-06")
    for part, text in (
        ("value", "the figure itself, in the unit shown (74.9)"),
        ("numerator", "the upper part of a share or a rate, or the answers times their worth"),
        ("denominator", "the lower part of a share or a rate, or the number of cases or answers behind a mean"),
        ("actual", "what was done or spent"),
        ("plan", "what was planned"),
        ("target", "a target of one's own"),
        ("yellow", "the outer edge of a yellow zone of one's own"),
        ("reference", "the figure that the target or the change compares with"),
    ):
        judge.add_argument(f"--{part}", metavar="N", help=text)
    for unit in ("office", "area", "region"):
        judge.add_argument(f"--{unit}", metavar="NAME", help=f"the {unit}, where some have a target of their own")

    check = command("check", "check", "check filled-in workbooks")
    check.add_argument("files", type=Path, nargs="+", metavar="FILE")
    check.add_argument("--register", type=Path, metavar="OFFICES.csv", help="the offices that there are")

    refresh = command("refresh", "refresh", "do what the button in Excel does")
    refresh.add_argument("file", type=Path, metavar="FILE")
    refresh.add_argument("--period", metavar="P", help="the period to show")
    refresh.add_argument("--out", type=Path, metavar="FILE", help="where to (default: the file itself)")

    rollup = command("rollup", "rollup", "roll a folder of office workbooks up into a regional workbook")
    rollup.add_argument("folder", type=Path, metavar="FOLDER")
    rollup.add_argument("--out", type=Path, required=True, metavar="REGION.xlsx")
    rollup.add_argument("--register", type=Path, metavar="OFFICES.csv")
    rollup.add_argument("--period", metavar="P")
    rollup.add_argument(
        "--tidy", type=Path, metavar="FILE.csv|.parquet", help="every figure with its source, as a table"
    )
    return parser
