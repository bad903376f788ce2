"""Parts of messages that each language tells in its own way: as plain text they are English."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterable
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


class Counted(Told):
    """A message of the catalogues that has a form for one and a form for many, which the slot `count` tells apart.

    >>> str(Counted("{count} cell", "{count} cells", 1))
    '1 cell'
    """

    one: str
    many: str
    number: int
    slots: dict[str, object]

    def __new__(cls, one: str, many: str, number: int, **slots: object) -> Self:
        """Keep both forms beside the English text."""
        counted = super().__new__(cls, (one if number == 1 else many).format(count=number, **slots))
        counted.one, counted.many, counted.number, counted.slots = one, many, number, slots
        return counted

    def told(self, texts: Texts) -> str:
        """The form that the reader's language asks for."""
        return texts.plural(self.one, self.many, self.number, **self.slots)


class Joined(Told):
    """Several texts with something between them; those that languages tell in their own ways are told so.

    >>> str(Joined(["own.yaml", Phrase("is missing")], ": "))
    'own.yaml: is missing'
    """

    parts: tuple[str, ...]
    between: str

    def __new__(cls, parts: Iterable[str], between: str) -> Self:
        """Keep the parts beside the English text."""
        parts = tuple(parts)
        joined = super().__new__(cls, between.join(parts))
        joined.parts, joined.between = parts, between
        return joined

    def __getnewargs__(self) -> tuple[tuple[str, ...], str]:  # type: ignore[override]
        """What it is made of again after it came from another process."""
        return self.parts, self.between

    def told(self, texts: Texts) -> str:
        """The parts, each in the reader's language where it has one."""
        return self.between.join(part.told(texts) if isinstance(part, Told) else part for part in self.parts)


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


class PercentText(Told):
    """A percentage as it is kept in a cell and as it is shown, or only as it is shown.

    >>> from fractions import Fraction
    >>> from xlmalekort.locale import texts_of
    >>> PercentText.of(Fraction(75)).told(texts_of("nb")), PercentText.plain(Fraction("7.5")).told(texts_of("en"))
    ('0,75 (75 %)', '7.5%')
    """

    share: NumberText | None
    percent: NumberText

    def __new__(cls, share: NumberText | None, percent: NumberText) -> Self:
        """Keep both numbers beside the English text."""
        text = super().__new__(cls, f"{percent}%" if share is None else f"{share} ({percent}%)")
        text.share, text.percent = share, percent
        return text

    @classmethod
    def of(cls, value: Fraction) -> PercentText:
        """A percentage in the unit shown, 75, which a cell keeps as 0.75."""
        return cls(NumberText.of(value / 100), NumberText.of(value))

    @classmethod
    def plain(cls, value: Fraction) -> PercentText:
        """A percentage in the unit shown, as it is shown."""
        return cls(None, NumberText.of(value))

    def __reduce__(self) -> tuple[object, ...]:
        """It is made anew from its numbers."""
        return type(self), (self.share, self.percent)

    def told(self, texts: Texts) -> str:
        """Both numbers as the language writes them."""
        percent = f"{self.percent.told(texts)}{texts.percent_sign}"
        return percent if self.share is None else f"{self.share.told(texts)} ({percent})"
