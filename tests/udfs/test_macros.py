"""The macros tell what has come of them, in the reader's language, and raise nothing to Excel."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from tests.pipeline.offices import filled_workbook
from tests.udfs.desktop import DANISH, DUTCH, ENGLISH, FRENCH, NORWEGIAN, Desktop, DesktopApp
from tests.udfs.remote import opened, payload_of, remote_book, written_to
from tests.udfs.test_refreshing import CONTROL, INPUT, LATER, PLACES, SCORECARD, cell_of, typed
from udfs import macros
from udfs.notes import note, notes_file
from udfs.quiet import xlwings as xw
from udfs.refreshing import CHECKING, READING, WRITING
from udfs.region import new_name, settings_of
from xlmalekort import NotDoneError, roll_up
from xlmalekort.layout.region import LANGUAGE_NAME, PERIOD_NAME, REGION_NAME, REGISTER_NAME
from xlmalekort.locale import LANGUAGES, texts_of
from xlmalekort.pipeline.refresh import refresh_content
from xlmalekort.template.formulas import text_literal
from xlmalekort.template.photograph import SheetValues, write_photograph

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

OTHER_BOOK = write_photograph([SheetValues("Ark1", (0, 0), [["hei"]])], {})
MENUS = {"nb": NORWEGIAN, "da": DANISH, "nl": DUTCH, "en": ENGLISH}


@pytest.fixture(autouse=True)
def _own_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A day, and a folder for notes, of the test's own."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "state"))
    monkeypatch.setattr("xlmalekort.pipeline.clock.today", lambda: LATER)


@pytest.fixture
def click(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Clicks a button of a workbook."""

    def clicked(macro: Callable[[], None], book: Any) -> Any:
        monkeypatch.setattr(xw.Book, "caller", lambda: book)
        macro()
        return book.app

    return clicked


# Refresh


def test_a_sound_workbook_is_refreshed_without_a_word(click: Callable[..., Any]) -> None:
    book = Desktop(filled_workbook())
    app = click(macros.refresh, book)
    assert app.told == []
    assert written_to(book.book) != []
    assert app.said == [texts_of("nb")(step) for step in (READING, CHECKING, WRITING)]
    assert app.status_bar is False


def test_errors_are_told_with_the_sheet_that_lists_them(click: Callable[..., Any]) -> None:
    app = click(macros.refresh, Desktop(typed(PLACES["a text"])))
    ((mode, text),) = app.told
    assert mode == "info"
    assert CONTROL in text


def test_warnings_alone_interrupt_nobody(click: Callable[..., Any]) -> None:
    content = typed({cell_of("B.1.numerator", "2009-03"): "12"})
    assert {problem.code for problem in refresh_content(content, "f.xlsx", LATER).problems} >= {"NUM-002"}
    assert click(macros.refresh, Desktop(content)).told == []


def test_an_identity_number_is_told_with_its_place_and_without_itself(click: Callable[..., Any]) -> None:
    book = Desktop(typed({cell_of("comment:B.1", "2009-03"): "gjelder 010101 00050"}))
    ((mode, text),) = click(macros.refresh, book).told
    assert mode == "critical"
    assert "PRI-001" in text
    assert INPUT in text
    assert "00050" not in text
    assert {block.sheet for block in written_to(book.book)} == {CONTROL}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_stops_a_refresh_is_told_in_the_language_of_the_menus(
    language: str, click: Callable[..., Any], tmp_path: Path
) -> None:
    book = Desktop(OTHER_BOOK, tmp_path / "Bok1.xlsx", app=DesktopApp(MENUS[language]))
    ((mode, text),) = click(macros.refresh, book).told
    assert mode == "critical"
    said = texts_of(language)("{file}: this workbook cannot be refreshed.", file="Bok1.xlsx")
    assert text.splitlines()[0] == said
    assert "STR-013" in text
    assert not notes_file().exists()


def test_the_four_languages_say_it_differently() -> None:
    message = "{file}: this workbook cannot be refreshed."
    assert len({texts_of(language)(message, file="f") for language in LANGUAGES}) == len(LANGUAGES)


def test_menus_in_another_language_are_spoken_to_in_english(click: Callable[..., Any]) -> None:
    ((_, text),) = click(macros.refresh, Desktop(OTHER_BOOK, app=DesktopApp(FRENCH))).told
    assert "cannot be refreshed" in text


def test_a_scorecard_is_spoken_of_in_its_own_language(click: Callable[..., Any]) -> None:
    """Whatever Excel's menus are in."""
    book = Desktop(filled_workbook(), locked=(SCORECARD,), app=DesktopApp(DUTCH))
    app = click(macros.refresh, book)
    assert app.said[0] == texts_of("nb")(READING)
    ((mode, text),) = app.told
    assert mode == "critical"
    assert SCORECARD in text


