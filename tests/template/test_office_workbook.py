"""The office workbook: what it shows is what its formulas give, and only input cells can be typed into."""

from __future__ import annotations

import io
import json
import warnings
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from tests.support.libreoffice import CellError, LibreOffice, SetCell
from tests.support.numbers import same_words
from tests.support.ooxml import check_workbook_file, formula_complaints
from tests.template.samples import TODAY, office_state, seeded_figures
from xlmalekort.layout import look
from xlmalekort.layout.cells import a1
from xlmalekort.layout.deadlines import DEADLINES_FIRST_ROW, DEADLINES_SPARE_ROWS
from xlmalekort.layout.local import LOCAL_FIRST_ROW, LocalColumn, local_column, local_rows
from xlmalekort.layout.office import (
    ACTIONS_FIRST_ROW,
    ACTIONS_ROWS,
    CONTROL_FIRST_ROW,
    CONTROL_ROWS,
    FIRST_PERIOD_COLUMN,
    HEADING_ROW,
    KEY_ROW,
    READY_FOR,
    SCORECARD_AS_OF,
    SCORECARD_PERIOD,
    SETUP_DEFINITION_ROW,
    Calc,
    Sheet,
    layout_of,
)
from xlmalekort.model.deadlines import deadlines_of
from xlmalekort.model.figures import Status, Submission
from xlmalekort.model.periods import Period
from xlmalekort.problems import Problem
from xlmalekort.scorecards import load_scorecard, parse_json
from xlmalekort.template.actions_sheet import DONE
from xlmalekort.template.control_sheet import JUMP_COLUMN, MORE, PLACE_COLUMN, SUMMARY, control_values
from xlmalekort.template.office_workbook import formula_values, output_values, write_office_workbook
from xlmalekort.template.scorecard_sheet import MESSAGE, Column, scorecard_cells
from xlmalekort.template.state import NOT_AVAILABLE, OfficeState, make_state
from xlmalekort.template.view import View

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from openpyxl.workbook import Workbook

    from tests.support.libreoffice import CellValue
    from xlmalekort.model.scorecard import Scorecard
    from xlmalekort.template.state import Value

NAV = load_scorecard("nav-buskerud-2009")
UWV = load_scorecard("uwv-pacta-2006")
DEADLINES_TYPED = 7
"""The columns of the sheet of deadlines that an office types into."""


def nav(chosen: str = "2009-06", today: date = TODAY, *, filled: bool = True) -> OfficeState:
    return office_state(NAV, chosen, today, filled=filled)


def uwv(chosen: str = "2006-09") -> OfficeState:
    return office_state(UWV, chosen, date(2006, 10, 12), office="Regio Noord")


def every_cell_filled() -> OfficeState:
    """Each input cell of both years holds something, and each line of actions and checks is taken."""
    submission = Submission(
        file="x.xlsx",
        office='Kontor "Ø & Å" <1>',
        year=2009,
        figures=seeded_figures(NAV, 2009, date(2009, 12, 31), every_cell=True),
        reference=seeded_figures(NAV, 2008, date(2008, 12, 31), every_cell=True),
        comments={(each.id, period): "= 1 + 1" for each in NAV.active for period in layout_of(NAV, 2009).choosable},
        actions=nav().submission.actions * ACTIONS_ROWS,
        ready_for=Period.parse("2009-12"),
        exempt=frozenset({"B.4", "Ø.1"}),
    )
    problems = tuple(
        Problem("NUM-009", sheet="Registrering", cell="F8", period="2009-02", slots={"shown": str(number)})
        for number in range(CONTROL_ROWS + 12)
    )
    return make_state(NAV, submission, Period.parse("2009-12"), date(2010, 3, 1), problems)


def of_frequencies(**frequencies: str) -> Scorecard:
    """The scorecard with some indicators, and the measures that are theirs alone, kept by other periods."""
    definition = json.loads(NAV.as_json)
    for indicator in definition["indicators"]:
        frequency = frequencies.get(indicator["id"].replace(".", "_"), frequencies.get("rest"))
        if frequency is None or (indicator["id"] == "M.3"):
            continue
        indicator["frequency"] = frequency
        for measure in definition["measures"]:
            if any(user.id == indicator["id"] for user, _ in NAV.users[measure["id"]]):
                measure["frequency"] = frequency
    if "rest" in frequencies:
        definition["indicators"] = [each for each in definition["indicators"] if each["id"] != "M.3"]
        definition["measures"] = [each for each in definition["measures"] if not each["id"].startswith("M.3")]
    return parse_json(json.dumps(definition))


def sample(scorecard_id: str, chosen: str, office: str) -> OfficeState:
    scorecard = load_scorecard(scorecard_id)
    return office_state(scorecard, chosen, date(scorecard.year + 1, 1, 20), office=office)


