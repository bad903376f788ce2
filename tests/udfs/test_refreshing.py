"""Refreshing a workbook that is open in Excel comes to what refreshing the file comes to."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.pipeline.offices import BUSKERUD, entries_of, filled_workbook
from tests.udfs.desktop import Desktop
from tests.udfs.remote import Written, after, cells_of, opened, payload_of, plain_values, remote_book, written_to
from udfs.cards import card_of
from udfs.copies import copy_of, photograph_of
from udfs.quiet import xlwings as xw
from udfs.refreshing import CHECKING, READING, WRITING, refresh_book
from xlmalekort import NotDoneError, refresh_workbook
from xlmalekort.layout.card import key_of
from xlmalekort.layout.office import CONTROL_FIRST_ROW, SCORECARD_AS_OF, Sheet, layout_of
from xlmalekort.model.periods import Period
from xlmalekort.model.register import Office
from xlmalekort.pipeline.build import office_workbook
from xlmalekort.pipeline.check import check_content
from xlmalekort.pipeline.refresh import refresh_content
from xlmalekort.scorecards import built_in, load_scorecard, parse_json
from xlmalekort.template.control_sheet import JUMP_COLUMN, MORE, PLACE_COLUMN
from xlmalekort.template.photograph import ERRORS, SheetValues, write_photograph
from xlmalekort.xlsx import ErrorValue, Plain, Styled, patch_workbook

if TYPE_CHECKING:
    from collections.abc import Callable

    from xlwings import Book

    from xlmalekort.xlsx import Value

LATER = date(2009, 10, 20)
CARD = load_scorecard(BUSKERUD)
LAYOUT = layout_of(CARD, 2009)
INPUT, CONTROL, SCORECARD = (LAYOUT.title(each) for each in (Sheet.INPUT, Sheet.CONTROL, Sheet.SCORECARD))


def cell_of(line: str, period: str) -> tuple[int, int]:
    return LAYOUT.line[line].row, LAYOUT.column_of[Period.parse(period)]


def typed(cells: dict[tuple[int, int], Value], content: bytes | None = None) -> bytes:
    """The office's workbook after these cells of its input sheet were typed, before anybody refreshes it."""
    return patch_workbook(content or filled_workbook(), {INPUT: cells}, recalculate=False)


PLACES: dict[str, dict[tuple[int, int], Value]] = {
    "a text": {cell_of("B.1.numerator", "2009-03"): "omtrent 12"},
    "an error": {cell_of("B.1.numerator", "2009-03"): ErrorValue("#DIV/0!")},
    "half a pair": {cell_of("B.1.denominator", "2009-03"): Plain(None)},
    "more than all": {cell_of("B.1.numerator", "2009-03"): 9_999},
    "a truth value": {cell_of("B.1.numerator", "2009-03"): True},
    "a negative number": {cell_of("B.1.numerator", "2009-03"): -3},
    "a text that Excel would take for a formula": {cell_of("comment:B.1", "2009-03"): "=1+1"},
}


def workbook_of(scorecard: str) -> tuple[bytes, date]:
    card = load_scorecard(scorecard)
    day = date(card.year, 9, 15)
    return filled_workbook(scorecard_id=scorecard, day=day), date(card.year, 10, 20)


def assert_as_the_file(content: bytes, blocks: list[Written], today: date) -> None:
    """What stands in the cells after the macro is what stands there in the file that was refreshed."""
    refreshed = cells_of(refresh_content(content, "f.xlsx", today).content)
    outcome = refresh_content(content, "f.xlsx", today).written
    held = after(content, blocks)
    assert outcome
    for title, cells in outcome.items():
        wanted = plain_values({place: refreshed[title][place] for place in cells if place in refreshed[title]})
        assert {place: held[title][place] for place in cells if place in held[title]} == wanted
    assert {block.sheet for block in blocks} <= set(outcome)
    assert all(place in outcome[block.sheet] for block in blocks for place in block.cells)


# What is written


