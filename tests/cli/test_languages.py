"""Whatever the command line says to people, it says in their language."""

from __future__ import annotations

import argparse
import ast
import inspect
import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.test_commands import FIGURES, TODAY, Run, folder, office, run
from tests.pipeline.offices import BUSKERUD
from tests.support.catalogues import ARGPARSE, LANGUAGES, read
from tests.support.marking import SLOT, marking, naming, words
from xlmalekort.cli import main
from xlmalekort.cli.arguments import make_parser
from xlmalekort.cli.languages import asked_for, of_environment
from xlmalekort.locale import texts_of
from xlmalekort.model.scorecard import Scorecard
from xlmalekort.scorecards import built_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

__all__ = ["folder", "office", "run"]

COMMANDS = (
    "demo",
    "scorecards",
    "new",
    "fill",
    "cells",
    "judge",
    "check",
    "refresh",
    "repair",
    "migrate",
    "rollup",
    "definition",
    "diff",
    "excel",
)
TASKS = ("export", "import", "check")
EXCEL_TASKS = ("install", "doctor", "uninstall")
HELP = (
    ["--help"],
    *([command, "--help"] for command in COMMANDS),
    *(["definition", task, "--help"] for task in TASKS),
    *(["excel", task, "--help"] for task in EXCEL_TASKS),
)
USAGE_ERRORS = (
    ["tull"],
    ["--tull"],
    ["judge"],
    ["judge", BUSKERUD],
    ["judge", BUSKERUD, "B.1"],
    ["judge", BUSKERUD, "B.1", "--period"],
    ["judge", BUSKERUD, "B.1", "--p", "2009-05"],
    ["judge", BUSKERUD, "B.1", "--period", "2009-05", "--tull"],
    ["scorecards", "--json=3"],
    ["scorecards", "--today", "i_morgen"],
    ["scorecards", "--lang", "sv"],
    ["demo", "--out"],
    ["new", BUSKERUD, "--office", "A", "--out", "x.xlsx", "--year", "MMIX"],
    ["check"],
    ["check", "--register"],
    ["cells"],
    ["cells", "a.xlsx", "b.xlsx"],
    ["refresh"],
    ["repair"],
    ["fill", "a.xlsx"],
    ["migrate", "a.xlsx"],
    ["migrate", "a.xlsx", "--to"],
    ["rollup", "x"],
    ["definition"],
    ["definition", "tull"],
    ["definition", "export", BUSKERUD],
    ["definition", "import", "x.xlsx"],
    ["definition", "check"],
    ["diff", BUSKERUD],
    ["excel"],
    ["excel", "tull"],
    ["excel", "install", "--from"],
    ["excel", "doctor", "a.xlsm", "b.xlsm"],
)
REFUSALS = (
    ["judge", "nav-buskerud", "B.1", "--period", "2009-05"],
    ["judge", "finnes-ikke", "B.1", "--period", "2009-05"],
    ["judge", "finnes-ikke.yaml", "B.1", "--period", "2009-05"],
    ["judge", "ugyldig.yaml", "B.1", "--period", "2009-05"],
    ["judge", "mappe", "B.1", "--period", "2009-05"],
    ["judge", BUSKERUD, "B.99", "--period", "2009-05", "--value", "1"],
    ["judge", BUSKERUD, "B.1", "--period", "mai", "--value", "1"],
    ["judge", BUSKERUD, "B.1", "--period", "2009-13", "--value", "1"],
    ["judge", BUSKERUD, "B.1", "--period", "2009-Q1", "--value", "1"],
    ["judge", BUSKERUD, "B.1", "--period", "2009-05", "--value", "mye"],
    ["judge", BUSKERUD, "B.1", "--period", "2009-05", "--actual", "1"],
    ["judge", BUSKERUD, "B.1", "--period", "2009-05", "--value", "1", "--numerator", "1"],
    ["judge", BUSKERUD, "B.4", "--period", "2009-05", "--value", "1", "--target", "2"],
    ["new", BUSKERUD, "--out", "x.xlsx"],
    ["new", BUSKERUD, "--office", " ", "--out", "x.xlsx"],
    ["new", BUSKERUD, "--office", "A" * 101, "--out", "x.xlsx"],
    ["new", BUSKERUD, "--office", "A", "--out", "x.pdf"],
    ["new", BUSKERUD, "--office", "A", "--out", "finnes/ikke/x.xlsx"],
    ["new", BUSKERUD, "--office", "A", "--data", "tom.csv", "--out", "x.xlsx"],
    ["new", BUSKERUD, "--office", "A", "--data", "feil.csv", "--out", "x.xlsx"],
    ["new", BUSKERUD, "--register", "feil.csv", "--out", "ut"],
    ["new", BUSKERUD, "--register", "nedlagt.csv", "--out", "ut"],
    ["new", BUSKERUD, "--register", "like.csv", "--out", "ut"],
    ["fill", "finnes-ikke.xlsx", "--data", "tall.csv"],
    ["fill", "skadet.xlsx", "--data", "tall.csv"],
    ["fill", "prøvedal.xlsx", "--data", "finnes-ikke.csv"],
    ["fill", "mappe", "--data", "tall.csv"],
    ["cells", "finnes-ikke.xlsx"],
    ["cells", "skadet.xlsx"],
    ["cells", "mappe"],
    ["check", "finnes-ikke.xlsx"],
    ["check", "finnes-ikke.xlsx", "heller-ikke.xlsx"],
    ["check", "prøvedal.xlsx", "--register", "tall.csv"],
    ["refresh", "finnes-ikke.xlsx"],
    ["refresh", "skadet.xlsx"],
    ["refresh", "prøvedal.xlsx", "--period", "2010-01"],
    ["refresh", "prøvedal.xlsx", "--out", "finnes-ikke/x.xlsx"],
    ["refresh", "prøvedal.xlsx", "--out", "mappe"],
    ["repair", "finnes-ikke.xlsx"],
    ["repair", "skadet.xlsx"],
    ["repair", "prøvedal.xlsx", "--out", "x.xlsm"],
    ["migrate", "finnes-ikke.xlsx", "--to", BUSKERUD],
    ["migrate", "skadet.xlsx", "--to", BUSKERUD],
    ["migrate", "prøvedal.xlsx", "--to", "finnes-ikke"],
    ["migrate", "prøvedal.xlsx", "--to", BUSKERUD, "--year", "2012"],
    ["migrate", "prøvedal.xlsx", "--to", BUSKERUD, "--year", "2008"],
    ["rollup", "finnes-ikke", "--out", "x.xlsx"],
    ["rollup", "mappe", "--out", "x.xlsx"],
    ["rollup", "mappe", "--out", "x.csv"],
    ["rollup", "mappe", "--out", "prøvedal.xlsx"],
    ["rollup", "mappe", "--out", "x.xlsx", "--tidy", "x.txt"],
    ["rollup", "mappe", "--out", "x.xlsx", "--tidy", "x.xlsx"],
    ["rollup", "mappe", "--out", "x.xlsx", "--tidy", "tall.csv"],
    ["rollup", "mappe", "--out", "x.xlsx", "--register", "like.csv", "--tidy", "like.csv"],
    ["demo", "--out", "andres"],
    ["definition", "export", "finnes-ikke", "--out", "x.xlsx"],
    ["definition", "export", BUSKERUD, "--out", "x.pdf"],
    ["definition", "export", BUSKERUD, "--out", "prøvedal.xlsx"],
    ["definition", "import", "finnes-ikke.xlsx", "--out", "x.yaml"],
    ["definition", "import", "prøvedal.xlsx", "--out", "x.yaml"],
    ["definition", "import", "prøvedal.xlsx", "--out", "x.pdf"],
    ["definition", "check", "finnes-ikke.xlsx"],
    ["diff", BUSKERUD, "finnes-ikke"],
    ["diff", BUSKERUD, "prøvedal.xlsx"],
    ["excel", "install", "--profile", "mappe", "--from", "finnes-ikke.whl"],
    ["excel", "install", "--profile", "mappe", "--from", "andres"],
    ["excel", "uninstall", "--profile", "mappe"],
)
"""What is refused, in the folder that `laid_out` makes."""
OVER_A_WORKBOOK = ["new", BUSKERUD, "--office", "A", "--out", "prøvedal.xlsx"]
NO_TEXTS = (
    words("xlmalekort help json lang today nb da nl en csv xlsm xlsx parquet UTF YAML")
    | words(" ".join([*COMMANDS, *TASKS, *EXCEL_TASKS, *built_in()]))
    | words("AppData Local Roaming")
    | words("value numerator denominator actual plan target yellow reference weight")
)
"""Names that are the same in every language: of the program, commands, options, formats, folders, scorecards and fields."""


