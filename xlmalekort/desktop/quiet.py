"""Imports of xlwings without the large libraries that it looks for: Excel waits for every import.

xlwings imports pandas, numpy, matplotlib and others wherever it finds them, in 0.4 to 2 seconds; nothing here needs them. They
are hidden from it only while it is imported, and can be imported by anybody afterwards.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.machinery import ModuleSpec

LARGE = ("pandas", "numpy", "polars", "matplotlib", "PIL", "plotly", "jinja2", "fastapi", "IPython")
_XLWINGS = "xlwings"


@contextmanager
def hidden(names: tuple[str, ...] = LARGE) -> Iterator[None]:
    """Modules that are not imported yet cannot be imported meanwhile."""
    absent = [name for name in names if name not in sys.modules]
    # None in this table makes an import fail as if the module was not there.
    sys.modules.update(dict.fromkeys(absent))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]


def watch() -> None:
    """From now on the first import of xlwings finds none of the large libraries, whoever asks for it.

    Nor does this or any later import find modules in the current folder: it is that of a workbook that was double-clicked, and
    whatever lies beside a workbook is not to be run. Excel starts its Python with a command of xlwings' own, so that nothing of
    ours runs before this import.
    """
    if _XLWINGS not in sys.modules and not any(isinstance(each, _Watcher) for each in sys.meta_path):
        sys.meta_path.insert(0, _Watcher())


class _Watcher:
    """Stands before the finders of modules until xlwings is asked for."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:  # noqa: ARG002
        """How xlwings is loaded, with the large libraries hidden meanwhile; None for everything else."""
        if name != _XLWINGS:
            return None
        from importlib.util import find_spec

        sys.meta_path.remove(self)
        # Python looks into the current folder first where it is started with a command.
        sys.path[:] = [folder for folder in sys.path if folder]
        spec = find_spec(name)
        if spec is not None and spec.loader is not None:
            _load_quietly(spec.loader)
        return spec


def _load_quietly(loader: object) -> None:
    execute = loader.exec_module  # type: ignore[attr-defined]

    def quietly(module: object) -> None:
        with hidden():
            execute(module)

    loader.exec_module = quietly  # type: ignore[attr-defined]
