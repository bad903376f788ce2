"""Installing for one person: the environment that Excel starts, and the add-in that Excel opens.

The add-in comes last and whole, so that an interrupted run leaves nothing that Excel loads half. A second run finds what the
first one made and does only what is lacking.
"""

from __future__ import annotations

import contextlib
import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import xlmalekort
from xlmalekort.desktop.environment import is_complete, is_store_python, look_at, refuse_from_within, set_up
from xlmalekort.desktop.excel import find_excel, is_registered, register, unregister
from xlmalekort.desktop.manifest import Manifest, hash_of, read_manifest, write_manifest
from xlmalekort.desktop.places import Places
from xlmalekort.locale.told import Phrase
from xlmalekort.output import changing
from xlmalekort.pipeline.errors import NotDoneError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from xlmalekort.desktop.environment import Environment, Source
    from xlmalekort.desktop.excel import Excel
    from xlmalekort.desktop.machine import Machine
    from xlmalekort.locale.told import Told

_EXCEL = "EXCEL.EXE"


@dataclass(frozen=True, slots=True)
class Installed:
    """What was done, or with a dry run would be, in the order in which it is; where the interpreter and the add-in are."""

    steps: tuple[Told, ...]
    interpreter: Path
    add_in: Path


def install(
    machine: Machine,
    add_in: bytes,
    source: Source,
    *,
    registered: bool = False,
    dry_run: bool = False,
    progress: Callable[[Told], None] = lambda _: None,
) -> Installed:
    """Install for the user of the machine. `progress` is told each step before it is done.

    The add-in goes where Excel opens whatever it finds, or with `registered` where Excel opens what the registry names.
    NotDoneError where Excel or somebody else's file is in the way; BusyError where another run is installing.
    """
    if is_store_python(machine):
        raise NotDoneError(
            Phrase(
                "This Python is from the Microsoft Store, and Windows hides what it writes from Excel. "
                "Install Python from python.org (for yourself only, no administrator needed) and run this again with it."
            )
        )
    places = Places(machine)
    refuse_from_within(machine, places)
    manifest = read_manifest(places.manifest) or Manifest()
    work = _Work(machine, places, manifest, find_excel(machine.registry), progress, dry_run=dry_run)
    wanted = places.registered_add_in if registered else places.started_add_in
    work.refuse_registry(wanted, registered=registered)
    with contextlib.ExitStack() as held:
        if not dry_run:
            places.home.mkdir(parents=True, exist_ok=True)
            held.enter_context(changing(places.manifest, patience=0))
        work.environment(source)
        # Where it stood before, so that Excel does not open it twice.
        work.take_away(places.started_add_in if registered else places.registered_add_in)
        work.put(wanted, add_in)
        if registered:
            work.register(wanted)
    return Installed(tuple(work.steps), places.interpreter, wanted)