@pytest.mark.parametrize("scorecard", sorted(built_in()))
def test_the_cells_come_to_what_the_refreshed_file_holds(scorecard: str) -> None:
    content, today = workbook_of(scorecard)
    book = remote_book(content)
    outcome = refresh_book(book, today)
    assert outcome.is_judged
    assert_as_the_file(content, written_to(book), today)
    refreshed = refresh_content(content, "f.xlsx", today)
    assert [(each.indicator.id, each.status, each.shown) for each in outcome.judgements] == [
        (each.indicator.id, each.status, each.shown) for each in refreshed.judgements
    ]


@pytest.mark.parametrize("cells", PLACES.values(), ids=PLACES.keys())
def test_what_is_wrong_is_told_as_in_the_file(cells: dict[tuple[int, int], Value]) -> None:
    content = typed(cells)
    book = remote_book(content)
    outcome = refresh_book(book, LATER)
    assert outcome.problems == refresh_content(content, "f.xlsx", LATER).problems
    assert_as_the_file(content, written_to(book), LATER)


def test_a_day_where_a_number_belongs_is_told_and_not_counted() -> None:
    as_of = cells_of(filled_workbook())[SCORECARD][SCORECARD_AS_OF]
    row, column = cell_of("B.1.numerator", "2009-03")
    content = filled_workbook()
    content = patch_workbook(content, {INPUT: {(row, column): 40_000}}, recalculate=False)
    content = patch_workbook(content, {INPUT: {(row, column): Styled(as_of.style)}}, recalculate=False)
    book = remote_book(content)
    codes = {problem.code for problem in refresh_book(book, LATER).problems}
    assert "NUM-008" in codes
    assert_as_the_file(content, written_to(book), LATER)


def test_an_office_without_figures_is_refreshed() -> None:
    office = Office("Tomvik", area="TO Midt", region=CARD.top.name)
    content = office_workbook(CARD, office, 2009, date(2009, 2, 1), [], "f.xlsx")
    book = remote_book(content)
    assert refresh_book(book, LATER).problems == ()
    assert_as_the_file(content, written_to(book), LATER)


@pytest.mark.parametrize("is_desktop", [True, False])
def test_a_workbook_with_macros_is_refreshed_like_the_file(*, is_desktop: bool) -> None:
    office = Office("Prøvedal", area="TO Midt", region=CARD.top.name)
    made = office_workbook(CARD, office, 2009, LATER, entries_of("Prøvedal"), "f.xlsm")
    content = typed(PLACES["a text"], made)
    book = Desktop(content, Path("f.xlsm")) if is_desktop else remote_book(content, "f.xlsm")
    outcome = refresh_book(book, LATER)  # type: ignore[arg-type]
    wanted = refresh_content(content, "f.xlsm", LATER)
    assert outcome.written == wanted.written
    assert [problem.code for problem in outcome.problems] == [problem.code for problem in wanted.problems]
    assert_as_the_file(content, written_to(book.book if isinstance(book, Desktop) else book), LATER)


def test_each_block_is_written_once_and_formulas_never() -> None:
    book = remote_book(typed(PLACES["a text"]))
    refresh_book(book, LATER)
    blocks = written_to(book)
    assert len({(block.sheet, block.first) for block in blocks}) == len(blocks) <= 7
    places = [(block.sheet, place) for block in blocks for place in block.cells]
    assert len(places) == len(set(places))
    assert not any(place[1] == JUMP_COLUMN for sheet, place in places if sheet == CONTROL)
    lines = [block for block in blocks if (CONTROL_FIRST_ROW, PLACE_COLUMN) in block.cells and block.sheet == CONTROL]
    assert len(lines) == 1


def test_every_text_arrives_as_the_text_that_it_is() -> None:
    book = remote_book(typed(PLACES["a text"]))
    refresh_book(book, LATER)
    values = [value for block in written_to(book) for row in block.values for value in row]
    texts = [value for value in values if isinstance(value, str) and value]
    assert texts
    assert all(text.startswith("'") for text in texts)
    days = [value for value in values if not isinstance(value, str)]
    assert days == [(LATER - date(1899, 12, 30)).days]


def test_a_workbook_in_which_nothing_has_changed_is_not_written() -> None:
    content = refresh_content(typed(PLACES["a text"]), "f.xlsx", LATER).content
    book = remote_book(content)
    refresh_book(book, LATER)
    assert written_to(book) == []


