"""How much it tells that two figures are the same: little of 1 and 1, much of 1,374 and 1,374.

Two counts that are about v by nature are the same by chance about 0.3 times in the root of v, so equality tells
log2(root of v / 0.3) bits. The noughts at the end of a number are left out of v, for people round: 1,200,000 tells as much as 12.
"""

from __future__ import annotations

from functools import lru_cache
from math import log2
from operator import eq
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

Value = float | None
"""A figure in the unit shown; None where there is none that can be used."""
LEAST_CELLS = 8
"""Fewer figures than these are never taken for a copy."""
LEAST_SHARE = 0.9
"""How many of them must be the same."""
LEAST_OF_STRETCH = 5
"""Fewer figures one below the other are never taken for a copy either."""
_CHANCE = 0.3
_TINY, _SMALL = 3, 10
_BITS_OF_TINY, _BITS_OF_SMALL = 0.5, 1.5
"""What figures under these tell; many offices have ones and twos in the same places."""


@lru_cache(maxsize=10_000)
def bits(value: float) -> float:
    """What it tells that this figure stands in two places; nothing for 0.

    >>> bits(0), bits(2), bits(7), round(bits(1374), 1), bits(1_200_000) == bits(12)
    (0.0, 0.5, 1.5, 6.9, True)
    """
    number = int(f"{abs(value):.4f}".replace(".", "").strip("0") or 0)
    if number >= _SMALL:
        return log2(number**0.5 / _CHANCE)
    if number >= _TINY:
        return _BITS_OF_SMALL
    return _BITS_OF_TINY if number else 0.0


def count_same(one: Sequence[Value], other: Sequence[Value], least_bits: float) -> tuple[int, int] | None:
    """How many figures of two columns are the same, and of how many; None unless that is a copy.

    Asked are the places where both have a figure and one of them is not 0.
    """
    if sum(map(eq, one, other)) < LEAST_CELLS:
        return None
    both = [(a, b) for a, b in zip(one, other, strict=False) if a is not None and b is not None and (a or b)]
    same = [a for a, b in both if a == b]
    if len(same) < LEAST_CELLS or len(same) < LEAST_SHARE * len(both) or sum(map(bits, same)) < least_bits:
        return None
    return len(same), len(both)


def copied_stretch(one: Sequence[Value], other: Sequence[Value], least_bits: float) -> tuple[int, int] | None:
    """First and last of the figures that are the same in both columns without a break; None unless that is a copy.

    Of several stretches the one that tells most. Where either column is empty the stretch ends.
    """
    best, most, start, told = None, least_bits, 0, 0.0
    for place, (a, b) in enumerate(zip(one, other, strict=True)):
        if a is None or a != b:
            start, told = place + 1, 0.0
            continue
        told += bits(a)
        if told >= most and place + 1 - start >= LEAST_OF_STRETCH:
            best, most = (start, place), told
    return best
