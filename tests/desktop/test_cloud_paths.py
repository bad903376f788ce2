"""A workbook of OneDrive or SharePoint is found where it lies on this machine, and no other is taken for it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.desktop.registry import DictRegistry
from xlmalekort.desktop.cloud_paths import Mount, local_path, read_mounts, resolve

if TYPE_CHECKING:
    import pytest

ONEDRIVE = r"HKCU\Software\SyncEngines\Providers\OneDrive"
TEAM = "https://fylket.sharepoint.com/sites/Malekort/Delte dokumenter/"
MINE = "https://fylket-my.sharepoint.com/personal/kari_fylket_no/Documents"
NAMES = st.sampled_from(
    ["Målekort", "Ærø og Øst", "2009", "kontor", "A & B", "50% ferdig", "C#", "Sande (ny)", "Årsak – tiltak", "x+y"]
)
FOLDERS = st.lists(NAMES, max_size=3).map(tuple)


def made(*parts: Path | str) -> Path:
    path = Path(*parts)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    return path


def written(base: str, parts: tuple[str, ...], *, encoded: bool) -> str:
    """An address as Excel writes it, or as a browser does."""
    url = "/".join((base.rstrip("/"), *parts))
    return quote(url, safe=":/") if encoded else url


@given(inner=FOLDERS, name=NAMES, encoded=st.booleans(), kind=st.sampled_from(["private", "business", "team", "part"]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
def test_a_workbook_is_found_by_its_address(
    tmp_path_factory: pytest.TempPathFactory, inner: tuple[str, ...], name: str, encoded: bool, kind: str
) -> None:
    profile = tmp_path_factory.mktemp("Kari Nordmann ÆØÅ")
    file = f"{name} - bok.xlsm"
    mounts = {
        "private": Mount("https://d.docs.live.net", profile / "OneDrive", account="f9d8c1184686d493"),
        "business": Mount(MINE, profile / "OneDrive - Fylket", is_part=False),
        "team": Mount(TEAM, profile / "Fylket" / "Målekort - Delte dokumenter", is_part=False),
        "part": Mount(TEAM, profile / "Fylket" / "Målekort - Kontor Øst", is_part=True),
    }
    base, before = {
        "private": ("https://d.docs.live.net/F9D8C1184686D493", ()),
        "business": (MINE.upper(), ()),
        "team": (TEAM, ()),
        "part": (TEAM, ("Kontor Øst",)),
    }[kind]
    path = made(mounts[kind].folder, *inner, file)
    url = written(base.replace("HTTPS", "https"), (*before, *inner, file), encoded=encoded)
    assert local_path(url, mounts.values()) == path
    assert local_path(f"{url}?web=1", mounts.values()) == path
    assert local_path(url.rpartition("/")[0], mounts.values()) == path.parent
    path.unlink()
    assert local_path(url, mounts.values()) is None


@given(st.text() | st.lists(st.sampled_from(["..", ".", "%2e%2e", "a%2Fb", "a", "..%5c", "C:", ""]), max_size=6))
def test_no_address_leads_out_of_the_folder(said: str | list[str]) -> None:
    folder = Path(__file__).parent
    url = said if isinstance(said, str) else TEAM + "/".join(said)
    found = resolve(url, [Mount(TEAM, folder)], {})
    assert found is None or folder in (found.resolve(), *found.resolve().parents)


def test_the_longest_address_wins(tmp_path: Path) -> None:
    whole, part = tmp_path / "Målekort - Delte dokumenter", tmp_path / "Målekort - Kontorer"
    mounts = [
        Mount(TEAM, whole, is_part=False),
        Mount(TEAM, part, remote="https:/fylket.sharepoint.com/sites/Malekort/Delte dokumenter/2009/Kontorer"),
    ]
    made(whole, "2009", "Kontorer", "a.xlsm")
    inner = made(part, "a.xlsm")
    other = made(whole, "2009", "b.xlsm")
    assert resolve(f"{TEAM}2009/Kontorer/a.xlsm", mounts, {}) == inner
    assert resolve(f"{TEAM}2009/b.xlsm", mounts, {}) == other


def test_channels_that_share_an_address_are_told_apart_by_their_folders(tmp_path: Path) -> None:
    east, west = tmp_path / "Målekort - NAV - Øst", tmp_path / "Målekort - NAV - Vest"
    mounts = [Mount(TEAM, east), Mount(TEAM, west)]
    made(east, "bok.xlsm")
    found = made(west, "bok.xlsm")
    assert resolve(f"{TEAM}Vest/bok.xlsm", mounts, {}) == found
    assert resolve(f"{TEAM}Nord/bok.xlsm", mounts, {}) is None


def test_a_file_of_the_same_name_in_another_place_is_not_taken(tmp_path: Path) -> None:
    """Only the folder Øst is on this machine; its inner folder Vest is not the library's."""
    made(tmp_path / "Målekort - Øst", "Vest", "bok.xlsm")
    mount = Mount(TEAM, tmp_path / "Målekort - Øst", is_part=True)
    assert resolve(f"{TEAM}Vest/bok.xlsm", [mount], {}) is None


