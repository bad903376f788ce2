"""A language that shows which texts went through the catalogues: every letter of theirs is a dot."""

from __future__ import annotations

import gettext
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING
from unittest.mock import patch

from xlmalekort.locale import LANGUAGES, Texts, texts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SLOT = re.compile(r"\{[^}]*\}|%(?:\(\w+\))?[srd]")
"""What a message leaves open: as our own have it, and as argparse does."""
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]{2,}")


def marked(message: str) -> str:
    """The message with a dot for each letter; what fills its slots keeps its letters.

    >>> marked("{file}: is missing")
    '{file}: ·· ·······'
    """
    slots = [found[0] for found in SLOT.finditer(message)]
    between = [_LETTER.sub("·", part) for part in SLOT.split(message)]
    return "".join(part + slot for part, slot in zip(between, [*slots, ""], strict=True))


def words(text: str) -> set[str]:
    """The words of two letters and more that stand in a text."""
    return set(_WORD.findall(text))


class _Marking(gettext.NullTranslations):
    def gettext(self, message: str) -> str:
        return marked(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return marked(msgid1 if n == 1 else msgid2)


class _Naming(gettext.NullTranslations):
    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language

    def gettext(self, message: str) -> str:
        return f"[{self.language}] {message}"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


@contextmanager
def marking() -> Iterator[None]:
    """Every language but English tells its texts in dots."""
    yield from _with(lambda _: _Marking())


@contextmanager
def naming() -> Iterator[None]:
    """Every language but English tells its texts in English, with its own code before each."""
    yield from _with(_Naming)


def _with(catalogue: Callable[[str], gettext.NullTranslations]) -> Iterator[None]:
    opened = {language: Texts("en") for language in LANGUAGES}
    for language, texts in opened.items():
        texts.language = language
        if language != "en":
            texts._catalogue = catalogue(language)
    texts_of.cache_clear()
    with patch("xlmalekort.locale.Texts", lambda language, _: opened[language]):
        yield
    texts_of.cache_clear()
