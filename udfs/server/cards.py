"""Which scorecards a server answers for: the built-in ones and those in the folder `scorecards` of its project.

What a function is handed comes from whoever reaches the server, so it is never taken for a path.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from udfs.arguments import ArgumentError, Cell, text
from udfs.cards import forget, key_of, remember
from xlmalekort.scorecards import built_in, load_scorecard

if TYPE_CHECKING:
    from pathlib import Path

    from xlmalekort.model.scorecard import Scorecard

_DEFINITIONS = frozenset({".yaml", ".yml", ".json", ".xlsx"})


@cache
def own_scorecards(project: Path) -> dict[str, Scorecard]:
    """The definitions in the project's folder by id. DefinitionError where one of them cannot be used."""
    folder = project / "scorecards"
    paths = sorted(folder.iterdir()) if folder.is_dir() else []
    found = (load_scorecard(path) for path in paths if path.suffix.casefold() in _DEFINITIONS)
    return {card.id: card for card in found}


@cache
def _own_keys(project: Path) -> dict[str, str]:
    """By what a cell may name an own scorecard, its id or id and content hash, and the key that it is remembered by."""
    keys = {card.id: remember(card) for card in own_scorecards(project).values()}
    return keys | {key: key for key in keys.values()}


def served_name(name: Cell, project: Path) -> str:
    """The name that the functions know a scorecard by; ArgumentError where the server has none of this name."""
    asked = text(name)
    own = _own_keys(project).get(asked)
    if own is None and asked.partition("#")[0] not in built_in():
        raise ArgumentError
    return own or asked


def let_go(scorecard: Scorecard, project: Path) -> None:
    """Keep nothing of a workbook that was refreshed, not even its definition, unless the server has it of its own."""
    if key_of(scorecard) not in _own_keys(project):
        forget(scorecard)


def languages_of_scorecards(project: Path) -> dict[str, str]:
    """The language of every scorecard that is served, by its id."""
    cards = {name: load_scorecard(name) for name in built_in()} | own_scorecards(project)
    return {name: card.language for name, card in cards.items()}
