"""The doctor finds each thing that keeps Excel from working, says what to do, and is silent about what is right."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
import xlsxwriter

from tests.desktop.machine import ADD_IN, CLICK_TO_RUN, OFFICE, FolderMachine
from tests.desktop.registry import DictRegistry
from tests.desktop.test_install import INDEX
from tests.support.marking import marking, words
from xlmalekort import build_workbook
from xlmalekort.desktop.doctor import INSTALL, examine
from xlmalekort.desktop.environment import wanted_xlwings
from xlmalekort.desktop.findings import Finding, Level, is_fine
from xlmalekort.desktop.install import install
from xlmalekort.layout.office import SETUP_FORMAT, SETUP_KEYS, TEMPLATE_VERSION
from xlmalekort.locale import texts_of
from xlmalekort.template.macros import add_macros

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from xlmalekort.desktop.registry import Value

SECURITY = rf"{OFFICE}\Excel\Security"
POLICY = r"HKCU\Software\Policies\Microsoft\Office\16.0\Excel\Security"
INTERNET = "[ZoneTransfer]\r\nZoneId=3\r\nHostUrl=https://example.org/\r\n"


@pytest.fixture
def healthy(machine: FolderMachine) -> FolderMachine:
    install(machine, ADD_IN, INDEX)
    return machine


def wrong(machine: FolderMachine, file: Path | str | None = None) -> list[Finding]:
    found = list(examine(machine, str(file) if file is not None else None))
    assert all((each.fix is None) == (each.level in {Level.OK, Level.UNKNOWN}) for each in found)
    return [each for each in found if not is_fine([each])]


def test_where_all_is_right_nothing_is_to_be_done(healthy: FolderMachine) -> None:
    before = healthy.tree()
    found = list(examine(healthy))
    assert is_fine(found)
    assert {each.about for each in found} == {"excel", "python", "bridge", "add-in", "macros", "trust", "cloud"}
    assert str(found[0].what) == "Excel 16.0.17328.20184, 64 bits, kept up to date by Microsoft."
    assert healthy.tree() == before


def without_excel(machine: FolderMachine) -> None:
    del machine.registry.content[CLICK_TO_RUN]


def without_environment(machine: FolderMachine) -> None:
    machine.places.environment.rename(machine.places.home / "elsewhere")


def dead_python(machine: FolderMachine) -> None:
    machine.places.python.write_bytes(b"")


def without_interpreter(machine: FolderMachine) -> None:
    machine.places.interpreter.unlink()


def dead_interpreter(machine: FolderMachine) -> None:
    machine.places.interpreter.write_bytes(b"")


def without_bridge(machine: FolderMachine) -> None:
    (machine.places.environment / f"xlwings64-{wanted_xlwings()}.dll").unlink()


def other_xlwings(machine: FolderMachine) -> None:
    listed = machine.places.environment / "packages.json"
    listed.write_text(listed.read_text().replace(wanted_xlwings(), "0.30.0"))


def without_pywin32(machine: FolderMachine) -> None:
    listed = machine.places.environment / "packages.json"
    listed.write_text(listed.read_text().replace('"311"', "null"))


def faulty(machine: FolderMachine) -> None:
    machine.fault = "ImportError: DLL load failed"


def slow(machine: FolderMachine) -> None:
    machine.seconds = 8.25


def of_the_store(machine: FolderMachine) -> None:
    machine.base_python = machine.profile / "WindowsApps" / "python"


def without_add_in(machine: FolderMachine) -> None:
    machine.places.started_add_in.unlink()


def empty_add_in(machine: FolderMachine) -> None:
    machine.places.started_add_in.write_bytes(b"")


def other_add_in(machine: FolderMachine) -> None:
    machine.places.started_add_in.write_bytes(b"another")


def marked_add_in(machine: FolderMachine) -> None:
    machine.streams[machine.places.started_add_in, "Zone.Identifier"] = INTERNET


def twice(machine: FolderMachine) -> None:
    machine.places.registered_add_in.parent.mkdir()
    machine.places.registered_add_in.write_bytes(ADD_IN)


def unregistered(machine: FolderMachine) -> None:
    install(machine, ADD_IN, INDEX, registered=True)
    del machine.registry.content[rf"{OFFICE}\Excel\Options"]


def disabled(machine: FolderMachine) -> None:
    said = f"{machine.places.started_add_in}\0Målekort\0".lower().encode("utf-16-le")
    machine.registry.content[rf"{OFFICE}\Excel\Resiliency\DisabledItems"] = {"1A2B": b"\1\0\0\0" * 3 + said}


def setting(key: str, name: str, value: Value) -> Callable[[FolderMachine], None]:
    def change(machine: FolderMachine) -> None:
        machine.registry.content.setdefault(key, {})[name] = value

    change.__name__ = f"{name}={value!r}"
    return change


def without_onedrive(machine: FolderMachine) -> None:
    machine.registry.content[r"HKCU\Software\SyncEngines\Providers\OneDrive\Business1"] = {
        "UrlNamespace": "https://x-my.sharepoint.com/personal/y/Documents",
        "MountPoint": str(machine.profile / "OneDrive - X"),
    }


DEFECTS: list[tuple[Callable[[FolderMachine], None], str, Level, str]] = [
    (without_excel, "excel", Level.ERROR, "was not found"),
    (without_environment, "python", Level.ERROR, "no Python environment is there"),
    (dead_python, "python", Level.ERROR, "AppLocker"),
    (without_interpreter, "python", Level.ERROR, "quarantine"),
    (dead_interpreter, "python", Level.ERROR, "does not run"),
    (without_bridge, "python", Level.ERROR, "xlwings64-"),
    (other_xlwings, "python", Level.ERROR, "xlwings is version 0.30.0"),
    (without_pywin32, "python", Level.ERROR, "pywin32 is missing"),
    (faulty, "python", Level.ERROR, "DLL load failed"),
    (slow, "python", Level.WARNING, "8.2 seconds"),
    (of_the_store, "python", Level.ERROR, "Microsoft Store"),
    (without_add_in, "add-in", Level.ERROR, "is gone"),
    (empty_add_in, "add-in", Level.ERROR, "is empty"),
    (other_add_in, "add-in", Level.WARNING, "has changed"),
    (marked_add_in, "add-in", Level.ERROR, "from the internet"),
    (twice, "add-in", Level.WARNING, "two places"),
    (unregistered, "add-in", Level.ERROR, "not registered"),
    (disabled, "add-in", Level.ERROR, "after a crash"),
    (setting(SECURITY, "VBAWarnings", 4), "macros", Level.WARNING, "choose to be asked"),
    (setting(SECURITY, "VBAWarnings", 3), "macros", Level.WARNING, "signed macros only"),
    (setting(POLICY, "VBAWarnings", 4), "macros", Level.WARNING, "The organisation has set this"),
    (setting(POLICY, "blockcontentexecutionfrominternet", 1), "macros", Level.WARNING, "from e-mail"),
    (setting(rf"{OFFICE}\Common", "VBAOff", 1), "macros", Level.ERROR, "all of Office"),
    (setting(POLICY, "DisableAllAddins", 1), "add-ins", Level.ERROR, "no add-ins at all"),
    (setting(POLICY, "RequireAddinSig", 1), "add-ins", Level.WARNING, "signed add-ins"),
    (setting(rf"{POLICY}\Trusted Locations", "AllLocationsDisabled", 1), "trust", Level.WARNING, "trusts no folder"),
    (without_onedrive, "cloud", Level.WARNING, "OneDrive - X"),
]


@pytest.mark.parametrize(("change", "about", "level", "said"), DEFECTS, ids=[each[0].__name__ for each in DEFECTS])
def test_each_defect_is_found_and_nothing_else(
    healthy: FolderMachine, change: Callable[[FolderMachine], None], about: str, level: Level, said: str
) -> None:
    change(healthy)
    found = wrong(healthy)
    assert [(each.about, each.level) for each in found] == [(about, level)]
    assert said in f"{found[0].what} {found[0].fix}"


@pytest.mark.parametrize("value", [1, 2])
def test_macros_that_run_or_ask_are_right(healthy: FolderMachine, value: int) -> None:
    healthy.registry.content[SECURITY] = {"VBAWarnings": value}
    assert wrong(healthy) == []


def test_where_nothing_is_installed_that_is_said(machine: FolderMachine) -> None:
    assert [each.about for each in wrong(machine)] == ["python", "add-in"]


def test_what_runs_all_the_same_is_said_only_where_it_does(healthy: FolderMachine) -> None:
    healthy.registry.content[SECURITY] = {"VBAWarnings": 4}
    assert "runs all the same" in (wrong(healthy)[0].fix or "")
    healthy.registry.content[rf"{SECURITY}\Trusted Locations\Location1"] = {"Path": "C:\\annet"}
    assert "runs all the same" not in (wrong(healthy)[0].fix or "")


def test_where_nothing_can_be_installed_nothing_is_missed(machine: FolderMachine) -> None:
    machine.is_windows, machine.registry = False, DictRegistry()
    assert [(each.about, each.level) for each in examine(machine)] == [("excel", Level.UNKNOWN)]


def test_where_there_is_no_windows_the_rest_is_checked(healthy: FolderMachine) -> None:
    healthy.is_windows, healthy.registry = False, DictRegistry()
    found = {each.about: each.level for each in examine(healthy)}
    assert found == {"excel": Level.UNKNOWN, "python": Level.ERROR, "add-in": Level.OK}


@pytest.mark.parametrize("change", [each[0] for each in DEFECTS], ids=[each[0].__name__ for each in DEFECTS])
def test_every_word_of_a_finding_is_in_the_readers_language(
    healthy: FolderMachine, change: Callable[[FolderMachine], None]
) -> None:
    change(healthy)
    names = words(
        f"{healthy.profile} {INSTALL} --register ImportError: DLL load failed there is no such program doctor FILE.xlsm"
    )
    names |= words(
        "AppData Local Roaming Microsoft Excel XLSTART AddIns OneDrive xlwings pywin pythonw python exe dll xlam Scripts"
    )
    with marking():
        texts = texts_of("nb")
        found = [
            (each.level.word, each.what.told(texts), each.fix.told(texts) if each.fix else "")
            for each in examine(healthy)
        ]
    left = {word for _, what, fix in found for word in words(what) | words(fix)}
    assert left <= names


# A workbook


def with_macros(path: Path, *, template: str = TEMPLATE_VERSION, interpreter: Path | None = None) -> Path:
    workbook = xlsxwriter.Workbook(path)
    workbook.add_worksheet()
    setup = workbook.add_worksheet("Oppsett")
    for row, key in enumerate(SETUP_KEYS):
        setup.write_row(row, 0, (key, {"format": SETUP_FORMAT, "template": template}.get(key, "")))
    setup.hide()
    add_macros(workbook, texts_of("nb"))
    if interpreter is not None:
        workbook.get_worksheet_by_name("xlwings.conf").write_string(0, 1, str(interpreter))
    workbook.close()
    return path


def test_a_workbook_that_is_right_is_said_to_be(healthy: FolderMachine) -> None:
    path = with_macros(healthy.profile / "målekort.xlsm", interpreter=healthy.places.interpreter)
    found = list(examine(healthy, str(path)))
    assert is_fine(found)
    assert [each.about for each in found[-4:]] == ["blocked", "template", "settings", "bridge"]


def test_a_workbook_finds_the_interpreter_by_the_users_folder(healthy: FolderMachine) -> None:
    path = with_macros(healthy.profile / "målekort.xlsm")
    settings = [each for each in examine(healthy, str(path)) if each.about == "settings"]
    assert str(healthy.local) in settings[0].what


@pytest.mark.parametrize("zone", [3, 4])
def test_a_workbook_from_the_internet_is_blocked(healthy: FolderMachine, zone: int) -> None:
    path = with_macros(healthy.profile / "målekort.xlsm", interpreter=healthy.places.interpreter)
    healthy.streams[path, "Zone.Identifier"] = INTERNET.replace("3", str(zone))
    (found,) = wrong(healthy, path)
    assert (found.about, found.level) == ("blocked", Level.ERROR)
    assert "Protected View" in found.what
    assert found.fix is not None
    assert "Unblock" in found.fix
    healthy.registry.content[rf"{SECURITY}\ProtectedView"] = {"DisableInternetFilesInPV": 1}
    assert "Protected View" not in wrong(healthy, path)[0].what


@pytest.mark.parametrize("folder", ["målekort", "målekort/2009"])
def test_a_trusted_folder_unblocks_what_lies_in_it(healthy: FolderMachine, folder: str) -> None:
    path = healthy.profile / folder / "bok.xlsm"
    path.parent.mkdir(parents=True)
    with_macros(path, interpreter=healthy.places.interpreter)
    healthy.streams[path, "Zone.Identifier"] = INTERNET
    location: dict[str, Value] = {"Path": str(healthy.profile / "målekort").replace("/", "\\")}
    healthy.registry.content[rf"{SECURITY}\Trusted Locations\Location7"] = location
    assert [each.about for each in wrong(healthy, path)] == ([] if folder == "målekort" else ["blocked"])
    location["AllowSubfolders"] = 1
    assert wrong(healthy, path) == []


def test_a_workbook_of_the_intranet_is_not_blocked(healthy: FolderMachine) -> None:
    path = with_macros(healthy.profile / "målekort.xlsm", interpreter=healthy.places.interpreter)
    healthy.streams[path, "Zone.Identifier"] = INTERNET.replace("3", "1")
    assert wrong(healthy, path) == []


def test_a_workbook_of_another_version_is_told(healthy: FolderMachine) -> None:
    path = with_macros(healthy.profile / "målekort.xlsm", template="1", interpreter=healthy.places.interpreter)
    (found,) = wrong(healthy, path)
    assert (found.about, found.level) == ("template", Level.ERROR)
    assert "migrate" in (found.fix or "")


def test_a_workbook_whose_python_is_not_there_is_told(healthy: FolderMachine) -> None:
    path = with_macros(healthy.profile / "målekort.xlsm", interpreter=healthy.profile / "borte.exe")
    (found,) = wrong(healthy, path)
    assert (found.about, found.level) == ("settings", Level.ERROR)


def test_a_workbook_whose_macros_want_another_bridge_is_told(
    healthy: FolderMachine, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = with_macros(healthy.profile / "målekort.xlsm", interpreter=healthy.places.interpreter)
    monkeypatch.setattr("xlmalekort.desktop.workbook.wanted_xlwings", lambda: "9.9.9")
    (found,) = wrong(healthy, path)
    assert (found.about, found.level) == ("bridge", Level.ERROR)
    assert f"{wanted_xlwings()}, and the Python here has 9.9.9" in found.what


def test_macros_of_somebody_else_are_not_ours(healthy: FolderMachine) -> None:
    path = healthy.profile / "annet.xlsm"
    workbook = xlsxwriter.Workbook(path)
    workbook.add_worksheet()
    workbook.add_vba_project(io.BytesIO(b"no project"), is_stream=True)
    workbook.close()
    assert [(each.about, each.level) for each in list(examine(healthy, str(path)))[-2:]] == [
        ("settings", Level.WARNING),
        ("bridge", Level.UNKNOWN),
    ]


def test_a_workbook_without_macros_has_no_button(healthy: FolderMachine) -> None:
    path = healthy.profile / "målekort.xlsx"
    build_workbook("nav-buskerud-2009", "Prøvedal", path)
    (found,) = wrong(healthy, path)
    assert (found.about, found.level) == ("workbook", Level.WARNING)


@pytest.mark.parametrize("content", [None, b"", b"no workbook"])
def test_what_is_no_workbook_is_told(healthy: FolderMachine, content: bytes | None) -> None:
    path = healthy.profile / "bok.xlsm"
    if content is not None:
        path.write_bytes(content)
    (found,) = wrong(healthy, path)
    assert (found.about, found.level) == ("workbook", Level.ERROR)


def test_a_workbook_may_be_named_by_its_address_in_the_cloud(healthy: FolderMachine) -> None:
    without_onedrive(healthy)
    address = "https://x-my.sharepoint.com/personal/y/Documents/målekort.xlsm"
    (healthy.profile / "OneDrive - X").mkdir()
    (found,) = wrong(healthy, address)
    assert (found.about, found.level) == ("cloud", Level.ERROR)
    with_macros(healthy.profile / "OneDrive - X" / "målekort.xlsm", interpreter=healthy.places.interpreter)
    assert wrong(healthy, address) == []
