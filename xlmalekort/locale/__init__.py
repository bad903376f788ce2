"""Texts, numbers and dates in the languages of the readers: nb, da, nl and en.

Messages are written in English in the code and looked up in gettext catalogues. Slots stand in braces: `{value}`.
"""

from __future__ import annotations

import gettext
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from xlmalekort.locale.told import Told

if TYPE_CHECKING:
    from datetime import date

LANGUAGES = ("nb", "da", "nl", "en")
_FOLDER = Path(__file__).parent
_DOMAIN = "xlmalekort"
_NUMERIC_DATE = {
    "nb": "{d:02d}.{m:02d}.{y}",
    "da": "{d:02d}.{m:02d}.{y}",
    "nl": "{d:02d}-{m:02d}-{y}",
    "en": "{y}-{m:02d}-{d:02d}",
}
_GROUP_SIGN = {"nb": "\N{NO-BREAK SPACE}", "da": ".", "nl": ".", "en": ","}
"""What stands between groups of three digits, as Excel writes them where the language is spoken."""


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for a text that is translated later
    """The message itself, marked for the catalogues."""
    return message


def P_(one: str, many: str) -> tuple[str, str]:  # noqa: N802 - the same for a message with a plural
    """Both forms, marked for the catalogues."""
    return one, many


class Texts:
    """What a reader of one language sees.

    >>> texts_of("nb").number(Fraction("67.9"), 1)
    '67,9'
    """

    def __init__(self, language: str, currency: str = "") -> None:
        """Open the catalogue of the language; English needs none. `currency` is written after amounts of money."""
        self.language = language
        self.currency = currency
        self._catalogue: gettext.NullTranslations = (
            gettext.NullTranslations()
            if language == "en"
            else gettext.translation(_DOMAIN, _FOLDER, languages=[language])
        )

    def __call__(self, message: str, **slots: object) -> str:
        """The message in the reader's language, its slots filled."""
        text = self._catalogue.gettext(message) if message else ""
        return text.format(**self._told(slots)) if slots else text

    def _told(self, slots: dict[str, object]) -> dict[str, object]:
        return {name: slot.told(self) if isinstance(slot, Told) else slot for name, slot in slots.items()}

    def plural(self, one: str, many: str, count: int, **slots: object) -> str:
        """The form of the message that fits the count, which fills the slot `count`."""
        return self._catalogue.ngettext(one, many, count).format(
            count=self.number(count, 0, grouped=True), **self._told(slots)
        )

    def forms(self, one: str, many: str) -> tuple[str, str]:
        """The form for one and the form for any other number: each of the four languages has these two."""
        return self._catalogue.ngettext(one, many, 1), self._catalogue.ngettext(one, many, 2)

    @property
    def decimal_sign(self) -> str:
        """The decimal point or comma."""
        return "." if self.language == "en" else ","

    @property
    def percent_sign(self) -> str:
        """The sign of per cent with the space before it that the language asks for."""
        return " %" if self.language in ("nb", "da") else "%"

    def number(self, value: Fraction | int, decimals: int, *, signed: bool = False, grouped: bool = False) -> str:
        """A number that has already been rounded to so many decimals, if so asked in groups of three digits."""
        scaled, rest = divmod(value.numerator * 10**decimals, value.denominator)
        if rest:
            scaled = round(Fraction(value) * 10**decimals)
        sign = "-" if scaled < 0 else "+" if signed and scaled > 0 else ""
        digits = str(abs(scaled)).rjust(decimals + 1, "0")
        whole, part = (digits[:-decimals], digits[-decimals:]) if decimals else (digits, "")
        if grouped:
            whole = f"{int(whole):,}".replace(",", _GROUP_SIGN[self.language])
        return f"{sign}{whole}{self.decimal_sign}{part}" if decimals else f"{sign}{whole}"

    def date(self, day: date) -> str:
        """A day in figures."""
        return _NUMERIC_DATE[self.language].format(d=day.day, m=day.month, y=day.year)

    def period(self, code: str) -> str:
        """A period's name in running text: `juni 2009`, `2. kvartal 2009`."""
        year, _, rest = code.partition("-")
        if not rest:
            return year
        if rest.isdigit():
            return f"{month_names(self.language)[int(rest) - 1]} {year}"
        return self(_PERIODS[rest[0]], number=rest[1:], year=year)

    def period_heading(self, code: str) -> str:
        """A period's name at the head of a column, without the year where it divides one: `jun`, `2. kv.`."""
        year, _, rest = code.partition("-")
        if not rest:
            return year
        if rest.isdigit():
            return short_month_names(self.language)[int(rest) - 1]
        return self(_SHORT_PERIODS[rest[0]], number=rest[1:])


_PERIODS = {
    "Q": N_("quarter {number} of {year}"),
    "T": N_("term {number} of {year}"),
    "H": N_("half-year {number} of {year}"),
}
_SHORT_PERIODS = {"Q": N_("Q{number}"), "T": N_("T{number}"), "H": N_("H{number}")}


@cache
def texts_of(language: str, currency: str = "") -> Texts:
    """The texts of a language, opened once. Amounts of money stand alone where no currency is given."""
    return Texts(language, currency)


@cache
def month_names(language: str) -> tuple[str, ...]:
    """The twelve months in full."""
    return _months(language, "wide")


@cache
def short_month_names(language: str) -> tuple[str, ...]:
    """The twelve months in three letters or so, without a full stop."""
    return tuple(name.rstrip(".") for name in _months(language, "abbreviated"))


def _months(language: str, width: str) -> tuple[str, ...]:
    from babel.dates import get_month_names

    names = get_month_names(width, context="stand-alone", locale=language)  # type: ignore[arg-type]
    return tuple(names[number] for number in range(1, 13))