def test_only_the_blocks_that_differ_are_written() -> None:
    book = remote_book(refresh_content(filled_workbook(), "f.xlsx", LATER).content)
    refresh_book(book, date(2009, 10, 21))
    assert {(block.sheet, block.first) for block in written_to(book)} >= {(SCORECARD, SCORECARD_AS_OF)}
    assert all((CONTROL_FIRST_ROW, 0) not in block.cells for block in written_to(book))


def test_what_was_mended_is_cleared_away() -> None:
    content = refresh_content(typed(PLACES["a text"]), "f.xlsx", LATER).content
    mended = typed({cell_of("B.1.numerator", "2009-03"): 12, cell_of("B.1.denominator", "2009-03"): 20}, content)
    book = remote_book(mended)
    refresh_book(book, LATER)
    assert_as_the_file(mended, written_to(book), LATER)


def test_the_sheet_in_front_and_the_selection_stay() -> None:
    book = remote_book(filled_workbook(), active=1)
    refresh_book(book, LATER)
    assert book.sheets.active.name == INPUT
    assert {action["func"] for action in book.json()["actions"]} == {"setValues"}


def test_renamed_sheets_are_written_under_their_own_titles() -> None:
    book = remote_book(filled_workbook())
    book.sheets[CONTROL].name = "Ting å rette"
    book.json()["actions"].clear()
    outcome = refresh_book(book, LATER)
    assert "Ting å rette" in outcome.written
    assert {block.sheet for block in written_to(book)} == {"Ting å rette", SCORECARD}


# What is not judged


def test_of_a_workbook_with_an_identity_number_only_the_sheet_of_checks_is_written() -> None:
    content = typed({cell_of("comment:B.1", "2009-03"): "gjelder 010101 00050"})
    book = remote_book(content)
    outcome = refresh_book(book, LATER)
    assert not outcome.is_judged
    assert outcome.judgements == ()
    assert "identity number" in (outcome.refusal or "")
    blocks = written_to(book)
    assert {block.sheet for block in blocks} == {CONTROL}
    assert "00050" not in str([block.values for block in blocks])


def test_without_a_sheet_of_checks_an_identity_number_is_refused_and_nothing_written() -> None:
    payload = payload_of(typed({cell_of("comment:B.1", "2009-03"): "gjelder 010101 00050"}))
    payload["sheets"] = [sheet for sheet in payload["sheets"] if sheet["name"] != CONTROL]
    payload["names"] = [name for name in payload["names"] if CONTROL not in name["refers_to"]]
    book = xw.Book(json=payload)
    with pytest.raises(NotDoneError) as refused:
        refresh_book(book, LATER)
    assert [problem.code for problem in refused.value.problems] == ["PRI-001"]
    assert written_to(book) == []


def test_the_file_says_the_same_of_an_identity_number(tmp_path: Path) -> None:
    content = typed({cell_of("comment:B.1", "2009-03"): "gjelder 010101 00050"})
    path = tmp_path / "f.xlsx"
    path.write_bytes(content)
    with pytest.raises(NotDoneError):
        refresh_workbook(path, today=LATER)
    book = remote_book(content)
    outcome = refresh_book(book, LATER)
    places = outcome.written[CONTROL]
    held, wanted = after(content, written_to(book))[CONTROL], plain_values(cells_of(path.read_bytes())[CONTROL])
    assert {place: held.get(place) for place in places} == {place: wanted.get(place) for place in places}


def test_a_workbook_that_is_no_scorecard_is_refused_and_not_touched() -> None:
    book = remote_book(write_photograph([SheetValues("Ark1", (0, 0), [["hei"]])], {}))
    with pytest.raises(NotDoneError):
        refresh_book(book, LATER)
    assert written_to(book) == []


def test_a_workbook_of_another_version_is_refused_and_not_touched() -> None:
    title = LAYOUT.title(Sheet.SETUP)
    content = patch_workbook(filled_workbook(), {title: {(1, 1): "1"}}, recalculate=False)
    book = remote_book(content)
    with pytest.raises(NotDoneError) as refused:
        refresh_book(book, LATER)
    assert [problem.code for problem in refused.value.problems] == ["STR-014"]
    assert written_to(book) == []


