"""Texts of cells as the values that people mean by them: numbers, days, lists and lines."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from functools import cache

from xlmalekort.locale import LANGUAGES, month_names, short_month_names

_DECIMAL = re.compile(r"([-+−]?)(\d{1,18})(?:[.,](\d{1,18}))?", re.ASCII)
_TWO_WAYS = re.compile(r"[-+−]?[1-9]\d{0,2}[.,]\d{3}", re.ASCII)
"""Digits that are a thousand for one reader and a decimal number for another."""


def parse_number(text: str) -> Fraction | None:
    """The number that a text stands for, with a decimal point or comma; None for what is none or can be read in two ways.

    >>> parse_number("74,9"), parse_number("1.000")
    (Fraction(749, 10), None)
    """
    text = text.strip()
    found = _DECIMAL.fullmatch(text)
    if not found or _TWO_WAYS.fullmatch(text):
        return None
    sign, whole, decimals = found.groups()
    return Fraction(f"{whole}.{decimals or '0'}") * (1 if sign in ("", "+") else -1)


def parse_wholes(text: str) -> tuple[int, ...]:
    """The whole numbers of a list; empty where something else stands in it."""
    parts = [each for each in re.split(r"[;,+\s]+", text) if each]
    return tuple(int(each) for each in parts) if all(re.fullmatch(r"[0-9]{1,9}", each) for each in parts) else ()


def parse_ids(text: str) -> tuple[str, ...]:
    """The ids of a sum or a list, whatever stands between them.

    >>> parse_ids("A.1 + A.2; A.3")
    ('A.1', 'A.2', 'A.3')
    """
    return tuple(each for each in re.split(r"[+;,\s]+", text) if each)


def parse_lines(text: str) -> tuple[str, ...]:
    """One text a line; what is set in goes on from the line before."""
    found: list[str] = []
    for line in text.split("\n"):
        if line.startswith("  ") and found:
            found[-1] += "\n" + line[2:]
        elif line.strip():
            found.append(line)
    return tuple(found)


_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_LOCAL = re.compile(r"(\d{1,2})[.-](\d{1,2})[.-](\d{4})", re.ASCII)
_YEARLY = re.compile(r"(\d{1,2})\.?\s*([^\W\d_]+)\.?", re.UNICODE)
_YEARLY_IN_FIGURES = re.compile(r"(\d{1,2})\.(\d{1,2})\.?", re.ASCII)
_LEAPLESS = 2001


def parse_day(text: str) -> date | None:
    """The day that a text names as `2009-06-30`, `30.06.2009` or `30-06-2009`; None for any other text."""
    text = text.strip()
    if found := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in found.groups())
    elif found := _LOCAL.fullmatch(text):
        day, month, year = (int(part) for part in found.groups())
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def parse_start(text: str) -> str | None:
    """A day with its year, or without: `2009-07-01` or `07-01`; None for what is neither."""
    text = text.strip()
    if (day := parse_day(text)) is not None:
        return day.isoformat()
    if found := _YEARLY.fullmatch(text):
        month = _months().get(found[2].casefold())
    elif found := _YEARLY_IN_FIGURES.fullmatch(text):
        month = int(found[2])
    else:
        return None
    try:
        return f"{date(_LEAPLESS, month or 0, int(found[1])):%m-%d}"
    except ValueError:
        return None


@cache
def _months() -> dict[str, int]:
    """The numbers of the months by their names, in full and short, in every language."""
    return {
        name.casefold(): number
        for language in LANGUAGES
        for names in (short_month_names(language), month_names(language))
        for number, name in enumerate(names, 1)
    }
