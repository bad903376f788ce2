"""What is an identity number and what is not: the arithmetic as properties, the ways to write one, and what is like one."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.intake.identity import BSN, bsn, cpr, fnr, fnrs, loose_cpr, rest
from xlmalekort.intake.identity_numbers import (
    Kind,
    find_numbers,
    has_cpr_day,
    is_bsn,
    is_cpr,
    is_fnr,
    kind_of_number,
    masked,
    whole_digits,
)

_DAYS = st.dates(date(1900, 1, 1), date(1999, 12, 31))


_NUMBERS = (fnr(), fnr("010101"), fnr("311299", 900), fnr("410284"), fnr("158584"))
_MARKS = [
    *"/\n\t,:;+|='\"*#&\\_·—",
    *(" ", "  ", "    ", " / ", " - ", ", ", ": ", " (", " [", " <", "\r\n", "\u00a0/\u00a0", " – ", "\u202f"),
]
"""What people type between the day of birth and the rest."""


def _kinds(text: str, language: str | None = "nb") -> list[Kind]:
    return [found.kind for found in find_numbers(text, language)]


def _written(day: date, more_days: int = 0, more_months: int = 0) -> str:
    return f"{day.day + more_days:02}{day.month + more_months:02}{day.year % 100:02}"


@given(_DAYS, st.sampled_from([0, 40]), st.sampled_from([0, 40, 65, 80]), st.integers(0, 800))
def test_every_made_number_is_a_fnr_with_its_d_numbers_and_test_series(
    day: date, more_days: int, more_months: int, first: int
) -> None:
    assert is_fnr(fnr(_written(day, more_days, more_months), first))


@given(_DAYS, st.integers(0, 800))
def test_every_change_of_one_digit_of_a_fnr_is_caught(day: date, first: int) -> None:
    number = fnr(_written(day), first)
    for place in range(11):
        for digit in "0123456789".replace(number[place], ""):
            assert not is_fnr(number[:place] + digit + number[place + 1 :])


@pytest.mark.parametrize(
    "day", ["000184", "320184", "310484", "150084", "151384", "720184", "159384", "153984", "300284"]
)
def test_a_day_that_cannot_be_is_no_fnr_whatever_its_control_digits(day: str) -> None:
    assert not any(is_fnr(number) for number in fnrs(day))


def test_the_twenty_ninth_of_february_needs_a_year_that_has_one() -> None:
    assert is_fnr(fnr("290284"))
    assert not is_fnr(fnr("290283"))


@given(_DAYS, st.integers(0, 300))
def test_a_cpr_holds_and_no_change_of_one_digit_does(day: date, first: int) -> None:
    number = cpr(_written(day), first)
    assert is_cpr(number)
    for place in range(10):
        digit = str((int(number[place]) + 1) % 10)
        assert not is_cpr(number[:place] + digit + number[place + 1 :])


@pytest.mark.parametrize(
    ("number", "possible"),
    [
        ("2902000000", False),  # 1900
        ("2902004000", True),  # 2000
        ("2902005000", True),  # 2000
        ("2902009000", True),  # 2000
        ("2902375000", False),  # 2037
        ("2902403000", True),  # 1940
        ("2902605000", True),  # 1860
        ("2902614000", False),  # 1961
        ("3104840000", False),
    ],
)
def test_the_century_of_a_cpr_is_told_by_its_seventh_digit(number: str, possible: bool) -> None:
    assert has_cpr_day(number) is possible


@given(st.integers(1, 99_999_999))
def test_a_bsn_passes_the_eleven_test_and_one_with_another_last_digit_does_not(body: int) -> None:
    text = str(body).zfill(8)
    last = rest(text, BSN)
    if last < 10:
        assert is_bsn(f"{text}{last}")
        assert not is_bsn(f"{text}{(last + 1) % 10}")


def test_nothing_but_noughts_is_no_bsn() -> None:
    assert not is_bsn("000000000")


_FNR, _CPR, _LOOSE = fnr(), cpr(), loose_cpr()
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


@pytest.mark.parametrize("language", ["nb", "da", "nl", "en", None])
@pytest.mark.parametrize(
    "text",
    [
        _FNR,
        f"{_FNR[:6]} {_FNR[6:]}",
        f"{_FNR[:6]}-{_FNR[6:]}",
        f"{_FNR[:6]}\u00a0{_FNR[6:]}",
        f"{_FNR[:6]}\u2009{_FNR[6:]}",
        f"{_FNR[:6]}\u202f{_FNR[6:]}",
        f"{_FNR[:6]} – {_FNR[6:]}",
        f"{_FNR[:6]}.{_FNR[6:]}",
        f"{_FNR[:2]}.{_FNR[2:4]}.{_FNR[4:6]} {_FNR[6:]}",
        f"{_FNR[:6]} {_FNR[6:9]} {_FNR[9:]}",
        " ".join(_FNR),
        _FNR.translate(_WIDE),
        f"{_FNR[:6]}\u200b{_FNR[6:]}",
        f"fnr{_FNR}",
        f"Ola ({_FNR}), tlf. 22 33 44 55",
        f"22334455 {_FNR} 1234",
        f"3,{_FNR},5",
        f"{_FNR}_notat.xlsx",
    ],
)
def test_a_fnr_is_found_however_it_is_written(text: str, language: str | None) -> None:
    assert _kinds(text, language) == [Kind.FNR]


@pytest.mark.parametrize("mark", _MARKS, ids=repr)
@pytest.mark.parametrize("number", _NUMBERS)
def test_any_mark_may_stand_between_the_day_of_birth_and_the_rest(number: str, mark: str) -> None:
    day = number[:6]
    for written in (
        f"{day}{mark}{number[6:]}",
        f"{day[:2]}/{day[2:4]}/{day[4:]}{mark}{number[6:]}",
        f"{day[:2]}.{day[2:4]}.{day[4:]}{mark}{number[6:]}",
        f"{day[:4]}19{day[4:]}{mark}{number[6:]}",
    ):
        text = f"Gjelder {written}) her"
        (found,) = find_numbers(text, "nb")
        assert (found.kind, text[found.start : found.end]) == (Kind.FNR, written)
        assert not any(sign.isdigit() for sign in masked(text))
    assert _kinds(f"{day}{mark}{number[6:9]} {number[9:]}") == [Kind.FNR]
    wrong = (int(number[-1]) + 1) % 10
    assert _kinds(f"{day}{mark}{number[6:-1]}{wrong}") == []


def test_letters_or_many_marks_between_two_figures_make_them_two() -> None:
    assert _kinds(f"{_FNR[:6]} og {_FNR[6:]}") == []
    assert _kinds(f"{_FNR[:6]} ----- {_FNR[6:]}") == []
    assert _kinds(f"+{_FNR[:6]}/{_FNR[6:]}") == []


def test_after_a_day_with_its_whole_year_the_century_has_to_be_right_too() -> None:
    number, young = fnr("150584", 100), fnr("150504", 600)
    assert _kinds(f"15.05.1984 {number[6:]}") == [Kind.FNR]
    assert _kinds(f"15.05.2084 {number[6:]}") == []
    assert _kinds(f"15/05/2004-{young[6:]}") == [Kind.FNR]
    assert _kinds(f"15/05/1904-{young[6:]}") == []


def test_a_cpr_with_its_whole_year_needs_its_century_and_its_control_digit() -> None:
    assert _kinds(f"15051984-{_CPR[6:]}", "da") == [Kind.CPR]
    assert _kinds(f"15052084-{_CPR[6:]}", "da") == []
    assert _kinds(f"15051984-{_LOOSE[6:]}", "da") == []
    assert _kinds(f"15051984 {_CPR[6:]}", "da") == []


@pytest.mark.parametrize("zero", [*"٠۰०０𝟎𝟘🯰"])
def test_a_digit_is_a_digit_in_every_script(zero: str) -> None:
    for number in _NUMBERS:
        foreign = "".join(chr(ord(zero) + int(digit)) for digit in number)
        assert _kinds(foreign) == _kinds(f"{foreign[:6]}/{foreign[6:]}") == [Kind.FNR]
        assert masked(f"a {foreign}") == f"a {'•' * 11}"


def test_a_small_figure_of_a_note_is_no_digit_of_the_number() -> None:
    assert _kinds(f"{_FNR}² og 01.05.2009¹") == [Kind.FNR]


def test_letters_may_touch_a_fnr() -> None:
    for text in (f"x{_FNR}", f"{_FNR}x", f"2x{_FNR}", f"{_FNR}x2"):
        assert _kinds(text) == [Kind.FNR]


@pytest.mark.parametrize("language", ["nb", "da", "nl", "en", None])
@pytest.mark.parametrize("between", ["-", " ", "\u00a0", "\u2011"])
def test_a_cpr_with_a_mark_needs_no_control_digit(between: str, language: str | None) -> None:
    assert _kinds(f"{_LOOSE[:6]}{between}{_LOOSE[6:]}", language) == [Kind.CPR]


def test_a_cpr_without_a_mark_needs_its_control_digit() -> None:
    assert _kinds(f"nr. {_CPR}.", "da") == [Kind.CPR]
    assert _kinds(f"nr. {_LOOSE}.", "da") == []
    assert _kinds(f"CPR-nr.: {_LOOSE}", "nl") == [Kind.CPR]


def test_ten_digits_in_a_row_are_a_telephone_number_in_dutch() -> None:
    assert _kinds(_CPR, "nl") == []


def test_a_bsn_counts_as_a_word_in_dutch_workbooks_and_with_its_name_elsewhere() -> None:
    number = bsn()
    assert _kinds(f"cliënt {number} gebeld", "nl") == [Kind.BSN]
    assert _kinds(f"{number[:4]}.{number[4:6]}.{number[6:]}", "nl") == [Kind.BSN]
    assert _kinds(bsn(1234567).removeprefix("0"), "nl") == [Kind.BSN]
    assert _kinds(f"x{number}", "nl") == []
    assert _kinds(number, "nb") == []
    assert _kinds(f"BSN: {number}", "nb") == [Kind.BSN]


def test_what_is_written_in_another_way_is_none() -> None:
    account = next(n for n in fnrs("150584"))
    assert _kinds(f"{account[:4]}.{account[4:6]}.{account[6:]}") == []
    amount = next(n for n in fnrs("150584") if n[0] != "0")
    assert _kinds(f"{amount[:2]} {amount[2:5]} {amount[5:8]} {amount[8:]}") == []
    assert _kinds(f"+{amount}") == []
    assert _kinds(f"{fnr()}0") == []
    assert _kinds("2009-12-31T10:15:00Z 31.12.2009 20091231 31122009", "nl") == []


def test_checksums_and_guids_are_full_of_digits_and_hold_no_number() -> None:
    dice = random.Random(7)
    for _ in range(3_000):
        digest = f"{dice.getrandbits(256):064x}"
        guid = f"{digest[:8]}-{digest[8:12]}-{digest[12:16]}-{digest[16:20]}-{digest[20:32]}"
        assert _kinds(f"{digest} {guid}", "nl") == []


def test_numbers_typed_as_numbers_may_have_lost_their_nought() -> None:
    early = fnr("050584")
    assert kind_of_number(str(int(early)), "nb") is Kind.FNR
    assert kind_of_number(str(int(early)), "nb", is_figure=True) is None
    assert kind_of_number(_FNR, "nl", is_figure=True) is Kind.FNR
    assert kind_of_number(str(int(cpr("050584"))), "da") is Kind.CPR
    assert kind_of_number(bsn(), "nl") is Kind.BSN
    assert kind_of_number(bsn(), "nb") is None


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("12", "12"),
        ("1.0101112345E10", "10101112345"),
        ("15.0", "15"),
        ("0.5", None),
        ("-4", None),
        ("abc", None),
        ("nan", None),
    ],
)
def test_only_whole_numbers_have_digits_to_look_at(text: str, digits: str | None) -> None:
    assert whole_digits(text) == digits


@given(st.text(alphabet="ab_-. \u00a0\u2009ø", max_size=8), st.text(alphabet="ab_ ø", max_size=8))
def test_a_masked_text_keeps_its_length_and_everything_but_the_digits(before: str, after: str) -> None:
    text = f"{before}{_FNR[:6]} {_FNR[6:]}{after}"
    told = masked(text)
    assert told == f"{before}•••••• •••••{after}"
    assert masked(told) == told


# How often figures of other kinds are taken for a number


def _rate(numbers: list[str], language: str) -> float:
    return sum(bool(_kinds(number, language)) for number in numbers) / len(numbers)


def _orgnr(dice: random.Random) -> str:
    while True:
        body = f"{dice.choice('89')}{dice.randrange(10**7):07}"
        control = -rest(body, (3, 2, 7, 6, 5, 4, 3, 2)) % 11
        if control < 10:
            return f"{body}{control}"


def _account(dice: random.Random) -> str:
    while True:
        body = f"{dice.randrange(10**9, 10**10)}"
        control = -rest(body, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11
        if control < 10:
            return f"{body}{control}"


def test_telephone_numbers_amounts_days_and_organisations_are_no_identity_numbers() -> None:
    dice = random.Random(2009)
    phones = [f"{dice.randrange(2 * 10**7, 10**8)}" for _ in range(5_000)]
    assert _rate(phones, "nb") == _rate(phones, "da") == 0
    assert _rate([f"{each[:2]} {each[2:4]} {each[4:6]} {each[6:]}" for each in phones], "da") == 0
    assert _rate([_orgnr(dice) for _ in range(5_000)], "nb") == 0
    amounts = [f"{dice.randrange(10 ** dice.randint(3, 10)):,}".replace(",", " ") for _ in range(5_000)]
    assert all(_rate(amounts, language) == 0 for language in ("nb", "da", "nl"))
    days = [date(2000, 1, 1) + timedelta(days=dice.randrange(9_000)) for _ in range(2_000)]
    for form in ("%d.%m.%Y", "%Y-%m-%d", "%Y%m%d", "%d%m%Y", "%d.%m.%y %H:%M"):
        assert all(_rate([day.strftime(form) for day in days], language) == 0 for language in ("nb", "da", "nl"))
    dutch = [f"0{dice.choice(['6', '20', '30', '10', '70'])}" for _ in range(5_000)]
    phones = [f"{code}{dice.randrange(10 ** (10 - len(code))):0{10 - len(code)}}" for code in dutch]
    assert _rate(phones, "nl") == 0
    assert _rate([f"{each[:2]}-{each[2:]}" for each in phones if each[1] == "6"], "nl") == 0
    assert _rate([f"{each[:2]} {each[2:]}" for each in phones if each[1] == "6"], "nl") == 0


def test_lists_of_figures_times_and_days_are_no_identity_numbers() -> None:
    dice = random.Random(2009)
    for mark in (", ", ",", ";", " / ", "\n", "\t", " | ", ": ", "+", "="):
        for most, rate in ((4, 0), (5, 0), (8, 0.004)):
            lists = [mark.join(str(dice.randrange(10 ** dice.randint(1, most))) for _ in range(12)) for _ in range(500)]
            assert all(_rate(lists, language) <= rate for language in ("nb", "da")), (mark, most)
        days = [date(2000, 1, 1) + timedelta(days=dice.randrange(9_000)) for _ in range(500)]
        for form in ("%d.%m.%y", "%d.%m.%Y", "%Y-%m-%d", "%d/%m/%Y %H:%M:%S", "%Y%m%d", "%d%m%y"):
            written = [mark.join(each.strftime(form) for each in (day, day + timedelta(days=9))) for day in days]
            assert all(_rate(written, language) == 0 for language in ("nb", "nl"))
            counted = [f"{day.strftime(form)}{mark}{dice.randrange(1_000)} {dice.randrange(100)} stk" for day in days]
            assert _rate(counted, "nb") < 0.02


def test_a_day_and_an_amount_of_five_digits_after_it_are_taken_for_a_number_seldom() -> None:
    dice = random.Random(2009)
    days = [date(2000, 1, 1) + timedelta(days=dice.randrange(9_000)) for _ in range(20_000)]
    assert _rate([f"{day:%d.%m.%Y}: {dice.randrange(10**4, 10**5)}" for day in days], "nb") < 0.006
    assert _rate([f"{day:%d%m%y};{dice.randrange(10**4, 10**5)}" for day in days], "nb") < 0.012


def test_accounts_are_taken_for_a_number_seldom_and_never_as_they_are_printed() -> None:
    dice = random.Random(2009)
    accounts = [_account(dice) for _ in range(10_000)]
    assert _rate([f"{each[:4]}.{each[4:6]}.{each[6:]}" for each in accounts], "nb") == 0
    # One control digit is the same arithmetic, and many an account begins like a day.
    assert _rate(accounts, "nb") < 0.04


def test_random_digits_are_taken_for_a_number_seldom() -> None:
    dice = random.Random(2009)
    eleven = [f"{dice.randrange(10**11):011}" for _ in range(20_000)]
    ten = [f"{dice.randrange(10**10):010}" for _ in range(20_000)]
    assert _rate(eleven, "nb") < 0.005
    assert _rate(ten, "da") < 0.006
