"""What the cell styles and conditional formats of a workbook make of a number: a date, a percentage, another number, nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from xlmalekort.xlsx.number_codes import is_plain, shows_text_otherwise
from xlmalekort.xlsx.xml import STRICT, TRANSITIONAL, namespace_of, parse, path

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element


@dataclass(frozen=True)
class NumberFormats:
    """Which cell styles, by their number, show a number as a date, as a percentage, or as another number than it is."""

    dates: frozenset[int] = frozenset()
    percentages: frozenset[int] = frozenset()
    dates_without_year: frozenset[int] = frozenset()
    """Those of the dates that show day and month only."""
    amounts: frozenset[int] = frozenset()
    """Those that show digits in groups of three, as of money."""
    odd: Mapping[int, str] = field(default_factory=dict, hash=False)
    """The codes of those that show another number, or other digits of a text, than the cell holds, or may do so."""
    struck: frozenset[int] = frozenset()
    """Those that strike out what stands in the cell."""
    blended: frozenset[int] = frozenset()
    """Those that nobody can read: in the colour of the cell, such as white on white, tiny, or repeated to fill the cell."""
    veiling: frozenset[int] = frozenset()
    """Not cell styles but looks of conditional formats: those that show another number than the cell holds, or none."""

    @cached_property
    def doubtful(self) -> frozenset[int]:
        """Those that show something else than the cell holds, or nothing that counts."""
        return frozenset(self.odd) | self.struck | self.blended


_DATE_FORMATS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_PERCENT_FORMATS = frozenset({9, 10})
_AMOUNT_FORMATS = frozenset({3, 4, *range(5, 9), *range(37, 45)})
_DAY_AND_MONTH = 16
_NOT_CODE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE)
_DATE_LETTERS = re.compile(r"[dmyhs]", re.IGNORECASE)


_CELL_FORMATS = "/*/m:cellXfs/m:xf"
_STRUCK = "m:strike[not(@val) or @val='1' or @val='true']"
_COLOUR = ("rgb", "theme", "indexed", "tint")
_TINY = "m:sz[@val < 3]"
"""Points of a font under which people see a line or a dot."""
_FILLING = "m:alignment[@horizontal='fill']"
_WHITE = (("rgb", "FFFFFFFF"), ("rgb", "00FFFFFF"), ("theme", "0"), ("indexed", "9"), ("indexed", "1"))
_PAPER = "white"
_BLACK = (("rgb", "FF000000"), ("rgb", "00000000"), ("theme", "1"), ("indexed", "8"), ("indexed", "64"), ("auto", "1"))
_INK = "black"


def _unseen(root: _Element, namespace: str) -> tuple[frozenset[int], frozenset[int]]:
    """The styles that strike out, and those that write in the colour of the cell, in a tiny font or over and over."""
    fonts = path("/*/m:fonts/m:font", namespace)(root)
    fills = path("/*/m:fills/m:fill", namespace)(root)
    struck = {str(number) for number, font in enumerate(fonts) if path(_STRUCK, namespace)(font)}
    tiny = {str(number) for number, font in enumerate(fonts) if path(_TINY, namespace)(font)}
    inks = {str(number): _colour(path("m:color", namespace)(font)) for number, font in enumerate(fonts)}
    grounds = {str(number): _ground(fill, namespace) for number, fill in enumerate(fills)}
    styles = path(_CELL_FORMATS, namespace)(root)
    found = [(each.get("fontId") or "0", each.get("fillId") or "0") for each in styles]
    filling = frozenset(index for index, each in enumerate(styles) if path(_FILLING, namespace)(each))
    return (
        frozenset(index for index, (font, _) in enumerate(found) if font in struck),
        filling
        | frozenset(
            index
            for index, (font, fill) in enumerate(found)
            if font in tiny or (inks.get(font) is not None and inks[font] == grounds.get(fill, _PAPER))
        ),
    )


def _ground(fill: _Element, namespace: str) -> str | None:
    """The colour of a cell; None where it has a pattern or its colour is not known."""
    if path("m:patternFill[not(@patternType) or @patternType='none']", namespace)(fill):
        return _PAPER
    return _colour(path("m:patternFill[@patternType='solid']/m:fgColor", namespace)(fill))


def _colour(found: list[_Element]) -> str | None:
    """A colour as a text that equal colours share; None where there is none."""
    said = tuple((name, value) for name in _COLOUR if found and (value := found[0].get(name)) is not None)
    if said[:1] and said[0] in _WHITE and len(said) == 1:
        return _PAPER
    return repr(said).upper() if said else None


_ODD_RUN = f"m:r/m:rPr[{_STRUCK} or m:vertAlign[@val!='baseline'] or {_TINY}]"


def is_uneven(item: _Element, namespace: str) -> bool:
    """Whether parts of a text are struck out, raised, lowered, tiny or white, or have another colour than the rest.

    Nobody knows from such digits which number people read: one colour of several may be that of the cell.
    """
    if path(_ODD_RUN, namespace)(item):
        return True
    inks = {_ink(path("m:rPr/m:color", namespace)(run)) for run in path("m:r", namespace)(item)}
    return len(inks) > 1 or _PAPER in inks


def _ink(found: list[_Element]) -> str:
    """The colour of letters, of which black is said in many ways, or not at all."""
    is_black = not found or any(found[0].get(name) == value for name, value in _BLACK if len(found[0].attrib) == 1)
    return _INK if is_black else _colour(found) or _INK


def hides(look: _Element) -> bool:
    """Whether a conditional format with this look (`dxf`) shows a figure as another number, struck out or not at all."""
    namespace = namespace_of(look[0]) if len(look) else ""
    if namespace not in (TRANSITIONAL, STRICT):
        return False
    codes = [each.get("formatCode") or "" for each in path("m:numFmt", namespace)(look)]
    ink = _colour(path("m:font/m:color", namespace)(look))
    # A solid fill of a conditional format has its colour where that of a cell has the one behind the pattern.
    ground = _colour(path("m:fill/m:patternFill/m:bgColor", namespace)(look)) or _PAPER
    is_struck = bool(path(f"m:font/{_STRUCK}", namespace)(look))
    return is_struck or (ink is not None and ink == ground) or not all(map(is_plain, codes))


@lru_cache(maxsize=16)
def read_formats(styles: bytes) -> NumberFormats:
    """The formats of a styles part, which is the same in every workbook of one template."""
    root = parse(styles)
    namespace = namespace_of(root)
    # Conditional formats have codes too, whose numbers may mean something else.
    found = path("/*/m:numFmts/m:numFmt", namespace)(root)
    codes = {item.get("numFmtId"): item.get("formatCode") or "" for item in found}
    dates, percentages, without_year, amounts = set(), set(), set(), set()
    odd: dict[int, str] = {}
    is_odd = {name: not is_plain(code) or shows_text_otherwise(code) for name, code in codes.items()}
    for index, number in enumerate(path(_CELL_FORMATS, namespace)(root)):
        name = number.get("numFmtId") or "0"
        if is_odd.get(name):
            odd[index] = codes[name]
        standard = int(name) if name.isdecimal() and len(name) <= 9 else 0  # noqa: PLR2004 - any number of a format
        code = _NOT_CODE.sub("", codes.get(name, ""))
        if (standard in _DATE_FORMATS and not code) or (_DATE_LETTERS.search(code) and "general" not in code.lower()):
            dates.add(index)
            letters = code.lower()
            if standard == _DAY_AND_MONTH or ("d" in letters and "m" in letters and "y" not in letters):
                without_year.add(index)
        elif standard in _PERCENT_FORMATS or "%" in code:
            percentages.add(index)
        elif (standard in _AMOUNT_FORMATS and not code) or "," in code:
            amounts.add(index)
    looks = path("/*/m:dxfs/m:dxf", namespace)(root)
    return NumberFormats(
        frozenset(dates),
        frozenset(percentages),
        frozenset(without_year),
        frozenset(amounts),
        odd,
        *_unseen(root, namespace),
        frozenset(index for index, look in enumerate(looks) if hides(look)),
    )
