"""How the names of workbooks end."""

from __future__ import annotations

from pathlib import Path

from xlmalekort.locale.told import Phrase
from xlmalekort.pipeline.errors import NotDoneError

MACRO_SUFFIX = ".xlsm"
SUFFIXES = (".xlsx", MACRO_SUFFIX)
"""Without macros, and with them."""


def is_for_macros(file: Path | str) -> bool:
    """Whether a file is to be a workbook with macros, by its name."""
    return Path(file).suffix.casefold() == MACRO_SUFFIX


def refuse_other_suffix(out: Path, *suffixes: str) -> None:
    """Stop before a workbook gets a name that ends otherwise: Excel opens none with macros as .xlsx, nor the other way round."""
    if out.suffix.casefold() not in {each.casefold() for each in suffixes}:
        raise NotDoneError(
            Phrase("{file}: choose a name that ends in {suffix}.", file=out, suffix=" / ".join(suffixes))
        )
