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

_FOREIGN = b"\xf0"
_FOREIGN_DIGITS = b"\xd9\xdb\xdf\xe0\xe1\xea\xf0"
"""Digits of other scripts, and those for formulas, begin with these bytes, which are rare in a workbook of ours."""
_NOUGHTS = bytes.maketrans(b"0123456789" + _FOREIGN_DIGITS, b"0" * 10 + _FOREIGN * len(_FOREIGN_DIGITS))
"""Makes every digit a nought."""
_BETWEEN = b" ._-&#;%x\t\r\n" + bytes(range(0x80, 0x100)).replace(_FOREIGN, b"")
"""What may stand between digits: blanks and hyphens of all kinds are beyond ASCII, or begin as `&#` or `%`; the `x` of `_x0031_`
is here so that what is escaped so is no break."""
_ANY_MARK = _BETWEEN + bytes(each for each in range(0x21, 0x7F) if not chr(each).isalnum() and chr(each) not in "<>")
"""The same for texts. Formulas are full of figures with commas, brackets and strokes between them."""
_ENTITY = re.compile(rb"&(?:amp|lt|gt|quot|apos);")
_FRACTION = b"0" * 12
"""Longer than any number that is looked for: results of formulas have up to seventeen digits."""
_NO_DIGITS = b"f" * 12
_ESCAPED = ((b"#", b"&#x"), (b"\xef", b"\xef\xbc"))
"""Ways to write digits, or blanks between them, in other bytes, each with one of its bytes that is rare in a workbook."""
_CLOSING = (b"</t></r>", b"</a:t></a:r>", b"</font>", b"</span>", b"</b>", b"</i>")
"""Where a number may go on in another look, in sheets the first."""


class Sieve:
    """Looks for runs of at least so many digits; in texts (`is_text`) any mark may stand between them."""

    def __init__(self, fewest: int, *, is_text: bool = False) -> None:
        self.is_text = is_text
        self.between = _ANY_MARK if is_text else _BETWEEN
        self.run, self.blank = b"0" * fewest, b"f" * fewest
        self.spread = re.compile(b"0(?:[%s]{0,15}0){%d,}" % (re.escape(self.between), fewest - 1))
        self.goes_on = tuple(b"0" + closing.translate(None, self.between) for closing in _CLOSING)

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
        """Whether digits may be written in other bytes than their own: as entities, in other scripts or widths, in UTF-16."""
        return (
            b"\x00" in self.data[:200]
            or _FOREIGN in self._plain
            or any(_has(self.data, rare, sign) for rare, sign in _ESCAPED)
        )

    @property
    def is_in_pieces(self) -> bool:
        """Whether a number may go on in another piece of its text, where texts are in pieces as in any part."""
        return any(sign in self._together for sign in self._sieve.goes_on)

    @property
    def is_rich(self) -> bool:
        """The same of a sheet, where pieces are written in one way only."""
        return self._sieve.goes_on[0] in self._together

    def runs(self) -> Iterator[int]:
        """Where the runs of digits begin, digit by digit or with blanks or marks between them.

        They are places of the data unless it is text. Digits that belong to a longer number, such as most fractions, are no run.
        """
        if self._sieve.run not in self._together:
            return
        plain, run = self._plain, self._sieve.run
        at = plain.find(run)
        if at >= 0:
            yield from _contiguous(plain, run, at)
            plain = plain.replace(run, self._sieve.blank)
            if run not in plain.translate(None, self._sieve.between):
                return
        for found in self._sieve.spread.finditer(plain):
            yield found.start()

    @cached_property
    def _plain(self) -> bytes:
        """The part, byte by byte, with noughts for digits and long fractions taken out; in texts a mark for each entity."""
        data = _ENTITY.sub(b"&", self.data) if self._sieve.is_text else self.data
        return data.translate(_NOUGHTS).replace(_FRACTION, _NO_DIGITS)

    @cached_property
    def _together(self) -> bytes:
        """The same without what may stand between digits."""
        return self._plain.translate(None, self._sieve.between)


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
