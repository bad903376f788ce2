"""Imports xlwings without the large libraries that it looks for: Excel waits for every import.

xlwings imports pandas, numpy, matplotlib and others wherever it finds them, in 0.4 to 2 seconds; nothing here needs them. They
are hidden from it only while it is imported, and can be imported by anybody afterwards.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_LARGE = ("pandas", "numpy", "polars", "matplotlib", "PIL", "plotly", "jinja2", "fastapi", "IPython")


@contextmanager
def _hidden(names: tuple[str, ...]) -> Iterator[None]:
    """Modules that are not imported yet cannot be imported meanwhile."""
    hidden = [name for name in names if name not in sys.modules]
    # None in this table makes an import fail as if the module was not there.
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]


with _hidden(_LARGE):
    import xlwings

__all__ = ["xlwings"]
