"""A registry that stands in a dictionary."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlmalekort.desktop.registry import Value


@dataclass
class DictRegistry:
    """Keys and names as they were written; both are found in whatever case, as in Windows."""

    content: dict[str, dict[str, Value]] = field(default_factory=dict)

    def _found(self, key: str) -> str:
        return next((each for each in self.content if each.lower() == key.lower()), key)

    def values(self, key: str) -> dict[str, Value]:
        return {name.lower(): value for name, value in self.content.get(self._found(key), {}).items()}

    def keys(self, key: str) -> tuple[str, ...]:
        start = f"{key}\\".lower()
        below = (each[len(start) :].partition("\\")[0] for each in self.content if each.lower().startswith(start))
        return tuple(dict.fromkeys(below))

    def write(self, key: str, name: str, value: str) -> None:
        self.content.setdefault(self._found(key), {})[name] = value

    def remove(self, key: str, name: str) -> None:
        values = self.content.get(self._found(key), {})
        for each in [each for each in values if each.lower() == name.lower()]:
            del values[each]
