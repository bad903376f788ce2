"""The rule by which a cell holds a figure. The workbook's own formulas follow the same one (`template.calculation`)."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from xlmalekort.judging.values import rounded
from xlmalekort.locale import N_
from xlmalekort.locale.told import DayText, NumberText, Phrase
from xlmalekort.model.base import exact
from xlmalekort.model.measures import Unit
from xlmalekort.xlsx.days import day_of
from xlmalekort.xlsx.number_codes import shows_otherwise, shows_text_otherwise

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from xlmalekort.model.measures import Measure
    from xlmalekort.xlsx.formats import NumberFormats
    from xlmalekort.xlsx.sheet import RawCell

LARGEST = 10**12
"""No figure of an office is larger; Excel would not keep it exactly much further."""
NOISE = 1e-6
"""Two numbers closer than this are the same: calculations with binary fractions leave such differences."""
_LONGEST_DIGITS = 9
_HUNDRED = 100


@dataclass(frozen=True, slots=True, eq=False)
class NumberRule:
    """What a cell may hold, in the unit of the cell: a percentage is 0.749 there. Equal rules are the same object."""

    is_percent: bool
    decimals: int
    maximum: float
    may_be_negative: bool


class Reading(NamedTuple):
    """What a cell comes to: a number in the unit shown, or None, and the codes of what there is to say about it.

    `is_empty` marks a cell that holds nothing but blanks: neither counted nor rejected.
    """

    value: Fraction | None
    codes: tuple[str, ...] = ()
    is_empty: bool = False


def rule_of(measure: Measure) -> NumberRule:
    """The rule of a measure's cells. A percentage is at most 100 unless the measure says otherwise."""
    if measure.unit is Unit.PERCENT:
        maximum = (measure.maximum if measure.maximum is not None else _HUNDRED) / _HUNDRED
        return _rule(True, measure.decimals + 2, maximum, measure.negative)  # noqa: FBT003
    maximum = measure.maximum if measure.maximum is not None else LARGEST
    return _rule(False, measure.decimals, maximum, measure.negative)  # noqa: FBT003


_rule = cache(NumberRule)


def read_number(cell: RawCell, rule: NumberRule, formats: NumberFormats) -> Reading:
    """The figure that a cell holds.

    A number counts if it is finite, within the rule's limits and has no more decimals than the rule asks for, noise set
    aside. Digits stored as text count too, but not for percentages: nobody knows whether 75 means 75 or 7500 per cent; nor
    where their parts look different. What counts is told where people see something else (NUM-016), a line through it
    (NUM-017) or nothing they could read (NUM-018).
    """
    if cell.formula is not None:
        return _read_formula(cell, rule, formats)
    if cell.kind != "number":
        found = _read_other(cell, rule)
    elif cell.style in formats.dates:
        return Reading(None, ("NUM-008",))
    elif not rule.is_percent and cell.style in formats.percentages:
        return Reading(None, ("NUM-012",))
    else:
        found = _number(cell.text, rule)
    if found.value is None or cell.style not in formats.doubtful:
        return found
    return found._replace(codes=(*found.codes, *_seen_otherwise(cell, formats)))


def _seen_otherwise(cell: RawCell, formats: NumberFormats) -> Iterator[str]:
    """The codes of what the style of a cell makes of its figure."""
    code = formats.odd.get(cell.style)
    if code is not None:
        is_number = cell.kind == "number"
        if shows_otherwise(code, float(cell.text)) if is_number else shows_text_otherwise(code):
            yield "NUM-016"
    if cell.style in formats.struck:
        yield "NUM-017"
    if cell.style in formats.blended:
        yield "NUM-018"


def _read_formula(cell: RawCell, rule: NumberRule, formats: NumberFormats) -> Reading:
    if cell.is_external:
        return Reading(None, ("NUM-013",))
    if cell.kind == "blank":
        return Reading(None, ("NUM-010",))
    found = read_number(cell._replace(formula=None), rule, formats)
    return found._replace(codes=(*found.codes, "NUM-009")) if found.value is not None else found


_DIGITS = re.compile(r"[0-9]+", re.ASCII)


