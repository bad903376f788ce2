"""The form in which ids, titles and headings are compared, for people and programs change their looks."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


@lru_cache(maxsize=8_192)
def key_of(text: str) -> str:
    r"""The text without regard to case, Unicode form, blanks, what cannot be seen, and a colon at the end.

    >>> key_of(" B.1\u00a0Numerator\u200b: ") == key_of("b.1 numerator")
    True
    """
    plain = unicodedata.normalize("NFKC", text).translate(_INVISIBLE).casefold()
    return " ".join(plain.split()).rstrip(": ")
