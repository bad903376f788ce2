"""Codes of number formats: which of them show another number than the cell holds."""

from __future__ import annotations

import operator
import re
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

_TOKEN = re.compile(
    r'(?P<literal>"[^"]*"?|\\.?)|(?P<space>_.)|(?P<fill>\*.)|(?P<bracket>\[[^\]]*\])|(?P<general>general)'
    r"|(?P<exponent>e[+-])|(?P<part>;)|(?P<digit>[0#?])|(?P<sign>[,./%@])|(?P<other>.)",
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
_DASH = re.compile(r"[-\u2212\u2013(]")
_MINUS_BEFORE = re.compile(r"[-\u2212\u2013(]|\bminus\b", re.IGNORECASE)
_MINUS_BEHIND = re.compile(r"\s*(?:[-\u2212\u2013]|minus\b)", re.IGNORECASE)
"""A minus behind a number; not the `,-` of prices, nor the brackets of a unit."""
_MONEY = r"(?:kr(?:oner)?|nok|dkk|sek|eur|usd|\u20ac)"
_SCALE = re.compile(
    r"(?<![^\W\d_])(?:"
    r"(?<!/)k(?!/)|tus|tusen\w*|tusind\w*|tsd|thousand\w*|duizend\w*|duiz|dzd"
    r"|hundre\w*|honderd\w*|dusin|dozijn|dozen|dz"
    r"|mill?|mio|mln|mlrd|mrd|mld|mia|milj|million\w*|miljoen\w*|milliard\w*|miljard\w*"
    r"|pro[sc]ent|percent|pst|pct|promille"
    rf"|[ktm]\.?\s?{_MONEY}"
    r")(?![^\W\d_])|[%\u2030\u2031]",
    re.IGNORECASE,
)
"""Words that make another number of the one before them. `K/M` are women and men."""
_MARK_BEFORE = re.compile(r"(?<!\w)[.,]$")
"""A decimal mark before all digits; that of `kr.` is none."""
_HIDDEN = re.compile(r"\[(?:white|color ?2)\]", re.IGNORECASE)
_SCALED = re.compile(r",(?![0#?,])")
_PROBES = (0.0, 1.0, -1.0, 12345678.25)
_PARTS_BY_SIGN = 3
_PARTS_WITH_TEXT = 4


Token = tuple[str, str]
"""A kind and its text; of literals, currencies (`[$kr-414]`) and fills without what marks them."""


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
    words = _words(tokens)
    digits = "".join(text for kind, text in tokens if kind == "digit")
    signs = [text for kind, text in tokens if kind == "sign"]
    if _is_hidden(tokens) or _changes_number("/" in signs, words):
        return True
    if not digits and "general" not in kinds and "@" not in signs:
        return value != 0 or not _DASH.search(words.all)
    skeleton = "".join(text for kind, text in tokens if kind in ("digit", "sign"))
    if "/" in signs:
        return Fraction(value).limit_denominator(10 ** skeleton.partition("/")[2].count("?") or 1) != value
    has_figure = "general" in kinds or "@" in signs or "0" in digits
    if not has_figure and round(value, len(skeleton.partition(".")[2])) == 0:
        return not _DASH.search(words.all)
    is_scaled = value != 0 and bool(_SCALED.search(skeleton))
    is_twice = signs.count("%") > 1 or signs.count("@") > 1
    return is_scaled or is_twice or _has_other_sign(tokens is _parts(code)[0], words, value)


@lru_cache(maxsize=1_024)
def shows_text_otherwise(code: str) -> bool:
    """Whether people see something else than the text, such as digits stored as text, in a cell with a format.

    The fourth part of a format is for texts, or the last one if it has an `@`; where there is none they show as they are.

    >>> shows_text_otherwise("0"), shows_text_otherwise(";;;"), shows_text_otherwise('0;-0;0;@"0"')
    (False, True, True)
    """
    parts = _parts(code)
    tokens = parts[min(len(parts), _PARTS_WITH_TEXT) - 1]
    count = sum(kind == "general" or (kind, text) == ("sign", "@") for kind, text in tokens)
    if not count and len(parts) < _PARTS_WITH_TEXT:
        return False
    words = _words(tokens)
    return count != 1 or _is_hidden(tokens) or _changes_number(False, words) or _has_other_sign(True, words, 0)  # noqa: FBT003


class _Words(NamedTuple):
    """What a part of a format writes before the digits, among them and behind them, and what it fills the cell with."""

    before: str
    among: str
    behind: str
    fill: str

    @property
    def all(self) -> str:
        """Everything but what fills the cell."""
        return self.before + self.among + self.behind


def _words(tokens: tuple[Token, ...]) -> _Words:
    places = [
        place
        for place, (kind, text) in enumerate(tokens)
        if kind in ("digit", "general") or (kind, text) == ("sign", "@")
    ]
    first, last = (places[0], places[-1]) if places else (len(tokens), len(tokens))
    written = [text if kind in ("literal", "other") else "" for kind, text in tokens]
    fill = "".join(text for kind, text in tokens if kind == "fill")
    return _Words("".join(written[:first]), "".join(written[first:last]), "".join(written[last:]), fill)


def _is_hidden(tokens: tuple[Token, ...]) -> bool:
    return any(kind == "bracket" and _HIDDEN.fullmatch(text) for kind, text in tokens)


def _changes_number(is_fraction: bool, words: _Words) -> bool:  # noqa: FBT001
    """Whether what stands around the digits makes another number of them. A fraction may write the one below the line."""
    if words.among.strip() or _MARK_BEFORE.search(words.before):
        return True
    has_digits = any(map(str.isnumeric, words.all)) and not is_fraction
    return has_digits or any(map(str.isnumeric, words.fill)) or bool(_SCALE.search(f"{words.all} {words.fill}"))


def _has_other_sign(is_first: bool, words: _Words, value: float) -> bool:  # noqa: FBT001
    """Whether a number shows the sign of another: the first part of a format writes the minus by itself, others do not."""
    has_minus = bool(_MINUS_BEFORE.search(words.before) or _MINUS_BEHIND.match(words.behind))
    return has_minus if value >= 0 else not is_first and not has_minus


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
        elif kind == "bracket" and text.startswith("[$"):
            parts[-1].append(("literal", text[2:-1].partition("-")[0]))
        elif kind == "fill":
            parts[-1].append((kind, text[1:]))
        else:
            parts[-1].append((kind, text))
    return tuple(map(tuple, parts))
