"""Every counted figure with its source, as a table for analysts."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from xlmalekort.locale.told import Phrase
from xlmalekort.model.base import plain_number
from xlmalekort.pipeline.errors import NotDoneError
from xlmalekort.pipeline.reading import refuse_absent_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pandas as pd

    from xlmalekort.rollup.results import RollUp

COLUMNS = ("level", "unit", "area", "region", "measure", "period", "value", "file", "sheet", "cell")
_LEADS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def tidy_frame(rollup: RollUp) -> pd.DataFrame:
    """One row for each counted figure, in the order of the register; `value` is in the unit shown (74.9)."""
    import pandas as pd

    rows = []
    for fact in rollup.facts:
        source = fact.source
        rows.append(
            (
                str(fact.level),
                fact.unit,
                fact.area,
                fact.region,
                fact.measure,
                fact.period.code,
                plain_number(fact.value),
                _written(source.file) if source else "",
                source.sheet if source else "",
                source.cell if source else "",
            )
        )
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"value": "float64"})


def _written(name: str) -> str:
    """The name of a file as a table can hold it: letters that the system could not tell are `?`."""
    return name.encode("utf-8", "replace").decode()


def tidy_writer(path: Path) -> Callable[[RollUp], bytes]:
    """What makes the content of a .csv or .parquet file with the table.

    NotDoneError at once where it could not be written in the end: another suffix, no such folder, another file, no pyarrow.
    """
    suffix = path.suffix.casefold()
    if suffix not in {".csv", ".parquet"}:
        raise NotDoneError(Phrase("{file}: choose a name that ends in .csv or .parquet.", file=path))
    refuse_absent_folder(path)
    if suffix == ".csv" and path.exists() and not _is_tidy(path):
        raise NotDoneError(Phrase("{file}: holds something else; choose another name for the table.", file=path))
    if suffix == ".parquet":
        try:
            import pyarrow as _  # noqa: F401, ICN001 - pandas needs it for this
        except ImportError:
            raise NotDoneError(
                Phrase("{file}: .parquet needs pyarrow: pip install 'xlmalekort[parquet]'.", file=path)
            ) from None
    return lambda rollup: _content(rollup, suffix)


def _is_tidy(path: Path) -> bool:
    """Whether the file is an earlier table of this kind, which may be written anew."""
    with path.open("rb") as stream:
        return stream.readline(1000).decode(errors="replace").strip() == ",".join(COLUMNS)


def _content(rollup: RollUp, suffix: str) -> bytes:
    frame = tidy_frame(rollup)
    stream = io.BytesIO()
    if suffix == ".parquet":
        frame.to_parquet(stream, index=False)
    else:
        texts = [column for column in COLUMNS if column != "value"]
        # A spreadsheet that opens the table must not take an office's name for a formula.
        frame[texts] = frame[texts].map(lambda text: f"'{text}" if text.startswith(_LEADS_A_FORMULA) else text)
        frame.to_csv(stream, index=False, lineterminator="\n")
    return stream.getvalue()
