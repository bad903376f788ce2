"""What a formula says, piece by piece: without the texts in it, and the words that may be names."""

from __future__ import annotations

import re

_TEXT = re.compile(r'"[^"]*"')
_WORD = re.compile(r"[\w.\\]+")


def without_texts(formula: str) -> str:
    """The formula with its texts emptied, for what stands in them calls nothing.

    >>> without_texts('IF(A1="RTD(1)",B1)')
    'IF(A1="",B1)'
    """
    return _TEXT.sub('""', formula)


def words_of(formula: str) -> list[str]:
    """The words of a formula, in small letters as names are kept.

    >>> words_of("SUM(Grunnlag)*2")
    ['sum', 'grunnlag', '2']
    """
    return [word.lower() for word in _WORD.findall(formula)]
