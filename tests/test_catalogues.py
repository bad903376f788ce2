"""Every text that people read exists in every language."""

from __future__ import annotations

import pytest

from tests.support.catalogues import LANGUAGES, extract, mo_bytes, path_of, po_bytes, read, updated
from tests.support.marking import SLOT


def slots(text: str) -> set[str]:
    return set(SLOT.findall(text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_lacks_a_translation(language: str) -> None:
    catalogue = read(language)
    lacking = []
    for message in extract():
        found = catalogue.get(message.id) if message.id else None
        strings = found.string if found is not None else ""
        if message.id and not (all(strings) if isinstance(strings, tuple) else strings):
            lacking.append(message.id)
    assert lacking == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_slots_of_its_text(language: str) -> None:
    for message in read(language):
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        for string in strings:
            assert slots(str(string)) == slots(str(ids[-1])), message.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogues_hold_the_texts_of_the_code_and_no_others(language: str) -> None:
    assert path_of(language).read_bytes() == po_bytes(updated(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_compiled_catalogues_are_those_that_were_translated(language: str) -> None:
    assert path_of(language).with_suffix(".mo").read_bytes() == mo_bytes(read(language))
