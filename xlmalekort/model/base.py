"""What every part of a definition has in common."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer

from xlmalekort.locale.told import Phrase


class Frozen(BaseModel):
    """A part of a definition: never changed after loading, and no key is taken that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


def exact(number: float | str | Decimal | Fraction) -> Fraction:
    """A number as the fraction that a reader sees: 0.1 is a tenth, not the nearest double.

    >>> exact(0.1)
    Fraction(1, 10)
    """
    return Fraction(repr(number)) if isinstance(number, float) else Fraction(number)


_DECIMAL = re.compile(r"[-+]?\d{1,15}(?:\.\d{1,15})?", re.ASCII)


def _number(value: Any) -> Fraction:  # noqa: ANN401 - whatever a definition file holds
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal | Fraction):
        message = Phrase("must be a number")
        raise ValueError(message)  # noqa: TRY004 - pydantic reports ValueError as a finding
    message = Phrase("must be a number of at most 15 digits, such as 70 or 74.9")
    # The form is looked at first: to work out 1e999999999 takes for ever.
    if isinstance(value, str) and not _DECIMAL.fullmatch(value.strip()):
        raise ValueError(message)
    try:
        number = exact(value)
        if exact(float(number)) == number:  # else it would come back changed from the JSON in a workbook
            return number
    except (ValueError, OverflowError):
        pass
    raise ValueError(message)


def plain_number(value: Fraction) -> int | float:
    """The number as JSON writes it: whole where it is whole."""
    return int(value) if value.denominator == 1 else float(value)


Number = Annotated[Fraction, BeforeValidator(_number), PlainSerializer(plain_number, when_used="json")]
"""An exact number of a definition, in the unit shown (75 is 75 per cent)."""
