"""LibreOffice as the spreadsheet under test: it calculates, follows the locale, and never stays behind."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import xlsxwriter

from tests.support.libreoffice import CellError, LibreOffice, LibreOfficeError, SetCell, Typed
from tests.support.render import main as render_main

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.libreoffice


@pytest.fixture(scope="module")
def norwegian() -> Iterator[LibreOffice]:
    with LibreOffice(locale="nb-NO") as office:
        yield office


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    path = tmp_path / "målekort.xlsx"
    with xlsxwriter.Workbook(path) as book:
        inputs = book.add_worksheet("Registrering")
        inputs.write("A1", 3)
        inputs.write("A2", 4)
        sheet = book.add_worksheet("Målekort")
        for row, formula in enumerate(
            ["Registrering!A1/Registrering!A2", "FIXED(1.5,1,TRUE)", "Registrering!A2/0", "NA()", "NOTHING(1)", '""']
        ):
            sheet.write_formula(row, 0, f"={formula}", None, -1)
        sheet.write("A7", "æøå")
        sheet.write("B1", 0.749, book.add_format({"num_format": "0.0%"}))
        hidden = book.add_worksheet("Skjult")
        hidden.write("A1", "hidden")
        hidden.hide()
    return path


def column(rows: list[list[object]]) -> list[object]:
    return [row[0] for row in rows]


def test_values_are_calculated_anew_and_kinds_are_kept_apart(norwegian: LibreOffice, workbook: Path) -> None:
    rows = norwegian.recalculate(workbook, {"Målekort": "A1:A8", "Registrering": "A1:B2"})
    assert column(list(map(list, rows["Målekort"]))) == [
        0.75,
        "1,5",
        CellError("#DIV/0!"),
        CellError("#N/A"),
        CellError("#NAME?"),
        "",
        "æøå",
        None,
    ]
    assert rows["Registrering"] == [[3.0, None], [4.0, None]]


def test_cells_are_set_in_a_copy_only(norwegian: LibreOffice, workbook: Path) -> None:
    before = workbook.read_bytes()
    cells = [SetCell("Registrering", "A1", 1), SetCell("Registrering", "A2", 0.5), SetCell("Målekort", "A7", "12,5")]
    rows = norwegian.recalculate(workbook, {"Målekort": "A1:A7"}, set_cells=cells)
    assert rows["Målekort"][0] == [2.0]
    assert rows["Målekort"][6] == ["12,5"]
    assert workbook.read_bytes() == before
    emptied = norwegian.recalculate(workbook, {"Målekort": "A1"}, set_cells=[SetCell("Registrering", "A2", None)])
    assert emptied["Målekort"] == [[CellError("#DIV/0!")]]


def test_many_cases_run_on_one_open_workbook(norwegian: LibreOffice, workbook: Path) -> None:
    with norwegian.open(workbook) as book:
        assert book.sheets == ("Registrering", "Målekort", "Skjult")
        for value in (1, 2, 8):
            book.set_cells([SetCell("Registrering", "A1", value)])
            book.calculate()
            assert book.read({"Målekort": "A1"}) == {"Målekort": [[value / 4]]}


@pytest.mark.parametrize(
    ("locale", "fixed", "shown", "typed"),
    [("nb-NO", "1,5", "74,9%", "0,5"), ("da-DK", "1,5", "74,9%", "0,5"), ("nl-NL", "1,5", "74,9%", "0,5"),
     ("en-US", "1.5", "74.9%", "0.5")],
)  # fmt: skip
def test_numbers_follow_the_locale(workbook: Path, locale: str, fixed: str, shown: str, typed: str) -> None:
    with LibreOffice(locale=locale) as office, office.open(workbook) as book:
        book.set_cells([SetCell("Registrering", "A2", Typed(typed))])
        book.calculate()
        assert book.read({"Registrering": "A2"}) == {"Registrering": [[0.5]]}
        assert book.read({"Målekort": "A2"}) == {"Målekort": [[fixed]]}
        assert book.read_shown({"Målekort": "B1"}) == {"Målekort": [[shown]]}


@pytest.mark.parametrize("suffix", [".xlsx", ".ods", ".xls"])
def test_what_was_saved_can_be_read_again(norwegian: LibreOffice, workbook: Path, tmp_path: Path, suffix: str) -> None:
    out = tmp_path / f"saved{suffix}"
    norwegian.recalculate(workbook, {"Målekort": "A1"}, set_cells=[SetCell("Registrering", "A1", 6)], save_as=out)
    assert norwegian.recalculate(out, {"Målekort": "A1"})["Målekort"] == [[1.5]]
    converted = tmp_path / f"converted{suffix}"
    norwegian.convert(workbook, converted)
    assert norwegian.recalculate(converted, {"Målekort": "A1"})["Målekort"] == [[0.75]]


def test_a_locked_cell_refuses_a_value(norwegian: LibreOffice, tmp_path: Path) -> None:
    path = tmp_path / "locked.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("S")
        sheet.write("A1", 1)
        sheet.write("A2", 1, book.add_format({"locked": False}))
        sheet.protect()
    norwegian.recalculate(path, {"S": "A1"}, set_cells=[SetCell("S", "A2", 2)])
    for value in (2, "text", Typed("7"), None):
        with pytest.raises(LibreOfficeError, match="S!A1 is locked"):
            norwegian.recalculate(path, {"S": "A1"}, set_cells=[SetCell("S", "A1", value)])
    with norwegian.open(path) as book:
        book.set_cells([SetCell("S", "A1", 3)], even_locked=True)
        assert book.read({"S": "A1:A2"}) == {"S": [[3.0], [1.0]]}


def test_mistakes_are_told(norwegian: LibreOffice, workbook: Path, tmp_path: Path) -> None:
    with pytest.raises(LibreOfficeError, match="no sheet 'Tiltak'"):
        norwegian.recalculate(workbook, {"Tiltak": "A1"})
    with pytest.raises(LibreOfficeError, match="no filter known"):
        norwegian.convert(workbook, tmp_path / "x.unknown")
    with pytest.raises(LibreOfficeError, match="with block"), LibreOffice().open(workbook):
        pass


def test_a_request_that_takes_too_long_is_killed_and_the_next_one_works(workbook: Path) -> None:
    with LibreOffice(timeout=0.0) as office:
        first = office.process_id
        with pytest.raises(LibreOfficeError, match="did not answer"):
            office.recalculate(workbook, {"Målekort": "A1"})
        assert office.process_id is None
        assert first is not None
        assert_group_ends(first)
        office.timeout = 60
        assert office.recalculate(workbook, {"Målekort": "A1"})["Målekort"] == [[0.75]]


def test_nothing_stays_behind(workbook: Path) -> None:
    with LibreOffice() as office:
        group = office.process_id
        assert group is not None
        office.recalculate(workbook, {"Målekort": "A1"})
    assert_group_ends(group)


def test_a_crash_is_told_and_the_next_request_works(workbook: Path) -> None:
    with LibreOffice() as office:
        assert office.process_id is not None
        os.killpg(office.process_id, signal.SIGKILL)
        with pytest.raises(LibreOfficeError, match="ended unexpectedly"):
            office.recalculate(workbook, {"Målekort": "A1"})
        assert office.recalculate(workbook, {"Målekort": "A1"})["Målekort"] == [[0.75]]


def test_pictures_of_every_sheet(workbook: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "pictures"
    assert render_main([str(workbook), str(out), "--dpi", "40"]) == 0
    seen = [Path(line) for line in capsys.readouterr().out.splitlines()]
    assert [path.suffix for path in seen] == [".pdf", ".png", ".png"]
    assert all(path.stat().st_size for path in seen)
    render_main([str(workbook), str(out), "--dpi", "40", "--hidden"])
    assert len(capsys.readouterr().out.splitlines()) == 4


def assert_group_ends(group: int) -> None:
    """Wait a moment for the group to be gone: a killed child needs to be reaped by the system first."""
    for _ in range(100):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    raise AssertionError(f"processes of group {group} are still there")
