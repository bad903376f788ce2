"""Looks at everything that Excel needs of a machine, and says what to do about what is not right. Nothing is changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from xlmalekort.desktop.cloud_paths import is_address, read_mounts, resolve
from xlmalekort.desktop.environment import bridges, faults_of, is_store_python, look_at, wanted_xlwings
from xlmalekort.desktop.excel import disabled_items, find_excel, is_registered
from xlmalekort.desktop.findings import error, fine, unknown, warning
from xlmalekort.desktop.manifest import hash_of, read_manifest
from xlmalekort.desktop.places import ADD_IN, Places
from xlmalekort.desktop.trust import check_trust
from xlmalekort.desktop.workbook import check_workbook_file
from xlmalekort.locale.told import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlmalekort.desktop.excel import Excel
    from xlmalekort.desktop.findings import Finding
    from xlmalekort.desktop.machine import Machine
    from xlmalekort.desktop.manifest import Manifest

INSTALL = "xlmalekort excel install"
_REPAIR = Phrase("Run: {command}", command=INSTALL)
_SLOW = 1.5
"""Seconds of loading after which Excel's first Refresh is felt to hang."""


def examine(machine: Machine, file: str | None = None) -> Iterator[Finding]:
    """Every finding about the machine, and about a workbook by its path or its address in the cloud where one is given."""
    places = Places(machine)
    manifest = read_manifest(places.manifest)
    excel = find_excel(machine.registry)
    yield from _check_excel(machine, excel)
    if machine.is_windows or manifest is not None:
        yield from _check_environment(machine, places, excel)
        yield from _check_add_in(machine, places, manifest, excel)
    if excel is not None:
        yield from check_trust(machine, excel, places)
    yield from _check_cloud(machine)
    if file is not None:
        path = Path(file)
        if is_address(file):
            found = resolve(file, read_mounts(machine.registry), machine.environ)
            yield _check_address(file, found)
            if found is None:
                return
            path = found
        yield from check_workbook_file(machine, excel, path)


def _check_excel(machine: Machine, excel: Excel | None) -> Iterator[Finding]:
    if not machine.is_windows:
        yield unknown(
            "excel",
            Phrase("This is not Windows: Excel, its settings and its trust in macros cannot be looked at from here."),
        )
    elif excel is None:
        yield error(
            "excel",
            Phrase("Excel 2010 or later was not found on this machine."),
            Phrase("The command line works without Excel; the buttons and functions need it."),
        )
    else:
        bits = Phrase("{bits} bits", bits=excel.bits) if excel.bits else Phrase("bits unknown")
        kind = (
            Phrase("kept up to date by Microsoft") if excel.is_click_to_run else Phrase("installed by the organisation")
        )
        yield fine("excel", Phrase("Excel {version}, {bits}, {kind}.", version=excel.build, bits=bits, kind=kind))


def _check_environment(machine: Machine, places: Places, excel: Excel | None) -> Iterator[Finding]:
    if is_store_python(machine):
        yield error(
            "python",
            Phrase("This Python is from the Microsoft Store, and Windows hides what it writes from Excel."),
            Phrase("Install Python from python.org and run: {command}", command=INSTALL),
        )
    if not places.python.exists():
        what = Phrase("{folder}: no Python environment is there.", folder=places.environment)
        yield error("python", what, _REPAIR)
        return
    found = look_at(machine, places)
    if found is None:
        yield _does_not_run(machine, places)
        return
    faults = list(faults_of(machine, places, found))
    for fault in faults:
        yield error("python", Phrase("{folder}: {fault}.", folder=places.environment, fault=fault), _with_antivirus())
    if not faults:
        packages = ", ".join(f"{name} {version}" for name, version in found.packages.items() if version)
        yield fine(
            "python",
            Phrase(
                "{folder}: Python {version}, {packages}.",
                folder=places.environment,
                version=found.python,
                packages=packages,
            ),
        )
    if not places.interpreter.exists():
        what = Phrase("{file}: the interpreter that Excel starts is missing.", file=places.interpreter)
        yield error("python", what, _with_antivirus())
    elif machine.run([places.interpreter, "-c", "pass"], places.environment).code:
        what = Phrase("{file}: the interpreter that Excel starts does not run.", file=places.interpreter)
        yield error("python", what, _REPAIR)
    if found.seconds > _SLOW:
        yield warning(
            "python",
            Phrase("Loading the functions took {seconds} seconds.", seconds=f"{found.seconds:.1f}"),
            Phrase(
                "The first time is slow; run this again, and if it stays so have antivirus leave out {folder}.",
                folder=places.home,
            ),
        )
    if machine.is_windows and excel is not None and excel.bits and not faults:
        bridge = bridges(places, wanted_xlwings())[excel.bits == 32]  # noqa: PLR2004 - the second is for 32 bits
        yield fine("bridge", Phrase("{file}: fits Excel of {bits} bits.", file=bridge.name, bits=excel.bits))


