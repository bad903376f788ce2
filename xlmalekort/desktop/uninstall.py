"""Removing what was installed: exactly what the list of what was written says, and nothing else."""

from __future__ import annotations

import contextlib
import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from xlmalekort.desktop.environment import refuse_from_within
from xlmalekort.desktop.excel import find_excel, unregister
from xlmalekort.desktop.manifest import hash_of, read_manifest, write_manifest
from xlmalekort.desktop.places import Places
from xlmalekort.locale.system import reason_of
from xlmalekort.locale.told import Phrase
from xlmalekort.output import changing
from xlmalekort.pipeline.errors import NotDoneError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlmalekort.desktop.machine import Machine
    from xlmalekort.desktop.manifest import Manifest
    from xlmalekort.locale.told import Told


@dataclass(frozen=True, slots=True)
class Uninstalled:
    """What was removed, or with a dry run would be, and what was left, with the reason."""

    removed: tuple[str, ...]
    left: tuple[Told, ...]


def uninstall(machine: Machine, *, dry_run: bool = False) -> Uninstalled:
    """Remove what `install` has written. What could not be removed stays on the list for the next time.

    NotDoneError where nothing is installed, or Excel is using it; BusyError where another run is installing.
    """
    places = Places(machine)
    refuse_from_within(machine, places)
    manifest = read_manifest(places.manifest)
    if manifest is None:
        raise NotDoneError(Phrase("{folder}: nothing is installed there.", folder=places.home))
    folder = Path(manifest.environment) if manifest.environment else None
    if not dry_run and (
        (folder and machine.is_used(folder)) or (manifest.registered and machine.is_running("EXCEL.EXE"))
    ):
        raise NotDoneError(Phrase("Excel is using what is to be removed. Close Excel and run this again."))
    if dry_run:
        there = [*manifest.files, *([manifest.environment] if manifest.environment else [])]
        return Uninstalled(tuple(each for each in there if Path(each).exists()), ())
    with changing(places.manifest, patience=0):
        found = _remove(machine, places, manifest)
    with contextlib.suppress(OSError):
        places.home.rmdir()
    return found


def _remove(machine: Machine, places: Places, manifest: Manifest) -> Uninstalled:
    removed: list[str] = []
    left: list[Told] = []
    kept = dict(manifest.files)
    # The add-in first: Excel shall not open one whose Python is gone.
    for name, hashes in manifest.files.items():
        try:
            if Path(name).exists():
                _remove_file(Path(name), hashes)
                removed.append(name)
        except _ChangedError:
            left.append(Phrase("{file}: somebody has changed it since, so it was left.", file=name))
        except OSError as error:
            left.append(Phrase("{file}: {reason}.", file=name, reason=reason_of(error)))
            continue
        del kept[name]
    excel = find_excel(machine.registry)
    if manifest.registered and excel is not None:
        unregister(machine.registry, excel, manifest.registered)
    environment = manifest.environment
    if environment and Path(environment).exists():
        shutil.rmtree(environment, ignore_errors=True)
        if Path(environment).exists():
            left.append(Phrase("{folder}: parts of it are open in another program.", folder=environment))
        else:
            removed.append(environment)
    for folder in manifest.made_folders:
        with contextlib.suppress(OSError):
            Path(folder).rmdir()
    rest = replace(
        manifest,
        files=kept,
        registered=None,
        environment=environment if environment and Path(environment).exists() else None,
    )
    if rest.files or rest.environment:
        write_manifest(places.manifest, rest)
    else:
        places.manifest.unlink(missing_ok=True)
        left.extend(Phrase("{file}: is not ours, so it was left.", file=each) for each in _strangers(places))
    return Uninstalled(tuple(removed), tuple(left))


class _ChangedError(Exception):
    """The file holds something else than what was written."""


def _remove_file(path: Path, hashes: list[str]) -> None:
    content = path.read_bytes()
    if content and hash_of(content) not in hashes:
        raise _ChangedError
    path.unlink()


def _strangers(places: Places) -> Iterator[Path]:
    from xlmalekort.output import is_of_a_run

    yield from (each for each in sorted(places.home.iterdir()) if not is_of_a_run(each.name))