def test_the_definition_is_remembered_for_the_functions() -> None:
    own = parse_json(json.dumps(json.loads(CARD.as_json) | {"title": "Eget målekort"}))
    office = Office("Prøvedal", area="TO Midt", region=own.top.name)
    content = office_workbook(own, office, 2009, LATER, [], "f.xlsx")
    refresh_book(remote_book(content), LATER)
    assert card_of(key_of(own)).scorecard.title == "Eget målekort"


def test_each_step_is_told() -> None:
    steps: list[str] = []
    refresh_book(remote_book(filled_workbook()), LATER, steps.append)
    assert steps == [READING, CHECKING, WRITING]


# Excel on the desktop: what it does that the remote engine does not


def refreshed(desktop: Desktop) -> Any:
    return refresh_book(desktop, LATER)  # type: ignore[arg-type]


def test_the_desktop_checks_what_a_file_is_checked_for() -> None:
    """Formulas that are gone cannot be seen in values, and are told where Excel hands out a copy."""
    scorecard = cells_of(filled_workbook())[SCORECARD]
    formula = next(place for place, cell in sorted(scorecard.items()) if cell.formula is not None)
    content = patch_workbook(filled_workbook(), {SCORECARD: {formula: Plain(1)}}, recalculate=False)
    wanted = refresh_content(content, "f.xlsx", LATER)
    assert "STR-018" in {problem.code for problem in wanted.problems}
    desktop = Desktop(content)
    assert refreshed(desktop).problems == wanted.problems
    assert_as_the_file(content, written_to(desktop.book), LATER)
    assert "STR-018" not in {problem.code for problem in refresh_book(remote_book(content), LATER).problems}


def test_the_copy_is_gone_when_it_has_been_read() -> None:
    desktop = Desktop(filled_workbook())
    refreshed(desktop)
    (copy,) = desktop.copies
    assert copy.suffix == ".xlsx"
    assert not copy.exists()
    assert not copy.parent.exists()


def refuse(_: str) -> None:
    raise PermissionError


def encrypted(name: str) -> None:
    Path(name).write_bytes(b"\xd0\xcf\x11\xe0EncryptedPackage")


@pytest.mark.parametrize("save", [refuse, encrypted, lambda _: None])
def test_where_excel_hands_out_no_copy_the_values_are_read(save: Callable[[str], None]) -> None:
    content = typed(PLACES["a text"])
    desktop = Desktop(content, save=save)
    assert refreshed(desktop).problems == refresh_content(content, "f.xlsx", LATER).problems
    assert_as_the_file(content, written_to(desktop.book), LATER)


def test_nothing_stays_written_where_excel_refuses_halfway() -> None:
    content = typed(PLACES["a text"])
    desktop = Desktop(content, locked=(SCORECARD,))
    with pytest.raises(NotDoneError, match=SCORECARD) as refused:
        refreshed(desktop)
    assert refused.value.language == "nb"
    before = {title: plain_values(cells) for title, cells in cells_of(content).items()}
    assert after(content, written_to(desktop.book)) == before


