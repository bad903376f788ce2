r"""Where a workbook of OneDrive or SharePoint lies on this machine.

Excel names a workbook that is kept in step with the cloud by its address there (`https://...`). OneDrive notes in the registry,
under `HKCU\Software\SyncEngines\Providers\OneDrive`, which local folder is kept in step with what:

- `UrlNamespace` is the address of a library, `MountPoint` the local folder.
- Where only a folder of the library is kept in step (a channel of Teams, "Add shortcut to OneDrive"), the address is still that
  of the whole library, so that several entries share one. `FullRemotePath` then says which folder it is; where it is missing,
  the name of the local folder does: `Site - Folder` or `Folder`.
- A private OneDrive has the address `https://d.docs.live.net` without the number of the account (`CID`) that stands in Excel's.

The wrong file is worse than none: a path is given only where one file alone answers to the address.
"""

from __future__ import annotations

import os
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from xlmalekort.desktop.registry import this_registry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from xlmalekort.desktop.registry import Registry

_KEY = r"HKCU\Software\SyncEngines\Providers\OneDrive"
_PRIVATE = "d.docs.live.net"
# The registry writes some addresses with a single stroke after the colon.
_URL = re.compile(r"https?:/{1,2}([^/?]+)(/[^?]*)?(?:\?.*)?", re.IGNORECASE | re.DOTALL)
_BUSINESS_HOST = re.compile(r"[^.]+-my\.sharepoint\.[a-z.]+")
_BUSINESS_PARTS = 3
"""`personal/<user>/Documents` stand before the folders of a business OneDrive."""


@dataclass(frozen=True, slots=True)
class Mount:
    """A local folder that OneDrive keeps in step with an address."""

    url: str
    folder: Path
    remote: str = ""
    """The address of the very folder, where OneDrive says it."""
    is_part: bool | None = None
    """Whether it is only a folder of the library at `url`; None where that is not known."""
    account: str = ""
    """The number of a private account."""


class _Address(NamedTuple):
    host: str
    parts: tuple[str, ...]


def local_path(fullname: str, mounts: Iterable[Mount] | None = None) -> Path | None:
    """The local path of a workbook or a folder by Excel's `FullName`; None where nothing on this machine answers to it.

    A path that is local already is given back. Without `mounts` the registry and the environment of this machine are asked.
    """
    if not is_address(fullname):
        path = Path(fullname)
        return path if path.is_absolute() and _exists(path) else None
    known = tuple(read_mounts(this_registry()) if mounts is None else mounts)
    return resolve(fullname, known, os.environ if mounts is None else {})


def is_address(fullname: str) -> bool:
    """Whether Excel names a workbook by its address in the cloud."""
    return _address(fullname) is not None


def read_mounts(registry: Registry) -> Iterator[Mount]:
    """What OneDrive keeps in step, as it stands in the registry."""
    for name in registry.keys(_KEY):
        values = registry.values(f"{_KEY}\\{name}")
        url, folder = values.get("urlnamespace"), values.get("mountpoint")
        if isinstance(url, str) and isinstance(folder, str) and url and folder:
            scope = values.get("isfolderscope")
            yield Mount(
                url,
                Path(folder),
                remote=str(values.get("fullremotepath", "")),
                is_part=bool(int(scope)) if isinstance(scope, str | int) and str(scope).isdigit() else None,
                account=str(values.get("cid", "")),
            )


def resolve(url: str, mounts: Iterable[Mount], environ: Mapping[str, str]) -> Path | None:
    """The file or folder that an address means: the longest matching address wins; two files of the same rank are none.

    The environment (`OneDriveConsumer`, `OneDriveCommercial`, `OneDrive`) is asked only about a service of which no mount is
    known: it does not say whose OneDrive it is.
    """
    address = _address(url)
    if address is None:
        return None
    mounts = tuple(mounts)
    found: dict[int, set[Path]] = {}
    for mount in mounts:
        for skipped in _skipped(address, mount):
            found.setdefault(skipped, set()).update(_places(mount.folder, address.parts[skipped:]))
    for rank in sorted(found, reverse=True):
        if found[rank]:
            return _only(found[rank])
    if any(_serves(mount, address.host) for mount in mounts):
        return None
    return _only({place for folder, rest in _of_environment(address, environ) for place in _places(folder, rest)})


def _address(url: str) -> _Address | None:
    matched = _URL.fullmatch(url.strip())
    if matched is None:
        return None
    return _Address(matched[1].lower(), tuple(part for part in (matched[2] or "").split("/") if part))


def _key(part: str) -> str:
    """A part of an address, for comparing: written out or with signs such as %20, in whatever case."""
    return unicodedata.normalize("NFC", unquote(part)).casefold()


def _begins(parts: tuple[str, ...], begin: tuple[str, ...]) -> bool:
    return len(parts) >= len(begin) and all(_key(a) == _key(b) for a, b in zip(parts, begin, strict=False))


def _serves(mount: Mount, host: str) -> bool:
    served = _address(mount.url)
    return served is not None and served.host == host


def _skipped(address: _Address, mount: Mount) -> Iterator[int]:
    """How many parts of the address the local folder stands for; nothing where the mount does not hold it."""
    base = _address(mount.remote) or _address(mount.url)
    if base is None or base.host != address.host:
        return
    parts = base.parts
    if base.host == _PRIVATE and not parts:
        # Excel names the account where the registry does not.
        parts = (mount.account,) if mount.account else address.parts[:1]
    if not _begins(address.parts, parts):
        return
    count = len(parts)
    is_whole = bool(mount.remote) or not mount.is_part or bool(parts and _is_named(mount.folder, parts[-1]))
    if is_whole:
        yield count
    if not mount.remote and mount.is_part is not False:
        yield from (
            place + 1 for place in range(count, len(address.parts)) if _is_named(mount.folder, address.parts[place])
        )


def _is_named(folder: Path, part: str) -> bool:
    """Whether a local folder is named after a folder of the cloud: alike, or with the site before it."""
    name, wanted = _key(folder.name), _key(part)
    return name == wanted or name.endswith(f" - {wanted}")


def _places(folder: Path, rest: tuple[str, ...]) -> Iterator[Path]:
    """What there is under a local folder, by parts of an address as they stand or with signs such as %20 read."""
    for parts in {rest, tuple(map(unquote, rest))}:
        if not any(part in {".", ".."} or set(part) & set('\\/:*?"<>|\0') for part in parts):
            place = folder.joinpath(*parts)
            if _exists(place):
                yield place


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # too long, or no path at all
        return False


def _only(places: set[Path]) -> Path | None:
    return next(iter(places)) if len(places) == 1 else None


def _of_environment(address: _Address, environ: Mapping[str, str]) -> Iterator[tuple[Path, tuple[str, ...]]]:
    names: tuple[str, ...] = ()
    skipped = 0
    if address.host == _PRIVATE:
        names, skipped = ("OneDriveConsumer", "OneDrive"), 1
    elif _BUSINESS_HOST.fullmatch(address.host) and address.parts[:1] == ("personal",):
        names, skipped = ("OneDriveCommercial", "OneDrive"), _BUSINESS_PARTS
    folder = next((environ[name] for name in names if environ.get(name)), None)
    if folder is not None and len(address.parts) >= skipped:
        yield Path(folder), address.parts[skipped:]
