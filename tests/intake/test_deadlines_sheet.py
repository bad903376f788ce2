"""The sheet of deadlines: the definition stands, the office's words are kept, and what does not fit is told with its cell."""

from __future__ import annotations

import io
import warnings
from dataclasses import replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.intake.offices import codes, only
from tests.template.deadline_samples import AGREED, FIRST_SPARE, LAST_ROW, PLAN, TODAY, state_with_deadlines
from tests.xlsx.books import parts_of
from xlmalekort.intake.workbook_file import check_file
from xlmalekort.layout.cells import a1
from xlmalekort.layout.deadlines import (
    DEADLINES_FIRST_ROW,
    DEADLINES_HEADING_ROW,
    KIND_WORD,
    OFFERED_KINDS,
    Column,
)
from xlmalekort.layout.office import Sheet, layout_of
from xlmalekort.locale import LANGUAGES, texts_of
from xlmalekort.model.deadlines import DeadlineKind
from xlmalekort.pipeline.refresh import refresh_content
from xlmalekort.problems import sentence
from xlmalekort.template.formulas import serial
from xlmalekort.template.office_workbook import write_office_workbook
from xlmalekort.template.state import make_state
from xlmalekort.xlsx import Plain, patch_workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from xlmalekort.model.figures import CheckedFile, DeadlineEntry
    from xlmalekort.xlsx.patch import Scalar

LAYOUT = layout_of(PLAN, PLAN.year)
TITLE = LAYOUT.title(Sheet.DEADLINES)
OWN_ROW = LAST_ROW - 2


@cache
def office(*, is_filled: bool = True) -> bytes:
    state = state_with_deadlines(is_filled=is_filled)
    submission = replace(state.submission, figures={}, reference={}, actions=(), ready_for=None)
    return write_office_workbook(make_state(PLAN, submission, state.chosen, TODAY, ()))


def check(content: bytes) -> CheckedFile:
    return check_file(content, "f.xlsx", TODAY)


def said(checked: CheckedFile) -> tuple[DeadlineEntry, ...]:
    assert checked.submission is not None, checked.problems
    return checked.submission.deadlines


def told(checked: CheckedFile) -> list[str]:
    return [code for code in codes(checked) if code.startswith(("DDL", "STR"))]


def with_line(cells: Mapping[Column, Scalar], row: int = OWN_ROW) -> CheckedFile:
    changes = {(row, int(column)): Plain(value) for column, value in cells.items()}
    return check(patch_workbook(office(is_filled=False), {TITLE: changes}))


def loaded(content: bytes, *, results: bool = False) -> Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl says that it does not keep sparklines
        return openpyxl.load_workbook(io.BytesIO(content), data_only=results)


def resaved(change: Callable[[Workbook, Worksheet], object]) -> CheckedFile:
    """The filled-in workbook after a change in another program."""
    workbook = loaded(office())
    change(workbook, workbook[TITLE])
    stream = io.BytesIO()
    workbook.save(stream)
    return check(stream.getvalue())


def without_places(entries: tuple[DeadlineEntry, ...]) -> list[DeadlineEntry]:
    return [replace(each, source=None) for each in entries]


def test_what_was_written_is_read() -> None:
    checked = check(office())
    assert without_places(said(checked)) == list(state_with_deadlines().submission.deadlines)
    assert told(checked) == ["DDL-002"]
    first, *_, last = said(checked)
    assert first.source is not None
    assert first.source == ("f.xlsx", TITLE, a1(DEADLINES_FIRST_ROW, Column.NUMBER))
    assert last.source is not None


def test_an_untouched_workbook_says_nothing() -> None:
    checked = check(office(is_filled=False))
    assert told(checked) == []
    assert [each.id for each in said(checked)] == [each.id for each in AGREED]
    assert not any(each.done or each.is_own for each in said(checked))


@pytest.mark.parametrize(
    "value", [serial(date(2009, 7, 1)), serial(date(2009, 7, 1)) + 0.5, "2009-07-01", " 2009-07-01 "]
)
def test_a_day_is_known_as_a_number_and_as_a_text(value: Scalar) -> None:
    checked = with_line({Column.WHAT: "Klage", Column.DUE: value, Column.DONE: value})
    assert (said(checked)[-1].due, said(checked)[-1].done) == (date(2009, 7, 1), date(2009, 7, 1))
    assert told(checked) == []


@pytest.mark.parametrize("value", ["høst 2009", "2009-02-30", "01.07.2009", 2009, 5, True])
def test_what_is_no_day_is_kept_and_told_with_its_cell(value: Scalar) -> None:
    checked = with_line({Column.WHAT: "Klage", Column.DUE: value, Column.DONE: value})
    entry = said(checked)[-1]
    words = "TRUE" if value is True else str(value)
    assert (entry.due, entry.done, entry.due_words, entry.done_words) == (None, None, words, words)
    problems = [only(checked, "DDL-002"), only(checked, "DDL-003")]
    assert [(each.sheet, each.cell, each.got) for each in problems] == [
        (TITLE, a1(OWN_ROW, Column.DUE), words),
        (TITLE, a1(OWN_ROW, Column.DONE), words),
    ]