def test_nothing_is_written_where_the_checks_fail_halfway(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError

    book = remote_book(filled_workbook())
    monkeypatch.setattr("xlmalekort.pipeline.outcome.make_state", fail)
    with pytest.raises(RuntimeError):
        refresh_book(book, LATER)
    assert written_to(book) == []


# The photograph of values


def test_a_photograph_keeps_texts_numbers_days_truth_values_errors_and_blanks_apart() -> None:
    values: list[list[Any]] = [
        ["12", 12, 12.5, True, False, None, ""],
        [date(2009, 6, 1), datetime(2009, 6, 1, 12, 0), "2009-06-01", "=1+1", "http://x.no", " a ", "#N/A!"],  # noqa: DTZ001
        sorted(ERRORS),
    ]
    sheets = [SheetValues("Ark", (2, 3), values, is_hidden=True), SheetValues("Foran", (0, 0), ())]
    content = write_photograph(sheets, {"mk_x": "=Ark!$A$1"})
    workbook = opened(content)
    cells = cells_of(content)["Ark"]
    found = {
        (row - 2, column - 3): (cell.kind, cell.text, cell.style in workbook.formats.dates)
        for (row, column), cell in cells.items()
    }
    assert [found.get((0, column)) for column in range(7)] == [
        ("text", "12", False),
        ("number", "12", False),
        ("number", "12.5", False),
        ("bool", "TRUE", False),
        ("bool", "FALSE", False),
        None,
        None,
    ]
    assert [found.get((1, column)) for column in range(7)] == [
        ("number", "39965", True),
        ("number", "39965.5", True),
        ("text", "2009-06-01", False),
        ("text", "=1+1", False),
        ("text", "http://x.no", False),
        ("text", " a ", False),
        ("text", "#N/A!", False),
    ]
    assert [found[2, column][:2] for column in range(len(ERRORS))] == [("error", name) for name in sorted(ERRORS)]
    assert all(cell.formula is None for cell in cells.values())
    assert workbook.names == {"mk_x": ("Ark", (0, 0))}
    assert workbook.sheets[0].is_hidden


@pytest.mark.parametrize("reference", ["=#REF!$A$1", "=Ark!$A$1:$B$2", '="tekst"', "=[1]Ark!$A$1", "=1"])
def test_a_name_that_stands_for_no_cell_is_left_out(reference: str) -> None:
    content = write_photograph([SheetValues("Ark", (0, 0), [["a"]])], {"mk_x": reference})
    assert opened(content).names == {}


def test_a_photograph_holds_all_that_no_formula_of_the_template_works_out() -> None:
    content = typed(PLACES["an error"] | {cell_of("B.1.denominator", "2009-03"): 0.1 + 0.2})
    ours = cells_of(photograph_of(remote_book(content)))
    for title, cells in cells_of(content).items():
        typed_ones = {place: cell for place, cell in cells.items() if cell.formula is None}
        if title in (LAYOUT.title(Sheet.FIGURES), LAYOUT.title(Sheet.CALCULATION), LAYOUT.title(Sheet.LOCAL_STEPS)):
            typed_ones = {}
        assert plain_values(ours[title]) == plain_values(typed_ones), title


def test_an_amount_that_a_formula_works_out_is_nobody_s_identity_number() -> None:
    """Vejle's sums of nine digits would be taken for CPR numbers if somebody had typed them."""
    content, today = workbook_of("vejle-2013")
    whole = write_photograph(
        [
            SheetValues(sheet.name, (0, 0), sheet.used_range.options(ndim=2, err_to_str=True).value, not sheet.visible)
            for sheet in remote_book(content).sheets
        ],
        {},
    )
    assert any(problem.code == "PRI-001" for problem in check_content(whole, "f.xlsx", today).problems)
    assert refresh_book(remote_book(content), today).is_judged


def test_the_web_hands_out_no_copy() -> None:
    assert copy_of(remote_book(filled_workbook())) is None


def test_more_problems_than_there_are_lines_are_counted() -> None:
    cells: dict[tuple[int, int], Value] = {
        (line.row, LAYOUT.column_of[period]): "mange"
        for line in LAYOUT.lines
        for period in LAYOUT.periods
        if LAYOUT.has_cell(line, period) and not line.is_comment
    }
    content = typed(cells)
    book = remote_book(content)
    refresh_book(book, LATER)
    assert any(MORE in block.cells for block in written_to(book) if block.sheet == CONTROL)
    assert_as_the_file(content, written_to(book), LATER)


def test_a_remote_book_is_a_book_of_xlwings() -> None:
    def name_of(book: Book) -> str:
        return book.app.engine.name

    assert name_of(remote_book(filled_workbook())) == "remote"


def test_a_sheet_that_reaches_to_the_end_of_excel_is_refused_and_not_read() -> None:
    payload = payload_of(filled_workbook())
    payload["sheets"][0]["used_range_address"] = "A1:XFD1048576"
    book = xw.Book(json=payload)
    with pytest.raises(NotDoneError, match="reaches far beyond"):
        refresh_book(book, LATER)
    assert written_to(book) == []
