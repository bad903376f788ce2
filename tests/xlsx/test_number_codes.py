"""Which number formats show another number than the cell holds: as a spreadsheet program shows them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.support.libreoffice import LibreOffice
from tests.xlsx.books import book, opened
from xlmalekort.xlsx.number_codes import is_plain, shows_otherwise, shows_text_otherwise

if TYPE_CHECKING:
    from pathlib import Path

    from xlsxwriter import Workbook

CODES = (
    "General", "0", "0.00", "#,##0", "#,##0.00", "0.0%", "0 %", "0000", "0.00E+00", "[Blue]0", "[Red]#,##0",
    "#,##0;[Red]-#,##0", '"kr" #,##0', "[$kr-414] #,##0.00", '_-* #,##0.00_-;\\-* #,##0.00_-;_-* "-"??_-;_-@_-',
    '_(* #,##0_);_(* \\(#,##0\\);_(* "-"_);_(@_)', 'General" kr"', "0.00;-0.00", '0" av mange"', "# ?/?",
    ";;;", "0;;", "#", "#,###", "0;-0;;@", "#,##0,", "0.0,,", "0\\0", '"12"', '"-"0', '"1"0', "0;0", "0;[Red]0",
    '0"."0', "0[$0]", "[$kr.-406]#,##0", '#,##0",-"', "0.0[$%]",
    "[>100]0;0,", "[<10]0;0\\0", '[=5]"fem";0', '"mange"', "0%%", "\\(0\\)",
)  # fmt: skip
VALUES = (0.0, 5.0, 146.0, 12345678.0, 0.25, -5.0, -2500.0)


def write(workbook: Workbook) -> None:
    sheet = workbook.add_worksheet("Data")
    for row, code in enumerate(CODES):
        style = workbook.add_format({"num_format": code})
        for column, value in enumerate(VALUES):
            sheet.write_number(row, column, value, style)
        sheet.set_column(0, len(VALUES), 40)


def number_shown(text: str) -> tuple[float, float] | None:
    """The number that people read in a cell, and how far it may be rounded; None where they read none."""
    plain = text.replace(",", "").replace(" ", "").replace("\u00a0", "")
    fraction = re.search(r"(\d+)/(\d+)", plain)
    found = re.search(r"\d+(?:\.(\d+))?(?:E([+-]\d+))?", plain)
    if fraction:
        return int(fraction[1]) / int(fraction[2]), 0.0
    if found is None:
        return None
    sign = -1 if re.match(r"[^\dE]*[-\u2212(]", plain) else 1
    power = 10.0 ** (int(found[2] or 0) - len(found[1] or "")) / 10.0 ** (2 * plain.count("%"))
    return sign * float(found[0]) / 10.0 ** (2 * plain.count("%")), 0.5 * power


def is_as_it_is(value: float, text: str) -> bool:
    shown = number_shown(text)
    if shown is None:
        return value == 0 and "-" in text
    return abs(shown[0] - value) <= shown[1] * (1 + 1e-9)


@pytest.mark.libreoffice
def test_what_is_called_odd_is_what_a_spreadsheet_program_shows_otherwise(tmp_path: Path) -> None:
    path = tmp_path / "formats.xlsx"
    path.write_bytes(book(write))
    last = chr(ord("A") + len(VALUES) - 1)
    with LibreOffice(locale="en-US") as office, office.open(path) as opened_book:
        shown = opened_book.read_shown({"Data": f"A1:{last}{len(CODES)}"})["Data"]
    for code, row in zip(CODES, shown, strict=True):
        for value, text in zip(VALUES, row, strict=True):
            is_odd, is_true = shows_otherwise(code, value), is_as_it_is(value, text)
            # What rounds to 0 shows 0 whatever stands around it, or behind it.
            assert is_odd is not is_true or (is_odd and abs(value) < 0.5), (code, value, text)


def test_codes_that_are_plain_show_no_number_otherwise() -> None:
    for code in filter(is_plain, CODES):
        assert not any(shows_otherwise(code, value) for value in VALUES), code


def test_the_styles_of_a_workbook_tell_their_odd_codes() -> None:
    formats = opened(book(write)).formats
    assert set(formats.odd.values()) == {code for code in CODES if not is_plain(code)}


@pytest.mark.parametrize("code", ["", '"', "\\", ";", '[>]0;"', "[", "0;0;0;0;0;0", "]" * 50, "\x00"])
def test_any_code_is_read(code: str) -> None:
    for value in VALUES:
        assert shows_otherwise(code, value) in (True, False)


@pytest.mark.parametrize(
    "code",
    [
        '0"."0', "0\\,0", '0","00', '0"-"0', "0' '0", '"."0', '","0',
        "[$TNOK] #,##0", "#,##0 [$tkr]", "[$mill. kr] 0", "0[$0]", "0[$00-414]", "0 [$%]", "[$½]0",
        "[White]0", "[white]#,##0", "[Color2]0", "[Color 2]0", "0*0", "0*9", "*50", "0*%", "@@",
        '0 "tusinde"', '0 "tus."', '0 "tsd."', '0" hundreder"', '0 "hundrede"', '0 "hundred"', '0 "dusin"',
        '0 "t.kr."', '0 "t. kr."', '0 "TKR"', '0 "tkr"', '0 "kkr"', '0 "T€"', '0 "k€"', '0 "K€"', '0 "MNOK"', '0 "mnok"',
        '0 "M kr"', '0 "mld"', '0 "MIO. kr."', '0 "dzd"', '0 "dz."', '0 "duiz."', '0"k"', '0"K"',
        '0 "prosent"', '0 "procent"', '0 "pst"', '0 "pct."', '0 "promille"', '0 "‰"', '0 "‱"', '"minus "0', '0 "minus"',
    ],
)  # fmt: skip
def test_words_marks_and_fills_that_make_another_number_are_told(code: str) -> None:
    assert shows_otherwise(code, 158)
    assert not is_plain(code)


@pytest.mark.parametrize(
    "code",
    [
        '0 "kr"', '0 "stk"', '0 "dager"', '0 "K/M"', '0 "M/K"', '#,##0 "kr (t)"', '#,##0",-"', '"kr."#,##0', '0 "timer/uke"',
        '0.0 "prosentpoeng"', '0 "tuslinger"', '0 "pr. dag"', '0" "000', "#\\ ##0", '0" kr."', "0_9", "* 0", "*-0",
        "[Red]0", "[Color10]0", "[$kr-414] #,##0.00", "[$kr.-406]#,##0", "[$€-2] #,##0.00", "[$-409]0",
        "[$kr-nb-NO] 0", "[$-F800]0", "[$USD] 0",
        '_-* #,##0_-;\\-* #,##0_-;_-* "-"??_-;_-@_-',
        '_ "kr" * #,##0.00_ ;_ "kr" * \\-#,##0.00_ ;_ "kr" * "-"??_ ;_ @_ ',
        '_-* #,##0.00\\ "kr."_-;\\-* #,##0.00\\ "kr."_-;_-* "-"??\\ "kr."_-;_-@_-',
        '_ [$€-413]\\ * #,##0.00_ ;_ [$€-413]\\ * \\-#,##0.00_ ;_ [$€-413]\\ * "-"??_ ;_ @_ ',
        '_($* #,##0.00_);_($* \\(#,##0.00\\);_($* "-"??_);_(@_)',
    ],
)  # fmt: skip
def test_units_currencies_and_accounts_show_the_number(code: str) -> None:
    assert is_plain(code)
    assert not shows_text_otherwise(code)


@pytest.mark.parametrize(
    ("code", "is_told"),
    [
        ("General", False), ("@", False), ("0", False), ('0" tusen"', False), ("0;-0;0", False), ("0;-0;;@", False),
        ("0;0;0;General", False), (';;;@" kr"', False), (";;", False), ("0;@", False),
        (";;;", True), ('0;-0;0;@"0"', True), ('@"0"', True), ("0;-0;0;", True), ('0;-0;0;"skjult"', True),
        ('"-"@', True), ("@@", True), ("[White]@", True), ("@*0", True), ('@" tusen"', True),
    ],
)  # fmt: skip
def test_the_part_for_texts_tells_what_becomes_of_digits(code: str, is_told: bool) -> None:
    assert shows_text_otherwise(code) is is_told