def test_a_day_that_has_not_come_is_told_and_kept() -> None:
    checked = with_line({Column.DONE: serial(date(2009, 7, 16))}, DEADLINES_FIRST_ROW)
    assert said(checked)[0].done == date(2009, 7, 16)
    assert only(checked, "DDL-004").got == "2009-07-16"
    assert only(checked, "DDL-004").indicator == "B.8"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_kind_is_known_in_every_language(language: str) -> None:
    for kind in OFFERED_KINDS:
        word = texts_of(language)(KIND_WORD[kind]).upper()
        checked = with_line({Column.KIND: f" {word}", Column.WHAT: "Klage"})
        assert (told(checked), said(checked)[-1].kind) == ([], kind)


@pytest.mark.parametrize("word", ["ønske", "action", 7])
def test_an_unknown_kind_is_told_and_the_line_is_kept(word: Scalar) -> None:
    checked = with_line({Column.KIND: word, Column.WHAT: "Klage", Column.NUMBER: "17"})
    entry = said(checked)[-1]
    assert (entry.id, entry.kind, entry.title, entry.is_own) == ("17", None, "Klage", True)
    assert (only(checked, "DDL-001").cell, only(checked, "DDL-001").got) == (a1(OWN_ROW, Column.KIND), str(word))


def test_a_line_without_what_is_to_be_done_is_told_and_kept() -> None:
    checked = with_line({Column.KIND: texts_of("nb")("complaint"), Column.DUE: serial(TODAY)})
    assert only(checked, "DDL-009").cell == a1(OWN_ROW, Column.WHAT)
    assert (said(checked)[-1].kind, said(checked)[-1].due) == (DeadlineKind.COMPLAINT, TODAY)


def test_a_line_that_only_has_a_kind_or_a_number_says_nothing() -> None:
    checked = with_line({Column.KIND: "complaint", Column.NUMBER: "3", Column.WHAT: "  "})
    assert (len(said(checked)), told(checked)) == (len(AGREED), [])


@pytest.mark.parametrize(
    ("column", "value", "got"),
    [
        (Column.DUE, serial(date(2009, 12, 24)), "2009-12-24"),
        (Column.DUE, "senere", "senere"),
        (Column.DUE, None, "–"),
        (Column.WHAT, "Noe lettere", "Noe lettere"),
        (Column.RESPONSIBLE, "En annen", "En annen"),
        (Column.KIND, "klage?", "klage?"),
    ],
)
def test_what_was_agreed_stands_and_a_change_of_it_is_told(column: Column, value: Scalar, got: str) -> None:
    checked = with_line({column: value, Column.DONE: serial(TODAY)}, DEADLINES_FIRST_ROW)
    entry, agreed = said(checked)[0], AGREED[0]
    assert (entry.kind, entry.title, entry.responsible, entry.due) == (
        agreed.kind,
        agreed.title,
        agreed.responsible,
        agreed.due,
    )
    assert entry.done == TODAY
    problem = only(checked, "DDL-005")
    assert (problem.cell, problem.got, problem.slots["id"]) == (a1(DEADLINES_FIRST_ROW, column), got, "1.1")


def test_the_time_frame_in_words_is_agreed_as_well() -> None:
    row = DEADLINES_FIRST_ROW + [each.id for each in AGREED].index("1.4")
    assert told(with_line({Column.DUE: " LØPENDE"}, row)) == []
    assert told(with_line({Column.DUE: serial(TODAY)}, row)) == ["DDL-005"]


def test_lines_are_found_by_their_number_wherever_rows_and_columns_have_been_moved() -> None:
    def change(_: Workbook, sheet: Worksheet) -> None:
        sheet.insert_rows(DEADLINES_FIRST_ROW + 3, 2)
        sheet.insert_rows(1, 7)
        sheet.insert_cols(3)

    moved = resaved(change)
    assert without_places(said(moved)) == list(state_with_deadlines().submission.deadlines)
    assert said(moved)[0].source == ("f.xlsx", TITLE, a1(DEADLINES_FIRST_ROW + 7, Column.NUMBER))


def test_a_missing_line_is_told_and_not_taken_for_undone() -> None:
    checked = resaved(lambda _, sheet: sheet.delete_rows(DEADLINES_FIRST_ROW + 1))
    assert only(checked, "DDL-007").slots["id"] == "1.1"
    assert "1.1" not in {each.id for each in said(checked)}


def test_a_number_that_stands_twice_is_told_and_the_second_line_is_kept_as_the_offices_own() -> None:
    checked = with_line({Column.NUMBER: " m.1", Column.WHAT: "Noe annet"})
    assert only(checked, "DDL-006").cell == a1(OWN_ROW, Column.NUMBER)
    assert [(each.id, each.is_own) for each in said(checked) if each.id.casefold() == "m.1"] == [
        ("M.1", False),
        ("m.1", True),
    ]


