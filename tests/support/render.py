"""Make pictures of a workbook's pages, to look at: `python -m tests.support.render FILE.xlsx OUTDIR [--dpi 80]`."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

from tests.support.libreoffice import LibreOffice, LibreOfficeError

PRINT_SECONDS = 120


def render(path: Path, folder: Path, *, dpi: int = 80, locale: str = "nb-NO", show_hidden: bool = False) -> list[Path]:
    """Return the PDF of the workbook followed by one PNG for each page, all in `folder`.

    Pictures of an earlier run of the same workbook are removed first.
    """
    if shutil.which("pdftoppm") is None:
        raise LibreOfficeError("pdftoppm is not installed: apt-get install poppler-utils")
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob(f"{path.stem}-*.png"):
        old.unlink()
    pdf = folder / f"{path.stem}.pdf"
    with LibreOffice(locale=locale) as office:
        office.pdf(path, pdf, show_hidden=show_hidden)
    subprocess.run(
        ["pdftoppm", "-r", str(dpi), "-png", str(pdf), str(folder / path.stem)], check=True, timeout=PRINT_SECONDS
    )
    return [pdf, *sorted(folder.glob(f"{path.stem}-*.png"))]


def main(arguments: list[str] | None = None) -> int:
    """Print the paths of what was made, one a line."""
    parser = argparse.ArgumentParser(prog="python -m tests.support.render", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--dpi", type=int, default=80)
    parser.add_argument("--locale", default="nb-NO")
    parser.add_argument("--hidden", action="store_true", help="print hidden sheets too")
    options = parser.parse_args(arguments)
    made = render(options.file, options.folder, dpi=options.dpi, locale=options.locale, show_hidden=options.hidden)
    sys.stdout.writelines(f"{path}\n" for path in made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
