"""A definition workbook is sound, says in a real spreadsheet program what Python says, and comes back from there unchanged."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import openpyxl
import pytest

from tests.definitions.books import small
from tests.support.libreoffice import LibreOffice, SetCell
from tests.support.ooxml import check_workbook_files
from xlmalekort.definitions import schema
from xlmalekort.definitions.layout import FIRST_ROW, HEAD_ROW, KEY_ROW
from xlmalekort.definitions.reading import check_definition
from xlmalekort.definitions.words import column_words, sheet_words
from xlmalekort.definitions.workbook import write_definition
from xlmalekort.locale import LANGUAGES, texts_of
from xlmalekort.scorecards import built_in, load_scorecard

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from openpyxl import Workbook

    from xlmalekort.model.scorecard import Scorecard


def opened(scorecard: Scorecard) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(write_definition(scorecard)))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook of every built-in scorecard, and of the small one in every language."""
    folder = tmp_path_factory.mktemp("definitions")
    for name in built_in():
        (folder / f"{name}.xlsx").write_bytes(write_definition(load_scorecard(name)))
    for language in LANGUAGES:
        scorecard = small().model_copy(update={"language": language})
        (folder / f"small-{language}.xlsx").write_bytes(write_definition(scorecard))
    return folder


def test_is_sound(folder: Path) -> None:
    complaints = check_workbook_files(sorted(folder.glob("*.xlsx")))
    assert {path.name: found for path, found in complaints.items() if found} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_speaks_the_language_of_the_scorecard(language: str) -> None:
    texts = texts_of(language)
    book = opened(small().model_copy(update={"language": language}))
    assert book.sheetnames[:-1] == [texts(sheet_words(table).title) for table in schema.tables()]
    for table in schema.tables():
        if table.key != schema.ABOUT:
            headings = {cell.value for cell in book[texts(sheet_words(table).title)][HEAD_ROW + 1]}
            assert headings >= {texts(column_words(table, column).heading) for column in table.columns}


def test_keys_and_lists_are_hidden_and_headings_stay_in_sight() -> None:
    book = opened(small())
    assert [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"] == ["Lists"]
    for sheet in book.worksheets[:-1]:
        assert sheet.row_dimensions[KEY_ROW + 1].hidden
        assert sheet.freeze_panes is not None
    for sheet in book.worksheets[1:-1]:
        assert len(sheet.tables) == 1, sheet.title
        (table,) = sheet.tables.values()
        assert table.autoFilter is not None


def test_every_cell_says_what_belongs_in_it_and_words_can_be_chosen() -> None:
    book = opened(small())
    for table in schema.tables():
        sheet = book[texts_of("en")(sheet_words(table).title)]
        rules = sheet.data_validations.dataValidation
        assert len(rules) >= len(table.columns) or table.key == schema.ABOUT
        assert all(rule.prompt for rule in rules)
        listed = sum(rule.type == "list" for rule in rules)
        wanted = sum(bool(column.choices or column.refers or column.holds == "flag") for column in table.columns)
        assert listed == wanted, table.key


def test_texts_that_look_like_formulas_and_numbers_stay_texts() -> None:
    scorecard = small().model_copy(update={"title": "=1+1", "short_title": "@home", "about": "-1"})
    sheet = opened(scorecard).worksheets[0]
    found = {row[0].value: row[2] for row in sheet.iter_rows(min_row=FIRST_ROW + 1, max_col=3)}
    for key, text in (("title", "=1+1"), ("short_title", "@home"), ("about", "-1"), ("version", "1.10")):
        assert found[key].value == text
        assert found[key].data_type == "s"
        assert found[key].number_format == "@"


@pytest.fixture(scope="module")
def office() -> Iterator[LibreOffice]:
    with LibreOffice(locale="nb-NO") as office:
        yield office


@pytest.mark.libreoffice
class TestLibreOffice:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_looks_titles_up_as_python_does(self, folder: Path, office: LibreOffice, language: str) -> None:
        texts = texts_of(language)
        for table in (each for each in schema.tables() if each.of == schema.INDICATORS):
            title = texts(sheet_words(table).title)
            path = folder / f"small-{language}.xlsx"
            sheet = openpyxl.load_workbook(path, data_only=True)[title]
            last = max(sheet.max_row, FIRST_ROW + 1)
            area = f"B{FIRST_ROW + 1}:B{last}"
            expected = [[row[0].value or ""] for row in sheet[area]] if last > FIRST_ROW + 1 else None
            found = office.recalculate(path, {title: area})[title]
            assert expected is None or [[row[0] or ""] for row in found] == expected, title

    @pytest.mark.parametrize("name", built_in())
    def test_saves_it_without_loss(self, folder: Path, office: LibreOffice, tmp_path: Path, name: str) -> None:
        out = tmp_path / "saved.xlsx"
        office.convert(folder / f"{name}.xlsx", out)
        checked = check_definition(out.read_bytes(), out.name)
        assert checked.scorecard == load_scorecard(name), checked.problems

    def test_what_is_typed_there_is_read(self, folder: Path, office: LibreOffice, tmp_path: Path) -> None:
        out = tmp_path / "saved.xlsx"
        typed = [
            SetCell("Targets and zones", "I5", 74.9),
            SetCell("Targets and zones", "G9", "1. august"),
            SetCell("Indicators", "B5", "Æ, ø og å"),
        ]
        with office.open(folder / "small-en.xlsx") as book:
            book.set_cells(typed)
            book.save_as(out)
        scorecard = check_definition(out.read_bytes(), out.name).scorecard
        assert scorecard is not None
        assert float(scorecard.indicators[0].target.green) == 74.9  # type: ignore[union-attr]
        assert scorecard.indicators[1].target.steps[1].starts == "08-01"  # type: ignore[union-attr]
        assert scorecard.indicators[0].title == "Æ, ø og å"
