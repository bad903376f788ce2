"""Figures that were typed to try the sheet out: 123 everywhere, or 1, 2, 3 and so on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlmalekort.rollup.coincidence import LEAST_CELLS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlmalekort.rollup.coincidence import Value

_UP = "123456789"
_LEAST_DIGITS = 3


def is_one_number(filled: Sequence[float]) -> bool:
    """Whether a whole column is one number. Different things that are counted are never all the same."""
    return len(filled) >= LEAST_CELLS and filled[0] != 0 and len(set(filled)) == 1


def is_trial_number(filled: Sequence[float]) -> bool:
    """Whether a whole row is one number that fingers find: 999, 123. A capacity of 22 in every month is none."""
    return is_one_number(filled) and _is_easy(filled[0])


def is_counted_up(filled: Sequence[float]) -> bool:
    """Whether figures are 1, 2, 3 and so on, or 10, 20, 30, or 100, 200, 300.

    >>> is_counted_up([10, 20, 30, 40, 50, 60, 70, 80]), is_counted_up([1, 2, 3])
    (True, False)
    """
    if len(filled) < LEAST_CELLS or filled[1] != 2 * filled[0] or filled[0] not in (1, 10, 100, 1000):
        return False
    return all(value == number * filled[0] for number, value in enumerate(filled, 1))


def _is_easy(value: float) -> bool:
    """Whether a number is one digit several times, or digits in order.

    >>> _is_easy(999), _is_easy(123), _is_easy(22), _is_easy(200)
    (True, True, False, False)
    """
    digits = f"{value:.0f}"
    return value == int(value) and len(digits) >= _LEAST_DIGITS and (len(set(digits)) == 1 or digits in _UP)


def filled_of(values: Sequence[Value]) -> list[float]:
    """The figures that are there."""
    return [value for value in values if value is not None]
