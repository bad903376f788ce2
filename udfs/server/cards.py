"""Which scorecards a server answers for: the built-in ones and those in the folder `scorecards` of its project.

What a function is handed comes from whoever reaches the server, so it is never taken for a path.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from udfs.arguments import ArgumentError, Cell, text
from udfs.cards import forget, remember
from xlmalekort.layout.card import card_text, key_of, read_card
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
def _own_by_name(project: Path) -> dict[str, Scorecard]:
    """The own scorecards by what a cell may name them: their id, or id and content hash. The functions know them from now on."""
    cards = own_scorecards(project)
    return cards | {remember(card): card for card in cards.values()}


def served_name(name: Cell, project: Path) -> str:
    """The name that the functions know a scorecard by; ArgumentError where the server has none of this name.

    Where a workbook names its own, the office that it names with it is kept.
    """
    asked = text(name)
    key, place = read_card(asked)
    own = _own_by_name(project).get(key)
    if own is not None:
        return card_text(own, place)
    if key.partition("#")[0] not in built_in():
        raise ArgumentError
    return asked


def let_go(scorecard: Scorecard, project: Path) -> None:
    """Keep nothing of a workbook that was refreshed, not even its definition, unless the server has it of its own."""
    if key_of(scorecard) not in _own_by_name(project):
        forget(scorecard)


def languages_of_scorecards(project: Path) -> dict[str, str]:
    """The language of every scorecard that is served, by its id."""
    cards = {name: load_scorecard(name) for name in built_in()} | own_scorecards(project)
    return {name: card.language for name, card in cards.items()}
