"""The roll-up without processes of their own for the readers, to see what that safety costs.

Run as `python bench/one_process.py FOLDER OFFICES.csv OUT.xlsx`.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING
from unittest.mock import patch

from offices import TODAY

from xlmalekort import roll_up
from xlmalekort.pipeline.check import check_workbook

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from xlmalekort.model.figures import CheckedFile
    from xlmalekort.model.register import Register


def check_here(paths: Sequence[Path], today: date, register: Register | None) -> Iterator[CheckedFile]:
    return (check_workbook(path, today=today, register=register) for path in paths)


def main(folder: str, register: str, out: str) -> None:
    with patch("xlmalekort.pipeline.listing.check_isolated", check_here):
        roll_up(folder, out=out, register=register, today=TODAY)


if __name__ == "__main__":
    main(*sys.argv[1:])
