"""What was probably meant where a cell holds something that cannot be used, as a question to the office: advice only.

Nothing here is ever counted. A figure is proposed only if the checks would take it in that cell.
"""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING

from xlmalekort.intake.numbers import fits, number_in, shown
from xlmalekort.judging.values import rounded
from xlmalekort.locale import LANGUAGES, N_, short_month_names
from xlmalekort.locale.told import DayText, NumberText, PercentText, Phrase
from xlmalekort.model.deadlines import EARLIEST, LATEST
from xlmalekort.model.measures import Unit
from xlmalekort.xlsx.days import day_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from xlmalekort.intake.numbers import NumberRule
    from xlmalekort.locale.told import Told
    from xlmalekort.xlsx.formats import NumberFormats
    from xlmalekort.xlsx.sheet import RawCell

_WRITTEN_AS = N_("{likely} written as {shown}?")
_MADE_A_DATE = N_("{likely} that Excel has made the date {shown}?")
_SHOWN_AS_A_DATE = N_("{likely} in a cell that shows numbers as dates?")
_TYPED = N_("Was {typed} typed, and made a date by Excel?")
_OR = N_("{first} or {second}")
_SWAPPED = N_("{upper} and {lower} swapped?")

_HUNDRED = 100
_THOUSANDTHS = 3
_FIRST_REAL_DAY = date(1930, 1, 1)
"""No day before it is typed in a workbook of figures: a cell that shows one holds a number that was formatted as a day."""
_NEAR_YEARS = 1


def likely_figure(
    code: str, cell: RawCell, rule: NumberRule, unit: Unit, formats: NumberFormats, year: int
) -> Told | None:
    """What was probably meant in a cell of the year in which a code was found; None where nothing is really likely."""
    if cell.formula is not None:
        return None
    said: str = shown(cell, formats)
    message = _WRITTEN_AS
    match code:
        case "NUM-001" if cell.kind == "text" and not cell.is_uneven:
            found = _in_text(cell.text, rule)
        case "NUM-004" | "NUM-005" | "NUM-006" | "NUM-012":
            number = number_in(cell.text)
            if number is None:
                return None
            found = _FROM_NUMBER[code](number, rule, unit)
            if code == "NUM-012":
                said = PercentText.plain(number * _HUNDRED)
        case "NUM-008":
            message = _SHOWN_AS_A_DATE if _is_only_shown(cell, formats) else _MADE_A_DATE
            found = _in_date(cell, formats, year)
        case _:
            return None
    fitting = [each for each in dict.fromkeys(found) if fits(each, rule)][: 1 if code == "NUM-006" else 2]
    if fitting:
        return Phrase(message, likely=_one_or_two(fitting, rule), shown=said)
    return _typed_day(cell, formats, year) if code == "NUM-008" else None


def likely_in_place_of(value: Fraction, got: Fraction) -> Told:
    """A figure that was probably meant where another one, which is unlikely, was typed."""
    return Phrase(_WRITTEN_AS, likely=NumberText.of(value), shown=NumberText.of(got))


