"""Where an office belongs, and how names of offices are compared."""

from __future__ import annotations

from typing import NamedTuple

from xlmalekort.model.measures import Level


class Place(NamedTuple):
    """Where an office belongs, by the names of its units; empty where it has none. Targets may be those of a unit."""

    office: str = ""
    area: str = ""
    region: str = ""
    country: str = ""

    def unit(self, level: Level) -> str:
        """The name of its unit at a level."""
        return self[tuple(Level).index(level)]


NOWHERE = Place()
"""No office in particular: only the scorecard's own targets hold."""


def office_key(name: str) -> str:
    """The form in which names of offices are compared: case, Unicode form and spacing do not matter.

    >>> office_key("  NAV  Øvre-Prøveli ") == office_key("nav øvre-prøveli")
    True
    """
    import unicodedata

    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
