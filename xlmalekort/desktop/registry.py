r"""The Windows registry, as far as it is needed here: a key is a text such as `HKCU\Software\Microsoft\Office`."""

from __future__ import annotations

import sys
from typing import Protocol

Value = str | int | bytes
"""What a value holds: a text, a number, or bytes."""


class Registry(Protocol):
    """What is read from the registry, and the little that is written."""

    def values(self, key: str) -> dict[str, Value]:
        """The values of a key by their names in small letters, for case means nothing there; none where there is no such key."""
        ...

    def keys(self, key: str) -> tuple[str, ...]:
        """The names of the keys below a key; none where there is no such key."""
        ...

    def write(self, key: str, name: str, value: str) -> None:
        """Set a text. OSError where that is not allowed."""
        ...

    def remove(self, key: str, name: str) -> None:
        """Remove a value; one that is not there is no fault."""
        ...


class NoRegistry:
    """The registry of a machine that has none."""

    def values(self, key: str) -> dict[str, Value]:  # noqa: ARG002 - whatever the key
        """Nothing."""
        return {}

    def keys(self, key: str) -> tuple[str, ...]:  # noqa: ARG002
        """Nothing."""
        return ()

    def write(self, key: str, name: str, value: str) -> None:
        """There is nowhere to write to."""
        raise NotImplementedError(f"{key}: {name} = {value}: there is no registry on this machine")

    def remove(self, key: str, name: str) -> None:
        """Nothing is there to be removed."""


if sys.platform == "win32":
    import winreg

    class WindowsRegistry:
        """The registry of this machine. What the user may not read is as if it was not there."""

        _ROOTS = {"HKCU": winreg.HKEY_CURRENT_USER, "HKLM": winreg.HKEY_LOCAL_MACHINE}  # noqa: RUF012
        # Office of 32 bits keeps its keys apart on Windows of 64 bits; the answer shall not depend on which Python asks.
        _READ = winreg.KEY_READ | winreg.KEY_WOW64_64KEY

        def _open(self, key: str, access: int) -> winreg.HKEYType:
            root, _, path = key.partition("\\")
            return winreg.OpenKey(self._ROOTS[root], path, 0, access)

        def values(self, key: str) -> dict[str, Value]:
            """The values that are texts, numbers or bytes."""
            try:
                with self._open(key, self._READ) as opened:
                    count = winreg.QueryInfoKey(opened)[1]
                    found = [winreg.EnumValue(opened, number) for number in range(count)]
            except OSError:
                return {}
            return {name.lower(): value for name, value, _ in found if isinstance(value, str | int | bytes)}

        def keys(self, key: str) -> tuple[str, ...]:
            """The keys below it."""
            try:
                with self._open(key, self._READ) as opened:
                    count = winreg.QueryInfoKey(opened)[0]
                    return tuple(winreg.EnumKey(opened, number) for number in range(count))
            except OSError:
                return ()

        def write(self, key: str, name: str, value: str) -> None:
            """Set a text, and make the key where it is not there."""
            root, _, path = key.partition("\\")
            with winreg.CreateKeyEx(self._ROOTS[root], path, 0, winreg.KEY_WRITE) as opened:
                winreg.SetValueEx(opened, name, 0, winreg.REG_SZ, value)

        def remove(self, key: str, name: str) -> None:
            """Remove a value."""
            try:
                with self._open(key, winreg.KEY_WRITE) as opened:
                    winreg.DeleteValue(opened, name)
            except FileNotFoundError:
                return


def this_registry() -> Registry:
    """The registry of the machine that this runs on."""
    if sys.platform == "win32":
        return WindowsRegistry()
    else:  # noqa: RET505 - so that what is checked for one system is not called unreachable for the other
        return NoRegistry()
