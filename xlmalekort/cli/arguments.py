"""The arguments of every command, and what is said where they cannot be understood."""

from __future__ import annotations

import argparse
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, NoReturn, Protocol

from xlmalekort.locale import LANGUAGES, N_

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from xlmalekort.locale import Texts


class UsageError(Exception):
    """The arguments cannot be understood: what is wrong, and the command whose help says more."""

    def __init__(self, program: str, message: str) -> None:
        """Keep both, in the reader's language."""
        super().__init__(message)
        self.program = program
        self.message = f"{program}: {message}"


class Parser(argparse.ArgumentParser):
    """An argument parser that raises what is wrong instead of printing how everything is used."""

    def error(self, message: str) -> NoReturn:
        """Raise what is wrong, with the program's name."""
        raise UsageError(self.prog, message)


def parse(
    arguments: Sequence[str], texts: Texts, make: Callable[[Texts], argparse.ArgumentParser] | None = None
) -> argparse.Namespace:
    """The arguments, understood; UsageError where they cannot be, SystemExit after `--help`.

    `make` makes the parser of another program than `xlmalekort`.
    """
    with _argparse_in(texts):
        return (make or make_parser)(texts).parse_args(arguments)


@contextmanager
def _argparse_in(texts: Texts) -> Iterator[None]:
    """Argparse in the reader's language: it looks its own words up by two functions that it has from gettext."""
    names = vars(argparse)
    before = {name: names[name] for name in ("_", "ngettext")}
    names.update(_=texts, ngettext=texts.plural)
    try:
        yield
    finally:
        names.update(before)


def _day(texts: Texts, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = texts("{got} is no day; write 2009-07-01", got=repr(text))
        raise argparse.ArgumentTypeError(message) from None


def _year(texts: Texts, text: str) -> int:
    if not (text.isdecimal() and 1950 <= int(text) <= 2950):  # noqa: PLR2004 - the years that a workbook can be made for
        raise argparse.ArgumentTypeError(texts("{got} is no year; write 2009", got=repr(text)))
    return int(text)


_PARTS = {
    "value": N_("the figure itself, in the unit shown (74.9)"),
    "numerator": N_("the upper part of a share or a rate, or the answers times their worth"),
    "denominator": N_("the lower part of a share or a rate, or the number of cases or answers behind a mean"),
    "actual": N_("what was done or spent"),
    "plan": N_("what was planned"),
    "target": N_("a target of one's own"),
    "yellow": N_("the outer edge of a yellow zone of one's own"),
    "reference": N_("the figure that the target or the change compares with"),
}
_UNITS = {
    "office": N_("the office, where some have a target of their own"),
    "area": N_("the area, where some have a target of their own"),
    "region": N_("the region, where some have a target of their own"),
}


def make_parser(texts: Texts) -> argparse.ArgumentParser:
    """The parser of every command, its help in the reader's language."""
    parser = Parser(
        prog="xlmalekort",
        description=texts("Scorecards of public employment offices in Excel."),
        epilog=texts("Exit codes: 0 fine; 1 done, and there are problems; 2 not done."),
    )
    language_help = texts(
        "language of what is printed; workbooks are in the scorecard's (default: the scorecard's, else the system's)"
    )
    parser.add_argument("--lang", choices=LANGUAGES, help=language_help)
    a_command = texts("COMMAND")
    commands = parser.add_subparsers(
        dest="command",
        required=True,
        metavar=a_command,
        title=texts("commands"),
        description=texts("Each has a help of its own: {command}", command=f"xlmalekort {a_command} --help"),
        parser_class=Parser,
    )

    def command(name: str, text: str) -> argparse.ArgumentParser:
        found = commands.add_parser(name, help=text, description=text)
        _add_common(found, texts, language_help, otherwise=None)
        return found

    words = _Words(
        file=texts("FILE"),
        folder=texts("FOLDER"),
        period=texts("PERIOD"),
        figures=texts("FIGURES.csv"),
        offices=texts("OFFICES.csv"),
        scorecard=texts("a built-in scorecard's name, a definition file or a definition workbook"),
    )
    _add_making(command, texts, words)
    _add_judging(command, texts, words)
    _add_rolling_up(command, texts, words)
    _add_defining(command, texts, words, language_help)
    _add_excel(command, texts, words, language_help)
    return parser


def _add_common(parser: argparse.ArgumentParser, texts: Texts, language_help: str, *, otherwise: str | None) -> None:
    """What every command takes. `otherwise` is SUPPRESS for the task of a command: what was said before it holds."""
    as_json = False if otherwise is None else otherwise
    parser.add_argument("--json", action="store_true", default=as_json, help=texts("print one JSON document"))
    # Left out here, what was said before the command holds.
    parser.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help=language_help)
    parser.add_argument(
        "--today",
        type=partial(_day, texts),
        default=otherwise,
        metavar=texts("DAY"),
        help=texts("the day that counts as today"),
    )


