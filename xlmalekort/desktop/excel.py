"""Excel as the registry tells of it: what is installed, and what it trusts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from xlmalekort.desktop.registry import Registry, Value

_OFFICE = r"Software\Microsoft\Office"
_CLICK_TO_RUN = rf"HKLM\{_OFFICE}\ClickToRun\Configuration"
VERSIONS = ("16.0", "15.0", "14.0")
"""Excel 2016 and all later ones, 2013, 2010."""
_LANGUAGES = {1044: "nb", 2068: "nb", 1030: "da", 1043: "nl", 2067: "nl", 1033: "en", 2057: "en"}
"""Windows' numbers of languages, and ours that their readers read."""


@dataclass(frozen=True, slots=True)
class Excel:
    """An installed Excel: the version that the registry keeps its settings by, the full one, and 32 or 64 bits."""

    version: str
    build: str
    bits: int | None
    is_click_to_run: bool

    @property
    def key(self) -> str:
        """The key of the user's settings."""
        return rf"HKCU\{_OFFICE}\{self.version}\Excel"


def find_excel(registry: Registry) -> Excel | None:
    """The newest Excel that is installed; None where there is none."""
    run = registry.values(_CLICK_TO_RUN)
    build = str(run.get("versiontoreport", ""))
    for version in VERSIONS:
        if build.startswith(version):
            bits = {"x64": 64, "x86": 32}.get(str(run.get("platform", "")).lower())
            return Excel(version, build, bits, is_click_to_run=True)
        for bits, root in ((64, r"HKLM\Software"), (32, r"HKLM\Software\WOW6432Node")):
            if registry.values(rf"{root}\Microsoft\Office\{version}\Excel\InstallRoot").get("path"):
                return Excel(version, version, bits, is_click_to_run=False)
    return None


def language_of_excel(registry: Registry) -> str | None:
    """The language of Excel's own texts where it is one of the four; None where it is another or not known."""
    for version in VERSIONS:
        number = registry.values(rf"HKCU\{_OFFICE}\{version}\Common\LanguageResources").get("uilanguage")
        if isinstance(number, int):
            return _LANGUAGES.get(number)
    return None


# What is opened when Excel starts


def registered_names(registry: Registry, excel: Excel) -> list[str]:
    """The values of Excel's options that name add-ins to open, in their order: OPEN, OPEN1, OPEN2 ..."""
    return [name for name in registry.values(_options(excel)) if _number(name) is not None]


def register(registry: Registry, excel: Excel, path: Path) -> None:
    """Have Excel open the add-in when it starts; once is enough."""
    values = registry.values(_options(excel))
    if any(_names(values[name], path) for name in registered_names(registry, excel)):
        return
    taken = {_number(name) for name in registered_names(registry, excel)}
    number = next(each for each in range(len(taken) + 1) if each not in taken)
    registry.write(_options(excel), _name(number), f'"{path}"')


def unregister(registry: Registry, excel: Excel, path: str | Path) -> bool:
    """Have Excel open it no longer; whether it was registered. Those behind it move up, for Excel stops at a gap."""
    key = _options(excel)
    values = registry.values(key)
    names = sorted(registered_names(registry, excel), key=lambda name: _number(name) or 0)
    kept = [values[name] for name in names if not _names(values[name], path)]
    if len(kept) == len(names):
        return False
    for number, value in enumerate(kept):
        registry.write(key, _name(number), str(value))
    for name in names:
        if (_number(name) or 0) >= len(kept):
            registry.remove(key, name)
    return True


def is_registered(registry: Registry, excel: Excel, path: str | Path) -> bool:
    """Whether Excel opens the add-in when it starts."""
    values = registry.values(_options(excel))
    return any(_names(values[name], path) for name in registered_names(registry, excel))


def _options(excel: Excel) -> str:
    return rf"{excel.key}\Options"


def _name(number: int) -> str:
    return f"OPEN{number}" if number else "OPEN"


def _number(name: str) -> int | None:
    rest = name.lower().removeprefix("open")
    if rest == name.lower() or (rest and not rest.isdecimal()):
        return None
    return int(rest or 0)


def _names(value: Value, path: str | Path) -> bool:
    r"""Whether a value names the file; Excel writes `/R "C:\..."` for some and leaves out its own folder of add-ins."""
    said = str(value).lower().removeprefix("/r ").strip().strip('"')
    return said == str(path).lower() or said == str(path).lower().replace("\\", "/").rpartition("/")[2]


# What Excel trusts


def security(registry: Registry, excel: Excel, name: str) -> tuple[int | None, bool]:
    """A number of Excel's security settings, and whether the organisation has set it; None where nobody has."""
    policies = (
        rf"HKCU\Software\Policies\Microsoft\Office\{excel.version}\Excel\Security",
        rf"HKLM\Software\Policies\Microsoft\Office\{excel.version}\Excel\Security",
        rf"HKCU\Software\Policies\Microsoft\Cloud\Office\{excel.version}\Excel\Security",
    )
    for key in policies:
        found = registry.values(key).get(name.lower())
        if isinstance(found, int):
            return found, True
    found = registry.values(rf"{excel.key}\Security").get(name.lower())
    return (found if isinstance(found, int) else None), False


def is_vba_off(registry: Registry, excel: Excel) -> bool:
    """Whether macros are switched off for all of Office."""
    keys = (
        rf"HKCU\Software\Policies\Microsoft\Office\{excel.version}\Common",
        rf"HKLM\Software\Policies\Microsoft\Office\{excel.version}\Common",
        rf"HKLM\{_OFFICE}\{excel.version}\Common",
        rf"HKCU\{_OFFICE}\{excel.version}\Common",
    )
    return any(registry.values(key).get("vbaoff") == 1 for key in keys)


@dataclass(frozen=True, slots=True)
class TrustedLocation:
    """A folder whose workbooks Excel trusts."""

    folder: str
    with_folders_below: bool


def trusted_locations(registry: Registry, excel: Excel) -> tuple[TrustedLocation, ...]:
    """The folders whose workbooks Excel trusts; none where the organisation has switched them off."""
    below = r"Security\Trusted Locations"
    policy = rf"HKCU\Software\Policies\Microsoft\Office\{excel.version}\Excel"
    roots = (rf"{excel.key}\{below}", rf"{policy}\{below}")
    if any(registry.values(root).get("alllocationsdisabled") == 1 for root in roots):
        return ()
    found = (registry.values(rf"{root}\{name}") for root in roots for name in registry.keys(root))
    return tuple(
        TrustedLocation(str(values["path"]), values.get("allowsubfolders") == 1) for values in found if "path" in values
    )


def disabled_items(registry: Registry, excel: Excel) -> tuple[str, ...]:
    """What Excel has switched off after a crash, as far as it can be read: paths and descriptions in one text each."""
    values = registry.values(rf"{excel.key}\Resiliency\DisabledItems").values()
    # Twelve bytes of lengths, then two texts.
    return tuple(value[12:].decode("utf-16-le", errors="replace") for value in values if isinstance(value, bytes))
