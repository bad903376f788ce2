"""What the registry tells of Excel."""

from __future__ import annotations

from pathlib import PureWindowsPath
from typing import TYPE_CHECKING, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.desktop.machine import CLICK_TO_RUN, OFFICE
from tests.desktop.registry import DictRegistry
from xlmalekort.desktop.excel import (
    Excel,
    find_excel,
    is_registered,
    language_of_excel,
    register,
    registered_names,
    trusted_locations,
    unregister,
)

if TYPE_CHECKING:
    from pathlib import Path

    from xlmalekort.desktop.registry import Value

EXCEL = Excel("16.0", "16.0", 64, is_click_to_run=True)
OPTIONS = rf"{OFFICE}\Excel\Options"
OURS = cast("Path", PureWindowsPath(r"C:\Users\Kåre Ødegård\AppData\Roaming\Microsoft\AddIns\xlmalekort.xlam"))
OTHERS = st.lists(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1).map(lambda t: f'"C:\\{t}.xlam"'), max_size=5
)


def names(count: int) -> list[str]:
    return ["OPEN", *(f"OPEN{number}" for number in range(1, count))][:count]


@given(OTHERS)
def test_registering_and_back_changes_nothing_of_others(others: list[str]) -> None:
    before: dict[str, Value] = {"DefaultPath": "x", **dict(zip(names(len(others)), others, strict=True))}
    registry = DictRegistry({OPTIONS: dict(before)})
    register(registry, EXCEL, OURS)
    register(registry, EXCEL, OURS)
    assert registry.content[OPTIONS] == {**before, names(len(others) + 1)[-1]: f'"{OURS}"'}
    assert is_registered(registry, EXCEL, OURS)
    assert unregister(registry, EXCEL, OURS)
    assert registry.content[OPTIONS] == before
    assert not unregister(registry, EXCEL, OURS)


@given(
    OTHERS, st.integers(0, 5), st.sampled_from([f'"{OURS}"', f'/R "{OURS}"', str(OURS).upper(), '"xlmalekort.xlam"'])
)
def test_removing_leaves_no_gap_at_which_excel_stops(others: list[str], place: int, ours: str) -> None:
    """Wherever Excel has moved our value to, and however it writes it."""
    values = [*others[:place], ours, *others[place:]]
    registry = DictRegistry({OPTIONS: dict(zip(names(len(values)), values, strict=True))})
    assert unregister(registry, EXCEL, OURS)
    assert registry.content[OPTIONS] == dict(zip(names(len(others)), others, strict=True))
    assert registered_names(registry, EXCEL) == [name.lower() for name in names(len(others))]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ({}, None),
        (
            {CLICK_TO_RUN: {"VersionToReport": "16.0.17328.20184", "Platform": "x86"}},
            Excel("16.0", "16.0.17328.20184", 32, is_click_to_run=True),
        ),
        (
            {r"HKLM\Software\Microsoft\Office\15.0\Excel\InstallRoot": {"Path": "C:\\"}},
            Excel("15.0", "15.0", 64, is_click_to_run=False),
        ),
        (
            {r"HKLM\Software\WOW6432Node\Microsoft\Office\14.0\Excel\InstallRoot": {"Path": "C:\\"}},
            Excel("14.0", "14.0", 32, is_click_to_run=False),
        ),
    ],
)
def test_excel_is_found_however_it_was_installed(content: dict[str, dict[str, Value]], found: Excel | None) -> None:
    assert find_excel(DictRegistry(content)) == found


@pytest.mark.parametrize(("number", "language"), [(1044, "nb"), (2068, "nb"), (1030, "da"), (1043, "nl"), (1053, None)])
def test_the_language_is_that_of_excel(number: int, language: str | None) -> None:
    registry = DictRegistry({rf"{OFFICE}\Common\LanguageResources": {"UILanguage": number}})
    assert language_of_excel(registry) == language
    assert language_of_excel(DictRegistry()) is None


def test_no_folder_is_trusted_where_the_organisation_has_switched_that_off() -> None:
    content: dict[str, dict[str, Value]] = {
        rf"{OFFICE}\Excel\Security\Trusted Locations\Location1": {"Path": "C:\\malekort\\"},
        rf"{OFFICE}\Excel\Security\Trusted Locations\Location2": {"Description": "no path"},
    }
    assert [each.folder for each in trusted_locations(DictRegistry(content), EXCEL)] == ["C:\\malekort\\"]
    policy = r"HKCU\Software\Policies\Microsoft\Office\16.0\Excel\Security\Trusted Locations"
    assert trusted_locations(DictRegistry(content | {policy: {"AllLocationsDisabled": 1}}), EXCEL) == ()
