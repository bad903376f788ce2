"""A file that has another office's name is not counted for the office inside it (IDN-009)."""

from __future__ import annotations

import pytest

from xlmalekort.intake.file_names import other_in_name
from xlmalekort.model.places import Place
from xlmalekort.model.register import Office, Register

NAMES = ("NAV Øvre Åfjell", "NAV Nedre Åfjell", "NAV Ås", "NAV Åsnes", "NAV Gol", "NAV Mars-Dalen")
REGISTER = Register(
    (
        *(Office(name, "Fjellområdet", "Innland") for name in NAMES),
        Office("NAV Gamlevik", "Kysten", "Innland", successor="NAV Nyvik"),
        Office("NAV Nyvik", "Kysten", "Innland"),
        Office("NAV Kysten", "Kysten", "Innland"),
    )
)


def other(file: str, office: str = "NAV Gol", area: str = "Fjellområdet") -> str | None:
    return other_in_name(file, Place(office, area, "Innland", ""), REGISTER)


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("nav_ås_2009.xlsx", "NAV Ås"), ("Målekort NAV Ås (2).xlsx", "NAV Ås"), ("ÅSNES mars.xlsx", "NAV Åsnes"),
        ("nedre åfjell.xlsx", "NAV Nedre Åfjell"), ("2009-03 Øvre  Åfjell endelig.xlsm", "NAV Øvre Åfjell"),
        ("mars-dalen_2009.xlsx", "NAV Mars-Dalen"), ("A\u030as.xlsx", "NAV Ås"), ("aasnes.xlsx", "NAV Åsnes"),
        ("åsnes2009endelig.xlsx", "NAV Åsnes"), ("malekort_ovre_afjell.xlsx", "NAV Øvre Åfjell"),
        ("MARSDALEN2009.xlsx", "NAV Mars-Dalen"), ("oevre aafjell.xlsx", "NAV Øvre Åfjell"), ("as.xlsx", "NAV Ås"),
    ],
)  # fmt: skip
def test_the_name_of_another_office_is_seen(file: str, name: str) -> None:
    assert other(file) == name


@pytest.mark.parametrize(
    "file",
    [
        "nav_gol_2009.xlsx", "Gol og Ås.xlsx", "mars.xlsx", "NAV 2009.xlsx", "Kopi av målekort.xlsx", "åsen.xlsx",
        "afjell.xlsx", "gol.xlsx", "åfjell.xlsx", "Fjellområdet.xlsx", "", "~.xlsx",
    ],
)  # fmt: skip
def test_no_other_name_is_seen_where_there_is_none(file: str) -> None:
    assert other(file) is None


def test_a_short_form_of_its_own_name_is_its_own() -> None:
    assert other("øvre 2009.xlsx", "NAV Øvre Åfjell") is None
    assert other("nedre åfjell.xlsx", "NAV Øvre Åfjell") == "NAV Nedre Åfjell"


def test_the_area_and_the_offices_before_and_after_a_merger_are_no_others() -> None:
    assert other("kysten gol.xlsx", area="Kysten") is None
    assert other("Kysten.xlsx", "NAV Nyvik", "Kysten") is not None
    assert other("gamlevik.xlsx", "NAV Nyvik", "Kysten") is None
    assert other("nyvik.xlsx", "NAV Gamlevik", "Kysten") is None
