"""Whether the name of a file is that of another office than the one inside (IDN-009)."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePath
from typing import TYPE_CHECKING

from xlmalekort.model.places import office_key

if TYPE_CHECKING:
    from xlmalekort.model.places import Place
    from xlmalekort.model.register import Register

Words = tuple[str, ...]

_WORD = re.compile(r"[^\W\d_]+|\d+")
"""A year may be glued to a name."""
_SPELT_OUT = (("ø", "o"), ("æ", "a"), ("ß", "ss"), ("oe", "o"), ("ae", "a"), ("aa", "a"))
"""File names are often written without the letters that other systems lack: `Bjørkås` as `bjorkaas` or `bjoerkas`."""
_SHORTEST = 3
"""Letters of a word by which an office may be known alone."""


def other_in_name(file: str, place: Place, register: Register) -> str | None:
    """The office of the register whose name the file has, where that of its own office is not in it; else None.

    The longest name counts: `øvre eiker` is not `eiker`. The names of the office's own area and region, and of the offices
    that it took over or that took it over, are no other office's.
    """
    return named_in(PurePath(file).stem, place, register)


def named_in(text: str, place: Place, register: Register) -> str | None:
    """The same of any text."""
    offices = _offices(register.names)
    stem = _words(text)
    own = offices.own.get(office_key(place.office), ())
    if _stands_in(own, stem) or any(word in stem for word in own if word in offices.alone):
        return None
    found = [name for name, words in offices.names.items() if _stands_in(words, stem)]
    name = max(found, key=lambda each: (len(offices.names[each]), len(each)), default=None)
    return name if name is not None and not _is_kin(name, place, register) else None


def _is_kin(name: str, place: Place, register: Register) -> bool:
    keys = {office_key(each) for each in place}
    successors = {office_key(line.successor) for line in register.lines_of(place.office) if line.successor}
    taken_over = any(office_key(line.successor) in keys for line in register.lines_of(name) if line.successor)
    return office_key(name) in keys | successors or taken_over


@dataclass(frozen=True)
class _Offices:
    """The words that tell the offices of a register apart: of each name (and of its key), and those of one office alone."""

    names: dict[str, Words]
    own: dict[str, Words]
    alone: frozenset[str]


@lru_cache(maxsize=8)
def _offices(names: tuple[str, ...]) -> _Offices:
    """The words of each name without those that most offices have in theirs, such as `NAV`."""
    counts = Counter(word for name in names for word in set(_words(name)))
    told = {
        name: tuple(word for word in words if 2 * counts[word] <= max(len(names), 2)) or words
        for name, words in ((name, _words(name)) for name in names)
    }
    alone = frozenset(word for word, count in counts.items() if count == 1 and len(word) >= _SHORTEST)
    return _Offices(told, {office_key(name): words for name, words in told.items()}, alone)


def _words(text: str) -> Words:
    bare = "".join(each for each in unicodedata.normalize("NFKD", office_key(text)) if not unicodedata.combining(each))
    for letters, plain in _SPELT_OUT:
        bare = bare.replace(letters, plain)
    return tuple(_WORD.findall(bare))


def _stands_in(words: Words, stem: Words) -> bool:
    """Whether the words stand in a file's name, one after the other; where one ends and the next begins does not matter."""
    name = "".join(words)
    for start in range(len(stem)) if words else ():
        found = ""
        for word in stem[start:]:
            found += word
            if not name.startswith(found):
                break
            if found == name:
                return True
    return False
