"""Texts with numbers in them, compared whatever the settings of the program that wrote them."""

from __future__ import annotations

import re

_GROUP = re.compile(r"(?<=\d)[.,\N{NO-BREAK SPACE}](?=\d{3}(?!\d))")


def same_words(got: str, want: str, *, has_comma: bool = True) -> bool:
    """Whether two texts are the same.

    What stands between groups of three digits is that of the settings, and so is the decimal sign where it is no comma.
    """
    got, want = _GROUP.sub("", got), _GROUP.sub("", want)
    return got == want if has_comma else got.replace(",", ".") == want.replace(",", ".")
