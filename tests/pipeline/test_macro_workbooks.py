"""Workbooks with macros go through everything that workbooks go through, and keep what makes them answer to buttons."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from tests.pipeline.damages import typed_over
from tests.support.libreoffice import LibreOffice
from tests.support.macros import PROJECT, StandIn, modules_of, part, with_stand_in
from tests.support.ooxml import check_workbook_files
from xlmalekort import build_workbook, check_workbook, fill_workbook, load_scorecard, refresh_workbook, roll_up
from xlmalekort.cli import main
from xlmalekort.layout.cells import a1
from xlmalekort.layout.office import ANSWER_COLUMN, CALC_FIRST_ROW, Calc, Sheet, layout_of
from xlmalekort.pipeline.migrate import migrate_workbook
from xlmalekort.pipeline.repair import repair_workbook
from xlmalekort.scorecards import built_in
from xlmalekort.xlsx import patch_workbook
from xlmalekort.xlsx.ribbon import RIBBON_PART, RIBBON_RELATION

if TYPE_CHECKING:
    from pathlib import Path

BUSKERUD = "nav-buskerud-2009"
DAY = date(2010, 2, 1)
LAYOUT = layout_of(load_scorecard(BUSKERUD), 2009)
FIGURES = """measure,period,value
B.1.numerator,2009-11,1499
B.1.denominator,2009-11,2000
B.2.numerator,2009-11,3
B.2.denominator,2009-11,2
"""


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """An office's workbook with macros: a share exactly on the edge of green, and one over a hundred per cent."""
    folder = tmp_path / "Målekort på Ærø"
    folder.mkdir()
    figures = folder / "tall.csv"
    figures.write_text(FIGURES, encoding="utf-8")
    path = folder / "Prøvedal øst 2009.xlsm"
    build_workbook(BUSKERUD, "Prøvedal øst", path, today=DAY, data=figures)
    return path


