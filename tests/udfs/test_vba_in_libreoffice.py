"""The macros and functions of a workbook run in LibreOffice, with a stand-in for the Python behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.libreoffice import CellError, LibreOffice
from tests.support.macros import StandIn, with_stand_in
from tests.xlsx.books import book
from xlmalekort.locale import texts_of
from xlmalekort.template import macros
from xlmalekort.template.macros import REFRESH, REFRESH_MACRO, TITLE, add_macros, with_ribbon_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from xlsxwriter import Workbook

    from tests.support.libreoffice import OpenWorkbook

pytestmark = pytest.mark.libreoffice

TEXTS = texts_of("nb")
CARD = "buskerud#1f"
CODES = ("green", "yellow", "red")
NATIVE = "native"
AUTOMATIC = -4105
LOCALES = ("nb-NO", "en-US")
STATUS = f'=IFERROR(INDEX(Codes!A1:A3,MATCH(MK_STATUS("B.6",B1,"2009-06",,0.75),Codes!A1:A3,0)),"{NATIVE}")'
FORMULAS = (
    STATUS,
    '=MK_STATUS("B.6",B1:B3,"2009-06")',
    '=MK_STATUS("B.6",B1,"2009-06",,,,"another")',
    "=MK_SHARE(B1,B2)",
)


@pytest.fixture(scope="module", params=LOCALES)
def office(request: pytest.FixtureRequest) -> Iterator[LibreOffice]:
    with LibreOffice(locale=request.param) as office:
        yield office


def _write(workbook: Workbook) -> None:
    title = TEXTS(TITLE)
    sheet, codes = workbook.add_worksheet(title), workbook.add_worksheet("Codes")
    workbook.add_worksheet("Måle'kort æøå")
    sheet.insert_button("D2", {"macro": REFRESH_MACRO, "caption": TEXTS(REFRESH)})
    for row, formula in enumerate(FORMULAS):
        sheet.write_formula(row, 0, formula, None, NATIVE)
    sheet.write_column(0, 1, (0.7, 0.8, 0.9))
    codes.write_column(0, 0, CODES)
    workbook.define_name("mk_setup", "=Codes!$A$1")
    workbook.define_name("mk_card", f'="{CARD}"')
    add_macros(workbook, TEXTS)


WITH_MACROS = with_ribbon_of(book(_write), TEXTS)


@pytest.fixture(scope="module")
def workbook_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("vba") / "Ål's kort æøå.xlsm"
    path.write_bytes(with_stand_in(WITH_MACROS))
    return path


@pytest.fixture
def opened(office: LibreOffice, workbook_file: Path) -> Iterator[OpenWorkbook]:
    with office.open(workbook_file, macros=True) as opened:
        yield opened


def shown(opened: OpenWorkbook) -> list[object]:
    """What the formulas come to."""
    opened.calculate()
    return [row[0] for row in opened.read({TEXTS(TITLE): f"A1:A{len(FORMULAS)}"})[TEXTS(TITLE)]]


def test_the_button_is_bound_to_its_macro(opened: OpenWorkbook) -> None:
    (script,) = opened.buttons(TEXTS(TITLE)).values()
    assert "VBAProject.Malekort.RefreshScorecard?" in script


@pytest.mark.parametrize(
    ("macro", "command"),
    [
        ("RefreshScorecard", "import udfs.macros; udfs.macros.refresh()"),
        ("RollUpRegion", "import udfs.macros; udfs.macros.roll_up()"),
    ],
)
def test_a_macro_has_python_run_its_command_and_nothing_else(opened: OpenWorkbook, macro: str, command: str) -> None:
    python = StandIn(opened)
    python.prepare()
    opened.run(f"Malekort.{macro}")
    assert python.commands == [command]
    assert python.told == []


@pytest.mark.parametrize(
    ("callback", "command"),
    [
        ("MalekortRefresh", "import udfs.macros; udfs.macros.refresh()"),
        ("MalekortRollUp", "import udfs.macros; udfs.macros.roll_up()"),
    ],
)
def test_a_button_of_the_ribbon_does_the_same(opened: OpenWorkbook, callback: str, command: str) -> None:
    python = StandIn(opened)
    python.prepare()
    python.click(callback)
    assert (python.commands, python.told) == ([command], [])


@pytest.mark.parametrize(
    ("macro", "is_scorecard", "is_run"),
    [
        ("RefreshScorecard", True, True),
        ("RefreshScorecard", False, False),
        ("RollUpRegion", True, True),
        # A region's workbook is none; Python says what it can be rolled up from.
        ("RollUpRegion", False, True),
    ],
)
def test_the_add_in_works_on_the_workbook_in_front_and_refreshes_scorecards_only(
    office: LibreOffice, tmp_path: Path, macro: str, is_scorecard: bool, is_run: bool
) -> None:
    def write(workbook: Workbook) -> None:
        workbook.add_worksheet("Data")
        if is_scorecard:
            workbook.define_name("mk_setup", "=Data!$A$1")
        add_macros(workbook, TEXTS)

    path = tmp_path / "x.xlsm"
    path.write_bytes(with_stand_in(book(write), in_add_in=True))
    with office.open(path, macros=True) as opened:
        python = StandIn(opened)
        python.prepare()
        opened.run(f"Malekort.{macro}")
        assert len(python.commands) == is_run
        assert python.told == ([] if is_run else [opened.run("MalekortTexts.Say", "no_scorecard")])


@pytest.mark.parametrize(
    ("macro", "key"), [("RefreshScorecard", "no_python_refresh"), ("RollUpRegion", "no_python_roll_up")]
)
def test_without_an_interpreter_it_says_so_and_starts_nothing(opened: OpenWorkbook, macro: str, key: str) -> None:
    python = StandIn(opened)
    python.prepare(interpreter="C:\\not there")
    opened.run(f"Malekort.{macro}")
    assert python.commands == []
    assert python.told == [opened.run("MalekortTexts.Say", key)]
    assert not python.is_connected


def test_before_a_refresh_every_function_is_an_error_at_once_and_the_native_formula_answers(
    opened: OpenWorkbook,
) -> None:
    python = StandIn(opened)
    python.prepare()
    # LibreOffice shows the error that VBA makes as a text.
    assert shown(opened) == [NATIVE, "Error 2042", "Error 2042", "Error 2042"]
    assert python.calls == 0
    assert python.commands == []


def test_after_a_refresh_the_functions_answer(opened: OpenWorkbook) -> None:
    python = StandIn(opened)
    python.prepare(answer="yellow")
    opened.run("Malekort.RefreshScorecard")
    assert shown(opened) == ["yellow"] * 4
    assert python.calls >= len(FORMULAS)


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ("red", "red"),
        ("nothing", NATIVE),
        ("", NATIVE),
        ("#VALUE!", NATIVE),
        ("#N/A", NATIVE),
        ("raises", NATIVE),
        ("is gone", NATIVE),
        ("a status that nobody knows", NATIVE),
    ],
)
def test_the_status_is_pythons_or_the_native_one(opened: OpenWorkbook, answer: str, status: str) -> None:
    python = StandIn(opened)
    python.prepare(answer=answer)
    opened.run("Malekort.RefreshScorecard")
    assert shown(opened)[0] == status


def test_a_python_that_has_gone_is_asked_once_more_and_never_again(opened: OpenWorkbook) -> None:
    python = StandIn(opened)
    python.prepare(answer="is gone")
    opened.run("Malekort.RefreshScorecard")
    shown(opened)
    assert not python.is_connected
    calls = python.calls
    assert shown(opened)[0] == NATIVE
    assert python.calls == calls
    python.prepare(answer="green")
    opened.run("Malekort.RefreshScorecard")
    assert shown(opened)[0] == "green"


@pytest.mark.parametrize("refresh", ["fails", "raises"])
def test_a_refresh_that_fails_leaves_the_native_formula_and_says_so_once(opened: OpenWorkbook, refresh: str) -> None:
    python = StandIn(opened)
    python.prepare(refresh=refresh)
    opened.run("Malekort.RefreshScorecard")
    assert not python.is_connected
    assert shown(opened)[0] == NATIVE
    # Of a failure in Python xlwings has told already.
    told = [] if refresh == "fails" else [opened.run("MalekortTexts.Say", "failed"), "", "no DLL"]
    assert python.told == told


@pytest.mark.parametrize("refresh", ["", "fails", "raises"])
def test_excel_is_as_it_was_afterwards(opened: OpenWorkbook, refresh: str) -> None:
    python = StandIn(opened)
    python.prepare(refresh=refresh)
    mode = python.calculation_mode
    opened.run("Malekort.RefreshScorecard")
    assert python.is_screen_updated
    assert python.has_events
    assert python.has_alerts
    assert not python.had_alerts
    assert python.calculation_mode == mode == AUTOMATIC
    # Nothing of ours: the bar is the program's own again.
    assert python.status == "False"


def test_while_python_works_on_the_workbook_its_functions_do_not_come_between(opened: OpenWorkbook) -> None:
    python = StandIn(opened)
    python.prepare()
    opened.run("Malekort.RefreshScorecard")
    assert python.is_connected
    opened.run("Malekort.RefreshScorecard")
    assert not python.was_connected
    assert python.is_connected


@pytest.mark.parametrize("macro", ["RefreshScorecard", "RollUpRegion"])
def test_a_later_failure_in_python_takes_no_answers_away(opened: OpenWorkbook, macro: str) -> None:
    python = StandIn(opened)
    python.prepare()
    opened.run("Malekort.RefreshScorecard")
    python.prepare(refresh="fails")
    opened.run(f"Malekort.{macro}")
    assert python.is_connected


def test_rolling_up_does_not_make_the_functions_ask(opened: OpenWorkbook) -> None:
    python = StandIn(opened)
    python.prepare()
    opened.run("Malekort.RollUpRegion")
    assert not python.is_connected


def test_what_is_left_out_is_empty_and_the_scorecard_is_the_workbooks(opened: OpenWorkbook) -> None:
    python = StandIn(opened)
    python.prepare()
    opened.run("Malekort.RefreshScorecard")
    opened.run("MalekortFunctions.MK_STATUS", "B.6", 0.5, "2009-06")
    assert python.asked == ["udfs.functions.MK_STATUS", "B.6", python.number(0.5), "2009-06", "", "", "", CARD]


def test_a_scorecard_that_is_named_is_the_one_that_is_meant(opened: OpenWorkbook) -> None:
    python = StandIn(opened)
    python.prepare()
    opened.run("Malekort.RefreshScorecard")
    opened.run("MalekortFunctions.MK_TARGET", "B.6", "2009-06", "Drammen", "another")
    assert python.asked == ["udfs.functions.MK_TARGET", "B.6", "2009-06", "Drammen", "another"]


@pytest.mark.parametrize("locale", LOCALES)
def test_with_macros_off_the_native_formula_answers(locale: str, workbook_file: Path) -> None:
    with LibreOffice(locale=locale) as office, office.open(workbook_file) as opened:
        status, *functions = shown(opened)
        assert status == NATIVE
        assert all(isinstance(each, CellError) for each in functions)


def test_what_is_said_is_the_workbooks_text(opened: OpenWorkbook) -> None:
    assert opened.run("MalekortTexts.Say", "title") == "Målekort"
    assert opened.run("MalekortTexts.Say", "MK_SHARE.numerators") == TEXTS("how many of them")
    assert opened.run("MalekortTexts.Say", "no such text") == ""


def test_it_is_english_where_the_workbook_has_lost_its_texts(office: LibreOffice, tmp_path: Path) -> None:
    def write(workbook: Workbook) -> None:
        workbook.add_worksheet("Data")
        macros._add_project(workbook, macros._modules())

    path = tmp_path / "x.xlsm"
    path.write_bytes(with_stand_in(book(write)))
    with office.open(path, macros=True) as opened:
        assert opened.run("MalekortTexts.Say", "title") == "Scorecard"
        assert opened.run("MalekortTexts.Say", "no such text") == ""
