"""Installing is whole or not at all, twice is the same as once, and uninstalling leaves the machine as it was."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.desktop.machine import ADD_IN, CLICK_TO_RUN, OFFICE, FolderMachine
from xlmalekort.desktop.environment import Source, find_source, wanted_xlwings
from xlmalekort.desktop.install import install
from xlmalekort.desktop.uninstall import uninstall
from xlmalekort.pipeline.errors import NotDoneError

if TYPE_CHECKING:
    from collections.abc import Callable

INDEX = Source("xlmalekort", ("xlmalekort",), is_file=False)
CHECKOUT = Source("kilde", ("kilde",), is_file=True)
OPTIONS = rf"{OFFICE}\Excel\Options"


def pips(machine: FolderMachine) -> list[list[str]]:
    return [each for each in machine.ran if "pip" in each]


def test_environment_and_add_in_are_where_the_workbooks_and_excel_look(machine: FolderMachine) -> None:
    done = install(machine, ADD_IN, INDEX)
    places = machine.places
    assert done.add_in == machine.roaming / "Microsoft" / "Excel" / "XLSTART" / "xlmalekort.xlam"
    assert done.add_in.read_bytes() == ADD_IN
    assert done.interpreter == machine.local / "xlmalekort" / "python" / "Scripts" / "pythonw.exe"
    assert done.interpreter.is_file()
    quiet = places.environment / "Lib" / "site-packages" / "xlmalekort_quiet.pth"
    assert quiet.read_text() == "import xlmalekort.desktop.quiet_start\n"


def test_twice_is_the_same_as_once(machine: FolderMachine) -> None:
    install(machine, ADD_IN, INDEX)
    before, runs = machine.tree(), len(pips(machine))
    done = install(machine, ADD_IN, INDEX)
    assert machine.tree() == before
    assert len(pips(machine)) == runs == 1
    assert all("right as it is" in step for step in done.steps)


def test_a_checkout_is_installed_anew_for_its_content_may_have_changed(machine: FolderMachine) -> None:
    install(machine, ADD_IN, CHECKOUT)
    before = machine.tree()
    install(machine, ADD_IN, CHECKOUT)
    assert machine.tree() == before
    assert "--force-reinstall" in pips(machine)[1]


@pytest.mark.parametrize("registered", [False, True])
def test_a_dry_run_says_what_would_be_done_and_writes_nothing(machine: FolderMachine, registered: bool) -> None:
    before, options = machine.tree(), dict(machine.registry.content[OPTIONS])
    said = install(machine, ADD_IN, INDEX, dry_run=True, registered=registered)
    assert machine.tree() == before
    assert not machine.places.home.exists()
    assert machine.registry.content[OPTIONS] == options
    assert install(machine, ADD_IN, INDEX, registered=registered).steps == said.steps


def test_settings_of_xlwings_that_the_user_has_are_not_touched(machine: FolderMachine) -> None:
    install(machine, ADD_IN, INDEX)
    assert (machine.profile / ".xlwings" / "xlwings.conf").read_text() == "the user's own"


# Interrupted, and in the way


def stopped(*_: object, **__: object) -> Any:
    raise KeyboardInterrupt


def at_making(machine: FolderMachine, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(machine, "make_environment", stopped)


def at_pip(machine: FolderMachine, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(machine, "_pip", stopped)


def at_add_in(machine: FolderMachine, patch: pytest.MonkeyPatch) -> None:
    replace = Path.replace

    def stop(self: Path, target: Path) -> Path:
        return stopped() if target.suffix == ".xlam" else replace(self, target)

    patch.setattr(Path, "replace", stop)


def at_half_an_add_in(machine: FolderMachine, patch: pytest.MonkeyPatch) -> None:
    write = Path.write_bytes

    def stop(self: Path, content: bytes) -> int:
        if content != ADD_IN:
            return write(self, content)
        # What a killed run leaves must not lie where Excel opens whatever it finds.
        assert self.parent.name != "XLSTART"
        write(self, content[:4])
        return int(stopped())

    patch.setattr(Path, "write_bytes", stop)


@pytest.mark.parametrize("where", [at_making, at_pip, at_add_in, at_half_an_add_in])
def test_an_interrupted_run_leaves_nothing_that_excel_loads_half(
    machine: FolderMachine, where: Callable[[FolderMachine, pytest.MonkeyPatch], None]
) -> None:
    before = machine.tree()
    with pytest.MonkeyPatch.context() as patch:
        where(machine, patch)
        with pytest.raises(KeyboardInterrupt):
            install(machine, ADD_IN, INDEX)
    start = machine.places.started_add_in
    assert [each.name for each in start.parent.iterdir()] == ["PERSONAL.XLSB"]
    assert machine.places.interpreter.exists() == (where in {at_add_in, at_half_an_add_in})
    install(machine, ADD_IN, INDEX)
    assert start.read_bytes() == ADD_IN
    assert machine.places.interpreter.is_file()
    uninstall(machine)
    assert machine.tree() == before


@pytest.mark.parametrize("where", [at_making, at_pip, at_add_in, at_half_an_add_in])
def test_what_an_interrupted_run_has_left_is_removed(
    machine: FolderMachine, where: Callable[[FolderMachine, pytest.MonkeyPatch], None]
) -> None:
    before = machine.tree()
    with pytest.MonkeyPatch.context() as patch:
        where(machine, patch)
        with pytest.raises(KeyboardInterrupt):
            install(machine, ADD_IN, INDEX)
    uninstall(machine)
    assert machine.tree() == before


def test_an_add_in_that_excel_has_open_is_kept_and_told(
    machine: FolderMachine, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(machine, ADD_IN, INDEX)
    before = machine.tree()
    replace = Path.replace

    def locked(self: Path, target: Path) -> Path:
        if Path(target).suffix == ".xlam":
            raise PermissionError(13, "used by another process", str(target))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", locked)
    with pytest.raises(NotDoneError, match="Excel has the add-in open"):
        install(machine, b"a newer one", INDEX)
    after = machine.tree()
    assert {name for name in before if before[name] != after[name]} == {"AppData/Local/xlmalekort/installed.json"}
    assert after.keys() == before.keys()
    monkeypatch.undo()
    install(machine, b"a newer one", INDEX)
    assert machine.places.started_add_in.read_bytes() == b"a newer one"


def test_a_python_that_excel_is_using_is_not_changed(machine: FolderMachine) -> None:
    install(machine, ADD_IN, INDEX)
    before = machine.tree()
    machine.is_python_used = True
    with pytest.raises(NotDoneError, match="Close Excel"):
        install(machine, ADD_IN, CHECKOUT)
    with pytest.raises(NotDoneError, match="Close Excel"):
        uninstall(machine)
    assert machine.tree() == before


def test_where_pip_fails_there_is_no_interpreter_to_start(machine: FolderMachine) -> None:
    machine.pip_says = "No matching distribution found for lxml"
    with pytest.raises(NotDoneError, match="No matching distribution found for lxml"):
        install(machine, ADD_IN, INDEX)
    assert not machine.places.interpreter.exists()
    assert not machine.places.started_add_in.exists()


def test_where_pip_fails_the_old_environment_goes_on_working(machine: FolderMachine) -> None:
    install(machine, ADD_IN, INDEX)
    machine.pip_says = "Connection timed out"
    with pytest.raises(NotDoneError, match="Connection timed out"):
        install(machine, ADD_IN, CHECKOUT)
    assert machine.places.interpreter.is_file()


def test_what_antivirus_has_taken_is_put_back(machine: FolderMachine) -> None:
    install(machine, ADD_IN, INDEX)
    before = machine.tree()
    (machine.places.environment / f"xlwings64-{wanted_xlwings()}.dll").unlink()
    (machine.places.environment / f"xlwings32-{wanted_xlwings()}.dll").write_bytes(b"")
    machine.places.interpreter.unlink()
    machine.places.started_add_in.write_bytes(b"")
    install(machine, ADD_IN, INDEX)
    assert machine.tree() == before


@pytest.mark.parametrize("name", ["python", "add-in"])
def test_what_somebody_else_has_put_there_is_left_alone(machine: FolderMachine, name: str) -> None:
    path = machine.places.environment / "notater.txt" if name == "python" else machine.places.started_add_in
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("andres")
    with pytest.raises(NotDoneError, match="Move it away"):
        install(machine, ADD_IN, INDEX)
    assert path.read_text() == "andres"


def test_a_python_of_the_store_is_refused(machine: FolderMachine) -> None:
    machine.base_python = Path("C:/Program Files/WindowsApps/PythonSoftwareFoundation.Python.3.11_3.11.2544.0_x64")
    before = machine.tree()
    with pytest.raises(NotDoneError, match="Microsoft Store"):
        install(machine, ADD_IN, INDEX)
    assert machine.tree() == before


def test_the_environment_is_not_changed_by_its_own_python(machine: FolderMachine) -> None:
    install(machine, ADD_IN, INDEX)
    before = machine.tree()
    machine.own_environment = machine.places.environment
    for work in (lambda: install(machine, ADD_IN, CHECKOUT), lambda: uninstall(machine)):
        with pytest.raises(NotDoneError, match="the very Python in it"):
            work()
    assert machine.tree() == before


# Registered with Excel


def test_a_registered_add_in_stands_beside_the_others(machine: FolderMachine) -> None:
    before, options = machine.tree(), dict(machine.registry.content[OPTIONS])
    for _ in range(2):
        done = install(machine, ADD_IN, INDEX, registered=True)
        assert machine.registry.content[OPTIONS] == {**options, "OPEN2": f'"{done.add_in}"'}
    assert not machine.places.started_add_in.exists()
    uninstall(machine)
    assert machine.registry.content[OPTIONS] == options
    assert machine.tree() == before


def test_excel_opens_the_add_in_from_one_place_only(machine: FolderMachine) -> None:
    options = dict(machine.registry.content[OPTIONS])
    install(machine, ADD_IN, INDEX)
    install(machine, ADD_IN, INDEX, registered=True)
    assert machine.places.registered_add_in.is_file()
    assert not machine.places.started_add_in.exists()
    install(machine, ADD_IN, INDEX)
    assert machine.places.started_add_in.is_file()
    assert not machine.places.registered_add_in.exists()
    assert machine.registry.content[OPTIONS] == options


def test_nothing_is_registered_while_excel_runs(machine: FolderMachine) -> None:
    machine.running.add("EXCEL.EXE")
    before, options = machine.tree(), dict(machine.registry.content[OPTIONS])
    with pytest.raises(NotDoneError, match="Excel is running"):
        install(machine, ADD_IN, INDEX, registered=True)
    assert machine.registry.content[OPTIONS] == options
    assert machine.tree() == before


def test_nothing_is_registered_with_an_excel_that_is_not_there(machine: FolderMachine) -> None:
    del machine.registry.content[CLICK_TO_RUN]
    before = machine.tree()
    with pytest.raises(NotDoneError, match="Excel was not found"):
        install(machine, ADD_IN, INDEX, registered=True)
    assert machine.tree() == before


# Uninstalling


def test_uninstalling_leaves_the_machine_as_it_was(machine: FolderMachine) -> None:
    before = machine.tree()
    folders = set(machine.profile.rglob("*"))
    install(machine, ADD_IN, INDEX)
    would = uninstall(machine, dry_run=True)
    removed = uninstall(machine)
    assert set(would.removed) == set(removed.removed)
    assert removed.left == ()
    assert machine.tree() == before
    assert set(machine.profile.rglob("*")) == folders
    with pytest.raises(NotDoneError, match="nothing is installed"):
        uninstall(machine)


def test_what_is_not_ours_is_left_and_told(machine: FolderMachine) -> None:
    install(machine, ADD_IN, INDEX)
    machine.places.started_add_in.write_bytes(b"somebody else's")
    (machine.places.home / "notater.txt").write_text("mine")
    left = uninstall(machine).left
    assert machine.places.started_add_in.read_bytes() == b"somebody else's"
    assert (machine.places.home / "notater.txt").read_text() == "mine"
    assert [("changed" in each, "not ours" in each) for each in left] == [(True, False), (False, True)]


def test_what_could_not_be_removed_is_removed_the_next_time(
    machine: FolderMachine, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = machine.tree()
    install(machine, ADD_IN, INDEX)
    unlink = Path.unlink

    def locked(self: Path, *, missing_ok: bool = False) -> None:
        if self.suffix == ".xlam":
            raise PermissionError(13, "used by another process", str(self))
        unlink(self, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", locked)
    assert "it is open in another program" in uninstall(machine).left[0]
    assert machine.places.manifest.is_file()
    monkeypatch.undo()
    assert uninstall(machine).left == ()
    assert machine.tree() == before


def test_a_list_that_cannot_be_understood_is_told(machine: FolderMachine) -> None:
    machine.places.home.mkdir()
    machine.places.manifest.write_text("{")
    with pytest.raises(NotDoneError, match="cannot be understood"):
        install(machine, ADD_IN, INDEX)
    assert json.loads(json.dumps(machine.places.manifest.read_text())) == "{"


# Where the program comes from


def test_the_program_is_installed_from_where_it_came(tmp_path: Path) -> None:
    own = find_source(None)
    assert own.is_file
    assert (Path(own.arguments[0]) / "pyproject.toml").is_file()
    wheel = tmp_path / "xlmalekort-0.1.0-py3-none-any.whl"
    wheel.touch()
    assert find_source(wheel).arguments == (str(wheel),)
    assert find_source(tmp_path).arguments == ("--no-index", "--find-links", str(tmp_path), "xlmalekort==0.1.0")
    (tmp_path / "tom").mkdir()
    with pytest.raises(NotDoneError, match="neither the sources nor a wheel"):
        find_source(tmp_path / "tom")
    with pytest.raises(NotDoneError, match="no such file"):
        find_source(tmp_path / "x.whl")
