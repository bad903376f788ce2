"""The Python environment that Excel starts: made, filled, and looked at."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

import xlmalekort
from xlmalekort.locale.told import Phrase
from xlmalekort.pipeline.errors import NotDoneError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlmalekort.desktop.machine import Machine
    from xlmalekort.desktop.places import Places
    from xlmalekort.locale.told import Told

_NAME = "xlmalekort"
_QUIET_FILE = "xlmalekort_quiet.pth"
_QUIET = "import xlmalekort.desktop.quiet_start\n"
_LOOK = """
import json, sys, time
from importlib import metadata
def version(name):
    try: return metadata.version(name)
    except metadata.PackageNotFoundError: return None
import sysconfig
started, fault = time.perf_counter(), None
try:
    import xlwings, udfs.functions
except Exception as error: fault = f"{type(error).__name__}: {error}"
seconds = time.perf_counter() - started
try: import win32api; com = True
except Exception: com = False
print(json.dumps({"python": "%d.%d.%d" % sys.version_info[:3], "site": sysconfig.get_paths()["purelib"],
    "packages": {name: version(name) for name in ("xlmalekort", "xlwings", "pywin32")},
    "com": com, "fault": fault, "seconds": seconds}))
"""
"""What the environment says of itself. It is run as Excel runs it, but not in a folder with modules of its own."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where pip takes the program from. `is_file` where its content may be another under the same version."""

    told: str
    arguments: tuple[str, ...]
    is_file: bool


@dataclass(frozen=True, slots=True)
class Environment:
    """What an environment says of itself. Versions are None where a package is missing."""

    python: str
    site: Path
    packages: dict[str, str | None]
    has_com: bool
    fault: str | None
    """Why what Excel needs could not be imported."""
    seconds: float
    """How long the import took."""


def wanted_xlwings() -> str:
    """The version of xlwings that the add-in and the workbooks of this program are made for."""
    return metadata.version("xlwings")


def find_source(given: Path | None) -> Source:
    """Where the very version that runs comes from: what was given, the folder or file that it was installed from, an index.

    A given file is a wheel; a given folder is the sources, or holds wheels of everything. NotDoneError where nothing is there.
    """
    if given is not None:
        return _of_path(given)
    here = Path(xlmalekort.__file__).parents[1]
    if (here / "pyproject.toml").is_file():
        return _of_path(here)
    try:
        origin = metadata.distribution(_NAME).read_text("direct_url.json")
    except metadata.PackageNotFoundError:
        origin = None
    url = urlsplit(json.loads(origin)["url"]) if origin else None
    if url is not None and url.scheme == "file":
        path = Path(url2pathname(unquote(url.path)))
        if path.exists():
            return _of_path(path)
    wanted = f"{_NAME}=={xlmalekort.__version__}"
    return Source(wanted, (wanted,), is_file=False)


def _of_path(path: Path) -> Source:
    path = path.resolve()
    if not path.exists():
        raise NotDoneError(Phrase("{file}: there is no such file or folder.", file=path))
    if path.is_file() or (path / "pyproject.toml").is_file():
        return Source(str(path), (str(path),), is_file=True)
    wanted = f"{_NAME}=={xlmalekort.__version__}"
    if not any(path.glob(f"{_NAME}-{xlmalekort.__version__}-*.whl")):
        message = Phrase(
            "{folder}: holds neither the sources nor a wheel of version {version}.",
            folder=path,
            version=xlmalekort.__version__,
        )
        raise NotDoneError(message)
    return Source(str(path), ("--no-index", "--find-links", str(path), wanted), is_file=True)


def look_at(machine: Machine, places: Places) -> Environment | None:
    """What the environment says of itself; None where it is not there or does not run."""
    if not places.python.exists():
        return None
    ran = machine.run([places.python, "-B", "-c", _LOOK], places.environment)
    try:
        said = json.loads(ran.out.strip().splitlines()[-1])
    except (ValueError, IndexError):
        return None
    return Environment(
        said["python"], Path(said["site"]), said["packages"], said["com"], said["fault"], said["seconds"]
    )


