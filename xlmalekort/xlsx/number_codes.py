"""Codes of number formats: which of them show another number than the cell holds."""

from __future__ import annotations

import operator
import re
from fractions import Fraction
from functools import lru_cache

_TOKEN = re.compile(
    r'(?P<literal>"[^"]*"?|\\.?)|(?P<space>_.|\*.)|(?P<bracket>\[[^\]]*\])|(?P<general>general)|(?P<exponent>e[+-])'
    r"|(?P<part>;)|(?P<digit>[0#?])|(?P<sign>[,./%@])|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)\s*(-?[0-9]+(?:\.[0-9]+)?)\]")
_COMPARE = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}
_MINUS = re.compile(r"[-\u2212\u2013(]")
_SCALE = re.compile(
    r"(?<![^\W\d_])(?:k|K|M|tusen|tusind|thousand|duizend|hundre|hundred|honderd|mill?|mio|mln|mrd|mia|milj|million\w*|miljoen\w*"
    r"|milliard\w*|miljard\w*|[tTmM](?:NOK|DKK|EUR|nok|dkk|eur|kr))(?![^\W\d_])|[%\u2030]",
)
"""Words that make another number of the one before them."""
_SCALED = re.compile(r",(?![0#?,])")
_PROBES = (0.0, 1.0, -1.0, 12345678.25)
_PARTS_BY_SIGN = 3


def is_plain(code: str) -> bool:
    """Whether a format shows every number as it is, rounding aside.

    >>> is_plain("#,##0"), is_plain("0.0 %"), is_plain("#,##0,"), is_plain("0;;")
    (True, True, False, False)
    """
    return not _CONDITION.search(code) and not any(shows_otherwise(code, value) for value in _PROBES)


@lru_cache(maxsize=4_096)
def shows_otherwise(code: str, value: float) -> bool:
    r"""Whether people see another number than this one, or none, in a cell with a format. A dash for 0 is none.

    >>> shows_otherwise(";;;", 5), shows_otherwise("0\\0", 5), shows_otherwise("0;-0;-", 0)
    (True, True, False)
    """
    tokens = _part(code, value)
    kinds = {kind for kind, _ in tokens}
    literal = "".join(text for kind, text in tokens if kind in ("literal", "other"))
    digits = "".join(text for kind, text in tokens if kind == "digit")
    signs = [text for kind, text in tokens if kind == "sign"]
    if (any(char.isdigit() for char in literal) and "/" not in signs) or _SCALE.search(literal):
        return True
    if not digits and "general" not in kinds and "@" not in signs:
        return value != 0 or not _MINUS.search(literal)
    skeleton = "".join(text for kind, text in tokens if kind in ("digit", "sign"))
    if "/" in signs:
        return Fraction(value).limit_denominator(10 ** skeleton.partition("/")[2].count("?") or 1) != value
    has_figure = "general" in kinds or "@" in signs or "0" in digits
    if not has_figure and round(value, len(skeleton.partition(".")[2])) == 0:
        return not _MINUS.search(literal)
    is_scaled = value != 0 and bool(_SCALED.search(skeleton))
    return is_scaled or signs.count("%") > 1 or _has_other_sign(tokens is _parts(code)[0], literal, value)


def _has_other_sign(is_first: bool, literal: str, value: float) -> bool:  # noqa: FBT001
    """Whether a number shows the sign of another: the first part of a format writes the minus by itself, others do not."""
    has_minus = bool(_MINUS.search(literal))
    return has_minus if value >= 0 else not is_first and not has_minus


Token = tuple[str, str]
"""A kind and its text; of literals without what marks them."""


def _part(code: str, value: float) -> tuple[Token, ...]:
    """The part of a format that is for a number: by its conditions, else by sign."""
    parts = _parts(code)
    if _CONDITION.search(code):
        for part in parts:
            found = next((match for _, text in part if (match := _CONDITION.fullmatch(text))), None)
            if found is None or _COMPARE[found[1]](value, float(found[2])):
                return part
        return ()
    if value < 0 and len(parts) > 1:
        return parts[1]
    return parts[2] if value == 0 and len(parts) >= _PARTS_BY_SIGN else parts[0]


@lru_cache(maxsize=1_024)
def _parts(code: str) -> tuple[tuple[Token, ...], ...]:
    parts: list[list[Token]] = [[]]
    for found in _TOKEN.finditer(code or "general"):
        kind, text = found.lastgroup or "", found[0]
        if kind == "part":
            parts.append([])
        elif kind == "literal":
            parts[-1].append((kind, text.strip('"').removeprefix("\\")))
        else:
            parts[-1].append((kind, text))
    return tuple(map(tuple, parts))