class _Command(Protocol):
    """Adds a command with its help, and gives the parser of its arguments."""

    def __call__(self, name: str, text: str) -> argparse.ArgumentParser: ...


class _Words(NamedTuple):
    """What arguments of several commands are called, in the reader's language."""

    file: str
    folder: str
    period: str
    figures: str
    offices: str
    scorecard: str


def _add_making(command: _Command, texts: Texts, words: _Words) -> None:
    """The commands that make and fill workbooks."""
    demo = command("demo", texts("make a county of made-up offices, check, refresh and roll up"))
    demo.add_argument(
        "scorecard", nargs="?", default="nav-buskerud-2009", metavar=texts("SCORECARD"), help=words.scorecard
    )
    demo.add_argument(
        "--out",
        type=Path,
        default=Path("demo"),
        metavar=words.folder,
        help=texts("where to (default: {path})", path="demo"),
    )

    command("scorecards", texts("list the built-in scorecards"))

    new = command("new", texts("make an office workbook, or one for each office of a register"))
    new.add_argument("scorecard", metavar=texts("SCORECARD"), help=words.scorecard)
    new.add_argument("--office", metavar=texts("NAME"), help=texts("the office"))
    new.add_argument(
        "--year", type=partial(_year, texts), metavar=texts("YEAR"), help=texts("the year (default: the scorecard's)")
    )
    new.add_argument("--data", type=Path, metavar=words.figures, help=texts("figures to fill in"))
    new.add_argument("--register", type=Path, metavar=words.offices, help=texts("the offices to make workbooks for"))
    new.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar=f"{words.file}|{words.folder}",
        help=texts("the workbook, or the folder for many"),
    )
    new.add_argument("--macros", action="store_true", help=texts("with a button for Excel (.xlsm)"))

    fill = command("fill", texts("write figures into workbooks already in use"))
    fill.add_argument(
        "path", type=Path, metavar=f"{words.file}|{words.folder}", help=texts("a workbook, or a folder of them")
    )
    fill.add_argument("--data", type=Path, required=True, metavar=words.figures, help=texts("figures to fill in"))


def _add_judging(command: _Command, texts: Texts, words: _Words) -> None:
    """The commands about one office's figures."""
    cells = command("cells", texts("list every input cell of a workbook"))
    cells.add_argument("file", type=Path, metavar=words.file, help=texts("the workbook"))

    judge = command("judge", texts("judge one figure, with the reason"))
    judge.add_argument("scorecard", metavar=texts("SCORECARD"), help=words.scorecard)
    judge.add_argument("indicator", metavar=texts("INDICATOR"), help=texts("its id, such as {id}", id="B.1"))
    judge.add_argument("--period", required=True, metavar=words.period, help=texts("such as 2009-06"))
    for part, text in _PARTS.items():
        judge.add_argument(f"--{part}", metavar=texts("NUMBER"), help=texts(text))
    for unit, text in _UNITS.items():
        judge.add_argument(f"--{unit}", metavar=texts("NAME"), help=texts(text))

    check = command("check", texts("check filled-in workbooks"))
    check.add_argument("files", type=Path, nargs="+", metavar=words.file, help=texts("workbooks, or folders of them"))
    check.add_argument("--register", type=Path, metavar=words.offices, help=texts("the offices that there are"))
    check.add_argument(
        "--annotate",
        type=Path,
        metavar=f"{words.file}|{words.folder}",
        help=texts(
            "give the workbook back as this file, unchanged but for a sheet that lists what is wrong and marks on the cells; "
            "several workbooks in this folder"
        ),
    )

    refresh = command("refresh", texts("do what the button in Excel does"))
    refresh.add_argument("file", type=Path, metavar=words.file, help=texts("the workbook"))
    refresh.add_argument("--period", metavar=words.period, help=texts("the period to show"))
    refresh.add_argument("--out", type=Path, metavar=words.file, help=texts("where to (default: the file itself)"))

    repair = command(
        "repair", texts("put back formulas, input rules, locks and names that a filled-in workbook has lost")
    )
    repair.add_argument("file", type=Path, metavar=words.file, help=texts("the workbook"))
    repair.add_argument("--out", type=Path, metavar=words.file, help=texts("where to (default: the file itself)"))
    repair.add_argument("--dry-run", action="store_true", help=texts("only say what would be put back; write nothing"))

    migrate = command("migrate", texts("move a filled-in workbook to the template of the next year or version"))
    migrate.add_argument("file", type=Path, metavar=words.file, help=texts("the workbook"))
    migrate.add_argument("--to", required=True, metavar=texts("SCORECARD"), help=words.scorecard)
    migrate.add_argument(
        "--year", type=partial(_year, texts), metavar=texts("YEAR"), help=texts("the year (default: the scorecard's)")
    )
    migrate.add_argument(
        "--out", type=Path, metavar=words.file, help=texts("where to (default: beside the old workbook)")
    )