def likely_swapped(upper: Fraction, lower: Fraction, others: Iterable[tuple[Fraction, Fraction]]) -> Told | None:
    """Whether numerator and denominator have changed places: both are nearer to the usual ones of the other than to their own.

    `others` are the pairs of other periods. Without three of them nobody knows what is usual.
    """
    pairs = [(float(above), float(below)) for above, below in others if above > 0 and below > 0]
    if len(pairs) < _LEAST_PAIRS or upper <= 0 or lower <= 0:
        return None
    usual_upper, usual_lower = (sorted(each)[len(each) // 2] for each in zip(*pairs, strict=True))
    as_typed = _distance(upper, usual_upper) + _distance(lower, usual_lower)
    as_swapped = _distance(lower, usual_upper) + _distance(upper, usual_lower)
    if as_swapped > _MUCH_NEARER * as_typed:
        return None
    return Phrase(_SWAPPED, upper=NumberText.of(upper), lower=NumberText.of(lower))


_LEAST_PAIRS = 3
_MUCH_NEARER = 0.5


def _distance(value: Fraction, usual: float) -> float:
    """How many times as much one is as the other, less one."""
    return max(float(value) / usual, usual / float(value)) - 1


_DAY = re.compile(r"([0-9]{1,2})[./ -]{1,2}([0-9]{1,2})[./ -]{1,2}((?:19|20)?[0-9]{2})\.?", re.ASCII)


def likely_day(text: str) -> Told | None:
    """The day that a text such as `30/6-09` means, day first; None where it means none.

    >>> str(likely_day("30/6-09"))
    '2009-06-30 written as "30/6-09"?'
    """
    found = _DAY.fullmatch(text.strip())
    if found is None:
        return None
    day, month, year = (int(each) for each in found.groups())
    try:
        meant = date(year if year >= _HUNDRED else 2000 + year, month, day)
    except ValueError:
        return None
    if not EARLIEST <= meant <= LATEST:
        return None
    return Phrase(_WRITTEN_AS, likely=DayText(meant.isoformat()), shown=f'"{text.strip()}"')


def _one_or_two(values: list[Fraction], rule: NumberRule) -> Told:
    words = [PercentText.of(each) if rule.is_percent else NumberText.of(each) for each in values]
    return Phrase(_OR, first=words[0], second=words[1]) if len(words) > 1 else words[0]


# Numbers of another size. All are in the unit shown: 74.9 per cent, not 0.749


def _without_sign(number: Fraction, rule: NumberRule, _: Unit) -> Iterator[Fraction]:
    yield -number * (_HUNDRED if rule.is_percent else 1)


def _fewer_decimals(number: Fraction, rule: NumberRule, unit: Unit) -> Iterator[Fraction]:
    """1.234 where 1,234 was meant; else rounded, if what is counted is not whole things."""
    is_grouped = (number * 10**_THOUSANDTHS).denominator == 1 != (number * 10 ** (_THOUSANDTHS - 1)).denominator
    if rule.decimals == 0 and is_grouped and 1 <= number < 10**_THOUSANDTHS:
        yield number * 10**_THOUSANDTHS
    elif rule.is_percent or rule.decimals or unit is Unit.MONEY:
        yield rounded(number, rule.decimals) * (_HUNDRED if rule.is_percent else 1)


def _smaller(number: Fraction, rule: NumberRule, _: Unit) -> Iterator[Fraction]:
    """A percentage without its sign, a figure without its decimal sign."""
    slips = (number / 10, number / _HUNDRED) if rule.decimals else ()
    sizes = (number, *slips) if rule.is_percent else slips
    yield from (each for each in sizes if fits(each, rule))


def _without_percent(number: Fraction, _: NumberRule, __: Unit) -> Iterator[Fraction]:
    """12 typed into a cell of percentages is 0.12; pasted into one it is 12."""
    if number <= 1 or number.denominator != 1:
        yield number * _HUNDRED
    if number >= 1:
        yield number


_FROM_NUMBER = {
    "NUM-004": _without_sign,
    "NUM-005": _fewer_decimals,
    "NUM-006": _smaller,
    "NUM-012": _without_percent,
}


# Texts

_BLANKS = dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f"), " ") | {0x2212: "-", 0x2013: "-", 0x2019: "'"}
_NOTHING = frozenset({"o", "ingen", "ingenting", "intet", "none", "nil", "zero", "null", "nul", "geen"})
_AMOUNT = re.compile(
    r"(?:(?:ca|cirka|circa|omtrent|omkring|ongeveer|rundt|approx|about|kr|nok|dkk|eur)\b\.?|[~≈€])?\s*"
    r"(?P<open>[-+(])?\s*(?P<digits>[0-9][0-9 .,']{0,20})\s*(?P<close>\))?\s*"
    r"(?P<word>%|[-*!?€]|:-|(?:[^\W\d_]{1,20})\.?)?",
    re.IGNORECASE,
)
_MISTYPED = re.compile(r"(?=.*[0-9])[0-9OoIl]{2,9}", re.ASCII)
_LETTERS_LIKE_DIGITS = str.maketrans("OoIl", "0011")
_GROUPED = re.compile(r"[0-9]{1,3}(?:[ '][0-9]{3})+(?:[.,][0-9]+)?", re.ASCII)
_BY_POINTS, _BY_COMMAS = (
    re.compile(rf"[0-9]{{1,3}}(?:\{sign}[0-9]{{3}})+(?:\{other}[0-9]+)?", re.ASCII)
    for sign, other in ((".", ","), (",", "."))
)
_DECIMAL = re.compile(r"[0-9]+[.,][0-9]+", re.ASCII)
_OTHER_THINGS = (
    r"(?:tusen|tusind|duizend|thousand|k|tkr|tnok|tdkk|mill|mil|mio|mrd|million|miljo"
    r"|uke|uge|wee?k|month|måned|maand|mnd|md|year|år|jaar|hour|time|uur|min|"
)


@cache
def _no_unit() -> re.Pattern[str]:
    """How words begin after which a number is not the figure: thousands, weeks, months."""
    months = {name[:3].casefold() for language in LANGUAGES for name in short_month_names(language)}
    return re.compile(f"{_OTHER_THINGS}{'|'.join(map(re.escape, sorted(months)))})", re.IGNORECASE)


def _in_text(text: str, rule: NumberRule) -> Iterator[Fraction]:
    """The numbers that a text may mean, the likeliest first."""
    text = text.translate(_BLANKS).strip()
    if text.casefold() in _NOTHING:
        yield Fraction(0)
    if _MISTYPED.fullmatch(text):
        text = text.translate(_LETTERS_LIKE_DIGITS)
    found = _AMOUNT.fullmatch(text)
    if found is None or _no_unit().match(found["word"] or ""):
        return
    digits, word = found["digits"].rstrip(" .,'"), found["word"] or ""
    is_negative = (
        found["open"] == "-"
        or (found["open"] == "(" and found["close"])
        or (word == "-" and found["digits"][-1] not in ".,")
    )
    if word not in ("", "%") if rule.is_percent else word == "%":
        return
    for value in _readings(digits):
        if is_negative:
            yield -value
        yield from _as_percentage(value, has_sign=word == "%") if rule.is_percent else (value,)


def _as_percentage(value: Fraction, *, has_sign: bool) -> Iterator[Fraction]:
    """0.75 is a share, 75 a percentage, and 1 may be either."""
    if value <= 1 and not has_sign:
        yield value * _HUNDRED
    if value >= 1 or has_sign:
        yield value


def _readings(digits: str) -> Iterator[Fraction]:
    """What digits with signs between them come to; `1.234` is 1234 or 1,234.

    >>> [str(each) for each in _readings("1.234")], [str(each) for each in _readings("1 234,5")]
    (['1234', '617/500'], ['2469/2'])
    """
    if digits.isdecimal():
        yield Fraction(digits)
    elif _GROUPED.fullmatch(digits):
        yield Fraction(digits.replace(" ", "").replace("'", "").replace(",", "."))
    else:
        if _BY_POINTS.fullmatch(digits) and not digits.startswith("0"):
            yield Fraction(digits.replace(".", "").replace(",", "."))
        if _BY_COMMAS.fullmatch(digits) and not digits.startswith("0"):
            yield Fraction(digits.replace(",", ""))
        if _DECIMAL.fullmatch(digits):
            yield Fraction(digits.replace(",", "."))


# Dates


def _in_date(cell: RawCell, formats: NumberFormats, year: int) -> Iterator[Fraction]:
    """The number that is only shown as a day, or the one that Excel took for a day: 12.5 is 12 May."""
    day = day_of(cell, formats)
    if _is_only_shown(cell, formats):
        number = number_in(cell.text)
        if number is not None:
            yield number
    elif day is not None and abs(day.year - year) <= _NEAR_YEARS:
        yield Fraction(f"{day.day}.{day.month}")
    elif day is not None and day.day == 1:
        yield Fraction(f"{day.month}.{day.year % _HUNDRED:02d}")


def _is_only_shown(cell: RawCell, formats: NumberFormats) -> bool:
    """Whether a cell that is formatted as a date holds a number that nobody can have meant as one."""
    day = day_of(cell, formats)
    return cell.kind == "number" and (day is None or day < _FIRST_REAL_DAY)


def _typed_day(cell: RawCell, formats: NumberFormats, year: int) -> Told | None:
    """What was typed that Excel took for a day of this year, though no figure of the cell looks so."""
    day = day_of(cell, formats)
    if day is None or abs(day.year - year) > _NEAR_YEARS:
        return None
    return Phrase(_TYPED, typed=f"{day.day}-{day.month}")
