"""Whatever stands in whatever cells: the check returns, the ledger balances, and nothing that is filled in is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.intake.offices import (
    FILE,
    INPUT,
    LAYOUT,
    NAV,
    TODAY,
    balances,
    check,
    input_part,
)
from tests.xlsx.books import MAIN, packed, parts_of
from xlmalekort.intake.figures import read_cells
from xlmalekort.intake.workbook_file import OpenedWorkbook, open_workbook
from xlmalekort.layout.cells import a1
from xlmalekort.locale import texts_of
from xlmalekort.model.figures import Submission
from xlmalekort.model.periods import Period
from xlmalekort.problems import sentence
from xlmalekort.template.office_workbook import write_office_workbook
from xlmalekort.template.state import make_state

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlmalekort.model.figures import CheckedFile

_EMPTY = write_office_workbook(
    make_state(NAV, Submission(FILE, "NAV Gol", 2009, {}), Period.parse("2009-06"), TODAY, ())
)
_PARTS = parts_of(_EMPTY)
_PART = input_part(_EMPTY)
_ROWS = LAYOUT.lines[-1].row + 4
_COLUMNS = 4 + len(LAYOUT.periods) + 3

Snippet = tuple[str, str, str | None]
"""Type, value and formula of a cell."""

_NUMBERS = st.one_of(
    st.integers(-20, 500).map(str),
    st.floats().map(repr),
    st.sampled_from(["0.5", "1e400", "NaN", "abc", "", "12.000000001", "-0", "1E+2", "0001", "9" * 400, "1e-400"]),
)
_TEXTS = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12),
    st.sampled_from(["12", " 12 ", "  ", "75 %", "2009-06", "B.1.numerator", "comment:B.1", "2009-03", "Total", "?"]),
)
_FORMULAS = st.one_of(st.none(), st.none(), st.sampled_from(["A1", "[1]S!A1", "SUM(A1:A3)", ""]))
_SNIPPETS: st.SearchStrategy[Snippet] = st.one_of(
    st.tuples(st.just("n"), _NUMBERS, _FORMULAS),
    st.tuples(st.just("str"), _TEXTS, _FORMULAS),
    st.tuples(st.just("b"), st.sampled_from(["0", "1", "?"]), _FORMULAS),
    st.tuples(st.just("e"), st.sampled_from(["#N/A", "#DIV/0!", ""]), _FORMULAS),
    st.tuples(st.just("d"), st.sampled_from(["2009-06-30", "soon"]), _FORMULAS),
    st.tuples(st.just("s"), st.sampled_from(["0", "99999", "-1"]), st.none()),
    st.tuples(st.just("zz"), _TEXTS, st.none()),
)
_PLACES = st.tuples(st.integers(0, _ROWS), st.integers(0, _COLUMNS))
_INSIDE = st.tuples(st.sampled_from([line.row for line in LAYOUT.lines]), st.integers(4, 3 + len(LAYOUT.periods)))


def _with(snippets: Mapping[tuple[int, int], Snippet]) -> bytes:
    """The empty workbook with cells put into it as they would stand in a file, in no order."""
    root = etree.fromstring(_PARTS[_PART])
    rows = root.find(f"{{{MAIN}}}sheetData")
    assert rows is not None
    for cell in list(rows.iter(f"{{{MAIN}}}c")):
        parent = cell.getparent()
        if parent is not None and cell.get("r") in {a1(*place) for place in snippets}:
            parent.remove(cell)
    for (row, column), (kind, value, formula) in snippets.items():
        line = etree.SubElement(rows, f"{{{MAIN}}}row", r=str(row + 1))
        cell = etree.SubElement(line, f"{{{MAIN}}}c", r=a1(row, column), t=kind)
        if formula is not None:
            etree.SubElement(cell, f"{{{MAIN}}}f").text = formula
        etree.SubElement(cell, f"{{{MAIN}}}v").text = value
    return packed(_PARTS | {_PART: etree.tostring(root, xml_declaration=True, encoding="UTF-8")})


def _named(checked: CheckedFile) -> set[str]:
    """The cells that problems and figures name."""
    named = {problem.cell or "" for problem in checked.problems}
    if checked.submission is not None:
        named |= {figure.source.cell for figure in checked.submission.figures.values() if figure.source}
    return named


@settings(max_examples=120, derandomize=True, deadline=None)
@given(st.dictionaries(st.one_of(_INSIDE, _INSIDE, _PLACES), _SNIPPETS, max_size=25))
def test_any_grid_is_checked_and_every_filled_cell_is_accounted_for(snippets: dict[tuple[int, int], Snippet]) -> None:
    content = _with(snippets)
    checked = check(content)
    assert "FIL-010" not in {problem.code for problem in checked.problems}
    for problem in checked.problems:
        assert "{" not in sentence(problem, texts_of("nb")).replace("{", "", str(problem.got).count("{"))
    assert balances(checked)
    opened = open_workbook(content, FILE)
    if not checked.is_accepted or not isinstance(opened, OpenedWorkbook):
        return
    grid = opened.grid
    filled = 0
    named = _named(checked)
    rows_named = {problem.cell for problem in checked.problems if problem.code == "STR-007"}
    for (row, column), cell in grid.sheet.cells.items():
        if not (cell.text.strip(" ") or cell.formula is not None) or row <= grid.top + 1:
            continue
        line, period = grid.rows.get(row), grid.columns.get(column)
        if line is not None and period is not None:
            is_blank = not cell.text.strip(" ") and cell.kind == "text" and not cell.is_external
            is_blank_comment = line.measure is None and not cell.text.strip() and cell.formula is None
            filled += not (is_blank if line.measure is not None else is_blank_comment)
            is_told = line.measure is None or grid.is_doubtful((row, column))
            assert is_told or a1(row, column) in named, (a1(row, column), cell)
        elif column >= grid.left and cell.text.strip():
            assert a1(row, column) in named or a1(row, grid.id_column) in rows_named, (a1(row, column), cell)
    assert checked.ledger.filled == filled


@settings(max_examples=40, derandomize=True, deadline=None)
@given(st.dictionaries(_INSIDE, _SNIPPETS, max_size=12), st.randoms(use_true_random=False))
def test_a_file_is_read_the_same_whatever_the_order_of_its_cells(
    snippets: dict[tuple[int, int], Snippet], random: object
) -> None:
    places = list(snippets)
    random.shuffle(places)  # type: ignore[attr-defined]
    first, second = check(_with(snippets)), check(_with({place: snippets[place] for place in places}))
    assert first.ledger == second.ledger
    assert first.submission is not None
    assert second.submission is not None
    assert first.submission.figures == second.submission.figures
    assert set(map(_key, first.problems)) == set(map(_key, second.problems))


def _key(problem: object) -> tuple[object, ...]:
    return (problem.code, problem.cell, problem.got, problem.indicator)  # type: ignore[attr-defined]


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.binary(max_size=300), st.integers(0, len(_EMPTY) - 1), st.integers(1, 255))
def test_any_bytes_end_in_a_verdict(noise: bytes, place: int, flip: int) -> None:
    for content in (
        noise,
        _EMPTY[:place] + noise,
        _EMPTY[:place] + bytes([_EMPTY[place] ^ flip]) + _EMPTY[place + 1 :],
    ):
        checked = check(content)
        assert checked.is_accepted or checked.problems
        assert checked.digest
        if checked.is_accepted:
            assert checked.submission is not None
            assert not checked.submission.figures


def test_nothing_lies_ahead_in_the_history() -> None:
    opened = open_workbook(_EMPTY, FILE)
    assert isinstance(opened, OpenedWorkbook)
    assert read_cells(opened.grid, opened.workbook.formats, FILE, None).problems == []
    assert opened.grid.sheet.title == INPUT
