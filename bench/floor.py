"""The floor: python-calamine reads the sheets that the roll-up reads, and does nothing with them.

Run as `python bench/floor.py FOLDER`.
"""

from __future__ import annotations

import sys
from pathlib import Path

from python_calamine import CalamineWorkbook

SHEETS = ("Registrering", "Forhistorie", "Tiltak", "Oppsett")


def main(folder: Path) -> None:
    for path in sorted(folder.glob("*.xlsx")):
        workbook = CalamineWorkbook.from_path(str(path))
        for sheet in SHEETS:
            assert workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
