"""Parts of messages that each language tells in its own way: as plain text they are English."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from fractions import Fraction

    from xlmalekort.locale import Texts


class Told(str):
    """A text that fills a slot and is put into the reader's language when the whole message is."""

    __slots__ = ()

    def told(self, texts: Texts) -> str:
        """The text in the reader's language."""
        return texts(str(self))


class Phrase(Told):
    """A message of the catalogues, with slots of its own."""

    message: str
    slots: dict[str, object]

    def __new__(cls, message: str, **slots: object) -> Self:
        """Keep the message beside its English form."""
        phrase = super().__new__(cls, message.format(**slots) if slots else message)
        phrase.message, phrase.slots = message, slots
        return phrase

    def told(self, texts: Texts) -> str:
        """The message in the reader's language."""
        return texts(self.message, **self.slots)


class PeriodName(Told):
    """A period, by its code; told by its name."""

    __slots__ = ()

    def told(self, texts: Texts) -> str:
        """The period's name."""
        return texts.period(str(self))


class DayText(Told):
    """A day, by its ISO code; told as the language writes days.

    >>> from xlmalekort.locale import texts_of
    >>> DayText("2009-06-30").told(texts_of("nb"))
    '30.06.2009'
    """

    __slots__ = ()

    def told(self, texts: Texts) -> str:
        """The day in figures."""
        return texts.date(date.fromisoformat(str(self)))


class NumberText(Told):
    """A decimal number; told with the decimal sign of the language.

    >>> from fractions import Fraction
    >>> from xlmalekort.locale import texts_of
    >>> NumberText.of(Fraction("74.9")).told(texts_of("nb"))
    '74,9'
    """

    __slots__ = ()

    @classmethod
    def of(cls, value: Fraction) -> NumberText:
        """The number with all its decimals."""
        return cls(value.numerator if value.denominator == 1 else float(value))

    def told(self, texts: Texts) -> str:
        """The number as the language writes it."""
        return self.replace(".", texts.decimal_sign)
