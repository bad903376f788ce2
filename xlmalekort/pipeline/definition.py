"""Definitions that are maintained as workbooks: exported, checked and imported."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from xlmalekort.definitions.checks import CheckedDefinition
from xlmalekort.definitions.reading import check_definition as check_content
from xlmalekort.definitions.workbook import write_definition
from xlmalekort.locale.told import Joined, Phrase
from xlmalekort.model.places import office_key
from xlmalekort.output import changing, write_whole
from xlmalekort.pipeline.errors import NotDoneError, about_scorecard
from xlmalekort.pipeline.reading import load_register, read_bytes, refuse_absent_folder
from xlmalekort.pipeline.suffixes import refuse_other_suffix
from xlmalekort.problems import Problem
from xlmalekort.scorecards import DefinitionError, definition_text, load_scorecard

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlmalekort.model.register import Register
    from xlmalekort.model.scorecard import Scorecard

_WORKBOOKS = frozenset({".xlsx", ".xlsm"})


@dataclass(frozen=True, slots=True)
class ImportedDefinition:
    """A definition workbook that was made a definition file, and what there is to say about it."""

    scorecard: Scorecard
    path: Path
    problems: tuple[Problem, ...]


def export_definition(scorecard: Scorecard, out: Path | str) -> Path:
    """Write a scorecard as a definition workbook, in its own language; the path of it.

    NotDoneError where another file stands there: somebody may have worked in it.
    """
    out = Path(out)
    refuse_other_suffix(out, ".xlsx")
    refuse_absent_folder(out)
    with changing(out):
        if out.exists() and check_content(read_bytes(out), out.name).scorecard != scorecard:
            message = Phrase(
                "{file}: is there already and holds something else. Choose another name, or delete it.", file=out
            )
            raise NotDoneError(message)
        return write_whole(out, write_definition(scorecard))


def import_definition(path: Path | str, out: Path | str) -> ImportedDefinition:
    """Make a definition workbook a definition file (.yaml). What holds anyway is left out of the file.

    NotDoneError where the workbook cannot be used, or where a file stands there whose remarks would be lost.
    """
    path, out = Path(path), Path(out)
    if out.suffix.casefold() not in {".yaml", ".yml"}:
        raise NotDoneError(Phrase("{file}: choose a name that ends in .yaml.", file=out))
    refuse_absent_folder(out)
    checked = check_content(read_bytes(path), path.name)
    with about_scorecard(checked.language):
        return _imported(path, out, checked)


def _imported(path: Path, out: Path, checked: CheckedDefinition) -> ImportedDefinition:
    if checked.scorecard is None:
        raise NotDoneError(Phrase("{file}: the definition cannot be used.", file=path), checked.problems)
    with changing(out):
        _refuse_to_lose_remarks(out)
        write_whole(out, definition_text(checked.scorecard).encode())
    return ImportedDefinition(checked.scorecard, out, checked.problems)


def _refuse_to_lose_remarks(out: Path) -> None:
    if not out.exists():
        return
    old = read_bytes(out)
    if re.search(rb"(?m)^\s*#|\s#\s", old):
        message = Phrase("{file}: holds remarks (#) that would be lost. Choose another name, or delete it.", file=out)
        raise NotDoneError(message)
    try:
        load_scorecard(out)
    except DefinitionError:
        message = Phrase(
            "{file}: is there already and holds something else. Choose another name, or delete it.", file=out
        )
        raise NotDoneError(message) from None


def check_definition(path: Path | str, register: Path | str | None = None) -> CheckedDefinition:
    """The scorecard of a definition workbook or file, and everything that is wrong with it.

    With a register it is also checked that every unit with a target of its own is there (DEF-025).
    """
    path = Path(path)
    known, problems = load_register(Path(register) if register else None, None)
    checked = _checked(path)
    if known is not None:
        problems = (*problems, *_unknown_units(checked, known, path.name))
    return replace(checked, problems=(*checked.problems, *problems))


def _checked(path: Path) -> CheckedDefinition:
    content = read_bytes(path)
    if path.suffix.casefold() in _WORKBOOKS or content.startswith(b"PK"):
        return check_content(content, path.name)
    try:
        scorecard = load_scorecard(path)
    except DefinitionError as error:
        told = [
            Problem(
                "DEF-029",
                file=path.name,
                line=each.line,
                slots={"reason": Joined([*([each.place] if each.place else []), each.text], ": ")},
            )
            for each in error.findings
        ]
        return CheckedDefinition(None, tuple(told), language=error.language)
    return CheckedDefinition(scorecard, (), language=scorecard.language)


def _unknown_units(checked: CheckedDefinition, register: Register, file: str) -> Iterator[Problem]:
    """Units with a target of their own that the register does not have."""
    if checked.scorecard is None:
        return
    for indicator in checked.scorecard.indicators:
        for target in indicator.unit_targets:
            known = {office_key(name): name for name in (each.unit(target.level) for each in register.offices) if name}
            if office_key(target.unit) in known:
                continue
            cell = checked.unit_cells.get((indicator.id, target.level, target.unit))
            near = get_close_matches(office_key(target.unit), known, n=1)
            hint = Phrase("; did you mean {name}?", name=known[near[0]]) if near else ""
            yield Problem(
                "DEF-025",
                file=file,
                sheet=cell.sheet if cell else None,
                cell=cell.name if cell else None,
                indicator=indicator.id,
                got=target.unit,
                slots={"hint": hint},
            )
