"""Local goals live through a month: made from the register, typed, refreshed, rolled up, and always apart."""

from __future__ import annotations

import io
import json
import warnings
from datetime import date
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.intake.local_lines import COUNT, DAYS, LOWER, cell, line, with_lines
from tests.intake.offices import resaved
from tests.pipeline.offices import BUSKERUD, filled_workbook
from tests.pipeline.test_refresh import parts_of, sheet_part, without_results
from tests.support.libreoffice import LibreOffice
from xlmalekort import NotDoneError, fill_workbook, roll_up
from xlmalekort.cli import main
from xlmalekort.cli.rollup import rollup_json
from xlmalekort.intake.local_grid import is_typed
from xlmalekort.intake.workbook_file import check_file
from xlmalekort.layout.cells import a1
from xlmalekort.layout.local import LOCAL_FIRST_PERIOD, LOCAL_FIRST_ROW, LOCAL_ROWS, LocalColumn
from xlmalekort.layout.office import Sheet, layout_of
from xlmalekort.model.periods import Period
from xlmalekort.pipeline.build import build_workbook, build_workbooks
from xlmalekort.pipeline.migrate import migrate_workbook
from xlmalekort.pipeline.refresh import refresh_content
from xlmalekort.scorecards import load_scorecard
from xlmalekort.template.local_steps import SHOWN_PERIOD, local_line_place
from xlmalekort.template.office_workbook import formula_values
from xlmalekort.template.state import make_state
from xlmalekort.xlsx import Plain, patch_workbook

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.workbook import Workbook

    from xlmalekort.pipeline.refresh import Refreshed
    from xlmalekort.template.state import Value

SCORECARD = load_scorecard(BUSKERUD)
LAYOUT = layout_of(SCORECARD, 2009)
LOCAL, STEPS, CARD = (LAYOUT.title(sheet) for sheet in (Sheet.LOCAL, Sheet.LOCAL_STEPS, Sheet.SCORECARD))
DAY = date(2009, 9, 15)
JULY = Period.parse("2009-07")
REGISTER = (
    "office,area,region,local_goals\n"
    'Prøvedal,TO Midt,Buskerud,"Brev innen fem dager|percent|higher|90|80;Ventetid i mottaket|days|lower|7"\n'
    "Testnes,TO Midt,Buskerud,\n"
)


def typed_workbook(*, content: bytes | None = None) -> bytes:
    lines = (
        line(1, months={6: 0.749, 7: 0.8}),
        line(3, "Besøk", COUNT, target=10, yellow=None, months={7: 0, 8: "mange"}),
        line(4, "Ventetid", DAYS, LOWER, 7, 9, months={7: 7.04}),
    )
    return with_lines(*lines, content=content or filled_workbook())


def opened(content: bytes) -> Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about sparklines, which openpyxl does not keep
        return openpyxl.load_workbook(io.BytesIO(content), data_only=True)


def results(content: bytes, title: str = LOCAL) -> Worksheet:
    sheet = opened(content)[title]
    assert isinstance(sheet, Worksheet)
    return sheet


def values_of(refreshed: Refreshed) -> dict[Sheet, dict[tuple[int, int], Value]]:
    submission = refreshed.checked.submission
    assert submission is not None
    return formula_values(make_state(SCORECARD, submission, refreshed.period, DAY, refreshed.problems))


# Refresh


def test_refresh_leaves_everything_that_was_typed_as_it_stands() -> None:
    content = typed_workbook()
    refreshed = refresh_content(content, "f.xlsx", DAY, JULY)
    before, after = parts_of(content), parts_of(refreshed.content)
    outputs = {a1(*place) for place in values_of(refreshed)[Sheet.LOCAL]}
    part = sheet_part(Sheet.LOCAL)
    assert before[part] != after[part]
    assert without_results(after[part], outputs) == without_results(before[part], outputs)


