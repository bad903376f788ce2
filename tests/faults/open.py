"""The faults that the program does not meet yet, and what happens instead. Each one is a test that has to fail until it is met.

What is met is taken out; nothing is put in to make a fault that was met pass again.
"""

from __future__ import annotations

OPEN: dict[str, str] = {}
