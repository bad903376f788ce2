"""Identity numbers made by arithmetic: none of a person is written down in a test."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FNR_FIRST = (3, 7, 6, 1, 8, 9, 4, 5, 2)
FNR_SECOND = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
CPR = (4, 3, 2, 7, 6, 5, 4, 3, 2)
BSN = (9, 8, 7, 6, 5, 4, 3, 2)


def rest(digits: str, weights: Sequence[int]) -> int:
    return sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True)) % 11


def fnrs(day: str, first: int = 0) -> Iterator[str]:
    """Numbers of a day (DDMMYY), in the order of their serial."""
    for serial in range(first, 1000):
        body = f"{day}{serial:03}"
        control = -rest(body, FNR_FIRST) % 11
        last = -rest(f"{body}{control}", FNR_SECOND) % 11 if control < 10 else 10
        if last < 10:
            yield f"{body}{control}{last}"


def fnr(day: str = "150584", first: int = 100) -> str:
    return next(fnrs(day, first))


def cpr(day: str = "150584", first: int = 100) -> str:
    """A number of a day whose control digit holds."""
    for serial in range(first, 1000):
        control = -rest(f"{day}{serial:03}", CPR) % 11
        if control < 10:
            return f"{day}{serial:03}{control}"
    raise AssertionError(day)


def loose_cpr(day: str = "150584", first: int = 1000) -> str:
    """A number of a day whose control digit does not hold, as they are given out since 2007."""
    return next(f"{day}{n}" for n in count(first) if rest(f"{day}{n}"[:9], CPR) + n % 10 not in (0, 11))


def bsn(first: int = 12345678) -> str:
    return next(f"{n}{rest(str(n).zfill(8), BSN)}".zfill(9) for n in count(first) if rest(str(n).zfill(8), BSN) < 10)
