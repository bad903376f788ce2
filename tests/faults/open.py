"""The faults that the program does not meet yet, and what happens instead. Each one is a test that has to fail until it is met.

What is met is taken out; nothing is put in to make a fault that was met pass again.
"""

from __future__ import annotations

_SHOWN = "only the number format of a cell is looked at, not its font and not what a condition makes of it"

OPEN: dict[str, str] = {
    "Y18-hidden_by_condition": _SHOWN,
}
