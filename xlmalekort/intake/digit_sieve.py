"""Tells quickly which parts of a workbook may hold a long number at all: most need no closer look.

A workbook has megabytes of XML whose digits are references, styles and fractions. Only passes over all the bytes at once are
quick enough for that, so nothing here knows what a number means; what is let through is looked at by others.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_NOUGHTS = bytes(0x30 if chr(each) in "0123456789x" else each for each in range(256))
"""Makes every digit a nought, and the `x` of `_x0031_` too, so that what is escaped so is no break."""
_BETWEEN = b" ._-&#;%\t\r\n" + bytes(range(0x80, 0x100))
"""What may stand between digits: blanks and hyphens of all kinds are beyond ASCII, or begin as `&#` or `%`."""
_FRACTION = b"0" * 12
"""Longer than any number that is looked for: results of formulas have up to seventeen digits."""
_NO_DIGITS = b"f" * 12
_ESCAPED = ((b"#", b"&#x"), (b"\xef", b"\xef\xbc"))
"""Ways to write digits, or blanks between them, in other bytes, each with one of its bytes that is rare in a workbook."""
_GOES_ON = (b"0</t></r>", b"0</a:t></a:r>", b"0</font>", b"0</span>", b"0</b>", b"0</i>")
"""Where a number may go on in another look, in sheets the first."""


class Sieve:
    """Looks for runs of at least so many digits."""

    def __init__(self, fewest: int) -> None:
        self.run, self.blank = b"0" * fewest, b"f" * fewest
        self.spread = re.compile(b"0(?:[%s]{0,9}0){%d,}" % (re.escape(_BETWEEN), fewest - 1))

    def sift(self, data: bytes) -> Sifted:
        """What there is to say of a part, or of a text."""
        return Sifted(self, data)


class Sifted:
    """The bytes of a part, and where long numbers may stand in them."""

    def __init__(self, sieve: Sieve, data: bytes) -> None:
        self._sieve, self.data = sieve, data

    @property
    def may_hold_numbers(self) -> bool:
        """Whether the part needs a closer look."""
        return self.is_disguised or self.is_in_pieces or self._sieve.run in self._together

    @property
    def is_disguised(self) -> bool:
        """Whether digits may be written in other bytes than their own: as entities, of full width, in UTF-16."""
        return b"\x00" in self.data[:200] or any(_has(self.data, rare, sign) for rare, sign in _ESCAPED)

    @property
    def is_in_pieces(self) -> bool:
        """Whether a number may go on in another piece of its text, where texts are in pieces as in any part."""
        return any(sign in self._together for sign in _GOES_ON)

    @property
    def is_rich(self) -> bool:
        """The same of a sheet, where pieces are written in one way only."""
        return _GOES_ON[0] in self._together

    def runs(self) -> Iterator[int]:
        """Where the runs of digits begin, digit by digit or with blanks, dots or hyphens between them.

        Digits that belong to a longer number, such as most fractions, are no run.
        """
        if self._sieve.run not in self._together:
            return
        plain, run = self._plain, self._sieve.run
        at = plain.find(run)
        if at >= 0:
            yield from _contiguous(plain, run, at)
            plain = plain.replace(run, self._sieve.blank)
            if run not in plain.translate(None, _BETWEEN):
                return
        for found in self._sieve.spread.finditer(plain):
            yield found.start()

    @cached_property
    def _plain(self) -> bytes:
        """The part, byte by byte, with noughts for digits and long fractions taken out."""
        return self.data.translate(_NOUGHTS).replace(_FRACTION, _NO_DIGITS)

    @cached_property
    def _together(self) -> bytes:
        """The same without what may stand between digits."""
        return self._plain.translate(None, _BETWEEN)


def _has(data: bytes, rare: bytes, sign: bytes) -> bool:
    """Whether a sign is in the data. Looking for one byte that is rare takes a tenth of the time."""
    ahead = sign.index(rare)
    at = data.find(rare)
    while at >= 0:
        if data.startswith(sign, max(at - ahead, 0)):
            return True
        at = data.find(rare, at + 1)
    return False


def _contiguous(plain: bytes, run: bytes, at: int) -> Iterator[int]:
    while at >= 0:
        yield at
        end = at + len(run)
        while plain[end : end + 1] == b"0":
            end += 1
        at = plain.find(run, end)
