"""The workbook of a definition carries every field that the model has, and every one of them has words in each language."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args, get_type_hints

import pytest
from pydantic import BaseModel

from xlmalekort.definitions import schema
from xlmalekort.definitions.annotations import Holds, simple
from xlmalekort.definitions.words import (
    CHOICES,
    COLUMNS,
    SHEETS,
    choice_word,
    choices_by_word,
    column_words,
    columns_by_heading,
    sheet_words,
)
from xlmalekort.locale import LANGUAGES, texts_of
from xlmalekort.model.indicators import Indicator
from xlmalekort.model.measures import Kind
from xlmalekort.model.scorecard import Scorecard

if TYPE_CHECKING:
    from xlmalekort.definitions.schema import Table

TABLES = schema.tables()


def _models(hint: object) -> set[type[BaseModel]]:
    """Every part of a definition that an annotation speaks of, itself and what is below it."""
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        found = {hint}
        for each in get_type_hints(hint, include_extras=True).values():
            found |= _models(each) if not (isinstance(each, type) and each in found) else set()
        return found
    return set().union(*(_models(each) for each in get_args(hint)))


def _fields() -> set[tuple[type[BaseModel], str]]:
    return {(model, name) for model in _models(Scorecard) for name in model.model_fields}


def test_carries_every_field_of_the_model() -> None:
    carried = {source for table in TABLES for source in table.sources}
    carried |= {source for table in TABLES for column in table.columns for source in column.sources}
    missing = _fields() - carried
    assert not missing, sorted(f"{model.__name__}.{name}" for model, name in missing)
    assert not carried - _fields()


def test_a_field_that_no_column_can_hold_is_told_when_the_sheets_are_worked_out() -> None:
    with pytest.raises(TypeError, match="no cell can hold it"):
        simple(dict[str, str])
    with pytest.raises(TypeError, match="no cell can hold it"):
        simple(tuple[tuple[str, ...], ...])


def test_the_default_of_what_may_be_left_out_is_that_of_the_model() -> None:
    indicators = schema.table("indicators")
    for name in ("decimals", "frequency", "origin", "active", "delay_months"):
        assert indicators.column(name).default == Indicator.model_fields[name].default


def test_which_cells_belong_to_a_row_follows_from_its_kind() -> None:
    targets = schema.table("targets")
    assert targets.column("target.low").required_for == ("within",)
    assert set(targets.column("target.green").kinds or ()) == {"at_least", "at_most", "against"}
    assert set(targets.column("target.green").required_for) == {"at_least", "at_most"}
    assert targets.column("which").kinds is None


def test_ids_name_the_sheet_that_they_come_from() -> None:
    named = {
        (table.key, column.key): column.refers
        for table in TABLES
        for column in table.columns
        if column.refers not in (None, "measures")
    }
    assert named["indicators", "perspective"] == "perspectives"
    assert named["indicators", "question.asked_of"] == "filters"
    assert named["indicators", "part_of"] == "indicators"
    assert all(refers in {table.key for table in TABLES} for refers in named.values())


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.key)
class TestWords:
    def test_every_sheet_column_and_choice_has_some(self, table: Table) -> None:
        assert table.key in SHEETS
        for column in table.columns:
            assert f"{table.key}.{column.key}" in COLUMNS or column.key in COLUMNS, column.key
            assert [choice for choice in column.choices if choice not in CHOICES] == []

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_no_two_columns_of_a_sheet_are_called_the_same(self, table: Table, language: str) -> None:
        texts = texts_of(language)
        headings = [texts(column_words(table, column).heading).casefold() for column in table.columns]
        assert sorted(headings) == sorted(set(headings))

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_the_headings_that_formulas_name_need_no_quotation(self, table: Table, language: str) -> None:
        texts = texts_of(language)
        first = texts(column_words(table, table.columns[0]).heading)
        assert table.of is None or first.replace(" ", "").isalpha()

    def test_no_word_means_two_things_in_a_column(self, table: Table) -> None:
        for column in table.columns:
            words = {
                (texts_of(language)(choice_word(table, column, choice)).casefold(), choice)
                for language in LANGUAGES
                for choice in column.choices
            }
            assert len({word for word, _ in words}) == len(words), sorted(words)

    def test_a_column_is_known_by_its_heading_in_every_language(self, table: Table) -> None:
        by_heading = columns_by_heading(table)
        for language in LANGUAGES:
            for column in table.columns:
                assert by_heading[texts_of(language)(column_words(table, column).heading).casefold()] is column

    def test_a_choice_is_known_by_its_word_and_by_itself(self, table: Table) -> None:
        for column in (each for each in table.columns if each.choices):
            for choice in column.choices:
                assert choices_by_word(table, column)[choice] == choice
                for language in LANGUAGES:
                    word = texts_of(language)(choice_word(table, column, choice)).casefold()
                    assert choices_by_word(table, column)[word] == choice

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_titles_fit_and_messages_are_not_cut(self, table: Table, language: str) -> None:
        texts = texts_of(language)
        assert len(texts(sheet_words(table).title)) <= 31
        for column in table.columns:
            words = column_words(table, column)
            assert len(texts(words.heading)) <= 32, words.heading
            assert len(texts(words.explanation)) <= 255


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_sheets_are_called_the_same(language: str) -> None:
    titles = [texts_of(language)(sheet_words(table).title).casefold() for table in TABLES]
    assert sorted(titles) == sorted(set(titles))


def test_words_of_the_model_are_what_the_columns_hold() -> None:
    kind = schema.table("measures").column("kind")
    assert kind.holds is Holds.CHOICE
    assert kind.choices == tuple(Kind)