def faults_of(machine: Machine, places: Places, environment: Environment | None) -> Iterator[Told]:
    """What keeps Excel from working with the environment."""
    if environment is None:
        yield Phrase("the Python in {folder} does not run", folder=places.environment)
        return
    wanted = {_NAME: xlmalekort.__version__, "xlwings": wanted_xlwings()}
    for name, version in wanted.items():
        found = environment.packages[name]
        if found is None:
            yield Phrase("{package} is missing", package=name)
        elif found != version:
            yield Phrase("{package} is version {found}, wanted is {wanted}", package=name, found=found, wanted=version)
    if environment.fault is not None:
        yield Phrase("the functions cannot be loaded: {reason}", reason=environment.fault)
    if machine.is_windows:
        if not environment.has_com:
            yield Phrase("{package} is missing", package="pywin32")
        for path in bridges(places, wanted["xlwings"]):
            if not _has_content(path):
                yield Phrase("{file} is missing", file=path)


def bridges(places: Places, version: str) -> tuple[Path, Path]:
    """The libraries by which Excel of 64 and of 32 bits reaches Python; the VBA of xlwings looks for them here."""
    return (
        places.environment / f"xlwings64-{version}.dll",
        places.environment / f"xlwings32-{version}.dll",
    )


def _has_content(path: Path) -> bool:
    return path.is_file() and path.stat().st_size > 0


def set_up(machine: Machine, places: Places, source: Source, before: Environment | None) -> None:
    """Make the environment where it does not run, and bring it to the version that runs. NotDoneError where it is not right then.

    Until it is right the interpreter that the workbooks look for is not there, so that none starts half an environment. Where
    the old environment works after all, it is put back.
    """
    _hide(places)
    try:
        if before is None:
            machine.make_environment(places.environment)
            _hide(places)
        site = _fill(machine, places, source, before)
    except NotDoneError:
        found = look_at(machine, places) if before is not None else None
        if found is not None and found.fault is None:
            show_interpreter(places)
        raise
    (site / _QUIET_FILE).write_text(_QUIET, encoding="utf-8")
    show_interpreter(places)


def _fill(machine: Machine, places: Places, source: Source, before: Environment | None) -> Path:
    """Install the program; the folder that its packages stand in."""
    if source.is_file and before is not None and before.packages[_NAME] == xlmalekort.__version__:
        _pip(machine, places, source, "--force-reinstall", "--no-deps")
    _pip(machine, places, source)
    found = look_at(machine, places)
    if any(faults_of(machine, places, found)):
        # Files that are gone are no reason for pip to write them again, unless it is told to.
        _pip(machine, places, source, "--force-reinstall")
        found = look_at(machine, places)
    faults = list(faults_of(machine, places, found))
    if found is None or faults:
        raise NotDoneError(Phrase("The Python environment is not right: {fault}.", fault=faults[0]))
    return found.site


def is_complete(machine: Machine, places: Places, environment: Environment | None) -> bool:
    """Whether there is nothing to be done about the environment."""
    return (
        environment is not None
        and not any(faults_of(machine, places, environment))
        and places.interpreter.exists()
        and (environment.site / _QUIET_FILE).is_file()
    )


def _hide(places: Places) -> None:
    if places.interpreter != places.python and places.interpreter.exists():
        places.interpreter.replace(places.waiting_interpreter)


def show_interpreter(places: Places) -> None:
    """Put the interpreter where the workbooks look for it."""
    if places.waiting_interpreter.exists():
        places.waiting_interpreter.replace(places.interpreter)


def _pip(machine: Machine, places: Places, source: Source, *options: str) -> None:
    pip = ("-m", "pip", "install", "--no-input", "--disable-pip-version-check", "--quiet")
    ran = machine.run([places.python, *pip, *options, *source.arguments], places.home)
    if ran.code:
        said = (ran.err or ran.out).strip().splitlines()
        reason = next((line for line in said if line.startswith("ERROR")), said[-1] if said else str(ran.code))
        raise NotDoneError(
            Phrase(
                "pip could not install {source}: {reason}", source=source.told, reason=reason.removeprefix("ERROR: ")
            )
        )


def is_store_python(machine: Machine) -> bool:
    """Whether this Python came from the Microsoft Store: Windows keeps what it writes in a place that Excel does not see."""
    return "windowsapps" in str(machine.base_python).lower()


def refuse_from_within(machine: Machine, places: Places) -> None:
    """Refuse to change or remove the environment with its own Python."""
    if machine.own_environment == places.environment:
        raise NotDoneError(
            Phrase(
                "{folder}: this runs with the very Python in it. Run it with the one that it was installed with.",
                folder=places.environment,
            )
        )