@pytest.fixture(scope="module")
def laid_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a workbook, what is wrong with other things, and room for nothing: refusals change nothing in it."""
    folder = tmp_path_factory.mktemp("Fylke Øst – målekort")
    workbook = folder / "prøvedal.xlsx"
    (folder / "tall.csv").write_text(FIGURES, encoding="utf-8")
    new = ["new", BUSKERUD, "--office", "Prøvedal", "--data", str(folder / "tall.csv"), "--out", str(workbook)]
    assert main([*new, *TODAY]) == 0
    (folder / "skadet.xlsx").write_bytes(workbook.read_bytes()[:5000])
    (folder / "mappe").mkdir()
    (folder / "andres" / "offices").mkdir(parents=True)
    (folder / "andres" / "offices" / "noe.xlsx").touch()
    (folder / "ugyldig.yaml").write_text("id: x\ntitel: [a]\nyear: i fjor\nmeasures: [{id: 1}]\n", encoding="utf-8")
    (folder / "tom.csv").touch()
    (folder / "feil.csv").write_text("office,indicator,field,period,value\nPrøvedal,B.99,value,2009-05,1\n")
    (folder / "nedlagt.csv").write_text("office,area,region,to\nPrøvedal,TO Nord,Buskerud,2001-12-31\n")
    (folder / "like.csv").write_text("office,area,region\nØy Vest,TO Nord,Buskerud\nØy_Vest,TO Nord,Buskerud\n")
    return folder


@pytest.fixture
def things(laid_out: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """That folder as the place where the command line runs; it is the same afterwards."""
    monkeypatch.chdir(laid_out)
    before = contents(laid_out)
    yield laid_out
    assert contents(laid_out) == before


def contents(folder: Path) -> dict[Path, bytes | None]:
    return {path: path.read_bytes() if path.is_file() else None for path in folder.rglob("*")}


@pytest.fixture
def marked_texts() -> Iterator[None]:
    with marking():
        yield


@pytest.fixture
def named_languages() -> Iterator[None]:
    with naming():
        yield


def said(capsys: pytest.CaptureFixture[str], arguments: list[str], code: int) -> str:
    """All that a run prints."""
    capsys.readouterr()
    assert main(arguments) == code
    captured = capsys.readouterr()
    assert "Traceback" not in captured.err
    return captured.out + captured.err


@pytest.mark.usefixtures("marked_texts")
@pytest.mark.parametrize("arguments", HELP, ids=" ".join)
def test_every_text_of_the_help_is_looked_up(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    help_text = said(capsys, ["--lang", "nb", *arguments], 0)
    options = words(" ".join(re.findall(r"--[\w-]+", help_text)))
    assert words(help_text) <= options | NO_TEXTS


@pytest.mark.usefixtures("marked_texts")
@pytest.mark.parametrize("arguments", USAGE_ERRORS, ids=" ".join)
def test_every_text_of_a_usage_error_is_looked_up(
    arguments: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "nb_NO.UTF-8")  # `--lang` may be what is wrong
    told = said(capsys, arguments, 2)
    options = {"plan", "period", "office", "out", "to", "data", "register", "indicator"}
    assert words(told) <= words(" ".join(arguments)) | options | NO_TEXTS


@pytest.mark.parametrize("arguments", REFUSALS, ids=" ".join)
def test_every_text_of_a_refusal_is_looked_up(
    arguments: list[str], things: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = [path.read_text(encoding="utf-8") for path in things.iterdir() if path.suffix in {".csv", ".yaml"}]
    given = words(
        " ".join([*arguments, *map(str, things.rglob("*")), *texts, *Scorecard.model_fields, "A" * 40, "øy vest"])
    )
    with marking():
        told = said(capsys, [*arguments, "--lang", "nb"], 2)
    assert words(re.sub(r"\[[A-Z]{3}-\d{3}\]", "", told)) <= given | NO_TEXTS | {"mai"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "arguments", [HELP, USAGE_ERRORS, [*REFUSALS, OVER_A_WORKBOOK]], ids=["help", "usage errors", "refusals"]
)
def test_no_english_sentence_is_told_where_it_has_a_translation(
    arguments: Sequence[list[str]],
    language: str,
    things: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LC_ALL", language)  # for where `--lang` itself is what is wrong
    sentences = english(language)
    for each in arguments:
        told = " ".join(said(capsys, ["--lang", language, *each], 0 if "--help" in each else 2).split())
        assert [sentence for sentence, form in sentences.items() if form.search(told)] == [], each


def english(language: str) -> dict[str, re.Pattern[str]]:
    """The sentences that read otherwise in the language, as they would stand in what is printed."""
    return {
        sentence: re.compile(".+?".join(re.escape(part) for part in SLOT.split(sentence)))
        for message in read(language)
        if message.id and message.string and message.string != message.id
        for sentence in ([message.id] if isinstance(message.id, str) else message.id)
        if len(words(SLOT.sub("", sentence))) > _FRAGMENT
    }


_FRAGMENT = 3
"""So few words are a part of a sentence, which may stand in another language too."""


@pytest.mark.parametrize("language", ["nb", "da", "nl", "en"])
def test_numbers_are_written_as_the_language_writes_them(
    language: str, things: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sign = "." if language == "en" else ","
    judge = ["judge", BUSKERUD, "B.6", "--period", "2009-05", "--lang", language]
    assert f"67{sign}9" in said(capsys, [*judge, "--value", "67.9"], 0)
    assert f" 74{sign}9" in said(capsys, [*judge, "--value", "mye"], 2)


@pytest.mark.parametrize("language", ["nb", "da", "nl", "en"])
def test_one_is_told_in_the_singular_and_more_in_the_plural(
    run: Run, office: Path, folder: Path, language: str
) -> None:
    texts = texts_of(language)
    for rows, count in (("", 1), ("B.2,denominator,2009-04,60\n", 2)):
        data = folder / "flere.csv"
        data.write_text(f"indicator,field,period,value\nB.2,numerator,2009-04,{30 + count}\n{rows}", encoding="utf-8")
        told = run("fill", office, "--data", data, "--lang", language, *TODAY, code=0)
        slots = {"file": office.name, "office": "Prøvedal"}
        one, many = "{file}: {office}; {count} cell written", "{file}: {office}; {count} cells written"
        assert texts.plural(one, many, count, **slots) in told.splitlines()


@pytest.mark.parametrize("language", ["nb", "da", "nl", "en"])
def test_a_folder_of_one_file_is_told_in_the_singular(run: Run, office: Path, language: str) -> None:
    alone = office.parent / "alene"
    alone.mkdir()
    (alone / office.name).write_bytes(office.read_bytes())
    told = run("rollup", alone, "--out", office.parent / "r.xlsx", "--lang", language, *TODAY, code=0)
    one = "{count} file: {counted} counted, {rejected} rejected, {held} held, {ignored} ignored."
    many = "{count} files: {counted} counted, {rejected} rejected, {held} held, {ignored} ignored."
    counts = {"counted": 1, "rejected": 0, "held": 0, "ignored": 0}
    assert texts_of(language).plural(one, many, 1, **counts) in told.splitlines()
    assert "1 files" not in told


def test_statuses_are_words_for_people_and_codes_for_programs(run: Run) -> None:
    judge = ["judge", BUSKERUD, "B.6", "--period", "2009-05", "--value", "67.9"]
    for language, word in {"nb": "rød", "da": "rød", "nl": "rood", "en": "red"}.items():
        assert run(*judge, "--lang", language, code=0).splitlines()[0].endswith(f": ■ {word}")
        assert run.json(*judge, "--lang", language, code=0)["status"] == "red"


def test_refresh_tells_statuses_in_words(run: Run, office: Path) -> None:
    told = run("refresh", office, "--period", "2009-05", *TODAY, code=0)
    assert re.search(r"^B\.6 +■ rød +67,9 % er under gult område 68-75 %", told, re.MULTILINE)
    assert re.search(r"^B\.2 +\? ikke rapportert +Tallene for mai 2009 mangler$", told, re.MULTILINE)


@pytest.mark.parametrize(
    ("language", "heading"), [("nb", "Målekort.*År.*Tittel"), ("da", "Målekort.*År.*Titel"), ("nl", "Scorekaart.*Jaar")]
)
def test_tables_have_headings_in_the_readers_language(run: Run, language: str, heading: str) -> None:
    assert re.match(heading, run("scorecards", "--lang", language, code=0))


class TestChoice:
    """`--lang` goes first, then the language of the scorecard, then the environment's."""

    @pytest.mark.parametrize(
        ("arguments", "language"),
        [
            (["scorecards", "--lang", "nl"], "nl"),
            (["scorecards", "--lang=nl"], "nl"),
            (["--lang", "nl", "scorecards"], "nl"),
            (["scorecards", "--la", "nl", "--help"], "nl"),
            (["--lang", "da", "scorecards", "--lang", "nl"], "nl"),
            (["tull", "--tull", "--lang", "nl"], "nl"),
            (["scorecards", "--lang", "sv"], None),
            (["scorecards", "--lang"], None),
            (["scorecards", "--lang", "--json"], None),
            (["scorecards"], None),
            ([], None),
        ],
    )
    def test_the_argument_is_found_before_arguments_are_understood(
        self, arguments: list[str], language: str | None
    ) -> None:
        assert asked_for(arguments) == language

    @pytest.mark.parametrize(
        ("environment", "language"),
        [
            ({}, "en"),
            ({"LANG": "nb_NO.UTF-8"}, "nb"),
            ({"LANG": "no_NO"}, "nb"),
            ({"LANG": "nn_NO.UTF-8"}, "nb"),
            ({"LANG": "da"}, "da"),
            ({"LANG": "nl_BE@euro"}, "nl"),
            ({"LANG": "sv_SE.UTF-8"}, "en"),
            ({"LANG": "C.UTF-8"}, "en"),
            ({"LANG": "nb_NO.UTF-8", "LC_MESSAGES": "nl_NL.UTF-8"}, "nl"),
            ({"LANG": "nb_NO.UTF-8", "LC_MESSAGES": "nl_NL.UTF-8", "LC_ALL": "da_DK.UTF-8"}, "da"),
            ({"LANG": "nb_NO.UTF-8", "LC_MESSAGES": "", "LC_ALL": ""}, "nb"),
            ({"LANG": "nb_NO.UTF-8", "LC_ALL": "C"}, "en"),
        ],
    )
    def test_of_the_environment_the_first_setting_that_is_there_counts(
        self, environment: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
            monkeypatch.delenv(name, raising=False)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        assert of_environment() == language

    @pytest.mark.usefixtures("named_languages")
    @pytest.mark.parametrize(
        ("arguments", "code"),
        [
            (["--help"], 0),
            (["judge", "--help"], 0),
            (["tull"], 2),
            (["judge"], 2),
            (["scorecards"], 0),
            (["judge", "finnes-ikke", "B.1", "--period", "2009-05"], 2),
            (["refresh", "finnes-ikke.xlsx"], 2),
        ],
    )
    def test_where_no_scorecard_is_known_the_environment_says(
        self, arguments: list[str], code: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("LC_ALL", "da_DK.UTF-8")
        assert "[da]" in said(capsys, arguments, code)
        told = said(capsys, ["--lang", "nl", *arguments], code)
        assert "[nl]" in told
        assert "[da]" not in told

    @pytest.mark.usefixtures("things")
    @pytest.mark.parametrize(
        ("arguments", "code"),
        [
            (["judge", BUSKERUD, "B.99", "--period", "2009-05"], 2),
            (["judge", BUSKERUD, "B.1", "--period", "2009-05"], 0),
            (["new", BUSKERUD, "--out", "x.xlsx"], 2),
            (["refresh", "prøvedal.xlsx", "--period", "2010-01"], 2),
            (["migrate", "prøvedal.xlsx", "--to", BUSKERUD, "--year", "2012"], 2),
            (["fill", "prøvedal.xlsx", "--data", "feil.csv"], 1),
        ],
    )
    def test_the_scorecards_language_goes_before_the_environments(
        self, arguments: list[str], code: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("LC_ALL", "da_DK.UTF-8")
        with naming():
            told = said(capsys, [*arguments, *TODAY], code)
            assert "[nb]" in told
            assert "[da]" not in told
            told = said(capsys, [*arguments, *TODAY, "--lang", "nl"], code)
        assert "[nl]" in told
        assert "[nb]" not in told


@pytest.mark.usefixtures("named_languages")
@pytest.mark.parametrize("arguments", [["judge"], ["judge", "finnes-ikke", "B.1", "--period", "2009-05"]])
def test_the_error_of_the_json_document_is_told_in_the_readers_language(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*arguments, "--json", "--lang", "nl"]) == 2
    document = json.loads(capsys.readouterr().out)
    assert "[nl]" in document["error"]
    assert document["problems"] == []


def test_what_the_system_refuses_is_told_in_the_readers_language(
    things: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device", ".1234.tmp")

    monkeypatch.setattr("xlmalekort.output.writing.os.fsync", refuse)
    with marking():
        told = said(capsys, ["refresh", "prøvedal.xlsx", "--lang", "nb"], 2)
    assert words(told) == words("prøvedal.xlsx")


@pytest.mark.usefixtures("marked_texts")
def test_being_stopped_is_told_in_the_readers_language(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("xlmalekort.cli.scorecards.run", stop)
    assert words(said(capsys, ["scorecards", "--lang", "nb"], 2)) == set()


def test_check_tells_what_is_to_be_said_of_the_register(run: Run, office: Path, folder: Path) -> None:
    register = folder / "offices.csv"
    register.write_text(
        "office,area,region,from,to,successor\nPrøvedal,TO Nord,Buskerud,,,\nGammeldal,TO Nord,Buskerud,,2008-12-31,Ingen\n",
        encoding="utf-8",
    )
    assert "offices.csv:3 [OFF-011]" in run("check", office, "--register", register, *TODAY, code=1)


@pytest.mark.parametrize("arguments", [["--help"], ["judge", "--help", "--lang", "nb"], ["judge", "--lang", "nl"]])
def test_help_and_usage_errors_load_nothing_heavy(arguments: list[str]) -> None:
    code = f"import sys; from xlmalekort.cli import main; main({arguments}); print(*sys.modules)"
    modules = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "argparse" in modules
    assert {"pandas", "openpyxl", "pydantic", "lxml", "xlsxwriter", "babel", "yaml", "rich"}.isdisjoint(modules)


BY_PROGRAMMERS = (
    ".__call__() not defined",
    "'required' is an invalid argument for positionals",
    "mutually exclusive arguments must be optional",
    "subcommands",
    "%r is not callable",
    "cannot merge actions - two groups are named %r",
    "invalid option string %(option)r: must start with a character %(prefix_chars)r",
    "dest= is required for options like %r",
    "invalid conflict_resolution value: %r",
    "cannot have multiple subparser arguments",
    "conflicting subparser: %s",
    "conflicting subparser alias: %s",
    "conflicting option string: %s",
    'argument "-" with mode %r',
    "%(prog)s: error: %(message)s\n",
)
"""What argparse says to those who make a parser; the last is printed by a method that ours does not use."""
UNUSED = (
    "can't open '%(filename)s': %(error)s",
    "expected at most one argument",
    "expected %s argument",
    "invalid %(type)s value: %(value)r",
    "one of the arguments %s is required",
    "not allowed with argument %s",
    "unknown parser %(parser_name)r (choices: %(choices)s)",
    "unexpected option string: %s",
)
"""What it says of kinds of arguments that our parsers do not have."""


def messages_of_argparse() -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(inspect.getsource(argparse))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"_", "ngettext"}:
            found |= {each.value for each in ast.walk(node.args[0]) if isinstance(each, ast.Constant)}
    return {each for each in found if isinstance(each, str)} - {"title", "description"}


def test_every_message_of_argparse_that_people_can_get_is_in_the_catalogues() -> None:
    assert messages_of_argparse() <= {*ARGPARSE, *BY_PROGRAMMERS, *UNUSED}


def parsers() -> Iterator[argparse.ArgumentParser]:
    parser = make_parser(texts_of("en"))
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            yield from action.choices.values()


def test_our_parsers_have_no_arguments_whose_messages_are_not_in_the_catalogues() -> None:
    for parser in parsers():
        assert parser._mutually_exclusive_groups == []
        for action in parser._actions:
            # One too many of an argument without a name is told as an unrecognized one.
            assert action.nargs in {None, 0, "+", argparse.PARSER} | (set() if action.option_strings else {"?"})
            name: Any = getattr(action.type, "func", action.type)
            assert action.type is None or name.__name__ in {"Path", "_day", "_year"}


def test_every_argument_has_help() -> None:
    for parser in parsers():
        for action in parser._actions:
            assert action.help or isinstance(action, argparse._SubParsersAction), (parser.prog, action.dest)