class _Work:
    """The steps of one run, with the list of what was written kept ahead of them."""

    def __init__(
        self,
        machine: Machine,
        places: Places,
        manifest: Manifest,
        excel: Excel | None,
        progress: Callable[[Told], None],
        *,
        dry_run: bool,
    ) -> None:
        """Nothing is done yet."""
        self.machine, self.places, self.manifest, self.excel = machine, places, manifest, excel
        self.progress, self.dry_run = progress, dry_run
        self.steps: list[Told] = []

    def _begin(self, step: Told, **listed: object) -> bool:
        """Tell of a step and list what it writes; whether it is to be done."""
        self.steps.append(step)
        if not self.dry_run:
            self.progress(step)
            if listed:
                self.manifest = replace(self.manifest, program=xlmalekort.__version__, **listed)  # type: ignore[arg-type]
                write_manifest(self.places.manifest, self.manifest)
        return not self.dry_run

    def environment(self, source: Source) -> None:
        """The environment: made, brought up to date, or left alone."""
        folder = self.places.environment
        # Of one whose interpreter is gone the rest is not relied on either.
        has_interpreter = self.places.interpreter.exists() or self.places.waiting_interpreter.exists()
        found = look_at(self.machine, self.places) if has_interpreter else None
        if is_complete(self.machine, self.places, found) and not source.is_file:
            self._begin(
                Phrase("{folder}: the Python environment is right as it is", folder=folder), environment=str(folder)
            )
            return
        self._refuse_strangers(folder, found)
        if self.machine.is_used(folder):
            raise NotDoneError(
                Phrase("{folder}: Excel is using the Python in it. Close Excel and run this again.", folder=folder)
            )
        step = (
            Phrase("{folder}: make a Python environment with {source}", folder=folder, source=source.told)
            if found is None
            else Phrase(
                "{folder}: bring the Python environment up to date with {source}", folder=folder, source=source.told
            )
        )
        if self._begin(step, environment=str(folder)):
            set_up(self.machine, self.places, source, found)

    def _refuse_strangers(self, folder: Path, found: Environment | None) -> None:
        is_ours = self.manifest.environment == str(folder) or (folder / "pyvenv.cfg").is_file()
        if found is None and folder.exists() and any(folder.iterdir()) and not is_ours:
            raise NotDoneError(
                Phrase("{folder}: something else stands there. Move it away and run this again.", folder=folder)
            )

    def put(self, path: Path, content: bytes) -> None:
        """The add-in, written whole beside Excel's folder and then moved into it: Excel opens whatever it finds there."""
        before = path.read_bytes() if path.is_file() else None
        known = self.manifest.files.get(str(path), [])
        wanted = hash_of(content)
        if before == content and known == [wanted]:
            self._begin(Phrase("{file}: the add-in is right as it is", file=path))
            return
        # What antivirus has emptied may be replaced; what somebody else has put there may not.
        if before and before != content and hash_of(before) not in known:
            raise NotDoneError(
                Phrase(
                    "{file}: there is an add-in of this name from somebody else. Move it away and run this again.",
                    file=path,
                )
            )
        step = Phrase("{file}: write the add-in", file=path)
        folders = [str(each) for each in (path.parent, path.parent.parent) if not each.exists()]
        listed = {**self.manifest.files, str(path): [wanted, *(each for each in known if each != wanted)]}
        made = [*self.manifest.made_folders, *(each for each in folders if each not in self.manifest.made_folders)]
        if self._begin(step, files=listed, made_folders=made):
            path.parent.mkdir(parents=True, exist_ok=True)
            _replace(path, content)
            self._note(files={**self.manifest.files, str(path): [wanted]})

    def take_away(self, path: Path) -> None:
        """The add-in where an earlier run put it, and Excel's note of it."""
        known = self.manifest.files.get(str(path))
        if known is None:
            return
        if self._begin(Phrase("{file}: remove the add-in from where it was", file=path)):
            if path.is_file() and (not path.stat().st_size or hash_of(path.read_bytes()) in known):
                _remove(path)
            if self.manifest.registered == str(path) and self.excel is not None:
                unregister(self.machine.registry, self.excel, path)
            files = {each: hashes for each, hashes in self.manifest.files.items() if each != str(path)}
            is_noted = self.manifest.registered == str(path)
            self._note(files=files, registered=None if is_noted else self.manifest.registered)

    def refuse_registry(self, path: Path, *, registered: bool) -> None:
        """Refuse at once what the registry cannot be changed for."""
        if registered and self.excel is None:
            raise NotDoneError(Phrase("Excel was not found, so that nothing can be registered with it."))
        if self.excel is None:
            return
        is_there = is_registered(self.machine.registry, self.excel, path)
        is_changed = not is_there if registered else self.manifest.registered is not None
        if is_changed and self.machine.is_running(_EXCEL):
            raise NotDoneError(
                Phrase("Excel is running, and writes its settings anew when it ends. Close Excel and run this again.")
            )

    def register(self, path: Path) -> None:
        """Excel's note of the add-in."""
        if self.excel is None:
            return
        if is_registered(self.machine.registry, self.excel, path):
            self._begin(Phrase("{file}: registered with Excel already", file=path), registered=str(path))
        elif self._begin(Phrase("{file}: register with Excel", file=path), registered=str(path)):
            register(self.machine.registry, self.excel, path)

    def _note(self, **listed: object) -> None:
        self.manifest = replace(self.manifest, **listed)  # type: ignore[arg-type]
        write_manifest(self.places.manifest, self.manifest)


def _replace(path: Path, content: bytes) -> None:
    # Not beside the add-in: what a killed run leaves in that folder would be opened by Excel.
    unfinished = path.parent.parent / f".xlmalekort-{secrets.token_hex(8)}.tmp"
    try:
        unfinished.write_bytes(content)
        unfinished.replace(path)
    except PermissionError:
        raise _is_open(path) from None
    finally:
        unfinished.unlink(missing_ok=True)


def _remove(path: Path) -> None:
    try:
        path.unlink()
    except PermissionError:
        raise _is_open(path) from None


def _is_open(path: Path) -> NotDoneError:
    return NotDoneError(
        Phrase(
            "{file}: Excel has the add-in open. Close Excel and run this again; until then the old one works.",
            file=path,
        )
    )
