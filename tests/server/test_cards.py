"""The scorecards that a server answers for: the built-in ones and those in its project folder, and no others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from udfs.arguments import ArgumentError
from udfs.cards import card_of, remember
from udfs.server.cards import languages_of_scorecards, let_go, served_name
from xlmalekort import load_scorecard
from xlmalekort.layout.card import card_text, key_of
from xlmalekort.model.places import Place
from xlmalekort.scorecards import definition_text

if TYPE_CHECKING:
    from pathlib import Path

    from xlmalekort.model.scorecard import Scorecard

OWN = load_scorecard("vejle-2013").model_copy(update={"id": "egen-2013"})


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project folder with a definition of its own, beside a file that is none."""
    (tmp_path / "scorecards").mkdir()
    (tmp_path / "scorecards" / "own.yaml").write_text(definition_text(OWN), encoding="utf-8")
    (tmp_path / "scorecards" / "README.md").write_text("# Own", encoding="utf-8")
    return tmp_path


def own(project: Path) -> Scorecard:
    return load_scorecard(project / "scorecards" / "own.yaml")


def test_a_definition_in_the_folder_is_known_by_its_id_and_by_its_content(project: Path) -> None:
    key = key_of(own(project))
    for name in ("egen-2013", key):
        assert card_of(served_name(name, project)).scorecard == own(project)
    with pytest.raises(ArgumentError):
        served_name("egen-2013#0000", project)


def test_the_office_that_a_workbook_names_with_its_scorecard_is_kept(project: Path) -> None:
    office = Place("Prøveby", "Øst")
    for card in (own(project), load_scorecard("vejle-2013")):
        found = card_of(served_name(card_text(card, office), project))
        assert found.scorecard == card
        assert found.place[:2] == ("Prøveby", "Øst")


def test_the_pane_knows_the_languages_of_all(project: Path) -> None:
    languages = languages_of_scorecards(project)
    assert languages["egen-2013"] == languages["vejle-2013"] == "da"


def test_a_path_is_never_opened(project: Path) -> None:
    path = project / "scorecards" / "own.yaml"
    assert path.is_file()
    for name in (str(path), path.as_uri(), "scorecards/own.yaml"):
        with pytest.raises(ArgumentError):
            served_name(name, project)


def test_the_definition_of_a_refreshed_workbook_is_let_go(project: Path) -> None:
    theirs = load_scorecard("vejle-2013").model_copy(update={"id": "deres-2013"})
    key = remember(theirs)
    assert card_of(key).scorecard == theirs
    let_go(theirs, project)
    with pytest.raises(ArgumentError):
        card_of(key)
    key = served_name("egen-2013", project)
    let_go(own(project), project)
    assert card_of(key).scorecard == own(project)