def test_where_two_files_answer_none_does(tmp_path: Path) -> None:
    first, second = tmp_path / "en" / "Delte dokumenter", tmp_path / "to" / "Delte dokumenter"
    made(first, "bok.xlsm"), made(second, "bok.xlsm")
    assert resolve(f"{TEAM}bok.xlsm", [Mount(TEAM, first), Mount(TEAM, second)], {}) is None


def test_of_two_accounts_each_has_its_own_files(tmp_path: Path) -> None:
    mine, yours = tmp_path / "OneDrive - Fylket", tmp_path / "OneDrive - Direktoratet"
    theirs = "https://direktoratet-my.sharepoint.com/personal/kari_dir_no/Documents"
    first, second = made(mine, "bok.xlsm"), made(yours, "bok.xlsm")
    mounts = [Mount(MINE, mine), Mount(theirs, yours)]
    assert resolve(f"{MINE}/bok.xlsm", mounts, {}) == first
    assert resolve(f"{theirs}/bok.xlsm", mounts, {}) == second


def test_a_private_account_of_somebody_else_is_not_ours(tmp_path: Path) -> None:
    made(tmp_path, "bok.xlsm")
    mount = Mount("https://d.docs.live.net", tmp_path, account="f9d8c1184686d493")
    assert resolve("https://d.docs.live.net/56aedc5c5f2afc2b/bok.xlsm", [mount], {}) is None


def test_the_environment_answers_for_a_service_that_the_registry_does_not_know(tmp_path: Path) -> None:
    private, business = tmp_path / "OneDrive", tmp_path / "OneDrive - Fylket"
    first, second = made(private, "Å", "bok.xlsm"), made(business, "Å", "bok.xlsm")
    environ = {"OneDriveConsumer": str(private), "OneDriveCommercial": str(business)}
    assert resolve("https://d.docs.live.net/f9d8c1184686d493/%C3%85/bok.xlsm", [], environ) == first
    assert resolve(f"{MINE}/Å/bok.xlsm", [], environ) == second
    assert resolve(f"{MINE}/Å/bok.xlsm", [], {"OneDrive": str(business)}) == second
    assert resolve(f"{TEAM}Å/bok.xlsm", [], environ) is None
    colleague = MINE.replace("kari", "ola")
    assert resolve(f"{colleague}/Å/bok.xlsm", [Mount(MINE, business)], environ) is None


def test_a_local_path_is_given_back_if_something_is_there(tmp_path: Path) -> None:
    path = made(tmp_path, "Målekort øst", "bok.xlsm")
    assert local_path(str(path)) == path
    assert local_path(str(path.parent)) == path.parent
    assert local_path(str(path) + "x") is None


def test_a_workbook_that_was_never_saved_has_no_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(tmp_path, "Mappe1")
    monkeypatch.chdir(tmp_path)
    assert local_path("Mappe1") is None
    assert local_path("") is None


def test_mounts_are_read_from_the_registry(tmp_path: Path) -> None:
    registry = DictRegistry(
        {
            f"{ONEDRIVE}\\Personal": {
                "UrlNamespace": "https://d.docs.live.net",
                "MountPoint": str(tmp_path / "OneDrive"),
                "LibraryType": "personal",
                "CID": "f9d8c1184686d493",
            },
            f"{ONEDRIVE}\\63d95dea+1": {
                "URLNamespace": TEAM,
                "MountPoint": str(tmp_path / "Øst"),
                "IsFolderScope": 1,
                "FullRemotePath": f"{TEAM}Øst",
            },
            f"{ONEDRIVE}\\Business1": {"UrlNamespace": MINE, "MountPoint": str(tmp_path), "IsFolderScope": "0"},
            f"{ONEDRIVE}\\half": {"UrlNamespace": TEAM},
        }
    )
    assert list(read_mounts(registry)) == [
        Mount("https://d.docs.live.net", tmp_path / "OneDrive", account="f9d8c1184686d493"),
        Mount(TEAM, tmp_path / "Øst", remote=f"{TEAM}Øst", is_part=True),
        Mount(MINE, tmp_path, is_part=False),
    ]
    assert list(read_mounts(DictRegistry())) == []


def test_the_machine_itself_is_asked_where_no_mounts_are_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = made(tmp_path, "bok.xlsm")
    monkeypatch.setenv("OneDriveConsumer", str(tmp_path))
    assert local_path("https://d.docs.live.net/f9d8c1184686d493/bok.xlsm") == path