def _add_rolling_up(command: _Command, texts: Texts, words: _Words) -> None:
    """The commands about all offices together."""
    rollup = command("rollup", texts("roll a folder of office workbooks up into a regional workbook"))
    rollup.add_argument("folder", type=Path, metavar=words.folder, help=texts("the folder of workbooks"))
    rollup.add_argument(
        "--out", type=Path, required=True, metavar=texts("REGION.xlsx"), help=texts("the regional workbook")
    )
    rollup.add_argument("--register", type=Path, metavar=words.offices, help=texts("the offices that there are"))
    rollup.add_argument(
        "--period", metavar=words.period, help=texts("the period to show (default: all that have ended)")
    )
    rollup.add_argument(
        "--tidy",
        type=Path,
        metavar=texts("TABLE.csv|.parquet"),
        help=texts("every figure with its source, as a table"),
    )
    rollup.add_argument(
        "--against",
        type=Path,
        metavar=texts("OLD.xlsx"),
        help=texts("an earlier regional workbook: list what has changed since, and who changed it"),
    )


def _tasks(command: argparse.ArgumentParser, texts: Texts) -> argparse._SubParsersAction[argparse.ArgumentParser]:
    """The place for the tasks of a command."""
    return command.add_subparsers(
        dest="task", required=True, metavar=texts("TASK"), title=texts("tasks"), parser_class=Parser
    )


def _add_defining(command: _Command, texts: Texts, words: _Words, language_help: str) -> None:
    """The commands about definitions."""
    definition = command("definition", texts("export, check and import definitions as workbooks"))
    tasks = _tasks(definition, texts)

    def task(name: str, text: str) -> argparse.ArgumentParser:
        found = tasks.add_parser(name, help=text, description=text)
        _add_common(found, texts, language_help, otherwise=argparse.SUPPRESS)
        return found

    export = task("export", texts("write a scorecard as a definition workbook, to be changed in Excel"))
    export.add_argument("scorecard", metavar=texts("SCORECARD"), help=words.scorecard)
    export.add_argument("--out", type=Path, required=True, metavar=words.file, help=texts("the definition workbook"))

    importing = task("import", texts("make a definition workbook a definition file"))
    importing.add_argument("file", type=Path, metavar=words.file, help=texts("the definition workbook"))
    importing.add_argument(
        "--out", type=Path, required=True, metavar=words.file, help=texts("the definition file (.yaml)")
    )

    check = task("check", texts("check a definition workbook or a definition file"))
    check.add_argument("file", type=Path, metavar=words.file, help=texts("the definition workbook or file"))
    check.add_argument("--register", type=Path, metavar=words.offices, help=texts("the offices that there are"))

    diff = command("diff", texts("say what has changed between two definitions, and which series break"))
    diff.add_argument("old", metavar=texts("OLD"), help=words.scorecard)
    diff.add_argument("new", metavar=texts("NEW"), help=words.scorecard)


def _add_excel(command: _Command, texts: Texts, words: _Words, language_help: str) -> None:
    """The commands about Excel on this machine."""
    excel = command("excel", texts("set up Excel for the button, the ribbon and the functions, and say what is wrong"))
    tasks = _tasks(excel, texts)

    def task(name: str, text: str) -> argparse.ArgumentParser:
        found = tasks.add_parser(name, help=text, description=text)
        _add_common(found, texts, language_help, otherwise=argparse.SUPPRESS)
        profile = texts("a folder in place of the user's profile, to try things out")
        found.add_argument("--profile", type=Path, metavar=words.folder, help=profile)
        return found

    install = task(
        "install", texts("install Python and the add-in for Excel, for you alone and without an administrator")
    )
    install.add_argument(
        "--from",
        dest="source",
        type=Path,
        metavar=f"{words.file}|{words.folder}",
        help=texts("a wheel of the program, or a folder of wheels (default: where this program came from)"),
    )
    install.add_argument(
        "--register",
        action="store_true",
        help=texts("register the add-in with Excel in place of copying it to the folder that Excel opens at its start"),
    )
    dry_run = texts("only say what would be done; write nothing")
    install.add_argument("--dry-run", action="store_true", help=dry_run)

    doctor = task("doctor", texts("check Excel, Python, the add-in and what Excel trusts, and say what to do"))
    doctor.add_argument(
        "file",
        nargs="?",
        metavar=words.file,
        help=texts("a workbook to check as well: its path, or its address in the cloud"),
    )

    uninstall = task("uninstall", texts("remove what install has written, and nothing else"))
    uninstall.add_argument("--dry-run", action="store_true", help=dry_run)