def test_refresh_works_out_result_status_and_reason() -> None:
    sheet = results(refresh_content(typed_workbook(), "f.xlsx", DAY, JULY).content)
    found = {
        position: [sheet[cell(column, position)].value for column in (LocalColumn.RESULT, LocalColumn.STATUS)]
        for position in (1, 2, 3, 4)
    }
    assert found == {1: [0.8, "▲ gul"], 2: [None, None], 3: [0, "■ rød"], 4: [7.0, "● grønn"]}
    assert str(sheet[cell(LocalColumn.WHY, 3)].value).startswith("0 ")
    assert "10" in str(sheet[cell(LocalColumn.WHY, 3)].value)
    assert sheet[a1(*SHOWN_PERIOD)].value == "juli 2009"


def test_the_scorecard_sheet_says_that_there_are_local_goals_and_is_the_same_otherwise() -> None:
    plain = refresh_content(filled_workbook(), "f.xlsx", DAY, JULY)
    own = refresh_content(typed_workbook(), "f.xlsx", DAY, JULY)
    with_own, without = values_of(own), values_of(plain)
    line_place = local_line_place(LAYOUT)
    assert (with_own[Sheet.SCORECARD].pop(line_place), without[Sheet.SCORECARD].pop(line_place))[1] == ""
    assert "3" in str(results(own.content, CARD)[a1(*line_place)].value)
    for sheet in (Sheet.SCORECARD, Sheet.FIGURES, Sheet.CALCULATION):
        assert with_own[sheet] == without[sheet]
    assert [(each.status, each.shown) for each in own.judgements] == [
        (each.status, each.shown) for each in plain.judgements
    ]
    assert own.checked.ledger == plain.checked.ledger


def test_a_second_refresh_changes_nothing() -> None:
    once = refresh_content(typed_workbook(), "f.xlsx", DAY, JULY).content
    assert refresh_content(once, "f.xlsx", DAY, JULY).content == once


def test_an_older_workbook_without_the_sheets_is_refreshed_and_gets_nothing_new() -> None:
    def change(workbook: Workbook, _: Worksheet) -> None:
        for sheet in (Sheet.LOCAL, Sheet.LOCAL_STEPS):
            del workbook[LAYOUT.title(sheet)]
            workbook.defined_names.pop(sheet.defined_name)
        row, column = local_line_place(LAYOUT)
        workbook[CARD].cell(row + 1, column + 1).value = "Husk møtet"

    refreshed = refresh_content(resaved(change), "f.xlsx", DAY)
    assert results(refreshed.content, CARD)[a1(*local_line_place(LAYOUT))].value == "Husk møtet"


def test_results_never_land_on_what_was_typed_when_the_table_has_moved() -> None:
    def change(workbook: Workbook, _: Worksheet) -> None:
        sheet = workbook[LOCAL]
        for (row, column), value in line(1, months={7: 0.85}).items():
            sheet.cell(row + 1, column + 1).value = value  # type: ignore[assignment]
        sheet.insert_rows(3, 2)
        sheet.insert_cols(3)

    content = resaved(change)
    refreshed = refresh_content(content, "f.xlsx", DAY, JULY)
    before, after = results(content), results(refreshed.content)
    outputs = (LocalColumn.RESULT, LocalColumn.STATUS, LocalColumn.WHY)
    moved = {(LOCAL_FIRST_ROW + 3 + place, column + 2) for place in range(LOCAL_ROWS) for column in outputs}
    moved.add((SHOWN_PERIOD[0] + 3, SHOWN_PERIOD[1] + 2))
    for row in range(1, before.max_row + 1):
        for column in range(1, before.max_column + 1):
            if (row, column) not in moved:
                assert after.cell(row, column).value == before.cell(row, column).value
    first = LOCAL_FIRST_ROW + 3
    assert after.cell(first, LocalColumn.RESULT + 2).value == 0.85
    assert str(after.cell(first, LocalColumn.STATUS + 2).value).startswith("▲")


@pytest.mark.libreoffice
def test_a_workbook_that_libreoffice_saved_holds_the_same_goals(tmp_path: Path) -> None:
    path, saved = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    path.write_bytes(refresh_content(typed_workbook(), "f.xlsx", DAY, JULY).content)
    with LibreOffice(locale="nb-NO") as office:
        office.convert(path, saved)
    ours, theirs = (refresh_content(each.read_bytes(), "f.xlsx", DAY, JULY) for each in (path, saved))
    assert ours.checked.submission is not None
    assert theirs.checked.submission is not None
    assert theirs.checked.submission.local_goals == ours.checked.submission.local_goals
    assert values_of(theirs)[Sheet.LOCAL_STEPS] == values_of(ours)[Sheet.LOCAL_STEPS]
    shown = [results(each.content) for each in (ours, theirs)]
    for row in range(LOCAL_FIRST_ROW, LOCAL_FIRST_ROW + LOCAL_ROWS):
        for column in (LocalColumn.RESULT, LocalColumn.STATUS, LocalColumn.WHY):
            one, other = (sheet[a1(row, column)].value or "" for sheet in shown)
            assert one == other


