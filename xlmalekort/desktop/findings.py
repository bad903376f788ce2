"""What the doctor finds: each finding says what was looked at, how it is, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from xlmalekort.locale import N_

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xlmalekort.locale import Texts
    from xlmalekort.locale.told import Told


class Level(Enum):
    """How it is, with the word for it."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"
    UNKNOWN = "unknown"
    """It cannot be told on this machine."""

    @property
    def word(self) -> str:
        """What people read, to be translated."""
        return _WORDS[self]


_WORDS = {
    Level.OK: N_("fine"),
    Level.WARNING: N_("warning"),
    Level.ERROR: N_("error"),
    Level.UNKNOWN: N_("not checked"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. `about` is the same in every language, such as `add-in`; `fix` says what to do, if anything."""

    about: str
    level: Level
    what: Told
    fix: Told | None = None

    def as_json(self, texts: Texts) -> dict[str, str | None]:
        """As JSON has it."""
        return {
            "about": self.about,
            "level": self.level.value,
            "what": self.what.told(texts),
            "fix": self.fix.told(texts) if self.fix is not None else None,
        }


def fine(about: str, what: Told) -> Finding:
    """All is well."""
    return Finding(about, Level.OK, what)


def warning(about: str, what: Told, fix: Told) -> Finding:
    """It works, or may not."""
    return Finding(about, Level.WARNING, what, fix)


def error(about: str, what: Told, fix: Told) -> Finding:
    """It does not work."""
    return Finding(about, Level.ERROR, what, fix)


def unknown(about: str, what: Told) -> Finding:
    """It cannot be told here."""
    return Finding(about, Level.UNKNOWN, what)


def is_fine(findings: Iterable[Finding]) -> bool:
    """Whether nothing is to be done."""
    return all(each.level in {Level.OK, Level.UNKNOWN} for each in findings)
