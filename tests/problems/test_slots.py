"""Every problem brings what its sentences ask for, wherever the code raises it."""

from __future__ import annotations

import ast
from pathlib import Path
from string import Formatter

import xlmalekort
from xlmalekort.problems import CATALOGUE

SOURCES = sorted(Path(xlmalekort.__file__).parent.rglob("*.py"))


def asked_for(code: str) -> set[str]:
    """The slots of an entry's sentences; `got` is a field of the problem itself."""
    entry = CATALOGUE[code]
    found = (slot for text in (entry.says, entry.expected, entry.fix) for _, slot, _, _ in Formatter().parse(text))
    return {slot for slot in found if slot} - {"got"}


def given(call: ast.Call) -> set[str] | None:
    """The slots that a call names, None where others are added: from a dict made elsewhere, or by what it calls."""
    if ast.unparse(call.func).rpartition(".")[2].startswith(("_tell_", "_problem")):
        return None
    names: set[str] = set()
    for keyword in call.keywords:
        if keyword.arg is None:
            return None
        if keyword.arg != "slots":
            names.add(keyword.arg)
    for value in [*call.args[1:], *(each.value for each in call.keywords if each.arg == "slots")]:
        if isinstance(value, ast.Dict) and all(isinstance(key, ast.Constant) for key in value.keys):
            names |= {str(key.value) for key in value.keys if isinstance(key, ast.Constant)}
        elif any(isinstance(each, ast.Name) and "slots" in each.id for each in ast.walk(value)):
            return None
    return names


def calls_that_name_a_code() -> list[tuple[str, str, ast.Call]]:
    return [
        (f"{path.name}:{call.lineno}", call.args[0].value, call)
        for path in SOURCES
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and call.args
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
        and call.args[0].value in CATALOGUE
    ]


def test_every_problem_told_in_one_place_has_the_slots_of_its_sentences() -> None:
    calls = calls_that_name_a_code()
    assert len(calls) > 100
    lacking = [
        (where, code, asked_for(code) - names)
        for where, code, call in calls
        if (names := given(call)) is not None and not asked_for(code) <= names
    ]
    assert lacking == []