def test_only_the_first_problems_of_many_are_told(click: Callable[..., Any]) -> None:
    many = {cell_of(f"comment:B.{number}", "2009-03"): "010101 00050" for number in range(1, 7)}
    ((_, text),) = click(macros.refresh, Desktop(typed(dict(many)))).told
    assert text.count("PRI-001") == 3
    assert text.splitlines()[-1].startswith("…")


def test_what_nobody_foresaw_is_told_kindly_and_noted_without_figures(
    click: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        message = "010101 00050 at C:/Users/ola/Ås.xlsx"
        raise KeyError(message)

    book = Desktop(filled_workbook())
    monkeypatch.setattr("xlmalekort.pipeline.outcome.make_state", fail)
    app = click(macros.refresh, book)
    ((mode, text),) = app.told
    assert mode == "critical"
    assert str(notes_file()) in text
    assert not {"KeyError", "Traceback", "00050"} & set(text.split())
    assert app.status_bar is False
    assert written_to(book.book) == []
    notes = notes_file().read_text(encoding="utf-8")
    assert "KeyError" in notes
    assert "udfs/refreshing.py" in notes
    assert "00050" not in notes
    assert "ola" not in notes


def test_an_excel_that_cannot_even_be_told_gets_no_error(click: Callable[..., Any]) -> None:
    class Mute(DesktopApp):
        def alert(self, *_: str, **__: str) -> str:
            raise OSError

    click(macros.refresh, Desktop(OTHER_BOOK, app=Mute()))
    assert "OSError" in notes_file().read_text(encoding="utf-8")


def test_outside_excel_nothing_is_raised() -> None:
    macros.refresh()
    macros.roll_up()
    assert "refresh" in notes_file().read_text(encoding="utf-8")


def test_the_add_in_refreshes_the_workbook_in_front(click: Callable[..., Any]) -> None:
    add_in = Desktop(OTHER_BOOK)
    book = Desktop(filled_workbook(), app=add_in.app)
    click(macros.refresh, add_in)
    assert written_to(book.book) != []
    assert written_to(add_in.book) == []


def test_the_add_in_alone_asks_for_a_scorecard(click: Callable[..., Any]) -> None:
    add_in = Desktop(OTHER_BOOK)
    add_in.app.books.clear()
    ((_, text),) = click(macros.refresh, add_in).told
    assert text == texts_of("nb")("Open a scorecard first.")


def test_a_book_of_the_web_is_refreshed_by_the_same_macro(click: Callable[..., Any]) -> None:
    """There is no status bar, and what is said is an action."""
    book = remote_book(typed(PLACES["a text"]))
    click(macros.refresh, book)
    functions = [action["func"] for action in book.json()["actions"]]
    assert functions[:-1] == ["setValues"] * (len(functions) - 1)
    assert functions[-1] == "alert"


# Roll up


def offices_in(folder: Path, *names: str) -> Path:
    folder.mkdir()
    for number, name in enumerate(names):
        (folder / f"{name}.xlsx").write_bytes(filled_workbook(name, seed=number))
    return folder


REGISTER = "office,area,region\nPrøvedal,TO Midt,Buskerud\nLillevik,TO Midt,Buskerud\nTomvik,TO Midt,Buskerud\n"


def files_of(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if path.is_file()}


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a register, a regional workbook of September, and what the offices have sent since."""
    home = tmp_path_factory.mktemp("county")
    (home / "offices.csv").write_text(REGISTER, encoding="utf-8")
    offices = offices_in(home / "Mottatt", "Prøvedal", "Lillevik")
    roll_up(offices, out=home / "Region.xlsx", today=date(2009, 9, 15), register=home / "offices.csv")
    (offices / "Prøvedal.xlsx").write_bytes(
        refresh_content(typed({cell_of("B.1.numerator", "2009-03"): 2}), "Prøvedal.xlsx", LATER).content
    )
    return home


def test_a_folder_is_rolled_up_into_a_new_workbook_beside_this_one(county: Path, click: Callable[..., Any]) -> None:
    path = county / "Region.xlsx"
    before, names = path.read_bytes(), files_of(county)
    app = click(macros.roll_up, Desktop(before, path, app=DesktopApp(DUTCH, county / "Mottatt")))
    (new,) = app.opened
    assert files_of(county) == names | {new.name}
    assert path.read_bytes() == before
    made = new.read_bytes()
    new.unlink()
    register = county / "offices.csv"
    rollup = roll_up(county / "Mottatt", out=new, today=LATER, register=register, against=path)
    assert rollup.changes is not None
    assert new.read_bytes() == made
    ((mode, text),) = app.told
    assert mode == "info"
    assert new.name in text
    assert (
        texts_of("nb").plural(
            "{count} file: {counted} counted, {rejected} rejected, {held} held, {ignored} ignored.",
            "{count} files: {counted} counted, {rejected} rejected, {held} held, {ignored} ignored.",
            2,
            counted=2,
            rejected=0,
            held=0,
            ignored=0,
        )
        in text
    )
    assert any("Lillevik.xlsx" in said for said in app.said)
    assert app.status_bar is False
    new.unlink()


def test_a_workbook_with_a_button_makes_another_one_by_the_same_settings(
    county: Path, click: Callable[..., Any], tmp_path: Path
) -> None:
    (tmp_path / "kontor.csv").write_text(REGISTER, encoding="utf-8")
    path = tmp_path / "Region.xlsm"
    day = date(2009, 9, 15)
    roll_up(county / "Mottatt", out=path, today=day, register=tmp_path / "kontor.csv", period="2009-06")
    app = click(macros.roll_up, Desktop(path.read_bytes(), path, app=DesktopApp(DUTCH, county / "Mottatt")))
    (new,) = app.opened
    assert new.suffix == ".xlsm"
    before, after_it = (opened(each.read_bytes()).name_texts for each in (path, new))
    settings = (REGION_NAME, LANGUAGE_NAME, REGISTER_NAME, PERIOD_NAME)
    assert [after_it[name] for name in settings] == [before[name] for name in settings]
    assert [after_it[name] for name in settings[1:]] == ['"nb"', '"kontor.csv"', '"2009-06"']
    assert app.said[0] == texts_of("nb")("Reading {file} …", file="Lillevik.xlsx")
    (tmp_path / "kontor.csv").unlink()
    again = click(macros.roll_up, Desktop(path.read_bytes(), path, app=DesktopApp(DUTCH, county / "Mottatt")))
    assert again.opened == []
    assert "kontor.csv" in again.told[0][1]


def test_a_regional_workbook_in_the_cloud_is_found_on_this_machine(
    county: Path, click: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OneDriveCommercial", str(county))
    path = county / "Region.xlsx"
    address = "https://fylket-my.sharepoint.com/personal/ola_fylket_no/Documents/Region.xlsx"
    app = click(
        macros.roll_up, Desktop(path.read_bytes(), path, app=DesktopApp(DUTCH, county / "Mottatt"), address=address)
    )
    (new,) = app.opened
    assert new.parent == county
    new.unlink()


def test_nothing_happens_where_nobody_picks_a_folder(county: Path, click: Callable[..., Any]) -> None:
    names = files_of(county)
    path = county / "Region.xlsx"
    app = click(macros.roll_up, Desktop(path.read_bytes(), path))
    assert (app.told, app.opened, files_of(county)) == ([], [], names)
    assert app.dialogs[0].InitialFileName.startswith(str(county))


def test_a_folder_without_workbooks_is_told_and_nothing_is_written(
    county: Path, click: Callable[..., Any], tmp_path: Path
) -> None:
    names = files_of(county)
    path = county / "Region.xlsx"
    app = click(macros.roll_up, Desktop(path.read_bytes(), path, app=DesktopApp(folder=tmp_path)))
    ((mode, text),) = app.told
    assert mode == "critical"
    assert str(tmp_path) in text
    assert files_of(county) == names


def test_a_folder_of_the_web_is_told(county: Path, click: Callable[..., Any]) -> None:
    path = county / "Region.xlsx"
    app = click(
        macros.roll_up, Desktop(path.read_bytes(), path, app=DesktopApp(folder="https://x.sharepoint.com/sites/a/b"))
    )
    ((mode, text),) = app.told
    assert mode == "critical"
    assert "sharepoint" in text


def test_a_workbook_that_was_never_saved_has_no_place_for_a_new_one(click: Callable[..., Any]) -> None:
    ((mode, text),) = click(macros.roll_up, Desktop(OTHER_BOOK)).told
    assert mode == "critical"
    assert "f.xlsx" in text


def test_another_workbook_is_compared_with_nothing(county: Path, click: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "Tom.xlsx"
    path.write_bytes(OTHER_BOOK)
    app = click(macros.roll_up, Desktop(OTHER_BOOK, path, app=DesktopApp(folder=county / "Mottatt")))
    (new,) = app.opened
    # Nothing of a region's is written among workbooks that it has nothing to do with.
    assert new.parent == county
    assert new.name.startswith("Mottatt ")
    assert texts_of("nb")("It could not be compared with this one.") in app.told[0][1]


def named(**names: str) -> Any:
    """A workbook whose names stand for these texts, or for the first cell of its sheet, which holds a period."""
    content = write_photograph([SheetValues("Ark1", (0, 0), [[datetime(2009, 6, 1)]])], {})  # noqa: DTZ001
    payload = payload_of(content)
    for name, reference in names.items():
        is_cell = reference.startswith("=Ark1")
        payload["names"].append(
            {
                "name": name,
                "refers_to": reference,
                "type": "Range" if is_cell else "String",
                "sheet_index": 0 if is_cell else None,
                "address": "A1" if is_cell else None,
                "scope_sheet_name": None,
                "scope_sheet_index": None,
                "book_scope": True,
            }
        )
    return xw.Book(json=payload)


def test_settings_stand_in_the_workbook_s_names(tmp_path: Path) -> None:
    beside, folder = tmp_path / "beside", tmp_path / "folder"
    (beside / "lists").mkdir(parents=True)
    folder.mkdir()
    (beside / "lists" / "kontor.csv").write_text(REGISTER, encoding="utf-8")
    book = named(mk_register='="lists\\kontor.csv"', mk_period="=Ark1!$A$1")
    settings = settings_of(book, beside, folder)
    assert settings.register == beside / "lists" / "kontor.csv"
    assert settings.period == "2009-06"
    long = "lists/" + "../lists/" * 40 + "kontor.csv"
    in_pieces = named(mk_register="=" + text_literal(long))
    assert settings_of(in_pieces, beside, folder).register == beside / long
    absolute = named(mk_register=f'="{beside / "lists" / "kontor.csv"}"', mk_period='="2009-Q2"')
    assert settings_of(absolute, folder, folder).register == beside / "lists" / "kontor.csv"
    assert settings_of(absolute, folder, folder).period == "2009-Q2"


@pytest.mark.parametrize("where", ["beside", "folder"])
def test_a_register_that_nobody_named_or_that_was_moved_is_found_by_its_name(tmp_path: Path, where: str) -> None:
    for name in ("beside", "folder"):
        (tmp_path / name).mkdir()
    (tmp_path / where / "offices.csv").write_text(REGISTER, encoding="utf-8")
    for book in (named(), named(mk_register='="C:\\gammelt\\offices.csv"'), named(mk_register='=""')):
        assert settings_of(book, tmp_path / "beside", tmp_path / "folder").register == tmp_path / where / "offices.csv"


def test_without_any_register_there_is_none_and_one_that_is_named_is_missed(tmp_path: Path) -> None:
    assert settings_of(named(), tmp_path, tmp_path).register is None
    assert settings_of(named(), tmp_path, tmp_path).period is None
    with pytest.raises(NotDoneError, match=r"kontor\.csv"):
        settings_of(named(mk_register='="kontor.csv"'), tmp_path, tmp_path)


def test_a_new_name_has_the_time_and_is_nobody_s(tmp_path: Path) -> None:
    moment = datetime(2009, 10, 20, 9, 5)  # noqa: DTZ001
    first = new_name(tmp_path / "Region.xlsm", moment, ".xlsx")
    assert first == tmp_path / "Region 2009-10-20 0905.xlsx"
    first.touch()
    second = new_name(first, moment, ".xlsx")
    assert second == tmp_path / "Region 2009-10-20 0905 (2).xlsx"
    second.touch()
    assert new_name(second, datetime(2009, 11, 1, 10, 0), ".xlsx").name == "Region 2009-11-01 1000.xlsx"  # noqa: DTZ001


# In Excel's Python


def test_files_are_read_by_other_processes_where_there_is_no_console(county: Path, tmp_path: Path) -> None:
    """Under pythonw nothing is read from and nothing printed to anybody, and the main module is no file."""
    code = (
        "import sys; sys.stdin = sys.stdout = sys.stderr = None\n"
        "from datetime import date; from xlmalekort import roll_up\n"
        f"done = roll_up({str(county / 'Mottatt')!r}, out={str(tmp_path / 'r.xlsx')!r}, today=date(2009, 10, 20))\n"
        "assert done.count('counted') == 2, done.problems"
    )
    subprocess.run([sys.executable, "-c", code], check=True, stdin=subprocess.DEVNULL)
    assert opened((tmp_path / "r.xlsx").read_bytes()).sheets


def test_importing_the_macros_imports_neither_the_checks_nor_what_writes_workbooks() -> None:
    heavy = {"xlmalekort.intake.workbook_file", "xlmalekort.template.state", "xlsxwriter", "pandas", "openpyxl"}
    code = f"import sys, udfs.macros; print(sorted({heavy!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_notes_do_not_grow_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("udfs.notes._LARGEST", 2_000)
    for _ in range(300):
        note("refresh", ValueError())
    kept = list(notes_file().parent.iterdir())
    assert len(kept) == 2
    assert sum(path.stat().st_size for path in kept) < 5_000
