"""Conditional formats under which people do not see the figure that a cell holds."""

from __future__ import annotations

import operator
import re
from typing import TYPE_CHECKING, NamedTuple

from xlmalekort.xlsx.formats import hides
from xlmalekort.xlsx.frames import frame_of, remembered
from xlmalekort.xlsx.references import area_of, place_of
from xlmalekort.xlsx.xml import FALSE, local_name, parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml.etree import _Element

    from xlmalekort.xlsx.references import Area
    from xlmalekort.xlsx.workbook import RawWorkbook, SheetEntry

_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "lessThan": operator.lt,
    "<": operator.lt,
    "lessThanOrEqual": operator.le,
    "<=": operator.le,
    "greaterThan": operator.gt,
    ">": operator.gt,
    "greaterThanOrEqual": operator.ge,
    ">=": operator.ge,
    "equal": operator.eq,
    "=": operator.eq,
    "notEqual": operator.ne,
    "<>": operator.ne,
}
_NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?", re.ASCII)
_COMPARISON = re.compile(r"\s*(\$?[A-Za-z]{1,3}\$?[0-9]{1,7})\s*(<=|>=|<>|=|<|>)\s*(\S+)\s*", re.ASCII)
_NO_FIGURE = re.compile(
    r"\s*(?:FALSE|(?:ISERROR|ISERR|ISNA|ISBLANK|ISTEXT)\(\s*[$A-Z0-9]+\s*\))\s*", re.ASCII | re.IGNORECASE
)
_FOR_NO_FIGURE = frozenset({"containsErrors", "containsBlanks"})
_BOUNDS = 2


class Veil(NamedTuple):
    """A conditional format that hides figures, and where. `formulas` are its conditions, for the first of its cells."""

    areas: tuple[Area, ...]
    kind: str
    operator: str
    formulas: tuple[str, ...]

    def covers(self, row: int, column: int) -> bool:
        """Whether the format is for a cell."""
        return any(top <= row <= bottom and left <= column <= right for top, left, bottom, right in self.areas)

    def may_hide(self, value: float) -> bool:
        """Whether the format may apply to a cell with this number. A condition that is not understood may hold."""
        if self.kind in _FOR_NO_FIGURE:
            return False
        if self.kind == "cellIs":
            return self._is_met(self.operator, value, self.formulas)
        if self.kind != "expression" or not self.formulas:
            return True
        found = _COMPARISON.fullmatch(self.formulas[0])
        if found is not None and self.areas and place_of(found[1].replace("$", "")) == self.areas[0][:2]:
            return self._is_met(found[2], value, (found[3],))
        return not _NO_FIGURE.fullmatch(self.formulas[0])

    @staticmethod
    def _is_met(sign: str, value: float, bounds: tuple[str, ...]) -> bool:
        if bounds and bounds[0] == '""':
            return sign in ("<>", "notEqual")
        if not bounds or not all(map(_NUMBER.fullmatch, bounds)):
            return True
        numbers = [float(bound) for bound in bounds]
        if sign in ("between", "notBetween") and len(numbers) == _BOUNDS:
            return (min(numbers) <= value <= max(numbers)) == (sign == "between")
        return _COMPARE[sign](value, numbers[0]) if sign in _COMPARE else True


def veils_of(workbook: RawWorkbook, entry: SheetEntry) -> tuple[Veil, ...]:
    """The conditional formats of a sheet that show a figure as something else, or not at all.

    Raises:
        UnreadableError: the part cannot be read.
    """
    return _veils(frame_of(workbook.package.read(entry.part)), workbook.formats.veiling)


@remembered
def _veils(frame: bytes, veiling: frozenset[int]) -> tuple[Veil, ...]:
    return tuple(_found(parse(frame), veiling)) if b"cfRule" in frame else ()


def _found(root: _Element, veiling: frozenset[int]) -> Iterator[Veil]:
    """Of the rules that Excel keeps among its extensions too: these carry their looks and cells inside."""
    for block in root.iter("{*}conditionalFormatting"):
        inside = "".join(child.text or "" for child in block if local_name(child) == "sqref")
        areas = tuple(filter(None, map(area_of, (block.get("sqref") or inside).split())))
        for rule in block.iterfind("{*}cfRule"):
            if areas and _is_veil(rule, veiling):
                formulas = tuple(child.text or "" for child in rule if local_name(child) in ("formula", "f"))
                yield Veil(areas, rule.get("type") or "", rule.get("operator") or "", formulas)


def _is_veil(rule: _Element, veiling: frozenset[int]) -> bool:
    number = rule.get("dxfId") or ""
    if number.isdecimal() and int(number) in veiling:
        return True
    return any(hides(child) if local_name(child) == "dxf" else child.get("showValue") in FALSE for child in rule)