# From the register to the county's summary


@pytest.fixture
def offices(tmp_path: Path) -> Path:
    """Two offices' workbooks, made from a register; the first has goals."""
    (tmp_path / "offices.csv").write_text(REGISTER, encoding="utf-8")
    data = "office,indicator,field,period,value\n" + "".join(
        f"{office},B.1,{field},2009-07,{value}\n"
        for office in ("Prøvedal", "Testnes")
        for field, value in (("numerator", 8), ("denominator", 10))
    )
    (tmp_path / "figures.csv").write_text(data, encoding="utf-8")
    folder = tmp_path / "offices"
    build_workbooks(SCORECARD, tmp_path / "offices.csv", folder, today=DAY, data=tmp_path / "figures.csv")
    return folder


def test_goals_of_the_register_stand_in_the_workbook_of_their_office_alone(offices: Path) -> None:
    goals = {}
    for path in sorted(offices.iterdir()):
        submission = check_file(path.read_bytes(), path.name, DAY).submission
        assert submission is not None
        goals[submission.office] = [
            (goal.number, goal.title, str(goal.unit), goal.better, str(goal.target), str(goal.yellow))
            for goal in submission.local_goals
        ]
    assert goals == {
        "Prøvedal": [
            ("L.1", "Brev innen fem dager", "percent", "higher", "90", "80"),
            ("L.2", "Ventetid i mottaket", "days", "lower", "7", "None"),
        ],
        "Testnes": [],
    }


def type_figures(offices: Path) -> None:
    path = offices / "prøvedal_2009.xlsx"
    column = LOCAL_FIRST_PERIOD + 6
    typed = {(LOCAL_FIRST_ROW, column): Plain(0.95), (LOCAL_FIRST_ROW + 1, column): Plain(9)}
    path.write_bytes(refresh_content(patch_workbook(path.read_bytes(), {LOCAL: typed}), path.name, DAY, JULY).content)


def rolled(offices: Path, tmp_path: Path, name: str = "region.xlsx") -> Any:
    out, register, tidy = tmp_path / name, tmp_path / "offices.csv", tmp_path / "tidy.csv"
    return roll_up(offices, out=out, register=register, today=DAY, period="2009-07", tidy=tidy)


def test_goals_survive_the_roll_up_and_are_listed_apart(offices: Path, tmp_path: Path) -> None:
    before = rolled(offices, tmp_path)
    type_figures(offices)
    rollup = rolled(offices, tmp_path)
    found = rollup_json(rollup, "nb")["local_goals"]
    assert isinstance(found, list)
    assert [(each["office"], each["number"], each["value"], each["status"]) for each in found] == [
        ("Prøvedal", "L.1", 95, "green"),
        ("Prøvedal", "L.2", 9, "red"),
    ]
    assert [each["why"].split()[0] for each in found] == ["95,0", "9,0"]
    assert found[0]["sources"][0]["sheet"] == LOCAL
    assert "Ventetid" not in (tmp_path / "tidy.csv").read_text(encoding="utf-8")
    without = {key: value for key, value in rollup_json(rollup, "nb").items() if key != "local_goals"}
    assert without == {key: value for key, value in rollup_json(before, "nb").items() if key != "local_goals"}


