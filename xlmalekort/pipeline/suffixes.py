"""How the names of workbooks end."""

from __future__ import annotations

from pathlib import Path

from xlmalekort.locale.told import Phrase
from xlmalekort.pipeline.errors import NotDoneError

MACRO_SUFFIX = ".xlsm"


def is_for_macros(file: Path | str) -> bool:
    """Whether a file is to be a workbook with macros, by its name."""
    return Path(file).suffix.casefold() == MACRO_SUFFIX


def refuse_other_suffix(source: Path, target: Path) -> None:
    """Stop before a workbook gets a name under which Excel does not open it: one with macros is no .xlsx, nor the other way."""
    if target.suffix.casefold() != source.suffix.casefold():
        raise NotDoneError(Phrase("{file}: choose a name that ends in {suffix}.", file=target, suffix=source.suffix))
