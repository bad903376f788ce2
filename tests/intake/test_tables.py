"""Text tables: encoding, delimiter and the writing of numbers are recognised from the whole file."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xlmalekort.intake.tables import (
    A_WORKBOOK,
    BAD_QUOTES,
    COLUMN_TWICE,
    EMPTY,
    LARGEST,
    NOT_TEXT,
    TOO_LARGE,
    TOO_LONG,
    UNKNOWN_ENCODING,
    Convention,
    NumberFault,
    Read,
    Table,
    read_table,
    recognise_convention,
)
from xlmalekort.problems import Problem

KNOWN = ("office", "value")
TEXT = "Office,Value\nØvre Prøveli,12\n"


def table(content: bytes | str) -> Table:
    read = read_table(content.encode() if isinstance(content, str) else content, "f.csv", KNOWN)
    assert isinstance(read, Table)
    return read


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_common_encoding_and_line_end_is_read(encoding: str, newline: str) -> None:
    assert [row.values for row in table(TEXT.replace("\n", newline).encode(encoding)).rows] == [("Øvre Prøveli", "12")]


def test_utf_16_with_the_other_byte_order_is_read() -> None:
    assert table(b"\xfe\xff" + TEXT.encode("utf-16-be")).rows[0].values == ("Øvre Prøveli", "12")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_the_one_that_parts_the_heading(delimiter: str) -> None:
    read = table(f'office{delimiter}value{delimiter}more\n"A,;B"{delimiter}"1,5"{delimiter}x;y\n'.replace("x;y", "xy"))
    assert (read.delimiter, read.rows[0].values) == (delimiter, ("A,;B", "1,5", "xy"))


def test_a_line_that_names_the_delimiter_is_heeded() -> None:
    read = table("sep=;\r\noffice;value\r\nA;1\r\n")
    assert (read.delimiter, read.rows[0].line, read.rows[0].values) == (";", 3, ("A", "1"))


def test_headings_are_forgiving_in_case_and_spaces() -> None:
    assert table(" OFFICE , Peer  Group,value \n").columns == ("office", "peer_group", "value")


def test_lines_keep_their_numbers_through_empty_and_quoted_ones() -> None:
    read = table('office,value\n\n"A\nB",1\n , \nC,2\n')
    assert [(row.line, row.values) for row in read.rows] == [(3, ("A\nB", "1")), (6, ("C", "2"))]


def test_lines_that_are_too_short_or_too_long_are_told_and_not_read() -> None:
    read = table("office,value\nA\nB,1,5\nC,2,,\n")
    assert [row.values for row in read.rows] == [("C", "2")]
    assert [(p.code, p.line, p.got, p.slots["count"]) for p in read.problems] == [
        ("CSV-013", 2, "1", "2"),
        ("CSV-013", 3, "3", "2"),
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", EMPTY),
        (b" \r\n\r\n", EMPTY),
        (b"\xef\xbb\xbf", EMPTY),
        (b"PK\x03\x04 office,value", A_WORKBOOK),
        (b"office,value\nA\x00,1\n", NOT_TEXT),
        ("office,value\n".encode("utf-16-le"), NOT_TEXT),
        (b"\x81\x8d\x8f", UNKNOWN_ENCODING),
        (b"\xff\xfea", UNKNOWN_ENCODING),
        (b'office,value\n"A,1\nB,2\n', BAD_QUOTES),
        (b'office,value\n"A"x,1\n', BAD_QUOTES),
        (b"office,value,Office\nA,1,B\n", COLUMN_TWICE),
        (b"a" * (LARGEST + 1), TOO_LARGE),
        (b"office,value\n" + b"x" * 200_000 + b",1\n", TOO_LONG),
    ],
)
def test_what_is_no_table_is_one_problem_with_its_reason(content: bytes, reason: str) -> None:
    read = read_table(content, "f.csv", KNOWN)
    assert isinstance(read, Problem)
    assert (read.code, read.slots["reason"]) == ("CSV-001", reason)


@settings(derandomize=True, max_examples=300, deadline=None)
@given(st.one_of(st.binary(max_size=80), st.text('",;\t\r\n aØ1\x00', max_size=60).map(str.encode)))
def test_no_bytes_end_in_an_exception(content: bytes) -> None:
    assert isinstance(read_table(b"office,value\n" + content, "f.csv", KNOWN), Table | Problem)
    assert isinstance(read_table(content, "f.csv", KNOWN), Table | Problem)


@pytest.mark.parametrize(
    ("values", "delimiter", "decimal"),
    [
        (["74.9"], ",", "."),
        (["74,9"], ",", ","),
        (["74,9"], ";", ","),
        (["1,234"], ";", ","),
        (["1,234", "12"], ",", None),
        (["1.234"], ";", None),
        (["1.234", "1,234"], ";", None),
        (["1.234,5"], ",", ","),
        (["1,234.5"], ";", "."),
        (["1.234.567"], ",", ","),
        (["1,234,567"], ";", "."),
        (["1.234", "0.500"], ",", "."),
        (["1.234", "1234.567"], ",", "."),
        (["1 234,567"], ",", ","),
        (["74.9", "74,9"], ";", None),
        (["12", "", "n/a"], ";", None),
    ],
)
def test_the_decimal_sign_is_told_by_the_whole_file(values: list[str], delimiter: str, decimal: str | None) -> None:
    assert recognise_convention(values, delimiter).decimal == decimal


@pytest.mark.parametrize(
    ("text", "decimal", "value"),
    [
        ("1.234", ".", "1.234"),
        ("1.234", ",", "1234"),
        ("1,234", ".", "1234"),
        ("1,234", ",", "1.234"),
        ("74,9", ",", "74.9"),
        ("74,9", None, "74.9"),
        ("1.234.567,25", None, "1234567.25"),
        ("12", None, "12"),
        ("1 234", None, "1234"),
        ("1\u00a0234,5", ",", "1234.5"),
        ("1\u202f234", None, "1234"),
        ("1'234.5", ".", "1234.5"),
        ("1’234’567", None, "1234567"),
        ("-5", None, "-5"),
        ("−5,5", ",", "-5.5"),
        ("+5", None, "5"),
        ("007", None, "7"),
        (" 12 ", None, "12"),
    ],
)
def test_numbers_are_read_exactly(text: str, decimal: str | None, value: str) -> None:
    assert Convention(decimal).read(text) == Read(Fraction(value), is_percent=False)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["1.234", "1,234", "-12,345", "999.000"])
def test_what_can_be_read_in_two_ways_is_never_guessed(text: str) -> None:
    assert Convention(None).read(text) is NumberFault.TWO_READINGS


@pytest.mark.parametrize(
    "text",
    [
        *("", "-", "n/a", "x", "~50", ">100", "12*", "12 persons", "(5)", "5-", "1e5", "nan", "inf", "0x1F", "½"),
        *("1 23", "12 34", "1234 567", "1 234'567", "1,23,456", "1.23.456", "1.234,567.8", "5.", "1..5", "--5"),
        *("1234567890123456", "١٢", "1/2", "12 13", "2009-06-01", "12.06.2009", "1 %%"),
    ],
)
@pytest.mark.parametrize("decimal", [None, ".", ","])
def test_what_is_no_number_is_never_one(text: str, decimal: str | None) -> None:
    assert Convention(decimal).read(text) is NumberFault.NO_NUMBER  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["74,9 %", "74,9%", "74,9\u00a0%"])
def test_a_percent_sign_is_seen(text: str) -> None:
    assert Convention(",").read(text) == Read(Fraction(749, 10), is_percent=True)


@settings(derandomize=True, max_examples=300)
@given(
    st.integers(-(10**9), 10**9),
    st.integers(0, 3),
    st.sampled_from([(".", ","), (",", "."), (",", "\u00a0"), (".", "'")]),
)
def test_a_number_written_by_a_convention_is_read_back_by_it(number: int, places: int, signs: tuple[str, str]) -> None:
    decimal, thousands = signs
    exact = Fraction(number, 10**places)
    written = f"{abs(number) / 10**places:,.{places}f}".replace(",", "T").replace(".", decimal).replace("T", thousands)
    written = f"-{written}" if number < 0 else written
    assert Convention(decimal).read(written) == Read(exact, is_percent=False)  # type: ignore[arg-type]
    alone = Convention(None).read(written)
    assert alone is NumberFault.TWO_READINGS or alone == Read(exact, is_percent=False)
