"""`cells`: every input cell of a workbook."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from xlmalekort.cli.languages import language_of
from xlmalekort.cli.printing import print_json, say_table
from xlmalekort.intake.cells import list_cells
from xlmalekort.layout.office import COMMENT_PREFIX
from xlmalekort.locale import texts_of
from xlmalekort.locale.told import Phrase
from xlmalekort.model.base import plain_number
from xlmalekort.model.figures import CheckedFile
from xlmalekort.pipeline.errors import NotDoneError
from xlmalekort.pipeline.reading import read_bytes

if TYPE_CHECKING:
    import argparse


def run(options: argparse.Namespace) -> int:
    """Print the cells, by rows and then by columns."""
    cells = list_cells(read_bytes(options.file), options.file.name)
    if isinstance(cells, CheckedFile):
        raise NotDoneError(Phrase("{file}: this workbook cannot be used.", file=cells.file), cells.problems)
    if options.json:
        print_json(
            [
                {
                    "sheet": cell.sheet,
                    "cell": cell.cell,
                    "measure": cell.measure,
                    "period": cell.period.code,
                    "indicator": cell.indicator,
                    "field": None if cell.field is None else str(cell.field),
                    "used_by": [[indicator, str(field)] for indicator, field in cell.used_by],
                    "value": plain_number(cell.value) if isinstance(cell.value, Fraction) else cell.value,
                    "raw": cell.raw,
                }
                for cell in cells
            ]
        )
        return 0
    texts = texts_of(language_of(options))
    say_table(
        (texts("Cell"), texts("Measure"), texts("Period"), texts("Content")),
        [
            (
                f"{cell.sheet}!{cell.cell}",
                cell.measure or f"{COMMENT_PREFIX}{cell.indicator}",
                cell.period.code,
                cell.raw or "",
            )
            for cell in cells
        ],
    )
    return 0