# Workbooks made before, and sheets of others


def made_before() -> bytes:
    """The workbook as it was made before there was a sheet of deadlines: without the sheet and its name."""
    workbook = loaded(office())
    del workbook[TITLE]
    del workbook.defined_names[Sheet.DEADLINES.defined_name]
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def test_a_workbook_made_before_is_read_with_nothing_but_a_note() -> None:
    checked = check(made_before())
    assert told(checked) == ["DDL-008"]
    assert str(only(checked, "DDL-008").severity) == "note"
    assert said(checked) == ()


def test_a_sheet_of_that_title_in_a_workbook_made_before_is_the_offices_own_and_is_left_alone() -> None:
    workbook = loaded(made_before())
    own = workbook.create_sheet(TITLE)
    for row in range(1, 60):
        own.cell(row, 8).value = f"=A{row}"
    own["A1"] = TITLE
    stream = io.BytesIO()
    workbook.save(stream)
    checked = check(stream.getvalue())
    assert sorted(told(checked)) == ["DDL-008", "STR-015"]
    assert said(checked) == ()
    part = f"xl/worksheets/sheet{len(workbook.sheetnames)}.xml"
    assert (
        parts_of(refresh_content(stream.getvalue(), "f.xlsx", TODAY).content)[part] == parts_of(stream.getvalue())[part]
    )


def test_actions_of_a_workbook_made_before_get_no_column_that_they_did_not_have() -> None:
    title = LAYOUT.title(Sheet.ACTIONS)
    parts = parts_of(office())
    name = f"xl/worksheets/sheet{list(Sheet).index(Sheet.ACTIONS) + 1}.xml"
    workbook = loaded(office())
    workbook[title].delete_cols(7, 2)
    stream = io.BytesIO()
    workbook.save(stream)
    refreshed = parts_of(refresh_content(stream.getvalue(), "f.xlsx", TODAY).content)
    assert b'r="G6"' in parts[name]
    assert b'r="G6"' not in refreshed[name]


def test_refresh_changes_no_cell_that_the_office_wrote() -> None:
    later = refresh_content(office(), "f.xlsx", date(2009, 9, 1)).content
    before, after = (said(check_file(content, "f.xlsx", date(2009, 9, 1))) for content in (office(), later))
    assert before == after
    assert refresh_content(later, "f.xlsx", date(2009, 9, 1)).content == later


def test_refresh_writes_how_the_lines_stand_now() -> None:
    later = refresh_content(office(), "f.xlsx", date(2009, 9, 1)).content
    sheet = loaded(later, results=True)[TITLE]
    row = DEADLINES_FIRST_ROW + [each.id for each in AGREED].index("R.2")
    assert str(sheet.cell(row + 1, Column.STATE + 1).value).startswith("■")
    assert sheet.cell(row + 1, Column.DAYS + 1).value == -17


def test_a_renamed_sheet_is_read() -> None:
    def change(workbook: Workbook, sheet: Worksheet) -> None:
        sheet.title = "Ark7"
        del workbook.defined_names[Sheet.DEADLINES.defined_name]

    checked = resaved(change)
    assert without_places(said(checked)) == list(state_with_deadlines().submission.deadlines)
    assert "STR-002" in told(checked)


# Whatever stands there

_SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-10, 500_000),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12),
    st.sampled_from(["2009-07-01", "M.1", "1.1", "klage", "Frist", "Nr.", "Type", "høst", " "]),
)
_PLACES = st.tuples(st.integers(0, LAST_ROW + 3), st.integers(0, 11))


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.dictionaries(_PLACES, _SCALARS, max_size=12))
def test_any_sheet_is_read_and_every_line_that_says_something_is_kept(cells: dict[tuple[int, int], Scalar]) -> None:
    content = patch_workbook(office(), {TITLE: {place: Plain(value) for place, value in cells.items()}})
    checked = check(content)
    assert "FIL-010" not in codes(checked)
    for problem in checked.problems:
        assert sentence(problem, texts_of("nb"))
    if any(row <= DEADLINES_HEADING_ROW for row, _ in cells):
        return
    rows = {int(entry.source.cell.lstrip("ABCDEFGHIJKL")) - 1 for entry in said(checked) if entry.source}
    typed = {
        row
        for (row, column), value in cells.items()
        if column in (Column.WHAT, Column.RESPONSIBLE, Column.DUE, Column.DONE, Column.REMARK)
        and str(value if value is not None else "").strip(" ")
    }
    assert typed <= rows
    assert refresh_content(content, "f.xlsx", TODAY).content


def test_the_spare_lines_begin_below_those_of_the_definition() -> None:
    assert DEADLINES_FIRST_ROW + len(AGREED) == FIRST_SPARE
