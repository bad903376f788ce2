"""What a sheet says beside its cells: in the workbooks of one template the same bytes, so that it can be remembered."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar, TypeVarTuple

if TYPE_CHECKING:
    from collections.abc import Callable

More = TypeVarTuple("More")
Found = TypeVar("Found")

_USUAL = 200_000
"""Bytes of a frame up to which it is remembered; large ones would fill the memory."""
_OPENING, _CLOSING = b"<sheetData>", b"</sheetData>"
_TEXT = rb"(?:[^<&]|&(?:amp|lt|gt|quot|apos);)*+"
_HEADER_AND_FOOTER = re.compile(
    rb"<headerFooter(?: [a-zA-Z]+=\"[01]\")*>(?:<((?:odd|even|first)(?:Header|Footer))>"
    + _TEXT
    + rb"</\1>)*+</headerFooter>"
)
"""Nothing of a sheet is inside but its running heads, which name the office."""


def frame_of(part: bytes) -> bytes:
    """A sheet part without its rows, which are nearly all of it, and without its running heads."""
    start, end = part.find(_OPENING), part.rfind(_CLOSING)
    if start >= 0 and end >= start:
        part = part[: start + len(_OPENING)] + part[end:]
    return without_running_heads(part)


def without_running_heads(part: bytes) -> bytes:
    """A sheet part without the element of its headers and footers, where that stands once and holds only texts."""
    found = _HEADER_AND_FOOTER.search(part)
    return part if found is None else part[: found.start()] + part[found.end() :]


def remembered(work: Callable[[bytes, *More], Found]) -> Callable[[bytes, *More], Found]:
    """A function of a frame that remembers what came of the last ones."""
    known = lru_cache(maxsize=64)(work)

    def remembering(frame: bytes, *more: *More) -> Found:
        return (known if len(frame) <= _USUAL else work)(frame, *more)

    return remembering
