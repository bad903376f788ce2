"""The roll-up without processes of their own for the readers, to see what that safety costs.

Run as `python bench/one_process.py FOLDER OFFICES.csv OUT.xlsx`.
"""

from __future__ import annotations

import sys

from offices import TODAY

from xlmalekort.pipeline import consolidate
from xlmalekort.pipeline.check import check_workbook


def main(folder: str, register: str, out: str) -> None:
    consolidate.check_isolated = lambda paths, today, register: (  # type: ignore[attr-defined]
        check_workbook(path, today=today, register=register) for path in paths
    )
    consolidate.roll_up(folder, out=out, register=register, today=TODAY)


if __name__ == "__main__":
    main(*sys.argv[1:])