def _does_not_run(machine: Machine, places: Places) -> Finding:
    """Why the interpreter does not run: it is damaged, its base is gone, or the organisation forbids programs in that folder."""
    ran = machine.run([places.python, "-c", "pass"], places.environment)
    what = Phrase(
        "{file}: the Python does not run ({reason}).",
        file=places.python,
        reason=(ran.err or ran.out).strip().splitlines()[-1] if (ran.err or ran.out).strip() else ran.code,
    )
    fix = Phrase(
        "Run: {command}. If it still does not run, the organisation may forbid programs in {folder} (AppLocker): "
        "ask for leave for this folder.",
        command=INSTALL,
        folder=places.home,
    )
    return error("python", what, fix)


def _with_antivirus() -> Phrase:
    return Phrase(
        "Run: {command}. If it is gone again afterwards, antivirus has taken it: look in its quarantine, "
        "and ask for an exception.",
        command=INSTALL,
    )


def _check_add_in(
    machine: Machine, places: Places, manifest: Manifest | None, excel: Excel | None
) -> Iterator[Finding]:
    if manifest is None or not manifest.files:
        yield error("add-in", Phrase("The add-in is not installed."), _REPAIR)
        return
    yield from _check_files(machine, manifest)
    both = [path for path in (places.started_add_in, places.registered_add_in) if path.is_file()]
    if len(both) > 1:
        what = Phrase(
            "The add-in stands in two places, and Excel opens it twice: {files}.", files=", ".join(map(str, both))
        )
        yield warning("add-in", what, Phrase("Delete the one that is not wanted, and run: {command}", command=INSTALL))
    if excel is None:
        return
    if manifest.registered and not is_registered(machine.registry, excel, manifest.registered):
        yield error(
            "add-in",
            Phrase("Excel does not open the add-in any more: it is not registered with it."),
            Phrase("Close Excel and run: {command}", command=f"{INSTALL} --register"),
        )
    if any(ADD_IN in item.lower() for item in disabled_items(machine.registry, excel)):
        yield error(
            "add-in",
            Phrase("Excel has switched the add-in off after a crash."),
            Phrase("In Excel: File, Options, Add-ins; below, at Manage, choose Disabled Items, Go, and enable it."),
        )


def _check_files(machine: Machine, manifest: Manifest) -> Iterator[Finding]:
    for name, hashes in manifest.files.items():
        path = Path(name)
        content = path.read_bytes() if path.is_file() else None
        if content is None:
            yield error("add-in", Phrase("{file}: the add-in is gone.", file=name), _with_antivirus())
        elif not content:
            yield error("add-in", Phrase("{file}: the add-in is empty.", file=name), _with_antivirus())
        elif hash_of(content) not in hashes:
            yield warning("add-in", Phrase("{file}: somebody has changed the add-in since.", file=name), _REPAIR)
        elif machine.stream(path, "Zone.Identifier"):
            what = Phrase(
                "{file}: Windows takes the add-in for one from the internet, and Excel does not open it.", file=name
            )
            yield error("add-in", what, _REPAIR)
        else:
            yield fine("add-in", Phrase("{file}: the add-in is in place.", file=name))


def _check_cloud(machine: Machine) -> Iterator[Finding]:
    mounts = list(read_mounts(machine.registry))
    gone = [mount.folder for mount in mounts if not mount.folder.is_dir()]
    if gone:
        yield warning(
            "cloud",
            Phrase(
                "OneDrive says that these folders are in step, and they are not there: {folders}.",
                folders=", ".join(map(str, gone)),
            ),
            Phrase(
                "Start OneDrive and see whether it asks for something. Workbooks in these folders cannot be refreshed meanwhile."
            ),
        )
    elif mounts:
        folders = ", ".join(str(mount.folder) for mount in mounts)
        yield fine(
            "cloud", Phrase("Workbooks in folders of OneDrive and SharePoint are found: {folders}.", folders=folders)
        )
    elif machine.is_windows:
        yield fine("cloud", Phrase("No folder is kept in step by OneDrive."))


def _check_address(address: str, found: Path | None) -> Finding:
    if found is None:
        return error(
            "cloud",
            Phrase("{file}: no file on this machine answers to this address.", file=address),
            Phrase(
                "Have OneDrive keep the folder on this machine (in the browser: Sync or Add shortcut to OneDrive), "
                "and open the workbook from there."
            ),
        )
    return fine("cloud", Phrase("{file}: lies at {path}.", file=address, path=found))
