"""The faults that the program does not meet yet, and what happens instead. Each one is a test that has to fail until it is met.

What is met is taken out; nothing is put in to make a fault that was met pass again.
"""

from __future__ import annotations

_NO_REPLACED = (
    "what is typed over a formula is told by nobody (STR-018 is in the catalogue and never used); no total reads it"
)

OPEN: dict[str, str] = {
    "C07-scorecard": _NO_REPLACED,
    "C07-calculation": _NO_REPLACED,
    "C07-figures": _NO_REPLACED,
}
