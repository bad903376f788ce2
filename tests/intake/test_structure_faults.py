"""Faults of structure: what has only moved is found and read, what cannot be told apart is not counted."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Literal

import pytest

from tests.intake.offices import (
    FILE,
    INPUT,
    JUNE,
    LAYOUT,
    NAV,
    TODAY,
    balances,
    cell_of,
    check,
    codes,
    input_part,
    office,
    only,
    resaved,
    submission,
    values,
    with_cells,
)
from tests.xlsx.books import edited, packed, parts_of
from xlmalekort.intake.cells import list_cells
from xlmalekort.intake.workbook_file import Expected, read_path
from xlmalekort.layout.cells import a1
from xlmalekort.layout.office import FIRST_PERIOD_COLUMN, HEADING_ROW, KEY_ROW, SETUP_KEYS, Sheet
from xlmalekort.locale import texts_of
from xlmalekort.model.figures import CheckedFile
from xlmalekort.model.periods import Period
from xlmalekort.model.register import Office, Register
from xlmalekort.problems import Problem, sentence
from xlmalekort.scorecards import load_scorecard
from xlmalekort.template.office_workbook import write_office_workbook
from xlmalekort.template.state import make_state
from xlmalekort.xlsx.sheet import LARGE

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_TRUTH = values(check(office()))
_HARMLESS = {"STR-009", "STR-010", "STR-015", "STR-016", "STR-002", "STR-005", "STR-012", "PAR-005"}


def _counted_all(checked: CheckedFile) -> bool:
    return values(checked) == _TRUTH and checked.ledger.rejected == 0 and balances(checked)


def test_a_clean_workbook_gives_back_what_was_put_in_and_no_complaint() -> None:
    checked = check(office())
    held, truth = checked.submission, submission()
    assert held is not None
    assert {key: figure.value for key, figure in held.figures.items()} == {
        key: figure.value for key, figure in truth.figures.items()
    }
    assert {key: figure.value for key, figure in held.reference.items()} == {
        key: figure.value for key, figure in truth.reference.items()
    }
    assert held.comments == truth.comments
    assert [(each.indicator, each.action, each.due) for each in held.actions] == [("B.1", "Kalle inn", "2009-09-01")]
    assert (held.office, held.year, held.ready_for, held.area, held.region) == (
        "NAV Åmønster",
        2009,
        JUNE,
        "Fantasund",
        "Buskerud",
    )
    assert held.exempt == {"B.12"}
    assert checked.problems == ()
    assert checked.scorecard == NAV
    ledger = checked.ledger
    assert (ledger.counted, ledger.reference) == (len(truth.figures) + len(truth.comments), len(truth.reference))
    assert balances(checked)


def test_every_figure_knows_its_cell() -> None:
    checked = check(office())
    assert checked.submission is not None
    figure = checked.submission.figures["B.1.numerator", JUNE]
    assert figure.source is not None
    assert (figure.source.file, figure.source.sheet, figure.source.cell) == (FILE, INPUT, a1(*cell_of("B.1.numerator")))


def _renamed(title: str) -> bytes:
    def change(workbook: Workbook, sheet: Worksheet) -> None:
        sheet.title = "something else"
        sheet.title = title

    return resaved(change)


@pytest.mark.parametrize("title", [f"{INPUT} ", INPUT.upper(), f" {INPUT.lower()}"])
def test_a_sheet_whose_title_differs_in_case_or_blanks_is_read_and_told(title: str) -> None:
    checked = check(_renamed(title))
    assert values(checked) == _TRUTH
    assert only(checked, "STR-002").got == title


def test_a_renamed_sheet_is_found_by_the_workbooks_own_name() -> None:
    def change(xml: bytes) -> bytes:
        return (
            xml.replace(f'name="{INPUT}"'.encode(), b'name="Tall 2009"')
            .replace(f"{INPUT}!".encode(), b"'Tall 2009'!")
            .replace(f"'{INPUT}'!".encode(), b"'Tall 2009'!")
        )

    checked = check(edited(office(), change, "xl/workbook.xml"))
    assert _counted_all(checked)
    assert only(checked, "STR-002").slots["sheet"] == INPUT


def test_a_sheet_of_another_name_is_not_guessed_at() -> None:
    def change(workbook: Workbook, sheet: Worksheet) -> None:
        sheet.title = "Registreringer"
        sheet["B1"] = "Noe annet"
        del workbook.defined_names["mk_input"]

    checked = check(resaved(change))
    assert not checked.is_accepted
    assert only(checked, "STR-001").slots["sheet"] == INPUT


@pytest.mark.parametrize("sheet", [Sheet.INPUT, Sheet.SETUP, Sheet.HISTORY, Sheet.ACTIONS])
def test_a_missing_sheet_is_named(sheet: Sheet) -> None:
    def change(workbook: Workbook, _: Worksheet) -> None:
        del workbook[LAYOUT.title(sheet)]

    checked = check(resaved(change))
    assert checked.is_accepted is (sheet in (Sheet.HISTORY, Sheet.ACTIONS))
    assert ("STR-013" if sheet is Sheet.SETUP else "STR-001") in codes(checked)


def test_a_copy_of_the_input_sheet_with_other_figures_keeps_the_file_out() -> None:
    def change(workbook: Workbook, sheet: Worksheet) -> None:
        copy = workbook.copy_worksheet(sheet)
        row, column = cell_of("B.13.value")
        copy.cell(row + 1, column + 1, 999)

    checked = check(resaved(change))
    assert not checked.is_accepted
    assert INPUT in only(checked, "STR-003").slots["names"]


def test_an_untouched_copy_of_the_input_sheet_does_no_harm() -> None:
    checked = check(resaved(lambda workbook, sheet: workbook.copy_worksheet(sheet)))
    assert values(checked) == _TRUTH
    assert "STR-015" in codes(checked)


def test_an_inserted_column_moves_figures_but_not_their_meaning() -> None:
    def change(_: Workbook, sheet: Worksheet) -> None:
        sheet.insert_cols(FIRST_PERIOD_COLUMN + 1)
        sheet.cell(9, FIRST_PERIOD_COLUMN + 1, "husk")

    checked = check(resaved(change))
    assert values(checked) == _TRUTH
    assert only(checked, "STR-009").slots["column"] == "E"
    assert checked.submission is not None
    assert checked.submission.ready_for == JUNE
    assert set(codes(checked)) <= _HARMLESS


def test_rows_inserted_above_the_headings_move_the_cells_that_problems_name() -> None:
    def change(_: Workbook, sheet: Worksheet) -> None:
        sheet.insert_rows(1, 2)
        row, column = cell_of("B.13.value")
        sheet.cell(row + 3, column + 1, "x")

    checked = check(resaved(change))
    row, column = cell_of("B.13.value")
    assert only(checked, "NUM-001").cell == a1(row + 2, column)
    assert {key: value for key, value in values(checked).items() if key != ("B.13.value", "2009-06")} == {
        key: value for key, value in _TRUTH.items() if key != ("B.13.value", "2009-06")
    }
    assert checked.submission is not None
    assert checked.submission.ready_for == JUNE
    assert "STR-005" not in codes(checked)


def test_a_row_inserted_between_lines_is_told_once() -> None:
    checked = check(resaved(lambda _, sheet: sheet.insert_rows(cell_of("B.2.numerator")[0] + 1)))
    assert values(checked) == _TRUTH
    assert only(checked, "STR-005").measure == "B.2.numerator"


def test_a_deleted_row_is_missing_and_not_zero() -> None:
    checked = check(resaved(lambda _, sheet: sheet.delete_rows(cell_of("B.13.value")[0] + 1)))
    assert only(checked, "STR-004").measure == "B.13.value"
    assert not any(measure == "B.13.value" for measure, _ in values(checked))
    assert {key: value for key, value in _TRUTH.items() if key[0] != "B.13.value"} == values(checked)


def _duplicated(_: Workbook, sheet: Worksheet) -> None:
    row = cell_of("B.13.value")[0] + 1
    last = sheet.max_row + 1
    for column in range(1, sheet.max_column + 1):
        sheet.cell(last, column, sheet.cell(row, column).value)


def test_a_line_that_stands_twice_is_rejected_in_both_rows() -> None:
    checked = check(resaved(_duplicated))
    problem = only(checked, "STR-006")
    assert problem.slots["rows"].startswith(str(cell_of("B.13.value")[0] + 1))
    assert all(value is None for key, value in values(checked).items() if key[0] == "B.13.value")
    assert checked.ledger.rejected == 2 * 6
    assert balances(checked)


@pytest.mark.parametrize("name", ["X99", "Total", "Sum"])
def test_unknown_rows_are_listed_and_not_counted(name: str) -> None:
    row = LAYOUT.lines[-1].row + 2
    checked = check(with_cells({(row, 0): name, (row, FIRST_PERIOD_COLUMN): 41, (row, FIRST_PERIOD_COLUMN + 1): 42}))
    problem = only(checked, "STR-007")
    assert (problem.got, problem.slots["count"], problem.cell) == (f"{name}: 41, 42", "2", a1(row, 0))
    assert values(checked) == _TRUTH


def test_merged_figures_are_rejected_and_what_lies_under_the_merge_is_named() -> None:
    row, column = cell_of("B.1.numerator")

    def change(xml: bytes) -> bytes:
        merge = f'<mergeCells count="1"><mergeCell ref="{a1(row, column)}:{a1(row + 1, column)}"/></mergeCells>'
        return xml.replace(b"<dataValidations", merge.encode() + b"<dataValidations", 1)

    checked = check(edited(office(), change, input_part(office())))
    problem = only(checked, "STR-011")
    assert problem.slots["range"] == f"{a1(row, column)}:{a1(row + 1, column)}"
    assert problem.got is not None
    assert a1(row + 1, column) in problem.got
    assert checked.ledger.rejected == 2
    assert balances(checked)


def test_hidden_rows_and_columns_with_figures_are_counted_and_told() -> None:
    row, column = cell_of("B.13.value")

    def change(_: Workbook, sheet: Worksheet) -> None:
        sheet.row_dimensions[row + 1].hidden = True
        sheet.column_dimensions["G"].hidden = True

    checked = check(resaved(change))
    assert values(checked) == _TRUTH
    assert f"{row + 1}:{row + 1}" in only(checked, "STR-012").slots["range"]
    assert column


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_input_sheet_is_counted_and_told(state: Literal["hidden", "veryHidden"]) -> None:
    def change(workbook: Workbook, sheet: Worksheet) -> None:
        workbook.active = 0
        sheet.sheet_state = state

    checked = check(resaved(change))
    assert values(checked) == _TRUTH
    assert only(checked, "STR-016").sheet == INPUT


def test_a_stray_cell_in_the_last_corner_is_told_and_the_rest_counted() -> None:
    start = time.perf_counter()
    checked = check(with_cells({(1_048_575, 16_383): 1}))
    assert only(checked, "STR-010").cell == "XFD1048576"
    assert _counted_all(checked)
    assert time.perf_counter() - start < 5


def test_figures_where_nothing_is_asked_for_are_told_cell_by_cell() -> None:
    heading, last = LAYOUT.blocks[0].row, FIRST_PERIOD_COLUMN + len(LAYOUT.periods)
    checked = check(with_cells({(heading, FIRST_PERIOD_COLUMN): 5, (cell_of("B.1.numerator")[0], last): 7}))
    assert [each.cell for each in checked.problems if each.code == "STR-010"] == [
        a1(heading, FIRST_PERIOD_COLUMN),
        a1(cell_of("B.1.numerator")[0], last),
    ]
    assert _counted_all(checked)


def test_a_flood_of_stray_cells_is_told_in_few_words() -> None:
    checked = check(with_cells({(row, 40): 1 for row in range(100, 3_100)}))
    strays = [each for each in checked.problems if each.code == "STR-010"]
    assert len(strays) == 501
    assert strays[-1].got == "2500"
    assert _counted_all(checked)


def test_a_flood_of_empty_rows_and_of_merges_is_read_in_seconds() -> None:
    def change(xml: bytes) -> bytes:
        rows = "".join(f'<row r="{row}" s="1" customFormat="1"/>' for row in range(500, 400_000))
        merges = "".join(f'<mergeCell ref="A{500 + row}:ZZ{1000 + row}"/>' for row in range(199))
        xml = xml.replace(b"</sheetData>", rows.encode() + b"</sheetData>")
        return xml.replace(
            b"<dataValidations",
            f'<mergeCells>{merges}<mergeCell ref="A1:XFD1048576"/></mergeCells>'.encode() + b"<dataValidations",
            1,
        )

    start = time.perf_counter()
    checked = check(edited(office(), change, input_part(office())))
    assert time.perf_counter() - start < 8
    assert only(checked, "STR-011").slots["range"] == "A1:XFD1048576"
    assert checked.ledger.counted == len(submission().comments)
    assert balances(checked)


@pytest.mark.parametrize("around", ["{}\u00a0", "\u200b{}", " {}:", "\n{}", "{}  "])
def test_headings_and_ids_are_compared_without_their_looks(around: str) -> None:
    changes = {(KEY_ROW, FIRST_PERIOD_COLUMN): around.format("2009-01")}
    changes |= {(line.row, 0): around.format(line.id.upper()) for line in LAYOUT.lines[:5]}
    assert _counted_all(check(with_cells(changes)))


def test_columns_are_found_by_their_headings_when_the_codes_are_gone() -> None:
    columns = range(FIRST_PERIOD_COLUMN, FIRST_PERIOD_COLUMN + len(LAYOUT.periods))
    assert _counted_all(check(with_cells(dict.fromkeys([(KEY_ROW, column) for column in columns]))))
    assert _counted_all(check(with_cells({(KEY_ROW, FIRST_PERIOD_COLUMN + 2): None})))


def test_a_missing_column_is_named() -> None:
    column = FIRST_PERIOD_COLUMN + 2
    checked = check(with_cells({(KEY_ROW, column): None, (HEADING_ROW, column): "?"}))
    assert only(checked, "STR-008").period == "2009-03"
    assert {key: value for key, value in _TRUTH.items() if key[1] != "2009-03"} == values(checked)


def test_a_column_that_stands_twice_is_rejected_in_both() -> None:
    checked = check(
        with_cells(
            {(KEY_ROW, FIRST_PERIOD_COLUMN + 20): "2009-03", (cell_of("B.13.value")[0], FIRST_PERIOD_COLUMN + 20): 5}
        )
    )
    assert only(checked, "STR-017").slots["columns"] == "G, Y"
    assert all(value is None for key, value in values(checked).items() if key[1] == "2009-03")
    assert balances(checked)


def test_a_chart_in_the_place_of_the_input_sheet_is_no_input_sheet() -> None:
    def change(workbook: Workbook, _: Worksheet) -> None:
        del workbook[INPUT]
        workbook.create_chartsheet(INPUT)

    checked = check(resaved(change))
    assert not checked.is_accepted
    assert "STR-001" in codes(checked)


def test_notes_on_other_sheets_do_no_harm() -> None:
    def change(workbook: Workbook, sheet: Worksheet) -> None:
        workbook.create_sheet("Notater", 0)["A1"] = "husk"
        workbook.create_sheet("Tom")
        workbook.move_sheet(sheet, 3)

    checked = check(resaved(change))
    assert values(checked) == _TRUTH
    assert [each.sheet for each in checked.problems if each.code == "STR-015"] == ["Notater"]


def test_a_copy_is_recognised_however_much_stands_below_it() -> None:
    def change(workbook: Workbook, sheet: Worksheet) -> None:
        copy = workbook.copy_worksheet(sheet)
        copy.cell(sheet.min_row + 8, FIRST_PERIOD_COLUMN + 1).value = 999
        for row in range(500, 3000):
            for column in range(1, 40):
                copy.cell(row, column).value = f"{row} {column}"

    content = resaved(change)
    assert max(map(len, parts_of(content).values())) > LARGE
    checked = check(content)
    assert not checked.is_accepted
    assert only(checked, "STR-003").sheet is not None


def test_columns_of_another_year_keep_the_file_out() -> None:
    changes = {(KEY_ROW, FIRST_PERIOD_COLUMN + index): f"2008-{index + 1:02d}" for index in range(12)}
    changes |= {(HEADING_ROW, FIRST_PERIOD_COLUMN + index): f"{index + 1}.2008" for index in range(12)}
    checked = check(with_cells(changes))
    assert not checked.is_accepted
    assert only(checked, "IDN-006").got == "2008"


# Whose workbook it is

_SETUP = LAYOUT.title(Sheet.SETUP)


def _setup(key: str, value: str) -> bytes:
    return with_cells({(SETUP_KEYS.index(key), 1): value}, sheet=_SETUP)


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("office", " ", "IDN-001"),
        ("year", "mars", "STR-013"),
        ("year", "20009", "STR-013"),
        ("format", "another", "STR-013"),
        ("template", "99", "STR-014"),
        ("hash", "0123456789abcdef", "STR-014"),
    ],
)
def test_a_setup_sheet_that_does_not_hold_together_keeps_the_file_out(key: str, value: str, code: str) -> None:
    checked = check(_setup(key, value))
    assert not checked.is_accepted
    assert codes(checked) == [code]


def test_a_definition_of_ones_own_travels_with_the_workbook() -> None:
    own = NAV.model_copy(update={"id": "my-own", "title": "Mitt"})
    own = type(own).model_validate_json(own.model_dump_json(exclude_defaults=True))
    content = write_office_workbook(make_state(own, submission(), JUNE, TODAY, ()))
    checked = check(content)
    assert checked.scorecard == own
    assert values(checked) == _TRUTH


_REGISTER = Register((Office("NAV Åmønster"), Office("NAV Gol")))


@pytest.mark.parametrize(
    ("expected", "code"),
    [
        (Expected(year=2010), "IDN-002"),
        (Expected(scorecard=load_scorecard("uwv-pacta-2006")), "IDN-004"),
        (Expected(register=Register((Office("NAV Åmønsters"), Office("NAV Gol")))), "IDN-003"),
        (Expected(register=Register((Office("NAV Åmønster", ends=Period.parse("2008").end),))), "IDN-007"),
    ],
)
def test_a_workbook_of_another_run_is_kept_out(expected: Expected, code: str) -> None:
    checked = check(office(), expected)
    assert not checked.is_accepted
    assert codes(checked) == [code]


def test_a_near_name_of_the_register_is_suggested_and_never_taken() -> None:
    problem = only(check(office(), Expected(register=Register((Office("NAV Åmønsters"),)))), "IDN-003")
    assert "NAV Åmønsters" in problem.slots["hint"]


def test_another_version_is_read_by_its_own_definition() -> None:
    newer = type(NAV).model_validate({**NAV.model_dump(mode="json"), "version": "2"})
    checked = check(office(), Expected(scorecard=newer, year=2009, register=_REGISTER))
    assert checked.is_accepted
    assert only(checked, "IDN-005").slots["version"] == "2"


def test_another_edition_of_the_same_version_is_told_apart_by_its_contents() -> None:
    newer = type(NAV).model_validate({**NAV.model_dump(mode="json"), "about": "Annet."})
    checked = check(office(), Expected(scorecard=newer, year=2009, register=_REGISTER))
    assert checked.is_accepted
    problem = only(checked, "IDN-008")
    assert (problem.got, problem.slots["hash"]) == (NAV.content_hash, newer.content_hash)
    assert "IDN-005" not in codes(checked)


# The history


def test_an_impossible_pair_of_the_year_before_is_told_and_stays_a_reference() -> None:
    sheet, before = LAYOUT.title(Sheet.HISTORY), Period.parse("2008-03")
    upper, lower = LAYOUT.input_cell("B.1.numerator", before), LAYOUT.input_cell("B.1.denominator", before)
    assert upper is not None
    assert lower is not None
    checked = check(with_cells({upper[1:]: 9, lower[1:]: 3}, sheet=sheet))
    problem = only(checked, "PAR-001")
    assert (problem.sheet, problem.cell, problem.period) == (sheet, a1(*upper[1:]), "2008-03")
    assert set(codes(checked)) == {"PAR-001", "LIK-009"}  # both figures are far from the usual too
    assert (checked.ledger.rejected, values(checked)) == (0, _TRUTH)
    assert balances(checked)


# The file itself


@pytest.mark.parametrize("language", ["nb", "da", "nl"])
def test_why_a_file_cannot_be_read_is_told_in_the_language_of_the_reader(language: str) -> None:
    broken = edited(office(), lambda xml: xml[:-20], "xl/workbook.xml")
    told = [
        sentence(each, texts_of(language))
        for each in (*check(broken).problems, *check(_setup("template", "99")).problems)
    ]
    assert len(told) == 2
    assert not any("a part of it" in each or "made by another" in each for each in told), told


def test_macros_and_links_are_noted_and_nothing_else() -> None:
    parts = parts_of(office())
    rels = "xl/_rels/workbook.xml.rels"
    link = (
        b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLink" '
        b'Target="externalLinks/externalLink1.xml"/></Relationships>'
    )
    parts[rels] = parts[rels].replace(b"</Relationships>", link)
    checked = check(packed(parts | {"xl/vbaProject.bin": b"Sub Workbook_Open()"}))
    assert _counted_all(checked)
    assert codes(checked) == ["FIL-011", "FIL-012"]


def test_a_file_that_cannot_be_read_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def found(path: Path) -> str:
        problem = read_path(path)
        assert isinstance(problem, Problem)
        assert (problem.code, problem.file) == ("FIL-006", path.name)
        return problem.slots["reason"]

    assert "folder" in found(tmp_path)
    assert "no longer" in found(tmp_path / "gone.xlsx")
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"x")
    assert read_path(path) == b"x"

    sharing = OSError(13, "used by another process")
    sharing.winerror = 32  # type: ignore[attr-defined]
    errors = iter((PermissionError(13, "no"), sharing))

    def refuse(_: Path) -> bytes:
        raise next(errors)

    monkeypatch.setattr(type(path), "read_bytes", refuse)
    for _ in range(2):
        assert "open elsewhere" in found(path)


def test_every_input_cell_is_listed_with_its_users() -> None:
    row, column = cell_of("B.13.value")
    cells = list_cells(with_cells({(row, column): "x", cell_of("B.1.numerator"): 0}), FILE)
    assert isinstance(cells, tuple)
    assert len(cells) == len(LAYOUT.lines) * len(LAYOUT.periods)
    by_name = {each.cell: each for each in cells}
    assert (by_name[a1(row, column)].value, by_name[a1(row, column)].raw) == (None, "x")
    assert by_name[a1(*cell_of("B.1.numerator"))].value == 0
    employees = by_name[a1(*cell_of("employees"))]
    assert employees.used_by == (("M.2", "denominator"), ("M.4", "denominator"))
    comment = by_name[a1(*cell_of("comment:B.1"))]
    assert (comment.measure, comment.value, comment.field) == (None, "Ferie", "comment")
    assert isinstance(list_cells(b"", FILE), CheckedFile)