def macro_parts(content: bytes) -> dict[str, bytes]:
    """What makes a workbook answer to its buttons."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [PROJECT, RIBBON_PART, *(name for name in archive.namelist() if name.endswith(".vml"))]
    return {name: part(content, name) for name in names}


@pytest.mark.parametrize("name", built_in())
def test_a_workbook_with_macros_is_valid_and_its_ribbon_is_reached(name: str, tmp_path: Path) -> None:
    card = load_scorecard(name)
    path = tmp_path / "x.xlsm"
    build_workbook(name, "Kontor Æ", path, today=date(card.year + 1, 2, 1))
    found = check_workbook_files([path], allowed_errors={"#N/A"})
    assert {path: complaints for path, complaints in found.items() if complaints} == {}
    content = path.read_bytes()
    links = etree.fromstring(part(content, "_rels/.rels"))
    (ribbon,) = (each.get("Target") for each in links if each.get("Type") == RIBBON_RELATION)
    assert part(content, str(ribbon))
    assert {"Malekort", "MalekortFunctions", "MalekortAnswers", "MalekortTexts", "xlwings"} <= set(modules_of(content))


def test_a_workbook_with_macros_is_accepted_without_a_word_about_them(office: Path) -> None:
    checked = check_workbook(office, today=DAY)
    assert [problem.code for problem in checked.problems] == ["PAR-001"]
    assert checked.submission is not None


def test_macros_that_a_workbook_was_not_made_with_are_told(tmp_path: Path) -> None:
    path = tmp_path / "plain.xlsx"
    build_workbook(BUSKERUD, "Prøvedal", path, today=DAY)
    office = tmp_path / "macros.xlsm"
    build_workbook(BUSKERUD, "Prøvedal", office, today=DAY)
    row = {(13, 1): ""}
    office.write_bytes(patch_workbook(office.read_bytes(), {LAYOUT.title(Sheet.SETUP): row}, recalculate=False))
    codes = [[each.code for each in check_workbook(file, today=DAY).problems] for file in (path, office)]
    assert ["FIL-011" in found for found in codes] == [False, True]


def test_filling_refreshing_and_repairing_keep_the_macros(office: Path, tmp_path: Path) -> None:
    before = macro_parts(office.read_bytes())
    assert len(before) == 3
    more = tmp_path / "mer.csv"
    more.write_text("measure,period,value\nB.5.numerator,2009-11,7\nB.5.denominator,2009-11,9\n", encoding="utf-8")
    fill_workbook(office, more, today=DAY)
    refreshed = refresh_workbook(office, today=DAY)
    assert {str(each.status) for each in refreshed.judgements if each.indicator.id in ("B.1", "B.2", "B.5")} == {
        "green",
        "rejected",
    }
    assert macro_parts(office.read_bytes()) == before
    damaged = tmp_path / "damaged.xlsm"
    place = a1(CALC_FIRST_ROW + 12, ANSWER_COLUMN)
    damaged.write_bytes(typed_over(office.read_bytes(), Sheet.CALCULATION, [place]))
    (lost,) = (each for each in check_workbook(damaged, today=DAY).problems if each.code == "STR-018")
    assert lost.cell == place
    mended = tmp_path / "mended.xlsm"
    repair_workbook(damaged, out=mended, today=DAY)
    assert [each.code for each in check_workbook(mended, today=DAY).problems if each.code == "STR-018"] == []
    assert macro_parts(mended.read_bytes()) == before


def test_a_workbook_that_is_moved_to_another_definition_keeps_its_button(office: Path) -> None:
    moved = migrate_workbook(office, BUSKERUD, today=DAY, year=2010)
    assert moved.out.suffix == ".xlsm"
    assert len(macro_parts(moved.out.read_bytes())) == 3


def test_offices_of_a_register_get_a_button_when_it_is_asked_for(tmp_path: Path) -> None:
    register = tmp_path / "offices.csv"
    register.write_text("office,area,region\nPrøvedal,Midt,Buskerud\nÅsbø,Midt,Buskerud\n", encoding="utf-8")
    made = tmp_path / "kontorer"
    arguments = ["new", BUSKERUD, "--register", str(register), "--out", str(made), "--today", DAY.isoformat()]
    assert main([*arguments, "--macros"]) == 0
    assert sorted(each.suffix for each in made.iterdir()) == [".xlsm", ".xlsm"]
    assert main(["new", BUSKERUD, "--office", "A", "--out", str(tmp_path / "a.xlsx"), "--macros"]) == 2


@pytest.mark.libreoffice
def test_the_buttons_of_office_and_region_start_their_macros(office: Path, tmp_path: Path) -> None:
    region = tmp_path / "Region vår.xlsm"
    rolled = roll_up(office.parent, out=region, today=DAY)
    assert rolled.count("counted") == 1
    found = check_workbook_files([region], allowed_errors={"#N/A"})
    assert {path: complaints for path, complaints in found.items() if complaints} == {}
    overview = load_scorecard(BUSKERUD).texts()("Overview")
    commands = []
    with LibreOffice(locale="nb-NO") as program:
        for path, title, macro in (
            (office, LAYOUT.title(Sheet.SCORECARD), "RefreshScorecard"),
            (region, overview, "RollUpRegion"),
        ):
            stand_in = path.with_name(f"stand-in {path.name}")
            stand_in.write_bytes(with_stand_in(path.read_bytes()))
            with program.open(stand_in, macros=True) as book:
                (script,) = book.buttons(title).values()
                assert f"VBAProject.Malekort.{macro}?" in script
                python = StandIn(book)
                python.prepare()
                book.run(f"Malekort.{macro}")
                assert python.told == []
                commands += python.commands
    assert commands == ["import udfs.macros; udfs.macros.refresh()", "import udfs.macros; udfs.macros.roll_up()"]


def test_a_regional_workbook_with_macros_is_what_a_later_one_is_compared_with(office: Path, tmp_path: Path) -> None:
    region = tmp_path / "region.xlsm"
    roll_up(office.parent, out=region, today=DAY)
    later = roll_up(office.parent, out=tmp_path / "later.xlsm", today=DAY, against=region)
    assert later.changes is not None
    assert (later.changes.results, later.changes.figures) == ((), ())


def test_regional_workbooks_in_the_folder_are_no_offices(office: Path) -> None:
    roll_up(office.parent, out=office.parent / "region.xlsm", today=DAY)
    again = roll_up(office.parent, out=office.parent / "region 2.xlsm", today=DAY)
    assert (again.count("counted"), again.count("ignored"), again.count("rejected")) == (1, 2, 0)


def test_the_answers_of_python_are_no_results_that_a_refresh_writes(office: Path) -> None:
    """Who asks is the workbook that is open in Excel; a file that is refreshed has Excel's own statuses."""
    from xlmalekort.template.office_workbook import formula_values
    from xlmalekort.template.state import make_state

    submission = check_workbook(office, today=DAY).submission
    assert submission is not None
    state = make_state(LAYOUT.scorecard, submission, LAYOUT.choosable[-1], DAY, (), has_macros=True)
    cells = formula_values(state)[Sheet.CALCULATION]
    answers = {cells[place] for place in cells if place[1] == ANSWER_COLUMN}
    assert answers == {""}
    assert any(cells[place] == "green" for place in cells if place[1] == Calc.STATUS.column)
