"""Imported at every start of the Python that Excel uses: `xlmalekort excel install` writes a .pth file there that names it."""

from __future__ import annotations

from xlmalekort.desktop.quiet import watch

watch()