def _read_other(cell: RawCell, rule: NumberRule) -> Reading:
    match cell.kind:
        case "error":
            return Reading(None, ("NUM-003",))
        case "unclear":
            return Reading(None, ("NUM-015",))
        case "bool":
            return Reading(None, ("NUM-007",))
        case "date":
            return Reading(None, ("NUM-008",))
        case _:
            # Only the plain space: it is all that TRIM takes away.
            text = cell.text.strip(" ")
            if not text:
                return Reading(None, ("NUM-011",), is_empty=True)
            if rule.is_percent or cell.is_uneven or len(text) > _LONGEST_DIGITS or not _DIGITS.fullmatch(text):
                return Reading(None, ("NUM-001",))
            found = _number(text, rule)
            return found._replace(codes=("NUM-002",)) if found.value is not None else found


_NUMBER = re.compile(r"[-+]?(?:[0-9]{1,400}(?:\.[0-9]{0,400})?|\.[0-9]{1,400})(?:[eE][-+]?[0-9]{1,4})?", re.ASCII)


@lru_cache(maxsize=65_536)
def _number(text: str, rule: NumberRule) -> Reading:
    """A number as the file writes it; the same ones come again in every workbook."""
    value = _value(text)
    if value is None:
        return Reading(None, ("NUM-001",))
    if value <= -NOISE and not rule.may_be_negative:
        return Reading(None, ("NUM-004",))
    if value - rule.maximum >= NOISE or abs(value) > LARGEST:
        return Reading(None, ("NUM-006",))
    number = exact(value)
    nearest = rounded(number, rule.decimals)
    if nearest != number and abs(value - float(nearest)) >= NOISE:
        return Reading(None, ("NUM-005",))
    codes = ("NUM-014",) if nearest != number else ()
    return Reading(nearest * _HUNDRED if rule.is_percent else nearest, codes)


def _value(text: str) -> float | None:
    value = float(text) if _NUMBER.fullmatch(text) else math.nan
    return value if math.isfinite(value) else None


def number_in(text: str) -> Fraction | None:
    """The number that a file writes, whatever a rule may say of it; None where it is none."""
    value = _value(text)
    return exact(value) if value is not None else None


def fits(value: Fraction, rule: NumberRule) -> bool:
    """Whether a number in the unit shown may stand in a cell just as it is."""
    if abs(value) > LARGEST * _HUNDRED:
        return False
    text = repr(float(value / _HUNDRED if rule.is_percent else value))
    return _number(text, rule) == Reading(value)


_WHOLE = N_("a whole number from 0")
_WHOLE_TO = N_("a whole number from 0 to {maximum}")
_DECIMAL = N_("a number from 0 with at most {decimals} decimals")
_DECIMAL_TO = N_("a number from 0 to {maximum} with at most {decimals} decimals")
_ANY = N_("a number with at most {decimals} decimals")
_PERCENT = N_("a percentage from 0 to {maximum} with at most {decimals} decimals")


def range_words(measure: Measure) -> Phrase:
    """What a cell of the measure may hold, for people."""
    decimals = measure.decimals
    if measure.unit is Unit.PERCENT:
        return Phrase(_PERCENT, maximum=measure.maximum or _HUNDRED, decimals=decimals)
    if measure.negative:
        return Phrase(_ANY, decimals=decimals)
    if measure.maximum is not None:
        return (
            Phrase(_DECIMAL_TO, maximum=measure.maximum, decimals=decimals)
            if decimals
            else Phrase(_WHOLE_TO, maximum=measure.maximum)
        )
    return Phrase(_DECIMAL, decimals=decimals) if decimals else Phrase(_WHOLE)


_UNEVEN = N_('"{text}" (parts of it are struck out, raised, lowered, tiny or of another colour)')


def shown(cell: RawCell, formats: NumberFormats) -> str:
    """What stands in the cell, texts in quotation marks, days as days."""
    day = day_of(cell, formats)
    if day is not None:
        return DayText(day.isoformat())
    text = cell.text if len(cell.text) <= _LONGEST_SHOWN else cell.text[:_LONGEST_SHOWN] + "…"
    if cell.is_uneven:
        return Phrase(_UNEVEN, text=text)
    if cell.kind == "text":
        return f'"{text}"'
    return NumberText(text) if cell.kind == "number" else text


_LONGEST_SHOWN = 60
