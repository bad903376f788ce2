"""Imports xlwings without the large libraries that it looks for: Excel waits for every import."""

from __future__ import annotations

from xlmalekort.desktop.quiet import hidden

with hidden():
    import xlwings

__all__ = ["xlwings"]
