"""The manifest that Excel is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from lxml import etree

from xlmalekort.locale import LANGUAGES, texts_of

if TYPE_CHECKING:
    from tests.server.running import Server

VERSION = "{http://schemas.microsoft.com/office/taskpaneappversionoverrides}"
BASIC = "{http://schemas.microsoft.com/office/officeappbasictypes/1.0}"
TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
LOCALES = {"nb": "nb-NO", "da": "da-DK", "nl": "nl-NL", "en": "en-US"}
LONGEST = {"ShortStrings": 125, "LongStrings": 250}
"""Signs that Office allows."""


@pytest.fixture(scope="module")
def manifest(server: Server) -> etree._Element:
    return etree.fromstring(server.client.get("/manifest.xml").content)


def test_a_tab_has_a_button_that_refreshes_and_one_that_opens_the_pane(manifest: etree._Element) -> None:
    tab = next(manifest.iter(f"{VERSION}CustomTab"))
    actions = {
        control.get("id"): control.find(f"{VERSION}Action").get(TYPE)  # type: ignore[union-attr]
        for control in tab.iter(f"{VERSION}Control")
    }
    assert actions == {"Malekort.Refresh": "ExecuteFunction", "Malekort.Pane": "ShowTaskpane"}
    assert [each.text for each in tab.iter(f"{VERSION}FunctionName")] == ["refresh-scorecard"]


def test_the_tab_is_called_by_the_products_name(manifest: etree._Element) -> None:
    tab = next(manifest.iter(f"{VERSION}CustomTab"))
    label = tab.findall(f"{VERSION}Label")[-1].get("resid")
    assert strings(manifest)[label or ""]["en-US"] == "Målekort"


def test_everything_that_is_named_is_there(manifest: etree._Element) -> None:
    named = {each.get("resid") for each in manifest.iter() if each.get("resid") is not None}
    there = {each.get("id") for each in manifest.iter() if str(each.tag).startswith(BASIC)}
    assert named <= there


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_buttons_speak_every_language(manifest: etree._Element, language: str) -> None:
    texts = texts_of(language)
    assert strings(manifest)["Refresh.Label"][LOCALES[language]] == texts("Refresh scorecard")
    assert strings(manifest)["Pane.Label"][LOCALES[language]] == texts("Show statuses")


def strings(manifest: etree._Element) -> dict[str, dict[str, str]]:
    """Every text by id and locale."""
    return {
        str(each.get("id")): {"en-US": str(each.get("DefaultValue"))}
        | {str(other.get("Locale")): str(other.get("Value")) for other in each}
        for each in manifest.iter(f"{BASIC}String")
    }


@pytest.mark.parametrize("kind", LONGEST)
def test_no_text_is_longer_than_office_allows(manifest: etree._Element, kind: str) -> None:
    for each in next(manifest.iter(f"{BASIC}{kind}")):
        said = [each.get("DefaultValue"), *(other.get("Value") for other in each)]
        assert all(text and len(text) <= LONGEST[kind] for text in said)


def test_every_address_is_of_this_server_and_answers(manifest: etree._Element, server: Server) -> None:
    found = [str(each.get("DefaultValue")) for each in manifest.iter() if "http" in str(each.get("DefaultValue"))]
    assert len(found) >= 8
    for address in found:
        assert address.startswith(server.address), address
        assert server.client.get(address).is_success, address
