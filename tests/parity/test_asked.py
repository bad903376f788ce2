"""What a workbook with macros asks Python, and what it makes of the answers, through a real LibreOffice that runs its VBA."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.parity.test_parity import SEEDS, Case, make_case
from tests.support.libreoffice import LibreOffice
from tests.support.macros import PROJECT, StandIn, modules_of, with_stand_in
from udfs.cards import remember
from udfs.functions import MK_STATUS
from xlmalekort.layout.cells import a1
from xlmalekort.layout.office import ANSWER_COLUMN, COMPUTED_BY, NATIVE_COLUMN, Calc, Sheet
from xlmalekort.model.figures import Status
from xlmalekort.template.asked import UNSURE
from xlmalekort.template.office_workbook import formula_values
from xlmalekort.xlsx.archive import replace_members
from xlmalekort.xlsx.vba import vba_project

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.libreoffice import OpenWorkbook

pytestmark = pytest.mark.libreoffice

ARGUMENTS = ("indicator", "value", "period", "reference", "target", "yellow", "scorecard")
TELLING = f"""Option Explicit
Public AskedArgument As String
Public Sub Tell(number As String)
    AskedArgument = number
End Sub
Public Function MK_STATUS({", ".join(ARGUMENTS)})
    Dim given As Variant
    given = Array({", ".join(ARGUMENTS)})
    MK_STATUS = given(CLng(AskedArgument))
End Function
"""
"""A function that gives back one of its arguments, so that it can be seen what each row asks."""
FROM_THE_BAND = {str(each) for each in (Status.GREEN, Status.YELLOW, Status.RED)}


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> list[Case]:
    folder = tmp_path_factory.mktemp("asked Ærø")
    return [make_case(folder, name, 2, has_macros=True) for name in SEEDS if name != "every-kind:exact"] + [
        make_case(folder, "every-kind:exact", 1, has_macros=True)
    ]


@pytest.fixture(scope="module")
def nav(cases: list[Case]) -> Case:
    return cases[0]


def column(book: OpenWorkbook, case: Case, number: int) -> list[Any]:
    """A column of the calculation sheet, its heading included."""
    last = max(case.state.layout.calc_rows.values())
    title = case.state.layout.title(Sheet.CALCULATION)
    return [row[0] for row in book.read({title: f"{a1(0, number)}:{a1(last, number)}"})[title]]


def computed_by(book: OpenWorkbook, case: Case) -> str:
    title = case.state.layout.title(Sheet.SCORECARD)
    return str(book.read({title: a1(*COMPUTED_BY)})[title][0][0])


@pytest.mark.parametrize(("locale", "most"), [("nb-NO", 100), ("en-US", 3)])
def test_python_s_answers_to_what_the_rows_ask_are_the_native_statuses(
    cases: list[Case], locale: str, most: int
) -> None:
    """The questions are numbers and codes; a few workbooks show that the locale does not touch them."""
    asked = set()
    with LibreOffice(locale=locale) as office:
        for case in cases[:most]:
            remember(case.state.scorecard)
            for row, native, given in questions(office, case):
                where = (case.path.stem, row, given)
                assert MK_STATUS(*given) == native, where
                asked.add(native)
    assert asked >= FROM_THE_BAND


def questions(office: LibreOffice, case: Case) -> Iterator[tuple[int, str, list[Any]]]:
    """Every row that asks: its native status, and the arguments that LibreOffice hands to the function."""
    path = with_modules(case.path, {"MalekortFunctions": TELLING})
    with office.open(path, macros=True) as book:
        told = []
        for number in range(len(ARGUMENTS)):
            book.run("MalekortFunctions.Tell", str(number))
            book.calculate()
            told.append(column(book, case, ANSWER_COLUMN))
        native = column(book, case, NATIVE_COLUMN)
    for row, arguments in enumerate(zip(*told, strict=True)):
        if row and arguments[0]:
            yield row, str(native[row]), list(arguments)


def with_modules(path: Path, changed: dict[str, str]) -> Path:
    """A copy of the workbook with some of its modules put in place of its own, and none that need Windows."""
    content = path.read_bytes()
    own = modules_of(content)
    kept = {name: text for name, text in own.items() if name.startswith("MalekortTexts")}
    sheets = sum(name.startswith("Sheet") for name in own)
    copy = path.with_name(f"changed {path.name}")
    copy.write_bytes(replace_members(content, {PROJECT: vba_project(kept | changed, sheets)}))
    return copy


def test_every_status_that_comes_from_a_band_is_asked_for(nav: Case) -> None:
    with LibreOffice() as office:
        rows = {row for row, _, _ in questions(office, nav)}
    judged = {
        nav.state.layout.calc_rows[key]
        for key, judgement in nav.state.judgements.items()
        if str(judgement.status) in FROM_THE_BAND and key[1].year == nav.state.layout.year
    }
    assert judged
    assert judged <= rows


@pytest.mark.parametrize("locale", ["nb-NO", "en-US"])
def test_whatever_the_function_does_a_status_is_right_and_it_is_said_who_computed_it(nav: Case, locale: str) -> None:
    path = nav.path.with_name(f"stand-in {locale}.xlsm")
    path.write_bytes(with_stand_in(nav.path.read_bytes()))
    texts = nav.state.texts
    by_excel, by_python = texts("Computed by Excel"), texts("Computed by Python")
    with LibreOffice(locale=locale) as office, office.open(path, macros=True) as book:
        python = StandIn(book)

        def after(answer: str, *, refresh: str = "") -> tuple[list[Any], list[Any], str]:
            python.prepare(refresh=refresh, answer=answer)
            book.run("Malekort.RefreshScorecard")
            book.calculate()
            return column(book, nav, Calc.STATUS.column), column(book, nav, NATIVE_COLUMN), computed_by(book, nav)

        book.calculate()
        native = column(book, nav, NATIVE_COLUMN)
        assert column(book, nav, Calc.STATUS.column)[1:] == statuses_of(nav), "before the first Refresh"
        assert [each for each in native[1:] if each] == [
            status for status, own in zip(statuses_of(nav), native[1:], strict=True) if own
        ]
        assert python.calls == 0
        assert computed_by(book, nav) == by_excel
        for answer in ("raises", "nothing", "Error 2042", "grønn"):
            statuses, native, told = after(answer)
            assert statuses[1:] == statuses_of(nav), answer
            assert told == by_excel, answer
        statuses, native, told = after("red")
        asked = {row for row, status in enumerate(native) if row and status in FROM_THE_BAND}
        assert {statuses[row] for row in asked} == {"red"}
        assert any(native[row] != "red" for row in asked)
        assert told.startswith(UNSURE), "a disagreement is shown"
        assert texts("Computed by Python") not in told
    assert by_python != by_excel


def statuses_of(case: Case) -> list[Any]:
    """What Python makes of every row of the calculation sheet; None for rows of the year before."""
    cells = formula_values(case.state)[Sheet.CALCULATION]
    return [cells.get((row, Calc.STATUS.column)) for row in case.state.layout.calc_rows.values()]


def test_what_is_to_the_right_of_all_else_is(cases: list[Case]) -> None:
    from xlmalekort.template.view import Col

    assert min(NATIVE_COLUMN, ANSWER_COLUMN) > max(Col)
    assert len({case.state.scorecard.id for case in cases}) >= 6
