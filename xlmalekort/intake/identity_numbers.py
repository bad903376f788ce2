"""National identity numbers of Norway, Denmark and the Netherlands: their arithmetic, and where they stand in a text.

What counts is decided here, in one place:

- **Fødselsnummer**: eleven digits with both control digits right and a possible date, in every workbook. D-numbers (day + 40)
  and the series of test persons (month + 40, 65 or 80) count too. Two numbers in a thousand that are made up of eleven random
  digits would pass; those grouped like an account (4, 2, 5) or an amount (12 345 678 901) are never taken for one. Between the
  day of birth and the five digits after it may stand whatever is no letter and no digit, such as a slash, a comma or a line
  break.
- **CPR**: six digits, a hyphen or a blank and four digits are one where the date is possible in the century that the seventh
  digit stands for, for since 2007 the control digit does not hold for all. Without a mark between them, or grouped in another
  way, the control has to hold too: else every 27th number of ten digits would pass. Ten digits in a row in a Dutch workbook are
  a telephone number unless `cpr` stands before them. With its whole year (01012001-4000) the control has to hold and the century
  to be that of the seventh digit.
- **BSN**: every eleventh number of nine digits passes its test, Norwegian organisation numbers among them. So it counts only in
  Dutch workbooks, as a word of its own of nine or eight digits, and elsewhere where it has nine and `BSN` stands before it. Days
  (31122009), telephone and KvK numbers are left alone.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ANY_LANGUAGE = "*"
"""Stands for the language of a workbook that nobody has opened yet: whatever would count in one of them counts."""
DUTCH, DANISH = "nl", "da"


class Kind(StrEnum):
    """What a number looks like, by the name that it has in its country."""

    FNR = "fødselsnummer"
    CPR = "CPR-nummer"
    BSN = "BSN"


@dataclass(frozen=True, slots=True)
class Found:
    """A number in a text: what it looks like, and the places of its first sign and of the one after its last."""

    kind: Kind
    start: int
    end: int


# The arithmetic

_FNR_FIRST = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
_FNR_SECOND = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_CPR = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_BSN = (9, 8, 7, 6, 5, 4, 3, 2, -1)
_ELEVEN = 11
_SYNTHETIC_MONTHS = (0, 40, 65, 80)
_FNR_LENGTH, _CPR_LENGTH, _BSN_LENGTH = 11, 10, 9


def _holds(digits: str, weights: Sequence[int]) -> bool:
    return sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=False)) % _ELEVEN == 0


def is_fnr(digits: str) -> bool:
    """Whether eleven digits are a possible fødselsnummer, D-number or number of a test person.

    >>> is_fnr("01010100050"), is_fnr("01010100051")
    (True, False)
    """
    return (
        len(digits) == _FNR_LENGTH
        and _holds(digits, _FNR_SECOND)
        and _holds(digits, _FNR_FIRST)
        and _is_possible_day(digits)
    )


def _is_possible_day(digits: str) -> bool:
    """Whether the first six digits of a fødselsnummer are a day of some century."""
    day, month, year = int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    day -= 40 if day > 40 else 0  # noqa: PLR2004 - a D-number
    months = [month - more for more in _SYNTHETIC_MONTHS]
    return any(_is_day(century + year, each, day) for each in months for century in (1800, 1900, 2000))


def _is_day(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]  # noqa: PLR2004 - months


def has_cpr_day(digits: str) -> bool:
    """Whether ten digits begin with a day that is possible in the century of the seventh.

    >>> has_cpr_day("2902004000"), has_cpr_day("2902000000")
    (True, False)
    """
    day, month, year = int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    return len(digits) == _CPR_LENGTH and _is_day(_cpr_century(int(digits[6]), year) + year, month, day)


def _is_fnr_century(year: int, individual: int) -> bool:
    """Whether the three digits after the day of a fødselsnummer are given to those born in a year."""
    return (
        (1900 <= year <= 1999 and individual <= 499)  # noqa: PLR2004 - the table of the population register
        or (1854 <= year <= 1899 and 500 <= individual <= 749)  # noqa: PLR2004
        or (1940 <= year <= 1999 and individual >= 900)  # noqa: PLR2004
        or (2000 <= year <= 2039 and individual >= 500)  # noqa: PLR2004
    )


def _cpr_century(seventh: int, year: int) -> int:
    if seventh <= 3:  # noqa: PLR2004 - the table of the CPR office
        return 1900
    if seventh in (4, 9):
        return 2000 if year <= 36 else 1900  # noqa: PLR2004
    return 2000 if year <= 57 else 1800  # noqa: PLR2004


def is_cpr(digits: str) -> bool:
    """Whether ten digits are a possible CPR number whose control digit is right too."""
    return has_cpr_day(digits) and _holds(digits, _CPR)


def is_bsn(digits: str) -> bool:
    """Whether eight or nine digits pass the test of a BSN.

    >>> is_bsn("111222333"), is_bsn("111222334"), is_bsn("000000000")
    (True, False, False)
    """
    padded = digits.zfill(_BSN_LENGTH)
    return len(digits) in (_BSN_LENGTH - 1, _BSN_LENGTH) and int(digits) > 0 and _holds(padded, _BSN)


# Numbers typed as numbers


def whole_digits(text: str) -> str | None:
    """The digits of a cell's whole number as the file writes it; None for what has decimals, a sign or too many digits.

    >>> whole_digits("1.0101112345E10"), whole_digits("0.5")
    ('10101112345', None)
    """
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    if not number.is_finite() or not 0 < number < 10**_FNR_LENGTH or number != int(number):
        return None
    return str(int(number))


def kind_of_number(digits: str, language: str | None, *, is_figure: bool = False) -> Kind | None:
    """What a number in a cell looks like, its leading zero lost perhaps; None for a number like any other.

    Where a figure is expected only eleven digits count, with both control digits.
    """
    if is_fnr(digits):
        return Kind.FNR
    if is_figure:
        return None
    if len(digits) == _FNR_LENGTH - 1 and is_fnr(f"0{digits}"):
        return Kind.FNR
    shortest = _CPR_LENGTH - 1 if language in (DANISH, ANY_LANGUAGE) else _CPR_LENGTH
    if language != DUTCH and shortest <= len(digits) <= _CPR_LENGTH and is_cpr(digits.zfill(_CPR_LENGTH)):
        return Kind.CPR
    if language in (DUTCH, ANY_LANGUAGE) and is_bsn(digits):
        return Kind.BSN
    return None


# Numbers in texts

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_HYPHENS = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), "-")
_SIGNS = _INVISIBLE | _HYPHENS
_CHAIN = re.compile(r"[0-9](?:[ ._\-]{0,3}[0-9]){7,}")
_GROUP = re.compile(r"[0-9]+")
_DAY = r"(?P<day>[0-9]{2}(?P<mark>[\W_]?)[0-9]{2}(?P=mark))(?P<year>[0-9]{2}(?:[0-9]{2})?)"
_IN_PARTS = re.compile(
    rf"(?<![0-9+])(?={_DAY}(?P<between>[\W_]{{1,4}})(?P<tail>[0-9]{{5}}|[0-9]{{3}}[\W_][0-9]{{2}}|[0-9]{{4}})(?![0-9]))"
)
"""A day of birth, with the same mark or none between its parts, and what follows it in a number."""
_IDS = re.compile(
    r"[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}"
    r"|(?<![0-9A-Za-z])(?=[0-9]*[A-Fa-f])[0-9A-Fa-f]{16,}(?![0-9A-Za-z])"
)
"""What machines write: GUIDs and checksums, which are full of digits."""
_ACCOUNT = (4, 2, 5)
_BSN_GROUPS = (4, 2, 3)
_CPR_GROUPS = (6, 4)
_DATE = 6
_CPR_LABEL = re.compile(r"\bcpr(?:[ -]?(?:nr|nummer|no))?\W{0,6}$", re.IGNORECASE)
_BSN_LABEL = re.compile(r"\b(?:bsn|burgerservicenummer|sofi(?:-?nummer)?)(?:[ -]?nr)?\W{0,6}$", re.IGNORECASE)
_OTHER_LABEL = re.compile(r"\b(?:kvk|tel|tlf|mob|fax)[a-z]*(?:-?(?:nummer|nr))?\W{0,6}$", re.IGNORECASE)
_LABEL_LENGTH = 40
_EIGHT_DIGITS = re.compile(r"\d(?:\D*\d){7}")
"""Of any script."""


def find_numbers(text: str, language: str | None) -> Iterator[Found]:
    """The identity numbers in a text of a workbook whose scorecard is in a language, in their order.

    Digits of every script and width, narrow blanks and hyphens of any kind are read as plain ones, and what cannot be seen is
    left out.

    >>> [(each.kind.name, each.start, each.end) for each in find_numbers("Nr. 010101 00050 her", "nb")]
    [('FNR', 4, 16)]
    """
    if _EIGHT_DIGITS.search(text) is None:
        return
    plain, places = _plain(text)
    plain = _IDS.sub(lambda found: "#" * len(found[0]), plain)
    numbers = [
        number
        for chain in _CHAIN.finditer(plain)
        for number in _Chain(plain, chain.start(), chain.end(), language).find()
    ]
    for kind, start, end in _in_parts(plain, language):
        if all(end <= first or last <= start for _, first, last in numbers):
            numbers.append((kind, start, end))
    for kind, start, end in sorted(numbers, key=lambda number: number[1]):
        yield Found(kind, places[start], places[end - 1] + 1)


def _in_parts(text: str, language: str | None) -> Iterator[tuple[Kind, int, int]]:
    """Numbers whose day of birth stands apart, by any mark, or has its whole year."""
    for found in _IN_PARTS.finditer(text):
        kind = _kind_in_parts(found, language)
        if kind is not None:
            yield kind, found.start(), found.end("tail")


def _kind_in_parts(found: re.Match[str], language: str | None) -> Kind | None:
    """What a day and the digits after it look like.

    After a day as everybody writes it (31.12.2009) an amount is as likely as a number, so there the century has to be right too.
    """
    year, tail = found["year"], "".join(_GROUP.findall(found["tail"]))
    digits = "".join(_GROUP.findall(found["day"])) + year[-2:] + tail
    is_whole_year = len(year) > 2  # noqa: PLR2004
    if is_whole_year and year[:2] not in ("18", "19", "20"):
        return None
    if len(digits) == _FNR_LENGTH:
        is_other = is_whole_year and found["mark"] and not _is_fnr_century(int(year), int(tail[:3]))
        return Kind.FNR if not is_other and is_fnr(digits) else None
    if is_whole_year and not found["mark"] and found["between"] == "-" and language != DUTCH and is_cpr(digits):
        return Kind.CPR if _cpr_century(int(tail[0]), int(year[-2:])) + int(year[-2:]) == int(year) else None
    return None


def masked(text: str, language: str | None = ANY_LANGUAGE) -> str:
    """The text with a dot for each digit of an identity number.

    >>> masked("al_010101 00050.xlsx")
    'al_•••••• •••••.xlsx'
    """
    signs = list(text)
    for found in find_numbers(text, language):
        signs[found.start : found.end] = ("•" if sign.isdigit() else sign for sign in text[found.start : found.end])
    return "".join(signs)


def fewest_digits(language: str | None) -> int:
    """How many digits a number has at least that counts in a workbook of a language, as a number or in a text."""
    return _BSN_LENGTH - 1 if language in (DUTCH, ANY_LANGUAGE) else _BSN_LENGTH


def _plain(text: str) -> tuple[str, Sequence[int]]:
    """The text in plain signs, and for each of them the place in the text that it comes from."""
    if text.isascii():
        return text, range(len(text))
    signs: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        for each in _plain_sign(sign):
            signs.append(each)
            places.append(place)
    return "".join(signs), places


def _plain_sign(sign: str) -> str:
    """A digit of any script as 0 to 9; other signs in plain ones. The small ² of a note is no digit of what it stands at."""
    if sign.isdecimal():
        return str(unicodedata.decimal(sign))
    return sign if sign.isdigit() else unicodedata.normalize("NFKC", sign).translate(_SIGNS)


class _Chain:
    """Groups of digits with at most a few blanks, dots or hyphens between them, such as a list of telephone numbers."""

    def __init__(self, text: str, start: int, end: int, language: str | None) -> None:
        self._text, self._language = text, language
        self._groups = [(each.start(), each.end()) for each in _GROUP.finditer(text, start, end)]
        self._is_phone = text[start - 1 : start] == "+"

    def find(self) -> Iterator[tuple[Kind, int, int]]:
        """The first number that begins at each group and does not overlap with the one before."""
        first = 0
        while first < len(self._groups):
            for last in range(first, len(self._groups)):
                if sum(end - start for start, end in self._groups[first : last + 1]) > _FNR_LENGTH:
                    break
                kind = self._kind(first, last)
                if kind is not None:
                    yield kind, self._groups[first][0], self._groups[last][1]
                    first = last
                    break
            first += 1

    def _kind(self, first: int, last: int) -> Kind | None:
        groups = self._groups[first : last + 1]
        digits = "".join(self._text[start:end] for start, end in groups)
        lengths = tuple(end - start for start, end in groups)
        if len(digits) == _FNR_LENGTH:
            is_other = lengths == _ACCOUNT or _is_amount(lengths) or self._is_phone
            return Kind.FNR if not is_other and is_fnr(digits) else None
        if self._touches_letters(first, last):
            return None
        if len(digits) == _CPR_LENGTH:
            return Kind.CPR if self._is_cpr(digits, lengths, first, last) else None
        if len(digits) in (_BSN_LENGTH, _BSN_LENGTH - 1):
            return Kind.BSN if self._is_bsn(digits, lengths, first, last) else None
        return None

    def _is_cpr(self, digits: str, lengths: tuple[int, ...], first: int, last: int) -> bool:
        if not has_cpr_day(digits) or self._is_phone:
            return False
        if self._has_label(_CPR_LABEL, first):
            return True
        if lengths == _CPR_GROUPS:
            between = self._between(first)
            if "-" in between or (between.strip(" ") == "" and len(self._groups) == len(lengths)):
                return True
        elif self._language == DUTCH or not _ends_a_group(lengths, _DATE):
            return False
        return _holds(digits, _CPR) and not self._has_decimals(last)

    def _is_bsn(self, digits: str, lengths: tuple[int, ...], first: int, last: int) -> bool:
        if lengths != (len(digits),) and lengths != _BSN_GROUPS:
            return False
        if self._is_phone or self._has_decimals(last) or not is_bsn(digits):
            return False
        is_dutch = self._language in (DUTCH, ANY_LANGUAGE)
        if self._has_label(_BSN_LABEL, first):
            return is_dutch or len(digits) == _BSN_LENGTH
        return (
            is_dutch
            and not _is_date(digits)
            and not self._has_label(_OTHER_LABEL, first)
            and (first == 0 or (self._between(first - 1).strip(" _") == "" and not self._is_area_code(first - 1)))
            and (last == len(self._groups) - 1 or self._between(last).strip(" _.") == "")
        )

    def _between(self, group: int) -> str:
        """What stands after a group, up to the next one."""
        return self._text[self._groups[group][1] : self._groups[group + 1][0]]

    def _is_area_code(self, group: int) -> bool:
        start, end = self._groups[group]
        return self._text[start] == "0" and end - start < 5  # noqa: PLR2004 - 06 or 0411, say

    def _touches_letters(self, first: int, last: int) -> bool:
        start, end = self._groups[first][0], self._groups[last][1]
        before, after = self._text[start - 1 : start], self._text[end : end + 1]
        return (before.isalpha() and not self._has_label(_CPR_LABEL, first)) or after.isalpha()

    def _has_decimals(self, last: int) -> bool:
        return re.match(r",[0-9]{1,2}(?![0-9])", self._text[self._groups[last][1] :]) is not None

    def _has_label(self, label: re.Pattern[str], first: int) -> bool:
        start = self._groups[first][0]
        return label.search(self._text[max(0, start - _LABEL_LENGTH) : start]) is not None


def _is_amount(lengths: tuple[int, ...]) -> bool:
    """Whether groups are those of an amount, three digits each but for the first."""
    return len(lengths) > 1 and lengths[0] <= 3 and all(each == 3 for each in lengths[1:])  # noqa: PLR2004


def _ends_a_group(lengths: tuple[int, ...], count: int) -> bool:
    """Whether the first so many digits are whole groups; a single group, or one for each digit, is like none at all."""
    return len(lengths) == 1 or any(sum(lengths[: number + 1]) == count for number in range(len(lengths)))


def _is_date(digits: str) -> bool:
    """Whether eight digits are a day of these centuries, as 20091231 or 31122009."""
    if len(digits) != 8:  # noqa: PLR2004
        return False
    for year, month, day in ((digits[:4], digits[4:6], digits[6:]), (digits[4:], digits[2:4], digits[:2])):
        if year[:2] in ("19", "20") and _is_day(int(year), int(month), int(day)):
            return True
    return False
