"""How the names of workbooks end."""

from __future__ import annotations

from pathlib import Path

MACRO_SUFFIX = ".xlsm"


def is_for_macros(file: Path | str) -> bool:
    """Whether a file is to be a workbook with macros, by its name."""
    return Path(file).suffix.casefold() == MACRO_SUFFIX