def test_the_summary_lists_goals_on_a_sheet_of_their_own_and_nowhere_else(offices: Path, tmp_path: Path) -> None:
    type_figures(offices)
    rolled(offices, tmp_path)
    columns = [column for column in range(1, LOCAL_FIRST_PERIOD + 12) if is_typed(column)]
    emptied = {(LOCAL_FIRST_ROW + row, column): Plain(None) for row in range(2) for column in columns}
    for path in offices.iterdir():
        path.write_bytes(patch_workbook(path.read_bytes(), {LOCAL: emptied}))
    rolled(offices, tmp_path, "without.xlsx")
    with_goals, without = (opened((tmp_path / name).read_bytes()) for name in ("region.xlsx", "without.xlsx"))
    assert set(with_goals.sheetnames) - set(without.sheetnames) == {LOCAL}
    for title in without.sheetnames:
        cells = [[[held.value for held in row] for row in book[title].iter_rows()] for book in (with_goals, without)]
        assert cells[0] == cells[1], title
    rows = [[held.value for held in row] for row in with_goals[LOCAL].iter_rows(min_row=5)]
    assert [(row[0], row[1], row[2], row[5], row[6]) for row in rows] == [
        ("Prøvedal", "L.1", "Brev innen fem dager", 0.95, "● grønn"),
        ("Prøvedal", "L.2", "Ventetid i mottaket", 9, "■ rød"),
    ]


def test_a_new_workbook_never_takes_the_place_of_one_with_goals(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    build_workbook(SCORECARD, "Prøvedal", path, today=DAY)
    build_workbook(SCORECARD, "Prøvedal", path, today=DAY)
    path.write_bytes(content := with_lines(line(1), content=path.read_bytes()))
    with pytest.raises(NotDoneError, match="would lose"):
        build_workbook(SCORECARD, "Prøvedal", path, today=DAY)
    assert path.read_bytes() == content


def test_goals_move_to_the_next_year_and_what_has_no_place_there_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(typed_workbook())
    same = migrate_workbook(path, SCORECARD, today=DAY, out=tmp_path / "same.xlsx")
    next_year = migrate_workbook(path, SCORECARD, today=DAY, year=2010, out=tmp_path / "next.xlsx")
    held = [goals_of(content) for content in (path.read_bytes(), same.content, next_year.content)]
    assert [each[:5] for each in held[1]] == [each[:5] for each in held[2]] == [each[:5] for each in held[0]]
    assert [each[5] for each in held[0]] == [
        {"2009-06": "749/10", "2009-07": "80"},
        {"2009-07": "0", "2009-08": "None"},
        {"2009-07": "176/25"},
    ]
    assert [each[5] for each in held[1]] == [
        {"2009-06": "749/10", "2009-07": "80"},
        {"2009-07": "0"},
        {"2009-07": "176/25"},
    ]
    assert [each[5] for each in held[2]] == [{}, {}, {}]
    left = [(problem.cell, problem.period) for problem in same.problems if problem.code == "MIG-001"]
    assert left == [(cell(LOCAL_FIRST_PERIOD + 7, 3), "2009-08")]
    assert len([problem for problem in next_year.problems if problem.sheet == LOCAL]) == 5


def goals_of(content: bytes) -> list[tuple[str, str, str, str, str, dict[str, str]]]:
    submission = check_file(content, "f.xlsx", DAY).submission
    assert submission is not None
    return [
        (
            goal.number,
            goal.title,
            str(goal.unit),
            str(goal.better),
            f"{goal.target} {goal.yellow}",
            {period.code: str(figure.value) for period, figure in goal.figures.items()},
        )
        for goal in submission.local_goals
    ]


def test_a_figures_file_knows_no_local_goals(tmp_path: Path) -> None:
    path, data = tmp_path / "a.xlsx", tmp_path / "figures.csv"
    path.write_bytes(typed_workbook())
    data.write_text("indicator,field,period,value\nL.1,value,2009-07,90\n", encoding="utf-8")
    done = fill_workbook(path, data, today=DAY)
    assert [(problem.code, problem.got) for problem in done.problems] == [("CSV-004", "L.1")]


def test_the_command_prints_the_goals_of_the_roll_up(
    offices: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["rollup", offices, "--out", tmp_path / "region.xlsx", "--period", "2009-07", "--today", DAY, "--json"]
    main([str(each) for each in arguments])
    found = json.loads(capsys.readouterr().out)["local_goals"]
    assert [(each["number"], each["unit"], each["status"], each["value"]) for each in found] == [
        ("L.1", "percent", "missing", None),
        ("L.2", "days", "missing", None),
    ]