def mixed_frequencies() -> OfficeState:
    scorecard = of_frequencies(B_1="quarter", B_13="half_year", P_1_1="term", B_3="year", P_L="quarter")
    return office_state(scorecard, "2009-05", TODAY)


def quarters() -> OfficeState:
    return office_state(of_frequencies(rest="quarter", B_1="half_year", B_13="year"), "2009-Q3", date(2009, 11, 2))


STATES: dict[str, Callable[[], OfficeState]] = {
    "mixed frequencies": mixed_frequencies,
    "quarters": quarters,
    "filled": nav,
    "empty": lambda: nav("2009-01", date(2009, 1, 20), filled=False),
    "full": every_cell_filled,
    "without targets": uwv,
    "contracts": lambda: sample("kbh-resultatkontrakt-2007", "2007-Q3", "Jobcenter Sygedagpenge"),
    "target groups": lambda: sample("vejle-2013", "2013-10", "Afdeling Øst"),
    "survey": lambda: sample("nav-aas-2014", "2014-12", "NAV Prøvås"),
}


@cache
def state_of(name: str) -> OfficeState:
    return STATES[name]()


@pytest.fixture(params=STATES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def state(name: str) -> OfficeState:
    return state_of(name)


@cache
def opened(name: str, *, results: bool = False) -> Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl says that it does not keep sparklines
        return openpyxl.load_workbook(io.BytesIO(write_office_workbook(state_of(name))), data_only=results)


def cells_of(book: Workbook, title: str) -> Iterator[tuple[tuple[int, int], Any]]:
    """Every cell of a sheet with its place, rows and columns from 0."""
    for row, cells in enumerate(book[title].iter_rows()):
        for column, cell in enumerate(cells):
            yield (row, column), cell


def test_same_state_gives_same_bytes() -> None:
    assert write_office_workbook(nav()) == write_office_workbook(nav())


def test_every_formula_in_the_file_is_accounted_for_with_its_value(name: str, state: OfficeState) -> None:
    book, results = opened(name), opened(name, results=True)
    values = formula_values(state)
    for sheet in state.layout.sheets:
        title = state.layout.title(sheet)
        found = {
            place: results[title].cell(place[0] + 1, place[1] + 1).value
            for place, cell in cells_of(book, title)
            if cell.data_type == "f"
        }
        expected = {place: value if value != "" else None for place, value in values.get(sheet, {}).items()}
        assert found == pytest.approx(expected, abs=1e-12), sheet


def test_no_formula_needs_more_than_excel_2016(name: str) -> None:
    for title in opened(name).sheetnames:
        for _, cell in cells_of(opened(name), title):
            if cell.data_type == "f":
                assert formula_complaints(cell.value[1:]) == []


def test_no_visible_cell_shows_an_error(state: OfficeState) -> None:
    for sheet, cells in formula_values(state).items():
        if not sheet.is_hidden:
            assert not [value for value in cells.values() if str(value).startswith("#")]


def test_unlocked_are_the_input_cells_and_what_a_paste_of_a_column_crosses(name: str, state: OfficeState) -> None:
    layout = state.layout
    book = opened(name)
    unlocked = {
        sheet: {place for place, cell in cells_of(book, layout.title(sheet)) if not cell.protection.locked}
        for sheet in layout.sheets
    }
    columns = [layout.column_of[period] for period in layout.periods]
    rows = [block.row for block in layout.blocks] + [line.row for line in layout.lines]
    assert unlocked[Sheet.INPUT] == {READY_FOR} | {(row, column) for row in rows for column in columns}
    assert unlocked[Sheet.SCORECARD] == {SCORECARD_PERIOD, SCORECARD_AS_OF}
    assert unlocked[Sheet.ACTIONS] == {
        (ACTIONS_FIRST_ROW + row, column)
        for row in range(max(ACTIONS_ROWS, len(state.submission.actions)))
        for column in range(6)
    }
    typed = [int(column) for column in LocalColumn if column.is_typed]
    typed += [local_column(layout, period) for period in layout.choosable]
    lines = range(LOCAL_FIRST_ROW, LOCAL_FIRST_ROW + local_rows(state.submission.local_goals))
    assert unlocked[Sheet.LOCAL] == {(row, column) for row in lines for column in typed}
    agreed = len(deadlines_of(state.scorecard, state.place, state.submission.exempt))
    own = range(DEADLINES_FIRST_ROW + agreed, DEADLINES_FIRST_ROW + agreed + DEADLINES_SPARE_ROWS)
    assert {each for each in unlocked[Sheet.DEADLINES] if each[0] in own} == {
        (row, column) for row in own for column in range(DEADLINES_TYPED)
    }
    assert all(DEADLINES_FIRST_ROW <= row <= own[-1] for row, _ in unlocked[Sheet.DEADLINES])
    open_sheets = {Sheet.INPUT, Sheet.LOCAL, Sheet.SCORECARD, Sheet.ACTIONS, Sheet.DEADLINES}
    assert not [sheet for sheet in set(layout.sheets) - open_sheets if unlocked[sheet]]
    assert all(book[layout.title(sheet)].protection.sheet for sheet in layout.sheets)
    assert not book[layout.title(Sheet.INPUT)].merged_cells.ranges


def test_every_unlocked_input_cell_has_a_rule(name: str, state: OfficeState) -> None:
    sheet = opened(name)[state.layout.title(Sheet.INPUT)]
    ruled = {
        (row - 1, column - 1)
        for rule in sheet.data_validations.dataValidation
        for area in rule.sqref.ranges
        for row, column in area.cells
    }
    for line in state.layout.lines:
        for period in state.layout.periods:
            assert (line.row, state.layout.column_of[period]) in ruled


def test_input_sheet_keeps_to_the_geometry_that_others_read_by() -> None:
    state = state_of("filled")
    sheet = opened("filled")[state.layout.title(Sheet.INPUT)]
    assert sheet.row_dimensions[KEY_ROW + 1].hidden
    for period in state.layout.periods:
        column = state.layout.column_of[period]
        assert sheet.cell(KEY_ROW + 1, column + 1).value == period.code
        assert sheet.cell(HEADING_ROW + 1, column + 1).value == state.texts.period_heading(period.code)
    for line in state.layout.lines:
        assert sheet.cell(line.row + 1, 1).value == line.id
    assert sheet.cell(READY_FOR[0] + 1, READY_FOR[1] + 1).value == "2009-06"
    figure = state.submission.figures["B.1.numerator", Period.parse("2009-06")]
    row = state.layout.line["B.1.numerator"].row
    assert sheet.cell(row + 1, FIRST_PERIOD_COLUMN + 6).value == float(figure.value or 0)


@pytest.mark.parametrize(
    ("made", "titles"), [("filled", ("Målekort", "Registrering")), ("without targets", ("Scorekaart", "Invoer"))]
)
def test_titles_are_in_the_scorecards_language(made: str, titles: tuple[str, str]) -> None:
    book = opened(made)
    assert tuple(book.sheetnames[:2]) == titles
    assert book.active is not None
    assert book.active.title == titles[0]


def test_names_lead_to_every_sheet_and_to_the_cells_that_macros_use() -> None:
    book = opened("filled")
    for sheet in layout_of(NAV, 2009).sheets:
        assert book.defined_names[sheet.defined_name].attr_text.endswith("!$A$1")
    for name, cell in (("mk_period", SCORECARD_PERIOD), ("mk_as_of", SCORECARD_AS_OF), ("mk_ready_for", READY_FOR)):
        assert book.defined_names[name].attr_text.replace("$", "").endswith("!" + a1(*cell))


def test_the_definition_travels_with_the_file() -> None:
    state = state_of("filled")
    sheet = opened("filled")[state.layout.title(Sheet.SETUP)]
    pieces = [sheet.cell(row, 2).value or "" for row in range(SETUP_DEFINITION_ROW + 1, sheet.max_row + 1)]
    assert parse_json("".join(map(str, pieces))) == NAV


def test_a_hidden_sheet_is_hidden_and_no_other() -> None:
    book = opened("filled")
    for sheet in layout_of(NAV, 2009).sheets:
        assert (book[layout_of(NAV, 2009).title(sheet)].sheet_state != "visible") is sheet.is_hidden


def test_red_without_an_open_action_stands_out_and_an_action_counts_until_it_is_done() -> None:
    state = nav()
    values = {(cell.row, cell.column): cell.value for cell in scorecard_cells(View(state))}
    done = state.texts(DONE)
    counted = False
    for indicator in NAV.active:
        row = state.layout.scorecard_rows[indicator.id]
        shown = values[row, Column.ACTIONS]
        is_red = values[row, Column.STATUS] == look.status_label(Status.RED, state.texts)
        actions = [each for each in state.submission.actions if each.indicator == indicator.id and each.state != done]
        counted |= bool(actions)
        if actions:
            assert shown == len(actions)
        else:
            assert isinstance(shown, str)
            assert bool(shown) is is_red
    assert counted


def test_control_block_tells_the_worst_first_and_how_many_are_left_out() -> None:
    values = control_values(every_cell_filled())
    assert "12" in str(values[MORE])
    assert values[CONTROL_FIRST_ROW, PLACE_COLUMN] == "Registrering!F8"
    values = control_values(nav())
    signs = [str(values[CONTROL_FIRST_ROW + row, 0])[0] for row in range(4)]
    assert signs == ["■", "■", "▲", "○"]
    assert values[CONTROL_FIRST_ROW + 4, 0] is None
    jumps = formula_values(nav())[Sheet.CONTROL]
    assert bool(jumps[CONTROL_FIRST_ROW, JUMP_COLUMN])
    assert jumps[CONTROL_FIRST_ROW + 3, JUMP_COLUMN] == ""


def test_a_workbook_without_problems_says_so() -> None:
    values = output_values(nav("2009-01", date(2009, 1, 20), filled=False))[Sheet.CONTROL]
    assert values[SUMMARY]
    assert all(value is None for (row, _), value in values.items() if row >= CONTROL_FIRST_ROW)


def test_every_output_cell_of_the_control_block_is_free_of_formulas() -> None:
    state = nav()
    formulas = formula_values(state)
    for sheet, cells in output_values(state).items():
        assert not set(cells) & set(formulas.get(sheet, {}))


def test_excel_would_open_it(state: OfficeState, tmp_path: Path) -> None:
    path = tmp_path / "office.xlsx"
    path.write_bytes(write_office_workbook(state))
    assert check_workbook_file(path, allowed_errors={NOT_AVAILABLE}) == []


# A real spreadsheet program


def as_value(value: Value) -> CellValue:
    if value == NOT_AVAILABLE:
        return CellError("#N/A")
    if isinstance(value, bool) or value is None:
        return "" if value is None else float(value)
    return value if isinstance(value, str) else float(value)


def differences(
    found: dict[Sheet, list[list[CellValue]]], expected: dict[Sheet, dict[tuple[int, int], Value]]
) -> list[str]:
    wrong = []
    for sheet, cells in expected.items():
        for (row, column), value in cells.items():
            there = found[sheet][row][column]
            there = "" if there is None else there
            wanted = as_value(value)
            same = (
                abs(there - wanted) < 1e-9
                if isinstance(there, float) and isinstance(wanted, float)
                else same_words(there, wanted)
                if isinstance(there, str) and isinstance(wanted, str)
                else there == wanted
            )
            if not same:
                wrong.append(f"{sheet} {a1(row, column)}: {there!r}, not {wanted!r}")
    return wrong


def whole(state: OfficeState) -> dict[str, str]:
    last = {
        sheet: (max(row for row, _ in cells), max(column for _, column in cells))
        for sheet, cells in formula_values(state).items()
    }
    return {state.layout.title(sheet): f"A1:{a1(*corner)}" for sheet, corner in last.items()}


@pytest.fixture(scope="module")
def office() -> Iterator[LibreOffice]:
    """A spreadsheet program that writes decimals with a comma, as the readers of these workbooks do."""
    with LibreOffice(locale="nb-NO") as program:
        yield program


@pytest.mark.libreoffice
def test_recalculation_gives_what_is_cached(state: OfficeState, office: LibreOffice, tmp_path: Path) -> None:
    path = tmp_path / "office.xlsx"
    path.write_bytes(write_office_workbook(state))
    rows = office.recalculate(path, whole(state))
    found = {sheet: rows[state.layout.title(sheet)] for sheet in formula_values(state)}
    assert differences(found, formula_values(state))[:20] == []


@pytest.mark.libreoffice
def test_the_sheet_follows_the_chooser_through_the_year(office: LibreOffice, tmp_path: Path) -> None:
    path = tmp_path / "office.xlsx"
    path.write_bytes(write_office_workbook(nav()))
    title = layout_of(NAV, 2009).title(Sheet.SCORECARD)
    with office.open(path) as book:
        for chosen in ("2009-01", "2009-02", "2009-05", "2009-12"):
            # Only the chooser moves; what else the state holds stays as it was.
            state = make_state(NAV, nav().submission, Period.parse(chosen), TODAY, nav().problems)
            book.set_cells([SetCell(title, a1(*SCORECARD_PERIOD), chosen)])
            book.calculate()
            rows = book.read(whole(state))
            found = {sheet: rows[state.layout.title(sheet)] for sheet in formula_values(state)}
            assert differences(found, formula_values(state))[:20] == []


@pytest.mark.libreoffice
def test_a_chooser_that_names_no_period_shows_no_error(office: LibreOffice, tmp_path: Path) -> None:
    state = nav()
    path = tmp_path / "office.xlsx"
    path.write_bytes(write_office_workbook(state))
    title = state.layout.title(Sheet.SCORECARD)
    rows = office.recalculate(path, whole(state), set_cells=[SetCell(title, a1(*SCORECARD_PERIOD), "juni")])
    shown = [value for row in rows[title] for value in row]
    assert not [value for value in shown if isinstance(value, CellError)]
    assert rows[title][MESSAGE[0]][MESSAGE[1]]
    calculation = rows[state.layout.title(Sheet.CALCULATION)]
    assert not [value for row in calculation for value in row[len(Calc) :] if isinstance(value, CellError)]
