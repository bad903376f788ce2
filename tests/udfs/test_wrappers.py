"""The VBA functions are made from Python's, say what those say, and reach them through xlwings."""

from __future__ import annotations

import json
import re
from inspect import signature

import pytest

from tests.support.udf_server import ERROR_IN_A_CELL, NEWER_ERROR_IN_A_CELL, call
from udfs.registry import CARD, FUNCTIONS
from udfs.wrappers import HELP, MODULE, help_file, help_texts, module_text
from xlmalekort.locale import LANGUAGES, texts_of

LONGEST_LINE = 1023
LONGEST_HELP = 255
BUSKERUD = "nav-buskerud-2009"


def test_what_is_committed_is_what_the_functions_give() -> None:
    assert MODULE.read_text(encoding="utf-8") == module_text()
    assert HELP.read_text(encoding="utf-8") == help_file()


def test_every_function_is_declared_with_its_arguments_in_their_order() -> None:
    declared = dict(re.findall(r"^Public Function (MK_\w+)\((.*)\) As Variant$", module_text(), re.MULTILINE))
    assert list(declared) == list(FUNCTIONS)
    for name, arguments in declared.items():
        assert re.findall(r"ByVal (\w+) As Variant", arguments) == list(signature(FUNCTIONS[name].python).parameters)
        for each in FUNCTIONS[name].arguments:
            assert (f"Optional ByVal {each.name} " in arguments) == each.is_optional


def test_every_argument_is_handed_over_and_a_scorecard_is_looked_up_where_it_is_left_out() -> None:
    handed = dict(re.findall(r'AnswerOf\("(\w+)", Array\((.*)\)\)$', module_text(), re.MULTILINE))
    for name, function in FUNCTIONS.items():
        wanted = [f"{'CardOf' if each.name == CARD else 'GivenBy'}({each.name})" for each in function.arguments]
        assert handed[name] == ", ".join(wanted)


def test_excel_shows_the_description_of_every_function() -> None:
    shown = dict(re.findall(r'^Attribute (\w+)\.VB_Description = "(.*)"$', module_text(), re.MULTILINE))
    assert shown == {name: function.doc.replace('"', '""') for name, function in FUNCTIONS.items()}


def test_what_the_wizard_says_has_room_there_in_every_language() -> None:
    for language in LANGUAGES:
        for text in help_texts().values():
            assert 0 < len(texts_of(language)(text)) <= LONGEST_HELP


def test_the_help_names_every_function_and_argument() -> None:
    wanted = set(FUNCTIONS) | {
        f"{name}.{each.name}" for name, function in FUNCTIONS.items() for each in function.arguments
    }
    assert set(json.loads(HELP.read_text(encoding="utf-8"))) == wanted


def test_no_line_is_longer_than_vba_takes() -> None:
    assert max(map(len, module_text().splitlines())) <= LONGEST_LINE


@pytest.mark.parametrize(
    ("function", "arguments", "answer"),
    [
        ("MK_STATUS", ("B.6", 0.749, "2009-05", None, None, None, BUSKERUD), "yellow"),
        # A column comes back as a column, a row as an array of one dimension.
        ("MK_SHARE", ([[1.0], [2.0]], [[2.0], [2.0]]), [[0.5], [1.0]]),
        ("MK_SHARE", ([[1.0, 2.0]], [[2.0, 2.0]]), [0.5, 1.0]),
        # Nothing to say is an empty text already here; an error in a cell is an error in the answer.
        ("MK_SHARE", ([[None], [ERROR_IN_A_CELL]], [[None], [2.0]]), [[""], ["#VALUE!"]]),
        ("MK_SHARE", (3.0, 2.0), "#VALUE!"),
        (
            "MK_STATUS",
            ("B.6", [[0.749], [ERROR_IN_A_CELL], [NEWER_ERROR_IN_A_CELL]], "2009-05", None, None, None, BUSKERUD),
            [["yellow"], ["#VALUE!"], ["#VALUE!"]],
        ),
        ("MK_TARGET", ("B.6", "2009-05", [[NEWER_ERROR_IN_A_CELL]], BUSKERUD), "#VALUE!"),
        ("MK_SHARE", ([[1.0, 2.0]], [[1.0, 2.0, 3.0]]), "ArgumentError"),
        ("MK_STATUS", ("B.6", 0.749, "2009-05", None, None, None, "no such scorecard"), "ArgumentError"),
    ],
)
def test_a_function_answers_through_xlwings_own_server(
    function: str, arguments: tuple[object, ...], answer: object
) -> None:
    assert call(function, *arguments) == answer
